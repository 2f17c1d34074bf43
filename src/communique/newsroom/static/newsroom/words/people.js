/* Speakers: who of this message speaks, in which role on the day, and which printed marks are whom.

Known persons come from the server: [{"id", "name", "roles": [{"name", "since", "until"}]}]. The role that a person held
on the day of the occasion is proposed; the role in the message stays what is written in the field. */

import { closeHistory } from "./prosemirror/prosemirror.js";
import { button, dialog, element, field, filled } from "./dom.js";
import { startOf } from "./schema.js";
import { here, put, setSpeaker } from "./turns.js";

/* The role of a person that was held on a day; the last one begun where several were. Empty where none is known. */
export function roleOn(person, day) {
  const held = (person.roles ?? []).filter(
    (role) => !day || ((!role.since || role.since <= day) && (!role.until || day <= role.until)),
  );
  held.sort((a, b) => (a.since ?? "").localeCompare(b.since ?? ""));
  return held.at(-1)?.name ?? "";
}

/* A speaker as the value has it: empty keys left out. */
export function speakerOf(name, role, person) {
  return { name, ...(role && { role }), ...(person && { person }) };
}

/* Asks for a new speaker, who then speaks the turn at the cursor; of a text without turns, whose words it is. */
export function addSpeaker(desk) {
  personDialog(desk, desk.say("speaker_add"), {}, (speaker) => {
    const { state } = desk.view;
    const speakers = [...state.doc.attrs.speakers, speaker];
    const tr = closeHistory(state.tr).setDocAttribute("speakers", speakers);
    const { start, node } = here(state);
    if (["answer", "remark"].includes(node.attrs.kind)) put(tr, start, node, { speaker: speakers.length - 1 });
    desk.view.dispatch(tr);
  });
}

/* Changes the name, role or person of a speaker, moves the speaker in the list or takes the speaker out. */
export function changeSpeaker(desk, number) {
  const speaker = desk.view.state.doc.attrs.speakers[number];
  const last = desk.view.state.doc.attrs.speakers.length - 1;
  const closing = (close, word, act) =>
    button(desk.say(word), () => {
      act();
      close();
    });
  const more = (close) => [
    number > 0 && closing(close, "move_up", () => moveSpeaker(desk, number, -1)),
    number < last && closing(close, "move_down", () => moveSpeaker(desk, number, 1)),
    closing(close, "speaker_remove", () => removeSpeaker(desk, number)),
  ];
  personDialog(
    desk,
    desk.say("speaker_change"),
    speaker,
    (changed) => {
      const speakers = desk.view.state.doc.attrs.speakers.with(number, changed);
      desk.view.dispatch(closeHistory(desk.view.state.tr).setDocAttribute("speakers", speakers));
    },
    more,
  );
}

/* Moves a speaker one place up (-1) or down (1) in the list; the turns stay those of the same people. */
export function moveSpeaker(desk, number, by) {
  const { state } = desk.view;
  const speakers = [...state.doc.attrs.speakers];
  const other = number + by;
  if (other < 0 || other >= speakers.length) return false;
  [speakers[number], speakers[other]] = [speakers[other], speakers[number]];
  const tr = closeHistory(state.tr).setDocAttribute("speakers", speakers);
  state.doc.forEach((turn, start) => {
    const { speaker } = turn.attrs;
    if (speaker === number || speaker === other) put(tr, start, turn, { speaker: number + other - speaker });
  });
  desk.view.dispatch(tr);
  return true;
}

/* Takes a speaker out of the list; those turns are then said by nobody. */
export function removeSpeaker(desk, number) {
  desk.view.dispatch(takenOut(closeHistory(desk.view.state.tr), number));
}

function takenOut(tr, number) {
  const { doc } = tr;
  tr.setDocAttribute("speakers", doc.attrs.speakers.toSpliced(number, 1));
  doc.forEach((turn, start) => {
    const { speaker } = turn.attrs;
    if (speaker === number) put(tr, start, turn, { speaker: null });
    else if (speaker > number) put(tr, start, turn, { speaker: speaker - 1 });
  });
  return tr;
}

