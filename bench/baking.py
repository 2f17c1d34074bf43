"""How fast is an archive baked, beside Hugo and Eleventy, from the same messages on the same machine in the same run?

    python bench/baking.py [--messages 2000] [--seed 1] [--rounds 3] [--publications 40] [--eleventy 10000]
                           [--kept FOLDER]

The messages are those of `communique corpus`. Hugo gets them as Markdown with templates that make the same pages at the
same addresses: messages, lists with their years, months and days, persons, both feeds of each list, sitemaps; Eleventy
the same Markdown and templates. Ours is timed twice, without compressed forms, which neither makes: the same set, and
everything we publish; then once more everything with Brotli, as we publish it. Each bake begins with nothing, in a new
process and a new folder, and ends with a sync of the disk inside its time. In turns: ours, Hugo, Eleventy, ours with
everything, `rounds` times.

Printed first is their time over ours, the median of the rounds with the smallest and the largest; then files and bytes
by kind of page on both sides, memory of all processes together, and of ours alone: one more publication (record and
press, without search) with its files and syncs beside SQLite's own, and Hugo's way to the same, which is to build
again; a run with nothing to do; a bake beside the live site.

Fair or not: Hugo is given which message stands on which dated page and which months a year has, by us; it finds the
newest of a list itself, sorts, and renders Markdown. It checks no signature and no hash, and its page has neither
quotations nor structured data, so it is lighter: both sizes are printed. Ours reads the signed record.

An office of 100,000 messages takes an hour to be put on its record: `--kept` names a folder in which it stays, for the
next run. What a run publishes goes into a copy.

Needs `hugo` (the group `peers`) and Eleventy (bench/eleventy); `python3 ground/set_up.py peers` brings both. Without
them prints ours alone. Bounded by `--messages`; Eleventy, which holds all pages in memory, by `--eleventy`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from communique import __version__
from communique.edition import Edition
from communique.press import builders, reading_ahead, setter, shelf
from communique.press.catalogue import NEWEST_ROWS, Catalogue
from communique.press.follower import Press
from communique.press.prints import Prints
from communique.press.setter import Setter
from communique.press.sheet import Sheet
from communique.record import durable
from communique.record.reader_folder import FolderReader

SAME_SET = {"message", "undated", "year", "period", "feed", "sitemap", "sitemaps"}
LATER = 1_000_000
THIS = str(Path(__file__).resolve())

KINDS = (
    ("record", re.compile(r"record/")),
    ("feeds", re.compile(r".*feed\.(?:atom|json)")),
    ("sitemaps", re.compile(r"sitemap.*")),
    ("editions", re.compile(r".*/editions/\d+/.*")),
    ("data of messages", re.compile(r".*/message\.json")),
    ("two languages", re.compile(r".*/beside/.*")),
    ("people", re.compile(r"\w\w/people/.*")),
    ("messages", re.compile(r"\w\w/[a-z][^/]*/\d{4}/\d\d/\d\d/[a-z].*")),
    ("days", re.compile(r".*/\d{4}/\d\d/\d\d/.*")),
    ("months", re.compile(r".*/\d{4}/\d\d/.*")),
    ("years", re.compile(r".*/\d{4}/.*")),
    ("lists", re.compile(r"\w\w/(?:all|by/kind/[^/]+|(?!by|people|latest|search|agenda|404)[a-z-]+)/index\.html")),
)


def main() -> None:
    """Run the comparison and print it."""
    if sys.argv[1:2] == ["--bake"]:
        return bake(*sys.argv[2:])
    if sys.argv[1:2] == ["--builder"]:
        with only(sys.argv[2]):
            return builders.main(*sys.argv[3:])
    if sys.argv[1:2] == ["--reader"]:
        with only(sys.argv[2]):
            return reading_ahead.main(*sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--publications", type=int, default=40)
    parser.add_argument(
        "--eleventy", type=int, default=10_000, help="of how many messages Eleventy makes a site at most"
    )
    parser.add_argument("--kept", type=Path, help="where the office is made, or was made by a run before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), options)
    return None


def compare(folder: Path, options: argparse.Namespace) -> None:
    """Everything, in turns."""
    from communique.demo.corpus import Corpus
    from communique.demo.corpus_load import found_corpus, load_corpus

    corpus, home, peer = Corpus(options.messages, options.seed), folder / "home", hugo()
    other = eleventy() if peer and options.messages <= options.eleventy else None
    if not found_corpus(made := options.kept or home, corpus):
        sys.exit(f"{made}: holds another corpus. What to do: name another folder")
    was_there = (made / "public/record/checkpoint").exists()
    began = time.perf_counter()
    entries = load_corpus(made, corpus, lambda *_: None, baking=False)
    if not was_there:
        print(f"{entries / (time.perf_counter() - began):,.0f} entries/s put on the record one by one", flush=True)
    if options.kept:
        shutil.copytree(made, home, symlinks=True, copy_function=_copied)
    took: dict[str, list[Run]] = {}
    for number in range(options.rounds):
        took.setdefault("same", []).append(timed(baking("same", home, out := folder / f"same {number}"), out))
        if number == 0 and peer:
            lay_out(folder / "hugo", folder / "same 0", corpus)
        if number == 0 and other:
            lay_out_again(folder / "eleventy", folder / "hugo")
        if peer:
            took.setdefault("hugo", []).append(
                timed(with_hugo(peer, folder / "hugo", out := folder / f"hugo {number}"), out)
            )
        if other:
            out = folder / f"eleventy {number}"
            took.setdefault("eleventy", []).append(timed(with_eleventy(other, folder / "eleventy", out), out))
        took.setdefault("all", []).append(timed(baking("all", home, out := folder / f"all {number}"), out))
        for name in took if number else ():
            shutil.rmtree(folder / f"{name} {number}")
    took["brotli"] = [timed(baking("brotli", home, folder / "brotli"), folder / "brotli")]
    report(folder, took, entries)
    publications(home, options, corpus, folder if peer else None, peer)
    print(versions(options, peer, other))


def _copied(source: str, target: str) -> object:
    """The record's files are put in place whole and never changed: one more name is enough. The database is copied."""
    return os.link(source, target) if "/public/record/" in source else shutil.copy2(source, target)


