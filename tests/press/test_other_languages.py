"""Words of another language inside a text say so in every form, and the verifier holds the page to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from communique.cli.main import run
from communique.edition import NotOfShape, check_content, seal
from communique.press.blocks import marked
from offices import Draft, Office, id_of, make_office, message

TEXT = "He said شكرا, then: a coup de grâce."
MARKS = [[8, 12, "lang", "ar"], [22, 35, "lang", "fr"], [22, 26, "strong"], [30, 35, "link", "https://a.example/"]]
HTML = (
    'He said <span lang="ar" dir="rtl">شكرا</span>, then: a <span lang="fr" dir="ltr"><strong>coup</strong> de </span>'
    '<a href="https://a.example/"><span lang="fr" dir="ltr">grâce</span></a>.'
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
PAGE = "en/statements/2026/03/03/thanks"


def thanks(marks: list[Any]) -> dict[str, Any]:
    return message("thanks", blocks=[{"kind": "paragraph", "text": TEXT, "marks": marks}])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path)
    made.publish(Draft(id_of("thanks"), "publish", thanks(MARKS)))
    return made


def test_a_run_has_its_language_and_direction_around_its_other_marks() -> None:
    assert marked(TEXT, MARKS) == HTML
    assert marked("ab", [[0, 2, "lang", '"><script>']]) == '<span lang="&quot;&gt;&lt;script&gt;" dir="ltr">ab</span>'


def test_page_ninjs_and_akoma_ntoso_say_it_and_the_verifier_agrees(office: Office) -> None:
    folder = office.site / PAGE
    assert HTML in (folder / "index.html").read_text("utf-8")
    assert 'lang=\\"ar\\" dir=\\"rtl\\"' in (folder / "editions/1/ninjs.json").read_text("utf-8")
    akn = etree.parse(folder / "editions/1/akn.xml")
    assert {one.get(XML_LANG) for one in akn.iter(f"{AKN}span")} == {"ar", "fr"}
    content = json.loads((folder / "message.json").read_text("utf-8"))
    assert TEXT in json.dumps(content, ensure_ascii=False)
    assert run(["verify", str(office.public), "--bake"]) == 0


@pytest.mark.parametrize(("old", "new"), [('lang="ar" dir="rtl"', 'lang="fa" dir="rtl"'), (' lang="fr" dir="ltr"', "")])
def test_a_language_changed_by_hand_is_found(
    office: Office, old: str, new: str, capfd: pytest.CaptureFixture[str]
) -> None:
    page = office.site / PAGE / "index.html"
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
    assert run(["verify", str(office.public)]) == 1
    assert "words:" in capfd.readouterr().out


def test_a_mark_alone_is_shown_as_a_change_of_form(office: Office) -> None:
    office.publish(Draft(id_of("thanks"), "correct", {**thanks(MARKS[:1]), "note": "A mark was wrong."}))
    page = lxml.html.document_fromstring((office.site / PAGE / "editions/2/changes/index.html").read_text("utf-8"))
    assert not page.xpath("//main//del[contains(., 'coup')]")
    assert run(["verify", str(office.public), "--bake"]) == 0


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ([0, 2, "lang"], "a link has a target and a language its tag"),
        ([0, 2, "strong", "fr"], "another mark has neither"),
        ([0, 2, "lang", "de-x-easy"], "expected a language tag"),
    ],
)
def test_a_mark_without_a_tag_or_with_a_private_one_is_refused(mark: list[Any], why: str) -> None:
    with pytest.raises(NotOfShape, match=why):
        check_content(seal(thanks([mark]), lambda: bytes(32)).edition.content)


def test_a_tag_is_structure_and_no_part() -> None:
    sealed = seal(thanks(MARKS), lambda: bytes(32))
    (block,) = sealed.edition.manifest["blocks"]
    assert block["marks"][0] == [8, 12, "lang", "ar"]
