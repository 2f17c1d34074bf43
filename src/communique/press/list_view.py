"""Lists of messages as plain values for the templates: rows, years and months, the way up, persons.

A row says what a list knows of a message: its day as the office prints days, its kind, one word for its state, its
title as a link. "Latest events" prints day, separator and title as one line where the office has a separator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.edition.initial import NO_LETTER, initial_of
from communique.edition.language import base
from communique.edition.occasion import WORDS_OF
from communique.press.acts import Acts
from communique.press.initials import LetterPage
from communique.press.markup import Html, joined, tag
from communique.press.office_view import Office, office_of
from communique.press.passages import Passage, Passages
from communique.press.shown import Listing, Period, Piece, Row, Setting
from communique.press.wording import Wording, in_language

ROWS_WITH_TEASERS = 60
"""the most rows of a page that have teasers: a page of a hundred would weigh more than 60 kB with them"""
PERSONS_SHOWN = 60
"""how many persons the page of people has where letters lead to all"""
ROLES_SHOWN = 1
"""the newest offices of a person, where she is one of very many"""


def row_view(office: Office, row: Row, with_kind: bool = True) -> dict[str, Any]:
    """One line of a list."""
    wording = office.wording
    return {
        "target": f"/{row.path}",
        "day": wording.list_day(row.day),
        "iso": row.day,
        "kind": wording.label(f"kind_{row.kind}") if row.kind and with_kind else None,
        "title": wording.unbroken_dates(row.title or wording.label("row_erased_title")),
        "teaser": row.teaser,
        "state": state_word(office, row),
        "state_colour": "ink" if row.title is None or (row.erased and row.state == "current") else "red",
        "unofficial": wording.label("row_unofficial") if row.translation == "unofficial" else None,
        "language": row.language,
        "acts": None,
        "passages": [],
        "more": None,
    }


def acts_view(office: Office, listing: Listing, rows: Iterable[Row], asked: bool) -> list[dict[str, Any]]:
    """Rows of a person, each with how many passages or questions of hers it has, a link to the first of them."""
    found = []
    for row in rows:
        acts = listing.acts.get(row.id, Acts())
        count, turn = (acts.asked, acts.asked_at) if asked else (acts.said, acts.said_at)
        view = row_view(office, row)
        if count:
            label = office.wording.counted("questions_here" if asked else "passages_here", count)
            view["acts"] = {"label": label, "target": f"/{row.path}#{turn}"}
        words = (listing.asked_words if asked else listing.said_words).get(row.id)
        if words:
            view |= _words_view(office, row, words)
        found.append(view)
    return found


def _words_view(office: Office, row: Row, words: Passages) -> dict[str, Any]:
    """A person's words in a message: each passage with a link to it, and links to those that are not shown."""
    wording = office.wording
    links = [_passage_link(wording, row, passage) for passage in words.more]
    label = wording.phrase("contact_label", label=wording.label("more_in_text"))
    return {
        "passages": [
            {
                "asked": passage.asked,
                "link": _passage_link(wording, row, passage) if passage.turn else None,
                "words": passage.words or wording.label("passage_erased"),
            }
            for passage in words.shown
        ],
        "more": joined([label, *links], " ") if links else None,
    }


def _passage_link(wording: Wording, row: Row, passage: Passage) -> Html:
    number = wording.figures(str(passage.number))
    label = wording.text("turn_number", n=number)
    return tag("a", number, class_="turn-number", href=f"/{row.path}#{passage.turn}", aria_label=label)


def rows_view(office: Office, rows: Iterable[Row], with_kind: bool = True) -> list[dict[str, Any]]:
    """Rows in the order in which they come."""
    return [row_view(office, row, with_kind) for row in rows]


def state_word(office: Office, row: Row) -> str | None:
    """The word which a list adds after the day of a message that is not simply current."""
    wording = office.wording
    if row.title is None:
        return wording.label("row_erased")
    if row.state in ("withdrawn", "recalled", "removed"):
        return wording.label(f"row_{row.state}")
    if row.erased:
        return wording.label("row_erased_partly")
    if row.corrected_at:
        day = office.day_of(row.corrected_at)
        near = row.day.startswith(f"{day.year:04d}-")
        return wording.text("row_corrected", day=wording.short_day(day) if near else wording.day(day))
    return None


def latest_view(office: Office, rows: Sequence[Row]) -> dict[str, Any]:
    """The list "Latest events" as the office prints it: count, separator, teasers."""
    piece = office.setting.furniture.one("latest")
    content: Any = piece.content if piece else {}
    shown = rows_view(office, rows[: content.get("count", 5)], with_kind=False)
    return {
        "label": office.wording.label("latest"),
        "rows": shown,
        "separator": content.get("separator"),
        "teasers": bool(content.get("teasers")),
        "all": office.wording.label("all_messages"),
        "all_target": f"/{office.wording.language.lower()}/all/",
    }


