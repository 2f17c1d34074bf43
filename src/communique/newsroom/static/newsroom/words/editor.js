/* The words editor: a textarea's JSON as turns or plain text, for people.

    <words-editor data-given="words-given"><textarea name="words">{"turns": …}</textarea></words-editor>
    <script type="application/json" id="words-given">{"strings": …, "people": …}</script>

The textarea stays the form's field: what is written here stands in it at most 300 ms later, at once when the editor
loses the focus or the form is read (submit, autosave), and `input` and `change` bubble from it. Somebody else may
set the textarea and dispatch `words:replace` on it: the editor then shows the new value, in one step of undo.

Events: `words:typed` at once when the words have become others; `words:comment` with {turn} when somebody wants to
comment on a turn; `words:follows` with {t7: hash} when somebody says that a turn follows the original again. Heard: `words:counts` with {t7: 2}, the
comments of turns, and `words:states` with {t7: "stale"}, on the editor or its textarea; `words:go` with {turn, number} on
the editor, which puts the cursor there ("" is a text without turns). `words:dealt` with {remark, dealt} when somebody has
dealt with a remark; `dealt(true)` takes it away. */

import {
  Decoration,
  DecorationSet,
  EditorState,
  EditorView,
  Plugin,
  Selection,
  closeHistory,
  history,
  tableEditing,
} from "./prosemirror/prosemirror.js";
import { besideOf, lacking } from "./beside.js";
import { shorthand, toolbar } from "./blocks.js";
import { pasted, remember } from "./clipboard.js";
import { element, renew } from "./dom.js";
import { askFacts } from "./facts.js";
import { ids, nextOf, withNext } from "./ids.js";
import { ALL_KEYS, capOf, strip, turnKey, typingKeys } from "./keys.js";
import { documentOf, parsed } from "./load.js";
import { palette } from "./palette.js";
import { cleaned } from "./paste.js";
import { remarksOf } from "./remarks.js";
import { writtenValue } from "./save.js";
import { inTurns, isEmpty, schema } from "./schema.js";
import { TurnView } from "./turn_view.js";
import { goTo, here } from "./turns.js";

const SAVE_AFTER_MS = 250;
const SAID_WITH = ["kind", "questioner", "outlet", "topic"];
const BLANK = {
  strings: {},
  people: [],
  day: null,
  states: {},
  follows: {},
  counts: {},
  remarks: {},
  public: [],
  beside: null,
  lang: "",
  dir: "auto",
  form: "turns",
};
let made = 0;

/* One editor: its elements, its ProseMirror view, and what the other files need to know. */
class Desk {
  constructor(root) {
    this.root = root;
    this.textarea = root.querySelector("textarea");
    this.prefix = `words-${++made}`;
    this.given = {
      ...BLANK,
      ...JSON.parse(document.getElementById(root.dataset.given)?.textContent ?? "{}"),
      version: 0,
    };
    this.given.beside = besideOf(this.given.beside);
    this.mode = "typing";
    // A value that cannot be read raises here, before anything is built: the textarea stays, and can be mended.
    const first = this.fromTextarea();
    this.build();
    this.start(first);
    this.listen();
  }

  /* A string of the desk in the reader's language. */
  say(key, fallback = key) {
    return this.given.strings[key] ?? fallback;
  }

  build() {
    const { root } = this;
    this.palette = element("aside", { class: "words-palette", "aria-label": this.say("palette") });
    this.sink = element("div", {
      class: "words-sink",
      role: "application",
      tabindex: "-1",
      "aria-label": this.say("turn_keys_label"),
    });
    this.status = element("p", { class: "words-status", role: "status" });
    this.offer = element("div", { class: "words-offer", hidden: true });
    this.list = element("div", { class: "words-list" });
    this.whole = element("div", { class: "words-remarks words-whole-said" });
    this.lacking = element("div", { class: "words-rest" });
    this.help = element("div", {
      class: "words-help",
      hidden: true,
      tabindex: "0",
      role: "region",
      "aria-label": this.say("all_keys"),
    });
    this.strip = element("div", { class: "words-strip", role: "toolbar", "aria-label": this.say("keys") });
    this.toolbar = toolbar(this);
    const column = element("div", { class: "words-column" }, this.toolbar.bar, this.offer, this.whole, this.list, this.lacking);
    const sheet = element("div", { class: "words-sheet" }, this.palette, column);
    const foot = element("div", { class: "words-foot" }, this.help, this.status, this.strip);
    root.append(this.sink, sheet, foot);
    root.classList.toggle("words-two", Boolean(this.given.beside));
  }

