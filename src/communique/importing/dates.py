"""Printed dates: a day read from its words or figures, with the CLDR pattern in which it is printed.

Words are those that CLDR has for a language (its months in every territory, whole and short, its weekdays). Figures
are read by where the year stands. In 03/04/2026 the order of day and month is never guessed: `Figures.day` is None
until `settled` finds evidence for one order in the other dates of the page, or the language has one (`usual_order`).
With dots the day stands first: no language of CLDR writes it otherwise.

    >>> date_in("3 May 2026", "en")
    PrintedDate(day=datetime.date(2026, 5, 3), pattern='d MMMM y', text='3 May 2026', start=0, end=10)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date

from communique.importing.digits import ascii_digits, has_digit
from communique.importing.other_calendars import is_of_the_moon, other_date

_LIMIT_TEXT = 400
_LETTERS = re.compile(r"[^\W\d_]+")
_WRITTEN_TOGETHER = ("he", "th", "my", "km", "lo")
_YEAR = re.compile(r"\d{4}")
_NEARLY_ALL = 0.85
_MOST_DAYS_APART = 2
_YEARS = range(1500, 2201)
"""of our calendar; in words a year beyond them is another calendar's"""
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_OTHER_LANGUAGES = ("en", "ru", "fr", "es", "de", "ar", "pt", "it", "uk", "pl", "el", "tr")

