"""Under which name a picture, document or recording of an edition is public: its part, and an ending by media type.

    >>> public_name("ab" * 32, "image/png")[-8:]
    'abab.png'

An address once public answers for ever: endings are added to this table and never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

ENDINGS = {
    "image/svg+xml": "svg",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/vtt": "vtt",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "weba",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "application/zip": "zip",
}
OTHER_ENDING = "bin"

PLAYED = tuple(media for media in ENDINGS if media.startswith(("audio/", "video/")))
"""what a recording may be: what browsers play by themselves"""

CAPTIONS = "text/vtt"
"""a file of this type is the captions of its message's videos"""


WITH_FILES = ("pictures", "files", "recordings")
"""where in a message's content files are named"""


def public_name(part: str, media: str) -> str:
    """The name of a file of this media type; one that is not in the table ends in `bin`."""
    return f"{part}.{ENDINGS.get(media, OTHER_ENDING)}"


def shown_of(picture: Mapping[str, Any]) -> Mapping[str, Any]:
    """The file of a picture that its page shows: the one made for that, else the picture itself."""
    shown: Mapping[str, Any] = picture.get("shown") or picture
    return shown


def files_named(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a message's content says of each of its files, of a picture besides itself of the one that is shown, of an
    import of its original."""
    for key in WITH_FILES:
        for one in content.get(key, ()):
            yield from (found for found in (one, one.get("shown")) if found and found.get("file"))
    if (content.get("source") or {}).get("file"):
        yield content["source"]


def without_files(content: Mapping[str, Any], parts: Collection[str]) -> dict[str, Any]:
    """A message's content with None in place of these files, as it has in place of erased words; a picture of which
    only the file for its page is gone has none, and an import whose original is gone names none.

    The bytes of an edition do not say which of its files an erasure took: the entries after it do.
    """
    kept = {
        key: [_without(one, parts) for one in value] if key in WITH_FILES else value for key, value in content.items()
    }
    source = content.get("source") or {}
    if source.get("file") in parts:
        kept["source"] = {key: value for key, value in source.items() if key not in ("file", "media")}
    return kept


def lost_files(content: Mapping[str, Any]) -> int:
    """How many pictures, documents and recordings an erasure took from a message's content."""
    return sum("file" in one and one["file"] is None for key in WITH_FILES for one in content.get(key, ()))


def _without(one: Mapping[str, Any], parts: Collection[str]) -> dict[str, Any]:
    kept = {key: value for key, value in one.items() if key != "shown" or value["file"] not in parts}
    return {**kept, "file": None} if one.get("file") in parts else kept


def short_name(media: str) -> str:
    """What a reader is told of a file's sort: its ending in capitals, of one that is not in the table its subtype."""
    return ENDINGS.get(media, media.rsplit("/", 1)[-1]).upper()
