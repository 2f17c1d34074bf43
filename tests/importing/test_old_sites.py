"""A corpus set into five chromes of other systems and decades comes back: turns, speakers, dates, titles, addresses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breaking.commands import communique
from communique.demo.corpus import Corpus
from communique.record.reader_folder import FolderReader
from founded_home import founded_home
from importing.old_sites import CHROMES, OldPage, Site, write_warc, write_zip

LEAST = 0.995


@pytest.mark.parametrize("chrome", CHROMES)
def test_a_corpus_in_this_chrome_comes_back(
    chrome: str, tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    messages = (100 if chrome == "word" else 600) if full_numbers else 8
    site = Site(Corpus(messages, seed=41), chrome)
    pages = list(site.pages())
    home, archive = tmp_path / "home", tmp_path / f"{chrome}.{'zip' if chrome == 'word' else 'warc.gz'}"
    told = moved_in(home, archive, pages)
    landed = messages_of(home)
    asked, right = compared(pages, landed)
    figures(
        f"moved-in-{chrome}",
        f"Does a corpus that was set into the chrome “{chrome}” come back?",
        {
            "pages": len(pages),
            **{f"{what} that come back": f"{right[what]} of {asked[what]}" for what in asked},
            "words of the sources that are in no field": told["left_words"],
        },
    )
    for what, count in asked.items():
        assert right[what] >= LEAST * count, what
    assert len(landed) == sum(not page.second for page in pages if page.version)
    assert told["messages"] == {"new": len(landed)}


def moved_in(home: Path, archive: Path, pages: list[OldPage], *options: str) -> dict[str, Any]:
    """The report of an import into a new office."""
    if archive.suffix == ".zip":
        write_zip(archive, pages)
    else:
        with archive.open("wb") as file:
            write_warc(file, pages)
    if not home.exists():
        founded_home(home, "--office", "Embassy", "--address", "e.example", "--languages", "en,fr")
    done = communique("import", archive, "--publish", "--captured", "2024-06-01", "--json", *options, home=home)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])["report"]
    return report


def messages_of(home: Path) -> list[dict[str, Any]]:
    """What stands on the record: the newest content of each message, with the day under which lists place it."""
    reader = FolderReader(home / "public" / "record")
    found = {}
    for entry in reader.entries(0, reader.size()):
        edition = reader.edition(entry)
        if edition.manifest["type"] == "message":
            found[entry.id] = {**edition.content, "dated": entry.dated, "seq": entry.seq}
    return list(found.values())


def compared(pages: list[OldPage], landed: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """How much was there, and how much of it came back as it was."""
    by_head = {(m["language"], m["dated"], m["title"]): m for m in landed}
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    joined: dict[int, set[str]] = {}
    for page in pages:
        version = page.version
        if version is None:
            continue
        content, day = version.content, version.at.date().isoformat()
        found = by_head.get((content["language"], day, content["title"]))
        if page.address.startswith("http"):
            asked["addresses"] += 1
            path = page.address.partition("example/")[2].strip("/").removesuffix("/index.html")
            right["addresses"] += found is not None and path in found.get("was", ())
        if page.second:
            continue
        asked["titles and dates"] += 1
        if found is None:
            continue
        right["titles and dates"] += 1
        joined.setdefault(version.number, set()).add(found["message"])
        for what in ("turns", "speakers", "blocks"):
            said = _said(content, what)
            asked[what] += len(said)
            right[what] += sum((Counter(said) & Counter(_said(found, what))).values())
    asked["messages whose languages are joined"] = len(joined)
    right["messages whose languages are joined"] = sum(len(ids) == 1 for ids in joined.values())
    return asked, right


def _said(content: dict[str, Any], what: str) -> list[Any]:
    """The turns (kind, mark, words), the speakers (names) or the paragraphs of a message."""
    if what == "turns":
        return [(turn["kind"], turn["mark"], *turn["blocks"]) for turn in content.get("turns", ())]
    if what == "speakers":
        return [speaker["name"] for speaker in content.get("speakers", ())]
    return list(content.get("blocks", ()))
