"""Nothing of what is to come is public before its instant: not a byte, a name, an answer or a header.

Two installations begin as copies of one. Both live through the same public history. In one of them the desk is busy
besides: drafts, uploads, previews, clearances, releases scheduled for an instant, embargo links given and opened,
rounds of the worker, restarts. Until that instant their public folders and the answers of their servers are the same.
At the instant the quiet one publishes what the busy one had scheduled, and they are the same again: nothing but the
release had made them differ.

A file's time of change, which Last-Modified tells, is that of the real clock, on which the two live one after another.
So it is compared which files a step has written at all, be it with the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from communique.newsroom.alarms import raise_alarms
from communique.newsroom.chance import fresh_name
from communique.newsroom.given import given, hand_in
from communique.newsroom.links import outside
from communique.newsroom.links.models import Opening
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import Attachment, Clearance, MessagePage, OfficePage, Release
from communique.newsroom.next_edition import next_of
from communique.newsroom.post.delivery import deliver
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.releasing import publish_due, schedule
from communique.newsroom.reminders import remind
from communique.press.reply import Reply, Request
from communique.press.server import Site
from communique.settings.desk import open_desk
from figures import Numbers
from newsroom.newsrooms import SPEECHES, Desk, opened
from newsroom.test_embargo import given as link_given
from newsroom.test_links import outsider

MOMENT = 1_800_000_000
"""one time of change for all files while answers are compared: which of them were written is compared before"""
PUBLIC_ACTS = ("publish", "publish", "update", "withdraw")
QUIET_ACTS = ("restart", *5 * ("round",))
HIDDEN_ACTS = ("draft", "upload", "preview", "change", "schedule", "embargo", "round", "restart", "cancel")

Report = Callable[[str, str, Numbers], None]
Snapshot = dict[str, str]
Written = dict[str, tuple[int, int]]
"""name of a file -> its inode and time of change"""


@dataclass
class Living:
    """One of the two installations, living through a history."""

    desk: Desk
    instant: datetime
    public: list[str] = field(default_factory=list)
    """titles that are on the record"""
    drafts: list[str] = field(default_factory=list)
    scheduled: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """addresses of what journalists were given"""

    def open(self) -> None:
        """Start it again. Salts come from the id that asks, so that the two can be compared at all."""
        self.desk.installation = open_desk(self.desk.home, clock=self.desk.now)
        hand_in(replace(given(), publisher=replace(given().publisher, fresh_salt=salt_of)))

    def page(self, title: str) -> MessagePage:
        return MessagePage.objects.get(title=title)

    def write(self, title: str, picture: bool = False) -> MessagePage:
        """A message whose ids come from its title."""
        page = MessagePage(
            title=title,
            ident=id_of(f"ident {title}"),
            message=id_of(f"message {title}"),
            kind="statement",
            language="en",
            original="en",
            section=SPEECHES,
            words={"blocks": [f"What {title} says."], "next": 1},
            live=False,
            owner=self.desk.user("wenna"),
        )
        OfficePage.objects.get().add_child(instance=page)
        if picture:
            self.attach(page)
        return page

    def attach(self, page: MessagePage) -> None:
        data, smaller = picture_of(page.title), picture_of(f"smaller {page.title}")
        name = PrivateFiles().save(fresh_name(), ContentFile(smaller))
        file = {"private": name, "sha256": sha256(smaller).hexdigest()}
        Attachment.objects.create(
            page=page,
            shown={"file": file, "media": "image/png", "width": 1, "height": 1},
            upload=ContentFile(data, "any.png"),
            media="image/png",
            sha256=sha256(data).hexdigest(),
            width=1,
            height=1,
            alternative="A square.",
        )

    def release(self, title: str, at: datetime) -> None:
        """Have it cleared by another, and scheduled."""
        page = self.page(title)
        Clearance.objects.create(
            page_id=page.pk, digest=next_of(page).digest, by=self.desk.user("osk"), at=self.desk.now()
        )
        schedule([page], at, self.desk.user("pell"))

    # ------------------------------------------------------------------ what happens in both

    def publish(self, title: str, chance: random.Random) -> None:
        self.write(title, picture=chance.random() < 0.3)
        self.release(title, self.desk.now())
        publish_due()
        self.public.append(title)

    def again(self, act: str, chance: random.Random) -> None:
        """An update or a withdrawal of something that is public."""
        title = chance.choice(self.public)
        page = self.page(title)
        page.act, page.note = act, f"Because of {self.desk.now():%H:%M}."
        page.words = {"blocks": [f"What {title} says at {self.desk.now():%H:%M}."], "next": 1}
        page.save()
        self.release(title, self.desk.now())
        publish_due()
        if act == "withdraw":
            self.public.remove(title)

    # ------------------------------------------------------------------ what happens in the busy one alone

    def hidden(self, act: str, chance: random.Random) -> None:
        title = f"Hidden {len(self.drafts)}"
        if act == "draft" or (not self.drafts and act in ("upload", "preview", "change")):
            self.write(title).save_revision(user=self.desk.user("wenna"))
            self.drafts.append(title)
        elif act == "schedule" or (act == "embargo" and not self.scheduled):
            title = f"To come {len(self.scheduled)}"
            self.write(title, picture=True)
            self.release(title, self.instant)
            self.scheduled.append(title)
        elif act == "embargo":
            self.embargo(Release.objects.get(items__ident=id_of(f"ident {chance.choice(self.scheduled)}")))
        elif act == "cancel":
            self.cancelled(f"Never {Release.objects.count()}")
        elif act in ("round", "restart"):
            self.quiet(act)
        else:
            self.at_draft(act, self.page(chance.choice(self.drafts)))

    def embargo(self, release: Release) -> None:
        """A journalist has it before its instant, and reads it."""
        outside.PACE = Pace()
        self.links.append(link_given(self.desk, release, f"Marit{len(self.links)} Oskeld"))
        answer = outsider().get(self.links[-1])
        assert answer.status_code == 200

    def cancelled(self, title: str) -> None:
        """Scheduled, and cancelled before its instant."""
        self.write(title, picture=True)
        self.release(title, self.instant)
        Release.objects.filter(items__ident=id_of(f"ident {title}")).update(state=Release.State.CANCELLED)

    def at_draft(self, act: str, page: MessagePage) -> None:
        if act == "upload":
            self.attach(page)
        elif act == "preview":
            answer = self.desk.client("wenna").get(f"/messages/{page.pk}/preview/")
            assert answer.status_code == 200
        else:
            page.words = {"blocks": ["Other words."], "next": 1}
            page.save_revision(user=self.desk.user("wenna"))

    def quiet(self, act: str) -> None:
        """What a worker does all day, and a start."""
        if act == "restart":
            self.open()
            given().catch_up()
            return
        for duty in (publish_due, raise_alarms, remind, deliver):
            duty()
        given().catch_up()


def salt_of(ident: str, number: int) -> bytes:
    return sha256(f"salt of {ident}: {number}".encode()).digest()


def id_of(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]


def picture_of(words: str) -> bytes:
    """A PNG of one dot, whose colour is the words'."""
    dot = b"\0" + sha256(words.encode()).digest()[:3]

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(dot)) + chunk(b"IEND", b"")


