"""What a person decides of a page: no word is lost, a rule finds what is alike, and nothing else."""

from __future__ import annotations

from pathlib import Path

from communique.importing.capture import capture
from communique.importing.deciding import Change, beginnings, change_of, decided, lines_of, number_of_paragraphs
from communique.importing.page import Page, understand

EXAMPLE = Path(__file__).parents[2] / "examples" / "embassy-page.txt"


def example() -> Page:
    """The example page: an interview of eight turns."""
    return understand(capture(EXAMPLE.read_bytes(), name=EXAMPLE.name))


def words(page: Page) -> str:
    """Every word of the message, marks as printed."""
    return " ".join(" ".join(page.body).split())


def test_nothing_decided_changes_nothing() -> None:
    page = example()
    assert decided(page, []) == page


def test_a_mark_that_is_none_goes_back_into_its_words_and_a_rule_makes_it_one_again() -> None:
    page = example()
    joined = decided(page, [Change("join", mark=page.turns[1].mark or "")])
    assert len(joined.turns) == len(page.turns) // 2
    assert words(joined) == words(page)
    again = decided(joined, [Change("begin", mark=page.turns[1].mark or "")])
    assert [(t.kind, t.mark, t.paragraphs) for t in again.turns] == [(t.kind, t.mark, t.paragraphs) for t in page.turns]


def test_one_change_makes_questions_of_all_that_are_alike_and_of_no_other() -> None:
    page = example()
    changed = decided(page, [Change("turn", "remark", mark="question")])
    assert {turn.kind for turn in changed.turns} == {"remark", "answer"}
    alone = decided(page, [Change("turn", "remark", at=0)])
    assert [turn.kind for turn in alone.turns].count("remark") == 1


def test_a_boundary_moves_by_paragraphs_and_neither_turn_loses_its_last() -> None:
    page = example()
    second = beginnings(page.turns)[1]
    moved = decided(page, [Change("move", "2", at=second)])
    assert [len(turn.paragraphs) for turn in moved.turns][:2] == [3, 1]
    assert decided(page, [Change("move", "9", at=second)]).turns == moved.turns
    assert decided(moved, [Change("move", "-2", at=second + 2)]).turns == page.turns
    assert number_of_paragraphs(moved) == number_of_paragraphs(page)


def test_a_turn_begins_inside_another_and_joined_is_as_before() -> None:
    page = example()
    at = beginnings(page.turns)[1] + 1
    cut = decided(page, [Change("begin", at=at)])
    assert len(cut.turns) == len(page.turns) + 1
    assert decided(cut, [Change("join", at=at)]).turns[1].paragraphs == page.turns[1].paragraphs


def test_running_text_becomes_turns_and_turns_running_text() -> None:
    page = example()
    prose = decided(page, [Change("prose")])
    assert not prose.turns
    assert words(prose) == words(page)
    turns = decided(prose, [Change("begin", mark="Question"), Change("begin", mark=page.turns[1].mark or "")]).turns
    assert [turn.paragraphs for turn in turns] == [turn.paragraphs for turn in page.turns]


def test_who_speaks_is_named_and_nobody_stays_among_the_speakers_who_says_nothing() -> None:
    page = example()
    named = decided(page, [Change("speaker", "Ida Rennow", mark=page.turns[1].mark or "")])
    assert [speaker.name for speaker in named.speakers] == ["Ida Rennow"]
    assert {turn.name for turn in named.turns} == {None, "Ida Rennow"}
    assert decided(page, [Change("speaker", "", mark=page.turns[1].mark or "")]).speakers == ()


def test_a_rule_of_a_field_holds_where_it_was_read_so_and_a_title_is_a_line_of_the_source() -> None:
    page = example()
    assert decided(page, [Change("kind", "speech", was="briefing")]).kind == page.kind
    changed = decided(page, [Change("kind", "briefing", was=page.kind)])
    assert (changed.kind, changed.judged["kind"].confidence) == ("briefing", 1.0)
    line = page.left[0].line if page.left else page.capture.lines[0].number
    titled = decided(page, [Change("title", at=line)])
    assert titled.heading.title == " ".join(next(x.text for x in page.capture.lines if x.number == line).split())
    before = page.heading.title or ""
    assert any(before in left.text for left in titled.left), "the words that were the title are said to be left"


def test_a_change_is_kept_as_json_and_a_turn_is_found_in_the_source() -> None:
    for change in (Change("move", "-2", at=0), Change("kind", "speech", was="notice", section="News")):
        assert change_of(change.as_row()) == change
    page = example()
    assert all(lines_of(page, turn) == turn.lines for turn in page.turns)
