"""Everything that is asked at an address: by whom, of which thing, with which numbers, and what is sent.

own       the numbers and names of one thing, at an address that takes them
mixed     a number of one thing at the address of another: the open draft's page with a revision of something limited
guessed   the next numbers, none, huge ones, names that nobody has
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.urls import converters
from wagtail.models import Task

from communique.newsroom.given import given
from communique.newsroom.glossary.models import Term
from communique.newsroom.standing.models import StandingText
from newsroom.matrix_office import PERSON, ROLES, Office, Thing, office_page
from newsroom.matrix_rights import Address
from newsroom.newsrooms import PASSWORD

PAGE = ("page_id", "parent_page_id", "page_to_move_id", "object_id", "pk", "page_pk")
"""parameters that are the page of a thing; `pk` is in Wagtail's addresses of pages alone"""
SECOND = ("revision_id", "task_state_id", "link_id", "remark_id", "session_id", "revision_id_a", "name")
OF_A_THING = (
    *(*PAGE, *SECOND, "release_id", "clearance_id", "ident", "revision_id_b", "workflow_state_id", "inquiry_id"),
    *("batch_id", "imported_id"),
)
ACTS = ("correct", "update", "withdraw", "recall", "remove", "return", "erase", "furniture")
OTHERS = {"MYSESSION": "ITSSESSION", "MYKEY": "ITSKEY"}
"""in the place of what is one's own, the same of somebody else"""
HUGE = ("9223372036854775808", "1" + "0" * 40)
NOBODYS = "a" * 32
NEW = "a lamp on the tenth pier, lit"
BRACKETS = {
    ("wagtailadmin_pages:edit", "action-workflow-action"): "wagtailadmin_pages:edit (clear or return)",
    ("wagtailadmin_pages:edit", "action-cancel-workflow"): "wagtailadmin_pages:edit (take back)",
}
"""(address, first field) -> the row of the table for it"""
OF_ACTS = re.compile(r"/act/(remove|furniture)/")
"""acts that pieces of furniture know, with rows of their own"""
EVERYTHING = "q=zq&search_query=zq&export=xlsx&from=0&before=999999&p=1&type=wagtailcore.page&next=/"


class Ask(NamedTuple):
    """One request."""

    row: str
    """of the table"""
    role: str
    method: str
    path: str
    thing: Thing | None
    sort: str
    sent: dict[str, Any]

    def __str__(self) -> str:
        about = f" about {self.thing.name} ({self.thing.state})" if self.thing else ""
        return f"{self.row}: {self.role}, {self.method} {self.path}{about}, {self.sort}, {_brief(self.sent)}"


def _brief(sent: dict[str, Any]) -> str:
    return ", ".join(f"{key}={str(value)[:24]}" for key, value in list(sent.items())[:6])


def asks(office: Office, address: Address) -> Iterator[Ask]:
    """All that is asked at one address."""
    for thing, path, sort in _paths(office, address):
        for role in ROLES:
            own = _for_role(office, path, role)
            yield Ask(_row(address, path), role, "GET", own, thing, sort, {})
            if sort == "own" and (thing is None or thing.name == "draft"):
                yield Ask(address.name, role, "GET", f"{own}?{EVERYTHING}", thing, sort, {})
            for row, sent in _sent(office, address.name, thing):
                yield Ask(_row(address, path) if row == address.name else row, role, "POST", own, thing, sort, sent)


def _row(address: Address, path: str) -> str:
    """The row of the table for a path: that of its address, unless it names an act with one of its own."""
    act = OF_ACTS.search(path) if "act" in address.converters else None
    return f"{address.name} ({act[1]})" if act else address.name


def _for_role(office: Office, path: str, role: str) -> str:
    """A path with what a role has of its own, or of somebody else."""
    other = "publisher" if role == "clearer" else "clearer"
    path = path.replace("TOKEN", office.token if role == "holder" else NOBODYS)
    for word, whose in (("MYSESSION", role), ("ITSSESSION", other)):
        path = path.replace(word, str(office.sessions.get(whose, 1)))
    for word, whose in (("MYKEY", role), ("ITSKEY", other)):
        if word in path:  # tens of thousands of paths are made, and a handful has a key
            path = path.replace(word, str(_keys().get(office.people.get(whose, 0), 1)))
    return path


