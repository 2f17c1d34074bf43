/* What comes from the clipboard, as the few elements that the schema reads.

Word (Windows and macOS), Google Docs and web pages are read by what they all do: a heading is an h1 to h6, a list item
an <li> or a paragraph with an mso-list style, emphasis an element or a style. Kept are headings, lists, quotations,
tables, emphasis, links, line breaks and what is said of the language of single words. Everything else goes, and with it what is no text for readers: styles, scripts,
pictures, comments, hidden text, tracked deletions. The page is never shown or fetched: it is parsed inert. */

import { safeTarget } from "./blocks.js";
import { element } from "./dom.js";
import { tagOf } from "./languages.js";

const GONE = [
  "script, style, head, title, meta, link, template, noscript",
  "img, picture, svg, math, video, audio, iframe, object, embed, canvas",
  "form, input, button, select, textarea, del, s, strike",
  ".msoDel, .MsoCommentReference, .MsoCommentText",
].join();
const HIDDEN = new RegExp(
  [
    "display:\\s*none|visibility:\\s*hidden|mso-hide:\\s*all|line-through",
    "mso-element:\\s*comment|mso-special-character:\\s*comment|mso-comment-|mso-list:\\s*ignore",
  ].join("|"),
  "i",
);
const BLOCKS = [
  "p, div, section, article, header, footer, main, aside, nav, address, figure, figcaption, center, fieldset",
  "h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, blockquote, pre, table, hr",
].join();
const WIDEST = 100;
/* columns that a cell may reach over */
const TAGS = { B: "strong", STRONG: "strong", I: "em", EM: "em", CITE: "em", SUP: "sup", SUB: "sub" };

/* The clipboard's HTML, cleaned. Our own (copied from this editor) is taken as it is. */
export function cleaned(html, language) {
  if (html.includes("data-pm-slice")) return html;
  const page = new window.DOMParser().parseFromString(html, "text/html");
  markers(page);
  drop(page);
  keepForeign(page, language);
  const out = element("div");
  blocks(page.body, out, {});
  return out.innerHTML;
}

/* Runs of words that their own page or program says to be in another language than the text. Word says a language of
everything, often a wrong one: what covers a whole paragraph says nothing, nor does what most of the paste bears. */
function keepForeign(page, language) {
  const runs = [...page.body.querySelectorAll("[lang]")];
  const usual = borneByMost(page.body, runs);
  for (const run of runs) {
    const tag = run.getAttribute("lang");
    const around = run.parentElement.closest(`${BLOCKS.replaceAll("\n", "")}, body`);
    const whole = run.matches(BLOCKS) || squeezed(around.textContent) === squeezed(run.textContent);
    const foreign = language && tagOf(tag) && ![base(language), usual].includes(base(tag));
    if (foreign && !whole) run.dataset.wordsLang = tagOf(tag);
  }
}

const base = (tag) => tag.split("-")[0].toLowerCase();

/* The language of more than half of all letters; none where there is no such. */
function borneByMost(body, runs) {
  const letters = new Map();
  const of = (each) => base(each.getAttribute("lang"));
  for (const run of runs) {
    const outer = run.parentElement.closest("[lang]");
    if (outer && outer !== body && of(outer) === of(run)) continue; // counted with it
    letters.set(of(run), (letters.get(of(run)) ?? 0) + squeezed(run.textContent).length);
  }
  const half = squeezed(body.textContent).length / 2;
  return [...letters.keys()].find((each) => letters.get(each) > half);
}

