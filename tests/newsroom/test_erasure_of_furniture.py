"""What surrounds messages is erased by law as they are: two people, a ground, no byte of the words left anywhere."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from communique.mirror.copying import Mirror
from communique.newsroom.acts import parts_of
from communique.newsroom.furniture import newest_content, pieces
from communique.newsroom.models import PiecePage, Release
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.tree import tree_root
from communique.settings.backup import back_up
from communique.settings.configuration import read_configuration
from newsroom.newsrooms import SPEECHES, Desk
from newsroom.test_erasure_drill import NAME, SECRETS, assert_nothing_is_left, erase, found_in, mirrored
from newsroom.test_furniture import begun, goes_out, seen, sent, standing
from sites import baked_from_record, differences, files_of
from verify_cli import verified

GROUND = "Judgment of the court of 3 March."
SECRET: dict[str, dict[str, Any]] = {
    "clock": {"city": {"en": NAME}, "zone": "Europe/Paris"},
    "counter": {
        "since": "2020-01-01",
        "sentence": {"en": {"one": f"# day since {NAME}", "other": f"# days since {NAME}"}},
    },
    "contact": {"label": {"en": f"Office of {NAME}"}, "telephone": "5 55", "lines": [{"en": "5 Quay Lane"}]},
    "closure": {"name": {"en": f"Day of {NAME}"}, "on": "2027-03-25"},
    "notice": {"text": {"en": f"Ask for {NAME}."}},
    "advisory": {"text": {"en": f"Ask for {NAME}."}, "link": "https://lamp.example/kaenzeldamm"},
    "event": {"title": {"en": f"Talk by {NAME}"}, "on": "2027-03-20", "place": {"en": "5 Quay Lane"}},
    "crisis": {"title": {"en": f"Call {NAME}"}, "blocks": {"en": {"text": "5 Quay Lane", "was": []}}},
    "menu": {"items": [{"label": {"en": NAME}, "target": "/en/all/"}]},
    "person": {
        "name": {"en": NAME},
        "address": "orsolya-kaenzeldamm",
        "roles": [{"name": {"en": "Keeper of Quay Lane"}, "since": "2020-01-01"}],
    },
    "redirect": {"from": "quay-lane", "to": "/en/all/"},
    "section": {"name": {"en": f"Words of {NAME}"}, "word": {"en": "words"}},
    "labels": {"words": {"question": {"en": f"To {NAME}"}}},
}


def public(desk: Desk, sort: str, typed: dict[str, Any]) -> PiecePage:
    """A piece on the record, as two people bring it there."""
    page = begun(desk, sort)
    sent(desk, page, typed)
    goes_out(desk, page)
    return page


def secret_parts(ident: str) -> list[str]:
    return [part.part for part in parts_of(ident) if any(one in part.words for one in SECRETS)]


def released(desk: Desk, pages: Sequence[PiecePage]) -> None:
    """A second person clears pages that were submitted, and a publisher releases all of them at once."""
    for page in pages:
        assert standing(desk, page) == "submitted", page.sort
        desk.clear(page)
        assert standing(desk, page) == "cleared", page.sort
    first, *others = pages
    chosen = {f"with-{page.pk}": "1" for page in others}
    answer = desk.client("pell").post(f"/messages/{first.pk}/release/", {"when": "now", **chosen}, follow=True)
    assert "Live since" in answer.content.decode()


def test_no_byte_of_erased_pieces_of_all_sorts_is_left_on_any_plane(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = {sort: begun(desk, sort) for sort in SECRET}
    for sort, page in pages.items():
        sent(desk, page, SECRET[sort])
    released(desk, list(pages.values()))
    backup, mirror = tmp_path / "backup", Mirror(tmp_path / "mirror")
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    mirrored(mirror, desk)
    told = {line.split(" in ")[0] for line in found_in(desk.home)}
    assert told >= {f"{NAME!r}", "'Quay Lane'", "'quay-lane'", "'kaenzeldamm'"}
    assert found_in(backup)
    assert found_in(mirror.folder)
    before = FolderReader(desk.home / "public" / "record")
    size, root = before.size(), before.checkpoint.root
    desk.now.tick()
    client, parts = desk.client("wenna"), {sort: secret_parts(page.ident) for sort, page in pages.items()}
    assert all(parts.values()), [sort for sort, found in parts.items() if not found]
    for sort, page in pages.items():
        client.post(f"/messages/{page.pk}/act/erase/", {"note": GROUND, "part": parts[sort]})
    released(desk, list(pages.values()))

    assert_nothing_is_left(desk, caplog.text, backup, mirror)
    after = FolderReader(desk.home / "public" / "record")
    assert after.size() == size + len(pages)
    assert tree_root(size, after.subtree(after.size())) == root, "what was there before is what it was"
    tombstones = {entry.id: after.edition(entry) for entry in after.entries(size, after.size())}
    for sort, page in pages.items():
        stone = tombstones[page.ident].content
        assert (stone["ground"], stone["state"]) == (GROUND, "removed"), sort
        assert {item["part"] for item in stone["erased"]} == set(parts[sort]), sort
    assert (
        differences(
            files_of(desk.home / "public" / "site"),
            baked_from_record(desk.home / "public" / "record", tmp_path / "again"),
        )
        == []
    )


def test_a_later_edition_does_not_say_again_what_was_erased(desk: Desk) -> None:
    typed = {"label": {"en": "Press office"}, "telephone": "5 55", "remark": {"en": f"Ask for {NAME}."}}
    page = public(desk, "contact", typed)
    desk.now.tick()
    erase(desk, page, secret_parts(page.ident))
    assert newest_content(page.ident)["ground"] == GROUND  # type: ignore[index]
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{page.pk}/act/furniture/")
    sent(desk, page, {"telephone": "6 66"})
    goes_out(desk, page)
    content = newest_content(page.ident)
    assert content
    assert content["telephone"] == "6 66"
    assert not {"ground", "erased"} & content.keys()
    assert verified(desk.home / "public")


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
    assert "readers see it no longer" in reading
    assert "5 Quay Lane" in reading
    desk.client("pell").post(f"/messages/{page.pk}/force/", {"reason": "It is urgent, they say."})
    assert newest_content(page.ident)["label"] == SECRET["contact"]["label"]  # type: ignore[index]
    assert not Release.objects.filter(items__kind="erase").exists()


def test_a_sections_word_in_addresses_is_not_offered_and_a_persons_is(desk: Desk) -> None:
    page = public(desk, "person", {"name": {"en": NAME}, "address": "orsolya"})
    offered = {part.words: part.where for part in parts_of(page.ident)}
    assert offered[NAME] == "Name · English"
    assert offered["orsolya"] == "Words of the person’s address"
    assert "speeches" not in [part.words for part in parts_of(SPEECHES)]


def test_what_is_lost_makes_a_person_nobody_and_her_page_is_gone(desk: Desk) -> None:
    person = public(desk, "person", {"name": {"en": NAME}, "address": "orsolya"})
    message = {
        "v": 1, "type": "message", "state": "current", "message": "messageferry0000", "language": "en",
        "original": "en", "kind": "statement", "section": SPEECHES, "title": "On the ferry",
        "speakers": [{"name": f"Ms {NAME}", "person": person.ident}], "address": "en/speeches/2027/03/04/ferry",
        "turns": [{"id": "t1", "kind": "remark", "speaker": 0, "blocks": ["It sails."]}],
    }  # fmt: skip
    desk.installation.publisher.publish([Draft("edition000000000", "publish", message)])
    assert NAME in seen(desk, "en/people/orsolya")
    desk.now.tick()
    erase(desk, person, [part.part for part in parts_of(person.ident)])
    assert seen(desk, "en/people/orsolya") == ""
    page = seen(desk, "en/speeches/2027/03/04/ferry")
    assert f"Ms {NAME}" in page, "words of a message are its own, and go with it"
    assert "/people/" not in page
    assert verified(desk.home / "public")
    assert desk.client("wenna").get(f"/messages/{person.pk}/").status_code == 200
    assert desk.client("wenna").get("/furniture/").status_code == 200
