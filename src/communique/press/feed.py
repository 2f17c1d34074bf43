"""Feeds and sitemaps: an Atom feed (RFC 4287) beside each undated list, and sitemaps by entry number.

Every instant in them is of the record, none of the bake, so that the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from communique.press.shown import Row

ATOM = "http://www.w3.org/2005/Atom"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_feed(
    base: str, path: str, feed_path: str, title: str, author: str, language: str, rows: Sequence[Row]
) -> bytes:
    """The feed of a list. `base` is the site's address ("https://embassy.example/"), `path` the list's own page."""
    feed = etree.Element(f"{{{ATOM}}}feed", {_LANGUAGE: language}, nsmap={None: ATOM})
    _add(feed, "id", base + path)
    _add(feed, "title", title)
    _add(feed, "updated", max((row.at for row in rows), default="1970-01-01T00:00:00Z"))
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=base + feed_path)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=base + path)
    _add(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    for row in rows:
        _add_entry(feed, base, row)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _add_entry(feed: etree._Element, base: str, row: Row) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry", {_LANGUAGE: row.language})
    _add(entry, "id", base + row.path)
    _add(entry, "title", row.title or "…")
    _add(entry, "published", row.first_at)
    _add(entry, "updated", row.at)
    etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=base + row.path)
    if row.kind:
        etree.SubElement(entry, f"{{{ATOM}}}category", term=row.kind)
    if row.state != "current":
        etree.SubElement(entry, f"{{{ATOM}}}category", term=row.state)
    if row.teaser:
        _add(entry, "summary", row.teaser)


def sitemap(base: str, rows: Sequence[Row]) -> bytes:
    """One sitemap: the newest address and instant of each message."""
    root = etree.Element(f"{{{SITEMAPS}}}urlset", nsmap={None: SITEMAPS})
    for row in rows:
        url = etree.SubElement(root, f"{{{SITEMAPS}}}url")
        etree.SubElement(url, f"{{{SITEMAPS}}}loc").text = base + row.path
        etree.SubElement(url, f"{{{SITEMAPS}}}lastmod").text = row.at
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def sitemap_index(base: str, numbers: Sequence[int]) -> bytes:
    """The list of sitemaps, `/sitemap.xml`."""
    root = etree.Element(f"{{{SITEMAPS}}}sitemapindex", nsmap={None: SITEMAPS})
    for number in numbers:
        one = etree.SubElement(root, f"{{{SITEMAPS}}}sitemap")
        etree.SubElement(one, f"{{{SITEMAPS}}}loc").text = f"{base}sitemaps/{number}.xml"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text
