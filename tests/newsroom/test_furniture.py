"""Furniture at the desk, from its first word to readers and away again, through the addresses and forms of the desk."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from communique.newsroom.furniture import newest_content, newest_entry
from communique.newsroom.models import PiecePage
from communique.newsroom.office_now import office_now
from communique.newsroom.states import standing_of
from communique.record.release import Draft
from newsroom.newsrooms import SPEECHES, Desk

FERRY = "messageferry0000"
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
SORTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "clock": ({"city": {"en": "Tessmark", "fr": "Tessmarque"}, "zone": "Europe/Helsinki"}, "en", "Tessmark"),
    "counter": (
        {"since": "2027-03-01", "sentence": {"en": {"one": "# day of ferries", "other": "# days of ferries"}}},
        "en",
        "days of ferries",
    ),
    "contact": (
        {
            "label": {"en": "Lost at sea"},
            "telephone": "+44 1632 960142",
            "hours": [{"days": EVERY_DAY, "from": "0", "to": "24:00"}],
            "emergency": True,
        },
        "en",
        'href="tel:+441632960142"',
    ),
    "closure": ({"name": {"en": "Lamplighters’ Day"}, "on": "2027-03-05"}, "en", "Lamplighters’ Day"),
    "advisory": ({"text": {"en": "The north pier is closed"}, "link": "/en/all/"}, "en", "The north pier is closed"),
    "event": ({"title": {"en": "Night of the lamps"}, "on": "2027-03-20", "time": "18"}, "en", "Night of the lamps"),
    "crisis": (
        {
            "title": {"en": "A storm is coming"},
            "blocks": {"en": {"text": "Stay inside.\n\n- Fill a bucket", "was": []}},
        },
        "crisis/en",
        "<li>Fill a bucket",
    ),
    "redirect": ({"from": "/visa", "to": "https://visas.example/form"}, "visa", "url=https://visas.example/form"),
    "menu": ({"items": [{"label": {"en": "What we said"}, "section": SPEECHES}]}, "en", "What we said"),
    "featured": ({"messages": [FERRY]}, "en", "The ferry leads"),
}
"""sort -> what somebody types, the page on which readers see it, and what they see"""


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The desk of an office that has said a few things: two of its messages are newer than the one to be featured."""
    contact = {
        "v": 1,
        "type": "furniture",
        "state": "current",
        "order": 5,
        "piece": "contact",
        "label": {"en": "Press"},
    }
    contact["hours"] = [{"days": EVERY_DAY, "from": "09:00", "to": "17:00"}]
    drafts = [Draft("contactpress0000", "furniture", contact)]
    for number, title in enumerate(("The ferry leads", "A lamp", "A pier")):
        content = {
            "v": 1, "type": "message", "state": "current", "message": FERRY[:-1] + str(number), "language": "en",
            "original": "en", "kind": "statement", "section": SPEECHES, "title": title, "blocks": ["It was said."],
            "address": f"en/speeches/2027/03/0{number + 1}/{title.rpartition(' ')[2]}",
        }  # fmt: skip
        drafts.append(Draft(f"edition00000000{number}", "import", content, f"2027-03-0{number + 1}"))
    desk.installation.publisher.publish(drafts)
    return desk


def begun(desk: Desk, sort: str) -> PiecePage:
    """A new piece, begun with the button on the screen of furniture."""
    screen = desk.client("wenna").get("/furniture/").content.decode()
    assert f'action="/furniture/new/{sort}/"' in screen
    answer = desk.client("wenna").post(f"/furniture/new/{sort}/")
    return PiecePage.objects.get(pk=int(answer.url.split("/")[2]))


def sent(desk: Desk, page: PiecePage, typed: dict[str, Any], button: str = "action-submit", **more: Any) -> Any:
    """The answer to the editor's form, sent with what it holds already and with what somebody types."""
    client = desk.client("wenna")
    document = lxml.html.document_fromstring(client.get(f"/pages/{page.pk}/edit/").content.decode())
    fields = dict(document.get_element_by_id("page-edit-form").form_values())
    fields["content"] = json.dumps({**json.loads(fields["content"]), **typed})
    return client.post(f"/pages/{page.pk}/edit/", {**fields, **more, button: "1"})


def standing(desk: Desk, page: PiecePage) -> str:
    return str(standing_of(PiecePage.objects.get(pk=page.pk), desk.now()))


def goes_out(desk: Desk, page: PiecePage) -> None:
    """A second person reads and clears what was submitted, a publisher releases it."""
    assert standing(desk, page) == "submitted"
    clearer = desk.client("osk")
    mark = clearer.get(f"/messages/{page.pk}/clear/").content.decode().split('name="read" value="')[1].split('"')[0]
    clearer.post(f"/messages/{page.pk}/clear/", {"read": mark, "action": "approve"})
    assert standing(desk, page) == "cleared"
    receipt = desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"}, follow=True)
    assert "Live since" in receipt.content.decode()
    assert standing(desk, page) == "published"


