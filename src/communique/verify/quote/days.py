"""The days that a source line names, in figures or with a month's name, and whether the record knows any of them.

    days_in("Tessmark, 4 March 2027")  ->  [("4 March 2027", {"2027-03-04"})]
    days_in("03.04.2027")              ->  [("03.04.2027", {"2027-04-03", "2027-03-04"})]

A day that can be read in two ways is false only if both are: nobody is accused for the order of a country's figures. A
month may be cut short to three letters. Names are those of the fifteen languages of our labels, as they stand in a
date; a day in another language is not read, and so not compared.

`press/assets/quotes.js` does the same in a browser; the tests hold one against the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from communique.edition.quoted import BLANK, INVISIBLE
from communique.verify.site.names import NAMES

Day = tuple[str, frozenset[str]]
"""as it is written, and each way to read it, as YYYY-MM-DD"""

_MORE_MONTHS = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
)
"""of the languages of our labels that `names.py` does not have: ru, uk, it, pl, pt, tr; he alone, and behind *in*"""
_ALL_MONTHS = (*(one.months for one in NAMES.values()), *_MORE_MONTHS)
_MONTHS = [name.lower().split() for name in (unicodedata.normalize("NFC", months) for months in _ALL_MONTHS)]
_SHORTEST = 3
_ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
_FIGURES = {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)}
"""the figures in which days are written; Unicode has others, of mathematics and of scripts that no office writes in"""
_MONTH = r"(?P<month>[^\W\d_][^\s\d,.]+)\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_YEAR_BEHIND = r"(?P<y>[0-9]{4})(?![0-9])"
_FORMS = (
    re.compile(r"(?<![0-9])(?P<y>[0-9]{4})(?P<by>[-/.])(?P<m>[0-9]{1,2})(?P=by)(?P<d>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<y>[0-9]{4}) ?年 ?(?P<m>[0-9]{1,2}) ?月 ?(?P<d>[0-9]{1,2}) ?日"),
    re.compile(rf"(?<![0-9])(?P<d>[0-9]{{1,2}})(?P<by>[-/.])(?P<m>[0-9]{{1,2}})(?P=by){_YEAR_BEHIND}"),
    re.compile(
        rf"(?<![0-9])(?P<d>[0-9]{{1,2}}){_ORDINAL} ?(?:de |d['’])?{_MONTH}(?: del? |,? ){_YEAR_BEHIND}", re.IGNORECASE
    ),
    re.compile(rf"{_MONTH} (?P<d>[0-9]{{1,2}}){_ORDINAL},? {_YEAR_BEHIND}", re.IGNORECASE),
)
_IN_FIGURES = 2
"""the form whose day and month may stand the other way round"""
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d\d)/(\d\d)(?:/|\Z)")


def days_in(text: str) -> list[Day]:
    """Each full day that a text names."""
    told = "".join(map(_counted, unicodedata.normalize("NFC", INVISIBLE.sub("", text))))
    found: list[Day] = []
    for number, form in enumerate(_FORMS):
        for match in form.finditer(told):
            parts = match.groupdict()
            months = _months(parts["month"]) if "month" in parts else [int(parts["m"])]
            read = {_written(parts["y"], month, int(parts["d"])) for month in months}
            if number == _IN_FIGURES:
                read.add(_written(parts["y"], int(parts["d"]), int(parts["m"])))
            if months:
                found.append((match[0], frozenset(read)))
    return found


def false_day(
    source: str, content: Mapping[str, Any], instants: Iterable[str], own: Iterable[str | None]
) -> str | None:
    """The first day of a source line that is none of the record's: `own` are its title, place and the like.

    A day is known of the occasion and the delivery, of the address, and of the instants of the editions, of which the
    office's zone may make the day before or after.
    """
    occasion = content.get("occasion") or {}
    known = {day for day in (occasion.get("on"), content.get("delivered")) if day}
    known |= {"-".join(match) for match in _IN_ADDRESS.findall(f"/{content.get('address') or ''}")}
    for instant in instants:
        known |= set(_around(date.fromisoformat(instant[:10])))
    known |= {day for text in own if text for _, read in days_in(text) for day in read}
    return next((written for written, read in days_in(source) if not read & known), None)


def _around(day: date) -> Iterator[str]:
    """A day, the one before and the one after; the first and the last that a record can name have one neighbour."""
    for number in range(day.toordinal() - 1, day.toordinal() + 2):
        if date.min.toordinal() <= number <= date.max.toordinal():
            yield date.fromordinal(number).isoformat()


def _counted(sign: str) -> str:
    return " " if BLANK.match(sign) else _FIGURES.get(sign, sign)


def _months(name: str) -> list[int]:
    told = name.lower()
    numbered = [(number, month) for months in _MONTHS for number, month in enumerate(months, 1)]
    return [n for n, month in numbered if month == told or (len(told) >= _SHORTEST and month.startswith(told))]


def _written(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}"
