"""A page is read strictly: whatever the press never writes is refused, so nothing hides from the comparison."""

from __future__ import annotations

import pytest

from communique.verify.site.markup import NotKnown, parse_page

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<body>{}</body>\n</html>\n'


def test_a_page_is_read_as_elements_and_words() -> None:
    page = parse_page(
        PAGE.format('<p class="a">1 &lt; 2 &amp; <span class="unbroken">9 March</span><br>x</p>').encode()
    )
    (words,) = page.find("p", "a")
    assert words.text == "1 < 2 & 9 Marchx"
    assert words.outer == '<p class="a">1 &lt; 2 &amp; 9 March<br>x</p>'


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<!-- a -->", "has <!--"),
        ("<p>a", "closes body inside p"),
        ("<p>a</div>", "closes div inside p"),
        ("a < b", "has < b"),
        ("a > b", "has > b"),
        ("a & b", "a reference that is none"),
        ("&nbsp;", "a reference that is none"),
        ("<P>a</P>", "has <P>"),
        ("<p class=a>a</p>", "has <p class=a>"),
        ("<p class='a'>a</p>", "has <p class='a'>"),
        ('<p class="a" class="b">a</p>', "gives an attribute of p twice"),
        ("<output></output>", "has an element output"),
        ("<iframe></iframe>", "has an element iframe"),
        ("<p/>", "has <p/>"),
        ('<span class="unbroken"><p></span></p>', "closes span inside p"),
    ],
)
def test_what_the_press_never_writes_is_refused_with_its_line(inner: str, said: str) -> None:
    with pytest.raises(NotKnown) as refused:
        parse_page(PAGE.format(inner).encode())
    assert said in str(refused.value)
    assert "(line 3)" in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html></html>", b"<!DOCTYPE html>\nx<html></html>", b"<!DOCTYPE html>\n<html>", b"<!DOCTYPE html>\xff"],
)
def test_what_is_no_whole_page_is_refused(data: bytes) -> None:
    with pytest.raises(NotKnown):
        parse_page(data)
