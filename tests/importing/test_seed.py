"""The first real page, where it lies beside the project: full marks from its own scorer, every line understood."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communique.importing.capture import capture
from communique.importing.page import understand
from communique.importing.record_json import as_record

SHARED = Path(__file__).parents[3] / "shared"
PAGE = SHARED / "seed" / "embassy-page.txt"
CASES = SHARED / "import-cases"
CASE = "uk-rusemb-20200914-lavrov"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason=f"the first real page is not here ({PAGE})")


def test_the_seed_is_understood_with_its_furniture() -> None:
    page = understand(capture(PAGE.read_bytes(), name=PAGE.name))
    furniture = as_record(page)["furniture"]
    assert page.not_understood == ()
    assert furniture["day"] == "2020-10-25"
    assert furniture["clocks"] == [["Moscow", "Europe/Moscow", "03:03"], ["London", "Europe/London", "01:03"]]
    assert [counter[:2] for counter in furniture["counters"]] == [[966, "2018-03-04"], [958, "2018-03-12"]]
    assert furniture["contacts"] == [["Consular queries", "+44 (0) 203 668 7474", "info@rusemb.org.uk"]]
    assert page.surroundings.told_at is not None
    assert page.surroundings.told_at.isoformat() == "2020-10-25T00:03:00+00:00"


def test_the_seed_has_full_marks_in_every_field(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / f"{CASE}.json").write_bytes((CASES / "gold" / f"{CASE}.json").read_bytes())
    page = understand(capture((CASES / "pages" / f"{CASE}.txt").read_bytes(), name=CASE))
    (tmp_path / f"{CASE}.json").write_text(json.dumps(as_record(page)), "utf-8")
    command = [sys.executable, str(CASES / "score.py"), str(tmp_path), "--gold", str(gold), "--json"]
    marks = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["all"]
    assert marks.pop("cases") == 1
    assert marks.pop("chrome_leaks")[0] == 0
    assert marks.pop("pages_with_leaks")[0] == 0
    assert {field: mark for field, (mark, _) in marks.items() if mark != 1} == {}
    assert len(marks) >= 20


@pytest.mark.parametrize(
    "row", (SHARED / "seed" / "clocks.tsv").read_text("utf-8").splitlines()[1:] if PAGE.exists() else []
)
def test_each_capture_of_that_site_tells_its_day_clocks_and_starting_days(row: str) -> None:
    dateline, moscow, london, first, second = row.split("\t")
    counters = [f"{first} days have passed since one", f"{second} days have passed since two"] if first else []
    text = "\n\n".join(
        [f"{dateline}\nMoscow: {moscow}\nLondon: {london}", *counters, "NEWS", "On the lamp", "It burns." * 9]
    )
    around = understand(capture(text.encode(), name=dateline)).surroundings
    assert [clock.zone for clock in around.clocks] == ["Europe/Moscow", "Europe/London"]
    assert around.day is not None
    assert [str(c.since(around.day)) for c in around.counters] == (["2018-03-04", "2018-03-12"] if first else [])
