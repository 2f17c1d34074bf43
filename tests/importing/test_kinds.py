"""Whatever a message came in, it is the same one: Markdown, RTF, PDF, mail, Word, feeds, exports, zips, archives."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from docx import Document

from communique.importing import sitemap
from communique.importing.child import record
from communique.importing.documents import capture_of
from communique.importing.errors import ImportingError, NotTaken
from communique.importing.opening import pages_in
from communique.importing.page import read_page
from communique.importing.raw import Raw
from communique.importing.sources import raw_pages
from importing.documents import open_file, saved
from importing.hostile import record as archived
from importing.hostile import rss
from importing.pdfs import Type, pdf

TITLE, DAY = "On the lamp", "2026-05-03"
SAID = [
    "The lamp at the north mole will be mended before the winter, and it will burn again.",
    "Nobody pays for it before May, and nobody waits for the ferry in the dark.",
]


def read(name: str, data: bytes) -> dict[str, Any]:
    return record(Raw("page", name, data))


def markdown() -> bytes:
    return f"# {TITLE}\n\n3 May 2026\n\n{SAID[0]}\n\n{SAID[1]}\n".encode()


def with_facts() -> bytes:
    return f'---\ntitle: "{TITLE}"\ndate: {DAY}T10:00:00Z\n---\n{SAID[0]}\n\n{SAID[1]}\n'.encode()


def rich() -> bytes:
    words = "\\par ".join([f"{{\\b {TITLE}}}", "3 May 2026", *SAID])
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}{words}\\par}}".encode()


def mail(kind: str = "plain") -> bytes:
    words = "\r\n\r\n".join(SAID) if kind == "plain" else "".join(f"<p>{words}</p>" for words in SAID)
    return (
        f"From: desk@a.example\r\nTo: list@b.example\r\nSubject: {TITLE}\r\nDate: Sun, 3 May 2026 10:00:00 +0200\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{words}\r\n"
    ).encode()


def both() -> bytes:
    parts = [f"--b\r\nContent-Type: text/{kind}\r\n\r\n{words}\r\n" for kind, words in (
        ("plain", "The text without markup."), ("html", f"<body><p>{SAID[0]}</p><p>{SAID[1]}</p></body>"))]  # fmt: skip
    head = f"Subject: {TITLE}\r\nDate: Sun, 3 May 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
    return (head + 'Content-Type: multipart/alternative; boundary="b"\r\n\r\n' + "".join(parts) + "--b--\r\n").encode()


def printed() -> bytes:
    lines = [Type(60, 760, TITLE, 20), Type(60, 730, "3 May 2026")]
    return pdf([*lines, *column(SAID[0], 60, 700, 45), *column(SAID[1], 60, 660, 45)])


def word() -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for words in ("3 May 2026", *SAID):
        document.add_paragraph(words)
    return saved(document)


def open_text() -> bytes:
    body = "".join(f"<text:p>{words}</text:p>" for words in ("3 May 2026", *SAID))
    return open_file(f'<text:h text:outline-level="1">{TITLE}</text:h>{body}')


KINDS: dict[str, Callable[[], bytes]] = {
    "a.md": markdown,
    "facts.md": with_facts,
    "a.rtf": rich,
    "a.pdf": printed,
    "a.eml": mail,
    "html.eml": lambda: mail("html"),
    "both.eml": both,
    "a.docx": word,
    "a.odt": open_text,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_document_of_each_kind_is_the_same_message(name: str) -> None:
    found = read(name, KINDS[name]())
    assert (found["title"], found["published"], found["body"]) == (TITLE, DAY, "\n\n".join(SAID))
    assert found["not_understood"] == []


@pytest.mark.parametrize("name", ["a.md", "a.pdf", "a.docx"])
def test_questions_and_answers_are_turns_in_each_kind(name: str) -> None:
    talk = ["Question: Will it sail before the summer?", "Edric Holmevand: It will, on every morning.",
            "Question: And who pays for it then?", "Edric Holmevand: The harbour pays for all of it."]  # fmt: skip
    made = {
        "a.md": lambda: "\n\n".join([f"# {TITLE}", "3 May 2026", *talk]).encode(),
        "a.pdf": lambda: pdf(
            [Type(60, 760, TITLE, 20), *(Type(60, 700 - 30 * n, words) for n, words in enumerate(talk))]
        ),
        "a.docx": lambda: _talk_in_word(talk),
    }[name]()
    found = read(name, made)
    assert [turn["kind"] for turn in found["turns"]] == ["question", "answer"] * 2
    assert found["speakers"][0]["name"] == "Edric Holmevand"


def _talk_in_word(talk: list[str]) -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for words in talk:
        document.add_paragraph(words)
    return saved(document)


# PDF


def column(words: str, left: float, top: float, width: int = 40, step: float = 12) -> list[Type]:
    """Words set in a column, so many signs wide."""
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [Type(left, top - step * n, words) for n, words in enumerate([*lines, line])]


LEFT = "The ferry sails on every morning of the year and carries whoever stands on the quay. " * 4
RIGHT = "A lamp was lit at the mole by those who wait for it and it has burned on every night. " * 4


def test_columns_are_read_one_after_the_other_under_what_crosses_them() -> None:
    wide = "A line over both columns says what the page is about and is read before either of them is."
    page = [Type(60, 780, TITLE, 20), Type(60, 750, wide), *column(LEFT, 60, 720), *column(RIGHT, 320, 720)]
    found = read("a.pdf", pdf(page))
    assert found["title"] == TITLE
    assert found["body"].split("\n\n") == [wide, LEFT.strip(), RIGHT.strip()]


def test_three_columns_are_read_in_order() -> None:
    said = [words * 5 for words in ("The first column says this to them all. ", "The second one has other words here. ",
                                    "The third is the last of the columns. ")]  # fmt: skip
    page = [
        Type(60, 780, TITLE, 20),
        *(line for n, words in enumerate(said) for line in column(words, 60 + 170 * n, 740, 26)),
    ]
    body = read("a.pdf", pdf(page))["body"]
    assert " ".join(body.split()) == " ".join("".join(said).split())


def test_running_heads_feet_and_numbers_are_left_and_a_paragraph_goes_on_over_the_page() -> None:
    def page(number: int, *lines: Type) -> list[Type]:
        head, foot = (
            Type(60, 810, "Harbour of Orsemund | Press"),
            Type(60, 40, f"Notice 7 of the harbour, page {number}"),
        )
        return [head, *lines, foot, Type(290, 20, str(number))]

    broken = [
        Type(60, 500, "The lamp at the mole, which has burned for a"),
        Type(60, 488, "hundred years and more and was never once put out by the"),
    ]
    first = [Type(60, 760, TITLE, 20), *column(LEFT, 60, 720, 80), *broken]
    second = [Type(60, 770, "keeper or by anybody else, burns."), Type(60, 740, SAID[1])]
    third = column(RIGHT, 60, 770, 80)
    body = read("a.pdf", pdf(page(1, *first), page(2, *second), page(3, *third)))["body"]
    assert "Press" not in body
    assert "Notice 7" not in body
    assert body.split("\n\n")[1:] == [
        "The lamp at the mole, which has burned for a hundred years and more and was never once put out by the keeper "
        "or by anybody else, burns.",
        SAID[1],
        RIGHT.strip(),
    ]


def test_words_divided_at_the_end_of_a_line_are_whole_and_compounds_keep_their_hyphen() -> None:
    page = [Type(60, 760, TITLE, 20), Type(60, 700, "The harbour mas-"), Type(60, 688, "ter says that the well-"),
            Type(60, 676, "known lamp burns. It is well-known to all."), Type(60, 640, SAID[1])]  # fmt: skip
    body = read("a.pdf", pdf(page))["body"]
    assert body.startswith("The harbour master says that the well-known lamp burns. It is well-known to all.")


def test_paragraphs_are_divided_by_an_indent_alone() -> None:
    page = [
        Type(60, 760, TITLE, 20),
        Type(60, 700, "The lamp burns at the mole on every night of the year, and"),
        Type(60, 688, "whoever waits for the ferry sees it."),
        Type(74, 676, "The ferry sails in the morning and nobody pays for"),
        Type(60, 664, "it, as the harbour said on every day of the month of May."),
    ]
    assert len(read("a.pdf", pdf(page))["body"].split("\n\n")) == 2


def test_a_scanned_page_is_said_to_be_a_picture() -> None:
    with pytest.raises(NotTaken, match="its pages are pictures"):
        read("a.pdf", pdf([]))


# feeds and containers


def opened(name: str, data: bytes) -> list[Raw | ImportingError]:
    return list(pages_in(name, io.BytesIO(data)))


def test_each_message_of_a_feed_is_a_page_with_its_address() -> None:
    item = "<title>{}</title><link>https://a.example/{}</link><pubDate>Sun, 03 May 2026 23:30:00 +0200</pubDate>"
    body = "".join(f"&lt;p&gt;{words}&lt;/p&gt;" for words in SAID)
    items = [item.format(TITLE, n) + f"<description>{body}</description>" for n in range(3)]
    pages = opened("a.rss", rss(*items))
    found = [page.capture() and record(page) for page in pages if isinstance(page, Raw)]
    assert [one["source"]["address"] for one in found] == [f"https://a.example/{n}" for n in range(3)]
    assert {(one["title"], one["published"], one["body"]) for one in found} == {(TITLE, DAY, "\n\n".join(SAID))}


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour</title>
<entry><title type="html">On the &lt;b&gt;lamp&lt;/b&gt;</title><link rel="self" href="https://a.example/self"/>
<link href="https://a.example/lamp"/><published>2026-05-03T10:00:00Z</published><updated>2026-06-01T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SAID[0]}</p><p>{SAID[1]}</p></div></content></entry></feed>"""


