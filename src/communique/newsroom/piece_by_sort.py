"""What only one sort of furniture can have wrong: roles that overlap, a time that the clocks leave out, a loop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from communique.edition.furniture import MAY_BE_WORDS, PLACE_OF_NUMBER
from communique.edition.message import RESERVED_SECTION_WORDS
from communique.edition.shape import (
    CLOCK_TIME,
    DAY,
    PART,
)
from communique.newsroom.piece_by_shape import Fault, fits
from communique.newsroom.piece_form import (
    Content,
    OfficeNow,
    general_label,
)
from communique.newsroom.piece_languages import (
    day_in_words,
    in_words,
    locale_of,
    plural_categories,
    plural_examples,
    zones,
)

OWN_PLACES = ("record", "assets", "files", "redirects", "sitemaps", "erased", "crisis", "api", "developers", "search")
"""first step of a path that the site keeps for itself"""
OWN_FILES = ("robots.txt", "sitemap.xml", "404.html", "index.html", "favicon.ico")
RARE_FROM = 100_000
"""a form that only larger numbers of days take may be missing: that is 273 years"""
LEAST_DIGITS = 3
"""of a number that can be dialled"""

_SLOT = re.compile(r"\{([a-z_]+)\}")
_ADDRESS_WORD = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_WHOLE_ADDRESS = re.compile(r"https?://[^/\s\\]+(?:/[^\s\\]*)?", re.IGNORECASE)
_SITE_PATH = re.compile(r"/(?!/)[^\s\\]*")
_REACHED = re.compile(r"(?:mailto:[^/\s]+@[^/\s]+|tel:\+?[0-9-]+|#\S+)", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


def _office_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, tag in enumerate(content.get("languages", ())):
        place = f"languages[{number}]"
        if not tag:
            continue
        if tag.lower() in seen:
            yield place, _("This language is there twice; remove one.")
        elif locale_of(tag) is None:
            yield place, _("No language has the tag “%(tag)s”. Write it as en, fr or zh-Hans.") % {"tag": tag}
        seen.add(tag.lower())
    file = (content.get("arms") or {}).get("file")
    if not isinstance(file, Mapping) and not PART.match(str(file or "0" * 64)):
        yield "arms.file", _("Choose a file from the list.")


def _section_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    for tag, word in _words(content, "word"):
        place = f"word.{tag}"
        if not _ADDRESS_WORD.fullmatch(word):
            yield place, _("Use small letters from a to z, digits and hyphens only, such as statements.")
        elif word in RESERVED_SECTION_WORDS or word.isdigit():
            yield place, _("The site keeps “%(word)s” for itself; take another word.") % {"word": word}
        elif taken := _section_at(tag, word, office):
            sentence = _("The section “%(name)s” has this word; two sections cannot have one address. Take another.")
            yield place, sentence % {"name": taken}


def _section_at(tag: str, word: str, office: OfficeNow) -> str:
    """The name of another section with this word in this language."""
    names = {one["id"]: one["name"] for one in office.sections}
    found = (id_ for id_, words in office.section_words.items() if id_ != office.ident and words.get(tag) == word)
    return next((names.get(id_, id_) for id_ in found), "")


def _menu_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    for number, item in enumerate(content.get("items", ())):
        place = f"items[{number}]"
        if not item:
            continue
        if len({"section", "target", "targets"} & set(item)) > 1:
            yield f"{place}.target", _("Choose a section or write an address, not both: empty one of the two.")
        elif "target" in item:
            yield from target_faults(item["target"], f"{place}.target")
        elif "targets" in item:
            for tag, target in _words(item, "targets"):
                yield from target_faults(target, f"{place}.targets.{tag}")
        elif "section" in item:
            yield from _listed(item["section"], office.sections, f"{place}.section")
        else:
            yield f"{place}.section", _("Choose a section, or write an address below.")


def _counter_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    since = _day(content.get("since"))
    if since and since > office.today:
        yield (
            "since",
            _("A counter counts from a day that has come: today or earlier, not %(day)s.")
            % {"day": day_in_words(content["since"])},
        )
    for tag, forms in _words(content, "sentence"):
        yield from _missing_forms(f"sentence.{tag}", tag, forms)
        for category, form in forms.items():
            yield from _form_faults(f"sentence.{tag}.{category}", category, form)


def _missing_forms(place: str, tag: str, forms: Mapping[str, str]) -> Iterator[Fault]:
    """The plural categories of a language that have no words, each with the numbers that take it."""
    for category in plural_categories(tag):
        numbers = plural_examples(tag, category)
        if category not in forms and (category == "other" or (numbers and numbers[0] < RARE_FROM)):
            yield (
                f"{place}.{category}",
                _("Write the sentence for %(numbers)s.")
                % {"numbers": ", ".join(str(number) for number in numbers) or _("all other numbers")},
            )


def _form_faults(place: str, category: str, form: str) -> Iterator[Fault]:
    signs = form.count(PLACE_OF_NUMBER)
    if signs > 1:
        yield place, _("Write # only once: the number stands at one place.")
    elif signs == 0 and category not in MAY_BE_WORDS:
        yield place, _("Write # where the number stands.")


def _contact_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    telephone, email = content.get("telephone"), content.get("email")
    if telephone and sum(sign.isdigit() for sign in telephone) < LEAST_DIGITS:
        yield "telephone", _("A telephone number has digits; this has none that could be dialled.")
    if email and not _MAIL.fullmatch(email):
        yield "email", _("An e-mail address has one @ with a name before it and a host after it, and no blanks.")
    if not telephone and content.get("emergency"):
        yield "telephone", _("An emergency line is called: write its telephone number.")
    elif not any(any(content.get(key) or ()) for key in ("telephone", "email", "lines", "hours", "remark")):
        yield "telephone", _("Nobody can be reached here yet: write a telephone number, an e-mail address or a line.")
    for number, hours in enumerate(content.get("hours", ())):
        start, end = hours.get("from"), hours.get("to")
        if fits(CLOCK_TIME, start) and fits(CLOCK_TIME, end) and start >= end:
            sentence = _("It closes at %(end)s and opens at %(start)s: write a later end. Past midnight: two rows.")
            yield f"hours[{number}].to", sentence % {"end": end, "start": start}


def _person_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    address = content.get("address")
    others = [one for one in office.persons if one.get("id") != office.ident]
    is_erased = any(one.get("id") == office.ident and not one.get("address") for one in office.persons)
    if not address and not is_erased:
        yield "address", _("Fill this in.")
    elif address and is_erased:
        yield "address", _("The law took the address of this person: leave it empty.")
    elif address and not _ADDRESS_WORD.fullmatch(address):
        yield "address", _("Use small letters from a to z, digits and hyphens only, such as ines-quarrendel.")
    taken = next((one["name"] for one in others if address and one.get("address") == address), None)
    if taken:
        yield "address", _("This is the address of %(name)s; take another.") % {"name": taken}
    if content.get("merged") and content["merged"] == office.ident:
        yield "merged", _("A person is always the same as herself; choose another one or none.")
    elif content.get("merged") and office.leads_back(content["merged"]):
        names = [one["name"] for one in others if one.get("id") == content["merged"]]
        sentence = _("%(name)s leads to this person already: choose somebody else here, or take it back there first.")
        yield "merged", sentence % {"name": "".join(names)}
    elif "merged" in content:
        yield from _listed(content["merged"], others, "merged")
    yield from role_faults(content.get("roles") or [], office)


def role_faults(roles: Sequence[Mapping[str, Any]], office: OfficeNow) -> Iterator[Fault]:
    """Roles that end before they begin, and roles of which two are held on one day."""
    spans = []
    for number, role in enumerate(roles):
        since, until = _day(role.get("since")), _day(role.get("until"))
        if since and until and since > until:
            yield (
                f"roles[{number}].until",
                _("The role ends on %(until)s, before it begins on %(since)s.")
                % {
                    "until": day_in_words(role["until"]),
                    "since": day_in_words(role["since"]),
                },
            )
        elif role:
            spans.append((since or date.min, until or date.max, number))
    spans.sort()
    for (_since, until, first), (since, _until, second) in pairwise(spans):
        if since <= until:
            yield f"roles[{second}].since", _overlap(roles[first], roles[second], office)


def _overlap(first: Mapping[str, Any], second: Mapping[str, Any], office: OfficeNow) -> str:
    language = office.languages[0] if office.languages else "en"
    return _("Two roles overlap: %(first)s and %(second)s: end the first before the second begins.") % {
        "first": _span(first, language),
        "second": _span(second, language),
    }


def _span(role: Mapping[str, Any], language: str) -> str:
    name, since, until = in_words(role.get("name"), language), role.get("since"), role.get("until")
    facts = {"role": f"“{name}”" if name else _("a role"), "since": day_in_words(since), "until": day_in_words(until)}
    if since and until:
        return _("%(role)s from %(since)s to %(until)s") % facts
    if since:
        return _("%(role)s from %(since)s on") % facts
    return (_("%(role)s until %(until)s") if until else _("%(role)s at all times")) % facts


def _featured_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, message in enumerate(content.get("messages", ())):
        place = f"messages[{number}]"
        if message and message in seen:
            yield place, _("This message is there twice; remove one.")
        elif message:
            yield from _listed(message, office.messages, place)
        seen.add(message)


def _closure_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    day = _day(content.get("on"))
    if office.is_new and day and day < office.today and not content.get("yearly"):
        sentence = _("%(day)s is over. Choose a day to come, or tick that it is every year.")
        yield "on", sentence % {"day": day_in_words(content["on"])}


def _event_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    first, last = _day(content.get("on")), _day(content.get("until"))
    if office.is_new and first and max(first, last or first) < office.today:
        over = "until" if last and last >= first else "on"
        yield over, _("%(day)s is over. The agenda has what is still to come.") % {"day": day_in_words(content[over])}
    if first and last and last < first:
        yield (
            "until",
            _("It ends on %(until)s, before it begins on %(on)s.")
            % {
                "until": day_in_words(content["until"]),
                "on": day_in_words(content["on"]),
            },
        )
    zone, time = content.get("zone", office.zone), content.get("time")
    if first and zone in zones() and time and fits(CLOCK_TIME, time):
        yield from gap_faults(first, time, zone, "time")


def gap_faults(day: date, time: str, zone_name: str, place: str) -> Iterator[Fault]:
    """A time that the clocks of a zone leave out on a day, with the gap and the next time that there is."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(hours=int(time[:2]), minutes=int(time[3:]))
    zone = _zone(zone_name)
    if _exists(wanted, zone):
        return
    begin, end = wanted, wanted
    while not _exists(begin - timedelta(minutes=1), zone):
        begin -= timedelta(minutes=1)
    while not _exists(end, zone):
        end += timedelta(minutes=1)
    sentence = _("On %(day)s the clocks of %(zone)s go from %(begin)s to %(end)s: there is no %(time)s.")
    facts = {"day": day_in_words(day.isoformat()), "zone": zone_name, "begin": f"{begin:%H:%M}", "time": time}
    facts["end"] = f"{end:%H:%M}"
    yield place, f"{sentence} {_('The next time is %(end)s.')}" % facts


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def _zone(name: str) -> ZoneInfo:
    """From the tzdata package, as the public pages have it, and not from what this machine knows."""
    folder = files("tzdata.zoneinfo")
    for part in name.split("/"):
        folder = folder / part
    with folder.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _advisory_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    if "link" in content:
        yield from target_faults(content["link"], "link")


