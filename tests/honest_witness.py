"""Somebody else's witness, as a small honest server: C2SP tlog-witness, with its memory in the process."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from communique.record.checkpoint import cosign_checkpoint, verify_checkpoint
from communique.record.note import COSIGNATURE, VerifierKey, signer_key
from communique.record.policy import Policy
from communique.record.proof import derive_add_checkpoint, parse_add_checkpoint
from communique.record.reader_folder import FolderReader
from communique.record.tree import verify_consistency
from communique.wire.witnesses import Asking, post

if TYPE_CHECKING:  # its database is not for the tests that have an installation of their own
    from offices import Office


class Witness:
    """What it has seen of one log: size and root, 0 of none."""

    def __init__(self, log: VerifierKey) -> None:
        self.log = log
        self.key = signer_key("witness.example/w1", bytes(range(32, 64)), COSIGNATURE)
        self.size, self.root = 0, b""
        self.address = ""

    @property
    def line(self) -> str:
        """As the settings name it."""
        return f"{self.key.verifier.text} {self.address}"

    def see(self, record: FolderReader) -> None:
        """Cosign the head of a record that continues what was seen."""
        old = self.root if self.size else None
        asked = derive_add_checkpoint(self.size, record.checkpoint, record.subtree(record.size()), old)
        assert self.answer(asked.data)[0] == 200

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        """Status, media type and body of the answer to `add-checkpoint`."""
        asked = parse_add_checkpoint(body)
        head = asked.checkpoint
        if head.origin != self.log.name:
            return 404, "text/plain", b"unknown log\n"
        verify_checkpoint(head, self.log)
        if asked.old > head.size:
            return 400, "text/plain", b"old is larger\n"
        if asked.old != self.size:
            return 409, "text/x.tlog.size", f"{self.size}\n".encode()
        if asked.old == head.size and self.size and head.root != self.root:
            return 422, "text/plain", b"another root\n"
        if 0 < asked.old < head.size:
            verify_consistency(asked.old, head.size, self.root, head.root, asked.path)
        self.size, self.root = head.size, head.root
        signature = cosign_checkpoint(head, self.key, int(time.time()))
        line = base64.b64encode(signature.key_id + signature.data).decode()
        return 200, "text/plain", f"— {signature.name} {line}\n".encode()


@contextmanager
def serving(witness: Witness) -> Iterator[Witness]:
    """The witness answers at `address` while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, media, answer = witness.answer(body)
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    witness.address = f"http://127.0.0.1:{server.server_address[1]}/w1"
    try:
        yield witness
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asking(office: Office, policy: Policy, **changes: object) -> Asking:
    """The office's duty towards the witnesses of a policy."""
    publisher = replace(office.publisher, witnesses=policy)
    asked = Asking(
        folder=office.record,
        lock=publisher.lock,
        state=office.folder / "witnesses.json",
        log=publisher.signer.verifier,
        policy=policy,
        policy_data=publisher.policy_data,
        post=post,
        clock=time.time,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]
