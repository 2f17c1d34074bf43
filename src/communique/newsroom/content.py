"""From a page of the desk to what the record will say, and back: plain conversions, nothing asked and nothing stored.

    message page --next_edition--> Frozen(kind, open content) --draft_of--> record.release.Draft

A frozen edition is JSON. A file stands in it as {"private": NAME, "sha256": HEX} until the instant of publication, so
that what was cleared can be compared, byte for byte, with what goes out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

from communique.edition.canonical import canonical_json
from communique.edition.language import address_word
from communique.edition.media import CAPTIONS
from communique.edition.text import canonical_text
from communique.newsroom.words import first_next, named
from communique.record.addresses import SLUG_LETTERS
from communique.record.release import Draft

STATES = {"withdraw": "withdrawn", "recall": "recalled", "remove": "removed"}
OF_ONE_EDITION = ("note", "notice", "ground", "corrects", "erased")
KEPT_FROM_LIVE = ("message", "language", "original", "address", "was", "source", "stub")
TIMES = ("from_ms", "to_ms")
BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")


@dataclass(frozen=True)
class Frozen:
    """What the next entry of an id would say."""

    ident: str
    kind: str
    content: dict[str, Any]
    erase: frozenset[str] = frozenset()
    """parts to erase, with an erasure"""
    dated: str = ""
    """the day under which lists place it, with an import"""
    expires: str = ""
    """the instant, in UTC, at which it is withdrawn by itself, under `expiry_notice`"""
    expiry_notice: str = ""

    @property
    def digest(self) -> str:
        """What a second pair of eyes has seen: kind, words, files and what goes, as one hash."""
        said = {"id": self.ident, "kind": self.kind, "content": self.content, "erase": sorted(self.erase)}
        said |= {"dated": self.dated} if self.dated else {}
        said |= {"expires": self.expires, "notice": self.expiry_notice} if self.expires else {}
        return sha256(canonical_json(said)).hexdigest()


def next_edition(
    page: Any,
    live: Mapping[str, Any] | None,
    section_words: Mapping[str, str],
    words: Mapping[str, Any] | None = None,
    rows: Sequence[Any] | None = None,
) -> Frozen:
    """What a message's next edition says. `live` is its newest open content on the record, None before the first.

    `words` are the page's own with what stands under them, `rows` its files. `section_words` is language -> the
    section's word in addresses. A withdrawal, recall, removal, return and erasure change nothing of the live words,
    whatever the draft says besides.
    """
    kind = _kind(page, live is not None)
    if live and kind in ("withdraw", "recall", "remove", "return", "erase"):
        return _of_live(page, kind, live)
    dated = _dated(page) if kind == "import" else ""
    content = _message(page, kind, live, section_words, page.words if words is None else words, rows)
    expires = f"{page.expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if page.expires else ""
    notice = _line(page.expiry_notice) if expires else ""
    return Frozen(page.ident, kind, content, dated=dated, expires=expires, expiry_notice=notice)


def _kind(page: Any, is_live: bool) -> str:
    """The entry's kind: an act that cannot follow on what is there becomes the plain one.

    What was public before is put on the record as an import: that is the one act whose entry says besides its own
    instant under which earlier day lists place it.
    """
    if not is_live:
        return "import" if page.act == "import" or page.first_on else "publish"
    return "update" if page.act in ("", "publish", "import") else str(page.act)


def _dated(page: Any) -> str:
    return page.first_on.isoformat() if page.first_on else page.act_facts.get("dated", "")


def _source(page: Any, known: Mapping[str, Any]) -> dict[str, str]:
    """Where it was public before, with what an import found there; the day of the first edition stays."""
    on = known.get("on") or (page.first_on.isoformat() if page.first_on else "")
    if not on:
        return dict(known)
    kept = {key: known[key] for key in ("captured", "sha256", "file", "media") if known.get(key)}
    return kept | _filled(on=on, name=_line(page.first_in), address=page.first_address.strip())


def of_live(kind: str, live: Mapping[str, Any], note: str) -> dict[str, Any]:
    """What readers have now, in the state that `kind` brings about, with its note, notice or ground."""
    content = {key: value for key, value in live.items() if key not in OF_ONE_EDITION}
    if kind == "erase":  # the law takes words; that the rest was taken back, and why, stays said
        kept = {"state": live["state"], **_filled(notice=live.get("notice") or "")}
        return content | kept | _filled(ground=canonical_text(note).strip())
    content["state"] = STATES.get(kind, "current")
    note = canonical_text(note).strip()
    return content | _filled(**{"note" if kind == "return" else "notice": note})


def _of_live(page: Any, kind: str, live: Mapping[str, Any]) -> Frozen:
    content = of_live(kind, live, page.note)
    gone = frozenset(page.act_facts.get("erase", ()))
    return Frozen(page.ident, kind, content, gone)


def _message(
    page: Any,
    kind: str,
    live: Mapping[str, Any] | None,
    section_words: Mapping[str, str],
    words: Mapping[str, Any],
    rows: Sequence[Any] | None,
) -> dict[str, Any]:
    content: dict[str, Any] = {
        "v": 1,
        "type": "message",
        "state": "current",
        "message": page.message,
        "language": page.language,
        "original": page.original,
        "kind": page.kind,
        "title": _line(page.title),
        **_words(words),
    }
    if live:
        content |= {key: live[key] for key in KEPT_FROM_LIVE if key in live and key != "stub"}
    else:
        content["address"] = address(page, section_words)
        content |= page.act_facts.get("kept", {}) if kind == "import" else {}
    content |= _filled(source=_source(page, content.get("source") or {}))
    content |= _filled(
        section=page.section,
        teaser=_line(page.teaser),
        delivered=page.delivered.isoformat() if page.delivered else "",
        status=page.status,
        translation=page.translation if page.language != page.original else "",
        authentic=list(page.authentic or ()),
        parties=[_line(line) for line in page.parties.splitlines() if line.strip()],
        occasion=_occasion(page, (live or {}).get("occasion", {})),
    )
    content |= _attached(page.attachments.all() if rows is None else rows)
    content = without_needless_times(content)
    if kind in ("update", "correct"):
        content |= _filled(note=canonical_text(page.note).strip())
    if kind == "correct" and live:
        content |= _filled(corrects=_corrected(content, live))
    return content


def without_needless_times(content: dict[str, Any]) -> dict[str, Any]:
    """Content without the times of its turns, where there is no recording in which they are heard."""
    if "turns" not in content or "recordings" in content:
        return content
    turns = [{key: value for key, value in turn.items() if key not in TIMES} for turn in content["turns"]]
    return {**content, "turns": turns}


def _words(words: Mapping[str, Any]) -> dict[str, Any]:
    """Turns, or blocks, with those whose words they are."""
    said = {"turns": words["turns"]} if "turns" in words else {"blocks": words.get("blocks", [])}
    return said | _filled(speakers=words.get("speakers"))


def _corrected(content: Mapping[str, Any], live: Mapping[str, Any]) -> list[str]:
    """The turns of the new edition whose words are not those of the live one."""
    before = {turn["id"]: turn for turn in live.get("turns", ())}
    return [turn["id"] for turn in content.get("turns", ()) if before.get(turn["id"]) not in (None, turn)]


def _occasion(page: Any, live: Mapping[str, str]) -> dict[str, str]:
    """The occasion as the form has it, with what the form does not ask and readers have already."""
    kept = {f"{name}_word": live.get(f"{name}_word", "") for name in ("event", "place") if getattr(page, name)}
    return _filled(
        **kept,
        event=_line(page.event),
        place=_line(page.place),
        on=page.occasion_on.isoformat() if page.occasion_on else "",
        time=page.occasion_time.strftime("%H:%M") if page.occasion_time else "",
        zone=page.occasion_zone,
    )


def _attached(rows: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {"pictures": [], "recordings": [], "files": []}
    for row in rows:
        place = {"picture": "pictures", "recording": "recordings", "file": "files"}[row.sort]
        found[place].append({**_where(row), **_attachment(row)})
    return _filled(**found)


def _where(row: Any) -> dict[str, Any]:
    """An address on the web, a part that the record has, or an upload that it gets."""
    if row.sort == "recording" and row.address and not row.upload and not row.part:
        return {"address": row.address.strip()}
    shown = _filled(shown=row.shown if row.sort == "picture" else {})
    return {"file": row.part or {"private": row.upload.name, "sha256": row.sha256}, **shown}


def _attachment(row: Any) -> dict[str, Any]:
    said = {"media": row.media, "caption": _line(row.caption), "credit": _line(row.credit), "rights": _line(row.rights)}
    if row.sort == "picture":
        return _filled(**said, alternative=_line(row.alternative), width=row.width, height=row.height)
    named = {"name": _line(row.name)} if row.sort == "file" else {"sign": row.sign}
    has_language = row.sort == "recording" or row.media == CAPTIONS
    language = row.language.strip() if has_language else ""
    return _filled(**said, title=_line(row.title), **named, language=language)


def address(page: Any, section_words: Mapping[str, str]) -> str:
    """LANG/SECTION/0000/00/00/SLUG: the record puts the day in, and a number behind it if it is taken."""
    tag = page.language.lower()
    word = (address_word(section_words, page.language) if section_words else None) or "messages"
    slug = slug_of(page.slug_words or page.title) or page.ident
    return f"{tag}/{word}/2000/01/01/{slug}"


def slug_of(words: str) -> str:
    """Words as they stand in an address: a to z, digits and hyphens, cut between words."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    return slug if len(slug) <= SLUG_LETTERS else slug[: SLUG_LETTERS + 1].rpartition("-")[0] or slug[:SLUG_LETTERS]


