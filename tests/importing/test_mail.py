"""Mails as programs write them: charsets, wrapped lines, marks, and the day that only the head of the mail tells."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from communique.importing.documents import capture_of
from communique.importing.errors import NotTaken
from communique.importing.page import Page, read_page

SAID = "The harbour office said on Tuesday that the ferry sails again, and that nobody pays for it before May."
MORE = "Whoever wants to help may come to the old pier on Saturday, and bring a ladder and some oil for the lamp."
HEAD = "From: press@harbour.example\nSubject: On the ferry\nDate: Tue, 05 May 2026 23:50:11 -0800\nMIME-Version: 1.0\n"
TALK = "FRAGE: Wann fährt die Fähre?\nMINISTERIN: Am Montag.\nFRAGE: Wer bezahlt das?\nMINISTERIN: Der Hafen."


def page(mail: bytes | EmailMessage) -> Page:
    return read_page(capture_of(bytes(mail), name="a.eml", any_state=True))


def mail(words: str, kind: str = "text/plain; charset=utf-8", encoding: str = "utf-8") -> bytes:
    return f"{HEAD}Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n".encode() + words.encode(encoding)


@pytest.mark.parametrize("kind", ["text/plain; charset=utf-8", "text/plain; charset=utf-8; format=flowed"])
@pytest.mark.parametrize("width", [64, 72, 78, 0])
def test_marks_on_lines_of_their_own_begin_turns_and_wrapped_lines_go_on(kind: str, width: int) -> None:
    def wrapped(words: str) -> str:
        lines = [""]
        for word in words.split():
            if width and len(lines[-1]) + 1 + len(word) > width:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return (" \n" if "flowed" in kind else "\n").join(lines)

    found = page(mail(f"{wrapped(SAID)}\n\n{TALK}\n\n{wrapped(MORE)}\n", kind))
    assert [turn.kind for turn in found.turns] == ["remark", "question", "answer", "question", "answer"]
    assert found.body == (SAID, *TALK.split("\n"), MORE)


def test_items_of_a_list_stay_apart() -> None:
    assert page(mail(f"{SAID}\n\n- Oil for the lamp\n- A ladder\n")).body[1:] == ("- Oil for the lamp", "- A ladder")


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("text/plain", "utf-8"),
        ("text/plain; charset=us-ascii", "utf-8"),
        ("text/plain; charset=x-unknown", "utf-8"),
        ("text/plain; charset=iso-8859-1", "cp1252"),
        ("text/plain; charset=koi8-r", "koi8-r"),
    ],
)
def test_words_are_read_in_the_charset_that_is_stated_or_in_utf_8(kind: str, encoding: str) -> None:
    said = "Паром снова ходит каждое утро, и никто не платит до мая." if "koi8" in kind else f"“{SAID}” – à l’été."
    assert page(mail(said, kind, encoding)).body == (said,)


def test_bytes_in_no_known_charset_are_refused_and_not_guessed() -> None:
    with pytest.raises(NotTaken, match="its bytes are no text in us-ascii, which it says they are"):
        page(mail("Le préfet a dit que le bac navigue de nouveau.", "text/plain; charset=us-ascii", "latin-1"))


@pytest.mark.parametrize("own", ["", "<p>4 May 2026</p>"])
def test_a_mail_with_a_heading_has_the_day_of_its_head_unless_it_prints_one(own: str) -> None:
    letter = EmailMessage()
    letter["Subject"], letter["Date"] = "[press] On the ferry", "Tue, 05 May 2026 23:50:11 -0800"
    letter.set_content(SAID)
    letter.add_alternative(
        f"<table><tr><td><h1>On the ferry</h1>{own}<p>{SAID}</p><p>{MORE}</p></td></tr></table>", "html"
    )
    found = page(letter)
    assert (found.heading.title, str(found.published)) == ("On the ferry", "2026-05-04" if own else "2026-05-05")
    assert found.body == (SAID, MORE)


def test_several_mails_in_one_file_are_refused() -> None:
    box = "".join(
        f"From a@b.example Tue May  5 10:00:00 2026\nFrom: a@b.example\nSubject: {n}\n\n{SAID}\n\n" for n in "ab"
    )
    with pytest.raises(NotTaken, match="it holds several mails"):
        page(box.encode())
