"""What differs between two values of words: which turns, in what, and which words; and nothing else.

    changes(live, draft)  ->  [Change("t4", ("words",), (Stretch("same", "On "), Stretch("struck", "Monday"), …), ())]

A turn is the same turn by its id. Moved are the fewest turns whose moving explains the new order. A plain text is
compared as one turn with the id "", and those whose words it is are one fact of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from communique.newsroom.words import checked

FACTS = ("kind", "speaker", "speakers", "person", "mark", "questioner", "outlet", "topic")
# A word with the blanks behind it; of scripts that set no blanks, each sign.
_WORDS = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+\s*|\s+"
)


@dataclass(frozen=True)
class Stretch:
    """Words in a row: `sort` is same, struck or added."""

    sort: str
    text: str


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
    moved = _moved(list(old), list(new))
    found = []
    for id_ in _in_order(list(old), list(new)):
        change = _change(id_, old.get(id_), new.get(id_), id_ in moved)
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


def _in_order(old: list[str], new: list[str]) -> Iterator[str]:
    """All ids: the new ones in order, each removed one behind the kept one that it followed."""
    kept = set(new)
    behind: dict[str | None, list[str]] = {}
    last = None
    for id_ in old:
        if id_ in kept:
            last = id_
        else:
            behind.setdefault(last, []).append(id_)
    yield from behind.get(None, ())
    for id_ in new:
        yield id_
        yield from behind.get(id_, ())


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The ids outside the longest run of turns that kept their order (patience: O(n log n))."""
    place = {id_: number for number, id_ in enumerate(old)}
    common = [id_ for id_ in new if id_ in place]
    ends: list[int] = []
    chains: list[list[str]] = []
    for id_ in common:
        at = bisect_left(ends, place[id_])
        chain = [*(chains[at - 1] if at else ()), id_]
        ends[at : at + 1] = [place[id_]]
        chains[at : at + 1] = [chain]
    return set(common) - set(chains[-1] if chains else ())


def _change(id_: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, moved: bool) -> Change:
    if old is None or new is None:
        sort, turn = ("added", new) if old is None else ("removed", old)
        words = "\n".join(_lines((turn or {}).get("blocks", ())))
        whose = (turn or {}).get("speakers", "")
        fact = Fact("speakers", "", whose) if sort == "added" else Fact("speakers", whose, "")
        stretch = Stretch("added" if sort == "added" else "struck", words)
        return Change(id_, (sort,), (stretch,) if words else (), (fact,) if whose else ())
    before, after = _lines(old["blocks"]), _lines(new["blocks"])
    facts = _facts(old, new)
    said = ["moved"] if moved else []
    said += ["words"] if before != after else ["marks"] if old["blocks"] != new["blocks"] else []
    said += ["facts"] if facts else []
    return Change(id_, tuple(said), tuple(_stretches(before, after)), facts)


def _facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Who a speaker is is told only of one who is named as before: another name says it itself."""
    other = [key for key in FACTS if old.get(key) != new.get(key)]
    renamed = {"speaker", "speakers"} & set(other)
    return tuple(Fact(key, old.get(key, ""), new.get(key, "")) for key in other if key != "person" or not renamed)


def _lines(blocks: Sequence[Any]) -> list[str]:
    """The words of blocks, a line each; a table's row is one, its cells divided by a bar."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        elif "rows" in block:
            lines += [" | ".join(row) for row in block["rows"]]
        else:
            lines.append(block["text"])
    return lines


def _stretches(before: list[str], after: list[str]) -> list[Stretch]:
    """The words of both: whole paragraphs first, so that a long text costs little, then words in those that differ."""
    found: list[Stretch] = []
    for sort, old, new in _aligned([f"{line}\n" for line in before], [f"{line}\n" for line in after]):
        if sort == "same":
            _add(found, "same", "".join(old))
            continue
        for inner, struck, added in _aligned(_WORDS.findall("".join(old)), _WORDS.findall("".join(new))):
            _add(found, "same" if inner == "same" else "struck", "".join(struck))
            _add(found, "added", "" if inner == "same" else "".join(added))
    return _without_last_break(found)


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    for sort, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield ("same" if sort == "equal" else "other"), old[a:b], new[c:d]


def _add(found: list[Stretch], sort: str, text: str) -> None:
    if text and found and found[-1].sort == sort:
        found[-1] = Stretch(sort, found[-1].text + text)
    elif text:
        found.append(Stretch(sort, text))


def _without_last_break(found: list[Stretch]) -> list[Stretch]:
    """The paragraph marks at the very end say nothing."""
    cut = [Stretch(each.sort, each.text.removesuffix("\n")) if each is found[-1] else each for each in found]
    return [each for each in cut if each.text]
