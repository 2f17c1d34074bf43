"""A monitor finds in one poll what an office may not do, and raises no alarm about one that does its work badly."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.mirror.monitor import Monitor, Poll
from communique.record.checkpoint import sign_checkpoint
from communique.record.errors import Unreachable
from communique.verify.evidence import PROVEN, check_evidence, parse_evidence
from go_program import built
from mirror.lives import ADDRESS, DEEDS, HOUR, Life
from mirror.scale import NEW, all_publish, offices_on_the_web, polled

Report = Callable[[str, str, dict[str, object]], None]


@pytest.fixture(autouse=True)
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here cuts the power, and thousands of lives would wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def kinds(poll: Poll) -> set[str]:
    return {alarm.evidence.kind for alarm in poll.alarms}


def dishonest(folder: Path, seed: int) -> tuple[str, Poll]:
    """A life of which the monitor saw nothing, a part or all before the deed; then one poll, from the address alone."""
    life = Life(folder, seed)
    chance = random.Random(seed)
    seen_before = chance.choice(("nothing", "a part", "all"))
    life.live(2)
    if seen_before != "nothing":
        assert life.monitor().poll().alarms == []
    life.live(3)
    if seen_before == "all":
        assert life.monitor().poll().alarms == []
    names = sorted(DEEDS) if seen_before != "nothing" else sorted(set(DEEDS) - {"take_over"})
    name = chance.choice(names)
    life.now_s += HOUR
    DEEDS[name](life)
    return name, life.monitor().poll()


def test_every_dishonest_history_is_found_in_one_poll(tmp_path: Path, full_numbers: bool, figures: Report) -> None:
    found: Counter[str] = Counter()
    proven = 0
    for seed in range(1000 if full_numbers else 50):
        name, poll = dishonest(tmp_path / str(seed), seed)
        assert poll.alarms, f"seed {seed}: {name} was not found"
        found[name] += 1
        for alarm in poll.alarms:
            evidence = parse_evidence(alarm.evidence.data)
            assert check_evidence(evidence).proven == (evidence.kind in PROVEN), f"seed {seed}: {name}: {alarm}"
        proven += any(alarm.evidence.kind in PROVEN for alarm in poll.alarms)
        shutil.rmtree(tmp_path / str(seed))
    numbers: dict[str, object] = {f"{name}, found": number for name, number in sorted(found.items())}
    question = "Does one poll find what a dishonest office did?"
    figures("monitor-dishonest", question, {**numbers, "missed": 0, "of all, proven to third parties": proven})


@pytest.mark.parametrize("name", ["fork", "drop", "reorder", "rewrite", "backdate"])
def test_evidence_of_the_monitor_convinces_gos_program(tmp_path: Path, name: str) -> None:
    program = built(Path(__file__).parents[1] / "verify/evidence.go")
    convinced = 0
    for seed in range(6):
        life = Life(tmp_path / str(seed), seed)
        life.live(4)
        if seed % 2 or name == "drop":  # of a head that is only smaller nobody but who saw more can prove a fork
            life.monitor().poll()
        DEEDS[name](life)
        for alarm in life.monitor().poll().alarms:
            file = tmp_path / "evidence.json"
            file.write_bytes(alarm.evidence.data)
            said = subprocess.run([str(program), str(file)], capture_output=True, text=True).stdout
            assert said.startswith("proven: ") == (alarm.evidence.kind in PROVEN), said
            convinced += said.startswith("proven: ")
    assert convinced


def honest(folder: Path, seed: int) -> list[str]:
    """Publications with all that goes wrong with an honest office; the alarms of a poll after each step."""
    life = Life(folder, seed)
    chance = random.Random(seed)
    life.live(2)
    monitor = life.monitor()
    said: list[str] = []
    for _ in range(6):
        step = chance.choice(
            (
                "live",
                "crash",
                "published again",
                "rotate",
                "away",
                "unwitnessed",
                "another monitor",
                "idle",
                "rotate unseen",
                "close",
            )
        )
        if step == "live":
            life.live(1)
        elif step == "crash":  # committed, and public only hours later
            life.pass_time()
            life.write()
            life.now_s += chance.randrange(20 * HOUR)
            said += [f"in the crash: {alarm}" for alarm in monitor.poll().alarms]
            life.now_s += chance.randrange(3 * HOUR)
            life.publish()
        elif step == "published again":  # as after a crash; homes that are restored are in test_monitor_of_homes.py
            life.pass_time()
            life.publish()
        elif step == "rotate":
            life.pass_time()
            life.rotate()
            life.write()
            life.publish()
            life.ask_witness()
            said += [f"after the rotation: {alarm}" for alarm in monitor.poll().alarms]
        elif step == "away":
            life.reachable = False
            with pytest.raises(Unreachable):
                monitor.poll()
            life.now_s += chance.randrange(90 * HOUR)
            life.reachable = True
            life.ask_witness()
        elif step == "rotate unseen":  # the overlap is over before anybody looks again
            for _ in range(2 if len(life.keys) == 1 else 3):
                life.rotate()
                life.pass_time()
                life.write()
                life.publish()
            life.ask_witness()
        elif step == "close":
            return said + theft(life, monitor, chance)
        elif step == "unwitnessed":
            life.write()
            life.publish()
        elif step == "another monitor":
            said += [f"from nothing: {alarm}" for alarm in life.monitor(f"m{life.now_s}").poll().alarms]
        said += [f"after {step}: {alarm}" for alarm in monitor.poll().alarms]
        life.ask_witness()
    return said


def theft(life: Life, monitor: Monitor, chance: random.Random) -> list[str]:
    """The key was stolen, or the address lost: what a monitor says until the office's root has ended the log."""
    true, entries, files, bodies = life.head, list(life.entries), dict(life.served), dict(life.editions)
    if chance.random() < 0.6:
        life.pass_time()
        life.write()
        life.publish()  # by the thief, as nobody can know
        if chance.random() < 0.5:
            life.ask_witness()
        if chance.random() < 0.7:
            assert monitor.poll().alarms == []
    life.head, life.entries, life.editions = true, entries, bodies
    life.served = files
    life.close()
    life.now_s += chance.randrange(60, 20 * HOUR)
    said = [f"after the closing: {alarm}" for alarm in monitor.poll().alarms]
    assert monitor.log.has_ended
    assert monitor.log.head is not None
    assert monitor.log.head.size == true.size
    life.reachable = chance.random() < 0.5
    if life.reachable:  # the address is another's now
        life.served = {"checkpoint": b"<!DOCTYPE html>\n"} if chance.random() < 0.5 else {}
    life.now_s += 30 * 24 * HOUR
    poll = monitor.poll()
    assert poll.closing is not None
    return said + [f"after the end: {alarm}" for alarm in poll.alarms]


