// Clocks of the bar, the places on a telephone, and the instant that a typed day and time would be. Nothing here decides
// anything.

const clockOf = (zone) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

function tick() {
  for (const time of document.querySelectorAll(".clocks time")) {
    time.textContent = clockOf(time.dataset.zone).format(new Date());
  }
}

// The instant of a wall time in a zone: guessed as if it were UTC, then moved by what the zone shows of the guess.
function instantOf(day, time, zone) {
  const guess = new Date(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (Number.isNaN(guess.valueOf())) return null;
  const shown = new Date(
    `${new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(guess).replace(" ", "T")}Z`,
  );
  const at = new Date(2 * guess.valueOf() - shown.valueOf());
  return Number.isNaN(at.valueOf()) ? null : at; // while a year is half typed, it is none
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
