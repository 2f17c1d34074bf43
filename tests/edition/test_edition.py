"""Editions: sealed, read back to the byte, and refused with the place when anything is not as the format has it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from communique.edition import (
    Edition,
    NotCanonical,
    NotOfShape,
    body_hash,
    check_content,
    parse_edition,
    part_hash,
    seal,
)
from communique.edition.furniture import PIECES
from communique.edition.schema import manifest_schema

VECTORS = Path(__file__).parents[1] / "vectors" / "worked-example"
EDITIONS = sorted([*VECTORS.glob("before-erasure/editions/*"), *VECTORS.glob("record/editions/*")])

INTERVIEW: dict[str, Any] = {
    "v": 1,
    "type": "message",
    "state": "current",
    "message": "m" * 16,
    "language": "en",
    "original": "en",
    "kind": "interview",
    "section": "s" * 16,
    "address": "en/interviews/2026/03/03/the-ferry",
    "delivered": "2026-03-03",
    "status": "near_verbatim",
    "title": "Answers about the ferry",
    "occasion": {"event": "the programme Quay Hour", "place": "Tessmark", "on": "2026-03-03", "zone": "Europe/Paris"},
    "speakers": [{"name": "Oriel Tavenmark", "person": "p" * 16, "role": "Ambassador"}],
    "turns": [
        {
            "id": "t1",
            "kind": "question",
            "mark": "Question",
            "questioner": "A caller",
            "blocks": ["When does it sail?"],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "At nine.",
                {
                    "kind": "paragraph",
                    "text": "See the timetable.",
                    "marks": [[8, 17, "link", "https://ferry.example/"], [0, 3, "emphasis"]],
                },
                {"kind": "table", "rows": [["Port", "Hour"], ["Averholm", "nine"]], "header": True},
            ],
        },
    ],
    "pictures": [{"file": b"png", "media": "image/png", "alternative": "A ferry", "caption": "At sea"}],
}


def salts(seed: str = "salt") -> Callable[[], bytes]:
    numbers = count()
    return lambda: sha256(f"{seed} {next(numbers)}".encode()).digest()


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    content = copy.deepcopy(INTERVIEW)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return content


@pytest.mark.parametrize("file", EDITIONS, ids=lambda f: f"{f.parts[-3]}/{f.name[:8]}")
def test_the_worked_example_is_read_and_written_to_the_byte(file: Path) -> None:
    edition = parse_edition(file.read_bytes())
    assert edition.data == file.read_bytes()
    assert edition.body == file.name
    check_content(edition.content)
    jsonschema.validate(edition.manifest, manifest_schema())


def test_there_are_sixteen_editions_in_the_worked_example() -> None:
    assert len(EDITIONS) == 16


def test_what_was_sealed_opens_to_the_same_words() -> None:
    sealed = seal(INTERVIEW, salts())
    read = parse_edition(sealed.edition.data)
    (part,) = sealed.files
    assert read == sealed.edition
    assert read.content == {**INTERVIEW, "pictures": [{**INTERVIEW["pictures"][0], "file": part}]}
    assert sealed.files[part][32:] == b"png"
    assert part == part_hash(sealed.files[part][:32], b"png")


def test_a_manifest_holds_no_word_a_reader_sees() -> None:
    manifest = seal(INTERVIEW, salts()).edition.manifest_bytes.decode()
    for word in (
        "ferry",
        "Ferry",
        "Tavenmark",
        "Ambassador",
        "Tessmark",
        "caller",
        "timetable",
        "nine",
        "https",
        "sea",
    ):
        assert word not in manifest


def test_the_same_content_and_salts_give_the_same_bytes() -> None:
    assert seal(INTERVIEW, salts()).edition.data == seal(INTERVIEW, salts()).edition.data
    assert seal(INTERVIEW, salts()).edition.body != seal(INTERVIEW, salts("other")).edition.body


def test_only_what_changed_gets_a_new_part() -> None:
    first = seal(INTERVIEW, salts())
    content = changed(["turns", 1, "blocks", 0], "At ten.")
    content["pictures"][0]["file"] = next(iter(first.files))
    second = seal(content, salts("later"), first.edition)
    assert len(set(second.edition.texts) - set(first.edition.texts)) == 1
    assert second.files == {}


def test_an_erased_word_is_none_and_everything_else_stays_provable() -> None:
    edition = seal(INTERVIEW, salts()).edition
    part = next(part for part, salted in edition.texts.items() if salted.text == "At nine.")
    cut = parse_edition(edition.without(frozenset({part})).data)
    assert cut.body == edition.body
    assert cut.missing == (part,)
    assert cut.content["turns"][1]["blocks"][0] is None
    assert b"At nine." not in cut.data
    check_content(cut.content)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["title"], None, "title: is missing"),
        (["address"], None, "address: is missing"),
        (["kind"], None, "kind: is missing"),
        (["kind"], "blog", "kind: is 'blog'"),
        (["colour"], "red", "'colour', which it may not have"),
        (["language"], "english please", "language"),
        (["message"], "short", "message"),
        (["delivered"], "2026-02-30", "delivered"),
        (["delivered"], "3 March", "delivered"),
        (["title"], "Title ", "title: has blanks"),
        (["title"], "", "title: is an empty text"),
        (["address"], "en/interviews/the-ferry", "LANG/SECTION"),
        (["address"], "en/people/2026/03/03/x", "kept for the site"),
        (["address"], "en/2026/2026/03/03/x", "kept for the site"),
        (["address"], "../../etc/passwd", "LANG/SECTION"),
        (["blocks"], ["Text"], "one or the other"),
        (["turns", 0, "id"], "t2", "is there twice"),
        (["turns", 0, "id"], "T1", "turns\\[0\\].id"),
        (["turns", 1, "speaker"], 1, "no speaker; there are 1"),
        (["turns", 1, "speaker"], True, "whole number"),
        (["turns", 1, "blocks", 1, "marks", 0], [8, 99, "link", "https://x.example/"], "a mark ends at 99"),
        (["turns", 1, "blocks", 1, "marks", 0], [8, 8, "emphasis"], "whole number from 9"),
        (["turns", 1, "blocks", 1, "marks", 0], [0, 3, "link"], "a link has a target"),
        (["turns", 1, "blocks", 1, "marks", 0], [0, 3, "blink"], "blink"),
        (["turns", 1, "blocks", 2, "rows"], [["a"], ["b", "c"]], "differ in length"),
        (["turns", 1, "blocks", 2, "rows"], None, "belong to a table"),
        (["corrects"], ["t9"], "no turn of this edition"),
        (["pictures", 0, "file"], "not a part", "neither the bytes"),
        (["stub"], False, "leave the key out"),
        (["v"], 2, "expected 1"),
        (["v"], True, "expected 1"),
        (["occasion", "zone"], "London time", "IANA zone"),
        (["turns", 1, "from_ms"], 62_000, "without a recording"),
        (["recordings"], [{"media": "audio/mpeg"}], r"recordings\[0\].*one of them"),
        (["recordings"], [{"file": b"mp3", "address": "https://x.example/"}], "one of them, and not both"),
        (["recordings"], [{"file": b"mp3"}], "expected one of audio/mpeg"),
        (["recordings"], [{"file": b"swf", "media": "application/x-shockwave-flash"}], "expected one of audio/mpeg"),
        (["recordings"], [{"address": "javascript:alert(1)"}], "expected https://HOST"),
        (["recordings"], [{"address": "https://x.example/", "media": "text/html"}], "expected one of audio/mpeg"),
    ],
)
def test_content_that_is_wrong_is_refused_with_its_place(path: list[Any], value: Any, says: str) -> None:
    with pytest.raises((NotOfShape, NotCanonical), match=says):
        seal(changed(path, value), salts())


RECORDINGS = [
    {"file": b"mp3", "media": "audio/mpeg", "title": "The whole talk", "rights": "Free to use", "language": "en"},
    {"address": "https://video.example/watch?v=1", "caption": "With signs"},
]


def test_recordings_and_the_times_of_turns_are_sealed_and_their_words_are_parts() -> None:
    content = changed(["recordings"], RECORDINGS)
    content["turns"][1] |= {"from_ms": 62_500, "to_ms": 172_800_000}
    sealed = seal(content, salts())
    check_content(sealed.edition.content)
    jsonschema.validate(sealed.edition.manifest, manifest_schema())
    assert sealed.edition.content["turns"][1]["from_ms"] == 62_500
    assert sealed.edition.content["recordings"][1] == RECORDINGS[1]
    assert len(sealed.files) == 2
    for word in ("video.example", "whole talk", "Free to use"):
        assert word not in sealed.edition.manifest_bytes.decode()


@pytest.mark.parametrize("times", [{"to_ms": 5}, {"from_ms": 5, "to_ms": 5}, {"from_ms": -1}, {"from_ms": 172_800_001}])
def test_times_of_a_turn_that_cannot_be_are_refused(times: dict[str, int]) -> None:
    content = changed(["recordings"], RECORDINGS)
    content["turns"][1] |= times
    with pytest.raises(NotOfShape, match=r"turns\[1\]\.(from|to)_ms"):
        seal(content, salts())


@pytest.mark.parametrize(
    "content",
    [
        {"piece": "clock", "city": {"en": "Averholm"}},
        {"piece": "clock", "city": {"en": "Averholm"}, "zone": "Europe/Paris", "face": "round"},
        {"piece": "counter", "since": "2025-01-01", "sentence": {"en": {"one": "# day"}}},
        {"piece": "counter", "since": "2025-01-01", "sentence": {"en": {"other": "days"}}},
        {"piece": "counter", "since": "2025-01-01", "sentence": {"ar": {"many": "يومًا", "other": "# يوم"}}},
        {"piece": "counter", "since": "2025-01-01", "sentence": {"en": {"other": "# of # days"}}},
        {"piece": "counter", "since": "2025-01-01", "sentence": {"en": {"several": "# days", "other": "# days"}}},
        {"piece": "labels", "words": {"record_size": {"pl": {"one": "{n} wpis", "few": "{n} wpisy"}}}},
        {"piece": "labels", "words": {"record_size": {"pl": {"other": "wpisy"}}}},
        {"piece": "labels", "words": {"record_size": {"ar": {"many": "قيدًا", "other": "{n} قيد"}}}},
        {"piece": "labels", "words": {"record_size": {"pl": {"other": "{n} z {n}"}}}},
        {"piece": "labels", "words": {"record_size": {"pl": {"several": "{n} wpisy", "other": "{n} wpisu"}}}},
        {"piece": "labels", "words": {"record_size": {"pl": {}}}},
        {"piece": "labels", "words": {"record_size": {"pl": ["{n} wpisu"]}}},
        {"piece": "menu", "items": [{"label": {"en": "News"}}]},
        {"piece": "section", "name": {}, "word": {"en": "news"}},
        {"piece": "weather"},
    ],
)
def test_furniture_that_is_wrong_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(NotOfShape):
        seal({"v": 1, "type": "furniture", "state": "current", "order": 0, **content}, salts())


def test_a_label_that_counts_keeps_a_form_for_each_category_beside_plain_labels() -> None:
    forms = {"one": "قيد واحد", "two": "قيدان", "few": "{n} قيود", "other": "{n} قيد"}
    words = {"record_size": {"ar": forms, "en": "{n} lines"}, "latest": {"en": "Latest"}}
    content = {"v": 1, "type": "furniture", "state": "current", "order": 0, "piece": "labels", "words": words}
    edition = seal(content, salts()).edition
    assert parse_edition(edition.data).content == content
    schema = jsonschema.Draft202012Validator(manifest_schema())
    assert schema.is_valid(edition.manifest)
    gone = edition.without(frozenset({edition.manifest["words"]["record_size"]["ar"]["few"]}))
    assert parse_edition(gone.data).content["words"]["record_size"]["ar"] == {**forms, "few": None}


def test_all_pieces_of_furniture_have_a_shape_and_a_schema() -> None:
    wanted = "office section labels menu clock counter contact closure notice person featured event advisory crisis"
    assert {*wanted.split(), "redirect", "latest"} == set(PIECES)
    jsonschema.Draft202012Validator.check_schema(manifest_schema())


def lines_of(edition: Edition) -> list[bytes]:
    return edition.data[:-1].split(b"\n")


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (lambda lines: lines[:1], "line 1"),
        (lambda lines: [lines[0].upper(), *lines[1:]], "line 1"),
        (lambda lines: [lines[0], lines[1].replace(b",", b", ", 1), *lines[2:]], "line 2"),
        (lambda lines: [lines[0], b"[]", *lines[2:]], "line 2"),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "line 4"),
        (lambda lines: [*lines, lines[2]], "line"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"text":"', b'"text":"X'), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], lines[2].replace(b"salt", b"sole"), *lines[3:]], "line 3"),
        (lambda lines: [*lines, b""], "line"),
        (lambda lines: [*lines[:2], b"\xff", *lines[3:]], "line 3"),
    ],
)
def test_a_damaged_edition_file_is_refused_with_its_line(
    damage: Callable[[list[bytes]], list[bytes]], where: str
) -> None:
    lines = lines_of(seal(INTERVIEW, salts()).edition)
    with pytest.raises(NotCanonical) as refused:
        parse_edition(b"\n".join(damage(lines)) + b"\n")
    assert refused.value.where.startswith(where)


def test_no_flipped_bit_of_an_edition_file_goes_unnoticed() -> None:
    edition = seal(INTERVIEW, salts()).edition
    chance = random.Random(1)
    for _ in range(300):
        data = bytearray(edition.data)
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        try:
            body = parse_edition(bytes(data)).body
        except NotCanonical:
            continue
        assert body != edition.body, f"byte {place}"


def test_hashes_are_those_of_the_published_formula() -> None:
    salt, data = bytes(range(32)), "Ærø".encode()
    assert part_hash(salt, data) == sha256(b"communique/v1/part\n" + salt + data).hexdigest()
    assert body_hash(salt, data) == sha256(b"communique/v1/body\n" + salt + data).hexdigest()


def test_a_64_digit_word_of_structure_cannot_pass_for_a_part() -> None:
    with pytest.raises(NotOfShape):
        seal(changed(["language"], "a" * 64), salts())


def test_the_manifest_of_every_sealed_content_fits_the_published_schema() -> None:
    jsonschema.validate(json.loads(seal(INTERVIEW, salts()).edition.manifest_bytes), manifest_schema())
