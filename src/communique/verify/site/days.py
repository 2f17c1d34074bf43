"""The days of the list of all messages: each day on which one ever stood has a page, and each month names its days.

    /en/2026/11/      <nav class="days"> with 3 and 12
    /en/2026/11/12/   the messages of that day, each of them, newest first

A month in which more than `SPLIT` messages ever stood shows its days in another way, and a day in which as many did its
hundreds: of those it is asked here only that they are there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.persons import SPLIT
from communique.verify.site.standing import Standing
from communique.verify.site.wording import Wording

_DATED = re.compile(r"([a-z0-9-]+)/([0-9]{4})/([0-9]{2})/(?:([0-9]{2})/)?(?:index\.html)?")


class Days:
    """The days on which messages stand, by their languages."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing

    @cached_property
    def paths(self) -> set[str]:
        """The pages that must be there."""
        return {f"{language}/{day.replace('-', '/')}/" for language, days in self._ever.items() for day in days}

    def faults(self, main: Element, wording: Wording, path: str) -> Iterator[str]:
        """What of a page's days, or of a day's messages, is not the record's."""
        found = _DATED.fullmatch(path)
        language, month = (found[1], f"{found[2]}-{found[3]}") if found else ("", "")
        wanted = [] if found is None or found[4] else self._named(language, month, wording)
        links = [(one.attributes.get("href"), one.text) for nav in main.find("nav", "days") for one in nav.find("a")]
        if links != wanted:
            yield f"names the days {shortened(str(links))}, and not {shortened(str(wanted))}"
        if found and found[4]:
            yield from self._faults_of_day(main, language, f"{month}-{found[4]}")

    def _named(self, language: str, month: str, wording: Wording) -> list[tuple[str, str]]:
        days = {day: count for day, count in self._ever.get(language, {}).items() if day.startswith(f"{month}-")}
        if sum(days.values()) > SPLIT:
            return []
        return [(f"/{language}/{day.replace('-', '/')}/", wording.figures(str(int(day[8:])))) for day in sorted(days)]

    def _faults_of_day(self, main: Element, language: str, day: str) -> Iterator[str]:
        if self._ever.get(language, Counter())[day] > SPLIT:
            return
        wanted = self._shown.get((language, day), [])
        rows = (next(iter(row.find("a")), None) for row in main.find("li", "row"))
        found = [row.attributes.get("href") for row in rows if row]
        if found != wanted:
            yield f"lists {shortened(str(found))}, and not {shortened(str(wanted))}"

    @cached_property
    def _shown(self) -> dict[tuple[str, str], list[str]]:
        """language and day -> where the messages are that stand on it, newest first."""
        found: dict[tuple[str, str], list[str]] = {}
        newest_first = sorted(self.standing.versions.values(), key=lambda one: -one.editions[0].entry.index)
        for version in newest_first:
            if version.address and version.newest.content["state"] != "removed":
                found.setdefault((version.language.lower(), version.newest.day), []).append(f"/{version.address}")
        return found

    @cached_property
    def _ever(self) -> dict[str, Counter[str]]:
        """language, in small letters -> how many messages ever stood on each day."""
        found: dict[str, Counter[str]] = {}
        for version in self.standing.versions.values():
            stood = None
            for edition in version.editions:
                if edition.content["state"] != "removed" and edition.day != stood:
                    stood = edition.day
                    found.setdefault(version.language.lower(), Counter())[stood] += 1
                elif edition.content["state"] == "removed":
                    stood = None
        return found