# ---------------------------------------------------------------------- one bake


@dataclass(frozen=True)
class Run:
    """One bake: its time, and the most memory that its processes had together."""

    seconds: float
    peak_mb: float


def timed(command: list[str], out: Path) -> Run:
    """Run it into a new folder and sync the disk."""
    began = time.perf_counter()
    process = subprocess.Popen(command)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(process.pid, most), daemon=True)
    watch.start()
    status = process.wait()
    durable.sync_disk(out)
    seconds = time.perf_counter() - began
    watch.join()
    assert status == 0, f"{command[0]} ended with status {status}"
    return Run(seconds, most[0])


def _watch(pid: int, most: list[float]) -> None:
    while (used := _memory(pid)) > 0:
        most[0] = max(most[0], used)
        time.sleep(0.05)


def _memory(pid: int) -> float:
    """The memory of a process and of all below it, in MB; what they share is counted once."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return (int(found[1]) / 1000 if found else 0) + sum(_memory(int(child)) for child in children)


def baking(what: str, home: Path, out: Path) -> list[str]:
    return [sys.executable, THIS, "--bake", what, str(home / "public/record"), str(out)]


def bake(what: str, record: str, out: str) -> None:
    """In a process of its own: bake a record into a new folder."""
    public = Path(out)
    public.mkdir()
    (public / "record").symlink_to(record)
    press = Press(lambda: FolderReader(public / "record"), public, public.with_name(f"{public.name}.sqlite3"))
    with (
        only(what),
        patch.object(builders, "COMMAND", (sys.executable, THIS, "--builder", what)),
        patch.object(reading_ahead, "COMMAND", (sys.executable, THIS, "--reader", what)),
    ):
        press.catch_up()


@contextmanager
def only(what: str) -> Iterator[None]:
    """Bake "same", "all" or "brotli"."""
    sheets = Catalogue.sheets

    def same_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
        return (sheet for sheet in sheets(catalogue) if sheet.sort in SAME_SET)

    def nothing(*_: object) -> Any:
        return {}

    with patch.object(shelf, "with_compressed", shelf.with_compressed if what == "brotli" else lambda files: files):
        if what != "same":
            yield
            return
        with (
            patch.object(Catalogue, "sheets", same_sheets),
            patch.object(Setter, "_message_data", nothing),
            patch.object(Edition, "prints", ()),
            patch.object(Prints, "keep", nothing),
            patch.object(Prints, "advance", nothing),
        ):
            yield


# ---------------------------------------------------------------------- Hugo


def hugo() -> str | None:
    """Hugo's own program, without the starter around it."""
    try:
        files = distribution("hugo").files or []
    except PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if re.search(r"binaries/hugo[^/]*$", str(file))]
    return str(found[0]) if found else None


