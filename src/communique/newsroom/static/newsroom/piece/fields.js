/* One drawing for each sort of field. `drawn(piece, field, place)` gives the element; a field says in `as` which one. */

import { drawnColour, drawnZone } from "./facts.js";
import { drawnLabels } from "./labels.js";
import { drawnList } from "./list.js";
import { drawnPlurals } from "./plurals.js";

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)\b/;

const DRAWINGS = {
  words: (piece, field, place) => perLanguage(piece, field, place, wordsControl),
  patterns: (piece, field, place) => perLanguage(piece, field, place, patternControl),
  blocks: drawnBlocks,
  numerals: drawnNumerals,
  plurals: drawnPlurals,
  labels: drawnLabels,
  list: drawnList,
  record: drawnRecord,
  file: drawnFile,
  weekdays: drawnWeekdays,
  flag: drawnFlag,
  colour: drawnColour,
  zone: drawnZone,
  choice: (piece, field, place) => labelled(piece, field, place, choiceControl(piece, field, place)),
  day: (piece, field, place) => labelled(piece, field, place, input(piece, place, { type: "date" })),
  time: (piece, field, place) =>
    labelled(piece, field, place, input(piece, place, { type: "text", inputmode: "numeric", class: "piece-short" })),
  number: (piece, field, place) =>
    labelled(piece, field, place, input(piece, place, { type: "number", min: field.least, max: field.most, step: 1, class: "piece-short" })),
  code: (piece, field, place) => labelled(piece, field, place, input(piece, place, CODE)),
  line: (piece, field, place) =>
    labelled(piece, field, place, input(piece, place, field.input === "text" ? { type: "text" } : { ...CODE, inputmode: field.input })),
};
export const CODE = { type: "text", dir: "ltr", spellcheck: "false", autocapitalize: "none", autocomplete: "off", class: "piece-code" };

export function drawn(piece, field, place) {
  return DRAWINGS[field.as](piece, field, place);
}

/* ---------------------------------------------------------------- parts of drawings */

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(words, act, attributes = {}) {
  const made = element("button", { type: "button", class: "piece-button", ...attributes }, words);
  made.addEventListener("click", act);
  return made;
}

/* A sentence with {slots} filled. */
export function filled(sentence, slots) {
  return sentence.replace(/\{([a-z]+)\}/g, (slot, key) => slots[key] ?? slot);
}

/* An input whose value is a word of the content. */
export function input(piece, place, attributes) {
  const made = element(attributes.type === "long" ? "textarea" : "input", { id: piece.id(place), ...attributes });
  if (attributes.type === "long") made.removeAttribute("type");
  made.value = piece.get(place) ?? "";
  made.addEventListener("input", () => piece.put(place, made.value === "" ? undefined : made.value));
  return made;
}

/* A control with its label, help and what is wrong with it. */
export function labelled(piece, field, place, control, ...more) {
  const label = element("label", { for: control.id, lang: field.lang }, field.label);
  if (field.must === false) label.append(element("span", { class: "piece-optional" }, ` ${piece.words.optional}`));
  if (field.mark) label.append(element("span", { class: "piece-optional", lang: piece.facts.locale }, ` · ${field.mark}`));
  const help = field.help ? element("p", { class: "piece-help", id: `${control.id}-help` }, field.help) : null;
  const wrong = fault(piece, place, control);
  describe(control, help, wrong);
  return element("div", { class: "piece-field" }, label, help, control, ...more, wrong);
}

/* Several controls under one name. */
export function group(piece, field, place, attributes, ...children) {
  const made = element("fieldset", { id: piece.id(place), ...attributes, class: `piece-group ${attributes.class ?? ""}` });
  const legend = element("legend", {}, field.label);
  if (field.must === false) legend.append(element("span", { class: "piece-optional" }, ` ${piece.words.optional}`));
  const help = field.help ? element("p", { class: "piece-help", id: `${made.id}-help` }, field.help) : null;
  const wrong = fault(piece, place, null);
  describe(made, help, wrong);
  made.append(...[legend, help, wrong, ...children].filter(Boolean));
  return made;
}

function fault(piece, place, control) {
  const name = piece.name(place);
  if (!piece.faults.has(name)) return null;
  control?.setAttribute("aria-invalid", "true");
  return element("p", { class: "piece-fault", id: `${piece.id(place)}-fault`, "data-place": name }, piece.faults.get(name));
}

function describe(control, ...by) {
  const ids = by.filter(Boolean).map((one) => one.id);
  if (ids.length) control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), ...ids].filter(Boolean).join(" "));
}

/* Facts of a language: the server's, or for one just typed what the browser knows. */
export function languageOf(tag, known) {
  const found = known.find((language) => language.tag.toLowerCase() === tag.toLowerCase());
  if (found) return { ...found, tag };
  let name = tag;
  try {
    name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    // no tag yet: it is shown as typed
  }
  const dir = RIGHT_TO_LEFT.test(tag) ? "rtl" : "ltr";
  return { tag, name, dir, numerals: /^(ar|fa|ur|ps)\b/.test(tag), categories: [{ category: "other", numbers: [] }] };
}

/* ---------------------------------------------------------------- words in each language */

function perLanguage(piece, field, place, control) {
  const fields = piece.languages(piece.get(place)).map((language) => {
    const at = [...place, language.tag];
    const mark = piece.isOriginal(language.tag) ? piece.words.original : "";
    return labelled(piece, { label: language.name, lang: language.tag, mark }, at, control(piece, at, language, field));
  });
  return group(piece, field, place, {}, element("div", { class: `piece-languages as-${field.as}` }, ...fields));
}

function wordsControl(piece, place, language, field) {
  const long = field.long || String(piece.get(place) ?? "").includes("\n");
  return input(piece, place, { type: long ? "long" : "text", rows: long ? 3 : undefined, lang: language.tag, dir: language.dir });
}

