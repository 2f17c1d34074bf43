"""A new office finds drafts of the pages that are expected of it, and nothing of them is public by itself."""

from __future__ import annotations

from communique.newsroom.faults import faults_of
from communique.newsroom.first_pages import lay_first_pages
from communique.newsroom.models import MessagePage, PiecePage
from communique.newsroom.stale import stale_versions
from communique.newsroom.states import standing_of
from communique.record.models import LoggedEntry
from newsroom.newsrooms import SPEECHES, Desk
from newsroom.test_day import cleared


def laid(desk: Desk) -> list[MessagePage]:
    return lay_first_pages(desk.installation.known_id)


def test_a_new_office_has_drafts_of_four_pages_in_its_languages_once(desk: Desk) -> None:
    entries = LoggedEntry.objects.count()
    pages = laid(desk)
    assert {(page.title, page.language) for page in pages} >= {
        ("Accessibility statement", "en"), ("Déclaration d’accessibilité", "fr"), ("Privacy notice", "en"),
        ("Imprint", "en"), ("Mentions légales", "fr"), ("Records policy", "en"),
    }  # fmt: skip
    assert len(pages) == 8, "four pages in English and French; the office does not speak Arabic"
    assert laid(desk) == []
    assert MessagePage.objects.count() == 8
    assert {str(standing_of(page, desk.now())) for page in pages} == {"draft"}
    assert LoggedEntry.objects.count() == entries, "nothing goes on the record by itself"
    for page in pages:
        assert page.kind == "standing_page"
        others = [one for one in pages if one.message == page.message]
        assert {one.original for one in others} == {"en"}
    assert stale_versions(desk.user("wenna")) == [], "a translation follows its original"
    assert "Accessibility statement" in desk.client("wenna").get("/messages/").content.decode()
    section = PiecePage.objects.get(sort="section", title="About this site")
    assert standing_of(section, desk.now()) == "draft"


def test_a_page_goes_out_once_its_gaps_are_filled_and_a_section_is_chosen(desk: Desk) -> None:
    page = next(page for page in laid(desk) if page.title == "Accessibility statement")
    said = " ".join(fault.sentence for fault in faults_of(page))
    assert "Choose the section" in said
    assert "[name of the body to complain to]" in said
    desk.client("wenna").post(f"/messages/{page.pk}/submit/")
    assert standing_of(page, desk.now()) == "draft"
    page.section = SPEECHES
    page.words = {"blocks": ["You may complain to the Harbour Ombudsman."], "next": 1}
    page.save_revision(user=desk.user("wenna"))
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    path = "en/speeches/2027/03/04/accessibility-statement"
    assert "You may complain to the Harbour Ombudsman." in desk.public(path)


def test_an_office_that_has_spoken_already_finds_no_drafts(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert laid(desk) == []
    assert MessagePage.objects.count() == 1
