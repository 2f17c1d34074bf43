"""How fast one address may ask for links: counted by the minute in this process, forgotten with the minute."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from ipaddress import ip_address, ip_network
from threading import Lock

ASKED_LIMIT = 600
"""requests of one address in a minute, pictures included: a newsroom behind one address reads at once"""
MISSED_LIMIT = 30
"""of them such as lead nowhere"""
ADDRESSES_LIMIT = 50_000


class Pace:
    """Counters of the current minute. An address of IPv6 stands for its /64, which one house has for itself."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = ""
        self._asked: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def allows(self, address: str, now: datetime) -> bool:
        """Count one request; False when this address has had its share of the minute."""
        with self._lock:
            self._turn(now)
            who = _house(address)
            if who in self._asked or len(self._asked) < ADDRESSES_LIMIT:
                self._asked[who] += 1
            return self._asked[who] <= ASKED_LIMIT and self._missed[who] < MISSED_LIMIT

    def missed(self, address: str, now: datetime) -> None:
        """Count a request that led nowhere."""
        with self._lock:
            self._turn(now)
            who = _house(address)
            if who in self._asked:
                self._missed[who] += 1

    def _turn(self, now: datetime) -> None:
        minute = f"{now:%Y-%m-%dT%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self._asked.clear()
            self._missed.clear()


def _house(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address
