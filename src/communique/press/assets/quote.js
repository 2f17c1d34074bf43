/* Quoting: words of a turn, who said them, and an address that leads back to exactly these words.
 *
 * "Link · Quote" stand at a turn on approach or focus. Under selected words, of one turn or of several, stands a row
 * "Copy quote · With citation · Picture card · Link"; what a verb has more to give opens below it (BibTeX, CSL-JSON, the
 * card). Copied are plain and rich text: the words as printed, without soft hyphens, marks of direction and whatever
 * else is not the message's own.
 *
 * An address is that of the edition, so it stays what it was, with the turn and a text fragment (WICG, "URL Fragment
 * Text Directives"): ADDRESS#t3:~:text=these%20words. A fragment finds the first match of the whole page and only whole
 * words, so words that occur twice are told by what stands before and after them, and words too long are told by their
 * beginning and end. Where not even that tells them apart the address leads to the turn alone.
 */
"use strict";

(() => {
  const message = document.querySelector(".message[data-address]");
  if (!message) return;
  const facts = message.dataset;
  const { lang, dir } = document.documentElement;
  const TOLD_MS = 1600;
  const SETTLED_MS = 200;
  const WHOLE = 100; // characters; longer words are told by their beginning and end
  const END = 24;
  const HOLDER = ".turn-words, .prose";
  const BLOCK = `p, li, h2, h3, h4, td, th, caption, ${HOLDER}`;
  const NOT_WORDS = ".quote-row, .erased-words";
  const NOT_FOUND = ".quote-row, .tools, .turn-since, .latest-list, script, style"; // not there when a fragment is sought
  const UNSEEN = /[\u00ad\u061c\u200e\u200f\u2066-\u2069]/g;
  const MARKS = {
    ar: "«»", de: "„“", el: "«»", es: "«»", fr: "«\u00a0|\u00a0»", he: "”“", it: "«»", ja: "「」", pl: "„”", pt: "«»",
    ru: "«»", uk: "«»",
  };
  const marks = MARKS[lang.split("-")[0]] ?? "“”";
  const [opening, closing] = marks.split(marks.includes("|") ? "|" : "");
  const quoted = (words) => `${opening}${words}${closing}`;

  // ---------------------------------------------------------------- the words

  /** The stretches of a range that are the message's words, in order: node, from, to, and whether a line begins. */
  function stretches(range) {
    const found = [];
    const root = range.commonAncestorContainer;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let broken = false;
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeName === "BR") broken = true;
      if (node.nodeType !== Node.TEXT_NODE || !range.intersectsNode(node)) continue;
      const parent = node.parentElement;
      const holder = parent.closest(HOLDER);
      const block = parent.closest(BLOCK);
      if (!holder || !message.contains(holder) || parent.closest(NOT_WORDS)) continue;
      if (block === holder && !node.data.trim()) continue; // between blocks
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (from < to) found.push({ node, from, to, holder, block, broken });
      broken = false;
    }
    while (found.length && !slice(found[0]).trim()) found.shift();
    while (found.length && !slice(found.at(-1)).trim()) found.pop();
    if (!found.length) return found;
    const [first, last] = [found[0], found.at(-1)];
    first.from = first.to - slice(first).trimStart().length;
    last.to = last.from + slice(last).trimEnd().length;
    return found;
  }

  const slice = ({ node, from, to }) => node.data.slice(from, to);
  const plain = (text) => text.replace(UNSEEN, "").replace(/[ \t\r\n\f]+/g, " ");

  /** What is quoted, turn by turn: the words, who said them and in which role. */
  function quotesOf(found) {
    const quotes = [];
    let before = null;
    for (const one of found) {
      const { holder, block } = one;
      if (before?.holder !== holder) {
        const turn = holder.closest(".turn");
        const own = turn?.dataset ?? facts;
        quotes.push({ turn, speaker: own.speaker ?? "", role: own.role ?? "", words: "" });
      } else if (before.block !== block) {
        const row = block.closest("tr");
        quotes.at(-1).words += row && row === before.block.closest("tr") ? "\t" : "\n";
      } else if (one.broken) quotes.at(-1).words += "\n";
      quotes.at(-1).words += plain(slice(one));
      before = one;
    }
    // A blank may stand before what nobody sees.
    quotes[0].words = quotes[0].words.trimStart();
    quotes.at(-1).words = quotes.at(-1).words.trimEnd();
    return quotes;
  }

  // ---------------------------------------------------------------- the address

  /** The page as a text fragment sees it, a line for each block; where in it the words begin and end; where signs that
   *  nobody sees were left out. */
  function pageText(first, last) {
    const at = { unseen: new Set() };
    let text = "";
    const put = (data) => {
      data.split(UNSEEN).forEach((piece, place) => {
        if (place) at.unseen.add(text.length);
        const words = plain(piece);
        text += /[ \n]$|^$/.test(text) ? words.replace(/^ /, "") : words;
      });
    };
    const end = () => {
      text = text.replace(/ $/, "");
      if (text && !text.endsWith("\n")) text += "\n";
    };
    const visit = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        let done = 0;
        const upTo = (place) => (put(node.data.slice(done, place)), (done = place));
        if (node === first.node) upTo(first.from), (at.from = text.length);
        if (node === last.node) upTo(last.to), (at.to = text.length);
        upTo(node.length);
      } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(NOT_FOUND)) {
        const { display } = getComputedStyle(node);
        if (display === "none") return;
        const apart = node.nodeName === "BR" || !/^(inline|contents)/.test(display);
        if (apart) end();
        node.childNodes.forEach(visit);
        if (apart) end();
      }
    };
    visit(document.body);
    return { text, ...at };
  }

  /** Letters as a search takes them, one for one: small, without accents. */
  const folded = (text) =>
    text.replace(/[^\0-\x7f]|[A-Z]/g, (sign) => {
      const small = sign.normalize("NFD")[0].toLowerCase();
      return small.length === 1 ? small : sign;
    });

  /** `:~:text=…` for the words between the stretches' ends. Where whole answers are alike it begins above the words, with
   *  who gives the answer, or ends below them; where nothing tells them from others it is "". */
  function fragment(found) {
    const page = pageText(found[0], found.at(-1));
    page.sought = folded(page.text).replaceAll("\n", " ");
    Object.assign(page, wordEdges(page.text));
    page.ends = page.ends.filter((end) => !page.unseen.has(end)); // where no browser ends a match
    const tos = [page.to];
    for (let to = page.text.indexOf("\n", page.to); to > 0 && tos.length < 4; to = page.text.indexOf("\n", to + 1)) tos.push(to);
    let { from } = page;
    for (let tries = 0; tries < 4 && from >= 0; tries += 1) {
      for (const to of tos) {
        const directive = directiveFor(page, from, to);
        if (directive) return directive;
      }
      const line = page.text.lastIndexOf("\n", from - 1);
      from = line < 0 ? -1 : page.text.lastIndexOf("\n", line - 1) + 1;
    }
    return "";
  }

  /** The beginning is text[a..b], the end text[c..d], context text[p..a] and text[d..q]; of short words a..d is all. */
  function directiveFor({ text, sought, starts, ends, unseen }, from, to) {
    const back = (at) => starts.findLast((start) => start < at) ?? 0;
    const on = (at) => ends.find((end) => end > at) ?? text.length;
    const line = (x, y) => x < y && !text.slice(x, y).trim().includes("\n");
    const places = (x, y) => sought.split(sought.slice(x, y)).length - 1;
    /** Whether signs that nobody sees keep words from standing side by side, which context must. */
    const veiled = (at) => {
      let [x, y] = [at, at];
      while (/\s/.test(text[x - 1])) x -= 1;
      while (/\s/.test(text[y])) y += 1;
      for (; x <= y; x += 1) if (unseen.has(x)) return true;
      return false;
    };
    let [a, d] = [back(from + 1), on(to - 1)];
    const short = d - a <= WHOLE && line(a, d);
    let [b, c] = short ? [d, a] : [a, d];
    while (!short && b - a < END && on(b) < d && line(a, on(b))) b = on(b);
    while (!short && d - c < END && back(c) >= b && line(back(c), d)) c = back(c);
    if (b === a) return "";
    let [p, q] = [a, d];
    /** One word more before, and after. */
    const before = () => line(back(p), a) && ((p = back(p)), veiled(a) && (a = p), true);
    const after = () => line(d, on(q)) && ((q = on(q)), veiled(d) && (d = q), true);
    const told = () => places(p, short ? q : b) < 2;
    /** The first match of the end after the beginning must be ours. */
    const isFirst = () => short || sought.indexOf(sought.slice(c, q), b) === c;
    while (!isFirst() && back(c) >= b && line(back(c), d)) c = back(c);
    while (!isFirst() && after());
    while (!told()) {
      const more = before();
      if (!(short && !told() && after()) && !more) return "";
    }
    if (!isFirst()) return "";
    const term = (x, y) => encodeURIComponent(text.slice(x, y).trim()).replaceAll("-", "%2D");
    const [prefix, suffix] = [term(p, a), term(d, q)];
    const words = short ? term(a, d) : `${term(a, b)},${term(c, d)}`;
    return `:~:text=${prefix && `${prefix}-,`}${words}${suffix && `,-${suffix}`}`;
  }

  /** Where words begin and end in the text, as the browser that follows the fragment will have it. */
  function wordEdges(text) {
    const [starts, ends] = [[], []];
    const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(lang, { granularity: "word" });
    const segments = (line) =>
      segmenter ? segmenter.segment(line) : [...line.matchAll(/\S+|\s+/g)].map(({ 0: segment, index }) => ({ segment, index }));
    let before = 0;
    for (const line of text.split("\n")) {
      for (const { index, segment } of segments(line)) {
        if (!segment.trim()) continue;
        starts.push(before + index);
        ends.push(before + index + segment.length);
      }
      before += line.length + 1;
    }
    return { starts, ends };
  }

  const addressOf = (turn, directive = "") =>
    facts.address + (turn || directive ? `#${turn?.id ?? ""}${directive}` : "");

  // ---------------------------------------------------------------- what is copied

  const comma = facts.comma;
  const byLine = (...words) => words.filter(Boolean).join(comma);
  const nameOf = ({ speaker, role }) => byLine(speaker, role);
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /** All that is needed of a quotation: its parts, its address, the sentences that name its source. */
  function quotation(found) {
    const quotes = quotesOf(found);
    const address = addressOf(quotes[0].turn, fragment(found));
    const speaker = quotes.length === 1 ? nameOf(quotes[0]) : "";
    const { occasion, day, undone } = facts;
    const unsaid = quotes.some((one) => !one.speaker); // words of the office itself
    const source = byLine(unsaid ? byLine(office(), quoted(title())) : speaker, occasion, day, undone);
    const sentence = byLine(facts.citation.replace("{speaker}", () => speaker).replace(/^[\s,،，、]+/, ""), undone);
    return { quotes, address, source, sentence };
  }

  /** Plain and rich text of a quotation; `line` names its source. */
  function written({ quotes, address }, line) {
    const several = quotes.length > 1;
    const named = (one) => several && nameOf(one);
    const text = quotes.map((one) => (named(one) ? `${named(one)}: ` : "") + quoted(one.words)).join("\n\n");
    const rich = quotes
      .map((one) => {
        const lines = one.words.split("\n").map((words) => `<p>${escaped(words)}</p>`);
        return (named(one) ? `<p><b>${escaped(named(one))}</b></p>` : "") + lines.join("");
      })
      .join("");
    const cite = `<p>— <cite><a href="${escaped(address)}">${escaped(line)}</a></cite></p>`;
    const quote = `<blockquote cite="${escaped(address)}" lang="${lang}" dir="${dir}">${rich}</blockquote>`;
    return [`${text}\n— ${line}\n${address}`, quote + cite];
  }

  const people = ({ quotes }) => [...new Set(quotes.map((one) => one.speaker).filter(Boolean))];
  const office = () => document.querySelector(".office-name")?.textContent.trim() ?? "";
  const title = () => plain(message.querySelector(".title").textContent).trim();
  const notes = ({ quotes }) => byLine(...new Set(quotes.map((one) => one.role)), facts.undone);
  const keyOf = ({ quotes }) =>
    [facts.address.split("/").at(-4), `e${facts.edition}`, quotes[0].turn?.id].filter(Boolean).join("-");
  const wordsOf = ({ quotes }) => quotes.map((one) => one.words).join("\n");

  function bibtex(one) {
    const LATEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
    const tex = (text) => text.replace(/[\\~^{}%&$#_]/g, (sign) => LATEX[sign] ?? `\\${sign}`);
    const [year, month, day] = facts.on.split("-");
    const lines = {
      author: people(one).map((name) => `{${tex(name)}}`).join(" and ") || `{${tex(office())}}`,
      title: `{${tex(title())}}`,
      howpublished: tex(byLine(office(), facts.occasion)),
      year, month, day,
      version: facts.edition,
      language: lang,
      note: tex(byLine(notes(one), quoted(wordsOf(one)))),
      url: one.address.replace(/[{}\\]/g, encodeURIComponent),
    };
    const fields = Object.entries(lines).filter(([, value]) => value).map(([key, value]) => `  ${key} = {${value}}`);
    return `@misc{${keyOf(one)},\n${fields.join(",\n")}\n}`;
  }

  function csl(one) {
    const type = { interview: "interview", speech: "speech" }[facts.kind] ?? "webpage";
    const today = new Date();
    const parts = (...numbers) => ({ "date-parts": [numbers] });
    const names = people(one);
    const item = {
      id: keyOf(one),
      type,
      author: (names.length ? names : [office()]).map((literal) => ({ literal })),
      title: title(),
      publisher: office(),
      "event-title": facts.occasion || undefined,
      issued: parts(...facts.on.split("-").map(Number)),
      accessed: parts(today.getFullYear(), today.getMonth() + 1, today.getDate()),
      version: facts.edition,
      language: lang,
      URL: one.address,
      note: notes(one) || undefined,
      annote: wordsOf(one),
    };
    return JSON.stringify([item], null, 1);
  }

  /** Put text into the clipboard, plain and, where there is one, rich. */
  async function copy(text, rich) {
    const kinds = { "text/plain": text, ...(rich && { "text/html": rich }) };
    try {
      const blobs = Object.entries(kinds).map(([type, data]) => [type, new Blob([data], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      const hand = (event) => {
        for (const [type, data] of Object.entries(kinds)) event.clipboardData.setData(type, data);
        event.preventDefault();
      };
      document.addEventListener("copy", hand, { once: true, capture: true });
      document.execCommand("copy");
      document.removeEventListener("copy", hand, { capture: true });
    }
  }

  // ---------------------------------------------------------------- tools and row

  function made(name, className, ...inside) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  }

  function button(label, act) {
    const element = made("button", "", label);
    element.type = "button";
    element.addEventListener("click", () => act(element));
    return element;
  }

  /** A button that copies what `texts` gives, and says so for a moment, aloud too. */
  function copier(label, texts, then) {
    return button(label, async (element) => {
      await copy(...texts());
      element.textContent = facts.copied;
      element.setAttribute("aria-live", "polite");
      setTimeout(() => (element.textContent = label), TOLD_MS);
      then?.();
    });
  }

  const whole = (turn) => {
    const range = document.createRange();
    range.selectNodeContents(turn.querySelector(".turn-words"));
    return stretches(range);
  };

  function giveTools({ target }) {
    const turn = target.closest?.(".turn");
    if (!turn || turn.querySelector(".tools")) return;
    const anchor = made("a", "", facts.link);
    anchor.href = `#${turn.id}`;
    const quote = copier(facts.quote, () => {
      const one = quotation(whole(turn));
      return written({ ...one, address: addressOf(turn) }, one.source);
    });
    const keys = made("span", "keys", facts.keys);
    keys.id = `keys-${turn.id}`;
    const number = turn.querySelector(".turn-number");
    number.setAttribute("aria-describedby", keys.id);
    number.after(made("span", "tools", anchor, ...(whole(turn).length ? [quote] : []), keys));
  }

  let row = null;

  /** The row of verbs for what is selected; `more` below it holds what a verb has opened. */
  function rowFor(found) {
    const one = quotation(found);
    const more = made("div", "quote-more");
    const open = (...inside) => more.replaceChildren(...inside);
    const forms = () =>
      open(copier("BibTeX", () => [bibtex(one)]), copier("CSL-JSON", () => [csl(one)]));
    const verbs = made(
      "div",
      "quote-verbs",
      copier(facts.copy, () => written(one, one.source)),
      copier(facts.cite, () => written(one, `${one.sentence}.`), forms),
      button(facts.card, async () => open(...(await card(one)))),
      copier(facts.link, () => [one.address]),
    );
    const element = made("div", "quote-row", verbs, more);
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", facts.quote);
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    return element;
  }

  /** The picture card, drawn by a script of its own that is loaded when somebody wants one. */
  async function card(one) {
    const drawn = globalThis.communique?.card;
    if (!drawn) {
      await new Promise((loaded, failed) => {
        const script = made("script");
        Object.assign(script, { src: facts.drawing, onload: loaded, onerror: failed });
        document.head.append(script);
      });
      return card(one);
    }
    const text = written(one, one.source)[0];
    const { canvas, file } = await drawn({ ...one, opening, closing, office: office(), name: nameOf, text });
    const save = made("a", "", facts.save);
    Object.assign(save, { href: URL.createObjectURL(file), download: `${keyOf(one)}.png` });
    return [canvas, save, copier(facts.alternative, () => [text])];
  }

  function showRow() {
    const selection = getSelection();
    const found = selection?.rangeCount && !selection.isCollapsed ? stretches(selection.getRangeAt(0)) : [];
    if (!found.length) {
      if (!row?.contains(document.activeElement)) row?.remove();
      return;
    }
    const { holder, node } = found.at(-1);
    let block = node;
    while (block.parentElement !== holder) block = block.parentElement;
    const told = found.map(slice).join("\n");
    if (row?.isConnected && row.dataset.words === told && row.previousElementSibling === block) return;
    row?.remove();
    row = rowFor(found);
    row.dataset.words = told;
    block.after(row);
  }

  let waiting = 0;
  let pressed = false;

  /** Show the row when the selection has settled: not while a finger or mouse is still drawing it. */
  function settle() {
    clearTimeout(waiting);
    if (!pressed) waiting = setTimeout(showRow, SETTLED_MS);
  }

  function press(event) {
    pressed = event.type === "pointerdown" && event.pointerType === "mouse" && !row?.contains(event.target);
    if (!pressed) settle();
  }

  message.addEventListener("pointerover", giveTools);
  message.addEventListener("focusin", giveTools);
  document.addEventListener("selectionchange", settle);
  for (const type of ["pointerdown", "pointerup", "pointercancel"]) document.addEventListener(type, press);

  // What the reader did before this script came (approach.js).
  for (const turn of message.querySelectorAll(".turn:hover, .turn:focus-within")) giveTools({ target: turn });
  settle();
})();
