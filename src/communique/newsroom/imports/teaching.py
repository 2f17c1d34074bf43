"""What a mend of one page teaches the others of its batch, as a rule in words that can be taken back.

A mend of a mark, or of what was read as something, holds for everything alike where that is asked; one of a title, a
day or a boundary does, too, where a place or a form tells what is alike (`alike.py`). It is kept as a rule of the
batch, this page included, and every page that waits is shown under it. A page that was accepted stays as it was.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from communique.importing.deciding import FIELDS, PLACED, Change, change_of
from communique.newsroom.comparing import TURN_NAMES
from communique.newsroom.given import given
from communique.newsroom.imports.looking import touched
from communique.newsroom.imports.models import Batch, BatchPage, Rule, State
from communique.newsroom.imports.place_words import rule_in_words
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.piece_languages import own_label


def mend(row: BatchPage, change: Change, by: Any) -> Rule | None:
    """Keep a change; the rule that it makes, None where it is about this page alone."""
    if not change.is_rule:
        row.changes = [*row.changes, change.as_row()]
        row.save(update_fields=["changes"])
        return None
    for same in row.batch.rules():
        if _of_what(change_of(same.change)) == _of_what(change):
            take_back(same)  # what is said of the same thing later holds alone
    if change.do in FIELDS:
        row.changes = [one for one in row.changes if one["do"] != change.do]
        row.save(update_fields=["changes"])
    return Rule.objects.create(
        batch=row.batch, change=change.as_row(), made_on=row, made_by=by, made_at=given().clock()
    )


def _of_what(change: Change) -> tuple[str, ...]:
    turns = (change.to, change.where) if change.do == "move" else ()
    return (change.do, change.mark, change.was, change.section, *turns)


def take_back(rule: Rule) -> None:
    """Pages that wait are as if it had never been; pages that were accepted stay as they were accepted."""
    rule.taken_back_at = given().clock()
    rule.save(update_fields=["taken_back_at"])


def take_back_last(row: BatchPage) -> bool:
    """The last change of this page alone; whether there was one."""
    had = bool(row.changes)
    row.changes = row.changes[:-1]
    row.save(update_fields=["changes"])
    return had


class Reach(NamedTuple):
    """A rule that holds, in words, and on how many pages of its batch it finds something."""

    rule: Rule
    sentence: str
    pages: int


def rules_of(batch: Batch) -> list[Reach]:
    """The rules of a batch, the latest first."""
    rules = list(batch.rules())
    changes = [change_of(rule.change) for rule in rules]
    told = batch.pages.exclude(state=State.ASIDE).only("state", "facts", "changes", "under") if rules else ()
    counts = [0] * len(rules)
    for row in told:
        counts = [count + found for count, found in zip(counts, _reached(row, changes), strict=True)]
    rows = zip(rules, map(said, changes), counts, strict=True)
    return [Reach(*row) for row in rows][::-1]


def _reached(row: BatchPage, changes: list[Change]) -> list[bool]:
    """Which of the rules find something on a page, and hold there."""
    own = {one["do"] for one in row.changes}
    held = [
        change.as_row() in row.under if row.is_decided else change.do not in PLACED or change.do not in own
        for change in changes
    ]
    return [is_held and found for is_held, found in zip(held, touched(row.facts, changes), strict=True)]


def said(change: Change) -> str:
    """A rule as a sentence."""
    words = {"mark": change.mark, "was": _value(change.do, change.was), "to": _value(change.do, change.to)}
    words |= {"section": change.section}
    if change.do in PLACED:
        return rule_in_words(change)
    match change.do:
        case "kind" if change.section:
            return _("What stands under “%(section)s” and was read as “%(was)s” is “%(to)s”.") % words
        case "kind":
            return _("What was read as “%(was)s” is “%(to)s”.") % words
        case "language":
            return _("What was read as %(was)s is %(to)s.") % words
        case "section" if change.to:
            return _("The section “%(was)s” is “%(to)s”.") % words
        case "section":
            return _("“%(was)s” is no section.") % words
        case "turn":
            return _("All turns marked “%(mark)s”: %(to)s.") % words
        case "speaker" if change.to:
            return _("Turns marked “%(mark)s” are spoken by %(to)s.") % words
        case "speaker":
            return _("“%(mark)s” is the name of nobody.") % words
        case "join":
            return _("“%(mark)s” is no mark: its words go on with the turn before.") % words
    return _("What begins with “%(mark)s:” is a turn of its own.") % words


def _value(do: str, value: str) -> str:
    if do == "kind":
        return str(KIND_NAMES.get(value) or (_("List of others") if value == "list" else value))
    if do == "language":
        return own_label(value)
    return str(TURN_NAMES.get(value, value)) if do == "turn" else value
