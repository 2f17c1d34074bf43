"""Words, numbers, days and times in the language of a page.

A `Wording` is one language of one office. Labels come from `words/LANG.json` (English where a language has none) and
give way to the office's own `labels`; a label that counts has a form for each plural category of CLDR. Days follow
CLDR patterns; the fields known are those that official pages use:

    d dd   M MM MMM MMMM   L LL LLL LLLL   y yy yyyy   E EEEE   'quoted words'

The script `assets/alive.js` reads the same patterns, so that a page says the same with and without it. Digits are
those of the language ('arab' for Arabic), unless the office chose others. Zones come from the tzdata package alone:
another machine must not print another hour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location

from communique.edition.language import base, is_simple, nearest, plain, simple_name
from communique.edition.language import direction as direction_of
from communique.edition.sign import sign_name
from communique.press.markup import Html, fill, fill_text, html, joined, tag
from communique.press.shown import Furniture

DIGITS = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "deva": "०१२३४५६७८९",
    "beng": "০১২৩৪৫৬৭৮৯",
}
NUMERALS = {"ar": "arab", "fa": "arabext", "ur": "arabext", "ps": "arabext"}
GROUPS = {"arab": "٬", "arabext": "٬"}
"""the sign between thousands that goes with a set of digits; else CLDR's for the language"""
SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne", "sa", "kok", "mai", "bho"), "devanagari"),
    **dict.fromkeys(("he", "yi"), "hebrew"),
    **dict.fromkeys(("ru", "uk", "be"), "cyrillic"),
    "el": "greek",
    **dict.fromkeys(("zh", "ja"), "han"),
}
"""scripts that are set otherwise than Latin, by language; `assets/tokens.css` has their measures. Cyrillic has faces of
its own where its letters are those of Russian, Ukrainian and Belarusian."""
COMMAS = {"arabic": "، ", "han": "，"}
NUMBERED_MONTHS = frozenset({"zh", "ja"})
"""languages in which a month beside its year is a number: 2027年3月"""
_QUOTED = re.compile(r"'((?:[^']|'')*)'")
"""words in a CLDR pattern; two quotes in them are one, two quotes alone are one quote"""
_THOUSANDS, _LAKH = re.compile(r"\B(?=(\d{3})+$)"), re.compile(r"\B(?=(\d\d)*\d{3}$)")
"""where signs between groups stand in a whole number"""
DAY_SIGN = "日"
"""what closes a day in Chinese and Japanese, and is no mere sign between fields"""
_HAN_DATE = r"(?<!\d)\d{4}年\d{1,2}月\d{1,2}日"
"""a date in a line without spaces"""
_DAY_AND_NAME = re.compile(r"(?<!d)d(?!d)[^dML]*[ML]{3}")
"""a day of the month before its month's name"""
SAID_HOURS = {"fr": ("{hour}\u00a0h", "{hour}\u00a0h\u00a0{minute:02d}")}
"""how a language says a full hour and another time in a sentence, where that is not the clock's way"""
WORDS = Path(__file__).parent / "words"

Label = str | Mapping[str, str]
"""a label's text, or of one that counts its forms by plural category"""


