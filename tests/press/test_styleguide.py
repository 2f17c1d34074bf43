"""The style guide is the showroom's alone, follows from its record, and shows every part in every state."""

from __future__ import annotations

import re
from pathlib import Path

from communique.press import pages
from communique.press.message_view import notes, taken_back
from communique.press.office_view import office_of
from communique.press.sheet import SHOWROOM
from communique.press.styleguide import COLOURS, ROWS, STATES, _shown
from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Draft, Office, furniture, id_of, make_office, message, piece
from press import sample
from sites import baked_from_copy, differences, files_of

GUIDE = "styleguide/index.html"


def found_in(office: Office) -> list[str]:
    """What verify finds in the site of an office."""
    report = verify_site("here", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    return [str(finding) for finding in report.findings]


def test_only_the_showroom_has_one_and_it_follows_from_its_record(tmp_path: Path) -> None:
    other = make_office(tmp_path / "other")
    assert not (other.site / "styleguide").exists()
    showroom = Office(tmp_path / "showroom", SHOWROOM)
    showroom.publish(*furniture(("en", "fr")))
    first = (showroom.site / GUIDE).read_bytes()
    fields = {"label": {"en": "Press"}, "telephone": "01632 960142"}
    showroom.publish(Draft(id_of("contact"), "furniture", piece("contact", **fields)))
    showroom.publish(Draft(id_of("ferry"), "publish", message("ferry")))
    assert (showroom.site / GUIDE).read_bytes() != first, "it shows the contacts as they are now"
    assert differences(files_of(showroom.site), baked_from_copy(showroom, tmp_path / "copy")) == []
    assert found_in(showroom) == []


def test_a_style_guide_in_any_other_office_is_a_finding(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    (office.site / "styleguide").mkdir()
    (office.site / GUIDE).write_bytes((office.site / "en/404/index.html").read_bytes())
    assert [finding for finding in found_in(office) if "styleguide" in finding]


def test_it_shows_each_colour_note_state_of_a_line_and_script() -> None:
    page = pages.styleguide_page(sample.setting())
    assert all(f"swatch-{name}" in page for name, _ in COLOURS)
    assert page.count('class="row"') == len(ROWS)
    office = office_of(sample.setting())
    shown = [_shown(office, kind, seq, more) for seq, (kind, more) in enumerate(STATES, 1)]
    found = [note for one in shown for note in (*taken_back(one), *notes(one))]
    assert {note["name"] for note in found} == set(re.findall(r'class="note-name">([^<]+)<', page))
    for script in ("plain", "arabic", "hebrew", "devanagari", "han"):
        assert f'data-script="{script}"' in page


def test_each_colour_of_the_tokens_has_a_swatch() -> None:
    tokens = (Path(pages.__file__).parent / "assets" / "tokens.css").read_text("utf-8")
    named = set(re.findall(r"(?m)^    --([a-z0-9-]+): #", tokens))
    assert named == {name for name, _ in COLOURS}
