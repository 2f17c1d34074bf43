"""What the pages in front of the desk show: whose it is, other ways in, and the demo's people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from django import template
from django.urls import reverse

from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given
from communique.newsroom.proofs import AFTER_SET_UP
from communique.newsroom.roles import names_of

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""marks in what a browser says of itself, the narrower first"""


@register.simple_tag(takes_context=True)
def house(context: template.Context) -> dict[str, Any]:
    """The office's name, its style, and nothing that anybody could not know."""
    request = context["request"]
    return {
        "name": in_language(office()["name"], request.LANGUAGE_CODE),
        "style": given().style_path,
        "site": given().site_address,
    }


@register.simple_tag
def guests() -> Any:
    """The demo's people; nobody anywhere else."""
    return given().guests()


@register.filter
def role_names(roles: Iterable[str]) -> list[str]:
    """The names of roles in the language of the page."""
    return names_of(roles)


@register.simple_tag(takes_context=True)
def other_ways(context: template.Context) -> list[dict[str, str]]:
    """Identity providers that the settings name."""
    request = context["request"]
    return [
        {"name": one.name, "address": reverse("openid_connect_login", args=[one.provider_id])}
        for one in get_adapter().list_apps(request, provider="openid_connect")
    ]


@register.simple_tag(takes_context=True)
def factors(context: template.Context) -> dict[str, bool]:
    """Which second factors somebody has whose password was right, and who is asked for one now."""
    mine = Authenticator.objects.filter(user=context["request"]._login_stage.login.user)
    types = set(mine.values_list("type", flat=True))
    return {"app": Authenticator.Type.TOTP in types, "passkey": Authenticator.Type.WEBAUTHN in types}


@register.simple_tag(takes_context=True)
def going_on(context: template.Context) -> str:
    """Where somebody was when he was led to set up a second factor; "" otherwise."""
    where: str = context["request"].session.get(AFTER_SET_UP, "")
    return where


@register.filter
def browser_name(user_agent: str) -> str:
    """The browser and the system in two words, else what it says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser}, {system}" if browser and system else user_agent[:60]


@register.filter
def in_fours(secret: str) -> list[str]:
    """A secret as somebody types it off: four letters at a time."""
    return [secret[at : at + 4] for at in range(0, len(secret), 4)]
