"""Closed days that come once, and those that come every year."""

from __future__ import annotations

from datetime import date

import pytest

from communique.edition.closures import day_in_page, is_closed_day, next_closed_day


@pytest.mark.parametrize(
    ("closure", "today", "day"),
    [
        ({"on": "2026-12-21"}, "2026-12-21", "2026-12-21"),
        ({"on": "2026-12-21"}, "2026-12-22", None),
        ({"on": "2019-07-14", "yearly": True}, "2027-07-14", "2027-07-14"),
        ({"on": "2019-07-14", "yearly": True}, "2027-07-15", "2028-07-14"),
        ({"on": "2030-07-14", "yearly": True}, "2027-07-01", "2030-07-14"),
        ({"on": "2024-02-29", "yearly": True}, "2025-01-01", "2028-02-29"),
        ({"on": "2096-02-29", "yearly": True}, "2096-03-01", "2104-02-29"),
    ],
)
def test_a_yearly_day_comes_again_from_its_first_one_on(
    closure: dict[str, object], today: str, day: str | None
) -> None:
    found = next_closed_day(closure, date.fromisoformat(today))
    assert (found.isoformat() if found else None) == day
    assert day is None or is_closed_day(closure, day)


def test_a_yearly_day_is_written_without_its_year_and_holds_for_no_year_before_it() -> None:
    assert day_in_page({"on": "2019-07-14", "yearly": True}) == "07-14"
    assert day_in_page({"on": "2019-07-14"}) == "2019-07-14"
    assert not is_closed_day({"on": "2019-07-14", "yearly": True}, "2018-07-14")
    assert not is_closed_day({"on": "2019-07-14"}, "2020-07-14")
