"""PDFs made for tests: lines of Helvetica where they are told to stand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple


class Type(NamedTuple):
    """A line of type: from the left, from the bottom, in points."""

    left: float
    bottom: float
    words: str
    size: float = 10
    bold: bool = False


def pdf(*pages: Sequence[Type], extra: bytes = b"", packed: bool = False) -> bytes:
    """The bytes of a PDF. `extra` is put into its catalogue."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>", b""]
    objects += [_font("Helvetica"), _font("Helvetica-Bold")]
    kids = []
    for page in pages:
        stream = b"\n".join(_shown(line) for line in page)
        how = b""
        if packed:
            stream, how = zlib.compress(stream), b"/Filter /FlateDecode "
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (how, len(stream), stream))
        fonts = b"<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents %d 0 R >>" % (fonts, content)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """Objects as a file, with its table and trailer."""
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(data)


def _font(name: str) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>" % name.encode()


def _shown(line: Type) -> bytes:
    words = line.words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    font = b"F2" if line.bold else b"F1"
    return b"BT /%b %g Tf %g %g Td (%b) Tj ET" % (font, line.size, line.left, line.bottom, words)
