"""Standing texts: a message begins from one with gaps, and is not submitted before they are filled."""

from __future__ import annotations

import json
from typing import Any

from communique.newsroom.faults import faults_of
from communique.newsroom.models import MessagePage
from communique.newsroom.standing.models import StandingText
from newsroom.newsrooms import SPEECHES, Desk
from newsroom.test_at_the_editor import writing
from newsroom.test_bad_input import form_of


def begun(desk: Desk, text: StandingText) -> MessagePage:
    desk.client("wenna").post("/new/", {"text": text.pk, "language": "fr"})
    return MessagePage.objects.get().get_latest_revision_as_object()


def sentences(page: Any) -> list[str]:
    return [fault.sentence for fault in faults_of(page) if "gap" in fault.sentence]


def test_a_new_office_has_three_texts_in_each_language_of_the_desk(desk: Desk) -> None:
    counts = {tag: StandingText.objects.filter(language=tag).count() for tag in ("en", "fr", "ar")}
    assert counts == {"en": 3, "fr": 3, "ar": 3}
    html = desk.client("wenna").get("/new/").content.decode()
    assert "Condoléances" in html
    assert "تعزية" not in html  # Arabic is no language of this office


def test_a_message_that_begins_from_a_text_has_its_kind_language_title_and_words(desk: Desk) -> None:
    page = begun(desk, StandingText.objects.get(name="Condolence"))
    assert (page.kind, page.language, page.title) == ("statement", "en", "On the death of [name of the person]")
    assert "A book of condolence is open at [place] until [day]." in page.words["blocks"]


def test_a_gap_that_is_left_is_a_fault_and_one_that_is_filled_is_none(desk: Desk) -> None:
    page = begun(desk, StandingText.objects.get(name="Condolence"))
    assert "The title still has a gap, [name of the person]: fill it or take it out." in sentences(page)
    assert "The text still has a gap, [day]: fill it or take it out." in sentences(page)
    page.title, page.section = "On the death of Ione Varr", SPEECHES
    page.words = {"blocks": ["It is with sorrow that we have learned of the death of Ione Varr. [sic]"], "next": 1}
    assert sentences(page) == []  # brackets that the text did not have are the writer's own


def test_what_still_has_a_gap_is_not_submitted(desk: Desk) -> None:
    page = begun(desk, StandingText.objects.get(name="Holding line"))
    desk.submit(page)
    assert MessagePage.objects.get().current_workflow_state is None


def test_a_gap_in_a_turn_is_told_with_its_turn(desk: Desk) -> None:
    turns = [
        {"id": "t1", "kind": "question", "questioner": "[who asks]", "blocks": ["Why?"]},
        {"id": "t2", "kind": "answer", "blocks": ["Because of [the reason]."]},
    ]
    text = StandingText.objects.create(
        name="Line", kind="media_reply", language="en", words={"turns": turns, "next": 3}
    )
    said = sentences(begun(desk, text))
    assert said == [
        "Turn 1 still has a gap, [who asks]: fill it or take it out.",
        "Turn 2 still has a gap, [the reason]: fill it or take it out.",
    ]


def test_who_writes_keeps_changes_and_throws_away_texts(desk: Desk) -> None:
    client = desk.client("wenna")
    words = {"blocks": ["The office is closed on [day]."], "next": 1}
    form = {"name": "Closed", "kind": "notice", "language": "en", "title": "", "words": json.dumps(words)}
    html = client.post("/standing-texts/new/", {**form, "name": ""}).content.decode()
    assert "Give it a name" in html
    assert "The office is closed on [day]." in html
    client.post("/standing-texts/new/", form)
    text = StandingText.objects.get(name="Closed")
    assert text.words == words
    assert (
        "Write a title or words" in client.post(f"/standing-texts/{text.pk}/", {**form, "words": ""}).content.decode()
    )
    client.post(f"/standing-texts/{text.pk}/", {**form, "do": "throw away"})
    assert not StandingText.objects.filter(name="Closed").exists()
    assert desk.client("ada").get("/standing-texts/").status_code == 404


def test_each_gap_that_is_left_stands_in_a_line_of_its_own(desk: Desk) -> None:
    page = begun(desk, StandingText.objects.get(name="Holding line"))
    client = desk.client("wenna")
    answer = client.post(f"/pages/{page.pk}/edit/", {**form_of(client, page), "action-submit": "1"})
    html = answer.content.decode()
    assert "fill it or take it out.<br>The text still has a gap, [place]: fill it or take it out.<br>" in html


def test_the_texts_of_the_language_that_is_chosen_are_offered(desk: Desk) -> None:
    with writing(desk, desk.written("wenna")) as window:
        window.goto(f"{window.url.partition('/pages/')[0]}/new/")
        offered = window.locator(".from-text:visible bdi:first-child")
        assert sorted(offered.all_inner_texts()) == ["Advisory", "Condolence", "Holding line"]
        window.get_by_label("Français").check()
        assert sorted(offered.all_inner_texts()) == ["Avis pratique", "Condoléances", "Réponse d’attente"]
