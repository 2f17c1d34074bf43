"""Prose of the demo's files to blocks and turns of an edition.

A paragraph is a line, or lines that follow each other; an empty line ends it. A line may begin with a sign:

    # Heading        ## Heading below it        - item        1. item of a numbered list
    > quotation      | a | b |  a row of a table; the first row is its header

and hold marks: *emphasis*, **strong**, ^superscript^, [words](link). A transcript is cut into turns by lines of their
own:

    @q Petra Ombervane | Radio Tessmark | Four crossings a day     question: who asked, for whom, its topic
    @a oriel-tavenmark                                              answer by a speaker of the head
    @r petra-ombervane                                              remark
    @n                                                              note: what happened in the room

Turns are numbered t1, t2 …; an edition that replaces some of them names each: `@a #t4 oriel-tavenmark`.

    >>> block("The *Morrowtern* sails.")
    {'kind': 'paragraph', 'text': 'The Morrowtern sails.', 'marks': [[4, 14, 'emphasis']]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from communique.demo.errors import DemoError

TURN_KINDS = {"q": "question", "a": "answer", "r": "remark", "n": "note"}
QUESTION_MARKS = {"en": "Question", "fr": "Question", "ar": "سؤال"}

_HEAD = re.compile(r"@([qarn])(?:\s+#(t[0-9]+))?(?:\s+(.*))?\Z")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\^(.+?)\^|\[(.+?)\]\((.+?)\)")
_INLINE_KINDS = {1: "strong", 2: "emphasis", 3: "superscript"}
_SIGNS = (
    (re.compile(r"##\s+"), {"kind": "heading", "level": 3}),
    (re.compile(r"#\s+"), {"kind": "heading", "level": 2}),
    (re.compile(r"-\s+"), {"kind": "item"}),
    (re.compile(r"[0-9]+\.\s+"), {"kind": "item", "ordered": True}),
    (re.compile(r">\s+"), {"kind": "quotation"}),
)


def blocks(prose: str) -> list[Any]:
    """All blocks of a text without turns."""
    return [block(paragraph) for paragraph in _paragraphs(prose)]


def block(paragraph: str) -> Any:
    """One block: a bare text where nothing more is to be said of it, else a record."""
    if paragraph.startswith("|"):
        rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in paragraph.split("\n")]
        return {"kind": "table", "rows": rows, "header": True}
    for sign, facts in _SIGNS:
        found = sign.match(paragraph)
        if found:
            return {**facts, **_marked(paragraph[found.end() :])}
    text = _marked(paragraph)
    return {"kind": "paragraph", **text} if "marks" in text else text["text"]


def turns(prose: str, language: str, speakers: list[str], names: list[str], where: str) -> list[dict[str, Any]]:
    """All turns of a transcript. `speakers` are the keys of the head in order, `names` their printed names."""
    found: list[dict[str, Any]] = []
    for number, chunk in enumerate(re.split(r"\n(?=@)", prose.strip()), 1):
        first, _, rest = chunk.partition("\n")
        head = _HEAD.match(first.strip())
        if head is None:
            raise DemoError(where, f"{first[:40]!r} begins no turn; expected @q, @a, @r or @n")
        kind, turn_id = TURN_KINDS[head[1]], head[2] or f"t{number}"
        turn = {"id": turn_id, "kind": kind, **_who(kind, head[3] or "", language, speakers, names, where)}
        found.append({**turn, "blocks": blocks(rest)})
    return found


def _who(kind: str, said: str, language: str, speakers: list[str], names: list[str], where: str) -> dict[str, Any]:
    fields = [field.strip() for field in said.split("|")]
    if kind == "note":
        return {}
    if kind == "question":
        named = dict(zip(("questioner", "outlet", "topic"), fields, strict=False))
        return {"mark": QUESTION_MARKS[language], **{key: words for key, words in named.items() if words}}
    if fields[0] not in speakers:
        raise DemoError(where, f"{fields[0]!r} is no speaker of the head; there are {', '.join(speakers) or 'none'}")
    index = speakers.index(fields[0])
    return {"speaker": index, "mark": names[index]}


def _paragraphs(prose: str) -> Iterator[str]:
    for chunk in re.split(r"\n\s*\n", prose.strip()):
        lines = [line.strip() for line in chunk.strip().split("\n")]
        if lines[0].startswith("|"):
            yield "\n".join(lines)
        elif any(sign.match(lines[0]) for sign, _ in _SIGNS[2:4]):
            yield from lines
        elif lines != [""]:
            yield " ".join(lines)


def _marked(raw: str) -> dict[str, Any]:
    text, marks, end = "", [], 0
    for found in _INLINE.finditer(raw):
        text += raw[end : found.start()]
        words = found[found.lastindex or 0] if found[4] is None else found[4]
        kind = [_INLINE_KINDS[found.lastindex or 0]] if found[4] is None else ["link", found[5]]
        marks.append([len(text), len(text) + len(words), *kind])
        text, end = text + words, found.end()
    text += raw[end:]
    return {"text": text, "marks": marks} if marks else {"text": text}
