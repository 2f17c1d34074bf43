"""Subtitles become turns of whole sentences, each with the time at which it is heard."""

from __future__ import annotations

from typing import Any

import pytest

from communique.importing.documents import capture_of
from communique.importing.errors import NotTaken
from communique.importing.found_words import FoundWords
from communique.importing.office_files import words_of_file
from communique.importing.page import read_page
from importing.test_office_files import check_words


def srt(*cues: tuple[float, float, str]) -> str:
    return "\n".join(f"{n}\n{_stamp(a)} --> {_stamp(b)}\n{text}\n" for n, (a, b, text) in enumerate(cues, 1))


def _stamp(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def vtt(*cues: tuple[float, float, str], between: str = "") -> str:
    timed = (f"{_stamp(a)} --> {_stamp(b)} line:0\n{text}\n".replace(",", ".") for a, b, text in cues)
    return "WEBVTT\n\n" + f"\n{between}".join(timed)


def read(text: str, language: str = "en") -> FoundWords:
    name = "talk.vtt" if text.startswith("WEBVTT") else "talk.srt"
    found = words_of_file(name, text.encode(), language)
    check_words(found.words)
    assert list(found.times) == [turn["id"] for turn in found.words["turns"]]
    return found


def said(found: FoundWords) -> list[tuple[str | None, Any]]:
    return [(turn.get("mark"), turn["blocks"]) for turn in found.words["turns"]]


def test_voices_are_speakers_and_a_turn_lasts_from_its_first_cue_to_its_last() -> None:
    found = read(
        vtt(
            (1, 2, "<v Mara Voss>Will it"),
            (2, 3.5, "<v Mara Voss>sail &amp; when?"),
            (4, 6, "<v.loud Edric Holmevand><i>It will.</i></v>"),
            (7, 8, "<v Mara Voss>Why?"),
        )
    )
    assert said(found) == [
        ("Mara Voss", ["Will it sail & when?"]),
        ("Edric Holmevand", ["It will."]),
        ("Mara Voss", ["Why?"]),
    ]
    assert [turn["kind"] for turn in found.words["turns"]] == ["question", "answer", "question"]
    assert found.words["speakers"] == [{"name": "Edric Holmevand"}]
    assert found.times == {"t1": (1000, 3500), "t2": (4000, 6000), "t3": (7000, 8000)}


def test_two_voices_in_one_cue_are_two_turns_of_the_same_time() -> None:
    found = read(vtt((1, 3, "<v Mara>Will it?</v> <v Edric>It will.</v>"), (4, 5, "<v Mara>Good.")))
    assert [turn["blocks"] for turn in found.words["turns"]] == [["Will it?"], ["It will."], ["Good."]]
    assert (found.times["t1"], found.times["t2"]) == ((1000, 3000), (1000, 3000))


def test_marks_in_capitals_begin_turns_and_a_sentence_over_three_cues_is_one() -> None:
    found = read(
        srt(
            (1, 2, "MARA VOSS: Will the new"),
            (2, 3, "ferry sail"),
            (3, 4, "in the morning?"),
            (4, 5, "EDRIC HOLMEVAND: It will."),
            (5, 6, "MARA VOSS: And who\nwill be on it?"),
            (6, 7, "EDRIC HOLMEVAND: Everybody."),
        )
    )
    assert said(found)[0] == ("MARA VOSS", ["Will the new ferry sail in the morning?"])
    assert said(found)[2] == ("MARA VOSS", ["And who will be on it?"])
    assert [turn["kind"] for turn in found.words["turns"]] == ["question", "answer"] * 2
    assert found.times["t1"] == (1000, 4000)


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("fr", "Question", "Réponse"),
        ("de", "Frage", "Antwort"),
        ("ru", "Вопрос", "Ответ"),
        ("uk", "Питання", "Відповідь"),
        ("ar", "سؤال", "جواب"),
        ("he", "שאלה", "תשובה"),
        ("zh", "问", "答"),
        ("ko", "질문", "답변"),
        ("es", "Pregunta", "Respuesta"),
        ("tr", "Soru", "Yanıt"),
    ],
)
def test_marks_of_many_languages_are_known_in_subtitles(language: str, question: str, answer: str) -> None:
    found = read(
        srt((1, 2, f"{question}: 1"), (2, 3, "2?"), (3, 4, f"{answer}: 3."), (5, 6, f"{question}: 4?")), language
    )
    assert said(found) == [(question, ["1 2?"]), (answer, ["3."]), (question, ["4?"])]


@pytest.mark.parametrize("dash", ["-", "– ", "—", ">> "])
def test_a_dash_says_that_somebody_else_speaks_and_names_nobody(dash: str) -> None:
    found = read(srt((1, 3, f"{dash}Will it?\n{dash}It will."), (4, 5, "Soon."), (6, 7, f"{dash}Thanks.")))
    assert said(found) == [(None, ["Will it?"]), (None, ["It will. Soon."]), (None, ["Thanks."])]
    assert "speakers" not in found.words
    assert found.times == {"t1": (1000, 3000), "t2": (1000, 5000), "t3": (6000, 7000)}


def test_a_name_behind_a_dash_is_who_speaks_even_once_but_one_word_with_a_colon_is_nobody() -> None:
    found = read(srt((1, 3, "- Anna: Will it sail?\n- Boris: It will."), (4, 5, "Soon."), (6, 7, "- Anna: Thanks.")))
    assert said(found) == [("Anna", ["Will it sail?"]), ("Boris", ["It will. Soon."]), ("Anna", ["Thanks."])]
    once = read(vtt((1, 3, "- Anna: Good morning."), (4, 5, "- Boris: Good morning.")))
    assert [one["name"] for one in once.words["speakers"]] == ["Anna", "Boris"]
    nobody = read(srt((1, 2, "- Listen: the tide is in."), (3, 4, "- I hear it.")))
    assert said(nobody) == [(None, ["Listen: the tide is in."]), (None, ["I hear it."])]


