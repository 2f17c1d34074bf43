"""Pages of what changed and of two languages are held against the editions: true ones pass, a touched word is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communique.record.reader_folder import FolderReader
from communique.verify.site.pages import verify_site
from communique.verify.site.places import FolderSite
from offices import make_office
from press.talks import FERRY, TALK, publish_talks

SECOND, THIRD, TEXT = f"{TALK}editions/2/changes/", f"{TALK}editions/3/changes/", f"{FERRY}editions/2/changes/"
BESIDE = f"{TALK}beside/ar/"
STRUCK, ADDED = '<span class="unseen">struck: </span>', '<span class="unseen">added: </span>'


@pytest.fixture(scope="module")
def true_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = make_office(tmp_path_factory.mktemp("beside"), ("en", "ar"))
    publish_talks(office)
    return office.public


def findings(public: Path) -> list[str]:
    site = (public / "site").resolve()
    report = verify_site(str(public), lambda: FolderReader(public / "record"), lambda: FolderSite(site))
    return [f"{one.check}: {one.where}: {one.what}" for one in report.findings]


def test_true_pages_are_true(true_site: Path) -> None:
    assert findings(true_site) == []


TOUCHED = [
    (SECOND, f"{STRUCK}12", f"{STRUCK}20"),
    (SECOND, f"{ADDED}2</ins>", f"{ADDED}3</ins>"),
    (SECOND, f"<del>{STRUCK}12</del>", ""),
    (SECOND, f"<del>{STRUCK}12</del>", "12"),
    (SECOND, f"<ins>{ADDED}2</ins>", f"<del>{STRUCK}2</del>"),
    (SECOND, "<p>That is all.</p>", ""),
    (SECOND, "everybody who is at sea", "nobody"),
    (SECOND, "It is 2 April.", "It is 3 April."),
    (SECOND, "Places changed: 3", "Places changed: 0"),
    (SECOND, "Turns changed: 1 of 8", "Turns changed: 0 of 8"),
    (SECOND, "Unchanged turns: 2.", "Unchanged turns: 3."),
    (SECOND, 'data-before="t4"', 'data-before="t3"'),
    (SECOND, "stood in edition\u00a01", "stood in edition\u00a02"),
    (SECOND, 'content="noindex"', 'content="all"'),
    (SECOND, "<title>What changed", "<title>Nothing changed"),
    (THIRD, "it followed turn\u00a07", "it followed turn\u00a05"),
    (THIRD, "its words go on in turn\u00a09", "its words go on in turn\u00a010"),
    (THIRD, '<p class="change-said">This turn was taken out.</p>', ""),
    (THIRD, f"<del>{STRUCK}A last word", f"<del>{STRUCK}No word"),
    (THIRD, "It sails from the first", "It sails from the last"),
    (THIRD, "at the quay from Thursday", "at the quay from Friday"),
    (THIRD, 'data-before="t1 t2" data-after="t1"', 'data-before="t1" data-after="t1"'),
    (THIRD, f"<del>{STRUCK} to Harbour Hour</del>", ""),
    (TEXT, f"{ADDED}10:00", f"{ADDED}11:00"),
    (TEXT, f"<ins>{ADDED}other</ins>", f"<ins>{ADDED}third</ins>"),
    (TEXT, f"<ins>{ADDED}night</ins>", f"<ins>{ADDED}dawn</ins>"),
    (TEXT, "2 March 2026</ins>", "3 March 2026</ins>"),
    (TEXT, "<li>Come early</li>", "<li>Come late</li>"),
    (TEXT, 'data-count="1"', 'data-count="2"'),
    (BESIDE, "Will the second round", "Will the third round"),
    (BESIDE, "هذا كل شيء", "هذا بعض الشيء"),
    (BESIDE, "This is the original text.", "This is a translation."),
    (BESIDE, "ترجمة غير رسمية", "هذا هو النص الأصلي"),
    (BESIDE, "وهذه الترجمة أقدم منه", "وهذه الترجمة أحدث منه"),
    (BESIDE, "Not in this language.", "Here it is."),
    (BESIDE, 'lang="ar" dir="rtl"', 'lang="ar" dir="ltr"'),
    (BESIDE, "editions/3/", "editions/2/"),
    (BESIDE, "editions/1/#t3", "editions/1/#t4"),
    (BESIDE, ">Quote<", ">Misquote<"),
    (BESIDE, 'aria-label="Quote 3"', 'aria-label="Quote 4"'),
    (BESIDE, 'rel="canonical" href="https://', 'rel="canonical" href="https://evil.'),
    (BESIDE, ">Petra Halvane<", ">Ada Wick<"),
    (TALK, ">side by side<", ">side with side<"),
    (TALK, f"/{SECOND}", f"/{THIRD}"),
]


@pytest.fixture(scope="module")
def public(true_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site that tests damage and mend."""
    copy = tmp_path_factory.mktemp("damaged") / "public"
    shutil.copytree(true_site, copy, symlinks=True)
    return copy


@pytest.mark.parametrize(("path", "old", "new"), TOUCHED)
def test_a_touched_word_is_found(public: Path, path: str, old: str, new: str) -> None:
    file = public / "site" / path / "index.html"
    text = file.read_text("utf-8")
    assert old in text, f"{path} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    found = findings(public)
    file.write_text(text, "utf-8")
    assert any(path in one for one in found), found


@pytest.mark.parametrize("path", [SECOND, BESIDE])
def test_a_missing_page_is_found(public: Path, path: str) -> None:
    file = public / "site" / path / "index.html"
    data = file.read_bytes()
    file.unlink()
    found = findings(public)
    file.write_bytes(data)
    assert any(path in one for one in found), found


@pytest.mark.parametrize("path", [f"{TALK}editions/1/changes/", f"{TALK}beside/fr/", f"ar/{BESIDE[3:]}"])
def test_a_page_of_no_edition_is_found(public: Path, path: str) -> None:
    file = public / "site" / path / "index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes((public / "site" / SECOND / "index.html").read_bytes())
    found = findings(public)
    shutil.rmtree(file.parent)
    assert any(path in one for one in found), found