function drop(page) {
  const gone = [...page.querySelectorAll(GONE)];
  const styled = [...page.querySelectorAll("[style]")].filter((each) => HIDDEN.test(each.getAttribute("style")));
  for (const each of [...gone, ...styled, ...page.querySelectorAll("[hidden]")]) each.remove();
  // Word writes its conditions as comments; what stood between two of them is dropped by its style above.
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

/* Writes the blocks of an element. `around` says in what they stand: {list, level, quotation}. Words that stand beside
blocks make a paragraph of their own. */
function blocks(from, out, around) {
  let loose = null;
  const flush = () => {
    if (loose) place(loose, out);
    loose = null;
  };
  for (const node of [...from.childNodes]) {
    if (node.nodeType === Node.ELEMENT_NODE && (node.matches(BLOCKS) || node.querySelector(BLOCKS))) {
      flush();
      block(node, out, around);
    } else if (node.nodeType === Node.ELEMENT_NODE || node.nodeValue?.trim() || loose) {
      loose ??= target(around);
      inline(node, loose, {});
    }
  }
  flush();
}

function block(node, out, around) {
  const name = node.localName;
  if (name === "table") return table(node, out, around);
  if (name === "ul" || name === "ol")
    return blocks(node, out, { ...around, list: name, level: (around.level ?? 0) + 1 });
  if (name === "li") joinParagraphs(node);
  if (name === "blockquote") return blocks(node, out, { ...around, quotation: true });
  const heading = /^h([1-6])$/.exec(name)?.[1] ?? (/\bMsoTitle\b/.test(node.className) ? "1" : null);
  const word = /mso-list:\s*l\d+\s+level(\d)/i.exec(node.getAttribute("style") ?? "");
  if (node.querySelector(BLOCKS) || !(node.matches("p, li, dt, dd, pre, div, figcaption, address, center") || heading))
    return blocks(node, out, around);
  const made = heading ? element(name === `h${heading}` ? name : "h1") : target(word ? wordItem(node, word) : around);
  for (const child of [...node.childNodes]) inline(child, made, { heading });
  return place(made, out);
}

/* An item of several paragraphs is one item, not as many, which would count on: they stand on lines of their own. */
function joinParagraphs(item) {
  const isPlain = (node) => node?.matches("p, div") && !node.querySelector(BLOCKS);
  for (const part of [...item.children]) {
    const before = part.previousElementSibling;
    if (!isPlain(part) || !isPlain(before) || squeezed(before.nextSibling.nodeValue ?? "")) continue;
    before.append(element("br"), ...part.childNodes);
    part.remove();
  }
}

/* The element for words in a place: an item, a quotation or a paragraph. */
function target({ list, level, quotation }) {
  if (list)
    return element("p", {
      "data-item": list === "ol" ? "ordered" : "plain",
      "data-level": level > 1 ? Math.min(level, 6) : null,
    });
  return element(quotation ? "blockquote" : "p");
}

/* An item of Word is a paragraph. Whether it is numbered stands in the list's marker alone, which is dropped by now:
it was kept as an attribute before (see `markers`). */
function wordItem(node, word) {
  return { list: node.dataset.wordsMarker === "ordered" ? "ol" : "ul", level: Number(word[1]) };
}

/* Notes at each Word item whether its marker is a number or a letter, before markers are dropped. */
function markers(page) {
  for (const item of page.querySelectorAll("[style*='mso-list']")) {
    const marker = item.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    const written = marker?.textContent.replace(/[\s\u00a0]/g, "") ?? "";
    item.dataset.wordsMarker =
      /^[(]?[\p{L}\p{N}]{1,5}[.)]/u.test(written) && !/^o$/.test(written) ? "ordered" : "plain";
  }
}

function table(node, out, around) {
  if (node.caption) blocks(node.caption, out, around);
  const rows = grid(node);
  const width = Math.max(0, ...rows.map((row) => row.length));
  // A table of one column, or of pictures that went, lays out a page: its words are what counts.
  if (width < 2 || rows.length < 2)
    return [...node.rows].forEach((row) => [...row.cells].forEach((cell) => blocks(cell, out, around)));
  const made = element("table", {
    "data-header": node.tHead || node.rows[0].querySelectorAll("th").length === node.rows[0].cells.length,
  });
  for (const row of rows) {
    made.append(element("tr", {}, ...Array.from({ length: width }, (_, column) => cellOf(row[column] ?? ""))));
  }
  return out.append(made);
}

/* The words of each cell where readers see them: a cell that reaches over others leaves these empty, so that every word
stays in its column. */
function grid(table) {
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, at) => {
    let column = 0;
    for (const cell of row.cells) {
      while (rows[at][column] !== undefined) column += 1;
      const below = cell.rowSpan || rows.length; // 0 is down to the last
      for (const covered of rows.slice(at, at + below))
        for (let n = 0; n < Math.min(cell.colSpan, WIDEST); n += 1) covered[column + n] ??= "";
      rows[at][column] = cellText(cell);
    }
  });
  return rows;
}