def _redirect_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    source, target = content.get("from"), content.get("to")
    if source is not None:
        yield from _source_faults(source, office)
    if target and not _WHOLE_ADDRESS.fullmatch(target) and (":" in target or not _SITE_PATH.fullmatch(f"/{target}")):
        yield "to", _("Write a path of this site, such as /en/people/, or a whole address that begins with https://.")
    elif source and target is not None and source.strip("/") == target.strip("/"):
        yield "to", _("This leads from an address to itself; write where it goes now, or nothing if the page is gone.")
    elif source and target and (back := _leads_back(source.strip("/"), target.strip("/"), office)):
        sentence = _("/%(path)s leads back here, and no reader would ever arrive. Write where it goes in the end.")
        yield "to", sentence % {"path": back}


def _leads_back(source: str, target: str, office: OfficeNow) -> str:
    """The redirect on the record by which a target leads back to the source, through however many; "" if none does."""
    leads = {path: office.led_to.get(id_, "") for id_, path in office.redirects.items() if id_ != office.ident}
    seen: set[str] = set()
    while target in leads and target not in seen:
        seen.add(target)
        if leads[target] == source:
            return target
        target = leads[target]
    return ""


def _source_faults(source: str, office: OfficeNow) -> Iterator[Fault]:
    if "://" in source or source.startswith("//"):
        yield "from", _("This is an address of another site. Write a path of this one, such as /visa.")
    elif not _SITE_PATH.fullmatch(f"/{source}") or "#" in source:
        yield "from", _("Write a path without blanks and without #, such as /visa or /old/page.html.")
    elif is_own_page(source, office):
        yield "from", _("The site itself answers at /%(path)s; take another address.") % {"path": source}
    elif any(path == source.strip("/") for id_, path in office.redirects.items() if id_ != office.ident):
        yield "from", _("/%(path)s leads on already. Open that redirect and change it there.") % {"path": source}


