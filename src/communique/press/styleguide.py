"""The style guide: each part of the design system in all its states on one page, made by the press's own templates.

Only the showroom has it, at `/styleguide/`: the office whose record is called `sheet.SHOWROOM`, the demo's. So it
follows from the record like everything else, an office of somebody else has none, and no setting says so. What it
shows is invented here; what surrounds it, and its strip, counters and contacts, are the demo's own.
"""

from __future__ import annotations

from typing import Any

from communique.press.bundle import FACES
from communique.press.files_view import downloads, pictures
from communique.press.furniture_view import frame
from communique.press.list_view import rows_view
from communique.press.message_view import (
    Shown,
    edition_lines,
    exchanges,
    facts,
    head,
    notes,
    questions,
    taken_back,
)
from communique.press.office_view import Office, office_of
from communique.press.shown import Content, EditionLine, Row, Setting, Version

PATH = "styleguide/"
DAY, AT = "2026-11-12", "2026-11-12T09:00:00Z"
COLOURS = (
    ("paper", "the sheet"),
    ("wash", "fields, code"),
    ("ink", "words"),
    ("ink-2", "facts"),
    ("ink-3", "numbers of turns"),
    ("rule", "hairlines"),
    ("rule-2", "edges of sections and fields"),
    ("office", "links, the word Question: the office's own, moved to 7:1"),
    ("office-wash", "the chosen turn"),
    ("second", "the line under the head: the office's second, moved to 3:1, or ink"),
    ("notice", "emergency, correction, withdrawal; nothing else"),
    ("notice-wash", "advisories"),
    ("added", "what an edition added"),
    ("struck", "what it took out"),
)
SCRIPTS = (
    ("en", "ltr", "plain", "The ferry of two coasts", "A timetable is a promise that two countries renew each day."),
    ("ru", "ltr", "cyrillic", "Паром двух берегов", "Расписание — это обещание, которое две страны дают каждый день."),
    (
        "el",
        "ltr",
        "greek",
        "Το πλοίο των δύο ακτών",
        "Ένα δρομολόγιο είναι υπόσχεση που δύο χώρες ανανεώνουν κάθε μέρα.",
    ),
    ("ar", "rtl", "arabic", "عبّارة الضفتين", "جدول المواعيد وعدٌ يجدده بلدان كل يوم."),
    ("he", "rtl", "hebrew", "המעבורת של שני החופים", "לוח זמנים הוא הבטחה ששתי מדינות מחדשות בכל יום."),
    ("hi", "ltr", "devanagari", "दो तटों की नौका", "समय-सारणी एक वचन है जिसे दो देश प्रतिदिन दोहराते हैं।"),
    ("zh", "ltr", "han", "两岸之间的渡轮", "时刻表是两国每天重申的承诺。"),
)
STATES: tuple[tuple[str, Content], ...] = (
    ("publish", {}),
    ("correct", {"note": "The second answer named a wrong day.", "corrects": ["t2"]}),
    ("update", {"note": "The talks have ended since."}),
    ("return", {}),
    ("republish", {}),
    ("withdraw", {"state": "withdrawn", "notice": "It was provisional and has been replaced."}),
    ("recall", {"state": "recalled", "notice": "It named a person by mistake."}),
    ("publish", {"original": "fr", "translation": "unofficial", "authentic": ["fr"]}),
    ("import", {"source": {"captured": AT, "sha256": "0" * 64}}),
    ("import", {"source": {"name": "The Lamplighter", "address": "https://lamplighter.example/5", "on": AT[:10]}}),
    ("erase", {"erased": True, "ground": "Privacy Act, section 9."}),
)
"""each kind of edition that says something above its text"""
ROWS: tuple[Content, ...] = (
    {"title": "A statement as it was published", "kind": "statement"},
    {"title": "An interview that was corrected", "kind": "interview", "corrected_at": AT},
    {"title": "A notice that was withdrawn", "kind": "notice", "state": "withdrawn"},
    {"title": "A press release that was recalled", "kind": "press_release", "state": "recalled"},
    {"title": "A speech in an unofficial translation", "kind": "speech", "translation": "unofficial", "original": "fr"},
    {"title": "An article of which words were erased", "kind": "article", "erased": True},
    {"title": None, "kind": "comment", "erased": True},
    {"title": "A message that was removed", "kind": "comment", "state": "removed"},
)
TURNS: tuple[Content, ...] = (
    {
        "id": "t1",
        "kind": "question",
        "questioner": "Petra Halvane",
        "outlet": "Radio Tessmark",
        "topic": "A question with who asked it",
        "blocks": ["Did anybody count the bicycles?"],
    },
    {
        "id": "t2",
        "kind": "answer",
        "speaker": 0,
        "blocks": [
            {
                "kind": "paragraph",
                "text": "Nobody had thought of them. See the timetable.",
                "marks": [[7, 10, "emphasis"], [36, 45, "link", "/"]],
            },
            {"kind": "item", "text": "in January, three"},
            {"kind": "item", "text": "in June, ninety"},
            {"kind": "quotation", "text": "Give me a tide and I shall be on time."},
        ],
    },
    {"id": "t3", "kind": "note", "blocks": ["A bell is heard."]},
    {"id": "t4", "kind": "question", "topic": "A question without a name", "blocks": ["And the herring?"]},
    {"id": "t5", "kind": "answer", "speaker": 0, "blocks": [{"kind": "paragraph"}]},
    {"id": "t6", "kind": "remark", "speaker": 0, "blocks": ["Thank you all for coming."]},
)


