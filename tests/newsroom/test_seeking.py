"""Messages at the desk are found by their words and by where they stand, and no limited draft shows by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communique.newsroom.models import Finding, MessagePage
from newsroom.newsrooms import NOTICES, Desk


def titles(desk: Desk, who: str = "wenna", **asked: str) -> list[str]:
    """The titles that somebody finds, in their order."""
    html = desk.client(who).get("/messages/", asked).content.decode()
    return [row.split("<")[0] for row in html.split('<p class="row-title"><bdi>')[1:]]


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A desk with some messages."""
    talk = {"speakers": [{"name": "Édouard Ferrand"}], "turns": [], "next": 1}
    for title, facts in (
        ("On the lamp", {"kind": "interview", "words": talk}),
        ("Sur l’économie du port", {"slug_words": "the-harbour-pays"}),
        ("On the tide", {"kind": "notice"}),
    ):
        page = desk.written("wenna", title, **facts)
        if title == "On the tide":
            page.section = NOTICES
            page.save_revision(user=desk.user("wenna"))
        desk.now.tick()
    return desk


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["On the tide", "Sur l’économie du port", "On the lamp"]),
        ("LAMP", ["On the lamp"]),
        ("economie", ["Sur l’économie du port"]),
        ("harbour-pays", ["Sur l’économie du port"]),
        ("edouard", ["On the lamp"]),
        ("entretien", ["On the lamp"]),
        ("avis", ["On the tide"]),
        ("wenna tide", ["On the tide"]),
        ("tide lamp", []),
        ("%", []),
    ],
)
def test_words_of_title_address_person_kind_and_section_find_a_message(
    written: Desk, words: str, found: list[str]
) -> None:
    assert titles(written, words=words) == found


def test_kind_language_and_state_find_those_alone(written: Desk) -> None:
    assert titles(written, kind="interview") == ["On the lamp"]
    assert titles(written, language="fr") == []
    page = MessagePage.objects.get(draft_title="On the tide")
    written.submit(page)
    assert titles(written, standing="submitted") == ["On the tide"]
    written.clear(page)
    assert titles(written, standing="cleared") == ["On the tide"]
    written.publish(page)
    assert titles(written, standing="published") == ["On the tide"]
    assert titles(written, standing="cleared") == []
    assert titles(written, standing="draft") == ["Sur l’économie du port", "On the lamp"]
    assert titles(written, words=f"http://localhost:8000/{written.address_of(page)}/") == ["On the tide"]


def test_a_limited_draft_shows_by_no_word_no_count_and_no_work(written: Desk) -> None:
    page = MessagePage.objects.get(draft_title="On the lamp")
    asked = [{"words": "lamp"}, {"kind": "interview"}, {"standing": "draft"}]

    def work(query: dict[str, str]) -> tuple[bytes, int]:
        client = written.client("pell")
        with CaptureQueriesContext(connection) as asks:
            main = client.get("/messages/", query).content.split(b"<main")[1]
        return main, len(asks)

    page.limited_to.set([written.user("wenna")])
    work({"words": "lamp", "standing": "draft"})  # what is read once is no matter of this
    hidden: list[Any] = [work(query) for query in asked]
    assert titles(written, words="lamp") == ["On the lamp"], "who may know of it finds it"
    page.delete()
    assert [work(query) for query in asked] == hidden


def test_ten_thousand_drafts_are_searched_without_reading_any(written: Desk) -> None:
    Finding.objects.all().delete()
    with CaptureQueriesContext(connection) as asks:
        assert titles(written, words="lamp") == []
    sought = [one["sql"] for one in asks if "newsroom_finding" in one["sql"]]
    assert len(sought) == 1
    assert "wagtailcore_revision" not in sought[0].split("WHERE")[1]


def test_older_ones_are_led_to_with_the_same_search(written: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.newsroom.views.messages.PAGE_ROWS", 1)
    html = written.client("wenna").get("/messages/", {"words": "on", "standing": "draft"}).content.decode()
    assert 'href="?words=on&amp;standing=draft&amp;from=1"' in html
    assert titles(written, words="on", standing="draft", **{"from": "1"}) == ["Sur l’économie du port"]
