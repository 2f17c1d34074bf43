"""Which room may know which: every import of the house is read and compared with one table.

A room is a folder below `src/communique/`. `KNOWS` says, for each room, what of the house its files may
import. Two rooms have an inner door, because strangers read their plain half without an office's database:

    record   the plain files (entry, tree, tile, note, checkpoint, proof, reader, ...) know `edition` only;
             the database half (`DATABASE_HALF`) knows the plain files besides
    verify   knows `edition` and the plain half of `record`; `mirror` knows these and verify

Read are `import`, `from ... import`, relative imports, imports inside functions and below `TYPE_CHECKING`,
and `import_module("...")` or `__import__("...")`. Refused besides a wrong arrow: an import inside a function
(it hides a circle; `INSIDE` lists the exceptions, each with its reason), a module named by a computed word,
Django outside its places, and any package that `pip install communique` does not bring in the files that
strangers run.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = "communique"
SOURCE = Path(__file__).parents[1] / "src" / HOUSE

ALL = frozenset({"*"})
KNOWS: dict[str, frozenset[str]] = {
    "edition": frozenset(),
    "record": frozenset({"edition"}),
    "importing": frozenset({"edition"}),
    "press": frozenset({"edition", "record"}),
    "search": frozenset({"edition", "record"}),
    "verify": frozenset({"edition", "record"}),
    "mirror": frozenset({"edition", "record", "verify"}),
    "wire": frozenset({"edition", "record"}),
    "newsroom": frozenset({"edition", "record", "importing"}),
    "settings": ALL,
    "cli": ALL,
    "demo": ALL,
}
"""Room to the rooms that it may know besides itself."""

DATABASE_HALF = frozenset({"models", "entering", "release", "publishing", "reader_database", "apps", "migrations"})
"""The half of `record` that stands on Django. Of the other rooms, those that know all and the newsroom may know it."""

DJANGO_ROOMS = frozenset({"newsroom", "settings", "cli", "demo"})
STRANGERS_COMMANDS = frozenset(
    f"cli/{name}.py"
    for name in (
        "__init__",
        "errors",
        "main",
        "progress",
        "verify",
        "proof",
        "quote",
        "diff",
        "mirror",
        "monitor",
        "evidence",
        "witness",
    )
)
"""What of the program runs after `pip install communique`."""

STRANGERS_PACKAGES = frozenset({"brotli", "cryptography", "typer", "rich"})
COMPUTED = "a module named by a computed word"
PLAIN_PACKAGES: dict[str, frozenset[str]] = {
    "edition": frozenset(),
    "record": frozenset({"cryptography"}),
    "verify": frozenset({"brotli", "cryptography"}),
    "mirror": frozenset({"cryptography"}),
}
"""Room to the only packages, besides Python's own, that its plain files may import."""

TAKEN_INSIDE = frozenset(
    {"time", "random", "secrets", "os", "pathlib", "socket", "ssl", "http", "urllib", "subprocess", "sqlite3"}
)
"""Clock, randomness, files and network of Python's own: `edition` imports none of them."""

INSIDE: dict[str, str] = {
    "cli/main.py": "a command's room is loaded when that command is called: verify must start without Django",
    "newsroom/apps.py": "Django's models cannot be imported before Django says that the apps are ready",
    "newsroom/links/apps.py": "the same",
    "cli/import_.py": "only drafts need the newsroom's tables: import --publish must start without Wagtail",
    "cli/verify.py": "the press is loaded for --bake alone, which is the one thing a stranger's verify cannot do",
}
"""Files that may import inside functions, with the reason."""


@dataclass(frozen=True)
class Import:
    """One import as written: in which file and line, of which module, inside a function or not."""

    file: str
    line: int
    module: str
    inside: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


def imports_of(source: Path) -> Iterator[Import]:
    """Every import in every Python file below `source`, the folder of the house."""
    for path in sorted(source.rglob("*.py")):
        file = path.relative_to(source).as_posix()
        yield from _walk(ast.parse(path.read_text(), file), file, inside=False)


