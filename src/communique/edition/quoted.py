"""Are these words said in that text? What copying does to words is looked through; what changes their meaning is not.

    said_in("The talks open on 2 April.", "“The talks open on 2 April”")     ->  ((0, 25),)
    said_in("We will not go.", "We will go")                                 ->  None
    said_in("It is late. We go, as agreed, at nine.", "We go […] at nine.")  ->  ((12, 17), (30, 37))

Copying changes kinds of blanks, quotation marks and dashes, leaves out soft hyphens and signs that nobody sees, writes
an ellipsis as dots and letters as ligatures. `plain` brings both sides into one form and remembers where each sign
stood. Everything else counts: each letter of each script, capitals, digits, full stops, what stands apart or together.

Words may not be cut so that they say something else. They begin and end where words do: not inside a word or a number
(`two million` is one, too), not behind a hyphen, an apostrophe or a minus. No word of negation (`NEGATIONS`) may stand
right before or after them in the same sentence. `[…]` leaves words out of one text, in their order: each piece is at
least three words long, no negation is among what was left out, and what was left out ends where a sentence does if one
ends in it. The lists of negations are for cuts alone; inside of words each sign counts anyhow. The numbers of two cells
of a table, or of two lines, are not quoted as one: words that have both show a tab or the end of a line between them.

`press/assets/quotes.js` does the same in a browser; the tests hold one against the other.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202c\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
"""soft hyphens, joiners, directions, variation selectors, tags; the Arabic tatweel, which only lengthens a line.

