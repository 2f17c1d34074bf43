"""What must stand in a part of a page, and what differs from it.

A `Piece` is one element: its start tag, and in it either pieces and nothing else, or words. `differences` compares an
element of a page with a piece and says each difference in words; an element too many or too few is one, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from communique.verify.site.markup import Element
from communique.verify.site.wording import Gap, Gaps, Words, words_of

SHOWN = 60
"""characters of a difference that a finding shows"""

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Piece:
    """One element; `name` is what a finding calls it."""

    name: str
    start: Words
    inner: Words | list[Piece]


def start_tag(name: str, /, **attributes: str | Words | bool | None) -> Words:
    """A start tag; an attribute that is None or False is left out, `_` in its name stands for `-`."""
    made: list[str | Gap | Words] = [f"<{name}"]
    for key, value in attributes.items():
        word = key.rstrip("_").replace("_", "-")
        if value is True:
            made.append(f" {word}")
        elif value is not None and value is not False:
            made += [f' {word}="', escape(value) if isinstance(value, str) else value, '"']
    return words_of(*made, ">")


def element(name: str, words: str | Words, /, **attributes: str | Words | bool | None) -> Words:
    """A whole element as words; a `str` in it is HTML already."""
    return words_of(start_tag(name, **attributes), words, f"</{name}>")


def piece(what: str, name: str, inner: Words | list[Piece], /, **attributes: str | Words | bool | None) -> Piece:
    """A piece, called `what`."""
    return Piece(what, start_tag(name, **attributes), inner)


def piece_of(what: str, html: str) -> Piece:
    """A piece from the HTML of one whole element that has an end tag."""
    start, _, rest = html.partition(">")
    return Piece(what, (f"{start}>",), (rest.rpartition("</")[0],))


def differences(found: Element, wanted: Piece, gaps: Gaps) -> Iterator[str]:
    """What of an element is not as the piece has it."""
    if not gaps.fit(wanted.start, found.start):
        yield f"{wanted.name}: the page has {shortened(found.start, 200)}, and not {shortened(_raw(wanted.start), 200)}"
    if isinstance(wanted.inner, list):
        yield from _of_children(found, wanted.inner, wanted.name, gaps)
    elif not gaps.fit(wanted.inner, found.inner):
        yield f"{wanted.name}: {_difference(found.inner, _raw(wanted.inner))}"


def _of_children(found: Element, wanted: Sequence[Piece], name: str, gaps: Gaps) -> Iterator[str]:
    if found.loose_text:
        yield f"{name}: has “{shortened(found.loose_text)}”, for which the record has no place"
    elements = found.elements
    for place, (one, due) in enumerate(zip(elements, wanted, strict=False)):
        if len(elements) != len(wanted) and not gaps.fit(due.start, one.start):
            yield from _out_of_step(elements[place:], wanted[place:], name)
            return
        said = list(differences(one, due, gaps))
        if said and len(elements) != len(wanted):
            yield from _out_of_step(elements[place:], wanted[place:], name)
            return
        yield from said
    rest = elements[len(wanted) :], wanted[len(elements) :]
    if any(rest):
        yield from _out_of_step(*rest, name)


def _out_of_step(found: Sequence[Element], wanted: Sequence[Piece], name: str) -> Iterator[str]:
    """Where the two part, when one has more than the other: said once, for what follows is out of step."""
    here = f"{found[0].name} “{shortened(found[0].text)}”" if found else "its end"
    due = f"{wanted[0].name} “{shortened(_text(_raw(_words_in(wanted[0]))))}”" if wanted else "its end"
    yield f"{name}: the page has {here} where the record has {due}"


def _words_in(one: Piece) -> Words:
    if isinstance(one.inner, list):
        return words_of(*(_words_in(inner) for inner in one.inner))
    return one.inner


def _difference(found: str, wanted: str) -> str:
    """The two texts from a little before the first sign in which they differ; their HTML if the texts are one."""
    pair = (_text(found), _text(wanted))
    if pair[0] == pair[1]:
        pair = (found, wanted)
    same = next((place for place, (a, b) in enumerate(zip(*pair, strict=False)) if a != b), min(map(len, pair)))
    start = max(0, same - SHOWN // 3)
    here, due = (("…" if start else "") + shortened(one[start:]) for one in pair)
    return f"the page has “{here}”, the record “{due}”"


def shortened(text: str, limit: int = SHOWN) -> str:
    """A text for a finding: one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}…"


def _raw(words: Words) -> str:
    return "".join(one if isinstance(one, str) else "(…)" for one in words)


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html.replace("<br>", "\n")))
