"""Sample pages as a site in a folder, photographed in Chromium, and all photographs on one contact sheet.

    PYTHONPATH=.:tests .venv/bin/python -m press.photograph pictures          (`make pictures` does this)

Writes `site/` (the pages as files), one PNG for each page kind × width × light and dark × script, `contact-sheet.png`
and `index.html` which show them all; `beside-NN.png` lays ours beside the picture that gave the direction. Exit status
1 when a page scrolls sideways, prints to the console, or breaks the content security policy: a picture alone would not
show it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from browser import CHROMIUM, chromium
from communique.press import pages, specimens
from communique.press.bundle import assets, crisis_asset, office_asset
from communique.press.shown import AgendaSpan, Setting
from communique.press.styleguide import BELOW, styleguide_pages
from press import sample

DRAWINGS = Path(__file__).parent / "drawings"
CLOCK = "2027-03-09T09:42:00Z"
KEY = f"{sample.ORIGIN}+f8624945+AQOhB7/zzhC+HXDdGOdLwJln"
RECORD = {
    "record/checkpoint": f"{sample.ORIGIN}\n1209\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
    "record/log.vkey": f"{KEY}\n",
    "record/policy": "quorum none\n",
}
"""what a page asks of a record; nobody signed this one, so no page claims anything by it"""
THUMB_WIDTH = 300
THUMB_HEIGHT = 420
COLUMNS = 8


DIRECTION = Path(__file__).parents[2].parent / "shared" / "look"
PAIRS = {
    "01": "front-en-1280-light.png",
    "02": "interview-en-1280-light.png",
    "03": "interview-en-390-dark.png",
    "04": "interview-ar-1280-light.png",
    "05": "interview-ar-390-light.png",
    "11": "interview-en-794-paper.png",
    "12": "front-en-390-light.png",
}
"""the number of a picture that gives the direction -> our photograph of the same"""


WITH_A_FONT = """async name => {
    const css = await (await fetch(`/assets/${name}`)).text();
    const sheet = new CSSStyleSheet();
    const sans = '"Communique Hei", "Communique Song", system-ui';
    sheet.replaceSync(`${css} :root { --serif: "Communique Song"; --sans: ${sans}; --names: var(--sans) }`);
    document.adoptedStyleSheets.push(sheet);
    await Promise.all([...document.fonts].map((face) => face.load()));
}"""
"""A crisis page is set in what its reader has, and every reader of Chinese has a font of it, but not this machine: for
the photograph ours stand in."""


@dataclass(frozen=True)
class Shot:
    """One photograph: a page, a width, a colour scheme, screen or paper."""

    name: str
    path: str
    width: int = 1280
    dark: bool = False
    paper: bool = False

    @property
    def file(self) -> str:
        scheme = "paper" if self.paper else "dark" if self.dark else "light"
        return f"{self.name}-{self.width}-{scheme}.png"


def sample_site() -> dict[str, bytes]:
    """Every kind of page in every language of the sample office, by its path from the site's root."""
    written: dict[str, bytes] = {**assets(), **specimens.files()}
    for setting in (sample.setting(), sample.imported_setting()):
        written |= dict((office_asset(setting.furniture), crisis_asset(setting.furniture)))
    written[f"files/{sample.ARMS}.svg"] = (DRAWINGS / "arms.svg").read_bytes()
    written[f"files/{sample.FERRY}.svg"] = (DRAWINGS / "ferry.svg").read_bytes()
    written |= {path: words.encode() for path, words in RECORD.items()}
    written["favicon.ico"] = b""
    for path, page in sample_pages().items():
        written[f"{path}index.html" if path.endswith("/") else path] = page.encode()
    return written


