"""A release: what its drafts say, made the next entries and editions of the log. This is step 2 of publishing.

    >>> release = [Draft(id, "publish", content), Draft(other, "correct", changed)]

Each draft gets the address that its first edition freezes, is sealed after the edition before it, checked against what
the log has, and kept. Nothing here asks the time, signs, or writes a file; the caller (`publishing.py`) holds the log's
row in one transaction, so a draft that is refused takes the whole release with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from communique.edition import Edition, check_content, parse_edition, seal
from communique.record.addresses import address_under, free_address
from communique.record.entering import Entering
from communique.record.entry import parse_entry, write_entry
from communique.record.errors import RecordError
from communique.record.models import Log


class PublishingRefused(RecordError):
    """Nothing was published, for a reason that the caller can mend."""


@dataclass(frozen=True)
class Draft:
    """What one entry of a release will say.

    `content` is open content (`communique.edition`); files stand in it as bytes or as parts of the edition before. An
    erasure leaves `erased` out of it and names the texts and files in `erase`: every edition of this id that has them
    loses them.
    """

    id: str
    kind: str
    content: Mapping[str, Any]
    dated: str | None = None
    erase: frozenset[str] = frozenset()
    """parts to erase, 64 hex digits each"""


@dataclass(frozen=True)
class Published:
    """What became of one draft."""

    index: int
    id: str
    seq: int
    body: str
    at: str
    address: str | None


def log_release(
    log: Log, release: Sequence[Draft], at: str, fresh_salt: Callable[[str, int], bytes]
) -> list[Published]:
    """Step 2 for a release: address, edition, checks, the next entry for each draft. The log's row is not saved.

    Raises PublishingRefused or EditionError.
    """
    entering = Entering(log, [draft.id for draft in release])
    addressed = [draft for draft in release if draft.content.get("type") == "message" and draft.content.get("address")]
    if len(addressed) > 1:
        entering.ask_for(address_under(draft.content["address"], _day(log, draft, at)) for draft in addressed)
    published = [_log_draft(entering, draft, at, fresh_salt) for draft in release]
    entering.settle()
    return published


def _log_draft(entering: Entering, draft: Draft, at: str, fresh_salt: Callable[[str, int], bytes]) -> Published:
    log = entering.log
    before = entering.newest(draft.id)
    previous = parse_edition(entering.edition_data(before.body)) if before else None
    if draft.content.get("type") == "furniture" and "erased" in draft.content:
        raise PublishingRefused(
            "its content says `erased`", f"draft of {draft.id}", "name the parts in `erase` instead"
        )
    content = _addressed(entering, draft, previous, at)
    if draft.erase:
        content = {**content, "erased": _named_parts(entering, draft)}
    numbers = count()
    sealed = seal(content, lambda: fresh_salt(draft.id, next(numbers)), previous)
    check_content(sealed.edition.content)
    if draft.erase & set(sealed.edition.files):
        raise PublishingRefused("it still shows a file that it erases", f"erasure of {draft.id}", "leave it out")
    _check_references(entering, content)
    _check_merging(entering, draft.id, content)
    _check_files(draft, sealed.edition, sealed.files, previous)
    entry = parse_entry(
        write_entry(
            at=at,
            body=sealed.edition.body,
            id=draft.id,
            kind=draft.kind,
            log=log.origin,
            seq=before.seq + 1 if before else 1,
            dated=draft.dated,
            prev=bytes(before.leaf).hex() if before else None,
        ),
        log.size,
    )
    entering.keep(entry, sealed.edition, sealed.files)
    return Published(entry.index, entry.id, entry.seq, entry.body, at, content.get("address"))


def _addressed(entering: Entering, draft: Draft, previous: Edition | None, at: str) -> dict[str, Any]:
    """The content with its address: frozen by the first edition, under its day, and not taken by another id."""
    content = dict(draft.content)
    if previous:
        _check_kept(draft, content, previous)
    elif content.get("piece") == "person" and not content.get("address"):
        raise PublishingRefused("a person has no `address`", f"draft of {draft.id}", "write the word of her page")
    if content.get("type") != "message":
        return content
    if previous:
        frozen = previous.content.get("address")
        if content.get("address") not in (None, frozen):
            raise PublishingRefused(
                f"its address is {content['address']}",
                f"draft of {draft.id}",
                f"keep the frozen one, {frozen}" if frozen else "leave it out: its address was erased",
            )
        return content

    day = _day(entering.log, draft, at)
    return {**content, "address": free_address(content["address"], day, entering.is_taken)}


def _named_parts(entering: Entering, draft: Draft) -> list[dict[str, Any]]:
    """The (part, seq) of every edition of the draft's id that has one of the parts to erase."""
    found: list[dict[str, Any]] = []
    for seq, body in entering.editions_of(draft.id):
        edition = parse_edition(entering.edition_data(body))
        named = set(edition.texts) | set(edition.files)
        found += [{"part": part, "seq": seq} for part in sorted(draft.erase & named)]
    missing = draft.erase - {item["part"] for item in found}
    if missing:
        raise PublishingRefused(
            f"no edition has the part {min(missing)}", f"erasure of {draft.id}", "name a part of this message"
        )
    return found


