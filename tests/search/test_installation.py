"""The search in an installation: in step with each publication, and no page waits for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.record.publishing import NotYetPublic
from communique.record.release import Draft
from communique.search.answering import Answering
from communique.search.asked import read_fields
from communique.settings.office import Installation, found_installation, open_installation
from offices import furniture, id_of, message


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    found_installation(tmp_path / "home", None, {})
    made = open_installation(tmp_path / "home", clock=lambda: datetime(2026, 3, 3, 9, tzinfo=UTC))
    made.publisher.publish([*furniture(), Draft(id_of("one"), "publish", message("one", "The first crossing."))])
    return made


def found(installation: Installation, q: str) -> list[str]:
    answering = Answering(installation.configuration.search_folder, installation.configuration.record_folder)
    return [id_ for id_, place in answering.units(read_fields({"q": q}), "en", 10) if place]


def test_what_is_published_is_found_at_once(installation: Installation) -> None:
    installation.search.catch_up()  # as the worker does, who makes the first index
    assert found(installation, "crossing") == [id_of("one")]
    installation.publisher.publish([Draft(id_of("two"), "publish", message("two", "The second crossing."))])
    assert sorted(found(installation, "crossings")) == sorted([id_of("one"), id_of("two")])
    changed = message("two", "The second sailing.", note="A word was wrong.")
    installation.publisher.publish([Draft(id_of("two"), "correct", changed)])
    assert found(installation, "crossing") == [id_of("one")]


def test_a_search_that_fails_stops_no_page(installation: Installation) -> None:
    folder = installation.configuration.search_folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    with pytest.raises(NotYetPublic):
        installation.publisher.publish([Draft(id_of("two"), "publish", message("two"))])
    assert (installation.configuration.public_folder / "site/en/statements/2026/03/03/two/index.html").exists()
    folder.unlink()
    installation.publisher.recover()
    installation.search.catch_up()
    assert found(installation, "ferry") == [id_of("two")]
