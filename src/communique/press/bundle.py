"""Style sheets, fonts and scripts as public files: each name holds a hash of its content, so each may be kept for ever.

    assets()        {"assets/style.3f9a0c11d2.css": b"…", …}     what to write, once for a program version
    asset_paths()   {"style.css": "assets/style.3f9a0c11d2.css", …}  what pages call them
    office_asset(f) ("assets/office.77ab….css", b"…")            the office's colour and arms, from its furniture
    crisis_asset(f) ("assets/crisis.50d1….css", b"…")            all that styles a crisis page, the office's colour too

The style sheets are plain files. Those that every page needs before its first words are joined in the order of
`SHEETS`; a front page, what leads around and paper have one more each, so that a message waits for none of them. An
`url(fonts/…)` in them becomes the font's public path. Comments are left out, which weigh a packet, and what indents
style sheets, which weighs a third of one, so that each rule is a line; nothing else is: whoever reads the page's source
shall be able to.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from communique.press.colour import DARK, DEFAULT, DEFAULT_DARK, LIGHT, LINE, readable, washed
from communique.press.shown import Furniture

ASSETS = Path(__file__).parent / "assets"
SHEETS = (
    "tokens.css",
    "families.css",
    "fonts.css",
    "fallbacks.css",
    "base.css",
    "masthead.css",
    "strip.css",
    "text.css",
    "message.css",
    "turn.css",
    "quote.css",
    "note.css",
    "lists.css",
    "foot.css",
)
MORE_SHEETS = ("comparison.css", "beside.css", "developers.css", "archive.css", "check.css", "search.css", "record.css")
"""what pages load that lead around or stand apart, and no message"""
CRISIS_SHEETS = ("tokens.css", "base.css", "masthead.css", "strip.css", "text.css", "foot.css", "crisis.css")
"""what styles the parts of a crisis page, without a font: together in one file, for each file more costs a kilobyte of
headers"""
FACES = {script: f"{script}.css" for script in ("arabic", "cyrillic", "devanagari", "greek", "han", "hebrew")}
"""faces that only pages load on which that script is seen"""
WITH_FACES = {script: f"style-{script}.css" for script in FACES}
"""what every page in that script loads in place of `style.css`: a browser asks for six files at once, and a seventh
waits for a whole round trip"""
OWN_SHEETS = (*FACES.values(), "guide.css")
"""loaded by some pages only"""
STYLES = {
    "style.css": SHEETS,
    **{name: (*SHEETS, FACES[script]) for script, name in WITH_FACES.items()},
    "front.css": ("front.css",),
    "more.css": (
        "comparison.css",
        "beside.css",
        "developers.css",
        "archive.css",
        "check.css",
        "search.css",
        "record.css",
    ),
    "print.css": ("print.css",),
    **{name: (name,) for name in OWN_SHEETS},
}
"""style sheet as pages load it -> the files of which it is joined"""
SCRIPTS = (
    "alive.js",
    "later.js",
    "approach.js",
    "quote.js",
    "card.js",
    "since.js",
    "listen.js",
    "guide.js",
    "quotes.js",
    "check.js",
    "record.js",
    "words.js",
    "sought.js",
    "search.js",
)
STEMMERS = tuple(f"stemmers/{path.name}" for path in sorted((ASSETS / "stemmers").glob("*.js")))
"""what Snowball made for the search page, a language each"""
WHOLE = ("verifier.js", *STEMMERS)
"""scripts that are served as they are: made by others, or for those who compare their hash"""
OF_GUIDE = ("guide.css", "guide.js")
"""what the style guide alone loads"""
DRAWINGS = ("sheet.svg",)
HASH_DIGITS = 10

_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_BREAK = re.compile(r"(?<=[{;,])\n|\n(?=\n)")
_REMARK = re.compile(r"^ */\*(?:.|\n)*?\*/\n|^ *// .*\n| +// .*$", re.MULTILINE)
_FONT = re.compile(r"url\((fonts/[a-z0-9/._-]+)\)")
_LATIN = ("fonts/source-serif-4/text-400-latin.woff2", "fonts/source-sans-3/sans-latin.woff2")
_ARABIC = ("fonts/noto-naskh-arabic/naskh-400-arabic.woff2", "fonts/ibm-plex-sans-arabic/plex-400-arabic.woff2")
_CYRILLIC = (
    "fonts/source-serif-4/text-400-cyrillic-alone.woff2",
    "fonts/source-sans-3/sans-400-cyrillic-alone.woff2",
)
_GREEK = ("fonts/source-serif-4/text-400-greek-alone.woff2", "fonts/source-sans-3/sans-400-greek-alone.woff2")
_HEBREW = ("fonts/noto-serif-hebrew/serif-400-hebrew.woff2", "fonts/noto-sans-hebrew/sans-400-hebrew.woff2")
_PRELOADS = {"ar": _ARABIC, "he": _HEBREW, "ru": _CYRILLIC, "uk": _CYRILLIC, "be": _CYRILLIC, "el": _GREEK}
_READERS_OWN = frozenset({"hi", "mr", "ne", "zh", "ja", "ko", "bn", "th", "ka", "hy", "am"})
"""languages whose readers have a font: of ours nothing is loaded ahead"""


@lru_cache(maxsize=2)
def assets(guide: bool = True) -> dict[str, bytes]:
    """All public files of this program version, by their path, with or without those of the style guide."""
    made = {asset_paths()[name]: data for name, data in _fonts().items()}
    made |= {asset_paths()[name]: _joined(sheets) for name, sheets in STYLES.items()}
    for name in (*SCRIPTS, *WHOLE, *DRAWINGS):
        made[asset_paths()[name]] = _bare(name)
    left_out = () if guide else [asset_paths()[name] for name in OF_GUIDE]
    return {path: data for path, data in made.items() if path not in left_out}


@lru_cache(maxsize=1)
def asset_paths() -> dict[str, str]:
    """The public path of each asset by its plain name ("style.css", "alive.js", "fonts/…")."""
    paths = {name: _path(name.replace("fonts/", "", 1).replace("/", "-"), data) for name, data in _fonts().items()}
    paths |= {name: _path(name, _joined(sheets)) for name, sheets in STYLES.items()}
    return paths | {name: _path(name.replace("/", "-"), _bare(name)) for name in (*SCRIPTS, *WHOLE, *DRAWINGS)}


def office_asset(furniture: Furniture) -> tuple[str, bytes]:
    """Path and bytes of the small style sheet that follows from an office's furniture."""
    office = furniture.one("office")
    colour = office.content.get("colour") if office else None
    second = office.content.get("second") if office else None
    arms = office.content.get("arms") if office else None
    drawing = arms["file"] if arms and arms.get("file") and arms["media"] == "image/svg+xml" else None
    data = office_stylesheet(colour or DEFAULT, drawing, second)
    return _path("office.css", data), data


