"""Whatever the law takes of a piece, what stands on is a piece: each word alone, and all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from communique.edition.edition import Edition, check_content, parse_edition, seal
from communique.edition.furniture import PIECES
from communique.newsroom.pieces_erased import SIGN, standing_without_lost, with_signs

FULL: dict[str, dict[str, Any]] = {
    "office": {
        "name": {"en": "Embassy", "fr": "Ambassade"}, "languages": ["en", "fr"], "zone": "Europe/Paris",
        "dates": "d MMMM y", "place": {"en": "Tessmark"}, "lines": [{"en": "Quay"}, {"en": "Lane", "fr": "Allée"}],
        "arms": {"file": b"arms", "media": "image/png", "alternative": {"en": "A lamp"}},
    },
    "section": {"name": {"en": "Speeches", "fr": "Discours"}, "word": {"en": "speeches"}},
    "labels": {
        "words": {
            "question": {"en": "Asked", "fr": "Question"},
            "words_count": {"en": {"one": "{n} word", "other": "{n} words"}, "fr": "mots {n}"},
        }
    },
    "menu": {
        "items": [
            {"label": {"en": "All"}, "target": "/en/all/"},
            {"label": {"en": "More", "fr": "Plus"}, "targets": {"en": "/en/", "fr": "/fr/"}},
        ]
    },
    "clock": {"city": {"en": "Tessmark", "fr": "Tessmarque"}, "zone": "Europe/Paris", "separator": "|"},
    "counter": {
        "since": "2020-01-01",
        "sentence": {"en": {"one": "# day", "other": "# days"}, "fr": {"one": "# jour", "other": "# jours"}},
    },
    "contact": {
        "label": {"en": "Press", "fr": "Presse"}, "telephone": "5 55", "email": "press@embassy.example",
        "lines": [{"en": "Quay"}, {"en": "Lane", "fr": "Allée"}], "remark": {"en": "Ring twice"},
    },
    "closure": {"name": {"en": "Lamp Day"}, "on": "2027-03-05"},
    "notice": {"text": {"en": "All are invented.", "fr": "Tout est inventé."}},
    "person": {
        "name": {"en": "Ines", "fr": "Inès"}, "address": "ines",
        "roles": [{"name": {"en": "Consul", "fr": "Consule"}, "since": "2020-01-01"}, {"name": {"en": "Envoy"}}],
    },
    "featured": {"messages": []},
    "event": {"title": {"en": "Talk"}, "on": "2027-03-20", "place": {"en": "Quay"}},
    "advisory": {"text": {"en": "Closed"}, "link": "/en/all/"},
    "crisis": {
        "title": {"en": "Storm"},
        "blocks": {
            "en": [
                "Stay in.",
                {"kind": "paragraph", "text": "Call us", "marks": [[0, 4, "link", "tel:555"]]},
                {"kind": "table", "rows": [["Day", "Time"], ["Monday", "Nine"]]},
            ]
        },
    },
    "redirect": {"from": "visa", "to": "/en/all/"},
    "latest": {"count": 3, "separator": "|"},
}  # fmt: skip


def sealed(sort: str) -> Edition:
    """An edition of a sort with words wherever it can have some, as it is read from a record."""
    numbers = count(1)
    content = {"v": 1, "type": "furniture", "state": "current", "piece": sort, "order": 0, **FULL[sort]}
    return parse_edition(seal(content, lambda: next(numbers).to_bytes(32)).edition.data)


def erasures(edition: Edition) -> Iterator[frozenset[str]]:
    yield from (frozenset({part}) for part in edition.texts)
    if edition.texts:
        yield frozenset(edition.texts)


@pytest.mark.parametrize("sort", PIECES)
def test_what_stands_on_is_a_piece_and_holds_no_word_that_went(sort: str) -> None:
    edition = sealed(sort)
    for gone in erasures(edition):
        open_content = edition.without(gone).content
        content = standing_without_lost(open_content)
        if content is None:
            content = {**with_signs(open_content), "state": "removed"}
        check_content(content)
        salts = count(1000)
        seal(content, lambda salts=salts: next(salts).to_bytes(32))  # type: ignore[misc]
        said = json.dumps(content, ensure_ascii=False)
        assert not [one for one in gone if json.dumps(edition.texts[one].text, ensure_ascii=False) in said], said


def test_what_need_not_be_there_goes_alone() -> None:
    edition = sealed("contact")
    lane = frozenset(part for part, salted in edition.texts.items() if salted.text in ("Lane", "Presse", "5 55"))
    standing = standing_without_lost(edition.without(lane).content)
    assert standing
    assert (standing["label"], standing["lines"]) == ({"en": "Press"}, [{"en": "Quay"}, {"fr": "Allée"}])
    assert "telephone" not in standing
    label = frozenset(part for part, salted in edition.texts.items() if salted.text in ("Press", "Presse"))
    assert standing_without_lost(edition.without(label).content) is None
    person = sealed("person")
    all_of_her = with_signs(person.without(frozenset(person.texts)).content)
    assert all_of_her["name"] == {"en": SIGN, "fr": SIGN}
    assert not {"address", "roles"} & all_of_her.keys()
    assert with_signs(edition.without(label).content)["label"] == {"en": SIGN, "fr": SIGN}
