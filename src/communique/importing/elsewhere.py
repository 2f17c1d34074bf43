"""Elsewhere: what a page says of other addresses where it stands too, or where it stands in another language.

A page tells its canonical address in its head, its other languages by `hreflang`, in the head or at a link, or by a
link whose words are a language's own name ("Français") or its two letters ("FR").
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from babel import Locale, UnknownLocaleError
from lxml import etree

LIMIT_LINKS = 60
_LIMIT_WORDS = 40
_CODES = frozenset((
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu",
    "fa", "fi", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km",
    "ko", "ky", "lo", "lt", "lv", "mk", "mn", "ms", "mt", "my", "nb", "ne", "nl", "no", "pl", "pt", "ro", "ru",
    "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh",
))  # fmt: skip
_STEPS = re.compile(r"([/._?&=-])")
_CODE = re.compile(r"[a-z]{2}", re.I)
_INDEX = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.I)
_OF_LANGUAGES = frozenset(("lang", "language", "langue", "locale", "l", "lng", "hl", "sprache", "idioma", "lingua"))


def canonical_of(root: etree._Element, base: str | None) -> str | None:
    """The address that a page gives as its own."""
    stated = (link.get("href") for link in root.iter("link") if link.get("rel") == "canonical")
    found = next((href for href in stated if href is not None), None)
    return None if found is None else _whole(found, base)


def alternates_of(root: etree._Element, base: str | None) -> tuple[tuple[str, str], ...]:
    """(language, address) of each other language version that a page names."""
    found: dict[tuple[str, str], None] = {}
    for element in root.iter("link", "a"):
        href = element.get("href")
        if not href or (language := _language_of(element)) is None or len(found) >= LIMIT_LINKS:
            continue
        if element.tag == "link" and "alternate" not in (element.get("rel") or "").lower():
            continue
        if "rss" in (kind := element.get("type") or "") or "atom" in kind:
            continue
        if address := _whole(href, base):
            found[language, address] = None
    return tuple(found)


def key_of(address: str) -> str:
    """What an address is compared by: without scheme, "www.", default port, fragment and sessions."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{host_of(address)}{port}{path_of(address)}"


def host_of(address: str | None) -> str:
    """The host of an address, without "www."; "" where there is none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """Path and query of an address as one writes it, without what stands for one visit alone."""
    parts = urlsplit(address)
    asked = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_of_a_visit(k)]
    path = unquote(parts.path, errors="replace") or "/"
    return path + (f"?{urlencode(asked)}" if asked else "")


def without_language(key: str) -> tuple[str, str | None]:
    """A key with a sign in the place of each code of a language in it, and the first of them."""
    path, _, query = key.partition("?")
    for name, value in parse_qsl(query):
        if name.lower() in _OF_LANGUAGES and value.lower()[:2] in _CODES:
            return f"{path}?{query.replace(f'{name}={value}', f'{name}=*')}", value.lower()[:2]
    host, sign, rest = key.partition("/")
    steps, codes = [], []
    for step in _STEPS.split(rest):
        steps.append("*" if step.lower()[:2] in _CODES and _CODE.fullmatch(step) else step)
        codes += [step.lower()[:2]] if steps[-1] != step else []
    return f"{host}{sign}{''.join(steps)}", codes[0] if codes else None


def is_index_of(key: str) -> bool:
    """Whether a key is what a folder shows ("…/index.html")."""
    return bool(_INDEX.search(key.partition("?")[0]))


def _is_of_a_visit(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in ("phpsessid", "jsessionid", "sid", "fbclid", "gclid")


def _whole(href: str, base: str | None) -> str | None:
    try:
        address = urljoin(base or "", href.strip())
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def _language_of(element: etree._Element) -> str | None:
    """What `hreflang` says, else what the words of a link do; an element of the head has none."""
    stated = element.get("hreflang")
    if stated and (code := stated.lower()[:2]) in _CODES:
        return code
    text = "".join(element.itertext()) if len(element) else element.text
    words = " ".join(text.split()) if text else ""
    return _own_names().get(words.casefold()) if 0 < len(words) <= _LIMIT_WORDS else None


@cache
def _own_names() -> dict[str, str]:
    """How each language calls itself, and its code -> code."""
    found: dict[str, str] = {}
    for code in sorted(_CODES):
        found[code] = code
        try:
            name = Locale(code).get_display_name(code)
        except UnknownLocaleError:
            continue
        if name:
            found[name.casefold()] = code
    return found
