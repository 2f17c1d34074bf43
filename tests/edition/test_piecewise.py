"""An edition read piece by piece shows what it shows when it is read whole, and nothing that is not the record's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import count
from typing import Any

import pytest

from communique.edition.edition import Edition, parse_edition, seal
from communique.edition.errors import NotCanonical
from communique.edition.piecewise import read_piecewise
from signed_record import person, statement

TALK = [
    {"id": "t1", "kind": "question", "questioner": "Petra Ombervane", "topic": "Fares", "blocks": ["How “much”?"]},
    {
        "id": "t2",
        "kind": "answer",
        "speaker": 0,
        "blocks": ["Nothing.", {"kind": "table", "rows": [["1", "two"], ["3", "four"]]}],
    },
]
TRANSCRIPT = statement("Talk", kind="interview", turns=TALK, speakers=[{"name": "Oriel Quay", "role": "Ambassador"}])
del TRANSCRIPT["blocks"]
CONTENTS = {"person": person(), "statement": statement("Ferries"), "talk": TRANSCRIPT}


def sealed(name: str) -> Edition:
    salts = count()
    return seal(CONTENTS[name], lambda: sha256(b"%d" % next(salts)).digest()).edition


def plain(value: Any) -> Any:
    """The same with everything opened."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    return value


@pytest.mark.parametrize("name", CONTENTS)
def test_every_edition_says_the_same(name: str) -> None:
    edition = sealed(name)
    assert plain(read_piecewise(edition.data, edition.body)) == plain(parse_edition(edition.data).content)


def test_erased_texts_are_none() -> None:
    edition = sealed("talk")
    for part in edition.texts:
        left = edition.without(frozenset([part]))
        assert plain(read_piecewise(left.data, edition.body)) == plain(left.content)


def test_a_manifest_that_is_not_the_records_is_refused() -> None:
    edition = sealed("talk")
    with pytest.raises(NotCanonical):
        read_piecewise(edition.data.replace(b'"kind":"interview"', b'"kind":"briefing"', 1), edition.body)


def test_a_text_that_is_not_its_parts_is_refused_when_it_is_asked_for() -> None:
    edition = sealed("talk")
    content = read_piecewise(edition.data.replace(b"Nothing.", b"All of it", 1), edition.body)
    assert content["turns"][0]["blocks"][0] == "How “much”?"
    with pytest.raises(NotCanonical):
        content["turns"][1]["blocks"][0]
