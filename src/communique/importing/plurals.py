"""A counter's sentence in every plural category of its language, from the one that is printed.

Forms of "day" come from CLDR's units, with the cases it lacks added for languages that decline; verbs of elapsing
follow the number where the language wants it ("has passed", "прошёл", "minął"). The printed category keeps the printed
words exactly. What these tables cannot know is left as printed, and the office mends it like any furniture.

    >>> sentences("# days have passed since the opening", "days", 412, "en")
    {'one': '# day has passed since the opening', 'other': '# days have passed since the opening'}
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

Forms = dict[str, str]

_OTHER_CASES: dict[str, tuple[Forms, ...]] = {
    "de": ({"one": "Tag", "other": "Tagen"},),
    "ru": (
        {"one": "дня", "few": "дней", "many": "дней", "other": "дня"},
        {"one": "сутки", "few": "суток", "many": "суток", "other": "суток"},
    ),
    "uk": (
        {"one": "дня", "few": "днів", "many": "днів", "other": "дня"},
        {"one": "доба", "few": "доби", "many": "діб", "other": "доби"},
    ),
    "pl": ({"one": "dnia", "few": "dni", "many": "dni", "other": "dnia"},),
    "el": ({"one": "μέρα", "other": "μέρες"},),
    "ar": (
        {"zero": "يوم", "one": "يوم", "two": "يوم", "few": "أيام", "many": "يوماً", "other": "يوم"},
        {"zero": "يوم", "one": "يوم", "two": "يوم", "few": "أيام", "many": "يوما", "other": "يوم"},
    ),
    "cs": ({"one": "den", "few": "dny", "many": "dne", "other": "dní"},),
    "sv": ({"one": "dag", "other": "dagar"},),
    "nb": ({"one": "dag", "other": "dager"},),
    "no": ({"one": "dag", "other": "dager"}, {"one": "døgn", "other": "døgn"}),
    "et": ({"one": "päev", "other": "päeva"},),
    "fi": ({"one": "päivän", "other": "päivän"},),
    "is": ({"one": "dagur", "other": "dagar"}, {"one": "dag", "other": "daga"}),
    "hu": ({"one": "napja", "other": "napja"},),
    "zh": ({"other": "日"},),
    "es": ({"one": "jornada", "other": "jornadas"},),
}
"""paradigms that CLDR's units do not have: cases after a preposition, other words for a day, other spellings"""

_WITH_FIGURES: dict[str, Forms] = {
    "ar": {"zero": "يوم", "one": "يوم", "two": "يوم", "few": "أيام", "many": "يومًا", "other": "يوم"},
}
"""where CLDR has forms that stand without a figure ("two days" as one word): those that stand beside one"""

_WITHOUT_FIGURE: dict[str, Forms] = {
    "ar": {"one": "يوم واحد", "two": "يومان"},
    "he": {"two": "יומיים"},
}
"""number and day as one expression, which takes the place of both"""

_GOVERNED = {
    "de": r"(?:seit|vor|nach|von|mit|bei)",
    "ru": r"(?:в течение|около|более|свыше|менее|после)",
    "uk": r"(?:протягом|впродовж|упродовж|близько|більше|після)",
    "pl": r"(?:od|około|podczas|w ciągu)",
}
"""words right before the number after which "day" stands in the second of the language's paradigms"""

_VERBS: dict[str, tuple[Forms, ...]] = {
    "en": (
        {"one": "has", "other": "have"},
        {"one": "there is", "other": "there are"},
    ),
    "fr": (
        {"one": "s’est écoulé", "other": "se sont écoulés"},
        {"one": "s'est écoulé", "other": "se sont écoulés"},
        {"one": "a passé", "other": "ont passé"},
        {"one": "est passé", "other": "sont passés"},
    ),
    "de": (
        {"one": "ist vergangen", "other": "sind vergangen"},
        {"one": "ist", "other": "sind"},
    ),
    "es": (
        {"one": "ha pasado", "other": "han pasado"},
        {"one": "ha transcurrido", "other": "han transcurrido"},
        {"one": "pasó", "other": "pasaron"},
    ),
    "it": (
        {"one": "è passato", "other": "sono passati"},
        {"one": "è trascorso", "other": "sono trascorsi"},
    ),
    "pt": (
        {"one": "passou", "other": "passaram"},
        {"one": "passou-se", "other": "passaram-se"},
        {"one": "decorreu", "other": "decorreram"},
    ),
    "ru": (
        {"one": "прошёл", "few": "прошло", "many": "прошло", "other": "прошло"},
        {"one": "минул", "few": "минуло", "many": "минуло", "other": "минуло"},
        {"one": "исполнился", "few": "исполнилось", "many": "исполнилось", "other": "исполнилось"},
    ),
    "uk": (
        {"one": "минув", "few": "минуло", "many": "минуло", "other": "минуло"},
        {"one": "пройшов", "few": "пройшло", "many": "пройшло", "other": "пройшло"},
    ),
    "pl": (
        {"one": "minął", "few": "minęły", "many": "minęło", "other": "minęło"},
        {"one": "upłynął", "few": "upłynęły", "many": "upłynęło", "other": "upłynęło"},
    ),
    "el": (
        {"one": "πέρασε", "other": "πέρασαν"},
        {"one": "έχει περάσει", "other": "έχουν περάσει"},
    ),
}


