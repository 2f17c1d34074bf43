"""Leaving: everything that an office has made public, in open formats, as one bag (RFC 8493) for whoever takes it next.

    BAG/data/record/…           the record, byte for byte, from which all else follows
    BAG/data/site/…             the site that it gives: of each message its page and `message.json`, of each edition its
                                page, `ninjs.json` and `akn.xml` (Akoma Ntoso); feeds, lists, pictures, `api/`
    BAG/data/site.warc.gz       the same site as a web archive, an answer for each public address
    BAG/data/editions.jsonl     every edition, an object a line: its index, its entry, its content with words in place
    BAG/data/lists/*.tsv        messages with addresses and dates; files with the names they were given
    BAG/data/schemas/*.json     JSON Schemas of these lines and of manifests in the record
    BAG/data/originals/…        only on request: the private originals of imported pages (`originals.py`)

What is not public is not in it but on request, because nothing but the record is read: no drafts, no people of the
newsroom, no settings, no key, nothing under embargo or schedule; and no words that the law erased, which the record has
no more. A record that does not verify is not packed. The site is baked from the copy of the record, not copied from the
live one: that holds up no publication, and by the record's own law the bytes are the same.

The bag is made in a folder beside its place and renamed when it is whole and on disk. What a crash left there is taken
away by the next export to the same place.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique import __version__
from communique.edition.media import public_name
from communique.edition.schema import content_schema, manifest_schema
from communique.press.follower import Press
from communique.press.shelf import build_folder, live_build
from communique.press.web_archive import COMPRESSED, write_web_archive
from communique.record.durable import sync_disk, sync_folder, write_file
from communique.record.entry import Entry
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError
from communique.record.reader import edition_path, file_path
from communique.record.reader_folder import FolderReader
from communique.search.cutting import Cutting
from communique.settings.bag import DATA, seal_bag
from communique.settings.errors import SettingsError
from communique.settings.originals import Originals
from communique.verify.log import is_tile_of
from communique.verify.record import verify_record
from communique.verify.report import Finding

RECORD = "record"
SEARCH = "search"
ORIGINALS = "originals"
PAGES_OF_RECORD = ("index.html", "index.html.br")
"""the press's, in the record's folder"""
FOR_PEOPLE = ("log.vkey", "policy")
TRIES = 3
"""how often a record is copied that is published in meanwhile"""

Told = Callable[[str, int], None]
"""hears what is being done, and how many of it are done"""

READ_ME = """\
Everything that the office of the record {origin} had made public, as of entry {last}.

record/          The record itself: append-only and signed. https://c2sp.org/tlog-tiles describes its files; entries
                 commit to editions/, whose texts are salted. `communique verify` checks it, without an office.
site/            The public site as files. Each message is a folder at its address: index.html, message.json, and for
                 each edition editions/N/index.html, ninjs.json (ninjs 3.1) and akn.xml (Akoma Ntoso 3.0).
                 api/openapi.json describes message.json and the other JSON files.
site.warc.gz     The same site as a web archive (WARC 1.1), for replay at the addresses it had.
editions.jsonl   Every edition ever published, one JSON object a line; schemas/editions.schema.json describes it.
                 null stands where words were erased by law.
lists/           messages.tsv: each language version with its address and dates. files.tsv: each picture, document and
                 recording with the name it was given. A file under record/files/ begins with 32 bytes of salt.
schemas/         JSON Schemas (draft 2020-12).

Not here: drafts, accounts and settings of the newsroom, and the signing key.
`communique --home NEW import` of this bag restores the same record at the same addresses.
"""

OF_ORIGINALS = """
originals/       NOT PUBLIC. The bytes of pages that were imported, each as a zip named by their SHA-256. Give the bag
                 to nobody but whoever moves the office.
