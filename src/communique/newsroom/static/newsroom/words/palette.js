/* The palette at the start: who speaks in this message, one key each; what the text counts; what is still to mend. */

import { redo, undo } from "./prosemirror/prosemirror.js";
import { SPEAKERS, behind } from "./behind.js";
import { button, element, filled } from "./dom.js";
import { chooseFromPalette } from "./keys.js";
import { addSpeaker, asker, changeSpeaker, marksOf, moveSpeaker, paletteOf, removeSpeaker, silentOf, whoIsWho } from "./people.js";
import { inTurns, isEmpty } from "./schema.js";
import { wordsIn } from "./save.js";
import { asPlain, switchForm } from "./turns.js";

/* Everything the palette shows, as children of its aside. */
export function palette(desk) {
  const { doc } = desk.view.state;
  const turns = inTurns(doc);
  return [
    speakers(desk, doc),
    turns && marks(desk, doc),
    counts(desk, doc),
    turns && toMend(desk, doc),
    formOf(desk),
  ].filter(Boolean);
}

function speakers(desk, doc) {
  const entries = paletteOf(doc).map((entry, number) => row(desk, entry, number));
  const turns = inTurns(doc);
  const title = desk.say(turns ? "speakers" : "whose_words");
  const said = behind(desk, SPEAKERS, title);
  return section(
    title,
    said.length && element("p", { class: "words-standing" }, ...said),
    element(
      "ul",
      { class: turns ? "words-speakers" : "words-speakers words-whole" },
      ...entries,
      turns &&
        line(
          "0",
          button(desk.say("unknown"), () => desk.run(asker(null, null))),
        ),
      line(
        "+",
        button(desk.say("speaker_add"), () => addSpeaker(desk)),
      ),
    ),
  );
}

function row(desk, entry, number) {
  const { name, role } = entry.speaker ?? {
    name: entry.questioner ?? entry.outlet,
    role: entry.questioner && entry.outlet,
  };
  const label = [element("bdi", { class: "words-name" }, name), role && element("bdi", { class: "words-role" }, role)];
  const here = button(label.filter(Boolean), () => chooseFromPalette(desk, number + 1));
  const change =
    entry.speaker &&
    button(desk.say("change"), () => changeSpeaker(desk, entry.number), {
      class: "words-change",
      "aria-label": filled(desk.say("change_label"), { name }),
    });
  const made = line(number < 9 ? String(number + 1) : "", here, change);
  if (entry.speaker) made.addEventListener("keydown", (event) => rowKey(desk, entry.number, event));
  return made;
}

/* Keys on a speaker's line: Alt and an arrow move it, Delete takes it out, Ctrl and Z bring back what was. The focus
stays with the speaker, or goes to the one who takes the place. */
function rowKey(desk, number, event) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const mod = event.ctrlKey || event.metaKey;
  let place = null;
  if (event.altKey && by) place = moveSpeaker(desk, number, by) ? number + by : number;
  else if (event.key === "Delete") [place] = [number, removeSpeaker(desk, number)];
  else if (mod && /^[zy]$/i.test(event.key)) [place] = [number, takeBack(desk, event)];
  if (place === null) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = desk.palette.querySelectorAll(".words-speakers li");
  rows[Math.min(place, rows.length - 1)]?.querySelector("button").focus();
}

const takeBack = (desk, { key, shiftKey }) =>
  (shiftKey || /y/i.test(key) ? redo : undo)(desk.view.state, desk.view.dispatch);

const line = (key, ...buttons) =>
  element("li", {}, element("kbd", { "aria-hidden": "true" }, key), ...buttons.filter(Boolean));

function marks(desk, doc) {
  const { size } = marksOf(doc);
  return (
    size &&
    section(
      null,
      button(filled(desk.say(size === 1 ? "marks_one" : "marks_open"), { n: size }), () => whoIsWho(desk)),
    )
  );
}

