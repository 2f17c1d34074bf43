r"""RTF as word processors write it: what nobody sees does not become public, headings and strong words are known."""

from __future__ import annotations

import pytest

from communique.importing.documents import capture_of
from communique.importing.page import Page, read_page

SAID = "The harbour office said on Tuesday that the ferry sails again, and that nobody pays for it before May."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil for the lamp."


def page(words: str, head: str = r"{\fonttbl{\f0 Arial;}}") -> Page:
    data = rf"{{\rtf1\ansi\ansicpg1252{head}{words}\par}}".encode("latin-1")
    return read_page(capture_of(data, name="a.rtf", any_state=True))


def doubts(found: Page) -> list[str]:
    return [str(doubt) for doubt in found.capture.doubts]


@pytest.mark.parametrize(
    ("unseen", "told"),
    [
        (r"{\v not for you}", "Hidden words were not taken: “not for you”."),
        (r"\v not for you\v0 ", "Hidden words were not taken: “not for you”."),
        (r"{\b\v not {\i for} you\plain}", "Hidden words were not taken: “not for you”."),
        (r"{\strike not for you}", "Struck-out words were not taken: “not for you”."),
        (r"\striked1 not for you\striked0 ", "Struck-out words were not taken: “not for you”."),
        (r"{\revised\deleted not for you}", "Struck-out words were not taken: “not for you”."),
        (r"{\strike\u8220?not\'a0for you\rdblquote}", "Struck-out words were not taken: ““not for you””."),
    ],
)
def test_what_nobody_sees_does_not_become_public_and_is_told(unseen: str, told: str) -> None:
    found = page(rf"\fs36 On the ferry\fs24\par 5 May 2026\par {SAID}\par {unseen}{MORE}")
    assert found.body == (SAID, MORE)
    assert told in doubts(found)


def test_a_style_that_strikes_words_out_strikes_out_none_that_do_not_bear_it() -> None:
    found = page(rf"On the ferry\par {SAID}", head=r"{\stylesheet{\s1\strike gone;}{\s2\v hidden;}}")
    assert (found.body, doubts(found)) == ((SAID,), [])


def test_what_stands_beside_the_text_is_counted() -> None:
    aside = r"{\header\pard Harbour of Ostrevell\par}{\*\annotation is it so?}{\footnote\pard No.}"
    found = page(rf"\fs36 On the ferry\fs24\par {SAID}{aside}\par {MORE}")
    assert found.body == (SAID, MORE)
    assert [told.split(" was ")[0] for told in doubts(found)] == [
        "The text in 1 page margin",
        "1 comment",
        "1 footnote",
    ]


@pytest.mark.parametrize(
    ("title", "subhead"), [(r"\b {t}\b0 ", r"\b"), (r"{{\fs40 {t}}}", r"\fs30"), (r"{{\fs40\b {t}}}", r"\fs30\b")]
)
def test_a_title_is_known_by_its_type(title: str, subhead: str) -> None:
    found = page(
        rf"PRESS RELEASE\par {title.format(t='Ferry sails again, office says')}\par Lisbon, 5 May 2026\par "
        rf"{SAID}\par {{{subhead} What it costs}}\par {MORE}"
    )
    assert (found.heading.title, str(found.published)) == ("Ferry sails again, office says", "2026-05-05")
    assert found.body == (SAID, "What it costs", MORE)


def test_strong_marks_begin_turns_and_a_large_first_letter_is_no_heading() -> None:
    found = page(
        r"\fs40 On the ferry\fs24\par {\b Q:} Will it sail before the summer?\par {\b A:} It will, on every morning."
        r"\par {\b Q:} Who pays for it?\par {\b A:} {\fs60 T}he harbour pays for all of it."
    )
    assert [turn.kind for turn in found.turns] == ["question", "answer"] * 2
    assert found.turns[3].paragraphs == ("The harbour pays for all of it.",)
