"""From the facts of `shown.py` to the HTML of a page: one pure function for each kind of page.

Each takes the `Setting` first and returns the whole page as text; the same facts give the same bytes. The templates
stand in `templates/`, one for each kind of page, one partial for each named thing; the views have already put
everything into words. All links and assets are absolute from the site's root.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from minijinja import Environment

from communique import __version__
from communique.edition.language import nearest
from communique.edition.vouching import Vouched
from communique.press.akoma_ntoso import AKN_FILE
from communique.press.archive_view import agenda_path, agenda_view, archive_view
from communique.press.beside import Behind, beside_view
from communique.press.blocks import blocks_html, plain
from communique.press.bundle import FACES
from communique.press.check_view import CHECK_SCRIPTS, check_view, kept_parts, record_path, vouched_view
from communique.press.comparing import comparison_title, comparison_view
from communique.press.developers_view import developers_view
from communique.press.files_view import downloads, pictures
from communique.press.furniture_view import agenda, alternate_links, frame, labels
from communique.press.initials import LetterPage, letter_path
from communique.press.interface import Example
from communique.press.list_view import (
    ROLES_SHOWN,
    in_office,
    latest_view,
    letter_name,
    letter_persons,
    listing_office,
    listing_title,
    listing_view,
    other_languages,
    period_name,
    person_view,
    persons_view,
    roles_view,
    rows_view,
)
from communique.press.markup import Html, isolated, isolated_text, joined, left_to_right, tag
from communique.press.message_data import MESSAGE_FILE
from communique.press.message_view import (
    INK,
    RED,
    Shown,
    edition_notes,
    head,
    is_said_by,
    message_path,
    message_view,
    note,
    title_of,
    title_size,
)
from communique.press.moved import is_whole, leads_to
from communique.press.ninjs import NINJS_FILE
from communique.press.office_view import Office, office_of
from communique.press.quoting import said_on, since
from communique.press.recording_view import is_played, player_origins
from communique.press.schema_org import schema_org_block
from communique.press.search_view import SEARCH_SCRIPTS, search_view
from communique.press.shown import AgendaSpan, Archive, EditionLine, Front, Listing, Row, Setting, Version
from communique.press.wording import Wording, as_day, autonym, in_language, wording_of
from communique.record.entry import KINDS

RECORD_SCRIPTS = ("verifier.js", "record.js")

TEMPLATES = Path(__file__).parent / "templates"
PART = "styleguide_part.html"
"""stands around the main matter of a page that the style guide shows"""
DESCRIPTION_CHARACTERS = 200
FIRST_WORDS_CHARACTERS = 240
LONGEST_SPACED = 4
"""so many times the signs that are wanted are mostly enough, whatever blanks there are among them"""
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
        players=player_origins(version.content),
        forms=[_form(f"/{shown.path}{MESSAGE_FILE}", "JSON"), *_forms(shown)],
        data=schema_org_block(shown, own_page=False),
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
        scripts=(*_scripts(version), "since.js"),
        players=player_origins(version.content),
        index=False,
        forms=_forms(shown),
        data=schema_org_block(shown, own_page=True),
    )
    view = message_view(shown)
    view["notes"] = [*edition_notes(shown, newest), *view["notes"]]
    view["quoting"] += since(office, shown.path)
    return _rendered("message.html", page=page, message=view)


def comparison_page(
    setting: Setting, before: Version, version: Version, editions: Sequence[EditionLine], section_path: str | None
) -> str:
    """An edition compared with the one before it, for ever; `editions` are those up to its own."""
    office = office_of(setting, version.content["language"])
    old, new = (Shown(office, one, message_path(version), (), editions, section_path) for one in (before, version))
    path = f"{new.edition_path}changes/"
    section = version.content.get("section")
    page = frame(office, path, comparison_title(new), section=section, index=False, sheets=("more.css",))
    return _rendered("comparison.html", page=page, message=comparison_view(old, new))


def not_compared_page(setting: Setting, version: Version, seq: int) -> str:
    """What stands for a comparison with an edition, numbered `seq`, of which nothing is shown any more."""
    office = office_of(setting, version.content["language"])
    wording = office.wording
    path = f"{message_path(version)}editions/{version.seq}/"
    title = wording.label("what_changed")
    page = frame(office, f"{path}changes/", title, strip=False, index=False)
    edition = tag("a", wording.text("edition", n=wording.number(version.seq)), href=f"/{path}")
    sentence = wording.phrase("compare_not_shown", n=wording.number(seq))
    return _plain(page, title, [], [note(INK, title, sentence, edition)])


def beside_page(
    setting: Setting, rows: tuple[Row, Row], versions: tuple[Version, Version], late: tuple[Behind, Behind]
) -> str:
    """Two language versions side by side; what search engines list is the original, or the one that came first."""
    first, second = (
        Shown(office_of(setting, version.content["language"]), version, message_path(version)) for version in versions
    )
    office = first.office
    scripts = {one.office.wording.script for one in (first, second)}
    names = (isolated_text(autonym(row.language), office.wording.direction) for row in rows)
    title = office.wording.text("beside_title", **dict(zip(("first", "second"), names, strict=True)))
    page = frame(
        office,
        (second if second.content["language"] == first.content["original"] else first).path,
        f"{title} · {title_of(first)}",
        elsewhere={rows[1].language: (rows[1].path, title_of(second))},
        description=_description(first),
        section=first.content.get("section"),
        sheets=("more.css", *sorted(FACES[script] for script in scripts & set(FACES))),
        scripts=("approach.js",),
    )
    return _rendered("beside.html", page=page, message=beside_view(first, second, late))


def front_page(setting: Setting, front: Front) -> str:
    """The front page of one language."""
    office = office_of(setting, front.language)
    title = f"{office.name} {in_language(office.content.get('place'), front.language)}".strip()
    page = frame(
        office,
        f"{front.language.lower()}/",
        title,
        alternates=_in_each_language(setting),
        feed=_feed(setting, front.language),
        description=_what_is_here(office, title),
        sheets=("front.css",),
    )
    page["title"] = title
    return _rendered("front.html", page=page, **front_view(office, front))


def front_view(office: Office, front: Front) -> dict[str, Any]:
    """All of the front page between menu and foot but contacts and counters, which are the page's strip."""
    wording = office.wording
    sections = [_front_section(office, found.section, found.path, found.rows) for found in front.sections]
    return {
        "lead": _lead(office, front),
        "featured": rows_view(office, front.featured),
        "latest": rows_view(office, front.latest),
        "sections": [section for section in sections if section["rows"]],
        "events": agenda(office),
        "words": {key: wording.label(key) for key in ("latest_short", "all_messages", "next_events", "whole_agenda")},
        "all_target": f"/{front.language.lower()}/all/",
        "agenda_target": f"/{front.language.lower()}/by/agenda/",
    }


