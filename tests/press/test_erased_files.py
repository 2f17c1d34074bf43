"""What the law has taken out leaves no way that leads to it: every link of the baked site is walked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import lxml.html
import pytest

from communique.edition import Edition, parse_edition
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from histories import LANGUAGES, History
from offices import Office, id_of, make_office, message
from sites import baked_from_copy, differences, files_of

DAY = "en/statements/2026/03/03"
TABLE = {"file": b"%PDF table", "media": "application/pdf", "title": "The timetable"}
TALK = {"file": b"ID3 talk", "media": "audio/mpeg", "title": "The talk"}
CAPTIONS = {"file": b"WEBVTT film", "media": "text/vtt", "title": "Captions"}
FILM = {"file": b"....ftyp film", "media": "video/mp4", "title": "The film"}
NAMED = re.compile(rb"files/[0-9a-f]{64}\.[a-z0-9]+")


def pictures() -> list[dict[str, Any]]:
    shown = {"file": b"\x89PNG small harbour", "media": "image/png", "width": 8, "height": 6}
    harbour = {"file": b"\x89PNG harbour", "media": "image/png", "alternative": "A harbour", "width": 80, "height": 60}
    return [{**harbour, "shown": shown}, {"file": b"\x89PNG quay", "media": "image/png", "alternative": "A quay"}]


def content(language: str = "en", **more: Any) -> dict[str, Any]:
    """A message with something of every sort that has a file."""
    turns = [{"id": "t1", "kind": "answer", "blocks": ["It sails."], "from_ms": 1_500}]
    whole = {"pictures": pictures(), "files": [TABLE, CAPTIONS], "recordings": [TALK, FILM], "turns": turns}
    found = message("ferry", language=language, message=id_of("both"), original="en", **{**whole, **more})
    return {key: value for key, value in found.items() if key != "blocks"}


def publish(office: Office) -> None:
    """The message in two languages, the English corrected twice, with its files as they were."""
    office.publish(
        Draft(id_of("en"), "publish", content()),
        Draft(id_of("fr"), "publish", content("fr")),
    )
    for title in ("The ferry", "The ferry sails"):
        same = editions_of(office, id_of("en"))[-1].content
        office.publish(Draft(id_of("en"), "correct", {**same, "title": title, "note": "The title."}))


def erase(office: Office, *lost: str) -> None:
    """Take the files with these bytes out of the English version, and out of what stands of it."""
    standing = editions_of(office, id_of("en"))[-1].content
    reader = FolderReader(office.record)

    def stays(one: dict[str, Any]) -> bool:
        return reader.file(one["file"]).decode("latin-1") not in lost

    parts: set[str] = set()
    kept = dict(standing, ground="Asked for.")
    for key in ("pictures", "files", "recordings"):
        parts |= {one["file"] for one in standing[key] if not stays(one)}
        kept[key] = [one for one in standing[key] if stays(one)]
    for number, one in enumerate(kept["pictures"]):
        if "shown" in one and not stays(one["shown"]):
            parts.add(one["shown"]["file"])
            kept["pictures"][number] = {key: value for key, value in one.items() if key != "shown"}
    parts |= {one["shown"]["file"] for one in standing["pictures"] if one["file"] in parts and "shown" in one}
    if not kept["recordings"]:
        kept["turns"] = [{key: value for key, value in turn.items() if key != "from_ms"} for turn in kept["turns"]]
    kept = {key: value for key, value in kept.items() if value != [] and key != "note"}
    office.publish(Draft(id_of("en"), "erase", kept, erase=frozenset(parts)))


def editions_of(office: Office, id_: str) -> list[Edition]:
    reader = FolderReader(office.record)
    bodies = [entry.body for entry in reader.entries(0, reader.size()) if entry.id == id_]
    return [parse_edition((office.record / "editions" / body).read_bytes()) for body in bodies]


def dead(site: Path) -> set[tuple[str, str]]:
    """(file, target) for all that leads nowhere: links and sources of pages, and the files that anything names."""
    files = files_of(site)
    tables = [data.decode() for name, data in files.items() if name.startswith("redirects/") and name.endswith(".tsv")]
    moved = {line.split("\t")[0] for table in tables for line in table.splitlines()}
    found: set[tuple[str, str]] = set()
    for name, data in files.items():
        if name.endswith((".html", ".json", ".xml", ".atom", ".ics")):
            found |= {(name, one.decode()) for one in NAMED.findall(data) if one.decode() not in files}
        for target in _targets(data) if name.endswith(".html") else ():
            path = unquote(urldefrag(target).url).partition("?")[0].lstrip("/")
            is_there = path in files or f"{path}index.html" in files or f"{path}/index.html" in files
            if not is_there and path.strip("/") not in moved and not path.startswith("record/"):
                found.add((name, target))
    return found


def _targets(page: bytes) -> list[str]:
    """The addresses on this site to which a page leads, and what it loads."""
    tree = lxml.html.document_fromstring(page.decode())
    named = [str(one) for one in tree.xpath("//@href | //@src | //@data-latest | //@data-record")]
    return [one for one in named if one.startswith("/")]


def faults(office: Office) -> list[str]:
    site = (office.site).resolve()
    report = verify_site(str(office.public), lambda: FolderReader(office.record), lambda: FolderSite(site))
    return [f"{one.check}: {one.where}: {one.what}" for one in report.findings]


PICTURE, SMALL, QUAY, PDF, VTT, SOUND, VIDEO = (
    "\x89PNG harbour",
    "\x89PNG small harbour",
    "\x89PNG quay",
    "%PDF table",
    "WEBVTT film",
    "ID3 talk",
    "....ftyp film",
)


@pytest.mark.parametrize(
    "lost",
    [(PICTURE,), (SMALL, QUAY, PDF), (PICTURE, QUAY, PDF, VTT, SOUND, VIDEO)],
    ids=["a picture", "a smaller picture and others", "all"],
)
def test_no_page_of_any_edition_leads_to_an_erased_file(tmp_path: Path, lost: tuple[str, ...]) -> None:
    office = make_office(tmp_path / "office", ("en", "fr"))
    publish(office)
    assert dead(office.site) == set()
    before = len(list((office.site / "files").iterdir()))
    erase(office, *lost)
    gone = before - len(list((office.site / "files").iterdir()))
    assert gone == len(lost) + (PICTURE in lost), "a picture goes with the smaller file that its page shows"
    assert dead(office.site) == set()
    assert faults(office) == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_what_was_not_erased_stays_on_every_page(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "fr"))
    publish(office)
    french = (office.site / "fr/statements/2026/03/03/ferry/index.html").read_text("utf-8")
    assert french.count("<img") == 2
    erase(office, QUAY, SMALL)
    for seq in (1, 2, 3, 4):
        page = lxml.html.document_fromstring((office.site / f"{DAY}/ferry/editions/{seq}/index.html").read_text())
        assert [one.get("alt") for one in page.xpath("//figure[@class='picture']/img")] == ["A harbour"], seq
        assert [one.get("width") for one in page.xpath("//figure[@class='picture']/img")] == ["80"], "it shows itself"
        assert "The timetable" in page.text_content()
        said = [" ".join(one.text_content().split()) for one in page.xpath("//aside[contains(@class, 'note ink')]")]
        assert any("Files of this edition erased by law: 1." in one for one in said) == (seq < 4), said
        data = json.loads((office.site / f"{DAY}/ferry/editions/{seq}/ninjs.json").read_text("utf-8"))
        assert [one["name"] for one in data["associations"]] == ["pictures-1", "recordings-1", "recordings-2",
                                                                 "files-1", "files-2"]  # fmt: skip
    assert (office.site / "fr/statements/2026/03/03/ferry/index.html").read_text("utf-8").count("<img") == 2


def test_a_whole_message_erased_with_its_files_leaves_no_way_to_them(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", ("en", "fr"))
    publish(office)
    everything = {part for one in editions_of(office, id_of("en")) for part in (*one.texts, *one.files)}
    bare = message("ferry", message=id_of("both"), ground="Asked for.")
    bare = {key: value for key, value in bare.items() if key not in ("address", "title", "blocks")}
    office.publish(Draft(id_of("en"), "erase", bare, erase=frozenset(everything)))
    assert dead(office.site) == set()
    assert faults(office) == []


@pytest.mark.parametrize("seed", [21])
def test_after_a_random_history_no_page_leads_nowhere(tmp_path: Path, seed: int, full_numbers: bool) -> None:
    office = make_office(tmp_path, LANGUAGES)
    steps = [step.split()[0] for step in History(office, seed).play(60 if full_numbers else 20)]
    assert "erase" in steps
    assert dead(office.site) == set()
