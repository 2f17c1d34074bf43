"""An office is founded in whatever language it speaks, and its tags have one form each."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from communique.settings.errors import SettingsError
from communique.settings.office import found_installation
from communique.settings.office_facts import office_piece, written_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("EN", "en"),
        ("DE-Simple", "de-simple"),
        ("zh-hans", "zh-Hans"),
        ("ZH-HANS-cn", "zh-Hans-CN"),
        ("pt-br", "pt-BR"),
        ("es-419", "es-419"),
    ],
)
def test_a_language_tag_has_one_form(typed: str, tag: str) -> None:
    assert written_tag(typed) == tag
    assert office_piece("Embassy", "UTC", [typed], "d MMMM y")["languages"] == [tag]


def test_an_office_in_languages_with_script_and_region_is_baked_and_names_them(tmp_path: Path) -> None:
    tags = ["zh-hans", "pt-BR", "sr-Latn", "ar", "en-GB"]
    found_installation(tmp_path / "home", None, office_piece("Embassy", "Asia/Shanghai", tags, "yyyy-MM-dd"))
    site = tmp_path / "home" / "public" / "site"
    assert (site / "languages.txt").read_text().split() == ["zh-hans", "pt-br", "sr-latn", "ar", "en-gb"]
    page = lxml.html.document_fromstring((site / "zh-hans" / "index.html").read_bytes())
    assert page.get("lang") == "zh-Hans"
    named = [one.text_content().strip() for one in page.xpath("//nav[@class='languages']//li")]
    assert named == ["简体中文", "Português", "Srpski", "العربية", "British English"]


@pytest.mark.parametrize("tag", ["de-x-easy", "de-leicht", "de-simple-CH", "de-u-nu-latn"])
def test_a_private_tag_is_refused_with_the_one_for_easy_language(tag: str) -> None:
    with pytest.raises(SettingsError, match="tells nobody what it is; for easy language write de-simple"):
        office_piece("Embassy", "UTC", [tag], "d MMMM y")
