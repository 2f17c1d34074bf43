"""A turn is heard from its address: the page's own player, links that work without script, nothing from elsewhere."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from communique.cli.main import run
from communique.edition import NotOfShape, check_content, seal
from communique.edition.media import ENDINGS, PLAYED, short_name
from communique.press import pages
from communique.press.answer import TYPES, content_type
from communique.press.wording import WORDS, sign_language_name
from communique.record.release import Draft
from offices import Office, id_of, make_office, message
from press import sample
from press.test_axe import AXE
from public_folder import served

SOUND, FILM = "d" * 64, "e" * 64
AUDIO = {"file": SOUND, "media": "audio/mpeg", "title": "The whole programme", "credit": "Radio Tessmark"}
VIDEO = {"file": FILM, "media": "video/mp4", "caption": "With signs", "rights": "Free to use", "language": "fr"}
HOSTED = {"address": "https://video.example/watch?v=1&list=2", "title": "On the programme’s own page"}
DIRECT = {"address": "https://sound.example/harbour.ogg", "media": "audio/ogg"}
TIMES = {"t2": 62_000, "t4": 62_500, "t6": 3_607_000}


def page_of(language: str, *recordings: dict[str, Any]) -> Any:
    turns = [{**turn, "from_ms": TIMES[turn["id"]]} if turn["id"] in TIMES else turn for turn in sample.TURNS[language]]
    found = sample.version(sample.content(language, turns=turns, recordings=list(recordings)))
    written = pages.message_page(sample.setting(language), found, sample.siblings(), (), "en/speeches/")
    return lxml.html.document_fromstring(written)


def times(page: Any) -> list[tuple[str, str | None]]:
    """What is said of the time of each turn, and where it leads."""
    return [(found.text, found.get("href")) for found in page.xpath('//*[@class="turn-heard"]')]


def test_each_turn_with_a_time_leads_to_it_in_the_first_recording() -> None:
    file = f"/files/{SOUND}.mp3"
    english = page_of("en", AUDIO, HOSTED)
    assert times(english) == [
        ("Listen from 1:02", f"{file}#t=62"),
        ("Listen from 1:02", f"{file}#t=62.5"),
        ("Listen from 1:00:07", f"{file}#t=3607"),
    ]
    assert english.get_element_by_id("t2").xpath('.//*[@class="turn-heard"]') != []
    assert [said for said, _ in times(page_of("ar", AUDIO))][:1] == ["استمع من ١:٠٢"]
    assert times(page_of("en", DIRECT))[0] == ("Listen from 1:02", "https://sound.example/harbour.ogg#t=62")
    assert times(page_of("en", HOSTED))[0] == ("1:02 in the recording", None)
    assert times(page_of("en")) == []
    assert times(page_of("en", {**DIRECT, "address": None})) == [], "its address was erased"


def test_a_file_has_a_player_that_loads_nothing_by_itself_and_what_is_elsewhere_is_a_link() -> None:
    page = page_of("en", AUDIO, VIDEO, HOSTED)
    players = page.xpath('//*[@class="recording"]/*[self::audio or self::video]')
    assert [(found.tag, found.get("src"), found.get("preload")) for found in players] == [
        ("audio", f"/files/{SOUND}.mp3", "none"),
        ("video", f"/files/{FILM}.mp4", "none"),
    ]
    assert [found.get("aria-label") for found in players] == ["The whole programme", "Recording"]
    captions = [" ".join(found.text_content().split()) for found in page.xpath("//figcaption")]
    assert captions == [
        "The whole programme MP3 Radio Tessmark",
        "Recording MP4 FrançaisWith signs Free to use",
        "On the programme’s own page video.example",
    ]
    assert page.xpath('//*[@class="recording"]//a/@href')[-1] == HOSTED["address"]
    assert page.xpath("//iframe | //embed | //object") == []


def test_a_video_has_the_captions_that_lie_among_its_message_s_files() -> None:
    texts = [
        {"file": "c" * 64, "media": "text/vtt", "title": "Captions <for all>"},
        {"file": "b" * 64, "media": "text/vtt"},
        {"file": "a" * 64, "media": "application/pdf", "title": "Tide table"},
        {"file": None, "media": "text/vtt", "title": "Erased"},
    ]
    found = sample.version(sample.content("fr", recordings=[AUDIO, VIDEO], files=texts))
    page = lxml.html.document_fromstring(pages.message_page(sample.setting("fr"), found, (), (), None))
    tracks = [dict(one.attrib) for one in page.xpath("//video//track")]
    assert tracks == [
        {"kind": "captions", "src": f"/files/{'c' * 64}.vtt", "srclang": "fr", "label": "Captions <for all>"},
        {"kind": "captions", "src": f"/files/{'b' * 64}.vtt", "srclang": "fr", "label": "Français"},
    ]
    assert page.xpath("//audio//track") == [], "an audio element shows no captions"
    assert page_of("en", VIDEO).xpath("//track") == []


def test_the_script_stands_only_on_pages_where_something_can_be_played() -> None:
    def scripts(*recordings: dict[str, Any]) -> list[str]:
        return [name for name in page_of("en", *recordings).xpath("//script/@src") if "listen" in name]

    assert len(scripts(HOSTED, AUDIO)) == 1
    assert scripts(HOSTED) == scripts() == []


def test_rights_are_shown_beside_the_credit_of_pictures_and_files() -> None:
    more = {"credit": "Ilo", "rights": "© Harbour Archive"}
    found = sample.version(
        sample.content(
            "en",
            pictures=[{"file": SOUND, "media": "image/png", "caption": "At sea", **more}],
            files=[{"file": FILM, "media": "application/pdf", "title": "Tide table", **more}],
        )
    )
    page = lxml.html.document_fromstring(pages.message_page(sample.setting(), found, (), (), None))
    assert page.xpath("//figcaption")[0].text_content() == "At sea Ilo · © Harbour ArchiveDownload PNG"
    assert page.xpath('//*[@class="files"]//li')[0].text_content() == "Tide table PDF Ilo · © Harbour Archive"


@pytest.mark.parametrize("media", sorted(ENDINGS))
def test_the_server_sends_each_file_as_what_it_is(media: str) -> None:
    assert content_type(f"files/{'ab' * 32}.{ENDINGS[media]}").split(";")[0] == media
    assert short_name(media) == ENDINGS[media].upper()


def test_all_that_is_played_has_an_ending_and_a_type() -> None:
    assert {f".{ENDINGS[media]}" for media in PLAYED} <= TYPES.keys()
    assert len(set(ENDINGS.values())) == len(ENDINGS)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A message with ten seconds of sound and two times in it."""
    made = make_office(tmp_path_factory.mktemp("recordings"))
    turns = [
        {
            "id": f"t{n}",
            "kind": "remark",
            "blocks": [f"Remark {n}. " + "The tide turns. " * 200 + "So it does."],
            "from_ms": n * 2_000,
        }
        for n in range(1, 4)
    ]
    content = message("talk", turns=turns, recordings=[{"file": sound(), "media": "audio/wav", "title": "The talk"}])
    del content["blocks"]
    made.publish(Draft(id_of("talk"), "publish", content))
    return made