def test_without_marks_all_is_one_remark_with_a_paragraph_after_each_pause() -> None:
    found = read(srt((1, 2, "Neighbours,"), (5, 6, "skippers."), (6.5, 7, "Be brief."), (9.5, 11, "Go out together.")))
    assert [turn["kind"] for turn in found.words["turns"]] == ["remark"]
    assert found.words["turns"][0]["blocks"] == ["Neighbours, skippers. Be brief.", "Go out together."]
    assert found.times == {"t1": (1000, 11000)}


def test_a_long_remark_without_pauses_is_cut_at_ends_of_sentences() -> None:
    found = read(srt(*((n, n + 1, f"Cue {n} goes on and on" + "." * (n % 3 == 2)) for n in range(1, 240))))
    paragraphs = found.words["turns"][0]["blocks"]
    assert len(paragraphs) > 2
    assert all(len(words) < 1_600 and words.endswith(".") for words in paragraphs)


def test_a_file_that_is_read_again_keeps_ids_and_their_times() -> None:
    before = read(srt((1, 2, "- Will it sail?"), (3, 4, "- It will, and in the morning."), (5, 6, "- Thanks.")))
    again = read(
        srt((1, 2, "- Will it sail?"), (2, 3, "- Hm."), (3, 4, "- It will, in the morning."), (5, 6, "- Thanks."))
    )
    kept = again.keeping(before.words)
    assert [turn["id"] for turn in kept.words["turns"]] == ["t1", "t4", "t2", "t3"]
    assert kept.times == {"t1": (1000, 2000), "t4": (2000, 3000), "t2": (3000, 4000), "t3": (5000, 6000)}


def test_words_in_brackets_alone_are_notes_and_the_speaker_goes_on() -> None:
    found = read(
        srt(
            (1, 2, "MARA: It is late."),
            (2, 3, "[applause]"),
            (3, 4, "And dark."),
            (5, 6, "MARA: So."),
        )
    )
    assert [turn["kind"] for turn in found.words["turns"]] == ["remark", "note", "remark", "remark"]
    assert found.times["t2"] == (2000, 3000)


def test_numbers_that_are_said_are_not_taken_for_those_of_cues() -> None:
    found = read(srt((1, 2, "How many lamps?\n42"), (3, 4, "And buoys?\n\n7"), (5, 6, "19")))
    assert found.words["turns"][0]["blocks"] == ["How many lamps? 42 And buoys? 7 19"]
    found = read(vtt((1, 2, "How many?\n42"), (3, 4, "19"), between="cue-7\n"))
    assert found.words["turns"][0]["blocks"] == ["How many? 42 19"]


def test_comments_styles_and_names_of_cues_are_no_words() -> None:
    text = vtt((1, 2, "It sails."), (3, 4, "Soon."), between="NOTE\nnot this\n\nSTYLE\n::cue {color:red}\n\nintro\n")
    assert read(text).words["turns"][0]["blocks"] == ["It sails. Soon."]


def test_captions_that_roll_are_told_once_and_real_repetitions_stay() -> None:
    lines = ["the ferry", "sails in", "the morning", "and nobody", "is late"]
    rolling = [(n, n + 1, f"{lines[n - 1]}\n{lines[n]}" if n else lines[0]) for n in range(5)]
    assert read(vtt(*rolling)).words["turns"][0]["blocks"] == ["the ferry sails in the morning and nobody is late"]
    again = srt((1, 2, "No."), (2, 3, "No."), (3, 4, "It is late."), (4, 5, "Go."), (5, 6, "Now."))
    assert read(again).words["turns"][0]["blocks"] == ["No. No. It is late. Go. Now."]


def test_cues_out_of_order_are_put_in_order_and_hours_may_be_left_out() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nlast\n\n00:01.500 --> 01:00:02.000\nfirst"
    found = read(text)
    assert found.words["turns"][0]["blocks"] == ["first last"]
    assert found.times == {"t1": (1500, 3_602_000)}


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.srt", "It will sail.\n", r"no cue in it"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n♪ …\n", "no words in its cues"),
        ("a.srt", "", "the file is empty"),
        ("a.srt", "%PDF-1.7", "it is a PDF, not a .srt file"),
        ("a.vtt", "WEBVTT\n\n" + "00:01.000 --> 00:02.000\na\n\n" * 20_001, "more than 20,000 cues"),
    ],
)
def test_what_is_no_subtitle_is_refused_in_a_sentence(name: str, text: str, what: str) -> None:
    with pytest.raises(NotTaken, match=what) as refused:
        words_of_file(name, text.encode(), "en")
    assert refused.value.where.startswith(name)
    assert refused.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["srt", "vtt"])
def test_a_file_of_utf_16_is_read_like_any_other(encoding: str, ending: str) -> None:
    cues = [(1, 3, "MARA VOSS: Kommt die Fähre, und wann?"), (4, 6, "EDRIC HOLM: Sie kommt morgen früh, wenn es taut.")]
    cues += [(7, 9, "MARA VOSS: Und übermorgen?"), (10, 12, "EDRIC HOLM: Auch übermorgen, wie jeden Tag im Jahr.")]
    text = srt(*cues) if ending == "srt" else vtt(*cues)
    data = text.encode(encoding)
    found = read_page(capture_of(data, name=f"talk.{ending}", any_state=True))
    assert [turn.mark for turn in found.turns] == ["MARA VOSS", "EDRIC HOLM"] * 2
    assert found.turns[2].paragraphs == ("Und übermorgen?",)
