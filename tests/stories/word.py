"""A document open in Word, as far as the clipboard can tell: what Control+C puts there on Windows and on macOS.

The page shows the text; when somebody presses Control+C in it, its own listener hands the browser Word's two formats,
so the paste that follows is the browser's own. Both programs write whole pages with their styles, conditional comments
and empty paragraphs of `o:p`; on macOS the head names another generator and other fonts, spans carry languages, and
paragraphs of a table-less text end in line feeds inside of words.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from textwrap import fill

from playwright.sync_api import BrowserContext, Page

Pairs = Iterable[tuple[str, str]]
ADDRESS = "http://word.localhost/"
SPACES = (
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
    'xmlns:m="http://schemas.microsoft.com/office/2004/12/omml" xmlns="http://www.w3.org/TR/REC-html40"'
)
HEADS = {
    "windows": (
        '<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content='
        'Word.Document><meta name=Generator content="Microsoft Word 15"><meta name=Originator content="Microsoft '
        'Word 15"><link rel=File-List href="file:///C:/Users/L/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml>"
        "<![endif]--><style><!-- @font-face {font-family:Aptos;} p.MsoNormal, li.MsoNormal {mso-style-unhide:no;"
        'margin:0cm;margin-bottom:8.0pt;font-size:11.0pt;font-family:"Aptos",sans-serif;} --></style>'
        '<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:"Table Normal";}</style><![endif]--></head>'
    ),
    "macos": (
        '<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content='
        'Word.Document><meta name=Generator content="Microsoft Word 16"><meta name=Originator content="Microsoft '
        'Word 16"><link rel=File-List href="file:////Users/l/Library/Group%20Containers/UBF8T346G9.Office/'
        'TemporaryItems/msohtmlclip/clip_filelist.xml"><style><!-- /* Font Definitions */ @font-face '
        "{font-family:Calibri;panose-1:2 15 5 2 2 2 4 3 2 4;} p.MsoNormal {margin:0cm;font-size:12.0pt;"
        'font-family:"Calibri",sans-serif;mso-fareast-language:EN-US;} --></style></head>'
    ),
}
BODIES = {"windows": "<body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'>", "macos": "<body lang=EN-GB>"}
LETTERS = {
    "windows": "<span lang=EN-GB style='mso-ansi-language:EN-GB'>{}</span>",
    "macos": "<span lang=EN-US style='font-family:\"Times New Roman\",serif;mso-fareast-language:EN-GB'>{}</span>",
}
PAGE = """<!doctype html><meta charset="utf-8"><title>Interview.docx</title>
<style>body{{font:15px/1.5 Georgia,serif;max-width:640px;margin:40px auto;background:#fff;color:#000}}</style>
{shown}<script>document.addEventListener("copy", (event) => {{
  event.preventDefault();
  event.clipboardData.setData("text/html", {copied});
  event.clipboardData.setData("text/plain", document.body.innerText);
}});</script>"""


def opened(context: BrowserContext, system: str, pairs: Pairs, marks: tuple[str, str]) -> Page:
    """A window with the document; `marks` are what stands before a question and before an answer."""
    lines = [(mark, words) for pair in pairs for mark, words in zip(marks, pair, strict=True)]
    shown = "".join(f"<p><b>{html.escape(mark)}</b> {_letters(words)}</p>" for mark, words in lines)
    copied = json.dumps(copied_by(system, lines)).replace("</", "<\\/")
    context.route(
        f"{ADDRESS}**",
        lambda route: route.fulfill(body=PAGE.format(shown=shown, copied=copied), content_type="text/html"),
    )
    page = context.new_page()
    page.goto(ADDRESS)
    return page


def copied_by(system: str, lines: Iterable[tuple[str, str]]) -> str:
    """The clipboard's HTML of marked paragraphs."""
    body = "\n\n".join(_paragraphs(system, mark, words) for mark, words in lines)
    return (
        f"<html {SPACES}>\n\n{HEADS[system]}\n\n{BODIES[system]}\n<!--StartFragment-->\n\n{body}\n\n"
        "<!--EndFragment-->\n</body>\n\n</html>"
    )


def _paragraphs(system: str, mark: str, words: str) -> str:
    first, *more = words.split("\n")
    bold = f"<b style='mso-bidi-font-weight:normal'>{LETTERS[system].format(html.escape(mark))}</b>"
    paragraphs = [f"{bold}{LETTERS[system].format(' ' + _letters(first))}"]
    paragraphs += [LETTERS[system].format(_letters(each)) for each in more]
    ended = [f"<p class=MsoNormal>{each}<o:p></o:p></p>" for each in paragraphs]
    empty = "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    return "\n\n".join(fill(each, 78, break_long_words=False, break_on_hyphens=False) for each in [*ended, empty])


def _letters(words: str) -> str:
    return re.sub(r"\*(.+?)\*", r"<i style='mso-bidi-font-style:normal'>\1</i>", html.escape(words))
