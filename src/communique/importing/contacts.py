"""Contact blocks: a label with telephone numbers, e-mail addresses, or both.

"Visa office:" over a number and an address, or all of it in one line. The first telephone and the first address
are the block's own; every line that says more than those two ("Tel.: …", a street, a fax, a second number, hours) is
kept as a line of the block, word for word. A block without a label has the word before its number for one ("Tel."); a
number with no word at all was not understood. A word for other hours or in brackets before a second number
("Emergency: …") is no label of a new block, which would take the mail of the first.

    Visa office:                        label
    14 Lamp Quay                        a line
    Tel.: 01632 960142, 960143          the telephone, and a line
    consular@orsemund.example           the mail
    Mon–Fri 9:00–13:00                  a line
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.counters import counts_days, is_counter
from communique.importing.dates import date_in
from communique.importing.digits import ascii_digits, has_digit
from communique.importing.sheet import Sheet

_LIMIT_LINE = 200
_LIMIT_LABEL = 80
_LIMIT_LINES_BETWEEN = 6

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w@])")
_NUMBER = re.compile(r"(?<![\w@./])(?:\+|00|\(|\d)(?:(?!\s?/\s|\s\(\d+\s?[^\W\d])[\d\s\u00a0()./\-–]){5,28}\d(?![\w@])")
_FAX = r"fax|telefax|télécopie|факс|φαξ|faks|فاكس|传真"
_ONLY_SAYS_WHAT = re.compile(
    r"(?<!\w)(?:tél|tel(?:ephone|efon|éfono|efono|éphone|efone)?|phone|fon|mobile|téléphone|тел(?:ефон)?|τηλ(?:έφωνο)?|هاتف|"
    rf"الهاتف|e-?mail|mail|courriel|correo|почта|эл\. почта|пошта|ел\. пошта|e-?posta|البريد الإلكتروني|"
    rf"بريد|电话|電話|邮箱|전화|{_FAX})(?!\w)\.?",
    re.I,
)
_AFTER_FAX = re.compile(rf"(?:{_FAX})\W*$", re.I)
_HOURS = re.compile(
    r"(?<!\d)\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m\.?)?\s*(?:[-–—]|to|bis|à|до|a|do|έως|إلى)\s*\d{1,2}(?:[:.h]\d\d|\s?[ap]\.?m\b)",
    re.I,
)
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s*[-–/]\s*(?:1[89]|20)\d\d")
_MAY_HAVE_FIGURES = re.compile(rf"\([^()]*\)|\b(?:ext|extension|доб)\.?\s?\d{{1,5}}|{_HOURS.pattern}", re.I)
"""what may stand beside a number: in brackets, an extension, hours; other figures are no contact's"""
_ASIDE = re.compile(
    r"^[(\[].*[)\]]$|^\W*(?:emergenc|urgen|after hours|out of hours|notfall|emergencia|emergenza|emergência|экстренн|"
    r"екстрен|nagły|έκτακτ|acil|طوارئ|الطوارئ|紧急|緊急|긴급)",
    re.I,
)
"""what stands before a second number of a block: in brackets, or a word for other hours"""
_SIGNS = " \u00a0:：,;|•·-–—"


@dataclass(frozen=True)
class Contact:
    """A contact block as printed: its label without colon, a telephone number, an e-mail address, other lines."""

    label: str
    telephone: str | None
    email: str | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reach:
    """A line that holds a number or an address. `label` are words before them, `says` the word for what they are.

    `end` is where the label ends; `more` tells that the line says more than label, telephone and mail.
    """

    line: Line
    telephone: str | None
    email: str | None
    label: str
    says: str
    end: int
    more: bool


def find_contacts(sheet: Sheet, language: str) -> list[Contact]:
    """Take the contact blocks of a sheet."""
    reaches = [r for line in sheet.free() if (r := _reach(line, language))]
    contacts: list[Contact] = []
    for group in _grouped(sheet, reaches, language):
        label, above = _label(sheet, group[0], language)
        if label:
            contacts.append(_taken(sheet, group, label, above, len(contacts), language))
    return contacts


def is_of_a_contact(text: str, language: str) -> bool:
    """Whether a short line gives a number, an address or hours, and so is no heading even where it has no label."""
    plain = ascii_digits(text)
    if len(text) > _LIMIT_LABEL:
        return False
    numbers = (n.group() for n in _NUMBER.finditer(plain))
    return bool(_EMAIL.search(plain) or _HOURS.search(plain)) or any(_is_telephone(n, plain, language) for n in numbers)


def _taken(
    sheet: Sheet, group: Sequence[_Reach], label: str, above: Line | None, number: int, language: str
) -> Contact:
    """The block of a group, its lines taken."""
    reaches = {r.line.number: r for r in group}
    first = above or group[0].line
    block = [*sheet.between(first, group[-1].line), group[-1].line, *_hours_below(sheet, group[-1].line, language)]
    lines = []
    for line in block:
        sheet.take(line, "contact", number)
        reach = reaches.get(line.number)
        if line is first:
            lines += [line.text[reach.end :].strip(_SIGNS)] if reach and _says_more(group, reach, first=True) else []
        elif reach is None or _says_more(group, reach):
            lines.append(line.text.strip())
    telephone = next((r.telephone for r in group if r.telephone), None)
    email = next((r.email for r in group if r.email), None)
    return Contact(label, telephone, email, tuple(lines))


