"""Turns: who speaks, marked at the beginning of a paragraph, and what is said until the next mark.

A mark is "Question:", "Q.:", "2. Вопрос:", or a name. Words with a colon are a name only on evidence, because not every
line with a colon is a mark ("Following are three quotations:", "Dear Sir:"): the same words mark another turn, or stand
in the head of the page, or answer a question; or they ask one that a known speaker answers. A dash in the place of the
colon ("Question – …") makes marks only where no colon does, and where they repeat and take turns.

Kinds: a marked question is a question. What a named speaker says is an answer once questions are open, and a remark
before; where nobody is marked as asking, the one whose turns end in question marks asks. A paragraph in brackets alone
is a note, and so is a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from communique.importing.capture import Line
from communique.importing.cities import is_city
from communique.importing.dates import ends_in_date, whole_date
from communique.importing.paragraphs import Run, is_hard_wrapped, paragraphs_of, runs_of, text_of
from communique.importing.words import (
    ANSWER,
    ANSWER_LETTER,
    ENDS_A_SENTENCE,
    MODERATOR,
    PARTICLES,
    QUESTION,
    QUESTION_LETTER,
    folded,
    kind_by_words,
)

LIMIT_TURNS = 5_000
_LIMIT_MARK = 90
_LIMIT_NAME_WORDS = 9
_LEAST_SAID = 60
_LIMIT_ASKER = 30
_LEAST_QUESTIONS = 2
_LEAST_ALONE = 4
_LIMIT_ALONE = 50
_LIMIT_CUT_SHORT = 9
"""signs of initials, or of a word for who speaks that is cut short: "A.L.", "Corr." """
ASKED, ANSWERED = "?", "!"
"""stand for marks that strong type alone makes; printed nowhere"""

_MARKED = re.compile(rf"^\s*+(?P<mark>[^:：]{{1,{_LIMIT_MARK}}}?)\s*(?::(?=\s|$)|：)\s*")
_POINTED = re.compile(
    rf"^\s*+(?P<mark>(?:[^:：.]|\.(?=\s[^\W\d_])){{1,{_LIMIT_MARK}}}?)(?P<sign>\.\s?[-–—])\s*(?=\S|$)"
)
"""as Spanish transcripts have it: "Ministra.- …" """
_BRACKETED = re.compile(
    r"^\s*+(?P<sign>[【（〔［<〈＜])(?P<mark>[^】）〕］>〉＞]{1,40})(?P<end>[】）〕］>〉＞])\s*(?=\S)"
)
"""as East Asian transcripts have it: "（記者）…" """
_HUGGED = re.compile(rf"^\s*+(?P<mark>[^:：–—\-]{{2,{_LIMIT_MARK}}}?)(?P<sign>[–—-])\s+(?=\S)")
_OF_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){2,3}")
_CUTS = re.compile(r"[.\s]")
_ORDINAL = re.compile(r"\s*(?:#|№|n[o°º]\.?\s*)?\d{1,3}$")
_LETTERED = re.compile(r"^\s*(?P<mark>\w)\s*[.)–—-]\s*:?\s+(?=\S)")
_DASH = re.compile(r"^\s*[–—―-]\s*(?=[^\W\d]|[¿«“\"„])")
_DASHED = re.compile(rf"^\s*+(?P<mark>[^:：–—]{{2,{_LIMIT_MARK}}}?)\s+(?P<sign>[–—-])\s+(?=\S)")
_SIGNS = {form: frozenset("-–—") for form in (_DASHED, _POINTED, _HUGGED)} | {_BRACKETED: frozenset("【（〔［<〈＜")}
"""what a line of each form has among its first signs"""
_SIGNS_OF_A_MARK = " \u00a0.:：–—-"
_NUMBER = re.compile(r"^\d{1,3}\s*[.)]\s*")
_NUMBERED = re.compile(r"^\s*(?:no|nr|n[º°]|núm|num|№|sayı|số)\.?\s*[:：]\s*\d", re.I)
"""the number of a message, which nobody says"""
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
_LIMIT_SUBHEAD = 120
_STOPS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
IN_BRACKETS = re.compile(r"^\s*(?:\([^()]{1,300}\)|\[[^\[\]]{1,300}\])\s*$")
_ASKS = re.compile(r"(?:[?？؟]|[\u0370-\u03ff\u1f00-\u1fff];)[\"'”’»)\]]*$")


@dataclass(frozen=True)
class Turn:
    """One turn. `mark` as printed without its colon, None where none is printed; `name` only where it is a person's.
    `runs` are the links and the words in another language of each paragraph; `sign` stands between mark and words."""

    kind: str
    mark: str | None
    name: str | None
    paragraphs: tuple[str, ...]
    lines: tuple[int, ...]
    runs: tuple[tuple[Run, ...], ...] = ()
    sign: str = ":"


@dataclass(frozen=True)
class Speaker:
    """A person who speaks: the mark as printed and, where the page says it, full name and role."""

    mark: str
    name: str
    role: str | None


@dataclass(frozen=True)
class Mark:
    """The words before a colon which say who speaks. `sort` is question, answer, moderator or name."""

    line: Line
    words: str
    end: int
    sort: str
    sign: str = ":"


def find_marks(lines: Sequence[Line], language: str, head: Sequence[Line]) -> list[Mark]:
    """The marks among the lines of a body. `head` are short lines from the beginning of the page."""
    return (
        _with_colons(lines, language, head)
        or _in_strong_type(lines, language)
        or _that_take_turns(lines, language, _DASHED)
        or _that_take_turns(lines, language, _POINTED)
        or _that_take_turns(lines, language, _HUGGED)
        or _that_take_turns(lines, language, _BRACKETED)
        or marks_alone(lines, language)
        or _behind_dashes(lines)
    )


def _in_strong_type(lines: Sequence[Line], language: str) -> list[Mark]:
    """Marks that strong type alone sets apart from the words behind them ("<b>QUESTION.</b> Who …"): several, of two
    who take turns, where it is marked who asks, or one of them asks."""
    found = [mark for line in lines if line.lead and not line.strong and (mark := _lead_of(line, language))]
    times = Counter(_bare(mark.words) for mark in found)
    kept: list[Mark] = []
    for mark in found:
        answers = bool(kept) and kept[-1].sort == "question"
        if mark.sort != "name" or times[_bare(mark.words)] > 1 or answers:
            kept.append(mark)
    who = [_bare(mark.words) for mark in kept]
    twice = any(_bare(a.words) == _bare(b.words) and a.sort != "question" for a, b in pairwise(kept))
    if len(kept) < _LEAST_ALONE or len(set(who)) < 2 or twice:
        return []
    places = {line.number: place for place, line in enumerate(lines)}
    starts = [places[mark.line.number] for mark in kept]
    stretches = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    asked = sum(mark.sort == "question" for mark in kept) >= _LEAST_QUESTIONS
    return kept[:LIMIT_TURNS] if asked or _those_who_ask(kept, stretches) else []


def _lead_of(line: Line, language: str) -> Mark | None:
    """What strong type at the beginning of a line could mark."""
    lead = line.text[: line.lead]
    words = lead.strip().rstrip(_SIGNS_OF_A_MARK)
    if not 0 < len(words) <= _LIMIT_MARK or not line.text[line.lead :].strip():
        return None
    sort = _sort(words, language)
    return Mark(line, words, line.lead, sort, lead.strip()[len(words) :].strip()) if sort else None


def marks_alone(lines: Sequence[Line], language: str) -> list[Mark]:
    """Marks that no sign divides from the words, each alone on its line, in a cell or in a term: those of at least two
    who take turns, with what is said below each. Without a word for who asks, each comes again, and one asks."""
    short = [n for n, line in enumerate(lines[:-1]) if _could_stand_alone(line)]
    times = Counter(_bare(lines[n].text) for n in short)
    sorts = {n: _sort(lines[n].text.strip(), language) for n in short if times[_bare(lines[n].text)] > 1}
    again = [n for n, sort in sorts.items() if sort]
    asking = {n for n in again if sorts[n] == "question"}
    if len(again) < _LEAST_ALONE or not (asking or _ask_below(lines, again)):
        return []
    who = [_bare(lines[n].text) for n in again]
    if len(set(who)) < 2 or any(a == b for a, b in pairwise(who)) or any(b == a + 1 for a, b in pairwise(again)):
        return []
    found = [Mark(lines[n], lines[n].text.strip(), len(lines[n].text), sorts[n] or "name", "") for n in again]
    return found[:LIMIT_TURNS]


def _behind_dashes(lines: Sequence[Line]) -> list[Mark]:
    """Turns that begin with a dash and nothing else: question and answer in turn, as often as not a question."""
    dashed = [(n, found.end()) for n, line in enumerate(lines) if (found := _DASH.match(line.text))]
    stretches = [lines[a:b] for (a, _), (b, _) in pairwise([*dashed, (len(lines), 0)])]
    asks = [bool(_ASKS.search(said[-1].text.rstrip())) for said in stretches]
    if len(dashed) < _LEAST_ALONE or not asks[0] or any(a and b for a, b in pairwise(asks)):
        return []
    if not any(asks[1::2]) and sum(asks[::2]) * 2 > len(asks[::2]):
        asks = [place % 2 == 0 for place in range(len(asks))]  # one asks in turn, as often as not without a sign
    if sum(asks) * 3 < len(asks) or sum(len(said[0].text) for said in stretches) < _LEAST_SAID * 2:
        return []
    marks = [(ASKED, "question") if asked else (ANSWERED, "answer") for asked in asks]
    return [Mark(lines[n], words, end, sort) for (n, end), (words, sort) in zip(dashed, marks, strict=True)]


def _could_stand_alone(line: Line) -> bool:
    text = line.text.strip()
    if not 0 < len(text) <= _LIMIT_ALONE or line.linked:
        return False
    return text[-1].isalpha() or (len(text) <= _LIMIT_CUT_SHORT and text[-1] == "." and text[0].isupper())


def _ask_below(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether, of those who take turns, one puts questions, and the other does not."""
    below = [lines[a + 1 : b] for a, b in pairwise([*places, len(lines)])]
    asks = [bool(said) and bool(_ASKS.search(said[-1].text)) for said in below]
    return sum(asks[::2]) * 2 > len(asks[::2]) > sum(asks[1::2]) * 2 or (
        sum(asks[1::2]) * 2 > len(asks[1::2]) > sum(asks[::2]) * 2
    )


