"""Who speaks where no sign tells it: marks alone on a line, in a cell or a term; dashes; headings that ask."""

from __future__ import annotations

import io

import pytest
from docx import Document

from communique.importing.capture import capture
from communique.importing.documents import capture_of
from communique.importing.page import Page, read_page

TALKS = {
    "en": ("Question", "Ann Lee", "When will the lamp burn again?", "Before the winter, and we shall tell everybody."),
    "es": ("Pregunta", "Ana Lara", "¿Cuándo volverá a arder la lámpara?", "Antes del invierno, y lo diremos a todos."),
    "tr": ("Soru", "Ada Kaya", "Lamba ne zaman yeniden yanacak?", "Kıştan önce, ve herkese haber vereceğiz."),
    "ar": ("سؤال", "ليلى حداد", "متى تضيء المنارة من جديد؟", "قبل الشتاء، وسنخبر الجميع عندما تضيء."),
    "ja": ("質問", "山田大臣", "灯台はいつ再び点灯しますか？", "冬の前に点灯し、皆さんにお知らせします。"),
    "pt": (
        "Pergunta",
        "Ana Lima",
        "Quando volta a arder a lâmpada?",
        "Antes do inverno, e diremos a todos quando arder.",
    ),
}
LAYOUTS = {
    "a line": "<p>{mark}</p><p>{said}</p>",
    "a break": "<p><strong>{mark}<br></strong>{said}</p>",
    "a term": "<dt>{mark}</dt><dd>{said}</dd>",
    "a cell": "<tr><td>{mark}</td><td>{said}</td></tr>",
}
AROUND = {"a term": "<dl>{}</dl>", "a cell": "<table>{}</table>"}


def page(body: str, language: str = "en", title: str = "Interview on the lamp") -> Page:
    html = f"<!doctype html><html lang='{language}'><body><h1>{title}</h1><p>2026-03-03</p>{body}</body></html>"
    return read_page(capture(html.encode(), name="page.html"))


def turns(found: Page) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(turn.kind, turn.mark, turn.paragraphs) for turn in found.turns]


def rounds(language: str) -> list[tuple[str, str]]:
    asker, speaker, asked, said = TALKS[language]
    return [(asker, asked), (speaker, said)] * 2


@pytest.mark.parametrize("language", TALKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mark_alone_says_who_speaks_below_it(layout: str, language: str) -> None:
    said = "".join(LAYOUTS[layout].format(mark=mark, said=words) for mark, words in rounds(language))
    found = page(AROUND.get(layout, "{}").format(said), language)
    expected = [("question" if n % 2 == 0 else "answer", m, (w,)) for n, (m, w) in enumerate(rounds(language))]
    assert turns(found) == expected
    assert found.not_understood == ()


def test_names_alone_take_turns_where_one_of_them_asks() -> None:
    talk = [("Ada Merrow", "When will it burn?"), ("Ann Lee", "Before the winter, as we have always said.")] * 2
    found = page("".join(f"<p>{mark}</p><p>{words}</p>" for mark, words in talk))
    assert [(turn.kind, turn.mark) for turn in found.turns] == [("question", "Ada Merrow"), ("answer", "Ann Lee")] * 2


def test_a_table_of_a_word_file_in_two_columns_is_a_talk() -> None:
    document = Document()
    document.add_heading("Interview on the lamp", 1)
    table = document.add_table(0, 2)
    for mark, words in rounds("en"):
        row = table.add_row().cells
        row[0].text, row[1].text = mark, words
    file = io.BytesIO()
    document.save(file)
    found = read_page(capture_of(file.getvalue(), name="talk.docx", any_state=True))
    assert [(turn.kind, turn.mark) for turn in found.turns] == [("question", "Question"), ("answer", "Ann Lee")] * 2


def test_sub_headings_that_come_again_are_no_marks() -> None:
    said = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
    found = page("".join(f"<p>{head}</p><p>{said}</p>" for head in ("Northern Pier", "Old Harbour") * 2), title="Lamps")
    assert found.turns == ()


@pytest.mark.parametrize("dash", ["—", "–", "-"])
@pytest.mark.parametrize("language", ["en", "es", "tr"])
def test_dashes_alone_divide_question_and_answer(dash: str, language: str) -> None:
    found = page("".join(f"<p>{dash} {words}</p>" for _, words in rounds(language)), language)
    expected = [("question" if n % 2 == 0 else "answer", None, (w,)) for n, (_, w) in enumerate(rounds(language))]
    assert turns(found) == expected


def test_points_of_a_list_behind_dashes_are_no_turns() -> None:
    points = (
        "Two lamps are mended, and burn until the morning.",
        "Who pays for it?",
        "A ladder stands by.",
        "Oil is there.",
    )
    assert page("".join(f"<p>- {words}</p>" for words in points), title="On the lamps").turns == ()


def test_headings_that_ask_are_questions_of_an_interview_alone() -> None:
    body = "".join(f"<h3>{asked}</h3><p>{said} {said}</p>" for _, _, asked, said in (TALKS["en"], TALKS["en"]))
    assert [turn.kind for turn in page(body).turns] == ["question", "answer"] * 2
    assert page(body, title="All about the lamp").turns == ()
