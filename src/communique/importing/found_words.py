"""Found words: what a document says, in the newsroom's own shape: speakers and turns, or blocks.

Who speaks is found by `turns.py`, as on a page. A document says it in two more ways, which are told to it as marks: a
name that is strong at the beginning of a paragraph, again and again, and a table of two columns whose first one names
who speaks. Where nobody is marked as asking, and paragraphs that are strong all through ask while those between them do
not, these are questions and answers without marks. A heading right above a question is its topic. What is printed of an
asker ("Question (Mara Voss, Longshore Radio):") becomes questioner and outlet.

    >>> words_of_passages([Passage("paragraph", "Q: Why?"), Passage("paragraph", "A: Because.")], "en", Leavings())
    (None, {'turns': [{'id': 't1', 'kind': 'question', …}, {'id': 't2', 'kind': 'answer', …}], 'next': 3})
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from communique.edition.text import canonical_text
from communique.importing.capture import Line
from communique.importing.leavings import Leavings
from communique.importing.passages import Passage
from communique.importing.same_turns import kept_ids
from communique.importing.sentence import Sentence
from communique.importing.turns import (
    ANSWERED,
    ASKED,
    Mark,
    Speaker,
    Turn,
    find_marks,
    is_name_like,
    speakers_of,
    turns_of,
)
from communique.importing.words import ANSWER, QUESTION, folded

Words = dict[str, Any]

LIMIT_SPEAKERS = 1_000
"""as many as an edition may have; whoever comes after them keeps the mark and has no place"""
_LIMIT_LEAD = 60
_LIMIT_TOPIC = 200
_TITLE_WITHIN = 4
"""passages in which a title may stand: letterhead and day come before it"""
_ASKS = re.compile(r"(?:[?？؟]|[\u0370-\u03ff\u1f00-\u1fff];)[\"'”’»)\]]*$")
_BRACKETED = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*")
_BETWEEN = re.compile(r"\s*[,،、，;|/]\s*|\s+[–—-]\s+")
_NUMBER = re.compile(r"^\d{1,3}\s*[.)]\s*")
_TIME_CODE = re.compile(r"[\[(]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?[\])]?")
_OUTLET = re.compile(
    r"\b(?:radio|tv|television\w*|televis\w+|fernseh\w*|rundfunk|news\w*|agency|agence|agentur|agencia|agenzia|press|"
    r"presse|prensa|times|post|daily|journal|gazett\w+|\w*zeitung|herald|tribune|broadcast\w*|media|channel|kanal|wire|"
    r"review|magazin\w*|weekly|courier|журнал|радио|радіо|телеканал|канал|агентство|агенція|газета|новости|новини)\b|"
    r"قناة|وكالة|صحيفة|إذاعة|电视|電視|日报|日報|通讯社|通信社|新聞|新闻|방송|신문|통신",
    re.I,
)
_INITIALS = re.compile(r"[^\W\d_a-zа-я]{2,6}\d?")


@dataclass(frozen=True)
class FoundWords:
    """What was found in a document. `left` are sentences. Of subtitles, `times` are milliseconds from their beginning,
    by the id of a turn, and `cues` what is said, with its own."""

    title: str | None
    words: Words
    times: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    left: Sequence[str] = ()
    cues: Sequence[tuple[int, int, str]] = ()

    def keeping(self, before: Words) -> FoundWords:
        """The same, read anew from a document that was mended: turns that are still there have the ids of `before`."""
        words = kept_ids(before, self.words)
        both = zip(self.words.get("turns", ()), words.get("turns", ()), strict=True)
        ids = {read["id"]: kept["id"] for read, kept in both}
        return replace(self, words=words, times={ids[id_]: span for id_, span in self.times.items()})


def words_of_passages(passages: Sequence[Passage], language: str, left: Leavings) -> tuple[str | None, Words]:
    """The title, where the document plainly has one, and the words."""
    title, passages = _without_title(passages)
    passages = [part for passage in passages for part in _spoken_rows(passage, language, left)]
    said = [_Said(passage, number * 2 + 1) for number, passage in enumerate(passages)]
    leads = Counter(folded(p.text[: p.lead]) for p in passages if _has_lead(p))
    for one in said:
        one.mark_lead(leads)
    lines = [one.line for one in said]
    head = [Line(0, title, 1)] if title else []
    head += [line for line in lines[:12] if len(line.text) < 400]
    marks = find_marks([one.line for one in said if one.may_be_marked], language, head)
    marks = _with_strong_questions(said, marks)
    if not marks:
        return title, {"blocks": _blocks(passages), "next": 1}
    turns = turns_of(lines, marks)
    by_number = {one.line.number: one for one in said}
    ends = {mark.line.number: mark for mark in marks}
    parts = [[by_number[number].part(ends.get(number)) for number in turn.lines] for turn in turns]
    topics = _topics(turns, parts)
    above = [line.text for line in head if line.number < marks[0].line.number]
    return title, words_of_turns(turns, parts, "\n".join(above), topics)


def words_of_turns(
    turns: Sequence[Turn], parts: Sequence[Sequence[Passage]], head: str, topics: Mapping[int, str] | None = None
) -> Words:
    """Turns and their passages as words with speakers. `head` is where full names and roles stand."""
    palette = _Palette([s for s in speakers_of([t for t in turns if t.kind != "question"], head)])
    found: list[Words] = []
    for place, (turn, passages) in enumerate(zip(turns, parts, strict=True)):
        if not passages and not turn.mark:
            continue
        told: Words = {"id": f"t{len(found) + 1}", "kind": turn.kind}
        if turn.name and turn.kind != "question" and (speaker := palette.place(turn.name)) is not None:
            told["speaker"] = speaker
        if turn.mark and (mark := canonical_text(turn.mark)):
            told["mark"] = mark
        if turn.kind == "question":
            told |= _asker(turn.mark or turn.name or "")
        if topics and place in topics:
            told["topic"] = topics[place]
        found.append({**told, "blocks": _blocks(passages)})
    speakers = {"speakers": palette.speakers} if palette.speakers else {}
    return {**speakers, "turns": found, "next": len(found) + 1}


class _Said:
    """A passage as a line in which a mark may stand; a strong lead gets the colon that its type stands for."""

    def __init__(self, passage: Passage, number: int) -> None:
        self.passage = passage
        self.line = Line(number, passage.text or " ".join(cell for row in passage.rows for cell in row))
        self.asks = False
        self._lead = 0

    @property
    def is_strong(self) -> bool:
        return self.passage.kind == "paragraph" and self.passage.lead >= len(self.passage.text) > 0

    @property
    def may_be_marked(self) -> bool:
        return self.passage.kind not in ("heading", "table")

    def mark_lead(self, leads: Counter[str]) -> None:
        lead = self.passage.text[: self.passage.lead]
        if _has_lead(self.passage) and (leads[folded(lead)] > 1 or folded(lead) in QUESTION | ANSWER):
            self._lead = len(lead)
            self.line = replace(self.line, text=f"{lead.strip()}: {self.passage.text[len(lead) :].strip()}")

    def part(self, mark: Mark | None) -> Passage:
        """The passage, without its mark."""
        if mark is None or mark.words in (ASKED, ANSWERED):
            return _plainer(self.passage) if self.asks else self.passage
        kind = "paragraph" if self.passage.kind == "item" else self.passage.kind
        return replace(self.passage.cut(self._lead or mark.end), kind=kind, level=0, ordered=False, goes_on=False)


class _Palette:
    """The speakers, once each: a surname alone, or a name with its role behind it, is the same person."""

    def __init__(self, found: Sequence[Speaker]) -> None:
        self.speakers: list[Words] = []
        self._by_name: dict[str, int] = {}
        self._by_surname: dict[str, set[int]] = {}
        named = [(speaker.mark, *_name_and_role(speaker)) for speaker in found]
        full_first = sorted(named, key=lambda one: len(one[1].split()) == 1)
        self._places = {mark: self._place(name, role) for mark, name, role in full_first}
        self._in_order([mark for mark, _, _ in named])

    def place(self, mark: str) -> int | None:
        """Where the speaker of a mark stands, None for one more than an edition may have."""
        place = self._places[mark]
        return place if place < LIMIT_SPEAKERS else None

    def _place(self, name: str, role: str | None) -> int:
        known = folded(name)
        same = {self._by_name[known]} if known in self._by_name else self._by_surname.get(known, set())
        if len(same) == 1:
            place = next(iter(same))
            if role:
                self.speakers[place].setdefault("role", role)
            return place
        place = self._by_name[known] = len(self.speakers)
        self._by_surname.setdefault(known.split()[-1] if known else "", set()).add(place)
        self.speakers.append({"name": name, **({"role": role} if role else {})})
        return place

    def _in_order(self, marks: Sequence[str]) -> None:
        """Put the speakers in the order in which they speak."""
        order = list(dict.fromkeys(self._places[mark] for mark in marks))
        new = {place: number for number, place in enumerate(order)}
        self.speakers = [self.speakers[place] for place in order][:LIMIT_SPEAKERS]
        self._places = {mark: new[place] for mark, place in self._places.items()}


def _name_and_role(speaker: Speaker) -> tuple[str, str | None]:
    """The name, and the role that stands in brackets or behind a comma, or that the head gives to a full name."""
    bare = _NUMBER.sub("", speaker.mark)
    bracketed = _BRACKETED.search(bare)
    role = bracketed[1] if bracketed else None
    name, *rest = re.split(r"\s*[,،，]\s*", _BRACKETED.sub(" ", bare).strip(), maxsplit=1)
    role = role or (rest[0] if rest else None) or (speaker.role if " " in name else None)
    return canonical_text(name) or canonical_text(speaker.mark), canonical_text(role) if role else None


def _asker(mark: str) -> Words:
    """Questioner and outlet, as far as a mark prints them."""
    bare = _NUMBER.sub("", mark)
    bracketed = _BRACKETED.search(bare)
    base = _BRACKETED.sub(" ", bare).strip()
    named = [] if folded(base) in QUESTION or len(folded(base)) == 1 else [base]
    named += [bracketed[1]] if bracketed else []
    parts = [part for words in named for part in _BETWEEN.split(words) if part]
    if not parts:
        return {}
    if len(parts) == 1:
        outlet = _OUTLET.search(parts[0]) or _INITIALS.fullmatch(parts[0])
        return {"outlet" if outlet else "questioner": canonical_text(parts[0])}
    return {"questioner": canonical_text(parts[0]), "outlet": canonical_text(", ".join(parts[1:]))}


def _without_title(passages: Sequence[Passage]) -> tuple[str | None, Sequence[Passage]]:
    """A title by its style among the first passages, or a heading that is the first; and the rest."""
    styled = next((n for n, p in enumerate(passages[:_TITLE_WITHIN]) if p.is_title), None)
    place = styled if styled is not None else 0
    if not passages or (styled is None and passages[0].kind != "heading"):
        return None, passages
    return passages[place].text, [*passages[:place], *passages[place + 1 :]]


def _has_lead(passage: Passage) -> bool:
    """Whether a passage begins with strong words that could be a name or ask, without a colon behind them."""
    lead = passage.text[: passage.lead].strip()
    if not 0 < len(lead) <= _LIMIT_LEAD or passage.kind not in ("paragraph", "item") or lead[-1] in ":：.!?":
        return False
    rest = passage.text[passage.lead :].strip()
    return not rest.startswith((":", "：")) and (folded(lead) in QUESTION | ANSWER or is_name_like(lead))


def _spoken_rows(table: Passage, language: str, left: Leavings) -> list[Passage]:
    """The rows of a table of who speaks and what is said, as paragraphs with marks; any other passage as it is."""
    rows = [row[1:] if len(row) == 3 and _TIME_CODE.fullmatch(row[0]) else row for row in table.rows]
    body = rows[1:] if table.header else rows
    if len(body) < 2 or any(len(row) != 2 for row in rows):
        return [table]
    told = [Passage("paragraph", row[1] if row[0] == "–" else f"{row[0].rstrip(' :：')}: {row[1]}") for row in body]
    marks = find_marks([Line(n * 2 + 1, p.text) for n, p in enumerate(told)], language, [])
    if len(marks) * 10 < sum(row[0] != "–" for row in body) * 6 or len(marks) < 2:
        return [table]
    if table.header:
        head = (" | ".join(rows[0]),)
        left.say(Sentence("The head of a table of speakers was not taken: {words}.", words=head))
    return [
        replace(passage, text=line, goes_on=n > 0)
        for passage in told
        for n, line in enumerate(passage.text.split("\n"))
        if line.strip()
    ]


def _topics(turns: Sequence[Turn], parts: list[list[Passage]]) -> dict[int, str]:
    """Place of a question -> the heading right above it, which is taken out of the turn before."""
    found: dict[int, str] = {}
    for place in range(1, len(turns)):
        above = parts[place - 1]
        if turns[place].kind != "question" or not above or above[-1].kind != "heading":
            continue
        if len(above[-1].text) <= _LIMIT_TOPIC and not (len(above) > 1 and above[-2].kind == "heading"):
            found[place] = above.pop().text
    return found


def _with_strong_questions(said: Sequence[_Said], marks: Sequence[Mark]) -> list[Mark]:
    """The marks, and such for questions that nothing but strong type marks, and for what stands under them.

    Two at least, where nobody else is marked as asking, and where nothing that is strong all through is something else.
    Without them a question would be in the mouth of whoever spoke before.
    """
    marked = {mark.line.number for mark in marks}
    strong = [one.line.number not in marked and one.is_strong for one in said]
    asking = [n for n, is_strong in enumerate(strong) if is_strong and _ASKS.search(said[n].passage.text)]
    if any(mark.sort == "question" for mark in marks) or len(asking) < 2 or asking[-1] == len(said) - 1:
        return list(marks)
    if any(strong[n] and n not in asking for n in range(asking[0], len(said))):
        return list(marks)
    found = list(marks)
    for n in asking:
        said[n].asks = True
        if not strong[n - 1] or n == 0:
            found.append(Mark(said[n].line, ASKED, 0, "question"))
        if not strong[n + 1] and said[n + 1].line.number not in marked:
            found.append(Mark(said[n + 1].line, ANSWERED, 0, "answer"))
    return sorted(found, key=lambda mark: mark.line.number)


def _plainer(passage: Passage) -> Passage:
    """A question whose kind says now what its strong type said."""
    return replace(passage, marks=tuple(mark for mark in passage.marks if mark[2] != "strong"))


def _blocks(passages: Sequence[Passage]) -> list[Any]:
    """Passages as blocks, lines of one paragraph together again."""
    joined: list[Passage] = []
    for passage in passages:
        if passage.goes_on and joined and joined[-1].kind == passage.kind and not passage.rows:
            joined[-1] = _together(joined[-1], passage)
        elif passage.text or passage.rows:
            joined.append(passage)
    return [_block(passage) for passage in joined]


def _together(above: Passage, below: Passage) -> Passage:
    shift = len(above.text) + 1
    marks = tuple((start + shift, end + shift, kind, target) for start, end, kind, target in below.marks)
    return replace(above, text=f"{above.text}\n{below.text}", marks=above.marks + marks)


def _block(passage: Passage) -> Any:
    """A paragraph without marks is bare text."""
    if passage.kind == "paragraph" and not passage.marks:
        return passage.text
    marks = [[start, end, kind, *([target] if target else [])] for start, end, kind, target in passage.marks]
    block: Words = {
        "kind": passage.kind,
        "text": passage.text,
        "marks": marks,
        "level": passage.level if passage.kind == "heading" or passage.level > 1 else 0,
        "ordered": passage.ordered,
        "rows": [list(row) for row in passage.rows],
        "header": passage.header,
    }
    return {key: value for key, value in block.items() if value}
