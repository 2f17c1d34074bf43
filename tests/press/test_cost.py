"""One more message touches as many files in a large archive as in a small one, counted on the disk itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from browser import chromium, opened
from communique.press.catalogue import Catalogue
from communique.press.follower import Press
from offices import Draft, Office, id_of, make_office, message
from public_folder import served

MESSAGES_APART = timedelta(hours=8)
"""about ninety a month, fewer than split it"""
RELEASE = 250

_keys = count(1)


def publish_many(office: Office, messages: int, made: bool = True) -> None:
    """Publish messages at regular instants, in large releases, and bring the press up to them at the end.

    Without `made` it takes them in and makes none of their pages, which for 100,000 would be hours.
    """
    office.baking = False
    for first in range(0, messages, RELEASE):
        release = [draft_at(office) for _ in range(min(RELEASE, messages - first))]
        office.publish(*release)
    office.baking = True
    with nullcontext() if made else patch.object(Press, "_set_live"):
        office.press.catch_up()


def draft_at(office: Office, kind: str = "import") -> Draft:
    """A message with its own day, so that an archive of years is made in a moment."""
    key = f"m{next(_keys)}"
    day = office.at.date().isoformat()
    office.at += MESSAGES_APART
    person = {"name": "Oriel Tavenmark", "person": id_of("person")}
    occasion = {"place": "Tessmark", "event": f"Meeting {key}"}
    content = message(
        key,
        speakers=[person],
        occasion=occasion,
        address=f"en/statements/{day.replace('-', '/')}/{key}",
        title=f"Statement {key}",
    )
    return Draft(id_of(key), kind, content, dated=day if kind == "import" else None)


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """path -> inode and time of every public file: a file written again is another inode or another time."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_taking_in_one_more_message_costs_the_catalogue_no_more_in_a_long_archive(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.baking = False
    office.publish(*(draft_at(office) for _ in range(800)))
    reader = office.reader
    steps: list[int] = []

    def counted() -> int:
        steps[-1] += 1
        return 0

    with closing(Catalogue(":memory:", office.origin)) as catalogue:
        catalogue._db.set_progress_handler(counted, 10)
        for entry in reader.entries(0, reader.size()):
            steps.append(0)
            catalogue.enter(entry, reader.edition(entry))
    month = 93  # how full a month is counts, so whole months are compared
    early, late = sum(steps[100 : 100 + month]), sum(steps[-month:])
    assert late < 1.2 * early, f"{late / early:.2f}: something is read of every day, message or name of the archive"


def touched(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def test_one_publication_touches_as_many_files_in_a_large_archive_as_in_a_small_one(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    office = make_office(tmp_path, ("en", "fr"))
    counted: dict[str, int] = {}
    so_far = 0
    small, large = (1_000, 100_000) if full_numbers else (100, 500)
    for size in (small, large):
        publish_many(office, size - so_far - 1, made=False)
        draft = draft_at(office, "publish")
        office.publish(draft)  # the lists that the next one shares with it are there from now on
        so_far = size
        draft = draft_at(office, "publish")
        for kind in ("publish", "correct"):
            before = state_of(office.public)
            (published,) = office.publish(draft)
            counted[f"{kind} at {size}"] = len(touched(before, state_of(office.public)))
            draft = Draft(draft.id, "correct", {**draft.content, "address": published.address, "note": "A word."})
        so_far += 1
    figures("cost", "How many public files does one publication touch?", counted)
    for kind in ("publish", "correct"):
        assert abs(counted[f"{kind} at {small}"] - counted[f"{kind} at {large}"]) <= 4, counted


def test_the_oldest_page_shows_the_newest_message_and_is_not_written_again(tmp_path: Path, full_numbers: bool) -> None:
    office = make_office(tmp_path)
    oldest = draft_at(office)
    office.publish(oldest)
    page = office.site / oldest.content["address"] / "index.html"
    before = (page.stat().st_ino, page.stat().st_mtime_ns, page.read_bytes())
    publish_many(office, 1_000 if full_numbers else 120)
    newest = draft_at(office, "publish")
    office.publish(newest)
    assert (page.stat().st_ino, page.stat().st_mtime_ns, page.read_bytes()) == before
    with served(office.public) as site, chromium() as browser:
        context = browser.new_context()
        shown, wrong = opened(context, f"http://127.0.0.1:{site.port}/{oldest.content['address']}/")
        assert newest.content["title"] in shown.inner_text("body")
        assert wrong == []


def test_comparisons_and_pages_of_two_languages_cost_the_same_in_a_large_archive(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    small, large = (20, 1_000) if full_numbers else (20, 150)
    languages = ("en", "fr", "ar")
    office = make_office(tmp_path, languages)
    counted: dict[str, int] = {}
    so_far = 0
    for size in (small, large):
        publish_many(office, size - so_far)
        so_far = size
        drafts = [
            Draft(id_of(f"talk {size} {tag}"), "publish", message(f"talk-{size}", language=tag, original="en"))
            for tag in languages
        ]
        (english, *_) = office.publish(*drafts)
        for number in (1, 2, 3):
            mended = {
                **drafts[0].content,
                "address": english.address,
                "note": "A word.",
                "blocks": [f"The ferry sails at {number}."],
            }
            before = state_of(office.public)
            office.publish(Draft(drafts[0].id, "correct", mended))
            found = [path for path in touched(before, state_of(office.public)) if path.endswith("index.html")]
        counted[f"comparisons after a correction at {size}"] = sum("/changes/" in path for path in found)
        counted[f"pages of two languages at {size}"] = sum("/beside/" in path for path in found)
        counted[f"pages in all at {size}"] = len(found)
    figures("cost-beside", "How many pages does one correction in three languages write?", counted)
    for size in (small, large):
        assert counted[f"comparisons after a correction at {size}"] == 1, counted
        assert counted[f"pages of two languages at {size}"] == 2, counted  # the third says the same as before
    assert abs(counted[f"pages in all at {small}"] - counted[f"pages in all at {large}"]) <= 2, counted
