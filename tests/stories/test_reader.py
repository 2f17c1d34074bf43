"""What somebody comes for to an office's site: each task done as a reader does it, its clicks counted.

Each runs with scripts, and without them wherever the task makes sense then; the readers see the demo as a web server
hands it out, on a telephone where the task is one of the street. `TASKS` is the list.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from pdfminer.high_level import extract_text
from PIL import Image
from playwright.sync_api import Browser, Locator

from figures import in_one_line, keep
from public_folder import Public, served
from stories.hand import Album, Count, Hand
from stories.telling import NARROW, PICTURES, WIDE

QUESTION = "How many clicks does a reader need?"
ATOM = "{http://www.w3.org/2005/Atom}"
INTERVIEW = "en/speeches/2026/11/13/the-sound-at-seven/"
NIGHT = "2026-11-26T01:10:00Z"
COPIED_S = 10.0
# A browser without a telephone does nothing with the address; a page can let the press reach it, unhindered.
DIALLED = """() => addEventListener("click", (event) => {
  window.dialled = [event.target.closest("a").href, event.defaultPrevented];
})"""


@dataclass
class Reader:
    """Somebody at the demo's site, with or without scripts."""

    hand: Hand
    public: Public
    site: str
    scripts: bool

    def follows(self, name: str | re.Pattern[str], within: str = "body") -> None:
        """Presses a link of this name."""
        self.hand.clicks(self._link(name, within))

    def _link(self, name: str | re.Pattern[str], within: str) -> Locator:
        links = self.hand.page.locator(within).first.get_by_role("link", name=name, exact=True)
        return links.filter(visible=True).first

    def reads(self, words: str | re.Pattern[str], within: str = "main") -> None:
        self.hand.sees(words, within)

    def copied(self, beginning: str) -> str:
        """What lies in the clipboard, once it begins so: the browser copies after the click, not in it."""
        copied = ""
        until = time.monotonic() + COPIED_S
        while not re.match(beginning, copied) and time.monotonic() < until:
            copied = str(self.hand.page.evaluate("navigator.clipboard.readText()"))
        assert re.match(beginning, copied), copied
        return copied

    def bytes_of(self, address: str) -> bytes:
        """What a program of the reader's, one for feeds or a calendar, gets there."""
        answer = self.hand.page.request.get(self.site + address.removeprefix("/"))
        assert answer.ok, (address, answer.status)
        return answer.body()

    def target(self, name: str | re.Pattern[str], within: str = "body") -> str:
        """Where a link of this name leads."""
        return str(self._link(name, within).get_attribute("href"))


Do = Callable[[Reader], None]


@dataclass(frozen=True)
class Task:
    """Something a reader wants: in his words, how he does it, whether it needs scripts, on what he reads."""

    wish: str
    do: Do
    with_scripts_alone: bool = False
    phone: bool = False
    at: str = ""

    @property
    def name(self) -> str:
        return self.do.__name__.replace("_", "-")


def quote_the_second_answer(reader: Reader) -> None:
    reader.follows("Speeches, interviews, articles")
    reader.follows(re.compile("The Sound at Seven"))
    reader.follows(re.compile("Why crossings are cancelled"))
    answer = reader.hand.page.locator("#t5")
    answer.hover()
    reader.hand.clicks(answer.get_by_role("button", name="Quote"))
    copied = reader.copied("“May I take that one, since I was the person who did not sail[?]")
    assert "Runa Eskilmoor" in copied, copied
    assert "/editions/3/" in copied, copied
    assert "#t5" in copied, copied


