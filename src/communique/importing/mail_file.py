"""A mail: its subject as title, its day, and its text; read by Python's own `email`.

Of a text in two forms the one with markup is taken. What is attached is counted and left: it is a file of its own.
Addresses of senders and recipients are no part of a message, and are not taken.
"""

from __future__ import annotations

import re
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from lxml import etree, html

from communique.importing.containers import check_signs, handed_over
from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.sentence import Sentence

LIMIT_PARTS = 200
_BREAKS_OFF = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)
_SIGNATURE = re.compile(r"\n-- \n")
_HEADER = re.compile(rb"^(?:From |[\x21-\x39\x3b-\x7e]{1,80}:)", re.M)


def mail_tree(name: str, data: bytes, left: Leavings) -> etree._Element:
    """The mail as HTML elements; raises NotTaken."""
    if not _HEADER.match(data.lstrip()):
        what = Sentence("no head of a mail at its beginning")
        raise NotTaken(name, what, Sentence("save the mail again from its program, as .eml"))
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
    text = body.get_content()
    check_signs(name, len(text))
    tree = _of_html(text) if body.get_content_type() == "text/html" else _of_text(text)
    _head(tree, mail)
    return tree


def _head(tree: etree._Element, mail: EmailMessage) -> None:
    """Title and day above the words, where these do not have them themselves."""
    subject = " ".join(str(mail.get("Subject", "")).split())
    try:
        day = parsedate_to_datetime(str(mail.get("Date", ""))).date().isoformat()
    except (TypeError, ValueError):
        day = ""
    if any(words.strip() for words in tree.xpath(".//h1//text()")):
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


def _of_text(text: str) -> etree._Element:
    """Paragraphs divided by empty lines, their lines joined; what stands under a signature's dashes is left."""
    tree = etree.Element("div")
    for paragraph in re.split(r"\n[ \t]*\n", _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if lines:
            etree.SubElement(tree, "p").text = re.sub("[\x00-\x08\x0b-\x1f]", " ", " ".join(lines))
    return tree
