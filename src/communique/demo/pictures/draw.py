"""Draws the demo's pictures: `python -m communique.demo.pictures.draw [NAME …]` writes NAME.svg and NAME.webp.

Linocuts, and a photograph that is computed; of what is in `LARGE` NAME.jpg, too, as large as printers want it. For
those who change a picture; the demo itself only reads the WebP and JPEG files. Needs Chromium (CHROMIUM=/path, or what
playwright installed), which turns SVG into pixels, and Pillow, which makes WebP and JPEG of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from communique.demo.pictures.carving import CREAM, NIGHT, SAND, Block
from communique.demo.pictures.scenes.bridge import bridge
from communique.demo.pictures.scenes.ferry import ferry
from communique.demo.pictures.scenes.fog import fog
from communique.demo.pictures.scenes.harbour import harbour
from communique.demo.pictures.scenes.herring import herring
from communique.demo.pictures.scenes.keepers import keepers
from communique.demo.pictures.scenes.quay import quay
from communique.demo.pictures.scenes.reading_room import reading_room
from communique.demo.pictures.scenes.tides import tides

HERE = Path(__file__).parent
LIMIT_BYTES = 120_000

PICTURES: dict[str, tuple[Callable[[Block], None], int, int, str]] = {
    "ferry": (ferry, 1600, 960, CREAM),
    "harbour": (harbour, 1600, 960, CREAM),
    "reading-room": (reading_room, 1600, 960, SAND),
    "quay": (quay, 1600, 960, NIGHT),
    "keepers": (keepers, 1200, 1500, NIGHT),
    "tides": (tides, 1600, 1000, CREAM),
    "bridge": (bridge, 1600, 960, CREAM),
    "herring": (herring, 1600, 1000, NIGHT),
    "fog": (fog, 1600, 960, SAND),
}
SHOWN_SIDE = 1_080
"""longest side of what pages show, in points: that of the newsroom's own pictures"""
LARGE = {"fog"}
"""pictures that printers get, too, in points of half the size"""
LARGE_QUALITY = 84


def main(names: list[str]) -> None:
    """Draw the named pictures, or all; says the size of each."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for name in names or PICTURES:
            cut, width, height, ground = PICTURES[name]
            block = Block(width, height, seeded(name))
            cut(block)
            (HERE / f"{name}.svg").write_text(block.svg(ground), "utf-8")
            scale = 2 if name in LARGE else 1
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{block.svg(ground)}")
            image = Image.open(BytesIO(page.screenshot())).convert("RGB")
            page.close()
            if name in LARGE:
                image.save(HERE / f"{name}.jpg", "JPEG", quality=LARGE_QUALITY)
            image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS)
            size = _save(image, HERE / f"{name}.webp")
            print(f"{name}: {width} × {height}, {size:,} bytes")
        browser.close()


def seeded(name: str) -> int:
    """The seed of a picture's chance: its place in the table."""
    return 1000 + list(PICTURES).index(name)


def _save(image: Image.Image, target: Path) -> int:
    """The picture as WebP in the best quality that fits the limit; returns its bytes."""
    for quality in range(88, 20, -4):
        image.save(target, "WEBP", quality=quality, method=6)
        if target.stat().st_size <= LIMIT_BYTES:
            break
    return target.stat().st_size


if __name__ == "__main__":
    main(sys.argv[1:])
