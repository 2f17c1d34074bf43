"""What differs between two values of words: which turns, in what, and which words; and nothing else.

    changes(live, draft)  ->  [Change("t4", ("words",), (Stretch("same", "On "), Stretch("struck", "Monday"), …), ())]

A turn is the same turn by its id. Moved are the fewest turns whose moving explains the new order. A plain text is
compared as one turn with the id "", and those whose words it is are one fact of it. Words and order are compared by
`edition/comparing.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.edition.comparing import Stretch, compared_lines, in_order, lines_of, moved
from communique.newsroom.words import checked

BETWEEN = "\n\n"
"""between two blocks: an empty line, so that the last word of one and the first of the next do not read as one line"""
FACTS = ("kind", "speaker", "speakers", "person", "mark", "questioner", "outlet", "topic")


@dataclass(frozen=True)
class Fact:
    """A fact of a turn that is another now; empty where there is none. A speaker is told by name and role; `person`
    says that the same name and role are those of another person, by ids."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One turn that is not as it was. `sorts` says in what: added, removed, moved, words, marks (form alone), facts."""

    turn: str
    sorts: tuple[str, ...]
    words: tuple[Stretch, ...]
    facts: tuple[Fact, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The turns that differ, in the order of `after`; a removed one follows the turn that it followed."""
    old, new = _turns(checked(before)), _turns(checked(after))
    elsewhere = moved(list(old), list(new))
    found = []
    for id_ in in_order(list(old), list(new)):
        change = _change(id_, old.get(id_), new.get(id_), id_ in elsewhere)
        if change.sorts:
            found.append(change)
    return found


def _turns(value: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    people = value.get("speakers", [])
    if "turns" not in value:
        return {"": {"blocks": value["blocks"], **_of("speakers", people)}} if value["blocks"] or people else {}
    return {turn["id"]: {**turn, **_named(turn, people)} for turn in value["turns"]}


def _named(turn: Mapping[str, Any], people: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return _of("speaker", [people[turn["speaker"]]]) if "speaker" in turn else {}


def _of(key: str, people: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Speakers as facts: how they are told, and who they are."""
    persons = "; ".join(speaker["person"] for speaker in people if "person" in speaker)
    facts = {key: "; ".join(map(_told, people)), "person": persons}
    return {key: fact for key, fact in facts.items() if fact}


def _told(speaker: Mapping[str, str]) -> str:
    return ", ".join(speaker[key] for key in ("name", "role") if key in speaker)


def _change(id_: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, elsewhere: bool) -> Change:
    if old is None or new is None:
        sort, turn = ("added", new) if old is None else ("removed", old)
        words = BETWEEN.join(lines_of((turn or {}).get("blocks", ())))
        whose = (turn or {}).get("speakers", "")
        fact = Fact("speakers", "", whose) if sort == "added" else Fact("speakers", whose, "")
        stretch = Stretch("added" if sort == "added" else "struck", words)
        return Change(id_, (sort,), (stretch,) if words else (), (fact,) if whose else ())
    before, after = lines_of(old["blocks"]), lines_of(new["blocks"])
    facts = _facts(old, new)
    said = ["moved"] if elsewhere else []
    said += ["words"] if before != after else ["marks"] if old["blocks"] != new["blocks"] else []
    said += ["facts"] if facts else []
    return Change(id_, tuple(said), tuple(_stretches(before, after)), facts)


def _facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Who a speaker is is told only of one who is named as before: another name says it itself."""
    other = [key for key in FACTS if old.get(key) != new.get(key)]
    renamed = {"speaker", "speakers"} & set(other)
    return tuple(Fact(key, old.get(key, ""), new.get(key, "")) for key in other if key != "person" or not renamed)


def _stretches(before: list[str], after: list[str]) -> list[Stretch]:
    """The words of both in one row; where a block ends, so does a stretch's own."""
    found: list[Stretch] = []
    lines = compared_lines(before, after)
    for number, line in enumerate(lines):
        for stretch in line.words:
            _add(found, stretch.sort, stretch.text)
        if number < len(lines) - 1:
            _add(found, "same" if line.sort == "both" else line.sort, BETWEEN)
    return found


def _add(found: list[Stretch], sort: str, text: str) -> None:
    if text and found and found[-1].sort == sort:
        found[-1] = Stretch(sort, found[-1].text + text)
    elif text:
        found.append(Stretch(sort, text))
