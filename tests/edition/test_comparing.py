"""Words of two texts, compared: nothing is lost of either, and what is shown can be read, in any script."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.edition.comparing import ERASED, compared, compared_lines, in_order, lines_of, moved, words_of


def said(before: str, after: str) -> str:
    """The stretches as one line: struck in [], added in {}."""
    forms = {"same": "{}", "struck": "[{}]", "added": "{{{}}}"}
    return "".join(forms[one.sort].format(one.text) for one in compared(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("On Monday, at ten.", "On Friday, at ten.", "On [Monday]{Friday}, at ten."),
        ("The price is 1,200 now.", "The price is 1,250 now.", "The price is [1,200]{1,250} now."),
        ("They survey together.", "They survey together, and alone.", "They survey together{, and alone}."),
        (
            "They survey together and publish.",
            "They survey together, publish.",
            "They survey together[ and]{,} publish.",
        ),
        ("We survey and write.", "We survey, count, and write.", "We survey{, count,} and write."),
        ("L’eau est haute.", "L’air est haute.", "[L’eau]{L’air} est haute."),
        ("大使说明天开会。", "大使说今天开会。", "大使说[明]{今}天开会。"),
        ("會議在三月二日舉行", "會議在四月五日舉行", "會議在[三月二]{四月五}日舉行"),
        ("افتتح السفير المعرض، ثم غادر.", "افتتح الوزير المعرض، ثم غادر.", "افتتح [السفير]{الوزير} المعرض، ثم غادر."),
        ("ครูดีไปไหน", "ครูเก่งไปไหน", "ครู[ดี]{เก่ง}ไปไหน"),
        ("हिन्दी में कहा", "उर्दू में कहा", "[हिन्दी]{उर्दू} में कहा"),
        ("Yes.", "No, not before the tide turns.", "[Yes.]{No, not before the tide turns.}"),
    ],
)
def test_words_are_struck_and_added_as_a_reader_of_the_script_divides_them(before: str, after: str, shown: str) -> None:
    assert said(before, after) == shown


def test_a_mark_is_never_parted_from_the_sign_it_stands_on() -> None:
    assert [word for word, _ in words_of("ไปที่นี่")] == ["ไ" + "ป", "ที่", "นี่"]
    assert [word for word, _ in words_of("cafe\u0301s noirs")] == ["cafe\u0301s", "noirs"]


def test_what_shares_next_to_nothing_is_struck_and_added_whole() -> None:
    before, after = "The sea is calm and the ferry sails.", "A lighthouse keeper told us of the storm yesterday."
    assert [one.sort for one in compared(before, after)][:2] == ["struck", "added"]
    assert len(compared(before, after)) <= 3


WORDS = st.text(alphabet="ab. ,\n明日ที่าฉ\u0301é٣ا", max_size=60)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_stretches(before: str, after: str) -> None:
    found = compared(before, after)
    assert "".join(one.text for one in found if one.sort != "added") == before
    assert "".join(one.text for one in found if one.sort != "struck") == after
    assert all(one.text for one in found)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_both_texts_can_be_read_line_by_line(before: list[str], after: list[str]) -> None:
    found = compared_lines(before, after)

    def side(line: str, other: str) -> list[str]:
        return ["".join(w.text for w in one.words if w.sort != other) for one in found if one.sort in ("both", line)]

    assert (side("struck", "added"), side("added", "struck")) == (before, after)


def test_a_line_is_compared_with_the_one_that_it_was() -> None:
    before = ["The first ferry sails at ten.", "Nobody may fish in the Sound."]
    after = ["A new line stands at the head.", "The first ferry sails at nine.", "Nobody may fish in the Sound today."]
    assert [line.sort for line in compared_lines(before, after)] == ["added", "both", "both"]


def test_erased_words_are_one_sign_and_no_other_line_as_it_was() -> None:
    assert lines_of(["a", None, {"kind": "item", "text": None}, {"kind": "table", "rows": [["b", None]]}]) == [
        "a",
        ERASED,
        ERASED,
        f"b | {ERASED}",
    ]
    assert [line.sort for line in compared_lines([ERASED], ["Said anew."])] in (
        ["struck", "added"],
        ["added", "struck"],
    )


def test_moved_are_the_fewest_and_what_was_taken_stands_behind_what_it_followed() -> None:
    assert moved(["a", "b", "c", "d"], ["d", "a", "b", "c"]) == {"d"}
    assert moved(["a", "b", "c"], ["a", "x", "c"]) == set()
    assert list(in_order(["a", "b", "c"], ["c", "x", "a"])) == ["c", "x", "a", "b"]


@pytest.mark.parametrize("words", [["tide"], [f"w{n % 300}" for n in range(300)]])
def test_forty_thousand_words_rewritten_are_compared_in_a_breath(words: list[str]) -> None:
    count = 20_000 // len(words)
    before, after = " ".join(words * count), " ".join([*words, "ebb"] * count)
    began = perf_counter()
    compared(before, after)
    assert perf_counter() - began < 10  # 0.3 s here; every word against every other takes minutes
