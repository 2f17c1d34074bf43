"""Lists print their days in parts: a month over many rows, a box for each part, a day over all that was said on it."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import read_page

TITLES = {
    "en": (
        "The lamp on the northern pier is lit",
        "The school of pilots opens its doors",
        "Two cities share one ferry",
    ),
    "es": ("El faro del muelle vuelve a encenderse", "La escuela de pilotos abre sus puertas", "Una barca para dos"),
    "tr": ("Kuzey iskelesindeki fener yakıldı", "Kılavuzluk okulu kapılarını açıyor", "İki şehre ortak feribot"),
    "ja": ("北埠頭の灯台が再び点灯しました", "水先人養成学校が秋に開校します", "二つの市が共同運航に合意しました"),
    "ar": ("إعادة إضاءة منارة الرصيف الشمالي", "مدرسة الإرشاد البحري تفتح أبوابها", "المدينتان تتفقان على عبارة"),
    "el": ("Ο φάρος της προβλήτας άναψε ξανά", "Η σχολή πλοηγών ανοίγει τις πύλες", "Δύο πόλεις, ένα πορθμείο"),
    "hi": ("उत्तरी घाट का प्रकाशस्तंभ जलाया गया", "पायलट स्कूल शरद ऋतु में खुलेगा", "दो नगरों की साझा नौका"),
    "pt": ("O farol do cais volta a acender", "A escola de pilotos abre as portas", "Uma barca para as duas cidades"),
}
DAYS = ("2025-11-28", "2025-11-03", "2025-10-09")


def listed(language: str, body: str) -> list[tuple[str | None, str]]:
    html = f"<!doctype html><html lang='{language}'><body><h1>Harbour</h1>{body}<div>© Harbour</div></body></html>"
    found = read_page(capture(html.encode(), name="page.html"))
    assert found.kind == "list"
    return [(item.day, item.title) for item in found.listing.items]


def expected(language: str, days: tuple[str, ...] = DAYS) -> list[tuple[str, str]]:
    return list(zip(days, TITLES[language], strict=True))


def rows(language: str, days: tuple[str, ...], row: str = "<li>{day} <a href='/{n}'>{title}</a></li>") -> list[str]:
    pairs = zip(days, TITLES[language], strict=True)
    return [row.format(day=day, n=n, title=title) for n, (day, title) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("language", "months", "days"),
    [
        ("en", ("November 2025", "October 2025"), ("28 November", "Mon, 3 Nov", "9 October")),
        ("en", ("November 2025", "October 2025"), ("28", "3rd", "9")),
        ("en", ("November 2025", "October 2025"), ("11/28", "11/3", "10/9")),
        ("es", ("noviembre de 2025", "Octubre 2025"), ("28 de noviembre", "3 nov.", "9 oct")),
        ("tr", ("Kasım 2025", "Ekim 2025"), ("28 Kasım", "3 Kas", "9 Ekim")),
        ("ja", ("2025年11月", "2025年10月"), ("11月28日", "3日", "9日")),
        ("ar", ("نوفمبر 2025", "أكتوبر 2025"), ("٢٨ نوفمبر", "3 نوفمبر", "9 أكتوبر")),
        ("el", ("Νοέμβριος 2025", "Οκτώβριος 2025"), ("28 Νοεμβρίου", "3 Νοεμβρίου", "9 Οκτωβρίου")),
        ("hi", ("नवंबर 2025", "अक्टूबर 2025"), ("28 नवंबर", "3 नवंबर", "9 अक्टूबर")),
        ("pt", ("11/2025", "10/2025"), ("28/11", "03/11", "09/10")),
    ],
)
def test_a_month_over_rows_is_that_of_their_days(language: str, months: tuple[str, str], days: tuple[str, ...]) -> None:
    one, two, three = rows(language, days)
    body = f"<h2>{months[0]}</h2><ul>{one}{two}</ul><h2>{months[1]}</h2><ul>{three}<li>…</li></ul>"
    assert listed(language, body) == expected(language)


def test_a_year_over_rows_is_that_of_their_days() -> None:
    one, two, three = rows("pt", ("28 de novembro", "3 nov", "9/10"))
    assert listed("pt", f"<h2>2025</h2><ul>{one}{two}{three}</ul>") == expected("pt")


def test_a_day_of_another_month_than_the_one_above_is_none() -> None:
    one, two, three = rows("en", ("28 November", "3 November", "9 October"))
    assert listed("en", f"<h2>November 2025</h2><ul>{one}{two}{three}</ul>") == expected("en")[:2]


@pytest.mark.parametrize(
    ("language", "boxes"),
    [
        ("en", (("28", "Nov 2025"), ("03", "Nov 2025"), ("09", "Oct 2025"))),
        ("es", (("28", "nov", "2025"), ("03", "nov", "2025"), ("09", "oct", "2025"))),
        ("tr", (("28 Kas", "2025"), ("03 Kas", "2025"), ("09 Eki", "2025"))),
        ("ja", (("28", "2025.11"), ("03", "2025.11"), ("09", "2025.10"))),
        ("el", (("28", "Νοε 2025"), ("3", "Νοε 2025"), ("9", "Οκτ 2025"))),
    ],
)
def test_a_day_in_boxes_is_one_day(language: str, boxes: tuple[tuple[str, ...], ...]) -> None:
    days = tuple("".join(f"<div>{part}</div>" for part in parts) for parts in boxes)
    cards = rows(language, days, "<div><div>{day}</div><h3><a href='/{n}'>{title}</a></h3></div>")
    assert listed(language, "".join(cards)) == expected(language)


def test_a_month_cut_short_stands_apart_from_its_year() -> None:
    days = tuple(
        f"<span>{d}</span><span>{m}</span><span>2025</span>" for d, m in ((28, "nov."), (3, "nov."), (9, "out."))
    )
    cards = rows("pt", days, "<div><div>{day}</div><h3><a href='/{n}'>{title}</a></h3></div>")
    assert listed("pt", "".join(cards)) == expected("pt")


def test_the_year_of_a_day_may_be_told_to_machines_alone() -> None:
    printed = zip(DAYS, ("28 Nov", "Nov 3", "9. Oct"), strict=True)
    days = tuple(f"<time datetime='{day}T09:00:00Z'>{words}</time>" for day, words in printed)
    assert listed("en", f"<ul>{''.join(rows('en', days))}</ul>") == expected("en")


@pytest.mark.parametrize("told", [*DAYS, "2025-19-39", "2025-02-31"])
def test_a_day_for_machines_that_is_another_than_the_printed_one_is_none(told: str) -> None:
    days = (f"<time datetime='{told}'>1 Nov</time>",) * 3
    html = f"<!doctype html><html lang='en'><body><h1>Harbour</h1><ul>{''.join(rows('en', days))}</ul></body></html>"
    assert read_page(capture(html.encode(), name="page.html")).listing.items == ()


@pytest.mark.parametrize("head", ["h3", "p", "div"])
def test_a_day_over_many_titles_is_the_day_of_each(head: str) -> None:
    one, two, three = rows("es", ("", "", ""))
    first, second = f"<{head}>28 de noviembre de 2025</{head}>", f"<{head}>9 de octubre de 2025</{head}>"
    days = ("2025-11-28", "2025-11-28", "2025-10-09")
    assert listed("es", f"{first}<ul>{one}{two}</ul>{second}<ul>{three}</ul>") == expected("es", days)


@pytest.mark.parametrize("language", ["es", "tr", "el", "pt"])
def test_a_list_in_columns_of_a_text_is_one(language: str) -> None:
    lines = "\n".join(f"{day[8:]}.{day[5:7]}.{day[:4]}    {title}" for day, title in expected(language))
    found = read_page(capture(f"Harbour\n\nWords of the keeper\n\n{lines}\n".encode(), name="page.txt"))
    assert [(item.day, item.title) for item in found.listing.items] == expected(language)
    assert (found.kind, found.heading.title, found.listing.separator) == ("list", "Words of the keeper", None)
