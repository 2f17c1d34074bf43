"""Leavings: what a document holds and the words made of it do not, each kind in one sentence.

>>> left = Leavings()
>>> left.count("picture"); left.count("picture"); left.quote("struck", "forty")
>>> left.sentences
('2 pictures were not taken: add them to the message.', 'Struck-out words were not taken: “forty”.')
"""

from __future__ import annotations

from collections import Counter

_COUNTED = {
    "picture": (
        "1 picture was not taken: add it to the message.",
        "{} pictures were not taken: add them to the message.",
    ),
    "footnote": (
        "1 footnote was not taken: write into the text what readers need of it.",
        "{} footnotes were not taken: write into the text what readers need of them.",
    ),
    "comment": ("1 comment was not taken.", "{} comments were not taken."),
    "deletion": ("1 tracked deletion was not taken.", "{} tracked deletions were not taken."),
    "insertion": (
        "1 tracked insertion was taken as text, as if it had been accepted.",
        "{} tracked insertions were taken as text, as if they had been accepted.",
    ),
    "formula": ("1 formula was not taken: write it in words.", "{} formulas were not taken: write them in words."),
    "reading": ("1 reading aid above a word was not taken.", "{} reading aids above words were not taken."),
    "contents": ("1 line of a table of contents was not taken.", "{} lines of a table of contents were not taken."),
    "margin": ("The text in 1 page margin was not taken.", "The texts in {} page margins were not taken."),
    "link": (
        "1 link leads nowhere outside its document: its words were taken, its address was not.",
        "{} links lead nowhere outside their document: their words were taken, their addresses were not.",
    ),
    "cell": ("1 empty cell of a table has a dash now.", "{} empty cells of tables have a dash now."),
    "insert": (
        "1 other file inside the document was not taken: copy its text into the document.",
        "{} other files inside the document were not taken: copy their text into the document.",
    ),
    "field": ("1 field of a form was not taken.", "{} fields of forms were not taken."),
    "film": ("1 film or sound was not taken.", "{} films or sounds were not taken."),
}
_QUOTED = {
    "struck": "Struck-out words were not taken",
    "hidden": "Hidden words were not taken",
    "strange": "Words in a part of the document that is not known were not taken",
}
_LIMIT_QUOTES = 5
_LIMIT_QUOTE = 60


class Leavings:
    """Counts what was not taken, and keeps the first words of what readers might miss."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._quotes: dict[str, list[str]] = {}
        self._said: list[str] = []

    def count(self, what: str, times: int = 1) -> None:
        self._counts[what] += times

    def quote(self, what: str, words: str) -> None:
        """Note words that were not taken; blanks alone are no words."""
        if said := " ".join(words.split()):
            self._quotes.setdefault(what, []).append(said)

    def say(self, sentence: str) -> None:
        self._said.append(sentence)

    @property
    def sentences(self) -> tuple[str, ...]:
        counted = (_sentence(*_COUNTED[what], count) for what, count in self._counts.items() if count)
        quoted = (f"{_QUOTED[what]}: {_quoted(words)}." for what, words in self._quotes.items())
        return (*counted, *quoted, *self._said)


def _sentence(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.format(f"{count:,}")


def _quoted(words: list[str]) -> str:
    shown = ", ".join(f"“{w if len(w) <= _LIMIT_QUOTE else w[:_LIMIT_QUOTE] + '…'}”" for w in words[:_LIMIT_QUOTES])
    more = len(words) - _LIMIT_QUOTES
    return f"{shown} and {more:,} more" if more > 0 else shown
