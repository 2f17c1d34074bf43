"""What comes from Word, Google Docs and web pages keeps headings, lists, emphasis, links and tables, and nothing else.

The clipboards below are written as those programs write them (Word for Windows and macOS, Google Docs, a browser).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from communique.newsroom.words_widget import Given
from newsroom.words_page import INTERVIEW, PEOPLE, Desk
from newsroom.words_page import desk as running_desk

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:12.0pt;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='mso-outline-level:1'><span style='font-weight:bold'>The night <b>ferry</b></span><o:p></o:p></h1>
<p class=MsoNormal>It leaves <b style='mso-bidi-font-weight:normal'>at
ten</b>, <i
style='mso-bidi-font-style:normal'>not</i> at <span style='mso-tab-count:1'>
</span>nine<del cite="mailto:x" datetime="2026-03-04">or
eight</del><ins cite="mailto:x"> sharp</ins>, see <a href="https://example.org/ferry"><span
style='color:blue'>the table</span></a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if
!supportAnnotations]><a class=msocomanchor href="#_msocom_1">[TM1]</a><![endif]></span></span>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>by day<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>on Sundays<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>First, H<sub>2</sub>O<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td width=208 style='border:solid'><p class=MsoNormal><b>Crossing</b><o:p></o:p>
</p></td><td><p class=MsoNormal>Price<o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>Night</p></td><td><p
class=MsoNormal>51</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape/><![endif]--><![if !vml]><img width=9 src="file:///C:/a.png"><![endif]>
<span style='display:none;mso-hide:all'>hidden</span>The end.<span style='mso-element:comment'>not this</span></p>
<div style='mso-element:comment-list'><p class=MsoCommentText>A comment</p></div><!--EndFragment--></body></html>"""
OF_WORD: list[Any] = [
    {"kind": "heading", "text": "The night ferry", "level": 1},
    {
        "kind": "paragraph",
        "text": "It leaves at ten, not at nine sharp, see the table.",
        "marks": [[10, 16, "strong"], [18, 21, "emphasis"], [41, 50, "link", "https://example.org/ferry"]],
    },
    {"kind": "item", "text": "by day"},
    {"kind": "item", "text": "on Sundays", "level": 2},
    {"kind": "item", "text": "First, H2O", "marks": [[8, 9, "subscript"]], "ordered": True},
    {"kind": "table", "rows": [["Crossing", "Price"], ["Night", "51"]]},
    "The end.",
]
DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2
dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;font-weight:400;">Prices</span></h2><p dir="ltr"><span
style="font-weight:400;">A </span><span style="font-weight:700;">strong</span><span style="font-style:italic;
font-weight:400"> and</span><a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D"><span
style="text-decoration:underline;">linked</span></a><span style="vertical-align:super">2</span><span
style="text-decoration:line-through">gone</span></p><br /><ol><li dir="ltr" style="list-style-type:decimal"
aria-level="1"><p dir="ltr" role="presentation"><span>one</span></p></li><ul><li dir="ltr" aria-level="2"><p><span>in
one</span></p></li></ul></ol><div dir="ltr"><table><colgroup><col/><col/></colgroup><tbody><tr><td><p>Day</p></td><td>
<p>40</p></td></tr><tr><td><p>Night</p></td><td><p>51</p></td></tr></tbody></table></div></b>"""
OF_DOCS: list[Any] = [
    {"kind": "heading", "text": "Prices", "level": 2},
    {
        "kind": "paragraph",
        "text": "A strong andlinked2",
        "marks": [
            [2, 8, "strong"],
            [8, 12, "emphasis"],
            [12, 18, "link", "https://example.org/a"],
            [18, 19, "superscript"],
        ],
    },
    {"kind": "item", "text": "one", "ordered": True},
    {"kind": "item", "text": "in one", "level": 2},
    {"kind": "table", "rows": [["Day", "40"], ["Night", "51"]]},
]
WEB = """<html><body><!--StartFragment--><article><script>alert(1)</script><style>p{color:red}</style><h3>On the
quay</h3><div>Words in a div<div>and one inside</div>and after it</div><blockquote><p>He said so.</p></blockquote>
<figure><img src="https://example.org/x.png" alt="A ship" onerror="alert(2)"><figcaption>The ship</figcaption></figure>
<p onclick="alert(3)">A <a href="javascript:alert(4)">bad</a>, <a href="/local">local</a> and <a
href="mailto:press@example.org">good</a> link<br>on two lines<br></p><table><thead><tr><th>A</th><th
colspan="2">B</th></tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table><table><tr><td><p>Laid
out</p></td></tr></table><button>Share</button></article><!--EndFragment--></body></html>"""
OF_WEB: list[Any] = [
    {"kind": "heading", "text": "On the quay", "level": 3},
    "Words in a div",
    "and one inside",
    "and after it",
    {"kind": "quotation", "text": "He said so."},
    "The ship",
    {
        "kind": "paragraph",
        "text": "A bad, local and good link\non two lines",
        "marks": [[17, 21, "link", "mailto:press@example.org"]],
    },
    {"kind": "table", "rows": [["A", "B", ""], ["1", "2", "3"]], "header": True},
    "Laid out",
]
MERGED = """<html><body><!--StartFragment--><table class=MsoTableGrid><caption>The timetable</caption><tr><td
rowspan=2><p class=MsoNormal>Night</p></td><td><p class=MsoNormal>Mon</p></td><td><p>10</p></td></tr><tr><td><p>Tue</p>
</td><td><p>11</p></td></tr><tr><td><ul><li><p>by ship</p></li><li><p>by train</p></li></ul></td><td>from<br>one</td>
<td><a href="https://example.org/t">the table</a>, <a href="mailto:a@b.example">a@b.example</a></td></tr><tr><td
colspan=2><div><p>In all</p><p>weathers</p></div></td><td><table><tr><td>in</td><td>ner</td></tr></table></td></tr>
</table><ol><li><p>First,</p><p>and more of it</p><ul><li>below<ul><li>and deeper</li></ul></li></ul></li>
<li>Second</li></ol><!--EndFragment--></body></html>"""
OF_MERGED: list[Any] = [
    "The timetable",
    {
        "kind": "table",
        "rows": [
            ["Night", "Mon", "10"],
            ["", "Tue", "11"],
            ["by ship\nby train", "from\none", "the table (https://example.org/t), a@b.example"],
            ["In all\nweathers", "", "in\nner"],
        ],
    },
    {"kind": "item", "text": "First,\nand more of it", "ordered": True},
    {"kind": "item", "text": "below", "level": 2},
    {"kind": "item", "text": "and deeper", "level": 3},
    {"kind": "item", "text": "Second", "ordered": True},
]
TAKE = """(kind) => { const data = new DataTransfer(); const dom = document.querySelector(".words-text");
    dom.dispatchEvent(new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData("text/html") }"""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with running_desk() as running:
        yield running


@pytest.mark.parametrize(
    ("clipboard", "blocks"),
    [(WORD, OF_WORD), (DOCS, OF_DOCS), (WEB, OF_WEB), (MERGED, OF_MERGED)],
    ids=["word", "docs", "web", "merged"],
)
def test_a_paste_keeps_what_readers_need(desk: Desk, clipboard: str, blocks: list[Any]) -> None:
    with desk.edited({"blocks": [], "next": 1}) as editor:
        editor.paste(clipboard)
        found = editor.value["blocks"]
        assert found == blocks
        editor.keys("Control+z")
        assert editor.value["blocks"] == []


def test_plain_text_becomes_paragraphs(desk: Desk) -> None:
    with desk.edited({"blocks": [], "next": 1}) as editor:
        editor.paste("One.\n\nTwo 🚢.\r\nThree.", "text/plain")
        assert editor.value["blocks"] == ["One.", "Two 🚢.", "Three."]


MARKED = """<p><b>Question:</b> When does it leave?</p><p><b>Oriel Tavenmark:</b> On Friday.</p><p>At ten.</p>
<p>(Laughter)</p><p><b>Question:</b> And the price?</p><p><b>Anselm Orrevane:</b> Forty: no more.</p>
<p>Note: this is no mark.</p><p>Oriel Tavenmark: Thank you.</p>"""


@pytest.mark.parametrize("form", ["turns", "blocks"])
def test_speaker_marks_of_a_pasted_text_become_turns_with_one_key(desk: Desk, form: str) -> None:
    with desk.edited(None, Given(language="en", form=form)) as editor:
        editor.paste(MARKED)
        assert "it would be 6 turns" in editor.page.locator(".words-offer").inner_text()
        editor.keys("Enter")
        saved = editor.value
        assert [(turn["kind"], turn.get("speaker"), turn.get("mark")) for turn in saved["turns"]] == [
            ("question", None, "Question"),
            ("answer", 0, "Oriel Tavenmark"),
            ("note", None, None),
            ("question", None, "Question"),
            ("answer", 1, "Anselm Orrevane"),
            ("answer", 0, "Oriel Tavenmark"),
        ]
        assert len({turn["id"] for turn in saved["turns"]}) == 6
        assert saved["speakers"] == [{"name": "Oriel Tavenmark"}, {"name": "Anselm Orrevane"}]
        assert saved["turns"][1]["blocks"] == ["On Friday.", "At ten."]
        assert saved["turns"][4]["blocks"] == ["Forty: no more.", "Note: this is no mark."]
        editor.keys("Control+z")
        assert len(editor.value.get("turns", [1])) == 1


WAITING: dict[str, Any] = {
    "speakers": [{"name": "Oriel Tavenmark", "role": "Ambassadrice", "person": "a" * 16}],
    "turns": [
        {"id": "t4", "kind": "question", "blocks": []},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": []},
        {"id": "t9", "kind": "question", "blocks": []},
        {"id": "t3", "kind": "answer", "speaker": 0, "blocks": []},
    ],
    "next": 1001,
}


def test_a_translation_pasted_whole_stands_under_the_turns_of_its_original(desk: Desk) -> None:
    with desk.edited(WAITING, Given(language="fr", people=PEOPLE)) as editor:
        editor.paste("<p><b>Q.</b> Quand\u202f?</p><p><b>R.</b> Vendredi.</p><p>Q. Où\u202f?</p><p>R. Là.</p>")
        editor.keys("Enter")
        saved = editor.value
        assert [turn["id"] for turn in saved["turns"]] == ["t4", "t2", "t9", "t3"]
        assert [turn.get("speaker") for turn in saved["turns"]] == [None, 0, None, 0]
        assert [turn["blocks"] for turn in saved["turns"]][:2] == [["Quand\u202f?"], ["Vendredi."]]
        assert saved["speakers"] == WAITING["speakers"]


def test_another_number_of_turns_is_not_put_under_those_of_the_original(desk: Desk) -> None:
    with desk.edited(WAITING, Given(language="fr")) as editor:
        editor.paste("<p>Q. Quand?</p><p>R. Vendredi.</p>")
        assert not editor.page.locator(".words-offer").is_visible()
        assert "would be 2 turns" in editor.status, "it is said why it all stands in one turn"


def test_a_note_that_a_pasted_translation_leaves_out_waits_at_its_place(desk: Desk) -> None:
    turns = [*WAITING["turns"][:2], {"id": "t5", "kind": "note", "blocks": []}, *WAITING["turns"][2:]]
    turns[0] = {**turns[0], "questioner": "Maren Tolle", "outlet": "Harbour Gazette", "from_ms": 1000}
    with desk.edited({**WAITING, "turns": turns}, Given(language="fr")) as editor:
        editor.paste("<p>Q. Quand?</p><p>R. Vendredi.</p><p>Q. Où?</p><p>R. Là.</p>")
        editor.keys("Enter")
        saved = editor.value["turns"]
        assert [turn["id"] for turn in saved] == ["t4", "t2", "t5", "t9", "t3"]
        assert [bool(turn["blocks"]) for turn in saved] == [True, True, False, True, True]
        assert (saved[0]["questioner"], saved[0]["outlet"], saved[0]["from_ms"]) == (
            "Maren Tolle",
            "Harbour Gazette",
            1000,
        )


def test_a_speaker_whom_the_office_knows_has_his_role_on_the_day(desk: Desk) -> None:
    with desk.edited(None, Given(language="en", people=PEOPLE, day=date(2020, 1, 1))) as editor:
        editor.paste(MARKED)
        editor.keys("Enter")
        saved = editor.value
        assert saved["speakers"][0] == {"name": "Oriel Tavenmark", "role": "Envoy", "person": "a" * 16}
        assert saved["turns"][0]["id"] == "t1", "an interview begins with its number 1"


@pytest.mark.parametrize(
    ("paragraphs", "kinds"),
    [
        (["Q. Why?", "A. Because.", "Q. And?", "A. So."], ["question", "answer"] * 2),
        (["<b>Why now?</b>", "Because.", "<b>And then?</b>", "So."], ["question", "answer"] * 2),
        (["Вопрос: Когда?", "А.Б.Тавен: Скоро.", "Вопрос: Где?", "А.Б.Тавен: Там."], ["question", "answer"] * 2),
        (["سؤال: متى؟", "السفير: يوم الجمعة.", "سؤال: أين؟", "السفير: هناك."], ["question", "answer"] * 2),
        (["Gazette: When?", "Tavenmark: Soon.", "Gazette: Where?", "Tavenmark: There."], ["question", "answer"] * 2),
        (
            ["<b>Oriel</b>", "Soon.", "<b>Anselm</b>", "Late.", "<b>Oriel</b>", "Good.", "<b>Anselm</b>", "Bad."],
            ["remark"] * 4,
        ),
    ],
    ids=["letters", "bold", "russian", "arabic", "outlet", "lines"],
)
def test_marks_of_many_sorts_are_found(desk: Desk, paragraphs: list[str], kinds: list[str]) -> None:
    with desk.edited(None) as editor:
        editor.paste("".join(f"<p>{words}</p>" for words in paragraphs))
        editor.page.get_by_role("button", name="Make turns").click()
        turns = editor.value["turns"]
        assert [turn["kind"] for turn in turns] == kinds
        assert all(turn["blocks"] for turn in turns)


def test_a_speech_that_is_pasted_over_as_a_talk_keeps_its_speaker_once(desk: Desk) -> None:
    value = {"speakers": [{"name": "Tove", "role": "Host"}, {"name": "Oriel", "role": "Guest"}], "blocks": []}
    with desk.edited(value) as editor:
        editor.paste("<p>Oriel: Soon.</p><p>Anselm: Late.</p><p>Oriel: Good.</p><p>Anselm: Bad.</p>")
        editor.page.get_by_role("button", name="Make turns").click()
        assert [speaker["name"] for speaker in editor.value["speakers"]] == ["Tove", "Oriel", "Anselm"]
        assert [turn["speaker"] for turn in editor.value["turns"]] == [1, 2, 1, 2]


@pytest.mark.parametrize(
    "clipboard",
    [
        "<p>Dear Sir:</p><p>Following are three things: one, two, three.</p><p>Yours, Tove.</p>",
        "<p>A text.</p><p>Without any mark.</p>",
        "<h2>A heading: with a colon</h2><p>And words.</p>",
    ],
)
def test_a_text_without_marks_is_pasted_without_a_question(desk: Desk, clipboard: str) -> None:
    with desk.edited(None) as editor:
        editor.paste(clipboard)
        assert not editor.page.locator(".words-offer").is_visible()
        assert len(editor.value["turns"]) == 1


def test_a_paste_into_a_transcript_with_words_makes_no_offer(desk: Desk) -> None:
    with desk.edited(INTERVIEW) as editor:
        editor.at("t5")
        editor.paste(MARKED)
        assert not editor.page.locator(".words-offer").is_visible()
        assert editor.ids == ["t1", "t2", "t3", "t4", "t5"]


def test_turns_cut_and_pasted_keep_their_ids_and_copied_ones_get_new(desk: Desk) -> None:
    with desk.edited(INTERVIEW) as editor:
        editor.at("t2")
        editor.keys("Control+a")
        copied = editor.page.evaluate(TAKE, "copy")
        editor.keys("Control+End")
        editor.paste(copied)
        saved = editor.value
        assert [turn["id"] for turn in saved["turns"]][:5] == ["t1", "t2", "t3", "t4", "t5"]
        assert len({turn["id"] for turn in saved["turns"]}) == len(saved["turns"]) > 8
        assert saved["turns"][-1]["kind"] == "note"
        editor.keys("Control+z")
        assert editor.ids == ["t1", "t2", "t3", "t4", "t5"]
        editor.keys("Control+a")
        cut = editor.page.evaluate(TAKE, "cut")
        assert len(editor.value["turns"]) < 2
        editor.paste(cut)
        assert [turn.get("speaker") for turn in editor.value["turns"]] == [None, 0, None, 1, None]
        assert editor.ids == ["t1", "t2", "t3", "t4", "t5"]
        editor.keys("Control+z", "Control+z")
        assert [turn["id"] for turn in editor.value["turns"]] == ["t1", "t2", "t3", "t4", "t5"]


def test_turns_pasted_over_themselves_keep_their_ids(desk: Desk) -> None:
    with desk.edited(INTERVIEW) as editor:
        before = editor.value
        editor.at("t2")
        editor.keys("Control+a")
        copied = editor.page.evaluate(TAKE, "copy")
        editor.paste(copied)
        assert editor.ids == ["t1", "t2", "t3", "t4", "t5"]
        assert editor.value == before
        editor.keys("Control+End")
        editor.paste(copied)
        assert editor.ids[:5] == ["t1", "t2", "t3", "t4", "t5"]
        assert len(set(editor.ids)) == len(editor.ids) > 8
