"""The ways in which fields are found, and how often each was right: the evidence behind every confidence.

A way has two counts (right, of so many). `fresh` is of pages of invented institutions at their first reading, before
anything was mended for them: what a page that nobody has read may expect. `mended` is of pages beside which the rules
were written, and says less: it counts a quarter. The confidence is the share of right ones when one more page is
wrong, so that a way with little evidence is never sure, whatever it looks like.

    Way("a heading, and the head of the file tells it too", fresh=(36, 39), mended=(54, 54)).sureness    0.92

`tests/importing/ways.tsv` has the counts by batch of pages; `test_ways.py` adds them up, and measures what a way
would be called by all batches but one on the one left out. Decision 0058 has what was tried.
"""

from __future__ import annotations

from dataclasses import dataclass

_OF_MENDED = 0.25
"""what a page counts beside which the rules were written"""
_LEAST = 0.3
"""doubtful is doubtful"""


@dataclass(frozen=True)
class Judged:
    """How sure a field is, and why."""

    confidence: float
    because: str


@dataclass(frozen=True)
class Way:
    """A way of finding a field: in words, and (right, of so many)."""

    because: str
    fresh: tuple[int, int]
    mended: tuple[int, int]

    @property
    def sureness(self) -> float:
        """How often a field found so is right, as far as is known."""
        return sureness_of(self.fresh, self.mended)

    @property
    def judged(self) -> Judged:
        return Judged(self.sureness, self.because)


def sureness_of(fresh: tuple[int, int], mended: tuple[int, int]) -> float:
    """The sureness that counts are evidence of, in hundredths."""
    right, of = (one + other * _OF_MENDED for one, other in zip(fresh, mended, strict=True))
    return max(_LEAST, int(100 * right / (of + 1)) / 100)


# Title
TITLE_TOLD_TWICE = Way("a heading, and the head of the file tells it too", fresh=(36, 39), mended=(54, 54))
TITLE_TOLD_BY_HEAD = Way("the head of the file tells it", fresh=(11, 15), mended=(6, 6))
TITLE_IS_A_NAME = Way("it could be the name of the site", fresh=(0, 4), mended=(2, 2))
TITLE_OVER_TEXT = Way("the heading over the text", fresh=(18, 20), mended=(24, 24))
TITLE_SMALL = Way("a small heading or a line over the text", fresh=(8, 15), mended=(14, 14))
TITLE_CENTRED = Way("the last centred block over the text", fresh=(0, 0), mended=(6, 6))
TITLE_OF_LETTER = Way("the one line of the head that is neither name, date nor form", fresh=(1, 1), mended=(24, 24))
TITLE_AMONG_RIVALS = Way("the first of several lines that could be the title", fresh=(1, 4), mended=(7, 8))
TITLE_UNDER_BOTH = Way("the line under section and date", fresh=(1, 1), mended=(2, 2))
TITLE_BESIDE_DATE = Way("the line beside a date", fresh=(0, 0), mended=(0, 0))
TITLE_LAST_LINE = Way("the last short line over the text", fresh=(0, 1), mended=(0, 1))
NO_TITLE = Way("no line of the page is plainly a title", fresh=(0, 0), mended=(0, 0))

# Day
DATE_TOLD_TWICE = Way("printed at the title, and the head of the file tells it too", fresh=(0, 0), mended=(7, 7))
DATE_PRINTED = Way("printed at the title", fresh=(72, 80), mended=(104, 106))
DATE_AGAINST_HEAD = Way("printed, but the head of the file tells another day", fresh=(0, 0), mended=(0, 0))
DATE_OF_SIGNATURE = Way("the day of the signature", fresh=(0, 0), mended=(6, 6))
DATE_OF_TWO = Way("figures that could be two days", fresh=(0, 0), mended=(0, 0))
LIST_UNDATED = Way("a list has no day of its own", fresh=(4, 5), mended=(14, 14))
DATES_NOT_TAKEN = Way("dates are printed, none plainly the message's", fresh=(0, 1), mended=(0, 1))
YEARS_NOT_TAKEN = Way("no day at the title, and years elsewhere on the page", fresh=(4, 14), mended=(5, 5))
NO_DATE_IN_HEAD = Way("no date in the head", fresh=(0, 0), mended=(2, 2))
NO_DATE_ANYWHERE = Way("no year on the page outside its text", fresh=(0, 0), mended=(0, 0))

# Section
SECTION_IS_FORM = Way("a short line of the head that is a form of message", fresh=(34, 35), mended=(46, 46))
SECTION_OF_TRAIL = Way(
    "a form of message that the page leads to, or that stands farther off", fresh=(7, 14), mended=(21, 22)
)
SECTION_NAMES_FORM = Way("a short line of the head that names a form of message", fresh=(7, 15), mended=(17, 18))
SECTION_NAMES_SENDER = Way("a short line of the head that says who sends it", fresh=(0, 4), mended=(2, 3))
SECTION_OF_LIST = Way(
    "what heads a list is the section of its messages, or its title alone", fresh=(0, 5), mended=(11, 15)
)
SECTION_IN_CAPITALS = Way("the short line in capitals over the title", fresh=(0, 0), mended=(3, 3))
SECTION_SHORT_LINE = Way("the short line over the title", fresh=(3, 7), mended=(4, 5))
NO_SECTION = Way("no line of the head names one", fresh=(3, 20), mended=(21, 29))

