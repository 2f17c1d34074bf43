"""No token in a log: Django names the address of whatever it refuses, and an address of ours is a secret."""

from __future__ import annotations

import logging

SHOWN = "/l/…"


class Quiet(logging.Filter):
    """On Django's logger of requests: an address below /l/ is not told, nor the request that bears it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and any(_is_link(one) for one in record.args):
            record.args = tuple(SHOWN if _is_link(one) else one for one in record.args)
            record.__dict__.pop("request", None)
        return True


def _is_link(word: object) -> bool:
    return isinstance(word, str) and word.startswith("/l/")
