"""Dates in calendars of their own, as Japan, Taiwan, Thailand and Iran print them on official pages.

>>> found = other_date("令和8年3月3日（火）"); found and found[0]
datetime.date(2026, 3, 3)
>>> found = other_date("۱۲ اسفند ۱۴۰۴"); found and found[0]
datetime.date(2026, 3, 3)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from communique.importing.digits import ascii_digits

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""the year before the first of each era"""
_SOLAR_MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_THAI_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_BUDDHIST = 543

_BY_ERA = re.compile(
    rf"(?:中華)?(?P<era>{'|'.join(_ERAS)})\s*(?P<y>\d{{1,3}}|元)\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日"
    r"(?:\s*[(（][日月火水木金土一二三四五六](?:曜日?)?(?:・祝)?[)）])?"
)
_SOLAR = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{'|'.join(_SOLAR_MONTHS)})(?:\s*ماه)?\s+(?P<y>1[34]\d\d)(?!\d)")
_THAI = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{'|'.join(_THAI_MONTHS)})\s+(?:พ\.ศ\.\s*)?(?P<y>2[45]\d\d)(?!\d)")


def other_date(text: str, start: int = 0) -> tuple[date, int, int] | None:
    """The first such date of a text from `start` on, as a day of our calendar, with its place."""
    if text.isascii():
        return None
    plain = ascii_digits(text)
    forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date]], ...] = (
        (_BY_ERA, _by_era),
        (_SOLAR, _solar),
        (_THAI, _thai),
    )
    for form, day_of in forms:
        if found := form.search(plain, start):
            try:
                return day_of(found), found.start(), found.end()
            except ValueError:
                return None
    return None


def _by_era(found: re.Match[str]) -> date:
    year = 1 if found["y"] == "元" else int(found["y"])
    return date(_ERAS[unicodedata.normalize("NFC", found["era"])] + year, int(found["m"]), int(found["d"]))


def _thai(found: re.Match[str]) -> date:
    return date(int(found["y"]) - _BUDDHIST, _THAI_MONTHS.index(found["m"]) + 1, int(found["d"]))


def _solar(found: re.Match[str]) -> date:
    day = _days(int(found["y"]), _SOLAR_MONTHS.index(found["m"]) + 1, int(found["d"]))
    return date.fromordinal(date(2021, 3, 21).toordinal() + day - _days(1400, 1, 1))


def _days(year: int, month: int, day: int) -> int:
    """Days of the solar Hijri calendar: six months of 31 days, then of 30; eight leap years in 33."""
    year += 1595
    months = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + months + day
