"""The office of a page: its furniture as it stands now, in the language of the page. Most views begin with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from communique.press.markup import Html
from communique.press.shown import Content, Setting
from communique.press.wording import Wording, in_language, local_time, wording_of, zone_city


@dataclass(frozen=True)
class Office:
    """The office of a setting and its wording: what most views ask for."""

    setting: Setting
    wording: Wording
    content: Content

    @property
    def zone(self) -> str:
        return str(self.content.get("zone", "Etc/UTC"))

    @cached_property
    def name(self) -> str:
        return in_language(self.content.get("name"), self.wording.language)

    @cached_property
    def today(self) -> date:
        """The day on which this page's figures stand."""
        return local_time(self.setting.as_of, self.zone).date()

    @cached_property
    def city(self) -> str:
        """The city that names the office's zone."""
        return self.city_of(self.zone)

    def city_of(self, zone: str) -> str:
        """The city that names a zone: that of a clock in it, else CLDR's."""
        for clock in self.setting.furniture.of("clock"):
            if clock.content["zone"] == zone:
                return in_language(clock.content["city"], self.wording.language)
        return zone_city(zone, self.wording.language)

    @cached_property
    def address(self) -> str:
        """The office's public address, without a slash at its end: the log's origin without its last word."""
        return "https://" + self.setting.furniture.origin.rsplit("/", 1)[0]

    def instant(self, at: str) -> Html:
        """An instant in the office's own zone, with the place whose time it is; no line ends inside its day."""
        return self.wording.instant(at, self.zone, self.city)

    def day_of(self, at: str) -> date:
        """The day of an instant in the office's zone."""
        return local_time(at, self.zone).date()


def office_of(setting: Setting, language: str | None = None) -> Office:
    """The office as the furniture has it now."""
    piece = setting.furniture.one("office")
    wording = wording_of(setting.furniture, language or setting.language)
    return Office(setting, wording, piece.content if piece else {})
