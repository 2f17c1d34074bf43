"""Pages of one site are read by what they have in common, by both commands that read: `read` and `import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from breaking.commands import communique
from communique.cli.main import run
from importing.old_sites import OldPage
from importing.test_old_sites import messages_of, moved_in
from importing.test_site import ABOUT, PLACES, said

HTML = (
    "<!doctype html><html lang='en'><head><title>Harbour Office</title></head><body>"
    "<div class='top'><h1>Harbour Office of the Northern Shore</h1></div><div class='box'>"
    "<div class='what'>{title}</div><div class='day'>{day}</div><div class='text'>{words}</div>"
    "<div class='us'><p>{about}</p></div></div></body></html>"
)
TITLES = tuple(f"Light over {place} once more" for place in PLACES)


def of(number: int) -> bytes:
    words = "".join(f"<p>{text}</p>" for text in said(number))
    return HTML.format(title=TITLES[number], day=f"{number + 1} May 2024", words=words, about=ABOUT).encode()


def test_read_takes_no_name_of_a_site_for_a_title(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(len(PLACES)):
        (tmp_path / f"{number}.html").write_bytes(of(number))
    assert run(["read", str(tmp_path), "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["title"], r["body"]) for r in records] == [(TITLES[n], "\n\n".join(said(n))) for n in range(len(PLACES))]


def test_an_archive_lands_under_the_titles_of_its_messages_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    home, archive = tmp_path / "home", tmp_path / "harbour.warc.gz"
    pages = [OldPage(f"https://harbour.example/{n}.html", "text/html", of(n)) for n in range(len(PLACES))]
    moved_in(home, archive, pages)
    landed = messages_of(home)
    assert sorted((one["title"], tuple(one["blocks"])) for one in landed) == sorted(
        (TITLES[n], tuple(said(n))) for n in range(len(PLACES))
    )
    again = communique("import", archive, "--publish", "--captured", "2024-06-01", "--json", home=home)
    assert again.returncode == 0, again.stderr
    assert messages_of(home) == landed
