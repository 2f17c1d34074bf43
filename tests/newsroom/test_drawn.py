"""Two people at one form of what keeps no revisions: nobody writes over what he was not shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from lxml import html as markup

from communique.newsroom.contacts.models import PlacedContact
from communique.newsroom.glossary.models import Term
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.roles import roles_of
from communique.newsroom.standing.models import StandingText
from communique.record.release import Draft
from newsroom.newsrooms import Desk, proofs_of
from newsroom.test_contacts import CONTACT

CONTACTS = ("contactpress0000", "contactconsul000")
Sent = dict[str, str]


class Window:
    """Somebody's window with a form in it, opened a while ago."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.fields = self._form(client.get(address))

    @staticmethod
    def _form(answer: Any) -> Sent:
        """What the form that keeps something would send, untouched."""
        tree = markup.fromstring(answer.content.decode())
        (form,) = tree.xpath("//form[.//input[@name='stood']]")
        return dict(form.form_values())

    def send(self, **typed: str) -> Any:
        """Send it with what was typed; what comes back as a form is typed on in."""
        answer = self.client.post(self.address, {**self.fields, **typed}, follow=True)
        if 'name="stood"' in answer.content.decode():
            self.fields = self._form(answer)
        return answer


class Case(NamedTuple):
    """A form, two different things to type in it, and what is kept of them."""

    address: str
    mine: Sent
    theirs: Sent
    kept: Callable[[], Any]


def _contacts(desk: Desk) -> Case:
    pieces = [{**CONTACT, "label": {"en": label}} for label in ("Press office", "Consulate")]
    desk.installation.publisher.publish(
        [Draft(ident, "furniture", piece) for ident, piece in zip(CONTACTS, pieces, strict=True)]
    )
    page = desk.written("wenna")
    mine, theirs = ({f"contact-{ident}": "on"} for ident in CONTACTS)
    rows = PlacedContact.objects.filter(page_id=page.pk)
    return Case(f"/messages/{page.pk}/contacts/", mine, theirs, lambda: list(rows.values_list("ident", flat=True)))


def _term(desk: Desk) -> Case:
    term = Term.objects.create(forms={"en": {"usual": "Port of Orsemund", "wrong": []}})
    kept = lambda: Term.objects.get().forms["en"]["usual"]  # noqa: E731
    return Case(f"/glossary/{term.pk}/", {"usual-en": "Orsemund"}, {"usual-en": "Orsemund Port"}, kept)


def _standing_text(desk: Desk) -> Case:
    words = {"blocks": ["We heard of it."], "next": 1}
    text = StandingText.objects.create(name="Holding line", kind="statement", language="en", words=words)
    mine, theirs = ({"words": json.dumps({**words, "blocks": [said]})} for said in ("We know.", "We wait."))
    return Case(f"/standing-texts/{text.pk}/", mine, theirs, lambda: StandingText.objects.get(pk=text.pk).words)


def _inquiry(desk: Desk) -> Case:
    facts = {"who": "Anna Quist", "question": "When?", "language": "en", "received_at": desk.now()}
    found = Inquiry.objects.create(**facts, taken_by=desk.user("wenna"))
    kept = lambda: Inquiry.objects.get().notes  # noqa: E731
    return Case(f"/inquiries/{found.pk}/change/", {"notes": "She rang."}, {"notes": "She wrote."}, kept)


def _limit(desk: Desk) -> Case:
    page = desk.written("wenna")
    osk, pell, wenna = (desk.user(name).pk for name in ("osk", "pell", "wenna"))
    mine, theirs = {f"user-{pell}": "on"}, {f"user-{wenna}": "on", f"user-{osk}": "on", f"user-{pell}": "on"}
    rows = lambda: sorted(MessagePage.objects.get(pk=page.pk).limited_to.values_list("pk", flat=True))  # noqa: E731
    return Case(f"/messages/{page.pk}/limit/", mine, theirs, rows)


def _assign(desk: Desk) -> Case:
    page = desk.written("wenna")
    mine, theirs = ({"to": str(desk.user(name).pk)} for name in ("pell", "osk"))
    return Case(f"/messages/{page.pk}/assign/", mine, theirs, lambda: MessagePage.objects.get(pk=page.pk).assigned_to)


def _review(desk: Desk) -> Case:
    page = desk.written("wenna")
    mine, theirs = {"day": "2027-05-01"}, {"day": "2027-06-01"}
    return Case(f"/messages/{page.pk}/review/", mine, theirs, lambda: MessagePage.objects.get(pk=page.pk).review_on)


def _roles(desk: Desk) -> Case:
    wenna = desk.user("wenna")
    mine, theirs = {"role-clearer": "on"}, {"role-publisher": "on"}
    kept = lambda: list(roles_of(desk.user("wenna")))  # noqa: E731
    return Case(f"/people/{wenna.pk}/", mine, theirs, kept)