# Kind
KIND_INTERVIEW = Way("questions and answers of one party", fresh=(5, 7), mended=(6, 8))
KIND_LIST = Way("other messages, and no text of its own", fresh=(4, 5), mended=(14, 14))
KIND_LIST_BESIDE_TEXT = Way("other messages, and running text that was not taken", fresh=(0, 0), mended=(1, 1))
KIND_NAMED = Way("section or title names it", fresh=(24, 24), mended=(59, 59))
KIND_BY_TURNS = Way("as its turns are", fresh=(0, 0), mended=(2, 2))
KIND_OF_GREETING = Way(
    "prose that begins with no sentence, and nothing names its kind", fresh=(10, 23), mended=(14, 14)
)
KIND_BY_SECTION = Way("prose in a section that names no other kind", fresh=(19, 24), mended=(27, 28))
KIND_UNNAMED = Way("prose, and nothing names its kind", fresh=(8, 17), mended=(13, 15))

# Language
LANGUAGE_TOLD = Way("the file tells it", fresh=(76, 76), mended=(90, 90))
LANGUAGE_OF_WORDS = Way("its words are of it", fresh=(24, 24), mended=(50, 50))
LANGUAGE_OF_FEW_WORDS = Way("its words are of it, and they are few", fresh=(0, 0), mended=(1, 1))

# Event
EVENT_OF_SIGNATURE = Way("place and day of the signature", fresh=(0, 0), mended=(6, 6))
EVENT_WHOLE = Way("title or head names place and day", fresh=(1, 2), mended=(29, 29))
EVENT_IN_PART = Way("title or head names a part of it", fresh=(4, 17), mended=(21, 25))
NO_EVENT = Way("neither title nor head names an occasion", fresh=(72, 81), mended=(76, 81))

# Body
BODY_IN_ONE_BOX = Way("it fills one element, and no other text stands on the page", fresh=(21, 23), mended=(28, 28))
BODY_BESIDE_OTHER = Way("it fills one element, and other text stands below", fresh=(2, 3), mended=(2, 3))
BODY_NOT_ALL = Way("it fills one element but for other lines in it", fresh=(5, 9), mended=(11, 11))
BODY_WITH_SHORT_END = Way("it begins or ends with a short line that is no sentence", fresh=(5, 6), mended=(8, 8))
BODY_UNDER_PLAIN_TITLE = Way("it fills one element under a title that is no heading", fresh=(5, 11), mended=(12, 13))
BODY_IN_BOXES = Way("it stands in several elements of the page", fresh=(9, 34), mended=(18, 22))
BODY_UNTITLED = Way("a branch of the page without a title", fresh=(0, 0), mended=(0, 0))
BODY_FROM_MARK = Way("from the first mark to the end", fresh=(1, 4), mended=(21, 22))
BODY_UNDER_HEAD = Way("what stands under the head", fresh=(1, 3), mended=(18, 19))
BODY_FROM_SHORT_LINE = Way("it begins with a short line that is no sentence", fresh=(0, 0), mended=(0, 0))
NO_BODY = Way("no running text outside lists and menus", fresh=(5, 7), mended=(15, 15))

# Turns
TURNS_BY_MARKS = Way("questions are marked as such", fresh=(3, 5), mended=(24, 24))
TURNS_AFTER_TEXT = Way("questions are marked as such, below words that are not marked", fresh=(3, 6), mended=(4, 5))
TURNS_BY_NAMES = Way("names mark who speaks", fresh=(1, 4), mended=(3, 4))
TURNS_BY_FEW_NAMES = Way("few names mark who speaks", fresh=(0, 0), mended=(0, 0))
TURNS_BY_TYPE = Way("strong type alone marks the questions", fresh=(2, 5), mended=(7, 8))
TURNS_WITH_SUBHEADS = Way("questions are marked, and subheads divide the talk", fresh=(0, 1), mended=(4, 4))
TALK_UNMARKED = Way("section or title names a talk, and nobody is marked as speaking", fresh=(0, 3), mended=(1, 1))
QUESTIONS_UNMARKED = Way(
    "nobody is marked as speaking, and questions or strong beginnings stand in the text", fresh=(0, 2), mended=(1, 1)
)
NO_TURNS = Way("nobody is marked as speaking", fresh=(73, 74), mended=(94, 94))

# Listed messages
ROWS_NEWEST_FIRST = Way("a date and a title, again and again, newest first", fresh=(26, 29), mended=(49, 51))
ROWS_IN_NO_ORDER = Way("a date and a title, again and again, in another order", fresh=(0, 4), mended=(1, 1))
ONE_ROW = Way("one only", fresh=(1, 7), mended=(1, 1))
TITLES_UNDATED = Way("titles under the heading of a list", fresh=(2, 6), mended=(8, 9))
LINKS_BESIDE = Way("long links stand beside the text, under no heading of a list", fresh=(2, 16), mended=(17, 17))
LINKS_BELOW = Way("links of several words stand below the text", fresh=(18, 21), mended=(11, 11))
NO_STUBS = Way("no list of others", fresh=(15, 17), mended=(51, 51))
