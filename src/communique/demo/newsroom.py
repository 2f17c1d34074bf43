"""`python -m communique.demo.newsroom HOME …`: the demo's newsroom, whose sign-in page says who may sign in.

As `communique.cli.newsroom`, with the one difference that no other installation has: it hands in the demo's people.
"""

from __future__ import annotations

from pathlib import Path

import communique.newsroom.start  # noqa: F401 - before `settings`, which would start Django without Wagtail
from communique.demo.people import guests
from communique.settings.desk import application
from communique.settings.newsroom_server import WsgiApplication, main


def open_demo(home: Path) -> WsgiApplication:
    """The newsroom of the demo in `home`."""
    made: WsgiApplication = application(home, guests)
    return made


if __name__ == "__main__":
    main(open_demo)