def written(public: Path) -> Written:
    """When each file of a folder was written."""
    facts = {path: path.lstat() for path in public.rglob("*") if path.is_file() or path.is_symlink()}
    return {path.relative_to(public).as_posix(): (one.st_ino, one.st_mtime_ns) for path, one in facts.items()}


def snapshot(public: Path, before: Written) -> Snapshot:
    """Every name of a folder with what is behind it, and whether it was written since `before`."""
    now = written(public)
    return {
        name: f"{what}, written" if now.get(name) != before.get(name) else what for name, what in held(public).items()
    }


def held(public: Path) -> Snapshot:
    """Every name of a folder with what is behind it."""
    found: Snapshot = {}
    for path in sorted(public.rglob("*")):
        name = path.relative_to(public).as_posix()
        if path.is_symlink():
            found[name] = f"to {os.readlink(path)}"
        else:
            found[name] = sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


def answers(public: Path, asked: list[str]) -> dict[str, tuple[Any, ...]]:
    """What the server says to each request: status, headers, bytes."""
    for path in public.rglob("*"):
        os.utime(path, (MOMENT, MOMENT), follow_symlinks=False)
    site = Site(str(public), lambda: MOMENT + 3600.0, lambda: 0.0)
    encodings: tuple[dict[str, str], ...] = ({}, {"accept-encoding": "br"}, {"accept-language": "fr"})

    async def ask() -> Iterator[tuple[str, Reply]]:
        asks = [(path, headers) for path in asked for headers in encodings]
        return iter([(f"{p} {h}", await site.answer(Request("GET", p, "", h.get))) for p, h in asks])

    return {name: (r.status, sorted(r.headers), r.body, Path(r.file).name) for name, r in asyncio.run(ask())}


