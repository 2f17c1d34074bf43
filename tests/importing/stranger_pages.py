"""Pages of invented institutions in the styles of real ones, and their answers, in the form of the open cases.

They were written by hand to be hard, with their answers, before any of them was read: ministries, courts, cities and
agencies in nineteen languages and five calendars; transcripts in eight forms; lists; trails of links that no element
names; days in figures of their own, glued to titles or inside links. `strangers/pages` holds what a site would send,
`strangers/gold` what a careful reader makes of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.importing.capture import Capture, capture
from communique.importing.elsewhere import host_of
from communique.importing.learning import learned
from communique.importing.page import read_page
from communique.importing.record_json import as_record

FOLDER = Path(__file__).parent / "strangers"


@lru_cache(maxsize=1)
def answers() -> tuple[dict[str, Any], ...]:
    """The answer of each page."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "gold").glob("*.json")))


@lru_cache(maxsize=1)
def third() -> frozenset[str]:
    """The pages of the third batch, by id: written, and read once, after the others had been mended."""
    return frozenset((FOLDER / "third.txt").read_text("utf-8").split())


@lru_cache(maxsize=1)
def records() -> dict[str, dict[str, Any]]:
    """What we read on each page."""
    pages = sorted((FOLDER / "pages").iterdir())
    return {page.stem: _record(page) for page in pages}


@lru_cache(maxsize=4)
def addresses(batch: str) -> dict[str, str]:
    """The pages of a later batch ("fourth" to "seventh"), by id, and the address of each; many are of one site."""
    lines = (FOLDER / batch / "addresses.txt").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@lru_cache(maxsize=4)
def answers_of(batch: str) -> tuple[dict[str, Any], ...]:
    """Their answers."""
    return tuple(json.loads((FOLDER / batch / "gold" / f"{id_}.json").read_text("utf-8")) for id_ in addresses(batch))


@lru_cache(maxsize=8)
def records_of(batch: str, *, by_site: bool) -> dict[str, dict[str, Any]]:
    """What we read on each of them, alone or by what others of its site have taught."""
    captures: dict[str, Capture] = {}
    sites: dict[str, list[Capture]] = defaultdict(list)
    for id_, address in addresses(batch).items():
        (page,) = (FOLDER / batch / "pages").glob(f"{id_}.*")
        captures[id_] = capture(page.read_bytes(), name=page.name, address=address, any_state=True)
        sites[host_of(address)].append(captures[id_])
    known = {host: learned(pages) for host, pages in sites.items()} if by_site else {}
    return {id_: as_record(read_page(captures[id_], known.get(host_of(at)))) for id_, at in addresses(batch).items()}


def _record(page: Path) -> dict[str, Any]:
    return as_record(read_page(capture(page.read_bytes(), name=page.name, any_state=True)))
