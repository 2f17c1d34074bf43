from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("newsroom", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="attachment",
            name="shown",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