def listing_page(setting: Setting, listing: Listing) -> str:
    """A list: undated with its newest messages and all its months, or one dated page of it."""
    office = listing_office(setting, listing)
    title = listing_title(office, listing)
    if listing.period:
        title = f"{title} · {period_name(office, listing.period)}"
    section = listing.subject if listing.sort == "section" else None
    languages = other_languages(setting, listing)
    description = _what_is_listed(title, listing.rows, office)
    page = frame(
        office,
        listing.path,
        title,
        feed=listing.feed,
        section=section,
        strip=False,
        description=description,
        **languages,
    )
    return _rendered("listing.html", page=page, roles=[], list={**listing_view(office, listing), "only_asked": None})


def archive_page(setting: Setting, archive: Archive) -> str:
    """Where a reader finds by year, section, kind, person, place and occasion."""
    office = office_of(setting)
    path, title = f"{setting.language.lower()}/by/", office.wording.label("archive_index")
    alternates = _in_each_language(setting, "by/")
    page = frame(office, path, title, alternates=alternates, strip=False, description=_described(title, (), office))
    agenda = {"label": office.wording.label("agenda"), "target": f"/{path}agenda/"}
    search = {"label": office.wording.label("search"), "target": f"/{setting.language.lower()}/search/"}
    return _rendered(
        "archive.html", page=page, title=title, groups=archive_view(office, archive), agenda=agenda, search=search
    )


def search_page(setting: Setting) -> str:
    """Where a reader asks what was said."""
    office = office_of(setting)
    path, title = f"{setting.language.lower()}/search/", office.wording.label("search")
    alternates = _in_each_language(setting, "search/")
    described = _described(title, (), office)
    page = frame(office, path, title, alternates=alternates, strip=False, description=described, scripts=SEARCH_SCRIPTS)
    return _rendered("search.html", page=page, title=title, search=search_view(office))


