"""What must stand around the main part of every page: head, masthead, advisories, strip and foot, from the furniture.

Checked to the letter: name, place and arms; cities and zones of clocks (`data-clock`); the days from which counters
count (`data-since`, `data-shown`) and their sentences; contacts with `tel:` and `mailto:` links; advisories; menu;
notices and lines of the foot; links to the same page in other languages. The page may have any day, which the date
line says in words; figures that follow from it (times, numbers of counters, closed days that are near) may be any: a
script sets them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape

from communique.edition.language import base, direction, nearest
from communique.record.entry import is_day
from communique.verify.site.blocks import followed
from communique.verify.site.contacts import contact_faults
from communique.verify.site.expected import Piece, differences, element, piece
from communique.verify.site.markup import Element
from communique.verify.site.standing import Content, Standing, file_address
from communique.verify.site.wording import (
    Gap,
    Gaps,
    Wording,
    Words,
    filled,
    in_language,
    isolated,
    said,
    words_of,
)

FIGURE = r"[^<>&a-zA-Z]{1,16}"


def around_faults(page: Element, standing: Standing, alternates: Mapping[str, str], gaps: Gaps) -> Iterator[str]:
    """What around the main part is not the furniture's. `alternates`: language -> path of the same page."""
    wording = standing.wording(page.attributes.get("lang") or "")
    if wording.language not in standing.languages:
        yield f"its language is {wording.language or 'not given'}, which is none of the office's"
        return
    facts = {key: page.attributes.get(key) for key in ("dir", "data-zone")}
    if facts != {"dir": direction(wording.language), "data-zone": standing.office.get("zone", "Etc/UTC")}:
        yield f"its direction and the zone of its day are {facts}"
    body = page.elements[1]
    strip = next((one for one in body.elements if one.is_a("section", "strip")), None)
    wanted = [
        piece("way in", "a", said(wording.label("to_the_text")), class_="skip", href="#text"),
        _masthead(standing, wording, alternates, body, arms="data-bare" not in page.attributes),
        *(_advisory(one, wording) for one in standing.of("advisory")),
    ]
    found = [one for one in body.elements if one.name not in ("main", "footer", "script") and one is not strip]
    for one, due in zip(found, wanted, strict=False):
        yield from differences(one, due, gaps)
    if len(found) != len(wanted):
        yield f"has {len(found)} parts above its main part, and the furniture {len(wanted)}"
    if strip:
        yield from _strip_faults(strip, standing, wording, gaps, counted="data-bare" not in page.attributes)
    foot = next(one for one in body.elements if one.name == "footer")
    yield from differences(foot, _foot(standing, wording), gaps)


def has_strip(standing: Standing) -> bool:
    """Whether the office has contacts or counters, which stand above every message."""
    return bool(standing.of("contact") or standing.of("counter"))


def front_faults(main: Element, standing: Standing, gaps: Gaps, wording: Wording) -> Iterator[str]:
    """What of the contacts and counters on the front page is not the furniture's."""
    facts = main.find("div", "front-facts")
    if not facts and not has_strip(standing):
        return
    if len(facts) != 1:
        yield f"front page: has {len(facts)} places for contacts and counters, and not one"
        return
    yield from contact_faults(facts[0], standing, wording, gaps)
    counters = [
        piece("counter", "div", _front_counter(*one, wording), class_="front-counter")
        for one in _counters(standing, wording)
    ]
    found = facts[0].find("div", "front-counter")
    for one, due in zip(found, counters, strict=False):
        yield from differences(one, due, gaps)
    if len(found) != len(counters):
        yield f"front page: has {len(found)} counters, and the furniture {len(counters)}"


