"""A corpus put on a record of its own: an office whose key and salts anybody can make again, oldest message first.

Messages get their index each at its own instant, and are made public by the hundred. Started again it goes on where it
was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from django.db import transaction

import communique.settings  # noqa: F401 - before the record's tables
from communique.demo.corpus import ADDRESS, FIRST_DAY, Corpus
from communique.record.models import LoggedEntry
from communique.record.release import Draft
from communique.settings.configuration import FILE_NAME
from communique.settings.office import found_installation, open_installation, without_followers

AT_ONCE = 500
_MARK = "this-is-a-corpus"


def found_corpus(home: Path, corpus: Corpus) -> bool:
    """Make the installation, or find it; whether the folder is this corpus's."""
    said = f"messages {corpus.messages_wanted}, seed {corpus.seed}\n"
    if (home / FILE_NAME).exists():
        mark = home / _MARK
        return mark.exists() and mark.read_text("utf-8") == said
    if home.exists() and any(home.iterdir()):
        return False
    key = sha256(f"communique/corpus/key/{corpus.seed}".encode()).digest()
    found_installation(home, ADDRESS, {}, key, beside={_MARK: said})
    return True


def load_corpus(home: Path, corpus: Corpus, told: Callable[..., None], baking: bool = True) -> int:
    """Publish what is not on the record yet, and bake, unless somebody else does; the number of entries."""
    installation = open_installation(home, salts=corpus.salt)
    without_followers(installation.publisher).recover()
    known = set(LoggedEntry.objects.filter(log__origin=installation.publisher.origin).values_list("ident", flat=True))
    publisher = without_followers(installation.publisher)
    furniture = [Draft(id_, "furniture", content) for id_, content in corpus.furniture() if id_ not in known]
    if furniture:
        first = datetime.combine(FIRST_DAY, time(), UTC) - timedelta(days=1)
        replace(publisher, clock=lambda: first).publish(furniture)
    missing = (one for one in corpus.messages() if one.id not in known)
    done = 0
    while batch := list(islice(missing, AT_ONCE)):
        with transaction.atomic():  # SQLite syncs the disk once for all of them
            for one in batch:
                replace(publisher, clock=_clock(one.at)).commit([Draft(one.id, "publish", one.content)])
        publisher.recover()
        done += len(batch)
        told("messages on the record", done)
    if baking:
        installation.press.told = told
        installation.publisher.recover()
    return installation.reader.size()


def _clock(at: datetime) -> Callable[[], datetime]:
    return lambda: at