def is_own_page(path: str, office: OfficeNow) -> bool:
    """Whether a path (no slash at its beginning) is one at which the site itself answers."""
    steps = path.partition("?")[0].strip("/").split("/")
    if steps[0] in ("", *OWN_PLACES, *OWN_FILES) or office.is_page(path):
        return True
    if steps[0] not in {tag.lower() for tag in office.languages}:
        return False
    return len(steps) == 1 or steps[1] in (*RESERVED_SECTION_WORDS, "404")


def target_faults(target: str, place: str) -> Iterator[Fault]:
    """A link of the site's own furniture: a path, a whole address, or somebody to reach."""
    if not any(known.fullmatch(target) for known in (_SITE_PATH, _WHOLE_ADDRESS, _REACHED)):
        yield place, _("Begin with / for a page of this site, such as /en/people/, or with https:// for another site.")


def _labels_faults(content: Content, office: OfficeNow) -> Iterator[Fault]:
    for key, words in _words(content, "words"):
        default = office.labels.get(key)
        if default is None and office.labels:
            yield f"words.{key}", _("The site has no label “%(key)s”; empty it.") % {"key": key}
        if default is None or not isinstance(words, Mapping):
            continue
        for tag, text in words.items():
            yield from _label_faults(f"words.{key}.{tag}", tag, default, text)


