"""Lighthouse gives 100 of 100 in each category, on a phone on a slow line, in light and in dark.

`make test` judges two pages of the sample in one scheme each, and takes no points for speed, which it cannot measure
while other tests use the machine (`test_weights.py` holds what speed is made of). `make trials` judges front page,
interview, list, person and crisis page in both, an interview of 80 turns, a message with ten pictures, a month of
2,000 messages and the demo's own pages in its three languages, and writes docs/figures/lighthouse.md. Lighthouse comes
from npm; without it these tests are skipped and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import CHROMIUM
from conftest import Report
from figures import in_full_numbers
from made_demo import made_demo
from press import sample
from press.lighthouse import PROGRAM, Verdict, judge, squeeze
from press.lighthouse_pages import heavy_pages
from press.photograph import RECORD, write_site
from public_folder import Public, served

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists() or not CHROMIUM, reason="no Lighthouse or no Chromium: run `npm ci`"
)
PLAIN = {
    "front page": "en/",
    "interview": "en/speeches/2027/03/05/harbour-hour/",
    "list": "en/all/",
    "person": "en/people/oriel-tavenmark/",
    "crisis page": "crisis/en/",
}
IN_OTHER_SCRIPTS = {
    f"interview, {language}": f"{language}/speeches/2027/03/05/harbour-hour/" for language in ("ar", "ru")
}
SMALL = ("interview",)
HEAVY = {
    "80 turns": "heavy/turns/",
    "ten pictures": "heavy/pictures/",
    "month of 2,000 messages": "heavy/month/",
    "its fullest page": "heavy/day/",
}
OF_THE_DEMO = {
    "front page": "en/",
    "front page, fr": "fr/",
    "front page, ar": "ar/",
    "interview": "en/speeches/2026/11/13/the-sound-at-seven/",
    "interview, ar": "ar/khitabat/2026/11/14/al-madiq-inda-as-sabia/",
    "withdrawn message": "en/notices/2025/10/06/provisional-timetable/",
    "two languages side by side": "en/replies/2026/08/11/fog-bell-of-skelmar-point/beside/fr/",
    "list": "en/all/",
    "agenda": "en/by/agenda/2026/",
    "person": "en/people/oriel-tavenmark/",
    "search": "en/search/",
    "check of a quote": "check/en/",
    "the record": "check/en/record/",
    "for programmers": "developers/en/",
}
"""`en/search/` as it reads without a program that answers"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    root = tmp_path_factory.mktemp("lighthouse")
    build = root / "builds" / "1"
    write_site(build)
    for path, page in heavy_pages().items():
        (build / path).parent.mkdir(parents=True, exist_ok=True)
        (build / path).write_bytes(page)
    (build / "robots.txt").write_text("User-agent: *\nAllow: /\n")
    squeeze(build)
    (root / "record").mkdir()
    for path, words in RECORD.items():
        (root / path).write_text(words)
    (root / "site").symlink_to("builds/1")
    with served(root) as public:
        yield public


def test_lighthouse_gives_all_points(site: Public, full_numbers: bool, figures: Report) -> None:
    pages = {**PLAIN, **IN_OTHER_SCRIPTS, **HEAVY} if full_numbers else {name: PLAIN[name] for name in SMALL}
    said = _judged(site, pages, full_numbers)
    figures("lighthouse", "What does Lighthouse say of a page on a phone on slow 4G?", _in_words(said))
    assert _wanting(said, full_numbers) == {}


@pytest.mark.skipif(not in_full_numbers(), reason="the demo's own pages are judged by `make trials`")
def test_lighthouse_gives_all_points_to_the_demo(figures: Report) -> None:
    with served(made_demo() / "public") as demo:
        said = _judged(demo, OF_THE_DEMO, full_numbers=True)
    figures(
        "lighthouse-demo", "What does Lighthouse say of the demo's own pages on a phone on slow 4G?", _in_words(said)
    )
    assert _wanting(said, speed=True) == {}


def _judged(site: Public, pages: dict[str, str], full_numbers: bool) -> dict[str, Verdict]:
    said: dict[str, Verdict] = {}
    for number, (name, path) in enumerate(pages.items()):
        for dark in (False, True) if full_numbers else (number % 2 == 1,):
            said[f"{name}, {'dark' if dark else 'light'}"] = judge(f"http://127.0.0.1:{site.port}/{path}", dark)
    return said


def _wanting(said: dict[str, Verdict], speed: bool) -> dict[str, tuple[dict[str, int], tuple[str, ...]]]:
    return {name: (verdict.points, verdict.faults) for name, verdict in said.items() if _wants(verdict, speed)}


def _wants(verdict: Verdict, speed: bool) -> bool:
    return any(points < 100 for category, points in verdict.points.items() if speed or category != "performance")


def _in_words(said: dict[str, Verdict]) -> dict[str, str]:
    return {
        name: f"{' '.join(map(str, verdict.points.values()))}; {verdict.weight_bytes / 1000:.0f} kB,"
        f" first paint {verdict.first_paint_ms / 1000:.1f} s, shift {verdict.shift:.3f}"
        for name, verdict in said.items()
    }


def test_the_sample_has_the_pages(tmp_path: Path) -> None:
    write_site(tmp_path)
    assert all((tmp_path / path / "index.html").is_file() for path in (*PLAIN.values(), *IN_OTHER_SCRIPTS.values()))
    assert all(f"{path}index.html" in heavy_pages() for path in HEAVY.values())
    assert sample.LANGUAGES