def with_hugo(program: str, folder: Path, out: Path) -> list[str]:
    return [program, "--quiet", "-s", str(folder), "-d", str(out)]


HUGO = """
baseURL = "https://corpus.example/"
disableKinds = ["section", "home", "404", "robotsTXT"]
[taxonomies]
row = "rows"
[mediaTypes."application/atom+xml"]
suffixes = ["atom"]
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
[outputFormats.feedjson]
mediaType = "application/feed+json"
baseName = "feed"
isPlainText = true
[[cascade]]
[cascade.build]
render = "never"
[cascade.target]
kind = "{taxonomy,term}"
"""

AROUND = """<!doctype html>
<html lang="{{ .Params.tag }}"><head><meta charset="utf-8"><title>{{ .Title }} · Embassy of Orsemund</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/assets/style.css">
<script src="/assets/alive.js" defer></script></head>
<body><a class="skip" href="#text">To the text</a>
<header><p class="name"><a href="/{{ .Params.tag }}/">Embassy of Orsemund</a></p>
<p class="day">{{ .Date.Format "Monday 2 January 2006" }}</p>
<nav><ul><li><a href="/en/" hreflang="en">English</a></li><li><a href="/fr/" hreflang="fr">Français</a></li></ul></nav>
<nav><ul><li><a href="/{{ .Params.tag }}/statements/">Statements</a></li>
<li><a href="/{{ .Params.tag }}/interviews/">Interviews</a></li>
<li><a href="/{{ .Params.tag }}/briefings/">Briefings</a></li></ul></nav></header>
<main id="text">
{{ block "main" . }}{{ end }}
</main>
<footer><ul><li><a href="/{{ .Params.tag }}/all/">All messages</a></li>
<li><a href="/{{ .Params.tag }}/people/">People</a></li><li><a href="/{{ .Params.tag }}/all/feed.atom">Feed</a></li>
<li><a href="/record/">The record</a></li></ul>
<p>As of {{ .Date.Format "2 January 2006, 15:04" }}</p></footer></body></html>
"""

MESSAGE = """{{ define "main" }}<article><header><p>{{ .Params.form }}</p><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p>
{{ range .Params.speakers }}<p>{{ .name }}, {{ .role }}</p>{{ end }}
{{ range .Params.others }}<p><a href="{{ . }}">{{ . }}</a></p>{{ end }}</header>
{{ .Content }}</article>{{ end }}
"""

