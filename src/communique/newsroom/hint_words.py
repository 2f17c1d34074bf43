"""Words that help nobody, by language: link words that say nothing, and beginnings of alternative texts.

All in small letters, without signs around them, as `hints.py` compares them. A language that is not here is looked at
with the English words alone.
"""

from __future__ import annotations

import re

SAY_NOTHING: dict[str, frozenset[str]] = {
    "en": frozenset(
        (
            "here", "click", "click here", "tap here", "press here", "see here", "read here", "look here", "go here",
            "this", "this link", "this page", "link", "the link", "more", "read more", "see more", "learn more",
            "find out more", "more information", "more info", "further information", "details", "more details",
            "full text", "website", "web site", "continue", "continue reading", "download", "watch", "watch here",
            "listen", "listen here",
        )
    ),
    "fr": frozenset(
        (
            "ici", "là", "cliquez", "cliquez ici", "cliquer ici", "voir ici", "lire ici", "par ici", "ce lien", "lien",
            "le lien", "cette page", "plus", "en savoir plus", "savoir plus", "lire la suite", "la suite", "suite",
            "lire plus", "voir plus", "plus d’informations", "plus d'informations", "plus d’infos", "plus d'infos",
            "détails", "plus de détails", "site", "site web", "télécharger", "continuer", "regarder", "écouter",
        )
    ),
    "ar": frozenset(
        (
            "هنا", "من هنا", "اضغط", "اضغط هنا", "إضغط هنا", "انقر", "انقر هنا", "أنقر هنا", "اقرأ هنا", "شاهد هنا",
            "هذا الرابط", "الرابط", "رابط", "هذه الصفحة", "المزيد", "اقرأ المزيد", "إقرأ المزيد", "قراءة المزيد",
            "لمعرفة المزيد", "للمزيد", "المزيد من المعلومات", "لمزيد من المعلومات", "للمزيد من المعلومات", "التفاصيل",
            "الموقع", "تحميل", "تنزيل", "متابعة القراءة",
        )
    ),
    "de": frozenset(
        (
            "hier", "hier klicken", "klicken sie hier", "klick hier", "dieser link", "diesem link", "link",
            "diese seite", "mehr", "mehr lesen", "weiterlesen", "mehr erfahren", "mehr dazu", "mehr informationen",
            "weitere informationen", "details", "weiter", "herunterladen", "download",
        )
    ),
    "es": frozenset(
        (
            "aquí", "aqui", "haga clic", "haga clic aquí", "haz clic aquí", "clic aquí", "pulse aquí", "este enlace",
            "enlace", "esta página", "más", "leer más", "ver más", "saber más", "más información", "seguir leyendo",
            "detalles", "descargar",
        )
    ),
    "it": frozenset(
        (
            "qui", "clicca qui", "cliccare qui", "questo link", "link", "questa pagina", "di più", "leggi tutto",
            "leggi di più", "scopri di più", "per saperne di più", "maggiori informazioni", "ulteriori informazioni",
            "continua", "continua a leggere", "dettagli", "scarica",
        )
    ),
    "pt": frozenset(
        (
            "aqui", "clique aqui", "clicar aqui", "este link", "esta ligação", "link", "esta página", "mais",
            "ler mais", "leia mais", "ver mais", "saber mais", "saiba mais", "mais informações",
            "continuar a ler", "detalhes", "descarregar", "baixar",
        )
    ),
    "ru": frozenset(
        (
            "здесь", "тут", "нажмите", "нажмите здесь", "нажмите сюда", "по ссылке", "по этой ссылке", "ссылка",
            "эта страница", "далее", "подробнее", "подробности", "читать далее", "читать дальше", "читать полностью",
            "узнать больше", "больше информации", "скачать",
        )
    ),
    "uk": frozenset(
        (
            "тут", "натисніть", "натисніть тут", "за посиланням", "за цим посиланням", "посилання", "далі",
            "докладніше", "детальніше", "читати далі", "дізнатися більше", "завантажити",
        )
    ),
    "zh": frozenset(
        ("这里", "此处", "点击", "点击这里", "点击此处", "链接", "此链接", "更多", "了解更多", "阅读更多", "查看更多",
         "详情", "查看详情", "下载")
    ),
}  # fmt: skip
"""language -> link words after which nobody knows where they lead"""

PICTURE_OF: dict[str, tuple[str, ...]] = {
    "en": tuple(
        f"{article}{picture} {of} "
        for article in ("", "a ", "an ", "the ")
        for picture in ("picture", "image", "photo", "photograph")
        for of in ("of", "showing")
    ),
    "fr": tuple(
        f"{article}{picture} d{of}"
        for article in ("", "une ", "la ", "l’", "l'")
        for picture in ("image", "photo", "photographie")
        for of in ("e ", "es ", "u ", "’", "'")
    ),
    "ar": ("صورة ", "الصورة ", "صوره "),
    "de": tuple(
        f"{article}{picture} {of} "
        for article in ("", "ein ", "das ", "eine ", "die ")
        for picture in ("bild", "foto", "fotografie", "aufnahme")
        for of in ("von", "vom", "der", "des")
    ),
    "es": tuple(
        f"{article}{picture} d{of} "
        for article in ("", "una ", "la ")
        for picture in ("imagen", "foto", "fotografía")
        for of in ("e", "el")
    ),
    "it": tuple(
        f"{picture} d{of}" for picture in ("immagine", "foto", "fotografia") for of in ("i ", "el ", "ella ", "ell’")
    ),
    "pt": tuple(
        f"{picture} d{of} " for picture in ("imagem", "foto", "fotografia") for of in ("e", "a", "o", "as", "os")
    ),
    "ru": ("изображение ", "фото ", "фотография ", "снимок ", "на фото ", "на изображении ", "на снимке "),
    "uk": ("зображення ", "фото ", "фотографія ", "світлина ", "на фото ", "на зображенні ", "на світлині "),
    "zh": ("图片", "照片", "图像"),
}
"""language -> beginnings that say that a picture is one"""

FILE_NAME = re.compile(
    r"[^/\\\n]{1,120}\.(?:jpe?g|png|gif|webp|tiff?|heic|svg|bmp)"
    r"|(?:img|dsc[nf]?|pxl|dji|scan|screenshot)[-_ ]?\d[-\w .]*",
    re.IGNORECASE,
)
"""what cameras, telephones and their owners call a picture"""