Not the two overrides of direction: they have letters and digits read in another order than they stand in."""
BLANK = re.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
LIGATURE = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc]")
QUOTES = frozenset("'\"`´«»‘’‚‛“”„‟‹›「」『』〝〞〟＂＇ʼ׳״")
DASHES = frozenset("-‐‑‒–—―−⸺﹘﹣－")
_NO_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uff0f\uff1a-\uff1f\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{_NO_BLANKS}]")
OMISSION = re.compile(r"[\[(（［]\s*(?:…+|⋯+|\.\s*\.\s*\.)\s*[\])）］]")
_NEGATIONS = (
    "not no never nor neither cannot none nobody nothing nowhere without ne pas non jamais ni sans rien aucun "
    "aucune nullement nicht nichts kein keine keinen keinem keiner keines keinerlei nie niemals niemand "
    "niemanden niemandem nirgends ohne weder nein nunca jamás nada nadie sin ningún ninguna ninguno tampoco não "
    "nem sem ninguém nenhum nenhuma mai né senza nulla niente nessun nessuno nessuna niet niets geen nooit "
    "zonder inte ikke ingen inget ingenting bez nigdy nikt nikdo δεν μη μην όχι χωρίς ποτέ τίποτα κανείς κανένας "
    "καμία κανένα ούτε не ни нет ничего никто никого никому нигде никогда без нельзя ні немає нічого ніхто لا لم "
    "لن ليس ليست لسنا لست ليسوا غير بدون دون نه نیست לא אין בלי אינו אינה איננו बिना नहीं न मत ना 안 못 değil hiç "
    "kimse asla"
)
NEGATIONS = frozenset(_NEGATIONS.split())
GLUED = ("و", "ف", "ו", "ש", "וש")
"""what is written before a word, as one with it, and leaves it a negation: and, so, that"""
NEGATION_SIGNS = frozenset("不没沒無无非未勿莫别別否")
NEGATION_ENDINGS = ("ない", "なかっ", "なく", "ません", "ぬ", "ず")
NEGATION_BEGINNINGS = ("않", "못", "아니", "없")
_ELIDED = "l d j s m t c qu jusqu lorsqu puisqu quoiqu dell all nell sull dall un quest quell"
ELIDED = frozenset(_ELIDED.split())
"""what an apostrophe may cut off before a word that is quoted without it"""
PIECE_WORDS = 3
SHINGLE_WORDS = 3
WINDOW = 4
SENTENCE_END = re.compile("[.!?…؟।]['\"’”»]*[ \u00a0\u202f\n]|[。！？\n]")

Span = tuple[int, int]

_HYPHENS = "-‐‑"
_APOSTROPHES = "'’ʼ׳״"
_CHANGED = re.compile(
    f"[\t-\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{re.escape(''.join(sorted(QUOTES | DASHES)))}]"
)
"""what `_SIGNS` makes another sign of"""
_PLAINLY_SPACED = re.compile("[\0-\u02ff\u0370-\u0482\u048a-\u052f\u2000-\u206f]*").fullmatch
"""texts of signs among which no mark stands on another and none does without blanks: Latin, Greek, Cyrillic"""
_PLAIN_ALREADY = re.compile(
    "[\0-\u00ac\u00ae-\u02bb\u02bd-\u02ff\u0370-\u0482\u048a-\u052f\u2000-\u200a\u2010-\u2029\u202f-\u205f]*"
).fullmatch
"""of these the texts whose letters `plain` leaves as they are: without invisible signs, and without the apostrophe that
is a letter"""
_LETTERS = re.compile(r"[^\W_]+")
_ASCII_WORDS = bytes(sign if chr(sign).isalnum() and sign < 128 else 32 for sign in range(256))
"""the letters and digits of ASCII as they are, a blank for any other sign"""
_MARK = "\x01"
_GAPS = " \u00a0\u2007\u2008\u2009\u202f"
_IN_NUMBERS = f".,:/٫٬،·'’{_GAPS}"
"""what stands inside of a number between two digits"""
_COUNTED_SIGNS = "万億亿兆千百十割％"
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬億亿兆两兩廿卅")
"""of scripts without blanks the signs that make a number together"""
_POWERS = "×⁻⁺"
_NUMBER_GOES_ON = re.compile(
    f"[{_GAPS}]"
    r"(?:milli|milh|milion|mill[oó]n|miliard|milj|milyon|milyar|bil[lh]|bilion|tril[lyi]|thousand(?!s)|hundred(?!s)|dozen|"
    r"crore|lakh|tausend|hundert|dutzend|tys|"
    r"(?:mille|mil|mila|mio|mln|mrd|mld|md|mds|bn|bln|mn|tn|trn|tsd|bin|yüz)(?![a-zà-ž])|"
    r"тысяч|тисяч|тыс|тис|миллион|миллиард|мільйон|мільярд|трил|млн|млрд|трлн|εκατ|δισ|χιλ|τρισ|"
    r"مليون|مليار|ملايين|تريليون|ألف|آلاف|מיליון|מיליארד|טריליון|אלף|אלפי|अरब|खरब|करोड़|लाख|हज़ार|हजार|"
    r"ล้าน|แสน|หมื่น|พัน|ร้อย|[万萬億亿兆千百]|"
    r"per ?cent|prozent|procent|pour cent|por cien|por cento|процент|відсот|τοις εκατ|"
    r"بالمئة|بالمائة|في المئة|في المائة|אחוז|प्रतिशत)",
    re.IGNORECASE,
)
"""behind a number the word that says how many of what: without it, it is another number"""
_IN_WORDS = (
    "half one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand un une "
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente "
    "quarante cinquante soixante septante huitante nonante cent cents mille ein eins eine einer einen zwei zwo "
    "drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
    "neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend anderthalb "
    "eineinhalb zweieinhalb uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos "
    "trescientos quinientos mil um uma dois duas três quatro sete oito nove dez doze treze vinte trinta quarenta "
    "cinquenta sessenta oitenta cem cento duzentos trezentos quinhentos due tre quattro cinque sei sette otto "
    "dieci undici dodici tredici venti trenta cinquanta sessanta settanta ottanta novanta duecento trecento mila "
    "jeden jedna dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście piętnaście "
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sto dwieście trzysta pięćset bir iki üç dört beş altı yedi "
    "sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin один одна одного две два двух три "
    "трёх трех четыре четырёх четырех пять пяти шесть шести семь семи восемь восьми девять девяти десять десяти "
    "одиннадцать двенадцать пятнадцать двадцать двадцати тридцать тридцати сорок пятьдесят шестьдесят семьдесят "
    "восемьдесят девяносто сто ста двести триста четыреста пятьсот полтора полторы одну дві двох троє трьох "
    "чотири чотирьох шість сім вісім ять дванадцять двадцять тридцять ятдесят двісті пів ένα ένας μία δύο τρία "
    "τρεις τέσσερα τέσσερις πέντε έξι επτά εφτά οκτώ οχτώ εννέα εννιά δέκα δώδεκα δεκαπέντε είκοσι τριάντα "
    "σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα εκατό διακόσια τριακόσια πεντακόσια واحد ثلاثة ثلاث أربعة "
    "أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون "
    "خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتا مئتي مائتا مائتي שני שתי שלושה שלוש "
    "ארבעה ארבע חמישה חמש שישה שש שבעה שבע שמונה תשעה תשע עשרה עשר עשרים שלושים ארבעים חמישים שישים שבעים שמונים "
    "תשעים מאה מאתיים एक दो तीन चार पाँच पांच छह छः सात आठ नौ दस ग्यारह बारह पंद्रह बीस पच्चीस तीस चालीस पचास साठ "
    "सत्तर अस्सी नब्बे सौ डेढ़ ढाई"
)
_NUMBERS_IN_WORDS = frozenset(_IN_WORDS.split())
"""numbers as words, which go on as digits do: *two* million; as `words` cuts them, at hyphens and apostrophes"""
_LONGEST_IN_WORDS = 32
_NUMBERS_APART = re.compile(r"\d\s*[\t\n\r]\s*(?=\d)")
"""the numbers of two cells or two lines, which are not one of both"""
_STOPS = ".!?…؟।。！？:;：；·"
_N_APOSTROPHE = re.compile(r"n['’]t\b|\bn['’]", re.IGNORECASE)
_LAST_WORD = re.compile('([^\\s.,;:!?…"“”«»()—–]+)\\s+[\\s"\'“”„‘’«»(—–]*$')
_FIRST_WORD = re.compile('["\'“”‘’«»)]*\\s+[\\s"\'“”„‘’«»(—–]*([^\\s.,;:!?…"“”«»()—–]+)')
_BETWEEN_SIGNS = rf"(?<=[{_NO_BLANKS}]) (?=[{_NO_BLANKS}])(?!(?<=\d )\d)"
"""a blank between two signs of a script without blanks says nothing; between two digits it keeps two numbers apart"""
_RULES = (
    (re.compile(r"\.(?: *[.…])+|…(?: *[.…])*"), "…"),
    (re.compile(" +"), " "),
    (re.compile("-+"), "-"),
    (re.compile(" - "), "-"),
    (re.compile(f" (?=['…;:!?%؟؛،；：！？])|(?<=['…]) |{_BETWEEN_SIGNS}|^ | $"), ""),
    (re.compile("'+"), "'"),
)
"""in this order: runs become one sign, and blanks go where copying sets or leaves them out"""


@dataclass(frozen=True)
class Plain:
    """A text without what copying changes; `places` says for each of its signs where it stood in the text."""

    text: str
    places: tuple[int, ...]


def plain(text: str) -> Plain:
    """The text in the form in which quotations are compared."""
    found = _signs(text)
    for pattern, by in _RULES:
        found = _replaced(found, pattern, by)
    return found


def plain_text(text: str) -> str:
    """`plain` without the places, at a tenth of its cost: for whoever reads an archive."""
    found = LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), INVISIBLE.sub("", text))
    found = _CHANGED.sub(lambda match: _SIGNS[ord(match[0])], found)
    for pattern, by in _RULES:
        found = pattern.sub(by, found)
    return found


def said_in(text: str, quote: str) -> tuple[Span, ...] | None:
    """Where in a text the quoted words stand, a span for each piece between omissions; None where they do not."""
    pieces = pieces_of(quote)
    if not pieces or (len(pieces) > 1 and any(_length(piece) < PIECE_WORDS for piece in pieces)):
        return None
    spans = _found(text, plain(text), pieces, 0, None)
    return spans if spans and _apart(*(text[first:last] for first, last in spans)) <= _apart(quote) else None


def pieces_of(quote: str) -> list[str]:
    """The pieces of a quotation between its omissions, plain, without the quotation marks around it."""
    told = OMISSION.sub(_MARK, unicodedata.normalize("NFC", INVISIBLE.sub("", quote)))
    pieces = (plain(piece).text.strip(" '") for piece in told.split(_MARK))
    found = [piece.removeprefix("…").removesuffix("…").strip(" '") for piece in pieces]
    return [piece for piece in found if any(map(is_word, piece))]


def words(text: str) -> list[str]:
    """The words of a text in order, what an apostrophe divides in two; of scripts without blanks, the signs."""
    return _LETTERS.findall(text) if _PLAINLY_SPACED(text) else text.translate(_APART).split()


def prints(texts: Iterable[str]) -> list[int]:
    """What finds texts by any six words of them: hashes of three words in a row, of any four in a row the least.

    Sorted, once each, 30 bits: CRC-32 over the words in UTF-8 with blanks between them, stirred once more.
    """
    found: set[int] = set()
    for text in texts:
        row = _words_read(text)
        shingles = map(b" ".join, zip(*(row[at:] for at in range(SHINGLE_WORDS)), strict=False))
        found.update(_least(array("Q", map(crc32, shingles))))
    return sorted(found)


def _words_read(text: str) -> list[bytes]:
    """The words of a text in its plain form, which most texts need not be brought into for them."""
    if text.isascii():
        return text.encode().translate(_ASCII_WORDS).split()
    return " ".join(_LETTERS.findall(text) if _PLAIN_ALREADY(text) else words(plain_text(text))).encode().split()


def _least(values: array[int]) -> array[int]:
    """Of any WINDOW values in a row the least, each CRC-32 stirred to 30 bits first, so that the least is any of them.

    An archive has hundreds of millions of them, so all values of a text are one long integer here, 64 bits for each:
    no step carries from one into the next.
    """
    count = len(values) - WINDOW + 1
    if count < 1:
        return array("Q")
    ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(values), "little")
    low, whole = 0xFFFFFFFF * ones, int.from_bytes(values.tobytes(), sys.byteorder)
    halfway = (whole ^ whole >> 16 & low) * 0x7FEB352D & low
    least, step = (halfway ^ halfway >> 15 & low) >> 2 & 0x3FFFFFFF * ones, 1
    while step < WINDOW:
        other = least >> 64 * step
        is_less = ((least | ones << 32) - other >> 32 & ones) * 0xFFFFFFFF
        least, step = least ^ (least ^ other) & is_less, 2 * step
    kept = least & (1 << 64 * count) - 1
    return array("Q", kept.to_bytes(8 * count, sys.byteorder))


def is_word(sign: str) -> bool:
    """Whether it is a letter, a digit, or a mark on one."""
    return unicodedata.category(sign)[0] in "LMN"


class _Signs(dict[int, str]):
    """For `str.translate`: each sign as what it counts; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = " " if BLANK.match(sign) else "'" if sign in QUOTES else "-" if sign in DASHES else sign
        return self[code]


