"""`communique verify` of a site: its pages, and with `--bake` every byte of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.search.cutting import Cutting
from offices import id_of, make_office, message

PAGE = "en/statements/2026/03/03/ferry"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("ferry"), "publish", message("ferry", "It does not sail.")))
    return office.public


def change(public: Path) -> None:
    page = public / "site" / PAGE / "index.html"
    page.write_text(page.read_text("utf-8").replace("does not sail", "does sail"), "utf-8")


@pytest.mark.parametrize("below", ["", "site"])
def test_a_site_is_found_in_its_public_folder_and_by_itself(
    public: Path, below: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(public / below)]) == 0
    assert "pages" in capfd.readouterr().out
    change(public)
    assert run(["verify", str(public / below)]) == 1
    out = capfd.readouterr().out
    assert "NOT verified, " in out
    assert f"words: {PAGE}/: text, element 1: the page has “It does sail.”, the record “It does not sail.”" in out


def test_the_record_alone_says_nothing_of_pages(public: Path, capfd: pytest.CaptureFixture[str]) -> None:
    change(public)
    assert run(["verify", str(public / "record"), "--json"]) == 0
    assert "pages" not in json.loads(capfd.readouterr().out)["checked"]


def test_every_byte_is_compared(public: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(public), "--bake", "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["checked"]["files baked"] > 50
    assert answer["notes"][-1] == "every byte was compared with a bake of the record"


BYTES: list[tuple[Callable[[Path], object], str]] = [
    (
        lambda public: (public / "site" / PAGE / "index.html.br").write_bytes(b"x"),
        f"bytes: {PAGE}/index.html.br: differs",
    ),
    (lambda public: next((public / "site/assets").glob("*.woff2")).unlink(), "bytes: assets/"),
    (lambda public: (public / "site/en/note.txt").write_text("x"), "bytes: en/note.txt: the record gives no such file"),
    (lambda public: (public / "record/index.html").write_text("x"), "bytes: record/index.html: differs"),
]


@pytest.mark.parametrize(("touch", "said"), BYTES)
def test_a_byte_that_is_not_the_records_is_found(
    public: Path, touch: Callable[[Path], object], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    touch(public)
    assert run(["verify", str(public), "--bake"]) == 1
    assert said in capfd.readouterr().out


@pytest.fixture
def searched(public: Path) -> Path:
    """The same with the files that readers' browsers search."""
    Cutting(lambda: FolderReader(public / "record"), public / "search", public.parent / "cut.sqlite3").catch_up()
    return public


def test_the_files_that_browsers_search_are_compared_and_each_that_differs_is_named(
    searched: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(searched), "--bake"]) == 0
    touched = next(path for path in (searched / "search").glob("*/w/*") if b"sail" in path.read_bytes())
    touched.write_bytes(touched.read_bytes().replace(b"sail", b"fail"))
    (searched / "search/note.txt").write_text("x")
    (searched / "search/names.json").unlink()
    capfd.readouterr()
    assert run(["verify", str(searched), "--bake"]) == 1
    said = capfd.readouterr().out
    assert f"bytes: {touched.relative_to(searched)}: differs from what the record gives" in said
    assert "bytes: search/note.txt: the record gives no such file" in said
    assert "bytes: search/names.json: the file is missing" in said


def test_files_that_another_program_cut_are_not_compared_and_that_is_said(
    searched: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(searched / "search")
    other = Cutting(
        lambda: FolderReader(searched / "record"), searched / "search", searched / "other.sqlite3", program="another"
    )
    other.catch_up()
    assert run(["verify", str(searched), "--bake", "--json"]) == 0
    assert "not those below search/" in json.loads(capfd.readouterr().out)["notes"][-1]


def test_bytes_are_not_compared_with_a_record_that_is_false(public: Path, capfd: pytest.CaptureFixture[str]) -> None:
    next((public / "record/editions").iterdir()).write_text("x")
    assert run(["verify", str(public), "--bake"]) == 1
    assert "bytes were not compared: the record itself is not true" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("below", "said"), [("record", "give the folder that has them"), ("record/checkpoint", "one edition")]
)
def test_bake_wants_the_folder_of_a_site(
    public: Path, below: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(public / below), "--bake"]) == 2
    assert said in capfd.readouterr().err


def test_bake_refuses_pages_of_another_version(public: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for page in (public / "site").resolve().rglob("index.html"):
        page.write_bytes(page.read_bytes().replace(b"Communiqu\xc3\xa9 ", b"Communiqu\xc3\xa9 9."))
        page.with_name("index.html.br").unlink()
    assert run(["verify", str(public), "--bake"]) == 2
    assert "the pages were baked by 9." in capfd.readouterr().err
    assert run(["verify", str(public)]) == 0
    assert "pages were baked by Communiqué 9." in capfd.readouterr().out


def test_without_the_office_extra_pages_are_compared_and_bake_says_what_is_missing(public: Path) -> None:
    program = """
        import sys

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                if name.split(".")[0] in ("minijinja", "babel", "lxml", "django"):
                    raise ModuleNotFoundError(f"a stranger has no {name}", name=name)

        sys.meta_path.insert(0, Refuse())
        from communique.cli.main import main
        main(["verify", *sys.argv[1:]])
    """

    def stranger(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", textwrap.dedent(program), str(public), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    done = stranger()
    assert (done.returncode, done.stderr) == (0, "")
    assert "pages" in done.stdout
    refused = stranger("--bake")
    assert refused.returncode == 2
    assert "needs communique[office]: pip install" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
