"""Sitemaps: the addresses in one, of pages or of further sitemaps (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from communique.importing.errors import NotReadable
from communique.importing.sentence import Sentence

LIMIT_ADDRESSES = 50_000
"""of one sitemap, as the protocol has it"""

_LEADING = ("url", "sitemap")
_AGAIN = Sentence("fetch the sitemap again")


@dataclass(frozen=True)
class Leads:
    """An address to follow. `to_map`: it is that of another sitemap."""

    address: str
    to_map: bool


def leads_of_sitemap(name: str, file: BinaryIO) -> Iterator[Leads]:
    """The addresses in a sitemap; raises NotReadable."""
    count = 0
    try:
        events = etree.iterparse(file, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        for _event, element in events:
            parent = element.getparent()
            if etree.QName(element).localname != "loc" or parent is None:
                continue
            if etree.QName(parent).localname not in _LEADING:  # those of pictures and films stand in a page's own
                continue
            count += 1
            if count > LIMIT_ADDRESSES:
                what = Sentence("it has more than {limit} addresses", limit=LIMIT_ADDRESSES)
                raise NotReadable(name, what, Sentence("divide it into several sitemaps"))
            yield Leads("".join(element.itertext()).strip(), etree.QName(parent).localname == "sitemap")
            parent.clear()
    except NotReadable:
        raise
    except (etree.XMLSyntaxError, ValueError) as fault:
        what = Sentence("its XML is damaged ({fault})", fault=" ".join(str(fault).split())[:200])
        raise NotReadable(name, what, _AGAIN) from None
    if not count:
        raise NotReadable(name, Sentence("no address in this sitemap"), _AGAIN)
