"""What came back, and what is wrong with it: status, words, and what changed in database and files.

Each request runs in a transaction that is rolled back. If a statement was run that changes more than what a visit alone
changes, the tables that it names and all files are compared with what they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.newsroom.furniture import pieces
from communique.newsroom.private_files import PrivateFiles
from newsroom.matrix_asks import Ask
from newsroom.matrix_office import HOST, MARKER, OF_THE_DESK, PUBLIC, Office
from newsroom.matrix_rights import table

NOT_COUNTED = ("django_session", "desk_cache", "usersessions_usersession", "sqlite_sequence")
"""tables that a visit alone changes"""
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")
PRESENCE = frozenset({"wagtailadmin_editingsession", "wagtailcore_pagesubscription"})
"""tables that say who has a page open before him"""
LINKED = re.compile(r"/(?:messages|pages)/(\d+)/")
LOGIN = "/accounts/login/"
REFUSED = (403, 404, 405)
LET_IN = (200, 204, 302, 303, 400, 401, 403, 413, 422)
SIGNED_IN = OF_THE_DESK | {"administrator"}


@dataclass(frozen=True)
class Answer:
    """One answer."""

    status: int
    where: str
    words: frozenset[str]
    """things of which a word came back"""
    linked: frozenset[str]
    """limited things whose number came back"""
    changed: frozenset[str]
    """tables and folders that are not as they were"""

    @property
    def sort(self) -> str:
        """For the figures."""
        if self.where.startswith(LOGIN):
            return "answers that lead to the sign-in"
        return f"answers {self.status}"


class Wrote:
    """The tables that statements were run on which change more than a visit does."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.unknown = False
        """a statement of which we cannot tell"""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """What Django calls around each statement."""
        if not sql.startswith(READS):
            found = WRITES.match(sql)
            self.unknown |= found is None
            self.tables |= {found[1]} - set(NOT_COUNTED) if found else set()
        return execute(sql, params, many, context)


class Watch:
    """Asks, and looks at what came back and what changed."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.client = Client(headers={"host": HOST}, raise_request_exception=False)
        self.asked = 0
        self.rows = _rows()
        self.files = _files(office.desk.home)
        self.uploads = {name: thing.name for thing in office.things.values() for name in thing.uploads}
        self.bytes = {PrivateFiles().read(name): thing for name, thing in self.uploads.items()}

    def ask(self, ask: Ask) -> Answer:
        """One request, and everything put back as it was."""
        changed: set[str] = set()
        with transaction.atomic():
            wrote = Wrote()
            with connection.execute_wrapper(wrote):
                response = self._response(ask)
            if wrote.tables or wrote.unknown:
                changed = _differing(self.rows, _rows(None if wrote.unknown else wrote.tables))
            transaction.set_rollback(True)
        if (wrote.tables or wrote.unknown) and self.files_changed():
            changed.add("files")
            self.office.put_back()
            self.files = _files(self.office.desk.home)
        data = b"".join(response.streaming_content) if response.streaming else response.content
        said = (data + _around(response)).replace(ask.path.encode(), b"").replace(quote(ask.path).encode(), b"")
        linked = self._linked(ask, said)
        return Answer(
            response.status_code, response.get("Location", ""), self.words_in(said), linked, frozenset(changed)
        )

    def seen(self, ask: Ask, by_number: bool) -> tuple[Any, ...]:
        """All that somebody outside can tell of an answer: status, headers, cookies, bytes; and, where numbers can be
        guessed, its work in questions to the database, by which time could tell the same."""
        list(pieces())  # what was read before is no matter of this request
        connection.queries_log.clear()  # a full one would count nothing any more
        with transaction.atomic(), CaptureQueriesContext(connection) as work:
            response = self._response(ask)
            transaction.set_rollback(True)
        data = (response.content + _around(response)).replace(ask.path.encode(), b"")
        data = re.sub(rb"communique_known=\S+", b"", data)  # a fresh name for each browser that is new
        asked = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in work]
        return response.status_code, data, asked if by_number else []

    def files_changed(self) -> bool:
        """Whether a public or private file is not as it was founded."""
        return _files(self.office.desk.home) != self.files

    def _response(self, ask: Ask) -> Any:
        self.asked += 1
        self.client.cookies = SimpleCookie()
        if ask.role in self.office.cookies:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.office.cookies[ask.role]
        # an address of its own for each, so that nobody's pace is counted with another's
        around = {"REMOTE_ADDR": f"10.{self.asked >> 16 & 255}.{self.asked >> 8 & 255}.{self.asked & 255}"}
        if ask.role == "holder":
            around["HTTP_REFERER"] = f"http://{HOST}/l/{self.office.token}/"
        send = self.client.get if ask.method == "GET" else self.client.post
        return send(ask.path, ask.sent or None, **around)

    def words_in(self, data: bytes) -> frozenset[str]:
        """The things of which a word, a file or the name of a file is in an answer."""
        found = {match.lower() for match in MARKER.findall(unquote(data.decode("utf-8", "replace")))}
        found |= {thing for name, thing in self.uploads.items() if name.encode() in data}
        found |= {thing for file, thing in self.bytes.items() if file in data}
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                found |= {name for member in opened.namelist() for name in self.words_in(opened.read(member))}
        return frozenset(found & self.office.things.keys())

    def _linked(self, ask: Ask, said: bytes) -> frozenset[str]:
        path = ask.path.partition("?")[0]
        text = unquote(said.decode("utf-8", "replace")).replace(path, "")
        things = self.office.by_page()
        numbers = {int(number) for number in LINKED.findall(text) if len(number) < 10}
        return frozenset(things[number].name for number in numbers & things.keys() if things[number].is_limited)


def _around(response: Any) -> bytes:
    """Headers and cookies, a cookie's notes opened."""
    lines = [f"{key}: {value}" for key, value in response.items()]
    for key, morsel in response.cookies.items():
        lines.append(f"{key}={morsel.value}")
        if key == CookieStorage.cookie_name and morsel.value:
            lines += [str(note) for note in CookieStorage(HttpRequest())._decode(morsel.value) or ()]
    return "\n".join(lines).encode()


