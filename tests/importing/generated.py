"""A seeded generator of official pages, each with the facts that a reader must find in it.

`generate(seed)` makes one page in the plain-text shape of `examples/embassy-page.txt`: other cities, labels, languages
(fourteen), marks or none at all, short messages, 0 to 4 counters, 1 to 12 turns, 0 to 15 listed messages, some or all
of them without a date, parts moved or absent, and each part in one of the forms that official pages have (`forms.py`).
The same seed gives the same page for ever; nothing here knows how pages are read.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from importing import forms
from importing.phrases import LANGUAGES, PROGRAMMES, Phrases

GAP = " " * 40


@dataclass(frozen=True)
class Expected:
    """The facts of a page. Absent parts are None or empty."""

    day: str | None
    clocks: tuple[tuple[str, str, str], ...]
    contacts: tuple[forms.Block, ...]
    """(label, telephone, mail, other lines)"""
    counters: tuple[tuple[int, str | None, str], ...]
    sentences: tuple[dict[str, str], ...]
    section: str | None
    published: str | None
    title: str
    event: dict[str, str | None] | None
    turns: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(kind, mark as printed without its colon, paragraphs)"""
    paragraphs: tuple[str, ...]
    """the body of a message without marks"""
    heading: str | None
    listed: tuple[tuple[str, str, str | None], ...]
    separator: str | None
    all_link: str | None
    dateline: str | None
    """the CLDR pattern of the date line"""
    left: tuple[str, ...]
    """words that no piece and no edition has a place for, sorted; of a list, what has no date"""


