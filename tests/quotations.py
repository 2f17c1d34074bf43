"""Quotations in eight languages and six scripts: honest ones, changed by copying alone, and hostile ones.

`record_of_quotes` makes the record that has the passages; `honest` and `hostile` draw cases from a seed. A hostile case
says which trick it is; `superseded` in the name of a trick means that the record knows the words and they do not stand.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from signed_record import RecordMaker

SPEAKER, OTHER = "Oriel Tavenmark", "Petra Halvane"
ROLE = "Ambassador"

TALKS: dict[str, tuple[str, ...]] = {
    "en": (
        "When do the talks open — and who isn’t invited?",
        "The talks open in Tessmark on 2 April. What is on the table is the calendar, not the map: both sides want the "
        "season to begin “when the fish are ready”. We have not agreed to 12.5 million crowns; we can’t.",
        "Will the ferry – the old one – sail again at 09:30 …?",
        "It will sail on 14–16 May, at −5 degrees if it must. Nobody who holds a ticket will pay 3,200 crowns or "
        "40% more.",
    ),
    "fr": (
        "Quand la conférence s’ouvre-t-elle ?",
        "L’Europe n’est pas absente : « elle sera là le 2 avril », à 14 h 30. Nous ne cédons rien – ni le port, ni les "
        "25 000 tonnes – et nous n’avons jamais promis le contraire.",
        "Que dites-vous aux pêcheurs ?",
        "Nous leur disons ceci : la saison commence en mai, pas en avril. Aucun bateau ne restera à quai…",
    ),
    "de": (
        "Wann beginnen die Gespräche?",
        "Die Gespräche beginnen am 2. April in Tessmark. Auf dem Tisch liegt der Kalender, nicht die Karte – das sagen "
        "beide Seiten. Wir haben „keine 12,5 Millionen“ zugesagt und zahlen nichts.",
        "Fährt die Fähre wieder?",
        "Sie fährt vom 14. bis 16. Mai. Niemand zahlt 40 % mehr, und niemals ohne Quittung.",
    ),
    "ru": (
        "Когда начнутся переговоры?",
        "Переговоры начнутся 2 апреля в Тессмарке. На столе лежит календарь, а не карта: обе стороны хотят, чтобы "
        "сезон начался, «когда будет готова рыба». Мы не обещали 12,5 миллиона крон.",
        "Пойдёт ли паром?",
        "Паром пойдёт 14–16 мая. Никто из пассажиров не заплатит 3 200 крон — нет и никогда.",
    ),
    "el": (
        "Πότε αρχίζουν οι συνομιλίες;",
        "Οι συνομιλίες αρχίζουν στις 2 Απριλίου στο Τέσμαρκ. Στο τραπέζι είναι το ημερολόγιο, όχι ο χάρτης· και οι δύο "
        "πλευρές το θέλουν. Δεν υποσχεθήκαμε «12,5 εκατομμύρια κορώνες».",
        "Θα ταξιδέψει το πλοίο;",
        "Θα ταξιδέψει στις 14–16 Μαΐου. Κανείς δεν θα πληρώσει 40% περισσότερο, ποτέ.",
    ),
    "ar": (
        "متى تبدأ المحادثات؟",
        "تبدأ المحادثات في تسمارك في 2 أبريل. على الطاولة التقويم، لا الخريطة: يريد الطرفان أن يبدأ الموسم «حين يجهز "
        "السمك». لم نوافق على 12.5 مليون كرونة، ولن نوافق.",
        "هل تبحر العبّارة؟",
        "ستبحر العبّارة من 14 إلى 16 مايو. لن يدفع أحد 3200 كرونة، وليس في ذلك شك.",
    ),
    "hi": (
        "वार्ता कब शुरू होगी?",
        "वार्ता 2 अप्रैल को टेसमार्क में शुरू होगी। मेज़ पर कैलेंडर है, नक्शा नहीं: दोनों पक्ष चाहते हैं कि मौसम तब शुरू हो «जब मछली तैयार हो»। "
        "हम 12.5 करोड़ पर सहमत नहीं हुए हैं।",
        "क्या नौका चलेगी?",
        "नौका 14 से 16 मई तक चलेगी। कोई यात्री 3200 क्राउन नहीं देगा।",
    ),
    "zh": (
        "会谈什么时候开始？",
        "会谈于4月2日在泰斯马克开始。桌上的是日历，而不是地图：双方都希望“鱼群到来时”开季。我们没有同意1250万克朗，也不会同意。",
        "渡轮还会开吗？",
        "渡轮将于5月14日至16日航行。持票的人不必多付40%，我们从未改变这一点。",
    ),
}
_NEGATIONS = (
    "not can’t isn’t nobody n’est pas ne rien ni n’avons jamais aucun nicht keine „keine nichts niemand niemals не "
    "никто нет никогда δεν όχι κανείς ποτέ لا لم ولن لن وليس नहीं"
)
NEGATIONS = frozenset(_NEGATIONS.split())
"""the words of these talks that say no, as a person finds them there; not what the program takes for such"""
NEGATION_SIGNS = frozenset("不没未")
CUT = (
    ("word — word, yes", "word--word, yes", True),
    ("« Quoi ? » dit-il", "“Quoi?” dit-il", True),
    ("the Turkey deal", "the turkey deal", False),
    ("re-sign the deal", "resign the deal", False),
    ("10² metres", "102 metres", False),
    ("a non-violent march", "violent march", False),
    ("No. We agree.", "We agree", True),
    ("We know nothing. We agree not to go.", "We agree", False),
    ("उसने कहा है कि", "उसने कहा", True),
    # numbers: their groups, signs, and the word that says how many
    ("On both shores 1 140 pupils wrote.", "140 pupils wrote", False),
    ("It has carried 193 400 of them", "It has carried 193", False),
    ("some 193\u202f400 of them", "400 of them", False),
    ("at − 5 °C", "5 °C", False),
    ("by 3·5 per cent", "5 per cent", False),
    ("It cost 5 million crowns", "It cost 5", False),
    ("It cost two million crowns", "It cost two", False),
    ("It cost two million crowns", "million crowns", False),
    ("It cost two million crowns", "two million crowns", True),
    ("It cost twenty-two million crowns", "It cost twenty-two", False),
    ("It cost two hundred thousand crowns", "It cost two hundred", False),
    ("It cost two millstones and a pier", "It cost two", True),
    ("It cost two crowns", "It cost two", True),
    ("Two per cent of the ferries are late", "of the ferries are late", True),
    ("Es kostet zwei Millionen Kronen", "Es kostet zwei", False),
    ("Es kostet hundert Tausend Kronen", "Tausend Kronen", False),
    ("Cela coûte deux millions de couronnes", "Cela coûte deux", False),
    ("Cuesta dos millones de coronas", "Cuesta dos", False),
    ("Custa dois milhões de coroas", "Custa dois", False),
    ("Costa due miliardi di corone", "Costa due", False),
    ("To kosztuje dwa miliony koron", "To kosztuje dwa", False),
    ("Bu iki milyon krona mal olur", "Bu iki", False),
    ("Это стоит два миллиона крон", "Это стоит два", False),
    ("Це коштує п’ять мільйонів крон", "Це коштує п’ять", False),
    ("Κοστίζει δύο εκατομμύρια κορώνες", "Κοστίζει δύο", False),
    ("يكلف ثلاثة ملايين كرونة", "يكلف ثلاثة", False),
    ("זה עולה שני מיליון כתרים", "זה עולה שני", False),
    ("इसकी लागत दो करोड़ है", "इसकी लागत दो", False),
    ("Es stieg um 5 Prozent", "Es stieg um 5", False),
    ("共有1250万克朗", "共有1250", False),
    ("6″ long", "6′ long", False),
    ("It is 6′ long", "It is 6′ long", True),
    ("since 2019 we sail", "since 2019", True),
    ("In 2027\n12 ships came", "12 ships came", True),
    ("It cost 5 crowns", "It cost 5", True),
    ("some 5 military ships", "some 5", True),
    ("เราส่งทหาร ๑๒๐ คน", "เราส่งทหาร ๑๒", False),
    ("เราส่ง ๑ ๒ คน", "เราส่ง ๑๒ คน", False),
    ("งบประมาณ 120 ล้านบาท", "งบประมาณ 120", False),
    ("我们派出三十五人。", "我们派出三十", False),
    ("我们派出三十五人。", "五人", False),
    ("我们派出三十五人。", "我们派出三十五", True),
    ("投资 5 万元。", "投资 5", False),
    ("It has cost 5 million crowns", "million crowns", False),
    ("Мы выделили 5 млн крон", "Мы выделили 5", False),
    ("Пришло 5 тыс. человек", "Пришло 5", False),
    ("Wir zahlen 5 Mio. Kronen", "Wir zahlen 5", False),
    ("We pay 5 bn crowns", "We pay 5", False),
    ("5 हजार लोग", "5", False),
    ("for 5 ½ years", "for 5", False),
    ("it is 10⁻² metres", "it is 10", False),
    ("نحو ٥،٣ من الناس", "نحو ٥", False),
    ("Fiyatlar %5 arttı", "5 arttı", False),
    ("in 2019 thousands came", "in 2019", True),
    # numbers of two cells, or of two lines, are not one
    ("Exports\t5\t300", "Exports 5 300", False),
    ("Exports\t5\t300", "Exports\t5\t300", True),
    ("Exports\tbread\t300", "Exports bread 300", True),
    ("In 2024\n300 people came", "2024 300 people came", False),
    ("In 2024\n300 people came", "2024\n300 people came", True),
    ("It cost 5 300 crowns", "It cost 5\n300 crowns", True),
    # what is read in another order than it stands
    ("We send 21 people", "We send \u202e21\u202c people", False),
    ("We send 21 people", "\u2068We send 21 people\u2069", True),
    # negations: of more words, written as one with what stands before, behind marks
    ("Niemand zahlt das", "zahlt das", False),
    ("Rien ne va", "va", False),
    ("Nadie viene hoy", "viene hoy", False),
    ("We will go nowhere.", "We will go", False),
    ("ولن يدفع أحد", "يدفع أحد", False),
    ("ולא נלך לשם", "נלך לשם", False),
    ("It is not “the end of the war”.", "the end of the war", False),
    ("It is not (the end)", "the end", False),
    ("We sail tomorrow – not!", "We sail tomorrow", False),
    ("He said “we go” and left – by sea.", "and left", True),
    ("la saison commence en mai, pas en avril", "la saison commence en mai", True),
    ("والسفن تبحر غدا", "تبحر غدا", True),
)
"""(a text, words, whether these are said in it)"""
PARTS = (
    ("Will we go to war? We shall see.", "we go to war", "question"),
    ("Will we go to war? We shall see.", "Will we go to war", None),
    ("Will we go to war? We shall see.", "Will we go to war?", None),
    ("Will we go to war? We shall see.", "We shall see", None),
    ("Will we go to war? We shall see.", "we go to war? We shall see.", "question"),
    ("We have not yet in any way agreed to pay.", "in any way agreed to pay", "sentence"),
    ("If both sides sign, we agree to pay.", "we agree to pay", "sentence"),
    ("We agree to pay, if both sides sign.", "We agree to pay", "sentence"),
    ("He denies that we agreed. We did.", "we agreed. We did.", "sentence"),
    ("We agree. Do you?", "We agree", None),
    ("We agree. Do you want it?", "We agree. Do you", "question"),
    ("«\u00a0Quoi\u00a0?\u00a0» dit-il, et nous partons.", "nous partons", "sentence"),
    ("Que dites-vous aux pêcheurs\u00a0?", "Que dites-vous aux pêcheurs", None),
    ("Que dites-vous aux pêcheurs\u00a0?", "vous dites aux pêcheurs", "not said"),
    ("Die Gespräche beginnen am 2. April in Tessmark.", "Die Gespräche beginnen am 2.", "sentence"),
    ("Sie tagen seit 2019. Wir zahlen.", "Wir zahlen", None),
    ("The U.S. Navy sails today.", "Navy sails today", "sentence"),
    ("Θα ταξιδέψει το πλοίο; Ναι.", "το πλοίο", "question"),
    ("Θα ταξιδέψει το πλοίο; Ναι.", "Θα ταξιδέψει το πλοίο", None),
    ("He said one thing; we go.", "we go", "sentence"),
    ("هل تبحر العبّارة؟ نعم.", "تبحر العبّارة", "question"),
    ("क्या नौका चलेगी? हाँ।", "नौका चलेगी", "question"),
    ("渡轮还会开吗？会的。", "渡轮还会开", "question"),
    ("渡轮还会开吗？会的。", "会的", None),
    ("It sails at 09:30 …? Yes.", "It sails at 09:30", None),
    ("First line\nsecond line", "second line", None),
    ("We know. Will we go to war by sea? No.", "We know. […] go to war by sea", "not said"),
    ("We know it well. Will we go to war by sea? No.", "We know it well. […] go to war by sea", "question"),
    ("We go, as was agreed with all, at nine today.", "We go, as was […] at nine today", "sentence"),
    ("We never said that Mr. Kord attacked us.", "Kord attacked us.", "sentence"),
    ("Это сказал ген. Корд. Мы идём.", "Мы идём", None),
    ("Their leader said: “Peace is over. We will attack. Then we rest.” We do not.", "We will attack.", "sentence"),
    ("Their leader said: “Peace is over. We will attack.” We do not.", "We do not.", None),
    ("„Wir gehen. Wir bleiben.“ Er ging.", "Er ging.", None),
    ("»Wir gehen. Wir bleiben.« Er ging.", "Wir bleiben.", "sentence"),
    ("他说：“我们走。我们留。”他走了。", "我们留。", "sentence"),
    ("他说：“我们走。我们留。”他走了。", "他走了。", None),
    ('He asked: "Shall we go? We must." He left.', "We must.", "sentence"),
    ('He asked: "Shall we go? We must." He left.', "we go", "question"),
    ('ח"כ כהן אמר כך. אנחנו נלך.', "אנחנו נלך", None),
    ("We know it well. We all go to sea by boat.", "We know it well. […] go to sea by boat", "sentence"),
)
"""(a text, words that are said in it, of what they are a part)"""
DAYS = (
    ("Tessmark, 3 March 2026", None),
    ("Tessmark, 3 May 2026", "3 May 2026"),
    ("Tessmark, 3 March 2025", "3 March 2025"),
    ("Tessmark, 30 February 2026", "30 February 2026"),
    ("March 3rd, 2026", None),
    ("May 3, 2026", "May 3, 2026"),
    ("the 3rd Mar. 2026", None),
    ("2026-03-03", None),
    ("2026-03-31", "2026-03-31"),
    ("06.05.2026", "06.05.2026"),
    ("04/03/2026, of the day after", None),
    ("03/04/2026, read the other way", None),
    ("the day of delivery, 1 March 2026", None),
    ("the day in the address, 2 February 2026", None),
    ("the day before the edition, 7 March 2026", None),
    ("the day after the edition, 9 March 2026", None),
    ("two days after the edition, 10 March 2026", "10 March 2026"),
    ("On the treaty of 12 June 1951, Tessmark, 3 March 2026", None),
    ("On the treaty of 12 June 1951, Tessmark, 3 June 2026", "3 June 2026"),
    ("Tessmark, den 3. März 2026", None),
    ("Tessmark, den 3. Mai 2026", "3. Mai 2026"),
    ("le 1er mars 2026", None),
    ("le 1er mai 2026", "1er mai 2026"),
    ("3 de marzo de 2026", None),
    ("3 de mayo de 2026", "3 de mayo de 2026"),
    ("3 Μαρτίου 2026", None),
    ("3 Μαΐου 2026", "3 Μαΐου 2026"),
    ("٣ مارس ٢٠٢٦", None),
    ("٣ مايو ٢٠٢٦", "3 مايو 2026"),
    ("𝟗 March 2027", None),
    ("𝟗.𝟑.2027", None),
    ("༩ March 2027", "9 March 2027"),
    ("३ मार्च २०२६", None),
    ("३ मई २०२६", "3 मई 2026"),
    ("2026年3月3日", None),
    ("2026年5月3日", "2026年5月3日"),
    ("3 марта 2026 г.", None),
    ("3 мая 2026 г.", "3 мая 2026"),
    ("3 березня 2026 р.", None),
    ("3 травня 2026 р.", "3 травня 2026"),
    ("Tessmark, 3 marzo 2026", None),
    ("Tessmark, 3 maggio 2026", "3 maggio 2026"),
    ("3 marca 2026 r.", None),
    ("3 maja 2026 r.", "3 maja 2026"),
    ("3 paź. 2026 r.", "3 paź. 2026"),
    ("3 de março de 2026", None),
    ("3 de maio de 2026", "3 de maio de 2026"),
    ("3 במרץ 2026", None),
    ("3 מרץ 2026", None),
    ("3 במאי 2026", "3 במאי 2026"),
    ("3 Mart 2026", None),
    ("3 Mayıs 2026", "3 Mayıs 2026"),
    ("3\u00a0\u200fMay\u00ad 2026", "3 May 2026"),
    ("in March 2026, edition 2 of 14", None),
    ("12 oclock 2026", None),
)
"""(a source line, which day of it the record of `DATED` does not have)"""
ENDS_OF_TIME = ("0001-01-01T09:00:00Z", "9999-12-31T09:00:00Z")
"""instants of a record whose owner wants its verifiers to stumble"""
DAYS_AT_ENDS = (
    ("1 January 0001", None),
    ("2 January 0001", None),
    ("3 January 0001", "3 January 0001"),
    ("30 December 9999", None),
    ("31 December 9999", None),
    ("0000-12-31", "0000-12-31"),
)
"""(a source line, which day of it a record at the ends of time does not have)"""
DATED = {
    "title": "After the treaty of 12 June 1951",
    "occasion": {"on": "2026-03-03", "place": "Tessmark"},
    "delivered": "2026-03-01",
    "address": "en/interviews/2026/02/02/talks",
}
DATED_AT = ("2026-03-08T23:30:00Z", "2026-03-04T00:10:00Z")
SCRIPTS = {
    "en": "Latin",
    "fr": "Latin",
    "de": "Latin",
    "ru": "Cyrillic",
    "el": "Greek",
    "ar": "Arabic",
    "hi": "Devanagari",
    "zh": "Han",
}
OLD = {language: turns[1].replace("12", "15").replace("2", "9", 1) for language, turns in TALKS.items()}
"""the second turn of the first edition, before its correction"""
WITHDRAWN = "The consulate is closed on Friday, and the pier with it."

ALIKE = str.maketrans("aeopcxyABEKMHOPCTXаеорсухАВЕКМНОРСТХοΟΑΒΕ", "аеорсхуАВЕКМНОРСТХaeopcyxABEKMHOPCTXoOABE")


@dataclass(frozen=True)
class Case:
    """What somebody pastes, the trick behind it, and in which language."""

    text: str
    trick: str
    language: str


def record_of_quotes() -> RecordMaker:
    """An interview in each language, corrected once in its second turn, and a notice that was withdrawn."""
    record = RecordMaker()
    for number, (language, turns) in enumerate(TALKS.items()):
        id_ = f"talks00000000{number:03d}"
        old = (turns[0], OLD[language], *turns[2:])
        record.add(id_, "publish", interview(language, old))
        record.add(id_, "correct", interview(language, turns, note="A number was wrong.", corrects=["t2"]))
    notice = interview("en", (WITHDRAWN,), slug="pier")
    record.add("notice0000000001", "publish", notice)
    record.add("notice0000000001", "withdraw", {**notice, "state": "withdrawn", "notice": "It stays open."})
    return record


def interview(language: str, turns: tuple[str, ...], slug: str = "talks", **more: Any) -> dict[str, Any]:
    """The open content of an interview: questions and answers in turn."""
    return {
        "v": 1,
        "type": "message",
        "state": "current",
        "kind": "interview",
        "message": "c1v9b4n7m2x5l8kd",
        "language": language,
        "original": "en",
        "address": f"{language}/interviews/2026/03/03/{slug}",
        "title": f"{slug} {language}",
        "speakers": [{"name": SPEAKER, "role": ROLE}],
        "turns": [
            {"id": f"t{number}", "kind": "answer", "speaker": 0, "blocks": [text]}
            if number % 2 == 0
            else {"id": f"t{number}", "kind": "question", "questioner": OTHER, "blocks": [text]}
            for number, text in enumerate(turns, 1)
        ],
    } | more


# Honest


def honest(seed: int, number: int) -> Iterator[Case]:
    """Whole turns and sentences of them, changed in some of the ways in which copying changes words."""
    chance = random.Random(seed)
    for _ in range(number):
        language = chance.choice(list(TALKS))
        turn = chance.randrange(len(TALKS[language]))
        text, tricks = _cut(chance, TALKS[language][turn], language)
        for change in chance.sample(COPIED, chance.randint(1, 4)):
            text = change(chance, text)
            tricks.append(change.__name__.strip("_"))
        if chance.random() < 0.3:
            text, tricks = _cited(text, language, turn + 1), [*tricks, "cited"]
        if chance.random() < 0.2:
            text, tricks = _marked_lines(chance, text), [*tricks, "marked lines"]
        yield Case(text, "+".join(tricks), language)


def _cut(chance: random.Random, text: str, language: str) -> tuple[str, list[str]]:
    """All of it, or one of its sentences, or all with a piece left out of the middle that holds no negation."""
    ends = [
        n
        for n, sign in enumerate(text)
        if sign in ".।。" and (n + 1 == len(text) or text[n + 1] == " " or sign == "。")
    ]
    if len(ends) > 1 and chance.random() < 0.4 and language != "de":
        return text[: ends[0] + 1], ["sentence"]
    words = text.split(" ")
    if language == "en" and len(words) > 24 and text.startswith("The talks") and chance.random() < 0.5:
        return " ".join([*words[:10], chance.choice(["[…]", "(...)", "[. . .]", "[ … ]"]), *words[13:]]), ["omission"]
    return text, ["whole"]


def _blanks(chance: random.Random, text: str) -> str:
    return "".join(chance.choice("  \u00a0\u202f\u2009\n") if sign == " " else sign for sign in text)


def _doubled(chance: random.Random, text: str) -> str:
    return text.replace(" ", chance.choice(["  ", " \n", "\t", "\r\n"]))


def _marks(chance: random.Random, text: str) -> str:
    one = chance.choice(['""', "''", "“”", "«»", "„“", "‹›", "「」"])
    opened = str.maketrans({"“": one[0], "„": one[0], "«": one[0], "”": one[1], "»": one[1]})
    return text.translate(opened)


def _around(chance: random.Random, text: str) -> str:
    left, right = chance.choice(["“”", '""', "«»", "„“", "‘’", "「」"])
    return f"{left}{text}{right}"


def _apostrophes(chance: random.Random, text: str) -> str:
    return text.replace("’", chance.choice("'’‘ʼ´"))


def _dashes(chance: random.Random, text: str) -> str:
    return "".join(chance.choice("-‐‑–—−") if sign in "-–—−" else sign for sign in text)


def _dashes_typed(chance: random.Random, text: str) -> str:
    return text.replace("—", chance.choice(["--", "-", "–"]))


def _soft(chance: random.Random, text: str) -> str:
    """Soft hyphens and joiners within words, as a browser puts them into what is copied."""
    return "".join(sign + ("\u00ad" if sign.isalpha() and chance.random() < 0.2 else "") for sign in text)


def _unseen(chance: random.Random, text: str) -> str:
    return "".join(
        (chance.choice("\u200b\u200e\u200f\u2060\ufeff\u2068\u2069") if chance.random() < 0.1 else "") + sign
        for sign in text
    )


def _ellipsis(chance: random.Random, text: str) -> str:
    return text.replace("…", chance.choice(["...", ". . .", "…"]))


def _decomposed(_chance: random.Random, text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _ligatures(_chance: random.Random, text: str) -> str:
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ")


def _french(_chance: random.Random, text: str) -> str:
    for sign in ":;?!":
        text = text.replace(f" {sign}", sign)
    return text.replace("« ", "«").replace(" »", "»")


def _trimmed(chance: random.Random, text: str) -> str:
    return chance.choice(["", " ", "\n", "…", "... "]) + text + chance.choice(["", "\n", " ", " …"])


COPIED: list[Callable[[random.Random, str], str]] = [
    _blanks,
    _doubled,
    _marks,
    _around,
    _apostrophes,
    _dashes,
    _dashes_typed,
    _soft,
    _unseen,
    _ellipsis,
    _decomposed,
    _ligatures,
    _french,
    _trimmed,
]


def _marked_lines(chance: random.Random, text: str) -> str:
    """Marks of direction and order round each line, as mail and telephones set them."""
    marks = "\u200e\u200f\u202b\u2067\ufeff\u200b"
    return "\r\n".join(f"{chance.choice(marks)}{line}{chance.choice(['', ' ', *marks])}" for line in text.split("\n"))


def _cited(
    text: str, language: str, turn: int, name: str | None = None, edition: int = 2, day: str = "3 March 2026"
) -> str:
    """As *Copy quote* gives it."""
    name = name or (f"{SPEAKER}, {ROLE}" if turn % 2 == 0 else OTHER)
    address = f"https://embassy.example/{language}/interviews/2026/03/03/talks/editions/{edition}/#t{turn}:~:text=x%20y"
    return f"“{text}”\n— {name}, Tessmark, {day}\n{address}"


# Hostile


def hostile(seed: int, number: int) -> Iterator[Case]:
    """Words that the record does not have, or that do not stand, however like they look."""
    chance = random.Random(seed)
    made = 0
    while made < number:
        language = chance.choice(list(TALKS))
        turn = chance.randrange(len(TALKS[language]))
        text = TALKS[language][turn]
        trick = chance.choice(TRICKS)
        changed = trick(chance, text, language, turn)
        if changed is None or (changed == text and trick not in SAME_WORDS):
            continue
        if chance.random() < 0.3 and trick not in SAME_WORDS:
            changed = _around(chance, _blanks(chance, changed))
        made += 1
        yield Case(changed, trick.__name__.strip("_"), language)


def _negation_dropped(chance: random.Random, text: str, language: str, _turn: int) -> str | None:
    if language == "zh":
        signs = [n for n, sign in enumerate(text) if sign in NEGATION_SIGNS]
        place = chance.choice(signs) if signs else None
        return None if place is None else text[:place] + text[place + 1 :]
    words = text.split(" ")
    found = [n for n, word in enumerate(words) if word.strip(".,:;–—…").casefold() in NEGATIONS]
    if not found:
        return text.replace("can’t", "can").replace("isn’t", "is") if "n’t" in text else None
    del words[chance.choice(found)]
    return " ".join(words)


def _digit(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    places = [n for n, sign in enumerate(text) if sign.isdigit()]
    if not places:
        return None
    place = chance.choice(places)
    kind = chance.randrange(4)
    other = [str((int(text[place]) + chance.randint(1, 9)) % 10), "", f"{text[place]}0", chr(0x660 + int(text[place]))]
    return text[:place] + other[kind] + text[place + 1 :]


def _alike(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    places = [n for n, sign in enumerate(text) if sign.translate(ALIKE) != sign]
    if not places:
        return None
    place = chance.choice(places)
    return text[:place] + text[place].translate(ALIKE) + text[place + 1 :]


def _joined(chance: random.Random, _text: str, language: str, turn: int) -> str | None:
    """The end of one turn and the beginning of the next as if they were one."""
    if turn + 1 >= len(TALKS[language]):
        return None
    first, second = TALKS[language][turn], TALKS[language][turn + 1]
    half = chance.choice([0, len(first) // 2])
    while half and first[half - 1] != " " and language != "zh":
        half -= 1
    return first[half:] + chance.choice([" ", "\n", "\n\n", " […] "]) + second


def _word_dropped(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    words = text.split(" ")
    places = [n for n in range(1, len(words) - 1) if any(map(str.isalnum, words[n]))]
    if not places:
        return None
    del words[chance.choice(places)]
    return " ".join(words)


def _word_added(chance: random.Random, text: str, _language: str, _turn: int) -> str:
    words = text.split(" ")
    words.insert(chance.randint(1, max(len(words) - 1, 1)), chance.choice(["not", "nie", "не", "لا", "all", "5", "不"]))
    return " ".join(words)


def _swapped(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    words = text.split(" ")
    if len(words) < 4:
        return None
    place = chance.randrange(1, len(words) - 2)
    words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def _blank_taken(chance: random.Random, text: str, language: str, _turn: int) -> str | None:
    """Two words made one."""
    places = [n for n in range(1, len(text) - 1) if text[n] == " " and text[n - 1].isalpha() and text[n + 1].isalpha()]
    if not places or language == "zh":
        return None
    place = chance.choice(places)
    return text[:place] + text[place + 1 :]


def _letter(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    places = [n for n, sign in enumerate(text) if n and sign.isalpha()]
    place = chance.choice(places)
    return text[:place] + text[place + 1 :]


def _capital(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    places = [n for n, sign in enumerate(text) if sign.swapcase() != sign and len(sign.swapcase()) == 1]
    if not places:
        return None
    place = chance.choice(places)
    return text[:place] + text[place].swapcase() + text[place + 1 :]


def _accent(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    apart = unicodedata.normalize("NFD", text)
    places = [n for n, sign in enumerate(apart) if unicodedata.combining(sign)]
    if not places:
        return None
    place = chance.choice(places)
    return apart[:place] + apart[place + 1 :]


def _cut_number(_chance: random.Random, text: str, language: str, _turn: int) -> str | None:
    """Words that begin or end inside a number, behind its minus, or before the word that says how many."""
    found = {
        "en": [
            "5 million crowns",
            "5 degrees if it must",
            "200 crowns or 40",
            "both sides want the season to begin “when the fish are ready”. We have not agreed to 12",
            "We have not agreed to 12.5",
        ],
        "de": ["5 Millionen“ zugesagt", "Wir haben „keine 12,5"],
        "ru": ["5 миллиона крон", "200 крон — нет и никогда", "Мы не обещали 12,5"],
        "el": ["5 εκατομμύρια κορώνες", "Δεν υποσχεθήκαμε «12,5"],
        "ar": ["5 مليون كرونة", "لم نوافق على 12.5"],
        "hi": ["5 करोड़ पर", "हम 12.5"],
        "zh": ["50万克朗", "我们没有同意1250"],
        "fr": ["5 000 tonnes", "000 tonnes – et nous n’avons jamais", "Nous ne cédons rien – ni le port, ni les 25"],
    }
    return _chance.choice(found[language])


def _cut_negation(chance: random.Random, _text: str, language: str, _turn: int) -> str | None:
    """Words that begin right behind the negation that belongs to them, or end right before it."""
    found = {
        "en": ["agreed to 12.5 million crowns", "the map: both sides want the season", "we can"],
        "fr": ["absente : « elle sera là le 2 avril »", "promis le contraire.", "est pas absente"],
        "de": ["die Karte – das sagen beide Seiten.", "12,5 Millionen“ zugesagt und zahlen", "Quittung."],
        "ru": ["обещали 12,5 миллиона крон.", "карта: обе стороны хотят", "заплатит 3 200 крон"],
        "el": [
            "υποσχεθήκαμε «12,5 εκατομμύρια κορώνες».",
            "ο χάρτης· και οι δύο πλευρές",
            "θα πληρώσει 40% περισσότερο",
        ],
        "ar": ["الخريطة: يريد الطرفان", "نوافق على 12.5 مليون كرونة", "يدفع أحد 3200 كرونة"],
        "hi": ["हम 12.5 करोड़ पर सहमत", "कोई यात्री 3200 क्राउन", "मेज़ पर कैलेंडर है, नक्शा"],
        "zh": ["是地图：双方都希望", "同意1250万克朗", "必多付40%", "改变这一点。"],
    }
    return chance.choice(found[language])


def _omitted(chance: random.Random, _text: str, language: str, _turn: int) -> str | None:
    """A negation left out where the reader's own sign for an omission stands, and pieces out of their order."""
    found = {
        "en": [
            "We have […] agreed to 12.5 million crowns",
            "both sides want the season […] The talks open in Tessmark",
            "What is on the table is the calendar […] We have agreed to",
            "Nobody […] will pay 3,200 crowns",
        ],
        "fr": ["Nous ne cédons rien […] promis le contraire", "L’Europe […] absente : « elle sera là le 2 avril »"],
        "de": [
            "Auf dem Tisch liegt der Kalender […] die Karte – das sagen",
            "Wir haben […] 12,5 Millionen“ zugesagt und",
        ],
        "ru": [
            "На столе лежит календарь, а […] карта: обе стороны хотят",
            "Никто из пассажиров […] заплатит 3 200 крон",
        ],
        "el": ["Στο τραπέζι είναι το ημερολόγιο, […] ο χάρτης· και οι δύο", "Κανείς […] θα πληρώσει 40% περισσότερο"],
        "ar": ["على الطاولة التقويم، […] الخريطة: يريد الطرفان أن", "في 2 أبريل. […] نوافق على 12.5 مليون كرونة"],
        "hi": ["मेज़ पर कैलेंडर है […] दोनों पक्ष चाहते हैं", "नौका 14 से 16 मई […] क्राउन नहीं देगा।"],
        "zh": ["桌上的是日历，而[…]是地图：双方都希望", "我们[…]同意1250万克朗"],
    }
    return chance.choice(found[language])


