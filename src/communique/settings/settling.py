"""Settling: what the pages of a batch are to each other, decided from their journal step by step.

    lists        pages that only list others, and front pages that show several messages whole
    same         the same message under several addresses: one of them stands for it
    days         the lists' days and titles beside those of the pages: what a page lacks, and what they say otherwise
    versions     language versions of one message
    people       persons under all their names
    order        messages and listed messages by their day, as they go on the record

All of it is done in SQL on the journal, so what it takes in memory does not grow with the archive, and in one
transaction, so it has been done or has not. The same journal gives the same decisions.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from communique.importing.confidence import SURE
from communique.importing.elsewhere import is_index_of
from communique.importing.same_person import same_names
from communique.importing.words import folded
from communique.settings.journal import Journal

COMMON_SHARE, COMMON_LEAST = 0.1, 5
"""a paragraph that ends so many messages is the site's and not theirs"""
LIKE = 0.8
"""of the longer paragraphs in common, on either side: the same message"""
SHOWN_WHOLE = 0.6
"""of a message's longer paragraphs on another page"""
EVERYWHERE = 20
"""pages; a paragraph on more of them says nothing of two of them"""
FREQUENT_TITLE = 3
LEAST_TITLE = 10
"""letters; a shorter title alone does not tell which message a list means"""
MOST_ROLES = 12
MOST_LANGUAGES = 8
"""of one message, that name each other in a chain"""
VERSIONS_SAY = "speaks in the same place of another language version"

_CUT_SHORT = ("…", "...", "[…]")
_OF_FEEDS = "AND page IN (SELECT number FROM page WHERE is_feed)"

Told = Callable[[str, int], None]


def settle(journal: Journal, told: Told) -> None:
    """Decide everything of a batch that has been read."""
    steps: Iterable[tuple[str, Callable[[Any], None]]] = (
        ("looking for lists", _lists),
        ("looking for the same message", _same),
        ("comparing lists and pages", _days),
        ("joining languages", _versions),
        ("joining people", _people),
        ("ordering", _order),
    )
    with journal.at_once():
        journal.forget_decisions()
        for name, step in steps:
            told(name, 0)
            step(journal.db)


def _make(db: Any, name: str, query: str, *values: Any) -> None:
    """A table of this step alone, so that rows can be gone through while others are written."""
    db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.execute(f"CREATE TEMP TABLE {name} AS {query}", values)


# ---------------------------------------------------------------------- lists


def _lists(db: Any) -> None:
    db.execute(
        "UPDATE page SET is_ = CASE WHEN state <> 'read' THEN state"
        " WHEN kind = 'list' OR signs = 0 THEN 'list' ELSE 'message' END"
    )
    (pages,) = db.execute("SELECT count(*) FROM page WHERE is_ = 'message'").fetchone()
    db.execute(
        "INSERT INTO common SELECT hash, count(DISTINCT words) AS n FROM ending JOIN page ON number = page"
        " WHERE is_ = 'message' GROUP BY hash HAVING n >= ?",
        (max(COMMON_LEAST, int(pages * COMMON_SHARE)),),
    )
    _make(
        db,
        "alike",
        "WITH"
        " rare AS (SELECT hash FROM compared GROUP BY hash HAVING count(*) BETWEEN 2 AND ?),"
        " few AS (SELECT c.hash, c.page FROM compared c JOIN rare USING (hash)"
        "   JOIN page ON number = c.page AND is_ = 'message')"
        " SELECT a.page AS one, b.page AS other, count(*) AS shared FROM few a JOIN few b ON a.hash = b.hash"
        " AND a.page <> b.page GROUP BY 1, 2",
        EVERYWHERE,
    )
    _make(
        db,
        "length",
        "SELECT page, count(*) AS n FROM compared WHERE hash NOT IN (SELECT hash FROM common) GROUP BY page",
    )
    db.execute("CREATE INDEX temp.length_page ON length(page)")
    db.execute(
        "UPDATE page SET is_ = 'list' WHERE number IN ("
        " SELECT one FROM alike JOIN length o ON o.page = other JOIN length w ON w.page = one"
        " JOIN page q ON q.number = other WHERE w.n > o.n AND shared >= ? * o.n"
        " GROUP BY one HAVING count(DISTINCT q.words) >= 2)",
        (SHOWN_WHOLE,),
    )


# ---------------------------------------------------------------------- the same message