def _that_take_turns(lines: Sequence[Line], language: str, form: re.Pattern[str]) -> list[Mark]:
    """Marks of another form: two or more, of at least two who take turns, one of them again or in answer."""
    found: list[Mark] = []
    signs = _SIGNS[form]
    for line in lines:
        marked = None if signs.isdisjoint(line.text.lstrip()[: _LIMIT_MARK + 4]) else form.match(line.text)
        sort = _sort(marked["mark"].strip(), language) if marked else None
        if marked and sort and not (form is _HUGGED and sort not in ("question", "answer")):
            sign = f" {marked['sign']}" if form is _DASHED else marked["sign"] + (marked.groupdict().get("end") or "")
            found.append(Mark(line, marked["mark"].strip(), marked.end(), sort, sign))
    times = Counter(_bare(mark.words) for mark in found)
    asked = {mark.sort for mark in found} >= {"question", "answer"}
    who = [_bare(mark.words) for mark in found]
    alternate = all(a != b for a, b in pairwise(who))
    again = any(mark.sort == "question" for mark in found) or all(count > 1 for count in times.values())
    return (
        found[:LIMIT_TURNS] if len(found) > 1 and alternate and (asked or (again and max(times.values()) > 1)) else []
    )


def _with_colons(lines: Sequence[Line], language: str, head: Sequence[Line]) -> list[Mark]:
    candidates = [m for line in lines if (m := candidate(line, language))][: LIMIT_TURNS * 2]
    candidates = candidates[1:] if candidates and _is_title(candidates[0], lines, language) else candidates
    pairs = {m.sort for m in candidates if len(_bare(m.words)) == 1}
    if pairs == {"answer"}:  # a letter alone, as in a list: a), b)
        candidates = [m for m in candidates if len(_bare(m.words)) > 1]
    times = Counter(_bare(m.words) for m in candidates)
    generic = any(m.sort != "name" for m in candidates)
    again = [mark for mark in candidates if times[_bare(mark.words)] > 1]
    capitals = len(again) >= _LEAST_ALONE and all(mark.words.isupper() for mark in again)
    short = {_CUTS.sub("", mark.words) for mark in again if _OF_INITIALS.fullmatch(mark.words)}
    kept: list[Mark] = []
    for place, mark in enumerate(candidates):
        following = candidates[place + 1] if place + 1 < len(candidates) else None
        if (
            mark.sort != "name"
            or times[_bare(mark.words)] > 1
            or _named_above(mark, head, language)
            or (capitals and mark.words.isupper() and " " in mark.words)
            or _initials(mark.words) in short
            or _is_evident(mark, times, kept, following, generic=generic)
        ):
            kept.append(mark)
    below = {above.number: line for above, line in pairwise(lines)}
    if not generic and sum(_speaks(mark, below.get(mark.line.number)) for mark in kept) * 2 < len(kept):
        return []  # "Source: …", "E-mail: …": labels, which nobody says
    return _with_lost_colons(lines, kept)[:LIMIT_TURNS]


