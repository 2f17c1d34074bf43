"""The stories of an ordinary day: a holding line, times that move, an answer that was wrong."""

from __future__ import annotations

from datetime import timedelta

from stories.conftest import Tell
from stories.desk_days import (
    calls_off,
    moves,
    opens,
    publishes,
    reads_in_time,
    schedules,
    soon,
    submits,
    writes_and_clears,
)

FIVE_MINUTES_S = 300


def test_a_holding_line_is_out_in_five_minutes(tell: Tell) -> None:
    title = "On the fog over the Sound this evening"
    with tell("01-holding-line", "a holding line in five minutes") as story:
        writes_and_clears(
            story, title, "We know of the fog over the Sound. The harbour is in charge. We shall say more at eight."
        )
        publishes(story.colleague("Hanna"), title)
        stranger = story.stranger("en/")
        stranger.clicks(stranger.page.get_by_role("link", name=title).first)
        stranger.sees("We shall say more at eight.")
        stranger.looks("reads it")
        assert story.seconds < FIVE_MINUTES_S


def test_a_time_is_set_moved_and_called_off_and_set_anew(tell: Tell) -> None:
    title = "On the open day of the embassy"
    with tell("05-scheduled", "scheduled, moved, cancelled, scheduled anew and seen going out") as story:
        writes_and_clears(story, title, "The embassy is open to everybody on Saturday, from ten to four.")
        hanna = story.colleague("Hanna")
        schedules(hanna, soon(86_400), title)
        hanna.looks("has scheduled")
        moves(hanna, soon(2 * 86_400))
        hanna.looks("has moved")
        calls_off(hanna)
        hanna.looks("has cancelled")
        at = soon(40)
        schedules(hanna, at)
        hanna.clicks("Desk")
        hanna.sees("less than a minute")
        hanna.looks("sees it as the next")
        stranger = story.stranger("en/latest/")
        while soon(0) < at - timedelta(seconds=2):
            assert not stranger.page.get_by_text(title).count(), "nobody reads it before its time"
            stranger.page.wait_for_timeout(1000)
            stranger.page.reload()
        stranger.looks("reads the list before")
        reads_in_time(stranger, title)
        stranger.sees("from ten to four")
        stranger.looks("reads it")
        hanna.clicks("Desk")
        hanna.sees("Published today 1")
        hanna.looks("sees it published")


def test_one_answer_is_corrected(tell: Tell) -> None:
    statement = "The ship was delivered nine days early. The answer first printed here said eleven."
    with tell("07-correction", "a correction of one answer") as story:
        liv = story.colleague("Liv")
        liv.clicks("The record")
        liv.looks("looks for it in the record")
        opens(liv, "answers to questions from the programme The Sound at Seven")
        liv.clicks("Correct")
        liv.fills("Statement of the error", statement)
        liv.looks("says what was wrong")
        liv.clicks("Write the correction")
        liv.page.locator("words-editor[data-ready]").wait_for()
        liv.marks("eleven", liv.page.locator(".words-turn", has_text="You were careful"))
        liv.writes("nine")
        liv.looks("corrects one word")
        submits(liv)
        bram = story.colleague("Bram")
        opens(bram, "The Sound at Seven", "Read and clear")
        bram.clicks("What changes against what readers see now")
        bram.sees("Turn 3")
        assert bram.page.locator("section.changed").count() == 1, "no other turn is shown"
        assert bram.page.locator(".facts-list").count() == 0, "nor any fact"
        assert bram.page.locator("section.changed del").all_inner_texts() == ["eleven"]
        assert bram.page.locator("section.changed ins").all_inner_texts() == ["nine"]
        bram.looks("sees what changes")
        bram.page.go_back()
        bram.clicks("Clear")
        bram.sees("Cleared.")
        publishes(story.colleague("Hanna"), "The Sound at Seven")
        stranger = story.stranger("en/speeches/2026/11/13/the-sound-at-seven/")
        stranger.sees(statement)
        stranger.sees("delivered nine days early")
        stranger.looks("reads the correction")
