"""How official pages are made, whoever makes them: what a page that nobody had read before taught, with invented words.

The third batch of pages of strangers was read once before any of this was mended (`test_strangers.py` has the
figures). Each promise here is a way in which many sites make their pages, and each failed on that first reading.
"""

from __future__ import annotations

from typing import Any

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page
from communique.importing.record_json import as_record

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."
TITLE = "The lamps of the northern pier are lit again"


def page(body: str, head: str = "", lang: str = "en") -> Page:
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


def plain(text: str) -> Page:
    return read_page(capture(text.encode(), name="page.txt", any_state=True))


def turns(found: Page) -> list[tuple[str, str | None]]:
    return [(turn.kind, turn.mark) for turn in found.turns]


def event(found: Page) -> dict[str, Any] | None:
    told: dict[str, Any] | None = as_record(found)["event"]
    return told


def listed(found: Page) -> list[tuple[str | None, str]]:
    return [(item.day, item.title) for item in found.listing.items]


def test_a_heading_that_leads_to_the_first_page_of_the_site_is_the_name_of_the_site() -> None:
    head = "<title>Detail | Ministry of Lamps</title>"
    found = page(f"<h1><a href='/'>Ministry of Lamps</a></h1><h2>{TITLE}</h2><p>{SAID}</p><p>{MORE}</p>", head)
    assert found.heading.title == TITLE
    assert found.body == (SAID, MORE)


def test_a_heading_in_a_column_beside_the_text_is_no_title_of_it() -> None:
    menu = "<td><h3>Visitors today</h3>We have 34 guests</td>"
    text = f"<p>{SAID}</p><p>{MORE}</p><p>{SAID}</p><p>{MORE}</p>"
    main = f"<td><table><tr><td>{TITLE.upper()}</td></tr></table><table><tr><td>{text}</td></tr></table></td>"
    found = page(f"<table><tr>{menu}{main}</tr></table>")
    assert found.heading.title == TITLE.upper()
    assert found.body == (SAID, MORE, SAID, MORE)


def test_a_title_in_strong_type_goes_on_behind_a_break() -> None:
    found = page(f"<p><b>Statement of the keeper<br>On the lamps of the pier</b></p><p>{SAID}</p><p>{MORE}</p>")
    assert found.heading.title == "Statement of the keeper On the lamps of the pier"


def test_a_form_of_message_over_a_heading_of_a_higher_order_is_the_section() -> None:
    head = "<title>Statement : Ministry of Lamps</title>"
    found = page(f"<h3>Statement</h3><h2>On the lamps of the old pier</h2><p>{SAID}</p><p>{MORE}</p>", head)
    assert (found.heading.section, found.heading.title) == ("Statement", "On the lamps of the old pier")


def test_a_form_that_is_all_of_a_short_page_is_read_and_one_that_is_filled_in_is_not() -> None:
    """Some systems put every page into one form, however little it says; a form beside words is filled in."""
    menu = "".join(f"<a href='/{n}'>Pier {n}</a> " for n in range(6))
    form = f"<form action='x.aspx'><div>{menu}</div><h2>{TITLE}</h2><div>{SAID}</div></form>"
    found = page(form)
    assert (found.heading.title, found.body) == (TITLE, (SAID,))
    beside = page(f"<h1>On oil</h1><p>{MORE}</p>{form}")
    assert (beside.heading.title, beside.body) == ("On oil", (MORE,))


def test_a_form_around_a_whole_page_is_read_though_it_has_no_paragraphs() -> None:
    text = "<br/><br/>".join([f"{SAID} {MORE}"] * 8)
    found = page(f"<form action='show.aspx'><table><tr><td><h2>{TITLE}</h2></td></tr><tr><td>{text}</td></tr></table>")
    assert found.heading.title == TITLE
    assert len(found.body) == 8


