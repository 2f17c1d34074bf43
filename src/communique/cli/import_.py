"""`communique import`: pages of other sites, kept: as drafts to look through, with --publish on the record, or with
--review as a batch on which somebody decides page by page at the desk; or a bag that `communique export` made, taken
back into a new installation.

What was not understood of a page is said with its line; the status is 0 all the same, since the rest is kept."""

from __future__ import annotations

import json as json_lines
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import NOT_REACHED, WRONG_INPUT, Failure
from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.importing.contents import check_captured
from communique.importing.endings import CONTAINER_ENDINGS
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.page import BESIDE, Page
from communique.importing.raw import Raw
from communique.importing.reader import Reader
from communique.importing.sources import raw_pages
from communique.settings.again import MODES, Mode
from communique.settings.arrivals import Arrival, publish_page
from communique.settings.bag import is_bag
from communique.settings.batch_report import as_json, as_lines, report_of
from communique.settings.landing import Landed, Publish
from communique.settings.moving_in import Batch, Wishes
from communique.settings.office import Installation, open_installation, without_followers
from communique.settings.originals import packed
from communique.settings.returning import take_back


def import_(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Files, folders, - , web archives, addresses; or a bag.")],
    publish: Annotated[bool, typer.Option("--publish", help="Put them on the record, as dated imports.")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Keep them as a batch that somebody looks through at the desk.")
    ] = False,
    furniture: Annotated[
        bool, typer.Option("--furniture", help="Take clocks, counters and contacts where the office has its own, too.")
    ] = False,
    captured: Annotated[
        str | None, typer.Option(help="When a page without a date line was captured, as 2026-03-04.")
    ] = None,
    again: Annotated[
        str, typer.Option(help="What becomes of messages that are there already: skip, replace or merge.")
    ] = "skip",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")] = False,
) -> None:
    """Take in a page, or a whole archive of them: one that is refused stores nothing and stops no other."""
    if bags := [source for source in sources if is_bag(Path(source))]:
        _take_back(
            home_of(context),
            bags,
            alone=len(sources) == 1 and not (publish or review or furniture or captured),
            json=json,
        )
        return
    if captured is not None:
        check_captured(captured)
    if review and (publish or furniture):
        raise Failure("--review: what goes on the record is decided at the desk; leave --publish and --furniture out")
    if again not in MODES:
        raise Failure(f"--again: {again!r} is none of {', '.join(MODES)}; name one of them")
    if _is_an_archive(sources) and not review:
        wishes = Wishes(again, captured, furniture, drafts=not publish)
        _move_in(home_of(context), sources, wishes, publish=publish, json=json)
        return
    if review:
        keep = _for_review(context, captured, sources)
    elif publish:
        keep = _on_record(context, captured, furniture, again)
    else:
        keep = _at_desk(context, captured, furniture)
    errors: list[ImportingError] = []
    with Reader() as reader:
        pages = raw_pages(sources, sys.stdin.buffer, opened=reader.opened)
        for raw, page in reader.read_all("page", pages):
            try:
                if raw is None or isinstance(page, ImportingError):
                    raise page
                facts, line = keep(raw, page)
            except ImportingError as error:
                errors.append(error)
                typer.echo(f"communique import: {error}", err=True)
                continue
            _say(page, facts, line, json=json)
    _end(errors)


def _end(errors: list[ImportingError]) -> None:
    """End with the status of what was refused, if anything was."""
    if errors:
        raise typer.Exit(NOT_REACHED if all(isinstance(e, NotReachable) for e in errors) else WRONG_INPUT)


def _is_an_archive(sources: list[str]) -> bool:
    """Whether there may be more than one page: several sources, a folder, or a container."""
    one = sources[0].lower()
    return len(sources) > 1 or one.endswith((*CONTAINER_ENDINGS, ".xml.gz")) or Path(sources[0]).is_dir()


def _move_in(home: Path, sources: list[str], wishes: Wishes, *, publish: bool, json: bool) -> None:
    """A whole archive; what stops none of its pages is told with it."""
    installation, land = _landing_on_record(home) if publish else _landing_at_desk(home)
    errors: list[ImportingError] = []

    def said(one: Landed | ImportingError) -> None:
        if isinstance(one, ImportingError):
            errors.append(one)
            typer.echo(f"communique import: {one}", err=True)
        elif json:
            typer.echo(json_lines.dumps(_landed_facts(one), ensure_ascii=False))

    with progress() as told:
        journal = Batch(installation, sources, land, wishes, told, said).run(sys.stdin.buffer)
        if publish:
            told("baking", 0)
            installation.publisher.recover()
        report = report_of(journal) if journal.holds_pages else None
        journal.close()
    if report is None:
        journal.file.unlink()
    elif json:
        typer.echo(json_lines.dumps({"report": as_json(report)}, ensure_ascii=False))
    else:
        typer.echo("\n".join(as_lines(report)))
    _end(errors)


def _landing_on_record(home: Path) -> tuple[Installation, Publish]:
    installation = open_installation(home)
    installation.publisher.recover()
    return installation, without_followers(installation.publisher).publish


def _landing_at_desk(home: Path) -> tuple[Installation, Publish]:
    return _opened_desk(home), import_module("communique.cli.drafts").keep_release


