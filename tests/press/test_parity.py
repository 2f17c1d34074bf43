"""Nothing is lost: a page taken in shows every line of its source, in real Chromium at the source's instant."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser
from tests.importing.generated import Generated, generate

from browser import chromium, opened
from communique.importing.capture import capture
from communique.importing.dates import whole_date
from communique.importing.page import Page, understand
from communique.record.release import Draft
from communique.settings.arrivals import publish_page
from communique.settings.configuration import Configuration
from communique.settings.office import Installation
from communique.settings.office_facts import office_piece
from offices import Office
from parity import faults
from public_folder import Public, served

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "embassy-page.txt"
CAPTURES = SEED.with_name("clocks.tsv")
COUNTED_FROM = (date(2018, 3, 4), date(2018, 3, 12))
EXAMPLE = ROOT / "examples" / "embassy-page.txt"

ORDER = (
    "date line", "clocks", "contacts", "counters", "section", "message date", "title", "turns", "list", "all",
)  # fmt: skip
"""the parts of the first real page from top to bottom"""

_offices = iter(range(1, 10_000))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    """One server for all offices of this module: each takes the folder over from the one before."""
    folder = tmp_path_factory.mktemp("parity")
    (folder / "public").mkdir()
    with served(folder / "public") as public:
        yield public


@dataclass(frozen=True)
class Capture:
    """What the real site showed at one instant; no counters where it showed none."""

    at: datetime
    day: date
    dateline: str
    clocks: list[str]
    counters: list[str]


@dataclass(frozen=True)
class Seen:
    """What a page of ours shows."""

    dateline: str
    clocks: list[str]
    counters: list[str]


@pytest.fixture(scope="module")
def captures() -> list[Capture]:
    if not CAPTURES.exists():
        pytest.skip(f"{CAPTURES.name} of the real site is not beside this checkout")
    rows = [line.split("\t") for line in CAPTURES.read_text("utf-8").splitlines()[1:]]
    return [captured_in(printed, moscow, london, counters) for printed, moscow, london, *counters in rows]


def captured_in(printed: str, moscow: str, london: str, counters: list[str]) -> Capture:
    """A row of the table with its instant: that at which London showed its time and Moscow its own."""
    found = whole_date(printed, "en")
    assert found
    assert found.day
    local = datetime.combine(found.day, time.fromisoformat(london), ZoneInfo("Europe/London"))
    instants = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    fitting = [at for at in instants if f"{at.astimezone(ZoneInfo('Europe/Moscow')):%H:%M}" == moscow]
    shown = f"{found.day.day} {found.day:%B %Y}"
    return Capture(fitting[0], found.day, shown, [moscow, london], [number for number in counters if number])


def shown_at(browser: Browser, site: Public, path: str, instants: list[datetime]) -> Iterator[Seen]:
    """The page's figures for readers of these instants."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.clock.install(time=instants[0])
    for at in instants:
        page.clock.set_fixed_time(at)
        page.goto(f"http://127.0.0.1:{site.port}{path}")
        counters = page.locator(".counter:not([hidden])").all_inner_texts()
        yield Seen(
            page.locator("time[data-day]").first.inner_text().strip(),
            [text.strip() for text in page.locator("time[data-clock]").all_inner_texts()],
            [text.split()[0] for text in counters],
        )
    context.close()


@pytest.fixture
def seed_source() -> str:
    if not SEED.exists():
        pytest.skip(f"{SEED.name} of the real site is not beside this checkout; the invented page is tested instead")
    return SEED.read_text("utf-8")


def installed(root: Path, zone: str, language: str, dates: str) -> Installation:
    """A new office in this folder, whatever stood there before."""
    for name in ("record", "builds"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "site").unlink(missing_ok=True)
    (root.parent / "press.sqlite3").unlink(missing_ok=True)
    office = Office(root.parent, f"parity{next(_offices)}.example/record")
    installation = Installation(Configuration(home=root.parent), office.publisher, office.press)
    piece = office_piece("Embassy", zone, [language], dates)
    office.publish(Draft(installation.known_id("office"), "furniture", piece))
    return installation


def taken_in(installation: Installation, text: str, captured: str | None = None) -> tuple[Page, str]:
    """The page understood and published; its path on the site."""
    page = understand(capture(text.encode(), name="page.txt"))
    arrival = publish_page(installation, page, captured)
    return page, f"/{arrival.addresses[arrival.message or '']}/"


def shown(browser: Browser, site: Public, path: str, at: str, **context: object) -> str:
    """The visible text of a page whose console stayed clean."""
    opened_in = browser.new_context(viewport={"width": 1280, "height": 900}, **context)  # type: ignore[arg-type]
    page, wrong = opened(opened_in, f"http://127.0.0.1:{site.port}{path}", at)
    text = page.inner_text("body")
    opened_in.close()
    assert wrong == []
    return text


def marks_of(page: Page) -> set[str]:
    return {turn.mark for turn in page.turns if turn.mark}


def test_the_first_real_page_shows_every_line_in_its_order(browser: Browser, site: Public, seed_source: str) -> None:
    installation = installed(site.root, "Europe/London", "en", "dd.MM.yyyy")
    page, path = taken_in(installation, seed_source)
    assert page.not_understood == ()
    for abroad in ("America/Chicago", "Asia/Tokyo"):
        visible = shown(browser, site, path, "2020-10-25T00:03:00Z", timezone_id=abroad)
        assert faults(seed_source, visible, marks_of(page)) == []