def day_words(language: str) -> frozenset[str]:
    """Every form in which a language says "day" beside a number."""
    return frozenset(word for forms in _paradigms(language) for word in forms.values())


def sentences(sentence: str, word: str, number: int, language: str) -> Forms:
    """For each plural category the sentence, "#" where the number stands. `word` is the form of "day" printed."""
    categories = plural_categories(language)
    printed = category_of(number, language)
    forms = _paradigm(word, printed, language, governed=_is_governed(sentence, language))
    made = {}
    for category in categories:
        form = forms.get(category, forms.get("other", word))
        made[category] = sentence if category == printed else _agreeing(sentence, word, form, category, language)
        if category != printed and (both := _WITHOUT_FIGURE.get(language.split("-")[0], {}).get(category)):
            made[category] = re.sub(rf"#[\s\u00a0\u202f]*{re.escape(form)}", both, made[category])
    return made


def plural_categories(language: str) -> tuple[str, ...]:
    """The categories of a language that whole numbers of days have, "other" always among them."""
    order = ("zero", "one", "two", "few", "many", "other")
    met = {category_of(n, language) for n in (*range(201), 1000, 10_000, 100_000)} | {"other"}
    return tuple(category for category in order if category in met)


def category_of(number: int, language: str) -> str:
    """The plural category of a whole number."""
    return str(_locale(language).plural_form(number))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=64)
def _paradigms(language: str) -> tuple[Forms, ...]:
    """The forms of "day": CLDR's long ones first, then those beside them."""
    base = language.split("-")[0]
    patterns = _locale(language)._data["unit_patterns"].get("duration-day", {})
    found: list[Forms] = [_WITH_FIGURES[base]] if base in _WITH_FIGURES else []
    for length in ("long", "short"):
        forms = {k: _bare(p) for k, p in dict(patterns.get(length) or {}).items() if k != "per"}
        if "other" in forms and not any(f.endswith(".") or (len(f) < 2 and f.isascii()) for f in forms.values()):
            found.append(forms)
    return (*found, *_OTHER_CASES.get(base, ()))


def _bare(pattern: str) -> str:
    return pattern.replace("{0}", "").strip(" \u00a0")


def _paradigm(word: str, category: str, language: str, *, governed: bool) -> Forms:
    """The forms of "day" to which the printed one belongs; after some prepositions those of the other case."""
    folded = word.casefold()
    having = [forms for forms in _paradigms(language) if folded in (f.casefold() for f in forms.values())]
    fitting = [forms for forms in having if forms.get(category, forms["other"]).casefold() == folded]
    other_case = [forms for forms in fitting if forms in _OTHER_CASES.get(language.split("-")[0], ())]
    return ((other_case if governed else []) or fitting or having or [{"other": word}])[0]


def _is_governed(sentence: str, language: str) -> bool:
    words = _GOVERNED.get(language.split("-")[0])
    return bool(words and re.search(rf"(?<!\w){words}[\s\u00a0]+#", sentence, re.I))


def _agreeing(sentence: str, word: str, form: str, category: str, language: str) -> str:
    """The sentence with another form of "day" beside its number, and the verb that follows it."""
    beside = re.search(rf"#[\s\u00a0\u202f]*({re.escape(word)})", sentence)
    if beside is None:  # "days: #" does not follow the number
        return sentence
    changed = sentence[: beside.start(1)] + _cased(form, word) + sentence[beside.end(1) :]
    for verb in _VERBS.get(language.split("-")[0], ()):
        others = sorted({v for v in verb.values()} | _plain_e(verb), key=len, reverse=True)
        expression = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, others))})(?!\w)", re.I)
        if found := _nearest(expression, changed):
            new = _cased(verb.get(category, verb["other"]), found.group())
            return changed[: found.start()] + new + changed[found.end() :]
    return changed


def _plain_e(verb: Forms) -> set[str]:
    """The same verbs as Russian often prints them, without the dots of ё."""
    return {v.replace("ё", "е") for v in verb.values()}


def _nearest(expression: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """The verb that stands nearest to the number, within four words: a verb farther off has another subject."""
    place = sentence.index("#")
    near = [m for m in expression.finditer(sentence) if len(_between(sentence, m, place).split()) <= 4]
    return min(near, key=lambda m: abs(m.start() - place), default=None)


def _between(sentence: str, found: re.Match[str], place: int) -> str:
    return sentence[found.end() : place] if found.end() <= place else sentence[place : found.start()]


def _cased(new: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if printed[:1].isupper() else new
