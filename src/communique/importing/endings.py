"""Which files of a folder or a zip are looked at: by their ending, and, where that says nothing, by how they begin.

Copies of old sites hold pages under every name ("news.php?id=3", "artikel.asp", "about"): a file that begins like
a page is one. Files of programs whose words are not read here (`.doc`, `.mht`) are handed on, too, so that each is
refused in a sentence. What is left belongs to the look of pages: styles, scripts, pictures.
"""

from __future__ import annotations

import re

PAGES = (".html", ".htm", ".xhtml", ".txt", ".md", ".markdown")
DOCUMENTS = (".docx", ".odt", ".rtf", ".pdf", ".eml", ".srt", ".vtt")
ARCHIVES = (".warc", ".warc.gz")
FEEDS = (".rss", ".atom", ".xml")
PACKED_PAGES = (".mht", ".mhtml")
FOREIGN = (".dot", ".msg", ".pages", ".wpd", ".wps")
NOT_READ = (".doc", ".docm", *PACKED_PAGES, *FOREIGN)
"""documents of programs that are not read here"""
PAGE_ENDINGS = (*PAGES, *DOCUMENTS)
CONTAINER_ENDINGS = (*ARCHIVES, ".wacz", ".zip", *FEEDS)
HEAD_BYTES = 1024

_OF_LOOKS = (".css", ".js", ".json", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".woff",
             ".woff2", ".ttf", ".eot", ".mp3", ".mp4", ".webm", ".ogg", ".csv", ".swf")  # fmt: skip
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def is_of_looks(name: str) -> bool:
    """Whether a file's name says that it is no text."""
    return name.lower().endswith(_OF_LOOKS)


def begins_like_a_page(head: bytes) -> bool:
    """Whether the first bytes of a file are those of HTML."""
    return bool(_BEGINS.match(head))