def seen(desk: Desk, path: str) -> str:
    """A page as a reader gets it; nothing where there is none."""
    try:
        return desk.public(path)
    except FileNotFoundError:
        return ""


@pytest.mark.parametrize("sort", SORTS)
def test_a_piece_is_written_cleared_by_another_seen_by_readers_and_taken_away_again(office: Desk, sort: str) -> None:
    typed, path, words = SORTS[sort]
    before = seen(office, path)
    assert sort == "featured" or words not in before
    page = begun(office, sort)
    answer = sent(office, page, typed)
    assert answer.url == f"/messages/{page.pk}/", answer.content.decode()
    goes_out(office, page)
    after = seen(office, path)
    assert words in after
    if sort == "featured":
        assert leads(after) == "The ferry leads" != leads(before)
    screen = office.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    assert "Take away" in screen
    office.now.at = office.now.at.replace(minute=5)
    office.client("wenna").post(f"/messages/{page.pk}/act/remove/", {"note": "It is no longer needed."})
    goes_out(office, page)
    assert words not in seen(office, path) or leads(seen(office, path)) == leads(before)
    assert "Put it back" in office.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def leads(front: str) -> str:
    """The title of the message that leads a front page; nothing on another page."""
    found = lxml.html.document_fromstring(front).xpath('//article[@class="lead"]//h2') if front else []
    return found[0].text_content().strip() if found else ""


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("redirect", {"from": "/en/speeches/2027/03/01/leads", "to": "/en/"}, "The site itself answers at"),
    ("redirect", {"from": "/en/speeches/2027", "to": "/en/"}, "The site itself answers at"),
    ("counter", {"since": "2027-03-05", "sentence": {"en": {"one": "#", "other": "#"}}}, "today or earlier"),
    ("event", {"title": {"en": "Clocks"}, "on": "2027-03-28", "time": "02:30"}, "The next time is 03:00"),
    ("menu", {"items": [{"label": {"en": "Gone"}, "section": "s" * 16}]}, "no longer there"),
    ("labels", {"words": {"record_size": {"en": {"one": "a leaf"}}}}, "Write the sentence for 2, 3, 4"),
]


@pytest.mark.parametrize(("sort", "typed", "sentence"), WRONG, ids=[f"{row[0]}-{n}" for n, row in enumerate(WRONG)])
def test_what_is_wrong_is_not_submitted_and_stays_as_it_was_typed(
    office: Desk, sort: str, typed: dict[str, Any], sentence: str
) -> None:
    page = begun(office, sort)
    answer = sent(office, page, typed)
    document = lxml.html.document_fromstring(answer.content.decode())
    kept = json.loads(dict(document.get_element_by_id("page-edit-form").form_values())["content"])
    assert {key: kept[key] for key in typed} == typed
    assert sentence in document.text_content()
    assert standing(office, page) == "draft"
    office.client("wenna").post(f"/messages/{page.pk}/submit/")
    assert standing(office, page) == "draft"


def test_a_note_of_two_lines_is_taken_as_a_form_sends_it(office: Desk) -> None:
    page = begun(office, "closure")
    answer = sent(
        office, page, {"name": {"en": "Lantern Night"}, "on": "2027-12-21"}, note="New this year.\r\nCafe\u0301 "
    )
    assert answer.url == f"/messages/{page.pk}/", answer.content.decode()
    goes_out(office, page)
    assert (newest_content(page.ident) or {})["note"] == "New this year.\nCaf\u00e9"
    office.now.tick()
    reason = {"note": "It is not kept.\r\nNobody asked for it."}
    office.client("wenna").post(f"/messages/{page.pk}/act/remove/", reason)
    goes_out(office, page)
    assert (newest_content(page.ident) or {})["note"] == "It is not kept.\nNobody asked for it."


def test_a_label_in_forms_of_its_own_reaches_readers(office: Desk) -> None:
    page = begun(office, "labels")
    sent(office, page, {"words": {"record_size": {"en": {"one": "one leaf", "other": "{n} leaves"}}}})
    goes_out(office, page)
    assert "{&quot;one&quot;:&quot;one leaf&quot;,&quot;other&quot;:&quot;# leaves&quot;}" in office.public("en")


def test_the_desk_knows_at_which_paths_the_public_site_has_a_page(office: Desk) -> None:
    known = office_now().is_page
    address = "en/speeches/2027/03/01/leads"
    for path in (address, f"{address}/", f"{address}/editions/1/", "en/speeches", "fr/discours/2027/", "en/2027/03/"):
        assert known(path), path
    for path in ("visa", "en/speeches/2027/03/01/other", "en/discours", "en/old.html", "de/2027", "en/1/2/3", "en/²"):
        assert not known(path), path


