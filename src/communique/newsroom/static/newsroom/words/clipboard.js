/* The clipboard: what is copied is remembered, what is pasted is welcomed, a text with marks is offered as turns. */

import { Fragment, Selection, Slice, closeHistory, isInTable } from "./prosemirror/prosemirror.js";
import { button, element, filled } from "./dom.js";
import { markedTurns } from "./marked_text.js";
import { roleOn, speakerOf } from "./people.js";
import { inTurns, isEmpty, schema } from "./schema.js";
import { here } from "./turns.js";

/* Copied turns keep their speaker only in the message that they were copied from. */
export function remember(desk) {
  desk.copied = desk.view.state.selection.content().content.toString();
}

/* A paste. Where nothing stands yet, a text with marks is offered as turns; into a cell go words alone. */
export function pasted(desk, slice) {
  const { state } = desk.view;
  const tr = closeHistory(state.tr).setMeta("paste", true);
  if (isInTable(state)) {
    desk.view.dispatch(tr.insertText(slice.content.textBetween(0, slice.content.size, " ", " ")).scrollIntoView());
    return true;
  }
  const blank = allEmpty(state.doc);
  const blocks = blank ? blocksIn(slice.content) : [];
  const marked = blocks.length > 1 ? markedTurns(blocks) : null;
  const found = fitting(state.doc, marked);
  const own = desk.copied === slice.content.toString();
  const { start, node } = here(state);
  // Turns pasted into an empty one, or over whole ones, take their place, and may bear their ids.
  const instead = isEmpty(node) && slice.content.firstChild?.type.name === "turn" && inTurns(state.doc);
  const fresh = welcome(slice, idsOf(state.doc, instead ? [node] : selectedWhole(state)), own);
  if (instead) tr.replaceWith(start, start + node.nodeSize, fresh.content);
  else tr.replaceSelection(fresh);
  desk.view.dispatch(tr.scrollIntoView());
  if (found) offerTurns(desk, found);
  else if (marked) sayNotFitting(desk, marked.turns.length, state.doc.childCount);
  return true;
}

function offerTurns(desk, found) {
  const close = () => {
    desk.offer.hidden = true;
    desk.back();
  };
  const take = button(
    desk.say("make_turns"),
    () => {
      makeTurns(desk, found);
      close();
    },
    { class: "words-main" },
  );
  desk.offer.replaceChildren(
    element("p", { role: "status" }, filled(desk.say("marks_found"), { n: found.turns.length })),
    take,
    button(desk.say("leave_text"), close),
  );
  desk.offer.hidden = false;
  take.focus();
}

function allEmpty(doc) {
  let empty = true;
  doc.forEach((turn) => (empty &&= isEmpty(turn)));
  return empty;
}

/* Turns that were found, for a document that waits for words. A translation has its turns already: found ones of the
same kinds in the same order are put under these, whose ids and facts stay. A note that the text leaves out waits. */
function fitting(doc, found) {
  if (!found || doc.childCount === 1) return found;
  const [turns, left] = [[], [...found.turns]];
  doc.forEach(({ attrs }) => {
    if (left[0]?.attrs.kind === attrs.kind) turns.push({ attrs: { ...left[0].attrs, ...kept(attrs) }, blocks: left.shift().blocks });
    else if (attrs.kind === "note") turns.push({ attrs, blocks: [] });
  });
  return !left.length && turns.length === doc.childCount ? { ...found, turns, speakers: [] } : null;
}

/* What a turn of a translation has from its original. */
const kept = ({ id, speaker, questioner, outlet, from_ms, to_ms }) => ({ id, speaker, questioner, outlet, from_ms, to_ms });

function sayNotFitting(desk, n, m) {
  desk.status.textContent = filled(desk.say("not_fitting"), { n, m });
}

/* A speaker found by the name: a person whom the office knows has a role on the day, which is proposed. */
function asKnown(desk, { name }) {
  const person = desk.given.people.find((one) => one.name === name);
  return person ? speakerOf(name, roleOn(person, desk.given.day), person.id) : { name };
}

function makeTurns(desk, { turns, speakers }) {
  const { state } = desk.view;
  const { all, places } = joined(state.doc.attrs.speakers, speakers.map((speaker) => asKnown(desk, speaker)));
  const spoken = ({ speaker = null, ...attrs }) => ({ ...attrs, speaker: places[speaker] ?? speaker });
  // The first turn stays the one into which the text was pasted: an interview begins with its number 1.
  const first = { id: state.doc.child(0).attrs.id };
  const nodes = turns.map(({ attrs, blocks }, place) =>
    schema.node("turn", { ...spoken(attrs), ...(place ? {} : first) }, blocks.length ? blocks : [schema.node("paragraph")]),
  );
  const tr = closeHistory(state.tr).replaceWith(0, state.doc.content.size, nodes);
  tr.setDocAttribute("form", "turns").setDocAttribute("speakers", all);
  desk.view.dispatch(tr.setSelection(Selection.atStart(tr.doc)).scrollIntoView());
}

/* Speakers who were there with those that were found, and the place of each found one: who is there already is one. */
function joined(there, found) {
  const all = [...there];
  const places = found.map((speaker) => {
    const known = all.findIndex(({ name }) => name === speaker.name);
    return known < 0 ? all.push(speaker) - 1 : known;
  });
  return { all, places };
}

/* The blocks of what was pasted, out of turns or not. */
function blocksIn(content) {
  const blocks = [];
  content.forEach((node) => {
    if (node.type.name === "turn") return;
    if (node.isBlock) blocks.push(node);
  });
  return blocks;
}

/* The turns of which no word stands outside what is selected. */
function selectedWhole({ doc, selection }) {
  const whole = [];
  doc.forEach((turn, start) => {
    const [first, last] = [Selection.atStart(turn), Selection.atEnd(turn)];
    if (selection.from <= start + 1 + first.from && start + 1 + last.to <= selection.to) whole.push(turn);
  });
  return selection.empty ? [] : whole;
}

/* The ids of all turns but some. */
function idsOf(doc, but) {
  const ids = new Set();
  doc.forEach((turn) => but.includes(turn) || ids.add(turn.attrs.id));
  return ids;
}

/* Pasted turns as newcomers: an id that is here already goes, and a speaker of another message, too. */
function welcome(slice, taken, own) {
  const nodes = [];
  slice.content.forEach((node) => {
    if (node.type.name !== "turn") return nodes.push(node);
    const id = taken.has(node.attrs.id) || !own ? null : node.attrs.id;
    return nodes.push(node.type.create({ ...node.attrs, id, speaker: own ? node.attrs.speaker : null }, node.content));
  });
  return new Slice(Fragment.from(nodes), slice.openStart, slice.openEnd);
}
