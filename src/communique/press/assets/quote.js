/* Quoting: "Link · Quote" of a turn on approach or focus; under selected words a row "Copy quote · With citation · Link".
 * The address that is copied is that of the edition, so a quotation stays what it was. */
"use strict";

(() => {
  const message = document.querySelector(".message[data-address]");
  if (!message) return;
  const { address, citation, link, quote, copy, cite, copied } = message.dataset;
  const TOLD_MS = 1600;
  const MARKS = {
    ar: "«»", de: "„“", el: "«»", es: "«»", fr: "«\u00a0|\u00a0»", it: "«»", pl: "„”", pt: "«»", ru: "«»", uk: "«»",
  };
  const marks = MARKS[document.documentElement.lang.split("-")[0]] ?? "“”";
  const [opening, closing] = marks.split(marks.includes("|") ? "|" : "");

  /** Words in the quotation marks of the page's language. */
  const quoted = (words) => `${opening}${words}${closing}`;

  const addressOf = (turn) => (turn ? `${address}#${turn.id}` : address);

  function cited(words, turn) {
    const speaker = turn?.dataset.speaker ?? "";
    const sentence = citation.replace("{speaker}", speaker).replace(/^[\s,،]+/, "");
    return `${quoted(words)}\n${sentence}. ${addressOf(turn)}`;
  }

  async function write(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  /** A button that copies what `text` gives and says so for a moment. */
  function copier(label, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      await write(text());
      button.textContent = copied;
      setTimeout(() => (button.textContent = label), TOLD_MS);
    });
    return button;
  }

  const wordsOf = (turn) => turn.querySelector(".turn-words").innerText.trim().replace(/\n{2,}/g, "\n");

  function giveTools({ target }) {
    const turn = target.closest?.(".turn");
    if (!turn || turn.querySelector(".tools")) return;
    const tools = document.createElement("span");
    tools.className = "tools";
    const anchor = document.createElement("a");
    anchor.href = `#${turn.id}`;
    anchor.textContent = link;
    tools.append(anchor, copier(quote, () => cited(wordsOf(turn), turn)));
    turn.querySelector(".turn-number").after(tools);
  }

  let row = null;
  let waiting = 0;

  /** The words selected, if they lie in one turn, or in the text of a message without turns. */
  function selected() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".turn-words, .prose");
    const text = inside(range.startContainer);
    const words = selection.toString().trim();
    if (!text || !words || !message.contains(text)) return null;
    const end = inside(range.endContainer) === text ? range.endContainer : text.lastElementChild;
    const block = (end.nodeType === Node.TEXT_NODE ? end.parentElement : end).closest(".turn-words > *, .prose > *");
    return { words, turn: text.closest(".turn"), block: block ?? text.lastElementChild };
  }

  function showRow() {
    const found = selected();
    if (!found || !found.block) {
      row?.remove();
      row = null;
      return;
    }
    const { words, turn, block } = found;
    if (row && row.previousElementSibling === block && row.dataset.words === words) return;
    row?.remove();
    row = document.createElement("div");
    row.className = "quote-row";
    row.dataset.words = words;
    row.append(
      copier(copy, () => quoted(words)),
      copier(cite, () => cited(words, turn)),
      copier(link, () => addressOf(turn)),
    );
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    block.after(row);
  }

  message.addEventListener("pointerover", giveTools);
  message.addEventListener("focusin", giveTools);
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(showRow, 200);
  });
})();
