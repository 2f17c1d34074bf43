"""What differs between two values of words: the turns that changed, word by word, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from time import perf_counter
from typing import Any

from communique.edition.comparing import Stretch
from communique.newsroom.words_changes import Change, Fact, changes

LIVE: dict[str, Any] = {
    "speakers": [{"name": "Oriel Tavenmark", "role": "Ambassador"}, {"name": "Anselm Orrevane"}],
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["When does it leave?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["On the first Monday of May.", "At ten."]},
        {"id": "t3", "kind": "question", "blocks": ["And the price?"]},
        {"id": "t4", "kind": "answer", "speaker": 1, "blocks": ["Forty."]},
    ],
    "next": 5,
}


def changed(edit: Any) -> list[Change]:
    """What differs after an edit of the live turns."""
    draft = deepcopy(LIVE)
    edit(draft["turns"])
    return changes(LIVE, draft)


def test_nothing_differs_from_itself() -> None:
    assert changes(LIVE, deepcopy(LIVE)) == []


def test_one_word_is_struck_and_one_added() -> None:
    def friday(turns: list[dict[str, Any]]) -> None:
        turns[1]["blocks"][0] = "On the first Friday of May."

    (change,) = changed(friday)
    assert (change.turn, change.sorts) == ("t2", ("words",))
    assert change.words == (
        Stretch("same", "On the first "),
        Stretch("struck", "Monday"),
        Stretch("added", "Friday"),
        Stretch("same", " of May.\n\nAt ten."),
    )


def test_of_a_moved_turn_nothing_else_is_said_and_its_neighbours_are_still() -> None:
    found = changed(lambda turns: turns.insert(0, turns.pop()))
    assert [(change.turn, change.sorts) for change in found] == [("t4", ("moved",))]


def test_an_added_turn_and_a_removed_one_stand_where_they_are_read() -> None:
    def edit(turns: list[dict[str, Any]]) -> None:
        del turns[1]
        turns.append({"id": "t5", "kind": "note", "blocks": ["(A bell rings.)"]})

    assert changed(edit) == [
        Change("t2", ("removed",), (Stretch("struck", "On the first Monday of May.\n\nAt ten."),), ()),
        Change("t5", ("added",), (Stretch("added", "(A bell rings.)"),), ()),
    ]


def test_another_speaker_is_told_by_name_whatever_the_list() -> None:
    draft = deepcopy(LIVE)
    draft["speakers"] = [draft["speakers"][1], draft["speakers"][0]]
    draft["turns"][1]["speaker"], draft["turns"][3]["speaker"] = 1, 0
    assert changes(LIVE, draft) == []
    draft["turns"][3]["speaker"] = 1
    (change,) = changes(LIVE, draft)
    assert change.facts == (Fact("speaker", "Anselm Orrevane", "Oriel Tavenmark, Ambassador"),)
    assert change.sorts == ("facts",)


def test_emphasis_alone_is_a_change_of_form_and_strikes_no_word() -> None:
    def emphasis(turns: list[dict[str, Any]]) -> None:
        turns[3]["blocks"] = [{"kind": "paragraph", "text": "Forty.", "marks": [[0, 5, "emphasis"]]}]

    (change,) = changed(emphasis)
    assert change.sorts == ("marks",)
    assert change.words == (Stretch("same", "Forty."),)


def test_plain_texts_are_compared_as_one_and_signs_without_blanks_one_by_one() -> None:
    (change,) = changes({"blocks": ["大使说明天开会。"]}, {"blocks": ["大使说今天开会。"]})
    assert change.turn == ""
    assert [stretch.sort for stretch in change.words] == ["same", "struck", "added", "same"]
    assert change.words[1] == Stretch("struck", "明")


def test_the_words_before_and_after_can_be_read_from_the_stretches() -> None:
    before, after = ["One two three.", "Four five."], ["One three.", "New here.", "Four five six."]
    (change,) = changes({"blocks": before}, {"blocks": after})
    old = "".join(stretch.text for stretch in change.words if stretch.sort != "added")
    new = "".join(stretch.text for stretch in change.words if stretch.sort != "struck")
    assert (old.rstrip("\n"), new.rstrip("\n")) == ("\n\n".join(before), "\n\n".join(after))


def test_ten_thousand_words_in_one_text_are_compared_in_a_breath() -> None:
    text = [" ".join(f"word{(number * 7 + place) % 97}" for place in range(100)) for number in range(100)]
    other = [line.replace("word5 ", "wordfive ") for line in text]
    began = perf_counter()
    (change,) = changes({"blocks": text}, {"blocks": other})
    assert perf_counter() - began < 5  # 0.2 s here; a comparison of every word with every other takes minutes
    assert any(stretch == Stretch("added", "wordfive") for stretch in change.words)
