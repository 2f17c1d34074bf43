/* Blocks and marks inside a turn: what a paragraph is, links, tables. */

import {
  InputRule,
  TextSelection,
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  inputRules,
  isInTable,
  textblockTypeInputRule,
  toggleMark,
} from "./prosemirror/prosemirror.js";
import { button, dialog, element, field } from "./dom.js";
import { around, askLanguage } from "./languages.js";
import { schema } from "./schema.js";

/* Makes the blocks of the selection into another kind. */
export function asBlock(kind, attrs = {}) {
  return (state, dispatch) => {
    if (isInTable(state)) return false;
    const { from, to } = state.selection;
    const tr = state.tr.setBlockType(from, to, schema.nodes[kind], attrs);
    dispatch?.(tr.scrollIntoView());
    return tr.docChanged;
  };
}

/* An item goes a level deeper, or back. */
export function deeper(by) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if ($from.parent.type.name !== "item") return false;
    const level = Math.min(Math.max(($from.parent.attrs.level ?? 1) + by, 1), 6);
    dispatch?.(state.tr.setNodeAttribute($from.before(), "level", level === 1 ? null : level));
    return true;
  };
}

/* "## ", "- ", "1. " and "> " at the beginning of a paragraph, as many are used to. */
export const shorthand = () =>
  inputRules({
    rules: [
      textblockTypeInputRule(/^(##{1,2})\s$/, schema.nodes.heading, (match) => ({ level: match[1].length })),
      textblockTypeInputRule(/^[-*]\s$/, schema.nodes.item),
      textblockTypeInputRule(/^1[.)]\s$/, schema.nodes.item, { ordered: true }),
      textblockTypeInputRule(/^>\s$/, schema.nodes.quotation),
      new InputRule(/^---$/, "—"),
    ],
  });

/* What a link may lead to; the public site follows nothing else. A bare address gets its https. */
export function safeTarget(written) {
  const target = written.trim();
  const full = /^[\w-]+(\.[\w-]+)+(\/|$)/u.test(target) ? `https://${target}` : target;
  return /^(?:https?:\/\/[^/]|mailto:[^/]|tel:[+0-9]|\/(?!\/)|#)/i.test(full) && !/[\s\\\x00-\x20\x7f-\xa0]/.test(full)
    ? full
    : null;
}

/* Asks for the address of a link over the selection; with an empty address the link goes. */
export function askLink(desk) {
  const { state } = desk.view;
  const { from, to } = around(state, schema.marks.link);
  if (from === to) return desk.tell("link_select");
  const link = schema.marks.link;
  let old = "";
  state.doc.nodesBetween(from, to, (node) => {
    old ||= link.isInSet(node.marks)?.attrs.target ?? "";
  });
  const address = element("input", { type: "text", value: old, dir: "ltr", inputmode: "url", autocomplete: "off" });
  const fault = element("p", { class: "words-fault", role: "alert" });
  return dialog(desk, desk.say("link"), (close) => [
    field(desk.say("link_address"), address),
    fault,
    element(
      "div",
      { class: "words-buttons" },
      button(
        desk.say("take"),
        () => {
          const target = safeTarget(address.value);
          if (address.value.trim() && !target) {
            fault.textContent = desk.say("link_fault");
            return;
          }
          const tr = desk.view.state.tr.removeMark(from, to, link);
          desk.view.dispatch(target ? tr.addMark(from, to, link.create({ target })) : tr);
          close();
        },
        { class: "words-main" },
      ),
      button(desk.say("cancel"), close),
    ),
  ]);
}

/* A table of two columns and three rows, the first a head, after the block of the cursor. */
export function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  const row = () => schema.node("table_row", null, [schema.node("table_cell"), schema.node("table_cell")]);
  const table = schema.node("table", { header: true }, [row(), row(), row()]);
  const { $from } = state.selection;
  if ($from.depth < 2) return false;
  const empty = $from.node(2).isTextblock && !$from.node(2).content.size;
  const at = empty ? $from.before(2) : $from.after(2);
  const tr = empty ? state.tr.replaceWith(at, $from.after(2), table) : state.tr.insert(at, table);
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 3))).scrollIntoView());
  return true;
}

function toggleHeader(state, dispatch) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== "table") continue;
    dispatch?.(state.tr.setNodeAttribute($from.before(depth), "header", !$from.node(depth).attrs.header));
    return true;
  }
  return false;
}

/* The row of words over the text: kinds of blocks and marks, and inside a table what a table needs. */
export function toolbar(desk) {
  const bar = element("div", { class: "words-toolbar", role: "toolbar", "aria-label": desk.say("toolbar") });
  const entry = (word, command) => button(desk.say(word), () => desk.run(command));
  const text = [
    entry("paragraph", asBlock("paragraph")),
    entry("heading", asBlock("heading", { level: 2 })),
    entry("list", asBlock("item")),
    entry("numbers", asBlock("item", { ordered: true })),
    entry("quotation", asBlock("quotation")),
    entry("table", insertTable),
    entry("strong", toggleMark(schema.marks.strong)),
    entry("emphasis", toggleMark(schema.marks.emphasis)),
    button(desk.say("link"), () => askLink(desk)),
    button(desk.say("lang"), () => askLanguage(desk)),
  ];
  const table = [
    entry("row_add", addRowAfter),
    entry("column_add", addColumnAfter),
    entry("row_remove", deleteRow),
    entry("column_remove", deleteColumn),
    entry("header", toggleHeader),
    entry("table_remove", deleteTable),
  ];
  const show = (inside) => {
    if (bar.inside === inside) return;
    bar.inside = inside;
    bar.replaceChildren(...(inside ? table : text));
  };
  return { bar, show: () => show(isInTable(desk.view.state)) };
}
