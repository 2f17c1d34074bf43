"""An office signs for the programs with which it is checked, and says so again when they change."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.edition.vouching import Vouched, read_vouched
from communique.press import bundle
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.office import Installation, open_installation
from communique.settings.vouching import vouch, vouching_job
from public_folder import served
from verify.test_without_us import MISSING, told


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    """An office founded as its people found it."""
    words = ["--office", "Embassy", "--address", "embassy.example", "--languages", "en,ar"]
    assert run(["init", str(tmp_path / "home"), *words]) == 0
    return open_installation(tmp_path / "home")


def said_by(office: Installation) -> list[Vouched]:
    """What the public record says of programs, note by note."""
    reader = FolderReader(office.configuration.record_folder)
    notes = (reader.edition(entry).content.get("note") for entry in reader.entries(0, reader.size()))
    return [found for note in notes if (found := read_vouched(note))]


def site_of(office: Installation) -> Path:
    return (office.configuration.public_folder / "site").resolve()


def test_a_new_office_vouches_for_what_its_site_serves(office: Installation) -> None:
    (said,) = said_by(office)
    assert len(said.hashes) == 3
    for path, hash_ in said.hashes.items():
        assert sha256((site_of(office) / path).read_bytes()).hexdigest() == hash_
    assert said.verifier == sha256((bundle.ASSETS / "verifier.js").read_bytes()).hexdigest()
    record = (site_of(office) / "check/en/record/index.html").read_text()
    assert all(hash_ in record for hash_ in said.hashes.values())
    assert (
        '<a href="/check/en/record/#verifier">Entry\u00a01</a>' in (site_of(office) / "check/en/index.html").read_text()
    )
    kept = (site_of(office) / "check/en/communique-check.html").read_text()
    assert str(said.verifier) in kept
    assert 'href="https://embassy.example/check/en/record/#verifier"' in kept


def test_nothing_is_said_twice(office: Installation) -> None:
    size = office.reader.size()
    assert not vouch(office)
    look = vouching_job(office)
    look()
    look()
    assert office.reader.size() == size


def test_another_verifier_is_vouched_for_once_its_build_is_live(
    office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = b"// another one\n" + (bundle.ASSETS / "verifier.js").read_bytes()
    path = "assets/verifier.0123456789.js"
    monkeypatch.setattr("communique.settings.vouching.asset_paths", lambda: {"verifier.js": path})
    assert not vouch(office)  # the upgrade is still being baked
    (site_of(office) / path).write_bytes(changed)
    assert vouch(office)
    assert said_by(office)[-1].verifier == sha256(changed).hexdigest()
    assert office.reader.size() == 3


def test_the_site_of_another_verifier_is_not_verified(office: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    public = str(office.configuration.public_folder)
    assert run(["verify", public]) == 0
    assert "programs vouched for 3" in capsys.readouterr().out
    (path,) = (path for path in said_by(office)[0].hashes if path.startswith("check/en"))
    file = site_of(office) / path
    file.write_bytes(file.read_bytes().replace(b"</title>", b"!</title>"))
    assert run(["verify", public]) == 1
    assert f"programs: {path}: hashes to" in capsys.readouterr().out


def test_furniture_that_changes_a_kept_file_is_no_fault_until_it_is_said_anew(office: Installation) -> None:
    piece = {**office.furniture()[office.known_id("office")], "languages": ["en", "ar", "fr"]}
    office.publisher.publish([Draft(office.known_id("office"), "furniture", piece)])
    assert run(["verify", str(office.configuration.public_folder)]) == 0
    vouching_job(office)()
    assert len(said_by(office)[-1].hashes) == 4
    assert run(["verify", str(office.configuration.public_folder)]) == 0


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_an_outsider_finds_the_hashes_with_common_tools(office: Installation, tmp_path: Path) -> None:
    with served(office.configuration.public_folder) as public:
        done = told(f"http://127.0.0.1:{public.port}", tmp_path / "outside")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": OK\n") == 3


def test_words_about_something_else_vouch_for_nothing() -> None:
    said = Vouched("1.0", {"assets/verifier.0123456789.js": "a" * 64})
    assert read_vouched(said.text) == said
    for note in (None, "", "The key that signs this record was changed.", said.text.replace("a" * 64, "a" * 63)):
        assert read_vouched(note) is None
