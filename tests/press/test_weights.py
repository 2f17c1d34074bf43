"""What a page weighs on the wire, and whether anything jumps while it comes: counted as readers get it, compressed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from PIL import Image
from playwright.sync_api import Browser, Route

from browser import chromium
from communique.press import pages
from communique.press.copies import SETTLED_S
from communique.press.shelf import BROTLI_QUALITY, FINEST_QUALITY, with_compressed
from made_demo import made_demo
from press import sample, sample_scripts
from press.photograph import CLOCK, sample_site, served, write_site
from public_folder import Public, put
from public_folder import served as served_by_us

ONE_ROUND_TRIP = 14_000
"""bytes that a server may send before it has heard from the reader: ten packets"""
MESSAGE_LIMIT = 50_000
SCRIPTS_LIMIT = 15_000
MOST_SHIFT = 0.025
"""the part of the window that moves times its way, in windows: of a line or two; 0.1 is what is called good"""
FONT_WAIT_S = 0.6
LIGHT = ("en", "fr", "ar", "ru", "el", "he", "hi")
"""all languages of the sample office but Chinese, which is set in its reader's own font (docs/decisions/0016)"""
OTHER_MESSAGES = ("statements/2027/02/19/provisional-timetable/", "speeches/2027/03/03/a-year-of-the-ferry/")
SHOWROOM = (
    "en/speeches/2026/11/13/the-sound-at-seven/",
    "en/speeches/2026/11/24/what-a-timetable-is-for/",
    "en/notices/2025/08/14/cello-case/",
    "fr/discours/2026/11/13/le-detroit-a-sept-heures/",
    "fr/discours/2026/11/24/a-quoi-sert-un-horaire/",
    "ar/khitabat/2026/11/14/al-madiq-inda-as-sabia/",
    "ar/akhbar/2026/01/20/arbaun-maqadan/",
)
"""of the demo's messages the longest talks, a notice with figures in italics, news with a mail address"""
PICTURES = (".webp", ".jpg", ".png")
READERS_OWN = {"Noto Sans Devanagari": "Liberation Sans"}
"""a font that this machine has, under whose name a page finds the one that a reader of Hindi has"""
OWN_LIMIT = 22_000

INTERVIEW = "en/speeches/2027/03/05/harbour-hour/"
LINK = re.compile(r'<link rel="stylesheet" href="/([^"]+)"( media="print")?>')
SCRIPT = re.compile(r'<script src="/([^"]+)"( defer)?>')
FONT = re.compile(r'<link rel="preload" as="font" type="font/woff2" href="/([^"]+)"')


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return sample_site()


def wire(path: str, data: bytes) -> int:
    """What a file weighs as it is sent."""
    if path.endswith(".woff2"):
        return len(data)
    return len(brotli.compress(data, quality=FINEST_QUALITY if path.startswith("assets/") else BROTLI_QUALITY))


def weights(site: dict[str, bytes], path: str) -> dict[str, int]:
    """What of a page's first view weighs how much: its HTML, styles for a screen, scripts, fonts loaded ahead."""
    html = site[f"{path}index.html"].decode()
    found = {
        "html": [f"{path}index.html"],
        "styles": [name for name, paper in LINK.findall(html) if not paper],
        "scripts": [name for name, _ in SCRIPT.findall(html)],
        "fonts": FONT.findall(html),
    }
    return {what: sum(wire(name, site[name]) for name in names) for what, names in found.items()}


def until_the_first_words(site: dict[str, bytes], path: str, mark: str) -> int:
    """What must have come before the first words can be read: HTML so far, styles, and what runs before it."""
    html = site[f"{path}index.html"].decode()
    before, sign, _ = html.partition(mark)
    assert sign, mark
    paragraph = f"{before}{sign}{html[len(before) + len(sign) :].partition('</p>')[0]}"
    waited = [name for name, paper in LINK.findall(html) if not paper]
    waited += [name for name, later in SCRIPT.findall(html) if not later]
    return len(brotli.compress(paragraph.encode(), quality=BROTLI_QUALITY)) + sum(wire(n, site[n]) for n in waited)


def test_a_message_is_light_and_its_first_words_come_in_one_round_trip(
    site: dict[str, bytes], figures: Callable[..., None]
) -> None:
    found = weights(site, INTERVIEW)
    words = until_the_first_words(site, INTERVIEW, '<div class="turn-words')
    front = until_the_first_words(site, "en/", 'class="lead-title"')
    numbers = {f"interview, {what}": count for what, count in found.items()}
    numbers |= {"interview, all without fonts": sum(found.values()) - found["fonts"]}
    numbers |= {"interview, until the first words": words, "front, until its title": front}
    figures("weights", "How many bytes does a page weigh on the wire?", numbers)
    assert sum(found.values()) - found["fonts"] <= MESSAGE_LIMIT
    assert words <= ONE_ROUND_TRIP
    assert front <= ONE_ROUND_TRIP
    assert found["scripts"] <= SCRIPTS_LIMIT


