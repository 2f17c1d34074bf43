"""A sentence in English that keeps its pattern and what was filled in, so that a desk can say it in its own language.

    >>> said = Sentence("the file has {size} MB, more than {limit} MB", size=1_234, limit=20)
    >>> said
    'the file has 1,234 MB, more than 20 MB'
    >>> said.pattern, said.values["limit"]
    ('the file has {size} MB, more than {limit} MB', 20)

It is a plain `str` for whoever speaks English: the command line, a log, a test. This room says nothing in another
language and knows no catalogue of translations; `newsroom/retelling.py` does. A value is a whole number (written with
its thousands divided), words, or several quoted words; a sentence may be filled into a sentence. `ground/speak.py`
finds the patterns by the names `Sentence` and `Plural`, so the first argument of each is a literal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

Value: TypeAlias = "str | int | tuple[str, ...]"


class Sentence(str):
    """What is said, in English. `many` is the pattern for a `count` that is not one, "" where nothing is counted."""

    pattern: str
    many: str
    values: Mapping[str, Value]

    def __new__(cls, pattern: str, /, many: str = "", **values: Value) -> Sentence:
        used = many if many and values["count"] != 1 else pattern
        said = super().__new__(cls, used.format(**{name: _written(value) for name, value in values.items()}))
        said.pattern, said.many, said.values = pattern, many, values
        return said

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Value]]:
        return (self.pattern, self.many), dict(self.values)


class Plural(NamedTuple):
    """A sentence about one thing, and about several, in which {count} stands."""

    one: str
    many: str

    def of(self, count: int) -> Sentence:
        return Sentence(self.one, self.many, count=count)


def as_row(said: Value) -> Any:
    """For JSON: a sentence with its pattern, so that it can be said in other languages later, too."""
    if isinstance(said, Sentence):
        values = {name: as_row(value) for name, value in said.values.items()}
        return {"pattern": said.pattern, "many": said.many, "values": values}
    return list(said) if isinstance(said, tuple) else said


def of_row(row: Any) -> Value:
    """What `as_row` kept."""
    if isinstance(row, dict):
        pattern, many, values = row["pattern"], row["many"], row["values"]
        return Sentence(pattern, many, **{name: of_row(value) for name, value in values.items()})
    return tuple(row) if isinstance(row, list) else row


def _written(value: Value) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return value if isinstance(value, str) else ", ".join(f"“{words}”" for words in value)


def line_of(where: str, line: int) -> Sentence:
    """A line of a file or of a part of one."""
    return Sentence("{where}, line {line}", where=where, line=line)