def listing_title(office: Office, listing: Listing) -> str:
    """What a list is called: its subject."""
    wording, furniture = office.wording, office.setting.furniture
    if listing.sort in ("section", "person"):
        piece = furniture.by_id(listing.subject or "")
        return in_language(piece.content["name"], wording.language) if piece else ""
    if listing.sort == "kind":
        return wording.label(f"kind_{listing.subject}")
    if listing.sort in WORDS_OF:
        return listing.words or wording.label(f"all_{listing.sort}s")
    return wording.label("all_messages")


def feed_title(office: Office, listing: Listing) -> str:
    """What a list's feed is called among others in a reader's program."""
    title = listing_title(office, listing)
    return office.wording.text("words_of", name=title) if listing.sort == "person" else title


def listing_view(office: Office, listing: Listing) -> dict[str, Any]:
    """A list's page between strip and foot."""
    wording = office.wording
    period = listing.period
    return {
        "title": period_name(office, period) if period else listing_title(office, listing),
        "way": way_view(office, listing),
        "rows": rows_view(office, listing.rows, with_kind=listing.sort != "kind"),
        "teasers": len(listing.rows) + len(listing.asked) <= ROWS_WITH_TEASERS,
        "groups": [],
        "days": [{"name": wording.figures(str(day.day)), "target": f"/{day.path}"} for day in reversed(listing.days)],
        "names": sorted((_way(words, path) for words, path in listing.names), key=lambda one: one["label"].casefold()),
        "none": wording.label("no_messages"),
        "years": years_view(office, listing),
        "archive": wording.label("archive"),
        "newer": _step(office, listing.newer, "newer"),
        "older": _step(office, listing.older, "older"),
        "steps": wording.label("earlier_later"),
        "feed": f"/{listing.feed}" if listing.feed else None,
        "feed_label": wording.label("feed"),
    }


def person_view(office: Office, listing: Listing) -> dict[str, Any]:
    """A person's page: what she said and what she asked, apart where she asked something."""
    wording = office.wording
    view = listing_view(office, listing)
    view["rows"] = acts_view(office, listing, listing.rows, asked=False)
    if listing.asked:
        view["groups"] = [
            {"name": wording.label(key), "rows": acts_view(office, listing, rows, asked)}
            for key, rows, asked in (("said_here", listing.rows, False), ("asked_here", listing.asked, True))
            if rows
        ]
    if listing.months:
        view["groups"] = [_month_view(office, listing, month, rows) for month, rows in listing.months if rows]
        view["teasers"] = False
    if listing.only_asks:
        view["only_asked"] = wording.text("only_asked", name=listing_title(office, listing))
    return view


def _month_view(office: Office, listing: Listing, month: Period, rows: Sequence[Row]) -> dict[str, Any]:
    """A month in the year of a person: its name, which leads to her words, and its messages."""
    found = [acts_view(office, listing, [row], asked=listing.acts[row.id].only_asks)[0] for row in rows]
    return {"name": tag("a", _short_period(office, month), href=f"/{month.path}"), "rows": found}


def way_view(office: Office, listing: Listing) -> list[dict[str, str]]:
    """The way up from a list's page: the archive, all of its sort, the list itself, its year, month and day."""
    wording, period = office.wording, listing.period
    start = f"{wording.language.lower()}/"
    if period is None:
        return [_way(wording.label(key), f"{start}{path}") for key, path in _upper(listing)]
    base = _undated(listing)
    found = [_way(listing_title(office, listing), base)]
    if period.month and listing.year:
        found.append(_way(wording.figures(str(period.year)), listing.year.path))
        month = f"{listing.year.path}{period.month:02d}/"
        if period.day:
            found.append(_way(wording.month(period.year, period.month), month))
        if period.day and period.hundred:
            day = f"{period.year:04d}-{period.month:02d}-{period.day:02d}"
            found.append(_way(wording.day(day), f"{month}{period.day:02d}/"))
    return found


def _upper(listing: Listing) -> list[tuple[str, str]]:
    """What an undated list is one of: labels with their paths in its language."""
    if listing.sort == "person":
        return [("people", "people/")]
    family = [(f"all_{listing.sort}s", f"by/{listing.sort}/")] if listing.sort in WORDS_OF and listing.subject else []
    return [("archive_index", "by/"), *family]


def _way(label: str, path: str) -> dict[str, str]:
    return {"label": label, "target": f"/{path}"}


def period_name(office: Office, period: Period) -> str:
    """A year, a month, a day of a month, or a part of a day, in words."""
    wording = office.wording
    if not period.month:
        return wording.figures(str(period.year))
    if period.day is None:
        return wording.month(period.year, period.month)
    day = wording.day(f"{period.year:04d}-{period.month:02d}-{period.day:02d}")
    if period.hundred is None:
        return day
    return wording.text("part_of_day", day=day, n=wording.number(period.hundred))


