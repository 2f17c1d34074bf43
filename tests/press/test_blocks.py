"""Words are shown as they were said, with their marks, and never as markup of somebody else."""

from __future__ import annotations

import pytest

from communique.press.blocks import block_html, blocks_html, marked
from communique.press.markup import fill, isolated, isolated_text, safe_target, tag, telephone_target

GONE = "Erased."


def test_words_are_escaped() -> None:
    assert block_html("A <b> & B", GONE) == "<p>A &lt;b&gt; &amp; B</p>"


def test_marks_count_in_code_points_also_beyond_the_basic_plane() -> None:
    assert marked("𝔄b c", [[1, 2, "emphasis"]]) == "𝔄<em>b</em> c"


def test_marks_that_cross_are_cut_so_that_elements_nest() -> None:
    found = marked("abcdef", [[0, 4, "emphasis"], [2, 6, "strong"]])
    assert found == "<em>ab</em><strong><em>cd</em></strong><strong>ef</strong>"


def test_a_link_holds_the_marks_inside_it() -> None:
    found = marked("see the page", [[4, 12, "link", "https://x.example/?a=1&b=2"], [8, 12, "emphasis"]])
    assert found == 'see <a href="https://x.example/?a=1&amp;b=2">the <em>page</em></a>'


def test_marks_outside_the_text_and_links_that_overlap_are_left_out() -> None:
    assert marked("abc", [[1, 9, "strong"], [-1, 2, "emphasis"]]) == "abc"
    assert marked("abc", [[0, 2, "link", "/a/"], [1, 3, "link", "/b/"]]) == '<a href="/a/">ab</a>c'


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/",
        "/\\evil.example/",
        "https:///evil",
        "https://a b/",
        "http:evil.example",
        "tel:javascript",
        "",
        None,
    ],
)
def test_a_link_leads_only_where_we_follow(target: str | None) -> None:
    assert safe_target(target) is None


@pytest.mark.parametrize(
    "target", ["https://a.example/", "http://a.example", "mailto:a@b.example", "tel:+44123", "/en/x/", "#t3"]
)
def test_honest_targets_are_kept(target: str) -> None:
    assert safe_target(target) == target


def test_a_link_that_is_refused_keeps_its_words() -> None:
    assert marked("click", [[0, 5, "link", "javascript:alert(1)"]]) == "click"


def test_neighbouring_items_become_lists_one_inside_the_other() -> None:
    items = [
        {"kind": "item", "ordered": True, "text": "one"},
        {"kind": "item", "level": 2, "text": "inner"},
        {"kind": "item", "ordered": True, "text": "two"},
        {"kind": "item", "text": "bullet"},
    ]
    assert (
        blocks_html(items, GONE) == "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol><ul><li>bullet</li></ul>"
    )


def test_a_list_may_begin_with_an_inner_item() -> None:
    items = [{"kind": "item", "level": 3, "text": "deep"}, {"kind": "item", "level": 1, "text": "top"}]
    assert "deep" in blocks_html(items, GONE)
    assert "top" in blocks_html(items, GONE)


def test_a_table_has_header_cells_only_where_it_has_a_header() -> None:
    with_header = block_html({"kind": "table", "header": True, "rows": [["A"], ["1"]]}, GONE)
    assert '<thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody>' in with_header
    assert "<th" not in block_html({"kind": "table", "rows": [["A"], ["1"]]}, GONE)


def test_a_heading_never_rises_above_the_title() -> None:
    assert block_html({"kind": "heading", "level": 1, "text": "A"}, GONE) == "<h2>A</h2>"


@pytest.mark.parametrize(
    "block",
    [
        None,
        {"kind": "paragraph"},
        {"kind": "paragraph", "text": None},
        {"kind": "heading", "level": 2, "text": None},
        {"kind": "quotation", "text": None},
        {"kind": "item", "text": None},
        {"kind": "table", "rows": [[None]]},
    ],
)
def test_words_that_were_erased_say_so_in_their_place(block: dict[str, object] | None) -> None:
    assert GONE in blocks_html([block], GONE)


def test_a_sentence_escapes_what_is_set_into_it_and_isolates_names() -> None:
    assert fill("{a} <b> {b} {c}", a="<x>", b=isolated("<y>")) == "&lt;x&gt; &lt;b&gt; <bdi>&lt;y&gt;</bdi> {c}"


def test_a_name_against_the_direction_of_a_title_is_isolated() -> None:
    assert isolated_text("أوريل", "ltr") == "\u2068أوريل\u2069"
    assert isolated_text("Oriel", "ltr") == "Oriel"


def test_an_attribute_cannot_be_left() -> None:
    assert tag("a", "x", href='"><script>', class_=None) == '<a href="&quot;&gt;&lt;script&gt;">x</a>'


@pytest.mark.parametrize(
    ("printed", "dialled"),
    [
        ("+44 (0) 203 668 7474", "tel:+442036687474"),
        ("01632 960 142", "tel:01632960142"),
        ("(0) 30 22 11", "tel:0302211"),
        ("ask", None),
    ],
)
def test_a_telephone_dials_what_is_printed(printed: str, dialled: str | None) -> None:
    assert telephone_target(printed) == dialled
