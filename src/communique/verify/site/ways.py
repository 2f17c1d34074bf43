"""Where the links of a page lead whose words are not compared one by one: lists, archives, the pages that explain.

A link into the site leads to a file of it; one out of it, to an address that the record names: of the furniture, of a
message's words, or where it was taken over from. So whoever puts another's address behind "newer" is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import unquote

from communique.verify.site.expected import shortened
from communique.verify.site.forms import strings_in
from communique.verify.site.markup import Element
from communique.verify.site.standing import Standing

INDEX = "index.html"
ELSEWHERE = ("record/", "search/")
"""what lies beside all builds, and is not among the site's files"""


class Ways:
    """The addresses to which a link may lead. `files` are the site's, none where they cannot be listed."""

    def __init__(self, standing: Standing, files: Collection[str]) -> None:
        self._site = f"{standing.site}/"
        self._files = files
        self._moved = standing.moves
        self._named = {text for _, content in standing.pieces.values() for text in strings_in(content)}
        for version in standing.versions.values():
            for one in version.editions:
                self._named |= {text for text in strings_in(one.content) if "://" in text}

    def faults(self, page: Element) -> Iterator[str]:
        """The links that lead where nothing of the record is."""
        for one in page.all:
            target = one.attributes.get("href") or one.attributes.get("src") or ""
            if target and not self._is_known(target):
                yield f"a link leads to {shortened(target)}, which is not of this site, and which no entry names"

    def _is_known(self, target: str) -> bool:
        if target.startswith("#") or target in self._named:
            return True
        if target.startswith(self._site):
            target = target.removeprefix(self._site.rstrip("/"))
        if target.startswith("tel:"):
            return True  # its digits are written in many ways; `contacts.py` compares them where they stand
        if target.startswith("mailto:"):
            written = unquote(target.removeprefix("mailto:").partition("?")[0])
            return any(written in text for text in self._named)
        if not target.startswith("/") or target.startswith("//"):
            return False
        path = target[1:].partition("#")[0].partition("?")[0]
        name = f"{path}{INDEX}" if not path or path.endswith("/") else path
        return not self._files or name in self._files or path.startswith(ELSEWHERE) or path.rstrip("/") in self._moved
