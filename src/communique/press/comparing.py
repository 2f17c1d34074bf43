"""An edition against the one before it: what is the same folds to a line, what changed stands whole, its words marked.

Turns are the same by their ids. A turn that is new and whose words stood in its neighbour was divided from it; one that
is gone and whose words stand in its neighbour was joined to it; the words of both are then compared as one text, so
that nothing counts as struck that only changed its turn. A text without turns is compared passage by passage. Facts,
pictures, documents and recordings are told by their words. Struck words are `del`, added ones `ins`, each begun by a
word that only screen readers say; where words were erased by law stands the sentence that says so.

`data-before` and `data-after` of a changed turn name the turns whose words it compares (of passages: how many), so that
anybody's program can hold the page against both editions (`verify/site/comparing.py` does).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Any

from communique.edition.comparing import (
    ERASED,
    Line,
    Stretch,
    compared,
    compared_lines,
    in_order,
    lines_of,
    moved,
    words_of,
)
from communique.edition.edition import has_gap
from communique.press.blocks import blocks_html
from communique.press.markup import Html, html, joined, tag
from communique.press.message_view import Shown, head, record_lines, speaker_of, state_note, title_of, turns_of
from communique.press.message_view import edition_lines as lines_of_editions
from communique.press.shown import Content, EditionLine
from communique.press.wording import Wording, in_language, language_name

SHARE = 0.8
"""of a turn's words that stood, or stand, in its neighbour, when it was divided from it or joined to it"""
LEAST_WORDS = 2
WORDS = (
    "what_changed",
    "compare",
    "compare_show",
    "compare_hide",
    "compare_key",
    "compare_struck",
    "compare_added",
    "editions",
    "record",
    "current_text",
)

Turn = Mapping[str, Any]