def _says_more(group: Sequence[_Reach], reach: _Reach, *, first: bool = False) -> bool:
    """Whether a line says more than the block's telephone and mail; its first line has the label besides."""
    earlier = group[: group.index(reach)]
    again = (reach.telephone and any(r.telephone for r in earlier)) or (reach.email and any(r.email for r in earlier))
    said = bool(reach.says) and not (first and not reach.label)
    return reach.more or said or bool(again)


def _reach(line: Line, language: str) -> _Reach | None:
    plain = ascii_digits(line.text)
    if len(plain) > _LIMIT_LINE or not ("@" in plain or has_digit(plain)):
        return None
    mails = [m.span() for m in _EMAIL.finditer(plain)]
    without_mails = _blanked(plain, mails)
    numbers = [n.span() for n in _NUMBER.finditer(without_mails) if _is_telephone(n.group(), without_mails, language)]
    values = sorted(mails + numbers)
    if not values:
        return None
    before, after = plain[: values[0][0]], _blanked(plain, values)[values[0][0] :]
    says = next((s for s in _ONLY_SAYS_WHAT.finditer(before) if not before[s.end() :].strip(_SIGNS)), None)
    label = line.text[: says.start() if says else values[0][0]].strip(_SIGNS)
    words = " ".join(_ONLY_SAYS_WHAT.sub(" ", f"{label} {after}").split()).strip(_SIGNS)
    if (
        len(words) > _LIMIT_LABEL
        or re.search(r"[.!?]$", words)
        or _has_figures(label + _MAY_HAVE_FIGURES.sub("", after))
    ):
        return None
    telephones = [span for span in numbers if not _AFTER_FAX.search(plain[: span[0]])]
    more = any(c.isalnum() for c in after) or telephones[1:] != [] or mails[1:] != [] or telephones != numbers
    return _Reach(
        line,
        line.text[slice(*telephones[0])].strip() if telephones else None,
        line.text[slice(*mails[0])] if mails else None,
        label,
        says.group() if says else "",
        says.start() if says and label else values[0][0],
        more,
    )


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_telephone(number: str, text: str, language: str) -> bool:
    digits = sum(c.isdigit() for c in number)
    if not 7 <= digits <= 16 or number.count("(") != number.count(")") or _YEARS.fullmatch(number):
        return False
    return date_in(text, language) is None


def _grouped(sheet: Sheet, reaches: Sequence[_Reach], language: str) -> list[list[_Reach]]:
    """Numbers and addresses of one block: no words of a next label on them, and nothing but lines of it between."""
    groups: list[list[_Reach]] = []
    for reach in reaches:
        aside = bool(_ASIDE.search(reach.label)) and reach.telephone is not None
        if groups and (not reach.label or aside) and _are_near(sheet, groups[-1], reach, language):
            groups[-1].append(reach)
        else:
            groups.append([reach])
    return groups


def _are_near(sheet: Sheet, group: Sequence[_Reach], reach: _Reach, language: str) -> bool:
    """Whether a line stands right under a block, under a blank line with what the block lacks, or under its streets."""
    above, below = group[-1].line, reach.line
    if sheet.before(below) is above:
        again = any((r.telephone and reach.telephone) or (r.email and reach.email) for r in group)
        return below.number == above.number + 1 or not again
    between = sheet.between(above, below)[1:]
    touching = below.number - above.number == len(between) + 1 <= _LIMIT_LINES_BETWEEN
    return touching and all(_is_label_like(line, language) and _has_figures(line.text) for line in between)


def _hours_below(sheet: Sheet, last: Line, language: str) -> list[Line]:
    """Opening hours that stand right under a block."""
    found: list[Line] = []
    for line in sheet.between(last, None):
        if line is last:
            continue
        if line.number != (found or [last])[-1].number + 1 or not _HOURS.search(ascii_digits(line.text)):
            break
        if not _is_label_like(line, language):
            break
        found.append(line)
    return found


def _label(sheet: Sheet, first: _Reach, language: str) -> tuple[str, Line | None]:
    """A block's label, and the line above where it stands if it is not in the block's first line; "" for none."""
    if first.label:
        return first.label, None
    nearest, line = None, first.line
    for _ in range(_LIMIT_LINES_BETWEEN):
        above = sheet.before(line)
        if above is None or not sheet.is_free(above) or not _is_label_like(above, language):
            break
        text = above.text.strip()
        if text.endswith((":", "：")):
            return text.rstrip(":：").strip(), above
        if above.number != line.number - 1:
            break
        nearest = nearest if nearest and not _has_figures(nearest.text) else above
        line = above
    return (nearest.text.strip(), nearest) if nearest else (first.says, None)


def _is_label_like(line: Line, language: str) -> bool:
    text = line.text.strip()
    if len(text) > _LIMIT_LABEL or text.endswith((".", "!", "?")) or date_in(text, language) is not None:
        return False
    return not is_counter(text, language) and not counts_days(text, language)


def _has_figures(text: str) -> bool:
    return any(c.isdigit() for c in text)