def test_every_script_that_a_message_may_ever_load_is_light_in_all(site: dict[str, bytes]) -> None:
    """Quoting, the picture card, the player and what was changed since come only when they are asked for."""
    others = ("check", "record", "quotes", "verifier", "guide", "search", "sought", "words", "stemmers")
    names = [name for name in site if name.endswith(".js") and not name.removeprefix("assets/").startswith(others)]
    assert {name.removeprefix("assets/").split(".")[0] for name in names} >= {
        "alive",
        "quote",
        "card",
        "since",
        "listen",
    }
    assert sum(wire(name, site[name]) for name in names) <= SCRIPTS_LIMIT


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("weights")
    write_site(Path(folder))
    for path, data in _further_scripts().items():
        (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
        (Path(folder) / path).write_bytes(data)
    with served(Path(folder)) as running:
        yield running


def _further_scripts() -> dict[str, bytes]:
    return {path: data for language in sample_scripts.LANGUAGES for path, data in sample_scripts.site(language).items()}


def asked_for(browser: Browser, address: str, path: str, own: Callable[[Route], None] | None = None) -> list[str]:
    """The paths of all files that Chromium asks for until a page is at rest; `own` hands its style sheets over."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    found: list[str] = []
    if own:
        page.route("**/*.css", own)
    page.on("request", lambda request: found.append(request.url.removeprefix(f"{address}/")))
    page.goto(f"{address}/{path}", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.close()
    return [f"{name}index.html" if not name or name.endswith("/") else name for name in dict.fromkeys(found)]


def test_all_that_a_browser_loads_for_an_interview_with_its_fonts_is_light(
    browser: Browser, address: str, site: dict[str, bytes], figures: Callable[..., None]
) -> None:
    files_of = {**site, **_further_scripts()}
    loaded = {
        language: {
            name: wire(name, files_of[name]) for name in asked_for(browser, address, f"{language}{INTERVIEW[2:]}")
        }
        for language in (*sample.LANGUAGES, *sample_scripts.LANGUAGES)
    }
    totals = {f"interview in {language}, fonts too": sum(files.values()) for language, files in loaded.items()}
    figures(
        "weights-loaded", "How many bytes does Chromium load for a page, on a machine without fonts of Asia?", totals
    )
    for language, files in loaded.items():
        assert sum(".woff2" in name for name in files) >= 2, language
    for language in LIGHT:
        assert sum(loaded[language].values()) <= MESSAGE_LIMIT, sorted(loaded[language].items())
    for language in ("ru", "el", "he", "ar", "hi"):
        assert not [name for name in loaded[language] if "-latin" in name], language


@pytest.fixture(scope="module")
def in_crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    """The sample site behind the real server: with an advisory, and the crisis page in place of each front page."""
    made = sample_site()
    for language in sample.LANGUAGES:
        setting = sample.setting(language, sample.STORM)
        made[f"{language}/index.html"] = pages.crisis_front_page(setting).encode()
        made[f"crisis/{language}/index.html"] = pages.crisis_page(setting).encode()
    root = tmp_path_factory.mktemp("crisis")
    for path, data in with_compressed(dict(made)).items():
        if data is not None:
            put(root / "site" / path, data)
    time.sleep(SETTLED_S + 0.2)  # then each answer says since when its file is as it is, which are bytes, too
    with served_by_us(root) as running:
        yield running


def test_all_that_a_browser_loads_for_a_crisis_page_with_headers_comes_in_one_round_trip_and_is_no_font(
    browser: Browser, in_crisis: Public, figures: Callable[..., None]
) -> None:
    loaded = {
        f"{what}, {language}": on_the_wire(browser, in_crisis, path)
        for language in sample.LANGUAGES
        for what, path in (("crisis page", f"crisis/{language}/"), ("in place of the front page", f"{language}/"))
    }
    totals = {name: sum(files.values()) for name, files in loaded.items()}
    figures("weights-crisis", "How many bytes, headers too, does Chromium load for a crisis page?", totals)
    for name, files in loaded.items():
        assert len(files) == 4, "the page, its style sheet, its script and what stands beside its name"
        assert not [path for path in files if path.endswith(".woff2")]
        assert sum(files.values()) < ONE_ROUND_TRIP, (name, files)


def on_the_wire(browser: Browser, public: Public, path: str) -> dict[str, int]:
    """What Chromium loads for a page, with the bytes of each answer as the network had them: head and body."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    asked: dict[str, str] = {}
    found: dict[str, int] = {}
    network.on("Network.requestWillBeSent", lambda one: asked.setdefault(one["requestId"], one["request"]["url"]))
    network.on("Network.loadingFinished", lambda one: found.update({asked[one["requestId"]]: one["encodedDataLength"]}))
    address = f"http://127.0.0.1:{public.port}/"
    page.goto(f"{address}{path}", wait_until="networkidle")
    icon = page.locator('link[rel="icon"]').get_attribute("href") or ""
    context.close()
    sizes = {url.removeprefix(address): size for url, size in found.items()}
    answer = public.get(icon, accept_encoding="br")
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    return {icon[1:]: len(answer.body) + head + len("HTTP/1.1 200 OK\r\n\r\n"), **sizes}


@pytest.mark.parametrize("language", [language for language in sample.LANGUAGES if language in LIGHT])
@pytest.mark.parametrize("message", OTHER_MESSAGES)
def test_a_statement_and_a_speech_are_as_light_as_an_interview(
    browser: Browser, address: str, site: dict[str, bytes], language: str, message: str
) -> None:
    files = {name: wire(name, site[name]) for name in asked_for(browser, address, f"{language}/{message}")}
    assert any(".woff2" in name for name in files)
    assert sum(files.values()) <= MESSAGE_LIMIT, sorted(files.items())


@pytest.fixture(scope="module")
def showroom() -> Iterator[tuple[Path, str]]:
    folder = made_demo() / "public" / "site"
    with served(folder) as running:
        yield folder, running


@pytest.mark.xdist_group("showroom")
@pytest.mark.parametrize("path", SHOWROOM)
def test_the_longest_messages_of_the_showroom_are_light_beside_their_pictures(
    browser: Browser, showroom: tuple[Path, str], path: str
) -> None:
    folder, running = showroom
    names = [name for name in asked_for(browser, running, path) if not name.endswith(PICTURES)]
    files = {name: wire(name, (folder / name).read_bytes()) for name in names}
    assert any(".woff2" in name for name in files)
    assert sum(files.values()) <= MESSAGE_LIMIT, sorted(files.items())


def with_readers_font(route: Route) -> None:
    """A style sheet as it is where the reader has a font of India: under the name of one that this machine has."""
    response = route.fetch()
    body = response.text()
    for name, here in READERS_OWN.items():
        body = body.replace(f'local("{name}")', f'local("{here}")')
    route.fulfill(response=response, body=body)


def with_fonts_at_hand(route: Route) -> None:
    """A style sheet as it works where our fonts are at hand at once: from the second page on."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace("font-display: optional", "font-display: block"))


def test_a_reader_of_hindi_with_a_font_of_her_own_loads_none_of_ours(
    browser: Browser, address: str, site: dict[str, bytes], figures: Callable[..., None]
) -> None:
    files_of = {**site, **_further_scripts()}
    names = asked_for(browser, address, f"hi{INTERVIEW[2:]}", with_readers_font)
    files = {name: wire(name, files_of[name]) for name in names if "names-400" not in name}
    figures("weights-hindi", "How many bytes for Hindi, with a font of the reader's?", {"all": sum(files.values())})
    assert not [name for name in files if ".woff2" in name]
    assert any("devanagari" in name for name in files)
    assert sum(files.values()) <= OWN_LIMIT


@pytest.mark.parametrize("language", LIGHT)
def test_every_letter_that_was_said_is_shown_in_a_font_of_ours(browser: Browser, address: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.route("**/*.css", with_fonts_at_hand)
    page.goto(f"{address}/{language}{INTERVIEW[2:]}", wait_until="networkidle")
    inspector = page.context.new_cdp_session(page)
    for method in ("DOM.enable", "CSS.enable"):
        inspector.send(method)
    root = inspector.send("DOM.getDocument")["root"]["nodeId"]
    spoken = inspector.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".title, .turn-words p"})["nodeIds"]
    assert len(spoken) >= 5
    for node in spoken:
        fonts = inspector.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert fonts
        assert all(font["isCustomFont"] for font in fonts), fonts
    page.close()


def test_the_one_weight_of_hindi_is_thickened_where_words_are_bold(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.route("**/*.css", with_fonts_at_hand)
    page.goto(f"{address}/hi{INTERVIEW[2:]}", wait_until="networkidle")
    words = page.locator(".question .turn-words").first
    bold = _ink(words.screenshot())
    words.evaluate("element => { element.style.fontSynthesis = 'none'; }")
    assert bold > 1.15 * _ink(words.screenshot())
    page.close()


def _ink(picture: bytes) -> int:
    """How dark a picture is, in all."""
    return sum(255 - shade for shade in Image.open(BytesIO(picture)).convert("L").tobytes())


AT_THAT_TIME = """(at) => { const [real, shift] = [Date.now.bind(Date), Date.parse(at) - Date.now()];
  Date.now = () => real() + shift; }"""
"""Playwright's own clock would hold up what the page does before it is drawn."""
SHIFTS = """() => { window.shift = 0; window.moved = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) { window.shift += one.value;
    for (const source of one.sources) window.moved.push(source.node?.className ?? source.node?.nodeName); } })
  .observe({type: "layout-shift", buffered: true}); }"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["en/", INTERVIEW, "en/all/", "en/people/oriel-tavenmark/", "crisis/en/"])
def test_nothing_jumps_when_the_fonts_come_late(browser: Browser, address: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(f"({AT_THAT_TIME})('{CLOCK}')")
    page.add_init_script(f"({SHIFTS})()")

    def late(route: Route) -> None:
        time.sleep(FONT_WAIT_S)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto(f"{address}/{path}", wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(200)
    shift, moved = page.evaluate("[window.shift, window.moved]")
    context.close()
    assert shift <= (MOST_SHIFT if "crisis" not in path else 0), moved
    assert page.url.endswith(path)
