// Beside Wagtail's editor: a file read into turns, Wagtail's comments at each turn, one save at a time.

import { refuseTooLarge, tooLarge } from "./files.js";
import { staysUntilReached } from "./reaching.js";
import { askedByTheDesk, nothingLost, oneSaveAtATime, writesOverNothing } from "./saving.js";

const editor = document.querySelector("words-editor");
const textarea = editor?.querySelector("textarea");
const page = /\/pages\/(\d+)\//.exec(location.pathname)?.[1];
const strings = JSON.parse(document.getElementById("edit-strings").textContent);

// A file read into turns -------------------------------------------------------------------------------------------

function fileDoor() {
  const box = document.createElement("div");
  box.className = "read-file";
  const label = document.createElement("label");
  label.className = "button button-small button-secondary";
  label.textContent = strings.read_file;
  const input = Object.assign(document.createElement("input"), { type: "file", accept: strings.endings });
  input.className = "w-sr-only";
  label.append(input);
  const output = document.createElement("output");
  output.setAttribute("role", "status");
  output.textContent = strings.kinds;
  box.append(label, output);
  input.addEventListener("change", () => input.files[0] && read(input.files[0], output, true).finally(() => { input.value = ""; }));
  return box;
}

// Subtitles of the transcript that stands there give it their `times`; then their words are offered.
async function read(file, output, times) {
  if (file.size > strings.read_limit)
    return wrong(output, tooLarge(strings.read_too_large, file.name, file.size, strings.read_limit));
  const form = new FormData();
  form.set("file", file);
  form.set("words", textarea.value);
  const { turns, blocks } = JSON.parse(textarea.value || "{}");
  const done = turns?.length || blocks?.length ? strings.read_over : strings.read;
  if (times) form.set("times", "1");
  output.className = "";
  output.textContent = strings.reading;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(`/messages/${page}/read/`, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
    const found = await answer.json();
    if (found.wrong) return wrong(output, found.wrong);
    textarea.value = JSON.stringify(found.words);
    textarea.dispatchEvent(new CustomEvent("words:replace", { bubbles: true }));
    output.textContent = [found.heard ?? done, titled(found.title), ...found.left].filter(Boolean).join(" ");
    if (found.heard) output.append(" ", wordsInstead(file, output));
  } catch {
    wrong(output, strings.not_reached);
  }
}

function wordsInstead(file, output) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = strings.words_instead;
  button.addEventListener("click", () => read(file, output, false));
  return button;
}

// The title that a file has takes the place of one that nobody has written yet; else it is said.
function titled(title) {
  const field = document.querySelector("#id_title");
  if (!title || field.value === title) return "";
  if (!field.autofocus || field.value !== field.defaultValue) return strings.file_title.replace("%(title)s", title);
  field.value = title;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  return "";
}

function wrong(output, sentence) {
  output.className = "wrong";
  output.textContent = sentence;
}

// Comments at turns --------------------------------------------------------------------------------------------------

class AtTurn {
  constructor(turn) {
    this.turn = turn;
  }

  getTab() {
    return editor.closest('[role="tabpanel"]')?.id;
  }

  getAnchorNode() {
    return editor.querySelector(`[data-turn="${this.turn}"]`) ?? editor;
  }
}

// Wagtail gives the cursor to a comment a third of a second after it was asked for. Until then letters would act on the
// turn, or stand among its words, so that the comment gets the cursor as soon as it can be seen.
function focusComment(frames) {
  const input = document.querySelector('#comments [data-focus-target="true"]');
  input?.focus({ preventScroll: true });
  if (frames && (!input || document.activeElement !== input)) requestAnimationFrame(() => focusComment(frames - 1));
}

function joinComments({ commentApp }) {
  const path = (turn) => `words.${turn}`;
  const turnOf = (comment) => /^words\.(t\d+)$/.exec(comment.contentpath)?.[1];
  const known = new Set();

  const show = () => {
    const counts = {};
    for (const comment of commentApp.store.getState().comments.comments.values()) {
      const turn = turnOf(comment);
      if (!turn || comment.deleted) continue;
      counts[turn] = (counts[turn] ?? 0) + 1;
      if (!known.has(comment.localId) && !comment.annotation) {
        known.add(comment.localId);
        commentApp.updateAnnotation(new AtTurn(turn), comment.localId);
      }
    }
    textarea.dispatchEvent(new CustomEvent("words:counts", { detail: counts }));
  };

  editor.addEventListener("words:comment", ({ detail }) => {
    commentApp.activate();
    const there = [...commentApp.store.getState().comments.comments.values()].find((one) => turnOf(one) === detail.turn);
    if (there) {
      const focus = { updatePinnedComment: true, forceFocus: true };
      commentApp.store.dispatch(commentApp.actions.setFocusedComment(there.localId, focus));
    } else {
      known.add(commentApp.makeComment(new AtTurn(detail.turn), path(detail.turn)));
    }
    document.activeElement?.blur();
    focusComment(60);
  });
  commentApp.store.subscribe(show);
  show();
}

// What follows the original again -------------------------------------------------------------------------------------

// The form sends it with everything else, so that it is kept with the words and undone by leaving without saving.
const followed = {};

function keepFollowed({ detail }) {
  const field = form.elements.follows ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "follows" }));
  field.value = JSON.stringify(Object.assign(followed, detail));
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

// What was said of turns ---------------------------------------------------------------------------------------------

async function dealt({ detail }) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  try {
    const answer = await fetch(`/messages/${page}/remarks/${detail.remark}/done/`, { method: "POST", headers });
    detail.dealt(answer.ok && !answer.redirected);
  } catch {
    detail.dealt(false);
  }
}

// From a remark on the message's screen to its turn; Wagtail shows the form from its top first.
function goToTurn() {
  const turn = /^#turn-(t\d+|b\d+)$/.exec(location.hash)?.[1];
  if (!turn) return;
  const [id, number] = turn.startsWith("b") ? ["", Number(turn.slice(1)) - 1] : [turn, 0];
  editor.dispatchEvent(new CustomEvent("words:go", { detail: { turn: id, number } }));
  getSelection().anchorNode?.parentElement?.scrollIntoView({ block: "center" });
}

// The title is no part of the words: its button stands with the original's title, in the help of the field.
function titleDoor() {
  const given = JSON.parse(document.getElementById(editor.dataset.given).textContent);
  const help = document.querySelector("[id$='title-helptext']");
  if (given.states.title !== "stale" || !help) return;
  const door = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary" });
  door.textContent = strings.follows_again;
  door.addEventListener("click", () => {
    keepFollowed({ detail: { title: given.follows.title } });
    door.replaceWith(strings.followed);
  });
  help.append(" ", door);
}

// A title that nobody has written yet is typed over. Its tab is shown by Wagtail's scripts, after which it can be focused.
function readyTitle() {
  const title = document.querySelector("#id_title[autofocus]");
  if (!title || document.activeElement !== document.body) return;
  title.focus();
  title.select();
}

const form = document.querySelector("[data-edit-form]");
if (form) {
  nothingLost(form);
  staysUntilReached(form, strings);
  oneSaveAtATime(form);
  askedByTheDesk();
  writesOverNothing(form, strings.saved_meanwhile);
  refuseTooLarge(form);
}
window.addEventListener("load", readyTitle);
if (editor && page) {
  editor.before(fileDoor());
  titleDoor();
  editor.addEventListener("words:follows", keepFollowed);
  editor.addEventListener("words:dealt", dealt);
  window.addEventListener("load", () => setTimeout(goToTurn, 300));
  document.addEventListener("w-comments:init", () => setTimeout(() => joinComments(window.comments), 50));
}