def _keys() -> dict[int, int]:
    """User -> his passkey."""
    return dict(Authenticator.objects.filter(type="webauthn").values_list("user_id", "pk"))


def _paths(office: Office, address: Address) -> Iterator[tuple[Thing | None, str, str]]:
    named = list(_names(address))
    if any(_is_of_a_thing(address, name) for name in named):
        yield from _about_things(office, address, named)
    else:
        plain = _plain(office, address, named)
        yield from ((None, path, "own") for path in _filled(address, plain))
        others = {name: [OTHERS.get(str(value), value) for value in values] for name, values in plain.items()}
        if others != plain:
            yield from ((None, path, "mixed") for path in _filled(address, others))
    yield from ((None, path, "guessed") for path in _guessed(office, address, named))


def _about_things(office: Office, address: Address, named: list[str]) -> Iterator[tuple[Thing | None, str, str]]:
    carrier = office.things["draft"]
    for thing in office.things.values():
        own = _of_thing(office, address, named, thing)
        yield from ((thing, path, "own") for path in _filled(address, own))
        page, second = [name for name in named if name in PAGE], [name for name in named if name in SECOND]
        if page and second and thing is not carrier:
            others = _of_thing(office, address, named, carrier)
            for whose, seconds in ((others, own), (own, others)):
                mixed = {name: (seconds if name in second else whose)[name][:2] for name in named}
                yield from ((thing, path, "mixed") for path in _filled(address, mixed))


def paths_about(office: Office, address: Address, thing: Thing) -> list[str]:
    """The paths of an address that are about a thing, and take nothing else's number."""
    named = list(_names(address))
    if not any(_is_of_a_thing(address, name) for name in named):
        return []
    return list(_filled(address, _of_thing(office, address, named, thing)))


def _names(address: Address) -> Iterator[str]:
    for pattern in address.patterns:
        yield from pattern.converters or (getattr(pattern, "regex", None) and pattern.regex.groupindex) or ()


def _is_of_a_thing(address: Address, name: str) -> bool:
    """Whether a parameter is a number or a name of a thing."""
    if name == "pk":
        return address.name.startswith(("wagtailadmin_pages:", "wagtailadmin_api:"))
    if name == "session_id":
        return "editing_sessions" in address.name
    return name in OF_A_THING and address.name != "successor"


def _of_thing(office: Office, address: Address, named: list[str], thing: Thing) -> dict[str, list[Any]]:
    values = _plain(office, address, named)
    for name in named:
        if name in PAGE and _is_of_a_thing(address, name):
            values[name] = [thing.page] if thing.page else []
        elif name in ("revision_id_a", "revision_id_b"):
            values[name] = [thing.ids["revision_id"]] if thing.page else []
        elif name == "name":
            values[name] = list(thing.uploads)
        elif name in OF_A_THING and _is_of_a_thing(address, name):
            values[name] = [thing.ids[name]] if name in thing.ids else []
    return values


def _plain(office: Office, address: Address, named: list[str]) -> dict[str, list[Any]]:
    """What stands for parameters that belong to no thing."""
    known: dict[str, list[Any]] = {
        "language": ["fr", "xx"],
        "act": list(ACTS),
        "sort": ["notice"],
        "token": ["TOKEN"],
        "number": [1],
        "text_id": list(StandingText.objects.values_list("pk", flat=True)[:1]),
        "term_id": list(Term.objects.values_list("pk", flat=True)[:1]),
        "user_id": list(office.people.values()),
        "action_name": ["approve", "reject"],
        "action": ["publish", "delete", "move"],
        "task_id": list(Task.objects.values_list("pk", flat=True)),
        "destination_id": [office_page()],
        "provider_id": ["none"],
        "app_label": ["wagtailcore"],
        "model_name": ["page"],
        "content_type_app_name": ["newsroom"],
        "content_type_model_name": ["messagepage"],
        "app_name": ["newsroom"],
        "path": {"static": ["newsroom/desk.css"], "to_public": ["en/speeches/"]}.get(address.name)
        or [_public(office, address)],
        "session_id": ["MYSESSION"],
    }
    if address.name == "successor":
        known["ident"] = [PERSON]
    if address.name.startswith("mfa_"):
        known["pk"] = ["MYKEY"]
    if address.name.startswith("wagtailusers_users"):
        known["pk"] = list(office.people.values())
    return {name: known.get(name, [1]) for name in named}


