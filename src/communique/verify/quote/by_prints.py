"""Which entries have quoted words? By the prints of a site (`edition/print_files.py`), read over HTTP in small files.

A quotation has many prints, and each edition with its words has all of them. So they are looked for one after the
other, those first that lie in the fewest files, until few entries are left: mostly after the first, in some twenty
files of a record of a million entries. Nothing signs these files, so they lead to editions, which are proven, and prove
nothing themselves: that words are in none of them is the office's word until every edition was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from communique.edition.print_files import files_with
from communique.edition.quoted import pieces_of, prints
from communique.record.errors import Missing

MOST_PRINTS = 4
"""of a quotation that are looked for"""
FEW_ENTRIES = 6
"""so few are read, rather than one more print sought"""


@dataclass(frozen=True)
class Found:
    """Entries that have all the prints sought, as each edition with the words does; and those that have some of them,
    those with most first."""

    whole: tuple[int, ...]
    part: tuple[int, ...]


def entries_with(said: str, size: int, read: Callable[[str], bytes]) -> Found | None:
    """The entries below `size` that have prints of these words.

    None where that cannot be said: the words are too few to have prints, or the site has none.
    """
    found = {one for piece in pieces_of(said) for one in prints([piece])}
    votes: Counter[int] = Counter()
    whole: tuple[int, ...] = ()
    answered = False
    for number, one in enumerate(sorted(found, key=lambda one: (len(files_with(one, size)), one))[:MOST_PRINTS], 1):
        for file in files_with(one, size):
            try:
                data = read(file.path)
            except Missing:
                continue  # a block without words, or a site without prints
            answered = True
            votes.update(file.entries_in(data, {one}))
        whole = tuple(index for index in sorted(votes) if votes[index] == number)
        if 0 < len(whole) <= FEW_ENTRIES:
            break
    if not answered:
        return None
    part = sorted(set(votes) - set(whole), key=lambda index: (-votes[index], -index))
    return Found(whole, tuple(part))
