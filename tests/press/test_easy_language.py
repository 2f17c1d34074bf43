"""A message in easy language is a language version like any other, and says what it is wherever languages are named."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

from communique.cli.main import run
from communique.edition.language import SIMPLE_NAMES
from communique.press.answer import chosen_language
from communique.press.wording import WORDS, autonym, language_name, locale_of
from offices import Draft, Office, id_of, make_office, message

PAGE = "de/statements/2026/03/03/ferry"
SIMPLE = "de-simple/statements/2026/03/03/ferry"
NAME = "Deutsch (Leichte Sprache)"
AKN = {"akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("easy"), ("de", "de-simple", "en"))
    turns = [{"id": "t1", "kind": "remark", "blocks": ["Die Fähre verkehrt ab neun Uhr."]}]
    easy = [{"id": "t1", "kind": "remark", "blocks": ["Das Schiff fährt um 9 Uhr."]}]
    ferry = message("ferry", language="de", turns=turns)
    del ferry["blocks"]
    simple = {**ferry, "language": "de-simple", "original": "de", "turns": easy, "address": SIMPLE}
    made.publish(
        Draft(id_of("ferry de"), "publish", ferry),
        Draft(id_of("ferry simple"), "publish", simple),
        Draft(id_of("lamp"), "publish", message("lamp")),
    )
    return made


def page(office: Office, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((office.site / path / "index.html").read_text("utf-8"))


def test_every_language_of_our_labels_has_its_own_name_for_it() -> None:
    assert set(SIMPLE_NAMES) == {path.stem for path in WORDS.glob("*.json")}
    for tag in SIMPLE_NAMES:
        assert autonym(f"{tag}-simple") == SIMPLE_NAMES[tag].replace("{language}", autonym(tag))
    assert autonym("de-simple") == NAME
    assert autonym("en-GB-simple") == "British English (Easy Read)"
    assert autonym("fi-simple") == "Suomi (simple)"
    assert language_name("de-simple", "fr") == "allemand (facile à lire et à comprendre)"


def test_dates_and_plurals_are_those_of_the_language(office: Office) -> None:
    assert locale_of("ar-simple") == locale_of("ar")
    assert "Dienstag" in page(office, SIMPLE).text_content(), "the masthead's day"
    assert "3. März 2026, 09:01 Uhr" in page(office, SIMPLE).text_content()


def test_page_and_switcher_and_facts_carry_the_tag(office: Office) -> None:
    simple = page(office, SIMPLE)
    assert simple.get("lang") == "de-simple"
    assert simple.get("dir") == "ltr"
    assert [one.text_content().strip() for one in simple.xpath("//nav[@class='languages']//li")] == [
        "Deutsch",
        NAME,
        "English",
    ]
    hreflangs = {one.get("hreflang"): one.get("href") for one in simple.xpath("//link[@rel='alternate'][@hreflang]")}
    assert hreflangs["de"].endswith(f"/{PAGE}/")
    assert hreflangs["de-simple"].endswith(f"/{SIMPLE}/")
    (link,) = page(office, PAGE).xpath(f"//main//a[@lang='de-simple'][@href='/{SIMPLE}/']")
    assert link.text_content() == NAME
    assert page(office, f"{PAGE}/beside/de-simple").xpath("//div[@lang='de-simple']")


def test_machines_carry_the_tag(office: Office) -> None:
    assert json.loads((office.site / SIMPLE / "message.json").read_text("utf-8"))["language"] == "de-simple"
    assert json.loads((office.site / SIMPLE / "editions/1/ninjs.json").read_text("utf-8"))["language"] == "de-simple"
    names = []
    for path in (PAGE, SIMPLE):
        akn = etree.parse(office.site / path / "editions/1/akn.xml")
        (language,) = akn.xpath("//akn:FRBRlanguage/@language", namespaces=AKN)
        names.append((language, akn.xpath("//akn:FRBRExpression/akn:FRBRthis/@value", namespaces=AKN)[0]))
    assert [language for language, _ in names] == ["deu", "de-simple"]
    assert names[0][1] != names[1][1]
    feed = etree.parse(office.site / "de-simple/all/feed.atom").getroot()
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de-simple"
    sitemaps = "".join(path.read_text("utf-8") for path in office.site.rglob("sitemaps/*.xml"))
    assert 'hreflang="de-simple"' in sitemaps


@pytest.mark.parametrize(
    ("header", "languages", "chosen"),
    [
        ("de", ("de-simple", "de"), "de"),
        ("de-CH, de;q=0.9", ("en", "de-simple", "de-CH"), "de-CH"),
        ("de-simple, de;q=0.9", ("de", "de-simple"), "de-simple"),
        ("de", ("en", "de-simple"), "de-simple"),
    ],
)
def test_nobody_is_sent_to_easy_language_who_did_not_ask_for_it(
    header: str, languages: tuple[str, ...], chosen: str
) -> None:
    assert chosen_language(header, languages) == chosen


def test_the_verifier_agrees(office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(office.public), "--bake"]) == 0, capfd.readouterr().out


def test_the_verifier_refuses_another_name_of_it(
    office: Office, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = office.site / PAGE / "index.html"
    before = found.read_text("utf-8")
    found.write_text(before.replace("Leichte Sprache", "Schwere Sprache"), "utf-8")
    try:
        assert run(["verify", str(office.public)]) == 1
        assert "Schwere Sprache" in capfd.readouterr().out
    finally:
        found.write_text(before, "utf-8")
