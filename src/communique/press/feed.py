"""Feeds and sitemaps: an Atom feed (RFC 4287) and a JSON Feed (1.1) beside each undated list, sitemaps by entry number.

What a list says beside a message, a feed says before its summary, because readers of feeds show no more than that: that
it is withdrawn, recalled or corrected. It is said in the words of `words/`; an office's own label for it is not asked.

A sitemap names each message with the same message in its other languages (`xhtml:link`, as search engines read it).

Every instant in them is of the record, none of the bake, so that the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from communique.press.edition_facts import known
from communique.press.message_data import MESSAGE_FILE
from communique.press.shown import Row
from communique.press.wording import Wording, capital

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_feed(
    base: str, path: str, feed_path: str, title: str, author: str, language: str, rows: Sequence[Row], since: str
) -> bytes:
    """The feed of a list. `base` is the site's address ("https://embassy.example/"), `path` the list's own page.

    `since` is the instant of a feed that has no message.
    """
    feed = etree.Element(f"{{{ATOM}}}feed", {_LANGUAGE: language}, nsmap={None: ATOM})
    _add(feed, "id", base + path)
    _add(feed, "title", title)
    _add(feed, "updated", max((row.at for row in rows), default=since))
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=base + feed_path)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=base + path)
    _add(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    for row in rows:
        _add_entry(feed, base, row)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _add_entry(feed: etree._Element, base: str, row: Row) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry", {_LANGUAGE: row.language})
    _add(entry, "id", base + row.path)
    _add(entry, "title", _title(row))
    _add(entry, "published", row.first_at)
    _add(entry, "updated", row.at)
    etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=base + row.path)
    if row.kind:
        etree.SubElement(entry, f"{{{ATOM}}}category", term=row.kind)
    if row.state != "current":
        etree.SubElement(entry, f"{{{ATOM}}}category", term=row.state)
    summary = _summary(row)
    if summary:
        _add(entry, "summary", summary)


def json_feed(
    base: str, path: str, feed_path: str, title: str, author: str, language: str, rows: Sequence[Row]
) -> dict[str, Any]:
    """The same feed as JSON; what JSON Feed has no word for stands under `_communique`."""
    return {
        "version": JSON_FEED,
        "title": title,
        "home_page_url": base + path,
        "feed_url": base + feed_path,
        "language": language,
        "authors": [{"name": author, "url": base}],
        "items": [_item(base, row) for row in rows],
    }


def _item(base: str, row: Row) -> dict[str, Any]:
    address = base + row.path
    state = "erased" if row.title is None else row.state
    more = known(
        about=f"{base}developers/",
        data=f"{address}{MESSAGE_FILE}",
        kind=row.kind,
        state=state,
        listed_on=row.day,
        corrected=row.corrected_at,
    )
    return {
        "id": address,
        "url": address,
        "title": _title(row),
        "content_text": _summary(row) or _title(row),
        "date_published": row.first_at,
        "date_modified": row.at,
        "language": row.language,
        "tags": [word for word in (row.kind, state if state != "current" else None) if word],
        "_communique": more,
    }


def _title(row: Row) -> str:
    return row.title or Wording(row.language).label("row_erased_title")


def _summary(row: Row) -> str | None:
    """What became of the message, if anything, then its summary; of a recalled one, which nobody should use, none."""
    wording = Wording(row.language)
    if row.title is None:
        return None
    if row.state == "recalled":
        return f"{wording.label('state_recalled')} · {wording.label('recalled_warning')}"
    if row.state == "removed":
        return wording.label("state_removed")
    if row.state == "withdrawn":
        became = wording.label("state_withdrawn")
    elif row.corrected_at:
        became = capital(wording.label("edition_correct"))
    else:
        return row.teaser
    return f"{became} · {row.teaser}" if row.teaser else became


def sitemap(base: str, rows: Iterable[tuple[str, str, str]], languages: Mapping[str, Mapping[str, str]]) -> bytes:
    """One sitemap: message, newest address and instant of each language version. `languages` has a message's paths by
    language."""
    root = etree.Element(f"{{{SITEMAPS}}}urlset", nsmap={None: SITEMAPS, "xhtml": XHTML})
    for message, own, at in rows:
        url = etree.SubElement(root, f"{{{SITEMAPS}}}url")
        etree.SubElement(url, f"{{{SITEMAPS}}}loc").text = base + own
        etree.SubElement(url, f"{{{SITEMAPS}}}lastmod").text = at
        paths = languages.get(message, {})
        for tag, path in sorted(paths.items()) if len(paths) > 1 else ():
            etree.SubElement(url, f"{{{XHTML}}}link", rel="alternate", hreflang=tag, href=base + path)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def places_sitemap(base: str, places: Iterable[Mapping[str, str]]) -> bytes:
    """The sitemap of what is no message: each page by its paths in each language. It changes with furniture alone."""
    root = etree.Element(f"{{{SITEMAPS}}}urlset", nsmap={None: SITEMAPS, "xhtml": XHTML})
    for paths in places:
        for path in paths.values():
            url = etree.SubElement(root, f"{{{SITEMAPS}}}url")
            etree.SubElement(url, f"{{{SITEMAPS}}}loc").text = base + path
            for tag, other in sorted(paths.items()) if len(paths) > 1 else ():
                etree.SubElement(url, f"{{{XHTML}}}link", rel="alternate", hreflang=tag, href=base + other)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def sitemap_index(base: str, names: Sequence[str]) -> bytes:
    """The list of sitemaps, `/sitemap.xml`."""
    root = etree.Element(f"{{{SITEMAPS}}}sitemapindex", nsmap={None: SITEMAPS})
    for name in names:
        one = etree.SubElement(root, f"{{{SITEMAPS}}}sitemap")
        etree.SubElement(one, f"{{{SITEMAPS}}}loc").text = f"{base}sitemaps/{name}.xml"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text
