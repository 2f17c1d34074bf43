"""What the next edition changes against what readers have before them: facts, and turns word by word; nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison

from communique.newsroom.furniture import in_language, newest_content
from communique.newsroom.office_now import people_of
from communique.newsroom.piece_words import words_for
from communique.newsroom.words import from_content
from communique.newsroom.words_changes import Change, changes

LABELS = {
    "kind": gettext_lazy("Kind"),
    "section": gettext_lazy("Section"),
    "title": gettext_lazy("Title"),
    "teaser": gettext_lazy("Teaser"),
    "delivered": gettext_lazy("Delivered on"),
    "status": gettext_lazy("Text status"),
    "translation": gettext_lazy("Translation"),
    "authentic": gettext_lazy("Authentic languages"),
    "occasion": gettext_lazy("Occasion"),
    "parties": gettext_lazy("Parties"),
    "pictures": gettext_lazy("Pictures"),
    "recordings": gettext_lazy("Recordings"),
    "files": gettext_lazy("Documents"),
    "source": gettext_lazy("Public before"),
    "state": gettext_lazy("State"),
}

OF_NO_WORDS = ("file", "shown", "width", "height", "media", "event_word", "place_word")
OF_NO_FIELD = ("v", "type", "piece", "state", "note")


class FactChange(NamedTuple):
    """A fact that is another now; empty where there is none."""

    label: str
    before: str
    after: str


def facts_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FactChange]:
    """The facts of a message's open content that differ, files by their words."""
    pairs = ((key, _said(before.get(key)), _said(after.get(key))) for key in LABELS)
    return [FactChange(str(LABELS[key]), old, new) for key, old, new in pairs if old != new]


def piece_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FactChange]:
    """The fields of a piece of furniture that differ, under the labels of its form; all of a new one."""
    found = []
    for key in dict.fromkeys([*after, *before]):
        old, new = (_person(of.get(key)) if key == "merged" else _said(of.get(key)) for of in (before, after))
        if old != new and key not in OF_NO_FIELD:
            found.append(FactChange(_label(str(after.get("piece") or before.get("piece")), key), old, new))
    return found


def _person(ident: str | None) -> str:
    """Whom an id names; nobody for none."""
    name = (newest_content(ident) or {}).get("name") if ident else None
    return in_language(name, get_language() or "en") or ident or ""


def _label(sort: str, key: str) -> str:
    try:
        return words_for(sort, key).label
    except KeyError:
        return key


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_said(inner) for key, inner in sorted(value.items()) if key not in OF_NO_WORDS)
    if isinstance(value, list | tuple):
        return "; ".join(_said(inner) for inner in value)
    return "" if value is None else str(value)


def turns_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The turns (or the plain text) that differ between two open contents, word by word."""
    return changes(from_content(before), from_content(after))


FACT_NAMES = {
    "kind": gettext_lazy("Kind"),
    "speaker": gettext_lazy("Speaker"),
    "speakers": gettext_lazy("Speakers"),
    "person": gettext_lazy("Registered person"),
    "mark": gettext_lazy("Mark as printed"),
    "questioner": gettext_lazy("Questioner"),
    "outlet": gettext_lazy("Outlet"),
    "topic": gettext_lazy("What it is about"),
}
TURN_NAMES = {
    "question": gettext_lazy("Question"),
    "answer": gettext_lazy("Answer"),
    "remark": gettext_lazy("Remark"),
    "note": gettext_lazy("Note"),
}


def turn_facts(change: Change) -> list[FactChange]:
    """What is otherwise about a turn, or about a text, besides its words: labels, kinds and persons in words."""
    return [
        FactChange(str(FACT_NAMES[fact.key]), _in_words(fact.key, fact.before), _in_words(fact.key, fact.after))
        for fact in change.facts
    ]


def _in_words(key: str, said: str) -> str:
    if key == "kind":
        return str(TURN_NAMES.get(said, said))
    if key == "person" and said:
        names = {person["id"]: person["name"] for person in people_of(get_language() or "en")}
        return "; ".join(names.get(ident, ident) for ident in said.split("; "))
    return said


class WordsComparison(FieldComparison):
    """The same in Wagtail's comparison of two revisions."""

    def htmldiff(self) -> Any:
        """Only the turns that changed, with their facts, struck and added words marked."""
        found = changes(self.val_a or {"blocks": []}, self.val_b or {"blocks": []})
        return format_html_join("", "{}", ((_turn(one),) for one in found))


def _turn(change: Change) -> Any:
    tags = {"same": "{}", "struck": "<del>{}</del>", "added": "<ins>{}</ins>"}
    words = format_html_join("", "{}", ((format_html(tags[part.sort], part.text),) for part in change.words))
    name = _("Turn %s") % change.turn.lstrip("t") if change.turn else _("Text")
    facts = format_html_join("", "{}: <del>{}</del> <ins>{}</ins><br>", turn_facts(change))
    return format_html('<p class="comparison-turn"><strong>{}</strong> {}{}</p>', name, facts, words)
