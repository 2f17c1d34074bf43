"""An office on a database of its own that publishes a name, or erases it: `eraser.py FOLDER DATABASE publish|erase`."""

from __future__ import annotations

import sys
from pathlib import Path

import communique.settings  # noqa: F401
from breaking.writer import Writer
from communique.edition import parse_edition
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.release import Draft
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from offices import furniture, id_of, message

NAME = "Quillon Marrowby"


def main(folder: Path, database: str, act: str) -> None:
    folder.mkdir(exist_ok=True)
    open_database(Configuration(home=folder, database=database))
    office = Writer(folder, "writers.example/record")
    content = message("name", f"His name is {NAME}.")
    if act == "publish":
        office.publish(*furniture(), Draft(id_of("name"), "publish", content))
        return
    row = LoggedEntry.objects.get(ident=id_of("name"))
    edition = parse_edition(bytes(LoggedEdition.objects.get(body=row.body).data))
    gone = frozenset(part for part, salted in edition.texts.items() if NAME in salted.text)
    drafted = {**content, "blocks": ["A name was here."], "ground": "Request of a person."}
    office.publish(Draft(id_of("name"), "erase", drafted, erase=gone))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
