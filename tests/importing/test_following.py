"""An address is followed politely, and what a stranger names leads nowhere but to the public web."""

from __future__ import annotations

import gzip
import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from communique.importing import following
from communique.importing.errors import ImportingError, NotReachable
from communique.importing.following import Follower
from communique.importing.public_web import NotPublic
from communique.importing.raw import Raw
from communique.importing.sources import raw_pages

PAGE = b"<!doctype html><html><body><h1>On the lamp</h1><p>It burns.</p></body></html>"
NAMED = "https://office.example/"
INSIDE = [
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.255.254",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "0.1.2.3",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]
INSIDE_6 = [
    "::1",
    "::",
    "fe80::1",
    "fe80::1%25eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:53aa:64c:0:0:80ff:fffe",
]
NAMES = ["localhost", "localhost.", "LOCALHOST", "localhost.localdomain", "ip6-localhost", "printer", "intranet.local"]
OTHERS = [
    "file:///etc/passwd",
    "ftp://a.example/",
    "gopher://127.0.0.1:70/",
    "data:text/html,x",
    "javascript:x",
    "//127.0.0.1/",
    "http://",
    "http:///x",
    "http://127.0.0.1:22/",
    "https://a.example:6379/",
    "http://a.example@127.0.0.1/",
    "http://127.0.0.1#@a.example/",
    "http://127。0。0。1/",
    "http://[::ffff:127.0.0.1]:80/",
    "http://a\\@127.0.0.1/",
]


def forms() -> list[str]:
    """Addresses of the office's own network in the ways in which they can be written."""
    found = [f"http://{one}/" for one in INSIDE] + [f"http://[{one}]/" for one in INSIDE_6]
    for one in INSIDE[:14]:
        number = int(ip_address(one))
        parts = one.split(".")
        found += [
            f"http://{number}/",
            f"http://{number:#x}/",
            f"http://0{number:o}/",
            "http://" + ".".join(f"{int(part):#x}" for part in parts) + "/",
            "http://" + ".".join(f"0{int(part):o}" for part in parts) + "/",
            f"http://{parts[0]}.{number & 0xFFFFFF}/",
            f"http://[::ffff:{one}]/",
        ]
    return [*found, *(f"http://{name}/" for name in NAMES), *OTHERS]


def test_there_are_a_hundred_and_fifty_forms() -> None:
    assert len(set(forms())) >= 150


@pytest.mark.parametrize("address", forms())
def test_no_form_of_a_private_address_is_connected_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "connected", lambda *_: pytest.fail(f"{address} was connected to"))
    with pytest.raises(NotReachable):
        Follower(NAMED).page(address)


class _Site(BaseHTTPRequestHandler):
    answers: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def site(**answers: Any) -> Iterator[tuple[str, list[str], dict[str, tuple[int, dict[str, str], bytes]]]]:
    asked: list[str] = []
    table: dict[str, tuple[int, dict[str, str], bytes]] = dict(answers)
    handler = type("Site", (_Site,), {"answers": table, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked, table
        server.shutdown()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_does_not_lead_into_the_network(status: int) -> None:
    with site() as (root, _, answers), site() as (inside, seen, _others):
        for target in (f"{inside}/secret", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"):
            answers["/"] = (status, {"Location": target}, b"")
            with pytest.raises(NotReachable, match="none of the public web"):
                Follower(root).page(f"{root}/")
    assert seen == []


def test_a_redirect_on_the_named_server_is_followed_and_a_circle_ends() -> None:
    with site() as (root, asked, answers):
        answers["/a"] = (302, {"Location": "/b"}, b"")
        answers["/b"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
        answers["/c"] = (302, {"Location": "/c"}, b"")
        page = Follower(root).page(f"{root}/a")
        assert (page.data, page.address, page.charset) == (PAGE, f"{root}/b", "utf-8")
        with pytest.raises(NotReachable, match="HTTP 302"):
            Follower(root).page(f"{root}/c")
    assert len(asked) == 8


def test_a_name_that_answers_anew_is_connected_to_where_it_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[Any] = []

    def refuse(where: Any, *_more: object) -> socket.socket:
        places.append(where)
        raise ConnectionError("refused")

    answers = iter([[(socket.AF_INET, ("93.184.216.34", 443))], [(socket.AF_INET, ("127.0.0.1", 443))]])
    monkeypatch.setattr(following, "connected", refuse)
    with pytest.raises(NotReachable):
        Follower(NAMED, resolve=lambda *_: next(answers)).page("https://rebinds.example/")
    assert places == [[(socket.AF_INET, ("93.184.216.34", 443))]]


def test_of_a_name_with_one_private_address_nothing_is_asked() -> None:
    def resolve(host: str, _port: int) -> list[Any]:
        raise NotPublic(host)

    with pytest.raises(NotReachable, match="none of the public web"):
        Follower(NAMED, resolve=resolve).page("https://both.example/")


def sitemap(*addresses: str, kind: str = "urlset", entry: str = "url") -> bytes:
    inner = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return f"<?xml version='1.0'?><{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</{kind}>".encode()


def test_a_sitemap_is_followed_as_robots_and_rate_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(following.time, "sleep", slept.append)
    with site() as (root, asked, answers):
        answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /secret\nCrawl-delay: 3\n")
        maps = [f"{root}/map-1.xml", f"{root}/map-2.xml.gz"]
        answers["/sitemap.xml"] = (200, {}, sitemap(*maps, kind="sitemapindex", entry="sitemap"))
        answers["/map-1.xml"] = (200, {}, sitemap(f"{root}/a", f"{root}/secret/b", "https://other.example/c"))
        answers["/map-2.xml.gz"] = (200, {}, gzip.compress(sitemap(f"{root}/d", f"{root}/gone")))
        answers |= {path: (200, {"Content-Type": "text/html"}, PAGE) for path in ("/a", "/d", "/secret/b")}
        follower_sleeps = Follower.__init__.__defaults__
        assert follower_sleeps is not None
        monkeypatch.setattr(Follower.__init__, "__defaults__", (follower_sleeps[0], slept.append, *follower_sleeps[2:]))
        found = list(raw_pages([f"{root}/sitemap.xml"], io.BytesIO()))
    assert [page.address for page in found if isinstance(page, Raw)] == [f"{root}/a", f"{root}/d"]
    said = [str(error) for error in found if isinstance(error, ImportingError)]
    assert ["robots.txt" in said[0], "not on 127.0.0.1" in said[1], "HTTP 404" in said[2]] == [True] * 3
    assert "/secret/b" not in asked
    assert asked.count("/robots.txt") == 1
    assert sum(2.5 < seconds <= 3 for seconds in slept) >= 2


def test_a_robots_file_that_fails_forbids_all_and_one_that_is_not_there_nothing() -> None:
    with site() as (root, _, answers):
        answers["/a"] = (200, {}, PAGE)
        (page,) = Follower(root, sleep=lambda _: None).pages([f"{root}/a"])
        assert isinstance(page, Raw)
        answers["/robots.txt"] = (503, {}, b"")
        (page,) = Follower(root, sleep=lambda _: None).pages([f"{root}/a"])
        assert isinstance(page, NotReachable)


def test_a_sitemap_on_disk_leads_only_to_the_public_web(tmp_path: Path) -> None:
    with site() as (root, asked, _):
        (tmp_path / "sitemap.xml").write_bytes(sitemap(f"{root}/a", "http://192.168.0.1/b"))
        found = list(raw_pages([str(tmp_path / "sitemap.xml")], io.BytesIO()))
    assert len(found) == 2
    assert all(isinstance(one, ImportingError) for one in found)
    assert asked == []
