"""Nothing on a page may run or load that is not the site's own, and every page is built alike.

Scripts stand in the head, without words, from `/assets/`; at the end of the body may be one block of JSON-LD, which is
data and runs nowhere; style sheets and fonts come from there, pictures from
`/files/` or `/assets/`; there is no attribute but those in `ATTRIBUTES`, `data-…` and `aria-…`, and no target that a
browser would run. `markup.py` has refused frames and styles before; `search.py` looks at the one form there is. What
the policy lets be framed are the players that the page's recordings name, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from communique.edition.player import player_origin
from communique.verify.site.blocks import followed
from communique.verify.site.expected import shortened
from communique.verify.site.markup import FORM_ELEMENTS, Element

_NAMES = """
    alt as charset class content controls crossorigin datetime defer dir download height hidden href hreflang http-equiv
    id kind label lang loading media name preload rel role scope src srclang tabindex title type width
"""
ATTRIBUTES = frozenset(_NAMES.split())
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'")
"""what the content security policy in each page must say"""
DATA = "application/ld+json"
"""the type of a block that browsers do not run"""
RELATIONS = {"canonical", "alternate", "preload", "icon", "stylesheet"}
OF_PAGE = {"lang", "dir", "data-bare", "data-script", "data-zone", "data-digits", "data-group", "data-lakh"}
CHARSET = {"charset": "utf-8"}
NAMED = {"viewport", "description", "generator", "color-scheme"}


def shell_faults(page: Element) -> Iterator[str]:
    """What of a page is not built as the press builds every page, or would run or load what is not the site's own."""
    names = [child.name for child in page.elements]
    if names != ["head", "body"] or page.loose_text:
        yield "is not one head and one body"
        return
    head, body = page.elements
    if body.attributes or not OF_PAGE.issuperset(page.attributes):
        yield f"has {shortened(page.start, 120)} and {shortened(body.start, 120)}, which say more than ours do"
    yield from _head_faults(head)
    yield from _frame_faults(head, body)
    steps = [f"{one.name}.{'.'.join(one.classes)}" for one in body.elements]
    known = r"a\.skip,header\.masthead,(?:section\.advisory,)*(?:section\.strip,)?main\.[a-z. -]+,footer\.foot"
    known += r"(?:,script\.)?"  # the block of data
    if not re.fullmatch(known, ",".join(steps)) or body.loose_text:
        built = shortened(", ".join(steps), 200)
        yield f"its body is not way in, masthead, advisories, strip, main and foot; it is {built}"
    in_head = set(map(id, head.elements))
    block = data_block(body)
    for one in page.all:
        if one is not block:
            yield from _running_faults(one, id(one) in in_head)


def data_block(body: Element) -> Element | None:
    """The block of data at the end of a body; no other script is one."""
    last = body.elements[-1] if body.elements else None
    return last if last and last.name == "script" and last.attributes == {"type": DATA} and not last.elements else None


def _head_faults(head: Element) -> Iterator[str]:
    policies = [one.attributes.get("content") or "" for one in head.elements if one.attributes.get("http-equiv")]
    if not policies or not all(rule in policies[0].split("; ") for rule in POLICY):
        yield "has no content security policy at its head that lets only the site's own scripts and styles run"
    if head.loose_text:
        yield f"has “{shortened(head.loose_text)}” in its head"
    if [one.name for one in head.elements].count("title") != 1 or head.elements[0].attributes != CHARSET:
        yield "does not begin its head with its charset, or has not one title"
    for one in head.elements[1:]:
        if one.name not in ("meta", "link", "title", "script") or _says_more(one.name, one.attributes):
            yield f"has {shortened(one.start, 120)} in its head"


def _says_more(name: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element of a head is written as the press writes none; browsers mind no capital letters."""
    if name == "meta" and attributes.get("name") == "robots":
        return attributes.get("content") != "noindex"
    if name == "meta" and "name" in attributes:
        return attributes["name"] not in NAMED
    if name == "meta":
        return attributes.get("http-equiv") not in ("Content-Security-Policy", "refresh")
    if name == "link" and attributes.get("rel") == "canonical":
        return set(attributes) != {"rel", "href"}
    if name == "link" and attributes.get("rel") == "icon":
        return set(attributes) != {"rel", "href"} or not _is_own(attributes["href"], "/files/", "/assets/")
    return name == "link" and attributes.get("rel") not in RELATIONS


def _frame_faults(head: Element, body: Element) -> Iterator[str]:
    """Whose frames the policy lets in: only those of the players that stand beside recordings."""
    players = {player_origin(one.attributes.get("data-player") or "") for one in body.find("figure", "recording")}
    rules = [rule for one in head.elements for rule in (one.attributes.get("content") or "").split("; ")]
    for rule in rules:
        framed = set(rule.split(" ")[1:]) if rule.startswith(("frame-src", "child-src")) else set()
        for origin in sorted(framed - players):
            yield f"lets {origin} be framed, where no recording's player is"


def _running_faults(one: Element, in_head: bool) -> Iterator[str]:
    attributes = one.attributes
    for name in attributes if one.name not in FORM_ELEMENTS else ():
        if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
            yield f"{one.name} “{shortened(one.text)}” has an attribute {name}, which the press never writes"
    if one.name == "script" and not (in_head and _is_own(attributes.get("src"), "/assets/") and not one.children):
        yield f"has a script that is not the site's own: {shortened(one.outer, 120)}"
    if one.name == "link" and not in_head:
        yield f"has {shortened(one.start, 120)} outside its head"
    if one.name == "link" and attributes.get("rel") in ("stylesheet", "preload"):
        if not _is_own(attributes.get("href"), "/assets/"):
            yield f"loads {attributes.get('href')}, which is none of the site's own assets"
    elif one.name == "meta" and one.is_refresh:
        if "javascript:" in (attributes.get("content") or "").lower():
            yield "leads on to a script"
    elif "src" in attributes and one.name != "script" and not _is_own(attributes["src"], "/files/", "/assets/"):
        yield f"shows {attributes['src']}, which is none of the site's own files"
    elif one.name == "a" and followed(attributes.get("href")) is None:
        yield f"a link “{shortened(one.text)}” leads to {attributes.get('href')}, where no page of ours leads"


def _is_own(target: str | None, *folders: str) -> bool:
    return bool(target) and str(target).startswith(folders) and not re.search(r"\.\.|//|[?#\\]", str(target))
