"""An office may choose any colour; its words stay readable by day and by night."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from communique.press.bundle import office_stylesheet
from communique.press.colour import DARK, ENOUGH, LIGHT, LINE, contrast, readable, washed

READABLE = 4.5
"""WCAG 2.2 AA, for words"""


def test_any_colour_is_moved_until_it_is_readable_on_every_paper() -> None:
    steps = ("00", "33", "66", "99", "cc", "ff")
    for red, green, blue in product(steps, repeat=3):
        for papers in (LIGHT, DARK):
            found = readable(f"#{red}{green}{blue}", papers)
            assert all(contrast(found, paper) >= ENOUGH for paper in papers), (red, green, blue, papers)


def test_a_thousand_colours_by_chance_and_every_extreme_pass_on_both_papers_with_their_washes() -> None:
    chance = Random(2027)
    colours = [f"#{chance.randrange(1 << 24):06x}" for _ in range(1000)]
    colours += [f"#{red}{green}{blue}" for red, green, blue in product(("00", "01", "fe", "ff"), repeat=3)]
    for colour in colours:
        for papers, ink, share in ((LIGHT, "#1b1d1f", 0.09), (DARK, "#e8e5de", 0.14)):
            found = readable(colour, papers)
            assert all(contrast(found, paper) >= ENOUGH for paper in papers), (colour, papers)
            assert contrast(papers[0], found) >= ENOUGH, "words of paper on a button of the colour"
            wash = washed(found, papers[0], share)
            assert contrast(ink, wash) >= ENOUGH, (colour, wash)
            assert contrast(found, wash) >= READABLE, (colour, wash)
            line = readable(colour, papers, LINE)
            assert all(contrast(line, paper) >= LINE for paper in papers), "the office's second, as a line"


def test_a_colour_that_is_readable_is_left_as_it_is() -> None:
    assert readable("#124559", LIGHT) == "#124559"
    assert readable("#8fc3d6", DARK) == "#8fc3d6"


@pytest.mark.parametrize(("colour", "strongest"), [("#ff0000", 0), ("#00aa00", 1), ("#0000ff", 2)])
def test_a_moved_colour_keeps_its_hue(colour: str, strongest: int) -> None:
    for papers in (LIGHT, DARK):
        parts = [int(readable(colour, papers)[start : start + 2], 16) for start in (1, 3, 5)]
        assert max(parts) == parts[strongest]


def test_ink_stands_out_on_the_wash_of_any_colour() -> None:
    for colour in ("#000000", "#ff0000", "#ffd700", "#00ff00", "#ffffff"):
        assert contrast("#1b1d1f", washed(readable(colour, LIGHT), LIGHT[0])) >= ENOUGH
        assert contrast("#e8e5de", washed(readable(colour, DARK), DARK[0], 0.14)) >= ENOUGH


def test_the_office_style_sheet_holds_colours_and_arms_only() -> None:
    sheet = office_stylesheet("#ffd700", "a" * 64).decode()
    assert f'mask-image: url("/files/{"a" * 64}.svg")' in sheet
    assert "mask-image" not in office_stylesheet("#ffd700").decode()
    assert "--second" not in office_stylesheet("#ffd700").decode()
    assert office_stylesheet("#ffd700", None, "#c08a1e").decode().count("--second: #") == 2, "by day and by night"
