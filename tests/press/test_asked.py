"""What the desk asks of the press's memory: it is only read, and an office that has baked nothing has answers, too."""

from __future__ import annotations

from pathlib import Path

from communique.press.asked import folded, is_rebuilding, named, public_until, versions_of
from offices import Draft, id_of, make_office, message, piece


def test_before_the_first_baking_there_is_nothing_and_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "press.sqlite3"
    assert (versions_of(file, "m" * 16), public_until(file), named(file, "lamp", None, 50)) == ({}, 0, [])
    assert not file.exists()


def test_letters_are_compared_without_accents_and_capitals_in_any_script() -> None:
    assert folded("Élan STRASSE straße ΆΘΗΝΑ") == "elan strasse strasse αθηνα"
    assert folded("مُحَمَّد") == "محمد"


def test_who_waits_for_an_answer_waits_for_no_build_and_messages_go_on_meanwhile(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    file, build = tmp_path / "press.sqlite3", office.press.public / "site"
    live = build.resolve()
    office.baking = False
    office.publish(Draft(id_of("clock"), "furniture", piece("clock", city={"en": "Orsemund"}, zone="Europe/Oslo")))
    office.publish(Draft(id_of("m1"), "publish", message("m1", title="The bell")))
    asking = office.press
    asking.builds = False
    asking.catch_up()
    assert is_rebuilding(file)
    assert build.resolve() == live
    assert "The bell" in (office.site / "en" / "all" / "index.html").read_text("utf-8")
    office.press.catch_up()
    assert not is_rebuilding(file)
    assert build.resolve() != live
    assert "Orsemund" in (office.site / "en" / "index.html").read_text("utf-8")
