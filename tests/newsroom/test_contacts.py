"""Contacts under a message: chosen by reference, frozen as words, safe from what becomes of the furniture."""

from __future__ import annotations

import pytest

from communique.newsroom.contacts.placing import place
from communique.newsroom.contacts.wording import block_of
from communique.newsroom.faults import faults_of
from communique.newsroom.models import MessagePage
from communique.newsroom.next_edition import next_of
from communique.record.release import Draft
from newsroom.newsrooms import Desk
from newsroom.test_day import standing

PRESS = "contactpress0000"
CONTACT = {
    "v": 1,
    "type": "furniture",
    "state": "current",
    "piece": "contact",
    "order": 0,
    "label": {"en": "Press office", "fr": "Service de presse"},
    "telephone": "+33 1 00 00 00 07",
    "email": "press@embassy.example",
    "hours": [{"days": [1, 2, 3, 4, 6], "from": "09:00", "to": "17:00"}],
}
TURNS = [
    {"id": "t1", "kind": "question", "blocks": ["When?"]},
    {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["On Monday."]},
]
WORDS = {"speakers": [{"name": "Ambassador Ferrand"}], "turns": TURNS, "next": 3}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with a contact."""
    _furnish(desk, CONTACT["telephone"])
    return desk


def _furnish(desk: Desk, telephone: object) -> None:
    desk.installation.publisher.publish([Draft(PRESS, "furniture", {**CONTACT, "telephone": telephone})])


def latest(page: MessagePage) -> MessagePage:
    return MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def chosen(desk: Desk, page: MessagePage) -> MessagePage:
    desk.client("wenna").post(f"/messages/{page.pk}/contacts/", {f"contact-{PRESS}": "on"})
    return latest(page)


def test_a_contact_is_a_paragraph_with_links_in_the_language_of_the_message() -> None:
    assert block_of(CONTACT, "fr") == {
        "kind": "paragraph",
        "text": "Service de presse\n+33 1 00 00 00 07\npress@embassy.example\nlun.–jeu., sam. 09:00–17:00",
        "marks": [
            [0, 17, "strong"],
            [18, 35, "link", "tel:+33100000007"],
            [36, 57, "link", "mailto:press@embassy.example"],
        ],
    }


def test_an_edition_ends_with_the_contact_and_readers_see_it(office: Desk) -> None:
    page = chosen(office, office.written("wenna"))
    assert faults_of(page) == []
    office.submit(page)
    office.clear(page)
    office.publish(page)
    assert standing(office, page) == "published"
    html = office.public(office.address_of(page))
    assert "mailto:press@embassy.example" in html


def test_it_is_frozen_at_submission_and_what_becomes_of_it_later_changes_nothing(office: Desk) -> None:
    page = chosen(office, office.written("wenna"))
    _furnish(office, "+33 1 00 00 00 08")
    assert "00 07" in str(next_of(latest(page)).content)
    office.submit(page)
    frozen = next_of(latest(page)).content
    assert "00 08" in str(frozen)
    _furnish(office, "+33 1 00 00 00 09")
    assert next_of(latest(page)).content == frozen
    office.clear(page)
    assert standing(office, page) == "cleared"


def test_under_a_transcript_it_is_a_note_whose_number_nothing_else_gets(office: Desk) -> None:
    page = chosen(office, office.written("wenna", kind="interview", words=WORDS))
    turns = next_of(page).content["turns"]
    assert [turn["id"] for turn in turns] == ["t1", "t2", "t3"]
    assert turns[2]["kind"] == "note"
    assert page.words["next"] == 4
    assert faults_of(page) == []
    place(page, [], office.user("wenna"))
    assert [turn["id"] for turn in next_of(latest(page)).content["turns"]] == ["t1", "t2"]
    assert [turn["id"] for turn in next_of(chosen(office, page)).content["turns"]] == ["t1", "t2", "t4"]


def test_who_chose_a_contact_is_among_those_who_wrote(office: Desk) -> None:
    page = office.written("wenna")
    office.client("osk").post(f"/messages/{page.pk}/contacts/", {f"contact-{PRESS}": "on"})
    office.submit(page)
    assert 'name="read"' not in office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()


def test_what_is_submitted_gets_no_other_contacts(office: Desk) -> None:
    page = office.written("wenna")
    office.submit(page)
    before = next_of(latest(page)).digest
    html = office.client("wenna").post(f"/messages/{page.pk}/contacts/", {f"contact-{PRESS}": "on"}, follow=True)
    assert "take it back first" in html.content.decode()
    assert next_of(latest(page)).digest == before
