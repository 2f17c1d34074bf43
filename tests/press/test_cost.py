"""One more message touches as many files in a large archive as in a small one, counted on the disk itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from browser import chromium, opened
from communique.press.catalogue import Catalogue
from communique.press.follower import Press
from communique.press.setter import Setter
from communique.record import durable
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


WORDS = "The ferry sails at nine from the harbour of the island on every day but the first of the month."
"""enough of them for the prints of the check page"""
MOST_FILES, MOST_WITH_BROTLI = 42, 80
"""of the first message of a day with a person, a place and an occasion of its own; `docs/decisions/0032` says which"""
MOST_PARTS = 3 + 3 * 4
"""those that an entry completes, and those that go with them; `docs/decisions/0042`"""
MOST_SYNCS = 20
"""the press's and the record's; the two databases sync some 16 times beside them"""


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
        blocks=[WORDS],
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


@contextmanager
def counted_syncs() -> Iterator[list[str]]:
    """Every sync of a file, a folder or the disk that Python makes meanwhile; SQLite's own are not seen."""
    found: list[str] = []
    real_file, real_disk = os.fsync, durable.sync_disk

    def sync_file(descriptor: int) -> None:
        found.append("file")
        real_file(descriptor)

    def sync_disk(folder: Path) -> None:
        found.append("disk")
        real_disk(folder)

    with patch.object(os, "fsync", sync_file), patch.object(durable, "sync_disk", sync_disk):
        yield found


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
            with counted_syncs() as syncs:
                (published,) = office.publish(draft)
            found = touched(before, state_of(office.public))
            parts = [path for path in found if "/" in path.partition("/check/words/")[2]]
            counted[f"{kind} at {size}, parts of prints"] = len(parts)
            found = [path for path in found if path not in parts]
            counted[f"{kind} at {size}"] = sum(not path.endswith(".br") for path in found)
            counted[f"{kind} at {size}, with Brotli"] = len(found)
            counted[f"{kind} at {size}, syncs"] = len(syncs)
            draft = Draft(draft.id, "correct", {**draft.content, "address": published.address, "note": "A word."})
        so_far += 1
    figures("cost", "How many public files does one publication touch?", counted)
    for kind in ("publish", "correct"):
        assert abs(counted[f"{kind} at {small}"] - counted[f"{kind} at {large}"]) <= 4, counted
        for size in (small, large):
            assert counted[f"{kind} at {size}, parts of prints"] <= MOST_PARTS, counted
            assert counted[f"{kind} at {size}"] <= MOST_FILES, counted
            assert counted[f"{kind} at {size}, with Brotli"] <= MOST_WITH_BROTLI, counted
            assert counted[f"{kind} at {size}, syncs"] <= MOST_SYNCS, counted


def test_a_new_occasion_changes_neither_the_archive_nor_the_list_of_all_occasions(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(draft_at(office))
    before = state_of(office.site)
    office.publish(draft_at(office))
    found = touched(before, state_of(office.site))
    assert not {"en/by/index.html", "en/by/occasion/index.html", "en/by/place/index.html"} & set(found)
    assert 'href="/en/by/occasion/"' in (office.site / "en/by/index.html").read_text()
    assert 'href="/en/by/place/tessmark/"' in (office.site / "en/by/index.html").read_text()


def test_the_first_message_of_a_day_touches_the_days_beside_it_and_no_others_of_a_full_month(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.baking = False
    days = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (1, 3, 5, 9, 11)]
    for at in days:
        office.at = at
        office.publish(*(draft_on(office) for _ in range(24)))
    office.baking = True
    office.press.catch_up()
    before = state_of(office.site)
    office.at = datetime(2026, 3, 7, 9, tzinfo=UTC)
    with patch.object(Setter, "set", autospec=True, side_effect=Setter.set) as asked:
        office.publish(draft_on(office))
    sheets = [call.args[1] for call in asked.call_args_list]
    section = [sheet.about[2] for sheet in sheets if sheet.sort == "period" and "|section|" in str(sheet.about[0])]
    assert sorted(section) == [0, 5, 7, 9]
    assert touched(before, state_of(office.site)) != []


def draft_on(office: Office) -> Draft:
    """A message on the day of the office's clock, which stands still."""
    at = office.at
    draft = draft_at(office)
    office.at = at
    return draft


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