def draft_of(edition: Frozen, read: Callable[[str], bytes], known: Mapping[str, str]) -> Draft:
    """A frozen edition as the record takes it: a private file as its bytes, or as the part it has already.

    `known` is sha256 -> part of this id's earlier editions. Raises FileChanged when a file is not what was cleared.
    """
    content = with_files(edition.content, lambda name, hash_: known.get(hash_) or _checked(read(name), hash_))
    return Draft(edition.ident, edition.kind, content, edition.dated or None, edition.erase)


def with_files(value: Any, file_of: Callable[[str, str], Any]) -> Any:
    """Frozen content with each private file replaced by what `file_of` gives for its name and sha256."""
    if _is_private(value):
        return file_of(value["private"], value["sha256"])
    if isinstance(value, Mapping):
        return {key: with_files(inner, file_of) for key, inner in value.items()}
    return [with_files(inner, file_of) for inner in value] if isinstance(value, list) else value


def files_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """What content says of each file that it shows; its `file` is a part, or {"private", "sha256"} before that."""
    if isinstance(value, Mapping):
        if isinstance(value.get("file"), str) or _is_private(value.get("file")):
            yield value
        for inner in value.values():
            yield from files_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from files_in(inner)


def _is_private(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"private", "sha256"}


class FileChanged(ValueError):
    """A private file is not the one that was cleared."""