def sample_pages() -> dict[str, str]:
    """The pages by their path; directories end in a slash."""
    found: dict[str, str] = {}
    for language in sample.LANGUAGES:
        found |= _language_pages(sample.setting(language), language)
    english, older = sample.setting(), sample.imported_setting()
    removed = sample.version(sample.content(state="removed", notice="It named a person by mistake."), "remove", 2)
    erased = sample.version({**sample.content(), "title": None, "ground": "Privacy Act, section 9."}, "erase", 2)
    return found | {
        **_beside_pages(),
        **styleguide_pages(english, sample.setting("ar")),
        "gone/": pages.gone_page(english, removed, "gone/"),
        "erased/611/": pages.tombstone_page(english, erased, "erased/611/"),
        "404.html": pages.not_found_page(english),
        "old/": pages.redirect_page(english, "old/", "en/"),
        "imported/": pages.message_page(older, sample.imported(), (), (), "en/speeches-interviews-articles/"),
    }


def _beside_pages() -> dict[str, str]:
    """What an edition changed in every language that has its own words for it, and each beside another one."""
    found = {}
    rows = {row.language: row for row in sample.siblings()}
    for language, other in BESIDE.items():
        first = sample.version(_before_correction(language))
        path = f"{language}/speeches/2027/03/05/harbour-hour/editions/2/changes/"
        setting, corrected = sample.setting(language), sample.corrected(language)
        section = f"{language}/speeches/"
        found[path] = pages.comparison_page(setting, first, corrected, sample.editions(language), section)
        behind: dict[str, str] = {"t4": "2027-03-08T08:12:00Z"} if language == "en" else {}
        found[f"{language}/speeches/2027/03/05/harbour-hour/beside/{other}/"] = pages.beside_page(
            setting, (rows[language], rows[other]), (corrected, sample.corrected(other)), ({}, behind)
        )
    return found


def _before_correction(language: str) -> dict[str, Any]:
    """The interview with the wrong day that its correction mended."""
    content = deepcopy(dict(sample.content(language)))
    turn = next(one for one in content["turns"] if one["id"] == "t4")
    wrong = {"2 April": "12 April", "٢ أبريل": "١٢ أبريل", "Второго": "Двенадцатого", "4月2日": "4月12日"}
    for right, other in wrong.items():
        turn["blocks"] = [block.replace(right, other) for block in turn["blocks"]]
    return content


def _language_pages(setting: Setting, language: str) -> dict[str, str]:
    speeches, editions = f"{language}/speeches/", sample.editions(language)
    events = setting.furniture.of("event")
    first = sample.version(sample.content(language))
    return {
        f"{language}/": pages.front_page(setting, sample.front(language)),
        f"{language}/speeches/2027/03/05/harbour-hour/": pages.message_page(
            setting, sample.corrected(language), sample.siblings(), editions, speeches
        ),
        f"{language}/speeches/2027/03/05/harbour-hour/editions/1/": pages.edition_page(
            setting, first, sample.siblings(), editions, speeches, editions[1]
        ),
        f"{language}/statements/2027/02/19/provisional-timetable/": pages.message_page(
            sample.setting(language, sample.STORM), sample.withdrawn(language), (), (), f"{language}/statements/"
        ),
        f"{language}/404/": pages.not_found_page(setting),
        f"check/{language}/record/": pages.record_page(setting, sample.ORIGIN, KEY),
        f"{language}/speeches/2027/03/03/a-year-of-the-ferry/": pages.message_page(
            setting, sample.speech(language), (), (), speeches
        ),
        f"{language}/all/": pages.listing_page(setting, sample.listing(language)),
        f"{language}/2027/03/": pages.listing_page(setting, sample.listing(language, month=True)),
        f"{language}/latest/": pages.latest_page(setting, sample.rows(language)),
        f"{language}/people/": pages.people_page(setting),
        f"{language}/people/oriel-tavenmark/": pages.person_page(setting, sample.person_listing(language)),
        f"{language}/people/oriel-tavenmark/2027/03/": pages.person_page(setting, sample.questioner_listing(language)),
        f"{language}/people/anselm-orrevane/": pages.person_page(setting, sample.silent_listing(language)),
        f"{language}/by/": pages.archive_page(setting, sample.archive(sample.TESSMARK[language], language)),
        f"{language}/by/place/": pages.listing_page(setting, sample.names_listing(language)),
        f"{language}/by/agenda/": pages.agenda_page(setting, AgendaSpan("", ("2027", "2026"))),
        f"{language}/by/agenda/2027/": pages.agenda_page(
            setting, AgendaSpan("2027", ("2027", "2026"), events=frozenset(piece.id for piece in events))
        ),
        f"crisis/{language}/": pages.crisis_page(setting),
    }