@dataclass
class Place:
    """What became of a turn: its ids in both editions, more than one where it was divided or others joined it."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def comparison_view(old: Shown, new: Shown) -> dict[str, Any]:
    """All of the page between strip and foot. `new` knows the editions up to its own."""
    wording = new.office.wording
    facts = [*message_facts(old, new), *file_facts(old, new)]
    if "turns" in old.content and "turns" in new.content:
        groups, total, same = _turn_groups(old, new), len(new.content["turns"]), "compare_same_turns"
        counted = "compare_turns"
    else:
        groups, total, same = _passage_groups(old, new), len(_blocks(new.content)), "compare_same_paragraphs"
        counted = "compare_paragraphs"
    changed = [unit for group in groups if "fold" not in group for unit in group["units"] if unit["changed"]]
    for group in groups:
        if "fold" in group:
            group["summary"] = wording.text(same, n=wording.number(group["fold"]))
    places = wording.number(sum(unit["places"] for unit in changed))
    path = f"{new.edition_path}changes/"
    return {
        "head": head(new),
        "before": _edition_facts(old, new.editions),
        "after": _edition_facts(new, new.editions),
        "places": wording.text("compare_places", n=places),
        "turns": wording.text(
            counted, n=wording.number(sum(unit["size"] for unit in changed)), total=wording.number(total)
        ),
        "current": f"/{new.path}",
        "notes": [note for note in [state_note(new, links=False)] if note],
        "facts": facts,
        "groups": groups,
        "nothing": None if changed or facts else wording.label("compare_nothing"),
        "editions": lines_of_editions(new),
        "record": {**record_lines(new), "address": _address(new, path)},
        "struck": _said(wording, "struck", wording.label("compare_struck")),
        "added": _said(wording, "added", wording.label("compare_added")),
        "stood": wording.text("compare_stood", n=wording.number(old.version.seq)),
        "stands": wording.text("compare_stands", n=wording.number(new.version.seq)),
        "words": {key: wording.label(key) for key in WORDS},
    }


def _address(new: Shown, path: str) -> Html:
    return tag("bdi", f"{new.office.address.removeprefix('https://')}/{path}", dir="ltr")


def _edition_facts(shown: Shown, editions: Sequence[EditionLine]) -> dict[str, Any]:
    wording, version = shown.office.wording, shown.version
    kind = next(line.kind for line in editions if line.seq == version.seq)
    return {
        "name": wording.text("edition", n=wording.number(version.seq)),
        "target": f"/{shown.edition_path}",
        "instant": shown.office.instant(version.at),
        "entry": wording.text("entry", n=wording.number(version.index)),
        "what": wording.label(f"edition_{kind}"),
    }


# Facts


def message_facts(old: Shown, new: Shown) -> list[dict[str, Any]]:
    """What is otherwise about the message: title, kind, section, days, place, status, speakers of a text."""
    before, after = dict(_facts_of(old)), dict(_facts_of(new))
    return [
        _fact(new.office.wording, key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys([*after, *before])
        if before.get(key, "") != after.get(key, "")
    ]


def _facts_of(shown: Shown) -> Iterator[tuple[str, str]]:
    wording, content = shown.office.wording, shown.content
    occasion = content.get("occasion") or {}
    section = shown.office.setting.furniture.by_id(content.get("section") or "")
    when = [wording.day(occasion["on"])] if occasion.get("on") else []
    when += [wording.hour(occasion["time"])] if occasion.get("time") else []
    yield "fact_title", content.get("title") or ""
    yield "fact_teaser", content.get("teaser") or ""
    yield "fact_kind", wording.label(f"kind_{content['kind']}") if content.get("kind") else ""
    yield "fact_section", in_language(section.content["name"], wording.language) if section else ""
    yield "delivered", wording.day(content["delivered"]) if content.get("delivered") else ""
    yield "occasion", wording.comma.join(_known([occasion.get("event"), occasion.get("place"), *when]))
    yield "parties", " · ".join(_known(content.get("parties", ())))
    yield "text", wording.label(f"status_{content['status']}") if content.get("status") else ""
    yield "the_original", language_name(content["original"], wording.language)
    yield "state_translation", _translation(wording, content)
    yield "authentic", " · ".join(language_name(tag, wording.language) for tag in content.get("authentic", ()))
    if "turns" not in content:
        yield "whose_words", " · ".join(_told(wording, one) for one in content.get("speakers", ()))


def _translation(wording: Wording, content: Content) -> str:
    sort = content.get("translation")
    return wording.label("unofficial" if sort == "unofficial" else "fact_official") if sort else ""


def _known(words: Iterable[str | None]) -> list[str]:
    return [word for word in words if word]


def _told(wording: Wording, speaker: Mapping[str, Any]) -> str:
    """A speaker by name and role; where a word was erased, the sentence that says so."""
    words = [speaker[key] for key in ("name", "role") if key in speaker]
    return wording.comma.join(ERASED if word is None else word for word in words)


def file_facts(old: Shown, new: Shown) -> list[dict[str, Any]]:
    """Pictures, documents and recordings that are others now, or are described otherwise."""
    wording = new.office.wording
    found = []
    for key, label in (("pictures", "fact_pictures"), ("files", "downloads"), ("recordings", "recording")):
        for before, after in pairs_of_files(old.content.get(key, ()), new.content.get(key, ())):
            words = (_described(before), _described(after))
            replaced = bool(before and after) and _lies(before) != _lies(after)
            if words[0] != words[1] or replaced:
                found.append(_fact(wording, label, *words, wording.label("fact_replaced") if replaced else ""))
    return found


def pairs_of_files(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each file with itself, then those that are left in their order; an empty one where there is no other."""
    waiting = list(old)
    pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = []
    for one in new:
        same = next((other for other in waiting if _lies(other) == _lies(one)), None)
        if same is not None:
            waiting.remove(same)
        pairs.append((same or {}, one))
    made = [(waiting.pop(0) if waiting and not before else before, after) for before, after in pairs]
    return [*made, *((one, {}) for one in waiting)]


def _lies(one: Mapping[str, Any]) -> str:
    return one.get("file") or one.get("address") or ""


def _described(one: Mapping[str, Any]) -> str:
    keys = ("title", "name", "alternative", "caption", "credit", "rights", "language", "sign")
    return " · ".join(_known(one.get(key) for key in keys)) or (_short(_lies(one)) if one else "")


def _short(place: str) -> str:
    """What a file without any word is called: the first signs of its hash, or its address."""
    return place if "/" in place else place[:12]


def _fact(wording: Wording, key: str, before: str, after: str, *sentences: str) -> dict[str, Any]:
    words = [_marked(wording, compared(before, after)), *(html(one) for one in sentences)]
    return {"label": wording.label(key), "words": joined([one for one in words if one], " ")}


# Turns


