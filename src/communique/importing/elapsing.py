"""Words by which a number of days is counted since a day, and those by which it is counted until one: a table.

A word that ends in "-" stands for all that begin so; one with blanks is a phrase. Words are compared without case and
accents; where a script has no blanks, or joins its small words, they are sought anywhere ("*" before the word).

    >>> counts_since("12 days have passed since the regatta", "en"), counts_since("12 days until the regatta", "en")
    (True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache

from communique.importing.words import folded

_SINCE: dict[str, str] = {
    "en": "since|passed|elapsed|ago|have gone|has gone|for|without|after|has been|have been",
    "fr": "depuis|écoulé-|passé-|cela fait|ça fait|voilà|il y a|après|sans|que",
    "de": "seit|vergangen|her|vorbei|nach|verstrichen|ohne|verging-",
    "es": "desde|pasado|pasaron|transcurrid-|hace|llevamos|lleva|sin|después|han pasado|cumplid-",
    "it": "da|dal|dall’-|dalla|dallo|dagli|dalle|dai|passat-|trascors-|fa|dopo|senza",
    "pt": "desde|passaram|passou|decorreram|decorreu|há|passad-|após|sem|depois",
    "ru": "с|со|прошл-|прошел|минул-|назад|уже|без|после|исполнил-|длится|идет|спустя",
    "uk": "з|зі|із|від|минул-|минув|пройшл-|пройшов|тому|вже|уже|без|після|триває",
    "be": "з|са|ад|прайшл-|прайшоў|мінул-|таму|ужо|без|пасля",
    "bg": "от|изминал-|измина-|минал-|мина-|преди|вече|без|след",
    "mk": "од|поминал-|помина-|измина-|минал-|веќе|без|по",
    "sr": "од|прошл-|прошао|протекл-|пре|већ|без|након|od|prošl-|prošao|proteklo|pre|već|bez|nakon",
    "hr": "od|prošl-|prošao|proteklo|prije|već|bez|nakon",
    "bs": "od|prošl-|prošao|proteklo|prije|već|bez|nakon",
    "sl": "od|minil-|preteklo|že|brez|po|odkar",
    "pl": "od|minął|minęł-|upłynął|upłynęł-|temu|już|bez|po",
    "cs": "od|uplynul-|uběhl-|minul-|před|již|už|bez|po",
    "sk": "od|uplynul-|ubehl-|prešl-|pred|už|bez|po",
    "el": "από|απ’-|πέρασ-|περάσει|πριν|εδώ και|χωρίς|μετά|συμπληρώ-",
    "tr": "beri|bu yana|geçti|önce|oldu|geçmiştir|*dır|*dir|*dur|*dür|sonra",
    "az": "bəri|keçdi|keçib|əvvəl|sonra|ötüb",
    "kk": "бері|өтті|бұрын|кейін",
    "uz": "beri|o‘tdi|oldin|keyin",
    "ar": "على|منذ|مضى|مضت|مر|مرت|مرور|بعد|بدون|دون|انقضى",
    "fa": "از|گذشت-|می‌گذرد|میگذرد|پیش|پس|بدون",
    "ur": "سے|گزر-|پہلے|بعد",
    "he": "מאז|חלפו|חלף|עברו|עבר|לפני|*מיום|ללא|בלי|אחרי",
    "sv": "sedan|gått|förflutit|passerat|utan|efter|i",
    "nb": "siden|gått|passert|uten|etter",
    "no": "siden|gått|passert|uten|etter",
    "da": "siden|gået|forløbet|uden|efter",
    "is": "síðan|frá|liðnir|liðið",
    "nl": "sinds|verstreken|voorbij|geleden|zonder|na|sedert",
    "fi": "sitten|kulunut|siitä|lähtien|jälkeen|ilman|*sta|*stä",
    "et": "möödunud|möödas|tagasi|alates|saadik|ilma|pärast|*st",
    "lv": "kopš|pagāj-|pirms|bez|pēc",
    "lt": "nuo|praėjo|prieš|be|po",
    "hu": "óta|telt el|eltelt|múlt el|elmúlt|ezelőtt|nélkül|*tól|*től|után",
    "ro": "de la|trecut|au trecut|scurs|acum|fără|după",
    "ca": "des|passat|transcorregut|fa|sense|després",
    "sq": "nga|kaluan|kaloi|më parë|pa|pas|që",
    "zh": "*已|*以来|*以來|*过去|*過去|*来|*起|*后|*後|*之前|*前|*历经",
    "ja": "*から|*以来|*経過|*経ち|*経った|*たち|*前|*ぶり|*後",
    "ko": "*부터|*이후|*지난|*지났|*경과|*전|*만에|*후|*째",
    "hi": "*से|*बीत|*पहले|*बाद",
    "vi": "kể từ|đã trôi qua|đã qua|từ khi|trước|sau|từ",
    "id": "sejak|telah berlalu|lalu|tanpa|setelah",
    "ms": "sejak|telah berlalu|lalu|tanpa|selepas",
    "th": "*ตั้งแต่|*ผ่านไป|*นับจาก|*แล้ว",
    "sw": "tangu|zimepita|yamepita|zilizopita",
    "ka": "*გავიდა|*შემდეგ|*წინ|*დან",
    "hy": "*անցել|*անցավ|*առաջ|*հետո|*ից",
    "bn": "*থেকে|*আগে|*পর",
    "mn": "*өнгөр|*хойш|*өмнө",
}
_UNTIL: dict[str, str] = {
    "en": "until|till|til|left|remain-|to go|before|ahead|away|open|closed|valid|within|every|next",
    "fr": "jusqu’-|jusque|avant|reste-|restant-|encore|d’ici",
    "de": "bis|noch|übrig|verbleib-|bevor",
    "es": "hasta|faltan|falta|quedan|queda|restan|antes|para que|para",
    "it": "fino-|mancano|manca|restano|prima|all’-|mancant-",
    "pt": "até|faltam|falta|restam|antes|para",
    "ru": "до|осталось|остался|остается|остаются|через|перед",
    "uk": "до|залишилось|залишилося|залишився|лишилося|через|перед",
    "be": "да|засталося|застаўся|праз",
    "bg": "до|остават|остава|преди да|оставащ-",
    "mk": "до|остануваат|остануваше",
    "sr": "до|остало|преостал-|još|do|ostalo|preostal-|још",
    "hr": "do|ostalo|preostal-|još",
    "bs": "do|ostalo|preostal-|još",
    "sl": "do|ostaja|še|preostal-",
    "pl": "do|pozostał-|zostało|zostały|jeszcze|przed",
    "cs": "do|zbýv-|zbývá|zbývají|ještě",
    "sk": "do|zostáva-|ostáva-|ešte",
    "el": "μέχρι|έως|ως|απομέν-|μένουν|ακόμα|ακόμη|πριν από",
    "tr": "kaldı|kalan|kadar|kala|kalmıştır",
    "az": "qalıb|qaldı|qədər|qalır",
    "kk": "қалды|дейін",
    "uz": "qoldi|qadar",
    "ar": "حتى|بقي|يبقى|تبقى|متبقية|متبق|قبل|باقية",
    "fa": "تا|مانده|باقی",
    "ur": "تک|باقی",
    "he": "עד|נותרו|נשארו|נותר|לפני ש-",
    "sv": "till|kvar|innan|återstår|tills",
    "nb": "til|igjen|før|gjenstår",
    "no": "til|igjen|før|gjenstår",
    "da": "til|tilbage|før|indtil|resterer",
    "is": "þangað til|eftir|þar til",
    "nl": "tot|nog|resterend-|voordat|te gaan|resteren",
    "fi": "jäljellä|kunnes|asti|saakka|ennen|*seen",
    "et": "jäänud|kuni|enne|*ni",
    "lv": "līdz|atlicis|atlikuš-",
    "lt": "iki|liko",
    "hu": "még|maradt|van hátra|hátra|*ig",
    "ro": "până|rămas|rămase|au mai rămas|mai sunt|înainte",
    "ca": "fins|falten|falta|queden|abans",
    "sq": "deri|mbeten|edhe",
    "zh": "*距|*还有|*還有|*倒计时|*倒計時|*剩|*还剩|*尚有",
    "ja": "*まで|*あと|*残り|*前まで",
    "ko": "*까지|*남",
    "hi": "*तक|*शेष|*बाकी",
    "vi": "còn|cho đến|đến",
    "id": "lagi|hingga|sampai|menuju|menjelang",
    "ms": "lagi|hingga|sampai|menuju|menjelang",
    "th": "*อีก|*เหลือ|*ก่อน",
    "sw": "hadi|zimebaki|yamebaki",
    "ka": "*დარჩ|*მდე",
    "hy": "*մնաց|*մինչև",
    "bn": "*বাকি|*পর্যন্ত",
    "mn": "*хүртэл|*үлд",
}
_SURELY_SINCE: dict[str, str] = {
    "en": "since|passed|elapsed|ago",
    "fr": "depuis|écoulé-|passé-|cela fait",
    "de": "seit|vergangen|verstrichen",
    "es": "desde|han pasado|pasaron|transcurrid-|hace",
    "it": "passat-|trascors-",
    "pt": "desde|passaram|decorreram|passad-",
    "ru": "прошл-|прошел|минул-|назад",
    "uk": "минул-|минув|пройшл-|пройшов",
    "pl": "minął|minęł-|upłynął|upłynęł-|temu",
    "ar": "منذ|مضى|مضت|مر|مرت|انقضى",
    "el": "πέρασ-|περάσει|εδώ και",
    "tr": "beri|bu yana|geçti",
    "zh": "*已经|*已經|*以来",
    "ja": "*経過|*以来",
}
"""beside these a word of the other table ("… without an answer until now") says nothing of the count"""


def counts_since(sentence: str, language: str) -> bool:
    """Whether a sentence with a number of days says that they have passed."""
    if _has(sentence, language, _UNTIL) and not _has(sentence, language, _SURELY_SINCE):
        return False
    return _has(sentence, language, _SINCE) and not _is_followed_by_until(sentence, language)


def _has(sentence: str, language: str, table: dict[str, str]) -> bool:
    words = _expression(table[language[:2]]) if language[:2] in table else None
    return bool(words and words.search(_spaced(sentence)))


def _is_followed_by_until(sentence: str, language: str) -> bool:
    """Whether a word of "until" stands right behind the number and its word: "100 days until …, since …"."""
    if language[:2] not in _UNTIL:
        return False
    found = re.search(r"\d\s+\w+\s+(\w+(?:\s\w+)?)", _spaced(sentence))
    return bool(found and _expression(_UNTIL[language[:2]]).match(found.group(1)))


@lru_cache(maxsize=4096)
def _spaced(sentence: str) -> str:
    return folded(sentence).replace("'", "’")


@lru_cache(maxsize=256)
def _expression(words: str) -> re.Pattern[str]:
    """Any of the words of a table's row."""
    forms = []
    for word in words.split("|"):
        bare = re.escape(_spaced(word.strip("*-")))
        end = "" if word.endswith("-") else r"(?!\w)"
        forms.append(
            (bare if ord(bare[-1]) > 0x0E00 else bare + end) if word.startswith("*") else rf"(?<!\w){bare}{end}"
        )
    return re.compile("|".join(forms))
