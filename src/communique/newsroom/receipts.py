"""The receipt of a release: live since when, which entries, which addresses, and what fetching them gave."""

from __future__ import annotations

from collections.abc import Iterable
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override

from communique.edition.media import public_name, shown_of
from communique.newsroom.acts import ENTRY_NAMES
from communique.newsroom.beginning import beginning_of
from communique.newsroom.furniture import languages, opened
from communique.newsroom.given import given
from communique.newsroom.models import Release
from communique.newsroom.pieces import piece_name
from communique.newsroom.templatetags.desk import became
from communique.record.models import LoggedEntry

FETCH_S = 5
SHORT = (280, 500)
"""characters of the texts for social media"""
NO_ANSWER = "none"
EARLIER = "earlier"
"""its address answers, and what it shows was there before"""
SEEN = "200"
GONE = "410"
"""what readers' servers say of what was removed"""
NEEDS_NO_WORD = ("publish", "furniture")


class ReceiptPicture(NamedTuple):
    """The first picture of a message, as a post elsewhere takes it over."""

    path: str
    """from the root; the desk serves it, too"""
    address: str
    alternative: str


class ReceiptRow(NamedTuple):
    """One entry of a release."""

    entry: int
    did: str
    """what it was where it was no publication: "withdrawal" """
    title: str
    language: str
    address: str
    edition: str
    """the address of this edition itself, which answers only once its pages are made; empty where it has none"""
    answered: str
    is_gone: bool
    """it was removed, and outside one is told so, as it should be"""
    short: tuple[str, ...]
    """texts to copy, of at most 280 and 500 characters, address included; the longer says more, where there is more"""
    picture: ReceiptPicture | None


def receipt_of(release: Release) -> list[ReceiptRow]:
    """The rows of a receipt, in the order of their entries."""
    checks = dict(release.checks)
    rows = []
    for index, ident, seq, address in release.entries:
        entry = LoggedEntry.objects.filter(log__origin=given().publisher.origin, ident=ident, seq=seq).first()
        content = opened(entry) if entry else {}
        whole = given().site_address + path_of(content, address)
        rows.append(
            ReceiptRow(
                index,
                "" if entry is None or entry.kind in NEEDS_NO_WORD else str(ENTRY_NAMES[entry.kind]),
                _title(content),
                content.get("language", ""),
                whole,
                f"{whole}editions/{seq}/" if _has_edition(content, entry) else "",
                checks.get(whole, ""),
                content.get("state") == "removed" and checks.get(whole) == GONE,
                _short(content, whole),
                _picture(content),
            )
        )
    return rows


def _has_edition(content: dict[str, Any], entry: LoggedEntry | None) -> bool:
    """Whether readers have this edition at an address of its own: of a message, as long as its words may be read."""
    kept = content.get("type") == "message" and content.get("state") != "removed"
    return bool(kept and content.get("address") and entry and entry.kind != "erase")


def _picture(content: dict[str, Any]) -> ReceiptPicture | None:
    """The first picture that readers see; what the law took out or what is removed is shown to nobody."""
    erased = {one["part"] for one in content.get("erased", ())}
    shown = () if content.get("state") == "removed" else content.get("pictures", ())
    for picture in shown:
        if picture["file"] not in erased:
            path, shown = (f"files/{public_name(one['file'], one['media'])}" for one in (picture, shown_of(picture)))
            return ReceiptPicture(f"/{shown}", given().site_address + path, picture.get("alternative", ""))
    return None


def path_of(content: dict[str, Any], address: str) -> str:
    """Where readers see an entry: a message at its own address, a person at his page, other furniture everywhere."""
    if content.get("type") == "furniture":
        is_person = content.get("piece") == "person" and address
        return f"{languages()[0].lower()}/people/{address}/" if is_person else ""
    return f"{address}/" if address else ""


def _title(content: dict[str, Any]) -> str:
    """What a message is titled, or what the desk calls a piece of furniture."""
    if content.get("type") == "furniture":
        return piece_name(content, languages()[0])
    return str(content.get("title") or "")


def _short(content: dict[str, Any], address: str) -> tuple[str, ...]:
    """Title, teaser and address, cut at a word so that each fits its limit; the address is always whole. Of what is
    withdrawn or recalled that comes first, and why. Nothing of what is removed, and of a piece of furniture."""
    if content.get("type") != "message" or content.get("state") == "removed":
        return ()
    current = content.get("state", "current") == "current"
    said = (content.get("title"), content.get("teaser")) if current else _no_longer(content)
    words = " – ".join(part for part in said if part)
    short, long = (limit - len(address) - 1 for limit in SHORT)
    texts = (_cut(words, short), _with_beginning(words, content, long))
    return tuple(dict.fromkeys(f"{text}\n{address}" for text in texts)) if words else ()


def _no_longer(content: dict[str, Any]) -> tuple[str | None, ...]:
    """That it is not current any more, in its own language if the desk speaks it; its title; the notice."""
    language = content.get("language", "").split("-")[0]
    known = language in dict(settings.LANGUAGES)
    with override(language if known else None):
        state = capfirst(became(content)) if known else ""
    return (state, content.get("title"), content.get("notice"))


def _with_beginning(words: str, content: dict[str, Any], limit: int) -> str:
    """Title and teaser, and the first whole sentences of the text that find room; of one that is withdrawn, none."""
    found = _cut(words, limit)
    said: Iterable[str] = beginning_of(content) if content.get("state") == "current" else ()
    for place, sentence in enumerate(said):
        longer = f"{found}{' ' if place else chr(10)}{sentence}"
        if len(longer) > limit:
            return found if place else _cut(longer, limit)
        found = longer
    return found


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    return words[: limit - 1].rpartition(" ")[0].rstrip(" ,;:–") + "…"


def check_from_outside(release: Release) -> None:
    """Fetch each address as a reader would, and keep what it answered: that of a page on which an earlier edition still
    stands is no answer."""
    release.checks = [[row.address, _answered(row)] for row in receipt_of(release)]
    release.checked_at = given().clock()
    release.save(update_fields=["checks", "checked_at"])


def _answered(row: ReceiptRow) -> str:
    status = _fetched(row.address)
    stands = status != SEEN or not row.edition or _fetched(row.edition) == SEEN
    return status if stands else EARLIER


def _fetched(address: str) -> str:
    """The status, or that nobody answered."""
    request = Request(address, headers={"User-Agent": "Communiqué receipt"})  # noqa: S310 - our own site's address
    try:
        with urlopen(request, timeout=FETCH_S) as answer:  # noqa: S310
            return str(answer.status)
    except HTTPError as error:
        return str(error.code)
    except (URLError, OSError, HTTPException):
        return NO_ANSWER
