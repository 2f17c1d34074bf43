"""One edition as Akoma Ntoso, the parliaments' XML: `…/editions/N/akn.xml`.

What was said in turns is a `debate`, whose `question`, `answer` and `speech` keep the ids of the turns (`eId="t7"`);
every other message is a `statement`. The three levels of identification are the message in all its languages (work),
one edition of one language version (expression), and this file (manifestation):

    /akn/xx/debate/interview/embassy.example/2027-03-09/abcdefghijklmnop
    /akn/xx/debate/interview/embassy.example/2027-03-09/abcdefghijklmnop/eng@2027-03-10;2
    /akn/xx/debate/interview/embassy.example/2027-03-09/abcdefghijklmnop/eng@2027-03-10;2.xml

An office's country is none of its furniture, and an international organisation has none, so the country is `xx`, which
ISO 3166 leaves to users. An `FRBRalias` gives the web address of each level. Headings and quotations are a `block` of
that name, for in a debate AKN knows no heading inside a speech.

Source: OASIS Akoma Ntoso 1.0 Part 2 (schema release 3.0) and its Naming Convention 1.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from lxml import etree

from communique.edition.language import is_simple
from communique.press.blocks import Block
from communique.press.edition_facts import (
    Turn,
    day_of,
    edition_address,
    page_address,
    person_address,
    turns_of,
)
from communique.press.markup import safe_target
from communique.press.message_view import Shown

AKN_FILE = "akn.xml"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
COUNTRY = "xx"
SPEECHES = {"question": "question", "answer": "answer", "remark": "speech"}
MARKS = {"strong": "b", "emphasis": "i", "superscript": "sup", "subscript": "sub"}
"""a mark's element; where several cover the same words, the first named here stands outside"""
_THREE_LETTERS = """
    ar=ara be=bel bg=bul ca=cat cs=ces da=dan de=deu el=ell en=eng es=spa et=est eu=eus fa=fas fi=fin fr=fra ga=gle
    he=heb hi=hin hr=hrv hu=hun hy=hye id=ind is=isl it=ita ja=jpn ka=kat kk=kaz ko=kor lt=lit lv=lav mk=mkd mt=mlt
    nb=nob nl=nld no=nor pl=pol pt=por ro=ron ru=rus sk=slk sl=slv sq=sqi sr=srp sv=swe sw=swa th=tha tr=tur uk=ukr
    ur=urd uz=uzb vi=vie zh=zho
"""
THREE_LETTERS = dict(pair.split("=") for pair in _THREE_LETTERS.split())
"""ISO 639-1 -> ISO 639-2, as the naming convention wants languages; another language keeps its own subtag"""


def akoma_ntoso(shown: Shown) -> bytes:
    """The edition as an XML file."""
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN})
    spoken = "turns" in shown.content
    document = _add(root, "debate" if spoken else "statement", name=_kind(shown))
    _add_meta(document, shown)
    _add_preface(document, shown)
    if spoken:
        _add_debate(document, shown)
    else:
        _add_blocks(_add(document, "mainBody"), shown.content.get("blocks", ()), shown, "b")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _kind(shown: Shown) -> str:
    return str(shown.content.get("kind") or "message")


# ------------------------------------------------------------------ meta


def _add_meta(document: etree._Element, shown: Shown) -> None:
    meta = _add(document, "meta")
    identification = _add(meta, "identification", source="#office")
    work, expression = _names(shown)
    first_on, on = shown.version.place_day, shown.version.at[:10]
    said_on = day_of(shown.content) or first_on
    _add_level(identification, "FRBRWork", work, page_address(shown), ("delivered", said_on))
    level = _add_level(identification, "FRBRExpression", expression, edition_address(shown), ("edition", on))
    _add(level, "FRBRlanguage", language=_language(shown.content["language"]))
    if shown.content["language"] != shown.content["original"]:
        _add(level, "FRBRtranslation", href=work, by="#office", fromLanguage=_language(shown.content["original"]))
    level = _add_level(
        identification, "FRBRManifestation", f"{expression}.xml", f"{edition_address(shown)}{AKN_FILE}", ("file", on)
    )
    _add(level, "FRBRformat", value="application/akn+xml")
    origin = shown.office.setting.furniture.origin
    _add(meta, "publication", date=shown.version.at, name="record", showAs=origin, number=str(shown.version.index))
    _add_references(meta, shown)


