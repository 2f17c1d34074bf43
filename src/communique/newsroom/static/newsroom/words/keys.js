/* Keys. While typing, letters are letters; Ctrl, Alt and Escape command. After Escape the cursor leaves the text, so
that nothing can be typed by mistake, and plain keys act on the turn: the turn keys. Both sets are always shown. */

import {
  baseKeymap,
  chainCommands,
  goToNextCell,
  isInTable,
  keymap,
  redo,
  splitBlock,
  toggleMark,
  undo,
} from "./prosemirror/prosemirror.js";
import { element } from "./dom.js";
import { asBlock, askLink, deeper } from "./blocks.js";
import { addSpeaker, asker, changeSpeaker, chosen, paletteOf } from "./people.js";
import { askLanguage } from "./languages.js";
import { inTurns, schema } from "./schema.js";
import { go, goTo, goWord, here, mergeDown, mergeUp, move, remove, setKind, split } from "./turns.js";

/* The keys that act while typing, as plugins. */
export function typingKeys(desk) {
  const run = (command) => () => desk.run(command) || true;
  const heading = (level) => asBlock("heading", { level });
  return [
    keymap({
      Escape: () => {
        desk.turnKeys();
        return true;
      },
      Enter: chainCommands(leaveEmptyBlock, nextItem, splitBlock),
      "Shift-Enter": lineFeed,
      Backspace: chainCommands(backToParagraph, stayInTurn(desk, -1)),
      Delete: stayInTurn(desk, 1),
      Tab: chainCommands(goToNextCell(1), deeper(1)),
      "Shift-Tab": chainCommands(goToNextCell(-1), deeper(-1)),
      "Mod-Enter": run(split),
      "Mod-Backspace": chainCommands(mergeAtStart, stayInTurn(desk, -1)),
      "Mod-Delete": stayInTurn(desk, 1),
      "Alt-ArrowUp": run(move(-1)),
      "Alt-ArrowDown": run(move(1)),
      "Mod-b": toggleMark(schema.marks.strong),
      "Mod-i": toggleMark(schema.marks.emphasis),
      "Mod-.": toggleMark(schema.marks.superscript),
      "Mod-,": toggleMark(schema.marks.subscript),
      "Mod-k": () => {
        askLink(desk);
        return true;
      },
      "Mod-Alt-l": () => {
        askLanguage(desk);
        return true;
      },
      "Mod-z": undo,
      "Shift-Mod-z": redo,
      "Mod-y": redo,
      "Mod-Alt-0": asBlock("paragraph"),
      "Mod-Alt-2": heading(2),
      "Mod-Alt-3": heading(3),
      "Mod-Shift-7": asBlock("item", { ordered: true }),
      "Mod-Shift-8": asBlock("item"),
      "Mod-Shift-9": asBlock("quotation"),
    }),
    keymap({ ...baseKeymap, Enter: splitBlock }),
  ];
}

/* Enter in an empty heading, item or quotation: a paragraph again. */
function leaveEmptyBlock(state, dispatch) {
  const { $head, empty } = state.selection;
  if (!empty || $head.parent.content.size || $head.parent.type.name === "paragraph" || isInTable(state)) return false;
  return asBlock("paragraph")(state, dispatch);
}

/* Enter in an item begins the next; in a cell it breaks the line. */
function nextItem(state, dispatch) {
  const { $from } = state.selection;
  if (isInTable(state)) return lineFeed(state, dispatch);
  if ($from.parent.type.name !== "item") return false;
  const tr = state.tr.deleteSelection();
  dispatch?.(tr.split(tr.selection.from).scrollIntoView());
  return true;
}

function lineFeed(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(schema.node("br"), true).scrollIntoView());
  return true;
}

function backToParagraph(state, dispatch) {
  const { $head, empty } = state.selection;
  if (!empty || $head.parentOffset || ["paragraph", "table_cell"].includes($head.parent.type.name)) return false;
  return asBlock("paragraph")(state, dispatch);
}

/* Deleting at the border of a turn does nothing but say how turns are merged. The browser would join them by itself. */
function stayInTurn(desk, by) {
  return ({ doc, selection: { $head, empty } }) => {
    if (!empty || $head.depth !== 2) return false; // everything is selected: there is no turn at its end
    const border = by < 0 ? $head.parentOffset === 0 : $head.parentOffset === $head.parent.content.size;
    const last = by < 0 ? $head.index(1) === 0 : $head.index(1) === $head.node(1).childCount - 1;
    if (!border || !last) return false;
    const place = $head.index(0);
    if (by < 0 ? place > 0 : place < doc.childCount - 1) desk.tell(by < 0 ? "merge_up_hint" : "merge_down_hint");
    return true;
  };
}

