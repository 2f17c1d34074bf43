"""No file of a folder or a zip is passed over in silence: read, refused in a sentence, or of the look of pages."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from communique.importing import sources
from communique.importing.documents import capture_of
from communique.importing.errors import ImportingError, NotTaken
from communique.importing.opening import pages_in
from communique.importing.raw import Raw
from communique.importing.sources import raw_pages

PAGE = (
    b"\n<!-- made by hand -->\n<HTML><body><h1>On the ferry</h1><p>It sails again on every morning.</p></body></HTML>"
)
CUES = b"1\n00:00:01,000 --> 00:00:04,000\nMARA VOSS: Good morning.\n"
READ = {"news.php?id=3": PAGE, "artikel.asp": PAGE, "about": PAGE, "a.shtml": b"\xef\xbb\xbf" + PAGE, "a.SRT": CUES}
REFUSED = {
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "b.mhtml": b"From: <Saved by Blink>\r\n\r\n",
    "c.msg": b"x",
}
OF_LOOKS = {"a.css": b"p{}", "b.png": b"\x89PNG", "data": b"1;2;3", ".hidden.html": PAGE, "c.js": b"<html>"}


def names(found: list[object]) -> list[str]:
    return sorted(Path(page.name.rpartition(", ")[2]).name for page in found if isinstance(page, Raw))


def test_a_folder_gives_pages_under_any_name(tmp_path: Path) -> None:
    for name, data in (READ | REFUSED | OF_LOOKS).items():
        (tmp_path / name).write_bytes(data)
    assert names(list(raw_pages([str(tmp_path)], sys.stdin.buffer))) == sorted(READ | REFUSED)


def test_a_zip_gives_pages_under_any_name() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as whole:
        for name, data in (READ | REFUSED | OF_LOOKS).items():
            whole.writestr(f"site/{name}", data)
    packed.seek(0)
    assert names(list(pages_in("a.zip", packed))) == sorted(READ | REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_is_not_read_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(
        NotTaken, match=r"it is a (?:file of an older Office|page as one browser|document of a program)"
    ):
        capture_of(REFUSED[name], name=name)


def test_what_lies_deep_is_read_and_what_lies_too_deep_is_said(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefghijkl")
    deeper = deep.joinpath(*"mnopqrstuvwxyzabcdefghijkl")
    deeper.mkdir(parents=True)
    (deep / "page.html").write_bytes(PAGE)
    (deeper / "page.html").write_bytes(PAGE)
    error, page = raw_pages([str(tmp_path)], sys.stdin.buffer)
    assert isinstance(page, Raw)
    assert str(error).endswith(
        "files lie more than 32 folders deep, and are not read: 1; give the folder in which they lie"
    )


def test_too_many_pages_are_said_and_other_files_count_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LIMIT_FILES", 3)
    for number in range(9):
        (tmp_path / f"{number}.css").write_bytes(b"p{}")
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(PAGE)
    assert len(list(raw_pages([str(tmp_path)], sys.stdin.buffer))) == 3
    (tmp_path / "3.html").write_bytes(PAGE)
    said = [one for one in raw_pages([str(tmp_path)], sys.stdin.buffer) if isinstance(one, ImportingError)]
    assert [one.what for one in said] == ["more than 3 pages, of which only these are read"]
