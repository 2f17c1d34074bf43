"""Dates in calendars of their own, as Japan, Taiwan, Thailand, Iran and Arab states print them on official pages.

Figures alone say no calendar: 1403/02/24 is solar in Persian, and 5/11/1445 of the moon in Arabic, as 113-05-14 counts
the years of the Republic in Chinese and 15/05/2567 those of the Buddha in Thai. Days of the moon are those of Umm
al-Qura, which Arab states print; in other languages they are not read, because there the month begins by sighting.

>>> found = other_date("令和8年3月3日（火）", "ja"); found and found[0]
datetime.date(2026, 3, 3)
>>> found = other_date("۱۲ اسفند ۱۴۰۴", "fa"); found and found[0]
datetime.date(2026, 3, 3)
>>> found = other_date("14 رمضان 1447 هـ", "ar"); found and found[0]
datetime.date(2026, 3, 3)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from hijridate import Hijri

from communique.importing.digits import ascii_digits

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""the year before the first of each era"""
_REPUBLIC = 1911
_SOLAR_MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_THAI_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_THAI_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_MOON_MONTHS = (
    *("محرم", "صفر", "ربيع ال[أا]ول", "ربيع ال(?:[آا]خر|ثاني)"),
    *("جماد[ىي] ال[أا]ول[ىي]?", "جماد[ىي] ال(?:[آا]خرة?|ثانية?)"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذ[وي] ?القعد[ةه]", "ذ[وي] ?الحج[ةه]"),
)  # fmt: skip
_BUDDHIST = 543
_SIGNS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_BY_ERA = re.compile(
    rf"(?:(?:中華)?(?P<era>{'|'.join(_ERAS)})\s*(?P<y>\d{{1,3}}|元|[一二三四五六七八九十百〇]{{1,4}})|(?P<c>[一二][〇零一二三四五六七八九]{{3}}))"
    rf"\s*年\s*(?P<m>{_NUMBER})\s*月\s*(?P<d>{_NUMBER})\s*日"
    r"(?:\s*[(（][日月火水木金土一二三四五六](?:曜日?)?(?:・祝)?[)）])?"
)
_SOLAR = re.compile(
    r"(?:(?:(?:یک|دو|سه|چهار|پنج)[\s\u200c]?شنبه|شنبه|جمعه)[,،]?\s+)?"
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{'|'.join(_SOLAR_MONTHS)})(?:\s*ماه)?[,،]?\s+(?P<y>1[34]\d\d)(?!\d)"
)
_THAI = re.compile(
    r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?\s*)?"
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{'|'.join(map(re.escape, (*_THAI_MONTHS, *_THAI_SHORT)))})"
    r"\s*(?:พ\.ศ\.\s*)?(?P<y>2[45]\d\d|[5-9]\d)(?!\d)"
)
_MOON = re.compile(
    r"(?:(?:يوم\s+)?(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)[,،]?\s+)?"
    rf"(?<!\d)(?P<d>\d{{1,2}})[\s/-]+(?:{'|'.join(f'(?P<m{n}>{m})' for n, m in enumerate(_MOON_MONTHS, 1))})"
    r"[\s/,،-]+(?P<y>1[34]\d\d)(?!\d)(?:\s*ه(?:ـ|جرية?)?(?!\w)\.?)?"
)
_BESIDE = r"(?<![\d./\-]){}(?![\d/]|[.\-]\d)(?:\s*ه(?:ـ|جرية?)?(?!\w))?"
_YEAR_FIRST = re.compile(_BESIDE.format(r"(?P<y>1[34]\d\d)(?P<s>[/.\-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"))
_YEAR_LAST = re.compile(_BESIDE.format(r"(?P<d>\d{1,2})(?P<s>[/.\-])(?P<m>\d{1,2})(?P=s)(?P<y>1[34]\d\d|2[45]\d\d)"))
_OF_REPUBLIC = re.compile(_BESIDE.format(r"(?P<y>1[0-4]\d)(?P<s>[/.\-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"))

