"""`communique doctor`: is this installation healthy and safe? Each finding is a line of what, where and what to do.

    settings     the configuration file, all of its faults
    keys         who can read keys, passwords and the home; whether the key is the record's
    trial        an address that exists nowhere
    web          TLS and host names, and what is listened at
    debug        Django's DEBUG
    database     whether its file is whole, its references hold and its tables are those of this version
    record       entries that are not signed or not public, pages that lag, a restore that is not settled
    clock        entries of the future, a clock that runs behind the files
    disk         free room
    worker       whether one runs, and what is overdue
    backup       whether there is one, and how old it is
    others       mirrors and witnesses: whether any are named, whether they answer and what they know
    mail         whether mail can leave
    people       rights without a second factor, an office without a second pair of eyes

It changes nothing: no table is made, nothing is signed, no mail goes out. Of other machines it asks only the mirrors
and witnesses of the settings. A finding of one check stops no other.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import Error as DatabaseFault
from django.db import connection
from django.db.models import QuerySet

from communique.newsroom.models import Release
from communique.newsroom.proofs import has_second_factor
from communique.newsroom.roles import ADMINISTRATOR, CLEARER, PUBLISHER, needs_second_factor, roles_of
from communique.press.asked import public_until
from communique.record.errors import Missing, RecordError
from communique.record.models import Log
from communique.record.note import SignerKey, parse_verifier_key
from communique.record.reader_folder import FolderReader
from communique.record.signer import RemoteSigner
from communique.settings.alive import worker_runs
from communique.settings.backup import LAST, check_sqlite, key_files
from communique.settings.configuration import FILE_NAME, Configuration, read_configuration
from communique.settings.engines import missing_tables, place_of, use_database
from communique.settings.errors import SettingsError
from communique.settings.office import publisher_of, signer_of
from communique.settings.places import DESK_MARK, MARK
from communique.verify.report import Finding

FREE_BYTES = 1 << 30
FREE_SHARE = 0.05
BACKUP_AGE = timedelta(days=2)
SKEW = timedelta(seconds=120)
"""how far a clock may be off"""


@dataclass(frozen=True)
class Looked:
    """One installation, as the checks see it."""

    configuration: Configuration
    signer: SignerKey | RemoteSigner | None
    now: datetime

    @property
    def origin(self) -> str:
        if self.signer:
            return self.signer.name
        try:
            return FolderReader(self.configuration.record_folder).origin
        except RecordError:
            return ""

    @property
    def log(self) -> Log | None:
        return Log.objects.filter(origin=self.origin).first()


def ailments(home: Path, now: datetime, asking: bool = True) -> list[Finding]:
    """Everything that is not healthy or not safe at an instant. Without `asking` no other machine is asked."""
    try:
        configuration = read_configuration(home)
    except SettingsError as error:
        found = [_of_line("settings", fault) for fault in error.faults]
        try:
            configuration = read_configuration(home, signing=False)
        except SettingsError:
            return found
    else:
        found = []
    signer = None
    try:
        if configuration.signer or configuration.key_file.is_file():
            signer = signer_of(configuration)
            signer.verifier  # noqa: B018 - asked now: a signer that does not answer is a finding
    except SettingsError as error:
        found += [_of_line("keys", fault) for fault in error.faults]
    except RecordError as error:
        signer = None
        found.append(Finding("keys", error.what, error.where, error.todo))
    looked = Looked(configuration, signer, now)
    plain = (_keys, _trial, _web, _debug, _disk, _clock, _worker, _backup, _mail, _restored)
    for check in (*plain, *((_others,) if asking else ())):
        found += _looked_at(check, looked)
    found += _looked_at(_database, looked)
    if not any(finding.check == "database" for finding in found):
        for check in (_record, _overdue, _people):
            found += _looked_at(check, looked)
    return found


def _looked_at(check: Callable[[Looked], Iterator[Finding]], looked: Looked) -> list[Finding]:
    """What a check finds; that it cannot be made is a finding, too."""
    name = check.__name__.strip("_")
    try:
        return list(check(looked))
    except (OSError, RecordError, DatabaseFault, SettingsError) as error:
        return [Finding(name, f"cannot be looked at ({error})", str(looked.configuration.home), "mend that first")]


def _of_line(check: str, line: str) -> Finding:
    """A line of *where: what; what to do* as a finding."""
    where, _, rest = line.partition(": ")
    what, _, todo = rest.rpartition("; ")
    return Finding(check, what or rest, where, todo if what else "mend that")


# ---------------------------------------------------------------- files


def _keys(looked: Looked) -> Iterator[Finding]:
    configuration = looked.configuration
    home = configuration.home
    for file in key_files(configuration).values():
        yield from _private(file, 0o600)
    for folder in (home, home / "keys", home / "private", home / "originals"):
        if folder.is_dir():
            yield from _private(folder, 0o700)
    if "@" in configuration.database:
        yield from _private(home / FILE_NAME, 0o600)
    if configuration.database == "sqlite" and (home.stat().st_mode & 0o077):
        yield from _private(home / "communique.sqlite3", 0o600)
    vkey = configuration.record_folder / "log.vkey"
    if looked.signer and vkey.is_file():
        try:
            own = parse_verifier_key(vkey.read_text("utf-8", "replace"), str(vkey))
        except RecordError as error:
            yield Finding("keys", error.what, error.where, "run `communique fsck --repair`")
            return
        if own != looked.signer.verifier:
            yield Finding(
                "keys",
                f"is not the record's key {own.text}",
                str(configuration.key_file),
                "put the office's own key back",
            )


def _private(place: Path, mode: int) -> Iterator[Finding]:
    try:
        status = place.stat()
    except FileNotFoundError:
        return
    if status.st_mode & 0o077:
        yield Finding("keys", "others on this machine can read it", str(place), f"run `chmod {mode:o} {place}`")
    if os.geteuid() not in (0, status.st_uid):
        todo = f"run `chown {os.geteuid()} {place}`, or run the program as its owner"
        yield Finding("keys", "belongs to another user", str(place), todo)


def _trial(looked: Looked) -> Iterator[Finding]:
    if looked.origin.partition("/")[0].endswith(".invalid"):
        todo = (
            "found the real office with `communique init FOLDER --address embassy.example`; it cannot be changed here"
        )
        yield Finding(
            "trial", f"is a trial: the address {looked.origin} exists nowhere", str(looked.configuration.home), todo
        )


def _web(looked: Looked) -> Iterator[Finding]:
    configuration, file = looked.configuration, str(looked.configuration.home / FILE_NAME)
    outside = configuration.host not in ("localhost", "127.0.0.1", "::1")
    if outside and not configuration.tls:
        todo = "put a web server with TLS in front and set `tls = true`, or set `host` to 127.0.0.1"
        yield Finding("web", f"listens at {configuration.host} without TLS: passwords go in the clear", file, todo)
    local = configuration.desk.endswith("localhost")
    if configuration.tls and local:
        todo = "give `desk` the host name under which the web server with TLS serves it"
        yield Finding(
            "web", f"has TLS in front and the desk at {configuration.desk}, which is this machine alone", file, todo
        )
    if not configuration.tls and not local:
        todo = "set `tls = true` where a web server with TLS stands in front; without one nobody should sign in there"
        yield Finding("web", f"has its desk at {configuration.desk} without TLS", file, todo)
    if outside and not _is_loopback_or_private(configuration.host) and configuration.tls:
        todo = "set `host` to 127.0.0.1 or a private address, so that nobody goes around the web server with TLS"
        yield Finding("web", f"listens at {configuration.host} beside the web server with TLS", file, todo)


def _is_loopback_or_private(host: str) -> bool:
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_private and not found.is_unspecified


def _debug(looked: Looked) -> Iterator[Finding]:
    if settings.DEBUG:
        todo = "take it out of what starts the program"
        yield Finding(
            "debug", "Django's DEBUG is on: faults are shown with their values", str(looked.configuration.home), todo
        )


def _disk(looked: Looked) -> Iterator[Finding]:
    configuration = looked.configuration
    for place in {
        configuration.home,
        configuration.public_folder if configuration.public_folder.is_dir() else configuration.home,
    }:
        usage = shutil.disk_usage(place)
        if usage.free < FREE_BYTES or usage.free < FREE_SHARE * usage.total:
            todo = "make room: a full disk stops publication"
            yield Finding(
                "disk", f"has {usage.free / 2**20:,.0f} MiB free of {usage.total / 2**30:,.0f} GiB", str(place), todo
            )


def _clock(looked: Looked) -> Iterator[Finding]:
    todo = "have the clock set by NTP (`timedatectl set-ntp true`)"
    reader = FolderReader(looked.configuration.record_folder)
    try:
        (newest,) = reader.entries(reader.size() - 1, reader.size()) if reader.size() else (None,)
    except RecordError:
        newest = None
    if newest and datetime.fromisoformat(newest.at) > looked.now + SKEW:
        yield Finding("clock", f"is before the newest entry, which is of {newest.at}", "this machine", todo)
    head = looked.configuration.record_folder / "checkpoint"
    if head.exists() and datetime.fromtimestamp(head.stat().st_mtime, UTC) > looked.now + SKEW:
        yield Finding("clock", "is before the time at which the checkpoint was written", "this machine", todo)
    with tempfile.NamedTemporaryFile(dir=looked.configuration.home) as new:
        written = datetime.fromtimestamp(os.stat(new.name).st_mtime, UTC)
    if abs(written - looked.now) > SKEW:
        yield Finding("clock", f"differs from the disk's by {abs(written - looked.now)}", "this machine", todo)


def _backup(looked: Looked) -> Iterator[Finding]:
    file = looked.configuration.home / LAST
    todo = "run `communique backup FOLDER` every day, into a folder on another disk"
    try:
        last = json.loads(file.read_text("utf-8"))
        made_at, folder = datetime.fromisoformat(last["made_at"]), last["folder"]
    except FileNotFoundError:
        yield Finding("backup", "has never been backed up", str(looked.configuration.home), todo)
        return
    except (ValueError, KeyError, TypeError):
        yield Finding("backup", "does not say when the last backup was made", str(file), todo)
        return
    if looked.now - made_at > BACKUP_AGE:
        yield Finding("backup", f"is {(looked.now - made_at).days} days old", folder, todo)


def _mail(looked: Looked) -> Iterator[Finding]:
    if not looked.configuration.mail.host:
        todo = "name the mail server in `[mail]`; until then invitations and alarms are only kept at the desk"
        yield Finding("mail", "no mail can leave", str(looked.configuration.home / FILE_NAME), todo)


def _worker(looked: Looked) -> Iterator[Finding]:
    if not worker_runs(looked.configuration.home):
        todo = "start `communique serve`, or `serve --only worker` beside it"
        yield Finding(
            "worker", "no worker runs: nothing that is scheduled goes out", str(looked.configuration.home), todo
        )


def _restored(looked: Looked) -> Iterator[Finding]:
    home = looked.configuration.home
    for mark, what in (
        (MARK, "was restored, and not everybody who may know more was asked: nothing is signed"),
        (DESK_MARK, "was restored, and its desk has not been opened since"),
    ):
        if (home / mark).exists():
            yield Finding("record", what, str(home), "run `communique serve`, and do what it says")


# ---------------------------------------------------------------- others


def _others(looked: Looked) -> Iterator[Finding]:
    configuration, file = looked.configuration, str(looked.configuration.home / FILE_NAME)
    if not configuration.witnesses:
        todo = "ask a peer to witness this record, and name it in `witnesses`"
        yield Finding("others", "no witness: nobody else can say how far this record had come", file, todo)
    if not configuration.mirrors:
        todo = "ask somebody to mirror this record, and name the copy in `mirrors`"
        yield Finding("others", "no mirror: what is younger than the last backup lies on one machine", file, todo)
    if looked.signer is None:
        return
    use_database(configuration)
    publisher = publisher_of(configuration, looked.signer)
    for place, what in publisher.asked_elsewhere():
        yield Finding("others", what, place, "ask who runs it; name another if it is gone for ever")


# ---------------------------------------------------------------- the database


def _database(looked: Looked) -> Iterator[Finding]:
    configuration = looked.configuration
    place = place_of(configuration)
    if configuration.database == "sqlite":
        file = configuration.home / "communique.sqlite3"
        if not file.exists():
            yield Finding("database", "is not there", place, "restore a backup into a new folder")
            return
        try:
            check_sqlite(file)
        except sqlite3.Error as error:
            yield Finding("database", f"is not whole ({error})", place, "restore a backup into a new folder")
            return
    try:
        use_database(configuration)
        missing = missing_tables()
        if missing:
            todo = "start the program once: it brings them up to date; back up before"
            yield Finding("database", f"has {len(missing)} changes of tables to come ({missing[0]}, …)", place, todo)
        elif configuration.database == "sqlite":
            with connection.cursor() as cursor:
                broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                todo = "restore a backup into a new folder"
                yield Finding("database", f"has {len(broken)} rows that lead nowhere (of {broken[0][0]})", place, todo)
    except (DatabaseFault, SettingsError) as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        yield Finding("database", f"does not answer ({said})", place, "start it, or mend `database`")


def _record(looked: Looked) -> Iterator[Finding]:
    log, configuration = looked.log, looked.configuration
    if log is None:
        return
    try:
        public = FolderReader(configuration.record_folder).size()
    except Missing:
        public = 0
    todo = "start the worker; if it runs, look at what it says"
    if log.size > log.signed_size:
        yield Finding("record", f"{log.size - log.signed_size} entries are not signed", "the checkpoint", todo)
    elif public < log.signed_size or log.public_size < log.signed_size:
        yield Finding("record", f"{log.signed_size - public} entries are signed and not public", "the checkpoint", todo)
    elif public > log.signed_size:
        yield Finding("record", f"knows {public} entries, the database {log.signed_size}", "the checkpoint", todo)
    shown = public_until(configuration.catalogue_file)
    if shown < log.public_size:
        yield Finding("record", f"{log.public_size - shown} entries have no pages yet", "the public site", todo)


def _overdue(looked: Looked) -> Iterator[Finding]:
    for release in Release.objects.filter(state=Release.State.WAITING, at__lte=looked.now):
        if release.is_overdue(looked.now):
            why = f" ({release.failure})" if release.failure else ""
            yield Finding(
                "worker",
                f"is overdue since {release.at:%Y-%m-%d %H:%M} UTC{why}",
                f"release {release.pk}",
                "look at the desk",
            )


def _people(looked: Looked) -> Iterator[Finding]:
    people = get_user_model().objects.filter(is_active=True)
    desk = f"the desk at {looked.configuration.desk}"
    for person in people.order_by("email"):
        if needs_second_factor(roles := roles_of(person)) and not has_second_factor(person):
            todo = "have them set one up at their next sign-in, or take the role away"
            yield Finding("people", f"is {' and '.join(sorted(roles))} without a second factor", person.email, todo)
    if people.exists() and not _with_role(people, ADMINISTRATOR).exists():
        yield Finding("people", "has no administrator", desk, "`communique user add EMAIL --role administrator`")
    publishers, clearers = _with_role(people, PUBLISHER), _with_role(people, CLEARER)
    if publishers.exists() and not clearers.exists():
        todo = "invite a clearer: without one everything is forced"
        yield Finding("people", "has nobody who clears", desk, todo)


def _with_role(people: QuerySet, role: str) -> QuerySet:
    return people.filter(groups__name=role)
