"""The stories of an interview: pasted from Word, in a second language, and a new ambassador who gives the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stories import word
from stories.conftest import Tell
from stories.desk_days import TEXT, begins, clears, opens, pastes, publishes, soon, submits, titles
from stories.hand import Hand
from stories.interview import ENGLISH, FRENCH, SPEAKER
from stories.telling import Story

MOST_ACTIONS = 25
TITLE = "Oriel Tavenmark on the lamp at the quay"
FRENCH_TITLE = "Oriel Tavenmark, à propos de la lampe du quai"


def pastes_english(hand: Hand, system: str) -> None:
    """From the desk to an interview that is submitted."""
    document = word.opened(hand.context, system, ENGLISH, ("Question:", f"{SPEAKER}:"))
    hand.page.bring_to_front()
    begins(hand, "Interview")
    titles(hand, TITLE)
    hand.clicks(hand.page.locator(TEXT))
    pastes(hand, document, "it would be 24 turns")
    hand.looks("has the turns")
    submits(hand)


def goes_out(story: Story, title: str, *more: str) -> None:
    """Cleared by one, published by another, with its other languages where there are any."""
    bram = story.colleague("Bram")
    for each in (title, *more):
        bram.clicks("Desk")
        clears(bram, each)
    publishes(story.colleague("Hanna"), title)


def reads_turns(story: Story, path: str, title: str) -> Hand:
    """A stranger goes from the front page to the interview, and finds every turn."""
    stranger = story.stranger(path)
    stranger.clicks(stranger.page.get_by_role("link", name=title).first)
    stranger.page.locator(".turn").first.wait_for()
    assert stranger.page.locator(".turn").count() == 24
    stranger.looks("reads it")
    return stranger


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_an_interview_of_24_turns_is_pasted_from_word(tell: Tell, system: str) -> None:
    sentence = f"a 24-turn interview pasted from Word ({system}) to submitted in 25 actions or fewer"
    with tell(f"02-interview-{system}", sentence) as story:
        liv = story.colleague("Liv")
        pastes_english(liv, system)
        assert story.count.actions <= MOST_ACTIONS, story.count
        story.counted("to submitted")
        goes_out(story, TITLE)
        stranger = reads_turns(story, "en/", TITLE)
        stranger.sees("Both harbours, half each.")
        assert stranger.page.locator("#t4 em").inner_text() == "both"
        assert "Ambassador of Orsemund in Ostrevell" in stranger.page.locator("#t2").inner_text(), "the role of the day"


def test_the_same_interview_stands_in_a_second_language(tell: Tell) -> None:
    with tell("03-second-language", "the same interview in French, turn against turn, 25 actions or fewer") as story:
        liv = story.colleague("Liv")
        pastes_english(liv, "macos")
        before = story.count.actions
        liv.clicks(liv.page.locator("li", has_text="Français").get_by_role("button", name="Begin"))
        liv.page.locator("words-editor[data-ready]").wait_for()
        titles(liv, FRENCH_TITLE)
        liv.clicks(liv.page.locator(f"{TEXT} .words-said").first)
        document = word.opened(liv.context, "macos", FRENCH, ("Question\u00a0:", f"{SPEAKER}\u00a0:"))
        pastes(liv, document, "it would be 24 turns")
        liv.looks("has turn against turn")
        submits(liv)
        assert story.count.actions - before <= MOST_ACTIONS, story.count
        story.counted("to both submitted")
        goes_out(story, FRENCH_TITLE, TITLE)
        stranger = reads_turns(story, "fr/", FRENCH_TITLE)
        stranger.sees("La facture tient sur une page")
        assert not stranger.page.locator("main [lang|=en]:not(a)").count(), "Word calls its French English"
        assert "Ambassadrice d’Orsemund en Ostrevell" in stranger.page.locator("#t2").inner_text()
        stranger.clicks(stranger.page.get_by_role("link", name="English").first)
        stranger.sees("Both harbours, half each.")
        stranger.looks("reads the English")


def test_a_new_ambassador_takes_over(tell: Tell) -> None:
    name, role = "Anselm Orrevane", "Ambassador of Orsemund in Ostrevell"
    with tell("10-new-ambassador", "a new ambassador, and the role that each holds on the day") as story:
        liv = story.colleague("Liv")
        liv.clicks("Furniture")
        liv.looks("looks at the furniture")
        opens(liv, SPEAKER)
        liv.clicks("A new office-holder")
        liv.fills("First day of the new office-holder", f"{soon(0):%m%d%Y}")
        for language, written in (("English", name), ("Français", name), ("العربية", "أنسلم أوريفان")):
            liv.fills(language, written)
        liv.looks("names the new one")
        liv.clicks("Submit both")
        liv.sees("Both are submitted")
        liv.looks("has submitted both")
        bram = story.colleague("Bram")
        for person in (SPEAKER, name):
            bram.clicks("Desk")
            opens(bram, person, "Read and clear")
            bram.looks(f"reads {person}")
            bram.clicks("Clear")
            bram.sees("Cleared.")
        publishes(story.colleague("Hanna"), SPEAKER)
        liv.clicks("Desk")
        begins(liv, "Interview")
        titles(liv, "Anselm Orrevane on his first day")
        liv.clicks(liv.page.locator(TEXT))
        liv.presses("Escape", "+")
        liv.writes(name)
        liv.page.wait_for_timeout(300)
        assert liv.field("Role on the day").input_value() == role, "the form offers the role held today"
        liv.looks("is offered the role")
        stranger = story.stranger("en/people/anselm-orrevane/")
        stranger.sees(role)
        stranger.looks("reads of the new one")
        stranger.visit(f"{story.at.site}en/people/oriel-tavenmark/")
        stranger.sees(f"{soon(0) - timedelta(days=1):%Y}")
        stranger.looks("reads of the former one")
        stranger.visit(f"{story.at.site}en/speeches/2026/11/13/the-sound-at-seven/")
        stranger.sees(role)
