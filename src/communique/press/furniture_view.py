"""What surrounds every page, as plain values for the templates: masthead, menu, advisories, strip, foot.

Every figure that moves (day, clocks, counters, what is open) is set here for one instant, `Setting.as_of`, and carries
the facts from which `assets/alive.js` sets it for the reader's own instant: zone, CLDR pattern, names, digits, plural
forms. Where no script runs, one sentence says of which instant the figures are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from communique import __version__
from communique.press import policy
from communique.press.bundle import asset_paths, office_asset, preloads
from communique.press.markup import Html, fill, html, isolated, left_to_right, safe_target, tag, telephone_target
from communique.press.shown import Content, Furniture, Piece, Setting
from communique.press.wording import (
    Wording,
    autonym,
    base,
    capital,
    chosen_form,
    in_language,
    local_time,
    month_names,
    tokens_of,
    wording_of,
    zone_city,
)

EXTENSIONS = {
    "image/svg+xml": "svg",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}


@dataclass(frozen=True)
class Office:
    """The office of a setting and its wording: what most views ask for."""

    setting: Setting
    wording: Wording
    content: Content

    @property
    def zone(self) -> str:
        return str(self.content.get("zone", "Etc/UTC"))

    @property
    def name(self) -> str:
        return in_language(self.content.get("name"), self.wording.language)

    @property
    def today(self) -> date:
        """The day on which this page's figures stand."""
        return local_time(self.setting.as_of, self.zone).date()

    @property
    def city(self) -> str:
        """The city that names the office's zone."""
        return self.city_of(self.zone)

    def city_of(self, zone: str) -> str:
        """The city that names a zone: that of a clock in it, else CLDR's."""
        for clock in self.setting.furniture.of("clock"):
            if clock.content["zone"] == zone:
                return in_language(clock.content["city"], self.wording.language)
        return zone_city(zone, self.wording.language)

    @property
    def address(self) -> str:
        """The office's public address, without a slash at its end: the log's origin without its last word."""
        return "https://" + self.setting.furniture.origin.rsplit("/", 1)[0]

    def instant(self, at: str) -> str:
        """An instant in the office's own zone, with the place whose time it is."""
        return self.wording.instant(at, self.zone, self.city)

    def day_of(self, at: str) -> date:
        """The day of an instant in the office's zone."""
        return local_time(at, self.zone).date()


def office_of(setting: Setting, language: str | None = None) -> Office:
    """The office as the furniture has it now."""
    piece = setting.furniture.one("office")
    wording = wording_of(setting.furniture, language or setting.language)
    return Office(setting, wording, piece.content if piece else {})


def file_path(part: str, media: str) -> str:
    """The public address of a picture or document: its part, and the ending of its media type."""
    return f"/files/{part}.{extension(media)}"


def extension(media: str) -> str:
    """The ending of a file's name for a media type; "bin" for one that is not known."""
    return EXTENSIONS.get(media, "bin")


def frame(office: Office, path: str | None, title: str, **more: Any) -> dict[str, Any]:
    """Everything a page needs around its own matter.

    `path` is the page's own (None for one that has no address of its own, as "not found"). `more` may hold:
    alternates (language -> path), feed (path), description, section (id), scripts (names), index (False: not for
    search engines), strip (False: no strip of contacts and counters).
    """
    setting, wording = office.setting, office.wording
    paths = setting.asset_paths or asset_paths()
    alternates: Mapping[str, str] = more.get("alternates", {})
    scripts = ("alive.js", "record.js", *more.get("scripts", ()))
    office_name = office.name
    return {
        "language": wording.language,
        "direction": wording.direction,
        "script": "arabic" if base(wording.language) in {"ar", "fa", "ur", "ps", "ckb", "ug", "sd"} else "plain",
        "title": title if title == office_name else f"{title} · {office_name}",
        "description": more.get("description"),
        "canonical": None if path is None else f"{office.address}/{path}",
        "alternates": [
            {"language": lang, "address": f"{office.address}/{to}"} for lang, to in sorted(alternates.items())
        ],
        "refresh": None,
        "feed": None if more.get("feed") is None else f"/{more['feed']}",
        "indexed": more.get("index", True),
        "policy": policy.META,
        "version": __version__,
        "style": "/" + paths["style.css"],
        "icon": _icon(office, paths),
        "office_style": "/" + office_asset(setting.furniture)[0],
        "preloads": ["/" + found for found in preloads(wording.language)],
        "scripts": ["/" + paths[name] for name in scripts],
        "zone": office.zone,
        "digits": wording.digits if wording.numerals != "latn" else None,
        "group": wording.group,
        "masthead": masthead(office, alternates),
        "menu": menu(office, more.get("section")),
        "advisories": advisories(office),
        "as_of": wording.phrase("as_of", instant=office.instant(setting.as_of)),
        "strip": strip(office) if more.get("strip", True) else None,
        "foot": foot(office),
        "words": labels(
            wording, "to_the_text", "languages", "clocks", "sections", "advisory", "read_notice", "contacts"
        ),
    }


