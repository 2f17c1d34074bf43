/* Turns found in a pasted text whose paragraphs begin with marks: "Question:", "Q.", a name with a colon, a bold name.

A small set of rules; what is uploaded is read by the server, which knows more. Words with a colon are a name only on
evidence: they are bold, or they stand at the head of another paragraph, too. Without any mark, paragraphs wholly in
bold that ask make questions. A paragraph in brackets alone is a note. */

import { schema } from "./schema.js";

// How a question and an answer are marked in many languages, in whole words and in letters.
const ASKING = [
  "questions?|q|frage|f|pregunta|p|domanda|pergunta|vraag|pytanie",
  "вопрос|питання|سؤال|السؤال|س|שאלה|问|問|प्रश्न",
];
const ANSWERING = [
  "answer|a|r|réponse|reponse|antwort|respuesta|risposta|resposta|antwoord|odpowiedź",
  "ответ|відповідь|جواب|الجواب|ج|תשובה|答|उत्तर",
];
const ASKS = new RegExp(`^(?:\\d+[.)]\\s*)?(?:${ASKING.join("|")})(?:\\s*(?:n[or]\\.?|№|#)?\\s*\\d+)?$`, "iu");
const ANSWERS = new RegExp(`^(?:${ANSWERING.join("|")})$`, "iu");
const COLON = /^\s*([^:：\n]{1,60}?)\s*[:：]\s*(?=\S|$)/u;
const LETTER = /^\s*([QAR])\s*[.)–—-]\s+(?=\S)/u;
const NOTE = /^\s*[[(（].{1,200}[\])）]\s*$/su;
const FULL_STOP = /[.!?؟。]\s/u;

/* Turns of these blocks, or null when fewer than two marks are found: {turns, speakers, marks}. */
export function markedTurns(blocks) {
  const read = blocks.map((block) => ({ block, ...headOf(block) }));
  const counted = new Map();
  for (const { mark } of read) if (mark) counted.set(mark, (counted.get(mark) ?? 0) + 1);
  const isMark = ({ mark, sort, bold, alone }) =>
    mark && (sort !== "name" || counted.get(mark) > 1 || (bold && !alone));
  const found = read.filter(isMark);
  if (found.length < 2) return boldQuestions(blocks);
  return built(read, isMark);
}

/* The mark at the head of a block, how long it is, and what speaks for it. */
function headOf(block) {
  if (!["paragraph", "heading"].includes(block.type.name)) return {};
  const text = block.textContent;
  const bold = boldHead(block);
  const [found, letter] = [COLON.exec(block.textBetween(0, block.content.size, "\n", "\n")), LETTER.exec(text)];
  if (letter) return { mark: letter[1], length: letter[0].length, sort: letter[1] === "Q" ? "question" : "answer" };
  if (found && isName(found[1]))
    return {
      mark: bare(found[1]),
      length: found[0].length,
      sort: sortOf(found[1]),
      bold: bold.length >= found[1].length,
    };
  const alone = bold.length && bold.length === text.length;
  if (bold.length && isName(bold.trim()) && (!alone || bold.length <= 40))
    return { mark: bare(bold), length: bold.length, sort: sortOf(bare(bold)), bold: true, alone };
  return {};
}

function boldHead(block) {
  let text = "";
  block.content.forEach((node, _offset, number) => {
    if (node.isText && schema.marks.strong.isInSet(node.marks) && (number === 0 || text.length))
      text += boldUntil(text, node);
    else if (text) text += "\n";
  });
  return text.split("\n", 1)[0];
}

const boldUntil = (before, node) => (before.includes("\n") ? "" : node.text);

const bare = (words) =>
  words
    .replace(/^\s*\d+[.)]\s*(?=\S)/u, "")
    .replace(/[\s:：.–—-]+$/u, "")
    .trim();

/* Whether words may name somebody: few, and the first a capital letter or of a script without capitals. */
function isName(words) {
  const name = bare(words);
  return (
    name.length > 0 &&
    name.split(/\s+/u).length <= 7 &&
    !FULL_STOP.test(`${name} `.replace(/\b\p{L}{1,5}\.\s/gu, "")) &&
    /^[\p{Lu}\p{Lo}\p{Lt}]/u.test(name) &&
    !/[?؟!]$/u.test(name)
  );
}

