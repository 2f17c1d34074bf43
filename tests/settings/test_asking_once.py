"""An import that follows addresses and was stopped does not ask again for what it had; one that ended asks anew."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pytest

from breaking.commands import communique
from cli.test_import_archive import SAID, page
from communique.importing.errors import ImportingError
from communique.importing.following import Follower
from communique.importing.raw import Raw
from communique.settings import moving_in
from communique.settings.again import Mode
from communique.settings.journal import forget_page
from communique.settings.landing import Landed
from communique.settings.moving_in import Batch, Told, Wishes
from communique.settings.office import open_installation
from importing.test_following import site, sitemap

PAGES = {
    f"/{n}.html": page(
        f"/{n}.html", f"Matter {n} of the harbour", f"{n} January 2004", [f"{said} {n}." for said in SAID[n]]
    )
    for n in (1, 2, 3)
}


class Stopped(Exception):
    """Somebody pulled the plug."""


def test_what_was_asked_for_before_a_stop_is_not_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    assert communique("init", home, "--office", "Embassy", "--languages", "en").returncode == 0
    installation = open_installation(home)
    monkeypatch.setattr(moving_in, "AT_LEAST_EACH_S", 0.0)
    defaults = Follower.__init__.__defaults__
    assert defaults is not None
    monkeypatch.setattr(Follower.__init__, "__defaults__", (defaults[0], lambda _s: None, *defaults[2:]))

    def run(root: str, stop_at: int = 0, mode: Mode = "skip") -> list[Landed | ImportingError]:
        said: list[Landed | ImportingError] = []

        def told(what: str, count: int, _share: float | None) -> None:
            if what == "pages" and count == stop_at:
                raise Stopped

        wishes = Wishes(mode, captured="2024-06-01")
        batch = Batch(installation, [f"{root}/sitemap.xml"], installation.publisher.publish, wishes, told, said.append)
        batch.run(io.BytesIO()).close()
        return said

    with site() as (root, asked, answers):
        answers["/sitemap.xml"] = (200, {}, sitemap(*(f"{root}{path}" for path in PAGES)))
        answers |= {path: (200, {"Content-Type": one.media}, one.data) for path, one in PAGES.items()}
        with pytest.raises(Stopped):
            run(root, stop_at=3)
        assert [asked.count(path) for path in PAGES] == [1, 1, 1]
        said = run(root)
        assert [asked.count(path) for path in PAGES] == [1, 1, 2], "the third was on its way"
        assert [one.outcome for one in said if isinstance(one, Landed)] == ["new"] * 3
        size = installation.reader.size()
        run(root)
        assert [asked.count(path) for path in PAGES] == [2, 2, 3], "what is there now may be another"
        assert installation.reader.size() == size
        answers["/1.html"] = (200, {}, PAGES["/1.html"].data.replace(b"Matter 1", b"The first matter"))
        with pytest.raises(Stopped):
            run(root, stop_at=3, mode="replace")
        said = run(root, mode="replace")
        outcomes = [one.outcome for one in said if isinstance(one, Landed)]
        assert outcomes == ["next", "already", "already"], "what changed before the stop is not forgotten"


def test_a_batch_whose_journal_the_law_took_stops_with_a_sentence_and_reads_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert communique("init", home, "--office", "Embassy", "--languages", "en").returncode == 0
    folder = tmp_path / "pages"
    folder.mkdir()
    for path, one in PAGES.items():
        (folder / path[1:]).write_bytes(one.data)
    installation = open_installation(home)
    first = sha256((folder / "1.html").read_bytes()).hexdigest()

    def told(what: str, _count: int, _share: float | None) -> None:
        if what == "messages":
            forget_page(home / "imports", first)

    def run(told: Told) -> list[Landed | ImportingError]:
        said: list[Landed | ImportingError] = []
        wishes = Wishes(captured="2024-06-01")
        batch = Batch(installation, [str(folder)], installation.publisher.publish, wishes, told, said.append)
        batch.run(io.BytesIO()).close()
        return said

    with pytest.raises(ImportingError, match=r"the law took words of one of its pages.*give the same command again"):
        run(told)
    assert list((home / "imports").iterdir()) == []
    outcomes = [one.outcome for one in run(lambda *_: None) if isinstance(one, Landed)]
    assert len(outcomes) == 3
    assert "refused" not in outcomes


def test_a_page_that_is_known_is_neither_asked_for_nor_are_its_robots() -> None:
    with site() as (root, asked, _answers):
        known = Raw("a", f"{root}/a", b"<p>Known.</p>", f"{root}/a")
        follower = Follower(root, known=lambda address: known if address == known.name else None)
        assert list(follower.pages([f"{root}/a"])) == [known]
    assert asked == []
