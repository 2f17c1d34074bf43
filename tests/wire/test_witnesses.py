"""An office's heads are signed by its witnesses, whatever fails on the way, and what is public stays a whole record."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.mirror.monitor import Monitor
from communique.mirror.web import Web
from communique.mirror.witness import Witness, found_witness
from communique.mirror.witness_server import WitnessServer
from communique.record.errors import Unreachable
from communique.record.policy import NOBODY, Policy, format_policy, parse_policy, verify_under_policy
from communique.record.policy import Log as PolicyLog
from communique.record.policy import Witness as Named
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.configuration import read_configuration
from communique.settings.errors import SettingsError
from communique.settings.office import found_installation, open_installation
from communique.settings.witnesses import witness_duties
from communique.wire.witnesses import KnowsMore, Refused, post
from honest_witness import asking
from offices import Office, id_of, make_office, message, piece
from signed_record import LOG, WITNESS
from strangers_web import on_the_web
from verify_cli import verified

DAY_S = 24 * 3600


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office", baking=False)


@pytest.fixture
def servers(office: Office, tmp_path: Path) -> Iterator[list[WitnessServer]]:
    """Two witnesses that know the office."""
    found = []
    for number in (1, 2):
        folder = tmp_path / f"w{number}"
        found_witness(folder, f"ministry{number}.example/witness")
        log = PolicyLog(office.publisher.signer.verifier)
        (folder / "policy").write_bytes(format_policy(Policy((log,))))
        server = WitnessServer(Witness(folder, time.time), "127.0.0.1", 0)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        found.append(server)
    yield found
    for server in found:
        server.shutdown()
        server.server_close()


def policy_of(servers: list[WitnessServer], tmp_path: Path) -> Policy:
    named = []
    for number, server in enumerate(servers, 1):
        key = Witness(tmp_path / f"w{number}", time.time).signer.verifier
        named.append(Named(f"m{number}", key, f"http://127.0.0.1:{server.server_port}"))
    text = format_policy(Policy((), tuple(named), (), "none")).replace(
        b"quorum none", b"group both all m1 m2\nquorum both"
    )
    return parse_policy(text)


def publish(office: Office, key: str) -> None:
    office.publish(Draft(id_of(key), "publish", message(key)))


def test_each_head_bears_the_lines_of_all_witnesses_and_satisfies_the_public_policy(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy = policy_of(servers, tmp_path)
    for key in ("one", "two", "three"):
        publish(office, key)
        assert asking(office, policy).ask_all() == []
        public = parse_policy((office.record / "policy").read_bytes())
        head = verify_under_policy(FolderReader(office.record).checkpoint, public)
        assert (head.size, len(head.witnesses)) == (office.reader.size(), 2)
    assert verified(office.record)
    assert not list((office.record.parent / ".making-record").iterdir())


def test_a_line_is_asked_for_once_a_day_and_replaced(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy, asked = policy_of(servers, tmp_path), []

    def counting(address: str, body: bytes) -> tuple[int, bytes]:
        asked.append(address)
        return post(address, body)

    for _ in range(3):
        asking(office, policy, post=counting).ask_all()
    assert len(asked) == 2
    asking(office, policy, post=counting, clock=lambda: time.time() + DAY_S + 1).ask_all()
    assert len(asked) == 4
    assert len(FolderReader(office.record).checkpoint.note.signatures) == 3


def test_a_witness_that_fails_keeps_nobody_from_the_others_and_is_asked_again(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy = policy_of(servers, tmp_path)

    def failing(address: str, body: bytes) -> tuple[int, bytes]:
        if f":{servers[0].server_port}/" in address:
            raise Unreachable("did not answer", address)
        return post(address, body)

    (fault,) = asking(office, policy, post=failing).ask_all()
    assert isinstance(fault, Unreachable)
    assert len(FolderReader(office.record).checkpoint.note.signatures) == 2
    assert asking(office, policy).ask_all() == []
    assert len(FolderReader(office.record).checkpoint.note.signatures) == 3


def test_what_was_forgotten_is_learned_from_the_witness(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy = policy_of(servers, tmp_path)
    asking(office, policy).ask_all()
    publish(office, "one")
    (office.folder / "witnesses.json").write_text("half a fi")
    assert asking(office, policy).ask_all() == []


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b"unknown\n", Refused),
        (500, b"", Refused),
        (409, b"nonsense\n", Refused),
        (409, b"0\n", Refused),
        (409, b"9" * 5_000, Refused),
        (200, b"", Exception),
        (200, b"\xff", Exception),
        (200, "— a.example/witness AAAAAAAAAAA=\n".encode(), Exception),
    ],
)
def test_an_answer_that_does_not_help_is_told_and_changes_nothing(
    office: Office, servers: list[WitnessServer], tmp_path: Path, status: int, body: bytes, kind: type[Exception]
) -> None:
    before = (office.record / "checkpoint").read_bytes()
    policy = policy_of(servers, tmp_path)
    faults = asking(office, policy, post=lambda _address, _body: (status, body)).ask_all()
    assert len(faults) == 2
    assert all(isinstance(fault, kind) for fault in faults)
    assert (office.record / "checkpoint").read_bytes() == before


def test_a_witness_that_signed_more_than_is_here_stops_us(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy = policy_of(servers, tmp_path)
    with pytest.raises(KnowsMore, match="signed a head of size 99, and here is one of size 3"):
        asking(office, policy, post=lambda _address, _body: (409, b"99\n")).ask_all()


def test_a_head_that_was_published_meanwhile_does_not_get_the_older_ones_line(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    policy = policy_of(servers, tmp_path)

    def slow(address: str, body: bytes) -> tuple[int, bytes]:
        answer = post(address, body)
        if office.reader.size() == 3:
            publish(office, "one")
        return answer

    asking(office, policy, post=slow).ask_all()
    assert FolderReader(office.record).checkpoint.size == 4
    assert asking(office, policy).ask_all() == []
    assert len(FolderReader(office.record).checkpoint.note.signatures) == 3


def test_a_monitor_follows_an_office_and_its_witnesses_over_the_web(
    office: Office, servers: list[WitnessServer], tmp_path: Path
) -> None:
    asking(office, policy_of(servers, tmp_path)).ask_all()
    with on_the_web(office.public) as web:
        poll = Monitor(web.address, tmp_path / "m", lambda address: Web(address, 1000).read, time.time).poll()
    assert poll.alarms == []
    assert sum("signed size 3 at " in note for note in poll.notes) == 2


# The settings


def installation(home: Path, *lines: str) -> Path:
    office = piece("office", name={"en": "Embassy"}, languages=["en"], zone="UTC", dates="d")
    found_installation(home, "embassy.example", office)
    if lines:
        file = home / "communique.toml"
        text = file.read_text().replace("witnesses = []\n", "").replace("quorum = 0\n", "")
        file.write_text("\n".join([*lines, text]))
    return home


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['witnesses = ["nonsense"]'], 'is not "NAME\\+ID\\+KEY https://…"'),
        (['witnesses = ["a+b+c https://w.example"]'], "whose key"),
        ([f'witnesses = ["{LOG.verifier.text} https://w.example"]'], "whose key is none of a witness"),
        ([f'witnesses = ["{WITNESS.verifier.text} https://a", "{WITNESS.verifier.text} https://b"]'], "twice"),
        (["quorum = 1"], "asks for a `quorum` of 1, and names 0 `witnesses`"),
    ],
)
def test_witnesses_that_cannot_be_asked_are_told_at_the_start(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_configuration(installation(tmp_path / "home", *lines))


def test_the_worker_asks_only_where_the_settings_name_witnesses(tmp_path: Path) -> None:
    assert read_configuration(installation(tmp_path / "none")).policy == NOBODY
    keys = [found_witness(tmp_path / f"w{n}", f"ministry{n}.example/witness").text for n in (1, 2)]
    named = ", ".join(f'"{key} http://127.0.0.1:9/"' for key in keys)
    opened = open_installation(installation(tmp_path / "home", f"witnesses = [{named}]", "quorum = 2"))
    (duty,) = witness_duties(opened)
    with pytest.raises(SettingsError, match="did not answer"):
        duty()
    public = parse_policy((opened.configuration.record_folder / "policy").read_bytes())
    assert [one.key.text for one in public.witnesses] == keys
    assert [log.key for log in public.logs] == [opened.publisher.signer.verifier]
    found = [one.key for one in public.witnesses]
    assert public.is_met_by(frozenset(found))
    assert not public.is_met_by(frozenset(found[:1]))
