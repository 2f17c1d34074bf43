"""What the form of a piece of furniture calls its fields, in the words of the office: labels and help.

A table by sort and path ("person.roles.since"); where a sort says nothing of its own the path's last key is looked up
alone. Strings are looked up in the desk's language when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n


class Words(NamedTuple):
    """A field's label, and what helps to fill it in."""

    label: str
    help: str = ""


_WORDS: dict[str, Words] = {
    "order": Words(n("Place among its kind"), n("Smaller numbers stand first. Equal ones stand by age.")),
    "zone": Words(n("Time zone"), n("Begin to type a city: Europe/Lisbon, Africa/Nairobi.")),
    "text": Words(n("Text")),
    "name": Words(n("Name")),
    "title": Words(n("Title")),
    "on": Words(n("Day")),
    "until": Words(n("Last day")),
    "lines": Words(n("Lines"), n("One line each, as they are printed under one another.")),
    "separator": Words(n("Sign between"), n("Stands between the two parts, such as a comma. Empty: a space.")),
    "office.name": Words(n("Name of the office"), n("As readers know it: at the head of every page.")),
    "office.languages": Words(
        n("Languages"),
        n(
            "As tags: en, fr, ar, zh-Hans; de-simple is German in easy language."
            " The first is the original language of all furniture."
        ),
    ),
    "office.zone": Words(n("Time zone of the office"), n("Its day turns in this zone, and schedules are kept in it.")),
    "office.dates": Words(
        n("Dates in lists"),
        n("A CLDR pattern with d, M and y: d MMMM y gives 4 March 2026, dd.MM.y gives 04.03.2026."),
    ),
    "office.dateline": Words(
        n("Date at the head of the page"),
        n("A CLDR pattern for each language. Empty: as the language usually writes it."),
    ),
    "office.place": Words(n("Place"), n("Follows the name at the foot, such as “in Ostrevell”.")),
    "office.lines": Words(n("Address lines"), n("Street, city and the like, one line each.")),
    "office.colour": Words(n("Colour of the office"), n("Links, buttons and the word Question take it.")),
    "office.second": Words(
        n("Second colour of the office"), n("The line under the head of each page takes it. Empty: the line is ink.")
    ),
    "office.arms": Words(n("Arms"), n("A drawing (SVG) takes the colour of the page; a picture is shown as it is.")),
    "office.arms.file": Words(n("File")),
    "office.arms.alternative": Words(n("What the arms show"), n("Read aloud to those who cannot see them.")),
    "office.numerals": Words(n("Digits"), n("Where a language can be written with two sets.")),
    "section.name": Words(n("Name of the section"), n("As the menu and the lists say it.")),
    "section.word": Words(
        n("Its word in addresses"),
        n("Small letters a to z, digits and hyphens. Addresses already published keep the word that they have."),
    ),
    "labels.words": Words(
        n("Labels of the public site"),
        n(
            "Write only what shall differ; an empty field keeps the text shown in it. Keep what stands in braces:"
            " {n} is the number, and forms for 0, 1 and 2 may say it in words instead."
        ),
    ),
    "menu.items": Words(n("Entries of the menu"), n("In the order in which readers see them.")),
    "menu.items.label": Words(n("Words")),
    "menu.items.section": Words(n("Leads to the section"), n("Choose a section, or write an address below.")),
    "menu.items.target": Words(
        n("Leads to the address"), n("A path of this site, such as /en/people/, or a whole address with https://.")
    ),
    "menu.items.targets": Words(
        n("Leads to an address in each language"),
        n("Instead of one for all, such as /en/…/privacy/. In a language without one the entry is left out."),
    ),
    "menu.foot": Words(
        n("Stands at the foot of each page"),
        n("For the accessibility statement, the privacy notice and the like. The menu at the head is another piece."),
    ),
    "clock.city": Words(n("City")),
    "clock.separator": Words(n("Sign between city and time"), n("Such as a comma or a colon. Empty: a space.")),
    "counter.since": Words(n("Counts from"), n("Day zero. The next day is day 1.")),
    "counter.sentence": Words(
        n("Sentence"), n("Write # where the number stands. Forms for 0, 1 and 2 may say it in words instead.")
    ),
    "counter.shown": Words(n("Shown from"), n("Empty: from its first day.")),
    "counter.grouping": Words(n("Group the digits of large numbers, as in 1,204")),
    "contact.label": Words(n("What it is for"), n("Such as “Consular queries”.")),
    "contact.telephone": Words(
        n("Telephone"), n("As it is printed. With a country’s code it can be dialled from anywhere.")
    ),
    "contact.email": Words(n("E-mail address")),
    "contact.hours": Words(n("Opening hours"), n("Closed days are pieces of their own and hold for every contact.")),
    "contact.hours.days": Words(n("Days")),
    "contact.hours.from": Words(n("From"), n("09:30")),
    "contact.hours.to": Words(n("To"), n("17:00; midnight is 24:00")),
    "contact.lines": Words(n("More lines"), n("An address, a fax number, a name: one line each.")),
    "contact.remark": Words(n("Remark"), n("Stands under the block, such as “By appointment only”.")),
    "contact.emergency": Words(n("This is the emergency line: always in view, in red")),
    "closure.name": Words(n("Why it is closed"), n("The name of the holiday, here or at home.")),
    "closure.on": Words(
        n("Closed on"),
        n("After the year of the last single day that is listed, the site shows opening hours but no “open now”."),
    ),
    "closure.yearly": Words(n("Every year, on the same day and month")),
    "closure.country": Words(n("Country"), n("Whose holiday it is, if it is one country’s: readers see its name.")),
    "notice.text": Words(n("Text at the foot of every page")),
    "person.name": Words(n("Name"), n("As this office writes it in each language.")),
    "person.address": Words(
        n("Words of the person’s address"),
        n("Small letters a to z, digits and hyphens, such as ines-quarrendel. Fixed once published."),
    ),
    "person.roles": Words(
        n("Roles"),
        n("A message is offered the role held on the day of its occasion. Published texts keep theirs."),
    ),
    "person.roles.name": Words(n("Role")),
    "person.roles.since": Words(n("Since"), n("First day. Empty: not known.")),
    "person.roles.until": Words(n("Until"), n("Last day. Empty: still held.")),
    "person.merged": Words(
        n("Is the same person as"),
        n(
            "Choose the one who stays. All addresses of this person then lead readers to that page, which lists the"
            " words of both. Names in messages stay as they were printed."
        ),
    ),
    "featured.messages": Words(n("Featured messages"), n("The first one that is public leads the front page.")),
    "event.title": Words(n("What it is")),
    "event.on": Words(n("First day")),
    "event.time": Words(n("Time"), n("09:30. Empty: the whole day.")),
    "event.until": Words(n("Last day"), n("Only if it lasts longer than one.")),
    "event.zone": Words(n("Time zone of the place"), n("Empty: that of the office.")),
    "event.place": Words(n("Place")),
    "advisory.text": Words(n("What everybody must see"), n("One sentence; it stands above every page.")),
    "advisory.link": Words(
        n("Leads to"), n("A path of this site or a whole address with https://. Empty: to nothing.")
    ),
    "crisis.title": Words(
        n("Title of the page"),
        n("As long as it is out, this page is the front page. Prepared and cleared, it waits here."),
    ),
    "crisis.blocks": Words(
        n("Text"),
        n(
            "An empty line ends a paragraph. Begin a line with “## ” for a heading, “- ” for an item of a list,"
            " “> ” for a quotation."
        ),
    ),
    "redirect.from": Words(
        n("Old or short address"),
        n("A path on this site at which there is no page, such as /visa or /old/page.html."),
    ),
    "redirect.to": Words(
        n("Leads to"),
        n("A path of this site or a whole address with https://. Empty: the address answers that the page is gone."),
    ),
    "latest.count": Words(n("How many messages"), n("1 to 30.")),
    "latest.separator": Words(n("Sign between date and title"), n("Empty: they stand in two columns.")),
    "latest.teasers": Words(n("Show the teaser under each title")),
}

