"""A document that was mended is read again: every turn that is still there keeps its id, and no id is given twice."""

from __future__ import annotations

import random
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.importing.office_files import words_of_file
from communique.importing.same_turns import kept_ids, likeness
from importing.documents import interview

WORDS = ("ferry", "lamp", "buoy", "tide", "letter", "captain", "harbour", "nobody", "sails", "burns", "asks", "loaf")


def turns(*said: str, next_: int | None = None) -> dict[str, Any]:
    found = [{"id": f"t{n}", "kind": "remark", "blocks": [words]} for n, words in enumerate(said, 1)]
    return {"turns": found, "next": next_ or len(found) + 1}


def ids(words: dict[str, Any]) -> list[str]:
    return [turn["id"] for turn in words["turns"]]


def sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)) + f" {chance.randrange(10**6)}."


transcripts = st.builds(
    lambda seed, count: [sentence(random.Random(seed * 1000 + n), 8 + seed % 40) for n in range(count)],
    st.integers(0, 10_000),
    st.integers(2, 40),
)


@settings(max_examples=60, deadline=None)
@given(transcripts, st.data())
def test_splitting_one_turn_keeps_all_other_ids(said: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(said) - 1))
    words = said[place].split()
    cut = data.draw(st.integers(1, len(words) - 1))
    before = turns(*said)
    after = turns(*said[:place], " ".join(words[:cut]), " ".join(words[cut:]), *said[place + 1 :])
    kept = ids(kept_ids(before, after))
    assert kept[:place] + kept[place + 2 :] == ids(before)[:place] + ids(before)[place + 1 :]
    assert len(set(kept)) == len(kept)
    assert set(kept[place : place + 2]) <= {f"t{place + 1}", f"t{before['next']}", f"t{before['next'] + 1}"}


@settings(max_examples=60, deadline=None)
@given(transcripts, st.data())
def test_words_mended_in_one_turn_keep_its_id(said: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(said) - 1))
    words = said[place].split()
    words[data.draw(st.integers(0, len(words) - 1))] = "corrected"
    before = turns(*said)
    after = kept_ids(before, turns(*said[:place], " ".join(words), *said[place + 1 :]))
    assert (ids(after), after["next"]) == (ids(before), before["next"])


@settings(max_examples=60, deadline=None)
@given(transcripts, st.data())
def test_whatever_changes_no_id_is_given_twice_and_next_only_grows(said: list[str], data: st.DataObject) -> None:
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    later = [words for words in said if chance.random() < 0.8]
    later += [sentence(chance, 9) for _ in range(chance.randrange(4))]
    chance.shuffle(later)
    before = turns(*said, next_=len(said) + 1 + chance.randrange(5))
    after = kept_ids(before, turns(*later))
    assert len(set(ids(after))) == len(later)
    new = [int(id_[1:]) for id_ in ids(after) if id_ not in ids(before)]
    assert new == list(range(before["next"], before["next"] + len(new)))
    assert after["next"] == before["next"] + len(new)
    assert [t["blocks"] for t in after["turns"]] == [[words] for words in later]
    by_words = {turn["blocks"][0]: turn["id"] for turn in before["turns"]}
    assert all(by_words.get(turn["blocks"][0], turn["id"]) == turn["id"] for turn in after["turns"])


def test_splitting_an_answer_in_the_file_keeps_all_other_ids() -> None:
    said = [
        "Question: Will it?",
        "Edric Holmevand: It will sail.",
        "Question: When?",
        "Edric Holmevand: In May. Or June.",
    ]
    before = words_of_file("a.docx", interview(*said), "en").words
    said[3:] = ["Edric Holmevand: In May.", "Question: Or?", "Edric Holmevand: Or June."]
    after = kept_ids(before, words_of_file("a.docx", interview(*said), "en").words)
    assert ids(after) == ["t1", "t2", "t3", "t4", "t5", "t6"]
    assert after["turns"][3]["blocks"] == ["In May."]


def test_a_turn_that_was_moved_keeps_its_id() -> None:
    before = turns("It sails.", "It burns.", "It floats.", "It sings.")
    after = kept_ids(before, turns("It sings.", "It sails.", "It burns.", "It floats."))
    assert ids(after) == ["t4", "t1", "t2", "t3"]


def test_turns_of_the_same_words_keep_their_order() -> None:
    before = turns("Yes.", "Will it?", "Yes.", "When?", "Yes.")
    after = kept_ids(before, turns("Yes.", "Will it?", "Yes.", "Why?", "No.", "When?", "Yes."))
    assert ids(after) == ["t1", "t2", "t3", "t6", "t7", "t4", "t5"]


def test_a_name_that_is_mended_changes_no_id_nor_does_emphasis() -> None:
    before = turns("It sails daily.")
    after = turns()
    block = {"kind": "paragraph", "text": "It sails daily.", "marks": [[3, 8, "strong"]]}
    after["turns"] = [{"id": "t1", "kind": "answer", "mark": "Ada Merrow", "blocks": [block]}]
    assert ids(kept_ids({**before, "next": 9}, after)) == ["t1"]


def test_blocks_and_turns_replace_each_other_without_giving_an_id_again() -> None:
    assert kept_ids(turns("It sails."), {"blocks": ["It sails."], "next": 1}) == {"blocks": ["It sails."], "next": 2}
    again = kept_ids({"blocks": ["It sails."], "next": 2}, turns("It sails.", "It burns."))
    assert (ids(again), again["next"]) == (["t2", "t3"], 4)


def test_what_is_given_stays_as_it_is() -> None:
    before, after = turns("a b c", next_=7), turns("x y z", "a b c")
    kept_ids(before, after)
    assert (before, after) == (turns("a b c", next_=7), turns("x y z", "a b c"))


def test_likeness_is_a_share_of_words_and_small_likeness_is_none() -> None:
    assert likeness("It sails.", "It sails.") == 1
    assert likeness("It sails daily.", "It sailed daily.") > 0.8
    assert likeness("It sails daily.", "Who mends the buoy?") == 0
    assert likeness("a " * 300, "b " * 300) == 0


def test_a_transcript_written_all_anew_is_compared_in_seconds() -> None:
    chance = random.Random(4)
    before = turns(*(sentence(chance, 60) for _ in range(1_000)))
    after = turns(*(sentence(chance, 60) for _ in range(1_000)))
    started = time.monotonic()
    kept_ids(before, after)
    assert time.monotonic() - started < 60
