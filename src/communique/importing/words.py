"""Words by which official pages mark their parts, in many languages: tables, and nothing else.

All are compared without case and without accents (`folded`). A single letter ("Q:", "В:") counts only in the languages
that use it so, because the same letter is a question in one and an answer in another.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_LIMIT_FORM = 60
_LIMIT_OFFICE = 160
_MOST_WORDS_OF_A_BODY = 9
_MOST_WORDS_IN_A_ROW = 3
"""of a body in Hebrew, Arabic and Persian, which need no "of" between them"""
_HONOUR = re.compile(r"\b(?:MP|MEP|MdB|MdL|MSP|Senator|Hon|H\.E|Rt Hon|Sr|Dr|Prof)\b\.?")
_LETTER = r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e])"
"""a letter or figure, or a sign on a letter of India or Thailand, which Python counts among neither"""
_WORDS = re.compile(rf"{_LETTER}+(?:[-'’/]{_LETTER}+)*")
_PARTS_OF_A_PHRASE = re.compile(rf"{_LETTER}+(?:[-'’]{_LETTER}+)*")
"""words; the vowel signs of Indian and Thai scripts are no letters for Python"""
_SPACED = re.compile(r"(?:[^\W\d_] ){3,40}[^\W\d_]")


_NO_ACCENTS: dict[int, str | None] = {n: None for n in range(0x300, 0x1F000) if unicodedata.combining(chr(n))}
_NO_ACCENTS[ord("ı")] = "i"


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Words without case, accents, dots and brackets around them, and doubled blanks."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    if not decomposed.isascii():
        decomposed = decomposed.translate(_NO_ACCENTS)
    return " ".join(decomposed.split()).strip(" .:：()[]«»\"'-–—")


@lru_cache(maxsize=16)
def table(name: str) -> frozenset[str]:
    """The words of a data file, all languages together."""
    text = files("communique.importing").joinpath("tables", f"{name}.json").read_text("utf-8")
    return frozenset(folded(word) for words in json.loads(text).values() for word in words)


def _set(*words: str) -> frozenset[str]:
    return frozenset(folded(w) for row in words for w in row.split("|"))


QUESTION = _set(
    "question|journalist|reporter|interviewer|media|press|correspondent|unidentified speaker",
    "interlocutor|interlocutora|intervención|corr|корр|кор|журн|коресп",
    "question|journaliste|frage|fragesteller|journalistin|pregunta|periodista|domanda|giornalista|pergunta|jornalista",
    "вопрос|журналист|корреспондент|ведущий|питання|запитання|журналіст|кореспондент|пытанне|въпрос|питање|pitanje",
    "pytanie|dziennikarz|otázka|novinář|întrebare|kérdés|fråga|spørgsmål|spørsmål|kysymys|vraag|küsimus|klausimas",
    "ερώτηση|δημοσιογράφος|soru|gazeteci|muhabir|سؤال|السؤال|صحفي|الصحفي|صحافي|המראיין|שאלה|پرسش|سوال|خبرنگار",
    "问|提问|记者|記者|質問|问题|질문|기자|문|प्रश्न|pertanyaan|câu hỏi|хабаршы|savol|sual|wartawan|jurnalis",
    "tanya|soalan|phóng viên|hỏi|ถาม|คำถาม|ผู้สื่อข่าว|კითხვა|ჟურნალისტი|প্রশ্ন|সাংবাদিক|صحافی|swali|mwandishi",
    "mwandishi wa habari|novinar|novinarka|новинар|новинарка|jurnalist|jurnalistă|újságíró|журналистка|toimittaja",
    "ajakirjanik|žurnalistas|žurnaliste|žurnālists|jautājums|հարց|լրագրող|pyetje|gazetar|vprašanje|journalisten",
    "haastattelija",
)
ANSWER = _set(
    "answer|response|reply|réponse|antwort|respuesta|risposta|resposta|ответ|відповідь|адказ|отговор|odpowiedź",
    "odpověď|răspuns|válasz|svar|vastaus|antwoord|απάντηση|cevap|yanıt|جواب|الجواب|إجابة|الإجابة|تشובה|תשובה|پاسخ",
    "答|回答|答复|답변|답|उत्तर|jawaban|trả lời|javob|cavab|jawab|jawapan|đáp|ตอบ|คำตอบ|პასუხი|উত্তর|jibu|odgovor",
    "одговор|vastus|atsakymas|atbilde|պատասխան|përgjigje",
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

SMALL_WORDS = _set(
    "at|on|in|to|with|by|from|for|about|as|into|à|au|aux|en|sur|pour|par|chez|em|no|na|ao|para|por|con|su|zu|zum|zur",
    "bei|im|am|mit|auf|über|в|во|на|о|об|по|к|с|у|з|до|w|we|z|do|i|de|del|della|degli|op|met|om|på|till|σε|στο|στη|για",
)
"""with which no line begins but one that goes on"""

ALL_MESSAGES = _set(
    "all|more|archive|archives|full list|see all|view all|older|index|return|back to",
    "tous|toutes|tout|plus|voir|alle|mehr|weitere|zum archiv|archiv|todos|todas|todo|más|archivo|ver|tutti|tutte",
    "altri|altre|archivio|elenco|mais|arquivo|все|всё|ещё|архив|далее|усі|всі|більше|архів|wszystkie|więcej",
    "archiwum|pełna lista|όλες|όλα|όλοι|όλη|περισσότερα|αρχείο|tüm|tümü|bütün|daha fazla|arşiv",
    "جميع|كل|كافة|المزيد|الأرشيف|أرشيف|全部|更多|所有|一覧|もっと|전체|더보기|सभी|semua|tất cả|alla|kaikki|všechny",
    "toate|összes|meer|overzicht|mer|fler|flere|lisää|další|více|mai multe|további|minden|още|всички|още новини|lisa",
    "kõik|vairāk|visas|visos|daugiau|sve|još|vse|več|все новини|すべて|目次|همه|بیشتر|כל|עוד",
)
"""first words of the link under a list that leads to the rest of it"""

_ENGLISH_OTHERS = "latest recent other more further top related"
_ENGLISH_MESSAGES = "news|events|updates|releases|statements|press releases|messages|articles"
LIST_HEADINGS = _set(
    *(f"{which} {what}" for which in _ENGLISH_OTHERS.split() for what in _ENGLISH_MESSAGES.split("|")),
    "latest|news|related|see also|read also|headlines|related content|also interesting|more on this|more on this topic",
    "you might also like|further reading|more information on the topic|what’s new|what's new|in this section",
    "das könnte sie auch interessieren|weitere informationen zum thema|weitere themen|zum thema",
    "mehr aus dieser rubrik|ähnliche beiträge|verwandte beiträge|verwandte themen|passend dazu|lesen sie auch",
    "sur le même sujet|à découvrir aussi|ça peut vous intéresser|articles similaires|en lien avec ce sujet|lire aussi",
    "te puede interesar|también te puede interesar|le puede interesar|quizás te interese|artículos relacionados",
    "contenido relacionado|información relacionada|lo más leído|más noticias sobre|últimas publicaciones|novedades",
    "também pode interessar|conteúdo relacionado|veja mais|leia também|artigos relacionados|últimas publicações",
    "potrebbe interessarti anche|articoli correlati|contenuti correlati|ti potrebbe interessare|sullo stesso tema",
    "по теме|ещё по теме|также по теме|вам может быть интересно|похожие новости|связанные материалы|також за темою",
    "zobacz również|powiązane artykuły|powiązane|lees ook|gerelateerd|gerelateerd nieuws|relaterade nyheter|relaterat",
    "relatert|relatert innhold|relateret|související|souvisejici články|súvisiace|kapcsolódó|kapcsolódó hírek",
    "știri similare|articole similare|свързани новини|повезане вести|vezane vijesti|povezane novice",
    "σχετικά|σχετικά νέα|διαβάστε επίσης|ilgili içerikler|benzer haberler|ilginizi çekebilir|öne çıkan haberler",
    "أخبار ذات صلة|مقالات ذات صلة|قد يهمك أيضا|اقرأ المزيد|اخبار متعلقة|مطالب مرتبط|بیشتر بخوانید|خبرهای مرتبط",
    "संबंधित समाचार|यह भी पढ़ें|ताज़ा खबरें|כתבות נוספות|אולי יעניין אותך|ידיעות נוספות|קרא גם",
    "חדשות קשורות|כתבות קשורות|עוד בנושא|חדשות נוספות|עדכונים אחרונים|חדשות אחרונות|הודעות נוספות|ידיעות קשורות",
    "اخبار مرتبط|آخرین اخبار|تازه‌ترین اخبار|اخبار دیگر|مطالب بیشتر|أخبار أخرى|آخر الأخبار|أحدث الأخبار|اقرأ أيضا",
    "नवीनतम समाचार|अन्य समाचार|इन्हें भी पढ़ें|संबंधित लेख|ilgili haberler|diğer haberler|son haberler|son duyurular",
    "τελευταία νέα|άλλες ειδήσεις|σχετικές ειδήσεις|πρόσφατα νέα",
    "関連記事|関連ニュース|最新ニュース|その他のお知らせ|新着情報",
    "ข่าวที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวอื่นๆ|berita lainnya|berita terbaru|tin khác|tin mới nhất|다른 소식|최신 소식|관련 기사",
    "関連情報|関連リンク|関連ページ|あわせて読みたい|新着一覧|最近の投稿|おすすめ記事|相关文章|相关报道|延伸阅读",
    "dans la même rubrique|à lire également|kitos naujienos|ბოლო სიახლეები|további hírek|habari mpya",
    "tin liên quan|alte știri|други новини|ostale vijesti|muut uutiset|اسی بارے میں|আরও খবর|berita terkait",
    "推荐阅读|相關新聞|相關文章",
    "관련 글|관련 소식|함께 보면 좋은 글|이전 글|berita terkait|artikel terkait|baca juga",
    "tin liên quan|bài viết liên quan",
    "in other news|most read|also of interest|news and events|events|you may also like|recent posts|related posts",
    "dernières nouvelles|actualités|actualité|dernières actualités",
    "autres actualités|à lire aussi|voir aussi|autres nouvelles",
    "derniers événements|articles récents|articles liés|aktuelles",
    "lo último|lo más visto|ver también|otras notas|más comunicados|mais lidas|mais lidos|ver também|mais vistas",
    "les plus lus|nos derniers articles|meistgelesen|weitere pressemitteilungen|neueste pressemitteilungen|i più letti",
    "самое читаемое|популярное|популярні новини|останні публікації|последние публикации|najczęściej czytane|δημοφιλή",
    "çok okunanlar|son eklenenler|الأكثر قراءة|پربازدیدترین|پربیننده‌ترین|人気記事|最新記事|热门新闻|热点新闻|最新发布",
    "많이 본 뉴스|최근 게시물|terpopuler|berita populer|tin nổi bật|bài viết mới|ข่าวยอดนิยม|सबसे ज्यादा पढ़ी गई",
    "aktuell|neueste meldungen|weitere meldungen|neuigkeiten",
    "weitere nachrichten|letzte meldungen|siehe auch|nachrichten|mehr zum thema|aktuelle meldungen|weitere beiträge",
    "últimas noticias|otras noticias|actualidad|noticias",
    "más noticias|noticias relacionadas|últimos eventos|véase también",
    "ultime notizie|altre notizie|attualità|notizie|ultimi eventi|vedi anche|notizie correlate|leggi anche",
    "últimas notícias|outras notícias|atualidade|notícias",
    "mais notícias|notícias relacionadas|últimos eventos|veja também",
    "последние события|последние новости|другие новости|новости|ещё новости|смотрите также|читайте также|события",
    "актуальное|новости по теме|материалы по теме|лента новостей|другие материалы|похожие материалы",
    "останні події|останні новини|інші новини|новини|читайте також|дивіться також|події|новини за темою",
    "апошнія навіны|навіны|последни събития|последни новини|други новини|новини|вижте също",
    "ostatnie wydarzenia|aktualności|inne wiadomości|wiadomości",
    "najnowsze wiadomości|zobacz także|czytaj także|wydarzenia",
    "τελευταία νέα|επικαιρότητα|άλλα νέα|νέα|τελευταίες ειδήσεις|ειδήσεις|δείτε επίσης|σχετικά άρθρα",
    "son gelişmeler|güncel haberler|diğer haberler|haberler|son haberler|güncel|ilgili haberler|duyurular",
    "آخر الأحداث|آخر الأخبار|أخبار أخرى|أخبار|الأخبار|أحدث الأخبار|اقرأ أيضا|انظر أيضا|مواضيع ذات صلة|المستجدات",
    "最新消息|最新动态|最新新闻|其他新闻|新闻|相关新闻|相关阅读|相关链接|更多新闻|要闻|最新消息與活動|其他消息|最新消息和活动",
    "最新情報|新着情報|お知らせ|ニュース|その他のニュース|関連記事|関連ニュース|最近の出来事|新着|トピックス",
    "최신 소식|최근 소식|다른 소식|새 소식|뉴스|관련 뉴스|관련 기사|최신 뉴스|다른 뉴스",
    "senaste nytt|nyheter|andra nyheter|senaste nyheterna|aktuellt|fler nyheter|läs också|siste nytt|siste nyheter",
    "andre nyheter|aktuelt|flere nyheter|seneste nyt|seneste nyheder|andre nyheder|nyheder|flere nyheder|se også",
    "laatste nieuws|ander nieuws|nieuws|actueel|meer nieuws",
    "zie ook|ajankohtaista|uutiset|muut uutiset|uusimmat uutiset",
    "poslední události|aktuality|další zprávy|zprávy|nejnovější zprávy|viz také|novinky|ďalšie správy|najnovšie správy",
    "legutóbbi események|legfrissebb hírek|hírek|további hírek",
    "egyéb hírek|friss hírek|lásd még|ultimele știri|alte știri",
    "știri|ultimele evenimente|noutăți|vezi și|најновије вести",
    "вести|остале вести|najnovije vijesti|ostale vijesti|vijesti",
    "najnovije vesti|vesti|zadnje novice|novice|druge novice",
    "viimased uudised|uudised|muud uudised|jaunākās ziņas|ziņas",
    "naujausios naujienos|naujienos|kitos naujienos|חדשות|חדשות אחרונות|עדכונים אחרונים|חדשות נוספות|אירועים אחרונים",
    "آخرین اخبار|اخبار|سایر اخبار|آخرین رویدادها|اخبار مرتبط|تازه‌ترین اخبار|tin mới|tin tức|tin mới nhất|tin khác",
    "berita terbaru|berita lain|berita|berita terkini|ताज़ा समाचार|समाचार|अन्य समाचार|соңғы жаңалықтар|жаңалықтар",
    "so‘nggi yangiliklar|yangiliklar|son xəbərlər|xəbərlər|digər xəbərlər",
)
"""printed headings of a list of other messages"""

KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "briefing",
        _set(
            "news conference|press conference|briefing|joint press|conférence de presse|pressekonferenz",
            "rueda de prensa",
            "conferenza stampa|пресс-конференци|брифинг|прес-конференці|konferencj|conferência de imprensa",
            "συνέντευξη τύπου|basın toplantı|مؤتمر صحفي|مؤتمر صحافي|新闻发布会|记者会|記者會|会見|브리핑|기자회견",
            "press availability|conferencia de prensa|coletiva de imprensa|persconferentie|presskonferens|pressträff",
            "tisková konference|tlačová konferencia|sajtótájékoztató|conferință de presă|пресконференци|basın brifing",
            "konferensi pers|họp báo|मीडिया ब्रीफिंग|प्रेस वार्ता|מסיבת עיתונאים|نشست خبری|tiedotustilaisuus",
        ),
    ),
    (
        "interview",
        _set(
            "interview|answers to|answered questions|doorstop|entretien|réponses|entrevista|respuestas|intervista",
            "risposte|antworten|интервью|ответы|інтерв’ю|інтерв'ю|відповіді|wywiad|odpowiedzi|respostas|συνέντευξη",
            "απαντήσεις|röportaj|söyleşi|yanıtları|مقابلة|أجوبة|حوار|专访|采访|συνεντεύξεις|interviste|wawancara",
            "phỏng vấn|साक्षात्कार|ריאיון|ראיון|مصاحبه|گفتگو|インタビュー|인터뷰|haastattelu|rozhovor|intervju|interjú",
            "interviu|razgovor|mahojiano|สัมภาษณ์|ინტერვიუ|সাক্ষাৎকার|انٹرویو|tanya jawab|wawancara|temu bual|интервју",
        ),
    ),
    (
        "joint_communique",
        _set("joint communiqué|communiqué conjoint|gemeinsames kommuniqué|совместное коммюнике|بيان مشترك"),
    ),
    (
        "speech",
        _set(
            "speech|remarks by|remarks at|remarks to|address by|address at|address to",
            "weekly address|keynote|discours|allocution|rede von|ansprache|discurso",
            "discorso|discorsi|reden|выступлени|речь|речи|виступ|промов|przemówieni|wystąpieni|ομιλία|ομιλίες|konuşma",
            "كلمات|كلمة|خطاب|讲话|演讲|講話|演講",
            "hotuba|sambutan|ucapan|bài phát biểu|สุนทรพจน์|ভাষণ|გამოსვლა|تقریر|discurs|alocuțiune|govor|говор",
            "puheet|kõned|χαιρετισμ|grußwort|saudação|selamlama|致辞|演説|スピーチ|挨拶|연설|축사|기념사|toespraak|anförande|projev|prejav|beszéd|pidato|נאום|سخنرانی|भाषण",
        ),
    ),
    (
        "comment",
        _set(
            "comment by|comment on|embassy comment|commentaire|kommentar|comentario|commento|комментарий|коментар",
            "komentarz|comentário|σχόλιο|تعليق",
        ),
    ),
    ("press_release", _set("بيان صحفي|بيانات صحفية|البيان الصحفي|البيانات الصحفية|basın açıklama")),
    (
        "statement",
        _set(
            "statement|declaration|déclaration|erklärung|declaración|dichiarazion|заявлени|заява|заяви|oświadczeni",
            "note verbale|nota verbal|verbalnote|declaração|declarações|δήλωση|δηλώσεις|ανακοίνωση|ανακοινώσεις",
            "açıklama|بيان|تصريح|указ|распоряжение|у к а з|р а с п о р я ж е н и е|声明",
            "kenyataan media|kenyataan akhbar|tuyên bố|แถลงการณ์|განცხადება|বিবৃতি|اعلامیہ|declarație|declarații",
            "изявление|izjava|изјава|pareiškimas|avaldus|lausunto|聲明|談話|성명|담화|prohlášení|vyhlásenie|nyilatkozat|uttalande|verklaring|הצהרה|بیانیه|वक्तव्य|pernyataan",
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
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？؟।॥։۔။።។;:：][\"'”’»)\]\u200f\u200e]*$")


FORMS = table("forms")
"""what messages are called on their letterheads"""
TITLE_LABELS = table("labels_of_titles")
PLACE_LABELS = table("labels_of_places")
DAY_LABELS = table("labels_of_days")
PUBLICATIONS = table("labels_of_publication")
"""what stands before the day on which a message was published"""
EVENT_LABELS = table("labels_of_events")
"""what stands before values in small tables of facts"""
ISSUERS = table("issuers")
"""who sends them"""
OCCASIONS = table("occasions")
"""at what an official speaks to the press or the public"""
INSTITUTIONS = table("institutions")
"""words for a body that speaks: first or last in its name"""
ROLES = table("roles")
"""offices and titles that stand before names, or in the place of them"""
ENDS = table("ends")
"""what stands alone under the last words of a text"""
NEIGHBOURS = table("neighbours")
"""what stands before the title of the message before, and of the one after"""
BYLINES = _set(
    "by|written by|posted by|escrito por|redactado por|por|publicado por|écrit par|rédigé par|geschrieben von",
    "verfasst von|scritto da|автор|написал|підготував|napisał|autor|yazan|hazırlayan|oleh|ditulis oleh|door|skriven av",
    "scris de|autor|írta|tekst|autorius|kirjoittaja|imeandikwa na|penulis",
    "συντάκτης|الكاتب|بقلم|نویسنده|作者|文責|글쓴이|작성자|tác giả|लेखक",
)
"""first words of a line that says who wrote a text down"""
AFTERWORDS = table("afterwords")
"""labels of what follows a text and is none of it: contacts, sources, days of change"""


@lru_cache(maxsize=8192)
def names_a_form(words: str) -> bool:
    """Whether a few words say what form of message this is, or what office sends it."""
    return len(words) <= _LIMIT_FORM and has_any(words, FORMS | ISSUERS)


def is_name_of_office(words: str) -> bool:
    """Whether a short line says who somebody is: an office, or a name with the letters of one ("Ada Merrow MP")."""
    return len(words) <= _LIMIT_OFFICE and (has_any(words, ROLES) or bool(_HONOUR.search(words)))


def is_name_of_institution(words: str) -> bool:
    """Whether a short line is the name of a body: a word for one stands first, "of" behind it or behind its
    adjective, or last; or the two words stand first with which names of cities and courts begin."""
    known = folded(words)
    parts = known.split()
    if not 1 < len(parts) <= _MOST_WORDS_OF_A_BODY or ENDS_A_SENTENCE.search(words):
        return False
    first = next((n for n, part in enumerate(parts[:3]) if part in INSTITUTIONS), None)
    return (
        parts[-1] in INSTITUTIONS
        or " ".join(parts[:2]) in INSTITUTIONS
        or (parts[0] in INSTITUTIONS and len(parts) <= _MOST_WORDS_IN_A_ROW and "\u0590" <= known[:1] <= "\u06ff")
        or (first is not None and not PARTICLES.isdisjoint(parts[first + 1 : first + 3]))
    )


def has_any(words: str, table_: frozenset[str]) -> bool:
    """Whether words of a table stand in a short text; spaced capitals ("U K A S") are read as one word."""
    known = folded(words)
    if _SPACED.fullmatch(known):
        known = known.replace(" ", "")
    parts = _WORDS.findall(known)
    starts = [a for a, part in enumerate(parts) if part in _first_words(table_)]
    if any(" ".join(parts[a:b]) in table_ for a in starts for b in range(a + 1, min(a + 6, len(parts)) + 1)):
        return True
    if known[:1] <= "\u2e80":
        return False
    places = [a for a, sign in enumerate(known) if sign in _first_signs(table_)]
    return any(known[a:b] in table_ for a in places for b in range(a + 1, a + 13))


@lru_cache(maxsize=64)
def _first_words(table_: frozenset[str]) -> frozenset[str]:
    """What the phrases of a table begin with, up to a blank: nothing else need be looked for."""
    return frozenset(phrase.partition(" ")[0] for phrase in table_)


@lru_cache(maxsize=64)
def _first_signs(table_: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase[:1] for phrase in table_)


def phrase_of(words: str, table_: frozenset[str]) -> tuple[int, int] | None:
    """Where the longest phrase of a table stands in a text: start and end."""
    parts = list(_PARTS_OF_A_PHRASE.finditer(words))[:60]
    firsts = _first_signs(table_)
    starts = [a for a, part in enumerate(parts) if folded(part.group())[:1] in firsts]
    spans = [(a, b) for a in starts for b in range(min(a + 6, len(parts)), a, -1)]
    found = [(parts[a].start(), parts[b - 1].end()) for a, b in spans if _says_one(words, parts, a, b, table_)]
    if not found and words[:1] > "\u2e80":
        places = [(a, b) for a in range(len(words)) for b in range(a + 2, min(a + 12, len(words)) + 1)]
        found = [(a, b) for a, b in places if words[a:b] in table_]
    return max(found, key=lambda span: span[1] - span[0], default=None)


def _says_one(words: str, parts: list[re.Match[str]], a: int, b: int, table_: frozenset[str]) -> bool:
    return folded(words[parts[a].start() : parts[b - 1].end()]) in table_


def starts_with_any(words: str, table: frozenset[str]) -> bool:
    """Whether the first one, two or three words (in scripts without blanks: the first two signs) are in a table."""
    known = folded(words)
    parts = known.split()
    starts = {" ".join(parts[:n]) for n in (1, 2, 3)} | {known[:2] if known[:1] > "\u2e80" else ""}
    return not starts.isdisjoint(table)


def heads_a_list(words: str) -> bool:
    """Whether words are a printed heading of a list of other messages."""
    return folded(words) in LIST_HEADINGS


@lru_cache(maxsize=1024)
def kind_by_words(words: str) -> str | None:
    """The kind that words of a title or section name."""
    known = folded(words)
    for kind, table in KINDS:
        if any(w in known for w in table):
            return kind
    return None
