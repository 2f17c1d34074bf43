"""Words that a reader selects are quoted exactly, in any script, and their address leads back to them for ever.

What must be quoted is worked out from the content (`selections.py`); where an address leads is seen in a photograph of
the page, on which a text fragment's words are painted green.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from browser import CHROMIUM, FLAGS, chromium
from communique.press.wording import Wording
from communique.record.release import Draft
from offices import Office, id_of, make_office, message
from press import selections
from press.selections import LANGUAGES, Selection, interview
from public_folder import served

SCRIPTS_LIMIT_BYTES = 15_000
FULL, SMALL = 50, 2
"""selections in each language"""
GREEN = (0, 255, 0)
NAME_PX = 24
"""least height of letters with their descenders in a type of 38 px"""
PAINTED_WITHIN = 20
"""tenths of a second: a page is shown, moved to the words, and painted once more"""
PAINTED = (
    "() => { const sheet = new CSSStyleSheet();"
    " sheet.replaceSync('::target-text { background: rgb(0,255,0); color: rgb(0,255,0) }');"
    " document.adoptedStyleSheets = [sheet]; }"
)
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
COPY, CITE, CARD, LINK = range(4)
VERDICTS = ("since_stands", "since_changed", "since_without")

PLACES = """
const place = ([turn, line, at]) => {
  const words = document.querySelectorAll(".turn-words")[turn];
  const block = words.querySelectorAll("p, li, h2, h3, h4, td, th")[line];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeName === "BR") {
      if (at === 0) break;
      at -= 1;
    } else if (node.nodeType === Node.TEXT_NODE) {
      const signs = [...node.data];
      last = [node, node.length];
      if (at <= signs.length) return [node, signs.slice(0, at).join("").length];
      at -= signs.length;
    }
  }
  return last;
};
"""
SELECT = f"([start, end]) => {{ {PLACES} getSelection().setBaseAndExtent(...place(start), ...place(end)); }}"
FIRST_AND_LAST = f"""([start, end]) => {{ {PLACES}
  const [[first, from], [last, to]] = [place(start), place(end)];
  const range = document.createRange();
  range.setStart(first, from);
  range.setEnd(last, to);
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {{
    if (node.nodeType !== Node.TEXT_NODE || !range.intersectsNode(node)) continue;
    if (!node.parentElement.closest(".turn-words")) continue;
    const end = node === last ? to : node.length;
    for (let at = node === first ? from : 0; at < end; at += 1) {{
      if (!/[\\p{{L}}\\p{{N}}]/u.test(node.data[at])) continue;
      const sign = document.createRange();
      sign.setStart(node, at);
      sign.setEnd(node, at + 1);
      const rect = [...sign.getClientRects()].at(-1); // the first may be that of a hyphen
      if (rect?.width > 3) found.push([rect.left, rect.top, rect.right, rect.bottom].map(Math.round));
    }}
  }}
  return found.length ? [found[0], found.at(-1)] : [];
}}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