def _checked(data: bytes, expected: str) -> bytes:
    if sha256(data).hexdigest() != expected:
        raise FileChanged("a file is not the one that was cleared; upload it again and have it cleared")
    return data


def fields_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a message page that shows the open content of an edition, for opening the archive at the desk."""
    occasion = content.get("occasion", {})
    first = content.get("source") or {} if (content.get("source") or {}).get("on") else {}
    kept = {key: content.get(key) or "" for key in ("message", "language", "original", "section", "translation")}
    return {
        **kept,
        "kind": content.get("kind") or "article",
        "title": content.get("title") or "",
        "teaser": content.get("teaser") or "",
        "status": content.get("status") or "",
        "delivered": content.get("delivered"),
        "authentic": list(content.get("authentic", ())),
        "parties": "\n".join(party or "" for party in content.get("parties", ())),
        "event": occasion.get("event") or "",
        "place": occasion.get("place") or "",
        "occasion_on": occasion.get("on"),
        "occasion_time": occasion.get("time"),
        "occasion_zone": occasion.get("zone") or "",
        "first_on": first.get("on"),
        "first_in": first.get("name") or "",
        "first_address": first.get("address") or "",
        "words": words_of(content),
        "slug_words": (content.get("address") or "").rpartition("/")[2],
    }


def words_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """The words value of an edition, with `next` above every turn it has."""
    said = {key: list(content[key]) for key in ("turns", "blocks") if key in content} or {"blocks": []}
    return {**_filled(speakers=named(content)), **said, "next": first_next(content)}


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _line(text: str) -> str:
    """One line; a blank that does not break, as French sets it before its signs, stays what it is."""
    return canonical_text(BLANKS.sub(" ", text).strip(" "))
