"""The original of an imported page is kept beside it: privately, or as a file of its message if the office says so."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from breaking.commands import communique
from cli.test_import_archive import HOST, SAID, SITE, imported, page, standing
from communique.importing.raw import Raw
from communique.record.errors import NotVerified
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import FILE_NAME
from communique.settings.originals import Originals, check_packed, packed
from founded_home import founded_home
from public_folder import served

ONE = page("/news/7.html", "The quay is mended", "7 February 2004", SAID[1])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("originals") / "home"
    return founded_home(home, "--office", "Embassy", "--address", "e.example", "--languages", "en")


@pytest.fixture
def office(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "home", symlinks=True))


def make_public(home: Path) -> None:
    file = home / FILE_NAME
    file.write_text(file.read_text("utf-8").replace('originals = "private"', 'originals = "public"'), "utf-8")


def one_page(home: Path, *options: str) -> dict[str, Any]:
    file = home.parent / "quay.html"
    file.write_bytes(ONE.data)
    done = communique("import", file, "--json", "--captured", "2024-06-01", *options, home=home)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def kept(home: Path) -> dict[str, bytes]:
    """sha256 -> bytes of each private original."""
    found = {}
    for file in (home / "originals").rglob("*"):
        if file.is_file():
            assert file.stat().st_mode & 0o777 == 0o600
            found[file.stem] = unpacked(file.read_bytes())
    return found


def unpacked(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_originals_are_private_each_once_and_the_second_run_changes_nothing(office: Path) -> None:
    imported(office, "site", SITE, "--publish")
    of_hash = {hashlib.sha256(one.data).hexdigest(): one for one in SITE}
    landed = {content["source"]["sha256"] for content in standing(office).values()}
    assert kept(office) == {sha256: of_hash[sha256].data for sha256 in landed}, "of messages, and of the list of a stub"
    assert len(landed) == 5
    before = everything(office / "originals")
    imported(office, "site", SITE, "--publish")
    imported(office, "copy", SITE, "--publish", "--again", "merge")
    assert everything(office / "originals") == before
    record = FolderReader(office / "public" / "record")
    assert not any(record.edition(entry).files for entry in record.entries(0, record.size()))
    for name, data in everything(office / "public").items():
        assert not data.startswith(b"PK"), name
    out = office.parent / "bag"
    assert communique("export", "--out", out, home=office).returncode == 0
    assert not any(data.startswith(b"PK") for data in everything(out).values())

    whole, home = office.parent / "whole", office.parent / "moved"
    done = communique("export", "--out", whole, "--originals", home=office)
    assert "for nobody else" in done.stdout
    assert communique("import", whole, home=home).returncode == 0
    assert kept(home) == kept(office)


def test_a_single_page_keeps_its_original_too_and_a_refused_one_nothing(office: Path) -> None:
    one_page(office, "--publish")
    assert list(kept(office).values()) == [ONE.data]
    one_page(office)
    empty = office.parent / "empty.html"
    empty.write_bytes(b"<!doctype html><html><body></body></html>")
    assert communique("import", empty, "--publish", home=office).returncode == 2
    assert list(kept(office).values()) == [ONE.data]


def test_a_draft_at_the_desk_keeps_its_original(office: Path) -> None:
    one_page(office)
    assert list(kept(office).values()) == [ONE.data]


def test_where_the_office_says_so_the_original_is_a_file_of_the_message(office: Path) -> None:
    make_public(office)
    imported(office, "site", SITE, "--publish")
    of_hash = {hashlib.sha256(one.data).hexdigest(): one for one in SITE}
    contents = standing(office)
    assert kept(office).keys() == {contents["What is only listed here"]["source"]["sha256"]}, "a list is no message"
    with served(office / "public") as public:
        for path in ("news/1.html", "news/4.html"):
            source = contents[path]["source"]
            assert source["media"] == "application/zip"
            address = f"/files/{source['file']}.zip"
            answer = public.get(address)
            assert (answer.status, answer["content-type"]) == (200, "application/zip")
            assert unpacked(answer.body) == of_hash[source["sha256"]].data
            assert address in public.get(f"/{contents[path]['address']}/").body.decode()
    checked = communique("verify", office / "public", "--json")
    assert checked.returncode == 0, checked.stdout
    size = FolderReader(office / "public" / "record").size()
    for mode in ("skip", "merge", "replace"):
        imported(office, "site", SITE, "--publish", "--again", mode)
    assert FolderReader(office / "public" / "record").size() == size

    out, home = office.parent / "bag", office.parent / "new"
    assert communique("export", "--out", out, home=office).returncode == 0
    assert communique("import", out, home=home).returncode == 0
    part = contents["news/1.html"]["source"]["file"]
    assert (home / "public" / "site" / "files" / f"{part}.zip").is_file()


def test_what_was_private_becomes_public_by_a_merge(office: Path) -> None:
    one_page(office, "--publish")
    imported(office, "site", SITE, "--publish")
    make_public(office)
    assert one_page(office, "--publish")["published"] == [], "only when it is asked for"
    assert len(one_page(office, "--publish", "--again", "merge")["published"]) == 1
    assert imported(office, "site", SITE, "--publish", "--again", "merge")["messages"] == {"next": 4}
    contents = standing(office)
    assert all("file" in content["source"] for content in contents.values() if "stub" not in content)
    assert imported(office, "site", SITE, "--publish", "--again", "merge")["messages"] == {"already": 4}


def test_the_same_bytes_lie_once_and_a_zip_that_is_none_is_told(tmp_path: Path) -> None:
    raw = Raw("x", f"{HOST}/a.php?id=1", b"<p>Words.</p>")
    data = packed(raw)
    assert packed(raw) == data
    assert unpacked(data) == raw.data
    sha256 = hashlib.sha256(raw.data).hexdigest()
    originals = Originals(tmp_path / "originals")
    originals.keep(sha256, data)
    originals.keep(sha256, b"other bytes of the same name are left out")
    assert originals.packed(sha256) == data
    assert list(originals.hashes()) == [sha256]
    check_packed(sha256, data)
    for wrong in (packed(Raw("x", "x", b"other")), b"PK no zip", b""):
        with pytest.raises(NotVerified):
            check_packed(sha256, wrong)
    originals.forget(sha256)
    originals.forget("../../etc")
    assert originals.packed(sha256) is None
