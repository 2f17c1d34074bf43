"""A trial office from one page of any site: founded, published and baked, with an account of every line.

A trial lies in a folder of its own, marked as one, and a later trial may take that folder over. A folder that is not
so marked is never touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from communique.importing.page import Page
from communique.settings.arrivals import publish_page
from communique.settings.configuration import FILE_NAME
from communique.settings.errors import SettingsError
from communique.settings.office import found_installation, open_installation
from communique.settings.office_facts import office_piece

MARK = "this-is-a-trial"
NAME = "Trial office"
FALLBACK_ZONE = "UTC"
FALLBACK_DATES = "d MMMM y"

_OF_THE_LIST = ("list heading", "listed", "teaser", "all messages")
_ABOVE_EVERY_PAGE = ("date line", "clock", "contact", "counter")


@dataclass(frozen=True)
class Account:
    """What became of one stretch of a source line. `where` is a site path, None where nothing was understood."""

    line: int
    text: str
    part: str | None
    where: str | None


@dataclass(frozen=True)
class Trial:
    """A trial that was made: the path of its message and the account of every line of the source with words."""

    path: str
    zone: str
    accounts: tuple[Account, ...]

    @property
    def not_understood(self) -> tuple[Account, ...]:
        """The lines that no part of the page took."""
        return tuple(account for account in self.accounts if account.part is None)


def make_trial(home: Path, page: Page, today: date) -> Trial:
    """Make a trial office of a page in `home`. `today` is the day of capture of a page that tells none.

    Raises SettingsError, with nothing changed, when the folder holds anything but an earlier trial; and ImportingError.
    """
    _make_room(home)
    zone, language = zone_of(page), page.language
    found_installation(home, None, office_piece(NAME, zone, [language], _dates_of(page)))
    (home / MARK).touch()
    installation = open_installation(home)
    arrival = publish_page(installation, page, today.isoformat())
    path = f"/{arrival.addresses[arrival.message]}/" if arrival.message else f"/{language}/"
    return Trial(path, zone, tuple(_accounts(page, path, f"/{language}/latest/")))


def zone_of(page: Page) -> str:
    """The zone of the page's own day: of the last clock that has the printed day, of the last clock, else UTC."""
    around = page.surroundings
    zones = [clock.zone for clock in around.clocks if clock.zone]
    if around.told_at and around.day:
        from_zones = [zone for zone in zones if _day_in(zone, page) == around.day]
        zones = from_zones or zones
    return zones[-1] if zones else FALLBACK_ZONE


def _day_in(zone: str, page: Page) -> date | None:
    told = page.surroundings.told_at
    return told.astimezone(ZoneInfo(zone)).date() if told else None


def _dates_of(page: Page) -> str:
    printed = [page.heading.published] if page.heading.published else []
    printed += [item.printed for item in page.listing.items]
    return printed[0].pattern if printed else FALLBACK_DATES


def _make_room(home: Path) -> None:
    if not home.exists() or (home.is_dir() and not any(home.iterdir())):
        return
    if not (home / MARK).is_file() or not (home / FILE_NAME).is_file():
        raise SettingsError([f"{home}: holds something that is no trial; name another folder with --home"])
    shutil.rmtree(home)


def _accounts(page: Page, path: str, latest: str) -> Iterator[Account]:
    unread = {line.number for line in page.not_understood}
    for line in page.capture.lines:
        if line.number in unread:
            yield Account(line.number, line.text.strip(), None, None)
            continue
        for stretch in page.understood.get(line.number, ()):
            text = line.text[stretch.start : stretch.end].strip()
            yield Account(line.number, text, stretch.part, _place(stretch.part, stretch.number, path, latest))


def _place(part: str, number: int, path: str, latest: str) -> str:
    if part in _OF_THE_LIST:
        return latest
    if part in _ABOVE_EVERY_PAGE:
        return f"{path}#top"
    return f"{path}#t{number + 1}" if part == "turn" else path
