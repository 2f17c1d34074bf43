"""From the facts of `shown.py` to the HTML of a page: one pure function for each kind of page.

Each takes the `Setting` first and returns the whole page as text; the same facts give the same bytes. The templates
stand in `templates/`, one for each kind of page, one partial for each named thing; the views have already put
everything into words. All links and assets are absolute from the site's root.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from minijinja import Environment

from communique.press.blocks import blocks_html, plain
from communique.press.furniture_view import agenda, alternate_links, frame
from communique.press.list_view import (
    latest_view,
    listing_office,
    listing_title,
    listing_view,
    other_languages,
    period_name,
    persons_view,
    roles_view,
    rows_view,
)
from communique.press.markup import html, joined, left_to_right, tag
from communique.press.message_view import (
    INK,
    RED,
    Shown,
    downloads,
    edition_notes,
    head,
    is_said_by,
    message_path,
    message_view,
    note,
    pictures,
    title_of,
    title_size,
)
from communique.press.moved import is_whole, leads_to
from communique.press.office_view import Office, office_of
from communique.press.shown import EditionLine, Front, Listing, Row, Setting, Version
from communique.press.wording import as_day, base, in_language

TEMPLATES = Path(__file__).parent / "templates"
DESCRIPTION_CHARACTERS = 200
FIRST_WORDS_CHARACTERS = 240
FRONT_WORDS_CHARACTERS = 640
"""of a message that leads the front page without a picture: its words fill the place"""


def message_page(
    setting: Setting,
    version: Version,
    siblings: Sequence[Row],
    editions: Sequence[EditionLine],
    section_path: str | None,
) -> str:
    """The page of a message: its newest edition. `siblings` are its language versions, itself among them or not."""
    office = office_of(setting, version.content["language"])
    shown = Shown(office, version, message_path(version), siblings, editions, section_path)
    page = frame(
        office,
        shown.path,
        title_of(shown),
        alternates=_alternates(shown),
        description=_description(shown),
        section=version.content.get("section"),
        scripts=_scripts(version),
    )
    return _rendered("message.html", page=page, message=message_view(shown))


def edition_page(
    setting: Setting,
    version: Version,
    siblings: Sequence[Row],
    editions: Sequence[EditionLine],
    section_path: str | None,
    newest: EditionLine,
) -> str:
    """The page of one edition, for ever at its own address. `newest` is the edition after it, or itself."""
    office = office_of(setting, version.content["language"])
    shown = Shown(office, version, message_path(version), siblings, editions, section_path)
    edition = office.wording.text("edition", n=office.wording.number(version.seq))
    page = frame(
        office,
        shown.edition_path,
        f"{title_of(shown)} · {edition}",
        description=_description(shown),
        section=version.content.get("section"),
        scripts=_scripts(version),
        index=False,
    )
    view = message_view(shown)
    view["notes"] = [*edition_notes(shown, newest), *view["notes"]]
    return _rendered("message.html", page=page, message=view)


def front_page(setting: Setting, front: Front) -> str:
    """The front page of one language."""
    office = office_of(setting, front.language)
    wording = office.wording
    title = f"{office.name} {in_language(office.content.get('place'), front.language)}".strip()
    page = frame(
        office,
        f"{front.language.lower()}/",
        title,
        alternates=_in_each_language(setting),
        feed=_feed(setting, front.language),
    )
    page["title"] = title
    sections = [_front_section(office, found.section, found.path, found.rows) for found in front.sections]
    return _rendered(
        "front.html",
        page=page,
        lead=_lead(office, front),
        latest=rows_view(office, front.latest),
        sections=[section for section in sections if section["rows"]],
        events=agenda(office),
        words={key: wording.label(key) for key in ("latest_short", "all_messages", "next_events")},
        all_target=f"/{front.language.lower()}/all/",
    )


def listing_page(setting: Setting, listing: Listing) -> str:
    """A list: undated with its newest messages and all its months, or one dated page of it."""
    office = listing_office(setting, listing)
    title = listing_title(office, listing)
    if listing.period:
        title = f"{title} · {period_name(office, listing.period)}"
    section = listing.subject if listing.sort == "section" else None
    languages = other_languages(setting, listing)
    page = frame(office, listing.path, title, feed=listing.feed, section=section, strip=False, **languages)
    return _rendered("listing.html", page=page, list=listing_view(office, listing))


def latest_page(setting: Setting, rows: Sequence[Row]) -> str:
    """The page that holds the list "Latest events", which `latest.js` puts beside every message."""
    office = office_of(setting)
    path = f"{setting.language.lower()}/latest/"
    page = frame(
        office,
        path,
        office.wording.label("latest"),
        alternates=_in_each_language(setting, "latest/"),
        feed=_feed(setting, setting.language),
        strip=False,
    )
    return _rendered("latest.html", page=page, latest=latest_view(office, rows))


def people_page(setting: Setting) -> str:
    """Everybody who has a page of words."""
    office = office_of(setting)
    path = f"{setting.language.lower()}/people/"
    title = office.wording.label("people")
    page = frame(office, path, title, alternates=_in_each_language(setting, "people/"), strip=False)
    return _rendered("people.html", page=page, title=title, persons=persons_view(office))


def person_page(setting: Setting, listing: Listing) -> str:
    """A person: offices held, the newest words, all words by month. `listing` is of sort "person"."""
    office = listing_office(setting, listing)
    piece = setting.furniture.by_id(listing.subject or "")
    name = in_language(piece.content["name"], listing.language) if piece else ""
    title = name if listing.period is None else listing_title(office, listing)
    page = frame(office, listing.path, title, feed=listing.feed, strip=False, **other_languages(setting, listing))
    return _rendered(
        "person.html",
        page=page,
        title=title,
        roles=roles_view(office, piece) if piece else [],
        list=listing_view(office, listing),
    )


def record_page(setting: Setting, origin: str, key: str | None = None) -> str:
    """The record's own page at `/record/`: what it is and how anybody checks it. `key` is the log's verifier key."""
    office = office_of(setting)
    wording = office.wording
    page = frame(office, "record/", wording.label("record_title"), strip=False)
    words = {
        name: wording.label(name)
        for name in (
            "the_record",
            "record_title",
            "record_lead",
            "record_origin",
            "record_key",
            "record_head",
            "record_check",
            "record_check_words",
            "record_check_limits",
            "record_page_check",
        )
    }
    command = f"communique verify https://{origin.rsplit('/', 1)[0]}/"
    return _rendered(
        "record.html", page=page, words=words, origin=origin, key=key, command=command, size=page["foot"]["sizes"]
    )


def redirect_page(setting: Setting, path: str, target: str) -> str:
    """A small page at an old address, for servers that answer no 301. Paths have no leading slash; a target may be
    another site's whole address."""
    office = office_of(setting)
    wording = office.wording
    whole, link = is_whole(target), leads_to(target)
    page = frame(office, None if whole else link[1:], wording.label("moved"), strip=False, index=False)
    page["refresh"] = link
    shown = (target if whole else f"{office.address}{link}").removeprefix("https://")
    address = tag("a", left_to_right(shown), href=link)
    return _plain(page, wording.label("moved"), [wording.phrase("moved_words", address=address)])


