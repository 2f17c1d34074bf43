"""Embargo: named people have a release before its instant, and nobody else has a byte of it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communique.newsroom.links import outside
from communique.newsroom.links.models import Link, Opening
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import Attachment, MessagePage, Release
from communique.newsroom.post.models import Mail
from communique.newsroom.releasing import publish_due
from communique.newsroom.uploads import received
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared
from newsroom.test_links import outsider

SECRET = "The ferry runs again from Monday."
PATH = "en/speeches/2027/03/04/on-the-ferry"


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


def letters() -> list[tuple[str, str, str]]:
    """What was written to people outside, oldest first: to, subject, text."""
    return list(Mail.objects.filter(key__startswith="link/").order_by("pk").values_list("to", "subject", "text"))


def said(letter: tuple[str, str, str]) -> str:
    return f"{letter[1]}\n{letter[2]}"


def scheduled(desk: Desk, page: MessagePage, time: str = "14:00:00") -> Release:
    """A cleared message, scheduled for this day."""
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-04", "time": time})
    return Release.objects.get(state="waiting", items__page=page)


def given(desk: Desk, release: Release, name: str = "Marit Oskeld", by: str = "pell") -> str:
    """The path of a link to a release, given through the desk's form."""
    client = desk.client(by)
    html = client.get(f"/releases/{release.pk}/embargo/").content.decode()
    form = html.split('name="form" value="')[1].split('"')[0]
    mail = f"{name.split()[0].lower()}@paper.example"
    person = {"do": "give", "name": name, "mail": mail, "reason": "writes about ferries", "form": form}
    html = client.post(f"/releases/{release.pk}/embargo/", person).content.decode()
    return "/l/" + html.split("/l/")[1].split('"')[0]


def change(desk: Desk, release: Release, by: str = "pell", **what: str) -> Any:
    """What the forms of the embargo's screen send."""
    return desk.client(by).post(f"/releases/{release.pk}/embargo/", what)


def lifted(desk: Desk, release: Release, by: str = "pell") -> Any:
    """The embargo's end, as somebody presses the button who has read what goes out."""
    client, address = desk.client(by), f"/releases/{release.pk}/embargo/lift/"
    html = client.get(address).content.decode()
    seen = html.split('name="seen" value="')[1].split('"')[0] if 'name="seen"' in html else ""
    return client.post(address, {"seen": seen})


def with_files(desk: Desk, page: MessagePage) -> tuple[str, str]:
    """A picture and a document on a draft; their private names."""
    written = BytesIO()
    Image.new("RGB", (40, 30), "#123").save(written, "PNG")
    draft = page.get_latest_revision_as_object()
    for sort, upload, words in (
        ("picture", SimpleUploadedFile("ferry-secret.png", written.getvalue()), {"alternative": "A ferry"}),
        ("file", SimpleUploadedFile("timetable.pdf", b"%PDF-1.7 the secret timetable"), {"title": "Timetable"}),
    ):
        got = received(upload.name or "", upload)
        row = Attachment(sort=sort, media=got.media, sha256=got.sha256, name=got.name, **words)
        row.width, row.height = got.width, got.height
        row.upload.save("x", got.file, save=False)
        draft.attachments.add(row)
    draft.save_revision(user=desk.user("wenna"))
    names = [row.upload.name for row in draft.attachments.all()]
    return names[0], names[1]


def public_bytes(desk: Desk) -> bytes:
    """Everything that readers could fetch."""
    root = desk.home / "public"
    return b"".join(file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file())


