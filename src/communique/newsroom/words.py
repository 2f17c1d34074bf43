"""The words of a message at the desk: one JSON value, in the open content's own shape, and what may be asked of it.

    {"speakers": [{"name": "…", "role": "…", "person": "…"}],
     "turns": [{"id": "t1", "kind": "question", "questioner": "…", "blocks": ["…"]}, …], "next": 15}
    {"speakers": […], "blocks": ["…", {"kind": "heading", "text": "…", "level": 2}], "next": 1}

The speakers of blocks are those whose words the whole text is: who gives a speech, who issues a statement.
`next` is the number of the next new turn. It only grows, so that no id, which is part of a public address, is given
twice. What an edition seals is the same without `next` (`into_content`, `from_content`).

Two levels: `checked` brings a value into its one normal form and refuses only what is no words value at all, so that
a draft can always be saved; `faults` says what must be mended before anybody else sees it. `words_changes.py` compares
two values. The normal form: canonical text (`communique.edition.text`) without blanks around a block; blocks without
words left out; a plain paragraph as a bare string; marks inside their text, of one kind joined, in the order of from,
to, kind; rows of a table of one length; empty keys left out.

Nothing here knows Django. Sentences for people go through `say`, which translates their pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from communique.edition.message import BLOCK_KINDS, LONGEST_MS, MARK_KINDS, TURN_ID, TURN_KINDS
from communique.edition.shape import ID, TAG
from communique.edition.text import canonical_text

Value = dict[str, Any]
Say = Callable[[str], str]

TURN_WORDS = ("mark", "questioner", "outlet", "topic")
TURN_TIMES = ("from_ms", "to_ms")
"""when a turn is heard in the message's recording; they are there only together with one"""
TURN_KEYS = frozenset({"id", "kind", "speaker", "blocks", *TURN_WORDS, *TURN_TIMES})
BLOCK_KEYS = frozenset({"kind", "text", "marks", "level", "ordered", "rows", "header"})
SPEAKER_KEYS = frozenset({"name", "role", "person"})
WITH_MORE = ("link", "lang")
"""marks that say more: a link its target, words in another language its tag"""
ONE_OF = {"superscript": "script", "subscript": "script", "link": "link", "lang": "lang"}
"""marks that cannot cover the same words: where two would, the first stays"""

