"""Documents as word processors write them become the newsroom's words: nothing hidden gets in, nothing goes unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from odfdo import Header, List, Paragraph

from communique.edition.message import BLOCK, SPEAKER, TURN, check_blocks
from communique.edition.text import check_text
from communique.importing.errors import NotTaken
from communique.importing.found_words import FoundWords
from communique.importing.office_files import words_of_file, words_of_html
from importing.documents import (
    interview,
    link,
    open_file,
    paragraph,
    run,
    saved,
    through_odfdo,
    word_file,
)

TALK = ["Question: Will it sail?", "Edric Holmevand: It will.", "Question: When?", "Edric Holmevand: In the morning."]


def read(data: bytes | str, name: str = "talk.docx", language: str = "en") -> FoundWords:
    found = words_of_file(name, data.encode() if isinstance(data, str) else data, language)
    check_words(found.words)
    return found


def pasted(html: str, language: str = "en") -> FoundWords:
    found = words_of_html(html, language)
    check_words(found.words)
    return found


def check_words(words: dict[str, Any]) -> None:
    """Refuse words that an edition could not hold."""

    def text(_sort: str, value: Any, where: str) -> Any:
        check_text(value, where)
        return value

    for turn in words.get("turns", ()):
        TURN.walk(turn, turn["id"], text)
        check_blocks(turn["blocks"], turn["id"])
        assert turn.get("speaker", -1) < len(words.get("speakers", ()))
    for speaker in words.get("speakers", ()):
        SPEAKER.walk(speaker, "speaker", text)
    for block in words.get("blocks", ()):
        BLOCK.walk(block, "block", text)
    check_blocks(words.get("blocks", ()), "blocks")
    assert words["next"] == len(words.get("turns", ())) + 1


def kinds(found: FoundWords) -> list[str]:
    return [turn["kind"] for turn in found.words["turns"]]


def blocks(found: FoundWords) -> list[Any]:
    return found.words["blocks"]


# Word


def test_an_interview_of_python_docx_becomes_turns_with_its_speaker() -> None:
    document = Document()
    document.add_heading("Answers on the ferry", 0)
    for words in TALK:
        document.add_paragraph(words)
    found = read(saved(document))
    assert found.title == "Answers on the ferry"
    assert found.words["speakers"] == [{"name": "Edric Holmevand"}]
    assert found.words["turns"][0] == {
        "id": "t1",
        "kind": "question",
        "mark": "Question",
        "blocks": ["Will it sail?"],
    }
    assert found.words["turns"][3]["speaker"] == 0
    assert (found.words["next"], found.left) == (5, ())


def test_a_first_heading_is_the_title_and_a_first_sentence_is_none() -> None:
    document = Document()
    document.add_heading("On the third lock", 1)
    document.add_paragraph("The lock is open.")
    document.add_heading("Background", 2)
    document.add_paragraph("It was shut.")
    found = read(saved(document))
    assert found.title == "On the third lock"
    assert blocks(found) == ["The lock is open.", {"kind": "heading", "text": "Background", "level": 2}, "It was shut."]
    assert read(interview("The lock is open.")).title is None


def test_lists_emphasis_links_and_tables_stay() -> None:
    document = Document()
    first = document.add_paragraph("It is ")
    first.add_run("green").italic = True
    first.add_run(" and ")
    first.add_run("quick").bold = True
    first.add_run("2").font.superscript = True
    document.add_paragraph("Lamps", style="List Bullet")
    document.add_paragraph("Buoys", style="List Number")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, [("Port", "Day"), ("Averholm", "Monday")], strict=True):
        row.cells[0].text, row.cells[1].text = words
    found = read(saved(document))
    assert blocks(found) == [
        {
            "kind": "paragraph",
            "text": "It is green and quick2",
            "marks": [[6, 11, "emphasis"], [16, 21, "strong"], [21, 22, "superscript"]],
        },
        {"kind": "item", "text": "Lamps"},
        {"kind": "item", "text": "Buoys", "ordered": True},
        {"kind": "table", "rows": [["Port", "Day"], ["Averholm", "Monday"]]},
    ]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)


def item(level: int, words: str) -> str:
    numbers = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    return f"<w:p>{numbers}{run(words)}</w:p>"


def test_items_keep_their_level_and_whether_they_are_numbered() -> None:
    found = read(word_file(item(0, "Ferry"), item(1, "Morning"), item(0, "Bus"), numbering=NUMBERING))
    assert blocks(found) == [
        {"kind": "item", "text": "Ferry", "ordered": True},
        {"kind": "item", "text": "Morning", "level": 2},
        {"kind": "item", "text": "Bus", "ordered": True},
    ]


def test_tracked_insertions_are_taken_and_deletions_are_not() -> None:
    said = (
        run("It will sail ")
        + '<w:del w:id="1" w:author="A"><w:r><w:delText>never</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="A">{run("on Monday")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run(" or Friday")}</w:moveFrom>'
    )
    found = read(word_file(said))
    assert blocks(found) == ["It will sail on Monday"]
    assert found.left == (
        "1 tracked deletion was not taken.",
        "1 tracked insertion was taken as text, as if it had been accepted.",
    )


def test_hidden_and_struck_words_do_not_become_public_and_are_told() -> None:
    styles = '<w:style w:type="character" w:styleId="Aside"><w:name w:val="Aside"/><w:rPr><w:vanish/></w:rPr></w:style>'
    found = read(
        word_file(
            run("It will sail")
            + run(" unless it rains", "<w:vanish/>")
            + run(" for forty", "<w:strike/>")
            + run(" (ask Ulva)", '<w:rStyle w:val="Aside"/>')
            + run(".", '<w:vanish w:val="0"/>'),
            styles=styles,
        )
    )
    assert blocks(found) == ["It will sail."]
    assert found.left == (
        "Hidden words were not taken: “unless it rains”, “(ask Ulva)”.",
        "Struck-out words were not taken: “for forty”.",
    )


def test_pictures_notes_comments_and_formulas_are_counted() -> None:
    picture = '<w:r><w:drawing><wp:inline><a:blip r:embed="r9"/></wp:inline></w:drawing></w:r>'
    found = read(
        word_file(
            run("It sails")
            + '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
            + '<w:commentRangeStart w:id="0"/>'
            + run(" daily")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
            + picture
            + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        )
    )
    assert blocks(found) == ["It sails daily"]
    assert [sentence.split(" w")[0] for sentence in found.left] == [
        "2 footnotes",
        "1 comment",
        "1 picture",
        "1 formula",
    ]


def test_words_in_fields_ruby_text_boxes_and_right_to_left_runs_are_not_lost() -> None:
    found = read(
        word_file(
            f'<w:fldSimple w:instr="TITLE">{run("Ferry ")}</w:fldSimple>',
            f"<w:r><w:ruby><w:rt>{run('yomi')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase></w:ruby></w:r>",
            f'<w:dir w:val="rtl">{run("سفينة")}</w:dir>',
            f"<w:sdt><w:sdtContent>{paragraph('In a frame')}</w:sdtContent></w:sdt>",
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing/></mc:Choice><mc:Fallback><w:pict>"
            f"<v:shape><v:textbox><w:txbxContent>{paragraph('In a box')}</w:txbxContent></v:textbox></v:shape></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
        )
    )
    assert blocks(found) == ["Ferry", "漢字", "سفينة", "In a frame", "In a box"]
    assert found.left == ("1 reading aid above a word was not taken.",)


def test_words_that_no_reader_knows_are_told() -> None:
    found = read(word_file(run("It sails"), f"<w:novelty>{run('and floats')}</w:novelty>"))
    assert found.left == ("Words in a part of the document that is not known were not taken: “and floats”.",)


SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def test_new_text_boxes_are_read_and_charts_and_files_inside_are_told() -> None:
    box = f'<wps:txbx xmlns:wps="{SHAPE}"><w:txbxContent>{paragraph("In a box")}</w:txbxContent></wps:txbx>'
    chart = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    found = read(
        word_file(
            run("It sails.") + f"<w:r><w:drawing><wp:anchor>{box}</wp:anchor></w:drawing></w:r>",
            f"<w:r><w:drawing><wp:inline>{chart}</wp:inline></w:drawing></w:r>" + '<w:altChunk r:id="r4"/>',
        )
    )
    assert blocks(found) == ["It sails.", "In a box"]
    assert found.left == (
        "1 picture was not taken: add it to the message.",
        "1 other file inside the document was not taken: copy its text into the document.",
    )


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Ours"/><w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Inhalt"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
)


def styled(style: str, words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(words)}</w:p>'


def test_styles_are_known_by_what_they_are_not_by_what_an_office_calls_them() -> None:
    found = read(
        word_file(
            "3 May",
            styled("a3", "On the lock"),
            styled("Inhalt", "Background 2"),
            styled("Ours", "Background"),
            styled("Zitat", "Go out together."),
            styles=STYLES,
        )
    )
    assert found.title == "On the lock"
    assert blocks(found) == [
        "3 May",
        {"kind": "heading", "text": "Background", "level": 2},
        {"kind": "quotation", "text": "Go out together."},
    ]
    assert found.left == ("1 line of a table of contents was not taken.",)


def test_links_that_lead_somewhere_stay_and_others_leave_their_words() -> None:
    links = link("r7", "https://ferry.example/times") + link("r8", "file:///C:/secret.doc")
    found = read(
        word_file(
            run("See ") + f'<w:hyperlink r:id="r7">{run("the times")}</w:hyperlink>' + run("."),
            f'<w:hyperlink r:id="r8">{run("a draft")}</w:hyperlink>',
            links=links,
        )
    )
    assert blocks(found)[0] == {
        "kind": "paragraph",
        "text": "See the times.",
        "marks": [[4, 13, "link", "https://ferry.example/times"]],
    }
    assert blocks(found)[1] == "a draft"
    assert "secret" not in str(found.words)


# Who speaks


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("en", "Question", "Answer"),
        ("en", "Q", "A"),
        ("fr", "Question", "Réponse"),
        ("de", "Frage", "Antwort"),
        ("es", "Pregunta", "Respuesta"),
        ("it", "Domanda", "Risposta"),
        ("pt-BR", "Pergunta", "Resposta"),
        ("ru", "Вопрос", "Ответ"),
        ("uk", "Запитання", "Відповідь"),
        ("pl", "Pytanie", "Odpowiedź"),
        ("tr", "Soru", "Cevap"),
        ("el", "Ερώτηση", "Απάντηση"),
        ("ar", "سؤال", "جواب"),
        ("fa", "پرسش", "پاسخ"),
        ("he", "שאלה", "תשובה"),
        ("zh", "问", "答"),
        ("ja", "質問", "回答"),
        ("ko", "질문", "답변"),
    ],
)
@pytest.mark.parametrize("ending", [".docx", ".odt", ".txt", "html"])
def test_questions_and_answers_are_known_in_many_languages(
    language: str, question: str, answer: str, ending: str
) -> None:
    said = [f"{question}: 1?", f"{answer}: 2.", f"{question}: 3?", f"{answer}: 4."]
    if ending == "html":
        found = pasted("".join(f"<p>{words}</p>" for words in said), language)
    elif ending == ".txt":
        found = read("\n\n".join(said), "talk.txt", language)
    elif ending == ".odt":
        found = read(through_odfdo(*map(Paragraph, said)), "talk.odt", language)
    else:
        found = read(interview(*said), "talk.docx", language)
    assert kinds(found) == ["question", "answer", "question", "answer"]
    assert [turn["mark"] for turn in found.words["turns"]] == [question, answer] * 2
    assert [turn["blocks"] for turn in found.words["turns"]] == [["1?"], ["2."], ["3?"], ["4."]]


def test_a_strong_name_before_each_paragraph_is_a_mark() -> None:
    document = Document()
    for name, words in [("Mara Voss", "Will it sail?"), ("Edric Holmevand", "It will."), ("Mara Voss", "When?")] * 2:
        said = document.add_paragraph()
        said.add_run(name).bold = True
        said.add_run(f" {words}")
    found = read(saved(document))
    assert [turn.get("mark") for turn in found.words["turns"]][:3] == ["Mara Voss", "Edric Holmevand", "Mara Voss"]
    assert found.words["turns"][0]["blocks"] == ["Will it sail?"]
    assert found.words["speakers"] == [{"name": "Edric Holmevand"}]


def test_a_strong_name_alone_above_its_paragraphs_is_a_mark() -> None:
    html = "<p><b>Mara Voss</b></p><p>Will it?</p><p><b>Edric Holmevand</b></p><p>It will.</p><p>In May.</p>" * 2
    found = pasted(html)
    assert kinds(found) == ["question", "answer"] * 2
    assert found.words["turns"][1]["blocks"] == ["It will.", "In May."]


def test_strong_paragraphs_that_ask_are_questions() -> None:
    found = pasted("<p>Before.</p>" + "<p><b>Will it sail?</b></p><p>It will.</p><p>In <b>May</b>.</p>" * 2)
    assert kinds(found) == ["remark", "question", "answer", "question", "answer"]
    assert found.words["turns"][1] == {"id": "t2", "kind": "question", "blocks": ["Will it sail?"]}


@pytest.mark.parametrize("second", ["Edric Holmevand: Soon.", "Soon."])
def test_a_question_that_is_only_strong_is_never_in_the_mouth_of_who_answers(second: str) -> None:
    found = pasted(
        "<p><b>Will it sail?</b></p><p>Edric Holmevand: It will.</p><p>In May.</p><p><b>And when?</b></p>"
        f"<p><b>When in May?</b></p><p>{second}</p><p>Edric Holmevand: Or so.</p>"
    )
    assert kinds(found) == ["question", "answer", "question", "answer", "answer"]
    turns = found.words["turns"]
    assert [turn.get("speaker") for turn in turns] == [None, 0, None, 0 if ":" in second else None, 0]
    assert [turn["blocks"] for turn in turns[1:4]] == [
        ["It will.", "In May."],
        ["And when?", "When in May?"],
        ["Soon."],
    ]
    assert [turn.get("mark", "") for turn in turns if turn["kind"] == "question"] == ["", ""]


def test_strong_subheadings_are_not_turns() -> None:
    found = pasted("<p><b>Transport</b></p><p>It sails.</p><p><b>Lamps</b></p><p>They burn.</p>")
    assert len(blocks(found)) == 4


def test_a_table_of_who_speaks_becomes_turns_and_another_table_stays() -> None:
    rows = "".join(f"<tr><td>{name}<td>{words}" for name, words in (line.split(": ") for line in TALK))
    found = pasted(f"<table>{rows}</table>")
    assert kinds(found) == ["question", "answer"] * 2
    prices = pasted("<table><tr><td>Adult<td>4.00<tr><td>Child<td>2.00</table>")
    assert blocks(prices)[0]["kind"] == "table"


@pytest.mark.parametrize(
    ("mark", "asker"),
    [
        ("Question", {}),
        ("Question (Mara Voss, Longshore Radio)", {"questioner": "Mara Voss", "outlet": "Longshore Radio"}),
        ("Question (Longshore Radio)", {"outlet": "Longshore Radio"}),
        ("Question (Mara Voss)", {"questioner": "Mara Voss"}),
        ("Question (TNT)", {"outlet": "TNT"}),
        ("Mara Voss, Longshore Radio", {"questioner": "Mara Voss", "outlet": "Longshore Radio"}),
        ("Mara Voss (Longshore)", {"questioner": "Mara Voss", "outlet": "Longshore"}),
    ],
)
def test_questioner_and_outlet_are_taken_where_they_are_printed(mark: str, asker: dict[str, str]) -> None:
    found = read(
        interview(f"{mark}: Will it?", "Edric Holmevand: It will.", f"{mark}: When?", "Edric Holmevand: Soon.")
    )
    turn = found.words["turns"][0]
    assert {key: turn[key] for key in ("questioner", "outlet") if key in turn} == asker
    assert (turn["mark"], turn["kind"], "speaker" in turn) == (mark, "question", False)


def test_one_person_under_three_marks_is_one_speaker_and_each_mark_stays_as_printed() -> None:
    found = read(
        interview(
            "Question: Will it?",
            "Edric Holmevand (Ambassador): It will.",
            "Question: When?",
            "Holmevand: Soon.",
            "Question: How soon?",
            "EDRIC HOLMEVAND: Very.",
        )
    )
    assert found.words["speakers"] == [{"name": "Edric Holmevand", "role": "Ambassador"}]
    assert [turn["mark"] for turn in found.words["turns"]][1::2] == [
        "Edric Holmevand (Ambassador)",
        "Holmevand",
        "EDRIC HOLMEVAND",
    ]


def test_more_speakers_than_an_edition_may_have_keep_their_marks() -> None:
    names = [
        f"{chr(65 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)} Merrow{chr(97 + n % 26)}" for n in range(1_100)
    ]
    found = read("\n\n".join(f"{name}: It sails.\n\n{name}: It does." for name in names), "many.txt")
    assert len(found.words["speakers"]) == 1_000
    assert (found.words["turns"][-1].get("speaker"), found.words["turns"][-1]["mark"]) == (None, names[-1])


def test_a_heading_above_a_question_is_its_topic() -> None:
    found = pasted(f"<p>{TALK[0]}<p>{TALK[1]}<h2>The morning</h2><p>{TALK[2]}<p>{TALK[3]}")
    assert found.words["turns"][2]["topic"] == "The morning"
    assert found.words["turns"][1]["blocks"] == ["It will."]


def test_marks_after_line_breaks_begin_turns_and_other_line_breaks_stay() -> None:
    found = read(interview("Question: Will it?\nEdric Holmevand: It will,\nand soon.\n(Laughter)", *TALK[2:]))
    turns = found.words["turns"]
    assert kinds(found) == ["question", "answer", "note", "question", "answer"]
    assert (turns[0]["blocks"], turns[1]["blocks"]) == (["Will it?"], ["It will,\nand soon."])


def test_emphasis_in_an_answer_stays_where_it_was_when_the_mark_goes() -> None:
    found = pasted("<p>Q: Why?<p><b>A:</b> Because <i>we</i> can.")
    assert found.words["turns"][1]["blocks"] == [
        {"kind": "paragraph", "text": "Because we can.", "marks": [[8, 10, "emphasis"]]}
    ]


# OpenDocument


def test_an_odt_of_odfdo_becomes_turns() -> None:
    found = read(through_odfdo(Header(1, "On the lock"), *map(Paragraph, TALK), List(["a lamp", "a buoy"])), "talk.odt")
    assert (found.title, kinds(found)) == ("On the lock", ["question", "answer"] * 2)
    assert found.words["turns"][3]["blocks"][1:] == [
        {"kind": "item", "text": "a lamp"},
        {"kind": "item", "text": "a buoy"},
    ]


AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)
COMMON = '<style:style style:name="Title" style:family="paragraph"/>'


def test_an_odt_keeps_what_stays_and_says_what_does_not() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P1">On the lock</text:p>'
        '<text:p>It <text:span text:style-name="T1">sails</text:span><text:s/>daily'
        '<text:span text:style-name="T2"> maybe</text:span><text:span text:style-name="T3"> twice</text:span>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:a xlink:href="https://ferry.example/">here</text:a><draw:frame><draw:image/>'
        "<svg:title>A lock</svg:title></draw:frame></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p><text:list><text:list-item>'
        "<text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="2">'
        "<text:p>h</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    found = read(open_file(body, AUTOMATIC, COMMON), "lock.odt")
    assert found.title == "On the lock"
    assert blocks(found) == [
        {
            "kind": "paragraph",
            "text": "It sails dailyhere",
            "marks": [[3, 8, "strong"], [14, 18, "link", "https://ferry.example/"]],
        },
        {"kind": "item", "text": "one", "ordered": True},
        {"kind": "item", "text": "two", "level": 2},
        {"kind": "table", "rows": [["h", "h"], ["a", "b"]], "header": True},
    ]
    assert found.left == (
        "1 footnote was not taken: write into the text what readers need of it.",
        "1 comment was not taken.",
        "1 picture was not taken: add it to the message.",
        "1 tracked deletion was not taken.",
        "Hidden words were not taken: “maybe”.",
        "Struck-out words were not taken: “twice”.",
    )


# Clipboards

WINDOWS = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0} --></style></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoTitle>On the
lock<o:p></o:p></p><p class=MsoNormal>It <b style='mso-bidi-font-weight:normal'>sails</b><span class=msoIns><ins
cite="mailto:Ulva">now</ins></span><span class=msoDel><del cite="mailto:Ulva">never</del></span><a
style='mso-footnote-id:ftn1' href="#_ftn1">[1]</a><a class=msocomanchor href="#_msocom_1">[U1]</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>A lamp<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>a)<span>&nbsp;</span></span><![endif]>A buoy</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><img src="data:image/png;base64,AAAA"><script>alert(1)</script>
<div style='mso-element:footnote-list'><p class=MsoFootnoteText>A note</p></div>
<div style='mso-element:comment-list'><p>Ulva: really?</p></div><!--EndFragment--></body></html>"""


