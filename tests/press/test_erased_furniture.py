"""What the law takes of furniture leaves every build and every page, and baking at once gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communique.edition.edition import Edition
from communique.press.follower import Press
from communique.record.reader_folder import FolderReader
from communique.record.release import PublishingRefused
from mergers import LANGUAGES, MAY, merge, person, said, speaking_office
from offices import Draft, Office, id_of, make_office, message, piece
from sites import baked_from_copy, differences, files_of

GROUND = "Asked for."


def editions_of(office: Office, key: str) -> list[Edition]:
    record = FolderReader(office.record)
    return [record.edition(entry) for entry in record.entries(0, record.size()) if entry.id == id_of(key)]


def parts_with(office: Office, key: str, *words: str) -> frozenset[str]:
    found = (edition.texts.items() for edition in editions_of(office, key))
    return frozenset(part for texts in found for part, salted in texts if any(one in salted.text for one in words))


def erase(office: Office, key: str, content: dict[str, Any], *words: str) -> None:
    erased = {**content, "ground": GROUND}
    office.publish(Draft(id_of(key), "erase", erased, erase=parts_with(office, key, *words)))


def with_words(folder: Path, words: str) -> list[str]:
    """Files of an office that hold words, and names of files and folders that do."""
    found = [str(path) for path in folder.rglob("*") if words in str(path.relative_to(folder))]
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return found + [str(path) for path in files if words.encode() in path.read_bytes()]


def test_words_that_stood_around_every_page_are_in_no_build_any_more(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("m"), "publish", message("m")))
    notice = piece("contact", label={"en": "Press office"}, remark={"en": "Ask for Zqkanzel."})
    office.publish(Draft(id_of("contact"), "furniture", notice))
    assert with_words(office.public, "Zqkanzel")
    erase(office, "contact", piece("contact", label={"en": "Press office"}), "Zqkanzel")
    assert with_words(tmp_path, "Zqkanzel") == []
    assert "Press office" in (office.site / "en/index.html").read_text()
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_person_whose_address_the_law_took_has_no_page_and_stays_in_messages_as_printed(tmp_path: Path) -> None:
    office = speaking_office(tmp_path / "office")
    zq = person("Zqoriel Tavenmark", "zqoriel-tavenmark")
    office.publish(Draft(id_of("zq"), "furniture", zq))
    office.publish(said("d", "zq", day=MAY))
    merge(office, "orel", person("Orel Tavenmark", "orel-tavenmark"), into="zq")
    assert (office.site / "en/people/zqoriel-tavenmark/2026/05/index.html").is_file()
    assert with_words(office.public, "zqoriel")
    bare = piece("person", name=dict.fromkeys(LANGUAGES, "…"), state="removed")
    erase(office, "zq", bare, "Zqoriel", "zqoriel")
    assert with_words(tmp_path, "zqoriel") == []
    assert with_words(tmp_path, "Zqoriel") == []
    page = (office.site / "en/statements/2026/05/04/d/index.html").read_text()
    assert "Printed zq" in page, "words of a message are its own"
    assert "/people/zq" not in page
    assert (office.site / "en/people/orel-tavenmark/feed.atom").is_file(), "who led to her stands alone again"
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_her_page_goes_before_the_rest_of_the_site_is_made_anew(tmp_path: Path) -> None:
    office = speaking_office(tmp_path)
    office.publish(Draft(id_of("zq"), "furniture", person("Zqoriel Tavenmark", "zqoriel-tavenmark")))
    office.publish(said("d", "zq", day=MAY))
    office.baking = False
    erase(office, "zq", piece("person", name=dict.fromkeys(LANGUAGES, "…"), state="removed"), "qoriel")

    def killed(step: str) -> None:
        if step == "9 building":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Press(lambda: office.reader, office.public, office.folder / "press.sqlite3", observe=killed).catch_up()
    assert [path for path in office.site.rglob("*") if "zqoriel" in path.name] == []


def test_a_person_whose_name_the_law_took_has_a_page_that_does_not_say_it(tmp_path: Path) -> None:
    office = speaking_office(tmp_path / "office")
    office.publish(Draft(id_of("zq"), "furniture", person("Zqoriel Tavenmark", "a-minister")))
    office.publish(said("d", "zq", day=MAY))
    bare = piece("person", name=dict.fromkeys(LANGUAGES, "…"), address="a-minister", state="removed")
    erase(office, "zq", bare, "Zqoriel")
    assert with_words(tmp_path, "Zqoriel") == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_an_address_that_leads_on_goes_with_its_words(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("short"), "furniture", piece("redirect", **{"from": "zqkanzel", "to": "en/"})))
    assert (office.site / "zqkanzel/index.html").is_file()
    erase(office, "short", piece("redirect", **{"from": "…"}, state="removed"), "zqkanzel")
    assert with_words(tmp_path, "zqkanzel") == []
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_person_begins_with_an_address_keeps_it_and_gets_none_again(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    bare = piece("person", name={"en": "Zqoriel"})
    with pytest.raises(PublishingRefused, match="has no `address`"):
        office.publish(Draft(id_of("zq"), "furniture", bare))
    office.publish(Draft(id_of("zq"), "furniture", {**bare, "address": "zqoriel"}))
    with pytest.raises(PublishingRefused, match="keep 'zqoriel'"):
        office.publish(Draft(id_of("zq"), "furniture", bare))
    erase(office, "zq", bare, "zqoriel")
    with pytest.raises(PublishingRefused, match="its address was erased"):
        office.publish(Draft(id_of("zq"), "furniture", {**bare, "address": "another"}))
    office.publish(Draft(id_of("zq"), "furniture", bare))


def test_no_later_edition_says_what_an_erasure_took(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    notice = piece("notice", text={"en": "All are invented.", "fr": "Zqkanzel"})
    office.publish(Draft(id_of("notice"), "furniture", notice))
    erase(office, "notice", piece("notice", text={"en": "All are invented."}), "Zqkanzel")
    again = editions_of(office, "notice")[-1].content
    assert again["erased"]
    with pytest.raises(PublishingRefused, match="says `erased`"):
        office.publish(Draft(id_of("notice"), "furniture", again))