function personDialog(desk, title, speaker, accept, more) {
  const list = `${desk.prefix}-known`;
  const { people } = desk.given;
  const name = element("input", { type: "text", value: speaker.name ?? "", list, required: true, autocomplete: "off" });
  const role = element("input", { type: "text", value: speaker.role ?? "", autocomplete: "off" });
  const person = whoItIs(desk, speaker);
  joinNameAndPerson(desk, name, person, role);
  dialog(desk, title, (close) => [
    field(desk.say("speaker_name"), name),
    person.length > 1 && field(desk.say("speaker_person"), person),
    field(desk.say("speaker_role"), role),
    element("datalist", { id: list }, ...people.map((one) => element("option", { value: one.name }))),
    buttons(
      desk,
      desk.say("take"),
      () => {
        if (!name.reportValidity() || !name.value.trim()) return;
        accept(speakerOf(name.value.trim(), role.value.trim(), person.value));
        close();
      },
      close,
      ...(more?.(close) ?? []),
    ),
  ]);
}

/* Who a speaker is, apart from the name as printed: somebody whom the office knows, or nobody of these. A person whom
the server does not tell of stays who it is. */
function whoItIs(desk, speaker) {
  const { people } = desk.given;
  const gone = speaker.person && !people.some(({ id }) => id === speaker.person);
  const known = gone ? [...people, { id: speaker.person, name: speaker.name }] : people;
  const option = (id, label) => element("option", { value: id, selected: id === (speaker.person ?? "") }, label);
  return element("select", {}, option("", desk.say("speaker_unregistered")), ...known.map((one) => option(one.id, one.name)));
}

/* A name that is typed finds its person, and a person who is chosen brings a name where there is none; both bring the
role held on the day. What typing found goes again with the next letter; who was chosen stays under any name. */
function joinNameAndPerson(desk, name, person, role) {
  const { people, day } = desk.given;
  let found = null;
  name.addEventListener("input", () => {
    const known = people.find((one) => one.name === name.value.trim());
    if (known ? !found && known.id === person.value : !found) return;
    if (!known && role.value === roleOn(found, day)) role.value = "";
    if (known) role.value = roleOn(known, day);
    person.value = known?.id ?? "";
    found = known ?? null;
  });
  person.addEventListener("change", () => {
    found = null;
    const chosen = people.find(({ id }) => id === person.value);
    if (!chosen) return;
    if (!name.value.trim() || people.some((one) => one.name === name.value.trim())) name.value = chosen.name;
    role.value = roleOn(chosen, day);
  });
}

const buttons = (desk, label, pressed, close, ...more) =>
  element(
    "div",
    { class: "words-buttons" },
    button(label, pressed, { class: "words-main" }),
    button(desk.say("cancel"), close),
    ...more,
  );

/* Every distinct mark of the text with how often it stands, in the order of the text. */
export function marksOf(doc) {
  const found = new Map();
  doc.forEach(({ attrs }) => {
    if (attrs.mark) found.set(attrs.mark, (found.get(attrs.mark) ?? 0) + 1);
  });
  return found;
}

/* "These 14 marks are these 3 people": one row for each mark, applied at once, one step of undo. */
export function whoIsWho(desk) {
  const { doc } = desk.view.state;
  const rows = [...marksOf(doc)].map(([mark, count]) => ({ mark, count, choice: choices(desk, doc, mark) }));
  dialog(desk, filled(desk.say("marks_title"), { n: rows.length }), (close) => [
    element("p", {}, desk.say("marks_help")),
    element(
      "div",
      { class: "words-marks" },
      ...rows.map(({ mark, count, choice }) =>
        field(element("span", {}, element("bdi", {}, mark), ` ${filled(desk.say("times"), { n: count })}`), choice),
      ),
    ),
    buttons(
      desk,
      desk.say("apply"),
      () => {
        apply(desk, rows);
        close();
      },
      close,
    ),
  ]);
}

/* Whom a mark may be: a speaker of this message, the questioner, somebody known, or a new person of that name. */
function choices(desk, doc, mark) {
  const now = choiceNow(doc, mark);
  const option = (value, label) => element("option", { value, selected: value === now }, label);
  const speakers = doc.attrs.speakers;
  const others = desk.given.people.filter((person) => !speakers.some((speaker) => speaker.person === person.id));
  return element(
    "select",
    {},
    option("", desk.say("mark_leave")),
    option("questioner", desk.say("mark_questioner")),
    ...speakers.map((speaker, number) => option(`speaker ${number}`, speaker.name)),
    ...others.map((person) => option(`person ${person.id}`, person.name)),
    option("new", filled(desk.say("mark_new"), { name: mark })),
  );
}

