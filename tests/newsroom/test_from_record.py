"""Whatever is on the record opens at the desk as readers have it: untouched, its next edition would say the same."""

from __future__ import annotations

from typing import Any

import pytest

from communique.newsroom.acts import with_smaller
from communique.newsroom.from_record import opened_page
from communique.newsroom.next_edition import next_of
from communique.newsroom.states import standing_of
from communique.record.release import Draft
from newsroom.newsrooms import SPEECHES, Desk

SPEECH: dict[str, Any] = {
    "v": 1, "type": "message", "state": "current", "message": "oldmessage000000", "language": "fr", "original": "fr",
    "kind": "speech", "section": SPEECHES, "address": "fr/discours/2019/05/06/a-quoi-sert-un-horaire",
    "title": "À quoi sert un horaire\u202f: un an de «\u00a0Morrowtern\u00a0»", "teaser": "Un an\u202f!",
    "speakers": [{"name": "Oriel Tavenmark", "role": "Ambassadrice"}], "blocks": ["Mots de 2019."],
    "occasion": {"event": "Anniversaire", "event_word": "anniversary", "place": "Tessmark", "place_word": "tessmark"},
}  # fmt: skip


def opened(desk: Desk, content: dict[str, Any], ident: str = "oldedition000000") -> Any:
    desk.installation.publisher.publish([Draft(ident, "import", content, "2019-05-06")])
    page = opened_page(ident)
    assert page
    return page.get_latest_revision_as_object()


def test_what_the_form_does_not_ask_and_blanks_that_do_not_break_stay(desk: Desk) -> None:
    page = opened(desk, SPEECH)
    assert standing_of(page, desk.now()) == "published"
    said = next_of(page).content
    assert {key: said[key] for key in SPEECH} == SPEECH


@pytest.mark.parametrize(("act", "state"), [("withdraw", "withdrawn"), ("recall", "recalled")])
def test_what_is_withdrawn_or_recalled_is_so_at_the_desk(desk: Desk, act: str, state: str) -> None:
    desk.installation.publisher.publish([Draft("oldedition000000", "import", SPEECH, "2019-05-06")])
    gone = {**SPEECH, "state": state, "notice": "Plus valable."}
    desk.installation.publisher.publish([Draft("oldedition000000", act, gone)])
    page = opened_page("oldedition000000")
    assert page
    assert standing_of(page.get_latest_revision_as_object(), desk.now()) == "published"
    assert "Return from withdrawal" in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def test_two_titles_without_a_latin_letter_open_one_after_the_other(desk: Desk) -> None:
    for number in range(2):
        other = {
            **SPEECH,
            "title": "…",
            "message": f"oldmessage00000{number}",
            "address": f"fr/discours/2019/05/06/a{number}",
        }
        page = opened(desk, other, f"oldedition00000{number}")
        assert page.slug == page.ident, "a slug tells nothing of a title"


def test_a_language_that_is_on_the_record_is_opened_and_not_begun_anew(desk: Desk) -> None:
    english = {**SPEECH, "language": "en", "address": "en/speeches/2019/05/06/what-a-timetable-is-for"}
    page = opened(desk, SPEECH)
    desk.installation.publisher.publish([Draft("otherlanguage000", "import", english, "2019-05-06")])
    client = desk.client("wenna")
    assert "Begin" not in client.get(f"/messages/{page.pk}/").content.decode()
    client.post(f"/messages/{page.pk}/in/en/")
    assert [one.ident for one in type(page).objects.filter(language="en")] == ["otherlanguage000"]


def test_what_is_public_is_shown_as_readers_see_it_now_and_not_as_the_next_edition(desk: Desk) -> None:
    page = desk.written("wenna", title="On the storm")
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    shown = desk.client("wenna").get(f"/messages/{page.pk}/preview/").content.decode()
    assert shown == desk.public(desk.address_of(page))


def test_with_words_that_the_law_takes_the_public_original_goes_and_where_it_was_found_stays(desk: Desk) -> None:
    found = {"address": "https://old.example/7", "captured": "2024-05-06", "sha256": "ab" * 32}
    page = opened(desk, {**SPEECH, "source": {**found, "file": b"PK", "media": "application/zip"}})
    reader = desk.installation.reader
    edition = reader.edition(list(reader.entries(0, reader.size()))[-1])
    original = edition.manifest["source"]["file"]
    title = edition.manifest["title"]
    assert with_smaller(page.ident, frozenset()) == frozenset()
    gone = with_smaller(page.ident, frozenset({title}))
    assert gone == {title, original}
    page.act, page.act_facts = "erase", {"erase": sorted(gone)}
    assert next_of(page).content["source"] == found
