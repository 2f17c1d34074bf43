"""Pages that are no message's: lists, front pages, people and the crisis page, as far as they are compared.

A crisis page is compared to the letter. Of the others only the building is: each element that may hold words is one
of those below, so that a paragraph set between the rows is found, while the name of a list is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.edition.language import direction, nearest
from communique.verify.site.blocks import pieces_of
from communique.verify.site.expected import Piece, differences, element, piece, shortened
from communique.verify.site.head import title_class
from communique.verify.site.markup import FORM_ELEMENTS, Element
from communique.verify.site.standing import Content, Standing
from communique.verify.site.wording import Gap, Gaps, Wording, Words, in_language, said

_KNOWN = """
    a: section telephone mail turn-number
    article: lead
    aside: archive
    details: hours narrow
    form: search
    dl: agenda
    div: fields found
    div: list-body front front-facts front-counters front-counter latest-list passages ways
    figure: picture
    header: page-head
    li: row
    h2: group
    nav: steps ways days
    ol: rows
    p: field field-words hint
    p: kicker row-facts row-teaser none feed all counter counter-since contact-lines front-telephone front-mail open
    p: lead-words latest-line passage passage-asked passage-more
    section: front-latest front-section front-contact events ways agenda-part
    ul: rows roles names
"""
_FREE = "a bdi br dd div dl dt figcaption h1 h2 h3 img li ol span strong summary time ul".split()  # noqa: SIM905
"""elements that may stand there without a class, too"""
_BOXES = frozenset(
    {"main", "div", "section", "aside", "article", "nav", "ol", "ul", "dl", "header", "figure", "details"}
)
"""elements in which words stand in others only"""


def _table() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in _KNOWN.strip().splitlines():
        name, _, classes = line.strip().partition(": ")
        found.setdefault(name, set()).update(classes.split())
    return found


CLASSES = _table()
"""element -> the classes of which it has one"""


def building_faults(main: Element) -> Iterator[str]:
    """What in a list, a front page or the people does not stand there as the press sets it."""
    if len(main.find("h1")) != 1:
        yield f"has {len(main.find('h1'))} titles, and not one"
    for one in main.all:
        known = (
            one is main
            or (CLASSES.get(one.name, set()) & set(one.classes))
            or one.name in _FREE
            or one.name in FORM_ELEMENTS
        )
        if not known:
            yield f"has {shortened(one.start)} “{shortened(one.text)}”, which no such page has"
        elif one.name in _BOXES and one.loose_text:
            yield f"has “{shortened(one.loose_text)}” where only rows and headings stand"


def description_faults(head: Element, main: Element, standing: Standing, wording: Wording) -> Iterator[str]:
    """What search engines are told of a page, and nothing on it says: its title with whose it is, or with the titles of
    its rows; a front page's sections; the first words of a crisis page."""
    words = next((one.attributes.get("content") for one in head.elements if _is_description(one)), None)
    if words is None:
        return
    office = in_language(standing.office.get("name"), wording.language)
    window = next((one.text for one in head.elements if one.name == "title"), "")
    title = window.removesuffix(f" · {office}")
    begin = wording.label("contact_label").replace("{label}", title) + " "
    sections = [in_language(piece["name"], wording.language) for _id, piece in standing.with_ids("section")]
    rows = [one.text for one in main.all if "row-title" in one.classes]
    read = " ".join(words.removesuffix(" …").split())
    known = words in (title, f"{title}, {office}") or read in " ".join(main.text.split())
    named = words.startswith(begin) and any(_is_list(words[len(begin) :], names, wording) for names in (rows, sections))
    if not known and not named:
        yield f"is described as “{shortened(words)}”, which nothing on it says"


def _is_description(one: Element) -> bool:
    return one.attributes.get("name") == "description"


def _is_list(words: str, names: list[str], wording: Wording) -> bool:
    """Whether words are some of the names in their order, the last of them perhaps cut."""
    rest, cut = words.removesuffix("…"), words.endswith("…")
    for name in names:
        if rest == name or (cut and f"{name}{wording.comma}".startswith(rest)):
            return True
        rest = rest.removeprefix(f"{name}{wording.comma}")
    return not rest


def crisis_faults(main: Element, standing: Standing, wording: Wording, gaps: Gaps) -> Iterator[str]:
    """What of the crisis page is not the furniture's; where none stands any more, it must say so and lead home."""
    crisis = standing.of("crisis")
    if crisis:
        wanted = _crisis(crisis[-1], standing, wording)
    elif standing.had_crisis:
        home = element("a", said(wording.label("front_page")), href=f"/{wording.language.lower()}/")
        words = [piece("words", "p", said(wording.label("crisis_over_words"))), piece("way home", "p", home)]
        wanted = [_head(said(wording.label("crisis_over"))), piece("text", "div", words, class_="text prose")]
    else:
        yield "the furniture never had a crisis"
        return
    yield from differences(main, piece("page", "main", wanted, id="text", class_="column-page plain-page"), gaps)


def _crisis(content: Content, standing: Standing, wording: Wording) -> list[Piece]:
    """Title and text, both in one language, which is said where it is not the page's."""
    titles, texts = content["title"], content["blocks"]
    order = [*nearest(wording.language), *standing.languages, *texts, *titles]
    ways = (lambda tag: tag in titles and texts.get(tag), texts.get, titles.get)
    spoken = next((tag for way in ways for tag in order if way(tag)), wording.language)
    own = wording if spoken == wording.language else standing.wording(spoken)
    facts: dict[str, str | Words] = {}
    if spoken != wording.language:
        facts = {"lang": spoken, "dir": direction(spoken), "data_script": (Gap(None, "[a-z]{3,12}"),)}
    text = pieces_of(texts.get(spoken) or (), own.label("passage_erased"), "text")
    title = _head(said(titles.get(spoken) or own.label("crisis")), **facts)
    return [title, piece("text", "div", text, class_="text prose", **facts)]


def _head(title: Words, **facts: str | Words) -> Piece:
    return piece("head", "header", [piece("title", "h1", title, class_=title_class())], class_="page-head", **facts)
