"""A signer of its own signs what extends what it signed, and nothing else, whoever asks."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from communique.record.checkpoint import parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.elsewhere import Behind, Elsewhere, WitnessAsked
from communique.record.entry import write_entry
from communique.record.errors import NotOfFormat, NotVerified, Unreachable
from communique.record.models import Log, LoggedEntry
from communique.record.note import signer_key
from communique.record.publishing import NotYetPublic, Publisher
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.signer import MEMORY, Refused, RemoteSigner, Signer, listening_at
from communique.record.tree import compact_range_of, leaf_hash
from offices import Office, furniture, id_of, message

ORIGIN = "embassy.example/record"
KEY = signer_key(ORIGIN, bytes(range(32)))
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def entries(count: int, **more: str) -> list[bytes]:
    """So many entries, each of its own id, a minute apart, the last at nine."""
    found = []
    for number in range(count):
        at = (NOW - timedelta(minutes=count - 1 - number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        facts = {"at": at, "log": ORIGIN, "id": f"{number:016d}", "body": f"{number:064x}", **more}
        found.append(write_entry(kind="publish", seq=1, **facts))  # type: ignore[arg-type]
    return found


def root_of(data: list[bytes]) -> bytes:
    return compact_range_of(map(leaf_hash, data)).root()


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    signer = Signer(KEY, tmp_path / "state", lambda: NOW)
    signer.begin([])
    return signer


def test_it_signs_what_extends_what_it_signed(signer: Signer) -> None:
    data = entries(5)
    for old, size in ((0, 2), (2, 3), (3, 5)):
        head = signer.sign(old, size, root_of(data[:size]), data[old:size])
        verify_checkpoint(head, KEY.verifier)
        assert (head.size, head.root) == (size, root_of(data[:size]))
    assert signer.sign(5, 5, root_of(data), []) == head
    assert signer.sign(3, 5, root_of(data), data[3:]) == head, "an answer that was lost is given again"
    assert stat.S_IMODE((signer.state).stat().st_mode) == 0o700


def test_it_never_signs_a_second_story(signer: Signer) -> None:
    data = entries(4)
    other = [*data[:3], entries(1, id="k7q2m9xd3fwa5t8c")[0]]
    signer.sign(0, 3, root_of(data[:3]), data[:3])
    for old, size, root, sent in (
        (0, 3, root_of(other[:2] + other[3:]), [*other[:2], other[3]]),  # one size, another root
        (2, 4, root_of(other), other[2:]),  # from before what was signed
        (0, 4, root_of(other), other),
        (3, 4, root_of(other[:3] + data[3:]), other[3:]),  # a root that the entries do not give
        (3, 5, root_of(data), data[3:]),  # fewer entries than it says
        (4, 5, root_of(data), data[3:]),  # past what was signed
        (0, 2, root_of(data[:2]), data[:2]),  # back
    ):
        with pytest.raises(Refused):
            signer.sign(old, size, root, sent)
    assert parse_checkpoint(signer.memory().checkpoint).size == 3
    assert signer.sign(3, 4, root_of(data), data[3:]).size == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"log": "other.example/record"}, "of the log other.example"),
        ({"at": "2026-03-03T09:01:00Z"}, "between"),
        ({"at": "2026-03-03T08:00:00Z"}, "between"),
    ],
)
def test_it_signs_no_entry_of_another_log_of_the_future_or_of_the_past(
    signer: Signer, wrong: dict[str, str], words: str
) -> None:
    first = entries(1)
    signer.sign(0, 1, root_of(first), first)
    bad = entries(1, id="k7q2m9xd3fwa5t8c", **wrong)
    with pytest.raises(Refused, match=words):
        signer.sign(1, 2, root_of(first + bad), bad)
    with pytest.raises(Refused, match="is none"):
        signer.sign(1, 2, root_of([*first, b"{}"]), [b"{}"])


def test_without_its_memory_it_does_not_run_and_a_damaged_one_is_none(signer: Signer) -> None:
    data = entries(2)
    signer.sign(0, 2, root_of(data), data)
    file = signer.state / MEMORY
    facts = json.loads(file.read_text())
    with pytest.raises(Refused, match="has a memory already"):
        signer.begin([])
    for spoiled in (
        b"{",
        json.dumps({**facts, "size": 1}).encode(),
        json.dumps({**facts, "range": ["00" * 32]}).encode(),
        json.dumps({**facts, "checkpoint": facts["checkpoint"][:-9] + "AAAAAAA=\n"}).encode(),
    ):
        file.write_bytes(spoiled)
        with pytest.raises((NotOfFormat, NotVerified)):
            signer.memory()
    file.unlink()
    with pytest.raises(NotOfFormat, match="signer begin"):
        signer.sign(2, 3, bytes(32), [])


def test_one_process_at_a_time_has_a_memory(signer: Signer) -> None:
    with signer.held(), pytest.raises(Unreachable, match="another signer"), Signer(KEY, signer.state).held():
        pass


# An office whose key lies elsewhere


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Signer]:
    """A signer that answers at a socket."""
    having = Signer(KEY, tmp_path / "signer", lambda: NOW + timedelta(days=1))
    having.begin([])
    with serving(having, tmp_path / "s"):
        yield having


class serving:
    """The signer answers while the block runs."""

    def __init__(self, signer: Signer, place: Path) -> None:
        self.signer, self.at = signer, listening_at(place)

    def __enter__(self) -> None:
        listening = self.at.__enter__()
        threading.Thread(target=self._serve, args=(listening,), daemon=True).start()

    def _serve(self, listening: socket.socket) -> None:
        try:
            self.signer.serve(listening)
        except OSError:
            return

    def __exit__(self, *_how: object) -> None:
        self.at.__exit__(None, None, None)


def office_of(tmp_path: Path, asked: Signer) -> tuple[Office, Publisher]:
    Log.objects.filter(origin=ORIGIN).update(origin=f"old {sha256(str(tmp_path).encode()).hexdigest()[:20]}")
    office = Office(tmp_path / "home", ORIGIN, baking=False)
    remote = RemoteSigner(tmp_path / "s")
    publisher = replace(office.publisher, signer=remote)
    publisher.publish(furniture())
    return office, publisher


def test_an_office_publishes_through_it_and_never_sees_the_key(tmp_path: Path, asked: Signer) -> None:
    office, publisher = office_of(tmp_path, asked)
    publisher.publish([Draft(id_of("a"), "publish", message("a"))])
    head = FolderReader(office.record).checkpoint
    verify_checkpoint(head, KEY.verifier)
    assert head.data == asked.memory().checkpoint
    assert publisher.signer.verifier == KEY.verifier
    assert not any(KEY.secret_text.encode() in file.read_bytes() for file in office.folder.rglob("*") if file.is_file())


def test_what_was_signed_and_lost_in_a_crash_is_gone_on_from(tmp_path: Path, asked: Signer) -> None:
    office, publisher = office_of(tmp_path, asked)
    publisher.commit([Draft(id_of("a"), "publish", message("a"))])
    rows = LoggedEntry.objects.filter(log__origin=ORIGIN).order_by("index").values_list("data", flat=True)
    data = [bytes(row) for row in rows]
    asked.sign(3, 4, root_of(data), data[3:])  # the answer does not reach the database
    publisher.publish([Draft(id_of("b"), "publish", message("b"))])
    assert FolderReader(office.record).size() == 5


def test_an_office_that_has_forgotten_what_it_had_signed_is_refused(tmp_path: Path, asked: Signer) -> None:
    office, publisher = office_of(tmp_path, asked)
    publisher.commit([Draft(id_of("a"), "publish", message("a"))])
    rows = LoggedEntry.objects.filter(log__origin=ORIGIN).order_by("index")
    data = [bytes(row.data) for row in rows]
    asked.sign(3, 4, root_of(data), data[3:])
    rows.last().delete()  # type: ignore[union-attr]
    Log.objects.filter(origin=ORIGIN).update(size=3)
    size = [WitnessAsked("the signer", lambda _head: publisher.signer.last().size)]  # type: ignore[union-attr]
    with pytest.raises(Behind, match="entry 3 is missing"):
        replace(publisher, elsewhere=Elsewhere(tmp_path / "mark", (), size)).learn()
    with pytest.raises(NotYetPublic, match="another record of 4 entries"):
        publisher.publish([Draft(id_of("b"), "publish", message("b"))])
    assert FolderReader(office.record).size() == 3


def test_a_signer_that_does_not_answer_is_one_line_and_the_release_waits(tmp_path: Path, asked: Signer) -> None:
    _office, publisher = office_of(tmp_path, asked)
    with pytest.raises(Unreachable, match="signer run"):
        replace(publisher, signer=RemoteSigner(tmp_path / "nobody")).recover()


def test_nonsense_is_answered_and_ends_nothing(tmp_path: Path, asked: Signer) -> None:
    for words in (
        b"\n",
        b"[]\n",
        b"{}\n",
        b'{"ask":"sign","old":0,"size":9,"root":"00"}\nabc',
        b"\xff" * 100_000 + b"\n",
        b"[" * 60_000 + b"\n",
    ):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(tmp_path / "s"))
            line.sendall(words)
            line.shutdown(socket.SHUT_WR)
            with line.makefile("rb") as answer:
                assert "refused" in json.loads(answer.readline())
    assert RemoteSigner(tmp_path / "s").last().size == 0


def test_a_signer_takes_its_memory_from_the_largest_copy_and_from_none_that_differs(
    tmp_path: Path, asked: Signer
) -> None:
    office, publisher = office_of(tmp_path, asked)
    publisher.publish([Draft(id_of("a"), "publish", message("a"))])
    reader = FolderReader(office.record)
    again = Signer(KEY, tmp_path / "again", lambda: NOW)
    assert again.begin([("public", reader)]).checkpoint == reader.checkpoint.data
    forged = tmp_path / "forged"
    forged.mkdir()
    (forged / "checkpoint").write_bytes(sign_checkpoint(2, bytes(32), KEY).data)
    with pytest.raises(NotVerified, match="is not the record of 2 entries"):
        Signer(KEY, tmp_path / "third").begin([("public", reader), ("forged", FolderReader(forged))])


def test_the_group_of_the_sockets_folder_may_ask(tmp_path: Path) -> None:
    groups = [1 + os.getgid()] if os.getuid() == 0 else [one for one in os.getgroups() if one != os.getgid()]
    if not groups:
        pytest.skip("this user is of one group alone, and no other can be given to a file")
    (tmp_path / "run").mkdir()
    os.chown(tmp_path / "run", -1, groups[0])
    with listening_at(tmp_path / "run" / "signer.sock"):
        facts = (tmp_path / "run" / "signer.sock").stat()
    assert (facts.st_gid, stat.S_IMODE(facts.st_mode)) == (groups[0], 0o660)