# ------------------------------------------------------------------ arms


def picture(colour: str, ending: str = "PNG") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, ending)
    return SimpleUploadedFile(f"secret-name.{ending.lower()}", written.getvalue())


def the_office(desk: Desk) -> PiecePage:
    ident = desk.installation.known_id("office")
    desk.client("wenna").get(f"/furniture/{ident}/")
    return PiecePage.objects.get(ident=ident)


def test_arms_are_uploaded_shown_to_who_may_see_them_and_public_with_their_edition(office: Desk) -> None:
    page = the_office(office)
    office.client("wenna").post(f"/messages/{page.pk}/act/furniture/")
    files_before = {file.name for file in (office.home / "public/site/files").glob("*")}
    sent(office, page, {"arms": {"alternative": {"en": "A lamp on a rock"}}}, arms_upload=picture("red"))
    arms = PiecePage.objects.get(pk=page.pk).get_latest_revision_as_object().content["arms"]
    assert set(arms["file"]) == {"private", "sha256"}
    assert arms["media"] == "image/jpeg"
    address = f"/private/{arms['file']['private']}"
    shown = office.client("osk").get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert office.client("ada").get(address).status_code == 404, "who does not write sees no draft"
    assert address in office.client("osk").get(f"/messages/{page.pk}/preview/").content.decode()
    office.client("wenna").post(f"/messages/{page.pk}/limit/", {f"user-{office.user('wenna').pk}": "on"})
    assert office.client("osk").get(address).status_code == 404
    office.client("wenna").post(f"/messages/{page.pk}/limit/", {})
    assert {file.name for file in (office.home / "public/site/files").glob("*")} == files_before
    goes_out(office, page)
    content = newest_content(page.ident)
    assert content is not None
    part = content["arms"]["file"]
    front = office.public("en")
    assert f"/files/{part}.jpg" in front
    assert "A lamp on a rock" in front
    assert (office.home / f"public/site/files/{part}.jpg").is_file()
    assert office_now().files[0]["file"] == part

    office.client("wenna").post(f"/messages/{page.pk}/act/furniture/")
    sent(office, page, {}, arms_upload=picture("blue", "JPEG"))
    goes_out(office, page)
    assert f"/files/{part}.jpg" not in office.public("en"), "other arms of the same words are other arms"


def test_the_same_arms_sent_again_are_kept_once(office: Desk) -> None:
    page = the_office(office)
    for _time in range(2):
        sent(office, page, {}, "action-save", arms_upload=picture("red"))
    assert len([file for file in (office.home / "private").rglob("arms*") if file.is_file()]) == 1


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("arms.pdf", b"%PDF-1.7 arms"), "Arms are a picture"),
        (SimpleUploadedFile("arms.png", b"no picture"), "cannot be opened as a picture"),
    ],
)
def test_what_is_no_picture_becomes_no_arms(office: Desk, upload: SimpleUploadedFile, sentence: str) -> None:
    page = the_office(office)
    upload.seek(0)
    answer = sent(office, page, {"place": {"en": "in Ostrevell"}}, arms_upload=upload)
    document = lxml.html.document_fromstring(answer.content.decode())
    assert sentence in document.text_content()
    kept = json.loads(dict(document.get_element_by_id("page-edit-form").form_values())["content"])
    assert kept["place"] == {"en": "in Ostrevell"}


def test_a_private_file_of_a_message_does_not_become_arms_by_its_name(office: Desk) -> None:
    page = the_office(office)
    name, data = "z" * 32, b"of a secret draft"
    place = office.home / "private" / name[:2] / name
    place.parent.mkdir(parents=True)
    place.write_bytes(data)
    file = {"private": name, "sha256": "0" * 64}
    sent(office, page, {"arms": {"file": file, "media": "image/jpeg"}}, "action-save")
    assert office.client("wenna").get(f"/private/{name}").status_code == 404
    assert "file" not in PiecePage.objects.get(pk=page.pk).get_latest_revision_as_object().content.get("arms", {})


def test_the_preview_of_a_redirect_stays_in_its_frame(desk: Desk) -> None:
    page = begun(desk, "redirect")
    sent(desk, page, {"from": "/visa", "to": "/en/notices/"})
    html = desk.client("osk").get(f"/messages/{page.pk}/preview/").content.decode()
    assert "/en/notices/" in html
    assert 'http-equiv="refresh"' not in html


