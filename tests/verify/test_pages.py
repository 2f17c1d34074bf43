"""The pages of a site are held against its record: true ones pass, and each way to touch one is found."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import brotli
import pytest

from communique.cli.main import run
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.address import read_from
from communique.verify.report import Report
from communique.verify.site.pages import verify_site
from communique.verify.site.places import AddressSite, FolderSite
from figures import in_full_numbers
from histories import LANGUAGES, History
from made_demo import made_demo
from offices import Office, id_of, make_office, message, piece
from public_folder import served

Change = tuple[str, str, str, str]
"""a path of the site, words on it, what they become, and the check that finds it"""

EXAMPLE = Path(__file__).parents[2] / "examples" / "embassy-page.txt"
DAY = "en/statements/2026/03/03"
SEARCH = "en/search/"
TALK, FERRY, GONE, OLD = (f"{DAY}/{slug}/" for slug in ("talk", "ferry", "gone", "old"))
HOURS = [{"days": [1, 2, 3], "from": "09:00", "to": "13:00"}]
TIMETABLE = "https://ferry.example/times?day=1&way=2"
TABLE = {"kind": "table", "header": True, "rows": [["Day", "Time"], ["Monday", "09:00"]]}
BLOCKS = [
    {"kind": "heading", "text": "On the ferry", "level": 2},
    {
        "kind": "paragraph",
        "text": "It does not sail to Tessmark.",
        "marks": [[20, 28, "link", "https://ferry.example/"]],
    },
    {"kind": "quotation", "text": "We wait for the tide."},
    {"kind": "item", "text": "Bring a lantern"},
    TABLE,
    "A second paragraph.",
]


def interview() -> dict[str, object]:
    turns = [
        {
            "id": "t1",
            "kind": "question",
            "questioner": "Ada Wick",
            "outlet": "The Lantern",
            "blocks": ["When does it sail?"],
        },
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["It will not sail today.\nNor tomorrow."]},
    ]
    content = message("talk", kind="interview", turns=turns, delivered="2026-03-02", status="as_delivered")
    del content["blocks"]
    content["speakers"] = [{"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}]
    content["turns"][1]["from_ms"] = 62_000
    content["recordings"] = [
        {"file": b"ID3 talk", "media": "audio/mpeg", "title": "The talk", "credit": "Ilo", "rights": "Free to use"},
        {"address": "https://video.example/watch?v=1", "caption": "With signs", "language": "fr"},
        {"file": b"....ftyp talk", "media": "video/mp4"},
        {"address": "https://youtu.be/AbC_dEf-123", "title": "Hosted"},
    ]
    content["files"] = [{"file": b"WEBVTT talk", "media": "text/vtt", "title": "Captions"}]
    content["occasion"] = {"event": "Harbour day", "place": "Tessmark", "on": "2026-03-02", "time": "18:30"}
    return content


def publish_all(office: Office) -> None:
    sentence = {"one": "# day since the crossing", "other": "# days since the crossing"}
    for key, sort, fields in (
        ("clock", "clock", {"city": {"en": "Averholm"}, "zone": "Atlantic/Azores"}),
        ("counter", "counter", {"since": "2025-11-24", "sentence": {"en": sentence}}),
        (
            "contact",
            "contact",
            {"label": {"en": "Press"}, "telephone": "01632 960142", "email": "press@orsemund.example", "hours": HOURS},
        ),
        ("event", "event", {"title": {"en": "Reading, by lamplight"}, "on": "2026-04-01", "time": "18:30"}),
    ):
        office.publish(Draft(id_of(key), "furniture", piece(sort, **fields)))
    picture = {
        "file": b"\x89PNG harbour",
        "media": "image/png",
        "alternative": "A harbour",
        "caption": "At noon",
        "credit": "Ilo",
        "rights": "Free to use",
    }
    office.publish(Draft(id_of("talk"), "publish", interview()))
    speakers = [{"name": "Tove Marrisk", "role": "Harbour master"}, {"name": "Sunna Arkvane"}]
    ferry = {**message("ferry"), "pictures": [picture], "speakers": speakers, "authentic": ["en", "fr"]}
    office.publish(Draft(id_of("ferry"), "publish", {**ferry, "blocks": BLOCKS}))
    shorter = {**ferry, "blocks": BLOCKS[:-1], "note": "A sentence was wrong."}
    office.publish(Draft(id_of("ferry"), "correct", shorter))
    office.publish(Draft(id_of("gone"), "publish", message("gone", was=["news/17"])))
    removed = message("gone", state="removed", notice="It was sent by mistake.", was=["news/17"])
    office.publish(Draft(id_of("gone"), "remove", removed))
    office.publish(Draft(id_of("old"), "publish", message("old", was=["en/statements/2020/01/01/older"])))
    withdrawn = message("old", state="withdrawn", notice="No longer current.", was=["en/statements/2020/01/01/older"])
    office.publish(Draft(id_of("old"), "withdraw", withdrawn))
    for key, target in (("timetable", TIMETABLE), ("lamps", f"/{FERRY}")):
        office.publish(Draft(id_of(f"to {key}"), "furniture", piece("redirect", **{"from": key, "to": target})))


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = make_office(tmp_path_factory.mktemp("pages"))
    publish_all(office)
    return office.public


@pytest.fixture
def public(true_site: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may damage."""
    shutil.copytree(true_site, tmp_path / "public", symlinks=True)
    return tmp_path / "public"


