"""Heard: when each turn of a transcript is heard in a recording, found by the words of its subtitles.

A transcript is edited, subtitles are what was said: so the words of both are laid side by side in their order, and a
turn is heard from the first of its words that stands in a cue to the last one. Inside a cue words are taken to be of
equal length. A turn of which fewer than a third of the words are found, or none but one of many, has no times.

    >>> heard(["When does it sail?", "On Sunday, at 7."], [(0, 2000, "When does it sail?"), (3000, 5000, "On Sunday")])
    ({0: (0, 2000), 1: (3000, 5000)}, 0.75)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from communique.importing.words import folded

LEAST = 1 / 3
"""of a turn's words"""

Cue = tuple[int, int, str]
"""from and to in milliseconds, and what is said"""

_ALONE = r"\u3040-\u30ff\u3400-\u9fff"
"""signs of Chinese and Japanese, which write no blanks: each is a word here"""
_WORD = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}](?:[^\W{_ALONE}]|[’'])*")


def heard(turns: Sequence[str], cues: Sequence[Cue]) -> tuple[dict[int, tuple[int, int]], float]:
    """Place of a turn -> from and to in milliseconds; and how much of the words of all turns the cues have."""
    written = [(word, place) for place, text in enumerate(turns) for word in _words(text)]
    spoken = [timed for cue in cues for timed in _timed(cue)]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    # What stands in every tenth sentence is no anchor: difflib takes it with the words beside it.
    matcher = SequenceMatcher(None, [word for word, _ in written], [word for word, _, _ in spoken])
    for a, b, length in matcher.get_matching_blocks():
        for n in range(length):
            found[written[a + n][1]].append(spoken[b + n][1:])
    many = [len(_words(text)) for text in turns]
    spans = {
        place: (times[0][0], times[-1][1])
        for place, times in sorted(found.items())
        if len(times) >= many[place] * LEAST and (len(times) > 1 or many[place] == 1)
    }
    return spans, sum(map(len, found.values())) / max(len(written), 1)


def _words(text: str) -> list[str]:
    return [word for word in map(folded, _WORD.findall(text)) if word]


def _timed(cue: Cue) -> list[tuple[str, int, int]]:
    """The words of a cue, each with its part of the time."""
    start, end, text = cue
    words = _words(text)
    step = (end - start) / max(len(words), 1)
    return [(word, round(start + n * step), round(start + (n + 1) * step)) for n, word in enumerate(words)]