function choiceNow(doc, mark) {
  let now = "";
  doc.forEach(({ attrs }) => {
    if (attrs.mark !== mark || now) return;
    now = attrs.kind === "question" ? "questioner" : attrs.speaker === null ? "" : `speaker ${attrs.speaker}`;
  });
  return now;
}

function apply(desk, rows) {
  const { state } = desk.view;
  const speakers = [...state.doc.attrs.speakers];
  const facts = new Map(rows.map(({ mark, choice }) => [mark, factsFor(desk, mark, choice.value, speakers)]));
  const asked = [...facts.values()].some((fact) => fact?.kind === "question");
  const tr = closeHistory(state.tr);
  for (let place = 0; place < state.doc.childCount; place++) {
    const turn = state.doc.child(place);
    const fact = facts.get(turn.attrs.mark);
    if (fact)
      put(tr, startOf(state.doc, place), turn, { ...fact, kind: fact.kind ?? spokenKind(turn.attrs.kind, asked) });
  }
  if (speakers.length > state.doc.attrs.speakers.length) tr.setDocAttribute("speakers", speakers);
  desk.view.dispatch(withoutMere(tr, new Set(facts.keys())));
}

/* A speaker who was no more than a mark, and is somebody else now, leaves the list. */
function withoutMere(tr, marks) {
  const silent = silentOf(tr.doc).filter((number) => {
    const { name, role, person } = tr.doc.attrs.speakers[number];
    return marks.has(name) && !role && !person;
  });
  return silent.reduceRight((made, number) => takenOut(made, number), tr);
}

/* The places in the list of speakers of those who speak no turn. */
export function silentOf(doc) {
  const heard = new Set();
  doc.forEach(({ attrs }) => heard.add(attrs.speaker));
  return [...doc.attrs.speakers.keys()].filter((number) => !heard.has(number));
}

/* What a speaker says is an answer where questions are asked. */
const spokenKind = (kind, asked) => (kind === "question" || asked ? "answer" : kind === "note" ? "remark" : kind);

/* The facts of turns under a mark by the choice made for it; a person not yet here joins `speakers`. */
function factsFor(desk, mark, choice, speakers) {
  if (!choice) return null;
  if (choice === "questioner") return { kind: "question", speaker: null };
  const spoken = { questioner: null, outlet: null };
  const [sort, key] = choice.split(" ");
  if (sort === "speaker") return { speaker: Number(key), ...spoken };
  const person = desk.given.people.find(({ id }) => id === key);
  const fresh = person ? speakerOf(person.name, roleOn(person, desk.given.day), person.id) : speakerOf(mark);
  const there = speakers.findIndex((speaker) => speaker.name === fresh.name && speaker.person === fresh.person);
  return { speaker: there < 0 ? speakers.push(fresh) - 1 : there, ...spoken };
}

/* What the palette offers, in the order of its keys: speakers, then those who ask in this text. */
export function paletteOf(doc) {
  const askers = new Map();
  doc.forEach(({ attrs }) => {
    if (attrs.kind !== "question" || !(attrs.questioner || attrs.outlet)) return;
    askers.set(`${attrs.questioner ?? ""}\n${attrs.outlet ?? ""}`, {
      questioner: attrs.questioner,
      outlet: attrs.outlet,
    });
  });
  return [...doc.attrs.speakers.map((speaker, number) => ({ speaker, number })), ...askers.values()];
}

/* The facts that an entry of the palette gives to a turn, as a command. */
export function chosen(desk, entry) {
  if (entry.speaker) return setSpeaker(entry.number);
  return asker(entry.questioner, entry.outlet);
}

/* Somebody who asks, unknown or not: the turn is a question then. */
export function asker(questioner, outlet) {
  return (state, dispatch) => {
    const { start, node } = here(state);
    if (node.attrs.kind === "plain") return false;
    dispatch?.(put(closeHistory(state.tr), start, node, { kind: "question", speaker: null, questioner, outlet }));
    return true;
  };
}
