"""Which languages of a message are on the record, asked of the press's memory by who would begin one anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

WAIT_S = 10


def versions_of(catalogue_file: Path, message: str) -> dict[str, str]:
    """Language -> id of each version that the press has taken in; none where it has not baked yet."""
    if not catalogue_file.exists():
        return {}
    address = f"{catalogue_file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as catalogue:
        found = catalogue.execute("SELECT language, id FROM message WHERE message = ? ORDER BY idx", (message,))
        return dict(found.fetchall())
