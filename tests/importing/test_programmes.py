"""What a broadcaster of an office sends is heard and not read: a list of programmes is no list of messages."""

from __future__ import annotations

from datetime import date
from html import escape

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page
from importing.other_offices import LANGUAGES, LOOKS, TEXTS, page_of, printed
from importing.other_words import WORDS
from importing.test_rows import DAYS, LISTED, MORE, SAID, listed, page

PLAYERS = {
    "in boxes": "<div class='p'><div>{d}</div><div><a href='/p{n}'>{t}</a></div><audio src='{n}.mp3'></audio></div>",
    "in items": "<li>{d} <a href='/p{n}'>{t}</a> <audio controls><source src='{n}.ogg'></audio></li>",
    "in cells": "<tr><td>{d}</td><td><a href='/p{n}'>{t}</a></td><td><audio src='{n}.mp3'></audio></td></tr>",
    "under a heading": "<section><h4><a href='/p{n}'>{t}</a></h4><p>{d}</p><audio src='{n}.mp3'></audio></section>",
}
AROUND = {"in items": "<ul>{}</ul>", "in cells": "<table>{}</table>"}
MESSAGE = f"<div><h1>On the lamp</h1><div>5 May 2026</div><p>{SAID}</p><p>{MORE}</p></div>"


def programmes(form: str, days: tuple[tuple[str, str], ...] = DAYS) -> str:
    items = "".join(PLAYERS[form].format(d=d, t=escape(t), n=n) for n, (d, t) in enumerate(days))
    return AROUND.get(form, "<div>{}</div>").format(items)


@pytest.mark.parametrize("form", PLAYERS)
@pytest.mark.parametrize("above", [True, False])
def test_programmes_are_not_listed_and_leave_the_message_its_own(form: str, above: bool) -> None:
    beside = f"<div><h3>Harbour radio</h3>{programmes(form)}</div>"
    found = page(beside + MESSAGE if above else MESSAGE + beside)
    assert listed(found) == []
    assert (found.heading.title, str(found.published), found.body) == ("On the lamp", "2026-05-05", (SAID, MORE))
    said = " ".join(left.text for left in found.in_no_field)
    assert all(title in said for _, title in DAYS), "not listed, and not lost in silence"


def test_messages_beside_programmes_are_listed() -> None:
    items = "".join(f"<li>{d} <a href='/{n}'>{t}</a></li>" for n, (d, t) in enumerate(DAYS))
    sent = (("4 May 2026", "The evening at the pier"), ("2 May 2026", "The morning at the pier"))
    found = page(f"<ul>{items}</ul>{programmes('in boxes', sent)}{MESSAGE}")
    assert listed(found) == LISTED


@pytest.mark.parametrize("teaser", [True, False])
def test_messages_of_which_some_can_be_heard_are_messages(teaser: bool) -> None:
    """One has no player; or each has one, and words besides its title."""
    said = [f"<p>{words}</p>" if teaser else "" for words in (SAID, MORE)]
    items = "".join(
        f"<article><div>{d}</div><h3><a href='/{n}'>{t}</a></h3>{said[n]}"
        f"{'<audio src=x.mp3></audio>' if teaser or n else ''}</article>"
        for n, (d, t) in enumerate(DAYS)
    )
    assert listed(page(f"{MESSAGE}<div>{items}</div>")) == LISTED


def test_a_page_of_programmes_alone_lists_no_message() -> None:
    found = page(f"<h1>Harbour radio</h1>{programmes('in boxes')}", head="<title>Harbour radio</title>")
    assert (listed(found), found.body) == ([], ())


@pytest.mark.parametrize("form", PLAYERS)
def test_whatever_the_page_and_its_language_programmes_change_nothing_on_it(form: str) -> None:
    """Each language in each layout of HTML once, with the programmes above all else."""
    html = len(LANGUAGES) * (len(LOOKS) - len(TEXTS))
    for seed in range(list(PLAYERS).index(form), html, len(PLAYERS)):
        told = page_of(seed)
        words = WORDS[told.language]
        days = [printed(date(2026, 1, 9 + n), words.patterns[0], told.language) for n in range(3)]
        sent = programmes(form, tuple(zip(days, words.listed[:3], strict=True)))
        bare = _read(told.source)
        dressed = _read(told.source.replace("<body>", f"<body><div>{sent}</div>"))
        assert listed(dressed) == listed(bare), (told.language, told.look)
        assert dressed.heading.title == bare.heading.title, (told.language, told.look)
        assert (dressed.published, dressed.body) == (bare.published, bare.body), (told.language, told.look)


def _read(source: str) -> Page:
    return read_page(capture(source.encode(), name="page.html", any_state=True))
