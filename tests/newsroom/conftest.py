"""What the newsroom's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from newsroom.newsrooms import Desk, opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An office with a newsroom and four people, on a clock that stands at 2027-03-04 10:00 in Paris."""
    return opened(tmp_path)


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """A request sets the language of its thread and leaves it there; no test finds that of the one before."""
    yield
    translation.deactivate()
