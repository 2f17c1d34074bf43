"""How fast and how well is what was said found, beside SQLite's FTS5 and PostgreSQL's full text, in the same run?

    python bench/searching.py [--messages 2000] [--seed 1] [--repeat 3]

The turns of a `communique corpus` (English and French) go into three engines: ours as the follower fills it, FTS5 with
its `unicode61` tokenizer and accents removed, PostgreSQL with the configuration of each language. All keep speaker and
kind of each turn and its order. Asked are, each for the newest and for the best twenty with the number of all hits:
the ten commonest words of each language, words of the middle, two words, phrases, and words of a speaker. Then each
engine answers the judged queries of `tests/search/judged/`, and nDCG@10 says how well.

Printed first is the ratio of the 95th percentiles, the better peer's over ours, with the smallest and the largest of
the repetitions; then milliseconds, build, one message more, and size over the text.

Fair or not: the peers cut and fold words in C, we in Python, which shows in the build. The peers do not count years,
speakers and languages; ours does so only in the row "counted". FTS5 has no stemmers for these languages, so its quality
is that of words as they stand. PostgreSQL's ranks by closeness (`ts_rank_cd`). Needs PostgreSQL (`postgresql`) for
its column; without it that says so. Bounded by `--messages`.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import psycopg  # noqa: E402

from communique.demo.corpus import Corpus  # noqa: E402
from communique.search.answering import clauses  # noqa: E402
from communique.search.asked import read_fields  # noqa: E402
from communique.search.engine import Wanted  # noqa: E402
from communique.search.engine_tantivy import TantivyFinder, TantivyWriter  # noqa: E402
from communique.search.turns import Indexed, indexed, opened  # noqa: E402
from postgresql import NotThere, running_server  # noqa: E402
from search.judged.offices import messages, name_of  # noqa: E402
from search.judged_index import gain, lines  # noqa: E402

TOP = 20
CONFIGURATIONS = {
    "ar": "arabic", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi",
    "it": "italian", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""PostgreSQL 15's; `simple` for every other language"""
Query = tuple[str, str, str]
"""words, language, a speaker or "" """