def _release(desk: Desk) -> Case:
    page = desk.written("wenna")
    desk.submit(page)
    desk.clear(page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-05", "time": "10:00:00"})
    made = Release.objects.get()
    mine, theirs = ({"do": "move", "day": day, "time": "10:00:00"} for day in ("2027-03-06", "2027-03-07"))
    return Case(f"/releases/{made.pk}/", mine, theirs, lambda: Release.objects.get(pk=made.pk).at)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office in which Osk and Pell may do everything."""
    for name in ("osk", "pell"):
        desk.user(name).groups.set(Group.objects.all())
    return desk


CASES = {
    "contacts": _contacts,
    "a name": _term,
    "a standing text": _standing_text,
    "an inquiry": _inquiry,
    "who may see it": _limit,
    "an assignment": _assign,
    "a review date": _review,
    "roles": _roles,
    "a release": _release,
}


@pytest.mark.parametrize("case", CASES)
def test_an_older_form_writes_over_nothing_until_its_writer_has_seen_it_and_chosen(office: Desk, case: str) -> None:
    of = CASES[case](office)
    mine, theirs = (Window(office.client(name), of.address) for name in ("pell", "osk"))
    theirs.send(**of.theirs)
    other = of.kept()
    for _twice in range(2):
        answer = mine.send(**of.mine)
        assert of.kept() == other, "nothing was written over"
        panel = panel_of(answer)
        assert "Osk Dalebrandt kept something else here" in " ".join(panel.text_content().split())
        assert panel.xpath(".//del | .//ins | .//*[@class='deletion' or @class='addition']")
        assert {mine.fields[name].strip() for name in of.mine if name != "do"} == {
            said for name, said in of.mine.items() if name != "do"
        }, "what was typed stays"
    mine.send(**of.mine, over=over_of(panel))
    assert of.kept() != other, "who has seen it may"


def panel_of(answer: Any) -> Any:
    """What a form that was refused says above."""
    (panel,) = markup.fromstring(answer.content.decode()).find_class("meanwhile")
    return panel


def over_of(panel: Any) -> str:
    """What its button sends."""
    return str(panel.xpath(".//button[@name='over']/@value")[0])


def test_what_the_other_kept_after_it_was_shown_is_not_written_over_either(office: Desk) -> None:
    of = _term(office)
    mine, theirs = (Window(office.client(name), of.address) for name in ("pell", "osk"))
    theirs.send(**of.theirs)
    over = over_of(panel_of(mine.send(**of.mine)))
    Window(office.client("osk"), of.address).send(**{"usual-en": "The Orsemund"})
    mine.send(**of.mine, over=over)
    assert of.kept() == "The Orsemund"


@pytest.mark.parametrize(("case", "does"), [("a name", "take out"), ("a standing text", "throw away")])
def test_what_another_changed_is_not_thrown_away_unseen(office: Desk, case: str, does: str) -> None:
    of = CASES[case](office)
    mine, theirs = (Window(office.client(name), of.address) for name in ("pell", "osk"))
    theirs.send(**of.theirs)
    assert panel_of(mine.send(do=does)) is not None
    of.kept()


@pytest.mark.parametrize(("case", "does"), [("a name", "take out"), ("a standing text", "throw away")])
def test_what_was_typed_in_a_form_of_what_another_threw_away_stays_and_is_kept_as_new(
    office: Desk, case: str, does: str
) -> None:
    of = CASES[case](office)
    mine, theirs = (Window(office.client(name), of.address) for name in ("pell", "osk"))
    theirs.send(do=does)
    answer = mine.send(**of.mine)
    tree = markup.fromstring(answer.content.decode())
    (form,) = tree.xpath("//form[contains(@action, '/new/')]")
    assert "What you typed stands here" in answer.content.decode()
    mine.client.post(form.action, dict(form.form_values()))
    if case == "a name":
        assert Term.objects.get().forms["en"]["usual"] == "Orsemund"
    else:
        assert StandingText.objects.order_by("-pk")[0].words["blocks"] == ["We know."]


def test_a_release_that_another_cancelled_is_not_said_to_have_gone_out(office: Desk) -> None:
    of = _release(office)
    mine, theirs = (Window(office.client(name), of.address) for name in ("pell", "osk"))
    theirs.send(do="cancel")
    assert "It was cancelled in the meantime: nothing goes out." in mine.send(**of.mine).content.decode()


def test_what_is_typed_in_the_glossary_survives_the_proof_that_it_is_he(office: Desk) -> None:
    of = _term(office)
    mine = Window(office.client("pell"), of.address)
    office.now.tick(40)
    mine.client.post(of.address, {**mine.fields, **of.mine})
    session = mine.client.session
    session.update(proofs_of(office.user("pell"), office.now().timestamp()))
    session.save()
    back = Window(mine.client, of.address)
    assert back.fields["usual-en"] == "Orsemund"
    assert of.kept() == "Port of Orsemund"
