"""One more message touches as many files in a large archive as in a small one, counted on the disk itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from browser import chromium, opened
from offices import Draft, Office, id_of, make_office, message
from public_folder import served

MESSAGES_APART = timedelta(hours=8)
"""about ninety a month, fewer than split it"""
RELEASE = 50

_keys = count(1)


def publish_many(office: Office, messages: int) -> None:
    """Publish messages at regular instants, in releases of a few, and bring the press up to them at the end."""
    office.baking = False
    for first in range(0, messages, RELEASE):
        release = [draft_at(office) for _ in range(min(RELEASE, messages - first))]
        office.publish(*release)
    office.baking = True
    office.press.catch_up()


def draft_at(office: Office, kind: str = "import") -> Draft:
    """A message with its own day, so that an archive of years is made in a moment."""
    key = f"m{next(_keys)}"
    day = office.at.date().isoformat()
    office.at += MESSAGES_APART
    content = message(key, address=f"en/statements/{day.replace('-', '/')}/{key}", title=f"Statement {key}")
    return Draft(id_of(key), kind, content, dated=day if kind == "import" else None)


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """path -> inode and time of every public file: a file written again is another inode or another time."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def touched(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def test_one_publication_touches_as_many_files_in_a_large_archive_as_in_a_small_one(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    office = make_office(tmp_path, ("en", "fr"))
    counted: dict[str, int] = {}
    so_far = 0
    large = 5_000 if full_numbers else 700
    for size in (100, large):
        publish_many(office, size - so_far)
        so_far = size
        draft = draft_at(office, "publish")
        for kind in ("publish", "correct"):
            before = state_of(office.public)
            (published,) = office.publish(draft)
            counted[f"{kind} at {size}"] = len(touched(before, state_of(office.public)))
            draft = Draft(draft.id, "correct", {**draft.content, "address": published.address, "note": "A word."})
        so_far += 1
    figures("cost", "How many public files does one publication touch?", counted)
    assert abs(counted["publish at 100"] - counted[f"publish at {large}"]) <= 2, counted
    assert abs(counted["correct at 100"] - counted[f"correct at {large}"]) <= 2, counted


@pytest.mark.parametrize("more", [1_000])
def test_the_oldest_page_shows_the_newest_message_and_is_not_written_again(tmp_path: Path, more: int) -> None:
    office = make_office(tmp_path)
    oldest = draft_at(office)
    office.publish(oldest)
    page = office.site / oldest.content["address"] / "index.html"
    before = (page.stat().st_ino, page.stat().st_mtime_ns, page.read_bytes())
    publish_many(office, more)
    newest = draft_at(office, "publish")
    office.publish(newest)
    assert (page.stat().st_ino, page.stat().st_mtime_ns, page.read_bytes()) == before
    with served(office.public) as site, chromium() as browser:
        context = browser.new_context()
        shown, wrong = opened(context, f"http://127.0.0.1:{site.port}/{oldest.content['address']}/")
        assert newest.content["title"] in shown.inner_text("body")
        assert wrong == []
