"""`communique fsck`: everything that can be derived, derived again, and each difference said in a line.

In the order in which one follows from the other, with the words that findings bear:

    entries     the database's entries are what was hashed, and give the root that was signed
    editions    the database's editions are those that the entries commit to, erased words cut
    record      the public record verifies: signature, tiles, bundles, editions, parts, and no file too many
    same        database and public record say the same, byte for byte
    catalogue   the press's memory is what the record gives
    site        so is every public file, compressed copies and the page of the record included
    index       SQLite finds its own files whole; the search finds what the record says, and no word that was taken back
    readers     the files that readers' browsers search are what the record gives

`mend` writes again what differs: editions of the database from the public record and the other way round, each only
where it hashes to what was signed; tiles and checkpoint from the entries; a lost file from a mirror; catalogue and site
from the record. It invents nothing: what no copy has stays a finding.

The office may publish meanwhile: what differs is looked at again at the record's newest head before it is said.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from communique.edition import EditionError, parse_edition, part_hash
from communique.press.follower import Press
from communique.press.shelf import build_folder, live_build
from communique.record.durable import Batch
from communique.record.entry import Entry, parse_entry
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.models import Log, LoggedEdition, LoggedEntry
from communique.record.reader import SALT_BYTES, edition_path, file_path
from communique.record.reader_database import edition_in_database
from communique.record.reader_folder import FolderReader
from communique.record.tree import compact_range_of, leaf_hash
from communique.search.comparing import file_faults, index_faults
from communique.settings.backup import check_sqlite
from communique.settings.office import Installation, without_followers
from communique.verify.record import verify_record
from communique.verify.report import Finding

REPAIR = "run `communique fsck --repair`"
RESTORE = "restore a backup into a new folder"
TRIES = 4
PAGES_OF_RECORD = ("index.html", "index.html.br")
OF_THE_HOUR = ("place", "again", "done")
"""tables of the catalogue that say how far its builds are, which is not the record's affair"""

Told = Callable[[str, int], None]


def _unheard(_what: str, _count: int) -> None: ...


def differences(office: Installation, told: Told = _unheard) -> list[Finding]:
    """Everything that is not what it should be. Raises Unreachable, and what a damaged disk raises."""
    found = [*_of_entries(office, told), *_of_editions(office, told), *_of_engines(office)]
    found += _of_record(office, told)
    if any(finding.check in ("entries", "editions", "record") for finding in found):
        return found  # what follows from them is not to be judged
    return [*found, *_of_both(office, told), *_of_press(office, told), *_of_search(office, told)]


def mend(office: Installation, told: Told = _unheard) -> None:
    """Write again what can be. Raises what publishing raises when database, key and files tell different stories."""
    _mend_entries(office)
    _mend_editions(office)
    publisher = without_followers(office.publisher)
    told("writing the record again", 0)
    publisher.rewrite()
    publisher.recover()
    _mend_files(office)
    _drop_unaccounted(office)
    told("baking the site again", 0)
    office.press.bake_from_nothing()
    office.cutting.rebuild()
    if office.configuration.search_folder.is_dir():
        told("indexing again", 0)
        office.search.rebuild()


# ---------------------------------------------------------------- the database


def _log(office: Installation) -> Log | None:
    return Log.objects.filter(origin=office.publisher.origin).first()


def _rows(office: Installation) -> Iterator[tuple[int, bytes, bytes, str]]:
    """index, data, leaf and body of each entry that is public."""
    rows = LoggedEntry.objects.filter(log__origin=office.publisher.origin, index__lt=office.reader.size())
    found = rows.order_by("index").values_list("index", "data", "leaf", "body")
    for index, data, leaf, body in found.iterator(chunk_size=512):
        yield index, bytes(data), bytes(leaf), body