def test_the_clipboard_of_word_keeps_its_items_and_drops_its_machinery() -> None:
    found = pasted(WINDOWS)
    assert found.title == "On the lock"
    assert blocks(found) == [
        {"kind": "paragraph", "text": "It sailsnow.", "marks": [[3, 8, "strong"]]},
        {"kind": "item", "text": "A lamp"},
        {"kind": "item", "text": "A buoy", "level": 2, "ordered": True},
    ]
    assert found.left == (
        "1 tracked insertion was taken as text, as if it had been accepted.",
        "1 tracked deletion was not taken.",
        "1 footnote was not taken: write into the text what readers need of it.",
        "1 picture was not taken: add it to the message.",
    )


MACOS = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta name="ProgId" content="Word.Document">
<style>@page {size:9pt}</style></head><body lang="en-GB" style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment--><p class="MsoNormal"
style='margin:0cm'><b><span lang="EN-US" style='mso-ansi-language:EN-US'>Question:</span></b><span lang="EN-US"> Will
it<span style='mso-spacerun:yes'>&nbsp; </span>sail to <st1:place w:st="on">Averholm</st1:place>?<o:p></o:p></span></p>
<p class="MsoNormal"><b><span lang="EN-US">Edric Holmevand:<o:p></o:p></span></b></p><p class="MsoNormal"><span
class="Apple-converted-space">&nbsp;</span>It will.<![if !supportLineBreakNewLine]><br><![endif]></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""


