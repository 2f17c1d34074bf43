"""Under which address a message's first edition becomes public: the wanted one, under its day, and nobody else's.

    >>> free_address("en/statements/2026/03/03/ferry", "2026-03-04", {"en/statements/2026/03/04/ferry"}.__contains__)
    'en/statements/2026/03/04/ferry-2'

The record freezes what this gives; a preview asks it, too, and so shows the address that will be.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

SLUG_LETTERS = 80
"""at most, in an address"""


def free_address(wanted: str, day: str, is_taken: Callable[[str], bool]) -> str:
    """The address LANG/SECTION/YYYY/MM/DD/SLUG under this day; its slug is numbered from the second taker on."""
    wanted = address_under(wanted, day)
    for number in count(1):
        address = wanted if number == 1 else _numbered(wanted, number)
        if not is_taken(address):
            return address
    raise AssertionError("unreachable")


def address_under(address: str, day: str) -> str:
    """The wanted address with this day in the place of its own."""
    steps = address.split("/")
    return "/".join([*steps[:2], *day.split("-"), *steps[5:]]) if len(steps) == 6 else address


def _numbered(address: str, number: int) -> str:
    head, _, slug = address.rpartition("/")
    ending = f"-{number}"
    return f"{head}/{slug[: SLUG_LETTERS - len(ending)].rstrip('-')}{ending}"