def _same(db: Any) -> None:
    _make(
        db,
        "repeated",
        "SELECT words, language FROM page WHERE is_ = 'message' GROUP BY words, language HAVING count(*) > 1",
    )
    for words, language in db.execute("SELECT words, language FROM repeated ORDER BY words, language"):
        rows = db.execute(
            "SELECT number, key, day FROM page WHERE is_ = 'message' AND words = ? AND language = ?", (words, language)
        ).fetchall()
        fronts = [number for number, key, _day in rows if _is_front(db, key, words)]
        if len(fronts) < len(rows):
            db.executemany("UPDATE page SET is_ = 'list' WHERE number = ?", [(n,) for n in fronts])
            rows = [row for row in rows if row[0] not in fronts]
        _join(db, [(number, day) for number, _key, day in rows])
    _make(
        db,
        "nearly",
        "SELECT one, other FROM alike JOIN page p ON p.number = one JOIN page q ON q.number = other"
        " JOIN length a ON a.page = one JOIN length b ON b.page = other"
        " WHERE one < other AND p.is_ = 'message' AND q.is_ = 'message' AND p.language = q.language"
        " AND (p.day = q.day OR p.day IS NULL OR q.day IS NULL) AND shared >= ? * max(a.n, b.n)"
        " AND p.words <> q.words",
        LIKE,
    )
    for one, other in db.execute("SELECT one, other FROM nearly ORDER BY one, other"):
        ends = [_first(db, one), _first(db, other)]
        if ends[0] != ends[1]:
            _join(db, db.execute("SELECT number, day FROM page WHERE number IN (?, ?)", ends).fetchall())
    db.execute("UPDATE page SET is_ = 'again' WHERE same IS NOT NULL")


def _is_front(db: Any, key: str, words: str) -> bool:
    """Whether an address is a folder in which several other messages lie."""
    folder = key if key.endswith("/") else None
    if is_index_of(key):
        folder = key[: key.rindex("/") + 1]
    if folder is None:
        return False
    (others,) = db.execute(
        "SELECT count(DISTINCT words) FROM page WHERE is_ = 'message' AND words <> ? AND key >= ? AND key < ?",
        (words, folder, folder[:-1] + "0"),
    ).fetchone()
    return bool(others >= 2)


def _join(db: Any, rows: list[tuple[int, str | None]]) -> None:
    """Have one page of each day stand for all with the same words; those without a day go to the first."""
    dated: dict[str, list[int]] = defaultdict(list)
    undated = [number for number, day in rows if day is None]
    for number, day in rows:
        if day is not None:
            dated[day].append(number)
    groups = list(dated.values()) or [[]]
    groups[0] += undated
    for numbers in groups:
        ranked = sorted(numbers, key=lambda number: _rank(db, number))
        for number in ranked[1:]:
            db.execute("UPDATE page SET same = ? WHERE number = ? OR same = ?", (ranked[0], number, number))


def _rank(db: Any, number: int) -> tuple[Any, ...]:
    """Which of several pages with the same words stands for them: the one that the site itself calls so."""
    key, canonical, day, title_key = db.execute(
        "SELECT key, canonical, day, title_key FROM page WHERE number = ?", (number,)
    ).fetchone()
    (meant,) = db.execute("SELECT count(*) FROM page WHERE canonical = ? AND number <> ?", (key, number)).fetchone()
    (listed,) = db.execute("SELECT count(*) FROM seen WHERE target = ?", (key,)).fetchone()
    (often,) = db.execute("SELECT count(DISTINCT words) FROM page WHERE title_key = ?", (title_key,)).fetchone()
    other = canonical is not None and canonical != key
    return (day is None, other, not meant, often >= FREQUENT_TITLE, not listed, "?" in key, len(key), number)


def _first(db: Any, number: int) -> int:
    (same,) = db.execute("SELECT coalesce(same, number) FROM page WHERE number = ?", (number,)).fetchone()
    return int(same)


# ---------------------------------------------------------------------- days and titles


def _days(db: Any) -> None:
    db.execute(
        "UPDATE seen SET of = (SELECT coalesce(same, number) FROM page WHERE page.key = seen.target"
        " AND is_ IN ('message', 'again') ORDER BY number LIMIT 1) WHERE target IS NOT NULL"
    )
    db.execute(
        "UPDATE seen SET of = (SELECT min(number) FROM page WHERE is_ = 'message' AND title_key = seen.title_key"
        " AND page.language = seen.language AND (page.day IS NULL OR seen.day IS NULL OR page.day = seen.day)"
        " GROUP BY title_key HAVING count(*) = 1) WHERE of IS NULL AND length(title_key) >= ?",
        (LEAST_TITLE,),
    )
    db.execute("UPDATE page SET on_day = day, day_from = 'page' WHERE is_ = 'message' AND day IS NOT NULL")
    _make(
        db,
        "named",
        "SELECT of, p.day, p.day_sure, p.title, p.title_key, p.title_sure"
        " FROM (SELECT DISTINCT of FROM seen WHERE of IS NOT NULL)"
        " JOIN page p ON p.number = of WHERE p.is_ = 'message'",
    )
    for number, day, sure, title, key, title_sure in db.execute("SELECT * FROM named ORDER BY of"):
        _compare_day(db, number, day, sure)
        _compare_title(db, number, title, key, title_sure)
    db.execute(
        "UPDATE page SET on_day = occasion, day_from = 'occasion'"
        " WHERE is_ = 'message' AND on_day IS NULL AND occasion IS NOT NULL"
    )
    db.execute("UPDATE page SET is_ = 'undated' WHERE is_ = 'message' AND on_day IS NULL")


