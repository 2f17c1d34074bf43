"""Long work shown on a terminal: what is being done, how many of it, how many a second, and, where it is known how much
there is, the share and the time left. Elsewhere nothing.

with progress() as told:
    told("addresses in the web archive", 300)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Told(Protocol):
    """Told of long work: what is being done, how many of it are done, and which share of all that is, if known."""

    def __call__(self, what: str, count: int, share: float | None = None) -> None: ...


@contextmanager
def progress() -> Iterator[Told]:
    """Gives what is told of each step and its number, from 0 where it has none yet."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        now, began_at, began_with = "", 0.0, 0

        def told(what: str, count: int, share: float | None = None) -> None:
            nonlocal now, began_at, began_with
            if what != now:
                now, began_at, began_with = what, monotonic(), count
                bar.reset(task, description=what)
            took = max(monotonic() - began_at, 0.001)
            words = f"{what}: {count:,}, {(count - began_with) / took:,.0f} a second" if count else what
            if share:
                words += f", {share:.0%}, {_for_people(took * (1 - share) / share)} left"
            bar.update(task, description=words)

        yield told


def _for_people(seconds: float) -> str:
    """A time as one says it: 40 s, 12 min, 3 h 20 min."""
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