def _fragments(chance: random.Random, text: str, language: str, _turn: int) -> str | None:
    """A sentence put together out of single words."""
    words = text.split(" ")
    if len(words) < 12 or language == "zh":
        return None
    picked = sorted(chance.sample(range(1, len(words)), 5))
    return " […] ".join(words[n] for n in picked)


def _superseded_words(_chance: random.Random, _text: str, language: str, _turn: int) -> str:
    return OLD[language]


def _superseded_cited(_chance: random.Random, _text: str, language: str, _turn: int) -> str:
    return _cited(OLD[language], language, 2, edition=1)


def _superseded_notice(chance: random.Random, _text: str, _language: str, _turn: int) -> str:
    return _blanks(chance, WITHDRAWN)


def _false_speaker(_chance: random.Random, text: str, language: str, turn: int) -> str | None:
    return _cited(text, language, 2, name=f"{OTHER}, Radio Tessmark") if turn == 1 else None


def _false_turn(_chance: random.Random, text: str, language: str, turn: int) -> str | None:
    return _cited(text, language, 4 if turn != 3 else 2)


def _false_address(_chance: random.Random, text: str, language: str, turn: int) -> str:
    return _cited(text, "fr" if language == "en" else "en", turn + 1)


def _false_day(chance: random.Random, text: str, language: str, turn: int) -> str:
    days = ["3 May 2026", "3 March 2025", "13 March 2026", "2026-05-03", "3. Mai 2026", "٣ مايو ٢٠٢٦", "2026年5月3日"]
    return _cited(text, language, turn + 1, day=chance.choice(days))