def _with_lost_colons(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Mark]:
    """The marks, and those of which the colon was lost: words in capitals that mark turns elsewhere begin a line, or
    the one for a question begins one that asks."""
    times = Counter(mark.words for mark in marks)
    known = {m.words: m.sort for m in marks if times[m.words] > 1 and (m.words.isupper() or m.sort == "question")}
    if not known:
        return list(marks)
    form = re.compile(rf"\s*+(?P<mark>{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})[;.,]?\s+(?=\S)")
    marked, found = {mark.line.number for mark in marks}, list(marks)
    for line in lines:
        lost = form.match(line.text) if line.number not in marked else None
        if lost is None or not (line.text[lost.end()].isupper() or not line.text[lost.end()].isalpha()):
            continue
        words = lost["mark"]
        if len(words) > 1 and (words.isupper() or _ASKS.search(line.text.rstrip())):
            found.append(Mark(line, words, lost.end(), known[words], ""))
    return sorted(found, key=lambda mark: mark.line.number)


def with_strong_questions(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    language: str,
    title: str = "",
    terms: Collection[int] = (),
) -> list[Mark]:
    """The marks, and such for questions that nothing but strong type marks, and for what stands under them. Under a
    title that says it is an interview, headings are such type, and so are `terms`, the numbers of lines that HTML
    calls so.

    Two at least, where nobody else is marked as asking, and where nothing that is strong all through is something else.
    """
    marked = {mark.line.number for mark in marks}
    headed = kind_by_words(title) == "interview"
    strong, asking = _typed(lines, marked, terms, headed=headed, slanted=False)
    if not asking:
        strong, asking = _typed(lines, marked, terms, headed=headed, slanted=True)
    if any(mark.sort == "question" for mark in marks) or len(asking) < _LEAST_QUESTIONS or asking[-1] == len(lines) - 1:
        return list(marks)
    others = [n for n in range(len(lines)) if strong[n] and n not in asking]
    if any(n > asking[0] for n in others) or (headed and others):
        most = len(asking) * 2 > len(others) + len(asking) and (headed or len(asking) > _LEAST_QUESTIONS)
        if not most or any(strong[a] and strong[a + 1] for a in range(len(lines) - 1)) or strong[-1]:
            return list(marks)
        asking = sorted([*asking, *others])  # some ask without a sign
    found = list(marks)
    for n in asking:
        if n == 0 or not strong[n - 1]:
            found.append(Mark(lines[n], ASKED, 0, "question"))
        if not strong[n + 1] and lines[n + 1].number not in marked:
            found.append(candidate(lines[n + 1], language) or Mark(lines[n + 1], ANSWERED, 0, "answer"))
    return sorted(found, key=lambda mark: mark.line.number)


