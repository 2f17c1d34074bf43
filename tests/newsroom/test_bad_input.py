"""Every bad input in the editor's form gets a sentence that helps, and what was typed stays."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html as markup
from PIL import Image

from communique.newsroom.kept_files import kept
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.states import standing_of
from communique.newsroom.uploads import LIMIT_BYTES, UploadRefused, received
from newsroom.newsrooms import SPEECHES, Desk

WORDS = {"blocks": ["The lamp is lit again."], "next": 1}


def picture(size: tuple[int, int] = (40, 30), sort: str = "PNG") -> bytes:
    """A small picture."""
    data = BytesIO()
    Image.new("RGB", size, "#124559").save(data, sort)
    return data.getvalue()


def container(*names: str) -> bytes:
    """A zip with these members."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return data.getvalue()


def huge() -> SimpleUploadedFile:
    """A file that says it is larger than it is, so that no test writes a hundred megabytes."""
    made = SimpleUploadedFile("film.mp4", b"\0\0\0\x18ftypmp42")
    made.size = LIMIT_BYTES + 1
    return made


def bomb() -> bytes:
    """A small file that would open to 30,000 × 30,000 points."""
    header = Image.new("1", (1, 1))
    data = BytesIO()
    header.save(data, "PNG")
    made = bytearray(data.getvalue())
    made[16:24] = (30_000).to_bytes(4, "big") * 2
    made[29:33] = zlib.crc32(bytes(made[12:29])).to_bytes(4, "big")
    return bytes(made)


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (huge(), "at most 100 are taken"),
        (SimpleUploadedFile("note.docx", container("word/document.xml", "word/vbaProject.bin")), "carries macros"),
        (SimpleUploadedFile("note.docm", b"PK\x03\x04"), "of a kind that is not published"),
        (SimpleUploadedFile("page.html", b"<script>"), "of a kind that is not published"),
        (SimpleUploadedFile("virus.pdf", b"MZ\x90\x00"), "is not what its ending says"),
        (SimpleUploadedFile("broken.docx", b"PK\x03\x04 and no more"), "is damaged"),
        (SimpleUploadedFile("bomb.png", bomb()), "too many"),
        (SimpleUploadedFile("half.png", picture()[:60]), "cannot be opened as a picture"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_what_to_do(upload: SimpleUploadedFile, said: str) -> None:
    with pytest.raises(UploadRefused, match=said):
        received(upload.name or "", upload)


def test_a_picture_is_written_anew_without_what_the_camera_told() -> None:
    data = BytesIO()
    exif = Image.Exif()
    exif[0x9286] = "5 Quay Lane"
    exif[0x0112] = 6  # lies on its side
    Image.new("RGB", (40, 30), "#124559").save(data, "JPEG", exif=exif, comment=b"for Quay Lane")
    got = received("P1000123.JPG", SimpleUploadedFile("P1000123.JPG", data.getvalue()))
    kept = got.file.read()
    assert b"Quay Lane" in data.getvalue()
    assert b"Quay Lane" not in kept
    assert (got.media, got.width, got.height) == ("image/jpeg", 30, 40)


def form_of(client: Client, page: MessagePage) -> dict[str, Any]:
    """What the editor's form would send if nobody touched it."""
    tree = markup.fromstring(client.get(f"/pages/{page.pk}/edit/").content.decode())
    (form,) = tree.xpath('//form[@id="page-edit-form"]')
    return {key: value for key, value in form.form_values() if "__prefix__" not in key}


def posted(desk: Desk, page: MessagePage, **changed: Any) -> str:
    """The answer to the form with some fields changed."""
    client = desk.client("wenna")
    return client.post(f"/pages/{page.pk}/edit/", {**form_of(client, page), **changed}).content.decode()


def with_file(name: str, data: bytes) -> dict[str, Any]:
    """A new row with a file."""
    row = {"sort": "picture", "alternative": "A lamp on a pier", "id": "", "ORDER": "1", "DELETE": ""}
    fields = {f"attachments-0-{key}": value for key, value in row.items()}
    return {"attachments-TOTAL_FORMS": "1", **fields, "attachments-0-upload": SimpleUploadedFile(name, data)}


def test_a_refused_file_leaves_everything_else_that_was_typed(desk: Desk) -> None:
    page = desk.written("wenna")
    answer = posted(desk, page, title="A title just typed", **with_file("bomb.png", bomb()))
    assert "too many" in answer
    assert "A title just typed" in answer
    assert "A lamp on a pier" in answer


def rows_of(page: MessagePage) -> list[Any]:
    """The files of a page as it was saved last."""
    return list(MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().attachments.all())


def test_a_good_file_is_not_chosen_again_because_another_was_bad(desk: Desk) -> None:
    page = desk.written("wenna")
    second = {key.replace("-0-", "-1-"): value for key, value in with_file("bomb.png", bomb()).items()}
    both = {**with_file("pier.png", picture()), **second, "attachments-TOTAL_FORMS": "2"}
    answer = posted(desk, page, **both)
    assert "Kept: it need not be chosen again." in answer
    (word,) = markup.fromstring(answer).xpath("//input[@name='attachments-0-upload-kept']/@value")
    assert "attachments-1-upload-kept" not in answer
    mended = {**with_file("x", b""), "attachments-0-upload": "", "attachments-0-upload-kept": word}
    assert kept(f"{word}x") is None, "a word that is not ours brings nothing"
    posted(desk, page, **mended)
    (row,) = rows_of(page)
    assert (row.name, row.media, row.alternative) == ("pier.png", "image/jpeg", "A lamp on a pier")
    assert row.upload.storage.read(row.upload.name)[:2] == b"\xff\xd8"


def test_a_file_that_a_save_by_itself_sends_again_is_stored_once(desk: Desk) -> None:
    page = desk.written("wenna")
    posted(desk, page, **with_file("pier.png", picture()))
    (before,) = rows_of(page)
    posted(desk, page, **{"attachments-0-upload": SimpleUploadedFile("pier.png", picture())})
    (after,) = rows_of(page)
    assert after.upload.name == before.upload.name


def test_a_good_picture_is_kept_under_a_random_name_that_only_the_desk_can_open(desk: Desk) -> None:
    page = desk.written("wenna")
    posted(desk, page, **with_file("minister-resigns.png", picture()))
    (row,) = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().attachments.all()
    assert row.upload.name.isalnum()
    assert len(row.upload.name) == 32
    address = f"/private/{row.upload.name}"
    assert desk.client("osk").get(address).headers["Content-Type"] == "image/jpeg"
    assert desk.client("ada").get(address).status_code == 404, "an administrator reads no draft"
    assert Client(headers={"host": "desk.localhost"}).get(address).status_code == 302, "a stranger is asked to sign in"


@pytest.mark.parametrize(
    ("row", "upload", "said"),
    [
        ({"alternative": ""}, SimpleUploadedFile("lamp.png", picture()), "has no alternative text"),
        ({"sort": "recording"}, SimpleUploadedFile("tide.pdf", b"%PDF-1.7"), "tide.pdf is no sound or film"),
        ({"sort": "picture"}, SimpleUploadedFile("tide.pdf", b"%PDF-1.7"), "tide.pdf is not a picture"),
        ({"sort": "file", "title": ""}, SimpleUploadedFile("tide.pdf", b"%PDF-1.7"), "A document has no title"),
    ],
)
def test_files_are_looked_at_as_the_form_has_them_when_it_is_submitted(
    desk: Desk, row: dict[str, str], upload: SimpleUploadedFile, said: str
) -> None:
    page = desk.written("wenna")
    file = with_file(upload.name or "", upload.read()) | {f"attachments-0-{key}": value for key, value in row.items()}
    assert said in posted(desk, page, **file, **{"action-submit": "1"})
    assert not MessagePage.objects.get(pk=page.pk).current_workflow_state


def test_a_file_that_is_taken_out_or_mended_stands_in_no_way(desk: Desk) -> None:
    page = desk.written("wenna")
    posted(desk, page, **with_file("tide.pdf", b"%PDF-1.7"))
    answer = posted(desk, page, **{"attachments-0-DELETE": "on", "action-submit": "1"})
    assert "is not a picture" not in answer
    assert MessagePage.objects.get(pk=page.pk).current_workflow_state


def test_a_file_is_shown_by_its_own_name_and_a_picture_as_it_looks(desk: Desk) -> None:
    page = desk.written("wenna")
    posted(desk, page, **with_file("lamp at the quay.png", picture()))
    html = desk.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    (now,) = markup.fromstring(html).find_class("upload-now")
    (name,) = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().attachments.all()
    assert now.text_content().split("Take")[0].strip() == "lamp at the quay.png"
    assert now.xpath(".//img/@src") == [f"/private/{name.upload.name}"]


def test_a_title_is_not_cut_in_silence(desk: Desk) -> None:
    page = desk.written("wenna")
    long = "On the lamp at the quay, " * 12
    answer = posted(desk, page, title=long)
    assert "at most 255 characters" in answer
    field = markup.fromstring(answer).get_element_by_id("id_title")
    assert field.get("maxlength") is None, "a browser would cut what is pasted"
    assert field.get("value") == long


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"speakers": [], "turns": [{"id": "t1", "kind": "remark", "blocks": []}], "next": 2}, "Turn 1 has no words"),
        (
            {"speakers": [], "turns": [{"id": "t1", "kind": "answer", "blocks": ["Yes."]}], "next": 2},
            "Turn 1 is an answer and nobody says it",
        ),
        ({"blocks": [], "next": 1}, "The text has no words"),
    ],
)
def test_words_that_are_not_whole_are_saved_and_not_submitted(desk: Desk, words: dict[str, Any], said: str) -> None:
    page = desk.written("wenna")
    fields = {"title": "Half done", "section": SPEECHES, "words": json.dumps(words)}
    answer = posted(desk, page, **fields, **{"action-submit": "1"})
    assert said in answer
    assert "Half done" in answer
    page.refresh_from_db()
    assert page.current_workflow_state is None
    posted(desk, page, **fields)
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Half done"


