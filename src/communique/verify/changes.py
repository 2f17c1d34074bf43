"""What changed between two editions: which turn, which fact, and which words in it.

Turns are the same by their ids, so one that moved is told as moved and not as struck and added. Everything else is
compared by its name, a line for each thing: words of a text, "name: …; role: …" of a speaker, one line for each place
that is emphasised or leads somewhere. Words that an erasure took are told as erased. Nothing is left out because this
program does not know its name: a key of a later version is compared, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.edition.comparing import ERASED, Line, compared_lines, in_order, lines_of, moved

SORTS = ("added", "struck", "moved", "changed")


@dataclass(frozen=True)
class Change:
    """One thing that differs. `place` is a turn's id, or the name of a fact as the edition has it (`title`).

    `sort` is one of SORTS: a turn that was moved and rewritten is moved, and its lines show what was rewritten. `lines`
    are those of both editions, unchanged ones included.
    """

    place: str
    sort: str
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """The change as a JSON object; the words of each line as pairs of what became of them and their text."""
        lines = [
            {"sort": line.sort, "words": [[one.sort, shown(one.text)] for one in line.words]}
            for line in self.lines
            if line.changed
        ]
        return {"place": self.place, "sort": self.sort, "lines": lines}


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What changed from one open content (`Edition.content`) to another: facts in their order, then the words."""
    apart = ("turns", "blocks")
    names = [name for name in dict.fromkeys((*old, *new)) if name not in apart]
    found = [_change(name, _lines(old.get(name)), _lines(new.get(name))) for name in names]
    found += _turns(_spoken(old), _spoken(new))
    found += _blocks("", old.get("blocks", ()), new.get("blocks", ()))
    return [change for change in found if change is not None]


def shown(text: str) -> str:
    """Words for a reader: those that the law took are named as such."""
    return text.replace(ERASED, "(erased)")


def _spoken(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The turns, each with its speaker in words in place of a number."""
    speakers = content.get("speakers", ())
    turns = content.get("turns", ())
    return [
        {**turn, "speaker": speakers[turn["speaker"]]} if turn.get("speaker", len(speakers)) < len(speakers) else turn
        for turn in turns
    ]


def _turns(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[Change | None]:
    before, after = ({turn["id"]: turn for turn in turns} for turns in (old, new))
    elsewhere = moved(list(before), list(after))
    found: list[Change | None] = []
    for id_ in in_order(list(before), list(after)):
        one, other = before.get(id_, {}), after.get(id_, {})
        words = _blocks(id_, one.get("blocks", ()), other.get("blocks", ()))
        if id_ in elsewhere:
            words[0] = Change(id_, "moved", words[0].lines if words[0] else ())
        found += words
        for name in dict.fromkeys((*one, *other)):
            if name not in ("id", "blocks"):
                found.append(_change(f"{id_} {name}", _lines(one.get(name)), _lines(other.get(name))))
    return found


def _blocks(place: str, old: Sequence[Any], new: Sequence[Any]) -> list[Change | None]:
    """What changed in the words of blocks, and in their form: kinds, emphasis, where links lead."""
    forms = f"{place} form".strip()
    words = _change(place or "text", lines_of(old), lines_of(new))
    return [words, _change(forms, _forms(old), _forms(new))]


def _change(place: str, old: Sequence[str], new: Sequence[str]) -> Change | None:
    if list(old) == list(new):
        return None
    lines = tuple(compared_lines(old, new))
    sort = "changed" if old and new else "struck" if old else "added"
    return Change(place, sort, lines)


def _forms(blocks: Sequence[Any]) -> list[str]:
    found = []
    for number, block in enumerate(blocks, 1):
        if not isinstance(block, Mapping):
            continue
        facts = {key: value for key, value in block.items() if key not in ("text", "rows", "marks")}
        if facts != {"kind": "paragraph"}:
            found.append(f"paragraph {number}: {_told(facts)}")
        for start, stop, *mark in block.get("marks", ()):
            said = (block.get("text") or "")[start:stop]
            found.append(f"“{said}”: {' '.join(map(_told, mark))}")
    return found


def _lines(value: Any) -> list[str]:
    """A fact as lines: one for each thing of a list or a table, none for a fact that is not there."""
    if isinstance(value, Mapping):
        return [f"{key}: {_told(inner)}" for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [_told(inner) for inner in value]
    return [] if value is None else [_told(value)]


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_told(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_told, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ERASED if value is None else str(value)