@pytest.mark.parametrize(
    "head",
    [
        "<p>Old Pier, Thursday, 5 March 2026</p><p>Published on 6 March 2026</p>",
        "<p>Released: 6 March 2026</p><p>Old Pier, 5 March 2026</p>",
        "<p>Old Pier<br>5 March 2026</p><p>6 March 2026</p>",
    ],
)
def test_of_two_days_under_a_title_the_one_with_a_place_is_the_events(head: str) -> None:
    found = page(f"<p>Speeches</p><h1>{TITLE}</h1>{head}<p>{SAID}</p><p>{MORE}</p>")
    assert str(found.published) == "2026-03-06"
    assert event(found) == {"date": "2026-03-05", "place": "Old Pier", "occasion": None}


def test_of_two_days_of_a_letterhead_the_one_with_a_place_is_the_events() -> None:
    head = f"SPEECHES\n\n{TITLE}\n\nHeld at Old Pier, on Thursday, 5 March 2026\n\nPublication date: 6 March 2026\n\n"
    found = plain(f"{head}{SAID}\n\n{MORE}\n")
    assert (found.heading.title, str(found.published)) == (TITLE, "2026-03-06")
    assert event(found) == {"date": "2026-03-05", "place": "Old Pier", "occasion": None}


def test_a_line_right_over_place_and_day_says_what_took_place_there() -> None:
    head = f"SPEECH\n\n{TITLE}\n\nTwelfth Meeting of Keepers of Lamps\nLisbon, 5 March 2026\n\n"
    found = plain(f"{head}{SAID}\n\n{MORE}\n")
    assert found.body == (SAID, MORE)
    assert event(found) == {
        "date": "2026-03-05",
        "place": "Lisbon",
        "occasion": "Twelfth Meeting of Keepers of Lamps",
    }


def test_strong_type_and_a_full_stop_mark_who_speaks() -> None:
    said = [("QUESTION", "Who lit it?"), ("KEEPER LEE", SAID), ("QUESTION", "And the oil?"), ("KEEPER LEE", MORE)]
    found = page(f"<h1>{TITLE}</h1>" + "".join(f"<p><b>{who}.</b> {words}</p>" for who, words in said))
    assert turns(found) == [("question", "QUESTION"), ("answer", "KEEPER LEE")] * 2
    assert found.body[0] == "QUESTION. Who lit it?"


def test_a_short_line_of_strong_type_between_turns_is_a_note_and_opens_a_new_part() -> None:
    first = f"<p><b>Lee:</b> {SAID}</p><p><b>Question:</b> Who lit it?</p><p><b>Lee:</b> {MORE}</p>"
    second = f"<p><b>After the feast</b></p><p><b>Lee:</b> {SAID}</p><p><b>Question:</b> And oil?</p><p>Lee: {MORE}</p>"
    assert [kind for kind, _ in turns(page(f"<h1>{TITLE}</h1>{first}{second}"))] == [
        "remark",
        "question",
        "answer",
        "note",
        "remark",
        "question",
        "answer",
    ]


def test_marks_cut_short_in_a_column_of_their_own_are_marks() -> None:
    rows = [("Corr.", "Who lit the lamp?"), ("A.L.", SAID), ("Corr.", "So it burns."), ("A.L.", "It does.")]
    table = "".join(f"<tr><td><b>{who}</b></td><td>{words}</td></tr>" for who, words in rows)
    found = page(f"<h1>{TITLE}</h1><p>{MORE}</p><table>{table}</table><p>To the top</p>")
    assert turns(found) == [("remark", None), *[("question", "Corr."), ("answer", "A.L.")] * 2]
    assert found.body[-1].endswith("It does.")


def test_of_turns_behind_dashes_each_second_one_asks_though_some_have_no_sign() -> None:
    said = ["Who lit the lamp?", SAID, "The sailors say that it smokes.", MORE, "And in winter?", "It burns too."]
    found = page(f"<h1>{TITLE}</h1><p>{MORE}</p>" + "".join(f"<p>– {words}</p>" for words in said))
    assert [kind for kind, _ in turns(found)] == ["remark", *["question", "answer"] * 3]