def _masthead(standing: Standing, wording: Wording, alternates: Mapping[str, str], body: Element, arms: bool) -> Piece:
    """The head of a page; that of a crisis page, which loads no picture, has no arms."""
    office, language = standing.office, wording.language
    name, place = (in_language(office.get(key), language) for key in ("name", "place"))
    way = [
        *(_arms(standing, language) if arms else ()),
        piece("name of the office", "span", said(name), class_="office-name"),
    ]
    way += [piece("place of the office", "span", said(place), class_="office-place")] if place else []
    clocks = [_clock(one, wording) for one in standing.of("clock")]
    label = said(wording.label("clocks"))
    day = _shown_day(body)
    inner = [
        piece("office", "a", way, class_="office", href=f"/{language.lower()}/"),
        _day_piece(body, day, wording),
        *([piece("clocks", "ul", clocks, class_="clocks", aria_label=label)] if clocks else []),
        *_languages(standing, wording, alternates, body),
        *_menu(standing, wording, body),
        piece("as of", "p", _as_of(standing, wording, day), class_="as-of"),
    ]
    return piece("masthead", "header", inner, class_="masthead")


def _arms(standing: Standing, language: str) -> Iterator[Piece]:
    arms = standing.office.get("arms") or {}
    if not arms.get("file"):
        return
    words = in_language(arms.get("alternative"), language)
    if arms["media"] != "image/svg+xml":
        yield piece("arms", "img", ("",), class_="arms", src=file_address(arms), alt=words)
    elif words:
        yield piece("arms", "span", ("",), class_="arms arms-drawing", role="img", aria_label=words)
    else:
        yield piece("arms", "span", ("",), class_="arms arms-drawing", aria_hidden="true")


def _shown_day(body: Element) -> str | None:
    """The day that the date line has; None where it is none."""
    times = [one for line in body.find("p", "day") for one in line.elements if one.name == "time"]
    given = times[0].attributes.get("datetime") or "" if times else ""
    return given if is_day(given) else None


def _day_piece(body: Element, day: str | None, wording: Wording) -> Piece:
    """The date line: any day, with or without its weekday before it, as the page itself has it, in these words."""
    found = [one.name for line in body.find("p", "day") for one in line.elements]
    facts = (Gap(None, r'[^<>"]{0,400}'),)
    name, text = (wording.weekday(day), wording.date_line(day)) if day else (said(""), said(""))
    weekday = piece("weekday", "span", name, class_="weekday", data_weekday=True, data_weekdays=facts)
    start: Words = ("<time data-day", Gap(None, r'(?: [a-z-]+="[^<>"]{0,400}"){2,4}'), ">")
    return piece("date line", "p", [*([weekday] if "span" in found else []), Piece("day", start, text)], class_="day")


def _clock(clock: Content, wording: Wording) -> Piece:
    zone, sign = clock["zone"], clock.get("separator")
    pattern = wording.label("clock") if sign is None else f"{{city}}{'' if sign in ':,،：' else ' '}{sign} {{time}}"
    city = said(in_language(clock["city"], wording.language))
    now = (Gap(None, r"[0-9]{2}:[0-9]{2}"),)
    time = element("time", (Gap(None, FIGURE),), class_="time", data_clock=zone, datetime=now)
    return piece(f"clock of {zone}", "li", filled(pattern, city=isolated(city), time=time))


def _languages(standing: Standing, wording: Wording, alternates: Mapping[str, str], body: Element) -> Iterator[Piece]:
    """The office's languages. Of a page without alternates the links may lead to any page of the site."""
    known = standing.languages
    if len(known) < 2:
        return
    label = said(wording.label("languages"))
    lines = [_language(standing, wording, one, alternates) for one in known]
    nav = piece("languages", "nav", [piece("list of languages", "ul", lines)], class_="languages", aria_label=label)
    yield nav


def _language(standing: Standing, wording: Wording, language: str, alternates: Mapping[str, str]) -> Piece:
    name = wording.autonym(language)
    if language == wording.language:
        return piece("this language", "li", element("strong", name, aria_current="true"))
    target: Words = (Gap(None, r"/[a-z0-9/_-]{2,300}"),)
    if language in alternates:
        target = said(f"/{alternates[language]}")
    elif alternates:
        target = said(f"/{language.lower()}/")
    start: Words = words_of(
        '<a href="', target, f'" hreflang="{language}" lang="{language}" dir="', direction(language)
    )
    rest: Words = ('"', Gap(None, '(?: title="[^<>"]{0,200}")?'), ">")
    return piece(f"language {language}", "li", words_of(start, rest, name, "</a>"))


