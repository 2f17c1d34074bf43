/* What the editor's document may hold: turns of blocks, in the shape of an edition.

A transcript is a document of turns. A plain text is a document of one turn of the kind "plain", which has no id and no
margin; so every command for blocks serves both. List items are flat, as in an edition. Speakers, and whether the text
stands in turns, are attributes of the document, so that undo covers them; the next turn's number is not (ids.js),
because an id is never given twice. */

import { Schema } from "./prosemirror/prosemirror.js";

export const KINDS = ["question", "answer", "remark", "note"];

const plainAttr = { default: null };

const nodes = {
  doc: { content: "turn+", attrs: { form: { default: "turns" }, speakers: { default: [] } } },
  turn: {
    content: "block+",
    isolating: true,
    defining: true,
    attrs: {
      id: plainAttr,
      kind: { default: "remark" },
      speaker: plainAttr,
      mark: plainAttr,
      questioner: plainAttr,
      outlet: plainAttr,
      topic: plainAttr,
      from_ms: plainAttr,
      to_ms: plainAttr,
      // Its first paragraph was cut off the turn before: merging closes the cut. Never saved.
      cut: { default: false },
    },
    toDOM: (node) => ["div", { "data-words-turn": JSON.stringify({ ...node.attrs, cut: false }) }, 0],
    parseDOM: [{ tag: "div[data-words-turn]", getAttrs: (dom) => turnAttrs(dom.dataset.wordsTurn) }],
  },
  paragraph: { group: "block", content: "inline*", toDOM: () => ["p", 0], parseDOM: [{ tag: "p" }] },
  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: plainAttr },
    toDOM: (node) => [`h${Math.min(Math.max(node.attrs.level ?? 2, 2), 6)}`, level(node), 0],
    parseDOM: [1, 2, 3, 4, 5, 6].map((each) => ({
      tag: `h${each}`,
      getAttrs: (dom) => ({ level: whole(dom.dataset.level) ?? each }),
    })),
  },
  item: {
    group: "block",
    content: "inline*",
    attrs: { ordered: { default: false }, level: plainAttr },
    toDOM: (node) => [
      "p",
      { class: "words-item", "data-item": node.attrs.ordered ? "ordered" : "plain", ...level(node) },
      0,
    ],
    parseDOM: [
      {
        tag: "p[data-item]",
        priority: 60,
        getAttrs: (dom) => ({ ordered: dom.dataset.item === "ordered", level: whole(dom.dataset.level) }),
      },
    ],
  },
  quotation: {
    group: "block",
    content: "inline*",
    defining: true,
    toDOM: () => ["blockquote", 0],
    parseDOM: [{ tag: "blockquote" }],
  },
  table: {
    group: "block",
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    attrs: { header: { default: false } },
    toDOM: (node) => ["table", node.attrs.header ? { "data-header": "" } : {}, ["tbody", 0]],
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ header: "header" in dom.dataset }) }],
  },
  table_row: {
    content: "table_cell*",
    tableRole: "row",
    toDOM: () => ["tr", 0],
    parseDOM: [{ tag: "tr" }],
  },
  table_cell: {
    content: "(text | br)*",
    marks: "",
    tableRole: "cell",
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: plainAttr },
    toDOM: () => ["td", 0],
    parseDOM: [{ tag: "td" }, { tag: "th" }],
  },
  text: { group: "inline" },
  br: {
    group: "inline",
    inline: true,
    selectable: false,
    leafText: () => "\n",
    toDOM: () => ["br"],
    parseDOM: [{ tag: "br" }],
  },
};

const simple = (tag, excludes) => ({ toDOM: () => [tag, 0], parseDOM: [{ tag }], ...(excludes && { excludes }) });

const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(?:-|$)/i;

/* The direction in which a language is written. */
const directionOf = (tag) => (RIGHT_TO_LEFT.test(tag) ? "rtl" : "ltr");

const marks = {
  link: {
    attrs: { target: {} },
    inclusive: false,
    toDOM: (mark) => ["a", { href: mark.attrs.target }, 0],
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ target: dom.getAttribute("href") }) }],
  },
  // Words in another language: programs that read aloud change their voice for them.
  lang: {
    attrs: { tag: {} },
    inclusive: false,
    toDOM: (mark) => ["span", { lang: mark.attrs.tag, dir: directionOf(mark.attrs.tag) }, 0],
    parseDOM: [{ tag: "span[lang]", getAttrs: (dom) => ({ tag: dom.getAttribute("lang") }) }],
  },
  strong: simple("strong"),
  emphasis: simple("em"),
  superscript: simple("sup", "superscript subscript"),
  subscript: simple("sub", "superscript subscript"),
};

export const schema = new Schema({ nodes, marks });

/* The turn at a position of the document, with its place, start and node. */
export function turnAt(doc, position) {
  const place = Math.min(doc.resolve(position).index(0), doc.childCount - 1);
  return { place, start: startOf(doc, place), node: doc.child(place) };
}

/* Where the turn at a place starts. */
export function startOf(doc, place) {
  let start = 0;
  for (let i = 0; i < place; i++) start += doc.child(i).nodeSize;
  return start;
}

export const inTurns = (doc) => doc.attrs.form === "turns";

/* Whether a turn has no words at all; a table counts as words. */
export function isEmpty(turn) {
  let found = false;
  turn.forEach((block) => {
    found ||= block.type.name === "table" || block.content.size > 0;
  });
  return !found;
}

function turnAttrs(written) {
  try {
    return JSON.parse(written);
  } catch {
    return {};
  }
}

const level = (node) => (node.attrs.level === null ? {} : { "data-level": node.attrs.level });

const whole = (written) => (/^[1-6]$/.test(written ?? "") ? Number(written) : null);