def verified(public: Path) -> Report:
    site = public / "site"
    return verify_site(str(public), lambda: FolderReader(public / "record"), lambda: FolderSite(site.resolve()))


def findings(public: Path) -> list[str]:
    return [f"{one.check}: {one.where}: {one.what}" for one in verified(public).findings]


@contextmanager
def damaged(public: Path, path: str, old: str, new: str) -> Iterator[None]:
    """The site with a word of one file and of its compressed copy changed, for as long as this lasts."""
    file = public / "site" / path / "index.html" if path.endswith("/") else public / "site" / path
    copy = file.with_name(f"{file.name}.br")
    data, packed = file.read_bytes(), copy.read_bytes() if copy.exists() else None
    assert old.encode() in data, f"{path} has no {old!r}"
    file.write_bytes(data.replace(old.encode(), new.encode(), 1))
    if packed is not None:
        copy.write_bytes(brotli.compress(file.read_bytes(), quality=1))
    try:
        yield
    finally:
        file.write_bytes(data)
        if packed is not None:
            copy.write_bytes(packed)


@pytest.mark.parametrize("lie", [b"The harbour is closed.", None, b"x" * 3_000_000])
def test_a_compressed_copy_that_says_something_else_than_its_file_is_found(public: Path, lie: bytes | None) -> None:
    copy = public / "site" / FERRY / "index.html.br"
    right = brotli.decompress(copy.read_bytes())
    copy.write_bytes(b"no Brotli" if lie is None else brotli.compress(right + lie, quality=5))
    found = findings(public)
    assert found == [
        f"files: {FERRY}index.html.br: does not hold what {FERRY}index.html says, and is what browsers are given"
    ]


# True sites


def test_a_site_with_every_state_is_true(true_site: Path) -> None:
    report = verified(true_site)
    assert findings(true_site) == []
    assert report.checked["pages"] > 20
    assert any("--bake compares every byte" in note for note in report.notes)


@pytest.mark.parametrize("seed", [2, 3])
def test_a_random_history_is_true(tmp_path: Path, seed: int) -> None:
    office = make_office(tmp_path, LANGUAGES)
    list(History(office, seed).play(25))
    assert findings(office.public) == []


def test_the_whole_demo_is_true() -> None:
    assert findings(made_demo() / "public") == []


def test_the_office_of_the_example_page_is_true(tmp_path: Path) -> None:
    assert run(["page", str(EXAMPLE), "--home", str(tmp_path / "home"), "--no-serve"]) == 0
    assert findings(tmp_path / "home/public") == []


def test_a_served_site_is_true_and_damage_is_found_from_outside(public: Path) -> None:
    def from_outside(port: int) -> Report:
        address = f"http://127.0.0.1:{port}"
        reader = read_from(f"{address}/record")
        return verify_site(address, lambda: FileReader(reader), lambda: AddressSite(address))

    with served(public) as site:
        report = from_outside(site.port)
        assert [str(one) for one in report.findings] == []
        assert any("cannot be listed" in note for note in report.notes)
        for name in ("index.html", "index.html.br"):
            (public / "site" / FERRY / name).unlink(missing_ok=True)
        assert [one.where for one in from_outside(site.port).findings] == [FERRY]


