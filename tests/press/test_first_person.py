"""The first person of an office changes the foot of every page, which leads to people from then on."""

from __future__ import annotations

from pathlib import Path

from offices import Draft, Office, furniture, id_of, message
from sites import baked_from_copy, differences, files_of


def test_with_the_first_person_every_page_leads_to_people_as_a_copy_bakes_it(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", "first.example/record")
    name, section, person = furniture(("en", "fr"))
    office.publish(name, section)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    office.publish(person)
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    assert "/en/people/" in (office.site / "en/by/agenda/index.html").read_text("utf-8")
