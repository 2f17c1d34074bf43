"""PDFs as browsers draw them: words from right to left, a day over columns, and bytes that only look like a program."""

from __future__ import annotations

import pytest

from communique.importing.documents import capture_of
from communique.importing.errors import NotTaken
from communique.importing.right_to_left import in_order_of_reading
from importing.pdfs import Type, pdf
from importing.test_kinds import LEFT, RIGHT, TITLE, column, read


def drawn(words: str) -> list[tuple[str, float | None]]:
    """Signs from the left of a page to the right, as a program draws them; blanks have no place."""
    return [(sign, None if sign == " " else 10.0 * n) for n, sign in enumerate(words)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("ﺪﻳﺪﺟ ﻦﻣ ﺮﺤﺒﺗ", "تبحر من جديد"),
        ("2026 ﻮﻳﺎﻣ 5", "5 مايو 2026"),
        (".ﺮﺤﺒﺗ (LMP 2.5) ةرﺎﺒﻌﻟا", "العبارة (LMP 2.5) تبحر."),
        ("www.h.example ﻲﻓ", "في www.h.example"),
        ("ةרובעמה", "המעבורة"),
        ("12:30 העשב", "בשעה 12:30"),
        ("The ferry sails at 12:30.", "The ferry sails at 12:30."),
    ],
)
def test_signs_as_they_stand_become_words_as_they_are_read(shown: str, said: str) -> None:
    assert in_order_of_reading(drawn(shown)) == said


def test_signs_in_the_order_of_reading_stay_in_it() -> None:
    said = "תבחר המעבורת 12:30"
    from_the_right = [(sign, None if sign == " " else 500.0 - 10 * n) for n, sign in enumerate(said)]
    assert in_order_of_reading(from_the_right) == said


def test_a_mark_over_a_letter_stands_on_it() -> None:
    assert in_order_of_reading(drawn("ةرﺎ\u0651 ﺒﻌﻟا")) == "العبّارة"


def test_a_day_right_above_columns_is_a_line_of_its_own() -> None:
    page = [
        Type(60, 780, TITLE, 20),
        Type(60, 752, "3 May 2026"),
        *column(LEFT, 60, 740),
        *column(RIGHT, 320, 740),
    ]
    found = read("a.pdf", pdf(page))
    assert (found["title"], found["published"]) == (TITLE, "2026-05-03")
    assert found["body"].split("\n\n") == [LEFT.strip(), RIGHT.strip()]


def test_packed_bytes_that_look_like_a_program_are_none_and_a_program_is_one() -> None:
    def made(object_: bytes) -> bytes:
        whole = pdf([Type(60, 760, TITLE, 20), *column(LEFT, 60, 700)])
        return whole.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + object_, 1)

    packed = b"9 0 obj\n<< /Length 8 >>\nstream\n\x00\xff/JS \x81!\nendstream\nendobj\n"
    assert capture_of(made(packed), name="a.pdf").lines[0].text == TITLE
    with pytest.raises(NotTaken, match=r"macro|program"):
        capture_of(made(b"9 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n"), name="a.pdf")
