"""Who speaks is found in the forms that transcripts have in many languages, as text and as HTML."""

from __future__ import annotations

from datetime import date

import pytest

from communique.importing.capture import capture
from communique.importing.other_calendars import other_date
from communique.importing.page import Page, read_page

FORMS = {
    "a point and a dash": (
        "es",
        ("Rueda de prensa de la ministra Ada Merrow en el puerto viejo", "Lisboa, 3 de marzo de 2026"),
        ("Ministra.- Muchas gracias por venir esta tarde al puerto viejo a pesar de la lluvia.",
         "P.- ¿Cuándo volverá a arder la lámpara del puerto?",
         "Ministra.- Antes del invierno, y lo diremos a todos cuando arda otra vez."),
        (("remark", "Ministra"), ("question", "P"), ("answer", "Ministra")),
    ),
    "brackets": (
        "ja",
        ("外務大臣会見記録", "令和8年3月3日（火曜日）14時30分"),
        ("（記者）港の灯台はいつ直りますか。冬の前でしょうか。",
         "（大臣）冬の前に直します。直ったら皆さんにお知らせします。",
         "【港新聞 山田記者】費用は誰が払いますか。", "【大臣】港が払います。いつものことです。"),
        (("question", "記者"), ("answer", "大臣"), ("question", "港新聞 山田記者"), ("answer", "大臣")),
    ),
    "a dash at the word": (
        "tr",
        ("Bakan Ada Merrow’un liman toplantısı", "Lizbon, 3 Mart 2026"),
        ("SORU- Sayın Bakan, limandaki lamba ne zaman yanacak?", "CEVAP- Kıştan önce yanacak, herkese haber vereceğiz.",
         "SORU- Masrafı kim ödeyecek?", "CEVAP- Liman, her zamanki gibi."),
        (("question", "SORU"), ("answer", "CEVAP"), ("question", "SORU"), ("answer", "CEVAP")),
    ),
    "a full-width colon": (
        "zh",
        ("外交部发言人主持例行记者会", "2026年3月3日"),
        ("问：旧码头的灯什么时候会再亮？请发言人介绍一下情况。", "答：冬天以前会修好，亮了以后我们会告诉大家。"),
        (("question", "问"), ("answer", "答")),
    ),
    "from right to left": (
        "he",
        ("ראיון עם השרה עדה מרו", "3 במרץ 2026"),
        ("שאלה: מתי תדלק שוב המנורה במזח הישן?", "עדה מרו: לפני החורף, ונודיע לכולם כשהיא תדלק שוב. אנחנו שמחים."),
        (("question", "שאלה"), ("answer", "עדה מרו")),
    ),
    "a calendar of its own": (
        "fa",
        ("مصاحبه وزیر درباره چراغ اسکله", "۱۲ اسفند ۱۴۰۴"),
        ("سوال: چراغ اسکله کی دوباره روشن می‌شود؟", "وزیر: پیش از زمستان، و وقتی روشن شد به همه خبر می‌دهیم."),
        (("question", "سوال"), ("answer", "وزیر")),
    ),
    "numbered journalists": (
        "en",
        ("Press conference of Minister Ada Merrow", "3 March 2026"),
        ("Journalist 1: When will the lamp on the old pier burn again?",
         "Ada Merrow: Before the winter, and we shall tell everybody when it does.",
         "Journalist 2: And who pays for it?", "Ada Merrow: The harbour, as it always has."),
        (("question", "Journalist 1"), ("answer", "Ada Merrow"),
         ("question", "Journalist 2"), ("answer", "Ada Merrow")),
    ),
}  # fmt: skip


def as_text(head: tuple[str, ...], said: tuple[str, ...]) -> bytes:
    return "\n\n".join((*head, *said)).encode()


def as_html(head: tuple[str, ...], said: tuple[str, ...]) -> bytes:
    title, day = head
    paragraphs = "".join(f"<p>{words}</p>" for words in (day, *said))
    menu = "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(9))
    head_of_file = f"<head><title>{title}</title></head>"
    return f"<html>{head_of_file}<body><ul>{menu}</ul><h1>{title}</h1>{paragraphs}</body></html>".encode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("made", [as_text, as_html])
def test_turns_are_found_in_every_form(form: str, made: object) -> None:
    language, head, said, turns = FORMS[form]
    assert callable(made)
    page: Page = read_page(capture(made(head, said), name="page"))
    assert page.language == language
    assert page.heading.title == head[0]
    assert str(page.published) == "2026-03-03"
    assert tuple((turn.kind, turn.mark) for turn in page.turns) == turns
    assert "\n".join(page.body).split() == "\n".join(said).split()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日（火）", date(2019, 4, 30)),
        ("中華民國115年3月3日", date(2026, 3, 3)),
        ("3 มีนาคม 2569", date(2026, 3, 3)),
        ("۱ فروردین ۱۴۰۰", date(2021, 3, 21)),
        ("30 اسفند 1403", date(2025, 3, 20)),
        ("令和8年13月3日", None),
        ("3 March 2026", None),
    ],
)
def test_dates_of_other_calendars_are_days_of_ours(printed: str, day: date | None) -> None:
    found = other_date(f"— {printed} —")
    assert (found[0] if found else None) == day


def test_a_press_conference_is_a_briefing_and_a_doorstop_is_none() -> None:
    for title, kind in (("Press conference of Ada Merrow", "briefing"), ("Doorstop interview, Lisbon", "interview")):
        said = (
            "Question: When?",
            "Ada Merrow: Before the winter, and everybody will be told.",
            "Question: So?",
            "Ada Merrow: So.",
        )
        assert read_page(capture(as_text((title, "3 March 2026"), said), name="page")).kind == kind
