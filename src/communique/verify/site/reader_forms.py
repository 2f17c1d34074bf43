"""What a reader may fill in: the form of the search page, which asks nobody but the site itself, and that of the check
page, which is sent nowhere. On every other page an element of a form is a finding.

The fields of a search are those of `FIELDS`, each once; it is sent with GET to the page's own address, so what a reader
types goes nowhere else. Names that it offers are persons of the furniture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from communique.verify.site.expected import shortened
from communique.verify.site.markup import FORM_ELEMENTS, Element
from communique.verify.site.standing import Standing

FIELDS = frozenset(("q", "only", "speaker", "from", "to", "kind", "section", "place", "language", "order"))
_SAID = """
    accept-charset action autocomplete class enterkeyhint for id lang list maxlength method name role selected type
    value aria-describedby
"""
ATTRIBUTES = frozenset(_SAID.split())
"""what an element of the form may say"""


CHECK = "check/"
"""what the addresses of the pages begin with where a quotation is checked"""
OF_CHECK = frozenset(("form", "label", "textarea", "button"))
_SAID_THERE = frozenset(("class", "dir", "disabled", "for", "id", "maxlength", "name", "rows", "type"))


def is_search_page(path: str, standing: Standing) -> bool:
    """Whether a page is one that asks what was said."""
    return path.removesuffix("index.html") in {f"{language.lower()}/search/" for language in standing.languages}


def form_faults(page: Element, path: str, standing: Standing) -> Iterator[str]:
    """What of a page's form would send words elsewhere, or is no search; on other pages every form."""
    found = [one for one in page.all if one.name in FORM_ELEMENTS]
    if path.startswith(CHECK):
        for one in found:
            said = {name for name in one.attributes if not name.startswith("data-")}
            if one.name not in OF_CHECK or not said <= _SAID_THERE:
                yield f"has {shortened(one.start)}, which is no field of the check"
        return
    if not is_search_page(path, standing):
        for one in found:
            yield f"has {shortened(one.start)}, which only the pages of search and check have"
        return
    forms = page.find("form")
    address = f"/{path.removesuffix('index.html')}"
    wanted = {"class": "search", "role": "search", "action": address, "method": "get", "accept-charset": "utf-8"}
    if [dict(form.attributes) for form in forms] != [wanted]:
        yield f"has not one form that asks {address} and nobody else"
        return
    inside = set(map(id, forms[0].all))
    for one in found:
        known = ATTRIBUTES if one is forms[0] else ATTRIBUTES - {"action", "method"}
        if id(one) not in inside or not set(one.attributes) <= known:
            yield f"has {shortened(one.start)}, which is no field of the search"
    fields = Counter(one.attributes.get("name") for one in forms[0].all if one.name in ("input", "select"))
    for name, often in fields.items():
        if name not in FIELDS or often > 1:
            yield f"has a field {name}, which the search has not, or has once"
    persons = {words for _id, one in standing.with_ids("person") for words in one["name"].values()}
    for one in (option for box in forms[0].find("datalist") for option in box.elements):
        if one.attributes.get("value") not in persons or one.text:
            yield f"offers {shortened(one.outer)}, who is no person of the furniture"