MARK_CLIPBOARD = """async () => {
  await navigator.clipboard.writeText("nothing copied yet");
  for (let frame = 0; frame < 600 && await navigator.clipboard.readText() !== "nothing copied yet"; frame++)
    await new Promise(requestAnimationFrame);
}"""
"""what is written is not always what is read at once"""
COPIED = """async () => {
  for (let frame = 0; frame < 600; frame++) {
    const text = await navigator.clipboard.readText();
    if (text && text !== "nothing copied yet") return text;
    await new Promise(requestAnimationFrame);
  }
  return "";
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900}
    )
    yield found
    found.close()


@dataclass
class Served:
    """An office and the address at which its site is served here."""

    office: Office
    base: str

    @property
    def public_base(self) -> str:
        return f"https://{self.office.origin.split('/')[0]}"

    def here(self, address: str) -> str:
        assert address.startswith(self.public_base), address
        return address.replace(self.public_base, self.base)

    def publish(self, key: str, kind: str, content: dict[str, Any]) -> None:
        self.office.publish(Draft(id_of(key), kind, content))


@contextmanager
def site_in(folder: Path, *languages: str) -> Iterator[Served]:
    """A new office with these languages, served."""
    office = make_office(folder, languages)
    with served(office.public) as public:
        yield Served(office, f"http://127.0.0.1:{public.port}")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    with site_in(tmp_path, "en") as found:
        yield found


def selected(page: Page, found: Selection) -> None:
    """The words selected, and the row under them."""
    page.evaluate("getSelection().removeAllRanges()")
    page.wait_for_selector(".quote-row", state="detached")
    page.evaluate(SELECT, [found.start, found.end])
    page.wait_for_selector(".quote-row")


def pressed(page: Page, verb: int) -> str:
    """A verb of the row pressed: the plain text that it copied."""
    page.evaluate(MARK_CLIPBOARD)
    page.locator(".quote-verbs button").nth(verb).click()
    return str(page.evaluate(COPIED))


def rich(page: Page) -> str:
    return str(
        page.evaluate(
            "navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((blob) => blob.text())"
        )
    )


def opened(page: Page, address: str) -> Page:
    """The page at an address, opened as somebody does who has been sent it."""
    page.goto("about:blank")
    page.goto(address)
    page.evaluate(PAINTED)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def is_painted(page: Page, found: Selection) -> bool:
    """Whether the first and the last letter of a selection are in sight and are what the address points at."""
    for _ in range(PAINTED_WITHIN):
        if _is_painted_now(page, found):
            return True
        page.wait_for_timeout(100)
    return False


def _is_painted_now(page: Page, found: Selection) -> bool:
    places = page.evaluate(FIRST_AND_LAST, [found.start, found.end])
    if not places:
        return ":~:text=" in str(page.evaluate("performance.getEntriesByType('navigation')[0].name"))
    photograph = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    seen = [_is_green(photograph, place) for place in places if place[1] >= 0 and place[3] <= photograph.height]
    return bool(seen) and all(seen) and places[0][1] >= 0


def _is_green(photograph: Image.Image, place: list[int]) -> bool:
    signs = photograph.crop((place[0], place[1], max(place[2], place[0] + 1), place[3])).get_flattened_data()
    return sum(sign == GREEN for sign in signs) > len(signs) * 0.3


# ---------------------------------------------------------------- the promise


@dataclass
class Quoted:
    """A selection with what the reader was given for it."""

    language: str
    selection: Selection
    address: str


def test_selected_words_are_quoted_exactly_and_their_address_leads_back_after_corrections(
    tmp_path: Path, context: BrowserContext, full_numbers: bool, figures: Callable[..., None]
) -> None:
    with site_in(tmp_path, *LANGUAGES) as site:
        counted = quoted_and_led_back(site, context, FULL if full_numbers else SMALL)
    figures("quoting", "Do selections give exactly the words, and do their addresses lead back to them?", counted)


def quoted_and_led_back(site: Served, context: BrowserContext, number: int) -> dict[str, object]:
    """So many selections in each language, quoted, and opened again after both corrections: what was counted."""
    talks = {language: interview(language, 1) for language in LANGUAGES}
    for language, talk in talks.items():
        site.publish(language, "publish", talk)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    given = [one for language, talk in talks.items() for one in _quoted(site, page, language, talk, number)]

    for language, talk in talks.items():
        talks[language] = _corrected(talk, ["t1"])
        site.publish(language, "correct", talks[language])
    other_turn = [_led_back(site, page, one, "since_same", 2) for one in given]

    for language, talk in talks.items():
        site.publish(language, "correct", _rewritten(talk))
    same_turn = [_led_back(site, page, one, _due(one), 3) for one in given]

    assert wrong == []
    assert "\n".join(filter(None, other_turn + same_turn)) == ""
    return {
        "selections": len(given),
        "of several turns": sum(len(one.selection.words) > 1 for one in given),
        "scripts": len(talks),
        "words exact, plain and rich": len(given),
        "led back after a correction of another turn": other_turn.count(""),
        "led back after a correction of the same turn, which was said": same_turn.count(""),
        **{f"{verdict} was due": sum(_due(one) == verdict for one in given) for verdict in VERDICTS},
        "addresses that name the turn alone": sum(":~:" not in one.address for one in given),
    }


def _quoted(site: Served, page: Page, language: str, talk: dict[str, Any], number: int) -> Iterator[Quoted]:
    """Selections in one interview, each quoted: the words are held against the content."""
    chance = random.Random(f"{language} selections")
    page.goto(f"{site.base}/{talk['address']}/")
    for _ in range(number):
        found = selections.selection(talk, chance, first=1)
        selected(page, found)
        plain, html = pressed(page, COPY), rich(page)
        address = pressed(page, LINK)
        assert _words_in(plain, address, found) == [words for _, words in found.words], (language, found)
        assert _words_in_html(html) == "\n".join(words for _, words in found.words).split("\n"), (language, found)
        assert f'cite="{address}"' in html.replace("&amp;", "&")
        assert address.split("#")[1].split(":~:")[0] == found.turns[0]
        yield Quoted(language, found, address)


def _words_in(plain: str, address: str, found: Selection) -> list[str]:
    """The quoted words of each turn, from the plain text."""
    quoted, _, last = plain.rpartition("\n")
    assert last == address
    body, _, source = quoted.rpartition("\n— ")
    assert "2026" in source or "٢٠٢٦" in source
    parts = body.split("\n\n")
    if len(found.words) > 1:
        parts = [part.partition(": ")[2] for part in parts]
    return [part[1:-1] for part in parts]


def _words_in_html(html: str) -> list[str]:
    quotation = re.search(r"<blockquote.*?</blockquote>", html, re.DOTALL)
    assert quotation
    lines = re.findall(r"<p>(?!<b>)(.*?)</p>", quotation[0], re.DOTALL)
    return [_plain(line) for line in lines]


def _plain(html: str) -> str:
    for sign, written in (("\u00a0", "&nbsp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        html = html.replace(written, sign)
    return html


def _corrected(talk: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """The interview with a word more in some of its turns."""
    turns = [
        {**turn, "blocks": [*turn["blocks"], "One more."]} if turn["id"] in ids else turn for turn in talk["turns"]
    ]
    return {**talk, "turns": turns, "corrects": ids, "note": "A sentence was left out."}


def _rewritten(talk: dict[str, Any]) -> dict[str, Any]:
    """The interview with a sentence more in some turns, no word as it was in others, and without the rest."""
    turns = _corrected(talk, [turn["id"] for turn in talk["turns"] if _fate(turn["id"]) == "since_stands"])["turns"]
    for turn in turns:
        if _fate(turn["id"]) == "since_changed":
            turn["blocks"] = ["※"]
    kept = [turn for turn in turns if _fate(turn["id"]) != "since_without"]
    return {**talk, "turns": kept, "corrects": [turn["id"] for turn in kept], "note": "Much was left out."}


def _fate(turn: str) -> str:
    return VERDICTS[int(turn[1:]) % 3]


def _due(one: Quoted) -> str:
    """What must be said of a selection; an address that names the turn alone is of all its words."""
    fate = _fate(one.selection.turns[0])
    return fate if ":~:" in one.address or fate != "since_stands" else "since_changed"


def _led_back(site: Served, page: Page, one: Quoted, verdict: str, edition: int) -> str:
    """What is wrong with where an address leads, nothing if it is right."""
    wording = Wording(one.language)
    due = wording.text(verdict, n=wording.number(edition))
    opened(page, site.here(one.address))
    note = page.locator(f"#{one.selection.turns[0]} .turn-since")
    note.wait_for()
    said = note.inner_text().translate(DIGITS)
    if not said.startswith(due):
        return f"{one.address}: says {said}, not {due}"
    return "" if is_painted(page, one.selection) else f"{one.address}: leads elsewhere than to {one.selection}"


# ---------------------------------------------------------------- what is copied


STORM = "It is 3 km & <calm> — “calm”, they say."


def talk_of_two(**more: Any) -> dict[str, Any]:
    """An interview in which two answers are alike."""
    turns = [
        {"id": "t1", "kind": "question", "questioner": "Ada Wick", "outlet": "The Lantern", "blocks": ["Is it calm?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": [STORM, "Yes."]},
        {"id": "t3", "kind": "question", "questioner": "Ada Wick", "blocks": ["Is it far?"]},
        {"id": "t4", "kind": "answer", "speaker": 0, "blocks": ["Yes."]},
        {"id": "t5", "kind": "question", "questioner": "Ada Wick", "blocks": ["Is it late?"]},
        {"id": "t6", "kind": "answer", "speaker": 0, "blocks": ["Yes."]},
    ]
    content = message("talk", kind="interview", turns=turns, delivered="2026-03-02", title="Questions at sea")
    del content["blocks"]
    speakers = [{"name": "Oriel Tavenmark", "role": "Ambassador"}]
    return {**content, "speakers": speakers, "occasion": {"event": "Harbour day", "place": "Tessmark"}, **more}


@pytest.fixture
def talk(site: Served, context: BrowserContext) -> Page:
    site.publish("talk", "publish", talk_of_two())
    page = context.new_page()
    page.goto(f"{site.base}/{talk_of_two()['address']}/")
    return page


ALL_OF_T2 = Selection((1, 0, 0), (1, 0, len(STORM)), (("t2", STORM),))


def test_a_quote_names_speaker_role_occasion_day_and_address_and_its_citation_all(site: Served, talk: Page) -> None:
    selected(talk, ALL_OF_T2)
    address = pressed(talk, LINK)
    assert (
        pressed(talk, COPY)
        == f"“{STORM}”\n— Oriel Tavenmark, Ambassador, Harbour day, Tessmark, 2 March 2026\n{address}"
    )
    assert pressed(talk, CITE).splitlines()[1] == (
        "— Oriel Tavenmark, Ambassador, Questions at sea, Harbour day, Tessmark, Embassy of Orsemund, 2 March 2026,"
        " edition\u00a01."
    )
    assert "<p>It is 3 km &amp; &lt;calm&gt; — “calm”, they say.</p></blockquote>" in rich(talk)


def test_the_bibliographic_forms_open_below_and_can_be_read_by_machines(site: Served, talk: Page) -> None:
    selected(talk, ALL_OF_T2)
    assert talk.locator(".quote-row button").count() == 4
    pressed(talk, CITE)
    forms = talk.locator(".quote-more button")
    assert forms.all_inner_texts() == ["BibTeX", "CSL-JSON"]
    forms.nth(1).click()
    talk.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('['))")
    [item] = json.loads(talk.evaluate("navigator.clipboard.readText()"))
    assert (item["type"], item["author"], item["version"]) == ("interview", [{"literal": "Oriel Tavenmark"}], "1")
    assert item["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert item["annote"] == STORM
    assert item["note"] == "Ambassador"
    assert item["URL"].startswith(f"{site.public_base}/en/statements/2026/03/03/talk/editions/1/#t2:~:text=")
    forms.nth(0).click()
    talk.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('@'))")
    written = talk.evaluate("navigator.clipboard.readText()")
    assert written.startswith("@misc{talk-e1-t2,\n")
    assert "note = {Ambassador, “It is 3 km \\& <calm> — “calm”, they say.”}" in written
    assert written.count("{") == written.count("}")


def test_words_of_nobody_are_quoted_from_the_office_and_its_title_and_say_when_they_are_withdrawn(
    site: Served, context: BrowserContext
) -> None:
    page = context.new_page()
    site.publish("plain", "publish", message("plain"))
    selected_text = "getSelection().selectAllChildren(document.querySelector('.prose p'))"
    for state, more in (("current", ""), ("withdrawn", ", withdrawn")):
        if more:
            site.publish("plain", "withdraw", message("plain", state=state, notice="It does not sail."))
        page.goto(f"{site.base}/{message('plain')['address']}/")
        page.evaluate(selected_text)
        page.wait_for_selector(".quote-row")
        assert pressed(page, COPY).splitlines()[:2] == [
            "“The ferry sails at nine.”",
            f"— Embassy of Orsemund, “Statement plain”, 3 March 2026{more}",
        ]
        cited = pressed(page, CITE).splitlines()[1]
        number = 2 if more else 1
        assert cited == f"— Statement plain, Embassy of Orsemund, 3 March 2026, edition\u00a0{number}{more}."
    page.goto(f"{site.base}/{message('plain')['address']}/editions/1/")
    since(page, ".note")
    page.evaluate(selected_text)
    page.wait_for_selector(".quote-row")
    assert pressed(page, COPY).splitlines()[1].endswith("3 March 2026, withdrawn")


def test_a_note_is_nobodys_words(site: Served, context: BrowserContext) -> None:
    page = context.new_page()
    turns = [*talk_of_two()["turns"], {"id": "t7", "kind": "note", "blocks": ["Laughter."]}]
    site.publish("talk", "publish", talk_of_two(turns=turns))
    page.goto(f"{site.base}/{talk_of_two()['address']}/")
    selected(page, Selection((6, 0, 0), (6, 0, 9), ()))
    source = "Embassy of Orsemund, “Questions at sea”, Harbour day, Tessmark, 2 March 2026"
    assert pressed(page, COPY).splitlines()[:2] == ["“Laughter.”", f"— {source}"]


def test_words_of_several_turns_name_each_speaker_and_the_address_covers_all(
    site: Served, talk: Page, context: BrowserContext
) -> None:
    found = Selection((0, 0, 6), (3, 0, 4), (("t1", "calm?"),))
    selected(talk, found)
    address = pressed(talk, LINK)
    assert pressed(talk, COPY).split("\n\n") == [
        "Ada Wick, The Lantern: “calm?”",
        f"Oriel Tavenmark, Ambassador: “{STORM}\nYes.”",
        "Ada Wick: “Is it far?”",
        f"Oriel Tavenmark, Ambassador: “Yes.”\n— Harbour day, Tessmark, 2 March 2026\n{address}",
    ]
    assert is_painted(opened(context.new_page(), site.here(address)), found)


@pytest.mark.parametrize("turn", [3, 5])
def test_of_answers_that_are_alike_the_right_one_is_found(
    site: Served, talk: Page, context: BrowserContext, turn: int
) -> None:
    found = Selection((turn, 0, 0), (turn, 0, 4), ((f"t{turn + 1}", "Yes."),))
    selected(talk, found)
    address = pressed(talk, LINK)
    page = opened(context.new_page(), site.here(address))
    assert is_painted(page, found), address
    others = [Selection((one, 0, 0), (one, 0, 4), ()) for one in (3, 5) if one != turn]
    assert not any(is_painted(page, one) for one in others)


def test_words_that_end_like_an_answer_on_the_way_are_covered_to_their_end(
    site: Served, talk: Page, context: BrowserContext
) -> None:
    found = Selection(
        (0, 0, 6), (3, 0, 2), (("t1", "calm?"), ("t2", f"{STORM}\nYes."), ("t3", "Is it far?"), ("t4", "Ye"))
    )
    selected(talk, found)
    address = pressed(talk, LINK)
    assert "#t1:~:text=" in address
    page = opened(context.new_page(), site.here(address))
    assert is_painted(page, found), address
    assert not is_painted(page, Selection((5, 0, 0), (5, 0, 4), ()))


def test_a_browser_without_text_fragments_is_led_to_the_turn(site: Served, talk: Page, browser: Browser) -> None:
    selected(talk, Selection((5, 0, 0), (5, 0, 4), (("t6", "Yes."),)))
    address = site.here(pressed(talk, LINK))
    flags = [*FLAGS, "--disable-blink-features=TextFragmentIdentifiers,TextFragmentAPI"]
    older = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    page = older.new_page()
    page.goto(address)
    page.wait_for_selector("#t6:target")
    assert page.evaluate("location.hash") == "#t6"
    older.close()


def test_where_the_clipboard_is_closed_to_scripts_the_older_way_copies_both(
    site: Served, talk: Page, context: BrowserContext
) -> None:
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(talk.url)
    selected(page, ALL_OF_T2)
    page.locator(".quote-verbs button").first.click()
    page.wait_for_function("document.querySelector('.quote-verbs button').textContent === 'Copied'")
    talk.bring_to_front()
    assert talk.evaluate("navigator.clipboard.readText()").startswith(f"“{STORM}”")
    assert "<blockquote" in rich(talk)


def test_what_is_not_the_turns_own_is_never_quoted(site: Served, talk: Page) -> None:
    """Speaker, number, tools, row and the notes of later editions are not words of the turn."""
    talk.locator("#t2 .turn-words").hover()
    selected(talk, ALL_OF_T2)
    talk.evaluate("document.querySelector('.tools').append('not this')")
    talk.evaluate("getSelection().selectAllChildren(document.body)")
    talk.wait_for_selector("#t6 .quote-row")
    said = pressed(talk, COPY)
    for never in ("not this", "Copy quote", "Embassy of", "Turn", "Record", "Entry", "Link"):
        assert never not in said.rpartition("\n— ")[0]
    assert said.rpartition("\n— ")[0].count("Yes.") == 3


def test_the_row_goes_with_the_selection_and_erased_words_are_none(site: Served, talk: Page) -> None:
    selected(talk, ALL_OF_T2)
    talk.evaluate("getSelection().removeAllRanges()")
    talk.wait_for_selector(".quote-row", state="detached")
    talk.evaluate("document.querySelector('#t6 p').className = 'erased-words'")
    talk.evaluate("getSelection().selectAllChildren(document.querySelector('#t6 .turn-words'))")
    talk.wait_for_timeout(400)
    assert talk.locator(".quote-row").count() == 0


# ---------------------------------------------------------------- the picture card


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_card_is_a_png_that_carries_its_words_in_every_script(
    context: BrowserContext, language: str, tmp_path: Path
) -> None:
    with site_in(tmp_path / "office", language) as site:
        card_of(site, context.new_page(), language, tmp_path / "card.png")


def card_of(site: Served, page: Page, language: str, file: Path) -> None:
    written = interview(language, 2)
    site.publish(language, "publish", written)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{site.base}/{written['address']}/")
    long = len(selections.lines_of(written["turns"][1])[1][0])
    selected(page, Selection((1, 0, 0), (1, 1, long), ()))
    plain = pressed(page, COPY)
    page.locator(".quote-verbs button").nth(CARD).click()
    page.wait_for_selector(".quote-more canvas")
    assert page.locator(".quote-more canvas").get_attribute("aria-label") == plain
    with page.expect_download() as waiting:
        page.locator(".quote-more a").click()
    assert waiting.value.suggested_filename == "talk-2-e1-t2.png"
    waiting.value.save_as(file)
    card = Image.open(file)
    assert card.size[0] == 1200
    assert card.size[1] >= 675
    assert card.info["Description"] == plain
    assert "AltTextAccessibility" in card.info["XML:com.adobe.xmp"]
    assert _height_of_name(card) >= NAME_PX
    assert _drawn_side(card) == ("right" if language in ("ar", "he") else "left")
    assert wrong == []


def _height_of_name(card: Image.Image) -> int:
    """How high the office's name stands in the card's head."""
    box = card.convert("L").crop((180, 30, 1020, 134)).point(lambda value: 255 if value < 120 else 0).getbbox()
    assert box, "nothing stands in the head"
    return int(box[3] - box[1])


def _drawn_side(card: Image.Image) -> str:
    """On which side the card's lines begin: where the ink of their last, shortest line stands; nothing beyond edges."""
    grey = card.convert("L").crop((0, 160, 1200, card.height - 40))
    ink = grey.point(lambda value: 255 if value < 120 else 0)
    box = ink.getbbox()
    assert box
    assert box[0] >= 74, f"ink beyond the start: {box}"
    assert box[2] <= 1126, f"ink beyond the end: {box}"
    last = ink.crop((0, box[3] - 30, 1200, box[3])).getbbox()
    assert last
    return "left" if last[0] < 1200 - last[2] else "right"


