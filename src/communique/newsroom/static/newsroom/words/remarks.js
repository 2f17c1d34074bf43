/* What clearers and people outside said of a turn, and the button that says it is dealt with. Nothing of it is in the
words: the desk is told at once, and the turn is looked at again. */

import { button, element, filled } from "./dom.js";

/* Remarks as lines. `name` is of what, for those who hear the button alone; `otherwise` whether the words were changed
since the editor was opened. */
export function remarksOf(desk, remarks, name, otherwise = false) {
  return remarks.map((remark) => {
    const old = remark.old || (otherwise && !remark.of);
    if (remark.state === "order") return element("p", { class: "words-remark" }, desk.say(old ? "look_again" : "state_order"), " · ", who(remark));
    const facts = [remark.state === "mend" && element("strong", {}, desk.say("marked_mend")), remark.of, who(remark), old && desk.say("reads_otherwise")];
    return element(
      "div",
      { class: old ? "words-remark words-past" : "words-remark" },
      element("p", {}, ...facts.filter(Boolean).flatMap((fact, place) => (place ? [" · ", fact] : [fact]))),
      remark.text && element("p", { class: "words-remark-text", dir: "auto" }, remark.text),
      remark.waits && dealtWith(desk, remark, remark.of || name),
    );
  });
}

const who = (remark) => element("bdi", {}, remark.who);

function dealtWith(desk, remark, name) {
  const label = filled(desk.say("dealt_with_label"), { what: name });
  return button(desk.say("dealt_with"), () => ask(desk, remark), { class: "words-follows", "aria-label": label });
}

/* Somebody outside the editor tells the desk, and says whether that went well. */
function ask(desk, remark) {
  const dealt = (well) => {
    if (well) desk.told({ remarks: without(desk.given.remarks, remark) });
    desk.tell(well ? "dealt" : "not_dealt");
  };
  desk.root.dispatchEvent(new CustomEvent("words:dealt", { bubbles: true, detail: { remark: remark.id, dealt } }));
}

const without = (remarks, gone) =>
  Object.fromEntries(Object.entries(remarks).map(([turn, said]) => [turn, said.filter((one) => one.id !== gone.id)]));