def found_part(found: Mapping[str, Any]) -> Html:
    """What was found, for the search page's place; its values are words, or HTML already."""
    return Html(_rendered("found.html", found=found))


def agenda_page(setting: Setting, agenda: AgendaSpan) -> str:
    """What is to come and what is over, or all events of a year, a month, a day or a part of one."""
    office = office_of(setting)
    below = agenda_path(agenda.span)
    view = agenda_view(office, agenda)
    title = f"{office.wording.label('agenda')} · {view['title']}" if agenda.span else view["title"]
    alternates = _in_each_language(setting, below)
    path = f"{setting.language.lower()}/{below}"
    page = frame(office, path, title, alternates=alternates, strip=False, description=_described(title, (), office))
    return _rendered("agenda.html", page=page, agenda=view)


def latest_page(setting: Setting, rows: Sequence[Row]) -> str:
    """The page that holds the list "Latest events", which `later.js` puts beside every message."""
    office = office_of(setting)
    path = f"{setting.language.lower()}/latest/"
    page = frame(
        office,
        path,
        office.wording.label("latest"),
        alternates=_in_each_language(setting, "latest/"),
        feed=_feed(setting, setting.language),
        strip=False,
        description=_described(office.wording.label("latest"), (), office),
    )
    return _rendered("latest.html", page=page, latest=latest_view(office, rows))


def people_page(setting: Setting, letters: Sequence[str] = ()) -> str:
    """Everybody who has a page of words; where letters lead to all of them, some who hold an office."""
    office = office_of(setting)
    path = f"{setting.language.lower()}/people/"
    title = office.wording.label("people")
    alternates = _in_each_language(setting, "people/")
    page = frame(office, path, title, alternates=alternates, strip=False, description=_described(title, (), office))
    persons = persons_view(office, in_office(setting), ROLES_SHOWN) if letters else persons_view(office)
    ways = [_letter_way(office, LetterPage(letter)) for letter in letters]
    view = {"title": title, "way": None, "ways": ways, "ways_title": office.wording.label("people_by_name")}
    return _rendered("people.html", page=page, people={**view, "persons": persons})


def letter_page(setting: Setting, letter: LetterPage) -> str:
    """Everybody under a letter, or in a part of one; of a letter that is cut, the ways to its parts."""
    office = office_of(setting)
    start, label = f"{setting.language.lower()}/", office.wording.label("people")
    name = letter_name(office, letter.letter, letter.part)
    others = [tag for tag in setting.languages if tag != setting.language]
    elsewhere = {tag: (f"{tag.lower()}/people/", office_of(setting, tag).wording.label("people")) for tag in others}
    title = f"{label} · {name}"
    page = frame(
        office,
        f"{start}{letter_path(letter.span)}",
        title,
        elsewhere=elsewhere,
        strip=False,
        description=_described(title, (), office),
    )
    way = (
        _letter_way(office, LetterPage(letter.letter))
        if letter.part
        else {"label": label, "target": f"/{start}people/"}
    )
    ways = [_letter_way(office, LetterPage(letter.letter, n)) for n in range(1, letter.parts + 1)]
    view = {"title": name, "way": way, "ways": ways, "ways_title": None}
    return _rendered("people.html", page=page, people={**view, "persons": letter_persons(office, letter)})


def _letter_way(office: Office, letter: LetterPage) -> dict[str, str]:
    target = f"/{office.wording.language.lower()}/{letter_path(letter.span)}"
    return {"label": letter_name(office, letter.letter, letter.part), "target": target}


def person_page(setting: Setting, listing: Listing) -> str:
    """A person: offices held, the newest words, all words by month. `listing` is of sort "person"."""
    office = listing_office(setting, listing)
    piece = setting.furniture.by_id(listing.subject or "")
    title = listing_title(office, listing)
    if listing.period:
        title = f"{title} · {period_name(office, listing.period)}"
    page = frame(
        office,
        listing.path,
        title,
        feed=listing.feed,
        strip=False,
        description=_what_is_listed(title, listing.rows, office),
        **other_languages(setting, listing),
    )
    roles = roles_view(office, piece) if piece and not listing.period else []
    return _rendered("person.html", page=page, roles=roles, list={"only_asked": None, **person_view(office, listing)})


