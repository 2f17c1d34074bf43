"""No rule knows a case: nothing of the open pages' institutions stands in the importing room's code and data.

Looked for are the names of institutions and of persons, hosts, names of classes and ids in the pages, and words of
their chrome, each of 12 signs or more: shorter ones are words of a language ("breadcrumb") and nobody's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import communique.importing
from importing import open_cases

ROOM = Path(communique.importing.__file__).parent
LEAST = 12
_OURS = frozenset(("all messages",))
"""what our own reports have always called the link under a list (`communique page`)"""

pytestmark = pytest.mark.skipif(not open_cases.FOLDER.exists(), reason=open_cases.MISSING)


def owned() -> Iterator[str]:
    """What is the cases' own, in small letters."""
    for gold in open_cases.answers():
        yield gold["institution"]
        yield from (speaker["name"] for speaker in gold["speakers"] if speaker["name"])
        yield from gold["chrome"]
        yield from re.findall(r"[\w-]+(?:\.[\w-]+)+", gold["source"])
    for page in open_cases.pages():
        text = page.decode("latin-1")
        yield from (host for address in re.findall(r"https?://[^\s\"'<>]+", text) if (host := _host(address)))
        for names in re.findall(r"(?:class|id)\s*=\s*[\"']([^\"']+)", text):
            yield from names.split()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def test_nothing_of_a_case_stands_in_the_importing_room() -> None:
    files = [path for path in ROOM.rglob("*") if path.suffix in (".py", ".json")]
    room = "\n".join(path.read_text("utf-8") for path in files).casefold()
    wanted = {words.casefold().strip() for words in owned()}
    found = sorted(words for words in wanted if len(words) >= LEAST and words not in _OURS and words in room)
    assert len(files) > 30
    assert len(wanted) > 500
    assert found == []
