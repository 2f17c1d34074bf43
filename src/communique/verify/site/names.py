"""Names of months and weekdays, the pattern of a day and the sign between thousands, for the languages of our labels.

Taken from CLDR 47 as Babel 2.18 has it, which the press uses; a stranger has no Babel. `tests/verify/test_wording.py`
compares them. For a language that is not here `wording.py` holds pages against each other instead.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """One language: `day` is CLDR's long pattern, the others are words in their order with blanks between them."""

    day: str
    group: str
    months: str
    weekdays: str


NAMES = {
    "ar": Names(
        day="d MMMM y",
        group=",",
        months="يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        weekdays="الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    ),
    "de": Names(
        day="d. MMMM y",
        group=".",
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        weekdays="Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    ),
    "el": Names(
        day="d MMMM y",
        group=".",
        months="Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου"
        " Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
        weekdays="Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή",
    ),
    "en": Names(
        day="d MMMM y",
        group=",",
        months="January February March April May June July August September October November December",
        weekdays="Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    ),
    "es": Names(
        day="d 'de' MMMM 'de' y",
        group=".",
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        weekdays="Lunes Martes Miércoles Jueves Viernes Sábado Domingo",
    ),
    "fr": Names(
        day="d MMMM y",
        group="\u202f",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        weekdays="Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche",
    ),
    "hi": Names(
        day="d MMMM y",
        group=",",
        months="जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        weekdays="सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    ),
    "zh": Names(
        day="y年M月d日",
        group=",",
        months="一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
        weekdays="星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    ),
}