def record_page(
    setting: Setting, origin: str, key: str | None = None, vouched: tuple[int, Vouched] | None = None
) -> str:
    """What the record is and how anybody checks it, in one language; `/record/` leads to the first language's. `key` is
    the log's verifier key, `vouched` the entry's number and words by which the office vouches for its verifier."""
    office = office_of(setting)
    path, paths = record_path(setting.language), {language: record_path(language) for language in setting.languages}
    title, description = office.wording.label("record_title"), office.wording.label("record_lead")
    page = frame(office, path, title, alternates=paths, strip=False, description=description, scripts=RECORD_SCRIPTS)
    return _rendered("record.html", page=page, **record_view(office, origin, key, vouched), size=page["foot"]["sizes"])


def record_view(
    office: Office, origin: str, key: str | None, vouched: tuple[int, Vouched] | None = None
) -> dict[str, Any]:
    """The record in words, and the steps by which anybody checks it. Witnesses and latest entries are put there by
    `record.js`, from the record: the page does not change with them."""
    kinds = {kind: office.wording.label(f"edition_{kind}") for kind in KINDS if kind not in ("furniture", "admin")}
    return {
        "words": labels(
            office.wording,
            "the_record",
            "record_title",
            "record_lead",
            "record_origin",
            "record_key",
            "record_head",
            "record_witnesses",
            "record_signed",
            "record_unsigned",
            "record_mistimed",
            "record_no_witness",
            "record_latest",
            "record_check",
            "record_check_words",
            "record_check_limits",
            "record_page_check",
            "check_title",
            "check_hash",
            "check_limits_title",
            "check_limits",
            "entry",
        ),
        "origin": origin,
        "key": key,
        "command": f"communique verify https://{origin.rsplit('/', 1)[0]}/",
        "check": f"/check/{office.wording.language.lower()}/",
        "kinds": json.dumps(kinds, ensure_ascii=False),
        "vouched": vouched_view(office, vouched),
    }


def check_page(setting: Setting, vouched: tuple[int, Vouched] | None = None) -> str:
    """The page that checks a quotation against the record, in the reader's own browser."""
    office = office_of(setting)
    path, title = f"check/{setting.language.lower()}/", office.wording.label("check_title")
    paths = {language: f"check/{language.lower()}/" for language in setting.languages}
    description = _described(title, (), office)
    page = frame(office, path, title, alternates=paths, strip=False, scripts=CHECK_SCRIPTS, description=description)
    return _rendered("check.html", page=page, view=check_view(office, vouched), kept=False)


def kept_check(setting: Setting) -> str:
    """The same as one file that a reader keeps: with all that it needs inside, and its hashes in its own policy."""
    office = office_of(setting)
    return _rendered(
        "check_kept.html",
        view=check_view(office),
        kept=True,
        parts=kept_parts(),
        address=office.address,
        language=office.wording.language,
        direction=office.wording.direction,
        script_name=office.wording.script,
        digits=office.wording.digits if office.wording.numerals != "latn" else None,
        zone=office.zone,
        version=__version__,
    )


def developers_page(setting: Setting, example: Example) -> str:
    """What the site has for programs, with examples that run; `example` stands on the record."""
    office = office_of(setting)
    path, title = f"developers/{setting.language.lower()}/", office.wording.label("developers")
    paths = {language: f"developers/{language.lower()}/" for language in setting.languages}
    feed, description = _feed(setting, setting.language), office.wording.label("developers_lead")
    page = frame(office, path, title, alternates=paths, feed=feed, strip=False, description=description)
    return _rendered("developers.html", page=page, view=developers_view(office, example))


def styleguide_page(view: Mapping[str, Any]) -> str:
    """One page of the style guide; the showroom's alone."""
    return _rendered("styleguide.html", **view)


def part_of_page(template: str, **context: Any) -> Html:
    """A template by itself, for the style guide: a part as it is, of a page its main matter alone."""
    return Html(_slashes(_environment(PART).render_template(template, **context)))


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
    return _plain(page, wording.label("removed_title"), [], [removed_note(office, version)])


def removed_note(office: Office, version: Version) -> dict[str, Any]:
    """What stands in place of a removed message."""
    wording = office.wording
    return note(
        RED,
        wording.label("state_removed"),
        wording.phrase("removed_at", instant=office.instant(version.at)),
        version.content.get("notice") or version.content.get("ground") or "",
        wording.phrase("removed_proof", n=wording.number(version.index)),
    )


