"""What the desk asks of the press's memory: it is only read, and an office that has baked nothing has answers, too."""

from __future__ import annotations

from pathlib import Path

from communique.press.asked import folded, named, public_until, versions_of


def test_before_the_first_baking_there_is_nothing_and_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "press.sqlite3"
    assert (versions_of(file, "m" * 16), public_until(file), named(file, "lamp", None, 50)) == ({}, 0, [])
    assert not file.exists()


def test_letters_are_compared_without_accents_and_capitals_in_any_script() -> None:
    assert folded("Élan STRASSE straße ΆΘΗΝΑ") == "elan strasse strasse αθηνα"
    assert folded("مُحَمَّد") == "محمد"