const sortOf = (words) => (ASKS.test(words.trim()) ? "question" : ANSWERS.test(words.trim()) ? "answer" : "name");

function built(read, isMark) {
  const asked = read.some((each) => isMark(each) && each.sort === "question");
  const names = [...new Set(read.filter((each) => isMark(each) && each.sort === "name").map(({ mark }) => mark))];
  const askers = new Set(asked ? [] : askersOf(read, isMark, names));
  const speakers = names.filter((name) => !askers.has(name));
  const turns = [];
  for (const each of read) {
    if (isMark(each))
      turns.push({
        attrs: factsOf(each, { asked: asked || askers.size > 0, askers, speakers, started: turns.length }),
        blocks: [],
      });
    else if (NOTE.test(each.block.textContent))
      turns.push({ attrs: { kind: "note" }, blocks: [each.block], closed: true });
    else if (!turns.length || turns.at(-1).closed) turns.push({ attrs: after(turns), blocks: [] });
    if (turns.at(-1).closed) continue;
    const rest = isMark(each) ? each.block.cut(each.length) : each.block;
    if (rest.content.size)
      turns.at(-1).blocks.push(isMark(each) ? schema.node("paragraph", null, trimmed(rest)) : rest);
  }
  return { turns, speakers: speakers.map((name) => ({ name })), marks: read.filter(isMark).length };
}

/* Words after a note are still those of who spoke before; before all marks they are nobody's. */
function after(turns) {
  const before = turns.findLast((turn) => !turn.closed);
  return before ? { ...before.attrs, mark: null } : { kind: "remark" };
}

function factsOf({ mark, sort }, { asked, askers, speakers }) {
  if (sort === "question") return { kind: "question", mark };
  if (askers.has(mark)) return { kind: "question", mark, questioner: mark };
  if (sort === "answer") return { kind: "answer", mark };
  return { kind: asked ? "answer" : "remark", mark, speaker: speakers.indexOf(mark) };
}

/* Of named speakers alone: who asks, because most of what they say ends in a question mark and others' does not. */
function askersOf(read, isMark, names) {
  const ends = new Map(names.map((name) => [name, []]));
  let last = null;
  for (const each of read) {
    if (isMark(each)) last = ends.get(each.mark)?.push(false) && each.mark;
    if (last) ends.get(last)[ends.get(last).length - 1] = /[?؟？]["”»’']?\s*$/u.test(each.block.textContent);
  }
  const asks = names.filter((name) => ends.get(name).filter(Boolean).length * 2 > ends.get(name).length);
  return asks.length < names.length ? asks : [];
}

/* Questions wholly in bold, answers plain. */
function boldQuestions(blocks) {
  const bold = blocks.map(
    (block) =>
      block.type.name === "paragraph" &&
      block.textContent.trim() &&
      boldHead(block).length === block.textContent.length,
  );
  const asks = blocks.filter((block, number) => bold[number] && /[?؟？]\s*$/u.test(block.textContent));
  if (asks.length < 2) return null;
  const turns = [];
  blocks.forEach((block, number) => {
    const kind = bold[number] ? "question" : turns.length ? "answer" : "remark";
    if (turns.at(-1)?.attrs.kind !== kind) turns.push({ attrs: { kind }, blocks: [] });
    turns.at(-1).blocks.push(bold[number] ? schema.node("paragraph", null, plain(block)) : block);
  });
  return { turns, speakers: [], marks: asks.length };
}

const plain = (block) => mapped(block, (node) => node.mark(schema.marks.strong.removeFromSet(node.marks)));

/* The inline nodes of a block without blanks and breaks at their beginning. */
function trimmed(block) {
  const nodes = mapped(block, (node) => node);
  while (nodes.length && (nodes[0].type.name === "br" || !nodes[0].text.trim())) nodes.shift();
  const start = nodes[0]?.text?.search(/\S/u) ?? 0;
  return nodes.length ? [nodes[0].cut(start), ...nodes.slice(1)] : [];
}

function mapped(block, change) {
  const nodes = [];
  block.forEach((node) => nodes.push(change(node)));
  return nodes;
}
