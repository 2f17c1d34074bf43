"""A file that a stranger sent is read or refused in a sentence with its place: no traceback, no bomb, no program."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from odfdo import Header, List, Paragraph

from communique.importing import containers
from communique.importing.errors import NotTaken
from communique.importing.office_files import words_of_file, words_of_html
from importing.documents import (
    interview,
    open_file,
    open_parts,
    packed,
    paragraph,
    run,
    through_odfdo,
    word_file,
    word_parts,
)

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
GOOD = word_parts(paragraph("It sails."))


def refusal(name: str, data: bytes) -> NotTaken:
    with pytest.raises(NotTaken) as refused:
        words_of_file(name, data, "en")
    assert refused.value.where.startswith(name)
    assert len(refused.value.remedy) > 10
    return refused.value


@pytest.mark.parametrize(
    ("name", "data", "what", "remedy"),
    [
        ("a.docx", b"", "the file is empty", "choose the file again"),
        ("a.docx", b"\0" * 50, "the file is empty", "choose the file again"),
        ("a.docx", b"%PDF-1.7\n", "it is a PDF, not a .docx file", "its own ending"),
        ("a.docx", OLD, "older Office", "save it as .docx"),
        ("a.doc", OLD, "end in .doc", "save it as .docx"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "locked with a password", "without the password"),
        ("a.docx", b"{\\rtf1 It sails}", "a text in RTF", "its own ending"),
        ("a.odt", b"\x89PNG\r\n\x1a\n", "a picture", "save it as"),
        ("a.docx", b"It sails.", "plain text or HTML", "save it as .docx"),
        ("a.docx", b"\0\1\2\3", "damaged", "save it as .docx"),
        ("a.txt", packed(GOOD), "a document or archive", "its own ending"),
        ("a.pdf", b"%PDF-1.7\n", "it breaks off before its end", "make the PDF again"),
        ("a.pdf", b"It sails.", "its beginning is missing", "save it as .pdf"),
        ("a.rtf", b"%PDF-1.7\n", "it is a PDF, not a .rtf file", "its own ending"),
        ("a.eml", b"\xff\xfe no head", "no head of a mail", "as .eml"),
        ("a.exe", b"MZ", "end in .exe", "save it as one of .docx, .odt"),
        ("document", b"It sails.", "no ending", "save it as one of"),
        ("a.docm", packed(GOOD), "it holds macros", "without macros"),
        ("a.odt", packed(GOOD), "a document of Word, not a .odt file", "save it as"),
        ("a.docx", open_file("<text:p>a</text:p>"), "a document of LibreOffice", "save it as"),
        ("a.docx", packed({"xl/workbook.xml": "<a/>", "_rels/.rels": "<a/>"}), "no text in it", "save it as .docx"),
        ("a.docx", packed({"a.txt": "It sails."}), "no text in it", "save it as .docx"),
        ("a.docx", packed(word_parts("")), "no word in it", "a scanned page is a picture"),
        ("a.odt", open_file(""), "no word in it", "a scanned page is a picture"),
    ],
)
def test_what_a_file_is_and_what_to_do_with_it_is_said(name: str, data: bytes, what: str, remedy: str) -> None:
    refused = refusal(name, data)
    assert what in refused.what
    assert remedy in refused.remedy


def test_a_text_that_begins_like_a_program_is_a_text() -> None:
    assert words_of_file("a.txt", b"MZ is where it sails.", "en").words["blocks"] == ["MZ is where it sails."]
    assert "a program" in refusal("a.txt", b"MZ\x90\0\3\0").what


def test_a_100_mb_file_is_refused_before_it_is_opened() -> None:
    refused = refusal("film.docx", b"PK\x03\x04" + b"x" * 100_000_000)
    assert refused.what == "the file has 100 MB, more than 20 MB"


@pytest.mark.parametrize(
    "member",
    [
        "word/vbaProject.bin",
        "word/VBAPROJECT.BIN",
        "word/vbaData.xml",
        "word/activeX/activeX1.bin",
        "Basic/Standard/a.xml",
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_macros_are_refused_under_whatever_name(name: str, member: str) -> None:
    parts = GOOD if name == "a.docx" else open_parts("<text:p>It sails.</text:p>")
    assert "it holds macros" in refusal(name, packed({**parts, member: b"\0"})).what


def test_a_macro_document_without_its_macros_is_refused_by_its_type() -> None:
    types = str(GOOD["[Content_Types].xml"]).replace("wordprocessingml.document.main", "document.macroEnabled.main")
    assert "it holds macros" in refusal("a.docx", packed({**GOOD, "[Content_Types].xml": types})).what


def test_a_document_of_libreoffice_under_a_password_is_said_to_be_locked() -> None:
    parts = open_parts("<text:p>It sails.</text:p>")
    locked = str(parts["META-INF/manifest.xml"]).replace(
        "/>", "><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    parts = {**parts, "META-INF/manifest.xml": locked}
    assert "locked with a password" in refusal("a.odt", packed(parts)).what


def test_a_member_under_a_zip_password_is_said_to_be_locked() -> None:
    data = bytearray(packed(GOOD))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refusal("a.docx", bytes(data)).what


# Bombs


def test_a_member_that_unpacks_to_far_more_than_its_size_is_refused_unopened() -> None:
    started = time.monotonic()
    refused = refusal("a.docx", packed({**GOOD, "word/media/a.bin": b"\0" * 60_000_000}))
    assert refused.where == "a.docx, word/media/a.bin"
    assert "it unpacks to 60,000,000 bytes" in refused.what
    assert time.monotonic() - started < 5


def test_a_member_larger_than_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LIMIT_PART_BYTES", 50_000)
    data = packed(word_parts(paragraph("It sails. " * 20_000)))
    assert "more than 50,000 bytes" in refusal("a.docx", data).what


def test_a_member_that_lies_about_its_size_is_not_unpacked_further() -> None:
    real = 200_000_000
    data = packed({**GOOD, "word/document.xml": b" " * real})
    honest = struct.pack("<I", real)
    assert data.count(honest) == 2
    lying = data.replace(honest, struct.pack("<I", 900_000))
    tracemalloc.start()
    assert "word/document.xml cannot be unpacked" in refusal("a.docx", lying).what
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_members_that_are_large_together_too_many_or_there_twice_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LIMIT_UNPACKED_BYTES", 300_000)
    large = {f"word/media/{n}.bin": random.Random(n).randbytes(100_000) for n in range(3)}
    assert "more than 300,000" in refusal("a.docx", packed({**GOOD, **large})).what
    many = {f"word/{n}.xml": "" for n in range(2_001)}
    assert "more than 2,000" in refusal("a.docx", packed({**GOOD, **many})).what
    twice = io.BytesIO(packed(GOOD))
    with zipfile.ZipFile(twice, "a") as container, pytest.warns(UserWarning, match="Duplicate"):
        container.writestr("word/document.xml", "<other/>")
    assert "there twice" in refusal("a.docx", twice.getvalue()).what


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, "<!DOCTYPE w SYSTEM 'http://a.example/a.dtd'>", "<!doctype w>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(
    "path", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "[Content_Types].xml"]
)
def test_a_document_type_is_refused_in_every_member_and_encoding(path: str, encoding: str, declared: str) -> None:
    part = str(GOOD[path])
    refused = refusal("a.docx", packed({**GOOD, path: (declared + part).encode(encoding)}))
    assert (refused.where, refused.what) == (
        f"a.docx, {path}",
        "it declares a document type, which no document does and attacks do",
    )


@pytest.mark.parametrize("path", ["content.xml", "styles.xml", "META-INF/manifest.xml"])
def test_a_document_type_is_refused_in_open_documents(path: str) -> None:
    parts = open_parts("<text:p>It sails.</text:p>")
    assert "document type" in refusal("a.odt", packed({**parts, path: OUTSIDE + str(parts[path])})).what


def test_an_encoding_in_which_a_document_type_could_hide_is_refused() -> None:
    text = f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w>{GOOD["word/document.xml"]}'
    assert "says that it is UTF-7" in refusal("a.docx", packed({**GOOD, "word/document.xml": text})).what


def test_elements_deep_inside_one_another_are_refused_everywhere() -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + paragraph("It sails.") + "</w:sdtContent></w:sdt>" * 200
    assert "inside one another" in refusal("a.docx", packed(word_parts(deep))).what
    deep = "<text:section>" * 150 + "<text:p>It sails.</text:p>" + "</text:section>" * 150
    assert "inside one another" in refusal("a.odt", open_file(deep)).what
    for depth in (160, 5_000, 100_000):
        with pytest.raises(NotTaken, match="inside one another"):
            words_of_html("<div>" * depth + "It sails.", "en")


def test_the_deepest_document_that_is_let_in_is_read() -> None:
    cell = paragraph("It sails.")
    for _ in range(30):
        cell = f"<w:tbl><w:tr><w:tc>{cell}{paragraph('')}</w:tc></w:tr></w:tbl>"
    assert words_of_file("a.docx", packed(word_parts(cell)), "en").words["blocks"] == ["It sails."]
    deep = "<div>" * 140 + "It sails." + "</div>" * 140
    assert words_of_html(deep, "en").words["blocks"] == ["It sails."]


def test_more_elements_signs_or_cells_than_a_message_has_are_refused() -> None:
    with pytest.raises(NotTaken, match="more than 120,000 elements"):
        words_of_html("<p>a</p>" * 120_001, "en")
    with pytest.raises(NotTaken, match="more than 3,000,000 signs"):
        words_of_html("<p>" + "a " * 1_500_001, "en")
    with pytest.raises(NotTaken, match="more than 20,000 cells"):
        words_of_html("<table>" + '<tr><td colspan="9999">a<td>b' * 500 + "</table>", "en")
    with pytest.raises(NotTaken, match="more than 20,000 cells"):
        words_of_html("<table><tr>" + "<td>a" * 9_000 + "<tr><td>b" * 5_000 + "</table>", "en")
    with pytest.raises(NotTaken, match="more than 3,000,000 signs"):
        words_of_file("a.txt", b"It sails.\n" * 300_001, "en")
    with pytest.raises(NotTaken, match="more than 20 MB"):
        words_of_html("a" * 20_000_001, "en")


def test_the_largest_text_that_is_taken_takes_seconds(monkeypatch: pytest.MonkeyPatch, full_numbers: bool) -> None:
    monkeypatch.setattr(containers, "LIMIT_RATIO", 10_000)
    said = paragraph(run("Question:", "<w:b/>") + run(" Will it sail?")) + paragraph("Edric Holmevand: It will.")
    pairs = 9_000 if full_numbers else 2_000
    started = time.monotonic()
    found = words_of_file("a.docx", packed(word_parts(said * pairs)), "en")
    assert len(found.words["turns"]) == min(pairs * 2, 5_000)
    assert time.monotonic() - started < pairs / 100


def test_nothing_outside_the_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_text("the secret")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = f'<Relationship Id="r9" Type="{office}/image" Target="{secret.as_uri()}" TargetMode="External"/>'
    body = paragraph(
        run("It sails.") + '<w:r><w:drawing><wp:inline><a:blip r:link="r9"/></wp:inline></w:drawing></w:r>'
    )
    found = words_of_file("a.docx", packed(word_parts(body, links=outside)), "en")
    assert "secret" not in str(found)
    assert found.left == ("1 picture was not taken: add it to the message.",)


# Damage


def bits_flipped(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """The same members, with a few places of their XML replaced or cut."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {path: bytearray(container.read(path)) for path in container.namelist()}
    for part in chance.sample(list(parts.values()), 3):
        for _ in range(chance.randint(0, 3)):
            if part:
                at = chance.randrange(len(part))
                part[at : at + chance.choice((0, 1, 1, 40))] = chance.choice((b"", b"9", b'"', b"x", b"</", b"-1"))
    return packed({path: bytes(part) for path, part in parts.items()})


