"""What surrounds every page, as plain values for the templates: masthead, menu, advisories, strip, foot.

Every figure that moves (day, clocks, counters, what is open) is set here for one instant, `Setting.as_of`, and carries
the facts from which `assets/alive.js` sets it for the reader's own instant: zone, CLDR pattern, names, digits, plural
forms. Where no script runs, one sentence says of which instant the figures are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from communique import __version__
from communique.edition.furniture import PLACE_OF_NUMBER
from communique.edition.language import direction, nearest
from communique.edition.media import public_name
from communique.press import policy
from communique.press.bundle import FACES, WITH_FACES, asset_paths, crisis_asset, office_asset, preloads
from communique.press.contact_view import contact
from communique.press.markup import fill, isolated, safe_target, tag
from communique.press.office_view import Office
from communique.press.shown import Content, Piece, Setting
from communique.press.wording import (
    Wording,
    autonym,
    chosen_form,
    in_language,
    local_time,
    month_names,
    tokens_of,
    wording_of,
)

EVENTS_SHOWN = 8


def file_path(part: str, media: str) -> str:
    """The public address of a picture or document."""
    return f"/files/{public_name(part, media)}"


def frame(office: Office, path: str | None, title: str, **more: Any) -> dict[str, Any]:
    """Everything a page needs around its own matter.

    `path` is the page's own (None for one that has no address of its own, as "not found"). `more` may hold:
    alternates (language -> path of the same page), elsewhere (language -> path and name of the nearest page where that
    is not the front page), feed (path), description, section (id), scripts (names), index (False: not for search
    engines), strip (False: no strip of contacts and counters), forms (type and address of the same in other formats),
    data (a block of data for other programs), sheets (names of further style sheets; without saying so, pages without
    a strip have that of pages which lead around), bare (True: a page that has to be there at once: one style sheet of
    its own, the reader's fonts, no arms, one script), players (origins of hosted players).
    """
    wording = office.wording
    alternates: Mapping[str, str] = more.get("alternates", {})
    return {
        **_head(office, path, title, alternates, more),
        "masthead": masthead(office, alternates, more.get("elsewhere", {}), arms=not more.get("bare")),
        "menu": _kept(office, menu, more.get("section")),
        "advisories": _kept(office, advisories),
        "as_of": wording.phrase("as_of", instant=office.instant(office.setting.as_of)),
        "strip": strip(office, counters=not more.get("bare")) if more.get("strip", True) else None,
        "foot": _kept(office, foot),
        "words": _kept(office, _words_around),
    }


def _kept(office: Office, view: Callable[..., Any], *values: Any) -> Any:
    """What is the same on all pages of a language: worked out once, for as long as the ways to lists are the same."""
    setting, key = office.setting, (view.__name__, office.wording.language, *values)
    sections, people, found = setting.furniture.kept.get(key, (None, None, None))
    if sections is not setting.section_paths or people is not setting.people_paths:
        found = view(office, *values)
        setting.furniture.kept[key] = setting.section_paths, setting.people_paths, found
    return found


def _words_around(office: Office) -> dict[str, str]:
    keys = ("to_the_text", "languages", "clocks", "sections", "advisory", "read_notice", "contacts")
    return labels(office.wording, *keys)


def _head(
    office: Office, path: str | None, title: str, alternates: Mapping[str, str], more: Mapping[str, Any]
) -> dict[str, Any]:
    """What stands in `<html>` and `<head>`, for readers' programs and for the scripts."""
    setting, wording, name = office.setting, office.wording, office.name
    paths = setting.asset_paths or asset_paths()
    return {
        "language": wording.language,
        "direction": wording.direction,
        "script": wording.script,
        "title": title if title == name else f"{title} · {name}",
        "description": more.get("description"),
        "canonical": None if path is None else f"{office.address}/{path}",
        "alternates": [
            {"language": lang, "address": f"{office.address}/{to}"} for lang, to in sorted(alternates.items())
        ],
        "refresh": None,
        "feed": None if more.get("feed") is None else f"/{more['feed']}",
        "json_feed": None if more.get("feed") is None else f"/{more['feed'].removesuffix('atom')}json",
        "forms": more.get("forms", ()),
        "data": more.get("data"),
        "indexed": more.get("index", True),
        "policy": policy.with_players(more.get("players", ())),
        "version": __version__,
        **(_bare_assets(setting, paths) if more.get("bare") else _kept(office, _assets, *_wanted(office, more))),
        "zone": office.zone,
        "digits": wording.digits if wording.numerals != "latn" else None,
        "group": wording.group,
        "lakh": wording.lakh,
    }


def _assets(office: Office, sheets: tuple[str, ...], scripts: tuple[str, ...]) -> dict[str, Any]:
    """What a page loads besides its pictures: the office's own style sheet is the last for a screen."""
    paths = office.setting.asset_paths or asset_paths()
    styles = [*(paths[sheet] for sheet in sheets), office_asset(office.setting.furniture)[0]]
    return {
        "bare": False,
        "icon": _icon(office, paths),
        "styles": ["/" + path for path in styles],
        "print_style": "/" + paths["print.css"],
        "preloads": ["/" + found for found in preloads(office.wording.language)],
        "scripts": ["/" + paths[name] for name in scripts],
    }


def _bare_assets(setting: Setting, paths: Mapping[str, str]) -> dict[str, Any]:
    """The same of a page that has to be there at once: as few files as can be, each of a weight that is known."""
    return {
        "bare": True,
        "icon": "/" + paths["sheet.svg"],
        "styles": ["/" + crisis_asset(setting.furniture)[0]],
        "print_style": None,
        "preloads": [],
        "scripts": ["/" + paths["alive.js"]],
    }


def _wanted(office: Office, more: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The style sheets that a page loads besides the office's own and that of paper; its scripts."""
    wording = office.wording
    others = more.get("sheets", () if more.get("strip", True) else ("more.css",))
    first, own = WITH_FACES.get(wording.script, "style.css"), FACES.get(wording.script)
    sheets = (first, *(sheet for sheet in dict.fromkeys(others) if sheet != own))
    return sheets, ("alive.js", "later.js", *more.get("scripts", ()))


def _icon(office: Office, paths: Mapping[str, str]) -> str:
    """What stands beside the page's name in a browser: the office's arms, else a plain sheet."""
    arms = office.content.get("arms")
    return file_path(arms["file"], arms["media"]) if arms else f"/{paths['sheet.svg']}"


def labels(wording: Wording, *keys: str) -> dict[str, str]:
    """Labels for a template, by their keys."""
    return {key: wording.label(key) for key in keys}


def masthead(
    office: Office, alternates: Mapping[str, str], elsewhere: Mapping[str, tuple[str, str]], arms: bool = True
) -> dict[str, Any]:
    """Name and arms, the day, the languages, the clocks; `arms`: False for a page that loads no picture."""
    wording, content = office.wording, office.content
    own = content.get("arms") if arms else None
    return {
        "name": office.name,
        "place": in_language(content.get("place"), wording.language),
        "home": f"/{wording.language.lower()}/",
        "arms": _arms(own, wording.language) if own and own.get("file") else None,
        "lines": [in_language(line, wording.language) for line in content.get("lines", ())],
        "day": living_day(office),
        "languages": _languages(office, alternates, elsewhere),
        "clocks": [_clock(office, piece) for piece in office.setting.furniture.of("clock")],
    }


def living_day(office: Office) -> dict[str, Any]:
    """The date line: weekday and day, with what a script needs to set them anew."""
    wording, today, names = office.wording, office.today, _kept(office, _names_of_days)
    return {
        **names,
        "iso": today.isoformat(),
        "text": wording.day(today, wording.dateline),
        "weekday": None if names["has_weekday"] else wording.weekday(today),
    }


def _names_of_days(office: Office) -> dict[str, Any]:
    """What is the same in the date line of every day."""
    wording, pattern = office.wording, office.wording.dateline
    has_weekday = any(kind == "E" for kind, _ in tokens_of(pattern))
    months = [names for kind, names in tokens_of(pattern) if kind == "M" and len(names) > 2]
    return {
        "has_weekday": has_weekday,
        "pattern": pattern,
        "months": "|".join(month_names(wording.language, months[0])) if months else None,
        "weekdays": "|".join(_pattern_weekdays(wording, pattern) if has_weekday else wording.weekdays),
    }


def menu(office: Office, section: str | None = None) -> list[dict[str, Any]]:
    """The menu's items; without a menu among the furniture, the sections in their order. The search comes last."""
    items = list(_menu_items(office, section)) or list(_section_items(office, section))
    search = {
        "label": office.wording.label("search"),
        "target": f"/{office.wording.language.lower()}/search/",
        "chosen": False,
    }
    return [*items, search] if items else []


def _menu_items(office: Office, section: str | None = None, foot: bool = False) -> Iterator[dict[str, Any]]:
    """The entries of the menu at the head, or of what stands at the foot of each page."""
    for piece in office.setting.furniture.of("menu"):
        for item in piece.content["items"] if bool(piece.content.get("foot")) == foot else ():
            target = _menu_target(office, item)
            if target is not None:
                chosen = section is not None and item.get("section") == section
                label = in_language(item["label"], office.wording.language)
                yield {"label": label, "target": target, "chosen": chosen}


def _section_items(office: Office, section: str | None) -> Iterator[dict[str, Any]]:
    paths = office.setting.section_paths
    for piece in office.setting.furniture.of("section"):
        if piece.id in paths:
            label = in_language(piece.content["name"], office.wording.language)
            yield {"label": label, "target": f"/{paths[piece.id]}", "chosen": piece.id == section}


def advisories(office: Office) -> list[dict[str, Any]]:
    """What must be seen before everything else."""
    language = office.wording.language
    return [
        {
            "text": in_language(piece.content["text"], language),
            "target": safe_target(piece.content.get("link")),
        }
        for piece in office.setting.furniture.of("advisory")
    ]


def strip(office: Office, counters: bool = True) -> dict[str, Any] | None:
    """Contacts and counters, or None where an office has neither. Who is in need has no eye for counters."""
    contacts = [contact(office, piece) for piece in office.setting.furniture.of("contact")]
    counting = [counter(office, piece) for piece in office.setting.furniture.of("counter") if counters]
    if not contacts and not counting:
        return None
    return {"contacts": contacts, "counters": [found for found in counting if found]}


def counter(office: Office, piece: Piece) -> dict[str, Any] | None:
    """A counter: its sentence around the number for `Setting.as_of`, and the facts to count again."""
    wording, content = office.wording, piece.content
    sentences = content["sentence"]
    forms = next((own for tag in (*nearest(wording.language), "en") if (own := sentences.get(tag))), None)
    forms = {category: form for category, form in (forms or {}).items() if form}
    if not forms:
        return None
    since = date.fromisoformat(content["since"])
    shown = date.fromisoformat(content.get("shown", content["since"]))
    days = (office.today - since).days
    before, place, after = chosen_form(forms, wording.plural(abs(days))).partition(PLACE_OF_NUMBER)
    return {
        "before": before,
        "number": wording.number(days, bool(content.get("grouping"))) if place else "",
        "after": after,
        "hidden": office.today < shown or days < 0,
        "since": since.isoformat(),
        "shown": max(since, shown).isoformat(),
        "grouping": bool(content.get("grouping")),
        "forms": json.dumps(forms, ensure_ascii=False, separators=(",", ":")),
        "since_words": wording.phrase("since", day=wording.day(since)),
    }


def agenda(office: Office) -> list[dict[str, Any]]:
    """What is still to come after the day of this page's figures; a script hides what has passed since."""
    today = office.today.isoformat()
    coming = (piece for piece in events_of(office) if last_day(piece.content) >= today)
    return [event_view(office, piece) for piece in islice(coming, EVENTS_SHOWN)]


def events_of(office: Office) -> list[Piece]:
    """All events of the agenda, by their first days."""
    return sorted(office.setting.furniture.of("event"), key=lambda piece: (piece.content["on"], piece.index))


def last_day(event: Content) -> str:
    """The day after which an event is over."""
    return str(event.get("until", event["on"]))


def event_view(office: Office, piece: Piece) -> dict[str, Any]:
    """One event: its days, its time, what it is and where, unless one of these says the place already."""
    wording, event = office.wording, piece.content
    title, place = in_language(event["title"], wording.language), in_language(event.get("place"), wording.language)
    foreign = _foreign_city(office, event)
    said = not place or place in title or place == foreign
    return {
        "day": wording.days(event["on"], last_day(event)),
        "day_and_year": wording.whole_days(event["on"], last_day(event)),
        "iso": event["on"],
        "last": last_day(event),
        "time": wording.hour(event["time"]) if event.get("time") else None,
        "city": f"({foreign})" if foreign else None,
        "words": title if said else f"{title}{wording.comma}{place}",
        "file": f"/{wording.language.lower()}/agenda/{piece.id}.ics",
        "to_calendar": wording.label("event_to_calendar"),
    }


def _foreign_city(office: Office, event: Content) -> str | None:
    """The city whose time an event's is, where that is not the office's own."""
    zone = event.get("zone", office.zone)
    return office.city_of(zone) if event.get("time") and zone != office.zone else None


def foot(office: Office) -> dict[str, Any]:
    """The end of every page: who speaks, what is invented, the record, all messages."""
    setting, wording, content = office.setting, office.wording, office.content
    language = wording.language
    place = in_language(content.get("place"), language)
    start = f"/{language.lower()}/"
    keys = ("the_record", "all_messages", "archive_index", "people", "feed", "check_title", "developers")
    words = labels(wording, *keys)
    archive = [
        {"label": words["all_messages"], "target": f"{start}all/"},
        {"label": words["archive_index"], "target": f"{start}by/"},
        {"label": words["feed"], "target": f"{start}all/feed.atom"},
    ]
    people = [{"label": words["people"], "target": f"{start}people/"}] if setting.people_paths else []
    check = {"label": words["check_title"], "target": f"/check{start}"}
    programs = {"label": words["developers"], "target": f"/developers{start}"}
    return {
        "name": f"{office.name} {place}".strip(),
        "lines": [in_language(line, language) for line in content.get("lines", ())],
        "notices": [in_language(piece.content["text"], language) for piece in setting.furniture.of("notice")],
        "record": {"label": words["the_record"], "target": f"/check{start}record/"},
        "colon": wording.text("contact_label", label="") + " ",
        "sizes": _size_forms(wording),
        "columns": [[check, programs], archive[:2], archive[2:] + people],
        "menu": list(_menu_items(office, foot=True)),
    }


def alternate_links(office: Office, paths: Mapping[str, str]) -> list[dict[str, Any]]:
    """Languages with their own names, each a link where there is a path."""
    return [
        {"language": lang, "name": autonym(lang), "target": "/" + path, "direction": direction(lang)}
        for lang, path in paths.items()
    ]


def _languages(
    office: Office, alternates: Mapping[str, str], elsewhere: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """The office's languages: this one without a link, the others at this page, else at a page that the link names."""
    known = list(office.content.get("languages", ())) or [office.wording.language]
    found = []
    for language in known:
        chosen = language == office.wording.language
        path, name = (None, None) if chosen else _in_language_of(office.setting, language, alternates, elsewhere)
        if chosen or path is not None:
            found.append(
                {
                    "language": language,
                    "direction": direction(language),
                    "name": autonym(language),
                    "target": None if path is None else f"/{path}",
                    "title": name,
                }
            )
    return found if len(found) > 1 else []


def _in_language_of(
    setting: Setting, language: str, alternates: Mapping[str, str], elsewhere: Mapping[str, tuple[str, str]]
) -> tuple[str | None, str | None]:
    """Where a page leads in another language, and what that page is called there if it is not the same one."""
    if language in alternates:
        return alternates[language], None
    if language in elsewhere:
        return elsewhere[language]
    if language not in setting.languages:
        return None, None
    return f"{language.lower()}/", wording_of(setting.furniture, language).label("front_page")


def _arms(arms: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An SVG is a drawing in one ink and takes the page's; a picture of another sort is shown as it is."""
    drawing = arms["media"] == "image/svg+xml"
    words = in_language(arms.get("alternative"), language)
    return {"drawing": drawing, "source": file_path(arms["file"], arms["media"]), "alternative": words}


def _clock(office: Office, piece: Piece) -> dict[str, Any]:
    wording, zone_name = office.wording, piece.content["zone"]
    city = in_language(piece.content["city"], wording.language)
    local = local_time(office.setting.as_of, zone_name)
    time = tag("time", wording.time(local), class_="time", data_clock=zone_name, datetime=f"{local:%H:%M}")
    sign = piece.content.get("separator")
    pattern = wording.label("clock") if sign is None else f"{{city}}{'' if sign in ':,،：' else ' '}{sign} {{time}}"
    return {"words": fill(pattern, city=isolated(city), time=time), "zone": zone_name}


def _menu_target(office: Office, item: Mapping[str, Any]) -> str | None:
    if "section" in item:
        path = office.setting.section_paths.get(item["section"])
        return None if path is None else f"/{path}"
    return safe_target(item.get("target") or item.get("targets", {}).get(office.wording.language))


def _pattern_weekdays(wording: Wording, pattern: str) -> list[str]:
    field = next(written for kind, written in tokens_of(pattern) if kind == "E")
    monday = date(2024, 1, 1)
    return [wording.day(monday + timedelta(days=number), field) for number in range(7)]


def _size_forms(wording: Wording) -> str:
    """The plural forms of "N entries", with # where the number stands, as a script reads them."""
    forms = {category: form.replace("{n}", "#") for category, form in wording.forms("record_size").items()}
    return json.dumps(forms, ensure_ascii=False, separators=(",", ":"))
