/* The sentence of a counter: a form for each plural category of CLDR, and what readers see today. */

import { element, filled, group, input, labelled } from "./fields.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const PLACE_OF_NUMBER = "#";
const DIGITS = { ar: "arab", fa: "arabext", ur: "arabext", ps: "arabext" };

export function drawnPlurals(piece, field, place) {
  const languages = piece.languages(piece.get(place)).map((language) => drawnLanguage(piece, [...place, language.tag], language));
  return group(piece, field, place, {}, element("div", { class: "piece-languages as-plurals" }, ...languages));
}

function drawnLanguage(piece, place, language) {
  const fields = formFields(piece, place, language, { type: "long", rows: 2 });
  const today = element("bdi", { lang: language.tag, dir: language.dir });
  const line = element("p", { class: "piece-said piece-today" }, `${piece.words.today}: `, today);
  piece.watch(line, () => {
    const said = sentenceOf(piece, place, language.tag);
    today.textContent = said.words;
    today.lang = said.found ? language.tag : piece.facts.locale;
    today.dir = said.found ? language.dir : "auto";
  });
  const mark = piece.isOriginal(language.tag) ? ` · ${piece.words.original}` : "";
  return group(piece, { label: `${language.name}${mark}` }, place, { class: "piece-forms" }, ...fields, line);
}

/* A field for each plural category of a language, and for those written that are none of its own. `shown` is what an
   empty field shows, by category. */
export function formFields(piece, place, language, attributes, shown = () => undefined) {
  const known = language.categories.map((one) => one.category);
  const strange = Object.keys(piece.get(place) ?? {}).filter((category) => !known.includes(category));
  const field = (category, label) => {
    const said = { ...attributes, lang: language.tag, dir: language.dir, placeholder: shown(category) };
    return labelled(piece, { label }, [...place, category], input(piece, [...place, category], said));
  };
  return [
    ...language.categories.map(({ category, numbers }) => field(category, labelOf(piece, category, numbers, known.length))),
    ...strange.map((category) => field(category, `${category}: ${piece.words.not_in_language}`)),
  ];
}

function labelOf(piece, category, numbers, count) {
  if (count === 1) return piece.words.for_all;
  const figures = numbers.map((number) => number.toLocaleString(piece.facts.locale)).join(", ");
  const more = numbers.length === 3 ? `${figures} …` : figures;
  return filled(category === "other" ? piece.words.for_others : piece.words.for_number, { numbers: more });
}

/* What the public site says today, from the forms as they are typed. */
function sentenceOf(piece, place, tag) {
  const since = Date.parse(piece.value.since ?? "");
  if (Number.isNaN(since)) return { words: piece.words.no_day };
  const days = Math.round((Date.parse(piece.facts.today) - since) / DAY_MS);
  if (days < 0) return { words: piece.words.in_future };
  const forms = piece.get(place) ?? {};
  const form = forms[categoryOf(tag, days)] || forms.other;
  const number = figure(piece, tag, days);
  if (!form) return { words: filled(piece.words.no_sentence, { number }) };
  return { words: form.replace(PLACE_OF_NUMBER, number), found: true };
}

function categoryOf(tag, days) {
  try {
    return new Intl.PluralRules(tag).select(days);
  } catch {
    return "other";
  }
}

function figure(piece, tag, days) {
  const digits = piece.facts.numerals[tag] ?? DIGITS[tag.split("-")[0]] ?? "latn";
  try {
    return new Intl.NumberFormat(tag, { numberingSystem: digits, useGrouping: piece.value.grouping === true }).format(days);
  } catch {
    return String(days);
  }
}
