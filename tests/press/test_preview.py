"""What an office is shown before it publishes is what readers are shown afterwards."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import lxml.html
import pytest

from communique.edition import EditionError
from communique.press.carved import Carved, Wanted
from communique.press.preview import PreviewDraft, preview
from communique.record.models import LoggedEntry
from communique.record.release import Draft, Published
from histories import LANGUAGES, History
from offices import Office, id_of, make_office, message, piece

PICTURE = b"\x89PNG of a harbour nobody has seen yet"


def catalogue_of(office: Office) -> Path:
    return office.folder / "press.sqlite3"


def before(office: Office, *release: Draft, front: bool = True, as_public: bool = True) -> dict[str, bytes]:
    """What the office is shown of a release that it would publish now, with the salts that it will have."""
    at = office.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    drafts = [PreviewDraft(d.id, d.kind, d.content, at, d.dated, d.erase) for d in release]
    return preview(
        office.reader, catalogue_of(office), drafts, front=front, as_public=as_public, salts=office.publisher.fresh_salt
    )


def differing(office: Office, shown: dict[str, bytes]) -> list[str]:
    """The shown paths at which the live site has other bytes or none."""
    live = office.site
    return [path for path, data in shown.items() if not (live / path).is_file() or (live / path).read_bytes() != data]


class Foreseeing(Office):
    """An office that looks at everything before it publishes it."""

    shown = 0

    def publish(self, *release: Draft) -> list[Published]:
        foreseen = before(self, *release) if (self.folder / "press.sqlite3").exists() else {}
        published = super().publish(*release)
        assert differing(self, foreseen) == [], [draft.kind for draft in release]
        self.shown += len(foreseen)
        return published


@pytest.mark.parametrize("seed", [6])
def test_whatever_happens_to_messages_is_shown_beforehand_byte_for_byte(
    tmp_path: Path, seed: int, full_numbers: bool
) -> None:
    whole = make_office(tmp_path, LANGUAGES)
    office = Foreseeing(whole.folder, whole.origin, whole.at)
    steps = {step.split()[0] for step in History(office, seed).play(60 if full_numbers else 8)}
    assert office.shown > 500
    assert steps >= {"publish", "correct", "withdraw", "erase"}


@pytest.mark.parametrize(
    ("key", "content", "first"),
    [
        ("notice", piece("notice", text={"en": "The office is closed on Monday."}), "en/index.html"),
        ("office", piece("office", name={"en": "Mission of Orsemund"}, languages=["en"], zone="Europe/London",
                         dates="d MMMM y", colour="#7a1f2b"), "en/index.html"),
        ("person", piece("person", name={"en": "Oriel T. Tavenmark"}, address="oriel-tavenmark"),
         "en/people/oriel-tavenmark/index.html"),
        ("crisis", piece("crisis", title={"en": "Storm"}, blocks={"en": ["Stay in."]}), "crisis/en/index.html"),
        ("moved", piece("redirect", **{"from": "old/place", "to": "en/all"}), "old/place/index.html"),
    ],
)  # fmt: skip
def test_a_piece_of_furniture_is_shown_where_readers_will_meet_it(
    tmp_path: Path, key: str, content: dict[str, object], first: str
) -> None:
    office = make_office(tmp_path)
    speakers = [{"name": "Oriel Tavenmark", "person": id_of("person")}]
    office.publish(Draft(id_of("a"), "publish", message("a", speakers=speakers)))
    draft = Draft(id_of(key), "furniture", content)
    shown = before(office, draft, front=False)
    assert next(iter(shown)) == first
    assert {"en/index.html", "en/statements/2026/03/03/a/index.html"} <= shown.keys()
    assert differing(office, shown) != []
    office.publish(draft)
    assert differing(office, shown) == []


def test_languages_of_one_release_link_each_other_and_a_taken_address_is_numbered(tmp_path: Path) -> None:
    office = make_office(tmp_path, ("en", "fr"))
    office.publish(Draft(id_of("other"), "publish", message("ferry")))
    release = [
        Draft(id_of("one"), "publish", message("ferry", message=id_of("both"), pictures=[picture()])),
        Draft(id_of("two"), "publish", message("bac", language="fr", original="en", message=id_of("both"))),
    ]
    shown = before(office, *release)
    assert next(iter(shown)) == "en/statements/2026/03/03/ferry-2/index.html"
    assert b'href="/fr/statements/2026/03/03/bac/"' in shown["en/statements/2026/03/03/ferry-2/index.html"]
    assert [data for path, data in shown.items() if path.startswith("files/")] == [PICTURE]
    office.publish(*release)
    assert differing(office, shown) == []


@pytest.mark.parametrize("state", ["behind", "missing", "of another record"])
def test_a_catalogue_that_is_of_no_use_yet_changes_nothing_of_what_is_shown(tmp_path: Path, state: str) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    office.baking = False
    office.publish(Draft(id_of("a"), "correct", message("a", "It sails at ten.", note="The hour was wrong.")))
    if state == "missing":
        catalogue_of(office).unlink()
    if state == "of another record":
        other = make_office(tmp_path / "other")
        catalogue_of(other).replace(catalogue_of(office))
    draft = Draft(id_of("a"), "withdraw", message("a", state="withdrawn", notice="Not so."))
    shown = before(office, draft)
    office.baking = True
    office.publish(draft)
    assert differing(office, shown) == []
    assert "en/statements/2026/03/03/a/editions/3/index.html" in shown


def test_a_preview_leaves_nothing_behind(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    secret = "The treaty is signed on Thursday."
    office.publish(Draft(id_of("a"), "publish", message("a")))
    stood = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    drafts = [Draft(id_of("b"), "publish", message("b", secret, pictures=[picture()]))]
    assert any(secret.encode() in data for data in before(office, *drafts).values())
    with pytest.raises(EditionError, match="title: is 7, expected text"):
        before(office, *drafts, Draft(id_of("c"), "publish", {**message("c"), "title": 7}))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == stood


def test_what_is_copied_of_the_catalogue_is_no_more_in_a_larger_archive(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    copied = []
    for size in (40, 90):
        publish_many(office, size)
        with closing(Carved(catalogue_of(office), office.reader, Wanted({id_of("m1")}))) as carved:
            copied.append(len(list(carved.sheets())))
            assert carved.message(id_of("m1")) is not None
    assert copied[0] == copied[1] > 30


def publish_many(office: Office, size: int) -> None:
    """Messages m1 to m`size`, a day apart, where they are not there yet."""
    day = office.at.date()
    imported = [
        Draft(id_of(f"m{n}"), "import", message(f"m{n}"), dated=(day - timedelta(days=n)).isoformat())
        for n in range(1, size + 1)
        if LoggedEntry.objects.filter(log__origin=office.origin, ident=id_of(f"m{n}")).count() == 0
    ]
    office.publish(*imported)


def picture() -> dict[str, object]:
    return {"file": PICTURE, "media": "image/png", "alternative": "A harbour"}


@pytest.mark.parametrize(
    ("language", "facts", "record"),
    [
        ("en", "First published Not published yet", "This text is not published yet and has no entry"),
        ("fr", "Première publication Pas encore publié", "n’a pas d’inscription au registre public"),
        ("ar", "نُشر أول مرة لم يُنشر بعد", "وليس له قيد في السجل العام"),
    ],
)
def test_what_is_not_published_says_so_where_its_instant_and_its_entry_would_stand(
    tmp_path: Path, language: str, facts: str, record: str
) -> None:
    office = make_office(tmp_path, (language,))
    draft = Draft(id_of("a"), "publish", message("a", language=language))
    page = words_of(next(iter(before(office, draft, as_public=False).values())))
    assert facts in page
    assert record in page
    office.publish(draft)
    public = words_of((office.site / f"{language}/statements/2026/03/03/a/index.html").read_bytes())
    assert facts.split()[0] in public
    assert facts not in public
    assert record not in public


def test_a_correction_that_is_not_published_keeps_when_its_text_was(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    draft = Draft(id_of("a"), "correct", message("a", "It sails at ten.", note="The hour was wrong."))
    shown = before(office, draft, as_public=False)
    page = words_of(shown["en/statements/2026/03/03/a/index.html"])
    assert "First published 3 March 2026, 09:01" in page
    assert "Last changed Not published yet" in page
    assert "Edition 2 Not published yet The hour was wrong." in page
    assert "Edition 2 · correction · Not published yet" in page
    assert "has no entry in the public record" in page
    assert "Entry " not in page


def words_of(page: bytes) -> str:
    """The visible words of a page, blanks taken together."""
    body = lxml.html.document_fromstring(page.decode()).body
    for hidden in body.xpath("//*[@aria-hidden] | //script"):
        hidden.drop_tree()
    for unbroken in body.xpath('//span[@class="unbroken"]'):
        unbroken.drop_tag()
    return " ".join(" ".join(body.itertext()).replace("\u00a0", " ").split())
