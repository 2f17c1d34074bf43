"""An invented office to look at: the Embassy of Orsemund in Ostrevell, in English, French, Arabic, Russian and Chinese.

It holds one of everything that a page can show. Countries, towns, persons and outlets are invented; telephone numbers
are from the range kept for fiction. The older site's page (`imported`) has the twelve parts of a page as embassies had
them: date line, two clocks, contact, counters, section, day, title, turns, listed messages, "all messages".
"""

# ruff: noqa: E501
# The sentences of three languages stand on lines of their own.

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique.press.acts import Acts
from communique.press.shown import (
    Archive,
    EditionLine,
    Front,
    FrontSection,
    Furniture,
    Listing,
    Period,
    Piece,
    Row,
    Setting,
    Version,
)
from press.sample_words import (
    CRISIS,
    DAYS_OF_THE_READING_ROOM,
    DAYS_SINCE_THE_FERRY,
    IN_RUSSIAN_AND_CHINESE,
    SPEECH,
)

ORIGIN = "embassy.orsemund.example/record"
AS_OF = "2027-03-09T07:42:00Z"
LANGUAGES = ("en", "fr", "ar", "ru", "zh")
ARMS = "a" * 64
FERRY = "b" * 64
TIDES = "c" * 64

SPEECHES, STATEMENTS, RELEASES = "section0speeches", "section0statemnt", "section0releases"
TAVENMARK, ORREVANE = "person0tavenmark", "person0000orreva"
PATHS = {SPEECHES: "speeches", STATEMENTS: "statements", RELEASES: "press-releases"}

Content = dict[str, Any]


def words(en: str, fr: str, ar: str) -> dict[str, str]:
    return {"en": en, "fr": fr, "ar": ar, **also(en)}


def also(en: str) -> dict[str, str]:
    """What is said in English, in the two languages of `sample_words.py`, if it stands there."""
    return dict(zip(("ru", "zh"), IN_RUSSIAN_AND_CHINESE.get(en, ()), strict=False))


