"""What a receipt says of a page that it fetched from outside, from a small server that is really asked."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from lxml import html as markup

from communique.newsroom.models import Release
from communique.newsroom.receipts import EARLIER, NO_ANSWER, ReceiptRow, _answered
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared


class Site(BaseHTTPRequestHandler):
    """Answers with a status for each path that there is."""

    answers: ClassVar[dict[str, int]] = {"/ferry/": 200, "/ferry/editions/1/": 200, "/gone/": 410}

    def do_GET(self) -> None:
        self.send_response(self.answers.get(self.path, 404))
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing to say."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def row(address: str, edition: str) -> ReceiptRow:
    return ReceiptRow(7, "", "On the ferry", "en", address, edition, "", False, (), None)


@pytest.mark.parametrize(
    ("path", "edition", "said"),
    [
        ("/ferry/", "/ferry/editions/1/", "200"),
        ("/ferry/", "/ferry/editions/2/", EARLIER),
        ("/ferry/", "", "200"),
        ("/gone/", "/gone/editions/2/", "410"),
        ("/lost/", "/lost/editions/1/", "404"),
    ],
)
def test_an_address_that_shows_an_earlier_edition_has_not_answered(
    site: str, path: str, edition: str, said: str
) -> None:
    assert _answered(row(site + path, edition and site + edition)) == said


def test_where_nobody_is_nobody_answers() -> None:
    assert _answered(row("http://127.0.0.1:9/ferry/", "http://127.0.0.1:9/ferry/editions/1/")) == NO_ANSWER


def test_an_address_runs_from_left_to_right_in_a_desk_that_does_not(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    client = desk.client("pell")
    client.post("/language/", {"language": "ar", "next": "/"})
    html = markup.fromstring(client.get(f"/receipts/{Release.objects.get().pk}/").content.decode())
    assert html.get("dir") == "rtl"
    links = [link for link in html.iter("a") if (link.get("href") or "").endswith("/on-the-ferry/")]
    assert links
    assert all([(one.tag, one.get("dir")) for one in link] == [("bdi", "ltr")] for link in links)
