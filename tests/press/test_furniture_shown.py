"""Whatever an office changes in its furniture changes on the page that shows it, and what it removes is gone.

There is a row for each field of each piece in the table of shapes (`edition/furniture.py`); one without a row fails.
A row publishes a further edition of its piece with that one thing changed, and looks at the baked page: the old words
are gone, the new ones are there. What is read is the text that a reader sees without script, or, where a browser or a
script makes something of it, the source (`raw`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from communique.edition.furniture import OF_ERASURE, PIECES
from communique.edition.shape import Either, ListOf, MapOf, Record, Shape
from communique.record.release import Draft, PublishingRefused
from offices import Office, id_of, message, piece

MESSAGE = "en/statements/2026/03/03/lamp/index.html"
FRONT, LATEST, CRISIS = "en/index.html", "en/latest/index.html", "crisis/en/index.html"
PEOPLE, PERSON = "en/people/index.html", "en/people/oriel-tavenmark/index.html"
STYLE, ARMS, LEAD, MOVED = "the office's style sheet", "the arms", "the lead of the front page", "the redirects"

SAME_FOR_ALL = {"v", "type", "state", "piece"}
"""`v`, `type` and `piece` cannot change; `state` has a test of its own, for every piece"""
NOT_FOR_READERS = {"note", *OF_ERASURE}
"""the change note of a piece, and what an erasure says of itself, are read in the record, where the piece is"""
FROZEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "section.word": ({"word": {"en": "words"}}, "en/statements/index.html", "Statement lamp"),
    "person.address": ({"address": "oriel"}, "en/people/oriel-tavenmark/index.html", "Oriel Tavenmark"),
}
"""words in addresses: a change is refused, and what the first edition said is an address for ever"""

Fields = dict[str, Any]


def en(words: str) -> dict[str, str]:
    return {"en": words}


BASE: dict[str, Fields] = {
    "office": piece(
        "office",
        name=en("Embassy of Orsemund"),
        languages=["en"],
        zone="Europe/London",
        dates="d MMMM y",
        dateline=en("d MMMM y"),
        place=en("in Ostrevell"),
        lines=[en("14 Chandlers’ Quay")],
        colour="#124559",
        arms={"file": b"a lamp", "media": "image/png", "alternative": en("A lamp on a rock")},
        numerals={"en": "latn"},
    ),
    "section": piece("section", name=en("Statements"), word=en("statements")),
    "section other": piece("section", 1, name=en("Letters"), word=en("letters")),
    "labels": piece("labels", words={"latest": en("Latest from the quay")}),
    "menu": piece(
        "menu",
        items=[
            {"label": en("Our statements"), "section": id_of("section")},
            {"label": en("The ministry"), "target": "https://ministry.example/"},
        ],
    ),
    "clock": piece("clock", 0, city=en("Averholm"), zone="Atlantic/Reykjavik", separator="-"),
    "clock other": piece("clock", 1, city=en("Tessmark"), zone="Europe/Helsinki", separator="-"),
    "counter": piece(
        "counter",
        since="2022-01-01",
        shown="2022-02-02",
        sentence={"en": {"one": "# day since the ferry sailed", "other": "# days since the ferry sailed"}},
    ),
    "contact": piece(
        "contact",
        label=en("Consular queries"),
        telephone="01632 960142",
        email="consular@orsemund.example",
        hours=[{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "13:00"}],
        lines=[en("Second door on the left")],
        remark=en("Bring a photograph"),
    ),
    "closure": piece("closure", name=en("Founders’ Day"), on="2026-03-12"),
    "notice": piece("notice", text=en("Everything here is invented")),
    "person": piece(
        "person",
        name=en("Oriel Tavenmark"),
        address="oriel-tavenmark",
        roles=[{"name": en("Ambassador"), "since": "2024-01-15", "until": "2026-01-15"}],
    ),
    "person other": piece("person", 1, name=en("Edda Orrevane"), address="edda-orrevane"),
    "featured": piece("featured", messages=[id_of("message lamp")]),
    "event": piece(
        "event",
        title=en("Spring concert"),
        on="2026-03-20",
        time="18:00",
        until="2026-03-21",
        zone="Europe/London",
        place=en("Harbour hall"),
    ),
    "advisory": piece("advisory", text=en("The north road is closed"), link="https://roads.example/north"),
    "crisis": piece("crisis", title=en("A storm is coming"), blocks={"en": ["Stay where you are."]}),
    "redirect": piece("redirect", **{"from": "old/lamp", "to": "en/statements/2026/03/03/lamp/"}),
    "latest": piece("latest", count=5, separator="-"),
}
"""an office with one of everything; a second clock, section and person stand beside the first"""


@dataclass(frozen=True)
class Row:
    """One change: of which piece and field, and what of it a reader sees where."""

    name: str
    changed: Fields
    page: str
    before: str
    after: str
    raw: bool = False
    piece: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "piece", self.name.partition(".")[0])


def hours(**changed: Any) -> Fields:
    return {"hours": [BASE["contact"]["hours"][0] | changed]}


def role(**changed: Any) -> Fields:
    return {"roles": [BASE["person"]["roles"][0] | changed]}


def arms(**changed: Any) -> Fields:
    return {"arms": BASE["office"]["arms"] | changed}


def item(number: int, **changed: Any) -> Fields:
    items = [dict(one) for one in BASE["menu"]["items"]]
    items[number] |= changed
    return {"items": items}


FERRY = id_of("message ferry")
DAYS = "days since the ferry sailed"

ROWS = [
    Row("office.name", {"name": en("Embassy of Tessmark")}, MESSAGE, "Embassy of Orsemund", "Embassy of Tessmark"),
    Row("office.languages", {"languages": ["en", "fr"]}, MESSAGE, "", "English Français"),
    Row("office.zone", {"zone": "Asia/Tokyo"}, MESSAGE, "09:00 London;", "18:00 Tokyo;"),
    Row("office.dates", {"dates": "dd.MM.yyyy"}, MESSAGE, "", "03.03.2026"),
    Row("office.dateline", {"dateline": en("MMMM d, y")}, MESSAGE, "Tuesday 3 March 2026", "Tuesday March 3, 2026"),
    Row("office.place", {"place": en("in Westrevell")}, MESSAGE, "in Ostrevell", "in Westrevell"),
    Row("office.lines", {"lines": [en("15 Chandlers’ Quay")]}, MESSAGE, "14 Chandlers", "15 Chandlers’ Quay"),
    Row("office.colour", {"colour": "#7a1f3d"}, STYLE, "--office: #124559", "--office: #7a1f3d"),
    Row("office.second", {"second": "#c08a1e"}, STYLE, "", "--second: #b8820e"),
    Row("office.arms.file", arms(file=b"an anchor"), ARMS, "a lamp", "an anchor"),
    Row("office.arms.media", arms(media="image/webp"), MESSAGE, '.png" alt=', '.webp" alt=', raw=True),
    Row("office.arms.alternative", arms(alternative=en("An oar")), MESSAGE, "A lamp on", 'alt="An oar"', raw=True),
    Row("office.numerals", {"numerals": {"en": "arab"}}, MESSAGE, "3 March 2026", "٣ March ٢٠٢٦"),
    Row("section.name", {"name": en("Declarations")}, MESSAGE, "Statements ·", "Declarations ·"),
    Row("labels.words", {"words": {"latest": en("Lately said")}}, MESSAGE, "Latest from the quay", "Lately said"),
    Row("menu.items.label", item(0, label=en("All we said")), MESSAGE, "Our statements", "All we said"),
    Row(
        "menu.items.section",
        item(0, section=id_of("section other")),
        MESSAGE,
        '<li><a href="/en/statements/" class="chosen" aria-current="true">',
        '<li><a href="/en/letters/">',
        raw=True,
    ),
    Row(
        "menu.items.target",
        item(1, target="https://library.example/"),
        MESSAGE,
        'href="https://ministry.example/"',
        'href="https://library.example/"',
        raw=True,
    ),
    Row(
        "menu.items.targets",
        {"items": [{"label": en("The ministry"), "targets": {"en": "/en/people/", "fr": "/fr/people/"}}]},
        MESSAGE,
        'href="https://ministry.example/"',
        '<a href="/en/people/">The ministry',
        raw=True,
    ),
    Row("menu.foot", {"foot": True}, MESSAGE, "", '<ul class="foot-menu">\n<li><a href="/en/statements/">', raw=True),
    Row("clock.city", {"city": en("Lampholm")}, MESSAGE, "Averholm - 09:00", "Lampholm - 09:00"),
    Row("clock.zone", {"zone": "Asia/Tokyo"}, MESSAGE, "Averholm - 09:00", "Averholm - 18:00"),
    Row("clock.separator", {"separator": ":"}, MESSAGE, "Averholm - 09:00", "Averholm: 09:00"),
    Row(
        "clock.order",
        {"order": 7},
        MESSAGE,
        "Averholm - 09:00 Tessmark - 11:00",
        "Tessmark - 11:00 Averholm - 09:00",
    ),
    Row("counter.since", {"since": "2021-12-31"}, MESSAGE, f"1522 {DAYS}", f"1523 {DAYS}"),
    Row("counter.shown", {"shown": "2026-04-01"}, MESSAGE, "", ' hidden><span class="counter-words">', raw=True),
    Row("counter.grouping", {"grouping": True}, MESSAGE, f"1522 {DAYS}", f"1,522 {DAYS}"),
    Row("counter.sentence", {"sentence": {"en": {"other": "Day # of it"}}}, MESSAGE, DAYS, "Day 1522 of it"),
    Row("contact.label", {"label": en("Passports")}, MESSAGE, "Consular queries:", "Passports:"),
    Row("contact.telephone", {"telephone": "01632 960999"}, MESSAGE, "01632 960142", "01632 960999"),
    Row("contact.email", {"email": "visa@orsemund.example"}, MESSAGE, "consular@orsemund", "visa@orsemund.example"),
    Row("contact.hours.days", hours(days=[1, 2, 3]), MESSAGE, "Monday to Friday", "Monday to Wednesday, 09:00"),
    Row("contact.hours.from", hours(**{"from": "08:30"}), FRONT, "09:00 to 13:00", "08:30 to 13:00"),
    Row("contact.hours.to", hours(to="14:15"), FRONT, "09:00 to 13:00", "09:00 to 14:15"),
    Row("contact.lines", {"lines": [en("By the well")]}, MESSAGE, "Second door on the left", "By the well"),
    Row("contact.remark", {"remark": en("Bring a pen")}, MESSAGE, "Bring a photograph", "Bring a pen"),
    Row("contact.emergency", {"emergency": True}, MESSAGE, '"contact"', '"contact emergency"', raw=True),
    Row("closure.name", {"name": en("Day of the Lamps")}, FRONT, "Founders’ Day", "Day of the Lamps"),
    Row("closure.yearly", {"on": "2019-03-13", "yearly": True}, FRONT, "Thursday 12 March", "Closed Friday 13 March"),
    Row("closure.country", {"country": "PT"}, FRONT, "", ", Portugal"),
    Row("closure.on", {"on": "2026-03-13"}, FRONT, "Closed Thursday 12 March", "Closed Friday 13 March"),
    Row("notice.text", {"text": en("All is made up")}, MESSAGE, "Everything here is invented", "All is made up"),
    Row("person.name", {"name": en("Oriel of Averholm")}, PERSON, "Oriel Tavenmark", "Oriel of Averholm"),
    Row("person.roles.name", role(name=en("Envoy")), PERSON, "Ambassador", "Envoy"),
    Row("person.roles.since", role(since="2023-02-16"), PERSON, "15 January 2024", "16 February 2023"),
    Row("person.roles.until", role(until="2026-02-17"), PERSON, "15 January 2026", "17 February 2026"),
    Row("person.merged", {"merged": id_of("person other")}, PEOPLE, "Oriel Tavenmark", ""),
    Row("featured.messages", {"messages": [FERRY]}, LEAD, "Statement lamp", "Statement ferry"),
    Row("event.title", {"title": en("Autumn concert")}, FRONT, "Spring concert", "Autumn concert"),
    Row("event.on", {"on": "2026-03-19"}, FRONT, "20 to 21 March", "19 to 21 March"),
    Row("event.time", {"time": "19:45"}, FRONT, "18:00", "19:45"),
    Row("event.until", {"until": "2026-03-23"}, FRONT, "20 to 21 March", "20 to 23 March"),
    Row("event.zone", {"zone": "Europe/Helsinki"}, FRONT, "", "18:00 (Tessmark) Spring concert"),
    Row("event.place", {"place": en("Reading room")}, FRONT, "Harbour hall", "Reading room"),
    Row("advisory.text", {"text": en("The road is open")}, MESSAGE, "The north road is closed", "The road is open"),
    Row(
        "advisory.link",
        {"link": "https://roads.example/south"},
        MESSAGE,
        'href="https://roads.example/north"',
        'href="https://roads.example/south"',
        raw=True,
    ),
    Row("crisis.title", {"title": en("The storm is over")}, CRISIS, "A storm is coming", "The storm is over"),
    Row("crisis.blocks", {"blocks": {"en": ["Come home."]}}, CRISIS, "Stay where you are.", "Come home."),
    Row("redirect.from", {"from": "ancient/lamp"}, MOVED, "old/lamp\t301", "ancient/lamp\t301"),
    Row("redirect.to", {"to": "en/letters/"}, MOVED, "old/lamp\t301\ten/statements", "old/lamp\t301\ten/letters"),
    Row("latest.count", {"count": 1}, LATEST, "Statement lamp", ""),
    Row("latest.separator", {"separator": "|"}, LATEST, "March 2026 - Statement", "March 2026 | Statement"),
    Row("latest.teasers", {"teasers": True}, LATEST, "", "The ferry sails at nine."),
]  # fmt: skip

GONE = {
    "section": (MESSAGE, 'href="/en/statements/"'),
    "labels": (MESSAGE, "Latest from the quay"),
    "menu": (MESSAGE, "Our statements"),
    "clock": (MESSAGE, "Averholm"),
    "counter": (MESSAGE, DAYS),
    "contact": (MESSAGE, "Consular queries"),
    "closure": (FRONT, "Founders’ Day"),
    "notice": (MESSAGE, "Everything here is invented"),
    "person": (PEOPLE, "Oriel Tavenmark"),
    "featured": (LEAD, "Statement lamp"),
    "event": (FRONT, "Spring concert"),
    "advisory": (MESSAGE, "The north road is closed"),
    "crisis": (CRISIS, "A storm is coming"),
    "redirect": (MOVED, "old/lamp"),
    "latest": (LATEST, "March 2026 - Statement"),
}
"""piece -> the page that shows it and words that must not be there once it is removed"""
ALWAYS = {"office"}
"""an office without its own piece is none: everything else follows from its languages"""


def spoken(key: str, day: int) -> Draft:
    """A statement of the person, with two paragraphs in one turn."""
    turn = {
        "id": "t1",
        "kind": "remark",
        "speaker": 0,
        "mark": "Oriel Tavenmark",
        "blocks": ["The ferry sails at nine."],
    }
    content = message(key, delivered=f"2026-03-0{day}", turns=[turn])
    del content["blocks"]
    content["speakers"] = [{"name": "Oriel Tavenmark", "person": id_of("person")}]
    return Draft(id_of(key), "publish", content)


class Showroom:
    """The office, the pages as they were at first, and one change at a time."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder, "shown.example/record")
        self.altered: str | None = None
        self.office.publisher.publish([self._draft(name, content) for name, content in BASE.items()])
        self.office.publisher.publish([spoken("lamp", 2)])
        self.office.publisher.publish([spoken("ferry", 3)])
        self.in_crisis = {page: self.read(page) for page in (CRISIS, FRONT)}
        self.office.publisher.publish([self._draft("crisis", self._put_back("crisis"))])
        self.first = {(page, raw): self.read(page, raw) for page, raw in _looked_at()} | {
            (CRISIS, False): self.in_crisis[CRISIS]
        }

    def change(self, name: str, changed: Fields) -> None:
        """Publish a further edition of a piece; what was changed before is put back in the same release."""
        release = [self._draft(self.altered, self._put_back(self.altered))] if self.altered not in (None, name) else []
        self.office.publisher.publish([*release, self._draft(name, BASE[name] | changed)])
        self.altered = name

    @staticmethod
    def _put_back(name: str) -> Fields:
        """A piece as it was at first; a crisis page, which would be the front page, is in a drawer."""
        return {**BASE[name], "state": "removed"} if name == "crisis" else dict(BASE[name])

    @staticmethod
    def _draft(name: str, content: Mapping[str, Any]) -> Draft:
        return Draft(id_of(name), "furniture", content)

    def read(self, page: str, raw: bool = False) -> str:
        """What a page shows; "" where there is no such page."""
        site = self.office.site
        if page == MOVED:
            return "".join(path.read_text("utf-8") for path in sorted((site / "redirects").glob("*.tsv")))
        if page in (STYLE, ARMS):
            source = (site / MESSAGE).read_text("utf-8")
            sought = 'href="/(assets/office[^"]+)"' if page == STYLE else 'class="arms" src="/(files/[^"]+)"'
            found = re.search(sought, source)
            return (site / found[1]).read_text("latin-1") if found else ""
        file = site / (FRONT if page == LEAD else page)
        source = file.read_text("utf-8") if file.is_file() else ""
        if page == LEAD:
            found = re.search(r'<(article|section) class="lead.*?</\1>', source, re.DOTALL)
            source = found[0] if found else ""
        return source if raw else _visible(source)