_WORD_PATTERNS = (
    "EEEE, d MMMM y", "EEEE d MMMM y", "EEEE, d. MMMM y", "EEEE, MMMM d, y", "d MMMM y EEEE", "EEEE, d MMMM, y",
    "d MMMM y", "d. MMMM y", "MMMM d, y", "MMMM d y", "d MMMM, y", "d-MMMM-y", "d MMM y", "MMM d, y", "d. MMM y",
    "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y", "d 'of' MMMM 'of' y", "d 'of' MMMM y", "d 'de' MMMM 'del' y",
    "d MMMM y 'г'.", "d MMMM y 'года'", "d MMMM y 'р'.", "d MMMM y 'року'", "EEEE, d MMMM y 'г'.",
    "EEEE, d MMMM y 'р'.",    "EEEE، d MMMM y", "EEE, d MMM y", "EEE d MMM y", "EEE, d MMMM y", "EEE d MMMM y",
    "EEEE, d MMM y", "EEE, MMM d, y", "EEE, MMMM d, y", "d MMMM، y", "d MMMM y'م'",
    "y. MMMM d.", "y. MMMM d., EEEE", "d בMMMM y", "EEEE, d בMMMM y",
    "y年M月d日", "y年MM月dd日", "y年M月d日 EEEE", "y年M月d日EEEE", "y년 M월 d일", "y년M월d일", "y년 MM월 dd일",
    "y년 M월 d일 EEEE", "y년M월d일 EEEE",
)  # fmt: skip
_FIGURE_PATTERNS = {
    ("dmy", "."): ("dd.MM.yyyy", "d.M.yyyy"),
    ("dmy", "/"): ("dd/MM/yyyy", "d/M/yyyy"),
    ("dmy", "-"): ("dd-MM-yyyy", "d-M-yyyy"),
    ("mdy", "/"): ("MM/dd/yyyy", "M/d/yyyy"),
    ("mdy", "-"): ("MM-dd-yyyy", "M-d-yyyy"),
    ("mdy", "."): ("MM.dd.yyyy", "M.d.yyyy"),
    ("ymd", "-"): ("yyyy-MM-dd", "yyyy-M-d"),
    ("ymd", "."): ("yyyy.MM.dd", "yyyy.M.d"),
    ("ymd", "/"): ("yyyy/MM/dd", "yyyy/M/d"),
}
_EAST_ASIAN = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*(?:[年년]|\.\s)\s*(?P<m>\d{1,2})\s*(?:[月월]|\.\s)\s*(?P<d>\d{1,2})(?:\s*[日일号號]|\.(?!\d))"
    r"(?:\s*[(（][월화수목금토일月火水木金土日一二三四五六][)）])?(?:\s*(?:星期[一二三四五六日天]|[日月火水木金土]曜日|[일월화수목금토]요일))?"
)
_MARK = "\u200e\u200f\u061c"
_FIGURES = re.compile(
    rf"(?<![\d./\-])[{_MARK}]?(\d{{1,4}})[{_MARK}]?([./\-])"
    rf"(?:(?<=\.)[ \u00a0](?=\d{{1,2}}\.[ \u00a0]\d{{4}}))?[{_MARK}]?(\d{{1,2}})"
    rf"[{_MARK}]?\2(?:(?<=\.)[ \u00a0](?=\d{{4}}))?[{_MARK}]?(\d{{4}}|\d{{1,2}})(?![\d/]|[.\-]\d)"
)


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed, at `start` to `end` of its text. `day` is None while the order of figures is not settled."""

    day: date | None
    pattern: str
    text: str
    start: int
    end: int

    @property
    def iso(self) -> str | None:
        return self.day.isoformat() if self.day else None


@lru_cache(maxsize=4096)
def date_in(text: str, language: str, start: int = 0) -> PrintedDate | None:
    """The first date in a text, from `start` on."""
    found = [
        d for d in (_words_in(text, language, start), _figures_in(text, start), _otherwise(text, language, start)) if d
    ]
    first = min(found, key=lambda d: (d.start, -d.end), default=None)
    return _in_both_calendars(first, text, language) if first and language == "ar" else first


def _in_both_calendars(first: PrintedDate, text: str, language: str) -> PrintedDate:
    """A day of the moon with the same day in our calendar behind it is that one: its months begin by sighting."""
    if not is_of_the_moon(first.text):
        return first
    ours = _words_in(text, language, first.end) or _figures_in(text, first.end)
    if ours is None or ours.day is None or first.day is None or abs((ours.day - first.day).days) > _MOST_DAYS_APART:
        return first
    return replace(ours, text=text[first.start : ours.end], start=first.start)


def _otherwise(text: str, language: str, start: int) -> PrintedDate | None:
    """A date of another calendar. Its pattern prints the same day in ours."""
    found = other_date(text[:_LIMIT_TEXT], language, start)
    if found is None:
        return None
    day, begin, end = found
    pattern = "y年M月d日" if "年" in text[begin:end] else "d MMMM y"
    return PrintedDate(day, pattern, text[begin:end], begin, end)


def date_at_end(text: str, language: str) -> PrintedDate | None:
    """The date with which a text ends, a closing bracket or full stop aside."""
    last = None
    for found in dates_in(text, language):
        last = found
    return last if last and not re.search(r"\w", text[last.end :]) else None


def ends_in_date(text: str, language: str) -> bool:
    """Whether a text ends in a date, whose own full stop ("… 2 серпня 2015 р.") ends no sentence."""
    found = date_at_end(text, language)
    return found is not None and found.end == len(text.rstrip())


def dates_in(text: str, language: str) -> Iterator[PrintedDate]:
    """Every date in a text."""
    start = 0
    while found := date_in(text, language, start):
        yield found
        start = found.end


def unkept(printed: PrintedDate, language: str) -> list[tuple[int, int]]:
    """Stretches of a date's text that its pattern does not print in a language: "th", another tongue's month.

    Capitals and leading zeros are the form of a word or figure and not a word of their own.
    """
    if printed.day is None:
        return []
    shown = [_token(t) for t in _TOKEN.findall(_even(format_date(printed.day, printed.pattern, locale=language)))]
    text = _folded(ascii_digits(printed.text))
    tokens = [(m.start(), m.end(), _token(m.group())) for m in _TOKEN.finditer(text)]
    return [(printed.start + start, printed.start + end) for start, end, token in tokens if token not in shown]


def _token(word: str) -> str:
    return word.lstrip("0") or word


@lru_cache(maxsize=8192)
def whole_date(text: str, language: str) -> PrintedDate | None:
    """The date that is all there is in a text."""
    if len(text) > 60 or not (has_digit(text) or "年" in text):
        return None
    found = date_in(text, language)
    if found is None or (text[: found.start] + text[found.end :]).strip(" \u00a0.,،"):
        return None
    return found


def settled(dates: Iterable[PrintedDate], today: date | None, newest_first: bool) -> str | None:
    """The one order, "dmy" or "mdy", in which all figures of a page are days; None when both could be.

    Evidence is a figure over 12, a day after the page's own, and a list that is newest first.
    """
    figures = list(dates)
    orders = [o for o in ("dmy", "mdy") if _could_be(figures, o, today, newest_first)]
    return orders[0] if len(orders) == 1 else None


@lru_cache(maxsize=64)
def usual_order(language: str) -> str | None:
    """The order in which nearly all countries of a language write days in figures; None where they differ, as those
    of English do, or where the year stands first."""
    patterns = [locale.date_formats["short"].pattern.lower() for locale in _locales(language)]
    orders = ["dmy" if p.index("d") < p.index("m") else "mdy" for p in patterns if not p.startswith("y")]
    if not orders:
        return None
    own = orders[0]
    return own if orders.count(own) >= _NEARLY_ALL * len(patterns) else None


def in_order(printed: PrintedDate, order: str | None) -> PrintedDate:
    """A date of ambiguous figures, read in the order that was settled; any other date as it is."""
    found = _FIGURES.search(ascii_digits(printed.text))
    if printed.day or not order or not found:
        return printed
    return replace(printed, day=_figured(found, order), pattern=_figure_pattern(found, order))


def could_be_two(printed: PrintedDate) -> bool:
    """Whether a date stands in figures that are a day in either order, whatever was settled."""
    return _own_order(printed) == "?"


def reordered(printed: PrintedDate, order: str) -> PrintedDate:
    """The same figures in the other order, where both are a day; any other date as it is."""
    return in_order(replace(printed, day=None), order) if could_be_two(printed) else printed


def proves(dates: Iterable[PrintedDate], order: str) -> bool:
    """Whether one of these figures is a day in this order alone."""
    return any(_own_order(printed) == order and not _is_even(printed) for printed in dates)


def _is_even(printed: PrintedDate) -> bool:
    """03/03/2026: the same day in both orders."""
    found = _FIGURES.fullmatch(ascii_digits(printed.text))
    return found is not None and found.group(1) == found.group(3)


def _could_be(figures: list[PrintedDate], order: str, today: date | None, newest_first: bool) -> bool:
    days = [in_order(f, order).day for f in figures]
    if any(_own_order(f) not in (None, "?", "ymd", order) for f in figures):
        return False
    if any(d is None for d in days) or (today and any(d and d > today for d in days)):
        return False
    return not newest_first or all(a >= b for a, b in pairwise(days) if a and b)


def _own_order(printed: PrintedDate) -> str | None:
    """The order in which figures are a day by themselves; None for dates in words and for those with dots."""
    found = _FIGURES.fullmatch(ascii_digits(printed.text))
    return _order_of(found) if found and found.group(2) != "." else None


def _figures_in(text: str, start: int) -> PrintedDate | None:
    plain = ascii_digits(text[:_LIMIT_TEXT])
    for found in _FIGURES.finditer(plain, start):
        order = _order_of(found)
        if order is None:
            continue
        day = _figured(found, "dmy" if order == "?" else order)
        if day:
            day = None if order == "?" else day
            pattern = _figure_pattern(found, "dmy" if order == "?" else order)
            return PrintedDate(day, pattern, text[found.start() : found.end()], found.start(), found.end())
    return None


def _order_of(found: re.Match[str]) -> str | None:
    """dmy, mdy, ymd, "?" for either of the first two, None for no date at all."""
    first, sign, second, third = found.groups()
    if len(first) == 4:
        return "ymd" if len(third) <= 2 else None
    if len(first) > 2 or len(third) == 1:
        return None
    if sign == ".":
        return "dmy"
    if int(first) > 12:
        return "dmy"
    if int(second) > 12:
        return "mdy"
    return "dmy" if first == second else "?"


def _figured(found: re.Match[str], order: str) -> date | None:
    first, _, second, third = found.groups()
    figures = dict(zip(order, (first, second, third), strict=True))
    year = int(figures["y"])
    if len(figures["y"]) == 2:
        year += 1900 if year >= 70 else 2000
    try:
        return date(year, int(figures["m"]), int(figures["d"])) if 1800 <= year <= 2200 else None
    except ValueError:
        return None


def _figure_pattern(found: re.Match[str], order: str) -> str:
    wide, narrow = _FIGURE_PATTERNS.get((order, found.group(2)), ("", ""))
    figures = dict(zip(order, (found.group(1), found.group(3), found.group(4)), strict=True))
    pattern = wide if figures["d"][0] == "0" or figures["m"][0] == "0" or _two_each(figures) else narrow
    return pattern.replace("yyyy", "yy") if len(figures["y"]) == 2 else pattern


def _two_each(figures: dict[str, str]) -> bool:
    return len(figures["d"]) == 2 and len(figures["m"]) == 2


def _words_in(text: str, language: str, start: int) -> PrintedDate | None:
    plain = _folded(ascii_digits(text[:_LIMIT_TEXT]))
    if not _YEAR.search(plain, start):
        return None
    tokens = frozenset(_LETTERS.findall(plain))
    eastern = ("zh", "ko") if re.search("[年년]", plain) else ()
    for tongue in dict.fromkeys((language, *eastern, *_OTHER_LANGUAGES)):
        words = _date_words(tongue)
        if words is None or (words.tokens and tokens.isdisjoint(words.tokens)):
            continue
        for found in words.expression.finditer(plain, start):
            day = _worded(found, words.months)
            if day:
                begin, end = found.span()
                printed = text[begin:end]
                usual = "MMMM d, y" if found.groupdict().get("m2") else "d MMMM y"
                return PrintedDate(day, _word_pattern(day, printed, tongue) or usual, printed, begin, end)
    return None


@dataclass(frozen=True)
class _DateWords:
    expression: re.Pattern[str]
    months: dict[str, int]
    tokens: frozenset[str] = frozenset()
    """the first letters in a row of each month's names; empty where words are written together"""