def _compare_day(db: Any, number: int, day: str | None, sure: float) -> None:
    listed = _most(db, "day", number)
    if listed is None or listed == day:
        return
    if day is None or sure < SURE:
        db.execute("UPDATE page SET on_day = ?, day_from = 'list' WHERE number = ?", (listed, number))
    if day is not None:
        taken = "the list's was taken" if sure < SURE else "the page's was taken"
        _doubt(db, number, f"its page says {day}, a list {listed}; {taken}")


def _compare_title(db: Any, number: int, title: str | None, key: str, sure: float) -> None:
    """A list's title is taken where the page has none of its own; a feed's, which was typed in as the title, also where
    the page's is not sure."""
    listed = _most(db, "title", number)
    if not listed:
        return
    (listed_key,) = db.execute("SELECT title_key FROM seen WHERE of = ? AND title = ?", (number, listed)).fetchone()
    fed = sure < SURE and listed == _most_of(db, "title", number, _OF_FEEDS) and not listed.endswith(_CUT_SHORT)
    alike = key.startswith(listed_key) or (listed_key.startswith(key or "\0") and not fed)
    if alike:
        return
    (often,) = db.execute("SELECT count(DISTINCT words) FROM page WHERE title_key = ?", (key,)).fetchone()
    if not title or often >= FREQUENT_TITLE or fed:
        db.execute("UPDATE page SET titled = ? WHERE number = ?", (listed, number))
    else:
        _doubt(db, number, f"a list calls it “{listed}”; the page’s own title was taken")


def _most(db: Any, column: str, number: int) -> str | None:
    """What feeds say of a message, else what most lists do; None where they do not agree."""
    return _most_of(db, column, number, _OF_FEEDS) or _most_of(db, column, number)


def _most_of(db: Any, column: str, number: int, which: str = "") -> str | None:
    rows = db.execute(
        f"SELECT {column}, count(*) AS n FROM seen WHERE of = ? AND {column} IS NOT NULL {which}"  # noqa: S608
        f" GROUP BY {column} ORDER BY n DESC, {column} LIMIT 2",
        (number,),
    ).fetchall()
    if not rows or (len(rows) == 2 and rows[0][1] == rows[1][1]):
        return None
    return str(rows[0][0])


def _doubt(db: Any, number: int, what: str) -> None:
    db.execute("INSERT INTO doubt VALUES (?, ?)", (number, what))


# ---------------------------------------------------------------------- languages


def _versions(db: Any) -> None:
    db.execute("UPDATE page SET version_of = number WHERE is_ IN ('message', 'undated')")
    db.execute("DROP TABLE IF EXISTS temp.pair")
    db.execute("CREATE TEMP TABLE pair (one INTEGER, other INTEGER)")
    fitting = (
        "p.version_of IS NOT NULL AND q.version_of IS NOT NULL AND p.language <> q.language AND p.number <> q.number"
        " AND (p.on_day = q.on_day OR p.on_day IS NULL OR q.on_day IS NULL)"
    )
    db.execute(
        "INSERT INTO pair SELECT p.number, q.number FROM alternate JOIN page a ON a.number = alternate.page"  # noqa: S608
        " JOIN page p ON p.number = coalesce(a.same, a.number) JOIN page t ON t.key = target"
        f" JOIN page q ON q.number = coalesce(t.same, t.number) WHERE {fitting}"
    )
    db.execute(
        "INSERT INTO pair SELECT p.number, q.number FROM page p JOIN page q ON p.bare = q.bare AND p.key <> q.key"  # noqa: S608
        f" WHERE {fitting} AND p.on_day = q.on_day"
    )
    db.execute("INSERT INTO pair SELECT other, one FROM pair")
    db.execute("CREATE INDEX temp.pair_one ON pair(one)")
    for _ in range(MOST_LANGUAGES):
        changed = db.execute(
            "UPDATE page SET version_of = (SELECT min(q.version_of) FROM pair JOIN page q ON q.number = other"
            " WHERE one = page.number) WHERE version_of > (SELECT min(q.version_of) FROM pair"
            " JOIN page q ON q.number = other WHERE one = page.number)"
        ).rowcount
        if not changed:
            break
    db.execute(
        "UPDATE page SET version_of = number WHERE version_of IS NOT NULL AND number >"
        " (SELECT min(q.number) FROM page q WHERE q.version_of = page.version_of AND q.language = page.language)"
    )


