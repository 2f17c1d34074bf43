"""One office in which something stands in every state, each thing marked by words that nothing else has.

A marker is `zq`, the name of the thing, `q` and the field: `zqscheduledqtitle`. It lives on in addresses and names of
files, so one search through an answer says of every thing whether a word of it came back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from lxml import html
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.models import Comment, Page, TaskState

from communique.importing.page import understand
from communique.importing.raw import Raw
from communique.newsroom.chance import fresh_name
from communique.newsroom.glossary.models import Term
from communique.newsroom.imports.bringing import add_page, begin
from communique.newsroom.inquiries.lines import digest_of
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.links.embargo import mark_of
from communique.newsroom.links.models import Link
from communique.newsroom.models import Attachment, Clearance, MessagePage, OfficePage, PiecePage, ReleaseItem
from communique.newsroom.next_edition import next_of
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.remarks.models import Remark
from communique.newsroom.remarks.places import places_of
from communique.newsroom.roles import WRITER
from communique.newsroom.standing.models import StandingText
from communique.record.release import Draft
from communique.settings.desk import open_desk
from newsroom.newsrooms import HOST, SPEECHES, Desk, opened
from newsroom.test_day import cleared, read_mark

ROLES = ("anonymous", "writer", "clearer", "publisher", "administrator", "left out", "holder")
NAMES = {"writer": "wenna", "clearer": "osk", "publisher": "pell", "administrator": "ada", "left out": "lorn"}
MARKER = re.compile(r"zq([a-pr-z]+)q[a-z]+", re.IGNORECASE)
OF_THE_DESK = frozenset({"writer", "clearer", "publisher", "left out"})
PERSON = "personferrand000"
EDITED = (
    *("draft", "submitted", "returned", "cleared", "scheduled", "embargoed", "published", "forced", "piece"),
    *("edited", "withdrawn", "shown"),
    *("fewdraft", "fewsubmitted", "fewlater"),
)
"""things of which the editor's whole form is sent: one in each state, and limited ones"""
PUBLIC = frozenset({"published", "withdrawn", "again", "shown"})
"""things all of whose words readers have"""
FEW = frozenset({"writer", "clearer"})
"""whom most limited things are limited to: a publisher and a colleague are left out"""


@dataclass
class Thing:
    """A message or a piece at the desk, with everything of it that has a number or a name."""

    name: str
    state: str
    page: int = 0
    """its number; 0 for an inquiry, which is no page"""
    seers: frozenset[str] = OF_THE_DESK
    """roles that may know of it"""
    ids: dict[str, Any] = field(default_factory=dict)
    uploads: tuple[str, ...] = ()
    form: dict[str, str] = field(default_factory=dict)
    """what its editor sends"""

    @property
    def is_limited(self) -> bool:
        """Whether somebody of the desk may not know of it."""
        return self.seers != OF_THE_DESK


@dataclass
class Office:
    """The desk, its things, who comes to it, and what has an id of its own."""

    desk: Desk
    things: dict[str, Thing]
    cookies: dict[str, str]
    """role -> session"""
    token: str
    """of the holder's link"""
    pristine: Path
    people: dict[str, int]

    sessions: dict[str, int]
    """role -> number of a session of its own, as the list of sessions has it"""

    def by_page(self) -> dict[int, Thing]:
        """Page number -> thing."""
        return {thing.page: thing for thing in self.things.values() if thing.page}

    def put_back(self) -> None:
        """The files as they were founded; the database is not touched."""
        for part in ("public", "private", "press.sqlite3"):
            kept, now = self.pristine / part, self.desk.home / part
            if kept.is_dir():
                shutil.rmtree(now, ignore_errors=True)
                shutil.copytree(kept, now, symlinks=True)
            elif kept.exists():
                shutil.copy2(kept, now)
        open_desk(self.desk.home, clock=self.desk.now)
        _quick()


