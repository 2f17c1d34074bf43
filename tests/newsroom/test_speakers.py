"""Whose words a text without turns is, which languages are authentic, and what else its form knows of a message."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from lxml import html as markup

from communique.newsroom.acts import parts_of
from communique.newsroom.content import words_of
from communique.newsroom.faults import faults_of
from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage
from communique.newsroom.next_edition import next_of
from communique.newsroom.views.messages import first_title
from communique.newsroom.words import faults
from communique.record.release import Draft
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared
from newsroom.test_from_record import SPEECH, opened

FERRAND, QUARREL = "personferrand000", "personquarrel000"
AMBASSADOR = {"name": "Ada Ferrand", "role": "Ambassador", "person": FERRAND}
PILOT = {"name": "Bram Esterhal", "role": "Pilot of the harbour"}
WORDS: dict[str, Any] = {"speakers": [AMBASSADOR, PILOT], "blocks": ["Friends, the lamp is lit."], "next": 1}


def registered(desk: Desk) -> None:
    """Two persons on the record, one of them an ambassador in both languages."""
    person = {"v": 1, "type": "furniture", "state": "current", "piece": "person", "order": 0}
    roles = [{"name": {"en": "Ambassador", "fr": "Ambassadrice"}, "since": "2026-01-01"}]
    ferrand = {**person, "name": {"en": "Ada Ferrand"}, "address": "ferrand", "roles": roles}
    quarrel = {**person, "name": {"en": "Ada Quarrel"}, "address": "quarrel"}
    desk.installation.publisher.publish(
        [Draft(FERRAND, "furniture", ferrand), Draft(QUARREL, "furniture", quarrel)]
    )  # fmt: skip


def speech(desk: Desk, **fields: Any) -> MessagePage:
    """A speech of two, not public yet."""
    registered(desk)
    return desk.written("wenna", title="At the lamp", kind="speech", words=WORDS, **fields)


def public(desk: Desk, page: MessagePage) -> str:
    """The page after it went out, without its tags."""
    cleared(desk, page)
    desk.publish(page)
    return desk.public(desk.address_of(page))


def latest(page: MessagePage) -> MessagePage:
    found: MessagePage = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def facts_of(page: str) -> dict[str, str]:
    """The list under the title: label -> words."""
    rows = markup.fromstring(page).xpath('//dl[@class="facts"]/div')
    return {row.find("dt").text_content(): row.find("dd").text_content() for row in rows}


def edited(desk: Desk, page: MessagePage) -> Any:
    """The form of a page, as lxml has it."""
    tree = markup.fromstring(desk.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode())
    (form,) = tree.xpath('//form[@id="page-edit-form"]')
    return form


def saved(desk: Desk, page: MessagePage, **changed: Any) -> MessagePage:
    """The page after its form was sent with some fields changed, the others as they were."""
    fields: dict[str, list[str]] = {}
    for key, value in edited(desk, page).form_values():
        if "__prefix__" not in key:
            fields.setdefault(key, []).append(value)
    answer = desk.client("wenna").post(f"/pages/{page.pk}/edit/", {**fields, **changed})
    assert answer.status_code == 302, answer.content.decode()
    return latest(page)


def given_to(form: Any) -> dict[str, Any]:
    """What the words editor is told."""
    found: dict[str, Any] = json.loads(form.xpath('//script[@id="id_words-given"]')[0].text)
    return found


def test_readers_see_whose_words_a_speech_is_and_find_it_with_the_person(desk: Desk) -> None:
    page = speech(desk)
    shown = public(desk, page)
    content = newest_content(page.ident)
    assert content is not None
    assert (content["speakers"], content["blocks"]) == (WORDS["speakers"], WORDS["blocks"])
    whose = "Ada Ferrand, Ambassador · Bram Esterhal, Pilot of the harbour"
    assert facts_of(shown)["Words of"] == whose
    assert '<a href="/en/people/ferrand/">Ada Ferrand</a>' in shown
    assert "At the lamp" in desk.public("en/people/ferrand")


def test_the_form_offers_the_persons_of_the_record_for_a_text_as_for_turns(desk: Desk) -> None:
    given = given_to(edited(desk, speech(desk)))
    assert [person["name"] for person in given["people"]] == ["Ada Ferrand", "Ada Quarrel"]
    assert given["form"] == "blocks"


def test_speakers_from_the_record_come_to_the_desk_and_go_back_through_the_form(desk: Desk) -> None:
    page = opened(desk, SPEECH)
    assert page.words["speakers"] == SPEECH["speakers"]
    after = saved(desk, page)
    assert {key: next_of(after).content[key] for key in SPEECH} == SPEECH
    words = {"blocks": SPEECH["blocks"], "next": 1}
    assert "speakers" not in next_of(saved(desk, page, words=json.dumps(words))).content


def test_the_name_of_a_speaker_is_erased_and_leaves_its_place_and_the_form_can_be_saved(desk: Desk) -> None:
    page = speech(desk)
    public(desk, page)
    name = next(part.part for part in parts_of(page.ident) if part.words == PILOT["name"])
    draft = latest(page)
    draft.act, draft.act_facts, draft.note = "erase", {"erase": [name]}, "By law."
    draft.save_revision(user=desk.user("wenna"))
    shown = public(desk, page)
    assert PILOT["name"] not in shown
    assert facts_of(shown)["Words of"] == "Ada Ferrand, Ambassador · …, Pilot of the harbour"
    draft = latest(page)
    draft.act, draft.act_facts = "update", {}
    draft.words = words_of(newest_content(page.ident) or {})
    draft.save_revision(user=desk.user("wenna"))
    assert [speaker["name"] for speaker in saved(desk, page).words["speakers"]] == ["Ada Ferrand", "…"]


@pytest.mark.parametrize(
    ("speakers", "told"),
    [
        ([PILOT], "Speakers: Ada Ferrand, Ambassador; Bram Esterhal, Pilot of the harbour Bram Esterhal, Pilot"),
        ([AMBASSADOR, {**PILOT, "role": "Guest"}], "Bram Esterhal, Guest"),
        ([{**AMBASSADOR, "person": QUARREL}, PILOT], "Registered person: Ada Ferrand Ada Quarrel"),
    ],
    ids=["taken out", "another role", "another person of that name"],
)
def test_a_changed_speaker_shows_against_what_readers_see(desk: Desk, speakers: list[Any], told: str) -> None:
    page = speech(desk)
    public(desk, page)
    client = desk.client("wenna")

    def compared() -> str:
        answer = client.get(f"/messages/{page.pk}/compare/").content.decode()
        return " ".join(markup.fromstring(answer).xpath("//main")[0].text_content().split())

    assert "Nothing changes." in compared()
    draft = latest(page)
    draft.words = {**draft.words, "speakers": speakers}
    draft.save_revision(user=desk.user("wenna"))
    assert told in compared()


def test_a_changed_speaker_shows_between_two_revisions(desk: Desk) -> None:
    page = speech(desk)
    page.words = {**WORDS, "speakers": [AMBASSADOR]}
    page.save_revision(user=desk.user("wenna"))
    before, after = page.revisions.order_by("-pk")[1], page.revisions.order_by("-pk")[0]
    answer = desk.client("wenna").get(f"/pages/{page.pk}/revisions/compare/{before.pk}...{after.pk}/")
    assert "<ins>Ada Ferrand, Ambassador</ins>" in answer.content.decode()


def test_the_translation_of_a_speech_begins_with_its_speakers_in_its_language(desk: Desk) -> None:
    page = speech(desk, authentic=["en", "fr"])
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr")
    assert latest(french).words == {
        "speakers": [{**AMBASSADOR, "role": "Ambassadrice"}, PILOT],
        "blocks": [],
        "next": 1,
    }
    assert latest(french).authentic == ["en", "fr"]


def test_a_file_read_into_a_speech_leaves_its_speakers(desk: Desk) -> None:
    page = speech(desk)
    file = SimpleUploadedFile("speech.txt", b"Friends, the bell rings.\n\nIt rings for all.")
    form = {"file": file, "words": json.dumps(WORDS)}
    read = desk.client("wenna").post(f"/messages/{page.pk}/read/", form).json()["words"]
    assert read["speakers"] == WORDS["speakers"]
    assert read["blocks"] == ["Friends, the bell rings.", "It rings for all."]


def test_a_speaker_of_a_file_whom_the_office_knows_has_the_role_of_the_day(desk: Desk) -> None:
    registered(desk)
    page = desk.written("wenna", kind="interview", words={"turns": [], "next": 1})
    talk = b"Question: When?\n\nAda Ferrand: On Monday.\n\nQuestion: Where?\n\nAda Ferrand: Here.\n"
    form = {"file": SimpleUploadedFile("talk.txt", talk), "words": json.dumps(page.words)}
    read = desk.client("wenna").post(f"/messages/{page.pk}/read/", form).json()["words"]
    assert read["speakers"] == [AMBASSADOR]


def test_somebody_who_is_named_twice_is_to_be_mended_before_submitting() -> None:
    said = "is among the speakers twice: take one of the two out of the list."
    twice = {**WORDS, "speakers": [AMBASSADOR, {**AMBASSADOR, "name": "A. Ferrand"}]}
    assert faults(twice) == [("", f"A. Ferrand {said}")]
    assert faults({**WORDS, "speakers": [PILOT, PILOT]}) == [("", f"Bram Esterhal {said}")]
    assert faults(WORDS) == []


def test_authentic_languages_are_chosen_on_the_form_and_told_to_readers(desk: Desk) -> None:
    page = desk.written("wenna", kind="joint_communique")
    boxes = edited(desk, page).xpath('.//input[@name="authentic"]')
    assert [(box.get("type"), box.get("value"), box.get("checked")) for box in boxes] == [
        ("checkbox", "en", None),
        ("checkbox", "fr", None),
    ]
    assert saved(desk, page, authentic=["en", "fr"]).authentic == ["en", "fr"]
    assert facts_of(public(desk, page))["Authentic text"] == "English · French"
    assert saved(desk, page, authentic=[]).authentic == []


def test_authentic_languages_of_the_record_stay_also_one_that_the_office_does_not_speak(desk: Desk) -> None:
    page = opened(desk, {**SPEECH, "authentic": ["fr", "ru"]})
    boxes = edited(desk, page).xpath('.//input[@name="authentic"]')
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("en", False),
        ("fr", True),
        ("ru", True),
    ]
    assert next_of(saved(desk, page)).content["authentic"] == ["fr", "ru"]


def test_an_authentic_text_is_no_unofficial_translation(desk: Desk) -> None:
    page = speech(desk, authentic=["en", "fr"])
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = latest(MessagePage.objects.get(message=page.message, language="fr"))
    french.translation = "unofficial"
    assert "authentic" in [fault.field for fault in faults_of(french)]
    french.translation = "official"
    assert "authentic" not in [fault.field for fault in faults_of(french)]


def test_a_new_message_is_called_in_its_own_language_where_the_desk_speaks_it(desk: Desk) -> None:
    client = desk.client("wenna")
    answer = client.post("/new/", {"kind": "statement", "language": "fr"}, headers={"accept-language": "ar"})
    page = MessagePage.objects.get(pk=int(answer.url.split("/")[2]))
    assert page.title == page.first_title == "Déclaration du 4 mars 2027"
    assert 'lang="ar"' in unescape(client.get("/", headers={"accept-language": "ar"}).content.decode())
    with override("fr"):
        assert first_title("statement", "ar").startswith("تصريح، 4 مارس")
        assert first_title("statement", "ru") == "Déclaration du 4 mars 2027"
        assert first_title("statement", "en-GB").startswith("Statement of 4 March 2027")


def test_the_editor_knows_which_turns_readers_know(desk: Desk) -> None:
    turns = [{"id": "t1", "kind": "remark", "blocks": ["One."]}, {"id": "t3", "kind": "note", "blocks": ["(Bell.)"]}]
    page = desk.written("wenna", kind="interview", words={"turns": turns, "next": 4})
    assert given_to(edited(desk, page))["public"] == []
    public(desk, page)
    draft = latest(page)
    draft.words = {"turns": [*turns[:1], {"id": "t4", "kind": "remark", "blocks": ["Two."]}], "next": 5}
    draft.save_revision(user=desk.user("wenna"))
    assert given_to(edited(desk, page))["public"] == ["t1", "t3"]