def test_no_honest_history_raises_an_alarm(tmp_path: Path, full_numbers: bool, figures: Report) -> None:
    number = 1000 if full_numbers else 25
    for seed in range(number):
        assert honest(tmp_path / str(seed), seed) == [], f"seed {seed}"
        shutil.rmtree(tmp_path / str(seed))
    figures("monitor-honest", "Does an honest office raise an alarm?", {"honest histories": number, "alarms": 0})


@pytest.fixture
def life(tmp_path: Path) -> Life:
    found = Life(tmp_path, 7)
    found.live(4)
    return found


def test_a_poll_tells_what_it_saw(life: Life) -> None:
    poll = life.monitor().poll()
    assert (poll.origin, poll.size, poll.new) == ("embassy.example/record", len(life.entries), len(life.entries))
    assert poll.alarms == []
    assert any(note.startswith(f"ministry.example/witness signed size {poll.size} at ") for note in poll.notes)
    assert life.monitor().poll().new == 0


def test_a_head_that_no_quorum_signs_any_more_is_stale(life: Life) -> None:
    monitor = life.monitor()
    assert monitor.poll().alarms == []
    life.now_s += 8 * 24 * HOUR
    assert kinds(monitor.poll()) == {"stale"}
    life.ask_witness()
    assert monitor.poll().alarms == []


