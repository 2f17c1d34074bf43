"""How systems for sites print days, sections and titles: what the sixth batch of strangers taught, a rule each."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.dates import date_in
from communique.importing.page import Page, read_page

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."
TITLE = "The lamps of the pier are lit again"
TEXT = f"<p>{SAID}</p><p>{MORE}</p>"
MENU = (
    "<ul><li><a href='/a'>Town hall</a></li><li><a href='/b'>Living here</a></li><li><a href='/c'>Ferries</a></li></ul>"
)

SHARE = "<div><a href='/s'>Share</a></div>"
SITE = "<h1>Municipality of the Lamp Islands</h1>"


def page(body: str, head: str = "", lang: str = "en") -> Page:
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


def listed(found: Page) -> list[tuple[str | None, str]]:
    return [(item.day, item.title) for item in found.listing.items]


@pytest.mark.parametrize(
    "line",
    [
        "by Press Unit of the Harbour — published Mar 12, 2024 04:35 PM, last modified Mar 13, 2024 09:10 AM",
        "Posted on <a href='/2024/03/'>12 March 2024, 16:30</a> by <a href='/author/x'>Press office</a>",
        "Posted on <a href='/p/1'>12 March 2024</a> by <a href='/author/x'>The press office of the harbour</a>",
    ],
)
def test_a_day_with_its_time_is_the_day_of_a_message_and_none_of_its_text(line: str) -> None:
    found = page(f"{MENU}<div><h1>{TITLE}</h1><div>{line}</div>{TEXT}</div>")
    assert (str(found.published), found.body) == ("2024-03-12", (SAID, MORE))


@pytest.mark.parametrize("place", ["above", "below"])
def test_the_foot_of_an_article_tells_its_day_and_the_foot_of_a_page_does_not(place: str) -> None:
    own = "<footer>Posted by the press office on 12 March 2024 - 13:20</footer>"
    above, below = (own, "") if place == "above" else ("", own)
    foot = "<footer><p>Site made on 1 May 2010</p></footer>"
    found = page(f"<h1>{TITLE}</h1><article>{above}<div>{TEXT}</div>{below}</article>{foot}")
    assert (str(found.published), found.body) == ("2024-03-12", (SAID, MORE))


def test_a_day_of_publication_is_no_day_of_what_was_said() -> None:
    byline = "by the press office — published 12 March 2024 14:05, last modified 13 March 2024 09:10"
    asked = ((SAID, "Who lit it?"), (MORE, "And?"))
    said = "".join(f"<p><b>Question:</b> {asks}</p><p><b>Lee:</b> {says}</p>" for says, asks in asked)
    found = page(f"<h1>Press briefing of the keepers</h1><div>{byline}</div>{said}")
    assert (str(found.published), found.occasion) == ("2024-03-12", None)


@pytest.mark.parametrize(
    ("text", "language"),
    [("2026 m. kovo 3 d.", "lt"), ("2026. gada 3. marts", "lv"), ("2026. március 3.", "hu"), ("3. 3. 2026", "sl")],
)
def test_a_day_is_read_with_the_words_that_its_language_writes_behind_figures(text: str, language: str) -> None:
    found = date_in(text, language)
    assert found is not None
    assert (found.iso, found.text) == ("2026-03-03", text)


@pytest.mark.parametrize(
    "head", ["", "<title>Municipality of the Lamp Islands: Notices</title>", f"<title>Lamp Islands - {TITLE}</title>"]
)
@pytest.mark.parametrize(
    "body",
    [
        f"{SITE}{MENU}<div><h2>Latest</h2><div><span>12.03.2024</span><h3>{TITLE}</h3>{TEXT}</div></div>"
        "<div><h2>Weather</h2><p>No warnings are known for today in the whole of the district.</p></div>",
        f"{SITE}{MENU}<h2>Notices</h2><div><h3>{TITLE}</h3><p>12 March 2024 | Press</p>{TEXT}</div>",
    ],
)
def test_a_small_heading_is_the_title_under_headings_of_the_site(head: str, body: str) -> None:
    found = page(body, head)
    assert (found.heading.title, found.body) == (TITLE, (SAID, MORE))


def test_a_deck_in_a_small_heading_stays_under_its_title() -> None:
    deck = "The ministry of the shore has found oil for the whole of the winter"
    found = page(f"{MENU}<h1>{TITLE}</h1><p>12 March 2024</p><h2>{deck}</h2>{TEXT}", "<title>News</title>")
    assert found.heading.title == TITLE


@pytest.mark.parametrize(
    "row",
    [
        "<a href='/{n}'><h3>The lamp on pier {n} is lit</h3><p>{n} March 2024</p>"
        "<p>Come to the path {n} with some oil.</p></a>",
        "<h3><a href='/{n}'>The lamp on pier {n} is lit</a></h3><p>{n} March 2024 | <a href='/c'>Notices</a></p>"
        "<p>Come to the path {n} with some oil.</p>",
    ],
)
def test_a_day_under_a_heading_is_of_the_title_above_it(row: str) -> None:
    rows = "".join(row.format(n=n) for n in (23, 22, 21))
    found = page(f"{MENU}<main><h1>Media centre</h1><div>{rows}</div></main>")
    assert found.kind == "list"
    assert listed(found) == [(f"2024-03-{n}", f"The lamp on pier {n} is lit") for n in (23, 22, 21)]
    assert [item.teaser for item in found.listing.items] == [
        f"Come to the path {n} with some oil." for n in (23, 22, 21)
    ]


def test_a_message_under_its_own_day_is_no_row_of_a_list() -> None:
    foot = "<div><p>Page changed on the: 14 March 2024</p><p>Made by the office of lamps: district of Lampe</p></div>"
    own = f"<h2>{TITLE}</h2><p>Date of the page: 12 March 2024, 10:30</p><div>{TEXT}</div>{SHARE}"
    found = page(f"<div>{own}</div>{foot}")
    assert (found.kind, found.body, listed(found)) == ("press_release", (SAID, MORE), [])


@pytest.mark.parametrize(
    "line",
    [
        "<div>Category: <a href='/c'>Press releases</a></div>",
        "<div>in <a href='/c'>Press releases</a></div>",
        "<dl><dt>From</dt><dd>Harbour</dd><dt>Sort</dt><dd>Press releases</dd><dt>Day</dt><dd>12.03.2024</dd></dl>",
        "<div>‹ Press releases</div>",
    ],
)
def test_a_section_is_the_form_without_its_label_or_sign(line: str) -> None:
    found = page(f"{MENU}<div><h1>{TITLE}</h1>{line}<div>{TEXT}</div></div>")
    assert (found.heading.section, found.body) == ("Press releases", (SAID, MORE))


def test_a_list_of_definitions_over_a_text_is_none_of_it_whatever_its_labels() -> None:
    facts = "<dl><dt>Details</dt><dd>Keeper's name and book: lamps of the harbour</dd><dd>Posted: 12 March 2024</dd>"
    facts += "<dd>Read by so many people until today: 412</dd></dl>"
    found = page(f"<h2>{TITLE}</h2>{facts}<div>{TEXT}</div>")
    assert (str(found.published), found.body) == ("2024-03-12", (SAID, MORE))


def test_a_day_with_strokes_is_no_trail_of_links() -> None:
    top = "<div>Friday, 15/03/2024 <a href='/en'>English</a><a href='/m'>Map</a></div>"
    found = page(f"{top}<div><h1>{TITLE}</h1><div>12 March 2024</div>{TEXT}</div>")
    assert found.heading.section is None


def test_a_label_with_its_day_under_a_text_is_none_of_it() -> None:
    found = page(f"<h1>{TITLE}</h1><div><p>{SAID}</p><p>{MORE}</p></div><p>Last addition : 20 March 2024.</p>")
    assert found.body == (SAID, MORE)


def test_short_turns_without_an_end_are_of_the_text() -> None:
    """Thai writes no sign where a sentence ends."""
    turns = (("ถาม", "ฝนจะมาเมื่อไร"), ("ตอบ", "เดือนหน้า"), ("ถาม", "น้ำพอไหม"), ("ตอบ", "พอสำหรับทุกคน"))
    said = "".join(f"<p>{mark} : {words}</p>" for mark, words in turns)
    found = page(f"<h1>น้ำในเขื่อนพอสำหรับฤดูแล้งนี้</h1><div>12 มีนาคม 2567</div><div>{said}</div>", lang="th")
    assert [(turn.kind, *turn.paragraphs) for turn in found.turns] == [
        ("question" if mark == "ถาม" else "answer", words) for mark, words in turns
    ]


def test_urdu_ends_its_sentences_with_a_stroke() -> None:
    said = "محکمے نے نہر کے کنارے رہنے والوں سے درخواست کی ہے کہ وہ پانی میں کوڑا نہ پھینکیں۔"
    found = page(f"<h1>نہر کی صفائی مکمل</h1><p>12 مارچ 2024</p><p>{said}</p>", lang="ur")
    assert found.body == (said,)


def test_the_sender_under_a_typed_text_is_none_of_it() -> None:
    said = (f"1. {SAID}", f"2. {MORE}")
    lines = ["HARBOUR OFFICE", "STATEMENT", TITLE.upper(), "12 March 2024", *said, "THE KEEPER\nHARBOUR OFFICE"]
    assert read_page(capture("\n\n".join(lines).encode(), name="page.txt")).body == said
