"""Contacts as plain values for the templates: label, telephones, mail, address, hours, closed days, remark.

Every telephone is a link that dials it and is read from left to right, also one that stands inside a line of an
address or in a remark ("Press: 01632 960155"); a fax is none. Two numbers in one field are two links; what stands
between them stays as it was typed. Where a line says number or mail already ("Tel.: …"), they stand there: a message
page shows them once, if lines say both, and a front page shows them large and leaves out a line that says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from communique.edition.closures import day_in_page, last_known_year, next_closed_day
from communique.press.markup import Html, html, isolated, joined, left_to_right, safe_target, tag, telephone_target
from communique.press.office_view import Office
from communique.press.shown import Piece
from communique.press.wording import Wording, capital, country_name, in_language

CLOSED_DAYS_AHEAD = timedelta(days=60)
CLOSED_DAYS_SHOWN = 3
CLOSED_DAYS_KEPT = timedelta(days=366)
"""how far ahead a page has them for the day on which its script shows them: it may not be made anew for long"""
_BETWEEN = re.compile(r"(\s*[,;،]\s*|\s+/\s+)")
"""what stands between two telephones in one field"""
_NUMBER = re.compile(r"(?<![\w.])(?:\+|\(?0)\d?[\d()\u00a0 ./–-]{5,}\d(?!\w)")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FAX = re.compile(r"(?:fax|faks|télécopie(?:ur)?|факс|φαξ|فاكس)\W*\Z", re.IGNORECASE)
LEAST_DIGITS = 5
LEAST_DIGITS_IN_WORDS = 8
"""of a number that is to be a telephone: in its own field, and among words, where a house or a post code stands, too"""


def contact(office: Office, piece: Piece) -> dict[str, Any]:
    """A contact block: label, telephone, mail, lines, hours in words and as facts for "open now"."""
    wording, content = office.wording, piece.content
    language = wording.language
    label = in_language(content["label"], language)
    telephone, email = content.get("telephone"), content.get("email")
    lines = [in_language(line, language) for line in content.get("lines", ())]
    hours = content.get("hours", ())
    return {
        "label": html(label) if label.rstrip().endswith((":", "：")) else wording.phrase("contact_label", label=label),
        "heading": label.rstrip().removesuffix(":"),
        "emergency": bool(content.get("emergency")),
        "telephone": telephones(telephone) if telephone else None,
        "email": _mail(email) if email else None,
        "reach_in_lines": all(any(value in line for line in lines) for value in (telephone, email) if value),
        "lines": [with_links(line) for line in lines],
        "lines_besides": [with_links(line) for line in lines if not _says_only(line, telephone, email)],
        "note": with_links(in_language(content.get("remark"), language)),
        "hours_label": wording.label("opening_hours"),
        "hours": hours_in_words(wording, hours),
        "closures": _closures(office) if hours else [],
        "facts": _opening_facts(office, hours) if hours else None,
        "open": wording.label("open_until"),
        "closed": wording.label("closed_now"),
        "closed_until": wording.label("closed_until"),
    }


def telephones(printed: str) -> Html:
    """A telephone field as printed, each number in it a link."""
    pieces = _BETWEEN.split(printed)
    if all(_digits(number) >= LEAST_DIGITS for number in pieces[::2]):
        return joined([piece if place % 2 else _telephone(piece) for place, piece in enumerate(pieces)])
    return _telephone(printed)


def with_links(words: str) -> Html:
    """Words as they are, with a link around every telephone and every mail address among them."""
    return joined(_linked(words))


def _says_only(line: str, telephone: str | None, email: str | None) -> bool:
    """Whether a line is the number or the mail of its block again, after a word of its own at most."""
    rest = line
    for value in filter(None, (telephone, email)):
        rest = rest.replace(value, "")
    return rest != line and len(rest.split()) <= 1


def _linked(words: str) -> Iterator[str]:
    end = 0
    for found in _MAIL.finditer(words):
        yield from _dialled(words[end : found.start()])
        yield _mail(found[0])
        end = found.end()
    yield from _dialled(words[end:])


def _dialled(words: str) -> Iterator[str]:
    end = 0
    for found in _NUMBER.finditer(words):
        is_fax = _FAX.search(words, 0, found.start())
        if _digits(found[0]) >= LEAST_DIGITS_IN_WORDS and not _DAY.fullmatch(found[0]) and not is_fax:
            yield words[end : found.start()]
            yield _telephone(found[0])
            end = found.end()
    yield words[end:]


def _digits(words: str) -> int:
    return sum(sign.isdigit() for sign in words)


def _telephone(number: str) -> Html:
    target = telephone_target(number)
    words = left_to_right(number)
    return words if target is None else tag("a", words, href=target, class_="telephone")


def _mail(address: str) -> Html:
    target = safe_target(f"mailto:{address}") if address.count("@") == 1 else None
    words = left_to_right(address)
    return words if target is None else tag("a", words, href=target, class_="mail")


def hours_in_words(wording: Wording, hours: Sequence[Mapping[str, Any]]) -> list[str]:
    """Opening hours, a line for each: "Monday to Friday, 09:00 to 13:00"."""
    return [
        capital(
            wording.text(
                "hours",
                days=_days_in_words(wording, row["days"]),
                start=wording.hour(row["from"]),
                end=wording.hour(row["to"]),
            )
        )
        for row in hours
    ]


def _closures(office: Office) -> list[dict[str, Any]]:
    """The closed days of a year. The next few, if soon, are said; the others lie hidden, each with the first day on
    which a script says it. What has passed it hides."""
    wording, today = office.wording, office.today
    pieces = [piece.content for piece in office.setting.furniture.of("closure")]
    coming = [(day, content) for content in pieces if (day := next_closed_day(content, today))]
    kept = sorted((one for one in coming if one[0] <= today + CLOSED_DAYS_KEPT), key=lambda one: one[0])
    closures = []
    for place, (day, content) in enumerate(kept):
        first = day - CLOSED_DAYS_AHEAD
        if place >= CLOSED_DAYS_SHOWN:
            first = max(first, kept[place - CLOSED_DAYS_SHOWN][0] + timedelta(days=1))
        name = _holiday(content, wording)
        words = wording.phrase("closed_on", weekday=wording.day(day, "EEEE"), day=wording.short_day(day), name=name)
        later = first > today
        closures.append({"first": first.isoformat() if later else "", "iso": day.isoformat(), "words": words})
    return closures


def _holiday(closure: Mapping[str, Any], wording: Wording) -> Html:
    """Why it is closed, and whose day that is, if it is one country's."""
    said = [isolated(in_language(closure["name"], wording.language))]
    if "country" in closure:
        said.append(isolated(country_name(closure["country"], wording.language)))
    return joined(said, wording.comma)


