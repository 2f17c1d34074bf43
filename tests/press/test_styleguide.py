"""The style guide is the showroom's alone, follows from its record, and shows every part in every state."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urldefrag

import lxml.html
import pytest

from communique.press import pages, specimens
from communique.press.sheet import SHOWROOM
from communique.press.styleguide import BELOW, COLOURS, styleguide_pages
from communique.record.reader_folder import FolderReader
from communique.verify.site.files import GUIDE_PAGES
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Draft, Office, furniture, id_of, make_office, message, piece
from press import sample
from sites import baked_from_copy, differences, files_of

GUIDE = "styleguide/index.html"
HEAVIEST_BYTES = 60_000
PARTS = {
    "advisory bar": '[@class="advisory"]',
    "clocks": '[@class="clocks"]',
    "contacts that open, with hours": '[@class="open"][@data-hours]',
    "an emergency": '[@class="contact emergency"]',
    "counter": '[@class="counter"]',
    "lead": '[@class="lead"]//img',
    "featured": '[@class="lead"]/ol[@class="rows"]',
    "latest of a section": '[@class="front-section"]',
    "what is to come, on a front page": '[@class="events"]',
    "agenda event": '[@class="to-calendar"]',
    "entries of the archive": '[@class="ways"][@id="by-year"]',
    "months": '[@class="archive"]',
    "struck words": "[self::del]",
    "added words": "[self::ins]",
    "folded turns": '[@class="fold"]',
    "two languages, turn against turn": '[contains(@class, "pair question")]',
    "a turn that a language lacks": '[@class="side-missing"]',
    "a turn that is behind": '[@class="turn-behind"]',
    "quoting": "[@data-quoting][@data-drawing]",
    "audio": "[self::audio]",
    "video with captions": "[self::video]/track",
    "hosted player before the press": "[@data-player]",
    "gallery": '[@class="gallery"]//figure[2]',
    "press quality": '[@class="press-quality"]',
    "table": '[@class="table"]//caption',
    "downloads": '[@class="files"]',
    "how to check": '[@id="check"]',
    "crisis page": '[@class="column-page plain-page"]',
    "corrected turn": '[@class="turn-corrected"]',
    "erased words": '[@class="erased-words"]',
    "focus ring": '[@class="focused"]',
    "forced colours": '[@id="forced"]',
    "right to left": '[@dir="rtl"][@data-script="arabic"]',
}
"""what must be seen, by name, as the end of an XPath"""
NOT_SHOWN = {
    "page.html": "what stands around each page of the guide itself",
    "check_kept.html": "a reader's own file, which holds form, answers and limits of the check page",
}
"""templates of which no part is asked for, with the reason"""
ONLY_ELSEWHERE = {
    "refresh": "a page that leads on shows nothing",
    "arms": "the drawing of the furniture is of one ink; a picture of arms is set in the same place",
    "chosen": "the section of a message in the menu above it: a page of the guide is in none",
    "screen": "a class that hides on paper",
    "none": "a sentence in place of a list",
}
"""classes that a template may write and that need not be in the guide, with the reason"""


@lru_cache(maxsize=1)
def guide() -> dict[str, str]:
    return styleguide_pages(sample.setting(), sample.setting("ar"))


def found_in(office: Office) -> list[str]:
    """What verify finds in the site of an office."""
    report = verify_site("here", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    return [str(finding) for finding in report.findings]


def test_only_the_showroom_has_one_and_it_follows_from_its_record(tmp_path: Path) -> None:
    other = make_office(tmp_path / "other")
    assert not (other.site / "styleguide").exists()
    assert not list((other.site / "assets").glob("guide*")), "nor what it alone loads"
    showroom = Office(tmp_path / "showroom", SHOWROOM)
    showroom.publish(*furniture(("en", "fr", "ar")))
    first = (showroom.site / GUIDE).read_bytes()
    showroom.publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "All of it is invented."})))
    showroom.publish(Draft(id_of("ferry"), "publish", message("ferry")))
    assert (showroom.site / GUIDE).read_bytes() != first, "what surrounds it is as it is now"
    assert {f"styleguide/{path.parent.name}/" for path in (showroom.site / "styleguide").glob("*/index.html")} == {
        f"styleguide/{name}/" for name in BELOW
    }
    assert differences(files_of(showroom.site), baked_from_copy(showroom, tmp_path / "copy")) == []
    assert found_in(showroom) == []
    assert lost_links(showroom.site) == []


def test_without_arabic_there_is_no_page_from_right_to_left() -> None:
    found = styleguide_pages(sample.setting(), None)
    assert set(guide()) - set(found) == {"styleguide/right-to-left/"}


def lost_links(site: Path) -> list[str]:
    """Links, pictures, recordings of the guide that lead to no file of the site, or to no place on a page of it."""
    lost = []
    for path in sorted((site / "styleguide").rglob("index.html")):
        for target in lxml.html.parse(path).xpath("//main//@href | //main//@src"):
            address, place = urldefrag(target)
            to = site / address.strip("/") if address else path
            page = to / "index.html" if to.is_dir() else to
            if address.startswith("/record/") or not (address.startswith("/") or place):
                continue
            if not page.is_file() or (
                place and page.suffix == ".html" and not lxml.html.parse(page).xpath(f"//*[@id='{place}']")
            ):
                lost.append(f"{path.parent.name}: {target}")
    return lost


def test_a_style_guide_in_any_other_office_is_a_finding(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    (office.site / "styleguide").mkdir()
    (office.site / GUIDE).write_bytes((office.site / "en/404/index.html").read_bytes())
    assert [finding for finding in found_in(office) if "styleguide" in finding]


def test_verify_knows_the_pages_that_the_press_makes() -> None:
    assert {f"{path}index.html" for path in guide()} == GUIDE_PAGES
    assert {f"styleguide/{name}/" for name in BELOW} == set(guide()) - {"styleguide/"}


def test_each_page_is_light_and_leads_to_nothing_invented() -> None:
    for path, page in guide().items():
        assert len(page.encode()) <= HEAVIEST_BYTES, path
        assert specimens.SAMPLE not in page, path
        assert not [named for named in specimens.addresses_of_files() if named in page], path


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_shown(part: str) -> None:
    assert any(lxml.html.document_fromstring(page).xpath(f"//*{PARTS[part]}") for page in guide().values()), part


def test_what_is_raised_and_lowered_is_what_should_be() -> None:
    text = lxml.html.document_fromstring(guide()["styleguide/text/"])
    assert (text.xpath("//main//sup/text()"), text.xpath("//main//sub/text()")) == (["2"], ["2"])


def test_each_part_has_a_heading_and_says_when_it_is_used() -> None:
    for path, page in guide().items():
        for one in lxml.html.document_fromstring(page).xpath("//section[@class='guide-part']"):
            words = one.xpath("./div[starts-with(@class, 'guide-words')]")[0]
            assert len(words.xpath("./h2")) == 1, path
            assert all(line.text_content().strip() for line in words.xpath("./p")), path
            assert words.xpath("./p"), path


def literal_classes(template: Path) -> set[str]:
    """The classes that a template writes, those with a value in them left out."""
    words = template.read_text("utf-8")
    found = re.findall(r'class="([^"]*)"', words)
    plain = (re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", one) for one in found)
    return {name for one in plain for name in one.split() if "\0" not in name}


@pytest.mark.parametrize("template", sorted(path.name for path in pages.TEMPLATES.glob("*.html")))
def test_every_template_of_the_press_is_shown_with_all_its_classes(template: str) -> None:
    if template in NOT_SHOWN:
        return
    shown = {
        name
        for page in guide().values()
        for classes in lxml.html.document_fromstring(page).xpath("//@class")
        for name in classes.split()
    }
    assert literal_classes(pages.TEMPLATES / template) - shown - set(ONLY_ELSEWHERE) == set()


def test_no_page_of_it_loads_a_script_twice() -> None:
    for page in guide().values():
        scripts = lxml.html.document_fromstring(page).xpath("//script/@src")
        assert len(scripts) == len(set(scripts))


def test_it_shows_each_colour_line_and_script() -> None:
    first, lists = guide()["styleguide/"], guide()["styleguide/lists/"]
    assert all(f"swatch-{name}" in first for name, _ in COLOURS)
    assert all(row.title in lists for row in specimens.rows() if row.title)
    for script in ("plain", "arabic", "hebrew", "devanagari", "han"):
        assert f'data-script="{script}"' in first


def test_it_shows_a_note_for_each_thing_that_can_happen_to_a_text() -> None:
    page = lxml.html.document_fromstring(guide()["styleguide/notes/"])
    parts = {
        one.get("aria-labelledby"): " ".join(one.text_content().split())
        for one in page.xpath("//section[@class='guide-part']")
    }
    for part, words in {
        "corrected": ["Corrected 13 November", "wrong number", "Updated"],
        "withdrawn": ["Withdrawn", "Recalled", "Removed"],
        "erased": ["Erased", "Privacy Act, section 9."],
        "imported": ["Imported"],
        "translation": ["Translation", "French"],
        "edition": ["Edition 1", "Edition 8"],
    }.items():
        assert [word for word in words if word not in parts[part]] == [], part


def test_each_colour_of_the_tokens_has_a_swatch() -> None:
    tokens = (Path(pages.__file__).parent / "assets" / "tokens.css").read_text("utf-8")
    named = set(re.findall(r"(?m)^    --([a-z0-9-]+): #", tokens))
    assert named == {name for name, _ in COLOURS}
