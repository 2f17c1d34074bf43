"""How sure a field is called is what is known of the way in which it was found: counted, and measured held out.

`ways.tsv` has for each batch of pages how often each way of finding a field was right. "fresh" is the first reading of
the third batch by the program of 50cf926a, and of the fourth, fifth and sixth by that of 7aed2987 (three things had
been mended after the fourth); the ways are those of `ways.py` in both. "mended" are the open cases and the first three
batches by the latter, which was written beside them.

Before, by judgements of hand, 0.73 (third), 0.83 (fourth), 0.71 (fifth) and 0.86 (sixth) of the fields called sure at
a first reading were right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.importing import ways
from communique.importing.confidence import SURE
from communique.importing.ways import Way, sureness_of

ROWS = list(csv.DictReader((Path(__file__).parent / "ways.tsv").open(encoding="utf-8"), delimiter="\t"))
BATCHES = ("third", "fourth", "fifth", "sixth")
LEAST_HELD_OUT = {"third": 0.88, "fourth": 0.97, "fifth": 1.0, "sixth": 0.96}
LEAST_OF_ALL = 0.929
Counts = dict[tuple[str, str], dict[str, tuple[int, int]]]


def counts(without: str = "") -> Counts:
    """Field and way -> fresh and mended, of all batches but one."""
    found: Counts = defaultdict(lambda: {"fresh": (0, 0), "mended": (0, 0)})
    for row in ROWS:
        if row["batch"] != without:
            own = found[row["field"], row["way"]]
            own[row["how"]] = (own[row["how"]][0] + int(row["right"]), own[row["how"]][1] + int(row["of"]))
    return found


def every_way() -> list[Way]:
    return [one for one in vars(ways).values() if isinstance(one, Way)]


def test_each_way_has_the_counts_of_the_pages() -> None:
    told = sorted((one["fresh"], one["mended"], way) for (_, way), one in counts().items())
    assert told == sorted((way.fresh, way.mended, way.because) for way in every_way() if way.fresh[1] + way.mended[1])


def test_no_two_ways_are_told_in_the_same_words() -> None:
    told = [way.because for way in every_way()]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("fresh", "mended", "sure"),
    [((0, 0), (0, 0), False), ((0, 0), (24, 24), False), ((3, 3), (24, 24), True), ((9, 10), (54, 54), True)],
)
def test_a_way_is_sure_by_fresh_pages_before_mended_ones(
    fresh: tuple[int, int], mended: tuple[int, int], sure: bool
) -> None:
    assert (sureness_of(fresh, mended) >= SURE) is sure


def held_out(batch: str) -> tuple[int, int, int]:
    """Of a batch at its first reading: how many of the fields that the other batches call sure are right, how many
    they call so, and how many there are."""
    known = counts(without=batch)
    own = [row for row in ROWS if (row["batch"], row["how"]) == (batch, "fresh")]
    sure = [row for row in own if sureness_of(**known[row["field"], row["way"]]) >= SURE]
    return sum(int(r["right"]) for r in sure), sum(int(r["of"]) for r in sure), sum(int(r["of"]) for r in own)


def test_what_other_batches_call_sure_is_right_on_the_one_held_out(figures: Callable[..., None]) -> None:
    found = {batch: held_out(batch) for batch in BATCHES}
    right, sure, fields = (sum(numbers) for numbers in zip(*found.values(), strict=True))
    shown = {f"{batch} batch": f"{r} of {s} called sure, of {n}" for batch, (r, s, n) in found.items()}
    shown["all"] = f"{right} of {sure} called sure, of {fields}"
    figures("held-out-sureness", "Of fields that other pages' evidence calls sure, how many are right?", shown)
    assert {batch: r / s for batch, (r, s, _) in found.items() if r / s < LEAST_HELD_OUT[batch]} == {}
    assert right / sure >= LEAST_OF_ALL
    assert sure > 350
