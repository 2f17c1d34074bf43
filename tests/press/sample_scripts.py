"""The sample office's interview in Greek, Hebrew and Hindi: enough of each script to weigh a page that is set in it."""

# ruff: noqa: E501
# The sentences of three languages stand on lines of their own.

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique.press import pages
from communique.press.bundle import assets, office_asset
from communique.press.shown import Furniture, Row
from press import sample

LANGUAGES = ("el", "he", "hi")
SAID: dict[str, tuple[str, str, str]] = {
    "Embassy of Orsemund": ("Πρεσβεία του Όρσεμουντ", "שגרירות אורסמונד", "ओर्सेमुंड का दूतावास"),
    "in Ostrevell": ("στο Οστρεβέλ", "באוסטרבל", "ओस्त्रेवेल में"),
    "14 Chandlers’ Quay, Tessmark": ("Προκυμαία Κηροποιών 14, Τέσμαρκ", "רציף הנרות 14, טסמרק", "14, दीपक घाट, टेसमार्क"),
    "Speeches, interviews, articles": (
        "Ομιλίες, συνεντεύξεις, άρθρα",
        "נאומים, ראיונות, מאמרים",
        "भाषण, साक्षात्कार, लेख",
    ),
    "Statements": ("Δηλώσεις", "הצהרות", "वक्तव्य"),
    "Press releases": ("Δελτία τύπου", "הודעות לעיתונות", "प्रेस विज्ञप्तियाँ"),
    "Averholm": ("Άβερχολμ", "אברהולם", "एवरहोम"),
    "Tessmark": ("Τέσμαρκ", "טסמרק", "टेसमार्क"),
    "Consular queries": ("Προξενικά θέματα", "פניות קונסולריות", "वाणिज्य दूतावास संबंधी प्रश्न"),
    "Emergency, day and night": ("Έκτακτη ανάγκη, μέρα και νύχτα", "חירום, יום ולילה", "आपात स्थिति, दिन-रात"),
    "The country, its embassy and all persons here are invented.": (
        "Η χώρα, η πρεσβεία της και όλα τα πρόσωπα εδώ είναι επινοημένα.",
        "המדינה, שגרירותה וכל האנשים כאן בדויים.",
        "यह देश, इसका दूतावास और यहाँ के सभी व्यक्ति काल्पनिक हैं।",
    ),
    "People": ("Πρόσωπα", "אנשים", "व्यक्ति"),
    "In an emergency": ("Σε έκτακτη ανάγκη", "בשעת חירום", "आपात स्थिति में"),
    "Oriel Tavenmark": ("Όριελ Τάβενμαρκ", "אוריאל טבנמרק", "ओरियल तावेनमार्क"),
    "Anselm Orrevane": ("Άνσελμ Ορεβέιν", "אנסלם אורוויין", "एन्सेल्म ओरेवेन"),
    "Ambassador": ("Πρέσβης", "השגרירה", "राजदूत"),
    "Minister of Ports": ("Υπουργός Λιμένων", "שר הנמלים", "बंदरगाह मंत्री"),
    "Petra Halvane": ("Πέτρα Χαλβάνε", "פטרה הלוואן", "पेट्रा हल्वाने"),
    "Radio Tessmark": ("Ράδιο Τέσμαρκ", "רדיו טסמרק", "रेडियो टेसमार्क"),
    "Radio Tessmark, live": ("Ράδιο Τέσμαρκ, ζωντανά", "רדיו טסמרק, שידור חי", "रेडियो टेसमार्क, सीधा प्रसारण"),
    "Ambassador Oriel Tavenmark replies to the programme Harbour Hour, Tessmark, 4 March 2027": (
        "Η Πρέσβης Όριελ Τάβενμαρκ απαντά στην εκπομπή «Ώρα του λιμανιού», Τέσμαρκ, 4 Μαρτίου 2027",
        "השגרירה אוריאל טבנמרק משיבה לתוכנית ״שעת הנמל״, טסמרק, 4 במרץ 2027",
        "राजदूत ओरियल तावेनमार्क “बंदरगाह की घड़ी” कार्यक्रम के प्रश्नों का उत्तर देती हैं, टेसमार्क, 4 मार्च 2027",
    ),
    "The second answer named 12 April as the day on which the talks open. It is 2 April.": (
        "Η δεύτερη απάντηση ανέφερε τη 12η Απριλίου ως ημέρα έναρξης. Η σωστή είναι η 2α Απριλίου.",
        "בתשובה השנייה צוין 12 באפריל כיום פתיחת השיחות. התאריך הנכון הוא 2 באפריל.",
        "दूसरे उत्तर में वार्ता का दिन 12 अप्रैल बताया गया था। सही दिन 2 अप्रैल है।",
    ),
    "Why the boat sails four times": ("Γιατί τέσσερα δρομολόγια", "מדוע ארבע הפלגות", "नौका चार बार क्यों चलती है"),
    "The herring talks": ("Οι συνομιλίες για τη ρέγκα", "השיחות על ההרינג", "हेरिंग वार्ता"),
    "asked first": (
        "Πριν από έναν χρόνο τέσσερα δρομολόγια την ημέρα έμοιαζαν με στοίχημα. Τώρα έχετε τους αριθμούς. Ήταν;",
        "לפני שנה נראו ארבע הפלגות ביום כהימור. עכשיו המספרים על שולחנך. האם היה זה הימור?",
        "एक वर्ष पहले दिन में चार फेरे जुआ लगते थे। अब आँकड़े आपकी मेज़ पर हैं। क्या वह जुआ था?",
    ),
    "answered first": (
        "Μόνο για όσους δεν είδαν ποτέ την προκυμαία στις έξι το πρωί. Το πλοίο μετέφερε αρτοποιούς, μια μπάντα και δύο φορές ένα ολόκληρο σχολείο.",
        "רק בעיני מי שלא ראה את הרציף בשש בבוקר. המעבורת הסיעה אופים, תזמורת כלי נשיפה ופעמיים בית ספר שלם.",
        "केवल उनके लिए जिन्होंने सुबह छह बजे घाट नहीं देखा। नौका ने नानबाइयों, एक बैंड और दो बार पूरे विद्यालय को पहुँचाया।",
    ),
    "asked second": (
        "Οι καπετάνιοι θέλουν να μάθουν ένα πράγμα: θα αλλάξει το ημερολόγιο ή το όριο;",
        "רבי החובלים רוצים לדעת דבר אחד: האם ישתנה לוח השנה או הגבול?",
        "नाविक एक ही बात जानना चाहते हैं: तिथि-पत्र बदलेगा या सीमा?",
    ),
    "answered second": (
        "Το ημερολόγιο. Και οι δύο πλευρές μετρούν τα ίδια ψάρια και θα ήθελαν να το κάνουν την ίδια εβδομάδα.",
        "לוח השנה. שני הצדדים סופרים אותם דגים והיו רוצים לעשות זאת באותו שבוע.",
        "तिथि-पत्र। दोनों पक्ष एक ही मछली गिनते हैं और एक ही सप्ताह में गिनना चाहते हैं।",
    ),
    "# days since the ferry between Averholm and Tessmark first sailed": (
        "# ημέρες από το πρώτο ταξίδι του πλοίου μεταξύ Άβερχολμ και Τέσμαρκ",
        "# ימים מאז הפלגתה הראשונה של המעבורת בין אברהולם לטסמרק",
        "एवरहोम और टेसमार्क के बीच नौका के पहले फेरे से # दिन",
    ),
    "# days since the two national libraries share one reading room": (
        "# ημέρες κοινού αναγνωστηρίου των δύο εθνικών βιβλιοθηκών",
        "# ימים מאז שתי הספריות הלאומיות חולקות אולם קריאה אחד",
        "दोनों राष्ट्रीय पुस्तकालयों के साझा वाचनालय के # दिन",
    ),
    "Statement as the winter herring season opens in the Sound": (
        "Δήλωση για την έναρξη της χειμερινής αλιείας ρέγκας",
        "הצהרה עם פתיחת עונת ההרינג החורפית במיצר",
        "शीतकालीन हेरिंग ऋतु के आरंभ पर वक्तव्य",
    ),
    "When the night boat sails after the clocks change": (
        "Πότε φεύγει το νυχτερινό πλοίο μετά την αλλαγή της ώρας",
        "מתי מפליגה מעבורת הלילה לאחר הזזת השעון",
        "समय-परिवर्तन के बाद रात की नौका कब चलती है",
    ),
}