  fromTextarea() {
    const found = documentOf(parsed(this.textarea.value), this.given.form);
    found.doc.check();
    return found;
  }

  start({ doc, next }) {
    this.textarea.required = false;
    const label = labelOf(this.textarea);
    this.view = new EditorView(this.list, {
      state: EditorState.create({ doc, plugins: this.plugins(next) }),
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label ?? this.say("text"),
        class: "words-text",
      },
      nodeViews: { turn: (node) => this.turnView(node) },
      transformPastedHTML: (html) => cleaned(html, this.given.lang),
      handlePaste: (view, _event, slice) => pasted(this, slice),
      scrollThreshold: { top: 80, bottom: 160, left: 0, right: 0 },
      scrollMargin: { top: 96, bottom: 176, left: 0, right: 0 },
      handleDOMEvents: {
        focus: () => {
          this.setMode("typing");
          return false;
        },
        // Two keys in quick order: the first one's cursor is read before the second acts. ProseMirror would wait for
        // the browser's event; `domObserver` is its own affair, and the tests would tell if it went.
        // Escape is ours alone: on a narrow screen Wagtail would answer it, too, and give the cursor to its menu.
        keydown: (view, event) => {
          view.domObserver.flush();
          if (event.key === "Escape") event.stopPropagation();
          return false;
        },
        copy: () => {
          remember(this);
          return false;
        },
        cut: () => {
          remember(this);
          return false;
        },
      },
    });
    this.loaded = { text: this.textarea.value, own: writtenValue(doc, next) };
    this.opened = new Map();
    doc.forEach((turn) => this.opened.set(turn.attrs.id, [turn, whoSays(turn, doc)]));
    this.saved = doc;
    this.root.dataset.ready = "";
    this.textarea.hidden = true;
    this.shown();
    performance.mark("words-ready");
  }

  plugins(next) {
    const hereMark = new Plugin({
      props: { decorations: (state) => this.decorations(state) },
      view: () => ({ update: (_view, before) => this.updated(before) }),
    });
    return [...typingKeys(this), shorthand(), tableEditing(), history(), ids(next), hereMark];
  }

  turnView(node) {
    this.fresh = true;
    return new TurnView(this, node);
  }

  /* The turn at the cursor, and while the turn keys act the cursor itself, which the browser does not draw then. */
  decorations(state) {
    const { start, node } = here(state);
    const found = [
      Decoration.node(start, start + node.nodeSize, {
        class: this.mode === "keys" ? "words-here words-keyed" : "words-here",
      }),
    ];
    const blank = state.doc.childCount === 1 && isEmpty(node) && node.childCount === 1;
    const hint = this.say(inTurns(state.doc) ? "hint_turns" : "hint_text");
    if (blank) found.push(Decoration.node(1, 1 + node.firstChild.nodeSize, { "data-hint": hint }));
    if (this.mode === "keys")
      found.push(
        Decoration.widget(state.selection.head, () => element("span", { class: "words-caret" }), { key: "caret" }),
      );
    return DecorationSet.create(state.doc, found);
  }

  listen() {
    const { root, textarea, sink } = this;
    textarea.addEventListener("words:replace", () => this.replace());
    sink.addEventListener("keydown", (event) => this.pressed(event));
    // Wagtail hears keys, too ("?" opens its own help): a turn key is ours alone.
    for (const name of ["keypress", "keyup"]) sink.addEventListener(name, (event) => event.stopPropagation());
    sink.addEventListener("focus", () => this.setMode("keys"));
    root.addEventListener("focusout", () => this.save());
    root.addEventListener("words:counts", (event) => this.told({ counts: event.detail }), { capture: true });
    root.addEventListener("words:states", (event) => this.told({ states: event.detail }), { capture: true });
    root.addEventListener("words:go", (event) => this.goInto(event.detail));
    textarea.form?.addEventListener("submit", () => this.save(), { capture: true });
    textarea.form?.addEventListener("formdata", (event) => this.read(event.formData));
    window.addEventListener("pagehide", () => this.save());
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey) this.saveSoon(0);
      },
      { capture: true },
    );
  }

  pressed(event) {
    if (!turnKey(this, event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* What the server knows anew of turns: counts of comments, states. */
  told(facts) {
    Object.assign(this.given, facts);
    this.given.version += 1;
    this.showTurns();
    this.showPalette();
    this.showWhole();
    this.lacking.replaceChildren(...lacking(this));
  }

  /* Whether a turn reads otherwise than when the editor was opened: what was said of it was said of other words. */
  isOtherwise(turn) {
    const [before, who] = this.opened.get(turn.attrs.id) ?? [];
    if (!before || before === turn) return false;
    const same = SAID_WITH.every((fact) => before.attrs[fact] === turn.attrs[fact]);
    return !same || who !== whoSays(turn, this.view.state.doc) || !before.content.eq(turn.content);
  }

  setMode(mode) {
    if (this.mode === mode) return;
    this.mode = mode;
    this.root.dataset.mode = mode;
    renew(this.strip, strip(this));
    this.view.dispatch(this.view.state.tr.setMeta("mode", mode));
  }

  turnKeys() {
    this.sink.focus({ preventScroll: true });
    this.sayTurn();
  }

  typing() {
    this.view.focus();
  }

  /* Back to where the keys were before a dialog. */
  back() {
    if (this.mode === "keys") this.sink.focus({ preventScroll: true });
    else this.view.focus();
  }

  /* Does a command, or says why it cannot be done. */
  run(command) {
    const { doc } = this.view.state;
    if (command(this.view.state, this.view.dispatch)) {
      this.status.textContent = "";
      if (this.mode === "keys") this.sayTurn();
      else if (!this.view.hasFocus()) this.view.focus();
      return true;
    }
    this.tell(inTurns(doc) ? `not_${command.name}` : "is_plain");
    return false;
  }

  /* Says a sentence, to eyes and to screen readers. */
  tell(key) {
    this.status.textContent = this.say(key, this.say("not_possible"));
  }

  /* For screen readers: the turn at the cursor, while the turn keys act. */
  sayTurn() {
    const { place } = here(this.view.state);
    const turn = this.view.dom.children[place];
    const label = this.say(inTurns(this.view.state.doc) ? "turn_keys_label" : "plain_keys_label");
    this.sink.setAttribute("aria-label", `${label}. ${turn?.getAttribute("aria-label") ?? ""}`);
  }

  goTo(place) {
    this.run(goTo(place));
  }

  /* Puts the cursor into a block of the turn with an id, for somebody outside the editor. */
  goInto({ turn, number }) {
    const { state, dispatch } = this.view;
    const places = [...Array(state.doc.childCount).keys()];
    const place = turn ? places.find((each) => state.doc.child(each).attrs.id === turn) : 0;
    if (place === undefined) return;
    goTo(place, number)(state, dispatch);
    this.view.focus();
  }

  openFacts(turnView) {
    const place = turnView ? [...this.view.dom.children].indexOf(turnView.dom) : here(this.view.state).place;
    if (place !== here(this.view.state).place) this.goTo(place);
    askFacts(this);
  }

  comment(turn) {
    if (turn) this.root.dispatchEvent(new CustomEvent("words:comment", { bubbles: true, detail: { turn } }));
  }

  toggleHelp() {
    const { help } = this;
    help.hidden = !help.hidden;
    if (help.hidden) return;
    const entry = ([keys, word]) => [
      element("dt", {}, ...keys.split(" ").flatMap((key) => [element("kbd", {}, capOf(this, key)), " "])),
      element("dd", {}, this.say(word)),
    ];
    help.replaceChildren(
      ...Object.entries(ALL_KEYS).map(([mode, keys]) =>
        element(
          "div",
          {},
          element("p", { class: "words-title" }, this.say(mode)),
          element("dl", {}, ...keys.map((each) => element("div", {}, ...entry(each)))),
        ),
      ),
    );
  }

  /* After every transaction: shows what changed. */
  updated(before) {
    const { state } = this.view;
    if (state.doc === before.doc) {
      this.toolbar.show();
      return;
    }
    if (this.fresh || !sameFacts(state.doc, before.doc)) this.shown();
    else this.toolbar.show();
    this.root.dispatchEvent(new CustomEvent("words:typed", { bubbles: true }));
    this.saveSoon(SAVE_AFTER_MS);
  }

  /* Everything around the words. */
  shown() {
    this.showTurns();
    this.showPalette();
    renew(this.strip, strip(this));
    this.lacking.replaceChildren(...lacking(this));
    this.toolbar.show();
    this.showWhole();
  }

  showWhole() {
    const said = remarksOf(this, this.given.remarks[""] ?? [], this.say("of_whole"));
    renew(this.whole, said.length ? [element("p", { class: "words-title" }, this.say("of_whole")), ...said] : []);
  }

  showPalette() {
    renew(this.palette, palette(this));
  }

  showTurns() {
    this.fresh = false;
    const { doc } = this.view.state;
    const seen = new Set();
    doc.forEach((turn, _start, place) => {
      const { speaker, kind } = turn.attrs;
      const first = speaker !== null && kind !== "question" && !seen.has(speaker);
      if (first) seen.add(speaker);
      this.view.dom.children[place]?.turnView?.show(doc.attrs.speakers, first);
    });
  }

  saveSoon(after) {
    this.timer ??= setTimeout(() => {
      this.save();
      this.showPalette();
    }, after);
  }

  /* Writes the value into the textarea, if it is another, and lets the form know. */
  save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.view.state.doc === this.saved) return;
    this.saved = this.view.state.doc;
    const value = this.value();
    if (value === this.textarea.value) return;
    this.textarea.value = value;
    for (const name of ["input", "change"]) this.textarea.dispatchEvent(new Event(name, { bubbles: true }));
  }

  /* The value as the textarea should hold it. A text as it was loaded keeps the loaded bytes. */
  value() {
    const own = writtenValue(this.view.state.doc, nextOf(this.view.state));
    return own === this.loaded.own ? this.loaded.text : own;
  }

  /* The form is being read, by a submit or by autosave: it gets the words as they are this instant. */
  read(formData) {
    if (this.textarea.name && this.view.state.doc !== this.saved) formData.set(this.textarea.name, this.value());
  }

  /* Shows what somebody put into the textarea. */
  replace() {
    const { doc, next } = this.fromTextarea();
    const { state } = this.view;
    const tr = closeHistory(state.tr).replaceWith(0, state.doc.content.size, doc.content);
    tr.setDocAttribute("form", doc.attrs.form).setDocAttribute("speakers", doc.attrs.speakers);
    tr.setSelection(Selection.atStart(tr.doc));
    this.view.dispatch(withNext(tr, next));
    this.save();
  }
}

/* Who says a turn: a person, and no place in the list, which others may leave. */
function whoSays({ attrs }, doc) {
  const speaker = doc.attrs.speakers[attrs.speaker];
  return speaker?.person || speaker?.name;
}

/* Whether two documents have the same turns with the same facts, whatever their words. */
function sameFacts(a, b) {
  if (a.attrs !== b.attrs || a.childCount !== b.childCount) return false;
  for (let i = 0; i < a.childCount; i++) if (a.child(i).attrs !== b.child(i).attrs) return false;
  return true;
}

const labelOf = (textarea) => document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)?.textContent.trim();

customElements.define(
  "words-editor",
  class extends HTMLElement {
    connectedCallback() {
      this.desk ??= new Desk(this);
    }
  },
);
