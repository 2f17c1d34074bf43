"""Furniture that pages of a batch show otherwise than the office has it: seen side by side, and a person decides."""

from __future__ import annotations

from pathlib import Path

from browser import chromium
from communique.newsroom.furniture import newest_content
from communique.newsroom.imports.differing import differences_of
from communique.newsroom.imports.models import Batch, Difference
from communique.newsroom.imports.sending import send_due
from communique.newsroom.models import PiecePage
from newsroom.newsrooms import Desk
from newsroom.test_axe import everybody, session_of, signed_in
from newsroom.test_imports import accept_all, another_publisher, brought, done
from newsroom.test_links_seen import served

EXAMPLE = (Path(__file__).parents[2] / "examples" / "embassy-page.txt").read_text("utf-8")
OURS, THEIRS = "01632 960142", "01632 960199"


def sent(desk: Desk, text: str) -> Batch:
    """A batch of one page that is on the record."""
    batch = brought(desk, name="page.txt", data=text.encode())
    accept_all(desk, batch)
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    return batch


def differing(desk: Desk) -> Batch:
    """The office has the furniture of one page; another shows another telephone."""
    assert OURS in EXAMPLE
    assert not sent(desk, EXAMPLE).differences.exists(), "what the office lacks is taken"
    return sent(desk, EXAMPLE.replace(OURS, THEIRS))


def test_a_difference_is_shown_side_by_side_and_left_in_one_gesture(desk: Desk) -> None:
    batch = differing(desk)
    client = desk.client("pell")
    shown = client.get(f"/imports/{batch.pk}/").content.decode()
    section = shown.split('id="furniture"')[1].split("</ul>")[0]
    assert OURS in section
    assert THEIRS in section
    row = batch.differences.get()
    client.post(f"/imports/{batch.pk}/", {"do": "leave difference", "difference": row.pk})
    assert 'id="furniture"' not in client.get(f"/imports/{batch.pk}/").content.decode()
    assert OURS in str(newest_content(row.ident))
    assert not PiecePage.objects.exists()


def test_a_difference_that_is_taken_is_a_draft_that_somebody_else_clears(desk: Desk) -> None:
    batch = differing(desk)
    row = batch.differences.get()
    client = desk.client("pell")
    answer = client.post(f"/imports/{batch.pk}/", {"do": "take difference", "difference": row.pk})
    page = PiecePage.objects.get(ident=row.ident)
    assert answer.url == f"/pages/{page.pk}/edit/"
    assert THEIRS in str(page.get_latest_revision_as_object().content)
    assert OURS in str(newest_content(row.ident)), "nothing is public yet"
    client.post(f"/messages/{page.pk}/submit/")
    read = desk.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    token = read.split('name="read" value="')[1].split('"')[0]
    client.post(f"/messages/{page.pk}/clear/", {"read": token, "action": "approve"})
    desk.publish(page)
    assert OURS in str(newest_content(row.ident)), "who took it does not clear it"
    desk.clear(page)
    desk.publish(page)
    assert THEIRS in str(newest_content(row.ident))
    row.refresh_from_db()
    assert (row.state, row.decided_by.email) == (Difference.State.TAKEN, "pell@embassy.example")


def test_a_piece_that_is_being_changed_at_the_desk_is_not_written_over(desk: Desk) -> None:
    batch = differing(desk)
    row = batch.differences.get()
    desk.client("wenna").post(f"/furniture/{row.ident}/")
    page = PiecePage.objects.get(ident=row.ident)
    latest = page.get_latest_revision_as_object()
    latest.content = {**latest.content, "label": {"en": "Wenna’s words"}}
    latest.save_revision(user=desk.user("wenna"))
    client = desk.client("pell")
    answer = client.post(f"/imports/{batch.pk}/", {"do": "take difference", "difference": row.pk}, follow=True)
    assert "Nothing was taken" in answer.content.decode()
    page.refresh_from_db()
    assert "Wenna’s words" in str(page.get_latest_revision_as_object().content)
    row.refresh_from_db()
    assert row.state == Difference.State.OPEN


def test_only_publishers_decide_and_what_the_office_has_made_the_same_is_none(desk: Desk) -> None:
    batch = differing(desk)
    row = batch.differences.get()
    for name in ("wenna", "ada"):
        sent_by = desk.client(name).post(f"/imports/{batch.pk}/", {"do": "take difference", "difference": row.pk})
        assert sent_by.status_code == 404
    assert not PiecePage.objects.exists()
    row.content = newest_content(row.ident)
    row.save()
    assert differences_of(batch) == []


def test_ours_and_theirs_are_both_seen_on_a_telephone(desk: Desk) -> None:
    batch = differing(desk)
    everybody(desk)
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        page = signed_in(browser.new_context(viewport={"width": 390, "height": 844}), cookie, root)
        page.goto(f"{root}/imports/{batch.pk}/")
        for table in page.locator(".import-differences table, .import-sure").all():
            box = table.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 390, "every column is on the screen"
