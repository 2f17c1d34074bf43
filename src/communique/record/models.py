"""The record as the office keeps it: entries and editions in its database, before and after they are public.

A row of `LoggedEntry` is the newsroom's point of no return; `Log.checkpoint` is the log's commit point. Between the two
and the public files stands only `publishing.py`, which can be run again at any time.
"""

from __future__ import annotations

from django.db import models


class Log(models.Model):
    """One office's log. Its row is what publishers lock."""

    origin = models.CharField(max_length=255, unique=True)
    size = models.PositiveBigIntegerField(default=0, help_text="entries assigned; the next index")
    last_at = models.CharField(max_length=20, default="", help_text="`at` of the newest entry")
    signed_size = models.PositiveBigIntegerField(default=0, help_text="entries under the last signed checkpoint")
    signed_range = models.TextField(default="", help_text="hex of the compact range at the signed size, by spaces")
    checkpoint = models.BinaryField(default=b"", help_text="the last signed checkpoint, without witnesses")
    public_size = models.PositiveBigIntegerField(
        default=0, help_text="entries through with step 5a: followers see them"
    )
    zone = models.CharField(
        max_length=64, default="UTC", help_text="the office's zone, in which addresses have their day"
    )


class LoggedEntry(models.Model):
    """One entry, its bytes as they were hashed."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT)
    index = models.PositiveBigIntegerField()
    data = models.BinaryField()
    leaf = models.BinaryField()
    ident = models.CharField(max_length=16)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    body = models.CharField(max_length=64)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["log", "index"], name="an_index_once"),
            models.UniqueConstraint(fields=["log", "ident", "seq"], name="an_edition_once"),
        ]


class LoggedEdition(models.Model):
    """The edition file that an entry's `body` names."""

    body = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()


class WaitingFile(models.Model):
    """A binary part (salt, then the file) between its entry and its public file; gone once that is written."""

    part = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()


class TakenAddress(models.Model):
    """An address that the first edition of an id froze; its hash alone, so that an erasure has nothing to take here."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT)
    path_sha256 = models.CharField(max_length=64)
    ident = models.CharField(max_length=16)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["log", "path_sha256"], name="an_address_once"),
        ]
