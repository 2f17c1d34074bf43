"""Counters: the number wherever it stands, the starting day, and every plural of the sentence."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from communique.importing.counters import counters_of, is_counter
from communique.importing.plurals import plural_categories, sentences
from importing.phrases import LANGUAGES


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "966 days have passed since the bridge was opened", 966),
        ("en", "It is 1,041 days since the two towns were twinned", 1041),
        ("en", "Without an interruption for 1 day", 1),
        ("fr", "1 041 jours se sont écoulés depuis l’ouverture", 1041),
        ("de", "Seit 12 Tagen fährt die neue Fähre", 12),
        ("ru", "С открытия моста прошло дней: 12", 12),
        ("ru", "Прошёл 21 день с открытия моста", 21),
        ("ar", "مضى ٢٥ يومًا على افتتاح الجسر", 25),
        ("el", "Πέρασαν 12 ημέρες από τα εγκαίνια", 12),
        ("zh", "大桥开通已有966天", 966),
    ],
)
def test_the_number_may_stand_first_in_the_middle_or_last(language: str, text: str, days: int) -> None:
    (counter,) = counters_of(text, language)
    assert (counter.days, counter.text) == (days, text)
    assert counter.pattern.count("#") == 1


def test_two_counters_far_apart_in_one_line_are_two() -> None:
    line = "12 days have passed since the regatta - the cup is still missing" + " " * 90 + "3 days since the fog"
    assert [(c.days, c.text.split()[-1]) for c in counters_of(line, "en")] == [(12, "missing"), (3, "fog")]


def test_counters_that_begin_with_their_number_are_divided_without_a_gap() -> None:
    assert [c.days for c in counters_of("12 days have passed since May 3 days since the fog", "en")] == [12, 3]


def test_the_starting_day_is_the_printed_day_less_the_number() -> None:
    (counter,) = counters_of("366 days have passed since the leap", "en")
    assert counter.since(date(2024, 3, 1)) == date(2023, 3, 1)
    assert counter.since(None) is None


@pytest.mark.parametrize(
    "text",
    ["25 October 2020", "The talks lasted 3 days, and 2 days more were spent at sea.", "Open 7 days", "Day of the sea"],
)
def test_other_lines_with_days_are_no_counters(text: str) -> None:
    assert not counters_of(text, "en") or not is_counter(text, "en")


def test_a_sentence_of_running_text_is_no_counter() -> None:
    assert not is_counter("It is 12 days since we met, and nobody has forgotten it.", "en")
    assert is_counter("It is 12 days since we met", "en")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_plural_is_made_from_any_printed_one(language: str) -> None:
    for forms in LANGUAGES[language].counters:
        assert set(forms) == set(plural_categories(language))
        for number in (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 111, 1000):
            category = _category(number, language)
            (counter,) = counters_of(forms[category].replace("#", str(number)), language)
            made = sentences(counter.pattern, counter.word, counter.days, language)
            assert made[category] == forms[category], (language, number)
            assert made == {c: _spoken(c, form) if c != category else form for c, form in forms.items()}, number


def _spoken(category: str, form: str) -> str:
    """Arabic says one day and two days without a figure."""
    return form.replace("# يوم", {"one": "يوم واحد", "two": "يومان"}.get(category, "# يوم"))


def _category(number: int, language: str) -> str:
    return str(Locale.parse(language).plural_form(number))


def test_thousands_are_known_to_be_divided_or_not() -> None:
    assert [c.grouping for c in counters_of("1,041 days since May", "en")] == [True]
    assert [c.grouping for c in counters_of("1041 days since May", "en")] == [False]
