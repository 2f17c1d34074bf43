"""A mail: its subject as title, its day, and its text; read by Python's own `email`.

Of a text in two forms the one with markup is taken. What is attached is counted and left: it is a file of its own.
Addresses of senders and recipients are no part of a message, and are not taken. Bytes are text in the charset that the
mail states, or in UTF-8, and nothing else: a guess would go on the record as what was said. Lines of plain text are
joined where the program that wrote the mail has wrapped them, and stand for themselves where its writer ended them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from lxml import etree, html

from communique.importing.capture import FOR_READERS
from communique.importing.containers import check_signs, handed_over
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

LIMIT_PARTS = 200
_BREAKS_OFF = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)
_SIGNATURE = re.compile(r"\n-- \n")
_EMPTY = re.compile(r"\n[ \t]*\n")
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f]")
_LEAST_WIDTH, _MOST_WIDTH = 60, 100
"""signs at which programs wrap the lines of a mail"""
_BEGINS = re.compile(r"\s*(?:[-–—•*·]\s|\d{1,3}[.)]\s|(?![a-zà-ÿа-яёα-ω])[^\s:：][^:：]{0,60}[:：](?:\s|$))")
"""an item of a list, or a mark of who speaks"""
_BARE = ("us-ascii", "ascii", "unknown-8bit", "x-unknown")
"""what programs write that know nothing of the charset"""
_SEVERAL = re.compile(rb"^From \S+ [^\n]{0,80}\d{4}\r?\n[\x21-\x39\x3b-\x7e]{1,80}:", re.M)
"""the line between two mails of an mbox (RFC 4155)"""
_HEADER = re.compile(rb"^(?:From |[\x21-\x39\x3b-\x7e]{1,80}:)", re.M)


def mail_tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    """The mail as HTML elements; raises NotTaken."""
    if not _HEADER.match(data.lstrip()):
        what = Sentence("no head of a mail at its beginning")
        raise NotTaken(name, what, Sentence("save the mail again from its program, as .eml"))
    if len(_SEVERAL.findall(data)) > 1:
        raise NotTaken(name, Sentence("it holds several mails"), Sentence("save each mail by itself, as .eml"))
    if data.lower().count(b"content-type:") > LIMIT_PARTS:
        what = Sentence("it has more than {limit} parts", limit=LIMIT_PARTS)
        raise NotTaken(name, what, Sentence("forward its text alone, and save that"))
    return handed_over(name, lambda: _tree(name, data, left))


def _tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    mail: EmailMessage = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    if any(isinstance(fault, _BREAKS_OFF) for part in mail.walk() for fault in part.defects):
        what = Sentence("the file is damaged: {what}", what=Sentence("it breaks off before its end"))
        raise NotTaken(name, what, Sentence("save the mail again from its program, as .eml"))
    body = mail.get_body(("html", "plain"))
    left.count("attached", sum(1 for _ in mail.iter_attachments()) if mail.is_multipart() else 0)
    if not isinstance(body, EmailMessage):
        raise NotTaken(name, Sentence("no word in it"), Sentence("save the mail again from its program, as .eml"))
    text = _decoded(name, body)
    check_signs(name, len(text))
    is_flowed = str(body.get_param("format", "")).lower() == "flowed"
    tree = _of_html(text) if body.get_content_type() == "text/html" else _of_text(text, is_flowed)
    _head(tree, mail)
    return tree


def _decoded(name: str, part: EmailMessage) -> str:
    """The words of a part; raises NotTaken where its bytes are in no charset that is known."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    stated = (part.get_content_charset() or "utf-8").lower()
    for charset in (FOR_READERS.get(stated, stated) if stated not in _BARE else "utf-8", "utf-8"):
        try:
            return data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    what = Sentence("its bytes are no text in {charset}, which it says they are", charset=stated)
    raise NotTaken(name, what, Sentence("save the mail again from its program, as .eml"))


def _head(tree: etree._Element, mail: EmailMessage) -> None:
    """Title and day above the words, where these do not have them themselves."""
    subject = " ".join(str(mail.get("Subject", "")).split())
    try:
        day = parsedate_to_datetime(str(mail.get("Date", ""))).date().isoformat()
    except (TypeError, ValueError):
        day = ""
    own = next((head for head in tree.iter("h1") if "".join(head.itertext()).strip()), None)
    if own is not None:
        if day and own is not tree:
            above = etree.Element("p")
            above.text = day
            own.addprevious(above)
        return
    for tag, words in (("p", day), ("h1", subject)):
        if words:
            element = etree.Element(tag)
            element.text = words
            tree.insert(0, element)


def _of_html(text: str) -> etree._Element:
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text, parser=parser)
    body = root.find("body")
    found = root if body is None else body
    found.text, words = None, found.text
    if words and words.strip():
        first = etree.Element("p")
        first.text = words
        found.insert(0, first)
    return found


def _of_text(text: str, is_flowed: bool) -> etree._Element:
    """Paragraphs divided by empty lines or by their writer; what stands under a signature's dashes is left."""
    tree = etree.Element("div")
    said = _STRANGE.sub(" ", _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0])
    groups = [[line for line in group.split("\n") if line.strip()] for group in _EMPTY.split(said)]
    width = _wrapped_at(groups)
    for group in groups:
        for place, line in enumerate(group):
            above = group[place - 1] if place else ""
            if place and (above.endswith(" ") if is_flowed else _is_wrapped(above, line, width)):
                tree[-1].text += f" {line.strip()}"
            else:
                etree.SubElement(tree, "p").text = line.strip()
    return tree


def _wrapped_at(groups: Sequence[Sequence[str]]) -> int:
    """The width at which a program has wrapped lines, 0 where none has."""
    over = [line.rstrip() for group in groups for line in group[:-1]]
    width = max((len(line) for line in over if len(line) <= _MOST_WIDTH), default=0)
    return width if width >= _LEAST_WIDTH else 0


def _is_wrapped(above: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one above: its first word had no room there, and it begins nothing of its own."""
    if not width or len(above.rstrip()) > _MOST_WIDTH or _BEGINS.match(line):
        return False
    return len(above.rstrip()) + 1 + len(line.split()[0]) > width
