"""The archive's front door and the agenda, as plain values for the templates.

The archive leads to every year, section, kind, person, place and occasion. Of places, which grow with the years, it
names those of the newest messages, by the alphabet, and leads to all; occasions, most of which come once, are found by
their months. The agenda has what is to come after the day of the page's figures, what is over, newest first, and each
year; a script moves what has passed since from the one to the other, and the sentence on figures says without one of
which day they are. A full year leads to its months, a full month to its days, a full day to its parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.edition.event import above, in_calendar, is_part
from communique.press.agenda_spans import stands_in
from communique.press.furniture_view import event_view, events_of, labels, last_day
from communique.press.list_view import period_name, persons_view
from communique.press.office_view import Office
from communique.press.shown import AgendaSpan, Archive, Period, Piece
from communique.press.wording import in_language

COMING_SHOWN, PAST_SHOWN = 70, 30
"""as many events in all as the page of a year, a month or a day has at most"""
PERSONS_SHOWN = 24


def archive_view(office: Office, archive: Archive) -> list[dict[str, Any]]:
    """The ways into the archive, each group with a heading and, where it does not name all, a link to all."""
    wording, start = office.wording, f"/{office.wording.language.lower()}/"
    persons = persons_view(office)
    groups = [
        _group(
            office,
            "by_year",
            [(period_name(office, year), year.path) for year in archive.years],
            ("all_messages", f"{start}all/"),
        ),
        _group(office, "by_section", _sections(office)),
        _group(office, "by_kind", [(wording.label(f"kind_{kind}"), path) for kind, path in archive.kinds]),
        _group(
            office,
            "by_person",
            [(one["name"], one["target"].strip("/") + "/") for one in persons[:PERSONS_SHOWN]],
            ("people", f"{start}people/"),
        ),
        _group(office, "by_place", sorted(archive.places, key=_alphabet), ("all_places", f"{start}by/place/")),
    ]
    if archive.has_occasions:
        groups.append(_group(office, "by_occasion", (), ("all_occasions", f"{start}by/occasion/")))
    return [group for group in groups if group["ways"] or group["id"] == "by-occasion"]


def _alphabet(way: tuple[str, str]) -> tuple[str, str]:
    """So that a message at a place that is named already changes nothing."""
    words, path = way
    return words.casefold(), path


def _group(
    office: Office, key: str, ways: Iterable[tuple[str, str]], whole: tuple[str, str] | None = None
) -> dict[str, Any]:
    label = office.wording.label
    return {
        "id": key.replace("_", "-"),
        "name": label(key),
        "ways": [{"label": words, "target": f"/{path}"} for words, path in ways],
        "all": {"label": label(whole[0]), "target": whole[1]} if whole else None,
    }


def _sections(office: Office) -> list[tuple[str, str]]:
    setting = office.setting
    return [
        (in_language(piece.content["name"], office.wording.language), setting.section_paths[piece.id])
        for piece in setting.furniture.of("section")
        if piece.id in setting.section_paths
    ]


def agenda_path(span: str) -> str:
    """Where a year, a month, a day or a part of one lies below its language; the agenda itself is called ""."""
    steps = in_calendar(span).split("-") if span else []
    steps += [f"_{span.rpartition('-')[2]}"] if is_part(span) else []
    return "".join(f"{step}/" for step in ("by", "agenda", *steps))


def agenda_view(office: Office, agenda: AgendaSpan) -> dict[str, Any]:
    """The agenda: what comes and what is over, or all events of a year, a month, a day or a part of one."""
    wording, span = office.wording, agenda.span
    view: dict[str, Any] = {
        "title": _span_name(office, span),
        "way": _agenda_way(office, above(span)) if span else _archive_way(office),
        "coming": [],
        "past": [],
        "all": [],
        "labels": labels(wording, "next_events", "past_events", "no_events"),
        "file": f"/{wording.language.lower()}/agenda.ics",
        "file_name": f"{wording.text('contact_label', label=wording.label('whole_agenda'))}"
        f" {wording.label('event_to_calendar')}",
        "below": [_agenda_way(office, one) for one in agenda.below],
        "beside": [{**_agenda_way(office, one), "chosen": one == span} for one in agenda.beside],
        "beside_name": _span_name(office, above(span)) if above(span) else wording.label("by_year"),
    }
    if not span:
        return {**view, **_coming_and_past(office)}
    if not agenda.below:
        view["all"] = _events(office, [one for one in events_of(office) if stands_in(agenda, one.id, one.content)])
    return view


def _coming_and_past(office: Office) -> dict[str, Any]:
    pieces, today = events_of(office), office.today.isoformat()
    coming = [piece for piece in pieces if last_day(piece.content) >= today][:COMING_SHOWN]
    past = sorted((p for p in pieces if last_day(p.content) < today), key=lambda p: (last_day(p.content), p.index))
    return {"coming": _events(office, coming), "past": _events(office, past[::-1][:PAST_SHOWN])}


def _archive_way(office: Office) -> dict[str, str]:
    return {"label": office.wording.label("archive_index"), "target": f"/{office.wording.language.lower()}/by/"}


def _agenda_way(office: Office, span: str) -> dict[str, str]:
    return {
        "label": _span_name(office, span),
        "target": f"/{office.wording.language.lower()}/{agenda_path(span)}",
    }


def _span_name(office: Office, span: str) -> str:
    """A year, a month, a day or a part of one in words; of the agenda itself, its name."""
    if not span:
        return office.wording.label("agenda")
    year, month, day, part = (int(one) for one in (*span.split("-"), "0", "0", "0")[:4])
    return period_name(office, Period("", year, month, day or None, part or None))


def _events(office: Office, pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [{**event_view(office, piece), "id": piece.id} for piece in pieces]
