"""Generated messages dressed as HTML pages in five chromes, as sites of different decades have them.

`dressed(seed)` takes the message of `generated.generate(seed)` (title, day, turns or paragraphs, list of others) and
sets it into tables of 1999, nested boxes of 2008, a modern page with landmarks, a page whose whole body is one form,
and one of headings and breaks only. Menus, sharing, related links, a footer with an address and a notice on cookies
stand around it in each. The same seed gives the same page for ever; nothing here knows how pages are read.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from babel.dates import format_date

from importing.generated import Expected, generate

CHROMES = ("tables", "boxes", "landmarks", "one form", "breaks")
_MENU = ("Home", "The Embassy", "Visas", "Economy", "Culture", "Contact", "Search", "Site map", "Legal notice")
_SHARE = ("Facebook", "X", "WhatsApp", "Print this page")
_FOOT = "12 Harbour Road, Ostrevell · +44 1632 960000 · © 2014–2026 Ostrevell"
_COOKIES = (
    "We use cookies so that this site remembers how large you want its letters. You can say no to them at any time."
)


Parts = dict[str, Any]


@dataclass(frozen=True)
class Dressed:
    """A page and the facts of its message. `chrome` are words around it that are none of it."""

    html: str
    language: str
    look: str
    expected: Expected
    published: str
    body: tuple[str, ...]
    chrome: tuple[str, ...]


def dressed(seed: int) -> Dressed:
    """The page of a seed."""
    made = generate(seed)
    chance = random.Random(f"dress {seed}")
    expected = made.expected
    body = _body(expected)
    day = expected.published or (expected.listed[0][0] if expected.listed else "2026-03-03")
    parts = {
        "title": escape(expected.title),
        "date": escape(_printed(day, chance.choice(("long", "d.M.y", "y-MM-dd")), made.language)),
        "body": body,
        "others": [(_printed(d, "d.M.y", "en"), escape(t)) for d, t, _ in expected.listed[:6]],
        "site": "Embassy of Ostrevell",
        "told": chance.random() < 0.6,
    }
    look = CHROMES[seed % len(CHROMES)]
    looks = {"tables": _tables, "boxes": _boxes, "landmarks": _landmarks, "one form": _form, "breaks": _breaks}
    html = looks[look](parts)
    chrome = (*_MENU[1:], *_SHARE[2:], _FOOT, _COOKIES)
    return Dressed(html, made.language, look, expected, day, tuple(body), chrome)


def _printed(iso: str, pattern: str, language: str) -> str:
    return format_date(date.fromisoformat(iso), pattern, locale=language)


def _body(expected: Expected) -> list[str]:
    if not expected.turns:
        return list(expected.paragraphs)
    found = []
    for _, mark, paragraphs in expected.turns:
        first, *rest = paragraphs or ("",)
        found += [f"{mark}: {first}" if mark else first, *rest]
    return found


def _page(parts: Parts, inside: str, head: str = "") -> str:
    title = f"<title>{parts['title']} | {parts['site']}</title>" if parts["told"] else f"<title>{parts['site']}</title>"
    return f"<!doctype html><html><head><meta charset='utf-8'>{title}{head}</head><body>{inside}</body></html>"


def _links(words: tuple[str, ...], tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/{n}'>{escape(w)}</a></{tag}>" for n, w in enumerate(words))


def _paragraphs(parts: Parts, tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in parts["body"])


def _others(parts: Parts) -> str:
    others = enumerate(parts["others"])
    items = "".join(f"<li><span>{day}</span> <a href='/n{n}'>{title}</a></li>" for n, (day, title) in others)
    return f"<ul>{items}</ul>" if items else ""


def _tables(parts: Parts) -> str:
    menu = "".join(f"<tr><td><a href='/{n}'>{w}</a></td></tr>" for n, w in enumerate(_MENU))
    text = _paragraphs(parts)
    inner = (
        f"<table><tr><td colspan=3><font size=5>{parts['site']}</font></td></tr><tr><td><table>{menu}</table></td>"
        f"<td><font size=2>{parts['date']}</font><h2>{parts['title']}</h2>{text}<hr>"
        f"<a href='#'>{_SHARE[3]}</a></td><td>{_others(parts)}</td></tr><tr><td colspan=3>{_FOOT}</td></tr></table>"
    )
    return _page(parts, inner)


def _boxes(parts: Parts) -> str:
    inner = (
        f"<div id='top'><div class='logo'>{parts['site']}</div><div id='mainmenu'><ul>{_links(_MENU)}</ul></div></div>"
        f"<div id='wrap'><div id='left'><ul>{_links(_MENU[::-1])}</ul></div><div id='mid'><div class='head'>"
        f"<h1>{parts['title']}</h1><div class='when'>{parts['date']}</div></div><div class='text'>{_paragraphs(parts)}"
        f"</div><div class='share'>{_links(_SHARE, 'span')}</div></div><div id='right'>{_others(parts)}</div></div>"
        f"<div id='foot'>{_FOOT}</div><div class='cookie-bar'>{_COOKIES}</div>"
    )
    return _page(parts, inner)


def _landmarks(parts: Parts) -> str:
    head = f"<meta property='og:title' content='{parts['title']}'>" if parts["told"] else ""
    inner = (
        f"<header><a href='/'>{parts['site']}</a><nav><ul>{_links(_MENU)}</ul></nav></header><main><article><header>"
        f"<time>{parts['date']}</time><h1>{parts['title']}</h1></header><section>{_paragraphs(parts)}</section>"
        f"<footer><ul>{_links(_SHARE)}</ul></footer></article></main><aside>{_others(parts)}</aside>"
        f"<footer><p>{_FOOT}</p></footer><div role='dialog'>{_COOKIES}</div>"
    )
    return _page(parts, inner, head)


def _form(parts: Parts) -> str:
    inner = (
        f"<form id='aspnetForm' action='/'><div><ul>{_links(_MENU)}</ul></div><div><span>{parts['date']}</span>"
        f"<h1>{parts['title']}</h1><div>{_paragraphs(parts, 'div')}<p></p></div></div>"
        f"<div><h3>{parts['site']}</h3><p>{_FOOT}</p></div></form>"
    )
    return _page(parts, inner)


def _breaks(parts: Parts) -> str:
    menu = " | ".join(f"<a href='/{n}'>{w}</a>" for n, w in enumerate(_MENU))
    text = "<br><br>".join(escape(words) for words in parts["body"])
    inner = f"{menu}<hr><b>{parts['date']}</b><h1>{parts['title']}</h1>{text}<hr><small>{_FOOT}</small>"
    return _page(parts, inner)
