"""What the style guide shows: an invented office's furniture, messages and lists, in English and Arabic.

All of it is open content, as the record holds it; what it looks like is the views' and the templates'. The office's
name, arms, zone and languages are those of the furniture, so that the guide is the showroom's own. Addresses begin with
`SAMPLE` or `LISTS`; nothing lies there, and `styleguide.py` leads them to where the guide shows such a thing.
"""

# ruff: noqa: E501
# The sentences of two languages stand on lines of their own.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from communique.press.acts import Acts
from communique.press.bundle import HASH_DIGITS
from communique.press.furniture_view import file_path
from communique.press.message_view import Shown
from communique.press.office_view import Office, office_of
from communique.press.passages import Passage, Passages
from communique.press.shown import (
    Archive,
    Content,
    EditionLine,
    Front,
    FrontSection,
    Furniture,
    Listing,
    Period,
    Piece,
    Row,
    Setting,
    Version,
)

SAMPLE, LISTS = "styleguide/sample/", "styleguide/sample/lists/"
DAY, AT, LATER, LAST = "2026-11-12", "2026-11-12T09:00:00Z", "2026-11-13T10:30:00Z", "2026-11-16T08:00:00Z"
LEAF = "7c41e09b52aa" + "0" * 52
FILES = Path(__file__).parent / "assets" / "guide"
MEDIA = {
    "ferry.svg": "image/svg+xml",
    "lighthouse.svg": "image/svg+xml",
    "bell.svg": "image/svg+xml",
    "bell.mp3": "audio/mpeg",
    "crossing.webm": "video/webm",
    "crossing.vtt": "text/vtt",
    "tide-table.txt": "text/plain",
}
SECTION, PERSON = "guidesection", "guideperson"
ALL_WEEK = list(range(1, 8))

Words = Mapping[str, str]


def _words(en: str, ar: str) -> dict[str, str]:
    return {"en": en, "ar": ar}


# ---------------------------------------------------------------------- files


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """The files that the guide shows, by the site path at which they lie among the assets."""
    return {
        f"assets/guide-{name.replace('.', f'.{_part(name)[:HASH_DIGITS]}.')}": (FILES / name).read_bytes()
        for name in MEDIA
    }


def addresses_of_files() -> dict[str, str]:
    """Where a view says that such a file lies -> where it does."""
    return {_file_address(name): f"/{path}" for name, path in zip(MEDIA, files(), strict=True)}


def _file(name: str, **more: Any) -> Content:
    return {"file": _part(name), "media": MEDIA[name], "name": name, **more}


def _file_address(name: str) -> str:
    return file_path(_part(name), MEDIA[name])


def _part(name: str) -> str:
    return sha256((FILES / name).read_bytes()).hexdigest()


def _sizes() -> dict[str, int]:
    return {_part(name): len((FILES / name).read_bytes()) for name in MEDIA}


# ---------------------------------------------------------------------- the office