def _names(shown: Shown) -> tuple[str, str]:
    """The names of work and expression after the naming convention."""
    content, version = shown.content, shown.version
    sort = "debate" if "turns" in content else "statement"
    host = shown.office.address.removeprefix("https://")
    day = day_of(content) or version.place_day
    work = f"/akn/{COUNTRY}/{sort}/{_kind(shown)}/{host}/{day}/{content['message']}"
    return work, f"{work}/{_language(content['language'])}@{version.at[:10]};{version.seq}"


def _language(tag: str) -> str:
    """Three letters of ISO 639-2 where they say all; of easy language, which they cannot, the whole tag (RFC 5646)."""
    if is_simple(tag):
        return tag
    primary = tag.split("-")[0].lower()
    return THREE_LETTERS.get(primary, primary)


def _add_level(parent: etree._Element, level: str, name: str, address: str, dated: tuple[str, str]) -> etree._Element:
    found = _add(parent, level)
    _add(found, "FRBRthis", value=name)
    _add(found, "FRBRuri", value=name)
    _add(found, "FRBRalias", value=address, name="address")
    _add(found, "FRBRdate", name=dated[0], date=dated[1])
    _add(found, "FRBRauthor", href="#office", **{"as": "#publisher"})
    if level == "FRBRWork":
        _add(found, "FRBRcountry", value=COUNTRY)
    return found


def _add_references(meta: etree._Element, shown: Shown) -> None:
    """Who is named: the office, the speakers in their roles, those who asked, the occasion."""
    references, office, occasion = (
        _add(meta, "references", source="#office"),
        shown.office,
        shown.content.get("occasion"),
    )
    _refer(references, "TLCOrganization", "office", f"{office.address}/", office.name)
    _refer(references, "TLCRole", "publisher", "/akn/ontology/role/publisher", "publisher")
    for number, speaker in enumerate(shown.content.get("speakers", ())):
        address = person_address(shown, speaker.get("person")) or f"/akn/ontology/person/{number}"
        _refer(references, "TLCPerson", f"speaker-{number}", address, speaker.get("name") or "…")
        if speaker.get("role"):
            _refer(references, "TLCRole", f"role-{number}", f"/akn/ontology/role/{number}", speaker["role"])
    for turn in turns_of(shown):
        asked = ", ".join(word for word in (turn.asked_by, turn.outlet) if word)
        if turn.speaker is None and turn.kind in SPEECHES:
            name = asked or turn.mark or "…"
            _refer(references, "TLCPerson", f"by-{turn.id}", f"/akn/ontology/person/{turn.id}", name)
    if occasion and occasion.get("event"):
        _refer(references, "TLCEvent", "occasion", "/akn/ontology/event/occasion", occasion["event"])
    if occasion and occasion.get("place"):
        _refer(references, "TLCLocation", "place", "/akn/ontology/place/occasion", occasion["place"])


def _refer(parent: etree._Element, sort: str, id_: str, href: str, name: str) -> None:
    _add(parent, sort, eId=id_, href=href, showAs=name)


# ------------------------------------------------------------------ words


def _add_preface(document: etree._Element, shown: Shown) -> None:
    preface = _add(document, "preface")
    _add(_add(preface, "p"), "docTitle").text = shown.content["title"]
    if shown.content.get("teaser"):
        _add(preface, "p", **{"class": "teaser"}).text = shown.content["teaser"]


def _add_debate(document: etree._Element, shown: Shown) -> None:
    section = _add(_add(document, "debateBody"), "debateSection", name=_kind(shown), eId="turns")
    for turn in turns_of(shown):
        _add_turn(section, turn, shown)
    if not len(section):
        _add(section, "p")


def _add_turn(section: etree._Element, turn: Turn, shown: Shown) -> None:
    if turn.kind == "note":
        speech = _add(section, "blockContainer", eId=turn.id)
    else:
        speech = _add(section, SPEECHES[turn.kind], eId=turn.id, by=_by(turn), **_as_role(turn))
    if turn.topic:
        _add(speech, "heading").text = turn.topic
    said_by = turn.mark or turn.name or turn.asked_by
    if said_by and turn.kind != "note":
        _add(speech, "from").text = said_by
    _add_blocks(speech, turn.blocks, shown, turn.id)