@dataclass(frozen=True)
class Wording:
    """One language of one office."""

    language: str
    labels: Mapping[str, Label] = field(default_factory=dict)
    """the office's own labels in this language"""
    dateline: str = ""
    """CLDR pattern of a day in a sentence and in the masthead"""
    dates: str = ""
    """CLDR pattern of a day in lists and message heads"""
    numerals: str = "latn"

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def comma(self) -> str:
        """The comma between things set side by side, with its space."""
        return COMMAS.get(self.script, ", ")

    @cached_property
    def script(self) -> str:
        """The script in which the page is set: "plain" for Latin, and for Cyrillic with other letters."""
        return SCRIPTS.get(base(self.language), "plain")

    @property
    def digits(self) -> str:
        """The ten digits, zero first."""
        return DIGITS[self.numerals]

    @cached_property
    def group(self) -> str:
        """The sign between thousands."""
        if self.numerals in GROUPS:
            return GROUPS[self.numerals]
        found = locale_of(self.language).number_symbols.get("latn", {}).get("group", ",")
        return str(found)

    def label(self, key: str) -> str:
        """A label without slots, as plain text."""
        return self._plain_labels(key)

    @cached_property
    def _plain_labels(self) -> Callable[[str], str]:
        """Each page asks for the same few dozen."""

        def found(key: str) -> str:
            known = self._label(key)
            return known if isinstance(known, str) else chosen_form(known, "other")

        return cache(found)

    def phrase(self, key: str, **slots: str) -> Html:
        """A label with its slots filled, as HTML. Slots that are plain text are escaped."""
        return fill(self.label(key), **slots)

    def text(self, key: str, **slots: str) -> str:
        """A label with its slots filled, as plain text for titles and attributes."""
        return fill_text(self.label(key), **slots)

    def counted(self, key: str, count: int, **slots: str) -> str:
        """A label whose form depends on a number, which it shows at `{n}`."""
        form = chosen_form(self.forms(key), self.plural(count))
        return fill_text(form, n=self.number(count), **slots)

    def forms(self, key: str) -> Mapping[str, str]:
        """The forms of a label that counts, by plural category."""
        known = self._label(key)
        return {"other": known} if isinstance(known, str) else known

    def _label(self, key: str) -> Label:
        found: Label = self.labels.get(key) or _words(base(self.language)).get(key) or _words("en").get(key, key)
        return found

    @cached_property
    def lakh(self) -> bool:
        """Does the language group by two digits above the thousands: 12,34,567?"""
        return bool(locale_of(self.language).decimal_formats[None].grouping == (3, 2))

    def plural(self, count: int) -> str:
        """The plural category of a whole number: "one", "few", "many", "other" and so on."""
        return str(locale_of(self.language).plural_form(count))

    def number(self, value: int, grouping: bool = True) -> str:
        """A whole number in this language's digits, in groups if wanted."""
        groups = _LAKH if self.lakh else _THOUSANDS
        return self.figures(groups.sub(self.group, str(value)) if grouping else str(value))

    def figures(self, written: str) -> str:
        """The same text with its digits in this language's numerals."""
        return written if self.numerals == "latn" else written.translate(_digit_table(self.numerals))

    def day(self, day: date | str, pattern: str | None = None) -> str:
        """A day by a CLDR pattern; without one as it stands in a sentence ("9 March 2027")."""
        return self._in_sentence(day, self.dateline) if pattern is None else self._days(as_day(day), pattern)

    @cached_property
    def _days(self) -> Callable[[date, str], str]:
        """Pages that follow one another say the same few days."""
        return lru_cache(maxsize=512)(
            lambda day, pattern: "".join(self._field(token, day) for token in tokens_of(pattern))
        )

    def _in_sentence(self, day: date | str, pattern: str) -> str:
        """A day by a pattern where we write the sentence: in French the first of a month is "1er".

        The date line and lists keep to their pattern, which may be that of a page taken over.
        """
        written = self.day(day, pattern)
        if base(self.language) != "fr" or as_day(day).day != 1 or not _DAY_AND_NAME.search(pattern):
            return written
        return re.sub(r"(?<!\d)1(?!\d)", "1er", written, count=1)

    def list_day(self, day: date | str) -> str:
        """A day as the office prints it in lists and message heads."""
        return self.day(day, self.dates)

    def short_day(self, day: date | str) -> str:
        """A day without its year, for what is near."""
        return self._in_sentence(day, without_year(self.dateline))

    def unbroken_dates(self, title: str) -> Html:
        """A title in which no line may end inside a date; its characters stay."""
        written, position = [], 0
        for found in _dates_in(self.language).finditer(title):
            written += [html(title[position : found.start()]), tag("span", found[0], class_="unbroken")]
            position = found.end()
        return joined([*written, html(title[position:])])

    def weekday(self, day: date | str) -> str:
        """The name of the weekday, as it stands alone."""
        return self.weekdays[as_day(day).weekday()]

    def month(self, year: int, month: int) -> str:
        """A month of a year, as it stands alone ("March 2027")."""
        return self._months(year, month)

    @cached_property
    def _months(self) -> Callable[[int, int], str]:
        """Each page of a list names those around it."""
        return lru_cache(maxsize=512)(self._month)

    def _month(self, year: int, month: int) -> str:
        name = f"{month}月" if base(self.language) in NUMBERED_MONTHS else self._month_name(month)
        return fill_text(self.label("month"), month=capital(name), year=self.figures(str(year)))

    def _month_name(self, month: int) -> str:
        return str(locale_of(self.language).months["stand-alone"]["wide"][month])

    @cached_property
    def weekdays(self) -> tuple[str, ...]:
        """Names of weekdays as they stand alone, Monday first."""
        names = locale_of(self.language).days["stand-alone"]["wide"]
        return tuple(capital(str(names[number])) for number in range(7))

    def time(self, clock_time: str | datetime) -> str:
        """A time of day, "09:42"."""
        written = clock_time if isinstance(clock_time, str) else f"{clock_time:%H:%M}"
        return self.figures(written)

    def hour(self, clock_time: str | datetime) -> str:
        """A time of day as a sentence says it: "09:30", in French "9 h 30" and "9 h"."""
        written = clock_time if isinstance(clock_time, str) else f"{clock_time:%H:%M}"
        if base(self.language) not in SAID_HOURS:
            return self.time(written)
        hour, minute = (int(part) for part in written.split(":"))
        said = SAID_HOURS[base(self.language)][minute > 0]
        return self.figures(said.format(hour=hour, minute=minute))

    def elapsed(self, ms: int) -> str:
        """A time from the beginning of a recording, in whole seconds that have passed: "1:02", "1:00:07"."""
        minutes, second = divmod(ms // 1000, 60)
        hour, minute = divmod(minutes, 60)
        return self.figures(f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}")

    def instant(self, at: str, zone_name: str, city: str) -> Html:
        """An instant with the place whose time it is: "8 March 2027, 09:12 Tessmark"."""
        return self._instants(at, zone_name, city)

    @cached_property
    def _instants(self) -> Callable[[str, str, str], Html]:
        """A page says one instant several times, and the pages of a message say the same."""
        return lru_cache(maxsize=64)(self._instant)

    def _instant(self, at: str, zone_name: str, city: str) -> Html:
        local = local_time(at, zone_name)
        return self.phrase("instant", day=self.unbroken(local.date()), time=self.hour(local), city=city)

    def unbroken(self, day: date | str) -> Html:
        """A day in a sentence, in which no line may end."""
        return tag("span", self.day(day), class_="unbroken")

    def weekday_and_day(self, day: date | str) -> Html:
        """A day with its weekday, as a line of facts begins: "Thursday 12 November 2026"."""
        return self.phrase("weekday_day", weekday=self.weekday(day), day=self.unbroken(day))

    def days(self, first: str, last: str) -> str:
        """A day without its year, or a first and a last one: "9 to 10 February"."""
        if first == last:
            return self.short_day(first)
        begin, end = self._first_and_last(first, last)
        return self.text("day_range", first=begin, last=end)

    def whole_days(self, first: str, last: str) -> Html:
        """A day, or a first and a last one whose year is said once where months have names: "9 to 10 February 2027"."""
        if first == last:
            return self.unbroken(first)
        begin, end = self.unbroken(first), self.unbroken(last)
        fields = [kind for kind, _ in tokens_of(self.dateline) if kind in "dMy"]
        if first[:4] == last[:4] and _names_month(self.dateline):
            short, shorter = self._first_and_last(first, last)
            begin = html(short) if fields[-1] == "y" else begin
            end = html(shorter) if fields[0] == "y" else end
        return self.phrase("day_range", first=begin, last=end)

    def _first_and_last(self, first: str, last: str) -> tuple[str, str]:
        """Two days without their year; of one month its name comes once."""
        pattern = without_year(self.dateline)
        begin, end = self._in_sentence(first, pattern), self._in_sentence(last, pattern)
        tokens = tokens_of(pattern)
        if first[:7] == last[:7] and tokens[0][0] == "d":
            begin = begin.split(" ", 1)[0]
        elif first[:7] == last[:7] and _names_month(pattern):
            after = next(place for place, (kind, _) in enumerate(tokens) if kind == "d")
            end = "".join(self._field(token, as_day(last)) for token in tokens[after:])
        return begin, end

    def _field(self, token: tuple[str, str], day: date) -> str:
        kind, written = token
        if kind == "text":
            return written
        length = len(written)
        if kind == "d":
            return self.figures(f"{day.day:0{length}d}")
        if kind == "y":
            return self.figures(f"{day.year % 100:02d}" if length == 2 else str(day.year))
        if kind == "E":
            form = "wide" if length >= 4 else "abbreviated"
            return str(locale_of(self.language).days["format"][form][day.weekday()])
        if length <= 2:
            return self.figures(f"{day.month:0{length}d}")
        return month_names(self.language, written)[day.month - 1]


def wording_of(furniture: Furniture, language: str) -> Wording:
    """The wording of an office in one language, from its furniture as it stands now."""
    key = "wording", language
    if key not in furniture.kept:
        furniture.kept[key] = _wording_of(furniture, language)
    found: Wording = furniture.kept[key]
    return found


def _wording_of(furniture: Furniture, language: str) -> Wording:
    office = furniture.one("office")
    content: Mapping[str, Any] = office.content if office else {}
    labels: dict[str, Label] = {}
    for piece in furniture.of("labels"):
        for key, words in piece.content["words"].items():
            own = next((own for tag in nearest(language) if (own := _without_erased(words.get(tag)))), None)
            if own:
                labels[key] = own
    numerals = dict(content.get("numerals") or {})
    datelines = dict(content.get("dateline") or {})
    dateline = datelines.get(language) or datelines.get(plain(language)) or long_pattern(plain(language))
    return Wording(
        language=language,
        labels=labels,
        dateline=dateline,
        dates=_dates_pattern(content.get("dates"), language) or dateline,
        numerals=numerals.get(language) or numerals.get(plain(language)) or NUMERALS.get(base(language), "latn"),
    )


def _dates_pattern(dates: str | None, language: str) -> str | None:
    """The office's pattern of dates in lists, where it can be said in this language: not "9 三月 2027"."""
    named = dates is not None and re.search("[ML]{3}", dates)
    return None if named and base(language) in NUMBERED_MONTHS else dates


def _without_erased(label: str | Mapping[str, str | None] | None) -> Label | None:
    """An office's label without the forms that were erased; None where nothing is left."""
    if not isinstance(label, Mapping):
        return label
    return {category: form for category, form in label.items() if form} or None


def in_language(words: Mapping[str, str | None] | None, language: str) -> str:
    """Words in a language, else in its plain form or base language, in English, in whichever stands first."""
    if not words:
        return ""
    for wanted in (*nearest(language), "en"):
        if words.get(wanted):
            return str(words[wanted])
    return next((word for word in words.values() if word), "")


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """CLDR's data for a language tag; English data for one that CLDR does not know."""
    for wanted in (language, base(language)):
        try:
            return Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=64)
