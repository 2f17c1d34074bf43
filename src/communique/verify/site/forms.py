"""The forms of a message that are no page, held against the record: JSON-LD, `message.json`, ninjs, Akoma Ntoso.

Of each it is asked: are its words those of the turns and blocks, in their order, each under its own id and with its
own speaker; and does it hold any text at all for which the record has no place? A text may be one of the edition (or,
where editions are listed, of one that is listed), a name or label of the furniture, a fact of the entries, an address
of the site that the record knows, or a word of the format (`VOCABULARY`). White space is not compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from xml.etree import ElementTree

from communique.edition.message import KINDS, STATES
from communique.verify.site.expected import shortened
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, Edition, file_address
from communique.verify.site.wording import in_language

MESSAGE_FILE, NINJS_FILE, AKN_FILE = "message.json", "ninjs.json", "akn.xml"
FORMS_OF_EDITION = (NINJS_FILE, AKN_FILE)
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_WORDS = """
    https://schema.org NewsArticle Article Question Answer Quotation Person Organization GovernmentOrganization Place
    CorrectionComment ImageObject AudioObject VideoObject MediaObject
    ninjs 3.1 https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json text full usable withheld canceled main text/html
    text/plain summary changeNote notice speaker questioner publisher occasion section original picture audio video
    component alternative caption message languageVersion newestEdition recordEntry leafHash web
    erased pictures recordings files publish correct update withdraw return recall remove erase import republish
"""
VOCABULARY = frozenset({*_WORDS.split(), *KINDS, *STATES})
STATUSES = {"current": "usable", "withdrawn": "withheld", "recalled": "canceled"}
_NUMBERED = re.compile(r"(?:pictures|recordings|files)-[0-9]+")
_TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z-]+=\"[^\"<>]*\")*)>")
_BODY_ELEMENTS = frozenset(
    "section h2 h3 h4 p br em strong sup sub a ul ol li blockquote div span table caption thead tbody tr th td".split()  # noqa: SIM905
)
_BODY_ATTRIBUTES = re.compile(r' (?:id|class|href|scope|tabindex|role|lang|dir)="')


def block_faults(data: str, sheet: Sheet) -> Iterator[str]:
    """What of the block of JSON-LD at the end of a page is not the record's."""
    found = _json(data)
    if not isinstance(found, dict):
        yield "its block of data is no JSON object"
        return
    own = bool(sheet.own)
    due = {
        "headline": sheet.content.get("title"),
        "inLanguage": sheet.content["language"],
        "dateCreated": (sheet.content.get("occasion") or {}).get("on") or sheet.content.get("delivered"),
        "dateModified": sheet.edition.entry.at,
        "datePublished": (sheet.content.get("source") or {}).get("on")
        or sheet.edition.entry.dated
        or sheet.version.first_at,
        "creativeWorkStatus": sheet.content["state"],
        "version": str(sheet.edition.entry.seq),
        "url": f"{sheet.standing.site}/{sheet.path}",
    }
    yield from _different(found, due)
    parts: dict[str, tuple[str, str]] = {}
    for part in found.get("hasPart", ()):
        for one in (part, *part.get("acceptedAnswer", ())):
            parts[one.get("@id", "").partition("#")[2]] = (one.get("author", {}).get("name", ""), one.get("text", ""))
    wanted = {
        turn["id"]: (_who(sheet, turn) or turn.get("outlet") or "", words_of_blocks(turn["blocks"]))
        for turn in sheet.content.get("turns", ())
        if turn["kind"] != "note"
    }
    if parts != wanted:
        yield f"its turns are {shortened(str(parts))}, and not {shortened(str(wanted))}"
    if "turns" not in sheet.content and found.get("articleBody", "") != _whole(sheet.content):
        yield "its articleBody is not the edition's"
    yield from foreign_texts(found, sheet, sheet.version.editions[: sheet.place + 1] if own else sheet.version.editions)


