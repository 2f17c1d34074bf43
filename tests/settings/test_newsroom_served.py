"""The newsroom at its own host name: what reaches it, what does not, and that neither side ever answers for the other.

The newsroom here is `small_newsroom.py`; everything before it is what `communique serve` runs.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from browser import chromium
from communique.settings.forward import BODY_LIMIT_BYTES, READ_ON_BYTES
from figures import within
from process_tree import Running
from public_folder import Answer, put, wait_for

DESK = "desk.localhost"
NOT_RUNNING = b"The newsroom is not running just now; the public site is not affected."


def lay_out(root: Path) -> Path:
    """A public folder where every address that the newsroom knows is a page, too, so that a mix-up would be seen."""
    for name in ("index.html", "en/index.html", "x/index.html"):
        put(root / "builds/1" / name, b"public")
    (root / "site").symlink_to("builds/1")
    return root


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One tree for all tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("served")
    running = Running(lay_out(folder / "public"), folder / "log", desk=DESK)
    running.until_ready()
    yield running
    end(running)


@pytest.fixture(scope="module")
def stalled(served: Running) -> Iterator[socket.socket]:
    """A client that sends a part of its body and then nothing more, from the first test that asks for it on."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=40) as line:
        line.sendall(f"POST /stalled HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: 100\r\n\r\nabc".encode())
        yield line


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Running] = []
    lay_out(tmp_path / "public")

    def begin(*files: str, mode: str = "pass") -> Running:
        (tmp_path / "log.home").mkdir()
        for name in files:
            (tmp_path / "log.home" / name).touch()
        started.append(Running(tmp_path / "public", tmp_path / "log", mode, desk=DESK))
        return started[-1]

    yield begin
    for running in started:
        end(running)


def end(running: Running) -> None:
    running.process.kill()
    running.process.wait()
    assert running.gone(10)


def ask(
    running: Running, path: str, method: str = "GET", body: bytes | None = None, host: str = "", **headers: str
) -> Answer:
    """One request to the newsroom, or to `host`."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    try:
        connection.request(method, path, body, {"Host": host or f"{DESK}:{running.port}", **headers})
        response = connection.getresponse()
        got: dict[str, str] = {}
        for name, value in response.getheaders():
            got[name.lower()] = f"{got[name.lower()]} & {value}" if name.lower() in got else value
        return Answer(response.status, response.read(), got)
    finally:
        connection.close()


def told(running: Running, path: str, *arguments: Any, **headers: Any) -> dict[str, Any]:
    """What the newsroom says of a request that has reached it."""
    answer = ask(running, path, *arguments, **headers)
    assert answer.status == 200, answer
    facts: dict[str, Any] = json.loads(answer.body)
    return facts


def raw(running: Running, request: str | bytes, breaks_off: bool = False) -> bytes:
    """What comes back for bytes on the wire, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as line:
        line.sendall(request.encode("latin-1") if isinstance(request, str) else request)
        if breaks_off:
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def until_it_answers(running: Running, before: set[int] | None = None) -> None:
    """Waits for a newsroom in another process than those `before`; the public site answers all the time."""
    end = time.monotonic() + 20
    while True:
        answer = ask(running, "/x")
        if answer.status == 200 and json.loads(answer.body)["pid"] not in (before or set()):
            return
        assert answer.status in (200, 502, 503)
        assert ask(running, "/en/", host="localhost").body == b"public"
        assert time.monotonic() < end, running.said()
        time.sleep(0.05)


# What reaches it


def test_the_newsroom_gets_address_query_and_who_asked(served: Running, stalled: socket.socket) -> None:
    facts = told(served, "/a%20b/%C3%A9%2F?q=%20y&n=1")
    assert facts["REQUEST_METHOD"] == "GET"
    assert facts["PATH_INFO"].encode("latin-1").decode() == "/a b/é/"
    assert facts["QUERY_STRING"] == "q=%20y&n=1"
    assert facts["REMOTE_ADDR"] == "127.0.0.1"
    assert (facts["SERVER_NAME"], facts["SERVER_PORT"]) == (DESK, str(served.port))
    assert facts["wsgi.url_scheme"] == "http"
    assert facts["HTTP_HOST"] == f"{DESK}:{served.port}"


