"""Signing in: nobody signs up by himself, and mail goes out in the office's name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class Accounts(DefaultAccountAdapter):
    """allauth's accounts for an office: people are invited."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
