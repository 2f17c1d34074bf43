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


FIELD = r"{{\field{{\*\fldinst{{ HYPERLINK {told} }}}}{{\fldrslt{{\ul\cf2 {words}}}}}}}"


@pytest.mark.parametrize(
    "told",
    [r'"https://harbour.example/plan"', r"https://harbour.example/plan", r'"https://harbour.example/plan" \\o "Plan"'],
)
def test_words_that_are_a_link_keep_its_address(told: str) -> None:
    field = FIELD.format(told=told, words="the plan of the pier")
    found = page(rf"\fs36 On the ferry\fs24\par 5 May 2026\par {SAID} See {field} for more.\par {MORE}")
    words = f"{SAID} See the plan of the pier for more."
    assert found.body == (words, MORE)
    (run,) = found.runs[0]
    assert (words[run.start : run.end], getattr(run, "target", None)) == (
        "the plan of the pier",
        "https://harbour.example/plan",
    )


def test_a_field_that_is_no_link_leaves_its_words_and_none_of_its_own() -> None:
    field = r"{\field{\*\fldinst{ PAGE }}{\fldrslt 3}}{\field{\*\fldinst HYPERLINK \\l _Toc1}{\fldrslt  piers}}"
    found = page(rf"\fs36 On the ferry\fs24\par 5 May 2026\par {SAID} There are {field}.\par {MORE}")
    assert found.body == (f"{SAID} There are 3 piers.", MORE)
    assert found.runs == ((), ())
