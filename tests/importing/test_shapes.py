"""Pages of the example's shape in which one part is otherwise: a short message, a list without dates, another order.

Whatever the shape: nothing of one part is in another, the title stays as printed, and nothing is lost in silence.
"""

from __future__ import annotations

import pytest

from communique.importing.capture import capture
from communique.importing.page import Page, understand

TOP = ("25 October 2025\nLisbon: 02:03\nRome: 03:03",)
HEAD = ("STATEMENTS", "16.09.2025", "On the opening of the third lock")
ASKED = "Question: Will the third lock be open to small boats?"
ANSWER = "Ada Merrow: It will, and nobody will have to pay for it before the spring of next year."


def page(*blocks: str, top: tuple[str, ...] = TOP) -> Page:
    return understand(capture("\n\n".join([*top, *blocks]).encode(), name="page.txt"))


def left(found: Page) -> list[str]:
    return [line.text for line in found.not_understood]


@pytest.mark.parametrize(
    "heading", ["LATEST EVENTS", "Other news", "Dernières nouvelles", "Последние события", "最新消息", "آخر الأخبار"]
)
@pytest.mark.parametrize("items", [("A lamp", "A letter"), ("A lamp", "It burns.", "A letter", "It was read.")])
def test_an_undated_list_is_never_in_the_last_speakers_mouth(heading: str, items: tuple[str, ...]) -> None:
    found = page(*HEAD, ASKED, ANSWER, heading, *items, "all messages")
    assert [turn.paragraphs for turn in found.turns][-1] == (ANSWER.partition(": ")[2],)
    assert left(found) == list(items)
    assert (found.listing.items, found.listing.heading) == ((), heading)
    assert {found.why_left(line.number) for line in found.not_understood} == {"a listed message without a date"}


def test_capitals_above_titles_and_a_link_to_the_rest_end_the_body_whatever_they_say() -> None:
    found = page(*HEAD, ASKED, ANSWER, "FROM THE LOCK KEEPERS", "A lamp", "It burns.", "A letter", "all messages")
    assert len(found.body) == 2
    assert left(found) == ["FROM THE LOCK KEEPERS", "A lamp", "It burns.", "A letter"][1:]


@pytest.mark.parametrize("items", [("A lamp", "A letter"), ("A lamp", "It burns.", "A letter", "It was read.")])
def test_a_short_line_above_titles_and_a_link_to_the_rest_ends_the_body(items: tuple[str, ...]) -> None:
    found = page(*HEAD, ASKED, ANSWER, "What the keepers say", *items, "all messages")
    assert (len(found.body), left(found)) == (2, list(items))


def test_short_lines_of_an_answer_without_such_a_link_stay_in_it() -> None:
    found = page(*HEAD, ASKED, ANSWER, "What the keepers say", "A lamp", "A letter", "That is all.")
    assert (len(found.body), left(found)) == (6, [])


def test_capitals_inside_a_message_do_not_end_it() -> None:
    found = page(*HEAD, ANSWER, "BACKGROUND", "The lock is old, and it was mended before anybody was asked about it.")
    assert len(found.body) == 3


ITEMS = [("2025-10-21", "A lamp for the pier", "It burns."), ("2025-10-20", "A letter", "It was read.")]


HEADINGS = [(), ("LATEST EVENTS",), ("What else the keepers said",)]
DATED = [
    ("21.10.2025\nA lamp for the pier\nIt burns.", "20.10.2025\nA letter\nIt was read."),
    ("A lamp for the pier\n21.10.2025\nIt burns.", "A letter\n20.10.2025\nIt was read."),
    ("21 October 2025", "A lamp for the pier", "It burns.", "20 October 2025", "A letter", "It was read."),
]


@pytest.mark.parametrize(
    ("heading", "blocks"),
    # without a heading nothing says where the message ends and a title above its date begins
    [(heading, blocks) for heading in HEADINGS for blocks in DATED if heading or not blocks[0].startswith("A lamp")],
)
def test_dates_on_lines_of_their_own_are_those_of_their_titles(
    heading: tuple[str, ...], blocks: tuple[str, ...]
) -> None:
    found = page(*HEAD, ASKED, ANSWER, *heading, *blocks, "all messages")
    assert [(item.day, item.title, item.teaser) for item in found.listing.items] == ITEMS
    assert (len(found.body), left(found)) == (2, [])


