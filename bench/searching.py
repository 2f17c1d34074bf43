"""How fast and how well is what was said found, beside SQLite's FTS5 and PostgreSQL's full text, in the same run?

    python bench/searching.py [--messages 2000] [--seed 1] [--repeat 3] [--peers 0]

Transcripts in ten languages (`tests/search/ten_languages.py`) go into three engines: ours as the follower fills it,
FTS5 with its `unicode61` tokenizer and accents removed, PostgreSQL with the configuration of each language. All keep
speaker and kind of each turn and its order. Asked are, each for the newest and for the best twenty with the number of
all hits: the ten commonest words of each language, with and without a speaker, and among answers only; words of the
middle, rare ones, two words, and phrases. Then each engine answers the judged queries of `tests/search/judged/`, and
nDCG@10 says how well.

Printed first is the ratio of the 95th percentiles, the better peer's over ours, with the smallest and the largest of
the repetitions; then milliseconds, and those in which ours had a processor, for machines that others use, too. The same
queries are then asked over HTTP of the server that `communique serve` starts, and the page with its marked words read
to its end. Then build, one message more (with how long the disk takes to make one small file lasting; Tantivy does that
fourteen times), size over the text.

Fair or not: the peers cut and fold words in C, we in Python, which shows in the build. The peers do not count years,
speakers and languages; ours does so only in the row "counted" and over HTTP. FTS5 has no stemmers for these languages
and takes a run of Chinese or Japanese for one word, so its quality is that of words as they stand. PostgreSQL's ranks
by closeness (`ts_rank_cd`). Between messages added one by one the worker puts segments together, as it does in life;
that is not counted. With `--peers` they are asked fewer queries of each sort than we are, for large archives. Needs
PostgreSQL (`postgresql`) for its column; without it that says so. Bounded by `--messages`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median, quantiles
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import psycopg  # noqa: E402

from communique.press.follower import Press  # noqa: E402
from communique.record.entry import parse_entry  # noqa: E402
from communique.record.reader_folder import FolderReader  # noqa: E402
from communique.search.answering import clauses  # noqa: E402
from communique.search.asked import read_fields  # noqa: E402
from communique.search.catalogue import Catalogue  # noqa: E402
from communique.search.engine import Wanted  # noqa: E402
from communique.search.engine_tantivy import TantivyFinder, TantivyWriter, segments  # noqa: E402
from communique.search.follower import LIVE, SEGMENTS_KEPT  # noqa: E402
from communique.search.soundness import UNITS  # noqa: E402
from communique.search.turns import Indexed, indexed, opened  # noqa: E402
from communique.search.words import forms_in, words_in  # noqa: E402
from postgresql import NotThere, running_server  # noqa: E402
from public_folder import free_port, wait_for  # noqa: E402
from search.judged.offices import messages, name_of  # noqa: E402
from search.judged_index import gain, lines  # noqa: E402
from search.ten_languages import LANGUAGES, TenLanguages, id_of  # noqa: E402
from signed_record import RecordMaker  # noqa: E402

TOP = 20
AT = "2026-03-03T13:00:00Z"
CONFIGURATIONS = {
    "ar": "arabic", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french", "hi": "hindi",
    "it": "italian", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""PostgreSQL 15's; `simple` for every other language"""
Query = tuple[str, str, str, str]
"""words, language, a speaker or "", a kind of turn or "" """
MORE = 40
"""messages added one by one"""
SAMPLE = 4_000
"""versions whose words are counted, to choose what is asked"""


