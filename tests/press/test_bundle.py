"""Style sheets, fonts and scripts are plain files with a hash in their names, and keep to the house's rules."""

from __future__ import annotations

import re
from hashlib import sha256

import brotli
import pytest

from communique.press import pages
from communique.press.bundle import ASSETS, CRISIS_SHEETS, OWN_SHEETS, SCRIPTS, STYLES, asset_paths, assets, preloads
from press import sample

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:"
)
EVERY_SHEET = list(dict.fromkeys(name for sheets in (*STYLES.values(), CRISIS_SHEETS) for name in sheets))
QUERY = re.compile(r"@media[^{]*\{")


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (ASSETS / name).read_text("utf-8"), flags=re.DOTALL)


def test_each_name_holds_the_hash_of_its_content() -> None:
    for path, data in assets().items():
        assert f".{sha256(data).hexdigest()[:10]}." in path


def test_every_address_in_the_style_sheet_is_a_file_of_the_press() -> None:
    style = "".join(assets()[asset_paths()[name]].decode() for name in ("style.css", *OWN_SHEETS))
    named = set(re.findall(r"url\(/([^)]+)\)", style))
    assert named == {path for path in assets() if path.endswith(".woff2")}
    assert "url(fonts/" not in style


@pytest.mark.parametrize("name", EVERY_SHEET)
def test_style_sheets_know_no_left_and_right(name: str) -> None:
    without_queries = QUERY.sub("{", sheet(name))
    assert PHYSICAL.search(without_queries) is None
    assert "text-align: left" not in without_queries
    assert "text-align: right" not in without_queries


@pytest.mark.parametrize("name", EVERY_SHEET)
def test_style_sheets_have_no_gradient_shadow_capitals_or_sticky_furniture(name: str) -> None:
    for never in ("gradient", "box-shadow", "text-shadow", "uppercase", "sticky", "position: fixed", "justify;"):
        assert never not in sheet(name)


def test_telephones_of_ten_years_ago_know_each_query_and_each_pattern() -> None:
    for name in EVERY_SHEET:
        queries = re.findall(r"@media[^{]*", sheet(name))
        assert not [query for query in queries if "<" in query or ">" in query], "a range is younger than Safari 16.4"
    for name in SCRIPTS:
        assert not re.search(r"\(\?<[=!]", (ASSETS / name).read_text("utf-8")), f"{name} looks behind: Safari 16.4"


def test_only_tokens_choose_colours() -> None:
    for name in EVERY_SHEET:
        if name not in ("tokens.css", "print.css"):
            assert re.search(r"#[0-9a-f]{3,8}\b", sheet(name)) is None, name


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_strict_and_write_no_markup(name: str) -> None:
    script = (ASSETS / name).read_text("utf-8")
    assert '"use strict";' in script
    for never in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write(", ".style"):
        assert never not in script


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", "latin"),
        ("ar", "arabic"),
        ("ru", "cyrillic-alone"),
        ("bg", "latin"),
        ("el", "greek-alone"),
        ("tr", "latin"),
        ("he", "hebrew"),
    ],
)
def test_a_page_loads_ahead_only_what_its_language_needs(language: str, script: str) -> None:
    found = preloads(language)
    assert len(found) == 2, "words and furniture: titles take the cut of the words"
    assert all(f"-{script}." in path for path in found)
    assert set(found) <= set(assets())


def test_nothing_is_loaded_ahead_where_readers_have_a_font() -> None:
    assert preloads("zh-Hans") == preloads("hi") == []
    assert re.search(r'local\("Noto Sans Devanagari"\)[^;]*url\(', sheet("devanagari.css"))


def test_only_chinese_pages_pay_for_the_faces_of_chinese_and_take_the_readers_own_first() -> None:
    style, han = (assets()[asset_paths()[name]].decode() for name in ("style.css", "han.css"))
    assert "han-" not in style
    faces = re.findall(r"@font-face \{(.*?)\}", han, re.DOTALL)
    assert len(faces) > 40
    assert all(face.index("local(") < face.index("url(") for face in faces)
    assert len(brotli.compress(han.encode())) < 8_000
    assert han in assets()[asset_paths()["style-han.css"]].decode()
    assert 'rel="stylesheet" href="/assets/style-han.' in pages.front_page(sample.setting("zh"), sample.front("zh"))
    assert "han." not in pages.front_page(sample.setting("en"), sample.front("en"))


def test_a_page_takes_the_faces_of_its_own_script_and_where_two_languages_stand_those_of_both() -> None:
    for language, sheets in (("ar", ["style-arabic"]), ("ru", ["style-cyrillic"]), ("en", ["style"])):
        page = pages.front_page(sample.setting(language), sample.front(language))
        assert re.findall(r"/assets/(style[a-z-]*|arabic|cyrillic|greek|hebrew|devanagari)\.", page) == sheets
    rows = {row.language: row for row in sample.siblings()}
    both = (rows["ar"], rows["ru"]), (sample.corrected("ar"), sample.corrected("ru")), ({}, {})
    page = pages.beside_page(sample.setting("ar"), *both)
    assert re.findall(r"/assets/(?:style-)?(arabic|cyrillic)\.", page) == ["arabic", "cyrillic"]


def test_fonts_that_readers_have_take_the_measure_of_ours() -> None:
    named = set(re.findall(r'font-family: "(Communique \w+ \w+)"', sheet("fallbacks.css")))
    assert named == {name for name in re.findall(r'"(Communique (?:Text|Title|Sans) \w+)"', sheet("families.css"))} - {
        f"Communique {own}" for own in ("Sans Hebrew", "Sans Cyrillic", "Text Cyrillic", "Sans Greek", "Text Greek")
    }
    for face in sheet("fallbacks.css").split("@font-face")[1:]:
        for measure in ("size-adjust", "ascent-override", "descent-override", "line-gap-override"):
            assert f"{measure}: " in face


def test_the_fonts_of_a_first_page_are_small() -> None:
    for language, most_bytes in (("en", 52_000), ("ar", 52_000), ("ru", 42_000)):
        assert sum(len(assets()[path]) for path in preloads(language)) < most_bytes


def test_every_family_of_fonts_has_its_licence() -> None:
    folders = [path for path in (ASSETS / "fonts").iterdir() if path.is_dir()]
    assert len(folders) == 9
    for folder in folders:
        assert "SIL Open Font License" in (folder / "LICENSE").read_text("utf-8")
