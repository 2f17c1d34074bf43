"""Containers: the zip files in which word processors keep a document, opened as if a stranger had sent them.

What is refused before anything is unpacked: more than 20 MB, more than 2,000 members, members that unpack to more than
200 MB together or to more than two hundred times their size, the same name twice, a password, macros under whatever
ending. Members are unpacked one by one, none further than the size that it states, and only those that hold text: a
picture is never opened. XML is read without entities, network or huge trees; a member that declares a document type, or
is not UTF-8 or UTF-16, is refused, so that no parser after this one meets a thing that this one did not see.

    >>> container = Container("report.docx", data)
    >>> container.tree("word/document.xml").tag

Every refusal is a `NotTaken` with the file, the member and, for XML, the line.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import TypeVar

from lxml import etree

from communique.importing.errors import NotTaken
from communique.importing.sentence import Sentence, line_of

LIMIT_FILE_BYTES = 20_000_000
LIMIT_MEMBERS = 2_000
LIMIT_UNPACKED_BYTES = 200_000_000
LIMIT_RATIO = 200
LIMIT_PART_BYTES = 20_000_000
LIMIT_DEPTH = 100
LIMIT_ELEMENTS = 120_000
LIMIT_SIGNS = 3_000_000
"""elements of one member, and signs of one text: what is read of them takes some seconds, not minutes"""

ENDINGS = (".docx", ".odt", ".rtf", ".pdf", ".md", ".eml", ".txt", ".srt", ".vtt")
"""of files that are read into words at the desk"""
PASTED = Sentence("the pasted text")
"""what is said in place of a file's name of text that came from a clipboard"""

T = TypeVar("T")

_RATIO_COUNTS_FROM = 1_000_000
_BITE = 65_536
_MACROS = re.compile(r"(?:^|/)vba(?:Project\w*|Data)\.(?:bin|xml)$|^(?:Basic|Scripts)/.*[^/]$|(?:^|/)activeX/", re.I)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.I)
_DECLARES_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_ENCODING = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.\-]+)["'][^>]{0,200}\?>""")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError, NotImplementedError)
_AGAIN = Sentence("open it in its word processor, save it anew and upload that file")


