/* What the original has left behind, and the button that says it follows again. The form keeps it and sends it with the
words: whoever types and presses both keeps both. */

import { button, element, filled } from "./dom.js";

export const WHOLE = "blocks";
export const SPEAKERS = "speakers";

/* "the original has changed" and its button, as an array; empty where the two go together. `name` is of what, for those
who hear the button alone. */
export function behind(desk, id, name) {
  if (desk.given.states[id] !== "stale") return [];
  const label = filled(desk.say("follows_again_label"), { what: name });
  return [
    element("span", { class: "words-state" }, desk.say("state_stale")),
    desk.given.follows[id] && button(desk.say("follows_again"), () => follows(desk, id), { class: "words-follows", "aria-label": label }),
  ].filter(Boolean);
}

/* It follows the original that stands beside it. */
function follows(desk, id) {
  const said = new CustomEvent("words:follows", { bubbles: true, detail: { [id]: desk.given.follows[id] } });
  const { [id]: _stale, ...states } = desk.given.states;
  desk.told({ states });
  desk.root.dispatchEvent(said);
  desk.tell("followed");
}
