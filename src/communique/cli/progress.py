"""Long work shown on a terminal: what is being done, how many of it, and how many a second. Elsewhere nothing.

with progress() as told:
    told("addresses in the web archive", 300)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Told = Callable[[str, int], None]


@contextmanager
def progress() -> Iterator[Told]:
    """Gives what is told of each step and its number, from 0 where it has none yet."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        now, began_at = "", 0.0

        def told(what: str, count: int) -> None:
            nonlocal now, began_at
            if what != now:
                now, began_at = what, monotonic()
                bar.reset(task, description=what)
            rate = count / max(monotonic() - began_at, 0.001)
            bar.update(task, description=f"{what}: {count:,}, {rate:,.0f} a second" if count else what)

        yield told