function counts(desk, doc) {
  let [words, questions] = [0, 0];
  doc.forEach((turn) => {
    words += wordsIn(turn);
    questions += turn.attrs.kind === "question" ? 1 : 0;
  });
  const number = (n) => n.toLocaleString(document.documentElement.lang || undefined);
  const blank = doc.childCount === 1 && isEmpty(doc.child(0));
  const turns = blank ? 0 : doc.childCount;
  const title = inTurns(doc)
    ? filled(desk.say(turns === 1 ? "turns_one" : "turns"), { n: number(turns) })
    : desk.say("text");
  const said = filled(desk.say(words === 1 ? "words_one" : "words"), { n: number(words) });
  if (!inTurns(doc)) return section(title, element("p", {}, said));
  const asked = filled(desk.say(questions === 1 ? "questions_one" : "questions"), { n: number(questions) });
  return section(title, element("p", {}, filled(desk.say("words_and_questions"), { words: said, questions: asked })));
}

/* Turns with a fault that the server would name before submitting, each one click away. */
function toMend(desk, doc) {
  const faulty = { says_nobody: [], mark_not_understood: [], no_words: [] };
  doc.forEach((turn, _start, place) => {
    const { kind, speaker, mark, id } = turn.attrs;
    if (!id) return;
    if (isEmpty(turn)) faulty.no_words.push([place, id]);
    else if (speaker === null && mark && ["answer", "remark"].includes(kind))
      faulty.mark_not_understood.push([place, id]);
    else if (speaker === null && kind === "answer") faulty.says_nobody.push([place, id]);
  });
  const lines = Object.entries(faulty)
    .filter(([, turns]) => turns.length)
    .map(([fault, turns]) => placesOf(desk, fault, turns));
  const marked = markedOf(desk, doc);
  if (marked.length) lines.unshift(placesOf(desk, "marked_mend", marked));
  const silent = silentOf(doc);
  if (silent.length) lines.push(silence(desk, doc, silent));
  return lines.length && section(desk.say("to_mend"), ...lines);
}

/* What is said of some turns, each of them one click away. */
const placesOf = (desk, fault, turns) =>
  element(
    "p",
    {},
    `${desk.say(fault)}: `,
    ...turns
      .slice(0, 12)
      .flatMap(([place, id], number) => [
        number ? " " : "",
        button(filled(desk.say("turn"), { n: id.slice(1) }), () => desk.goTo(place), { class: "words-inline" }),
      ]),
    turns.length > 12 ? ` … ${turns.length}` : "",
  );

/* Turns that a clearer marked to be mended, and that read still as he read them. */
function markedOf(desk, doc) {
  const found = [];
  doc.forEach((turn, _start, place) => {
    const { id } = turn.attrs;
    const waits = (one) => one.state === "mend" && one.waits && !one.old;
    if (id && desk.given.remarks[id]?.some(waits) && !desk.isOtherwise(turn)) found.push([place, id]);
  });
  return found;
}

/* Who is in the list and says nothing: readers would find the message among this person's words. */
const silence = (desk, doc, silent) =>
  element(
    "p",
    {},
    `${desk.say("silent")}: `,
    ...silent.flatMap((number, place) => [
      place ? " " : "",
      button(element("bdi", {}, doc.attrs.speakers[number].name), () => changeSpeaker(desk, number), { class: "words-inline" }),
    ]),
  );

function formOf(desk) {
  const word = inTurns(desk.view.state.doc) ? "as_plain" : "as_turns";
  return section(
    null,
    button(desk.say(word), () => {
      const { state } = desk.view;
      const refused = inTurns(state.doc) && asPlain(state.doc, desk.given.public);
      if (refused) desk.tell(refused);
      else desk.run(switchForm);
    }),
  );
}

function section(title, ...children) {
  return element(
    "div",
    { class: "words-section" },
    title && element("p", { class: "words-title" }, title),
    ...children.filter(Boolean),
  );
}
