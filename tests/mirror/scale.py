"""One office of many messages, followed by a process that does nothing else: its seconds and its memory, as JSON.

python -m mirror.scale FOLDER MESSAGES
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path

from communique.edition.edition import seal
from communique.mirror.log_copy import Read
from communique.mirror.monitor import Monitor
from communique.record.checkpoint import sign_checkpoint
from communique.record.entry import write_entry
from communique.record.errors import Missing
from communique.record.reader import edition_path
from communique.record.tile import ENTRIES, bundle_data, tile_data, tiles_at
from communique.record.tree import compact_range_of, leaf_hash, node_hash
from signed_record import LOG, ORIGIN, statement


def grow(files: dict[str, bytes], entries: list[bytes], number: int) -> None:
    """So many messages more, of a page each."""
    for n in range(len(entries), len(entries) + number):
        words = " ".join(["The ferry sails at nine."] * 20)
        edition = seal(statement(f"Statement {n}", blocks=[words] * 6), hashlib.sha256(b"%d" % n).digest).edition
        files[edition_path(edition.body)] = edition.data
        keys = {"at": "2026-03-03T13:00:00Z", "body": edition.body, "id": f"{n:016}", "kind": "publish"}
        entries.append(write_entry(**keys, log=ORIGIN, seq=1))
    rows = [[leaf_hash(data) for data in entries]]
    while len(rows[-1]) > 1:
        below = rows[-1]
        rows.append([node_hash(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)])
    for tile in tiles_at(len(entries)):
        inside = entries[tile.start : tile.start + tile.width]
        data = bundle_data(inside) if tile.level == ENTRIES else tile_data(tile, lambda level, n: rows[level][n])
        files[tile.path] = data
    files["checkpoint"] = sign_checkpoint(len(entries), compact_range_of(rows[0]).root(), LOG).data
    files["log.vkey"] = LOG.verifier.text.encode()


def measured(folder: Path, messages: int) -> dict[str, float]:
    """Processor seconds of a first poll, of one without news and of one with three messages more; memory in MB."""
    files: dict[str, bytes] = {}
    entries: list[bytes] = []
    grow(files, entries, messages)

    def read_from(_address: str) -> Read:
        def read(path: str) -> bytes:
            if path not in files:
                raise Missing(path, path)
            return files[path]

        return read

    monitor = Monitor("https://embassy.example/record", folder, read_from, time.time, late_s=10**9)
    found: dict[str, float] = {}
    for name, more in (("first", 0), ("no news", 0), ("three new", 3)):
        if more:
            grow(files, entries, more)
        began = time.process_time()
        poll = monitor.poll()
        found[name] = round(time.process_time() - began, 2)
        assert poll.alarms == [] and poll.size == len(entries)  # noqa: PT018
    found["memory"] = peak_mb()
    return found


def peak_mb() -> int:
    """The most memory that this program had. (The figure of `getrusage` begins with that of the process before it.)"""
    status = Path("/proc/self/status")
    if not status.exists():
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]))))
