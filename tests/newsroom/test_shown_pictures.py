"""A photograph comes in once and goes out twice: large for printers, small for pages; neither leaks, both go by law."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Response

from browser import chromium
from communique.newsroom.content import files_in
from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage
from communique.newsroom.next_edition import next_of
from communique.newsroom.states import Standing, standing_of
from communique.newsroom.uploads import SHOWN_BYTES, SHOWN_SIDE, received
from communique.newsroom.views.messages import begin_translation
from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from newsroom.newsrooms import Desk
from newsroom.test_bad_input import bomb, posted, rows_of, with_file
from newsroom.test_day import cleared
from public_folder import served

WIDE, HIGH = 4_000, 3_000


def photograph(width: int = WIDE, height: int = HIGH) -> bytes:
    """Noise of every grain, the finer the fainter, as a photograph's: a JPEG as a camera writes it."""
    light = Image.new("L", (width, height), 128)
    grains, depth = 4, 64.0
    while grains < width:
        noise = Image.effect_noise((grains, max(2, grains * height // width)), depth)
        light = ImageChops.add(light, noise.resize((width, height), Image.Resampling.BICUBIC), 1, -128)
        grains, depth = grains * 2, depth / 1.55
    data = BytesIO()
    light.convert("RGB").save(data, "JPEG", quality=95)
    return data.getvalue()


@pytest.fixture(scope="module")
def taken() -> bytes:
    return photograph(1_600, 1_200)


@pytest.fixture(scope="module")
def large() -> bytes:
    return photograph()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def with_photograph(desk: Desk, data: bytes) -> MessagePage:
    page = desk.written("wenna")
    posted(desk, page, **with_file("pier.jpg", data))
    return MessagePage.objects.get(pk=page.pk)


def private_files(desk: Desk) -> dict[str, bytes]:
    """The files of messages that are not public, by their names."""
    return {file.name: file.read_bytes() for file in (desk.home / "private").glob("??/*")}


def public_files(desk: Desk) -> dict[str, bytes]:
    """The public pictures, by their names."""
    folder = desk.home / "public/site/files"
    return {file.name: file.read_bytes() for file in folder.glob("*") if file.suffix in (".jpg", ".webp")}


def picture_of(page: MessagePage) -> dict[str, Any]:
    content = newest_content(page.ident)
    assert content is not None
    picture: dict[str, Any] = content["pictures"][0]
    return picture


def test_a_photograph_is_kept_large_for_printers_and_small_for_pages(large: bytes) -> None:
    got = received("pier.jpg", SimpleUploadedFile("pier.jpg", large))
    assert (got.media, got.width, got.height) == ("image/jpeg", WIDE, HIGH)
    assert got.shown is not None
    assert (got.shown.media, got.shown.width, got.shown.height) == ("image/webp", SHOWN_SIDE, SHOWN_SIDE * 3 // 4)
    assert len(got.shown.file.read()) <= SHOWN_BYTES < len(got.file.read()) / 8


RED = (200, 60, 60)
IN_ADOBE, IN_P3 = (173, 62, 62), (183, 72, 68)
"""the same red in the larger spaces of two sorts of camera"""
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""the primaries as XYZ under D50, as ICC profiles give them"""


def profile(primaries: tuple[tuple[float, float, float], ...], space: bytes = b"RGB ") -> bytes:
    """An ICC profile (version 2) of a display with these primaries and a plain gamma of 2.2, as a camera embeds it."""

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65_536))

    def place(xyz: tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(number, xyz))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"wide\0" + bytes(78) + b"\0"
    tags = {b"desc": words, b"cprt": b"text\0\0\0\0none\0\0\0\0", b"wtpt": place((0.9642, 1.0, 0.8249))}
    if space == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        tags |= {sign + b"XYZ": place(xyz) for sign, xyz in zip((b"r", b"g", b"b"), primaries, strict=True)}
        tags |= {sign + b"TRC": curve for sign in (b"r", b"g", b"b")}
    at, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, value in tags.items():
        table += name + struct.pack(">II", at + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    body = struct.pack(">I", len(tags)) + table + data
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), b"test", 0x02100000, b"mntr", space, b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + b"".join(map(number, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + body


def plain(size: tuple[int, int], colour: Any, mode: str = "RGB", sort: str = "PNG", **how: Any) -> bytes:
    data = BytesIO()
    Image.new(mode, size, colour).save(data, sort, **how)
    return data.getvalue()


def seen(file: Any) -> tuple[Any, Any]:
    """The colour in the middle of a picture as everybody sees it, and what profile it has."""
    with Image.open(BytesIO(file.read())) as opened:
        middle = (opened.width // 2, opened.height // 2)
        return opened.convert("RGBA").getpixel(middle), opened.info.get("icc_profile")


@pytest.mark.parametrize(("primaries", "colour"), [(ADOBE, IN_ADOBE), (P3, IN_P3)], ids=["Adobe RGB", "Display P3"])
@pytest.mark.parametrize(("mode", "sort"), [("RGB", "JPEG"), ("RGBA", "PNG")])
def test_a_picture_in_a_cameras_wide_colours_keeps_them(
    primaries: Any, colour: tuple[int, int, int], mode: str, sort: str
) -> None:
    how = {"quality": 100} if sort == "JPEG" else {}
    found = plain(
        (2_000, 60), colour if mode == "RGB" else (*colour, 200), mode, sort, icc_profile=profile(primaries), **how
    )
    got = received(f"pier.{sort.lower()}", SimpleUploadedFile("pier", found))
    assert got.shown is not None
    for file in (got.file, got.shown.file):
        (*rgb, alpha), left = seen(file)
        assert [abs(one - due) <= 3 for one, due in zip(rgb, RED, strict=True)] == [True] * 3, rgb
        assert left is None
        assert alpha == (255 if mode == "RGB" else 200)


def test_grey_is_taken_for_what_its_profile_says_and_no_profile_is_believed_of_other_points() -> None:
    grey = profile((), b"GRAY")
    (*rgb, _), left = seen(received("a.png", SimpleUploadedFile("a", plain((90, 60), 40, "L", icc_profile=grey))).file)
    assert (max(rgb) - min(rgb), left) == (0, None)
    assert 34 <= rgb[0] <= 36, "a gamma of 2.2 is darker there than sRGB"
    for odd in (grey, b"no profile at all", profile(P3)[:200]):
        (*rgb, _), left = seen(received("a.png", SimpleUploadedFile("a", plain((90, 60), RED, icc_profile=odd))).file)
        assert [abs(one - due) <= 3 for one, due in zip(rgb, RED, strict=True)] == [True] * 3
        assert left is None


@pytest.mark.parametrize(
    ("mode", "size", "media", "has_shown"),
    [
        ("RGB", (900, 600), "image/jpeg", False),
        ("RGB", (5_000, 100), "image/jpeg", True),
        ("RGBA", (900, 600), "image/webp", False),
        ("RGBA", (2_000, 600), "image/webp", True),
    ],
)
def test_what_is_small_enough_is_shown_itself(mode: str, size: tuple[int, int], media: str, has_shown: bool) -> None:
    data = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").convert(mode).save(data, "PNG")
    if mode == "RGBA":
        image = Image.open(data)
        image.putpixel((0, 0), (0, 0, 0, 0))
        data = BytesIO()
        image.save(data, "PNG")
    got = received("chart.png", SimpleUploadedFile("chart.png", data.getvalue()))
    assert (got.media, got.shown is not None) == (media, has_shown)
    assert max(got.width or 0, got.height or 0) <= 4_096


def test_the_noisiest_picture_is_taken_however_much_it_weighs() -> None:
    data = BytesIO()
    Image.frombytes("RGB", (1_200, 900), random.Random(7).randbytes(1_200 * 900 * 3)).save(data, "PNG")
    got = received("snow.png", SimpleUploadedFile("snow.png", data.getvalue()))
    assert got.shown is not None
    assert got.shown.file.size < got.file.size / 4


def test_a_picture_of_a_screen_that_nothing_is_seen_through_is_for_printers_too() -> None:
    data = BytesIO()
    Image.new("RGBA", (40, 30), "#124559").save(data, "PNG")
    assert received("screen.png", SimpleUploadedFile("screen.png", data.getvalue())).media == "image/jpeg"


def test_both_files_are_private_until_the_instant_and_public_from_then_on(desk: Desk, taken: bytes) -> None:
    page = with_photograph(desk, taken)
    (row,) = rows_of(page)
    shown = row.shown["file"]["private"]
    assert set(private_files(desk)) == {row.upload.name, shown}
    for name, media in ((row.upload.name, "image/jpeg"), (shown, "image/webp")):
        assert desk.client("osk").get(f"/private/{name}").headers["Content-Type"] == media
        assert desk.client("ada").get(f"/private/{name}").status_code == 404, "an administrator reads no draft"
        assert Client(headers={"host": "desk.localhost"}).get(f"/private/{name}").status_code == 302
    preview = desk.client("wenna").get(f"/messages/{page.pk}/preview/").content.decode()
    assert f'<img src="/private/{shown}"' in preview
    assert f'<a href="/private/{row.upload.name}" download>' in preview
    form = desk.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    assert f'<img src="/private/{shown}"' in form
    cleared(desk, page)
    assert public_files(desk) == {}
    held = private_files(desk)
    assert not any(data in held.values() for data in _all_public(desk))
    desk.publish(page)
    picture = picture_of(page)
    names = [f"{picture['file']}.jpg", f"{picture['shown']['file']}.webp"]
    assert public_files(desk) == dict(zip(names, (held[row.upload.name], held[shown]), strict=True))
    assert (picture["width"], picture["shown"]["width"]) == (1_600, SHOWN_SIDE)


def _all_public(desk: Desk) -> Iterator[bytes]:
    return (file.read_bytes() for file in (desk.home / "public").rglob("*") if file.is_file())


def published(desk: Desk, taken: bytes) -> MessagePage:
    page = with_photograph(desk, taken)
    cleared(desk, page)
    desk.publish(page)
    return page


def test_pages_and_programs_are_told_of_both(desk: Desk, taken: bytes) -> None:
    page = published(desk, taken)
    picture, path = picture_of(page), desk.address_of(page)
    large, small = f"/files/{picture['file']}.jpg", f"/files/{picture['shown']['file']}.webp"
    site = desk.home / "public/site" / path
    html = lxml.html.document_fromstring((site / "index.html").read_bytes())
    (image,) = html.xpath("//figure/img")
    assert (image.get("src"), image.get("width"), image.get("height")) == (small, "1080", "810")
    assert html.xpath("//span[@class='press-quality']/a/@href") == [large]
    assert "1600 × 1200" in html.xpath("//span[@class='press-quality']")[0].text_content()
    (block,) = html.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads((site / "message.json").read_bytes())
    sent = json.loads((site / "editions/1/ninjs.json").read_bytes())["associations"][0]["renditions"]
    (said,) = json.loads(block)["image"]
    assert [said["contentUrl"][-len(large) :], said["thumbnailUrl"][-len(small) :]] == [large, small]
    assert [data["files"][0]["address"][-len(large) :], data["files"][0]["shown"][-len(small) :]] == [large, small]
    assert [(one["name"], one["width"]) for one in sent] == [("original", 1_600), ("web", SHOWN_SIDE)]


def test_a_telephone_loads_the_small_one_and_the_download_gives_the_large(
    desk: Desk, large: bytes, browser: Browser
) -> None:
    page = published(desk, large)
    picture, path = picture_of(page), desk.address_of(page)
    loaded: dict[str, int] = {}

    def count(answer: Response) -> None:
        if "/files/" in answer.url:
            loaded[answer.url.rpartition("/")[2]] = len(answer.body())

    with served(desk.home / "public") as public:
        context = browser.new_context(viewport={"width": 390, "height": 800}, accept_downloads=True)
        opened = context.new_page()
        opened.on("response", count)
        opened.goto(f"http://127.0.0.1:{public.port}/{path}/", wait_until="networkidle")
        assert list(loaded) == [f"{picture['shown']['file']}.webp"]
        assert sum(loaded.values()) <= SHOWN_BYTES
        with opened.expect_download() as given:
            opened.locator(".press-quality a").click()
        saved = Path(given.value.path()).read_bytes()
        context.close()
    assert Image.open(BytesIO(saved)).size == (WIDE, HIGH)


def test_the_record_and_its_site_verify_and_a_shown_file_that_is_another_is_found(desk: Desk, taken: bytes) -> None:
    page = published(desk, taken)
    public = desk.home / "public"

    site = FolderSite(public / "site")

    def found() -> list[str]:
        report = verify_site(str(public), lambda: FolderReader(public / "record"), lambda: site)
        return [str(one) for one in report.findings]

    assert found() == []
    small = public / "site/files" / f"{picture_of(page)['shown']['file']}.webp"
    part = public / "record/files" / picture_of(page)["shown"]["file"]
    html = public / "site" / desk.address_of(page) / "index.html"
    whole = html.read_text()
    html.write_text(
        whole.replace(f'<img src="/files/{small.name}"', f'<img src="/files/{picture_of(page)["file"]}.jpg"')
    )
    assert [one for one in found() if "picture 1" in one]
    html.write_text(whole)
    assert sha256(small.read_bytes()).digest() == sha256(part.read_bytes()[32:]).digest()
    part.write_bytes(part.read_bytes() + b"\0")
    assert [one for one in found() if picture_of(page)["shown"]["file"] in one]


def test_an_edition_that_changes_other_words_keeps_both_files_and_is_at_rest(desk: Desk, taken: bytes) -> None:
    page = published(desk, taken)
    before = picture_of(page)
    draft = MessagePage.objects.get(pk=page.pk)
    assert standing_of(draft, desk.now()) == Standing.PUBLISHED
    posted(desk, draft, title="On the other ferry", act="update", note="The title says which ferry it is.")
    cleared(desk, draft)
    desk.publish(draft)
    assert picture_of(page) == before
    assert len(public_files(desk)) == 2


def test_a_good_photograph_is_kept_with_its_small_one_while_something_else_is_mended(desk: Desk, taken: bytes) -> None:
    page = desk.written("wenna")
    second = {key.replace("-0-", "-1-"): value for key, value in with_file("bomb.png", bomb()).items()}
    answer = posted(desk, page, **{**with_file("pier.jpg", taken), **second, "attachments-TOTAL_FORMS": "2"})
    assert private_files(desk) == {}
    (word,) = lxml.html.document_fromstring(answer).xpath("//input[@name='attachments-0-upload-kept']/@value")
    mended = {**with_file("x", b""), "attachments-0-upload": "", "attachments-0-upload-kept": word}
    posted(desk, page, **mended)
    (row,) = rows_of(page)
    assert set(private_files(desk)) == {row.upload.name, row.shown["file"]["private"]}
    assert sha256(private_files(desk)[row.shown["file"]["private"]]).hexdigest() == row.shown["file"]["sha256"]


def test_another_language_begins_with_both_files(desk: Desk, taken: bytes) -> None:
    page = with_photograph(desk, taken)
    made = begin_translation(page, "fr", desk.user("wenna"))
    wanted = [one["file"] for one in files_in(next_of(page).content)]
    assert [one["file"] for one in files_in(next_of(made.get_latest_revision_as_object()).content)] == wanted
    assert len(wanted) == 2


def test_an_erasure_takes_both_files_from_record_site_and_desk(desk: Desk, taken: bytes) -> None:
    page = published(desk, taken)
    picture = picture_of(page)
    client = desk.client("wenna")
    screen = lxml.html.document_fromstring(client.get(f"/messages/{page.pk}/act/erase/").content)
    offered = screen.xpath("//input[@name='part']/@value")
    assert picture["file"] in offered
    assert picture["shown"]["file"] not in offered, "it goes with its picture"
    ground = {"note": "The court asks for it: file 12/2027.", "part": picture["file"]}
    client.post(f"/messages/{page.pk}/act/erase/", ground)
    desk.clear(page)
    desk.publish(page)
    assert "pictures" not in (newest_content(page.ident) or {})
    assert public_files(desk) == {}
    assert private_files(desk) == {}
    for part in (picture["file"], picture["shown"]["file"]):
        assert not (desk.home / "public/record/files" / part).exists()
        assert part not in desk.public(desk.address_of(page))


def test_a_picture_of_an_older_edition_is_shown_itself(desk: Desk, taken: bytes) -> None:
    page = with_photograph(desk, taken)
    (row,) = rows_of(page)
    draft = page.get_latest_revision_as_object()
    (old,) = draft.attachments.all()
    old.shown = {}
    old.save()
    draft.save_revision(user=desk.user("wenna"))
    cleared(desk, page)
    desk.publish(page)
    html = lxml.html.document_fromstring(desk.public(desk.address_of(page)))
    assert html.xpath("//figure/img/@src") == html.xpath("//span[@class='press-quality']/a/@href")
    assert row.shown
