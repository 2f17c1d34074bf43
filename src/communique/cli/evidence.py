"""`communique evidence FILE`: does this file prove that an office changed its record? Yes (0) or no (1).

`monitor` and `mirror` write such files. What they hold, and how any program checks them, is in
docs/formats/evidence.md.
"""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import NEGATIVE
from communique.cli.given import bytes_of
from communique.record.errors import NotVerified
from communique.record.note import parse_verifier_key
from communique.verify.evidence import Evidence, Verdict, check_evidence, parse_evidence


def evidence(
    file: Annotated[Path, typer.Argument(help="What `monitor` or `mirror` wrote.")],
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key, NAME+ID+KEY, as you know it from elsewhere.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a file that says that an office misbehaved.

    Without --key the file's own key is used: that shows that the key's owner misbehaved, not who that is.
    """
    given = parse_verifier_key(key, "--key") if key else None
    found = parse_evidence(bytes_of(file, "what `monitor` or `mirror` wrote"), str(file))
    try:
        verdict = check_evidence(found, given, str(file))
    except NotVerified as error:
        verdict = Verdict(False, str(error))
    typer.echo(json_format.dumps(_as_json(file, found, verdict)) if json else "\n".join(_lines(file, found, verdict)))
    if not verdict.proven:
        raise typer.Exit(NEGATIVE)


def _as_json(file: Path, found: Evidence, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(file),
        "proven": verdict.proven,
        "why": verdict.why,
        "kind": found.kind,
        "what": found.what,
        "logs": [key.text for key in found.logs],
        "seen": dict(found.seen),
    }


def _lines(file: Path, found: Evidence, verdict: Verdict) -> list[str]:
    lines = [f"{file}: {'proven' if verdict.proven else 'NOT proven'}: {verdict.why}", f"  {found.kind}: {found.what}"]
    lines += [f"  log: {key.text}" for key in found.logs]
    return lines + [f"  {name}: {value}" for name, value in found.seen.items()]
