"""Why a page could not be read, or could not go on the record: kept as sentences, said in the language of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _

from communique.importing.errors import ImportingError
from communique.importing.sentence import as_row, of_row
from communique.newsroom.retelling import refusal


def refusal_row(error: ImportingError) -> list[Any]:
    """Where something is wrong, what, and what to do; for JSON."""
    return [as_row(error.where), as_row(error.what), as_row(error.remedy)]


def refused_in_words(row: Sequence[Any]) -> str:
    """The sentence that helps. A row of two is of before sentences were kept: it is in English."""
    where, what, *remedy = (cast(str, of_row(one)) for one in row)
    return refusal(ImportingError(where, what, *remedy)) if remedy else f"{where}: {what}"


def why_refused(error: Exception) -> dict[str, Any]:
    """The same of a page that the record did not take, as its row has it."""
    told = {"said": refusal_row(error)} if isinstance(error, ImportingError) else {}
    return {"why": str(error), **told}


def why_in_words(became: Mapping[str, Any]) -> str:
    """What became of such a page, said; what only the program says of itself stays in English."""
    if "said" not in became:
        return _("The record does not take it as it is: %(why)s") % {"why": became.get("why", "")}
    return refused_in_words(became["said"])
