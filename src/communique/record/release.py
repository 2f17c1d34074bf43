"""A release: what its drafts say, made the next entries and editions of the log. This is step 2 of publishing.

    >>> release = [Draft(id, "publish", content), Draft(other, "correct", changed)]

Each draft gets the address that its first edition freezes, is sealed after the edition before it, checked against what
the log has, and kept. Nothing here asks the time, signs, or writes a file; the caller (`publishing.py`) holds the log's
row in one transaction, so a draft that is refused takes the whole release with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from communique.edition import Edition, check_content, parse_edition, seal
from communique.record.addresses import free_address
from communique.record.entry import Entry, parse_entry, write_entry
from communique.record.errors import RecordError
from communique.record.models import Log, LoggedEdition, LoggedEntry, TakenAddress, WaitingFile


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


def log_draft(log: Log, draft: Draft, at: str, fresh_salt: Callable[[str, int], bytes], pieces: set[str]) -> Published:
    """Step 2 for one draft: address, edition, checks, the next entry. Raises PublishingRefused or EditionError.

    `pieces` are ids of furniture that this transaction has seen on the record: it grows, and is not asked for again.
    """
    before = LoggedEntry.objects.filter(log=log, ident=draft.id).order_by("-seq").first()
    previous = parse_edition(bytes(LoggedEdition.objects.get(body=before.body).data)) if before else None
    content = _addressed(log, draft, previous, at)
    if draft.erase:
        content = {**content, "erased": _named_parts(log, draft)}
    numbers = count()
    sealed = seal(content, lambda: fresh_salt(draft.id, next(numbers)), previous)
    check_content(sealed.edition.content)
    if draft.erase & set(sealed.edition.files):
        raise PublishingRefused("it still shows a file that it erases", f"erasure of {draft.id}", "leave it out")
    _check_references(log, content, pieces)
    _check_merging(log, draft.id, content)
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
    keep_entry(log, entry, sealed.edition, sealed.files)
    return Published(entry.index, entry.id, entry.seq, entry.body, at, content.get("address"))


def _addressed(log: Log, draft: Draft, previous: Edition | None, at: str) -> dict[str, Any]:
    """The content with its address: frozen by the first edition, under its day, and not taken by another id."""
    content = dict(draft.content)
    if previous:
        _check_kept(draft.id, content, previous)
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

    def is_taken(address: str) -> bool:
        return TakenAddress.objects.filter(log=log, path_sha256=_hashed(address)).exists()

    day = draft.dated or _local_day(at, log.zone)
    return {**content, "address": free_address(content["address"], day, is_taken)}


def keep_entry(log: Log, entry: Entry, edition: Edition, files: Mapping[str, bytes]) -> None:
    """Store an entry as the log's last, with its edition, its address and the files that are still to be written."""
    LoggedEntry.objects.create(
        log=log,
        index=entry.index,
        data=entry.data,
        leaf=entry.leaf,
        ident=entry.id,
        seq=entry.seq,
        kind=entry.kind,
        body=entry.body,
    )
    kept = [LoggedEdition(body=entry.body, data=edition.data)]
    LoggedEdition.objects.bulk_create(kept, update_conflicts=True, update_fields=["data"], unique_fields=["body"])
    address = edition.content.get("address")
    if entry.seq == 1 and address and edition.manifest["type"] == "message":
        taken = [TakenAddress(log=log, path_sha256=_hashed(address), ident=entry.id)]
        TakenAddress.objects.bulk_create(taken, ignore_conflicts=True)
    for part, data in files.items():
        WaitingFile.objects.create(part=part, data=data)
    if edition.manifest.get("piece") == "office" and edition.manifest["state"] == "current":
        log.zone = edition.manifest["zone"]
    log.size = entry.index + 1
    log.save()


def _named_parts(log: Log, draft: Draft) -> list[dict[str, Any]]:
    """The (part, seq) of every edition of the draft's id that has one of the parts to erase."""
    rows = LoggedEntry.objects.filter(log=log, ident=draft.id).order_by("seq").values_list("seq", "body")
    found: list[dict[str, Any]] = []
    for seq, body in rows:
        edition = parse_edition(bytes(LoggedEdition.objects.get(body=body).data))
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


def _check_references(log: Log, content: Mapping[str, Any], pieces: set[str]) -> None:
    named = {content.get("section"), *(speaker.get("person") for speaker in content.get("speakers", ()))}
    for id_ in sorted(filter(None, named - pieces)):
        if not LoggedEntry.objects.filter(log=log, ident=id_, kind="furniture").exists():
            raise PublishingRefused(
                f"it refers to {id_}, which is no piece of furniture on the record",
                str(content.get("address") or "draft"),
                "publish that piece before it or earlier in the same release",
            )
        pieces.add(id_)


def _check_merging(log: Log, id_: str, content: Mapping[str, Any]) -> None:
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
        entry = LoggedEntry.objects.filter(log=log, ident=merged, kind="furniture").order_by("-seq").first()
        edition = parse_edition(bytes(LoggedEdition.objects.get(body=entry.body).data)) if entry else None
        if edition is None or edition.manifest.get("piece") != "person":
            raise PublishingRefused(
                f"`merged` names {merged}, which is no person on the record",
                f"draft of {id_}",
                "publish that person before or earlier in the same release",
            )
        merged = edition.content.get("merged")


def _check_kept(id_: str, content: Mapping[str, Any], previous: Edition) -> None:
    """What the first edition froze: what the id stands for, and a section's and a person's words in addresses."""
    kept = ["type", *({"message": ("message", "language"), "furniture": ("piece",)}.get(previous.manifest["type"], ()))]
    kept += {"section": ("word",), "person": ("address",)}.get(previous.manifest.get("piece", ""), ())
    for key in kept:
        frozen, new = previous.content.get(key), content.get(key)
        if isinstance(frozen, Mapping) and isinstance(new, Mapping):  # another language may be added
            new = {tag: new.get(tag) for tag in frozen}
        if frozen not in (None, new):
            raise PublishingRefused(
                f"`{key}` is {content.get(key)!r}", f"draft of {id_}", f"keep {frozen!r}, which its first edition froze"
            )


def _hashed(path: str) -> str:
    return sha256(path.encode("utf-8")).hexdigest()


def _local_day(at: str, zone: str) -> str:
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).date().isoformat()
