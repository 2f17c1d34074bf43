"""A seeded generator of pages of other offices, in other languages and layouts, each with its right answer.

`page_of(seed)` makes a page in one of twelve languages (`other_words.py`). Drawn are: how the page is laid out, where
its section stands (over the title, in breadcrumbs, in the menu's current item, beside the date, in the head of the
file, nowhere), what its title says of an event (place and day behind commas or in brackets, or in a sentence; a table
of facts; a place before the date; nothing), whether it prints a date of its own, and how it lists other messages (the
date left, right, above, below, in a cell, in brackets, in pieces, inside the link; titles alone; nothing). Around it
stand what such pages have: today's day, the day of the last change, a menu, a foot.

Nothing here knows how pages are read. The same seed gives the same page for ever.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from babel.dates import format_date

from importing.other_words import NAMES, WORDS

LANGUAGES = tuple(sorted(WORDS))
LOOKS = ("ministry", "portal", "tables", "cards", "boxes", "index", "fields", "letter")
TEXTS = ("fields", "letter")
_NEW_YEARS = {1400: "2021-03-21", 1401: "2022-03-21", 1402: "2023-03-21", 1403: "2024-03-20", 1404: "2025-03-21"}
_SOLAR_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_FIRST, _LAST = date(2022, 6, 1), date(2026, 1, 20)
_NO_SENTENCE = ("ja", "zh", "ko", "tr", "hi", "he", "el")
"""languages in which a place does not stand behind a word of its own at the end of a title"""

Stub = tuple[str | None, str]


@dataclass
class Told:
    """A page and what is right about it."""

    seed: int
    language: str
    look: str
    source: str = ""
    title: str = ""
    published: str | None = None
    section: str | None = None
    event: tuple[str | None, str | None] | None = None
    """day and place"""
    stubs: list[Stub] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    chrome: list[str] = field(default_factory=list)
    drawn: dict[str, str] = field(default_factory=dict)
    """what was drawn, so that a miss can be counted by its cause"""

    @property
    def name(self) -> str:
        return f"page-{self.seed}.{'txt' if self.look in TEXTS else 'html'}"

    @property
    def is_list(self) -> bool:
        return self.look == "index"


def page_of(seed: int) -> Told:
    """The page of a seed."""
    return _Maker(seed).make()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(f"page of another office {seed}")
        language = LANGUAGES[seed % len(LANGUAGES)]
        self.told = Told(seed, language, LOOKS[seed // len(LANGUAGES) % len(LOOKS)])
        self.words = WORDS[language]
        self.pattern = self.chance.choice(self.words.patterns)
        span = (_LAST - _FIRST).days
        self.day = _FIRST + timedelta(days=self.chance.randrange(60, span))
        self.today = self.day + timedelta(days=self.chance.randrange(3, 40))
        self.city = self.chance.choice(self.words.cities)
        self.form = self.chance.choice(self.words.forms)

    def make(self) -> Told:
        told = self.told
        said = self.chance.sample(self.words.said, len(self.words.said))
        count = self.chance.randint(2, len(said) - 2)
        told.body, self.teasers = said[:count], said[count:]
        if told.look in TEXTS:
            told.source = _fields(self) if told.look == "fields" else _letter(self)
            return told
        self._draw_title()
        looks = {
            "ministry": _ministry,
            "portal": _portal,
            "tables": _tables,
            "cards": _cards,
            "boxes": _boxes,
            "index": _index,
        }
        told.source = looks[told.look](self)
        return told

    def draw(self, name: str, *choices: str) -> str:
        drawn = self.chance.choice(choices)
        self.told.drawn[name] = drawn
        return drawn

    def printed(self, day: date, pattern: str | None = None) -> str:
        return printed(day, pattern or self.pattern, self.told.language)

    def _draw_title(self) -> None:
        told, words = self.told, self.words
        said = ("comma", "brackets") if told.language in _NO_SENTENCE else ("comma", "brackets", "sentence")
        how = self.draw("event", "none", "none", "none", "facts", "placed", *said)
        if how in said:
            on = self.day - timedelta(days=self.chance.randrange(3))
            what = self.chance.choice(words.occasions).format(NAMES[told.language])
            pattern = next(p for p in (self.pattern, *words.patterns) if not p.startswith("EEEE"))
            ways = {
                "comma": "{what}, {city}, {day}",
                "brackets": "{what} ({city}, {day})",
                "sentence": "{what} {at} {city}, {day}",
            }
            told.title = ways[how].format(what=what, at=words.at, city=self.city, day=self.printed(on, pattern))
            told.event = (on.isoformat(), self.city)
            return
        told.title = self.chance.choice(words.titles)
        if how == "placed":
            told.event = (None, self.city)
        if how == "facts":
            told.event = (self.day.isoformat(), self.city)

    def date_line(self, *, labelled: bool = True) -> str:
        """The line with the message's day, empty where it has none."""
        event = self.told.drawn.get("event")
        ways = ("plain", "plain", "labelled", "time") if labelled else ("plain",)
        how = "placed" if event == "placed" else self.draw("date", *ways, *(() if event == "facts" else ("none",)))
        if how == "none":
            self.told.published = self.told.event[0] if self.told.event else None  # the title's is the only one
            return ""
        self.told.published = self.day.isoformat()
        day = self.printed(self.day)
        if how == "placed":
            return f"{self.city}, {day}"
        if how == "labelled":
            sign = "：" if self.told.language in ("ja", "zh") else ": "
            return f"{self.words.published}{sign}{day}"
        return f'<time datetime="{self.day.isoformat()}">{day}</time>' if how == "time" else day

    def facts(self) -> str:
        """A table of facts, where the page has one."""
        if self.told.drawn.get("event") != "facts":
            return ""
        values = (self.printed(self.day), self.city, self.chance.choice(self.words.occasions).format("").strip())
        rows = list(zip(self.words.labels, values, strict=True))
        if self.chance.random() < 0.5:
            return "<table>" + "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in rows) + "</table>"
        return "<dl>" + "".join(f"<dt>{k}:</dt><dd>{v}</dd>" for k, v in rows) + "</dl>"

    def others(self) -> list[tuple[date, str]]:
        """Other messages, newest first, in one page never the same twice."""
        count = self.chance.randint(2, len(self.words.listed))
        days = sorted((self.day - timedelta(days=self.chance.randrange(1, 400)) for _ in range(count)), reverse=True)
        return list(zip(days, self.chance.sample(self.words.listed, count), strict=True))

    def menu(self, current: str = "") -> str:
        """The menu; its current item is marked as makers do."""
        items = [*self.words.menu[:2], self.form, *self.words.menu[2:]]
        how = self.chance.choice((' class="active"', ' aria-current="page"', ' class="is-current item"', "span"))
        made = []
        for number, item in enumerate(items):
            link = f'<a href="/s{number}/">{escape(item)}</a>'
            if item == current and how == "span":
                made.append(f"<li><strong>{escape(item)}</strong></li>")
            else:
                made.append(f"<li{how if item == current and how != 'span' else ''}>{link}</li>")
        return f"<ul>{''.join(made)}</ul>"