def test_two_hundred_messages_take_a_few_seconds(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(*(Draft(id_of(f"m{n}"), "publish", message(f"m{n}")) for n in range(200)))
    start = time.monotonic()
    assert findings(office.public) == []
    assert time.monotonic() - start < 30, "on a busy machine; alone it is three"


# Labels that count, in forms of the office's own

FORMS = {
    "pl": {"one": "{n} pytanie o bramę", "few": "{n} pytania o bramę", "many": "{n} pytań o bramę", "other": "{n} o"},
    "ar": {"one": "سؤال واحد عن البوابة", "two": "سؤالان عن البوابة", "few": "{n} أسئلة", "other": "{n} سؤال"},
}
SIZES = {"pl": {"one": "{n} kartka", "other": "{n} kartek"}}
TOPICS = ["when", "where", "why"]


def asked(language: str, count: int) -> dict[str, object]:
    """An interview with so many questions that say what they are about."""
    turns = []
    for number in range(count):
        turns.append({"id": f"t{2 * number + 1}", "kind": "question", "topic": TOPICS[number], "blocks": ["When?"]})
        turns.append({"id": f"t{2 * number + 2}", "kind": "answer", "speaker": 0, "blocks": ["Soon."]})
    content = message("gate", language=language, kind="interview", turns=turns)
    del content["blocks"]
    return content | {"speakers": [{"name": "Oriel Tavenmark"}]}


@pytest.fixture(scope="module")
def counting_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = make_office(tmp_path_factory.mktemp("counting"), ("pl", "ar"))
    words = {"questions_here": FORMS, "record_size": SIZES}
    office.publish(Draft(id_of("labels"), "furniture", piece("labels", words=words)))
    for language, count in (("pl", 3), ("ar", 2)):
        office.publish(Draft(id_of(f"gate {language}"), "publish", asked(language, count)))
    return office.public


POLISH, ARABIC = "pl/statements/2026/03/03/gate/", "ar/statements/2026/03/03/gate/"


def test_a_page_counts_in_the_forms_of_its_office_and_is_true(counting_site: Path) -> None:
    assert findings(counting_site) == []
    polish, arabic = ((counting_site / "site" / path / "index.html").read_text("utf-8") for path in (POLISH, ARABIC))
    assert ">3 pytania o bramę<" in polish
    assert ">سؤالان عن البوابة<" in arabic
    assert 'data-forms="{&quot;one&quot;:&quot;# kartka&quot;,&quot;other&quot;:&quot;# kartek&quot;}"' in polish


@pytest.mark.parametrize(
    ("path", "old", "new", "check"),
    [
        (POLISH, ">3 pytania o bramę<", ">4 pytania o bramę<", "words"),
        (POLISH, ">3 pytania o bramę<", ">3 pytania o mur<", "words"),
        (POLISH, ">3 pytania o bramę<", ">3 pytania w tym tekście<", "words"),
        (ARABIC, ">سؤالان عن البوابة<", ">سؤالان<", "words"),
        (POLISH, "# kartek", "# kart", "furniture"),
        (f"{POLISH}editions/1/", "# kartka", "1 wpis", "furniture"),
    ],
)
def test_a_form_that_is_not_the_offices_is_found(
    counting_site: Path, path: str, old: str, new: str, check: str
) -> None:
    with damaged(counting_site, path, old, new):
        found = findings(counting_site)
    assert any(one.startswith(f"{check}: {path}") for one in found), found


# Touched words

WORDS = [
    (FERRY, "does not sail", "does sail", "words"),
    (FERRY, "On the ferry", "On a ferry", "words"),
    (FERRY, "We wait for the tide.", "We wait.", "words"),
    (FERRY, "Bring a lantern", "Bring two", "words"),
    (FERRY, "<td>09:00</td>", "<td>10:00</td>", "words"),
    (FERRY, "https://ferry.example/", "https://evil.example/", "words"),
    (FERRY, '<a href="https://ferry.example/">Tessmark</a>', "Tessmark", "words"),
    (FERRY, "<p>We wait", '<p><a href="https://evil.example/">We</a> wait', "words"),
    (FERRY, "<blockquote>", "<p>And this was added.</p><blockquote>", "words"),
    (FERRY, "<blockquote><p>We wait for the tide.</p></blockquote>", "", "words"),
    (FERRY, "At noon", "At night", "words"),
    (FERRY, "A harbour", "A prison", "words"),
    (FERRY, ">Ilo<", ">Alo<", "words"),
    (FERRY, "A sentence was wrong.", "Nothing was wrong.", "words"),
    (FERRY, "Tove Marrisk, ", "Ada Wick, ", "words"),
    (FERRY, ", Harbour master", ", Consul", "words"),
    (FERRY, "<bdi>Sunna Arkvane</bdi>", "", "words"),
    (FERRY, "<dt>Words of</dt>", "<dt>Issued by</dt>", "words"),
    (FERRY, "<bdi>French</bdi>", "<bdi>German</bdi>", "words"),
    (FERRY, "Corrected <span", "Improved <span", "words"),
    (FERRY, '<h1 class="title title-short">Statement ferry', '<h1 class="title title-short">Statement', "words"),
    (FERRY, "<title>Statement ferry", "<title>Another", "words"),
    (FERRY, 'name="description" content="', 'name="description" content="Lies: ', "words"),
    (FERRY, '<time datetime="2026-03-03"', '<time datetime="2026-03-04"', "words"),
    (FERRY, "\u00a09 in the public record", "\u00a08 in the public record", "words"),
    (FERRY, "editions/2/", "editions/1/", "words"),
    (FERRY, '<div class="ledger">', 'Loose words.<div class="ledger">', "words"),
    (FERRY, '<div class="notes">', '<div class="note">', "words"),
    (f"{FERRY}editions/1/", "<p>A second paragraph.</p>", "", "words"),
    (f"{FERRY}editions/1/", "\u00a02 followed", "\u00a03 followed", "words"),
    (TALK, "will not sail", "will sail", "words"),
    (TALK, "<br>Nor tomorrow.", "", "words"),
    (TALK, 'id="t2"', 'id="t3"', "words"),
    (TALK, 'class="turn answer"', 'class="turn question"', "words"),
    (TALK, "Ada Wick, The Lantern", "Ada Wick", "words"),
    (TALK, '<span class="turn-role">Ambassador', '<span class="turn-role">Consul', "words"),
    (TALK, '">Oriel Tavenmark<', '">Another Person<', "words"),
    (TALK, "Harbour day", "Harbour night", "words"),
    (TALK, "Listen from 1:02", "Listen from 1:03", "words"),
    (TALK, "#t=62", "#t=6", "words"),
    (TALK, '<audio controls preload="none"', '<audio controls preload="auto"', "words"),
    (TALK, ">The talk</a>", ">Another talk</a>", "words"),
    (TALK, 'aria-label="The talk"', 'aria-label="Another talk"', "words"),
    (TALK, '<bdi dir="ltr">video.example</bdi>', '<bdi dir="ltr">embassy.example</bdi>', "words"),
    (TALK, "https://video.example/watch?v=1", "https://evil.example/watch?v=1", "words"),
    (TALK, ">With signs<", ">Without signs<", "words"),
    (TALK, '<track kind="captions"', '<track kind="metadata"', "words"),
    (TALK, ' label="Captions">', ' label="Advertising">', "words"),
    (TALK, "Free to use", "Not free to use", "words"),
    (TALK, 'data-player="https://www.youtube-nocookie.com/', 'data-player="https://evil.example/', "words"),
    (TALK, "This loads the player of www.youtube-nocookie.com", "This loads nothing of evil.example", "words"),
    (TALK, 'data-citation="{speaker}, Statement talk', 'data-citation="{speaker}, Another talk', "words"),
    (TALK, 'data-occasion="Harbour day, Tessmark"', 'data-occasion="Harbour night"', "words"),
    (TALK, 'data-on="2026-03-02"', 'data-on="2026-03-03"', "words"),
    (TALK, 'data-role="Ambassador"', 'data-role="Consul"', "words"),
    (TALK, 'data-role="The Lantern"', 'data-role="Nobody"', "words"),
    (TALK, 'editions/1/" data-citation', 'editions/2/" data-citation', "words"),
    (f"{FERRY}editions/1/", f'data-newest="/{FERRY}"', f'data-newest="/{TALK}"', "words"),
    (f"{FERRY}editions/1/", 'data-changed="Changed in', 'data-changed="Unchanged in', "words"),
    (FERRY, 'data-state="current"', 'data-state="withdrawn"', "words"),
    (FERRY, 'data-drawing="/assets/card', 'data-drawing="//evil.example/card', "words"),
    (FERRY, 'png" download>', 'jpg" download>', "words"),
    (FERRY, ">Download<", ">Press quality<", "words"),
    (FERRY, "Free to use", "Not free to use", "words"),
    (TALK, "2 March 2026</span>, 18:30", "2 April 2026</span>, 18:30", "words"),
    (TALK, "As delivered", "Edited", "words"),
    (OLD, "No longer current.", "Still current.", "words"),
    (OLD, "Withdrawn <span", "Praised <span", "words"),
    (GONE, "It was sent by mistake.", "Never mind.", "words"),
    (GONE, '<div class="text prose">', '<div class="text prose"><p>The ferry sails at nine.</p>', "words"),
    (f"{GONE}editions/1/", '<div class="text prose">', '<div class="text prose"><p>At nine.</p>', "words"),
]
AROUND = [
    (TALK, "frame-src https://www.youtube-nocookie.com", "frame-src https://evil.example", "foreign"),
    (FERRY, "; base-uri ", "; frame-src https://evil.example; base-uri ", "foreign"),
    (TALK, "tel:01632960142", "tel:01632960666", "furniture"),
    (TALK, ">01632 960142<", ">01632 960666<", "furniture"),
    (TALK, "mailto:press@orsemund.example", "mailto:press@evil.example", "furniture"),
    (TALK, '<a href="mailto:press@orsemund.example" class="mail">', '<a href="tel:112" class="mail">', "furniture"),
    (TALK, 'data-since="2025-11-24"', 'data-since="2020-11-24"', "furniture"),
    (TALK, "days since the crossing</span>", "days since the war</span>", "furniture"),
    (TALK, 'data-clock="Atlantic/Azores"', 'data-clock="Asia/Tokyo"', "furniture"),
    (TALK, "<bdi>Averholm</bdi>", "<bdi>Tokyo</bdi>", "furniture"),
    (TALK, '" datetime="2026-', '" datetime="2016-', "furniture"),
    (TALK, "Tuesday</span>", "Sunday</span>", "furniture"),
    (TALK, "<li>Monday to Wednesday,", "<li>Monday to Thursday,", "furniture"),
    (TALK, "2026</time>\n</p>\n<ul", "2016</time>\n</p>\n<ul", "furniture"),
    (TALK, "counters on this page are those of", "counters on this page are not of", "furniture"),
    (
        TALK,
        '<span class="office-name">Embassy of Orsemund',
        '<span class="office-name">Embassy of Nowhere',
        "furniture",
    ),
    (
        TALK,
        '<section class="strip"',
        '<section class="strip"><p>Closed for ever</p></section><section class="strip"',
        "foreign",
    ),
    ("en/", "01632 960142", "01632 960666", "furniture"),
    ("en/", 'data-since="2025-11-24"', 'data-since="2020-11-24"', "furniture"),
]
FOREIGN = [
    (SEARCH, 'action="/en/search/"', 'action="https://evil.example/"', "foreign"),
    (SEARCH, 'name="q"', 'name="password"', "foreign"),
    (SEARCH, "</main>", '<input name="q"></main>', "foreign"),
    (SEARCH, "</main>", "<blockquote>The ferry is cancelled.</blockquote></main>", "lists"),
    (TALK, "</main>", '<form class="search" action="/en/search/" method="get"></form></main>', "foreign"),
    (TALK, 'src="/assets/later.', 'src="/assets/forged.', "foreign"),
    (TALK, 'data-zone="Europe/London"', 'data-zone="Asia/Tokyo"', "furniture"),
    (TALK, 'data-closed-days=""', 'data-closed-days="2026-03-04"', "furniture"),
    (TALK, "</head>", "<script>alert(1)</script></head>", "foreign"),
    (TALK, "</head>", '<meta http-equiv="Refresh" content="0; url=https://evil.example/"></head>', "words"),
    (
        TALK,
        '<link rel="canonical"',
        '<link rel="canonical" href="https://evil.example/"><link rel="canonical"',
        "words",
    ),
    (TALK, "</head>", '<link rel="alternate" hreflang="fr" href="https://evil.example/"></head>', "words"),
    (TALK, "</head>", '<link rel="canonical" type="text/html" href="https://evil.example/"></head>', "foreign"),
    (TALK, "</head>", '<meta name="robots" content="noindex"></head>', "words"),
    (TALK, "</head>", "<title>It will sail</title></head>", "foreign"),
    (TALK, '<link rel="icon" href="/', '<link rel="icon" href="https://evil.example/', "foreign"),
    (TALK, '<meta charset="utf-8">', '<meta charset="windows-1251">', "foreign"),
    (TALK, "</head>", '<meta charset="utf-7"></head>', "foreign"),
    (TALK, "<html ", "<html hidden ", "foreign"),
    ("en/latest/", "</head>", '<meta http-equiv="refresh" content="0; url=https://evil.example/"></head>', "foreign"),
    ("en/latest/", "</head>", '<meta name="robots" content="noindex"></head>', "foreign"),
    (TALK, "<body>", "<body hidden>", "foreign"),
    (TALK, "<body>", '<body aria-label="It will sail">', "foreign"),
    (TALK, "</head>", '<script src="https://evil.example/a.js"></script></head>', "foreign"),
    (TALK, "</main>", '<script src="/assets/alive.js"></script></main>', "foreign"),
    (TALK, '<div class="words">', '<div class="words" onclick="alert(1)">', "foreign"),
    (TALK, '<div class="words">', '<div class="words" style="display:none">', "foreign"),
    (TALK, 'href="/en/latest/"', 'href="javascript:alert(1)"', "foreign"),
    (TALK, '<audio controls preload="none"', '<audio controls autoplay preload="none"', "foreign"),
    (TALK, "</main>", '<audio controls src="https://evil.example/a.mp3"></audio></main>', "foreign"),
    (TALK, "</body>", '<iframe src="https://evil.example/"></iframe></body>', "pages"),
    (TALK, "</head>", "<style>p{display:none}</style></head>", "pages"),
    (TALK, "</main>", "<!-- hidden --></main>", "pages"),
    (TALK, "</article>", "", "pages"),
    ("en/all/", "</main>", '<img src="https://evil.example/x.png" alt=""></main>', "foreign"),
    ("en/404/", "</head>", "<script>alert(1)</script></head>", "foreign"),
]
LISTS = [
    ("en/all/", "Statement ferry", "Statement furry", "lists"),
    ("en/all/", f"/{FERRY}", f"/{DAY}/elsewhere/", "lists"),
    ("en/all/", '<time datetime="2026-03-03"', '<time datetime="2025-03-03"', "lists"),
    ("en/all/", ">withdrawn<", ">praised<", "lists"),
    ("en/all/", '<div class="list-body">', '<div class="list-body"><p>The embassy is closed.</p>', "lists"),
    ("en/statements/", "Statement talk", "Statement walk", "lists"),
    ("en/latest/", "Statement ferry", "Statement furry", "lists"),
    ("en/", "Statement talk", "Statement walk", "lists"),
    ("en/all/feed.atom", "Statement ferry", "Statement furry", "feeds"),
    ("en/all/feed.atom", "<published>2026-03-03", "<published>2020-03-03", "feeds"),
    ("en/all/feed.atom", '/feed.atom"/>', '/feed.xml"/>', "feeds"),
    ("en/all/feed.atom", "<updated>2026-", "<updated>2016-", "feeds"),
    ("en/all/feed.atom", "<author><name>Embassy", "<author><name>Ministry", "feeds"),
    ("en/all/feed.atom", 'term="statement"', 'term="speech"', "feeds"),
    ("en/all/feed.atom", "</author>", "</author><subtitle>News</subtitle>", "feeds"),
    ("en/all/feed.json", '"kind": "statement"', '"kind": "speech"', "feeds"),
    ("en/all/feed.json", '"title": "Embassy of Orsemund', '"title": "Embassy of Nowhere', "feeds"),
    ("en/all/feed.json", '"language": "en"', '"language": "fr"', "feeds"),
    ("sitemaps/0.xml", FERRY, f"{DAY}/elsewhere/", "feeds"),
    ("redirects/0.tsv", "410", "301", "files"),
    ("languages.txt", "en", "fr", "files"),
    ("en/statements/2020/01/01/older/", f'url=/{OLD}"', 'url=/en/"', "pages"),
    ("lamps/", f'url=/{FERRY}"', f'url=//{FERRY}"', "pages"),
    ("timetable/", "url=https://ferry.example/", "url=https://evil.example/", "pages"),
    ("timetable/", "url=https://ferry.example/", "url=/https://ferry.example/", "pages"),
    ("timetable/", '<a href="https://ferry.example/', '<a href="https://evil.example/', "pages"),
    ("check/en/", "</main>", '<p><a href="https://evil.example/">Here</a></p></main>', "foreign"),
    ("check/en/record/", 'href="/check/en/"', 'href="//evil.example/check/en/"', "foreign"),
    ("check/en/record/", 'href="/check/en/"', 'href="/check/em/"', "foreign"),
    ("timetable/", ">ferry.example/times", ">ferry.example/trains", "pages"),
]

NINJS, AKN = f"{TALK}editions/1/ninjs.json", f"{TALK}editions/1/akn.xml"
FOR_PROGRAMS = [
    (TALK, '"headline":"Statement talk"', '"headline":"Statement walk"', "forms"),
    (TALK, '"text":"It will not', '"text":"It will', "forms"),
    (TALK, '{"@type":"Person","name":"Oriel Tavenmark"', '{"@type":"Person","name":"Ada Wick"', "forms"),
    (FERRY, '"text":"A sentence was wrong."', '"text":"All was right."', "forms"),
    (TALK, 'href="/en/statements/2026/03/03/talk/message.json"', 'href="https://evil.example/"', "words"),
    (TALK, "</main>", '<script type="application/ld+json">{}</script></main>', "foreign"),
    ("en/all/", "</body>", '<script type="application/ld+json">{}</script></body>', "forms"),
    (f"{TALK}message.json", "It will not sail", "It will sail", "forms"),
    (f"{TALK}message.json", '"speaker": "Oriel Tavenmark"', '"speaker": "Ada Wick"', "forms"),
    (f"{OLD}message.json", '"withdrawn"', '"current"', "forms"),
    (f"{GONE}message.json", "It was sent by mistake.", "Never mind.", "forms"),
    (NINJS, "It will not", "It will", "forms"),
    (NINJS, "<p>", '<p onclick=\\"a()\\">', "forms"),
    (NINJS, '"usable"', '"canceled"', "forms"),
    (AKN, "It will not", "It will", "forms"),
    (AKN, "</preface>", "<p>It was fair.</p></preface>", "forms"),
    (AKN, 'name="edition" date="2026', 'name="edition" date="2016', "forms"),
    (AKN, '<FRBRalias value="https://', '<FRBRalias value="https://evil.', "forms"),
    (AKN, '<publication date="2026', '<publication date="2016', "forms"),
    (AKN, "</debate>", "<conclusions><p>So it was.</p></conclusions></debate>", "forms"),
    (AKN, 'by="#speaker-0"', 'by="#by-t1"', "forms"),
    (AKN, 'showAs="Ambassador"', 'showAs="Pretender"', "forms"),
    ("en/all/feed.json", "Statement ferry", "Statement furry", "feeds"),
    ("en/all/feed.json", "T09:", "T10:", "feeds"),
    (TALK, '"dateCreated":"2026', '"dateCreated":"2016', "forms"),
    ("en/agenda.ics", "T183000", "T193000", "forms"),
    ("en/agenda.ics", "by lamplight", "by daylight", "forms"),
    ("api/office.json", "01632 960142", "01632 960666", "forms"),
    ("api/people.json", "Oriel", "Orell", "forms"),
    ("api/openapi.json", '"url": "https://', '"url": "https://evil.', "forms"),
]


def in_rounds(changes: list[Change]) -> list[list[Change]]:
    """The changes in as few rounds as can be, so that no finding of a round can be that of another change in it."""
    rounds: list[list[Change]] = []
    for one in changes:
        apart = (some for some in rounds if not any(near(one[0], other[0]) for other in some))
        found = next(apart, None)
        if found is None:
            rounds.append([one])
        else:
            found.append(one)
    return rounds


def near(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


CHANGES = [*WORDS, *AROUND, *FOREIGN, *LISTS, *FOR_PROGRAMS]


@pytest.mark.parametrize("changes", [[one] for one in CHANGES] if in_full_numbers() else in_rounds(CHANGES))
def test_what_was_changed_by_hand_is_found(true_site: Path, changes: list[Change]) -> None:
    with ExitStack() as all_of_them:
        for path, old, new, _ in changes:
            all_of_them.enter_context(damaged(true_site, path, old, new))
        found = findings(true_site)
    for path, _, _, check in changes:
        assert any(one.startswith(f"{check}: {path}") for one in found), found


def test_an_event_that_is_gone_from_its_year_or_stands_there_twice_is_found(true_site: Path) -> None:
    page = "en/by/agenda/2026/"
    text = (true_site / "site" / page / "index.html").read_text("utf-8")
    (line,) = re.findall(r'<div id="event-.*</div>\n', text)
    with damaged(true_site, page, line, ""):
        assert findings(true_site) == [f"lists: {page}index.html: agenda: 2026 has not “Reading, by lamplight”"]
    with damaged(true_site, page, line, line * 2):
        found = [one for one in findings(true_site) if one.startswith("lists:")]
    assert found == [f"lists: {page}index.html: agenda: 2026 has “Reading, by lamplight” 2 times, where it stands 1"]


CRISIS = {
    "out": {"title": {"en": "Storm", "fr": "Tempête"}, "blocks": {"en": ["Stay in."]}, "state": "current"},
    "over": {"title": {"en": "Storm"}, "blocks": {"en": ["Stay in."]}, "state": "removed"},
}


@pytest.fixture(scope="module", params=CRISIS)
def crisis_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A site in whose office a crisis page is out, in one of its languages, or is not out any more."""
    office = make_office(tmp_path_factory.mktemp("crisis"), ("fr", "ar", "en"))
    for state in dict.fromkeys(("out", request.param)):
        office.publish(Draft(id_of("crisis"), "furniture", piece("crisis") | CRISIS[state]))
    return request.param, office.public


@pytest.mark.parametrize(
    ("state", "path", "old", "new"),
    [
        ("out", "crisis/en/", "<p>Stay in.", "<p>Go out."),
        ("out", "crisis/fr/", ">Storm</h1>", ">Tempête</h1>"),
        ("out", "crisis/fr/", ' class="text prose" lang="en" dir="ltr"', ' class="text prose"'),
        ("out", "crisis/ar/", 'class="page-head" lang="en" dir="ltr"', 'class="page-head" lang="en" dir="rtl"'),
        ("out", "ar/", 'class="page-head" lang="en" dir="ltr"', 'class="page-head" lang="en"'),
        ("over", "crisis/en/", "There is none now.", "It goes on."),
        ("over", "crisis/ar/", 'a href="/ar/">الصفحة الأولى', 'a href="/en/">الصفحة الأولى'),
    ],
)
def test_a_crisis_page_is_true_while_it_is_out_and_after_and_a_change_of_it_is_found(
    crisis_site: tuple[str, Path], state: str, path: str, old: str, new: str
) -> None:
    now, public = crisis_site
    assert findings(public) == []
    if state == now:
        with damaged(public, path, old, new):
            found = findings(public)
        assert any(one.startswith(f"words: {path}") for one in found), found
        gone = public / "site" / "crisis/fr/index.html"
        data = gone.read_bytes()
        gone.unlink()
        assert "files: crisis/fr/index.html: the file is missing" in " ".join(findings(public))
        gone.write_bytes(data)


REMOVED_FILES: list[tuple[str, Callable[[Path], object], str]] = [
    ("a message's page", lambda site: (site / TALK / "index.html").unlink(), f"pages: {TALK}: the file is missing"),
    ("an edition's page", lambda site: (site / FERRY / "editions/1/index.html").unlink(), f"pages: {FERRY}editions/1/"),
    ("the front page", lambda site: (site / "en/index.html").unlink(), "files: en/index.html: the file is missing"),
    (
        "a page in a message place",
        lambda site: shutil.copytree(site / TALK, site / DAY / "forged"),
        f"files: {DAY}/forged",
    ),
    ("an edition too many", lambda site: shutil.copytree(site / TALK, site / FERRY / "editions/7"), "files: "),
    ("a file beside a message", lambda site: (site / FERRY / "note.txt").write_text("x"), f"files: {FERRY}note.txt"),
    (
        "a crisis page that never was",
        lambda site: shutil.copytree(site / "en/404", site / "crisis/en"),
        "files: crisis/en/index.html",
    ),
    ("a page elsewhere", lambda site: shutil.copytree(site / TALK, site / "en/extra"), "files: en/extra/index.html"),
    ("a folder by link", lambda site: (site / "en/linked").symlink_to(site / "en/all"), "files: en/linked"),
    (
        "a script changed",
        lambda site: next(site.glob("assets/alive.*.js")).write_text("alert(1)"),
        "files: assets/alive",
    ),
    ("a picture changed", lambda site: next(site.glob("files/*.png")).write_bytes(b"x"), "files: files/"),
    ("a recording changed", lambda site: next(site.glob("files/*.mp3")).write_bytes(b"x"), "files: files/"),
    ("a recording gone", lambda site: next(site.glob("files/*.mp3")).unlink(), "files: files/"),
    ("an edition's ninjs gone", lambda site: (site / NINJS).unlink(), f"files: {NINJS}: the file is missing"),
    ("an agenda gone", lambda site: (site / "en/agenda.ics").unlink(), "files: en/agenda.ics: the file is missing"),
    ("a form too many", lambda site: (site / GONE / "editions/1/akn.xml").write_text("x"), f"files: {GONE}editions/1/"),
    (
        "the page about the record gone",
        lambda site: (site / "check/en/record/index.html").unlink(),
        "files: check/en/record/index.html: the file is missing",
    ),
    ("a picture gone", lambda site: next(site.glob("files/*.png")).unlink(), "files: files/"),
]


@pytest.mark.parametrize(("what", "touch", "said"), REMOVED_FILES, ids=[one[0] for one in REMOVED_FILES])
def test_a_file_too_many_or_too_few_is_found(
    public: Path, what: str, touch: Callable[[Path], object], said: str
) -> None:
    touch((public / "site").resolve())
    assert any(one.startswith(said) for one in findings(public)), findings(public)


def test_words_that_were_erased_and_still_stand_are_found(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    first = office.publish(
        Draft(id_of("e"), "publish", message("e", "Her name is Ilo.", blocks=["Her name is Ilo.", "More."]))
    )
    before = (office.site / f"{DAY}/e/index.html").read_text("utf-8")
    edition = FolderReader(office.record).edition(list(FolderReader(office.record).entries(0, first[0].index + 1))[-1])
    part = next(part for part, salted in edition.texts.items() if salted.text == "Her name is Ilo.")
    after = message("e", blocks=["More."], ground="Request of a person.")
    office.publish(Draft(id_of("e"), "erase", after, erase=frozenset({part})))
    assert findings(office.public) == []
    (office.site / f"{DAY}/e/editions/1/index.html").write_text(before, "utf-8")
    assert any("Her name is Ilo." in one for one in findings(office.public))
