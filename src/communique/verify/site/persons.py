"""Persons who were merged into others: where their old addresses lead, worked out apart from the press.

Each person has a calendar in each language: how many messages in which she speaks were ever listed on a day. It only
grows. While a person is merged into another, her words are listed with the one at the end of the chain, who takes over
all days of her calendar. Her addresses lead on: page and feed in each language of the office and of her words, each
year and month, and, where a month or day had more than `SPLIT` messages, its days and hundreds, to the year or month of
the one who stays. The record's entries are taken in one after the other, because a calendar tells what was once an
address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.edition.furniture import end_of_merging

FEEDS = ("feed.atom", "feed.json")
"""the feeds beside an undated list"""
SPLIT = 100
Content = Mapping[str, Any]
Key = tuple[str, str]
"""a language and a person"""


@dataclass(frozen=True)
class _Said:
    """What places a message: of one that was removed, nothing."""

    language: str
    day: str
    people: tuple[str, ...]
    is_listed: bool


@dataclass
class Persons:
    """All persons and who leads to whom, at the place in the record up to which entries were taken in."""

    pieces: dict[str, Content] = field(default_factory=dict)
    _said: dict[str, _Said] = field(default_factory=dict)
    _stands: dict[Key, dict[str, str]] = field(default_factory=dict)
    _ever: dict[Key, Counter[str]] = field(default_factory=dict)

    def end(self, id_: str) -> str:
        """The person with whom everything of this one is shown: herself, unless she is merged into somebody."""
        return end_of_merging(id_, self._next)

    def enter_message(self, id_: str, content: Content, day: str) -> None:
        """Take in an edition of a message, with the day under which lists place it."""
        people = sorted({one["person"] for one in content.get("speakers", ()) if one.get("person")})
        self._said[id_] = _Said(content["language"], day, tuple(people), content["state"] != "removed")
        self._settle(id_)

    def enter_person(self, id_: str, content: Content, languages: Iterable[str]) -> None:
        """Take in an edition of a person; the languages are the office's now."""
        before = {one: self.end(one) for one in self._through(id_)}
        self.pieces[id_] = content
        changed = [one for one, end in before.items() if self.end(one) != end]
        for message, said in self._said.items() if changed else ():  # in the order of their first entries
            if not set(changed).isdisjoint(said.people):
                self._settle(message)
        for person in changed:
            end = self.end(person)
            for language in self._languages_of(person, languages) if end != person else ():
                days = self._ever.get((language, person), Counter())
                over = self._ever.setdefault((language, end), Counter())
                over.update(dict.fromkeys(days.keys() - over.keys(), 0))

    def leading_on(self, id_: str, languages: Iterable[str]) -> dict[str, str]:
        """old address -> new one of all that a person had who is merged into another; nothing of one who is not."""
        end = self.end(id_)
        found: dict[str, str] = {}
        for language in self._languages_of(id_, languages) if end != id_ else ():
            old, new = self.path(id_, language), self.path(end, language)
            if old and new:
                found |= {old.strip("/"): new, **{f"{old}{name}": f"{new}{name}" for name in FEEDS}}
                dated = self._dated(self._ever.get((language, id_), Counter()))
                found |= {f"{old}{below}": f"{new}{below[:7]}/" for below in dated}  # a year leads to its year
        return found

    def path(self, id_: str, language: str) -> str | None:
        """The path of a person's own page, be she merged or not; None where her address was erased."""
        name = self.pieces.get(id_, {}).get("address")
        return f"{language.lower()}/people/{name}/" if name else None

    def _next(self, id_: str) -> str | None:
        target = self.pieces.get(id_, {}).get("merged")
        return target if self.pieces.get(target or "", {}).get("address") else None

    def _through(self, id_: str) -> list[str]:
        """Everybody whose chain passes through a person, herself first."""
        found = [id_]
        for one in found:  # grows while it is read
            found += [i for i, content in self.pieces.items() if content.get("merged") == one and i not in found]
        return found

    def _languages_of(self, id_: str, languages: Iterable[str]) -> list[str]:
        through = set(self._through(id_))
        spoken = {said.language for said in self._said.values() if not through.isdisjoint(said.people)}
        return list(dict.fromkeys([*languages, *sorted(spoken)]))

    def _settle(self, id_: str) -> None:
        """Have a message listed with those who speak in it, and with nobody else."""
        said = self._said[id_]
        keys = {(said.language, self.end(person)) for person in said.people if said.is_listed}
        for key, stands in self._stands.items():
            if key not in keys:
                stands.pop(id_, None)
        for key in keys:
            stands = self._stands.setdefault(key, {})
            has_page = self.pieces.get(key[1], {}).get("address")
            if has_page and stands.get(id_) != said.day:
                stands[id_] = said.day
                self._ever.setdefault(key, Counter())[said.day] += 1

    def _dated(self, days: Counter[str]) -> Iterator[str]:
        """The months of a calendar, and days and hundreds of those that were split, as the ends of paths."""
        months: Counter[str] = Counter()
        for day, count in days.items():
            months[day[:7]] += count
        yield from {month[:4] for month in months}
        for month in months:
            yield month.replace("-", "/")
        for day, count in days.items():
            if months[day[:7]] > SPLIT:
                yield day.replace("-", "/")
                hundreds = (count - 1) // SPLIT + 1 if count > SPLIT else 0
                yield from (f"{day.replace('-', '/')}/_{number}" for number in range(1, hundreds + 1))
