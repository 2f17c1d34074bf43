"""Inside a running browser the database is that of the test, whichever test asked first."""

from __future__ import annotations

import pytest

from browser import chromium
from communique.newsroom.models import MessagePage
from newsroom.newsrooms import Desk


@pytest.mark.parametrize("title", ["On the quay", "On the lamp"])
def test_in_a_browsers_loop_the_database_is_that_of_the_test(desk: Desk, title: str) -> None:
    page = desk.written("wenna", title=title)
    with chromium():
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == title
