"""A sitemap leads to pages and to other sitemaps, and to nothing else that it names."""

from __future__ import annotations

import io

from communique.importing.sitemap import Leads, leads_of_sitemap

HEAD = (
    "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "
    "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
)


def test_pictures_of_a_page_are_not_followed_as_pages() -> None:
    picture = "<image:image><image:loc>https://h.example/a.jpg</image:loc></image:image>"
    pages = "".join(f"<url>{picture}<loc>https://h.example/{n}</loc>{picture}</url>" for n in range(3))
    found = list(leads_of_sitemap("sitemap.xml", io.BytesIO(f"{HEAD}{pages}</urlset>".encode())))
    assert found == [Leads(f"https://h.example/{n}", to_map=False) for n in range(3)]
