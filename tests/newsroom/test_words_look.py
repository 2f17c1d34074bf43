"""The words editor can be used by everybody and stays fluent: barriers, narrow screens, ten thousand words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.newsroom.words_widget import Beside, Given
from conftest import Report
from newsroom.words_page import INTERVIEW, PEOPLE, Desk, Editor
from newsroom.words_page import desk as running_desk

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARABIC: dict[str, Any] = {
    "speakers": [{"name": "أوريل تافنمارك", "role": "السفير"}],
    "turns": [
        {"id": "t1", "kind": "question", "questioner": "برام", "blocks": ["متى تبحر العبّارة؟"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["يوم الجمعة الأول من مايو."]},
        {"id": "t3", "kind": "answer", "mark": "أ. ت.", "blocks": []},
    ],
    "next": 4,
}
REMARK = {"id": 4, "who": "Osk", "state": "mend", "text": "On Monday?", "old": False, "waits": True, "of": ""}
TURNS, WORDS_A_TURN = 200, 50
LIMIT_KEY_MS, LIMIT_TURN_MS = 50, 100
# From the key until the next frame is painted: the frame's callback runs before it, the message after.
TIMED = """() => { window.taken = []; addEventListener("keydown", () => { const began = performance.now();
    requestAnimationFrame(() => { const channel = new MessageChannel();
        channel.port1.onmessage = () => taken.push(performance.now() - began);
        channel.port2.postMessage(0) }) }, true) }"""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with running_desk() as running:
        yield running


def long_text() -> dict[str, Any]:
    """Ten thousand words in two hundred turns, questions and answers."""
    turns: list[dict[str, Any]] = []
    for number in range(1, TURNS + 1):
        words = [f"word{(number * 31 + place) % 97}" for place in range(WORDS_A_TURN)]
        if number % 2:
            turns.append({"id": f"t{number}", "kind": "question", "blocks": [" ".join(words)]})
        else:
            halves = [" ".join(words[:25]), " ".join(words[25:])]
            turns.append({"id": f"t{number}", "kind": "answer", "speaker": 0, "blocks": halves})
    return {"speakers": [{"name": "Oriel Tavenmark"}], "turns": turns, "next": TURNS + 1}


def barriers(editor: Editor) -> list[tuple[str, str]]:
    """What axe-core finds on the page as it is."""
    found = editor.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found["violations"]]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
@pytest.mark.parametrize(
    ("value", "given", "lang"),
    [
        (
            INTERVIEW,
            Given(language="en", people=PEOPLE, states={"t2": "stale"}, counts={"t1": 2}, remarks={"t2": [REMARK]}),
            "en",
        ),
        (ARABIC, Given(language="ar", beside=Beside(INTERVIEW, "en")), "ar"),
        (
            {"speakers": INTERVIEW["speakers"], "blocks": ["A statement."], "next": 1},
            Given(language="en", people=PEOPLE),
            "en",
        ),
    ],
    ids=["interview", "beside", "plain"],
)
def test_axe_finds_nothing_in_any_mode(desk: Desk, value: dict[str, Any], given: Given, lang: str) -> None:
    with desk.edited(value, given, lang=lang) as editor:
        editor.page.evaluate(AXE.read_text())
        for width, dark in ((1280, False), (390, True)):
            editor.page.set_viewport_size({"width": width, "height": 844})
            editor.page.emulate_media(color_scheme="dark" if dark else "light")
            editor.page.locator(".words-said").first.click()
            assert barriers(editor) == [], width
            editor.keys("Escape", "?")
            assert barriers(editor) == [], width
            editor.keys("?", "+")
            assert barriers(editor) == [], width
            editor.keys("Escape", "e")
            assert barriers(editor) == [], width
            editor.keys("Escape")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_phone_shows_everything_without_moving_sideways(desk: Desk, lang: str) -> None:
    given = Given(language="ar", beside=Beside(INTERVIEW, "en"), states={"t1": "stale"})
    with desk.edited(ARABIC, given, (390, 844), lang=lang) as editor:
        editor["t2"].click()
        editor.page.get_by_role("button", name="turn keys").click()
        assert editor.page.evaluate("document.documentElement.scrollWidth") == 390
        editor.page.get_by_role("button", name="N Note").click()
        assert editor.turn("t2")["kind"] == "note"


def test_the_theme_of_the_desk_decides_over_that_of_the_system(desk: Desk) -> None:
    paper = "getComputedStyle(document.querySelector('words-editor')).backgroundColor"
    seen = {}
    for theme in ("w-theme-light", "w-theme-dark", "w-theme-system", ""):
        with desk.edited(INTERVIEW, theme=theme) as editor:
            for system in ("light", "dark"):
                editor.page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
                seen[theme, system] = editor.page.evaluate(paper) == "rgb(21, 24, 27)"
    assert [seen["w-theme-light", system] for system in ("light", "dark")] == [False, False]
    assert [seen["w-theme-dark", system] for system in ("light", "dark")] == [True, True]
    assert [seen[theme, system] for theme in ("w-theme-system", "") for system in ("light", "dark")] == [
        False,
        True,
    ] * 2


def test_ten_thousand_words_in_two_hundred_turns_stay_fluent(desk: Desk, figures: Report, full_numbers: bool) -> None:
    letters = 300 if full_numbers else 60
    with desk.edited(long_text()) as editor:
        ready = editor.page.evaluate("performance.getEntriesByName('words-ready')[0].startTime")
        editor.page.evaluate(TIMED)
        editor.at("t100")
        keys = taken(editor, lambda: editor.page.keyboard.type(("the quick brown fox " * 20)[:letters], delay=15))
        turns: list[float] = []
        for key in ["Control+Enter", "Control+Backspace", "Alt+ArrowUp", "Alt+ArrowDown"] * (8 if full_numbers else 3):
            turns += taken(editor, lambda key=key: editor.keys(key))[-1:]  # type: ignore[misc]
        assert len(editor.value["turns"]) == TURNS
    figures(
        "words-editor",
        "ten thousand words in 200 turns: milliseconds until the editor is ready, a key and a change of turns (p95)",
        {"ready": round(ready), "key_p95": p95(keys), "turn_p95": p95(turns), "keys": len(keys), "turns": len(turns)},
    )
    # On a machine that does other things, too, the median is what can be promised; the full run asks for p95.
    at = 0.95 if full_numbers else 0.5
    assert sorted(keys)[int(len(keys) * at)] < LIMIT_KEY_MS
    assert sorted(turns)[int(len(turns) * at)] < LIMIT_TURN_MS


def taken(editor: Editor, does: Any) -> list[float]:
    """The milliseconds that each key took, until its frame was shown."""
    editor.page.evaluate("taken.length = 0")
    does()
    editor.page.wait_for_timeout(100)
    found: list[float] = editor.page.evaluate("taken")
    assert found
    return found


def p95(times: list[float]) -> float:
    return round(sorted(times)[int(len(times) * 0.95)], 1)
