"""Followers see what has gone through all of the record's own steps; addresses have their day in the office's zone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [
        migrations.RenameField("log", "erased_size", "public_size"),
        migrations.AlterField(
            "log",
            "public_size",
            models.PositiveBigIntegerField(default=0, help_text="entries through with step 5a: followers see them"),
        ),
        migrations.AddField(
            "log",
            "zone",
            models.CharField(
                max_length=64, default="UTC", help_text="the office's zone, in which addresses have their day"
            ),
        ),
    ]
