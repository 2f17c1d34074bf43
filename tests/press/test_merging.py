"""Two persons who were one: every address of the one leads on to the other, whose page has the words of both."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from communique.press.catalogue import Catalogue
from communique.press.preview import PreviewDraft, preview
from communique.record.release import PublishingRefused
from mergers import OREL, ORIEL, THIRD, furnished, merge, play, said, speaking_office
from offices import Office, id_of
from public_folder import served
from sites import baked_from_copy, differences, files_of


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return speaking_office(tmp_path / "office")


def page(office: Office, path: str) -> str:
    return (office.site / path / "index.html").read_text("utf-8")


def addresses_of(office: Office, name: str) -> list[str]:
    """Every address of a person that the site has, without a slash at its end."""
    found = [path for path in files_of(office.site) if f"/people/{name}/" in path and not path.endswith(".br")]
    return sorted(path.removesuffix("/index.html") for path in found)


def test_every_address_that_a_merged_person_had_is_answered_and_leads_to_the_one_that_stays(office: Office) -> None:
    before = addresses_of(office, "orel-tavenmark")
    assert len(before) == 11, "page, two feeds and year in two languages, and three months"
    merge(office)
    assert addresses_of(office, "orel-tavenmark") == before
    with served(office.public) as public:
        for path in before:
            answer = public.get(f"/{path}{'' if path.endswith('.atom') else '/'}")
            assert answer.status == 301, path
            target = answer["location"]
            assert "/people/oriel-tavenmark/" in target
            assert target.split("/")[1] == path.split("/")[0], "in the same language"
            assert public.get(target).status == 200, target


def test_without_our_server_a_small_page_leads_on_and_the_feed_goes_on_with_the_new_words(office: Office) -> None:
    merge(office)
    assert "0; url=/fr/people/oriel-tavenmark/" in page(office, "fr/people/orel-tavenmark")
    assert "0; url=/en/people/oriel-tavenmark/2026/06/" in page(office, "en/people/orel-tavenmark/2026/06")
    office.publish(said("new", "person"))
    feed = office.site / "en/people/orel-tavenmark/feed.atom"
    assert "Statement new" in feed.read_text("utf-8")
    assert feed.read_bytes() == (office.site / "en/people/oriel-tavenmark/feed.atom").read_bytes()


def test_the_page_that_stays_has_the_words_of_both_each_once_and_names_stay_as_printed(office: Office) -> None:
    merge(office)
    shown = page(office, "en/people/oriel-tavenmark")
    assert [shown.count(f">Statement {key}<") for key in "abc"] == [1, 1, 1]
    assert "Statement b" in page(office, "en/people/oriel-tavenmark/2026/06")
    assert "Orel" not in page(office, "en/people")
    message_page = page(office, "en/statements/2026/06/07/b")
    assert "Printed orel" in message_page
    assert "/en/people/oriel-tavenmark/" in message_page
    assert "/people/orel-tavenmark/" not in message_page


def test_what_a_merged_person_says_later_is_listed_with_the_one_that_stays(office: Office) -> None:
    merge(office)
    office.publish(said("later", "orel"))
    assert "Statement later" in page(office, "en/people/oriel-tavenmark")
    assert "0; url" in page(office, "en/people/orel-tavenmark")


def test_a_chain_leads_to_its_end_whichever_link_came_first(office: Office) -> None:
    merge(office)
    merge(office, "person", ORIEL, into="third")
    for name in ("orel-tavenmark", "oriel-tavenmark"):
        assert "0; url=/en/people/o-tavenmark/" in page(office, f"en/people/{name}")
        assert "0; url=/en/people/o-tavenmark/2026/06/" in page(office, f"en/people/{name}/2026/06")
    assert "Statement b" in page(office, "en/people/o-tavenmark/2026/06")
    assert addresses_of(office, "o-tavenmark")


def test_a_merger_that_is_taken_back_gives_both_their_pages_again(office: Office) -> None:
    alone = page(office, "en/people/oriel-tavenmark/2026/05")
    merge(office)
    office.publish(furnished("orel", OREL))
    assert "Statement b" in page(office, "en/people/orel-tavenmark")
    assert "Statement b" not in page(office, "en/people/oriel-tavenmark")
    assert "Statement a" in alone
    assert "Statement b" in page(office, "en/people/orel-tavenmark/2026/06")
    assert "orel-tavenmark/" not in "".join(
        file.read_text("utf-8") for file in (office.site / "redirects").glob("*.tsv")
    )


def test_entry_by_entry_at_once_and_from_a_copy_give_the_same_bytes(office: Office, tmp_path: Path) -> None:
    for number, step in enumerate((merge, play)):
        step(office)
        assert differences(files_of(office.site), baked_from_copy(office, tmp_path / f"copy{number}")) == []


def test_a_press_that_was_behind_gives_the_same_bytes(office: Office, tmp_path: Path) -> None:
    office.baking = False
    play(office)
    office.press.catch_up()
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_day_that_was_cut_into_hundreds_keeps_all_its_addresses(office: Office, tmp_path: Path) -> None:
    office.publish(*(said(f"m{number}", "orel", day="2026-02-02") for number in range(102)))
    before = addresses_of(office, "orel-tavenmark")
    assert "en/people/orel-tavenmark/2026/02/02/_2" in before
    merge(office)
    assert addresses_of(office, "orel-tavenmark") == before
    assert "0; url=/en/people/oriel-tavenmark/2026/02/" in page(office, "en/people/orel-tavenmark/2026/02/02/_2")
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_message_after_a_merger_touches_no_more_than_its_own_lists(office: Office) -> None:
    merge(office)
    office.publish(said("first", "orel"))
    press = office.press
    office.baking = False
    office.publish(said("second", "orel"))
    press.catch_up()
    people = [path for path in press.touched if "/people/" in path and not path.endswith(".br")]
    assert {path.split("/people/")[1] for path in people} == {
        "index.html",
        "oriel-tavenmark/index.html",
        "oriel-tavenmark/feed.atom",
        "orel-tavenmark/feed.atom",
        "oriel-tavenmark/feed.json",
        "orel-tavenmark/feed.json",
        "oriel-tavenmark/2026/index.html",
        "oriel-tavenmark/2026/03/index.html",
    }


def test_the_record_takes_no_circle_and_nobody_who_is_not_there(office: Office) -> None:
    merge(office)
    with pytest.raises(PublishingRefused, match="leads back to") as refused:
        merge(office, "person", ORIEL, into="orel")
    assert "whose page stays" in str(refused.value)
    with pytest.raises(PublishingRefused, match="leads back to"):
        merge(office, "third", THIRD, into="third")
    with pytest.raises(PublishingRefused, match="no person on the record"):
        merge(office, "third", THIRD, into="section")
    with pytest.raises(PublishingRefused, match="no person on the record"):
        merge(office, "third", THIRD, into="nobody")


def test_a_circle_on_a_foreign_record_leaves_everybody_her_own_page(office: Office) -> None:
    with closing(Catalogue(":memory:", office.origin)) as catalogue:
        reader = office.reader
        for entry in reader.entries(0, reader.size()):
            catalogue.enter(entry, reader.edition(entry))
        catalogue.merging.keep(id_of("orel"), {"merged": id_of("person")})
        assert catalogue.merging.end(id_of("orel")) == id_of("person")
        catalogue.merging.keep(id_of("person"), {"merged": id_of("orel")})
        assert catalogue.merging.ends() == {}
        catalogue.merging.keep(id_of("third"), {"merged": id_of("orel")})
        assert catalogue.merging.end(id_of("third")) == id_of("third")


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_a_merger_makes_is_shown_beforehand_byte_for_byte(office: Office, taken_back: bool) -> None:
    if taken_back:
        merge(office)
    content = OREL if taken_back else {**OREL, "merged": id_of("person")}
    at = office.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    draft = PreviewDraft(id_of("orel"), "furniture", content, at)
    shown = preview(office.reader, office.folder / "press.sqlite3", [draft], salts=office.publisher.fresh_salt)
    office.publish(furnished("orel", content))
    people = [path for path in shown if "/people/" in path]
    assert people[0] == f"en/people/{'orel' if taken_back else 'oriel'}-tavenmark/index.html"
    assert taken_back or "en/people/orel-tavenmark/index.html" in people
    for path in people:
        assert shown[path] == (office.site / path).read_bytes(), path
