"""The forms in which official pages print one and the same thing: contact blocks, clocks, date lines.

Each function draws a form and gives the printed text with what a careful reader keeps of it, and the words for which
neither furniture nor editions have a place ("th", "p.m."). Nothing here knows how pages are read.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from babel import Locale

ARAB_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

Block = tuple[str, str | None, str | None, tuple[str, ...]]
"""label, telephone, mail, other lines"""

REACHES = {
    "en": ("Tel.", "E-mail"), "fr": ("Tél.", "Courriel"), "de": ("Tel.", "E-Mail"), "es": ("Tel.", "Correo"),
    "it": ("Tel.", "E-mail"), "ru": ("Тел.", "Почта"), "uk": ("Тел.", "Пошта"), "pl": ("Tel.", "E-mail"),
    "pt": ("Tel.", "E-mail"), "el": ("Τηλ.", "E-mail"), "tr": ("Tel.", "E-posta"), "ar": ("هاتف", "بريد"),
    "sv": ("Tel.", "E-mail"), "nl": ("Tel.", "E-mail"),
}  # fmt: skip
"""how a language says "telephone" and "mail" before a number and an address"""

ORDINALS = {
    "en": ("966th day since the opening of the footbridge", "Day 966 of the long regatta"),
    "ru": ("966-й день с открытия моста",),
}


def contact(
    form: random.Random, reach: tuple[str, str | None, str | None], language: str, *, first: bool
) -> tuple[Block, str]:
    """A block and its printed lines, from a label, a telephone and a mail address. Only the `first` block of a page may
    lack its label: below another, nobody could tell whose number it is."""
    label, telephone, email = reach
    tel, mail = REACHES[language]
    bare = [value for value in (telephone, email) if value]
    worded = [f"{word}: {value}" for word, value in ((tel, telephone), (mail, email)) if value]
    match form.choice(("plain", "plain", "plain", "worded", "street", "one line", "two", "hours", "no label")):
        case "worded":
            return (label, telephone, email, tuple(worded)), "\n".join([f"{label}:", *worded])
        case "street":
            street = f"{form.randrange(2, 99)} Tessmark"
            return (label, telephone, email, (street,)), "\n".join([f"{label}:", street, *bare])
        case "one line":
            return (label, telephone, email, ()), f"{label}: {'  '.join(bare)}"
        case "two" if telephone:
            second = f"+44 1632 961{form.randrange(1000):03}"
            return (label, telephone, email, (second,)), "\n".join([f"{label}:", telephone, second, *bare[1:]])
        case "hours":
            hours = _hours(language)
            return (label, telephone, email, (hours,)), "\n".join([f"{label}:", *bare, hours])
        case "no label" if first:
            word = worded[0].partition(":")[0]
            return (word, telephone, email, tuple(worded[1:])), "\n".join(worded)
    return (label, telephone, email, ()), "\n".join([f"{label}:", *bare])


def contact_lines(blocks: Sequence[Block]) -> list[str]:
    """What a page of ours shows of blocks, in its order: label, telephone, mail, other lines.

    Telephone and mail stand in the lines alone where the lines say all of them.
    """
    shown: list[str] = []
    for label, *reach, more in blocks:
        said = all(any(value in line for line in more) for value in reach if value)
        shown += [line for line in (f"{label}:", *(() if said else reach), *more) if line]
    return shown


def clocks(
    form: random.Random, times: Sequence[tuple[str, str]], sign: str, language: str
) -> tuple[str, tuple[str, ...]]:
    """Printed clocks of (city, time) pairs, and the words that no clock keeps."""
    match form.choice(("plain", "plain", "plain", "short", "dot", "bar", "half", "half")):
        case "short":
            return "\n".join(f"{city}{sign}{_short(time)}" for city, time in times), ()
        case "dot":
            return "\n".join(f"{city}{sign}{time.replace(':', '.')}" for city, time in times), ()
        case "bar":
            return " | ".join(f"{city}{sign}{time}" for city, time in times), ()
        case "half" if language == "en":
            halves = [_half(time) for _, time in times]
            printed = [f"{city}{sign}{time} {half}" for (city, _), (time, half) in zip(times, halves, strict=True)]
            return "\n".join(printed), tuple(half for _, half in halves)
    return "\n".join(f"{city}{sign}{time}" for city, time in times), ()


def date_line(
    form: random.Random, day: date, plain: str, pattern: str, language: str
) -> tuple[str, str, tuple[str, ...]]:
    """A printed date line, its pattern, and the words that no pattern prints."""
    match form.choice(("plain", "plain", "plain", "stop", "capitals", "ordinal")):
        case "stop" if not plain.endswith("."):
            return f"{plain}.", f"{pattern}.", ()
        case "capitals" if language in ("en", "fr", "es", "it"):
            return plain.upper(), pattern, ()
        case "ordinal" if language == "en" and pattern == "d MMMM y":
            word = {1: "st", 2: "nd", 3: "rd"}.get(day.day if day.day < 20 else day.day % 10, "th")
            return plain.replace(" ", f"{word} ", 1), pattern, (word,)
    return plain, pattern, ()


def _hours(language: str) -> str:
    """ "Mon–Fri 9:00–13:00" in the short weekdays of a language."""
    days = Locale.parse(language).days["format"]["abbreviated"]
    return f"{days[0]}–{days[4]} 9:00–13:00"


def _short(time: str) -> str:
    return time[1:] if time[0] in "0٠" else time


def _half(time: str) -> tuple[str, str]:
    hour, minute = time.split(":")
    return f"{int(hour) % 12 or 12}:{minute}", "am" if int(hour) < 12 else "pm"