def message_faults(data: bytes, sheet: Sheet) -> Iterator[str]:
    """What of a `message.json` is not the record's."""
    found = _json(data.decode())
    if not isinstance(found, dict):
        yield "is no JSON object"
        return
    gone = sheet.is_gone
    state = sheet.content["state"]
    due = {
        "id": sheet.version.id,
        "message": sheet.content["message"],
        "state": "erased" if gone and state != "removed" else state,
        "title": None if gone else sheet.content["title"],
        "edition": sheet.edition.entry.seq,
        "first_published": sheet.version.first_at,
        "public_timestamp": sheet.edition.entry.at,
        "text": None if gone else words_of_blocks(sheet.content.get("blocks", ())) or None,
    }
    yield from _different(found, due)
    turns = [
        (one.get("id"), one.get("kind"), one.get("speaker") or one.get("asked_by") or "", one.get("text", ""))
        for one in found.get("turns", ())
    ]
    wanted = [
        (turn["id"], turn["kind"], _who(sheet, turn), words_of_blocks(turn["blocks"]))
        for turn in (() if gone else sheet.content.get("turns", ()))
    ]
    if turns != wanted:
        yield f"its turns are {shortened(str(turns))}, and not {shortened(str(wanted))}"
    keys, lines = ("edition", "at", "entry", "note"), sheet.version.editions
    editions = [tuple(one.get(key) for key in keys) for one in found.get("editions", ())]
    if editions != [(e.entry.seq, e.entry.at, e.entry.index, None if gone else e.note or None) for e in lines]:
        yield "its editions are not the record's"
    yield from foreign_texts(found, sheet, lines)


def ninjs_faults(data: bytes, sheet: Sheet) -> Iterator[str]:
    """What of an edition's ninjs is not the record's."""
    found = _json(data.decode())
    if not isinstance(found, dict):
        yield "is no JSON object"
        return
    due = {
        "uri": f"{sheet.standing.site}/{sheet.path}",
        "version": str(sheet.edition.entry.seq),
        "versionCreated": sheet.edition.entry.at,
        "firstCreated": sheet.version.first_at,
        "title": sheet.content["title"],
        "language": sheet.content["language"],
        "pubStatus": STATUSES[sheet.content["state"]],
    }
    yield from _different(found, due)
    bodies = {one.get("contentType"): str(one.get("value")) for one in found.get("bodies", ())}
    if bodies.get("text/plain", "") != _whole(sheet.content):
        yield "its plain body is not the edition's"
    yield from _html_faults(bodies.get("text/html", ""), sheet)
    rest = {key: value for key, value in found.items() if key != "bodies"}
    yield from foreign_texts(rest, sheet, [sheet.edition])


def akn_faults(data: bytes, sheet: Sheet) -> Iterator[str]:
    """What of an edition's Akoma Ntoso is not the record's. Raises ElementTree.ParseError."""
    if b"<!DOCTYPE" in data:
        raise ElementTree.ParseError("has a document type")
    root = ElementTree.fromstring(data)  # noqa: S314 - a document type was refused
    if _words_at(root, "docTitle") != _bare(sheet.content["title"]):
        yield "its title is not the edition's"
    head = _bare(sheet.content["title"] + (sheet.content.get("teaser") or ""))
    if _words_at(root, "preface") != head:
        yield "its title and teaser are not the edition's"
    yield from _akn_fact_faults(root, sheet)
    names = {f"#{one.get('eId')}": one.get("showAs") for one in root.iter() if one.get("showAs")}
    speeches = {
        one.get("eId"): (names.get(one.get("by", ""), ""), _bare("".join(one.itertext())))
        for one in root.iter()
        if re.fullmatch("t[0-9]+", one.get("eId", ""))
    }
    wanted = {turn["id"]: _speech(sheet, turn) for turn in sheet.content.get("turns", ())}
    if speeches != wanted:
        yield f"its turns are {shortened(str(speeches))}, and not {shortened(str(wanted))}"
    words = _bare(_shown(sheet, sheet.content.get("blocks", ())))
    if "turns" not in sheet.content and _words_at(root, "mainBody") != words:
        yield "its words are not the edition's"
    told = "".join(said for _, said in wanted.values()) if "turns" in sheet.content else words
    if _bare("".join(root.itertext())) != head + told:
        yield "has words outside its title, teaser and body"
    allowed = Allowed(sheet, [sheet.edition])
    for one in root.iter():
        for key in ("showAs", "href"):
            value = one.attrib.get(key, "#")
            if not (value.startswith(("#", "/akn/")) or value == "…" or allowed(value)):
                yield f"has {key} “{shortened(value)}”, for which the record has no place"