def test_a_mark_whose_colon_was_lost_is_one_where_its_words_mark_turns_elsewhere() -> None:
    said = f"QUESTION: Who lit it?\n\nTHE KEEPER: {SAID}\n\nQUESTION And the oil?\n\nTHE KEEPER: {MORE}\n\n"
    said += f"QUESTION: And the wick?\n\nTHE KEEPER: {SAID}\n"
    found = plain(f"TRANSCRIPT\n\n{TITLE}\n\n5 March 2026\n\n{said}")
    assert turns(found) == [("question", "QUESTION"), ("answer", "THE KEEPER")] * 3


def test_a_named_outlet_asks_beside_those_who_are_marked_as_asking() -> None:
    said = f"THE KEEPER: {SAID}\n\nANN LEE (HARBOUR NEWS): Who lit it?\n\nTHE KEEPER: {MORE}\n\n"
    more = f"QUESTION: And the oil?\n\nTHE KEEPER: {SAID}\n\nQUESTION: And the wick?\n\nTHE KEEPER: {MORE}\n"
    assert turns(plain(f"TRANSCRIPT\n\n{TITLE}\n\n5 March 2026\n\n{said}{more}"))[:3] == [
        ("remark", "THE KEEPER"),
        ("question", "ANN LEE (HARBOUR NEWS)"),
        ("answer", "THE KEEPER"),
    ]


def test_initials_stand_for_a_name_that_is_printed_once() -> None:
    said = f"<b>Ann Lee:</b> Who lit it?<br><br><b>Tom Ray:</b> {SAID}<br><br>"
    again = f"<b>A. L.:</b> And the oil?<br><br><b>T. R.:</b> {MORE}<br><br>" * 2
    found = page(f"<h1>{TITLE}</h1><div>{said}{again}</div>")
    assert [mark for _, mark in turns(found)] == ["Ann Lee", "Tom Ray", "A. L.", "T. R.", "A. L.", "T. R."]
    assert found.body[2] == "A. L.: And the oil?"


def test_a_list_over_the_first_turn_says_what_is_spoken_of() -> None:
    outline = "<ul><li>（大臣より）港の灯台について</li><li>（質疑応答）油の値段について</li></ul>"
    said = "灯台の修理は冬の前に終わります。詳細はこの後、事務方から資料を配付いたします。"
    spoken = f"<p>（大臣）{said}</p><p>（記者）油はどうしますか。</p><p>（大臣）{said}</p>"
    found = page(f"<h1>灯台大臣記者会見概要</h1>{outline}{spoken}", lang="ja")
    assert turns(found) == [("remark", "大臣"), ("question", "記者"), ("answer", "大臣")]


def test_the_heads_of_pages_within_a_sentence_are_none_of_it() -> None:
    pages = [
        f"{TITLE}\n\n5 March 2026\n\n{MORE}",
        f"{SAID} The lamp was\n\n\nHarbour Bank | 1\n\nOn Lamps\n\nlit by hand. {MORE}",
        f"{MORE} Each of us was\n\n\nHarbour Bank | 2\n\nOn Lamps\n\nthere to see it. {SAID}\n\n\nHarbour Bank | 3\n",
    ]
    found = plain("\n\n".join(pages))
    assert "Harbour Bank" not in "".join(found.body)
    assert f"{SAID} The lamp was lit by hand. {MORE}" in found.body


def test_short_turns_below_the_last_running_text_are_of_the_talk() -> None:
    said = f"<b>Lee:</b> Who lit it?<br><br><b>Ray:</b> {SAID}<br><br><b>Lee:</b> And oil?<br><br><b>Ray:</b> {MORE}"
    more = "<br><br>(A bell)<br><br><b>Lee:</b> Is that all?<br><br><b>Ray:</b> It is."
    found = page(f"<h1>{TITLE}</h1><div>{said}{more}</div><div>Share: Post</div>")
    assert [kind for kind, _ in turns(found)] == [*["question", "answer"] * 2, "note", "question", "answer"]


