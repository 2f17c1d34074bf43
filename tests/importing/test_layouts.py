"""How systems for notices, wires and typists lay a page out: what the last ten strangers' pages taught, a rule each."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."


def page(body: str, head: str = "", lang: str = "en") -> Page:
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


def typed(*lines: str) -> Page:
    return read_page(capture("\n".join(lines).encode(), name="page.txt"))


@pytest.mark.parametrize(
    ("over", "row"),
    [
        ("<h2>Press releases</h2>", "<tr><th>Title</th><td>The lamps are lit again</td></tr>"),
        ("<h2>Press releases</h2><dl><dt>Title</dt><dd>The lamps are lit again</dd></dl>", ""),
    ],
)
def test_a_title_that_a_head_of_its_row_names_is_the_title(over: str, row: str) -> None:
    rows = f"{row}<tr><th>Section</th><td>Lamps</td><th>Posted</th><td>2026-03-05</td><th>Views</th><td>482</td></tr>"
    found = page(f"{over}<table>{rows}<tr><td colspan=6><p>{SAID}</p><p>{MORE}</p></td></tr></table>")
    assert (found.heading.title, found.heading.section) == ("The lamps are lit again", "Press releases")
    assert str(found.published) == "2026-03-05"
    assert found.body == (SAID, MORE)


def test_a_heading_that_says_what_the_row_says_stays_the_title() -> None:
    row = "<table><tr><th>Title</th><td>The lamps are lit again</td></tr></table>"
    found = page(f"<h1>The lamps are lit again</h1>{row}<p>{SAID}</p><p>{MORE}</p>")
    assert found.capture.lines[found.stretches[0].line - 1].heading == 1


def test_the_first_mark_in_a_cell_of_its_own_is_of_the_text() -> None:
    said = [("Question", "Who lit the lamp?"), ("Answer", SAID), ("Question", "And the oil?"), ("Answer", MORE)]
    rows = "".join(f"<tr><td><b>{mark}:</b></td><td>{words}</td></tr>" for mark, words in said)
    found = page(f"<h1>Interview of the keeper</h1><p>3 March 2026</p><table>{rows}</table>")
    assert [(turn.kind, turn.paragraphs) for turn in found.turns] == [(m.lower(), (words,)) for m, words in said]


def test_a_word_over_many_rows_is_no_message() -> None:
    rows = "".join(
        f"<details><summary>{year}</summary><ul><li><em>3 March</em> <a href='/{year}'>Speech on lamp {year}</a></li>"
        "</ul></details>"
        for year in (2026, 2025, 2024)
    )
    found = page(f"<h1>Speeches</h1><p>Choose a year.</p>{rows}")
    assert (found.kind, found.body, len(found.listing.items)) == ("list", (), 3)
    short = page(f"<h1>The lamp is out</h1><p>It burns on Monday.</p>{rows}")
    assert (short.kind, short.body) == ("press_release", ("It burns on Monday.",))


@pytest.mark.parametrize(
    ("trail", "lang"),
    [("<p>Home＞Press＞News releases＞The lamps are lit</p>", "en"), ("<div>Media centre / News releases</div>", "en")],
)
def test_a_trail_without_links_or_with_wide_signs_ends_in_the_section(trail: str, lang: str) -> None:
    found = page(f"{trail}<h1>The lamps are lit</h1><p>3 March 2026</p><p>{SAID}</p><p>{MORE}</p>", lang=lang)
    assert found.heading.section == "News releases"


def test_above_a_form_in_capitals_stands_who_sends_it() -> None:
    head = (
        "OFFICE OF LAMPS AND PIERS",
        "Quay Road 9, Cape Merrow",
        "",
        "PRESS RELEASE",
        "",
        "Eleven Lamps Are Lit Again",
    )
    wire = "Cape Merrow, 7 May 2026 – The keepers lit eleven lamps along"
    found = typed(*head, "", wire, "the northern shore, before the storms of the autumn begin.", "", SAID)
    assert (found.heading.title, found.heading.section) == ("Eleven Lamps Are Lit Again", "PRESS RELEASE")
    assert str(found.published) == "2026-05-07"
    assert found.occasion is not None
    assert (found.occasion.place, found.occasion.on) == ("Cape Merrow", None)


def test_blocks_of_filled_lines_are_a_paragraph_each_and_what_asks_for_a_call_is_none() -> None:
    found = typed(
        "The lamps are lit again", "", "3 March 2026", "",
        "The keepers lit eleven lamps along the northern shore last night,",
        "and they burn until the storms of the autumn are over, we hear.", "",
        "The oil comes from the harbour of Ostrevell, as in every year now.",
        "Whoever sails by is asked to look for the new signs on the shore.", "",
        "A lamp that is out is told to the office of the keepers at once.",
        "It will be lit on the next day, or a boat will lie in its place.", "",
        "For further information, please contact:", "Press office",
    )  # fmt: skip
    assert found.body == (
        "The keepers lit eleven lamps along the northern shore last night, and they burn until the storms of the "
        "autumn are over, we hear.",
        "The oil comes from the harbour of Ostrevell, as in every year now. Whoever sails by is asked to look for the "
        "new signs on the shore.",
        "A lamp that is out is told to the office of the keepers at once. It will be lit on the next day, or a boat "
        "will lie in its place.",
    )


def test_a_press_statement_in_arabic_is_a_press_release() -> None:
    said = "ستضيء المنارة من جديد قبل الشتاء، وسنخبر الجميع عندما تضيء، ومن أراد المساعدة فليأت إلى الرصيف القديم."
    for section, kind in (("بيانات صحفية", "press_release"), ("بيان", "statement")):
        found = page(f"<p>{section}</p><h1>المنارة تضيء من جديد</h1><p>3 مارس 2026</p><p>{said}</p>", lang="ar")
        assert found.kind == kind


def test_a_numbered_title_without_a_heading_is_the_title_and_its_number_nobodys_words() -> None:
    menu = "".join(f"<div><a href='/{n}'>{n}</a></div>" for n in ("Home", "Minister", "Statements", "Questions"))
    own, other = "No: 87, 9 March 2026, On the storm etc.", "No: 86, 5 March 2026, On the old pier etc."
    side = (
        f"<div>Latest</div><div><a href='/86'>{other}</a></div><div><a href='/85'>{other.replace('86', '85')}</a></div>"
    )
    text = f"<div>{SAID}</div><br><div>{MORE}</div>"
    found = page(f"<div>{menu}</div><div><div>{own}</div><div>{text}</div></div><div>{side}</div>")
    assert (found.heading.title, str(found.published)) == (own, "2026-03-09")
    assert (found.body, found.turns) == ((SAID, MORE), ())
    assert [item.day for item in found.listing.items] == ["2026-03-05", "2026-03-05"]


@pytest.mark.parametrize(
    ("title", "kinds"), [("Interview of the keeper", ["question", "answer"] * 3), ("The lamp", [])]
)
def test_terms_that_ask_are_questions_under_a_title_that_is_an_interviews(title: str, kinds: list[str]) -> None:
    asked = ("Who lit the lamp on the old pier?", "Will it burn in winter?", "And who pays for the oil?")
    terms = "".join(f"<dt>{words}</dt><dd>{said}</dd>" for words, said in zip(asked, (SAID, MORE, SAID), strict=True))
    found = page(f"<h1>{title}</h1><p>3 March 2026</p><dl>{terms}</dl>")
    assert [turn.kind for turn in found.turns] == kinds


@pytest.mark.parametrize("spoken", [True, False])
def test_a_table_of_day_and_place_is_the_events_where_it_was_said(spoken: bool) -> None:
    marks = ("Question: ", "Keeper Lee: ") if spoken else ("", "")
    said = f"<p>{marks[0]}Who lit it?</p><p>{marks[1]}{SAID}</p><p>{marks[0]}And oil?</p><p>{marks[1]}{MORE}</p>"
    found = page(f"<h1>On the lamp</h1><p>Date: 3 March 2026<br>Venue: Town Hall</p>{said}")
    assert found.occasion is not None
    assert (found.occasion.place, found.occasion.on is not None) == ("Town Hall", spoken)


def test_a_link_right_over_the_title_that_names_a_form_is_the_section() -> None:
    over = "<nav><a href='/'>Home</a><a href='/a'>Office</a></nav><p><a href='/i'>Interviews</a></p>"
    found = page(f"{over}<h1>The lamps are lit</h1><p>3 March 2026</p><p>{SAID}</p><p>{MORE}</p>")
    assert found.heading.section == "Interviews"
