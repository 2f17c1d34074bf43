"""Under which name a picture or document of an edition is public: its part, with an ending by its media type.

    >>> public_name("ab" * 32, "image/png")[-8:]
    'abab.png'

An address once public answers for ever: endings are added to this table and never changed.
"""

from __future__ import annotations

ENDINGS = {
    "image/svg+xml": "svg",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}
OTHER_ENDING = "bin"


def public_name(part: str, media: str) -> str:
    """The name of a file of this media type; one that is not in the table ends in `bin`."""
    return f"{part}.{ENDINGS.get(media, OTHER_ENDING)}"
