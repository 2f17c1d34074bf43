"""One installation: its configuration file, its engines, and how the rooms are put together.

`configuration.py` reads and checks `communique.toml`; `engines.py` opens the chosen database; `office.py` hands the
record its key, clock and followers; `processes.py` is the process tree of `serve`.

Importing this room starts Django, without a database, because Django's models cannot be imported before. It is the only
place where Django is configured.
"""

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        INSTALLED_APPS=["communique.record.apps.RecordConfig"],
        USE_TZ=True,
        TIME_ZONE="UTC",
        SECRET_KEY="unused: no session, no form, no cookie",  # noqa: S106
    )
    django.setup()
