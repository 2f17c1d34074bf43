"""`communique read SOURCE… --out FOLDER`: what a page of another site says, as one `ID.json` each. Stores nothing else.

A page that cannot be read, or holds no message, is one line on standard error, and exit status 2 (3 where only an
address did not answer); nothing is written for it, and the others are read all the same.
"""

from __future__ import annotations

import json as json_format
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import NOT_REACHED, WRONG_INPUT
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.page import understand
from communique.importing.record_json import as_record
from communique.importing.sources import Raw, raw_pages


def read(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, web archives, addresses, or - for standard input.")
    ],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where to write ID.json for each page.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a page.")] = False,
) -> None:
    """Understand pages of other sites: date line, clocks, contacts, counters, message, turns, listed messages."""
    errors: list[ImportingError] = []
    for page in raw_pages(sources, sys.stdin.buffer):
        try:
            if isinstance(page, ImportingError):
                raise page
            typer.echo(_read_one(page, out, json=json))
        except ImportingError as error:
            errors.append(error)
            typer.echo(f"communique read: {error}", err=True)
    if errors:
        only_unreached = all(isinstance(error, NotReachable) for error in errors)
        raise typer.Exit(NOT_REACHED if only_unreached else WRONG_INPUT)


def _read_one(page: Raw, out: Path, *, json: bool) -> str:
    """Write the record of one page; the line to print."""
    record = as_record(understand(page.capture()))
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
