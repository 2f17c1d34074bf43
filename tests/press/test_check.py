"""The check page says in a reader's browser what `communique quote` says, of the site's files and of a kept file."""

from __future__ import annotations

import random
import re
import sqlite3
from array import array
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from axe import AXE, violations
from browser import chromium, opened
from communique.cli.main import run
from communique.edition.print_files import PrintFile, files_with, part_of
from communique.edition.quoted import prints, said_in
from communique.edition.sentence import Part
from communique.edition.sentence import part_of as part_of_sentence
from communique.press.wording import Wording
from communique.record.checkpoint import cosign_checkpoint, parse_checkpoint
from communique.record.note import COSIGNATURE, parse_verifier_key, signer_key
from communique.record.policy import Log, Policy, format_policy
from communique.record.policy import Witness as Named
from communique.record.proof import derive_proof
from communique.record.reader_folder import FolderReader
from communique.verify.quote.pasted import parse_pasted
from conftest import Report
from offices import Draft, Office, id_of, make_office, message
from public_folder import Public, served
from quotations import (
    CUT,
    DATED,
    DATED_AT,
    DAYS,
    DAYS_AT_ENDS,
    ENDS_OF_TIME,
    OLD,
    PARTS,
    SPEAKER,
    TALKS,
    Case,
    honest,
    hostile,
    interview,
)
from signed_record import WITNESS
from sites import baked_from_copy, differences, files_of