def autonym(language: str) -> str:
    """A language's name in itself: "Français", "Deutsch (Leichte Sprache)"."""
    if is_simple(language):
        return simple_name(autonym(plain(language)), language)
    return capital(_name_of(language, locale_of(language)) or language)


@lru_cache(maxsize=256)
def language_name(language: str, said_in: str) -> str:
    """A language's name in another language, as it stands in a sentence: "anglais"."""
    if is_simple(language):
        return simple_name(language_name(plain(language), said_in), said_in)
    return _name_of(language, locale_of(said_in)) or autonym(language)


@lru_cache(maxsize=256)
def sign_language_name(sign: str, said_in: str) -> str:
    """A sign language's name in a language, as it stands in a sentence: "langue des signes française"."""
    country, beside = (partial(name, said_in=said_in) for name in (country_name, language_name))
    return sign_name(sign, said_in, country, beside)


def country_name(code: str, said_in: str) -> str:
    """A country's name in a language, by its two letters."""
    return str(locale_of(said_in).territories.get(code, code))


def _name_of(language: str, said_in: Locale) -> str | None:
    """CLDR's name of a language, with its script or region where one name says both: "简体中文"."""
    known = locale_of(language)
    own = (str(known), f"{known.language}_{known.script}", known.language)
    tags = own if known.language == base(language) else (base(language),)
    return next((said_in.languages[tag] for tag in tags if tag in said_in.languages), None)


