"""Words with marks of change: what stood before and what stands now can both be read from them.

Nothing is compared anew. On a page that shows what changed, `del` is what stood and `ins` what stands; without the
latter a passage must be the one edition's to the letter, without the former the other's. So a mark may be set less
well than it could be, and never wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from communique.verify.site.expected import Piece, piece, shortened
from communique.verify.site.markup import Element
from communique.verify.site.wording import Gap, Gaps, Words

STRUCK, ADDED = "del", "ins"
ANYTHING: Words = (Gap(None, r"[\s\S]*"),)
"""what is held against the editions apart"""


def lines_of(blocks: Sequence[Any], erased: str) -> list[str]:
    """The words of blocks as a comparison shows them: a line each, cells divided by a bar."""
    lines: list[str] = []
    for block in blocks:
        if not isinstance(block, Mapping):
            lines.append(erased if block is None else block)
            continue
        if block.get("text") is not None or "rows" not in block:
            lines.append(_known(block.get("text"), erased))
        lines += [" | ".join(_known(cell, erased) for cell in row) for row in block.get("rows", ())]
    return lines


def _known(text: str | None, erased: str) -> str:
    return erased if text is None else text


def read(element: Element, without: str) -> str:
    """The text of an element without what is struck, or without what is added; a break is a line's end."""
    made = []
    for child in element.children:
        if isinstance(child, str):
            made.append(child)
        elif child.name == "br":
            made.append("\n")
        elif child.name != without and not child.is_a("span", "unseen"):
            made.append(read(child, without))
    return "".join(made)


def lines_in(words: Element, without: str) -> list[str]:
    """The lines of one edition in the words of a turn or passage; one that is struck, or added, whole is not."""
    return [read(line, without) for line in words.elements if not _is_only(line, without)]


def _is_only(line: Element, name: str) -> bool:
    return bool(line.children) and all(isinstance(child, Element) and child.name == name for child in line.children)


def places_in(words: Element) -> int:
    """How many places of some words are marked: marks side by side are one."""
    found = 0
    for line in words.elements:
        marked = False
        for child in line.children:
            is_mark = isinstance(child, Element) and child.name in (STRUCK, ADDED)
            found += is_mark and not marked
            marked = is_mark
    return found


def words_faults(where: str, words: Element | None, old: Sequence[str] | None, new: Sequence[str]) -> Iterator[str]:
    """Whether marked words are both editions'; `old` is None where the earlier ones are held against them elsewhere."""
    found = words or Element("div", {})
    for line in found.elements:
        if line.name != "p" or not all(_is_known(child) for child in line.children):
            yield f"{where}: has {shortened(line.outer, 120)}, and no line of words"
    for name, without, due in (("the edition before", ADDED, old), ("this edition", STRUCK, new)):
        lines = lines_in(found, without)
        if due is not None and lines != list(due):
            yield f"{where}: its words are not those of {name}; it has “{shortened(' '.join(lines))}”"


def _is_known(child: Element | str) -> bool:
    """Text, a line's end, or a mark that begins with what it is and has nothing else in it."""
    if isinstance(child, str) or child.name == "br":
        return True
    inner = child.children
    begins = bool(inner) and isinstance(inner[0], Element) and inner[0].is_a("span", "unseen")
    rest = all(isinstance(one, str) or one.name == "br" for one in inner[1:])
    return child.name in (STRUCK, ADDED) and begins and rest


Fact = tuple[Words, Words, Words, Words | None]
"""what a fact is called, what it was, what it is, and a sentence behind"""


def fact_pieces(facts: Sequence[Fact]) -> list[Piece]:
    """The list of facts that changed; what they say is held against the editions by `fact_faults`."""
    rows = [
        piece("changed fact", "div", [piece("its name", "dt", label), piece("its change", "dd", ANYTHING)])
        for label, _, _, _ in facts
    ]
    return [piece("changed facts", "dl", rows, class_="fact-changes")] if rows else []


def fact_faults(where: str, box: Element, facts: Sequence[Fact], gaps: Gaps) -> Iterator[str]:
    """Whether each changed fact says what it was and what it is."""
    lists = [one for one in box.elements if one.is_a("dl", "fact-changes")]
    found = [row.find("dd")[0] for row in (lists[0].elements if lists else ()) if row.find("dd")]
    for said, (label, old, new, sentence) in zip(found, facts, strict=False):
        for without, due in ((ADDED, old), (STRUCK, new)):
            text = escape(read(said, without))
            ends = () if sentence is None else sentence
            whole = (*due, " ", *ends) if ends and due != ("",) else (*due, *ends)
            if not gaps.fit(_flat(whole), text.strip()) and not gaps.fit(_flat(whole), text):
                yield f"{where}, {''.join(map(str, label))}: has “{shortened(text)}”, which the editions do not say"


def _flat(words: Sequence[str | Gap]) -> Words:
    made: list[str | Gap] = []
    for one in words:
        if made and isinstance(one, str) and isinstance(made[-1], str):
            made[-1] += one
        else:
            made.append(one)
    return tuple(made) or ("",)