class Ours:
    """The engine in the process, as `communique.search` has it."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ours"

    def build(self, all_: list[Indexed]) -> None:
        writer = TantivyWriter(self.folder, building=True)
        for one in all_:
            writer.put(one)
        writer.settle()
        writer.close(tidy=True)
        self.finder = TantivyFinder(self.folder)

    def add(self, one: Indexed) -> None:
        writer = TantivyWriter(self.folder)
        writer.put(one)
        writer.settle()
        writer.close()

    def ask(self, query: Query, by_date: bool, only: str = "", section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker = query
        wanted = Wanted(
            clauses=tuple(clauses(read_fields({"q": words}).pieces, (language,))),
            languages=(language,),
            speakers=(speaker,) if speaker else (),
            units=(only,) if only else (),
            sections=(section,) if section else (),
            by_date=by_date,
        )
        return list(self.finder.find(wanted, 0, TOP, counts=counts).keys)

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


class Fts5:
    """SQLite's full text, one table."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        self.file = folder / "fts5.sqlite3"
        self.db = sqlite3.connect(self.file, isolation_level=None)
        self.db.executescript(
            """PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
            CREATE VIRTUAL TABLE word USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
            CREATE TABLE unit (key INTEGER PRIMARY KEY, language, unit, section, speaker);"""
        )

    def build(self, all_: list[Indexed]) -> None:
        self.db.execute("BEGIN")
        for one in all_:
            self._put(one)
        self.db.execute("COMMIT")
        self.db.execute("INSERT INTO word(word) VALUES ('optimize')")

    def add(self, one: Indexed) -> None:
        self.db.execute("BEGIN")
        self._put(one)
        self.db.execute("COMMIT")

    def _put(self, one: Indexed) -> None:
        for unit in one.units:
            row = (unit.key, one.language, unit.kind, one.section, next(iter(unit.speakers), ""))
            self.db.execute("INSERT OR REPLACE INTO unit VALUES (?,?,?,?,?)", row)
            self.db.execute("INSERT INTO word(rowid, words) VALUES (?,?)", (unit.key, unit.words))

    def ask(self, query: Query, by_date: bool, only: str = "", section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker = query
        phrases = re.findall(r'"[^"]+"', words)
        rest = re.sub(r'"[^"]+"', " ", words).split()
        match = " ".join([*phrases, *(f'"{word}"' for word in rest)])
        where = "word MATCH ? AND u.language = ?" + "".join(
            f" AND u.{name} = ?"
            for name, value in (("speaker", speaker), ("unit", only), ("section", section))
            if value
        )
        values = [match, language, *(value for value in (speaker, only, section) if value)]
        source = f"FROM word JOIN unit u ON u.key = word.rowid WHERE {where}"
        order = "u.key DESC" if by_date else "bm25(word)"
        self.db.execute(f"SELECT count(*) {source}", values).fetchone()
        found = self.db.execute(f"SELECT u.key {source} ORDER BY {order} LIMIT {TOP}", values)
        return [key for (key,) in found]

    def size(self) -> int:
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.file.stat().st_size


class PostgreSql:
    """PostgreSQL's full text, one table with a GIN index."""

    name = "PostgreSQL"

    def __init__(self, address: str) -> None:
        self.db = psycopg.connect(address, autocommit=True)
        self.db.execute(
            "CREATE TABLE unit"
            " (key bigint PRIMARY KEY, language text, unit text, section text, speaker text, words tsvector)"
        )

    def build(self, all_: list[Indexed]) -> None:
        with self.db.transaction():
            for one in all_:
                self._put(one)
        self.db.execute("CREATE INDEX ON unit USING gin (words)")
        self.db.execute("CREATE INDEX ON unit (speaker)")
        self.db.execute("VACUUM ANALYZE unit")

    def add(self, one: Indexed) -> None:
        with self.db.transaction():
            self._put(one)

    def _put(self, one: Indexed) -> None:
        configuration = CONFIGURATIONS.get(one.language, "simple")
        rows = [
            (unit.key, one.language, unit.kind, one.section, next(iter(unit.speakers), ""), configuration, unit.words)
            for unit in one.units
        ]
        with self.db.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO unit VALUES (%s,%s,%s,%s,%s,to_tsvector(%s::regconfig,%s)) ON CONFLICT DO NOTHING", rows
            )

    def ask(self, query: Query, by_date: bool, only: str = "", section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker = query
        asked = "websearch_to_tsquery(%s::regconfig, %s)"
        given = [CONFIGURATIONS.get(language, "simple"), words]
        where = f"words @@ {asked} AND language = %s" + "".join(
            f" AND {name} = %s" for name, value in (("speaker", speaker), ("unit", only), ("section", section)) if value
        )
        values = [*given, language, *(value for value in (speaker, only, section) if value)]
        self.db.execute(f"SELECT count(*) FROM unit WHERE {where}", values).fetchone()  # noqa: S608 - our own
        order, more = ("key DESC", []) if by_date else (f"ts_rank_cd(words, {asked}) DESC, key DESC", given)
        found = self.db.execute(
            f"SELECT key FROM unit WHERE {where} ORDER BY {order} LIMIT {TOP}",  # noqa: S608
            [*values, *more],
        )
        return [key for (key,) in found.fetchall()]

    def size(self) -> int:
        row = self.db.execute("SELECT pg_total_relation_size('unit')").fetchone()
        return int(row[0]) if row else 0


Engine = Ours | Fts5 | PostgreSql


def main() -> int:
    parser = argparse.ArgumentParser(description="ours, FTS5 and PostgreSQL on the same turns")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="searching-"))
    try:
        with running_server() as server:
            compare(options, folder, lambda: PostgreSql(server.new_database()))
    except NotThere as error:
        print(f"without PostgreSQL: {error}")
        compare(options, folder, None)
    finally:
        shutil.rmtree(folder)
    return 0


