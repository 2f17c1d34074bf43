"""Pairs of language versions: which two of a message stand side by side, and where.

One page for two versions, so that it has one address. It lies below the version that was public first, with the
language of the other: `…/SLUG/beside/ar/`. Which was first can never change, which is the original may turn out to
have been told wrongly. A message in k languages has k (k - 1) / 2 such pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from communique.press.shown import Row


def pairs_of(versions: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Each two languages of a message, in the order in which they became public."""
    first: dict[str, Row] = {}
    for row in versions:
        first.setdefault(row.language.lower(), row)
    return list(combinations(first.values(), 2))


def beside_path(first: Row, second: Row) -> str:
    """Where two versions stand side by side."""
    return f"{first.path}beside/{second.language.lower()}/"


def leads_beside(versions: Sequence[Row], one: str, other: str) -> str | None:
    """The path of two versions side by side, told by their ids; None where one of them has no words to show."""
    pair = next((pair for pair in pairs_of(versions) if {row.id for row in pair} == {one, other}), None)
    return beside_path(*pair) if pair and all(_has_words(row) for row in pair) else None


def _has_words(row: Row) -> bool:
    return bool(row.path and row.title) and row.state != "removed" and not row.stub
