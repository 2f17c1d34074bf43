"""A real SMTP server for tests: it can refuse, put off, be slow, hang up, and be away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Received:
    """What came, and how the server behaves; `answers` is address -> what it says to that recipient."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    conversations: int = 0
    hangs_up: bool = False
    slow_s: float = 0.0
    port: int = 0

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """It keeps the mail first; then it may hang up before it says so."""
        self.mails += [(address, bytes(envelope.content)) for address in envelope.rcpt_tos]
        time.sleep(self.slow_s)
        if self.hangs_up:
            server.transport.abort()
        return "250 kept"

    def to(self) -> list[str]:
        """The recipients of what came, in order."""
        return [address for address, _mail in self.mails]


@contextmanager
def mail_server(port: int) -> Iterator[Received]:
    received = Received(port=port)
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield received
    finally:
        controller.stop()
