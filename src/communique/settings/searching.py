"""The worker's part in searching: a new index where one is due, beside the one that answers; segments for browsers."""

from __future__ import annotations

from django.db import DatabaseError, connection

from communique.settings.office import Installation
from communique.settings.processes import Job


def search_job(installation: Installation) -> Job:
    """Keeps the index in step and makes a new one where one is due; readers and pages do not wait for it."""

    search = installation.search  # one for all: it knows of which index it has looked at the files

    def keep_up() -> None:
        try:
            search.catch_up()
            installation.cutting.catch_up()
        except DatabaseError:
            connection.close()  # one that the database has ended is opened anew the next time
            raise

    return keep_up
