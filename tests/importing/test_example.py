"""The example page is understood completely, and becomes drafts that seal."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.edition import seal
from communique.importing.capture import capture
from communique.importing.contents import Drafts, OfficeFacts, captured_at, drafts, message_key
from communique.importing.errors import NotDated
from communique.importing.page import Page, understand
from communique.importing.record_json import as_record
from communique.importing.words import folded

EXAMPLE = Path(__file__).parents[2] / "examples" / "embassy-page.txt"
OFFICE = OfficeFacts("Europe/Lisbon", ("en", "fr"))


@pytest.fixture(scope="module")
def page() -> Page:
    return understand(capture(EXAMPLE.read_bytes(), name=EXAMPLE.name))


def ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):016}"


def drafted(page: Page, office: OfficeFacts = OFFICE) -> Drafts:
    return drafts(page, office=office, fresh_id=ids())


def test_every_line_is_understood(page: Page) -> None:
    assert page.not_understood == ()
    assert {s.part for s in page.stretches} == {
        "date line", "clock", "contact", "counter", "section", "message date", "title", "turn", "list heading",
        "listed", "teaser", "all messages",
    }  # fmt: skip


def test_the_record_says_what_the_page_says(page: Page) -> None:
    record = as_record(page)
    assert record["furniture"] == {
        "day": "2026-05-03",
        "clocks": [["Reykjavík", "Atlantic/Reykjavik", "07:42"], ["Lisbon", "Europe/Lisbon", "08:42"]],
        "counters": [
            [
                160,
                "2025-11-24",
                "160 days have passed since the ferry between our two countries sailed for the first time"
                " - and she has not yet missed a morning",
            ],
            [
                421,
                "2025-03-08",
                "421 days have passed since the last lighthouse on the Orsemund side was given back its keeper"
                " - the lamp is lit by hand again",
            ],
        ],
        "contacts": [["Consular queries", "01632 960142", "consular@orsemund.example"]],
        "contact_lines": [[]],
    }
    assert (record["language"], record["kind"]) == ("en", "interview")
    assert record["section"] == "SPEECHES, INTERVIEWS, LETTERS"
    assert record["published"] == "2026-05-02"
    assert record["event"] == {
        "date": "2026-04-30",
        "place": "Tessmark",
        "occasion": "answers to questions from the Lamps, Tides, Letters programme",
    }
    assert record["speakers"] == [{"mark": "Edric Holmevand", "name": "Edric Holmevand", "role": "Ambassador"}]
    assert [turn["kind"] for turn in record["turns"]] == ["question", "answer"] * 4
    assert record["paragraphs"] == 13
    assert [len(page.turns[n].paragraphs) for n in (1, 3, 5, 7)] == [3, 2, 2, 2]
    assert [stub["date"] for stub in record["stubs"]][:3] == ["2026-05-01", "2026-04-29", "2026-04-28"]
    assert len(record["stubs"]) == 10
    assert record["stubs"][5]["teaser"].startswith("Question: Do ambassadors have homework? Answer: Yes")
    assert record["more_links"] == ["all messages"]
    assert record["source"]["captured"] == "2026-05-03T07:42:00Z"


def test_the_body_is_the_page_s_own_words_and_nothing_else(page: Page) -> None:
    source = EXAMPLE.read_text("utf-8")
    assert all(paragraph in source for paragraph in page.body)
    assert page.body[0].startswith("Question: Ambassador, your country is smaller")
    assert page.body[-1].endswith("so that other people may come home.")


def test_drafts_seal_and_stand_in_the_order_in_which_they_are_appended(page: Page) -> None:
    salts = itertools.count()
    found = list(drafted(page))
    for draft in found:
        seal(draft.content, lambda: next(salts).to_bytes(32, "big"))
    sorts = [d.content.get("piece", d.content["type"]) for d in found]
    assert sorts == (
        ["clock", "clock", "contact", "counter", "counter", "section", "person", "labels", "latest"] + ["message"] * 11
    )
    assert [d.kind for d in found] == ["furniture"] * 9 + ["import"] * 11
    assert [d.dated for d in found[-10:]] == sorted(str(d.dated) for d in found[-10:])


def test_listed_messages_sort_by_day_and_index_as_the_page_lists_them(page: Page) -> None:
    stubs = list(enumerate(drafted(page).listed))
    listed = [
        d.content["title"] for _, d in sorted(stubs, key=lambda pair: (str(pair[1].dated), pair[0]), reverse=True)
    ]
    assert listed == [item.title for item in page.listing.items]


def test_the_message_refers_to_its_section_and_speaker_by_entry(page: Page) -> None:
    found = drafted(page)
    pieces = {draft.id: draft.content for draft in found.furniture}
    assert found.message is not None
    content = found.message.content
    assert pieces[content["section"]]["word"] == {"en": "speeches-interviews-letters"}
    assert pieces[content["speakers"][0]["person"]]["name"] == {"en": "Edric Holmevand"}
    assert content["turns"][0] == {
        "id": "t1",
        "kind": "question",
        "mark": "Question",
        "blocks": [
            "Ambassador, your country is smaller than some of our parks."
            " What does an embassy of Orsemund do all day?"
        ],
    }  # fmt: skip
    assert content["turns"][1]["speaker"] == 0
    assert content["address"].startswith(
        "en/speeches-interviews-letters/2026/05/02/ambassador-edric-holmevands-answers"
    )
    assert content["occasion"]["place_word"] == "tessmark"
    assert content["delivered"] == "2026-04-30"
    assert content["source"]["captured"] == "2026-05-03T07:42:00Z"


def test_the_counter_has_every_plural_and_the_list_its_labels(page: Page) -> None:
    pieces = {d.content["piece"]: d.content for d in drafted(page).furniture}
    assert set(pieces["counter"]["sentence"]["en"]) == {"one", "other"}
    assert pieces["counter"]["sentence"]["en"]["one"].startswith("# day has passed since the last lighthouse")
    assert pieces["labels"]["words"] == {"latest": {"en": "LATEST EVENTS"}, "all_messages": {"en": "all messages"}}
    assert pieces["latest"]["count"] == 11  # the message itself stands among them
    assert pieces["latest"]["separator"].strip() == "-"
    assert drafted(page).office == {"dateline": {"en": "d MMMM y"}}


def test_what_the_office_already_has_is_referred_to_and_not_drafted_again(page: Page) -> None:
    known = OfficeFacts(
        "Europe/Lisbon",
        ("en-GB",),
        sections={folded("Speeches, interviews, letters"): "s" * 16},
        section_words={"s" * 16: "speeches"},
        people={folded("Edric Holmevand"): "p" * 16},
    )
    found = drafted(page, known)
    assert {d.content["piece"] for d in found.furniture} == {"clock", "contact", "counter", "labels", "latest"}
    assert found.message is not None
    assert found.message.content["section"] == "s" * 16
    assert found.message.content["speakers"][0]["person"] == "p" * 16
    assert found.message.content["address"].startswith("en-gb/speeches/2026/05/02/")


def test_the_same_page_read_again_gives_the_same_keys_and_no_key_twice(page: Page) -> None:
    first, second = [d.origin_key for d in drafted(page)], [d.origin_key for d in drafted(page)]
    assert first == second
    assert len(set(first)) == len(first)


def test_a_listed_message_and_the_message_itself_have_one_key(page: Page) -> None:
    stub = drafted(page).listed[-1]
    assert stub.origin_key == message_key("en", "2026-05-01", page.listing.items[0].title)


def test_a_page_captured_a_day_later_gives_the_same_counters(page: Page) -> None:
    text = EXAMPLE.read_text("utf-8")
    later = text.replace("3 May 2026", "4 May 2026").replace("160 days", "161 days").replace("421 days", "422 days")
    again = understand(capture(later.encode(), name="later"))
    keys = [{d.origin_key for d in drafted(p).furniture} for p in (page, again)]
    assert keys[0] == keys[1]


def test_without_any_day_a_page_is_not_drafted_until_somebody_says_one() -> None:
    bare = understand(
        capture(b"On the lamp\n\n" + b"It will be mended before the winter, and it will burn again.", name="p")
    )
    assert captured_at(bare, "Europe/Lisbon") is None
    with pytest.raises(NotDated, match="--captured"):
        drafts(bare, office=OFFICE, fresh_id=ids())
    found = drafts(bare, office=OFFICE, fresh_id=ids(), captured="2026-03-04T23:30:00Z")
    assert found.message is not None
    assert found.message.dated == "2026-03-04"