PIECES: list[tuple[str, Content]] = [
    (
        "office0000000000",
        {
            "piece": "office",
            "name": words("Embassy of Orsemund", "Ambassade d’Orsemund", "سفارة أورسيموند"),
            "place": words("in Ostrevell", "en Ostrevell", "في أوستريفيل"),
            "languages": list(LANGUAGES),
            "zone": "Europe/Helsinki",
            "dates": "d MMMM y",
            "dateline": {"en": "d MMMM y", "fr": "d MMMM y", "ar": "d MMMM y", "zh": "y年M月d日"},
            "lines": [
                words("14 Chandlers’ Quay, Tessmark", "14, quai des Chandeliers, Tessmark", "١٤ رصيف الشمّاعين، تيسمارك")
            ],
            "colour": "#124559",
            "second": "#b07d2b",
            "arms": {"file": ARMS, "media": "image/svg+xml"},
        },
    ),
    (
        SPEECHES,
        {
            "piece": "section",
            "name": words(
                "Speeches, interviews, articles", "Discours, entretiens, articles", "خطابات ومقابلات ومقالات"
            ),
        },
    ),
    (STATEMENTS, {"piece": "section", "name": words("Statements", "Déclarations", "بيانات")}),
    (RELEASES, {"piece": "section", "name": words("Press releases", "Communiqués de presse", "أخبار صحفية")}),
    (
        "clock00000000001",
        {"piece": "clock", "city": words("Averholm", "Averholm", "أفرهولم"), "zone": "Atlantic/Reykjavik"},
    ),
    (
        "clock00000000002",
        {"piece": "clock", "city": words("Tessmark", "Tessmark", "تيسمارك"), "zone": "Europe/Helsinki"},
    ),
    (
        "contact000000001",
        {
            "piece": "contact",
            "label": words("Consular queries", "Affaires consulaires", "الاستفسارات القنصلية"),
            "telephone": "01632 960 142",
            "email": "consular@orsemund.example",
            "hours": [{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "13:00"}],
        },
    ),
    (
        "contact000000002",
        {
            "piece": "contact",
            "label": words("Emergency, day and night", "Urgence, jour et nuit", "الطوارئ، ليلًا ونهارًا"),
            "telephone": "01632 960 199",
            "emergency": True,
        },
    ),
    (
        "closure000000001",
        {
            "piece": "closure",
            "name": words("Founders’ Day", "fête des Fondateurs", "يوم المؤسسين"),
            "on": "2025-03-17",
            "yearly": True,
            "country": "PT",
        },
    ),
    (
        "counter000000001",
        {
            "piece": "counter",
            "since": "2026-01-21",
            "grouping": True,
            "sentence": {
                "en": {
                    "one": "# day since the ferry between Averholm and Tessmark first sailed",
                    "other": "# days since the ferry between Averholm and Tessmark first sailed",
                },
                "fr": {
                    "one": "# jour depuis le premier départ du bac entre Averholm et Tessmark",
                    "other": "# jours depuis le premier départ du bac entre Averholm et Tessmark",
                },
                "ar": {
                    "zero": "# يوم منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                    "one": "يوم واحد منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                    "two": "يومان منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                    "few": "# أيام منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                    "many": "# يومًا منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                    "other": "# يوم منذ أول إبحار للعبّارة بين أفرهولم وتيسمارك",
                },
                **DAYS_SINCE_THE_FERRY,
            },
        },
    ),
    (
        "counter000000002",
        {
            "piece": "counter",
            "since": "2024-05-02",
            "grouping": True,
            "sentence": {
                "en": {
                    "one": "# day since the two national libraries share one reading room",
                    "other": "# days since the two national libraries share one reading room",
                },
                "fr": {
                    "one": "# jour que les deux bibliothèques nationales partagent une salle de lecture",
                    "other": "# jours que les deux bibliothèques nationales partagent une salle de lecture",
                },
                "ar": {
                    "few": "# أيام منذ تقاسمت المكتبتان الوطنيتان قاعة مطالعة واحدة",
                    "many": "# يومًا منذ تقاسمت المكتبتان الوطنيتان قاعة مطالعة واحدة",
                    "other": "# يوم منذ تقاسمت المكتبتان الوطنيتان قاعة مطالعة واحدة",
                },
                **DAYS_OF_THE_READING_ROOM,
            },
        },
    ),
    (
        "notice0000000001",
        {
            "piece": "notice",
            "text": words(
                "The country, its embassy and all persons here are invented.",
                "Le pays, son ambassade et toutes les personnes nommées ici sont inventés.",
                "البلد وسفارته وكل الأشخاص المذكورين هنا من نسج الخيال.",
            ),
        },
    ),
    (
        TAVENMARK,
        {
            "piece": "person",
            "name": words("Oriel Tavenmark", "Oriel Tavenmark", "أوريل تافنمارك"),
            "address": "oriel-tavenmark",
            "roles": [
                {
                    "name": words(
                        "Ambassador of Orsemund in Ostrevell",
                        "Ambassadrice d’Orsemund en Ostrevell",
                        "سفيرة أورسيموند في أوستريفيل",
                    ),
                    "since": "2024-09-01",
                },
                {
                    "name": words(
                        "Director of the Tide Office", "Directrice de l’office des marées", "مديرة مكتب المدّ والجزر"
                    ),
                    "since": "2019-04-01",
                    "until": "2024-08-31",
                },
            ],
        },
    ),
    (
        ORREVANE,
        {
            "piece": "person",
            "name": words("Anselm Orrevane", "Anselm Orrevane", "أنسلم أوريفاني"),
            "address": "anselm-orrevane",
            "roles": [
                {"name": words("Minister of Ports", "Ministre des Ports", "وزير الموانئ"), "since": "2023-02-06"}
            ],
        },
    ),
    (
        "event00000000001",
        {
            "piece": "event",
            "title": words(
                "Poems from the outer islands, read aloud",
                "Lecture : poèmes des îles du large",
                "قراءة: قصائد من الجزر البعيدة",
            ),
            "on": "2027-03-12",
            "time": "18:00",
            "place": words("Tessmark", "Tessmark", "تيسمارك"),
        },
    ),
    (
        "event00000000002",
        {"piece": "event", "title": words("Founders’ Day", "Fête des Fondateurs", "يوم المؤسسين"), "on": "2027-03-17"},
    ),
    (
        "event00000000003",
        {
            "piece": "event",
            "title": words(
                "Talks on the herring season, second round",
                "Pourparlers sur le hareng, second tour",
                "محادثات موسم الرنجة، الجولة الثانية",
            ),
            "on": "2027-04-02",
            "until": "2027-04-03",
            "time": "09:30",
        },
    ),
    ("latest0000000001", {"piece": "latest", "count": 5}),
    (
        "menu000000000002",
        {
            "piece": "menu",
            "foot": True,
            "items": [
                {
                    "label": words("Everybody who speaks here", "Qui parle ici", "من يتحدث هنا"),
                    "targets": {tag: f"/{tag}/people/" for tag in LANGUAGES},
                }
            ],
        },
    ),
    (
        "menu000000000001",
        {
            "piece": "menu",
            "items": [
                {
                    "label": words(
                        "Speeches, interviews, articles", "Discours, entretiens, articles", "خطابات ومقابلات ومقالات"
                    ),
                    "section": SPEECHES,
                },
                {"label": words("Statements", "Déclarations", "بيانات"), "section": STATEMENTS},
                {"label": words("Press releases", "Communiqués de presse", "أخبار صحفية"), "section": RELEASES},
                {"label": words("People", "Personnes", "أشخاص"), "target": "/en/people/"},
                {"label": words("In an emergency", "En cas d’urgence", "في حالة الطوارئ"), "target": "/crisis/en/"},
            ],
        },
    ),
    (
        "crisis0000000001",
        {
            "piece": "crisis",
            "title": words(
                "Storm on the Sound: what to do", "Tempête sur le détroit : que faire", "عاصفة في المضيق: ما العمل"
            ),
            "blocks": {
                "en": [
                    "Stay where you are until the harbour masters of both towns have opened the quays again.",
                    {"kind": "heading", "level": 2, "text": "If you need us"},
                    {"kind": "item", "text": "Ring the emergency number above, at any hour."},
                    {"kind": "item", "text": "Say where you are and how many you are."},
                ],
                "fr": ["Restez où vous êtes jusqu’à la réouverture des quais."],
                "ar": ["ابقوا حيث أنتم إلى أن تُفتح الأرصفة من جديد."],
                **CRISIS,
            },
        },
    ),
]