KINDS = {
    "front": "/{language}/",
    "interview": "/{language}/speeches/2027/03/05/harbour-hour/",
    "speech": "/{language}/speeches/2027/03/03/a-year-of-the-ferry/",
    "edition": "/{language}/speeches/2027/03/05/harbour-hour/editions/1/",
    "changes": "/{language}/speeches/2027/03/05/harbour-hour/editions/2/changes/",
    "beside": "/{language}/speeches/2027/03/05/harbour-hour/beside/{other}/",
    "withdrawn": "/{language}/statements/2027/02/19/provisional-timetable/",
    "list": "/{language}/all/",
    "month": "/{language}/2027/03/",
    "latest": "/{language}/latest/",
    "people": "/{language}/people/",
    "person": "/{language}/people/oriel-tavenmark/",
    "archive": "/{language}/by/",
    "agenda": "/{language}/by/agenda/2027/",
    "crisis": "/crisis/{language}/",
    "lost": "/{language}/404/",
    "record": "/check/{language}/record/",
}
"""the kinds of page, each in every language of `LANGUAGES`, wide and narrow, light and dark; `sample_pages` makes
them. A new kind is one line here and one page in `_language_pages`."""
LANGUAGES = ("en", "ar", "ru", "zh")
BESIDE = {"en": "ar", "ar": "en", "ru": "en", "zh": "en"}
DRAWN = ("front", "interview", "speech", "list")
"""kinds of which there is a drawing: between wide and narrow, and on paper, too"""
OTHERS = {
    "interview-fr": "/fr/speeches/2027/03/05/harbour-hour/",
    "styleguide": "/styleguide/",
    **{f"styleguide-{name}": f"/styleguide/{name}/" for name in BELOW},
    "gone": "/gone/",
    "erased": "/erased/611/",
    "imported": "/imported/",
}


def shots() -> Iterator[Shot]:
    """Every kind in every language, width and scheme, one line of the sheet a kind and width; then what is left."""
    for name, path in KINDS.items():
        for width in (1280, 390):
            for language in LANGUAGES:
                for dark in (False, True):
                    address = path.format(language=language, other=BESIDE[language])
                    yield Shot(f"{name}-{language}", address, width, dark)
    yield from _further_shots()


def _further_shots() -> Iterator[Shot]:
    for language in ("en", "ar"):
        for name in DRAWN:
            for dark in (False, True):
                yield Shot(f"{name}-{language}", KINDS[name].format(language=language), 900, dark)
    for language in LANGUAGES:
        for name in ("interview", "speech"):
            yield Shot(f"{name}-{language}", KINDS[name].format(language=language), 794, paper=True)
    for width in (320, 720, 1600):
        for name in ("front", "interview"):
            yield Shot(f"{name}-en", KINDS[name].format(language="en"), width)
    for name, path in OTHERS.items():
        yield Shot(name, path, 1280)
        yield Shot(name, path, 390, dark=True)


def write_site(folder: Path) -> None:
    """Write the sample site below a folder."""
    for path, data in sample_site().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder as a site on this machine; gives its address without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened(browser: Browser, complaints: list[str], at: str = CLOCK, **options: Any) -> Iterator[Page]:
    """A page with its clock set, that writes down whatever its console says."""
    context = browser.new_context(**options)
    page = context.new_page()
    if options.get("java_script_enabled", True):
        page.clock.install(time=at)
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    try:
        yield page
    finally:
        context.close()


