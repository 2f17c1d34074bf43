"""A message's recordings, as values for the templates: what is played here, what lies elsewhere, and turns' times.

A file is played by the browser's own player, loaded when a reader starts it; texts in WebVTT among the message's files
are the captions of its videos, in their own language where it is said. Of a recording in which a sign language is seen
the caption says which. A recording on another host is a link that says to which host it leads; nothing of that host is
loaded into the page before a reader presses "Play here".
The times of turns are those of the first recording:
its file's address with a media fragment (`FILE#t=62`), which `assets/listen.js` makes the player's.

Source: W3C Media Fragments URI 1.0, section 4.2.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from communique.edition.media import CAPTIONS
from communique.edition.player import player_address, player_origin
from communique.press.file_words import credits_of, media_words
from communique.press.furniture_view import file_path
from communique.press.markup import Html, html, isolated_text, left_to_right, link, safe_target, tag
from communique.press.shown import Content
from communique.press.wording import Wording, autonym, capital, sign_language_name

SUBTITLES = "text/vtt"


def recordings(content: Content, wording: Wording, sizes: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """All recordings but those whose address was erased; `sizes` are those of files, in bytes."""
    captions = _captions(content, wording)
    return [_recording(one, captions, wording, sizes or {}) for one in content.get("recordings", ()) if _address(one)]


def player_origins(content: Content) -> list[str]:
    """The origins of the hosted players that readers of a message may press for."""
    players = [_player(one) for one in content.get("recordings", ())]
    return [player_origin(player) for player in players if player]


def is_played(content: Content) -> bool:
    """Whether anything can be played on the page."""
    return any(one.get("file") or _player(one) for one in content.get("recordings", ()))


def heard(content: Content, turn: Mapping[str, Any], wording: Wording) -> Html | None:
    """The way to a turn's time in the first recording; of one on another host's page the time is said, no more."""
    first = next(iter(content.get("recordings", ())), None)
    if first is None or not _address(first) or "from_ms" not in turn:
        return None
    time = wording.elapsed(turn["from_ms"])
    address = safe_target(_address(first)) if first.get("media") else None
    if address is None:
        return tag("span", wording.phrase("time_in_recording", time=time), class_="turn-heard")
    target = f"{address.partition('#')[0]}#t={_seconds(turn['from_ms'])}"
    return tag("a", wording.phrase("listen_from", time=time), class_="turn-heard", href=target)


def signed(content: Content, wording: Wording) -> list[str]:
    """The sign languages that are seen in the recordings, by their names at the beginning of a line."""
    tags = dict.fromkeys(one["sign"] for one in content.get("recordings", ()) if one.get("sign") and _address(one))
    return [capital(sign_language_name(tag, wording.language)) for tag in tags]


def _captions(content: Content, wording: Wording) -> list[dict[str, str]]:
    """The captions that a player offers; one without a title bears the name of its language."""
    return [
        {
            "source": file_path(one["file"], one["media"]),
            "language": one.get("language") or wording.language,
            "name": one.get("title") or autonym(one.get("language") or wording.language),
        }
        for one in content.get("files", ())
        if one.get("file") and one["media"] == CAPTIONS
    ]


def _recording(
    one: Mapping[str, Any], captions: Sequence[Mapping[str, str]], wording: Wording, sizes: Mapping[str, int]
) -> dict[str, Any]:
    video = one.get("media", "").startswith("video/")
    name = one.get("title") or wording.label("recording")
    foreign = one["language"] if one.get("language") not in (None, wording.language) else None
    return {
        "source": _source(one),
        "video": video,
        "captions": captions if video else (),
        "hosted": _hosted(one, wording),
        "name": name,
        "title": link(name, _address(one) or ""),
        "where": html(media_words(one, wording, sizes)) if _source(one) else _host(one["address"]),
        "language": foreign,
        "spoken": autonym(foreign) if foreign else None,
        "sign": _signed(one, wording),
        "caption": one.get("caption"),
        "credits": credits_of(one),
    }


def _signed(one: Mapping[str, Any], wording: Wording) -> str | None:
    """That a recording is in a sign language: "In German Sign Language"."""
    name = sign_language_name(one["sign"], wording.language) if one.get("sign") else None
    return wording.text("in_sign_language", language=name) if name else None


def _hosted(one: Mapping[str, Any], wording: Wording) -> dict[str, str] | None:
    """The known player of a recording on another host, and what a press will do."""
    player = _player(one)
    if player is None:
        return None
    host = urlsplit(player).hostname or ""
    return {
        "player": player,
        "play": wording.label("play_here"),
        "warning": wording.text("play_warning", host=isolated_text(host, wording.direction)),
    }


def _player(one: Mapping[str, Any]) -> str | None:
    return None if one.get("file") or not one.get("address") else player_address(one["address"])


def _source(one: Mapping[str, Any]) -> str | None:
    """The public address of a recording that is a file."""
    return file_path(one["file"], one["media"]) if one.get("file") else None


def _address(one: Mapping[str, Any]) -> str | None:
    """Where a recording is; None when its address was erased."""
    return _source(one) or one.get("address")


def _host(address: str) -> Html:
    return left_to_right(urlsplit(address).hostname or "")


def _seconds(ms: int) -> str:
    """Milliseconds as a media fragment writes them: "62", "62.5"."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)
