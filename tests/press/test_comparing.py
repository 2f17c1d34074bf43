"""What an edition changed is a page: words struck and added, turns moved, divided, joined, and nothing that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from browser import chromium, opened
from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Draft, Office, id_of, make_office, message
from press.talks import FERRY, TALK, TALK_AR, TURNS, interview, publish_talks
from public_folder import served
from sites import baked_from_copy, differences, files_of

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("comparing"), ("en", "ar"))
    publish_talks(made)
    return made


FORM = "The words are the same. Their form was changed: emphasis, links, headings or lists."


def findings(public: Path) -> list[str]:
    site = FolderSite((public / "site").resolve())
    report = verify_site(str(public), lambda: FolderReader(public / "record"), lambda: site)
    return [f"{one.check}: {one.where}: {one.what}" for one in report.findings]


def page(office: Office, path: str) -> str:
    return (office.site / path / "index.html").read_text("utf-8")


def turn(html: str, number: int) -> str:
    """One turn of a page as text, struck words in [], added ones in {}."""
    (found,) = re.findall(rf'<div class="turn [a-z ]+" id="t{number}".*?\n</div>\n</div>\n', html, re.DOTALL)
    return _said(found)


def _said(html: str) -> str:
    marked = re.sub(r"<(?:del|ins)><span class=\"unseen\">(struck|added): </span>", r"{\1:", html)
    marked = marked.replace("{struck:", "[").replace("</del>", "]").replace("{added:", "{").replace("</ins>", "}")
    return " ".join(unescape(re.sub("<[^>]+>", " ", marked)).split())


def test_a_corrected_turn_stands_whole_with_its_words_struck_and_added(office: Office) -> None:
    html = page(office, f"{TALK}editions/2/changes")
    assert "The talks open in Tessmark on [12]{2} April." in turn(html, 4)
    assert "That is all." in turn(html, 4)
    assert "It is 2 April." in html
    assert "Places changed: 3" in html
    assert "Turns changed: 1 of 8" in html


def test_unchanged_turns_fold_to_a_line_and_the_question_stays_above_its_answer(office: Office) -> None:
    html = page(office, f"{TALK}editions/2/changes")
    folds = re.findall(r'<details class="fold".*?</details>', html, re.DOTALL)
    assert [re.findall(r'id="(t\d+)"', fold) for fold in folds] == [["t1", "t2"], ["t5", "t6", "t7", "t8"]]
    assert "Unchanged turns: 2." in folds[0]
    assert html.index('id="t3"') > html.index("</details>", html.index('class="fold"')), (
        "the question of the changed answer is not folded away"
    )


def test_what_became_of_turns_is_said_in_words(office: Office) -> None:
    html = page(office, f"{TALK}editions/3/changes")
    assert "moved. In edition 2 it followed turn 7." in turn(html, 8).replace("\xa0", " ")
    assert "divided: its words go on in turn 9" in turn(html, 6).replace("\xa0", " ")
    assert turn(html, 6).endswith("It sails from the first Monday of May."), "no word counts as struck"
    assert "these words stood in turn 6." in turn(html, 9).replace("\xa0", " ")
    assert turn(html, 9).endswith("Tickets are sold at the quay from Thursday on.")
    assert "some of these words stood in turn 2." in turn(html, 1).replace("\xa0", " ")
    assert "words of this turn now stand in turn 1." in turn(html, 2).replace("\xa0", " ")
    assert "taken out. [A last word before you leave us?]" in turn(html, 7)
    assert "was added. {(A bell rings.)}" in turn(html, 10)
    assert "Answers of the ambassador [ to Harbour Hour]" in _said(html).replace("ambassador[", "ambassador [")


def test_a_text_is_compared_passage_by_passage_with_its_facts_links_and_files(office: Office) -> None:
    said = _said(page(office, f"{FERRY}editions/2/changes"))
    assert "Monday | [09:00] {10:00}" in said.replace("]{", "] {")
    assert "Tessmark → https://[ferry] {other}.example/" in said.replace("]{", "] {")
    assert "The words are the same. Their form was changed" in said
    assert "Delivered {2 March 2026}" in said
    assert "A harbour · At [noon] {night}" in said.replace("]{", "] {")
    assert "Paragraphs changed: 2 of 6" in said
    assert "Bring a lantern" in said, "what is folded can be opened without a script"


def test_the_list_of_editions_and_the_note_lead_to_each_comparison(office: Office) -> None:
    for path in (TALK, f"{TALK}editions/3/", f"{TALK}editions/2/"):
        html = page(office, path)
        assert f'href="/{TALK}editions/2/changes/">What changed</a>' in html
        assert f'href="/{TALK}editions/1/changes/"' not in html
    assert f'href="/{TALK}editions/3/changes/"' in page(office, TALK)
    assert f"{TALK}editions/3/changes/" not in page(office, f"{TALK}editions/2/changes"), "it knows no later edition"
    assert '<meta name="robots" content="noindex">' in page(office, f"{TALK}editions/2/changes")
    assert not any("changes" in path.read_text() for path in office.site.rglob("sitemaps/*.xml"))


def test_where_an_edition_is_withdrawn_no_word_is_said_to_have_changed(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    office.publish(Draft(id_of("a"), "withdraw", message("a", state="withdrawn", notice="No longer current.")))
    html = page(office, "en/statements/2026/03/03/a/editions/2/changes")
    assert "No word was changed between these editions." in html
    assert "No longer current." in html


def test_with_a_removed_edition_nothing_is_compared_and_no_word_is_shown(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    talk, path = id_of("talk"), f"{TALK}editions"
    office.publish(Draft(talk, "publish", interview(TURNS)))
    office.publish(Draft(talk, "remove", interview(TURNS, state="removed", notice="By mistake.")))
    assert f"{path}/2/changes\t410" in (office.site / "redirects/0.tsv").read_text()
    assert "lanterns" not in page(office, f"{path}/2/changes")
    office.publish(Draft(talk, "return", interview(TURNS)))
    gone, returned = page(office, f"{path}/2/changes"), page(office, f"{path}/3/changes")
    assert "lanterns" not in gone + returned
    assert "By mistake." in gone
    assert "is not shown any more" in returned
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_an_erasure_takes_the_words_out_of_every_comparison(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    secret = "A person named here lives at seven Quay Street."
    first, second = message("a", "It sails at nine.", blocks=[secret, "It sails."]), message("a", blocks=["It sails."])
    office.publish(Draft(id_of("a"), "publish", first))
    office.publish(Draft(id_of("a"), "correct", {**second, "note": "A sentence too many."}))
    path = "en/statements/2026/03/03/a/editions/2/changes"
    assert secret in page(office, path)
    reader = FolderReader(office.record)
    editions = [reader.edition(entry) for entry in reader.entries(0, reader.size()) if entry.id == id_of("a")]
    parts = frozenset(part for one in editions for part, salted in one.texts.items() if salted.text == secret)
    office.publish(Draft(id_of("a"), "erase", {**second, "ground": "Asked for."}, erase=parts))
    assert secret not in page(office, path)
    assert "A passage that stood here has been erased." in page(office, path)
    assert not [one for one in office.site.rglob("*.html") if "seven Quay" in one.read_text()]
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def erasing(office: Office, ident: str, words: str) -> frozenset[str]:
    """The parts of an id that have these words."""
    reader = FolderReader(office.record)
    editions = [reader.edition(entry) for entry in reader.entries(0, reader.size()) if entry.id == ident]
    return frozenset(part for one in editions for part, salted in one.texts.items() if salted.text == words)


@pytest.mark.parametrize("has_turns", [False, True])
def test_what_the_law_took_is_not_called_a_change_of_form(tmp_path: Path, has_turns: bool) -> None:
    office = make_office(tmp_path)
    secret = "A person named here lives at seven Quay Street."

    def content(block: dict[str, Any], **more: Any) -> dict[str, Any]:
        blocks = ["It sails at nine.", block]
        turns = [{"id": "t1", "kind": "remark", "blocks": blocks}]
        said = {**message("a", **more), "blocks": blocks, "turns": turns}
        del said["blocks" if has_turns else "turns"]
        return said

    block = {"kind": "quotation", "text": secret, "marks": [[2, 8, "strong"]]}
    office.publish(Draft(id_of("a"), "publish", content(block)))
    parts = erasing(office, id_of("a"), secret)
    office.publish(Draft(id_of("a"), "erase", content({"kind": "quotation"}, ground="Asked for."), erase=parts))
    path = "en/statements/2026/03/03/a/editions/2/changes"
    told = page(office, path)
    assert "Words that stood here were erased by law." in told
    assert "Their form was changed" not in told
    assert findings(office.public) == []
    file = office.site / path / "index.html"
    file.write_text(told.replace("Words that stood here were erased by law.", FORM), "utf-8")
    assert any("Their form was changed" in one for one in findings(office.public)), (
        "a finding shows the sentence cut short"
    )


def test_a_form_that_changed_is_called_so_where_a_place_was_erased_before(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("a"), "publish", message("a", blocks=["It sails at nine.", "Her name."])))
    parts = erasing(office, id_of("a"), "Her name.")
    office.publish(
        Draft(id_of("a"), "erase", message("a", blocks=["It sails at nine.", {"kind": "paragraph"}]), erase=parts)
    )
    other = [{"kind": "heading", "level": 2, "text": "It sails at nine."}, {"kind": "paragraph"}]
    office.publish(Draft(id_of("a"), "update", message("a", blocks=other)))
    assert FORM in page(office, "en/statements/2026/03/03/a/editions/3/changes")
    assert findings(office.public) == []


@pytest.fixture(scope="module")
def site(office: Office) -> Iterator[str]:
    with served(office.public) as running:
        yield f"http://127.0.0.1:{running.port}"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
def test_axe_finds_nothing_and_no_page_is_wider_than_a_phone(office: Office, site: str) -> None:
    office.publish(Draft(id_of("talk ar"), "correct", arabic_corrected()))
    paths = (f"{TALK}editions/3/changes/", f"{TALK_AR}editions/2/changes/", f"{FERRY}editions/2/changes/")
    with chromium() as browser:
        context = browser.new_context(bypass_csp=True)
        for path in paths:
            shown, wrong = opened(context, f"{site}/{path}")
            shown.add_script_tag(path=AXE)
            for width, dark in ((1280, False), (390, True)):
                shown.set_viewport_size({"width": width, "height": 800})
                shown.emulate_media(color_scheme="dark" if dark else "light")
                found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
                assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], (path, width)
                assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert wrong == []
            shown.close()


def arabic_corrected() -> dict[str, object]:
    content = interview([], "ar", translation="unofficial", note="صُحّح التاريخ.")
    words = "تُفتتح المحادثات في تسمارك في 2 نيسان."
    return {**content, "turns": [{"id": "t4", "kind": "answer", "speaker": 0, "blocks": [words]}]}


def test_a_fold_opens_without_a_script(site: str) -> None:
    with chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        shown = context.new_page()
        shown.goto(f"{site}/{TALK}editions/2/changes/")
        assert not shown.locator("#t1").is_visible()
        shown.locator("summary", has_text="Unchanged turns: 2").click()
        assert shown.locator("#t1").is_visible()
        assert shown.locator("details[open] .fold-hide").is_visible()


def test_a_changed_passage_has_the_whole_measure(site: str) -> None:
    """Lists have passages, too, and theirs is narrower by the margin that this one keeps."""
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        shown.goto(f"{site}/{FERRY}editions/2/changes/")
        widths = [shown.locator(one).first.bounding_box() for one in (".passage .turn-words", ".exchange")]
        passage, whole = [box["width"] for box in widths if box]
        assert whole - passage == 200, "the margin and the gap"