def tombstone_page(setting: Setting, version: Version, path: str | None = None) -> str:
    """What stands for a message that the law has erased: day, ground, entry, and no word of it."""
    office = office_of(setting, version.content["language"])
    wording = office.wording
    title = wording.text("erased_title", day=wording.day(version.place_day))
    page = frame(office, path or message_path(version), title, strip=False, index=False)
    return _plain(page, title, [], [erased_note(office, version)])


def erased_note(office: Office, version: Version) -> dict[str, Any]:
    """What stands in place of an erased message."""
    wording = office.wording
    sentence = wording.phrase("erased_at", instant=office.instant(version.at))
    proof = wording.phrase("erased_proof", n=wording.number(version.index))
    return note(INK, wording.label("state_erased"), sentence, version.content.get("ground") or "", proof)


def not_found_page(setting: Setting) -> str:
    """What answers at an address where nothing was ever published."""
    office = office_of(setting)
    wording = office.wording
    page = frame(office, None, wording.label("not_found"), strip=False, index=False)
    languages = setting.languages or (setting.language,)
    fronts = [
        tag("a", isolated(found["name"]), href=found["target"], hreflang=found["language"], lang=found["language"])
        for found in alternate_links(office, {language: f"{language.lower()}/" for language in languages})
    ]
    label = wording.label("front_page")
    way = tag("a", label, href=f"/{languages[0].lower()}/")
    if len(languages) > 1:
        way = joined([wording.phrase("contact_label", label=label), joined(fronts, " · ")], " ")
    return _plain(page, wording.label("not_found"), [wording.label("not_found_words"), way])


def crisis_page(setting: Setting) -> str:
    """The page for a crisis at an address of its own, which stays when it is not the front page any more."""
    alternates = {language: crisis_path(language) for language in setting.languages}
    return _crisis_page(setting, crisis_path(setting.language), alternates=alternates)


def crisis_front_page(setting: Setting) -> str:
    """The front page while a crisis page is out: the crisis page. All else stays; menu and foot lead there."""
    alternates, feed = _in_each_language(setting), _feed(setting, setting.language)
    return _crisis_page(setting, f"{setting.language.lower()}/", alternates=alternates, feed=feed)


def crisis_over_page(setting: Setting) -> str:
    """What the address of the crisis page answers while none is out: it was printed and passed on, and stays."""
    office = office_of(setting)
    wording, title = office.wording, office.wording.label("crisis_over")
    alternates = {language: crisis_path(language) for language in setting.languages}
    page = frame(office, crisis_path(setting.language), title, alternates=alternates, index=False)
    way = tag("a", wording.label("front_page"), href=f"/{setting.language.lower()}/")
    return _plain(page, title, [wording.label("crisis_over_words"), way])


def crisis_path(language: str) -> str:
    """The address of the crisis page: outside the language's own folder, where a section may bear any word."""
    return f"crisis/{language.lower()}/"


def _crisis_page(setting: Setting, path: str, **more: Any) -> str:
    """From the newest `crisis` among the furniture, with contacts above it."""
    office = office_of(setting)
    view = crisis_view(office)
    words = " ".join(plain(_crisis(office)[2]).split())
    description = _cut(words, FIRST_WORDS_CHARACTERS) if words else _described(view["title"], [], office)
    page = frame(office, path, view["title"], description=description, bare=True, **more)
    return _rendered("plain.html", page=page, **view)


def crisis_view(office: Office) -> dict[str, Any]:
    """All of the crisis page between strip and foot; where it is not in the page's language, it says in which."""
    spoken, title, blocks = _crisis(office)
    text = blocks_html(blocks, spoken.label("passage_erased"))
    own = spoken.language == office.wording.language
    view = {"title": title, "size": title_size(title), "notes": [], "paragraphs": [], "text": text}
    return {**view, "spoken": None if own else spoken}


def _crisis(office: Office) -> tuple[Wording, str, Any]:
    """Title and blocks of the newest `crisis`, both in one language: the page's, else the first of the office's that
    has both, else the first that stands there."""
    pieces, wording = office.setting.furniture.of("crisis"), office.wording
    if not pieces:
        return wording, wording.label("crisis"), ()
    titles, texts = pieces[-1].content["title"], pieces[-1].content["blocks"]
    tags = list(dict.fromkeys((*nearest(wording.language), *office.setting.languages, *texts, *titles)))
    known = [tag for tag in tags if tag in titles and texts.get(tag)] or [tag for tag in tags if texts.get(tag)]
    known = known or [tag for tag in tags if titles.get(tag)] or [wording.language]
    spoken = wording if known[0] == wording.language else wording_of(office.setting.furniture, known[0])
    return spoken, titles.get(known[0]) or spoken.label("crisis"), texts.get(known[0]) or ()


