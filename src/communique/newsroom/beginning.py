"""How a message begins: the first sentences of its text, for a short text that has room for more than its title.

    >>> list(beginning_of({"blocks": ["The lamp is lit. It burns.", {"kind": "heading", "text": "Hours"}]}))
    ['The lamp is lit.', 'It burns.']

Of a transcript it is what was answered first, with the name of whoever said it; a question alone says nothing of ours.
A sentence is given whole or not at all: half of one can say the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SAID = ("answer", "remark")
_SENTENCE_ENDS = re.compile(r"(?:(?<=[.!?…؟।])|(?<=[.!?…؟।][”»’\"]))\s+|(?<=[。！？])")


def beginning_of(content: Mapping[str, Any]) -> Iterator[str]:
    """The first sentences of an edition's open content, in order."""
    if "turns" not in content:
        yield from _sentences(content.get("blocks", ()))
        return
    turn = next((one for one in content["turns"] if one["kind"] in SAID and any(_sentences(one["blocks"]))), None)
    if turn is None:
        return
    people = content.get("speakers", ())
    name = people[turn["speaker"]]["name"] if "speaker" in turn else ""
    for place, sentence in enumerate(_sentences(turn["blocks"])):
        yield f"{name}: {sentence}" if name and not place else sentence


def _sentences(blocks: Sequence[Any]) -> Iterator[str]:
    """Of paragraphs alone; what the law took out of a text is no word."""
    for block in blocks:
        words = block.get("text") if isinstance(block, dict) and block.get("kind") == "paragraph" else block
        if isinstance(words, str):
            yield from (part for part in _SENTENCE_ENDS.split(words.replace("\n", " ")) if part)