@lru_cache(maxsize=64)
def _date_words(language: str) -> _DateWords | None:
    """The expression for a date in words of one language, None where CLDR has no months in words."""
    if language in ("zh", "ja", "ko"):
        return _DateWords(_EAST_ASIAN, {})
    months: dict[str, int] = {}
    weekdays: set[str] = set()
    locales = _locales(language)
    for locale in locales:
        for style in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                months |= {_folded(n): k for k, n in locale.months[form][style].items() if n[:1].isalpha()}
                weekdays |= {_folded(n) for n in locale.days[form][style].values()}
    if not months:
        return None
    names = "|".join(re.escape(n) for n in sorted(months, key=len, reverse=True))
    days = "|".join(re.escape(n) for n in sorted(weekdays, key=len, reverse=True))
    before = rf"(?:(?:{days})\.?[,،]?\s+(?:den\s+)?)?"
    number = r"(?<![\d.:/])(?P<d1>\d{1,2})(?:\.|st|nd|rd|th|er|º|ª)?"
    link = r"[\s\u00a0]+(?:de\s+|of\s+|ב)?"
    word_for_year = r"(?:[\s\u00a0]*(?:г(?:ода|\.)?|р(?:оку|\.)|م)(?!\w))?"
    year = r"(?:[,،]?[\s\u00a0]+(?:del?\s+|of\s+)?|-)(?P<y{0}>\d{{4}})(?!\d)" + word_for_year
    first = rf"{number}(?:{link}|-)(?P<m1>{names})\.?{year.format(1)}"
    second = rf"(?<!\w)(?P<m2>{names})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{year.format(2)}"
    of_year, of_day = _words_behind(locales, "y"), _words_behind(locales, "d")
    third = rf"(?<![\d.:/])(?P<y3>\d{{4}})\.?{of_year}\s+(?P<m3>{names})\.?\s+(?P<d3>\d{{1,2}})(?!\d)\.?{of_day}"
    forms = f"{first}|{second}|{third}"
    if of_year:
        forms += rf"|(?<![\d.:/])(?P<y4>\d{{4}})\.?{of_year},?\s+(?P<d4>\d{{1,2}})\.?{of_day}\s+(?P<m4>{names})"
    expression = re.compile(rf"{before}(?:{forms})(?:[\s,]+(?:{days})(?!\w))?")
    return _DateWords(expression, months, frozenset() if language in _WRITTEN_TOGETHER else _first_letters(months))


