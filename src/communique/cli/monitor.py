"""`communique monitor ADDRESS…`: has one of these offices changed its record? No (0), or yes (1), with evidence.

One run is one poll of each office; `--every` goes on until Ctrl-C. What was seen lies in the folder `--state`, one
folder for each office, and evidence in `evidence/` there. With `--sweep` every edition, file and page is read, and
pages are held against the record; with `--bake` (and the office extra) every byte of the site.
"""

from __future__ import annotations

import hashlib
import json as json_format
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.errors import DONE, NEGATIVE, NOT_REACHED, WRONG_INPUT, Failure
from communique.cli.given import bytes_of
from communique.cli.mirror import SUCCESSORS, now, write_evidence
from communique.cli.verify import reader_at, rebake_for, site_in
from communique.mirror.copying import Mirror
from communique.mirror.errors import FolderRefused
from communique.mirror.log_copy import Read
from communique.mirror.monitor import AGAIN, LATE_S, STALE_S, Alarm, Monitor, Poll
from communique.mirror.web import RATE_PER_S, Web
from communique.record.errors import Unreachable
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.policy import Policy, parse_policy
from communique.record.succession import successor_address
from communique.verify.address import is_address, plain_address
from communique.verify.evidence import Evidence
from communique.verify.report import Finding
from communique.verify.site.pages import verify_site

EVERYTHING = 10**9


@dataclass
class Run:
    """What one poll of one office gave: its answer, or why there is none, and the evidence that was written."""

    address: str
    poll: Poll | None = None
    unreachable: str = ""
    failed: int = NOT_REACHED
    written: list[Path] = field(default_factory=list)

    def keep(self, folder: Path, poll: Poll) -> None:
        """Write the evidence of its alarms."""
        self.written = [write_evidence(folder / "evidence", alarm.evidence) for alarm in poll.alarms]

    @property
    def status(self) -> int:
        """The exit status that this alone would give."""
        if self.poll is None:
            return self.failed
        return NEGATIVE if self.poll.alarms else DONE


def monitor(
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS…", help="The offices' sites or records.")],
    state: Annotated[Path, typer.Option(metavar="FOLDER", help="Where what was seen is kept.")] = Path("monitor"),
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key as you know it; with one address only.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Whose cosignatures count (tlog-policy), not the record's own.")
    ] = None,
    every: Annotated[int | None, typer.Option(metavar="SECONDS", min=1, help="Poll again and again.")] = None,
    sweep: Annotated[bool, typer.Option("--sweep", help="Read everything again, every page too.")] = False,
    bake: Annotated[bool, typer.Option("--bake", help="Compare every byte; needs communique[office].")] = False,
    late_hours: Annotated[int, typer.Option(min=0, help="An entry may become public so late.")] = LATE_S // 3600,
    stale_days: Annotated[int, typer.Option(min=1, help="Witnesses must sign so often.")] = STALE_S // 86400,
    rate: Annotated[float, typer.Option(min=0.01, max=10_000, help="At most so many requests a second.")] = RATE_PER_S,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, one for each poll.")] = False,
) -> int:
    """Follow offices' records and say when one was changed."""
    given = parse_verifier_key(key, "--key") if key else None
    strange = next((one for one in addresses if not is_address(one)), None)
    if strange is not None:
        raise Failure(f"{strange[:200]}: is no web address; give one that begins with http:// or https://")
    for address in addresses:
        plain_address(address)  # one that is none is told before the first is asked
    if state.exists() and not state.is_dir():
        raise Failure(f"{state}: is no folder; name one with --state, in which to keep what was seen")
    if given and len(addresses) > 1:
        raise Failure("--key: is the key of one log; with several addresses leave it out, or call monitor for each")
    look = Looking(state, given, _policy(policy), rate, late_hours * 3600, stale_days * 86400, sweep, bake)
    worst = DONE
    while True:
        runs = []
        for address in addresses:
            for run in look.at_all(address):
                runs.append(run)
                typer.echo(json_format.dumps(_as_json(run)) if json else "\n".join(_lines(run)))
        statuses = {run.status for run in runs}
        worst = NEGATIVE if NEGATIVE in {*statuses, worst} else max({*statuses, worst})
        if every is None:
            return worst
        time.sleep(every)


