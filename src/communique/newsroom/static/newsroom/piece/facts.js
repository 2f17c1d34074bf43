/* Fields that say something about what was typed: a zone its present time, a colour its contrast. */

import { CODE, element, filled, input, labelled } from "./fields.js";

/* ---------------------------------------------------------------- zones */

export function drawnZone(piece, field, place) {
  const control = input(piece, place, { ...CODE, list: piece.id(["zones"]) });
  const said = element("p", { class: "piece-said" });
  piece.watch(said, () => {
    said.textContent = presentTime(piece, control.value.trim());
  });
  return labelled(piece, field, place, control, said);
}

function presentTime(piece, zone) {
  if (!zone) return "";
  if (!piece.facts.zones.includes(zone)) return piece.words.no_zone;
  try {
    const now = new Date();
    const time = now.toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    const day = now.toLocaleDateString(piece.facts.locale, { timeZone: zone, weekday: "long" });
    return filled(piece.words.now_there, { time, day });
  } catch {
    return ""; // a zone newer than this browser: the server knows it
  }
}

/* ---------------------------------------------------------------- colours */

const COLOUR = /^#[0-9a-f]{6}$/i;
const OWN = "#124559";
const LIGHT = ["#fdfcfa", "#f4f2ec"];
const DARK = ["#15181b", "#1e2226"];
const ENOUGH = 7;

export function drawnColour(piece, field, place) {
  const control = input(piece, place, { ...CODE, class: "piece-code piece-short" });
  const picker = element("input", { type: "color", id: `${control.id}-pick`, "aria-label": `${piece.words.pick}: ${field.label}` });
  const said = element("p", { class: "piece-said" });
  const isLine = place.at(-1) === "second"; // no words are set in it: what it is without one, its help says
  picker.addEventListener("input", () => {
    control.value = picker.value;
    piece.put(place, picker.value);
  });
  piece.watch(said, () => {
    const colour = control.value.trim();
    picker.value = COLOUR.test(colour) ? colour.toLowerCase() : OWN;
    if (!isLine) said.textContent = COLOUR.test(colour) ? inWords(piece, colour) : piece.words.no_colour;
  });
  const made = labelled(piece, field, place, control, said);
  const pair = element("div", { class: "piece-pair" });
  control.replaceWith(pair);
  pair.append(control, picker);
  return made;
}

/* The contrast with the paper, and what the public site does where it is not enough (WCAG 2.2). */
function inWords(piece, colour) {
  const [light, dark] = [LIGHT, DARK].map((papers) => Math.min(...papers.map((paper) => contrast(colour, paper))));
  const verdict = [
    [piece.words.both, piece.words.darker],
    [piece.words.lighter, piece.words.as_it_is],
  ][Number(light >= ENOUGH)][Number(dark >= ENOUGH)];
  const figure = (value) => value.toLocaleString(piece.facts.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return filled(piece.words.contrast_enough, { light: figure(light), dark: figure(dark), verdict });
}

export function contrast(one, other) {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
