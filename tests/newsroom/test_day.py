"""A press office's day, through the desk's own addresses."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from lxml import html as markup

from communique.newsroom.acts import parts_of
from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.post.models import Mail
from communique.newsroom.receipts import receipt_of
from communique.newsroom.releasing import publish_due
from communique.newsroom.states import standing_of
from communique.record.publishing import Publisher
from communique.record.release import Draft
from newsroom.newsrooms import SPEECHES, Desk


def standing(desk: Desk, page: MessagePage) -> str:
    return str(standing_of(MessagePage.objects.get(pk=page.pk), desk.now()))


def read_mark(client: Client, page: MessagePage) -> str:
    html = client.get(f"/messages/{page.pk}/clear/").content.decode()
    return html.split('name="read" value="')[1].split('"')[0]


def cleared(desk: Desk, page: MessagePage, by: str = "osk") -> None:
    desk.client("wenna").post(f"/messages/{page.pk}/submit/")
    client = desk.client(by)
    client.post(f"/messages/{page.pk}/clear/", {"read": read_mark(client, page), "action": "approve"})


def test_a_message_is_written_submitted_cleared_by_another_and_published(desk: Desk) -> None:
    page = desk.written("wenna")
    assert standing(desk, page) == "draft"
    desk.client("wenna").post(f"/messages/{page.pk}/submit/")
    assert standing(desk, page) == "submitted"
    client = desk.client("osk")
    client.post(f"/messages/{page.pk}/clear/", {"read": read_mark(client, page), "action": "approve"})
    assert standing(desk, page) == "cleared"
    answer = desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert answer.url.startswith("/receipts/")
    assert standing(desk, page) == "published"
    assert "The ferry runs again from Monday." in desk.public("en/speeches/2027/03/04/on-the-ferry")


def test_who_wrote_or_submitted_cannot_clear_whatever_his_roles(desk: Desk) -> None:
    page = desk.written("osk")  # a clearer, too
    desk.client("wenna").post(f"/messages/{page.pk}/submit/")
    client = desk.client("osk")
    assert 'name="read"' not in client.get(f"/messages/{page.pk}/clear/").content.decode()
    client.post(f"/messages/{page.pk}/clear/", {"action": "approve"})
    assert standing(desk, page) == "submitted"


def test_clearers_are_told_once_each_time_that_a_text_waits_for_them_with_no_word_of_it(desk: Desk) -> None:
    page = desk.written("wenna")
    for times in (1, 2):
        for _twice in range(2):
            desk.submit(page)
        mails = list(Mail.objects.filter(key__startswith="clear/"))
        assert [mail.to for mail in mails] == ["osk@embassy.example"] * times
        assert all(f"/messages/{page.pk}/clear/" in mail.text for mail in mails)
        assert not any("ferry" in mail.subject + mail.text for mail in mails)
        desk.client("wenna").post(f"/messages/{page.pk}/take-back/")


def test_no_clearer_is_told_of_what_he_wrote_or_may_not_know(desk: Desk) -> None:
    desk.submit(desk.written("osk"))
    hidden = desk.written("wenna")
    hidden.limited_to.add(desk.user("wenna"))
    desk.submit(hidden)
    assert not Mail.objects.exists()


def test_what_was_returned_says_why_on_the_desk_and_on_its_screen(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.submit(page)
    client = desk.client("osk")
    sent = {"read": read_mark(client, page), "action": "reject", "comment": "Which Monday is it?"}
    client.post(f"/messages/{page.pk}/clear/", sent)
    for address in ("/", f"/messages/{page.pk}/"):
        assert "Osk Dalebrandt returned it: Which Monday is it?" in desk.client("wenna").get(address).content.decode()


def test_a_word_changed_after_clearance_is_not_cleared(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    assert standing(desk, page) == "cleared"
    page = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
    page.save_revision(user=desk.user("wenna"))
    assert standing(desk, page) == "draft"
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert not Release.objects.exists()


def test_what_is_scheduled_goes_out_at_its_instant_and_once(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-04", "time": "14:00:03"})
    assert standing(desk, page) == "scheduled"
    desk.now.at += timedelta(hours=4)
    assert publish_due() == []
    desk.now.at += timedelta(seconds=3)
    assert [release.state for release in publish_due()] == ["out"]
    assert publish_due() == []
    assert standing(desk, page) == "published"


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2027-03-04", "09:59", "has passed"),
        ("2027-03-28", "02:30", "The next time is 03:00"),
        ("tomorrow", "noon", "Write the day as"),
        ("2037-01-01", "10:00", "three years"),
    ],
)
def test_an_instant_that_cannot_be_is_refused_with_a_sentence_and_kept_as_typed(
    desk: Desk, day: str, time: str, said: str
) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    answer = desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "then", "day": day, "time": time})
    html = answer.content.decode()
    assert said in html
    assert f'value="{day}"' in html
    assert not Release.objects.exists()


def test_a_time_that_comes_twice_goes_out_at_the_one_that_somebody_chose(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    client, path = desk.client("pell"), f"/messages/{page.pk}/release/"
    then = {"when": "then", "day": "2027-10-31", "time": "02:30:00"}
    html = client.post(path, then).content.decode()
    assert "comes twice on that day in Europe/Paris" in html
    assert 'value="02:30:00"' in html, "what was typed stays"
    assert "02:30:00 CEST (00:30:00 UTC)" in html
    assert "02:30:00 CET (01:30:00 UTC)" in html
    assert not Release.objects.exists()
    client.post(path, {**then, "which": "second"})
    release = Release.objects.get()
    assert release.at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    html = client.get(f"/releases/{release.pk}/").content.decode()
    assert 'value="second" checked' in html, "moving it begins with the one it is"
    client.post(f"/releases/{release.pk}/", {"do": "move", **then, "which": "first"})
    release.refresh_from_db()
    assert release.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_scheduled_message_is_moved_and_cancelled(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    client = desk.client("pell")
    client.post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-04", "time": "14:00"})
    release = Release.objects.get()
    client.post(f"/releases/{release.pk}/", {"do": "move", "day": "2027-03-05", "time": "08:00"})
    release.refresh_from_db()
    assert f"{release.at:%d %H:%M}" == "05 07:00"
    client.post(f"/releases/{release.pk}/", {"do": "cancel"})
    desk.now.at += timedelta(days=3)
    assert publish_due() == []
    assert standing(desk, page) == "cleared"


def test_a_forced_publication_is_seen_by_all_until_another_has_approved_it(desk: Desk) -> None:
    page = desk.written("pell")
    client = desk.client("pell")
    assert "Write the reason" in client.post(f"/messages/{page.pk}/force/", {"reason": "now"}).content.decode()
    client.post(f"/messages/{page.pk}/force/", {"reason": "The port closes in ten minutes."})
    assert "The port closes" not in desk.client("ada").get("/").content.decode(), "no reader knows of it yet"
    client.post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert standing(desk, page) == "published"
    client.post(f"/messages/{page.pk}/act/update/", {"note": "It opens again."})
    draft = page.get_latest_revision_as_object()
    draft.title = "The ferry and the storm"
    draft.save_revision(user=desk.user("pell"))
    address = desk.address_of(page)
    for name, leads_to in {"wenna": address, "osk": "/forced/", "pell": address, "ada": address}.items():
        banner = desk.client(name).get("/roles/").content.decode().split('class="alarm"')[1].split("</section>")[0]
        assert "The port closes in ten minutes." in banner
        assert "On the ferry" in banner, "as readers have it"
        assert leads_to in banner
    assert "the storm" not in desk.client("ada").get("/").content.decode()
    forced = page.clearances.get()
    client.post(f"/forced/{forced.pk}/")
    forced.refresh_from_db()
    assert forced.approved_by is None
    desk.client("osk").post(f"/forced/{forced.pk}/")
    assert "The port closes in ten minutes." not in desk.client("wenna").get("/").content.decode()


def test_withdrawal_and_return_each_with_a_second_person(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    path = "en/speeches/2027/03/04/on-the-ferry"
    for act, note in (("withdraw", "The timetable changed again."), ("return", "The first timetable holds after all.")):
        desk.now.at += timedelta(minutes=5)
        desk.client("wenna").post(f"/messages/{page.pk}/act/{act}/", {"note": note})
        assert standing(desk, page) == "submitted"
        client = desk.client("osk")
        client.post(f"/messages/{page.pk}/clear/", {"read": read_mark(client, page), "action": "approve"})
        desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
        html = desk.public(path)
        assert note in html
        assert "The ferry runs again from Monday." in html
        assert standing(desk, page) == "published"
        screen = desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
        assert (f"/messages/{page.pk}/act/return/" in screen) == (act == "withdraw")
        assert ('<strong class="red">withdrawn</strong>' in screen) == (act == "withdraw")


def test_what_limits_a_draft_hides_it_everywhere(desk: Desk) -> None:
    page = desk.written("wenna", title="A secret lamp")
    desk.client("wenna").post(f"/messages/{page.pk}/limit/", {f"user-{desk.user('wenna').pk}": "on"})
    client = desk.client("osk")
    for address in ("/", "/messages/", "/releases/", "/archive/", "/furniture/"):
        assert "A secret lamp" not in client.get(address).content.decode()
    for address in (f"/messages/{page.pk}/", f"/pages/{page.pk}/edit/", f"/messages/{page.pk}/preview/"):
        assert client.get(address).status_code == 404
    assert "A secret lamp" in desk.client("wenna").get("/messages/").content.decode()


def test_a_correction_of_one_answer_names_it_and_its_note_is_not_said_of_the_next_edition(desk: Desk) -> None:
    turns = [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry run?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["On Monday."]},
        {"id": "t3", "kind": "question", "blocks": ["And the price?"]},
        {"id": "t4", "kind": "answer", "speaker": 0, "blocks": ["As it was."]},
    ]
    words = {"speakers": [{"name": "Ambassador Ferrand"}], "turns": turns, "next": 5}
    page = desk.written("wenna", kind="interview", words=words)
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    desk.now.at += timedelta(hours=1)
    desk.client("wenna").post(f"/messages/{page.pk}/act/correct/", {"note": "The day was wrong: it is Tuesday."})
    page = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.words["turns"][1]["blocks"] = ["On Tuesday."]
    page.save_revision(user=desk.user("wenna"))
    shown = desk.client("osk").get(f"/messages/{page.pk}/compare/").content.decode()
    assert "<del>Monday" in shown
    assert "<ins>Tuesday" in shown
    assert "As it was." not in shown, "a turn that did not change is not shown"
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert "The day was wrong: it is Tuesday." in desk.public("en/speeches/2027/03/04/on-the-ferry")
    content = newest_content(page.ident)
    assert content is not None
    assert content["corrects"] == ["t2"]
    assert [turn["id"] for turn in content["turns"]] == ["t1", "t2", "t3", "t4"]
    assert standing(desk, page) == "published"
    after = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (after.note, after.act) == ("", "publish")
    assert "The day was wrong" not in desk.client("wenna").get(f"/messages/{page.pk}/act/correct/").content.decode()


def test_the_note_of_a_correction_that_has_no_word_yet_is_not_lost(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    correct = f"/messages/{page.pk}/act/correct/"
    desk.client("wenna").post(correct, {"note": "The day was wrong: it is Tuesday."})
    assert standing(desk, page) == "published", "readers have every word of it"
    assert "The day was wrong: it is Tuesday.</textarea>" in desk.client("osk").get(correct).content.decode()
    assert "The day was wrong" not in desk.client("osk").get(f"/messages/{page.pk}/act/update/").content.decode()


def test_a_worker_killed_at_the_moment_of_commit_leaves_no_old_note_on_the_draft(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    desk.now.at += timedelta(hours=1)
    desk.client("wenna").post(f"/messages/{page.pk}/act/withdraw/", {"note": "The ferry did not run on Monday."})
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"day": "2027-03-04", "time": "12:00:00", "when": "at"})
    desk.now.at += timedelta(hours=3)
    assert killed_after_commit() == signal.SIGKILL
    assert Release.objects.latest("pk").state == "out", "the record has it: killed too early otherwise"
    assert publish_due() == [], "it is not due again"
    after = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (after.note, after.act) == ("", "withdraw")
    assert standing(desk, page) == "published"


def killed_after_commit() -> int:
    """Publishes what is due in a process of its own, which is killed when the record has committed; by which signal."""
    commit = Publisher.commit
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Publisher, "commit", lambda *asked: commit(*asked) and os.kill(os.getpid(), signal.SIGKILL))
            publish_due()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) * -1


def test_a_draft_that_cannot_be_tidied_does_not_hold_up_what_was_cleared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    desk.now.at += timedelta(hours=1)
    desk.client("wenna").post(f"/messages/{page.pk}/act/withdraw/", {"note": "The ferry did not run on Monday."})
    cleared(desk, page)
    monkeypatch.setattr(MessagePage, "save_revision", lambda *_a, **_k: 1 // 0)
    desk.publish(page)
    assert "The ferry did not run on Monday." in desk.public("en/speeches/2027/03/04/on-the-ferry")


def test_whatever_is_on_the_record_is_opened_at_the_desk_and_corrected_there(desk: Desk) -> None:
    address = "en/speeches/2019/05/06/an-old-speech"
    content = {
        "v": 1, "type": "message", "state": "current", "message": "oldmessage000000", "language": "en",
        "original": "en", "kind": "speech", "section": SPEECHES, "address": address, "title": "An old speech",
        "blocks": ["Words of 2019.", {"kind": "heading", "text": "The end", "level": 2}],
    }  # fmt: skip
    desk.installation.publisher.publish([Draft("oldedition000000", "import", content, "2019-05-06")])
    assert "An old speech" in desk.client("wenna").get("/archive/").content.decode()
    assert not MessagePage.objects.exists(), "nothing is made before somebody opens it"
    answer = desk.client("wenna").get("/archive/oldedition000000/")
    page = MessagePage.objects.get(ident="oldedition000000")
    assert answer.url == f"/messages/{page.pk}/"
    assert standing(desk, page) == "published"
    desk.client("wenna").post(f"/messages/{page.pk}/act/withdraw/", {"note": "It no longer holds."})
    client = desk.client("osk")
    client.post(f"/messages/{page.pk}/clear/", {"read": read_mark(client, page), "action": "approve"})
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert "It no longer holds." in desk.public(address)
    assert "Words of 2019." in desk.public(address)


LANE = "Its keeper lives at 5 Quay Lane."
LAMP = "The lamp is lit."


@pytest.mark.parametrize(
    "fields",
    [
        {"words": {"blocks": [LAMP, LANE], "next": 1}},
        {"words": {"blocks": [LAMP, {"kind": "table", "rows": [["Keeper", "Lamp"], [LANE, "Red"]]}], "next": 1}},
        {"words": {"blocks": [LAMP], "next": 1}, "parties": f"The harbour\n{LANE}"},
        {"words": {"blocks": [LAMP], "next": 1}, "teaser": LANE},
    ],
    ids=["a paragraph", "a cell", "a party", "a teaser"],
)
def test_erasure_takes_chosen_words_out_of_every_edition_after_a_second_person(
    desk: Desk, fields: dict[str, Any]
) -> None:
    page = desk.written("wenna", **fields)
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    part = next(part.part for part in parts_of(page.ident) if "Quay Lane" in part.words)
    assert {part.where for part in parts_of(page.ident)} >= {"Address", "Title", "Text"}, "it is said what each is"
    client = desk.client("wenna")
    answer = client.post(f"/messages/{page.pk}/act/erase/", {"note": "At the request of the person concerned."})
    assert "Choose the words" in answer.content.decode()
    form = {"note": "At the request of the person concerned.", "part": part}
    client.post(f"/messages/{page.pk}/act/erase/", form)
    clearer = desk.client("osk")
    (goes,) = markup.fromstring(clearer.get(f"/messages/{page.pk}/clear/").content.decode()).find_class("gone")
    assert "Quay Lane" in goes.text_content(), "who clears it reads what goes"
    assert "The lamp is lit." not in goes.text_content()
    clearer.post(f"/messages/{page.pk}/clear/", {"read": read_mark(clearer, page), "action": "approve"})
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    public = "".join(
        file.read_bytes().decode("utf-8", "replace") for file in (desk.home / "public").rglob("*") if file.is_file()
    )
    assert "Quay Lane" not in public
    assert "The lamp is lit." in public
    assert tables_with("Quay Lane") == [], "the desk forgets, too"
    assert standing(desk, page) == "published"


def test_words_that_were_corrected_can_be_erased_from_the_edition_that_has_them_still(desk: Desk) -> None:
    page = desk.written("wenna", words={"blocks": [LAMP, LANE], "next": 1})
    cleared(desk, page)
    desk.publish(page)
    desk.now.tick(60)
    desk.client("wenna").post(f"/messages/{page.pk}/act/correct/", {"note": "A sentence was taken out."})
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.words = {"blocks": [LAMP], "next": 2}
    draft.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    assert "Quay Lane" in desk.public(f"{desk.address_of(page)}/editions/1")
    parts = [part for part in parts_of(page.ident) if "Quay Lane" in part.words]
    assert [part.where for part in parts] == ["edition 1 · Text"]
    desk.now.tick(60)
    form = {"note": "Privacy Act, section 9.", "part": [part.part for part in parts]}
    desk.client("wenna").post(f"/messages/{page.pk}/act/erase/", form)
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    for path in ("", "/editions/1", "/editions/2"):
        assert "Quay Lane" not in desk.public(f"{desk.address_of(page)}{path}")
    assert "Privacy Act, section 9." in desk.public(desk.address_of(page))
    files = (file.read_bytes() for file in (desk.home / "public").rglob("*") if file.is_file())
    assert not any(b"Quay Lane" in data for data in files)
    assert tables_with("Quay Lane") == []
    assert [part for part in parts_of(page.ident) if "Quay Lane" in part.words] == []


@pytest.mark.parametrize(("act", "state"), [("recall", "recalled"), ("withdraw", "withdrawn")])
def test_an_erasure_leaves_what_was_taken_back_taken_back_with_its_notice_and_its_instant(
    desk: Desk, act: str, state: str
) -> None:
    page = desk.written("wenna", words={"blocks": [LAMP, LANE], "next": 1})
    cleared(desk, page)
    desk.publish(page)
    for step, form in ((act, {"note": "It was issued by mistake."}), ("erase", {"note": "Privacy Act, section 9."})):
        desk.now.tick(60)
        parts = [part.part for part in parts_of(page.ident) if "Quay Lane" in part.words]
        desk.client("wenna").post(
            f"/messages/{page.pk}/act/{step}/", {**form, "part": parts} if step == "erase" else form
        )
        clearer = desk.client("osk")
        clearer.post(f"/messages/{page.pk}/clear/", {"read": read_mark(clearer, page), "action": "approve"})
        desk.publish(page)
    live = newest_content(page.ident) or {}
    said = (live["state"], live["notice"], live["ground"])
    assert said == (state, "It was issued by mistake.", "Privacy Act, section 9.")
    public = desk.public(desk.address_of(page))
    assert "It was issued by mistake." in public
    assert "Privacy Act, section 9." in public
    assert "Quay Lane" not in public
    assert f"{state.capitalize()} " in public
    assert markup.fromstring(public).xpath(f"//*[contains(., '{state.capitalize()}') and contains(., '11:00')]"), "then"
    assert standing(desk, page) == "published"
    assert desk.client("wenna").get(f"/messages/{page.pk}/act/return/").status_code == 200, "it can come back"


def tables_with(words: str) -> list[str]:
    """The tables of the database in which words stand."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(words.encode() in _plain(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_the_receipt_says_what_was_done_and_a_removal_that_is_told_of_is_no_fault(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    for act, note in (("withdraw", "The timetable changed again."), ("remove", "It named a child.")):
        desk.now.tick()
        desk.client("wenna").post(f"/messages/{page.pk}/act/{act}/", {"note": note})
        desk.clear(page)
        desk.publish(page)
        release = Release.objects.latest("pk")
        receipt = desk.client("pell").get(f"/receipts/{release.pk}/").content.decode()
        assert (
            ("· withdrawal ·" in receipt)
            == ("Withdrawn – On the ferry – The timetable" in receipt)
            == (act == "withdraw")
        )
        assert ("· removal ·" in receipt) == (act == "remove")
    for gave, red in (("410", False), ("200", False), ("404", True)):
        checks = [[row.address, gave] for row in receipt_of(release)]
        Release.objects.filter(pk=release.pk).update(checks=checks)
        receipt = desk.client("pell").get(f"/receipts/{release.pk}/").content.decode()
        assert ("says outside that it is gone" in receipt) == (gave == "410")
        assert ('<strong class="red">asked from outside' in receipt) == red
