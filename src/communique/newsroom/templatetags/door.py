"""What the pages in front of the desk show: whose it is, other ways in, and the demo's people."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.urls import reverse

from communique.newsroom.furniture import in_language, office
from communique.newsroom.given import given

register = template.Library()


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


@register.simple_tag(takes_context=True)
def other_ways(context: template.Context) -> list[dict[str, str]]:
    """Identity providers that the settings name."""
    request = context["request"]
    return [
        {"name": one.name, "address": reverse("openid_connect_login", args=[one.provider_id])}
        for one in get_adapter().list_apps(request, provider="openid_connect")
    ]
