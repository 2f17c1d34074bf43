"""Languages of one message: begun beside the original, stale per turn when that goes on, released together or alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from lxml import html as markup

from communique.newsroom.furniture import newest_entry
from communique.newsroom.models import MessagePage
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.translating import stale_turns
from communique.record.entry import parse_entry
from newsroom.newsrooms import Desk
from newsroom.test_bad_input import form_of
from newsroom.test_day import cleared, standing

TURNS = [
    {"id": "t1", "kind": "question", "blocks": ["When does the ferry run?"]},
    {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["On Monday."]},
]
WORDS = {"speakers": [{"name": "Ambassador Ferrand"}], "turns": TURNS, "next": 3}


def interview(desk: Desk, **fields: Any) -> tuple[MessagePage, MessagePage]:
    """An original and its French version, both with words."""
    page = desk.written("wenna", kind="interview", words=WORDS, **fields)
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr").get_latest_revision_as_object()
    assert [turn["id"] for turn in french.words["turns"]] == ["t1", "t2"]
    assert not any(turn.get("blocks") for turn in french.words["turns"])
    french.words = {**french.words, "turns": [
        {**french.words["turns"][0], "blocks": ["Quand le bac circule-t-il ?"]},
        {**french.words["turns"][1], "blocks": ["Lundi."]},
    ]}  # fmt: skip
    french.title = "Le bac"
    french.translated_from = {}
    french.save_revision(user=desk.user("wenna"))
    return page, french


def test_a_language_is_begun_with_the_turns_of_the_original_and_no_words_of_it(desk: Desk) -> None:
    page, french = interview(desk)
    assert (french.original, french.message) == ("en", page.message)
    assert french.ident != page.ident


def test_nobody_says_that_a_turn_follows_an_original_that_he_has_not_seen(desk: Desk) -> None:
    page, french = interview(desk)
    client = desk.client("wenna")
    client.post(f"/messages/{french.pk}/follows/", {"turn": "t2"})
    for words in ("On Tuesday.", "On Friday."):
        latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        latest.words["turns"][1]["blocks"] = [words]
        latest.save_revision(user=desk.user("osk"))
        if words == "On Tuesday.":
            tree = markup.fromstring(client.get(f"/messages/{french.pk}/").content.decode())
            (form,) = tree.xpath("//form[.//button[@value='t2']]")
    answer = client.post(f"/messages/{french.pk}/follows/", {**dict(form.form_values()), "turn": "t2"}, follow=True)
    assert "The original was changed meanwhile" in answer.content.decode()
    latest = MessagePage.objects.get(pk=french.pk).get_latest_revision_as_object()
    assert stale_turns(latest, latest.source_version()) == ("t2",)


def test_a_translation_of_what_was_public_elsewhere_says_so_too_until_its_form_says_otherwise(desk: Desk) -> None:
    said = {"first_on": date(2019, 3, 12), "first_in": "The Lamplighter", "first_address": "https://lamp.example/5"}
    _page, french = interview(desk, **said)
    form = form_of(desk.client("wenna"), french)
    assert {name: form[name] for name in said} == {**said, "first_on": "2019-03-12"}
    cleared(desk, french)
    desk.publish(french)
    entry = newest_entry(french.ident)
    assert entry is not None
    assert parse_entry(bytes(entry.data), entry.index).dated == "2019-03-12", "lists have it beside its original"
    assert "The Lamplighter" in desk.public(desk.address_of(french))


def test_what_changed_in_the_original_is_stale_turn_by_turn_and_cleared_turn_by_turn(desk: Desk) -> None:
    page, french = interview(desk)
    client = desk.client("wenna")
    for turn in ("t1", "t2"):
        client.post(f"/messages/{french.pk}/follows/", {"turn": turn})
    latest = MessagePage.objects.get(pk=french.pk).get_latest_revision_as_object()
    assert stale_turns(latest, latest.source_version()) == ()
    page = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.words["turns"][1]["blocks"] = ["On Tuesday."]
    page.save_revision(user=desk.user("wenna"))
    assert stale_turns(latest, latest.source_version()) == ("t2",)
    assert "Turn 2 changed" in client.get("/").content.decode()
    client.post(f"/messages/{french.pk}/follows/", {"turn": "t2"})
    latest = MessagePage.objects.get(pk=french.pk).get_latest_revision_as_object()
    assert stale_turns(latest, latest.source_version()) == ()


def test_nobody_says_that_a_submitted_text_follows_again(desk: Desk) -> None:
    """The clearer who said so would be one of its writers, and could not clear it any more."""
    _page, french = interview(desk)
    desk.submit(french)
    for name in ("osk", "wenna"):
        answer = desk.client(name).post(f"/messages/{french.pk}/follows/", {"turn": "t1"}, follow=True)
        assert "Something else is begun for it." in answer.content.decode()
    assert newest(french).translated_from == {}
    assert desk.user("osk").pk not in authors_since_clearance(french.pk)


def newest(page: MessagePage) -> MessagePage:
    """A page as it was saved last."""
    latest: MessagePage = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return latest


def saved(desk: Desk, page: MessagePage, **said: object) -> None:
    """The newest revision of a page with some of its fields changed."""
    latest = newest(page)
    for name, value in said.items():
        setattr(latest, name, value)
    latest.save_revision(user=desk.user("wenna"))


def test_a_name_a_role_or_a_title_that_changed_alone_makes_a_translation_stale(desk: Desk) -> None:
    page, french = interview(desk)
    client = desk.client("wenna")
    client.post(f"/pages/{french.pk}/edit/", form_of(client, french))

    def stale() -> tuple[str, ...]:
        return stale_turns(newest(french), newest(page))

    assert stale() == ()
    saved(desk, page, words={**WORDS, "speakers": [{"name": "Ambassador Ferrand", "role": "at large"}]})
    assert stale() == ("speakers",)
    saved(desk, page, title="On the night ferry")
    assert stale() == ("title", "speakers")
    assert "The title or teaser changed · A speaker’s name or role changed" in client.get("/").content.decode()
    assert "On the night ferry" in client.get(f"/pages/{french.pk}/edit/").content.decode(), "the original's title"
    for what in stale():
        client.post(f"/messages/{french.pk}/follows/", {"turn": what})
    assert stale() == ()
    asked = [{**TURNS[0], "questioner": "Maren Tolle"}, TURNS[1]]
    saved(desk, page, words={**WORDS, "turns": asked})
    assert stale() == ("speakers", "t1"), "the role went again, and somebody asks now"


def test_another_order_of_speakers_makes_nothing_that_they_say_stale(desk: Desk) -> None:
    page, french = interview(desk)
    client = desk.client("wenna")
    client.post(f"/pages/{french.pk}/edit/", form_of(client, french))
    people = [{"name": "Selke Amrun"}, *WORDS["speakers"]]
    saved(desk, page, words={**WORDS, "speakers": people, "turns": [TURNS[0], {**TURNS[1], "speaker": 1}]})
    assert stale_turns(newest(french), newest(page)) == ("speakers",)


def test_a_translation_begins_with_who_asked_for_whom_and_when_it_is_heard(desk: Desk) -> None:
    asked = {**TURNS[0], "questioner": "Maren Tolle", "outlet": "Harbour Gazette", "from_ms": 1000, "to_ms": 4000}
    page = desk.written("wenna", kind="interview", words={**WORDS, "turns": [asked, TURNS[1]]})
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr").get_latest_revision_as_object()
    assert french.words["turns"][0] == {**asked, "blocks": []}


def test_a_plain_text_that_nobody_has_begun_to_translate_is_not_stale_but_empty(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr").get_latest_revision_as_object()
    assert stale_turns(french, french.source_version()) == ()


def test_two_languages_become_public_at_one_instant(desk: Desk) -> None:
    page, french = interview(desk)
    cleared(desk, page)
    cleared(desk, french)
    form = {"when": "now", f"with-{french.pk}": "on"}
    desk.client("pell").post(f"/messages/{page.pk}/release/", form)
    assert standing(desk, page) == standing(desk, french) == "published"
    entries = list(desk.installation.reader.entries(0, desk.installation.reader.size()))[-2:]
    assert entries[0].at == entries[1].at
    assert "Lundi." in desk.public("fr/discours/2027/03/04/le-bac")


def test_a_language_is_published_alone_later(desk: Desk) -> None:
    page, french = interview(desk)
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert standing(desk, french) == "draft"
    desk.now.at += timedelta(days=1)
    cleared(desk, french)
    desk.client("pell").post(f"/messages/{french.pk}/release/", {"when": "now"})
    assert "Lundi." in desk.public("fr/discours/2027/03/05/le-bac")


def test_what_follows_the_original_again_is_said_in_the_editor_and_kept_with_the_words(desk: Desk) -> None:
    page, french = interview(desk)
    client = desk.client("wenna")
    client.post(f"/pages/{french.pk}/edit/", form_of(client, french))
    saved(desk, page, title="On the night ferry", words={**WORDS, "turns": [TURNS[0], {**TURNS[1], "blocks": ["No."]}]})
    assert stale_turns(newest(french), newest(page)) == ("title", "t2")
    shown = (
        MessagePage.objects.get(pk=french.pk)
        .get_edit_handler()
        .get_form_class()(instance=newest(french), for_user=desk.user("wenna"))
    )
    follows = shown.fields["words"].widget.given.follows
    assert set(follows) == {"title", "t2"}
    form = form_of(client, french)
    saved(desk, page, words={**WORDS, "turns": [{**TURNS[0], "blocks": ["When?"]}, {**TURNS[1], "blocks": ["No."]}]})
    sent = {**follows, "t1": follows["t2"], "t9": follows["t2"], "speakers": "no hash"}
    client.post(f"/pages/{french.pk}/edit/", {**form, "follows": json.dumps(sent)})
    assert stale_turns(newest(french), newest(page)) == ("t1",), "what changed while it was read stays stale"
    assert newest(french).words["turns"][1]["blocks"] == ["Lundi."]
