"""Style sheets, fonts and scripts are plain files with a hash in their names, and keep to the house's rules."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from communique.press.bundle import ASSETS, SCRIPTS, SHEETS, asset_paths, assets, preloads

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:"
)
QUERY = re.compile(r"@media[^{]*\{")


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (ASSETS / name).read_text("utf-8"), flags=re.DOTALL)


def test_each_name_holds_the_hash_of_its_content() -> None:
    for path, data in assets().items():
        assert f".{sha256(data).hexdigest()[:10]}." in path


def test_every_address_in_the_style_sheet_is_a_file_of_the_press() -> None:
    style = assets()[asset_paths()["style.css"]].decode()
    named = set(re.findall(r"url\(/([^)]+)\)", style))
    assert named == {path for path in assets() if path.endswith(".woff2")}
    assert "url(fonts/" not in style


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_know_no_left_and_right(name: str) -> None:
    without_queries = QUERY.sub("{", sheet(name))
    assert PHYSICAL.search(without_queries) is None
    assert "text-align: left" not in without_queries
    assert "text-align: right" not in without_queries


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_have_no_gradient_shadow_capitals_or_sticky_furniture(name: str) -> None:
    for never in ("gradient", "box-shadow", "text-shadow", "uppercase", "sticky", "position: fixed", "justify;"):
        assert never not in sheet(name)


def test_only_tokens_choose_colours() -> None:
    for name in SHEETS:
        if name not in ("tokens.css", "print.css"):
            assert re.search(r"#[0-9a-f]{3,8}\b", sheet(name)) is None, name


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_strict_and_write_no_markup(name: str) -> None:
    script = (ASSETS / name).read_text("utf-8")
    assert '"use strict";' in script
    for never in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write(", ".style"):
        assert never not in script


@pytest.mark.parametrize(
    ("language", "script"), [("en", "latin"), ("ar", "arabic"), ("ru", "cyrillic"), ("el", "greek"), ("tr", "latin")]
)
def test_a_page_loads_ahead_only_what_its_language_needs(language: str, script: str) -> None:
    found = preloads(language)
    assert len(found) == 3
    assert all(f"-{script}." in path for path in found)
    assert set(found) <= set(assets())


def test_nothing_is_loaded_ahead_for_scripts_that_we_have_no_font_for() -> None:
    assert preloads("zh-Hans") == []


def test_the_fonts_of_a_first_page_are_small() -> None:
    for language, most_bytes in (("en", 52_000), ("ar", 52_000), ("ru", 42_000)):
        assert sum(len(assets()[path]) for path in preloads(language)) < most_bytes


def test_every_family_of_fonts_has_its_licence() -> None:
    folders = [path for path in (ASSETS / "fonts").iterdir() if path.is_dir()]
    assert len(folders) == 4
    for folder in folders:
        assert "SIL Open Font License" in (folder / "LICENSE").read_text("utf-8")
