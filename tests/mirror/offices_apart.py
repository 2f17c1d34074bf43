"""Many offices on the web, each with a key, an origin and a log of its own; a process that does nothing else.

python -m mirror.offices_apart MESSAGES

prints its address. `/office-17/record/…` is the record of office 17. Nothing is kept but the log that was asked for
last: an office's entries and tree follow from its number and its size. What an edition says is shared by all, so that
two million of them fit one small machine; its entry, and all that is hashed and signed, is each office's own.
`/grow/50` lets each office publish fifty messages more.
"""

from __future__ import annotations

import hashlib
import re
import socketserver
import sys
import threading
from functools import cache

from communique.edition.edition import Edition, seal
from communique.record.checkpoint import sign_checkpoint
from communique.record.entry import write_entry
from communique.record.note import SignerKey, signer_key
from communique.record.reader import edition_path
from communique.record.tile import ENTRIES, bundle_data, parse_tile_path, tile_data
from communique.record.tree import compact_range_of, leaf_hash, node_hash
from signed_record import statement

WORDS = " ".join(["The ferry sails at nine."] * 20)


@cache
def edition(number: int) -> Edition:
    """What every office says in its message of this number: six paragraphs."""
    salts = (hashlib.sha256(b"%d of %d" % (n, number)).digest() for n in range(1000))
    return seal(statement(f"Statement {number}", blocks=[WORDS] * 6), lambda: next(salts)).edition


def key_of(office: int) -> SignerKey:
    """The key that signs for an office, with the origin of its log."""
    return signer_key(f"office-{office}.example/record", hashlib.sha256(b"office %d" % office).digest())


class Log:
    """The files of one office's log at one size."""

    def __init__(self, office: int, size: int) -> None:
        self.office, self.size, self.key = office, size, key_of(office)
        self.entries = [self._entry(number) for number in range(size)]
        self.rows = [[leaf_hash(data) for data in self.entries]]
        while len(self.rows[-1]) > 1:
            below = self.rows[-1]
            self.rows.append([node_hash(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)])

    def file(self, path: str) -> bytes | None:
        """The file at a path of the record, but editions."""
        if path == "checkpoint":
            return sign_checkpoint(self.size, compact_range_of(self.rows[0]).root(), self.key).data
        if path == "log.vkey":
            return self.key.verifier.text.encode()
        if not path.startswith("tile/"):
            return None
        tile = parse_tile_path(path)
        if tile.level == ENTRIES:
            return bundle_data(self.entries[tile.start : tile.start + tile.width])
        return tile_data(tile, lambda level, number: self.rows[level][number])

    def _entry(self, number: int) -> bytes:
        id_ = hashlib.sha256(b"%d of office %d" % (number, self.office)).hexdigest()[:16]
        keys = {"at": "2026-03-03T13:00:00Z", "body": edition(number).body, "id": id_, "kind": "publish"}
        return write_entry(**keys, log=self.key.name, seq=1)


class Offices(socketserver.ThreadingTCPServer):
    """All of them, at their size of now."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, messages: int) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.size = messages
        self._lock = threading.Lock()
        self._log: Log | None = None
        self._editions: dict[str, bytes] = {}
        self._grow(0)

    def file(self, path: str) -> bytes | None:
        """What lies at a path."""
        if match := re.fullmatch(r"/grow/(\d+)", path):
            self._grow(int(match[1]))
            return b""
        match = re.fullmatch(r"/office-(\d+)/record/(.+)", path)
        if not match:
            return None
        return self._editions.get(match[2]) or self._log_of(int(match[1])).file(match[2])

    def _log_of(self, office: int) -> Log:
        with self._lock:
            if self._log is None or (self._log.office, self._log.size) != (office, self.size):
                self._log = Log(office, self.size)
            return self._log

    def _grow(self, more: int) -> None:
        self.size += more
        for number in range(len(self._editions), self.size):
            self._editions[edition_path(edition(number).body)] = edition(number).data


class Connection(socketserver.StreamRequestHandler):
    """Requests one after the other: `http.server` would take longer than the monitor that is measured."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer until the other side goes."""
        assert isinstance(self.server, Offices)
        while line := self.rfile.readline():
            while self.rfile.readline().strip():
                pass
            data = self.server.file(line.split()[1].decode("ascii"))
            status = b"200 OK" if data is not None else b"404 Not Found"
            self.wfile.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(data or b""), data or b""))


def main(messages: int) -> None:
    """Serve until killed."""
    with Offices(messages) as offices:
        print(f"http://127.0.0.1:{offices.server_address[1]}", flush=True)
        offices.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