def _opening_facts(office: Office, hours: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """What the script needs: days and times, the same ends of hours as they are printed, closed days, and the last year
    of which they are known."""
    spans = [f"{''.join(str(day) for day in row['days'])} {row['from']} {row['to']}" for row in hours]
    closures = [piece.content for piece in office.setting.furniture.of("closure")]
    ends = "|".join(office.wording.hour(row["to"]) for row in hours)
    starts = "|".join(office.wording.hour(row["from"]) for row in hours)
    return {
        "hours": "|".join(spans),
        "from": starts,
        "until": ends,
        "closed": " ".join(sorted(map(day_in_page, closures))),
        "years": last_known_year(closures),
        "weekdays": "|".join(_weekdays(office.wording)),
    }


def _weekdays(wording: Wording) -> list[str]:
    """Their names as they stand inside a sentence, Monday first."""
    return [wording.day(date(2024, 1, day), "EEEE") for day in range(1, 8)]  # 1 January 2024 was a Monday


def _days_in_words(wording: Wording, days: Sequence[int]) -> str:
    """Weekdays with runs of three and more taken together: "Monday to Friday"."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = _weekdays(wording)
    words: list[str] = []
    for run in runs:
        if len(run) > 2:
            words.append(wording.text("range", first=names[run[0] - 1], last=names[run[-1] - 1]))
        else:
            words.extend(names[day - 1] for day in run)
    if len(words) == 1:
        return words[0]
    return wording.text("and", first=wording.comma.join(words[:-1]), last=words[-1])
