/* On /record/, once a reader asks for it: which witnesses signed its head and when, and its latest entries with what they
 * say. All of it is read from the record and proven by `verifier.js` before it is shown. Without script, or off line, the
 * rest of the page is there. */
"use strict";

(() => {
  const whom = document.querySelector(".record-witnesses");
  const latest = document.querySelector(".record-latest");
  if (!whom || !latest || !globalThis.verifier) return;
  const { verifier } = globalThis;
  const { lang, dataset } = document.documentElement;
  const SHOWN = 10;
  const digits = { "٠": "arab", "۰": "arabext", "०": "deva" }[dataset.digits?.[0]] ?? "latn";
  const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-${digits}`;
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: dataset.zone || undefined });
  const filled = (label, slots) => label.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);

  const known = new Map();
  const read = (path) => known.get(path) ?? known.set(path, get(path)).get(path);

  async function get(path) {
    const answer = await fetch(`/record/${path}`, { cache: "no-cache" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  }

  function made(name, facts, ...inside) {
    const element = Object.assign(document.createElement(name), facts);
    element.append(...inside);
    return element;
  }

  const dot = () => made("span", { className: "dot" }, " · ");

  function showWitnesses({ witnesses }, policy) {
    const { none, signed, unsigned, mistimed } = whom.dataset;
    /** A witness may sign any number of seconds; of one that no calendar has, that is said, and the others are shown. */
    const when = (time) => {
      const instant = new Date(Number(time) * 1000);
      return Number.isNaN(instant.getTime()) ? mistimed : filled(signed, { instant: dates.format(instant) });
    };
    const lines = (policy?.witnesses ?? []).map(({ key }) => {
      const found = witnesses.find((one) => one.key === key);
      const said = found ? when(found.time) : unsigned;
      return made("span", { className: "witness" }, made("bdi", { dir: "ltr" }, made("code", {}, key.name)), dot(), said);
    });
    whom.querySelector("dd").replaceChildren(...(lines.length ? lines : [none]));
    whom.hidden = false;
  }

  /** An entry with its number, instant and kind, and the title of a message as far as it still stands. */
  async function line(head, index) {
    const tile = await verifier.tile(read, "entries", Math.floor(index / 256), Number(head.size));
    const data = tile[index % 256];
    const path = await verifier.derive(index, Number(head.size), read);
    await verifier.inclusion(index, Number(head.size), await verifier.leafHash(data), path, head.root);
    const entry = verifier.entry(data);
    const { content } = await verifier.edition(await read(`editions/${entry.body}`), entry.body);
    const kind = JSON.parse(latest.dataset.kinds)[entry.kind];
    const number = filled(latest.dataset.entry, { n: new Intl.NumberFormat(locale).format(index) });
    const facts = [made("a", { href: `/record/editions/${entry.body}` }, number), dot(), dates.format(new Date(entry.at))];
    if (kind) facts.push(dot(), kind);
    const item = made("li", {}, made("p", { className: "row-facts" }, ...facts));
    if (content.title && content.address && content.state !== "removed") {
      const title = made("a", { href: `/${content.address}/editions/${entry.seq}/`, lang: content.language }, made("bdi", {}, content.title));
      item.append(made("p", { className: "row-title" }, title));
    }
    return item;
  }

  async function show() {
    const policyFile = await read("policy");
    const policy = policyFile && (await verifier.policy(policyFile));
    const head = await verifier.checkpoint(await read("checkpoint"), await verifier.key(verifier.text(await read("log.vkey"))), policy);
    showWitnesses(head, policy);
    const numbers = Array.from({ length: Math.min(SHOWN, Number(head.size)) }, (_, n) => Number(head.size) - 1 - n);
    latest.querySelector("ol").replaceChildren(...(await Promise.all(numbers.map((index) => line(head, index)))));
  }

  latest.addEventListener("toggle", () => {
    known.clear();
    if (latest.open) show().catch(() => {}); // no network, or not what was signed: then nothing is claimed here
  });
})();
