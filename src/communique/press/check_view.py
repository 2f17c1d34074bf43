"""`/check/LANG/`: is this quoted? The page that asks the record in the reader's own browser, and the one file of it
that a reader keeps.

The page has its scripts from the site, as every page: `verifier.js` (byte for byte as it lies in this house, for those
who compare its hash), `quotes.js`, `check.js`. The kept file has all of them inside of itself, with the hash of each in
a policy of its own; it loads nothing, and asks only the address that its reader gives. It is sent as an attachment:
opened on the site, where the site's own policy holds, it would do nothing.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from hashlib import sha256
from typing import Any

from communique.edition.vouching import Vouched
from communique.press import bundle
from communique.press.furniture_view import labels
from communique.press.markup import Html
from communique.press.office_view import Office

CHECK = "check/"
RECORD = "record/"
"""below the language's check: the record's own folder holds what every copy of it has, and this one page is no part"""
KEPT = "communique-check.html"
CHECK_SCRIPTS = ("verifier.js", "quotes.js", "check.js")
KEPT_SHEETS = ("tokens.css", "base.css", "message.css", "lists.css", "note.css", "comparison.css", "check.css")

SAID = (
    "check_witnessed",
    "check_recorded",
    "check_superseded",
    "check_absent",
    "check_part_sentence",
    "check_part_question",
    "check_by",
    "check_corrected",
    "check_withdrawn",
    "check_removed",
    "check_not_now",
    "check_now",
    "check_nearest",
    "check_said_by",
    "check_in_answer",
    "check_where",
    "check_reason",
    "check_entry",
    "check_offline",
    "check_save",
    "check_short",
    "check_false_source",
    "check_false_day",
    "check_failed",
    "check_unread",
    "edition",
    "the_record",
    "since_compare",
    "answer",
    "question",
    "compare_said_struck",
    "compare_said_added",
)
"""labels that `check.js` puts into its answer, as attributes `data-…` of the form; the four answers first"""


def check_view(office: Office, vouched: tuple[int, Vouched] | None = None) -> dict[str, Any]:
    """All of the page between masthead and foot. `vouched`: the entry by which the office vouches for its verifier."""
    own = sha256(bundle.assets()[bundle.asset_paths()["verifier.js"]]).hexdigest()
    return {
        "words": labels(
            office.wording,
            "the_record",
            "check_title",
            "check_words",
            "check_act",
            "check_without_scripts",
            "check_answers",
            "check_limits_title",
            "check_limits",
            "check_not_sought",
            "check_own",
            "check_own_words",
            "check_hash",
            "check_office",
            "check_files",
            "record_key",
            "answer",
        ),
        "answers": [
            {"name": name, "label": office.wording.label(f"check_{name}")}
            for name in (key.removeprefix("check_") for key in SAID[:4])
        ],
        "said": [(key.removeprefix("check_").replace("_", "-"), office.wording.label(key)) for key in SAID],
        "hash": own,
        "vouched": vouched_view(office, vouched) if vouched and vouched[1].verifier == own else None,
        "kept": f"/{CHECK}{office.wording.language.lower()}/{KEPT}",
        "record": f"/{record_path(office.wording.language)}",
        "name": KEPT,
    }


def record_path(language: str) -> str:
    """Where a language has its page about the record; `/record/` leads to that of the office's first language."""
    return f"{CHECK}{language.lower()}/{RECORD}"


def vouched_view(office: Office, vouched: tuple[int, Vouched] | None) -> dict[str, Any] | None:
    """The entry by which the office vouches for the programs of its check, and their hashes."""
    if vouched is None:
        return None
    index, said = vouched
    entry = office.wording.text("entry", n=office.wording.number(index))
    return {"entry": entry, "hashes": [{"path": path, "hash": said.hashes[path]} for path in sorted(said.hashes)]}


@lru_cache(maxsize=1)
def kept_parts() -> dict[str, Any]:
    """What every kept file has inside of itself: style and script, and the policy that names their hashes."""
    paths, made = bundle.asset_paths(), bundle.assets()
    script = "\n".join(made[paths[name]].decode() for name in CHECK_SCRIPTS)
    style = bundle.without_fonts(KEPT_SHEETS)
    policy = (
        f"default-src 'none'; script-src '{_source(script)}'; style-src '{_source(style)}'; "
        "connect-src https: http://localhost:*; base-uri 'none'; form-action 'none'"
    )
    return {"script": Html(script), "style": Html(style), "policy": policy}


def _source(text: str) -> str:
    """A text's hash as a policy names it."""
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
