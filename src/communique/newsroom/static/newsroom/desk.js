// Clocks of the bar, the places on a telephone, and the instant that a typed day and time would be. Nothing here decides
// anything.

const clockOf = (zone) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

function tick() {
  for (const time of document.querySelectorAll(".clocks time")) {
    time.textContent = clockOf(time.dataset.zone).format(new Date());
  }
}

const DAY_MS = 86_400_000;

// What the clocks of a zone show at an instant: "2027-03-28T03:00:00".
const shownAt = (at, zone) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(at).replace(" ", "T");

// The instant of a wall time in a zone, by what its clocks are ahead the day before, else the day after: of a time that
// comes twice the first one, as the desk takes it; null for one that clocks leave out, and while it is half typed.
function instantOf(day, time, zone) {
  const typed = `${day}T${time.length === 5 ? `${time}:00` : time}`;
  const wall = Date.parse(`${typed}Z`);
  for (const near of [wall - DAY_MS, wall + DAY_MS]) {
    if (Number.isNaN(new Date(near).valueOf())) return null;
    const at = new Date(wall - (Date.parse(`${shownAt(near, zone)}Z`) - near));
    if (!Number.isNaN(at.valueOf()) && shownAt(at, zone) === typed) return at;
  }
  return null;
}

const WHOLE = { dateStyle: "long", timeStyle: "long" };

// English as the desk's own dates have it: days before months, 24 hours.
const languageOf = (tag) => (tag === "en" ? "en-GB" : tag);

function sayInstant(form) {
  const time = form.querySelector("[data-instant]");
  const out = form.querySelector("output.instant");
  const at = time.value && form.elements.day.value ? instantOf(form.elements.day.value, time.value, time.dataset.instant) : null;
  const here = new Intl.DateTimeFormat(languageOf(document.documentElement.lang), WHOLE);
  out.textContent = at ? `= ${at.toISOString().replace(".000", "")} = ${here.format(at)}` : "";
}

const places = document.querySelector(".places-verb");
places.addEventListener("click", () => {
  places.setAttribute("aria-expanded", String(places.getAttribute("aria-expanded") === "false"));
});

tick();
setInterval(tick, 5000);
for (const time of document.querySelectorAll("[data-instant]")) {
  time.form.addEventListener("input", () => sayInstant(time.form));
  sayInstant(time.form);
}
