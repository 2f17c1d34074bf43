"""Addresses: what is the same one, what is one's other language, what a page says of itself."""

from __future__ import annotations

import pytest
from lxml import etree

from communique.importing.elsewhere import alternates_of, canonical_of, key_of, path_of, without_language

BASE = "https://old.example/en/news/1.html"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://old.example/a", "https://www.old.example:443/a"),
        ("https://old.example/a?b=1#c", "https://OLD.example/a?b=1"),
        ("https://old.example/a?PHPSESSID=9&b=1", "https://old.example/a?b=1&utm_source=mail"),
        ("https://old.example/caf%C3%A9", "https://old.example/café"),
    ],
)
def test_addresses_that_differ_in_nothing_a_site_means_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_a_query_is_part_of_an_old_address() -> None:
    assert path_of("https://old.example/press.asp?id=17&lang=en") == "/press.asp?id=17&lang=en"
    assert key_of("https://old.example/press.asp?id=17") != key_of("https://old.example/press.asp?id=18")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("old.example/en/news/1.html", "old.example/fr/news/1.html"),
        ("old.example/news/1_en.html", "old.example/news/1_ar.html"),
        ("old.example/press.asp?id=17&lang=en", "old.example/press.asp?id=17&lang=ru"),
        ("/2004/briefing.en.docx", "/2004/briefing.fr.docx"),
    ],
)
def test_two_languages_of_one_page_differ_in_nothing_but_the_code(one: str, other: str) -> None:
    assert without_language(one)[0] == without_language(other)[0]
    assert without_language(one)[1] != without_language(other)[1]


def test_two_pages_of_one_language_stay_two() -> None:
    assert without_language("old.example/en/news/1.html")[0] != without_language("old.example/en/news/2.html")[0]


def test_a_page_names_its_own_address_and_its_other_languages() -> None:
    page = etree.HTML(
        "<head><link rel=canonical href='/en/news/one'><link rel=alternate hreflang=ar href='/ar/news/one'>"
        "<link rel=alternate type='application/rss+xml' hreflang=en href='/feed'></head>"
        "<body><a href='/fr/news/one'>Français</a> <a href='/de/news/one' hreflang='de-AT'>auf Deutsch</a>"
        "<a href='/ru/news/one'>RU</a> <a href='/it'>It is said</a></body>"
    )
    assert canonical_of(page, BASE) == "https://old.example/en/news/one"
    assert dict(alternates_of(page, BASE)) == {
        tag: f"https://old.example/{tag}/news/one" for tag in ("ar", "fr", "de", "ru")
    }
