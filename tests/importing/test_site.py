"""What the pages of a site have in common is learned from them and read on the others, without a word known before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from communique.importing.capture import Capture, capture
from communique.importing.learning import learned, placed_of
from communique.importing.page import Page, read_page
from communique.importing.record_json import as_record
from communique.importing.site import Site
from importing import open_cases

PLACES = ("Tessmark", "Gulland", "Carrow", "Belhaven", "Drumlin", "Fennimore")
ABOUT = "The Harbour Office looks after nine piers, four lighthouses and everybody who sails between them."


def said(number: int) -> list[str]:
    """Two paragraphs of a message that no other number has."""
    place = PLACES[number]
    return [
        f"The lamp on the pier of {place} burns again, after {number + 3} winters in which nobody had mended it.",
        f"Whoever sails to {place} by night may steer by it from the first of May, and needs no pilot any more.",
    ]


def dressed(number: int, title: str, body: Iterable[str], day: str = "") -> Capture:
    """A page of a site that gives its name the only heading of the first order, and its boilerplate a paragraph."""
    words = "".join(f"<p>{text}</p>" for text in body)
    day = day or f"{number + 1} May 2024"
    return as_page(
        "<div class='top'><h1>Harbour Office of the Northern Shore</h1></div>"
        f"<div class='box'><div class='what'>{title}</div><div class='day'>{day}</div><div class='text'>{words}</div>"
        f"<div class='us'><p>{ABOUT}</p></div></div>"
    )


def as_page(body: str) -> Capture:
    html = f"<!doctype html><html lang='en'><head><title>Harbour Office</title></head><body>{body}</body></html>"
    return capture(html.encode(), name="page.html")


def site(count: int = 4) -> list[Capture]:
    return [dressed(n, f"Light over {PLACES[n]} once more", said(n)) for n in range(count)]


def read(page: Capture, known: Site | None) -> Page:
    return read_page(page, known)


def test_what_several_messages_have_around_them_is_the_sites_and_no_title_and_no_text() -> None:
    pages = site()
    known = learned(pages)
    assert read(pages[1], None).heading.title == "Harbour Office of the Northern Shore"
    assert ABOUT in read(pages[1], None).body
    for number, page in enumerate(pages):
        found = read(page, known)
        assert found.heading.title == f"Light over {PLACES[number]} once more"
        assert found.body == tuple(said(number))


def test_a_page_that_came_later_is_read_by_what_others_taught() -> None:
    known = learned(site())
    found = read(dressed(5, "What the keeper said", said(5)), known)
    assert (found.heading.title, found.body) == ("What the keeper said", tuple(said(5)))


def test_fewer_than_three_messages_teach_nothing_and_one_under_three_addresses_is_one() -> None:
    assert learned(site(2)) is None
    assert learned([site(1)[0]] * 3) is None
    assert learned([*[site(1)[0]] * 3, site(2)[1]]) is None
    assert learned(site(3)) is not None


def test_a_question_that_is_put_to_everybody_stays() -> None:
    asked = "What would you mend first if the harbour were yours for one day, and whom would you ask to help you?"
    pages = []
    for n, place in enumerate(PLACES):
        first, second = said(n)
        words = f"<p class='a'>{first}</p><p class='q'>{asked}</p><p class='a'>{second}</p>"
        pages.append(
            as_page(
                "<div class='top'><h1>Harbour Office of the Northern Shore</h1></div>"
                f"<div class='what'>At {place}</div><div class='day'>{n + 1} May 2024</div>"
                f"<div class='text'>{words}</div><p class='q'>{ABOUT}</p>"
            )
        )
    known = learned(pages)
    for number, page in enumerate(pages):
        assert read(page, known).body == (said(number)[0], asked, said(number)[1])


def test_marks_of_who_speaks_and_closing_words_stay_though_every_page_has_them() -> None:
    pages = []
    for n in range(4):
        first, second = said(n)
        asked = [
            "Question:",
            f"Who lit the lamp of {PLACES[n]}?",
            "Answer:",
            first,
            "Question:",
            f"Is {PLACES[n]} next?",
        ]
        pages.append(dressed(n, f"On {PLACES[n]}", ["Ladies and gentlemen,", *asked, "Answer:", second, "Thank you."]))
    known = learned(pages)
    for page in pages:
        alone, found = read(page, None), read(page, known)
        assert found.body[0] == "Ladies and gentlemen,"
        assert found.body[-1] == "Thank you."
        assert [turn.kind for turn in found.turns] == [turn.kind for turn in alone.turns]
        assert found.turns


def test_what_stands_at_the_edge_of_one_cell_with_the_text_is_known_figures_aside() -> None:
    def cell(n: int) -> Capture:
        lines = [
            f"Light over {PLACES[n]}",
            f"{n + 1}.05.2024",
            *said(n),
            "Filed under Harbours",
            f"Read {n * 371} times",
        ]
        return as_page(f"<table><tr><td><h2>{lines[0]}</h2>{'<br><br>'.join(lines[1:])}</td></tr></table>")

    pages = [cell(n) for n in range(5)]
    known = learned(pages)
    for number, page in enumerate(pages):
        assert read(page, known).body == tuple(said(number))
        assert str(read(page, known).published) == f"2024-05-0{number + 1}"


def test_the_section_and_the_day_stand_where_they_stand_on_most_pages() -> None:
    def filed(n: int, section: str, day: str) -> Capture:
        words = "".join(f"<p>{text}</p>" for text in said(n))
        head = f"<div class='kind'>{section}</div><h2>Light over {PLACES[n]}</h2><div class='kept'>{day}</div>"
        return as_page(
            f"<h1>Harbour Office</h1>{head}<div class='text'>{words}</div><div class='made'>7 July 2024</div>"
        )

    sections = ("Press release", "Speech", "Press release", "Lights and lamps")
    pages = [filed(n, section, f"{n + 1} May 2024") for n, section in enumerate(sections)]
    assert read(pages[3], None).heading.section is None
    assert [read(page, learned(pages)).heading.section for page in pages] == list(sections)


def test_a_text_goes_on_to_the_end_of_the_element_that_holds_the_texts_of_its_site() -> None:
    """Alone the boilerplate below shows how far the text goes; it must not be lost with it."""
    ending = ["Who may come?", "Bring:", "A ladder", "Some oil", "The keeper waits."]
    pages = site(3)
    words = "".join(f"<p>{text}</p>" for text in [*said(4), *ending])
    box = f"<div class='text'>{words}</div><div class='us'><p>{ABOUT}</p></div><div class='more'>To the top</div>"
    head = f"<div class='what'>Light over {PLACES[4]}</div><div class='day'>5 May 2024</div>"
    last = as_page(
        f"<div class='top'><h1>Harbour Office of the Northern Shore</h1></div><div class='box'>{head}{box}</div>"
    )
    assert read(last, learned(pages)).body == (*said(4), *ending)


def test_one_line_over_each_title_that_some_share_is_their_section_in_any_words() -> None:
    def filed(n: int, over: str) -> Capture:
        words = "".join(f"<p>{text}</p>" for text in said(n))
        head = f"<h1>Harbour Office</h1><div class='over'>{over}</div><h2>Light over {PLACES[n]}</h2>"
        return as_page(f"{head}<div class='text'>{words}</div>")

    over = ("Of lamps", "Of oil", "Of lamps", "Of oil")
    pages = [filed(n, words) for n, words in enumerate(over)]
    assert read(pages[0], None).heading.section is None
    assert [read(page, learned(pages)).heading.section for page in pages] == list(over)


def test_a_section_that_every_page_prints_is_the_sites_and_the_pages() -> None:
    def filed(n: int) -> Capture:
        words = "".join(f"<p>{text}</p>" for text in said(n))
        return as_page(
            f"<p class='kind'>Press release</p><h1>Light over {PLACES[n]}</h1><div class='text'>{words}</div>"
        )

    pages = [filed(n) for n in range(4)]
    assert [read(page, learned(pages)).heading.section for page in pages] == ["Press release"] * 4


def test_of_the_open_cases_nothing_is_lost_when_each_is_read_by_its_institution() -> None:
    if not open_cases.FOLDER.exists():
        pytest.skip(open_cases.MISSING)
    answers, score = open_cases.answers(), open_cases.scorer()
    captures = {path.stem: capture(path.read_bytes(), name=path.name, any_state=True) for path in pages_of_cases()}
    together: dict[str, list[Capture]] = defaultdict(list)
    for gold in answers:
        together[gold["institution"]].append(captures[gold["id"]])
    sites = {name: found for name, pages in together.items() if (found := learned(pages))}
    golds = [gold for gold in answers if gold["institution"] in sites]
    assert len(golds) >= 8
    for gold in golds:
        page = captures[gold["id"]]
        alone, by_site = (
            score.score_case(as_record(read(page, known)), gold) for known in (None, sites[gold["institution"]])
        )
        for field in ("title", "published", "section", "kind", "body_f1"):
            assert by_site.get(field, 1) >= alone.get(field, 1), (gold["id"], field)


def pages_of_cases() -> list[Path]:
    return sorted((open_cases.FOLDER / "pages").iterdir())


def test_a_page_of_which_its_site_says_nothing_new_need_not_be_read_again() -> None:
    pages = site()
    known = learned(pages)
    assert known is not None
    assert known.tells_more_of(placed_of(read(pages[0], None)))
    assert not known.tells_more_of(placed_of(read(pages[0], known)))


def test_plain_text_belongs_to_no_site() -> None:
    texts = [capture("\n\n".join([f"On {PLACES[n]}", *said(n), ABOUT]).encode(), name="page.txt") for n in range(4)]
    assert learned(texts) is None
    known = learned(site())
    assert known is not None
    assert not known.tells_more_of(placed_of(read(texts[0], None)))
