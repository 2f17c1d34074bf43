"""What surrounds messages is erased by law as they are: two people, a ground, no byte of the words left anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communique.mirror.copying import Mirror
from communique.newsroom.acts import parts_of
from communique.newsroom.furniture import newest_content, newest_entry, pieces
from communique.newsroom.models import PiecePage, Release
from communique.settings.backup import back_up
from communique.settings.configuration import read_configuration
from newsroom.newsrooms import Desk
from newsroom.test_day import tables_with
from newsroom.test_erasure_drill import NAME, SECRETS, erase, found_in, mirrored
from newsroom.test_furniture import begun, goes_out, seen, sent
from verify_cli import verified

GROUND = "Judgment of the court of 3 March."
SECRET = {
    "clock": {"city": {"en": NAME}, "zone": "Europe/Paris"},
    "counter": {
        "since": "2020-01-01",
        "sentence": {"en": {"one": f"# day since {NAME}", "other": f"# days since {NAME}"}},
    },
    "contact": {"label": {"en": f"Office of {NAME}"}, "telephone": "5 55", "lines": [{"en": "5 Quay Lane"}]},
    "closure": {"name": {"en": f"Day of {NAME}"}, "on": "2027-03-25"},
    "notice": {"text": {"en": f"Ask for {NAME}."}},
    "advisory": {"text": {"en": f"Ask for {NAME}."}},
    "event": {"title": {"en": f"Talk by {NAME}"}, "on": "2027-03-20"},
    "crisis": {"title": {"en": f"Call {NAME}"}, "blocks": {"en": {"text": "5 Quay Lane", "was": []}}},
    "menu": {"items": [{"label": {"en": NAME}, "target": "/en/all/"}]},
}


def public(desk: Desk, sort: str, typed: dict[str, Any]) -> PiecePage:
    """A piece on the record, as two people bring it there."""
    page = begun(desk, sort)
    sent(desk, page, typed)
    goes_out(desk, page)
    return page


def secret_parts(ident: str) -> list[str]:
    return [part.part for part in parts_of(ident) if any(one in part.words for one in SECRETS)]


@pytest.mark.parametrize("sort", SECRET)
def test_no_byte_of_an_erased_piece_is_left_on_any_plane(desk: Desk, tmp_path: Path, sort: str) -> None:
    page = public(desk, sort, SECRET[sort])
    backup, mirror = tmp_path / "backup", Mirror(tmp_path / "mirror")
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    mirrored(mirror, desk)
    assert found_in(desk.home)
    assert found_in(backup)
    assert found_in(mirror.folder)
    desk.now.tick()
    erase(desk, page, secret_parts(page.ident))
    row = newest_entry(page.ident)
    assert row
    assert row.kind == "erase"
    assert [(words, tables_with(words)) for words in SECRETS if tables_with(words)] == []
    assert found_in(desk.home) == []
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    assert found_in(backup) == []
    mirrored(mirror, desk)  # one poll
    assert found_in(mirror.folder) == []
    assert verified(mirror.folder)
    assert verified(desk.home / "public")
    content = newest_content(page.ident)
    assert content
    assert content["ground"] == GROUND
    assert content["state"] == "removed", "nothing stands of it"


def test_what_may_go_goes_and_the_piece_stands_on(desk: Desk) -> None:
    typed = {"label": {"en": "Press office"}, "telephone": "5 55", "remark": {"en": f"Ask for {NAME}."}}
    page = public(desk, "contact", typed)
    assert NAME in seen(desk, "en")
    desk.now.tick()
    erase(desk, page, secret_parts(page.ident))
    assert (page.ident, "Press office") in [(ident, one["label"]["en"]) for ident, one in pieces("contact")]
    assert "Press office" in seen(desk, "en")
    assert found_in(desk.home) == []
    assert verified(desk.home / "public")


def test_words_that_a_piece_had_before_are_erased_and_what_it_says_now_stays(desk: Desk) -> None:
    page = public(desk, "contact", SECRET["contact"])
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{page.pk}/act/furniture/")
    sent(desk, page, {"label": {"en": "Press office"}, "lines": []})
    goes_out(desk, page)
    desk.now.tick()
    erase(desk, page, secret_parts(page.ident))
    assert "Press office" in seen(desk, "en")
    assert found_in(desk.home) == []
    assert verified(desk.home / "public")


def test_the_screen_says_what_goes_and_nobody_forces_it(desk: Desk) -> None:
    page = public(desk, "contact", SECRET["contact"])
    desk.now.tick()
    client = desk.client("wenna")
    assert "Erase by law" in client.get(f"/messages/{page.pk}/").content.decode()
    assert "5 Quay Lane" in client.get(f"/messages/{page.pk}/act/erase/").content.decode()
    answer = client.post(f"/messages/{page.pk}/act/erase/", {"note": GROUND})
    assert "Choose the words or files" in answer.content.decode()
    shown = client.post(f"/messages/{page.pk}/act/erase/readers/", {"note": GROUND, "part": secret_parts(page.ident)})
    assert shown.status_code == 200
    assert "Quay" not in shown.content.decode()
    client.post(f"/messages/{page.pk}/act/erase/", {"note": GROUND, "part": secret_parts(page.ident)})
    reading = desk.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    assert "What goes" in reading
    assert "5 Quay Lane" in reading
    desk.client("pell").post(f"/messages/{page.pk}/force/", {"reason": "It is urgent, they say."})
    assert newest_content(page.ident)["label"] == SECRET["contact"]["label"]  # type: ignore[index]
    assert not Release.objects.filter(items__kind="erase").exists()


def test_words_in_addresses_are_not_offered(desk: Desk) -> None:
    page = public(desk, "person", {"name": {"en": NAME}, "address": "orsolya"})
    assert NAME in [part.words for part in parts_of(page.ident)]
    assert "orsolya" not in [part.words for part in parts_of(page.ident)]
