"""Words by which official pages mark their parts, in many languages: tables, and nothing else.

All are compared without case and without accents (`folded`). A single letter ("Q:", "В:") counts only in the languages
that use it so, because the same letter is a question in one and an answer in another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Words without case, accents, dots and brackets around them, and doubled blanks."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i")
    return " ".join(bare.split()).strip(" .:：()[]«»\"'-–—")


def _set(*words: str) -> frozenset[str]:
    return frozenset(folded(w) for row in words for w in row.split("|"))


QUESTION = _set(
    "question|journalist|reporter|interviewer|media|press|correspondent|unidentified speaker",
    "question|journaliste|frage|fragesteller|journalistin|pregunta|periodista|domanda|giornalista|pergunta|jornalista",
    "вопрос|журналист|корреспондент|ведущий|питання|запитання|журналіст|кореспондент|пытанне|въпрос|питање|pitanje",
    "pytanie|dziennikarz|otázka|novinář|întrebare|kérdés|fråga|spørgsmål|spørsmål|kysymys|vraag|küsimus|klausimas",
    "ερώτηση|δημοσιογράφος|soru|gazeteci|muhabir|سؤال|السؤال|صحفي|الصحفي|صحافي|המראיין|שאלה|پرسش|سوال|خبرنگار",
    "问|提问|记者|記者|質問|问题|질문|기자|문|प्रश्न|pertanyaan|câu hỏi|хабаршы|savol|sual",
)
ANSWER = _set(
    "answer|response|reply|réponse|antwort|respuesta|risposta|resposta|ответ|відповідь|адказ|отговор|odpowiedź",
    "odpověď|răspuns|válasz|svar|vastaus|antwoord|απάντηση|cevap|yanıt|جواب|الجواب|إجابة|الإجابة|تشובה|תשובה|پاسخ",
    "答|回答|答复|답변|답|उत्तर|jawaban|trả lời|javob|cavab",
)
MODERATOR = _set(
    "moderator|host|presenter|chair|staff|operator|modérateur|modératrice|moderatorin|moderador|moderadora",
    "moderatore|moderatrice|модератор|ведущая|ведучий|ведуча|prowadzący|συντονιστής|sunucu|moderatör",
    "مدير الجلسة|主持人",
)
QUESTION_LETTER = {
    "en": "q", "fr": "q", "de": "f", "es": "p", "it": "d", "pt": "p", "ru": "в", "uk": "п", "pl": "p", "el": "ε",
    "tr": "s", "ar": "س", "nl": "v", "ro": "i", "cs": "o", "zh": "问",
}  # fmt: skip
ANSWER_LETTER = {
    "en": "a", "fr": "r", "de": "a", "es": "r", "it": "r", "pt": "r", "ru": "о", "uk": "в", "pl": "o", "el": "α",
    "tr": "c", "ar": "ج", "nl": "a", "ro": "r", "cs": "o", "zh": "答",
}  # fmt: skip

PARTICLES = _set(
    "de|da|di|do|dos|das|du|del|della|des|la|le|les|van|von|der|den|zu|zur|ter|ten|af|av|bin|bint|ibn|al|el|y|e|and|of",
    "the|for|und|et|für|y|los|las|af|of the|i|и|й|та|и.о",
)

ALL_MESSAGES = _set(
    "all|more|archive|archives|full list|see all|view all|older|index|return|back to",
    "tous|toutes|tout|plus|voir|alle|mehr|weitere|zum archiv|archiv|todos|todas|todo|más|archivo|ver|tutti|tutte",
    "altri|altre|archivio|elenco|mais|arquivo|все|всё|ещё|архив|далее|усі|всі|більше|архів|wszystkie|więcej",
    "archiwum|pełna lista|όλες|όλα|όλοι|όλη|περισσότερα|αρχείο|tüm|tümü|bütün|daha fazla|arşiv",
    "جميع|كل|كافة|المزيد|الأرشيف|أرشيف|全部|更多|所有|一覧|もっと|전체|더보기|सभी|semua|tất cả|alla|kaikki|všechny",
    "toate|összes",
)
"""first words of the link under a list that leads to the rest of it"""

KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "briefing",
        _set(
            "news conference|press conference|briefing|joint press|conférence de presse|pressekonferenz",
            "rueda de prensa",
            "conferenza stampa|пресс-конференци|брифинг|прес-конференці|konferencj|conferência de imprensa",
            "συνέντευξη τύπου|basın toplantı|مؤتمر صحفي|مؤتمر صحافي|新闻发布会|记者会",
        ),
    ),
    (
        "interview",
        _set(
            "interview|answers to|answered questions|doorstop|entretien|réponses|entrevista|respuestas|intervista",
            "risposte|antworten|интервью|ответы|інтерв’ю|інтерв'ю|відповіді|wywiad|odpowiedzi|respostas|συνέντευξη",
            "απαντήσεις|röportaj|söyleşi|yanıtları|مقابلة|أجوبة|حوار|专访|采访",
        ),
    ),
    (
        "joint_communique",
        _set("joint communiqué|communiqué conjoint|gemeinsames kommuniqué|совместное коммюнике|بيان مشترك"),
    ),
    (
        "speech",
        _set(
            "speech|remarks by|address by|weekly address|keynote|discours|allocution|rede von|ansprache|discurso",
            "discorso|выступление|речь|виступ|промова|przemówienie|wystąpienie|ομιλία|konuşma|كلمة|خطاب|讲话|演讲",
        ),
    ),
    (
        "comment",
        _set(
            "comment by|comment on|embassy comment|commentaire|kommentar|comentario|commento|комментарий|коментар",
            "komentarz|comentário|σχόλιο|تعليق",
        ),
    ),
    (
        "statement",
        _set(
            "statement|declaration|déclaration|erklärung|declaración|dichiarazione|заявление|заява|oświadczenie",
            "declaração|δήλωση|ανακοίνωση|açıklama|بيان|تصريح|указ|распоряжение|у к а з|р а с п о р я ж е н и е|声明",
        ),
    ),
    (
        "article",
        _set(
            "article|op-ed|blog|tribune|gastbeitrag|artículo|articolo|статья|стаття|artykuł|artigo|άρθρο|makale",
            "مقال|文章",
        ),
    ),
)
"""words of a title or section by which a kind is known; the first that fits"""

POSSESSIVE = re.compile(r"^(?P<who>.{3,120}?)(?:['’]s|s['’])\s+(?P<what>\S.*)$", re.S)
"""English: "Minister Ann Lee’s remarks at …" """
IMPRINT = re.compile(r"^\W*(?:©|\(c\)\s|copyright\b)|©\s*\d{4}|\ball rights reserved\b", re.I)
"""what stands at the foot of a site and belongs to no message"""
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？؟;:：][\"'”’»)\]\u200f\u200e]*$")


def starts_with_any(words: str, table: frozenset[str]) -> bool:
    """Whether the first one, two or three words (in scripts without blanks: the first two signs) are in a table."""
    known = folded(words)
    parts = known.split()
    starts = {" ".join(parts[:n]) for n in (1, 2, 3)} | {known[:2] if known[:1] > "\u2e80" else ""}
    return not starts.isdisjoint(table)


def kind_by_words(words: str) -> str | None:
    """The kind that words of a title or section name."""
    known = folded(words)
    for kind, table in KINDS:
        if any(w in known for w in table):
            return kind
    return None
