"""A seeded generator of official pages, each with the facts that a reader must find in it.

`generate(seed)` makes one page in the plain-text shape of `examples/embassy-page.txt`: other cities, labels, languages
(twelve), marks, 0 to 4 counters, 1 to 12 turns, 0 to 15 listed messages, parts moved or absent. The same seed gives
the same page for ever; nothing here knows how pages are read.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from importing.phrases import LANGUAGES, PROGRAMMES, Phrases

ARAB_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
GAP = " " * 40


@dataclass(frozen=True)
class Expected:
    """The facts of a page. Absent parts are None or empty."""

    day: str | None
    clocks: tuple[tuple[str, str, str], ...]
    contacts: tuple[tuple[str, str | None, str | None], ...]
    counters: tuple[tuple[int, str | None, str], ...]
    sentences: tuple[dict[str, str], ...]
    section: str | None
    published: str | None
    title: str
    event: dict[str, str | None] | None
    turns: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(kind, mark as printed without its colon, paragraphs)"""
    heading: str | None
    listed: tuple[tuple[str, str, str | None], ...]
    separator: str | None
    all_link: str | None
    dateline: str | None
    """the CLDR pattern of the date line"""


@dataclass(frozen=True)
class Generated:
    """A page, its facts, and how to look at it: the browser's instant, the office's zone, language, list dates.

    `numerals` is "arab" where the page counts in Arabic-Indic digits. `blocks` are the page's parts as printed, by
    name ("date line", "clocks", "contacts", "counters", "section", "message date", "title", "turns", "list", "all").
    """

    seed: int
    text: str
    expected: Expected
    browser_instant: str
    zone: str
    language: str
    dates: str
    numerals: str
    blocks: dict[str, str]


def generate(seed: int) -> Generated:
    """The page of a seed."""
    return _Maker(seed).make()


