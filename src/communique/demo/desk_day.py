"""A day in progress on the desk of the demo's newsroom, so that whoever signs in finds something to do.

What lies there stands in `desk_day.toml`, with times that look back or ahead from the instant at which it is laid. It
goes through the newsroom's own doors, the clock standing at each step's instant: written, submitted, returned, cleared,
scheduled. Nothing of it is on the record before somebody lets it out, or before what is scheduled is due.

It is laid once and as a whole, on a desk at which nobody has begun anything; whoever kills that finds the empty desk.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from communique.demo.errors import DemoError
from communique.demo.ids import entry_id
from communique.demo.people import COLLEAGUES
from communique.demo.prose import blocks, turns
from communique.newsroom.acts import step_of
from communique.newsroom.chance import fresh_name
from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import newest_content, zone
from communique.newsroom.given import given, hand_in
from communique.newsroom.history import note
from communique.newsroom.inquiries.forms import InquiryForm
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.inquiries.replying import speaker_of
from communique.newsroom.links.giving import Recipient, give_embargoed
from communique.newsroom.models import MessagePage, PiecePage, Release
from communique.newsroom.piece_languages import in_words
from communique.newsroom.post.models import Mail
from communique.newsroom.releasing import schedule
from communique.newsroom.remarks.keeping import keep
from communique.newsroom.remarks.places import places_of
from communique.newsroom.translating import first_followed, followed_of
from communique.newsroom.views.acting import begin_act, decide, send_to_clearance
from communique.newsroom.views.furniture import begin as begin_piece
from communique.newsroom.views.messages import begin, begin_translation
from communique.newsroom.words import checked

FILE = Path(__file__).with_name("desk_day.toml")
DATED = (
    (Revision, "created_at"),
    (Page, "latest_revision_created_at"),
    (WorkflowState, "created_at"),
    (TaskState, "started_at"),
    (TaskState, "finished_at"),
)
"""what Wagtail dates by the machine's clock and not by the desk's"""
Facts = Mapping[str, Any]


@transaction.atomic
def lay_day() -> None:
    """Lay it, unless somebody has begun something here, or one of those whose day it is has gone."""
    mails = [one.email for one in COLLEAGUES]
    people = {user.first_name: user for user in get_user_model().objects.filter(email__in=mails)}
    begun = any(model.objects.exists() for model in (MessagePage, PiecePage, Inquiry))
    if begun or people.keys() != {one.first_name for one in COLLEAGUES}:
        return
    before = given()
    day = Day(before.clock(), people)
    hand_in(replace(before, clock=lambda: day.at))  # once: the desk keeps what it has read of a record with this
    try:
        day.lay(tomllib.loads(FILE.read_text("utf-8")))
    finally:
        hand_in(before)


@dataclass
class Day:
    """The day that begins to be seen `now`, and the colleagues by their first names; `at` is where its clock stands."""

    now: datetime
    people: Mapping[str, Any]
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.now

    def lay(self, lies: Mapping[str, list[Facts]]) -> None:
        """All that lies on the desk."""
        by_name = {"message": self.message, "correction": self.correction, "piece": self.piece, "inquiry": self.inquiry}
        for name, rows in lies.items():
            for facts in rows:
                by_name[name](facts)

    # ------------------------------------------------------------------ messages

    def message(self, facts: Facts) -> None:
        """A message in its languages, with all that has happened to it."""
        pages = self._written(facts)
        if "submitted" in facts:
            self._submitted(pages, facts["submitted"])
        if "returned" in facts:
            self._returned(pages, facts["returned"])
        if "cleared" in facts:
            self._cleared(pages, facts["cleared"])
        if "scheduled" in facts:
            self._scheduled(pages, facts["scheduled"])

    def _written(self, facts: Facts) -> list[int]:
        found: list[Any] = []
        section = entry_id(facts["section"])
        with self._done(facts) as by:
            for language, words in facts["words"].items():
                first = found[0] if found else begin(by, facts["kind"], language, section)
                page = begin_translation(first, language, by) if found else first
                self._fill(page, facts, language, words)
                if found:
                    page.translated_from = first_followed(page, found[0])
                page.save_revision(user=by)
                found.append(page)
        return [page.pk for page in found]

    def _fill(self, page: Any, facts: Facts, language: str, words: Facts) -> None:
        page.status = facts.get("status", "")
        page.title, page.teaser, page.slug_words = words["title"], words.get("teaser", ""), words["slug"]
        page.event, page.place = words.get("event", ""), words.get("place", "")
        if "delivered_days_ago" in facts:
            page.delivered = self._here.date() - timedelta(days=facts["delivered_days_ago"])
            page.occasion_on = page.delivered
        page.words = _words(words["text"], facts.get("speakers", []), language)

    def _submitted(self, pages: list[int], facts: Facts) -> None:
        with self._done(facts) as by:
            for page in _pages(pages):
                send_to_clearance(page, by)
        Mail.objects.filter(key__startswith="clear/").delete()  # its clearers are invented, too

    def _returned(self, pages: list[int], facts: Facts) -> None:
        with self._done(facts) as by:
            for page in _pages(pages):
                keep(page.get_latest_revision_as_object(), by, _marks(page, facts["mend"]))
                self._decided(page, by, "reject", facts["remark"])

    def _cleared(self, pages: list[int], facts: Facts) -> None:
        with self._done(facts) as by:
            for page in _pages(pages):
                self._decided(page, by, "approve", "")

    def _decided(self, page: Any, by: Any, action: str, remark: str) -> None:
        decide(page, page.current_workflow_task, page.current_workflow_task_state, by, action, remark)

    def _scheduled(self, pages: list[int], facts: Facts) -> None:
        with self._done(facts) as by:
            latest = [page.get_latest_revision_as_object() for page in _pages(pages)]
            release = schedule(latest, self._ahead(facts["days"], facts["at"]), by)
            for one in facts["embargo"]:
                self._under_embargo(release, one, by)

    def _under_embargo(self, release: Release, one: Facts, by: Any) -> None:
        """The link is given; its letter, to somebody who is invented, is not written."""
        to = Recipient(one["name"], one["mail"], one["reason"], fresh_name())
        link = give_embargoed(release, to, by).link
        Mail.objects.filter(key__startswith=f"link/{link.pk}/").delete()

    # ------------------------------------------------------------------ what is on the record, furniture

    def correction(self, facts: Facts) -> None:
        """A correction that somebody has begun, of an original that translations followed before."""
        original = self._opened(facts["of"], "en")
        with self._done(facts["translations"]) as by:
            for language in facts["translations"]["languages"]:
                page = self._opened(facts["of"], language).get_latest_revision_as_object()
                page.translated_from = followed_of(original)
                page.save_revision(user=by)
                note(page, "follow", by)
        with self._done(facts) as by:
            live = newest_content(original.ident) or {}
            begin_act(original, step_of("correct", live), facts["note"], frozenset(), by)
            latest = original.get_latest_revision_as_object()
            latest.words = _corrected(latest.words, facts)
            latest.save_revision(user=by)

    def _opened(self, name: str, language: str) -> Any:
        page = opened_page(entry_id(f"{name}/{language}"))
        if page is None:
            raise DemoError(FILE.name, f"{name!r} is not on the record in {language!r}")
        return page

    def piece(self, facts: Facts) -> None:
        """A piece of furniture that somebody has prepared."""
        content = {"v": 1, "type": "furniture", "state": "current", "order": 0, **facts["content"]}
        with self._done(facts) as by:
            page = begin_piece(by, content)
            page.title = in_words(content["title"], "en")
            page.save_revision(user=by)

    # ------------------------------------------------------------------ inquiries

    def inquiry(self, facts: Facts) -> None:
        """A question from outside, as somebody took it down."""
        due = self._ahead(facts["due_days"], facts["due_at"]) if "due_at" in facts else None
        due = due or self._quarter(self.now + timedelta(hours=facts["due_in_hours"]))
        with self._done(facts) as by:
            told = {key: value for key, value in facts.items() if key in InquiryForm.base_fields}
            told |= _typed("received_", given().clock()) | _typed("", due)
            told |= {"answers": str(self.people[facts["answers"]].pk)} if "answers" in facts else {}
            form = InquiryForm(told, instance=Inquiry(taken_by=by))
            if not form.is_valid():
                raise DemoError(FILE.name, f"an inquiry of {facts['who']}: {form.errors.as_json()}")
            form.keep(by)

    # ------------------------------------------------------------------ time

    @property
    def _here(self) -> datetime:
        return self.now.astimezone(zone())

    def _ahead(self, days: int, at: str) -> datetime:
        """An instant on a later day, as the office's clocks show it."""
        on = self._here.date() + timedelta(days=days)
        return datetime.combine(on, time.fromisoformat(at), zone())

    def _quarter(self, at: datetime) -> datetime:
        """The next full quarter of an hour: nobody sets a deadline to the second."""
        return at.replace(second=0, microsecond=0) + timedelta(minutes=15 - at.minute % 15)

    @contextmanager
    def _done(self, facts: Facts) -> Iterator[Any]:
        """Whatever is done inside is done by this colleague, and so many hours ago."""
        began, self.at = timezone.now(), self.now - timedelta(hours=facts["hours_ago"])
        yield self.people[facts["by"]]
        for model, name in DATED:
            model._default_manager.filter(**{f"{name}__gte": began}).update(**{name: self.at})


