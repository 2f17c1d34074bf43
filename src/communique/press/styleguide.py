"""The style guide: each part of the design system in all its states, made by the press's own views and templates.

Only the showroom has it, at `/styleguide/` and a few pages below: the office whose record is called `sheet.SHOWROOM`,
the demo's. So it follows from the record like everything else, an office of somebody else has none, and no setting says
so. What it shows is invented (`specimens.py`); what surrounds it is the demo's own. It is written in English, which is
the demo's first language. A part of a message, a list or a front page is shown as its whole main matter, set by the
page's own template without what surrounds pages (`pages.part_of_page`): a part that changes changes here.

Parts that a reader's gesture brings (tools of a turn, the row under selected words, the picture card) are brought by
`assets/guide.js`, which makes the gesture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.press import pages, specimens
from communique.press.archive_view import agenda_view, archive_view
from communique.press.beside import beside_view
from communique.press.bundle import FACES
from communique.press.check_view import check_view
from communique.press.comparing import comparison_view
from communique.press.contact_view import contact
from communique.press.developers_view import developers_view
from communique.press.furniture_view import frame, masthead, strip
from communique.press.interface import Example
from communique.press.list_view import latest_view, listing_view, person_view, persons_view, roles_view, rows_view
from communique.press.markup import Html, link
from communique.press.message_view import Shown, edition_notes, facts, head, message_view, notes, taken_back, title_of
from communique.press.office_view import Office, office_of
from communique.press.recording_view import player_origins
from communique.press.search_view import marked_words, search_view
from communique.press.shown import AgendaSpan, Setting
from communique.press.specimens import AT, EDITIONS, LAST, LATER, LISTS, SAMPLE, invented, shown
from communique.press.wording import autonym

PATH = "styleguide/"
BELOW = ("around", "lists", "front", "turns", "text", "notes", "editions", "languages", "pages", "right-to-left")
"""the pages below the first, in their order"""
COLOURS = (
    ("paper", "the sheet"),
    ("wash", "fields, code"),
    ("ink", "words"),
    ("ink-2", "facts"),
    ("ink-3", "numbers of turns"),
    ("rule", "hairlines"),
    ("rule-2", "edges of sections and fields"),
    ("office", "links, the word Question: the office's own, moved to 7:1"),
    ("office-wash", "the chosen turn"),
    ("second", "the line under the head: the office's second, moved to 3:1, or ink"),
    ("notice", "emergency, correction, withdrawal; nothing else"),
    ("notice-wash", "advisories"),
    ("added", "what an edition added"),
    ("struck", "what it took out"),
)
SCRIPTS = (
    ("en", "ltr", "plain", "The ferry of two coasts", "A timetable is a promise that two countries renew each day."),
    ("ru", "ltr", "cyrillic", "Паром двух берегов", "Расписание — это обещание, которое две страны дают каждый день."),
    (
        "el",
        "ltr",
        "greek",
        "Το πλοίο των δύο ακτών",
        "Ένα δρομολόγιο είναι υπόσχεση που δύο χώρες ανανεώνουν κάθε μέρα.",
    ),
    ("ar", "rtl", "arabic", "عبّارة الضفتين", "جدول المواعيد وعدٌ يجدده بلدان كل يوم."),
    ("he", "rtl", "hebrew", "המעבורת של שני החופים", "לוח זמנים הוא הבטחה ששתי מדינות מחדשות בכל יום."),
    ("hi", "ltr", "devanagari", "दो तटों की नौका", "समय-सारणी एक वचन है जिसे दो देश प्रतिदिन दोहराते हैं।"),
    ("zh", "ltr", "han", "两岸之间的渡轮", "时刻表是两国每天重申的承诺。"),
)

Notes = list[dict[str, Any]]
TAKEN = "It was provisional and has been replaced."


@dataclass(frozen=True)
class Part:
    """One part: when it is used, and how it looks in each state; `wide` if it has a page's own columns."""

    id: str
    name: str
    when: Sequence[str]
    shown: Sequence[Html] = ()
    wide: bool = False


@dataclass(frozen=True)
class Group:
    """One page of the guide: parts that belong together."""

    path: str
    title: str
    lead: str
    parts: Sequence[Part]
    office: Office
    scripts: Sequence[str] = ()
    players: Sequence[str] = ()


