"""What somebody types in the form of a piece of furniture becomes content that the record takes, or a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.edition import seal
from communique.edition.furniture import OF_ERASURE, PIECES, PLURAL_CATEGORIES
from communique.edition.message import BLOCK, MARK_KINDS
from communique.edition.shape import (
    CLOCK_TIME,
    COLOUR,
    COUNTRY,
    DATE_PATTERN,
    ID,
    KEY,
    MEDIA,
    TAG,
    ZONE,
    Constant,
    Day,
    Either,
    File,
    Flag,
    Integer,
    ListOf,
    MapOf,
    OneOf,
    Pattern,
    Record,
    Shape,
    Text,
)
from communique.edition.text import canonical_text
from communique.newsroom.comparing import piece_changed
from communique.newsroom.piece_blocks import blocks_of, text_of
from communique.newsroom.piece_languages import language_facts, plural_categories
from communique.newsroom.piece_words import field_name
from communique.newsroom.pieces import OfficeNow, WrongPiece, checked, content_of, form_of, new_piece, piece_name, typed

OFFICE = OfficeNow(
    languages=["en", "fr", "ar"],
    zone="Europe/Paris",
    today=date(2026, 11, 25),
    site_address="https://orsemund.example/",
    labels={
        "closed_now": "Closed now",
        "open_until": "Open now, until {time}",
        "record_size": {"one": "{n} entry", "other": "{n} entries"},
    },
    sections=[{"id": "s" * 16, "name": "Speeches"}],
    section_words={"s" * 16: {"en": "talks", "fr": "discours"}},
    redirects={"r" * 16: "passport", "q" * 16: "passports"},
    led_to={"r" * 16: "visa", "q" * 16: "passport"},
    persons=[{"id": "p" * 16, "name": "Ines Quarrendel", "address": "ines-quarrendel"}],
    messages=[{"id": "m" * 16, "name": "The ferry"}, {"id": "n" * 16, "name": "The lamp"}],
)

# ------------------------------------------------------------------ content of each shape

WORDS_TYPED = st.text(max_size=40).map(canonical_text).filter(bool)
PATTERNS: dict[Any, st.SearchStrategy[Any]] = {
    TAG: st.sampled_from(["en", "fr", "ar", "zh-Hans"]),
    ZONE: st.sampled_from(["Europe/Paris", "Africa/Nairobi", "UTC"]),
    ID: st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=16, max_size=16),
    KEY: st.sampled_from(["closed_now", "latest", "kind_speech"]),
    COLOUR: st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"),
    COUNTRY: st.sampled_from(["PT", "NO"]),
    CLOCK_TIME: st.integers(0, 24 * 60).map(lambda minutes: f"{minutes // 60:02d}:{minutes % 60:02d}"),
    DATE_PATTERN: st.sampled_from(["d MMMM y", "dd.MM.y", "d 'de' MMMM"]),
    MEDIA: st.sampled_from(["image/svg+xml", "image/png"]),
}


@st.composite
def blocks(draw: st.DrawFn) -> Any:
    """A block of an edition: a bare word, or a record of a kind with what belongs to it."""
    text = draw(WORDS_TYPED)
    kind = draw(st.sampled_from(["", "paragraph", "heading", "item", "quotation", "table"]))
    if not kind:
        return text
    if kind == "table":
        width = draw(st.integers(1, 3))
        rows = draw(st.lists(st.lists(WORDS_TYPED, min_size=width, max_size=width), min_size=1, max_size=3))
        return {"kind": kind, "rows": rows, **draw(st.sampled_from([{}, {"header": True}]))}
    marks = [[0, len(text), draw(st.sampled_from(MARK_KINDS))]] if draw(st.booleans()) else []
    more = {"level": draw(st.integers(1, 6))} if kind == "heading" and draw(st.booleans()) else {}
    more |= {"ordered": True} if kind == "item" and draw(st.booleans()) else {}
    return {"kind": kind, "text": text, **more, **({"marks": marks} if marks else {})}


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Values of a shape as open content has them."""
    if shape == BLOCK:
        return blocks()
    if isinstance(shape, Pattern):
        return PATTERNS[shape]
    if isinstance(shape, Either):
        return values(Text()) | values(shape.record)
    if isinstance(shape, Record):
        must = {key: values(inner) for key, inner in shape.must.items()}
        return st.fixed_dictionaries(
            must, optional={key: values(inner) for key, inner in shape.may.items() if key not in OF_ERASURE}
        )
    if isinstance(shape, ListOf):
        return st.lists(values(shape.of), min_size=shape.least, max_size=3)
    if isinstance(shape, MapOf):
        return st.dictionaries(values(shape.key), values(shape.of).filter(bool), min_size=1, max_size=3)
    return {
        Text: lambda: WORDS_TYPED,
        File: lambda: st.just("0f" * 32),
        Day: lambda: st.dates().map(date.isoformat),
        Flag: lambda: st.just(True),
        OneOf: lambda: st.sampled_from(shape.words),  # type: ignore[attr-defined]
        Constant: lambda: st.just(shape.value),  # type: ignore[attr-defined]
        Integer: lambda: st.integers(shape.least, min(shape.most, 10**6)),  # type: ignore[attr-defined]
    }[type(shape)]()


