"""Documents made for tests: by python-docx and odfdo, and by hand where a word processor's own XML matters.

Names and sentences are invented.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from odfdo import Document as OpenDocument
from odfdo import Element

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)


def saved(document: Document) -> bytes:
    found = io.BytesIO()
    document.save(found)
    return found.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as container:
        for path, part in parts.items():
            container.writestr(path, part)
    return found.getvalue()


def word_parts(body: str, styles: str = "", numbering: str = "", links: str = "") -> dict[str, str | bytes]:
    """The members of a small Word file with this XML inside its body."""
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/></Types>'
        ),
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(
            f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>{links}'
        ),
        "word/document.xml": f"<w:document {WORD} {MORE}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {WORD}>{numbering}</w:numbering>",
    }


def _relations(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def link(id_: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'


def word_file(*paragraphs: str, styles: str = "", numbering: str = "", links: str = "") -> bytes:
    """A small Word file; each paragraph is words or XML."""
    return packed(word_parts("".join(map(paragraph, paragraphs)), styles, numbering, links))


def paragraph(inside: str) -> str:
    if inside.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")):
        return inside
    return f"<w:p>{inside if inside.startswith('<') else run(inside)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def open_parts(body: str, automatic: str = "", styles: str = "") -> dict[str, str | bytes]:
    """The members of a small OpenDocument text with this XML inside its body."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}/>",
        "content.xml": (
            f'<office:document-content {_ODF} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f'<office:document-styles {_ODF} office:version="1.3"><office:styles>{styles}</office:styles>'
            "</office:document-styles>"
        ),
    }


def open_file(body: str, automatic: str = "", styles: str = "") -> bytes:
    return packed(open_parts(body, automatic, styles))


def through_odfdo(*elements: Element) -> bytes:
    document = OpenDocument("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    return saved(document)


def interview(*said: str) -> bytes:
    """A Word file of python-docx with a paragraph for each of these."""
    document = Document()
    for words in said:
        document.add_paragraph(words)
    return saved(document)
