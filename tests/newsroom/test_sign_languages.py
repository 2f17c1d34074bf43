"""A video of a message says at the desk which sign language is seen in it, and subtitles which language they are in."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from communique.newsroom.faults import faults_of
from communique.newsroom.models import Attachment, MessagePage
from communique.newsroom.sign_languages import SignLanguages, named_sign
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared

FILM = "https://films.example/bac"


def with_film(desk: Desk, **said: str) -> MessagePage:
    page = desk.written("wenna")
    page.attachments.add(Attachment(sort="recording", address=FILM, title="The film", **said))
    page.save_revision(user=desk.user("wenna"))
    page.save()
    return page


def test_the_choice_is_on_the_form_and_readers_are_told(desk: Desk) -> None:
    page = with_film(desk, sign="fsl", language="fr")
    form = desk.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    assert '<option value="fsl" selected>French Sign Language</option>' in form
    assert "Readers are told which it is." in form
    cleared(desk, page)
    desk.publish(page)
    public = desk.public(desk.address_of(page))
    assert '<span class="signed">In French Sign Language</span>' in public
    assert '<span class="spoken" lang="fr">Français</span>' in public
    again = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [(row.sign, row.language) for row in again.attachments.all()] == [("fsl", "fr")]


def test_a_translation_begins_with_what_is_said_of_the_file(desk: Desk) -> None:
    page = with_film(desk, sign="fsl")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr").get_latest_revision_as_object()
    assert [row.sign for row in french.attachments.all()] == ["fsl"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"media": "audio/mpeg", "part": "p" * 64, "sign": "fsl"},
            "A recording that is only heard shows no sign language",
        ),
        ({"address": FILM, "language": "klingon!"}, "No language has the tag “klingon!”."),
        ({"address": FILM, "language": "de-x-easy"}, "For easy language write de-simple."),
        ({"address": FILM, "language": "de-simple", "sign": "gsg"}, ""),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(desk: Desk, row: dict[str, str], said: str) -> None:
    page = desk.written("wenna")
    found = [fault.sentence for fault in faults_of(page, [Attachment(sort="recording", **row)])]
    assert [said in sentence for sentence in found] == ([True] if said else [])


def test_sign_languages_are_named_in_the_desks_language() -> None:
    with override("fr"):
        assert named_sign("fsl") == "Langue des signes française"
        assert named_sign("jos") == "Langue des signes (Jordanie)"
    with override("ar"):
        assert named_sign("jos") == "لغة الإشارة (الأردن)"
    with override("en"):
        labels = [label for _, choices, _ in SignLanguages().optgroups("sign", [""]) for label in [choices[0]["label"]]]
    assert labels[:2] == ["–", "Adamorobe Sign Language"]
    assert len(labels) == 157