def test_dates_behind_titles_are_those_of_listed_messages() -> None:
    listed = ("A lamp for the pier (21.10.2025)", "It burns.", "A letter - 20.10.2025", "It was read.")
    found = page(*HEAD, ASKED, ANSWER, "LATEST EVENTS", *listed, "all messages")
    assert [(item.day, item.title, item.teaser) for item in found.listing.items] == ITEMS
    assert (len(found.body), left(found)) == (2, [])


@pytest.mark.parametrize(
    "listed",
    [
        ("21.10.2025 - One", "It burns.", "Without a date", "Unlit.", "20.10.2025 - Two", "It was.", "1.10.2025 - Six"),
        ("Without a date", "Unlit.", "21.10.2025 - One", "It burns.", "20.10.2025 - Two", "It was."),
        ("21.10.2025 - One", "20.10.2025 - Two", "Without a date", "Unlit."),
        ("21.10.2025 - One", "It burns.", "Without a date", "Unlit."),
    ],
)
def test_a_title_without_a_date_among_dated_ones_is_said_and_in_no_other(listed: tuple[str, ...]) -> None:
    found = page(*HEAD, ANSWER, "LATEST EVENTS", *listed, "all messages")
    assert left(found) == ["Without a date", "Unlit."]
    assert found.heading.title == HEAD[2]
    assert all("Unlit" not in (item.teaser or "") for item in found.listing.items)


def test_a_line_of_an_answer_that_begins_with_a_date_is_no_listed_message() -> None:
    said = ("12.09.2025 - that was the day when everything began for us.", "It is all there.")
    listed = ("LATEST EVENTS", "21.10.2025 - A lamp", "all messages")
    for tail in ((), listed):
        found = page(*HEAD, ASKED, ANSWER, *said, *tail)
        assert found.turns[-1].paragraphs[1:] == said
        assert [item.title for item in found.listing.items] == ["A lamp"][: len(tail)]


def test_days_told_between_two_questions_are_no_list() -> None:
    said = ("12.09.2025 - Signing", "13.09.2025 - Sailing", "Then all slept.")
    found = page(*HEAD, ASKED, ANSWER, *said, "Question: And then?", "Ada Merrow: We woke.")
    assert found.listing.items == ()
    assert [turn.kind for turn in found.turns] == ["question", "answer"] * 2


SHORT = [
    ("The Embassy will be closed on Monday.",),
    ("The Embassy will be closed on Monday, 14 September 2025.", "Please call on Tuesday."),
    ("Bring with you:", "- a lamp;", "- a letter.", "That is all."),
    ("100 days have passed since the lock was opened. We are glad about that, and we say so.", "It is long."),
]
HEADS = [HEAD, HEAD[1:], HEAD[:1] + HEAD[2:], HEAD[2:], (HEAD[0], HEAD[2], HEAD[1])]


@pytest.mark.parametrize(
    ("text", "head"),
    # only under section and date is a title told from a line below it that ends in a colon
    [(text, head) for text in SHORT for head in HEADS if not text[0].endswith(":") or head == HEAD],
)
@pytest.mark.parametrize("tail", [(), ("LATEST EVENTS", "21.10.2025 - A lamp", "all messages")])
def test_a_message_of_short_paragraphs_is_a_message(
    text: tuple[str, ...], tail: tuple[str, ...], head: tuple[str, ...]
) -> None:
    found = page(*head, *text, *tail)
    assert (found.heading.title, found.paragraphs) == (HEAD[2], text)
    assert len(found.listing.items) == bool(tail)
    assert left(found) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于第三座船闸的通知", ("大使馆星期一关闭。", "星期二照常开放。")),
        ("第三水門のお知らせ", ("大使館は月曜日に閉館します。",)),
    ],
)
def test_few_signs_are_a_message_where_each_says_more(title: str, text: tuple[str, ...]) -> None:
    found = page("公告", "2025-09-14", title, *text, top=("2025-10-25",))
    assert (found.heading.title, found.paragraphs) == (title, text)