def test_the_first_real_page_is_right_later_and_in_the_repeated_hour(
    browser: Browser, site: Public, seed_source: str
) -> None:
    _, path = taken_in(installed(site.root, "Europe/London", "en", "dd.MM.yyyy"), seed_source)
    again = shown(browser, site, path, "2020-10-25T01:03:00Z")
    assert "Moscow: 04:03" in one_line(again)
    assert "London: 01:03" in one_line(again)
    new_year = one_line(shown(browser, site, path, "2021-01-01T12:00:00Z"))
    assert "1034 days have passed since the Salisbury" in new_year
    assert "1026 days have passed since the death" in new_year
    assert "1 January 2021" in new_year


def test_every_row_of_the_captures_holds_on_the_imported_page(
    browser: Browser, site: Public, seed_source: str, captures: list[Capture]
) -> None:
    """Day and clocks of every capture. The one page does not tell that its counters were first shown months after the
    days from which they count; as imported, they are shown from those days on, with the number of whole days."""
    _, path = taken_in(installed(site.root, "Europe/London", "en", "dd.MM.yyyy"), seed_source)
    for row, seen in zip(captures, shown_at(browser, site, path, [row.at for row in captures]), strict=True):
        counted = [str((row.day - first).days) for first in COUNTED_FROM if row.day >= first]
        assert seen == Seen(row.dateline, row.clocks, row.counters or counted), row
        assert row.counters in ([], counted), "what was shown in those years was right, or was not shown"


def test_with_its_first_day_of_showing_a_counter_is_hidden_on_every_capture_before(
    browser: Browser, site: Public, seed_source: str, captures: list[Capture]
) -> None:
    installation = installed(site.root, "Europe/London", "en", "dd.MM.yyyy")
    _, path = taken_in(installation, seed_source)
    first = min(row.day for row in captures if row.counters).isoformat()
    pieces = {i: c for i, c in installation.furniture().items() if c["piece"] == "counter"}
    installation.publisher.publish([Draft(i, "furniture", {**c, "shown": first}) for i, c in pieces.items()])
    for row, seen in zip(captures, shown_at(browser, site, path, [row.at for row in captures]), strict=True):
        assert seen == Seen(row.dateline, row.clocks, row.counters), row


def test_without_script_the_page_says_of_which_day_its_figures_are(
    browser: Browser, site: Public, seed_source: str
) -> None:
    installation = installed(site.root, "Europe/London", "en", "dd.MM.yyyy")
    _, path = taken_in(installation, seed_source)
    visible = one_line(shown(browser, site, path, "2021-01-01T12:00:00Z", java_script_enabled=False))
    assert "those of 3 March 2026" in visible, "the day on which the page became public, by this test's clock"
    assert "2921 days have passed since the Salisbury" in visible


def test_the_invented_page_shows_every_line_in_its_order(browser: Browser, site: Public) -> None:
    source = EXAMPLE.read_text("utf-8")
    understood = understand(capture(source.encode(), name=EXAMPLE.name))
    at = understood.surroundings.told_at
    assert at is not None
    zone = understood.surroundings.clocks[-1].zone
    assert zone is not None
    page, path = taken_in(installed(site.root, zone, "en", "dd.MM.yyyy"), source)
    visible = shown(browser, site, path, at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert page.not_understood == ()
    assert faults(source, visible, marks_of(page)) == []


def test_generated_pages_show_every_line_of_every_part(
    browser: Browser, site: Public, full_numbers: bool, figures: Callable[..., None]
) -> None:
    """Parts may stand elsewhere on the source than on our page; the lines of each part keep their order, and so do the
    parts that the source prints in the first page's order: at least title, text and list. Words that have no place are
    all said by the import."""
    seeds = range(0, 200, 1 if full_numbers else 25)
    lines = said = whole = 0
    for seed in seeds:
        generated = generate(seed)
        installation = installed(site.root, generated.zone, generated.language, generated.dates)
        page, path = taken_in(installation, generated.text, generated.browser_instant)
        visible = shown(browser, site, path, generated.browser_instant)
        lost = [
            f"seed {seed}, {part}: {fault}"
            for part, text in generated.shown.items()
            for fault in faults(text, visible, marks_of(page))
        ]
        assert lost == []
        ordered = in_the_first_pages_order(generated)
        assert faults("\n".join(generated.shown[part] for part in ordered), visible, marks_of(page)) == [], seed
        whole += set(ordered) == {part for part in generated.shown if part in ORDER}
        assert sorted(line.text for line in page.not_understood) == list(generated.expected.left)
        said += len(generated.expected.left)
        lines += sum(bool(line.strip()) for line in generated.text.splitlines())
    assert whole * 5 > len(seeds), "many pages are in order from their first line to their last"
    numbers = {"pages": len(seeds), "lines": lines, "lines lost": 0, "words with no place, all said": said}
    figures("parity", "Does a page made by a generator show every line of its source in Chromium?", numbers)


def in_the_first_pages_order(generated: Generated) -> list[str]:
    """The parts of a page as far as they stand one below another as on the first real page.

    A part that stands above one which should be above it is left out, never the message's own title and text.
    """
    found: list[str] = []
    own = [part for part in ("title", "turns") if part in generated.blocks]
    for part in [part for part in ORDER if part in generated.shown and part in generated.blocks]:
        at = generated.text.index(generated.blocks[part])
        fixed = [generated.text.index(generated.blocks[name]) for name in own if ORDER.index(name) > ORDER.index(part)]
        below = not found or at > generated.text.index(generated.blocks[found[-1]])
        if part in own or (below and all(at < other for other in fixed)):
            found.append(part)
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())
