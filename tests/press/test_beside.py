"""Two languages side by side: turn against turn, the original marked, and what is behind it said turn by turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest

from browser import chromium, opened
from communique.press.beside import aligned, units_of
from communique.record.reader_folder import FolderReader
from offices import Draft, Office, id_of, make_office, message
from press.talks import ARABIC, TALK, TALK_AR, TURNS, interview, publish_talks
from public_folder import served
from sites import baked_from_copy, differences, files_of

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
BESIDE = f"{TALK}beside/ar/"
BEHIND = "وهذه الترجمة أقدم"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("beside"), ("en", "ar"))
    publish_talks(made)
    return made


def page(office: Office, path: str) -> str:
    return (office.site / path / "index.html").read_text("utf-8")


def pairs(html: str) -> dict[str, str]:
    found = re.findall(r'<section class="pair [a-z]+" id="(t\d+)".*?</section>', html, re.DOTALL)
    whole = re.findall(r'<section class="pair [a-z]+" id="t\d+".*?</section>', html, re.DOTALL)
    return dict(zip(found, whole, strict=True))


def test_turn_stands_against_turn_each_in_its_own_language_and_direction(office: Office) -> None:
    found = pairs(page(office, BESIDE))
    assert list(found)[:3] == ["t8", "t1", "t2"], "a turn that only the other language has follows the one it followed"
    for place, language, direction, script, words in (
        ("start", "en", "ltr", "plain", "Will the second round"),
        ("end", "ar", "rtl", "arabic", "هل تغيّر"),
    ):
        mark = " original" if language == "en" else ""
        cell = f'<div class="side {place}{mark} text" lang="{language}" dir="{direction}" data-script="{script}">'
        assert words in found["t3"].split(cell)[1].split("</div>")[0]
    assert 'aria-label="Turn\u00a02, link">2</a>' in found["t2"], (
        "numbers are the page's, whichever language has the turn"
    )
    assert "غير وارد بهذه اللغة." in found["t5"]
    assert "Not in this language." in found["t2"]


def test_paragraphs_of_one_turn_stand_against_each_other(office: Office) -> None:
    texts = re.findall(
        r'<div class="side (?:start original|end) text".*?</div>', pairs(page(office, BESIDE))["t4"], re.DOTALL
    )
    assert ["That is all." in text for text in texts] == [False, False, True, False]
    assert "هذا كل شيء" in texts[3]


def test_the_original_is_marked_in_its_own_words_and_both_editions_are_pinned(office: Office) -> None:
    head = page(office, BESIDE).split('<div class="words">')[0]
    assert '<span class="side-original">This is the original text.</span>' in head
    assert head.count("side-original") == 1
    assert "ترجمة غير رسمية" in head
    assert f'href="/{TALK}editions/3/"' in head
    assert f'href="/{TALK_AR}editions/1/"' in head
    canonical = re.search(r'rel="canonical" href="https://[^/]+/([^"]*)"', page(office, BESIDE))
    assert canonical
    assert canonical[1] == TALK


def test_each_turn_of_each_side_leads_to_where_it_can_be_quoted(office: Office) -> None:
    found = pairs(page(office, BESIDE))
    link = re.compile(r'<a class="side-quote" href="([^"]*)" aria-label="([^"]*)">([^<]*)')
    links = {id_: link.findall(html) for id_, html in found.items()}
    english, arabic = f"/{TALK}editions/3/", f"/{TALK_AR}editions/1/"
    assert links["t3"] == [(f"{english}#t3", "Quote 3", "Quote"), (f"{arabic}#t3", "اقتباس ٣", "اقتباس")]
    assert [target for target, *_ in links["t2"]] == [f"{arabic}#t2"], "the other language does not have it"
    for target, *_ in (one for some in links.values() for one in some):
        path, _, id_ = target.partition("#")
        assert f'id="{id_}"' in page(office, path.strip("/"))
        assert "data-quoting=" in page(office, path.strip("/"))


def test_only_turns_whose_original_changed_later_are_behind_until_the_translation_is_mended(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "ar"))
    publish_talks(office)
    late = [id_ for id_, html in pairs(page(office, BESIDE)).items() if BEHIND in html]
    assert late == ["t1", "t4"], "both were changed since"
    turns = deepcopy(ARABIC)
    turns[3]["blocks"][0] = "تُفتتح المحادثات في تسمارك في 2 نيسان."
    mended = interview(turns, "ar", translation="unofficial", note="صُحّح التاريخ.")
    office.publish(Draft(id_of("talk ar"), "correct", mended))
    assert BEHIND not in page(office, BESIDE)
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_the_language_line_of_both_leads_to_the_one_page(office: Office) -> None:
    assert f'href="/{BESIDE}">side by side</a>' in page(office, TALK)
    assert f'href="/{BESIDE}">جنبًا إلى جنب</a>' in page(office, TALK_AR)
    assert not (office.site / TALK_AR / "beside").exists()
    assert not any("beside" in path.read_text() for path in office.site.rglob("sitemaps/*.xml"))


def test_a_message_in_three_languages_has_three_pages_of_two(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "fr", "ar"))
    for language in ("fr", "en", "ar"):
        office.publish(Draft(id_of(language), "publish", message("a", language=language, original="fr")))
    found = sorted(str(one.relative_to(office.site)) for one in office.site.glob("*/statements/**/beside/*/index.html"))
    start = "statements/2026/03/03/a/beside"
    assert found == [f"en/{start}/ar/index.html", f"fr/{start}/ar/index.html", f"fr/{start}/en/index.html"]


def test_a_version_that_is_removed_or_erased_leaves_no_word_beside_the_other(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "ar"))
    arabic = interview(ARABIC, "ar")
    office.publish(Draft(id_of("talk"), "publish", interview(TURNS)), Draft(id_of("talk ar"), "publish", arabic))
    removed = {**arabic, "state": "removed", "notice": "أُرسل خطأً."}
    office.publish(Draft(id_of("talk ar"), "remove", removed))
    assert "الفوانيس" not in page(office, BESIDE)
    assert "أُرسل خطأً." in page(office, BESIDE)
    assert BESIDE not in page(office, TALK), "nothing leads to what is gone"
    office.publish(Draft(id_of("talk ar"), "return", arabic))
    assert "الفوانيس" in page(office, BESIDE)
    reader = FolderReader(office.record)
    editions = [reader.edition(entry) for entry in reader.entries(0, reader.size()) if entry.id == id_of("talk")]
    bare = {key: value for key, value in interview([]).items() if key not in ("address", "title", "speakers")}
    everything = frozenset(part for one in editions for part in one.texts)
    office.publish(Draft(id_of("talk"), "erase", {**bare, "ground": "Asked for."}, erase=everything))
    assert not (office.site / BESIDE / "index.html").exists(), "its address was erased with the words"
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_texts_are_set_passage_against_passage_so_that_lengths_fit() -> None:
    long, short = "A long sentence of many words that goes on for quite a while. " * 3, "A short one."
    first, second = units_of([long, short, "The end."]), units_of([long[:90], long[90:], short, "The end."])
    assert [(len(a), len(b)) for a, b in aligned(first, second)] == [(1, 2), (1, 1), (1, 1)]
    items = [{"kind": "item", "text": "One"}, {"kind": "item", "text": "Two"}]
    assert units_of(["A", *items, "B"]) == [["A"], items, ["B"]]
    assert aligned([], units_of(["A"])) == [([], ["A"])]


@pytest.fixture(scope="module")
def site(office: Office) -> Iterator[str]:
    with served(office.public) as running:
        yield f"http://127.0.0.1:{running.port}"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
def test_wide_the_two_stand_in_one_line_and_on_a_phone_one_below_the_other(site: str) -> None:
    with chromium() as browser:
        context = browser.new_context(bypass_csp=True)
        shown, wrong = opened(context, f"{site}/{BESIDE}")
        shown.add_script_tag(path=AXE)
        for width, dark in ((1280, False), (390, True)):
            shown.set_viewport_size({"width": width, "height": 800})
            shown.emulate_media(color_scheme="dark" if dark else "light")
            first, second = (shown.locator(f"#t3 > .{side}.text").bounding_box() for side in ("start", "end"))
            assert first
            assert second
            side_by_side = second["x"] >= first["x"] + first["width"]
            assert side_by_side == (width == 1280)
            assert (second["y"] >= first["y"] + first["height"]) == (width == 390)
            tops = [shown.locator(f"#t3 > .{one}").bounding_box() for one in ("start.side-turn", "end.side-turn")]
            above = [mark["y"] < words["y"] for mark, words in zip(tops, (first, second), strict=True) if mark]
            assert above == [True, True]
            assert bool(tops[1] and tops[1]["y"] > first["y"]) == (width == 390), "each is under who speaks in it"
            found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], width
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert wrong == []


def test_words_are_stressed_as_the_script_of_their_side_does_it(site: str) -> None:
    made = """(side) => { const em = document.createElement("em"); em.textContent = "x";
      document.querySelector(`#t3 > .${side}.text > p`).append(em);
      const style = getComputedStyle(em); return [style.fontStyle, style.textDecorationLine]; }"""
    with chromium() as browser:
        shown, _ = opened(browser.new_context(bypass_csp=True), f"{site}/{BESIDE}")
        for script in ("plain", "arabic"):
            shown.evaluate("(script) => { document.documentElement.dataset.script = script; }", script)
            found = [shown.evaluate(made, side) for side in ("start", "end")]
            assert found == [["italic", "none"], ["normal", "underline"]], f"on a page in {script}"


def test_each_turn_of_the_original_says_that_it_is_and_arrows_go_from_turn_to_turn(site: str) -> None:
    with chromium() as browser, closing(browser.new_context()) as context:
        shown, wrong = opened(context, f"{site}/{BESIDE}")
        shown.locator("#t1 > .turn-number").focus()
        for _ in range(3):
            shown.keyboard.press("ArrowDown")
        assert shown.evaluate("document.activeElement.getAttribute('href')") == "#t4"
        assert shown.locator("#t4 .side-original").all_inner_texts() == ["original"]
        assert shown.locator("#t4 .start.text.original").count() == shown.locator("#t4 .start.text").count() > 0
        assert shown.locator(".end.original").count() == 0
        assert wrong == []
