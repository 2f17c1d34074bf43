/* The search page where no program answers it: asks `sought.js`, and shows what it found as search/… pages do.
 *
 * An address with a query brings the plain page of any file host. Its fields are filled, the files below /search/ asked,
 * hits put into the page's place; the words of a hit come from its message's own file, when the reader gets near. Where
 * a program has answered, or no index lies beside the page, everything stays as it is.
 */
"use strict";

(() => {
  const place = document.getElementById("found");
  const form = document.querySelector("form.search");
  const { words, sought } = globalThis;
  const given = Object.fromEntries([...new URLSearchParams(location.search)].reverse().filter(([key, value]) => value && sought.KEYS.includes(key)));
  if (!place || !form || place.querySelector(".count") || !Object.keys(given).length) return;

  const { labels, dates, months, numerals } = JSON.parse(place.dataset.words);
  const stemmers = new Map(Object.entries(JSON.parse(place.dataset.stemmers)));
  const { lang } = document.documentElement;
  const [EXCERPT_LETTERS, BEFORE_LETTERS, BESIDE_LETTERS] = [360, 90, 180];
  const NEAR = "600px";
  const NARROWING = ["kind", "section", "place", "from", "to", "language", "order"];
  const RIGHT_TO_LEFT = ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"];
  const TURNS = ["question", "answer", "remark", "note"];
  const comma = { ar: "، ", fa: "، ", ur: "، ", zh: "，", ja: "、" }[lang.split("-")[0]] ?? ", ";
  const figures = (text) => text.replace(/[0-9]/g, (one) => new Intl.NumberFormat(`${lang}-u-nu-${numerals}`, { useGrouping: false }).format(Number(one)));
  const number = (count) => globalThis.communique?.number(count) ?? figures(String(count));
  const filled = (label, slots) => label.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);
  const autonym = (tag) => form.elements.language.querySelector(`option[value="${CSS.escape(tag)}"]`)?.textContent ?? tag;
  const direction = (tag) => (RIGHT_TO_LEFT.includes(tag.split("-")[0]) ? "rtl" : "ltr");
  const asked = sought.read(given);

  const index = new sought.Index((path, isFixed) => file(`/search/${path}`, isFixed ? "force-cache" : "no-cache"));

  /** A file's bytes; null where there is none. */
  async function file(address, cache) {
    const answer = await fetch(address, { cache, credentials: "omit" });
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Bring the stemmers of the languages that are asked. */
  async function learn() {
    const tags = asked.language === "*" ? [...stemmers.keys()] : [asked.language || lang];
    await Promise.all(
      tags.map(async (tag) => {
        const address = stemmers.get(tag) ?? stemmers.get(tag.split("-")[0]);
        if (!address) return;
        const { default: Stemmer } = await import(address);
        words.teach(tag, new Stemmer());
      }),
    );
  }

  function made(name, className, ...inside) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside.filter((one) => one !== null && one !== undefined));
    return element;
  }

  function link(target, ...inside) {
    const element = made("a", "", ...inside);
    element.href = target;
    return element;
  }

  function addressOf(changes) {
    const fields = { ...asked.given, page: "", ...changes };
    const query = new URLSearchParams(sought.KEYS.filter((key) => fields[key]).map((key) => [key, fields[key]]));
    return `${form.getAttribute("action")}?${query}`;
  }

  /** A day by the office's pattern: d, M and y in all lengths, words in quotes. */
  function dayBy(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return dates.replace(/'((?:[^']|'')*)'|d+|[ML]+|y+/g, (field, quoted) => {
      if (quoted !== undefined) return quoted.replaceAll("''", "'") || "'";
      const { length } = field;
      if (field[0] === "d") return figures(String(day).padStart(length, "0"));
      if (field[0] === "y") return figures(length === 2 ? String(year % 100).padStart(2, "0") : String(year));
      return length > 2 ? months[month - 1] : figures(String(month).padStart(length, "0"));
    });
  }

  const shown = (pieces) => pieces.map(([text, isHit]) => (isHit ? made("mark", "", text) : text));

  function fill() {
    for (const [key, value] of Object.entries(asked.given)) {
      const field = form.elements[key];
      if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) continue;
      if (field) field.value = value;
    }
    if (NARROWING.some((key) => asked.given[key] && (key !== "language" || asked.language !== lang))) form.querySelector(".narrow").open = true;
  }

  function hitOf(hit) {
    const row = made("li", "row");
    const isForeign = hit.tag !== lang;
    if (isForeign) Object.assign(row, { lang: hit.tag, dir: direction(hit.tag) });
    const iso = sought.dateOf(hit.day);
    const day = made("time", "", dayBy(iso));
    day.dateTime = iso;
    const fact = (...inside) => made("span", "fact", made("span", "dot", "· "), ...inside);
    const facts = made("p", "row-facts", day, " ", hit.kind ? fact(labels[`kind_${hit.kind}`]) : null, isForeign ? fact(autonym(hit.tag)) : null);
    const target = link(`/${hit.address}/`, "…");
    row.append(facts, made("h2", "row-title", target));
    row.fill = async () => {
      const bytes = await file(`/${hit.address}/message.json`, "default");
      const message = bytes && JSON.parse(new TextDecoder().decode(bytes));
      if (!message?.title) row.remove();
      else put(row, hit, message, { day, target, fact });
    };
    return row;
  }

  /** Put a message's words into its row. */
  function put(row, hit, message, { day, target, fact }) {
    if (["withdrawn", "recalled"].includes(message.state)) day.after(" ", fact(made("strong", "state", labels[`row_${message.state}`])));
    const mark = (text, letters) => shown(sought.excerpt(sought.marked(text, hit.tag, hit.wanted), letters, BEFORE_LETTERS));
    const turns = message.turns ?? [];
    const turn = hit.place ? turns[hit.place - 1] : null;
    target.replaceChildren(...(hit.place ? [message.title] : shown(sought.marked(message.title, hit.tag, hit.wanted))));
    if (!hit.place) return;
    if (turn) target.setAttribute("href", `/${hit.address}/#${turn.id}`);
    const text = turn ? textOf(turn) : paragraphOf(message.text ?? "", hit);
    const beside = turn ? besideOf(turns, hit.place - 1) : null;
    const asking = beside && made("p", "passage-asked", ...who(beside), ...mark(textOf(beside), BESIDE_LETTERS));
    const passage = made("p", "passage", ...who(turn), ...mark(text, EXCERPT_LETTERS));
    row.append(made("div", "passages", ...(turn?.kind === "answer" ? [asking, passage] : [passage, asking])));
  }

  const textOf = (turn) => [...(turn.topic ? [turn.topic] : []), turn.text].join(" · ");

  /** The paragraph of a text without turns that a hit is about: the words of all of them stand a line each. */
  function paragraphOf(text, hit) {
    const lines = text.split("\n");
    const isHit = (line) => line && sought.marked(line, hit.tag, hit.wanted).some(([, one]) => one);
    const own = lines[hit.place - 1];
    return isHit(own) ? own : (lines.find(isHit) ?? own ?? lines[0]);
  }

  /** The question to an answer, or the first answer to a question. */
  function besideOf(turns, at) {
    if (turns[at].kind === "answer") return turns.slice(0, at).findLast?.((one) => one.kind === "question") ?? null;
    return turns[at].kind === "question" && turns[at + 1]?.kind === "answer" ? turns[at + 1] : null;
  }

  function who(turn) {
    if (!turn || !TURNS.includes(turn.kind)) return [];
    const [kind, name] = [labels[turn.kind], turn.speaker ?? turn.asked_by];
    const label = name && turn.kind !== "question" ? name : [kind, name].filter(Boolean).join(comma);
    return [made("strong", "", filled(labels.contact_label, { label })), " "];
  }

  function group(key, ways) {
    if (ways.length < 2) return null;
    const id = `${key.replaceAll("_", "-")}-title`;
    const title = made("h2", "", labels[key]);
    title.id = id;
    const items = ways.map(([label, changes, often]) => made("li", "", link(addressOf(changes), label), " ", made("span", "number", `(${number(often)})`)));
    const section = made("section", "ways", title, made("ul", "", ...items));
    section.setAttribute("aria-labelledby", id);
    return section;
  }

  function steps(total) {
    const found = [];
    const step = (page, label, rel) => {
      const element = link(addressOf({ page: page > 1 ? String(page) : "" }), label);
      element.rel = rel;
      found.push(element);
    };
    if (asked.page > 1) step(asked.page - 1, labels.search_previous, "prev");
    if (asked.page * sought.PAGE_HITS < total && asked.page < sought.PAGES) step(asked.page + 1, labels.search_next, "next");
    return found.length ? made("nav", "steps", ...found) : null;
  }

  function show({ total, hits, counts, wanted, instead }) {
    const forms = labels.search_found;
    const form_ = globalThis.communique?.form(forms, total) ?? forms.other;
    const rows = hits.map((hit) => hitOf(Object.assign(hit, { wanted })));
    const { years, speakers, languages } = counts;
    const elements = [
      said(total ? filled(form_, { n: number(total) }) : labels.search_none),
      instead ? otherWords(instead) : null,
      rows.length ? made("ol", "rows hits", ...rows) : null,
      steps(total),
      group("by_year", years.map(([year, often]) => [figures(String(year)), { from: `${year}-01-01`, to: `${year}-12-31` }, often])),
      group("by_person", speakers.map(([, name, often]) => [name, { speaker: name }, often])),
      group("by_language", languages.map(([tag, often]) => [autonym(tag), { language: tag }, often])),
    ];
    place.replaceChildren(...elements.filter(Boolean));
    const near = new IntersectionObserver(
      (seen) => {
        for (const { isIntersecting, target } of seen) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          target.fill().catch(() => {});
        }
      },
      { rootMargin: NEAR },
    );
    for (const row of rows) near.observe(row);
  }

  /** “Did you mean …?” */
  function otherWords(q) {
    const [before, after] = labels.search_instead.split("{words}");
    return made("p", "instead", before, link(addressOf({ q }), q), after);
  }

  function said(text) {
    const element = made("p", "count", text);
    element.setAttribute("role", "status");
    return element;
  }

  async function search() {
    fill();
    place.setAttribute("aria-busy", "true");
    try {
      await learn();
      const nothing = { total: 0, hits: [], counts: { years: [], speakers: [], languages: [] } };
      const found = asked.isAnything ? await index.find(asked, lang, (asked.page - 1) * sought.PAGE_HITS, sought.PAGE_HITS) : nothing;
      if (found) show(found);
    } catch {
      place.prepend(said(labels.search_busy));
    }
    place.removeAttribute("aria-busy");
  }

  search();
})();