def gone_page(setting: Setting, version: Version, path: str | None = None) -> str:
    """The page of a removed message: that it is gone, since when, and why."""
    office = office_of(setting, version.content["language"])
    wording = office.wording
    page = frame(office, path or message_path(version), wording.label("removed_title"), strip=False, index=False)
    reason = note(
        RED,
        wording.label("state_removed"),
        wording.phrase("removed_at", instant=office.instant(version.at)),
        version.content.get("notice") or version.content.get("ground") or "",
        wording.phrase("removed_proof", n=wording.number(version.index)),
    )
    return _plain(page, wording.label("removed_title"), [], [reason])


def tombstone_page(setting: Setting, version: Version, path: str | None = None) -> str:
    """What stands for a message that the law has erased: day, ground, entry, and no word of it."""
    office = office_of(setting, version.content["language"])
    wording = office.wording
    title = wording.text("erased_title", day=wording.day(version.place_day))
    page = frame(office, path or message_path(version), title, strip=False, index=False)
    sentence = wording.phrase("erased_at", instant=office.instant(version.at))
    proof = wording.phrase("erased_proof", n=wording.number(version.index))
    stone = note(INK, wording.label("state_erased"), sentence, version.content.get("ground") or "", proof)
    return _plain(page, title, [], [stone])


def not_found_page(setting: Setting) -> str:
    """What answers at an address where nothing was ever published."""
    office = office_of(setting)
    wording = office.wording
    page = frame(office, None, wording.label("not_found"), strip=False, index=False)
    languages = setting.languages or (setting.language,)
    fronts = [
        tag("a", found["name"], href=found["target"], hreflang=found["language"], lang=found["language"])
        for found in alternate_links(office, {language: f"{language.lower()}/" for language in languages})
    ]
    label = wording.label("front_page")
    way = tag("a", label, href=f"/{languages[0].lower()}/")
    if len(languages) > 1:
        way = joined([wording.phrase("contact_label", label=label), joined(fronts, " · ")], " ")
    return _plain(page, wording.label("not_found"), [wording.label("not_found_words"), way])


