"""An office may choose any colour; its words stay readable by day and by night."""

from __future__ import annotations

from itertools import product

import pytest

from communique.press.bundle import office_stylesheet
from communique.press.colour import DARK, ENOUGH, LIGHT, contrast, readable, washed


def test_any_colour_is_moved_until_it_is_readable_on_every_paper() -> None:
    steps = ("00", "33", "66", "99", "cc", "ff")
    for red, green, blue in product(steps, repeat=3):
        for papers in (LIGHT, DARK):
            found = readable(f"#{red}{green}{blue}", papers)
            assert all(contrast(found, paper) >= ENOUGH for paper in papers), (red, green, blue, papers)


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
