"""Contact blocks: a label with a telephone number, an e-mail address, or both.

"Consular queries:" over a number and an address, or all of it in one line. Words which only say what a number is
("Tel.", "E-mail:") belong to no label. Lines between the label and the last number or address (a street, hours) are
kept as lines of the block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.dates import date_in
from communique.importing.digits import ascii_digits
from communique.importing.sheet import Sheet

_LIMIT_LINE = 200
_LIMIT_LABEL = 80
_LIMIT_LINES_BETWEEN = 6

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w@])")
_NUMBER = re.compile(r"(?<![\w@./])(?:\+|00|\(|\d)[\d\s\u00a0()./\-–]{5,28}\d(?![\w@])")
_ONLY_SAYS_WHAT = re.compile(
    r"(?:tel(?:ephone|efon|éfono|efono|éphone|efone)?|phone|fax|mobile|téléphone|тел(?:ефон)?|τηλ(?:έφωνο)?|هاتف|"
    r"الهاتف|e-?mail|mail|email|courriel|correo|почта|эл\. почта|пошта|ел\. пошта|eposta|e-posta|البريد الإلكتروني|"
    r"بريد|电话|電話|邮箱|전화)\.?",
    re.I,
)


@dataclass(frozen=True)
class Contact:
    """A contact block as printed: its label without colon, a telephone number, an e-mail address, other lines."""

    label: str
    telephone: str | None
    email: str | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reach:
    """A line that holds a number or an address, and the words that it holds besides."""

    line: Line
    telephone: str | None
    email: str | None
    words: str


def find_contacts(sheet: Sheet, language: str) -> list[Contact]:
    """Take the contact blocks of a sheet."""
    reaches = [r for line in sheet.free() if (r := _reach(line, language))]
    contacts: list[Contact] = []
    for group in _grouped(sheet, reaches):
        label, above = _label(sheet, group, language)
        if not label:
            continue
        inside = [b for b in sheet.between(above or group[0].line, group[-1].line) if b is not above]
        inside = [line for line in inside if all(line is not r.line for r in group)]
        number = len(contacts)
        for line in ([above] if above else []) + [r.line for r in group] + inside:
            sheet.take(line, "contact", number)
        telephone = next((r.telephone for r in group if r.telephone), None)
        email = next((r.email for r in group if r.email), None)
        contacts.append(Contact(label, telephone, email, tuple(line.text.strip() for line in inside)))
    return contacts


def _reach(line: Line, language: str) -> _Reach | None:
    plain = ascii_digits(line.text)
    if len(plain) > _LIMIT_LINE:
        return None
    email = _EMAIL.search(plain)
    rest = plain[: email.start()] + " " * (email.end() - email.start()) + plain[email.end() :] if email else plain
    number = next((n for n in _NUMBER.finditer(rest) if _is_telephone(n.group(), rest, language)), None)
    if not email and not number:
        return None
    kept = "".join(" " if number and number.start() <= i < number.end() else c for i, c in enumerate(rest))
    words = " ".join(_ONLY_SAYS_WHAT.sub(" ", kept).split()).strip(" :：,;|•·-–—")
    if len(words) > _LIMIT_LABEL or re.search(r"[.!?]$", words) or any(c.isdigit() for c in words):
        return None
    telephone = line.text[number.start() : number.end()].strip() if number else None
    return _Reach(line, telephone, email.group() if email else None, words)


def _is_telephone(number: str, text: str, language: str) -> bool:
    digits = sum(c.isdigit() for c in number)
    return 7 <= digits <= 16 and number.count("(") == number.count(")") and date_in(text, language) is None


def _grouped(sheet: Sheet, reaches: Sequence[_Reach]) -> list[list[_Reach]]:
    """Numbers and addresses that belong to one block: side by side, each sort once, no words of a next label."""
    groups: list[list[_Reach]] = []
    for reach in reaches:
        group = groups[-1] if groups else []
        if group and not reach.words and _is_near(sheet, group[-1].line, reach.line) and _adds(group, reach):
            group.append(reach)
        else:
            groups.append([reach])
    return groups


def _is_near(sheet: Sheet, above: Line, below: Line) -> bool:
    return sheet.before(below) is above


def _adds(group: Sequence[_Reach], reach: _Reach) -> bool:
    has_telephone, has_email = any(r.telephone for r in group), any(r.email for r in group)
    return not (reach.telephone and has_telephone) and not (reach.email and has_email)


def _label(sheet: Sheet, group: Sequence[_Reach], language: str) -> tuple[str | None, Line | None]:
    """The words of a block's label, and the line above where they stand if they are not in the block's first line."""
    if group[0].words:
        return group[0].words, None
    nearest, line = None, group[0].line
    for _ in range(_LIMIT_LINES_BETWEEN):
        above = sheet.before(line)
        if above is None or not sheet.is_free(above) or not _is_label_like(above, language):
            break
        text = above.text.strip()
        if text.endswith((":", "：")):
            return text.rstrip(":：").strip(), above
        if above.number != line.number - 1:
            break
        nearest, line = nearest or above, above
    return (nearest.text.strip(), nearest) if nearest else (None, None)


def _is_label_like(line: Line, language: str) -> bool:
    text = line.text.strip()
    return len(text) <= _LIMIT_LABEL and not text.endswith((".", "!", "?")) and date_in(text, language) is None
