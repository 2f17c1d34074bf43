"""By site: a stream of pages, of which some are looked at ahead, so that each is read by what its site taught.

Forty pages wait until it is known what those of each host have in common (`learning.py`); all that come later are read
by it at once. Pages without an address are one site together: what three of them share in one place is no message's
own, whoever made them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from communique.importing.elsewhere import host_of
from communique.importing.errors import ImportingError
from communique.importing.learning import MOST_PAGES
from communique.importing.raw import Raw
from communique.importing.reader import AHEAD_BYTES, Reader
from communique.importing.site import LEAST_PAGES, Site


def read_by_site(
    reader: Reader, work: str, raws: Iterable[Raw | ImportingError]
) -> Iterator[tuple[Raw | None, Any | ImportingError]]:
    """What each page says, in order, as `Reader.read_all` does; an error in the place of one that is refused."""
    rest = iter(raws)
    ahead = list(_some(rest))
    hosts: dict[str, list[Raw]] = defaultdict(list)
    for raw in ahead:
        if isinstance(raw, Raw):
            hosts[host_of(raw.address)].append(raw)
    sites: dict[str, Site] = {}
    for host, pages in hosts.items():
        if len(pages) >= LEAST_PAGES:
            with suppress(ImportingError):  # what cannot be learned leaves each page to itself
                sites[host] = reader.ask("site", host or "pages without an address", pages)
    yield from reader.read_all(work, chain(ahead, rest), lambda raw: sites.get(host_of(raw.address)))


def _some(raws: Iterator[Raw | ImportingError]) -> Iterator[Raw | ImportingError]:
    """The first pages, no more of them than may be held at once."""
    octets = 0
    for raw in islice(raws, MOST_PAGES):
        yield raw
        octets += len(raw.data) if isinstance(raw, Raw) else 0
        if octets > AHEAD_BYTES:
            return