def photograph(browser: Browser, address: str, shot: Shot, folder: Path) -> list[str]:
    """Take one photograph; gives what was wrong."""
    complaints: list[str] = []
    scheme = "dark" if shot.dark else "light"
    with opened(browser, complaints, viewport={"width": shot.width, "height": 800}, color_scheme=scheme) as page:
        if shot.paper:
            page.emulate_media(media="print")
        page.goto(address + shot.path)
        page.wait_for_load_state("networkidle")
        page.goto(address + shot.path)  # fonts that are taken only when they are at hand are so now
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        if shot.name == "crisis-zh":
            page.evaluate(WITH_A_FONT, next((folder / "site" / "assets").glob("han.*.css")).name)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            complaints.append(f"{shot.file}: scrolls sideways")
        page.screenshot(path=folder / shot.file, full_page=True)
        if shot.paper:
            page.pdf(path=folder / f"{shot.name}.pdf", prefer_css_page_size=True)
    return complaints


def contact_sheet(folder: Path, taken: list[Shot]) -> None:
    """All photographs, small, on one sheet, and a page that shows them."""
    lines = (len(taken) + COLUMNS - 1) // COLUMNS
    cell = (THUMB_WIDTH + 20, THUMB_HEIGHT + 40)
    sheet = Image.new("RGB", (COLUMNS * cell[0] + 20, lines * cell[1] + 20), "#c9c6bf")
    draw = ImageDraw.Draw(sheet)
    for number, shot in enumerate(taken):
        with Image.open(folder / shot.file) as picture:
            small = picture.convert("RGB")
            small.thumbnail((THUMB_WIDTH, 10_000))
            small = small.crop((0, 0, small.width, min(small.height, THUMB_HEIGHT)))
        left, top = 20 + number % COLUMNS * cell[0], 20 + number // COLUMNS * cell[1]
        sheet.paste(small, (left, top))
        draw.text((left, top + THUMB_HEIGHT + 6), shot.file.removesuffix(".png"), fill="#1b1d1f")
    sheet.save(folder / "contact-sheet.png")
    figures = "\n".join(
        f'<figure><a href="{shot.file}"><img src="{shot.file}" alt="" width="{min(shot.width, 420)}"></a>'
        f"<figcaption>{shot.file}</figcaption></figure>"
        for shot in taken
    )
    style = "body{background:#c9c6bf;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:24px}figure{margin:0}"
    head = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>{style}</style>'
    (folder / "index.html").write_text(f"{head}\n{figures}\n", "utf-8")


def beside_direction(folder: Path, drawn: Path = DIRECTION) -> None:
    """Each photograph beside the picture that gave its direction, where those pictures are at hand."""
    for number, ours in PAIRS.items():
        pictures = [*drawn.glob(f"{number}-*.png"), folder / ours]
        if len(pictures) < 2 or not pictures[1].exists():
            continue
        both = [Image.open(picture).convert("RGB") for picture in pictures]
        sheet = Image.new("RGB", (sum(p.width for p in both) + 60, max(p.height for p in both) + 40), "#c9c6bf")
        sheet.paste(both[0], (20, 20))
        sheet.paste(both[1], (both[0].width + 40, 20))
        sheet.save(folder / f"beside-{number}.png")


def take_all(folder: Path, wanted: Callable[[Shot], bool] = lambda _: True) -> list[str]:
    """Bake the sample, photograph it, lay out the contact sheet; gives what was wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    write_site(folder / "site")
    taken = [shot for shot in shots() if wanted(shot)]
    complaints: list[str] = []
    with served(folder / "site") as address, chromium() as browser:
        for shot in taken:
            complaints += photograph(browser, address, shot, folder)
    contact_sheet(folder, taken)
    beside_direction(folder)
    return complaints


def main(arguments: list[str]) -> int:
    """`photograph FOLDER [PART OF A NAME …]`."""
    if not CHROMIUM:
        print("pictures: no Chromium is here. What to do: install the package `chromium`", file=sys.stderr)
        return 3
    folder, names = Path(arguments[0]), arguments[1:]
    found = take_all(folder, lambda shot: not names or any(name in shot.file for name in names))
    for complaint in found:
        print(complaint, file=sys.stderr)
    taken = sum(1 for shot in shots() if (folder / shot.file).exists())
    print(f"{taken} photographs in {folder}, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
