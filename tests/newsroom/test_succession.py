"""A change of office-holder in one place, and two persons who turn out to be one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import newest_content
from communique.newsroom.inquiries.replying import role_on
from communique.newsroom.models import PiecePage, Release
from communique.newsroom.office_now import office_now, people_of
from communique.newsroom.pieces import form_of
from communique.record.release import Draft
from newsroom.newsrooms import Desk

FERRAND = "personferrand000"
OTHER = "personquarrel000"
ASKED = {
    "role": "0",
    "begins_on": "2027-04-01",
    "successor": "",
    "name-en": "Odile Tamrin",
    "name-fr": "Odile Tamrin",
    "address": "",
}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with an ambassador and a person without a role."""
    person = {"v": 1, "type": "furniture", "state": "current", "piece": "person", "order": 0}
    roles = [{"name": {"en": "Ambassador", "fr": "Ambassadeur"}, "since": "2024-01-01"}]
    ferrand = {**person, "name": {"en": "Ada Ferrand", "fr": "Ada Ferrand"}, "address": "ferrand", "roles": roles}
    other = {**person, "name": {"en": "A. Ferrand", "fr": "A. Ferrand"}, "address": "a-ferrand"}
    drafts = [Draft(FERRAND, "furniture", ferrand), Draft(OTHER, "furniture", other)]
    desk.installation.publisher.publish(drafts)
    return desk


def ask(desk: Desk, **facts: str) -> Any:
    return desk.client("wenna").post(f"/furniture/{FERRAND}/successor/", {**ASKED, **facts}, follow=True)


def test_one_screen_ends_a_role_and_begins_it_for_a_new_person_and_both_go_out_together(office: Desk) -> None:
    words = {
        "speakers": [{"name": "Ambassador Ferrand", "person": FERRAND}],
        "turns": [{"id": "t1", "kind": "answer", "speaker": 0, "blocks": ["On Monday."]}],
        "next": 2,
    }
    message = office.written("wenna", kind="interview", words=words)
    office.submit(message)
    office.clear(message)
    office.publish(message)
    before = newest_content(message.ident)
    ask(office)
    former, new = PiecePage.objects.get(ident=FERRAND), PiecePage.objects.exclude(ident=FERRAND).get()
    assert Release.objects.count() == 1
    for page in (former, new):
        office.clear(page)
    office.client("pell").post(f"/messages/{former.pk}/release/", {"when": "now", f"with-{new.pk}": "on"})
    release = Release.objects.order_by("-pk")[0]
    assert [item.ident for item in release.items.all()] == [former.ident, new.ident]
    assert newest_content(FERRAND)["roles"][0]["until"] == "2027-03-31"  # type: ignore[index]
    content = newest_content(new.ident)
    assert content is not None
    assert content["address"] == "odile-tamrin"
    assert content["roles"] == [{"name": {"en": "Ambassador", "fr": "Ambassadeur"}, "since": "2027-04-01"}]
    assert newest_content(message.ident) == before
    assert "Ambassador Ferrand" in office.public(office.address_of(message))


def test_the_screen_of_a_person_leads_to_where_readers_see_the_person(office: Desk) -> None:
    screen = office.client("wenna").get(f"/furniture/{FERRAND}/", follow=True).content.decode()
    assert 'href="http://localhost:8000/en/people/ferrand/"' in screen