ROSTER = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ with index site.Taxonomies.rows .Params.page }}<ol>{{ range first $.Params.most . }}
<li><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Date.Format "2 January 2006" }} {{ .Params.form }}</p>
<p>{{ .Params.teaser }}</p></li>{{ end }}</ol>{{ end }}
<ul>{{ range .Params.ways }}<li><a href="/{{ . }}">{{ . }}</a></li>{{ end }}</ul>{{ end }}
"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>{{ .Permalink }}</id><title>{{ .Title }}</title>
<link rel="alternate" type="text/html" href="{{ .Permalink }}"/>
{{ range first 30 (index site.Taxonomies.rows .Params.page) }}<entry><id>{{ .Permalink }}</id>
<title>{{ .Title }}</title><published>{{ .Date.Format "2006-01-02T15:04:05Z" }}</published>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z" }}</updated>
<link rel="alternate" type="text/html" href="{{ .Permalink }}"/><summary>{{ .Params.teaser }}</summary></entry>
{{ end }}</feed>
"""

FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": {{ .Title | jsonify }}, "items": [
{{ range $at, $one := first 30 (index site.Taxonomies.rows .Params.page) }}{{ if $at }},{{ end }}{{ with $one }}
{{ $text := .Params.teaser }}
{{ dict "id" .Permalink "url" .Permalink "title" .Title "content_text" $text "date_published" .Date | jsonify }}
{{ end }}{{ end }}]}
"""


def lay_out(folder: Path, baked: Path, corpus: Any) -> None:
    """The same messages as Hugo wants them, and what our catalogue says of the pages that lists have."""
    for path, text in {
        "hugo.toml": HUGO,
        "layouts/_default/baseof.html": AROUND,
        "layouts/message/single.html": MESSAGE,
        "layouts/roster/single.html": ROSTER,
        "layouts/roster/single.atom.atom": ATOM,
        "layouts/roster/single.feedjson.json": FEED,
    }.items():
        _write(folder / path, text)
    origin = FolderReader(baked / "record").origin
    catalogue = Catalogue(baked.with_name(f"{baked.name}.sqlite3"), origin)
    rows = _rosters(folder, catalogue)
    for one in corpus.messages():
        write_message(folder, catalogue, one, rows.get(one.id, []))
    catalogue.close()


def _rosters(folder: Path, catalogue: Catalogue) -> dict[str, list[str]]:
    """Every page of a list as Hugo's content; gives the pages on which a message stands."""
    listings, rows = setter.Listings(catalogue), dict[str, list[str]]()
    for number, sheet in enumerate(
        sheet for sheet in catalogue.sheets() if sheet.sort in ("undated", "year", "period")
    ):
        placed = getattr(listings, sheet.sort)(*sheet.about)
        if placed is None or placed[1] is None:
            continue
        path, listing = placed
        undated, page = sheet.sort == "undated", path.strip("/")
        outputs = ["html", "atom", "feedjson"] if undated and listing.feed else ["html"]
        ways = [period.path for period in listing.periods]
        about = {"page": page, "tag": listing.language, "most": NEWEST_ROWS if undated else 1_000, "ways": ways}
        front = {"title": page, "url": f"/{path}", "type": "roster", "outputs": outputs, "params": about}
        _write(folder / f"content/rosters/{number}.md", json.dumps(front) + "\n")
        if undated:
            for (id_,) in catalogue._db.execute("SELECT id FROM listed WHERE list = ?", sheet.about):
                rows.setdefault(id_, []).append(page)
        in_months = (row for _, found in listing.months for row in found)
        for row in (*listing.rows, *listing.asked, *in_months) if not undated else ():
            rows.setdefault(row.id, []).append(page)
    return rows


def write_message(folder: Path, catalogue: Catalogue, one: Any, rows: list[str]) -> None:
    """A message as Markdown with what its page shows in front."""
    content, row = one.content, catalogue.message(one.id)
    path = row.path if row else f"{content['address']}/"
    others = [f"/{other.path}" for other in catalogue.versions_of(content["message"]) if other.id != one.id]
    turns = content.get("turns", ())
    texts = [f"**{turn['mark']}** {' '.join(turn['blocks'])}" for turn in turns] or content["blocks"]
    front = {
        "title": content["title"],
        "url": f"/{path}",
        "type": "message",
        "date": one.at.isoformat(),
        "rows": rows,
        "params": {
            "tag": content["language"],
            "form": content["kind"],
            "teaser": texts[0][:300],
            "speakers": content.get("speakers", []),
            "others": others,
        },
    }
    _write(folder / f"content/messages/{one.id}.md", json.dumps(front) + "\n\n" + "\n\n".join(texts) + "\n")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


