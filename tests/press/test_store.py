"""Public files in an object store: the same objects however they came, in a safe order, by one publisher at a time."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

import brotli
import pytest

from communique.press.follower import Press
from communique.press.store import CHECKPOINT, Memory, Overtaken, Store
from communique.press.store_s3 import S3
from communique.record.errors import Unreachable
from communique.record.models import Log, LoggedEntry, TakenAddress
from communique.record.publishing import NotYetPublic, Publisher
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from histories import LANGUAGES, History
from object_store import Server, objects_of
from offices import Office, furniture, id_of, message, piece
from sites import files_of


@dataclass
class StoredOffice(Office):
    """An office whose public files go to a store."""

    address: str = ""
    name: str = "store"

    @property
    def memory(self) -> Memory:
        return Memory(self.folder / f"{self.name}.sqlite3")

    @property
    def store(self) -> Store:
        press = replace(self.press, noted=self.memory.note)
        return Store(S3(self.address), press, self.memory, self.folder / "store.lock", observe=self.steps.append)

    @property
    def publisher(self) -> Publisher:
        store = self.store
        return replace(super().publisher, followers=(store.press.catch_up, store.catch_up) if self.baking else ())


def stored(folder: Path, server: Server, origin: str, languages: tuple[str, ...] = ("en",)) -> StoredOffice:
    office = StoredOffice(folder, f"{origin}.example/record", address=server.new_place())
    office.publish(*furniture(languages))
    return office


def public_files(office: Office) -> dict[str, bytes]:
    """What a web server would send from the folder."""
    record = {
        f"record/{path.relative_to(office.record).as_posix()}": path.read_bytes()
        for path in office.record.rglob("*")
        if path.is_file()
    }
    return {**files_of(office.site), **record}


def test_entry_by_entry_and_at_once_give_the_same_objects_which_are_the_folders_files(
    tmp_path: Path, server: Server, full_numbers: bool
) -> None:
    office = stored(tmp_path, server, "stored", LANGUAGES)
    for _ in History(office, 3).play(120 if full_numbers else 10):
        pass
    one_by_one = objects_of(office.address)
    assert one_by_one == public_files(office)
    at_once = replace(office, address=server.new_place(), name="at once")
    at_once.store.catch_up()
    lacking = {path for path in one_by_one if ".p/" in path} - set(objects_of(at_once.address))
    assert {path: data for path, data in one_by_one.items() if path not in lacking} == objects_of(at_once.address)
    before = len(office.store.sent)
    office.store.catch_up()
    assert (before, office.store.sent) == (0, [])


def test_objects_have_the_headers_of_the_built_in_server_and_a_brotli_form(tmp_path: Path, server: Server) -> None:
    office = stored(tmp_path, server, "headers")
    office.publish(Draft(id_of("a"), "publish", message("a")))
    bucket, _, prefix = office.address.partition("?")[0].removeprefix("s3://").partition("/")
    address = f"{server.endpoint}/{bucket}/{prefix}"
    style = next(path for path in objects_of(office.address) if path.startswith("assets/") and path.endswith(".css"))
    for path, kind, caching in (
        ("en/index.html", "text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
        (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (CHECKPOINT, "text/plain; charset=utf-8", "public, max-age=0, must-revalidate"),
    ):
        with urllib.request.urlopen(f"{address}/{path}") as answer:  # noqa: S310 - our own server
            assert answer.headers["content-type"] == kind
            assert answer.headers["cache-control"] == caching
            assert answer.headers["content-encoding"] is None
    with urllib.request.urlopen(f"{address}/en/index.html.br") as answer:  # noqa: S310
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert brotli.decompress(answer.read()) == (office.site / "en/index.html").read_bytes()


def test_one_publication_sends_its_own_files_and_lists_nothing(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = stored(tmp_path, server, "bounded")
    sent = []
    for number in range(12):
        key = f"m{number}"
        monkeypatch.setattr(S3, "listed", lambda _self: pytest.fail("the store was listed"))
        publisher = office.publisher
        publisher.publish([Draft(id_of(key), "publish", message(key))])
        sent.append(publisher.followers[1].__self__.sent)
    assert all("record/checkpoint" in one for one in sent)
    assert len(sent[-1]) <= len(sent[3]) + 2
    assert len(sent[-1]) <= 120


def test_pages_come_after_their_proof_and_lists_after_what_they_name(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = stored(tmp_path, server, "ordered")
    office.publish(Draft(id_of("a"), "publish", message("a")))
    sent: list[str] = []
    real = S3.put

    def put(self: S3, path: str, *more: object) -> str:
        sent.append(path)
        return real(self, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(S3, "put", put)
    office.publish(Draft(id_of("b"), "publish", message("b")))
    checkpoint = sent.index(CHECKPOINT)
    assert all(path.startswith("record/") for path in sent[:checkpoint])
    assert any(path.startswith("record/tile/") for path in sent[:checkpoint])
    page = "en/statements/2026/03/03/b/index.html"
    lists = [path for path in sent if path.startswith("en/all/") or path == "en/index.html"]
    assert lists
    assert checkpoint < sent.index(page) < min(sent.index(path) for path in lists)


def test_of_two_publishers_who_go_on_from_one_checkpoint_one_wins_and_the_other_shows_nothing(
    tmp_path: Path, server: Server, full_numbers: bool
) -> None:
    for number in range(50 if full_numbers else 4):
        address = server.new_place()
        sides = forked(tmp_path / str(number), f"twice{number}.example/record", address)
        with ThreadPoolExecutor(2) as pool:
            wins = list(pool.map(brought, sides.values()))
        assert sorted(wins) == [False, True]
        winner, loser = sides if wins[0] else reversed(sides)
        found = objects_of(address)
        assert found[CHECKPOINT] == (sides[winner].press.public / "record" / "checkpoint").read_bytes()
        assert not any(loser in path for path in found)
        assert not any(loser.encode() in data for path, data in found.items() if path.endswith((".html", ".json")))
        assert any(winner in path for path in found)


def forked(folder: Path, origin: str, address: str) -> dict[str, Store]:
    """One key, one beginning, which lies in the store, and then two stories, as two copies of one machine tell them."""
    sides = {}
    beginning = folder / "beginning"
    first = StoredOffice(beginning, origin, address=address)
    first.publish(*furniture())
    for side in ("zqleft", "zqright"):
        for table in (LoggedEntry, TakenAddress):
            table.objects.filter(log__origin=origin).delete()
        Log.objects.filter(origin=origin).delete()
        shutil.copytree(beginning, folder / side, symlinks=True)
        office = Office(folder / side, origin)
        office.publish(Draft(id_of(side), "publish", message(side)))
        memory = Memory(folder / side / "other.sqlite3")
        press = Press(
            partial(FolderReader, office.record), office.public, folder / side / "press.sqlite3", noted=memory.note
        )
        sides[side] = Store(S3(address), press, memory, folder / side / "other.lock")
    return sides


def brought(store: Store) -> bool:
    """Whether this publisher could bring its own to the store."""
    try:
        store.catch_up()
    except Overtaken:
        return False
    return True


def test_nobody_writes_over_a_store_that_knows_more(tmp_path: Path, server: Server) -> None:
    office = stored(tmp_path, server, "more")
    copy = tmp_path.with_name(f"{tmp_path.name}-copy")
    shutil.copytree(office.folder, copy, symlinks=True)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    before = objects_of(office.address)
    press = Press(lambda: FolderReader(copy / "public/record"), copy / "public", copy / "press.sqlite3")
    late = Store(S3(office.address), press, Memory(copy / "other.sqlite3"), copy / "store.lock")
    with pytest.raises(Overtaken, match="has 4 entries of the record, and here are 3"):
        late.catch_up()
    assert objects_of(office.address) == before


def test_erased_words_and_pictures_leave_the_store_and_removed_pages_say_why(tmp_path: Path, server: Server) -> None:
    office = stored(tmp_path, server, "erased")
    secret = "A person named here asked to be forgotten."
    picture = {"file": b"a picture of that person", "media": "image/png", "alternative": "A person"}
    office.publish(Draft(id_of("a"), "publish", message("a", secret, pictures=[picture])))
    assert any(secret.encode() in data for data in objects_of(office.address).values())
    record = FolderReader(office.record)
    edition = next(record.edition(entry) for entry in record.entries(0, record.size()) if entry.id == id_of("a"))
    parts = frozenset({*edition.files, *(part for part, salted in edition.texts.items() if salted.text == secret)})
    office.publish(Draft(id_of("a"), "erase", message("a", ground="Asked for.", blocks=[]), erase=parts))
    found = objects_of(office.address)
    assert found == public_files(office)
    for path, data in found.items():
        data = brotli.decompress(data) if path.endswith(".br") else data
        assert secret.encode() not in data, path
        assert b"a picture of that person" not in data, path
    office.publish(Draft(id_of("a"), "remove", message("a", state="removed", notice="Sent by mistake.", blocks=[])))
    assert objects_of(office.address) == public_files(office)


def test_furniture_that_shows_everywhere_and_a_lost_memory_end_in_the_same_objects(
    tmp_path: Path, server: Server
) -> None:
    office = stored(tmp_path, server, "wide")
    office.publish(Draft(id_of("a"), "publish", message("a")))
    office.publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "All are invented."})))
    assert objects_of(office.address) == public_files(office)
    (office.folder / "store.sqlite3").unlink()
    store = office.store
    store.catch_up()
    assert objects_of(office.address) == public_files(office)
    assert store.sent == [CHECKPOINT], "what lies there is known again by its hash"


@pytest.mark.parametrize("fails_at", [1, 4, 12, 30])
def test_a_store_that_fails_in_the_midst_is_brought_up_by_the_next_start(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    office = stored(tmp_path, server, f"failing{fails_at}")
    real, calls = S3.put, count(1)

    def put(self: S3, *words: object) -> str:
        done = real(self, *words)  # type: ignore[arg-type]
        if next(calls) == fails_at:  # done, and it says that it failed
            raise Unreachable("did not do what was asked", "the store")
        return done

    monkeypatch.setattr(S3, "put", put)
    with pytest.raises(NotYetPublic):
        office.publish(Draft(id_of("a"), "publish", message("a")))
    office.publisher.recover()
    assert objects_of(office.address) == public_files(office)


def test_a_store_that_leaves_conditions_unheard_is_refused(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = StoredOffice(tmp_path, "deaf.example/record", address=server.new_place())
    real = S3.put
    monkeypatch.setattr(
        S3, "put", lambda self, path, data, headers, _etag: _put_anyway(self, real, path, data, headers)
    )
    with pytest.raises(NotYetPublic, match="does not keep If-None-Match"):
        office.publish(*furniture())
    assert objects_of(office.address) == {}


def _put_anyway(store: S3, put: Callable[..., str], path: str, data: bytes, headers: dict[str, str]) -> str:
    known = store.get(path)
    return put(store, path, data, headers, known.etag if known else None)