def _icon(office: Office, paths: Mapping[str, str]) -> str:
    """What stands beside the page's name in a browser: the office's arms, else a plain sheet."""
    arms = office.content.get("arms")
    return f"/files/{arms['file']}.{EXTENSIONS.get(arms['media'], 'bin')}" if arms else f"/{paths['sheet.svg']}"


def labels(wording: Wording, *keys: str) -> dict[str, str]:
    """Labels for a template, by their keys."""
    return {key: wording.label(key) for key in keys}


def masthead(office: Office, alternates: Mapping[str, str]) -> dict[str, Any]:
    """Name and arms, the day, the languages, the clocks."""
    wording, content = office.wording, office.content
    arms = content.get("arms")
    return {
        "name": office.name,
        "place": in_language(content.get("place"), wording.language),
        "home": f"/{wording.language.lower()}/",
        "arms": _arms(arms, wording.language) if arms and arms.get("file") else None,
        "lines": [in_language(line, wording.language) for line in content.get("lines", ())],
        "day": living_day(office),
        "languages": _languages(office, alternates),
        "clocks": [_clock(office, piece) for piece in office.setting.furniture.of("clock")],
    }


def living_day(office: Office) -> dict[str, Any]:
    """The date line: weekday and day, with what a script needs to set them anew."""
    wording, pattern, today = office.wording, office.wording.dateline, office.today
    kinds = [kind for kind, _ in tokens_of(pattern)]
    months = [names for kind, names in tokens_of(pattern) if kind == "M" and len(names) > 2]
    return {
        "iso": today.isoformat(),
        "text": wording.day(today, pattern),
        "weekday": None if "E" in kinds else wording.weekday(today),
        "pattern": pattern,
        "months": "|".join(month_names(wording.language, months[0])) if months else None,
        "weekdays": "|".join(_pattern_weekdays(wording, pattern) if "E" in kinds else wording.weekdays),
    }


def menu(office: Office, section: str | None = None) -> list[dict[str, Any]]:
    """The menu's items; without a menu among the furniture, the sections in their order."""
    setting, language = office.setting, office.wording.language
    items: list[dict[str, Any]] = []
    for piece in setting.furniture.of("menu"):
        for item in piece.content["items"]:
            target = _menu_target(setting, item)
            if target is not None:
                chosen = section is not None and item.get("section") == section
                items.append({"label": in_language(item["label"], language), "target": target, "chosen": chosen})
    if items:
        return items
    for piece in setting.furniture.of("section"):
        if piece.id in setting.section_paths:
            items.append(
                {
                    "label": in_language(piece.content["name"], language),
                    "target": "/" + setting.section_paths[piece.id],
                    "chosen": piece.id == section,
                }
            )
    return items


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


def strip(office: Office) -> dict[str, Any] | None:
    """Contacts and counters, or None where an office has neither."""
    contacts = [contact(office, piece) for piece in office.setting.furniture.of("contact")]
    counters = [counter(office, piece) for piece in office.setting.furniture.of("counter")]
    if not contacts and not counters:
        return None
    return {"contacts": contacts, "counters": [found for found in counters if found]}


def contact(office: Office, piece: Piece) -> dict[str, Any]:
    """A contact block: label, telephone, mail, hours in words and as facts for "open now"."""
    wording, content = office.wording, piece.content
    language = wording.language
    label = in_language(content["label"], language)
    telephone, email = content.get("telephone"), content.get("email")
    hours = content.get("hours", ())
    return {
        "label": html(label) if label.rstrip().endswith((":", "：")) else wording.phrase("contact_label", label=label),
        "heading": label.rstrip().removesuffix(":"),
        "emergency": bool(content.get("emergency")),
        "telephone": _telephone(telephone) if telephone else None,
        "email": _mail(email) if email else None,
        "lines": [in_language(line, language) for line in content.get("lines", ())],
        "note": in_language(content.get("remark"), language),
        "hours": hours_in_words(wording, hours),
        "closures": _closures(office) if hours else [],
        "facts": _opening_facts(office, hours) if hours else None,
        "open": wording.label("open_until"),
        "closed": wording.label("closed_now"),
    }


