"""A person's dated pages show her words: each turn, what was asked before it, and a link to where it stands."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from communique.press.follower import Press
from communique.press.passages import passages_in
from communique.record.reader_folder import FolderReader
from communique.verify.site.markup import parse_page
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from communique.verify.site.rows import Rows
from communique.verify.site.standing import standing_in
from communique.verify.site.wording import Gaps
from offices import Draft, Office, id_of, make_office, message, piece

PERSON = "en/people/oriel-tavenmark"
MOST_BYTES = 60_000
ORIEL = {"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}


def question(n: int, words: str, **more: Any) -> dict[str, Any]:
    return {"id": f"t{n}", "kind": "question", "blocks": [words], **more}


def answer(n: int, *words: str | None, speaker: int = 0) -> dict[str, Any]:
    return {"id": f"t{n}", "kind": "answer", "speaker": speaker, "blocks": list(words)}


def talk(key: str, *turns: dict[str, Any], **more: Any) -> Draft:
    content = {**message(key, kind="interview", **more), "speakers": [ORIEL], "turns": list(turns)}
    del content["blocks"]
    return Draft(id_of(key), "publish", content)


def long_talk(key: str, exchanges: int, words: str) -> Draft:
    turns = []
    for n in range(exchanges):
        turns += [
            question(2 * n + 1, f"Question {n}? " + "Why is that so? " * 40 + "Why?"),
            answer(2 * n + 2, words.strip(), "And more."),
        ]
    return talk(key, *turns, title=f"The ambassador in conversation with the harbour radio, part {key}")


def page(office: Office, below: str) -> str:
    return (office.site / PERSON / below / "index.html").read_text("utf-8")


def paragraphs(page: str) -> list[tuple[str, str]]:
    """The class and the plain words of each paragraph of a person's words."""
    found = re.findall(r'<p class="(passage[a-z-]*)">(.*?)</p>', page)
    return [(name, unescape(re.sub(r"<[^>]*>", "", words))) for name, words in found]


def faults(office: Office) -> list[str]:
    report = verify_site("the site", lambda: FolderReader(office.record), lambda: FolderSite(office.site))
    return [finding.what for finding in report.findings]


def row_faults(office: Office, below: str) -> list[str]:
    """What verify finds in the rows of one page."""
    main = parse_page(page(office, below).encode()).find("main")[0]
    standing = standing_in(FolderReader(office.record))
    return list(Rows(standing, Gaps()).faults(main, standing.wording("en"), f"{PERSON}/{below}/"))


def publish_unmade(office: Office, *release: Draft) -> None:
    """Publish messages of which the press takes note and makes no page yet."""
    office.baking = False
    office.publish(*release)
    office.baking = True
    with patch.object(Press, "_set_live"):
        office.press.catch_up()


