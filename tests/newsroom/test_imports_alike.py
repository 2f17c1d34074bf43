"""A title, a day and a boundary that were mended on one page teach the rest of the batch, as a rule that is taken back;
what a person decided himself stays as he decided it."""

from __future__ import annotations

from communique.importing.deciding import beginnings
from communique.newsroom.imports.looking import as_decided, as_read
from communique.newsroom.imports.models import Batch, BatchPage, Rule
from communique.newsroom.imports.teaching import rules_of
from newsroom.imported_pages import misread, zipped
from newsroom.newsrooms import Desk
from newsroom.test_imports import brought, mend

MOTTO = "The harbour office of Orsemund keeps the lamps of the whole coast"


def a_batch(desk: Desk, count: int = 3) -> tuple[Batch, list[BatchPage]]:
    """Pages that are all misread alike."""
    batch = brought(desk, data=zipped(count, misread))
    return batch, list(batch.pages.all())


def line_with(row: BatchPage, words: str) -> int:
    """The number of the source's line with some words."""
    return next(line.number for line in as_read(row).capture.lines if words in line.text)


def test_a_title_that_stands_elsewhere_stands_there_on_every_page_that_waits(desk: Desk) -> None:
    batch, (first, second, third) = a_batch(desk)
    client = desk.client("pell")
    assert as_decided(second).heading.title == MOTTO
    mend(client, third, do="title", at=line_with(third, MOTTO))  # decided: on this page it is the motto
    mend(client, first, do="title", at=line_with(first, "part 1"), alike="yes")
    shown = client.get(f"/imports/pages/{second.pk}/").content.decode()
    assert "Title: not heading 1 of level 1, but heading 1 of level 2." in shown
    titles = [as_decided(BatchPage.objects.get(pk=row.pk)).heading.title for row in (first, second, third)]
    assert titles == ["On the winter timetable, part 1", "On the new footbridge, part 2", MOTTO]
    assert [one.pages for one in rules_of(batch)] == [2]
    mend(client, first, do="title", at=line_with(first, "Reporter: What"), alike="yes")
    assert len(rules_of(batch)) == 2, "what is said of the page under a rule is another rule"
    assert as_decided(second).heading.title == "Reporter: What does the office say of the new footbridge this year?"
    for rule in Rule.objects.all():
        client.post(f"/imports/{batch.pk}/", {"do": "take back", "rule": rule.pk})
    assert as_decided(second).heading.title == MOTTO


def test_a_day_is_taken_from_the_same_place_and_in_the_same_order_of_figures(desk: Desk) -> None:
    batch, rows = a_batch(desk)
    first = rows[0]
    read = ["2020-05-12", "None", "2019-03-03"]  # when it was printed; either of two days; plain by itself
    assert days(rows) == read
    client = desk.client("pell")
    mend(client, first, do="published", to="2019-03-01", alike="yes")
    assert days(rows) == ["2019-03-01", "2019-03-02", "2019-03-03"]
    shown = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Date: not day 2 on the page, but day 1 on the page." in shown
    assert "In figures the month stands before the day: 03/04 is 4 March." in shown
    assert [one.pages for one in rules_of(batch)] == [2, 1]
    mend(client, first, do="published", to="2019-01-03", alike="yes")
    assert days(rows) == ["2019-01-03", "2019-02-03", "2019-03-03"]
    assert len(rules_of(batch)) == 2, "what is said of the same thing later holds alone"
    answer = mend(client, first, do="published", to="1999-01-01", alike="yes")
    assert "Changed on this page alone" in client.get(answer.url).content.decode()
    assert days(rows) == ["1999-01-01", "2019-02-03", "2019-03-03"]
    for rule in Rule.objects.filter(taken_back_at=None):
        client.post(f"/imports/{batch.pk}/", {"do": "take back", "rule": rule.pk})
    assert days(rows) == ["1999-01-01", *read[1:]]


def days(rows: list[BatchPage]) -> list[str]:
    """The days of the pages as they are decided now."""
    return [str(as_decided(BatchPage.objects.get(pk=row.pk)).published) for row in rows]


def test_an_order_of_figures_that_a_page_disproves_is_not_read_there(desk: Desk) -> None:
    def also_dated(number: int) -> bytes:
        return misread(number).replace(b"12 May 2020", b"25/04/2020" if number == 1 else b"May")

    rows = list(brought(desk, data=zipped(3, also_dated)).pages.all())
    before = days(rows)[1]
    mend(desk.client("pell"), rows[0], do="published", to="2019-03-01", alike="yes")
    assert days(rows)[:2] == ["2019-03-01", before]


def test_a_day_that_is_none_of_the_message_is_none_on_every_page(desk: Desk) -> None:
    _batch, rows = a_batch(desk)
    mend(desk.client("pell"), rows[2], do="published", to="", alike="yes")
    assert days(rows) == ["2020-05-12", "None", "None"], "it was read from elsewhere on the first"


def test_a_boundary_that_went_over_a_question_goes_over_each_such_question(desk: Desk) -> None:
    batch, rows = a_batch(desk)
    first, second, third = rows
    client = desk.client("pell")
    mend(client, third, do="accept")
    at = beginnings(as_read(first).turns)[3]
    mend(client, first, act="move:-1", at=at, alike="yes")
    desk.now.tick(1)
    begun = "Nobody has counted the lamps of the inner basin yet, has anybody?"
    for row in (first, second):
        row.refresh_from_db()
        asked = [turn for turn in as_decided(row).turns if turn.kind == "question"]
        assert asked[-1].paragraphs[0] == begun, row
    third.refresh_from_db()
    assert all(turn.paragraphs[0] != begun for turn in as_decided(third).turns), "it was accepted before"
    assert [one.pages for one in rules_of(batch)] == [2]
    shown = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "A paragraph right before “Question” that ends with a question mark belongs to it." in shown


def test_a_page_that_was_accepted_stays_as_it_was_whatever_becomes_of_rules(desk: Desk) -> None:
    batch, (first, second, _third) = a_batch(desk)
    client = desk.client("pell")
    mend(client, first, do="kind", to="speech", alike="yes")
    mend(client, second, do="accept")
    mend(client, first, do="kind", to="article", alike="yes")
    assert as_decided(BatchPage.objects.get(pk=second.pk)).kind == "speech"
    for rule in Rule.objects.filter(taken_back_at=None):
        client.post(f"/imports/{batch.pk}/", {"do": "take back", "rule": rule.pk})
    assert as_decided(BatchPage.objects.get(pk=second.pk)).kind == "speech"
    assert as_decided(BatchPage.objects.get(pk=first.pk)).kind == "interview"


def test_a_rule_shows_on_the_page_on_which_it_is_made_though_that_was_mended_before(desk: Desk) -> None:
    _batch, (first, second, _third) = a_batch(desk)
    client = desk.client("pell")
    mend(client, first, do="kind", to="briefing")
    mend(client, first, do="kind", to="speech", alike="yes")
    assert [as_decided(BatchPage.objects.get(pk=row.pk)).kind for row in (first, second)] == ["speech", "speech"]
