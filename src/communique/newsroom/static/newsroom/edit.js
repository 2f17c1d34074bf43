// Beside Wagtail's editor: a file read into turns, and Wagtail's comments at each turn.

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
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".docx,.odt,.txt,.srt,.vtt" });
  input.className = "w-sr-only";
  label.append(input);
  const output = document.createElement("output");
  output.setAttribute("role", "status");
  box.append(label, output);
  input.addEventListener("change", () => input.files[0] && read(input, output));
  return box;
}

async function read(input, output) {
  const form = new FormData();
  form.set("file", input.files[0]);
  form.set("words", textarea.value);
  output.className = "";
  output.textContent = strings.reading;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(`/messages/${page}/read/`, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
    const found = await answer.json();
    if (found.wrong) return wrong(output, found.wrong);
    textarea.value = JSON.stringify(found.words);
    textarea.dispatchEvent(new CustomEvent("words:replace", { bubbles: true }));
    output.textContent = [strings.read, ...found.left].join(" ");
  } catch {
    wrong(output, strings.not_reached);
  } finally {
    input.value = "";
  }
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
  });
  commentApp.store.subscribe(show);
  show();
}

// A title that nobody has written yet is typed over. Its tab is shown by Wagtail's scripts, after which it can be focused.
function readyTitle() {
  const title = document.querySelector("#id_title[autofocus]");
  if (!title || document.activeElement !== document.body) return;
  title.focus();
  title.select();
}

window.addEventListener("load", readyTitle);
if (editor && page) {
  editor.before(fileDoor());
  document.addEventListener("w-comments:init", () => setTimeout(() => joinComments(window.comments), 50));
}
