/* The office's own words for labels of the public site. The site's text stands in the empty fields; only what was
   changed is kept. A hundred labels in three languages are found by a word of them. */

import { element, filled, group, input, labelled } from "./fields.js";

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
  const fields = piece.languages(piece.get(place)).map((language) => {
    const at = [...place, language.tag];
    const long = label.default.length > 60;
    const control = input(piece, at, {
      type: long ? "long" : "text",
      rows: long ? 3 : undefined,
      lang: language.tag,
      dir: language.dir,
      placeholder: label.default,
    });
    return labelled(piece, { label: language.name, lang: language.tag }, at, control);
  });
  const help = label.counts ? piece.words.counts : "";
  const legend = { label: label.default || label.key, help };
  return group(piece, legend, place, { class: "piece-record" }, element("div", { class: "piece-languages" }, ...fields));
}

function show(piece, place, labels, rows, wanted, onlyChanged, said) {
  const word = wanted.trim().toLowerCase();
  const changed = labels.map((label) => Object.values(piece.get([...place, label.key]) ?? {}).some((text) => text));
  let shown = 0;
  labels.forEach((label, number) => {
    const own = Object.values(piece.get([...place, label.key]) ?? {}).join(" ");
    const found = `${label.key} ${label.default} ${own}`.toLowerCase().includes(word);
    rows[number].hidden = !found || (onlyChanged && !changed[number]);
    shown += Number(!rows[number].hidden);
  });
  const count = changed.filter(Boolean).length;
  said.textContent = filled(piece.words.labels_shown, { count: shown, changed: count });
}
