"""A segment of the index that readers' browsers ask: the words of some entries as files, fetched when they are needed.

A record of `size` entries is cut into segments by entry number, the largest first (`segments_of`): 8,192 entries,
1,024, 128, 16 and 4, each written once when its last entry is there; what is left over, the tail, is one file. A
segment holds of each language version the newest edition among its entries, but none that a later entry removed or
erased. Its units (`turns.py`) are numbered by language, then newest first; so those of a language follow one another.

    head        JSON: {"languages": {"en": [units, messages], …} in their order, "words": how many in all,
                "replaces": entries before this segment that an entry of it makes out of date}
    f/LANGUAGE  facts: a varint and so many bytes of JSON {"kinds", "sections", "places", "sorts": [[kind of unit,
                [speaker, …], [whom a question is put to, …]], …], "names": {speaker: name as printed},
                "frequent": [word, …]}, then for each message, in varints: days before the message before it,
                zigzag of first entry's difference, entry in the
                segment, kind, section, places, units; for each unit its sort << 1, or << 1 | 1 and how many places
                were left out before it
    n/LANGUAGE  its commonest words of four letters and more, that one first, a line each, with a blank and in how many
                units it stands: what a mistyped one may mean
    a/K         addresses of the messages 16 K and on, a line each
    w/SHARD     words: for each stem its length, itself, the length of what follows and that: for each of its forms
                folded and as typed (each with its length), and a list of units
    p/SHARD     places: for each folded word that is not frequent, and each two neighbours that are ("of the"), the
                length, themselves, the length of a list of units with the places, and the list

A list has a part for each language: its number in the head from 1, the length of the part, the part; 0 ends it. A part
in `w` begins with how many units it has << 1. For each of them the difference from the one before it follows (the
first counts from -1), and a weight: how often << 5, at most 7, and the length of the unit as a step of LENGTH_RATIO.
With << 1 | 1 a bit for each of the language's units follows instead, and no weights. A part in `p` is for each unit
the difference less 1, << 1, | 1 where it has more places than one; then how many more less 1, if so; then the
differences of the places. Of a word in a language that has frequent ones, the first number of a unit and each place
but the first are << 2 besides, | 2 where a frequent word stands before the place and | 1 where one stands after it,
and after the place a byte for each of these, which one it is, from 1. So a phrase is found by its rarer words and by
pairs of frequent ones, and no list of the places of "the" is ever read. Words of two signs of a script without blanks
stand under each of their signs, too, with SIGN before it.

A shard is chosen by FNV-1a of the UTF-8 of stem or word; for each entry there are WORDS_SHARDS and PLACES_SHARDS of
them, of a segment of fewer entries than SMALL so many more. Varints are LEB128. `press/assets/sought.js` reads all
this.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from math import log
from typing import Any

from communique.search.turns import Indexed, opened
from communique.search.words import Forms, is_paired, words_in

FORMAT = 4
SIZES = (8_192, 1_024, 128, 16, 4)
MESSAGES_OF_BLOCK = 16
MANY_UNITS = 1_024
"""from so many units of a language on, a word that stands in more than each eighth has no weights"""
FREQUENT_FROM_UNITS, FREQUENT_WORDS = 256, 255
"""from so many units of a language on, so many words that stand in more than each eighth are frequent"""
LENGTH_RATIO = 1.25
LENGTH_STEPS = 31
MOST_OFTEN = 7
WORDS_SHARDS, PLACES_SHARDS = 4, 2
"""shards for each entry: of a segment a query reads whole ones for a short list in each"""
SMALL, PLACES_SHARDS_OF_SMALL = 1_024, 8
"""a word is rare in a small segment, so that of its shard nearly all would be other words'"""
NEAR_WORDS, NEAR_FROM_LETTERS = 2_000, 4
SIGN = "\0"

Parts = dict[str, bytes]
"""name of a part -> its bytes"""


@dataclass(frozen=True)
class Taken:
    """A language version as an entry of a segment has it. `names` are those of speakers without a person's page."""

    entry: int
    version: Indexed
    address: str
    names: Mapping[str, str]


