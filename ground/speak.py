"""What the desk says, in its languages: gathers every sentence of the newsroom, keeps what was translated, compiles.

    python ground/speak.py           brings locale/*/LC_MESSAGES/django.po up to date and compiles the .mo beside each
    python ground/speak.py --check   changes nothing; says what is missing or differs, and ends with 1 if anything does

English is the source. A sentence is what Python or a template hands to gettext; what a module only marks for later
(`gettext_noop`, `n`) counts, and so does what is said of a file (`Sentence`, `Plural`), in the room of imports too, and
there of how sure it is (`Judged`, `Way`), which the desk tells again. The order is that of the English text and no line
numbers are written, so that a file changes only where a sentence does. What vanished stays at the end of a file, marked
`#~`, and comes back if its sentence does. The compiled files are part of the source: an installation has no compiler.

A slot is what a program fills in: %(name)s, %d, {n}. A translation that lost one would fail or say less, so both have
the same, except that a plural form may leave the number to the word (Arabic has a form for two).

French has a thin blank that does not break before : ; ? ! » and behind «, which no keyboard has: a plain blank typed
there is set right when the catalogue is brought up to date.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if not settings.configured:
    settings.configure()

ROOT = Path(__file__).resolve().parents[1]
NEWSROOM = ROOT / "src" / "communique" / "newsroom"
IMPORTING = NEWSROOM.parent / "importing"
LANGUAGES = ("fr", "ar")
NOT_OURS = ("migrations", "locale", "static")

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "n": None,
    "noop": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Sentence": None,
}
OF_IMPORTS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "Sentence": None,
    "Plural": (1, 2),
    "Judged": (2,),
    "Way": (1,),
}
SLOT = re.compile(r"%\((\w+)\)[sd]|%([sd])|\{(\w*)\}")
NUMBERS = ("n", "count", "left")
"""what a number is called that a plural form may say as a word; `%d` is none, because Python misses it"""
PLURALS = {
    "ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
}
"""which form goes with a number, in the order of CLDR and of every translator's tools; Babel has another for Arabic,
whose form of eleven to ninety-nine would be said of a hundred, and the other way round"""
PLAIN_BLANK = {"fr": re.compile(r"(?<=«) | (?=[:;?!»])")}
"""a blank as typed, where the language has a thin one that does not break"""
THIN_BLANK = "\N{NARROW NO-BREAK SPACE}"
COMMENT = "what the desk says; `python ground/speak.py` gathers and compiles it"


class Desk(Catalog):
    """A catalogue whose head says nothing but language and plurals: no dates, no names, the same each time."""

    @property
    def plural_expr(self) -> str:
        return PLURALS.get(str(self.locale), super().plural_expr)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
        ]


def main(arguments: list[str]) -> int:
    """Updates or checks; returns 1 when something is missing."""
    heard = sentences()
    if "--check" in arguments:
        wrong = [line for language in LANGUAGES for line in faults(language, heard)]
        print("\n".join(wrong), end="\n" if wrong else "")
        return 1 if wrong else 0
    for language in LANGUAGES:
        spoken = updated(language, heard)
        catalogue_of(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue_of(language).write_bytes(as_po(spoken))
        compiled_of(language).write_bytes(as_mo(spoken))
        missing = sum(1 for message in spoken if message.id and not is_whole(message, spoken))
        print(f"{language}: {len(spoken)} sentences, {missing} to be translated, {len(spoken.obsolete)} vanished")
    return 0


def catalogue_of(language: str) -> Path:
    """Where the translations into a language are written by hand."""
    return NEWSROOM / "locale" / language / "LC_MESSAGES" / "django.po"


def compiled_of(language: str) -> Path:
    """What Django reads."""
    return catalogue_of(language).with_suffix(".mo")


# Gathering


def sentences() -> Catalog:
    """Every sentence of the newsroom, with the files it stands in, and what it tells again of the room of imports."""
    found = Desk()
    for path in sorted(NEWSROOM.rglob("*")):
        inside = path.relative_to(NEWSROOM)
        if path.suffix in (".py", ".html", ".txt") and not set(NOT_OURS) & set(inside.parts):
            for text, context in _heard(path, KEYWORDS):
                found.add(text, locations=[(inside.as_posix(), 0)], context=context, flags=_flags(text))
    for path in sorted(IMPORTING.glob("*.py")):
        for text, context in _heard(path, OF_IMPORTS):
            found.add(text, locations=[(f"../importing/{path.name}", 0)], context=context)
    return found


def _heard(path: Path, keywords: Mapping[str, Any]) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django's own reading of a template: each sentence as a call, all else as X, whose indents mean nothing
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).split("\n"))
    code = io.BytesIO(source.encode("utf-8"))
    for _line, text, _comments, context in extract("python", code, keywords=keywords, options={"encoding": "utf-8"}):
        yield text, context


def _flags(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return ("python-format",) if re.search(r"%\(\w+\)[sd]|%[sd]", text if isinstance(text, str) else text[0]) else ()


# Keeping


def spoken(language: str) -> Desk:
    """The translations as they stand in the file."""
    path = catalogue_of(language)
    found = Desk(locale=language, header_comment=f"# {language}: {COMMENT}")
    if path.exists():
        read = read_po(io.BytesIO(path.read_bytes()), locale=language)
        for message in [*(each for each in read if each.id), *read.obsolete.values()]:
            found.add(message.id, _with_thin_blanks(message.string, language), context=message.context)
    return found


def _with_thin_blanks(string: Any, language: str) -> Any:
    if language not in PLAIN_BLANK or not string:
        return string
    set_right = [PLAIN_BLANK[language].sub(THIN_BLANK, text) for text in _texts(string)]
    return set_right[0] if isinstance(string, str) else tuple(set_right)


def updated(language: str, heard: Catalog) -> Desk:
    """What was heard, with the translations that there are; the others as obsolete."""
    known = spoken(language)
    found = Desk(locale=language, header_comment=known.header_comment, fuzzy=False)
    for message in heard:
        if message.id:
            before = known.get(_key(message), message.context)
            kept = before.string if before and _is_plural(before) == _is_plural(message) else ""
            found.add(message.id, kept, message.locations, message.flags, context=message.context)
    for message in known:
        if message.id and found.get(_key(message), message.context) is None:
            found.obsolete[_key(message)] = message
    return found


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_plural(message: Message) -> bool:
    return not isinstance(message.id, str)


def as_po(catalogue: Catalog) -> bytes:
    """The file that people edit."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled file; the same catalogue gives the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


