"""Office files: what has one of `ENDINGS`, and pasted HTML, becomes words.

    >>> found = words_of_file("interview.docx", data, "en")
    >>> found.title, found.words["turns"][0], found.left
    ('Answers on the ferry', {'id': 't1', 'kind': 'question', 'mark': 'Question', …}, ('1 comment was not taken.',))

What a file is, its first bytes say, and its name must agree: a `.docx` that is a PDF is refused by what it is. Refusals
are `NotTaken`, with what was found, where, and what to do; no file makes a traceback. Size, members, elements, depth,
cues and pairs are bounded, each where it is read, so that time is: the largest document that is taken needs seconds.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from communique.importing.capture import capture
from communique.importing.containers import (
    ENDINGS,
    LIMIT_FILE_BYTES,
    PASTED,
    Container,
    check_signs,
    check_size,
    handed_over,
    locked,
    with_macros,
)
from communique.importing.documents import reader_for
from communique.importing.errors import NotReadable, NotTaken
from communique.importing.found_words import FoundWords, words_of_passages, words_of_turns
from communique.importing.leavings import Leavings
from communique.importing.markup import is_markup
from communique.importing.open_document import open_document_tree
from communique.importing.paragraphs import is_hard_wrapped, paragraphs_of, text_of
from communique.importing.passages import Passage, passages_of, passages_of_html
from communique.importing.sentence import Sentence, line_of
from communique.importing.subtitles import words_of_subtitles
from communique.importing.turns import find_marks, turns_of
from communique.importing.word_file import word_tree

_SAVE_AS = Sentence("open it and save it as .docx or .odt")
_OWN_ENDING = Sentence("give it its own ending back")
_IN_WORD = Sentence("open it in Word and save it as .docx")
_IN_BROWSER = Sentence("open it in a browser, copy its text and paste it")
_REMEDIES = {
    ".doc": _IN_WORD,
    ".dot": _IN_WORD,
    ".dotx": _IN_WORD,
    ".pages": Sentence("export it from Pages as Word (.docx)"),
    ".html": _IN_BROWSER,
    ".htm": _IN_BROWSER,
}
_MACRO_ENDINGS = (".docm", ".dotm")
_DOCUMENTS = (".rtf", ".pdf", ".md", ".eml")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"%PDF", Sentence("a PDF")),
    (b"{\\rtf", Sentence("a text in RTF")),
    (b"\x89PNG", Sentence("a picture")),
    (b"\xff\xd8\xff", Sentence("a picture")),
    (b"GIF8", Sentence("a picture")),
    (b"RIFF", Sentence("a picture, film or sound")),
    (b"\x1f\x8b", Sentence("a packed archive")),
    (b"Rar!", Sentence("a packed archive")),
    (b"7z\xbc\xaf", Sentence("a packed archive")),
    (b"MZ", Sentence("a program")),
    (b"\x7fELF", Sentence("a program")),
    (b"ID3", Sentence("a sound")),
    (b"OggS", Sentence("a sound")),
)
_OWN = {".pdf": "a PDF", ".rtf": "a text in RTF"}
"""ending -> what a file with it begins as"""
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CODE_PAGES = {
    "cp1251 koi8_r cp866": "ru be bg sr mk kk ky mn",
    "cp1251 koi8_u": "uk",
    "cp1250 iso8859_2": "pl cs sk hu sl hr bs ro sq",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he",
    "cp1256": "ar fa ur",
    "cp1257": "et lv lt",
    "cp1258": "vi",
    "cp874": "th",
    "cp932 euc_jp": "ja",
    "gb18030 big5": "zh",
    "cp949": "ko",
}
_HAS_MARKUP = re.compile(r"<[A-Za-z!?/]")
_SAMPLE_BYTES = 200_000


def words_of_file(name: str, data: bytes, language: str) -> FoundWords:
    """What a file says; raises NotTaken. `language` is the tag of the language in which it is written."""
    ending = _ending(name)
    check_size(name, data)
    _check_beginning(name, ending, data)
    if ending in (".docx", ".odt"):
        return _words_of_container(Container(name, data), ending, language)
    left = Leavings()
    if ending in _DOCUMENTS and (tree_of := reader_for(name, data)):
        tree = tree_of(name, data, left)
        return _words_of(name, handed_over(name, lambda: passages_of(tree, name, left)), language, left)
    text = _text(name, data, language, left)
    check_signs(name, len(text))
    if ending == ".txt":
        return _words_of_text(name, text, language, left)
    found = words_of_subtitles(text, name, _short(language))
    return FoundWords(None, found.words, found.times, (*found.left, *left.sentences), found.cues)


def words_of_html(html: str, language: str) -> FoundWords:
    """What HTML from a clipboard says, or plain text where there is no markup in it; raises NotTaken."""
    left = Leavings()
    if len(html) > LIMIT_FILE_BYTES or len(html.encode("utf-8", "replace")) > LIMIT_FILE_BYTES:
        what = Sentence("it has more than {limit} MB", limit=LIMIT_FILE_BYTES // 1_000_000)
        raise NotTaken(PASTED, what, Sentence("copy the text without its pictures, or in parts"))
    if not _HAS_MARKUP.search(html):
        check_signs(PASTED, len(html))
        return _words_of_text(PASTED, _lines_divided(html.encode("utf-8", "replace").decode()), language, left)
    passages = handed_over(PASTED, lambda: passages_of_html(_fragment(html), PASTED, left))
    return _words_of(PASTED, passages, language, left)


def _words_of_container(container: Container, ending: str, language: str) -> FoundWords:
    is_open = "content.xml" in container
    if is_open != (ending == ".odt"):
        raise NotTaken(container.name, _something_else(_sort_of_container(container), ending), _SAVE_AS)
    left = Leavings()
    tree = open_document_tree(container, left) if is_open else word_tree(container, left)
    passages = handed_over(container.name, lambda: passages_of(tree, container.name, left))
    return _words_of(container.name, passages, language, left)


def _words_of(name: str, passages: list[Passage], language: str, left: Leavings) -> FoundWords:
    if not passages:
        remedy = Sentence("choose a document that has text; a scanned page is a picture")
        raise NotTaken(name, Sentence("no word in it"), remedy)
    title, words = words_of_passages(passages, _short(language), left)
    return FoundWords(title, words, {}, left.sentences)


def _words_of_text(name: str, text: str, language: str, left: Leavings) -> FoundWords:
    """A plain text, its lines put together to paragraphs; a web page that was saved as text is read as one."""
    if is_markup(text):
        return _words_of(name, handed_over(name, lambda: passages_of_html(text, name, left)), language, left)
    try:
        lines = [line for line in capture(text.encode(), name=name).lines if line.text.strip()]
    except NotReadable as fault:
        raise NotTaken(fault.where, fault.what, Sentence("save it as .docx, or divide it")) from None
    if not lines:
        raise NotTaken(name, Sentence("no word in it"), Sentence("choose a text that has words"))
    head = [line for line in lines[:12] if len(line.text) < 400]
    marks = find_marks(lines, _short(language), head)
    if not marks:
        paragraphs = [text_of(paragraph) for paragraph in paragraphs_of(lines, is_hard_wrapped(lines))]
        return FoundWords(None, {"blocks": [p for p in paragraphs if p], "next": 1}, {}, left.sentences)
    turns = turns_of(lines, marks)
    parts = [[Passage("paragraph", words) for words in turn.paragraphs] for turn in turns]
    above = "\n".join(line.text for line in head if line.number < marks[0].line.number)
    return FoundWords(None, words_of_turns(turns, parts, above), {}, left.sentences)


def _ending(name: str) -> str:
    found = re.search(r"\.[^./\\\s]{1,8}$", name.strip().lower())
    ending = found[0] if found else ""
    if ending in _MACRO_ENDINGS:
        raise with_macros(name)
    if ending not in ENDINGS:
        unread = Sentence("files that end in {ending} are not read here", ending=ending)
        anew = Sentence("save it as one of {endings}, or copy its text and paste it", endings=", ".join(ENDINGS))
        raise NotTaken(name, unread if ending else Sentence("its name has no ending"), _REMEDIES.get(ending, anew))
    return ending


def _check_beginning(name: str, ending: str, data: bytes) -> None:
    """Refuse a file whose first bytes say something else than its name; raises NotTaken."""
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise locked(name)
        raise NotTaken(name, Sentence("it is a file of an older Office (.doc), whatever its name says"), _IN_WORD)
    sort = next((sort for beginning, sort in _BEGINNINGS if data[:1024].lstrip().startswith(beginning)), None)
    is_zip = data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))
    is_text = ending not in (".docx", ".odt") and not data.startswith((b"%PDF", b"{\\rtf")) and _looks_like_text(data)
    if sort and not is_text and _OWN.get(ending) != sort:  # a text may begin with the letters MZ
        own = sort in _OWN.values()
        raise NotTaken(name, _something_else(sort, ending), _OWN_ENDING if own else _SAVE_AS)
    if is_zip and ending not in (".docx", ".odt"):
        what = _something_else(Sentence("a document or archive"), ending)
        raise NotTaken(name, what, _OWN_ENDING)
    if not is_zip and ending in (".docx", ".odt"):
        text = _something_else(Sentence("plain text or HTML"), ending)
        damaged = Sentence("the file is damaged: {what}", what=Sentence("its beginning is missing"))
        remedy = Sentence("open it and save it as {ending}", ending=ending)
        raise NotTaken(name, text if _looks_like_text(data) else damaged, remedy)


def _something_else(sort: Sentence, ending: str) -> Sentence:
    return Sentence("it is {sort}, not a {ending} file", sort=sort, ending=ending)


def _looks_like_text(data: bytes) -> bool:
    return b"\0" not in data[:4096] and sum(byte < 9 for byte in data[:4096]) == 0


def _sort_of_container(container: Container) -> Sentence:
    known = {
        "xl/workbook.xml": Sentence("a table of Excel"),
        "ppt/presentation.xml": Sentence("a presentation"),
        "word/document.xml": Sentence("a document of Word"),
        "content.xml": Sentence("a document of LibreOffice"),
        "Index/Document.iwa": Sentence("a document of Pages"),
        "META-INF/container.xml": Sentence("an e-book"),
    }
    return next((sort for path, sort in known.items() if path in container), Sentence("a zip file"))


def _text(name: str, data: bytes, language: str, left: Leavings) -> str:
    """The text of bytes, its lines divided by LF; raises NotTaken.

    A text that says nothing of its charset and is not UTF-8 is in a code page of its language, or it is refused. What
    was taken is said, because a wrong guess would be seen in accents alone.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _lines_divided(_strictly(name, data[len(mark) :], encoding))
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        text = _in_code_page(name, data, language, left, fault.start)
    if "\0" in text:
        raise _no_text(name, data, data.index(b"\0"))
    return _lines_divided(text)


