"""The lists of places and occasions, which follow from words that an erasure may take.

Every other list follows from structure, which stays; so its days and counts only grow. Here two things are kept apart:

    family      "en|place|": every message with a place, be its words erased or not. Structure, a list like the others:
                its counts say whether a month or a day is split, its ordinals which hundred of a day a message is in
    named list  "en|place|tessmark": the messages whose place has this name (`communique.edition.occasion`)

The table `worded` has a row for each edition with a place or an occasion: in which named list it put the message, under
which words, on which day, at which ordinal of the family. The days of a named list are those of its rows, so they grow
with corrections, too, and no address dies, until the law takes the words: then the rows lose their list, as if they had
never had one, and a list without rows is gone with all its addresses, for its name was made of the words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from communique.edition.occasion import WORDS_OF, has_named, named_in

SORTS = tuple(WORDS_OF)
LAST_IN_DAY = 10**9


def spanned(span: str) -> tuple[str, str]:
    """The first and the last of all days in a span: "" (ever), "2026", "2026-03" or "2026-03-09".

    An index finds the days between two; for a pattern of days SQLite reads every day of the list.
    """
    return span, f"{span}~"


def family_of(key: str) -> str | None:
    """The family of a named list by the catalogue's name of it; None for every other list."""
    language, sort, name = key.split("|")
    return f"{language}|{sort}|" if sort in SORTS and name else None


class Occasions:
    """The table `worded`, and what follows from it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def note(self, id_: str, seq: int, language: str, day: str, content: Mapping[str, Any]) -> None:
        """Keep what an edition says of place and occasion; its ordinals come with `number`."""
        for sort in SORTS if content["state"] != "removed" else ():
            if has_named(content, sort):
                name, words = named_in(content, sort) or ("", None)
                key = f"{language}|{sort}|{name}" if name else ""
                self._db.execute(
                    "INSERT OR REPLACE INTO worded VALUES (?,?,?,?,?,?,?)", (id_, sort, seq, key, day, 0, words)
                )

    def number(self, id_: str, seq: int, sort: str, ordinal: int) -> None:
        """Keep at which ordinal of its family's day an edition stands."""
        self._db.execute(
            "UPDATE worded SET ordinal = ? WHERE id = ? AND sort = ? AND seq = ?", (ordinal, id_, sort, seq)
        )

    def lists_of(self, id_: str, language: str) -> list[str]:
        """The lists in which the newest edition of a message has it: each family before its named list."""
        found: list[str] = []
        for sort, key in self._db.execute(
            "SELECT sort, list FROM worded WHERE id = ? AND seq = (SELECT seq FROM message WHERE id = ?) ORDER BY sort",
            (id_, id_),
        ).fetchall():
            found += [f"{language}|{sort}|", *([key] if key else [])]
        return found

    def unword(self, id_: str, seq: int, language: str, content: Mapping[str, Any]) -> list[tuple[str, str, int]]:
        """Take from an edition the words that were erased in it: (list, day, ordinal) of what it lost or got."""
        changed: list[tuple[str, str, int]] = []
        for sort in SORTS:
            name, words = named_in(content, sort) or ("", None)
            key = f"{language}|{sort}|{name}" if name else ""
            found = self._db.execute(
                "SELECT list, day, ordinal FROM worded WHERE id = ? AND sort = ? AND seq = ? AND words IS NOT ?",
                (id_, sort, seq, words),
            ).fetchone()
            if found:
                self._db.execute(
                    "UPDATE worded SET list = ?, words = ? WHERE id = ? AND sort = ? AND seq = ?",
                    (key, words, id_, sort, seq),
                )
                before, day, ordinal = found
                changed += [(one, day, ordinal) for one in dict.fromkeys((before, key)) if one]
        return changed

    def keep_day(self, key: str, day: str) -> None:
        """Let a named list have a day exactly as long as an edition put a message there."""
        if self._db.execute("SELECT 1 FROM worded WHERE list = ? AND day = ?", (key, day)).fetchone():
            self._db.execute("INSERT OR IGNORE INTO ever VALUES (?,?,0)", (key, day))
        else:
            self._db.execute("DELETE FROM ever WHERE list = ? AND day = ?", (key, day))

    def days_in(self, family: str, span: str) -> list[tuple[str, str]]:
        """(list, day) of all named lists of a family that have a day in a month, or on a day."""
        sort = family.split("|")[1]
        found = self._db.execute(
            "SELECT DISTINCT list, day FROM worded WHERE sort = ? AND day BETWEEN ? AND ? AND list <> ''",
            (sort, span, f"{span}-99"),
        )
        return [(key, day) for key, day in found.fetchall() if key.startswith(family)]

    def hundreds(self, key: str, day: str, size: int) -> list[int]:
        """The parts of a split day in which a named list ever had a message, the newest first."""
        found = self._db.execute(
            "SELECT DISTINCT (ordinal - 1) / ? + 1 FROM worded WHERE list = ? AND day = ? ORDER BY 1 DESC",
            (size, key, day),
        )
        return [number for (number,) in found.fetchall()]

    def words(self, key: str, span: str = "", least: int = 0, most: int = LAST_IN_DAY) -> str | None:
        """What a named list is called on a page: the words of the newest edition that put something there."""
        found = self._db.execute(
            "SELECT worded.words FROM worded JOIN entry ON entry.id = worded.id AND entry.seq = worded.seq"
            " WHERE worded.list = ? AND worded.day BETWEEN ? AND ? AND worded.ordinal BETWEEN ? AND ?"
            " ORDER BY worded.day DESC, entry.idx DESC LIMIT 1",
            (key, *spanned(span), least, most),
        ).fetchone()
        return found[0] if found else None

    def named(self, family: str, limit: int) -> list[tuple[str, str]]:
        """(list, words) of the named lists of a family that have something now, those with the newest first."""
        found = self._db.execute(
            "SELECT list, words FROM named WHERE family = ? ORDER BY day DESC, idx DESC, list LIMIT ?", (family, limit)
        )
        return found.fetchall()

    def named_among(self, ids: list[str], sort: str) -> list[tuple[str, str]]:
        """(list, words) of the named lists of these messages, each once, in their order."""
        found: dict[str, str] = {}
        for id_ in ids:
            for key, words in self._db.execute(
                "SELECT list, words FROM worded WHERE id = ? AND sort = ? AND list <> ''"
                " AND seq = (SELECT seq FROM message WHERE id = ?)",
                (id_, sort, id_),
            ).fetchall():
                found.setdefault(key, words)
        return list(found.items())

    def keep_named(self, key: str) -> None:
        """Have a named list among those with something, under its newest words, or not."""
        family = family_of(key)
        newest = self._db.execute(
            "SELECT listed.day, listed.idx, worded.words FROM listed"
            " JOIN message ON message.id = listed.id"
            " JOIN worded ON worded.id = listed.id AND worded.seq = message.seq AND worded.list = listed.list"
            " WHERE listed.list = ? AND message.path IS NOT NULL ORDER BY listed.day DESC, listed.idx DESC LIMIT 1",
            (key,),
        ).fetchone()
        self._db.execute("DELETE FROM named WHERE list = ?", (key,))
        if newest:
            self._db.execute("INSERT INTO named VALUES (?,?,?,?,?)", (key, family, *newest))
