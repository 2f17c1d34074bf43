/* Were these words changed since? On the page of an edition: the newest page of the message is read, and each turn
 * compared with the turn of the same id there. At the turn that the address names, and at each that differs, it is said
 * in words: unchanged, changed in edition 3 (with the comparison, where there is one), taken out. At the head: withdrawn
 * or removed since. Where no script runs, or nothing answers, the page's own note stands: which edition followed. */
"use strict";

(async () => {
  const message = document.querySelector(".message[data-newest]");
  if (!message) return;
  const facts = message.dataset;
  const own = Number(facts.edition);
  const MOST = 12; // editions that are read to find in which one the words changed
  const UNSEEN = /[\u00ad\u061c\u200e\u200f\u2066-\u2069]/g;

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

  /** Who said what: what must be alike in two editions. */
  const saidIn = (element) => {
    const words = element.querySelector(".turn-words") ?? element;
    const row = words.querySelector(".quote-row");
    const text = row ? words.textContent.replace(row.textContent, "") : words.textContent;
    return `${element.dataset.speaker}\n${text.replace(UNSEEN, "").replace(/\s+/g, " ").trim()}`;
  };
  const parts = (within) => [...within.querySelectorAll(".turn, .words > .prose")];
  const same = (part, other) => saidIn(part) === saidIn(other);
  const counterpart = (part, within) =>
    part.id ? parts(within).find((one) => one.id === part.id) : within.querySelector(".words > .prose");

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

  const changes = (edition) => `${facts.newest}editions/${edition}/changes/`;

  async function sayChanged(part, edition, label) {
    const compared = (await answers(changes(edition))) && [" ", link(facts.compare, changes(edition))];
    say(part, true, numbered(label, edition), ...(compared || []));
  }

  /** The first edition after this one in which a part is not what it is here. */
  async function firstChange(part, editions, newest) {
    for (const [edition, load] of editions) {
      const there = await load();
      const other = there && counterpart(part, there);
      if (!other || !same(part, other)) return [edition, other ? facts.changed : facts.without];
    }
    return [newest, facts.changed];
  }

  try {
    const newest = await messageAt(facts.newest);
    if (!newest) return say(null, true, link(facts.removed, facts.newest));
    const last = Number(newest.dataset.edition);
    const state = facts[newest.dataset.state];
    if (state && newest.dataset.state !== facts.state) say(null, true, link(state, facts.newest));

    const editions = new Map();
    for (let edition = own + 1; edition <= last && edition <= own + MOST; edition += 1) {
      let found = edition === last ? Promise.resolve(newest) : null;
      editions.set(edition, () => (found ??= messageAt(`${facts.newest}editions/${edition}/`)));
    }
    const named = location.hash.slice(1).split(":~:")[0];
    for (const part of parts(message)) {
      const other = counterpart(part, newest);
      if (!other || !same(part, other)) await sayChanged(part, ...(await firstChange(part, editions, last)));
      else if (part.id === named || !part.id) say(part, false, numbered(facts.same, last));
    }
  } catch {
    /* no network: the page's own note stands */
  }
})();
