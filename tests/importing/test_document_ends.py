"""A document is text from its first word to its last: no site stands around it, so nothing below a table is lost."""

from __future__ import annotations

import pytest
from docx import Document
from odfdo import Document as OpenDocument
from odfdo import Header, Paragraph, Table

from importing.documents import saved
from importing.test_kinds import read

TALK = [
    "Question: When does the ferry sail, Minister?",
    "Edric Holmevand: On Monday, and so on.",
    "Question: And who pays for it then?",
    "Edric Holmevand: The harbour pays for all.",
]
SAID = "The harbour office said on Tuesday that the ferry sails again, and that nobody pays for it before May."
CELLS = [["Place", "Day"], ["Old pier", "Monday"]]


def word() -> bytes:
    document = Document()
    document.add_heading("On the ferry", 0)
    for words in TALK[:2]:
        document.add_paragraph(words)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate(CELLS):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    for words in TALK[2:]:
        document.add_paragraph(words)
    return saved(document)


def open_document() -> bytes:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, "On the ferry"))
    table = Table("T", width=2, height=2)
    table.set_values(CELLS)
    for part in (*map(Paragraph, TALK[:2]), table, *map(Paragraph, TALK[2:])):
        document.body.append(part)
    return saved(document)


@pytest.mark.parametrize(("name", "made"), [("a.docx", word), ("a.odt", open_document)])
def test_what_stands_below_a_table_is_read(name: str, made: object) -> None:
    found = read(name, made())  # type: ignore[operator]
    assert [turn["kind"] for turn in found["turns"]] == ["question", "answer", "question", "answer"]
    assert found["body"].split("\n\n") == [*TALK[:2], *(words for row in CELLS for words in row), *TALK[2:]]
    assert found["not_understood"] == []


def test_points_at_the_end_of_a_document_are_read() -> None:
    document = Document()
    document.add_heading("On the ferry", 0)
    document.add_paragraph("The harbour office said on Tuesday that nobody pays before May, and that it thanks for:")
    for words in ("Ladders", "Oil for the lamp"):
        document.add_paragraph(words, style="List Bullet")
    found = read("a.docx", saved(document))
    assert found["body"].split("\n\n")[1:] == ["Ladders", "Oil for the lamp"]


@pytest.mark.parametrize("heads", [("What it costs",), ("What it costs", "Who pays for all of this")])
def test_of_strong_lines_the_first_is_the_title_and_those_between_texts_head_parts_of_it(
    heads: tuple[str, ...],
) -> None:
    document = Document()
    document.add_paragraph("PRESS RELEASE")
    document.add_paragraph().add_run("Ferry sails again, office says").bold = True
    document.add_paragraph("Lisbon, 5 May 2026")
    said = []
    for head in heads:
        said += [f"{SAID} And of this: {head}.", head]
        document.add_paragraph(said[-2])
        document.add_paragraph().add_run(head).bold = True
    document.add_paragraph(SAID)
    found = read("a.docx", saved(document))
    assert (found["title"], found["published"]) == ("Ferry sails again, office says", "2026-05-05")
    assert found["body"].split("\n\n") == [*said, SAID]
