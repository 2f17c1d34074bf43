"""`communique witness FOLDER`: sign heads of other offices' records that continue what was signed before.

The first time `--name` makes the witness, with a key of its own (mode 0600); `--add VKEY` makes a log known; without
either it serves until Ctrl-C. Formats and answers are those of C2SP tlog-witness.
"""

from __future__ import annotations

import json as json_format
import time
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import NOT_REACHED, Failure
from communique.cli.given import bytes_of
from communique.mirror.witness import Witness, found_witness
from communique.mirror.witness_server import Told, WitnessServer
from communique.record.durable import Batch, alone
from communique.record.note import ED25519, VerifierKey, parse_verifier_key
from communique.record.policy import parse_policy

PORT = 8400


def witness(
    folder: Annotated[Path, typer.Argument(help="The witness's own folder.")],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make the witness, called NAME: ministry.example/witness.")
    ] = None,
    add: Annotated[
        str | None, typer.Option(metavar="VKEY", help="Make a log known by its key, as its office tells you.")
    ] = None,
    host: Annotated[str, typer.Option(help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = PORT,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object, or one for each request.")] = False,
) -> None:
    """Be a witness of other offices' records."""
    if name is not None:
        key = found_witness(folder, name)
        line = f"{folder}: the witness {key.text}; make logs known with --add, then serve it"
        _say(json, {"folder": str(folder), "vkey": key.text}, line)
        return
    if add is not None:
        log = parse_verifier_key(add, "--add")
        _add_log(folder, log)
        _say(json, {"log": log.text}, f"{log.name}: known to this witness")
        return
    _serve(folder, host, port, json)


def _serve(folder: Path, host: str, port: int, json: bool) -> None:
    one = Witness(folder, time.time)
    one.policy()  # a policy that cannot be read is told now, not at the first request

    def told(method: str, path: str, status: int) -> None:
        _say(json, {"method": method, "path": path, "status": status}, f"{method} {path} {status}")

    with _server(one, host, port, told) as server:
        address = f"http://{host}:{server.server_port}"
        known = len(one.policy().logs)
        said = f"The witness {one.signer.verifier.text} at {address}, for {known} logs; Ctrl-C ends it."
        _say(json, {"address": address, "vkey": one.signer.verifier.text, "logs": known}, said)
        server.serve_forever()


def _server(one: Witness, host: str, port: int, told: Told) -> WitnessServer:
    try:
        return WitnessServer(one, host, port, told)
    except OSError as error:
        what = f"{host}, port {port}: cannot be listened at ({error.strerror or error})"
        raise Failure(f"{what}; name another with --host and --port", NOT_REACHED) from error


def _add_log(folder: Path, log: VerifierKey) -> None:
    """Write the log's line before the quorum, so that the comments above stay."""
    if log.type != ED25519:
        raise Failure(f"--add: {log.text} is not the key of a log; an office's log has it in /record/log.vkey")
    file = folder / "policy"
    if not file.is_file():
        raise Failure(f"{folder}: there is no witness here; make one with --name NAME")
    with alone(folder / "adding"):  # two who add at once would write over each other
        _add_line(folder, file, log)


def _add_line(folder: Path, file: Path, log: VerifierKey) -> None:
    known = parse_policy(bytes_of(file, "a policy, as tlog-policy writes it"), str(file))
    if log in [one.key for one in known.logs]:
        return
    lines = file.read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.split()[:1] == ["quorum"])
    text = "".join(f"{line}\n" for line in [*lines[:place], f"log {log.text}", *lines[place:]])
    parse_policy(text.encode("utf-8"), str(file))
    batch = Batch(folder / "making")
    batch.write(file, text.encode("utf-8"))
    batch.settle()


def _say(json: bool, answer: dict[str, object], line: str) -> None:
    typer.echo(json_format.dumps(answer) if json else line)
