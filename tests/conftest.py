"""What all tests share: full numbers or small ones, figures, and trials that go on where they were stopped.

With `TRIALS=1` a test that has passed on exactly this source is not run again, so `make trials` may be stopped and
started as often as one likes. `make trials ARGS=--cache-clear` begins anew.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

import communique.newsroom.start  # noqa: F401 - starts Django, with all its rooms, before a test module imports a table
import databases
import figures as figures_of_trials
from communique.record import durable

Report = Callable[[str, str, figures_of_trials.Numbers], None]
FIGURES = "figures"
PLACE: pytest.StashKey[str] = pytest.StashKey()
TOGETHER = ("stories", "newsroom/test_matrix.py", "press/test_lighthouse.py", "demo/test_showroom.py")
"""what one process takes in full numbers, too: it shares what is dear to make, or is measured"""
LONG = (*TOGETHER, "press/test_look.py", "press/test_axe.py", "newsroom/test_axe.py", "verify/test_pages.py")
"""what is long and comes late by name: it begins first, so that no process ends alone with it"""


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """Nothing here cuts the power, so no test in small numbers waits for the disk; the calls are made and counted."""
    if figures_of_trials.in_full_numbers():
        yield
        return
    connection_created.connect(_without_waiting)
    idle = SimpleNamespace(syncfs=lambda _descriptor: 0)
    with patch.object(os, "fsync", lambda _descriptor: None), patch.object(durable, "_libc", lambda: idle):
        yield
    connection_created.disconnect(_without_waiting)


def _without_waiting(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """SQLite asks the disk by itself, hundreds of times in a day of the newsroom."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def full_numbers() -> bool:
    """True where the numbers of the promise are asked for."""
    return figures_of_trials.in_full_numbers()


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Report:
    """`figures(name, question, numbers)`: what was counted stands at the end of the run; trials keep it, too."""

    def report(name: str, question: str, numbers: figures_of_trials.Numbers) -> None:
        figures_of_trials.keep(name, question, numbers)
        record_property(FIGURES, figures_of_trials.in_one_line(question, numbers))

    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.getreports("passed")
    lines = [line for report in passed for key, line in report.user_properties if key == FIGURES]
    if lines:
        terminalreporter.section("what was counted")
    for line in sorted(lines):
        terminalreporter.write_line(str(line))


class NamesLast:
    """Names what failed once more after everything else, a line each: who sees only the end of a long run knows."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(f"{report.nodeid} ({report.when})")

    def pytest_unconfigure(self) -> None:
        if self.failed:
            print("\nWhat failed, once more:", *self.failed, sep="\n  ", flush=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Their database's server ends. A process of tests that cannot end (a browser's thread, a server's) says where it
    stands, and is ended."""
    databases.end()
    if hasattr(config, "workerinput"):
        faulthandler.dump_traceback_later(120, exit=True, file=sys.__stderr__)


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # of whoever is started in the background, programs here too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NamesLast())
    if figures_of_trials.in_full_numbers() and config.cache is not None:
        config.stash[PLACE] = f"trials/{_this_source(config)}"
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(TrialsKept(config.cache, config.stash[PLACE]))


class ByModule(LoadScopeScheduling):
    """A process of tests takes a whole module, so that what its tests share is made once, not once in each process.

    In full numbers one module may take hours, and its tests are dealt out one by one. (The marks of `--dist loadgroup`
    go unheard since pytest 9.2, in which a test's name can no longer be changed.)
    """

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        self.crashed: list[str] = []

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """What a crashed process leaves goes to another, and the test that crashed it is begun once more: it is the
        browser that hangs, once in a thousand runs, or the machine that has no memory left. Twice, and it has failed.

        Without this xdist hands on parts that are done already, and waits for ever for a process with nothing to do.
        """
        work = self.assigned_work[node]
        crashed = next((test for part in work.values() for test, done in part.items() if not done), None)
        again = crashed is not None and crashed not in self.crashed
        if again:
            self.crashed.append(str(crashed))
            print(f"\n{node.gateway.id} ended while running {crashed}, which is begun once more", flush=True)
        for name, part in list(work.items()):
            if crashed in part and not again:
                part[crashed] = True
            if all(part.values()):
                del work[name]
        super().remove_node(node)
        return None if again else crashed

    def _reschedule(self, node: WorkerController) -> None:
        """Until it has three: a process begins a test only when it knows the next one."""
        while self.workqueue and not node.shutting_down and self._pending_of(self.assigned_work[node]) <= 2:
            self._assign_work_unit(node)
        super()._reschedule(node)


def part_of(test: str) -> str:
    """What of the whole a test is dealt out with."""
    module = test.partition("::")[0]
    together = next((place for place in TOGETHER if module.startswith(f"tests/{place}")), None)
    return together or (test if figures_of_trials.in_full_numbers() else module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule:
    config.option.loadscopereorder = False  # the order is ours
    return ByModule(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(tuple(f"tests/{place}" for place in LONG)))
    if PLACE not in config.stash or config.cache is None:
        return
    passed = set(config.cache.get(config.stash[PLACE], []))
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in passed])
    items[:] = [item for item in items if item.nodeid not in passed]


class TrialsKept:
    """Keeps the names of the trials that passed, as they pass, in the one process that sees all reports."""

    def __init__(self, cache: pytest.Cache, place: str) -> None:
        self.cache = cache
        self.place = place
        self.passed: set[str] = set(cache.get(place, []))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed.add(report.nodeid)
            self.cache.set(self.place, sorted(self.passed))


def _this_source(config: pytest.Config) -> str:
    """A name for the source as it stands, uncommitted changes included."""
    questions = ["git", "rev-parse", "HEAD:src", "HEAD:tests"], ["git", "diff", "HEAD", "--", "src", "tests"]
    texts = [subprocess.run(words, cwd=config.rootpath, capture_output=True).stdout for words in questions]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]
