"""What the newsroom refuses to people: one sentence that says what is wrong and what to do."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was done; `sentence` is shown to whoever asked for it, in his language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
