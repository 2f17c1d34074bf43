"""Invented interviews in six scripts, and selections in them, from a seed: what `test_quoting.py` quotes.

Each interview has what makes quoting hard: sentences and whole answers that occur twice, words with soft hyphens, names
in isolates against the direction of the page, marks of direction, blanks that may not break, quotation marks, commas,
hyphens and ampersands (which a text fragment must encode), words in italics and links, lines, lists, headings, a table.
A selection begins and ends anywhere, also inside a word, and may run over several turns. `Selection.words` are what must
be quoted, turn by turn, worked out here from the content and not from a page.
"""

# ruff: noqa: E501
# A language's words stand on a line of their own.

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from offices import id_of

VOCABULARY = {
    "en": "ferry harbour tide lantern herring crossing calendar skipper signal winter quay timetable answer both-sided co­operation",
    "ru": "паром гавань прилив фонарь сельдь переправа календарь шкипер сигнал зима причал расписание ответ ёлка взаимо­действие",
    "ar": "العبّارة الميناء المدّ الفانوس الرنجة المعبر التقويم الربّان الإشارة الشتاء الرصيف الجدول الجواب السفينة",
    "he": "מעבורת נמל גאות פנס דג מעבר לוח־שנה רב־חובל אות חורף רציף מועד תשובה ספינה",
    "zh": "渡轮 港口 潮水 灯笼 鲱鱼 航线 日历 船长 信号 冬季 码头 时刻表 答复 合作",
    "hi": "नौका बंदरगाह ज्वार लालटेन मछली पारगमन पंचांग नाविक संकेत शीतकाल घाट समय-सारणी उत्तर सहयोग",
}
ENDS = {"zh": ("。", "？", "，"), "hi": ("।", "?", ","), "ar": (".", "؟", "،"), "he": (".", "?", ",")}
LATIN = ("Oriel Tavenmark", "R&D", "m/s “Averholm”", "24-hour", "18:30", "Fish, Ltd")
NAMES = {
    "en": "Oriel Tavenmark",
    "ru": "Ориэль Тавенмарк",
    "ar": "أوريل تافنمارك",
    "he": "אוריאל",
    "zh": "奥里尔",
    "hi": "ओरियल",
}
LANGUAGES = tuple(VOCABULARY)
UNSEEN = re.compile("[\u00ad\u061c\u200e\u200f\u2066-\u2069]")

Content = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """From a place to a place: turn, line of the turn (paragraph, item, cell), and character. `words`: by turn."""

    start: tuple[int, int, int]
    end: tuple[int, int, int]
    words: tuple[tuple[str, str], ...]

    @property
    def turns(self) -> list[str]:
        return [turn for turn, _ in self.words]


def interview(language: str, seed: int, turns: int = 10) -> Content:
    """Open content of an interview."""
    chance = random.Random(f"{language} {seed}")
    written = []
    again = _sentence(language, chance)
    for number in range(1, turns + 1):
        asked = number % 2 == 1
        turn: Content = {"id": f"t{number}", "kind": "question" if asked else "answer"}
        turn |= {"questioner": "Petra Halvane", "outlet": "The Lantern"} if asked else {"speaker": 0}
        turn["blocks"] = [_sentence(language, chance)] if asked else list(_blocks(language, chance, again, number))
        written.append(turn)
    speaker = {"name": NAMES[language], "role": VOCABULARY[language].split()[7]}
    return {
        "v": 1,
        "type": "message",
        "state": "current",
        "message": id_of(f"talk {language} {seed}"),
        "language": language,
        "original": language,
        "kind": "interview",
        "section": id_of("section"),
        "address": f"{language}/statements/2026/03/03/talk-{seed}",
        "title": _sentence(language, chance),
        "delivered": "2026-03-02",
        "occasion": {"event": "Harbour day", "place": "Tessmark"},
        "speakers": [speaker],
        "turns": written,
    }