def _is_asked_in(line: Line, terms: Collection[int]) -> bool:
    """Whether HTML sets a line apart: as a term, or, where there are none, as a heading."""
    return line.number in terms or (line.heading > 0 and not terms)


def _typed(
    lines: Sequence[Line], marked: Collection[int], terms: Collection[int], *, headed: bool, slanted: bool
) -> tuple[list[bool], list[int]]:
    """Which lines are set apart by their type, and the places of those of them that ask."""
    apart = [
        line.number not in marked
        and ((headed if _is_asked_in(line, terms) else line.strong) or (slanted and line.slanted))
        for line in lines
    ]
    return apart, [n for n, is_apart in enumerate(apart) if is_apart and _ASKS.search(lines[n].text.rstrip())]


def turns_of(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Turn]:
    """The turns of a body, those words before the first mark as a remark of nobody."""
    wrapped = is_hard_wrapped(lines)
    numbers = [line.number for line in lines]
    starts = [bisect_left(numbers, m.line.number) for m in marks]
    stretches = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    lead = lines[: starts[0]] if starts else lines
    typed = any(mark.words == ASKED for mark in marks)  # strong type marks questions, and no subheads
    found = _said(None, "remark", lead, wrapped, typed)
    for mark, kind, own in zip(marks, _kinds(marks, stretches, typed=typed), stretches, strict=True):
        found += _said(mark, kind, own, wrapped, typed)
    return [replace(turn, mark=None) if turn.mark in (ASKED, ANSWERED) else turn for turn in found]