def _plain(page: dict[str, Any], title: str, paragraphs: Sequence[str], notes: Sequence[Any] = ()) -> str:
    return _rendered(
        "plain.html",
        page=page,
        title=title,
        size=title_size(title),
        notes=list(notes),
        paragraphs=list(paragraphs),
        text="",
        spoken=None,
    )


def _lead(office: Office, front: Front) -> dict[str, Any] | None:
    """The message that leads the front page, with one picture or none."""
    if front.lead is None:
        return None
    shown = Shown(office, front.lead, front.lead_path or message_path(front.lead))
    content = front.lead.content
    occasion = content.get("occasion") or {}
    day = said_on(front.lead)
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
    words = plain(blocks)
    line = " ".join(words[: LONGEST_SPACED * limit].split())
    return _cut(line if len(line) > limit else " ".join(words.split()), limit)


def _cut(words: str, limit: int) -> str:
    """Words as far as they have room: cut at a sentence, or at a word with an ellipsis."""
    if len(words) <= limit:
        return words
    cut = words[:limit]
    for sign in (". ", "؟ ", "? ", "! ", "。", "！", "？", "। "):
        if cut.rfind(sign) > limit // 3:
            return cut[: cut.rfind(sign) + 1].strip()
    return cut.rsplit(" ", 1)[0].rstrip(",;:،，；、") + " …"


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
    return ("approach.js", *(("listen.js",) if is_played(version.content) else ()))


def _forms(shown: Shown) -> list[dict[str, str]]:
    """The edition in other formats."""
    start = f"/{shown.edition_path}"
    return [_form(f"{start}{NINJS_FILE}", "IPTC ninjs 3.1"), _form(f"{start}{AKN_FILE}", "Akoma Ntoso 3.0")]


def _form(address: str, title: str) -> dict[str, str]:
    return {
        "type": "application/json" if address.endswith("json") else "application/xml",
        "address": address,
        "title": title,
    }


def _description(shown: Shown) -> str | None:
    """The page's description for those who list it: the teaser, or the first words."""
    content = shown.content
    words = content.get("teaser") or " ".join(_first_words(content).split())
    return words[:DESCRIPTION_CHARACTERS].strip() or None


def _what_is_here(office: Office, title: str) -> str:
    """A front page's description: whose it is, and its sections."""
    names = [
        in_language(piece.content["name"], office.wording.language) for piece in office.setting.furniture.of("section")
    ]
    return _described(title, names, office)


def _what_is_listed(title: str, rows: Sequence[Row], office: Office) -> str:
    """A list's description: what it is called, and the titles that it begins with."""
    return _described(title, [row.title for row in rows if row.title], office)


def _described(title: str, names: Sequence[str], office: Office) -> str:
    listed = office.wording.comma.join(names)
    whole = office.wording.text("contact_label", label=title) + f" {listed}" if listed else f"{title}, {office.name}"
    if len(whole) <= DESCRIPTION_CHARACTERS:
        return whole
    return whole[: DESCRIPTION_CHARACTERS - 1].rstrip() + "…"


def _in_each_language(setting: Setting, below: str = "") -> dict[str, str]:
    """The paths of a page that each language has in the same place."""
    return {language: f"{language.lower()}/{below}" for language in setting.languages}


def _feed(setting: Setting, language: str) -> str:
    return f"{language.lower()}/all/feed.atom"


def _rendered(template: str, **context: Any) -> str:
    return _slashes(_environment().render_template(template, **context))


def _slashes(written: str) -> str:
    """What the templates' own escaping does besides ours is undone: it makes six signs of each slash in an address.

    No text gives these six in another way: its own `&` is escaped."""
    return written.replace("&#x2f;", "/")


@lru_cache(maxsize=2)
def _environment(around: str = "page.html") -> Environment:
    """All templates, read once; `around` stands around the main matter of pages. Every value that is not HTML already
    is escaped."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.html"))}
    sources["page.html"] = sources[around]
    return Environment(
        templates=sources,
        auto_escape_callback=lambda _: True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        reload_before_render=False,
    )