@pytest.mark.parametrize("opening", ["Thank you for coming.", "Good morning! It is early.", "We begin."])
@pytest.mark.parametrize(
    "title",
    [
        "Ada Merrow’s answers to questions on the third lock",
        "Remarks by Ada Merrow at the Lock Fair, Ostrevell, September 13, 2025",
        "The keeper of the third lock answered the questions of everybody who had come to the opening.",
    ],
)
def test_the_line_under_section_and_date_is_the_title_and_what_follows_is_said(title: str, opening: str) -> None:
    for follows in ((ASKED, ANSWER), (ANSWER.partition(": ")[2], "It is long.")):
        found = page(HEAD[0], HEAD[1], title, opening, *follows)
        assert found.heading.title == title
        assert found.body[0] == opening
        assert left(found) == []


def test_without_a_message_nothing_of_its_head_is_claimed() -> None:
    found = page(*HEAD, "LATEST EVENTS", "21.10.2025 - A lamp", "20.10.2025 - A letter")
    assert (found.kind, found.heading.title) == ("list", None)
    assert left(found) == list(HEAD)


def test_a_countdown_is_said_and_neither_a_counter_nor_a_section() -> None:
    found = page("100 days until the summit of the lock keepers", *HEAD, ASKED, ANSWER)
    assert found.surroundings.counters == ()
    assert [(one.text, one.why) for one in found.left] == [
        ("100 days until the summit of the lock keepers", "counts days, and does not say since when")
    ]


EASTERN = """{day}
{clocks}

{counter}

{section}

{date}

{title}

{body}

{heading}

{listed} - {item}
"""


@pytest.mark.parametrize(
    "words",
    [
        {
            "day": "2020年10月25日", "clocks": "東京: 09:03\nロンドン: 00:03",
            "counter": "橋の開通から412日が経過しました",
            "section": "声明", "date": "2020年9月14日", "title": "水門についての会見、東京、2020年9月13日",
            "body": "質問：橋についてどう思いますか。\n\n大使：とても良い橋です。", "heading": "最新情報",
            "listed": "2020年10月21日", "item": "大使館のコメント",
        },
        {
            "day": "2020년 10월 25일", "clocks": "서울: 09:03\n런던: 00:03",
            "counter": "다리 개통 이후 412일이 지났습니다",
            "section": "성명", "date": "2020년 9월 14일", "title": "수문에 관한 회견, 서울, 2020년 9월 13일",
            "body": "질문: 다리를 어떻게 생각하십니까?\n\n대사: 아주 좋은 다리입니다.", "heading": "최신 소식",
            "listed": "2020년 10월 21일", "item": "대사관 논평",
        },
        {
            "day": "2020. október 25.", "clocks": "Budapest: 01:03\nLondon: 00:03",
            "counter": "412 nap telt el a komp indulása óta", "section": "BESZÉDEK", "date": "2020.09.14.",
            "title": "A követ válaszai a hajósok kérdéseire, Budapest, 2020. szeptember 13.",
            "body": "Kérdés: Mit gondol a hídról?\n\nKeszi Anna: Jó híd. Örülünk neki.",
            "heading": "LEGUTÓBBI ESEMÉNYEK", "listed": "2020.10.21.", "item": "A követség közleménye",
        },
    ],
    ids=["ja", "ko", "hu"],
)  # fmt: skip
def test_dates_that_begin_with_the_year_are_understood_everywhere(words: dict[str, str]) -> None:
    found = understand(capture(EASTERN.format(**words).encode(), name="page.txt"))
    assert found.not_understood == ()
    assert str(found.surroundings.day) == "2020-10-25"
    assert [(c.days, str(c.since(found.surroundings.day))) for c in found.surroundings.counters] == [
        (412, "2019-09-09")
    ]
    assert (found.heading.section, found.heading.title) == (words["section"], words["title"])
    assert str(found.published) == "2020-09-14"
    assert [turn.kind for turn in found.turns] == ["question", "answer"]
    assert [(item.day, item.title) for item in found.listing.items] == [("2020-10-21", words["item"])]
    assert found.occasion is not None
    assert str(found.occasion.on) == "2020-09-13"