_ROWS: dict[str, tuple[str, str]] = {
    "roles": (n("Role"), n("Add a role")),
    "hours": (n("Hours"), n("Add hours")),
    "items": (n("Entry"), n("Add an entry")),
    "lines": (n("Line"), n("Add a line")),
    "messages": (n("Message"), n("Add a message")),
    "languages": (n("Language"), n("Add a language")),
}
"""key of a list -> what one row is called, what its button says"""

_SORTS: dict[str, str] = {
    "office": n("The office"),
    "section": n("Section"),
    "labels": n("Labels of the site"),
    "menu": n("Menu"),
    "clock": n("Clock"),
    "counter": n("Counter"),
    "contact": n("Contact"),
    "closure": n("Closed day"),
    "notice": n("Notice at the foot"),
    "person": n("Person"),
    "featured": n("Featured messages"),
    "event": n("Agenda event"),
    "advisory": n("Advisory"),
    "crisis": n("Crisis page"),
    "redirect": n("Short address or redirect"),
    "latest": n("Latest events"),
}


def words_for(sort: str, path: str) -> Words:
    """Label and help of a field in the desk's language; raises KeyError for a field without a label."""
    found = _WORDS.get(f"{sort}.{path}") or _WORDS[path.rsplit(".", 1)[-1]]
    return Words(_(found.label), _(found.help) if found.help else "")


