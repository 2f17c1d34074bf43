"""What the documents say is so: links lead somewhere, named files exist, the schema is the program's."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from communique import __version__
from communique.cli.main import COMMANDS
from communique.edition.schema import manifest_schema

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "communique"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    lost = [to for to in targets if not re.match(r"[a-z]+:", to) and not (document.parent / to).exists()]
    assert not lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_source_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(r"`([a-z_]+(?:/[a-z_0-9]+)+\.(?:py|js|txt|md|toml))`", document.read_text())
    lost = [name for name in named if not (ROOT / name).exists() and not (HOUSE / name).exists()]
    assert not lost


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in DOCUMENTS for name in re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(), re.MULTILINE)}
    assert named
    assert named <= targets


def test_every_command_that_the_readme_names_is_one() -> None:
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"^communique (?:--home \S+ )?([a-z]+)", text, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_the_published_schema_is_what_the_program_makes() -> None:
    published = json.loads((ROOT / "docs" / "formats" / "edition.schema.json").read_text())
    assert published == manifest_schema(), "python -m communique.edition.schema > docs/formats/edition.schema.json"


def test_the_changelog_begins_with_the_version_of_the_program() -> None:
    first = re.search(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert first is not None
    assert first[1] == __version__ == project["version"]


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text()
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert all(f"({path.name})" in listed for path in DECISIONS)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name[:4])
def test_a_decision_names_options_choice_and_what_gets_worse(decision: Path) -> None:
    text = decision.read_text()
    for part in ("**Context.**", "**Options.**", "**Choice.**", "**What gets worse.**", "**Status.**"):
        assert part in text
