"""A limit hides a draft from all others at the desk, its translations too, and ends when everybody reads the words."""

from __future__ import annotations

from communique.newsroom.models import Clearance, MessagePage
from communique.newsroom.states import standing_of
from newsroom.newsrooms import Desk


def limited(desk: Desk, page: MessagePage, *names: str) -> None:
    chosen = {f"user-{desk.user(name).pk}": "on" for name in names}
    desk.client(names[0]).post(f"/messages/{page.pk}/limit/", chosen)


def test_a_limit_takes_the_translations_with_it(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(language="fr")
    assert desk.client("osk").get(f"/messages/{french.pk}/").status_code == 200
    limited(desk, page, "wenna", "pell")
    assert desk.client("pell").get(f"/messages/{french.pk}/").status_code == 200
    for number in (page.pk, french.pk):
        assert desk.client("osk").get(f"/messages/{number}/").status_code == 404


def test_a_translation_is_limited_without_its_original(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    limited(desk, MessagePage.objects.get(language="fr"), "wenna")
    assert desk.client("osk").get(f"/messages/{page.pk}/").status_code == 200


def test_a_limited_draft_says_that_nobody_who_sees_it_can_clear_or_publish_it(desk: Desk) -> None:
    page = desk.written("osk")

    def said() -> list[bool]:
        shown = desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
        return [f"nobody can {verb} it" in shown for verb in ("clear", "publish")]

    assert said() == [False, False], "it is everybody's"
    page.limited_to.set([desk.user("wenna"), desk.user("osk")])  # a clearer, but he wrote it
    assert said() == [True, True]
    page.limited_to.add(desk.user("pell"))
    assert said() == [True, False]
    page.limited_to.set([desk.user("wenna"), desk.user("osk")])
    desk.submit(page)
    assert said() == [True, True]


def test_what_was_forced_out_of_a_limited_draft_is_seen_and_approved_by_those_it_was_hidden_from(desk: Desk) -> None:
    page = desk.written("pell")
    limited(desk, page, "pell", "wenna")
    client = desk.client("pell")
    client.post(f"/messages/{page.pk}/force/", {"reason": "The port closes in ten minutes."})
    assert "The port closes" not in desk.client("osk").get("/").content.decode()
    client.post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert "The port closes" in desk.client("osk").get("/").content.decode()
    assert desk.client("osk").get(f"/messages/{page.pk}/").status_code == 200
    forced = Clearance.objects.get()
    desk.client("osk").post(f"/forced/{forced.pk}/")
    forced.refresh_from_db()
    assert forced.approved_by == desk.user("osk")


def test_what_readers_have_already_is_not_forced_out_a_second_time(desk: Desk) -> None:
    page = desk.written("wenna")
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    answer = desk.client("pell").post(f"/messages/{page.pk}/force/", {"reason": "The port closes in ten minutes."})
    assert "Only what nobody has cleared yet" in answer.content.decode()
    assert not Clearance.objects.exclude(forced_because="").exists()


def test_an_erasure_by_law_is_never_forced(desk: Desk) -> None:
    page = desk.written("wenna")
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    client = desk.client("pell")
    client.post(f"/messages/{page.pk}/act/erase/", {"note": "At the request of the person concerned.", "part": "title"})
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.act == "erase"
    assert f"/messages/{page.pk}/force/" not in client.get(f"/messages/{page.pk}/").content.decode()
    answer = client.post(f"/messages/{page.pk}/force/", {"reason": "The port closes in ten minutes."})
    assert "An erasure by law takes two people" in answer.content.decode()
    assert not Clearance.objects.exclude(forced_because="").exists()
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) != "cleared"


def test_a_paragraph_may_have_any_word_and_stay_on_its_way(desk: Desk) -> None:
    page = desk.written("wenna", words={"blocks": ["Who throws the switch as the harbour grows?"], "next": 1})
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == "published"


def test_what_was_withdrawn_can_be_removed(desk: Desk) -> None:
    page = desk.written("wenna")
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    for act in ("withdraw", "remove"):
        desk.now.tick()
        assert f"/messages/{page.pk}/act/{act}/" in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
        desk.client("wenna").post(f"/messages/{page.pk}/act/{act}/", {"note": "The pier is closed for good."})
        desk.clear(page)
        desk.publish(page)
    assert "The pier is closed for good." in desk.public(desk.address_of(page))
    assert "The ferry runs again" not in desk.public(desk.address_of(page))
