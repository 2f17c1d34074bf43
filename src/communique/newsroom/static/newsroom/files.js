// A file that would not be taken is refused where it was chosen or dropped, before any of it is sent: whoever chose a film of
// 300 MB knows at once what to do, and the form with what was typed is as it was. The limits and their sentences are those
// of the desk (`uploads.py`), which says the same to who comes without this.

const MB = 2 ** 20;

export const tooLarge = (sentence, name, size, limit) =>
  Object.entries({ "%(name)s": name, "%(size)d": Math.ceil(size / MB), "%(limit)d": Math.floor(limit / MB) })
    .reduce((said, [slot, value]) => said.replace(slot, () => value), sentence);

export function refuseTooLarge(form) {
  // Before anybody else hears of it: a save by itself would send the file half a second later.
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-limit]")) return;
    const refused = refusalOf(form, input);
    say(input, refused);
    if (!refused) return;
    input.value = "";
    event.stopImmediatePropagation();
  }, { capture: true });
}

function refusalOf(form, input) {
  const limit = Number(input.dataset.limit);
  const file = input.files[0];
  if (!file) return "";
  if (file.size > limit) return tooLarge(input.dataset.tooLarge, file.name, file.size, limit);
  const all = [...form.querySelectorAll("input[type=file][data-limit]")].reduce((sum, one) => sum + (one.files[0]?.size ?? 0), 0);
  return all > limit ? tooLarge(input.dataset.tooMuch, file.name, all, limit) : "";
}

function say(input, sentence) {
  const id = `${input.id}-too-large`;
  let place = document.getElementById(id);
  if (!place) {
    place = Object.assign(document.createElement("p"), { id, className: "file-refused" });
    place.setAttribute("role", "alert");
    input.after(place);
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
  place.textContent = sentence;
  place.hidden = !sentence;
  input.toggleAttribute("aria-invalid", Boolean(sentence));
}