def _words_behind(locales: Iterable[Locale], field: str) -> str:
    """What a language writes behind the figures of a year or day, as CLDR has it: "2026 m. kovo 3 d."."""
    patterns = {locale.date_formats[style].pattern for locale in locales for style in ("full", "long")}
    found = {word for pattern in patterns for word in re.findall(rf"{field}+\.? *'([^'\s]+)'", pattern)}
    return rf"(?:\s*(?:{'|'.join(sorted(map(re.escape, found)))})\.?(?!\w))?" if found else ""


@lru_cache(maxsize=64)
def month_names(language: str) -> dict[str, int]:
    """The names of the months in small letters, long and short, with their numbers; none where they are figures."""
    names: dict[str, int] = {}
    for locale in _locales(language):
        for style in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                named = locale.months[form][style].items()
                names |= {name.casefold().rstrip("."): number for number, name in named if name[:1].isalpha()}
    return names


@lru_cache(maxsize=64)
def weekday_names(language: str) -> frozenset[str]:
    """The names of the days of the week in small letters, long and short."""
    locales = _locales(language)
    forms = [
        locale.days[form][style] for locale in locales for form in locale.days for style in ("wide", "abbreviated")
    ]
    return frozenset(name.casefold().rstrip(".") for names in forms for name in names.values())