def _quick() -> None:
    """No waiting for a disk that is thrown away."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA journal_mode=MEMORY")


class Signed(Desk):
    """A desk at which each signs in once."""

    def client(self, name: str) -> Client:
        """The same browser each time."""
        if name not in self.browsers:
            self.browsers[name] = super().client(name)
        return self.browsers[name]

    @cached_property
    def browsers(self) -> dict[str, Client]:
        """Name -> browser."""
        return {}


def founded(folder: Path) -> Office:
    """The office with a thing in every state."""
    plain = opened(folder)
    desk = Signed(plain.home, plain.installation, plain.now)
    _quick()
    lorn = get_user_model().objects.create_user("lorn@embassy.example", "lorn@embassy.example", None, first_name="Lorn")
    lorn.groups.set(Group.objects.filter(name=WRITER))
    made = [*_plain(desk), *_limited(desk), *_languages(desk), *_pieces(desk), *_inquiries(desk), _imported(desk)]
    things = {thing.name: thing for thing in made}
    theirs = _written(desk, "theirs", "draft")
    things["theirs"] = theirs
    token = _link(desk, theirs, sort="clearance", mail="marit@paper.example")
    for thing in things.values():
        if thing.page:
            _look_up(desk, thing)
    _keys(desk)
    _house(desk)
    pristine = folder / "pristine"
    shutil.copytree(desk.home, pristine, symlinks=True, ignore=shutil.ignore_patterns("*.sqlite3-*"))
    for name in NAMES.values():
        desk.client(name).get("/roles/")  # a session is on its person's list from the first visit on
    cookies = {role: desk.client(name).cookies[settings.SESSION_COOKIE_NAME].value for role, name in NAMES.items()}
    people = {role: desk.user(name).pk for role, name in NAMES.items()}
    sessions = {role: UserSession.objects.get(session_key=cookie).pk for role, cookie in cookies.items()}
    return Office(desk, things, cookies, token, pristine, people, sessions)


# ------------------------------------------------------------------ things


def _plain(desk: Desk) -> list[Thing]:
    """What everybody at the desk sees."""
    made = [_written(desk, state, state) for state in ("draft", "submitted", "returned", "cleared", "scheduled")]
    made += [_written(desk, state, state) for state in ("published", "embargoed", "forced", "edited", "withdrawn")]
    made.append(_written(desk, "again", "again"))
    for thing in made:
        STEPS[thing.state](desk, thing)
    made[-1].state = "later"  # a draft of something public, of words that were cleared before that
    return made


def _limited(desk: Desk) -> list[Thing]:
    """What some at the desk may not know of: brought where it is, then limited."""
    made = [
        _written(desk, f"few{state}", state)
        for state in ("draft", "submitted", "cleared", "scheduled", "embargoed", "later")
    ]
    made.append(_written(desk, "fewforced", "forced"))
    for thing in made:
        STEPS[thing.state](desk, thing)
        _limit(desk, thing, frozenset({"writer", "publisher"}) if thing.state == "forced" else FEW)
    return made


def _languages(desk: Desk) -> list[Thing]:
    """A limited translation of what all see, and one of what was limited afterwards."""
    open_, closed = _written(desk, "original", "draft"), _written(desk, "feworiginal", "draft")
    french = _translated(desk, open_, "fewfrench"), _translated(desk, closed, "french")
    _limit(desk, french[0], FEW)
    _limit(desk, closed, FEW)
    french[1].seers = FEW  # a translation of it would give it away
    return [open_, closed, *french]


def _pieces(desk: Desk) -> list[Thing]:
    made = [_piece(desk, "piece", OF_THE_DESK), _piece(desk, "fewpiece", FEW), _piece(desk, "shown", OF_THE_DESK)]
    made[-1].state = "shown"
    _published(desk, made[-1])
    return made


def _inquiries(desk: Desk) -> list[Thing]:
    return [_inquiry(desk, "inquiry", OF_THE_DESK), _inquiry(desk, "fewinquiry", FEW)]


def _imported(desk: Desk) -> Thing:
    """A page of another site that waits for a publisher."""
    said = b"<p>3 March 2019</p><p><b>Reporter:</b> Of zqimportedqask?</p><p><b>Ida Rennow:</b> Of zqimportedqsay.</p>"
    data = b"<!doctype html><html lang=en><body><h1>Of zqimportedqtitle</h1>" + said * 2 + b"</body></html>"
    raw = Raw("zqimportedqid", "zqimportedqname.html", data)
    batch = begin("zqimportedqbatch.html", captured="2027-01-05")
    row = add_page(batch, raw, understand(raw.capture()))
    ids = {"batch_id": batch.pk, "imported_id": row.pk}
    return Thing("imported", "imported", seers=frozenset({"publisher"}), ids=ids, uploads=(row.source, row.reading))


def _inquiry(desk: Desk, name: str, seers: frozenset[str]) -> Thing:
    fields = ("who", "outlet", "question", "lines", "notes")
    said = {key: f"Of zq{name}q{key}" for key in fields}
    wenna = desk.user("wenna")
    made = Inquiry.objects.create(**said, language="en", received_at=desk.now(), taken_by=wenna)
    if seers != OF_THE_DESK:
        made.limited_to.set([desk.user(NAMES[role]) for role in seers])
    return Thing(name, "inquiry", seers=seers, ids={"inquiry_id": made.pk, "lines": digest_of(made)})


def _house(desk: Desk) -> None:
    """A person on the record, a name of the glossary, a standing text: nobody's secrets."""
    role = {"name": {"en": "Ambassador", "fr": "Ambassadrice"}, "since": "2020-01-01"}
    person = {"v": 1, "type": "furniture", "state": "current", "piece": "person", "order": 0, "roles": [role]}
    names = {"name": {"en": "Ada Ferrand", "fr": "Ada Ferrand"}, "address": "ferrand"}
    desk.installation.publisher.publish([Draft(PERSON, "furniture", {**person, **names})])
    Term.objects.create(forms={"en": {"usual": "Port of Orsemund", "wrong": []}})
    StandingText.objects.create(name="A line", kind="statement", language="en")


