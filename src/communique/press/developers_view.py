"""`/developers/LANG/`: what the site has for programs, as plain values for the template.

Every example runs as it stands: its addresses are those of this office, and of a message that is on its record.
"""

from __future__ import annotations

from typing import Any

from communique.press.akoma_ntoso import AKN_FILE
from communique.press.furniture_view import labels
from communique.press.interface import Example
from communique.press.message_data import MESSAGE_FILE
from communique.press.ninjs import NINJS_FILE
from communique.press.office_view import Office
from communique.press.wording import in_language

_READ = """import json
from urllib.request import urlopen

with urlopen("{feed}") as answer:
    feed = json.load(answer)
for item in feed["items"]:
    print(item["date_published"][:10], item["title"])
    print(item["url"])"""

_QUOTE = """import json
from urllib.request import urlopen

site = "{site}"
path = "/{path}"
with urlopen(site + path) as answer:
    message = json.load(answer)
for turn in message.get("turns", []):
    who = turn.get("speaker") or turn.get("asked_by") or turn["kind"]
    print(who, turn["text"], turn["pinned"], sep="\\n")
print(message.get("text", ""))"""

_ASK = 'curl --silent --compressed "{feed}"'
_ASK_AGAIN = """curl --silent --output feed.json \\
  --etag-compare feed.tag --etag-save feed.tag \\
  "{feed}\""""


def developers_view(office: Office, example: Example) -> dict[str, Any]:
    """All of the page between masthead and foot."""
    words = labels(
        office.wording,
        "developers",
        "developers_lead",
        "developers_begin",
        "developers_begin_words",
        "developers_what",
        "developers_address",
        "developers_format",
        "developers_quote",
        "developers_quote_words",
        "developers_verify",
        "record_check_words",
        "record_check_limits",
        "developers_polite",
        "developers_polite_words",
        "developers_rights",
        "developers_rights_words",
    )
    feed = f"{office.address}/{office.wording.language.lower()}/all/feed.json"
    path = f"{example.path}{MESSAGE_FILE}" if example.path else None
    return {
        "words": words,
        "begin": [_ASK.format(feed=feed), _READ.format(feed=feed)],
        "quote": _QUOTE.format(site=office.address, path=path) if path else None,
        "verify": f"communique verify {office.address}/",
        "again": _ASK_AGAIN.format(feed=feed),
        "rows": _rows(office, example),
        "notices": [
            in_language(piece.content["text"], office.wording.language)
            for piece in office.setting.furniture.of("notice")
        ],
    }


def _rows(office: Office, example: Example) -> list[dict[str, Any]]:
    """What there is: what it is, where, in which format. A target leads to one that stands on the record."""
    start = f"/{office.wording.language.lower()}/"
    at = f"/{example.path}" if example.path else None
    edition = f"{at}editions/{example.edition}/" if at else None
    known = (
        ("developers_lists", "…/feed.json", f"{start}all/feed.json", "JSON Feed 1.1"),
        ("developers_lists", "…/feed.atom", f"{start}all/feed.atom", "Atom (RFC 4287)"),
        ("developers_message", f"…/{MESSAGE_FILE}", at and f"{at}{MESSAGE_FILE}", "JSON"),
        ("developers_edition", f"…/editions/N/{NINJS_FILE}", edition and f"{edition}{NINJS_FILE}", "IPTC ninjs 3.1"),
        ("developers_edition", f"…/editions/N/{AKN_FILE}", edition and f"{edition}{AKN_FILE}", "Akoma Ntoso 3.0"),
        ("developers_page", "…/", at, "schema.org JSON-LD"),
        ("developers_office", "/api/office.json", "/api/office.json", "JSON"),
        ("people", "/api/people.json", "/api/people.json", "JSON"),
        ("next_events", f"{start}agenda.ics", f"{start}agenda.ics", "iCalendar (RFC 5545)"),
        ("developers_whole", "/sitemap.xml", "/sitemap.xml", "sitemaps.org, hreflang"),
        ("the_record", "/record/", "/record/", "C2SP tlog-tiles"),
        ("developers_contract", "/api/openapi.json", "/api/openapi.json", "OpenAPI 3.1"),
    )
    return [
        {"what": office.wording.label(key), "address": address, "target": target, "format": form}
        for key, address, target, form in known
    ]
