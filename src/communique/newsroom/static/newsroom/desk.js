// Clocks of the bar, the places on a telephone, standing texts by language, and the instant that a typed day and time
// would be. Nothing here decides
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

// The instants of a wall time in a zone, by what its clocks are ahead the day before and the day after: two of a time that
// comes twice, the earlier one first; none of one that clocks leave out, nor while it is half typed.
function instantsOf(day, time, zone) {
  const typed = `${day}T${time.length === 5 ? `${time}:00` : time}`;
  const wall = Date.parse(`${typed}Z`);
  const found = new Set();
  for (const near of [wall - DAY_MS, wall + DAY_MS]) {
    if (Number.isNaN(new Date(near).valueOf())) return [];
    const at = wall - (Date.parse(`${shownAt(near, zone)}Z`) - near);
    if (!Number.isNaN(new Date(at).valueOf()) && shownAt(at, zone) === typed) found.add(at);
  }
  return [...found].sort((one, other) => one - other).map((at) => new Date(at));
}

// Which of two is meant, as the form has it (`which.html`); undefined while nobody has said it.
const chosenOf = (instants, which) => (instants.length < 2 ? instants[0] : { first: instants[0], second: instants[1] }[which]);

// English and Arabic as the desk's own dates have them: days before months, 24 hours; Latin figures.
const languageOf = (tag) => ({ en: "en-GB", ar: "ar-u-nu-latn" })[tag] ?? tag;

// An instant as the clocks of a zone show it: with the day and the zone's own name, or both left out where they are known.
function told(at, zone, known = "") {
  const language = languageOf(document.documentElement.lang);
  const day = new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: "full" }).format(at);
  const clock = new Intl.DateTimeFormat(language, { timeZone: zone, timeStyle: known ? "medium" : "full", hourCycle: "h23" });
  return { day, clock: `\u2068${clock.format(at)}\u2069` };
}

// In the office's words: its own day and time with the zone named; UTC; and the clock of whoever looks, if it is another.
function saidInstant(at, zone, { office, utc, device }) {
  const here = told(at, zone);
  const others = [[utc, "UTC"], [device, Intl.DateTimeFormat().resolvedOptions().timeZone]];
  const said = others
    .filter(([, other]) => other === "UTC" || ![zone, "UTC"].some((known) => shownAt(at, known) === shownAt(at, other)))
    .map(([sentence, other]) => {
      const there = told(at, other, "known");
      const day = there.day === here.day ? "" : there.day;
      return filled(sentence, { time: [day, there.clock].filter(Boolean).join(", "), zone: other });
    });
  return [filled(office, { day: here.day, time: here.clock }), ...said].join(" ");
}

const filled = (sentence, slots) => sentence.replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot);

function sayInstant(form) {
  const time = form.querySelector("[data-instant]");
  const out = form.querySelector("output.instant");
  const day = form.elements.day.value;
  const instants = time.value && day ? instantsOf(day, time.value, time.dataset.instant) : [];
  const at = chosenOf(instants, form.elements.which?.value);
  const twice = instants.length > 1 ? out.dataset.twice : "";
  out.textContent = at ? saidInstant(at, time.dataset.instant, out.dataset) : twice;
}

// Of the standing texts from which a message may begin, those in the language that is chosen.
function inLanguage(form) {
  for (const text of form.querySelectorAll(".from-text")) {
    text.hidden = text.dataset.language !== form.elements.language.value;
  }
}

const places = document.querySelector(".places-verb");
places.addEventListener("click", () => {
  places.setAttribute("aria-expanded", String(places.getAttribute("aria-expanded") === "false"));
});

for (const form of document.querySelectorAll(".kinds")) {
  form.addEventListener("change", () => inLanguage(form));
  inLanguage(form);
}
tick();
setInterval(tick, 5000);
for (const time of document.querySelectorAll("[data-instant]")) {
  time.form.addEventListener("input", () => sayInstant(time.form));
  sayInstant(time.form);
}