/* Ctrl+Backspace at the beginning of a turn merges; elsewhere it takes a word away, as everywhere. */
function mergeAtStart(state, dispatch) {
  const { $head, empty } = state.selection;
  if (!empty || $head.parentOffset || $head.depth !== 2 || $head.index(1)) return false;
  return mergeUp(state, dispatch);
}

/* The turn keys: key, what it does, and the key of its word. Upper case means Shift. */
const TURN_KEYS = {
  ArrowUp: go(-1),
  k: go(-1),
  ArrowDown: go(1),
  j: go(1),
  Home: goTo(0),
  End: (state, dispatch) => goTo(state.doc.childCount - 1)(state, dispatch),
  s: split,
  m: mergeUp,
  M: mergeDown,
  Delete: remove,
  u: undo,
  U: redo,
  q: setKind("question"),
  a: setKind("answer"),
  r: setKind("remark"),
  n: setKind("note"),
  0: asker(null, null),
};

/* Acts on a key pressed after Escape; whether it was one of ours. */
export function turnKey(desk, event) {
  const key = latin(event);
  if (event.ctrlKey || event.metaKey) return controlled(desk, event, key);
  if (event.altKey) return ["ArrowUp", "ArrowDown"].includes(key) && act(desk, move(key === "ArrowUp" ? -1 : 1));
  if (key === "Enter" || key === "i") return does(() => desk.typing());
  if (key === "?") return does(() => desk.toggleHelp());
  if (key === "+") return does(() => addSpeaker(desk));
  if (key === "e") return does(() => desk.openFacts());
  if (key === "c") return does(() => desk.comment(here(desk.view.state).node.attrs.id));
  if (key === "Escape") return true;
  if (/^[1-9]$/.test(key)) return does(() => chooseFromPalette(desk, Number(key)));
  if (key === "ArrowLeft" || key === "ArrowRight") return act(desk, goWord(ahead(desk, key) ? 1 : -1));
  return Boolean(TURN_KEYS[key]) && act(desk, TURN_KEYS[key]);
}

function controlled(desk, event, key) {
  const command = { z: event.shiftKey ? redo : undo, Z: redo, y: redo, Enter: split }[key];
  return Boolean(command) && act(desk, command);
}

const ahead = (desk, key) => (key === "ArrowRight") === (desk.given.dir !== "rtl");

/* The Latin key of an event: on other keyboards, what stands at that place of a Latin one. The row of digits is digits
also where they need Shift while typing, as in French. */
function latin(event) {
  if (/^Digit\d$/.test(event.code) && !event.shiftKey) return event.code.at(-1);
  if (event.key.length > 1 || /^[\x20-\x7e]$/.test(event.key))
    return event.key.length > 1 ? event.key : letter(event, event.key);
  const found = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  if (event.code === "Slash") return "?";
  return found ? letter(event, found) : event.key;
}

const letter = (event, key) => (event.shiftKey ? key.toUpperCase() : key.toLowerCase());

function act(desk, command) {
  desk.run(command);
  return true;
}

function does(something) {
  something();
  return true;
}

/* Gives the turn at the cursor to somebody of the palette; a text without turns has nothing to give, so that its
speaker is changed. */
export function chooseFromPalette(desk, number) {
  const { doc } = desk.view.state;
  const entry = paletteOf(doc)[number - 1];
  if (entry && !inTurns(doc)) changeSpeaker(desk, entry.number);
  else if (entry) desk.run(chosen(desk, entry));
  else desk.tell("no_such_speaker");
}

/* The strip: the keys of the present mode, each a button for those who have no keyboard. */
export function strip(desk) {
  const [keys, turns] = [desk.mode === "keys", inTurns(desk.view.state.doc)];
  const shown = turns ? (keys ? KEYS : TYPING) : keys ? PLAIN_KEYS : PLAIN;
  const said = keys ? (turns ? "mode_keys" : "keys") : "mode_typing";
  const mode = element("strong", { class: "words-mode" }, desk.say(said));
  return [mode, ...shown.map(([keys, word, press]) => key(desk, keys, word, press))];
}

function key(desk, keys, word, press) {
  const caps = keys.map((name) => element("kbd", {}, capOf(desk, name)));
  const stay = (event) => event.preventDefault();
  return element(
    "button",
    { type: "button", class: "words-key", onmousedown: stay, onclick: () => press(desk) },
    ...caps,
    ` ${desk.say(word)}`,
  );
}

