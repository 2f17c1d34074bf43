"""`communique quote TEXT --record ADDRESS|FOLDER`: are these words in the record, and do they still stand?

TEXT is what somebody quotes, or a quotation as *Copy quote* of a page gives it, with its source and address; `-` takes
it from standard input. Answers yes (0) only where the words stand in a current edition; else no (1), with what became
of them, or with what is nearest to them. Words that are a part of a longer sentence are called so, with all of it
below; a part of a question is a no (1): it was asked, and not said.
"""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from communique.cli.errors import NEGATIVE, Failure, reading
from communique.cli.verify import payload_of, reader_at, record_in
from communique.edition.comparing import Stretch
from communique.record.note import parse_verifier_key
from communique.verify.address import is_address, read_from
from communique.verify.quote.answer import ABSENT, RECORDED, SUPERSEDED, WITNESSED, Answer, Place, Quoted
from communique.verify.quote.pasted import Pasted, parse_pasted

_SOUGHT = (
    "sought were titles, teasers, texts, turns, notes and captions of messages; alternative texts, occasions and "
    "furniture (notices, the crisis page) are in the record and were not"
)
_LIMITS = "this does not prove that the words are true, nor that the record holds everything that was said"


def quote(
    text: Annotated[str, typer.Argument(help="The words, or a copied quotation with its address; - reads them.")],
    record: Annotated[
        str | None, typer.Option(metavar="ADDRESS|FOLDER", help="The record or site; else that of the copied address.")
    ] = None,
    key: Annotated[str | None, typer.Option(metavar="VKEY", help="The log's key, else the record's log.vkey.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Read every edition of a record on the web, not those its index leads to.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Is this in the record?"""
    pasted = parse_pasted(sys.stdin.read() if text == "-" else text)
    if pasted is None:
        raise Failure("quote: there are no words in it, or more than 100,000 characters; give what is quoted")
    place = record_in(payload_of(record or _site_of(pasted)))
    given = parse_verifier_key(key, "--key") if key else None
    with reading(place):
        reader = reader_at(place)
        own = parse_verifier_key(reader.read("log.vkey").decode("utf-8", "replace"), "log.vkey")
        used = given or own
        asked = Quoted(reader, used, site=None if every else _around(place))
        answers = asked.answers(pasted)
    notes = [] if key else [f"the key is the record's own log.vkey, for which nobody else answers: {used.text}"]
    notes += [_SOUGHT] if any(one.verdict == ABSENT for one in answers) else []
    if json:
        typer.echo(json_format.dumps(_as_json(asked, answers, key is not None, notes), ensure_ascii=False))
    else:
        typer.echo("\n".join([*(line for one in answers for line in _lines(asked, one)), *_foot(asked, notes)]))
    if not all(one.is_yes for one in answers):
        raise typer.Exit(NEGATIVE)


def _around(place: str) -> Callable[[str], bytes] | None:
    """What reads the site around a record on the web; a folder's editions are all read, which costs little."""
    site = place.rstrip("/").removesuffix("/record")
    return read_from(site) if is_address(place) and site != place.rstrip("/") else None


def _site_of(pasted: Pasted) -> str:
    if not pasted.site:
        raise Failure("quote: nothing says which record; give it with --record ADDRESS or FOLDER")
    return pasted.site


def _as_json(asked: Quoted, answers: list[Answer], key_given: bool, notes: list[str]) -> dict[str, object]:
    order = (ABSENT, SUPERSEDED, RECORDED, WITNESSED)
    return {
        "verdict": min((one.verdict for one in answers), key=order.index),
        "origin": asked.head.origin,
        "size": asked.head.size,
        "root": asked.head.root.hex(),
        "key": asked.key.text,
        "key_given": key_given,
        "witnesses": list(asked.witnesses),
        "witnesses_named": len(asked.policy.witnesses),
        "answers": [one.as_json() for one in answers],
        "notes": notes,
    }


def _lines(asked: Quoted, answer: Answer) -> list[str]:
    lines = [_title(asked, answer)]
    if answer.place and (part := answer.place.part):
        whole = " ".join((answer.place.sentence or "").split())
        lines = [f"{lines[0]}, as a part of a {'question' if part.is_question else 'longer sentence'}"]
        lines.append(f"  the whole of it: {whole}")
    if answer.place:
        lines += _facts(answer.place)
    if answer.change:
        change = answer.change
        if change.note:
            lines.append(f"  reason given: {change.note}")
        if change.now:
            lines.append(f"  edition {change.current.seq} compared with your words: {_marked(change.now.compared)}")
        lines.append(f"  see what changed: entry {change.entry.index}, edition {change.entry.seq}")
    if answer.nearest:
        place, near = answer.nearest
        lines.append(f"  the nearest passage, compared with your words: {_marked(near.compared)}")
        lines += _facts(place)
    if answer.elsewhere:
        lines.append(f"  the same words stand in {answer.elsewhere} more messages")
    return [*lines, *(f"  note: {note}" for note in answer.notes)]


def _title(asked: Quoted, answer: Answer) -> str:
    if answer.verdict == WITNESSED:
        return f"recorded and witnessed ({len(asked.witnesses)} of {len(asked.policy.witnesses)})"
    if answer.verdict == RECORDED:
        return "recorded, not yet witnessed"
    if answer.verdict == SUPERSEDED and answer.change:
        change = answer.change
        done = change.state if change.state != "current" else "corrected"
        return f"recorded, but {done} on {change.entry.at[:10]}"
    return "not in this record"


def _facts(place: Place) -> list[str]:
    passage = place.passage
    facts = place.as_json()
    said_by = ", ".join(word for word in (passage.speaker, passage.role) if word)
    asked_by = ", ".join(word for word in (passage.questioner, passage.outlet) if word)
    where = ", ".join(str(facts[key]) for key in ("title", "event", "place", "said_on", "turn") if key in facts)
    lines = [f"  said by: {said_by}"] if said_by else []
    lines += [f"  in answer to: {asked_by}"] if asked_by and passage.kind == "answer" else []
    lines += [f"  a question, asked by: {asked_by or 'not recorded'}"] if passage.kind == "question" else []
    lines += [f"  where: {where}"]
    lines += [f"  address: {place.address}"] if place.address else []
    return [*lines, f"  record: entry {place.entry.index}, edition {place.entry.seq}, public at {place.entry.at}"]


def _foot(asked: Quoted, notes: list[str]) -> list[str]:
    return [f"  {asked.head.origin} at size {asked.head.size}; {_LIMITS}", *(f"  note: {note}" for note in notes)]


def _marked(compared: tuple[Stretch, ...]) -> str:
    """Words as they are, [-yours-] and {+the record's+} where they differ."""
    marks = {"same": "{}", "struck": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[one.sort].format(one.text) for one in compared)
