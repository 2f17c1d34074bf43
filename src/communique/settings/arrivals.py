"""Arrivals: what an import puts on the record, once and no more.

`importing` says what a page holds; here it meets the office. Of furniture, the sorts that the office lacks are taken;
on request all of it is: a piece that the office has, and that the page tells otherwise, gets its next edition, a piece
that it lacks is added. Sections and persons are found again by name; a message that is there already is left alone; a
message that was only listed until now becomes the next edition of the same id. Ids are the office's own keyed names of
what they stand for (`Installation.known_id`), so the same import run again finds everything and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.importing import contents
from communique.importing.page import Page
from communique.importing.words import folded
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.release import Draft, Published
from communique.settings.office import Installation, fresh_id
from communique.settings.same_piece import retold, same_piece

TAKEN_BY_NEED = ("section", "person")
"""pieces that a message refers to: taken whenever the office has none of that name"""


@dataclass(frozen=True)
class Arrival:
    """What became of one page."""

    published: tuple[Published, ...]
    already: int
    """messages that were on the record before"""
    furniture_left: int
    """pieces of furniture that the page tells otherwise than the office has them, and that were not taken"""
    addresses: Mapping[str, str]
    """id -> address of each message of the page, new or there before"""
    message: str | None
    """id of the page's own message, None where it only lists others"""


def publish_page(
    installation: Installation, page: Page, captured: str | None = None, all_furniture: bool = False
) -> Arrival:
    """Put a page on the record as one release. Raises ImportingError or PublishingRefused, and nothing is stored."""
    return _Reception(installation, page, captured, all_furniture).publish()


def drafts_of_page(
    installation: Installation, page: Page, captured: str | None = None, all_furniture: bool = False
) -> list[Draft]:
    """What `publish_page` would put on the record, for the newsroom to look through. Raises ImportingError."""
    return _Reception(installation, page, captured, all_furniture).release()


class _Reception:
    def __init__(self, installation: Installation, page: Page, captured: str | None, all_furniture: bool) -> None:
        self.installation = installation
        self.all_furniture = all_furniture
        self.present = installation.furniture()
        self.office_id, office = next((i, c) for i, c in self.present.items() if c["piece"] == "office")
        found = contents.drafts(page, office=self._facts(office, page.language), fresh_id=fresh_id, captured=captured)
        self.ids = self._ids(found)
        self.found = found
        self.office = office
        self.already = self.left = 0
        self.addresses: dict[str, str] = {}

    def release(self) -> list[Draft]:
        """The drafts of everything that is new, furniture first."""
        return [*self._office_piece(), *self._furniture(), *self._messages()]

    def publish(self) -> Arrival:
        release = self.release()
        published = self.installation.publisher.publish(release) if release else []
        self.addresses |= {one.id: one.address for one in published if one.address}
        own = self.ids[self.found.message.id] if self.found.message else None
        return Arrival(tuple(published), self.already, self.left, self.addresses, own)

    def _facts(self, office: Mapping[str, Any], language: str) -> contents.OfficeFacts:
        def named(sort: str) -> dict[str, str]:
            pieces = ((id_, piece) for id_, piece in self.present.items() if piece["piece"] == sort)
            return {folded(name): id_ for id_, piece in pieces for name in piece["name"].values() if name}

        sections = {i: p["word"] for i, p in self.present.items() if p["piece"] == "section"}
        words = {i: word.get(language) or next(iter(word.values())) for i, word in sections.items()}
        languages = tuple(office["languages"])
        return contents.OfficeFacts(office["zone"], languages, named("section"), words, named("person"))

    def _ids(self, found: contents.Drafts) -> dict[str, str]:
        """the drafter's id -> this office's own id for the same thing"""
        ids: dict[str, str] = {}
        for draft in found:
            ids[draft.id] = self.installation.known_id(draft.origin_key)
            if draft.kind == "import":
                ids[draft.content["message"]] = self.installation.known_id(f"versions of {draft.origin_key}")
        return ids

    def _office_piece(self) -> list[Draft]:
        """The office's own piece with what the page tells of it: how its day is printed, in which digits."""
        told = {key: {**self.office.get(key, {}), **told} for key, told in self.found.office.items()}
        kept = {key: {**words, **self.office.get(key, {})} for key, words in told.items()}
        if not self.all_furniture and kept != told:
            self.left += 1
        changed = {**self.office, **(told if self.all_furniture else kept)}
        return [Draft(self.office_id, "furniture", changed)] if changed != self.office else []

    def _furniture(self) -> list[Draft]:
        sorts = {content["piece"] for content in self.present.values()}
        known = {self.ids[draft.id] for draft in self.found.furniture} & self.present.keys()
        taken = []
        for draft in self.found.furniture:
            told = self._relabelled(draft.content)
            own = self._own_piece(self.ids[draft.id], told, known)
            new = own is None and (told["piece"] not in sorts or told["piece"] in TAKEN_BY_NEED)
            content = told if own is None else retold(self.present[own], told)
            if own is not None and content == self.present[own]:
                continue
            if new or self.all_furniture:
                taken.append(Draft(own or self.ids[draft.id], "furniture", content))
            else:
                self.left += 1
        return taken

    def _own_piece(self, id_: str, told: Mapping[str, Any], known: set[str]) -> str | None:
        """The id of the office's own piece that a page's piece is. `known` are those already spoken for."""
        if id_ in self.present:
            return id_
        own = None if told["piece"] in TAKEN_BY_NEED else same_piece(told, self.present, known)
        if own is not None:
            known.add(own)
        return own

    def _messages(self) -> list[Draft]:
        wanted = [self.found.message] if self.found.message else []
        taken = []
        for draft in [*wanted, *self.found.listed]:
            id_ = self.ids[draft.id]
            before = self._newest(id_)
            content = self._relabelled(draft.content)
            if before is not None:
                self.addresses[id_] = before.get("address") or ""
                if "stub" not in before or "stub" in content:
                    self.already += 1
                    continue
                content |= {key: before[key] for key in ("address", "message") if before.get(key)}
            taken.append(Draft(id_, "import", content, draft.dated))
        return taken

    def _newest(self, id_: str) -> dict[str, Any] | None:
        from_log = LoggedEntry.objects.filter(log__origin=self.installation.publisher.origin, ident=id_)
        body = from_log.order_by("-seq").values_list("body", flat=True).first()
        return self.installation.opened(bytes(LoggedEdition.objects.get(body=body).data)) if body else None

    def _relabelled(self, value: Any) -> Any:
        """Content with the drafter's ids replaced by this office's own."""
        if isinstance(value, Mapping):
            return {key: self._relabelled(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._relabelled(inner) for inner in value]
        return self.ids.get(value, value) if isinstance(value, str) else value
