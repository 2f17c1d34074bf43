"""What must be mended before something goes to the second pair of eyes: one sentence each, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from communique.edition import EditionError, check_content, seal
from communique.edition.language import simple_instead
from communique.edition.media import PLAYED
from communique.edition.message import HOSTED
from communique.edition.shape import TAG
from communique.edition.text import TEASER_LIMIT_BYTES
from communique.newsroom.content import with_files
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.instants import FIRST, NoSuchTime, instant_of
from communique.newsroom.next_edition import next_of
from communique.newsroom.office_now import office_now
from communique.newsroom.piece_by_shape import fits
from communique.newsroom.piece_languages import locale_of
from communique.newsroom.piece_words import field_name
from communique.newsroom.pieces import WrongPiece, checked
from communique.newsroom.standing.gaps import gap_faults
from communique.newsroom.words import faults as faults_of_words


class Fault(NamedTuple):
    """A field of the form (or "" for the whole) and the sentence that helps."""

    field: str
    sentence: str


def faults_of(page: Any, rows: Sequence[Any] | None = None) -> list[Fault]:
    """Everything that stands in the way of submitting this page, in the order of its form.

    `rows` are a message's files as a form has them that is not saved yet; None stands for those that it has.
    """
    if not hasattr(page, "words"):
        return list(_piece(page)) or list(_shape(page))
    files = list(page.attachments.all()) if rows is None else rows
    return [*_message(page), *_files(files)] or list(_shape(page, files))


def _message(page: Any) -> Iterator[Fault]:
    if not page.title.strip() or page.title == page.first_title:
        yield Fault("title", _("Give it a title: it still bears the one it began with."))
    if not page.section:
        yield Fault("section", _("Choose the section under which readers find it."))
    if page.act in ("withdraw", "recall", "remove", "erase", "correct", "update") and not page.note.strip():
        yield Fault("note", _("Say to readers what happens and why: this sentence stands above the text."))
    if page.translation == "unofficial" and page.language != page.original and page.language in (page.authentic or ()):
        yield Fault(
            "authentic", _("This text is said to be authentic and an unofficial translation: it is one of them.")
        )
    if len(page.teaser.encode("utf-8")) > TEASER_LIMIT_BYTES:
        yield Fault("teaser", _("The teaser is too long for lists: about 300 letters are shown. Shorten it."))
    for _turn, sentence in faults_of_words(page.words or {"blocks": [], "next": 1}, _):
        yield Fault("words", sentence)
    if page.kind == "speech" and "turns" not in (page.words or {}) and not (page.words or {}).get("speakers"):
        yield Fault("words", _("Nobody says this speech: add the speaker whose words it is."))
    yield from _occasion(page)
    yield from _public_before(page)
    yield from _expiry(page)
    yield from (Fault(field, sentence) for field, sentence in gap_faults(page))


def _files(rows: Sequence[Any]) -> Iterator[Fault]:
    """What is wrong with pictures, recordings and documents; what each is called stands in its sentence."""
    for row in rows:
        elsewhere = row.sort == "recording" and row.address
        if elsewhere and not row.address.strip().startswith("https://"):
            yield Fault("attachments", _("The address of a recording begins with https://."))
        elif not (row.part or row.upload or elsewhere):
            yield Fault("attachments", _("A picture, recording or document has no file: upload it or take it out."))
        elif sentence := _of_another_sort(row):
            yield Fault("attachments", sentence % {"name": row.name or row.title})
        if row.sort == "picture" and not row.alternative.strip():
            yield Fault("attachments", _("A picture has no alternative text: say what it shows for who cannot see it."))
        if row.sort == "recording" and row.sign and row.media.startswith("audio/"):
            yield Fault("attachments", _("A recording that is only heard shows no sign language: choose none for it."))
        if row.language.strip() and (sentence := _no_language(row.language.strip())):
            yield Fault("attachments", sentence)
        if row.sort == "file" and not row.title.strip():
            yield Fault("attachments", _("A document has no title: name it as readers should see it."))


def _no_language(tag: str) -> str:
    """What is wrong with the language of a recording or of subtitles."""
    if simple := simple_instead(tag):
        said = _("“%(tag)s” tells nobody what it is. For easy language write %(simple)s.")
        return said % {"tag": tag, "simple": simple}
    if not fits(TAG, tag) or locale_of(tag) is None:
        return _("No language has the tag “%(tag)s”. Write it as en, fr or zh-Hans.") % {"tag": tag}
    return ""


def _of_another_sort(row: Any) -> str:
    """What to do with a file that is not what it is said to be."""
    if row.sort == "picture" and not row.media.startswith("image/"):
        return _("%(name)s is not a picture: say that it is a document to download, or upload a picture.")
    if row.sort == "recording" and (row.part or row.upload) and row.media not in PLAYED:
        return _("%(name)s is no sound or film: say that it is a document to download, or upload a recording.")
    return ""


def _occasion(page: Any) -> Iterator[Fault]:
    """A time that the place's clocks show, in a zone that there is."""
    if not page.occasion_on or not page.occasion_time:
        return
    try:
        place = ZoneInfo(page.occasion_zone) if page.occasion_zone else zone()
        instant_of(page.occasion_on.isoformat(), f"{page.occasion_time:%H:%M}", place, FIRST)  # either will do
    except NoSuchTime as wrong:
        yield Fault("occasion_time", wrong.sentence)
    except (KeyError, ValueError, OSError):
        yield Fault("occasion_zone", _("There is no zone of that name: write it like Europe/Paris."))


def _public_before(page: Any) -> Iterator[Fault]:
    """A day that has been, and where, so that a reader can look."""
    if page.first_on and page.first_on > given().clock().astimezone(zone()).date():
        yield Fault("first_on", _("That day is still to come: what was public before has an earlier one."))
    if not page.first_on and (page.first_in.strip() or page.first_address.strip()):
        yield Fault("first_on", _("Say on which day it was first public there."))
    address = page.first_address.strip()
    if address and not HOSTED.match(address):
        yield Fault("first_address", _("Write its address there in full: https://…"))


def _expiry(page: Any) -> Iterator[Fault]:
    """An instant that is to come, and what readers are told then."""
    if page.expires and page.expires <= given().clock():
        yield Fault("expires", _("It expires at an instant that has passed: choose a later one, or none."))
    if page.expires and not page.expiry_notice.strip():
        yield Fault("expiry_notice", _("Write the notice that readers see when it has expired."))
    if not page.expires and page.expiry_notice.strip():
        yield Fault(
            "expires", _("A notice for its expiry is written, and no instant: choose one, or empty the notice.")
        )


def _piece(page: Any) -> Iterator[Fault]:
    try:
        checked(page.content, office_now(page.ident))
    except WrongPiece as wrong:
        for place, sentence in wrong.faults:
            name = field_name(page.sort, place, given().labels)
            yield Fault("content", _("%(field)s: %(fault)s") % {"field": name, "fault": sentence} if name else sentence)


def _shape(page: Any, rows: Sequence[Any] | None = None) -> Iterator[Fault]:
    """What the edition's own shape says; the last net, in the words of the format."""
    edition = next_of(page, rows)
    try:
        sealed = seal(with_files(edition.content, lambda _name, _hash: b""), lambda: bytes(32))
        check_content(sealed.edition.content)
    except EditionError as error:
        yield Fault("", _("An edition does not take this: %(why)s") % {"why": error})
