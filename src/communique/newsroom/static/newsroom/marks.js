// Where a text is cleared: what is marked is kept at once, so that a telephone that goes dark loses nothing. Without
// script, or where the desk does not answer, the marks are sent with the decision.

const form = document.querySelector("[data-marks]");
const told = form?.querySelector("output[data-marks]");
const AFTER_MS = 800;
let timer = null;

async function keep() {
  try {
    const answer = await fetch(form.dataset.marks, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("not kept");
    const { said, wrong } = await answer.json();
    tell(said, wrong);
  } catch {
    tell(form.dataset.notKept, true);
  }
}

function tell(said, wrong) {
  told.textContent = said;
  told.classList.toggle("red", wrong);
}

// What is to be mended has its comment open: the writer wants to know what.
function open(input) {
  if (input.type === "radio" && input.value === "mend") input.closest("li").querySelector("details").open = true;
}

if (told) {
  form.addEventListener("change", ({ target }) => {
    if (!target.closest("[id^='turn-']")) return;
    open(target);
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