def faults(office: Office, ask: Ask, answer: Answer) -> Iterator[str]:
    """What the table does not allow in an answer."""
    row = table()[ask.row]
    own = ask.sort == "own"
    gets = row.may("GET", ask.role, ask.thing)
    may = own and row.may(ask.method, ask.role, ask.thing)
    if answer.status >= 500:
        yield "is a fault of the program"
    elif own and not _as_said(ask, answer, may, gets):
        yield "is not what the table says"
    elif ask.sort == "guessed" and not (_refused(ask, answer) or _is_open(ask)):
        yield "is an answer to a guess"
    if answer.changed - (PRESENCE if gets or ask.sort == "mixed" else set()) and not may:
        yield f"changed {', '.join(sorted(answer.changed))}"
    leaked = {name for name in answer.words if not _may_read(office, ask, name)}
    if leaked:
        yield f"has words of {', '.join(sorted(leaked))}"
    linked = {name for name in answer.linked if ask.role in SIGNED_IN and not _may_read(office, ask, name)}
    if linked:
        yield f"names the number of {', '.join(sorted(linked))}"


def _as_said(ask: Ask, answer: Answer, may: bool, gets: bool) -> bool:
    """Who may is let in, who may not is refused; a POST that changes nothing may show what a GET shows."""
    if may:
        only_read = answer.status == 405 and gets
        return only_read or (answer.status in LET_IN and not answer.where.startswith(f"{LOGIN}?"))
    return (ask.method == "POST" and gets) or _refused(ask, answer)


def _refused(ask: Ask, answer: Answer) -> bool:
    if ask.role not in SIGNED_IN and answer.where.startswith(LOGIN):
        return True
    home = answer.where == "/" and not answer.changed  # where Wagtail leads whom it refuses
    slash = answer.status == 301 and answer.where == f"{unquote(ask.path)}/"  # Django tries an address with one
    return home or slash or answer.status in REFUSED


def _is_open(ask: Ask) -> bool:
    """Whether an address answers all who are signed in, whatever is asked."""
    return any(right.who in ("everybody", "signed in") for right in table()[ask.row].get)


def _may_read(office: Office, ask: Ask, name: str) -> bool:
    thing = office.things[name]
    if name in PUBLIC:
        return True
    if ask.role == "holder":
        return name == "theirs" and ask.path.startswith("/l/")
    return ask.role in thing.seers


# ------------------------------------------------------------------ database and files


def _rows(tables: set[str] | None = None) -> dict[str, Counter[Any]]:
    """Table -> its rows; of these tables, or of all."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor) if tables is None else tables:
            if name not in NOT_COUNTED:
                cursor.execute(f'SELECT * FROM "{name}"')
                found[name] = Counter(cursor.fetchall())
    return found


def _differing(before: dict[str, Counter[Any]], after: dict[str, Counter[Any]]) -> set[str]:
    return {name for name, rows in after.items() if before.get(name) != rows}


def _files(home: Path) -> dict[str, tuple[int, int]]:
    """Every public and private file with its size and time of change."""
    found = {}
    for folder in ("public", "private"):
        for file in sorted((home / folder).rglob("*")):
            if not file.is_dir():
                seen = file.lstat()
                found[str(file)] = (seen.st_size, seen.st_mtime_ns)
    return found
