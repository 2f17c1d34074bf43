"""Counters of days: "412 days have passed since …", with the day from which they count.

The number may stand first, in the middle or last; several sentences may stand in one line, far apart. The starting day
is the printed day less the number: whole calendar days, never one more (so does every official counter that was
looked at over years). Without a printed day there is a counter and no starting day. An ordinal ("412th day", "day 412")
is no counter: its word or its first day would be wrong tomorrow, so it is known only in order to be said. So is a
countdown ("100 days until the summit"): a counter is one that says "since", "have passed", "for", in the words of its
language (`elapsing.py`); where a language has no such table, nothing is a counter. Figures of a date count no days.

    >>> counters_of("Seit der Eröffnung sind 12 Tage vergangen", "de")[0].days
    12
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from communique.importing.capture import Line
from communique.importing.dates import dates_in
from communique.importing.digits import ascii_digits, has_digit
from communique.importing.elapsing import counts_since
from communique.importing.plurals import day_words
from communique.importing.sheet import Sheet

LIMIT_COUNTERS = 24
COUNTDOWN = "countdown"
"""the part of a line that counts days and says no since"""
_LIMIT_LINE = 4_000
_LIMIT_SENTENCE = 400
_LIMIT_DAYS = 100_000
_LEAST_WORDS = 4
_WITHOUT_BLANKS = ("zh", "ja", "ko", "th")

_GAP = re.compile(r"[ \u00a0]{3,}|\s[|•·]\s")
_SPACES = "[ \u00a0\u202f]"
_ANY_NUMBER = rf"\d{{1,3}}(?:(?:[.,'’٬]|{_SPACES})\d{{3}})+(?!\d)|\d{{1,6}}"
_ANOTHER_SENTENCE = re.compile(r"\w{3}[.!?]\s+\w+[\s,]+\w+|[。！？]\s*\w")
_END_OF_SENTENCE = re.compile(r"[.!?؟。…:：]\W*$")


@dataclass(frozen=True)
class Counter:
    """A sentence with a number of days at `number_start` to `number_end`, and the form of "day" beside it."""

    days: int
    text: str
    number_start: int
    number_end: int
    word: str

    @property
    def grouping(self) -> bool:
        """Whether the number is printed with its thousands divided."""
        return not self.text[self.number_start : self.number_end].isdecimal()

    @property
    def pattern(self) -> str:
        """The sentence with "#" in place of the number."""
        return self.text[: self.number_start] + "#" + self.text[self.number_end :]

    def since(self, day: date | None) -> date | None:
        """The day from which it counts, when it was printed on `day`."""
        return day - timedelta(days=self.days) if day else None


def find_counters(sheet: Sheet, lines: Sequence[Line], language: str) -> list[Counter]:
    """Take those of the lines that hold nothing but counters; of the others, note those that count without a since."""
    found: list[Counter] = []
    for line in lines:
        if is_countdown(line.text, language):
            sheet.take(line, COUNTDOWN)
            continue
        counters = counters_of(line.text, language)
        if counters and len(found) + len(counters) <= LIMIT_COUNTERS:
            start = 0
            for counter in counters:
                start = line.text.index(counter.text, start)
                sheet.take(line, "counter", len(found), start, start + len(counter.text))
                start += len(counter.text)
                found.append(counter)
    return found


@lru_cache(maxsize=65_536)
def is_counter(text: str, language: str) -> bool:
    """Whether a line is counters, and not a sentence of running text: those end in a full stop."""
    return bool(counters_of(text, language)) and not _END_OF_SENTENCE.search(text)


@lru_cache(maxsize=65_536)
def is_countdown(text: str, language: str) -> bool:
    """Whether a line is a number of days without a since, and not a sentence of running text."""
    if _END_OF_SENTENCE.search(text) or len(text) > _LIMIT_SENTENCE or counters_of(text, language):
        return False
    return len(_days_in(text, language)) == 1 and not counts_since(text, language)


@lru_cache(maxsize=65_536)
def counts_days(text: str, language: str) -> bool:
    """Whether a short line counts days by an ordinal or down: no piece can hold it, and it heads nothing."""
    if len(text) > _LIMIT_SENTENCE or _END_OF_SENTENCE.search(text):
        return False
    if is_countdown(text, language):
        return True
    return bool(_ordinal(language).search(_plain(text)))


def counters_of(text: str, language: str) -> list[Counter]:
    """The counters of a line that holds nothing else; empty for any other line."""
    if len(text) > _LIMIT_LINE or "#" in text or not has_digit(text):
        return []
    found: list[Counter] = []
    for segment in _GAP.split(text):
        if not segment.strip():
            continue
        counters = [_counter(sentence, language) for sentence in _sentences(segment.strip(), language)]
        if None in counters:
            return []
        found += [c for c in counters if c]
    return found


def _sentences(segment: str, language: str) -> list[str]:
    """One segment, divided where each of its sentences begins with its number, or after a full stop."""
    matches = _days_in(segment, language)
    if len(matches) < 2:
        return [segment]
    if matches[0].start() == 0:
        starts = [m.start() for m in matches]
    else:
        starts = [0] + [m.end() for m in re.finditer(r"[.!]\s+", segment)]
    return [segment[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True) if segment[a:b].strip()]


def _counter(sentence: str, language: str) -> Counter | None:
    matches = _days_in(sentence, language)
    if len(matches) != 1 or len(sentence) > _LIMIT_SENTENCE:
        return None
    if len(sentence.split()) < _LEAST_WORDS and language[:2] not in _WITHOUT_BLANKS:
        return None
    if _ANOTHER_SENTENCE.search(sentence) or not counts_since(sentence, language):
        return None
    found = matches[0]
    group = "before" if found["before"] else "after"
    days = int(re.sub(r"\D", "", found[group]))
    word = sentence[slice(*found.span("word_" + group))]
    return Counter(days, sentence, *found.span(group), word) if days <= _LIMIT_DAYS else None


def _days_in(text: str, language: str) -> list[re.Match[str]]:
    """Every number of days in a text; the figures of a date ("2026年5月3日") are none."""
    plain = _plain(text)
    if not _expression(language).search(plain):
        return []
    for printed in dates_in(text, language):
        plain = plain[: printed.start] + " " * (printed.end - printed.start) + plain[printed.end :]
    return list(_expression(language).finditer(plain))


@lru_cache(maxsize=64)
def _expression(language: str) -> re.Pattern[str]:
    """A number of days: the number before the word, or ("days: 12") behind it."""
    words = "|".join(re.escape(_plain(w)) for w in sorted(day_words(language), key=len, reverse=True))
    before, end = (r"(?<![\d.,:/-])", "") if language[:2] in _WITHOUT_BLANKS else (r"(?<![\w.,:/@-])", r"(?!\w)")
    return re.compile(
        rf"{before}(?P<before>{_ANY_NUMBER}){_SPACES}{{0,2}}(?P<word_before>{words}){end}"
        rf"|{before}(?P<word_after>{words}){_SPACES}?[:：—–-]{_SPACES}?(?P<after>{_ANY_NUMBER})(?![\w:/])"
    )


@lru_cache(maxsize=64)
def _ordinal(language: str) -> re.Pattern[str]:
    """ "412th day", or "day 412" where the line begins so."""
    words = "|".join(re.escape(_plain(w)) for w in sorted(day_words(language), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)\d[\d.,]*(?:st|nd|rd|th|-?й|-?го|º|ª|er|e|\.)\s+(?:{words})(?!\w)|^\W*(?:{words})\s+\d{{2,6}}(?!\w)"
    )


def _plain(text: str) -> str:
    """Small letters and ASCII digits, one for one."""
    plain = ascii_digits(text)
    low = plain.lower()
    return low if len(low) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
