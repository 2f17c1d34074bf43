/* A list whose order means something: rows are added, removed, put back and moved, by mouse and by keyboard.

   Alt with the arrow up or down moves the row in which the focus stands; the focus goes with it. */

import { button, drawn, element, filled, group, recordFields } from "./fields.js";

export function drawnList(piece, field, place) {
  const rows = element("ol", { class: "piece-rows" });
  const empty = element("p", { class: "piece-empty" }, piece.words.empty_list);
  const add = button(field.add, () => list.add(), { id: `${piece.id(place)}-add` });
  const said = element("p", { class: "piece-said", role: "status" });
  const list = new List(piece, field, place, { rows, empty, adder: add, said });
  list.draw();
  const keys = element("p", { class: "piece-keys" }, piece.words.keys);
  const made = group(piece, field, place, { class: "piece-list" }, rows, empty, said, add, keys);
  rows.addEventListener("keydown", (event) => list.key(event));
  piece.watch(keys, () => {
    keys.hidden = list.values.length < 2;
  });
  return made;
}

class List {
  constructor(piece, field, place, parts) {
    Object.assign(this, { piece, field, place }, parts);
  }

  get values() {
    return this.piece.get(this.place) ?? [];
  }

  draw() {
    this.rows.replaceChildren(...this.values.map((_, number) => this.row(number)));
    this.rows.hidden = !this.values.length;
    this.empty.hidden = this.values.length > 0;
  }

  row(number) {
    const { piece, field } = this;
    const at = [...this.place, number];
    const label = this.nameOf(number);
    const body =
      field.row.as === "record"
        ? group(piece, { label }, at, { class: "piece-record" }, ...recordFields(piece, field.row, at))
        : drawn(piece, { ...field.row, label }, at);
    return element("li", { class: "piece-row" }, body, this.tools(number, label));
  }

  nameOf(number) {
    return `${this.field.name} ${(number + 1).toLocaleString(this.piece.facts.locale)}`;
  }

  tools(number, label) {
    const { words } = this.piece;
    const tool = (name, act, disabled) => {
      const id = `${this.piece.id([...this.place, number])}-${name}`;
      const made = button(words[name], act, { id, "data-tool": name, "aria-label": `${words[name]}: ${label}` });
      made.disabled = disabled;
      return made;
    };
    return element(
      "div",
      { class: "piece-tools" },
      tool("up", () => this.move(number, -1, "up"), number === 0),
      tool("down", () => this.move(number, 1, "down"), number === this.values.length - 1),
      tool("remove", () => this.remove(number), false),
    );
  }

  /* -------------------------------------------------------------- acts */

  add() {
    const empty = { record: {}, words: {} }[this.field.row.as] ?? "";
    this.set([...this.values, empty]);
    this.say(this.piece.words.added, this.values.length - 1);
    this.focus(this.values.length - 1, "input, select, textarea");
  }

  remove(number) {
    const values = [...this.values];
    const [gone] = values.splice(number, 1);
    const label = this.nameOf(number);
    this.piece.renumber(this.place, (row) => (row === number ? null : row > number ? row - 1 : row));
    this.set(values);
    this.said.replaceChildren(`${filled(this.piece.words.removed, { row: label })} `, this.putBack(number, gone));
    if (values.length) this.focus(Math.min(number, values.length - 1), "[data-tool='remove']");
    else this.adder.focus();
  }

  putBack(number, gone) {
    return button(this.piece.words.put_back, () => {
      const values = [...this.values];
      values.splice(number, 0, gone);
      this.piece.renumber(this.place, (row) => (row >= number ? row + 1 : row));
      this.set(values);
      this.said.replaceChildren();
      this.focus(number, "input, select, textarea");
    });
  }

  move(number, step, tool) {
    const to = number + step;
    if (to < 0 || to >= this.values.length) return;
    const values = [...this.values];
    [values[number], values[to]] = [values[to], values[number]];
    this.piece.renumber(this.place, (row) => (row === number ? to : row === to ? number : row));
    this.set(values);
    this.say(this.piece.words.moved, number, to);
    if (tool) this.focus(to, `[data-tool='${tool}']:enabled`, "[data-tool]:enabled");
  }

  key(event) {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = event.target.closest(".piece-row");
    if (row?.parentElement !== this.rows) return;
    event.preventDefault();
    event.stopPropagation();
    const number = [...this.rows.children].indexOf(row);
    const to = number + (event.key === "ArrowUp" ? -1 : 1);
    if (to < 0 || to >= this.values.length) return;
    const inner = controls(row).indexOf(event.target);
    this.move(number, to - number);
    controls(this.rows.children[to])[inner]?.focus();
  }

  /* -------------------------------------------------------------- after an act */

  set(values) {
    this.piece.put(this.place, values);
    this.draw();
  }

  say(sentence, number, to) {
    const slots = { row: this.nameOf(number), place: (to ?? number) + 1, count: this.values.length };
    this.said.replaceChildren(filled(sentence, slots));
  }

  /* The first of these that the row has. */
  focus(number, ...wanted) {
    const row = this.rows.children[number];
    const found = wanted.map((what) => row?.querySelector(what)).find(Boolean);
    found?.focus();
  }
}

function controls(row) {
  return [...row.querySelectorAll("input, select, textarea, button")];
}