"""

MESSAGES = (
    *("id", "message", "language", "original", "kind", "state", "address", "title"),
    *("placed_on", "first_published", "public_timestamp", "editions", "was"),
)
FILES = ("part", "path", "name", "media", "title", "id")


@dataclass(frozen=True)
class Left:
    """A bag that was made."""

    folder: Path
    origin: str
    entries: int
    addresses: int
    files: int
    octets: int


def export(
    record: Path,
    out: Path,
    now: datetime,
    told: Told = lambda _what, _count: None,
    originals: Originals | None = None,
) -> Left:
    """Pack the record in the folder `record`, and all that follows from it, into a new bag `out`.

    `now` is an aware instant. `originals` go along where they are given: such a bag is not for strangers. Raises
    SettingsError when `out` is not free, NotVerified when the record is not true, Missing when there is none,
    OSError; nothing is at `out` then.
    """
    out = out.absolute()
    with _beside(out) as folder:
        baking, bag = folder / "baking", folder / "bag"
        data = bag / DATA
        data.mkdir(parents=True)
        copy_true_record(record, baking / RECORD, told)
        told("baking the site", 0)
        Press(lambda: FolderReader(baking / RECORD), baking, baking / "press.sqlite3").catch_up()
        Cutting(lambda: FolderReader(baking / RECORD), baking / SEARCH, baking / "cut.sqlite3").catch_up()
        reader = FolderReader(baking / RECORD)
        build = build_folder(baking, live_build(baking))
        with (data / "site.warc.gz").open("wb") as file:
            base = f"https://{reader.origin.rsplit('/', 1)[0]}/"
            counted = _counted(told, "addresses in the web archive")
            addresses = write_web_archive(baking, build, base, file, now, counted)
        told("taking the site's files over", 0)
        _move_plain(build, baking / SEARCH, data / "site")
        _drop(baking / RECORD / name for name in PAGES_OF_RECORD)
        (baking / RECORD).rename(data / RECORD)
        _write_words(FolderReader(data / RECORD), data, told)
        if originals is not None:
            told("originals", originals.copy_to(Originals(data / ORIGINALS)))
            with (data / "README.txt").open("a", encoding="utf-8") as read_me:
                read_me.write(OF_ORIGINALS)
        files, octets = seal_bag(bag, _facts(reader, now), _counted(told, "files hashed"))
        sync_disk(bag)
        bag.rename(out)
        sync_folder(out.parent)
    return Left(out, reader.origin, reader.size(), addresses, files, octets)


def _counted(told: Told, what: str) -> Callable[[int], None]:
    return lambda count: told(what, count)


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """An empty folder beside `out`, for one process, gone afterwards however it ended."""
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise SettingsError([f"{out}: is there already and is left as it is; name a new folder with --out"])
    folder = out.parent / f".{out.name}.making-bag"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, out)
        try:
            for left in folder.iterdir():
                shutil.rmtree(left)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        error.filename = error.filename or str(out)  # a write to a full disk does not say where
        raise
    finally:
        os.close(handle)


def _lock(handle: int, out: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SettingsError([f"{out}: another export is making it; wait for its end"]) from None


# ---------------------------------------------------------------- the record


def copy_true_record(source: Path, target: Path, told: Told = lambda _what, _count: None) -> None:
    """Copy the record at one checkpoint into a new folder, and see that the copy is true.

    What is published meanwhile is no hindrance: the copy is made anew at the newer checkpoint when it is needed.
    Raises NotVerified with the first finding.
    """
    for tried in range(1, TRIES + 1):
        reader = FolderReader(source)
        head = reader.checkpoint.data
        shutil.rmtree(target, ignore_errors=True)
        fault = _copied(reader, target, told)
        if fault is None:
            return
        if tried == TRIES or FolderReader(source).checkpoint.data == head:
            todo = f"the record is not true, so nothing was made of it; {fault.todo}"
            raise NotVerified(fault.what, str(source / fault.where), todo)


def _copied(reader: FolderReader, target: Path, told: Told) -> RecordError | Finding | None:
    """Copy the record and check the copy; the first thing that is wrong with it."""
    try:
        _copy_record(reader, target, told)
    except (Missing, NotOfFormat) as error:
        return error
    told("checking the record", 0)
    findings = verify_record(str(reader.folder), lambda: FolderReader(target)).findings
    return findings[0] if findings else None


def _copy_record(reader: FolderReader, target: Path, told: Told) -> None:
    """Everything that a record of this size accounts for, the checkpoint last."""
    size = reader.size()
    for path in sorted((reader.folder / "tile").rglob("*")):
        name = path.relative_to(reader.folder).as_posix()
        if path.is_file() and is_tile_of(name, size):
            _copy(reader, name, target)
    for entry in reader.entries(0, size):
        _copy(reader, edition_path(entry.body), target)
        for part in reader.edition(entry).files:
            if (reader.folder / file_path(part)).exists():  # else it was erased, or the check says what is missing
                _copy(reader, file_path(part), target)
        told("entries of the record copied", entry.index + 1)
    for name in FOR_PEOPLE:
        if (reader.folder / name).exists():
            _copy(reader, name, target)
    write_file(target / "checkpoint", reader.checkpoint.data)


def _copy(reader: FolderReader, name: str, target: Path) -> None:
    to = target / name
    to.parent.mkdir(parents=True, exist_ok=True)
    if not to.exists():
        write_file(to, reader.read(name))


def _move_plain(build: Path, index: Path, to: Path) -> None:
    """Take a build for the site in the bag: with the readers' index, without its link to the record and its compressed
    copies."""
    (build / RECORD).unlink()
    (build / SEARCH).unlink()
    index.rename(build / SEARCH)
    _drop(build.rglob(f"*{COMPRESSED}"))
    build.rename(to)


def _drop(files: Iterable[Path]) -> None:
    for file in list(files):
        file.unlink(missing_ok=True)


# ---------------------------------------------------------------- words for strangers' programs


def _write_words(reader: FolderReader, data: Path, told: Told) -> None:
    for name in ("lists", "schemas"):
        (data / name).mkdir()
    _write_json(data / "schemas" / "editions.schema.json", _line_schema())
    _write_json(data / "schemas" / "manifest.schema.json", manifest_schema())
    write_file(data / "README.txt", READ_ME.format(origin=reader.origin, last=reader.size() - 1).encode())
    newest: dict[str, int] = {}
    first: dict[str, Entry] = {}
    dated: dict[str, str] = {}
    with (data / "editions.jsonl").open("w", encoding="utf-8") as lines:
        for entry in reader.entries(0, reader.size()):
            newest[entry.id] = entry.index
            first.setdefault(entry.id, entry)
            if entry.dated:
                dated[entry.id] = entry.dated
            line = {
                "index": entry.index,
                "entry": json.loads(entry.data),
                "content": dict(reader.edition(entry).content),
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            told("editions written", entry.index + 1)
    _write_lists(reader, data, newest, first, dated)


def _write_lists(
    reader: FolderReader, data: Path, newest: Mapping[str, int], first: Mapping[str, Entry], dated: Mapping[str, str]
) -> None:
    seen: set[str] = set()
    folder = data / "lists"
    with (
        (folder / "messages.tsv").open("w", encoding="utf-8") as messages,
        (folder / "files.tsv").open("w", encoding="utf-8") as files,
    ):
        messages.write(_row(MESSAGES))
        files.write(_row(FILES))
        for entry in reader.entries(0, reader.size()):
            content = reader.edition(entry).content
            for file in _files_of(content):
                if file["file"] not in seen:
                    seen.add(file["file"])
                    files.write(_row(_file_row(file, entry.id, data)))
            if content["type"] == "message" and newest[entry.id] == entry.index:
                messages.write(_row(_message_row(content, entry, first[entry.id], dated.get(entry.id))))


def _message_row(content: Mapping[str, Any], entry: Entry, first: Entry, dated: str | None) -> list[Any]:
    address = content.get("address")
    placed_on = dated or ("-".join(address.split("/")[2:5]) if address else None)
    found = [entry.id, *(content.get(key) for key in MESSAGES[1:6]), f"/{address}/" if address else None]
    was = " ".join(filter(None, content.get("was", ())))
    return [*found, content.get("title"), placed_on, first.at, entry.at, entry.seq, was]


def _file_row(file: Mapping[str, Any], id_: str, data: Path) -> list[Any]:
    """Where a file lies in the bag: with its ending among those of the site, else in the record, else nowhere."""
    part, media = file["file"], file.get("media")
    places = [f"site/files/{public_name(part, media)}"] if media else []
    path = next((place for place in (*places, f"{RECORD}/{file_path(part)}") if (data / place).is_file()), None)
    return [part, path, file.get("name"), media, _said_of(file), id_]


def _said_of(file: Mapping[str, Any]) -> str | None:
    """Its title or what it shows; of a piece of furniture, which says it in each language, in the first."""
    said = file.get("title") or file.get("alternative")
    return next(iter(said.values())) if isinstance(said, Mapping) else said


def _files_of(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a content that names a file."""
    if isinstance(value, Mapping):
        if isinstance(value.get("file"), str):
            yield value
        for inner in value.values():
            yield from _files_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _files_of(inner)


def _row(values: Iterable[Any]) -> str:
    return "\t".join(" ".join(str("" if value is None else value).split()) for value in values) + "\n"


def _write_json(file: Path, value: Any) -> None:
    write_file(file, (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _line_schema() -> dict[str, Any]:
    """The schema of a line of `editions.jsonl`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of editions.jsonl: one edition",
        "type": "object",
        "required": ["index", "entry", "content"],
        "properties": {
            "index": {"type": "integer", "minimum": 0, "description": "the entry's number in the record"},
            "entry": {
                "type": "object",
                "required": ["at", "body", "id", "kind", "log", "seq", "v"],
                "description": "the entry as it was signed; its bytes are in the record",
            },
            "content": content_schema(),
        },
        "additionalProperties": False,
    }


def _facts(reader: FolderReader, now: datetime) -> dict[str, str]:
    return {
        "Bagging-Date": now.astimezone(UTC).date().isoformat(),
        "Bag-Software-Agent": f"Communiqué {__version__}",
        "External-Identifier": reader.origin,
        "External-Description": "The record of an office and the site that follows from it; see data/README.txt",
        "Record-Size": str(reader.size()),
        "Record-Root": reader.checkpoint.root.hex(),
    }
