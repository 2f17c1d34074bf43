"""Pages of strangers, written with their answers before they were read: floors that only rise, and what was mended.

When first read, the first two dozen gave: title 0.75, date 0.75, section 0.40, kind 0.92, body 0.944, turns 0.70,
listed messages 0.52; of the fields called sure 0.82 were right. The next fourteen, after that was mended, gave 0.93,
0.71, 0.90, 0.93, 0.998, 0.78 and 0.83, and 0.90. The six after these gave 1.0 in all but the section (3 of 4), and 41
of 43. Ten more, one in a language each, gave 0.80, 0.90, 0.50, 0.80, 0.876, 0.83 and 1.0, and 62 of 70; the last six,
in Spanish, Turkish and Japanese, 0.83, 0.83, 0.80, 1.0, 0.943, 0.69 and 0.89, and 37 of 43 (`test_layouts.py` has what
these taught). All are mended: the floors say what must not be lost again.

A third batch of forty-one pages (`strangers/third.txt`) was read once, all of it, before anything was mended: title
0.66, date 0.71, section 0.64, kind 0.66, language 0.98, body 0.880, turns 0.675 (boundaries 0.70), listed messages
0.66, 24 of 278 chrome strings leaked; of the fields called sure 0.73 were right. Each third page in order of name was
then laid aside unseen, and the other 28 were mended (`test_how_pages_are_made.py`), to 0.96, 1.0, 0.96, 1.0,
1.0, 1.000, 0.997 and 1.0, no leak, and all of the 193 called sure. The thirteen that nobody had looked at went, by
these mends, from title 0.85, date 0.62, section 0.64, kind 0.38, body 0.815, turns 0.42, listed messages 0.77, 6 of
98 leaked and 0.66 of the sure ones, to 0.85, 0.69, 0.64, 0.54, 0.812, 0.43, 0.96, 6 of 98 and 0.80: that is what a
page that nobody has read may expect. Only after that some of their causes were mended too; the floors of the joined set
are below
those of the first sixty pages, which stand as they were.

A fourth batch (`strangers/fourth`) was written after that: 29 pages in sixteen languages, after the templates of ten
systems, 17 of them several to a site, with their addresses. Its first reading gave, each page by itself: title 0.72,
date 0.76, section 0.39, kind 0.59, language 0.93, body 0.851, turns 0.59 (boundaries 0.75), listed messages 0.72, 13 of
169 leaked, 0.82 of the sure ones right, two pages refused. Nobody had looked at which were wrong when what a site
repeats was learned and read: title 0.79, date 0.79, section 0.50, kind 0.62, body 0.876, turns 0.62 (0.79), 3 leaked,
0.86; of the 17 on sites title 0.71 to 0.82, date 0.76 to 0.82, section 0.41 to 0.59, body 0.813 to 0.856, leaked 10 to
0. Three things were mended after that look: a form around a whole page, a text that ended before its element does, a
section in words that nobody knows; figures of now are in `docs/figures/strangers.md`. A fifth batch of two sites, four
pages each, was written to see whether these carry over, and read once: alone title 0.50, section 0.50, body 0.711, 13
of 40 leaked, 37 of the 52 sure ones right; by site 1.0, 0.50, 1.000, none, 43 of 44 (the section was mended then).

A sixth batch (`strangers/sixth`) has 23 pages in twenty languages, of which twelve were new, after the templates of
Plone, Joomla, Drupal, TYPO3, Contao, SPIP, WordPress and of governments; nearly each is alone on its site. Its first
reading gave title 0.96, date 0.83, section 0.60, kind 0.83, language 1.0, body 0.871, turns 0.77 (boundaries 0.88),
listed messages 0.75, 5 of 79 leaked; of 155 fields called sure 133 were right. Nothing was laid aside of it: what it
taught (`test_systems.py`) was mended with all pages seen, and the floors say what must not be lost of that.

A seventh (`strangers/seventh`), ten pages in nine languages, was written next and read once: title 0.90, day 0.80,
section 0.56, kind 1.0, language 0.90, body 0.989, turns 0.92, listed messages 0.83, 1 of 24 leaked, each the same as by
the program of before the sixth; of the fields called sure 46 of 48 right (before: 58 of 64). Then one thing was mended,
the foot of an article, which has the day of two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page
from importing import open_cases, stranger_pages
from importing.test_score import right_fields

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."
FLOORS = {
    "title": 1.0,
    "published": 1.0,
    "section": 0.93,
    "kind": 1.0,
    "language": 1.0,
    "event_none": 1.0,
    "body_f1": 0.995,
    "turns_strict": 0.98,
    "turns_boundary": 0.98,
    "stubs_date_title": 1.0,
}
LEAST_RIGHT = 0.98
JOINED = {
    "title": 0.98,
    "published": 0.97,
    "section": 0.90,
    "kind": 0.96,
    "language": 1.0,
    "event_none": 1.0,
    "body_f1": 0.985,
    "turns_strict": 0.97,
    "turns_boundary": 0.97,
    "stubs_date_title": 0.99,
}
"""of all pages, the third batch with them"""
MOST_LEAKS = 4
"""of all pages; of the first sixty none"""
JOINED_LEAST_RIGHT = 0.98
BY_SITE = {
    "fourth": (
        {"title": 0.79, "published": 0.82, "section": 0.42, "kind": 0.65, "body_f1": 0.91, "turns_strict": 0.68},
        {"title": 0.86, "published": 0.86, "section": 0.60, "kind": 0.68, "body_f1": 0.95, "turns_strict": 0.71},
    ),
    "fifth": (
        {"title": 0.5, "published": 1.0, "section": 0.5, "kind": 0.62, "body_f1": 0.71},
        {"title": 1.0, "published": 1.0, "section": 1.0, "kind": 0.62, "body_f1": 1.0},
    ),
}
"""of the later batches, each page alone and by its site"""
SIXTH = {
    "title": 0.95,
    "published": 1.0,
    "section": 0.9,
    "kind": 1.0,
    "language": 1.0,
    "event_none": 1.0,
    "body_f1": 0.995,
    "turns_strict": 0.9,
    "turns_boundary": 1.0,
    "stubs_date_title": 0.82,
}

SEVENTH = {"title": 0.9, "published": 1.0, "section": 0.55, "kind": 1.0, "body_f1": 0.985, "turns_strict": 0.91}


def page(body: str, head: str = "", lang: str = "en") -> Page:
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


@pytest.fixture(scope="module")
def marks() -> list[dict[str, Any]]:
    """The marks of each page, by the scorer of the open cases."""
    if not open_cases.FOLDER.exists():
        pytest.skip(open_cases.MISSING)
    records = stranger_pages.records()
    return [open_cases.scorer().score_case(records[gold["id"]], gold) for gold in stranger_pages.answers()]


def is_first(id_: str) -> bool:
    """Whether a page is one of the sixty that were read and mended before the third batch was written."""
    return id_ not in stranger_pages.third()


def of_a_batch(batch: str, *, by_site: bool) -> Any:
    records, score = stranger_pages.records_of(batch, by_site=by_site), open_cases.scorer()
    return score.total([score.score_case(records[gold["id"]], gold) for gold in stranger_pages.answers_of(batch)])


@pytest.mark.parametrize("batch", BY_SITE)
def test_what_pages_of_a_site_have_in_common_reads_them_better(batch: str, marks: list[dict[str, Any]]) -> None:
    alone, by_site = of_a_batch(batch, by_site=False), of_a_batch(batch, by_site=True)
    for total, floors in zip((alone, by_site), BY_SITE[batch], strict=True):
        assert {name: total[name][0] for name in floors if total[name][0] < floors[name]} == {}
    for name in ("title", "section", "body_f1"):
        assert by_site[name][0] > alone[name][0], name
    assert by_site["chrome_leaks"][0] < alone["chrome_leaks"][0]


@pytest.mark.parametrize(("batch", "floors", "most_leaks"), [("sixth", SIXTH, 0), ("seventh", SEVENTH, 1)])
def test_no_field_of_the_last_batches_falls_below_its_floor(
    batch: str, floors: dict[str, float], most_leaks: int, marks: list[dict[str, Any]]
) -> None:
    total = of_a_batch(batch, by_site=False)
    assert {name: total[name][0] for name in floors if total[name][0] < floors[name]} == {}
    assert total["chrome_leaks"][0] <= most_leaks


def of_later_batches(names: list[str]) -> dict[str, str]:
    """What is shown of each, alone and by site."""
    shown = {}
    for batch in (*BY_SITE, "sixth", "seventh"):
        for how, by_site in (("alone", False), ("by its site", True)):
            total = of_a_batch(batch, by_site=by_site)
            own = {name: f"{total[name][0]:.3f} of {total[name][1]}" for name in names if name in total}
            own["leaks"] = "{} of {}".format(*total["chrome_leaks"])
            shown |= {f"{batch} batch, each page {how}: {name}": mark for name, mark in own.items()}
    return shown


def test_no_field_falls_below_its_floor(marks: list[dict[str, Any]], figures: Callable[..., None]) -> None:
    score = open_cases.scorer()
    first = [mark for mark, gold in zip(marks, stranger_pages.answers(), strict=True) if is_first(gold["id"])]
    assert (len(first), len(marks)) == (60, 101)
    for own, floors, most_leaks in ((first, FLOORS, 0), (marks, JOINED, MOST_LEAKS)):
        total = score.total(own)
        reached = {name: total[name][0] for name in floors}
        shown = {name: f"{mark:.3f} of {total[name][1]}" for name, mark in reached.items()}
        if own is marks:
            shown["leaks"] = "{} of {}".format(*total["chrome_leaks"])
            shown |= of_later_batches(list(floors))
            figures("strangers", "How well are pages of strangers read?", shown)
        assert {name: mark for name, mark in reached.items() if mark < floors[name]} == {}
        assert total["chrome_leaks"][0] <= most_leaks


def test_of_fields_that_are_called_sure_nearly_all_are_right(marks: list[dict[str, Any]]) -> None:
    sure: dict[bool, list[bool]] = {True: [], False: []}
    for mark, gold in zip(marks, stranger_pages.answers(), strict=True):
        record = stranger_pages.records()[gold["id"]]
        right = right_fields(record, gold, mark)
        sure[is_first(gold["id"])] += [right[name] for name in right if record["fields"][name]["confidence"] >= 0.9]
    every = [*sure[True], *sure[False]]
    assert len(sure[True]) > 200
    assert sum(sure[True]) / len(sure[True]) >= LEAST_RIGHT
    assert sum(every) / len(every) >= JOINED_LEAST_RIGHT


def listed(found: Page) -> list[tuple[str | None, str]]:
    return [(item.day, item.title) for item in found.listing.items]


@pytest.mark.parametrize(
    "item",
    [
        "<a href='/{n}'>The lamp on pier {n} is lit</a><span>{n}.03.2026</span>",
        "<a href='/{n}'>The lamp on pier {n} is lit<span>{n}.03.2026</span></a>",
        "<a href='/{n}'><span>The lamp on pier {n} is lit</span><span>{n}.03.2026</span></a>",
        "<a href='/{n}'><b>The lamp on pier {n} is lit</b> <i>{n} March 2026, 11:05</i></a>",
    ],
)
def test_a_day_in_an_element_of_its_own_ends_the_title_beside_it(item: str) -> None:
    """A page shows them apart, though nothing stands between the two elements."""
    items = "".join(f"<li>{item.format(n=n)}</li>" for n in (21, 22))
    assert listed(page(f"<h1>A lamp for the pier</h1><p>{SAID}</p><p>{MORE}</p><ul>{items}</ul>")) == [
        ("2026-03-21", "The lamp on pier 21 is lit"),
        ("2026-03-22", "The lamp on pier 22 is lit"),
    ]


def test_the_day_that_a_title_ends_with_is_no_day_of_a_list() -> None:
    """ "Summary for Monday, April 25, 2022" says what is summed up, and not when it was said."""
    items = "".join(f"<li><a href='/{n}'>Lamps in service on April {n}, 2022</a></li>" for n in (24, 25))
    assert listed(page(f"<h1>A lamp for the pier</h1><p>{SAID}</p><p>{MORE}</p><ul>{items}</ul>")) == []


def test_a_title_that_holds_its_day_between_commas_is_whole_and_its_day_the_messages() -> None:
    items = "".join(f"<div><a href='/{n}'>No: {n}, {n} March 2026, On the lamps</a></div>" for n in (21, 22))
    found = page(f"<h1>No: 23, 24 March 2026, On the old pier</h1><p>{SAID}</p><p>{MORE}</p><div>{items}</div>")
    assert str(found.published) == "2026-03-24"
    assert found.heading.title == "No: 23, 24 March 2026, On the old pier"
    assert listed(found) == [
        ("2026-03-21", "No: 21, 21 March 2026, On the lamps"),
        ("2026-03-22", "No: 22, 22 March 2026, On the lamps"),
    ]


def test_the_messages_before_and_after_are_listed() -> None:
    before, after = "<a href='/1'>The ferry sails</a>", "<a href='/2'>Oil for the lamps</a>"
    around = f"<dl><dt>Previous</dt><dd>{before}</dd><dt>Next</dt><dd>{after}</dd></dl>"
    found = page(f"<h1>A lamp for the pier</h1><p>{SAID}</p><p>{MORE}</p>{around}")
    assert found.listing.undated == ("The ferry sails", "Oil for the lamps")


def test_a_page_that_only_lists_has_the_title_over_its_list() -> None:
    rows = "".join(
        f"<tr><td>{n}.03.2026</td><td><a href='/{n}'>The lamp on pier {n}</a></td></tr>" for n in (21, 22, 23)
    )
    found = page(f"<h2>Speeches of the keeper</h2><table>{rows}</table>", "<title>Harbour</title>")
    assert (found.kind, found.heading.title, len(found.listing.items)) == ("list", "Speeches of the keeper", 3)


@pytest.mark.parametrize(
    ("over", "head"),
    [
        ("<h1>Harbour</h1><h2>The lamps of the northern pier are lit again</h2>", "<title>News: Harbour</title>"),
        ("<h2>Press release</h2><h3>The lamps of the northern pier are lit again</h3>", "<title>View</title>"),
    ],
)
def test_a_short_heading_right_over_a_long_one_is_the_sites_or_says_the_form(over: str, head: str) -> None:
    assert page(f"{over}<p>{SAID}</p><p>{MORE}</p>", head).heading.title == (
        "The lamps of the northern pier are lit again"
    )


def test_a_table_of_facts_does_not_part_a_title_from_its_text() -> None:
    rows = "".join(f"<tr><th>Fact {n}</th><td>Value {n}</td></tr>" for n in range(8))
    found = page(
        f"<h2>Press release</h2><h3>The lamps are lit again</h3><table>{rows}</table><p>{SAID}</p><p>{MORE}</p>"
    )
    assert found.heading.title == "The lamps are lit again"


def test_the_section_is_the_last_step_of_the_trail_over_a_page() -> None:
    trail = "<div>You are here: <a href='/'>Home</a> &gt; <a href='/s'>Shore</a> &gt; <a href='/l'>Lamps</a></div>"
    found = page(f"{trail}<h1>The lamps are lit again</h1><p>{SAID}</p><p>{MORE}</p>")
    assert found.heading.section == "Lamps"
    assert found.judged["section"].confidence < 0.9


def test_what_stands_between_a_deck_and_its_text_is_none_of_it() -> None:
    between = "<div>Published on 14/05/2024 17h42 Updated on 15/05/2024 09h10</div><div>Photo: Ann Lee/Harbour</div>"
    found = page(f"<h1>The lamps are lit again</h1><p>{MORE[:-1]}</p>{between}<p>{SAID}</p>")
    assert found.body == (MORE[:-1], SAID)
    assert str(found.published) == "2024-05-14"


def test_a_text_ends_with_its_box() -> None:
    box = f"<div><p>{SAID}</p><p>{MORE}</p></div>"
    found = page(f"<main><h1>The lamps are lit again</h1>{box}<div>This is no official record.</div></main>")
    assert found.body == (SAID, MORE)


def test_those_who_are_greeted_and_points_with_a_sentence_below_are_of_the_text() -> None:
    points = "<p>What is new:</p><ul><li>Two lamps</li><li>A ladder</li></ul><p>Come and see.</p>"
    found = page(f"<h1>The lamps are lit again</h1><div><p>Dear friends,</p><p>{SAID}</p><p>{MORE}</p>{points}</div>")
    assert found.body == ("Dear friends,", SAID, MORE, "What is new:", "Two lamps", "A ladder", "Come and see.")


def test_strong_type_alone_marks_questions() -> None:
    asked = ("Who lit the lamp?", "Will it burn in winter?")
    said = f"<p><b>{asked[0]}</b></p><p>Lee: {SAID}</p><p><b>{asked[1]}</b></p><p>{MORE}</p>"
    found = page(f"<h1>On the lamp</h1><p>{MORE} {SAID}</p>{said}")
    assert [(t.kind, t.mark, t.name) for t in found.turns] == [
        ("remark", None, None),
        ("question", None, None),
        ("answer", "Lee", "Lee"),
        ("question", None, None),
        ("answer", None, None),
    ]
    assert found.kind == "interview"
    assert found.judged["turns"].confidence < 0.9


def test_a_heading_between_turns_is_a_note() -> None:
    first, second = f"<p>Question: Who lit it?</p><p>Lee: {SAID}</p>", f"<p>Question: And oil?</p><p>Lee: {MORE}</p>"
    said = f"{first}<h2>On the oil</h2>{second}"
    assert [t.kind for t in page(f"<h1>On the lamp</h1>{said}").turns] == [
        "question",
        "answer",
        "note",
        "question",
        "answer",
    ]


def test_a_mark_with_a_point_and_a_dash_may_hold_abbreviated_words() -> None:
    said = "Los faros de la costa norte se encenderán de nuevo en otoño, antes de las primeras nieves."
    turns = f"P.- ¿Quién lo encendió?\n\nSr. Lara (ministro).- {said}\n\nP.- ¿Y ahora?\n\nSr. Lara.- {said}\n"
    found = read_page(capture(f"El faro del muelle\n\n3 de marzo de 2026\n\n{turns}".encode(), name="page.txt"))
    assert [turn.mark for turn in found.turns] == ["P", "Sr. Lara (ministro)", "P", "Sr. Lara"]


def test_the_heads_of_courts_and_cities_are_no_titles() -> None:
    letter = "CITY OF TESSMARK\n1 Lamp Plaza, Tessmark\n\nFOR IMMEDIATE RELEASE\n3 March 2026\n\n"
    letter += "Mayor Lee Lights the Lamp\nof the Old Pier\n\n"
    found = read_page(capture(f"{letter}{SAID}\n\n{MORE}\n\n###\n".encode(), name="page.txt"))
    assert found.heading.title == "Mayor Lee Lights the Lamp of the Old Pier"
    assert found.body == (SAID, MORE)


def test_a_labelled_day_with_its_time_is_the_day_of_a_head() -> None:
    said = "등대부는 오늘 부두 공사가 겨울이 오기 전에 마무리될 것이라고 밝혔다. 두 도시는 첫 단계에 합의했다."
    head = "등대부 정례 설명\n\n일시: 2026. 3. 5.(목) 10:00\n장소: 항구 도서관\n\n"
    found = read_page(capture(f"{head}{said}\n\n{said}\n".encode(), name="page.txt"))
    assert str(found.published) == "2026-03-05"
    assert found.heading.title == "등대부 정례 설명"


def test_a_city_behind_the_day_is_the_place() -> None:
    found = page(f"<h1>Interview of the keeper, 3 March 2026, Lisbon</h1><p>{SAID}</p><p>{MORE}</p>")
    assert found.occasion is not None
    assert (str(found.occasion.on), found.occasion.place) == ("2026-03-03", "Lisbon")


def test_what_heads_a_list_over_a_message_is_not_its_section() -> None:
    rows = "".join(f"<li><a href='/{n}'>The lamp on pier {n} is lit</a> {n}.03.2026</li>" for n in (21, 22))
    side = f"<div><h2>Press releases</h2><ul>{rows}</ul></div>"
    found = page(f"{side}<div><h1>The old pier is mended</h1><p>3 March 2026</p><p>{SAID}</p><p>{MORE}</p></div>")
    assert (found.heading.title, found.heading.section) == ("The old pier is mended", None)
    assert len(listed(found)) == 2


def test_a_line_of_links_to_several_places_is_no_title_of_a_message() -> None:
    menu = "<div><a href='/1'>Notices</a> <a href='/2'>Questions</a></div>"
    links = "<li><a href='/3'>The ferry sails again</a></li><li><a href='/4'>Oil for the old lamps</a></li>"
    others = f"<h3>Related news</h3><ul>{links}</ul>"
    found = page(f"{menu}<h1>Speech of the keeper</h1><p>{SAID}</p><p>{MORE}</p>{others}<div>© Press service</div>")
    assert found.listing.undated == ("The ferry sails again", "Oil for the old lamps")