def _public(office: Office, address: Address) -> str:
    """A public file of the site: its style sheet, or one that a message shows."""
    files = office.desk.home / "public" / "site" / "files"
    shown = (str(file.relative_to(files)) for file in sorted(files.rglob("*")) if file.is_file())
    return next(shown) if address.pattern.startswith("files/") else given().style_path.rpartition("/")[2]


def _guessed(office: Office, address: Address, named: list[str]) -> Iterator[str]:
    """Numbers and names that lead nowhere, in each place in turn."""
    largest = {name: max((t.ids.get(name, 0) for t in office.things.values()), default=0) for name in SECOND[:5]}
    for name in named:
        if name == "session_id" and "editing_sessions" in address.name:
            continue  # a number that is no session of his begins one
        converter = address.converters.get(name)
        if isinstance(converter, converters.IntConverter) or name in ("object_id", "pk"):
            last = largest.get(name) or max(office.by_page())
            values = [0, last + 40, *([office_page()] if name in PAGE else []), *HUGE, "-1"]
        elif name in ("ident", "token", "name", "provider_id"):
            values = [NOBODYS[:16], NOBODYS, "..%2f..", "%00"]
        elif name == "act":
            values = ["none"]
        elif name == "path":
            values = ["../communique.toml", "..%2f..%2fcommunique.toml", "private/"]
        else:
            continue
        rest = _of_thing(office, address, named, office.things["draft"])
        yield from _filled(address, {**{key: found or [1] for key, found in rest.items()}, name: values})


def _filled(address: Address, values: dict[str, list[Any]]) -> Iterator[str]:
    """Paths of an address for every choice of values."""
    for chosen in product(*values.values()):
        yield "/" + "".join(_path(pattern, dict(zip(values, chosen, strict=True))) for pattern in address.patterns)


def _path(pattern: Any, values: dict[str, Any]) -> str:
    """One of Django's patterns with its parameters put in."""
    text = str(pattern)
    if text == "^.*/$":
        return "nowhere/at/all/"
    for name in pattern.converters:
        before, _lt, rest = text.partition(f"<{_spelt(text, name)}>")
        text = f"{before}{values[name]}{rest}"
    return _unregex(text, values) if hasattr(pattern, "regex") and "^" in text else text


def _spelt(text: str, name: str) -> str:
    return next(one for one in _between(text) if one.rpartition(":")[2] == name)


def _between(text: str) -> list[str]:
    return [part.partition(">")[0] for part in text.split("<")[1:]]


def _unregex(text: str, values: dict[str, Any]) -> str:
    """A pattern of `re_path` as a path: each named group is its value."""
    out, rest = "", text.removeprefix("^").removesuffix("$").removesuffix("/?").replace(r"\.", ".")
    while "(?P<" in rest:
        before, _open, rest = rest.partition("(?P<")
        name, _close, rest = rest.partition(">")
        depth, end = 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(rest[end], 0)
            end += 1
        out, rest = f"{out}{before}{values[name]}", rest[end:]
    return (out + rest).replace(".*", "any")


# ------------------------------------------------------------------ what is sent


def _sent(office: Office, address: str, thing: Thing | None) -> list[tuple[str, dict[str, Any]]]:
    """The forms that are sent to an address, each with its row of the table."""
    forms = _forms(office, thing).get(address, [{"comment": "So be it.", "title": "Another title", "next": "/"}])
    return [(BRACKETS.get((address, next(iter(sent), "")), address), sent) for sent in forms]


