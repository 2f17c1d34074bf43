"""Judges 500 queries, without any index: `python -m search.judged.make` in tests/ writes `judged.jsonl` here.

What answers a query is known by whoever wrote the texts:

    inflected    another form of a subject's word, which stands in neither turn: both turns of the subject, because the
                 word is marked in them by hand, and nothing else of the same language
    word, two    the subject's word as it stands, alone or with the second one: the turns in which it is marked
    questions    the subject's word, questions only: the question.  answers: the answer
    none         what nobody said
    phrase       four words of a turn of the demo as they stand there, in quotation marks: the turns and paragraphs that
                 hold exactly these letters
    corpus       a matter of the corpus with a place, in quotation marks each: the turns that hold both. The corpus puts
                 sentences together of whole pieces, so equal letters are equal words

Line: {"sort", "language", "query": {"q", "only"?, "section"?}, "answers": [turn, …]}. Each answer counts
the same; the language is asked for with each query.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from search.judged.offices import CORPUS, Message, Subject, messages, nothing, subjects, words_of

FILE = Path(__file__).with_name("judged.jsonl")
SIZES = {
    "inflected": 150,
    "none": 50,
    "questions": 50,
    "answers": 50,
    "word": 91,
    "two": 40,
    "phrase": 40,
    "corpus": 29,
}
SAID = {"section": "said"}
"""the hand-written subjects stand in a section of their own: their words stand in the other offices, too"""
FROM_CORPUS = {  # another form of a matter's word -> the matter
    ("en", "timetables"): "the ferry timetable",
    ("en", "quota"): "fishing quotas",
    ("en", "lighthouses"): "lighthouse repairs",
    ("fr", "douanes"): "la douane",
}


def judged() -> Iterator[dict[str, Any]]:
    """All lines."""
    made = {"inflected": _inflected(), "none": _none(), "questions": _only("question"), "answers": _only("answer")}
    made |= {"word": _words(), "two": _two(), "phrase": _phrases(), "corpus": _matters()}
    for sort, size in SIZES.items():
        lines = list(islice(made[sort], size))
        assert len(lines) == size, f"{sort}: {len(lines)} of {size}"
        for line in lines:
            yield {"sort": sort, **line}


def _line(language: str, q: str, answers: list[str], **more: str) -> dict[str, Any]:
    return {"language": language, "query": {"q": q, **more}, "answers": sorted(answers)}


def _inflected() -> Iterator[dict[str, Any]]:
    for one in subjects():
        for form in one.forms:
            yield _line(one.language, form, _of(one, "["), **SAID)
    everything = list(_said_in("corpus"))
    for (language, form), matter in FROM_CORPUS.items():
        found = [name for name, tag, _kind, words in everything if tag == language and matter in words]
        yield _line(language, form, found)


def _none() -> Iterator[dict[str, Any]]:
    for language, words in nothing():
        yield _line(language, words, [])


def _only(kind: str) -> Iterator[dict[str, Any]]:
    turn = {"question": "t1", "answer": "t2"}[kind]
    for one in list(subjects())[:: 2 if kind == "question" else -2]:
        yield _line(
            one.language, _word(one, "["), [name for name in _of(one, "[") if name.endswith(turn)], only=kind, **SAID
        )


def _words() -> Iterator[dict[str, Any]]:
    for one in subjects():
        yield _line(one.language, _word(one, "["), _of(one, "["), **SAID)


def _two() -> Iterator[dict[str, Any]]:
    for one in list(subjects())[::2]:
        both = [name for name in _of(one, "[") if name in _of(one, "{")]
        yield _line(one.language, f"{_word(one, '[')} {_word(one, '{')}", both, **SAID)


def _phrases() -> Iterator[dict[str, Any]]:
    everything = list(_said_in("demo"))
    chance = random.Random(3)
    for _name, language, _kind, words in chance.sample(everything, len(everything)):
        clean = re.findall(r"(?:[^\W\d_]{3,} ){3}[^\W\d_]{3,}(?![\w’'])", words)
        if clean:
            phrase = chance.choice(clean)
            whole = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
            answers = [name for name, tag, _, text in everything if tag == language and whole.search(text)]
            yield _line(language, f'"{phrase}"', answers)


def _matters() -> Iterator[dict[str, Any]]:
    everything = list(_said_in("corpus"))
    chance = random.Random(4)
    while True:
        language = chance.choice(["en", "fr"])
        fills = CORPUS.words[language]["fills"]
        matter, place = chance.choice(fills["matter"]), chance.choice(fills["place"])
        found = [name for name, tag, _, words in everything if tag == language and matter in words and place in words]
        if found:
            yield _line(language, f'"{matter}" "{place}"', found)


def _of(one: Subject, bracket: str) -> list[str]:
    turns = {"t1": one.question, "t2": one.answer}
    return [f"said/{one.name}/{one.language}#{turn}" for turn, text in turns.items() if bracket in text]


def _word(one: Subject, bracket: str) -> str:
    pattern = re.compile(r"\[(.+?)\]" if bracket == "[" else r"\{(.+?)\}")
    found = pattern.search(one.question) or pattern.search(one.answer)
    assert found, one.name
    return found[1]


def _said_in(office: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, language, kind and words of everything said in an office."""
    for one in _all():
        if one.name.startswith(f"{office}/"):
            for place, (kind, words) in words_of(one.content).items():
                yield f"{one.name}#{place}", one.content["language"], kind, words


def _all() -> list[Message]:
    return messages()


if __name__ == "__main__":
    FILE.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in judged()), "utf-8")