def styleguide_pages(setting: Setting, arabic: Setting | None) -> dict[str, str]:
    """All pages of the guide by their paths. `setting` is that of the office's first language; `arabic` that of the
    page from right to left, which an office without Arabic has not."""
    groups = list(_groups(setting, arabic))
    around = {setting.language: setting, **({arabic.language: arabic} if arabic else {})}
    return {group.path: _page(around, group, groups) for group in groups}


def _page(around: Mapping[str, Setting], group: Group, groups: Sequence[Group]) -> str:
    office = office_of(around.get(group.office.wording.language) or next(iter(around.values())))
    is_first = group.path == PATH
    sheets = ("more.css", "front.css", *(FACES.values() if is_first else [FACES["arabic"]]), "guide.css")
    title = group.title if is_first else f"{group.title} · Style guide"
    page = frame(
        office,
        group.path,
        title,
        scripts=group.scripts,
        players=group.players,
        index=False,
        strip=False,
        sheets=sheets,
    )
    others = [
        {"path": one.path, "title": one.title, "parts": ", ".join(part.name for part in one.parts)}
        for one in groups
        if is_first and one is not group
    ]
    own = Html("" if office.wording.language == "en" else ' lang="en" dir="ltr" data-script="plain"')
    view = {
        "page": page,
        "title": group.title,
        "lead": group.lead,
        "way": None if is_first else PATH,
        "others": others,
        "parts": group.parts,
        "own": own,
    }
    return _led(pages.styleguide_page(view), group, office.wording.language)


def _led(page: str, group: Group, language: str) -> str:
    """The page with the addresses of what is invented led to where the guide shows such a thing, and with one title."""
    start = language.lower()
    here = f"/{group.path}"
    places = (
        (rf"/{LISTS}[0-9a-z/-]*(#\w+)?", f"/{PATH}lists/"),
        (rf"/{SAMPLE}editions/[0-9]+/changes/", f"/{PATH}editions/#comparison"),
        (rf"/{SAMPLE}beside/[a-z]+/", f"/{PATH}languages/#beside"),
        (rf"/{SAMPLE}[0-9a-z/-]*(#\w+)?", here if "turns" in here or "right" in here else f"/{PATH}turns/"),
        (rf"/{start}/agenda/guide\w+\.ics", f"/{start}/agenda.ics"),
        (rf"/{start}/by/agenda/[0-9/]+", f"/{start}/by/agenda/"),
        (rf"/{start}/by/(place|occasion)/[^/\"]+/", rf"/{start}/by/\1/"),
    )
    for pattern, place in places:
        page = re.sub(pattern, place, page)
    for named, lies in specimens.addresses_of_files().items():
        page = page.replace(named, lies)
    return page


# ---------------------------------------------------------------------- pages of the guide


def _groups(setting: Setting, arabic: Setting | None) -> Iterator[Group]:
    own = invented(setting)
    office = office_of(own, "en")
    yield Group(
        PATH, "Style guide", "What every page is made of, each part in all its states.", list(_grounds()), office
    )
    yield Group(
        f"{PATH}around/",
        "Around every page",
        "What surrounds a text: whose it is, what day it is, how to reach the office.",
        list(_around(own, office)),
        office,
    )
    yield Group(
        f"{PATH}lists/",
        "Lists, archive, agenda",
        "How a reader finds a text again after years.",
        list(_lists(office)),
        office,
    )
    yield Group(f"{PATH}front/", "The front page", "What a reader meets first.", list(_front(office)), office)
    interview = specimens.interview(office)
    scripts = ("approach.js", "listen.js", "guide.js")
    players = player_origins(interview.content)
    yield Group(
        f"{PATH}turns/",
        "Turns, quoting, players",
        "A text in which people answer one another.",
        list(_turns(office, interview)),
        office,
        scripts,
        players,
    )
    yield Group(
        f"{PATH}text/",
        "Text, pictures, files",
        "A text in which one person speaks.",
        list(_text(office)),
        office,
    )
    yield Group(
        f"{PATH}notes/",
        "Notes",
        "What must be known before a text is read. Red is for what was wrong, ink for everything else.",
        list(_notes(office)),
        office,
    )
    yield Group(
        f"{PATH}editions/",
        "What an edition changed",
        "Every edition stays at its own address; this is how two of them are compared.",
        list(_comparison(office)),
        office,
    )
    yield Group(
        f"{PATH}languages/",
        "Languages",
        "Which language was first, which one holds, and two of them turn against turn.",
        list(_languages(own, office)),
        office,
    )
    yield Group(
        f"{PATH}pages/",
        "Crisis, checking, programs",
        "Pages that an office hopes nobody needs, and those that others build on.",
        list(_further(office)),
        office,
    )
    if arabic:
        spoken = specimens.interview(office_of(own, arabic.language))
        yield Group(
            f"{PATH}right-to-left/",
            "Right to left",
            "The same parts in Arabic: one design, mirrored by the direction of the page alone.",
            list(_right_to_left(spoken.office, spoken)),
            spoken.office,
            scripts,
            players,
        )


