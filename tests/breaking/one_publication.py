"""Publications in children of one process, for who wants to hold each by a system call.

    one_publication.py

For each line `FOLDER VERB` on standard input a child is forked, which everything is loaded for already. It says
`child PID`, waits for another line, does what VERB says (`make` an office, `publish` one release, `furnish`,
`recover`), and ends; then `ended STATUS` is said: 0 done, 3 committed and not yet public, 4 refused, -N killed by the
signal N.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import communique.settings  # noqa: F401
from communique.edition import parse_edition
from communique.record.publishing import NotYetPublic
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from offices import Office, furniture, id_of, message, piece

DONE, NOT_YET, REFUSED = 0, 3, 4
ORIGIN = "traced.example/record"


def office_in(folder: Path) -> Office:
    open_database(Configuration(home=folder))
    return Office(folder, ORIGIN, at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))


def make(folder: Path) -> None:
    """A small office that has a message with a picture, which can be erased."""
    folder.mkdir()
    office = office_in(folder)
    office.publish(*furniture())
    picture = {"file": b"a picture of the quay", "media": "image/png", "alternative": "The quay"}
    office.publish(Draft(id_of("old"), "publish", message("old", pictures=[picture])))
    office.publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "All are invented."})))


def publish(folder: Path) -> None:
    """Everything in one release: a message with a picture, its translation, an erasure of words and of a picture."""
    office = office_in(folder)
    reader = FolderReader(office.record)
    old = next(entry for entry in reader.entries(0, reader.size()) if entry.id == id_of("old"))
    edition = parse_edition((office.record / "editions" / old.body).read_bytes())
    gone = frozenset({*edition.files, edition.manifest["blocks"][0]})
    picture = {"file": b"a picture of the ferry", "media": "image/png", "alternative": "The ferry"}
    office.publish(
        Draft(id_of("new"), "publish", message("new", pictures=[picture])),
        Draft(id_of("old"), "erase", message("old", "Other words.", ground="A request."), erase=gone),
    )


def furnish(folder: Path) -> None:
    """Furniture that shows on every page: a build beside the live one, and the switch."""
    office_in(folder).publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "The quay is shut."})))


def recover(folder: Path) -> None:
    office = office_in(folder)
    office.publisher.recover()


VERBS = {verb.__name__: verb for verb in (make, publish, furnish, recover)}


def child(folder: Path, verb: str) -> int:
    print(f"child {os.getpid()}", flush=True)
    os.read(0, 100)
    try:
        VERBS[verb](folder)
    except NotYetPublic:
        return NOT_YET
    except Exception as error:
        print(f"refused {type(error).__name__} {str(error)[:200]!r}", file=sys.stderr, flush=True)
        return REFUSED
    return DONE


def main() -> None:
    while line := os.read(0, 1000).decode():
        folder, verb = line.split()
        pid = os.fork()
        if not pid:
            status = REFUSED
            try:
                status = child(Path(folder), verb)
            finally:
                os._exit(status)
        _, status = os.waitpid(pid, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main()
