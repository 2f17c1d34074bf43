"""Whatever is typed finds what was meant, by the program and by the scripts alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.search.answering import Answering
from communique.search.asked import read_fields
from communique.search.cutting import Cutting
from communique.search.follower import Search
from offices import Draft, Office, id_of, make_office, message, piece
from search.in_the_browser import Browser

LANGUAGES = ("en", "fr", "de", "ja", "ko", "th", "zh", "si", "nl")
SAID = {
    "en": "The ferry sails at nine.",
    "fr": "L'été, le bac part à neuf heures.",
    "de": "Das Minis\u00adterium öffnet.",
    "ja": "ｶﾞｽはﾌｪﾘｰへ、辻\U000e0100さんと",
    "ko": "한국의 항구",
    "th": "พ.ศ. ๒๕๖๗ ภาษา\u200bไทย",
    "zh": "他说，是，我们走。第3天的船。",
    "si": "ශ්\u200dරී ලංකා",
    "nl": "De veerboot vaart met tids, boots en boots.",
}
ASKED = "Was the harbour closed?"
TALK = [
    {"id": "t1", "kind": "question", "questioner": "Petra Ombervane", "blocks": [ASKED]},
    {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["Never."]},
    {"id": "t3", "kind": "question", "questioner": "Petra Ombervane", "blocks": ["And the harbour of others?"]},
    {"id": "t4", "kind": "answer", "speaker": 1, "blocks": ["No."]},
]
HEARD = [
    {"id": "t1", "kind": "remark", "speaker": 0, "blocks": ["Tides turn."]},
    {"id": "t2", "kind": "remark", "speaker": 1, "blocks": ["Moorings hold."]},
]


class Both:
    """An office that said something in each language, searched by the program and by the scripts."""

    def __init__(self, folder: Path) -> None:
        office = make_office(folder, LANGUAGES, baking=False)
        before = piece("person", name={"en": "Oriel Quay"}, address="oriel-quay", merged=id_of("person"))
        talk = message("talk", kind="interview", title="Talk", turns=TALK)
        talk["speakers"] = [{"name": "Oriel Quay", "person": id_of("before")}, {"name": "Ida Norrland"}]
        heard = message("heard", kind="speech", title="Heard", turns=HEARD)
        heard["speakers"] = [{"name": "Una O’Saltmere"}, {"name": "Tove Anne‑Holm"}]
        del heard["blocks"]
        del talk["blocks"]
        said = [Draft(id_of(tag), "publish", message(tag, text, tag, title=tag.upper())) for tag, text in SAID.items()]
        office.publish(Draft(id_of("before"), "furniture", before), Draft(id_of("talk"), "publish", talk), *said)
        office.publish(Draft(id_of("heard"), "publish", heard))
        for number, text in enumerate(("The cat sees boats. In 2025.", "Boats.", "Boots are worn.")):
            office.publish(Draft(id_of(f"cat {number}"), "publish", message(f"cat-{number}", text, title="Cat ـ")))
        for number in range(2):
            text = message(f"boots-{number}", "Boots ـ, ja.", "de", title="Boots")
            office.publish(Draft(id_of(f"boots {number}"), "publish", text))
        self.rename(office)
        Search(lambda: office.reader, folder / "search").catch_up()
        Cutting(lambda: office.reader, folder / "public" / "search", folder / "cut.sqlite3").catch_up()
        self.answering = Answering(folder / "search", office.record)
        self.browser = Browser(folder / "public")

    @staticmethod
    def rename(office: Office) -> None:
        """Somebody bears another name; before, she was printed under a third one."""
        for name in ("Mira Saltholm", "Mira Tavenmark"):
            office.publish(Draft(id_of("mira"), "furniture", piece("person", name={"en": name}, address="mira")))
        for number, name in enumerate(("M. Saltholm", "Mira Quayside", "Mira Tavenmark")):
            said = message(f"mira-{number}", "Lanterns are lit.", title="Lanterns")
            said["speakers"] = [{"name": name, "person": id_of("mira")}]
            office.publish(Draft(id_of(f"mira {number}"), "publish", said))
        said = message("mira-1", "Lanterns are lit.", title="Lanterns")
        said["speakers"] = [{"name": "Mira Tavenmark", "person": id_of("mira")}]
        corrected = {**said, "note": "Her name was printed wrongly."}
        office.publish(Draft(id_of("mira 1"), "correct", corrected))

    def found(self, language: str, **query: str) -> list[str]:
        """What both find: names of messages with the places of their units."""
        asked = read_fields(query)
        answer = self.answering.answer(asked, language)
        places = self.answering.units(asked, language, 20) if asked.anything else []
        addresses = [one.path.strip("/") for one in answer.shown]
        hits = [[address, place] for address, (_id, place) in zip(addresses, places, strict=True)]
        browser = self.browser.ask(language, query)
        assert browser["hits"] == hits, query
        if browser["counts"]:
            assert browser["counts"]["speakers"] == [list(one) for one in answer.speakers]
        return [f"{address.rsplit('/', 1)[1]} {place}" for address, place in hits]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    made = Both(tmp_path_factory.mktemp("typed"))
    yield made
    made.browser.close()


@pytest.mark.parametrize(
    ("language", "q"),
    [
        ("de", "Ministerium"),
        ("de", "Minis\u00adterium"),
        ("ja", "ガス"),
        ("ja", unicodedata.normalize("NFD", "ガス")),
        ("ja", "フェリー"),
        ("ja", "ｶﾞ"),
        ("ja", "辻さん"),
        ("ja", "辻\U000e0101さん"),
        ("ko", unicodedata.normalize("NFD", "한국")),
        ("th", "2567"),
        ("th", "๒๕๖๗"),
        ("th", "ภาษาไทย"),
        ("si", "ශ්රී"),
        ("si", "ශ්\u200dරී"),
        ("zh", '"他说，是，我们走"'),
        ("zh", '"是，我们"'),
        ("zh", '"第3天"'),
        ("fr", "bac -l'hiver"),
        ("zh", "我们 -第4天"),
        ("en", "ferry !!! ★ -"),
    ],
)
def test_what_is_typed_in_another_way_finds_the_same(both: Both, language: str, q: str) -> None:
    assert both.found(language, q=q) == [f"{language} 1"]


@pytest.mark.parametrize(
    ("q", "language", "instead"),
    [
        ("catt", "", ""),  # a cat has three letters
        ("boits", "*", "boots"),  # said in two languages, and boats in one, where it is commoner than boots are in each
        ("boits", "", "boats"),
        ("20255", "*", ""),  # no letters
        ("lantrens", "*", "lanterns"),
    ],
)
def test_both_help_alike_with_short_words_and_in_every_language(
    both: Both, q: str, language: str, instead: str
) -> None:
    fields = {"q": q, "language": language}
    found = both.answering.answer(read_fields(fields), "en").instead, both.browser.ask("en", fields)["instead"]
    assert found == (instead, instead)


@pytest.mark.parametrize(
    "q", ["ـ", "ـــ", '"ـ"', "-ـ", "ﹰ", "ﹱ", "ͺ", "!!!", "★", '"—"', "-", "\u0301" * 90, "\u00ad", "- -!"]
)
def test_what_has_no_word_finds_nothing_by_itself(both: Both, q: str) -> None:
    assert both.found("en", q=q) == []
    assert both.found("en", q=q, speaker="Petra Ombervane", order="relevance") == ["talk 1", "talk 3"]


def test_several_words_that_are_not_wanted_are_left_out_together(both: Both) -> None:
    assert both.found("fr", q="bac -l'été") == []
    assert both.found("fr", q="bac -bac-part") == []


@pytest.mark.parametrize("speaker", ["oriel-tavenmark", "Oriel Tavenmark", "oriel-quay", "Oriel Quay"])
def test_whoever_was_found_to_be_one_is_found_by_every_name(both: Both, speaker: str) -> None:
    assert both.found("en", speaker=speaker, only="answer") == ["talk 2"]


def test_what_somebody_was_asked_is_found_with_who_answered(both: Both) -> None:
    assert both.found("en", q="harbour", speaker="oriel-tavenmark", only="question") == ["talk 1"]
    assert both.found("en", q="harbour", speaker="Ida Norrland", only="question") == ["talk 3"]
    assert both.found("en", q="harbour", speaker="Petra Ombervane", only="question") == ["talk 1", "talk 3"]


def test_nobody_says_what_she_was_asked(both: Both) -> None:
    assert both.found("en", q="harbour", speaker="oriel-tavenmark") == []


@pytest.mark.parametrize(
    ("speaker", "turn"), [("Una O'Saltmere", 1), ("una o’saltmere", 1), ("Tove Anne-Holm", 2), ("Tove Anne‑Holm", 2)]
)
def test_a_name_is_found_with_whatever_apostrophe_or_hyphen_it_is_typed(both: Both, speaker: str, turn: int) -> None:
    assert f"heard {turn}" in both.found("en", speaker=speaker)


@pytest.mark.parametrize(
    ("q", "instead"),
    [
        ("feryr", "ferry"),
        ("feryr −harbour", "ferry −harbour"),
        ('feryr -"was closed"', 'ferry -"was closed"'),
        ("feryr “at nine”", "ferry “at nine”"),
        ("tids", "tides"),
    ],
)
def test_both_help_a_mistyped_word_whatever_stands_beside_it(both: Both, q: str, instead: str) -> None:
    assert both.answering.answer(read_fields({"q": q}), "en").instead == instead
    assert both.browser.ask("en", {"q": q})["instead"] == instead


@pytest.mark.parametrize("speaker", ["mira", "Mira Tavenmark", "Mira Saltholm", "mira saltholm", "M. Saltholm"])
def test_somebody_is_found_by_every_name_that_she_bore(both: Both, speaker: str) -> None:
    found = both.found("en", q="lanterns", speaker=speaker, order="date")
    assert found == [f"mira-{number} {place}" for number in (2, 1, 0) for place in (0, 1)]


def test_a_name_that_a_correction_took_back_is_nobodys(both: Both) -> None:
    assert both.found("en", q="lanterns", speaker="Mira Quayside") == []
