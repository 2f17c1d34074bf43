/* Were these words changed since? On the page of an edition: the newest page of the message is read, and each turn
 * compared with the turn of the same id there. At the turn that the address names, and at each that differs, it is said
 * in words: unchanged, changed in edition 3 (with the comparison, where there is one), taken out. At the head: withdrawn
 * or removed since. Where no script runs, or nothing answers, the page's own note stands: which edition followed.
 *
 * Where the address quotes words (a text fragment), the verdict is of these words: they may stand unchanged in a turn of
 * which others were changed. Chromium hides the fragment from `location`; the entry of the navigation has it.
 *
 * The edition of a change is one in which the words are not as here, while they are in the edition before it. It is
 * looked for from the newest backwards, and past so many pages by halves, which finds such an edition too, whatever was
 * changed back. Where that edition's page cannot be read, none is named.
 */
"use strict";

(async () => {
  const message = document.querySelector(".message[data-newest]");
  if (!message) return;
  const facts = message.dataset;
  const own = Number(facts.edition);
  const MOST = 12; // pages that are read one after the other
  const UNSEEN = /[\u00ad\u061c\u200e\u200f\u2066-\u2069]/g;
  const CHINESE = "\\u2e80-\\u9fff\\uff00-\\uffef"; // and Japanese: a blank is no part of the words

  /** The message of a page; null where the address is gone or tells of a removal or an erasure. */
  async function messageAt(address) {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok && answer.status !== 410 && answer.status !== 404) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector(".message[data-edition]");
  }

  const answers = async (address) => {
    try {
      return (await fetch(address, { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  };

  // No pattern looks behind itself: browsers of old telephones would not read the file.
  const afterChinese = RegExp(`([${CHINESE}]) `, "g");
  const beforeChinese = RegExp(` (?=[${CHINESE}])`, "g");
  const flat = (text) =>
    text.replace(UNSEEN, "").replace(/\s+/g, " ").replace(afterChinese, "$1").replace(beforeChinese, "").trim();

  /** The words of a part of the message; where a line, passage or cell ends stands a blank. */
  function wordsIn(part) {
    const words = (part.querySelector(".turn-words") ?? part).cloneNode(true);
    for (const row of words.querySelectorAll(".quote-row")) row.remove();
    for (const block of words.querySelectorAll("p, li, h2, h3, h4, td, th, caption, br")) block.after(" ");
    return flat(words.textContent);
  }

  const decoded = (term) => {
    try {
      return decodeURIComponent(term);
    } catch {
      return term;
    }
  };

  const parts = (within) => [...within.querySelectorAll(".turn, .words > .prose")];
  const counterpart = (part, within) =>
    part.id ? parts(within).find((one) => one.id === part.id) : within.querySelector(".words > .prose");

  /** The words of each part that the address quotes: part -> where they stand in the part's own. */
  function quotedIn(all) {
    const quoted = new Map();
    const [entry] = performance.getEntriesByType("navigation");
    const [named, directive] = (entry?.name.split("#")[1] ?? "").split(":~:text=");
    if (!directive || named !== name) return quoted;
    const terms = directive.split("&")[0].split(",");
    const [before, after] = [terms[0].endsWith("-") && terms.shift(), terms.at(-1)?.startsWith("-") && terms.pop()];
    const sign = (term) => flat(decoded(term)).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const found = terms.map(sign).join(".*?");
    // Who speaks stands between the words, and a fragment may begin or end there.
    let text = "";
    const put = (more) => {
      if (text && more && flat(`${text.at(-1)} ${more[0]}`)[1] === " ") text += " ";
      text += more;
      return text.length - more.length;
    };
    const places = all.map((part) => {
      for (const one of part.querySelectorAll(".turn-facts > :not(.tools)")) {
        if (one.getClientRects().length) put(flat(one.innerText));
      }
      return [part, put(wordsIn(part)), text.length];
    });
    const lead = before ? `${sign(before.slice(0, -1))} ?` : "";
    const trail = after ? `(?= ?${sign(after.slice(1))})` : "";
    const match = [`(${lead})(${found})${trail}`, `()(${found})`].map((one) => RegExp(one, "i").exec(text)).find(Boolean);
    if (!match) return quoted;
    const begin = match.index + match[1].length;
    const end = begin + match[2].length;
    for (const [part, from, to] of places) {
      const [first, last] = [Math.max(from, begin) - from, Math.min(to, end) - from];
      if (first < last) quoted.set(part, [first, last]);
    }
    return quoted;
  }

  /** Whether a place in a text is within a word, so that what ends there would be another. */
  const splits = (text, at) => RegExp(`^(\\p{N}|[^\\P{L}${CHINESE}]){2}$`, "u").test(text.slice(at - 1, at + 1));

  /** Whether words of a text stand in another. */
  function stand(text, [from, to], other) {
    const sought = text.slice(from, to).trim();
    for (let at = other.indexOf(sought); at >= 0; at = other.indexOf(sought, at + 1)) {
      const within = [[at, from], [at + sought.length, to]];
      if (within.every(([there, here]) => !splits(other, there) || splits(text, here))) return true;
    }
    return false;
  }

  const numbered = (label, edition) => label.replace("{n}", globalThis.communique?.number(edition) ?? edition);

  function link(words, target) {
    const element = document.createElement("a");
    element.href = target;
    element.textContent = words;
    return element;
  }

  /** Say something at a turn, in its margin; of a text without turns in the note at the head. */
  function say(part, red, ...words) {
    const element = document.createElement("span");
    element.className = red ? "turn-since red" : "turn-since";
    element.append(...words);
    const place = part?.querySelector(".turn-facts") ?? message.querySelector(".notes .note-words");
    place.append(" ", element);
  }

  const [name] = location.hash.slice(1).split(":~:");
  const quoted = quotedIn(parts(message));

  try {
    const newest = await messageAt(facts.newest);
    if (!newest) return say(null, true, link(facts.removed, facts.newest));
    const last = Number(newest.dataset.edition);
    const state = facts[newest.dataset.state];
    if (newest.dataset.undone) facts.undone = newest.dataset.undone; // a quotation says so (quote.js)
    if (state && newest.dataset.state !== facts.state) say(null, true, link(state, facts.newest));

    const pages = new Map([[own, message], [last, newest]]);
    /** The message as it was in an edition, null where that cannot be known. */
    async function edition(number) {
      if (!pages.has(number)) {
        pages.set(number, messageAt(`${facts.newest}editions/${number}/`).catch(() => null));
      }
      return pages.get(number);
    }

    /** The edition in which what is true of this one is not true any more; 0 where that cannot be known. */
    async function endOf(isTrue) {
      let [as, not] = [own, last];
      for (let tries = 0; not - as > 1; tries += 1) {
        const number = tries < MOST ? not - 1 : (as + not) >> 1;
        const there = await edition(number);
        if (there && isTrue(there)) as = number;
        else not = number;
      }
      return (await edition(not)) ? not : 0;
    }

    for (const part of parts(message)) {
      const words = wordsIn(part);
      const place = quoted.get(part);
      const there = (within) => counterpart(part, within);
      /** The words of the same speaker there; of another none. */
      const said = (within) => {
        const other = there(within);
        return other && other.dataset.speaker === part.dataset.speaker ? wordsIn(other) : undefined;
      };
      const same = (within) => said(within) === words;
      const holds = (within) => stand(words, place, said(within) ?? "");
      const stands = place && holds(newest);
      if (same(newest)) {
        if (part.id === name || !part.id) say(part, false, numbered(facts.same, last));
        continue;
      }
      const changed = await endOf(!there(newest) ? (within) => !!there(within) : place && !stands ? holds : same);
      const changes = changed && `${facts.newest}editions/${changed}/changes/`;
      const compared = changes && (await answers(changes)) ? [" · ", link(facts.compare, changes)] : [];
      const label = stands ? facts.stands : !changed ? facts.other : there(newest) ? facts.changed : facts.without;
      say(part, !stands, numbered(label, stands || !changed ? last : changed), ...compared);
    }
  } catch {
    /* no network: the page's own note stands */
  }
})();