def _label_faults(
    place: str, tag: str, default: str | Mapping[str, str], text: str | Mapping[str, str]
) -> Iterator[Fault]:
    """One label in one language: a text, or of one that counts its forms."""
    slots = set(_SLOT.findall(general_label(default)))
    if isinstance(text, str):
        yield from _slot_faults(place, slots, set(_SLOT.findall(text)))
    elif isinstance(default, str):
        yield place, _("This label shows no number: write one text, not a form for each number.")
    else:
        yield from _missing_forms(place, tag, text)
        for category, form in text.items():
            yield from _label_form_faults(f"{place}.{category}", tag, category, slots, form)


def _label_form_faults(place: str, tag: str, category: str, slots: set[str], form: str) -> Iterator[Fault]:
    """A form of a label that counts: one of the language's, with the number once, or as a word where it may be one."""
    written = _SLOT.findall(form)
    needed = slots - ({"n"} if category in MAY_BE_WORDS else set())
    if category not in plural_categories(tag):
        yield place, _("No number takes this form in this language; empty it.")
    elif written.count("n") > 1:
        yield place, _("Write {n} only once: the number stands at one place.")
    elif needed - set(written):
        yield from _slot_faults(place, needed, set(written))
    else:
        yield from _slot_faults(place, set(written) & slots, set(written))


def _slot_faults(place: str, slots: set[str], written: set[str]) -> Iterator[Fault]:
    lost, strange = _in_braces(slots - written), _in_braces(written - slots)
    if lost:
        yield place, _("Keep %(slots)s: the site fills in what stands for it.") % {"slots": lost}
    elif strange:
        yield place, _("The site does not fill in %(slots)s here; leave it out.") % {"slots": strange}


def _in_braces(slots: set[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots))


def _listed(ident: Any, choices: Sequence[Mapping[str, str]], place: str) -> Iterator[Fault]:
    """A reference to something that is gone; without a list nothing can be said."""
    if choices and all(one.get("id") != ident for one in choices):
        yield place, _("What was chosen here is no longer there; choose another or remove it.")


def _words(content: Content, key: str) -> list[tuple[str, Any]]:
    found = content.get(key)
    return list(found.items()) if isinstance(found, Mapping) else []


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if fits(DAY, value) else None


OF_SORT: dict[str, Callable[[Content, OfficeNow], Iterator[Fault]]] = {
    "office": _office_faults,
    "section": _section_faults,
    "menu": _menu_faults,
    "counter": _counter_faults,
    "contact": _contact_faults,
    "closure": _closure_faults,
    "person": _person_faults,
    "featured": _featured_faults,
    "event": _event_faults,
    "advisory": _advisory_faults,
    "redirect": _redirect_faults,
    "labels": _labels_faults,
}
