"""A raw page: the bytes of one page or document with what is known of where they come from, not yet read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from communique.importing.capture import Capture
from communique.importing.documents import capture_of

_NAME_LIMIT = 120


@dataclass(frozen=True)
class Raw:
    """The bytes of one page, not yet read. `id` names its record: what its file is called, ending cut off."""

    id: str
    name: str
    data: bytes
    address: str | None = None
    captured: str | None = None
    charset: str | None = None

    def capture(self, *, any_state: bool = False) -> Capture:
        """The page as lines; raises ImportingError. In `any_state` half a page too, as well as may be."""
        found = {"address": self.address, "captured": self.captured, "charset": self.charset}
        return capture_of(self.data, name=self.name, any_state=any_state, **found)


def id_of(address: str | None) -> str:
    """A file name for the page of an address: the words of its path, else its host."""
    try:
        parts = urlsplit(address or "")
        host = parts.hostname
    except ValueError:
        return safe(address or "")
    words = unquote(parts.path + ("-" + parts.query if parts.query else ""))
    words = re.sub(r"\.(?:html?|xhtml|txt|php|aspx?)(?=$|-)", "", words)
    return safe(words.strip("/")) if words.strip("/") else safe(host or "page")


def safe(words: str) -> str:
    """Words as the name of a file."""
    return re.sub(r"[^\w.-]+", "-", words).strip("-.")[:_NAME_LIMIT] or "page"