def _keys(desk: Desk) -> None:
    """Who has a second factor has recovery codes besides."""
    for name in ("osk", "pell", "ada"):
        RecoveryCodes.activate(desk.user(name))


def _written(desk: Desk, name: str, state: str) -> Thing:
    said = _words(name)
    page = desk.written("wenna", said.pop("title"), "interview", **said)
    page.section = SPEECHES
    for number, row in enumerate(_attachments(name)):
        page.attachments.add(Attachment(sort_order=number, **row))
    page.save()
    page.save_revision(user=desk.user("wenna"))
    return Thing(name, state, page.pk)


def _words(name: str) -> dict[str, Any]:
    mark = f"zq{name}q"
    turns = [
        {"id": "t1", "kind": "question", "blocks": [f"Where is the {mark}question?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": [f"In the {mark}answer."]},
    ]
    words = {"speakers": [{"name": f"Ambassador {mark}speaker"}], "turns": turns, "next": 3}
    said = {key: f"The lamp of {mark}{key}" for key in ("title", "teaser", "event", "place")}
    return {**said, "words": words, "slug_words": f"{mark}slug"}


def _attachments(name: str) -> list[dict[str, Any]]:
    mark = f"zq{name}q"
    drawn = BytesIO()
    colour = tuple(sha256(name.encode()).digest()[:3])
    Image.new("RGB", (8, 8), colour).save(drawn, "WEBP", lossless=True)
    shown = {"alternative": f"A lamp {mark}alternative", "caption": f"{mark}caption", "rights": f"{mark}rights"}
    picture: dict[str, Any] = {"sort": "picture", "media": "image/webp", "width": 8, "height": 8, **shown}
    paper = {"sort": "file", "media": "application/pdf", "title": f"{mark}paper"}
    smaller = PrivateFiles().save(fresh_name(), ContentFile(drawn.getvalue() + b"\0"))
    file = {"private": smaller, "sha256": sha256(drawn.getvalue() + b"\0").hexdigest()}
    picture["shown"] = {"file": file, "media": "image/webp", "width": 4, "height": 4}
    return [
        {**picture, **_kept(f"{mark}picture.webp", drawn.getvalue())},
        {**paper, **_kept(f"{mark}file.pdf", f"%PDF-1.4 {mark}bytes".encode())},
    ]


def _kept(name: str, data: bytes) -> dict[str, Any]:
    upload = PrivateFiles().save(fresh_name(), ContentFile(data))
    return {"upload": upload, "name": name, "sha256": sha256(data).hexdigest()}


def _translated(desk: Desk, thing: Thing, name: str) -> Thing:
    desk.client("wenna").post(f"/messages/{thing.page}/in/fr/")
    message = MessagePage.objects.get(pk=thing.page).message
    french = MessagePage.objects.get(message=message, language="fr").get_latest_revision_as_object()
    for key, value in _words(name).items():
        setattr(french, key, value)
    french.attachments.set([])
    french.save()
    french.save_revision(user=desk.user("wenna"))
    return Thing(name, "draft", french.pk)


def _piece(desk: Desk, name: str, seers: frozenset[str]) -> Thing:
    desk.client("wenna").post("/furniture/new/notice/")
    page = PiecePage.objects.order_by("-pk")[0].get_latest_revision_as_object()
    page.title = f"zq{name}qtitle"
    page.content = {**page.content, "text": {"en": f"Fog at the zq{name}qquay"}}
    page.save()
    page.save_revision(user=desk.user("wenna"))
    if seers != OF_THE_DESK:
        page.limited_to.set([desk.user(NAMES[role]) for role in seers])
    return Thing(name, "piece", page.pk, seers)


# ------------------------------------------------------------------ states


def _draft(desk: Desk, thing: Thing) -> None:
    page = Page.objects.get(pk=thing.page)
    text = f"Is zq{thing.name}qcomment right?"
    Comment.objects.create(page=page, user=desk.user("wenna"), text=text, contentpath="words", position="t1")
    token = _link(desk, thing, sort="review")
    Client(headers={"host": HOST}).post(f"/l/{token}/remark/", {"turn": "t1", "text": f"zq{thing.name}qremark"})


def _submitted(desk: Desk, thing: Thing) -> None:
    desk.client("wenna").post(f"/messages/{thing.page}/submit/")
    place = places_of(_page(thing).get_latest_revision_as_object())[1]
    form = {"hash-t2": place.hash, "text-t2": f"Is this zq{thing.name}qmark so?"}
    desk.client("osk").post(f"/messages/{thing.page}/marks/", form)


def _returned(desk: Desk, thing: Thing) -> None:
    _submitted(desk, thing)
    client = desk.client("osk")
    form = {"read": read_mark(client, _page(thing)), "action": "reject", "comment": f"Mend zq{thing.name}qreturn."}
    client.post(f"/messages/{thing.page}/clear/", form)


def _cleared(desk: Desk, thing: Thing) -> None:
    cleared(desk, _page(thing))


def _scheduled(desk: Desk, thing: Thing) -> None:
    _cleared(desk, thing)
    form = {"when": "then", "day": "2027-03-04", "time": "14:00:03"}
    desk.client("pell").post(f"/messages/{thing.page}/release/", form)


def _embargoed(desk: Desk, thing: Thing) -> None:
    _scheduled(desk, thing)
    release = ReleaseItem.objects.get(page_id=thing.page).release_id
    _give(desk, "pell", f"/releases/{release}/embargo/", {"do": "give"})


def _published(desk: Desk, thing: Thing) -> None:
    _cleared(desk, thing)
    desk.client("pell").post(f"/messages/{thing.page}/release/", {"when": "now"})


def _later(desk: Desk, thing: Thing) -> None:
    """First published with words that all may know, then changed at the desk."""
    before = _words(f"{thing.name}before")
    page = _page(thing).get_latest_revision_as_object()
    for key, value in before.items():
        setattr(page, key, value)
    kept = list(page.attachments.all())
    page.attachments.set([])
    page.save_revision(user=desk.user("wenna"))
    _published(desk, thing)
    desk.client("wenna").post(f"/messages/{thing.page}/act/correct/", {"note": f"Wrong was zq{thing.name}qnote."})
    page = _page(thing).get_latest_revision_as_object()
    for key, value in _words(thing.name).items():
        setattr(page, key, value)
    page.attachments.set(kept)
    page.save_revision(user=desk.user("wenna"))


def _edited(desk: Desk, thing: Thing) -> None:
    """Cleared, and changed since: nobody else has seen how it stands."""
    _cleared(desk, thing)
    _said_anew(desk, thing, "Another teaser")


def _withdrawn(desk: Desk, thing: Thing) -> None:
    _published(desk, thing)
    desk.client("wenna").post(
        f"/messages/{thing.page}/act/withdraw/", {"note": f"No longer so: zq{thing.name}qnotice."}
    )
    client = desk.client("osk")
    client.post(f"/messages/{thing.page}/clear/", {"read": read_mark(client, _page(thing)), "action": "approve"})
    desk.client("pell").post(f"/messages/{thing.page}/release/", {"when": "now"})


def _again(desk: Desk, thing: Thing) -> None:
    """Published, published with another teaser, and changed back: to words that were cleared, for another edition."""
    _published(desk, thing)
    before = _page(thing).get_latest_revision_as_object().teaser
    for teaser in ("Another teaser", before):
        desk.client("wenna").post(f"/messages/{thing.page}/act/update/", {"note": "It goes on."})
        _said_anew(desk, thing, teaser)
        if teaser != before:
            _published(desk, thing)


def _said_anew(desk: Desk, thing: Thing, teaser: str) -> None:
    page = _page(thing).get_latest_revision_as_object()
    page.teaser = teaser
    page.save_revision(user=desk.user("wenna"))


def _forced(desk: Desk, thing: Thing) -> None:
    desk.client("pell").post(f"/messages/{thing.page}/force/", {"reason": f"The port zq{thing.name}qreason closes."})


STEPS: dict[str, Callable[[Desk, Thing], None]] = {
    "draft": _draft,
    "submitted": _submitted,
    "returned": _returned,
    "cleared": _cleared,
    "scheduled": _scheduled,
    "embargoed": _embargoed,
    "published": _published,
    "later": _later,
    "edited": _edited,
    "withdrawn": _withdrawn,
    "again": _again,
    "forced": _forced,
}


def _page(thing: Thing) -> Any:
    return Page.objects.get(pk=thing.page).specific


def _limit(desk: Desk, thing: Thing, seers: frozenset[str]) -> None:
    chosen = {f"user-{desk.user(NAMES[role]).pk}": "on" for role in seers}
    desk.client("wenna").post(f"/messages/{thing.page}/limit/", chosen)
    thing.seers = seers


def _link(desk: Desk, thing: Thing, **typed: str) -> str:
    """The token of a link to a draft, given through the desk's form."""
    until = {"day": "2027-03-05", "time": "18:00:00"}
    return _give(desk, "wenna", f"/messages/{thing.page}/links/", {**until, **typed})


def _give(desk: Desk, by: str, address: str, typed: dict[str, str]) -> str:
    client = desk.client(by)
    form = client.get(address).content.decode().split('name="form" value="')[1].split('"')[0]
    person = {"name": "Ines Varkal", "mail": "ines@paper.example", "reason": "asked by telephone", "form": form}
    return client.post(address, {**person, **typed}).content.decode().split("/l/")[1].split("/")[0]


# ------------------------------------------------------------------ numbers and names


def _look_up(desk: Desk, thing: Thing) -> None:
    """Everything of a page by which somebody could ask for it."""
    page = Page.objects.get(pk=thing.page).specific
    rows = Attachment.objects.filter(page_id=thing.page)
    thing.uploads = tuple(name for row in rows for name in sorted(row.private_names()))
    thing.form = _form(desk, thing) if thing.name in EDITED else {"title": "Another title"}
    states = TaskState.objects.filter(workflow_state__object_id=str(thing.page)).order_by("-pk")
    last = {
        "revision_id": page.revisions.order_by("-pk"),
        "task_state_id": states,
        "clearance_id": Clearance.objects.filter(page_id=thing.page).order_by("-pk"),
        "link_id": Link.objects.filter(page_id=thing.page).order_by("-pk"),
        "remark_id": Remark.objects.filter(page_id=thing.page).order_by("-pk"),
        "session_id": EditingSession.objects.filter(object_id=str(thing.page)).order_by("-pk"),
    }
    thing.ids = {key: rows[0].pk for key, rows in last.items() if rows.exists()}
    released = ReleaseItem.objects.filter(page_id=thing.page).order_by("-pk").first()
    thing.ids |= {"release_id": released.release_id, "lift": mark_of(released.release)} if released else {}
    thing.ids |= {"page_id": thing.page, "ident": page.ident}
    places = places_of(page.get_latest_revision_as_object())
    thing.ids |= {"hash": places[0].hash} if places else {}
    thing.ids["read"] = next_of(page.get_latest_revision_as_object()).digest


def _form(desk: Desk, thing: Thing) -> dict[str, str]:
    """What Wagtail's editor sends when its writer saves; opening it leaves his editing session."""
    page = html.document_fromstring(desk.client("wenna").get(f"/pages/{thing.page}/edit/").content.decode())
    found: dict[str, str] = {}
    for form in page.xpath("//form[@id='page-edit-form' or @data-edit-form]"):
        found |= {key: value for key, value in form.form_values() if key and not key.startswith("action-")}
    return {key: value for key, value in found.items() if key != "csrfmiddlewaretoken"}


def nothing_like(office: Office, thing: Thing) -> Thing:
    """Numbers and names such as a thing has, of nothing."""
    ids = {key: value + 900 if isinstance(value, int) else "z" * len(value) for key, value in thing.ids.items()}
    page = max(office.by_page()) + 900 if thing.page else 0
    return Thing("nothing", thing.state, page, thing.seers, ids, tuple("z" * 32 for _ in thing.uploads))


def office_page() -> int:
    """The branch under which all are kept."""
    return int(OfficePage.objects.get().pk)