@dataclass(frozen=True)
class Generated:
    """A page, its facts, and how to look at it: the browser's instant, the office's zone, language, list dates.

    `numerals` is "arab" where the page counts in Arabic-Indic digits. `blocks` are the page's parts as printed, by
    name ("date line", "clocks", "contacts", "counters", "ordinal", "section", "message date", "title", "turns", "list",
    "all", "foot"). `shown` are the same parts as a page of ours prints them: days in their pattern, hours to 24, and
    without the words of `Expected.left`.
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
    shown: dict[str, str]


def generate(seed: int) -> Generated:
    """The page of a seed."""
    return _Maker(seed).make()


class _Maker:
    """Draws one page. Each draw comes from one generator in a fixed order."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(f"official page {seed}")
        self.shape = random.Random(f"shapes of official page {seed}")
        self.list_is_last = False
        self.form = random.Random(f"forms of official page {seed}")
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
        self.shown: dict[str, str] = {}
        self.left: list[str] = []

    def make(self) -> Generated:
        has_day = self._maybe(0.9)
        dateline = self.chance.choice(self.phrases.datelines) if has_day else None
        dateline = self._settled(dateline, [self.day]) if dateline else None
        if dateline:
            dateline = self._dateline(dateline)
        clocks = self._clocks()
        contacts = self._contacts()
        counters, sentences = self._counters(has_day)
        days = self._days()
        section = self._put("section", self.chance.choice(self.phrases.sections)) if self._maybe(0.85) else None
        published = days[0] if self._has_date_of_its_own(has_day, bool(section)) else None
        self.dates = self._settled(self.dates, days[0 if published else 1 :])
        if published:
            self._put("message date", self._date(published, self.dates))
        title, event = self._title(days[0])
        paragraphs = self._statement() if self._in_form(0.12) else ()
        if not paragraphs and self.shape.random() < 0.12:
            paragraphs = self._short_statement()
        turns = () if paragraphs else self._turns()
        heading, listed, separator, link = self._list(days[1:])
        self._what_nothing_holds()
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
            paragraphs,
            heading,
            listed,
            separator,
            link,
            dateline,
            tuple(sorted(self.left)),
        )
        instant = self.instant.strftime("%Y-%m-%dT%H:%M:00Z")
        numerals = "arab" if self.arab else "latn"
        text = self._laid_out()
        shown = {part: text for part, text in self.shown.items() if part not in ("ordinal", "foot")}
        return Generated(
            self.seed, text, expected, instant, self.zone, self.language, self.dates, numerals, self.blocks, shown
        )

    def _dateline(self, pattern: str) -> str:
        """Put the date line; its pattern, with the full stop that may stand behind it."""
        plain = self._date(self.day, pattern)
        printed, pattern, unkept = forms.date_line(self.form, self.day, plain, pattern, self.language)
        self.left += unkept
        self._put("date line", printed, plain + "." if pattern.endswith("y.") and printed.endswith(".") else plain)
        return pattern

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
            times = [(city, self._digits(shown)) for city, _, shown in clocks]
            printed, unkept = forms.clocks(self.form, times, sign, self.language)
            self.left += unkept
            dateline = self.blocks.get("date line", ".")
            if not dateline.endswith(".") and "\n" not in printed and self._in_form(0.5):
                printed = f"{self.blocks.pop('date line')}, {printed}"
            self._put("clocks", printed, "\n".join(f"{city}{sign}{shown}" for city, shown in times))
        return tuple(clocks)

    def _contacts(self) -> tuple[forms.Block, ...]:
        labels = self.chance.sample(self.phrases.contacts, self.chance.choice((0, 1, 1, 1, 2)))
        contacts, printed = [], []
        for number, label in enumerate(labels):
            telephone = f"+44 1632 960{self.chance.randrange(1000):03}" if self._maybe(0.85) else None
            email = f"desk{number + 1}@embassy.example" if self._maybe(0.7) or not telephone else None
            block, text = forms.contact(self.form, (label, telephone, email), self.language, first=number == 0)
            contacts.append(block)
            printed.append(text)
        if contacts:
            self._put("contacts", "\n\n".join(printed), "\n".join(forms.contact_lines(contacts)))
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

    def _statement(self) -> tuple[str, ...]:
        """A body without a mark; its first paragraph is long enough to be one."""
        words = self.phrases.said
        count = next(n for n in range(1, len(words) + 1) if len(" ".join(words[:n])) >= 100)
        rest = [" ".join(self.form.sample(words, self.form.randint(1, 3))) for _ in range(self.form.randrange(5))]
        paragraphs = (" ".join(words[:count]), *rest)
        self._put("turns", "\n\n".join(paragraphs))
        return paragraphs

    def _short_statement(self) -> tuple[str, ...]:
        """A body of one, two or three short sentences, each a paragraph."""
        short = [words for words in self.phrases.said if len(words) < 60]
        paragraphs = tuple(self.shape.sample(short, min(len(short), self.shape.randint(1, 3))))
        self._put("turns", "\n\n".join(paragraphs))
        return paragraphs

    def _what_nothing_holds(self) -> None:
        """Lines that a careful reader leaves alone: days counted by an ordinal, the foot of the site."""
        ordinal = forms.ORDINALS.get(self.language)
        if ordinal and self._in_form(0.3):
            self.left.append(self._put("ordinal", self.form.choice(ordinal)))
        if self._in_form(0.2):
            self.left.append(self._put("foot", f"© 2014–{self.day.year} Ostrevell"))

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
        timed = self._in_form(0.15)
        undated = self._undated(len(days))
        self.list_is_last = bool(undated)
        lines, shown = [heading], [heading]
        for number, ((_, title, teaser), day) in enumerate(zip(listed, days, strict=True)):
            if number in undated:
                self.left += [title, *([teaser] if teaser else [])]
                lines += [title, *([teaser] if teaser else [])]
                continue
            time = self._digits(f"{self.form.randrange(7, 20)}:{self.form.randrange(60):02}") if timed else ""
            self.left += [time] if timed else []
            date_ = self._date(day, self.dates)
            below = [teaser] if teaser else []
            lines += [f"{date_} {time}".strip() + f"{separator}{title}", *below]
            shown += [f"{date_}{separator}{title}", *below]
        self._put("list", "\n\n".join(lines), "\n\n".join(shown))
        kept = tuple(item for number, item in enumerate(listed) if number not in undated)
        return heading, kept, separator if kept else None, link

    def _undated(self, count: int) -> set[int]:
        """Which of the listed messages have no date: mostly none, else all, or one of five or more."""
        draw = self.shape.random()
        if draw < 0.08 and count > 1 and "/" not in self.dates:  # settled by others
            return set(range(count))
        return {self.shape.randrange(1, count)} if draw < 0.16 and count > 4 else set()

    def _laid_out(self) -> str:
        """The parts in the order of the page: surroundings above, some of them below; sometimes the list first."""
        around = ["date line", "clocks", "contacts", "counters", "ordinal"]
        if self._maybe(0.3):
            self.chance.shuffle(around)
        below = [part for part in around if self._maybe(0.5)] if self._maybe(0.25) else []
        below = [] if self.list_is_last else below
        above = [part for part in around if part not in below]
        head = ["section", "message date", "title"]
        if "date line" in self.blocks and self._maybe(0.15):
            head = ["message date", "section", "title"]
        elif self._maybe(0.15):
            head = ["section", "title", "message date"]
        list_ = ["list", "all"]
        list_first = "list" in self.blocks and self._maybe(0.15) and not self.list_is_last
        middle = [*list_, *head, "turns"] if list_first else [*head, "turns", *list_]
        parts = [self.blocks[part] for part in (*above, *middle, *below, "foot") if part in self.blocks]
        return self.chance.choice(("\n\n", "\n\n", "\n\n\n \n")).join(parts) + self.chance.choice(("", "\n"))

    def _settled(self, pattern: str, days: list[date]) -> str:
        """A pattern whose figures cannot be two days, given the days that are printed in it."""
        if "/" in pattern and not any(day.day > 12 for day in days):
            return "dd.MM.yyyy"
        return pattern

    def _date(self, day: date, pattern: str) -> str:
        return self._digits(format_date(day, pattern, locale=self.language))

    def _digits(self, text: str) -> str:
        return text.translate(forms.ARAB_DIGITS) if self.arab else text

    def _in_form(self, share: float) -> bool:
        return self.form.random() < share

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _put(self, part: str, text: str, shown: str | None = None) -> str:
        self.blocks[part] = text
        self.shown[part] = text if shown is None else shown
        return text