def _in_code_page(name: str, data: bytes, language: str, left: Leavings, first_fault: int) -> str:
    short = _short(language)
    pages = next((pages for pages, languages in _CODE_PAGES.items() if short in languages.split()), "cp1252 mac_roman")
    if b"\0" in data:
        raise _no_text(name, data, data.index(b"\0"))
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=pages.split()).best()
    if best is None:
        raise _no_text(name, data, first_fault)
    text = _strictly(name, data, best.encoding)
    taken = Sentence(
        "The file does not say its charset; it was read as {charset}: look at its accents.",
        charset=best.encoding.replace("_", "-"),
    )
    left.say(taken)
    return text


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _no_text(name, data, fault.start) from None


def _no_text(name: str, data: bytes, position: int) -> NotTaken:
    line = data.count(b"\n", 0, position) + 1
    what = Sentence("byte {position} is no text in a charset of this language", position=position)
    return NotTaken(line_of(name, line), what, Sentence("open it and save it as UTF-8 text, or as .docx"))


def _lines_divided(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _fragment(html: str) -> str:
    """The part of a clipboard that was copied: between the comments that Windows puts around it, if they are there."""
    start, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    inner = html[start + len("<!--StartFragment-->") : end] if 0 <= start < end else html
    return re.sub(r"^Version:[\d.]+\s(?:\w+:\S*\s+)+", "", inner)


def _short(language: str) -> str:
    return language.split("-")[0].lower()
