"""Every field of a contact is seen on the front page and on every message's, and every telephone can be dialled."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from communique.press import pages
from communique.press.bundle import assets, office_asset
from communique.press.contact_view import telephones, with_links
from press import sample
from press.photograph import CLOCK, served

PASSPORTS = (
    "contact000000009",
    {
        "piece": "contact",
        "label": sample.words("Passports and visas", "Passeports et visas", "الجوازات والتأشيرات"),
        "telephone": "01632 960 150, 01632 960 151",
        "email": "passports.and.visas.of.the.consular.section@orsemund.example",
        "hours": [
            {"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "13:00"},
            {"days": [4], "from": "15:30", "to": "18:00"},
        ],
        "lines": [
            sample.words("14 Chandlers’ Quay, stair 2", "14, quai des Chandeliers", "١٤ رصيف الشمّاعين"),
            sample.words("Fax 01632 960 152", "Télécopie 01632 960 152", "فاكس 01632 960 152"),
        ],
        "remark": sample.words("Bring two photographs", "Apportez deux photographies", "أحضر صورتين"),
    },
)
SEEN = {
    "en": ["14 Chandlers’ Quay", "Bring two photographs", "Monday to Friday, 09:00 to 13:00", "Founders’ Day"],
    "fr": ["14, quai des", "Apportez deux", "Du lundi au vendredi, de 9\u00a0h à 13\u00a0h", "fête des Fondateurs"],
    "ar": ["رصيف الشمّاعين", "أحضر صورتين", "من ٠٩:٠٠ إلى ١٣:٠٠", "يوم المؤسسين"],
}
DIALLED = {"tel:01632960142", "tel:01632960199", "tel:01632960150", "tel:01632960151"}


def page_of(sort: str, language: str) -> str:
    setting = sample.setting(language, PASSPORTS)
    if sort == "front":
        return pages.front_page(setting, sample.front(language))
    return pages.message_page(setting, sample.corrected(language), sample.siblings(), (), f"{language}/speeches/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("contacts")
    written: dict[str, bytes] = dict(assets())
    path, data = office_asset(sample.setting("en", PASSPORTS).furniture)
    written[path] = data
    written["favicon.ico"] = b""
    for sort in ("front", "message"):
        for language in sample.LANGUAGES:
            written[f"{sort}/{language}/index.html"] = page_of(sort, language).encode()
    for name, content in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("language", SEEN)
@pytest.mark.parametrize("sort", ["front", "message"])
def test_every_field_of_a_contact_is_on_the_page_and_each_telephone_can_be_dialled(sort: str, language: str) -> None:
    body = lxml.html.document_fromstring(page_of(sort, language)).body
    words = " ".join(body.text_content().split(" "))
    assert all(seen in words for seen in SEEN[language])
    assert "passports.and.visas.of.the.consular.section@orsemund.example" in words
    assert {link.get("href") for link in body.xpath('//a[starts-with(@href, "tel:")]')} == DIALLED
    for link in body.xpath('//a[starts-with(@href, "tel:")]'):
        assert [inside.get("dir") for inside in link] == ["ltr"]


@pytest.mark.parametrize(
    ("printed", "targets"),
    [
        ("01632 960 142", ["tel:01632960142"]),
        ("+44 (0) 1632 960 474", ["tel:+441632960474"]),
        ("01632 960142, 01632 960143", ["tel:01632960142", "tel:01632960143"]),
        ("01632 960142 / 01632 960143", ["tel:01632960142", "tel:01632960143"]),
        ("01632 960142/43", ["tel:0163296014243"]),
        ("01632 960142 ext. 17", ["tel:01632960142"]),
    ],
)
def test_a_telephone_field_is_printed_as_it_is_and_dials_each_number_in_it(printed: str, targets: list[str]) -> None:
    shown = lxml.html.fragment_fromstring(telephones(printed), create_parent=True)
    assert shown.text_content() == printed
    assert [link.get("href") for link in shown.iter("a")] == targets


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("Press: 01632 960155", ["tel:01632960155"]),
        ("From abroad +44 1632 960155, at night (01632) 960156", ["tel:+441632960155", "tel:01632960156"]),
        ("14 Lampwrights’ Quay, 01067 Tessmark", []),
        ("Closed until 01.02.2027", []),
        ("Fax: 01632 960155", []),
        ("Mail: press@orsemund.example, tel. 01632 960155", ["mailto:press@orsemund.example", "tel:01632960155"]),
        ("<b>No markup</b>", []),
    ],
)
def test_a_telephone_among_words_is_a_link_and_a_day_or_a_post_code_is_none(words: str, targets: list[str]) -> None:
    shown = lxml.html.fragment_fromstring(with_links(words), create_parent=True)
    assert shown.text_content() == words
    assert [link.get("href") for link in shown.iter("a")] == targets


def test_number_and_mail_that_a_line_says_already_stand_once_and_large_on_the_front_page() -> None:
    lines = [{"en": "Tel.: 01632 960177"}, {"en": "E-mail: night@orsemund.example"}, {"en": "Stair 2, second door"}]
    facts = {"telephone": "01632 960177", "email": "night@orsemund.example", "label": {"en": "At night"}}
    setting = sample.setting("en", ("contact000000008", {"piece": "contact", **facts, "lines": lines}))
    message = pages.message_page(setting, sample.corrected("en"), sample.siblings(), (), "en/speeches/")
    front = pages.front_page(setting, sample.front("en"))
    for page, prefix in ((message, True), (front, False)):
        words = lxml.html.document_fromstring(page).body.text_content()
        assert [words.count(value) for value in ("01632 960177", "night@orsemund.example", "Stair 2")] == [1, 1, 1]
        assert ("Tel.: " in words) is prefix


@pytest.mark.parametrize("language", SEEN)
def test_contacts_wrap_on_a_phone_and_their_hours_are_one_press_away(
    browser: Browser, site: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    for sort in ("front", "message"):
        page, wrong = opened(context, f"{site}/{sort}/{language}/", CLOCK)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (sort, width)
        for reach in page.locator("main .front-contact a, .strip a, details.hours summary").all():
            box = reach.bounding_box()
            assert box is not None
            assert box["height"] >= 44, reach.inner_text()
        hours = page.locator("details.hours li").first
        assert not hours.is_visible()
        page.locator("details.hours summary").first.click()
        assert hours.is_visible()
        assert page.get_by_text(SEEN[language][1]).is_visible()
        assert page.get_by_text("passports.and.visas").is_visible()
        assert [line for line in wrong if "404" not in line] == []
        page.close()
    context.close()


def test_where_there_is_room_the_front_page_has_its_hours_open(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/front/en/", CLOCK)
    assert page.locator("details.hours li").first.is_visible()
    assert not page.locator("details.hours summary").first.is_visible()
    context.close()
