"""What may follow on what is public: seen before it happens, one at a time, and left again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from communique.newsroom.furniture import newest_content, newest_entry
from communique.newsroom.models import MessagePage, PiecePage, Release
from communique.newsroom.states import Standing, standing_of
from communique.record.entry import parse_entry
from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from newsroom.newsrooms import NOTICES, Desk
from newsroom.test_day import cleared

STATEMENT = "The ferry runs on Tuesday; we had written Monday."


def public(desk: Desk, title: str = "On the ferry") -> MessagePage:
    page = desk.written("wenna", title=title)
    cleared(desk, page)
    desk.publish(page)
    return page


def standing(desk: Desk, page: MessagePage) -> Standing:
    return standing_of(MessagePage.objects.get(pk=page.pk), desk.now())


@pytest.mark.parametrize("act", ["withdraw", "recall", "remove"])
def test_readers_page_is_shown_before_the_act_and_nothing_is_changed_by_it(desk: Desk, act: str) -> None:
    page = public(desk)
    client = desk.client("wenna")
    html = client.get(f"/messages/{page.pk}/act/{act}/").content.decode()
    assert f'src="/messages/{page.pk}/act/{act}/readers/"' in html
    before = MessagePage.objects.get(pk=page.pk).latest_revision_id
    shown = client.post(f"/messages/{page.pk}/act/{act}/readers/", {"note": "The pier is closed for good."})
    assert "The pier is closed for good." in shown.content.decode()
    assert MessagePage.objects.get(pk=page.pk).latest_revision_id == before
    assert "The pier is closed" not in desk.public(desk.address_of(page))


def test_an_act_does_not_write_over_another_that_is_begun(desk: Desk) -> None:
    page = public(desk)
    client = desk.client("wenna")
    client.post(f"/messages/{page.pk}/act/correct/", {"note": STATEMENT})
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
    draft.save_revision(user=desk.user("wenna"))
    answer = client.post(f"/messages/{page.pk}/act/withdraw/", {"note": "The pier is closed for good."}, follow=True)
    assert "Something else is begun for it" in answer.content.decode()
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.act, draft.note) == ("correct", STATEMENT)


def test_a_draft_is_given_up_and_the_desk_has_again_what_readers_have(desk: Desk) -> None:
    page = public(desk)
    client = desk.client("wenna")
    client.post(f"/messages/{page.pk}/act/correct/", {"note": STATEMENT})
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title, draft.words = "Another", {"blocks": ["Other words."], "next": 1}
    draft.expires, draft.expiry_notice = desk.now() + timedelta(days=1), "It has run out."
    draft.save_revision(user=desk.user("wenna"))
    assert standing(desk, page) == Standing.DRAFT
    assert "Give up this draft" in client.get(f"/messages/{page.pk}/").content.decode()
    client.post(f"/messages/{page.pk}/give-up/")
    assert standing(desk, page) == Standing.PUBLISHED
    client.post(f"/messages/{page.pk}/act/withdraw/", {"note": "The pier is closed for good."})
    assert standing(desk, page) == Standing.SUBMITTED


def test_a_notice_that_only_seems_to_be_a_sentence_is_none(desk: Desk) -> None:
    page = public(desk)
    answer = desk.client("wenna").post(f"/messages/{page.pk}/act/withdraw/", {"note": "\u202e" * 20}, follow=True)
    assert "Write a sentence for readers" in answer.content.decode()
    assert standing(desk, page) == Standing.PUBLISHED


def test_a_first_draft_is_not_given_up(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/give-up/")
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.title == "On the ferry"


def test_two_messages_and_a_piece_of_furniture_go_out_at_one_instant_or_not_at_all(desk: Desk) -> None:
    first, second = desk.written("wenna", title="On the ferry"), desk.written("wenna", title="On the pier")
    desk.client("wenna").post("/furniture/new/notice/")
    piece = PiecePage.objects.order_by("-pk")[0].get_latest_revision_as_object()
    piece.content = {**piece.content, "text": {"en": "Fog at the quay", "fr": "Brume au quai"}}
    piece.save_revision(user=desk.user("wenna"))
    for page in (first, second, piece):
        cleared(desk, page)
    client = desk.client("pell")
    html = client.get(f"/messages/{first.pk}/release/").content.decode()
    assert f'name="with-{second.pk}">' in html, "offered, and not chosen by itself"
    form = {"when": "now", f"with-{second.pk}": "on", f"with-{piece.pk}": "on"}
    client.post(f"/messages/{first.pk}/release/", form)
    assert len(Release.objects.get().entries) == 3
    assert all(newest_content(page.ident) for page in (first, second, piece))


def test_an_old_draft_stays_on_the_desk_when_a_hundred_others_went_out_since(desk: Desk) -> None:
    old = desk.written("wenna", title="On the lamp that nobody finished")
    for number in range(120):
        page = MessagePage(title=f"On pier {number}", kind="statement", language="en", original="en", live=False)
        old.get_parent().add_child(instance=page)
        page.save_revision()
    assert "On the lamp that nobody finished" in desk.client("wenna").get("/").content.decode()


def test_a_speech_has_a_speaker_before_it_is_submitted(desk: Desk) -> None:
    page = desk.written("wenna", kind="speech")
    assert "add the speaker" in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    words = {"blocks": ["Good morning."], "speakers": [{"name": "Ada Ferrand"}], "next": 1}
    page = desk.written("wenna", kind="speech", words=words)
    assert "add the speaker" not in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def test_times_that_clocks_leave_out_are_said_in_every_form(desk: Desk) -> None:
    page = desk.written("wenna", expires=None)
    client = desk.client("wenna")
    for name in ("expires", "deadline"):
        answer = client.post(f"/pages/{page.pk}/edit/", {name: "2027-03-28T02:30:00"})
        assert "does not exist on that day" in answer.content.decode()
        assert 'value="2027-03-28T02:30:00"' in answer.content.decode(), "what was typed stays"
        twice = {name: "2027-10-31T02:30:00"}
        html = client.post(f"/pages/{page.pk}/edit/", twice).content.decode()
        assert "comes twice on that day" in html
        assert f'name="{name}-which" value="second"' in html
        assert '<textarea name="follows"' not in html, "what a script fills is not shown"
        html = client.post(f"/pages/{page.pk}/edit/", {**twice, f"{name}-which": "second"}).content.decode()
        assert "comes twice on that day" not in html
        assert f'name="{name}-which" value="second" checked' in html
    draft = page.get_latest_revision_as_object()
    draft.occasion_on, draft.occasion_time = "2027-03-28", "01:30"
    for zone, says in (
        ("Europe/London", "does not exist on that day"),
        ("Europe/Atlantis", "There is no zone of that name"),
    ):
        draft.occasion_zone = zone
        draft.save_revision(user=desk.user("wenna"))
        assert says in client.get(f"/messages/{page.pk}/").content.decode()


def test_what_was_removed_leads_on_to_a_new_address_and_does_not_return_behind_it(desk: Desk) -> None:
    page = public(desk)
    address = desk.address_of(page)
    client = desk.client("wenna")
    client.post(f"/messages/{page.pk}/act/remove/", {"note": "It stands elsewhere now."})
    desk.clear(page)
    desk.publish(page)
    assert moves(desk)[address] == "410"
    html = client.get(f"/messages/{page.pk}/").content.decode()
    assert "Lead on to a new address" in html
    client.post(f"/furniture/new/redirect/?from=/{address}/")
    piece = PiecePage.objects.order_by("-pk")[0].get_latest_revision_as_object()
    assert piece.content["from"] == f"/{address}/"
    piece.content = {**piece.content, "to": "https://elsewhere.example/ferry"}
    piece.save_revision(user=desk.user("wenna"))
    cleared(desk, piece)
    desk.publish(piece)
    assert moves(desk)[address] == "301 https://elsewhere.example/ferry"
    html = client.get(f"/messages/{page.pk}/").content.decode()
    assert "Lead on to a new address" not in html, "one redirect leads on already"
    assert f'href="/furniture/{piece.ident}/">The redirect that leads on</a>' in html
    folder = desk.home / "public"
    site = (folder / "site").resolve()
    assert not verify_site(str(folder), lambda: FolderReader(folder / "record"), lambda: FolderSite(site)).findings
    answer = client.post(f"/messages/{page.pk}/act/return/", {"note": "It is needed here again."})
    assert "A redirect leads on from its address" in answer.content.decode()


def moves(desk: Desk) -> dict[str, str]:
    """What the site says of old addresses: 410, or 301 and where to."""
    lines = [line for file in (desk.home / "public" / "site" / "redirects").glob("*.tsv") for line in file.open()]
    return {source.strip("/"): " ".join(rest) for source, *rest in (line.split() for line in lines)}


def test_what_was_public_elsewhere_before_says_so_and_keeps_when_it_came_here(desk: Desk) -> None:
    said = {"first_on": date(2019, 3, 12), "first_in": "The Lamplighter", "first_address": "https://lamp.example/5"}
    page = desk.written("wenna", **said)
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    entry = newest_entry(page.ident)
    assert entry is not None
    assert (entry.kind, parse_entry(bytes(entry.data), entry.index).dated) == ("import", "2019-03-12")
    assert parse_entry(bytes(entry.data), entry.index).at.startswith("2027-03-04"), "the record says when it came"
    assert "/2019/03/12/" in desk.address_of(page), "lists have it under its day"
    html = desk.public(desk.address_of(page))
    assert '<a href="https://lamp.example/5"><bdi>The Lamplighter</bdi></a>' in html
    assert "First published elsewhere" in html
    assert "On this record since" in html
    desk.client("wenna").post(f"/messages/{page.pk}/act/correct/", {"note": "The paper is called otherwise."})
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.first_in, latest.first_on = "The Harbour Lamplighter", date(2018, 1, 1)
    latest.save_revision(user=desk.user("wenna"))
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    html = desk.public(desk.address_of(page))
    assert "The Harbour Lamplighter" in html
    assert "12.03.2019" in html, "the day is fixed with the address"
    folder = desk.home / "public"
    site = (folder / "site").resolve()
    assert not verify_site(str(folder), lambda: FolderReader(folder / "record"), lambda: FolderSite(site)).findings


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first_in": "The Lamplighter"}, "Say on which day"),
        ({"first_on": date(2027, 3, 5)}, "still to come"),
        ({"first_on": date(2019, 3, 12), "first_address": "lamp.example"}, "in full: https://"),
    ],
)
def test_what_is_said_of_a_first_publication_is_a_day_that_was_and_an_address(
    desk: Desk, typed: dict[str, Any], says: str
) -> None:
    page = desk.written("wenna", **typed)
    assert says in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def test_an_act_of_furniture_is_not_there_for_a_message_nor_one_of_messages_for_furniture(desk: Desk) -> None:
    page = desk.written("wenna")
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    desk.client("wenna").post("/furniture/new/notice/")
    piece = PiecePage.objects.order_by("-pk")[0].get_latest_revision_as_object()
    piece.content = {**piece.content, "text": {"en": "Fog at the quay", "fr": "Brume au quai"}}
    piece.save_revision(user=desk.user("wenna"))
    for step in (desk.submit, desk.clear, desk.publish):
        step(piece)
    assert newest_entry(piece.ident) is not None
    client = desk.client("wenna")
    for thing, acts in ((page, ["furniture"]), (piece, ["correct", "update", "withdraw", "recall", "return"])):
        for act in acts:
            assert client.post(f"/messages/{thing.pk}/act/{act}/", {"note": "The day was wrong."}).status_code == 404
            assert client.get(f"/messages/{thing.pk}/act/{act}/readers/").status_code == 404
    assert client.get(f"/messages/{piece.pk}/act/furniture/").status_code == 200


def test_what_changes_of_the_facts_is_said_in_words(desk: Desk) -> None:
    page = public(desk)
    client = desk.client("wenna")
    client.post(f"/messages/{page.pk}/act/update/", {"note": "It goes on."})
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.kind, draft.section, draft.status, draft.authentic = "comment", NOTICES, "as_delivered", ["fr"]
    draft.act, draft.note = "update", "It goes on."
    draft.save_revision(user=desk.user("wenna"))
    shown = client.get(f"/messages/{page.pk}/compare/").content.decode()
    for struck, added in (("Statement", "Comment"), ("Speeches", "Notices"), ("", "As delivered"), ("", "French")):
        assert f">{struck}</del>" in shown or not struck
        assert f">{added}</ins>" in shown, added
    client.post("/language/", {"language": "fr"})
    assert "Avis</ins>" in client.get(f"/messages/{page.pk}/compare/").content.decode()


@pytest.mark.parametrize("act", ["withdraw", "recall", "remove", "erase"])
def test_who_takes_a_language_back_reads_which_others_readers_keep(desk: Desk, act: str) -> None:
    page = public(desk)
    client = desk.client("wenna")
    sentence = "Only this language is taken back"
    assert sentence not in client.get(f"/messages/{page.pk}/act/{act}/").content.decode()
    client.post(f"/messages/{page.pk}/in/fr/")
    other = MessagePage.objects.get(message=page.message, language="fr")
    draft = other.get_latest_revision_as_object()
    draft.title, draft.words = "Sur le bac", {"blocks": ["Le bac repart lundi."], "next": 1}
    draft.save_revision(user=desk.user("wenna"))
    cleared(desk, other)
    desk.publish(other)
    shown = client.get(f"/messages/{page.pk}/act/{act}/").content.decode()
    assert sentence in shown
    assert f"/archive/{other.ident}/" in shown
    assert sentence not in client.get(f"/messages/{page.pk}/act/correct/").content.decode()
