"""A reader who asks a large record about bare words: how many files that takes, how many bytes, how many questions."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from communique.edition.edition import prints_of
from communique.edition.print_files import come_with, files_with
from communique.edition.quoted import prints
from communique.press.prints import Prints
from communique.press.shelf import Files
from communique.press.tables import TABLES
from communique.record.errors import Missing
from communique.verify.quote.by_prints import entries_with
from offices import message

LIMIT_FILES, LIMIT_BYTES = 40, 150_000
PRINTS_OF_OTHERS = 24
"""of each entry that nobody asks about: the files are as many for any number, and their bytes grow with it alone"""
PRINTS_OF_A_MESSAGE = 200
"""of a message of five hundred words, of which two in five have a print"""
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi")


def said_by(index: int) -> str:
    """Thirty words of an entry that somebody asks about, as nobody else says them."""
    chance = random.Random(index)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(30)) + "."


def catalogue(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    for statement in TABLES.split(";"):
        if "quoted" in statement or "printed" in statement:
            database.execute(statement)
    return database


def test_bare_words_are_found_in_few_small_files_of_a_record_of_a_million_entries(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    size, asked_about = (1_000_000, 200) if full_numbers else (10_003, 30)
    chance = random.Random(5)
    wanted = sorted({0, size - 1, *chance.sample(range(size), asked_about)})
    with closing(catalogue(tmp_path / "prints.sqlite3")) as database:
        kept, most_made = Prints(database), 0
        database.execute("BEGIN")
        for index in range(size):
            if index in wanted:
                kept.keep(index, prints_of(message(str(index), said_by(index))))
            else:
                some = array("I", sorted(chance.getrandbits(30) for _ in range(PRINTS_OF_OTHERS)))
                database.execute("INSERT INTO quoted VALUES (?,?)", (index, some.tobytes()))
            kept.advance(index + 1)
            most_made = max(most_made, len(list(come_with(index + 1))))
        database.execute("COMMIT")
        files, sent = asked_for(kept, size, wanted)
    scaled = sorted(one / PRINTS_OF_OTHERS * PRINTS_OF_A_MESSAGE for one in sent)
    counted = {
        "entries": size,
        "questions": len(wanted),
        "files asked for, median": median(files),
        "files asked for, most": max(files),
        "bytes, median": round(median(sent)),
        "bytes, most": max(sent),
        f"bytes with {PRINTS_OF_A_MESSAGE} prints an entry, median": round(median(scaled)),
        f"bytes with {PRINTS_OF_A_MESSAGE} prints an entry, at the 95th percentile": round(
            scaled[len(scaled) * 95 // 100]
        ),
        "parts that one entry completes, most": most_made,
    }
    figures("prints-of-a-million", "How much does a reader fetch to find bare words in a large record?", counted)
    assert max(files) <= LIMIT_FILES
    assert median(scaled) <= LIMIT_BYTES
    assert most_made <= 3


def asked_for(kept: Prints, size: int, wanted: list[int]) -> tuple[list[int], list[int]]:
    """Files and bytes of each question; each leads to its entry, and to few others."""
    files, sent = [], []
    for index in wanted:
        said, answers = said_by(index), []
        made = (kept.files(file, size) for one in prints([said]) for file in files_with(one, size))
        paths = {path: data for some in made for path, data in some.items()}

        def read(path: str, paths: Files = paths, answers: list[bytes] = answers) -> bytes:
            data = paths[path]
            if data is None:
                raise Missing(path, "the site")
            answers.append(data)
            return data

        found = entries_with(said, size, read)
        assert found is not None
        assert index in found.whole
        assert len(found.whole) <= 6
        files.append(len(answers))
        sent.append(sum(map(len, answers)))
    return files, sent