def values_replaced(data: bytes, chance: random.Random) -> bytes:
    """The same XML, well formed still, with values of attributes that no word processor writes."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {path: container.read(path) for path in container.namelist()}
    for path, part in parts.items():
        pieces = part.split(b'"')
        for place in range(1, len(pieces), 2):
            if chance.random() < 0.02 and b"://" not in pieces[place] and b"urn:" not in pieces[place]:
                pieces[place] = chance.choice((b"", b"-1", b"99999999999", b"x", "\u202eß".encode(), b"../../x"))
        parts[path] = b'"'.join(pieces)
    return packed(parts)


def small_word() -> bytes:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    )
    numbering += '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    table = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>'
    table += f"{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    return word_file(
        "Question: Will it?",
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr>' + run("Edric Holmevand: It will."),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("here")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("x", '<w:sz w:val="20"/>'),
        table,
        styles='<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>',
        numbering=numbering,
    )


SOURCES: dict[str, Callable[[], bytes]] = {
    "a.docx": small_word,
    "b.docx": lambda: interview("Question: Will it?", "Edric Holmevand: It will."),
    "a.odt": lambda: through_odfdo(Header(1, "On it"), Paragraph("Question: Will it?"), List(["a", "b"])),
}
DAMAGES = (bits_flipped, cut_off, damaged_inside, values_replaced)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", SOURCES)
def test_a_damaged_file_is_read_or_refused_and_never_a_traceback(
    name: str, damage: Callable[[bytes, random.Random], bytes], full_numbers: bool
) -> None:
    chance = random.Random(f"{name} {damage.__name__}")
    data = SOURCES[name]()
    assert words_of_file(name, data, "en").words["next"] > 1
    found = [outcome(name, damage(data, chance)) for _ in range(1_000 if full_numbers else 20)]
    refused = [one for one in found if one is not None]
    assert all(one.where.startswith(name) and one.remedy for one in refused)
    assert refused or damage is values_replaced


def outcome(name: str, data: bytes) -> NotTaken | None:
    """The refusal of a file, None where it was read."""
    try:
        words_of_file(name, data, "en")
    except NotTaken as refused:
        return refused
    return None


def test_a_library_that_stumbles_is_a_damaged_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble() -> None:
        raise RecursionError

    with pytest.raises(NotTaken, match=r"a\.docx: its inside is not as a word processor writes it"):
        containers.handed_over("a.docx", stumble)


@pytest.mark.parametrize("seed", range(40))
def test_pasted_rubbish_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    bits = (
        "<p",
        ">",
        "<table><td",
        "<li",
        "</ul>",
        'colspan="-1"',
        "<b>",
        "a:",
        "&#0;",
        "\ud800",
        "<![if",
        "<!--",
        "\0",
    )
    bits += (
        "style='mso-list:l0 level9'",
        "<del>",
        "Question: ",
        "\u2068",
        "<h1>",
        "<tr>",
        " x",
        "\n",
        "<br>",
        "<a href=",
    )
    try:
        assert words_of_html("".join(chance.choices(bits, k=60)), "en").words["next"] > 0
    except NotTaken:
        return


def test_an_unusual_but_honest_document_of_python_docx_is_read() -> None:
    document = Document()
    document.add_section().header.paragraphs[0].text = "In confidence"
    document.add_paragraph("It sails.")
    data = io.BytesIO()
    document.save(data)
    found = words_of_file("Report (final) v2.DOCX", data.getvalue(), "en")
    assert found.words["blocks"] == ["It sails."]
    assert found.left == ("The text in 1 page margin was not taken.",)
