"""What can be wrong with a page that is to be read: what, where, and what to do."""

from __future__ import annotations

from communique.importing.sentence import Sentence


class ImportingError(ValueError):
    """A source that cannot be read. `what` was found, at `where`, and `remedy` is what to do about it."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ImportingError], tuple[str, str, str]]:
        return type(self), (self.where, self.what, self.remedy)


class NotReadable(ImportingError):
    """The bytes are not a page: empty, too large, or not text in any charset."""

    what: Sentence
    remedy: Sentence

    def __init__(self, where: str, what: Sentence, remedy: Sentence) -> None:
        super().__init__(where, what, remedy)


class NotReachable(ImportingError):
    """A file, folder or address that could not be opened in time."""


class NoMessage(ImportingError):
    """A page that was read and holds no message: no title with a text under it, and no list of messages."""


class NotDated(ImportingError):
    """A message or a listed message for which no day is known, so that it has no place in any list."""


class NotTaken(ImportingError):
    """A file or pasted text that is not made into words: too large, damaged, locked, with macros, or something else
    than its name says. What is wrong and what to do can be said in other languages (`sentence.py`)."""

    what: Sentence
    remedy: Sentence

    def __init__(self, where: str, what: Sentence, remedy: Sentence) -> None:
        super().__init__(where, what, remedy)
