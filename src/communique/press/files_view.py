"""A message's pictures and documents as values for the templates: what each is, how large, who made it, where it lies.

The first picture stands above the words, the others in a gallery below them. A page shows the smaller file of a picture
that has one, and gives away the other: press quality. Sizes are those of the files (`Version.sizes`); what is not known
is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.edition.media import short_name, shown_of
from communique.press.furniture_view import file_path
from communique.press.recording_view import credits_of
from communique.press.shown import Content
from communique.press.wording import Wording

LARGE_KB = 10_000
"""from here on sizes are said in megabytes"""


def pictures(
    content: Content, wording: Wording | None = None, sizes: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """A message's pictures, for the templates' `figure`."""
    return [
        {
            "source": file_path(shown["file"], shown["media"]),
            "file": file_path(picture["file"], picture["media"]),
            "alternative": picture.get("alternative") or "",
            "width": shown.get("width"),
            "height": shown.get("height"),
            "caption": picture.get("caption"),
            "credits": credits_of(picture),
            "lazy": place > 0,
            "press": wording.label("press_quality") if wording else None,
            "media": _media_words(picture, wording, sizes or {}),
        }
        for place, picture in enumerate(one for one in content.get("pictures", ()) if one.get("file"))
        for shown in [shown_of(picture)]
    ]


def downloads(
    content: Content, wording: Wording | None = None, sizes: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """A message's files, each by its title or its name."""
    return [
        {
            "target": file_path(file["file"], file["media"]),
            "title": file.get("title") or file.get("name") or file["media"],
            "media": _media_words(file, wording, sizes or {}),
            "caption": file.get("caption"),
            "credits": credits_of(file),
        }
        for file in content.get("files", ())
        if file.get("file")
    ]


def _media_words(file: Mapping[str, Any], wording: Wording | None, sizes: Mapping[str, int]) -> str:
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