def segments_of(size: int) -> list[tuple[int, int]]:
    """The segments of a record of so many entries as (entries, number); what follows the last one is the tail."""
    found, start = [], 0
    for entries in SIZES:
        while start + entries <= size:
            found.append((entries, start // entries))
            start += entries
    return found


def shard_of(key: str, shards: int) -> int:
    """The shard of a stem or word."""
    value = 0x811C9DC5
    for byte in key.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % shards


def places_shards(entries: int) -> int:
    """How many shards of places a segment of so many entries has, the tail counting as one."""
    return entries * (PLACES_SHARDS_OF_SMALL if 1 < entries < SMALL else PLACES_SHARDS)


def bundle(parts: Parts) -> bytes:
    """Parts as one file: the length of a JSON {name: [offset, length]}, itself, the parts."""
    places, at = {}, 0
    for name, data in parts.items():
        places[name] = [at, len(data)]
        at += len(data)
    head = _json(places)
    return _varint(len(head)) + head + b"".join(parts.values())


def cut(start: int, taken: Iterable[Taken], replaces: Sequence[int], shards: int) -> Parts:
    """The parts of the segment that begins with entry `start`. The same entries give the same bytes."""
    all_ = sorted(taken, key=lambda one: (one.version.language, -one.version.day.toordinal(), -one.version.index))
    segment = _Segment()
    facts: Parts = {}
    for language, some in groupby(all_, key=lambda one: one.version.language):
        messages = list(some)
        frequent = segment.take(language, messages)
        facts[f"f/{language}"] = _facts(start, messages, frequent)
        facts[f"n/{language}"] = "\n".join(segment.said).encode()
    head = {"languages": segment.languages, "words": segment.words, "replaces": list(replaces)}
    blocks = range(0, len(all_), MESSAGES_OF_BLOCK)
    addresses = {
        f"a/{n // MESSAGES_OF_BLOCK}": "".join(f"{one.address}\n" for one in all_[n : n + MESSAGES_OF_BLOCK]).encode()
        for n in blocks
    }
    return {"head": _json(head), **facts, **addresses, **segment.files(shards)}


@dataclass
class _Segment:
    """The words of a segment while they are taken in."""

    languages: dict[str, list[int]] = field(default_factory=dict)
    words: int = 0
    starts: list[int] = field(default_factory=list)
    units: int = 0
    lists: dict[Forms, tuple[array[int], bytearray]] = field(default_factory=dict)
    places: dict[str, _Places] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """the commonest words of the language that was taken in last"""

    def take(self, language: str, messages: Sequence[Taken]) -> list[str]:
        """Take in what is of a language; gives its frequent words."""
        self.starts.append(self.units)
        all_ = [self._unit(unit.words, language) for one in messages for unit in one.version.units]
        self.languages[language] = [len(all_), len(messages)]
        often = Counter(word for words in all_ for word in set(words))
        ranked = sorted(often, key=lambda word: (-often[word], word))
        long = (word for word in ranked if len(word) >= NEAR_FROM_LETTERS and word.isalpha() and not is_paired(word))
        self.said = [f"{word} {often[word]}" for word in islice(long, NEAR_WORDS)]
        many = FREQUENT_WORDS if len(all_) >= FREQUENT_FROM_UNITS else 0
        frequent = [word for word in ranked[:many] if often[word] * 8 > len(all_)]
        known = {word: number for number, word in enumerate(frequent, 1)}
        for unit, words in enumerate(all_):
            self._place(len(self.starts), unit, words, known)
        return frequent

    def _place(self, number: int, unit: int, words: list[str], frequent: Mapping[str, int]) -> None:
        """Keep the places of a unit's words that are not frequent, and of pairs that are."""
        found: dict[str, list[int]] = {}
        ids = [0, *(frequent.get(word, 0) for word in words), 0]
        for place, word in enumerate(words):
            if not ids[place + 1]:
                found.setdefault(word, []).append(place)
            elif ids[place + 2]:
                found.setdefault(f"{word} {words[place + 1]}", []).append(place)
        for word, places in found.items():
            beside = ids if frequent and " " not in word else None
            self.places.setdefault(word, _Places()).add(number, unit, places, beside)

    def _unit(self, words: str, language: str) -> list[str]:
        """Keep the words of one unit; gives them folded, in their order."""
        found: dict[Forms, int] = {}
        folded: list[str] = []
        for word in words_in(words, language):
            forms = word.forms
            folded.append(forms.folded)
            found[forms] = found.get(forms, 0) + 1
            if not forms.stems and is_paired(words[word.start]):
                for sign in dict.fromkeys(forms.folded):
                    found[Forms(SIGN + sign)] = found.get(Forms(SIGN + sign), 0) + 1
        length = len(folded)
        self.words += length
        step = min(LENGTH_STEPS, round(log(max(length, 1)) / log(LENGTH_RATIO)))
        for forms, often in found.items():
            units, weights = self.lists.setdefault(forms, (array("I"), bytearray()))
            units.append(self.units)
            weights.append(min(often, MOST_OFTEN) << 5 | step)
        self.units += 1
        return folded

    def files(self, shards: int) -> Parts:
        stems: dict[str, list[Forms]] = {}
        for forms in self.lists:
            for stem in forms.stems or (forms.folded,):
                stems.setdefault(stem, []).append(forms)
        made: Parts = {}
        for name, number, entries in (
            ("w", shards * WORDS_SHARDS, ((stem, self._forms(some)) for stem, some in sorted(stems.items()))),
            ("p", places_shards(shards), ((word, one.written()) for word, one in sorted(self.places.items()))),
        ):
            files: list[list[bytes]] = [[] for _ in range(number)]
            for key, data in entries:
                files[shard_of(key, number)].append(_text(key) + _varint(len(data)) + data)
            made |= {f"{name}/{shard}": b"".join(file) for shard, file in enumerate(files)}
        return made

    def _forms(self, some: list[Forms]) -> bytes:
        found = bytearray()
        for forms in sorted(some, key=lambda one: (one.folded, one.typed)):
            found += _text(forms.folded) + _text(forms.typed) + self._list(*self.lists[forms])
        return bytes(found)

    def _list(self, units: array[int], weights: bytearray) -> bytes:
        found, at = bytearray(), 0
        sizes = [size for size, _ in self.languages.values()]
        while at < len(units):
            number = bisect_right(self.starts, units[at])
            start, size = self.starts[number - 1], sizes[number - 1]
            end = at
            while end < len(units) and units[end] < start + size:
                end += 1
            part = _part([unit - start for unit in units[at:end]], weights[at:end], size)
            found += _varint(number) + _varint(len(part)) + part
            at = end
        return bytes(found) + b"\0"


class _Places:
    """The list of a word with its places, written as units come."""

    __slots__ = ("_data", "_last", "_number", "_part")

    def __init__(self) -> None:
        self._data, self._part, self._number, self._last = bytearray(), bytearray(), 0, -1

    def add(self, number: int, unit: int, places: list[int], beside: Sequence[int] | None) -> None:
        if number != self._number:
            self._close()
            self._number, self._last = number, -1
        part, more = self._part, len(places) - 1
        step = (unit - self._last - 1) << 1 | (more > 0)
        self._last = unit
        if not beside:
            part += _varint(step) + (_varint(more - 1) if more else b"")
            for before, place in pairwise((0, *places)):
                part += _varint(place - before)
            return
        sides = [bytes(filter(None, (beside[place], beside[place + 2]))) for place in places]
        signs = [bool(beside[place]) << 1 | bool(beside[place + 2]) for place in places]
        part += _varint(step << 2 | signs[0]) + (_varint(more - 1) if more else b"") + _varint(places[0]) + sides[0]
        for n in range(1, len(places)):
            part += _varint((places[n] - places[n - 1]) << 2 | signs[n]) + sides[n]

    def _close(self) -> None:
        if self._part:
            self._data += _varint(self._number) + _varint(len(self._part)) + self._part
            self._part = bytearray()

    def written(self) -> bytes:
        self._close()
        return bytes(self._data) + b"\0"


def _part(units: list[int], weights: bytearray, size: int) -> bytes:
    if size >= MANY_UNITS and len(units) * 8 > size:
        bits = bytearray(-(-size // 8))
        for unit in units:
            bits[unit >> 3] |= 1 << (unit & 7)
        return _varint(len(units) << 1 | 1) + bytes(bits)
    found, last = bytearray(_varint(len(units) << 1)), -1
    for unit, weight in zip(units, weights, strict=True):
        step = unit - last
        last = unit
        if step < 128:
            found.append(step)
        else:
            found += _varint(step)
        found.append(weight)
    return bytes(found)


def _facts(start: int, messages: Sequence[Taken], frequent: list[str]) -> bytes:
    tables: dict[str, dict[Any, int]] = {"kinds": {}, "sections": {}, "places": {}, "sorts": {}}

    def number(name: str, value: Any) -> bytes:
        return _varint(tables[name].setdefault(value, len(tables[name])))

    found, day, index = bytearray(), 0, 0
    names: dict[str, str] = {}
    for one in messages:
        version, ordinal = one.version, one.version.day.toordinal()
        names |= one.names
        found += _varint(ordinal if not day else day - ordinal)
        step = version.index - index
        found += _varint(step << 1 if step >= 0 else -step << 1 | 1)
        found += _varint(one.entry - start)
        found += number("kinds", version.kind) + number("sections", version.section) + number("places", version.places)
        found += _varint(len(version.units))
        day, index, last = ordinal, version.index, -1
        for unit in version.units:
            place = opened(unit.key)[2]
            sort = tables["sorts"].setdefault((unit.kind, unit.speakers, unit.asked), len(tables["sorts"]))
            left_out = place - last - 1
            last = place
            found += _varint(sort << 1 | 1) + _varint(left_out) if left_out else _varint(sort << 1)
    head = _json(
        {
            **{name: list(table) for name, table in tables.items()},
            "names": dict(sorted(names.items())),
            "frequent": frequent,
        }
    )
    return _varint(len(head)) + head + bytes(found)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _text(value: str) -> bytes:
    data = value.encode()
    return _varint(len(data)) + data


_SHORT = [bytes([number]) for number in range(128)]


def _varint(number: int) -> bytes:
    if number < 128:
        return _SHORT[number]
    found = bytearray()
    while number >= 128:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)
