"""The same person under several names, and the evidence for it.

A longer form of the same name ("Dr Anna Keller") and an initial with the surname ("A. Keller") are joined to a full
name only where nobody else in the batch could be meant. Names in other scripts are joined elsewhere, by the place in
which they speak in two language versions of one message.

    >>> same_names({"anna keller": 40, "a keller": 2, "dr anna keller": 1})
    {'a keller': ('anna keller', 'surname and initial, and nobody else has them'), 'dr anna keller': ...}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

INITIAL = "surname and initial, and nobody else has them"
LONGER = "the same name with a word more"


def same_names(names: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Folded name -> (the fuller or more frequent name that it stands for, why). Counts say how often each is said."""
    full = {name: words for name in names if len(words := _words(name)) >= 2 and all(len(w) > 1 for w in words)}
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name, words in full.items():
        by_surname[words[-1]].append(name)
    found: dict[str, tuple[str, str]] = {}
    for name in sorted(names):
        words = _words(name)
        if len(words) < 2:
            continue
        others = [other for other in by_surname.get(words[-1], ()) if other != name]
        if name in full:
            shorter = [other for other in others if _holds(words, full[other]) and names[other] >= names[name]]
            if len(shorter) == 1:
                found[name] = (shorter[0], LONGER)
        else:
            meant = [other for other in others if _fits(words, full[other])]
            roots = {found.get(other, (other, ""))[0] for other in meant}
            if len(roots) == 1:
                found[name] = (roots.pop(), INITIAL)
    return {name: (_end(target, found), why) for name, (target, why) in found.items()}


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.replace(".", " ").split())


def _holds(words: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether a longer name has all words of a shorter one, in their order."""
    rest = iter(words)
    return len(words) > len(shorter) and all(word in rest for word in shorter)


def _fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether each word of a name with initials begins the word of a full name in its place."""
    return len(short) <= len(full) and all(b.startswith(a) for a, b in zip(short[:-1], full[:-1], strict=False))


def _end(name: str, found: Mapping[str, tuple[str, str]]) -> str:
    for _ in range(8):
        if name not in found:
            break
        name = found[name][0]
    return name
