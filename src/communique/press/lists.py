"""Lists of messages, cut by calendar, as the catalogue keeps them.

Every message stands in the list of all, of its section, of its kind and of each of its speakers, each in one language,
by its place: the day, then the index of its first entry, descending. Each month has a page. Once `SPLIT` messages have
stood in it, it becomes pages of its days, and a full day pages of a hundred each, in the order of arrival. `ever` only
grows, so what was once the address of a list stays one. The words of somebody who was merged into another person have
their places in that person's list, which takes over all months of hers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.press.merging import Merging
from communique.press.sheet import Sheet
from communique.press.shown import Furniture, Period, Row

SPLIT = 100

ROW_FIELDS = (
    "id, message, idx, path, language, day, kind, section, state, title, teaser, at, first_at, corrected_at, stub,"
    " imported, translation, original, erased"
)


@dataclass(frozen=True)
class ListName:
    """A list of messages in one language: `sort` and `subject` as in `Listing`; `base` is its undated path."""

    sort: str
    subject: str
    language: str
    base: str

    @property
    def key(self) -> str:
        """How the catalogue names it."""
        return f"{self.language}|{self.sort}|{self.subject}"

    @property
    def dated_base(self) -> str:
        """What its dated paths begin with: the list of all messages keeps its months at `/LANG/YYYY/MM/`."""
        return f"{self.language.lower()}/" if self.sort == "all" else self.base


class Lists:
    """The lists in the catalogue's tables. `piece` gives a piece of furniture's content by its id."""

    def __init__(self, db: sqlite3.Connection, piece: Callable[[str], dict[str, Any] | None]) -> None:
        self._db = db
        self._piece = piece
        self.merging = Merging(db, piece)

    def lists_of_message(self, row: Row) -> list[ListName]:
        """The lists in which a message has its place; none when it was removed.

        They follow from the manifests' structure alone, which an erasure leaves, so that a bake after an erasure
        counts as the bakes before it did. A message whose address is gone keeps its place and is not shown in it.
        """
        if row.state == "removed":
            return []
        subjects = [("all", "")]
        if row.section:
            subjects.append(("section", row.section))
        if row.kind:
            subjects.append(("kind", row.kind))
        people = self._db.execute("SELECT person FROM speaks WHERE id = ? ORDER BY person", (row.id,)).fetchall()
        subjects += [("person", person) for person in dict.fromkeys(self.merging.end(one) for (one,) in people)]
        found = (self.list_of(sort, subject, row.language) for sort, subject in subjects)
        return [name for name in found if name is not None]

    def list_of(self, sort: str, subject: str, language: str) -> ListName | None:
        """A list by what it is about, None where there is no place for it (an unknown section or person)."""
        if sort == "all":
            return ListName(sort, "", language, f"{language.lower()}/all/")
        if sort == "kind":
            return ListName(sort, subject, language, f"{language.lower()}/by/kind/{subject.replace('_', '-')}/")
        piece = self._piece(subject)
        if piece is None or piece["piece"] != sort:
            return None
        if sort == "section":
            word = piece["word"].get(language) or next(iter(piece["word"].values()))
            return ListName(sort, subject, language, f"{language.lower()}/{word}/") if word else None
        name = piece.get("address")
        return ListName(sort, subject, language, f"{language.lower()}/people/{name}/") if name else None

    def list_by_key(self, key: str) -> ListName | None:
        """A list by the catalogue's name of it, None when its place on the site was erased or leads on to another."""
        language, sort, subject = key.split("|")
        if sort == "person" and self.merging.leads_on(subject):
            return None
        return self.list_of(sort, subject, language)

    def place(self, row: Row, content: dict[str, Any]) -> set[Sheet]:
        """Give a message its place in its lists, and take it out of those it no longer belongs to."""
        people = {speaker["person"] for speaker in content.get("speakers", ()) if speaker.get("person")}
        self._db.execute("DELETE FROM speaks WHERE id = ?", (row.id,))
        self._db.executemany("INSERT INTO speaks VALUES (?,?)", ((row.id, person) for person in sorted(people)))
        return self._settle(row)

    def _settle(self, row: Row) -> set[Sheet]:
        touched: set[Sheet] = set()
        names = {name.key: name for name in self.lists_of_message(row)}
        places = self._db.execute("SELECT list, day, ordinal FROM listed WHERE id = ?", (row.id,)).fetchall()
        for key, day, ordinal in places:
            touched |= self._touched_list(key, day, ordinal)
            if key not in names:
                self._db.execute("DELETE FROM listed WHERE list = ? AND id = ?", (key, row.id))
        stood = {key: (day, ordinal) for key, day, ordinal in places}
        for key, name in names.items():
            if key in stood and stood[key][0] == row.day:
                continue
            touched |= self._place(name, row)
            if name.sort == "person":
                touched.add(Sheet("people", (row.language,)))
        return touched

    def _place(self, name: ListName, row: Row) -> set[Sheet]:
        month = row.day[:7]
        in_month, in_day = self.ever_in(name.key, month), self.ever_in(name.key, row.day)
        self._db.execute(
            "INSERT INTO ever VALUES (?,?,1) ON CONFLICT DO UPDATE SET count = count + 1", (name.key, row.day)
        )
        ordinal = in_day + 1
        self._db.execute(
            "INSERT OR REPLACE INTO listed VALUES (?,?,?,?,?)", (name.key, row.day, row.index, row.id, ordinal)
        )
        touched = self._touched_list(name.key, row.day, ordinal)
        if in_month == 0:
            touched |= {self.sheet_of_month(name.key, near) for near in self._neighbours(name.key, month) if near}
        if in_month == SPLIT:
            days = self._db.execute("SELECT day FROM ever WHERE list = ? AND day LIKE ?", (name.key, f"{month}-%"))
            touched |= {Sheet("period", (name.key, month, int(day[8:]), 0)) for (day,) in days.fetchall()}
        if in_day == SPLIT:
            touched.add(Sheet("period", (name.key, month, int(row.day[8:]), 1)))
        return touched

    def hand_over(self, people: Sequence[str], languages: Iterable[str]) -> set[Sheet]:
        """Give the words of persons their places anew, and their months to whom they lead now."""
        touched: set[Sheet] = set()
        for row in self._said_by(people):
            touched |= self._settle(row)
        for person in people:
            for tag in self.languages_of(person, languages):
                name = self.list_of("person", self.merging.end(person), tag)
                if name and name.subject != person:
                    touched |= self._take_over(name, f"{tag}|person|{person}")
        return touched

    def _take_over(self, name: ListName, key: str) -> set[Sheet]:
        """Have every day of another list in this one, too, so that its old addresses have one to lead to."""
        before = self.months_of(name)
        self._db.execute(
            "INSERT INTO ever SELECT ?, day, 0 FROM ever WHERE list = ? ON CONFLICT DO NOTHING", (name.key, key)
        )
        months = self.months_of(name)
        changed = {f"{month.year:04d}-{month.month:02d}" for month in months} if months != before else set()
        return {self.sheet_of_month(name.key, month) for month in changed} | self.undated_sheets(name)

    def _said_by(self, people: Sequence[str]) -> tuple[Row, ...]:
        """All messages in which one of these persons speaks, in the order of their first entries."""
        marks = ",".join("?" * len(people))
        fields = ", ".join(f"message.{field.strip()}" for field in ROW_FIELDS.split(","))
        found = self._db.execute(
            f"SELECT DISTINCT {fields} FROM speaks JOIN message ON message.id = speaks.id"  # noqa: S608
            f" WHERE speaks.person IN ({marks}) ORDER BY message.idx",
            tuple(people),
        )
        return tuple(row_of(one) for one in found.fetchall())

    def languages_of(self, person: str, languages: Iterable[str]) -> list[str]:
        """The languages in which a person has a page: the office's, and those of her words."""
        through = self.merging.through(person)
        spoken = self._db.execute(
            "SELECT DISTINCT message.language FROM speaks JOIN message ON message.id = speaks.id"  # noqa: S608
            f" WHERE speaks.person IN ({','.join('?' * len(through))})",
            tuple(through),
        )
        return list(dict.fromkeys([*languages, *sorted(tag for (tag,) in spoken.fetchall())]))

    def leading_on(self, person: str, languages: Iterable[str]) -> dict[str, str]:
        """old address -> new one of all that a person had who was merged into another; nothing of one who was not."""
        end = self.merging.end(person)
        found: dict[str, str] = {}
        for tag in self.languages_of(person, languages) if end != person else ():
            old, new = self.list_of("person", person, tag), self.list_of("person", end, tag)
            if old and new:
                found |= {old.base.strip("/"): new.base, f"{old.base}feed.atom": f"{new.base}feed.atom"}
                for month in self.months_of(old):
                    text = f"{month.year:04d}-{month.month:02d}"
                    found |= dict.fromkeys(self._dated(old, text), self.period(new, text).path)
        return found

    def _dated(self, name: ListName, month: str) -> Iterator[str]:
        """The paths of a month of a list, of its days and their hundreds, without a slash at their end."""
        yield self.period(name, month).path.strip("/")
        for day in self.divided(name, month, 0):
            yield day.path.strip("/")
            yield from (hundred.path.strip("/") for hundred in self.divided(name, month, day.day or 0))

    def _touched_list(self, key: str, day: str, ordinal: int) -> set[Sheet]:
        month = day[:7]
        touched = {Sheet("undated", (key,)), Sheet("feed", (key,)), self.sheet_of_month(key, month)}
        if self.ever_in(key, month) > SPLIT:
            touched.add(Sheet("period", (key, month, int(day[8:]), 0)))
            if self.ever_in(key, day) > SPLIT:
                touched.add(Sheet("period", (key, month, int(day[8:]), (ordinal - 1) // SPLIT + 1)))
        return touched

    def sheet_of_month(self, key: str, month: str) -> Sheet:
        """The sheet of a list's month."""
        return Sheet("period", (key, month, 0, 0))

    def ever_in(self, key: str, span: str) -> int:
        """How many messages were ever placed in a month ("2026-03") or on a day of a list."""
        if len(span) == 7:
            return self._one("SELECT COALESCE(SUM(count), 0) FROM ever WHERE list = ? AND day LIKE ?", key, f"{span}-%")
        return self._one("SELECT COALESCE(SUM(count), 0) FROM ever WHERE list = ? AND day = ?", key, span)

    def _neighbours(self, key: str, month: str) -> tuple[str | None, str | None]:
        """The months with messages next to this one: (newer, older)."""
        newer = self._one("SELECT MIN(day) FROM ever WHERE list = ? AND day > ?", key, f"{month}-99")
        older = self._one("SELECT MAX(day) FROM ever WHERE list = ? AND day < ?", key, f"{month}-00")
        return (newer[:7] if newer else None, older[:7] if older else None)

    def undated_sheets(self, name: ListName | None) -> set[Sheet]:
        return {Sheet("undated", (name.key,)), Sheet("feed", (name.key,))} if name else set()

    def newest(self, key: str, limit: int) -> tuple[Row, ...]:
        """The newest messages of a list: by place, then index, descending."""
        return self._rows("listed.list = ? ORDER BY listed.day DESC, listed.idx DESC LIMIT ?", key, limit)

    def rows_of(self, key: str, month: str, day: int, hundred: int) -> tuple[Row, ...]:
        """The messages of one dated page, newest first."""
        span = f"{month}-{day:02d}" if day else f"{month}-%"
        least, most = ((hundred - 1) * SPLIT + 1, hundred * SPLIT) if hundred else (0, 10**9)
        where = "listed.list = ? AND listed.day LIKE ? AND listed.ordinal BETWEEN ? AND ?"
        return self._rows(f"{where} ORDER BY listed.day DESC, listed.idx DESC", key, span, least, most)

    def months_of(self, name: ListName) -> tuple[Period, ...]:
        """All months in which something was ever placed, newest first."""
        found = self._db.execute("SELECT DISTINCT substr(day, 1, 7) FROM ever WHERE list = ?", (name.key,)).fetchall()
        return tuple(self.period(name, month) for (month,) in sorted(found, reverse=True))

    def divided(self, name: ListName, month: str, day: int) -> tuple[Period, ...]:
        """The pages into which a month (day 0) or a day was split; none while it is one page."""
        if not day:
            if self.ever_in(name.key, month) <= SPLIT:
                return ()
            days = self._db.execute("SELECT day FROM ever WHERE list = ? AND day LIKE ?", (name.key, f"{month}-%"))
            return tuple(self.period(name, month, int(d[8:])) for (d,) in sorted(days.fetchall(), reverse=True))
        ever = self.ever_in(name.key, f"{month}-{day:02d}")
        if ever <= SPLIT:
            return ()
        return tuple(self.period(name, month, day, hundred) for hundred in range((ever - 1) // SPLIT + 1, 0, -1))

    def period(self, name: ListName, month: str, day: int = 0, hundred: int = 0) -> Period:
        """A dated page of a list."""
        path = f"{name.dated_base}{month[:4]}/{month[5:]}/"
        path += f"{day:02d}/" if day else ""
        path += f"_{hundred}/" if hundred else ""
        return Period(path, int(month[:4]), int(month[5:]), day or None, hundred or None)

    def near(self, name: ListName, month: str) -> tuple[Period | None, Period | None]:
        """The next newer and the next older month of a list."""
        newer, older = self._neighbours(name.key, month)
        return (self.period(name, newer) if newer else None, self.period(name, older) if older else None)

    def sheets(self, languages: Sequence[str], furniture: Furniture) -> Iterator[Sheet]:
        """Every page and feed of every list."""
        keys = {key for (key,) in self._db.execute("SELECT DISTINCT list FROM ever").fetchall()}
        for tag in languages:
            keys.add(f"{tag}|all|")
            for sort in ("section", "person"):
                names = (self.list_of(sort, piece.id, tag) for piece in furniture.of(sort))
                keys |= {name.key for name in names if name}
        for key in sorted(keys):
            name = self.list_by_key(key)
            if name is None:
                continue
            yield Sheet("undated", (key,))
            yield Sheet("feed", (key,))
            for month in self.months_of(name):
                text = f"{month.year:04d}-{month.month:02d}"
                yield Sheet("period", (key, text, 0, 0))
                for day in self.divided(name, text, 0):
                    yield Sheet("period", (key, text, day.day or 0, 0))
                    for hundred in self.divided(name, text, day.day or 0):
                        yield Sheet("period", (key, text, day.day or 0, hundred.hundred or 0))

    def _rows(self, where: str, *values: Any) -> tuple[Row, ...]:
        fields = ", ".join(f"message.{field.strip()}" for field in ROW_FIELDS.split(","))
        found = self._db.execute(
            f"SELECT {fields} FROM listed JOIN message ON message.id = listed.id"  # noqa: S608
            f" WHERE message.path IS NOT NULL AND {where}",
            values,
        )
        return tuple(row_of(one) for one in found.fetchall())

    def _one(self, query: str, *values: Any) -> Any:
        return self._db.execute(query, values).fetchone()[0]


def values_of(row: Row) -> tuple[Any, ...]:
    """A row as the catalogue writes it, in the order of `ROW_FIELDS`."""
    return (
        row.id,
        row.message,
        row.index,
        row.path or None,
        row.language,
        row.day,
        row.kind,
        row.section,
        row.state,
        row.title,
        row.teaser,
        row.at,
        row.first_at,
        row.corrected_at,
        int(row.stub),
        int(row.imported),
        row.translation,
        row.original,
        int(row.erased),
    )


def row_of(found: tuple[Any, ...]) -> Row:
    """A row as the catalogue read it."""
    values = dict(zip((field.strip() for field in ROW_FIELDS.split(",")), found, strict=True))
    values["index"] = values.pop("idx")
    values["path"] = values["path"] or ""
    values |= {key: bool(values[key]) for key in ("stub", "imported", "erased")}
    return Row(**values)
