// Beside Wagtail's editor: hints for accessibility and names of the glossary under the words, anew after each pause, and
// the check of the links.
// Keys cost nothing here: a key sets a timer, the words are read and sent when it has run out.

import { button, element, filled, renew } from "./words/dom.js";

const PAUSE_MS = 1500;
const editor = document.querySelector("words-editor");
const textarea = editor?.querySelector("textarea");
const page = /\/pages\/(\d+)\//.exec(location.pathname)?.[1];
const strings = JSON.parse(document.getElementById("hints-strings").textContent);

// The form as it stands ------------------------------------------------------------------------------------------------

const fieldOf = (row, name) => textarea.form.elements[`attachments-${row}-${name}`];

// The numbers of the rows of attachments that somebody sees.
function rows() {
  const total = Number(textarea.form.elements["attachments-TOTAL_FORMS"]?.value ?? 0);
  return [...Array(total).keys()].filter((row) => fieldOf(row, "sort") && !fieldOf(row, "DELETE")?.value);
}

function attachment(row) {
  const [sort, alternative, caption] = ["sort", "alternative", "caption"].map((name) => fieldOf(row, name)?.value ?? "");
  return { sort, alternative, caption, name: fieldOf(row, "upload")?.files?.[0]?.name ?? "" };
}

function asked() {
  const form = new FormData();
  form.set("words", textarea.value);
  form.set("title", document.getElementById("id_title")?.value ?? "");
  form.set("teaser", document.getElementById("id_teaser")?.value ?? "");
  form.set("attachments", JSON.stringify(rows().map(attachment)));
  return form;
}

async function sent(address, body, signal) {
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const answer = await fetch(`/messages/${page}/${address}/`, { method: "POST", body, headers, signal });
  return answer.json();
}

// The list of hints ----------------------------------------------------------------------------------------------------

class Hints {
  constructor() {
    this.list = element("ul", { class: "hints-list", "aria-live": "polite", "aria-labelledby": "hints-title" });
    this.links = element("ul", { class: "hints-links" });
    this.status = element("p", { role: "status" });
    this.check = button(strings.check, () => this.checkLinks(), { class: "button button-small button-secondary" });
    this.foot = element("div", { class: "hints-foot", hidden: true }, this.check, element("p", {}, strings.seen), this.status);
    const heading = element("h2", { id: "hints-title" }, strings.title);
    this.names = element("ul", { class: "hints-names", "aria-live": "polite", "aria-labelledby": "hints-names" });
    this.ofNames = element("div", { hidden: true }, element("h2", { id: "hints-names" }, strings.names), this.names);
    const parts = [heading, this.list, this.foot, this.links, this.ofNames];
    this.root = element("section", { class: "hints", "aria-labelledby": "hints-title" }, ...parts);
    this.root.addEventListener("click", (event) => this.pressed(event));
    this.show([]);
  }

  // In a while; what is typed meanwhile puts it off.
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const body = asked();
    const key = [...body.values()].join("\0");
    if (key === this.key) return;
    this.key = key;
    this.under?.abort();
    this.under = new AbortController();
    try {
      const found = await sent("hints", body, this.under.signal);
      if (found.wrong) return;
      this.show(found.hints);
      this.ofNames.hidden = !found.names.length;
      renew(this.names, found.names.map((sentence) => element("li", {}, sentence)));
      this.foot.hidden = !found.links && !this.links.childElementCount;
    } catch (error) {
      if (error.name !== "AbortError") this.key = null; // the desk was not reached: the next pause asks again
    }
  }

  show(hints) {
    const none = element("li", { class: "hints-none" }, strings.none);
    renew(this.list, hints.length ? hints.map((hint) => element("li", {}, place(hint, hint.sentence))) : [none]);
  }

  async checkLinks() {
    this.status.textContent = strings.checking;
    this.check.disabled = true;
    try {
      const found = await sent("links-checked", asked());
      this.status.textContent = found.wrong ?? (found.links.length ? "" : strings.no_links);
      renew(this.links, (found.links ?? []).map(checkedLink));
    } catch {
      this.status.textContent = strings.not_reached;
    } finally {
      this.check.disabled = false;
    }
  }

  pressed({ target }) {
    const { field, turn, number } = target.closest("[data-field]")?.dataset ?? {};
    if (field === "words") editor.dispatchEvent(new CustomEvent("words:go", { detail: { turn, number: Number(number) } }));
    else if (field === "title") reveal(document.getElementById("id_title"));
    else if (field === "attachments") reveal(fieldOf(rows()[number], "alternative"));
  }
}

// A button that leads to a place; it is told in words, turn first.
function place({ field, turn, number }, ...said) {
  const told = turn ? filled(strings.turn, { n: turn.slice(1), text: "" }) : "";
  const before = told ? element("span", { class: "hints-place" }, told) : null;
  return element("button", { type: "button", "data-field": field, "data-turn": turn, "data-number": number }, before, ...said);
}

function checkedLink({ turn, number, words, target, said, well }) {
  const [named, address] = [element("bdi", {}, words), element("bdi", { class: "hints-target", dir: "ltr" }, target)];
  const answer = element("span", { class: well ? "hints-said" : "hints-said to-mend" }, element("bdi", {}, said));
  const field = number < 0 ? "" : "words";
  return element("li", {}, place({ field, turn, number }, named, " · ", address, element("br"), answer));
}

// Focuses a field; a panel that is closed over it opens.
function reveal(field) {
  for (let panel = field?.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]"))
    panel.querySelector("[data-panel-toggle][aria-expanded='false']")?.click();
  field?.focus();
}

if (editor && page) {
  const hints = new Hints();
  editor.after(hints.root);
  textarea.form.addEventListener("input", () => hints.soon());
  textarea.form.addEventListener("change", () => hints.soon());
  hints.ask();
}
