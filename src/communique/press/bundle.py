"""Style sheets, fonts and scripts as public files: each name holds a hash of its content, so each may be kept for ever.

    assets()        {"assets/style.3f9a0c11d2.css": b"…", …}     what to write, once for a program version
    asset_paths()   {"style.css": "assets/style.3f9a0c11d2.css", …}  what pages call them
    office_asset(f) ("assets/office.77ab….css", b"…")            the office's colour and arms, from its furniture

The style sheets are plain files joined in the order of `SHEETS`; an `url(fonts/…)` in them becomes the font's public
path. Nothing is minified: whoever reads the page's source shall be able to.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from communique.press.colour import DARK, DEFAULT, DEFAULT_DARK, LIGHT, readable, washed
from communique.press.shown import Furniture

ASSETS = Path(__file__).parent / "assets"
SHEETS = (
    "tokens.css",
    "fonts.css",
    "base.css",
    "masthead.css",
    "strip.css",
    "message.css",
    "turn.css",
    "note.css",
    "lists.css",
    "front.css",
    "foot.css",
    "print.css",
)
SCRIPTS = ("alive.js", "latest.js", "record.js", "quote.js", "listen.js")
DRAWINGS = ("sheet.svg",)
HASH_DIGITS = 10

_FONT = re.compile(r"url\((fonts/[a-z0-9/._-]+)\)")
_LATIN = ("fonts/source-serif-4/text-400-latin.woff2", "fonts/source-sans-3/sans-400-latin.woff2")
_ARABIC = ("fonts/noto-naskh-arabic/naskh-400-arabic.woff2", "fonts/ibm-plex-sans-arabic/plex-400-arabic.woff2")
_CYRILLIC = ("fonts/source-serif-4/text-400-cyrillic.woff2", "fonts/source-sans-3/sans-400-cyrillic.woff2")
_GREEK = ("fonts/source-serif-4/text-400-greek.woff2", "fonts/source-sans-3/sans-400-greek.woff2")
_PRELOADS = {"ar": _ARABIC, "ru": _CYRILLIC, "uk": _CYRILLIC, "bg": _CYRILLIC, "el": _GREEK}
_TITLES = {
    "ar": "fonts/noto-naskh-arabic/naskh-600-arabic.woff2",
    "ru": "fonts/source-serif-4/title-480-cyrillic.woff2",
    "uk": "fonts/source-serif-4/title-480-cyrillic.woff2",
    "bg": "fonts/source-serif-4/title-480-cyrillic.woff2",
    "el": "fonts/source-serif-4/title-480-greek.woff2",
}
_LATIN_TITLE = "fonts/source-serif-4/title-480-latin.woff2"
_UNSHIPPED = frozenset({"zh", "ja", "ko", "he", "hi", "bn", "th", "ka", "hy", "am"})
"""languages whose script none of our fonts has: nothing to load ahead"""


@lru_cache(maxsize=1)
def assets() -> dict[str, bytes]:
    """All public files of this program version, by their path."""
    made = {asset_paths()[name]: data for name, data in _fonts().items()}
    made[asset_paths()["style.css"]] = _style()
    for name in (*SCRIPTS, *DRAWINGS):
        made[asset_paths()[name]] = _read(name)
    return made


@lru_cache(maxsize=1)
def asset_paths() -> dict[str, str]:
    """The public path of each asset by its plain name ("style.css", "alive.js", "fonts/…")."""
    paths = {name: _path(name.replace("fonts/", "", 1).replace("/", "-"), data) for name, data in _fonts().items()}
    paths["style.css"] = _path("style.css", _style())
    return paths | {name: _path(name, _read(name)) for name in (*SCRIPTS, *DRAWINGS)}


def office_asset(furniture: Furniture) -> tuple[str, bytes]:
    """Path and bytes of the small style sheet that follows from an office's furniture."""
    office = furniture.one("office")
    colour = office.content.get("colour") if office else None
    arms = office.content.get("arms") if office else None
    drawing = arms["file"] if arms and arms.get("file") and arms["media"] == "image/svg+xml" else None
    data = office_stylesheet(colour or DEFAULT, drawing)
    return _path("office.css", data), data


@lru_cache(maxsize=64)
def office_stylesheet(colour: str, drawing: str | None = None) -> bytes:
    """The office's colour, moved until it is readable on each paper, and its arms as a drawing in the page's ink."""
    light = readable(colour, LIGHT)
    dark = DEFAULT_DARK if colour.lower() == DEFAULT else readable(colour, DARK)
    arms = f'.arms-drawing {{\n  mask-image: url("/files/{drawing}.svg");\n}}\n' if drawing else ""
    return (
        f"@media screen {{\n  :root {{\n    --office: {light};\n"
        f"    --office-wash: {washed(light, LIGHT[0])};\n  }}\n}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    --office: {dark};\n"
        f"    --office-wash: {washed(dark, DARK[0], 0.14)};\n  }}\n}}\n{arms}"
    ).encode()


def preloads(language: str) -> list[str]:
    """The public paths of the fonts that a page in this language shows at once: title, text, furniture."""
    known = language.split("-")[0].lower()
    if known in _UNSHIPPED:
        return []
    names = (_TITLES.get(known, _LATIN_TITLE), *_PRELOADS.get(known, _LATIN))
    return [asset_paths()[name] for name in names if name in asset_paths()]


@lru_cache(maxsize=1)
def _style() -> bytes:
    sheets = "\n".join(_read(name).decode().strip() for name in SHEETS) + "\n"
    paths = {name: _path(name.replace("fonts/", "", 1).replace("/", "-"), data) for name, data in _fonts().items()}
    return _FONT.sub(lambda match: f"url(/{paths[match[1]]})", sheets).encode()


@lru_cache(maxsize=1)
def _fonts() -> dict[str, bytes]:
    found = sorted((ASSETS / "fonts").glob("*/*.woff2"))
    return {f"fonts/{path.parent.name}/{path.name}": path.read_bytes() for path in found}


@lru_cache(maxsize=32)
def _read(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


def _path(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{sha256(data).hexdigest()[:HASH_DIGITS]}.{ending}"
