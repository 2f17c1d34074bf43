"""Opening: which container a file is, by its first bytes, and the pages in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from communique.importing.capture import LIMIT_BYTES
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.feeds import pages_of_feed
from communique.importing.raw import Raw
from communique.importing.sentence import Sentence
from communique.importing.sitemap import Leads, leads_of_sitemap
from communique.importing.web_archive import pages_of_archive, unpacked
from communique.importing.zipped import pages_of_zip

_HEAD_BYTES = 1024
_MAP = re.compile(rb"<(?:urlset|sitemapindex)\b", re.I)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I)


Found = Raw | Leads | ImportingError
"""what is in a container: a page, an address that leads to one, or why there is none"""


def pages_in(name: str, file: BinaryIO) -> Iterator[Found]:
    """The pages of a container; one that is refused comes as an error in its place. Raises ImportingError where the
    container cannot be read, or no further."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if not head.strip(b"\0 \t\r\n"):
        raise NotReadable(name, Sentence("the file is empty"), Sentence("fetch the archive again"))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from pages_of_zip(name, file, pages_in)
    elif head.startswith(b"\x1f\x8b") and name.lower().endswith(".xml.gz"):
        yield from pages_in(name[:-3], io.BytesIO(unpacked(name, file.read(LIMIT_BYTES), "gzip")))
    elif _MAP.search(head):
        yield from leads_of_sitemap(name, file)
    elif _XML.match(head):
        yield from pages_of_feed(name, file)
    else:
        yield from pages_of_archive(name, file)