# Judging


def faults(language: str, heard: Catalog) -> Iterator[str]:
    """What is missing or differs in a language, one sentence each."""
    found = updated(language, heard)
    for message in found:
        if message.id:
            yield from (f"{language}: {_key(message)!r}: {fault}" for fault in _faults_of(message, found))
    if not catalogue_of(language).exists() or catalogue_of(language).read_bytes() != as_po(found):
        yield f"{language}: the catalogue is not in step with this source: run python ground/speak.py"
    if not compiled_of(language).exists() or compiled_of(language).read_bytes() != as_mo(found):
        yield f"{language}: the compiled file is not of this source: run python ground/speak.py"


def _faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    if not is_whole(message, catalogue):
        yield "is not translated"
        return
    allowed = [slots(each) for each in _texts(message.id)]
    for string in _texts(message.string):
        if slots(string) not in _may_have(allowed, _is_plural(message)):
            yield f"its slots differ in {string!r}"


def _may_have(allowed: list[list[str]], plural: bool) -> list[list[str]]:
    """The slots of the source; in a plural form also those without its number, where it has a name."""
    without = [[slot for slot in each if slot not in NUMBERS] for each in allowed] if plural else []
    return [*allowed, *without]


def is_whole(message: Message, catalogue: Catalog) -> bool:
    """Whether there is a text for every form of the language."""
    forms = catalogue.num_plurals if _is_plural(message) else 1
    texts = _texts(message.string)
    return len(texts) == forms and all(texts)


def _texts(text: Any) -> tuple[str, ...]:
    """One text, or those of the forms."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def slots(text: str) -> list[str]:
    """The names of what is filled in, sorted."""
    return sorted(next((name for name in found if name), "") for found in SLOT.findall(text.replace("%%", "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