def test_the_clipboard_of_word_on_macos_becomes_turns_without_a_word_lost() -> None:
    found = pasted(MACOS)
    assert [(turn["kind"], turn["mark"]) for turn in found.words["turns"]] == [
        ("question", "Question"),
        ("answer", "Edric Holmevand"),
    ]
    assert found.words["turns"][0]["blocks"] == ["Will it sail to Averholm?"]
    assert (found.words["turns"][1]["blocks"], found.left) == (["It will."], ())


def test_text_without_markup_that_is_pasted_is_read_as_text() -> None:
    found = pasted("Question: Will it <5 or >6?\r\n\r\nAnswer: It will.\n\nAnd soon.")
    assert [turn["blocks"] for turn in found.words["turns"]] == [["Will it <5 or >6?"], ["It will.", "And soon."]]


def test_quotation_marks_that_a_browser_adds_and_lines_that_are_set_stay() -> None:
    found = pasted("<p>He said <q>go <b>out</b></q>.<pre>one\n  two\n\nthree</pre>")
    assert blocks(found)[0]["text"] == "He said “go out”."
    assert blocks(found)[1:] == ["one\ntwo", "three"]


def test_the_clipboard_of_google_docs_is_bold_only_where_it_says_so() -> None:
    found = pasted(
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span>Lock</span>'
        '</h2><p><span style="font-weight:400">It </span>'
        '<span style="font-weight:700;font-style:italic">sails</span></p>'
        '<ul><li dir="ltr" aria-level="1"><p><span>A lamp</span></p></li><ul><li aria-level="2"><p>A buoy</p></li></ul>'
        "</ul></b><br>"
    )
    assert found.title == "Lock"
    assert blocks(found) == [
        {"kind": "paragraph", "text": "It sails", "marks": [[3, 8, "emphasis"], [3, 8, "strong"]]},
        {"kind": "item", "text": "A lamp"},
        {"kind": "item", "text": "A buoy", "level": 2},
    ]