def speakers_of(turns: Sequence[Turn], head: str) -> list[Speaker]:
    """The persons who speak, once for each mark, with the role that the head gives them."""
    marks = dict.fromkeys(t.mark for t in turns if t.mark and t.name)
    return [Speaker(mark, *_name_and_role(mark, head)) for mark in marks]


def is_name_like(words: str) -> bool:
    """Whether words could be a name, with a role or an outlet: capitals where the script has them, no figures."""
    bare = _NUMBER.sub("", _BRACKETS.sub(" ", words)).strip()
    parts = re.split(r"[\s,،/]+", bare)
    if not 0 < len(parts) <= _LIMIT_NAME_WORDS or any(c.isdecimal() for c in bare) or re.search(r"[!?;«»“”\"]", bare):
        return False
    if any(c.islower() or c.isupper() for c in bare):
        named = [p for p in parts if p and folded(p) not in PARTICLES]
        return bool(named) and all(p[0].isupper() or re.match(r"\w{1,3}[-'’]\w?[A-ZÀ-Þ]", p) for p in named)
    return len(parts) <= 4


def candidate(line: Line, language: str) -> Mark | None:
    """What in a line could be a mark by its form alone."""
    found = _MARKED.match(line.text)
    if found and _NUMBERED.match(line.text):
        return None
    if found:
        words = found["mark"].strip()
        sort = _sort(words, language)
        wide = line.text[: found.end()].rstrip().endswith("：")
        return Mark(line, words, found.end(), sort, "：" if wide else ":") if sort else None
    lettered = _LETTERED.match(line.text)
    sort = _sort_of_letter(lettered["mark"], language) if lettered else None
    return Mark(line, line.text[: lettered.end()].strip(), lettered.end(), sort, "") if lettered and sort else None


def repeats(mark: Mark, known: Collection[str]) -> bool:
    """Whether a mark is one of those whose words (`bare_words`) are known, or says that a question is asked."""
    return mark.sort == "question" or _bare(mark.words) in known


def bare_words(marks: Sequence[Mark]) -> frozenset[str]:
    """The words of the marks that stand more than once."""
    times = Counter(_bare(mark.words) for mark in marks)
    return frozenset(words for words, count in times.items() if count > 1)


def _is_title(mark: Mark, lines: Sequence[Line], language: str) -> bool:
    """Whether the first words with a colon are a title ("Ann Lee: speech at …"): no sentence, and a turn below."""
    text = mark.line.text
    ends = ENDS_A_SENTENCE.search(text) and not ends_in_date(text, language)
    if mark.sort != "name" or mark.end >= len(text) or ends:
        return False
    below = next((line for line in lines if line.number > mark.line.number), None)
    return below is None or bool(candidate(below, language) or whole_date(below.text, language))


def _sort(words: str, language: str) -> str | None:
    bare = _bare(words)
    if bare in QUESTION or _is_of_the_press(bare):
        return "question"
    if bare in ANSWER:
        return "answer"
    if bare in MODERATOR:
        return "moderator"
    if len(bare) == 1:
        return _sort_of_letter(bare, language)
    return "name" if is_name_like(words) else None


def _is_of_the_press(bare: str) -> bool:
    """Whether a mark is a name or an outlet with "journalist" behind it, as East Asian pages have it."""
    return 2 < len(bare) <= _LIMIT_ASKER and bare[-2:] in QUESTION and bare[-2:] > "\u2e80"