def _of_entries(office: Installation, told: Told) -> Iterator[Finding]:
    leaves = []
    for index, data, leaf, body in _rows(office):
        where = f"database, entry {index}"
        leaves.append(leaf)
        told("entries", index + 1)
        if index != len(leaves) - 1:
            yield Finding("entries", f"is not there, {where} is", f"database, entry {len(leaves) - 1}", RESTORE)
            return
        try:
            entry = parse_entry(data, index)
        except NotOfFormat as error:
            yield Finding("entries", error.what, where, REPAIR)
            continue
        if leaf_hash(data) != leaf or entry.body != body:
            yield Finding("entries", "is not what was stored", where, REPAIR)
    log = _log(office)
    if log and log.signed_size == len(leaves) and log.signed_size:
        grown = compact_range_of(leaves)
        if grown.hashes != tuple(bytes.fromhex(text) for text in log.signed_range.split()):
            yield Finding("entries", "do not give the root that was signed", "database", RESTORE)


def _of_editions(office: Installation, told: Told) -> Iterator[Finding]:
    erased = _erased_parts(office)
    for index, data, _leaf, _body in _rows(office):
        told("editions of the database", index + 1)
        try:
            entry = parse_entry(data, index)
            edition = edition_in_database(entry)
        except NotVerified as error:
            yield Finding("editions", error.what, error.where, REPAIR)
            continue
        except NotOfFormat:
            continue  # said of the entry
        if gone := set(edition.missing) - erased:
            yield Finding("editions", f"lacks the words {min(gone)}", f"database, edition of entry {index}", REPAIR)
        if left := erased & set(edition.texts):
            yield Finding(
                "editions", f"still has the erased words {min(left)}", f"database, edition of entry {index}", REPAIR
            )


def _erased_parts(office: Installation) -> set[str]:
    rows = LoggedEntry.objects.filter(log__origin=office.publisher.origin, kind="erase", index__lt=office.reader.size())
    found: set[str] = set()
    for index, data in rows.values_list("index", "data"):
        try:
            erased = edition_in_database(parse_entry(bytes(data), index)).manifest.get("erased", ())
        except RecordError:
            continue  # said of the edition
        found |= {item["part"] for item in erased}
    return found


def _of_engines(office: Installation) -> Iterator[Finding]:
    configuration = office.configuration
    files = [configuration.catalogue_file]
    if configuration.database == "sqlite":
        files.append(configuration.home / "communique.sqlite3")
    for file in files:
        try:
            if file.exists():
                check_sqlite(file)
        except sqlite3.Error as error:
            yield Finding("index", f"is not whole ({error})", str(file), REPAIR if file == files[0] else RESTORE)


# ---------------------------------------------------------------- the public record


def _of_record(office: Installation, told: Told) -> list[Finding]:
    folder = office.configuration.record_folder
    told("the public record", 0)
    if not office.reader.size():
        return []
    try:
        report = verify_record(str(folder), lambda: FolderReader(folder), office.publisher.signer.verifier)
    except Missing as error:
        return [Finding("record", error.what, error.where, REPAIR)]
    return [Finding("record", f"{one.check}: {one.what}", f"record/{one.where}", REPAIR) for one in report.findings]


def _of_both(office: Installation, told: Told) -> Iterator[Finding]:
    """The public record is true, and so is the database; here only whether they are the same."""
    reader = FolderReader(office.configuration.record_folder)
    size = min(reader.size(), office.reader.size())
    if reader.size() != office.reader.size():
        here = office.reader.size()
        yield Finding("same", f"has {reader.size()} entries, the database {here}", "record/checkpoint", REPAIR)
    for ours, theirs in zip(office.reader.entries(0, size), reader.entries(0, size), strict=True):
        told("database and public record compared", ours.index + 1)
        if ours.data != theirs.data:
            yield Finding("same", "differs from the database's", f"record, entry {ours.index}", RESTORE)
        elif office.reader.edition(ours).data != reader.read(edition_path(ours.body)):
            yield Finding("same", "differs from the database's", f"record/{edition_path(ours.body)}", REPAIR)


# ---------------------------------------------------------------- what follows