# ---------------------------------------------------------------- changed since?


def since(page: Page, at: str) -> list[str]:
    page.wait_for_selector(f"{at} .turn-since")
    return [words.strip() for words in page.locator(f"{at} .turn-since").all_inner_texts()]


EDITION = "en/statements/2026/03/03/talk/editions/1/"


def changed_talk(**more: Any) -> dict[str, Any]:
    """The interview without its last answer, and another second one."""
    content = talk_of_two(**more)
    turns = [turn for turn in content["turns"] if turn["id"] != "t6"]
    turns[3] = {**turns[3], "blocks": ["No."]}
    return {**content, "turns": turns}


def test_each_turn_says_in_which_edition_it_was_changed_or_taken_out(site: Served, talk: Page) -> None:
    site.publish("talk", "update", talk_of_two(title="Questions at sea again"))
    site.publish("talk", "correct", changed_talk(note="The answer was no."))
    site.publish("talk", "update", changed_talk(title="Questions on land"))
    talk.goto(f"{site.base}/{EDITION}#t2")
    assert since(talk, "#t2") == ["Unchanged in edition 4, the newest"]
    assert since(talk, "#t4") == ["Changed in edition 3 · What changed"]
    assert since(talk, "#t6") == ["Taken out in edition 3 · What changed"]
    assert talk.locator(".turn-since").count() == 3


