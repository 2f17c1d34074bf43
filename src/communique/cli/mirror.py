"""`communique mirror ADDRESS FOLDER`: a copy of a record, verified as it comes, and kept up to date by each run.

The copy is `FOLDER/record`: serve it at `/record/`, verify it, or `communique bake --record FOLDER/record --out SITE`.
Status 1 where the office shows a fork, a rollback or bytes that it did not sign (evidence is written, the copy stays as
it was), or signed entries that break the record's rules (the copy has them).

A log that its root closed is mirrored to its end, and its successor in `FOLDER-successor`, each with a `record` of its
own: the old one verifies for ever.
"""

from __future__ import annotations

import hashlib
import json as json_format
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import NEGATIVE, Failure, reading
from communique.cli.progress import progress
from communique.cli.verify import record_in
from communique.mirror.copying import Mirror, Mirrored
from communique.mirror.errors import Misbehaved
from communique.mirror.web import RATE_PER_S, Remembering, Web
from communique.record.durable import Batch
from communique.record.errors import Unreachable
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.reader_folder import FolderReader
from communique.record.succession import successor_address
from communique.verify.address import is_address
from communique.verify.evidence import Evidence

SUCCESSORS = 16
"""of a log that are followed from one to the next"""


def mirror(
    address: Annotated[str, typer.Argument(help="The office's site or record, or another mirror of it.")],
    folder: Annotated[Path, typer.Argument(help="Where the mirror is kept; a new folder the first time.")],
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key, NAME+ID+KEY, as you know it from elsewhere.")
    ] = None,
    rate: Annotated[float, typer.Option(min=0.01, max=10_000, help="At most so many requests a second.")] = RATE_PER_S,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Copy a record, whole and verified; run it again to bring the copy up to date."""
    given = parse_verifier_key(key, "--key") if key else None
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder}: is no folder; name a new one for the mirror, or the one of before")
    wrong = False
    for _ in range(SUCCESSORS):
        kept = Mirror(folder)
        done = kept.ended() or _copied(address, folder, given, rate, json)
        typer.echo(json_format.dumps(_as_json(done, kept)) if json else "\n".join(_lines(done, kept)))
        wrong = wrong or bool(done.findings)
        if done.closing is None:
            break
        address, folder, given = (
            successor_address(done.closing),
            folder.with_name(f"{folder.name}-successor"),
            done.closing.new,
        )
    if wrong:
        raise typer.Exit(NEGATIVE)


def _copied(address: str, folder: Path, given: VerifierKey | None, rate: float, json: bool) -> Mirrored:
    with progress() as told:
        kept = Mirror(folder, told)
        place = _place(address, kept)
        web = Web(place, rate) if is_address(place) else None
        remembering = Remembering(web, kept.state / "answers") if web else None
        read = remembering.read if remembering else FolderReader(Path(place)).read
        try:
            with reading(place):
                done = kept.update(read, {"address": place, "at": now()}, given)
            if remembering:
                remembering.keep()
        except Misbehaved as error:
            _tell_refused(error, kept, json)
            raise typer.Exit(NEGATIVE) from error
        finally:
            if web:
                web.close()
    return done


def _place(address: str, kept: Mirror) -> str:
    """Where the record lies; of one that is known to be closed it may be nowhere any more."""
    try:
        return record_in(address)
    except (Failure, Unreachable):
        kept.log.learn(FolderReader(kept.record).read)
        if kept.log.closing is None:
            raise
        return address


def now() -> str:
    """The system's time as RFC 3339 in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_evidence(folder: Path, evidence: Evidence) -> Path:
    """Write evidence once: what was written before, at whatever hour it was seen, is not written again."""
    named = Evidence(**{**vars(evidence), "seen": {}}).data
    file = folder / f"{evidence.kind}-{hashlib.sha256(named).hexdigest()[:16]}.json"
    if not file.exists():
        batch = Batch(folder.parent / "making")
        batch.write(file, evidence.data)
        batch.settle()
    return file


def _tell_refused(error: Misbehaved, kept: Mirror, json: bool) -> None:
    """What the office shows was not taken: why, and where the evidence lies."""
    written = write_evidence(kept.state / "evidence", error.evidence)
    if json:
        refused = {"kind": error.evidence.kind, "what": error.evidence.what, "evidence": str(written)}
        typer.echo(json_format.dumps({"record": str(kept.record), "size": kept.size(), "refused": refused}))
    typer.echo(f"{error}; evidence: {written}; the mirror stays at {kept.size()} entries", err=True)


def _as_json(done: Mirrored, kept: Mirror) -> dict[str, object]:
    successor = done.closing.new.text if done.closing else None
    return {
        **{key: value for key, value in vars(done).items() if key != "closing"},
        "successor": successor,
        "record": str(kept.record),
        "findings": [vars(finding) for finding in done.findings],
    }


def _lines(done: Mirrored, kept: Mirror) -> list[str]:
    came = f"{done.size - done.old} entries, {done.editions} editions, {done.files} files came"
    took = f", {done.erased} texts and files were erased" if done.erased else ""
    lines = [f"{kept.record}: {done.origin} at size {done.size}; {came}{took}", *(f"  {one}" for one in done.findings)]
    if done.refused:
        lines.append(f"  nothing more was taken: {done.refused}")
    if done.closing:
        lines.append(f"  closed at {done.closing.size} entries; {done.closing.new.text} follows it")
    return lines
