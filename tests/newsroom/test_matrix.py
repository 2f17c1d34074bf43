"""Who may do what at every address of the newsroom: everything is asked by everybody, and answers what the table says.

The table of rights is `rights.tsv`, written by hand; the addresses are the resolver's. What is asked is in
`matrix_asks.py`, of the office in `matrix_office.py`. `make test` asks a tenth, `make trials` everything.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product

import pytest

import newsroom.matrix_rights as rights
from conftest import Report
from newsroom.matrix_answers import PRESENCE, Watch, faults
from newsroom.matrix_asks import ACTS, Ask, asks, paths_about
from newsroom.matrix_office import PUBLIC, ROLES, Office, founded, nothing_like

SEED = 20_270_304
TENTH = 10
SHOWN = 40
OTHERS_OUT = (
    ("left out", "fewpiece"),
    ("publisher", "fewinquiry"),
    ("left out", "fewembargoed"),
    ("clearer", "imported"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One for all tests here: whatever is asked is taken back."""
    return founded(tmp_path_factory.mktemp("matrix"))


def test_every_address_has_its_line_in_the_table_and_every_line_its_address() -> None:
    known, named = {address.name for address in rights.addresses()}, {row.partition(" (")[0] for row in rights.table()}
    assert not known - named, f"without a line in rights.tsv: {', '.join(sorted(known - named))}"
    assert not named - known, f"in rights.tsv and gone: {', '.join(sorted(named - known))}"


def test_no_public_file_has_a_word_of_what_is_not_public(office: Office) -> None:
    watch = Watch(office)
    for file in (office.desk.home / "public").rglob("*"):
        if file.is_file():
            leaked = watch.words_in(file.read_bytes())
            assert leaked <= PUBLIC, f"{file}: {leaked}"


def test_everybody_gets_what_the_table_says_and_no_word_more(
    office: Office, full_numbers: bool, figures: Report
) -> None:
    chosen = list(_chosen(office, 1 if full_numbers else TENTH))
    print(f"seed {SEED}: {len(chosen)} requests")
    watch = Watch(office)
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    changed: dict[str, set[str]] = defaultdict(set)
    for ask in chosen:
        answer = watch.ask(ask)
        counted[answer.sort] += 1
        wrong += [f"{ask}: {answer.status} {answer.where} {fault}" for fault in faults(office, ask, answer)]
        if ask.method == "POST" and ask.thing and answer.changed - PRESENCE and ask.sort == "own":
            changed[ask.row].add(ask.thing.state)
    if watch.files_changed():
        wrong.append("public or private files are not as they were")
    if full_numbers:
        wrong += _never_done(office, changed)
    assert not wrong, f"seed {SEED}: {len(wrong)} of {len(chosen)}\n" + "\n".join(wrong[:SHOWN])
    figures("rights", "Does everybody get what the table of rights says, and no word more?", _counts(counted))


def test_what_one_may_not_know_of_answers_exactly_as_what_is_not_there(office: Office) -> None:
    watch = Watch(office)
    for role, name in (("left out", "fewdraft"), ("publisher", "fewscheduled"), ("clearer", "fewforced"), *OTHERS_OUT):
        thing = office.things[name]
        nothing = nothing_like(office, thing)
        for address in rights.addresses():
            pairs = zip(paths_about(office, address, thing), paths_about(office, address, nothing), strict=False)
            by_number = not {"ident", "name"} & {*address.converters}
            for one, method in product(list(pairs)[:2], ("GET", "POST")):
                asked = [Ask(address.name, role, method, path, None, "own", {}) for path in one]
                there, gone = (watch.seen(each, by_number) for each in asked)
                assert there == gone, f"{asked[0]} tells that it is there"


def _chosen(office: Office, part: int) -> Iterable[Ask]:
    """One of so many, at each address at least one, always the same ones."""
    chance = random.Random(SEED)
    for address in rights.addresses():
        here = list(asks(office, address))
        # the acts have one screen: they share what one of them would be asked
        each = part * len(ACTS) // 2 if "act" in address.converters and part > 1 else part
        yield from here if part == 1 else chance.sample(here, -(-len(here) // each))


def _never_done(office: Office, changed: dict[str, set[str]]) -> Iterable[str]:
    """Rights of the table that nobody could use: the form that was sent is none, or the table says too much."""
    things = office.things.values()
    for name, row in rights.table().items():
        about = {thing.state for thing in things if any(row.may("POST", role, thing) for role in ROLES)}
        if changed.get(name) and about - changed[name]:
            yield f"{name}: nobody could change anything while {', '.join(sorted(about - changed[name]))}"


def _counts(counted: Counter[str]) -> dict[str, object]:
    return {"requests": sum(counted.values()), **dict(sorted(counted.items())), "leaks": 0}
