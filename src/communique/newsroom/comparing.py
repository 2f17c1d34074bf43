"""What the next edition changes against what readers have before them: a piece's fields, and turns word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison

from communique.newsroom.furniture import in_language
from communique.newsroom.given import given
from communique.newsroom.office_now import message_named, people_of, piece_named
from communique.newsroom.piece_form import general_label
from communique.newsroom.piece_languages import locale_of, own_name, plural_categories, plural_examples
from communique.newsroom.piece_words import words_for
from communique.newsroom.words import from_content
from communique.newsroom.words_changes import Change, changes

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OF_NO_WORDS = ("file", "shown", "width", "height", "media", "event_word", "place_word")
NAMED: dict[str, Callable[[str, str], str]] = {
    "merged": piece_named,
    "section": piece_named,
    "messages": message_named,
}
"""key -> what an id under it names in a language"""
OF_NO_FIELD = ("v", "type", "piece", "state", "note", "ground", "erased")


class FactChange(NamedTuple):
    """A fact that is another now; empty where there is none."""

    label: str
    before: str
    after: str


def piece_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FactChange]:
    """What of a piece of furniture differs, each at its place under the labels of its form: "Roles · Consul · Until";
    all of a new one."""
    sort = str(after.get("piece") or before.get("piece"))
    found: list[FactChange] = []
    if sort == "labels":
        before, after = _over_the_sites_own(before, after), _over_the_sites_own(after, before)
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if key not in OF_NO_FIELD:
            found += _differing(sort, key, _label(sort, key), old, new)
    return found


def _over_the_sites_own(labels: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """The office's labels with the site's own where only the others have one: those are what readers get there."""
    words = dict(labels.get("words") or {})
    for key, said_there in (others.get("words") or {}).items():
        own = {tag: given().labels_in(tag).get(key) for tag in said_there if isinstance(said_there[tag], str)}
        words[key] = {**{tag: text for tag, text in own.items() if isinstance(text, str)}, **words.get(key, {})}
    return {**labels, "words": words}


def _differing(sort: str, path: str, label: str, old: Any, new: Any) -> Iterator[FactChange]:
    """The smallest parts of a value that are others now."""
    if said(old) == said(new):
        return
    key = path.rpartition(".")[2]
    if key in NAMED:
        yield FactChange(label, _named(key, old), _named(key, new))
        return
    sides = [one for one in (old, new) if one is not None]
    if all(isinstance(one, Mapping) for one in sides):
        old, new = old or {}, new or {}
        for key in dict.fromkeys([*new, *old]):
            if key not in OF_NO_WORDS:
                inner = f"{path}.{key}"
                yield from _differing(sort, inner, f"{label} · {_label(sort, inner)}", old.get(key), new.get(key))
    elif all(_is_rows(one) for one in sides):
        for place, one, other in _rows_differing(old or [], new or []):
            yield from _differing(sort, path, f"{label} · {_row_name(other or one, place)}", one, other)
    else:
        yield FactChange(label, said(old), said(new))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value)


def _rows_differing(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Rows that are others now: place, as it was, as it is; None where there is none."""
    keys = [[json.dumps(row, sort_keys=True, default=str) for row in rows] for rows in (old, new)]
    for did, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if did != "equal":
            for step, (one, other) in enumerate(zip_longest(old[i:j], new[k:m])):
                yield k + step + 1, one, other


def _row_name(row: Mapping[str, Any], place: int) -> str:
    """What a row is called; its place where it has no name."""
    named = next((row[key] for key in ("name", "label", "title") if isinstance(row.get(key), Mapping)), None)
    return in_language(named, get_language() or "en") if named else str(place)


def _named(key: str, idents: Any) -> str:
    """What ids name, in a line; nothing for none."""
    rows = idents if isinstance(idents, list | tuple) else [idents] if idents else []
    return "; ".join(NAMED[key](ident, get_language() or "en") for ident in rows)


def _label(sort: str, key: str) -> str:
    if sort == "labels" and key.count(".") == 1:  # by what readers read there; its key is the program's
        name = key.partition(".")[2]
        label = given().labels_in(get_language() or "en").get(name) or given().labels.get(name) or name
        return f"“{general_label(label)}”"
    try:
        return words_for(sort, key).label
    except KeyError:
        *_before, holder, last = ("", *key.split("."))
        if last in ("zero", "one", "two", "few", "many", "other") and locale_of(holder):
            return _form_name(holder, last)
        return own_name(last)  # a language; of anything else the key itself


def _form_name(tag: str, category: str) -> str:
    """A form of a sentence by the numbers that take it, as the form's own label has it."""
    if len(plural_categories(tag)) == 1:
        return _("For every number")
    numbers = ", ".join(str(number) for number in plural_examples(tag, category))
    said = _("For all others, as {numbers}") if category == "other" else _("For {numbers}")
    return said.format(numbers=numbers or category)


def said(value: Any) -> str:
    """A value in a line; days as the desk says them."""
    if isinstance(value, str) and DAY.fullmatch(value):
        with suppress(ValueError):  # it only looks like one
            return date_format(date.fromisoformat(value))
    if isinstance(value, Mapping):
        return ", ".join(said(inner) for key, inner in sorted(value.items()) if key not in OF_NO_WORDS)
    if isinstance(value, list | tuple):
        return "; ".join(said(inner) for inner in value)
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
    told = ((label, _(": "), before, after) for label, before, after in turn_facts(change))
    facts = format_html_join("", "{}{}<del>{}</del> <ins>{}</ins><br>", told)
    return format_html('<p class="comparison-turn"><strong>{}</strong> {}{}</p>', name, facts, words)
