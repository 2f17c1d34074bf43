"""A page is understood by how official pages are made: each part is itself, and nothing of one in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.importing.capture import capture
from communique.importing.errors import NoMessage, NotReadable
from communique.importing.page import Page, understand

ANSWER = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."


def page(*blocks: str) -> Page:
    return understand(capture("\n\n".join(blocks).encode(), name="page.txt"))


def turns(*blocks: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = page("ON THE LAMP", "03.03.2026", "Minister Ada Merrow’s answers to questions on the lamp", *blocks)
    return [(t.kind, t.mark, t.paragraphs) for t in found.turns]


@pytest.mark.parametrize("mark", ["Question", "Q", "Q.", "QUESTION", "1. Question", "Journalist", "Вопрос", "Pregunta"])
def test_many_words_mark_a_question(mark: str) -> None:
    asked, answered = turns(f"{mark}: Will it burn?", f"Ada Merrow: {ANSWER}")
    assert asked == ("question", mark, ("Will it burn?",))
    assert answered == ("answer", "Ada Merrow", (ANSWER,))


def test_a_mark_may_stand_alone_on_its_line() -> None:
    found = turns("JOURNALIST:\nWill it burn?", f"MERROW:\n{ANSWER}", "JOURNALIST:\nWhen?", "MERROW:\nIn May.")
    assert [(kind, mark, words[0]) for kind, mark, words in found] == [
        ("question", "JOURNALIST", "Will it burn?"),
        ("answer", "MERROW", ANSWER),
        ("question", "JOURNALIST", "When?"),
        ("answer", "MERROW", "In May."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Following are three short remarks:",
        "Dear Sir:",
        "I will say this: nobody was to blame, and the lamp was old.",
        "At 10:30 the boat left.",
        "Three things are certain: wind, rain and the tide.",
        "More at https://embassy.example/lamp and in the reading room.",
    ],
)
def test_a_line_with_a_colon_is_not_always_a_mark(line: str) -> None:
    (_, answer) = turns("Question: Will it burn?", f"Ada Merrow: {ANSWER}", line, "That is all.")
    assert answer == ("answer", "Ada Merrow", (ANSWER, line, "That is all."))


def test_labels_that_nobody_says_are_no_turns() -> None:
    found = page("On the lamp", ANSWER, "Source: Harbour", ANSWER, "Source: Harbour", ANSWER)
    assert (found.turns, len(found.paragraphs)) == ((), 5)


def test_the_main_heading_of_html_is_the_title_and_sharing_links_below_it_are_no_message() -> None:
    links = "".join(f"<li>{name}</li>" for name in ("Share", "Print", "Send"))
    head = "<h1>Menu</h1><p>Home</p><h1>A lamp for the pier</h1><p>03.03.2026</p>"
    html = f"<html><body>{head}<ul>{links}</ul><p>{ANSWER}</p></body></html>"
    found = understand(capture(html.encode(), name="page.html"))
    assert (found.heading.title, found.paragraphs) == ("A lamp for the pier", (ANSWER,))
    assert str(found.published) == "2026-03-03"


def test_a_speaker_before_any_question_makes_a_remark() -> None:
    kinds = [t[0] for t in turns(f"Ada Merrow: {ANSWER}", "Question: When?", "Ada Merrow: In May.")]
    assert kinds == ["remark", "question", "answer"]


def test_of_two_named_speakers_the_one_who_asks_asks() -> None:
    found = turns("Owen Pell: Will it burn?", f"Ada Merrow: {ANSWER}", "Owen Pell: When?", "Ada Merrow: In May.")
    assert [(kind, mark) for kind, mark, _ in found] == [
        ("question", "Owen Pell"),
        ("answer", "Ada Merrow"),
        ("question", "Owen Pell"),
        ("answer", "Ada Merrow"),
    ]


def test_a_paragraph_in_brackets_is_a_note_and_the_answer_goes_on_after_it() -> None:
    found = turns("Question: Will it burn?", f"Ada Merrow: {ANSWER}", "(Laughter)", "So I hope.")
    assert [(kind, mark, words) for kind, mark, words in found][1:] == [
        ("answer", "Ada Merrow", (ANSWER,)),
        ("note", None, ("(Laughter)",)),
        ("answer", None, ("So I hope.",)),
    ]


def test_hard_wrapped_lines_are_paragraphs_and_half_a_sentence_goes_on_after_a_page_break() -> None:
    wrapped = "Question: Will the lamp burn\nagain this winter, and who will\nlight it when it does?"
    answer = (
        "Ada Merrow: We shall mend the lamp\nbefore the winter, and then we shall be\n\n"
        "glad to tell everybody\nwhen it burns again.\n\nThat is what I\npromise to the town."
    )
    found = turns(wrapped, answer)
    assert found[0][2] == ("Will the lamp burn again this winter, and who will light it when it does?",)
    assert found[1][2] == (
        "We shall mend the lamp before the winter, and then we shall be glad to tell everybody when it burns again.",
        "That is what I promise to the town.",
    )


def test_a_speaker_has_the_role_that_the_title_gives() -> None:
    found = page("Minister Ada Merrow’s answers", "Question: When?", "Ada Merrow: In May.")
    assert [(s.mark, s.name, s.role) for s in found.speakers] == [("Ada Merrow", "Ada Merrow", "Minister")]


@pytest.mark.parametrize(
    ("title", "event", "place", "on"),
    [
        ("{}’s speech at the Lamp Fair, Lisbon, March 3, 2026", "speech at the Lamp Fair", "Lisbon", "2026-03-03"),
        (
            "{}’s answers to Two Shores at sea Lisbon, 3 March 2026",
            "answers to Two Shores at sea",
            "Lisbon",
            "2026-03-03",
        ),
        ("Remarks at the Lamp Fair, Ostrevell, 3 March 2026", "Remarks at the Lamp Fair", "Ostrevell", "2026-03-03"),
        ("Remarks at the Lamp Fair, 3 March 2026", "Remarks at the Lamp Fair", None, "2026-03-03"),
        ("Doorstop interview, Auckland", "Doorstop interview", "Auckland", None),
    ],
)
def test_the_occasion_is_read_from_the_title(title: str, event: str, place: str | None, on: str | None) -> None:
    occasion = page(title.format("Minister Ada Merrow"), ANSWER).occasion
    assert occasion is not None
    day = occasion.on.isoformat() if occasion.on else None
    assert (occasion.event, occasion.place, day) == (event, place, on)


def test_a_title_without_day_and_place_names_no_occasion() -> None:
    assert page("On the lamp, and on wind", ANSWER).occasion is None


def test_a_list_is_divided_at_the_first_sign_and_its_teasers_are_kept_as_printed() -> None:
    found = page(
        "On the lamp",
        ANSWER,
        "LATEST EVENTS",
        "03.03.2026 - Boats - lamps - letters",
        "Question: Do lamps sleep? Answer: By day.",
        "01.03.2026 - A letter",
        "It was read with care.",
        "all messages",
    ).listing
    assert (found.heading, found.separator, found.all_link) == ("LATEST EVENTS", " - ", "all messages")
    assert [(i.day, i.title, i.teaser) for i in found.items] == [
        ("2026-03-03", "Boats - lamps - letters", "Question: Do lamps sleep? Answer: By day."),
        ("2026-03-01", "A letter", "It was read with care."),
    ]


@pytest.mark.parametrize(
    ("block", "label", "telephone", "email"),
    [
        ("Consular queries:\n01632 960142\na@embassy.example", "Consular queries", "01632 960142", "a@embassy.example"),
        ("Visas: +44 (0) 1632 960 142, a@embassy.example", "Visas", "+44 (0) 1632 960 142", "a@embassy.example"),
        ("Press office\nTel.: 01632 960142", "Press office", "01632 960142", None),
        ("Press office: a@embassy.example", "Press office", None, "a@embassy.example"),
    ],
)
def test_a_contact_block_is_label_telephone_and_mail(
    block: str, label: str, telephone: str | None, email: str | None
) -> None:
    found = page(block, "On the lamp", ANSWER)
    (contact,) = found.surroundings.contacts
    assert (contact.label, contact.telephone, contact.email) == (label, telephone, email)
    assert found.not_understood == ()


def test_address_and_hours_between_label_and_number_are_lines_of_the_block() -> None:
    (contact,) = page("Consular queries:\n14 Lamp Quay\n01632 960142", "On the lamp", ANSWER).surroundings.contacts
    assert contact.lines == ("14 Lamp Quay",)


def test_what_no_part_took_is_said_with_its_line() -> None:
    found = page("Home | News | Contact", "3 March 2026\nLisbon: 10:00", "NEWS", "01.03.2026", "On the lamp", ANSWER)
    assert [(line.number, line.text) for line in found.not_understood] == [(1, "Home | News | Contact")]


def test_a_clock_of_no_known_city_is_seen_and_said_not_to_be_understood() -> None:
    found = page("3 March 2026\nLisbon: 10:00\nTessmark: 11:00", "On the lamp", ANSWER)
    assert [(c.city, c.zone) for c in found.surroundings.clocks] == [("Lisbon", "Europe/Lisbon"), ("Tessmark", None)]
    assert [line.text for line in found.not_understood] == ["Tessmark: 11:00"]


def test_figures_that_nothing_settles_are_said_not_to_be_understood() -> None:
    found = page("NEWS", "03/04/2026", "On the lamp", ANSWER)
    assert found.published is None
    assert [line.text for line in found.not_understood] == ["03/04/2026"]


def test_without_a_text_of_its_own_a_page_is_a_list() -> None:
    found = page("LATEST EVENTS", "03.03.2026 - One", "01.03.2026 - Two", "all messages")
    assert (found.kind, found.body, len(found.listing.items)) == ("list", (), 2)


@pytest.mark.parametrize(
    ("blocks", "error", "what"),
    [
        (["Welcome"], NoMessage, "no message"),
        (["25 October 2020", "Lisbon: 10:00"], NoMessage, "no message"),
        ([ANSWER], NoMessage, "text without a title"),
        (["lamp, which had been dark for a year.", ANSWER], NoMessage, "text without a title"),
        (["On the lamp", ANSWER, "We shall mend it as so"], NotReadable, "breaks off"),
        (["On the lamp", "Question: When?", "Ada Merrow: In"], NotReadable, "breaks off"),
        (
            ["A lamp", ANSWER, "NEWS", "3.3.2026 - One", ANSWER, "2.3.2026 - Two", ANSWER, "1.3.2026 - Thr"],
            NotReadable,
            "off",
        ),
    ],
)
def test_half_a_page_and_a_page_without_a_message_are_refused(
    blocks: list[str], error: type[Exception], what: str
) -> None:
    with pytest.raises(error, match=what):
        page(*blocks)


def test_long_counters_above_a_message_of_plain_paragraphs_are_not_its_beginning() -> None:
    source = Path(__file__).parents[2].joinpath("examples", "embassy-page.txt").read_text("utf-8")
    for mark in ("Question: ", "Edric Holmevand: "):
        source = source.replace(f"\n{mark}", "\n")
    page = understand(capture(source.encode(), name="page.txt"))
    assert page.heading.title is not None
    assert page.heading.title.startswith("Ambassador Edric Holmevand")
    assert (len(page.turns), len(page.surroundings.counters)) == (0, 2)
    assert page.not_understood == ()


@pytest.mark.parametrize("sign", ["–", "—", "-"])
@pytest.mark.parametrize("marks", [("Question", "Ada Merrow"), ("Owen Pell", "Ada Merrow"), ("Вопрос", "Ответ")])
def test_a_dash_after_marks_that_take_turns_marks_speakers(sign: str, marks: tuple[str, str]) -> None:
    asks, answers = (f"{mark} {sign} " for mark in marks)
    found = turns(f"{asks}Will it burn?", f"{answers}{ANSWER}", "So I hope.", f"{asks}When?", f"{answers}In May.")
    assert [(kind, mark) for kind, mark, _ in found] == [("question", marks[0]), ("answer", marks[1])] * 2
    assert found[1][2] == (ANSWER, "So I hope.")


def test_a_dash_in_the_middle_of_words_marks_nobody() -> None:
    said = ("The lamp - it burns. We are glad, and everybody on the pier says so.", "Owen Pell - our friend - said so.")
    found = page("ON THE LAMP", "03.03.2026", "On the lamp", *said, "The lamp - it is old.")
    assert found.turns == ()
    (_, answer) = turns("Question: Will it burn?", f"Ada Merrow: {ANSWER}", *said)
    assert answer == ("answer", "Ada Merrow", (ANSWER, *said))


@pytest.mark.parametrize("second", ["01632 960143 (emergency)", "(emergency) 01632 960143", "Emergency: 01632 960143"])
def test_a_second_number_for_other_hours_does_not_take_the_mail(second: str) -> None:
    found = page(f"Consular queries:\n01632 960142\n{second}\na@embassy.example", "On the lamp", ANSWER)
    (contact,) = found.surroundings.contacts
    assert (contact.label, contact.telephone, contact.email) == (
        "Consular queries",
        "01632 960142",
        "a@embassy.example",
    )
    assert contact.lines == (second,)


@pytest.mark.parametrize(
    "labels",
    [
        ("The new fees for a passport and for a visa apply from Monday, and nothing else changes.",
         "Passport: forty euro.", "Visa: sixty euro.", "Payment by card only."),
        ("The consul visits Cork and Galway in June and sees everybody who has written before.",
         "Cork: 4 June, Town Hall.", "Galway: 6 June, the old library."),
        ("Le consulat ferme plus tard cet été, et chacun peut venir sans rendez-vous le matin.",
         "Horaires : de neuf heures à midi.", "Lieu : quai des Lampes, deuxième étage.", "Tarif : rien ne change."),
    ],
)  # fmt: skip
def test_labels_in_a_statement_are_nobody_who_speaks(labels: tuple[str, ...]) -> None:
    found = page("ON THE COUNTER", "03.03.2026", "Notice of the consular section", *labels)
    assert found.turns == ()
    assert found.paragraphs == labels