def crisis_page(setting: Setting, path: str | None = None) -> str:
    """The prepared page for a crisis, from the newest `crisis` among the furniture, with contacts above it."""
    office = office_of(setting)
    wording = office.wording
    pieces = setting.furniture.of("crisis")
    language = setting.language
    title = wording.label("crisis")
    blocks: Any = ()
    if pieces:
        content = pieces[-1].content
        title = in_language(content["title"], language) or title
        by_language: Mapping[str, Any] = content["blocks"]
        blocks = by_language.get(language) or by_language.get(base(language)) or next(iter(by_language.values()), ())
    page = frame(office, path or f"{language.lower()}/crisis/", title)
    return _rendered(
        "plain.html",
        page=page,
        title=title,
        size=title_size(title),
        notes=[],
        paragraphs=[],
        text=blocks_html(blocks, wording.label("passage_erased")),
    )


def _plain(page: dict[str, Any], title: str, paragraphs: Sequence[str], notes: Sequence[Any] = ()) -> str:
    return _rendered(
        "plain.html",
        page=page,
        title=title,
        size=title_size(title),
        notes=list(notes),
        paragraphs=list(paragraphs),
        text="",
    )


def _lead(office: Office, front: Front) -> dict[str, Any] | None:
    """The message that leads the front page, with one picture or none."""
    if front.lead is None:
        return None
    shown = Shown(office, front.lead, front.lead_path or message_path(front.lead))
    content = front.lead.content
    occasion = content.get("occasion") or {}
    day = occasion.get("on") or content.get("delivered") or front.lead.place_day
    place = occasion.get("place")
    found = pictures(content)
    comma = office.wording.comma
    return {
        **head(shown),
        "kind": office.wording.label(f"kind_{content['kind']}") if content.get("kind") else None,
        "target": f"/{shown.path}",
        "where": f"{place}{comma}{office.wording.day(as_day(day))}" if place else office.wording.day(as_day(day)),
        "picture": found[0] if found else None,
        "files": downloads(content),
        "words": content.get("teaser")
        or _first_words(content, FIRST_WORDS_CHARACTERS if found else FRONT_WORDS_CHARACTERS),
    }


def _first_words(content: Mapping[str, Any], limit: int = FIRST_WORDS_CHARACTERS) -> str:
    """The beginning of a text, of a transcript its first answer, cut at a sentence, or at a word with an ellipsis."""
    blocks: list[Any] = list(content.get("blocks", ()))
    turns = content.get("turns", ())
    answer = next((place for place, turn in enumerate(turns) if turn["kind"] == "answer"), 0)
    for turn in turns[answer:]:
        if turn["kind"] != "question" or not blocks:
            blocks.extend(turn["blocks"])
        else:
            break
    words = " ".join(plain(blocks).split())
    if len(words) <= limit:
        return words
    cut = words[:limit]
    for sign in (". ", "؟ ", "? ", "! ", "。"):
        if cut.rfind(sign) > limit // 3:
            return cut[: cut.rfind(sign) + 1].strip()
    return cut.rsplit(" ", 1)[0].rstrip(",;:،") + " …"


def _front_section(office: Office, section: str, path: str, rows: Sequence[Row]) -> dict[str, Any]:
    piece = office.setting.furniture.by_id(section)
    name = in_language(piece.content["name"], office.wording.language) if piece else ""
    found = rows_view(office, rows)
    for row in found:
        row["kind"] = None if is_said_by(name, row["kind"]) else row["kind"]
    return {"name": name, "target": f"/{path}", "rows": found}


def _alternates(shown: Shown) -> dict[str, str]:
    """The message in all its languages, this one too."""
    found = {row.language: row.path for row in shown.translations}
    return {**found, shown.content["language"]: shown.path}


def _scripts(version: Version) -> tuple[str, ...]:
    """The scripts of a message's page; the one that plays from a turn's time only where something can be played."""
    played = any(recording.get("file") for recording in version.content.get("recordings", ()))
    return ("latest.js", "quote.js", *(("listen.js",) if played else ()))


def _description(shown: Shown) -> str | None:
    """The page's description for those who list it: the teaser, or the first words."""
    content = shown.content
    words = content.get("teaser") or " ".join(_first_words(content).split())
    return words[:DESCRIPTION_CHARACTERS].strip() or None


def _in_each_language(setting: Setting, below: str = "") -> dict[str, str]:
    """The paths of a page that each language has in the same place."""
    return {language: f"{language.lower()}/{below}" for language in setting.languages}


def _feed(setting: Setting, language: str) -> str:
    return f"{language.lower()}/all/feed.atom"


def _rendered(template: str, **context: Any) -> str:
    return _environment().render_template(template, **context)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """All templates, read once. Every value that is not HTML already is escaped."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.html"))}
    return Environment(
        templates=sources,
        finalizer=_written,
        auto_escape_callback=lambda _: False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        reload_before_render=False,
    )


def _written(value: Any) -> str:
    """A value as a template writes it: escaped, unless it is HTML already.

    It stands in for the templates' own escaping, which turns each slash of an address into six signs.
    """
    ready = getattr(value, "__html__", None)
    return str(ready()) if ready else html(str(value))
