"""`communique verify WHAT`: is this true? Answers yes (0) or no (1), with what is wrong, where, and what to do.

WHAT is an address or a folder, of a record or of a site with its `record/` inside; or a saved edition beside its proof.
Of a site the pages are compared with the record, too; with `--bake` and the office extra every byte of a folder.
"""

from __future__ import annotations

import json as json_format
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import NEGATIVE, Failure
from communique.cli.given import bytes_of
from communique.record.errors import Missing
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.verify.address import is_address, read_from
from communique.verify.record import verify_record
from communique.verify.report import Report
from communique.verify.saved import verify_saved
from communique.verify.site.pages import NOTES, verify_site
from communique.verify.site.places import AddressSite, FolderSite, Site

PROOF_ENDING = ".tlog-proof"
RECORD_CHECKS = {"signature", "tiles", "bundles", "entries", "editions", "parts"}
"""findings of these mean that the record cannot be baked as what was signed"""


def verify(
    what: Annotated[str, typer.Argument(help="An address, a folder (record, site, mirror), or a saved edition.")],
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key, NAME+ID+KEY, as you know it from elsewhere.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The proof of a saved edition, if not beside it.")
    ] = None,
    bake: Annotated[
        bool,
        typer.Option("--bake", help="Bake a site's record again and compare every byte; needs communique[office]."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a record, a site with its pages, or a saved edition.

    Without --key a record is checked under its own log.vkey: that shows that it agrees with itself, not whose it is.
    """
    given = parse_verifier_key(key, "--key") if key else None
    what = payload_of(what)
    if not is_address(what) and Path(what).is_file():
        if bake:
            raise Failure(f"{what}: is one edition, which has no pages; --bake needs the folder of a site")
        report = _verify_file(Path(what), proof, given)
    else:
        report = _verify_place(what, given, bake)
    typer.echo(json_format.dumps(report.as_json(), ensure_ascii=False) if json else "\n".join(_lines(report)))
    if not report.is_verified:
        raise typer.Exit(NEGATIVE)


def payload_of(what: str) -> str:
    """Of a bag that `communique export` made the folder with its files; anything else as it is."""
    payload = Path(what) / "data"
    is_bag = not is_address(what) and (Path(what) / "bagit.txt").is_file() and (payload / "record").is_dir()
    return str(payload) if is_bag else what


def record_in(what: str) -> str:
    """Where the record lies that an address or a folder holds: at its top, or in `record/`. Raises Failure."""
    if not is_address(what) and Path(what).is_file():
        raise Failure(f"{what}: is a file, and a record is a folder; give the folder or the address that has it")
    if not is_address(what) and not Path(what).is_dir():
        raise Failure(f"{what[:200]}: there is no such folder or file; give an address, a folder or a saved edition")
    for place in (what, f"{what.rstrip('/')}/record"):
        try:
            reader_at(place).read("checkpoint")
        except Missing:
            continue
        return place
    raise Failure(f"{what}: no checkpoint is there, nor in record/; give the record's own folder or address")


def site_in(what: str, place: str) -> Site | None:
    """The site in which a record lies: its folder, `site/` in it, or its address; None where there are no pages."""
    if place == what:
        return None
    if is_address(what):
        site = AddressSite(what.rstrip("/"))
        return site if any(_answers(site, path) for path in ("languages.txt", "")) else None
    folder = Path(what) / "site" if (Path(what) / "site").is_dir() else Path(what)
    return FolderSite(folder.resolve()) if FolderSite(folder.resolve()).files else None


def reader_at(place: str) -> FileReader:
    """A reader of the record at an address or in a folder."""
    return FileReader(read_from(place)) if is_address(place) else FolderReader(Path(place))


def _answers(site: AddressSite, path: str) -> bool:
    try:
        site.read(path)
    except Missing:
        return False
    return True


def _verify_place(what: str, given: VerifierKey | None, bake: bool) -> Report:
    """A record, and where there are pages around it, those."""
    place = record_in(what)
    site = site_in(what, place)
    if bake and not isinstance(site, FolderSite):
        raise Failure(f"{what}: --bake compares the files of a site in a folder; give the folder that has them")
    if site is None:
        report = verify_record(place, lambda: reader_at(place), given)
        note = f"checked was the record in {what}; there are no pages beside it"
        return report if place == what else replace(report, notes=(*report.notes, note))
    report = verify_site(what, lambda: reader_at(place), lambda: site_in(what, place) or site, given)
    return _with_bytes(report, site, Path(place)) if bake and isinstance(site, FolderSite) else report


def _with_bytes(report: Report, site: FolderSite, record: Path) -> Report:
    """The report with what a bake of the record shows. A record that is not true is not baked."""
    wrong = [finding for finding in report.findings if finding.check in RECORD_CHECKS]
    if wrong:
        return replace(report, notes=(*report.notes, "bytes were not compared: the record itself is not true"))
    number, found, note = rebake_for("verify").compare_bytes(site, record)
    notes = (*(one for one in report.notes if one not in NOTES), note)
    checked = {**report.checked, "files baked": number}
    return replace(report, checked=checked, findings=(*report.findings, *found), notes=notes)


def rebake_for(command: str) -> Any:
    """The press, which a stranger may not have: the failure names the command that asked for it."""
    try:
        return import_module("communique.cli.rebake")
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package == "communique":
            raise
        what = f"communique {command} --bake: the package {package} is not installed"
        raise Failure(f"{what}; it needs communique[office]: pip install 'communique[office]'") from error


def _verify_file(edition: Path, proof: Path | None, given: VerifierKey | None) -> Report:
    proof = proof or edition.with_suffix(PROOF_ENDING)
    if not proof.is_file():
        raise Failure(f"{proof}: the edition's proof is not there; name it with --proof FILE")
    beside = edition.parent / "log.vkey"
    key = given
    if key is None and beside.is_file():
        key = parse_verifier_key(beside.read_text("utf-8", "replace"), str(beside))
    if key is None:
        raise Failure(f"{edition}: nothing says which key to check under; give the log's key with --key NAME+ID+KEY")
    files = [bytes_of(file, "a saved edition with its proof") for file in (edition, proof)]
    return verify_saved(str(edition), files[0], files[1], key, given is not None)


def _lines(report: Report) -> list[str]:
    counts = ", ".join(f"{what} {number}" for what, number in report.checked.items())
    answer = "verified" if report.is_verified else f"NOT verified, {len(report.findings)} findings"
    lines = [f"{report.subject}: {answer}"]
    if report.origin:
        lines.append(f"  {report.origin} at size {report.size}" + (f"; checked: {counts}" if counts else ""))
    if report.witnesses:
        lines.append(f"  cosigned by {', '.join(report.witnesses)}")
    lines += [f"  note: {note}" for note in report.notes]
    lines += [f"  {finding.check}: {finding}" for finding in report.findings]
    return lines
