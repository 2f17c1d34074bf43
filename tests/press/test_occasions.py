"""Lists by place and by occasion: equal words meet, addresses last, and the law takes words out of addresses, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest

from communique.edition.occasion import NAME_LETTERS, occasion_name
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Office, id_of, make_office, message
from sites import baked_from_copy, differences, files_of


@pytest.mark.parametrize(
    ("words", "word", "name"),
    [
        ("Tessmark", None, "tessmark"),
        ("  TESSMARK. ", None, "tessmark"),
        ("Zürich", None, "zurich"),
        ("The Sound, live", "the-sound", "the-sound"),
        ("The Sound, live", "The Sound", "the-sound-live"),
        (None, "tessmark", None),
        (" — ", "tessmark", None),
    ],
)
def test_a_name_follows_from_the_words_unless_the_edition_has_a_word(words: str, word: str, name: str) -> None:
    assert occasion_name(words, word) == name


@pytest.mark.parametrize("words", ["تيسمارك", "2026", "Łódź", "九龍", "Talks " * 60])
def test_a_name_is_short_and_never_a_year_in_any_script(words: str) -> None:
    name = occasion_name(words, None)
    assert name
    assert len(name) <= NAME_LETTERS
    assert not name.isdigit()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_long_words_that_begin_alike_have_different_names() -> None:
    assert occasion_name("Talks " * 60 + "one", None) != occasion_name("Talks " * 60 + "two", None)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office", ("en", "fr"))


def held(key: str, place: str | None = "Tessmark", event: str | None = None, day: str = "", **more: Any) -> Draft:
    """A statement with its place and its occasion; with a day, one that is imported."""
    content = message(key, **more)
    content["occasion"] = {name: words for name, words in (("place", place), ("event", event)) if words}
    if day:
        content["address"] = f"en/statements/{day.replace('-', '/')}/{key}"
    return Draft(id_of(key), "import" if day else "publish", content, dated=day or None)


def page(office: Office, path: str) -> str:
    return (office.site / path / "index.html").read_text("utf-8")


def lies(office: Office, path: str) -> bool:
    return (office.site / path).exists()


def faults(office: Office) -> list[str]:
    report = verify_site(
        "site", lambda: FolderReader(office.record), lambda: FolderSite((office.public / "site").resolve())
    )
    return [f"{one.check}: {one.where}: {one.what}" for one in report.findings]


def taken(office: Office, *words: str) -> frozenset[str]:
    """The parts of the record that hold these words."""
    reader = FolderReader(office.record)
    editions = [reader.edition(entry) for entry in reader.entries(0, reader.size())]
    return frozenset(p for edition in editions for p, salted in edition.texts.items() if salted.text in words)


def erase(office: Office, draft: Draft, *words: str, **occasion: str) -> None:
    content = {**draft.content, "ground": "Asked for."}
    content.pop("occasion")
    own = FolderReader(office.record)
    parts = {
        part
        for entry in own.entries(0, own.size())
        if entry.id == draft.id
        for part, salted in own.edition(entry).texts.items()
        if salted.text in words
    }
    content |= {"occasion": occasion} if occasion else {}
    office.publish(Draft(draft.id, "erase", content, erase=frozenset(parts)))


def test_equal_words_meet_and_each_message_leads_to_its_place_and_occasion(office: Office) -> None:
    office.publish(held("a", event="Harbour day"), held("b", "TESSMARK."), held("c", "Averholm"))
    there = page(office, "en/by/place/tessmark")
    assert [there.count(f">Statement {key}<") for key in "abc"] == [1, 1, 0]
    assert "Statement a" in page(office, "en/by/occasion/harbour-day")
    message_page = page(office, "en/statements/2026/03/03/a")
    assert 'href="/en/by/place/tessmark/"' in message_page
    assert 'href="/en/by/occasion/harbour-day/"' in message_page
    assert lies(office, "en/by/place/tessmark/feed.atom")
    places = page(office, "en/by/place")
    assert places.index(">Averholm<") < places.index(">TESSMARK.<"), "by their names, as printed last"
    for path in ("en/by/place/2026/03", "en/by"):
        assert "/en/by/place/tessmark/" in page(office, path)
    assert faults(office) == []


def test_the_word_of_an_edition_brings_together_what_is_printed_otherwise(office: Office) -> None:
    for key, words in (("a", "Talks, first round"), ("b", "Talks, second round")):
        draft = held(key, event=words)
        draft.content["occasion"]["event_word"] = "talks"  # type: ignore[index]
        office.publish(draft)
    there = page(office, "en/by/occasion/talks")
    assert "Statement a" in there
    assert "Statement b" in there
    assert "<h1" in there
    assert there.split("<h1", 1)[1].split("</h1>")[0].endswith(">Talks, second round"), "the newest words"


def test_a_place_that_was_corrected_keeps_the_address_of_its_list(office: Office, tmp_path: Path) -> None:
    draft = held("a", "Tesmark")
    office.publish(draft)
    right = {**draft.content, "occasion": {"place": "Tessmark"}, "note": "The place was misspelt."}
    office.publish(Draft(draft.id, "correct", right))
    for path in ("en/by/place/tesmark", "en/by/place/tesmark/2026", "en/by/place/tesmark/2026/03"):
        assert "Statement a" not in page(office, path)
    assert "tesmark" not in page(office, "en/by/place")
    assert "/en/by/place/tesmark/" in page(office, "en/statements/2026/03/03/a/editions/1")
    assert faults(office) == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_the_law_takes_the_words_of_a_place_out_of_addresses_pages_and_memory(office: Office, tmp_path: Path) -> None:
    draft = held("a", "Zqhaven", event="Zqfeast of lamps")
    office.publish(draft, held("b", "Averholm"))
    office.publish(Draft(draft.id, "correct", {**draft.content, "blocks": ["At ten."], "note": "The hour."}))
    assert lies(office, "en/by/place/zqhaven/2026/03/index.html")
    erase(office, draft, "Zqhaven", "Zqfeast of lamps")
    assert [path for path in tmp_path.rglob("*") if b"zq" in str(path.relative_to(tmp_path)).encode()] == []
    for path in (one for one in tmp_path.rglob("*") if one.is_file()):
        data = brotli.decompress(path.read_bytes()) if path.suffix == ".br" else path.read_bytes()
        assert b"zqhaven" not in data.lower(), path
        assert b"zqfeast" not in data.lower(), path
    assert faults(office) == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_place_that_others_were_in_stays_when_one_of_them_is_erased(office: Office, tmp_path: Path) -> None:
    draft = held("a", day="2026-01-05")
    office.publish(draft)
    office.publish(held("b", day="2026-02-05"))
    erase(office, draft, "Tessmark")
    assert not lies(office, "en/by/place/tessmark/2026/01")
    assert "Statement b" in page(office, "en/by/place/tessmark/2026/02")
    assert "2026/01" not in page(office, "en/by/place/tessmark/2026/02"), "no month before it any more"
    assert faults(office) == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_days_split_and_lose_words_and_every_page_stays_what_a_copy_bakes(office: Office, tmp_path: Path) -> None:
    office.baking = False
    drafts = [held(f"m{n}", ("Tessmark", "Averholm")[n % 3 == 0], f"Talk {n}", day="2026-02-02") for n in range(99)]
    office.publish(*drafts)
    office.baking = True
    office.press.catch_up()
    office.publish(*(held(f"n{n}", day="2026-02-02") for n in range(60)))
    office.publish(*(held(f"o{n}", day="2026-02-02") for n in range(60)), held("other", day="2026-02-03"))
    assert "/en/by/place/tessmark/2026/02/02/_3/" in page(office, "en/by/place/tessmark/2026/02/02")
    assert "Statement m0" in page(office, "en/by/place/averholm/2026/02"), "so few that their month shows them all"
    assert lies(office, "en/by/place/averholm/2026/02/02/_1/index.html")
    assert not lies(office, "en/by/place/averholm/2026/02/02/_2/index.html")
    steps = page(office, "en/by/place/tessmark/2026/02/02/_2")
    assert "/02/02/_3/" in steps
    assert "/02/02/_1/" in steps
    erase(office, drafts[0], "Averholm", "Talk 0")
    erase(office, drafts[1], "Tessmark", event="Talk 1")
    assert faults(office) == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_publication_touches_a_bounded_number_of_pages_of_its_place(office: Office) -> None:
    office.baking = False
    months = [f"20{year}-{month:02d}-05" for year in range(18, 26) for month in range(1, 13)]
    office.publish(*(held(f"m{n}", day=day) for n, day in enumerate(months)))
    office.baking = True
    office.press.catch_up()
    press = office.press
    office.baking = False
    office.publish(held("new", day="2021-06-07"))
    press.catch_up()
    there = sorted(p for p in press.touched if "/by/place/tessmark/" in p and not p.endswith(".br"))
    base = "en/by/place/tessmark/"
    assert there == [
        f"{base}{below}" for below in ("2021/06/index.html", "2021/index.html", "feed.atom", "feed.json", "index.html")
    ]


MOST_BYTES = 60_000


def test_a_month_of_two_thousand_messages_is_pages_of_sixty_kilobytes_at_most(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    office = make_office(tmp_path / "office")
    messages = 2_000 if full_numbers else 210
    office.baking = False
    teaser = "What two coasts agreed on when the tide let them, told in as many words as a teaser may have. " * 3
    drafts = [
        held(
            f"m{n}",
            ("Tessmark", "Averholm", f"Islet {n}")[n % 3],
            f"Talk {n} of the two harbour boards on the winter timetable",
            day=f"2026-02-{n % 28 + 1 if n % 2 else 2:02d}",
            title=f"Statement {n} of the two harbour boards on the winter timetable of the ferry",
            teaser=teaser[:297].strip(),
            speakers=[{"name": "Oriel Tavenmark", "person": id_of("person")}],
        )
        for n in range(messages)
    ]
    for first in range(0, messages, 100):
        office.publish(*drafts[first : first + 100])
    office.baking = True
    office.press.catch_up()
    folder = office.site.resolve()
    lists = [path for path in folder.rglob("index.html") if "/statements/2026/02/" not in f"{path.parent.parent}/"]
    sizes = {path.parent.relative_to(folder).as_posix(): path.stat().st_size for path in lists}
    heaviest = max(sizes, key=lambda path: sizes[path])
    numbers = {
        "messages": messages,
        "pages of lists": len(sizes),
        "heaviest, bytes": sizes[heaviest],
        "it is": heaviest,
    }
    figures("archive", "How heavy is the heaviest page of a month of many messages?", numbers)
    assert sizes[heaviest] <= MOST_BYTES, heaviest
