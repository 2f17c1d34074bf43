"""The agenda cut by calendar: light pages, lasting addresses, and few pages set for one event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communique.edition.event import MOST_SPANS, spans_of
from communique.press.lists import SPLIT
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import Office, id_of, make_office, piece
from sites import baked_from_copy, differences, files_of

MOST_BYTES = 60_000
TITLE = "The two harbour boards talk about the winter timetable of the ferry and about who may carry a bicycle free"


def event(key: str, on: str, until: str = "", state: str = "current") -> Draft:
    more: dict[str, Any] = {"until": until} if until else {}
    content = piece("event", title={"en": f"{TITLE}, {key}"}, on=on, **more)
    return Draft(id_of(key), "furniture", {**content, "state": state})


@pytest.mark.parametrize(
    ("on", "until", "spans"),
    [
        ("2027-03-05", "", "2027 2027-03 2027-03-05"),
        ("2027-02-28", "2027-03-01", "2027 2027-02 2027-03 2027-02-28 2027-03-01"),
        ("2027-03-01", "2027-05-31", "2027 2027-03 2027-04 2027-05 2027-03-01 2027-05-31"),
        ("2026-12-31", "2028-01-01", "2026 2027 2028 2026-12-31 2028-01-01"),
    ],
)
def test_an_event_stands_in_each_year_month_and_day_in_which_it_takes_place(on: str, until: str, spans: str) -> None:
    found = spans_of({"on": on, **({"until": until} if until else {})})
    months = {one for one in found if len(one) == len("2027-03")}
    assert len(months) <= MOST_SPANS
    assert set(spans.split()) == (found - months if len(months) > 3 else found)


def test_an_event_of_a_century_stands_in_few() -> None:
    assert len(spans_of({"on": "1901-01-01", "until": "2001-12-31"})) == 2 + 2 + 2


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of whose events one year holds exactly as many as a page does, in two months."""
    office = make_office(tmp_path / "office")
    office.baking = False
    months = ("03", "03", "03", "05")
    office.publish(
        event("long", "2026-12-30", "2027-01-02"),
        *(event(f"e{n}", f"2027-{months[n % 4]}-{n % 28 + 1:02d}") for n in range(SPLIT - 1)),
    )
    office.press.catch_up()
    return office


def sheets(office: Office) -> set[str]:
    """What of the agenda the press set for the last entries."""
    press = office.press
    press.catch_up()
    below = (path.partition("en/by/agenda/")[2] for path in press.touched if "en/by/agenda/" in path)
    return {path.removesuffix("index.html") for path in below if not path.endswith(".br")}


def test_a_full_year_leads_to_its_months_and_no_address_goes(office: Office, tmp_path: Path) -> None:
    agenda = office.site / "en/by/agenda"
    assert (agenda / "2027/index.html").stat().st_size <= MOST_BYTES
    assert not (agenda / "2027/03").exists()

    office.publish(event("one-more", "2027-05-09"))
    assert sheets(office) == {"", "2027/", "2027/01/", "2027/03/", "2027/05/"}
    assert 'href="/en/by/agenda/2027/03/"' in (agenda / "2027/index.html").read_text()
    assert TITLE not in (agenda / "2027/index.html").read_text()
    assert (agenda / "2027/03/index.html").read_text().count("data-until") == 75
    assert "long" in (agenda / "2027/01/index.html").read_text()

    office.publish(event("one-more", "2027-05-09", state="removed"))
    assert sheets(office) == {"", "2027/", "2027/05/"}
    assert "one-more" not in (agenda / "2027/05/index.html").read_text()

    office.publish(*(event(f"f{n}", "2027-03-30") for n in range(SPLIT - 74)))
    assert len(sheets(office)) < 40
    assert (agenda / "2027/03/30/index.html").read_text().count("data-until") == SPLIT - 74
    assert TITLE not in (agenda / "2027/03/index.html").read_text()
    assert max(page.stat().st_size for page in agenda.rglob("index.html")) <= MOST_BYTES

    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    report = verify_site("site", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    assert not report.findings


def test_an_event_that_moves_leaves_no_trace_of_itself_where_it_was(office: Office, tmp_path: Path) -> None:
    office.publish(event("e0", "2026-04-04"))
    assert sheets(office) == {"", "2026/", "2027/"}
    office.publish(event("e1", "2030-01-01"))
    assert sheets(office) == {"", "2026/", "2027/", "2030/"}
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_full_day_leads_to_its_parts_and_each_stays_light(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(*(event(f"d{n}", "2027-03-30", "2027-03-31") for n in range(SPLIT)))
    day = office.site / "en/by/agenda/2027/03/30"
    assert not day.exists(), "as many as one page holds"
    office.publish(event("d100", "2027-03-30"))
    assert not (day.parent / "31/_1").exists(), "the other day of the same events is not full"
    office.publish(*(event(f"d{n}", "2027-03-30", "2027-03-31") for n in range(SPLIT + 1, 2 * SPLIT + 60)))
    assert TITLE not in (day / "index.html").read_text()
    assert (day / "index.html").read_text().count('<h2 class="row-title">') == 3
    assert [events_on(day / f"_{n}/index.html") for n in (1, 2, 3)] == [SPLIT, SPLIT, 60]
    assert events_on(day.parent / "31/_3/index.html") == 59
    assert max(page.stat().st_size for page in (office.site / "en/by/agenda").rglob("index.html")) <= MOST_BYTES

    office.baking = False
    office.publish(event("d0", "2027-03-30", state="removed"), event("d150", "2027-04-02"))
    assert {"2027/03/30/_1/", "2027/03/30/_2/", "2027/03/31/_2/", "2027/04/"} <= sheets(office)
    assert events_on(day / "_1/index.html") == SPLIT - 1, "what goes moves nothing to another page"
    assert events_on(day / "_2/index.html") == SPLIT - 1
    office.publish(event("d150", "2027-03-30"), *(event(f"m{n}", "2027-03-30") for n in range(41)))
    assert "2027/03/30/_3/" in sheets(office)
    assert events_on(day / "_2/index.html") == SPLIT, "it comes back to where it stood"
    assert 'href="/en/by/agenda/2027/03/30/_4/"' in (day / "_3/index.html").read_text()
    assert 'href="/en/by/agenda/2027/03/30/_1/"' not in (day / "_3/index.html").read_text(), "only those near"

    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    report = verify_site("site", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    assert not report.findings
    (day / "_2/index.html").write_text((day / "_1/index.html").read_text())
    report = verify_site("site", lambda: FolderReader(office.record), lambda: FolderSite(office.site.resolve()))
    assert any("2027-03-30-2 has not" in one.what for one in report.findings)


def events_on(page: Path) -> int:
    return page.read_text().count("data-until")