def _pages(numbers: list[int]) -> list[Any]:
    return [MessagePage.objects.get(pk=number) for number in numbers]


def _words(text: str, speakers: list[str], language: str) -> dict[str, Any]:
    """Prose as the words of a message, said by persons of the record in the roles that they hold today."""
    said = [speaker_of(entry_id(f"person/{key}"), language) for key in speakers]
    people = [one for one in said if one]
    if not text.strip().startswith("@"):
        return checked({"speakers": people, "blocks": blocks(text), "next": 1})
    found = turns(text, language, speakers, [one["name"] for one in people], FILE.name)
    return checked({"speakers": people, "turns": found, "next": len(found) + 1})


def _marks(page: Any, mend: Mapping[str, str]) -> dict[str, str]:
    """The form of a clearer who found all turns in order but those in `mend`."""
    typed: dict[str, str] = {}
    for place in places_of(page.get_latest_revision_as_object()):
        typed[f"hash-{place.id}"] = place.hash
        typed[f"state-{place.id}"] = "mend" if place.id in mend else "order"
        typed[f"text-{place.id}"] = mend.get(place.id, "")
    return typed


def _corrected(words: Facts, facts: Facts) -> dict[str, Any]:
    """The words with the beginning of a sentence replaced in one turn."""
    turn = next(one for one in words["turns"] if one["id"] == facts["turn"])
    mended = [one.replace(facts["said"], facts["says"]) if isinstance(one, str) else one for one in turn["blocks"]]
    if mended == turn["blocks"]:
        raise DemoError(FILE.name, f"{facts['said']!r} does not stand in {facts['turn']} of {facts['of']}")
    return checked({**words, "turns": [{**one, "blocks": mended} if one is turn else one for one in words["turns"]]})


def _typed(before: str, at: datetime) -> dict[str, str]:
    """Day and time of an instant as somebody types them."""
    here = at.astimezone(zone())
    return {f"{before}day": f"{here:%Y-%m-%d}", f"{before}time": f"{here:%H:%M}", f"{before}which": "first"}
