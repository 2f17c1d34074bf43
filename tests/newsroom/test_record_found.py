"""The desk's archive: what is on the record is found by words of its title or by its address."""

from __future__ import annotations

import re

from communique.settings.vouching import vouch
from newsroom.newsrooms import Desk


def published(desk: Desk, title: str) -> str:
    page = desk.written("wenna", title=title)
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    return desk.address_of(page)


def shown(desk: Desk, words: str) -> list[str]:
    html = desk.client("wenna").get("/archive/", {"words": words}).content.decode()
    return re.findall(r'<p class="row-title"><bdi>([^<]*)</bdi></p>', html)


def test_all_words_count_without_accents_and_capitals_the_newest_first(desk: Desk) -> None:
    for title in ("On the Élan ferry", "On the ferry to Sølvik", "On the lamp"):
        published(desk, title)
    assert shown(desk, "FERRY") == ["On the ferry to Sølvik", "On the Élan ferry"]
    assert shown(desk, "ferry elan") == ["On the Élan ferry"]
    assert shown(desk, "ferry lamp") == []
    assert shown(desk, "%") == [], "signs of a query language are words like others"


def test_an_address_of_the_public_site_finds_its_message(desk: Desk) -> None:
    address = published(desk, "On the ferry")
    published(desk, "On the ferry home")
    site = desk.installation.configuration.port
    assert shown(desk, f"http://localhost:{site}/{address}/") == ["On the ferry"]


def test_a_draft_is_not_found(desk: Desk) -> None:
    published(desk, "On the ferry")
    desk.written("wenna", title="On the ferry that nobody knows of")
    assert shown(desk, "ferry") == ["On the ferry"]


def test_half_words_and_nonsense_are_no_fault(desk: Desk) -> None:
    published(desk, "On the ferry")
    client = desk.client("wenna")
    for query in ({"words": "x" * 2000}, {"before": "²"}, {"before": "9" * 40}, {"words": " ", "before": "0"}):
        assert client.get("/archive/", query).status_code == 200
    assert shown(desk, "ferr") == ["On the ferry"]


def test_the_office_s_word_for_its_programs_is_listed_and_nothing_to_open(desk: Desk) -> None:
    published(desk, "On the ferry")
    assert vouch(desk.installation)
    html = desk.client("wenna").get("/archive/").content.decode()
    first, second = re.findall(r"<li>.*?</li>", html.partition('class="rows"')[2], re.DOTALL)[:2]
    assert "note of the programs" in first
    assert "The programs of Communiqué" in first
    assert "Open" not in first
    assert "Open" in second
