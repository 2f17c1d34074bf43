"""Sign languages: their tags, and what each is called, for a recording that shows one.

Tags are those of the IANA Language Subtag Registry whose prefix is `sgn` (ISO 639-3). CLDR has a name for one of them,
so names are made here: in English the registry's, in the languages of our labels their own where a name is usual, else
the word for a sign language with the country in which it is used, as CLDR names that; any other language says the
English name.

    >>> sign_name("gsg", "en", str, str), sign_name("gsg", "de", str, str)
    ('German Sign Language', 'Deutsche Gebärdensprache')
    >>> sign_name("sgg", "fr", {"CH": "Suisse"}.__getitem__, {"de": "allemand"}.__getitem__)
    'langue des signes (Suisse, allemand)'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.edition.language import base

_TABLE = """
    ads - Adamorobe; aed AR Argentine; aen AM Armenian; afg AF Afghan; ase US American; asf AU =Auslan; asp DZ
    Algerian; asq AT Austrian; asw - Australian Aborigines; bfi GB British; bfk - Ban Khor; bog ML Bamako; bqn BG
    Bulgarian; bqy - Bengkala; bvl BO Bolivian; bzs BR Brazilian; cds TD Chadian; csc ES+ca Catalan; csd -
    Chiangmai; cse CZ Czech; csf CU Cuban; csg CL Chilean; csl CN Chinese; csn CO Colombian; csq HR Croatian; csr CR
    Costa Rican; csx KH Cambodian; doq DO Dominican; dse NL Dutch; dsl DK Danish; ecs EC Ecuadorian; ehs - Miyakubo;
    esl EG Egyptian; esn SV Salvadoran; eso EE Estonian; eth ET Ethiopian; fcs CA+fr Québec; fse FI Finnish; fsl FR
    French; fss FI+sv Finland-Swedish; gds - Ghandruk; gse GH Ghanaian; gsg DE German; gsm GT Guatemalan; gss GR
    Greek; gus GN Guinean; hab - Hanoi; haf - Haiphong; hds HN Honduran; hks HK Hong Kong; hos - Ho Chi Minh City;
    hps - Hawai'i; hsh HU Hungarian; hsl - Hausa; icl IS Icelandic; iks - Inuit; ils - =International Sign; inl ID
    Indonesian; ins IN Indian; ise IT Italian; isg IE Irish; isr IL Israeli; jcs - Jamaican Country; jhs - Jhankot;
    jks - Amami Koniya; jls JM Jamaican; jos JO Jordanian; jsl JP Japanese; jus - Jumla; kgi - Selangor; kvk KR
    Korean; lbs LY Libyan; lls LT Lithuanian; lsb BI Burundian; lsg - Lyons; lsl LV Latvian; lsn - Tibetan; lso LA
    Lao; lsp PA Panamanian; lst TT Trinidad and Tobago; lsv - Sivia; lsy MU Mauritian; lws MW Malawian; mdl MT
    Maltese; mfs MX Mexican; mre - Martha's Vineyard; msd - Yucatec Maya; msr MN Mongolian; mzc MG Madagascar; mzg -
    Monastic; mzy MZ Mozambican; nbs NA Namibian; ncs NI Nicaraguan; nsi NG Nigerian; nsl NO Norwegian; nsp NP
    Nepalese; nsr - Maritime; nzs NZ New Zealand; okl - Old Kentish; pgz PG Papua New Guinean; pks PK Pakistani; prl
    PE Peruvian; prz - Providencia; psc IR Persian; psd - Plains Indian; psg - Penang; psl PR Puerto Rican; pso PL
    Polish; psp PH Philippine; psr PT Portuguese; pys PY Paraguayan; rms RO Romanian; rsi - Rennellese; rsl RU
    Russian; rsm - Miriwoong; sdl SA Saudi Arabian; sfb BE+fr Belgian-French; sfs ZA South African; sgg CH+de
    Swiss-German; sgx SL Sierra Leone; slf CH+it Swiss-Italian; sls SG Singapore; sqk AL Albanian; sqs LK Sri Lankan;
    sqx - Kufr Qassem; ssp ES Spanish; ssr CH+fr Swiss-French; svk SK Slovak; swl SE Swedish; syy - Al-Sayyid Bedouin;
    szs SB Solomon Islands; tse TN Tunisian; tsm TR Turkish; tsq TH Thai; tss TW Taiwan; tsy - Tebul; tza TZ
    Tanzanian; ugn UG Ugandan; ugy UY Uruguayan; ukl UA Ukrainian; uks - Urubú-Kaapor; vgt BE+nl Flemish; vsi MD
    Moldovan; vsl VE Venezuelan; vsv - Valencian; wbs - West Bengal; xki KE Kenyan; xml MY Malaysian; xms MA
    Moroccan; yds - Yiddish; ygs - Yolŋu; yhs - Yan-nhaŋu; ysl - Yugoslavian; ysm MM Myanmar; zib ZW Zimbabwe; zsl
    ZM Zambian