def _words_at(root: ElementTree.Element, name: str) -> str:
    """All words of the first element of a name."""
    found = root.find(f".//{AKN}{name}")
    return "" if found is None else _bare("".join(found.itertext()))


def _akn_fact_faults(root: ElementTree.Element, sheet: Sheet) -> Iterator[str]:
    """Dates, addresses and entry: are they those of the edition, or the day on which its words were said?"""
    entry = sheet.edition.entry
    said_on = (sheet.content.get("occasion") or {}).get("on") or sheet.content.get("delivered")
    placed = {"-".join(sheet.path.split("/")[2:5]), *(one.entry.dated for one in sheet.version.editions)}
    days = {"delivered": {said_on} if said_on else placed, "edition": {entry.at[:10]}, "file": {entry.at[:10]}}
    for one in root.iter(f"{AKN}FRBRdate"):
        if one.get("date") not in days.get(one.get("name", ""), set()):
            yield f"has the date {shortened(str(one.get('date')))} as “{one.get('name')}”, which is not the edition's"
    own = {f"{sheet.standing.site}/{path}" for path in (sheet.version.path, sheet.path, f"{sheet.path}{AKN_FILE}")}
    for one in root.iter(f"{AKN}FRBRalias"):
        if one.get("value") not in own:
            yield f"has the address “{shortened(str(one.get('value')))}”, which is not the edition's"
    for one in root.iter(f"{AKN}publication"):
        if (one.get("date"), one.get("number")) != (entry.at, str(entry.index)):
            yield "its publication is not the edition's entry"


def _speech(sheet: Sheet, turn: Content) -> tuple[str, str]:
    """Who speaks, and all words: topic, name as printed, blocks."""
    speakers, place = sheet.content.get("speakers", ()), turn.get("speaker")
    note = turn["kind"] == "note"
    known = None if place is None else speakers[place].get("name") or "…"
    asked = ", ".join(word for word in (turn.get("questioner"), turn.get("outlet")) if word)
    by = "" if note else known or asked or turn.get("mark") or "…"
    printed = turn.get("mark") or (known if known != "…" else None) or turn.get("questioner") or ""
    said = (turn.get("topic") or "", "" if note else printed, _shown(sheet, turn["blocks"]))
    return by, _bare("".join(said))


def _html_faults(html: str, sheet: Sheet) -> Iterator[str]:
    """The words of a body, and whether a reader's program could trip over its elements."""
    for _, name, attributes in _TAG.findall(html):
        rest = _BODY_ATTRIBUTES.sub("", attributes)
        if name not in _BODY_ELEMENTS or re.search(r' [a-z-]+="', rest):
            yield f"its body has an element {name}{attributes}, which the press never writes"
    heads = []
    for turn in sheet.content.get("turns", ()):
        speaker = _speaker(sheet, turn)
        who = (speaker.get("name"), speaker.get("role"), turn.get("questioner"), turn.get("outlet"))
        heads.append(turn.get("mark") or ", ".join(word for word in who if word))
    words = [
        f"{head}{_shown(sheet, turn['blocks'])}"
        for head, turn in zip(heads, sheet.content.get("turns", ()), strict=True)
    ]
    wanted = _bare("".join([*words, _shown(sheet, sheet.content.get("blocks", ()))]))
    found = _bare(unescape(_TAG.sub("", html)))
    if found != wanted:
        yield f"its body says “{shortened(found)}”, and the edition “{shortened(wanted)}”"


# What may stand in it