class Ours:
    """The engine in the process, as `communique.search` has it."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "search" / "1" / UNITS

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

    def tidy(self) -> None:
        """What the worker does after a publication."""
        if segments(self.folder) > SEGMENTS_KEPT:
            writer = TantivyWriter(self.folder)
            writer.settle()
            writer.close(tidy=True)

    def ask(self, query: Query, by_date: bool, section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker, only = query
        wanted = Wanted(
            clauses=tuple(clauses(read_fields({"q": words}).pieces, (language,))),
            languages=(language,),
            speakers=(id_of(f"speaker {speaker}"),) if speaker else (),
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

    def tidy(self) -> None:
        """It does so by itself."""

    def add(self, one: Indexed) -> None:
        self.db.execute("BEGIN")
        self._put(one)
        self.db.execute("COMMIT")

    def _put(self, one: Indexed) -> None:
        for unit in one.units:
            row = (unit.key, one.language, unit.kind, one.section, next(iter(unit.speakers), ""))
            self.db.execute("INSERT OR REPLACE INTO unit VALUES (?,?,?,?,?)", row)
            self.db.execute("INSERT INTO word(rowid, words) VALUES (?,?)", (unit.key, unit.words))

    def ask(self, query: Query, by_date: bool, section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker, only = query
        phrases = re.findall(r'"[^"]+"', words)
        rest = re.sub(r'"[^"]+"', " ", words).split()
        match = " ".join([*phrases, *(f'"{word}"' for word in rest)])
        where = "word MATCH ? AND u.language = ?" + "".join(
            f" AND u.{name} = ?"
            for name, value in (("speaker", speaker), ("unit", only), ("section", section))
            if value
        )
        speaker = speaker and id_of(f"speaker {speaker}")
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

    def tidy(self) -> None:
        """It does so by itself."""

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

    def ask(self, query: Query, by_date: bool, section: str = "", counts: bool = False) -> list[int]:
        words, language, speaker, only = query
        asked = "websearch_to_tsquery(%s::regconfig, %s)"
        given = [CONFIGURATIONS.get(language, "simple"), words]
        where = f"words @@ {asked} AND language = %s" + "".join(
            f" AND {name} = %s" for name, value in (("speaker", speaker), ("unit", only), ("section", section)) if value
        )
        speaker = speaker and id_of(f"speaker {speaker}")
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
    parser.add_argument(
        "--peers", type=int, default=0, help="queries of each sort for the peers, evenly chosen; 0: all"
    )
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
    corpus = TenLanguages(options.messages, options.seed)
    all_ = [found for n in range(options.messages) if (found := indexed(n, corpus.message(n)[1]))]
    text = sum(len(unit.words.encode()) for one in all_ for unit in one.units)
    units = sum(len(one.units) for one in all_)
    print(f"{options.messages} messages, {units} units with titles, {text / 1e6:.1f} MB of text, load {load()}")
    ours = Ours(folder)
    engines: list[Engine] = [ours, Fts5(folder), *([postgresql()] if postgresql else [])]
    built, busy = {}, {}
    for engine in engines:
        start = time.process_time()
        built[engine.name] = timed(lambda engine=engine: engine.build(all_))
        busy[engine.name] = time.process_time() - start
        print(
            f"{engine.name} built in {built[engine.name]:.1f} s, {busy[engine.name]:.1f} s of them with a processor",
            flush=True,
        )
    sizes = {engine.name: engine.size() / text for engine in engines}
    sorts = queries(all_[:: max(1, len(all_) // SAMPLE)])
    names = "".join(f"{engine.name:>12}" for engine in engines)
    print(f"\n{'p95, ms':<28}{'ratio':>24}{names}{'ours, busy':>14}")
    for sort, some in sorts.items():
        for by_date in (False, True):
            said = {
                e.name: [
                    asked_times(e, some if e is ours else fewer(some, options.peers), by_date)
                    for _ in range(options.repeat)
                ]
                for e in engines
            }
            wall = {name: median(times for times, _ in found) for name, found in said.items()}
            best = min((value for name, value in wall.items() if name != "ours"), default=0.0)
            ratios = sorted(best / own for own, _ in said["ours"])
            ratio = f"{median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})"
            times = "".join(f"{wall[engine.name]:>12.2f}" for engine in engines)
            spent = median(busy for _, busy in said["ours"])
            order = ", newest" if by_date else ", best"
            print(f"{sort + order:<28}{ratio:>24}{times}{spent:>14.2f}", flush=True)
    counted = [spans(lambda q=q: ours.ask(q, False, counts=True)) for q in sorts["common"]]
    wall, spent = (p95([one[n] for one in counted]) for n in (0, 1))
    print(f"{'common, best, counted':<52}{wall:>12.2f}{'':>{12 * (len(engines) - 1)}}{spent:>14.2f}")
    over_http(folder, corpus, ours, sorts)
    more = [indexed(len(all_) + n, corpus.message(len(all_) + n)[1]) for n in range(MORE)]
    added = {e.name: [added_in(e, one) for one in more if one] for e in engines}
    lasting = [spans(lambda n=n: one_file(folder / f"lasting-{n}"))[0] for n in range(MORE)]
    print(
        f"\none message more, p95 ms with a processor, ours: {p95([busy for _, busy in added['ours']]):.1f};", end=" "
    )
    print(f"one small file made lasting: median {median(lasting):.1f} ms, p95 {p95(lasting):.1f}; load {load()}")
    for words, values in (
        ("build, s", {name: f"{value:.1f}" for name, value in built.items()}),
        ("one message more, p95 ms", {name: f"{p95([wall for wall, _ in some]):.1f}" for name, some in added.items()}),
        ("size over text", {name: f"{value:.2f}" for name, value in sizes.items()}),
        ("nDCG@10 of the judged queries", {n: f"{v:.3f}" for n, v in judged(folder, postgresql).items()}),
    ):
        print(f"{words:<52}" + "".join(f"{values[engine.name]:>12}" for engine in engines))
    print(f"\nPython {platform.python_version()}, tantivy {version('tantivy')}, SQLite {sqlite3.sqlite_version}")


def added_in(engine: Engine, one: Indexed) -> tuple[float, float]:
    """One message more, in milliseconds, and those with a processor; what the worker does afterwards is not counted."""
    found = spans(lambda: engine.add(one))
    engine.tidy()
    return found


def one_file(path: Path) -> None:
    with path.open("wb") as file:
        file.write(bytes(20_000))
        file.flush()
        os.fdatasync(file.fileno())


def over_http(folder: Path, corpus: TenLanguages, ours: Ours, sorts: dict[str, list[Query]]) -> None:
    """The 95th percentiles of whole pages. Baked is a message of each language, whose search pages there are then; of
    the others those editions lie in the record that are shown. Nobody reads more."""
    baked, shown = RecordMaker(), RecordMaker()
    for id_, content in corpus.furniture():
        baked.add(id_, "furniture", content, at=AT)
    furniture = len(baked.entries)
    for number in range(len(LANGUAGES)):
        id_, content = corpus.message(number)
        baked.add(id_, "publish", content, at=AT)
    public = folder / "public"
    baked.write(public / "record")
    Press(lambda: FolderReader(public / "record"), public, folder / "press.sqlite3").catch_up()
    catalogue = Catalogue(folder / "search" / "1", "bench", writing=True)
    catalogue.begin()
    for entry in FolderReader(public / "record").entries(0, furniture):
        catalogue.furnish(entry, baked.editions[entry.body])
    asked = [(query, by_date) for some in sorts.values() for by_date in (False, True) for query in some]
    for number in sorted({opened(key)[1] for query, by_date in asked for key in ours.ask(query, by_date)}):
        id_, content = corpus.message(number)
        edition = shown.add(id_, "publish", content, at=AT)
        (public / "record" / "editions" / edition.body).write_bytes(edition.data)
        catalogue.version(parse_entry(shown.entries[-1], number))
    catalogue.commit(corpus.messages, "", False)
    catalogue.close()
    (folder / "search" / LIVE).symlink_to("1")
    with served(public, folder / "search") as (port, busy):
        print(f"\n{'over HTTP, p95 ms':<52}{'page':>12}{'busy, mean':>14}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for sort, some in sorts.items():
            some = [query for query in some if ours.ask(query, True)]
            for by_date in (False, True):
                for query in some[:3]:
                    page(connection, query, by_date)
                before = busy()
                times = [spans(lambda q=q, order=by_date: page(connection, q, order))[0] for q in some]
                spent = (busy() - before) / len(some)
                print(
                    f"{sort + (', newest' if by_date else ', best'):<52}{p95(times):>12.2f}{spent:>14.2f}", flush=True
                )


@contextmanager
def served(public: Path, search: Path) -> Iterator[tuple[int, Callable[[], float]]]:
    """The readers' server, as `communique serve` starts it, with one process that answers: its port, and what tells
    how many milliseconds its processes had a processor."""
    port = free_port()
    command = [sys.executable, "-m", "communique.settings.site_server", "--desk", "desk.localhost"]
    command += ["--public", str(public), "--search", str(search), "--port", str(port), "--workers", "1"]
    process = subprocess.Popen([*command, "--parent", str(os.getpid())], stdin=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, lambda: busy_ms(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def busy_ms(server: int) -> float:
    """How long a process and its children had a processor, in steps of 10 ms; 0 where no /proc tells."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            found += int(fields[11]) + int(fields[12]) if server in (int(stat.parent.name), int(fields[1])) else 0
    return found * 1000 / os.sysconf("SC_CLK_TCK")