PIECES: dict[str, Content] = {
    SECTION: {"piece": "section", "name": _words("Speeches, interviews, articles", "خطابات ومقابلات ومقالات")},
    PERSON: {
        "piece": "person",
        "name": _words("Oriel Tavenmark", "أوريل تافنمارك"),
        "address": "oriel-tavenmark",
        "roles": [
            {"name": _words("Ambassador", "السفيرة"), "since": "2024-09-01"},
            {
                "name": _words("Keeper of the Harbour Archive", "أمينة أرشيف الميناء"),
                "since": "2016-01-04",
                "until": "2024-08-30",
            },
        ],
    },
    "guideclock1": {"piece": "clock", "city": _words("Averholm", "أفرهولم"), "zone": "Atlantic/Azores"},
    "guideclock2": {"piece": "clock", "city": _words("Tessmark", "تيسمارك"), "zone": "Europe/Paris"},
    "guideopen": {
        "piece": "contact",
        "label": _words("Switchboard", "مقسم الهاتف"),
        "telephone": "01632 960142",
        "email": "press@orsemund.example",
        "hours": [{"days": ALL_WEEK, "from": "00:00", "to": "23:59"}],
    },
    "guideuntil": {
        "piece": "contact",
        "order": 1,
        "label": _words("Consular queries", "الاستفسارات القنصلية"),
        "telephone": "01632 960143, 01632 960144",
        "lines": [_words("14 Lampwrights’ Quay", "١٤ رصيف صنّاع المصابيح")],
        "hours": [{"days": ALL_WEEK, "from": "23:58", "to": "23:59"}],
    },
    "guideemergency": {
        "piece": "contact",
        "order": 3,
        "label": _words("Emergency, day and night", "الطوارئ، ليلًا ونهارًا"),
        "telephone": "01632 960199",
        "emergency": True,
        "remark": _words("For citizens in danger.", "للمواطنين المعرّضين للخطر."),
    },
    "guidecounter": {
        "piece": "counter",
        "since": "2019-03-04",
        "grouping": True,
        "sentence": {
            "en": {"one": "# day since the bridge was opened", "other": "# days since the bridge was opened"},
            "ar": {
                "one": "يوم واحد منذ افتتاح الجسر",
                "two": "يومان منذ افتتاح الجسر",
                "few": "# أيام منذ افتتاح الجسر",
                "many": "# يومًا منذ افتتاح الجسر",
                "other": "# يوم منذ افتتاح الجسر",
            },
        },
    },
    "guideadvisory": {
        "piece": "advisory",
        "text": _words("Storm on the Sound: no boats before Thursday.", "عاصفة في المضيق: لا عبّارات قبل الخميس."),
        "link": "/styleguide/pages/#crisis",
    },
    "guideevent1": {
        "piece": "event",
        "title": _words("Letters from the outer islands, read aloud", "قراءة: رسائل من الجزر البعيدة"),
        "on": "2041-03-12",
        "time": "18:00",
        "place": _words("Common reading room", "قاعة القراءة المشتركة"),
    },
    "guideevent2": {
        "piece": "event",
        "title": _words("Fisheries talks, third round", "محادثات المصايد، الجولة الثالثة"),
        "on": "2041-04-02",
        "until": "2041-04-03",
        "time": "09:30",
        "zone": "Atlantic/Azores",
    },
    "guideevent3": {"piece": "event", "title": _words("Charter Day", "يوم الميثاق"), "on": "2026-03-17"},
    "guidelatest": {"piece": "latest", "count": 3, "separator": "–", "teasers": True},
    "guidecrisis": {
        "piece": "crisis",
        "title": _words("Storm on the Sound: what to do", "عاصفة في المضيق: ما العمل"),
        "blocks": {
            "en": [
                "Stay where you are until the harbour masters of both towns have opened the quays again.",
                {"kind": "heading", "level": 2, "text": "If you need us"},
                {"kind": "item", "text": "Ring the emergency number above, at any hour."},
                {"kind": "item", "text": "Say where you are and how many you are."},
            ],
            "ar": ["ابقوا حيث أنتم إلى أن تُفتح الأرصفة من جديد."],
        },
    },
}


def invented(setting: Setting) -> Setting:
    """The office of the furniture, with the guide's own section, person, clocks, contacts, counter, agenda, crisis."""
    own = setting.furniture.one("office")
    pieces = [_piece(id_, index, content) for index, (id_, content) in enumerate(PIECES.items(), 1)]
    return replace(
        setting,
        furniture=Furniture(setting.furniture.origin, tuple([*([own] if own else []), *pieces])),
        as_of=AT,
        section_paths={SECTION: f"{LISTS}section/"},
        people_paths={PERSON: f"{LISTS}person/"},
        merged=frozenset(),
    )


