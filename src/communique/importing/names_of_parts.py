"""What an element of HTML is called: by its tag, its role, or the names that its maker gave it.

Names are words that makers of sites everywhere use for the parts around a text ("menu", "breadcrumb", "share"). Only
whole words count: "mainNav-box" says main, nav and box. What such an element holds is judged by `regions.py`; a name
alone throws nothing away, because makers err.

    >>> part_named("div", {"class": "share-page"}), part_named("ul", {"id": "mainNav"}), part_named("div", {})
    ('share', 'menu', '')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_ROLES = {
    "navigation": "menu", "menu": "menu", "menubar": "menu", "search": "menu", "contentinfo": "foot",
    "complementary": "beside", "dialog": "overlay", "alertdialog": "overlay", "banner": "top",
}  # fmt: skip
_TAGS = {"figcaption": "caption", "caption": "caption", "nav": "menu", "footer": "foot", "aside": "beside"}

_NAMES: tuple[tuple[str, str], ...] = (
    ("path", "breadcrumb breadcrumbs crumb crumbs brotkrumen? fil ariane rootline pathway migas topicpath pankuzu"),
    (
        "hidden",
        "invisible offscreen sronly screenreader unsichtbar visuallyhidden onlyprint printonly nodisplay",
    ),
    ("overlay", "modal popup popin lightbox overlay dialog cookie cookies consent gdpr interstitial"),
    (
        "menu",
        "nav navi navbar navigation menu menus mainnav topnav subnav sidenav metanav langnav footnav submenu mainmenu "
        "topmenu topnavi topbar toolbar skip skiplink skiplinks skipnav sitemap langmenu langs search suche suchfeld "
        "login pager pagination paging tagcloud servicelinks quicklinks toc",
    ),
    ("foot", "footer foot fuss fusszeile colophon impressum sitefooter pagefooter legal disclaimer"),
    ("share", "share shares sharing sharer socialshare socialmedia social socials addtoany addthis teilen print tools"),
    ("beside", "sidebar aside marginal rightcol rightcolumn leftcol leftcolumn widgets rail promo promos banner ads"),
    ("caption", "caption captions bildunterschrift legende copyright credit credits photocredit"),
    ("list", "related similar recommended readmore latest recent teasers morenews archive"),
    ("contact", "contact contacts kontakt presscontact mediacontact pressekontakt ansprechpartner"),
    ("tags", "tags tagged keywords schlagworte schlagwort topics hashtags"),
    ("overlay", "newsletter subscribe subscription comments respond"),
)
_PART_OF = {name: part for part, names in reversed(_NAMES) for name in names.split()}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")
_ON_SOME_SCREENS = re.compile(
    r"hidden-?(?:xs|sm|md|lg|xl|phone|tablet|desktop|print|mobile|small|medium|large)|no-?print"
)
_SEEN_BY_NOBODY = re.compile(
    r"(?:^|\s)(?:(?:(?!label)[a-z]+[-_]+)?hidden|sr-?only|(?:screen-?reader|visually|element)-+(?:text|hidden|invisible|only))(?=\s|$)"
)


_CURRENT = re.compile(r"(?:^|[\s_-])(?:active|current|selected|aktiv|actif|activo|ativo|attivo)(?=$|[\s_-])", re.I)


@lru_cache(maxsize=4096)
def says_current(names: str) -> bool:
    """Whether the names of a menu's item say that the reader is there.

    >>> says_current("menu-item is-active"), says_current("interactive")
    (True, False)
    """
    return bool(_CURRENT.search(names))


def part_named(tag: str, attributes: Mapping[str, str]) -> str:
    """The part that an element's maker calls it, empty where nothing is said."""
    if tag in _TAGS and tag != "nav":
        return _TAGS[tag]
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    if tag in ("nav", "ol") and (label := attributes.get("aria-label")):
        names = f"{names} {label}"
    role = _ROLES.get((attributes.get("role") or "").lower(), "")
    by_name = _by_names(names[:400]) if len(names) > 1 else ""
    return by_name if by_name == "path" else role or by_name or _TAGS.get(tag, "")


@lru_cache(maxsize=4096)
def _by_names(names: str) -> str:
    plain = _ON_SOME_SCREENS.sub(" ", _HUMP.sub("-", names).lower())
    if _SEEN_BY_NOBODY.search(plain):
        return "hidden"
    return next((part for word in _WORD.findall(plain) if (part := _PART_OF.get(word))), "")
