"""A reader of the public site as a process of its own: loads random pages and follows every link on each.

    reading.py PORT ORIGIN SEED

It reads until its standard input ends, then prints one JSON object: how many pages it loaded and links it followed, and
what it found wrong. Wrong is an answer of 404 or worse at an address that a page names; a page that is not whole; a
page of an entry that the record's checkpoint does not hold yet. What is taken back may be gone when a link to it is
followed: then the page that named it is asked again, and must not name it any more.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import select
import sys
from collections import Counter
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import brotli

NAMED = re.compile(r"""(?:\s(?:href|src)="|<loc>|<id>)([^"<]+)""")
ENTRY = re.compile(r'"entry": ?([0-9]+)')
PAGES = re.compile(r"(/|\.html|\.atom|sitemap\.xml|/sitemaps/[^/]+\.xml)$")
TEXTS = ("text/", "application/xml", "application/atom", "application/json")
KNOWN = 400
"""addresses in mind at most: the newest stay"""


class Reader:
    """What one reader has seen."""

    def __init__(self, port: int, origin: str, seed: int) -> None:
        self.site = f"https://{origin.rsplit('/', 1)[0]}/"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.chance = random.Random(seed)
        self.known = ["/"]
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []

    def read(self) -> None:
        """One page, and all that it names."""
        page = self.chance.choice(self.known)
        status, text = self.get(page)
        if status != 200:  # it was there when it was noted, and may have been taken back since
            self.known.remove(page)
            return
        self.counted["pages"] += 1
        for link in self.links(page, text):
            status, found = self.get(link)
            self.counted["links"] += 1
            if status == 200:
                self._note(link)
            elif link in self.links(page, self.get(page)[1]) and self.get(link)[0] >= 404:
                self.wrong.append(f"{page} names {link}, which answers {status}")
            else:
                self.counted["taken back in between"] += 1
            for entry in ENTRY.findall(found) if link.endswith("message.json") else ():
                self._check_provable(link, int(entry))

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; redirects are followed. What is not whole is noted."""
        for _ in range(5):
            packed = self.chance.random() < 0.5
            headers = {"accept-encoding": "br" if packed else "identity", "accept-language": "en"}
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status not in (301, 302):
                break
            path = self.local(urljoin(path, answer.headers["location"])) or "/"
        if answer.headers.get("content-encoding") == "br":
            body = brotli.decompress(body)
        if not answer.headers["content-type"].startswith(TEXTS):
            return answer.status, ""
        text = body.decode()
        if answer.headers["content-type"].startswith("text/html") and not text.rstrip().endswith("</html>"):
            self.wrong.append(f"{path} is not whole")
        if answer.status >= 500:
            self.wrong.append(f"{path} answers {answer.status}")
        return answer.status, text

    def links(self, page: str, text: str) -> list[str]:
        """What a page names on this site."""
        found = (self.local(urljoin(self.site + page[1:], unescape(one))) for one in NAMED.findall(text))
        return list(dict.fromkeys(one for one in found if one))

    def local(self, address: str) -> str | None:
        """The path of an address of this site; None for any other."""
        parts = urlsplit(urljoin(self.site, address))
        if urlsplit(self.site).netloc != parts.netloc or parts.scheme not in ("http", "https"):
            return None
        return parts.path or "/"

    def _note(self, link: str) -> None:
        if link not in self.known and PAGES.search(unquote(link)):
            self.known.append(link)
            del self.known[1 : len(self.known) - KNOWN]

    def _check_provable(self, link: str, entry: int) -> None:
        size = int(self.get("/record/checkpoint")[1].split("\n")[1])
        if size <= entry:
            self.wrong.append(f"{link} is of entry {entry}, and the checkpoint holds {size}")


def main(port: int, origin: str, seed: int) -> None:
    reader = Reader(port, origin, seed)
    while not select.select([sys.stdin], [], [], 0)[0]:
        reader.read()
    print(json.dumps({"counted": reader.counted, "wrong": reader.wrong}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