def furniture(*more: tuple[str, Content], without: tuple[str, ...] = ()) -> Furniture:
    pieces = []
    for index, (id_, content) in enumerate([*PIECES, *more]):
        if content["piece"] in without:
            continue
        whole = {"v": 1, "type": "furniture", "state": "current", "order": content.get("order", 0), **content}
        pieces.append(Piece(id_, index, "2027-01-01T00:00:00Z", whole))
    return Furniture(ORIGIN, tuple(pieces))


def setting(
    language: str = "en", *more: tuple[str, Content], as_of: str = AS_OF, without: tuple[str, ...] = ()
) -> Setting:
    return Setting(
        furniture=furniture(*more, without=without),
        language=language,
        as_of=as_of,
        section_paths={section: f"{language}/{word}/" for section, word in PATHS.items()},
        people_paths={
            TAVENMARK: f"{language}/people/oriel-tavenmark/",
            ORREVANE: f"{language}/people/anselm-orrevane/",
        },
        languages=LANGUAGES,
    )


TITLES = words(
    "Ambassador Oriel Tavenmark replies to the programme Harbour Hour, Tessmark, 4 March 2027",
    "L’Ambassadrice Oriel Tavenmark répond à l’émission Harbour Hour, Tessmark, 4 mars 2027",
    "السفيرة أوريل تافنمارك تجيب عن أسئلة برنامج «ساعة الميناء»، تيسمارك، ٤ مارس ٢٠٢٧",
)

