"""Imports at the desk: a batch waits for a person, a mend teaches it and is taken back, and what is accepted goes on
the record as an import would put it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from communique.importing.deciding import Change
from communique.importing.errors import NotReadable
from communique.importing.raw import Raw
from communique.importing.sentence import Sentence
from communique.newsroom.given import given
from communique.newsroom.imports.bringing import add_page, begin, read_uploads
from communique.newsroom.imports.forgetting import forget_source
from communique.newsroom.imports.looking import as_decided, as_read
from communique.newsroom.imports.models import Batch, BatchPage, Rule, State
from communique.newsroom.imports.progress import progress_of
from communique.newsroom.imports.report import report_of
from communique.newsroom.imports.sending import send_due
from communique.newsroom.imports.teaching import rules_of
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.roles import PUBLISHER
from communique.settings.journal import FOLDER, Journal
from newsroom.imported_pages import page, zipped
from newsroom.newsrooms import Desk

NOTE = "Note"


def done(steps: Callable[[], Iterator[None]]) -> int:
    """All of a worker's steps; how many there were."""
    return sum(1 for _ in steps())


def brought(desk: Desk, count: int = 3, by: str = "pell", name: str = "old.zip", data: bytes | None = None) -> Batch:
    """A batch that was uploaded and read."""
    file = SimpleUploadedFile(name, zipped(count) if data is None else data)
    answer = desk.client(by).post("/imports/", {"file": file, "captured": "2027-01-05"})
    assert answer.status_code == 302, answer.content.decode()
    done(read_uploads)
    return Batch.objects.latest("pk")


def mend(client: Client, row: BatchPage, **sent: Any) -> Any:
    """One form of the review screen."""
    return client.post(f"/imports/pages/{row.pk}/", {key: str(value) for key, value in sent.items()})


def another_publisher(desk: Desk) -> Client:
    """Osk, who may publish now, too."""
    desk.user("osk").groups.add(Group.objects.get(name=PUBLISHER))
    return desk.client("osk")


def accept_all(desk: Desk, batch: Batch) -> None:
    """Pell accepts page after page, where the desk leads."""
    client = desk.client("pell")
    while (answer := client.get(f"/imports/{batch.pk}/next/")).url != f"/imports/{batch.pk}/":
        desk.now.tick(1)
        client.post(answer.url, {"do": "accept"})


def test_a_batch_keeps_source_reading_and_decisions(desk: Desk) -> None:
    batch = brought(desk)
    assert [row.number for row in batch.pages.all()] == [1, 2, 3]
    row = batch.pages.first()
    assert row is not None
    assert PrivateFiles().read(row.source) == page(0)
    assert len(as_read(row).turns) == 6
    second = brought(desk)
    assert second.pages.count() == 0, "the same bytes are not brought twice"


def test_a_reading_by_another_version_is_read_anew_and_decisions_that_no_longer_fit_are_asked_again(desk: Desk) -> None:
    row = brought(desk, 1).pages.get()
    row.version, row.state = "0.0", State.ACCEPTED
    row.save()
    assert as_read(row).heading.title == "Interview on the winter timetable, number 1"
    assert row.state == State.ACCEPTED
    row.version, row.facts = "0.0", {**row.facts, "title": "Another"}
    as_read(row)
    row.refresh_from_db()
    assert (row.state, row.facts["title"]) == (State.WAITING, "Interview on the winter timetable, number 1")


