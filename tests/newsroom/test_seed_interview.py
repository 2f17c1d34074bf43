"""The interview of the first real page, where it lies beside the project, in the editor: six turns, ids that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.importing.capture import capture
from communique.importing.page import understand
from communique.newsroom.from_import import draft_pages
from communique.newsroom.models import MessagePage
from communique.newsroom.words import checked
from communique.settings.arrivals import drafts_of_page
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared
from newsroom.words_page import desk as running_editor

PAGE = Path(__file__).parents[3] / "shared" / "seed" / "embassy-page.txt"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason=f"the first real page is not here ({PAGE})")


def imported(desk: Desk) -> MessagePage:
    """The page's own message, as a draft at the desk."""
    page = understand(capture(PAGE.read_bytes(), name=PAGE.name))
    made = draft_pages(drafts_of_page(desk.installation, page).release)
    (message,) = [one for one in made if isinstance(one, MessagePage) and one.words.get("turns")]
    return message


def test_an_import_has_six_turns_at_the_desk_and_a_second_one_changes_nothing(desk: Desk) -> None:
    message = imported(desk)
    turns = message.words["turns"]
    assert [turn["id"] for turn in turns] == ["t1", "t2", "t3", "t4", "t5", "t6"]
    assert [turn["kind"] for turn in turns] == ["question", "answer"] * 3
    page = understand(capture(PAGE.read_bytes(), name=PAGE.name))
    assert draft_pages(drafts_of_page(desk.installation, page).release) == []


def test_splitting_one_answer_and_merging_it_back_leaves_every_id_and_public_address(desk: Desk) -> None:
    message = imported(desk)
    for piece in desk.pieces_at_desk():  # the sections and persons to which it refers
        desk.submit(piece)
        desk.clear(piece)
        desk.publish(piece)
    cleared(desk, message)
    desk.publish(message)
    address = desk.address_of(message)
    before = desk.public(address)
    assert [f'id="t{n}"' in before for n in range(1, 8)] == [True] * 6 + [False]
    words = checked(message.words)
    with running_editor() as running, running.edited(words) as editor:
        second = words["turns"][1]["blocks"][0]
        text = second if isinstance(second, str) else second["text"]
        editor.at("t2", text[text.index(". ") + 2 :][:12])
        editor.keys("Control+Enter")
        assert editor.ids == ["t1", "t2", f"t{words['next']}", "t3", "t4", "t5", "t6"]
        editor.keys("Control+Backspace")
        after = editor.value
    assert after == {**words, "next": words["next"] + 1}
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{message.pk}/act/update/", {"note": "Looked through once more."})
    page = MessagePage.objects.get(pk=message.pk).get_latest_revision_as_object()
    page.words = after
    page.save_revision(user=desk.user("wenna"))
    cleared(desk, page)
    desk.publish(page)
    assert desk.address_of(message) == address
    again = desk.public(address)
    assert [f'id="t{n}"' in again for n in range(1, 8)] == [True] * 6 + [False]