TURNS: dict[str, list[Content]] = {
    "en": [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "Petra Halvane",
            "outlet": "Radio Tessmark",
            "topic": "Why the boat sails four times",
            "blocks": [
                "A year ago four sailings a day looked like a gamble. You have the figures on your desk now. Was it one?"
            ],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                {
                    "kind": "paragraph",
                    "text": "Only to people who had never watched the quay at six in the morning. The Northern Light has carried bakers, a brass band and, twice, a whole school. On all but eleven days she cast off within four minutes of the hour.",
                    "marks": [[73, 87, "emphasis"]],
                },
                "Nobody had thought of the bicycles. There were to be twelve hooks; there are now ninety, and in June that will not do either.",
            ],
        },
        {
            "id": "t3",
            "kind": "question",
            "questioner": "Petra Halvane",
            "topic": "The herring talks",
            "blocks": [
                "The skippers I speak to want to know one thing about the second round: will the calendar move, or the boundary?"
            ],
        },
        {
            "id": "t4",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "The calendar. Both sides count the same fish and would like to do so in the same week. The boundary has been quiet for a century and we intend to leave it asleep; what we put on the table on 2 April is a list of dates, nothing longer."
            ],
        },
        {
            "id": "t5",
            "kind": "question",
            "outlet": "listener, Lower Quays",
            "topic": "Places at the navigation school",
            "blocks": ["My son wants to learn navigation. Does your school take pupils from this side of the water?"],
        },
        {
            "id": "t6",
            "kind": "answer",
            "speaker": 1,
            "blocks": ["Forty of them, from the spring term, with a berth on the training ship."],
        },
        {
            "id": "t7",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "He should write to the consular section before the month is out. Any of our languages will do, and so will bad handwriting."
            ],
        },
    ],
    "fr": [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "Petra Halvane",
            "outlet": "Radio Tessmark",
            "topic": "Quatre départs par jour",
            "blocks": [
                "Il y a un an, quatre départs par jour ressemblaient à un pari. Les chiffres sont sur votre bureau. En était-ce un ?"
            ],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "Seulement pour qui n’avait jamais vu le quai à six heures du matin. Le bac a transporté des boulangers, une fanfare et, deux fois, une école entière.",
                "Personne n’avait pensé aux vélos. On prévoyait douze crochets ; il y en a quatre-vingt-dix.",
            ],
        },
        {
            "id": "t3",
            "kind": "question",
            "questioner": "Petra Halvane",
            "topic": "Le hareng",
            "blocks": [
                "Les patrons pêcheurs veulent savoir une chose : est-ce le calendrier qui bouge, ou la limite ?"
            ],
        },
        {
            "id": "t4",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "Le calendrier. Les deux rives comptent les mêmes poissons et voudraient le faire la même semaine."
            ],
        },
    ],
    "ar": [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "بيترا هالفين",
            "outlet": "راديو تيسمارك",
            "topic": "لماذا أربع رحلات",
            "blocks": ["قبل عام بدت أربع رحلات في اليوم مغامرة. الأرقام اليوم على مكتبكم، فهل كانت كذلك؟"],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "كانت مغامرة في نظر من لم يرَ الرصيف عند السادسة صباحًا. لقد حملت العبّارة خبّازين وفرقة نحاسية ومدرسة كاملة مرتين.",
                "لم يفكر أحد في الدراجات. كان المقرر اثني عشر خطّافًا، وهي اليوم تسعون.",
            ],
        },
        {
            "id": "t3",
            "kind": "question",
            "questioner": "بيترا هالفين",
            "topic": "محادثات الرنجة",
            "blocks": ["يريد ربابنة القوارب معرفة أمر واحد: هل يتحرك التقويم أم الحدود؟"],
        },
        {
            "id": "t4",
            "kind": "answer",
            "speaker": 0,
            "blocks": [
                "التقويم. الجانبان يعدّان السمك نفسه ويودّان أن يفعلا ذلك في الأسبوع نفسه، وما سنضعه على الطاولة في ٢ أبريل قائمة تواريخ لا أكثر."
            ],
        },
    ],
}


def _translated_turns(place: int) -> list[Content]:
    """The first two exchanges in Russian or Chinese."""
    said = {text: both[place] for text, both in IN_RUSSIAN_AND_CHINESE.items()}
    asked = {"kind": "question", "questioner": said["Petra Halvane"]}
    return [
        {
            **asked,
            "id": "t1",
            "outlet": said["Radio Tessmark"],
            "topic": said["Why the boat sails four times"],
            "blocks": [said[TURNS["en"][0]["blocks"][0]]],
        },
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": [said["Only to people"], said["Nobody had thought"]]},
        {**asked, "id": "t3", "topic": said["The herring talks"], "blocks": [said["The skippers"]]},
        {"id": "t4", "kind": "answer", "speaker": 0, "blocks": [said["The calendar."]]},
    ]


TURNS |= {language: _translated_turns(place) for place, language in enumerate(("ru", "zh"))}

ROLES = {
    "en": ("Ambassador", "Minister of Ports"),
    "fr": ("Ambassadrice", "Ministre des Ports"),
    "ar": ("السفيرة", "وزير الموانئ"),
    "ru": ("Посол", "Министр портов"),
    "zh": ("大使", "港务部长"),
}
NAMES = {
    "en": ("Oriel Tavenmark", "Anselm Orrevane"),
    "fr": ("Oriel Tavenmark", "Anselm Orrevane"),
    "ar": ("أوريل تافنمارك", "أنسلم أوريفاني"),
    "ru": ("Ориэль Тавенмарк", "Ансельм Орревейн"),
    "zh": ("奥丽尔·塔文马克", "安瑟姆·奥雷文"),
}


