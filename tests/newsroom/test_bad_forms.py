"""The desk's smaller forms: each bad input gets a sentence that helps, and what was typed stands there still.

The editor's own form is in `test_bad_input.py`, that of a piece in `test_furniture.py` and `test_pieces.py`.
"""

from __future__ import annotations

import html
from typing import Any

from lxml import html as markup

from communique.newsroom.glossary.models import Term
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.models import Release
from communique.record.release import Draft
from newsroom.newsrooms import Desk

PERSON = "personrunaeskil0"
LONG = "so long a word " * 30
GAP, TWICE = ("2027-03-28", "02:30"), ("2027-10-31", "02:30")
FORM = "a" * 32
RECIPIENT = {"name": "Petra Ombervane", "mail": "petra@radio.example", "reason": "For the noon news", "form": FORM}
ASKED = {"who": "Petra Ombervane", "question": "Does it sail?", "language": "en"}
CAME = {"received_day": "2027-03-04", "received_time": "08:00"}
TERM = {"usual-en": "Tessmark", "wrong-en": "Tesmark"}
TAKES_OVER = {"role": "0", "begins_on": "2027-04-01", "name-en": "Oriel Tavenmark", "address": "oriel"}

ROWS: list[tuple[str, str, str, dict[str, str], str]] = [
    # assigning
    ("wenna", "messages/{page}/assign/", "to the past", {"day": "2027-03-01", "time": "10:00"}, "has passed"),
    ("wenna", "messages/{page}/assign/", "in a gap", {"day": GAP[0], "time": GAP[1]}, "clocks go forward"),
    ("wenna", "messages/{page}/assign/", "twice", {"day": TWICE[0], "time": TWICE[1]}, "comes twice"),
    ("wenna", "messages/{page}/assign/", "half", {"day": "2027-05-01", "time": ""}, "the time as 14:00"),
    ("wenna", "messages/{page}/assign/", "no day", {"day": "31.12.2027", "time": "10:00"}, "Write the day as"),
    # a review date
    ("wenna", "messages/{page}/review/", "today", {"day": "2027-03-04"}, "has come already"),
    ("wenna", "messages/{page}/review/", "no day", {"day": "soon"}, "Write the day as 2026-11-25"),
    ("wenna", "messages/{page}/review/", "29 February", {"day": "2027-02-29"}, "Write the day as 2026-11-25"),
    # links for outsiders
    ("wenna", "messages/{page}/links/", "no name", {**RECIPIENT, "name": " ", "sort": "preview"}, "Write the name"),
    (
        "wenna",
        "messages/{page}/links/",
        "no mail",
        {**RECIPIENT, "mail": "petra", "sort": "preview"},
        "no mail address",
    ),
    ("wenna", "messages/{page}/links/", "no sort", {**RECIPIENT, "sort": "embargo"}, "Choose what the link is for"),
    ("wenna", "messages/{page}/links/", "why", {**RECIPIENT, "reason": LONG, "sort": "preview"}, "300"),
    (
        "wenna",
        "messages/{page}/links/",
        "two years",
        {**RECIPIENT, "sort": "review", "day": "2029-03-04", "time": "10:00"},
        "a year at most",
    ),
    # inquiries
    ("wenna", "inquiries/new/", "nobody asks", {**ASKED, **CAME, "who": ""}, "write “unknown”"),
    ("wenna", "inquiries/new/", "came tomorrow", {**ASKED, **CAME, "received_day": "2027-03-05"}, "still to come"),
    ("wenna", "inquiries/new/", "due before", {**ASKED, **CAME, "day": "2027-03-03", "time": "09:00"}, "before the"),
    ("wenna", "inquiries/new/", "mail", {**ASKED, **CAME, "mail": "a b@c"}, "name@example.org"),
    ("wenna", "inquiries/new/", "long name", {**ASKED, **CAME, "who": LONG}, "200"),
    ("wenna", "inquiries/{inquiry}/outcome/", "no word", {"state": "privately", "said": "No"}, "Write what was said"),
    ("osk", "inquiries/{inquiry}/lines/", "old", {"read": "0", "remark": "Shorter.", "action": "clear"}, "changed"),
    # the glossary
    ("osk", "glossary/new/", "only wrong", {"wrong-en": "Tesmark", "remark": "As it sounds"}, "in one language"),
    ("osk", "glossary/new/", "both sides", {**TERM, "wrong-en": "Tessmark"}, "on both sides"),
    ("osk", "glossary/new/", "there already", {"usual-en": "Averholm", "remark": "Ours"}, "already"),
    ("osk", "glossary/new/", "contradicts", {"usual-en": "Avershome", "remark": "Ours"}, "contradict each other"),
    # people
    ("ada", "people/", "no role", {"name": "Petra", "email": "petra@embassy.example"}, "Choose a role"),
    ("ada", "people/", "no name", {"name": " ", "email": "p@embassy.example", "role-writer": "1"}, "Write the name"),
    ("ada", "people/", "there", {"name": "W", "email": "WENNA@embassy.example", "role-writer": "1"}, "invited already"),
    ("ada", "people/", "no mail", {"name": "Petra", "email": "petra", "role-writer": "1"}, "Write a mail address"),
    # a new office-holder
    ("wenna", "furniture/{person}/successor/", "no day", {**TAKES_OVER, "begins_on": "spring"}, "Write the day as"),
    (
        "wenna",
        "furniture/{person}/successor/",
        "day one",
        {**TAKES_OVER, "begins_on": "0001-01-01"},
        "Write the day as",
    ),
    ("wenna", "furniture/{person}/successor/", "no role", {**TAKES_OVER, "role": "7" * 5000}, "Choose the role"),
    ("wenna", "furniture/{person}/successor/", "before", {**TAKES_OVER, "begins_on": "2019-01-01"}, "before it begins"),
    ("wenna", "furniture/{person}/successor/", "address", {**TAKES_OVER, "address": "Oriel T."}, "small letters"),
    ("wenna", "furniture/{person}/successor/", "herself", {**TAKES_OVER, "successor": PERSON}, "another person"),
    # releases and embargoes
    ("pell", "messages/{cleared}/release/", "past", {"when": "then", "day": "2027-03-04", "time": "08:00"}, "passed"),
    ("pell", "messages/{cleared}/release/", "gap", {"when": "then", "day": GAP[0], "time": GAP[1]}, "go forward"),
    ("pell", "messages/{cleared}/release/", "century", {"when": "then", "day": "2127-01-01", "time": "08:00"}, "year"),
    ("pell", "releases/{release}/", "past", {"do": "move", "day": "2027-03-01", "time": "08:00"}, "has passed"),
    ("pell", "releases/{release}/embargo/", "earlier", {"do": "extend", "day": "2027-03-05", "time": "09:00"}, "later"),
    ("pell", "releases/{release}/embargo/", "nobody", {**RECIPIENT, "do": "give", "name": ""}, "Write the name"),
    ("pell", "releases/{release}/embargo/", "no mail", {**RECIPIENT, "do": "give", "mail": "x@"}, "no mail address"),
    # the emergency door, standing texts
    ("pell", "messages/{page}/force/", "no reason", {"reason": "urgent"}, "Write the reason in a sentence"),
    (
        "wenna",
        "standing-texts/new/",
        "no name",
        {"name": "", "kind": "statement", "title": "A storm"},
        "Give it a name",
    ),
    ("wenna", "messages/{live}/act/withdraw/", "no note", {"note": " \u200b "}, "sentence"),
]
KEPT_APART = ("do", "when", "state", "action", "form", "read", "role", "sort", "kind", "language", "successor")
"""what a button or a choice sends, and what nobody typed"""


