"""Words of another language in a document stay marked as such; what word processors say of every word says nothing."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from odfdo import Document as OpenDocument
from odfdo import Element, Header, Paragraph, Span, Style

from communique.importing.documents import capture_of
from importing.documents import saved

SAID = "The harbour office said on Tuesday that the ferry sails again. As they say there, "
QUOTED = (("le bac navigue de nouveau", "fr-FR"), ("паром ходит", "ru-RU"), ("العبّارة تبحر", "ar-SA"))


def foreign(name: str, data: bytes) -> list[tuple[str, str]]:
    found = capture_of(data, name=name)
    return [(line.text[run.start : run.end], run.language) for line in found.lines for run in line.foreign]


def spoken(run: Run, language: str) -> None:
    said = OxmlElement("w:lang")
    said.set(qn("w:bidi" if language.startswith("ar") else "w:val"), language)
    properties = run._r.get_or_add_rPr()
    if language.startswith("ar"):
        properties.append(OxmlElement("w:rtl"))
    properties.append(said)


@pytest.mark.parametrize("own", ["", "en-GB"])
def test_runs_of_another_language_in_word_keep_it(own: str) -> None:
    document = Document()
    document.add_heading("On the ferry", 0)
    paragraph = document.add_paragraph()
    for words, language in QUOTED:
        first = paragraph.add_run(SAID)
        if own:
            spoken(first, own)
        run = paragraph.add_run(words)
        run.bold = True
        spoken(run, language)
        paragraph.add_run(". ")
    assert foreign("a.docx", saved(document)) == list(QUOTED)


def test_a_language_that_word_says_of_most_words_is_the_texts_own() -> None:
    """Written in one language with a program of another: none of the words is marked."""
    document = Document()
    document.add_heading("On the ferry", 0)
    paragraph = document.add_paragraph()
    for _ in range(4):
        spoken(paragraph.add_run(SAID), "de-DE")
        spoken(paragraph.add_run(SAID), "fr-FR")
    assert foreign("a.docx", saved(document)) == []


def test_spans_of_another_language_in_open_document_keep_it() -> None:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, "On the ferry"))
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("style", "style"), ("fo", "xsl-fo-compatible"))
    )
    said = '<style:text-properties fo:language="fr" fo:country="FR"/>'
    style = f'<style:style {spaces} style:name="F" style:family="text">{said}</style:style>'
    document.insert_style(Element.from_tag(style), automatic=True)
    paragraph = Paragraph(SAID)
    paragraph.append(Span(QUOTED[0][0], style="F"))
    paragraph.append_plain_text(".")
    document.body.append(paragraph)
    assert foreign("a.odt", saved(document)) == [QUOTED[0]]


def test_bold_in_open_document_is_strong() -> None:
    document = OpenDocument("text")
    document.body.clear()
    document.insert_style(Style("text", name="B", bold=True), automatic=True)
    paragraph = Paragraph("")
    paragraph.append(Span("Ferry sails again", style="B"))
    document.body.append(paragraph)
    document.body.append(Paragraph(SAID))
    assert [line.strong for line in capture_of(saved(document), name="a.odt").lines if line.text] == [True, False]
