"""Easy language at the desk: the office names `en-simple` among its languages, and a message is written in it."""

from __future__ import annotations

import pytest

from communique.newsroom.furniture import languages, pieces
from communique.newsroom.models import MessagePage
from communique.newsroom.office_now import office_now
from communique.newsroom.piece_check import WrongPiece, checked
from communique.newsroom.piece_languages import language_facts, language_name
from communique.newsroom.translating import stale_turns
from communique.record.release import Draft
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared


def with_easy_language(desk: Desk) -> None:
    ((ident, office),) = pieces("office")
    changed = {**office, "languages": ["en", "en-simple", "fr"]}
    desk.installation.publisher.publish([Draft(ident, "furniture", changed)])
    assert languages() == ["en", "en-simple", "fr"]


def test_a_message_is_begun_written_followed_and_published_in_easy_language(desk: Desk) -> None:
    with_easy_language(desk)
    page = desk.written("wenna", words={"blocks": ["The ferry runs again from Monday."], "next": 1})
    client = desk.client("wenna")
    assert "English (Easy Read)" in client.get(f"/messages/{page.pk}/").content.decode()
    client.post(f"/messages/{page.pk}/in/en-simple/")
    easy = MessagePage.objects.get(message=page.message, language="en-simple").get_latest_revision_as_object()
    editor = client.get(f"/pages/{easy.pk}/edit/").content.decode()
    assert '"lang": "en-simple", "dir": "ltr"' in editor
    easy.title, easy.words = "The ferry", {"blocks": ["There is a ferry on Monday."], "next": 1}
    easy.save_revision(user=desk.user("wenna"))
    client.post(f"/messages/{easy.pk}/follows/", {"turn": "blocks"})
    easy = MessagePage.objects.get(pk=easy.pk).get_latest_revision_as_object()
    page.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
    page.save_revision(user=desk.user("wenna"))
    assert "blocks" in stale_turns(easy, page), "as any translation"
    for one in (page, easy):
        cleared(desk, one)
        desk.publish(one)
    address = desk.address_of(easy)
    assert address.startswith("en-simple/speeches/")
    assert 'lang="en-simple"' in desk.public(address)
    assert "English (Easy Read)" in desk.public(desk.address_of(page))


@pytest.mark.parametrize("tag", ["de-x-easy", "de-easy", "de-simple-CH"])
def test_a_private_tag_is_refused_with_the_one_to_write(desk: Desk, tag: str) -> None:
    ((_ident, office),) = pieces("office")
    with pytest.raises(WrongPiece) as refused:
        checked({**office, "languages": ["en", tag]}, office_now())
    said = f"“{tag}” tells nobody what it is. For easy language write de-simple."
    assert refused.value.faults == [("languages[1]", said)]


def test_the_desk_names_it_in_its_own_language_and_in_the_desks() -> None:
    assert language_facts("de-simple")["name"] == "Deutsch (Leichte Sprache)"
    assert language_facts("fr")["name"] == "Français", "as everywhere at the desk"
    assert language_facts("ar-simple")["dir"] == "rtl"
    assert language_name("de-simple") == "German (Easy Read)"
