"""What is said of a picture, document or recording: who made it, what sort it is, how large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.edition.media import short_name
from communique.press.markup import Html, joined, tag
from communique.press.wording import Wording

LARGE_KB = 10_000
"""from here on sizes are said in megabytes"""


def credits_of(item: Mapping[str, Any]) -> Html | None:
    """Who made a picture, file or recording, and whose it is."""
    named = [tag("span", item[key], class_=key) for key in ("credit", "rights") if item.get(key)]
    return joined(named, " · ") if named else None


def media_words(file: Mapping[str, Any], wording: Wording | None, sizes: Mapping[str, int]) -> str:
    """A file's sort, its size where known, of a picture its width and height: "PNG · 840 kB · 3000 × 2000"."""
    words = [short_name(file["media"])]
    size = sizes.get(file["file"])
    if wording and size is not None:
        words.append(size_words(wording, size))
    if wording and file.get("width") and file.get("height"):
        words.append(wording.figures(f"{file['width']} × {file['height']}"))
    return " · ".join(words)


def size_words(wording: Wording, size: int) -> str:
    """A number of bytes for readers: "1 kB", "2,412 kB", "18 MB"."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < LARGE_KB:
        return wording.text("size_kb", n=wording.number(kilobytes))
    return wording.text("size_mb", n=wording.number(round(kilobytes / 1000)))