@dataclass(frozen=True)
class Looking:
    """How offices are looked at."""

    state: Path
    key: VerifierKey | None
    policy: Policy | None
    rate: float
    late_s: int
    stale_s: int
    sweep: bool
    bake: bool

    def at_all(self, address: str) -> Iterator[Run]:
        """One poll of an office, and of those that followed it when its log was closed."""
        look = self
        for _ in range(SUCCESSORS):
            run = look.at(address)
            yield run
            if run.poll is None or run.poll.closing is None:
                return
            address = successor_address(run.poll.closing)
            look = replace(look, key=run.poll.closing.new)

    def at(self, address: str) -> Run:
        """One poll of one office; whatever is wrong with it, or with what was seen of it, the next is polled, too."""
        folder = self.state / folder_name(address)
        run = Run(address)
        with _reading(self.rate) as read_from:
            again = EVERYTHING if self.sweep else AGAIN
            one = Monitor(
                address, folder, read_from, time.time, self.key, self.policy, self.late_s, self.stale_s, again
            )
            try:
                poll = one.poll(lambda poll: run.keep(folder, poll))
                if self.sweep and poll.size:
                    self._compare(poll, one, lambda: self._pages(address, one))
                if self.bake and poll.size:
                    self._compare(poll, one, lambda: self._bytes(address, one, read_from))
            except (FolderRefused, Unreachable) as error:
                run.unreachable = str(error)
                run.failed = NOT_REACHED if isinstance(error, Unreachable) else WRONG_INPUT
                return run
        run.poll = poll
        run.keep(folder, poll)
        return run

    def _compare(self, poll: Poll, one: Monitor, findings: Callable[[], list[Finding]]) -> None:
        """Alarms of findings. What they quote may be erased one day, so evidence names only place and check."""
        head = one.log.head
        for finding in findings():
            what = f"{finding.where}: is not what the record says ({finding.check})"
            seen = {"address": one.address, "at": now()}
            evidence = Evidence("changed", what, one.log.known, (head,) if head else (), seen=seen)
            poll.alarms.append(Alarm(evidence, finding.where))

    def _pages(self, address: str, one: Monitor) -> list[Finding]:
        place = one.place
        site = site_in(address, place)
        if site is None:
            return []
        report = verify_site(
            address, lambda: reader_at(place), lambda: site_in(address, place) or site, one.log.keys[0]
        )
        return list(report.findings)

    def _bytes(self, address: str, one: Monitor, read_from: Callable[[str], Read]) -> list[Finding]:
        """What differs from a bake of the record; of a record that grew meanwhile again from the beginning."""
        kept = Mirror(one.folder / "mirror")
        while True:
            size = kept.update(read_from(one.place), {"address": address, "at": now()}, one.log.keys[0]).size
            found: list[Finding] = rebake_for("monitor").compare_address(address.rstrip("/"), kept.record)
            if not found or reader_at(one.place).size() == size:
                return found


@contextmanager
def _reading(rate: float) -> Iterator[Callable[[str], Read]]:
    """Gives a reader for each address, with one pace for each machine."""
    webs: dict[str, Web] = {}

    def read_from(address: str) -> Read:
        return webs.setdefault(address, Web(address, rate)).read

    try:
        yield read_from
    finally:
        for web in webs.values():
            web.close()


def folder_name(address: str) -> str:
    """The folder in which what was seen of an address is kept."""
    plain = re.sub(r"[^a-z0-9]+", "-", address.split("://", 1)[-1].lower()).strip("-")[:60]
    return f"{plain}-{hashlib.sha256(address.rstrip('/').encode()).hexdigest()[:8]}"


def _policy(file: Path | None) -> Policy | None:
    return parse_policy(bytes_of(file, "a policy, as tlog-policy writes it"), str(file)) if file else None


def _as_json(run: Run) -> dict[str, Any]:
    poll = run.poll
    alarms = zip(poll.alarms, run.written, strict=True) if poll else ()
    return {
        "address": run.address,
        "at": now(),
        "reached": poll is not None,
        "origin": poll.origin if poll else None,
        "size": poll.size if poll else None,
        "new": poll.new if poll else None,
        "successor": poll.closing.new.text if poll and poll.closing else None,
        "alarms": [
            {"kind": one.evidence.kind, "what": one.evidence.what, "where": one.where, "evidence": str(file)}
            for one, file in alarms
        ],
        "notes": poll.notes if poll else [run.unreachable],
    }


def _lines(run: Run) -> list[str]:
    if run.poll is None:
        return [f"{run.address}: not {'reached' if run.failed == NOT_REACHED else 'looked at'}: {run.unreachable}"]
    poll = run.poll
    alarms = f"{len(poll.alarms)} ALARMS" if poll.alarms else "nothing wrong"
    lines = [f"{run.address}: {alarms}; {poll.origin or 'no record'} at size {poll.size}, {poll.new} new entries"]
    for alarm, file in zip(poll.alarms, run.written, strict=True):
        lines.append(f"  {alarm.evidence.kind}: {alarm}; evidence: {file}")
    return lines + [f"  note: {note}" for note in poll.notes]