def said(text: str, language: str) -> str:
    """What the sample says in English, in one of these languages."""
    return SAID[text][LANGUAGES.index(language)]


def site(language: str) -> dict[str, bytes]:
    """The interview and the latest events in one language, with the assets they ask for."""
    setting = replace(sample.setting(language), furniture=_furniture(language), languages=(*sample.LANGUAGES, language))
    path = f"{language}/speeches/2027/03/05/harbour-hour/"
    version, editions = sample.version(_content(language), "correct", 2, 1204), sample.editions()
    style, data = office_asset(setting.furniture)
    written = {
        path: pages.message_page(setting, version, sample.siblings(), editions, f"{language}/speeches/"),
        f"{language}/latest/": pages.latest_page(setting, _rows(language)),
    }
    return {**assets(), style: data, **{f"{name}index.html": page.encode() for name, page in written.items()}}


def _furniture(language: str) -> Furniture:
    whole = sample.furniture()
    return replace(
        whole, pieces=tuple(replace(piece, content=_with(piece.content, language)) for piece in whole.pieces)
    )


def _with(value: Any, language: str) -> Any:
    """A value of furniture with its words in one more language."""
    if isinstance(value, list | tuple):
        return [_with(one, language) for one in value]
    if not isinstance(value, dict):
        return value
    english = value.get("en")
    if isinstance(english, str) and english in SAID:
        return {**value, language: said(english, language)}
    if isinstance(english, dict) and english.get("other") in SAID:
        return {**value, language: dict.fromkeys(("one", "two", "other"), said(english["other"], language))}
    return {key: _with(one, language) for key, one in value.items()}