class _Apart(dict[int, str]):
    """For `str.translate`: a word's signs as they are, one of a script without blanks apart, a blank for any other."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = " " if not is_word(sign) else f" {sign} " if UNSPACED.match(sign) else sign
        return self[code]


_SIGNS, _APART = _Signs(), _Apart()


def _signs(text: str) -> Plain:
    """Each sign as what it counts, with its place."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if INVISIBLE.match(sign):
            continue
        for one in unicodedata.normalize("NFKC", sign) if LIGATURE.match(sign) else sign:
            signs.append(_SIGNS[ord(one)])
            places.append(place)
    return Plain("".join(signs), tuple(places))


def _replaced(found: Plain, pattern: re.Pattern[str], by: str) -> Plain:
    """With each match as one sign, which stands where the match began, or as none."""
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for match in pattern.finditer(found.text):
        kept += [found.text[done : match.start()], by]
        places += [*found.places[done : match.start()], *found.places[match.start() :][: len(by)]]
        done = match.end()
    return Plain("".join([*kept, found.text[done:]]), (*places, *found.places[done:]))


def _found(text: str, passage: Plain, pieces: list[str], start: int, after: int | None) -> tuple[Span, ...] | None:
    """The spans of all pieces from a place on, `after` the end of the piece before."""
    at = passage.text.find(pieces[0], start)
    while at >= 0:
        first, last = passage.places[at], passage.places[at + len(pieces[0]) - 1] + 1
        gap = "" if after is None else text[after:first]
        if _is_whole(text, first, last, after is not None, len(pieces) > 1) and _may_go(gap):
            if len(pieces) == 1:
                return ((first, last),)
            rest = _found(text, passage, pieces[1:], at + len(pieces[0]), last)
            if rest is not None:
                return ((first, last), *rest)
        at = passage.text.find(pieces[0], at + 1)
    return None