def laid(desk: Desk) -> dict[str, Any]:
    """Something for each form to be about."""
    role = {"name": {"en": "Consul"}, "since": "2020-01-01"}
    content = {"v": 1, "type": "furniture", "state": "current", "order": 0, "piece": "person", "roles": [role]}
    content |= {"name": {"en": "Runa Eskilmoor"}, "address": "runa"}
    desk.installation.publisher.publish([Draft(PERSON, "furniture", content)])
    page, cleared, live, waiting = (desk.written("wenna", title=f"On the {one} lamp") for one in "abcd")
    for one in (cleared, live, waiting):
        desk.submit(one)
        desk.clear(one)
    desk.publish(live)
    desk.client("pell").post(
        f"/messages/{waiting.pk}/release/", {"when": "then", "day": "2027-03-06", "time": "10:00", "notify": "on"}
    )
    wenna = desk.user("wenna")
    inquiry = Inquiry.objects.create(
        who="Emile", question="Why?", language="en", received_at=desk.now(), taken_by=wenna, lines="It sails."
    )
    forms = {"en": {"usual": "Averholm", "wrong": ["Avershome"]}}
    Term.objects.create(forms=forms, remark="", changed_by=wenna, changed_at=desk.now())
    return {
        "page": page.pk,
        "cleared": cleared.pk,
        "live": live.pk,
        "inquiry": inquiry.pk,
        "person": PERSON,
        "release": Release.objects.get(state=Release.State.WAITING).pk,
    }


def typed_there(document: Any) -> set[str]:
    """Every value that stands in a field of the screen."""
    fields = document.xpath("//main//textarea | //main//input[not(@type='hidden')]")
    return {str(field.value or "").strip("\r\n") for field in fields if field.get("type") not in ("checkbox", "radio")}


def test_each_bad_input_gets_a_sentence_that_helps_and_what_was_typed_stays(desk: Desk) -> None:
    there = laid(desk)
    clients = {name: desk.client(name) for name in ("wenna", "osk", "pell", "ada")}
    wrong = []
    for who, path, what, fields, sentence in ROWS:
        address = "/" + path.format(**there)
        clients[who].raise_request_exception = False
        answer = clients[who].post(address, fields, follow=True)
        said = html.unescape(answer.content.decode())
        if answer.status_code != 200 or sentence not in said:
            wrong.append(f"{path} {what}: {answer.status_code}, says not “{sentence}”")
            continue
        kept = typed_there(markup.fromstring(answer.content.decode()))
        lost = {
            key: value for key, value in fields.items() if key not in KEPT_APART and value.strip() and value not in kept
        }
        if {key: value for key, value in lost.items() if not key.startswith("role-") and key != "note"}:
            wrong.append(f"{path} {what}: lost {lost}; kept {sorted(kept)[:12]}")
    assert not wrong, "\n".join(wrong)