def _check_files(draft: Draft, edition: Edition, files: Mapping[str, bytes], previous: Edition | None) -> None:
    """A file comes as bytes, or is one that the edition before has."""
    unknown = set(edition.files) - set(files) - set(previous.files if previous else ())
    if unknown:
        raise PublishingRefused(
            f"it names the file {min(unknown)}, which the edition before does not have",
            f"draft of {draft.id}",
            "give the file's bytes",
        )


def _check_references(entering: Entering, content: Mapping[str, Any]) -> None:
    named = {content.get("section"), *(speaker.get("person") for speaker in content.get("speakers", ()))}
    missing = entering.missing_pieces(filter(None, named))
    if missing:
        raise PublishingRefused(
            f"it refers to {min(missing)}, which is no piece of furniture on the record",
            str(content.get("address") or "draft"),
            "publish that piece before it or earlier in the same release",
        )


def _check_merging(entering: Entering, id_: str, content: Mapping[str, Any]) -> None:
    """A person is merged into a person on the record, and not, by however many others, into herself."""
    seen, merged = [id_], content.get("merged")
    while merged:
        if merged in seen:
            raise PublishingRefused(
                f"`merged` names {content['merged']}, and from there leads back to {merged}",
                f"draft of {id_}",
                "choose the one whose page stays, and leave hers without `merged`",
            )
        seen.append(merged)
        entry = entering.newest(merged)
        edition = parse_edition(entering.edition_data(entry.body)) if entry else None
        if edition is None or edition.manifest.get("piece") != "person":
            raise PublishingRefused(
                f"`merged` names {merged}, which is no person on the record",
                f"draft of {id_}",
                "publish that person before or earlier in the same release",
            )
        merged = edition.content.get("merged")


def _check_kept(draft: Draft, content: Mapping[str, Any], previous: Edition) -> None:
    """What the first edition froze: what the id stands for, and a section's and a person's words in addresses.

    A person's word goes where the law takes it, and there is none from then on: nobody else's page may come there.
    """
    kept = ["type", *({"message": ("message", "language"), "furniture": ("piece",)}.get(previous.manifest["type"], ()))]
    kept += {"section": ("word",), "person": ("address",)}.get(previous.manifest.get("piece", ""), ())
    for key in kept:
        frozen, new = previous.content.get(key), content.get(key)
        is_erased = key == "address" and (frozen is None or previous.manifest[key] in draft.erase)
        if isinstance(frozen, Mapping) and isinstance(new, Mapping):  # another language may be added
            new = {tag: new.get(tag) for tag in frozen}
        if is_erased and new is not None:
            raise PublishingRefused(
                f"`{key}` is {new!r}", f"draft of {draft.id}", "leave it out: its address was erased"
            )
        if not is_erased and frozen not in (None, new):
            raise PublishingRefused(
                f"`{key}` is {new!r}", f"draft of {draft.id}", f"keep {frozen!r}, which its first edition froze"
            )


def _day(log: Log, draft: Draft, at: str) -> str:
    """The day in a first edition's address: its own, or that of its instant where the office is."""
    return draft.dated or datetime.fromisoformat(at).astimezone(ZoneInfo(log.zone)).date().isoformat()
