"""`communique page FILE`: an office on trial, made of a page that somebody saved, and served.

Prints a table of the source: what each line became and where it is shown now; at its end the words that became nothing.
"""

from __future__ import annotations

import json as json_lines
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import NOT_REACHED, Failure
from communique.cli.import_ import because
from communique.cli.serving import serve_home
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.page import Page
from communique.importing.reader import Reader
from communique.importing.sources import raw_pages
from communique.settings.account import Account
from communique.settings.office import open_installation
from communique.settings.processes import Job, Site, require_free
from communique.settings.searching import search_job
from communique.settings.trial import Trial, make_trial, require_room

SHOWN_CHARACTERS = 72


def page(
    source: Annotated[str, typer.Argument(help="A saved page: text or HTML; - for standard input; an address.")],
    home: Annotated[Path, typer.Option(help="Where the trial lies; an earlier trial there is replaced.")] = Path(
        "page-home"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where it is served.")] = 8000,
    serve: Annotated[bool, typer.Option(help="Serve it in the foreground.")] = True,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line of the source.")] = False,
) -> int:
    """Found an office on trial from a saved page, and serve it."""
    home = home.resolve()
    require_room(home)
    if serve:
        require_free(Site(home, port=port))
    made = make_trial(home, _only_page(source), datetime.now(UTC).date())
    for line in _objects(made) if json else _table(made, f"http://localhost:{port}"):
        typer.echo(line)
    return serve_home(home, _jobs, port=port) if serve else 0


def _jobs(home: Path) -> list[Job]:
    installation = open_installation(home)
    return [installation.publisher.recover, search_job(installation)]


def _only_page(source: str) -> Page:
    """The page of a source that holds one. Raises Failure or ImportingError."""
    with Reader() as reader:
        return _understood(reader, source)


def _understood(reader: Reader, source: str) -> Page:
    pages = raw_pages([source], sys.stdin.buffer, opened=reader.opened)
    raw, more = next(pages, None), next(pages, None)
    if raw is None:
        raise Failure(f"{source}: no page in it; name a saved page")
    if isinstance(raw, NotReachable):
        raise Failure(str(raw), NOT_REACHED)
    if isinstance(raw, ImportingError):
        raise raw
    if more is not None:
        raise Failure(f"{source}: holds more than one page; name one of them")
    found: Page = reader.ask("page", raw)
    return found


def _objects(made: Trial) -> Iterator[str]:
    for account in made.accounts:
        yield json_lines.dumps(vars(account), ensure_ascii=False)


def _table(made: Trial, address: str) -> Iterator[str]:
    """Where each stretch of the source is shown now; at the end the words that were not understood."""
    yield f"M is the page {address}{made.path}"
    yield f"{'line':>5}  {'understood as':<13}  {'shown at':<12}  words"
    for account in made.accounts:
        if account.part is not None:
            yield f"{account.line:>5}  {account.part:<13}  {_where(made, account):<12}  {_short(account.text)}"
    lost = [account for account in made.accounts if account.part is None]
    for account in lost:
        yield f"{account.line:>5}  not understood{because(account.why)}: {account.text}"
    yield _verdict(len({account.line for account in lost}))
    if made.besides:
        yield f"{made.besides} words beside the page's main part (menus, asides, feet) were not read."
    yield from made.notes


def _verdict(lines: int) -> str:
    if lines == 0:
        return "Every line was understood."
    return f"{lines} {'line was' if lines == 1 else 'lines were'} not understood in whole."


def _where(made: Trial, account: Account) -> str:
    return (account.where or "").replace(made.path, "M", 1) + ("" if account.whole else ", in part")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"