function patternControl(piece, place) {
  return input(piece, place, CODE);
}

/* Texts in each language, and in which languages of the office readers will not find the page as it is typed now. */
function drawnBlocks(piece, field, place) {
  const said = element("p", { class: "piece-help", role: "status" });
  const made = perLanguage(piece, field, place, blocksControl);
  made.append(said);
  piece.watch(said, () => {
    said.textContent = missingLanguages(piece, place);
  });
  return made;
}

/* A page is whole in a language that has its title and its text; where it is not, readers get it in the first that is. */
function missingLanguages(piece, place) {
  const known = piece.languages().map((language) => language.tag);
  const whole = (tag) => Boolean(piece.get(["title", tag])?.trim() && piece.get([...place, tag, "text"])?.trim());
  const [missing, there] = [known.filter((tag) => !whole(tag)), known.filter(whole)];
  if (!missing.length || !there.length) return "";
  const { locale } = piece.facts;
  const names = new Intl.DisplayNames([locale], { type: "language" });
  const listed = new Intl.ListFormat([locale], { type: "conjunction" }).format(missing.map((tag) => names.of(tag)));
  return filled(piece.words.missing_languages, { languages: listed, language: names.of(there[0]) });
}

function blocksControl(piece, place, language) {
  const at = [...place, "text"];
  const made = element("textarea", { id: piece.id(place), rows: 16, lang: language.tag, dir: language.dir });
  made.value = piece.get(at) ?? "";
  made.addEventListener("input", () => {
    piece.put(at, made.value);
    piece.mended(place);
  });
  return made;
}

function drawnNumerals(piece, field, place) {
  const wanted = piece.languages(piece.get(place)).filter((one) => one.numerals || piece.get([...place, one.tag]));
  if (!wanted.length) return element("div", { hidden: true });
  const fields = wanted.map((language) => {
    const at = [...place, language.tag];
    const options = [["", piece.words.language_own], ["arab", piece.words.arab], ["latn", piece.words.latn]];
    return labelled(piece, { label: language.name, lang: language.tag }, at, select(piece, at, options));
  });
  return group(piece, field, place, {}, element("div", { class: "piece-languages" }, ...fields));
}

/* ---------------------------------------------------------------- single values */

export function select(piece, place, options) {
  const made = element("select", { id: piece.id(place) });
  made.append(...options.map(([value, words]) => element("option", { value }, words)));
  made.value = piece.get(place) ?? "";
  made.addEventListener("change", () => piece.put(place, made.value || undefined));
  return made;
}

function choiceControl(piece, field, place) {
  const value = piece.get(place) ?? "";
  const known = piece.facts.lists[field.list].map((one) => [one.id, one.name]);
  const first = ["", field.must ? piece.words.choose : piece.words.none];
  const lost = value && !known.some(([id]) => id === value) ? [[value, filled(piece.words.not_listed, { id: value })]] : [];
  return select(piece, place, [first, ...known, ...lost]);
}

function drawnFlag(piece, field, place) {
  const box = element("input", { type: "checkbox", id: piece.id(place) });
  box.checked = piece.get(place) === true;
  box.addEventListener("change", () => piece.put(place, box.checked ? true : undefined));
  return element("div", { class: "piece-field piece-flag" }, box, element("label", { for: box.id }, field.label));
}

function drawnWeekdays(piece, field, place) {
  const boxes = piece.facts.weekdays.map((name, index) => {
    const box = element("input", { type: "checkbox", id: `${piece.id(place)}-${index + 1}`, value: index + 1 });
    box.checked = (piece.get(place) ?? []).includes(index + 1);
    box.addEventListener("change", () => {
      const others = (piece.get(place) ?? []).filter((day) => day !== index + 1);
      const days = box.checked ? [...others, index + 1].sort() : others;
      piece.put(place, days.length ? days : undefined);
    });
    return element("div", { class: "piece-flag" }, box, element("label", { for: box.id }, name));
  });
  return group(piece, field, place, {}, element("div", { class: "piece-weekdays" }, ...boxes));
}

/* ---------------------------------------------------------------- several values */

function drawnRecord(piece, field, place) {
  return group(piece, field, place, { class: "piece-record" }, ...recordFields(piece, field, place));
}

export function recordFields(piece, field, place) {
  return field.fields.map((inner) => drawn(piece, inner, [...place, inner.key]));
}

/* A file is chosen from those at the desk; what it shows is said in words beside it. */
function drawnFile(piece, field, place) {
  const files = piece.facts.lists.file;
  const at = [...place, "file"];
  const same = (one) => JSON.stringify(one.file) === JSON.stringify(piece.get(at));
  const present = piece.get(at) !== undefined && !files.some(same);
  const options = [["", piece.words.no_file], ...(present ? [["present", piece.words.present_file]] : [])];
  const kept = { ...piece.get(place) };
  const choice = element("select", { id: piece.id(at) });
  choice.append(...[...options, ...files.map((one, number) => [number, one.name])].map(([value, words]) => element("option", { value }, words)));
  choice.value = present ? "present" : String(files.findIndex(same)).replace("-1", "");
  choice.addEventListener("change", () => {
    const chosen = choice.value === "present" ? kept : files[Number(choice.value)];
    piece.put([...place, "media"], choice.value === "" ? undefined : chosen.media);
    piece.put(at, choice.value === "" ? undefined : chosen.file);
  });
  const [file, ...others] = field.fields;
  const help = files.length || present ? "" : piece.words.no_files;
  const fields = others.map((inner) => drawn(piece, inner, [...place, inner.key]));
  return group(piece, field, place, { class: "piece-record" }, labelled(piece, { ...file, help }, at, choice), ...fields);
}