def _content(language: str) -> dict[str, Any]:
    asked = {"kind": "question", "questioner": said("Petra Halvane", language)}
    answer = {"kind": "answer", "speaker": 0}
    outlet, topic = said("Radio Tessmark", language), said("Why the boat sails four times", language)
    turns = [
        {**asked, "id": "t1", "outlet": outlet, "topic": topic, "blocks": [said("asked first", language)]},
        {**answer, "id": "t2", "blocks": [said("answered first", language)]},
        {**asked, "id": "t3", "topic": said("The herring talks", language), "blocks": [said("asked second", language)]},
        {**answer, "id": "t4", "blocks": [said("answered second", language)]},
    ]
    roles = {"Oriel Tavenmark": "Ambassador", "Anselm Orrevane": "Minister of Ports"}
    return {
        **sample.content("fr"),
        "language": language,
        "address": f"{language}/speeches/2027/03/05/harbour-hour",
        "title": said(sample.TITLES["en"], language),
        "note": said(sample.NOTES["en"], language),
        "corrects": ["t4"],
        "occasion": {
            "on": "2027-03-04",
            "zone": "Europe/Helsinki",
            "place": said("Radio Tessmark, live", language),
        },
        "speakers": [{"name": said(name, language), "role": said(role, language)} for name, role in roles.items()],
        "turns": turns,
    }


def _rows(language: str) -> list[Row]:
    found = [row for row in sample.rows() if row.title in SAID]
    return [replace(row, title=said(str(row.title), language), language=language) for row in found]
