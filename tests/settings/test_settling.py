"""What the pages of an archive are to each other: each decision on a small archive made for it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import pytest

from communique.importing.errors import ImportingError
from communique.importing.page import understand
from communique.importing.raw import Raw
from communique.importing.reading import reading_of, without_ending
from communique.settings.journal import Journal
from communique.settings.settling import settle

WORDS = (
    "The harbour office said on {} that the ferry sails again, and that nobody pays for it before the summer of {}.",
    "Skippers who go to {} find the timetable at the old pier, where it has hung since the storm of {} took the other.",
    "For the islands of {} a second boat was bought, which the council paid for with what was left of {}.",
)
PLACES = ("Tessmark", "Gulland", "Carrow", "Belhaven", "Drumlin", "Fennimore", "Hartshore", "Jessamy", "Karravale")


def body(number: int) -> list[str]:
    """Three paragraphs that no other number has."""
    place = PLACES[number % len(PLACES)]
    return [text.format(place, f"{1900 + number} in {place}") for text in WORDS]


def page(
    title: str,
    paragraphs: list[str],
    day: str | None = "5 January 2004",
    head: str = "",
    lang: str = "en",
    foot: str = "",
) -> str:
    said = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    dated = f"<p>{day}</p>" if day else ""
    return (
        f"<!doctype html><html lang={lang}><head><title>{escape(title)}</title>{head}</head>"
        f"<body><h1>{escape(title)}</h1>{dated}<div>{said}</div>{foot}</body></html>"
    )


def listing(*items: tuple[str, str, str]) -> str:
    """A page that lists (day, address, title)."""
    rows = "".join(f"<li>{day} <a href='{at}'>{escape(title)}</a></li>" for day, at, title in items)
    return (
        f"<!doctype html><html lang=en><head><title>News</title></head><body><h1>News</h1><ul>{rows}</ul></body></html>"
    )


Settled = Callable[[dict[str, str]], Any]


@pytest.fixture
def settled(tmp_path: Path) -> Settled:
    """Reads an archive of address -> page, settles it, and gives the journal."""

    def settled(pages: dict[str, str]) -> Journal:
        journal = Journal(tmp_path / "journal.sqlite3")
        for number, (address, text) in enumerate(pages.items(), 1):
            raw = Raw("page", address, text.encode(), f"https://old.example{address}", "2024-06-01T08:00:00Z")
            try:
                found = reading_of(understand(raw.capture()))
            except ImportingError as error:
                found = error
            journal.note(number, raw, sha256(raw.data).hexdigest(), found)
        settle(journal, lambda _what, _count: None)
        return journal

    return settled


def told(journal: Journal, *columns: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = journal.db.execute(
        f"SELECT {', '.join(columns)} FROM page ORDER BY number"
    ).fetchall()
    return rows


def test_a_list_gives_its_day_to_a_page_that_has_none(settled: Settled) -> None:
    found = settled(
        {
            "/1": page("The ferry sails again", body(1), day=None),
            "/2": page("Opening hours of the embassy", body(2), day=None),
            "/list": listing(("06.01.2004", "/1", "The ferry sails again"), ("05.01.2004", "/9", "Another thing said")),
        }
    )
    assert told(found, "is_", "on_day", "day_from")[:2] == [("message", "2004-01-06", "list"), ("undated", None, None)]


def test_where_a_list_says_another_day_than_a_plain_page_the_page_is_believed_and_it_is_said(settled: Settled) -> None:
    found = settled(
        {
            "/1": page("The ferry sails again", body(1)),
            "/list": listing(("16.01.2004", "/1", "The ferry sails again"), ("05.01.2004", "/9", "Another thing said")),
        }
    )
    assert told(found, "on_day", "day_from")[0] == ("2004-01-05", "page")
    ((what,),) = found.db.execute("SELECT what FROM doubt")
    assert "2004-01-16" in what


def feed(*items: tuple[str, str, str]) -> str:
    """A feed of (day, address, title), as an archive hands it on."""
    entries = "".join(
        f"<entry><title>{escape(title)}</title><link href='{at}'/><published>{day}T10:00:00Z</published></entry>"
        for day, at, title in items
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"


def test_where_a_pages_title_is_not_sure_a_feeds_is_taken_and_a_lists_is_not(settled: Settled) -> None:
    unsure = page("", body(1)).replace("<h1></h1>", "<h3>The ferry</h3>").replace("<title></title>", "")
    titled = "The ferry sails again"
    by_feed = settled({"/1": unsure, "/feed.feed": feed(("2004-01-06", "/1", titled))})
    assert told(by_feed, "title", "titled", "is_")[0] == ("The ferry", titled, "message")
    assert told(by_feed, "is_")[1] == ("list",)
    by_feed.close()
    rows = (("06.01.2004", "/1", "On the boat"), ("05.01.2004", "/9", "Another thing said"))
    by_list = settled({"/1": unsure, "/list": listing(*rows)})
    assert told(by_list, "titled")[0] == (None,)


def test_a_sure_title_stands_beside_a_feeds_and_it_is_said(settled: Settled) -> None:
    pages = {"/1": page("The ferry sails again", body(1)), "/feed.feed": feed(("2004-01-05", "/1", "On boats"))}
    found = settled(pages)
    assert told(found, "title", "titled")[0] == ("The ferry sails again", None)
    ((what,),) = found.db.execute("SELECT what FROM doubt")
    assert "On boats" in what


def test_a_feed_gives_its_day_before_all_lists(settled: Settled) -> None:
    lists = {
        f"/l{n}": listing(("16.01.2004", "/1", "The ferry sails again"), ("05.01.2004", "/9", "More")) for n in (1, 2)
    }
    pages = {"/1": page("The ferry sails again", body(1), day=None), **lists}
    found = settled({**pages, "/feed.feed": feed(("2004-01-06", "/1", "The ferry sails again"))})
    assert told(found, "on_day", "day_from")[0] == ("2004-01-06", "list")


def test_a_title_that_many_pages_share_is_the_sites_and_the_lists_title_is_taken(settled: Settled) -> None:
    pages = {f"/{n}": page("Embassy of Orsemund", body(n), day=f"{n} January 2004") for n in (1, 2, 3)}
    rows = [(f"0{n}.01.2004", f"/{n}", f"The matter of {PLACES[n]}") for n in (3, 2, 1)]
    found = settled({**pages, "/list": listing(*rows)})
    assert [titled for (titled,) in told(found, "titled")[:3]] == [f"The matter of {PLACES[n]}" for n in (1, 2, 3)]


def test_the_same_words_at_several_addresses_are_one_message_where_the_site_says(settled: Settled) -> None:
    canonical = "<link rel=canonical href='https://old.example/news/1'>"
    found = settled(
        {
            "/print?id=1": page("The ferry sails again", body(1), head=canonical),
            "/news/1": page("The ferry sails again", body(1), head=canonical),
            "/archive/1": page("The ferry sails again", body(1), head=canonical),
        }
    )
    assert told(found, "is_", "same") == [("again", 2), ("message", None), ("again", 2)]


def test_a_page_with_a_line_more_is_still_the_same_message(settled: Settled) -> None:
    long = [*body(1), *body(2)]
    found = settled(
        {
            "/1": page("The ferry sails again", long),
            "/1/print": page("The ferry sails again", [*long, "This page was printed for you by the harbour office."]),
        }
    )
    assert [is_ for (is_,) in told(found, "is_")] == ["message", "again"]


def test_the_same_words_on_two_days_are_two_messages(settled: Settled) -> None:
    found = settled(
        {
            "/1": page("The embassy is closed on Monday", body(1), day="5 January 2004"),
            "/2": page("The embassy is closed on Monday", body(1), day="9 March 2004"),
        }
    )
    assert [is_ for (is_,) in told(found, "is_")] == ["message", "message"]


def test_a_front_page_that_shows_messages_whole_is_a_list_and_no_address_of_theirs(settled: Settled) -> None:
    shown = "".join(
        f"<article><h2><a href='/news/{n}'>Matter {n} of the harbour</a></h2><p>{n} January 2004</p>"
        + "".join(f"<p>{escape(text)}</p>" for text in body(n))
        + "</article>"
        for n in (3, 2, 1)
    )
    front = f"<!doctype html><html lang=en><head><title>Embassy</title></head><body><main>{shown}</main></body></html>"
    pages = {f"/news/{n}": page(f"Matter {n} of the harbour", body(n), day=f"{n} January 2004") for n in (1, 2, 3)}
    found = settled({"/news/": front, **pages})
    assert [is_ for (is_,) in told(found, "is_")] == ["list", "message", "message", "message"]


def test_three_languages_of_one_message_are_joined_and_those_of_another_day_are_not(settled: Settled) -> None:
    def names(*tags: str) -> str:
        return "".join(f"<link rel=alternate hreflang={tag} href='/{tag}/1'>" for tag in tags)

    french = ["Le bac repart, a dit le bureau du port, et personne ne paie avant l’été de cette année-ci."] * 2
    german = ["Die Fähre fährt wieder, sagte das Hafenamt, und niemand bezahlt dafür vor dem Sommer dieses Jahres."] * 2
    found = settled(
        {
            "/en/1": page("The ferry sails again", body(1), head=names("fr")),
            "/fr/1": page("Le bac repart", french, day="5 janvier 2004", head=names("de"), lang="fr"),
            "/de/1": page("Die Fähre fährt wieder", german, day="5. Januar 2004", lang="de"),
            "/en/2": page("The ferry is late", body(2), day="6 January 2004"),
            "/fr/2": page("Le bac est en retard", french[:1], day="7 janvier 2004", lang="fr"),
        }
    )
    assert [root for (root,) in told(found, "version_of")] == [1, 1, 1, 4, 5]


def test_a_speaker_is_known_in_another_script_by_the_place_in_which_she_speaks(settled: Settled) -> None:
    def asked(question: str, name: str, text: str) -> list[str]:
        return [line for n in (1, 2) for line in (f"{question}: {text} {n}?", f"{name}: {text} {n}, {text.lower()}.")]

    link = "<link rel=alternate hreflang=ru href='/ru/1'>"
    english = asked("Question", "Anna Keller", "When does the ferry to the islands sail again after the storm")
    russian = asked("Вопрос", "Анна Келлер", "Когда паром на острова снова пойдёт после зимнего шторма")
    found = settled(
        {
            "/en/1": page("Interview of Anna Keller", english, head=link),
            "/ru/1": page("Интервью Анны Келлер", russian, day="5 января 2004", lang="ru"),
        }
    )
    rows = found.db.execute("SELECT person.names, messages FROM person").fetchall()
    assert rows == [('{"en": "Anna Keller", "ru": "Анна Келлер"}', 2)]


def test_what_ends_every_message_of_a_site_is_none_of_theirs(settled: Settled) -> None:
    foot = "Harbour office, 4 Quay Street, Lisbon, Tel. +351 21 000 0000, press@orsemund.example, open on all days."
    pages = {f"/{n}": page(f"Matter {n} of the harbour", [*body(n), foot], day=f"{n} May 2004") for n in range(1, 7)}
    found = settled(pages)
    common = {row[0] for row in found.db.execute("SELECT hash FROM common")}
    kept, gone = without_ending(found.reading(1), common)
    assert (list(kept.body), list(gone)) == (body(1), [foot])


def test_messages_and_what_is_only_listed_stand_by_day_and_one_days_as_the_list_has_them(settled: Settled) -> None:
    found = settled(
        {
            "/b": page("The second of the day", body(2)),
            "/a": page("The first of the day", body(1)),
            "/list": listing(
                ("07.01.2004", "/x", "What is only listed here"),
                ("05.01.2004", "/b", "The second of the day"),
                ("05.01.2004", "/a", "The first of the day"),
            ),
        }
    )
    assert [place for (place,) in told(found, "place")] == [2, 1, None]
    assert found.db.execute("SELECT title, at FROM seen WHERE at IS NOT NULL").fetchall() == [
        ("What is only listed here", 3)
    ]