def test_a_form_and_an_upload_of_20_mb_arrive_as_they_were_sent(served: Running) -> None:
    for body in (b"a=1", b"", os.urandom(20_000_000)):
        facts = told(served, "/form", "POST", body, **{"Content-Type": "text/x-form"})
        assert (facts["REQUEST_METHOD"], facts["CONTENT_TYPE"]) == ("POST", "text/x-form")
        assert facts["CONTENT_LENGTH"] == str(len(body))
        assert facts["bytes"] == len(body)
        assert facts["sha256"] == hashlib.sha256(body).hexdigest()


def test_an_answer_of_30_mb_arrives_as_the_newsroom_gave_it_and_leaves_no_name_behind_for_long(served: Running) -> None:
    answer = ask(served, "/large")
    assert answer["content-length"] == "30000000"
    assert answer.body == b"".join(bytes([number % 251]) * 100_000 for number in range(300))


def test_cookies_redirects_and_statuses_come_back_and_headers_of_one_connection_do_not(served: Running) -> None:
    assert ask(served, "/").get("set-cookie") == "a=1 & b=2"
    led = ask(served, "/led")
    assert (led.status, led["location"], led.body) == (302, "/there/", b"")
    assert led.get("keep-alive") is None
    assert led["server"] == "communique"
    assert ask(served, "/fault").status == 500
    head = ask(served, "/", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_a_refusal_before_the_body_was_read_arrives_whole(served: Running) -> None:
    answer = ask(served, "/unread", "POST", bytes(8_000_000))
    assert (answer.status, answer.body) == (403, b"not read")


def test_fifty_requests_at_once_are_each_answered_with_their_own_answer(served: Running) -> None:
    bodies = [os.urandom(50_000) for _ in range(50)]
    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(told, served, f"/{number}", "POST", body) for number, body in enumerate(bodies)]
        for number, (body, facts) in enumerate(zip(bodies, (one.result() for one in asked), strict=True)):
            assert facts["PATH_INFO"] == f"/{number}"
            assert facts["sha256"] == hashlib.sha256(body).hexdigest()


def test_slow_clients_keep_no_thread_of_the_newsroom_waiting(served: Running) -> None:
    body = os.urandom(3_000)
    head = f"POST /slowly HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    lines = [socket.create_connection(("127.0.0.1", served.port), timeout=10) for _ in range(20)]
    for line in lines:
        line.sendall(head + body[:1_000])
    began = time.monotonic()
    assert told(served, "/meanwhile")["PATH_INFO"] == "/meanwhile"
    assert time.monotonic() - began < within(2)
    for line in lines:
        line.sendall(body[1_000:])
        with line, line.makefile("rb") as answer:
            assert hashlib.sha256(body).hexdigest().encode() in answer.read()


# What does not reach it


