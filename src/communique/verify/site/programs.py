"""The files that an office has for programs, held against the record: agenda, facts of the furniture.

`agenda.ics` holds every event of the furniture under its id, with its title, place and beginning; `agenda/ID.ics` one
of them. `api/office.json` and `api/people.json` hold no text that is not in the furniture and no address outside the
site. What `api/openapi.json` says of the site is the program's own and not compared, but for whose server it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from communique.verify.site.expected import shortened
from communique.verify.site.forms import strings_in
from communique.verify.site.standing import Content, Standing
from communique.verify.site.wording import in_language

API = ("office", "people", "openapi")


def names_of_programs(standing: Standing) -> set[str]:
    """The files for programs that a site must have, beside those of messages and lists."""
    found = (
        {f"api/{name}.json" for name in API} | {"developers/index.html", "check/index.html"}
        if standing.languages
        else set()
    )
    events = [id_ for id_, _ in standing.with_ids("event")]
    for language in standing.languages:
        start = language.lower()
        found |= {f"developers/{start}/index.html", f"{start}/agenda.ics"}
        found |= {f"check/{start}/{name}" for name in ("index.html", "record/index.html", "communique-check.html")}
        found |= {f"{start}/agenda/{id_}.ics" for id_ in events}
    return found


def program_faults(name: str, standing: Standing, data: bytes) -> Iterator[str]:
    """What of one of these files is not the record's; nothing of pages."""
    if name.endswith(".ics"):
        yield from _calendar_faults(name, data, standing)
    elif name.startswith("api/"):
        yield from _api_faults(name, data, standing)


def _calendar_faults(name: str, data: bytes, standing: Standing) -> Iterator[str]:
    language = next(tag for tag in standing.languages if name.startswith(f"{tag.lower()}/"))
    one = name.rpartition("/")[2].removesuffix(".ics")
    due = {id_: _event(content, language, standing) for id_, content in standing.with_ids("event")}
    wanted = due if one == "agenda" else {one: due.get(one)}
    found = _events_in(data.decode("utf-8", "replace"))
    if found != wanted:
        yield f"its events are {shortened(str(found))}, and not {shortened(str(wanted))}"


def _event(content: Content, language: str, standing: Standing) -> dict[str, str]:
    day = content["on"].replace("-", "")
    begins = f"{day}T{content['time'].replace(':', '')}00" if content.get("time") else day
    zone = content.get("zone") or standing.office.get("zone", "")
    title, place = in_language(content["title"], language), in_language(content.get("place"), language)
    known = {"SUMMARY": title, "LOCATION": place, "DTSTART": begins, "TZID": zone if content.get("time") else ""}
    return {key: value for key, value in known.items() if value}


def _events_in(text: str) -> dict[str, dict[str, str]]:
    """UID without its host -> the properties of an event that are compared."""
    found: dict[str, dict[str, str]] = {}
    for part in text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        event: dict[str, str] = {}
        for line in part.partition("END:VEVENT")[0].split("\r\n"):
            head, _, value = line.partition(":")
            key, _, parameters = head.partition(";")
            if key in ("UID", "SUMMARY", "LOCATION", "DTSTART"):
                event[key] = _plain(value)
            if key == "DTSTART" and parameters.startswith("TZID="):
                event["TZID"] = parameters.removeprefix("TZID=")
        found[event.pop("UID", "").partition("@")[0]] = event
    return found


def _plain(value: str) -> str:
    """Text as it was before it was escaped."""
    halves = value.split("\\\\")
    return "\\".join(half.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";") for half in halves)


def _api_faults(name: str, data: bytes, standing: Standing) -> Iterator[str]:
    try:
        found = json.loads(data)
    except ValueError:
        yield "is no JSON"
        return
    if name == "api/openapi.json":
        if [one.get("url") for one in found.get("servers", ())] != [standing.site]:
            yield f"names {found.get('servers')} as its server, and not {standing.site}"
        return
    texts = {standing.origin, *standing.languages, *(id_ for id_ in standing.pieces)}
    for _, content in standing.pieces.values():
        texts |= set(strings_in(content))
    for text in strings_in(found):
        if text not in texts and not text.startswith(f"{standing.site}/"):
            yield f"says “{shortened(text)}”, which is none of the furniture's"