def _grounds() -> Iterator[Part]:
    colours = [{"name": name, "use": use} for name, use in COLOURS]
    keys = ("language", "direction", "script", "title", "words")
    scripts = [dict(zip(keys, one, strict=True)) for one in SCRIPTS]
    yield Part(
        "colours",
        "Colours",
        ["Each has one use, by day and by night. An office brings two of its own; red is never one of them."],
        [pages.part_of_page("styleguide_colours.html", colours=colours)],
    )
    yield Part(
        "type",
        "Type",
        ["Words in serif, facts in sans. Each script has its own sizes: for a page, or for a part of one."],
        [pages.part_of_page("styleguide_type.html", scripts=scripts)],
    )
    yield Part(
        "focus",
        "Focus ring",
        [
            "Shows where the keyboard is: three pixels of the office’s colour, three pixels away. Here it is held; with"
            " the tabulator it goes through every page from the link to the text on."
        ],
        [pages.part_of_page("styleguide_focus.html")],
    )
    yield Part(
        "forced",
        "Forced colours",
        [
            "A reader whose system sets the colours keeps them: paper, words, links and lines take the system’s, the"
            " focus ring its highlight. Nothing is told by colour alone: struck words are struck through, added ones"
            " underlined, states are words. Only the swatches above keep their own."
        ],
    )
    yield Part(
        "paper",
        "Paper",
        [
            "Print any page: menu, strip and links are gone, the ink is black, a sheet is A4 with numbers in the digits"
            " of the page; a message bears its edition, its entry and its address."
        ],
    )


def _around(own: Setting, office: Office) -> Iterator[Part]:
    page = _page_words(office)
    head = {**masthead(office, {}, {}), "arms": None, "languages": []}
    bare = {**page, "masthead": head, "menu": [], "as_of": office.wording.phrase("as_of", instant=office.instant(AT))}
    yield Part(
        "masthead",
        "Masthead: name, day, clocks",
        [
            "Above every page. With arms, languages and menu it stands above this one; here an office without. Day and"
            " clocks are those of their places; without script a sentence says of which instant they are."
        ],
        [pages.part_of_page("masthead.html", page=bare)],
        wide=True,
    )
    yield Part(
        "advisory",
        "Advisory bar",
        ["Under the masthead of every page while something must be seen before everything else."],
        [pages.part_of_page("advisories.html", page=page)],
        wide=True,
    )
    pieces = own.furniture
    found = [contact(office, pieces.by_id(id_)) for id_ in ("guideopen", "guideuntil")]  # type: ignore[arg-type]
    found += [contact(*specimens.never_open(own)), contact(office, pieces.by_id("guideemergency"))]  # type: ignore[arg-type]
    yield Part(
        "contact",
        "Contact: open, closed until, closed, emergency",
        [
            "Beside a front page and above each message. The first is open but for the last minute of the day,"
            " the second"
            " closed but for it, the third for longer than a week; an emergency has no hours and is red. Without script"
            " the hours say it."
        ],
        [pages.part_of_page("contact.html", contact=one) for one in found],
    )
    yield Part(
        "strip",
        "Strip: contacts and counters in one line",
        ["Under the menu of every message. A counter counts whole days since a day, in the right plural."],
        [pages.part_of_page("strip.html", page={**page, "strip": strip(office)})],
        wide=True,
    )


