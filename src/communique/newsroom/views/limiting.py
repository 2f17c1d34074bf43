"""Who may know of something at the desk: chosen people, or everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages as notes
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from communique.newsroom.drawn import Drawn, last_by, names_in_line
from communique.newsroom.history import note
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.roles import may_clear, may_publish
from communique.newsroom.states import FORCED_FROM, Standing


def limit_to_chosen(request: HttpRequest, thing: Any, with_it: Iterable[Any] = ()) -> dict[str, Any] | None:
    """Keep the people that a form names, and whoever names them; without a form, the facts that its screen shows.

    What says the same (`with_it`: translations, a reply) is limited with it, for its words would give it away.
    """
    users = get_user_model().objects.filter(is_active=True).order_by("first_name", "email")
    now = list(thing.limited_to.all())
    drawn = Drawn(request, _in_words(user for user in users if user in now), last_by(thing, "limit"))
    chosen = [user for user in users if request.POST.get(f"user-{user.pk}")]
    if chosen and request.user not in chosen:
        chosen.append(request.user)
    if request.method != "POST" or drawn.refuses(_in_words(user for user in users if user in chosen)):
        shown = chosen if request.method == "POST" else now
        return {"users": users, "now_limited": {user.pk for user in shown}, "drawn": drawn}
    for one in (thing, *with_it):
        one.limited_to.set(chosen)
        note(one, "limit", request.user, who=[str(user) for user in chosen])
    notes.success(request, _("Kept: %(who)s") % {"who": ", ".join(map(str, chosen)) or _("everybody at the desk")})
    return None


def nobody_can(page: Any, standing: Standing) -> list[str]:
    """What is still to be done with a limited draft, and nobody who may see it can do: a sentence each."""
    seers = list(page.limited_to.all())
    if not seers or standing not in (*FORCED_FROM, Standing.CLEARED):
        return []
    wrote = authors_since_clearance(page.pk)
    found = []
    if standing != Standing.CLEARED and not any(may_clear(one) and one.pk not in wrote for one in seers):
        found.append(_("Of those who may see it nobody can clear it: name a clearer who did not write it."))
    if not any(may_publish(one) for one in seers):
        found.append(_("Of those who may see it nobody can publish it: name a publisher."))
    return found


def _in_words(people: Iterable[Any]) -> dict[str, str]:
    return {_("Who may see it"): names_in_line(people, _("everybody at the desk"))}
