"""Links in the words of a message are kept with their targets, words in another language with its tag."""

from __future__ import annotations

import itertools
from time import process_time
from typing import Any

import pytest

from communique.edition import seal
from communique.importing.capture import LIMIT_LINKED, capture
from communique.importing.contents import OfficeFacts, drafts
from communique.importing.deciding import Change, decided
from communique.importing.errors import NotReadable
from communique.importing.foreign import LIMIT_RUNS
from communique.importing.page import Page, understand
from communique.importing.record_json import as_record

TEXT = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
ADDRESS = "https://embassy.example/news/12.html"


def page(body: str, address: str | None = None, head: str = "") -> Page:
    html = f"<!doctype html><html lang='en'><head>{head}</head><body><h1>On the lamp</h1>{body}</body></html>"
    return understand(capture(html.encode(), name="page.html", address=address))


def message(found: Page) -> dict[str, Any]:
    numbers = itertools.count()
    made = drafts(
        found, office=OfficeFacts("UTC", ("en",)), fresh_id=lambda: f"{next(numbers):016}", captured="2026-03-04"
    )
    assert made.message
    seal(made.message.content, lambda: bytes(32))
    return made.message.content


def linked(block: dict[str, Any]) -> list[tuple[str, str]]:
    """(words, target) of each link of a block."""
    return [(block["text"][a:b], target) for a, b, kind, target in block["marks"] if kind == "link"]


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://harbour.example/plan", "https://harbour.example/plan"),
        ("/plan?a=1&amp;b=2", "https://embassy.example/plan?a=1&b=2"),
        ("plan two.html", "https://embassy.example/news/plan%20two.html"),
        ("mailto:press@embassy.example", "mailto:press@embassy.example"),
    ],
)
def test_a_link_in_a_paragraph_is_kept_with_its_words_and_its_whole_target(href: str, target: str) -> None:
    found = page(f"<p>{TEXT} Re\u00adad  <a href='{href}'> the <b>plan</b></a>, all of it.</p><p>{TEXT}</p>", ADDRESS)
    linked_block, plain = message(found)["blocks"]
    assert linked_block["text"] == f"{TEXT} Read the plan, all of it."
    assert linked(linked_block) == [("the plan", target)]
    assert (plain, found.not_understood) == (TEXT, ())
    assert as_record(found)["links"] == [["the plan", target]]


def test_a_link_in_an_answer_is_kept_where_its_mark_is_taken_off() -> None:
    links = "<a href='https://a.example/'>the first</a> and <a href='https://b.example/'>the second</a>"
    found = page(f"<p>Question: When?</p><p>Ada Merrow: {TEXT}</p><p>Question: Why?</p><p>Ada Merrow: See {links}.</p>")
    answer = message(found)["turns"][3]["blocks"][0]
    assert answer["text"] == "See the first and the second."
    assert linked(answer) == [("the first", "https://a.example/"), ("the second", "https://b.example/")]


def foreign(block: dict[str, Any]) -> list[tuple[str, str]]:
    """(words, tag) of each run of another language in a block."""
    return [(block["text"][a:b], tag) for a, b, kind, tag in block["marks"] if kind == "lang"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<i lang='fr'>la lampe</i>", [("la lampe", "fr")]),
        ("<span lang='FR_ca'> la\u00ad <b>lampe</b> </span>", [("la lampe", "fr-CA")]),
        ("<span xml:lang='zh-hant-tw'>la lampe</span>", [("la lampe", "zh-Hant-TW")]),
        (
            "<span lang='fr'>la <span lang='it'>lampe</span> a huile</span>",
            [("la ", "fr"), ("lampe", "it"), (" a huile", "fr")],
        ),
        ("<a lang='fr' href='https://a.example/'>la lampe</a>", [("la lampe", "fr")]),
    ],
)
def test_words_that_a_page_says_to_be_in_another_language_are_so_in_the_edition(
    written: str, kept: list[tuple[str, str]]
) -> None:
    (block,) = message(page(f"<p>{TEXT} We call it {written}, and we always have.</p>"))["blocks"]
    assert foreign(block) == kept


@pytest.mark.parametrize("tag", ["en", "en-GB", "", "und", "xx-none", "français", "x-default"])
def test_no_language_and_that_of_the_text_itself_are_no_other_language(tag: str) -> None:
    found = page(f"<p>{TEXT} We call it <i lang='{tag}'>the lamp</i>, and we always have.</p>")
    assert message(found)["blocks"] == [f"{TEXT} We call it the lamp, and we always have."]


def test_a_language_of_a_whole_paragraph_says_nothing_as_word_processors_write_it() -> None:
    found = page(f"<p lang='de'>{TEXT}</p><p><span lang='de'>{TEXT}</span></p>")
    assert message(found)["blocks"] == [TEXT, TEXT]


def test_of_thousands_of_runs_in_one_paragraph_only_so_many_are_kept_and_no_time_is_lost() -> None:
    found = page(f"<p>{TEXT} {'<i lang=fr>a</i> <i lang=de>b</i> ' * 5_000}</p>")
    began = process_time()
    (block,) = message(found)["blocks"]
    assert process_time() - began < 5
    assert len(foreign(block)) == LIMIT_RUNS


def test_words_of_another_language_in_an_answer_keep_it_where_its_mark_is_taken_off() -> None:
    said = "<b>Ada Merrow:</b> <span>We say <i lang='pt'>farol</i> here, and so did they.</span>"
    found = page(f"<p>Question: When?</p><p>Ada Merrow: {TEXT}</p><p>Question: Why?</p><p>{said}</p>")
    answer = message(found)["turns"][3]["blocks"][0]
    assert foreign(answer) == [("farol", "pt")]


def test_words_of_another_language_move_with_their_turn_at_the_desk() -> None:
    said = "Ada Merrow: We say <i lang='pt'>farol</i> here, and so did they."
    found = page(f"<p>Question: When?</p><p>Ada Merrow: {TEXT}</p><p>Question: Why?</p><p>{said}</p>")
    changed = decided(found, [Change("prose")])
    assert foreign(message(changed)["blocks"][3]) == [("farol", "pt")]


@pytest.mark.parametrize(
    "head",
    [f"<base href='{ADDRESS}'>", f"<link rel='canonical' href='{ADDRESS}'>", "<base href='https://embassy.example'>"],
)
def test_a_saved_page_that_says_its_own_address_has_whole_targets(head: str) -> None:
    (block,) = message(page(f"<p>{TEXT} See <a href='/plan'>the plan</a>.</p>", head=head))["blocks"]
    assert linked(block) == [("the plan", "https://embassy.example/plan")]


def test_a_target_of_no_known_site_is_said_and_the_words_stay() -> None:
    found = page(f"<p>{TEXT} See <a href='/plan'>the plan</a>.</p>")
    assert message(found)["blocks"] == [f"{TEXT} See the plan."]
    assert [line.text for line in found.not_understood] == ["/plan"]


@pytest.mark.parametrize("href", ["#note", "javascript:void(0)", "", "data:text/plain,x"])
def test_a_place_on_the_page_and_a_script_are_no_address(href: str) -> None:
    found = page(f"<p>{TEXT} See <a href='{href}'>the plan</a>.</p>", ADDRESS)
    assert message(found)["blocks"] == [f"{TEXT} See the plan."]
    assert found.not_understood == ()


def test_a_line_with_more_links_than_can_be_placed_is_refused() -> None:
    links = "<a href='https://a.example/'>x\u00ad</a> " * (1 + int((LIMIT_LINKED / 2) ** 0.5))
    with pytest.raises(NotReadable, match="links in one line"):
        page(f"<p>{links}</p>")