def _forms(office: Office, thing: Thing | None) -> dict[str, list[dict[str, Any]]]:
    ids = thing.ids if thing else {}
    person = {"name": "Ines Varkal", "mail": "ines@paper.example", "reason": "asked", "form": "f" * 32}
    then = {"day": "2027-03-05", "time": "18:00:00"}
    some = {f"user-{office.people['left out']}": "on"}
    form = thing.form if thing else {}
    text = {"name": "A text", "kind": "statement", "language": "en", "title": "A title", "words": "{}"}
    asked = {
        "who": "A reader",
        "question": "Why?",
        "language": "en",
        "received_day": "2027-03-04",
        "received_time": "09:00",
    }
    return {
        "new": [{"kind": "statement", "language": "en"}],
        "clear": [
            {"read": ids.get("read", ""), "action": what, "comment": "So be it."} for what in ("approve", "reject")
        ],
        "marks": [{"hash-t1": ids.get("hash", ""), "state-t1": "mend", "text-t1": "Which?"}],
        "read": [{"html": "<p>Hello there.</p>", "words": "{}"}],
        "hints": [{"words": '{"blocks": ["SEE THE NEW FERRY HERE"]}', "title": "Another title", "attachments": "[]"}],
        "links_checked": [{}, {"words": '{"blocks": ["See there."]}'}],
        "follows": [{"turn": "t1"}],
        "force": [{"reason": "The port closes in ten minutes."}],
        "release": [{"when": "now"}, {"when": "then", **then}],
        "act": [{"note": "The day was wrong: it is Tuesday.", "part": ["1"]}],
        "limit": [some, {}],
        "review": [{"day": "2027-05-01", "by": str(office.people["clearer"])}, {"do": "done"}],
        "release_change": [{"do": "move", **then}, {"do": "cancel"}],
        "people": [{"email": "new@embassy.example", "name": "New One", "role-writer": "on"}],
        "person": [{"do": do, "role-writer": "on"} for do in ("roles", "sessions", "link", "anew", "out", "in")],
        "links": [{**person, **then, "sort": "preview"}],
        "embargo": [{**person, "do": "give"}, {"do": "extend", **then}],
        "embargo_lift": [{"seen": ids.get("lift", "")}],
        "link_remark": [{"turn": "t1", "text": "Is this so?"}],
        "link_answer": [{"answer": "yes"}],
        "wagtailadmin_pages:edit": [
            {**form, "title": "Another title"},
            {**form, "action-submit": "1"},
            {**form, "action-publish": "1"},
            {"action-workflow-action": "1", "workflow-action-name": "approve", **form},
            {"action-cancel-workflow": "1", **form},
        ],
        "wagtailadmin_pages:revisions_revert": [{**form, "title": "Another title"}],
        "wagtailadmin_pages:preview_on_edit": [form],
        "wagtailadmin_pages:workflow_action": [{"comment": "So be it."}],
        "wagtailadmin_pages:collect_workflow_action_data": [{"comment": "So be it."}],
        "wagtailadmin_account": [{"locale-preferred_language": "fr", "theme-theme": "dark"}],
        "account_login": [{"login": "wenna@embassy.example", "password": "wrong"}],
        "account_reset_password": [{"email": "wenna@embassy.example"}],
        "assign": [{"to": str(office.people["clearer"])}],
        "term_new": [{"usual-en": "Orsemund"}],
        "term": [{"usual-en": "Orsemund"}, {"do": "take out"}],
        "standing_text_new": [text],
        "standing_text": [text, {"do": "throw away"}],
        "successor": [{"role": "0", "begins_on": "2027-05-01", "name-en": "Nils Ray", "name-fr": "Nils Ray"}],
        "inquiry_new": [asked],
        "inquiry_change": [asked],
        "inquiry_lines": [
            {"read": ids.get("lines", ""), "action": what, "remark": "So be it."} for what in ("clear", "return")
        ],
        "inquiry_outcome": [{"state": "declined", "said": "Not now."}],
        "inquiry_limit": [some],
        "imports": [{"captured": "2027-01-05"}],
        "import_batch": [{"do": "send"}, {"do": "throw away"}],
        "import_page": [{"do": "accept"}, {"act": "turn:remark", "at": "0"}],
        "account_change_password": [{"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}],
        "second_factor": [{}],
    }
