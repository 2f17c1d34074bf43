"""The same messages in five chromes are the same messages: title, day, turns and words come back, and nothing else."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import read_page
from importing.dressed import CHROMES, dressed

PAGES = 70


@pytest.mark.parametrize("seed", range(PAGES))
def test_a_dressed_message_comes_back(seed: int) -> None:
    made = dressed(seed)
    page = read_page(capture(made.html.encode(), name=f"page {seed}"))
    assert page.language == made.language
    assert page.heading.title == " ".join(made.expected.title.split())
    assert str(page.published) == made.published
    assert tuple((t.kind, t.mark, t.paragraphs) for t in page.turns) == made.expected.turns
    body = "\n".join(page.body)
    assert body.split() == " ".join(made.body).split()
    assert [words for words in made.chrome if words in body] == []


@pytest.mark.parametrize("look", ["tables", "boxes"])
def test_messages_in_a_column_of_their_own_are_listed_with_their_days(look: str) -> None:
    for seed in range(CHROMES.index(look), PAGES, len(CHROMES)):
        made = dressed(seed)
        listed = read_page(capture(made.html.encode(), name="page")).listing.items
        expected = [(day, " ".join(title.split())) for day, title, _ in made.expected.listed[:6]]
        assert [(item.day, item.title) for item in listed] == expected


def test_a_seed_gives_the_same_page_for_ever_and_every_chrome_is_made() -> None:
    assert dressed(5) == dressed(5)
    assert {dressed(seed).look for seed in range(PAGES)} == set(CHROMES)
    assert len({dressed(seed).html for seed in range(PAGES)}) == PAGES