def counter(office: Office, piece: Piece) -> dict[str, Any] | None:
    """A counter: its sentence around the number for `Setting.as_of`, and the facts to count again."""
    wording, content = office.wording, piece.content
    sentences = content["sentence"]
    forms = sentences.get(wording.language) or sentences.get(base(wording.language)) or sentences.get("en")
    forms = {category: form for category, form in (forms or {}).items() if form}
    if not forms:
        return None
    since = date.fromisoformat(content["since"])
    shown = date.fromisoformat(content.get("shown", content["since"]))
    days = (office.today - since).days
    before, _, after = chosen_form(forms, wording.plural(abs(days))).partition("#")
    return {
        "before": before,
        "number": wording.number(days, bool(content.get("grouping"))),
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
    wording = office.wording
    found = []
    for piece in sorted(office.setting.furniture.of("event"), key=lambda p: (p.content["on"], p.index)):
        content = piece.content
        last = content.get("until", content["on"])
        if last < office.today.isoformat():
            continue
        title = in_language(content["title"], wording.language)
        place = in_language(content.get("place"), wording.language)
        found.append(
            {
                "day": _event_days(wording, content["on"], last),
                "iso": content["on"],
                "last": last,
                "time": _event_time(office, content),
                "words": f"{title}{wording.comma}{place}" if place and place not in title else title,
            }
        )
    return found[:8]


def _event_days(wording: Wording, first: str, last: str) -> str:
    """The day of an event, or its first and last."""
    if last == first:
        return wording.short_day(first)
    return wording.text("range", first=wording.short_day(first), last=wording.short_day(last))


def _event_time(office: Office, event: Content) -> str | None:
    """When an event begins, with the city whose time it is where that is not the office's own."""
    if not event.get("time"):
        return None
    time, zone = office.wording.time(event["time"]), event.get("zone", office.zone)
    return time if zone == office.zone else f"{time} {office.city_of(zone)}"


def foot(office: Office) -> dict[str, Any]:
    """The end of every page: who speaks, what is invented, the record, all messages."""
    setting, wording, content = office.setting, office.wording, office.content
    language = wording.language
    place = in_language(content.get("place"), language)
    start = f"/{language.lower()}/"
    words = labels(wording, "the_record", "all_messages", "latest", "archive", "people", "feed", "how_to_check_record")
    archive = [
        {"label": words["all_messages"], "target": f"{start}all/"},
        {"label": words["archive"], "target": f"{start}all/#months"},
        {"label": words["feed"], "target": f"{start}all/feed.atom"},
    ]
    people = [{"label": words["people"], "target": f"{start}people/"}] if setting.people_paths else []
    check = {"label": words["how_to_check_record"], "target": "/record/#check"}
    return {
        "name": f"{office.name} {place}".strip(),
        "lines": [in_language(line, language) for line in content.get("lines", ())],
        "notices": [in_language(piece.content["text"], language) for piece in setting.furniture.of("notice")],
        "record": words["the_record"],
        "sizes": _size_forms(wording),
        "columns": [[check], archive[:2], archive[2:] + people],
    }


def hours_in_words(wording: Wording, hours: Sequence[Mapping[str, Any]]) -> list[str]:
    """Opening hours, a line for each: "Monday to Friday, 09:00 to 13:00"."""
    return [
        capital(
            wording.text(
                "hours",
                days=_days_in_words(wording, row["days"]),
                start=wording.time(row["from"]),
                end=wording.time(row["to"]),
            )
        )
        for row in hours
    ]


def alternate_links(office: Office, paths: Mapping[str, str]) -> list[dict[str, Any]]:
    """Languages with their own names, each a link where there is a path."""
    return [
        {"language": lang, "name": autonym(lang), "target": "/" + path, "direction": _direction(lang)}
        for lang, path in paths.items()
    ]


def _languages(office: Office, alternates: Mapping[str, str]) -> list[dict[str, Any]]:
    """The office's languages: this one without a link, the others at this page or else at their front page."""
    known = list(office.content.get("languages", ())) or [office.wording.language]
    found = []
    for language in known:
        front = f"{language.lower()}/" if language in office.setting.languages else None
        path = alternates.get(language, front)
        chosen = language == office.wording.language
        if chosen or path is not None:
            found.append(
                {
                    "language": language,
                    "direction": _direction(language),
                    "name": autonym(language),
                    "target": None if chosen else f"/{path}",
                }
            )
    return found if len(found) > 1 else []


def _direction(language: str) -> str:
    return Wording(language).direction


def _arms(arms: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An SVG is a drawing in one ink and takes the page's; a picture of another sort is shown as it is."""
    drawing = arms["media"] == "image/svg+xml"
    words = in_language(arms.get("alternative"), language)
    return {"drawing": drawing, "source": file_path(arms["file"], arms["media"]), "alternative": words}


def _clock(office: Office, piece: Piece) -> dict[str, Any]:
    wording, zone_name = office.wording, piece.content["zone"]
    city = in_language(piece.content["city"], wording.language)
    local = local_time(office.setting.as_of, zone_name)
    time = tag("time", wording.time(local), class_="time", data_clock=zone_name)
    sign = piece.content.get("separator")
    pattern = wording.label("clock") if sign is None else f"{{city}}{'' if sign in ':,،：' else ' '}{sign} {{time}}"
    return {"words": fill(pattern, city=isolated(city), time=time), "zone": zone_name}


def _telephone(number: str) -> Html:
    target = telephone_target(number)
    words = left_to_right(number)
    return words if target is None else tag("a", words, href=target, class_="telephone")


def _mail(address: str) -> Html:
    target = safe_target(f"mailto:{address}") if address.count("@") == 1 else None
    words = left_to_right(address)
    return words if target is None else tag("a", words, href=target, class_="mail")


def _menu_target(setting: Setting, item: Mapping[str, Any]) -> str | None:
    if "section" in item:
        path = setting.section_paths.get(item["section"])
        return None if path is None else f"/{path}"
    return safe_target(item.get("target"))


def _closures(office: Office) -> list[dict[str, Any]]:
    """The next closed days, three at most; a script hides those that have passed."""
    wording, today = office.wording, office.today
    found = []
    for piece in sorted(office.setting.furniture.of("closure"), key=lambda p: p.content["on"]):
        day = date.fromisoformat(piece.content["on"])
        if today <= day <= today + timedelta(days=60):
            name = in_language(piece.content["name"], wording.language)
            words = wording.phrase(
                "closed_on", weekday=wording.day(day, "EEEE"), day=wording.short_day(day), name=isolated(name)
            )
            found.append({"iso": day.isoformat(), "words": words})
    return found[:3]


def _opening_facts(office: Office, hours: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    spans = [f"{''.join(str(day) for day in row['days'])} {row['from']} {row['to']}" for row in hours]
    closed = sorted(piece.content["on"] for piece in office.setting.furniture.of("closure"))
    return {"hours": "|".join(spans), "closed": " ".join(closed)}


def _days_in_words(wording: Wording, days: Sequence[int]) -> str:
    """Weekdays with runs of three and more taken together: "Monday to Friday"."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [wording.day(date(2024, 1, day), "EEEE") for day in range(1, 8)]  # 1 January 2024 was a Monday
    words: list[str] = []
    for run in runs:
        if len(run) > 2:
            words.append(wording.text("range", first=names[run[0] - 1], last=names[run[-1] - 1]))
        else:
            words.extend(names[day - 1] for day in run)
    if len(words) == 1:
        return words[0]
    return wording.text("and", first=wording.comma.join(words[:-1]), last=words[-1])


def _pattern_weekdays(wording: Wording, pattern: str) -> list[str]:
    field = next(written for kind, written in tokens_of(pattern) if kind == "E")
    monday = date(2024, 1, 1)
    return [wording.day(monday + timedelta(days=number), field) for number in range(7)]


def _size_forms(wording: Wording) -> str:
    """The plural forms of "N entries", with # where the number stands, as a script reads them."""
    forms = {category: form.replace("{n}", "#") for category, form in wording.forms("record_size").items()}
    return json.dumps(forms, ensure_ascii=False, separators=(",", ":"))


def furniture_language(furniture: Furniture) -> str:
    """The office's first language."""
    office = furniture.one("office")
    return str(office.content["languages"][0]) if office else "en"
