"""What is searched by the judged queries: three invented offices, as open content in the order of their records.

    said      `said.txt`: in many languages the same few subjects, each a question and an answer, by hand
    corpus    forty messages of `communique corpus`, English and French
    demo      the invented embassy's messages as they stand at the end

A turn is named `OFFICE/MESSAGE/LANGUAGE#t7`; a paragraph of a text without turns, the third, `…#p3`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from communique.demo.corpus import Corpus
from communique.demo.script import steps

HERE = Path(__file__).parent
CORPUS = Corpus(40, 8)
PERSONS = {"asks": "Petra Ombervane", "answers": "Oriel Tavenmark"}


@dataclass(frozen=True)
class Subject:
    """What one exchange of `said.txt` is about: its two turns, marked, and other forms of its word."""

    language: str
    name: str
    question: str
    answer: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Message:
    """One language version as it is published."""

    name: str
    id: str
    content: dict[str, Any] = field(hash=False)


def id_of(key: str) -> str:
    """A 16-letter id of what a key names."""
    return sha256(f"judged/{key}".encode()).hexdigest()[:16]


def subjects() -> Iterator[Subject]:
    """All of `said.txt`."""
    language, name, turns, forms = "", "", {}, ()
    for line in [*(HERE / "said.txt").read_text("utf-8").splitlines(), "= "]:
        if line.startswith("#"):
            continue
        if line.startswith(("q ", "a ")):
            turns[line[0]] = line[2:]
        elif line.startswith("f "):
            forms = tuple(line[2:].split())
        elif line:
            if len(turns) == 2:
                yield Subject(language, name, turns["q"], turns["a"], forms)
                turns, forms = {}, ()
            language, name = (line[2:], "") if line.startswith("= ") else (language, line)


def nothing() -> Iterator[tuple[str, str]]:
    """Language and words of `nothing.txt`."""
    language = ""
    for line in (HERE / "nothing.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            language = line[2:]
        elif line and not line.startswith("#"):
            yield language, line


def plain(marked: str) -> str:
    """A turn of `said.txt` without its marks."""
    return marked.translate(str.maketrans("", "", "[]{}"))


def messages() -> list[Message]:
    """Everything that is searched."""
    return [*_said(), *_corpus(), *_demo()]


def pieces() -> list[tuple[str, dict[str, Any]]]:
    """Id and content of the furniture that the messages name."""
    languages = list(dict.fromkeys(one.content["language"] for one in messages()))
    office = _piece("office", name={"en": "Judged"}, languages=languages, zone="Europe/London", dates="d MMMM y")
    persons = [
        (id_of(name), _piece("person", name={"en": name}, address=name.lower().replace(" ", "-")))
        for name in PERSONS.values()
    ]
    section = (id_of("section said"), _piece("section", name={"en": "Said"}, word={"en": "said"}))
    return [(id_of("office"), office), section, *persons, *CORPUS.furniture()[1:]]


def words_of(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Turn or paragraph -> its kind and its words, as they are printed."""
    if "turns" in content:
        return {turn["id"]: (turn["kind"], _text(turn["blocks"])) for turn in content["turns"]}
    return {f"p{n}": ("text", _text([block])) for n, block in enumerate(content.get("blocks", ()), 1)}


def name_of(message: Message, place: int) -> str:
    """The name of the turn or paragraph at a place of a message, counted from 1."""
    turns = message.content.get("turns")
    return f"{message.name}#{turns[place - 1]['id'] if turns else f'p{place}'}"


def _said() -> Iterator[Message]:
    for number, one in enumerate(subjects()):
        name = f"said/{one.name}/{one.language}"
        speakers = [{"name": who, "person": id_of(who)} for who in PERSONS.values()]
        turns = [
            {"id": "t1", "kind": "question", "speaker": 0, "blocks": [plain(one.question)]},
            {"id": "t2", "kind": "answer", "speaker": 1, "blocks": [plain(one.answer)]},
        ]
        facts = {"kind": "interview", "speakers": speakers, "turns": turns, "title": f"{number + 1}"}
        facts["section"] = id_of("section said")
        address = f"{one.language}/said/2025/{number % 12 + 1:02d}/{number % 28 + 1:02d}/subject-{number + 1}"
        yield Message(name, id_of(name), _message(id_of(f"message {name}"), one.language, address, **facts))


def _corpus() -> Iterator[Message]:
    for one in CORPUS.messages():
        yield Message(f"corpus/{one.number}/{one.content['language']}", one.id, one.content)


def _demo() -> Iterator[Message]:
    last = {entry.id: entry for step in steps() for entry in step.entries if entry.content["type"] == "message"}
    for entry in last.values():
        if entry.content["state"] != "removed" and entry.content.get("title"):
            left_out = ("pictures", "files", "recordings", "source", "erased", "was", "section")
            content = {key: value for key, value in entry.content.items() if key not in left_out}
            content["speakers"] = [
                {k: v for k, v in one.items() if k != "person"} for one in content.get("speakers", ())
            ]
            turns = [{k: v for k, v in t.items() if not k.endswith("_ms")} for t in content.get("turns", ())]
            content |= {"turns": turns} if turns else {}
            if not content["speakers"]:
                del content["speakers"]
            yield Message(f"demo/{entry.key.split('/')[1]}/{content['language']}", entry.id, content)


def _text(blocks: Any) -> str:
    found = []
    for block in blocks:
        if isinstance(block, str):
            found.append(block)
        elif block and "rows" in block:
            found += [cell or "" for row in block["rows"] for cell in row]
        elif block:
            found.append(block.get("text") or "")
    return " ".join(found)


def _message(message: str, language: str, address: str, **facts: Any) -> dict[str, Any]:
    head = {"v": 1, "type": "message", "state": "current", "message": message, "language": language}
    return {**head, "original": language, "address": address, **facts}


def _piece(sort: str, **fields: Any) -> dict[str, Any]:
    return {"v": 1, "type": "furniture", "state": "current", "piece": sort, "order": 0, **fields}