def edited(site: Served, *contents: dict[str, Any]) -> None:
    """Editions of the interview, one after the other; the press sets them all at the end."""
    for number, content in enumerate(contents, 1):
        site.office.baking = number == len(contents)
        site.publish("talk", "correct", content)


def with_words(**blocks: list[str] | None) -> dict[str, Any]:
    """The interview with other words in some turns, or without them."""
    turns = [{**turn, "blocks": blocks.get(turn["id"], turn["blocks"])} for turn in talk_of_two()["turns"]]
    return talk_of_two(turns=[turn for turn in turns if turn["blocks"] is not None], note="Other words.")


def test_of_many_editions_the_one_of_the_change_is_named_and_led_to(site: Served, talk: Page) -> None:
    """t1 changed in edition 2, t2 in 15, t4 in 4 and back in 5, t5 in 4, back in 9, and again in 16; t6 is gone."""
    later: dict[str, list[str] | None] = {}
    contents = []
    at: dict[int, dict[str, list[str] | None]] = {
        2: {"t1": ["Is it windy?"]},
        4: {"t4": ["No."], "t5": ["Is it dark?"]},
        5: {"t4": ["Yes."]},
        9: {"t5": ["Is it late?"]},
        15: {"t2": ["It is far."], "t6": ["Perhaps."]},
        16: {"t5": ["Is it cold?"], "t6": None},
    }
    for number in range(2, 19):
        later |= at.get(number, {})
        contents.append({**with_words(**later), "title": f"Questions at sea, once more {number}"})
    edited(site, *contents)
    talk.goto(f"{site.base}/{EDITION}#t4")
    said = {"t1": "Changed in edition 2", "t2": "Changed in edition 15", "t5": "Changed in edition 16"}
    for turn, words in (said | {"t6": "Taken out in edition 16"}).items():
        assert since(talk, f"#{turn}") == [f"{words} · What changed"]
        changes = f"/{EDITION.replace('/1/', f'/{words.split()[-1]}/')}changes/"
        assert since_links(talk, f"#{turn}") == [("What changed", changes)]
    assert since(talk, "#t4") == ["Unchanged in edition 18, the newest"]
    assert talk.locator(".turn-since").count() == 5
    talk.route(f"**/{EDITION.replace('/1/', '/15/')}", lambda route: route.fulfill(status=410, body="<p>Gone</p>"))
    talk.reload()
    for turn in ("t2", "t5", "t6"):  # it may have been in edition 15 that t5 and t6 were changed
        assert since(talk, f"#{turn}") == ["No longer so in edition 18, the newest"]
    assert since(talk, "#t1") == ["Changed in edition 2 · What changed"]


