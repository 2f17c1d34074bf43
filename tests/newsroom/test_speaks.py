"""What the desk says: every sentence is there in French and Arabic, with the same slots, and the screens say it."""

from __future__ import annotations

import re

import pytest

from ground import speak

HEARD = speak.sentences()


@pytest.mark.parametrize("language", speak.LANGUAGES)
def test_every_sentence_of_the_desk_is_translated_with_its_slots_and_compiled(language: str) -> None:
    assert list(speak.faults(language, HEARD)) == []


@pytest.mark.parametrize("language", speak.LANGUAGES)
def test_a_second_run_changes_no_byte(language: str) -> None:
    again = speak.updated(language, HEARD)
    assert speak.as_po(again) == speak.catalogue_of(language).read_bytes()


def test_a_translation_that_lost_a_slot_is_found() -> None:
    found = speak.updated("fr", HEARD)
    message = found.get("Turn %(n)s")
    assert message is not None
    message.string = "Intervention"
    assert list(speak._faults_of(message, found)) == ["its slots differ in 'Intervention'"]


def test_a_sentence_in_python_in_a_template_and_only_marked_is_heard() -> None:
    for sentence in ("Desk", "To the content", "Time zone", "Turn {n} has no words: write them or remove the turn."):
        assert HEARD.get(sentence) is not None
    one = HEARD.get("one entry")
    assert one is not None
    assert one.id == ("one entry", "%(n)s entries")


def test_french_has_its_thin_blanks() -> None:
    for message in speak.updated("fr", HEARD):
        for text in speak._texts(message.string) if message.id else ():
            assert not re.search(r" [:;?!»]|« |\w[;?!](?:\s|$)|'(?=\w)(?<=\w')", text), text