def test_before_its_instant_the_text_and_its_files_are_reached_under_that_link_and_nowhere_else(desk: Desk) -> None:
    page = desk.written("wenna")
    picture, document = with_files(desk, page)
    release = scheduled(desk, page)
    path = given(desk, release)
    stranger = outsider()
    html = stranger.get(path).content.decode()
    assert SECRET in html
    assert "For Marit Oskeld" in html
    assert "4 March 2027 14:00:00 CET (13:00:00 UTC)</bdi>" in html
    assert f'src="{path}file/{picture}"' in html
    assert f'href="{path}file/{document}"' in html
    shown, saved = stranger.get(f"{path}file/{picture}"), stranger.get(f"{path}file/{document}")
    assert shown.content.startswith(b"\xff\xd8")
    assert shown["Content-Disposition"].startswith("inline")
    assert saved.content == b"%PDF-1.7 the secret timetable"
    assert saved["Content-Disposition"].startswith("attachment")
    other = given(desk, scheduled(desk, desk.written("wenna", title="A second lamp")), "Ulf Brenning")
    nobody = [f"{other}file/{picture}", f"/l/wrong/file/{picture}", f"/private/{picture}", f"/files/{picture}"]
    nobody += [f"/private/{document}", f"/{PATH}/", f"{path}file/..%2f{document}", f"{path}editions/1/", f"{path}9/"]
    for address in nobody:
        answer = stranger.get(address)
        assert answer.status_code in (302, 404), address
        assert b"secret" not in answer.content
    for word in (SECRET.encode(), picture.encode(), document.encode(), b"ferry-secret", b"secret timetable"):
        assert word not in public_bytes(desk)
    assert [one.what for one in Opening.objects.filter(link__name="Marit Oskeld")] == ["Timetable", "A ferry", ""]


def test_what_they_read_is_the_frozen_edition_whatever_is_written_at_the_desk_meanwhile(desk: Desk) -> None:
    page = desk.written("wenna")
    path = given(desk, scheduled(desk, page))
    draft = page.get_latest_revision_as_object()
    draft.words = {"blocks": ["The ferry never runs again."], "next": 1}
    draft.save_revision(user=desk.user("wenna"))
    html = outsider().get(path).content.decode()
    assert SECRET in html
    assert "never" not in html


