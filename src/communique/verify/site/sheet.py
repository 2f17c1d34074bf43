"""One page of a message: which edition it shows, and what it knows besides.

Two pages show an edition: the message's (its newest) and, for ever, the edition's own at `editions/N/`. The latter
knows the editions up to the next one, and no other language. Instead of either stands a notice where the message was
removed or its words were erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from communique.verify.site.standing import Content, Edition, Standing, Version
from communique.verify.site.wording import Wording, Words, in_language, said


@dataclass(frozen=True)
class Sheet:
    """One page of a message: `own` is None on the message's page, else the number of the edition whose page it is.

    `compared` is a page that holds this edition against the one before it and knows no later one.
    """

    standing: Standing
    version: Version
    own: int | None = None
    compared: bool = False

    @property
    def place(self) -> int:
        """The place of the edition that it shows among the version's editions."""
        numbers = [one.entry.seq for one in self.version.editions]
        return numbers.index(self.own) if self.own else len(numbers) - 1

    @property
    def edition(self) -> Edition:
        return self.version.editions[self.place]

    @property
    def content(self) -> Content:
        return self.edition.content

    @property
    def lines(self) -> list[Edition]:
        """The editions that the page knows."""
        return self.version.editions[: self.place + (1 if self.compared else 2) if self.own else None]

    @property
    def others(self) -> list[Version]:
        """The language versions that the page knows besides its own."""
        return [] if self.own else self.standing.siblings(self.version)

    @property
    def message_path(self) -> str:
        """The message's path, as the edition that is shown has it."""
        address = self.content.get("address")
        return f"{address}/" if address else f"erased/{self.edition.entry.index}/"

    @property
    def edition_path(self) -> str:
        return f"{self.message_path}editions/{self.edition.entry.seq}/"

    @property
    def path(self) -> str:
        """Where the page lies."""
        return f"{self.version.path}editions/{self.own}/" if self.own else self.version.path

    @property
    def is_gone(self) -> bool:
        """Whether a notice stands instead of the message."""
        return self.version.newest.content["state"] == "removed" or self.edition.is_gone

    @cached_property
    def wording(self) -> Wording:
        return self.standing.wording(self.content["language"])

    @cached_property
    def office(self) -> str:
        """The office's name."""
        return in_language(self.standing.office.get("name"), self.content["language"])

    @property
    def title(self) -> Words:
        """The title, or what stands for an erased one."""
        if self.content.get("title"):
            return said(self.content["title"])
        return self.wording.phrase("erased_title", day=self.wording.day(self.edition.day))

    def label(self, key: str) -> Words:
        return said(self.wording.label(key))

    def edition_name(self, number: int) -> Words:
        return self.wording.phrase("edition", n=self.wording.number(number))
