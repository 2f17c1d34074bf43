"""Is this record what its office signed, whole, and nothing else?

The checks, in this order, with the words that findings bear:

    signature   the checkpoint is signed under the key given, else under the record's own `log.vkey`, which proves only
                that the record agrees with itself; `log.vkey`, `policy` and witnesses' lines agree with it
    tiles       hash tiles lead to the signed root and are what the entries hash to; older partial ones, too
    bundles     entry bundles are there and whole
    entries     canonical, of this log (`log`), no `at` before the one above it, `seq` without a gap for each `id`,
                `prev` the leaf hash of the edition before, `dated` with imports only
    editions    each entry's edition file is there, canonical, and hashes to its `body`
    parts       each text and each file hashes to its part and belongs to one `id`; a part may be missing only if an
                `erase` entry of that `id`, under this checkpoint, names it with the edition's `seq`; then it must be
    references  section, person and the like are pieces that came before
    files       nothing lies in `tile`, `editions` and `files` that no entry accounts for

A record may grow while it is read. So if something is wrong and a newer checkpoint is there, all is checked again, and
the newer tree must contain the older one.
"""

from __future__ import annotations

from collections.abc import Callable

from communique.record.checkpoint import Checkpoint
from communique.record.errors import NotOfFormat
from communique.record.note import VerifierKey
from communique.record.reader import FileReader
from communique.verify.editions import Editions
from communique.verify.log import (
    check_chain,
    check_older,
    check_signature,
    check_standing,
    check_tree,
    is_tile_of,
    key_of,
)
from communique.verify.report import Findings, Report

COMPRESSED = ".br"

_TRIES = 3


def verify_record(subject: str, open_reader: Callable[[], FileReader], key: VerifierKey | None = None) -> Report:
    """Check a whole record. `open_reader` gives a new reader each time, which reads the checkpoint anew.

    Raises Missing if there is no checkpoint at all, and Unreachable; everything else is a finding.
    """
    older: list[Checkpoint] = []
    while True:
        reader = open_reader()
        report = _verify_at(subject, reader, key, older)
        if report.is_verified or report.size is None or len(older) == _TRIES:
            return report
        older.append(reader.checkpoint)
        if not is_newer(open_reader(), report.size):
            return report


def _verify_at(subject: str, reader: FileReader, key: VerifierKey | None, older: list[Checkpoint]) -> Report:
    """Check a record at one checkpoint."""
    found = Findings()
    used = key_of(reader, key, found)
    head: Checkpoint | None = None
    witnesses: tuple[str, ...] = ()
    try:
        head = reader.checkpoint
    except NotOfFormat as error:
        found.error("signature", error)
    else:
        if used is not None:
            witnesses = check_signature(head, used, reader, found)
            check_standing(head, used, reader, found)
        _check_content(head, reader, older, found)
    return Report(
        subject=subject,
        origin=head.origin if head else None,
        size=head.size if head else None,
        root=head.root if head else None,
        key=used.text if used else None,
        key_given=key is not None,
        witnesses=witnesses,
        checked=found.checked,
        findings=tuple(found.faults),
        notes=tuple(found.notes),
    )


def _check_content(head: Checkpoint, reader: FileReader, older: list[Checkpoint], found: Findings) -> None:
    paths = reader.paths()
    if paths is None:
        found.note("the files of a record on another machine cannot be listed: superfluous ones were not looked for")
    entries = check_tree(head, reader, paths or [], found)
    for known in older:
        if known.size < head.size:
            check_older(known, head, reader, found)
    check_chain(entries, head.origin, found)
    editions = Editions(reader, found)
    editions.check(entries)
    _check_paths(paths or [], editions.accounted, head.size, found)


def _check_paths(paths: list[str], accounted: set[str], size: int, found: Findings) -> None:
    todo = "look again when no publication is under way; if it stays so, take it away or ask the office"
    for path in paths:
        plain = path.removesuffix(COMPRESSED)
        if plain.startswith("tile/") and not is_tile_of(plain, size):
            found.fault("files", "is no tile of a log of this size", path, todo)
        elif plain.startswith(("editions/", "files/")) and plain not in accounted:
            found.fault("files", "no entry accounts for this file", path, todo)
        elif plain != path and "/" in path:
            found.note(f"compressed copies ({COMPRESSED}) beside the files were not compared with them")


def is_newer(reader: FileReader, size: int) -> bool:
    """Whether a record has grown beyond a size."""
    try:
        return reader.checkpoint.size > size
    except NotOfFormat:
        return False
