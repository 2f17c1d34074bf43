"""Leavings: what a document holds and the words made of it do not, each kind in one sentence.

>>> left = Leavings()
>>> left.count("picture"); left.count("picture"); left.quote("struck", "forty")
>>> left.sentences
('2 pictures were not taken: add them to the message.', 'Struck-out words were not taken: “forty”.')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from communique.importing.sentence import Plural, Sentence, Value

_COUNTED = {
    "picture": Plural(
        "1 picture was not taken: add it to the message.",
        "{count} pictures were not taken: add them to the message.",
    ),
    "footnote": Plural(
        "1 footnote was not taken: write into the text what readers need of it.",
        "{count} footnotes were not taken: write into the text what readers need of them.",
    ),
    "comment": Plural("1 comment was not taken.", "{count} comments were not taken."),
    "deletion": Plural("1 tracked deletion was not taken.", "{count} tracked deletions were not taken."),
    "insertion": Plural(
        "1 tracked insertion was taken as text, as if it had been accepted.",
        "{count} tracked insertions were taken as text, as if they had been accepted.",
    ),
    "formula": Plural(
        "1 formula was not taken: write it in words.", "{count} formulas were not taken: write them in words."
    ),
    "reading": Plural("1 reading aid above a word was not taken.", "{count} reading aids above words were not taken."),
    "contents": Plural(
        "1 line of a table of contents was not taken.", "{count} lines of a table of contents were not taken."
    ),
    "margin": Plural("The text in 1 page margin was not taken.", "The texts in {count} page margins were not taken."),
    "link": Plural(
        "1 link leads nowhere outside its document: its words were taken, its address was not.",
        "{count} links lead nowhere outside their document: their words were taken, their addresses were not.",
    ),
    "cell": Plural("1 empty cell of a table has a dash now.", "{count} empty cells of tables have a dash now."),
    "insert": Plural(
        "1 other file inside the document was not taken: copy its text into the document.",
        "{count} other files inside the document were not taken: copy their text into the document.",
    ),
    "attached": Plural(
        "1 file attached to the mail was not taken: import it by itself.",
        "{count} files attached to the mail were not taken: import them by themselves.",
    ),
    "field": Plural("1 field of a form was not taken.", "{count} fields of forms were not taken."),
    "film": Plural("1 film or sound was not taken.", "{count} films or sounds were not taken."),
}
_QUOTED: dict[str, Callable[[Value], Sentence]] = {
    "struck": lambda words: Sentence("Struck-out words were not taken: {words}.", words=words),
    "hidden": lambda words: Sentence("Hidden words were not taken: {words}.", words=words),
    "strange": lambda words: Sentence(
        "Words in a part of the document that is not known were not taken: {words}.", words=words
    ),
}
_LIMIT_QUOTES = 5
_LIMIT_QUOTE = 60


class Leavings:
    """Counts what was not taken, and keeps the first words of what readers might miss."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._quotes: dict[str, list[str]] = {}
        self._said: list[Sentence] = []

    def count(self, what: str, times: int = 1) -> None:
        self._counts[what] += times

    def quote(self, what: str, words: str) -> None:
        """Note words that were not taken; blanks alone are no words."""
        if said := " ".join(words.split()):
            self._quotes.setdefault(what, []).append(said)

    def say(self, sentence: Sentence) -> None:
        self._said.append(sentence)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        counted = (_COUNTED[what].of(count) for what, count in self._counts.items() if count)
        quoted = (_QUOTED[what](_shown(words)) for what, words in self._quotes.items())
        return (*counted, *quoted, *self._said)


def _shown(words: list[str]) -> Value:
    """The first words of the first quotes, and how many more there are."""
    shown = tuple(w if len(w) <= _LIMIT_QUOTE else w[:_LIMIT_QUOTE] + "…" for w in words[:_LIMIT_QUOTES])
    more = len(words) - _LIMIT_QUOTES
    return Sentence("{words} and {number} more", words=shown, number=more) if more > 0 else shown
