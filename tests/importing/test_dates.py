"""Printed dates are read in many languages, with their pattern; what could be two days is none."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from communique.importing.dates import date_at_end, date_in, dates_in, in_order, settled, unkept, whole_date

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("language", "text", "pattern"),
    [
        ("en", "5 March 2026", "d MMMM y"),
        ("en", "Thursday, March 5, 2026", "EEEE, MMMM d, y"),
        ("en", "5th March 2026", "d MMMM y"),
        ("en", "5 MARCH 2026", "d MMMM y"),
        ("en", "5 of March of 2026", "d 'of' MMMM 'of' y"),
        ("fr", "jeudi 5 mars 2026", "EEEE d MMMM y"),
        ("de", "5. März 2026", "d. MMMM y"),
        ("es", "5 de marzo de 2026", "d 'de' MMMM 'de' y"),
        ("it", "5 marzo 2026", "d MMMM y"),
        ("ru", "5 марта 2026 года", "d MMMM y 'года'"),
        ("uk", "5 березня 2026 р.", "d MMMM y 'р'."),
        ("pl", "czwartek, 5 marca 2026", "EEEE, d MMMM y"),
        ("pt", "5 de março de 2026", "d 'de' MMMM 'de' y"),
        ("el", "5 Μαρτίου 2026", "d MMMM y"),
        ("tr", "5 Mart 2026 Perşembe", "d MMMM y EEEE"),
        ("ar", "٥ مارس ٢٠٢٦", "d MMMM y"),
        ("ar", "الخميس، 5 مارس 2026", "EEEE، d MMMM y"),
        ("zh", "2026年3月5日", "y年M月d日"),
        ("en", "05.03.2026", "dd.MM.yyyy"),
        ("de", "5.3.2026", "d.M.yyyy"),
        ("en", "2026-03-05", "yyyy-MM-dd"),
        ("ar", "٠٥.٠٣.٢٠٢٦", "dd.MM.yyyy"),
    ],
)
def test_a_printed_date_is_read_with_its_pattern(language: str, text: str, pattern: str) -> None:
    found = whole_date(text, language)
    assert found is not None
    assert (found.day, found.pattern) == (DAY, pattern)


def test_a_date_in_another_language_than_its_page_is_read_too() -> None:
    found = whole_date("31 июля 2016", "en")
    assert found is not None
    assert found.day == date(2016, 7, 31)


@pytest.mark.parametrize("text", ["31.02.2026", "2026-13-01", "32 March 2026", "Version 1.2.3", "10:30", "N 660", ""])
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert date_in(text, "en") is None


def test_figures_that_could_be_two_days_are_none_until_evidence_settles_them() -> None:
    unsure = date_in("03/04/2026", "en")
    assert unsure is not None
    assert unsure.day is None
    assert in_order(unsure, "dmy").day == date(2026, 4, 3)
    assert in_order(unsure, "mdy").day == date(2026, 3, 4)
    assert in_order(unsure, "mdy").pattern == "MM/dd/yyyy"


@pytest.mark.parametrize(
    ("texts", "today", "newest_first", "order"),
    [
        (["03/04/2026", "25/04/2026"], None, False, "dmy"),
        (["03/04/2026", "04/25/2026"], None, False, "mdy"),
        (["03/04/2026"], date(2026, 3, 9), False, "mdy"),
        (["02/05/2026", "03/04/2026"], None, True, "dmy"),
        (["03/04/2026", "02/03/2026"], None, True, None),
        (["03/04/2026"], None, False, None),
    ],
)
def test_the_order_of_figures_is_settled_only_by_evidence(
    texts: list[str], today: date | None, newest_first: bool, order: str | None
) -> None:
    dates = [d for text in texts if (d := date_in(text, "en"))]
    assert settled(dates, today, newest_first) == order


def test_dates_of_a_text_are_found_where_they_stand() -> None:
    text = "From 1 May 2026 to 3 May 2026, and no later"
    assert [text[d.start : d.end] for d in dates_in(text, "en")] == ["1 May 2026", "3 May 2026"]
    assert date_at_end(text, "en") is None
    assert date_at_end("The fair (Lisbon, May 3, 2026)", "en") is not None


@pytest.mark.parametrize(
    "language", ["en", "fr", "de", "es", "it", "ru", "uk", "pl", "pt", "el", "tr", "ar", "sv", "nl"]
)
def test_every_month_of_a_language_is_known(language: str) -> None:
    months = Locale.parse(language).months["format"]["wide"]
    for number, name in months.items():
        found = whole_date(f"9 {name} 2024", language)
        assert found is not None, name
        assert found.day == date(2024, number, 9)


@pytest.mark.parametrize(
    ("language", "text", "pattern"),
    [
        ("ja", "2020年10月25日", "y年M月d日"),
        ("zh", "2020年09月04日", "y年MM月dd日"),
        ("zh", "2020年10月25日星期日", "y年M月d日EEEE"),
        ("ko", "2020년 10월 25일", "y년 M월 d일"),
        ("en", "2020年10月25日", "y年M月d日"),
        ("hu", "2020. október 25.", "y. MMMM d."),
        ("he", "25 באוקטובר 2020", "d בMMMM y"),
    ],
)
def test_dates_of_other_orders_are_read_and_printed_again(language: str, text: str, pattern: str) -> None:
    found = whole_date(text, language)
    assert found is not None
    assert (found.pattern, found.text, unkept(found, language)) == (pattern, text, [])


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("ja", "令和八年三月五日", DAY),
        ("ja", "平成三十一年四月三十日", date(2019, 4, 30)),
        ("zh", "二〇二六年三月五日", DAY),
        ("zh", "115-03-05", DAY),
        ("zh", "115/3/5", DAY),
        ("en", "115-03-05", None),
        ("th", "5 มี.ค. 2569", DAY),
        ("th", "วันพฤหัสบดีที่ 5 มีนาคม 2569", DAY),
        ("th", "05/03/2569", DAY),
        ("fa", "۱۴۰۴/۱۲/۱۴", DAY),
        ("fa", "پنج‌شنبه ۱۴ اسفند ۱۴۰۴", DAY),
        ("fa", "۱۴۰۴/۱۲/۳۱", None),
        ("en", "1404/12/14", None),
        ("ar", "16 رمضان 1447 هـ", DAY),
        ("ar", "16/9/1447 هـ", DAY),
        ("ar", "الخميس 16 رمضان 1447 هـ", DAY),
        ("ar", "1447/09/16", DAY),
        ("en", "5 مارس 2569", None),
    ],
)
def test_a_day_of_another_calendar_is_read_in_the_language_that_prints_it(
    language: str, text: str, day: date | None
) -> None:
    found = whole_date(text, language)
    assert (found.day if found else None) == day


def test_where_the_month_of_the_moon_and_ours_are_printed_ours_is_the_day() -> None:
    """A month of the moon begins by sighting: what the office itself calls the day is believed."""
    found = whole_date("15 رمضان 1447 هـ الموافق 5 مارس 2026 م", "ar")
    assert found is not None
    assert found.day == DAY