def _visible(source: str) -> str:
    words = re.sub(r"<head>.*?</head>|<div class=\"print-.*?</div>", "", source, flags=re.DOTALL)
    inline = re.sub(r"</?(?:bdi|a|span|strong|time)\b[^>]*>", "", words)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inline)).split())


def _looked_at() -> set[tuple[str, bool]]:
    return {(row.page, row.raw) for row in ROWS} | {(page, '"' in words) for page, words in GONE.values()}


@pytest.fixture(scope="module")
def showroom(tmp_path_factory: pytest.TempPathFactory) -> Showroom:
    return Showroom(tmp_path_factory.mktemp("furniture"))


def fields_of(shape: Shape, name: str) -> Iterator[str]:
    """The dotted names of the fields in a shape, down to what is one thing for a reader: words, a day, a block."""
    if isinstance(shape, Record):
        for key, inner in {**shape.must, **shape.may}.items():
            yield from fields_of(inner, f"{name}.{key}")
    elif isinstance(shape, ListOf | MapOf) and isinstance(shape.of, Record):
        yield from fields_of(shape.of, name)
    else:
        assert isinstance(shape, Either) or name.count(".") > 0
        yield name


def test_there_is_a_row_for_every_field_of_every_piece() -> None:
    fields = {name for sort, shape in PIECES.items() for name in fields_of(shape, sort)}
    aside = {f"{sort}.{key}" for sort in PIECES for key in SAME_FOR_ALL | NOT_FOR_READERS | {"order"}}
    named = [row.name for row in ROWS]
    assert len(named) == len(set(named))
    assert set(named) == (fields - aside - FROZEN.keys()) | {"clock.order"}, (
        "pieces of all sorts are put in order by one function"
    )
    assert GONE.keys() | ALWAYS == PIECES.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_changed_in_the_record_changes_on_the_page(row: Row, showroom: Showroom) -> None:
    assert row.before or row.after
    assert row.before in showroom.first[row.page, row.raw], "the page showed it before"
    assert not row.after or row.after not in showroom.first[row.page, row.raw]
    showroom.change(row.piece, row.changed)
    seen = showroom.read(row.page, row.raw)
    assert row.after in seen
    assert not row.before or row.before not in seen
    assert seen, "the page is there"