class Container:
    """A zip file whose outside has been looked at; its members are unpacked when asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        check_size(name, data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = self._zip.infolist()
        except _FAULTS:
            raise self._damaged(Sentence("the end of the file is missing or damaged")) from None
        self._check_members()
        self._by_name = {member.filename: member for member in self._members}
        self._check_macros()

    def __contains__(self, path: str) -> bool:
        return path in self._by_name

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def part(self, path: str) -> bytes | None:
        """The bytes of a member, None where there is none; raises NotTaken."""
        member = self._by_name.get(path)
        if member is None:
            return None
        if member.file_size > LIMIT_PART_BYTES:
            raise self._too_large(path)
        return self._unpacked(member)

    def tree(self, path: str) -> etree._Element | None:
        """The XML of a member, None where there is none; raises NotTaken."""
        data = self.part(path)
        return None if data is None else read_xml(data, f"{self.name}, {path}")

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        """A member's bytes, in small bites: `zipfile` stops at the size that is stated, but a large bite of a member
        that lies would be unpacked whole before it is cut."""
        found = bytearray()
        try:
            with self._zip.open(member) as stream:
                while bite := stream.read(_BITE):
                    found += bite
        except _FAULTS:
            raise self._damaged(Sentence("{part} cannot be unpacked", part=_shown(member.filename))) from None
        return bytes(found)

    def _check_members(self) -> None:
        if len(self._members) > LIMIT_MEMBERS:
            what = Sentence("it holds {parts} parts, more than {limit}", parts=len(self._members), limit=LIMIT_MEMBERS)
            raise NotTaken(self.name, what, Sentence("this is no usual document; {again}", again=_AGAIN))
        names = [member.filename for member in self._members]
        if len(set(names)) < len(names):
            raise self._damaged(Sentence("one of its parts is there twice"))
        total = sum(member.file_size for member in self._members)
        if total > LIMIT_UNPACKED_BYTES:
            what = Sentence("unpacked it has {size} bytes, more than {limit}", size=total, limit=LIMIT_UNPACKED_BYTES)
            remedy = Sentence("take large pictures out of the document and upload them by themselves")
            raise NotTaken(self.name, what, remedy)
        for member in self._members:
            self._check_member(member)

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        where = _inside(self.name, member.filename)
        if member.flag_bits & 0x1:
            raise locked(self.name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotTaken(where, Sentence("it is packed in a way that word processors do not use"), _AGAIN)
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > _RATIO_COUNTS_FROM and ratio > LIMIT_RATIO:
            what = Sentence(
                "it unpacks to {size} bytes from {packed}, which no text does",
                size=member.file_size,
                packed=member.compress_size,
            )
            raise NotTaken(where, what, Sentence("do not use this file; if it is yours, {again}", again=_AGAIN))

    def _check_macros(self) -> None:
        found = next((path for path in self._by_name if _MACROS.search(path)), None)
        types = self.part("[Content_Types].xml")
        if found or (types and _MACRO_TYPES.search(types.replace(b"\0", b""))):
            raise with_macros(self.name if found is None else _inside(self.name, found))

    def _too_large(self, path: str) -> NotTaken:
        what = Sentence("this part has more than {limit} bytes", limit=LIMIT_PART_BYTES)
        return NotTaken(_inside(self.name, path), what, Sentence("divide the document and upload it in parts"))

    def _damaged(self, what: Sentence) -> NotTaken:
        return NotTaken(self.name, Sentence("the file is damaged: {what}", what=what), _AGAIN)


def check_size(name: str, data: bytes) -> None:
    """Refuse a file that is empty or too large; raises NotTaken."""
    if not data.strip(b"\0 \t\r\n"):
        remedy = Sentence("choose the file again, after it has been saved")
        raise NotTaken(name, Sentence("the file is empty"), remedy)
    if len(data) > LIMIT_FILE_BYTES:
        size, limit = round(len(data) / 1_000_000), LIMIT_FILE_BYTES // 1_000_000
        what = Sentence("the file has {size} MB, more than {limit} MB", size=size, limit=limit)
        remedy = Sentence("take the pictures out of it, or upload it in parts; films and sound go elsewhere")
        raise NotTaken(name, what, remedy)


def check_signs(name: str, signs: int) -> None:
    """Refuse a text that is too long to be one message; raises NotTaken."""
    if signs > LIMIT_SIGNS:
        what = Sentence("its text has more than {limit} signs", limit=LIMIT_SIGNS)
        raise NotTaken(name, what, Sentence("upload it in parts, or attach it to the message as a file"))


def locked(name: str) -> NotTaken:
    what = Sentence("the file is locked with a password")
    return NotTaken(name, what, Sentence("open it, save it without the password, upload that"))


def with_macros(where: str) -> NotTaken:
    what = Sentence("it holds macros, which are programs, and nothing of it was read")
    return NotTaken(where, what, Sentence("save it as .docx or .odt without macros, or copy its text and paste it"))


def read_xml(data: bytes, where: str) -> etree._Element:
    """XML of a stranger as a tree that is not deep, not huge and has no entities; raises NotTaken."""
    text = _xml_text(data, where)
    if _DECLARES_TYPE.search(text):
        raise NotTaken(where, Sentence("it declares a document type, which no document does and attacks do"), _AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        if "depth" in str(fault).lower():
            raise too_deep(where) from None
        line = getattr(fault, "lineno", None)
        raise NotTaken(line_of(where, line) if line else where, Sentence("its XML is damaged"), _AGAIN) from None
    check_tree(root, where, LIMIT_DEPTH)
    return root


def check_tree(root: etree._Element, where: str, limit_depth: int) -> None:
    """Refuse a tree of too many elements, or with too many inside one another; raises NotTaken."""
    depth = 0
    for count, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > limit_depth:
            raise too_deep(where)
        if count > LIMIT_ELEMENTS * 2:
            what = Sentence("it has more than {limit} elements", limit=LIMIT_ELEMENTS)
            raise NotTaken(where, what, Sentence("divide the text and upload it in parts"))


def too_deep(where: str) -> NotTaken:
    what = Sentence("too many of its elements are inside one another")
    return NotTaken(where, what, Sentence("copy its text, and paste it as plain text"))


def repacked(parts: Mapping[str, bytes | etree._Element]) -> io.BytesIO:
    """A new container of parts that have been looked at, and of nothing else."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_STORED) as container:
        for path, part in parts.items():
            container.writestr(path, part if isinstance(part, bytes) else etree.tostring(part, encoding="UTF-8"))
    found.seek(0)
    return found


def handed_over(name: str, read: Callable[[], T]) -> T:
    """What a library makes of a document. Whatever it stumbles over is a damaged document, never a traceback."""
    try:
        return read()
    except (NotTaken, MemoryError):
        raise
    except Exception as fault:  # a library's faults are of any class: KeyError, RecursionError, its own
        what = Sentence("its inside is not as a word processor writes it ({fault})", fault=type(fault).__name__)
        raise NotTaken(name, what, _AGAIN) from None


def _xml_text(data: bytes, where: str) -> str:
    """The text of XML without its declaration, which may name the two encodings that every writer uses and no other."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotTaken(where, Sentence("its XML is neither UTF-8 nor UTF-16"), _AGAIN) from None
    stated = _ENCODING.match(text.lstrip())
    if stated and stated[1].lower() not in ("utf-8", "utf8", "utf-16", "us-ascii", "ascii"):
        what = Sentence("its XML says that it is {charset}, which no word processor writes", charset=stated[1])
        raise NotTaken(where, what, _AGAIN)
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.S)


def _inside(name: str, path: str) -> str:
    return f"{name}, {_shown(path)}"


def _shown(path: str) -> str:
    """A member's name as it may stand in a sentence."""
    return "".join(c if c.isprintable() else "?" for c in path[:80])