def test_atom_with_xhtml_inside_is_read() -> None:
    (page,) = opened("a.atom", ATOM.encode())
    assert isinstance(page, Raw)
    found = record(page)
    assert (found["title"], found["published"], found["body"]) == (TITLE, DAY, "\n\n".join(SAID))
    assert (found["source"]["address"], found["language"]) == ("https://a.example/lamp", "en")


def exported(*items: str) -> bytes:
    head = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<language>en-GB</language>"
    )
    return (head + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def post(title: str, status: str = "publish", kind: str = "post", password: str = "") -> str:
    words = f"<!-- wp:paragraph -->{SAID[0]}\n\n[gallery ids=1,2]{SAID[1]}"
    return (
        f"<title>{title}</title><link>https://a.example/{title.split()[-1]}</link>"
        "<pubDate>Mon, 01 Jan 1990 00:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{words}]]></content:encoded>"
        "<excerpt:encoded><![CDATA[Short]]></excerpt:encoded>"
        f"<wp:post_date>2026-05-03 10:00:00</wp:post_date><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>"
    )


def test_of_an_export_only_what_was_public_is_taken() -> None:
    items = [
        post(TITLE),
        *(post(f"Secret {status}", status) for status in ("draft", "private", "future", "pending", "trash", "inherit")),
        *(post(f"Other {kind}", kind=kind) for kind in ("attachment", "revision", "nav_menu_item")),
        post("Secret locked", password="lamp"),
        post("On a page", kind="page"),
    ]
    pages = opened("export.xml", exported(*items))
    found = [record(page) for page in pages if isinstance(page, Raw)]
    assert [one["title"] for one in found] == [TITLE, "On a page"]
    assert (found[0]["published"], found[0]["body"]) == (DAY, "\n\n".join(SAID))
    assert not any("Secret" in str(page) for page in pages)


def zipped(**members: bytes) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members.items():
            container.writestr(name.replace("__", "/"), data)
    return found.getvalue()


HTML = (
    f"<!doctype html><html lang='en'><body><h1>{TITLE}</h1><p>3 May 2026</p>"
    f"<p>{SAID[0]}</p><p>{SAID[1]}</p></body></html>"
)


def test_a_zip_gives_pages_documents_and_archives_and_a_wacz_those_of_its_archives() -> None:
    inside = {
        "a__page.html": HTML.encode(),
        "b.docx": word(),
        "c.rss": rss(f"<title>{TITLE}</title><description>{SAID[0]}</description>"),
        "picture.png": b"\x89PNG",
        ".hidden.html": HTML.encode(),
    }
    found = opened("all.zip", zipped(**inside))
    assert [page.name.partition(", ")[2] for page in found if isinstance(page, Raw)] == [
        "a/page.html", "b.docx", "c.rss, message 1"
    ]  # fmt: skip
    wacz = zipped(**{"archive__a.warc.gz": gzip.compress(archived(HTML.encode())), "pages__pages.jsonl": b"{}"})
    (page,) = opened("a.wacz", wacz)
    assert isinstance(page, Raw)
    assert (page.address, record(page)["title"]) == ("https://a.example/lamp", TITLE)


@pytest.mark.parametrize("size", [0, 300_000])
@pytest.mark.parametrize("how", ["gzip", "br", "deflate", "chunked"])
def test_a_body_that_its_server_packed_is_unpacked(how: str, size: int) -> None:
    body = HTML.encode() + b"".join(b"<!-- %d -->" % number for number in range(size // 13))
    packed = {"gzip": gzip.compress(body), "br": brotli.compress(body), "deflate": zlib.compress(body),
              "chunked": b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)}[how]  # fmt: skip
    header = "Transfer-Encoding: chunked" if how == "chunked" else f"Content-Encoding: {how}"
    (page,) = opened("a.warc", archived(packed, header))
    assert isinstance(page, Raw)
    assert page.data == body


def test_a_header_that_says_packed_of_what_is_not_is_not_believed() -> None:
    (page,) = opened("a.warc", archived(HTML.encode(), "Content-Encoding: gzip"))
    assert isinstance(page, Raw)
    assert page.data == HTML.encode()


def test_a_refusal_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    (error,) = refused("a.atom", b"<feed><entry><content>" + b"<a>" * 150 + b"</a>" * 150)
    assert (str(error).count("inside one another"), str(error).count("damaged")) == (1, 0)
    monkeypatch.setattr(sitemap, "LIMIT_ADDRESSES", 1)
    locs = b"<url><loc>https://a.example/a</loc></url>" * 2
    (error,) = refused("a.xml", b"<urlset>" + locs + b"</urlset>")
    assert (str(error).count("more than 1 addresses"), str(error).count("damaged")) == (1, 0)


def refused(name: str, data: bytes) -> list[ImportingError]:
    with pytest.raises(ImportingError) as caught:
        opened(name, data)
    return [caught.value]


def test_one_container_that_cannot_be_opened_does_not_stop_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"this is no archive\n" * 40)
    (tmp_path / "b.html").write_bytes(HTML.encode())
    found = list(raw_pages([str(tmp_path)], io.BytesIO()))
    assert [isinstance(one, ImportingError) for one in found] == [True, False]


def test_one_bad_record_does_not_stop_the_archive() -> None:
    records = [
        archived(HTML.encode()),
        archived(b"\x1f\x8b\x08\0nonsense", "Content-Encoding: gzip"),
        archived(HTML.encode()),
    ]
    found = opened("a.warc", b"".join(records))
    assert [isinstance(page, Raw) for page in found] == [True, False, True]


def test_a_folder_gives_every_kind_in_the_order_of_names(tmp_path: Path) -> None:
    for name, make in KINDS.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "z.zip").write_bytes(zipped(**{"page.html": HTML.encode()}))
    found = list(raw_pages([str(tmp_path)], io.BytesIO()))
    names = [Path(page.name).name for page in found if isinstance(page, Raw)]
    assert names == [*sorted(KINDS), "z.zip, page.html"]
    assert len({page.id for page in found if isinstance(page, Raw)}) == len(names)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "talk.srt",
            "1\n00:00:01,000 --> 00:00:03,000\nREPORTER: When will it\n\n"
            "2\n00:00:03,000 --> 00:00:06,000\nsail again?\n\n"
            "3\n00:00:07,000 --> 00:00:09,000\nANN LEE: Nothing sails before May.\n",
        ),
        (
            "talk.vtt",
            "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:03.000\n<v Reporter>When will it\n\n"
            "00:03.000 --> 00:06.000\n<v Reporter>sail again?\n\n"
            "00:07.000 --> 00:09.000\n<v Ann Lee>Nothing sails before May.\n",
        ),
    ],
)
def test_subtitles_are_read_as_who_says_what_and_their_times_are_no_words(name: str, data: str) -> None:
    found = read_page(capture_of(data.encode(), name=name, any_state=True))
    assert [(turn.kind, (turn.mark or "").title(), turn.paragraphs) for turn in found.turns] == [
        ("question", "Reporter", ("When will it sail again?",)),
        ("answer", "Ann Lee", ("Nothing sails before May.",)),
    ]
    assert found.heading.title is None
    assert found.faults


def test_subtitles_without_a_cue_are_refused_with_a_sentence() -> None:
    with pytest.raises(NotTaken, match="no cue in it"):
        capture_of(b"WEBVTT\n\nNOTE nothing\n", name="talk.vtt")
