/* The words' value (a JSON object, see docs/formats/edition.md) as a document. Offsets of marks are code points there
and UTF-16 units here. */

import { schema } from "./schema.js";

/* The document of a value, and the number of its next new turn. `form` is what an empty value becomes. */
export function documentOf(value, form) {
  const turns = value.turns ?? (value.blocks ? null : form === "blocks" ? null : []);
  const next = value.next ?? firstNext(turns ?? []);
  if (turns === null) {
    const turn = schema.node("turn", { kind: "plain" }, blocksOf(value.blocks ?? []));
    return { doc: schema.node("doc", { form: "blocks", speakers: value.speakers ?? [] }, [turn]), next };
  }
  const found = turns.length ? turns.map(turnOf) : [emptyTurn()];
  return { doc: schema.node("doc", { form: "turns", speakers: value.speakers ?? [] }, found), next };
}

/* A turn without words and id: it is none until something stands in it. */
export const emptyTurn = (attrs = {}) => schema.node("turn", { kind: "remark", ...attrs }, [schema.node("paragraph")]);

/* The value that a textarea holds; raises SyntaxError when it is no JSON. */
export function parsed(text) {
  const value = text.trim() ? JSON.parse(text) : {};
  return value && typeof value === "object" ? value : {};
}

export function turnOf(turn) {
  const { blocks, ...attrs } = turn;
  return schema.node("turn", attrs, blocksOf(blocks));
}

function firstNext(turns) {
  return Math.max(0, ...turns.map((turn) => Number(turn.id.slice(1)))) + 1;
}

export function blocksOf(blocks) {
  const found = blocks.filter((block) => block !== null).map(blockOf);
  return found.length ? found : [schema.node("paragraph")];
}

function blockOf(block) {
  if (typeof block === "string") return schema.node("paragraph", null, inline(block, []));
  if (block.kind === "table") return table(block);
  const attrs = { level: block.level ?? null, ordered: block.ordered ?? false };
  return schema.node(block.kind, attrs, inline(block.text ?? "", block.marks ?? []));
}

function table(block) {
  const cell = (text) => schema.node("table_cell", null, inline(text ?? "", []));
  const rows = block.rows.map((row) => schema.node("table_row", null, row.map(cell)));
  return schema.node("table", { header: block.header ?? false }, rows);
}

/* Text with marks as inline nodes: cut at every edge of a mark and at every line feed. */
function inline(text, marks) {
  const points = marks.length ? Array.from(text) : [text];
  const edges = marks.length ? [...new Set([0, points.length, ...marks.flatMap((mark) => mark.slice(0, 2))])] : [0, 1];
  edges.sort((a, b) => a - b);
  const nodes = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i], edges[i + 1]];
    const over = marks.filter((mark) => mark[0] <= from && to <= mark[1]).map(markOf);
    nodes.push(...lines(points.slice(from, to).join(""), over));
  }
  return nodes;
}

const markOf = ([, , kind, more]) => schema.mark(kind, { link: { target: more }, lang: { tag: more } }[kind] ?? null);

function lines(text, marks) {
  const nodes = [];
  text.split("\n").forEach((line, number) => {
    if (number) nodes.push(schema.node("br", null, null, marks));
    if (line) nodes.push(schema.text(line, marks));
  });
  return nodes;
}
