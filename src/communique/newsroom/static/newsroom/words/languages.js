/* Words in another language than the text: their tag, its name, and the question which it is. */

import { button, dialog, element, field, filled } from "./dom.js";
import { schema } from "./schema.js";

/* Those that are offered by name; any other is written by its tag. */
const OFFERED = [
  "ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko la lb lt lv mk mn",
  "ms mt nb nl pl ps pt ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh-Hans zh-Hant",
]
  .join(" ")
  .split(" ");
const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/* The name of a language in that of the desk; null where it has none. */
export function nameOf(tag) {
  try {
    return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language", fallback: "none" }).of(tag) ?? null;
  } catch {
    return null;
  }
}

/* The tag of what somebody wrote, a name or a tag; null where it is neither. */
export function tagOf(written) {
  const said = written.trim().toLocaleLowerCase();
  const named = OFFERED.find((tag) => nameOf(tag)?.toLocaleLowerCase() === said);
  if (named) return named;
  if (!TAG.test(said) || !nameOf(said)) return null;
  return Intl.getCanonicalLocales(said)[0];
}

/* Asks in which language the selected words are; with nothing written the mark goes. */
export function askLanguage(desk) {
  const lang = schema.marks.lang;
  const { from, to } = around(desk.view.state, lang);
  if (from === to) return desk.tell("lang_select");
  let old = "";
  desk.view.state.doc.nodesBetween(from, to, (node) => {
    old ||= lang.isInSet(node.marks)?.attrs.tag ?? "";
  });
  const [list, help] = [`${desk.prefix}-languages`, `${desk.prefix}-languages-help`];
  const names = OFFERED.map((tag) => nameOf(tag)).filter(Boolean);
  const shown = old && (nameOf(old) ?? old);
  const asked = element("input", { type: "text", value: shown, dir: "auto", list, autocomplete: "off", "aria-describedby": help });
  const fault = element("p", { class: "words-fault", role: "alert" });
  const take = () => {
    const tag = tagOf(asked.value);
    if (asked.value.trim() && !tag) {
      fault.textContent = filled(desk.say("lang_fault"), { name: asked.value.trim() });
      return;
    }
    const tr = desk.view.state.tr.removeMark(from, to, lang);
    desk.view.dispatch(tag ? tr.addMark(from, to, lang.create({ tag })) : tr);
    close();
  };
  let close = null;
  return dialog(desk, desk.say("lang"), (closing) => {
    close = closing;
    return [
      field(desk.say("lang_of"), asked),
      element("datalist", { id: list }, ...names.map((value) => element("option", { value }))),
      element("p", { id: help }, desk.say("lang_help")),
      fault,
      element(
        "div",
        { class: "words-buttons" },
        button(desk.say("take"), take, { class: "words-main" }),
        button(desk.say("cancel"), close),
      ),
    ];
  });
}

/* The selection, or the words with the mark in which the cursor stands. */
export function around(state, mark) {
  const { from, to, empty, $from } = state.selection;
  if (!empty || !$from.parent.isTextblock) return { from, to };
  let found = { from, to };
  $from.parent.forEach((node, offset) => {
    const start = $from.start() + offset;
    if (mark.isInSet(node.marks) && start <= from && from <= start + node.nodeSize)
      found = { from: start, to: start + node.nodeSize };
  });
  return found;
}
