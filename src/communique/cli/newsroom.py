"""`python -m communique.cli.newsroom HOME …`: the newsroom's process, as `settings/processes.py` starts it.

It is no command for people. It stands here because Django is started once, by whichever room is imported first, and
the newsroom needs its own start: with Wagtail. From within `settings` that would be too late.
"""

from __future__ import annotations

import communique.newsroom.start  # noqa: F401 - before `settings`, which would start Django without Wagtail
from communique.settings.desk import application
from communique.settings.newsroom_server import main

if __name__ == "__main__":
    main(application)
