from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("newsroom", "0002_attachment_shown")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="attachment",
            name="language",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of a recording or of subtitles in another language than the text: its tag, such as en or ar.",
                max_length=20,
                verbose_name="its language",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attachment",
            name="sign",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of a video: the sign language that is seen in it. Readers are told which it is.",
                max_length=3,
                verbose_name="sign language",
            ),
            preserve_default=False,
        ),
    ]
