"""The mail server of the office, as its settings name it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and in whose name."""

    host: str
    port: int
    sender: str
    """the address in From, and where what cannot be delivered comes back to"""
    security: str = "starttls"
    """starttls, tls or none"""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 30.0
