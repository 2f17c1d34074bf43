"""Mail to the clearers: a text waits for the second pair of eyes. Once each time it is submitted, and no word of it."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.given import given
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.post import Letter, send_to
from communique.newsroom.roles import clearing_people


def ask_to_clear(page_id: int, submission: int) -> None:
    """Tell each clearer who may know of a page and had no hand in it that it waits; `submission` tells one time that it
    was submitted from another."""
    authors = authors_since_clearance(page_id)
    for user in clearing_people():
        if user.pk not in authors and may_see_page(user, page_id):
            send_to(user, f"clear/{submission}", partial(_letter, page_id))


def _letter(page_id: int) -> Letter:
    says = _("A text was submitted and waits for a second pair of eyes:")
    address = given().desk_address.rstrip("/") + reverse("clear", args=(page_id,))
    return Letter(_("A text to be cleared"), f"{says}\n\n{address}\n")
