"""Where the player of a hosted recording is, by the address of its page: for readers who press "Play here".

    >>> player_address("https://youtu.be/AbC_dEf-123")
    'https://www.youtube-nocookie.com/embed/AbC_dEf-123'
    >>> player_address("https://video.example/watch?v=1") is None
    True

Known are YouTube (its host without cookies), Vimeo (asked not to track), Dailymotion, and PeerTube on any host, which
is told by the form of its ids. Of any other address nothing is guessed: it stays a link.
"""

from __future__ import annotations

import re

_PATHS = (
    (re.compile(r"(?:www\.|m\.)?youtube\.com"), re.compile(r"/(?:live|shorts|embed)/([\w-]{11})/?"), "YOUTUBE"),
    (re.compile(r"youtu\.be"), re.compile(r"/([\w-]{11})/?"), "YOUTUBE"),
    (re.compile(r"(?:www\.)?vimeo\.com"), re.compile(r"/([0-9]{4,12})/?"), "https://player.vimeo.com/video/{id}?dnt=1"),
    (
        re.compile(r"(?:www\.)?dailymotion\.com"),
        re.compile(r"/video/([a-z0-9]{4,12})/?"),
        "https://geo.dailymotion.com/player.html?video={id}",
    ),
    (
        re.compile(r"[a-z0-9.-]+\.[a-z]{2,}"),
        re.compile(r"/(?:w|videos/watch)/([0-9A-Za-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?", re.ASCII),
        "https://{host}/videos/embed/{id}",
    ),
)
_ADDRESS = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?", re.ASCII)
"""without port, user name and sign that is not ASCII: no such address is a known host's"""
_WATCHED = re.compile(r"(?:^|&)v=([\w-]{11})(?:&|$)", re.ASCII)
_YOUTUBE = "https://www.youtube-nocookie.com/embed/{id}"


def player_address(address: str) -> str | None:
    """The address of the player for a recording's page, None where no player is known."""
    found = _ADDRESS.fullmatch(address) if address.isascii() else None
    if found is None:
        return None
    host, place = found["host"].lower(), found["path"] or ""
    watched = _WATCHED.search(found["query"] or "")
    if watched and place == "/watch" and _PATHS[0][0].fullmatch(host):
        return _YOUTUBE.format(id=watched[1])
    for hosts, paths, player in _PATHS:
        path = paths.fullmatch(place)
        if hosts.fullmatch(host) and path:
            return (_YOUTUBE if player == "YOUTUBE" else player).format(host=host, id=path[1])
    return None


def player_origin(player: str) -> str:
    """The origin of a player, as a content security policy names it."""
    return "/".join(player.split("/")[:3])