def test_the_menu_says_furniture_on_every_screen_of_a_piece_and_messages_on_those_of_a_message(desk: Desk) -> None:
    client = desk.client("wenna")
    piece = client.post("/furniture/new/clock/").url.split("/")[2]
    message = desk.written("wenna")
    for number, word in ((piece, "Furniture"), (message.pk, "Messages")):
        for path in (f"/messages/{number}/", f"/messages/{number}/limit/", f"/messages/{number}/assign/"):
            page = client.get(path).content.decode()
            assert re.findall(r'aria-current="page">([^<]+)<', page) == [word], path
        menu = client.get(f"/pages/{number}/edit/").content.decode().partition("wagtail.sidebar.MainMenuModule")[2]
        places = re.split(r"wagtail\.sidebar\.LinkMenuItem", menu)
        assert [place for place in places if "desk-here" in place and f"/{word.lower()}/" in place], word


def test_a_piece_whose_button_is_pressed_twice_is_published_once(desk: Desk) -> None:
    number = desk.client("wenna").post("/furniture/new/clock/").url.split("/")[2]
    page = PiecePage.objects.get(pk=number)
    page.content = {"piece": "clock", "city": {"en": "Tessmark", "fr": "Tessmarque"}, "zone": "Europe/Helsinki"}
    page.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    entry = newest_entry(page.ident)
    again = desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert "is out already, as it stands." in again.content.decode()
    assert newest_entry(page.ident) == entry


@pytest.mark.parametrize("sort", ["office", "menu"])
def test_of_a_piece_of_which_there_is_one_a_second_window_begins_no_other(desk: Desk, sort: str) -> None:
    before = PiecePage.objects.filter(sort=sort).count()
    answers = [desk.client(by).post(f"/furniture/new/{sort}/", follow=True) for by in ("wenna", "pell")]
    assert "There is one already, and readers see only one" in answers[-1].content.decode()
    (page,) = PiecePage.objects.filter(sort=sort)
    assert answers[-1].redirect_chain[-1][0] == f"/messages/{page.pk}/"
    assert before == 0


def test_a_piece_that_is_limited_to_others_hinders_nobody_and_is_not_told_of(desk: Desk) -> None:
    desk.client("wenna").post("/furniture/new/menu/")
    PiecePage.objects.get(sort="menu").limited_to.set([desk.user("wenna")])
    answer = desk.client("pell").post("/furniture/new/menu/", follow=True)
    assert "There is one already" not in answer.content.decode()
    assert PiecePage.objects.filter(sort="menu").count() == 2


def test_a_piece_without_a_name_is_called_by_its_sort_in_the_language_of_who_reads(office: Desk) -> None:
    french, english = office.client("osk"), office.client("wenna")
    french.post("/language/", {"language": "fr"})
    page = PiecePage.objects.get(pk=int(french.post("/furniture/new/clock/").url.split("/")[2]))
    assert page.title == "Horloge"
    for address in (f"/messages/{page.pk}/", f"/messages/{page.pk}/limit/", f"/pages/{page.pk}/edit/", "/furniture/"):
        assert "Horloge" in french.get(address).content.decode()
        shown = english.get(address).content.decode()
        assert "Clock" in shown, address
        assert "Horloge" not in shown, address
    statement = office.written("wenna", title="Horloge")
    assert "Horloge" in english.get(f"/messages/{statement.pk}/").content.decode(), "a message keeps its title"


def test_who_clears_featured_messages_reads_their_titles_in_his_own_language(office: Desk) -> None:
    page = begun(office, "featured")
    sent(office, page, {"messages": [FERRY]})
    shown = office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    assert "The ferry leads" in shown
    assert FERRY not in shown
    french = newest_content("edition000000000") | {
        "language": "fr",
        "title": "Le bac mène",
        "address": "fr/discours/2027/03/01/bac",
    }
    office.installation.publisher.publish([Draft("editioninfrench0", "publish", french)])
    office.client("osk").post("/language/", {"language": "fr"})
    assert "Le bac mène" in office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    with override("en"):
        offered = [one["name"] for one in office_now().messages]
    assert "The ferry leads" in offered
    assert "Le bac mène" not in offered, "a message is offered once"


def test_what_was_withdrawn_is_not_offered_to_be_featured(office: Desk) -> None:
    content = {**newest_content("edition000000001"), "state": "withdrawn", "notice": "The lamp is out."}
    office.installation.publisher.publish([Draft("edition000000001", "withdraw", content)])
    assert [one["name"] for one in office_now().messages] == ["A pier", "The ferry leads"]


def test_a_changed_label_is_called_by_what_readers_had_there(office: Desk) -> None:
    page = begun(office, "labels")
    sent(office, page, {"words": {"latest": {"en": "What is new"}}})
    shown = office.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    assert "“Latest events” · English" in shown
    assert "Latest events</del>" in shown
    assert "What is new</ins>" in shown
    assert "· latest ·" not in shown
