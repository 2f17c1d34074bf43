/* The facts of one turn in one dialog: kind, speaker, questioner and outlet, what it is about, the mark as printed. */

import { button, dialog, element, field, filled } from "./dom.js";
import { KINDS, inTurns } from "./schema.js";
import { here, setFacts } from "./turns.js";

/* Asks for the facts of the turn at the cursor; what is left empty is unknown. */
export function askFacts(desk) {
  const { state } = desk.view;
  if (!inTurns(state.doc)) return desk.tell("is_plain");
  const { attrs } = here(state).node;
  const fields = {
    kind: select(
      KINDS.map((kind) => [kind, desk.say(kind)]),
      attrs.kind,
    ),
    speaker: select(
      [["", desk.say("nobody")], ...state.doc.attrs.speakers.map(({ name }, number) => [String(number), name])],
      String(attrs.speaker ?? ""),
    ),
    questioner: text(desk, attrs.questioner, "questioner"),
    outlet: text(desk, attrs.outlet, "outlet"),
    topic: text(desk, attrs.topic),
    mark: text(desk, attrs.mark),
  };
  const rows = Object.entries(fields).map(([key, input]) => field(desk.say(`fact_${key}`), input));
  return dialog(desk, filled(desk.say("turn_title"), { n: attrs.id?.slice(1) ?? "" }), (close) => [
    ...rows,
    ...["questioner", "outlet"].map((key) => known(desk, state.doc, key)),
    element(
      "div",
      { class: "words-buttons" },
      button(
        desk.say("take"),
        () => {
          desk.run(setFacts(read(fields)));
          close();
        },
        { class: "words-main" },
      ),
      button(desk.say("cancel"), close),
    ),
  ]);
}

function read(fields) {
  const facts = Object.fromEntries(Object.entries(fields).map(([key, input]) => [key, input.value.trim() || null]));
  return { ...facts, speaker: facts.speaker === null ? null : Number(facts.speaker) };
}

const select = (options, now) =>
  element(
    "select",
    {},
    ...options.map(([value, label]) => element("option", { value, selected: value === now }, label)),
  );

const text = (desk, value, list) =>
  element("input", {
    type: "text",
    value: value ?? "",
    dir: "auto",
    autocomplete: "off",
    list: list && `${desk.prefix}-${list}`,
  });

/* The questioners and outlets of this text, proposed while writing. */
function known(desk, doc, key) {
  const found = new Set();
  doc.forEach((turn) => {
    if (turn.attrs[key]) found.add(turn.attrs[key]);
  });
  return element(
    "datalist",
    { id: `${desk.prefix}-${key}` },
    ...[...found].map((value) => element("option", { value })),
  );
}
