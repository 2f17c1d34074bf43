"""`communique diff EDITION EDITION`: what changed between them, word by word.

An edition is a saved file, a message's address (`…/editions/2/` for an earlier one), a path in the record that
`--record` names, or the address of an edition file (`…/record/editions/BODY`). Each is held against the hash that names
it before it is compared. Status 0, whether something changed or not: `same` in the JSON says which.
"""

from __future__ import annotations

import json as json_format
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import Failure, reading
from communique.cli.given import bytes_of
from communique.cli.proof import edition_at, site_of
from communique.cli.verify import reader_at, record_in
from communique.edition.comparing import Line
from communique.edition.edition import Edition, parse_edition
from communique.edition.errors import EditionError
from communique.record.errors import NotVerified
from communique.verify.address import is_address, read_from
from communique.verify.changes import Change, changes_between, shown

_EDITION_FILE = re.compile(r"(.*/)?editions/([0-9a-f]{64})")
_SIGNS = {"same": ("", ""), "struck": ("[-", "-]"), "added": ("{+", "+}")}


@dataclass(frozen=True)
class Compared:
    """An edition with what is known of where it stands."""

    said: str
    edition: Edition
    id: str | None = None


def diff(
    before: Annotated[str, typer.Argument(metavar="EDITION", help="A saved edition, or a message's address.")],
    after: Annotated[str, typer.Argument(metavar="EDITION", help="The one that came after it.")],
    record: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="The record or site that paths are of, a folder or an address.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what changed between two editions, word by word inside turns."""
    old, new = (_read(what, record) for what in (before, after))
    changes = changes_between(old.edition.content, new.edition.content)
    if json:
        answer = {"before": _named(old), "after": _named(new), "same": not changes}
        typer.echo(json_format.dumps({**answer, "changes": [one.as_json() for one in changes]}, ensure_ascii=False))
        return
    typer.echo("\n".join(_shown(old, new, changes)))


def _read(what: str, record: str | None) -> Compared:
    named = _EDITION_FILE.fullmatch(what)
    if named and is_address(what):
        return _checked(what, read_from(named[1] or "")(f"editions/{named[2]}"), named[2])
    if not is_address(what) and Path(what).is_file():
        return _checked(what, bytes_of(Path(what), "a saved edition"), named[2] if named else None)
    if not is_address(what) and record is None:
        raise Failure(f"{what}: there is no such file; give a saved edition, an address, or a path with --record")
    place = record_in(record or site_of(what))
    reader = reader_at(place)
    with reading(place):
        entry = edition_at(reader, what)
        edition = reader.edition(entry)
    if edition.body != entry.body:
        raise NotVerified("is not the edition that the record names", f"{what}, entry {entry.index}")
    return Compared(f"{what} (edition {entry.seq}, {entry.kind}, {entry.at})", edition, entry.id)


def _checked(what: str, data: bytes, body: str | None) -> Compared:
    try:
        edition = parse_edition(data)
    except EditionError as error:
        raise Failure(f"{what}: is no edition ({error}); give a saved edition or its file in the record") from error
    if body is not None and edition.body != body:
        raise NotVerified(f"salt and manifest hash to {edition.body}, not to its name", what)
    return Compared(what, edition)


def _named(one: Compared) -> dict[str, Any]:
    return {"edition": one.said, "body": one.edition.body, "id": one.id}


def _shown(old: Compared, new: Compared, changes: list[Change]) -> list[str]:
    lines = [f"before: {old.said}", f"after:  {new.said}"]
    if old.id and new.id and old.id != new.id:
        lines.append("note: these are editions of two things, not of one")
    for change in changes:
        lines.append(f"{change.place}: {change.sort}")
        lines += [f"    {_line(line)}" for line in change.lines if line.changed]
    return lines if changes else [*lines, "nothing changed"]


def _line(line: Line) -> str:
    return "".join(_SIGNS[one.sort][0] + shown(one.text) + _SIGNS[one.sort][1] for one in line.words)
