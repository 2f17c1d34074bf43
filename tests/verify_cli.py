"""`communique verify`, as its answer alone."""

from __future__ import annotations

from pathlib import Path

from communique.cli.main import run


def verified(what: Path) -> bool:
    """Whether `communique verify` says yes."""
    return run(["verify", str(what)]) == 0