# ---------------------------------------------------------------------- people


def _people(db: Any) -> None:
    rows = db.execute(
        "SELECT s.folded, count(*) FROM speaker s JOIN page p ON p.number = s.page AND p.is_ = 'message' GROUP BY 1"
    )
    counts = dict(rows.fetchall())
    joined = same_names(counts)
    pairs = db.execute(
        "SELECT a.folded, b.folded, count(*) FROM speaker a JOIN page p ON p.number = a.page AND p.is_ = 'message'"
        " JOIN page q ON q.version_of = p.version_of AND q.number > p.number AND q.is_ = 'message'"
        " JOIN speaker b ON b.page = q.number AND b.place = a.place AND b.folded <> a.folded"
        " WHERE (SELECT count(*) FROM speaker WHERE page = p.number)"
        " = (SELECT count(*) FROM speaker WHERE page = q.number) GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    partners: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other, times in pairs:
        partners[other][joined.get(one, (one, ""))[0]] += times
    for name, others in sorted(partners.items()):
        if name not in joined and len(others) == 1 and next(iter(others)) not in joined:
            joined[name] = (next(iter(others)), VERSIONS_SAY)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        groups[joined.get(name, (name, ""))[0]].append(name)
    for number, (root, names) in enumerate(sorted(groups.items()), 1):
        _keep_person(db, number, root, names, joined)


def _keep_person(db: Any, number: int, root: str, names: list[str], joined: dict[str, tuple[str, str]]) -> None:
    """A person with each of her names, the most frequent in each language first, and her roles by their first day."""
    marks = ", ".join("?" * len(names))
    rows = db.execute(
        "SELECT p.language, s.name, s.folded, s.role, p.on_day FROM speaker s JOIN page p ON p.number = s.page"  # noqa: S608
        f" AND p.is_ = 'message' WHERE s.folded IN ({marks}) ORDER BY p.on_day, p.number",
        names,
    )
    said: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[tuple[str, str], tuple[str, str]] = {}
    first = last = None
    messages = 0
    for language, name, key, role, day in rows:
        messages += 1
        first, last = first or day, day
        fuller = (len(key.split()) >= 2 and key not in joined) or joined.get(key, ("", ""))[1] == VERSIONS_SAY
        if fuller and not name.isupper():
            said[language][name] += 1
        if role and len(roles) < MOST_ROLES:
            roles.setdefault((language, folded(role)), (language, role))
    usual = {language: max(sorted(found), key=found.__getitem__) for language, found in said.items()}
    if not usual:
        return
    name = max(sorted({n for c in said.values() for n in c}), key=lambda n: sum(c[n] for c in said.values()))
    facts = (
        json.dumps(usual, ensure_ascii=False, sort_keys=True),
        json.dumps(list(roles.values()), ensure_ascii=False),
    )
    db.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, root, name, *facts, messages, first, last)
    )
    db.executemany(
        "INSERT INTO alias VALUES (?, ?, ?)", [(n, number, joined.get(n, ("", "the same name"))[1]) for n in names]
    )


# ---------------------------------------------------------------------- order


def _order(db: Any) -> None:
    """By day; those of one day as the lists have them, from their end, so that the newest comes last."""
    _make(
        db,
        "item",
        "SELECT number AS page, NULL AS of_list, on_day AS day,"
        " (SELECT min(place) FROM seen WHERE of = number) AS place FROM page WHERE is_ IN ('message', 'undated')"
        " UNION ALL SELECT s.page, s.place, s.day, s.place FROM seen s WHERE s.of IS NULL AND s.day IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM seen t WHERE t.title_key = s.title_key AND t.language = s.language"
        " AND t.day = s.day AND (t.page, t.place) < (s.page, s.place))"
        " AND NOT EXISTS (SELECT 1 FROM page p WHERE p.is_ = 'message' AND p.title_key = s.title_key"
        " AND p.language = s.language AND p.on_day = s.day)",
    )
    rows = db.execute("SELECT page, of_list FROM item ORDER BY day, place IS NULL, place DESC, page, of_list")
    for at, (page, of_list) in enumerate(rows, 1):
        if of_list is None:
            db.execute("UPDATE page SET place = ? WHERE number = ?", (at, page))
        else:
            db.execute("UPDATE seen SET at = ? WHERE page = ? AND place = ?", (at, page, of_list))