def compare(options: argparse.Namespace, folder: Path, postgresql: Callable[[], PostgreSql] | None) -> None:
    """Fill, ask and judge all engines, and print it."""
    corpus = Corpus(options.messages, options.seed)
    all_ = [found for number, one in enumerate(corpus.messages()) if (found := indexed(number, one.content))]
    text = sum(len(unit.words.encode()) for one in all_ for unit in one.units)
    units = sum(len(one.units) for one in all_)
    print(f"{options.messages} messages, {len(all_)} language versions, {units} units, {text / 1e6:.1f} MB of text")
    others = [postgresql()] if postgresql else []
    engines: list[Engine] = [Ours(folder), Fts5(folder), *others]
    built = {engine.name: timed(lambda engine=engine: engine.build(all_)) for engine in engines}
    sizes = {engine.name: engine.size() / text for engine in engines}
    sorts = queries(all_)
    print(f"\n{'p95, ms':<34}{'ratio':>22}" + "".join(f"{engine.name:>14}" for engine in engines))
    for sort, some in sorts.items():
        for by_date in (False, True):
            said = {e.name: [asked_times(e, some, by_date) for _ in range(options.repeat)] for e in engines}
            best = min((median(times) for name, times in said.items() if name != "ours"), default=0.0)
            ratios = sorted(best / own for own in said["ours"])
            ratio = f"{median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})"
            times = "".join(f"{median(said[engine.name]):>14.2f}" for engine in engines)
            print(f"{sort + (', newest' if by_date else ', best'):<34}{ratio:>22}{times}")
    counted = [timed(lambda q=q: engines[0].ask(q, False, counts=True)) * 1000 for q in sorts["common"]]
    print(f"{'common, best, counted':<34}{'':>22}{p95(counted):>14.2f}")
    more = [replace(all_[n], index=len(all_) + n) for n in range(12)]
    added = {e.name: [timed(lambda e=e, one=one: e.add(moved(one))) * 1000 for one in more] for e in engines}
    for words, values in (
        ("build, s", {name: f"{value:.1f}" for name, value in built.items()}),
        ("one message more, p95 ms", {name: f"{p95(some):.1f}" for name, some in added.items()}),
        ("size over text", {name: f"{value:.2f}" for name, value in sizes.items()}),
        ("nDCG@10 of the judged queries", {n: f"{v:.3f}" for n, v in judged(folder, postgresql).items()}),
    ):
        print(f"{words:<56}" + "".join(f"{values[engine.name]:>14}" for engine in engines))
    print(f"\nPython {platform.python_version()}, tantivy {version('tantivy')}, SQLite {sqlite3.sqlite_version}")


def moved(one: Indexed) -> Indexed:
    """The same version at another index: its keys are new."""
    units = tuple(replace(unit, key=unit.key + (one.index << 16)) for unit in one.units)
    return replace(one, units=units)


def queries(all_: list[Indexed]) -> dict[str, list[Query]]:
    """What is asked: words by how many units have them, pairs, phrases, and words of a speaker."""
    found: dict[str, list[Query]] = {name: [] for name in ("common", "middle", "two", "phrase", "speaker")}
    for language in sorted({one.language for one in all_}):
        some = [(unit, words) for one in all_ if one.language == language for unit in one.units
                if (words := re.findall(r"[^\W\d_]+", unit.words))]  # fmt: skip
        often = Counter(word.lower() for _, words in some for word in set(words))
        ranked = [word for word, _ in often.most_common() if len(word) > 1]
        found["common"] += [(word, language, "") for word in ranked[:10]]
        found["middle"] += [(word, language, "") for word in ranked[40:50]]
        found["two"] += [
            (f"{one} {other}", language, "") for one, other in zip(ranked[:10], ranked[60:70], strict=False)
        ]
        step = max(1, len(some) // 10)
        for unit, words in some[::step][:10]:
            if len(words) > 4:
                found["phrase"].append((f'"{words[1]} {words[2]} {words[3]}"', language, ""))
                found["speaker"] += [(words[2], language, speaker) for speaker in unit.speakers[:1]]
    return found


def asked_times(engine: Engine, some: list[Query], by_date: bool) -> float:
    """The 95th percentile of all queries, in milliseconds, warm."""
    for query in some[:3]:
        engine.ask(query, by_date)
    return p95([timed(lambda query=query: engine.ask(query, by_date)) * 1000 for query in some])


def judged(folder: Path, postgresql: Callable[[], PostgreSql] | None) -> dict[str, float]:
    """nDCG@10 of each engine over the judged queries; titles are not judged."""
    (folder / "judged").mkdir()
    known = {number: one for number, one in enumerate(messages())}
    all_ = [found for number, one in known.items() if (found := indexed(number, one.content))]
    others = [postgresql()] if postgresql else []
    found = {}
    for engine in (Ours(folder / "judged"), Fts5(folder / "judged"), *others):
        engine.build(all_)
        found[engine.name] = mean(_gains(engine, known))
    return found


def _gains(engine: Engine, known: dict[int, object]) -> Iterator[float]:
    sections = {one.index: one.section for one in (indexed(n, m.content) for n, m in known.items()) if one}
    said = next(section for index, section in sections.items() if known[index].name.startswith("said/"))
    for line in lines():
        asked = line["query"]
        query = (asked["q"], line["language"], "")
        section = said if "section" in asked else ""
        keys = engine.ask(query, False, asked.get("only", ""), section)
        places = [(known[index], place) for _, index, place in map(opened, keys) if place]
        yield gain([name_of(one, place) for one, place in places], line["answers"])


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p95(some: list[float]) -> float:
    return quantiles(some, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
