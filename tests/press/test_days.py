"""Each day on which there is a message has a page of all messages, linked with its month and the days beside it."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from communique.press.lists import SPLIT
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Office, id_of, make_office, message


def placed(key: str, day: str, language: str = "en") -> Draft:
    """A message that lists place under a day."""
    address = f"{language}/statements/{day.replace('-', '/')}/{key}"
    return Draft(id_of(key), "import", message(key, language=language, address=address), dated=day)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path, ("en", "ar"))
    made.publish(placed("a", "2025-10-28"), placed("b", "2025-11-03"), placed("c", "2025-11-12"))
    return made


def page(office: Office, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((office.site / path / "index.html").read_bytes())


def titles(office: Office, path: str) -> list[str]:
    return [one.text_content() for one in page(office, path).xpath("//*[@class='row-title']")]


def days(office: Office, path: str) -> dict[str, str]:
    links = page(office, path).xpath("//nav[@class='days']//a")
    return {one.text_content(): one.get("href") for one in links}


def steps(office: Office, path: str) -> dict[str, str]:
    return {one.get("rel"): one.get("href") for one in page(office, path).xpath("//nav[@class='steps']/a")}


def faults(office: Office) -> list[str]:
    site = FolderSite(office.site)
    report = verify_site("office", lambda: FolderReader(office.record), lambda: site)
    return [f"{one.where}: {one.what}" for one in report.findings]


def test_a_day_lists_its_messages_and_leads_to_its_month_and_the_days_beside_it(office: Office) -> None:
    assert titles(office, "en/2025/11/03") == ["Statement b"]
    assert page(office, "en/2025/11/03").xpath("//h1")[0].text_content() == "3 November 2025"
    way = page(office, "en/2025/11/03").xpath("//p[@class='kicker']/a/@href")
    assert way[-2:] == ["/en/2025/", "/en/2025/11/"]
    assert steps(office, "en/2025/11/03") == {"next": "/en/2025/11/12/", "prev": "/en/2025/10/28/"}
    assert steps(office, "en/2025/11/12") == {"prev": "/en/2025/11/03/"}
    assert faults(office) == []


def test_a_month_names_its_days_and_shows_its_messages_besides(office: Office) -> None:
    assert days(office, "en/2025/11") == {"3": "/en/2025/11/03/", "12": "/en/2025/11/12/"}
    assert titles(office, "en/2025/11") == ["Statement c", "Statement b"]
    assert not days(office, "en/statements/2025/11"), "days of other lists have no page"
    assert not (office.site / "en/statements/2025/11/03/index.html").exists()


def test_one_more_message_writes_its_day_and_of_a_new_day_the_two_beside_it_alone(office: Office) -> None:
    office.publish(*(placed(f"d{n}", f"2025-11-{n:02d}") for n in range(13, 29)))

    def written(draft: Draft) -> list[str]:
        known = {path: path.stat().st_mtime_ns for path in office.site.glob("en/????/??/??/index.html")}
        office.publish(draft)
        now = {path: path.stat().st_mtime_ns for path in office.site.glob("en/????/??/??/index.html")}
        return sorted("-".join(path.parts[-4:-1]) for path in now if known.get(path) != now[path])

    assert written(placed("e", "2025-11-08")) == ["2025-11-03", "2025-11-08", "2025-11-12"]
    assert written(placed("f", "2025-11-08")) == ["2025-11-08"]
    assert steps(office, "en/2025/11/08") == {"next": "/en/2025/11/12/", "prev": "/en/2025/11/03/"}
    assert steps(office, "en/2025/11/03")["next"] == "/en/2025/11/08/"
    assert faults(office) == []


def test_a_full_month_has_its_days_as_before_and_a_full_day_its_hundreds(office: Office) -> None:
    office.publish(*(placed(f"g{n}", "2025-11-20") for n in range(SPLIT + 1)))
    assert not days(office, "en/2025/11")
    assert "/en/2025/11/20/" in page(office, "en/2025/11").xpath("//aside//a/@href")
    assert "/en/2025/11/20/_2/" in page(office, "en/2025/11/20").xpath("//a/@href")
    assert steps(office, "en/2025/11/12") == {"next": "/en/2025/11/20/", "prev": "/en/2025/11/03/"}
    assert faults(office) == []


def test_a_day_whose_messages_are_gone_stays_and_says_so(office: Office) -> None:
    content = message("b", address="en/statements/2025/11/03/b", state="removed", notice="Sent by mistake.")
    office.publish(Draft(id_of("b"), "remove", content))
    assert titles(office, "en/2025/11/03") == []
    assert days(office, "en/2025/11") == {"3": "/en/2025/11/03/", "12": "/en/2025/11/12/"}
    assert faults(office) == []


def test_each_language_has_its_own_days_in_its_own_figures(office: Office) -> None:
    office.publish(placed("h", "2025-11-03", "ar"))
    assert list(days(office, "ar/2025/11").values()) == ["/ar/2025/11/03/"]
    assert titles(office, "ar/2025/11/03") == ["Statement h"]
    assert faults(office) == []


def test_a_site_that_leaves_out_a_day_or_a_message_of_it_is_found(office: Office) -> None:
    day = office.site / "en/2025/11/03/index.html"
    whole = day.read_text()
    begin, end = whole.index('<ol class="rows">'), whole.index("</ol>", whole.index('<ol class="rows">'))
    day.write_text(whole[:begin] + '<ol class="rows">' + whole[end:])
    assert any("en/2025/11/03/" in one and "lists" in one for one in faults(office))
    day.write_text(whole)
    month = office.site / "en/2025/11/index.html"
    listed = month.read_text()
    month.write_text(listed.replace('<li><a href="/en/2025/11/03/">3</a></li>', ""))
    assert any("names the days" in one for one in faults(office))
    month.write_text(listed)
    day.unlink()
    assert any("en/2025/11/03/" in one and "missing" in one for one in faults(office))
