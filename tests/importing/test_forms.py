"""Nothing is half lost: of each form in which pages print a thing, what is not kept is said word for word."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from communique.edition import seal
from communique.importing.capture import capture
from communique.importing.contents import OfficeFacts, drafts
from communique.importing.page import Page, understand

TEXT = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
BELOW = f"\n\nNEWS\n\nOn the lamp\n\n{TEXT}"
LIST = "\n\n".join(
    ("", "EVENTS", "14.09.2020{} - One thing", "It burns.", "13.09.2020{} - Another", "It burns too.", "all messages")
)


def page(text: str) -> Page:
    return understand(capture(text.encode(), name="page.txt"))


def left(found: Page) -> list[str]:
    return [line.text for line in found.not_understood]


@pytest.mark.parametrize(
    ("block", "label", "telephone", "email", "lines"),
    [
        (
            "Consular queries:\n14 Lamp Quay\nTessmark 4TZ\nTel.: 01632 960142\nE-mail: a@embassy.example",
            "Consular queries",
            "01632 960142",
            "a@embassy.example",
            ("14 Lamp Quay", "Tessmark 4TZ", "Tel.: 01632 960142", "E-mail: a@embassy.example"),
        ),
        (
            "Consular queries\n14 Lamp Quay\nPhone 01632 960142",
            "Consular queries",
            "01632 960142",
            None,
            ("14 Lamp Quay", "Phone 01632 960142"),
        ),
        ("Visas: 01632 960142 a@embassy.example", "Visas", "01632 960142", "a@embassy.example", ()),
        (
            "Visas: Tel. 01632 960142, e-mail a@embassy.example",
            "Visas",
            "01632 960142",
            "a@embassy.example",
            ("Tel. 01632 960142, e-mail a@embassy.example",),
        ),
        ("Visas:\n01632 960142\n01632 960143", "Visas", "01632 960142", None, ("01632 960143",)),
        ("Visas:\n01632 960142 / 01632 960143", "Visas", "01632 960142", None, ("01632 960142 / 01632 960143",)),
        ("Visas:\n01632 960142 (24 hours)", "Visas", "01632 960142", None, ("01632 960142 (24 hours)",)),
        ("Visas:\nFax: 01632 960143\n01632 960142", "Visas", "01632 960142", None, ("Fax: 01632 960143",)),
        ("Visas:\n01632 960142\nMon–Fri 9:00–13:00", "Visas", "01632 960142", None, ("Mon–Fri 9:00–13:00",)),
        (
            "Visas:\n01632 960142\nMon–Fri 9:00–13:00\na@embassy.example",
            "Visas",
            "01632 960142",
            "a@embassy.example",
            ("Mon–Fri 9:00–13:00",),
        ),
        (
            "Tel.: 01632 960142\nE-mail: a@embassy.example",
            "Tel.",
            "01632 960142",
            "a@embassy.example",
            ("E-mail: a@embassy.example",),
        ),
    ],
)
def test_every_word_of_a_contact_block_is_its_label_its_reach_or_a_line(
    block: str, label: str, telephone: str | None, email: str | None, lines: tuple[str, ...]
) -> None:
    found = page(block + BELOW)
    (contact,) = found.surroundings.contacts
    assert (contact.label, contact.telephone, contact.email, contact.lines) == (label, telephone, email, lines)
    assert left(found) == []
    (piece,) = (d.content for d in _drafts(found) if d.content.get("piece") == "contact")
    assert [line["en"] for line in piece.get("lines", ())] == list(lines)


def _drafts(found: Page) -> list[Any]:
    numbers = itertools.count()
    made = drafts(
        found, office=OfficeFacts("UTC", ("en",)), fresh_id=lambda: f"{next(numbers):016}", captured="2020-10-25"
    )
    for draft in made:
        seal(draft.content, lambda: bytes(32))
    return list(made)


@pytest.mark.parametrize(
    "block",
    [
        "01632 960142",
        "a@embassy.example",
        "Opening hours: Mon–Fri 9:00–13:00",
        "966th day since the opening of the bridge",
        "Day 966 of the long regatta",
    ],
)
@pytest.mark.parametrize("below", [BELOW, BELOW.replace("NEWS\n\n", "")])
def test_what_no_piece_can_hold_is_said_whole_and_heads_nothing(block: str, below: str) -> None:
    found = page(block + below)
    assert (left(found), found.heading.title) == ([block], "On the lamp")
    assert found.surroundings.contacts == found.surroundings.counters == ()


@pytest.mark.parametrize("block", ["For bookings:\n01632 960142", "Tel.: 01632 960142", "a@embassy.example"])
def test_a_number_between_the_words_of_a_message_stays_where_it_was_said(block: str) -> None:
    found = page(f"Visas:\n01632 960149{BELOW}\n\n{block}\n\n{TEXT}")
    assert found.paragraphs == (TEXT, *block.split("\n"), TEXT)
    assert [(c.label, c.telephone) for c in found.surroundings.contacts] == [("Visas", "01632 960149")]
    assert left(found) == []


def test_a_counter_beside_one_that_cannot_be_held_is_still_a_counter() -> None:
    found = page(f"25 October 2020\n\nDay 966 of the regatta\n\n12 days have passed since the fog{BELOW}")
    assert [c.days for c in found.surroundings.counters] == [12]
    assert left(found) == ["Day 966 of the regatta"]


@pytest.mark.parametrize(
    ("lines", "unkept"),
    [
        ("25 October 2020\nMoscow 3:03\nLondon 1:03", []),
        ("25 October 2020\nMoscow 3:03 am\nLondon 1:03 a.m.", ["am", "a.m."]),
        ("25 October 2020\nMoscow 03.03\nLondon 01.03", []),
        ("25 October 2020\nMoscow 03:03 | London 01:03", []),
        ("25 October 2020, Moscow: 03:03, London: 01:03", []),
        ("25 October 2020\nMoscow: 03:03 | Tessmark: 05:03 | London: 01:03", ["Tessmark: 05:03"]),
    ],
)
def test_clocks_tell_city_and_instant_and_what_they_do_not_keep_is_said(lines: str, unkept: list[str]) -> None:
    found = page(lines + BELOW)
    known = [(c.city, c.time) for c in found.surroundings.clocks if c.zone]
    assert known == [("Moscow", "03:03"), ("London", "01:03")]
    assert str(found.surroundings.day) == "2020-10-25"
    assert left(found) == unkept


@pytest.mark.parametrize(
    ("line", "pattern", "unkept"),
    [
        ("25th October 2020", "d MMMM y", ["th"]),
        ("25 OCTOBER 2020", "d MMMM y", []),
        ("Sunday, 25 October 2020.", "EEEE, d MMMM y.", []),
        ("Sun, 25 Oct 2020", "EEE, d MMM y", []),
        ("Sunday 25th of October 2020", "d MMMM y", ["Sunday … th of"]),
        ("25 octobre 2020", "d MMMM y", ["octobre"]),
    ],
)
def test_a_date_line_keeps_the_pattern_of_its_day_and_says_what_that_does_not_print(
    line: str, pattern: str, unkept: list[str]
) -> None:
    found = page(f"{line}\nMoscow: 03:03\nLondon: 01:03{BELOW}")
    assert found.surroundings.dateline is not None
    assert (str(found.surroundings.day), found.surroundings.dateline.pattern) == ("2020-10-25", pattern)
    assert left(found) == unkept


@pytest.mark.parametrize(("time", "unkept"), [("", []), (" 12:30", ["12:30"] * 2), (", 9:05 pm", ["9:05 pm"] * 2)])
def test_a_listed_time_of_day_is_said_and_the_entry_is_kept(time: str, unkept: list[str]) -> None:
    found = page(BELOW + LIST.format(time, time))
    assert [(i.day, i.title, i.teaser) for i in found.listing.items] == [
        ("2020-09-14", "One thing", "It burns."),
        ("2020-09-13", "Another", "It burns too."),
    ]
    assert left(found) == unkept


def test_a_teaser_under_a_date_that_nothing_settles_is_said_with_it() -> None:
    found = page(BELOW + "\n\nLATEST\n\n03/04/2026 - One thing\n\nIt burns.")
    assert left(found) == ["03/04/2026 - One thing", "It burns."]


def test_words_beside_a_labelled_date_are_said_and_the_line_is_no_section() -> None:
    found = page(f"NEWS\n\nDate: 13.09.2020\n\nOn the lamp\n\n{TEXT}")
    assert (found.heading.section, str(found.published)) == ("NEWS", "2020-09-13")
    assert left(found) == ["Date:"]


@pytest.mark.parametrize("foot", ["© 2014–2020 Embassy of Orsemund. All rights reserved.", "Copyright Orsemund 2020"])
@pytest.mark.parametrize("list_", ["", LIST.format("", "")])
def test_the_foot_of_a_site_is_no_part_of_message_list_or_link(foot: str, list_: str) -> None:
    found = page(f"{BELOW}{list_}\n\n{foot}")
    assert (left(found), found.paragraphs) == ([foot], (TEXT,))
    assert found.listing.all_link == ("all messages" if list_ else None)


def test_the_message_that_its_page_lists_too_is_one_message_with_that_teaser() -> None:
    found = page(f"NEWS\n\n14.09.2020\n\nOne thing\n\n{TEXT}{LIST.format('', '')}")
    messages = [d.content for d in _drafts(found) if d.kind == "import"]
    assert [(m["title"], m.get("teaser"), "stub" in m) for m in messages] == [
        ("One thing", "It burns.", False),
        ("Another", "It burns too.", True),
    ]