def test_after_the_instant_the_link_leads_to_the_public_page_and_its_files_are_closed(desk: Desk) -> None:
    page = desk.written("wenna")
    picture, _document = with_files(desk, page)
    path = given(desk, scheduled(desk, page))
    desk.now.at += timedelta(hours=4)
    assert SECRET in outsider().get(path).content.decode()  # due, and not out yet
    publish_due()
    answer = outsider().get(path)
    assert answer.status_code == 302
    assert answer.url.endswith(f"/{PATH}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert outsider().get(f"{path}file/{picture}").status_code == 404
    assert len(letters()) == 1  # the one with the link


def test_revoking_ends_it_at_once_for_one_and_not_for_the_other(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    first, second = given(desk, release), given(desk, release, "Ulf Brenning")
    row = Link.objects.get(name="Marit Oskeld")
    desk.client("pell").post(f"/releases/{release.pk}/embargo/{row.pk}/revoke/")
    assert [outsider().get(path).status_code for path in (first, second)] == [404, 200]
    desk.now.at += timedelta(hours=5)
    publish_due()
    assert [outsider().get(path).status_code for path in (first, second)] == [404, 302]


def test_only_a_publisher_gives_lifts_and_extends(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    path = given(desk, release)
    row = Link.objects.get()
    for name in ("wenna", "osk", "ada"):
        assert lifted(desk, release, name).status_code == 404
        for do in ("give", "extend"):
            assert change(desk, release, name, do=do, day="2027-03-05", time="10:00").status_code == 404
        assert desk.client(name).post(f"/releases/{release.pk}/embargo/{row.pk}/revoke/").status_code == 404
    release.refresh_from_db()
    assert f"{release.at:%d %H:%M} {release.state}" == "04 13:00 waiting"
    assert outsider().get(path).status_code == 200


def test_extending_and_moving_tell_those_who_have_it_and_change_the_page(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    path = given(desk, release)
    first = letters()
    change(desk, release, do="extend", day="2027-03-04", time="13:59:59")
    assert letters() == first  # not later, so nothing was done
    change(desk, release, do="extend", day="2027-03-05", time="08:00:01")
    assert "5 March 2027" in said(letters()[-1])
    assert "08:00:01 CET (07:00:01 UTC)" in said(letters()[-1])
    assert "08:00:01 CET (07:00:01 UTC)" in outsider().get(path).content.decode()
    desk.client("pell").post(f"/releases/{release.pk}/", {"do": "move", "day": "2027-03-05", "time": "07:00"})
    assert "07:00:00 CET" in said(letters()[-1])
    desk.client("pell").post(f"/releases/{release.pk}/", {"do": "move", "day": "2027-03-05", "time": "08:00:01"})
    assert len(letters()) == len(first) + 3
    assert not any(path in said(letter) for letter in letters()[1:])


def test_lifting_early_publishes_now_and_tells_them_once_it_is_public(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    path = given(desk, release)
    desk.now.at += timedelta(minutes=10)
    answer = lifted(desk, release)
    assert answer.url == f"/receipts/{release.pk}/"
    assert SECRET in desk.public(PATH)
    assert "the embargo is lifted" in said(letters()[-1])
    assert "10:10:00 CET (09:10:00 UTC)" in said(letters()[-1])
    assert outsider().get(path).status_code == 302
    publish_due()
    assert len(letters()) == 2
    assert (
        "Lifted the embargo" in desk.client("wenna").get(f"/messages/{release.items.get().page_id}/").content.decode()
    )


def test_nobody_lifts_an_embargo_before_reading_what_goes_out_and_who_is_told(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    given(desk, release)
    client, address = desk.client("pell"), f"/releases/{release.pk}/embargo/lift/"
    change(desk, release, do="lift")
    client.post(address)
    html = client.get(address).content.decode()
    assert "On the ferry" in html
    assert "marit@paper.example" in html
    given(desk, release, "Ulf Brenning")
    seen = html.split('name="seen" value="')[1].split('"')[0]
    asked_again = client.post(address, {"seen": seen}).content.decode()
    assert "changed while you read" in asked_again
    assert "ulf@paper.example" in asked_again
    release.refresh_from_db()
    assert release.state == "waiting"
    assert lifted(desk, release).url == f"/receipts/{release.pk}/"
    assert client.get(address).url == f"/releases/{release.pk}/embargo/"


def test_where_no_mail_goes_out_no_screen_says_that_somebody_is_told(desk: Desk) -> None:
    sentence = "No mail server is set up, and no mail goes out"
    page = desk.written("wenna")
    release = scheduled(desk, page)
    client, address = desk.client("pell"), f"/releases/{release.pk}/embargo/"
    assert sentence not in client.get(address).content.decode(), "nobody has it"
    given(desk, release)
    assert sentence in client.get(address).content.decode()
    assert sentence in client.get(f"{address}lift/").content.decode()
    later = {"do": "extend", "day": "2027-03-05", "time": "08:00:01"}
    html = client.post(address, later, follow=True).content.decode()
    assert "Extended." in html
    assert "those who have it are told" not in html
    lifted(desk, release)
    for act in ("correct", "withdraw", "recall", "remove"):
        assert sentence in desk.client("wenna").get(f"/messages/{page.pk}/act/{act}/").content.decode()
    assert sentence not in desk.client("wenna").get(f"/messages/{page.pk}/act/update/").content.decode()


def test_a_cancelled_release_closes_the_link_and_a_changed_edition_tells_those_who_had_it(desk: Desk) -> None:
    page = desk.written("wenna")
    release = scheduled(desk, page)
    path = given(desk, release)
    revoked = given(desk, release, "Ulf Brenning")
    row = Link.objects.get(name="Ulf Brenning")
    desk.client("pell").post(f"/releases/{release.pk}/embargo/{row.pk}/revoke/")
    before = len(letters())
    desk.client("pell").post(f"/releases/{release.pk}/", {"do": "cancel"})
    assert outsider().get(path).status_code == 404
    assert [to for to, _subject, _text in letters()[before:]] == ["marit@paper.example"]
    assert "not released" in said(letters()[-1])
    draft = page.get_latest_revision_as_object()
    draft.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
    draft.save_revision(user=desk.user("wenna"))
    cleared(desk, page)
    told = desk.client("pell").get(f"/messages/{page.pk}/release/").content.decode()
    assert "One person had it under embargo" in told
    scheduled(desk, page, "15:00")
    assert len(letters()) == before + 2
    assert "was changed" in said(letters()[-1])
    assert "15:00:00 CET" in said(letters()[-1])
    assert "from Tuesday" in outsider().get(path).content.decode()
    assert outsider().get(revoked).status_code == 404


def test_the_desk_says_how_many_have_it_and_how_many_opened_it(desk: Desk) -> None:
    release = scheduled(desk, desk.written("wenna"))
    paths = [given(desk, release, name) for name in ("Marit Oskeld", "Ulf Brenning", "Sanne Vik")]
    assert "3 people, nobody has opened it" in desk.client("wenna").get("/").content.decode()
    for path in paths[:2]:
        outsider().get(path)
        outsider().head(path)
    assert "3 people, 2 have opened it" in desk.client("wenna").get("/").content.decode()
    page = release.items.get().page
    desk.client("wenna").post(f"/messages/{page.pk}/limit/", {f"user-{desk.user('wenna').pk}": "on"})
    assert "3 people" not in desk.client("osk").get("/").content.decode()
    assert desk.client("pell").get(f"/releases/{release.pk}/embargo/").status_code == 404


def test_a_release_of_two_languages_is_read_in_both_under_one_link(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    french = MessagePage.objects.get(message=page.message, language="fr").get_latest_revision_as_object()
    french.title, french.words = "Sur le bac", {"blocks": ["Le bac circule de nouveau."], "next": 1}
    french.save_revision(user=desk.user("wenna"))
    cleared(desk, page)
    cleared(desk, french)
    when = {"when": "then", "day": "2027-03-04", "time": "14:00", f"with-{french.pk}": "on"}
    desk.client("pell").post(f"/messages/{page.pk}/release/", when)
    path = given(desk, Release.objects.get())
    for screen in ("", "embargo/"):  # each on a line and in a direction of its own: one may be Arabic
        html = desk.client("pell").get(f"/releases/{Release.objects.get().pk}/{screen}").content.decode()
        assert "<bdi>On the ferry</bdi><br><bdi>Sur le bac</bdi>" in html
    stranger = outsider()
    assert f'href="{path}2/"' in stranger.get(path).content.decode()
    assert "Le bac circule de nouveau." in stranger.get(f"{path}2/").content.decode()
    desk.now.at += timedelta(hours=4)
    publish_due()
    assert "/fr/discours/" in stranger.get(f"{path}2/").url


def test_the_name_is_on_the_page_and_on_paper_and_is_never_markup(desk: Desk) -> None:
    path = given(desk, scheduled(desk, desk.written("wenna")), "Marit <b>& Oskeld")
    html = outsider().get(path).content.decode()
    foot = html.split('class="print-foot"')[1].split("</div>")[0]
    assert "Copy of Marit &lt;b&gt;&amp; Oskeld" in foot
    assert "For Marit &lt;b&gt;&amp; Oskeld" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("act", "subject"),
    [("recall", "recalled"), ("withdraw", "withdrawn"), ("remove", "removed"), ("correct", "corrected")],
)
def test_whoever_had_it_is_told_once_what_became_of_it(desk: Desk, act: str, subject: str) -> None:
    page = desk.written("wenna")
    release = scheduled(desk, page)
    given(desk, release)
    desk.now.at = release.at
    publish_due()
    Mail.objects.all().delete()
    _afterwards(desk, page, act)
    release = Release.objects.order_by("-pk")[0]
    release.save()  # as a receipt does that was looked at again
    [(to, mail_subject, text)] = Mail.objects.filter(key__startswith="afterwards/").values_list("to", "subject", "text")
    assert to == "marit@paper.example"
    assert subject in mail_subject
    assert PATH in text
    assert "Marit Oskeld" in text
    assert SECRET not in text


def test_of_a_recall_everybody_is_told_of_a_withdrawal_if_the_publisher_wants_it(desk: Desk) -> None:
    for act, told in (("withdraw", 0), ("recall", 1)):
        page = desk.written("wenna", title=f"On the ferry, {act}")
        release = scheduled(desk, page)
        given(desk, release)
        desk.now.at = release.at
        publish_due()
        _afterwards(desk, page, act, notify="")
        assert Mail.objects.filter(key__startswith="afterwards/").count() == told
        desk.now.at -= timedelta(hours=4)


def _afterwards(desk: Desk, page: MessagePage, act: str, notify: str = "on") -> None:
    """Done by the writer, cleared and let out by the others."""
    desk.client("wenna").post(f"/messages/{page.pk}/act/{act}/", {"note": "Because the pier is closed for good."})
    if act == "correct":
        draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
        draft.save_revision(user=desk.user("wenna"))
        desk.submit(page)
    desk.clear(page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now", "notify": notify})