def _lists(office: Office) -> Iterator[Part]:
    language = office.wording.language
    yield Part(
        "lines",
        "Lines of a list, months",
        [
            "A section’s newest messages. One word after the day says what became of a message; beside them the months"
            " of all years."
        ],
        [_list("listing.html", listing_view(office, specimens.listing(language)))],
        wide=True,
    )
    yield Part(
        "month",
        "A month, with the ways to its neighbours",
        ["A dated page of a list, here one in which nothing was published."],
        [_list("listing.html", listing_view(office, specimens.month(language)))],
        wide=True,
    )
    yield Part(
        "days",
        "A month of all messages, with its days",
        ["Each day on which there is a message has a page, which leads to the days before and after it."],
        [_list("listing.html", listing_view(office, specimens.days(language)))],
        wide=True,
    )
    piece = office.setting.furniture.by_id(specimens.PERSON)
    roles = roles_view(office, piece) if piece else []
    view = person_view(office, specimens.person(language))
    yield Part(
        "person",
        "A person",
        ["Roles with their years; what she said and what she asked, each with the way to the first passage."],
        [_list("person.html", view, roles), _only_asks(office, view)],
        wide=True,
    )
    yield Part(
        "person-month",
        "A month of a person",
        ["Her words with the way to each, above an answer what was asked; where they are too many, ways to the rest."],
        [_list("person.html", person_view(office, specimens.person_month(language)), roles)],
        wide=True,
    )
    all_persons = {"title": "Persons", "way": None, "ways": [], "ways_title": None, "persons": persons_view(office)}
    yield Part(
        "persons",
        "All persons",
        ["Who has a page of words."],
        [_untitled(pages.part_of_page("people.html", people=all_persons))],
        wide=True,
    )
    yield Part(
        "places",
        "All places",
        ["Names that lead to lists; occasions look the same."],
        [_list("listing.html", listing_view(office, specimens.places(language)))],
        wide=True,
    )
    ways = archive_view(office, specimens.archive())
    agenda = {"label": office.wording.label("agenda"), "target": f"/{language}/by/agenda/"}
    search = {"label": office.wording.label("search"), "target": f"/{language}/search/"}
    title = office.wording.label("archive_index")
    yield Part(
        "archive",
        "Entries of the archive",
        ["One door to everything: by year, section, kind, person, place and occasion."],
        [_untitled(pages.part_of_page("archive.html", title=title, groups=ways, agenda=agenda, search=search))],
        wide=True,
    )
    yield Part(
        "search",
        "Search",
        ["A form that asks what was said; below it what was found, its words marked, the question with its answer."],
        [
            _untitled(pages.part_of_page("search.html", title=search["label"], search=search_view(office))),
            pages.found_part(_found(office, f"/{language}/")),
        ],
        wide=True,
    )
    yield Part(
        "check",
        "Check a quotation",
        ["Words are pasted; one of four answers follows, never a bare tick. Beside it: what that does not prove."],
        [_untitled(pages.part_of_page("check.html", view=check_view(office), kept=False))],
        wide=True,
    )
    spans = (AgendaSpan("", ("2041", "2026")), AgendaSpan("2026", (), below=("2026-03",)))
    yield Part(
        "agenda",
        "Events of the agenda",
        [
            "What is to come, what is over, each with the way into a calendar. A time of another place says"
            " whose it is."
            " A full year leads to its months."
        ],
        [_untitled(pages.part_of_page("agenda.html", agenda=agenda_view(office, span))) for span in spans],
        wide=True,
    )
    yield Part(
        "newest",
        "Latest events",
        ["The newest messages, beside every message and on a page of their own; here with an office’s own separator."],
        [_untitled(pages.part_of_page("latest.html", latest=latest_view(office, specimens.rows())))],
        wide=True,
    )


def _only_asks(office: Office, view: dict[str, Any]) -> Html:
    """The sentence about a person of whom the site has questions alone."""
    sentence = office.wording.text("only_asked", name=view["title"])
    return _list("person.html", {**view, "only_asked": sentence, "groups": []})


def _front(office: Office) -> Iterator[Part]:
    front = specimens.front(office)
    page = {**_page_words(office), "strip": strip(office), "title": "A front page"}
    yield Part(
        "whole",
        "Lead, featured, latest, contacts, counters, events, latest of a section",
        [
            "What an editor chose leads, with one picture or none; what else was chosen stands below it. Where nobody"
            " chose, the newest whole message leads. Each section has a row with its three newest."
        ],
        [_untitled(pages.part_of_page("front.html", page=page, **pages.front_view(office, front)))],
        wide=True,
    )