def _of_press(office: Installation, told: Told) -> Iterator[Finding]:
    if not office.reader.size():
        return
    with tempfile.TemporaryDirectory(prefix=".fsck-", dir=office.configuration.home) as folder:
        baked = Path(folder)
        record = office.configuration.record_folder
        press = Press(lambda: FolderReader(record), baked, baked / "press.sqlite3")
        told("baking the site beside the live one", 0)
        press.catch_up()
        yield from _stable(lambda names: list(_site_differences(office, baked, names)), press.catch_up, office)
        yield from _catalogue_differences(office.configuration.catalogue_file, baked / "press.sqlite3")


def _stable(
    look: Callable[[set[str] | None], list[tuple[str, str]]], again: Callable[[], None], office: Installation
) -> Iterator[Finding]:
    """What differs still when both sides have taken in what came meanwhile."""
    found = look(None)
    for _try in range(TRIES):
        size = office.reader.size()
        if found:
            again()
            office.press.catch_up()
            found = look({name for name, _what in found})
        if office.reader.size() == size:
            break
    yield from (Finding("site", what, name, REPAIR) for name, what in found)


def _site_differences(office: Installation, baked: Path, names: set[str] | None) -> Iterator[tuple[str, str]]:
    public = office.configuration.public_folder
    live, due = live_build(public), build_folder(baked, live_build(baked))
    here = build_folder(public, live)
    if not live:
        yield "site", "is not there"
        return
    for name in sorted(_files(here) | _files(due)) if names is None else sorted(names):
        if (what := _differs(here / name, due / name)) and not name.startswith("record/"):
            yield name, what
    for name in PAGES_OF_RECORD:
        if what := _differs(public / "record" / name, baked / "record" / name):
            yield f"record/{name}", what


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _differs(here: Path, due: Path) -> str:
    if not due.is_file():
        return "the record gives no such file" if here.is_file() else ""
    if not here.is_file():
        return "is missing"
    return "" if here.read_bytes() == due.read_bytes() else "differs from what the record gives"


def _catalogue_differences(here: Path, due: Path) -> Iterator[Finding]:
    if not here.exists():
        yield Finding("catalogue", "is missing", here.name, REPAIR)
        return
    connection = sqlite3.connect(here, timeout=60)
    try:
        connection.execute("ATTACH ? AS due", (str(due),))
        rows = connection.execute("SELECT name FROM due.sqlite_master WHERE type = 'table' ORDER BY name")
        for name in [name for (name,) in rows if name not in OF_THE_HOUR]:
            one, other = f'SELECT * FROM main."{name}"', f'SELECT * FROM due."{name}"'  # noqa: S608 - our own tables
            sql = f"SELECT count(*) FROM ({one} EXCEPT {other} UNION ALL SELECT * FROM ({other} EXCEPT {one}))"  # noqa: S608
            (count,) = connection.execute(sql).fetchone()
            if count:
                yield Finding("catalogue", f"{count} rows of `{name}` differ from the record's", here.name, REPAIR)
    except sqlite3.Error as error:
        yield Finding("catalogue", f"cannot be read ({error})", here.name, REPAIR)
    finally:
        connection.close()


def _of_search(office: Installation, told: Told) -> Iterator[Finding]:
    """Both indexes, each held against one that is made beside it; what came meanwhile is looked at again."""
    for number in range(TRIES):
        told("indexing beside the live index", number)
        size = office.reader.size()
        with tempfile.TemporaryDirectory(prefix=".fsck-", dir=office.configuration.home) as folder:
            found = [*_of_index(office, Path(folder)), *_of_files_for_browsers(office, Path(folder))]
        if not found or office.reader.size() == size:
            break
    yield from found


def _of_index(office: Installation, folder: Path) -> Iterator[Finding]:
    search, beside = office.configuration.search_folder, folder / "index"
    beside.mkdir()
    for what in index_faults(search, lambda: office.reader, beside):
        yield Finding("index", what, str(search), REPAIR)


def _of_files_for_browsers(office: Installation, folder: Path) -> Iterator[Finding]:
    """What a publication or an update left for the worker is done first."""
    cutting = office.cutting
    if cutting.is_behind:
        cutting.catch_up()
    for what, name in file_faults(cutting.folder, lambda: office.reader, folder / "files"):
        yield Finding("readers", what, str(cutting.folder / name), REPAIR)


