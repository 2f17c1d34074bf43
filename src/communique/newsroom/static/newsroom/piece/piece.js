/* The form of a piece of furniture: drawn from the facts beside the textarea, kept as JSON in the textarea.

   <div data-piece><script type="application/json">{"fields": …}</script><textarea>{"piece": …}</textarea></div>

   A place is a list of keys and numbers (["roles", 1, "since"]); its name ("roles[1].since") is what the server calls it
   in its sentences. Each change is written into the textarea at once, which then says `input` and `change`, so that
   whoever saves the form by itself notices. Nothing is written before somebody has changed something. */

import { drawn, element, languageOf } from "./fields.js";

export class Piece {
  constructor(root) {
    this.root = root;
    this.area = root.querySelector("textarea");
    this.facts = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.words = this.facts.words;
    this.value = JSON.parse(this.area.value);
    this.faults = new Map(this.facts.faults);
    this.watchers = [];
  }

  begin() {
    this.area.hidden = true;
    this.root.querySelector(".piece-unread").hidden = true;
    this.summary = element("div", { class: "piece-faults" });
    this.form = element("div", { class: "piece-form" });
    this.area.before(this.summary, this.form);
    if (this.facts.zones.length) {
      const zones = this.facts.zones.map((zone) => element("option", { value: zone }));
      this.area.before(element("datalist", { id: this.id(["zones"]) }, ...zones));
    }
    this.draw();
    // the office's own languages are edited here: once one was typed, removed or moved, all words follow
    for (const sort of ["change", "click"]) this.form.addEventListener(sort, () => setTimeout(() => this.follow()));
    if (this.faults.size) {
      this.drawSummary();
      this.focusFirstFault();
    }
  }

  /* -------------------------------------------------------------- drawing */

  draw() {
    this.watchers = [];
    this.drawnFor = this.tags();
    this.form.replaceChildren(...this.facts.fields.map((field) => drawn(this, field, [field.key])));
  }

  /* Draw everything anew if the office's languages have changed; whoever types goes on typing. */
  follow() {
    if (this.facts.sort !== "office" || this.drawnFor === this.tags()) return;
    const active = document.activeElement;
    const id = this.form.contains(active) ? active.id : "";
    this.draw();
    if (id) document.getElementById(id)?.focus();
  }

  drawSummary() {
    const found = [...this.form.querySelectorAll(".piece-fault")];
    const shown = new Set(found.map((one) => one.dataset.place));
    const lost = [...this.faults].filter(([place]) => !shown.has(place));
    const rows = found.map((one) => {
      const target = targetOf(one);
      const link = element("a", { href: `#${target.id}` }, one.textContent);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        target.focus();
      });
      return element("li", {}, `${labelOf(one)}: `, link);
    });
    rows.push(...lost.map(([, sentence]) => element("li", {}, sentence)));
    this.summary.replaceChildren(
      element("p", { class: "piece-faults-title" }, this.words.mend),
      element("ul", {}, ...rows),
    );
  }

  focusFirstFault() {
    const first = this.form.querySelector(".piece-fault");
    if (first) targetOf(first).focus();
  }

  /* -------------------------------------------------------------- value */

  name(place) {
    return place.map((key, depth) => (typeof key === "number" ? `[${key}]` : depth ? `.${key}` : key)).join("");
  }

  id(place) {
    return `${this.area.id || this.area.name}-${this.name(place).replace(/[^A-Za-z0-9]+/g, "-")}`;
  }

  get(place) {
    return place.reduce((value, key) => (value === null || typeof value !== "object" ? undefined : value[key]), this.value);
  }

  /* Write a value; undefined takes it away. What holds it is made as needed. */
  put(place, value) {
    let holder = this.value;
    place.slice(0, -1).forEach((key, depth) => {
      if (holder[key] === null || typeof holder[key] !== "object") {
        holder[key] = typeof place[depth + 1] === "number" ? [] : {};
      }
      holder = holder[key];
    });
    const key = place[place.length - 1];
    if (value === undefined && !Array.isArray(holder)) delete holder[key];
    else holder[key] = value === undefined ? "" : value;
    this.mended(place);
    this.changed();
  }

  changed() {
    this.area.value = JSON.stringify(this.value);
    for (const sort of ["input", "change"]) this.area.dispatchEvent(new Event(sort, { bubbles: true }));
    this.watchers = this.watchers.filter(([node]) => !node.wasDrawn || node.isConnected);
    for (const [node, act] of this.watchers) {
      if (node.isConnected) node.wasDrawn = true;
      act();
    }
  }

  /* Call `act` after each change for as long as `node` stands in the page. */
  watch(node, act) {
    this.watchers.push([node, act]);
    act();
  }

  /* -------------------------------------------------------------- languages */

  /* The office's languages, the first one the original, then those in which there are words besides. */
  languages(words) {
    const typed = this.facts.sort === "office" ? (this.value.languages ?? []).filter((tag) => tag) : [];
    const known = typed.length ? typed : this.facts.languages.map((language) => language.tag);
    const tags = new Set([...known, ...Object.keys(words ?? {})]);
    return [...tags].map((tag) => languageOf(tag, this.facts.languages));
  }

  tags() {
    return this.languages().map((language) => language.tag).join(" ");
  }

  isOriginal(tag) {
    return this.languages()[0]?.tag === tag;
  }

  /* -------------------------------------------------------------- faults */

  /* What was wrong at a place is no longer said once somebody changes it. */
  mended(place) {
    const name = this.name(place);
    if (!this.faults.delete(name)) return;
    for (const said of this.form.querySelectorAll(`.piece-fault[data-place="${CSS.escape(name)}"]`)) {
      for (const control of this.form.querySelectorAll(`[aria-describedby~="${said.id}"]`)) {
        control.removeAttribute("aria-invalid");
      }
      said.remove();
    }
    if (this.summary.firstChild) {
      if (this.faults.size) this.drawSummary();
      else this.summary.replaceChildren();
    }
  }

  /* Rows of a list were moved or taken away: `to` gives a row's new number, null where it is gone. */
  renumber(place, to) {
    const begin = `${this.name(place)}[`;
    const moved = new Map();
    for (const [name, sentence] of this.faults) {
      if (!name.startsWith(begin)) {
        moved.set(name, sentence);
        continue;
      }
      const end = name.indexOf("]", begin.length);
      const number = to(Number(name.slice(begin.length, end)));
      if (number !== null) moved.set(`${begin}${number}${name.slice(end)}`, sentence);
    }
    this.faults = moved;
  }
}

/* What gets the focus for a sentence: the control that it describes, else the first one of its group. */
function targetOf(said) {
  const described = said.closest(".piece-form").querySelector(`[aria-describedby~="${said.id}"]:not(fieldset)`);
  return described ?? said.parentElement.querySelector("input, select, textarea, button") ?? said;
}

function labelOf(said) {
  const labels = [];
  for (let holder = said.parentElement; holder && !holder.matches(".piece-form"); holder = holder.parentElement) {
    const label = holder.querySelector(":scope > legend, :scope > label");
    if (label) labels.unshift(label.firstChild.textContent.trim());
  }
  return labels.join(", ");
}

for (const root of document.querySelectorAll("[data-piece]")) new Piece(root).begin();