def _sort_of_letter(letter: str, language: str) -> str | None:
    for tongue in (language, "en"):
        if folded(letter) == QUESTION_LETTER.get(tongue):
            return "question"
        if folded(letter) == ANSWER_LETTER.get(tongue):
            return "answer"
    return None


@lru_cache(maxsize=4096)
def _bare(words: str) -> str:
    """A mark without its number and what stands in brackets."""
    bare = _NUMBER.sub("", _BRACKETS.sub(" ", words).strip())
    return folded(_ORDINAL.sub("", bare) or bare)


def _is_evident(
    mark: Mark, times: Counter[str], kept: Sequence[Mark], following: Mark | None, *, generic: bool
) -> bool:
    """Whether the marks around one that stands once show that it is a name: it answers, or it asks."""
    bare = _bare(mark.words)
    if generic and (kept[-1].sort == "question" if kept else _opens(mark, following)):
        return True
    known = {_bare(m.words) for m in kept}
    if any(_surname(bare) == _surname(other) for other in known):
        return True
    asks = bool(_ASKS.search(mark.line.text))
    return asks and following is not None and times[_bare(following.words)] > 1


def _named_above(mark: Mark, head: Sequence[Line], language: str) -> bool:
    """Whether a title or the like above a mark names the speaker. A sentence is no title, and a city does not speak."""
    surname = _surname(_bare(mark.words))
    above = [line for line in head if line.number < mark.line.number]
    titles = [line.text for line in above if line.heading or not ENDS_A_SENTENCE.search(line.text)]
    named = surname in folded("\n".join(titles)).replace("’", " ").replace("'", " ").split()
    return named and not is_city(mark.words, language)


def _initials(words: str) -> str:
    return "".join(part[0] for part in words.split())


def _speaks(mark: Mark, below: Line | None) -> bool:
    """Whether a sentence stands behind a mark, or below one that is alone on its line."""
    said = mark.line.text[mark.end :].strip() or (below.text.strip() if below else "")
    return len(said) > _LEAST_SAID or bool(ENDS_A_SENTENCE.search(said))


def _opens(mark: Mark, following: Mark | None) -> bool:
    """Whether a full name is the first mark, and the next is a question: somebody opens before questions are put."""
    return len(_bare(mark.words).split()) > 1 and following is not None and following.sort == "question"


def _surname(bare: str) -> str:
    return bare.split(",")[0].split()[-1] if bare.split(",")[0].split() else bare


def _kinds(marks: Sequence[Mark], stretches: Sequence[Sequence[Line]], *, typed: bool) -> list[str]:
    """The kind of what stands under each mark. Under a subhead a new part begins: there nobody has asked yet."""
    generic = {m.words for m in marks if m.sort == "question"}
    askers = generic | _named_who_ask(marks, stretches) if generic else _those_who_ask(marks, stretches)
    open_ = False
    kinds = []
    for place, mark in enumerate(marks):
        above = stretches[place - 1][-1] if place and stretches[place - 1] else None
        parted = above is not None and above is not marks[place - 1].line and _divides(above, typed)
        open_ = (open_ and not parted) or mark.words in askers
        answers = mark.sort == "answer" or (open_ and mark.sort == "name")
        kinds.append("question" if mark.words in askers else "answer" if answers else "remark")
    if _closes(marks, kinds):
        kinds[-1] = "remark"
    return kinds


def _closes(marks: Sequence[Mark], kinds: Sequence[str]) -> bool:
    """Whether the last turn answers nobody: another has answered already, and it says the last word."""
    if kinds[-2:] != ["answer", "answer"] or kinds.count("question") < _LEAST_QUESTIONS:
        return False
    named = marks[-1].sort == marks[-2].sort == "name"
    return named and _bare(marks[-1].words) != _bare(marks[-2].words)


def _those_who_ask(marks: Sequence[Mark], stretches: Sequence[Sequence[Line]]) -> set[str]:
    """Of named speakers alone: those of whom most turns end in a question mark, if others' do not."""
    ends: dict[str, list[bool]] = {}
    for mark, lines in zip(marks, stretches, strict=True):
        ends.setdefault(mark.words, []).append(bool(_ASKS.search(lines[-1].text)))
    asking = {words for words, asks in ends.items() if sum(asks) * 2 > len(asks)}
    return asking if asking != set(ends) else set()