def test_a_head_that_no_quorum_has_signed_yet_is_a_note_and_after_a_week_an_alarm(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    life.write()
    life.publish()
    poll = monitor.poll()
    assert poll.alarms == []
    assert any("is not yet signed by the quorum" in note for note in poll.notes)
    life.now_s += 8 * 24 * HOUR
    assert kinds(monitor.poll()) == {"stale"}


def test_a_fork_is_told_at_every_poll_and_what_was_seen_is_kept(life: Life) -> None:
    monitor = life.monitor()
    size = monitor.poll().size
    DEEDS["fork"](life)
    for _ in range(2):
        poll = monitor.poll()
        assert "fork" in kinds(poll)
        assert poll.size == size


def test_old_editions_are_read_again_in_turn_until_all_were(life: Life) -> None:
    monitor = life.monitor()
    monitor.again = 3
    monitor.poll()
    path = f"editions/{life.entries[-1].body}"
    life.served[path] = life.served[path].replace(b"Person", b"Parson")
    polls = [monitor.poll() for _ in range(-(-len(life.entries) // 3))]
    assert [alarm.where for poll in polls for alarm in poll.alarms].count(path) >= 1


def test_a_poll_that_was_killed_checks_its_entries_the_next_time(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    entry = life.write()
    life.publish()
    del life.served[f"editions/{entry.body}"]

    def dying(address: str) -> Callable[[str], bytes]:
        read = life.read_from(address)

        def reading(path: str) -> bytes:
            if path.startswith("editions/"):
                raise KeyboardInterrupt
            return read(path)

        return reading

    with pytest.raises(KeyboardInterrupt):
        Monitor(ADDRESS, monitor.folder, dying, lambda: life.now_s).poll()
    assert kinds(monitor.poll()) == {"changed"}


def test_what_a_witness_does_wrong_is_a_note_and_no_alarm(life: Life) -> None:
    answer = life.witness.answer
    life.witness.answer = lambda method, path, body: type(answer("GET", path, b""))(200, b"nonsense\n")  # type: ignore
    poll = life.monitor().poll()
    assert poll.alarms == []
    assert any("says nothing that helps" in note for note in poll.notes)


def test_evidence_holds_no_word_of_an_edition(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    DEEDS["swap"](life)
    DEEDS["strip"](life)
    for alarm in monitor.poll().alarms:
        assert b"Person" not in alarm.evidence.data
        assert b"Parson" not in alarm.evidence.data


def test_a_head_of_any_size_that_an_office_signs_costs_no_more_than_a_request(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    life.served["checkpoint"] = sign_checkpoint(2**60, bytes(32), life.keys[0]).data
    assert monitor.poll().alarms


def test_a_policy_in_strange_bytes_is_kept_as_it_is(life: Life) -> None:
    life.served["policy"] = (
        life.served["policy"].replace(b"ministry ", b"minist\xff ").replace(b"ministry\n", b"minist\xff\n")
    )
    monitor = life.monitor()
    assert monitor.poll().alarms == []
    assert monitor.poll().alarms == []


def test_who_falls_silent_after_a_fork_was_seen_has_not_undone_it(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    for deed in ("fork", "rollback"):
        DEEDS[deed](life)
        asked: list[str] = []

        def silent(address: str, asked: list[str] = asked) -> Callable[[str], bytes]:
            read = life.read_from(address)

            def reading(path: str) -> bytes:
                asked.append(path)
                if path == "policy" or asked.count("log.vkey") > 1:
                    raise Unreachable("did not answer", path)
                return read(path)

            return reading

        poll = Monitor(ADDRESS, monitor.folder, silent, lambda: life.now_s).poll()
        assert poll.alarms, deed
        assert any("did not answer" in note for note in poll.notes)


def test_a_witness_that_the_policy_names_no_more_is_asked_all_the_same(life: Life) -> None:
    monitor = life.monitor()
    monitor.poll()
    life.live(1)
    shown = dict(life.served)
    life.write()
    life.publish()
    life.ask_witness()
    life.served = shown
    lines = [line for line in shown["policy"].split(b"\n") if not line.startswith(b"witness")]
    life.served["policy"] = b"\n".join(lines).replace(b"quorum ministry", b"quorum none")
    poll = monitor.poll()
    assert kinds(poll) == {"rollback"}
    assert any("names the witness ministry.example/witness no more" in note for note in poll.notes)


def test_many_offices_of_many_messages_are_followed_on_one_core_within_a_little_memory(
    tmp_path: Path, full_numbers: bool, figures: Report
) -> None:
    offices, messages = (200, 10_000) if full_numbers else (12, 150)
    with offices_on_the_web(messages) as address:
        first = polled(address, offices, tmp_path / "seen")
        none = polled(address, offices, tmp_path / "seen")
        all_publish(address)
        more = polled(address, offices, tmp_path / "seen")
    for poll, due in ((first, messages), (none, 0), (more, NEW)):
        assert (poll.offices, poll.origins, poll.entries, poll.alarms) == (offices, offices, offices * due, 0)
        assert poll.memory_mb < 300
    numbers: dict[str, object] = {"offices, each with key and log of its own": offices, "messages of each": messages}
    for name, poll in (("first", first), ("without news", none), (f"with {NEW} new of each", more)):
        numbers[f"poll of all {name}: processor seconds, one core"] = poll.processor_s
        numbers[f"poll of all {name}: seconds passed, with the offices' web on the same machine"] = poll.passed_s
        numbers[f"poll of all {name}: most memory, MB"] = poll.memory_mb
    figures("monitor-scale", "What does it cost to follow many offices?", numbers)
