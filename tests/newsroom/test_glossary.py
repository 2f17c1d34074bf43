"""The glossary: what is usually written otherwise is told, with its turn, and stops nobody."""

from __future__ import annotations

import pytest

from communique.newsroom.glossary.models import Term
from communique.newsroom.glossary.warning import warnings
from newsroom.newsrooms import Desk
from newsroom.test_at_the_editor import writing
from newsroom.test_day import standing

PORT = {
    "usual-en": "Port of Orsemund",
    "wrong-en": "Orsemund Port\nOrsemund",
    "usual-fr": "port d’Orsemonde",
    "wrong-fr": "port d’Orsemund",
}
SAID = "“Orsemund Port” is usually written “Port of Orsemund” here."


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with one approved name."""
    desk.client("osk").post("/glossary/new/", PORT)
    return desk


def blocks(*said: str) -> dict[str, object]:
    return {"blocks": list(said), "next": 1}


@pytest.mark.parametrize(
    ("said", "language", "found"),
    [
        ("We met at Orsemund Port today.", "en", True),
        ("We met at orsemund port today.", "en", True),
        ("The Port of Orsemund is open.", "en", False),  # the short form stands inside the usual one
        ("Orsemunders met.", "en", False),  # another word
        ("We met at Orsemund Port today.", "fr", False),
        ("Au port d’Orsemund.", "fr", True),
    ],
)
def test_a_form_that_is_not_wanted_is_told_in_its_language(office: Desk, said: str, language: str, found: bool) -> None:
    assert bool(warnings(blocks(said), language)) == found


@pytest.mark.parametrize("said", ["وصلت العبّارة إلى تسمارك.", "في ميناء بتسمارك", "وبتسمارك", "لتسمارك", "فتسمارك"])
def test_an_arabic_name_is_told_with_what_is_written_in_one_word_with_it(desk: Desk, said: str) -> None:
    Term.objects.create(forms={"ar": {"usual": "تيسمارك", "wrong": ["تسمارك"]}})
    assert warnings(blocks(said), "ar") == ["“تسمارك” is usually written “تيسمارك” here."]
    assert warnings(blocks("تسماركي وبتيسمارك"), "ar") == []


def test_the_editor_tells_of_it_while_it_is_written(office: Desk) -> None:
    page = office.written("wenna", words=blocks("We met."))
    address, writer = f"/messages/{page.pk}/hints/", office.client("wenna")
    assert writer.post(address, {}).json()["names"] == []
    for sent in ({"title": "Orsemund Port opens"}, {"teaser": "At Orsemund Port."}):
        assert writer.post(address, sent).json()["names"][0] == SAID
    with writing(office, page) as window:
        names = window.get_by_role("heading", name="Names in the glossary")
        assert not names.is_visible()
        window.locator(".words-turn p, .ProseMirror p").first.click()
        window.keyboard.press("End")
        window.keyboard.type(" We met at Orsemund Port.")
        names.wait_for()
        assert SAID in window.locator(".hints-names li").all_inner_texts()


def test_a_warning_says_the_usual_form_and_the_turn(office: Desk) -> None:
    turns = [{"id": "t4", "kind": "answer", "blocks": ["At Orsemund Port."]}]
    found = warnings({"turns": turns, "next": 5}, "en", title="Orsemund Port opens")
    assert SAID in found
    assert f"Turn 4: {SAID}" in found


def test_the_message_shows_it_and_is_submitted_all_the_same(office: Desk) -> None:
    page = office.written("wenna", words=blocks("We met at Orsemund Port."))
    assert SAID in office.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    office.submit(page)
    assert standing(office, page) == "submitted"
    assert SAID in office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()


def test_who_clears_changes_the_glossary_and_who_only_writes_reads_it(office: Desk) -> None:
    term = Term.objects.get()
    assert "Port of Orsemund" in office.client("wenna").get("/glossary/").content.decode()
    assert office.client("wenna").post(f"/glossary/{term.pk}/", {"do": "take out"}).status_code == 404
    html = office.client("osk").post(f"/glossary/{term.pk}/", {"usual-en": "Orsemund", "wrong-en": "Orsemund"})
    assert "stands on both sides" in html.content.decode()
    for usual, wrong, said in (("Port of Orsemund", "", "already"), ("Orsemund Port", "", "contradict each other")):
        again = {"usual-en": usual, "wrong-en": wrong}
        assert said in office.client("osk").post("/glossary/new/", again).content.decode()
    assert Term.objects.count() == 1
    assert "in one language at least" in office.client("osk").post("/glossary/new/", {}).content.decode()
    office.client("osk").post(f"/glossary/{term.pk}/", {"do": "take out"})
    assert not Term.objects.exists()
