"""What the stories share: one browser, one installation, and the counts that stand at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import chromium
from figures import in_one_line, write
from made_demo import made_demo
from stories.hand import facts
from stories.telling import Story, telling

QUESTION = "What does a press officer's day cost in clicks, keys and seconds?"

STORIES = 11
"""all of them: figures of fewer would say that the others are gone"""
IN_EVERY_TEST = ("holding_line", "24_turns_is_pasted_from_word[windows]", "one_answer_is_corrected")
"""the three that `make test` tells; `make stories` and the trials tell all"""
Tell = Callable[[str, str], AbstractContextManager[Story]]


@pytest.fixture(autouse=True)
def only_some(request: pytest.FixtureRequest, full_numbers: bool) -> None:
    """All stories where they are asked for, three of them among all other tests."""
    wanted = full_numbers or os.environ.get("STORIES") or any(name in request.node.name for name in IN_EVERY_TEST)
    if not wanted:
        pytest.skip("this story is told by `make stories`")


@pytest.fixture(scope="session")
def installation() -> Path:
    return made_demo()


@pytest.fixture(scope="module")  # two browsers of one thread may not be open, and other modules open theirs after these
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def told() -> Iterator[dict[str, object]]:
    found: dict[str, object] = {}
    yield found
    if len(found) == STORIES:
        write("stories", QUESTION, dict(sorted(found.items())))


@pytest.fixture
def tell(
    browser: Browser,
    installation: Path,
    tmp_path: Path,
    told: dict[str, object],
    record_property: Callable[[str, object], None],
) -> Tell:
    """`with tell("01-holding-line", "a holding line …") as story:`; what it took is printed at the end of the run."""

    @contextmanager
    def begin(name: str, sentence: str) -> Iterator[Story]:
        with telling(browser, installation, tmp_path / "home", name) as story:
            yield story
            numbers = {**story.parts, **facts(story.count, story.seconds)}
        title = f"{name[:2].lstrip('0'):>2} {sentence}"
        told[title] = ", ".join(f"{what} {number}" for what, number in numbers.items())
        record_property("figures", in_one_line(f"story {title}:", {**numbers, "pictures": len(story.album.taken)}))

    return begin
