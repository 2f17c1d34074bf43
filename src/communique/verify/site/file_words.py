"""What a page must say of a picture, document or recording: who made it, what sort it is, how large."""

from __future__ import annotations

from communique.edition.media import short_name
from communique.verify.site.expected import element
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content
from communique.verify.site.wording import Gap, Words, said, words_of

SIZE = Gap(None, r"(?: · [^<>&]{1,24})?")


def credit_words(item: Content) -> Words:
    """Who made a picture, file or recording, and whose it is; nothing where neither is said."""
    made: list[str | Gap | Words] = []
    for key in ("credit", "rights"):
        if item.get(key):
            made += [" · " if made else "", element("span", said(item[key]), class_=key)]
    return words_of(*made) if made else ()


def media_words(sheet: Sheet, file: Content) -> Words:
    """A file's sort, its size (which is the file's, not the edition's, to say), a picture's width and height."""
    words = [said(short_name(file["media"])), (SIZE,)]
    if file.get("width") and file.get("height"):
        words.append(said(sheet.wording.figures(f" · {file['width']} × {file['height']}")))
    return words_of(*words)
