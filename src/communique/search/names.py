"""Which names somebody bore: so that who asks for a person by an old name finds all that she said.

    name     a name as it was printed, what it is compared by (`turns.name_term`), and whose it is: a person's id, or ""
             of a speaker without a person's page
    borne    where it stands: the first entry of the message that prints it now, or an edition of the person's piece

A person bears every name that an edition of her piece gives her, in any language, and every one under which a message
prints her with her id: "Oriel Quay" in 2019, "Oriel Tavenmark" since. What a correction took from a message's newest
edition, or the law from any, is borne no more. Her address is frozen in its first edition.

Whoever shares a name with somebody else is found with her: a name says no more. Two names are one person's only where
the record says so; a speaker who was printed without an id is found by that name alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from communique.search.turns import Content, name_term

TABLES = (
    "CREATE TABLE name (nr INTEGER PRIMARY KEY, term TEXT, name TEXT, person TEXT, UNIQUE (term, name, person))",
    "CREATE TABLE borne (source INTEGER, nr INTEGER, PRIMARY KEY (source, nr)) WITHOUT ROWID",
    "CREATE INDEX borne_as ON borne (nr)",
)

Name = tuple[str, str, str]
"""term, name as printed, person"""


def printed(content: Content) -> set[Name]:
    """The names that a message prints: of its speakers, and of those who ask."""
    speakers = content.get("speakers", ())
    found = {(name_term(one["name"]), one["name"], one.get("person") or "") for one in speakers if one.get("name")}
    asking = (turn["questioner"] for turn in content.get("turns", ()) if turn.get("questioner"))
    return found | {(name_term(name), name, "") for name in asking}


def given(id_: str, content: Content) -> set[Name]:
    """The names that an edition of a person's piece gives her."""
    if content.get("piece") != "person":
        return set()
    names: Mapping[str, Any] = content.get("name") or {}
    return {(name_term(one), one, id_) for one in names.values() if one}


def bear(db: sqlite3.Connection, source: int, names: set[Name]) -> None:
    """Have these names borne there, and none that were before."""
    before = {nr for (nr,) in db.execute("SELECT nr FROM borne WHERE source = ?", (source,))}
    now: set[int] = set()
    for name in names:
        db.execute("INSERT OR IGNORE INTO name (term, name, person) VALUES (?,?,?)", name)
        now.add(db.execute("SELECT nr FROM name WHERE term = ? AND name = ? AND person = ?", name).fetchone()[0])
    db.executemany("INSERT OR IGNORE INTO borne VALUES (?,?)", [(source, nr) for nr in now - before])
    for nr in before - now:
        db.execute("DELETE FROM borne WHERE source = ? AND nr = ?", (source, nr))
        db.execute("DELETE FROM name WHERE nr = ?1 AND NOT EXISTS (SELECT 1 FROM borne WHERE nr = ?1)", (nr,))


def bearers(db: sqlite3.Connection, term: str) -> set[str]:
    """The persons who bear a name."""
    found = db.execute("SELECT person FROM name WHERE term = ? AND person <> ''", (term,))
    return {person for (person,) in found}


def borne(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, int]]:
    """All names: term, name, person, and in how many places each is borne."""
    yield from db.execute(
        "SELECT term, name, person, COUNT(*) FROM name JOIN borne USING (nr) GROUP BY nr ORDER BY term, name, person"
    )


def as_printed(db: sqlite3.Connection, term: str) -> str | None:
    """How a speaker without a person's page is printed most often."""
    found = db.execute(
        "SELECT name FROM name JOIN borne USING (nr) WHERE term = ? AND person = ''"
        " GROUP BY nr ORDER BY COUNT(*) DESC, name LIMIT 1",
        (term,),
    ).fetchone()
    return found[0] if found else None


def all_names(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Of each person the names that she bears anywhere, in their order."""
    found: dict[str, list[str]] = {}
    for person, name in db.execute("SELECT person, name FROM name WHERE person <> '' ORDER BY person, term, name"):
        found.setdefault(person, []).append(name)
    return found
