"""What does a reader's browser fetch to search a site that no program serves, and what does a publication write?

The messages are transcripts in ten languages (`tests/search/ten_languages.py`), as a record, cut into the index below
/search/. The search page's scripts ask it in Node: the commonest words of each language, words of middle frequency, two
words, one word with filters, and phrases; each by relevance.

Printed are the bytes that were read, medians and 95th percentiles: cold, by a browser that has nothing; warm, by one
that asked for another word before and keeps what never changes; how many files that were, and in how many round trips
at most. Of the words that are shown, which lie in the messages' own files, nothing is counted, and one trip more. Then:
files that one message more writes, how long that takes, how long a cut from nothing takes, and files and bytes of the
whole over the text.

Fair or not: a language's sentences are about a thousand, so its words of middle frequency stand in more turns than in
life, and its phrases, too. Nothing is compressed on the way. Bounded by `--messages`.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from baking import counted_calls  # noqa: E402

from communique.record.reader_folder import FolderReader  # noqa: E402
from communique.search.cutting import Cutting  # noqa: E402
from communique.search.turns import Indexed, indexed  # noqa: E402
from communique.search.words import forms_in, words_in  # noqa: E402
from search.in_the_browser import Browser  # noqa: E402
from search.ten_languages import TenLanguages  # noqa: E402
from signed_record import RecordMaker, write_log  # noqa: E402

AT = "2026-03-03T13:00:00Z"
MORE = 20
"""messages published one by one at the end"""
Query = tuple[str, dict[str, str]]


def main() -> int:
    parser = argparse.ArgumentParser(description="bytes that a reader's browser fetches to search")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=10, help="queries of each sort and language")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="asking-"))
    try:
        measure(options, folder)
    finally:
        shutil.rmtree(folder)
    print(
        f"\nPython {platform.python_version()}, Node {subprocess.check_output(['node', '--version'], text=True)}",
        end="",
    )
    return 0


def measure(options: argparse.Namespace, folder: Path) -> None:
    """Make the record, cut it, publish some more, ask, and print it."""
    corpus = TenLanguages(options.messages, options.seed)
    record, contents = RecordMaker(), []
    for id_, content in corpus.furniture():
        record.add(id_, "furniture", content, at=AT)
    for number in range(options.messages):
        id_, content = corpus.message(number)
        record.add(id_, "publish", content, at=AT)
        contents.append(content)
    last = len(record.entries) - MORE
    text = sum(len(unit.words.encode()) for found in _indexed(contents) for unit in found.units)
    public = folder / "public"
    cutting = _cutting(folder, public)
    record.write(folder / "record")
    write_log(folder / "record", record.entries[:last])
    start = time.perf_counter()
    cutting.catch_up()
    whole = time.perf_counter() - start
    print(
        f"{options.messages} messages, {last} entries, {text / 1e6:.1f} MB of text; cut from nothing in {whole:.1f} s"
    )
    files = [path for path in public.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size / 1e6:.1f} MB, {size / text:.2f} of the text")
    print(
        f"\n{'kB read':<26}{'cold p50':>10}{'p95':>8}{'most':>8}{'warm p50':>10}{'p95':>8}{'most':>8}"
        f"{'files p95':>11}{'trips':>7}"
    )
    browser = Browser(public)
    try:
        for sort, some in queries(contents, options.each).items():
            print(_row(browser, sort, some))
    finally:
        browser.close()
    print("\n" + _more(folder, record, last))


def _row(browser: Browser, sort: str, some: list[Query]) -> str:
    cold, warm, files, trips = [], [], [], []
    for language, query in some:
        cold.append(sum(browser.ask(language, query, 20, cold=True)["read"].values()) / 1000)
    for language, _ in some:
        browser.ask(language, {"q": "zqzqzq"}, 20)
    for language, query in some:
        browser.ask(language, {"q": "zqzqzq"}, 20, cold=True)
        found = browser.ask(language, query, 20)
        warm.append(sum(found["read"].values()) / 1000)
        files.append(len(found["read"]))
        trips.append(found["trips"])
    figures = "".join(
        f"{v:>{w}.0f}" for v, w in zip((*_spread(cold), *_spread(warm)), (10, 8, 8, 10, 8, 8), strict=True)
    )
    return f"{sort:<26}{figures}{_spread(files)[1]:>11.0f}{max(trips):>7}"


def _more(folder: Path, record: RecordMaker, last: int) -> str:
    """One message more, again and again: what a publication writes itself, and what the worker writes after it."""
    public = folder / "public"
    touched, times, behind = [], [], []
    for size in range(last + 1, last + MORE + 1):
        write_log(folder / "record", record.entries[:size])
        for builds, kept in ((False, touched), (True, behind)):
            cutting = _cutting(folder, public)
            cutting.builds = builds
            start = time.perf_counter()
            with counted_calls(public) as calls:
                cutting.catch_up()
            if not builds:
                times.append((time.perf_counter() - start) * 1000)
            kept.append(calls["files"])
    return (
        f"one message more: {median(touched):.0f} files, at most {max(touched)}; {median(times):.0f} ms, "
        f"p95 {_spread(times)[1]:.0f} ms; the worker afterwards {median(behind):.0f}, at most {max(behind)}"
    )


def _cutting(folder: Path, public: Path) -> Cutting:
    return Cutting(lambda: FolderReader(folder / "record"), public / "search", folder / "cut.sqlite3")


def _indexed(contents: list[dict[str, Any]]) -> list[Indexed]:
    return [found for number, content in enumerate(contents) if (found := indexed(number, content))]


def queries(contents: list[dict[str, Any]], each: int) -> dict[str, list[Query]]:
    """What is asked, by sort."""
    found: dict[str, list[Query]] = {
        name: [] for name in ("common word", "middle word", "common + middle", "common, answers only", "phrase")
    }
    all_ = _indexed(contents)
    for language in sorted({one.language for one in all_}):
        units = (unit for one in all_ if one.language == language for unit in one.units)
        often = Counter(word for unit in units for word in {form.folded for form in forms_in(unit.words, language)})
        ranked = [word for word, _ in often.most_common()]
        middle = ranked[len(ranked) // 4 :: max(1, len(ranked) // 40)][:each]
        found["common word"] += [(language, {"q": word}) for word in ranked[:each]]
        found["middle word"] += [(language, {"q": word}) for word in middle]
        pairs = zip(ranked[:each], middle, strict=False)
        found["common + middle"] += [(language, {"q": f"{one} {other}"}) for one, other in pairs]
        filters = {"only": "answer", "from": "2010", "to": "2019", "kind": "briefing"}
        found["common, answers only"] += [(language, {"q": word, **filters}) for word in ranked[:each]]
        texts = [unit.words for one in all_ if one.language == language for unit in one.units if len(unit.words) > 80]
        for text in texts[:: max(1, len(texts) // each)][:each]:
            words = list(words_in(text, language))
            found["phrase"].append((language, {"q": f'"{text[words[3].start : words[5].end]}"'}))
    return found


def _spread(some: list[float]) -> tuple[float, float, float]:
    return median(some), quantiles(some, n=20)[-1], max(some)


if __name__ == "__main__":
    sys.exit(main())
