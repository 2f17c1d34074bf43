"""The agenda as iCalendar: all events of a language in one file, to subscribe to, and each in a file of its own.

    /LANG/agenda.ics           BEGIN:VCALENDAR … one VEVENT for each event of the furniture
    /LANG/agenda/ID.ics        one of them

    BEGIN:VEVENT
    UID:abcdefghijklmnop@embassy.example     the event's id on the record: the same in all files and for ever
    DTSTAMP:20270309T091500Z                 the instant of the event's last entry, no clock of the bake
    DTSTART;TZID=Europe/London:20270401T183000
    SUMMARY:…

An event without a time is of whole days, its end the day after its last. Lines end in CRLF and are folded so that none
has more than 75 bytes and no character is cut. Each zone that is named is described by the changes of its clocks
between the years of its events, from the zone data that this program carries, so that no reader has to know the name.

Source: RFC 5545; RFC 7986 (NAME, REFRESH-INTERVAL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from communique.press.furniture_view import events_of
from communique.press.office_view import Office
from communique.press.shown import Piece
from communique.press.wording import in_language, zone

CRLF = "\r\n"
LINE_BYTES = 75
REFRESH = "P1D"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def agenda_file(office: Office, path: str) -> bytes:
    """All events; `path` is where the file lies."""
    label = office.wording.label("next_events")
    name = f"{office.name} · {label}"
    head = [
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"URL:{office.address}/{path}",
        f"SOURCE;VALUE=URI:{office.address}/{path}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
    ]
    return _calendar(office, events_of(office), head)


def event_file(office: Office, piece: Piece) -> bytes:
    """One event."""
    return _calendar(office, [piece], [])


def _calendar(office: Office, events: Sequence[Piece], head: Iterable[str]) -> bytes:
    zones: dict[str, list[int]] = {}
    for piece in events:
        if piece.content.get("time"):
            zones.setdefault(_zone_of(office, piece), []).append(int(piece.content["on"][:4]))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Communique//Agenda//{office.wording.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *head,
    ]
    for name in sorted(zones):
        lines += _zone_lines(name, min(zones[name]), max(zones[name]))
    for piece in events:
        lines += _event_lines(office, piece)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event_lines(office: Office, piece: Piece) -> Iterator[str]:
    content, language = piece.content, office.wording.language
    host = office.address.removeprefix("https://")
    yield "BEGIN:VEVENT"
    yield f"UID:{piece.id}@{host}"
    yield f"DTSTAMP:{_instant(piece.at)}"
    yield f"LAST-MODIFIED:{_instant(piece.at)}"
    yield from _when(office, piece)
    yield f"SUMMARY;LANGUAGE={language}:{escaped(in_language(content['title'], language))}"
    place = in_language(content.get("place"), language)
    if place:
        yield f"LOCATION;LANGUAGE={language}:{escaped(place)}"
    yield f"URL:{office.address}/{language.lower()}/"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT" if not content.get("time") else "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _when(office: Office, piece: Piece) -> Iterator[str]:
    """Its days, or the instant at which it begins; the end of a timed one only where it has a last day."""
    first = date.fromisoformat(piece.content["on"])
    last = date.fromisoformat(piece.content.get("until", piece.content["on"]))
    after = f"{last + timedelta(days=1):%Y%m%d}"
    if not piece.content.get("time"):
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after}"
        return
    name = _zone_of(office, piece)
    yield f"DTSTART;TZID={name}:{first:%Y%m%d}T{piece.content['time'].replace(':', '')}00"
    if last > first:
        yield f"DTEND;TZID={name}:{after}T000000"


def _zone_of(office: Office, piece: Piece) -> str:
    return str(piece.content.get("zone", office.zone))


def _zone_lines(name: str, first: int, last: int) -> Iterator[str]:
    """A zone as each of its clock changes from the year before `first` to the year after `last`."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    start = datetime(first - 1, 1, 1, tzinfo=UTC)
    yield from _observance(name, start, start)
    for change in _changes(name, start, datetime(last + 2, 1, 1, tzinfo=UTC)):
        yield from _observance(name, change, change - timedelta(seconds=1))
    yield "END:VTIMEZONE"


def _observance(name: str, at: datetime, before: datetime) -> Iterator[str]:
    """What holds from an instant on; its start is told on the clocks that held before."""
    now, then = at.astimezone(zone(name)), before.astimezone(zone(name))
    sort = "DAYLIGHT" if now.dst() else "STANDARD"
    old = then.utcoffset() or timedelta()
    yield f"BEGIN:{sort}"
    yield f"DTSTART:{at.astimezone(UTC) + old:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(old)}"
    yield f"TZOFFSETTO:{_offset(now.utcoffset() or timedelta())}"
    yield f"TZNAME:{now.tzname()}"
    yield f"END:{sort}"


def _changes(name: str, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the clocks of a zone change, to the second: found by days, then by halves."""
    while start < end:
        following = start + timedelta(days=1)
        if _state(name, following) != _state(name, start):
            yield _turning(name, start, following)
        start = following


def _turning(name: str, low: datetime, high: datetime) -> datetime:
    before = _state(name, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _state(name, middle) == before else (low, middle)
    return high


def _state(name: str, at: datetime) -> tuple[Any, Any]:
    local = at.astimezone(zone(name))
    return local.utcoffset(), local.tzname()


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}{minutes:02d}{f'{left:02d}' if left else ''}"


def _instant(at: str) -> str:
    return at.replace("-", "").replace(":", "")


def escaped(text: str) -> str:
    """Text as a property's value may hold it."""
    return text.translate(_ESCAPES)


def folded(line: str) -> str:
    """A content line with its CRLF, cut into lines of 75 bytes at most; what follows a cut begins with a blank."""
    kept: list[str] = []
    size = 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE_BYTES:
            kept.append(f"{CRLF} ")
            size = 1
        kept.append(sign)
        size += width
    return "".join([*kept, CRLF])
