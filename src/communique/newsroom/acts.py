"""What may happen to a message after publication, each with what it means for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from communique.edition import Edition
from communique.newsroom.furniture import edition_of, entries_of
from communique.newsroom.piece_languages import own_name
from communique.newsroom.piece_words import field_name

AFTERWARDS = ("correct", "update", "withdraw", "recall", "remove", "return", "erase", "furniture")
OF_FURNITURE = ("furniture", "remove", "erase")
"""those that a piece of furniture knows; a message knows all but `furniture`"""
OPENS_EDITOR = ("correct", "update", "furniture")
WORDS_LEAST = 10
PLACES = {
    "address": pgettext_lazy("on the web", "Address"),
    "title": gettext_lazy("Title"),
    "teaser": gettext_lazy("Teaser"),
    "note": gettext_lazy("Change note"),
    "blocks": gettext_lazy("Text"),
    "text": gettext_lazy("Text"),
    "rows": gettext_lazy("Text"),
    "name": gettext_lazy("Name"),
    "role": gettext_lazy("Role"),
    "questioner": gettext_lazy("Questioner"),
    "outlet": gettext_lazy("Outlet"),
    "topic": gettext_lazy("What it is about"),
    "alternative": gettext_lazy("Alternative text"),
    "caption": gettext_lazy("Caption"),
    "credit": gettext_lazy("Credit"),
    "rights": gettext_lazy("Rights"),
    "sign": gettext_lazy("Sign language"),
    "event": gettext_lazy("Event"),
    "place": gettext_lazy("Place"),
    "parties": gettext_lazy("Parties"),
    "file": gettext_lazy("File"),
}
"""key of a manifest -> what is said there; what has no word here is shown by itself"""
ENTRY_NAMES = {
    "publish": gettext_lazy("publication"),
    "correct": gettext_lazy("correction"),
    "update": gettext_lazy("update"),
    "withdraw": gettext_lazy("withdrawal"),
    "recall": gettext_lazy("recall"),
    "remove": gettext_lazy("removal"),
    "return": gettext_lazy("return from withdrawal"),
    "erase": gettext_lazy("erasure"),
    "import": gettext_lazy("import"),
    "republish": gettext_lazy("taking over from another office"),
    "furniture": gettext_lazy("change of furniture"),
    "admin": gettext_lazy("note of the programs"),
}
"""an entry's kind -> what the desk calls what it did"""