def never_open(setting: Setting) -> tuple[Office, Piece]:
    """A contact that does not open within a week: each day of the year is a closed one."""
    first = date(2024, 1, 1)
    days = ((first + timedelta(days=number)).isoformat() for number in range(366))
    closed = {"piece": "closure", "name": _words("moving house", "الانتقال إلى مقر جديد"), "yearly": True}
    closures = tuple(_piece(f"guideclosure{day}", 100, {**closed, "on": day}) for day in days)
    furniture = Furniture(setting.furniture.origin, (*setting.furniture.pieces, *closures))
    office = office_of(replace(setting, furniture=furniture))
    label = _words("Reading room", "قاعة القراءة")
    return office, _piece("guideclosed", 99, {**PIECES["guideopen"], "label": label})


def _piece(id_: str, index: int, content: Content) -> Piece:
    return Piece(id_, index, AT, {"v": 1, "type": "furniture", "state": "current", "order": 0, **content})


# ---------------------------------------------------------------------- messages

NOTE = _words("The first answer named a wrong number of hooks.", "ورد في الجواب الأول عدد خاطئ من الخطاطيف.")
NAMES = {"en": ("Oriel Tavenmark", "Ambassador"), "ar": ("أوريل تافنمارك", "السفيرة")}
TITLES = _words(
    "Ambassador Oriel Tavenmark replies to Radio Tessmark", "السفيرة أوريل تافنمارك تجيب عن أسئلة راديو تيسمارك"
)
TURNS: dict[str, list[Content]] = {
    "en": [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "Petra Halvane",
            "outlet": "Radio Tessmark",
            "topic": "The bicycles",
            "blocks": ["Did anybody count the bicycles?"],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                {
                    "kind": "paragraph",
                    "text": "Nobody had thought of them. There were to be twelve hooks; there are now ninety.",
                    "marks": [[7, 10, "emphasis"]],
                },
                "In June that will not do either.",
            ],
        },
        {"id": "t3", "kind": "note", "blocks": ["A bell is heard."]},
        {"id": "t4", "kind": "question", "topic": "The herring", "blocks": ["And the herring?"]},
        {"id": "t5", "kind": "answer", "speaker": 0, "blocks": [{"kind": "paragraph"}]},
        {"id": "t6", "kind": "remark", "speaker": 0, "blocks": ["Thank you all for coming."]},
    ],
    "ar": [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "بترا هالفاني",
            "outlet": "راديو تيسمارك",
            "topic": "الدراجات",
            "blocks": ["هل أحصى أحد الدراجات؟"],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "لم يفكر فيها أحد. كان المقرر اثني عشر خطافًا، وهي اليوم تسعون على متن Morrowtern.",
                "ولن تكفي هذه أيضًا في يونيو.",
            ],
        },
        {"id": "t3", "kind": "note", "blocks": ["يُسمع جرس."]},
        {"id": "t4", "kind": "question", "topic": "الرنجة", "blocks": ["وماذا عن الرنجة؟"]},
        {"id": "t5", "kind": "answer", "speaker": 0, "blocks": [{"kind": "paragraph"}]},
        {"id": "t6", "kind": "remark", "speaker": 0, "blocks": ["شكرًا لكم جميعًا على الحضور."]},
    ],
}
EDITIONS = (
    EditionLine(1, "publish", AT, 1),
    EditionLine(2, "correct", LATER, 2, NOTE["en"]),
    EditionLine(3, "update", LAST, 3, "The talks have ended since."),
)

CORRECTED = (EditionLine(4, "correct", LATER, 4, NOTE["en"]),)


