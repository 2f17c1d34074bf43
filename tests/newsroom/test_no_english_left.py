"""On the desk in French and Arabic nothing is left in English, Wagtail's and Django's own sentences included.

Every address of the desk that shows a screen is asked for in each language, Wagtail's editor and account page, too, and
each is sent an empty form, so that what it then complains of is read as well. `make test` takes a third of the screens.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
import wagtail.admin
from babel.messages.pofile import read_po
from django.test import Client
from ground.speak import LANGUAGES, SLOT
from lxml import html

from newsroom.imported_pages import page
from newsroom.newsrooms import HOST, Desk, opened
from newsroom.said_on_screens import ARABIC, WORD, flat, left_in_english, texts, written_by_people
from newsroom.test_axe import addresses, furnish, shows_screen

BEFORE_THE_DESK = ("/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/l/x/")
OF_READERS = ("/readers/", "/preview/")
"""pages as readers see them speak the language of the message"""
SAID_THE_SAME = {"Monospace (code)", "Notices", "old.zip · Embassy"}
"""in French, too; and what the office of the test calls a section and a file that it imports"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, list[str]]:
    """A desk with something of each sort, and the addresses of its screens."""
    desk = opened(tmp_path_factory.mktemp("english"))
    values = furnish(desk)
    ours = [address for address in addresses(values) if shows_screen(desk, address)]
    wagtails = [f"/pages/{id_}/{part}/" for id_ in values["page_id"] for part in ("edit", "history")]
    return desk, [one for one in (*ours, *wagtails, "/account/") if not any(part in one for part in OF_READERS)]


def imported() -> list[str]:
    """What the pages of the old site say, whose lines the screens of imports show."""
    read = (html.document_fromstring(page(number)).itertext() for number in range(2))
    return sorted({line for texts_ in read for text in texts_ if len(line := text.strip()) > 3}, key=len, reverse=True)


def said_in(desk: Desk, language: str, screens: list[str]) -> dict[str, set[str]]:
    """What each screen says in a language: those before the desk as the browser asks, the others as chosen."""
    outside, inside = Client(headers={"host": HOST, "accept-language": language}), desk.client("ada")
    inside.post("/language/", {"language": language})
    asked = [(outside, one) for one in BEFORE_THE_DESK] + [(inside, one) for one in screens]
    return {address: said_at(client, address) for client, address in asked}


def said_at(client: Client, address: str) -> set[str]:
    """What a screen says when it is asked for, and when an empty form is sent there."""
    found: set[str] = set()
    for answer in (client.get(address), client.post(address, {}, follow=True)):
        if answer.content and answer.headers.get("Content-Type", "").startswith("text/html"):
            found |= texts(answer.content.decode())
    return found


def test_an_english_sentence_is_found_wherever_it_is_said() -> None:
    screen = """<html lang="ar"><body><nav aria-label="Actions"><p>محفوظ</p></nav><p dir="auto">Fog over the Sound</p>
        <p>كتبها Wenna Tregar</p><p>اقرأ content checks guide هنا</p><a href="/x" title="Open it">فتح</a>
        <script type="application/json">{"none": "No hints for now.", "kind": "plain"}</script></body></html>"""
    found = left_in_english(texts(screen), set(), ["Wenna Tregar"], "ar")
    assert found == ["Actions", "No hints for now.", "Open it", "اقرأ content checks guide هنا"]
    french = texts(screen.replace("محفوظ", "Messages"))
    assert left_in_english(french, {"No hints for now.", "Messages"}, [], "fr") == ["No hints for now."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_says_an_english_sentence(
    furnished: tuple[Desk, list[str]], language: str, full_numbers: bool
) -> None:
    desk, screens = furnished
    screens = screens if full_numbers else screens[LANGUAGES.index(language) :: 3]
    said = said_in(desk, language, screens)
    english = said_in(desk, "en", screens) if language == "fr" else {}
    assert all(said.values())
    written = [*imported(), *written_by_people()]
    found: dict[str, list[str]] = {}
    for address, texts_ in said.items():
        for text in left_in_english(texts_, english.get(address, set()), written, language):
            found.setdefault(text, []).append(address)
    assert {text: where[:3] for text, where in found.items() if text not in SAID_THE_SAME} == {}


def test_what_wagtails_scripts_say_is_said_in_arabic(desk: Desk) -> None:
    asked = Client(headers={"host": HOST, "accept-language": "ar"}).get("/jsi18n/").content.decode()
    known = json.loads(asked.split("const newcatalog = ", 1)[1].split(";\n", 1)[0])
    source = Path(wagtail.admin.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"
    wanted = [
        one.id if isinstance(one.id, str) else one.id[0] for one in read_po(BytesIO(source.read_bytes())) if one.id
    ]
    assert len(wanted) > 50
    sentences = [text for text in wanted if WORD.search(SLOT.sub("", text))]
    assert [text for text in sentences if not any(map(ARABIC.search, flat(known.get(text, ""))))] == []