def test_a_month_has_each_answer_whole_below_its_question_with_a_link_to_its_turn(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    turns = (
        question(1, "Were you careful?", questioner="Ada Wick"),
        answer(2, "You were careful, which is your profession.", "I was <not>."),
        answer(3, "Not at all."),
        {"id": "t4", "kind": "remark", "speaker": 0, "blocks": ["She rises."]},
    )
    (published,) = office.publish(talk("one", *turns))
    shown = page(office, "2026/03")
    assert paragraphs(shown) == [
        ("passage-asked", "Were you careful?"),
        ("passage", "2 You were careful, which is your profession. I was <not>."),
        ("passage", "3 Not at all."),
        ("passage", "4 She rises."),
    ]
    for turn in ("t2", "t3", "t4"):
        assert f'href="/{published.address}/#{turn}"' in shown
    assert faults(office) == []


def test_questions_that_she_asks_stand_apart_from_what_she_says(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(talk("asks", question(1, "Is the tide in?", questioner="Oriel Tavenmark"), answer(2, "It is.")))
    shown = page(office, "2026/03")
    said, asked = shown.partition("Questions asked")[::2]
    assert paragraphs(said) == [("passage-asked", "Is the tide in?"), ("passage", "2 It is.")]
    assert paragraphs(asked) == [("passage", "1 Is the tide in?")]
    assert faults(office) == []


def test_of_a_text_without_turns_its_beginning_is_shown(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    content = {**message("text", "The lamp is lit. " * 100 + "So.", teaser="Of lamps."), "speakers": [ORIEL]}
    office.publish(Draft(id_of("text"), "publish", content))
    ((name, words),) = paragraphs(page(office, "2026/03"))
    assert name == "passage"
    assert words.startswith("The lamp is lit. The lamp")
    assert words.endswith("…")
    assert faults(office) == []


def test_a_corrected_word_is_corrected_here_and_an_erased_one_is_gone(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    draft = talk("one", question(1, "When?"), answer(2, "At nine.", "Or at noon."))
    (published,) = office.publish(draft)
    content = {**draft.content, "address": published.address, "note": "The hour was wrong."}
    office.publish(Draft(draft.id, "correct", {**content, "turns": [question(1, "When?"), answer(2, "At ten.", "x")]}))
    assert paragraphs(page(office, "2026/03"))[-1] == ("passage", "2 At ten. x")
    assert faults(office) == []


def test_words_are_shown_up_to_what_the_law_took() -> None:
    content = talk("one", answer(1, "At nine.", None, "Never."), answer(2, None, "Never.")).content
    found = passages_in(content, [id_of("person")], False)
    assert [one.words for one in found] == ["At nine. …", ""]


@pytest.mark.parametrize("words", ["कृपया ध्यान रखें कि नाव नौ बजे चलती है। " * 9, "&<\"'" * 200])
def test_a_full_month_and_its_year_keep_to_sixty_kilobytes(tmp_path: Path, words: str) -> None:
    office = make_office(tmp_path)
    publish_unmade(office, *(long_talk(f"m{number}", 4, words) for number in range(99)))
    office.publish(long_talk("newest", 4, words))
    for below in ("2026/03", "2026", ""):
        assert len(page(office, below).encode()) <= MOST_BYTES, below
    found = paragraphs(page(office, "2026/03"))
    assert found[0][1].startswith("Question 0? Why"), "the newest"
    assert sum(name == "passage" for name, _ in found) >= 10
    assert page(office, "2026/03").count("4 passages in this text") == 100
    for below in ("2026/03", "2026"):
        assert row_faults(office, below) == []


def test_one_long_interview_is_cut_to_the_beginnings_of_its_answers_and_links_to_the_rest(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    (published,) = office.publish(long_talk("one", 80, "You were careful. " * 60))
    shown = page(office, "2026/03")
    assert len(shown.encode()) <= MOST_BYTES
    for number in range(80):
        assert f'href="/{published.address}/#t{2 * number + 2}"' in shown
    assert row_faults(office, "2026/03") == []


@pytest.mark.parametrize(
    ("words", "damaged"),
    [
        ("which is your profession", "which is not your profession"),
        ("Were you careful?", "Were you reckless?"),
        ('#t3" aria', '#t2" aria'),
        ("And more of it", "And none of it"),
    ],
)
def test_a_damaged_word_or_link_of_hers_is_found(tmp_path: Path, words: str, damaged: str) -> None:
    office = make_office(tmp_path)
    turns = (question(1, "Were you careful?"), answer(2, "You were, which is your profession."))
    office.publish(talk("one", *turns, answer(3, "And more of it. " * 3 + "So.")))
    file = office.site / PERSON / "2026/03/index.html"
    whole = file.read_text("utf-8")
    assert words in whole
    assert row_faults(office, "2026/03") == []
    file.write_text(whole.replace(words, damaged, 1), "utf-8")
    assert row_faults(office, "2026/03") != []


def test_a_year_names_its_months_with_the_titles_of_their_messages(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(talk("one", answer(1, "Yes."), title="The first talk"))
    office.at = office.at.replace(month=5)
    office.publish(talk("two", answer(1, "No."), title="The second talk", address="en/statements/2026/05/03/two"))
    shown = page(office, "2026")
    at = [shown.index(words) for words in ("2026/05/", "The second talk", "2026/03/", "The first talk")]
    assert at == sorted(at)
    assert faults(office) == []


def test_who_was_merged_has_her_words_with_whom_she_is_now(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    other = piece("person", name={"en": "O. Tavenmark"}, address="o-tavenmark")
    office.publish(Draft(id_of("other"), "furniture", other))
    draft = talk("one", answer(1, "I was another."))
    draft.content["speakers"] = [{"name": "O. Tavenmark", "person": id_of("other")}]
    office.publish(draft)
    office.publish(Draft(id_of("other"), "furniture", {**other, "merged": id_of("person")}))
    assert paragraphs(page(office, "2026/03")) == [("passage", "1 I was another.")]
    assert faults(office) == []