def _turns(office: Office, interview: Shown) -> Iterator[Part]:
    yield Part(
        "tools",
        "Link and quote, the row under selected words, the picture card",
        [
            "At a turn that a reader points at or reaches by keyboard stand Link and Quote. Under selected"
            " words stands a"
            " row: what is copied bears who said it and the address of this edition; with the citation come BibTeX and"
            " CSL-JSON. Here both are held open and a card is drawn. They need script; the number of a turn is a link"
            " without it."
        ],
    )
    yield Part(
        "players",
        "Players",
        [
            "Sound and film of the office play here, a film with captions. A recording on another host loads"
            " nothing from"
            " there before a reader presses. The times beside turns start the first."
        ],
    )
    yield Part(
        "turns",
        "Turns",
        [
            "A question with and without a name, an answer (its role the first time), a note, erased words, a remark; a"
            " turn that was corrected says in which edition. On approach come the tools."
        ],
        [_message(office, interview)],
        wide=True,
    )


def _text(office: Office) -> Iterator[Part]:
    yield Part(
        "pictures",
        "Pictures and their gallery, press quality, downloads",
        [
            "The first picture stands above the words, all others in a gallery below them, each with caption,"
            " credit and"
            " the file in the quality that the office published. Other files are listed with what they are and weigh."
        ],
    )
    yield Part(
        "paragraphs",
        "Paragraphs, lists, quotation, table",
        ["What a text may hold. A wide table scrolls by itself and can be reached by keyboard."],
        [_message(office, specimens.speech(office))],
        wide=True,
    )


def _notes(office: Office) -> Iterator[Part]:
    for id_, name, when, found in _kinds_of_notes(office):
        rendered = Html("".join(pages.part_of_page("note.html", note=one) for one in found))
        yield Part(id_, name, [when], [Html(f'<div class="notes">{rendered}</div>')], wide=True)
    withdrawn = head(shown(office, "withdraw", 2, state="withdrawn", notice=TAKEN))
    yield Part(
        "withdrawn-head",
        "The head of a withdrawn message",
        ["That it is withdrawn is said first; its note follows the title, before all facts."],
        [_untitled(pages.part_of_page("message_head.html", message={"head": withdrawn}))],
    )


def _kinds_of_notes(office: Office) -> Iterator[tuple[str, str, str, Notes]]:
    named = "It named a person by mistake."
    yield (
        "corrected",
        "Corrected, and updated after a correction",
        "A wrong text was replaced: what was wrong is said. A later update does not hide it.",
        [
            *notes(shown(office, "correct", 2, 2, note=specimens.NOTE["en"], corrects=["t2"])),
            *notes(shown(office, "update", 5, lines=specimens.CORRECTED, note="The talks have ended since.")),
        ],
    )
    yield (
        "withdrawn",
        "Withdrawn, recalled, removed",
        "No longer current but readable; issued by mistake, and recipients warned; gone, with the reason.",
        [
            *taken_back(shown(office, "withdraw", 2, state="withdrawn", notice=TAKEN)),
            *taken_back(shown(office, "recall", 2, state="recalled", notice=named)),
            pages.removed_note(office, shown(office, "remove", 2, state="removed", notice=named).version),
        ],
    )
    yield (
        "returned",
        "Returned, published again",
        "It stands again as it was.",
        [*notes(shown(office, "return", 6)), *notes(shown(office, "republish", 7))],
    )
    yield (
        "erased",
        "Erased",
        "Words were taken out by law. Where all of them were, a page of its own stands in their place.",
        [
            *notes(shown(office, "erase", 2, erased=True, ground="Privacy Act, section 9.")),
        ],
    )
    source = {"address": "https://lamplighter.example/5", "captured": AT, "sha256": "0" * 64}
    yield (
        "imported",
        "Imported, first published elsewhere",
        "Taken over from another site, with source and instant; or public somewhere before it was here.",
        [
            *notes(shown(office, "import", 1, source=source, stub=True, dated=AT)),
            *notes(
                shown(
                    office, "import", 1, source={"name": "The Lamplighter", "address": source["address"], "on": AT[:10]}
                )
            ),
        ],
    )
    corrected = specimens.in_other_languages(office, corrected_at=LAST)
    updated = specimens.in_other_languages(office, updated_at=LAST)
    yield (
        "translation",
        "Translation",
        "An unofficial translation says which text holds; one older than what was corrected in its original or added"
        " to it says so.",
        [
            one
            for siblings in (corrected, updated)
            for one in notes(
                shown(
                    office,
                    "publish",
                    2,
                    original="fr",
                    translation="unofficial",
                    authentic=["fr"],
                    siblings=siblings,
                )
            )
        ],
    )
    yield (
        "edition",
        "One edition’s own page",
        "Which edition it is, what followed, where the current text stands.",
        [
            *edition_notes(shown(office), EDITIONS[1]),
            *edition_notes(shown(office, "update", 8), replace(EDITIONS[2], seq=8)),
        ],
    )