def _menu(standing: Standing, wording: Wording, body: Element) -> Iterator[Piece]:
    items = list(_menu_items(standing, wording)) or list(_sections(standing, wording))
    if not items:
        return
    items.append((wording.label("search"), f"/{wording.language.lower()}/search/"))
    label = said(wording.label("sections"))
    chosen: Words = (Gap(None, '(?: class="chosen" aria-current="true")?'),)
    lines = [
        piece(f"menu, {name}", "li", words_of('<a href="', said(target), '"', chosen, ">", said(name), "</a>"))
        for name, target in items
    ]
    inner = [piece("heading of the menu", "summary", label), piece("list of the menu", "ul", lines)]
    yield piece("menu", "nav", [piece("menu", "details", inner)], class_="menu", aria_label=label)


def _menu_items(standing: Standing, wording: Wording, foot: bool = False) -> Iterator[tuple[str, str]]:
    for menu in standing.of("menu"):
        for item in menu["items"] if menu.get("foot", False) == foot else ():
            target = followed(item.get("target") or item.get("targets", {}).get(wording.language))
            if "section" in item:
                current = standing.current(item["section"])
                path = standing.section_path(item["section"], wording.language) if current else None
                target = f"/{path}" if path else None
            if target is not None:
                yield in_language(item["label"], wording.language), target


def _sections(standing: Standing, wording: Wording) -> Iterator[tuple[str, str]]:
    for id_, section in standing.with_ids("section"):
        path = standing.section_path(id_, wording.language)
        if path:
            yield in_language(section["name"], wording.language), f"/{path}"


def _as_of(standing: Standing, wording: Wording, day: str | None) -> Words:
    """Of what instant the counters are: of some time on the day of the date line."""
    zone = str(standing.office.get("zone", "Etc/UTC"))
    city: Words = (Gap(("city", wording.language, zone)),)
    if zone in wording.cities:
        city = said(wording.cities[zone])
    time: Words = (Gap(None, FIGURE if base(wording.language) != "fr" else r"[0-9]{1,2}\u00a0h(?:\u00a0[0-9]{2})?"),)
    on = wording.day(day) if day else said("")
    return wording.phrase("as_of", instant=wording.phrase("instant", day=on, time=time, city=city))


def _advisory(advisory: Content, wording: Wording) -> Piece:
    label, target = said(wording.label("advisory")), followed(advisory.get("link"))
    words = said(in_language(advisory["text"], wording.language))
    if target:
        words = words_of(words, " ", element("a", said(wording.label("read_notice")), href=target))
    inner = [
        piece("name of the advisory", "p", label, class_="note-name"),
        piece("advisory", "p", words, class_="note-words"),
    ]
    return piece("advisory", "section", inner, class_="advisory", aria_label=label)


def _strip_faults(strip: Element, standing: Standing, wording: Wording, gaps: Gaps, counted: bool) -> Iterator[str]:
    """The strip above a message: contacts, then counters (on a crisis page none), and nothing else."""
    contacts = [one for one in strip.elements if one.is_a("div", "contacts")]
    rest = Element("section", strip.attributes, [one for one in strip.children if one not in contacts])
    for one in contacts:
        yield from contact_faults(one, standing, wording, gaps)
    if len(contacts) != bool(standing.of("contact")):
        yield f"strip: has {len(contacts)} places for contacts"
    counters = [counter for _, counter in _counters(standing, wording) if counted]
    label = said(wording.label("contacts"))
    yield from differences(rest, piece("strip", "section", counters, class_="strip", aria_label=label), gaps)


def _counters(standing: Standing, wording: Wording) -> Iterator[tuple[Content, Piece]]:
    for counter in standing.of("counter"):
        found = _counter(counter, wording)
        if found:
            yield counter, found


