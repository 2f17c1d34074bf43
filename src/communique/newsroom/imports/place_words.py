"""Rules of places in words: where a title or a day stands, and what belongs to which turn."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.importing.deciding import FIGURES, Change
from communique.importing.whereabouts import NOWHERE
from communique.newsroom.comparing import TURN_NAMES

PLACES = {
    "date:1": gettext_lazy("the line under the date"),
    "date:-1": gettext_lazy("the line above the date"),
    "text:-1": gettext_lazy("the line above the text"),
}
ORDERS = {
    "mdy": gettext_lazy("In figures the month stands before the day: 03/04 is 4 March."),
    "dmy": gettext_lazy("In figures the day stands before the month: 03/04 is 3 April."),
}
BEFORE = {
    "asks": gettext_lazy("A paragraph right before “%(kind)s” that ends with a question mark belongs to it."),
    "leads": gettext_lazy("A paragraph right before “%(kind)s” that ends with a colon belongs to it."),
    "brackets": gettext_lazy("A paragraph right before “%(kind)s” that stands in brackets belongs to it."),
    "opens": gettext_lazy("A paragraph right before “%(kind)s” that begins with “%(mark)s:” belongs to it."),
}
FIRST = {
    "asks": gettext_lazy("A first paragraph of “%(kind)s” that ends with a question mark belongs to the turn before."),
    "leads": gettext_lazy("A first paragraph of “%(kind)s” that ends with a colon belongs to the turn before."),
    "brackets": gettext_lazy("A first paragraph of “%(kind)s” that stands in brackets belongs to the turn before."),
    "opens": gettext_lazy("A first paragraph of “%(kind)s” that begins with “%(mark)s:” belongs to the turn before."),
}


def rule_in_words(change: Change) -> str:
    """A rule of a title, a day or a boundary as a sentence."""
    words = {"was": place_in_words(change.was), "where": place_in_words(change.where)}
    if change.do == "move":
        form, _blank, mark = change.was.partition(" ")
        sentence = (BEFORE if change.to == "-1" else FIRST)[form]
        return str(sentence) % {"kind": TURN_NAMES.get(change.where, change.where), "mark": mark}
    if change.do == "title":
        found = (
            _("Title, where none was read: %(where)s.")
            if change.was == NOWHERE
            else _("Title: not %(was)s, but %(where)s.")
        )
        return found % words
    return _day_in_words(change, words)


def _day_in_words(change: Change, words: dict[str, str]) -> str:
    if change.was == FIGURES:
        return str(ORDERS[change.where])
    if not change.where:
        return _("Not the day of the message: %(was)s.") % words
    if change.was == NOWHERE:
        return _("Date, where none was read: %(where)s.") % words
    return _("Date: not %(was)s, but %(where)s.") % words


def place_in_words(place: str) -> str:
    """A place of `whereabouts.py`."""
    if place in PLACES:
        return str(PLACES[place])
    sort, _colon, number = place.partition(":")
    if sort == "heading":
        count, level = number.split(":")
        return _("heading %(n)s of level %(level)s") % {"n": count, "level": level}
    if sort == "dated":
        return _("day %(n)s on the page") % {"n": number}
    return _("line %(line)s") % {"line": number}
