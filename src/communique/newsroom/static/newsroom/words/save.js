/* The document as the words' value. Each turn is written once and remembered, so that a key pressed in one of two
hundred turns writes one. What the value leaves out (empty keys, blocks without words) is left out here, too; blanks and
Unicode are put in order by the server (words.py). */

import { inTurns } from "./schema.js";

const written = new WeakMap();

/* The value as text, as the textarea holds it. */
export function writtenValue(doc, next) {
  return JSON.stringify(valueOf(doc, next));
}

export function valueOf(doc, next) {
  const speakers = doc.attrs.speakers.length ? { speakers: doc.attrs.speakers } : {};
  if (!inTurns(doc)) return { ...speakers, blocks: turnValue(doc.child(0)).blocks, next };
  const turns = [];
  doc.forEach((turn) => {
    if (turn.attrs.id) turns.push(turnValue(turn));
  });
  return { ...speakers, turns, next };
}

export function turnValue(turn) {
  if (!written.has(turn)) written.set(turn, freshTurnValue(turn));
  return written.get(turn);
}

/* How many words a turn has, counted at blanks. */
export function wordsIn(turn) {
  if (!counted.has(turn))
    counted.set(turn, turn.textBetween(0, turn.content.size, " ", " ").match(/\S+/gu)?.length ?? 0);
  return counted.get(turn);
}

const counted = new WeakMap();

function freshTurnValue(turn) {
  const value = {};
  for (const key of ["id", "kind", "speaker", "mark", "questioner", "outlet", "topic", "from_ms", "to_ms"]) {
    const fact = turn.attrs[key];
    if (fact !== null && fact !== "") value[key] = fact;
  }
  value.blocks = [];
  turn.forEach((block) => {
    const found = block.type.name === "table" ? table(block) : textBlock(block);
    if (found) value.blocks.push(found);
  });
  return value;
}

function textBlock(block) {
  const { text, marks } = marked(block);
  if (!text) return null;
  if (block.type.name === "paragraph" && !marks.length) return text;
  const value = { kind: block.type.name, text };
  if (marks.length) value.marks = marks;
  if (block.attrs.level) value.level = block.attrs.level;
  if (block.attrs.ordered) value.ordered = true;
  return value;
}

function table(block) {
  const rows = [];
  block.forEach((row) => {
    const cells = [];
    row.forEach((cell) => cells.push(cell.textBetween(0, cell.content.size)));
    rows.push(cells);
  });
  return block.attrs.header ? { kind: "table", rows, header: true } : { kind: "table", rows };
}

/* The text of a block and its marks, neighbours of one kind joined, in the order of from, to and kind. */
function marked(block) {
  let text = "";
  let end = 0;
  const open = new Map();
  const marks = [];
  block.forEach((node) => {
    const words = node.isText ? node.text : "\n";
    const start = end;
    end += points(words);
    text += words;
    for (const mark of node.marks) {
      const key = `${mark.type.name} ${moreOf(mark) ?? ""}`;
      if (open.get(key)?.[1] === start) open.get(key)[1] = end;
      else open.set(key, marks[marks.push(fresh(mark, start, end)) - 1]);
    }
  });
  return { text, marks: marks.sort(inOrder) };
}

/* What a mark says besides its kind: a link its target, other words their language. */
const moreOf = (mark) => mark.attrs.target ?? mark.attrs.tag;

function fresh(mark, start, end) {
  const more = moreOf(mark);
  return more === undefined ? [start, end, mark.type.name] : [start, end, mark.type.name, more];
}

const inOrder = (a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);

/* Code points of a text: UTF-16 units without the second halves of pairs. */
const points = (text) => text.length - (text.match(/[\uDC00-\uDFFF]/g)?.length ?? 0);