def _counter(counter: Content, wording: Wording) -> Piece | None:
    """A counter: its sentence in one of its forms around any figure, and the facts from which a script counts."""
    sentences, language = counter["sentence"], wording.language
    own: Mapping[str, str | None] = next(
        (found for tag in (*nearest(language), "en") if (found := sentences.get(tag))), {}
    )
    forms = {category: form for category, form in own.items() if form}
    if not forms:
        return None
    since = counter["since"]
    start: Words = words_of(
        f'<p class="counter" data-since="{since}" data-shown="{max(since, counter.get("shown", since))}" data-forms="',
        said(json.dumps(forms, ensure_ascii=False, separators=(",", ":"))),
        '" data-grouping' if counter.get("grouping") else '"',
        Gap(None, "(?: hidden)?"),
        ">",
    )
    known = "|".join(f"(?:{_sentence(form)})" for form in forms.values())
    words = element("span", (Gap(None, known),), class_="counter-words")
    return Piece(f"counter since {since}", start, words)


def _sentence(form: str) -> str:
    """What a form of a counter's sentence may be on a page; a form without a number says it in a word."""
    before, sign, after = (escape(part) for part in form.partition("#"))
    number = f'<strong class="number">{FIGURE}</strong>' if sign else '(?:<strong class="number"></strong>)?'
    return f"{re.escape(before)}{number}{re.escape(after)}"


def _front_counter(content: Content, counter: Piece, wording: Wording) -> list[Piece]:
    since = wording.phrase("since", day=wording.day(content["since"]))
    return [counter, piece("first day of a counter", "p", since, class_="counter-since")]


def _foot(standing: Standing, wording: Wording) -> Piece:
    office, language = standing.office, wording.language
    name = f"{in_language(office.get('name'), language)} {in_language(office.get('place'), language)}".strip()
    lines = [piece("line of the foot", "span", said(in_language(one, language))) for one in office.get("lines", ())]
    notices = [
        piece("notice", "span", said(in_language(one["text"], language)), class_="notice")
        for one in standing.of("notice")
    ]
    address = piece("address", "address", [piece("name in the foot", "strong", said(name)), *lines, *notices])
    return piece("foot", "footer", [address, *_foot_lists(standing, wording)], class_="foot")


def _foot_lists(standing: Standing, wording: Wording) -> list[Piece]:
    start = f"/{wording.language.lower()}/"
    record = words_of(_way(f"/check{start}record/", wording.label("the_record")), _size(wording))
    people = any(standing.person_path(id_, wording.language) for id_, _ in standing.with_ids("person"))
    columns = [
        [
            record,
            _way(f"/check{start}", wording.label("check_title")),
            _way(f"/developers{start}", wording.label("developers")),
        ],
        [
            _way(f"{start}all/", wording.label("all_messages")),
            _way(f"{start}by/", wording.label("archive_index")),
        ],
        [_way(f"{start}all/feed.atom", wording.label("feed"))]
        + ([_way(f"{start}people/", wording.label("people"))] if people else []),
    ]
    lists = [piece("list of the foot", "ul", [piece("way in the foot", "li", one) for one in ways]) for ways in columns]
    menu = [
        piece(f"menu of the foot, {name}", "li", _way(target, name))
        for name, target in _menu_items(standing, wording, foot=True)
    ]
    return [*lists, *([piece("menu of the foot", "ul", menu, class_="foot-menu")] if menu else [])]


def _size(wording: Wording) -> Words:
    """Where a script says how many entries the record has, with the forms from which it takes one."""
    before = wording.label("contact_label").replace("{label}", "") + " "
    forms = {category: form.replace("{n}", "#") for category, form in wording.forms("record_size").items()}
    written = json.dumps(forms, ensure_ascii=False, separators=(",", ":"))
    facts: dict[str, str] = {"data_record": "/record/checkpoint", "data_before": before, "data_forms": written}
    return element("span", "", class_="record-size", **facts)


def _way(target: str, label: str) -> Words:
    return element("a", said(label), href=target)
