"""`communique read`: one record a page, from files, folders, archives and addresses; bad input in one line each."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from communique.cli.main import run
from communique.importing.errors import ImportingError
from communique.importing.sources import Raw, raw_pages

PAGE = "ON LAMPS\n\n03.03.2026\n\nOn the lamp\n\nIt will be mended before the winter, and it will burn again.\n"
HTML = f"<!doctype html><html lang='en'><body><h1>On the lamp</h1><p>{'It will burn again. ' * 9}</p></body></html>"


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str]]:
    status = run(["read", *arguments])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err.splitlines()


def test_a_record_bears_the_name_of_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lamp.page.txt").write_text(PAGE, "utf-8")
    status, out, err = read(capsys, str(tmp_path / "lamp.page.txt"), "--out", str(tmp_path / "out"))
    assert (status, len(out), err) == (0, 1, [])
    record = json.loads((tmp_path / "out" / "lamp.page.json").read_text("utf-8"))
    assert (record["title"], record["published"], record["section"]) == ("On the lamp", "2026-03-03", "ON LAMPS")


def test_a_folder_gives_all_its_pages_and_names_are_made_unlike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a/lamp.txt", "b/lamp.html", "b/picture.png", ".hidden/no.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(HTML if name.endswith("html") else PAGE, "utf-8")
    status, _, _ = read(capsys, str(tmp_path / "in"), "--out", str(tmp_path / "out"))
    assert status == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["lamp-2.json", "lamp.json"]


def test_machines_get_one_object_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lamp.txt").write_text(PAGE, "utf-8")
    _, out, _ = read(capsys, str(tmp_path / "lamp.txt"), "--out", str(tmp_path), "--json")
    assert json.loads(out[0])["title"] == "On the lamp"


BAD = {
    "empty.txt": b"",
    "long-line.txt": b"x" * 50_000_000,
    "encoding.txt": "Ein Gruß.\n".encode("latin-1") * 20,
    "binary.txt": bytes(range(256)) * 20,
    "half.txt": PAGE.encode()[:-20],
    "half.html": HTML.encode()[:-40],
    "second-half.txt": b"been dark for a year, and nobody had complained.\n\n" + PAGE.encode()[-60:],
    "no-message.txt": b"Welcome\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_status_2_and_nothing_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    status, out, err = read(capsys, str(tmp_path / name), "--out", str(tmp_path / "out"))
    assert (status, out, len(err)) == (2, [], 1)
    assert name in err[0]
    assert ";" in err[0]
    assert not (tmp_path / "out").exists()


def test_one_bad_page_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(PAGE, "utf-8")
    status, out, err = read(capsys, str(tmp_path), "no-such-file.txt", "--out", str(tmp_path / "out"))
    assert (status, len(out), len(err)) == (2, 1, 2)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["b.json"]


def archive(path: Path) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, (status, media, body) in enumerate(
            [("200 OK", "text/html", HTML), ("404 Not Found", "text/html", HTML), ("200 OK", "image/png", "x")]
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://embassy.example/lamp/{number}.html",
                "response",
                payload=io.BytesIO(body.encode()),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2019-05-06T07:08:09.123Z"},
            )
            writer.write_record(record)


def test_a_web_archive_gives_address_and_instant_of_its_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path / "site.warc.gz")
    status, out, _ = read(capsys, str(tmp_path / "site.warc.gz"), "--out", str(tmp_path / "out"))
    assert (status, len(out)) == (0, 1)
    record = json.loads((tmp_path / "out" / "lamp-0.json").read_text("utf-8"))
    assert record["source"]["address"] == "https://embassy.example/lamp/0.html"
    assert record["source"]["captured"] == "2019-05-06T07:08:09Z"


def test_a_broken_web_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.warc").write_bytes(b"this is no archive\n" * 40)
    status, _, err = read(capsys, str(tmp_path / "broken.warc"), "--out", str(tmp_path / "out"))
    assert (status, len(err)) == (2, 1)


@contextmanager
def site(status: int) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=windows-1252")
            self.end_headers()
            self.wfile.write(PAGE.replace("again", "again – at last").encode("cp1252"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/news/the-lamp.html"
        server.shutdown()


def test_an_address_is_read_in_the_charset_that_its_server_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with site(200) as address:
        status, _, _ = read(capsys, address, "--out", str(tmp_path))
    assert status == 0
    record = json.loads((tmp_path / "news-the-lamp.json").read_text("utf-8"))
    assert "again – at last" in record["body"]
    assert record["source"]["address"] == address


def test_an_address_that_does_not_answer_ends_with_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with site(503) as address:
        status, _, err = read(capsys, address, "--out", str(tmp_path))
    assert (status, len(err)) == (3, 1)


def test_standard_input_is_a_source() -> None:
    (page,) = raw_pages(["-"], io.BytesIO(PAGE.encode()))
    assert isinstance(page, Raw)
    assert page.id == "page"
    assert page.capture().lines[0].text == "ON LAMPS"


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    ticks = iter([0.0, 100.0, 200.0])
    with site(200) as address:
        (page,) = raw_pages([address], io.BytesIO(), seconds=lambda: next(ticks))
    assert isinstance(page, ImportingError)
    assert "20 seconds" in page.what