def _blocks(language: str, chance: random.Random, again: str, number: int) -> Iterator[str | Content]:
    """An answer: in every fourth one that sentence alone which others have too."""
    if number % 4 == 0:
        yield again
        return
    glue = "" if language == "zh" else " "
    yield glue.join([_sentence(language, chance), again, _sentence(language, chance)])
    text = glue.join(_sentence(language, chance) for _ in range(3))
    yield {"kind": "paragraph", "text": text, "marks": [[2, 9, "emphasis"], [12, 20, "link", "https://ferry.example/"]]}
    yield f"{_sentence(language, chance)}\n{_sentence(language, chance)}"
    if number % 3 == 0:
        yield {"kind": "heading", "text": _sentence(language, chance), "level": 2}
        yield {"kind": "item", "text": _sentence(language, chance)}
        yield {"kind": "item", "text": _sentence(language, chance), "marks": [[0, 4, "strong"]]}
        yield {"kind": "table", "rows": [[_word(language, chance) for _ in range(2)] for _ in range(2)]}
        yield {"kind": "quotation", "text": _sentence(language, chance)}


def _sentence(language: str, chance: random.Random) -> str:
    end, asks, comma = ENDS.get(language, (".", "?", ","))
    words = [_word(language, chance) for _ in range(chance.randint(4, 12))]
    if chance.random() < 0.4:
        words[1] += comma
    glue = "" if language == "zh" else " "
    said = glue.join(words) + (asks if chance.random() < 0.2 else end)
    return said.replace(" ", "\u00a0", 1) if chance.random() < 0.2 else said


def _word(language: str, chance: random.Random) -> str:
    if chance.random() < 0.1:
        name = chance.choice(LATIN)
        return f"\u2068{name}\u2069" if language in ("ar", "he") else name
    word = chance.choice(VOCABULARY[language].split())
    return f"{word}\u200f" if language in ("ar", "he") and chance.random() < 0.05 else word


# ---------------------------------------------------------------- selections


def lines_of(turn: Content) -> list[tuple[str, str]]:
    """The lines of a turn as a page shows them, each with what stands between it and the line before."""
    found: list[tuple[str, str]] = []
    for block in turn["blocks"]:
        if isinstance(block, dict) and block["kind"] == "table":
            for row in block["rows"]:
                found += [(cell, "\t" if place else "\n") for place, cell in enumerate(row)]
        else:
            found.append((block if isinstance(block, str) else block["text"], "\n"))
    return found


def selection(content: Content, chance: random.Random, first: int = 0) -> Selection:
    """One selection from turn number `first` on: in most cases of one turn, in a third of several."""
    turns = content["turns"]
    least = first
    while True:
        first = chance.randrange(least, len(turns))
        last = min(len(turns) - 1, first + (chance.randint(1, 3) if chance.random() < 0.35 else 0))
        places = sorted([_place(turns, first, chance), _place(turns, last, chance)])
        words = tuple(_words(turns, *places))
        if words:
            return Selection(places[0], places[1], words)


def _place(turns: list[Content], number: int, chance: random.Random) -> tuple[int, int, int]:
    lines = lines_of(turns[number])
    line = chance.randrange(len(lines))
    text = lines[line][0]
    at = chance.randint(0, len(text))
    if chance.random() < 0.6:  # at the edge of a word, as readers do
        at = min((found.start() for found in re.finditer(r"\b", text)), key=lambda edge: abs(edge - at), default=at)
    return number, line, at


def _words(turns: list[Content], start: tuple[int, int, int], end: tuple[int, int, int]) -> Iterator[tuple[str, str]]:
    """The words between two places, turn by turn, as printed."""
    stretches: list[tuple[int, str, str]] = []
    for number in range(start[0], end[0] + 1):
        for line, (text, between) in enumerate(lines_of(turns[number])):
            if not start[:2] <= (number, line) <= end[:2]:
                continue
            upto = end[2] if (number, line) == end[:2] else len(text)
            stretches.append((number, text[start[2] if (number, line) == start[:2] else 0 : upto], between))
    while stretches and not stretches[0][1].strip():
        stretches.pop(0)
    while stretches and not stretches[-1][1].strip():
        stretches.pop()
    for number in dict.fromkeys(one[0] for one in stretches):
        said = ""
        for _, text, between in (one for one in stretches if one[0] == number):
            said += (between if said else "") + _printed(text)
        yield turns[number]["id"], said.strip() if number in (stretches[0][0], stretches[-1][0]) else said


def _printed(text: str) -> str:
    return re.sub("[ \t]+", " ", UNSEEN.sub("", text))