def _turn_groups(old: Shown, new: Shown) -> list[dict[str, Any]]:
    """Folds and changed turns, in their order; a question that did not change stays above a changed answer."""
    turns = _Turns(old, new)
    units = list(turns.units())
    for number, unit in enumerate(units[:-1]):
        nxt = units[number + 1]
        unit["context"] = unit["turn"]["kind"] == "question" and not unit["changed"] and nxt["changed"]
    return list(_folded(units))


def _folded(units: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    waiting: list[dict[str, Any]] = []
    for unit in [*units, None]:
        folds = unit is not None and not unit["changed"] and not unit.get("context")
        if (waiting and ("fold" in waiting[0]) != folds) or unit is None:
            yield from _group(waiting)
            waiting = []
        if unit is not None:
            waiting.append({**unit, "fold": True} if folds else unit)


def _group(units: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if not units:
        return
    if "fold" not in units[0]:
        yield {"units": units}
        return
    numbers = [unit["turn"]["number"] for unit in units]
    ids = [int(unit["turn"]["id"][1:]) for unit in units]
    span = [numbers[0], numbers[-1]] if len(numbers) > 1 else numbers
    yield {"fold": len(units), "numbers": span if ids == sorted(ids) else [], "units": units, "text": None}


class _Turns:
    """The turns of two editions."""

    def __init__(self, old: Shown, new: Shown) -> None:
        self.shown = (old, new)
        self.wording = new.office.wording
        self.old = {turn["id"]: turn for turn in old.content["turns"]}
        self.new = {turn["id"]: turn for turn in new.content["turns"]}
        self.views = ({view["id"]: view for view in turns_of(old)}, {view["id"]: view for view in turns_of(new)})
        self.places = places(old.content["turns"], new.content["turns"])
        self.moved = moved(list(self.old), list(self.new))

    def units(self) -> Iterator[dict[str, Any]]:
        words = {place.after[0] if place.after else place.before[0]: self._words(place) for place in self.places}
        whose = {id_: place for place in self.places for id_ in (*place.before, *place.after)}
        for id_ in in_order(list(self.old), list(self.new)):
            yield self._unit(id_, whose[id_], words)

    def _words(self, place: Place) -> dict[str, list[Line]]:
        """The lines of a place, each under the turn in which it is shown."""
        before = [line for id_ in place.before for line in lines_of(self.old[id_]["blocks"])]
        after = [lines_of(self.new[id_]["blocks"]) for id_ in place.after]
        if len(place.before) < 2 and len(place.after) < 2:
            return {(*place.after, *place.before)[0]: compared_lines(before, after[0] if after else [])}
        lines = as_one(before, [line for one in after for line in one])
        sizes = [len(one) for one in after]
        starts = [sum(sizes[:number]) for number in range(len(sizes))]
        return {id_: lines[start : start + size] for id_, start, size in zip(place.after, starts, sizes, strict=True)}

    def _unit(self, id_: str, place: Place, words: Mapping[str, dict[str, list[Line]]]) -> dict[str, Any]:
        kept = id_ in self.new
        lines = words[place.after[0] if place.after else place.before[0]].get(id_, [])
        facts = self._facts(id_) if kept and id_ in self.old else []
        said = list(self._said(id_, place, lines))
        changed = bool(said or facts or any(line.changed for line in lines))
        view = self.views[kept][id_]
        leads = id_ == (place.after or place.before)[0]
        unit = {
            "turn": view,
            "changed": changed,
            "size": 1,
            "places": _places(lines),
            "said": said,
            "facts": facts,
            "target": f"/{self.shown[kept].edition_path}#{id_}",
            "before": " ".join(place.before) if leads else None,
            "after": " ".join(place.after) if leads else None,
        }
        return unit | {"words": joined(_line(self.wording, line) for line in lines)} if changed else unit

    def _said(self, id_: str, place: Place, lines: Sequence[Line]) -> Iterator[str]:
        wording, edition = self.wording, self.wording.number(self.shown[0].version.seq)
        others = [one for one in place.after if one not in self.old]
        gone = [one for one in place.before if one not in self.new]
        if id_ not in self.old:
            whole = place.before == []
            yield self._sentence("turn_added") if whole else self._sentence("turn_part", [place.before[0]], edition)
        elif id_ not in self.new:
            yield self._sentence("turn_gone_into", place.after[:1]) if place.after else self._sentence("turn_taken")
        else:
            if id_ in self.moved:
                before = list(self.old)[: list(self.old).index(id_)][-1:]
                yield self._sentence("turn_moved" if before else "turn_moved_first", before, edition)
            if others:
                yield self._sentence("turn_split", others)
            if gone:
                yield self._sentence("turn_joined", gone, edition)
            if self.old[id_]["blocks"] != self.new[id_]["blocks"] and not any(line.changed for line in lines):
                yield "" if others or gone else _otherwise(wording, self.old[id_]["blocks"], self.new[id_]["blocks"])

    def _sentence(self, key: str, turns: Sequence[str] = (), edition: str = "") -> str:
        numbers = self.wording.comma.join(self.wording.figures(id_[1:]) for id_ in turns)
        return self.wording.text(f"compare_{key}", turn=numbers, n=edition)

    def _facts(self, id_: str) -> list[dict[str, Any]]:
        wording = self.wording
        before, after = (
            dict(_turn_facts(wording, shown.content, turns[id_]))
            for shown, turns in zip(self.shown, (self.old, self.new), strict=True)
        )
        found = [_fact(wording, key, before[key], after[key]) for key in after if before[key] != after[key]]
        links = (links_in(self.old[id_]["blocks"]), links_in(self.new[id_]["blocks"]))
        return [*found, *_links(wording, *links)]


def _turn_facts(wording: Wording, content: Content, turn: Turn) -> Iterator[tuple[str, str]]:
    speaker = speaker_of(content, turn)
    yield "fact_kind", wording.label(turn["kind"])
    yield "fact_speaker", _told(wording, speaker) if speaker else ""
    for key in ("mark", "questioner", "outlet", "topic"):
        yield f"fact_{key}", (ERASED if turn[key] is None else turn[key]) if key in turn else ""
    yield "fact_time", wording.elapsed(turn["from_ms"]) if "from_ms" in turn else ""


def places(old: Sequence[Turn], new: Sequence[Turn]) -> list[Place]:
    """What became of each turn, in the order of the new edition; taken ones last."""
    before, after = {turn["id"]: turn for turn in old}, {turn["id"]: turn for turn in new}
    words = [{id_: Counter(_words(turn)) for id_, turn in turns.items()} for turns in (before, after)]
    kept = {id_: Place([id_], [id_]) for id_ in after if id_ in before}
    found = dict(kept)
    for id_, near in _others(list(after), before):
        home = next((one for one in near if _came_from(words[1][id_], words[0][one], words[1][one])), None)
        if home:
            kept[home].after.append(id_)
        else:
            found[id_] = Place(after=[id_])
    for id_, near in _others(list(before), after):
        home = next((one for one in near if _came_from(words[0][id_], words[1][one], words[0][one])), None)
        if home:
            kept[home].before.append(id_)
        else:
            found[id_] = Place(before=[id_])
    order = {id_: place for place, id_ in enumerate(before)}, {id_: place for place, id_ in enumerate(after)}
    for place in found.values():
        place.before.sort(key=order[0].__getitem__)
        place.after.sort(key=order[1].__getitem__)
    return list(found.values())


def _others(ids: Sequence[str], known: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each id that is not known, with the known ones nearest before and after it."""
    for place, id_ in enumerate(ids):
        if id_ not in known:
            before = next((one for one in reversed(ids[:place]) if one in known), None)
            after = next((one for one in ids[place:] if one in known), None)
            yield id_, [one for one in (before, after) if one]


def _words(turn: Turn) -> list[str]:
    words = (word for line in lines_of(turn["blocks"]) for word, _ in words_of(line))
    return [word for word in words if any(sign.isalnum() for sign in word)]


def _came_from(words: Counter[str], has: Counter[str], lacks: Counter[str]) -> bool:
    """Whether nearly all words of a turn are in its neighbour in the other edition and not in this one."""
    return words.total() >= LEAST_WORDS and (words & (has - lacks)).total() >= SHARE * words.total()


def as_one(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Two texts compared word by word, whatever the lines, and cut where lines of the second end.

    What was only a blank there and is a line's end here is not said.
    """
    lines: list[list[Stretch]] = [[]]
    for stretch in compared("\n".join(before), "\n".join(line.replace("\n", "\v") for line in after)):
        if stretch.sort == "struck":
            lines[-1] += [stretch] if stretch.text.strip() else []
            continue
        first, *others = stretch.text.split("\n")
        for number, text in enumerate((first, *others)):
            lines += [[]] if number else []
            sort = stretch.sort if text.strip() else "same"
            lines[-1] += [Stretch(sort, text.replace("\v", "\n"))] if text else []
    return [Line("both", tuple(line)) for line in lines]


# Passages


def _blocks(content: Content) -> list[Any]:
    """The blocks of a text, of a transcript those of all its turns."""
    return [*content.get("blocks", ()), *(block for turn in content.get("turns", ()) for block in turn["blocks"])]


def _passage_groups(old: Shown, new: Shown) -> list[dict[str, Any]]:
    before, after = _blocks(old.content), _blocks(new.content)
    wording = new.office.wording
    keys = [[repr(block) for block in blocks] for blocks in (before, after)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    groups: list[dict[str, Any]] = []
    for sort, a, b, c, d in steps:
        if sort == "equal":
            text = blocks_html(after[c:d], wording.label("passage_erased"))
            groups.append({"fold": d - c, "numbers": [], "text": text})
        else:
            groups.append({"units": [_passage(wording, before[a:b], after[c:d])]})
    return groups


def _passage(wording: Wording, before: Sequence[Any], after: Sequence[Any]) -> dict[str, Any]:
    lines = compared_lines(lines_of(before), lines_of(after))
    same = not any(line.changed for line in lines)
    return {
        "changed": True,
        "size": max(len(before), len(after)),
        "places": _places(lines),
        "said": [_otherwise(wording, before, after)] if same else [],
        "facts": _links(wording, links_in(before), links_in(after)),
        "words": joined(_line(wording, line) for line in lines),
        "before": str(len(before)),
        "after": str(len(after)),
    }


def _otherwise(wording: Wording, before: Sequence[Any], after: Sequence[Any]) -> str:
    """What happened to blocks with the same words: an erasure leaves a place that says no word before and after."""
    is_erasure = has_gap(before) and _places_of(before) == _places_of(after)
    return wording.label("compare_erased" if is_erasure else "compare_form")


def _places_of(blocks: Sequence[Any]) -> list[Any]:
    """Blocks, those without words as what an erasure leaves of them."""
    opened = [{"kind": "paragraph"} if block is None else block for block in blocks]
    return [
        {key: said for key, said in block.items() if key not in ("text", "marks")}
        if isinstance(block, Mapping) and block.get("text") is None
        else block
        for block in opened
    ]


def links_in(blocks: Sequence[Any]) -> list[str]:
    """The links in blocks as words: what is underlined, and where it leads."""
    found = []
    for block in blocks:
        if isinstance(block, Mapping) and block.get("text"):
            links = [mark for mark in block.get("marks", ()) if mark[2] == "link" and len(mark) > 3 and mark[3]]
            found += [f"{block['text'][mark[0] : mark[1]]} → {mark[3]}" for mark in links]
    return found


def _links(wording: Wording, before: Sequence[str], after: Sequence[str]) -> list[dict[str, Any]]:
    old, new = Counter(before), Counter(after)
    gone = [link for link in dict.fromkeys(before) if old[link] > new[link]]
    came = [link for link in dict.fromkeys(after) if new[link] > old[link]]
    return [_fact(wording, "link", *pair) for pair in zip_longest(gone, came, fillvalue="")]


# Words


def _places(lines: Sequence[Line]) -> int:
    """How many places in the words changed: a struck and an added stretch side by side are one."""
    found = 0
    for line in lines:
        marks = ["same", *(stretch.sort for stretch in line.words)]
        found += sum(a == "same" and b != "same" for a, b in pairwise(marks))
    return found


def _line(wording: Wording, line: Line) -> Html:
    return tag("p", _marked(wording, line.words))


def _marked(wording: Wording, stretches: Iterable[Stretch]) -> Html:
    return joined(
        _text(wording, one.text) if one.sort == "same" else _said(wording, one.sort, _text(wording, one.text))
        for one in stretches
    )


def _said(wording: Wording, sort: str, words: str) -> Html:
    """Struck or added words, begun by the word that says so to who does not see it."""
    unseen = tag("span", f"{wording.label(f'compare_said_{sort}')} ", class_="unseen")
    return tag("del" if sort == "struck" else "ins", joined([unseen, words]))


def _text(wording: Wording, text: str) -> Html:
    return Html(html(text.replace(ERASED, wording.label("passage_erased"))).replace("\n", "<br>"))


def comparison_title(shown: Shown) -> str:
    """What the page is called."""
    wording = shown.office.wording
    edition = wording.text("edition", n=wording.number(shown.version.seq))
    return f"{wording.label('what_changed')} · {edition} · {title_of(shown)}"