def crisis_asset(furniture: Furniture) -> tuple[str, bytes]:
    """Path and bytes of the one style sheet of a crisis page. It shows no arms: a picture may weigh anything."""
    office = furniture.one("office")
    content = office.content if office else {}
    data = _crisis_stylesheet(content.get("colour") or DEFAULT, content.get("second"))
    return _path("crisis.css", data), data


@lru_cache(maxsize=64)
def _crisis_stylesheet(colour: str, second: str | None) -> bytes:
    return _joined(CRISIS_SHEETS) + office_stylesheet(colour, None, second)


@lru_cache(maxsize=64)
def office_stylesheet(colour: str, drawing: str | None = None, second: str | None = None) -> bytes:
    """The office's colours, moved until they can be read and seen on each paper, and its arms in the page's ink."""
    light = readable(colour, LIGHT)
    dark = DEFAULT_DARK if colour.lower() == DEFAULT else readable(colour, DARK)
    arms = f'.arms-drawing {{\n  mask-image: url("/files/{drawing}.svg");\n}}\n' if drawing else ""
    return (
        f"@media screen {{\n  :root {{\n    --office: {light};\n{_line(second, LIGHT)}"
        f"    --office-wash: {washed(light, LIGHT[0])};\n  }}\n}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    --office: {dark};\n{_line(second, DARK)}"
        f"    --office-wash: {washed(dark, DARK[0], 0.14)};\n  }}\n}}\n{arms}"
    ).encode()


def _line(second: str | None, papers: tuple[str, ...]) -> str:
    """The line under the head in the office's second colour, a little broader than in ink."""
    return f"    --second: {readable(second, papers, LINE)};\n    --second-line: 2px;\n" if second else ""


def preloads(language: str) -> list[str]:
    """The public paths of the fonts that a page in this language shows at once: words, furniture."""
    known = language.split("-")[0].lower()
    if known in _READERS_OWN:
        return []
    return [asset_paths()[name] for name in _PRELOADS.get(known, _LATIN)]


@lru_cache(maxsize=8)
def _joined(names: tuple[str, ...]) -> bytes:
    sheets = without_fonts(names) + "\n"
    paths = {name: _path(name.replace("fonts/", "", 1).replace("/", "-"), data) for name, data in _fonts().items()}
    return _FONT.sub(lambda match: f"url(/{paths[match[1]]})", sheets).encode()


@lru_cache(maxsize=2)
def without_fonts(names: tuple[str, ...]) -> str:
    """Style sheets as one text that loads nothing, for a page that is kept."""
    whole = "\n".join(_INDENT.sub("", _COMMENT.sub("", _read(name).decode())).strip() for name in names)
    return _BREAK.sub("", whole)


@lru_cache(maxsize=1)
def _fonts() -> dict[str, bytes]:
    found = sorted((ASSETS / "fonts").glob("*/*.woff2"))
    return {f"fonts/{path.parent.name}/{path.name}": path.read_bytes() for path in found}


def _bare(name: str) -> bytes:
    """A script without its comments, which stay with the project: those that begin a line, those that end one."""
    return _REMARK.sub("", _read(name).decode()).lstrip().encode() if name in SCRIPTS else _read(name)


@lru_cache(maxsize=32)
def _read(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


def _path(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{sha256(data).hexdigest()[:HASH_DIGITS]}.{ending}"
