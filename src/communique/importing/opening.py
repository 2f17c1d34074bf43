"""Opening: which container a file is, by its first bytes, and the pages in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from communique.importing.errors import ImportingError, NotReadable
from communique.importing.feeds import pages_of_feed
from communique.importing.raw import Raw
from communique.importing.sentence import Sentence
from communique.importing.web_archive import pages_of_archive
from communique.importing.zipped import pages_of_zip

_HEAD_BYTES = 1024
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|rss|feed|rdf:RDF)\b", re.I)


def pages_in(name: str, file: BinaryIO) -> Iterator[Raw | ImportingError]:
    """The pages of a container; one that is refused comes as an error in its place. Raises ImportingError where the
    container cannot be read, or no further."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if not head.strip(b"\0 \t\r\n"):
        raise NotReadable(name, Sentence("the file is empty"), Sentence("fetch the archive again"))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from pages_of_zip(name, file, pages_in)
    elif _XML.match(head):
        yield from pages_of_feed(name, file)
    else:
        yield from pages_of_archive(name, file)