@lru_cache(maxsize=64)
def long_pattern(language: str) -> str:
    """CLDR's long pattern of a day; day first for English without a region, as international offices write it."""
    if language == "en":
        return "d MMMM y"
    return str(locale_of(language).date_formats["long"].pattern)


@lru_cache(maxsize=64)
def without_year(pattern: str) -> str:
    """The pattern without its year and what ties it to the rest."""
    tokens = list(tokens_of(pattern))
    place = next((i for i, (kind, _) in enumerate(tokens) if kind == "y"), None)
    if place is None:
        return pattern
    last = max(i for i, (kind, _) in enumerate(tokens) if kind != "text")
    kept = tokens[place + 1 :] if place == 0 else tokens[:place]
    if place not in (0, last):
        kept = tokens[:place] + tokens[place + 1 :]
    while kept and kept[-1][0] == "text" and kept[-1][1] != DAY_SIGN:
        kept.pop()
    while kept and kept[0][0] == "text":
        kept.pop(0)
    return "".join(_quoted("".join(run)) if kind == "text" else "".join(run) for kind, run in _runs(kept))


def _names_month(pattern: str) -> bool:
    """Whether a pattern names the month, or has signs for month and day as Chinese has, so that a day stands alone."""
    return any((kind == "M" and len(written) > 2) or written == DAY_SIGN for kind, written in tokens_of(pattern))