_BREAK = "\n\r\x0b\x0c\x85\u2028\u2029"
_ONLY_BLANKS = re.compile(rf"[^\S{_BREAK}]*(?:[{_BREAK}]|\Z)")
_TARGET = re.compile(r"(?:https?://[^/]|mailto:[^/]|tel:[+0-9]|/(?!/)|#)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translation; `say` translates it."""
    return sentence


class WordsError(ValueError):
    """Something is no words value. `turn` is the id of the turn, or "" where none is at fault; `sentence` helps."""

    def __init__(self, turn: str, sentence: str) -> None:
        super().__init__(f"{turn}: {sentence}" if turn else sentence)
        self.turn = turn
        self.sentence = sentence


# The normal form


def checked(value: Any) -> Value:
    """The value in its normal form, as a draft keeps it; raises WordsError with the turn."""
    _object(value, "", "the words", {"speakers", "turns", "blocks", "next"})
    if "turns" in value and "blocks" in value:
        raise WordsError("", "The words stand in turns or in blocks, not in both.")
    speakers = [_speaker(speaker) for speaker in _list(value.get("speakers", []), "", "the speakers")]
    found: Value = {"speakers": speakers} if speakers else {}
    if "turns" in value:
        found["turns"] = [_turn(turn, len(speakers)) for turn in _list(value["turns"], "", "the turns")]
        _once(turn["id"] for turn in found["turns"])
    else:
        found["blocks"] = _blocks(value.get("blocks", []), "")
    return {**found, "next": max(_whole(value.get("next", 1), "", 1), first_next(found))}


def first_next(value: Mapping[str, Any]) -> int:
    """The least number that a new turn may get: above that of every turn there is."""
    return max((int(turn["id"][1:]) for turn in value.get("turns", ())), default=0) + 1


def _once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise WordsError(id_, f"Two turns have the id {id_}: each has its own.")
        seen.add(id_)


def _speaker(speaker: Any) -> Value:
    _object(speaker, "", "a speaker", SPEAKER_KEYS)
    name = _line(speaker.get("name"), "")
    if not name:
        raise WordsError("", "A speaker has no name: write it or take the speaker out.")
    person = speaker.get("person") or ""
    if person and not (isinstance(person, str) and re.fullmatch(ID.pattern, person)):
        raise WordsError("", f"The speaker {name} has the person {person!r}, which is no id.")
    return _filled(name=name, role=_line(speaker.get("role"), ""), person=person)


def _turn(turn: Any, speakers: int) -> Value:
    where = _turn_id(turn)
    _object(turn, where, f"turn {_number(where)}", TURN_KEYS)
    if turn.get("kind") not in TURN_KINDS:
        raise WordsError(where, f"Turn {_number(where)} is of no known kind: {', '.join(TURN_KINDS)}.")
    said = {key: _line(turn.get(key), where) for key in TURN_WORDS}
    found = {"id": where, "kind": turn["kind"]}
    if turn.get("speaker") is not None:
        found["speaker"] = _whole(turn["speaker"], where, 0)
        if found["speaker"] >= speakers:
            raise WordsError(where, f"Turn {_number(where)} is said by somebody who is not in the list of speakers.")
    return {**found, **_filled(**said), **_times(turn, where), "blocks": _blocks(turn.get("blocks", []), where)}


def _times(turn: Mapping[str, Any], where: str) -> dict[str, int]:
    """When the turn is heard; an end that does not follow its beginning says nothing and goes."""
    times = {key: _whole(turn[key], where, 0, LONGEST_MS) for key in TURN_TIMES if turn.get(key) is not None}
    if "from_ms" not in times or times.get("to_ms", LONGEST_MS) <= times["from_ms"]:
        times.pop("to_ms", None)
    return times


def _turn_id(turn: Any) -> str:
    id_ = turn.get("id") if isinstance(turn, Mapping) else None
    if not isinstance(id_, str) or not re.fullmatch(TURN_ID.pattern, id_):
        raise WordsError("", f"A turn has the id {id_!r}, which is none: t and a number, as t7.")
    return id_


def _blocks(blocks: Any, where: str) -> list[Any]:
    found = (_block(block, where) for block in _list(blocks, where, "the blocks") if block is not None)
    return [block for block in found if block is not None]


def _block(block: Any, where: str) -> Any:
    """One block in normal form, None when it has no words."""
    if isinstance(block, str):
        return _text(block)[0] or None
    _object(block, where, "a block", BLOCK_KEYS)
    kind = block.get("kind")
    if kind not in BLOCK_KINDS:
        raise WordsError(where, f"A block is of no known kind: {', '.join(BLOCK_KINDS)}.")
    if kind == "table":
        return _table(block, where)
    raw = _string(block.get("text"), where)
    text, place = _text(raw)
    marks = _marks(block.get("marks", []), len(raw), len(text), place, where)
    if not text or (kind == "paragraph" and not marks):
        return text or None
    level = _whole(block["level"], where, 1, 6) if kind in ("heading", "item") and block.get("level") else 0
    ordered = kind == "item" and bool(block.get("ordered"))
    return {"kind": kind, "text": text, **_filled(marks=marks, level=level, ordered=ordered)}


def _table(block: Mapping[str, Any], where: str) -> Value | None:
    rows = [
        [_cell(cell, where) for cell in _list(row, where, "a row")] for row in _list(block.get("rows"), where, "rows")
    ]
    width = max((len(row) for row in rows), default=0)
    if not any(cell for row in rows for cell in row):
        return None
    full = [row + [""] * (width - len(row)) for row in rows]
    return {"kind": "table", "rows": full, **_filled(header=bool(block.get("header")))}


def _cell(cell: Any, where: str) -> str:
    return _text(_string(cell, where))[0]


def _text(raw: str) -> tuple[str, Callable[[int], int]]:
    """Canonical text without blanks around it, and where an offset of the raw text lies in it."""
    canonical = canonical_text(raw)
    text = canonical.strip()
    before = len(canonical) - len(canonical.lstrip())

    def place(offset: int) -> int:
        head = raw[:offset]
        if _ONLY_BLANKS.match(raw, offset):
            head = re.sub(rf"[^\S{_BREAK}]+\Z", "", head)
        # A letter stands for what follows, so that blanks before it count and nothing composes over the edge.
        return min(max(canonical_text(head + "x").rindex("x") - before, 0), len(text))

    return text, place


def _marks(marks: Any, of_raw: int, of_text: int, place: Callable[[int], int], where: str) -> list[list[Any]]:
    runs: dict[tuple[str, ...], list[list[int]]] = {}
    for mark in _list(marks, where, "the marks"):
        start, end, *what = _mark(mark, where)
        start, end = place(min(start, of_raw)), min(place(min(end, of_raw)), of_text)
        if start < end:
            runs.setdefault(tuple(what), []).append([start, end])
    joined = [[start, end, *what] for what, found in runs.items() for start, end in _joined(found)]
    return _apart(sorted(joined, key=_order))


def _mark(mark: Any, where: str) -> list[Any]:
    start, end, *what = _list(mark, where, "a mark") if isinstance(mark, list | tuple) and len(mark) > 2 else (0, 0, "")
    if what[0] not in (*MARK_KINDS, *WITH_MORE) or len(what) != (2 if what[0] in WITH_MORE else 1):
        raise WordsError(where, f"A mark is of no known kind: {', '.join((*MARK_KINDS, *WITH_MORE))}.")
    target = [_line(each, where) for each in what[1:]]
    if target == [""]:
        return [0, 0, *what]
    if what[0] == "lang" and not re.fullmatch(TAG.pattern, target[0]):
        raise WordsError(where, f"{target[0]!r} is no language tag; write it as en, fr or zh-Hans.")
    return [_whole(start, where, 0), _whole(end, where, 0), what[0], *target]


def _joined(runs: list[list[int]]) -> list[list[int]]:
    """Stretches of one mark, those that touch as one."""
    found: list[list[int]] = []
    for start, end in sorted(runs):
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def _apart(marks: list[list[Any]]) -> list[list[Any]]:
    """Marks of which only one can cover a word, cut so that the first stays."""
    reached: dict[str, int] = {}
    found = []
    for mark in marks:
        group = ONE_OF.get(mark[2])
        start = max(mark[0], reached.get(group, 0)) if group else mark[0]
        if start >= mark[1]:
            continue
        if group:
            reached[group] = mark[1]
        found.append([start, *mark[1:]])
    return sorted(found, key=_order)


def _order(mark: Sequence[Any]) -> tuple[int, int, str, str]:
    return mark[0], mark[1], mark[2], mark[3] if len(mark) > 3 else ""


def _object(value: Any, where: str, name: str, keys: Iterable[str]) -> None:
    if not isinstance(value, Mapping):
        raise WordsError(where, f"Expected {name} as an object, found {type(value).__name__}.")
    unknown = sorted(set(value) - set(keys))
    if unknown:
        raise WordsError(where, f"{name[0].upper()}{name[1:]} may not have {', '.join(unknown)}.")


def _list(value: Any, where: str, name: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise WordsError(where, f"Expected {name} as a list, found {type(value).__name__}.")
    return list(value)


def _string(value: Any, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WordsError(where, f"Expected words, found {type(value).__name__}.")
    return value


def _line(value: Any, where: str) -> str:
    return " ".join(canonical_text(_string(value, where)).split())


def _whole(value: Any, where: str, least: int, most: int = 1_000_000) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise WordsError(where, f"Expected a whole number from {least} to {most}, found {value!r}.")
    return value


def _filled(**values: Any) -> Value:
    return {key: value for key, value in values.items() if value}


def _number(turn: str) -> str:
    return turn[1:]


# From and into an edition's content


def from_content(content: Mapping[str, Any]) -> Value:
    """The value that shows an edition at the desk. Words that an erasure took are not in it."""
    kept = {key: content[key] for key in ("turns", "blocks") if key in content}
    return checked({**kept, "speakers": named(content), "next": first_next(content)})


def named(content: Mapping[str, Any]) -> list[Value]:
    """The speakers of an edition, each with a name: of one whose name an erasure took, a sign for it."""
    return [{**speaker, "name": speaker.get("name") or "…"} for speaker in content.get("speakers", ())]


def into_content(value: Mapping[str, Any]) -> Value:
    """What an edition says of the value: turns or blocks, and speakers."""
    return {key: inner for key, inner in checked(value).items() if key != "next"}


# What must be mended


def faults(value: Mapping[str, Any], say: Say = str) -> list[tuple[str, str]]:
    """(turn id, sentence) for all that must be mended before submitting; the id is "" for the whole text."""
    found = checked(value)
    if "turns" not in found:
        return list(_faults_of_text(found, say))
    if not found["turns"]:
        return [("", say(NO_TURN))]
    return [(turn["id"], sentence) for turn in found["turns"] for sentence in _faults_of_turn(turn, say)]


NO_WORDS = gettext_noop("The text has no words: write them, paste them or upload a file.")
NO_TURN = gettext_noop("The transcript has no turn: write one, paste a text or upload a file.")
TURN_EMPTY = gettext_noop("Turn {n} has no words: write them or remove the turn.")
TURN_UNSAID = gettext_noop("Turn {n} is an answer and nobody says it: choose a speaker.")
TURN_CELL = gettext_noop("Turn {n} has a table with an empty cell: write a dash where nothing stands.")
TURN_LINK = gettext_noop("Turn {n} has a link to {target}, which readers cannot follow: change or remove it.")
TEXT_TWICE = gettext_noop("{name} is among the speakers twice: take one of the two out of the list.")
TEXT_CELL = gettext_noop("A table has an empty cell: write a dash where nothing stands.")
TEXT_LINK = gettext_noop("A link leads to {target}, which readers cannot follow: change or remove it.")


def _faults_of_text(found: Mapping[str, Any], say: Say) -> Iterator[tuple[str, str]]:
    blocks = found["blocks"]
    for name in _named_twice(found.get("speakers", ())):
        yield "", say(TEXT_TWICE).format(name=name)
    if not blocks:
        yield "", say(NO_WORDS)
    if _has_empty_cell(blocks):
        yield "", say(TEXT_CELL)
    for target in _dead_links(blocks):
        yield "", say(TEXT_LINK).format(target=target)


def _faults_of_turn(turn: Mapping[str, Any], say: Say) -> Iterator[str]:
    n = _number(turn["id"])
    if not turn["blocks"]:
        yield say(TURN_EMPTY).format(n=n)
    if turn["kind"] == "answer" and "speaker" not in turn and "mark" not in turn:
        yield say(TURN_UNSAID).format(n=n)
    if _has_empty_cell(turn["blocks"]):
        yield say(TURN_CELL).format(n=n)
    for target in _dead_links(turn["blocks"]):
        yield say(TURN_LINK).format(n=n, target=target)


def _named_twice(speakers: Sequence[Mapping[str, str]]) -> list[str]:
    """Who stands in the list of a text's speakers more than once: the same person, or a name without one."""
    count = Counter(speaker.get("person") or speaker["name"] for speaker in speakers)
    names = {speaker.get("person") or speaker["name"]: speaker["name"] for speaker in speakers}
    return [names[who] for who, times in count.items() if times > 1]


def _has_empty_cell(blocks: Iterable[Any]) -> bool:
    tables = (block for block in blocks if isinstance(block, Mapping) and "rows" in block)  # a paragraph is a text
    return any(not cell for table in tables for row in table["rows"] for cell in row)


def _dead_links(blocks: Iterable[Any]) -> Iterator[str]:
    """Targets that the public site would not follow."""
    for block in blocks:
        for mark in block.get("marks", ()) if isinstance(block, Mapping) else ():
            if mark[2] == "link" and (not _TARGET.match(mark[3]) or _UNSAFE.search(mark[3])):
                yield mark[3]