def test_links_that_a_script_opens_have_titles_and_days_too() -> None:
    items = "".join(f"<li><a href='#'>The lamp on pier {n} is lit</a> {n}.03.2026</li>" for n in (21, 22))
    found = page(f"<h1>{TITLE}</h1><p>{SAID}</p><p>{MORE}</p><div><ul>{items}</ul></div>")
    assert listed(found) == [(f"2026-03-{n}", f"The lamp on pier {n} is lit") for n in (21, 22)]


def test_days_to_come_without_a_link_are_no_messages() -> None:
    days = "<li>4 April 2026: Feast of lamps, Town Hall</li><li>5 April 2026: A walk along the pier</li>"
    assert listed(page(f"<h1>{TITLE}</h1><p>{SAID}</p><p>{MORE}</p><div><h3>Dates</h3><ul>{days}</ul></div>")) == []


def test_the_day_of_a_change_in_brackets_is_no_title_of_a_message() -> None:
    facts = "<table><tr><th>Published</th><td>2026-03-05[Last modified : 2026-03-06]</td></tr></table>"
    found = page(f"<h1>{TITLE}</h1>{facts}<p>{SAID}</p><p>{MORE}</p>")
    assert (str(found.published), listed(found)) == ("2026-03-05", [])


def test_labels_behind_the_days_of_a_list_are_no_titles() -> None:
    rows = "".join(
        f"<dt>{n}.03.2026 <span>Announcement</span></dt><dd><a href='/{n}'>The lamp on pier {n}</a></dd>"
        for n in (23, 22, 21)
    )
    found = page(f"<h1>News</h1><dl>{rows}</dl>")
    assert listed(found) == [(f"2026-03-{n}", f"The lamp on pier {n}") for n in (23, 22, 21)]


def test_a_sentence_at_the_foot_of_a_list_is_no_message() -> None:
    rows = "".join(
        f"<div><span>{n}.03.2026</span><h3><a href='/{n}'>The lamp on pier {n}</a></h3></div>" for n in (23, 22, 21)
    )
    found = page(f"<h1>What is new</h1><div>{rows}</div><p>Your address is kept by nobody.</p>")
    assert (found.kind, found.body, len(listed(found))) == ("list", (), 3)


def test_the_title_that_the_head_of_the_file_tells_is_no_listed_message() -> None:
    head = "<title>5 March 2026: the keeper meets the press_Ministry of Lamps</title>"
    line = (
        "<div>5 March 2026: the keeper meets the press</div><div><span>5 March 2026</span> <a href='/p'>Print</a></div>"
    )
    said = f"<p>Question: Who lit it?</p><p>Answer: {SAID}</p><p>Question: And oil?</p><p>Answer: {MORE}</p>"
    found = page(f"{line}<div>{said}</div>", head)
    assert (found.heading.title, listed(found)) == ("5 March 2026: the keeper meets the press", [])


def test_a_line_of_who_wrote_a_text_down_is_no_deck() -> None:
    found = page(f"<h1>{TITLE}</h1><div>Written by Office of Public Communication</div><p>{SAID}</p><p>{MORE}</p>")
    assert found.body == (SAID, MORE)


def test_what_a_turn_begins_with_goes_on_in_its_next_paragraph() -> None:
    said = f"<p>Question: Who lit it?</p><p>Answer: The keeper.</p><p>{SAID}</p>"
    said += f"<p>Question: And oil?</p><p>Answer: {MORE}</p>"
    told = as_record(page(f"<h1>{TITLE}</h1>{said}"))["turns"]
    assert told[1]["starts_with"] == "The keeper. We shall mend the"