WAIT_MS = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has talked in all languages, and corrected each talk once."""
    made = make_office(tmp_path_factory.mktemp("check"), ("en", "ar"))
    for number, (language, turns) in enumerate(TALKS.items()):
        id_, more = f"talks00000000{number:03d}", {"section": id_of("section")}
        made.publish(Draft(id_, "publish", interview(language, (turns[0], OLD[language], *turns[2:]), **more)))
        corrected = interview(language, turns, note="A number was wrong.", corrects=["t2"], **more)
        made.publish(Draft(id_, "correct", corrected))
    pier = message("pier", "The consulate is closed on Friday, and the pier with it.")
    made.publish(Draft(id_of("pier"), "publish", pier))
    made.publish(Draft(id_of("pier"), "withdraw", {**pier, "state": "withdrawn", "notice": "It stays open."}))
    return made


@pytest.fixture(scope="module")
def site(office: Office) -> Iterator[Public]:
    with served(office.public) as public:
        yield public


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(bypass_csp=False)
    yield made
    made.close()


def address(site: Public, path: str = "check/en/") -> str:
    return f"http://127.0.0.1:{site.port}/{path}"


def verdict(page: Page, text: str) -> str:
    """What the page answers, as its title."""
    page.locator("#check-text").fill(text)
    page.evaluate("document.querySelector('.check-answer').replaceChildren()")
    page.locator(".check-form button[type=submit]").click()
    page.wait_for_selector(".check-answer > *", timeout=WAIT_MS)
    return "\n".join(page.locator(".check-answer > :not(.margin)").all_inner_texts())


def test_the_page_gives_each_of_the_answers(context: BrowserContext, site: Public) -> None:
    page, wrong = opened(context, address(site))
    stands = verdict(page, f"“{TALKS['en'][1]}”")
    assert stands.startswith("Recorded, not yet witnessed")
    assert f"{SPEAKER}, Ambassador" in stands
    assert page.locator(".check-answers [aria-current]").inner_text() == "Recorded, not yet witnessed"
    was = verdict(page, OLD["en"])
    assert was.startswith("Recorded, but corrected on 3 March 2026")
    assert "A number was wrong." in was
    assert page.locator(".check-answer del").first.inner_text().endswith("9")
    assert page.get_by_role("link", name="What changed").count() == 1
    assert verdict(page, "The consulate is closed on Friday, and the pier with it.").startswith(
        "Recorded, but withdrawn on 3 March 2026"
    )
    nearly = verdict(page, TALKS["en"][1].replace("2 April", "3 April"))
    assert nearly.startswith("Not in this record")
    assert "The nearest passage" in nearly
    assert verdict(page, "the map: both sides want the season").startswith("Not in this record")
    assert "not" in page.locator(".check-answer ins").first.inner_text()  # which was cut off
    assert verdict(page, "Nobody in this record has ever said words such as these.").startswith("Not in this record")
    assert verdict(page, "the calendar").startswith("Bring at least six words")
    assert [line for line in wrong if "404" not in line] == []  # a record without witnesses has no policy


def test_the_records_page_shows_its_witnesses_and_its_latest_entries(
    context: BrowserContext, site: Public, office: Office
) -> None:
    head = parse_checkpoint((office.record / "checkpoint").read_bytes())
    key = parse_verifier_key((office.record / "log.vkey").read_text())
    signed = head.with_signatures(cosign_checkpoint(head, WITNESS, 1772528400)).data
    policy = format_policy(Policy((Log(key),), (Named("one", WITNESS.verifier),), (), "one"))
    page, wrong = opened(context, address(site, "record/"))
    assert page.locator(".record-latest li").count() == 0, "nobody asked yet"
    page.locator(".record-latest summary").click()
    expect(page.locator(".record-witnesses dd")).to_have_text("No witness signs this record yet.")
    expect(page.locator(".record-latest li")).to_have_count(min(10, head.size))
    page.route("**/record/policy", lambda route: route.fulfill(body=policy))
    page.route("**/record/checkpoint", lambda route: route.fulfill(body=signed))
    page.goto(address(site, "record/"))
    page.locator(".record-latest summary").click()
    expect(page.locator(".record-witnesses dd")).to_contain_text(f"{WITNESS.verifier.name} · last signed 3 March 2026")
    newest = page.locator(".record-latest li").first
    expect(newest).to_contain_text(f"Entry {head.size - 1}")
    assert page.get_by_text("that the record holds everything").count() == 1
    page.route("**/record/checkpoint", lambda route: route.fulfill(body=signed.replace(b"record\n", b"record\n1", 1)))
    page.goto(address(site, "record/"))
    page.locator(".record-latest summary").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    assert page.locator(".record-latest li:visible, .record-witnesses:visible").count() == 0
    assert [line for line in wrong if "404" not in line] == []


def test_a_witness_at_a_time_that_no_calendar_has_is_said_and_hides_nothing_else(
    context: BrowserContext, site: Public, office: Office
) -> None:
    head = parse_checkpoint((office.record / "checkpoint").read_bytes())
    key = parse_verifier_key((office.record / "log.vkey").read_text())
    other = signer_key("ministry.example/late", bytes([91]) * 32, COSIGNATURE)
    signed = head.with_signatures(cosign_checkpoint(head, WITNESS, 1772528400), cosign_checkpoint(head, other, 2**62))
    named = (Named("one", WITNESS.verifier), Named("two", other.verifier))
    policy = format_policy(Policy((Log(key),), named, (), "one"))
    page, wrong = opened(context, address(site, "record/"))
    page.route("**/record/policy", lambda route: route.fulfill(body=policy))
    page.route("**/record/checkpoint", lambda route: route.fulfill(body=signed.data))
    page.locator(".record-latest summary").click()
    expect(page.locator(".record-latest li")).to_have_count(min(10, head.size))
    told = page.locator(".record-witnesses dd .witness")
    expect(told.nth(0)).to_contain_text("last signed 3 March 2026")
    expect(told.nth(1)).to_contain_text(f"{other.name} · signed, with a time that is in no calendar")
    assert wrong == []


def test_the_page_and_the_kept_file_say_what_they_do_not_look_through(context: BrowserContext, site: Public) -> None:
    for tag in ("en", "ar"):
        said = Wording(tag).label("check_not_sought")
        for path in (f"check/{tag}/", f"check/{tag}/communique-check.html"):
            assert said in context.request.get(address(site, path)).text()
    assert "alternative texts of pictures, occasions, and furniture" in Wording("en").label("check_not_sought")


def test_without_scripts_the_page_says_so_and_its_button_takes_no_words_away(browser: Browser, site: Public) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, _ = opened(context, address(site))
    page.locator("textarea").fill("These words are not to be lost, whatever the page can do.")
    assert page.locator("form button").is_disabled()
    assert "no scripts run here" in page.locator(".check-form").inner_text()
    context.close()


def test_a_copied_quotation_leads_to_its_message_by_its_address(context: BrowserContext, site: Public) -> None:
    page, _ = opened(context, address(site))
    below = (
        "— Oriel Tavenmark, Ambassador, Tessmark\nhttps://embassy.example/en/interviews/2026/03/03/talks/editions/2/#t2"
    )
    assert verdict(page, f"“the calendar, not the map”\n{below}").startswith("Recorded, not yet witnessed")
    assert verdict(page, f"“the calendar, not the maps”\n{below}").startswith("Not in this record")
    other = below.replace("Oriel Tavenmark", "Petra Halvane")
    assert "not as said by the one whom you name" in verdict(page, f"“the calendar, not the map”\n{other}")
    asked = below.replace("#t2", "#t1")
    assert "not as said by the one whom you name" in verdict(page, f"“{TALKS['en'][0]}”\n{asked}")
    assert "Question\nPetra Halvane" in verdict(page, TALKS["en"][0])


def test_a_changed_edition_or_tile_is_refused(context: BrowserContext, site: Public, office: Office) -> None:
    page, _ = opened(context, address(site))
    entry = next(
        one for one in office.reader.entries(0, office.reader.size()) if one.id == "talks00000000000" and one.seq == 2
    )

    def changed(route: Any) -> None:
        body = route.fetch().body()
        route.fulfill(body=body.replace(b"calendar", b"calender") if b"calendar" in body else bytes(len(body)))

    page.route(f"**/record/editions/{entry.body}", changed)
    assert "words that are not those of their part" in verdict(page, TALKS["en"][1])
    page.unroute_all()
    page.route("**/record/tile/0/**", changed)
    assert verdict(page, TALKS["en"][1]).startswith("It could not be checked")
    page.unroute_all()

    def hidden(route: Any) -> None:
        route.fulfill(body=route.fetch().body().replace(entry.data, entry.data.replace(b'"id":"talks', b'"id":"other')))

    def listed(route: Any) -> None:
        found = route.fetch().json()
        route.fulfill(json={**found, "editions": found["editions"][:1]})

    page.route("**/record/tile/entries/**", hidden)
    page.route("**/talks/message.json", listed)
    assert "has other entries in" in verdict(page, OLD["en"])
    page.unroute_all()
    page.route("**/record/checkpoint", lambda route: route.fulfill(body=route.fetch().body()[:-8] + b"AAAAAA==\n"))
    assert verdict(page, TALKS["en"][1]).startswith("It could not be checked")


def test_few_files_are_asked_for_and_none_elsewhere(context: BrowserContext, site: Public) -> None:
    page, _ = opened(context, address(site))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert verdict(page, TALKS["en"][1]).startswith("Recorded")
    assert all(url.startswith(address(site, "")) for url in asked)
    assert len(asked) <= 20


def test_the_prints_are_the_same_in_both_languages(context: BrowserContext, site: Public) -> None:
    page, _ = opened(context, address(site))
    for turns in TALKS.values():
        for text in turns:
            found = page.evaluate("(text) => quotes.printsOf(quotes.plain(text).text)", text)
            assert sorted(found) == prints([text])


def test_words_are_found_in_parts_of_whole_blocks_and_a_bake_at_once_makes_the_same(
    tmp_path: Path, context: BrowserContext
) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("first"), "publish", message("first", "The first ferry of the season sails at seven.")))
    for n in range(80):
        office.publish(Draft(id_of(f"m{n}"), "publish", message(f"m{n}", f"Notice {n} of the harbour, for all.")))
    office.publish(Draft(id_of("last"), "publish", message("last", "The last ferry of the season sails at nine.")))
    words = {path.relative_to(office.site / "check/words").as_posix() for path in files_in(office.site / "check/words")}
    assert {"64/0/0-0.bin", "16/0/4-0.bin"} <= words, "parts of blocks of 64 and of 16 entries"
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
    with served(office.public) as site:
        page, _ = opened(context, address(site))
        assert verdict(page, "first ferry of the season sails at seven").startswith("Recorded")
        assert verdict(page, "last ferry of the season sails at nine").startswith("Recorded")
        assert verdict(page, "the last ferry of the season sails at ten").startswith("Not in")


def test_both_languages_look_for_a_print_in_the_same_files(context: BrowserContext, site: Public) -> None:
    page, _ = opened(context, address(site))
    chance = random.Random(3)
    sizes = (1, 15, 16, 17, 63, 64, 100, 4096, 5000, 65_535, 1_000_000, 1_048_576, 9_000_000)
    asked = [(chance.getrandbits(30), size) for size in sizes for _ in range(40)]
    found = page.evaluate("(asked) => asked.map(([one, size]) => quotes.filesWith(one, size))", asked)
    for (one, size), files in zip(asked, found, strict=True):
        due = files_with(one, size)
        assert [file["path"] for file in files] == [file.path for file in due]
        assert [file["first"] for file in files] == [file.first for file in due]
        assert [file["start"] for file in files] == [file.start(one) for file in due]


def test_erased_words_leave_no_print(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    secret = "Her name and her street stood here by mistake, it was number seven."
    first = office.publish(Draft(id_of("m"), "publish", message("m", secret)))[0]
    for n in range(70):  # so that parts of blocks of 16 and of 64 entries have it
        office.publish(Draft(id_of(f"m{n}"), "publish", message(f"m{n}", f"Notice {n} of the harbour, for all.")))
    part = next(p for p, salted in office.reader.edition(first).texts.items() if salted.text == secret)
    erased = message("m", secret) | {"blocks": [], "erased": [{"part": part, "seq": 1}], "ground": "By law."}
    assert all(first.index in entries_of(one, office) for one in prints([secret]))
    office.publish(Draft(id_of("m"), "erase", erased))
    assert not any(first.index in entries_of(one, office) for one in prints([secret]))
    for path in files_in(office.site / "check/words"):
        name = path.relative_to(office.site).as_posix()
        part_named = re.fullmatch(r"check/words/(\d+)/\d+/(\d+)-(\d+)\.bin", name)
        file = PrintFile(*map(int, part_named.groups())) if part_named else PrintFile(16, int(path.stem))
        here = {one for one in prints([secret]) if file.part is None or part_of(one, file.size) == file.part}
        assert first.index not in set(file.entries_in(path.read_bytes(), here)), name
    with closing(sqlite3.connect(office.press.catalogue_file)) as database:
        rows = [bytes(row) for (row,) in database.execute("SELECT prints FROM quoted WHERE idx = ?", (first.index,))]
    assert not set(prints([secret])) & {one for row in rows for one in array("I", row)}
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def entries_of(one: int, office: Office) -> list[int]:
    """The entries that have a print, as the site says."""
    files = [(file, office.site / file.path) for file in files_with(one, office.reader.size())]
    return [index for file, path in files if path.exists() for index in file.entries_in(path.read_bytes(), {one})]


def files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix == ".bin"]


# The kept file


def kept(office: Office) -> Path:
    return office.site / "check/en/communique-check.html"


def test_the_kept_file_is_an_attachment_whose_policy_names_its_own_script(office: Office, site: Public) -> None:
    answer = site.get("/check/en/communique-check.html")
    assert answer.headers["content-disposition"] == "attachment"
    text = kept(office).read_text()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    for name in ("script", "style"):
        inside = re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert inside is not None
        assert f"{name}-src 'sha256-{b64encode(sha256(inside[1].encode()).digest()).decode()}'" in policy[1].replace(
            "&#39;", "'"
        ).replace("&#x27;", "'")
    assert "http-equiv" in text
    assert not re.search(r"\bsrc=|<(?!a )[a-z][^>]*\bhref=", text), "nothing is loaded"


def saved(office: Office, folder: Path, seq: int = 2) -> list[Path]:
    """An edition of the English talk with its proof and the key, as files."""
    reader = FolderReader(office.record)
    entry = next(one for one in reader.entries(0, reader.size()) if one.id == "talks00000000000" and one.seq == seq)
    proof = derive_proof(entry.index, reader.checkpoint, reader.subtree(reader.size()), entry.data)
    files = {"talks.edition": reader.read(f"editions/{entry.body}"), "talks.tlog-proof": proof.data}
    files["log.vkey"] = reader.read("log.vkey")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert len(proof.data) <= 4_000
    return [folder / name for name in files]


def test_the_kept_file_checks_a_saved_edition_from_disk_without_a_network(
    context: BrowserContext, office: Office, tmp_path: Path
) -> None:
    context.set_offline(True)
    page, wrong = opened(context, kept(office).as_uri())
    page.locator("#check-files").set_input_files(saved(office, tmp_path))
    assert verdict(page, TALKS["en"][1]).startswith("Recorded, not yet witnessed")
    assert verdict(page, TALKS["en"][1].replace("not the map", "the map")).startswith("Not in this record")
    assert wrong == []
    edition = tmp_path / "talks.edition"
    edition.write_bytes(edition.read_bytes().replace(b"calendar", b"calender"))
    page.locator("#check-files").set_input_files(
        [tmp_path / name for name in ("talks.edition", "talks.tlog-proof", "log.vkey")]
    )
    assert verdict(page, TALKS["en"][1]).startswith("It could not be checked")


def test_the_kept_file_checks_a_record_online(context: BrowserContext, office: Office, site: Public) -> None:
    page, wrong = opened(context, kept(office).as_uri())
    page.locator("#check-office").fill(address(site, "").replace("127.0.0.1", "localhost"))
    assert verdict(page, TALKS["ar"][1]).startswith("Recorded, not yet witnessed")
    assert verdict(page, OLD["fr"]).startswith("Recorded, but corrected on")
    assert [line for line in wrong if "404" not in line] == []


def test_honest_quotations_are_accepted_and_hostile_ones_are_not_in_the_kept_file_offline(
    context: BrowserContext, office: Office, full_numbers: bool, figures: Report
) -> None:
    number = 1000 if full_numbers else 100
    context.set_offline(True)
    page, _ = opened(context, kept(office).as_uri())
    refused = [case for case in honest(9, number) if not said(page, case)]
    let_through = [
        case for case in hostile(9, number) if not case.trick.startswith(("superseded", "false")) and said(page, case)
    ]
    figures(
        "quotations-offline",
        "Are they in a kept file that Chromium opens from disk, without a network?",
        {"honest, accepted": number - len(refused), "hostile, not let through": number - len(let_through)},
    )
    assert refused == []
    assert let_through == []


def test_the_page_takes_the_same_words_for_the_same_as_the_command(context: BrowserContext, office: Office) -> None:
    page, _ = opened(context, kept(office).as_uri())
    found = page.evaluate("rows => rows.map(([text, words]) => quotes.saidIn(text, words) !== null)", [*CUT])
    assert found == [is_said for _, _, is_said in CUT]
    days = page.evaluate(
        "([rows, dated, at]) => rows.map(([source]) => quotes.falseDay(source, dated, at, [dated.title]) ?? null)",
        [[*DAYS], DATED, [*DATED_AT]],
    )
    assert days == [false for _, false in DAYS]
    ends = page.evaluate(
        "([rows, at]) => rows.map(([source]) => quotes.falseDay(source, {}, at, []) ?? null)",
        [[*DAYS_AT_ENDS], [*ENDS_OF_TIME]],
    )
    assert ends == [false for _, false in DAYS_AT_ENDS]
    found = page.evaluate(
        "rows => rows.map(([text, words]) => { const spans = quotes.saidIn(text, words);"
        " return spans ? quotes.partOf(text, spans) : 'not said'; })",
        [*PARTS],
    )
    assert [one["of"] if isinstance(one, dict) else one for one in found] == [whole for _, _, whole in PARTS]
    for (text, words, _), one in zip(PARTS, found, strict=True):
        part = part_of_sentence(text, said_in(text, words) or ((0, len(text)),))
        if isinstance(one, dict):
            assert part == Part(one["first"], one["last"], one["of"] == "question")


def test_words_cut_out_of_a_question_are_called_so_with_all_of_it(context: BrowserContext, site: Public) -> None:
    page, _ = opened(context, address(site))
    title, whole, *_ = verdict(page, "the old one – sail again at 09:30").split("\n")
    assert (title, whole) == ("Recorded, not yet witnessed · part of a question", TALKS["en"][2])
    assert verdict(page, TALKS["en"][2]).split("\n")[0] == "Recorded, not yet witnessed"
    title = verdict(page, "season to begin “when the fish are ready”").split("\n")[0]
    assert title == "Recorded, not yet witnessed · part of a longer sentence"


def said(page: Page, case: Case) -> bool:
    """Whether the words of a case stand in a turn of their talk, by the page's script, which reads them as we do."""
    mine = parse_pasted(case.text)
    found = page.evaluate(
        "([text, turns]) => { const one = quotes.pasted(text);"
        " return one && [one.said.map(({words}) => words), one.turn ?? null,"
        " turns.some((turn) => one.said.every(({words}) => quotes.saidIn(turn, words)))]; }",
        [case.text, list(TALKS[case.language])],
    )
    assert (mine is None) == (found is None)
    if mine is None:
        return False
    assert ([one.words for one in mine.said], mine.turn) == (found[0], found[1])
    return bool(found[2])


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_wrong_with_an_answer(browser: Browser, site: Public, office: Office, language: str) -> None:
    context = browser.new_context(bypass_csp=True)
    for at in (address(site, f"check/{language}/"), kept(office).as_uri().replace("/en/", f"/{language}/")):
        page, _ = opened(context, at)
        if at.startswith("file:"):
            page.locator("#check-office").fill(address(site, "").replace("127.0.0.1", "localhost"))
        verdict(page, OLD[language])
        expect(page.locator(".check-answer h2")).to_be_visible()
        assert violations(page) == []
    context.close()


def test_the_page_says_the_hash_of_the_verifier_as_it_is_served(office: Office) -> None:
    text = (office.site / "check/en/index.html").read_text()
    script = re.search(r'src="/(assets/verifier\.[0-9a-f]+\.js)"', text)
    assert script is not None
    assert sha256((office.site / script[1]).read_bytes()).hexdigest() in text


def test_what_the_page_saves_is_what_communique_verifies(
    context: BrowserContext, office: Office, site: Public, tmp_path: Path
) -> None:
    page, _ = opened(context, address(site))
    verdict(page, TALKS["en"][1])
    files: list[Any] = []
    page.on("download", lambda file: files.append(file))
    page.get_by_role("button", name="Save the edition and its proof").click()
    page.wait_for_timeout(1500)
    for file in files:
        file.save_as(tmp_path / file.suggested_filename)
    key = (office.record / "log.vkey").read_text().strip()
    edition = next(tmp_path.glob("*.edition"))
    assert run(["verify", str(edition), "--key", key]) == 0