def _opened_desk(home: Path) -> Installation:
    """Loaded only where it is needed: it brings the newsroom."""
    installation: Installation = import_module("communique.settings.desk").open_desk(home)
    return installation


def _landed_facts(one: Landed) -> dict[str, object]:
    facts = {"source": one.source, "outcome": one.outcome, "published": one.published, "address": one.address}
    left = [left for left in one.left if left.why != BESIDE]
    return {**facts, "not_understood": len(left), "left": [[left.line, left.text, left.why] for left in left]}


def _say(page: Page, facts: dict[str, object], line: str, *, json: bool) -> None:
    """What became of a page, and what of it was not understood."""
    if json:
        typer.echo(json_lines.dumps({**facts, **_left(page)}, ensure_ascii=False))
        return
    typer.echo(f"{line}; {_understood(page)}")
    for left in page.left:
        typer.echo(f"{page.capture.name}, line {left.line}: not understood{because(left.why)}: {left.text}", err=True)


def _take_back(home: Path, bags: list[str], *, alone: bool, json: bool) -> None:
    """A whole record, into a home that has none."""
    if not alone:
        raise Failure(f"{bags[0]}: is a bag, which is taken in by itself; name it alone and without other options")
    with progress() as told:
        returned = take_back(Path(bags[0]).absolute(), home, told)
    can_sign = returned.key_file.exists()
    if json:
        facts = {"home": str(home), "origin": returned.origin, "entries": returned.entries}
        typer.echo(json_lines.dumps({**facts, "already": not returned.is_new, "can_publish": can_sign}))
        return
    done = "has the record" if returned.is_new else "had all of it before: the record"
    typer.echo(f"{home}: {done} {returned.origin} with {returned.entries} entries.")
    if not can_sign:
        typer.echo("`communique serve --only site` serves it. To publish in it, put the office's signing key at")
        typer.echo(f"{returned.key_file} (mode 0600); a bag never has it.")


Keep = Callable[[Raw, Page], tuple[dict[str, object], str]]
"""Keeps a page and gives what became of it, for machines and as a line."""


def _on_record(context: typer.Context, captured: str | None, furniture: bool, mode: Mode) -> Keep:
    installation = open_installation(home_of(context))
    installation.publisher.recover()

    def keep(raw: Raw, page: Page) -> tuple[dict[str, object], str]:
        arrival = publish_page(installation, page, captured, furniture, mode, packed(raw))
        return _facts(page, arrival), _line(page, arrival)

    return keep


def _at_desk(context: typer.Context, captured: str | None, furniture: bool) -> Keep:
    drafts = import_module("communique.cli.drafts")
    installation = _opened_desk(home_of(context))

    def keep(raw: Raw, page: Page) -> tuple[dict[str, object], str]:
        kept = drafts.keep(installation, raw, page, captured, furniture)
        facts = {
            "source": page.capture.name,
            "drafts": kept.messages,
            "furniture": kept.pieces,
            "already": kept.already,
        }
        line = f"{page.capture.name}: {kept.messages} messages and {kept.pieces} pieces of furniture as drafts"
        return facts, line + (f"; {kept.already} were there before" if kept.already else "")

    return keep


def _for_review(context: typer.Context, captured: str | None, sources: list[str]) -> Keep:
    drafts = import_module("communique.cli.drafts")
    installation = _opened_desk(home_of(context))
    batch = drafts.Batches(" ".join(sources), captured)

    def keep(raw: Raw, page: Page) -> tuple[dict[str, object], str]:
        number = batch.keep(installation, raw, page)
        facts = {"source": page.capture.name, "batch": batch.address, "page": number, "already": number is None}
        if number is None:
            return facts, f"{page.capture.name}: was brought before"
        return facts, f"{page.capture.name}: page {number} of {batch.address}"

    return keep


def because(why: str | None) -> str:
    """Why a line was not understood, in brackets."""
    return f" ({why})" if why else ""


def _left(page: Page) -> dict[str, object]:
    return {
        "not_understood": len(page.left),
        "not_read_words": page.capture.besides,
        "left": [[left.line, left.text, left.why] for left in page.left],
    }


def _understood(page: Page) -> str:
    said = f"{len(page.left)} stretches not understood" if page.left else "every line was understood"
    return said + (f"; {besides_words(page)}" if page.capture.besides else "")


def _facts(page: Page, arrival: Arrival) -> dict[str, object]:
    return {
        "source": page.capture.name,
        "published": [one.index for one in arrival.published],
        "already": arrival.already,
        "furniture_left": arrival.furniture_left,
        "address": arrival.addresses.get(arrival.message or ""),
    }


def _line(page: Page, arrival: Arrival) -> str:
    address = arrival.addresses.get(arrival.message or "")
    where = f" at /{address}/" if address else ""
    line = f"{page.capture.name}: {len(arrival.published)} entries on the record{where}"
    line += f"; {arrival.already} messages were there before" if arrival.already else ""
    return line + (
        f"; {arrival.furniture_left} pieces of furniture left (--furniture)" if arrival.furniture_left else ""
    )


def besides_words(page: Page) -> str:
    """What was not read of an HTML page."""
    return f"{page.capture.besides} words beside the page's main part were not read"
