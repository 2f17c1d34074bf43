"""What a person does in a message: says something, or asks. Her page keeps the two apart.

In a transcript each turn counts: a question that she puts is asked, every other turn of hers is said. A question that
names her only as its questioner, in the words in which the message prints her name, is hers, too. All words of a text
without turns are said. Who is named as a speaker and has no turn counts as one who is there to speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Acts:
    """How many turns of a message are a person's words, how many her questions, and the id of the first of each."""

    said: int = 0
    said_at: str = ""
    asked: int = 0
    asked_at: str = ""

    @property
    def only_asks(self) -> bool:
        """Whether she is in the message for her questions alone."""
        return self.asked > 0 and self.said == 0


def acts_in(content: Mapping[str, Any], person: str) -> Acts:
    """What a person does in a message."""
    own = turns_in(content, [person])
    asked = [turn["id"] for turn in own if turn["kind"] == "question"]
    said = [turn["id"] for turn in own if turn["kind"] != "question"]
    return Acts(len(said), next(iter(said), ""), len(asked), next(iter(asked), ""))


def turns_in(content: Mapping[str, Any], people: Iterable[str]) -> list[Mapping[str, Any]]:
    """The turns of a message that are the words of a person, who may be named in it as several."""
    speakers, own = content.get("speakers", ()), set(people)
    places = {place for place, speaker in enumerate(speakers) if speaker.get("person") in own}
    names = {speakers[place].get("name") for place in places} - {None}
    return [turn for turn in content.get("turns", ()) if _is_hers(turn, places, names)]


def together(acts: list[Acts]) -> Acts:
    """What one person does in a message that names her as several, who were found to be one."""
    said = next((one.said_at for one in acts if one.said), "")
    asked = next((one.asked_at for one in acts if one.asked), "")
    return Acts(sum(one.said for one in acts), said, sum(one.asked for one in acts), asked)


def _is_hers(turn: Mapping[str, Any], places: set[int], names: set[str | None]) -> bool:
    if "speaker" in turn:
        return turn["speaker"] in places
    return turn["kind"] == "question" and turn.get("questioner") in names
