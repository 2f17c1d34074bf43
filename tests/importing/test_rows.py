"""Other messages are known by repetition, wherever their days stand, and nothing of them is the page's own message."""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, read_page

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil."
TEXT = f"<p>{SAID}</p><p>{MORE}</p>"
DAYS = (("3 May 2026", "A lamp for the old pier"), ("1 May 2026", "A letter to the keepers"))
LISTED = [("2026-05-03", DAYS[0][1]), ("2026-05-01", DAYS[1][1])]

FORMS = {
    "left": "<li>{d} <a href='/{n}'>{t}</a></li>",
    "right": "<li><a href='/{n}'>{t}</a> <span>{d}</span></li>",
    "brackets": "<li><a href='/{n}'>{t}</a> ({d})</li>",
    "above": "<li><div>{d}</div><a href='/{n}'>{t}</a></li>",
    "below": "<li><a href='/{n}'>{t}</a><div>{d}</div></li>",
    "cells": "<tr><td>{n}</td><td><a href='/{n}'>{t}</a></td><td>{d}</td></tr>",
    "terms": "<dt>{d}</dt><dd><a href='/{n}'>{t}</a></dd>",
    "in the link": "<a href='/{n}'><span>{d}</span><h3>{t}</h3><p>It burns again, and all were there.</p></a>",
    "a topic between": "<div><div>{d}</div><div>Harbour</div><h3><a href='/{n}'>{t}</a></h3></div>",
    "a link to more": "<div><div>{d}</div><div>{t}</div><div>It burns again.</div><a href='/{n}'>read on</a></div>",
}


def page(body: str, language: str = "en", head: str = "<title>On the lamp</title>") -> Page:
    html = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


def listed(found: Page) -> list[tuple[str | None, str]]:
    return [(item.day, item.title) for item in found.listing.items]


def rows(form: str, days: tuple[tuple[str, str], ...] = DAYS) -> str:
    items = "".join(FORMS[form].format(d=d, t=t, n=n) for n, (d, t) in enumerate(days, 1))
    around = {"cells": "<table>{}</table>", "terms": "<dl>{}</dl>"}
    return around.get(form, "<ul>{}</ul>" if items.startswith("<li") else "<div>{}</div>").format(items)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("above", [True, False])
def test_a_list_is_read_wherever_its_days_stand_and_the_message_is_its_own(form: str, above: bool) -> None:
    message = f"<div><h1>On the lamp</h1><div>5 May 2026</div>{TEXT}</div>"
    other = f"<div>{rows(form)}</div>"
    found = page(other + message if above else message + other)
    assert sorted(listed(found), reverse=True) == LISTED
    assert (found.heading.title, str(found.published), found.body) == ("On the lamp", "2026-05-05", (SAID, MORE))


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_only_lists_is_a_list(form: str) -> None:
    found = page(f"<h1>Speeches</h1>{rows(form)}", head="<title>Speeches</title>")
    assert (found.kind, found.body, listed(found)) == ("list", (), LISTED)


def test_days_told_in_a_text_are_no_list() -> None:
    told = f"<ul><li>3 May 2026: {SAID}</li><li>1 May 2026: {MORE}</li></ul>"
    found = page(f"<h1>On the lamp</h1><div>{TEXT}{told}<p>{SAID}!</p></div>")
    assert (len(found.body), listed(found)) == (5, [])


@pytest.mark.parametrize(("language", "day"), [("es", "2026-04-03"), ("tr", "2026-04-03"), ("en", None)])
def test_figures_alone_are_a_day_where_a_language_has_one_order(language: str, day: str | None) -> None:
    days = (("03/04/2026", DAYS[0][1]), ("02/04/2026", DAYS[1][1]))
    found = page(f"<h1>On the lamp</h1><div>{rows('left', days)}</div>", language)
    assert found.listing.items[0].day == (day if language != "en" else None)


def test_titles_with_their_forms_under_them_are_listed_without_a_day() -> None:
    items = "".join(f"<li><a href='/{n}'>{t}</a><div>Press release</div></li>" for n, (_, t) in enumerate(DAYS))
    found = page(f"<div><h1>On the lamp</h1>{TEXT}</div><h3>From the keepers</h3><ul>{items}</ul>")
    assert list(found.listing.undated) == [t for _, t in DAYS]


