"""Lists of messages, cut by calendar, as the catalogue keeps them.

Every message stands in the list of all, of its section, of its kind, of each of its speakers, of its place and of its
occasion, each in one language, by its place: the day, then the index of its first entry, descending. Each year and each
month has a page, and in the list of all each day. Once `SPLIT` messages have stood in a month, it becomes pages of its
days, and a full day pages of a hundred each, in the order of arrival. Days of other lists have no page before that: a
message stands in seven lists or more, and would write as many pages more, each with its two neighbours, that nobody
asks for. `ever` only grows, so what was once the address of a list stays one. The words of
somebody who was merged into another person have their places in that person's list, which takes over all months of
hers. Places and occasions are lists that the law can take (`occasions.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.edition.language import address_word
from communique.press.acts import Acts, acts_in, together
from communique.press.merging import Merging
from communique.press.occasions import SORTS, Occasions, family_of, spanned
from communique.press.sheet import Sheet
from communique.press.shown import Furniture, Period, Row

SPLIT = 100
FEEDS = ("feed.atom", "feed.json")
"""the feeds beside an undated list"""

ROW_FIELDS = (
    "id, message, idx, path, language, day, kind, section, state, title, teaser, at, first_at, corrected_at,"
    " updated_at, stub, imported, translation, original, erased"
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

    @property
    def is_family(self) -> bool:
        """Whether it holds all messages with a place, or all with an occasion: its pages show their names."""
        return self.sort in SORTS and not self.subject


class Lists:
    """The lists in the catalogue's tables. `piece` gives a piece of furniture's content by its id."""

    def __init__(self, db: sqlite3.Connection, piece: Callable[[str], dict[str, Any] | None]) -> None:
        self._db = db
        self._piece = piece
        self.merging = Merging(db, piece)
        self.occasions = Occasions(db)

    def lists_of_message(self, row: Row) -> list[ListName]:
        """The lists in which a message has its place; none when it was removed.

        But for places and occasions they follow from the manifests' structure alone, which an erasure leaves, so that a
        bake after an erasure counts as the bakes before it did. A message whose address is gone keeps its place and is
        not shown in it.
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
        found = [self.list_of(sort, subject, row.language) for sort, subject in subjects]
        found += [self.list_by_key(key) for key in self.occasions.lists_of(row.id, row.language)]
        return [name for name in found if name is not None]

    def list_of(self, sort: str, subject: str, language: str) -> ListName | None:
        """A list by what it is about, None where there is no place for it (an unknown section or person)."""
        if sort == "all":
            return ListName(sort, "", language, f"{language.lower()}/all/")
        if sort == "kind":
            return ListName(sort, subject, language, f"{language.lower()}/by/kind/{subject.replace('_', '-')}/")
        if sort in SORTS:
            return ListName(sort, subject, language, f"{language.lower()}/by/{sort}/{subject}/".replace("//", "/"))
        piece = self._piece(subject)
        if piece is None or piece["piece"] != sort:
            return None
        if sort == "section":
            word = address_word(piece["word"], language)
            return ListName(sort, subject, language, f"{language.lower()}/{word}/") if word else None
        name = piece.get("address")
        return ListName(sort, subject, language, f"{language.lower()}/people/{name}/") if name else None

    def list_by_key(self, key: str) -> ListName | None:
        """A list by the catalogue's name of it, None when its place on the site was erased or leads on to another."""
        language, sort, subject = key.split("|")
        if sort == "person" and self.merging.leads_on(subject):
            return None
        return self.list_of(sort, subject, language)

    def place(self, row: Row, content: dict[str, Any], seq: int) -> set[Sheet]:
        """Give a message its place in its lists, and take it out of those it no longer belongs to."""
        people = {speaker["person"] for speaker in content.get("speakers", ()) if speaker.get("person")}
        self._db.execute("DELETE FROM speaks WHERE id = ?", (row.id,))
        for person in sorted(people):
            acts = acts_in(content, person)
            values = (row.id, person, acts.said, acts.said_at, acts.asked, acts.asked_at)
            self._db.execute("INSERT INTO speaks VALUES (?,?,?,?,?,?)", values)
        self.occasions.note(row.id, seq, row.language, row.day, content)
        return self._settle(row, seq)

    def _settle(self, row: Row, seq: int | None = None) -> set[Sheet]:
        touched: set[Sheet] = set()
        names = {name.key: name for name in self.lists_of_message(row)}
        places = self._db.execute("SELECT list, day, ordinal FROM listed WHERE id = ?", (row.id,)).fetchall()
        for key, day, ordinal in places:
            touched |= self._touched_list(key, day, ordinal)
            if key not in names:
                self._db.execute("DELETE FROM listed WHERE list = ? AND id = ?", (key, row.id))
        stood = {key: (day, ordinal) for key, day, ordinal in places}
        for key, name in names.items():
            if name.is_family and seq is not None:
                touched |= self._settle_family(name, row, seq, stood.get(key))
            elif key not in stood or stood[key][0] != row.day:
                touched |= self._place(name, row)
                if name.sort == "person":
                    touched.add(Sheet("people", (row.language,)))
            if name.sort == "person":
                self._note_acts(name, row.id)
        for key in (names.keys() | stood.keys()) if seq is not None else ():
            if family_of(key):
                self.occasions.keep_named(key)
        return touched

    def _settle_family(self, name: ListName, row: Row, seq: int, stood: tuple[str, int] | None) -> set[Sheet]:
        """Give a message its place among all with a place or an occasion, at whose number its edition then stands."""
        is_there = stood is not None and stood[0] == row.day
        touched = set() if is_there else self._place(name, row)
        self.occasions.number(row.id, seq, name.sort, self._ordinal(name.key, row.id))
        return touched

    def _ordinal(self, key: str, id_: str) -> int:
        return int(self._one("SELECT ordinal FROM listed WHERE list = ? AND id = ?", key, id_))

    def _note_acts(self, name: ListName, id_: str) -> None:
        """Keep beside a message's place with a person what she does in it, by whatever name."""
        found = self._db.execute(
            "SELECT person, said, said_at, asked, asked_at FROM speaks WHERE id = ? ORDER BY person", (id_,)
        ).fetchall()
        acts = together([Acts(*one) for person, *one in found if self.merging.end(person) == name.subject])
        self._db.execute(
            "UPDATE listed SET said = ?, said_at = ?, asked = ?, asked_at = ?, speaks = ?, asks = ?"
            " WHERE list = ? AND id = ?",
            (acts.said, acts.said_at, acts.asked, acts.asked_at, not acts.only_asks, acts.asked > 0, name.key, id_),
        )

    def _place(self, name: ListName, row: Row) -> set[Sheet]:
        key, day, month = name.key, row.day, row.day[:7]
        family = family_of(key)
        is_new_month, is_new_day = not self._has(key, month), not self._has(key, day)
        in_month, in_day = self.ever_in(key, month), self.ever_in(key, day)
        ordinal = self._ordinal(family, row.id) if family else in_day + 1
        if family:
            self.occasions.keep_day(key, day)
        else:
            self._db.execute("INSERT INTO ever VALUES (?,?,1) ON CONFLICT DO UPDATE SET count = count + 1", (key, day))
        self._db.execute(
            "INSERT OR REPLACE INTO listed (list, day, idx, id, ordinal) VALUES (?,?,?,?,?)",
            (key, day, row.index, row.id, ordinal),
        )
        touched = self._touched_list(key, day, ordinal)
        touched |= self._touched_neighbours(key, day, is_new_month, is_new_day)
        return touched | (set() if family else self._touched_by_split(name, day, in_month, in_day))

    def _touched_neighbours(self, key: str, day: str, month: bool, on_day: bool) -> set[Sheet]:
        """What leads to a month that is new in its list (or gone from it), or to a day."""
        touched: set[Sheet] = set()
        has_every_day = _has_every_day(key)
        if month:
            for near in filter(None, self._neighbours(key, day[:7])):
                touched |= {self.sheet_of_month(key, near), Sheet("year", (key, near[:4]))}
                ends = [] if has_every_day else self._days(key, near)
                touched |= self._day_sheets(key, {*ends[:1], *ends[-1:]})  # the one that leads here
        if on_day:
            near_days = filter(None, self._near_days(key, day))
            touched |= self._day_sheets(key, (one for one in near_days if has_every_day or one[:7] == day[:7]))
        return touched

    def _touched_by_split(self, name: ListName, day: str, in_month: int, in_day: int) -> set[Sheet]:
        """The pages that a month or a day becomes when one more message than fits was placed in it."""
        touched: set[Sheet] = set()
        key, month = name.key, day[:7]
        if in_month == SPLIT:
            touched |= self._day_sheets(key, self._days(key, month))
            for one, on in self.occasions.days_in(key, month) if name.is_family else ():
                touched |= self._day_sheets(one, [on])
        if in_day == SPLIT:
            touched.add(Sheet("period", (key, month, int(day[8:]), 1)))
            for one, on in self.occasions.days_in(key, day) if name.is_family else ():
                touched.add(Sheet("period", (one, month, int(on[8:]), 1)))
        if in_day and in_day % SPLIT == 0:  # the hundred before the new one leads to it
            touched.add(Sheet("period", (key, month, int(day[8:]), in_day // SPLIT)))
        return touched

    def _day_sheets(self, key: str, days: Iterable[str]) -> set[Sheet]:
        """The pages of days, as far as their months have any."""
        return {Sheet("period", (key, day[:7], int(day[8:]), 0)) for day in days if self._has_days(key, day[:7])}

    def _has_days(self, key: str, month: str) -> bool:
        """Whether the days of a month have pages."""
        return _has_every_day(key) or self.ever_in(key, month) > SPLIT

    def _days(self, key: str, month: str) -> list[str]:
        """The days of a month in which something was ever placed."""
        found = self._db.execute(
            "SELECT day FROM ever WHERE list = ? AND day BETWEEN ? AND ? ORDER BY day", (key, *spanned(month))
        )
        return [day for (day,) in found.fetchall()]

    def _has(self, key: str, span: str) -> bool:
        found = "SELECT EXISTS (SELECT 1 FROM ever WHERE list = ? AND day BETWEEN ? AND ?)"
        return bool(self._one(found, key, *spanned(span)))

    def unword(self, row: Row, seq: int, content: dict[str, Any]) -> set[Sheet]:
        """Take from an older edition the place and the occasion whose words were erased in it."""
        touched: set[Sheet] = set()
        for key, day, ordinal in self.occasions.unword(row.id, seq, row.language, content):
            was = self._has(key, day), self._has(key, day[:7])
            touched |= self._touched_list(key, day, ordinal)
            self.occasions.keep_day(key, day)
            has = self._has(key, day), self._has(key, day[:7])
            touched |= self._touched_neighbours(key, day, was[1] != has[1], was[0] != has[0])
            touched |= self._touched_list(family_of(key) or key, day, ordinal)
            self.occasions.keep_named(key)
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
        touched = {self.sheet_of_month(name.key, month) for month in changed} | self.undated_sheets(name)
        touched |= {Sheet("year", (name.key, month[:4])) for month in changed}
        return touched | {
            sheet for month in changed for sheet in self._day_sheets(name.key, self._days(name.key, month))
        }

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

    def folders_of(self, name: ListName) -> list[str]:
        """The folders in which pages of a list lie, each ending in a slash: its own, its years', months' and days'."""
        months = [f"{month.year:04d}-{month.month:02d}" for month in self.months_of(name)]
        dated = (f"{path}/" for month in months for path in self._dated(name, month))
        return [name.base, *(self.year(name, year).path for year in self.years_of(name)), *dated]

    def leading_on(self, person: str, languages: Iterable[str]) -> dict[str, str]:
        """old address -> new one of all that a person had who was merged into another; nothing of one who was not."""
        end = self.merging.end(person)
        found: dict[str, str] = {}
        for tag in self.languages_of(person, languages) if end != person else ():
            old, new = self.list_of("person", person, tag), self.list_of("person", end, tag)
            if old and new:
                found |= {old.base.strip("/"): new.base, **{f"{old.base}{name}": f"{new.base}{name}" for name in FEEDS}}
                for year in self.years_of(old):
                    found[self.year(old, year).path.strip("/")] = self.year(new, year).path
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
        touched.add(Sheet("year", (key, month[:4])))
        touched |= self._day_sheets(key, [day])
        if self.ever_in(key, day) > SPLIT:
            hundreds = self._near_hundreds(key, day, (ordinal - 1) // SPLIT + 1)
            touched |= {Sheet("period", (key, month, int(day[8:]), number)) for number in hundreds}
        return touched

    def _near_hundreds(self, key: str, day: str, number: int) -> set[int]:
        """A part of a split day, and of a place or an occasion the two that lead to it: it may be new, or gone."""
        known = self.occasions.hundreds(key, day, SPLIT) if family_of(key) else []
        newer, older = [n for n in known if n > number], [n for n in known if n < number]
        return {number, *newer[-1:], *older[:1]}

    def sheet_of_month(self, key: str, month: str) -> Sheet:
        """The sheet of a list's month."""
        return Sheet("period", (key, month, 0, 0))

    def ever_in(self, key: str, span: str) -> int:
        """How many messages were ever placed in a month ("2026-03") or on a day of a list.

        For a place or an occasion: with any, because the words of its own may be gone one day, and the count must stay.
        """
        key = family_of(key) or key
        counted = "SELECT COALESCE(SUM(count), 0) FROM ever WHERE list = ? AND day BETWEEN ? AND ?"
        return self._one(counted, key, *spanned(span))

    def _neighbours(self, key: str, month: str) -> tuple[str | None, str | None]:
        """The months with messages next to this one: (newer, older)."""
        newer = self._one("SELECT MIN(day) FROM ever WHERE list = ? AND day > ?", key, f"{month}-99")
        older = self._one("SELECT MAX(day) FROM ever WHERE list = ? AND day < ?", key, f"{month}-00")
        return (newer[:7] if newer else None, older[:7] if older else None)

    def _near_days(self, key: str, day: str) -> tuple[str | None, str | None]:
        """The days with messages next to this one: (newer, older)."""
        newer = self._one("SELECT MIN(day) FROM ever WHERE list = ? AND day > ?", key, day)
        older = self._one("SELECT MAX(day) FROM ever WHERE list = ? AND day < ?", key, day)
        return newer, older

    def undated_sheets(self, name: ListName | None) -> set[Sheet]:
        return {Sheet("undated", (name.key,)), Sheet("feed", (name.key,))} if name else set()

    def newest(self, key: str, limit: int, act: str = "") -> tuple[Row, ...]:
        """The newest messages of a list: by place, then index, descending. Of a person, by `act`, those in which she
        "speaks", or "asks"."""
        kind = f" AND listed.{act} = 1" if act else ""
        return self._rows(f"listed.list = ?{kind} ORDER BY listed.day DESC, listed.idx DESC LIMIT ?", key, limit)

    def newest_in(self, key: str, span: str, limit: int) -> tuple[Row, ...]:
        """The newest messages of a list in a year ("2026") or a month ("2026-03")."""
        where = "listed.list = ? AND listed.day BETWEEN ? AND ? ORDER BY listed.day DESC, listed.idx DESC LIMIT ?"
        return self._rows(where, key, *spanned(span), limit)

    def people_in(self, name: ListName, id_: str) -> list[str]:
        """As whom a person, whose list this is, speaks in a message: those who are merged into her, too."""
        found = self._db.execute("SELECT person FROM speaks WHERE id = ? ORDER BY person", (id_,)).fetchall()
        return [person for (person,) in found if self.merging.end(person) == name.subject]

    def acts_of(self, key: str, rows: Iterable[Row]) -> dict[str, Acts]:
        """What a person does in messages of her list, by their ids."""
        found: dict[str, Acts] = {}
        for row in rows:
            acts = self._db.execute(
                "SELECT said, said_at, asked, asked_at FROM listed WHERE list = ? AND id = ?", (key, row.id)
            ).fetchone()
            found[row.id] = Acts(*acts)
        return found

    def oldest(self, key: str) -> Row | None:
        """The oldest message of a list that stands as it was said and has a kind."""
        where = "listed.list = ? AND state = 'current' AND title IS NOT NULL AND kind IS NOT NULL"
        return next(iter(self._rows(f"{where} ORDER BY listed.day, listed.idx LIMIT 1", key)), None)

    def first_word(self, language: str, sort: str) -> str | None:
        """The first word, by the alphabet, of the lists of a sort in a language: of a place, "averholm"."""
        start = f"{language}|{sort}|"
        query = "SELECT list FROM ever WHERE list > ? AND list < ? ORDER BY list LIMIT 1"
        found = self._db.execute(query, (start, f"{start[:-1]}}}")).fetchone()
        return found[0].removeprefix(start) if found else None

    def rows_of(self, key: str, month: str, day: int, hundred: int) -> tuple[Row, ...]:
        """The messages of one dated page, newest first."""
        span = f"{month}-{day:02d}" if day else month
        least, most = ((hundred - 1) * SPLIT + 1, hundred * SPLIT) if hundred else (0, 10**9)
        where = "listed.list = ? AND listed.day BETWEEN ? AND ? AND listed.ordinal BETWEEN ? AND ?"
        return self._rows(f"{where} ORDER BY listed.day DESC, listed.idx DESC", key, *spanned(span), least, most)

    def months_of(self, name: ListName) -> tuple[Period, ...]:
        """All months in which something was ever placed, newest first."""
        return tuple(self.period(name, month) for month in self._spans(name.key, len("YYYY-MM")))

    def years_of(self, name: ListName) -> list[str]:
        """All years in which something was ever placed, newest first."""
        return self._spans(name.key, len("YYYY"))

    def _spans(self, key: str, letters: int) -> list[str]:
        """The years or months in which something was ever placed, newest first: from one to the next, past its days."""
        found = self._db.execute(
            "WITH RECURSIVE found(span) AS (SELECT substr(MAX(day), 1, :letters) FROM ever WHERE list = :list UNION ALL"
            " SELECT (SELECT substr(MAX(day), 1, :letters) FROM ever WHERE list = :list AND day < span) FROM found"
            " WHERE span IS NOT NULL) SELECT span FROM found WHERE span IS NOT NULL",
            {"list": key, "letters": letters},
        )
        return [span for (span,) in found.fetchall()]

    def divided(self, name: ListName, month: str, day: int) -> tuple[Period, ...]:
        """The pages into which a month (day 0) or a day was split; none while it is one page."""
        if not day:
            return self.days(name, month) if self.ever_in(name.key, month) > SPLIT else ()
        ever = self.ever_in(name.key, f"{month}-{day:02d}")
        if ever <= SPLIT:
            return ()
        hundreds: Iterable[int] = range((ever - 1) // SPLIT + 1, 0, -1)
        if family_of(name.key):
            hundreds = self.occasions.hundreds(name.key, f"{month}-{day:02d}", SPLIT)
        return tuple(self.period(name, month, day, hundred) for hundred in hundreds)

    def days(self, name: ListName, month: str) -> tuple[Period, ...]:
        """The pages of the days of a month, newest first, as far as it has any."""
        days = self._days(name.key, month) if self._has_days(name.key, month) else []
        return tuple(self.period(name, month, int(day[8:])) for day in reversed(days))

    def is_there(self, name: ListName, month: str = "", day: int = 0, hundred: int = 0) -> bool:
        """Whether a page of a list has ever been one: always, but for places and occasions, which the law can take."""
        if not family_of(name.key):
            return True
        if not month:
            return self._has(name.key, "")
        if hundred:
            return hundred in {one.hundred for one in self.divided(name, month, day)}
        is_split = self.ever_in(name.key, month) > SPLIT
        return self._has(name.key, f"{month}-{day:02d}") and is_split if day else self._has(name.key, month)

    def fits(self, name: ListName, month: str, day: int) -> bool:
        """Whether a split month or day of a place or an occasion has so few messages that its page shows them all."""
        if not family_of(name.key):
            return False
        span = f"{month}-{day:02d}" if day else month
        counted = "SELECT COUNT(*) FROM listed WHERE list = ? AND day BETWEEN ? AND ?"
        return self._one(counted, name.key, *spanned(span)) <= SPLIT

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

    def near_day(self, name: ListName, month: str, day: int, hundred: int) -> tuple[Period | None, Period | None]:
        """The next newer and the next older page of the same split month or day; at the ends of a month, months. In the
        list of all, which has every day, the next days, be they in other months."""
        if not hundred and _has_every_day(name.key):
            newer_day, older_day = self._near_days(name.key, f"{month}-{day:02d}")
            return self._on(name, newer_day), self._on(name, older_day)
        pages = self.divided(name, month, day if hundred else 0)
        place = next((n for n, page in enumerate(pages) if (page.day, page.hundred or 0) == (day, hundred)), 0)
        newer = pages[place - 1] if place > 0 else None
        older = pages[place + 1] if place + 1 < len(pages) else None
        if hundred:
            return newer, older
        months = self.near(name, month)
        return newer or months[0], older or months[1]

    def _on(self, name: ListName, day: str | None) -> Period | None:
        return self.period(name, day[:7], int(day[8:])) if day else None

    def year(self, name: ListName, year: str) -> Period:
        """The page of a year of a list."""
        return Period(f"{name.dated_base}{year}/", int(year))

    def near_year(self, name: ListName, year: str) -> tuple[Period | None, Period | None]:
        """The next newer and the next older year of a list."""
        newer = self._one("SELECT MIN(day) FROM ever WHERE list = ? AND day > ?", name.key, f"{year}-99")
        older = self._one("SELECT MAX(day) FROM ever WHERE list = ? AND day < ?", name.key, f"{year}-00")
        return (self.year(name, newer[:4]) if newer else None, self.year(name, older[:4]) if older else None)

    def sheets(self, languages: Sequence[str], furniture: Furniture) -> Iterator[Sheet]:
        """Every page and feed of every list."""
        keys = {key for (key,) in self._db.execute("SELECT DISTINCT list FROM ever").fetchall()}
        for tag in languages:
            keys |= {f"{tag}|all|", *(f"{tag}|{sort}|" for sort in SORTS)}
            for sort in ("section", "person"):
                names = (self.list_of(sort, piece.id, tag) for piece in furniture.of(sort))
                keys |= {name.key for name in names if name}
        for key in sorted(keys):
            name = self.list_by_key(key)
            if name is None:
                continue
            yield Sheet("undated", (key,))
            yield Sheet("feed", (key,))
            for year in self.years_of(name):
                yield Sheet("year", (key, year))
            for month in self.months_of(name):
                text = f"{month.year:04d}-{month.month:02d}"
                yield Sheet("period", (key, text, 0, 0))
                for day in self.days(name, text):
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


def _has_every_day(key: str) -> bool:
    """Whether a list, by its name in the catalogue, has a page of each day with a message: that of all messages."""
    return key.split("|")[1] == "all"


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
        row.updated_at,
        int(row.stub),
        int(row.imported),
        row.translation,
        row.original,
        int(row.erased),
    )


def row_of(found: tuple[Any, ...]) -> Row:
    """A row as the catalogue read it."""
    stub, imported, translation, original, erased = found[15:]
    values = (*found[:3], found[3] or "", *found[4:15], bool(stub), bool(imported), translation, original, bool(erased))
    return Row(*values)
