/* Searches a record in the reader's browser: what search/asked.py, answering.py and the engine do, over static files.
 *
 * `read` reads the fields of a query; `Index` finds units in the files of search/cut.py, which says byte by byte what
 * they are, and gives {total, hits, counts}, and `instead` where nothing was found. `marked` and `excerpt` show them. A query costs four round trips: index.json
 * with names.json; heads, facts and the shards of its words; addresses; messages. Loading it sets `globalThis.sought`.
 */
"use strict";

(() => {
  // What is asked

  const QUERY_LETTERS = 240;
  const VALUE_LETTERS = 120;
  const [WORDS, PAIRS, PAGES, PAGE_HITS] = [12, 24, 50, 20];
  const KEYS = ["q", "speaker", "only", "kind", "section", "place", "language", "from", "to", "order", "page"];
  const QUOTES = { '"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "”": "”" };

  /** A query, read with limits; whatever stands there, something is asked. */
  function read(fields) {
    const kept = {};
    for (const key of KEYS) {
      const value = (fields[key] ?? "").normalize("NFC").replace(/(?![\u00ad\u200d\u2060])[\p{C}\p{Z}]/gu, " ").split(" ").filter(Boolean).join(" ");
      kept[key] = Array.from(value).slice(0, key === "q" ? QUERY_LETTERS : VALUE_LETTERS).join("");
    }
    const pieces = piecesOf(kept.q);
    const isWorded = pieces.some((piece) => piece.isWanted);
    const asked = {
      ...kept,
      pieces,
      only: ["question", "answer"].includes(kept.only) ? kept.only : "",
      since: dayOf(kept.from, false),
      until: dayOf(kept.to, true),
      byDate: !isWorded || kept.order === "date",
      page: /^[0-9]{1,5}$/.test(kept.page) ? Math.min(Math.max(Number(kept.page), 1), PAGES) : 1,
      given: Object.fromEntries(Object.entries(kept).filter(([, value]) => value)),
    };
    asked.isAnything = isWorded || ["speaker", "only", "kind", "section", "place", "since", "until"].some((key) => asked[key]);
    return asked;
  }

  function piecesOf(q) {
    const found = [];
    for (let at = 0; at < q.length && found.length < WORDS; ) {
      if (q[at] === " ") {
        at += 1;
        continue;
      }
      const isWanted = !("-−".includes(q[at]) && at + 1 < q.length && q[at + 1] !== " ");
      const start = isWanted ? at : at + 1;
      const closing = QUOTES[q[start]];
      let end = q.length;
      if (closing) {
        const ends = [...closing].map((one) => q.indexOf(one, start + 1)).filter((one) => one > 0);
        if (ends.length) end = Math.min(...ends);
      } else {
        for (let n = start; n < q.length; n += 1) {
          if (q[n] === " " || (q[n] in QUOTES && n > start)) {
            end = n;
            break;
          }
        }
      }
      const text = q.slice(closing ? start + 1 : start, end).trim();
      at = closing ? end + 1 : end;
      if (globalThis.words.isWorded(text)) found.push({ text, isPhrase: Boolean(closing), isWanted });
    }
    return found;
  }

  const ordinal = (year, month, day) => new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000 + 719_163;
  const dateOf = (day) => new Date((day - 719_163) * 86_400_000).toISOString().slice(0, 10);

  /** The number of a day, of a month's or year's first or last; null for none. */
  function dayOf(text, isLast) {
    const found = /^([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?$/.exec(text);
    if (!found) return null;
    const [year, month] = [Number(found[1]), Number(found[2] ?? (isLast ? 12 : 1))];
    if (year < 1 || month < 1 || month > 12) return null;
    const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
    const day = Number(found[3] ?? 0) || (isLast ? last : 1);
    return day > last ? null : ordinal(year, month, day);
  }

  // A query, resolved

  function resolved(asked, names, page) {
    const isEvery = asked.language === "*";
    const languages = isEvery ? names.languages : [asked.language || page];
    const some = (value, found) => (value ? found(value) : []);
    const speakers = some(asked.speaker, (one) => speakersOf(one, names));
    return {
      clauses: clauses(asked.pieces, languages),
      speakers,
      putTo: asked.only === "question" ? speakers : [],
      units: some(asked.only, (one) => [one]),
      kinds: some(asked.kind, (one) => [one]),
      sections: some(asked.section, (one) => sectionsOf(one, names)),
      places: some(asked.place, (one) => [...new Set([one, one.toLowerCase()])]),
      languages: isEvery ? [] : languages,
      asked: languages,
      since: asked.since,
      until: asked.until,
      byDate: asked.byDate,
    };
  }

  /** The terms of a speaker: persons by their address or any name that they bear or bore, and the name itself. */
  function speakersOf(asked, { persons }) {
    const addressed = persons.filter(([, address]) => address === asked);
    if (addressed.length) return ledTo(addressed, persons);
    const term = globalThis.words.nameTerm(asked);
    const called = persons.filter(([, , name, , before = []]) => [...Object.values(name), ...before].some((one) => globalThis.words.nameTerm(one) === term));
    return [...ledTo(called, persons), term];
  }

  /** Persons with all who were found to be one of them. */
  function ledTo(some, persons) {
    const ends = new Set(some.map(([id]) => endOf(id, persons)));
    const merged = persons.filter(([id, , , to]) => to && ends.has(endOf(id, persons)));
    return [...new Set([...ends, ...merged.map(([id]) => id)])];
  }

  /** Whom everything of a person leads to; who is led round in a circle stays herself. */
  function endOf(id, persons) {
    const seen = new Set([id]);
    let end = id;
    for (;;) {
      const target = persons.find(([one]) => one === end)?.[3];
      if (!target || !persons.some(([one, address]) => one === target && address)) return end;
      if (seen.has(target)) return id;
      seen.add(target);
      end = target;
    }
  }

  function sectionsOf(asked, { sections }) {
    const found = sections.filter(([id, words]) => id === asked || words.includes(asked)).map(([id]) => id);
    return found.length ? found : [asked];
  }

  function clauses(pieces, languages) {
    const { isPaired, pairOf, signsIn, wordsIn } = globalThis.words;
    const found = [];
    let [words, pairs] = [0, 0];
    for (const piece of pieces) {
      const [terms, runs] = [[], []];
      let end = 0;
      for (const at of wordsIn(piece.text, languages[0] ?? "en")) {
        const word = piece.text.slice(at.start, at.end);
        const paired = !at.forms.stems.length && isPaired(word) && pairOf(word).folded === at.forms.folded;
        paired ? (pairs += 1) : (words += 1);
        if (words > WORDS || pairs > PAIRS) break;
        const one = paired ? { forms: [pairOf(word)], isOneSign: signsIn(word).length === 1 } : { forms: formsIn(word, languages), isOneSign: false };
        terms.push(one);
        if (paired && at.start < end) runs.at(-1).push(one);
        else runs.push([one]);
        end = at.end;
      }
      if (terms.length && (piece.isPhrase || (!piece.isWanted && runs.length > 1))) found.push({ terms: wholeOf(terms), isPhrase: true, isWanted: piece.isWanted });
      else for (const run of runs) found.push({ terms: run, isPhrase: run.length > 1, isWanted: piece.isWanted });
    }
    return found;
  }

  /** The words of a phrase without single signs at its ends, which in a text may be half of a word. */
  function wholeOf(terms) {
    const isWhole = (term) => !term.isOneSign;
    const first = terms.findIndex(isWhole);
    return first < 0 ? terms : terms.slice(first, terms.findLastIndex(isWhole) + 1);
  }

  function formsIn(word, languages) {
    const found = new Map();
    for (const language of languages.length ? languages : ["en"]) {
      const [{ forms }] = globalThis.words.wordsIn(word, language);
      found.set(JSON.stringify(forms), forms);
    }
    return [...found.values()];
  }

  // The files

  const FORMAT = 4;
  const SIGN = "\0";
  const SHARDS = { w: () => 4, p: (entries) => (1 < entries && entries < 1024 ? 8 : 2) };
  const TEXT = new TextDecoder();

  function shardOf(key, shards) {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    return value % shards;
  }

  /** Reads varints, texts and bytes one after the other. */
  class Bytes {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    get isMore() {
      return this.at < this.bytes.length;
    }

    number() {
      let [value, step, byte] = [0, 1, 0];
      do {
        byte = this.bytes[this.at++];
        value += (byte & 127) * step;
        step *= 128;
      } while (byte > 127);
      return value;
    }

    take(length) {
      this.at += length;
      return this.bytes.subarray(this.at - length, this.at);
    }

    text() {
      return TEXT.decode(this.take(this.number()));
    }
  }

  /** The entry of a key in a shard; null where there is none. */
  function entryIn(bytes, key) {
    const shard = new Bytes(bytes);
    while (shard.isMore) {
      const name = shard.text();
      const data = shard.take(shard.number());
      if (name === key) return new Bytes(data);
    }
    return null;
  }

  /** The parts of a list: number of the language -> bytes. */
  function partsOf(entry) {
    const parts = new Map();
    for (let number = entry.number(); number; number = entry.number()) parts.set(number, entry.take(entry.number()));
    return parts;
  }

  /** The units of a part with their weights: unit -> weight, 0 where it has none. */
  function unitsIn(bytes) {
    const part = new Bytes(bytes);
    const head = part.number();
    const units = new Map();
    if (head & 1) {
      for (let unit = 0, at = part.at; at < bytes.length; at += 1, unit += 8) {
        for (let bit = 0; bit < 8; bit += 1) if (bytes[at] & (1 << bit)) units.set(unit + bit, 0);
      }
      return units;
    }
    for (let [count, unit] = [head >> 1, -1]; count; count -= 1) {
      unit += part.number();
      units.set(unit, part.bytes[part.at++]);
    }
    return units;
  }

  /** The units of a part of places: unit -> [[place, frequent word before it, after it], …]. */
  function placesIn(bytes, isBeside) {
    const part = new Bytes(bytes);
    const units = new Map();
    const signed = (number) => (isBeside ? [Math.floor(number / 4), number & 3] : [number, 0]);
    const side = (isThere) => (isThere ? part.bytes[part.at++] : 0);
    for (let unit = -1; part.isMore; ) {
      let [step, signs] = signed(part.number());
      unit += 1 + Math.floor(step / 2);
      let more = step & 1 ? part.number() + 1 : 0;
      let place = part.number();
      const places = [[place, side(signs & 2), side(signs & 1)]];
      for (; more; more -= 1) {
        [step, signs] = signed(part.number());
        place += step;
        places.push([place, side(signs & 2), side(signs & 1)]);
      }
      units.set(unit, places);
    }
    return units;
  }

  const headOf = (bytes) => JSON.parse(new Bytes(bytes).text());

  function factsOf(bytes, start, isGone) {
    const part = new Bytes(bytes);
    const head = JSON.parse(part.text());
    const facts = { ...head, messages: [], units: [] };
    let [day, index] = [0, 0];
    while (part.isMore) {
      const step = part.number();
      day = day ? day - step : step;
      const signed = part.number();
      index += signed & 1 ? -Math.floor(signed / 2) : signed / 2;
      const entry = start + part.number();
      const [kind, section, places] = [head.kinds[part.number()], head.sections[part.number()], head.places[part.number()]];
      const number = facts.messages.push({ day, index, kind, section, places, isGone: isGone(entry) }) - 1;
      for (let [count, place] = [part.number(), -1]; count; count -= 1) {
        const sort = part.number();
        place += 1 + (sort & 1 ? part.number() : 0);
        facts.units.push({ message: number, place, sort: head.sorts[sort >> 1] });
      }
    }
    return facts;
  }

  // Finding

  const [K1, B] = [1.2, 0.75];
  const [EXACT_BOOST, TYPED_BOOST] = [0.5, 0.6];
  const LENGTH_RATIO = 1.25;
  const [NEAR_SEGMENTS, NEAR_FROM_LETTERS, FAR_FROM_LETTERS] = [4, 4, 8];
  const [YEARS_COUNTED, SPEAKERS_COUNTED, LANGUAGES_COUNTED] = [80, 12, 40];

  /** A file that index.json named is not there any more. */
  class Gone extends Error {}

  /** The index of a site. `get(path, isFixed)` gives a file's bytes, or null; what is fixed is asked for once. */
  class Index {
    constructor(get) {
      this.get = get;
      this.kept = new Map();
    }

    /** The hits from number `first` on, how many there are, and counts. A file gone means that the index was cut anew. */
    async find(asked, page, first, count) {
      for (let tries = 3; ; tries -= 1) {
        try {
          return await this.findOnce(asked, page, first, count);
        } catch (error) {
          if (!(error instanceof Gone) || tries === 1) throw error;
        }
      }
    }

    async findOnce(asked, page, first, count, isOther = false) {
      const [index, names] = (await Promise.all(["index.json", "names.json"].map((name) => this.get(name, false)))).map((bytes) => bytes && JSON.parse(TEXT.decode(bytes)));
      if (!index || !names) return null;
      if (index.format !== FORMAT) throw new Error(`index.json: is of form ${index.format}, expected ${FORMAT}`); // a page of before, or of later
      const wanted = resolved(asked, names, page);
      const segments = index.segments.map(([entries, number, folder, languages]) => new Segment(this, entries * number, entries, folder, languages));
      const [start, file, languages] = index.tail;
      segments.push(new Segment(this, start, 1, file, languages));
      const some = segments.filter((one) => (wanted.languages.length ? wanted.languages.some((tag) => tag in one.languages) : true));
      const [heads] = await Promise.all([
        Promise.all(segments.map((one) => one.head())),
        ...some.map((one) => one.bring(wanted)),
      ]);
      const gone = new Set(heads.flatMap((head) => head.replaces));
      const weighing = new Weighing(heads, wanted.byDate);
      for (const one of some) await one.open(weighing);
      const hits = [];
      for (const one of some) for (const tag of one.languagesOf(wanted)) await one.hits(tag, wanted, weighing, gone, hits);
      const newer = (a, b) => b.day - a.day || b.index - a.index || a.place - b.place;
      hits.sort(wanted.byDate ? newer : (a, b) => b.score - a.score || newer(a, b));
      const shown = hits.slice(first, first + count);
      await Promise.all(shown.map(async (hit) => (hit.address = await hit.segment.address(hit.tag, hit.message))));
      const instead = hits.length || isOther ? "" : await this.instead(asked, page, wanted, some);
      return { total: hits.length, hits: shown, counts: countsOf(hits, names, page), wanted, instead };
    }

    /** The query with each word that nobody said replaced by the nearest common one that somebody did, if that finds. */
    async instead(asked, page, wanted, segments) {
      const loose = asked.pieces.filter((piece) => piece.isWanted && !piece.isPhrase);
      const words = loose.flatMap(({ text }) => [...globalThis.words.wordsIn(text, page)].map(({ start, end, forms }) => [text.slice(start, end), forms.folded]));
      const unsaid = words.filter(([, folded]) => Array.from(folded).length >= NEAR_FROM_LETTERS && !segments.some((one) => one.has(folded, wanted)));
      if (!unsaid.length) return "";
      const said = new Map();
      for (const one of [...segments.slice(0, NEAR_SEGMENTS), ...segments.slice(-1)]) {
        for (const tag of one.languagesOf(wanted)) {
          const common = TEXT.decode(await one.part(`n/${tag}`)).split("\n").map((line) => line.split(" "));
          for (const [word, often] of common) said.set(word, Number(often) + (said.get(word) ?? 0));
        }
      }
      let { q } = asked;
      for (const [word, folded] of unsaid) q = q.replace(word, () => nearest(folded, said) ?? word);
      if (q === asked.q) return "";
      const other = await this.findOnce(read({ ...asked.given, q }), page, 0, 0, true);
      return other?.total ? q : "";
    }

    /** A file that never changes under its name, asked for once. */
    async fixed(path) {
      if (!this.kept.has(path)) this.kept.set(path, this.get(path, true));
      const bytes = await this.kept.get(path);
      if (!bytes) {
        this.kept.delete(path);
        throw new Gone(path);
      }
      return bytes;
    }
  }

  /** One segment, or the tail, whose parts lie in one file. */
  class Segment {
    constructor(index, start, shards, folder, languages) {
      Object.assign(this, { index, start, shards, folder, languages, isTail: shards === 1, lists: new Map() });
    }

    async part(name) {
      if (!this.isTail) return this.index.fixed(`${this.folder}/${name}`);
      const whole = new Bytes(await this.index.fixed(this.folder));
      const places = JSON.parse(whole.text());
      const [at, length] = places[name] ?? [0, 0];
      return whole.bytes.subarray(whole.at + at, whole.at + at + length);
    }

    shard(sort, key) {
      return this.part(`${sort}/${shardOf(key, this.shards * SHARDS[sort](this.shards))}`);
    }

    async head() {
      return JSON.parse(TEXT.decode(await this.part("head")));
    }

    /** Whether a word that was asked for stands in it, in a language that is asked. */
    has(folded, wanted) {
      const numbers = this.languagesOf(wanted).map((tag) => this.numberOf(tag));
      return [...this.lists.values()].some((forms) => forms.some((form) => form.folded === folded && numbers.some((number) => form.parts.has(number))));
    }

    languagesOf({ languages }) {
      return Object.keys(this.languages).filter((tag) => !languages.length || languages.includes(tag));
    }

    numberOf(tag) {
      return Object.keys(this.languages).indexOf(tag) + 1;
    }

    /** Fetch facts and shards. Which shards a phrase needs, the facts say, which a browser mostly has. */
    async bring(wanted) {
      const words = wanted.clauses.filter((clause) => !isPlaced(clause)).flatMap((clause) => clause.terms.flatMap(keysOf));
      const shards = Promise.all(words.map((key) => this.shard("w", key)));
      const facts = await Promise.all(this.languagesOf(wanted).map(async (tag) => [tag, headOf(await this.part(`f/${tag}`)).frequent]));
      this.frequent = new Map(facts.map(([tag, frequent]) => [tag, new Map(frequent.map((word, n) => [word, n + 1]))]));
      this.keys = [...words.map((key) => ["w", key]), ...wanted.clauses.filter(isPlaced).flatMap((clause) => this.placesOf(clause)).map((key) => ["p", key])];
      await Promise.all([shards, ...this.keys.filter(([sort]) => sort === "p").map(([sort, key]) => this.shard(sort, key))]);
    }

    /** The keys of a phrase: in each language its words that are not frequent there, and pairs of those that are. */
    placesOf(clause) {
      const all = clause.terms.map((term) => term.forms[0].folded);
      const found = new Set();
      for (const frequent of this.frequent.values()) {
        all.forEach((word, n) => {
          if (!frequent.has(word)) found.add(word);
          else if (frequent.has(all[n + 1])) found.add(`${word} ${all[n + 1]}`);
        });
      }
      return [...found];
    }

    /** Read the lists of all words, and tell how many units have each. */
    async open(weighing) {
      for (const [sort, key] of this.keys) {
        const name = sort + key;
        if (this.lists.has(name)) continue;
        const entry = entryIn(await this.shard(sort, key), key);
        const forms = [];
        if (sort === "p") {
          if (entry) forms.push({ parts: partsOf(entry) });
        } else while (entry?.isMore) forms.push({ folded: entry.text(), typed: entry.text(), parts: partsOf(entry) });
        for (const form of forms) {
          form.units = new Map();
          for (const [number, bytes] of form.parts) {
            const frequent = this.frequent.get(Object.keys(this.languages)[number - 1]);
            if (sort === "w") form.units.set(number, unitsIn(bytes));
            else if (frequent) form.units.set(number, placesIn(bytes, frequent.size > 0 && !key.includes(" ")));
          }
        }
        this.lists.set(name, forms);
        weighing.count(sort, key, forms);
      }
    }

    /** Add the hits in a language. */
    async hits(tag, wanted, weighing, gone, hits) {
      const number = this.numberOf(tag);
      const facts = factsOf(await this.part(`f/${tag}`), this.start, (entry) => gone.has(entry));
      const positive = wanted.clauses.filter((clause) => clause.isWanted);
      let scores = null;
      for (const clause of positive) {
        const found = this.clause(clause, tag, number, weighing);
        if (scores === null) scores = found;
        else for (const [unit, score] of scores) found.has(unit) ? scores.set(unit, score + found.get(unit)) : scores.delete(unit);
        if (!scores.size) return;
      }
      if (scores === null) scores = new Map(facts.units.map((_, unit) => [unit, 0]));
      for (const clause of wanted.clauses) if (!clause.isWanted) for (const unit of this.clause(clause, tag, number, weighing).keys()) scores.delete(unit);
      for (const [unit, score] of scores) {
        const { message, place, sort } = facts.units[unit];
        const about = facts.messages[message];
        if (about.isGone || !fits(about, sort, wanted)) continue;
        hits.push({ segment: this, tag, message, place, sort, kind: about.kind, names: facts.names, day: about.day, index: about.index, score: Math.round(score * 1000) / 1000 });
      }
    }

    /** The units that have what a clause asks for, with their scores. */
    clause(clause, tag, number, weighing) {
      if (isPlaced(clause)) return this.phrase(clause, tag, number, weighing);
      let all = null;
      for (const term of clause.terms) {
        const found = this.term(term, clause.isPhrase, tag, number, weighing);
        if (all === null) all = found;
        else for (const [unit, score] of all) found.has(unit) ? all.set(unit, score + found.get(unit)) : all.delete(unit);
      }
      return all ?? new Map();
    }

    term(term, isExact, tag, number, weighing) {
      const scores = new Map();
      const add = (unit, score) => scores.set(unit, (scores.get(unit) ?? 0) + score);
      if (term.isOneSign) {
        for (const form of this.lists.get(`w${SIGN}${term.forms[0].folded}`) ?? []) for (const unit of form.units.get(number)?.keys() ?? []) scores.set(unit, 1);
        return scores;
      }
      const stems = isExact || !globalThis.words.stemmerOf(tag) ? [] : [...new Set(term.forms.flatMap((forms) => forms.stems))];
      for (const stem of stems) {
        const often = new Map();
        for (const form of this.lists.get(`w${stem}`) ?? []) for (const [unit, weight] of form.units.get(number) ?? []) often.set(unit, joined(often.get(unit), weight));
        for (const [unit, weight] of often) add(unit, weighing.of(`s${stem}`, weight));
      }
      const folded = new Set(term.forms.map((forms) => forms.folded));
      const typed = isExact ? new Set() : new Set(term.forms.map((forms) => forms.typed).filter(Boolean));
      const exact = new Map();
      const alike = new Map();
      for (const form of new Map(keysOf(term).flatMap((key) => this.lists.get(`w${key}`) ?? []).filter((one) => folded.has(one.folded)).map((one) => [`${one.folded} ${one.typed}`, one])).values()) {
        for (const [unit, weight] of form.units.get(number) ?? []) {
          const name = `${form.folded} ${unit}`;
          exact.set(name, [unit, `x${form.folded}`, joined(exact.get(name)?.[2], weight)]);
          if (typed.has(form.typed)) alike.set(`${form.typed} ${unit}`, [unit, form.typed]);
        }
      }
      const boost = term.forms.some((forms) => forms.stems.length) && !isExact ? EXACT_BOOST : 1;
      for (const [unit, key, weight] of exact.values()) add(unit, boost * weighing.of(key, weight));
      for (const [unit, key] of alike.values()) add(unit, TYPED_BOOST * weighing.of(`t${key}`, 0));
      return scores;
    }

    /** Where a phrase begins, by each of its words and pairs that have places; where all agree, it stands. */
    phrase(clause, tag, number, weighing) {
      const all = clause.terms.map((term) => term.forms[0].folded);
      const frequent = this.frequent.get(tag);
      const ids = all.map((word) => frequent.get(word) ?? 0);
      let starts = null;
      all.forEach((word, n) => {
        if (ids[n] && !ids[n + 1]) return;
        const units = this.lists.get(`p${ids[n] ? `${word} ${all[n + 1]}` : word}`)?.[0]?.units.get(number) ?? new Map();
        const fits = ([place, before, after]) => place >= n && (ids[n] || ((!ids[n - 1] || before === ids[n - 1]) && (!ids[n + 1] || after === ids[n + 1])));
        const found = new Map();
        for (const [unit, places] of units) {
          if (starts && !starts.has(unit)) continue;
          const some = places.filter(fits).map(([place]) => place - n).filter((start) => !starts || starts.get(unit).includes(start));
          if (some.length) found.set(unit, some);
        }
        starts = found;
      });
      const names = all.filter((_, n) => !ids[n]).map((word) => `p${word}`);
      return new Map([...starts].map(([unit, some]) => [unit, weighing.phrase(names, some.length)]));
    }

    async address(tag, message) {
      let before = 0;
      for (const [other, [, messages]] of Object.entries(this.languages)) {
        if (other === tag) break;
        before += messages;
      }
      const place = before + message;
      const block = TEXT.decode(await this.part(`a/${Math.floor(place / 16)}`));
      return block.split("\n")[place % 16];
    }
  }

  const isPlaced = (clause) => clause.isPhrase && clause.terms.length > 1;
  const keysOf = ({ forms, isOneSign }) => (isOneSign ? [SIGN + forms[0].folded] : [...new Set(forms.flatMap((one) => (one.stems.length ? one.stems : [one.folded])))]);

  /** Two weights as one: how often together, in a unit of the same length. */
  const joined = (before, weight) => (before ? (Math.min(7, (before >> 5) + (weight >> 5)) << 5) | (weight & 31) : weight);

  function fits(about, [unit, speakers, putTo], wanted) {
    const has = (some, one) => !some.length || some.includes(one);
    return (
      has(wanted.units, unit) &&
      has(wanted.kinds, about.kind) &&
      has(wanted.sections, about.section) &&
      (!wanted.places.length || about.places.some((one) => wanted.places.includes(one))) &&
      (!wanted.speakers.length || speakers.some((one) => wanted.speakers.includes(one)) || putTo.some((one) => wanted.putTo.includes(one))) &&
      (wanted.since === null || about.day >= wanted.since) &&
      (wanted.until === null || about.day <= wanted.until)
    );
  }

  /** BM25, as Tantivy has it. */
  class Weighing {
    constructor(heads, isIdle) {
      this.isIdle = isIdle;
      this.units = heads.reduce((sum, head) => sum + Object.values(head.languages).reduce((all, [units]) => all + units, 0), 0);
      this.average = heads.reduce((sum, head) => sum + head.words, 0) / Math.max(this.units, 1);
      this.with = new Map();
    }

    count(sort, key, forms) {
      if (this.isIdle) return;
      const add = (name, units) => this.with.set(name, (this.with.get(name) ?? 0) + units);
      const [stem, folded, typed] = [new Map(), new Map(), new Map()];
      for (const form of forms) {
        for (const [number, units] of form.units) {
          for (const unit of units.keys()) {
            const name = `${number} ${unit}`;
            stem.set(name, 1);
            if (sort === "p") continue;
            (folded.get(form.folded) ?? folded.set(form.folded, new Set()).get(form.folded)).add(name);
            if (form.typed) (typed.get(form.typed) ?? typed.set(form.typed, new Set()).get(form.typed)).add(name);
          }
        }
      }
      add((sort === "p" ? "p" : "s") + key, stem.size);
      for (const [name, units] of folded) add(`x${name}`, units.size);
      for (const [name, units] of typed) add(`t${name}`, units.size);
    }

    rarity(name) {
      const often = this.with.get(name) ?? 0;
      return Math.log(1 + (this.units - often + 0.5) / (often + 0.5));
    }

    /** What a word counts in a unit; one without a weight stands there once, in a unit like any other. */
    of(name, weight) {
      if (this.isIdle) return 0;
      const often = weight >> 5 || 1;
      const length = weight ? LENGTH_RATIO ** (weight & 31) / this.average : 1;
      return (this.rarity(name) * (1 + K1) * often) / (often + K1 * (1 - B + B * length));
    }

    phrase(names, often) {
      if (this.isIdle) return 0;
      return (names.reduce((sum, name) => sum + this.rarity(name), 0) * (1 + K1) * often) / (often + K1);
    }
  }

  function countsOf(hits, names, page) {
    const [years, speakers, languages] = [new Map(), new Map(), new Map()];
    const called = new Map();
    const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const hit of hits) {
      count(years, Number(dateOf(hit.day).slice(0, 4)));
      count(languages, hit.tag);
      for (const one of hit.sort[1]) {
        count(speakers, one);
        if (hit.names[one]) called.set(one, hit.names[one]);
      }
    }
    const most = (counts, size) => [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, size);
    const persons = new Map();
    for (const [term, often] of most(speakers, SPEAKERS_COUNTED)) {
      const person = names.persons.find(([id]) => id === endOf(term, names.persons));
      const name = called.get(term) ?? person?.[2][page] ?? Object.values(person?.[2] ?? {})[0];
      const finds = called.has(term) ? name : person?.[1] ?? name;
      if (name) persons.set(`${finds}\n${name}`, [finds, name, (persons.get(`${finds}\n${name}`)?.[2] ?? 0) + often]);
    }
    return {
      years: [...years].sort(([a], [b]) => b - a).slice(0, YEARS_COUNTED),
      speakers: [...persons.values()].sort(([, , n], [, , m]) => m - n),
      languages: most(languages, LANGUAGES_COUNTED),
    };
  }

  // What a mistyped word may mean

  /** The word that looks most like this one, of those the commonest in the languages that are asked; null where none does. */
  function nearest(word, said) {
    const letters = Array.from(word);
    const limit = letters.length >= FAR_FROM_LETTERS ? 2 : 1;
    let best = null;
    const isBetter = (far, often, other) => !best || far < best.far || (far === best.far && (often > best.often || (often === best.often && other < best.other)));
    for (const [other, often] of said) {
      const signs = Array.from(other);
      if (signs[0] !== letters[0] || Math.abs(signs.length - letters.length) > limit) continue;
      const far = distance(letters, signs);
      if (far <= limit && isBetter(far, often, other)) best = { far, often, other };
    }
    return best && best.other;
  }

  /** How many letters differ, are missing, too many or exchanged with their neighbour. */
  function distance(one, other) {
    let [before, last] = [[], other.map((_, n) => n).concat(other.length)];
    one.forEach((letter, row) => {
      const now = [row + 1];
      other.forEach((sign, column) => {
        let cost = Math.min(last[column + 1] + 1, now[column] + 1, last[column] + (letter !== sign));
        if (row && column && letter === other[column - 1] && one[row - 1] === sign) cost = Math.min(cost, before[column - 1] + 1);
        now.push(cost);
      });
      [before, last] = [last, now];
    });
    return last.at(-1);
  }

  // Showing

  /** A text in pieces: [words, whether they are what was asked for]. */
  function marked(text, language, wanted) {
    const asked = wanted.clauses.filter((clause) => clause.isWanted);
    const terms = asked.flatMap((clause) => clause.terms);
    const exact = new Set(terms.filter((term) => !term.isOneSign).flatMap((term) => term.forms.map((forms) => forms.folded)));
    const signs = terms.filter((term) => term.isOneSign).map((term) => term.forms[0].folded);
    const stems = new Set(asked.filter((clause) => !clause.isPhrase).flatMap((clause) => clause.terms.flatMap((term) => term.forms.flatMap((forms) => forms.stems))));
    const spans = [];
    for (const { start, end, forms } of globalThis.words.wordsIn(text, language)) {
      if (!exact.has(forms.folded) && !forms.stems.some((stem) => stems.has(stem)) && !signs.some((sign) => forms.folded.includes(sign))) continue;
      if (spans.length && start <= spans.at(-1)[1]) spans.at(-1)[1] = end;
      else spans.push([start, end]);
    }
    const found = [];
    let end = 0;
    for (const [start, stop] of spans) {
      found.push([text.slice(end, start), false], [text.slice(start, stop), true]);
      end = stop;
    }
    return [...found, [text.slice(end), false]].filter(([words]) => words);
  }

  /** So many letters of a text around the first marked words, cut at blanks where there are any. */
  function excerpt(pieces, letters, before) {
    const whole = pieces.map(([words]) => words).join("");
    const flat = ([words, hit]) => [words.replace(/\s+/gu, " "), hit];
    if (whole.length <= letters) return pieces.map(flat);
    let [first, place] = [0, 0];
    for (const [words, hit] of pieces) {
      if (hit) {
        first = place;
        break;
      }
      place += words.length;
    }
    let start = Math.max(0, Math.min(first - before, whole.length - letters));
    let stop = Math.min(whole.length, start + letters);
    if (start) {
      const blank = whole.slice(start, first).indexOf(" ");
      if (blank >= 0) start += blank + 1;
    }
    if (stop < whole.length) {
      const blank = whole.slice(Math.max(start, first), stop).lastIndexOf(" ") + Math.max(start, first);
      if (blank > start + letters / 2) stop = blank;
    }
    const found = start ? [["… ", false]] : [];
    place = 0;
    for (const [words, hit] of pieces) {
      const cut = words.slice(Math.max(0, start - place), Math.max(0, stop - place));
      if (cut) found.push(flat([cut, hit]));
      place += words.length;
    }
    return stop < whole.length ? [...found, [" …", false]] : found;
  }

  globalThis.sought = { Index, KEYS, PAGES, PAGE_HITS, dateOf, excerpt, marked, read };
})();
