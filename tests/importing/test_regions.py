"""An HTML page is divided by its tree: the branch of the message, and what stands around it."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.names_of_parts import part_named
from communique.importing.page import Page, read_page
from communique.importing.regions import divide

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."
TEXT = f"<p>{SAID}</p><p>{MORE}</p>"


def page(body: str, head: str = "") -> Page:
    html = f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


@pytest.mark.parametrize(
    ("attributes", "part"),
    [
        ({"class": "mainNav"}, "menu"),
        ({"id": "site-footer"}, "foot"),
        ({"class": "post__share-buttons"}, "share"),
        ({"class": "breadcrumb", "role": "navigation"}, "path"),
        ({"role": "complementary"}, "beside"),
        ({"class": "visually-hidden"}, "hidden"),
        ({"class": "hidden-xs"}, ""),
        ({"class": "field-label-hidden"}, ""),
        ({"class": "content"}, ""),
        ({"class": "navy blue"}, ""),
    ],
)
def test_whole_words_in_the_names_of_an_element_say_what_it_is(attributes: dict[str, str], part: str) -> None:
    assert part_named("div", attributes) == part


def test_the_title_is_the_heading_that_the_head_of_the_file_tells_and_not_the_name_of_the_site() -> None:
    head = "<title>A lamp for the pier | Harbour of Ostrevell</title>"
    found = page(f"<div><h1>Harbour of Ostrevell</h1></div><div><h2>A lamp for the pier</h2>{TEXT}</div>", head)
    assert found.heading.title == "A lamp for the pier"
    assert found.judged["title"].confidence > page(f"<h1>A lamp</h1>{TEXT}").judged["title"].confidence


def test_links_alone_labels_over_them_and_words_printed_twice_are_no_text() -> None:
    share = "<p>Share this page:</p><p><a href='/a'>By mail</a></p><p>Saved for you</p>"
    found = page(f"<h1>A lamp</h1>{share}<p>{SAID}</p>{share}<p>{MORE}</p><p>Saved for you</p>")
    assert found.body == (SAID, MORE)


def test_a_list_that_the_text_speaks_of_stays_in_it() -> None:
    items = "<ul><li>Lamps, old and new</li><li><a href='/oil'>Oil</a></li><li>A ladder</li></ul>"
    found = page(f"<h1>A lamp</h1><div><p>{SAID}</p>{items}<p>{MORE}</p></div>")
    assert found.body == (SAID, "Lamps, old and new", "Oil", "A ladder", MORE)


def test_an_element_is_what_it_is_called_only_if_little_of_the_text_stands_in_it() -> None:
    found = page(f"<div class='print'><h1>A lamp</h1>{TEXT}</div><div class='sidebar'><p>{SAID[::-1]}</p></div>")
    assert found.body == (SAID, MORE)


def test_lines_divided_by_one_break_are_one_paragraph_and_by_two_they_are_two() -> None:
    found = page(f"<h1>A lamp</h1><p>{SAID}<br>{MORE}</p><p>{MORE}<br><br>{SAID}</p>")
    assert found.body == (f"{SAID} {MORE}", MORE, SAID)


def test_other_messages_below_are_listed_and_not_in_the_text() -> None:
    others = "".join(
        f"<div><h3><a href='/{n}'>Notice {n} to all skippers</a></h3><span>{n} April 2026</span><p>{MORE}</p></div>"
        for n in (3, 2)
    )
    found = page(f"<div><h1>A lamp</h1>{TEXT}<h2>Latest news</h2>{others}<a href='/all'>All news</a></div>")
    assert found.body == (SAID, MORE)
    assert [(item.day, item.title) for item in found.listing.items] == [
        ("2026-04-03", "Notice 3 to all skippers"),
        ("2026-04-02", "Notice 2 to all skippers"),
    ]


def test_a_date_in_what_readers_share_is_the_date_all_the_same() -> None:
    found = page(f"<h1>A lamp</h1><div class='share'><span>3 March 2026</span></div>{TEXT}")
    assert str(found.published) == "2026-03-03"


def test_a_day_that_the_file_tells_settles_figures_of_either_order() -> None:
    head = "<meta property='article:published_time' content='2026-04-03T10:00:00Z'>"
    assert str(page(f"<h1>A lamp</h1><p>03/04/2026</p>{TEXT}", head).published) == "2026-04-03"
    assert page(f"<h1>A lamp</h1><p>03/04/2026</p>{TEXT}").published is None


def test_without_a_heading_the_short_line_over_the_text_is_the_title() -> None:
    text = f"<div><span>On the lamp</span><div>{SAID}</div><div>{MORE}</div></div>"
    found = page(f"<div><a href='/'>Home</a></div>{text}")
    assert (found.heading.title, found.body) == ("On the lamp", (SAID, MORE))


def test_a_page_without_a_title_has_no_regions() -> None:
    found = capture(f"<html><body><div>{TEXT}</div></body></html>".encode(), name="page.html")
    assert divide(found, "en") is None


def test_half_a_page_is_read_and_says_so() -> None:
    html = f"<!doctype html><html lang='en'><body><h1>A lamp</h1>{TEXT}<p>And the"
    found = read_page(capture(html.encode(), name="page.html", any_state=True))
    assert found.body == (SAID, MORE)
    assert found.capture.doubts == ("HTML that breaks off before </body>",)


@pytest.mark.parametrize("depth", [150, 5_000])
def test_a_thousand_nested_elements_take_no_time(depth: int) -> None:
    found = page(f"<h1>A lamp</h1>{TEXT}{'<div>' * depth}deep{'</div>' * depth}")
    assert found.body == (SAID, MORE)