def test_what_is_wrong_with_a_file_and_with_the_words_is_said_at_once(desk: Desk) -> None:
    page = desk.written("wenna")
    words = {"speakers": [], "turns": [{"id": "t1", "kind": "remark", "blocks": []}], "next": 2}
    answer = posted(
        desk,
        page,
        section=SPEECHES,
        words=json.dumps(words),
        **with_file("bomb.png", bomb()),
        **{"action-submit": "1"},
    )
    assert "too many" in answer
    assert "Turn 1 has no words" in answer
    page.refresh_from_db()
    assert page.current_workflow_state is None


def test_what_is_wrong_with_no_field_is_said_a_line_each(desk: Desk) -> None:
    page = desk.written("wenna")
    files = with_file("pier.png", picture())
    posted(desk, page, section=SPEECHES, **{**files, "attachments-0-alternative": ""})
    row = {"sort": "recording", "alternative": "", "id": "", "ORDER": "2", "DELETE": ""}
    more = {"attachments-TOTAL_FORMS": "2", **{f"attachments-1-{key}": value for key, value in row.items()}}
    answer = posted(desk, page, section=SPEECHES, **more, **{"action-submit": "1"})
    assert "alternative text" in answer
    assert "has no file" in answer
    assert "&lt;br&gt;" not in answer


