"""What a page of the public site may do: the content security policy, in its two places.

A page may load scripts, styles, fonts, pictures, recordings and data from its own site and from nowhere else; nothing
inline runs, no plug-in starts, no form goes elsewhere. One thing may be framed: on a page with a recording on another
host that host's player, after the reader has pressed for it (`with_players`). The policy is said twice, because a site
of plain files may be carried by a server that adds no header:

    HEADER    sent by the built-in server with every answer (`press/server.py`)
    META      for `<meta http-equiv="content-security-policy" content="…">`, first thing in each page's head after the
              charset; the templates of `press/` take it from here. It is HEADER without `frame-ancestors`, which
              browsers ignore in a `<meta>` and complain about in their console, and without frames: the header, the
              same for all pages, lets a page have frames; each page's own policy says which, and in most: none

A template that needs more than this is wrong, not the policy: put scripts and styles into files, give an element a
class in place of a style, draw in SVG files.

DRAWING is the policy of one file on its own: an SVG, or any marked-up file that came into the site from outside,
opened by its address. It is sandboxed: it has no origin, runs nothing, loads nothing.

Source: W3C Content Security Policy Level 3, 2024.
"""

from __future__ import annotations

from collections.abc import Iterable

META = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
HEADER = META + "; frame-src https:; frame-ancestors 'none'"
DRAWING = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def with_players(origins: Iterable[str]) -> str:
    """META of a page whose readers may press for the players of these hosts."""
    named = sorted(set(origins))
    return f"{META}; frame-src {' '.join(named)}" if named else META