def field_name(sort: str, place: str, labels: Mapping[str, Any]) -> str:
    """What the form calls a place ("roles[1].since", "words.question.en"), for who is not looking at the form."""
    steps = [step.partition("[")[0] for step in place.split(".")]
    if sort == "labels" and len(steps) > 1 and steps[1] in labels:
        default = labels[steps[1]]
        said = default if isinstance(default, str) else default.get("other", "")
        return " · ".join([_("“%(words)s”") % {"words": said}, *steps[2:3]])
    for length in range(len(steps), 0, -1):
        try:
            label = words_for(sort, ".".join(steps[:length])).label
        except KeyError:
            continue
        return " · ".join([label, *steps[length : length + 1]])
    return ""


def row_words(key: str) -> tuple[str, str]:
    """What one row of a list is called, and the words of the button that adds one."""
    name, add = _ROWS[key]
    return _(name), _(add)


def sort_name(sort: str) -> str:
    """What a sort of piece is called."""
    return _(_SORTS[sort])


def script_words() -> dict[str, str]:
    """The sentences that the script of the form says."""
    return {
        "none": _("None"),
        "choose": _("Choose"),
        "not_listed": _("{id}, no longer in the list"),
        "up": _("Move up"),
        "down": _("Move down"),
        "remove": _("Remove"),
        "put_back": _("Put it back"),
        "removed": _("{row} was removed."),
        "added": _("{row} was added at the end."),
        "moved": _("{row} is now number {place} of {count}."),
        "empty_list": _("None yet."),
        "keys": _("Alt with the arrow up or down moves the row in which you type."),
        "original": _("original"),
        "optional": _("optional"),
        "mend": _("To mend before it can be submitted"),
        "now_there": _("It is {time} there now, {day}."),
        "no_zone": _("No zone of this name is known."),
        "pick": _("Pick a colour"),
        "contrast_enough": _("Contrast on the paper {light} to 1 by day, {dark} to 1 by night. {verdict}"),
        "as_it_is": _("Readers see it as it is by day and by night."),
        "darker": _("By day readers see it darkened until it reaches 7 to 1."),
        "lighter": _("By night readers see it lightened until it reaches 7 to 1."),
        "both": _("Readers see it darkened by day and lightened by night until it reaches 7 to 1."),
        "no_colour": _("Empty: the product’s own blue. Write a colour as #124559."),
        "for_number": _("For {numbers}"),
        "for_others": _("For all others, as {numbers}"),
        "for_all": _("For every number"),
        "today": _("Today"),
        "no_sentence": _("nothing yet: the form for {number} is not written"),
        "no_day": _("nothing yet: the first day is not written"),
        "in_future": _("nothing: the first day is still to come"),
        "not_in_language": _("not a form of this language"),
        "find": _("Find a label"),
        "only_changed": _("Only those that the office has changed"),
        "labels_shown": _("Labels shown: {count}. Changed by the office: {changed}."),
        "counts": _("One text for every number: the site’s own forms, one and many, are not used then."),
        "by_number": _("Write a form for each number"),
        "present_file": _("The present file"),
        "no_file": _("No file"),
        "no_files": _("No file can be chosen yet."),
        "missing_languages": _("Not yet in {languages}: readers of these get the whole page in {language}."),
        "language_own": _("As the language writes them"),
        "arab": _("Arabic-Indic, ٠١٢٣"),
        "latn": _("Western, 0123"),
    }