def _first_letters(months: Iterable[str]) -> frozenset[str]:
    return frozenset(found.group() for name in months if (found := _LETTERS.search(name)))


def _locales(language: str) -> list[Locale]:
    prefix = language + "_"
    names = [n for n in localedata.locale_identifiers() if n == language or n.startswith(prefix)]
    return [Locale.parse(n) for n in sorted(names)[:60]]


def _worded(found: re.Match[str], months: dict[str, int]) -> date | None:
    groups = found.groupdict()
    year, month, day = (
        groups.get(k) or next(filter(None, (groups.get(f"{k}{n}") for n in (1, 2, 3, 4))), "") for k in "ymd"
    )
    try:
        return date(int(year), months.get(month) or int(month), int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _word_pattern(day: date, printed: str, language: str) -> str | None:
    """The CLDR pattern which prints this day as exactly these words, capitals and blanks aside."""
    wanted = _even(printed)
    blanks = None if _has_months_of_several_words(language) else len(wanted.split())
    for pattern in (*_WORD_PATTERNS, *_patterns_of(language)):
        if blanks is not None and len(pattern.split()) != blanks:
            continue
        if _even(format_date(day, pattern, locale=language)) == wanted:
            return pattern
    return None


@lru_cache(maxsize=64)
def _has_months_of_several_words(language: str) -> bool:
    words = _date_words(language)
    return words is None or not words.months or any(len(name.split()) > 1 for name in words.months)


@lru_cache(maxsize=64)
def _patterns_of(language: str) -> tuple[str, ...]:
    try:
        formats = Locale.parse(language).date_formats
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(formats[style].pattern for style in ("full", "long", "medium"))


def _even(text: str) -> str:
    return " ".join(_folded(ascii_digits(text)).split())


def _folded(text: str) -> str:
    """The text in small letters, one for one; the Turkish capital with a dot would become two."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else "i" for c in text)