class _Maker:
    """Draws one page. Each draw comes from one generator in a fixed order."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(f"official page {seed}")
        self.language = sorted(LANGUAGES)[seed % len(LANGUAGES)]
        self.phrases: Phrases = LANGUAGES[self.language]
        self.arab = self.language == "ar" and self.chance.random() < 0.5
        self.instant = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=self.chance.randrange(11 * 365 * 1440))
        self.cities = self.chance.sample(self.phrases.cities, self.chance.choice((0, 1, 2, 2, 2, 3)))
        self.zone = self.chance.choice(self.cities or self.phrases.cities[:1])[1]
        self.day = self.instant.astimezone(ZoneInfo(self.zone)).date()
        self.dates = self.chance.choice(self.phrases.dates)
        self.name = self.chance.choice(self.phrases.names)
        self.blocks: dict[str, str] = {}

    def make(self) -> Generated:
        has_day = self._maybe(0.9)
        dateline = self.chance.choice(self.phrases.datelines) if has_day else None
        dateline = self._settled(dateline, [self.day]) if dateline else None
        if dateline:
            self.blocks["date line"] = self._date(self.day, dateline)
        clocks = self._clocks()
        contacts = self._contacts()
        counters, sentences = self._counters(has_day)
        days = self._days()
        section = self._put("section", self.chance.choice(self.phrases.sections)) if self._maybe(0.85) else None
        published = days[0] if self._has_date_of_its_own(has_day, bool(section)) else None
        self.dates = self._settled(self.dates, days[0 if published else 1 :])
        if published:
            self.blocks["message date"] = self._date(published, self.dates)
        title, event = self._title(days[0])
        turns = self._turns()
        heading, listed, separator, link = self._list(days[1:])
        expected = Expected(
            self.day.isoformat() if has_day else None,
            clocks,
            contacts,
            counters,
            sentences,
            section,
            published.isoformat() if published else None,
            title,
            event,
            turns,
            heading,
            listed,
            separator,
            link,
            dateline,
        )
        instant = self.instant.strftime("%Y-%m-%dT%H:%M:00Z")
        numerals = "arab" if self.arab else "latn"
        text = self._laid_out()
        return Generated(
            self.seed, text, expected, instant, self.zone, self.language, self.dates, numerals, self.blocks
        )

    def _has_date_of_its_own(self, has_day: bool, has_section: bool) -> bool:
        """Whether the message's date is printed; not where nobody could tell whose date a page's only one is."""
        alive = "clocks" in self.blocks or "counters" in self.blocks
        wanted = self._maybe(0.85)
        if has_day and not alive:
            return True
        return wanted and (has_day or has_section or not alive)

    def _clocks(self) -> tuple[tuple[str, str, str], ...]:
        sign = self.chance.choice((": ", ": ", " ", " - "))
        clocks = []
        for city, zone in self.cities:
            clocks.append((city, zone, self.instant.astimezone(ZoneInfo(zone)).strftime("%H:%M")))
        if clocks:
            self._put("clocks", "\n".join(f"{c}{sign}{self._digits(shown)}" for c, _, shown in clocks))
        return tuple(clocks)

    def _contacts(self) -> tuple[tuple[str, str | None, str | None], ...]:
        labels = self.chance.sample(self.phrases.contacts, self.chance.choice((0, 1, 1, 1, 2)))
        contacts = []
        for number, label in enumerate(labels):
            telephone = f"+44 1632 960{self.chance.randrange(1000):03}" if self._maybe(0.85) else None
            email = f"desk{number + 1}@embassy.example" if self._maybe(0.7) or not telephone else None
            contacts.append((label, telephone, email))
        if contacts:
            printed = ["\n".join(filter(None, (f"{c[0]}:", *c[1:]))) for c in contacts]
            self._put("contacts", "\n\n".join(printed))
        return tuple(contacts)

    def _counters(self, has_day: bool) -> tuple[tuple[tuple[int, str | None, str], ...], tuple[dict[str, str], ...]]:
        found, forms = [], []
        for _ in range(self.chance.choice((0, 1, 1, 2, 2, 3, 4)) if has_day else 0):
            sentence = self.chance.choice(self.phrases.counters)
            number = self.chance.choice((1, 2, 3, 5, 11, 21, 22, 100, 101, 111, 1000, self.chance.randrange(3000)))
            category = str(Locale.parse(self.language).plural_form(number))
            text = sentence[category].replace("#", self._digits(str(number)))
            if any(text == other[2] for other in found):
                continue
            found.append((number, (self.day - timedelta(days=number)).isoformat(), text))
            forms.append(sentence)
        if found:
            gap = self.chance.choice((GAP, "\n", "\n\n"))
            self._put("counters", gap.join(text for _, _, text in found))
        return tuple(found), tuple(forms)

    def _days(self) -> list[date]:
        """The message's day, then those of the listed messages, newest first; none is after the page's own."""
        count = self.chance.choice((0, 1, 2, 3, 5, 8, 10, 15))
        first = self.day - timedelta(days=self.chance.randrange(60))
        days, last = [], self.day
        for _ in range(count):
            last -= timedelta(days=self.chance.choice((0, 1, 1, 2, 5)))
            days.append(last)
        return [first, *days]

    def _title(self, day: date) -> tuple[str, dict[str, str | None] | None]:
        if self._maybe(0.2):
            return self._put("title", self.chance.choice(self.phrases.plain_titles)), None
        words = {"name": self.name, "programme": self.chance.choice(PROGRAMMES[self.language])}
        what = self.chance.choice(self.phrases.what).format(**words)
        title = " ".join(filter(None, (self.phrases.who.format(**words), what)))
        if self._maybe(0.2):
            return self._put("title", title), None
        on = day - timedelta(days=self.chance.randrange(3))
        place = self.chance.choice(self.phrases.cities)[0] if self._maybe(0.85) or "," in what else None
        pattern = self.chance.choice([p for p in self.phrases.datelines if "MMMM" in p and "EEEE" not in p])
        title = ", ".join(filter(None, (title, place, self._date(on, pattern))))
        return self._put("title", title), {"date": on.isoformat(), "place": place, "occasion": what}

    def _turns(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        count = self.chance.randint(1, 12)
        asks, answers = self._marks(count)
        turns: list[tuple[str, str, tuple[str, ...]]] = []
        if count > 2 and answers == self.name and self._maybe(0.2):
            turns.append(("remark", answers, self._paragraphs(self.phrases.said)))
        asking = True
        while len(turns) < count:
            words = self.phrases.asked if asking else self.phrases.said
            paragraphs = (self.chance.choice(words),) if asking else self._paragraphs(words)
            turns.append(("question" if asking else "answer", asks if asking else answers, paragraphs))
            asking = not asking or (asks != self.phrases.asker and self._maybe(0.1))
        self._trap(turns)
        between = self.chance.choice(("\n\n", "\n\n", "\n"))
        self._put("turns", between.join(f"{mark}: {between.join(words)}" for _, mark, words in turns))
        return tuple(turns)

    def _marks(self, count: int) -> tuple[str, str]:
        ask = self.chance.choice(self.phrases.questions)
        style = self.chance.choice(("name", "name", "name", "word", "letter", "two names"))
        if style == "letter":
            return self.phrases.letters
        if style == "two names" and count > 4:
            return self.phrases.asker, self.name
        return ask, self.chance.choice(self.phrases.answers) if style == "word" else self.name

    def _paragraphs(self, words: tuple[str, ...]) -> tuple[str, ...]:
        count = self.chance.choice((1, 1, 2, 3, 4))
        return tuple(" ".join(self.chance.sample(words, self.chance.randint(1, 3))) for _ in range(count))

    def _trap(self, turns: list[tuple[str, str, tuple[str, ...]]]) -> None:
        """A line that ends in a colon and is no mark."""
        answers = [n for n, turn in enumerate(turns) if turn[0] == "answer"]
        if answers and self._maybe(0.4):
            kind, mark, words = turns[answers[0]]
            turns[answers[0]] = (kind, mark, (words[0], self.phrases.trap, *words[1:], self.phrases.said[0]))

    def _list(
        self, days: list[date]
    ) -> tuple[str | None, tuple[tuple[str, str, str | None], ...], str | None, str | None]:
        link = self._put("all", self.chance.choice(self.phrases.links)) if self._maybe(0.8) else None
        if not days:
            return None, (), None, link
        heading = self.chance.choice(self.phrases.headings)
        separator = self.chance.choice((" - ", " - ", " – ", " — ", " | "))
        teasers = self._maybe(0.75)
        listed = []
        for number, day in enumerate(days):
            title = self.phrases.listed[number % len(self.phrases.listed)]
            if number >= len(self.phrases.listed) or self._maybe(0.2):
                title = f"{title}, {self.chance.choice(self.phrases.cities)[0]} {self._digits(str(number + 1))}"
            words = self.chance.sample(self.phrases.said, self.chance.randint(1, 2))
            teaser = " ".join([*words, self.phrases.asked[0]][: self.chance.randint(1, 3)]) if teasers else None
            listed.append((day.isoformat(), title, teaser))
        lines = [heading]
        for (_, title, teaser), day in zip(listed, days, strict=True):
            lines.append(f"{self._date(day, self.dates)}{separator}{title}")
            lines += [teaser] if teaser else []
        self._put("list", "\n\n".join(lines))
        return heading, tuple(listed), separator, link

    def _laid_out(self) -> str:
        """The parts in the order of the page: surroundings above, some of them below; sometimes the list first."""
        around = ["date line", "clocks", "contacts", "counters"]
        if self._maybe(0.3):
            self.chance.shuffle(around)
        below = [part for part in around if self._maybe(0.5)] if self._maybe(0.25) else []
        above = [part for part in around if part not in below]
        head = ["section", "message date", "title"]
        if "date line" in self.blocks and self._maybe(0.15):
            head = ["message date", "section", "title"]
        elif self._maybe(0.15):
            head = ["section", "title", "message date"]
        list_ = ["list", "all"]
        list_first = "list" in self.blocks and self._maybe(0.15)
        middle = [*list_, *head, "turns"] if list_first else [*head, "turns", *list_]
        parts = [self.blocks[part] for part in (*above, *middle, *below) if part in self.blocks]
        return self.chance.choice(("\n\n", "\n\n", "\n\n\n \n")).join(parts) + self.chance.choice(("", "\n"))

    def _settled(self, pattern: str, days: list[date]) -> str:
        """A pattern whose figures cannot be two days, given the days that are printed in it."""
        if "/" in pattern and not any(day.day > 12 for day in days):
            return "dd.MM.yyyy"
        return pattern

    def _date(self, day: date, pattern: str) -> str:
        return self._digits(format_date(day, pattern, locale=self.language))

    def _digits(self, text: str) -> str:
        return text.translate(ARAB_DIGITS) if self.arab else text

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _put(self, part: str, text: str) -> str:
        self.blocks[part] = text
        return text
