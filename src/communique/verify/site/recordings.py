"""What must stand on a message's page of its recordings and of the times of its turns, and who made a file.

A file has the browser's own player and its address, a video the message's captions besides; a recording elsewhere is a
link, and the host to which it leads.
A turn's time is that of the first recording: `ADDRESS#t=62.5` where the recording itself is at the address, else words.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from communique.edition.media import CAPTIONS
from communique.edition.player import player_address
from communique.verify.site.blocks import followed
from communique.verify.site.expected import Piece, element, piece, start_tag
from communique.verify.site.file_words import credit_words, media_words
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, file_address
from communique.verify.site.wording import Gap, Words, isolated, joined, said, words_of


def recording_pieces(sheet: Sheet) -> list[Piece]:
    """The part of the page with all recordings, where there are any."""
    label = sheet.label("recording")
    figures = [
        piece(what, "figure", _recording(sheet, one, number), class_="recording", **_hosted(sheet, one))
        for number, one in enumerate(filter(_address, sheet.content.get("recordings", ())), 1)
        for what in (f"recording {number}",)
    ]
    playing = sheet.label("playing_now")
    made = piece("recordings", "section", figures, class_="recordings", aria_label=label, data_playing=playing)
    return [made] if figures else []


def time_pieces(sheet: Sheet, turn: Content) -> list[Piece]:
    """Where a turn is heard in the first recording."""
    first: Content = next(iter(sheet.content.get("recordings", ())), {})
    address, start = _address(first), turn.get("from_ms")
    if not address or start is None:
        return []
    what, time = f"time of turn {turn['id']}", said(_elapsed(sheet, start))
    played = followed(address) if first.get("media") else None
    if played is None:
        return [piece(what, "span", sheet.wording.phrase("time_in_recording", time=time), class_="turn-heard")]
    target = f"{played.split('#')[0]}#t={start / 1000:.3f}".rstrip("0").rstrip(".")
    return [piece(what, "a", sheet.wording.phrase("listen_from", time=time), class_="turn-heard", href=target)]


def signs_seen(sheet: Sheet) -> Words | None:
    """The sign languages that are seen in the recordings."""
    tags = dict.fromkeys(
        one["sign"] for one in sheet.content.get("recordings", ()) if one.get("sign") and _address(one)
    )
    names = [_capital(sheet.wording.sign_language_name(tag)) for tag in tags]
    return joined([isolated(name) for name in names], " · ") if names else None


def _capital(words: Words) -> Words:
    first, *rest = words
    return (first[:1].upper() + first[1:] if isinstance(first, str) else first, *rest)


def _recording(sheet: Sheet, one: Content, number: int) -> list[Piece]:
    name, address = said(one.get("title") or sheet.wording.label("recording")), str(_address(one))
    leads = followed(address)
    title = name if leads is None else element("a", name, href=leads)
    sort = media_words(sheet, one) if one.get("file") else _host(address)
    words: list[str | Gap | Words] = [title, " ", element("span", sort, class_="media")]
    language = one.get("language")
    if language and language != sheet.wording.language:
        words += [" ", element("span", sheet.wording.autonym(language), class_="spoken", lang=language)]
    if one.get("sign"):
        seen = sheet.wording.phrase("in_sign_language", language=sheet.wording.sign_language_name(one["sign"]))
        words += [" ", element("span", seen, class_="signed")]
    words += [element("span", said(one["caption"]), class_="file-caption")] if one.get("caption") else []
    credit = credit_words(one)
    words += [" ", credit] if credit else []
    caption = piece(f"caption of recording {number}", "figcaption", words_of(*words))
    if not one.get("file"):
        return [caption]
    player = "video" if one["media"].startswith("video/") else "audio"
    what = f"player of recording {number}"
    inner = words_of(*_captions(sheet)) if player == "video" else ("",)
    return [piece(what, player, inner, controls=True, preload="none", src=address, aria_label=name), caption]


def _captions(sheet: Sheet) -> list[str | Gap | Words]:
    """The captions of a video: every text in WebVTT among the message's files."""
    found: list[str | Gap | Words] = [""]
    for one in sheet.content.get("files", ()):
        if one.get("file") and one["media"] == CAPTIONS:
            language = one.get("language") or sheet.wording.language
            label = said(one["title"]) if one.get("title") else sheet.wording.autonym(language)
            found.append(start_tag("track", kind="captions", src=file_address(one), srclang=language, label=label))
    return found


def _hosted(sheet: Sheet, one: Content) -> dict[str, str | Words]:
    """The known player of a recording elsewhere, and what a press will do."""
    player = None if one.get("file") else player_address(str(one["address"]))
    if player is None:
        return {}
    host = urlsplit(player).hostname or ""
    shown = f"\u2068{host}\u2069" if sheet.wording.comma == "، " else host
    warning = sheet.wording.phrase("play_warning", host=said(shown))
    return {"data_player": player, "data_play": sheet.label("play_here"), "data_warning": warning}


def _address(one: Content) -> str | None:
    return file_address(one) if one.get("file") else one.get("address")


def _host(address: str) -> Words:
    return element("bdi", said(urlsplit(address).hostname or ""), dir="ltr")


def _elapsed(sheet: Sheet, ms: int) -> str:
    whole = ms // 1000
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return sheet.wording.figures(f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}")