class Allowed:
    """The texts for which the record has a place in a form of an edition."""

    def __init__(self, sheet: Sheet, editions: Iterable[Edition]) -> None:
        standing, version, language = sheet.standing, sheet.version, sheet.content["language"]
        self._site = standing.site
        self._texts = {
            *VOCABULARY,
            version.id,
            version.first_at,
            standing.origin,
            sheet.office,
            sheet.content["message"],
        }
        section = standing.current(sheet.content.get("section"))
        self._texts |= {in_language(section["name"], language)} if section else set()
        kind = sheet.content.get("kind")
        self._texts |= {sheet.wording.label(f"kind_{kind}")} if kind else set()
        self._paths = {"", "record/checkpoint", sheet.path, version.path, f"{version.path}{MESSAGE_FILE}"}
        arms = standing.office.get("arms") or {}
        self._paths |= {file_address(arms)[1:]} if arms.get("file") else set()
        for edition in editions:
            self._enter(sheet, edition)
        for other in sheet.others or ([version] if sheet.own else []):
            self._texts |= {other.language, *strings_in(other.newest.content.get("title"))}
            self._paths |= {other.address or "", f"{other.address}{MESSAGE_FILE}"}

    def _enter(self, sheet: Sheet, edition: Edition) -> None:
        entry, content = edition.entry, edition.content
        path = f"{sheet.version.path}editions/{entry.seq}/"
        self._paths |= {path, *(f"{path}{name}" for name in FORMS_OF_EDITION)}
        self._paths |= {
            f"{start}#{turn['id']}" for turn in content.get("turns", ()) for start in (path, sheet.version.path)
        }
        self._texts |= {
            entry.at,
            entry.dated or entry.at,
            edition.day,
            str(entry.seq),
            str(entry.index),
            entry.leaf.hex(),
        }
        if sheet.is_gone:
            reason = sheet.content.get("notice") or sheet.content.get("ground")
            self._texts |= {content["language"], content["original"], reason or ""}
            return
        self._texts |= set(strings_in(content))
        for turn in content.get("turns", ()):
            self._texts.add(", ".join(word for word in (turn.get("questioner"), turn.get("outlet")) if word))
        self._texts |= {words_of_blocks(turn["blocks"]) for turn in content.get("turns", ())} | {_whole(content)}
        self._texts.add(sheet.wording.comma.join(one["name"] for one in content.get("speakers", ()) if one.get("name")))
        for key in ("pictures", "files", "recordings"):
            files = [one for one in content.get(key, ()) if one.get("file")]
            self._paths |= {file_address(one)[1:] for one in (*files, *(one.get("shown") for one in files)) if one}
        persons = (
            sheet.standing.person_path(one.get("person"), content["language"]) for one in content.get("speakers", ())
        )
        self._paths |= {path for path in persons if path}

    def __call__(self, text: str) -> bool:
        own = text.startswith(f"{self._site}/") and text.removeprefix(f"{self._site}/") in self._paths
        return text in self._texts or own or bool(_NUMBERED.fullmatch(text))


def foreign_texts(value: Any, sheet: Sheet, editions: Iterable[Edition]) -> Iterator[str]:
    """The texts in a form for which the record has no place."""
    allowed: Callable[[str], bool] = Allowed(sheet, editions)
    for text in strings_in(value):
        if not allowed(text):
            yield f"says “{shortened(text)}”, for which the record has no place"


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)


def _different(found: Mapping[str, Any], due: Mapping[str, Any]) -> Iterator[str]:
    for key, wanted in due.items():
        if found.get(key) != wanted:
            yield f"its {key} is “{shortened(str(found.get(key)))}”, and not “{shortened(str(wanted))}”"


def _json(data: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _speaker(sheet: Sheet, turn: Content) -> Content:
    place, speakers = turn.get("speaker"), sheet.content.get("speakers", ())
    return {} if place is None else speakers[place]


def _who(sheet: Sheet, turn: Content) -> str:
    return str(_speaker(sheet, turn).get("name") or turn.get("questioner") or "")


def _whole(content: Content) -> str:
    parts = [
        *(words_of_blocks(turn["blocks"]) for turn in content.get("turns", ())),
        words_of_blocks(content.get("blocks", ())),
    ]
    return "\n".join(parts).strip("\n")


def words_of_blocks(blocks: Iterable[Any]) -> str:
    """Plain words, a block or a row of a table a line."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        elif block is not None and "rows" in block:
            lines += [" ".join(cell or "" for cell in row) for row in block["rows"]]
        elif block is not None and block.get("text"):
            lines.append(block["text"])
    return "\n".join(lines)


def _shown(sheet: Sheet, blocks: Iterable[Any]) -> str:
    """All words of blocks one after the other, with the sentence that stands for erased ones."""
    erased = sheet.wording.label("passage_erased")
    found: list[str] = []
    for block in blocks:
        if block is None or isinstance(block, str):
            found.append(erased if block is None else block)
            continue
        if "rows" in block:
            found += [block["text"]] if block.get("text") else []
            found += [erased if cell is None else cell for row in block["rows"] for cell in row]
        else:
            found.append(erased if block.get("text") is None else block["text"])
    return "".join(found)


def _bare(text: str) -> str:
    return "".join(text.split())
