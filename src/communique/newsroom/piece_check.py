"""What can be wrong with a piece of furniture, said in a sentence at its place.

`checked` goes through the content by its shape, then asks what only this sort can have wrong. All faults are found at
once. A place is a path as in the edition's own errors ("roles[1].since", "name.fr"), with rows counted as the form
shows them, the empty ones too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from communique.edition import EditionError, seal
from communique.edition.furniture import PIECES
from communique.newsroom.piece_by_shape import Fault, Walk
from communique.newsroom.piece_by_sort import OF_SORT
from communique.newsroom.piece_content import content_of
from communique.newsroom.piece_form import (
    Content,
    OfficeNow,
)


class WrongPiece(ValueError):
    """Content that cannot go on the record yet. `faults` are pairs of a place and a sentence that helps."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(sentence for _place, sentence in faults))
        self.faults = list(faults)


def checked(content: Mapping[str, Any], office: OfficeNow) -> Content:
    """Open content that `edition.seal` accepts, from what stands at the desk. Raises WrongPiece with every fault."""
    settled = _settled(content_of(content), office)
    original = (settled.get("languages") or [*office.languages, "en"])[0]
    sort = settled["piece"]
    faults = [*Walk(str(original)).faults(PIECES[sort], settled, "")]
    said = {place for place, _sentence in faults}
    of_sort = OF_SORT.get(sort)
    # one sentence at a place is enough: a day that is none cannot be too late besides
    faults += [fault for fault in (of_sort(settled, office) if of_sort else ()) if fault[0] not in said]
    if faults:
        raise WrongPiece(faults)
    whole = _without_empty_rows(settled)
    _try_to_seal(whole)
    return whole


def _try_to_seal(content: Content) -> None:
    """The format's own word on it; a file that is not on the record yet counts as one."""
    trial = dict(content)
    if isinstance(trial.get("arms"), Mapping):
        trial["arms"] = {**trial["arms"], "file": b""}
    try:
        seal(trial, lambda: bytes(32))
    except EditionError as wrong:
        sentence = _("The record does not take this: it %(what)s.") % {"what": wrong.what}
        raise WrongPiece([(wrong.where, sentence)]) from wrong


def _settled(content: Content, office: OfficeNow) -> Content:
    """Addresses as they are kept, labels only where they differ from the site's own."""
    found = dict(content)
    if found["piece"] == "redirect":
        for key in ("from", "to"):
            if key in found:
                found[key] = site_path(str(found[key]), office.site_address)
        if found.get("to") == "" and office.languages:
            found["to"] = f"{office.languages[0].lower()}/"  # the root itself only leads on to the first front page
    if found["piece"] == "labels" and isinstance(found.get("words"), Mapping):
        pairs = {key: _changed_label(words, office.labels.get(key)) for key, words in found["words"].items()}
        found["words"] = {key: words for key, words in pairs.items() if words}
        if not found["words"]:
            del found["words"]
    return found


def _changed_label(words: Any, default: str | Mapping[str, str] | None) -> Any:
    if not isinstance(words, Mapping) or default is None:
        return words
    return {tag: text for tag, text in words.items() if tag != "en" or text != default}


def site_path(address: str, site_address: str) -> str:
    """An address of this site as its path without the first slash; another site's as it is."""
    own = site_address.rstrip("/")
    written = address.strip()
    if own and (written == own or written.startswith(f"{own}/")):
        written = written[len(own) :] or "/"
    return written.lstrip("/") if written.startswith("/") and not written.startswith("//") else written


def _without_empty_rows(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_empty_rows(one) for one in value if one not in ("", {}, None)]
    if isinstance(value, Mapping):
        pairs = ((key, one, _without_empty_rows(one)) for key, one in value.items())
        return {key: kept for key, one, kept in pairs if kept != [] or one == []}
    return value