def _by(turn: Turn) -> str:
    return f"#by-{turn.id}" if turn.speaker is None else f"#speaker-{turn.speaker}"


def _as_role(turn: Turn) -> dict[str, str]:
    return {"as": f"#role-{turn.speaker}"} if turn.role and turn.speaker is not None else {}


def _add_blocks(parent: etree._Element, blocks: Iterable[Block], shown: Shown, prefix: str) -> None:
    """All blocks in order, neighbouring items in one list; at least one paragraph, which the schema wants."""
    erased = shown.office.wording.label("passage_erased")
    known = [block if isinstance(block, Mapping) else {"kind": "paragraph", "text": block} for block in blocks]
    count = 0
    for is_item, run in groupby(known, key=lambda block: block["kind"] == "item"):
        if is_item:
            _add_items(parent, list(run), erased)
            continue
        for block in run:
            count += 1
            _add_block(parent, block, erased, f"{prefix}__{count}")
    if not known:
        _add(parent, "p")


def _add_items(parent: etree._Element, items: Sequence[Mapping[str, Any]], erased: str) -> None:
    """A list as it was said: level and order of an item stand in its class, for AKN's lists have no levels of ours."""
    for ordered, run in groupby(items, key=lambda item: bool(item.get("ordered"))):
        found = _add(parent, "ol" if ordered else "ul")
        for item in run:
            level = int(item.get("level", 1))
            _add_words(_add(found, "li", **({"class": f"level-{level}"} if level > 1 else {})), item, erased)


def _add_block(parent: etree._Element, block: Mapping[str, Any], erased: str, id_: str) -> None:
    kind = block["kind"]
    if kind == "table":
        _add_table(parent, block, erased, id_)
    elif kind in ("heading", "quotation"):
        _add_words(_add(parent, "block", name=kind), block, erased)
    else:
        _add_words(_add(parent, "p"), block, erased)


def _add_table(parent: etree._Element, block: Mapping[str, Any], erased: str, id_: str) -> None:
    table = _add(parent, "table", eId=id_)
    if block.get("text"):
        _add_words(_add(table, "caption"), block, erased)
    for number, row in enumerate(block.get("rows", ())):
        line = _add(table, "tr")
        for cell in row:
            place = _add(line, "th" if number == 0 and block.get("header") else "td")
            _add_words(_add(place, "p"), {"text": cell}, erased)


def _add_words(element: etree._Element, block: Mapping[str, Any], erased: str) -> None:
    """The words of a block with its marks; where they were erased, the sentence that says so."""
    text = block.get("text")
    if text is None:
        element.set("class", "erased")
        _say(element, erased)
        return
    marks = [mark for mark in block.get("marks", ()) if 0 <= mark[0] < mark[1] <= len(text)]
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark[:2])})
    for start, end in pairwise(edges):
        place = element
        for name, attributes in _elements_over(marks, start, end):
            place = _add(place, name, **attributes)
        _say(place, text[start:end])


def _elements_over(marks: Sequence[Sequence[Any]], start: int, end: int) -> Iterator[tuple[str, dict[str, str]]]:
    over = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
    links = (safe_target(mark[3]) for mark in over if mark[2] == "link" and len(mark) > 3 and mark[3])
    target = next((one for one in links if one), None)
    if target:
        yield "a", {"href": target}
    language = next((mark[3] for mark in over if mark[2] == "lang"), None)
    if language:
        yield "span", {XML_LANGUAGE: language}
    kinds = {mark[2] for mark in over}
    yield from ((element, {}) for kind, element in MARKS.items() if kind in kinds)


def _say(element: etree._Element, text: str) -> None:
    """Text at the end of an element, an empty `eol` where a line ends."""
    for number, line in enumerate(text.split("\n")):
        if number:
            _add(element, "eol")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + line
        else:
            element.text = (element.text or "") + line


def _add(parent: etree._Element, element: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{AKN}}}{element}", attributes)
