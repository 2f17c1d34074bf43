"""What a mend of one place says of pages that are alike: the rules that do on this page what was asked, or none.

A title stands in a place of the page, a day in a place or in an order of its figures, a paragraph at the edge of a turn
has a form. What would do something else on the very page on which it is made is no rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.importing.deciding import FIGURES, Change, beginnings, decided, form_of
from communique.importing.page import Page
from communique.importing.whereabouts import dated_line, days_by_place, place_of, title_line


def rules_of_change(change: Change, page: Page) -> list[Change]:
    """The rules of which a change of one place is an example. `page` is the page before that change."""
    wanted = decided(page, [change])
    told = {"title": _of_a_title, "published": _of_a_day, "move": _of_a_move}[change.do](change, page)
    return next((rules for rules in told if _do(rules, page, wanted, change.do)), [])


def _do(rules: list[Change], page: Page, wanted: Page, do: str) -> bool:
    did = decided(page, rules)
    if do == "title":
        return did.heading.title == wanted.heading.title
    if do == "published":
        return did.published == wanted.published
    # of beginnings that were there before, those that went away, and the new ones, are among what the rule moved
    before, asked, done = (set(beginnings(one.turns)) for one in (page, wanted, did))
    return asked - before <= done and not (before - asked) & done


def _of_a_title(change: Change, page: Page) -> Iterator[list[Change]]:
    line = next((line for line in page.capture.lines if line.number == change.at), None)
    was, where = place_of(page, title_line(page)), place_of(page, line)
    if line and was and where and was != where:
        yield [Change("title", where=where, was=was)]


def _of_a_day(change: Change, page: Page) -> Iterator[list[Change]]:
    read = page.heading.published
    was = place_of(page, dated_line(page) if read else None, dated=True)
    orders = [Change("published", where=order, was=FIGURES) for order in ("mdy", "dmy")]
    if read and change.to:
        yield from ([order] for order in orders)
    if not change.to and read and was:
        yield [Change("published", was=was)]
    for where in days_by_place(page) if change.to and was else ():
        if where != was:
            there = Change("published", where=where, was=was)
            yield from ([there], *([there, order] for order in orders))


def _of_a_move(change: Change, page: Page) -> Iterator[list[Change]]:
    by = int(change.to)
    place = next((n for n, begins in enumerate(beginnings(page.turns)) if begins == change.at), 0)
    if not place or not by:
        return
    turn = page.turns[place]
    over = page.turns[place - 1].paragraphs[by:] if by < 0 else turn.paragraphs[:by]
    forms = {form_of(text) for text in over}
    if len(forms) == 1 and (form := forms.pop()):
        yield [Change("move", "-1" if by < 0 else "1", was=form, where=turn.kind)]