"""
"""tag, country and spoken language beside it (or -), name without "Sign Language", or after = the whole name"""


@dataclass(frozen=True)
class Sign:
    """One sign language: its English name, the country that it is the sign language of, by two letters, and the spoken
    language beside which it stands, where a country has several."""

    name: str
    country: str | None = None
    beside: str | None = None


def _signs() -> dict[str, Sign]:
    found = {}
    for row in " ".join(_TABLE.split()).split("; "):
        tag, place, said = row.split(" ", 2)
        country, _, beside = place.partition("+")
        name = said[1:] if said.startswith("=") else f"{said} Sign Language"
        found[tag] = Sign(name, country if country != "-" else None, beside or None)
    return found


SIGNS = _signs()

OWN_NAMES = {
    "ar": {"ils": "الإشارة الدولية"},
    "de": {
        "ase": "Amerikanische Gebärdensprache",
        "asq": "Österreichische Gebärdensprache",
        "bfi": "Britische Gebärdensprache",
        "gsg": "Deutsche Gebärdensprache",
        "ils": "Internationale Gebärden",
        "sgg": "Deutschschweizer Gebärdensprache",
    },
    "el": {"gss": "Ελληνική Νοηματική Γλώσσα", "ils": "Διεθνή Νοήματα"},
    "es": {
        "aed": "lengua de señas argentina",
        "csc": "lengua de signos catalana",
        "csn": "lengua de señas colombiana",
        "ils": "signos internacionales",
        "mfs": "lengua de señas mexicana",
        "ssp": "lengua de signos española",
    },
    "fr": {
        "ase": "langue des signes américaine",
        "bfi": "langue des signes britannique",
        "fcs": "langue des signes québécoise",
        "fsl": "langue des signes française",
        "ils": "signes internationaux",
        "sfb": "langue des signes de Belgique francophone",
        "ssr": "langue des signes de Suisse romande",
    },
    "he": {"ils": "סימנים בינלאומיים", "isr": "שפת הסימנים הישראלית"},
    "hi": {"ils": "अंतरराष्ट्रीय संकेत", "ins": "भारतीय सांकेतिक भाषा"},
    "it": {
        "ase": "lingua dei segni americana",
        "ils": "segni internazionali",
        "ise": "lingua dei segni italiana",
        "slf": "lingua dei segni della Svizzera italiana",
    },
    "pl": {"ase": "amerykański język migowy", "ils": "międzynarodowy język migowy", "pso": "polski język migowy"},
    "pt": {"bzs": "língua brasileira de sinais", "ils": "gestos internacionais", "psr": "língua gestual portuguesa"},
    "ru": {"ils": "международные жесты", "rsl": "русский жестовый язык"},
    "tr": {"ase": "Amerikan İşaret Dili", "ils": "Uluslararası İşaret", "tsm": "Türk İşaret Dili"},
    "uk": {"ils": "міжнародні жести", "ukl": "українська жестова мова"},
    "zh": {"csl": "中国手语", "ils": "国际手语"},
}
PATTERNS = {
    "ar": "لغة الإشارة ({where})",
    "de": "Gebärdensprache ({where})",
    "el": "νοηματική γλώσσα ({where})",
    "es": "lengua de signos ({where})",
    "fr": "langue des signes ({where})",
    "he": "שפת הסימנים ({where})",
    "hi": "सांकेतिक भाषा ({where})",
    "it": "lingua dei segni ({where})",
    "pl": "język migowy ({where})",
    "pt": "língua gestual ({where})",
    "ru": "жестовый язык ({where})",
    "tr": "işaret dili ({where})",
    "uk": "жестова мова ({where})",
    "zh": "手语（{where}）",
}


def certain_name(tag: str, said_in: str) -> str | None:
    """What a sign language is called in a language, None where a country's name is part of it. A tag that is not in the
    table (a newer one) is said by itself."""
    sign = SIGNS.get(tag)
    if sign is None:
        return tag
    language = base(said_in)
    if language not in PATTERNS:
        return sign.name
    own = OWN_NAMES[language].get(tag)
    return own if own or sign.country else PATTERNS[language].replace("{where}", sign.name)


def sign_name(tag: str, said_in: str, country: Callable[[str], str], language: Callable[[str], str]) -> str:
    """What a sign language is called in a language, as it stands in a sentence; `country` and `language` name a country
    by its two letters and a language by its tag in that language."""
    certain = certain_name(tag, said_in)
    if certain is not None:
        return certain
    sign = SIGNS[tag]
    where = country(sign.country or "") + (f", {language(sign.beside)}" if sign.beside else "")
    return PATTERNS[base(said_in)].replace("{where}", where)