def test_a_mark_is_told_once_for_the_whole_batch_and_taken_back(desk: Desk) -> None:
    batch = brought(desk)
    first, second, third = batch.pages.all()
    client = desk.client("pell")
    paragraphs = [text for turn in as_read(first).turns for text in turn.paragraphs]
    at = next(n for n, text in enumerate(paragraphs) if text.startswith("Note:"))
    mend(client, third, do="accept")
    mend(client, first, act=f"begin::{at}", alike="yes")
    mend(client, first, act="turn:note", at=at, alike="yes")
    mend(client, second, do="accept")
    mend(client, second, do="again")
    assert [one.pages for one in rules_of(batch)] == [2, 2], "the third was accepted before"
    for row in (first, second):
        assert [turn.kind for turn in as_decided(row).turns][4] == "note"
    shown = client.get(f"/imports/pages/{second.pk}/").content.decode()
    assert "What begins with “Note:” is a turn of its own." in shown
    for rule in Rule.objects.all():
        client.post(f"/imports/{batch.pk}/", {"do": "take back", "rule": rule.pk})
    assert [len(as_decided(row).turns) for row in (first, second)] == [6, 6]
    client.get(f"/imports/{batch.pk}/")  # says once that it is taken back
    assert "is a turn of its own" not in client.get(f"/imports/pages/{second.pk}/").content.decode()


def test_a_mark_that_is_none_goes_back_among_the_words_everywhere(desk: Desk) -> None:
    first, second, _third = brought(desk).pages.all()
    mend(desk.client("pell"), first, act="join", at=1, alike="yes")
    assert [one.pages for one in rules_of(first.batch)] == [3]
    assert {turn.mark for turn in as_decided(second).turns} == {"Reporter"}
    shown = desk.client("pell").get(f"/imports/pages/{second.pk}/").content.decode()
    assert "“Ida Rennow” is no mark: its words go on with the turn before." in shown


def test_a_mend_of_one_place_is_of_one_page_and_the_last_one_is_taken_back(desk: Desk) -> None:
    first, second, _third = brought(desk).pages.all()
    client = desk.client("pell")
    mend(client, first, act="turn:remark", at=0)
    mend(client, first, act="move:1", at=1)
    first.refresh_from_db()
    assert [(t.kind, len(t.paragraphs)) for t in as_decided(first).turns][:2] == [("remark", 2), ("answer", 1)]
    assert as_decided(second).turns[0].kind == "question"
    mend(client, first, do="take back last")
    first.refresh_from_db()
    assert [(t.kind, len(t.paragraphs)) for t in as_decided(first).turns][:2] == [("remark", 1), ("answer", 2)]
    assert not Rule.objects.exists()


def test_all_of_these_are_questions_and_who_speaks_and_kind_hold_for_all_alike(desk: Desk) -> None:
    first, second, _third = brought(desk).pages.all()
    client = desk.client("pell")
    mend(client, first, act="turn:remark", at=0, alike="yes")
    mend(client, first, act="speaker", to="Ida Rennow-Vall", at=1, alike="yes")
    mend(client, first, do="kind", to="article", alike="yes")
    now = as_decided(second)
    assert {turn.kind for turn in now.turns if turn.mark == "Reporter"} == {"remark"}
    assert "Ida Rennow-Vall" in {speaker.name for speaker in now.speakers}
    assert now.kind == "article"
    mend(client, first, do="kind", to="speech", alike="yes")
    assert as_decided(second).kind == "speech", "what is said of the same thing later holds"


def test_bad_input_gets_a_sentence_and_changes_nothing(desk: Desk) -> None:
    row = brought(desk, 1).pages.get()
    client = desk.client("pell")
    sent: list[dict[str, Any]] = [
        {"do": "kind", "to": "none"},
        {"do": "published", "to": "yesterday"},
        {"do": "language", "to": "xx"},
        {"do": "title"},
        {"act": "turn:none", "at": 0},
        {"act": "turn:question", "at": "x"},
        {"act": "move:x", "at": 1},
        {"do": "section", "to": "x" * 300},
        {"do": "nothing"},
    ]
    for one in sent:
        answer = client.post(f"/imports/pages/{row.pk}/", one, follow=True)
        assert 'class="said error"' in answer.content.decode(), one
    row.refresh_from_db()
    assert row.changes == []
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "captured", "says"),
    [
        ("page.exe", b"MZ", "2027-01-05", "is of a kind that is not read here"),
        ("page.html", page(0), "", "Say on which day"),
        ("page.html", page(0), "2028-01-05", "still to come"),
    ],
)
def test_a_file_that_is_not_taken_gets_a_sentence(desk: Desk, name: str, data: bytes, captured: str, says: str) -> None:
    sent = {"file": SimpleUploadedFile(name, data), "captured": captured}
    assert says in desk.client("pell").post("/imports/", sent).content.decode()
    assert not Batch.objects.exists()