def test_of_quoted_words_it_is_said_whether_they_stand_not_whether_others_of_the_turn_do(
    site: Served, talk: Page
) -> None:
    calm = f"{site.base}/{EDITION}#t2:~:text=they%20say"
    edited(site, with_words(t2=["It is 3 km & <calm> —", "“calm”, they say. Yes."]))
    assert since(opened(talk, calm), "#t2") == ["Unchanged in edition 2, the newest"]  # a passage was divided
    edited(site, with_words(t2=[STORM, "No, and yes, they said."]))
    stands = "These words stand unchanged in edition 3, the newest; others here were changed · What changed"
    assert since(opened(talk, calm), "#t2") == [stands]
    assert since(opened(talk, calm.replace("they%20say", "It%20is,they%20say,-.")), "#t2") == [stands]
    changed = ["Changed in edition 3 · What changed"]
    assert since(opened(talk, calm.replace("they%20say", "Yes")), "#t2") == changed  # "yes" is another word
    assert since(opened(talk, calm.partition(":~:")[0]), "#t2") == changed
    edited(site, with_words(t2=[STORM.replace("they say", "theysay"), "No, and yes, they said."]))
    assert since(opened(talk, calm), "#t2") == ["Changed in edition 4 · What changed"]


def test_a_comparison_is_led_to_only_where_there_is_one(site: Served, talk: Page) -> None:
    site.publish("talk", "correct", changed_talk(note="The answer was no."))
    talk.goto(f"{site.base}/{EDITION}#t4")
    compared = f"/{EDITION.replace('/1/', '/2/')}changes/"
    assert talk.request.get(f"{site.base}{compared}").ok == (len(since_links(talk, "#t4")) == 1)
    talk.route(f"**{compared}", lambda route: route.fulfill(status=200, body="<p>Compared</p>"))
    talk.reload()
    assert since_links(talk, "#t4") == [("What changed", compared)]