def sound(seconds: int = 10, rate: int = 8_000) -> bytes:
    """So many seconds of silence as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as opened_wave:
        opened_wave.setnchannels(1)
        opened_wave.setsampwidth(1)
        opened_wave.setframerate(rate)
        opened_wave.writeframes(b"\x80" * (seconds * rate))
    return file.getvalue()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


PAGE = "en/statements/2026/03/03/talk/"
PLAYER = "document.querySelector('audio')"


def test_a_part_of_a_recording_is_sent_when_it_is_asked_for(office: Office) -> None:
    (file,) = (office.site / "files").glob("*.wav")
    with served(office.public) as public:
        answer = public.get(f"/files/{file.name}", Range="bytes=44-143")
    assert (answer.status, answer["content-type"], answer["accept-ranges"]) == (206, "audio/wav", "bytes")
    assert answer["content-range"] == f"bytes 44-143/{file.stat().st_size}"
    assert answer.body == b"\x80" * 100


def test_the_time_beside_a_turn_starts_the_player_there_and_the_turn_keeps_its_address(
    office: Office, browser: Browser
) -> None:
    with served(office.public) as public:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page, wrong = opened(context, f"http://127.0.0.1:{public.port}/{PAGE}#t3")
        assert abs(page.locator("#t3").bounding_box()["y"]) < 200  # type: ignore[index]
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert asked == []
        page.locator("#t3 .turn-heard").click()
        page.wait_for_function(f"() => !{PLAYER}.paused && {PLAYER}.currentTime > 6")
        assert page.evaluate(f"{PLAYER}.currentTime") < 9
        assert page.url.endswith(f"{PAGE}#t3"), "the reader stays on the page"
        assert any(url.endswith(".wav") for url in asked)
        page.locator("#t1 .turn-heard").click()
        page.wait_for_function(f"() => {PLAYER}.currentTime < 5")
        assert wrong == []
        context.close()


def test_without_script_the_link_opens_the_recording_itself(office: Office, browser: Browser) -> None:
    with served(office.public) as public:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{public.port}/{PAGE}")
        link = page.locator("#t2 .turn-heard")
        assert link.get_attribute("href").endswith(".wav#t=4")  # type: ignore[union-attr]
        assert page.locator("audio[controls]").is_visible()
        context.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_on_a_page_with_a_player(office: Office, browser: Browser, width: int, dark: bool) -> None:
    with served(office.public) as public:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", bypass_csp=True
        )
        page, _ = opened(context, f"http://127.0.0.1:{public.port}/{PAGE}")
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()


def test_the_turn_that_is_heard_says_so_until_it_is_silent(office: Office, browser: Browser) -> None:
    with served(office.public) as public:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page, _ = opened(context, f"http://127.0.0.1:{public.port}/{PAGE}")
        assert page.locator(".turn-playing").count() == 0
        page.locator("#t2 .turn-heard").click()
        page.wait_for_selector("#t2 .turn-playing")
        assert page.locator(".turn-playing").all_inner_texts() == ["Playing now"]
        page.wait_for_selector("#t3 .turn-playing")
        assert page.locator(".turn-playing").count() == 1
        page.evaluate(f"{PLAYER}.pause()")
        page.wait_for_selector(".turn-playing", state="detached")
        context.close()


WATCHED = {"address": "https://www.youtube.com/watch?v=AbC_dEf-123", "title": "On the programme’s own page"}
HOSTED_PLAYER = "https://www.youtube-nocookie.com"


def test_a_hosted_player_is_loaded_only_after_a_press_that_says_what_it_does(tmp_path: Any, browser: Browser) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("talk"), "publish", message("talk", recordings=[WATCHED])))
    with served(office.public) as public:
        context = browser.new_context()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        context.route(f"{HOSTED_PLAYER}/**", lambda route: route.fulfill(status=200, body="<p>The player</p>"))
        page, wrong = opened(context, f"http://127.0.0.1:{public.port}/{PAGE}")
        words = page.locator(".hosted").inner_text()
        assert words.startswith("Play here This loads the player of www.youtube-nocookie.com, which then learns")
        assert [url for url in asked if "127.0.0.1" not in url] == []
        page.locator(".hosted button").click()
        page.frame_locator(".recording iframe").get_by_text("The player").wait_for()
        assert [url for url in asked if "127.0.0.1" not in url] == [f"{HOSTED_PLAYER}/embed/AbC_dEf-123"]
        assert wrong == []
        context.close()


def test_only_a_page_with_a_known_player_lets_it_be_framed() -> None:
    def policy_of(*recordings: dict[str, Any]) -> str:
        return str(page_of("en", *recordings).xpath("//meta[@http-equiv]/@content")[0])

    assert policy_of(WATCHED).endswith(f"; frame-src {HOSTED_PLAYER}")
    assert "frame-src" not in policy_of(AUDIO, HOSTED)


def test_who_made_it_and_what_is_allowed_are_two_things() -> None:
    page = page_of("en", {**AUDIO, "credit": "Radio Tessmark", "rights": "Free to use"})
    (caption,) = page.xpath('//*[@class="recording"]//figcaption')
    assert " ".join(caption.text_content().split()).endswith("Radio Tessmark · Free to use")


def test_a_film_has_the_files_of_subtitles_as_tracks() -> None:
    file = {"file": SOUND, "media": "text/vtt", "title": "Subtitles, English"}
    found = sample.version(sample.content("en", recordings=[AUDIO, VIDEO], files=[file]))
    page = lxml.html.document_fromstring(pages.message_page(sample.setting(), found, (), (), None))
    tracks = page.xpath("//track")
    assert [(one.getparent().tag, one.get("src"), one.get("label")) for one in tracks] == [
        ("video", f"/files/{SOUND}.vtt", "Subtitles, English")
    ]


SIGNED = {**VIDEO, "sign": "gsg"}


@pytest.mark.parametrize(
    ("language", "sign", "fact", "said"),
    [
        ("en", "gsg", "German Sign Language", "In German Sign Language"),
        ("en", "ils", "International Sign", "In International Sign"),
        ("fr", "fsl", "Langue des signes française", "En langue des signes française"),
        ("fr", "sgg", "Langue des signes (Suisse, allemand)", "En langue des signes (Suisse, allemand)"),
        ("ar", "jos", "لغة الإشارة (الأردن)", "بلغة الإشارة (الأردن)"),
    ],
)
def test_a_sign_language_is_named_by_the_video_and_among_the_facts(
    language: str, sign: str, fact: str, said: str
) -> None:
    labels = {"en": "Sign language", "fr": "Langue des signes", "ar": "لغة الإشارة"}
    page = page_of(language, {**SIGNED, "sign": sign}, {**VIDEO, "file": "f" * 64, "sign": sign})
    assert [one.text_content() for one in page.xpath('//figcaption/*[@class="signed"]')] == [said, said]
    facts = {
        row.find("dt").text_content(): row.find("dd").text_content() for row in page.xpath('//*[@class="facts"]/div')
    }
    assert facts[labels[language]] == fact, "once, though two recordings show it"


def test_every_label_language_says_in_words_which_sign_language_it_is() -> None:
    for tag in (path.stem for path in WORDS.glob("*.json")):
        for sign in ("ase", "bfi", "vgt", "bfk"):
            name = sign_language_name(sign, tag)
            assert len(name) > 4, (tag, sign)
            assert "{" not in name
            assert sign not in name.split()
    assert sign_language_name("gsg", "fi") == "German Sign Language"


def test_machines_are_told_the_sign_language_and_the_language_of_subtitles(office: Office) -> None:
    turns = [{"id": "t1", "kind": "remark", "blocks": ["With signs."]}]
    captions = {"file": b"WEBVTT\n\n00:00.000 --> 00:01.000\nLe bac.\n", "media": "text/vtt", "language": "fr"}
    film = {"file": b"film", "media": "video/mp4", "sign": "sgg"}
    talk = message("signed", turns=turns, recordings=[film], files=[captions])
    del talk["blocks"]
    office.publish(Draft(id_of("signed"), "publish", talk))
    folder = office.site / "en/statements/2026/03/03/signed"
    page = lxml.html.document_fromstring((folder / "index.html").read_text("utf-8"))
    (track,) = page.xpath("//video/track")
    assert (track.get("srclang"), track.get("label")) == ("fr", "Français")
    files = {one["sort"]: one for one in json.loads((folder / "message.json").read_text("utf-8"))["files"]}
    assert (files["recordings"]["sign"], files["files"]["language"]) == ("sgg", "fr")
    ninjs = json.loads((folder / "editions/1/ninjs.json").read_text("utf-8"))
    assert {one["name"]: one.get("language") for one in ninjs["associations"]} == {
        "recordings-1": "sgg",
        "files-1": "fr",
    }
    (linked,) = [json.loads(one) for one in page.xpath('//script[@type="application/ld+json"]/text()')]
    assert [one["inLanguage"] for one in linked["associatedMedia"]] == ["sgg", "fr"]
    assert run(["verify", str(office.public), "--bake"]) == 0
    found = folder / "index.html"
    before = found.read_text("utf-8")
    found.write_text(before.replace("In Swiss-German Sign", "In Swiss-French Sign"), "utf-8")
    assert run(["verify", str(office.public)]) == 1
    found.write_text(before, "utf-8")


@pytest.mark.parametrize(
    ("recording", "why"),
    [
        ({**VIDEO, "sign": "eng"}, "expected a sign language as ase, bfi or gsg"),
        ({**VIDEO, "sign": "sgn-DE"}, "expected the tag of a sign language"),
        ({**AUDIO, "sign": "gsg"}, "is of a recording that is only heard"),
    ],
)
def test_what_is_no_sign_language_or_cannot_be_seen_is_refused(recording: dict[str, Any], why: str) -> None:
    content = message("signed", recordings=[{**recording, "file": b"film"}])
    with pytest.raises(NotOfShape, match=why):
        check_content(seal(content, lambda: bytes(32)).edition.content)
