"""City clocks: zones from names in many languages, homonyms settled by what the page prints."""

from __future__ import annotations

from datetime import date

import pytest

from communique.importing.capture import capture
from communique.importing.cities import zones_of
from communique.importing.clocks import find_clocks, settle
from communique.importing.sheet import Sheet


def clocks_of(text: str, language: str = "en") -> list[tuple[str, str]]:
    sheet = Sheet(capture(text.encode(), name="page").lines)
    return [(city, time) for city, time, _ in find_clocks(sheet, language)]


@pytest.mark.parametrize(
    ("language", "city", "zone"),
    [
        ("en", "Reykjavík", "Atlantic/Reykjavik"),
        ("en", "REYKJAVIK", "Atlantic/Reykjavik"),
        ("en", "Washington, D.C.", "America/New_York"),
        ("en", "Honolulu", "Pacific/Honolulu"),
        ("fr", "Lisbonne", "Europe/Lisbon"),
        ("de", "Peking", "Asia/Shanghai"),
        ("it", "Londra", "Europe/London"),
        ("es", "Ciudad de México", "America/Mexico_City"),
        ("pl", "Rzym", "Europe/Rome"),
        ("pt", "Pequim", "Asia/Shanghai"),
        ("ru", "Москва", "Europe/Moscow"),
        ("uk", "Лондон", "Europe/London"),
        ("el", "Λονδίνο", "Europe/London"),
        ("tr", "Kahire", "Africa/Cairo"),
        ("ar", "القاهرة", "Africa/Cairo"),
        ("zh", "北京", "Asia/Shanghai"),
        ("ja", "東京", "Asia/Tokyo"),
        ("en", "Москва", "Europe/Moscow"),
    ],
)
def test_a_city_is_known_by_its_name_in_many_languages(language: str, city: str, zone: str) -> None:
    assert zones_of(city, language)[0] == zone


@pytest.mark.parametrize("word", ["Time", "Date", "Question", "Tel", "Ostrevell", "", "x" * 100])
def test_a_word_that_names_no_great_city_has_no_zone(word: str) -> None:
    assert zones_of(word, "en") == ()


def test_every_capital_has_its_zone() -> None:
    countries = {
        "Vaduz": "Europe/Vaduz",
        "Monaco": "Europe/Monaco",
        "Thimphu": "Asia/Thimphu",
        "Funafuti": "Pacific/Funafuti",
    }
    for capital, zone in countries.items():
        assert zone in zones_of(capital, "en"), capital


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lisbon: 08:42\nTokyo: 16:42", [("Lisbon", "08:42"), ("Tokyo", "16:42")]),
        ("Lisbon 08:42   Tokyo 16:42", [("Lisbon", "08:42"), ("Tokyo", "16:42")]),
        ("Lisbon: 8.42 | New Delhi: 13.12", [("Lisbon", "08:42"), ("New Delhi", "13:12")]),
        ("London: 1:03 p.m.", [("London", "13:03")]),
        ("Averholm: 08:14\nTessmark: 10:14", [("Averholm", "08:14"), ("Tessmark", "10:14")]),
        ("Time: 16:50", []),
        ("The boat leaves Lisbon at 08:42", []),
        ("Question: 08:42 is early, is it not?", []),
    ],
)
def test_lines_of_clocks_are_known_by_their_shape(text: str, found: list[tuple[str, str]]) -> None:
    assert clocks_of(text) == found


def test_arabic_digits_tell_the_time_too() -> None:
    assert clocks_of("القاهرة: ٠٣:٠٥", "ar") == [("القاهرة", "03:05")]


def test_the_clocks_tell_the_instant_even_in_a_repeated_hour() -> None:
    told = settle([("Reykjavík", "00:30"), ("Lisbon", "01:30")], date(2026, 10, 25), "en")
    assert told.at is not None
    assert told.at.isoformat() == "2026-10-25T00:30:00+00:00"
    later = settle([("Reykjavík", "01:30"), ("Lisbon", "01:30")], date(2026, 10, 25), "en")
    assert later.at is not None
    assert later.at.isoformat() == "2026-10-25T01:30:00+00:00"


def test_the_printed_time_decides_between_cities_of_one_name() -> None:
    day = date(2026, 7, 1)
    assert settle([("London", "09:00"), ("Paris", "15:00")], day, "en").zones == ("America/Toronto", "Europe/Paris")
    assert settle([("London", "14:00"), ("Paris", "15:00")], day, "en").zones == ("Europe/London", "Europe/Paris")


def test_clocks_that_agree_with_no_zone_table_tell_no_instant_and_keep_their_likeliest_cities() -> None:
    told = settle([("Moscow", "03:03"), ("London", "01:13")], date(2026, 7, 1), "en")
    assert told.at is None
    assert told.zones == ("Europe/Moscow", "Europe/London")


def test_the_office_zone_decides_whose_day_a_date_line_is() -> None:
    clocks, day = [("Paris", "00:30"), ("Honolulu", "12:30")], date(2026, 7, 2)
    paris, honolulu = settle(clocks, day, "en", "Europe/Paris").at, settle(clocks, day, "en", "Pacific/Honolulu").at
    assert paris is not None
    assert honolulu is not None
    assert (honolulu - paris).days == 1
