"""Where links lead: servers are asked as a reader would ask, no network is looked into, the own site is known.

The servers here answer on this machine, which nobody may ask: each test hands in who resolves names.
"""

from __future__ import annotations

import datetime
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from communique.importing.public_web import NotPublic, Place, is_public, public_places
from communique.newsroom import targets_outside
from communique.newsroom.given import given
from communique.newsroom.models import Attachment, MessagePage
from communique.newsroom.targets import Answer
from communique.newsroom.targets_inside import OwnSite
from communique.newsroom.targets_outside import look
from communique.record.release import Draft
from figures import within
from newsroom.newsrooms import Desk

PIER, QUAY, INNER = "http://pier.example", "http://quay.example", "http://inner.example"


class Pier:
    """A small web server, its requests, and who resolves names to it: `inner.example` is in a private network."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, dict[str, str]]] = []
        self.connected = 0
        pier = self

        class Answers(BaseHTTPRequestHandler):
            def setup(self) -> None:
                pier.connected += 1
                super().setup()

            def do_HEAD(self) -> None:
                pier.heard.append((self.command, self.path, dict(self.headers.items())))
                status, headers = pier.answer(self.command, self.path.partition("?")[0])
                self.send_response(status)
                for name, said in headers.items():
                    self.send_header(name, said)
                self.end_headers()

            do_GET = do_HEAD

            def log_message(self, *_said: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method: str, path: str) -> tuple[int, dict[str, str]]:
        """What each address answers."""
        moves = {
            "/moved": (301, "/there"),
            "/there": (308, f"{QUAY}/new place"),
            "/for-now": (302, "/fine"),
            "/into": (302, f"{INNER}/admin"),
            "/to-file": (301, "file:///etc/passwd"),
            "/to-port": (301, f"{PIER}:8080/"),
            "/round": (301, "/round"),
            "/then-gone": (301, "/gone"),
        }
        if path in moves:
            return moves[path][0], {"Location": moves[path][1]}
        if path == "/no-head":
            return (405 if method == "HEAD" else 200), {}
        return {"/gone": 404, "/gone-for-good": 410, "/closed": 403, "/broken": 500}.get(path, 200), {}

    def resolve(self, host: str, _port: int) -> Sequence[Place]:
        """Every name is this server, but one."""
        if host == "inner.example":
            raise NotPublic(host)
        return [(socket.AF_INET, self.server.server_address)]

    def asked(self, target: str) -> Answer:
        """What is found at one target."""
        return look([target], self.resolve)[target]


@pytest.fixture
def pier() -> Iterator[Pier]:
    running = Pier()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", Answer("works")),
        ("/moved", Answer("moved", f"{QUAY}/new place")),
        ("/for-now", Answer("works")),
        ("/gone", Answer("gone", "404")),
        ("/gone-for-good", Answer("gone", "410")),
        ("/then-gone", Answer("gone", "404")),
        ("/no-head", Answer("works")),
        ("/closed", Answer("answered", "403")),
        ("/broken", Answer("answered", "500")),
        ("/round", Answer("unreached")),
        ("/into", Answer("private")),
        ("/to-file", Answer("private")),
        ("/to-port", Answer("private")),
    ],
)
def test_each_target_is_answered_as_its_server_does(pier: Pier, path: str, expected: Answer) -> None:
    assert pier.asked(PIER + path) == expected


def test_a_server_hears_the_address_and_nothing_else(pier: Pier) -> None:
    pier.asked("http://user:secret@pier.example/a%20b/ferry é?day=2&at=ü#turn")
    (heard,) = pier.heard
    assert heard == (
        "HEAD",
        "/a%20b/ferry%20%C3%A9?day=2&at=%C3%BC",
        {"Host": "pier.example", "User-Agent": "Communique link check", "Accept": "*/*", "Connection": "close"},
    )


def test_three_redirects_are_followed_and_no_more(pier: Pier) -> None:
    pier.asked(f"{PIER}/round")
    assert len(pier.heard) == 4


def test_a_redirect_into_the_network_is_not_connected_to(pier: Pier) -> None:
    assert pier.asked(f"{INNER}/") == Answer("private")
    assert pier.connected == 0
    pier.asked(f"{PIER}/into")
    assert pier.connected == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.7", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address that is refused
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff0e::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),  # 10.0.0.1 behind a gateway
        ("64:ff9b::5db8:d822", True),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_public_internet_is_asked(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "::1", "0"])
def test_this_machine_has_no_name_by_which_it_is_asked(host: str) -> None:
    with pytest.raises((NotPublic, OSError)):
        public_places(host, 80)


def test_a_name_of_which_one_address_is_private_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "192.168.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: both)
    with pytest.raises(NotPublic):
        public_places("two-faced.example", 80)
    both.pop()
    assert public_places("two-faced.example", 80) == [(socket.AF_INET, ("93.184.216.34", 80))]


@pytest.mark.parametrize(
    "target",
    ["http://localhost/", "http://127.0.0.1:22/", "http://[::1]/", "http://pier.example:8000/", "ftp://pier.example/",
     "https://", "//pier.example/", "http://pier.example:99999/", "http://" + "a" * 70 + ".example/"],
)  # fmt: skip
def test_what_is_no_public_web_address_is_not_asked_and_breaks_nothing(pier: Pier, target: str) -> None:
    assert look([target])[target].sort in ("private", "unreached")
    assert pier.connected == 0


def test_a_check_ends_whatever_servers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets_outside, "LINK_S", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as dripping:
        threading.Thread(target=_drip, args=(dripping,), daemon=True).start()
        places = {"silent.example": silent.getsockname(), "dripping.example": dripping.getsockname()}
        began = time.monotonic()
        found = look([f"http://{name}/" for name in places], lambda host, _port: [(socket.AF_INET, places[host])])
        assert time.monotonic() - began < within(5)
    assert set(found.values()) == {Answer("unreached")}


def _drip(server: socket.socket) -> None:
    """A head that never ends, a byte at a time."""
    line, _who = server.accept()
    try:
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400:
            line.sendall(bytes([byte]))
            time.sleep(0.05)
    except OSError:
        line.close()


def test_at_most_fifty_links_are_asked(pier: Pier) -> None:
    each = [f"{PIER}/{number}" for number in range(53)]
    found = look([*each, *each], pier.resolve)
    assert [found[one].sort for one in each] == ["works"] * 50 + ["unasked"] * 3
    assert len(pier.heard) == 50


def test_a_name_is_kept_in_sni_and_a_certificate_of_another_is_not_trusted(tmp_path: Path) -> None:
    context, trust = _certificate(tmp_path, "pier.example")
    named: list[str | None] = []
    context.sni_callback = lambda _line, name, _context: named.append(name)
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_answer_twice, args=(server, context), daemon=True).start()
    found = look(["https://pier.example/"], lambda *_asked: [(socket.AF_INET, server.getsockname())], trust)
    assert found == {"https://pier.example/": Answer("works")}
    found = look(["https://quay.example/"], lambda *_asked: [(socket.AF_INET, server.getsockname())], trust)
    assert found == {"https://quay.example/": Answer("untrusted")}
    assert named == ["pier.example", "quay.example"]
    server.close()


def _answer_twice(server: socket.socket, context: ssl.SSLContext) -> None:
    for _each in range(2):
        try:
            with context.wrap_socket(server.accept()[0], server_side=True) as line:
                line.recv(4096)
                line.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            continue


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for a name, and one that trusts it."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / "pier.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, ssl.create_default_context(cadata=made.public_bytes(pem).decode())


# The office's own site


def published(desk: Desk, **fields: Any) -> MessagePage:
    page = desk.written("wenna", **fields)
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    return page


def inside(desk: Desk, target: str, name: str = "wenna", words: Any = None) -> Answer | None:
    return OwnSite(words or {"blocks": [], "next": 1}, desk.user(name)).answer(target)


def test_links_into_the_own_site_lead_to_what_is_public(desk: Desk) -> None:
    page = published(desk, title="On the lamp")
    address, whole = desk.address_of(page), given().site_address
    for target in (f"/{address}/", f"/{address}", f"{whole}{address}/#t3", "/", "/en/", "/en/speeches/", whole):
        assert inside(desk, target) == Answer("works"), target
    for target in ("/en/nowhere/", f"{whole}en/nowhere", "/%00", "/" + "a" * 400, "/../../communique.toml"):
        assert inside(desk, target) == Answer("nowhere"), target
    assert inside(desk, f"{given().desk_address}messages/") == Answer("desk")
    assert inside(desk, "https://ferries.example/") is None
    assert inside(desk, "//ferries.example/") is None


def test_an_address_of_old_is_fine_and_a_removed_one_is_gone(desk: Desk) -> None:
    page = published(desk, title="On the lamp")
    furniture = {"v": 1, "type": "furniture", "state": "current", "piece": "redirect", "order": 0}
    old = [("press.asp?id=17", f"/{desk.address_of(page)}/"), ("old/list", "")]
    drafts = [
        Draft(f"redirect0000000{number}", "furniture", {**furniture, "from": source, **({"to": to} if to else {})})
        for number, (source, to) in enumerate(old)
    ]
    desk.installation.publisher.publish(drafts)
    assert inside(desk, "/press.asp?id=17") == Answer("works")
    assert inside(desk, "/press.asp?id=18") == Answer("nowhere")
    assert inside(desk, "/old/list/") == Answer("gone", "410")


def test_a_drafts_address_of_tomorrow_is_told_to_those_who_know_of_it_alone(desk: Desk) -> None:
    page = desk.written("osk", title="On the storm")
    target = "/en/speeches/2027/03/09/on-the-storm/"
    assert inside(desk, target) == Answer("draft", "On the storm")
    assert inside(desk, "/en/notices/2027/03/09/on-the-storm/") == Answer("nowhere")
    page.limited_to.set([desk.user("osk")])
    assert inside(desk, target, "osk") == Answer("draft", "On the storm")
    assert inside(desk, target, "wenna") == Answer("nowhere")


def test_a_link_to_a_turn_leads_to_one_that_is_there(desk: Desk) -> None:
    words = {"turns": [{"id": "t3", "kind": "note", "blocks": ["A bell."]}], "next": 4}
    assert inside(desk, "#t3", words=words) == Answer("works")
    assert inside(desk, "#t4", words=words) == Answer("no_turn")


def test_the_links_of_a_message_are_checked_from_its_screen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = {"https://ferries.example/map": Answer("gone", "404"), "https://films.example/f": Answer("works")}

    def looked(targets: Any) -> dict[str, Answer]:
        asked.extend(targets)
        return {one: answers[one] for one in asked}

    monkeypatch.setattr("communique.newsroom.views.checking.look", looked)
    marks = [
        [0, 3, "link", "https://ferries.example/map"],
        [4, 7, "link", "/en/x/"],
        [8, 9, "link", "mailto:a@b.example"],
    ]
    turns = [{"id": "t2", "kind": "note", "blocks": [{"kind": "paragraph", "text": "Map and a.", "marks": marks}]}]
    page = desk.written("wenna", words={"turns": turns, "next": 3})
    draft = page.get_latest_revision_as_object()
    draft.attachments.add(Attachment(sort="recording", address="https://films.example/f", title="A film"))
    draft.save_revision(user=desk.user("wenna"))
    writer, address = desk.client("wenna"), f"/messages/{page.pk}/links-checked/"
    assert "Check the 3 links" in writer.get(f"/messages/{page.pk}/").content.decode()
    assert "gone (404)" not in writer.get(address).content.decode()
    assert asked == []
    html = writer.post(address).content.decode()
    for said in ("Turn 2", "gone (404)", "leads to nothing on the office’s own site", "A film", "works"):
        assert said in html
    assert asked == ["https://ferries.example/map", "https://films.example/f"]
    typed = {"blocks": [{"kind": "paragraph", "text": "See.", "marks": [[0, 3, "link", "/en/"]]}], "next": 1}
    told = writer.post(address, {"words": json.dumps(typed)}).json()["links"]
    assert [(one["target"], one["well"]) for one in told] == [("/en/", True), ("https://films.example/f", True)]
    assert writer.post(address, {"words": "["}).status_code == 400
