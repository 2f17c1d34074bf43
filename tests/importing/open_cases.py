"""The open cases of other institutions' pages, where they lie beside the project: pages, answers, and their scorer."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from communique.importing.capture import capture
from communique.importing.page import read_page
from communique.importing.record_json import as_record

FOLDER = Path(__file__).parents[3] / "shared" / "import-cases"
MISSING = f"the saved pages of real sites are not beside this checkout ({FOLDER})"


@lru_cache(maxsize=1)
def answers() -> tuple[dict[str, Any], ...]:
    """The gold record of each case."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "gold").glob("*.json")))


@lru_cache(maxsize=1)
def records() -> dict[str, dict[str, Any]]:
    """What we read on each page, by the id of its case."""
    pages = sorted((FOLDER / "pages").iterdir())
    return {path.stem: as_record(read_page(_captured(path))) for path in pages}


def _captured(path: Path) -> Any:
    return capture(path.read_bytes(), name=path.name, any_state=True)


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """`score.py` as it lies there."""
    spec = importlib.util.spec_from_file_location("score_of_open_cases", FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages() -> list[bytes]:
    return [path.read_bytes() for path in sorted((FOLDER / "pages").iterdir())]