@pytest.mark.parametrize("told", ["<title>Harbour of Ostrevell</title>", ""])
def test_a_heading_over_a_menu_is_the_sites(told: str) -> None:
    menu = "<ul><li><a href='/'>Home</a></li></ul>"
    found = page(f"<div><h1>Harbour of Ostrevell</h1>{menu}</div><div><h2>On the lamp</h2>{TEXT}</div>", head=told)
    assert found.heading.title == "On the lamp"


TABLE = "<table><tr><th>Date</th><td>{}</td></tr><tr><th>Venue</th><td>Town Hall, Ostrevell</td></tr>{}</table>"
EVENT = "<tr><th>Event</th><td>The Fair of Lamps and all that belongs to it</td></tr>"


@pytest.mark.parametrize(("event", "on"), [(EVENT, "2026-05-04"), ("", "None")])
def test_a_table_of_facts_says_place_and_day_and_is_no_text(event: str, on: str) -> None:
    found = page(f"<h1>On the lamp</h1><div>5 May 2026</div>{TABLE.format('4 May 2026', event)}{TEXT}")
    assert found.body == (SAID, MORE)
    assert found.occasion is not None
    assert (found.occasion.place, str(found.occasion.on)) == ("Town Hall, Ostrevell", on)


SECTIONS = {
    "breadcrumbs": "<div><a href='/'>Home</a> &gt; <a href='/s'>Speeches</a> &gt; On the lamp</div>{}",
    "numbered steps": "<ol><li><a href='/'>Home</a></li><li><a href='/s'>Speeches</a></li></ol>{}",
    "the menu's item": "<ul><li><a href='/'>Home</a></li><li class='is-active'><a href='/s'>Speeches</a></li></ul>{}",
    "an item without a link": (
        "<ul><li><a href='/'>Home</a></li><li><a href='/a'>About</a></li><li><b>Speeches</b></li></ul>{}"
    ),
    "a line over the title": "<div><div>Speeches</div>{}</div>",
}


@pytest.mark.parametrize("place", SECTIONS)
def test_the_section_is_found_wherever_it_is_printed(place: str) -> None:
    found = page(SECTIONS[place].format(f"<div><h1>On the lamp</h1><div>5 May 2026</div>{TEXT}</div>"))
    assert (found.heading.section, found.heading.title) == ("Speeches", "On the lamp")


def test_the_section_stands_beside_the_day_or_in_the_head_of_the_file() -> None:
    beside = page(f"<h1>On the lamp</h1><div>Press release | 5 May 2026</div>{TEXT}")
    told = page(
        f"<h1>On the lamp</h1><div>5 May 2026</div>{TEXT}", head="<title>Harbour - Speeches - On the lamp</title>"
    )
    none = page(f"<h1>On the lamp</h1><div>5 May 2026</div>{TEXT}")
    assert [p.heading.section for p in (beside, told, none)] == ["Press release", "Speeches", None]


@pytest.mark.parametrize("label", ["Last updated", "Última actualización", "最終更新日"])
def test_the_day_of_the_last_change_is_not_the_messages(label: str) -> None:
    assert page(f"<h1>On the lamp</h1>{TEXT}<p>{label}: 2026-05-07</p>").published is None


@pytest.mark.parametrize(
    "head",
    [
        ("MEDIA RELEASE", "Ada Merrow", "Senator for Lamps", "Lamps for the old pier", "8 July 1998"),
        ("U.S. DEPARTMENT OF LAMPS", "Lamps for the old pier", "8 July 1998 Pier Entrance", "(1:05 p.m. EDT)"),
        ("Ministerio de Faros", "Comunicados", "Madrid, 8 de julio de 1998", "Lamps for the old pier"),
        ("Title: Lamps for the old pier",),
    ],
)
def test_names_bodies_times_and_labels_over_a_text_are_no_title(head: tuple[str, ...]) -> None:
    found = read_page(capture("\n\n".join([*head, SAID, MORE]).encode(), name="page.txt"))
    assert found.heading.title == "Lamps for the old pier"
    assert (str(found.published) == "1998-07-08") == (len(head) > 1)
