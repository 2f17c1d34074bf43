"""The bill of materials: what may be given away, and what it would refuse."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bill() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bill", ROOT / "ground" / "bill.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "GPL-3.0-only OR MIT",
        "(MIT OR GPL-2.0-only) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
        "OFL-1.1",
    ],
)
def test_a_licence_that_lets_us_give_it_away_is_taken(bill: ModuleType, expression: str) -> None:
    assert bill.may_be_given_away(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND AGPL-3.0-only",
        "LicenseRef-not-stated",
        "MIT-ish",
    ],
)
def test_a_licence_that_does_not_is_refused(bill: ModuleType, expression: str) -> None:
    assert not bill.may_be_given_away(expression)


def test_of_a_choice_of_licences_only_those_that_we_take_are_named(bill: ModuleType) -> None:
    assert bill.chosen_from(part("MIT OR GPL-2.0-only")) == {"MIT"}


def test_each_font_file_that_the_press_serves_is_in_it_with_its_licence(bill: ModuleType) -> None:
    served = {path.name for path in (ROOT / "src/communique/press/assets/fonts").rglob("*.woff2")}
    listed = list(bill.fonts())
    assert served
    assert {font["name"] for font in listed} == served
    assert {font["licenses"][0]["expression"] for font in listed} == {"OFL-1.1"}


def test_a_bill_without_fonts_and_with_a_part_inside_that_may_not_be_given_away_is_refused(bill: ModuleType) -> None:
    whole = {"components": [{**part("MIT"), "components": [part("GPL-3.0-only")]}]}
    faults = list(bill.refused(whole))
    assert len(faults) == 2
    assert "GPL-3.0-only" in faults[0]
    assert "no font found" in faults[1]


def part(expression: str) -> dict[str, Any]:
    return {"bom-ref": "a", "name": "a", "licenses": [{"expression": expression}]}