def acts_of(live: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The acts that there are for what readers have; none for what they never had."""
    if live is None:
        return ()
    of_messages = tuple(act for act in AFTERWARDS if act != "furniture")
    return OF_FURNITURE if live.get("type") == "furniture" else of_messages


class Step(NamedTuple):
    """One act as its screen says it."""

    act: str
    title: str
    meaning: str
    asks: str
    button: str
    possible: bool

    def problem(self, note: str, chosen: frozenset[str]) -> str | None:
        """The sentence that helps when it cannot be done like that; None when it can."""
        if not self.possible:
            return _("That cannot follow on what readers have before them now.")
        if self.act not in OPENS_EDITOR and len(note) < WORDS_LEAST:
            return _("Write a sentence for readers: it stands above the text, or in its place.")
        if self.act == "erase" and not chosen:
            return _("Choose the words or files that the law takes out: nothing else goes.")
        return None


def step_of(act: str, live: Mapping[str, Any]) -> Step:
    """The screen of an act on what readers have before them now."""
    current = live.get("state") == "current"
    says = {
        "correct": (
            _("Correct"),
            _("Wrong words are replaced. Readers see a statement of the error above the text, for ever."),
            _("Statement of the error"),
            _("Write the correction"),
            current,
        ),
        "update": (
            _("Update"),
            _("The text goes on because things moved on. Readers see a change note above it."),
            _("Change note"),
            _("Write the update"),
            current,
        ),
        "withdraw": (
            _("Withdraw"),
            _("It is no longer current. The text stays readable, under a notice."),
            _("Notice"),
            _("Submit the withdrawal"),
            current,
        ),
        "recall": (
            _("Recall"),
            _("It was issued by mistake. The text stays, under a warning, and those who got it are told."),
            _("Notice"),
            _("Submit the recall"),
            current,
        ),
        "remove": (
            _("Remove"),
            _(
                "The address answers “gone” with your reason, or leads on if you give it a redirect afterwards. "
                "The words stay in the record."
            ),
            _("Reason"),
            _("Submit the removal"),
            live.get("state") != "removed",
        ),
        "return": (
            _("Return from withdrawal"),
            _("It is current again; earlier notices stay in its history."),
            _("Change note"),
            _("Submit the return"),
            not current,
        ),
        "erase": (
            _("Erase by law"),
            _("The chosen words and files are cut out of every edition for ever. A signed tombstone says so."),
            _("Ground, with the law that asks for it"),
            _("Submit the erasure"),
            True,
        ),
        "furniture": (_("Change"), _("The change is on the record like any other."), _("Note"), _("Write"), True),
    }
    if live.get("type") == "furniture":
        says["remove"] = (
            _("Take away"),
            _("Readers see it no longer. What it said stays in the record, with your reason."),
            _("Reason"),
            _("Submit it for clearance"),
            current,
        )
        says["erase"] = (
            _("Erase by law"),
            _(
                "The chosen words are cut out of every edition for ever, and a signed tombstone says so. What cannot "
                "stand without them is taken away. Words in messages are erased with their message."
            ),
            _("Ground, with the law that asks for it"),
            _("Submit the erasure"),
            True,
        )
    return Step(act, *says[act])


class ErasablePart(NamedTuple):
    """A text or file of a message, which an erasure can take."""

    part: str
    words: str
    where: str
    """what it is in the message; of what only an earlier edition has, also which one"""


def parts_of(ident: str) -> list[ErasablePart]:
    """The texts and files of the newest edition, in their order, then what only earlier ones have, newest first: words
    that were corrected stand there still. A picture once, whose smaller file goes with it."""
    found: dict[str, ErasablePart] = {}
    editions = [(entry.seq, edition_of(entry)) for entry in entries_of(ident)]
    gone = _erased(edition for _seq, edition in editions) | _frozen(edition for _seq, edition in editions)
    for number, (seq, edition) in enumerate(editions):
        left_out, where = gone | set(_smaller(edition.manifest).values()), dict(_named(edition.manifest))
        of = _("edition %(n)s") % {"n": seq} if number else ""
        words = {part: salted.text for part, salted in edition.texts.items() if part not in gone}
        words |= {part: _("A file") for part in edition.files if part not in left_out}
        for part, said in words.items():
            found.setdefault(part, ErasablePart(part, said, " · ".join(filter(None, (of, where.get(part, ""))))))
    return list(found.values())


def with_smaller(ident: str, parts: frozenset[str]) -> frozenset[str]:
    """Parts, of each picture among them the smaller file that its page shows, and with any words of an edition the
    original of its import, where that is public: it holds all of them."""
    editions = [edition_of(entry) for entry in entries_of(ident)] if parts else []
    found, gone = parts, _erased(editions)
    for edition in editions:
        smaller, original = _smaller(edition.manifest), edition.manifest.get("source", {}).get("file")
        found |= {smaller[part] for part in parts if part in smaller}
        if original and not parts.isdisjoint(edition.texts):
            found |= {original} - gone
    return found


def _erased(editions: Iterable[Edition]) -> set[str]:
    """The parts that erasures among the editions took."""
    return {item["part"] for edition in editions for item in edition.manifest.get("erased", ())}


def _frozen(editions: Iterable[Edition]) -> set[str]:
    """The words of a section in addresses: they stand in those of its messages, and go with them alone."""
    sections = (edition.manifest for edition in editions if edition.manifest.get("piece") == "section")
    return {part for manifest in sections for part in manifest.get("word", {}).values()}


def _smaller(manifest: Mapping[str, Any]) -> dict[str, str]:
    """A picture's part -> that of the file that its page shows."""
    pictures = manifest.get("pictures", ())
    return {picture["file"]: picture["shown"]["file"] for picture in pictures if "shown" in picture}


def _named(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each part of a manifest with what stands there; of a piece as its form calls the field, with the language."""
    if manifest["type"] != "furniture":
        yield from _places(manifest, "")
        return
    for place, part in _fields_of(manifest, ""):
        field, dot, last = field_name(manifest["piece"], place, {}).rpartition(" · ")
        yield part, f"{field}{dot}{own_name(last) if dot else last}"


def _fields_of(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """(place, part) of each text and file of a piece."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("erased", "ground"):
                yield from _fields_of(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _fields_of(inner, place)
    elif isinstance(value, str):
        yield place, value


def _places(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Each part of a manifest with what stands there, in words; of a turn its number besides."""
    if isinstance(value, Mapping):
        turn = _("Turn %(n)s") % {"n": value["id"].lstrip("t")} if key == "turns" else ""
        for name, inner in value.items():
            named = ((part, " · ".join(filter(None, (turn, said)))) for part, said in _places(inner, name))
            yield from named
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner, key)
    elif isinstance(value, str):
        yield value, str(PLACES.get(key, ""))