def test_a_page_that_cannot_be_read_is_one_line_and_the_batch_goes_on(desk: Desk) -> None:
    batch = brought(desk, name="broken.zip", data=b"PK\x03\x04 no zip at all")
    assert len(batch.refused) == 1
    batch = brought(desk, name="empty.html", data=b"<!doctype html><body></body></html>")
    assert len(batch.refused) == 1
    pell = desk.client("pell")
    assert "empty.html" in pell.get(f"/imports/{batch.pk}/").content.decode()
    told = {"fr": "Que faire", "ar": "ما العمل"}
    for language, words in told.items():
        shown = pell.get(f"/imports/{batch.pk}/", headers={"accept-language": language}).content.decode()
        assert words in shown
        assert "no word in it" not in shown


def test_the_report_says_what_was_read_and_what_is_in_no_field(desk: Desk) -> None:
    batch = brought(desk)
    report = report_of(batch)
    assert (report.messages, report.words) == (3, sum(row.facts["words"] for row in batch.pages.all()))
    title = next(row for row in report.fields if row.field == "title")
    assert title.decided + title.sure + title.less + title.doubtful == 3
    shown = desk.client("pell").get(f"/imports/{batch.pk}/").content.decode()
    assert "Old site since 1999" in shown, "words in no field stand in the report"
    assert "Visitors since 1999: 20481" in shown, "those that HTML puts beside the main part, too"
    assert [row.pages for row in report.left] == [3, 3, 3], "the same words once"
    mend(desk.client("pell"), batch.pages.all()[0], do="kind", to="article")
    mend(desk.client("pell"), batch.pages.all()[0], do="accept")
    assert next(row.decided for row in report_of(batch).fields if row.field == "kind") == 1


def test_the_most_doubtful_page_comes_first_and_pace_leaves_pauses_out(desk: Desk) -> None:
    batch = brought(desk)
    doubtful = batch.pages.all()[2]
    doubtful.least = 0.1
    doubtful.save()
    client = desk.client("pell")
    assert client.get(f"/imports/{batch.pk}/next/").url == f"/imports/pages/{doubtful.pk}/"
    mend(client, doubtful, do="accept")
    desk.now.tick(20)
    mend(client, batch.pages.all()[0], do="accept")
    desk.now.tick(1)
    mend(client, batch.pages.all()[1], do="aside")
    progress = progress_of(batch)
    assert (progress.waiting, progress.accepted, progress.aside, progress.an_hour) == (0, 2, 1, 60)


def test_nobody_puts_on_the_record_alone_what_he_brought(desk: Desk) -> None:
    batch = brought(desk)
    accept_all(desk, batch)
    size = desk.installation.reader.size()
    desk.client("pell").post(f"/imports/{batch.pk}/", {"do": "send"})
    assert done(send_due) == 0
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    assert done(send_due) == 3
    assert desk.installation.reader.size() > size


