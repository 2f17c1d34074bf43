"""Pages are pure, safe and complete: what a reader needs is in the file itself, before any style or script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import lxml.html
import pytest

from communique.press import pages, policy
from communique.press.message_view import is_said_by
from communique.press.shown import AgendaSpan, EditionLine, Furniture, Listing, Piece, Setting
from press import sample
from press.photograph import sample_pages

DAYS = {
    "ru": {"one": "# день", "few": "# дня", "many": "# дней", "other": "# дня"},
    "ar": {"zero": "# يوم", "one": "يوم واحد", "two": "يومان", "few": "# أيام", "many": "# يومًا", "other": "# يوم"},
}
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{city}'


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return sample_pages()


def text_of(page: str) -> str:
    """The visible words in the order of the file, blanks taken together."""
    body = lxml.html.document_fromstring(page).body
    for hidden in body.xpath('//*[@hidden or contains(@class, "print-")]'):
        hidden.drop_tree()
    for unbroken in body.xpath('//span[@class="unbroken"]'):
        unbroken.drop_tag()
    return " ".join(" ".join(body.itertext()).split())


def in_order(text: str, lines: list[str]) -> None:
    place = 0
    for line in lines:
        found = text.find(line, place)
        assert found >= 0, f"{line!r} does not come after {text[max(0, place - 80) : place]!r}"
        place = found + len(line)


def interview(language: str = "en", setting: Setting | None = None, **changes: Any) -> str:
    found = sample.version(sample.content(language, **changes))
    return pages.message_page(setting or sample.setting(language), found, sample.siblings(), (), "en/speeches/")


def test_the_same_facts_give_the_same_bytes(site: dict[str, str]) -> None:
    assert sample_pages() == site


def test_every_page_has_policy_generator_and_language(site: dict[str, str]) -> None:
    for path, page in site.items():
        tree = lxml.html.document_fromstring(page)
        players = ["https://films.example"] if tree.xpath("//@data-player") else []
        wanted = policy.with_players(players)
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [wanted], path
        assert tree.xpath("//meta[@name='generator']/@content")[0].startswith("Communiqué "), path
        assert tree.get("lang") in sample.LANGUAGES
        assert tree.get("dir") == ("rtl" if tree.get("lang") == "ar" else "ltr")
        assert len(tree.xpath("//h1")) == 1, path


def test_nothing_is_inline(site: dict[str, str]) -> None:
    for path, page in site.items():
        tree = lxml.html.document_fromstring(page)
        assert tree.xpath("//style | //@style | //script[not(@src)][not(@type='application/ld+json')]") == [], path
        assert [name for node in tree.iter() for name in dict(node.attrib) if name.startswith("on")] == [], path


def test_all_links_and_assets_are_absolute_from_the_sites_root(site: dict[str, str]) -> None:
    for page in site.values():
        tree = lxml.html.document_fromstring(page)
        for address in tree.xpath("//@href | //@src | //@data-latest | //@data-record"):
            assert re.match(r"(/|#|https://|tel:|mailto:)", address), address


def test_no_word_of_anybody_becomes_markup() -> None:
    for page in hostile_pages():
        tree = lxml.html.document_fromstring(page)
        assert tree.xpath("//img[@onerror] | //script[not(@src)][not(@type='application/ld+json')]") == []
        for block in tree.xpath("//script[not(@src)]"):
            assert "<" not in block.text, "no word of anybody ends the block of data"
            assert "<script>alert(1)</script>" in str(json.loads(block.text))
        assert "<script>alert" not in page
        assert "49{city}" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def hostile_pages() -> Iterator[str]:
    """Pages in which every text of message, furniture and row is an attack."""
    furniture = Furniture(sample.ORIGIN, tuple(hostile_piece(piece) for piece in sample.furniture(sample.STORM).pieces))
    setting = Setting(furniture, "en", sample.AS_OF, {}, sample.setting().section_paths, sample.setting().people_paths)
    content = hostile(sample.content(note="n", notice="n", source={"address": "a", "captured": "c"}), message=True)
    content["blocks"] = hostile(sample.speech().content["blocks"], message=True)
    found = sample.version(content, "correct", 2)
    rows = tuple(sample.row("row0000000000001", "en/a/", "2027-03-01", EVIL, teaser=EVIL) for _ in range(2))
    listing = sample.listing()
    editions = tuple(type(line)(line.seq, line.kind, line.at, line.index, EVIL) for line in sample.editions())
    yield pages.message_page(setting, found, rows, editions, "en/x/")
    yield pages.edition_page(setting, found, rows, editions, "en/x/", editions[1])
    yield pages.front_page(setting, type(sample.front())("en", found, "en/a/", rows))
    yield pages.listing_page(
        setting,
        type(listing)("en/by/place/x/", "en", "place", "x", rows, words=EVIL),
    )
    yield pages.listing_page(
        setting, type(listing)("en/by/place/", "en", "place", None, (), names=((EVIL, "en/by/place/y/"),))
    )
    yield pages.archive_page(setting, sample.archive(EVIL))
    yield pages.agenda_page(setting, AgendaSpan("", ("2027",)))
    yield pages.latest_page(setting, rows)
    yield pages.people_page(setting)
    yield pages.person_page(setting, sample.person_listing())
    yield pages.record_page(setting, sample.ORIGIN, EVIL)
    yield pages.gone_page(setting, found)
    yield pages.tombstone_page(setting, sample.version({**content, "ground": EVIL}, "erase", 2))
    yield pages.not_found_page(setting)
    yield pages.crisis_page(setting)


STRUCTURE = {
    *("v", "type", "state", "piece", "message", "language", "original", "kind", "section", "address", "delivered"),
    *("status", "translation", "authentic", "on", "until", "time", "zone", "person", "id", "file", "media", "dates"),
    *("dateline", "colour", "second", "since", "shown", "from", "to", "languages", "target", "numerals", "link"),
}


def hostile(value: Any, message: bool = False, key: str = "") -> Any:
    """A copy with every word replaced by an attack; structure (ids, days, zones …) stays."""
    if isinstance(value, dict):
        return {
            k: v if k in STRUCTURE and not (k == "address" and key == "source") else hostile(v, message, k)
            for k, v in value.items()
        }
    if isinstance(value, list):
        if value and key == "marks":
            return value
        return [hostile(item, message, key) for item in value]
    if isinstance(value, str):
        return EVIL + "#" if key in ("one", "other", "few", "many", "two", "zero") else EVIL
    return value


def hostile_piece(piece: Piece) -> Piece:
    return Piece(piece.id, piece.index, piece.at, hostile(dict(piece.content)))


def test_an_imported_page_keeps_every_part_in_its_order() -> None:
    setting, found = sample.imported_setting(), sample.imported()
    page = text_of(pages.message_page(setting, found, (), (), "en/speeches-interviews-articles/"))
    lines = ["25 October 2020", "Moscow : 03:03", "London : 01:03", "Consular queries:", "+44 (0) 1632 960 474"]
    lines += ["info@embassy.example", "966 days have passed since the bridge was closed - no word on when it opens"]
    lines += ["958 days have passed since the lamp went out - no word on when it is lit"]
    lines += ["SPEECHES, INTERVIEWS, ARTICLES", "14.09.2020", sample.IMPORTED_TITLE]
    for turn in found.content["turns"]:
        lines += [f"{turn['mark']} {turn['blocks'][0]}", *turn["blocks"][1:]]
    in_order(page, [*lines, "LATEST EVENTS"])


def test_nothing_stands_between_two_counters() -> None:
    page = text_of(pages.message_page(sample.imported_setting(), sample.imported(), (), (), None))
    assert "no word on when it opens 958 days" in page


def test_a_mark_is_followed_at_once_by_its_words() -> None:
    page = text_of(interview())
    for turn in sample.TURNS["en"]:
        words = turn["blocks"][0]
        words = words if isinstance(words, str) else words["text"]
        mark = "Question" if turn["kind"] == "question" else sample.NAMES["en"][turn["speaker"]]
        assert f"{mark} {words[:60]}" in page


def test_latest_events_prints_day_separator_and_title_as_one_line() -> None:
    page = text_of(pages.latest_page(sample.imported_setting(), sample.imported_rows()))
    first, second = sample.imported_rows()
    assert first.title
    assert first.teaser
    assert second.title
    in_order(page, [f"21.10.2020 - {first.title}", first.teaser, f"20.10.2020 - {second.title}", "all messages"])


def test_latest_events_shows_as_many_as_the_office_chose_and_no_teaser_unless_it_did() -> None:
    page = text_of(pages.latest_page(sample.setting(), sample.rows()))
    assert str(sample.rows()[4].title) in page
    assert str(sample.rows()[5].title) not in page
    assert str(sample.rows()[4].teaser) not in page


def test_without_script_one_sentence_says_of_which_instant_the_figures_are() -> None:
    page = interview()
    assert page.count('class="as-of"') == 1
    assert "are those of 9 March 2027, 09:42 Tessmark" in text_of(page)


def test_a_counter_is_not_shown_before_its_first_day() -> None:
    early = sample.setting(as_of="2024-05-01T12:00:00Z")
    tree = lxml.html.document_fromstring(interview(setting=early))
    assert len(tree.xpath("//p[@data-since and @hidden]")) == 2


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("ru", 1, "1 день"),
        ("ru", 2, "2 дня"),
        ("ru", 11, "11 дней"),
        ("ru", 21, "21 день"),
        ("ar", 1, "يوم واحد"),
        ("ar", 2, "يومان"),
        ("ar", 3, "٣ أيام"),
        ("ar", 11, "١١ يومًا"),
        ("ar", 100, "١٠٠ يوم"),
    ],
)
def test_a_counter_takes_the_plural_of_its_day(language: str, days: int, said: str) -> None:
    as_of = f"{date(2027, 1, 1) + timedelta(days=days)}T12:00:00Z"
    counter = {"piece": "counter", "order": 0, "since": "2027-01-01", "sentence": {language: DAYS[language]}}
    pieces = (*sample.furniture(without=("counter",)).pieces, Piece("counter000000003", 99, as_of, counter))
    content = {**sample.content("en"), "language": language, "original": language}
    setting = Setting(Furniture(sample.ORIGIN, pieces), language, as_of)
    page = pages.message_page(setting, sample.version(content), (), (), None)
    words = lxml.html.document_fromstring(page).xpath("string(//p[@data-since])")
    assert words == said


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: sample.corrected(), ["Edition 2", "Corrected 8 March 2027, 09:12 Tessmark.", sample.NOTES["en"]]),
        (
            lambda: sample.withdrawn(),
            ["Withdrawn", "Withdrawn 8 March 2027, 09:12", "It was provisional", "sail twice"],
        ),
        (
            lambda: sample.version(sample.content(state="recalled", notice="Wrong file."), "recall", 2),
            ["Recalled", "Recalled 8 March", "issued by mistake", "Wrong file."],
        ),
        (lambda: sample.version(sample.content(note="More."), "update", 2), ["Edition 2", "Updated 8 March", "More."]),
        (lambda: sample.version(sample.content("fr")), ["Traduction non officielle.", "anglais", "Original"]),
        (
            lambda: sample.imported(),
            ["Imported", "Captured 25 October 2020, 00:03 UTC, from", "embassy.example/fnapr/6483", "Entry 14 shows"],
        ),
        (
            lambda: sample.version(sample.content(stub=True, turns=None, source={"captured": "2020-10-25"}), "import"),
            ["Captured 25 October 2020.", "Only this notice"],
        ),
        (
            lambda: sample.version(sample.content(blocks=[None], turns=None, erased=[{}], ground="Act 9."), "erase", 2),
            ["Erased", "erased by law on 8 March", "Act 9.", "has been erased"],
        ),
    ],
)
def test_a_state_is_said_in_words_before_the_text(made: Callable[[], Any], says: list[str]) -> None:
    version = made()
    language = version.content["language"]
    page = pages.message_page(sample.setting(language), version, sample.siblings(), sample.editions(), None)
    in_order(text_of(page).replace("\u00a0", " "), says)


def test_a_withdrawn_text_stays_whole() -> None:
    page = pages.message_page(sample.setting(), sample.withdrawn(), (), (), None)
    assert "sail twice a day, at eight and at four." in page


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_the_page_about_the_record_is_there_in_each_language_and_every_page_leads_to_that_of_its_own(
    language: str, site: dict[str, str]
) -> None:
    path = f"check/{language}/record/"
    page = lxml.html.document_fromstring(site[path])
    assert page.get("lang") == language
    others = {tag: f"/check/{tag}/record/" for tag in sample.LANGUAGES if tag != language}
    assert {link.get("lang"): link.get("href") for link in page.xpath("//nav//a[@lang]")} == others
    named = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")}
    assert named.keys() >= {*sample.LANGUAGES}
    assert all(named[tag].endswith(f"/check/{tag}/record/") for tag in sample.LANGUAGES)
    message = lxml.html.document_fromstring(site[f"{language}/speeches/2027/03/05/harbour-hour/"])
    assert set(message.xpath("//section[contains(@class,'record')]//a[contains(@href,'record/')]/@href")) == {
        f"/{path}",
        f"/{path}#check",
    }
    assert message.xpath("//footer//li[a/following-sibling::span]/a/@href") == [f"/{path}"]


def test_the_record_is_named_at_the_end_of_each_message() -> None:
    page = text_of(interview()).replace("\u00a0", " ")
    in_order(page, ["Record", "Entry 1,187", "Signed 5 March 2027, 10:00 Tessmark.", sample.ORIGIN, "7c41 e09b 52aa"])
    assert 'href="/en/speeches/2027/03/05/harbour-hour/editions/1/"' in interview()


def test_an_edition_points_to_what_followed_and_to_the_current_text(site: dict[str, str]) -> None:
    page = site["en/speeches/2027/03/05/harbour-hour/editions/1/"]
    in_order(text_of(page).replace("\u00a0", " "), ["Edition 1 of this message.", "Edition 2 followed on 8 March 2027"])
    assert 'href="/en/speeches/2027/03/05/harbour-hour/"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_every_page_says_that_it_is_invented_where_the_office_says_so(site: dict[str, str]) -> None:
    for path, page in site.items():
        if path != "imported/":
            assert re.search("are invented|sont inventés|نسج الخيال|вымышлены|虚构", page), path


def test_telephones_and_mail_run_from_left_to_right_on_an_arabic_page(site: dict[str, str]) -> None:
    tree = lxml.html.document_fromstring(site["ar/speeches/2027/03/05/harbour-hour/"])
    for node in tree.xpath("//a[starts-with(@href, 'tel:') or starts-with(@href, 'mailto:')]"):
        assert [child.get("dir") for child in node] == ["ltr"]
    assert tree.get("data-digits") == "٠١٢٣٤٥٦٧٨٩"


def test_a_person_without_a_page_is_shown_unlinked() -> None:
    without = sample.setting()
    without = Setting(without.furniture, "en", sample.AS_OF, {}, without.section_paths, {}, sample.LANGUAGES)
    tree = lxml.html.document_fromstring(interview(setting=without))
    assert tree.xpath("//span[@class='turn-mark']/a") == []
    assert "Oriel Tavenmark" in text_of(interview(setting=without))


def test_a_message_of_an_office_with_next_to_nothing_still_has_a_page() -> None:
    bare = Setting(Furniture("x.invalid/record", ()), "en", sample.AS_OF)
    content = {"v": 1, "type": "message", "state": "current", "message": "m", "language": "en", "original": "en"}
    page = pages.message_page(bare, sample.version(content), (), (), None)
    assert "A message of 5 March 2027" in page


def test_an_update_after_a_correction_still_says_what_was_corrected() -> None:
    update = sample.version(sample.content(note="Three words more."), "update", 3)
    lines = (
        EditionLine(1, "publish", "2027-03-08T07:12:00Z", 5),
        EditionLine(2, "correct", "2027-03-08T09:12:00Z", 6, "A wrong year."),
        EditionLine(3, "update", "2027-03-08T11:12:00Z", 7, "Three words more."),
    )
    page = pages.message_page(sample.setting(), update, sample.siblings(), lines, "en/speeches/")
    notes = lxml.html.document_fromstring(page).xpath("//aside[contains(@class, 'note red')]")
    assert len(notes) == 1
    in_order(" ".join(notes[0].text_content().split()), ["Edition 2", "Corrected", "A wrong year.", "Edition 1"])
    targets = [target.rpartition("editions/")[2] for target in notes[0].xpath(".//a/@href")]
    assert targets == ["1/", "2/changes/"], "the wrong text, and what was changed in it"
    assert "Corrected in edition 3" not in text_of(page)


def test_a_standing_page_says_when_it_was_last_changed_and_has_no_day_of_its_own() -> None:
    made = {**sample.content(), "kind": "standing_page", "title": "The embassy"}
    made.pop("delivered", None)
    made.pop("occasion", None)
    changed = sample.version(made, "update", 2, at="2027-03-08T07:12:00Z")
    page = pages.message_page(sample.setting(), changed, (), (), "en/embassy/")
    head = lxml.html.document_fromstring(page).xpath('//header[@class="message-head"]')[0]
    assert head.xpath(".//time") == []
    words = text_of(page)
    assert "Last changed 8 March 2027, 09:12 Tessmark" in words
    assert "First published" not in words
    assert "Standing page" not in words


@pytest.mark.parametrize(
    ("section", "kind", "said"),
    [
        ("Statements", "Statement", True),
        ("Communiqués de presse", "Communiqué de presse", True),
        ("بيانات صحفية", "بيان صحفي", True),
        ("Speeches, interviews, articles", "Speech", False),
        ("Statements", "Joint communiqué", False),
        ("News", "Notice", False),
        ("", "Notice", False),
    ],
)
def test_a_section_whose_name_says_the_kind_needs_no_second_word(section: str, kind: str, said: bool) -> None:
    assert is_said_by(section, kind) is said


@pytest.mark.parametrize(
    ("changed", "word", "colour"),
    [
        ({"title": None, "erased": True}, "erased", "ink"),
        ({"erased": True}, "erased in part", "ink"),
        ({"erased": True, "state": "withdrawn"}, "withdrawn", "red"),
        ({"erased": True, "corrected_at": "2027-03-08T07:12:00Z"}, "erased in part", "ink"),
        ({"corrected_at": "2027-03-08T07:12:00Z"}, "corrected 8 March", "red"),
    ],
)
def test_a_list_says_what_became_of_a_message_in_one_word(changed: dict[str, Any], word: str, colour: str) -> None:
    one = replace(sample.rows()[0], **{"state": "current", "corrected_at": None, **changed})
    page = pages.listing_page(sample.setting(), Listing("en/all/", "en", "all", None, (one,)))
    (state,) = lxml.html.document_fromstring(page).xpath('//strong[contains(@class, "state")]')
    assert (state.text, state.get("class")) == (word, f"state {colour}")


def test_years_in_an_office_run_from_a_day_to_a_day_and_no_line_ends_inside_one() -> None:
    role = {"name": {"en": "Keeper of the Harbour Archive"}, "since": "2016-01-04", "until": "2024-08-30"}
    person = ("person0000000077", {"piece": "person", "name": {"en": "Edda"}, "address": "edda", "roles": [role]})
    setting = replace(sample.setting("en", person), people_paths={person[0]: "en/people/edda/"})
    page = pages.people_page(setting)
    assert "Keeper of the Harbour Archive, from 4 January 2016 to 30 August 2024" in text_of(page)
    assert '<span class="unbroken">4 January 2016</span>' in page


@pytest.mark.parametrize(("language", "colon"), [("en", ": "), ("fr", "\u00a0: "), ("ar", ": ")])
def test_the_size_of_the_record_follows_a_colon_as_the_language_sets_it(language: str, colon: str) -> None:
    page = lxml.html.document_fromstring(pages.front_page(sample.setting(language), sample.front(language)))
    assert page.xpath('//footer//*[@class="record-size"]/@data-before') == [colon]


def test_a_lead_without_a_picture_says_more_of_its_text() -> None:
    words = " ".join(f"Sentence number {n} of the speech." for n in range(40))
    made = {**sample.speech().content, "blocks": [words]}
    made.pop("teaser", None)
    shown = {}
    for key, content in (("with", made), ("without", {**made, "pictures": []})):
        front = replace(sample.front(), lead=replace(sample.speech(), content=content))
        page = lxml.html.document_fromstring(pages.front_page(sample.setting(), front))
        (shown[key],) = page.xpath('//*[@class="lead-words"]/text()')
    assert len(shown["with"]) <= 240 < 500 < len(shown["without"]) <= 640
    assert words.startswith(shown["without"])


@pytest.mark.parametrize(
    ("target", "link", "shown"),
    [
        ("en/visit/", "/en/visit/", "embassy.orsemund.example/en/visit/"),
        ("/en/visit/", "/en/visit/", "embassy.orsemund.example/en/visit/"),
        ("https://visas.example/form?a=1&b=2", "https://visas.example/form?a=1&b=2", "visas.example/form?a=1&b=2"),
        ("HTTP://visas.example/", "HTTP://visas.example/", "HTTP://visas.example/"),
        ("//visas.example/", "/visas.example/", "embassy.orsemund.example/visas.example/"),
    ],
)
def test_the_small_page_at_an_old_address_leads_where_the_redirect_leads(target: str, link: str, shown: str) -> None:
    page = lxml.html.document_fromstring(pages.redirect_page(sample.setting(), "visa", target))
    assert page.xpath('//meta[@http-equiv="refresh"]/@content') == [f"0; url={link}"]
    (found,) = page.xpath('//div[@class="text prose"]//a')
    assert (found.get("href"), found.text_content()) == (link, shown)
    known = page.xpath('//link[@rel="canonical"]/@href')
    assert known == ([] if "://" in target else [f"https://embassy.orsemund.example{link}"])


@pytest.mark.parametrize("span", ["", "2027-03-09"])
def test_a_page_of_the_agenda_is_light_in_a_script_of_two_bytes_a_letter(span: str) -> None:
    title = "يتحدث مجلسا الميناءين عن جدول الشتاء لعبّارة المضيق وعن من يجوز له أن يحمل دراجته معه دون أجرة في كل رحلة"
    events = tuple(
        Piece(f"event{n:011d}", 1000 + n, sample.AS_OF, {
            "piece": "event", "order": 0, "title": {"ar": f"{title} {n}"}, "time": "18:30",
            "on": "2027-03-09" if span else (date(2027, 3, 9) + timedelta(days=100 - n)).isoformat(),
        })
        for n in range(100 if span else 300)
    )  # fmt: skip
    setting = sample.setting("ar")
    others = tuple(piece for piece in setting.furniture.pieces if piece.content["piece"] != "event")
    setting = replace(setting, furniture=Furniture(sample.ORIGIN, (*others, *events)))
    shown = AgendaSpan(span, (), events=frozenset(event.id for event in events))
    page = pages.agenda_page(setting, shown)
    assert page.count("data-until") == 100
    assert len(page.encode()) <= 60_000


def crisis_of(titles: Mapping[str, str], texts: Mapping[str, list[str]], language: str) -> str:
    """The crisis page of an office that has it in some languages."""
    content = {"piece": "crisis", "state": "current", "order": 0, "title": titles, "blocks": texts}
    crisis = Piece("crisis0000000002", 99, sample.AS_OF, content)
    setting = sample.setting(language)
    pieces = (*sample.furniture(without=("crisis",)).pieces, crisis)
    return pages.crisis_page(replace(setting, furniture=Furniture(sample.ORIGIN, pieces)))


@pytest.mark.parametrize(
    ("titles", "texts", "language", "spoken", "title", "text"),
    [
        ({"en": "Storm"}, {"en": ["Stay in."]}, "fr", "en ltr", "Storm", "Stay in."),
        ({"en": "Storm"}, {"en": ["Stay in."]}, "ar", "en ltr", "Storm", "Stay in."),
        ({"ar": "عاصفة"}, {"ar": ["ابقوا."]}, "en", "ar rtl", "عاصفة", "ابقوا."),
        ({"en": "Storm", "fr": "Tempête"}, {"en": ["Stay in."]}, "fr", "en ltr", "Storm", "Stay in."),
        ({"en": "Storm"}, {"en": ["Stay in."], "fr": ["Restez."]}, "fr", "en ltr", "Storm", "Stay in."),
        ({"en": "Storm"}, {"fr": ["Restez."]}, "ar", "fr ltr", "Information importante", "Restez."),
        ({"en": "Storm", "fr": "Tempête"}, {"en": ["Stay in."], "fr": ["Restez."]}, "fr", " ", "Tempête", "Restez."),
    ],
)
def test_a_crisis_page_in_another_language_than_its_own_says_in_which_and_is_whole_in_it(
    titles: dict[str, str], texts: dict[str, list[str]], language: str, spoken: str, title: str, text: str
) -> None:
    main = lxml.html.document_fromstring(crisis_of(titles, texts, language)).get_element_by_id("text")
    for part, words in ((main.find("header"), title), (main.find("div"), text)):
        assert part.text_content().strip() == words
        assert f"{part.get('lang', '')} {part.get('dir', '')}" == spoken
