"""Who signs in to the demo's newsroom finds a day in progress, and readers find what they found before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from communique.demo.desk_day import Day, lay_day
from communique.demo.people import COLLEAGUES
from communique.newsroom.given import given
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.post.models import Mail
from communique.settings.desk import open_desk
from made_demo import made_demo
from newsroom.newsrooms import HOST, proofs_of

FOUND = {
    "Liv": ("Short work, I think.", "Words of welcome", "Submitted by me", "Next out, in", "Translations gone stale"),
    "Bram": ("Read and clear", "Réponses de la Consule", "Lines for the telephone", "Next out, in"),
    "Hanna": (
        "Publish or schedule",
        "A second counter",
        "If the ferry cannot sail",
        "one person, nobody has opened it",
    ),
}
NOTHING = {
    "Liv": ("Nothing was returned.", "No drafts.", "Nothing is scheduled.", "Every translation follows its original."),
    "Bram": ("Nothing waits for you.", "Nothing is scheduled."),
    "Hanna": ("Nothing waits for you.", "No drafts.", "Nobody has anything under embargo."),
}


class KilledError(Exception):
    """The process ends here."""


def seen_by(first_name: str) -> str:
    """The desk as one of them sees it."""
    user = get_user_model().objects.get(first_name=first_name)
    client = Client(headers={"host": HOST})
    client.force_login(user)
    session = client.session
    session.update(proofs_of(user, given().clock().timestamp()))
    session.save()
    return " ".join(client.get("/").content.decode().split())


def written(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file below a folder with its size and the instant at which it was written."""
    facts = ((path, path.lstat()) for path in folder.rglob("*"))
    return {path: (one.st_size, one.st_mtime_ns) for path, one in facts}


def test_each_of_the_three_finds_a_day_in_progress_that_is_laid_once_and_that_no_reader_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "demo"
    shutil.copytree(made_demo(), home, symlinks=True)
    open_desk(home)
    before = written(home / "public")

    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as midst:
        midst.setattr(Day, "correction", killed)
        with pytest.raises(KilledError):
            lay_day()
    assert not MessagePage.objects.exists()

    for _again in range(2):
        lay_day()
        assert [MessagePage.objects.count(), Inquiry.objects.count(), Release.objects.count()] == [10, 2, 1]
    for one in COLLEAGUES:
        desk = seen_by(one.first_name)
        assert [words for words in FOUND[one.first_name] if words not in desk] == []
        assert [words for words in NOTHING[one.first_name] if words in desk] == []
    assert not Mail.objects.exists()
    assert written(home / "public") == before