@pytest.mark.parametrize("sort", PIECES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_content_comes_back_from_the_form_as_it_went_in(sort: str, data: st.DataObject) -> None:
    content = data.draw(values(PIECES[sort]))
    sent = json.loads(json.dumps(typed(content)))
    assert content_of(sent, sort) == content


@pytest.mark.parametrize("sort", PIECES)
def test_every_key_of_every_shape_has_a_field_or_is_kept_apart_on_purpose(sort: str) -> None:
    shape = PIECES[sort]
    drawn = {field["key"] for field in form_of(sort, OFFICE)["fields"]}
    kept = {"v", "type", "piece", "state", "note", "order", *OF_ERASURE}
    assert drawn | kept == {*shape.must, *shape.may} | kept
    assert drawn <= {*shape.must, *shape.may}


@pytest.mark.parametrize("sort", PIECES)
def test_a_new_piece_is_a_draft_that_has_a_name_and_says_what_it_lacks(sort: str) -> None:
    skeleton = new_piece(sort, ["en", "fr"])
    assert content_of(typed(skeleton)) == skeleton
    assert piece_name(skeleton, "en")
    if sort in ("featured", "latest"):  # these are whole as they begin
        assert checked(skeleton, OFFICE) == skeleton
    else:
        assert faults_of(skeleton)


@settings(max_examples=200, deadline=None)
@given(
    sent=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["en", "name", "from", "text", "was", "kind"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    sort=st.sampled_from(sorted(PIECES)),
    data=st.data(),
)
def test_nothing_that_is_sent_breaks_the_check(sent: Any, sort: str, data: st.DataObject) -> None:
    keys = sorted({*PIECES[sort].must, *PIECES[sort].may} - {"v", "type", "piece"})
    value = {**new_piece(sort, ["en"]), data.draw(st.sampled_from(keys)): sent}
    try:
        whole = checked(content_of(value, sort), OFFICE)
    except WrongPiece:
        return
    assert seal(whole, lambda: bytes(32))


# ------------------------------------------------------------------ what is wrong, in words


def faults_of(content: Mapping[str, Any], office: OfficeNow = OFFICE) -> dict[str, str]:
    """Place -> sentence."""
    try:
        checked(content, office)
    except WrongPiece as wrong:
        return dict(wrong.faults)
    return {}


def person(*roles: dict[str, Any]) -> dict[str, Any]:
    return {"piece": "person", "name": {"en": "Runa"}, "address": "runa", "roles": list(roles)}


def role(name: str, since: str = "", until: str = "") -> dict[str, Any]:
    return {"name": {"en": name}, "since": since, "until": until}


def sizes(tag: str, forms: Any) -> dict[str, Any]:
    return {"piece": "labels", "words": {"record_size": {tag: forms}}}


WRONG = [
    ({"piece": "section", "name": {"fr": "Avis"}, "word": {"en": "notices"}}, "name.en", "original language"),
    ({"piece": "section", "name": {"en": "All"}, "word": {"en": "all"}}, "word.en", "keeps “all”"),
    ({"piece": "section", "name": {"en": "All"}, "word": {"en": "Über uns"}}, "word.en", "small letters"),
    (
        person(role("Consul", "2020-01-01", "2021-06-30"), {}, role("Envoy", "2021-06-01")),
        "roles[2].since",
        "Two roles overlap: “Consul” from 1 January 2020 to 30 June 2021 and “Envoy” from 1 June 2021 on:"
        " end the first before the second begins.",
    ),
    (person(role("Consul"), role("Envoy", "2021-06-01")), "roles[1].since", "“Consul” at all times"),
    (person(role("Consul", "2021-02-01", "2021-01-01")), "roles[0].until", "before it begins"),
    ({**person(), "address": "ines-quarrendel"}, "address", "Ines Quarrendel"),
    ({"piece": "clock", "city": {"en": "Paris"}, "zone": "Paris"}, "zone", "Europe/Paris"),
    ({"piece": "clock", "city": {"en": "X"}, "zone": "Mars/Base"}, "zone", "No time zone"),
    ({"piece": "section", "name": {"en": "Talks"}, "word": {"en": "talks"}}, "word.en", "“Speeches” has this word"),
    ({"piece": "contact", "label": {"en": "Press"}, "emergency": True, "email": "a@b.c"}, "telephone", "is called"),
    ({"piece": "contact", "label": {"en": "Press"}, "lines": [""]}, "telephone", "Nobody can be reached"),
    ({"piece": "closure", "name": {"en": "Lantern Night"}, "on": "2025-12-21"}, "on", "21 December 2025 is over"),
    ({"piece": "event", "title": {"en": "X"}, "on": "2026-02-03"}, "on", "3 February 2026 is over"),
    ({"piece": "event", "title": {"en": "X"}, "on": "2026-02-03", "until": "2026-02-05"}, "until", "5 February 2026"),
    ({"piece": "redirect", "from": "/passport/", "to": "/en/"}, "from", "leads on already"),
    ({"piece": "contact", "label": {"en": "Press"}, "telephone": "ask inside"}, "telephone", "digits"),
    ({"piece": "contact", "label": {"en": "Press"}, "email": "press.example"}, "email", "@"),
    (
        {"piece": "contact", "label": {"en": "P"}, "hours": [{}, {"days": [1], "from": "17", "to": "9.30"}]},
        "hours[1].to",
        "17:00",
    ),
    ({"piece": "redirect", "from": "/en/people/", "to": "/en/"}, "from", "site itself"),
    ({"piece": "redirect", "from": "https://orsemund.example/record/", "to": "/en/"}, "from", "site itself"),
    ({"piece": "redirect", "from": "/en/talks/ferry", "to": "/en/"}, "from", "site itself"),
    ({"piece": "redirect", "from": "https://elsewhere.example/x", "to": "/en/"}, "from", "another site"),
    ({"piece": "redirect", "from": "/visa", "to": "https://orsemund.example/visa/"}, "to", "itself"),
    ({"piece": "redirect", "from": "/visa", "to": "/passport"}, "to", "/passport leads back here"),
    ({"piece": "redirect", "from": "visa/", "to": "https://orsemund.example/passports/"}, "to", "/passport leads back"),
    ({"piece": "redirect", "from": "/search/find", "to": "/en/"}, "from", "site itself"),
    ({"piece": "redirect", "from": "/visa", "to": "javascript:alert(1)"}, "to", "https://"),
    ({"piece": "menu", "items": [{"label": {"en": "Visit"}, "target": "en/visit"}]}, "items[0].target", "Begin with /"),
    ({"piece": "menu", "items": [{"label": {"en": "Visit"}}]}, "items[0].section", "Choose a section"),
    (
        {"piece": "menu", "items": [{"label": {"en": "V"}, "section": "s" * 16, "target": "/x"}]},
        "items[0].target",
        "not both",
    ),
    ({"piece": "menu", "items": [{}]}, "items", "Add at least one"),
    ({"piece": "event", "title": {"en": "X"}, "on": "2027-02-30"}, "on", "calendar"),
    ({"piece": "event", "title": {"en": "X"}, "on": "2027-02-03", "until": "2027-02-01"}, "until", "before it begins"),
    (
        {"piece": "event", "title": {"en": "X"}, "on": "2027-03-28", "time": "2.30"},
        "time",
        "On 28 March 2027 the clocks of Europe/Paris go from 02:00 to 03:00: there is no 02:30."
        " The next time is 03:00.",
    ),
    (
        {"piece": "event", "title": {"en": "X"}, "on": "2027-10-03", "time": "02:05", "zone": "Australia/Lord_Howe"},
        "time",
        "from 02:00 to 02:30",
    ),
    ({"piece": "counter", "since": "2026-11-26", "sentence": {}}, "since", "today or earlier"),
    ({"piece": "counter", "since": "2026-11-01", "sentence": {"en": {"one": "# day"}}}, "sentence.en.other", "2, 3, 4"),
    (
        {"piece": "counter", "since": "2026-11-01", "sentence": {"en": {"one": "# day", "other": "days"}}},
        "sentence.en.other",
        "Write # where",
    ),
    ({"piece": "latest", "count": "31"}, "count", "1 to 30"),
    ({"piece": "office", "languages": ["en", "en"]}, "languages[1]", "twice"),
    ({"piece": "office", "languages": ["en"], "dates": "MM/d"}, "dates", "lacks y"),
    ({"piece": "office", "languages": ["en"], "colour": "blue"}, "colour", "#124559"),
    ({"piece": "featured", "messages": ["m" * 16, "m" * 16]}, "messages[1]", "twice"),
    ({"piece": "featured", "messages": ["z" * 16]}, "messages[0]", "no longer there"),
    ({"piece": "labels", "words": {"open_until": {"en": "Open"}}}, "words.open_until.en", "{time}"),
    ({"piece": "labels", "words": {"closed_now": {"en": "Closed now"}}}, "words", "at least one label"),
    (sizes("pl", {"one": "{n} kartka", "other": "{n} kartki"}), "words.record_size.pl.few", "2, 3, 4"),
    (sizes("ar", {"two": "ورقتان"}), "words.record_size.ar.other", "100, 101, 102"),
    (sizes("en", {"one": "{n} leaf", "other": "leaves"}), "words.record_size.en.other", "Keep {n}"),
    (sizes("en", {"one": "{n} leaf", "other": "{n} of {n}"}), "words.record_size.en.other", "only once"),
    (sizes("en", {"one": "a {leaf}", "other": "{n} leaves"}), "words.record_size.en.one", "does not fill in {leaf}"),
    (sizes("en", {"one": "{n} leaf", "few": "{n} x", "other": "{n} x"}), "words.record_size.en.few", "No number takes"),
    (sizes("en", "leaves"), "words.record_size.en", "Keep {n}"),
    ({"piece": "labels", "words": {"closed_now": {"en": {"other": "Shut"}}}}, "words.closed_now.en", "shows no number"),
    ({"piece": "crisis", "title": {"en": "Storm"}, "blocks": {"fr": {"text": "Restez"}}}, "blocks.en", "original"),
    ({"piece": "advisory", "text": {"en": "Storm"}, "link": "crisis"}, "link", "Begin with /"),
]


@pytest.mark.parametrize(("content", "place", "words"), WRONG, ids=[f"{c['piece']}-{p}" for c, p, _w in WRONG])
def test_what_is_wrong_is_said_at_its_place_in_a_sentence_that_helps(
    content: dict[str, Any], place: str, words: str
) -> None:
    found = faults_of(content, replace(OFFICE, is_page=lambda path: path == "en/talks/ferry", is_new=True))
    assert words in found.get(place, ""), found
    assert all(sentence.endswith(".") for sentence in found.values())


def test_what_looks_odd_and_is_right_is_let_through() -> None:
    charter = {"piece": "closure", "name": {"en": "Charter Day"}, "on": "1999-03-17"}
    assert not faults_of(charter)
    assert not faults_of({**charter, "yearly": True, "country": "PT"}, replace(OFFICE, is_new=True))
    under_way = {"piece": "event", "title": {"en": "X"}, "on": "2026-11-24", "until": "2026-11-25"}
    assert not faults_of(under_way, replace(OFFICE, is_new=True))
    assert not faults_of({**under_way, "until": "2026-11-24"}), "what has been may be corrected"
    own = {"piece": "section", "name": {"en": "Speeches"}, "word": {"en": "talks"}}
    assert not faults_of(own, replace(OFFICE, ident="s" * 16))
    assert not faults_of({**own, "word": {"en": "discours"}}), "in another language it is another address"
    assert not faults_of({"piece": "redirect", "from": "/passport"}, replace(OFFICE, ident="r" * 16))
    assert faults_of({**charter, "country": "Portugal"}) == {"country": "Choose one from the list."}
    assert not faults_of(person(role("Consul", "2020-01-01", "2021-05-31"), role("Envoy", "2021-06-01")))
    assert not faults_of({"piece": "redirect", "from": "/en/old/press.asp?id=17"})
    assert not faults_of({"piece": "event", "title": {"en": "X"}, "on": "2027-03-28", "time": "03:00"})
    hours = {"days": [6], "from": "22:00", "to": "24:00"}
    assert not faults_of({"piece": "contact", "label": {"en": "Press"}, "hours": [hours], "telephone": "01632 960142"})


def test_all_faults_are_told_at_once() -> None:
    found = faults_of({"piece": "clock", "city": {"fr": "Paris"}, "zone": "Paris", "order": "first"})
    assert set(found) == {"city.en", "zone", "order"}


def test_what_was_typed_is_brought_into_the_form_of_the_record() -> None:
    typed_in = {
        "piece": "contact",
        "label": {"en": "Press  ", "fr": ""},
        "telephone": "",
        "hours": [{}, {"days": [1, 2], "from": "9", "to": "1730"}],
        "emergency": False,
        "order": "3",
    }
    assert checked(typed_in, OFFICE) == {
        **new_piece("contact", []),
        "label": {"en": "Press"},
        "hours": [{"days": [1, 2], "from": "09:00", "to": "17:30"}],
        "order": 3,
    }
    moved = checked({"piece": "redirect", "from": "https://orsemund.example/visa", "to": "/"}, OFFICE)
    assert (moved["from"], moved["to"]) == ("visa", "en/")
    words: dict[str, Any] = {"closed_now": {"en": "Closed now", "fr": "Fermé"}}
    words["record_size"] = {"en": OFFICE.labels["record_size"], "ar": "{n} ورقة"}
    kept = {"closed_now": {"fr": "Fermé"}, "record_size": {"ar": "{n} ورقة"}}
    assert checked({"piece": "labels", "words": words}, OFFICE)["words"] == kept


def test_a_label_that_counts_is_kept_in_the_forms_of_its_language() -> None:
    polish = {"one": "{n} kartka", "few": "{n} kartki", "many": "{n} kartek", "other": "{n} kartki"}
    arabic = {"zero": "لا أوراق", "one": "ورقة", "two": "ورقتان", "few": "{n} أوراق", "many": "{n} و", "other": "{n}"}
    words = {"record_size": {"pl": polish, "ar": arabic, "en": "Leaves: {n}"}}
    assert checked({"piece": "labels", "words": words}, OFFICE)["words"] == words
    found = {field["key"]: field for field in form_of("labels", OFFICE)["labels"]}
    assert found["record_size"]["forms"] == OFFICE.labels["record_size"]
    assert "forms" not in found["closed_now"]


def test_a_file_that_is_not_on_the_record_yet_is_kept_as_it_is() -> None:
    file = {"private": "lighthouse", "sha256": "0" * 64}
    content = {**new_piece("office", ["en"]), "name": {"en": "Embassy"}, "zone": "Europe/Paris"}
    content["arms"] = {"file": file, "media": "image/svg+xml"}
    assert checked(content, OFFICE)["arms"]["file"] == file
    assert "arms.file" in faults_of({**content, "arms": {"media": "image/png", "alternative": {"en": "A lamp"}}})


# ------------------------------------------------------------------ names, plurals, blocks


def test_a_list_at_the_desk_calls_a_piece_by_its_words() -> None:
    event = {"piece": "event", "title": {"en": "Open day", "fr": "Portes ouvertes"}, "on": "2027-04-17"}
    assert piece_name(event, "fr") == "Portes ouvertes, 17 April 2027"
    assert piece_name({"piece": "redirect", "from": "visa", "to": "en/"}, "en") == "/visa → /en/"
    counter = {"piece": "counter", "sentence": {"en": {"other": "# days since the ferry"}}}
    assert piece_name(counter, "ar") == "… days since the ferry"
    assert len(piece_name({"piece": "notice", "text": {"en": "long " * 60}}, "en")) <= 90


def test_a_language_has_exactly_the_plural_categories_of_cldr() -> None:
    assert plural_categories("en") == ("one", "other")
    assert plural_categories("ar") == tuple(PLURAL_CATEGORIES)
    assert plural_categories("ja") == ("other",)
    assert plural_categories("pl") == ("one", "few", "many", "other")
    found = {one["category"]: one["numbers"] for one in language_facts("ar")["categories"]}
    assert found == {
        "zero": [0],
        "one": [1],
        "two": [2],
        "few": [3, 4, 5],
        "many": [11, 12, 13],
        "other": [100, 101, 102],
    }


def test_typed_lines_become_blocks_and_blocks_lines() -> None:
    text = "Stay inside.\n\n## Where to go\nThe school\n- Gym\n- Hall\n1. First\n\n> Be calm.\n\n| a | b |\n| c |"
    found = blocks_of(text)
    assert found == [
        "Stay inside.",
        {"kind": "heading", "level": 2, "text": "Where to go"},
        "The school",
        {"kind": "item", "text": "Gym"},
        {"kind": "item", "text": "Hall"},
        {"kind": "item", "ordered": True, "text": "First"},
        {"kind": "quotation", "text": "Be calm."},
        {"kind": "table", "rows": [["a", "b"], ["c", "–"]]},
    ]
    assert blocks_of(text_of(found)) == found


def test_a_block_whose_words_were_left_alone_keeps_its_link_while_others_change() -> None:
    linked = {"kind": "paragraph", "text": "See the map.", "marks": [[8, 11, "link", "/en/map/"]]}
    was = ["Stay inside.", linked, {"kind": "item", "text": "Gym", "level": 2}]
    text = text_of(was).replace("Stay inside", "Go out")
    assert blocks_of(text, was) == ["Go out.", *was[1:]]


@pytest.mark.parametrize(
    ("sort", "place", "name"),
    [
        ("person", "roles[1].since", "Since"),
        ("clock", "city.fr", "City · fr"),
        ("labels", "words.record_size.ar.two", "“{n} entries” · ar"),
        ("labels", "words.gone", "Labels of the public site · gone"),
    ],
)
def test_a_fault_is_told_with_the_name_of_its_field_to_who_does_not_look_at_the_form(
    sort: str, place: str, name: str
) -> None:
    assert field_name(sort, place, {"record_size": {"one": "{n} entry", "other": "{n} entries"}}) == name


def test_a_comparison_names_the_place_that_differs_and_nothing_else() -> None:
    keeper = {"name": {"en": "Keeper", "ar": "أمينة"}, "since": "2016-01-04", "until": "2024-08-30"}
    envoy = {"name": {"en": "Envoy", "ar": "سفيرة"}, "since": "2024-09-02"}
    before = {"piece": "person", "name": {"en": "Oriel", "ar": "أوريل"}, "roles": [keeper, envoy]}
    ends = {**envoy, "until": "2026-11-26"}
    assert piece_changed(before, {**before, "roles": [keeper, ends]}) == [
        ("Roles · Envoy · Until", "", "26 November 2026")
    ]
    consul = {"name": {"en": "Consul"}, "since": "2026-11-27"}
    assert piece_changed(before, {**before, "roles": [consul, keeper, envoy]}) == [
        ("Roles · Consul · Role · English", "", "Consul"),
        ("Roles · Consul · Since", "", "27 November 2026"),
    ]
    assert [one.label for one in piece_changed(before, {**before, "roles": [keeper]})] == [
        "Roles · Envoy · Role · English",
        "Roles · Envoy · Role · العربية",
        "Roles · Envoy · Since",
    ]
    renamed = {**before, "name": {"en": "Oriel", "ar": "أورييل"}}
    assert piece_changed(before, renamed) == [("Name · العربية", "أوريل", "أورييل")]
    assert not piece_changed(before, {**before, "state": "removed"})