def test_what_was_accepted_is_on_the_record_dated_with_its_source_and_nothing_else_is(desk: Desk) -> None:
    batch = brought(desk)
    client = desk.client("pell")
    first, _second, third = batch.pages.all()
    mend(client, third, do="aside")
    mend(client, first, do="section", to="Speeches")
    accept_all(desk, batch)
    before = desk.installation.reader.size()
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    reader = desk.installation.reader
    entries = [entry for entry in reader.entries(before, reader.size()) if entry.kind == "import"]
    assert len(entries) == 2
    content = reader.edition(entries[0]).content
    first.refresh_from_db()
    assert (entries[0].dated, content["title"]) == ("2019-03-01", "Interview on the winter timetable, number 1")
    assert content["source"] == {"captured": "2027-01-05", "sha256": first.sha256}
    assert (first.state, first.became["address"]) == (State.DONE, content["address"])
    size = reader.size()
    BatchPage.objects.filter(pk=first.pk).update(state=State.DUE)  # the program ended before it was noted
    done(send_due)
    assert reader.size() == size
    refused = mend(client, first, do="kind", to="speech")
    assert "corrected like any message" in client.get(refused.url).content.decode()


def test_a_page_of_which_nobody_says_when_it_was_captured_is_refused_in_a_sentence_and_sent_again(desk: Desk) -> None:
    batch = brought(desk, 1)
    accept_all(desk, batch)
    Batch.objects.update(captured="")
    osk = another_publisher(desk)
    osk.post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    row = batch.pages.get()
    assert row.state == State.REFUSED
    french = osk.get(f"/imports/{batch.pk}/", headers={"accept-language": "fr"}).content.decode()
    assert "rien dans la page ne dit quand elle a été capturée" in french
    assert "nothing on the page says" not in french
    Batch.objects.update(captured="2027-01-05")
    mend(desk.client("pell"), row, do="accept")
    osk.post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    row.refresh_from_db()
    assert (row.state, row.became["already"]) == (State.DONE, 0)


def test_nothing_of_the_source_runs_or_leaves_its_frame(desk: Desk) -> None:
    row = brought(desk, 1).pages.get()
    answer = desk.client("pell").get(f"/imports/pages/{row.pk}/source/")
    html = answer.content.decode()
    assert "<script" not in html
    assert "onerror" not in html
    assert "sandbox allow-same-origin; default-src 'none'" in answer["Content-Security-Policy"]
    answer = desk.client("pell").get(f"/imports/pages/{row.pk}/original/")
    assert b"".join(answer.streaming_content) == page(0)
    assert answer["Content-Disposition"].startswith("attachment")


def test_only_publishers_know_of_imports(desk: Desk) -> None:
    batch = brought(desk, 1)
    row = batch.pages.get()
    addresses = ["/imports/", f"/imports/{batch.pk}/", f"/imports/{batch.pk}/next/", f"/imports/pages/{row.pk}/"]
    addresses += [f"/imports/pages/{row.pk}/source/", f"/imports/pages/{row.pk}/original/"]
    for name in ("wenna", "osk", "ada"):
        assert [desk.client(name).get(address).status_code for address in addresses] == [404] * 6
        assert "/imports/" not in desk.client(name).get("/").content.decode()
    assert "/imports/" in desk.client("pell").get("/").content.decode()


def test_a_batch_of_which_nothing_went_out_is_thrown_away_with_its_bytes(desk: Desk) -> None:
    batch = brought(desk, 1)
    row = batch.pages.get()
    desk.client("pell").post(f"/imports/{batch.pk}/", {"do": "throw away"})
    assert not Batch.objects.exists()
    assert not PrivateFiles().exists(row.source)
    assert not PrivateFiles().exists(row.reading)


def test_a_change_that_is_kept_is_the_one_that_was_asked(desk: Desk) -> None:
    row = brought(desk, 1).pages.get()
    mend(desk.client("pell"), row, do="published", to="2018-12-24")
    row.refresh_from_db()
    assert row.changes == [Change("published", "2018-12-24").as_row()]
    assert str(as_decided(row).published) == "2018-12-24"
    assert given().clock() == desk.now()