@pytest.mark.parametrize("name", FROZEN)
def test_a_word_that_stands_in_addresses_is_seen_there_and_cannot_change(name: str, showroom: Showroom) -> None:
    changed, page, words = FROZEN[name]
    assert words in showroom.read(page)
    with pytest.raises(PublishingRefused, match="which its first edition froze"):
        showroom.change(name.partition(".")[0], changed)
    assert words in showroom.read(page)


@pytest.mark.parametrize("sort", GONE)
def test_of_what_is_removed_nothing_is_shown(sort: str, showroom: Showroom) -> None:
    page, words = GONE[sort]
    raw = '"' in words
    assert words in showroom.first[page, raw]
    showroom.change(sort, {"state": "removed"})
    assert words not in showroom.read(page, raw)


def test_what_is_put_back_is_shown_again(showroom: Showroom) -> None:
    showroom.change("notice", {"text": en("All is made up")})
    showroom.change("clock", {})
    for page, raw in _looked_at() - {(STYLE, False), (ARMS, False), (CRISIS, False)}:
        stripped = [re.sub(r"[0-9a-f]{64}", "", text) for text in (showroom.read(page, raw), showroom.first[page, raw])]
        assert stripped[0] == stripped[1], page


def test_a_crisis_page_is_the_front_page_while_it_is_out(showroom: Showroom) -> None:
    assert "Stay where you are." in showroom.in_crisis[FRONT]
    assert "Spring concert" not in showroom.in_crisis[FRONT]
    showroom.change("notice", {"text": en("All is made up")})
    usual = showroom.read(FRONT)
    assert "Spring concert" in usual
    showroom.change("crisis", {"title": en("A flood is coming")})
    assert "A flood is coming" in showroom.read(FRONT)
    assert "A flood is coming" in showroom.read(CRISIS)
    showroom.change("notice", {"text": en("All is made up")})
    assert showroom.read(FRONT) == usual
    over = showroom.read(CRISIS, raw=True)
    assert "No crisis at present" in over
    assert '<a href="/en/">' in over
    assert '<meta name="robots" content="noindex">' in over


def test_the_address_of_a_crisis_page_is_there_once_there_was_one_and_then_for_ever(tmp_path: Path) -> None:
    office = Office(tmp_path, "quiet.example/record")
    pieces = {"office": BASE["office"] | {"languages": ["en", "fr"]}, "contact": BASE["contact"]}
    office.publisher.publish([Draft(id_of(name), "furniture", content) for name, content in pieces.items()])
    pages = [office.site / f"crisis/{language}/index.html" for language in ("en", "fr")]
    assert not any(page.exists() for page in pages)
    for state in ("current", "removed", "current", "removed"):
        office.publisher.publish([Draft(id_of("crisis"), "furniture", {**BASE["crisis"], "state": state})])
        said = [_visible(page.read_text("utf-8")) for page in pages]
        assert [("Stay where you are." in words) for words in said] == [state == "current"] * 2
        assert [("No crisis at present" in said[0]), ("Aucune crise actuellement" in said[1])] == [
            state == "removed"
        ] * 2
    office.publisher.publish([Draft(id_of("contact"), "furniture", {**BASE["contact"], "telephone": "01632 960999"})])
    assert all("01632 960999" in page.read_text("utf-8") for page in pages), "at once, as on the front page"
