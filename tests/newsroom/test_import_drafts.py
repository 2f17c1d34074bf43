"""`communique import` without --publish: all of it waits at the desk, dated, with its source, and goes out so."""

from __future__ import annotations

from pathlib import Path

from communique.importing.capture import capture
from communique.importing.page import understand
from communique.newsroom.from_import import draft_pages
from communique.newsroom.models import MessagePage, PiecePage
from communique.settings.arrivals import drafts_of_page
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared

EXAMPLE = Path(__file__).parents[2] / "examples" / "embassy-page.txt"


def imported(desk: Desk) -> list[MessagePage | PiecePage]:
    """The example page, taken to the desk."""
    page = understand(capture(EXAMPLE.read_bytes(), name=EXAMPLE.name))
    return draft_pages(drafts_of_page(desk.installation, page).release)


def test_nothing_of_an_import_is_public_and_a_second_one_makes_nothing(desk: Desk) -> None:
    before = desk.installation.reader.size()
    made = imported(desk)
    assert sum(isinstance(one, MessagePage) for one in made) > 5
    assert sum(isinstance(one, PiecePage) for one in made) > 5
    assert imported(desk) == []
    assert desk.installation.reader.size() == before


def test_what_somebody_changed_at_the_desk_stays_when_the_page_is_imported_again(desk: Desk) -> None:
    message = next(one for one in imported(desk) if isinstance(one, MessagePage))
    page = message.get_latest_revision_as_object()
    page.title = "A title that somebody gave it"
    page.save_revision(user=desk.user("wenna"))
    imported(desk)
    assert MessagePage.objects.get(pk=message.pk).get_latest_revision_as_object().title == page.title


def test_an_imported_draft_goes_out_dated_with_its_source_once_a_second_person_cleared_it(desk: Desk) -> None:
    made = imported(desk)
    for piece in desk.pieces_at_desk():
        desk.submit(piece)
        desk.clear(piece)
        desk.publish(piece)
    message = next(one for one in made if isinstance(one, MessagePage) and one.words.get("turns"))
    cleared(desk, message)
    desk.publish(message)
    reader = desk.installation.reader
    entry = list(reader.entries(0, reader.size()))[-1]
    assert (entry.kind, entry.dated) == ("import", message.act_facts["dated"])
    content = reader.edition(entry).content
    assert content["source"]["sha256"]
    assert f"/{entry.dated.replace('-', '/')}/" in f"{content['address']}/"