def _runs(tokens: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Tokens with neighbouring words taken together: two quoted ones side by side would say a quote."""
    for text, run in groupby(tokens, key=lambda token: token[0] == "text"):
        if text:
            yield "text", [written for _, written in run]
        else:
            yield from ((kind, [written]) for kind, written in run)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'" if words != "'" else "''"


@lru_cache(maxsize=256)
def month_names(language: str, written: str) -> tuple[str, ...]:
    """The twelve names of months which a pattern's month field asks for."""
    context = "stand-alone" if written.startswith("L") else "format"
    names = locale_of(language).months[context]["wide" if len(written) >= 4 else "abbreviated"]
    return tuple(str(names[number]) for number in range(1, 13))


@lru_cache(maxsize=64)
def _dates_in(language: str) -> re.Pattern[str]:
    """What is a date in a title: "9 March 2027", "March 9, 2027", "9 de marzo de 2027" or "09.03.2027"."""
    months = "|".join(re.escape(name) for name in month_names(language, "MMMM"))
    forms = (
        rf"\d{{1,2}}(?:er|\.)?\s(?:de\s|ב)?(?:{months})(?:\sde)?\s\d{{4}}",
        rf"(?:{months})\s\d{{1,2}},\s\d{{4}}",
        r"\d{2}\.\d{2}\.\d{4}",
    )
    return re.compile(rf"\b(?:{'|'.join(forms)})\b|{_HAN_DATE}")


@lru_cache(maxsize=256)
def tokens_of(pattern: str) -> tuple[tuple[str, str], ...]:
    """A CLDR pattern as pairs of kind ("text", "d", "M", "y", "E") and what is written."""
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(pattern):
        sign = pattern[position]
        end = position + 1
        if sign == "'":
            quoted = _QUOTED.match(pattern, position)
            end = quoted.end() if quoted else len(pattern)
            written = quoted[1] if quoted else pattern[position + 1 :]
            found.append(("text", written.replace("''", "'") or "'"))
        elif sign in "dMLyE":
            while end < len(pattern) and pattern[end] == sign:
                end += 1
            found.append(("M" if sign == "L" else sign, pattern[position:end]))
        else:
            found.append(("text", sign))
        position = end
    return tuple(found)


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """A zone by its IANA name, from the tzdata package and from nowhere else."""
    folder = files("tzdata.zoneinfo")
    for part in name.split("/"):
        folder = folder / part
    with folder.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@lru_cache(maxsize=256)
def zone_city(name: str, language: str) -> str:
    """CLDR's name of the city after which a zone is called."""
    return str(get_timezone_location(name, locale_of(language), return_city=True))


@lru_cache(maxsize=4096)
def local_time(at: str, zone_name: str) -> datetime:
    """An instant ("2027-03-08T07:12:00Z") on the clocks of a zone."""
    return datetime.fromisoformat(at).astimezone(zone(zone_name))


def as_day(day: date | str) -> date:
    """A day from "YYYY-MM-DD"."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def capital(name: str) -> str:
    """A name with its first letter as at the head of a line."""
    return name[:1].upper() + name[1:]


def chosen_form(forms: Mapping[str, Any], category: str) -> str:
    """The form for a plural category, else the general one, else the last."""
    found = forms.get(category) or forms.get("other") or next(reversed(list(forms.values())), "")
    return str(found)


@lru_cache(maxsize=8)
def _digit_table(numerals: str) -> dict[int, str]:
    return {ord(str(value)): sign for value, sign in enumerate(DIGITS[numerals])}


@lru_cache(maxsize=64)
def _words(language: str) -> dict[str, Any]:
    path = WORDS / f"{language}.json"
    if not path.is_file():
        return {}
    known: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return known
