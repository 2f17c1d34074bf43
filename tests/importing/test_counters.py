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


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("sv", "966 dagar har gått sedan färjan öppnade", 966),
        ("sv", "Det har gått 966 dygn sedan färjan öppnade", 966),
        ("nb", "Det har gått 966 dager siden fergen åpnet", 966),
        ("da", "Der er gået 966 dage siden færgen åbnede", 966),
        ("nl", "966 dagen zijn verstreken sinds de opening", 966),
        ("fi", "966 päivää on kulunut lautan avaamisesta", 966),
        ("cs", "Od otevření mostu uplynulo 966 dní", 966),
        ("hu", "966 nap telt el a komp indulása óta", 966),
        ("ro", "Au trecut 966 de zile de la deschidere", 966),
        ("bg", "966 дни изминаха от откриването на моста", 966),
        ("ja", "橋の開通から966日が経過しました", 966),
        ("zh", "大桥开通已经966天", 966),
        ("ko", "다리 개통 이후 966일이 지났습니다", 966),
        ("he", "966 ימים חלפו מאז פתיחת הגשר", 966),
        ("fa", "۹۶۶ روز از افتتاح پل گذشته است", 966),
        ("ar", "مر 966 يوما على افتتاح العبارة", 966),
        ("en", "12 days since the storm without an answer until now", 12),
    ],
)
def test_days_that_have_passed_are_counted_in_many_languages(language: str, text: str, days: int) -> None:
    (counter,) = counters_of(text, language)
    assert (counter.days, counter.text) == (days, text)
    forms = sentences(counter.pattern, counter.word, counter.days, language)
    assert forms[str(Locale.parse(language).plural_form(days))] == counter.pattern


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "100 days until the summit"),
        ("en", "Only 100 days left before the summit - none since then"),
        ("en", "100 days - the lock and the lamp"),
        ("fr", "Encore 100 jours jusqu’au sommet"),
        ("de", "Noch 100 Tage bis zum Gipfel"),
        ("ru", "До саммита осталось 100 дней"),
        ("uk", "До саміту залишилося 100 днів"),
        ("es", "Faltan 100 días para la cumbre"),
        ("it", "Mancano 100 giorni al vertice"),
        ("pl", "Do szczytu pozostało 100 dni"),
        ("ar", "بقي 100 يوم على انطلاق القمة"),
        ("zh", "距离峰会还有100天"),
        ("ja", "サミットまであと100日"),
        ("sv", "100 dagar kvar till toppmötet i Malmö"),
        ("ky", "100 күн Саммитке чейин калды"),
    ],
)
def test_a_countdown_counts_no_days_since(language: str, text: str) -> None:
    assert counters_of(text, language) == []
    assert not is_counter(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "2020年10月25日"),
        ("zh", "声明，北京，2020年9月13日"),
        ("ko", "2020년 10월 25일"),
        ("ja", "会見、2020年9月13日から"),
    ],
)
def test_the_figures_of_a_date_count_no_days(language: str, text: str) -> None:
    assert counters_of(text, language) == []


def test_a_sentence_more_makes_running_text_of_a_counter() -> None:
    assert counters_of("100 days have passed since the ferry opened. We are glad about that", "en") == []
