/* What can be done to turns. Each command is ProseMirror's: (state, dispatch) -> whether it could be done; each is one
step of undo. */

import { Selection, TextSelection, canJoin, closeHistory, isInTable } from "./prosemirror/prosemirror.js";
import { emptyTurn } from "./load.js";
import { inTurns, isEmpty, schema, startOf, turnAt } from "./schema.js";

/* The turn in which the cursor stands. */
export const here = (state) => turnAt(state.doc, state.selection.head);

/* Splits the turn at the cursor: the first half keeps id and mark, the second gets the next id. Both keep the times of
the whole, because nobody has said yet where in the recording the cut is. */
export function split(state, dispatch) {
  if (!inTurns(state.doc) || isInTable(state)) return false;
  const tr = closeHistory(state.tr);
  if (!tr.selection.empty) tr.deleteSelection();
  const cut = cutAt(tr.selection.$from);
  if (!cut) return false;
  const old = turnAt(tr.doc, cut.at).node;
  const attrs = { ...old.attrs, id: null, mark: null, topic: null, cut: cut.inWords };
  tr.split(cut.at, cut.depth, [{ type: schema.nodes.turn, attrs }, cut.type]);
  tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(cut.at, 1)), 1));
  return done(tr, dispatch);
}

/* Where to cut for the cursor: between two blocks, or through one; null at the very beginning. */
function cutAt($from) {
  if ($from.depth < 2) return null;
  const number = $from.index(1);
  const [atStart, atEnd] = [$from.parentOffset === 0, $from.parentOffset === $from.parent.content.size];
  if (atStart) return number ? { at: $from.before(2), depth: 1, inWords: false } : null;
  if (atEnd && number < $from.node(1).childCount - 1) return { at: $from.after(2), depth: 1, inWords: false };
  const type = atEnd ? { type: schema.nodes.paragraph } : null;
  return { at: $from.pos, depth: 2, inWords: !atEnd, type };
}

/* Merges the turn of the cursor into the one before, whose id stays. */
export const mergeUp = (state, dispatch) => merge(state, dispatch, here(state).place - 1);

/* Merges the turn after into this one. */
export const mergeDown = (state, dispatch) => merge(state, dispatch, here(state).place);

function merge(state, dispatch, place) {
  const { doc } = state;
  if (!inTurns(doc) || place < 0 || place + 1 >= doc.childCount) return false;
  const [first, second] = [doc.child(place), doc.child(place + 1)];
  if (isEmpty(first) && !isEmpty(second)) return mergedInto(state, dispatch, place);
  const seam = startOf(doc, place) + first.nodeSize;
  const tr = closeHistory(state.tr);
  if (isEmpty(second)) tr.delete(seam, seam + second.nodeSize);
  else tr.join(seam, second.attrs.cut && canJoin(doc, seam) && sameBlock(first, second) ? 2 : 1);
  put(tr, startOf(doc, place), first, times(first.attrs, second.attrs));
  return done(tr, dispatch);
}

/* When both together are heard, if that is known of one of them. */
function times(first, second) {
  const known = (key, which) =>
    first[key] === null || second[key] === null ? (first[key] ?? second[key]) : which(first[key], second[key]);
  return { from_ms: known("from_ms", Math.min), to_ms: known("to_ms", Math.max) };
}

/* The words of the second turn under the first one's id: the first had none. */
function mergedInto(state, dispatch, place) {
  const { doc } = state;
  const [first, second] = [doc.child(place), doc.child(place + 1)];
  const start = startOf(doc, place);
  const tr = closeHistory(state.tr).replaceWith(
    start,
    start + first.nodeSize + second.nodeSize,
    schema.node("turn", first.attrs, second.content),
  );
  return done(tr.setSelection(Selection.near(tr.doc.resolve(start + 1), 1)), dispatch);
}

function sameBlock(first, second) {
  return first.lastChild.isTextblock && first.lastChild.type === second.firstChild.type;
}

/* Moves the turn one place up (-1) or down (1); the cursor goes with it. */
export function move(by) {
  return (state, dispatch) => {
    const { doc, selection } = state;
    const { place, start, node } = here(state);
    const upper = by < 0 ? place - 1 : place;
    if (!inTurns(doc) || upper < 0 || upper + 1 >= doc.childCount) return false;
    const from = startOf(doc, upper);
    const [first, second] = [doc.child(upper), doc.child(upper + 1)];
    const tr = closeHistory(state.tr);
    tr.replaceWith(from, from + first.nodeSize + second.nodeSize, [second, first]);
    const moved = by < 0 ? from : from + doc.child(upper + 1).nodeSize;
    const cursor = moved + Math.min(Math.max(selection.head - start, 1), node.nodeSize - 1);
    return done(tr.setSelection(Selection.near(tr.doc.resolve(cursor), 1)), dispatch);
  };
}

/* Removes the turn; the last one leaves an empty place to write. */
export function remove(state, dispatch) {
  const { doc } = state;
  if (!inTurns(doc)) return false;
  const { place, start, node } = here(state);
  const tr = closeHistory(state.tr);
  if (doc.childCount === 1) tr.replaceWith(0, doc.content.size, emptyTurn());
  else tr.delete(start, start + node.nodeSize);
  const at = startOf(tr.doc, Math.min(place, tr.doc.childCount - 1)) + 1;
  return done(tr.setSelection(Selection.near(tr.doc.resolve(at), 1)), dispatch);
}