def test_word_in_the_browser_gives_each_item_a_list_and_the_level_is_kept() -> None:
    found = pasted(
        '<ul><li data-aria-level="1">one</li></ul><ul><li data-aria-level="2"><p>two</p></li></ul>'
        "<ol><li>three</li></ol>"
    )
    assert [(b["text"], b.get("level", 1), b.get("ordered", False)) for b in blocks(found)] == [
        ("one", 1, False),
        ("two", 2, False),
        ("three", 1, True),
    ]


def test_a_web_page_leaves_scripts_forms_and_what_it_hides_behind() -> None:
    found = pasted(
        "<p onclick=x()>Seen <svg><text>no</text></svg></p><nav>Menu</nav><p hidden>unseen</p><form><input><p>In</form>"
        "<template><p>no</template><iframe src=//x></iframe><p style='display: none'>unseen too</p><math><mi>x</math>"
    )
    assert blocks(found) == ["Seen", "In"]
    assert "Hidden words were not taken: “unseen”, “unseen too”." in found.left
    assert len(found.left) == 5


def test_overrides_that_make_words_read_backwards_are_gone_and_marks_stay_in_place() -> None:
    found = pasted("<p>a\u202eb\u00adc <i>e\u0301te\u0301</i> d")
    assert blocks(found) == [{"kind": "paragraph", "text": "abc été d", "marks": [[4, 7, "emphasis"]]}]


