/* Are these words in a record, and do they still stand? What `communique quote` does, for a browser.
 *
 * `saidIn` is the same as in edition/quoted.py, sign for sign: what copying does is looked through, what changes the
 * meaning is not. `ask` finds quoted words in a record of static files and has `verifier.js` prove the edition that
 * has them; `inSaved` looks into one saved edition. Both give one of four verdicts: witnessed, recorded, superseded,
 * absent. Loading it sets `globalThis.quotes`.
 *
 * Words without an address are found by prints: a print is the hash of three words in a row, and of any four of them
 * in a row the least is kept, so six words have one for certain. /check/words/ holds which entry has which print, in
 * blocks of 16, 64, 256 … entries, each block in a fourth as many parts by the print's last bits, each part written
 * when its time has come (edition/print_files.py describes it). So an archive of a million entries answers with some
 * twenty small files for a print, all asked for at once, and of the words only those bits leave the reader.
 */
"use strict";

(() => {
  // The same words

  const INVISIBLE = /[\u00ad\u034f\u061c\u0640\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202c\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/gu;
  const UNSEEN = new RegExp(`^${INVISIBLE.source}$`, "u");
  const LIGATURE = /^[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc]$/u;
  const QUOTES = "'\"`´«»‘’‚‛“”„‟‹›「」『』〝〞〟＂＇ʼ׳״";
  const DASHES = "-‐‑‒–—―−⸺﹘﹣－";
  const NO_BLANKS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3000-\\u303f\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff00-\\uff0f\\uff1a-\\uff1f\\u{20000}-\\u{3ffff}";
  const UNSPACED = new RegExp(`[${NO_BLANKS}]`, "gu");
  const isUnspaced = (sign) => new RegExp(`^[${NO_BLANKS}]`, "u").test(sign);
  const OMISSION = /[[(（［][\s]*(?:…+|⋯+|\.\s*\.\s*\.)[\s]*[\])）］]/gu;
  const NEGATIONS = new Set((
    "not no never nor neither cannot none nobody nothing nowhere without ne pas non jamais ni sans rien aucun " +
    "aucune nullement nicht nichts kein keine keinen keinem keiner keines keinerlei nie niemals niemand " +
    "niemanden niemandem nirgends ohne weder nein nunca jamás nada nadie sin ningún ninguna ninguno tampoco não " +
    "nem sem ninguém nenhum nenhuma mai né senza nulla niente nessun nessuno nessuna niet niets geen nooit " +
    "zonder inte ikke ingen inget ingenting bez nigdy nikt nikdo δεν μη μην όχι χωρίς ποτέ τίποτα κανείς κανένας " +
    "καμία κανένα ούτε не ни нет ничего никто никого никому нигде никогда без нельзя ні немає нічого ніхто لا لم " +
    "لن ليس ليست لسنا لست ليسوا غير بدون دون نه نیست לא אין בלי אינו אינה איננו बिना नहीं न मत ना 안 못 değil hiç " +
    "kimse asla"
  ).split(" "));
  const GLUED = ["و", "ف", "ו", "ש", "וש"];
  const NEGATION_SIGNS = "不没沒無无非未勿莫别別否";
  const NEGATION_ENDINGS = ["ない", "なかっ", "なく", "ません", "ぬ", "ず"];
  const NEGATION_BEGINNINGS = ["않", "못", "아니", "없"];
  const ELIDED = new Set("l d j s m t c qu jusqu lorsqu puisqu quoiqu dell all nell sull dall un quest quell".split(" "));
  const PIECE_WORDS = 3;
  const SENTENCE_END = /[.!?…؟।]['"’”»]*[ \u00a0\u202f\n]|[。！？\n]/u;
  const GAPS = " \u00a0\u2007\u2008\u2009\u202f";
  const IN_NUMBERS = `.,:/٫٬،·'’${GAPS}`;
  const COUNTED_SIGNS = "万億亿兆千百十割％";
  const NUMERALS = "〇零一二三四五六七八九十百千万萬億亿兆两兩廿卅";
  const POWERS = "×⁻⁺";
  const NUMBERS_APART = /\p{Nd}\s*[\t\n\r]\s*(?=\p{Nd})/gu;
  const NUMBER_GOES_ON = /^[ \u00a0\u2007-\u2009\u202f](?:milli|milh|milion|mill[oó]n|miliard|milj|milyon|milyar|bil[lh]|bilion|tril[lyi]|thousand(?!s)|hundred(?!s)|dozen|crore|lakh|tausend|hundert|dutzend|tys|(?:mille|mil|mila|mio|mln|mrd|mld|md|mds|bn|bln|mn|tn|trn|tsd|bin|yüz)(?![a-zà-ž])|тысяч|тисяч|тыс|тис|миллион|миллиард|мільйон|мільярд|трил|млн|млрд|трлн|εκατ|δισ|χιλ|τρισ|مليون|مليار|ملايين|تريليون|ألف|آلاف|מיליון|מיליארד|טריליון|אלף|אלפי|अरब|खरब|करोड़|लाख|हज़ार|हजार|ล้าน|แสน|หมื่น|พัน|ร้อย|[万萬億亿兆千百]|per ?cent|prozent|procent|pour cent|por cien|por cento|процент|відсот|τοις εκατ|بالمئة|بالمائة|في المئة|في المائة|אחוז|प्रतिशत)/iu;
  const NUMBERS_IN_WORDS = new Set((
    "half one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand un une " +
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente " +
    "quarante cinquante soixante septante huitante nonante cent cents mille ein eins eine einer einen zwei zwo " +
    "drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn " +
    "neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend anderthalb " +
    "eineinhalb zweieinhalb uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince " +
    "dieciséis veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos " +
    "trescientos quinientos mil um uma dois duas três quatro sete oito nove dez doze treze vinte trinta quarenta " +
    "cinquenta sessenta oitenta cem cento duzentos trezentos quinhentos due tre quattro cinque sei sette otto " +
    "dieci undici dodici tredici venti trenta cinquanta sessanta settanta ottanta novanta duecento trecento mila " +
    "jeden jedna dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście piętnaście " +
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sto dwieście trzysta pięćset bir iki üç dört beş altı yedi " +
    "sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin один одна одного две два двух три " +
    "трёх трех четыре четырёх четырех пять пяти шесть шести семь семи восемь восьми девять девяти десять десяти " +
    "одиннадцать двенадцать пятнадцать двадцать двадцати тридцать тридцати сорок пятьдесят шестьдесят семьдесят " +
    "восемьдесят девяносто сто ста двести триста четыреста пятьсот полтора полторы одну дві двох троє трьох " +
    "чотири чотирьох шість сім вісім ять дванадцять двадцять тридцять ятдесят двісті пів ένα ένας μία δύο τρία " +
    "τρεις τέσσερα τέσσερις πέντε έξι επτά εφτά οκτώ οχτώ εννέα εννιά δέκα δώδεκα δεκαπέντε είκοσι τριάντα " +
    "σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα εκατό διακόσια τριακόσια πεντακόσια واحد ثلاثة ثلاث أربعة " +
    "أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون " +
    "خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتا مئتي مائتا مائتي שני שתי שלושה שלוש " +
    "ארבעה ארבע חמישה חמש שישה שש שבעה שבע שמונה תשעה תשע עשרה עשר עשרים שלושים ארבעים חמישים שישים שבעים שמונים " +
    "תשעים מאה מאתיים एक दो तीन चार पाँच पांच छह छः सात आठ नौ दस ग्यारह बारह पंद्रह बीस पच्चीस तीस चालीस पचास साठ " +
    "सत्तर अस्सी नब्बे सौ डेढ़ ढाई"
  ).split(" "));
  const LONGEST_IN_WORDS = 32;
  const STOPS = ".!?…؟।。！？:;：；·";
  const BLANK = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;
  const WORD = /^[\p{L}\p{M}\p{N}]/u;
  const FIRST_WORD = /^["'“”‘’«»)]*\s+[\s"'“”„‘’«»(—–]*([^\s.,;:!?…"“”«»()—–]+)/u;
  const LAST_WORD = /([^\s.,;:!?…"“”«»()—–]+)\s+[\s"'“”„‘’«»(—–]*$/u;
  const RULES = [
    [/\.(?: *[.…])+|…(?: *[.…])*/gu, "…"],
    [/ +/gu, " "],
    [/-+/gu, "-"],
    [/ - /gu, "-"],
    [/ /gu, "", (before, after) => !before || !after || /^['…;:!?%؟؛،；：！？]/u.test(after) || /['…]/u.test(before) || (isUnspaced(before) && isUnspaced(after) && !(isDigit(before) && isDigit(after)))],
    [/'+/gu, "'"],
  ];
  const isWord = (sign) => WORD.test(sign);
  const isDigit = (sign) => /^\p{Nd}/u.test(sign);
  const isNumber = (sign) => /^\p{N}/u.test(sign);
  const signsOf = (text) => Array.from(text);
  const seen = (text) => text.replace(INVISIBLE, "");

  /** A text in the form in which quotations are compared: {text, places}. */
  function plain(whole) {
    let [text, places, at] = ["", [], 0];
    for (const sign of whole) {
      if (!UNSEEN.test(sign)) {
        for (const one of LIGATURE.test(sign) ? sign.normalize("NFKC") : sign) {
          const counts = BLANK.test(one) ? " " : QUOTES.includes(one) ? "'" : DASHES.includes(one) ? "-" : one;
          text += counts;
          for (let unit = 0; unit < counts.length; unit += 1) places.push(at + (counts.length > 1 ? unit : 0));
        }
      }
      at += sign.length;
    }
    for (const [pattern, by, fits] of RULES) { // no pattern looks behind itself: older telephones would not read the file
      let [kept, spots, done] = ["", [], 0];
      for (const { 0: match, index } of text.matchAll(pattern)) {
        if (fits && !fits(signBefore(text, index), text.slice(index + match.length, index + match.length + 2))) continue;
        kept += text.slice(done, index) + by;
        spots = spots.concat(places.slice(done, index), places.slice(index, index + by.length));
        done = index + match.length;
      }
      [text, places] = [kept + text.slice(done), spots.concat(places.slice(done))];
    }
    return { text, places };
  }

  /** The sign that ends at a place: two units where it is one of the far planes. */
  const signBefore = (text, at) => (/[\udc00-\udfff]/.test(text[at - 1] ?? "") ? text.slice(at - 2, at) : text.slice(Math.max(at - 1, 0), at));
  const trimmed = (text) => text.replace(/^[ ']+|[ ']+$/gu, "");

  /** The pieces of a quotation between its omissions. */
  function piecesOf(quote) {
    const told = seen(quote).normalize("NFC").replace(OMISSION, "\u0001");
    return told
      .split("\u0001")
      .map((piece) => trimmed(trimmed(plain(piece).text).replace(/^…|…$/gu, "")))
      .filter((piece) => signsOf(piece).some(isWord));
  }

  const wordsOf = (text) => text.replace(UNSPACED, " $& ").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

  function lengthOf(piece) {
    const found = wordsOf(piece);
    const unspaced = found.filter(isUnspaced).length;
    return found.length - unspaced + Math.floor(unspaced / 2);
  }

  /** Where quoted words stand in a text, a span for each piece; null where they do not. */
  function saidIn(text, quote) {
    const pieces = piecesOf(quote);
    if (!pieces.length || (pieces.length > 1 && pieces.some((piece) => lengthOf(piece) < PIECE_WORDS))) return null;
    const spans = found(text, plain(text), pieces, 0, null);
    return spans && apart(...spans.map(([first, last]) => text.slice(first, last))) <= apart(quote) ? spans : null;
  }

  function found(text, passage, pieces, start, after) {
    const [piece, ...rest] = pieces;
    for (let at = passage.text.indexOf(piece, start); at >= 0; at = passage.text.indexOf(piece, at + 1)) {
      const first = passage.places[at];
      const lastAt = passage.places[at + piece.length - 1];
      const last = lastAt + signsOf(text.slice(lastAt))[0].length;
      if (isWhole(text, first, last, after !== null, rest.length > 0) && mayGo(after === null ? "" : text.slice(after, first))) {
        if (!rest.length) return [[first, last]];
        const more = found(text, passage, rest, at + piece.length, last);
        if (more) return [[first, last], ...more];
      }
    }
    return null;
  }

  /** How often the numbers of two cells or two lines stand side by side: they are not one number. */
  const apart = (...texts) => texts.reduce((sum, text) => sum + [...seen(text).matchAll(NUMBERS_APART)].length, 0);

  function mayGo(gap) {
    const told = gap.replace(new RegExp(`[ \\n\\u00a0\\u202f${QUOTES.replace(/[\]\\^-]/g, "\\$&")}]+$`, "u"), "");
    return !negated(gap) && (!SENTENCE_END.test(`${gap} `) || [...".!?…؟।。！？"].some((stop) => told.endsWith(stop)));
  }

  function negated(text) {
    const told = seen(text);
    return (
      wordsOf(told).some(isNegation) ||
      /n['’]t(?![\p{L}\p{N}])|(?:^|[^\p{L}\p{N}])n['’]/iu.test(told) ||
      signsOf(told).some((sign) => NEGATION_SIGNS.includes(sign)) ||
      NEGATION_ENDINGS.some((one) => told.includes(one))
    );
  }

  function isNegation(word) {
    const told = word.toLowerCase();
    return NEGATIONS.has(told) || NEGATION_BEGINNINGS.some((one) => told.startsWith(one)) || GLUED.some((one) => told.startsWith(one) && NEGATIONS.has(told.slice(one.length)));
  }

  function isWhole(text, first, last, gapBefore, gapAfter) {
    const [before, here, after] = [seen(text.slice(0, first)), signsOf(seen(text.slice(first, last))), seen(text.slice(last))];
    return (
      begins(signsOf(before), here) &&
      ends(here, signsOf(after)) &&
      (gapBefore || !isWord(here[0]) || !endsInNegation(before)) &&
      (gapAfter || STOPS.includes(here.at(-1)) || !beginsWithNegation(after))
    );
  }

  function begins(before, here) {
    if (!before.length || !isWord(here[0])) return true;
    const [further, sign] = before.length > 1 ? before.slice(-2) : ["", before[0]];
    if (isWord(sign)) return isApart(sign, here[0]);
    const glued = further !== "" && isWord(further);
    if ("'’ʼ׳״".includes(sign) && glued) return ELIDED.has(wordsOf(before.slice(0, -1).join("")).at(-1).toLowerCase());
    if (isNumber(here[0]) && "-‐‑−–+±%٪".includes(sign) && (sign !== "–" || glued)) return false;
    if ("-‐‑".includes(sign) && glued) return false;
    if ((isNumber(further) || endsInNumber(before.slice(0, -1))) && NUMBER_GOES_ON.test(sign + here.slice(0, 16).join(""))) return false;
    if (!isNumber(here[0])) return true;
    return !((POWERS + IN_NUMBERS).includes(sign) && isNumber(further)) && !(GAPS.includes(sign) && ["−", "±"].includes(further));
  }

  function ends(here, after) {
    const end = here.at(-1);
    if (!after.length || !isWord(end)) return true;
    const [sign, further = ""] = after;
    if (isNumber(end) && COUNTED_SIGNS.includes(sign)) return false;
    if (isWord(sign)) return isApart(end, sign);
    if ("'’ʼ׳״-‐‑".includes(sign) && further && isWord(further)) return false;
    const told = after.slice(0, 16).join("");
    if (endsInNumber(here) && NUMBER_GOES_ON.test(told)) return false;
    if (!isNumber(end)) return true;
    if (/^\s?[%‰°٪]/u.test(told) || NUMBER_GOES_ON.test(told)) return false;
    return !(`–−${POWERS}${IN_NUMBERS}`.includes(sign) && isNumber(further));
  }

  /** Whether a word may end between two of its signs: of a script without blanks, and not inside of a number. */
  function isApart(one, other) {
    if ([one, other].every((sign) => isNumber(sign) || NUMERALS.includes(sign))) return false;
    return (isUnspaced(one) || isUnspaced(other)) && !/^\p{M}/u.test(other);
  }

  /** Whether the last word is a number in words, also behind what is written as one with it. */
  function endsInNumber(signs) {
    if (!signs.length || !isWord(signs.at(-1))) return false;
    const told = wordsOf(signs.slice(-LONGEST_IN_WORDS).join("")).at(-1).toLowerCase();
    return NUMBERS_IN_WORDS.has(told) || GLUED.some((one) => told.startsWith(one) && NUMBERS_IN_WORDS.has(told.slice(one.length)));
  }

  function endsInNegation(before) {
    const word = LAST_WORD.exec(before);
    const near = signsOf(before).slice(-2);
    return Boolean(word && negated(word[1])) || (near.length > 0 && isWord(near.at(-1)) && near.some((sign) => NEGATION_SIGNS.includes(sign)));
  }

  function beginsWithNegation(after) {
    const word = FIRST_WORD.exec(after);
    const [next = ""] = after;
    return Boolean(word && negated(word[1])) || (next !== "" && NEGATION_SIGNS.includes(next)) || NEGATION_ENDINGS.some((one) => after.startsWith(one));
  }

  // The sentence around them, as edition/sentence.py has it

  const ENDS = /[.!?…؟।;\u037e]+['"’”“»«)\]]*(?=[ \u00a0\u202f\n]|$)|[。！？]+['"’”»」』）]*|\n/gu;
  const MARKS = /[“”„«»「」『』"\n]/gu;
  const SHORTENED = new Set((
    "mr mrs ms mx dr prof gen col lt sgt capt maj adm cmdr rev hon st ste sr sra srta dra sen rep gov pres amb messrs mme " +
    "mlle mgr hr fr hrn ing lic exmo exma sig dott avv ks płk inż проф акад ген полк им св гг ул δρ κα vs ca cf approx"
  ).split(" "));
  const isGreek = (sign) => /^[\u0370-\u03ff\u1f00-\u1fff]$/u.test(sign);
  const asks = (text) => /[?؟？\u037e]/u.test(text) || /[\u0370-\u03ff\u1f00-\u1fff];/u.test(text);

  /** Whether a sign that may end a sentence does not. */
  function goesOn(text, stop, end) {
    const sign = text[stop];
    if ("\n。！？".includes(sign)) return false;
    if (sign === ";") return !isGreek(text[stop - 1] ?? "");
    const [following] = /[\p{L}\p{M}\p{N}]/u.exec(text.slice(end)) ?? [""];
    if (/^\p{Ll}/u.test(following)) return true;
    const [word] = /[\p{L}\p{N}]*$/u.exec(text.slice(0, stop));
    if (sign !== ".") return false;
    return /^\p{Nd}+$/u.test(word) ? word.length <= 2 : signsOf(word).length === 1 || SHORTENED.has(word.toLowerCase());
  }

  /** Says of a place whether a quotation that began on its line is open there: each mark opens one or closes it. */
  function quotations(text) {
    const isLetter = (sign) => /^[\p{L}\p{N}]/u.test(sign ?? "");
    const marks = [...text.matchAll(MARKS)].filter(({ 0: sign, index }) => sign !== '"' || !isLetter(text[index - 1]) || !isLetter(text[index + 1]));
    const opened = [];
    for (const { 0: sign, index } of marks) opened.push([index + 1, sign !== "\n" && !opened.at(-1)?.[1]]);
    return (at) => Boolean(opened.findLast(([place]) => place <= at)?.[1]);
  }

  /** The sentences of which words at these places are a part: {first, last, of: "question" or "sentence"}, or null. */
  function partOf(text, spans) {
    const all = [...text.matchAll(ENDS)].map(({ 0: match, index }) => [index, index + match.length]).filter(([stop, end]) => !goesOn(text, stop, end)).map(([, end]) => end);
    const within = quotations(text);
    const ends = all.filter((end) => !within(end));
    const sentences = [...ends, text.length].map((end, at) => [at ? ends[at - 1] : 0, end]);
    const hasWord = (first, last) => first < last && signsOf(text.slice(first, last)).some(isWord);
    const touched = sentences.filter(([start, end]) => spans.some(([first, last]) => hasWord(Math.max(start, first), Math.min(end, last))));
    const cut = touched.filter(([start, end]) => {
      const starts = [start, ...spans.map(([, last]) => Math.max(start, last))];
      return starts.some((from, at) => hasWord(from, at < spans.length ? Math.min(spans[at][0], end) : end));
    });
    if (!cut.length) return null;
    const endOf = (at) => all.find((end) => end >= at) ?? text.length;
    const of = cut.some(([start, end]) => asks(text.slice(Math.max(start, spans[0][0]), endOf(Math.min(end, spans.at(-1)[1]))))) ? "question" : "sentence";
    return { first: touched[0][0], last: touched.at(-1)[1], of };
  }

  // What is brought, what can be quoted

  const ADDRESS = /^\s*((https?:\/\/[^/\s]+)?(\/[^\s#]*?)(?:#(t[1-9][0-9]{0,5})?(?::~:\S*)?)?)\s*$/u;
  const NAMED = /^(?:([^\n“”„«»「」"]{1,200}?)[:：]\s*)?([“”„«「"][^]*[“”»」"])\s*$/u;

  /** A line without what nobody sees at its ends: blanks, and the marks of direction that mail and telephones set. */
  function bare(line) {
    const signs = signsOf(line);
    const shown = signs.map((sign) => !BLANK.test(sign) && !UNSEEN.test(sign));
    return signs.slice(shown.indexOf(true), shown.lastIndexOf(true) + 1).join("");
  }

  /** Words turn by turn, with the source and the address below them; null where there is no word. */
  function pasted(text) {
    let rest = text.split("\n").map(bare).join("\n").trim();
    if (rest.length > 100_000) return null;
    const cut = rest.lastIndexOf("\n");
    const address = cut < 0 ? null : ADDRESS.exec(rest.slice(cut + 1));
    if (address) rest = rest.slice(0, cut);
    const source = address && /\n\s*[—–]\s*([^\n]+)\s*$/u.exec(rest);
    if (source) rest = rest.slice(0, source.index);
    const turns = rest.split(/\n\n+/u).map((turn) => NAMED.exec(turn));
    const all = turns.length > 1 && turns.every(Boolean) ? turns.map(([, name, words]) => ({ words, name: name?.trim() })) : [{ words: rest }];
    const said = all.filter((one) => piecesOf(one.words).length);
    return said.length ? { said, source: source?.[1], site: address?.[2], path: address?.[3], turn: address?.[4] } : null;
  }

  /** What in a message's content can be quoted. */
  function passagesOf(content) {
    const passages = [];
    let asked = {};
    for (const turn of content.turns ?? []) {
      if (turn.kind === "question") asked = turn;
      const speaker = content.speakers?.[turn.speaker] ?? {};
      const to = turn.kind === "answer" ? asked : {};
      for (const text of textsOf(turn.blocks)) {
        passages.push({
          sort: "turn", text, turn: turn.id, kind: turn.kind, speaker: speaker.name, role: speaker.role,
          questioner: to.questioner ?? turn.questioner, outlet: to.outlet ?? turn.outlet, question: textsOf(to.blocks ?? [])[0],
        });
      }
    }
    const one = content.speakers?.length === 1 ? content.speakers[0] : {};
    for (const text of textsOf(content.blocks ?? [])) passages.push({ sort: "text", text, speaker: one.name, role: one.role });
    for (const sort of ["title", "teaser", "note", "notice"]) if (content[sort]) passages.push({ sort, text: content[sort] });
    for (const { caption } of [...(content.pictures ?? []), ...(content.files ?? []), ...(content.recordings ?? [])]) {
      if (caption) passages.push({ sort: "caption", text: caption });
    }
    return passages;
  }

  /** The words of blocks, a line each, cut where the law took some. */
  function textsOf(blocks) {
    const texts = [[]];
    for (const block of blocks) {
      const isPlain = block === null || typeof block === "string";
      const lines = isPlain ? [block] : "text" in block || !("rows" in block) ? [block.text ?? null] : [];
      if (!isPlain) for (const row of block.rows ?? []) lines.push(row.includes(null) ? null : row.join("\t"));
      for (const line of lines) line === null ? texts.push([]) : texts.at(-1).push(line);
    }
    return texts.filter((lines) => lines.length).map((lines) => lines.join("\n"));
  }

  // The days of a source line, as verify/quote/days.py reads them

  const MONTHS = [
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "January February March April May June July August September October November December",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
  ].map((names) => names.normalize("NFC").toLowerCase().split(" "));
  const DAY_FORMS = [ // behind no digit: the sign before is asked for apart, since no pattern looks behind itself
    /(?<y>\d{4})(?<by>[-/.])(?<m>\d{1,2})\k<by>(?<d>\d{1,2})(?!\d)/gu,
    /(?<y>\d{4}) ?年 ?(?<m>\d{1,2}) ?月 ?(?<d>\d{1,2}) ?日/gu,
    /(?<d>\d{1,2})(?<by>[-/.])(?<m>\d{1,2})\k<by>(?<y>\d{4})(?!\d)/gu,
    /(?<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)? ?(?:de |d['’])?(?<month>\p{L}[^\s\d,.]+)\.?(?: del? |,? )(?<y>\d{4})(?!\d)/giu,
    /(?<month>\p{L}[^\s\d,.]+)\.? (?<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?,? (?<y>\d{4})(?!\d)/giu,
  ];
  const IN_FIGURES = 2;
  const ZEROS = Array.from("0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０", (sign) => sign.codePointAt(0));

  function counted(sign) {
    if (BLANK.test(sign)) return " ";
    const zero = ZEROS.find((one) => sign.codePointAt(0) - one >= 0 && sign.codePointAt(0) - one < 10);
    return zero === undefined ? sign : String(sign.codePointAt(0) - zero);
  }

  const isMonth = (name, told) => name === told || (told.length >= 3 && name.startsWith(told));

  /** Each full day that a text names: [as it is written, the ways to read it]. */
  function daysIn(text) {
    const told = signsOf(seen(text).normalize("NFC")).map(counted).join("");
    const written = (...parts) => parts.map((part) => String(part).padStart(2, "0")).join("-");
    return DAY_FORMS.flatMap((form, number) => [...told.matchAll(form)].flatMap(({ 0: match, index, groups: { y, m, d, month } }) => {
      if (/\d/u.test(told[index - 1] ?? "") && /^\d/u.test(match)) return [];
      const months = month ? MONTHS.flatMap((names) => names.flatMap((name, at) => (isMonth(name, month.toLowerCase()) ? [at + 1] : []))) : [Number(m)];
      const read = months.map((one) => written(y, one, Number(d)));
      if (number === IN_FIGURES) read.push(written(y, Number(d), Number(m)));
      return months.length ? [[match, read]] : [];
    }));
  }

  /** The first day of a source line that the record does not have for these words; undefined where there is none. */
  function falseDay(source, content, instants, own) {
    const known = new Set([content.occasion?.on, content.delivered]);
    for (const [, ...parts] of `/${content.address ?? ""}`.matchAll(/\/(\d{4})\/(\d\d)\/(\d\d)(?:\/|$)/gu)) known.add(parts.join("-"));
    for (const instant of instants) {
      for (const more of [-1, 0, 1]) { // the first and the last day that a record can name have one neighbour
        const day = new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) + more * 86_400_000).toISOString();
        if (/^(?!0000)\d{4}-/u.test(day)) known.add(day.slice(0, 10));
      }
    }
    for (const text of own) if (text) for (const [, read] of daysIn(text)) for (const day of read) known.add(day);
    return daysIn(source).find(([, read]) => !read.some((day) => known.has(day)))?.[0];
  }

  // The nearest passage

  const TOKENS = /\p{N}+(?:[.,:٫٬]\p{N}+)+|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|\s+|[^]/gu;
  const tokensOf = (text) => text.replace(UNSPACED, "\u0002$&\u0002").split("\u0002").flatMap((part) => part.match(TOKENS) ?? []);

  /** Words compared with the stretch of a passage that is most like them: {share, compared: [[sort, text]]}, or null. */
  function nearest(text, quote) {
    const flat = (words) => seen(words).replace(/\s+/gu, " ").trim();
    const [mine, theirs] = [tokensOf(flat(quote.replace(OMISSION, " ")).replace(/^[“”"„«»‘’'「]+|[“”"„«»‘’'」]+$/gu, "")), tokensOf(flat(text))];
    if (mine.length > 800 || theirs.length > 6000) return null;
    const width = theirs.length + 1;
    const best = new Uint16Array((mine.length + 1) * width);
    for (let i = mine.length - 1; i >= 0; i -= 1) {
      for (let j = theirs.length - 1; j >= 0; j -= 1) {
        const same = mine[i] === theirs[j] ? best[(i + 1) * width + j + 1] + (isWord(mine[i]) ? 2 : 1) : 0;
        best[i * width + j] = Math.max(same, best[(i + 1) * width + j], best[i * width + j + 1]);
      }
    }
    const pairs = [];
    for (let [i, j] = [0, 0]; i < mine.length && j < theirs.length; ) {
      if (mine[i] === theirs[j] && best[i * width + j] === best[(i + 1) * width + j + 1] + (isWord(mine[i]) ? 2 : 1)) pairs.push([i++, j++]);
      else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
      else j += 1;
    }
    const words = pairs.filter(([i]) => isWord(mine[i]));
    const share = words.length / Math.max(mine.filter(isWord).length, 1);
    if (share < 0.4) return null;
    const [lead, tail] = [words[0], words.at(-1)];
    let [from, last] = [Math.max(lead[1] - lead[0], 0), Math.min(tail[1] + (mine.length - tail[0]), theirs.length)];
    if (pairs.length === mine.length && last - from === mine.length) { // they stand so, and are cut from a negation or a number
      const [before, after] = [saidIn(theirs.slice(0, last).join(""), quote), saidIn(theirs.slice(from).join(""), quote)];
      for (let more = before ? 0 : 2; more && from; more -= isWord(theirs[from])) from -= 1;
      for (let more = after ? 0 : 2; more && last < theirs.length; last += 1) more -= isWord(theirs[last]);
    }
    const compared = [];
    const add = (sort, token) => (compared.at(-1)?.[0] === sort ? (compared.at(-1)[1] += token) : compared.push([sort, token]));
    let [i, j] = [0, from];
    for (const [a, b] of [...pairs.filter(([, at]) => at >= j && at < last), [mine.length, last]]) {
      const [struck, added] = [mine.slice(i, a).join(""), theirs.slice(j, b).join("")];
      if (struck) add("struck", struck);
      if (added) add("added", added);
      if (a < mine.length) add("same", mine[a]);
      [i, j] = [a + 1, b + 1];
    }
    return { share, compared };
  }

  // Prints

  function hash(words) {
    let value = 0xffffffff; // CRC-32
    for (const byte of new TextEncoder().encode(words.join(" "))) {
      value ^= byte;
      for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 && 0xedb88320);
    }
    value = ~value >>> 0;
    value = Math.imul(value ^ (value >>> 16), 0x7feb352d) >>> 0;
    return (value ^ (value >>> 15)) >>> 2; // thirty bits
  }

  /** The prints of a plain text: of any four hashes in a row the least, of three words each. */
  function printsOf(text) {
    const words = wordsOf(text);
    const hashes = words.slice(2).map((_, at) => hash(words.slice(at, at + 3)));
    return [...new Set(hashes.slice(3).map((_, at) => Math.min(...hashes.slice(at, at + 4))))];
  }

  /** The files in which a print lies in a record of this size: path, the block's first entry, how a row is read. */
  function filesWith(print, size, place = 9, first = 0, end = size) {
    const block = 16 * 4 ** place;
    const found = [];
    for (; first < end && first < size; first += block) {
      const [part, number] = [print & (block / 4 - 1), first / block];
      if (first + block + 4 * part + place <= size) {
        found.push({ path: `check/words/${block}/${part >>> 8}/${number}-${part}.bin`, first, width: 4, over: block, start: Math.floor((print * 4) / block) * block });
      } else if (block === 16) found.push({ path: `check/words/${number}.bin`, first, width: 5, over: 256, start: print * 256 });
      else found.push(...filesWith(print, size, place - 1, first, first + block));
    }
    return found;
  }

  /** The entries that have a print. */
  async function entriesOf(print, size, read) {
    const seek = async ({ path, first, width, over, start }) => {
      const rows = (await read(path)) ?? new Uint8Array(0);
      const found = [];
      for (let at = 0; at + width <= rows.length; at += width) {
        let row = 0;
        for (let byte = 0; byte < width; byte += 1) row = row * 256 + rows[at + byte];
        if (row >= start && row < start + over) found.push(first + row - start);
      }
      return found;
    };
    return (await Promise.all(filesWith(print, size).map(seek))).flat();
  }

  /** The entries that have these prints, those with most of them first. Each edition with the words has all, so one is
   * looked for after the other, those in the fewest files first, until few entries are left. */
  async function entriesWith(prints, size, read) {
    const votes = new Map();
    const sought = prints.map((print) => ({ print, files: filesWith(print, size).length })).sort((one, other) => one.files - other.files || one.print - other.print);
    for (const [number, { print }] of sought.slice(0, MOST_PRINTS).entries()) {
      for (const index of await entriesOf(print, size, read)) votes.set(index, (votes.get(index) ?? 0) + 1);
      const whole = [...votes.values()].filter((count) => count > number).length;
      if (whole && whole <= MOST_MESSAGES) break;
    }
    return [...votes].sort(([a, x], [b, y]) => y - x || b - a).map(([index]) => index);
  }

  // The answer

  const MOST_MESSAGES = 6;
  const MOST_PRINTS = 3;
  const READ_ON = 2048; // later entries that are read one by one, to know that no newer edition is among them

  /** What a record says of pasted words. `read(path)` gives the bytes of a path of the site, or null. */
  async function ask(text, { read, key, size: limit }) {
    const brought = pasted(text);
    if (!brought) return { verdict: "none" };
    const { verifier } = globalThis;
    const inRecord = (path) => read(`record/${path}`);
    const log = await verifier.key(key ?? verifier.text(await inRecord("log.vkey")));
    const policyFile = await inRecord("policy");
    const policy = policyFile && (await verifier.policy(policyFile));
    const head = await verifier.checkpoint(await inRecord("checkpoint"), log, policy);
    const record = { head, policy, size: Number(head.size), read, inRecord, log, limit };
    const answers = [];
    for (const [number, said] of brought.said.entries()) answers.push(await answerFor(said, number ? { ...brought, turn: undefined } : brought, record));
    return { ...worst(answers), answers, head, policy, log, witnesses: head.witnesses.length, named: policy?.witnesses.length ?? 0 };
  }

  const ORDER = ["none", "short", "absent", "superseded", "recorded", "witnessed"];
  const worst = (answers) => answers.reduce((one, other) => (ORDER.indexOf(other.verdict) < ORDER.indexOf(one.verdict) ? other : one));

  async function answerFor(said, brought, record) {
    const messages = brought.path === undefined ? await messagesWith(said, record) : [await messageAt(brought.path, record)];
    if (messages === null) return { verdict: "short", said };
    let near = null;
    const answers = [];
    for (const message of messages.filter(Boolean)) {
      const answer = await answerOf(message, said, brought, record);
      if (answer.verdict !== "absent") answers.push(answer);
      else if (answer.near && (!near || answer.near.share > near.near.share)) near = answer;
    }
    answers.sort((one, other) => (one.verdict === "superseded") - (other.verdict === "superseded") || other.place.entry.index - one.place.entry.index);
    if (!answers.length) return near ?? { verdict: "absent", said };
    const wrong = falseOf(answers[0], brought, said);
    return wrong ? { ...answers[0], verdict: "absent", ...wrong } : { ...answers[0], elsewhere: answers.length - 1 };
  }

  /** What of the source is not as the record has it: whose words, or a day; null where all of it may be. */
  function falseOf({ place, instants }, brought, said) {
    if (isFalse({ place }, brought, said)) return { falseSource: true };
    const { content, passage } = place;
    const own = [content.title, content.occasion?.event, content.occasion?.place, passage.role, passage.outlet];
    const day = brought.source && falseDay(brought.source, content, instants ?? [place.entry.at], own);
    return day ? { falseDay: day } : null;
  }

  /** Whether another name stands with the words than the record has: of a question it is that of who asked. */
  function isFalse({ place: { passage, content } }, brought, said) {
    const name = said.name ?? (brought.said.length === 1 ? brought.source : undefined);
    if (!name) return false;
    const isNamed = (one) => saidIn(name, one) !== null;
    const asked = passage.kind === "question" && !passage.speaker;
    const known = (asked ? [passage.questioner, passage.outlet] : [passage.speaker]).filter(Boolean);
    if (known.length) return !known.some(isNamed);
    return asked && (content.speakers ?? []).some((one) => one.name && isNamed(one.name));
  }

  /** The message at the path of a page or of an edition: its editions by number, oldest first, as its own file lists them. */
  async function messageAt(path, { read }) {
    const own = /^\/?([a-z0-9-]+\/[a-z0-9-]+\/\d{4}\/\d\d\/\d\d\/[a-z0-9-]{1,84})(?:\/|$)/u.exec(path);
    const data = own && (await read(`${own[1]}/message.json`));
    if (!data) return null;
    const { editions } = JSON.parse(globalThis.verifier.text(data));
    return editions.map(({ entry }) => entry);
  }

  /** The messages in whose editions the prints of the words are; null where there are too few words to have one. */
  async function messagesWith(said, record) {
    const prints = piecesOf(said.words).flatMap(printsOf);
    if (!prints.length) return null;
    const indexes = await entriesWith([...new Set(prints)], record.size, record.read);
    const known = new Map();
    for (const index of indexes) {
      if (known.size >= MOST_MESSAGES) break;
      const entry = await entryAt(index, record);
      if (known.has(entry.id)) continue;
      const one = await open(index, record);
      known.set(entry.id, (await messageAt(one.content.address ?? "", record)) ?? [index]);
    }
    return [...known.values()];
  }

  async function entryAt(index, { size, inRecord }) {
    const entries = await globalThis.verifier.tile(inRecord, "entries", Math.floor(index / 256), size);
    return { ...globalThis.verifier.entry(entries[index % 256]), index, data: entries[index % 256] };
  }

  /** An entry's edition, opened; that it is what the entry commits to is checked, the entry is not. */
  async function open(index, record) {
    const entry = await entryAt(index, record);
    const bytes = await record.inRecord(`editions/${entry.body}`);
    return { entry, bytes, ...(await globalThis.verifier.edition(bytes, entry.body)) };
  }

  /** That an entry stands under the record's signed head. */
  async function prove({ entry }, record) {
    const path = await globalThis.verifier.derive(entry.index, record.size, record.inRecord);
    await globalThis.verifier.inclusion(entry.index, record.size, await globalThis.verifier.leafHash(entry.data), path, record.head.root);
    return path;
  }

  async function answerOf(listed, said, brought, record) {
    const first = await entryAt(listed[0], record);
    const later = await laterOf(listed.at(-1), first.id, record);
    const indexes = [...listed, ...later.indexes];
    const newest = await open(indexes.at(-1), record);
    let [place, after] = [null, newest];
    for (const index of [...indexes].reverse()) {
      const one = index === newest.entry.index ? newest : await open(index, record);
      if (one.entry.id !== first.id) throw new globalThis.verifier.Refused("lists an entry that is not of this message");
      place = placeIn(one, said, brought.turn);
      if (place) break;
      after = one;
    }
    const unread = later.isCut;
    if (!place) {
      const near = passagesOf(newest.content).map((passage) => ({ passage, ...nearest(passage.text, said.words) }));
      const best = near.filter((one) => one.share).sort((one, other) => other.share - one.share)[0];
      if (best) await prove(newest, record);
      return { verdict: "absent", said, near: best, place: best && { ...newest, passage: best.passage } };
    }
    const path = await prove(place, record);
    if (newest.entry.index !== place.entry.index) await prove(newest, record);
    const stands = place.entry.index === newest.entry.index;
    const instants = await Promise.all(indexes.map(async (index) => (await entryAt(index, record)).at));
    const state = newest.content.state;
    if (stands && state === "current") return { verdict: record.head.isWitnessed ? "witnessed" : "recorded", said, place, path, instants, unread };
    for (const index of [...indexes].reverse()) {
      if (!stands || state === "current") break;
      const one = await open(index, record);
      if (one.content.state !== state) break;
      after = one;
    }
    const same = passagesOf(newest.content).filter((one) => one.sort === place.passage.sort && one.turn === place.passage.turn);
    const now = stands ? null : same.map((one) => nearest(one.text, said.words)).filter(Boolean).sort((a, b) => b.share - a.share)[0];
    return { verdict: "superseded", said, place, path, instants, change: after, newest, state, now, unread };
  }

  /** That all entries of a bundle are those that were signed: one that is not could hide a correction. The proof of one
   * is made of all other hashes of its tile, so it proves them, too. */
  async function checkBundle(n, record) {
    const { verifier } = globalThis;
    const [entries, hashes] = await Promise.all(["entries", 0].map((level) => verifier.tile(record.inRecord, level, n, record.size)));
    const found = await Promise.all(entries.map(verifier.leafHash));
    if (!found.every((hash, at) => verifier.same(hash, hashes[at]))) throw new verifier.Refused(`has other entries in ${verifier.tilePath("entries", n)} than were signed`);
    await prove({ entry: { index: n * 256, data: entries[0] } }, record);
  }

  /** Editions of an id after the last that its own file lists; whether some entries were too many to read. */
  async function laterOf(last, id, record) {
    const indexes = [];
    if (record.size - last > READ_ON) return { indexes, isCut: true };
    for (let n = Math.floor((last + 1) / 256); n * 256 < record.size; n += 1) await checkBundle(n, record);
    for (let index = last + 1; index < record.size; index += 1) if ((await entryAt(index, record)).id === id) indexes.push(index);
    return { indexes, isCut: false };
  }

  function placeIn(edition, said, turn) {
    for (const passage of passagesOf(edition.content)) {
      const spans = turn === undefined || passage.turn === turn ? saidIn(passage.text, said.words) : null;
      if (spans) return { ...edition, passage, spans };
    }
    return null;
  }

  /** What a saved edition with its proof says of pasted words; whether they were changed later it cannot say. */
  async function inSaved(text, { edition, proof, key, policy }) {
    const { verifier } = globalThis;
    const log = await verifier.key(key);
    const whom = policy ? await verifier.policy(policy) : null;
    const saved = await verifier.saved(edition, proof, log, whom);
    const facts = { head: saved.head, log, policy: whom, witnesses: saved.head.witnesses.length, named: whom?.witnesses.length ?? 0, isSaved: true };
    const opened = { entry: { ...saved.entry, index: Number(saved.index) }, content: saved.edition.content };
    const brought = pasted(text);
    if (!brought) return { ...facts, verdict: "none", place: { ...opened, passage: { sort: "title", text: opened.content.title ?? "" } } };
    const answers = brought.said.map((said, number) => {
      const place = placeIn(opened, said, number ? undefined : brought.turn);
      const near = place ? null : passagesOf(opened.content).map((passage) => ({ passage, ...nearest(passage.text, said.words) })).filter((one) => one.share).sort((a, b) => b.share - a.share)[0];
      if (!place) return { verdict: "absent", said, near, place: near && { ...opened, passage: near.passage } };
      const wrong = falseOf({ place }, brought, said);
      if (wrong) return { verdict: "absent", said, place, ...wrong };
      if (opened.content.state !== "current") return { verdict: "superseded", said, place, change: opened, newest: opened, state: opened.content.state, now: null };
      return { verdict: saved.head.isWitnessed ? "witnessed" : "recorded", said, place };
    });
    return { ...worst(answers), answers, ...facts };
  }

  globalThis.quotes = { ask, daysIn, falseDay, inSaved, nearest, partOf, passagesOf, pasted, piecesOf, plain, printsOf, filesWith, saidIn };
})();