def years_view(office: Office, listing: Listing) -> list[dict[str, Any]]:
    """The dated pages to which a list leads, by year, in the order given; on an undated page a year is a link, too."""
    wording = office.wording
    years: list[dict[str, Any]] = []
    for period in listing.periods:
        year = wording.figures(str(period.year))
        if not years or years[-1]["year"] != year:
            path = f"/{period.path.rpartition(f'{period.month:02d}/')[0]}"
            years.append({"year": year, "target": None if listing.period else path, "periods": []})
        years[-1]["periods"].append({"name": _short_period(office, period), "target": f"/{period.path}"})
    return years


def persons_view(office: Office, among: Iterable[str] | None = None, most_roles: int | None = None) -> list[Any]:
    """All persons with a page, or those among these ids, by name; each with all roles, or with the newest ones."""
    wording, setting = office.wording, office.setting
    chosen = None if among is None else set(among)
    found = [
        {
            "name": in_language(piece.content["name"], wording.language),
            "target": f"/{setting.people_paths[piece.id]}",
            "roles": roles_view(office, piece)[:most_roles],
        }
        for piece in setting.furniture.of("person")
        if _has_page(setting, piece) and (chosen is None or piece.id in chosen)
    ]
    return sorted(found, key=lambda person: str(person["name"]))


def in_office(setting: Setting) -> list[str]:
    """The first persons who hold an office, in the order of the furniture; where nobody does, the first of all."""
    shown = [piece for piece in setting.furniture.of("person") if _has_page(setting, piece)]
    holding = [piece for piece in shown if any(not role.get("until") for role in piece.content.get("roles", ()))]
    return [piece.id for piece in (holding or shown)[:PERSONS_SHOWN]]


def letter_persons(office: Office, page: LetterPage) -> list[dict[str, Any]]:
    """Those under a letter whose name still begins with it."""
    language, furniture = office.wording.language, office.setting.furniture
    found = ((id_, furniture.by_id(id_)) for id_ in page.persons)
    names = {id_: in_language(piece.content["name"], language) for id_, piece in found if piece}
    return persons_view(office, [id_ for id_, name in names.items() if initial_of(name) == page.letter], ROLES_SHOWN)


def letter_name(office: Office, letter: str, part: int = 0) -> str:
    """A letter, or a part of one, in words."""
    name = "#" if letter == NO_LETTER else letter
    return office.wording.text("part_of_day", day=name, n=office.wording.number(part)) if part else name


def _has_page(setting: Setting, piece: Piece) -> bool:
    return piece.id in setting.people_paths and piece.id not in setting.merged


def roles_view(office: Office, piece: Piece) -> list[dict[str, Any]]:
    """A person's offices, with the years in which they were held, newest first."""
    wording = office.wording
    roles = sorted(piece.content.get("roles", ()), key=lambda role: role.get("since", ""), reverse=True)
    found = []
    for role in roles:
        name = in_language(role["name"], wording.language)
        years = _years(wording, role)
        found.append({"name": name, "years": years, "words": joined([name, years], wording.comma) if years else name})
    return found


def _years(wording: Wording, role: Mapping[str, Any]) -> Html | None:
    """Since when, until when, or from when to when a role is or was held."""
    days = {key: wording.unbroken(role[key]) for key in ("since", "until") if role.get(key)}
    if not days:
        return None
    if len(days) == 2:
        return wording.phrase("role_between", **days)
    return wording.phrase("role_since" if "since" in days else "role_until", **days)


def listing_office(setting: Setting, listing: Listing) -> Office:
    """The office in the language of a list."""
    return office_of(setting, listing.language)


def other_languages(setting: Setting, listing: Listing) -> dict[str, Any]:
    """Where a list leads in other languages: an undated page to the same one, a dated page to the undated one."""
    if not listing.period and (
        listing.sort == "all" or listing.subject is None or listing.sort in ("section", "person")
    ):
        return {"alternates": listing.languages}
    others = {language: path for language, path in listing.languages.items() if language != listing.language}
    named = {language: (path, _name_in(setting, listing, language)) for language, path in others.items()}
    return {"elsewhere": named}


def _name_in(setting: Setting, listing: Listing, language: str) -> str:
    """What the page is called to which a list leads in another language: of a kind all messages, of a place all."""
    office = office_of(setting, language)
    if listing.sort == "kind":
        return office.wording.label("all_messages")
    return office.wording.label(f"all_{listing.sort}s") if listing.sort in WORDS_OF else listing_title(office, listing)


def _short_period(office: Office, period: Period) -> str:
    """A period inside its year."""
    full = period_name(office, period)
    year = office.wording.figures(str(period.year))
    if period.day is None and base(office.wording.language) not in ("zh", "ja", "ko"):
        return full.replace(year, "").strip(" ،,")
    return full


def _step(office: Office, period: Period | None, key: str) -> dict[str, Any] | None:
    if period is None:
        return None
    return {"label": office.wording.label(key), "name": period_name(office, period), "target": f"/{period.path}"}


def _undated(listing: Listing) -> str:
    """The path of the list of which this is a dated page: its own, up to the year; of all messages, that of all."""
    year = listing.period.year if listing.period else 0
    before, _, _ = listing.path.partition(f"/{year:04d}/")
    return f"{before}/all/" if listing.sort == "all" else f"{before}/"
