"""Where and when a message speaks of: datelines, lines of the head, and what names no event."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page

SAID = "The minister opened the new pier this morning and thanked everybody who had built it in three years."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."


def page(title: str, body: str, language: str = "en") -> Page:
    html = f"<!doctype html><html lang='{language}'><body><h1>{title}</h1>{body}<p>{MORE}</p></body></html>"
    return read_page(capture(html.encode(), name="page.html"))


@pytest.mark.parametrize(
    ("language", "dateline", "place"),
    [
        ("en", "LISBON, 14 November 2025 – ", "LISBON"),
        ("en", "Lisbon (November 14, 2025) - ", "Lisbon"),
        ("es", "Sevilla, 14 de noviembre de 2025.- ", "Sevilla"),
        ("tr", "İzmir, 14 Kasım 2025 – ", "İzmir"),
        ("ar", "الإسكندرية، 14 نوفمبر 2025 – ", "الإسكندرية"),
        ("pt", "Setúbal, 14 de novembro de 2025 – ", "Setúbal"),
    ],
)
def test_a_dateline_dates_a_page_that_gives_no_other_day_and_places_it(
    language: str, dateline: str, place: str
) -> None:
    found = page("The pier is open", f"<p>{dateline}{SAID}</p>", language)
    assert str(found.published) == "2025-11-14"
    assert found.occasion is not None
    assert (found.occasion.place, found.occasion.on) == (place, None)
    assert found.body[0].startswith(dateline.strip()[:10]), "it stays among the words"


def test_a_day_of_the_head_is_believed_before_that_of_a_dateline() -> None:
    found = page("The pier is open", f"<p>16 November 2025</p><p>LISBON, 14 November 2025 – {SAID}</p>")
    assert str(found.published) == "2025-11-16"


@pytest.mark.parametrize("opening", ["On 14 November 2025, ", "Since Monday, 14 November 2025 - ", "In 2025 - "])
def test_a_day_in_the_first_sentence_is_no_dateline(opening: str) -> None:
    found = page("The pier is open", f"<p>{opening}{SAID}</p>")
    assert (found.published, found.occasion) == (None, None)


@pytest.mark.parametrize(
    ("language", "title", "line", "place"),
    [
        ("es", "Discurso del ministro", "Conferencia de prensa, Sevilla, 14 de noviembre de 2025", "Sevilla"),
        ("hi", "मंत्री का भाषण", "प्रेस वार्ता, मुंबई, 14 नवंबर 2025", "मुंबई"),
        ("pt", "Discurso do ministro", "Conferência de imprensa, Setúbal, 14 de novembro de 2025", "Setúbal"),
    ],
)
def test_the_line_with_place_and_day_names_the_occasion_and_not_a_word_of_the_title(
    language: str, title: str, line: str, place: str
) -> None:
    found = page(title, f"<h3>{line}</h3><p>{SAID}</p>", language).occasion
    assert found is not None
    assert (found.event, found.place, str(found.on)) == (line.partition(",")[0], place, "2025-11-14")


@pytest.mark.parametrize(
    ("title", "language", "occasion"),
    [
        ("Discurso del ministro en el Foro de Puertos", "es", None),
        ("كلمة الوزير في منتدى الموانئ", "ar", None),
        ("Press conference - the keeper of the lamps", "en", "Press conference"),
    ],
)
def test_the_form_with_which_a_title_begins_is_no_event(title: str, language: str, occasion: str | None) -> None:
    found = page(title, f"<p>14.11.2025</p><p>{SAID}</p>", language).occasion
    assert (found.event if found else None) == occasion