def _apart(*texts: str) -> int:
    return sum(len(_NUMBERS_APART.findall(INVISIBLE.sub("", text))) for text in texts)


def _may_go(gap: str) -> bool:
    """Whether an omission leaves the meaning: no negation in it, and no end of one sentence joined to another's."""
    told = gap.rstrip(f" \n\u00a0\u202f{''.join(QUOTES)}")
    return not negated(gap) and (not SENTENCE_END.search(f"{gap} ") or told.endswith(tuple(".!?…؟।。！？")))


def negated(text: str) -> bool:
    """Whether a word of negation is among the words of a text."""
    told = INVISIBLE.sub("", text)
    return (
        any(_is_negation(word) for word in words(told))
        or bool(_N_APOSTROPHE.search(told))
        or any(sign in NEGATION_SIGNS for sign in told)
        or any(one in told for one in NEGATION_ENDINGS)
    )


def _is_negation(word: str) -> bool:
    told = word.casefold()
    return (
        told in NEGATIONS
        or told.startswith(NEGATION_BEGINNINGS)
        or any(told.startswith(one) and told.removeprefix(one) in NEGATIONS for one in GLUED)
    )


def _is_whole(text: str, first: int, last: int, gap_before: bool, gap_after: bool) -> bool:
    """Whether words do not begin or end inside of others, nor beside a negation that belongs to them."""
    before, after = INVISIBLE.sub("", text[:first]), INVISIBLE.sub("", text[last:])
    words_here = INVISIBLE.sub("", text[first:last])
    return (
        _begins(before, words_here)
        and _ends(words_here, after)
        and (gap_before or not is_word(words_here[0]) or not _ends_in_negation(before))
        and (gap_after or words_here[-1] in _STOPS or not _begins_with_negation(after))
    )


