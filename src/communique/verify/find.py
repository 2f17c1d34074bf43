"""Which entry stands behind a public address?

An address of a message ends in LANG/SECTION/YYYY/MM/DD/SLUG, perhaps with editions/N after it. It is frozen in the
first edition as a text part, so an entry does not show it; but its day is that of the first entry's `dated`, or of its
`at` in the office's zone, so only the editions of three days need to be opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from communique.record.entry import Entry
from communique.record.errors import Missing, NotOfFormat
from communique.record.reader import Reader

_ADDRESS = re.compile(
    r"(?:^|/)([a-z0-9-]+/[a-z0-9-]+/([0-9]{4})/([0-9]{2})/([0-9]{2})/[a-z0-9-]{1,80})"
    r"(?:/editions/([1-9][0-9]{0,8}))?(?:/(?:index\.html)?)?(?:[#?].*)?$"
)


def find_edition(reader: Reader, path: str) -> Entry | None:
    """The entry of the edition at a path: the newest, or the one that `editions/N` names. None if there is none."""
    match = _ADDRESS.search(path)
    if not match:
        return None
    try:
        day = date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    entries = list(reader.entries(0, reader.size()))
    wanted = _id_at(reader, match[1], _first_near(entries, day))
    editions = [entry for entry in entries if entry.id == wanted]
    if match[5]:
        editions = [entry for entry in editions if entry.seq == int(match[5])]
    return editions[-1] if editions else None


def _first_near(entries: Iterable[Entry], day: date) -> Iterable[Entry]:
    """First entries whose day can be this one: a zone is up to fourteen hours from UTC."""
    days = {(day + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)}
    for entry in entries:
        if entry.seq == 1 and (entry.dated == day.isoformat() if entry.dated else entry.at[:10] in days):
            yield entry


def _id_at(reader: Reader, address: str, candidates: Iterable[Entry]) -> str | None:
    for entry in candidates:
        try:
            content = reader.edition(entry).content
        except (Missing, NotOfFormat):
            continue  # whoever wants to know what is wrong with it verifies the record
        if content.get("address") == address:
            return entry.id
    return None
