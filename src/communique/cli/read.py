"""`communique read SOURCE… [--out FOLDER]`: what pages of other sites say. Stores nothing in the installation.

With `--out` each page becomes one `ID.json`; without it each field is printed with how sure it is and where in the
source it stands, or with `--json` the whole record, one object a line. Pages of one site are read by what they have in
common (`importing/by_site.py`). Half a page is read as well as may be, and its
record says what it lacks. Pages are read by a child with limits (`importing/reader.py`). A page that cannot be read, or
on which neither title, text nor list is found, is one line on standard error, and exit status 2 (3 where only an
address did not answer); the others are read all the same.
"""

from __future__ import annotations

import json as json_format
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import NOT_REACHED, WRONG_INPUT
from communique.importing.by_site import read_by_site
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.reader import Reader
from communique.importing.sources import Raw, raw_pages

_LIMIT_SHOWN = 100
_ENDS = ("turns", "stubs")
"""fields of which the number is printed, and not all of them"""


def read(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, web archives, addresses, or - for standard input.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write ID.json for each page there, and print a line each.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a page.")] = False,
) -> None:
    """Understand pages of other sites: date line, clocks, contacts, counters, message, turns, listed messages."""
    errors: list[ImportingError] = []
    with Reader() as reader:
        pages = raw_pages(sources, sys.stdin.buffer, opened=reader.opened)
        for page, found in read_by_site(reader, "record", pages):
            if page is None or isinstance(found, ImportingError):
                errors.append(found)
                typer.echo(f"communique read: {found}", err=True)
            else:
                typer.echo(_written(page, found, out, json=json) if out else _shown(page, found, json=json))
    if errors:
        only_unreached = all(isinstance(error, NotReachable) for error in errors)
        raise typer.Exit(NOT_REACHED if only_unreached else WRONG_INPUT)


def _written(page: Raw, record: dict[str, Any], out: Path, *, json: bool) -> str:
    """Write the record of one page; the line to print."""
    path = out / f"{page.id}.json"
    out.mkdir(parents=True, exist_ok=True)
    path.write_text(json_format.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    counts = {
        "turns": len(record["turns"]),
        "paragraphs": record["paragraphs"],
        "listed": len(record["stubs"]),
        "not_understood": len(record["not_understood"]),
    }
    if json:
        return json_format.dumps({"id": page.id, "file": str(path), "title": record["title"], **counts})
    return f"{path}: {record['title'] or 'a list'} ({_counted(counts)})"


def _counted(counts: dict[str, Any]) -> str:
    words = {"turns": "turns", "paragraphs": "paragraphs", "listed": "listed", "not_understood": "lines not understood"}
    return ", ".join(f"{counts[key]} {word}" for key, word in words.items())


def _shown(page: Raw, record: dict[str, Any], *, json: bool) -> str:
    """The record itself, for machines or as a table of its fields."""
    if json:
        return json_format.dumps({"id": page.id, **record}, ensure_ascii=False)
    rows = [_row(name, record[name], field) for name, field in record["fields"].items()]
    doubts = [f"  doubtful: {doubt}" for doubt in record["doubts"]]
    left = len(record["not_understood"])
    return "\n".join([page.name, *rows, *doubts, f"  {left} lines are in no field" if left else "  no line is left"])


def _row(name: str, value: Any, field: dict[str, Any]) -> str:
    """One field: what it says, how sure it is, why, and the lines that it stands in."""
    lines = sorted({line for line, _, _ in field["places"]})
    where = f", line {lines[0]}" if lines else ""
    where += f" to {lines[-1]}" if len(lines) > 1 else ""
    return f"  {name:9} {_short(name, value)}  ({field['confidence']:.2f}, {field['because']}{where})"


def _short(name: str, value: Any) -> str:
    if name in _ENDS:
        return str(len(value))
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values() if part)
    text = " ".join(str("none" if value in (None, "") else value).split())
    return text if len(text) <= _LIMIT_SHOWN else f"{text[:_LIMIT_SHOWN]}…"
