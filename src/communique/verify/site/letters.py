"""Persons by letter: once more than one page holds ever came, each letter's page leads to those whose names begin so.

Worked out apart from the press: all letters with which an edition of a person ever began, as far as the record has its
words; and of a letter with more than `SPLIT` persons the parts, by the order in which they came onto the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.edition.initial import initial_of
from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.persons import SPLIT
from communique.verify.site.standing import Standing
from communique.verify.site.wording import Wording, in_language

ON_ONE_PAGE = 150
_LETTER = re.compile(r"[^/]+/by/person/([^/]+)/(?:_(\d+)/)?(?:index\.html)?")


def letter_paths(standing: Standing, language: str) -> list[str]:
    """Where the pages of letters and of their parts lie in a language."""
    found: list[str] = []
    for letter, ids in _letters(standing, language).items():
        path = f"{language.lower()}/by/person/{letter}/"
        parts = -(-len(ids) // SPLIT) if len(ids) > SPLIT else 0
        found += [path, *(f"{path}_{number}/" for number in range(1, parts + 1))]
    return found


def letter_faults(main: Element, standing: Standing, wording: Wording, path: str) -> Iterator[str]:
    """Who is missing on the page of a letter, stands there twice or does not belong there."""
    of_letter = _LETTER.fullmatch(path)
    if not of_letter:
        return
    language, letter, number = wording.language, of_letter[1], int(of_letter[2] or 0)
    ids = list(_letters(standing, language).get(letter, ()))
    if number:
        ids = ids[(number - 1) * SPLIT : number * SPLIT]
    elif len(ids) > SPLIT:
        ids = []
    due = {f"/{target}": name for target, name in _due(standing, language, ids, letter)}
    links = [one for row in main.find("h2", "row-title") for one in row.find("a")]
    shown = [one.attributes.get("href") or "" for one in links]
    for target in sorted(due.keys() - {*shown}):
        yield f"letter: {letter} has not “{shortened(due[target])}”"
    for link, target in zip(links, shown, strict=True):
        if due.get(target) != link.text or shown.count(target) > 1:
            yield f"letter: {letter} leads to {target} as “{shortened(link.text)}”, who does not stand there so"


def _letters(standing: Standing, language: str) -> dict[str, dict[str, None]]:
    """letter -> the persons who ever stood under it; none while one page holds everybody."""
    found: dict[str, dict[str, None]] = {}
    for id_, names in standing.named.items() if len(standing.named) > ON_ONE_PAGE else ():
        for one in names:
            letter = initial_of(in_language(one, language))
            if letter:
                found.setdefault(letter, {})[id_] = None
    return found


def _due(standing: Standing, language: str, ids: list[str], letter: str) -> Iterator[tuple[str, str]]:
    for id_ in ids:
        content, path = standing.current(id_), standing.person_path(id_, language)
        name = in_language(content.get("name"), language) if content else ""
        if path and standing.persons.end(id_) == id_ and initial_of(name) == letter:
            yield path, name
