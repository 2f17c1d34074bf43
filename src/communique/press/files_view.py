"""A message's pictures and documents as values for the templates: what each is, how large, who made it, where it lies.

The first picture stands above the words, the others in a gallery below them. A page shows the smaller file of a picture
that has one, and gives away the other: press quality. Sizes are those of the files (`Version.sizes`); what is not known
is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.edition.media import shown_of
from communique.press.file_words import credits_of, media_words
from communique.press.furniture_view import file_path
from communique.press.shown import Content
from communique.press.wording import Wording


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
            "press": _download_words(picture, shown, wording),
            "media": media_words(picture, wording, sizes or {}),
        }
        for place, picture in enumerate(one for one in content.get("pictures", ()) if one.get("file"))
        for shown in [shown_of(picture)]
    ]


def _download_words(picture: Mapping[str, Any], shown: Mapping[str, Any], wording: Wording | None) -> str | None:
    """What a picture's link gives: a better file than the page shows, or that one."""
    if wording is None:
        return None
    return wording.label("download" if shown is picture else "press_quality")


def downloads(
    content: Content, wording: Wording | None = None, sizes: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """A message's files, each by its title or its name."""
    return [
        {
            "target": file_path(file["file"], file["media"]),
            "title": file.get("title") or file.get("name") or file["media"],
            "media": media_words(file, wording, sizes or {}),
            "caption": file.get("caption"),
            "credits": credits_of(file),
        }
        for file in content.get("files", ())
        if file.get("file")
    ]