def _comparison(office: Office) -> Iterator[Part]:
    yield Part(
        "comparison",
        "Struck and added words, folded turns",
        [
            "What did not change folds to a line that opens; what changed stands whole. Struck words are struck"
            " through,"
            " added ones underlined, and both are said to who only hears. A turn that was added, taken out or asked by"
            " another says so."
        ],
        [_compared(office, specimens.compared(office))],
        wide=True,
    )


def _languages(own: Setting, office: Office) -> Iterator[Part]:
    siblings = specimens.in_other_languages(office, translation="unofficial", original="en")
    both = specimens.in_other_languages(office, original="fr")
    messages = (
        shown(office, siblings=siblings, occasion={"on": "2026-11-12", "place": "Tessmark", "event": "Harbour Hour"}),
        shown(
            office,
            siblings=both,
            original="fr",
            authentic=["en", "fr"],
            kind="joint_communique",
            status=None,
            parties=["Orsemund", "Ostrevell"],
            turns=None,
        ),
    )
    yield Part(
        "facts",
        "Facts, the original, authentic texts",
        [
            "Under each title. The original is marked, and translations that are unofficial; where several"
            " languages are"
            " equally authentic none is, and a line names them."
        ],
        [pages.part_of_page("facts.html", message={"facts": facts(one)}) for one in messages],
    )
    other = office_of(own, "ar")
    pair = specimens.side_by_side(office, other)
    view = beside_view(*pair, ({}, {"t2": LATER}))
    yield Part(
        "beside",
        "Two languages, turn against turn",
        [
            "Each in its own direction and type. A turn that a language lacks, or that is older than the"
            " original’s, says"
            " so in that language."
        ],
        [_untitled(pages.part_of_page("beside.html", page=_page_words(office), message=view))],
        wide=True,
    )


def _further(office: Office) -> Iterator[Part]:
    yield Part(
        "crisis",
        "Crisis page",
        ["In place of the front page while it is out: few words, in the reader’s own fonts, there at once."],
        [_untitled(pages.part_of_page("plain.html", **pages.crisis_view(office)))],
        wide=True,
    )
    origin = office.setting.furniture.origin
    record = pages.record_view(office, origin, f"{origin}+f8624945+AQOhB7/zzhC+HXDdGOdLwJln")
    yield Part(
        "steps",
        "The record, and how to check it",
        ["What the record is, and the steps by which anybody checks that nothing was changed."],
        [_untitled(pages.part_of_page("record.html", **record, size=_page_words(office)["foot"]["sizes"]))],
        wide=True,
    )
    erased = shown(office, "erase", 2, title=None, ground="Privacy Act, section 9.")
    stone = {"notes": [pages.erased_note(office, erased.version)], "paragraphs": [], "text": "", "spoken": None}
    yield Part(
        "erased",
        "What stands for an erased message",
        ["Day, ground and entry, and no word of it. A removed message has the like, in red."],
        [_untitled(pages.part_of_page("plain.html", title=title_of(erased), size="short", **stone))],
        wide=True,
    )
    yield Part(
        "programs",
        "For programmers",
        ["What the site has for programs: examples and a table that scrolls by itself."],
        [_untitled(pages.part_of_page("developers.html", view=developers_view(office, Example())))],
        wide=True,
    )
    yield Part(
        "same",
        "Two editions with the same text",
        ["An edition that changed none of the words, as after a withdrawal was taken back."],
        [_compared(office, specimens.compared_text(office, changed=False))],
        wide=True,
    )


