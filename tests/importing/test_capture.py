"""Bytes become numbered lines, or are refused with the place and the remedy."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.errors import NotReadable
from communique.importing.markup import LIMIT_DEPTH


def lines_of(data: bytes, **more: str) -> list[str]:
    return [line.text for line in capture(data, name="page", **more).lines if line.text]


def test_lines_keep_the_numbers_of_the_source_and_lose_blanks_at_their_ends() -> None:
    page = capture(b"one  \r\n\r\nthree\tand   more\r\n", name="page.txt")
    assert [(line.number, line.text) for line in page.lines] == [
        (1, "one"),
        (2, ""),
        (3, "three    and   more"),
        (4, ""),
    ]


def test_text_is_put_into_normal_form_and_loses_overrides_and_soft_hyphens() -> None:
    assert lines_of("Cafe\u0301 am\u00ad Kai \u202edrow".encode()) == ["Café am Kai drow"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_charset(encoding: str) -> None:
    assert lines_of("Déclaration\nÉcole".encode(encoding)) == ["Déclaration", "École"]


def test_html_is_read_in_the_charset_that_it_states_as_browsers_read_it() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>It’s “open”</p></body></html>'
    assert lines_of(page.encode("cp1252")) == ["It’s “open”"]


def test_html_that_states_nothing_is_read_in_the_charset_that_fits_its_words() -> None:
    words = "Посол ответил на вопросы журналистов о новой переправе и поблагодарил всех за терпение. " * 5
    assert lines_of(f"<html><body><p>{words}</p></body></html>".encode("cp1251")) == [words.strip()]


def test_a_server_may_say_the_charset_of_plain_text() -> None:
    assert lines_of("Заявление".encode("cp1251"), charset="windows-1251") == ["Заявление"]


def test_html_becomes_a_line_a_block_without_scripts_navigation_and_hidden_words() -> None:
    page = """<!doctype html><html lang="en-GB"><body><nav>Home</nav><h1>A <em>title</em></h1>
    <script>var x</script><p>One<br>two</p><div style="display: none">no</div><ul><li>item</ul><footer>©</footer>
    </body></html>"""
    found = capture(page.encode(), name="page.html")
    assert [(line.text, line.heading) for line in found.lines if line.text] == [
        ("A title", 1),
        ("One", 0),
        ("two", 0),
        ("item", 0),
    ]
    assert found.language == "en-gb"


def test_html_deeper_than_the_limit_is_not_followed() -> None:
    deep = "<div>" * (LIMIT_DEPTH + 50) + "deep" + "</div>" * (LIMIT_DEPTH + 50)
    assert lines_of(f"<html><body><p>above</p>{deep}</body></html>".encode()) == ["above"]


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", "page", "the file is empty"),
        (b" \n\n", "page", "the file is empty"),
        (b"a\n" + b"b" * 1_000_001, "page, line 2", "1,000,001 bytes"),
        (b"x" * 20_000_001, "page", "more than the 20,000,000 bytes"),
        (b"one\ntwo\x00three", "page, line 2", "not text in any charset"),
        ("ein\nMüller ging".encode("latin-1"), "page, line 2", "(hex fc) is not UTF-8"),
        (b'<html><head><meta charset="utf-8"></head><body>\n\xff\xfe</body></html>', "page, line 2", "not in utf-8"),
        (b'<html><head><meta charset="nonesuch"></head><body>\xe9</body></html>', "page", "'nonesuch' is not known"),
        (b"<html><body><p>It begins and", "page", "breaks off before </body>"),
        (b"<html><body><script>only()</script></body></html>", "page", "no word in it"),
    ],
)
def test_what_is_no_page_is_refused_with_place_and_remedy(data: bytes, where: str, what: str) -> None:
    with pytest.raises(NotReadable) as refusal:
        capture(data, name="page")
    assert refusal.value.where == where
    assert what in refusal.value.what
    assert refusal.value.remedy
    assert "\n" not in str(refusal.value)


def test_words_beside_the_main_part_are_counted_and_no_forms_or_scripts() -> None:
    words = "The lamp on the pier burns again. " * 10
    main = f"<main><h1>Notice on the lamp</h1><p>{words}</p></main>"
    aside = "<aside>Consular queries: 01632 960142</aside><nav>Front page</nav>"
    unseen = "<script>let a = 1</script><form>Search here</form><p hidden>Not seen</p>"
    found = capture(f"<html><body>{main}{aside}{unseen}</body></html>".encode(), name="page.html")
    assert found.besides == 6, "the aside and the menu"
    assert capture(f"<html><body><p>{words}</p></body></html>".encode(), name="page.html").besides == 0