def _punctuation(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    places = [n for n, sign in enumerate(text[:-1]) if sign in ",،，" and n]
    if not places:
        return None
    place = chance.choice(places)
    return text[:place] + text[place + 1 :]


def _raised(chance: random.Random, text: str, _language: str, _turn: int) -> str | None:
    """A digit raised, full-width, or with a letter's look."""
    places = [n for n, sign in enumerate(text) if sign in "0123"]
    if not places:
        return None
    place = chance.choice(places)
    other = {"0": "OО０⁰", "1": "lI１¹", "2": "２²", "3": "З３³"}[text[place]]
    return text[:place] + chance.choice(other) + text[place + 1 :]


SAME_WORDS = (
    _false_turn,
    _false_address,
    _false_speaker,
    _false_day,
    _superseded_notice,
    _superseded_cited,
    _superseded_words,
)
TRICKS: list[Callable[[random.Random, str, str, int], str | None]] = [
    _negation_dropped,
    _digit,
    _alike,
    _joined,
    _word_dropped,
    _word_added,
    _swapped,
    _blank_taken,
    _letter,
    _capital,
    _accent,
    _cut_number,
    _cut_negation,
    _omitted,
    _fragments,
    _superseded_words,
    _superseded_cited,
    _superseded_notice,
    _false_speaker,
    _false_turn,
    _false_address,
    _false_day,
    _punctuation,
    _raised,
]