def shown(office: Office, act: str = "publish", seq: int = 1, editions: int = 0, /, **more: Any) -> Shown:
    """An edition of an interview in the office's language, made by an entry of the kind `act`; `more` is content beside or in place of the usual, a None
    leaves it out. `editions` says how many the message has by then."""
    language = office.wording.language
    siblings = more.pop("siblings", ())
    dated, lines = more.pop("dated", None), more.pop("lines", EDITIONS[:editions])
    name, role = NAMES[language]
    usual: Content = {
        "state": "current",
        "language": language,
        "original": language,
        "kind": "interview",
        "section": SECTION,
        "title": TITLES[language],
        "status": "near_verbatim",
        "delivered": DAY,
        "address": SAMPLE.strip("/"),
        "speakers": [{"name": name, "role": role, "person": PERSON}],
        "turns": TURNS[language],
    }
    content = {key: value for key, value in {**usual, **more}.items() if value is not None}
    at = EDITIONS[min(seq, 3) - 1].at
    id_ = f"guide{language}"
    version = Version(id_, seq, seq, LEAF, act, at, AT, DAY, content, dated=dated, sizes=_sizes())
    lines = tuple(replace(line, note=NOTE[language]) if line.note else line for line in lines)
    return Shown(office, version, SAMPLE, siblings, lines, f"{LISTS}section/")


def interview(office: Office) -> Shown:
    """What is said in turns, corrected, with the recordings from which it was written down."""
    words = {
        "en": ("The bell at the quay", "The crossing", "Captions", "The whole evening", "Recorded on the ferry."),
        "ar": ("جرس الرصيف", "العبور", "شروح", "الأمسية كاملة", "سُجّل على متن العبّارة."),
    }[office.wording.language]
    turns = [dict(turn) for turn in TURNS[office.wording.language]]
    turns[0]["from_ms"], turns[1]["from_ms"] = 0, 1500
    recordings = [
        _file("bell.mp3", title=words[0]),
        _file("crossing.webm", title=words[1], caption=words[4], sign="ase"),
        {"address": "https://films.example/w/abcdefghijkABCDEFGHIJK", "title": words[3], "language": "fr"},
    ]
    captions = [_file("crossing.vtt", title=words[2])]
    return shown(
        office,
        "correct",
        2,
        2,
        note=NOTE[office.wording.language],
        corrects=["t2"],
        turns=turns,
        recordings=recordings,
        files=captions,
    )


def speech(office: Office) -> Shown:
    """What is said in one piece, with pictures and files."""
    credit = {"credit": "Drawing: Embassy press office", "rights": "Free to use with this credit."}
    pictures = [
        _file(
            "ferry.svg",
            width=1000,
            height=600,
            alternative="A ferry off a lighthouse.",
            caption="The ferry leaves.",
            **credit,
        ),
        _file(
            "lighthouse.svg", width=600, height=400, alternative="A lighthouse.", caption="The lamp is lit.", **credit
        ),
        _file(
            "bell.svg",
            width=600,
            height=400,
            alternative="A bell on a beam.",
            caption="The bell at the quay.",
            **credit,
        ),
    ]
    blocks = [
        {
            "kind": "paragraph",
            "text": "Harbour masters, bakers: thank you for getting up. It is 10 m2 of ice, and H2O all of it.",
            "marks": [
                [25, 34, "strong"],
                [61, 62, "superscript"],
                [76, 77, "subscript"],
                [0, 15, "link", "/styleguide/"],
            ],
        },
        {"kind": "heading", "level": 2, "text": "A heading"},
        {"kind": "item", "ordered": True, "text": "a numbered line"},
        {"kind": "item", "level": 2, "text": "a line below it"},
        {"kind": "item", "ordered": True, "text": "another"},
        {"kind": "quotation", "text": "Give me a tide and I shall be on time."},
        {
            "kind": "table",
            "header": True,
            "text": "Sailings by month",
            "rows": [["Month", "Sailings", "Passengers"], ["January", "118", "9,402"], ["February", "112", "10,118"]],
        },
    ]
    return shown(
        office,
        kind="speech",
        title="A speech with every kind of paragraph",
        status="as_delivered",
        turns=None,
        blocks=blocks,
        pictures=pictures,
        files=[_file("tide-table.txt", title="Tide table", caption="Monday and Tuesday.")],
        occasion={"on": DAY, "place": "Tessmark", "event": "Opening of the quay"},
    )


