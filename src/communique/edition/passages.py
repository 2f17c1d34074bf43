"""What in an edition can be quoted: its title, its teaser, its text, each of its turns, and the words below pictures.

Nothing is quoted across two of them, nor across words that were erased. The blocks of one turn are one passage, as they
are read one after the other; between two cells of a row stands a tab.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Passage:
    """Words in a row. `sort` is turn, text, title, teaser, caption or note; the rest is known of a turn."""

    sort: str
    text: str
    turn: str | None = None
    kind: str | None = None
    speaker: str | None = None
    role: str | None = None
    questioner: str | None = None
    outlet: str | None = None
    question: str | None = None


def passages_of(content: Mapping[str, Any]) -> Iterator[Passage]:
    """All passages of a message's open content, what was said before what stands around it."""
    asked: Mapping[str, Any] = {}
    for turn in content.get("turns", ()):
        asked = turn if turn["kind"] == "question" else asked
        yield from _of_turn(content, turn, asked if turn["kind"] == "answer" else {})
    speakers = content.get("speakers", ())
    one = speakers[0] if len(speakers) == 1 else {}
    for text in _texts(content.get("blocks", ())):
        yield Passage("text", text, speaker=one.get("name"), role=one.get("role"))
    for sort in ("title", "teaser", "note", "notice"):
        if content.get(sort):
            yield Passage("note" if sort == "notice" else sort, content[sort])
    for picture in (*content.get("pictures", ()), *content.get("files", ()), *content.get("recordings", ())):
        if picture.get("caption"):
            yield Passage("caption", picture["caption"])


def _of_turn(content: Mapping[str, Any], turn: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Passage]:
    speaker = _speaker(content, turn)
    for text in _texts(turn.get("blocks", ())):
        yield Passage(
            "turn",
            text,
            turn=turn["id"],
            kind=turn["kind"],
            speaker=speaker.get("name"),
            role=speaker.get("role"),
            questioner=asked.get("questioner") or turn.get("questioner"),
            outlet=asked.get("outlet") or turn.get("outlet"),
            question=next(iter(_texts(asked.get("blocks", ()))), None),
        )


def _speaker(content: Mapping[str, Any], turn: Mapping[str, Any]) -> Mapping[str, Any]:
    speakers = content.get("speakers", ())
    number = turn.get("speaker")
    found: Mapping[str, Any] = speakers[number] if number is not None and number < len(speakers) else {}
    return found


def _texts(blocks: Sequence[Any]) -> Iterator[str]:
    """The words of blocks, a line each, cut where the law took some."""
    lines: list[str] = []
    for block in blocks:
        for line in _lines(block):
            if line is None:
                if lines:
                    yield "\n".join(lines)
                lines = []
            else:
                lines.append(line)
    if lines:
        yield "\n".join(lines)


def _lines(block: Any) -> Iterator[str | None]:
    if not isinstance(block, Mapping):
        yield block
        return
    if "text" in block or "rows" not in block:
        yield block.get("text")
    for row in block.get("rows", ()):
        yield None if None in row else "\t".join(row)
