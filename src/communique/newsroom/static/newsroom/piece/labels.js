/* The office's own words for labels of the public site. What the site says in each language stands in the empty fields;
   only what was changed is kept. A hundred labels in three languages are found by a word of them. A label that counts has
   a field for each plural category of the language; one text for all numbers, as some record may have it, stays one until
   somebody wants forms. */

import { button, element, filled, group, input, labelled } from "./fields.js";
import { formFields } from "./plurals.js";

export function drawnLabels(piece, field, place) {
  const known = piece.facts.labels.map((one) => one.key);
  const lost = Object.keys(piece.get(place) ?? {}).filter((key) => !known.includes(key));
  const labels = [...piece.facts.labels, ...lost.map((key) => ({ key, default: "" }))];
  const rows = labels.map((label) => drawnLabel(piece, [...place, label.key], label));
  const find = element("input", { type: "search", id: `${piece.id(place)}-find` });
  const only = element("input", { type: "checkbox", id: `${piece.id(place)}-changed` });
  const said = element("p", { class: "piece-said", role: "status" });
  const narrow = () => show(piece, place, labels, rows, find.value, only.checked, said);
  find.addEventListener("input", (event) => {
    event.stopPropagation(); // looking for a label changes nothing that could be saved
    narrow();
  });
  only.addEventListener("change", (event) => {
    event.stopPropagation();
    narrow();
  });
  const bar = element(
    "div",
    { class: "piece-find" },
    labelled(piece, { label: piece.words.find }, [...place, "find", "of", "all"], find),
    element("div", { class: "piece-flag" }, only, element("label", { for: only.id }, piece.words.only_changed)),
  );
  const made = group(piece, field, place, {}, bar, said, ...rows);
  narrow();
  return made;
}

function drawnLabel(piece, place, label) {
  const fields = piece.languages(piece.get(place)).map((language) => inLanguage(piece, [...place, language.tag], label, language));
  const legend = { label: label.default || label.key };
  return group(piece, legend, place, { class: "piece-record" }, element("div", { class: "piece-languages" }, ...fields));
}

function inLanguage(piece, place, label, language) {
  const written = piece.get(place);
  const isForms = written === undefined ? Boolean(label.forms) : typeof written === "object";
  return isForms ? drawnForms(piece, place, label, language) : drawnText(piece, place, label, language);
}

function drawnForms(piece, place, label, language) {
  const own = label.own?.[language.tag] ?? label.forms ?? {};
  const shown = (category) => own[category] ?? own.other ?? label.default;
  const fields = formFields(piece, place, language, { type: "text" }, shown);
  return group(piece, { label: language.name }, place, { class: "piece-forms" }, ...fields);
}

function drawnText(piece, place, label, language) {
  const long = label.default.length > 60;
  const attributes = { type: long ? "long" : "text", rows: long ? 3 : undefined, lang: language.tag, dir: language.dir };
  const own = label.own?.[language.tag];
  const placeholder = typeof own === "string" ? own : (own?.other ?? label.default);
  const control = input(piece, place, { ...attributes, placeholder });
  const field = { label: language.name, lang: language.tag, help: label.forms ? piece.words.counts : "" };
  const change = button(piece.words.by_number, () => {
    piece.put(place, control.value ? { other: control.value } : undefined);
    const forms = drawnForms(piece, place, label, language);
    made.replaceWith(forms);
    forms.querySelector("input").focus();
  });
  const made = labelled(piece, field, place, control, label.forms ? change : null);
  return made;
}

function show(piece, place, labels, rows, wanted, onlyChanged, said) {
  const word = wanted.trim().toLowerCase();
  const own = labels.map((label) => textsOf(piece.get([...place, label.key])).join(" "));
  const changed = own.map(Boolean);
  let shown = 0;
  labels.forEach((label, number) => {
    const found = `${label.key} ${label.default} ${textsOf(label.own).join(" ")} ${own[number]}`.toLowerCase().includes(word);
    rows[number].hidden = !found || (onlyChanged && !changed[number]);
    shown += Number(!rows[number].hidden);
  });
  const count = changed.filter(Boolean).length;
  said.textContent = filled(piece.words.labels_shown, { count: shown, changed: count });
}

/* Every text in the languages of a label, its forms too. */
function textsOf(value) {
  if (!value || typeof value !== "object") return value ? [value] : [];
  return Object.values(value).flatMap(textsOf);
}
