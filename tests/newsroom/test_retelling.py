"""What the room of imports says of a file is said in the language of the desk, with its numbers, quotes and names."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from communique.importing.errors import NotTaken
from communique.importing.leavings import Leavings
from communique.importing.office_files import words_of_file
from communique.newsroom.retelling import refusal, retold
from newsroom.newsrooms import Desk

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def refused(name: str, data: bytes) -> NotTaken:
    with pytest.raises(NotTaken) as caught:
        words_of_file(name, data, "en")
    return caught.value


def test_a_refusal_is_told_in_the_language_of_the_desk_down_to_its_innermost_words() -> None:
    fault = refused("note.docx", PDF)
    with translation.override("en"):
        assert refusal(fault).startswith(
            "note.docx: it is a PDF, not a .docx file. What to do: give it its own ending back"
        )
    with translation.override("fr"):
        assert "c’est un PDF, et non un fichier .docx. Que faire" in refusal(fault)
    with translation.override("ar"):
        assert refusal(fault).startswith("\u2068note.docx\u2069: هو ملف PDF وليس ملف")


def test_lines_and_numbers_are_told_too() -> None:
    with translation.override("fr"):
        assert "t.txt, ligne 2" in refusal(refused("t.txt", b"a\nb\xff\0"))
        said = retold(refused("t.txt", b"a " * 1_600_000).what)
    assert said.replace("\xa0", " ") == "son texte a plus de 3 000 000 signes"


def test_what_was_not_taken_is_counted_and_quoted_as_the_language_does() -> None:
    left = Leavings()
    left.count("picture", 3)
    left.quote("struck", "forty")
    with translation.override("fr"):
        assert [retold(sentence).replace("\u202f", " ") for sentence in left.sentences] == [
            "3 images n’ont pas été reprises : ajoutez-les au message.",
            "Des mots barrés n’ont pas été repris : « forty ».",
        ]
    with translation.override("ar"):
        assert retold(left.sentences[0]) == "لم تؤخذ 3 صور: أضفها إلى الرسالة."


def test_an_arabic_desk_refuses_a_file_in_arabic_alone(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    client.post("/language/", {"language": "ar"})
    answer = client.post(f"/messages/{page.pk}/read/", {"file": SimpleUploadedFile("note.docx", PDF)})
    assert answer.status_code == 400
    said = answer.json()["wrong"]
    assert "وليس ملف" in said
    assert not {"not", "file", "save", "upload"} & set(said.split())
