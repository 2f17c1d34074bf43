/* One turn as readers will see it: facts in the margin, words in the column, what the desk knows of it at the end.

ProseMirror keeps the words; the margin and the end are ours, made once and set anew only when a fact changes. */

import { WHOLE, behind } from "./behind.js";
import { button, element, filled, renew } from "./dom.js";
import { blocksHtml } from "./beside.js";
import { remarksOf } from "./remarks.js";

export class TurnView {
  constructor(desk, node) {
    this.desk = desk;
    this.node = node;
    const { lang, dir } = desk.given;
    this.contentDOM = element("div", { class: "words-said", lang, dir });
    this.number = element("span", { class: "words-number" });
    this.facts = element("div", { class: "words-facts", contenteditable: "false" });
    this.state = element("div", { class: "words-standing" });
    this.comments = element("div", { class: "words-turn-comments" });
    this.said = element("div", { class: "words-remarks", contenteditable: "false" });
    this.end = element("div", { class: "words-end", contenteditable: "false" }, this.state, this.comments);
    this.dom = element("div", { class: "words-turn", role: "group" }, this.facts, this.contentDOM, this.end, this.said);
    this.dom.turnView = this;
    this.shown = null;
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const before = this.node;
    this.node = node;
    if (before !== node && this.remarks?.length) this.showRemarks(node.attrs);
    return true;
  }

  stopEvent(event) {
    return !this.contentDOM.contains(event.target);
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }

  /* Shows the facts; `first` says whether this is the speaker's first turn, which shows the role. */
  show(speakers, first) {
    const { attrs } = this.node;
    const { given } = this.desk;
    const [state, count] = [given.states[attrs.kind === "plain" ? WHOLE : attrs.id] ?? "", given.counts[attrs.id] ?? 0];
    const shown = [attrs, speakers, first, state, count, given.version];
    if (this.shown?.every((fact, number) => fact === shown[number])) return;
    this.shown = shown;
    this.dom.dataset.kind = attrs.kind;
    this.showFacts(attrs, speakers[attrs.speaker], first);
    this.showState(attrs, state);
    this.showComments(attrs.id, count);
    this.showRemarks(attrs);
    this.showBeside(attrs);
  }

  showRemarks({ kind, id }) {
    this.remarks = this.desk.given.remarks[kind === "plain" ? WHOLE : id] ?? [];
    this.said.hidden = this.remarks.length === 0;
    const name = kind === "plain" ? this.desk.say("text") : filled(this.desk.say("turn_title"), { n: id?.slice(1) ?? "" });
    renew(this.said, remarksOf(this.desk, this.remarks, name, this.desk.isOtherwise(this.node)));
  }

  showFacts(attrs, speaker, first) {
    const { heading, faulty, below } = factsOf(this.desk, attrs, speaker, first);
    this.number.textContent = attrs.id?.slice(1) ?? "";
    const who = button(
      element("bdi", { class: faulty ? "words-who words-faulty" : "words-who" }, heading),
      () => this.desk.openFacts(this),
      { class: "words-heading" },
    );
    const rest = below.map((text) => element("span", { class: "words-below" }, element("bdi", {}, text)));
    this.facts.replaceChildren(this.number, who, ...rest);
    const label =
      attrs.kind === "plain"
        ? this.desk.say("text")
        : filled(this.desk.say("turn_label"), {
            n: this.number.textContent,
            kind: this.desk.say(attrs.kind),
            who: heading,
          });
    this.dom.setAttribute("aria-label", label);
    this.dom.classList.toggle("words-asks", attrs.kind === "question");
  }

  showState({ kind, id }, state) {
    this.end.hidden = !id && !state;
    const name = kind === "plain" ? this.desk.say("text") : filled(this.desk.say("turn_title"), { n: id?.slice(1) ?? "" });
    const said = state === "stale" ? behind(this.desk, kind === "plain" ? WHOLE : id, name) : [];
    const other = state && state !== "stale" && element("span", { class: "words-state" }, this.desk.say(`state_${state}`, state));
    this.state.replaceChildren(...said, ...(other ? [other] : []));
  }

  showComments(id, count) {
    if (!id || (this.comments.dataset.turn === id && this.comments.shownCount === count)) return;
    this.comments.dataset.turn = id;
    this.comments.shownCount = count;
    const text = count
      ? filled(this.desk.say(count === 1 ? "comment_one" : "comments"), { n: count })
      : this.desk.say("comment");
    const label = filled(this.desk.say("comment_label"), { n: id.slice(1), text });
    // Wagtail takes the cursor out of a comment 200 ms after a press of the mouse on anything that is no annotation.
    const asked = { "aria-label": label, "data-annotation": "" };
    this.comments.replaceChildren(button(text, () => this.desk.comment(id), asked));
  }

  showBeside(attrs) {
    const { beside } = this.desk.given;
    const turn = attrs.kind === "plain" ? beside?.whole : beside?.byId.get(attrs.id);
    if (!beside || this.besideOf === turn) return;
    this.besideOf = turn;
    this.original?.remove();
    this.original = element(
      "div",
      { class: "words-original", contenteditable: "false", lang: beside.lang, dir: beside.dir },
      ...(turn
        ? blocksHtml(turn.blocks)
        : [
            element(
              "p",
              { class: "words-none", lang: document.documentElement.lang, dir: "auto" },
              this.desk.say("beside_none"),
            ),
          ]),
    );
    this.dom.insertBefore(this.original, this.end);
  }
}

/* A time of the recording, as 4:12 or 1:04:12. */
function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/* What stands in the margin: the heading, whether it says a fault, and the lines below. */
function factsOf(desk, attrs, speaker, first) {
  const below = [];
  const name = speaker?.name;
  let heading = desk.say(attrs.kind);
  let faulty = false;
  if (attrs.kind === "question") below.push(...[attrs.questioner, attrs.outlet, name].filter(Boolean));
  else if (name) heading = name;
  else if (attrs.mark) [heading, faulty] = [`“${attrs.mark}”`, attrs.kind !== "note"];
  else if (attrs.kind === "answer") faulty = true;
  if (faulty) below.push(desk.say(attrs.mark ? "mark_not_understood" : "says_nobody"));
  if (name && first && speaker.role && attrs.kind !== "question") below.push(speaker.role);
  if (attrs.kind === "remark" && !name && !attrs.mark && attrs.id) below.push(desk.say("says_nobody"));
  if (attrs.mark && !faulty && attrs.mark !== name) below.push(filled(desk.say("printed"), { mark: attrs.mark }));
  if (attrs.from_ms !== null) below.push(clock(attrs.from_ms));
  if (attrs.topic) below.push(filled(desk.say("about"), { topic: attrs.topic }));
  return { heading, faulty, below };
}