def _walk(node: ast.AST, file: str, inside: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for module in _modules(child, file):
            yield Import(file, getattr(child, "lineno", 0), module, inside)
        in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, file, inside or in_function)


def _modules(node: ast.AST, file: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        base = _absolute(node, file)
        return [f"{base}.{name.name}" for name in node.names] if base.split(".")[0] == HOUSE else [base]
    if isinstance(node, ast.Call) and node.args:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("import_module", "__import__"):
            name = node.args[0]
            return [str(name.value) if isinstance(name, ast.Constant) else COMPUTED]
    return []


def _absolute(node: ast.ImportFrom, file: str) -> str:
    if not node.level:
        return node.module or ""
    package = [HOUSE, *file.split("/")[:-1]]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def wrong_imports(source: Path) -> list[str]:
    """One line for each import below `source` that the table refuses."""
    found = [f"{one}: {why}" for one in imports_of(source) for why in _faults(one)]
    for path in sorted(source.rglob("*.py")):
        room, _, inner = path.relative_to(source).as_posix().partition("/")
        if room not in KNOWS if inner else room not in ("__init__.py", "__main__.py"):
            found.append(f"{room}/{inner}: stands in no room of the table KNOWS".replace("/:", ":"))
    return found


def _faults(one: Import) -> Iterator[str]:
    package, *parts = one.module.split(".")
    room = one.file.split("/")[0]
    knows_all = KNOWS.get(room) == ALL
    if one.inside and one.file not in INSIDE:
        yield "an import inside a function hides a circle"
    if one.module == COMPUTED:
        if not knows_all:
            yield "a module is named by a written word, so that this test can read it"
    elif package == HOUSE:
        yield from _wrong_arrows(one, room, parts)
    elif package not in sys.stdlib_module_names:
        yield from _wrong_packages(one, room, package)
    elif room == "edition" and package in TAKEN_INSIDE:
        yield "edition has no clock, randomness, file or network of its own"


def _wrong_arrows(one: Import, room: str, parts: list[str]) -> Iterator[str]:
    other = parts[0] if parts else ""
    allowed = KNOWS.get(room, frozenset())
    if allowed == ALL or other == "__version__":
        return
    if other != room and other not in allowed:
        yield f"{room} may know {', '.join(sorted(allowed)) or 'no other room'}, not {other or HOUSE}"
    database = DATABASE_HALF.intersection(parts[1:2]) and room != "newsroom"
    if other == "record" and database and not _in_database_half(one.file):
        yield "the database half of record is known by newsroom, settings, cli and demo only"


def _wrong_packages(one: Import, room: str, package: str) -> Iterator[str]:
    database = _in_database_half(one.file)
    if package == "django" and not database and room not in DJANGO_ROOMS:
        yield "Django belongs to record's database half, the newsroom, settings and the office's commands"
    if room in PLAIN_PACKAGES and not database and package not in PLAIN_PACKAGES[room]:
        yield f"plain {room} uses Python's own and {', '.join(PLAIN_PACKAGES[room]) or 'nothing else'}"
    if one.file in STRANGERS_COMMANDS and not one.inside and package not in STRANGERS_PACKAGES:
        yield "`pip install communique` does not bring it"


def _in_database_half(file: str) -> bool:
    room, _, inner = file.partition("/")
    return room == "record" and inner.split("/")[0].removesuffix(".py") in DATABASE_HALF


# The house as it stands


def test_every_import_of_the_house_follows_the_table() -> None:
    wrong = wrong_imports(SOURCE)
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_house_has_imports_to_read() -> None:
    assert {one.file.split("/")[0] for one in imports_of(SOURCE)} >= {"edition", "record", "press", "verify"}


def test_a_file_that_may_import_inside_functions_does_so() -> None:
    inside = {one.file for one in imports_of(SOURCE) if one.inside}
    assert inside == set(INSIDE), "an exception that nobody uses is taken out of the list INSIDE"


def test_a_stranger_starts_the_program_without_any_package_of_an_office() -> None:
    program = """
        import sys

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                if name.split(".")[0] in office:
                    raise ModuleNotFoundError(f"a stranger has no {name}", name=name)

        sys.meta_path.insert(0, Refuse())
        import communique.verify
        from communique.cli.main import main
        main(["verify", "--help"])
    """
    office = modules_of_packages_beyond(what_comes_with(HOUSE))
    assert {"django", "lxml", "minijinja", "babel"} <= office
    run = [sys.executable, "-c", f"office = {office!r}\n{textwrap.dedent(program)}"]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "verify" in done.stdout


def what_comes_with(package: str) -> set[str]:
    """The names of all packages that `pip install PACKAGE`, without extras, brings here."""
    found: set[str] = set()
    waiting = [package]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found.add(name)
            needs = [Requirement(line) for line in metadata.requires(name) or []]
            waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


def modules_of_packages_beyond(packages: set[str]) -> set[str]:
    """The modules at the top of every other package that is installed here."""
    modules = metadata.packages_distributions()
    return {module for module, names in modules.items() if not packages & set(map(canonicalize_name, names))}


# Planted wrong imports: a check that cannot fail checks nothing


def planted(folder: Path, file: str, text: str) -> list[str]:
    """The faults of a small house of our own with one file of this text in it."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text))
    return wrong_imports(folder)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("edition/seal.py", "import communique.record.entry"),
        ("edition/seal.py", "from communique.record import entry"),
        ("edition/seal.py", "from ..record import entry"),
        ("edition/seal.py", "import cryptography"),
        ("edition/seal.py", "import secrets"),
        ("record/tree.py", "from communique.press import pages"),
        ("record/tree.py", "import django"),
        ("record/tree.py", "from communique.record.models import Entry"),
        ("record/publishing.py", "from communique.press import pages"),
        ("importing/turns.py", "from communique import record"),
        ("importing/turns.py", "from django.db import models"),
        ("press/pages.py", "from communique.importing import turns"),
        ("press/pages.py", "from communique.record import publishing"),
        ("press/pages.py", "from ..record.models import Entry"),
        ("press/deep/pages.py", "from ...settings import urls"),
        ("verify/site.py", "from communique.record.reader_database import DatabaseReader"),
        ("verify/site.py", "from communique.press import pages"),
        ("verify/site.py", "import lxml.html"),
        ("cli/verify.py", "import django"),
        ("verify/site.py", "from importlib import import_module\nimport_module('communique.cli.main')"),
        ("press/pages.py", "def bake():\n    from communique.edition import text\n"),
        ("press/pages.py", "class A:\n    async def bake(self):\n        import json\n"),
        (
            "edition/seal.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from communique.record import entry\n",
        ),
        ("press/pages.py", "from importlib import import_module\nname = 'x'\nimport_module(name)"),
        ("helpers/all.py", "import json"),
        ("utils.py", "import json"),
    ],
)
def test_a_planted_wrong_import_is_found(tmp_path: Path, file: str, text: str) -> None:
    assert planted(tmp_path, file, text), f"{file} with {text!r} was let through"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("edition/seal.py", "import json\nfrom communique.edition import text\nfrom . import canonical"),
        ("record/tree.py", "import hashlib\nfrom cryptography.hazmat.primitives import hashes"),
        (
            "record/publishing.py",
            "from django.db import transaction\nfrom communique.record.models import Entry",
        ),
        ("record/migrations/0001_initial.py", "from django.db import migrations"),
        ("press/pages.py", "import minijinja\nfrom communique.record.reader import Reader"),
        (
            "verify/folder.py",
            "from communique.record import note\nfrom communique.edition.edition import Edition",
        ),
        (
            "cli/bake.py",
            "import django\nfrom communique.record import publishing\nfrom communique.press import pages",
        ),
        ("demo/loader.py", "from communique.importing import turns\nfrom communique import __version__"),
    ],
)
def test_a_right_import_is_let_through(tmp_path: Path, file: str, text: str) -> None:
    assert planted(tmp_path, file, text) == []