def addresses(taken: Snapshot, living: Living) -> list[str]:
    """Everything that is there, and everything that somebody might guess of what is not."""
    names = [name for name in taken if taken[name] != "folder" and not name.startswith("site/")]
    pages = [f"/{name.partition('/')[2].partition('/')[2]}" for name in names if name.startswith("builds/")]
    record = [f"/{name}" for name in names if name.startswith("record/")]
    hidden = [f"/en/speeches/{living.instant:%Y/%m/%d}/{title.lower().replace(' ', '-')}/" for title in GUESSED]
    private = [f"/private/{file.name}" for file in (living.desk.home / "private").rglob("*")]
    return ["/", "/messages/5/", "/links/", *living.links, *pages, *record, *hidden, *private]


GUESSED = [f"{word} {number}" for word in ("Hidden", "To come", "Never") for number in range(4)]


def lived(home: Path, seed: int, busy: bool) -> Iterator[tuple[Living, Snapshot]]:
    """The same history in a quiet or a busy installation, and what its public folder holds after each public act."""
    public_chance, other = random.Random(f"public {seed}"), random.Random(f"other {seed} {busy}")
    desk = opened(home)
    living = Living(desk, desk.now() + timedelta(hours=9))
    living.open()
    for step in range(public_chance.randint(2, 4)):
        before = written(desk.home / "public")
        desk.now.at += timedelta(minutes=public_chance.randint(1, 60))
        for _ in range(other.randint(1, 3)):
            act = other.choice(HIDDEN_ACTS if busy else QUIET_ACTS)
            living.hidden(act, other) if busy else living.quiet(act)
        act = public_chance.choice(PUBLIC_ACTS) if living.public else "publish"
        if act == "publish":
            living.publish(f"Public {step}", public_chance)
        else:
            living.again(act, public_chance)
        if busy and step == 0:
            living.hidden("schedule", other)
        yield living, snapshot(desk.home / "public", before)


def compare(folder: Path, seed: int) -> tuple[int, int, int]:
    """One history in both. Returns how many answers were compared, releases waited, and embargo links were opened."""
    busy_living, busy_shots = both(lived(folder / "busy", seed, busy=True))
    public_busy = busy_living.desk.home / "public"
    asked = addresses(busy_shots[-1], busy_living)
    busy_answers, scheduled, openings = answers(public_busy, asked), busy_living.scheduled, Opening.objects.count()
    before = written(public_busy)
    busy_living.desk.now.at = busy_living.instant
    busy_living.quiet("round")
    released = snapshot(public_busy, before)

    living, shots = both(lived(folder / "quiet", seed, busy=False))
    assert shots == busy_shots
    public = living.desk.home / "public"
    assert answers(public, asked) == busy_answers
    before = written(public)
    living.desk.now.at = living.instant
    for title in scheduled:
        living.write(title, picture=True)
        living.release(title, living.instant)
    living.quiet("round")
    assert snapshot(public, before) == released
    assert released != busy_shots[-1]
    return len(asked), len(scheduled), openings


def both(history: Iterator[tuple[Living, Snapshot]]) -> tuple[Living, list[Snapshot]]:
    steps = list(history)
    return steps[-1][0], [shot for _living, shot in steps]


def test_nothing_of_what_is_to_come_is_public_before_its_instant(
    tmp_path: Path, full_numbers: bool, figures: Report
) -> None:
    histories = 200 if full_numbers else 4
    counted = [compare(tmp_path / str(seed), seed) for seed in range(histories)]
    figures(
        "nothing-leaks",
        "Is anything of what is to come public before its instant?",
        {
            "histories, each lived by a quiet and a busy desk": histories,
            "releases that waited": sum(waited for _asked, waited, _opened in counted),
            "openings of embargo links": sum(opened_ for _asked, _waited, opened_ in counted),
            "addresses asked, those that one might guess among them": sum(asked for asked, *_more in counted),
            "bytes, names, answers or headers that differed": 0,
        },
    )


def test_the_comparison_sees_a_leak(tmp_path: Path) -> None:
    """A folder's name is enough, and so is a file that is written again with the bytes that it has."""
    living, _shots = both(lived(tmp_path / "one", 1, busy=False))
    public = living.desk.home / "public"
    before = written(public)
    shot = snapshot(public, before)
    assert not any("written" in what for what in shot.values())
    (public / "site" / "en" / "hidden").mkdir()
    assert snapshot(public, before) != shot
    (public / "site" / "en" / "hidden").rmdir()
    head = public / "record" / "checkpoint"
    head.write_bytes(head.read_bytes())
    assert [name for name, what in snapshot(public, before).items() if what != shot[name]] == ["record/checkpoint"]