def _begins(before: str, here: str) -> bool:
    if not before or not is_word(here[0]):
        return True
    sign, further = before[-1], before[-2:-1]
    if is_word(sign):
        return _is_apart(sign, here[0])
    glued = bool(further) and is_word(further)
    if sign in _APOSTROPHES and glued:
        return words(before)[-1].casefold() in ELIDED
    if _is_number(here[0]) and sign in "-‐‑−–+±%٪" and (sign not in "–" or glued):
        return False
    if sign in _HYPHENS and glued:
        return False
    if (_is_number(further) or _ends_in_number(before[:-1])) and _NUMBER_GOES_ON.match(sign + here):
        return False
    if not _is_number(here[0]):
        return True
    return not (sign in _POWERS + _IN_NUMBERS and _is_number(further)) and not (sign in _GAPS and further in ("−", "±"))


def _ends(here: str, after: str) -> bool:
    if not after or not is_word(here[-1]):
        return True
    sign, further = after[0], after[1:2]
    if _is_number(here[-1]) and sign in _COUNTED_SIGNS:
        return False
    if is_word(sign):
        return _is_apart(here[-1], sign)
    glued = bool(further) and is_word(further)
    if sign in _APOSTROPHES + _HYPHENS and glued:
        return False
    if _ends_in_number(here) and _NUMBER_GOES_ON.match(after):
        return False
    if not _is_number(here[-1]):
        return True
    if re.match(r"\s?[%‰°٪]", after) or _NUMBER_GOES_ON.match(after):
        return False
    return not (sign in f"–−{_POWERS}{_IN_NUMBERS}" and _is_number(further))


def _is_apart(one: str, other: str) -> bool:
    """Whether a word may end between two of its signs: of a script without blanks, and not inside of a number."""
    if (_is_number(one) or one in _NUMERALS) and (_is_number(other) or other in _NUMERALS):
        return False
    return bool(UNSPACED.match(one) or UNSPACED.match(other)) and unicodedata.category(other)[0] != "M"


def _is_number(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign)[0] == "N"


def _ends_in_number(text: str) -> bool:
    """Whether the last word is a number in words, also behind what is written as one with it."""
    if not is_word(text[-1:] or " "):
        return False
    told = words(text[-_LONGEST_IN_WORDS:])[-1].lower()
    return told in _NUMBERS_IN_WORDS or any(
        told.startswith(one) and told.removeprefix(one) in _NUMBERS_IN_WORDS for one in GLUED
    )


def _ends_in_negation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return bool(word and negated(word[1])) or bool(NEGATION_SIGNS & set(before[-2:]) and is_word(before[-1]))


def _begins_with_negation(after: str) -> bool:
    word = _FIRST_WORD.match(after)
    return bool(word and negated(word[1])) or after[:1] in NEGATION_SIGNS or after.startswith(NEGATION_ENDINGS)


def _length(piece: str) -> int:
    """How many words; two signs of a script without blanks count as one."""
    found = words(piece)
    unspaced = sum(bool(UNSPACED.match(word)) for word in found)
    return len(found) - unspaced + unspaced // 2
