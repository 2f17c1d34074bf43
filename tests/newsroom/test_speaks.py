"""What the desk says: every sentence is there in French and Arabic, with the same slots, and the screens say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.utils.translation import gettext, override

from communique.newsroom.acts import PLACES
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.post.models import Mail
from communique.newsroom.standing.models import StandingText
from communique.newsroom.templatetags.desk import span
from ground import speak
from newsroom.newsrooms import HOST, Desk

HEARD = speak.sentences()


@pytest.mark.parametrize("language", speak.LANGUAGES)
def test_every_sentence_of_the_desk_is_translated_with_its_slots_and_compiled(language: str) -> None:
    assert list(speak.faults(language, HEARD)) == []


@pytest.mark.parametrize("language", speak.LANGUAGES)
def test_a_second_run_changes_no_byte(language: str) -> None:
    again = speak.as_po(speak.updated(language, HEARD))
    kept = speak.catalogue_of(language).read_bytes()
    assert again.splitlines() == kept.splitlines(), "run python ground/speak.py"
    assert again == kept


def test_a_translation_that_lost_a_slot_is_found() -> None:
    found = speak.updated("fr", HEARD)
    message = found.get("Turn %(n)s")
    assert message is not None
    message.string = "Intervention"
    assert list(speak._faults_of(message, found)) == ["its slots differ in 'Intervention'"]


def test_a_sentence_in_python_in_a_template_and_only_marked_is_heard() -> None:
    for sentence in ("Desk", "To the content", "Time zone", "Turn {n} has no words: write them or remove the turn."):
        assert HEARD.get(sentence) is not None
    one = HEARD.get("one entry")
    assert one is not None
    assert one.id == ("one entry", "%(n)s entries")


def test_french_has_its_thin_blanks() -> None:
    for message in speak.updated("fr", HEARD):
        for text in speak._texts(message.string) if message.id else ():
            assert not re.search(r" [:;?!»]|« |\w[;?!](?:\s|$)|'(?=\w)(?<=\w')", text), text


def test_a_kind_is_a_noun_and_what_stands_before_a_colon_has_the_blank_of_its_language() -> None:
    with override("fr"):
        assert str(KIND_NAMES["comment"]) == "Commentaire"
        assert gettext(": ") == "\u202f: "
    for template in sorted(speak.NEWSROOM.rglob("*.html")):
        assert not re.search(r"[}%]\}: (?:<|\{)", template.read_text("utf-8")), template


def test_two_days_are_a_word_in_arabic_without_a_number_beside_it() -> None:
    with override("ar"):
        assert [span(days * 86_400) for days in (1, 2, 3)] == ["يوم واحد", "يومين", "3 أيام"]
    with override("fr"):
        assert span(2 * 86_400) == "2 jours"


def test_an_arabic_number_takes_the_form_of_its_noun_that_goes_with_it() -> None:
    with override("ar"):
        said = [span(days * 86_400) for days in (3, 10, 11, 12, 99, 100, 103)]
    assert said == ["3 أيام", "10 أيام", "11 يومًا", "12 يومًا", "99 يومًا", "100 يوم", "103 أيام"]


def test_an_ending_of_a_file_in_an_arabic_sentence_keeps_its_own_direction() -> None:
    for message in speak.updated("ar", HEARD):
        for text in speak._texts(message.string) if message.id else ():
            assert not re.search(r"(?<![\u2066\w*])\.(?:docx|odt|txt|srt|vtt)", text), text


@pytest.mark.parametrize("language", ["en", *speak.LANGUAGES])
def test_what_an_erasure_can_take_has_a_word_of_its_own(language: str) -> None:
    with override(language):
        words = [str(word) for key, word in PLACES.items() if key not in ("text", "rows")]
    assert sorted(words) == sorted(set(words))


def test_the_desk_speaks_as_the_browser_asks_until_somebody_chooses_and_then_as_chosen(desk: Desk) -> None:
    client = desk.client("wenna")
    assert 'lang="fr" dir="ltr"' in client.get("/", headers={"accept-language": "fr"}).content.decode()
    assert client.post("/language/", {"language": "ar", "next": "/messages/"}).url == "/messages/"
    page = client.get("/", headers={"accept-language": "fr"}).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert '<link rel="stylesheet" href="/fonts.css">' in page, "where its letters are"
    assert "Communique Naskh" in desk.client("wenna").get("/fonts.css").content.decode()
    assert "المكتب" in page


def test_a_choice_is_kept_with_the_person_and_on_the_device(desk: Desk) -> None:
    device = desk.client("wenna")
    device.post("/language/", {"language": "fr"})
    elsewhere = desk.client("wenna").get("/", headers={"accept-language": "ar"})
    assert 'lang="fr"' in elsewhere.content.decode()
    device.logout()
    device.cookies["django_language"] = "fr"
    assert 'lang="fr"' in device.get("/accounts/login/", headers={"host": HOST}).content.decode()


def test_no_choice_leads_to_another_site_and_none_is_kept_that_is_no_language(desk: Desk) -> None:
    client = desk.client("wenna")
    away = client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert away.url == "/"
    assert "django_language" not in away.cookies
    assert client.get("/language/").status_code == 405


SCREENS = {
    "wenna": ("/", "/new/", "/messages/", "/roles/", "/furniture/", "/archive/", "/releases/", "/inquiries/"),
    "ada": ("/people/", "/post/", "/roles/", "/accounts/2fa/"),
}


def test_the_screens_in_arabic_say_no_english_sentence_of_ours(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.submit(page)
    ours = _only_english("ar") - set(StandingText.objects.values_list("name", flat=True))
    letters = set(Mail.objects.values_list("subject", flat=True))  # in the language of whom they went to
    own = {"wenna": (f"/messages/{page.pk}/", f"/messages/{page.pk}/clear/", f"/messages/{page.pk}/limit/")}
    for name, paths in SCREENS.items():
        client = desk.client(name)
        client.post("/language/", {"language": "ar"})
        for path in (*paths, *own.get(name, ())):
            said = set(_said(client.get(path).content.decode())) - letters
            assert said, path
            assert sorted(said & ours) == [], path


def _said(page: str) -> Iterator[str]:
    """The texts of a page, one for each element, and what its attributes say."""
    for text in re.findall(r">([^<>]+)<|(?:aria-label|title|placeholder)=\"([^\"]+)\"", page):
        yield unescape(" ".join("".join(text).split()))


def _only_english(language: str) -> set[str]:
    """Our sentences that this language says otherwise."""
    spoken = speak.spoken(language)
    return {text for each in spoken if each.id for text in speak._texts(each.id) if text not in (each.string or ())}