def _right_to_left(office: Office, interview: Shown) -> Iterator[Part]:
    page = _page_words(office)
    yield Part(
        "advisory",
        "Advisory bar",
        ["Telephones, mail and addresses stay from left to right inside it, as in everything below."],
        [pages.part_of_page("advisories.html", page=page)],
        wide=True,
    )
    yield Part(
        "strip",
        "Strip",
        ["Digits are the page’s own, a number that is dialled is the machine’s."],
        [pages.part_of_page("strip.html", page={**page, "strip": strip(office)})],
        wide=True,
    )
    found = rows_view(office, specimens.rows(specimens.ARABIC_ROWS))
    lines = "".join(pages.part_of_page("row.html", row=row, teasers=False, level=3) for row in found)
    yield Part(
        "lines",
        "Lines of a list",
        ["A name in other letters keeps its direction."],
        [Html(f'<ol class="rows">{lines}</ol>')],
    )
    yield Part(
        "turns",
        "A message with its turns, tools and players",
        ["The margin is at the right, where a line begins; nothing leans, what is stressed is underlined."],
        [_message(office, interview)],
        wide=True,
    )
    groups = comparison_view(*specimens.compared_text(office, changed=True))["groups"]
    units = [unit for group in groups if "fold" not in group for unit in group["units"]]
    yield Part(
        "comparison",
        "Struck and added words",
        ["Of a text without turns, passage by passage."],
        [pages.part_of_page("changed.html", unit=unit) for unit in units],
    )
    agenda = agenda_view(office, AgendaSpan("2041", ("2041",)))
    yield Part(
        "agenda",
        "Events of the agenda",
        ["Days and times are said as the language says them."],
        [_untitled(pages.part_of_page("agenda.html", agenda=agenda))],
        wide=True,
    )


# ---------------------------------------------------------------------- templates


def _page_words(office: Office) -> dict[str, Any]:
    """What a part takes from the page on which it stands."""
    return frame(office, PATH, "Style guide")


def _message(office: Office, message: Shown) -> Html:
    page = _page_words(office)
    return _untitled(pages.part_of_page("message.html", page=page, message=message_view(message)))


def _compared(office: Office, editions: tuple[Shown, Shown]) -> Html:
    view = comparison_view(*editions)
    return _untitled(pages.part_of_page("comparison.html", page=_page_words(office), message=view))


def _list(template: str, view: dict[str, Any], roles: Sequence[Any] = ()) -> Html:
    return _untitled(pages.part_of_page(template, roles=roles, list={"only_asked": None, **view}))


def _found(office: Office, front: str) -> dict[str, Any]:
    """What a search found: an answer below its question, and a question with the answer to it."""
    wording = office.wording
    nothing: dict[str, Any] = dict.fromkeys(("state", "kind", "language", "lang", "dir", "before", "after", "words"))
    asked = marked_words((("Will the ", False), ("ferry", True), (" sail in winter?", False)))
    answered = marked_words((("Both ", False), ("ferries", True), (" will, if the ice allows it.", False)))
    talk = {
        **nothing,
        "iso": "2026-03-03",
        "day": wording.list_day("2026-03-03"),
        "kind": wording.label("kind_interview"),
        "state": wording.label("row_withdrawn"),
        "title": "On the winter timetable",
        "target": front,
        "words": answered,
        "before": asked,
    }
    ways = [{"label": autonym(wording.language), "target": front, "number": wording.number(2)}]
    other = link("ferry", front)
    return {
        "count": wording.counted("search_found", 2),
        "cut": wording.phrase("search_cut", words="the"),
        "instead": wording.phrase("search_instead", words=other),
        "hits": [talk, {**talk, "before": None, "state": None, "words": asked, "after": answered}],
        "pages": [{"label": wording.label("search_next"), "target": front, "rel": "next"}],
        "groups": [{"id": "found-by-language", "name": wording.label("by_language"), "ways": ways}],
        "feed": {"label": wording.label("search_follow"), "target": front},
        "ways": (),
        "ways_name": None,
    }


def _untitled(part: Html) -> Html:
    """A page's main matter as a part of another page: its title is one of several there."""
    return Html(re.sub(r"<(/?)h1\b", r"<\1h3", part))
