"""The furniture is read once for many screens, and never a piece that is not as the record has it now."""

from __future__ import annotations

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from communique.newsroom.furniture import office, pieces
from communique.record.release import Draft
from newsroom.newsrooms import Desk


def renamed(desk: Desk, name: str) -> None:
    """The office gets another name, on the record."""
    ident, content = next(pieces("office"))
    new = {**content, "name": dict.fromkeys(content["languages"], name)}
    desk.installation.publisher.publish([Draft(ident, "furniture", new)])


def questions() -> int:
    """How much one look at all pieces asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        list(pieces())
    return len(asked)


def test_a_second_look_asks_for_the_last_entry_alone(desk: Desk) -> None:
    list(pieces())
    assert questions() == 1
    page = desk.written("wenna")
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    assert questions() > 1, "the record has grown"
    assert questions() == 1


def test_a_change_is_seen_at_once_in_the_same_place(desk: Desk) -> None:
    order = [ident for ident, _content in pieces()]
    renamed(desk, "The Embassy of Elsewhere")
    assert office()["name"]["en"] == "The Embassy of Elsewhere"
    assert [ident for ident, _content in pieces()] == order


def test_what_was_rolled_back_is_forgotten_though_something_else_took_its_number(desk: Desk) -> None:
    with transaction.atomic():
        renamed(desk, "A name that never was")
        assert office()["name"]["en"] == "A name that never was"
        transaction.set_rollback(True)
    assert office()["name"]["en"] != "A name that never was"
    renamed(desk, "The Embassy of Elsewhere")
    assert office()["name"]["en"] == "The Embassy of Elsewhere"
