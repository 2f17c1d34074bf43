"""From a page to the same page in another language, and where there is none, to one that the link names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from communique.cli.main import run
from offices import Draft, Office, id_of, make_office, message
from public_folder import served


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Three languages; one message in English and French, one in English alone."""
    made = make_office(tmp_path_factory.mktemp("languages"), ("en", "fr", "ar"))
    ferry = id_of("message ferry")
    made.publish(
        Draft(id_of("ferry en"), "publish", message("ferry")),
        Draft(id_of("ferry fr"), "publish", message("ferry", "Le ferry part.", "fr", message=ferry, original="en")),
        Draft(id_of("lamp"), "publish", message("lamp")),
    )
    return made


def other_languages(office: Office, path: str) -> dict[str, tuple[str, str | None]]:
    """Language -> where the masthead leads, and what it says of it."""
    page = lxml.html.document_fromstring((office.site / path / "index.html").read_text("utf-8"))
    links = page.xpath('//nav[@class="languages"]//a')
    return {link.get("hreflang"): (link.get("href"), link.get("title")) for link in links}


FRONT_AR = ("/ar/", "الصفحة الأولى")


@pytest.mark.parametrize(
    ("path", "french", "arabic"),
    [
        ("en/", ("/fr/", None), ("/ar/", None)),
        ("en/statements/2026/03/03/ferry/", ("/fr/statements/2026/03/03/ferry/", None), FRONT_AR),
        ("en/statements/2026/03/03/lamp/", ("/fr/", "Page d’accueil"), FRONT_AR),
        ("en/statements/2026/03/03/lamp/editions/1/", ("/fr/", "Page d’accueil"), FRONT_AR),
        ("en/statements/", ("/fr/statements/", None), ("/ar/statements/", None)),
        ("en/statements/2026/03/", ("/fr/statements/", "Statements"), ("/ar/statements/", "Statements")),
        ("en/all/", ("/fr/all/", None), ("/ar/all/", None)),
        ("en/2026/03/", ("/fr/all/", "Toutes les publications"), ("/ar/all/", "جميع المواد")),
        ("en/by/kind/statement/", ("/fr/all/", "Toutes les publications"), ("/ar/all/", "جميع المواد")),
        ("en/people/", ("/fr/people/", None), ("/ar/people/", None)),
        ("en/people/oriel-tavenmark/", ("/fr/people/oriel-tavenmark/", None), ("/ar/people/oriel-tavenmark/", None)),
        ("en/latest/", ("/fr/latest/", None), ("/ar/latest/", None)),
        ("check/en/record/", ("/check/fr/record/", None), ("/check/ar/record/", None)),
    ],
)
def test_the_masthead_leads_to_the_same_page_or_names_the_one_it_leads_to(
    office: Office, path: str, french: tuple[str, str | None], arabic: tuple[str, str | None]
) -> None:
    assert other_languages(office, path) == {"fr": french, "ar": arabic}


def test_no_language_link_of_any_page_leads_nowhere(office: Office) -> None:
    for page in sorted(office.site.rglob("index.html")):
        document = lxml.html.document_fromstring(page.read_text("utf-8"))
        alternates = [link.get("href") for link in document.xpath('//link[@rel="alternate"][@hreflang]')]
        paths = [address.split("/", 3)[3] for address in alternates]
        links = [link.get("href").lstrip("/") for link in document.xpath('//nav[@class="languages"]//a')]
        for path in [*paths, *links]:
            assert (office.site / path / "index.html").is_file(), (page.relative_to(office.site), path)


@pytest.mark.parametrize(
    ("path", "language"),
    [("/nope", "en"), ("/en/nope/", "en"), ("/fr/nope", "fr"), ("/ar/statements/2026/13/", "ar"), ("/frappe/", "en")],
)
def test_what_is_not_there_is_said_in_the_language_of_the_path(office: Office, path: str, language: str) -> None:
    with served(office.public) as public:
        answer = public.get(path)
    page = lxml.html.document_fromstring(answer.body.decode())
    assert (answer.status, page.get("lang")) == (404, language)
    assert [link.get("href") for link in page.xpath("//main//a")] == ["/en/", "/fr/", "/ar/"]


def test_a_front_page_lists_as_many_as_the_page_it_was_taken_from(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    listed = {"v": 1, "type": "furniture", "state": "current", "piece": "latest", "order": 0, "count": 11}
    office.publish(Draft(id_of("latest"), "furniture", listed))
    office.publish(*(Draft(id_of(f"m{n}"), "publish", message(f"m{n}")) for n in range(14)))
    page = lxml.html.document_fromstring((office.site / "en/index.html").read_text("utf-8"))
    titles = page.xpath('//*[@class="lead-title"]/a/text()') + page.xpath('//*[@class="front-latest"]//h3/a/text()')
    assert titles == [f"Statement m{n}" for n in range(13, 1, -1)], "eleven beside the message that leads the page"


def test_a_translation_says_that_its_original_was_corrected_or_updated_since(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "fr"))
    french = {
        "address": "fr/statements/2026/03/04/lamp",
        "message": id_of("message lamp"),
        "original": "en",
        "translation": "unofficial",
    }

    def said() -> str:
        page = lxml.html.document_fromstring(
            (office.site / "fr/statements/2026/03/04/lamp/index.html").read_text("utf-8")
        )
        return " ".join(page.xpath('string(//*[@class="notes"])').split())

    def publish(language: str, kind: str, **more: Any) -> None:
        office.publish(Draft(id_of(f"lamp {language}"), kind, message("lamp", language=language, **more)))
        office.at += timedelta(days=1)

    publish("en", "publish")
    publish("fr", "publish", **french)
    assert "original a été" not in said()
    publish("en", "update", note="It sails on Sundays, too.")
    assert "L’original a été mis à jour le 5 mars 2026" in said()
    publish("en", "correct", note="It sails at ten.")
    assert "L’original a été corrigé le 6 mars 2026" in said()
    publish("en", "update", note="And at eleven.")
    assert "L’original a été corrigé le 6 mars 2026" in said(), "which is graver than what was added since"
    assert run(["verify", str(office.public)]) == 0
    publish("fr", "update", note="Revue.", **french)
    assert "original a été" not in said()
