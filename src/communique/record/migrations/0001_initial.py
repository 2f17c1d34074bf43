"""The tables of the record, as they are before the first release."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list = []

    operations = [
        migrations.CreateModel(
            name="Log",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(max_length=255, unique=True)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="entries assigned; the next index")),
                ("last_at", models.CharField(default="", help_text="`at` of the newest entry", max_length=20)),
                (
                    "signed_size",
                    models.PositiveBigIntegerField(default=0, help_text="entries under the last signed checkpoint"),
                ),
                (
                    "signed_range",
                    models.TextField(default="", help_text="hex of the compact range at the signed size, by spaces"),
                ),
                (
                    "checkpoint",
                    models.BinaryField(default=b"", help_text="the last signed checkpoint, without witnesses"),
                ),
                (
                    "public_size",
                    models.PositiveBigIntegerField(
                        default=0, help_text="entries through with step 5a: followers see them"
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        default="UTC", help_text="the office's zone, in which addresses have their day", max_length=64
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LoggedEdition",
            fields=[
                ("body", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="WaitingFile",
            fields=[
                ("part", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LoggedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("index", models.PositiveBigIntegerField()),
                ("data", models.BinaryField()),
                ("leaf", models.BinaryField()),
                ("ident", models.CharField(max_length=16)),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("body", models.CharField(max_length=64)),
                ("log", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="record.log")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "index"), name="an_index_once"),
                    models.UniqueConstraint(fields=("log", "ident", "seq"), name="an_edition_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path_sha256", models.CharField(max_length=64)),
                ("ident", models.CharField(max_length=16)),
                ("log", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="record.log")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("log", "path_sha256"), name="an_address_once")],
            },
        ),
    ]
