"""What the settings hand in when an installation is opened: the record, the press's preview, the clock.

The newsroom knows neither settings nor press; it asks here. `given()` is set once in a process, before the first
request or the first round of the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from communique.importing.page import Page
from communique.importing.raw import Raw
from communique.newsroom.post.server import MailServer
from communique.record.publishing import Publisher
from communique.record.reader_database import DatabaseReader
from communique.record.release import Draft


class Preview(Protocol):
    """The press's own pages before it happens."""

    def __call__(self, drafts: Sequence[Draft], at: str) -> Mapping[str, bytes]:
        """Site path -> bytes, of each page and file that these drafts would put before readers at the instant."""


@dataclass(frozen=True)
class Guest:
    """Somebody whom the demo's sign-in page names, with all that signs him in."""

    name: str
    roles: Sequence[str]
    email: str
    password: str
    code: str
    """the second factor's, of this moment"""


@dataclass(frozen=True)
class Given:
    """One installation, as the newsroom needs it."""

    publisher: Publisher
    """without followers: the worker lets them catch up once for a whole round"""
    reader: Callable[[], DatabaseReader]
    preview: Preview
    catch_up: Callable[[], None]
    """steps 3 to the last, followers too, for everything that is committed"""
    versions: Callable[[str], Mapping[str, str]]
    """id of a message -> language -> id of each version that is on the record"""
    named: Callable[[str, int | None, int], Sequence[int]]
    """words of a title or address, an entry number to look below, how many at most -> entry numbers, newest first"""
    arrive: Callable[[Page, str | None, Raw], dict[str, Any]]
    """puts a page of another site on the record, as `communique import --publish` does: the page, when it was
    captured where it does not tell, its bytes -> entries, message, address, already. Raises ImportingError and what
    publishing raises"""
    original: Callable[[str], bytes | None]
    """the bytes of an imported page that are kept beside its message, named by their SHA-256"""
    forget_original: Callable[[str], None]
    """throws them away, and all that was read of the page on its way in"""
    public_until: Callable[[], int]
    """how many entries readers see; the others are on the record, and their pages are not made yet"""
    is_rebuilding: Callable[[], bool]
    """whether a change that shows on every page is on the record, and not all pages show it yet"""
    public_file: Callable[[str], bytes | None]
    """site path of the live build or of the record's head -> bytes, None where there is none"""
    clock: Callable[[], datetime]
    private_folder: Path
    """uploaded files, which nobody outside may reach"""
    site_address: str
    """where readers find the public site, ending in a slash"""
    desk_address: str
    """where people of the office find the desk, ending in a slash"""
    style_path: str
    """address of the public site's style sheet with its fonts and tokens, from the root"""
    font_faces: str
    """CSS: the house's fonts by their names, for screens that have their own style sheet"""
    labels: Mapping[str, Any]
    """key -> English default of each label of the public site"""
    labels_in: Callable[[str], Mapping[str, Any]] = lambda _tag: {}
    """language -> the same in it, without the office's own; empty of one that the site does not speak"""
    guests: Callable[[], Sequence[Guest]] = tuple
    """who may sign in, said on the sign-in page itself: nobody but in the demo"""
    mail: MailServer | None = None
    """where mail is handed over; None: it is kept, and the desk says so"""

    def today(self, zone: str) -> date:
        """The day in a zone."""
        return self.clock().astimezone(ZoneInfo(zone)).date()


_given: list[Given] = []


def hand_in(given_: Given) -> None:
    """Set what this process works on."""
    _given[:] = [given_]


def is_given() -> bool:
    """Whether an installation is open."""
    return bool(_given)


def given() -> Given:
    """What this process works on. Raises RuntimeError before anything was handed in."""
    if not _given:
        raise RuntimeError("no installation is open: communique.settings.desk.open_desk hands one in")
    return _given[0]