/* What stands on a key; a Mac has its own. */
export const capOf = (desk, name) => (MAC && MAC_CAPS[name]) || desk.say(`key_${name}`, name);

const MAC = /Mac|iP(?:ad|hone)/.test(navigator.platform);
const MAC_CAPS = { Ctrl: "⌘", Alt: "⌥" };

const runs = (command) => (desk) => desk.run(command);
const help = [["?"], "all_keys", (desk) => desk.toggleHelp()];
const UNDO = [["Ctrl", "Z"], "undo", runs(undo)];
const ESCAPE = [["Esc"], "turn_keys", (desk) => desk.turnKeys()];

const TYPING = [
  ESCAPE,
  [["Ctrl", "Enter"], "split", runs(split)],
  [["Ctrl", "⌫"], "merge_up", runs(mergeUp)],
  [["Alt", "↑"], "move_up", runs(move(-1))],
  [["Alt", "↓"], "move_down", runs(move(1))],
  UNDO,
  [["Ctrl", "K"], "link", (desk) => askLink(desk)],
  [["Esc", "?"], "all_keys", (desk) => desk.toggleHelp()],
];

const PLAIN = [
  [["Ctrl", "B"], "strong", runs(toggleMark(schema.marks.strong))],
  [["Ctrl", "I"], "emphasis", runs(toggleMark(schema.marks.emphasis))],
  [["Ctrl", "K"], "link", (desk) => askLink(desk)],
  UNDO,
  [["Esc", "+"], "speaker_add", addSpeaker],
  [["Esc", "?"], "all_keys", (desk) => desk.toggleHelp()],
];

const PLAIN_KEYS = [
  [["Enter"], "type", (desk) => desk.typing()],
  [["1"], "speaker_first", (desk) => chooseFromPalette(desk, 1)],
  [["+"], "speaker_add", addSpeaker],
  [["U"], "undo", runs(undo)],
  help,
];

const KEYS = [
  [["Enter"], "type", (desk) => desk.typing()],
  [["↑"], "before", runs(go(-1))],
  [["↓"], "after", runs(go(1))],
  [["Q"], "question", runs(setKind("question"))],
  [["A"], "answer", runs(setKind("answer"))],
  [["R"], "remark", runs(setKind("remark"))],
  [["N"], "note", runs(setKind("note"))],
  [["S"], "split", runs(split)],
  [["M"], "merge_up", runs(mergeUp)],
  [["E"], "facts", (desk) => desk.openFacts()],
  [["C"], "comment", (desk) => desk.comment(here(desk.view.state).node.attrs.id)],
  [["Del"], "remove", runs(remove)],
  [["U"], "undo", runs(undo)],
  help,
];

/* All keys of both modes, for the help that `?` shows. */
export const ALL_KEYS = {
  mode_typing: [
    ["Esc", "turn_keys"],
    ["Ctrl Enter", "split"],
    ["Ctrl ⌫", "merge_up_start"],
    ["Alt ↑ ↓", "move"],
    ["Ctrl B", "strong"],
    ["Ctrl I", "emphasis"],
    ["Ctrl K", "link"],
    ["Ctrl Alt L", "lang"],
    ["Ctrl .", "superscript"],
    ["Ctrl ,", "subscript"],
    ["Ctrl Alt 2 3", "heading"],
    ["Ctrl Shift 8", "list"],
    ["Ctrl Shift 7", "numbers"],
    ["Ctrl Shift 9", "quotation"],
    ["Ctrl Alt 0", "paragraph"],
    ["Shift Enter", "line"],
    ["Tab", "deeper"],
    ["Ctrl Z", "undo"],
    ["Ctrl Shift Z", "redo"],
  ],
  speakers: [
    ["Alt ↑ ↓", "speaker_move"],
    ["Del", "speaker_remove"],
    ["Ctrl Z", "undo"],
  ],
  mode_keys: [
    ["Enter", "type"],
    ["I", "type"],
    ["↑ ↓", "go"],
    ["J K", "go"],
    ["← →", "go_word"],
    ["1 – 9", "palette_key"],
    ["0", "unknown"],
    ["+", "speaker_add"],
    ["Q", "question"],
    ["A", "answer"],
    ["R", "remark"],
    ["N", "note"],
    ["S", "split"],
    ["M", "merge_up"],
    ["Shift M", "merge_down"],
    ["Alt ↑ ↓", "move"],
    ["E", "facts"],
    ["C", "comment"],
    ["Del", "remove"],
    ["U", "undo"],
    ["Shift U", "redo"],
    ["?", "all_keys"],
  ],
};
