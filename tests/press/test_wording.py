"""What the press says in numbers, days and labels is right in each of its languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from communique.press import wording as wordings
from communique.press.message_view import title_size
from communique.press.wording import Wording, in_language, without_year, wording_of
from press import sample

PRESS = Path(wordings.__file__).parent
LANGUAGES = sorted(path.stem for path in wordings.WORDS.glob("*.json"))
SLOT = re.compile(r"\{[a-z]+\}")
DYNAMIC = ("edition_", "kind_", "status_", "row_", "state_", "compare_", "fact_", "answer", "remark")
"""beginnings of keys which the views put together; every other key stands in the source as it is"""


def words(language: str) -> dict[str, str | dict[str, str]]:
    found: dict[str, str | dict[str, str]] = json.loads((wordings.WORDS / f"{language}.json").read_text("utf-8"))
    return found


def slots(label: str | dict[str, str]) -> set[str]:
    return set(SLOT.findall(label if isinstance(label, str) else label["other"]))


def test_fifteen_languages_have_words_of_their_own() -> None:
    assert LANGUAGES == ["ar", "de", "el", "en", "es", "fr", "he", "hi", "it", "pl", "pt", "ru", "tr", "uk", "zh"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_label_with_the_same_slots(language: str) -> None:
    english, own = words("en"), words(language)
    assert list(own) == list(english)
    assert {key: slots(label) for key, label in own.items()} == {key: slots(label) for key, label in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_that_counts_has_a_form_for_each_plural_category(language: str) -> None:
    wording = Wording(language)
    wanted = {wording.plural(count) for count in range(200)}
    for key, label in words(language).items():
        if isinstance(label, dict):
            assert wanted <= set(label), key
            assert all("{n}" in form for form in label.values()), key


def test_no_label_lies_unused() -> None:
    source = "".join(path.read_text("utf-8") for path in PRESS.glob("*.py"))
    named = set(re.findall(r'"([a-z_]+)"', source)) | {f"{word}_at" for word in re.findall(r'"([a-z]+)"', source)}
    assert [key for key in words("en") if key not in named and not key.startswith(DYNAMIC)] == []


def test_an_office_has_the_last_word_on_a_label() -> None:
    piece = ("labels0000000001", {"piece": "labels", "words": {"latest": {"en": "LATEST EVENTS"}}})
    assert wording_of(sample.furniture(piece), "en").label("latest") == "LATEST EVENTS"
    assert wording_of(sample.furniture(piece), "fr").label("latest") == words("fr")["latest"]


@pytest.mark.parametrize(
    ("language", "own", "said"),
    [
        (
            "pl",
            {"one": "{n} pytanie", "few": "{n} pytania", "many": "{n} pytań", "other": "{n} pytania"},
            {1: "1 pytanie", 3: "3 pytania", 5: "5 pytań", 22: "22 pytania"},
        ),
        (
            "ar",
            {"one": "سؤال واحد", "two": "سؤالان", "few": "{n} أسئلة", "other": "{n} سؤال"},
            {1: "سؤال واحد", 2: "سؤالان", 3: "٣ أسئلة", 11: "١١ سؤال"},
        ),
        ("pl", {"one": None, "other": "{n} pytania"}, {1: "1 pytania"}),
        ("pl", "Pytań: {n}", {1: "Pytań: 1", 5: "Pytań: 5"}),
        ("pl", {"other": None}, {5: "5 pytań w tym tekście"}),
    ],
)
def test_an_office_says_a_number_in_forms_of_its_own(
    language: str, own: dict[str, str | None] | str, said: dict[int, str]
) -> None:
    piece = ("labels0000000001", {"piece": "labels", "words": {"questions_here": {language: own}}})
    wording = wording_of(sample.furniture(piece), language)
    assert {count: wording.counted("questions_here", count) for count in said} == said


def test_a_language_without_words_falls_back_to_english() -> None:
    assert Wording("is").label("question") == "Question"


@pytest.mark.parametrize(
    ("language", "pattern", "said"),
    [
        ("en", "d MMMM y", "9 March 2027"),
        ("en", "dd.MM.yyyy", "09.03.2027"),
        ("en", "EEEE, d MMM yy", "Tuesday, 9 Mar 27"),
        ("en", "M/d/y", "3/9/2027"),
        ("fr", "d MMMM y", "9 mars 2027"),
        ("ru", "d MMMM y 'г'.", "9 марта 2027 г."),
        ("ru", "LLLL y", "март 2027"),
        ("uk", "d MMMM y", "9 березня 2027"),
        ("pl", "d MMMM y", "9 marca 2027"),
        ("es", "d 'de' MMMM 'de' y", "9 de marzo de 2027"),
        ("el", "d MMMM y", "9 Μαρτίου 2027"),
        ("tr", "d MMMM y", "9 Mart 2027"),
        ("he", "d בMMMM y", "9 במרץ 2027"),
        ("hi", "d MMMM y", "9 मार्च 2027"),
        ("zh", "y年M月d日", "2027年3月9日"),
        ("en", "d 'o''clock'", "9 o'clock"),
    ],
)
def test_a_day_follows_its_cldr_pattern(language: str, pattern: str, said: str) -> None:
    assert Wording(language).day("2027-03-09", pattern) == said


def test_arabic_days_and_numbers_use_arabic_digits_unless_the_office_chose_others() -> None:
    arabic = wording_of(sample.furniture(), "ar")
    assert arabic.day("2027-03-09") == "٩ مارس ٢٠٢٧"
    assert arabic.number(1041) == "١٬٠٤١"
    assert [Wording("hi").number(count) for count in (999, 1041, 123456, 12345678)] == [
        *("999", "1,041", "1,23,456", "1,23,45,678")
    ]
    assert Wording("en").number(12345678) == "12,345,678"
    assert Wording("ar", dateline="d MMMM y", numerals="latn").day("2027-03-09") == "9 مارس 2027"


@pytest.mark.parametrize(
    ("pattern", "short"),
    [
        ("d MMMM y", "d' 'MMMM"),
        ("dd.MM.yyyy", "dd'.'MM"),
        ("y-MM-dd", "MM'-'dd"),
        ("d MMMM y 'г'.", "d' 'MMMM"),
        ("MMMM d, y", "MMMM' 'd"),
        ("d 'de' MMMM 'de' y", "d' de 'MMMM"),
        ("y年M月d日", "M'月'd'日'"),
    ],
)
def test_a_day_may_do_without_its_year(pattern: str, short: str) -> None:
    day = Wording("en").day("2027-03-09", without_year(pattern))
    assert day == Wording("en").day("2027-03-09", short)
    assert "2027" not in day


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 entry"),
        ("en", 1209, "1,209 entries"),
        ("ru", 1, "1 запись"),
        ("ru", 3, "3 записи"),
        ("ru", 11, "11 записей"),
        ("ru", 21, "21 запись"),
        ("pl", 22, "22 wpisy"),
        ("pl", 25, "25 wpisów"),
    ],
)
def test_a_counted_label_takes_the_plural_of_its_number(language: str, count: int, said: str) -> None:
    assert Wording(language).counted("record_size", count) == said


@pytest.mark.parametrize(("count", "form"), [(1, "قيد"), (2, "قيدان"), (5, "قيود"), (11, "قيدًا"), (100, "قيد")])
def test_arabic_counts_in_six_forms(count: int, form: str) -> None:
    arabic = Wording("ar", numerals="arab")
    assert arabic.counted("record_size", count) == f"{arabic.number(count)} {form}"


def test_an_instant_names_the_place_whose_time_it_is_across_summer_time() -> None:
    wording = Wording("en", dateline="d MMMM y")
    day = '<span class="unbroken">28 March 2027</span>'
    assert wording.instant("2027-03-28T00:59:00Z", "Europe/Helsinki", "Tessmark") == f"{day}, 02:59 Tessmark"
    assert wording.instant("2027-03-28T01:00:00Z", "Europe/Helsinki", "Tessmark") == f"{day}, 04:00 Tessmark"


@pytest.mark.parametrize(
    ("language", "time", "said"),
    [
        ("en", "09:00", "09:00"),
        ("fr", "09:00", "9\u00a0h"),
        ("fr", "18:05", "18\u00a0h\u00a005"),
        ("ar", "09:30", "٠٩:٣٠"),
    ],
)
def test_an_hour_is_said_as_the_language_says_it(language: str, time: str, said: str) -> None:
    assert wording_of(sample.furniture(), language).hour(time) == said


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", "2027-02-09", "2027-02-09", "9 February"),
        ("en", "2027-02-09", "2027-02-10", "9 to 10 February"),
        ("en", "2027-02-27", "2027-03-02", "27 February to 2 March"),
        ("en-US", "2027-02-09", "2027-02-10", "February 9 to 10"),
        ("fr", "2027-02-09", "2027-02-10", "du 9 au 10 février"),
        ("fr", "2027-02-01", "2027-02-11", "du 1er au 11 février"),
        ("fr", "2027-01-31", "2027-02-01", "du 31 janvier au 1er février"),
        ("fr", "2027-01-01", "2027-01-01", "1er janvier"),
        ("ar", "2027-02-09", "2027-02-10", "من ٩ إلى ١٠ فبراير"),
        ("de", "2027-02-09", "2027-02-10", "9. bis 10. Februar"),
        ("es", "2027-02-09", "2027-02-10", "del 9 al 10 de febrero"),
        ("he", "2027-02-09", "2027-02-10", "9 עד 10 בפברואר"),
        ("hi", "2027-02-09", "2027-02-10", "9 से 10 फ़रवरी"),
        ("zh", "2027-02-09", "2027-02-10", "2月9日至10日"),
        ("zh", "2027-02-09", "2027-03-10", "2月9日至3月10日"),
    ],
)
def test_days_of_one_month_name_it_once(language: str, first: str, last: str, said: str) -> None:
    wording = wording_of(sample.furniture(without=("office",)), language)
    assert wording.days(first, last) == said


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", "2027-02-09", "2027-02-09", "9 February 2027"),
        ("en", "2027-02-09", "2027-02-10", "9 to 10 February 2027"),
        ("en", "2027-02-27", "2027-03-02", "27 February to 2 March 2027"),
        ("en", "2026-12-31", "2027-01-01", "31 December 2026 to 1 January 2027"),
        ("fr", "2027-02-01", "2027-02-11", "du 1er au 11 février 2027"),
        ("ar", "2027-02-09", "2027-02-10", "من ٩ إلى ١٠ فبراير ٢٠٢٧"),
        ("ru", "2027-02-09", "2027-02-10", "9 – 10 февраля 2027\u202fг."),
        ("zh", "2027-02-09", "2027-02-10", "2027年2月9日至10日"),
    ],
)
def test_the_year_of_an_event_is_said_once(language: str, first: str, last: str, said: str) -> None:
    wording = wording_of(sample.furniture(without=("office",)), language)
    words = re.sub(r"<[^>]*>", "", str(wording.whole_days(first, last)))
    assert words.replace("\N{NO-BREAK SPACE}", " ") == said


def test_an_office_that_writes_months_as_numbers_has_whole_days() -> None:
    numbers = Wording("en", dateline="dd.MM.yyyy")
    assert re.sub(r"<[^>]*>", "", str(numbers.whole_days("2027-02-09", "2027-02-10"))) == "09.02.2027 to 10.02.2027"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 12 November 2026"),
        ("fr", "Jeudi 12 novembre 2026"),
        ("ar", "الخميس، ١٢ نوفمبر ٢٠٢٦"),
        ("de", "Donnerstag, 12. November 2026"),
        ("tr", "12 Kasım 2026 Perşembe"),
        ("he", "יום חמישי, 12 בנובמבר 2026"),
        ("hi", "गुरुवार, 12 नवंबर 2026"),
        ("zh", "2026年11月12日星期四"),
    ],
)
def test_a_day_with_its_weekday_is_punctuated_as_the_language_does(language: str, said: str) -> None:
    words = wording_of(sample.furniture(without=("office",)), language).weekday_and_day("2026-11-12")
    assert re.sub("<[^>]+>", "", words) == said


def test_zones_come_from_the_tzdata_package_and_not_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONTZPATH", "/nowhere")
    wordings.zone.cache_clear()
    assert wordings.zone("Europe/London").key == "Europe/London"


def test_words_missing_in_a_language_are_taken_from_another_and_never_left_out() -> None:
    assert in_language({"fr": "Bonjour"}, "ar") == "Bonjour"
    assert in_language({"fr": "Bonjour", "en": "Hello"}, "ar") == "Hello"
    assert in_language({"pt": "Olá"}, "pt-BR") == "Olá"
    assert in_language(None, "en") == ""


def test_a_date_in_a_title_is_not_broken_and_keeps_its_characters() -> None:
    english, arabic = Wording("en"), Wording("ar")
    assert english.unbroken_dates("A & B, 9 March 2027") == ('A &amp; B, <span class="unbroken">9 March 2027</span>')
    assert english.unbroken_dates("On 09.03.2027.") == 'On <span class="unbroken">09.03.2027</span>.'
    assert english.unbroken_dates("At sea, April 29, 2026") == 'At sea, <span class="unbroken">April 29, 2026</span>'
    assert Wording("es").unbroken_dates("9 de marzo de 2027") == '<span class="unbroken">9 de marzo de 2027</span>'
    assert "unbroken" in arabic.unbroken_dates("بيان ٩ مارس ٢٠٢٧")
    assert Wording("zh").unbroken_dates("于2027年3月4日") == '于<span class="unbroken">2027年3月4日</span>'
    assert "unbroken" in Wording("he").unbroken_dates("הצהרה, 4 במרץ 2027")
    assert english.unbroken_dates("9 mars 2027 <b>") == "9 mars 2027 &lt;b&gt;"


def test_french_writes_the_first_of_a_month_so_in_sentences_and_keeps_the_pattern_of_a_date_line() -> None:
    french = wording_of(sample.furniture(without=("office",)), "fr")
    assert french.day("2027-01-01") == "1er janvier 2027"
    assert french.day("2027-01-11") == "11 janvier 2027"
    assert french.day("2021-01-01") == "1er janvier 2021"
    assert french.day("2027-01-01", french.dateline) == "1 janvier 2027"
    assert wording_of(sample.furniture(without=("office",)), "en").day("2027-01-01") == "1 January 2027"


def test_commas_are_those_of_the_script_and_not_of_the_direction() -> None:
    assert [Wording(language).comma for language in ("en", "ar", "he", "hi", "zh")] == [", ", "، ", ", ", ", ", "，"]


def test_chinese_lists_take_no_pattern_with_names_of_months_from_another_language() -> None:
    assert wording_of(sample.furniture(), "zh").list_day("2027-03-09") == "2027年3月9日"
    assert wording_of(sample.furniture(), "en").list_day("2027-03-09") == "9 March 2027"
    assert Wording("zh").month(2027, 3) == "2027年3月"


def test_a_chinese_title_is_measured_by_its_breadth() -> None:
    assert [title_size(sign * 40) for sign in ("a", "字")] == ["short", "plain"]