def test_words_that_are_no_words_lose_nothing(desk: Desk) -> None:
    page = desk.written("wenna", words=WORDS)
    answer = posted(desk, page, title="Still here", words='{"turns": "none"}')
    assert "Still here" in answer
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().words == WORDS


def test_what_is_submitted_is_asked_of_as_it_was_typed_attachments_too(desk: Desk) -> None:
    page = desk.written("wenna")
    picture = Image.new("RGB", (30, 40))
    data = BytesIO()
    picture.save(data, "PNG")
    row = with_file("pier.png", data.getvalue())
    refused = posted(desk, page, **{**row, "attachments-0-alternative": ""}, **{"action-submit": "1"})
    assert "A picture has no alternative text" in refused
    posted(desk, page, **{**row, "attachments-0-alternative": "", "attachments-0-upload": ""})  # as autosave keeps it
    again = with_file("pier.png", data.getvalue())
    again |= {key: value for key, value in form_of(desk.client("wenna"), page).items() if key.endswith("-0-id")}
    posted(desk, page, **{**again, "attachments-INITIAL_FORMS": "1"}, **{"action-submit": "1"})
    assert str(standing_of(type(page).objects.get(pk=page.pk), desk.now())) == "submitted"


def test_the_receipt_has_the_first_picture_to_copy_with_its_words_or_says_that_there_is_none(desk: Desk) -> None:
    page, bare = desk.written("wenna"), desk.written("wenna", title="Without a picture")
    data = BytesIO()
    Image.new("RGB", (30, 40)).save(data, "PNG")
    posted(desk, page, **with_file("pier.png", data.getvalue()), **{"action-submit": "1"})
    desk.submit(bare)
    for one in (page, bare):
        desk.clear(one)
        desk.publish(one)
    with_one, without = (desk.client("pell").get(f"/receipts/{made.pk}/") for made in Release.objects.order_by("pk"))
    html = with_one.content.decode()
    (path,) = re.findall(r'src="(/files/[0-9a-f]+\.jpg)" alt="A lamp on a pier"', html)
    assert f'href="http://localhost:8000{path}"' in html
    assert (desk.home / "public" / "site" / path[1:]).read_bytes() == desk.client("pell").get(path).content
    assert "It shows no picture." in without.content.decode()


def test_what_the_door_does_not_take_in_is_told_in_the_language_of_who_sent_it(desk: Desk) -> None:
    client = desk.client("wenna")
    client.post("/language/", {"language": "fr"})
    answer = client.get("/too-large/")
    assert answer.status_code == 413
    assert "100" in answer.content.decode()
    assert 'lang="fr"' in answer.content.decode()
    assert "ce que vous avez saisi y est toujours" in answer.content.decode()
