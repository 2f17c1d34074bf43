"""The mail server in the configuration file.

[mail]
host = "mail.embassy.example"
from = "press@embassy.example"
user = "press"
password_file = "keys/mail.password"
security = "starttls"              # or "tls", or "none" for a server on this machine
port = 587                         # left out: 587, 465 or 25, as the security has it
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

PORTS = {"starttls": 587, "tls": 465, "none": 25}
ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")

TEMPLATE = """
# Where the newsroom hands over its mail: invitations, links, alarms, reminders. Without a host it is kept, not sent,
# and the desk says so.
[mail]
host = ""
# The address in From. What cannot be delivered comes back to it.
from = ""
# How that server is spoken to: "starttls", "tls", or "none" for one on this machine. Its port, if it is not the usual
# one (587, 465, 25), is named as `port`.
security = "starttls"
# Who signs in there, "" for nobody, and the file with the password, mode 0600.
user = ""
password_file = "keys/mail.password"
"""


class Mail(BaseModel):
    """The mail server, if there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    sender: Annotated[str, Field(alias="from")] = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path = Path("keys/mail.password")

    @model_validator(mode="after")
    def _whole(self) -> Mail:
        if self.host and not ADDRESS.fullmatch(self.sender):
            raise ValueError('names a `host`, and no mail address in `from`, like "press@embassy.example"')
        return self

    @property
    def place(self) -> int:
        """The port: as named, or the usual one."""
        return self.port or PORTS[self.security]
