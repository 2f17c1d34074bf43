/* The page "Check a quote": takes what is pasted, asks `quotes.js`, shows one of four verdicts as a title, never a tick.
 *
 * On a site the record is the site's own. In the kept file it is that of the address given, or a saved edition with its
 * proof from the reader's disk. What is shown was proven by `verifier.js` before; what went wrong is said in one line.
 */
"use strict";

(() => {
  const form = document.querySelector(".check-form");
  const place = document.querySelector(".check-answer");
  if (!form || !place) return;
  const said = form.dataset;
  const isKept = "kept" in said;
  const { lang } = document.documentElement;
  const zone = document.documentElement.dataset.zone || undefined;
  const LIMIT_BYTES = 16_000_000;

  /** The bytes of a path under an address, each asked for once; null where there is none. */
  function reader(base) {
    const known = new Map();
    const get = async (path) => {
      const answer = await fetch(`${base}/${path}`, { cache: "no-cache", credentials: "omit", redirect: "error" });
      if (answer.status === 404 || (answer.status === 410 && !path.endsWith(".json"))) return null;
      if (!answer.ok && answer.status !== 410) throw new Error(`${path}: ${answer.status}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.length > LIMIT_BYTES ? null : bytes;
    };
    return (path) => known.get(path) ?? known.set(path, get(path)).get(path);
  }

  /** Texts and elements as one element. */
  function made(name, className, ...inside) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside.filter((one) => one !== null && one !== undefined));
    return element;
  }

  const filled = (label, slots) => label.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);
  const digits = { "٠": "arab", "۰": "arabext", "०": "deva" }[document.documentElement.dataset.digits?.[0]] ?? "latn";
  const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-${digits}`;
  const day = (instant, more = {}) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: zone, ...more }).format(new Date(instant));
  const number = (n) => new Intl.NumberFormat(locale).format(n);
  const comma = { ar: "، ", fa: "، ", zh: "，", ja: "、" }[lang.split("-")[0]] ?? ", ";
  const listed = (...words) => words.filter(Boolean).join(comma);

  function marked(compared) {
    const words = compared.map(([sort, text]) =>
      sort === "same" ? text : made(sort === "struck" ? "del" : "ins", "", made("span", "unseen", `${sort === "struck" ? said.compareSaidStruck : said.compareSaidAdded} `), text),
    );
    return made("p", "passage", ...words);
  }

  function title({ verdict, change, state, place: spot }) {
    const label = state === "removed" ? said.removed : state === "current" ? said.corrected : said.withdrawn;
    const answer = verdict === "superseded" ? filled(label, { day: day(change.entry.at) }) : said[verdict];
    const part = verdict === "absent" ? null : partOf(spot);
    return part ? `${answer} · ${part.of === "question" ? said.partQuestion : said.partSentence}` : answer;
  }

  /** The sentences of which the words are a part, if they are one. */
  const partOf = ({ passage, spans = [] }) => (spans.length ? globalThis.quotes.partOf(passage.text, spans) : null);

  function facts(one, whole) {
    const { place: spot, change } = one;
    const rows = [];
    const row = (label, ...words) => rows.push(made("div", "", made("dt", "", label), made("dd", "", ...words)));
    if (spot) {
      const { passage, content, entry } = spot;
      const path = content.address && `/${content.address}/editions/${entry.seq}/`;
      if (passage.speaker) row(said.saidBy, listed(passage.speaker, passage.role));
      if (passage.kind === "answer" && passage.questioner) row(said.inAnswer, listed(passage.questioner, passage.outlet));
      if (passage.kind === "question") row(said.question, listed(passage.questioner, passage.outlet) || passage.turn);
      const occasion = content.occasion ?? {};
      const on = occasion.on ?? content.delivered;
      const where = listed(content.title, occasion.event, occasion.place, on && day(`${on}T12:00:00Z`, { timeZone: "UTC" }));
      const edition = filled(said.edition, { n: number(entry.seq) });
      row(said.where, where && where + comma, path && whole.base !== undefined ? link(`${whole.base}${path}${passage.turn ? `#${passage.turn}` : ""}`, edition) : edition);
      const note = change?.content.note ?? change?.content.notice;
      if (note) row(said.reason, isolated(note));
      const by = whole.named ? `; ${filled(said.by, { k: number(whole.witnesses), n: number(whole.named) })}` : "";
      row(said.theRecord, `${filled(said.entry, { n: number(entry.index) })}${change && change.entry.index !== entry.index ? ` · ${filled(said.entry, { n: number(change.entry.index) })}` : ""}${comma}${day(entry.at, { timeStyle: "short" })}${by}`);
    }
    return rows.length ? made("dl", "facts", ...rows) : null;
  }

  /** The office's own words, which may be of another direction than the page. */
  function isolated(words) {
    const element = made("bdi", "", words);
    element.dir = "auto";
    return element;
  }

  function link(address, label) {
    const element = made("a", "", label);
    element.href = address;
    return element;
  }

  /** The edition and its proof as two files, which the kept file and `communique verify` read. */
  function saving({ place: spot, path }, { head, text: headText }) {
    const { verifier } = globalThis;
    const lines = ["c2sp.org/tlog-proof@v1", `extra ${verifier.base64(spot.entry.data)}`, `index ${spot.entry.index}`, ...path.map(verifier.base64), "", ""];
    const name = `${(spot.content.address ?? spot.entry.id).split("/").at(-1)}-${spot.entry.seq}`;
    const files = [[".edition", [spot.bytes]], [".tlog-proof", [lines.join("\n"), headText]]];
    const button = made("button", "as-link", said.save);
    button.type = "button";
    button.addEventListener("click", () => {
      for (const [ending, parts] of files) {
        const anchor = link(URL.createObjectURL(new Blob(parts)), "");
        anchor.download = name + ending;
        anchor.click();
        setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
      }
    });
    return button;
  }

  function show(whole) {
    const elements = [];
    for (const one of whole.answers ?? [whole]) {
      if (one.verdict === "short" || one.verdict === "none") {
        elements.push(made("p", "", said.short));
        continue;
      }
      elements.push(made("p", "margin", said.answer), made("h2", "title title-short verdict", title(one)));
      if (one.falseSource) elements.push(made("p", "", said.falseSource));
      if (one.falseDay) elements.push(made("p", "", filled(said.falseDay, { day: one.falseDay })));
      if (one.verdict === "superseded" && one.state === "current") {
        elements.push(made("p", "", filled(said.notNow, { n: number(one.place.entry.seq) })));
      }
      if (one.now && partOf(one.place)) elements.push(made("p", "passage", ...around(one.place)));
      if (one.now) elements.push(made("p", "told", filled(said.now, { n: number(one.newest.entry.seq) })), marked(one.now.compared));
      else if (one.near) elements.push(made("p", "told", said.nearest), marked(one.near.compared));
      else if (one.place) elements.push(made("p", "passage", ...around(one.place)));
      elements.push(facts(one, whole));
      if (one.unread) elements.push(made("p", "", said.unread));
      if (whole.isSaved) elements.push(made("p", "", said.offline));
      const ways = [];
      if (one.change && one.state === "current" && whole.base !== undefined && one.place.content.address) {
        ways.push(link(`${whole.base}/${one.place.content.address}/editions/${one.change.entry.seq}/changes/`, said.sinceCompare));
      }
      if (one.path && one.place.bytes) ways.push(saving(one, whole));
      if (ways.length) elements.push(made("p", "ways", ...ways));
    }
    place.replaceChildren(...elements.filter(Boolean));
    place.hidden = false;
    for (const item of document.querySelectorAll(".check-answers [data-verdict]")) {
      if (item.dataset.verdict === whole.verdict) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  /** The words as they stand, with all of their sentences, or a little of what stands around them, in grey. */
  function around(spot) {
    const { passage: { text }, spans = [] } = spot;
    if (!spans.length) return [text];
    const [first, last] = [spans[0][0], spans.at(-1)[1]];
    const part = partOf(spot);
    const from = Math.max(0, Math.min(first - 80, part?.first ?? first));
    const to = Math.min(text.length, Math.max(last + 80, part?.last ?? last));
    const [before, after] = [text.slice(from, first), text.slice(last, to)];
    const parts = [made("span", "around", (from ? "… " : "") + before)];
    spans.forEach(([from, to], at) => {
      if (at) parts.push(made("span", "around", text.slice(spans[at - 1][1], from)));
      parts.push(text.slice(from, to));
    });
    return [...parts, made("span", "around", after + (text.length > to ? " …" : ""))];
  }

  async function check() {
    const { verifier, quotes } = globalThis;
    const text = form.elements.text.value;
    if (!isKept) return { ...(await online("", text, undefined)), base: "" };
    const files = await Promise.all(Array.from(form.elements.files.files, async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));
    const key = form.elements.key.value.trim();
    if (!files.length) {
      const base = form.elements.office.value.trim().replace(/\/+$/, "");
      return { ...(await online(base, text, key || undefined)), base };
    }
    const named = (ending) => files.find(([name]) => name.endsWith(ending))?.[1];
    const [proof, edition] = [named(".tlog-proof"), named(".edition")];
    if (!proof || !edition) throw new verifier.Refused("needs two files: .edition and .tlog-proof");
    const vkey = key || (named(".vkey") && verifier.text(named(".vkey")));
    if (!vkey) throw new verifier.Refused("needs the key of the record, NAME+ID+KEY");
    return quotes.inSaved(text, { edition, proof, key: vkey, policy: named("policy") ?? null });
  }

  async function online(base, text, key) {
    const read = reader(base);
    const whole = await globalThis.quotes.ask(text, { read, key });
    return { ...whole, text: await read("record/checkpoint") };
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    try {
      show(await check());
    } catch (error) {
      place.replaceChildren(made("p", "", filled(said.failed, { why: error.message })));
      place.hidden = false;
    }
    form.removeAttribute("aria-busy");
  });

  // Without this script the button would only load the page anew, and lose the words.
  form.querySelector("button").disabled = false;
  form.querySelector(".without-scripts").hidden = true;

  // A quotation may come with the address of the page: /check/en/#text=…
  const brought = new URLSearchParams(location.hash.slice(1)).get("text");
  if (brought) {
    form.elements.text.value = brought;
    form.requestSubmit();
  }
})();