def quote_a_few_words(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    reader.hand.marks("optimism", reader.hand.page.locator("#t2 .turn-words"))
    reader.hand.clicks("With citation")
    copied = reader.copied("“optimism”")
    assert "Petra Ombervane" in copied, copied
    address = re.search(r"https://\S+", copied)
    assert address, copied
    reader.hand.visit(reader.site + address[0].removeprefix("https://orsemund.example/"))
    reader.reads("an act of optimism", "#t2")


def keep_words_for_a_paper(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    reader.hand.marks("optimism", reader.hand.page.locator("#t2 .turn-words"))
    reader.hand.clicks("With citation")
    reader.hand.clicks("BibTeX")
    reader.copied(r"@\w+\{[^,]+,")


def send_a_picture_of_words(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    reader.hand.marks("optimism", reader.hand.page.locator("#t2 .turn-words"))
    reader.hand.clicks("Picture card")
    with reader.hand.page.expect_download() as download:
        reader.hand.clicks(reader.hand.page.get_by_text("Save the picture").first)
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 1000


def see_what_was_changed(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    reader.follows("What changed", ".notes .note:nth-of-type(2)")
    struck, added = reader.hand.page.locator("main del").all(), reader.hand.page.locator("main ins").all()
    assert any("139" in one.inner_text() for one in struck)
    assert any("193" in one.inner_text() for one in added)


def know_whether_words_were_changed_since(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}editions/1/#t3")
    reader.reads("Changed in edition 2" if reader.scripts else "Edition 1", "#t3" if reader.scripts else "main")
    if not reader.scripts:
        reader.follows(re.compile("newest|current", re.IGNORECASE), ".notes")
        assert reader.hand.page.url == f"{reader.site}{INTERVIEW}"


def read_arabic_beside_english(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    row = reader.hand.page.locator("main header a[href$='/beside/ar/']")
    reader.hand.clicks(row.filter(visible=True).first)
    assert reader.hand.page.locator("main [lang='ar'][dir='rtl']").first.is_visible()
    reader.reads("You were careful, which is your profession.")


def go_from_turn_to_turn_by_keys(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    reader.hand.page.locator("#t1 .turn-number").focus()
    reader.hand.presses("ArrowDown", "ArrowDown")
    assert reader.hand.page.evaluate("document.activeElement.closest('.turn').id") == "t3"


def read_one_answer_by_its_address(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}#t9")
    box = reader.hand.page.locator("#t9").bounding_box()
    assert box, "the answer is on the page"
    assert box["y"] < NARROW["height"] / 2, "the answer stands before the eyes"
    reader.reads("It may, by days rather than by weeks.", "#t9")


def read_the_front_page_in_arabic(reader: Reader) -> None:
    reader.follows("العربية")
    page = reader.hand.page.locator("html")
    assert (page.get_attribute("dir"), page.get_attribute("lang")) == ("rtl", "ar")


def telephone_the_consulate_at_night(reader: Reader) -> None:
    if reader.scripts:
        reader.reads("Closed", "body")
    line = reader.hand.page.locator("a[href='tel:01632960199']").filter(visible=True).first
    box = line.bounding_box()
    assert box, "the emergency line can be pressed"
    assert box["y"] + box["height"] <= NARROW["height"], "the emergency line is in view at once"
    if reader.scripts:
        reader.hand.page.evaluate(DIALLED)
    reader.hand.clicks(line)
    if reader.scripts:
        assert reader.hand.page.evaluate("window.dialled") == ["tel:01632960199", False], (
            "the page lets the press through"
        )


def print_an_interview(reader: Reader) -> None:
    reader.hand.visit(f"{reader.site}{INTERVIEW}")
    words = extract_text(BytesIO(reader.hand.page.pdf()))
    for expected in ("orsemund.example/en/speeches/2026/11/13/the-sound-at-seven/editions/3/", "139,400", "Edition 3"):
        assert expected in re.sub(r"\s+", " ", words), expected
    assert "All messages" not in words, "no menu on paper"


def find_last_marchs_advisories(reader: Reader) -> None:
    reader.follows("Archive")
    reader.follows("Advisory", "main")
    reader.hand.clicks(reader.hand.page.locator("a[href$='/advisory/2026/03/']").filter(visible=True).first)
    reader.reads("Spring tides in the Sound")


def find_what_was_said_at_a_place(reader: Reader) -> None:
    reader.follows("Archive")
    reader.follows("Marrowhythe", "main")
    reader.reads("Before Lantern Night")


def subscribe_to_one_speaker(reader: Reader) -> None:
    reader.follows("People")
    reader.follows("Sunna Arkvane", "main")
    address = reader.target(re.compile("feed", re.IGNORECASE), "main")
    feed = ElementTree.fromstring(reader.bytes_of(address))  # noqa: S314
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert any("Sunna Arkvane" in title for title in titles), titles


def see_why_a_notice_was_withdrawn(reader: Reader) -> None:
    reader.follows("Notices")
    reader.follows("Provisional timetable of the ferry")
    first = reader.hand.page.locator(".notes").first.inner_text()
    assert first.startswith("Withdrawn"), first
    assert len(reader.hand.page.locator(".words").inner_text()) > 300, "the text stays"


def read_the_edition_before(reader: Reader) -> None:
    reader.hand.visit(reader.site + INTERVIEW)
    reader.follows("Edition 1", ".editions")
    reader.reads(re.compile("193,400|139,400"), "main")


def put_an_event_into_a_calendar(reader: Reader) -> None:
    if not reader.hand.page.locator("main a[href$='.ics']").count():
        reader.follows(re.compile("agenda", re.IGNORECASE), "main")
    address = str(reader.hand.page.locator("main a[href$='.ics']").first.get_attribute("href"))
    (event,) = Calendar.from_ical(reader.bytes_of(address)).walk("VEVENT")[:1]
    assert str(event["SUMMARY"]).startswith("Reading by lamplight")


def save_a_picture_for_print(reader: Reader) -> None:
    reader.follows(re.compile("replies", re.IGNORECASE))
    reader.follows(re.compile("fog bell of Skelmar Point"), "main")
    address = reader.target(re.compile("Press quality"), "main")
    with Image.open(BytesIO(reader.bytes_of(address))) as picture:
        assert picture.width >= 1000
    reader.reads("Picture made by a program: Embassy of Orsemund")


def check_the_record(reader: Reader) -> None:
    reader.hand.visit(reader.site + INTERVIEW)
    reader.follows("How to check this page")
    reader.reads("communique verify")


def write_a_program(reader: Reader) -> None:
    reader.follows("For developers")
    command = reader.hand.page.locator("main pre").first.inner_text()
    address = re.search(r"https://orsemund\.example/(\S+?)[\s'\"]", command + " ")
    assert address, command
    assert b'"items"' in reader.bytes_of(address[1])


TASKS = (
    Task("quote the second answer about the ferry", quote_the_second_answer, with_scripts_alone=True),
    Task("quote a few words with their citation, and come back to them", quote_a_few_words, with_scripts_alone=True),
    Task("keep words for a paper", keep_words_for_a_paper, with_scripts_alone=True),
    Task("send a picture of words", send_a_picture_of_words, with_scripts_alone=True),
    Task("see what a correction changed", see_what_was_changed),
    Task("know whether quoted words were changed since", know_whether_words_were_changed_since),
    Task("read the interview in Arabic beside English", read_arabic_beside_english),
    Task("go from turn to turn by keys", go_from_turn_to_turn_by_keys, with_scripts_alone=True),
    Task("open the one answer whose address a friend has sent", read_one_answer_by_its_address, phone=True),
    Task("read the front page in Arabic", read_the_front_page_in_arabic, phone=True),
    Task("telephone the consulate at night", telephone_the_consulate_at_night, phone=True, at=NIGHT),
    Task("print an interview for a file", print_an_interview),
    Task("find last March’s advisories", find_last_marchs_advisories),
    Task("find what was said at a place", find_what_was_said_at_a_place),
    Task("subscribe to one speaker", subscribe_to_one_speaker),
    Task("see why a notice was withdrawn", see_why_a_notice_was_withdrawn),
    Task("read the edition before", read_the_edition_before),
    Task("put an event into a calendar", put_an_event_into_a_calendar),
    Task("save a picture for print", save_a_picture_for_print),
    Task("check what the record says", check_the_record),
    Task("write a program that reads the newest messages", write_a_program),
)
WAYS = [(task, scripts) for task in TASKS for scripts in ((True,) if task.with_scripts_alone else (True, False))]


@pytest.fixture(scope="module")
def public(installation: Path) -> Iterator[Public]:
    with served(installation / "public") as running:
        yield running


@pytest.fixture(scope="module")
def needed() -> Iterator[dict[str, object]]:
    found: dict[str, object] = {}
    yield found
    keep("reader", QUESTION, found)


@contextmanager
def reading(browser: Browser, public: Public, task: Task, scripts: bool) -> Iterator[Reader]:
    """A reader before the front page, and a picture of what he saw last."""
    context = browser.new_context(
        viewport=NARROW if task.phone else WIDE, locale="en-GB", java_script_enabled=scripts, has_touch=task.phone
    )
    if scripts:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    folder = PICTURES / "reader"
    folder.mkdir(parents=True, exist_ok=True)
    hand = Hand(context, Album(folder), Count(), "reader")
    try:
        if task.at and scripts:
            hand.page.clock.install(time=task.at)
        site = f"http://localhost:{public.port}/"
        hand.visit(f"{site}en/")
        yield Reader(hand, public, site, scripts)
        hand.page.screenshot(path=folder / f"{task.name}-{'scripts' if scripts else 'plain'}.png")
        assert hand.wrong == []
    finally:
        context.close()


@pytest.mark.parametrize(
    ("task", "scripts"), WAYS, ids=[f"{task.name}-{'scripts' if scripts else 'plain'}" for task, scripts in WAYS]
)
def test_a_reader_can(
    browser: Browser,
    public: Public,
    task: Task,
    scripts: bool,
    needed: dict[str, object],
    record_property: Callable[[str, object], None],
) -> None:
    with reading(browser, public, task, scripts) as reader:
        task.do(reader)
    count = reader.hand.count
    way = f"{task.wish}{'' if scripts else ', without scripts'}"
    needed[way] = f"{count.clicks} clicks" + (f", {count.keys} keys" if count.keys else "")
    record_property("figures", in_one_line("a reader can", {way: needed[way]}))
