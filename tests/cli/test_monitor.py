"""`communique monitor` and `communique evidence`, as an archivist types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest

from communique.cli.main import run
from communique.cli.monitor import folder_name
from communique.record.release import Draft
from offices import Office, id_of, make_office, message
from public_folder import served
from signed_record import LOG, RecordMaker, person
from strangers_web import Web, on_the_web


def people(folder: Path, number: int, name: str = "Person") -> None:
    maker = RecordMaker()
    for n in range(number):
        maker.add("aaaaaaaaaaaaaaaa", "furniture", person(f"{name} {n}"), at="2026-03-03T13:00:00Z")
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    maker.write(folder)


def polled(tmp_path: Path, *addresses: str, more: tuple[str, ...] = ()) -> int:
    return run(["monitor", *addresses, "--state", str(tmp_path / "seen"), "--rate", "1000", *more])


def test_an_office_that_only_goes_on_is_nothing_wrong(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with on_the_web(tmp_path / "site") as web:
        for number in (4, 9):
            people(tmp_path / "site/record", number)
            assert polled(tmp_path, web.address, more=("--late-hours", "1000000")) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].endswith("nothing wrong; embassy.example/record at size 4, 4 new entries")
    assert lines[-1].endswith("nothing wrong; embassy.example/record at size 9, 5 new entries")


def test_a_fork_ends_with_1_and_evidence_that_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with on_the_web(tmp_path / "site") as web:
        people(tmp_path / "site/record", 5)
        assert polled(tmp_path, web.address) == 0
        people(tmp_path / "site/record", 7, "Other")
        capfd.readouterr()
        for _ in range(2):
            assert polled(tmp_path, web.address, more=("--json",)) == 1
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [alarm["kind"] for alarm in answers[0]["alarms"]] == ["fork"]
    file = answers[0]["alarms"][0]["evidence"]
    assert answers[1]["alarms"][0]["evidence"] == file, "what was written is not written again"
    assert run(["evidence", file, "--key", LOG.verifier.text]) == 0
    assert "proven: the log signed two trees that cannot be one: sizes 5 and 7" in capfd.readouterr().out


def test_one_office_that_cannot_be_reached_does_not_keep_from_the_others(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people(tmp_path / "site/record", 4)
    with on_the_web(tmp_path / "site") as web:
        assert polled(tmp_path, "http://127.0.0.1:9", web.address) == 3
        lines = capfd.readouterr().out.splitlines()
        assert "not reached" in lines[0]
        assert "nothing wrong" in lines[1]
        people(tmp_path / "site/record", 4, "Other")
        assert polled(tmp_path, "http://127.0.0.1:9", web.address) == 1, "an alarm goes before what is not reached"


def test_what_was_seen_of_one_office_and_is_damaged_does_not_keep_from_the_others(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people(tmp_path / "site/record", 4)
    people(tmp_path / "other/record", 4)
    with on_the_web(tmp_path / "site") as web, on_the_web(tmp_path / "other") as other:
        assert polled(tmp_path, web.address, other.address) == 0
        (tmp_path / "seen" / folder_name(web.address) / ".mirror/memory").write_bytes(b"{")
        people(tmp_path / "other/record", 5, "Other")
        capfd.readouterr()
        assert polled(tmp_path, web.address, other.address) == 1
    first, second, *_ = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{web.address}: not looked at: ")
    assert "ALARMS" in second


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("embassy.example",), "embassy.example: is no web address"),
        (("http://a.example", "http://b.example", "--key", LOG.verifier.text), "--key: is the key of one log"),
        (("http://a.example", "--key", "nonsense"), "--key: 'nonsense' is not NAME+ID+KEY"),
    ],
)
def test_what_cannot_be_followed_is_a_wrong_input(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    assert polled(tmp_path, more=more) == 2
    assert said in capfd.readouterr().err


def test_another_key_than_the_one_given_is_an_alarm(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    people(tmp_path / "site/record", 4)
    key = "embassy.example/record+47809d9b+AZmEgH/YmkilVscXNAk54FeBHOAE7QIfM+D9Voxua8Qe"
    with on_the_web(tmp_path / "site") as web:
        assert polled(tmp_path, web.address, more=("--key", key)) == 1
    assert "is not signed by" in capfd.readouterr().out


def test_polls_go_on_every_so_often_until_it_is_interrupted(tmp_path: Path) -> None:
    people(tmp_path / "site/record", 3)
    with on_the_web(tmp_path / "site") as web:
        program = [sys.executable, "-c", "from communique.cli.main import main; main()"]
        command = [*program, "monitor", web.address, "--state", str(tmp_path / "seen"), "--every", "1", "--json"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + 60
        while web.asked.count("record/log.vkey") < 2 and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert len(out.splitlines()) >= 1


# The pages, and every byte


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = make_office(tmp_path_factory.mktemp("office"), languages=("en",))
    office.publish(Draft(id_of("one"), "publish", message("one", "The ferry sails at nine.")))
    office.publish(Draft(id_of("two"), "publish", message("two", "The library opens at ten.")))
    return office


@pytest.fixture
def page(office: Office) -> Path:
    return next(office.site.resolve().glob("en/statements/*/*/*/one/index.html"))


def test_an_edited_word_of_a_page_is_found_by_a_sweep(
    office: Office, page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(office.public) as site:
        address = f"http://127.0.0.1:{site.port}"
        assert polled(tmp_path, address, more=("--sweep",)) == 0
        good = page.read_bytes()
        page.write_bytes(good.replace(b"sails at nine", b"sails at five"))
        try:
            assert polled(tmp_path, address) == 0, "pages are read by a sweep only"
            capfd.readouterr()
            assert polled(tmp_path, address, more=("--sweep", "--json")) == 1
        finally:
            page.write_bytes(good)
    alarms = json.loads(capfd.readouterr().out)["alarms"]
    assert {alarm["kind"] for alarm in alarms} == {"changed"}
    assert any("/one/" in alarm["where"] for alarm in alarms)
    assert not any("sails" in Path(alarm["evidence"]).read_text() for alarm in alarms)


def test_any_byte_is_found_by_a_bake(
    office: Office, page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    style = next(office.site.resolve().glob("assets/*.css"))
    with served(office.public) as site:
        address = f"http://127.0.0.1:{site.port}"
        assert polled(tmp_path, address, more=("--bake",)) == 0, capfd.readouterr().out
        good = style.read_bytes()
        style.write_bytes(good + b" ")
        try:
            capfd.readouterr()
            assert polled(tmp_path, address, more=("--bake", "--json")) == 1
        finally:
            style.write_bytes(good)
    answer = json.loads(capfd.readouterr().out)
    assert [alarm["where"] for alarm in answer["alarms"]] == [f"assets/{style.name}"]


@contextmanager
def lying(page: Path, plain: bytes | None = None, packed: bytes | None = None) -> Iterator[None]:
    """A page whose two forms do not say one thing, for as long as this lasts; both bear one time, as when baked."""
    copy = page.with_name(f"{page.name}.br")
    kept = {file: (file.read_bytes(), file.stat()) for file in (page, copy)}
    for file, data in ((page, plain), (copy, packed)):
        file.write_bytes(data or kept[file][0])
        os.utime(file, ns=(kept[page][1].st_atime_ns, kept[page][1].st_mtime_ns))
    try:
        yield
    finally:
        for file, (data, facts) in kept.items():
            file.write_bytes(data)
            os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def false(page: Path) -> bytes:
    return page.read_bytes().replace(b"sails at nine", b"sails at five")


def wrong_places(tmp_path: Path, address: str, capfd: pytest.CaptureFixture[str], how: str) -> set[str]:
    """Where one poll in this way found something wrong."""
    capfd.readouterr()
    polled(tmp_path, address, more=(how, "--json"))
    return {alarm["where"] for alarm in json.loads(capfd.readouterr().out)["alarms"]}


def test_a_lie_in_what_browsers_are_given_is_found_by_a_sweep(
    office: Office, page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name = page.parent.relative_to(office.site.resolve()).as_posix()
    with served(office.public) as site:
        address = f"http://127.0.0.1:{site.port}"
        assert wrong_places(tmp_path, address, capfd, "--sweep") == set()
        with lying(page, packed=brotli.compress(false(page))):
            assert wrong_places(tmp_path, address, capfd, "--sweep") == {f"{name}/"}
        for packed in (b"no Brotli", brotli.compress(page.read_bytes())[:-9]):
            with lying(page, packed=packed):
                assert wrong_places(tmp_path, address, capfd, "--sweep") == {f"{name}/"}


@pytest.mark.parametrize("form", ["plain", "packed"])
def test_a_lie_in_either_form_of_a_page_is_found_by_a_bake(
    office: Office, page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    name = page.relative_to(office.site.resolve()).as_posix()
    lie = false(page) if form == "plain" else brotli.compress(false(page))
    with served(office.public) as site, lying(page, **{form: lie}):
        assert wrong_places(tmp_path, f"http://127.0.0.1:{site.port}", capfd, "--bake") == {name}


def test_a_sweep_asks_for_each_page_once(
    office: Office, page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with on_the_web(office.site, packed=True) as web:
        assert polled(tmp_path, web.address, more=("--sweep",)) == 0, capfd.readouterr().out
        pages = [path for path in web.asked if path.endswith("/") and path != "record/"]
        name = page.parent.relative_to(office.site.resolve()).as_posix()
        assert f"{name}/" in pages
        assert {path: pages.count(path) for path in pages if pages.count(path) > 1} == {}
        assert f"{name}/" in web.packed, "and is given what browsers are given"


def test_the_folder_of_one_office_is_its_own(tmp_path: Path) -> None:
    people(tmp_path / "site/record", 3)

    def polls(web: Web) -> int:
        return polled(tmp_path, web.address, f"{web.address}/record")

    with on_the_web(tmp_path / "site") as web:
        assert polls(web) == 0
    assert len(list((tmp_path / "seen").iterdir())) == 2
