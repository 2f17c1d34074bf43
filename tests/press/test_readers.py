"""Readers during publications: what a page names is there, each page is whole, and none stands before its proof."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest

from histories import LANGUAGES, History
from offices import Office, make_office
from press.reading import PAGES, Reader
from public_folder import served

READER = Path(__file__).with_name("reading.py")


@contextmanager
def readers(office: Office, port: int, number: int) -> Iterator[list[dict[str, dict[str, int] | list[str]]]]:
    """So many readers while the block runs; then what they say is in the list."""
    said: list[dict[str, dict[str, int] | list[str]]] = []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen(
            [sys.executable, READER, str(port), office.origin, str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for seed in range(number)
    ]
    yield said
    for process in started:
        out, _ = process.communicate("")
        assert process.returncode == 0
        said.append(json.loads(out))


def test_readers_during_publications_find_what_each_page_names_and_every_page_whole(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    publications, number = (2000, 3) if full_numbers else (30, 1)
    office = make_office(tmp_path, LANGUAGES)
    steps: Counter[str] = Counter()
    with served(office.public) as public, readers(office, public.port, number) as said:
        for step in History(office, 5).play(publications):
            steps[step.split()[0]] += 1
            if steps.total() >= publications:
                break
    counted: Counter[str] = sum((Counter(one["counted"]) for one in said), Counter())
    assert [wrong for one in said for wrong in one["wrong"]] == []
    assert counted["links"] > publications
    figures(
        "readers",
        "Is what a page names there, and each page whole, while the office publishes?",
        {"publications": steps.total(), **steps, **counted, "named and not there, not whole, not proven": 0},
    )


@dataclass
class Instants:
    """Looks at the live build after each single file that is written or removed: does every page that can be found by
    links from the front door name only what is there?"""

    office: Office
    live: Path | None = None
    named: dict[str, list[str]] = field(default_factory=dict)
    """site path -> what it names, as site paths"""
    there: set[str] = field(default_factory=set)
    looked: int = 0
    wrong: list[str] = field(default_factory=list)

    def changed(self, path: Path) -> None:
        site = self.office.site.resolve()
        if not Path(path).is_relative_to(site):
            return
        if site != self.live:
            self.live, self.named, self.there = site, {}, set()
            for one in site.rglob("*"):
                self._take_in(one)
        self._take_in(path)
        self._look(path.relative_to(site).as_posix())

    def _take_in(self, path: Path) -> None:
        name = path.relative_to(self.office.site.resolve()).as_posix()
        self.named.pop(name, None)
        self.there.discard(name)
        if not path.is_file():
            return
        self.there.add(name)
        if PAGES.search(name):
            self.named[name] = self._links(path)

    def _look(self, after: str) -> None:
        self.looked += 1
        reached, new = {"index.html", "sitemap.xml"}, ["index.html", "sitemap.xml"]
        while new:
            page = new.pop()
            for link in self.named.get(page, ()):
                if link in reached:
                    continue
                if link not in self.there and not link.startswith("record/"):
                    self.wrong.append(f"after {after}: {page} names {link}")
                else:
                    reached.add(link)
                    new.append(link)

    def _links(self, path: Path) -> list[str]:
        reader = Reader(0, self.office.origin, 0)
        page = f"/{path.relative_to(self.office.site.resolve()).as_posix()}"
        found = (unquote(one)[1:] for one in reader.links(page, path.read_text()))
        return [one + "index.html" if one == "" or one.endswith("/") else one for one in found]


def test_at_every_instant_of_a_publication_no_page_names_what_is_not_there(
    tmp_path: Path, full_numbers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path, LANGUAGES)
    instants = Instants(office)
    replace, unlink = os.replace, Path.unlink

    def replaced(waiting: Path, path: Path) -> None:
        replace(waiting, path)
        instants.changed(path)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        unlink(path, missing_ok=missing_ok)
        instants.changed(path)

    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(Path, "unlink", unlinked)
    for step, _ in enumerate(History(office, 5).play(10_000)):
        if step == (400 if full_numbers else 24):
            break
    assert instants.looked > 200
    assert instants.wrong == []
