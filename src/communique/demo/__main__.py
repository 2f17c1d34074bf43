"""`python -m communique.demo --home FOLDER --port PORT`: the showroom, made once and served in the foreground."""

from __future__ import annotations

import argparse
import fcntl
import sys
from pathlib import Path

import communique.newsroom.start  # noqa: F401 - before `settings`, which would start Django without Wagtail
from communique.cli.serve import newsroom_jobs
from communique.cli.serving import serve_home
from communique.demo.desk_day import lay_day
from communique.demo.load import ADDRESS, SEED, load
from communique.demo.people import make_people, who_can_sign_in
from communique.settings.configuration import FILE_NAME
from communique.settings.desk import open_desk
from communique.settings.errors import SettingsError
from communique.settings.office import Installation, found_installation, open_installation


def main() -> int:
    """Make what is missing of the demo, bake it, serve it until Ctrl-C."""
    parser = argparse.ArgumentParser(description="The invented embassy, made once and served.")
    parser.add_argument("--home", type=Path, default=Path("demo-home"), help="where the demo lies")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--only-make", action="store_true", help="make and bake it, and serve nothing")
    parser.add_argument("--only-site", action="store_true", help="the same, without the newsroom and its people")
    parser.add_argument("--empty-desk", action="store_true", help="serve it without a day in progress on its desk")
    options = parser.parse_args()
    home = options.home.absolute()
    try:
        only_made = options.only_make or options.only_site
        make(home, with_newsroom=not options.only_site, with_day=not (only_made or options.empty_desk))
        if only_made:
            return 0
        return serve_home(
            home, newsroom_jobs, port=options.port, module="communique.demo.newsroom", said=who_can_sign_in
        )
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


def make(home: Path, with_newsroom: bool = True, with_day: bool = False) -> None:
    """The demo's installation in `home`, on its record, baked, with its people; what is there already is kept.

    The day on the desk is laid when it is about to be served, because its times look back and ahead from then.
    """
    try:
        found_installation(home, ADDRESS, {}, SEED)
    except SettingsError:
        if not (home / FILE_NAME).exists():
            raise
    with (home / "demo.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process may be making it
        _complete(open_installation(home))
        if with_newsroom:
            open_desk(home)
            make_people()
            if with_day:
                lay_day()


def _complete(installation: Installation) -> None:
    installation.publisher.recover()
    announced = False

    def progress(entries: int) -> None:
        nonlocal announced
        if not announced:
            print(f"Making the demo office in {installation.configuration.home} (some seconds)", flush=True)
            announced = True
        if sys.stdout.isatty():
            print(f"\r{entries} entries on its record", end="", flush=True)

    load(installation, progress)
    if announced:
        print("\nBaking its public site" if sys.stdout.isatty() else "Baking its public site", flush=True)
    installation.publisher.recover()
    installation.search.catch_up()


if __name__ == "__main__":
    sys.exit(main())
