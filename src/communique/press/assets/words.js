/* Words of a text, as they are searched: the same as search/words.py, sign for sign; the tests hold one against the other.
 *
 * A word is letters, digits and the marks on them; where a script sets no blanks each two neighbouring signs are one. Its
 * forms are {folded, stems, typed}. A language's stemmer is what Snowball 3.1.1 makes for JavaScript; `teach` brings it.
 * Loading it sets `globalThis.words`.
 */
"use strict";

(() => {
  const PAIRED = "\\u0e00-\\u0e4f\\u0e5a-\\u0ecf\\u0eda-\\u0eff\\u1000-\\u103f\\u104a-\\u108f\\u109a-\\u109f\\u1100-\\u11ff\\u1780-\\u17df\\u17ea-\\u17ff\\u3005-\\u3007\\u3041-\\u30ff\\u3130-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\uff66-\\uffdc\\u{20000}-\\u{3ffff}";
  const UNSEEN = "\\u00ad\\u200d\\u2060\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";
  const OF_SIGN = `${UNSEEN}\\u200b\\u200c\\uff9e\\uff9f`;
  const SIGN = new RegExp(`^[${PAIRED}]`, "u");
  const WHOLE_SIGN = new RegExp(`[${PAIRED}][${OF_SIGN}]*`, "gu");
  const RUN = new RegExp(`((?:[${PAIRED}][${OF_SIGN}]*)+)|(?![${PAIRED}])[\\p{L}\\p{N}](?:(?![${PAIRED}])[\\p{L}\\p{N}\\p{Mn}\\p{Mc}${UNSEEN}])*`, "gu");
  const NOT_SEEN = new RegExp(`[${UNSEEN}\\u200b\\u200c]`, "gu");
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/gu;
  const LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ĸ: "k", ŋ: "n", ŧ: "t", ς: "σ",
    ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ہ: "ه", ھ: "ه",
  };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
  const WORD_LETTERS = 64;
  const stemmers = new Map();
  const known = new Map();

  /** The words of a text, in order: {start, end, forms}. */
  function* wordsIn(text, language) {
    for (const run of text.matchAll(RUN)) {
      const [whole, paired] = run;
      const end = run.index + whole.length;
      if (paired === undefined) {
        const forms = formsOf(Array.from(whole).slice(0, WORD_LETTERS).join(""), language);
        if (forms.folded) yield { start: run.index, end, forms };
        continue;
      }
      const signs = signsIn(paired);
      let at = run.index;
      if (signs.length === 1) yield { start: at, end, forms: pairOf(paired) };
      for (let n = 0; n + 1 < signs.length; n += 1) {
        const pair = signs[n] + signs[n + 1];
        yield { start: at, end: at + pair.length, forms: pairOf(pair) };
        at += signs[n].length;
      }
    }
  }

  function formsOf(word, language) {
    const key = `${language} ${word}`;
    const found = known.get(key);
    if (found) return found;
    const shown = lower(word, language);
    const bare = folded(shown).replaceAll(" ", "");
    const stemmer = stemmerOf(language);
    const stems = stemmer ? [...new Set([shown, bare])].flatMap((one) => left(one, stemmer)).map((one) => folded(one) || bare) : [];
    const forms = { folded: bare, stems: [...new Set(stems)], typed: bare === shown ? "" : shown };
    known.set(key, forms);
    return forms;
  }

  /** What the stemmer leaves of a word, and of that, until nothing more goes. */
  function left(word, stemmer) {
    const found = [];
    for (let one = stemmer.stem(word); !found.includes(one); one = stemmer.stem(one)) found.push(one);
    return found;
  }

  /** The signs of a run of a script without blanks, each with what belongs to it. */
  const signsIn = (run) => run.match(WHOLE_SIGN) ?? [];

  const pairOf = (signs) => ({ folded: digits(signs.replace(NOT_SEEN, "").normalize("NFKC").toLowerCase()), stems: [], typed: "" });

  /** Text in lower case without what is folded away. */
  function folded(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text;
    const bare = text.normalize("NFKD").replace(LETTER, (one) => LETTERS[one]).replace(MARKS, "");
    return digits(bare.normalize("NFC"));
  }

  function lower(word, language) {
    const turkic = ["tr", "az"].includes(language.split("-")[0]);
    word = word.replace(NOT_SEEN, "");
    return (turkic ? word.replaceAll("I", "ı").replaceAll("İ", "i") : word).normalize("NFC").toLowerCase();
  }

  /** Digits of every script as 0 to 9: they stand in tens. */
  function digits(text) {
    return text.replace(/\p{Nd}/gu, (one) => {
      const code = one.codePointAt(0);
      let first = code;
      while (/^\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
      return String((code - first) % 10);
    });
  }

  const stemmerOf = (language) => stemmers.get(language) ?? stemmers.get(language.split("-")[0]);

  globalThis.words = {
    folded,
    isPaired: (text) => SIGN.test(text),
    /** What somebody without a person's page is called in the index. */
    nameTerm: (name) => `=${folded(name.toLowerCase()).replace(/[’‘ʼ]/gu, "'").replaceAll("‐", "-")}`,
    /** Whether there is a word in a text; asks no stemmer, which may not have been brought yet. */
    isWorded: (text) => [...text.matchAll(RUN)].some(([word]) => folded(lower(word, "en")).replaceAll(" ", "")),
    pairOf,
    signsIn,
    stemmerOf,
    teach: (language, stemmer) => stemmers.set(language, stemmer),
    wordsIn,
  };
})();
