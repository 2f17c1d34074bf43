"""What the worker does for the newsroom, each duty in a thread of its own: nothing that is slow holds up a release.

`go_out` puts on the record what is due, at its instant; `follow` lets the public pages follow, at once when something
went out. A long build of the whole site in `follow` takes in new entries while it goes on, so a release in the midst
of it is public as soon as it is on the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from threading import Event
from time import monotonic

from django.db import Error as DatabaseFault
from django.db import connection

from communique.newsroom.alarms import raise_alarms
from communique.newsroom.given import given
from communique.newsroom.imports.bringing import read_uploads
from communique.newsroom.imports.sending import send_due
from communique.newsroom.inquiries.letters import remind_of_inquiries
from communique.newsroom.links.reminding import remind_of_links
from communique.newsroom.post.delivery import deliver
from communique.newsroom.releasing import next_instant, publish_round
from communique.newsroom.reminders import remind

Duty = Callable[[], float | None]
PAUSE_S = 1.0
STEPS_S = 1.0
"""of long work, before the worker is asked whether it is to end"""
REMINDERS_S = 15.0
"""days and deadlines are not told by the second, and a small machine is idle most of the time"""


def duties() -> tuple[Duty, ...]:
    """All of them, for one worker. Each returns in how many seconds it wants to be called again, if it knows."""
    went_out = Event()
    went_out.set()

    def go_out() -> float | None:
        try:
            if publish_round():
                went_out.set()
        except Exception:
            went_out.set()  # some of it may be on the record, and readers wait for it
            raise
        at = next_instant()
        return (at - given().clock()).total_seconds() if at else None

    def follow() -> float:
        went_out.wait(PAUSE_S)
        went_out.clear()
        given().catch_up()
        return 0.0

    imports = (_step_by_step(read_uploads), _step_by_step(send_due))
    return tuple(map(_with_database, (go_out, follow, raise_alarms, _reminders(), deliver, *imports)))


def _step_by_step(steps: Callable[[], Iterator[None]]) -> Duty:
    """Long work that gives way after each step: some of it each time, so that a worker can be ended in the midst."""
    rest: Iterator[None] = iter(())

    def some() -> float | None:
        nonlocal rest
        end = monotonic() + STEPS_S
        for _step in rest:
            if monotonic() >= end:
                return 0.0
        rest = steps()
        return None

    return some


def _reminders() -> Duty:
    """All reminders, at most every `REMINDERS_S`; what failed is tried again at once."""
    done_at = -REMINDERS_S

    def remind_of_all() -> None:
        nonlocal done_at
        if monotonic() - done_at >= REMINDERS_S:
            remind()
            remind_of_inquiries()
            remind_of_links()
            done_at = monotonic()

    return remind_of_all


def _with_database(duty: Duty) -> Duty:
    """A connection that the database has ended is opened anew the next time."""

    @wraps(duty)
    def done() -> float | None:
        try:
            return duty()
        except DatabaseFault:
            connection.close()
            raise

    return done