def compared(office: Office) -> tuple[Shown, Shown]:
    """Two editions of one interview: words struck and added, a turn added, one taken out, one asked by another."""
    old, new = [list(map(dict, TURNS["en"])) for _ in range(2)]
    old[1]["blocks"] = ["Nobody had thought of them. There were to be twelve hooks; there are now nineteen."]
    new[1]["blocks"] = ["Nobody had thought of them. There were to be twelve hooks; there are now ninety."]
    old[4]["blocks"] = new[4]["blocks"] = ["It is counted on both shores in the same week."]
    new[3]["outlet"] = "The Lamplighter"
    old[5] = {"id": "t6", "kind": "remark", "speaker": 0, "blocks": ["We shall come back to this."]}
    new[5] = {"id": "t7", "kind": "remark", "speaker": 0, "blocks": ["Thank you all for coming."]}
    plain = [
        {"id": "t8", "kind": "question", "blocks": ["May one take a dog?"]},
        {"id": "t9", "kind": "answer", "speaker": 0, "blocks": ["One may, if it has paid."]},
    ]
    before = shown(office, "publish", 1, 2, turns=[*old, *plain])
    return before, shown(office, "correct", 2, 2, turns=[*new, *plain], note=NOTE["en"], corrects=["t2"])


def compared_text(office: Office, changed: bool) -> tuple[Shown, Shown]:
    """Two editions of one text without turns."""
    words = {
        "en": ("The boat sails at eight.", "She is on time."),
        "ar": ("تبحر العبّارة في الثامنة صباحًا من رصيف Lower Quays.", "وهي تصل في موعدها."),
    }[office.wording.language]
    after = words[0].replace("eight", "nine").replace("الثامنة", "التاسعة") if changed else words[0]
    texts = ([words[0], words[1]], [after, words[1]])
    before, now = ({"turns": None, "kind": "statement", "blocks": blocks} for blocks in texts)
    return shown(office, "publish", 1, 2, **before), shown(office, "update", 2, 2, **now)


def side_by_side(office: Office, other: Office) -> tuple[Shown, Shown]:
    """The interview in two languages; the second is an older translation that lacks a turn."""
    whole = TURNS[other.wording.language]
    unofficial = {"original": office.wording.language, "translation": "unofficial"}
    return shown(office, "publish", 1), shown(other, "publish", 1, turns=whole[:3] + whole[4:5], **unofficial)


def in_other_languages(office: Office, **more: Any) -> tuple[Row, ...]:
    """The other language versions of a message, beside its own."""
    languages = [office.wording.language, *(one for one in ("fr", "ar") if one != office.wording.language)]
    return tuple(
        _row(number, {"id": f"guide{one}", "language": one, "title": "T", **more})
        for number, one in enumerate(languages)
    )


# ---------------------------------------------------------------------- lists

ROWS: tuple[Content, ...] = (
    {"title": "A statement as it was published", "kind": "statement", "teaser": "What a list may say of it."},
    {"title": "An interview that was corrected", "kind": "interview", "corrected_at": AT},
    {"title": "A notice that was withdrawn", "kind": "notice", "state": "withdrawn"},
    {"title": "A press release that was recalled", "kind": "press_release", "state": "recalled"},
    {"title": "A speech in an unofficial translation", "kind": "speech", "translation": "unofficial", "original": "fr"},
    {"title": "An article of which words were erased", "kind": "article", "erased": True},
    {"title": None, "kind": "comment", "erased": True},
    {"title": "A message that was removed", "kind": "comment", "state": "removed"},
)
ARABIC_ROWS: tuple[Content, ...] = (
    {"title": "بيان كما نُشر", "kind": "statement", "language": "ar"},
    {"title": "مقابلة صُحّحت مع Radio Tessmark", "kind": "interview", "corrected_at": AT, "language": "ar"},
    {"title": "إشعار سُحب", "kind": "notice", "state": "withdrawn", "language": "ar"},
)