_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], date]]


def other_date(text: str, language: str = "", start: int = 0) -> tuple[date, int, int] | None:
    """The first such date of a text from `start` on, as a day of our calendar, with its place."""
    if text.isascii() and language not in _FIGURES:
        return None
    plain = ascii_digits(text)
    for form, day_of in (*_FIGURES.get(language, ()), *(() if text.isascii() else _WORDS)):
        if found := form.search(plain, start):
            try:
                return day_of(found), found.start(), found.end()
            except (ValueError, OverflowError):
                return None
    return None


def is_of_the_moon(text: str) -> bool:
    """Whether a printed date names a month of the moon."""
    return _MOON.match(ascii_digits(text)) is not None


def _by_era(found: re.Match[str]) -> date:
    era = found["era"]
    year = _number(found["c"]) if era is None else _ERAS[unicodedata.normalize("NFC", era)] + _number(found["y"])
    return date(year, _number(found["m"]), _number(found["d"]))


def _number(printed: str) -> int:
    """A number in figures, or in signs as they are counted or read out: 元 is one, 二十三 and 二〇二三."""
    if printed == "元":
        return 1
    if "百" in printed or "十" in printed:
        hundreds, _, rest = printed.rpartition("百")
        tens, ten, ones = rest.rpartition("十")
        return 100 * _digits(hundreds, bool("百" in printed)) + 10 * _digits(tens, bool(ten)) + _digits(ones, False)
    return int(printed.translate(_SIGNS))


def _digits(signs: str, alone: bool) -> int:
    return int(signs.translate(_SIGNS)) if signs else int(alone)


def _thai(found: re.Match[str]) -> date:
    months = _THAI_MONTHS if found["m"] in _THAI_MONTHS else _THAI_SHORT
    year = int(found["y"])
    return date((year if year > 100 else 2500 + year) - _BUDDHIST, months.index(found["m"]) + 1, int(found["d"]))


def _buddhist(found: re.Match[str]) -> date:
    return date(int(found["y"]) - _BUDDHIST, int(found["m"]), int(found["d"]))


def _of_republic(found: re.Match[str]) -> date:
    return date(_REPUBLIC + int(found["y"]), int(found["m"]), int(found["d"]))


def _solar(found: re.Match[str]) -> date:
    month = int(found["m"]) if found["m"].isdecimal() else _SOLAR_MONTHS.index(found["m"]) + 1
    if not (1 <= month <= 12 and 1 <= int(found["d"]) <= (31 if month < 7 else 30)):
        raise ValueError(found.group())
    day = _days(int(found["y"]), month, int(found["d"]))
    return date.fromordinal(date(2021, 3, 21).toordinal() + day - _days(1400, 1, 1))


def _days(year: int, month: int, day: int) -> int:
    """Days of the solar Hijri calendar: six months of 31 days, then of 30; eight leap years in 33."""
    year += 1595
    months = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + months + day


def _moon(found: re.Match[str]) -> date:
    named = found.groupdict().get("m") or next(n for n in range(1, 13) if found[f"m{n}"])
    day = Hijri(int(found["y"]), int(named), int(found["d"])).to_gregorian()
    return date(day.year, day.month, day.day)


_WORDS: tuple[_Form, ...] = ((_BY_ERA, _by_era), (_SOLAR, _solar), (_THAI, _thai))
_FIGURES: Mapping[str, tuple[_Form, ...]] = {
    "fa": ((_YEAR_FIRST, _solar),),
    "ar": ((_MOON, _moon), (_YEAR_FIRST, _moon), (_YEAR_LAST, _moon)),
    "th": ((_YEAR_LAST, _buddhist),),
    "zh": ((_OF_REPUBLIC, _of_republic),),
}
"""what only one language prints so, and what it is there"""
