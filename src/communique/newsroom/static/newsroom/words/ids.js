/* Turn ids: each turn has one, no id stands twice, and none is given a second time.

The number of the next new turn lives outside the document's history: undo takes a new turn away and brings an old id
back, and yet the number only grows. */

import { Plugin, PluginKey, Selection } from "./prosemirror/prosemirror.js";
import { inTurns, isEmpty, schema } from "./schema.js";

const key = new PluginKey("ids");

export const nextOf = (state) => key.getState(state).next;

/* A transaction after which the next new turn has at least this number. */
export const withNext = (tr, next) => tr.setMeta(key, next);

export function ids(first) {
  return new Plugin({
    key,
    state: {
      init: () => ({ next: first }),
      apply: (tr, before) => {
        const asked = tr.getMeta(key);
        return asked > before.next ? { next: asked } : before;
      },
    },
    appendTransaction: (transactions, _before, state) => {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      return inTurns(state.doc) ? numbered(state) : inOne(state);
    },
  });
}

/* Every turn that has no id, or one that stands before it, gets the next. */
function numbered(state) {
  const seen = new Set();
  const tr = state.tr;
  let next = nextOf(state);
  const only = state.doc.childCount === 1;
  state.doc.forEach((turn, start) => {
    const { id, kind } = turn.attrs;
    if (kind === "plain") tr.setNodeAttribute(start, "kind", "remark");
    if (id && !seen.has(id)) seen.add(id);
    else if (!(only && isEmpty(turn))) tr.setNodeAttribute(start, "id", `t${next++}`);
  });
  // Ids from elsewhere (pasted, restored) may lie beyond the next number.
  for (const id of seen) next = Math.max(next, Number(id.slice(1)) + 1);
  if (next === nextOf(state) && !tr.docChanged) return null;
  return withNext(tr, next);
}

/* A plain text is one turn, whatever was pasted. */
function inOne(state) {
  const { doc } = state;
  if (doc.childCount === 1 && doc.child(0).attrs.kind === "plain") return null;
  const blocks = [];
  doc.forEach((turn) => turn.forEach((block) => blocks.push(block)));
  const tr = state.tr.replaceWith(0, doc.content.size, schema.node("turn", { kind: "plain" }, blocks));
  return tr.setSelection(Selection.near(tr.doc.resolve(Math.min(state.selection.head, tr.doc.content.size))));
}