# ---------------------------------------------------------------- mending


def _mend_entries(office: Installation) -> None:
    """An entry's bytes from the public bundle, where they hash to the leaf that was stored with it."""
    reader = FolderReader(office.configuration.record_folder)
    for index, data, leaf, body in _rows(office):
        if leaf_hash(data) == leaf and _body_of(data, index) == body:
            continue
        try:
            (entry,) = reader.entries(index, index + 1)
        except (Missing, NotOfFormat, ValueError):
            continue
        if entry.leaf == leaf or leaf_hash(data) != leaf:
            row = LoggedEntry.objects.filter(log__origin=office.publisher.origin, index=index)
            row.update(data=entry.data, leaf=entry.leaf, body=entry.body)


def _body_of(data: bytes, index: int) -> str:
    try:
        return parse_entry(data, index).body
    except NotOfFormat:
        return ""


def _mend_editions(office: Installation) -> None:
    """Of the two copies of an edition the one that is what its entry commits to, with erased words cut."""
    erased = _erased_parts(office)
    folder = office.configuration.record_folder
    for index, data, _leaf, _body in _rows(office):
        entry = parse_entry(data, index)
        copies = [*_database_copy(entry), *_public_copy(folder, entry)]
        best = min(copies, key=lambda copy: len(set(parse_edition(copy).missing) - erased), default=None)
        if best is None:
            continue
        whole = parse_edition(best).without(frozenset(erased)).data
        if not copies or whole != next(iter(_database_copy(entry)), b""):
            row = [LoggedEdition(body=entry.body, data=whole)]
            LoggedEdition.objects.bulk_create(
                row, update_conflicts=True, update_fields=["data"], unique_fields=["body"]
            )


def _database_copy(entry: Entry) -> list[bytes]:
    data = LoggedEdition.objects.filter(body=entry.body).values_list("data", flat=True).first()
    return _if_true(bytes(data), entry) if data is not None else []


def _public_copy(folder: Path, entry: Entry) -> list[bytes]:
    try:
        return _if_true((folder / edition_path(entry.body)).read_bytes(), entry)
    except OSError:
        return []


def _if_true(data: bytes, entry: Entry) -> list[bytes]:
    try:
        return [data] if parse_edition(data).body == entry.body else []
    except EditionError:
        return []


def _mend_files(office: Installation) -> None:
    """Pictures and other files that are lost or damaged, from a mirror that has them."""
    folder, erased = office.configuration.record_folder, _erased_parts(office)
    batch = Batch(office.configuration.public_folder / ".making-record")
    for part in _parts_of_all(office) - erased:
        place = folder / file_path(part)
        if place.is_file() and _hashes_to(place.read_bytes(), part):
            continue
        for data in _from_mirrors(office, part):
            batch.write(place, data)
            break
    batch.settle()


def _parts_of_all(office: Installation) -> set[str]:
    entries: Iterable[Entry] = office.reader.entries(0, office.reader.size())
    return {part for entry in entries for part in office.reader.edition(entry).files}


def _from_mirrors(office: Installation, part: str) -> Iterator[bytes]:
    for mirror in office.publisher.elsewhere.mirrors if office.publisher.elsewhere else ():
        try:
            data = mirror.open().read(file_path(part))
        except (Missing, NotOfFormat, Unreachable):
            continue
        if _hashes_to(data, part):
            yield data


def _hashes_to(data: bytes, part: str) -> bool:
    return part_hash(data[:SALT_BYTES], data[SALT_BYTES:]) == part


def _drop_unaccounted(office: Installation) -> None:
    """Files of the public record that no entry accounts for, after all that is signed was adopted and written."""
    folder = office.configuration.record_folder
    report = verify_record(str(folder), lambda: FolderReader(folder))
    for finding in report.findings:
        if finding.check == "files":
            for name in (finding.where, f"{finding.where}.br"):
                (folder / name).unlink(missing_ok=True)