def rows(facts: Sequence[Content] = ROWS) -> tuple[Row, ...]:
    """A line of a list for each state of a message."""
    return tuple(_row(number, one) for number, one in enumerate(facts))


def _row(number: int, more: Content) -> Row:
    plain: Content = {
        "id": f"guide{number}",
        "message": "guide",
        "index": number,
        "path": SAMPLE,
        "language": "en",
        "day": DAY,
        "kind": "interview",
        "section": SECTION,
        "state": "current",
        "teaser": None,
        "at": AT,
        "first_at": AT,
    }
    return Row(**{**plain, **more})


def listing(language: str) -> Listing:
    """A section's list: its newest messages and all its months."""
    base = f"{LISTS}section/"
    feed = f"{language.lower()}/all/feed.atom"
    return Listing(base, language, "section", SECTION, rows(), periods=tuple(_months(base)), feed=feed)


def month(language: str) -> Listing:
    """A dated page, with the ways to the months beside it; nothing was published in it."""
    base = f"{LISTS}section/"
    now, before, after = (Period(f"{base}2026/{number:02d}/", 2026, number) for number in (10, 9, 11))
    year = Period(f"{base}2026/", 2026)
    return Listing(now.path, language, "section", SECTION, (), now, newer=after, older=before, year=year)


def days(language: str) -> Listing:
    """A month of all messages, which names its days."""
    base = f"{LISTS}all/"
    now = Period(f"{base}2026/11/", 2026, 11)
    on = tuple(Period(f"{now.path}{day:02d}/", 2026, 11, day) for day in (28, 12, 3))
    return Listing(now.path, language, "all", None, rows(ROWS[:2]), now, days=on, year=Period(f"{base}2026/", 2026))


def person(language: str) -> Listing:
    """What a person said, and what she asked."""
    said, asked = rows(ROWS[:2])
    acts = {said.id: Acts(3, "t2", 0, ""), asked.id: Acts(0, "", 2, "t1")}
    return Listing(f"{LISTS}person/", language, "person", PERSON, (said,), asked=(asked,), acts=acts)


def person_month(language: str) -> Listing:
    """What a person said in a month, with her words."""
    (said,) = rows(ROWS[:1])
    answer = Passage("t2", 2, "They leave at noon, and come back when the tide allows it.", asked="When do they leave?")
    words = {said.id: Passages((answer,), (Passage("t4", 4, ""), Passage("t6", 6, "")))}
    acts = {said.id: Acts(3, "t2", 0, "")}
    return Listing(f"{LISTS}person/", language, "person", PERSON, (said,), acts=acts, said_words=words)


def places(language: str) -> Listing:
    """All places."""
    names = tuple((name, f"{LISTS}{name.lower()}/") for name in ("Averholm", "Tessmark"))
    return Listing(f"{LISTS}places/", language, "place", None, (), names=names)


def _months(base: str) -> Iterator[Period]:
    for year, months in ((2026, (11, 10)), (2025, (12, 6, 1))):
        yield from (Period(f"{base}{year}/{number:02d}/", year, number) for number in months)


def archive() -> Archive:
    """The ways into an archive."""
    years = tuple(Period(f"{LISTS}{year}/", year) for year in (2026, 2025))
    return Archive(
        years,
        kinds=(("speech", f"{LISTS}speech/"), ("interview", f"{LISTS}interview/")),
        places=(("Tessmark", f"{LISTS}tessmark/"),),
        has_occasions=True,
    )


def front(office: Office) -> Front:
    """A front page: what leads with two that are featured below it, the latest, a section."""
    lead, found = speech(office).version, rows()
    sections = (FrontSection(SECTION, f"{LISTS}section/", found[1:4]),)
    return Front(office.wording.language, lead, SAMPLE, found[:3], sections, featured=found[3:5])