/* The words of a cell, which has neither blocks nor marks: a line for each block and after each break; a link's target
stands behind its words. */
function cellText(cell) {
  const lines = [""];
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) lines.push(lines.pop() + node.nodeValue);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const apart = node.matches(`br, caption, td, th, ${BLOCKS}`);
    if (apart) lines.push("");
    node.childNodes.forEach(read);
    const target = node.localName === "a" && safeLink(node.getAttribute("href"))?.replace(/^(?:mailto|tel):/, "");
    if (target && target !== squeezed(node.textContent)) lines.push(`${lines.pop()} (${target})`);
    if (apart) lines.push("");
  };
  cell.childNodes.forEach(read);
  return lines.map(squeezed).filter(Boolean).join("\n");
}

function cellOf(text) {
  const cell = element("td");
  text.split("\n").forEach((line, number) => cell.append(...(number ? [element("br")] : []), line));
  return cell;
}

/* Writes words with their marks. In a heading nothing is strong: it is so already. */
function inline(node, out, { heading, strong, em, sup, sub, link, lang }) {
  if (node.nodeType === Node.TEXT_NODE)
    return out.append(wrapped(node.nodeValue.replace(/[ \t\r\n\f]+/g, " "), { strong, em, sup, sub, link, lang }));
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  if (node.localName === "br")
    return /page-break|mso-special/.test(node.getAttribute("style") ?? "") ? null : out.append(element("br"));
  const now = { heading, strong, em, sup, sub, link, lang: node.dataset?.wordsLang ?? lang, ...styled(node) };
  if (heading) now.strong = false;
  if (node.localName === "a") now.link = safeLink(node.getAttribute("href")) ?? link;
  for (const child of [...node.childNodes]) inline(child, out, now);
  return null;
}

/* The marks that an element and its style set or take back. */
function styled(node) {
  const set = {};
  const tag = TAGS[node.tagName];
  if (tag) set[tag] = true;
  const style = node.getAttribute("style") ?? "";
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(style)?.[1];
  if (weight) set.strong = /^(?:bold|bolder|[6-9]00)$/i.test(weight);
  const slope = /(?:^|[;\s])font-style:\s*(\w+)/i.exec(style)?.[1];
  if (slope) set.em = /italic|oblique/i.test(slope);
  const raised = /(?:^|[;\s])vertical-align:\s*(super|sub)\b/i.exec(style)?.[1];
  if (raised) set[raised === "super" ? "sup" : "sub"] = true;
  return set;
}

/* A link that stays one: not into the page it came from. Google's detour is taken out. */
function safeLink(href) {
  const detour = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(href ?? "");
  const target = detour ? new URLSearchParams(detour[1]).get("q") : href;
  return /^(?:https?:|mailto:|tel:)/i.test(target ?? "") ? safeTarget(target) : null;
}

function wrapped(text, { strong, em, sup, sub, link, lang }) {
  let made = document.createTextNode(text);
  for (const [on, name] of [
    [sub && !sup, "sub"],
    [sup, "sup"],
    [em, "em"],
    [strong, "strong"],
  ])
    if (on) made = element(name, {}, made);
  if (lang) made = element("span", { lang }, made);
  return link ? element("a", { href: link }, made) : made;
}

/* Sets a block down if it has words; blanks at its edges and breaks at its end are gone. */
function place(made, out) {
  while (made.lastChild && (made.lastChild.localName === "br" || !made.lastChild.textContent.trim()))
    made.lastChild.remove();
  while (made.firstChild && (made.firstChild.localName === "br" || !made.firstChild.textContent.trim()))
    made.firstChild.remove();
  if (squeezed(made.textContent)) out.append(made);
}

const squeezed = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