def page(connection: http.client.HTTPConnection, query: Query, by_date: bool) -> None:
    """One page with its marked words, read to its end."""
    words, language, speaker, only = query
    order = "date" if by_date else "relevance"
    fields = {"q": words, "speaker": speaker and f"speaker-{speaker}", "only": only, "order": order}
    connection.request("GET", f"/{language}/search/?{urlencode({k: v for k, v in fields.items() if v})}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 or b"<mark>" not in body:
        raise SystemExit(f"{query}: answered {answer.status}, without marked words")


def queries(all_: list[Indexed]) -> dict[str, list[Query]]:
    """What is asked: words by how many units have them, pairs, phrases, and words of a speaker or of answers."""
    sorts = ("common", "common, answers", "common, speaker", "middle", "rare", "two", "phrase")
    found: dict[str, list[Query]] = {name: [] for name in sorts}
    for language in LANGUAGES:
        some = [[form.folded for form in forms_in(unit.words, language)]
                for one in all_ if one.language == language for unit in one.units]  # fmt: skip
        often = Counter(word for words in some for word in set(words))
        ranked = [word for word, _ in often.most_common()]
        common, middle = ranked[:10], ranked[40:50]
        found["common"] += [(word, language, "", "") for word in common]
        found["common, answers"] += [(word, language, "", "answer") for word in common]
        found["common, speaker"] += [(word, language, str(n), "") for n, word in enumerate(common)]
        found["middle"] += [(word, language, "", "") for word in middle]
        found["rare"] += [(word, language, "", "") for word in [one for one in ranked if often[one] == 1][:10]]
        found["two"] += [(f"{one} {other}", language, "", "") for one, other in zip(common, middle, strict=True)]
        texts = [unit.words for one in all_ if one.language == language for unit in one.units if len(unit.words) > 80]
        for text in texts[:: max(1, len(texts) // 10)][:10]:
            words = list(words_in(text, language))
            found["phrase"].append((f'"{text[words[3].start : words[5].end]}"', language, "", ""))
    return found


def fewer(some: list[Query], wanted: int) -> list[Query]:
    """So many of them, evenly chosen; all, for 0. A common word takes the peers seconds in a large archive."""
    return some[:: max(1, len(some) // wanted)] if wanted else some


def asked_times(engine: Engine, some: list[Query], by_date: bool) -> tuple[float, float]:
    """The 95th percentiles of all queries, warm: in milliseconds, and in those with a processor."""
    for query in some[:3]:
        engine.ask(query, by_date)
    found = [spans(lambda query=query: engine.ask(query, by_date)) for query in some]
    return p95([wall for wall, _ in found]), p95([busy for _, busy in found])


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
        query = (asked["q"], line["language"], "", asked.get("only", ""))
        section = said if "section" in asked else ""
        keys = engine.ask(query, False, section)
        places = [(known[index], place) for _, index, place in map(opened, keys) if place]
        yield gain([name_of(one, place) for one, place in places], line["answers"])


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spans(work: Callable[[], object]) -> tuple[float, float]:
    """How many milliseconds it takes, and how many of them this process has a processor."""
    busy, wall = time.process_time(), time.perf_counter()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - busy) * 1000


def load() -> str:
    """How many processes wanted a processor, on average of the last minute."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def p95(some: list[float]) -> float:
    return quantiles(some, n=20)[-1] if len(some) > 1 else some[0]


if __name__ == "__main__":
    sys.exit(main())