def styleguide(setting: Setting) -> dict[str, Any]:
    """What the template `styleguide.html` shows."""
    office = office_of(setting)
    title = "Style guide"
    sheets = ("more.css", *FACES.values(), "guide.css")
    page = frame(office, PATH, title, scripts=("approach.js",), index=False, sheets=sheets)
    return {
        "page": page,
        "title": title,
        "colours": [{"name": name, "use": use} for name, use in COLOURS],
        "scripts": [
            dict(zip(("language", "direction", "script", "title", "words"), one, strict=True)) for one in SCRIPTS
        ],
        "rows": rows_view(office, [_row(number, facts_) for number, facts_ in enumerate(ROWS)]),
        "notes": list(_notes(office)),
        "message": _message(office),
    }


def _row(number: int, more: Content) -> Row:
    plain: Content = {
        "id": f"guide{number}",
        "message": f"guide{number}",
        "index": number,
        "path": PATH,
        "language": "en",
        "day": DAY,
        "section": None,
        "state": "current",
        "teaser": None,
        "at": AT,
        "first_at": AT,
    }
    return Row(**{**plain, **more})


def _shown(office: Office, kind: str, seq: int, more: Content) -> Shown:
    content: Content = {
        "state": "current",
        "language": "en",
        "original": "en",
        "kind": "interview",
        "title": "Every part of a message on one page",
        "status": "near_verbatim",
        "delivered": DAY,
        "address": PATH.strip("/"),
        "speakers": [{"name": "Oriel Tavenmark", "role": "Ambassador"}],
        "turns": TURNS,
        **more,
    }
    editions = (EditionLine(1, "publish", AT, 1), EditionLine(2, "correct", AT, 2, STATES[1][1]["note"]))[:seq]
    version = Version("guide", seq, 1, "0" * 64, kind, AT, AT, DAY, content)
    return Shown(office, version, PATH, (), editions)


def _notes(office: Office) -> list[dict[str, Any]]:
    """Each note once, by its name."""
    shown = [_shown(office, kind, seq, more) for seq, (kind, more) in enumerate(STATES, 1)]
    found = [note for one in shown for note in (*taken_back(one), *notes(one))]
    return list({note["name"]: note for note in found}.values())


def _message(office: Office) -> dict[str, Any]:
    """The parts of a message, with the office's arms for a picture and a file, if it has any."""
    arms = office.content.get("arms")
    drawn = {"width": 320, "height": 320, "alternative": "The arms.", "caption": "A caption.", "credit": "A credit"}
    files: Content = {"pictures": [{**arms, **drawn}], "files": [{**arms, "title": "A file"}]} if arms else {}
    shown = _shown(office, "correct", 2, {**files, **STATES[1][1]})
    keys = ("editions", "downloads", "in_this_interview", "link", "quote", "copy_quote", "with_citation", "copied")
    return {
        "head": head(shown),
        "facts": facts(shown),
        "exchanges": exchanges(shown),
        "questions": questions(shown),
        "pictures": pictures(shown.content),
        "files": downloads(shown.content),
        "editions": edition_lines(shown),
        "words": {key: office.wording.label(key) for key in keys},
    }
