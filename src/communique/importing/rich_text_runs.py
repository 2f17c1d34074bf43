r"""What runs of an RTF say of themselves, before striprtf reads the words: which nobody sees, which are strong.

striprtf gives all words of a file, those that are hidden, struck out or deleted too. So the file is gone through once
with the state that its groups have: words that no reader of the document sees are taken out and quoted, and where what
is seen changes its type, a sign stands (`TYPE`) that striprtf hands on like any other.

    {\v not yet} the ferry {\b sails}      ->      the ferry \x0110240000sails\x0100240000

Of a field that is a link (`\fldinst HYPERLINK "https://…"`) the address is kept, and the words that it shows are told
to be that link.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from communique.importing.leavings import Leavings

TYPE = re.compile("\x01([01])(\\d{4})(\\d{4})")
"""a change within words: whether they are strong from here on, their size in half points, and the number of the link
that they are, 0 where they are none"""
LIMIT_LINKS = 9_999

_TOKEN = re.compile(rb"\\'[0-9a-fA-F]{2}|\\([a-z]{1,32})(-?\d{1,10})? ?|\\[^a-z]|[{}]|[^\\{}\r\n]+|[\r\n]+")
_SIGNS = frozenset((b"u", b"emdash", b"endash", b"lquote", b"rquote", b"ldblquote", b"rdblquote", b"bullet"))
"""control words that are read as signs"""
_UNSEEN = {b"v": "hidden", b"strike": "struck", b"striked": "struck", b"deleted": "deletion"}
_ASIDE = {
    b"footnote": "footnote", b"annotation": "comment",
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "margin"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "margin"),
}  # fmt: skip
"""groups whose words stand beside the text, and striprtf leaves out"""
_TABLES = frozenset((b"fonttbl", b"colortbl", b"stylesheet", b"info", b"listtable", b"listoverridetable", b"pict"))
_SIZE, _MOST_SIZE = 24, 9999
_LINK = re.compile(rb'\bHYPERLINK\s+"?\s*((?:https?://|mailto:)[^\s"\\]{1,2000})', re.I)
_ESCAPED = re.compile(rb"\\'([0-9a-fA-F]{2})")
_CODE_PAGE = re.compile(rb"\\ansicpg\d{1,5}")


@dataclass(frozen=True)
class _State:
    """What holds inside a group. `aside` says why its words are no text, empty where they are."""

    unseen: frozenset[bytes] = frozenset()
    aside: str = ""
    strong: bool = False
    size: int = _SIZE
    field: int = 0
    """the number of the innermost field around"""


def with_types(data: bytes, left: Leavings) -> tuple[bytes, dict[str, list[bytes]], dict[int, str]]:
    """The file without what nobody sees, with signs where type changes; what was taken out, by how it was unseen, as
    RTF of its own; and by its number the address of each link."""
    made, state, stack = bytearray(), _State(), [_State()]
    shown: tuple[bool, int, int] = (False, 0, 0)
    told: dict[int, bytearray] = {}
    fields = 0
    taken: dict[str, list[bytes]] = defaultdict(list)
    seen, open_ = 0, ("", -1)
    for token in _TOKEN.finditer(data):
        raw, word, number = token[0], token[1], token[2]
        if raw == b"{":
            stack.append(state)
        elif raw == b"}":
            state = stack.pop() if len(stack) > 1 else state
        elif raw == b"\\*":
            state = replace(state, aside=state.aside or "machine")
        elif word == b"field":
            fields += 1
            state = replace(state, field=fields)
        elif word is not None and word not in _SIGNS:
            state = _after(state, word, number)
            if word in _ASIDE and _ASIDE[word] != "margin":
                left.count(_ASIDE[word])
            left.count("insertion", int(word == b"revised" and number != b"0"))
        elif raw.strip() and not state.aside:
            if state.unseen:
                why = next(why for sort, why in _UNSEEN.items() if sort in state.unseen)
                goes_on = open_ == (why, seen)
                taken[why] += [] if goes_on else [b""]
                taken[why][-1] += raw
                open_ = (why, seen)
                continue
            seen += 1
            link = state.field if state.field in told and state.field <= LIMIT_LINKS else 0
            if shown != (state.strong, state.size, link):
                shown = (state.strong, state.size, link)
                made += b"\x01%d%04d%04d" % shown
        elif state.aside == "instruction":
            told.setdefault(state.field, bytearray()).extend(raw)
            continue  # striprtf would put the address among the words
        elif raw.strip() and state.aside == "margin":
            left.count("margin")
            state = replace(state, aside="margin counted")
        made += raw
    heading = b"".join(_CODE_PAGE.findall(data[:4096])[:1])
    unseen = {why: [b"{\\rtf1\\ansi%b %b}" % (heading, one) for one in all_] for why, all_ in taken.items()}
    return bytes(made), unseen, {number: target for number, said in told.items() if (target := _target(bytes(said)))}


def _target(instruction: bytes) -> str | None:
    """The address in what a field is told to do; None where it is no link to a page."""
    found = _LINK.search(_ESCAPED.sub(lambda code: bytes((int(code[1], 16),)), instruction))
    return found[1].decode("utf-8", "replace").strip() if found else None


def _after(state: _State, word: bytes, number: bytes | None) -> _State:
    """The state behind a control word."""
    on = number != b"0"
    if word == b"fldinst":
        return replace(state, aside="instruction")
    if word in _ASIDE or word in _TABLES:
        return replace(state, aside=state.aside or _ASIDE.get(word, "machine"))
    if word in _UNSEEN:
        return replace(state, unseen=state.unseen | {word} if on else state.unseen - {word})
    if word == b"b":
        return replace(state, strong=on)
    if word == b"fs" and number and number.isdigit():
        return replace(state, size=min(int(number), _MOST_SIZE))
    if word == b"plain":
        return replace(state, unseen=frozenset(), strong=False, size=_SIZE)
    return state