def content(language: str = "en", **changes: Any) -> Content:
    """An interview's content in open form; a change to None leaves the key out."""
    place = words("Radio Tessmark, live", "Radio Tessmark, en direct", "راديو تيسمارك، بث مباشر")
    whole: Content = {
        "v": 1,
        "type": "message",
        "state": "current",
        "message": "message000000001",
        "language": language,
        "original": "en",
        "kind": "interview",
        "section": SPEECHES,
        "address": f"{language}/speeches/2027/03/05/harbour-hour",
        "delivered": "2027-03-04",
        "status": "near_verbatim",
        "title": TITLES[language],
        "occasion": {"on": "2027-03-04", "zone": "Europe/Helsinki", "place": place[language]},
        "speakers": [
            {"name": name, "role": role, "person": person}
            for name, role, person in zip(NAMES[language], ROLES[language], (TAVENMARK, ORREVANE), strict=True)
        ],
        "turns": TURNS[language],
        **({} if language == "en" else {"translation": "unofficial", "authentic": ["en"]}),
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def version(found: Content, kind: str = "publish", seq: int = 1, index: int = 1187, **more: Any) -> Version:
    at = {1: "2027-03-05T08:00:00Z", 2: "2027-03-08T07:12:00Z", 3: "2027-03-09T07:12:00Z"}[seq]
    facts: Content = {
        "id": f"version0{found['language']}000000",
        "seq": seq,
        "index": index,
        "leaf": "7c41e09b52aa" + "0" * 52,
        "kind": kind,
        "at": at,
        "first_at": "2027-03-05T08:00:00Z",
        "place_day": "2027-03-05",
        "content": found,
        **more,
    }
    return Version(**facts)


NOTES = words(
    "The second answer named 12 April as the day on which the talks open. It is 2 April.",
    "La deuxième réponse donnait le 12 avril pour l’ouverture des pourparlers. C’est le 2 avril.",
    "ورد في الجواب الثاني أن المحادثات تبدأ في ١٢ أبريل، والصواب ٢ أبريل.",
)


STORM: tuple[str, Content] = (
    "advisory00000001",
    {
        "piece": "advisory",
        "text": words(
            "Storm on the Sound: no boats before Thursday.",
            "Tempête sur le détroit : aucun bac avant jeudi.",
            "عاصفة في المضيق: لا عبّارات قبل الخميس.",
        ),
        "link": "/crisis/en/",
    },
)


def withdrawn(language: str = "en") -> Version:
    notices = words(
        "It was provisional and has been replaced.",
        "Il était provisoire et a été remplacé.",
        "كان مؤقتًا وحلّ غيره محله.",
    )
    texts = words(
        "Until the linkspan is mended the boat will sail twice a day, at eight and at four.",
        "Jusqu’à la réparation de la passerelle, le bac partira deux fois par jour, à huit et à seize heures.",
        "إلى أن تُصلح المنصة تبحر العبّارة مرتين في اليوم، في الثامنة وفي الرابعة.",
    )
    found = content(
        language,
        state="withdrawn",
        notice=notices[language],
        title=words("On the provisional timetable", "Sur l’horaire provisoire", "حول المواعيد المؤقتة")[language],
        kind="statement",
        section=STATEMENTS,
        address=f"{language}/statements/2027/02/19/provisional-timetable",
        blocks=[texts[language]],
        speakers=None,
        turns=None,
        occasion=None,
        delivered=None,
    )
    return version(found, "withdraw", 2, 1196, place_day="2027-02-19")


def editions(language: str = "en") -> tuple[EditionLine, ...]:
    first = EditionLine(1, "publish", "2027-03-05T08:00:00Z", 1187)
    return first, EditionLine(2, "correct", "2027-03-08T07:12:00Z", 1204, NOTES[language])


def corrected(language: str = "en") -> Version:
    return version(content(language, note=NOTES[language], corrects=["t4"]), "correct", 2, 1204)


def siblings(language: str = "en") -> tuple[Row, ...]:
    return tuple(
        row(
            f"version0{other}000000",
            f"{other}/speeches/2027/03/05/harbour-hour/",
            "2027-03-05",
            TITLES[other],
            kind="interview",
            language=other,
            translation=None if other == "en" else "unofficial",
            original="en",
        )
        for other in LANGUAGES
    )


def row(id_: str, path: str, day: str, title: str | None, **more: Any) -> Row:
    facts: Content = {
        "id": id_,
        "message": id_,
        "index": 0,
        "path": path,
        "language": "en",
        "day": day,
        "kind": None,
        "section": None,
        "state": "current",
        "title": title,
        "teaser": None,
        "at": f"{day}T08:00:00Z",
        "first_at": f"{day}T08:00:00Z",
        **more,
    }
    return Row(**facts)


_LISTED: list[tuple[str, str, dict[str, str], str]] = [
    (
        "2027-03-09",
        "statement",
        words(
            "Statement as the winter herring season opens in the Sound",
            "Déclaration pour l’ouverture de la saison du hareng dans le détroit",
            "بيان مع افتتاح موسم الرنجة الشتوي في المضيق",
        ),
        STATEMENTS,
    ),
    (
        "2027-03-08",
        "media_reply",
        words(
            "When the night boat sails after the clocks change",
            "Les horaires du bac de nuit après le changement d’heure",
            "مواعيد العبّارة الليلية بعد تغيير التوقيت",
        ),
        SPEECHES,
    ),
    (
        "2027-03-06",
        "joint_communique",
        words(
            "Orsemund and Ostrevell will keep their lighthouse archives together",
            "Orsemund et Ostrevell garderont ensemble les archives des phares",
            "أورسيموند وأوستريفيل تحفظان أرشيف المنارات معًا",
        ),
        STATEMENTS,
    ),
    (
        "2027-03-05",
        "interview",
        words(
            "Ambassador Oriel Tavenmark replies to the programme Harbour Hour",
            "L’Ambassadrice Oriel Tavenmark répond à l’émission Harbour Hour",
            "السفيرة أوريل تافنمارك تجيب عن أسئلة برنامج «ساعة الميناء»",
        ),
        SPEECHES,
    ),
    (
        "2027-03-04",
        "press_release",
        words(
            "Forty berths for pupils of navigation in the spring term",
            "Quarante couchettes pour les élèves de navigation",
            "أربعون مكانًا لطلاب الملاحة في فصل الربيع",
        ),
        RELEASES,
    ),
    (
        "2027-03-03",
        "speech",
        words(
            "What the harbour masters told each other",
            "Ce que se sont dit les capitaines de port",
            "ما قاله مديرا الميناءين",
        ),
        SPEECHES,
    ),
    (
        "2027-02-24",
        "article",
        words(
            "Why small islands build large libraries",
            "Pourquoi les petites îles bâtissent de grandes bibliothèques",
            "لماذا تبني الجزر الصغيرة مكتبات كبيرة",
        ),
        SPEECHES,
    ),
    (
        "2027-02-20",
        "press_release",
        words(
            "A tide table in three languages", "Une table des marées en trois langues", "جدول المدّ والجزر بثلاث لغات"
        ),
        RELEASES,
    ),
    (
        "2027-02-19",
        "statement",
        words("On the provisional timetable", "Sur l’horaire provisoire", "حول المواعيد المؤقتة"),
        STATEMENTS,
    ),
]


def rows(language: str = "en") -> tuple[Row, ...]:
    made = []
    for number, (day, kind, titles, section) in enumerate(_LISTED):
        more: Content = {"kind": kind, "language": language, "section": section, "index": number}
        if kind == "interview":
            more["corrected_at"] = "2027-03-08T07:12:00Z"
        if day == "2027-02-19":
            more["state"] = "withdrawn"
        if kind in ("press_release", "article"):
            more["teaser"] = words(
                "What is planned, for whom, and by when one should write to us.",
                "Ce qui est prévu, pour qui, et quand il faut nous écrire.",
                "ما هو المخطط، ولمن، ومتى ينبغي الكتابة إلينا.",
            )[language]
        path = f"{language}/{PATHS[section]}/{day.replace('-', '/')}/n{number}/"
        made.append(row(f"row0000000000{number:03d}", path, day, titles[language], **more))
    return tuple(made)


def speech(language: str = "en") -> Version:
    """The message that leads the front page: prose, with a picture."""
    titles = words(
        "A year of the ferry: what two harbours have learned",
        "Un an de bac : ce que deux ports ont appris",
        "عام من العبّارة: ما تعلّمه الميناءان",
    )
    texts = words(
        "A timetable, the Ambassador told the harbour masters of both coasts, is a promise that two countries renew four times a day.",
        "Un horaire, a dit l’Ambassadrice aux capitaines des deux ports, est une promesse que deux pays renouvellent quatre fois par jour.",
        "قالت السفيرة لمديري الميناءين إن جدول المواعيد وعدٌ يجدده بلدان أربع مرات في اليوم.",
    )
    captions = words("The Northern Light leaves Averholm.", "Le bac quitte Averholm.", "العبّارة تغادر أفرهولم.")
    found = content(
        language,
        message="message000000002",
        kind="speech",
        title=titles[language],
        teaser=texts[language],
        address=f"{language}/speeches/2027/03/03/a-year-of-the-ferry",
        occasion={"on": "2027-03-03", "place": words("Tessmark", "Tessmark", "تيسمارك")[language]},
        delivered="2027-03-03",
        turns=None,
        speakers=None,
        status="as_delivered",
        pictures=[
            {
                "file": FERRY,
                "media": "image/svg+xml",
                "width": 1000,
                "height": 600,
                "alternative": words(
                    "A linocut: a white ferry on dark water, a lighthouse on the left, a low sun.",
                    "Linogravure : un bac blanc sur une eau sombre, un phare à gauche, un soleil bas.",
                    "نقش: عبّارة بيضاء على ماء داكن ومنارة إلى اليسار وشمس منخفضة.",
                )[language],
                "caption": captions[language],
                "credit": words(
                    "Linocut: Embassy of Orsemund", "Linogravure : Ambassade d’Orsemund", "نقش: سفارة أورسيموند"
                )[language],
            }
        ],
        files=[
            {
                "file": TIDES,
                "media": "application/pdf",
                "title": words("Tide table 2027", "Table des marées 2027", "جدول المدّ والجزر ٢٠٢٧")[language],
            }
        ],
        blocks=SPEECH.get(language)
        or [
            {
                "kind": "paragraph",
                "text": "Harbour masters, pursers, bakers: thank you for getting up. The whole address stands at our old site.",
                "marks": [[64, 69, "strong"], [92, 100, "link", "https://old.orsemund.example/a?b=1&c=2"]],
            },
            {"kind": "heading", "level": 2, "text": "What we counted"},
            {"kind": "item", "ordered": True, "text": "Sailings: 1,452, of which all but eleven left on time."},
            {"kind": "item", "ordered": True, "text": "Bicycles: more than anybody had hooks for."},
            {"kind": "item", "level": 2, "text": "in June, ninety a day"},
            {"kind": "item", "level": 2, "text": "in January, three"},
            {"kind": "quotation", "text": "Give me a tide and I shall be on time."},
            {
                "kind": "table",
                "header": True,
                "rows": [
                    ["Month", "Sailings", "Passengers"],
                    ["January", "118", "9,402"],
                    ["February", "112", "10,118"],
                ],
            },
            "So let us do it once more, and write down what we learn.",
        ],
    )
    return version(found, id=f"speech00{language}000000", place_day="2027-03-03", index=1180)


def front(language: str = "en") -> Front:
    found = rows(language)
    sections = tuple(
        FrontSection(section, f"{language}/{word}/", tuple(r for r in found if r.section == section)[:3])
        for section, word in PATHS.items()
    )
    return Front(
        language, speech(language), f"{language}/speeches/2027/03/03/a-year-of-the-ferry/", found[:5], sections
    )


def listing(language: str = "en", month: bool = False) -> Listing:
    start = f"{language}/all/"
    periods = tuple(
        Period(f"{language}/{year}/{number:02d}/", year, number)
        for year in (2027, 2026)
        for number in range(3 if year == 2027 else 12, 0, -1)
    )
    others = {tag: f"{tag}/all/" for tag in LANGUAGES}
    if month:
        dated = {"period": periods[0], "older": periods[1]}
        return Listing(f"{language}/2027/03/", language, "all", None, rows(language)[:6], **dated, languages=others)
    newest, feed = rows(language), f"{start}feed.atom"
    return Listing(start, language, "all", None, newest, periods=periods, feed=feed, languages=others)


def person_listing(language: str = "en") -> Listing:
    start = f"{language}/people/oriel-tavenmark/"
    periods = (Period(f"{start}2027/03/", 2027, 3), Period(f"{start}2027/02/", 2027, 2))
    others = {tag: f"{tag}/people/oriel-tavenmark/" for tag in LANGUAGES}
    newest, feed = rows(language)[3:7], f"{start}feed.atom"
    return Listing(start, language, "person", TAVENMARK, newest, periods=periods, feed=feed, languages=others)


def questioner_listing(language: str = "en") -> Listing:
    """A person who speaks in one message, and asks in another."""
    base = person_listing(language)
    said, asked = base.rows[0], base.rows[1]
    acts = {said.id: Acts(3, "t2", 0, ""), asked.id: Acts(0, "", 2, "t1")}
    return replace(base, rows=(said,), asked=(asked,), acts=acts)


def silent_listing(language: str = "en") -> Listing:
    """A person of whom the site has questions alone."""
    base = questioner_listing(language)
    start = f"{language}/people/anselm-orrevane/"
    return replace(base, path=start, subject=ORREVANE, rows=(), only_asks=True, periods=())


TESSMARK = words("Tessmark", "Tessmark", "تيسمارك")
AVERHOLM = words("Averholm", "Averholm", "أفرهولم")


def names_listing(language: str = "en") -> Listing:
    start = f"{language}/by/place/"
    names = ((TESSMARK[language], f"{start}tessmark/"), (AVERHOLM[language], f"{start}averholm/"))
    others = {tag: f"{tag}/by/place/" for tag in LANGUAGES}
    return Listing(start, language, "place", None, (), names=names, languages=others)


def archive(words: str, language: str = "en") -> Archive:
    years = tuple(Period(f"{language}/{year}/", year) for year in (2027, 2026))
    place = f"{language}/by/place/tessmark/"
    return Archive(years, (("speech", f"{language}/by/kind/speech/"),), ((words, place),), has_occasions=True)


IMPORTED_TITLE = "Foreign Minister Anselm Orrevane’s answers to questions from the Harbour, Quay and Sound programme, Averholm, September 13, 2020"


def imported_setting() -> Setting:
    """An office made from one page of its older site: English, dates as that site printed them."""
    pieces: list[tuple[str, Content]] = [
        (
            "office0000000000",
            {
                "piece": "office",
                "name": {"en": "Embassy"},
                "languages": ["en"],
                "zone": "Europe/London",
                "dates": "dd.MM.yyyy",
                "dateline": {"en": "d MMMM y"},
            },
        ),
        (SPEECHES, {"piece": "section", "name": {"en": "SPEECHES, INTERVIEWS, ARTICLES"}}),
        (
            "clock00000000001",
            {"piece": "clock", "city": {"en": "Moscow"}, "separator": ":", "zone": "Europe/Moscow"},
        ),
        ("clock00000000002", {"piece": "clock", "city": {"en": "London"}, "separator": ":", "zone": "Europe/London"}),
        (
            "contact000000001",
            {
                "piece": "contact",
                "label": {"en": "Consular queries"},
                "telephone": "+44 (0) 1632 960 474",
                "email": "info@embassy.example",
            },
        ),
        (
            "counter000000001",
            {
                "piece": "counter",
                "since": "2018-03-04",
                "shown": "2018-03-04",
                "sentence": {
                    "en": {
                        "one": "# day has passed since the bridge was closed - no word on when it opens",
                        "other": "# days have passed since the bridge was closed - no word on when it opens",
                    }
                },
            },
        ),
        (
            "counter000000002",
            {
                "piece": "counter",
                "since": "2018-03-12",
                "shown": "2018-03-12",
                "sentence": {
                    "en": {
                        "one": "# day has passed since the lamp went out - no word on when it is lit",
                        "other": "# days have passed since the lamp went out - no word on when it is lit",
                    }
                },
            },
        ),
        (
            "labels0000000001",
            {"piece": "labels", "words": {"latest": {"en": "LATEST EVENTS"}, "all_messages": {"en": "all messages"}}},
        ),
        ("latest0000000001", {"piece": "latest", "count": 10, "separator": " - ", "teasers": True}),
    ]
    made = [
        Piece(
            id_, index, "2020-10-25T00:03:00Z", {"v": 1, "type": "furniture", "state": "current", "order": 0, **found}
        )
        for index, (id_, found) in enumerate(pieces)
    ]
    return Setting(
        furniture=Furniture("embassy.invalid/record", tuple(made)),
        language="en",
        as_of="2020-10-25T00:03:00Z",
        section_paths={SPEECHES: "en/speeches-interviews-articles/"},
        languages=("en",),
    )


def imported() -> Version:
    turns = [
        {
            "id": "t1",
            "kind": "question",
            "mark": "Question",
            "blocks": ["Can a harbour smooth over a difference between two towns?"],
        },
        {
            "id": "t2",
            "kind": "answer",
            "speaker": 0,
            "mark": "Anselm Orrevane",
            "blocks": ["A harbour can do little else.", "In addition it keeps the herring cold."],
        },
        {"id": "t3", "kind": "question", "mark": "Question", "blocks": ["Will the quay be rebuilt?"]},
        {
            "id": "t4",
            "kind": "answer",
            "speaker": 0,
            "mark": "Anselm Orrevane",
            "blocks": ["Last I looked, stone by stone."],
        },
    ]
    found = content(
        "en",
        title=IMPORTED_TITLE,
        address="en/speeches-interviews-articles/2020/09/14/harbour-quay-and-sound",
        delivered="2020-09-13",
        occasion={"on": "2020-09-13", "place": "Averholm", "event": "Harbour, Quay and Sound programme"},
        speakers=[{"name": "Anselm Orrevane"}],
        turns=turns,
        status=None,
        source={
            "address": "https://www.embassy.example/fnapr/6483",
            "captured": "2020-10-25T00:03:00Z",
            "sha256": "0" * 64,
        },
    )
    return version(found, "import", dated="2020-09-14", place_day="2020-09-14", index=14)


def imported_rows() -> tuple[Row, ...]:
    return (
        row(
            "stub000000000001",
            "en/x/2020/10/21/a/",
            "2020-10-21",
            "Comment by the Spokeswoman on the charges - and on the lack of them",
            teaser="Once more the tide has made news, and once more it was on time.",
            stub=True,
            imported=True,
        ),
        row(
            "stub000000000002",
            "en/x/2020/10/20/b/",
            "2020-10-20",
            "Statement on the treaty of the two quays",
            teaser="We have seen only some remarks made from the other shore. We want to clarify.",
            stub=True,
            imported=True,
        ),
    )