def since_links(page: Page, at: str) -> list[tuple[str, str | None]]:
    page.wait_for_selector(f"{at} .turn-since")
    links = page.locator(f"{at} .turn-since a").all()
    return [(link.inner_text(), link.get_attribute("href")) for link in links]


def test_a_withdrawal_is_said_first_and_a_text_without_turns_says_it_in_its_note(
    site: Served, context: BrowserContext
) -> None:
    page = context.new_page()
    site.publish("plain", "publish", message("plain"))
    path = "en/statements/2026/03/03/plain"
    page.goto(f"{site.base}/{path}/editions/1/")
    assert since(page, ".note") == ["Unchanged in edition 1, the newest"]
    site.publish("plain", "correct", message("plain", "The ferry sails at ten.", note="The hour was wrong."))
    page.goto(f"{site.base}/{path}/editions/1/")
    assert since(page, ".note") == ["Changed in edition 2 · What changed"]
    changed = message("plain", "The ferry sails at ten.", state="withdrawn", notice="It does not sail.")
    site.publish("plain", "withdraw", changed)
    page.goto(f"{site.base}/{path}/editions/2/")
    page.wait_for_function("document.querySelectorAll('.turn-since').length === 2")
    assert since_links(page, ".note") == [("Withdrawn", f"/{path}/")]