def test_a_frame_of_signs_is_no_title() -> None:
    frame = "+" + "-" * 40 + "+"
    head = (
        f"{frame}\n|  N E W S   from the Harbour  |\n{frame}\n\nSPEECHES\nIMMEDIATE RELEASE          6 March 2026\n\n"
    )
    title = "REMARKS BY SECRETARY OF LAMPS ANN LEE\nAT THE FEAST OF THE OLD PIER\n\n"
    found = plain(f"{head}{title}Old Pier, Thursday, 5 March 2026\n\n{SAID}\n\n{MORE}\n")
    assert found.heading.title == "REMARKS BY SECRETARY OF LAMPS ANN LEE AT THE FEAST OF THE OLD PIER"
    assert (found.heading.section, found.kind, str(found.published)) == ("SPEECHES", "speech", "2026-03-06")


def test_what_may_be_a_talk_is_not_called_sure_to_be_none() -> None:
    said = f"<p>Who lit it?</p><p>{SAID}</p><p>And the oil?</p><p>{MORE}</p>"
    found = page(f"<p>Interview</p><h1>{TITLE}</h1>{said}")
    assert found.turns == ()
    assert found.judged["turns"].confidence < 0.9


@pytest.mark.parametrize("asked", ["<p><em>{}</em></p>", "<p><b>{}</b></p>"])
def test_of_questions_in_a_type_of_their_own_some_have_no_sign(asked: str) -> None:
    words = ["Who lit the lamp?", "The sailors say that it smokes.", "And in winter?", "Will it last?"]
    said = "".join(f"{asked.format(question)}<p>{SAID}</p><p>{MORE}</p>" for question in words)
    found = page(f"<p>Interviews</p><h1>{TITLE}</h1><p>{MORE}</p>{said}")
    assert [kind for kind, _ in turns(found)] == ["remark", *["question", "answer"] * 4]


def test_terms_of_a_list_ask_under_a_section_of_talks_down_to_the_last() -> None:
    words = [
        ("Who lit the lamp?", SAID),
        ("The sailors say that it smokes.", MORE),
        ("When does it begin?", "On 7 January."),
    ]
    said = "".join(f"<dt>{question}</dt><dd><p>{answer}</p></dd>" for question, answer in words)
    found = page(f"<p>Interviews</p><h1>{TITLE}</h1><dl>{said}</dl><div><h3>More</h3><p>Last update: 3 May</p></div>")
    assert [kind for kind, _ in turns(found)] == ["question", "answer"] * 3
    assert found.body[-1] == "On 7 January."


def test_a_heading_with_its_day_right_under_it_is_the_title_though_a_longer_one_follows() -> None:
    deck = "The keeper answers the questions of the harbour's weekly on the future of the northern pier and its lamps"
    found = page(f"<h1>The pier stays open</h1><p>by the press office 5 March 2026</p><h2>{deck}</h2><p>{SAID}</p>")
    assert found.heading.title == "The pier stays open"


def test_words_under_a_picture_with_whose_it_is_are_no_deck() -> None:
    found = page(f"<h1>{TITLE}</h1><p>The keeper at the old pier. Photo: Harbour</p><p>{SAID}</p><p>{MORE}</p>")
    assert found.body == (SAID, MORE)


def test_what_stands_below_a_message_is_no_message_that_it_lists() -> None:
    day = "<p><a href='.'><time datetime='2011-07-04T09:00:00Z'>2011-07-04 09:00</time></a></p>"
    head = f"<header><h1><a href='.'>{TITLE}</a></h1><div><p><span>Press Office</span></p>{day}</div></header>"
    foot = "<section><h2>Comments</h2><a href='https://talk.example'>Comments powered by Talk</a></section>"
    text = f"<div><p>{SAID} {MORE}</p><p>{MORE} {SAID}</p></div>"
    found = page(f"<article>{head}{text}{foot}</article>", f"<title>{TITLE} | Embassy of Orsemund</title>")
    assert found.kind != "list"
    assert found.body == (f"{SAID} {MORE}", f"{MORE} {SAID}")
    assert listed(found) == []
