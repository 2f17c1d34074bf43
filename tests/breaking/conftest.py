"""What trials of breaking share: a PostgreSQL server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from postgresql import NotThere, Server, running_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running PostgreSQL; where there is none, the test says so and is skipped."""
    try:
        with running_server() as server:
            yield server
    except NotThere as error:
        pytest.skip(str(error))