def _divides(line: Line, typed: bool) -> bool:
    """Whether a line is a heading between two parts of a transcript."""
    return bool(line.heading) or (not typed and _is_subhead([line]))


def _named_who_ask(marks: Sequence[Mark], stretches: Sequence[Sequence[Line]]) -> set[str]:
    """Beside those who are marked as asking: names that do nothing else, each answered at once by one who speaks
    again."""
    times = Counter(mark.words for mark in marks)
    asks: dict[str, bool] = {}
    for place, (mark, lines) in enumerate(zip(marks, stretches, strict=True)):
        below = marks[place + 1] if place + 1 < len(marks) else None
        answered = below is not None and below.sort == "name" and times[below.words] > 1
        one = mark.sort == "name" and answered and bool(_ASKS.search(lines[-1].text.rstrip()))
        asks[mark.words] = asks.get(mark.words, True) and one
    return {words for words, always in asks.items() if always}


def _is_subhead(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph is a short line, strong all through, that is no sentence."""
    text = paragraph[0].text.strip()
    return len(paragraph) == 1 and paragraph[0].strong and len(text) <= _LIMIT_SUBHEAD and not _STOPS.search(text)


def _said(mark: Mark | None, kind: str, lines: Sequence[Line], wrapped: bool, typed: bool) -> list[Turn]:
    """One turn; in several where a note stands in it as a paragraph of its own. `typed`: type marks questions."""
    found: list[Turn] = []
    more: list[tuple[int, _Said]] = []
    words, name = (mark.words, mark.words if _is_named(mark) else None) if mark else (None, None)
    for place, paragraph in enumerate(paragraphs_of(lines, wrapped)):
        opens = mark is not None and place == 0
        start = mark.end if mark and opens else 0
        text, numbers = text_of(paragraph, start), tuple(line.number for line in paragraph)
        said: _Said = ((text,), numbers, (runs_of(paragraph, start),)) if text else ((), numbers, ())
        is_note = bool(IN_BRACKETS.match(text) or paragraph[0].heading) or (not typed and _is_subhead(paragraph))
        if mark is None and is_note and (not found or found[-1].paragraphs):
            found.append(Turn("note", None, None, *said))
        elif opens or not found:
            found.append(replace(Turn(kind, words, name, *said), sign=mark.sign if mark else ":"))
        elif is_note and found[-1].paragraphs:
            found.append(Turn("note", None, None, *said))
        elif found[-1].kind == "note" and found[-1].mark is None:
            found.append(Turn(kind, None, name, *said))
        else:
            more.append((len(found) - 1, said))
    return _with_all_paragraphs(found, more)


_Said = tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[Run, ...], ...]]


def _with_all_paragraphs(turns: Sequence[Turn], more: Sequence[tuple[int, _Said]]) -> list[Turn]:
    """Turns with the paragraphs below their first, each by the place of its turn; joined once, however many."""
    of: dict[int, list[_Said]] = {}
    for place, said in more:
        of.setdefault(place, []).append(said)
    whole = list(turns)
    for place, all_said in of.items():
        turn = turns[place]
        paragraphs = (*turn.paragraphs, *(text for said in all_said for text in said[0]))
        lines = (*turn.lines, *(number for said in all_said for number in said[1]))
        runs = (*turn.runs, *(runs for said in all_said for runs in said[2]))
        whole[place] = replace(turn, paragraphs=paragraphs, lines=lines, runs=runs)
    return whole


def _is_named(mark: Mark) -> bool:
    """Whether a mark names a person, and not only a part: a journalist by name, too."""
    return mark.sort == "name" or (mark.sort == "question" and _is_of_the_press(_bare(mark.words)))


def _name_and_role(mark: str, head: str) -> tuple[str, str | None]:
    """The name as marked, and the words with capitals that stand right before it in the head."""
    name = _NUMBER.sub("", mark).strip()
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", head)
    if not found:
        return name, None
    role: list[str] = []
    for word in reversed(re.split(r"[ \u00a0\n]+", head[: found.start()].rstrip())):
        if (
            not word[:1].isupper()
            or ENDS_A_SENTENCE.search(word)
            or word.endswith((",", "–", "—"))
            or kind_by_words(word)
        ):
            break
        role.insert(0, word)
    return name, " ".join(role) or None