def test_nobody_can_say_who_asked_but_us(served: Running) -> None:
    spoofs = {
        "X-Forwarded-For": "10.9.8.7",
        "X_Forwarded_For": "10.9.8.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "10.9.8.7",
        "X-Forwarded-Server": "10.9.8.7",
        "Forwarded": "for=10.9.8.7",
        "X-Real-IP": "10.9.8.7",
        "X-Communique-Door": "10.9.8.7",
        "X_Communique_Door": "10.9.8.7",
        "Remote_Addr": "10.9.8.7",
        "Proxy": "10.9.8.7",
        "X-Kept": "kept",
        "X-Named": "10.9.8.7",
        "Connection": "close, X-Named",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in spoofs.items())
    answer = raw(served, f"GET /x HTTP/1.1\r\nHost: {DESK}\r\n{lines}\r\n")
    assert answer.startswith(b"HTTP/1.1 200"), answer
    assert b"10.9.8.7" not in answer
    facts = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert facts["REMOTE_ADDR"] == facts["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert facts["wsgi.url_scheme"] == facts["HTTP_X_FORWARDED_PROTO"] == "http"
    assert facts["HTTP_X_FORWARDED_HOST"] == DESK
    assert facts["HTTP_X_KEPT"] == "kept"
    assert not [name for name in facts if "DOOR" in name], "the secret stays between the two servers"


def connected(line: socket.socket, place: Path) -> None:
    """Connect to the newsroom, which may be starting anew after a test that ended its process."""
    end = time.monotonic() + 60
    while True:
        try:
            return line.connect(str(place))
        except (ConnectionRefusedError, FileNotFoundError):
            assert time.monotonic() < end, "the newsroom does not come back"
            time.sleep(0.1)


@pytest.mark.parametrize("door", ["", "x-communique-door: guessed\r\n", "x-communique-door: \r\n"])
def test_the_newsrooms_process_refuses_who_comes_without_the_secret_of_this_run(served: Running, door: str) -> None:
    (folder,) = served.folders()
    assert folder.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as line:
        connected(line, folder / "desk")
        line.sendall(
            f"GET / HTTP/1.1\r\nHost: {DESK}\r\nx-forwarded-for: 10.9.8.7\r\n{door}Connection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 403")
    assert b"10.9.8.7" not in answer


def test_the_secret_stands_in_no_environment_and_no_command_line(served: Running) -> None:
    places = [Path(f"/proc/{pid}/environ") for pid in (served.process.pid, *served.family())]
    if not places[0].exists():
        pytest.skip("no /proc here")
    variables = [{one.partition(b"=")[0] for one in place.read_bytes().split(b"\0")} for place in places]
    assert all(one == variables[0] for one in variables), "the servers have the parent's environment and no more"
    listed = subprocess.run(["ps", "-axwwo", "command="], capture_output=True, text=True, check=True).stdout
    ours = [word for line in listed.splitlines() if f"-{served.port}-" in line for word in line.split()]
    assert ours
    assert not [word for word in ours if re.fullmatch(r"[\w-]{43}", word)], "43 letters are a secret of 32 bytes"


def test_what_is_too_large_is_refused_with_a_sentence(served: Running) -> None:
    size = BODY_LIMIT_BYTES + 1
    head = f"POST /much HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n".encode()
    answer = raw(served, head + bytes(size))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"larger than 110 MB" in answer
    huge = f"POST /much HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: {READ_ON_BYTES + 1}\r\nConnection: close\r\n\r\n"
    assert raw(served, huge).startswith(b"HTTP/1.1 413")
    told(served, "/after")
    assert "/much" not in (served.home / "asked").read_text()


def test_what_is_too_large_is_refused_with_the_newsrooms_own_page_where_it_has_one(served: Running) -> None:
    head = f"POST /much HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: {BODY_LIMIT_BYTES + 1}\r\nCookie: known=1\r\n"
    answer = raw(served, f"{head}Connection: close\r\n\r\n".encode() + bytes(BODY_LIMIT_BYTES + 1))
    assert answer.startswith(b"HTTP/1.1 413")
    assert answer.endswith(b"<h1>C'est trop</h1>")


def test_a_browser_that_sends_a_film_of_300_mb_shows_the_sentence_and_has_what_was_typed(
    served: Running, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(300 * 2**20)
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"http://{DESK}:{served.port}/film-form")
        page.locator("input[name=title]").fill("On the ferry")
        page.locator("textarea").fill("It sails on Sunday.")
        page.locator("input[type=file]").set_input_files(film)
        page.get_by_role("button", name="Save").click(timeout=120_000)
        page.get_by_text("larger than 110 MB").wait_for(timeout=120_000)
        page.go_back()
        assert page.locator("input[name=title]").input_value() == "On the ferry"
        assert page.locator("textarea").input_value() == "It sails on Sunday."


@pytest.mark.parametrize("much", [0, 500, 2_000_000])
def test_an_upload_that_breaks_off_never_reaches_the_newsroom(served: Running, much: int) -> None:
    head = f"POST /broken-off-{much} HTTP/1.1\r\nHost: {DESK}\r\nContent-Length: {much + 1}\r\n\r\n".encode()
    raw(served, head + bytes(much), breaks_off=True)
    told(served, "/after")
    assert f"/broken-off-{much}" not in (served.home / "asked").read_text()


def test_a_body_without_a_length_is_refused(served: Running) -> None:
    request = f"POST /long HTTP/1.1\r\nHost: {DESK}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert raw(served, request + "3\r\nabc\r\n0\r\n\r\n").startswith(b"HTTP/1.1 411")


def test_a_strange_method_is_refused(served: Running) -> None:
    for line in ("TRACE /x", f"CONNECT {DESK}:80", "OPTIONS *"):
        answer = raw(served, f"{line} HTTP/1.1\r\nHost: {DESK}:80\r\nConnection: close\r\n\r\n")
        assert answer.split()[1] in (b"405", b"400"), answer
        assert b"PATH_INFO" not in answer


# One host, never the other

DESK_TOO = ["DESK.LocalHost", "desk.localhost.", "desk.localhost:8000", "desk.localhost:", "Desk.Localhost.:80"]
PUBLIC_TOO = ["localhost", "127.0.0.1", "[::1]:8000", "xdesk.localhost", "desk.localhost.example", "desk", "localhost."]
NO_HOST = [
    "desk.localhost, localhost",
    "desk.localhost/",
    "x@desk.localhost",
    "desk.localhost:x",
    "desk .localhost",
    "desk.localhost\tlocalhost",
    ":80",
    "ü",
]


def sides(answer: bytes) -> tuple[bool, bool, bytes]:
    """Whether the newsroom and whether the public site is seen in an answer, and the status."""
    return b"PATH_INFO" in answer or b"newsroom" in answer, b"public" in answer.split(b"\r\n\r\n", 1)[-1], answer[9:12]


@pytest.mark.parametrize("host", DESK_TOO)
def test_every_way_to_write_the_desks_host_leads_to_the_desk(served: Running, host: str) -> None:
    answer = raw(served, f"GET /x HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert sides(answer) == (True, False, b"200")


@pytest.mark.parametrize("host", PUBLIC_TOO)
def test_every_other_host_leads_to_the_public_site(served: Running, host: str) -> None:
    answer = raw(served, f"GET /x/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert sides(answer) == (False, True, b"200")


@pytest.mark.parametrize("host", NO_HOST)
def test_what_is_no_host_leads_nowhere(served: Running, host: str) -> None:
    answer = raw(served, f"GET /x/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert sides(answer) == (False, False, b"400")


def test_a_request_without_a_host_is_for_the_public_site(served: Running) -> None:
    assert sides(raw(served, "GET /x/ HTTP/1.0\r\n\r\n")) == (False, True, b"200")


@pytest.mark.parametrize(
    ("target", "hosts", "seen"),
    [
        ("http://desk.localhost/x", ["desk.localhost"], (True, False, b"200")),
        ("http://DESK.localhost./x", ["desk.localhost"], (True, False, b"200")),
        ("http://desk.localhost/x", [], (True, False, b"200")),
        ("http://localhost/x/", ["localhost"], (False, True, b"200")),
        ("http://localhost/x/", ["desk.localhost"], (False, False, b"400")),
        ("http://desk.localhost/x", ["localhost"], (False, False, b"400")),
        ("http://a@desk.localhost/x", ["desk.localhost"], (False, False, b"400")),
        ("/x", ["desk.localhost", "localhost"], (False, False, b"400")),
        ("/x/", ["localhost", "desk.localhost"], (False, False, b"400")),
        ("/x", ["desk.localhost", "desk.localhost"], (False, False, b"400")),
        ("/x", ["desk.localhost", "\xfc"], (True, False, b"200")),
        ("/x/", ["\xfc", "localhost"], (False, True, b"200")),
    ],
)
def test_two_hosts_in_one_request_never_show_one_sides_page_to_who_asked_the_other(
    served: Running, target: str, hosts: list[str], seen: tuple[bool, bool, bytes]
) -> None:
    lines = "".join(f"Host: {host}\r\n" for host in hosts)
    answer = raw(served, f"GET {target} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert sides(answer) == seen


def test_each_request_on_one_connection_is_for_the_host_it_names_itself(served: Running) -> None:
    one = f"GET /x/ HTTP/1.1\r\nHost: {DESK}\r\n\r\n"
    other = "GET /x/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = raw(served, one + other)
    first, second = answer.split(b"HTTP/1.1 200")[1:]
    assert b"PATH_INFO" in first
    assert second.endswith(b"\r\n\r\npublic")


# While it is not there


def test_a_newsroom_that_cannot_start_is_said_and_the_public_site_is_up(start: Start) -> None:
    running = start("broken")
    running.until("site ready")
    running.until("the newsroom ended with status 1; the public site is not affected; it is started again in 2 s")
    assert "this newsroom cannot start; take the file away" in running.said()
    assert "Traceback" not in running.said()
    answer = ask(running, "/x")
    assert (answer.status, NOT_RUNNING in answer.body) == (503, True)
    assert int(answer["retry-after"]) > 0
    assert ask(running, "/en/", host="localhost").body == b"public"
    (running.home / "broken").unlink()
    until_it_answers(running)


def test_a_newsroom_that_is_starting_says_so_and_then_answers(start: Start) -> None:
    running = start("slow")
    running.until("site ready")
    end = time.monotonic() + 10
    while not (running.folders() and (running.folders()[0] / "desk.starting").exists()):
        assert time.monotonic() < end
        time.sleep(0.05)
    time.sleep(1)
    assert ask(running, "/x").status == 503
    assert ask(running, "/en/", host="localhost").body == b"public"
    assert "newsroom ready" not in running.said()
    (running.home / "slow").unlink()
    until_it_answers(running)
    running.until_ready()


def test_nobody_is_sent_to_the_newsroom_before_the_site_is_there(start: Start) -> None:
    running = start("not baked", mode='while (Path(sys.argv[4]) / "not baked").exists(): time.sleep(0.02)')
    wait_for(running.port)
    until_it_answers(running)
    time.sleep(0.5)
    assert "ready" not in running.said()
    (running.home / "not baked").unlink()
    running.until_ready()
    said = running.said()
    assert said.index("site ready") < said.index("newsroom ready")


@pytest.mark.parametrize("which", [min, max])
def test_a_newsroom_whose_process_is_killed_comes_back(start: Start, which: Callable[[set[int]], int]) -> None:
    running = start()
    running.until_ready()
    before, site = running.family("small_newsroom"), running.family("site_server")
    assert len(before) == 2, "Granian's main process and its worker process"
    pid = told(running, "/x")["pid"]
    assert pid in before
    os.kill(which(before), signal.SIGKILL)
    running.until("the newsroom ended with status")
    until_it_answers(running, before)
    assert not before & running.family()
    assert running.family("site_server") == site, "the public site has gone on"


def test_an_answer_that_breaks_off_is_no_answer(start: Start) -> None:
    running = start()
    running.until_ready()
    answer = ask(running, "/cut")
    assert answer.status == 502
    assert b"look whether your change was kept" in answer.body
    until_it_answers(running)


def test_no_process_of_it_outlives_a_parent_that_was_killed(start: Start) -> None:
    running = start()
    running.until_ready()
    running.process.kill()
    running.process.wait()
    assert running.gone(4)
    assert not running.folders(), "what was on its way is gone with it"


@pytest.mark.parametrize("path", ["/x", "/slow"])
def test_ctrl_c_ends_everything_within_three_seconds_though_the_newsroom_works(start: Start, path: str) -> None:
    running = start()
    running.until_ready()
    editor = socket.create_connection(("127.0.0.1", running.port))
    editor.sendall(f"GET {path} HTTP/1.1\r\nHost: {DESK}\r\n\r\n".encode())
    end = time.monotonic() + within(5)
    while path not in ((running.home / "asked").read_text() if (running.home / "asked").exists() else ""):
        assert time.monotonic() < end
        time.sleep(0.02)
    began = time.monotonic()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(within(5)) == 130
    assert time.monotonic() - began < within(3)
    assert running.gone(within(0.2))
    assert not running.folders()
    editor.close()


def test_ctrl_c_ends_a_newsroom_that_is_still_starting(start: Start) -> None:
    running = start("slow")
    running.until("call 1")
    time.sleep(1.5)
    began = time.monotonic()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(within(5)) == 130
    assert time.monotonic() - began < within(3)
    assert running.gone(within(0.2))


def test_a_client_that_sends_no_more_of_its_body_is_told_so(served: Running, stalled: socket.socket) -> None:
    told(served, "/after")
    answer = stalled.recv(65536)  # the last test of all, because this takes BODY_PAUSE_S from the first one on
    assert answer.startswith(b"HTTP/1.1 408"), answer
    assert "/stalled" not in (served.home / "asked").read_text()
