"""The account of a page that was taken in: for each line of its source what it is, and where it is shown now.

Nothing is claimed: the words of each line are looked for in the files that were baked, first where they belong, then on
the other pages that the page gave. Of what moves (the day, a clock's time, a counter's number) the words around the
figure are looked for, since the figure itself is another by now.

    line 9   section   /en/speeches/2026/05/02/the-lamp/      SPEECHES
    line 13  turn      /en/speeches/2026/05/02/the-lamp/#t1   Question: What do you miss?
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from communique.importing.capture import Line
from communique.importing.page import LEADS_NOWHERE, Page
from communique.importing.sheet import Stretch

_OF_THE_LIST = ("list heading", "listed", "teaser", "all messages")
_ABOVE_EVERY_PAGE = ("date line", "clock", "contact", "counter")

_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[\s\u00a0\u200b\u200e\u200f\u061c\u2066-\u2069]+")
_END_OF_MARK = re.compile(r"[:：]\s*|(?<=\w)[.)–—-]\s+|\s[–—-]\s+")


@dataclass(frozen=True)
class Account:
    """What became of one stretch of a source line.

    `part` is what it was understood as and `where` the path on the site, with a fragment, where its words are shown;
    both are None where it became nothing, and `why` says why, where that is known. `whole` is False where only what was
    taken from the line is shown, as a date or a telephone number, and not the words around it.
    """

    line: int
    text: str
    part: str | None
    where: str | None
    whole: bool = True
    why: str | None = None


def accounts_of(page: Page, site: Path, path: str, front: str) -> tuple[Account, ...]:
    """The account of every line with words. `site` is the folder of the live build, `path` that of the message on it,
    `front` that of the front page in the page's language."""
    return tuple(_Accounting(page, site, path, front).accounts())


class _Accounting:
    def __init__(self, page: Page, site: Path, path: str, front: str) -> None:
        self.page, self.site, self.path, self.front = page, site, path, front
        self.words_of = cache(self._words_of)

    def accounts(self) -> Iterator[Account]:
        for line in self.page.capture.lines:
            why = self.page.why_left(line.number)
            left = [
                (start, Account(line.number, line.text[start:end].strip(), None, None, why=why))
                for start, end in self.page.left_of(line)
            ]
            told = [(s.start, self._account(line, s)) for s in self.page.understood.get(line.number, ())]
            yield from (account for _, account in sorted([*left, *told], key=lambda one: one[0]))
            yield from (
                Account(line.number, target, None, None, why=LEADS_NOWHERE) for target in self.page.addresses_left(line)
            )

    def _account(self, line: Line, stretch: Stretch) -> Account:
        text = line.text[stretch.start : stretch.end].strip()
        where = self._shown_at(stretch, self._wanted(stretch, text))
        taken = where or self._shown_at(stretch, self._taken_from(stretch, text))
        if taken is None:
            return Account(line.number, text, None, None, why=f"taken for {stretch.part}, and shown nowhere")
        return Account(line.number, text, stretch.part, taken, where is not None)

    def _shown_at(self, stretch: Stretch, wanted: list[list[str]]) -> str | None:
        for place in self._places(stretch):
            page = self.words_of(place.partition("#")[0])
            if any(all(word in page for word in words) for words in wanted):
                return place
        return None

    def _places(self, stretch: Stretch) -> list[str]:
        """Where the words of a part may be, the likeliest first."""
        top, latest = f"{self.path}#top", f"{self.front}latest/"
        if stretch.part in _ABOVE_EVERY_PAGE:
            return [top, self.front]  # the lines of a contact stand on the front page alone
        if stretch.part == "turn":
            return [f"{self.path}#t{stretch.number + 1}"]
        if stretch.part not in _OF_THE_LIST:
            return [self.path]
        day = self.page.listing.items[stretch.number].day if stretch.part in ("listed", "teaser") else None
        month = [f"{self.front}{day[:4]}/{day[5:7]}/"] if day else []
        return [latest, *month, self.path]

    def _wanted(self, stretch: Stretch, text: str) -> list[list[str]]:
        """Forms of a line, each as the words which must all be on the page."""
        around = self.page.surroundings
        match stretch.part:
            case "date line":
                return [["data-day"]]
            case "clock":
                return [[_bare(around.clocks[stretch.number].city)]]
            case "counter":
                return [[_bare(words) for words in around.counters[stretch.number].pattern.split("#")]]
            case "listed":
                item = self.page.listing.items[stretch.number]
                return [[_bare(item.printed.text), _bare(item.title)]]
            case "turn":
                return [[_bare(text)], [_bare(rest) for rest in _END_OF_MARK.split(text, 1)]]
        return [[_bare(text)]]

    def _taken_from(self, stretch: Stretch, text: str) -> list[list[str]]:
        """What was taken from a line whose other words were left."""
        published = self.page.heading.published
        if stretch.part == "message date" and published:
            return [[_bare(published.text)]]
        if stretch.part == "contact":
            contact = self.page.surroundings.contacts[stretch.number]
            found = (contact.telephone, contact.email, *contact.lines)
            return [[_bare(words)] for words in found if words and words in text]
        return []

    def _words_of(self, path: str) -> str:
        """What a page says, without blanks; that it has a living day is said as "data-day"."""
        file = self.site / path.strip("/") / "index.html"
        if not file.is_file():
            return ""
        source = _UNSEEN.sub("", file.read_text("utf-8"))
        return ("data-day " if "<time data-day" in source else "") + _bare(html.unescape(_TAG.sub("", source)))


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