def test_the_bytes_of_a_page_lie_once_and_are_still_to_be_had(desk: Desk) -> None:
    batch = brought(desk, 1)
    accept_all(desk, batch)
    before = batch.pages.get().source
    data = PrivateFiles().read(before)
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    row = batch.pages.get()
    assert (row.state, row.source, PrivateFiles().exists(before)) == ("done", "", False)
    assert given().original(row.sha256) == data
    saved = desk.client("pell").get(f"/imports/pages/{row.pk}/original/")
    assert b"".join(saved.streaming_content) == data
    assert desk.client("pell").get(f"/imports/pages/{row.pk}/").status_code == 200
    row.version = "0.0.1"
    assert as_read(row).heading.title, "a later version of the program reads it again"


def test_the_same_bytes_that_wait_elsewhere_go_with_what_the_law_took(desk: Desk) -> None:
    batch = brought(desk, 1)
    accept_all(desk, batch)
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    row = batch.pages.get()
    page = as_read(row)
    raw = Raw("again", "again.html", given().original(row.sha256) or b"", "https://elsewhere.example/again")
    again = add_page(begin("again"), raw, page)
    with transaction.atomic():
        forget_source(row.became["message"])
    again.refresh_from_db()
    assert (again.state, again.source, again.reading, again.left) == ("aside", "", "", [])
    shown = desk.client("pell").get(f"/imports/pages/{again.pk}/", follow=True).content.decode()
    assert "The law took the words of this page" in shown


def test_what_the_law_took_of_a_message_its_source_has_no_longer(desk: Desk) -> None:
    batch = brought(desk, 1)
    accept_all(desk, batch)
    another_publisher(desk).post(f"/imports/{batch.pk}/", {"do": "send"})
    done(send_due)
    row = batch.pages.get()
    assert desk.installation.originals.packed(row.sha256) is not None
    journals = desk.installation.configuration.home / FOLDER
    for name, sha256 in (("of it", row.sha256), ("of another", "0" * 64)):
        journal = Journal(journals / f"{name}.sqlite3")
        journal.note(1, None, sha256, NotReadable("a", Sentence("no text"), Sentence("save it again")))
        journal.close()
        (journals / f"{name}.left.tsv").write_text("words")
    with transaction.atomic():
        forget_source(row.became["message"])
    read = row.reading
    row.refresh_from_db()
    assert not PrivateFiles().exists(read)
    assert desk.installation.originals.packed(row.sha256) is None
    assert sorted(file.name for file in journals.iterdir()) == ["of another.left.tsv", "of another.sqlite3"]
    shown = desk.client("pell").get(f"/imports/pages/{row.pk}/", follow=True).content.decode()
    assert "The law took the words of this page" in shown
    assert "winter timetable" not in shown
    assert desk.client("pell").get(f"/imports/pages/{row.pk}/original/").status_code == 404


def test_a_page_that_another_changed_meanwhile_is_not_accepted_unread(desk: Desk) -> None:
    batch = brought(desk)
    first, second, third = batch.pages.all()
    pell, osk = desk.client("pell"), another_publisher(desk)
    at = f"/imports/pages/{first.pk}/"
    drawn = stood_in(pell.get(at).content.decode())
    mend(osk, first, do="kind", to="article")
    answer = pell.post(at, {"do": "accept", "stood": drawn}, follow=True)
    assert "Somebody changed it in the meantime" in answer.content.decode()
    first.refresh_from_db()
    assert first.state == State.WAITING
    mend(pell, first, do="accept", stood=stood_in(answer.content.decode()))
    first.refresh_from_db()
    assert first.state == State.ACCEPTED
    drawn = stood_in(pell.get(f"/imports/pages/{second.pk}/").content.decode())
    mend(osk, third, do="kind", to="article", alike="yes")
    mend(pell, second, do="accept", stood=drawn)
    second.refresh_from_db()
    assert second.state == State.WAITING, "a rule that was made elsewhere reaches it, too"


def stood_in(html: str) -> str:
    """The mark that a page's form bears."""
    return html.split('name="stood" value="')[1].split('"')[0]
