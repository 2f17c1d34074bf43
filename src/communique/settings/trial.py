"""A trial office from one page of any site: founded, published and baked, with an account of every line.

A trial lies in a folder of its own, marked as one from its beginning, and a later trial may take that folder over. A
folder that is not so marked is never touched.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from communique.importing.contents import captured_at
from communique.importing.page import Page
from communique.settings.account import Account, accounts_of
from communique.settings.arrivals import publish_page
from communique.settings.errors import SettingsError
from communique.settings.office import found_installation, open_installation
from communique.settings.office_facts import office_piece

MARK = "this-is-a-trial"
MARK_TEXT = "Made by `communique page`, which may delete this folder and make another in its place.\n"
NAME = "Trial office"
FALLBACK_ZONE = "UTC"
FALLBACK_DATES = "d MMMM y"


@dataclass(frozen=True)
class Trial:
    """A trial that was made: the path of its message (or of its front page), and what became of the source.

    `notes` are sentences on what the page told of the office, and on what was taken because it did not tell; `besides`
    counts the words of an HTML page that were not read.
    """

    path: str
    accounts: tuple[Account, ...]
    notes: tuple[str, ...]
    besides: int


def make_trial(home: Path, page: Page, today: date) -> Trial:
    """Make a trial office of a page in `home`. `today` is the day of capture of a page that tells none.

    Raises SettingsError, with nothing changed, when the folder holds anything but an earlier trial, or when the page's
    language is not known; and ImportingError.
    """
    zone, zone_note = zone_of(page)
    dates, dates_note = _dates_of(page)
    piece = office_piece(NAME, zone, [page.language], dates)
    notes = [zone_note, dates_note]
    if captured_at(page, zone) is None:
        notes.append(f"The page does not tell the day on which it was saved; taken was today, {today.isoformat()}.")
    require_room(home)
    _clear(home)
    found_installation(home, None, piece, beside={MARK: MARK_TEXT})
    installation = open_installation(home)
    arrival = publish_page(installation, page, today.isoformat())
    front = f"/{page.language.lower()}/"
    path = f"/{arrival.addresses[arrival.message]}/" if arrival.message else front
    accounts = accounts_of(page, installation.configuration.public_folder / "site", path, front)
    return Trial(path, accounts, tuple(notes), page.capture.besides)


def require_room(home: Path) -> None:
    """Raises SettingsError when there is anything in `home` that is not a trial of ours."""
    if not home.exists() or (home.is_dir() and (_is_trial(home) or not any(home.iterdir()))):
        return
    raise SettingsError([f"{home}: holds something that is no trial and is left as it is; name another with --home"])


def zone_of(page: Page) -> tuple[str, str]:
    """The zone in which the page's own day turns, and a sentence that says why.

    That of the last clock whose local day is the printed one; of the last clock where clocks and day tell no instant;
    else UTC.
    """
    around = page.surroundings
    known = [(clock.city, clock.zone) for clock in around.clocks if clock.zone]
    if not known:
        return FALLBACK_ZONE, f"The page has no clock of a known city: the office's day turns in {FALLBACK_ZONE}."
    told = around.told_at
    fitting = [(city, zone) for city, zone in known if told and told.astimezone(ZoneInfo(zone)).date() == around.day]
    city, zone = (fitting or known)[-1]
    why = "whose clock shows the printed day" if fitting else "the last of the page's clocks"
    return zone, f"The office's day turns in {zone}, {why} ({city})."


def _dates_of(page: Page) -> tuple[str, str]:
    """The pattern of dates in lists: that of the message's own date, else of the first listed one."""
    sources = [("the message's own date", page.heading.published)] if page.heading.published else []
    sources += [("the first listed date", item.printed) for item in page.listing.items[:1]]
    for name, printed in sources:
        return printed.pattern, f"Dates are printed as {printed.pattern}, like {name}."
    return FALLBACK_DATES, f"The page dates no message: dates are printed as {FALLBACK_DATES}."


def _is_trial(home: Path) -> bool:
    mark = home / MARK
    return mark.is_file() and mark.read_text("utf-8", "replace") == MARK_TEXT


def _clear(home: Path) -> None:
    """Delete an earlier trial, its mark last: killed in between, the folder is still known for a trial."""
    if not home.exists():
        return
    for child in sorted(home.iterdir(), key=lambda path: path.name == MARK):
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