/* Puts the cursor at the beginning of the turn so many places on. */
export function go(by) {
  return (state, dispatch) => goTo(here(state).place + by)(state, dispatch);
}

/* Puts the cursor into the turn at a place: at its beginning, or that of its block of a number, counted from 0 among
those with words. */
export function goTo(place, number = 0) {
  return (state, dispatch) => {
    if (place < 0 || place >= state.doc.childCount) return false;
    const at = state.doc.resolve(startOf(state.doc, place) + 1 + before(state.doc.child(place), number));
    dispatch?.(state.tr.setSelection(Selection.near(at, 1)).scrollIntoView());
    return true;
  };
}

/* How far into a turn its block of a number begins. */
function before(turn, number) {
  let [left, begins] = [number, 0];
  turn.forEach((block, offset) => {
    if (!block.content.size || left < 0) return;
    begins = offset;
    left -= 1;
  });
  return begins;
}

/* Moves the cursor by a word inside its paragraph, so that a turn can be split without leaving the turn keys. */
export function goWord(by) {
  return (state, dispatch) => {
    const { $head } = state.selection;
    if (!$head.parent.isTextblock) return false;
    const text = $head.parent.textBetween(0, $head.parent.content.size, "\n", "\n");
    const ahead = by > 0 ? text.slice($head.parentOffset).search(/\S(?=\s|$)/u) + 1 : 0;
    const behind = by < 0 ? text.slice(0, $head.parentOffset).replace(/\S+\s*$/u, "").length : 0;
    const at = $head.start() + (by > 0 ? $head.parentOffset + ahead : behind);
    const target =
      at === $head.pos
        ? Selection.findFrom(state.doc.resolve(by > 0 ? $head.after() : $head.before()), by, true)
        : TextSelection.create(state.doc, at);
    if (!target) return false;
    dispatch?.(state.tr.setSelection(target).scrollIntoView());
    return true;
  };
}

/* Gives the turn a kind. An answer without a speaker takes that of the answer before, or the only one there is; a
question has no speaker of ours, and only a question has a questioner. */
export function setKind(kind) {
  return (state, dispatch) => {
    if (!inTurns(state.doc)) return false;
    const { place, node } = here(state);
    const facts = { kind, questioner: null, outlet: null };
    if (kind === "question")
      Object.assign(facts, { speaker: null, questioner: node.attrs.questioner, outlet: node.attrs.outlet });
    if (kind === "note") facts.speaker = null;
    if (kind === "answer" && node.attrs.speaker === null) facts.speaker = likelySpeaker(state.doc, place);
    return setFacts(facts)(state, dispatch);
  };
}

function likelySpeaker(doc, place) {
  for (let before = place - 1; before >= 0; before--) {
    const { kind, speaker } = doc.child(before).attrs;
    if (kind === "answer" && speaker !== null) return speaker;
  }
  return doc.attrs.speakers.length === 1 ? 0 : null;
}

/* Says who speaks: somebody of the palette. A note becomes a remark, because a note has no speaker. */
export function setSpeaker(speaker) {
  return (state, dispatch) => {
    if (!inTurns(state.doc) || speaker >= state.doc.attrs.speakers.length) return false;
    const note = here(state).node.attrs.kind === "note" ? { kind: "remark" } : {};
    return setFacts({ speaker, ...note })(state, dispatch);
  };
}

/* Sets some of the facts of the turn at the cursor. */
export function setFacts(facts) {
  return (state, dispatch) => {
    if (!inTurns(state.doc)) return false;
    const { start, node } = here(state);
    const tr = closeHistory(state.tr);
    put(tr, start, node, facts);
    if (!tr.docChanged) return true;
    dispatch?.(tr);
    return true;
  };
}

/* Sets facts of a turn in a transaction, those that differ. */
export function put(tr, start, node, facts) {
  for (const [key, fact] of Object.entries(facts)) {
    const value = fact === "" ? null : fact;
    if (node.attrs[key] !== value) tr.setNodeAttribute(start, key, value);
  }
  return tr;
}

/* As plain text: refused, with the reason, when something would be lost; `known` are the ids that readers know. */
export function asPlain(doc, known = []) {
  const { id, kind, ...facts } = doc.child(0).attrs;
  if (doc.childCount > 1) return "plain_many";
  if (kind !== "remark" && kind !== "plain") return "plain_kind";
  if (known.includes(id)) return "plain_public";
  // Whose words a text is is kept with it; of several in the list nobody could say any more which of them spoke.
  const unsaid = facts.speaker !== null && doc.attrs.speakers.length > 1;
  return unsaid || facts.from_ms !== null || facts.mark || facts.topic ? "plain_facts" : null;
}

export function switchForm(state, dispatch) {
  const plain = inTurns(state.doc);
  if (plain && asPlain(state.doc)) return false;
  const tr = closeHistory(state.tr).setDocAttribute("form", plain ? "blocks" : "turns");
  const only = state.doc.attrs.speakers.length === 1 ? 0 : null;
  put(tr, 0, state.doc.child(0), plain ? { id: null, kind: "plain", speaker: null } : { kind: "remark", speaker: only });
  dispatch?.(tr);
  return true;
}

function done(tr, dispatch) {
  dispatch?.(tr.scrollIntoView());
  return true;
}
