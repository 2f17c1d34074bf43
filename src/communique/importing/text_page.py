"""The parts of plain text whose head is a letterhead, or whose layout is that of a typescript."""

from __future__ import annotations

from communique.importing.afterwords import Signature, signature_under, without_afterwords, without_page_numbers
from communique.importing.dates import PrintedDate, unkept
from communique.importing.heading import Heading
from communique.importing.letterhead import Cell, Letterhead
from communique.importing.listing import Listing
from communique.importing.parts import Parts
from communique.importing.sheet import Sheet
from communique.importing.turns import find_marks
from communique.importing.typescript import Typescript


def take_letterhead(sheet: Sheet, letter: Letterhead, language: str) -> Heading:
    """Take title, date and section of a letterhead."""
    dated = letter.dated
    for number, cell in enumerate([*letter.title, *([letter.section] if letter.section else [])]):
        part = "section" if cell is letter.section else "title"
        sheet.take(cell.line, part, number if part == "title" else 0, cell.start, cell.end)
    if dated is not None and dated.printed is not None and dated not in letter.title:
        sheet.take(dated.line, "message date", 0, *_span(dated, dated.printed))
    title = " ".join(" ".join(cell.text.split()) for cell in letter.title) or None
    section = letter.section.text.strip() if letter.section else None
    return Heading(section, dated.printed if dated else None, title)


def _span(cell: Cell, printed: PrintedDate) -> tuple[int, int]:
    start = cell.line.text.index(printed.text, cell.start)
    return start, start + len(printed.text)


def parts_of_typescript(sheet: Sheet, typed: Typescript, language: str) -> Parts:
    """Take the parts of a typescript."""
    body, signature = signature_under(typed.body, language)
    body = without_afterwords(without_page_numbers(body), language)
    for line in typed.title:
        sheet.take(line, "title")
    if typed.section is not None:
        sheet.take(typed.section, "section")
    _take_signature(sheet, signature, language)
    title = " ".join(" ".join(line.text.split()) for line in typed.title)
    section = typed.section.text.strip() if typed.section else None
    dated = signature.dated[1] if signature and signature.dated else None
    head = [*typed.letterhead, *typed.title]
    marks = find_marks(body, language, head)
    heading = Heading(section, dated, title or None)
    return Parts(heading, body, marks, Listing(None, (), None, None), (), (), (), signature=signature, how="typescript")


def _take_signature(sheet: Sheet, signature: Signature | None, language: str) -> None:
    if signature is None or signature.dated is None:
        return
    line, printed = signature.dated
    start = line.text.index(printed.text)
    holes = [(0, start), *unkept(printed, language), (start + len(printed.text), len(line.text))]
    sheet.take_around(line, "message date", 0, holes)