def test_the_role_offered_is_that_held_on_the_day(office: Desk) -> None:
    ask(office, successor=OTHER)
    for page in PiecePage.objects.all():
        office.clear(page)
    office.client("pell").post(
        f"/messages/{PiecePage.objects.get(ident=FERRAND).pk}/release/",
        {"when": "now", f"with-{PiecePage.objects.get(ident=OTHER).pk}": "on"},
    )
    roles = {one["id"]: one["roles"] for one in people_of("en")}
    for day, holder in (("2027-03-31", FERRAND), ("2027-04-01", OTHER)):
        for ident in (FERRAND, OTHER):
            assert role_on(roles[ident], date.fromisoformat(day)) == ("Ambassador" if ident == holder else "")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"begins_on": "soon"}, "Write the day as"),
        ({"begins_on": "2023-06-01"}, "ends on"),
        ({"name-en": "", "name-fr": ""}, "Choose who takes over"),
        ({"address": "ferrand"}, "This is the address of Ada Ferrand"),
        ({"role": "7"}, "Choose the role"),
        ({"successor": FERRAND}, "Somebody else takes over"),
    ],
)
def test_what_cannot_be_changes_nothing_and_says_why(office: Desk, facts: dict[str, str], says: str) -> None:
    html = ask(office, **facts).content.decode()
    assert says in html
    assert not PiecePage.objects.exclude(ident=FERRAND).exists()
    assert not any(page.current_workflow_state for page in PiecePage.objects.all())


def test_two_persons_who_are_one_keep_both_addresses(office: Desk) -> None:
    client = office.client("wenna")
    client.get(f"/furniture/{OTHER}/")
    page = PiecePage.objects.get(ident=OTHER).get_latest_revision_as_object()
    page.content = {**page.content, "merged": FERRAND}
    page.save_revision(user=office.user("wenna"))
    shown = client.get(f"/messages/{page.pk}/").content.decode()
    assert "Readers who open an address of A. Ferrand will be led to Ada Ferrand" in shown
    assert "Ada Ferrand" in client.get(f"/messages/{page.pk}/preview/").content.decode()
    office.submit(page)
    to_clear = office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    assert "will be led to Ada Ferrand" in to_clear
    assert '<ins dir="auto">Ada Ferrand</ins>' in to_clear, "a name, and no id"
    office.clear(page)
    office.publish(page)
    assert "Ada Ferrand" in office.public("en/people/ferrand")
    assert "0; url=/en/people/ferrand/" in office.public("en/people/a-ferrand")
    assert "A. Ferrand" not in office.public("en/people")  # the list names whoever it is once


def test_persons_are_not_merged_in_a_circle(office: Desk) -> None:
    test_two_persons_who_are_one_keep_both_addresses(office)
    client = office.client("wenna")
    client.get(f"/furniture/{FERRAND}/")
    page = PiecePage.objects.get(ident=FERRAND).get_latest_revision_as_object()
    offered = [one["id"] for one in form_of("person", office_now(FERRAND))["lists"]["person"]]
    assert OTHER not in offered
    page.content = {**page.content, "merged": OTHER}
    page.save_revision(user=office.user("wenna"))
    assert "A. Ferrand leads to this person already" in client.get(f"/messages/{page.pk}/").content.decode()
    office.submit(page)
    assert page.current_workflow_state is None, "it is not submitted"


def test_the_role_that_was_chosen_ends_wherever_a_draft_has_put_it(office: Desk) -> None:
    older = {"name": {"en": "Consul", "fr": "Consul"}, "since": "2020-01-01", "until": "2023-12-31"}
    page = opened_page(FERRAND)
    assert page is not None
    latest = page.get_latest_revision_as_object()
    latest.content = {**latest.content, "roles": [older, *latest.content["roles"]]}
    latest.save_revision(user=office.user("wenna"))
    ask(office)
    roles = PiecePage.objects.get(ident=FERRAND).get_latest_revision_as_object().content["roles"]
    assert [role.get("until") for role in roles] == ["2023-12-31", "2027-03-31"]


def test_a_role_that_a_draft_says_otherwise_is_not_handed_over(office: Desk) -> None:
    page = opened_page(FERRAND)
    assert page is not None
    latest = page.get_latest_revision_as_object()
    latest.content = {**latest.content, "roles": [{**latest.content["roles"][0], "since": "2025-01-01"}]}
    latest.save_revision(user=office.user("wenna"))
    assert "this role is another already" in ask(office).content.decode()