# ---------------------------------------------------------------------- Eleventy


ELEVENTY = Path(__file__).with_name("eleventy")


def eleventy() -> list[str] | None:
    """The command that starts Eleventy."""
    starter, node = ELEVENTY / "node_modules/@11ty/eleventy/cmd.cjs", shutil.which("node")
    return [node, "--max-old-space-size=16384", str(starter)] if node and starter.exists() else None


def lay_out_again(folder: Path, laid_out: Path) -> None:
    """What Hugo was given, as Eleventy wants it."""
    shutil.copytree(ELEVENTY, folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(ELEVENTY / "node_modules")
    for file in (laid_out / "content").rglob("*.md"):
        front, _, words = file.read_text("utf-8").partition("\n")
        told = json.loads(front)
        told |= {"layout": f"{told['type']}.11ty.js", "permalink": told["url"]}
        _write(folder / file.relative_to(laid_out), f"---json\n{json.dumps(told)}\n---\n{words}")


def with_eleventy(command: list[str], folder: Path, out: Path) -> list[str]:
    config = f"--config={folder / 'eleventy.config.js'}"
    return ["env", "-C", str(folder), *command, "--quiet", config, "--input=content", f"--output={out}"]


# ---------------------------------------------------------------------- what is printed


def report(folder: Path, took: dict[str, list[Run]], entries: int) -> None:
    """Ratios first; then files and bytes by kind, then memory."""
    said = {"same": "the same set", "all": "everything we publish"}
    for name, words in said.items():
        ours = [run.seconds for run in took[name]]
        print(f"{words}: communique {spread(ours)} s, {entries / median(ours):,.0f} entries/s", flush=True)
        for peer in ("hugo", "eleventy"):
            if peer in took:
                theirs = [run.seconds for run in took[peer]]
                ratios = [other / mine for mine, other in zip(ours, theirs, strict=True)]
                print(f"{spread(ratios)} times {peer.title()}'s speed ({spread(theirs)} s)", flush=True)
    print(f"{took['brotli'][0].seconds:.1f} s with Brotli forms, as we publish")
    sides = {name: counted(folder / f"{name} 0") for name in ("same", "hugo", "eleventy", "all") if name in took}
    print(f"{'files, and kB in all':24}" + "".join(f"{name:>20}" for name in sides))
    for kind in dict.fromkeys(kind for side in sides.values() for kind in side):
        cells = (side.get(kind, (0, 0)) for side in sides.values())
        print(f"{kind:24}" + "".join(f"{files:>9,} {size / 1000:>10,.0f}" for files, size in cells))
    for name, runs in took.items():
        print(f"{max(run.peak_mb for run in runs):,.0f} MB at most, all processes together: {name}")


def spread(values: Iterable[float]) -> str:
    """Median, with the smallest and the largest."""
    found = sorted(values)
    return f"{median(found):.2f} ({found[0]:.2f}–{found[-1]:.2f})"


def counted(out: Path) -> dict[str, tuple[int, int]]:
    """kind -> files and bytes, of a site and not of the record beside it."""
    site = out / "site" if (out / "site").exists() else out
    files, sizes = Counter[str](), Counter[str]()
    for place, folders, names in os.walk(site.resolve()):
        folders[:] = [name for name in folders if not (Path(place) / name).is_symlink()]
        for name in names:
            file = Path(place) / name
            kind = kind_of(file.relative_to(site.resolve()).as_posix())
            for one in (kind, "all"):
                files[one] += 1
                sizes[one] += file.stat().st_size
    order = [*(kind for kind, _ in KINDS), "what is left", "all"]
    return {kind: (files[kind], sizes[kind]) for kind in order if files[kind]}


def kind_of(path: str) -> str:
    """What sort of page lies at a path of either side."""
    return next((kind for kind, shape in KINDS if shape.fullmatch(path)), "what is left")


# ---------------------------------------------------------------------- one more


def publications(home: Path, options: argparse.Namespace, corpus: Any, folder: Path | None, peer: str | None) -> None:
    """Publish some more, one by one, into the whole site; then a run with nothing to do, and a bake beside it."""
    from communique.record.release import Draft
    from communique.settings.office import open_installation

    installation = open_installation(home, salts=corpus.salt)
    press = installation.press
    print(f"{clocked(press.catch_up):.1f} s for the first bake in the office itself", flush=True)
    at = [datetime(2031, 1, 1, tzinfo=UTC).timestamp()]
    followers = (press.catch_up,)
    publisher = replace(installation.publisher, followers=followers, clock=lambda: datetime.fromtimestamp(at[0], UTC))
    took, files, syncs = [], [], []
    later = of_later(corpus)
    for number in range(LATER - options.publications, LATER):
        one = next(iter(later.message(number)))
        at[0] = max(at[0] + 60, one.at.timestamp())
        with counted_calls(home / "public") as calls:
            took.append(clocked(publisher.publish, [Draft(one.id, "publish", one.content)]) * 1000)
        files.append(calls["files"] - calls["brotli"])
        syncs.append(calls["syncs"])
        with_brotli = calls["files"]
    worst = quantiles(took, n=100)[98] if len(took) > 1 else took[0]
    line = (
        f"one publication: {median(took):.0f} ms, p99 {worst:.0f} ms; {median(files):.0f} files (at most {max(files)}"
    )
    line += f"; {with_brotli} with Brotli in the last), {max(syncs)} syncs beside SQLite's"
    if folder and peer:
        catalogue = Catalogue(folder / "same 0.sqlite3", installation.reader.origin)
        write_message(folder / "hugo", catalogue, one, ["en/all"])
        catalogue.close()
        again = timed(with_hugo(peer, folder / "hugo", folder / "hugo 0"), folder / "hugo 0")
        line = f"{again.seconds * 1000 / median(took):.0f} times Hugo's speed, {line}; Hugo again {again.seconds:.2f} s"
    print(line)
    print(f"{clocked(press.catch_up) * 1000:.0f} ms with nothing to do")
    print(f"{clocked(press.bake_from_nothing):.1f} s for a second bake beside the live site", flush=True)


def of_later(corpus: Any) -> Any:
    """The same office with so many messages that its last ones are in none of ours."""
    return type(corpus)(LATER, corpus.seed)


def clocked(call: Callable[..., object], *values: object) -> float:
    began = time.perf_counter()
    call(*values)
    return time.perf_counter() - began


@contextmanager
def counted_calls(public: Path) -> Iterator[Counter[str]]:
    """How many public files are put in place meanwhile, and how often Python syncs."""
    found = Counter[str]()
    real_replace, real_sync, real_disk = os.replace, os.fsync, durable.sync_disk

    def put(source: Any, target: Any) -> None:
        found["files"] += Path(target).is_relative_to(public)
        found["brotli"] += str(target).endswith(".br")
        real_replace(source, target)

    def synced(real: Callable[..., None]) -> Callable[..., None]:
        def call(*values: object) -> None:
            found["syncs"] += 1
            real(*values)

        return call

    with (
        patch.object(os, "replace", put),
        patch.object(os, "fsync", synced(real_sync)),
        patch.object(durable, "sync_disk", synced(real_disk)),
    ):
        yield found


def versions(options: argparse.Namespace, peer: str | None, other: list[str] | None) -> str:
    """What was compared, and on what."""
    said = subprocess.run([peer, "version"], capture_output=True, text=True).stdout.split(" ")[1] if peer else "none"
    again = subprocess.run([*other, "--version"], capture_output=True, text=True).stdout.strip() if other else "none"
    return (
        f"communique {__version__}, Python {platform.python_version()}, Hugo {said}, Eleventy {again}; "
        f"{os.cpu_count()} cores, "
        f"{platform.machine()} {platform.system()} {platform.release()}; {options.messages} messages of seed "
        f"{options.seed}, {options.rounds} rounds, {options.publications} publications"
    )


if __name__ == "__main__":
    main()
