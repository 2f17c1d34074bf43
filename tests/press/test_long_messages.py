"""An interview of eighty turns has a table of its questions; a message with ten pictures keeps its words in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from communique.press import pages
from communique.press.file_words import size_words
from communique.press.wording import Wording
from communique.record.release import Draft
from offices import Office, id_of, make_office, message
from press import sample
from public_folder import served

ASKED = (
    "When does the ferry sail in winter, and who decides that it does not when the sound is frozen over? Number {n}."
)
PATH = "en/statements/2026/03/03/long/"


def exchange(number: int, **more: Any) -> list[dict[str, Any]]:
    asked = {"id": f"t{2 * number - 1}", "kind": "question", "blocks": [ASKED.format(n=number)], **more}
    return [
        asked,
        {"id": f"t{2 * number}", "kind": "answer", "speaker": 0, "blocks": ["At nine. " * 40 + "So it does."]},
    ]


def long_interview(exchanges: int = 40) -> dict[str, Any]:
    turns = [turn for number in range(1, exchanges + 1) for turn in exchange(number)]
    content = message("long", kind="interview", turns=turns, speakers=[{"name": "Oriel Tavenmark"}])
    del content["blocks"]
    return content


def questions_of(content: dict[str, Any]) -> list[str]:
    written = pages.message_page(sample.setting(), sample.version(sample.content("en", **content)), (), (), None)
    found = lxml.html.document_fromstring(written).xpath('//nav[@class="questions"]//li/a/span[2]')
    return [one.text_content() for one in found]


def test_a_long_interview_lists_its_questions_by_their_first_words_where_none_has_a_topic() -> None:
    listed = questions_of({"turns": long_interview()["turns"]})
    assert len(listed) == 40
    assert set(listed) == {"When does the ferry sail in winter, and who decides that it does not when the …"}
    assert questions_of({"turns": long_interview(5)["turns"]}) == [], "so few are seen at once"


def test_topics_are_listed_alone_where_an_office_gives_some() -> None:
    turns = [*exchange(1, topic="Winter"), *exchange(2, topic="Ice"), *(t for n in range(3, 9) for t in exchange(n))]
    assert questions_of({"turns": turns}) == ["Winter", "Ice"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_office(tmp_path_factory.mktemp("long"))
    pictures = [
        {
            "file": b"\x89PNG" + bytes(1_499 + number),
            "media": "image/png",
            "alternative": f"View {number}",
            "caption": f"View {number} from the quay",
            "credit": "Ilo",
            "width": 3000,
            "height": 2000,
        }
        for number in range(10)
    ]
    files = [{"file": b"%PDF" + bytes(2_412_000), "media": "application/pdf", "title": "Tide table"}]
    made.publish(Draft(id_of("long"), "publish", {**long_interview(), "pictures": pictures, "files": files}))
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def test_pictures_after_the_first_follow_the_words_each_with_its_file(office: Office) -> None:
    page = lxml.html.document_fromstring((office.site / PATH / "index.html").read_bytes())
    words = page.xpath('//div[@class="words"]/*/@class')
    assert (words[0], words[-2:]) == ("picture", ["gallery", "files"])
    assert len(page.xpath('//section[@class="gallery"]/figure')) == 9
    first = page.xpath('//div[@class="words"]/figure//span[@class="press-quality"]')[0]
    assert first.text_content() == "Download PNG · 2\u00a0kB · 3000 × 2000"
    assert first.xpath("a/@href") == page.xpath('//div[@class="words"]/figure/img/@src')
    assert page.xpath('//section[@class="files"]//span[@class="media"]')[0].text_content() == "PDF · 2,412\u00a0kB"


def test_sizes_are_said_in_the_readers_language() -> None:
    assert size_words(Wording("en"), 1) == "1\u00a0kB"
    assert size_words(Wording("en"), 18_400_000) == "18\u00a0MB"
    assert size_words(Wording("fr"), 2_412_000) == "2\u202f412\u00a0ko"


@pytest.mark.parametrize("width", [1280, 390])
def test_eighty_turns_and_ten_pictures_are_read_without_scrolling_sideways(
    office: Office, browser: Browser, width: int
) -> None:
    with served(office.public) as public:
        context = browser.new_context(viewport={"width": width, "height": 800})
        page, wrong = opened(context, f"http://127.0.0.1:{public.port}/{PATH}")
        if width < 1100:
            page.locator(".questions summary").click()
        page.locator(".questions li a").nth(38).click()
        assert page.locator("#t77:target").count() == 1
        assert abs(page.locator("#t77").bounding_box()["y"]) < 200  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert wrong == []
        context.close()