# Plain text


def test_a_text_that_is_wrapped_becomes_paragraphs() -> None:
    found = read(
        "Question: Will the lock be\nopen to small boats\nnext year?\n\nEdric Holmevand: It will,\nand soon.\n\n" * 2,
        "t.txt",
    )
    assert found.words["turns"][0]["blocks"] == ["Will the lock be open to small boats next year?"]


@pytest.mark.parametrize(
    ("language", "encoding", "words"),
    [
        ("de", "cp1252", "Die Größe der Fähre überrascht die Gäste: „schön“ sagte einer, und die Möwen hörten zu."),
        ("ru", "cp1251", "Паром пришёл утром, и на причале его встречали жители обоих берегов с цветами и хлебом."),
        ("ru", "koi8-r", "Паром пришёл утром, и на причале его встречали жители обоих берегов с цветами и хлебом."),
        ("pl", "cp1250", "Prom przypłynął o świcie, a na nabrzeżu czekali mieszkańcy z żółtymi kwiatami i chlebem."),
        ("el", "cp1253", "Το πλοίο έφτασε το πρωί και στην αποβάθρα περίμεναν κάτοικοι με λουλούδια και ψωμί."),
        ("tr", "cp1254", "Vapur sabah geldi, iskelede çiçekler ve ekmekle bekleyen şehirliler vardı, ışık yandı."),
        ("ar", "cp1256", "وصلت العبارة في الصباح وكان الناس ينتظرون على الرصيف ومعهم الزهور والخبز"),
        ("ja", "cp932", "朝、フェリーが到着し、岸壁では両岸の住民が花とパンを持って待っていました。"),
        ("fr", "utf-16", "La clé est à bord, évidemment."),
        ("fr", "utf-32", "La clé est à bord, évidemment."),
        ("fr", "utf-8-sig", "La clé est à bord, évidemment."),
    ],
)
def test_a_text_of_an_older_program_is_read_in_a_code_page_of_its_language(
    language: str, encoding: str, words: str
) -> None:
    found = read(words.encode(encoding), "t.txt", language)
    assert blocks(found) == [words]
    assert bool(found.left) == (not encoding.startswith("utf"))


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(NotTaken, match=r"t\.txt, line 2: byte 7 is no text"):
        words_of_file("t.txt", b"It is\nx\0\x01\x02", "en")