def printed(day: date, pattern: str, language: str) -> str:
    """A day as pages of a language print it."""
    if pattern == "era":
        return f"令和{day.year - 2018}年{day.month}月{day.day}日"
    if pattern == "solar":
        return _solar(day)
    return format_date(day, pattern, locale=language)


def _solar(day: date) -> str:
    year, first = max((y, date.fromisoformat(d)) for y, d in _NEW_YEARS.items() if date.fromisoformat(d) <= day)
    passed = (day - first).days
    month, rest = (passed // 31, passed % 31) if passed < 186 else (6 + (passed - 186) // 30, (passed - 186) % 30)
    plain = f"{rest + 1} {_SOLAR_MONTHS[month]} {year}"
    return "".join(chr(0x6F0 + int(c)) if c.isdigit() else c for c in plain)


def _html(maker: _Maker, head: str, inside: str) -> str:
    stated = maker.chance.random() < 0.7
    lang = f' lang="{maker.told.language}"' if stated else ""
    return f"<!doctype html><html{lang}><head><meta charset='utf-8'>{head}</head><body>{inside}</body></html>"


def _head(maker: _Maker, section: str = "") -> str:
    told, site = escape(maker.told.title), escape(maker.words.site)
    if section:
        return f"<title>{site} - {escape(section)} - {told}</title>"
    return maker.chance.choice((f"<title>{told} | {site}</title>", f"<title>{site}</title>", f"<title>{told}</title>"))


def _crumbs(maker: _Maker, section: str, *, whole: bool) -> str:
    """Breadcrumbs, in elements whose names say nothing; with the page's own title at the end or without."""
    steps = [maker.words.home, maker.words.menu[0], section]
    if maker.chance.random() < 0.5:
        links = "".join(f'<li><a href="/{n}">{escape(s)}</a></li>' for n, s in enumerate(steps))
        last = f"<li>{escape(maker.told.title)}</li>" if whole else ""
        return f"<ol>{links}{last}</ol>"
    sign = maker.chance.choice((" &gt; ", " / ", " » ", " › "))
    links = sign.join(f'<a href="/{n}">{escape(s)}</a>' for n, s in enumerate(steps))
    return f"<div>{links}{sign + escape(maker.told.title) if whole else ''}</div>"


def _paragraphs(maker: _Maker, tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in maker.told.body)


def _today(maker: _Maker) -> str:
    return f"<div>{maker.printed(maker.today, maker.words.patterns[0])}</div>" if maker.chance.random() < 0.3 else ""


def _updated(maker: _Maker) -> str:
    if maker.chance.random() < 0.6:
        return ""
    line = f"{maker.words.updated}: {maker.printed(maker.today)}"
    maker.told.chrome.append(line)
    return f"<p>{line}</p>"


def _foot(maker: _Maker) -> str:
    line = f"© {maker.today.year} {maker.words.office}"
    maker.told.chrome.append(line)
    return line


def _listed(maker: _Maker, *forms: str) -> str:
    """A list of other messages in one of these forms, under a heading."""
    how = maker.draw("list", *forms)
    if how == "none":
        return ""
    others = maker.others()
    dated = how not in ("titles", "titles with kinds")
    maker.told.stubs = [(day.isoformat() if dated else None, title) for day, title in others]
    maker.told.chrome += [title for _, title in others]
    items = [_ITEMS[how](maker, maker.printed(day), escape(title), n) for n, (day, title) in enumerate(others)]
    inside = "".join(items)
    around = {"cell": "<table>{}</table>", "cell right": "<table>{}</table>", "line": "<p>{}</p>"}
    wrapped = around.get(how, "<ul>{}</ul>" if inside.startswith("<li") else "<div>{}</div>").format(inside)
    level = maker.chance.choice(("h2", "h3", "div"))
    if not dated:
        level = "h3"
    rest = f'<a href="/all">{maker.words.rest}</a>' if maker.chance.random() < 0.5 else ""
    return f"<{level}>{maker.words.heading}</{level}>{wrapped}{rest}"


def _link(title: str, number: int) -> str:
    return f'<a href="/n/{number}">{title}</a>'


def _teaser(maker: _Maker) -> str:
    return escape(maker.chance.choice(maker.teasers))


_ITEMS = {
    "left": lambda m, d, t, n: f"<li>{d} {_link(t, n)}</li>",
    "left span": lambda m, d, t, n: f"<li><span>{d}</span><span>{_link(t, n)}</span></li>",
    "right": lambda m, d, t, n: f"<li>{_link(t, n)} <span>{d}</span></li>",
    "brackets": lambda m, d, t, n: f"<li>{_link(t, n)} ({d})</li>",
    "below": lambda m, d, t, n: f"<li>{_link(t, n)}<div>{d}</div></li>",
    "above": lambda m, d, t, n: f"<li><div>{d}</div><div>{_link(t, n)}</div></li>",
    "cell": lambda m, d, t, n: f"<tr><td>{d}</td><td>{_link(t, n)}</td></tr>",
    "cell right": lambda m, d, t, n: f"<tr><td>{n + 1}</td><td>{_link(t, n)}</td><td>{d}</td></tr>",
    "time": lambda m, d, t, n: f"<article><h3>{_link(t, n)}</h3><time>{d}</time><p>{_teaser(m)}</p></article>",
    "in the link": lambda m, d, t, n: f'<a href="/n/{n}"><span>{d}</span><h3>{t}</h3><p>{_teaser(m)}</p></a>',
    "category": lambda m, d, t, n: f"<div><div>{d}</div><div>{m.words.topics[n % 3]}</div><h3>{_link(t, n)}</h3></div>",
    "behind kind": lambda m, d, t, n: f"<li><div>{m.form} | {d}</div><h4>{_link(t, n)}</h4></li>",
    "read more": lambda m, d, t, n: (
        f"<div><div>{d}</div><div>{t}</div><div>{_teaser(m)}</div><a href='/n/{n}'>{m.words.more}</a></div>"
    ),
    "below teaser": lambda m, d, t, n: f"<div><h4>{_link(t, n)}</h4><p>{_teaser(m)}</p><span>{d}</span></div>",
    "line": lambda m, d, t, n: f"{d} - {_link(t, n)}<br>",
    "titles": lambda m, d, t, n: f"<li>{_link(t, n)}</li>",
    "titles with kinds": lambda m, d, t, n: f"<li>{_link(t, n)}<div>{m.words.forms[n % 3]}</div></li>",
}


def _ministry(maker: _Maker) -> str:
    """A menu above, breadcrumbs, title, date under it, text, and a column of others beside."""
    told = maker.told
    where = maker.draw("section", "crumbs", "crumbs whole", "menu", "head", "none")
    told.section = None if where == "none" else maker.form
    crumbs = _crumbs(maker, maker.form, whole=where == "crumbs whole") if where.startswith("crumbs") else ""
    current = maker.form if where in ("menu", "crumbs") else ""
    menu = (
        maker.menu(current)
        if where != "none"
        else f"<ul>{''.join(f'<li><a href=/>{w}</a></li>' for w in maker.words.menu)}</ul>"
    )
    date_line = maker.date_line()
    others = _listed(maker, "left", "left span", "right", "brackets", "below", "titles", "titles with kinds", "none")
    inside = (
        f"<div><a href='/'>{maker.words.office}</a>{_today(maker)}{menu}</div>{crumbs}<div><div>"
        f"<h1>{escape(told.title)}</h1><div>{date_line}</div>{maker.facts()}{_paragraphs(maker)}{_updated(maker)}</div><div>{others}</div></div>"
        f"<div>{_foot(maker)}</div>"
    )
    return _html(maker, _head(maker, maker.form if where == "head" else ""), inside)


def _portal(maker: _Maker) -> str:
    """Landmarks, a line over the title that names form or topic, date above or below."""
    told = maker.told
    where = maker.draw("section", "over", "under", "topic", "none")
    told.section = {"over": maker.form, "under": maker.form, "topic": maker.words.topics[0], "none": None}[where]
    crumbs = _crumbs(maker, told.section, whole=False) if where == "topic" and told.section else ""
    over = f"<p>{told.section}</p>" if where in ("over", "topic") else ""
    date_line = maker.date_line()
    if where == "under" and date_line:
        meta = f"<div>{maker.form} | {date_line}</div>"
    else:
        meta = f"<div>{date_line}</div>" if date_line else ""
        told.section = None if where == "under" else told.section
    others = _listed(maker, "time", "in the link", "category", "behind kind", "below teaser", "titles", "none")
    others_menu = "".join(f"<li><a href='/m'>{w}</a></li>" for w in maker.words.menu)
    inside = (
        f"<header><a href='/'>{maker.words.site}</a><nav><ul>{others_menu}</ul></nav></header>{crumbs}<main><article>"
        f"<header>{over}<h1>{escape(told.title)}</h1>{meta}</header>{maker.facts()}<section>{_paragraphs(maker)}</section>"
        f"</article>{others}</main><footer>{_foot(maker)}</footer>"
    )
    return _html(maker, _head(maker), inside)


def _tables(maker: _Maker) -> str:
    """Tables in tables, no headings, the title strong."""
    told = maker.told
    where = maker.draw("section", "over", "over", "none")
    told.section = maker.form if where == "over" else None
    over = (
        f"<font color='#003366'>{maker.form.upper() if maker.form.isascii() else maker.form}</font>"
        if told.section
        else ""
    )
    told.section = (maker.form.upper() if maker.form.isascii() else maker.form) if told.section else None
    date_line = maker.date_line(labelled=False)
    others = _listed(maker, "cell", "cell right", "read more", "line", "none")
    menu = "".join(f"<tr><td><a href='/{n}.htm'>{w}</a></td></tr>" for n, w in enumerate(maker.words.menu))
    inside = (
        f"<table><tr><td colspan=3><font size=5>{maker.words.office}</font></td></tr><tr><td><table>{menu}"
        f"</table></td><td><table><tr><td>{over}</td></tr><tr><td align=right>{date_line}</td></tr><tr><td>"
        f"<b>{escape(told.title)}</b></td></tr><tr><td>{maker.facts()}{_paragraphs(maker)}</td></tr></table></td>"
        f"<td>{others}</td></tr><tr><td colspan=3>{_foot(maker)}</td></tr></table>"
    )
    return _html(maker, f"<title>{escape(told.title)}</title>", inside)


def _cards(maker: _Maker) -> str:
    """Others above the message, the site's name in the first heading, the title in the second."""
    told = maker.told
    where = maker.draw("section", "over", "menu", "none")
    told.section = None if where == "none" else maker.form
    over = f"<div>{maker.form}</div>" if where == "over" else ""
    date_line = maker.date_line()
    menu = maker.menu(maker.form) if where == "menu" else "<ul><li><a href='/'>" + maker.words.home + "</a></li></ul>"
    others = _listed(maker, "read more", "category", "above", "time", "none")
    inside = (
        f"<div><h1>{maker.words.site}</h1>{menu}</div><div>{others}</div><div>{over}<div>{date_line}</div>"
        f"<h2>{escape(told.title)}</h2>{maker.facts()}{_paragraphs(maker)}{_updated(maker)}</div><div>{_foot(maker)}</div>"
    )
    return _html(maker, _head(maker), inside)


def _boxes(maker: _Maker) -> str:
    """Nothing but boxes, the date below the text, others with days in pieces."""
    told = maker.told
    where = maker.draw("section", "over", "crumbs", "none")
    told.section = None if where == "none" else maker.form
    over = f"<div>{maker.form}</div>" if where == "over" else ""
    crumbs = _crumbs(maker, maker.form, whole=True) if where == "crumbs" else ""
    date_line = maker.date_line()
    others = _listed(maker, "left span", "right", "category", "behind kind", "titles", "none")
    inside = (
        f"<div><div><a href='/'>{maker.words.site}</a></div>{crumbs}</div><div>{over}<h2>{escape(told.title)}</h2>"
        f"{maker.facts()}<div>{_paragraphs(maker, 'div')}</div><div>{date_line}</div></div><div>{others}</div>"
        f"<div>{_foot(maker)}</div>"
    )
    return _html(maker, _head(maker), inside)


def _index(maker: _Maker) -> str:
    """A page that only lists messages."""
    told = maker.told
    told.title, told.section, told.event, told.body = maker.form, maker.form, None, []
    told.drawn.clear()
    forms = ("left", "right", "below", "above", "cell", "time", "in the link", "category", "read more", "below teaser")
    others = _listed(maker, *forms)
    heading = others.index("</", 1)
    others = others[others.index(">", heading) + 1 :]
    inside = (
        f"<header><a href='/'>{maker.words.site}</a>{maker.menu()}</header><main><h1>{maker.form}</h1>{others}</main>"
        f"<footer>{_foot(maker)}</footer>"
    )
    return _html(maker, f"<title>{maker.form} | {maker.words.site}</title>", inside)


def _fields(maker: _Maker) -> str:
    """Plain text: title, date, text, as a database gives it; with a form above or without."""
    told, words = maker.told, maker.words
    told.title = maker.chance.choice(words.titles)
    told.published = maker.day.isoformat()
    with_form = maker.draw("section", "over", "none") == "over"
    told.section = maker.form if with_form else None
    day = maker.printed(maker.day)
    order = maker.draw("order", "title first", "date first")
    head = [told.title, day] if order == "title first" else [day, told.title]
    gap = maker.chance.choice(("\n", "\n\n"))
    top = f"{told.section}\n\n" if told.section else ""
    return top + gap.join(head) + "\n\n" + "\n\n".join(told.body) + "\n"


def _letter(maker: _Maker) -> str:
    """Plain text: office, form, place and day, title, text."""
    told, words = maker.told, maker.words
    told.title = maker.chance.choice(words.titles)
    told.published = maker.day.isoformat()
    told.section = maker.form
    placed = maker.draw("event", "placed", "none") == "placed"
    told.event = (None, maker.city) if placed else None
    day = f"{maker.city}, {maker.printed(maker.day)}" if placed else maker.printed(maker.day)
    return "\n\n".join([words.office, maker.form, day, told.title, *told.body]) + "\n"
