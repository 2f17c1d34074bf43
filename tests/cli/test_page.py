"""A newcomer's own page: a trial office in one command, with an account of every line of the source."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browser import chromium
from communique.importing.capture import capture
from communique.importing.page import understand
from parity import faults
from public_folder import Public, free_port

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "embassy-page.txt"
CASES = ROOT.parent / "shared" / "import-cases" / "pages"
PROGRAM = [str(Path(sys.executable).with_name("communique"))]
TEXT = "It will be mended before the winter, and it will burn again for every boat that passes the headland."


@dataclass
class Served:
    """A trial that is being served, with the account it printed."""

    process: subprocess.Popen[bytes]
    public: Public
    accounts: list[dict[str, Any]]


def page(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    """`communique page` without serving."""
    words = [*PROGRAM, "page", *map(str, arguments), "--no-serve"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def accounts(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in page(*arguments, "--json").stdout.splitlines()]


def started(home: Path, log: Path) -> Served:
    port = free_port()
    words = [*PROGRAM, "page", str(EXAMPLE), "--home", str(home), "--port", str(port), "--json"]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
    end = time.monotonic() + 60
    while f"http://localhost:{port}/" not in log.read_text("utf-8"):
        assert process.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.05)
    lines = [line for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
    return Served(process, Public(home / "public", port), [json.loads(line) for line in lines])


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    served = started(folder / "home", folder / "log")
    yield served
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGINT)
        served.process.wait(10)


def test_every_line_of_the_source_has_a_place_in_the_account(trial: Served) -> None:
    source = EXAMPLE.read_text("utf-8").splitlines()
    words = {number: "".join(line.split()) for number, line in enumerate(source, 1) if line.strip()}
    told: dict[int, str] = {}
    for account in trial.accounts:
        told[account["line"]] = told.get(account["line"], "") + "".join(account["text"].split())
    assert told == words
    assert all(account["part"] and account["where"] and account["whole"] for account in trial.accounts)


def test_every_address_of_the_account_answers_and_has_the_fragment(trial: Served) -> None:
    for where in {account["where"] for account in trial.accounts}:
        path, _, fragment = where.partition("#")
        answer = trial.public.get(path)
        assert answer.status == 200, where
        assert fragment in ("", "top") or f'id="{fragment}"'.encode() in answer.body, where


def test_each_line_is_seen_at_its_address_when_the_clock_stands_as_on_the_source(trial: Served) -> None:
    understood = understand(capture(EXAMPLE.read_bytes(), name=EXAMPLE.name))
    marks = {turn.mark for turn in understood.turns if turn.mark}
    assert understood.surroundings.told_at
    lost = []
    with chromium() as browser:
        tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        tab.clock.install(time=understood.surroundings.told_at)
        for account in trial.accounts:
            path, _, fragment = account["where"].partition("#")
            address = f"http://127.0.0.1:{trial.public.port}{path}"
            if tab.url != address:
                tab.goto(address, wait_until="networkidle")
            visible = tab.inner_text("body" if fragment in ("", "top") else f"#{fragment}")
            lost += faults(account["text"], visible, marks)
    assert lost == []


def test_every_part_of_the_example_is_named(trial: Served) -> None:
    assert {account["part"] for account in trial.accounts} == {
        "date line", "clock", "contact", "counter", "section", "message date", "title", "turn", "list heading",
        "listed", "teaser", "all messages",
    }  # fmt: skip


def test_control_c_ends_it_and_a_second_run_takes_the_folder_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    origins = set()
    for number in range(2):
        served = started(home, tmp_path / f"log{number}")
        origins.add(served.public.get("/record/checkpoint").body.splitlines()[0])
        assert served.public.get(served.accounts[-1]["where"]).status == 200
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(10) == 130
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", served.public.port), timeout=1)
    assert len(origins) == 2, "a new trial is a new record"


def test_the_table_says_what_each_line_is_and_where_it_is_shown(tmp_path: Path) -> None:
    table = page(EXAMPLE, "--home", tmp_path / "home", "--port", "8123").stdout
    assert re.search(r"^M is the page http://localhost:8123/en/\S+/$", table, re.MULTILINE)
    assert re.search(r"^ +1  date line +M#top +3 May 2026$", table, re.MULTILINE)
    assert re.search(r"^ +24  turn +M#t2 +People suspect that .*…$", table, re.MULTILINE)
    assert re.search(r"^ +49  listed +/en/latest/ +01\.05\.2026 - Embassy", table, re.MULTILINE)
    assert "Every line was understood." in table
    assert "The office's day turns in Europe/Lisbon, whose clock shows the printed day (Lisbon)." in table
    assert "Dates are printed as dd.MM.yyyy, like the message's own date." in table


def test_a_line_that_was_not_understood_is_named_with_its_number(tmp_path: Path) -> None:
    source = tmp_path / "lamp.txt"
    source.write_text(EXAMPLE.read_text("utf-8") + "\n\n\nxxxii qqq\n", "utf-8")
    table = page(source, "--home", tmp_path / "home").stdout
    assert re.search(r"^ +\d+  not understood: xxxii qqq$", table, re.MULTILINE)
    assert "1 line was not understood in whole." in table


def test_without_date_line_and_clocks_it_says_what_was_taken_instead(tmp_path: Path) -> None:
    source = tmp_path / "lamp.txt"
    source.write_text(f"ON LAMPS\n\nOn the lamp\n\n{TEXT}\n", "utf-8")
    table = page(source, "--home", tmp_path / "home").stdout
    assert "no clock of a known city: the office's day turns in UTC." in table
    assert "The page dates no message: dates are printed as d MMMM y." in table
    assert re.search(r"not tell the day on which it was saved; taken was today, 20\d\d-\d\d-\d\d\.", table)


def test_words_beside_a_date_that_was_taken_are_said_not_to_be_understood(tmp_path: Path) -> None:
    source = tmp_path / "lamp.html"
    body = f"<h1>On the lamp</h1><p>Date 03.03.2026</p><p>{TEXT}</p>"
    source.write_text(f"<!doctype html><html lang='en'><body>{body}</body></html>", "utf-8")
    table = page(source, "--home", tmp_path / "home").stdout
    assert re.search(r"^ +\d+  message date +M +03\.03\.2026$", table, re.MULTILINE)
    assert re.search(r"^ +\d+  not understood: Date$", table, re.MULTILINE)


def test_html_is_accounted_for_as_text_is(tmp_path: Path) -> None:
    source = tmp_path / "lamp.html"
    body = f"<h1>On the lamp &amp; its keeper</h1><p>3 March 2026</p><p>{TEXT}</p><p>{TEXT[::-1].capitalize()}.</p>"
    source.write_text(f"<!doctype html><html lang='en'><body>{body}</body></html>", "utf-8")
    told = accounts(source, "--home", tmp_path / "home")
    assert [account["part"] for account in told] == ["title", "message date", "paragraph", "paragraph"]
    assert all(account["where"].startswith("/en/") for account in told)


def test_a_long_list_is_accounted_for_beyond_the_latest_thirty(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    entries = [f"{n:02}.0{m}.2026 - Notice {n} of month {m} to the skippers" for m in (4, 3) for n in range(28, 0, -1)]
    source.write_text(f"ON LAMPS\n\n29.04.2026\n\nOn the lamp\n\n{TEXT}\n\n\nLATEST\n\n" + "\n".join(entries), "utf-8")
    told = [account for account in accounts(source, "--home", tmp_path / "home") if account["part"] == "listed"]
    assert len(told) == 56
    assert {account["where"] for account in told} == {"/en/latest/", "/en/2026/03/"}


def bytes_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_real_installation_is_never_taken_over(tmp_path: Path) -> None:
    home = tmp_path / "real"
    subprocess.run([*PROGRAM, "init", str(home), "--office", "Embassy"], check=True, capture_output=True)
    before = bytes_of(home)
    done = page(EXAMPLE, "--home", home, status=2)
    assert done.stderr.splitlines() == [
        f"{home}: holds something that is no trial and is left as it is; name another with --home"
    ]
    assert (done.stdout, bytes_of(home)) == ("", before)


def test_a_folder_with_anything_else_and_a_file_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    kept = tmp_path / "letters" / "this-is-a-trial"
    kept.write_text("of a new pen\n")
    for home in (kept, kept.parent):
        assert "is left as it is" in page(EXAMPLE, "--home", home, status=2).stderr
    assert bytes_of(tmp_path).keys() == {"letters/this-is-a-trial"}


@pytest.mark.parametrize(("text", "words"), [("", "the file is empty"), ("Welcome\n", "no message on the page")])
def test_a_page_without_a_message_is_one_line_and_the_trial_before_stays(
    text: str, words: str, tmp_path: Path, trial: Served
) -> None:
    source = tmp_path / "welcome.txt"
    source.write_text(text)
    home = trial.public.root.parent
    before = bytes_of(home / "public")
    done = page(source, "--home", home, status=2)
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    assert (done.stdout, bytes_of(home / "public")) == ("", before)


def test_a_folder_of_pages_is_refused_because_a_trial_is_of_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text("x")
    done = page(tmp_path / "in", "--home", tmp_path / "home", status=2)
    assert "holds more than one page; name one of them" in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = [*PROGRAM, "page", str(EXAMPLE), "--home", str(tmp_path / "home"), "--port", str(port)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"127.0.0.1:{port}: another program listens there; end it, or name another port with --port"
    ]
    assert not (tmp_path / "home").exists()


def test_saved_pages_of_real_sites_are_taken_in_or_refused_in_one_line(tmp_path: Path, full_numbers: bool) -> None:
    if not CASES.is_dir():
        pytest.skip("the saved pages of real sites are not beside this checkout; the invented page is tested instead")
    cases = sorted(CASES.iterdir())
    for case in cases if full_numbers else cases[::13]:
        words = [*PROGRAM, "page", str(case), "--home", str(tmp_path / "home"), "--no-serve", "--json"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert (done.returncode, bool(told), len(done.stderr.splitlines())) in ((0, True, 0), (2, False, 1)), case.name
        assert [account for account in told if account["part"] and not account["where"]] == [], case.name


def test_no_line_is_listed_as_understood_and_shown_nowhere(tmp_path: Path) -> None:
    source = tmp_path / "lamp.txt"
    source.write_text(
        f"NEWS\n\n03.03.2026\n\nOn the lamp\n\n{TEXT}\n\nOTHER NEWS\n\nA letter\n\nall messages\n", "utf-8"
    )
    table = page(source, "--home", tmp_path / "home").stdout
    assert re.search(r"^ +11 +not understood \(a listed message without a date\): A letter$", table, re.MULTILINE)
    assert "not shown" not in table
    for account in accounts(source, "--home", tmp_path / "home"):
        assert (account["part"] is None) == (account["where"] is None), account
