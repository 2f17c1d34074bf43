"""One conversation with the mail server: opened when the first mail needs it and kept for the next.

Django opens it (TLS, signing in); the steps are taken one by one, because between two of them it must be noted how far
a mail has come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from email.utils import format_datetime
from hashlib import sha256
from smtplib import SMTP, SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from communique.newsroom.post.models import Mail
from communique.newsroom.post.server import MailServer

SAID_LETTERS = 500


class NotTaken(Exception):
    """The mail server has not got this mail, for certain. `said` is in its words."""

    def __init__(self, said: str, for_good: bool) -> None:
        super().__init__(said)
        self.said = said
        self.for_good = for_good


class AnswerLost(Exception):
    """The whole mail was handed over and no answer came: the mail server may have it."""


class ServerAway(Exception):
    """The mail server cannot be talked with at all; no mail is at fault."""


class Conversation:
    """Talks with one server; `end` ends it."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.backend: Any = None

    def hand_over(self, mail: Mail, about_to: Callable[[], bool]) -> str:
        """Hand one mail over and return what the server said.

        `about_to` is asked before the words are sent; where it says False nothing is sent, and "" is returned. Raises
        NotTaken, AnswerLost, or ServerAway before anything was sent.
        """
        smtp = self._opened()
        try:
            self._begun(smtp.mail(_plain(self.server.sender)))
            self._step(smtp.rcpt(_plain(mail.to)))
            if not about_to():
                smtp.rset()
                return ""
            self._step(smtp.docmd("DATA"), 354)
        except (OSError, SMTPException) as error:
            self.end()
            raise NotTaken(_words(error), for_good=False) from error
        return self._words_sent(smtp, mail)

    def end(self) -> None:
        """Say good-bye; the next mail opens another conversation."""
        if self.backend:
            with suppress(OSError, SMTPException):
                self.backend.close()
        self.backend = None

    def _begun(self, answer: tuple[int, bytes]) -> None:
        """Whether it takes mail from us at all. Raises ServerAway: no recipient is at fault."""
        try:
            self._step(answer)
        except NotTaken as refusal:
            raise ServerAway(refusal.said) from refusal

    def _words_sent(self, smtp: SMTP, mail: Mail) -> str:
        data = message_of(mail, self.server.sender).message().as_bytes(linesep="\r\n")
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", data).removesuffix(b"\r\n") + b"\r\n.\r\n")
            answer = smtp.getreply()
        except (OSError, SMTPException) as error:
            self.end()
            raise AnswerLost(_words(error)) from error
        return self._step(answer, 250)

    def _opened(self) -> SMTP:
        if self.backend is None:
            server = self.server
            backend = EmailBackend(
                host=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.security == "starttls",
                use_ssl=server.security == "tls",
                timeout=server.timeout_s,
            )
            try:
                backend.open()
                backend.connection.ehlo_or_helo_if_needed()
            except (OSError, SMTPException) as error:
                raise ServerAway(_words(error)) from error
            self.backend = backend
        smtp: SMTP = self.backend.connection
        return smtp

    def _step(self, answer: tuple[int, bytes], *right: int) -> str:
        """The words of an answer. Raises NotTaken where it is not the right one; the next mail begins afresh."""
        code, words = answer
        said = f"{code} {words.decode('utf-8', 'replace')}"[:SAID_LETTERS]
        if code in (right or (250, 251)):
            return said
        self._begin_afresh(code)
        raise NotTaken(said, for_good=code >= 500)

    def _begin_afresh(self, code: int) -> None:
        if code == 421 or code < 0:  # it is going away, or has gone
            self.end()
            return
        try:
            self.backend.connection.rset()
        except (OSError, SMTPException):
            self.end()


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it goes out: the same bytes at each attempt, so that who gets it twice can tell."""
    name = sha256(mail.key.encode()).hexdigest()[:32]
    headers = {
        "Message-ID": f"<{name}@{sender.rpartition('@')[2]}>",
        "Date": format_datetime(mail.made_at),
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.text, sender, [mail.to], headers=headers)


def _plain(address: str) -> str:
    """An address as it stands in the conversation: a host name beyond ASCII in its ASCII form."""
    local, _at, host = address.rpartition("@")
    try:
        ascii_ = f"{local}@{host.encode('idna').decode()}"
        ascii_.encode("ascii")
    except UnicodeError:
        raise NotTaken("is no address that this mail server can be asked for", for_good=True) from None
    return ascii_


def _words(error: Exception) -> str:
    said = getattr(error, "smtp_error", b"")
    said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    code = getattr(error, "smtp_code", "")
    return f"{code} {said or error or type(error).__name__}".strip()[:SAID_LETTERS]
