/* The original beside a translation: read only, turn against turn by id. */

import { behind } from "./behind.js";
import { button, element, filled } from "./dom.js";
import { emptyTurn, documentOf } from "./load.js";
import { schema, startOf } from "./schema.js";
import { valueOf } from "./save.js";
import { DOMSerializer } from "./prosemirror/prosemirror.js";

/* What the server gave, made ready: {value, lang, dir, byId, whole}. */
export function besideOf(given) {
  if (!given) return null;
  const turns = given.value.turns ?? [];
  const whole = { blocks: given.value.blocks ?? turns.flatMap((turn) => turn.blocks) };
  return { ...given, whole, byId: new Map(turns.map((turn) => [turn.id, turn])) };
}

/* Blocks as elements, for reading. Their links lead nowhere from here: they are words. */
export function blocksHtml(blocks) {
  const { doc } = documentOf({ blocks }, "blocks");
  const made = DOMSerializer.fromSchema(schema).serializeFragment(doc.child(0).content);
  for (const link of made.querySelectorAll("a"))
    link.replaceWith(element("u", { title: link.getAttribute("href") }, ...link.childNodes));
  return [...made.childNodes];
}

/* The turns of the original that this text lacks, each with a button that begins it at its place. */
export function lacking(desk) {
  const { doc } = desk.view.state;
  const { beside } = desk.given;
  if (!beside?.byId.size || doc.attrs.form !== "turns") return [];
  const here = new Set();
  doc.forEach((turn) => here.add(turn.attrs.id));
  return [...beside.byId.values()]
    .filter((turn) => !here.has(turn.id))
    .map((turn) =>
      element(
        "div",
        { class: "words-lacking" },
        element("p", {}, filled(desk.say("lacking"), { n: turn.id.slice(1) })),
        element("div", { class: "words-original", lang: beside.lang, dir: beside.dir }, ...blocksHtml(turn.blocks)),
        button(desk.say("begin"), () => begin(desk, turn)),
        ...behind(desk, turn.id, filled(desk.say("turn_title"), { n: turn.id.slice(1) })).slice(1),
      ),
    );
}

/* An empty turn with the original's id and facts, after the nearest turn that stands before it there. */
function begin(desk, turn) {
  const { state } = desk.view;
  const order = [...desk.given.beside.byId.keys()];
  const before = new Set(order.slice(0, order.indexOf(turn.id)));
  let place = 0;
  state.doc.forEach((each, _start, number) => {
    if (before.has(each.attrs.id)) place = number + 1;
  });
  const { id, kind, speaker = null } = turn;
  const known = speaker !== null && speaker < state.doc.attrs.speakers.length ? speaker : null;
  const fresh = emptyTurn({ id, kind, speaker: known });
  const only = state.doc.childCount === 1 && !valueOf(state.doc, 1).turns.length;
  const tr = only
    ? state.tr.replaceWith(0, state.doc.content.size, fresh)
    : state.tr.insert(startOf(state.doc, place), fresh);
  desk.view.dispatch(tr);
  desk.goTo(only ? 0 : place);
}
