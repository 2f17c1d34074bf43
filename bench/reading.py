"""How fast is a page of another site understood, beside trafilatura on the same pages, in the same run?

    python bench/reading.py [--times 200] [--rounds 3] [--pages FOLDER]

Read are the saved pages of official sites that lie beside the project (`../shared/import-cases/pages`), or every
`.html` of a folder; without either, pages of an invented site with menus around them. Each round reads all pages
`times` over with one reader, then with the other, in one process. We find everything that `communique read` writes:
turns, section, event, listed messages, furniture, how sure each field is. The peer is asked for its text with title and
date. Printed is our rate over the peer's, the median of the rounds with the smallest and the largest, then both rates;
and what it costs that strangers' pages are read by a child with limits, as `communique read` does it, in a batch.

Fair or not: both are given bytes, both have read every page once before the clock starts, and one core does it all
(the child has one and its parent waits on another).
trafilatura is asked without comments and with its metadata, as its documentation has it; it looks for no turns.

Needs the packages of the group `peers`. 16 pages 200 times over take some minutes; `--times 3` gives the same ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from communique.importing.capture import capture
from communique.importing.page import read_page
from communique.importing.raw import Raw
from communique.importing.reader import Reader
from communique.importing.record_json import as_record

try:
    import trafilatura
except ImportError:
    trafilatura = None

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "import-cases" / "pages"
PARAGRAPH = "The harbour office said on Tuesday that the ferry sails again, and that nobody pays for it before May. "


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=Path, default=BESIDE)
    options = parser.parse_args()
    if trafilatura is None:
        sys.exit("bench/reading.py: trafilatura not found; python3 ground/set_up.py peers")
    pages = [path.read_bytes() for path in sorted(options.pages.glob("*.html"))] or invented()
    compare(pages, options.times, options.rounds)


def compare(pages: Sequence[bytes], times: int, rounds: int) -> None:
    """Both readers on the same pages, in turns."""
    rate(ours, pages, 1)
    rate(theirs, pages, 1)
    rates: dict[str, list[float]] = {"ours": [], "theirs": [], "confined": []}
    with Reader() as reader:
        confined(reader, pages, 1)
        for _ in range(rounds):
            rates["ours"].append(rate(ours, pages, times))
            rates["confined"].append(confined(reader, pages, times))
            rates["theirs"].append(rate(theirs, pages, times))
    report(rates["ours"], rates["theirs"])
    shares = sorted(a / b for a, b in zip(rates["confined"], rates["ours"], strict=True))
    print(f"{median(shares):.2f} of that in a child with limits ({shares[0]:.2f}–{shares[-1]:.2f})")
    print(versions(pages, times, rounds))


def ours(page: bytes) -> str:
    """Everything that `communique read` writes."""
    return json.dumps(as_record(read_page(capture(page, name="page.html", any_state=True))), ensure_ascii=False)


def confined(reader: Reader, pages: Sequence[bytes], times: int) -> float:
    """Pages a second, read in a batch by a child with limits."""
    raws = (Raw(f"{n}", "page.html", page) for n in range(times) for page in pages)
    start = time.perf_counter()
    count = sum(not isinstance(found, Exception) for _, found in reader.read_all("record", raws))
    assert count == times * len(pages)
    return count / (time.perf_counter() - start)


def theirs(page: bytes) -> str | None:
    """Text, title and date, as the peer has them."""
    return trafilatura.extract(page, output_format="json", with_metadata=True, include_comments=False)


def rate(read: Callable[[bytes], object], pages: Sequence[bytes], times: int) -> float:
    """Pages a second."""
    start = time.perf_counter()
    for _ in range(times):
        for page in pages:
            read(page)
    return times * len(pages) / (time.perf_counter() - start)


def report(mine: Sequence[float], others: Sequence[float]) -> None:
    """One line, the ratio first."""
    ratios = sorted(a / b for a, b in zip(mine, others, strict=True))
    print(
        f"{median(ratios):.2f} of trafilatura ({ratios[0]:.2f}–{ratios[-1]:.2f}), pages understood: "
        f"communique {median(mine):,.1f}/s ({min(mine):,.1f}–{max(mine):,.1f}), "
        f"trafilatura {median(others):,.1f}/s ({min(others):,.1f}–{max(others):,.1f})",
        flush=True,
    )


def versions(pages: Sequence[bytes], times: int, rounds: int) -> str:
    """What was compared, and on what."""
    return (
        f"communique {_version('communique')}, trafilatura {_version('trafilatura')}, lxml {_version('lxml')}, "
        f"Python {platform.python_version()}; one process, {os.cpu_count()} cores, "
        f"{platform.machine()} {platform.system()} {platform.release()}; {len(pages)} pages of "
        f"{sum(map(len, pages)) // len(pages):,} bytes, {times} times, {rounds} rounds"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def invented(count: int = 16) -> list[bytes]:
    """Pages of an invented site, with a menu and a list of others around the text."""
    menu = "".join(f"<li><a href='/{n}'>Matter {n} of the harbour</a></li>" for n in range(200))
    others = "".join(f"<li>{n}.04.2026 <a href='/n{n}'>Notice {n} to all skippers</a></li>" for n in range(1, 20))
    return [
        (
            f"<!doctype html><html lang='en'><head><title>Notice {n} | Harbour</title></head><body>"
            f"<div class='menu'><ul>{menu}</ul></div><h1>Notice {n}</h1><p>3 May 2026</p>"
            f"{f'<p>{PARAGRAPH * 4}</p>' * 12}<h2>Latest news</h2><ul>{others}</ul></body></html>"
        ).encode()
        for n in range(count)
    ]


if __name__ == "__main__":
    main()
