"""What a person does in a message, as her page says it of each: how many passages are hers, and how many questions.

Worked out apart from the press. Who her page is about follows from its path; of persons who were merged, all of them.
"""

from __future__ import annotations

import re

from communique.verify.site.expected import element
from communique.verify.site.standing import Content, Standing, Version
from communique.verify.site.wording import Wording, Words

_PERSON = re.compile(r"([a-z0-9-]+/people/[^/]+/)")


def acts_of(standing: Standing, version: Version, path: str, wording: Wording) -> list[Words]:
    """What a row of a person's page may say of a message: of her passages, and of her questions; each leads to one."""
    hers = hers_on(standing, path, wording)
    said_here, asked_here = _turns(version.newest.content, hers)
    known = (("passages_here", said_here), ("questions_here", asked_here))
    return [_link(wording, key, version, turns) for key, turns in known if turns]


def hers_on(standing: Standing, path: str, wording: Wording) -> set[str]:
    """Who the page at a path is about, as herself or as somebody who was merged into her; nobody on another page."""
    found, persons = _PERSON.match(path), standing.persons
    if not found:
        return set()
    return {id_ for id_ in persons.pieces if persons.path(persons.end(id_), wording.language) == found[1]}


def said_and_asked(content: Content, hers: set[str]) -> tuple[list[Content], list[Content]]:
    """What persons, who are one, say in a message and what they ask, in the order of its text."""
    found = _turns(content, hers)
    turns = content.get("turns", ())
    said_here, asked_here = ([turn for turn in turns if turn["id"] in ids] for ids in found)
    return said_here, asked_here


def _link(wording: Wording, key: str, version: Version, turns: list[str]) -> Words:
    return element("a", wording.counted(key, len(turns)), href=f"/{version.address}#{turns[0]}")


def _turns(content: Content, hers: set[str]) -> tuple[list[str], list[str]]:
    """The ids of what persons say and of what they ask, one person after the other."""
    said_here: list[str] = []
    asked_here: list[str] = []
    speakers = content.get("speakers", ())
    for person in sorted({one["person"] for one in speakers if one.get("person") in hers}):
        places = [place for place, one in enumerate(speakers) if one.get("person") == person]
        for turn in content.get("turns", ()):
            if _is_of(turn, places, [speakers[place].get("name") for place in places]):
                (asked_here if turn["kind"] == "question" else said_here).append(turn["id"])
    return said_here, asked_here


def _is_of(turn: Content, places: list[int], names: list[str | None]) -> bool:
    if turn.get("speaker") is not None:
        return turn["speaker"] in places
    return turn["kind"] == "question" and bool(turn.get("questioner")) and turn["questioner"] in names