def test_a_copy_kept_elsewhere_says_that_the_message_was_removed(site: Served, talk: Page) -> None:
    kept = (site.office.site / EDITION / "index.html").read_text("utf-8")
    site.publish("talk", "remove", talk_of_two(state="removed", notice="By mistake."))
    talk.route(f"**/{EDITION}", lambda route: route.fulfill(status=200, body=kept, content_type="text/html"))
    talk.goto(f"{site.base}/{EDITION}")
    assert since(talk, ".note") == ["Removed"]


def test_without_script_the_page_says_which_edition_followed(site: Served, browser: Browser) -> None:
    site.publish("talk", "publish", talk_of_two())
    site.publish("talk", "correct", changed_talk(note="The answer was no."))
    silent = browser.new_context(java_script_enabled=False)
    page = silent.new_page()
    page.goto(f"{site.base}/{EDITION}#t2")
    assert "Edition 2 followed" in page.locator(".note").first.inner_text()
    silent.close()


# ---------------------------------------------------------------- keys, and weights


def test_arrows_go_from_turn_to_turn_only_while_a_number_has_the_focus(talk: Page) -> None:
    def focused() -> str:
        return str(talk.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.nodeName"))

    talk.keyboard.press("ArrowDown")
    assert focused() == "BODY"
    talk.locator("#t2 .turn-number").focus()
    talk.keyboard.press("ArrowDown")
    assert focused() == "#t3"
    talk.keyboard.press("End")
    talk.keyboard.press("ArrowDown")
    assert focused() == "#t6"
    talk.keyboard.press("Home")
    talk.keyboard.press("ArrowUp")
    assert focused() == "#t1"
    talk.keyboard.press("Alt+ArrowDown")
    talk.keyboard.press("j")
    assert focused() == "#t1"
    keys = talk.locator("#t1 .keys")
    assert keys.is_visible()
    assert keys.inner_text() == "Keys ↓ ↑: from turn to turn"
    assert talk.locator("#t1 .turn-number").get_attribute("aria-describedby") == keys.get_attribute("id")
    assert not talk.locator("#t2 .keys").is_visible()


def test_all_scripts_of_a_page_together_weigh_little(site: Served, figures: Callable[..., None]) -> None:
    """What a page loads by itself and what a press may make it load."""
    recording = {"file": b"ID3 talk", "media": "audio/mpeg"}
    site.publish("talk", "publish", talk_of_two(recordings=[recording]))
    weights = {}
    for name, path in (("a message", f"{talk_of_two()['address']}/"), ("an edition", EDITION)):
        page = (site.office.site / path / "index.html").read_text("utf-8")
        scripts = set(re.findall(r'(?:<script src|data-[a-z]+)="/(assets/[^"]+\.js)"', page))
        assert any("card" in script for script in scripts)
        files = [site.office.site / script for script in scripts]
        sent = [file.with_name(f"{file.name}.br") for file in files]
        weights[name] = sum(
            (small if small.exists() else file).stat().st_size for small, file in zip(sent, files, strict=True)
        )
    figures("scripts", "How much do all scripts of a page weigh, compressed, in bytes?", weights)
    assert max(weights.values()) <= SCRIPTS_LIMIT_BYTES, weights
