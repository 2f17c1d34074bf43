"""The form of a piece of furniture on a page of its own, as Wagtail's edit form holds it: for tests and for looking.

The page has Wagtail's own style sheet and a strict content policy: an inline script of ours would not run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import wagtail.admin
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend

import communique.newsroom
from communique.newsroom.piece_widget import PieceWidget
from communique.newsroom.pieces import OfficeNow

ROOM = Path(communique.newsroom.__file__).parent
WAGTAIL = Path(wagtail.admin.__file__).parent / "static"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"

OFFICE = OfficeNow(
    languages=["en", "fr", "ar"],
    zone="Europe/Paris",
    today=date(2026, 11, 25),
    numerals={"ar": "arab"},
    site_address="https://orsemund.example/",
    labels={
        "closed_now": "Closed now",
        "open_until": "Open now, until {time}",
        "record_size": {"one": "{n} entry", "other": "{n} entries"},
        "as_of": "Day, clocks and counters on this page are those of {instant}; they move only where scripts run.",
    },
    sections=[{"id": "s" * 16, "name": "Speeches"}, {"id": "t" * 16, "name": "Statements"}],
    persons=[{"id": "p" * 16, "name": "Ines Quarrendel", "address": "ines-quarrendel"}],
    messages=[{"id": f"{letter * 16}", "name": f"Message {letter.upper()}"} for letter in "abc"],
    files=[{"file": {"private": "lighthouse", "sha256": "0" * 64}, "media": "image/svg+xml", "name": "arms.svg"}],
)


class _Renderer(DjangoTemplates):
    """Django's own templates and the newsroom's, whichever apps are installed in this process."""

    @property
    def engine(self) -> Any:  # type: ignore[override]
        folders = [Path(forms.__file__).parent / "templates", ROOM / "templates"]
        return Backend({"NAME": "pieces", "DIRS": folders, "APP_DIRS": False, "OPTIONS": {}})


def page(
    content: dict[str, Any] | str,
    office: OfficeNow = OFFICE,
    faults: Sequence[tuple[str, str]] = (),
    theme: str = "light",
    direction: str = "ltr",
) -> str:
    """The whole page around one form."""
    widget = PieceWidget(office=office)
    widget.faults = faults
    value = content if isinstance(content, str) else json.dumps(content)
    field = widget.render("content", value, {"id": "id_content"}, renderer=_Renderer())
    lang = "ar" if direction == "rtl" else "en"
    return f"""<!doctype html>
<html lang="{lang}" dir="{direction}" class="w-theme-{theme} w-contrast-system w-density-default">
<head><meta charset="utf-8"><title>Piece</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="stylesheet" href="/wagtailadmin/css/core.css"><link rel="stylesheet" href="/newsroom/piece/piece.css">
<link rel="stylesheet" href="/page.css"><link rel="icon" href="data:,">
<script src="/newsroom/piece/piece.js" type="module"></script></head>
<body><main><h1>Piece</h1><form method="post" novalidate>{field}</form></main></body></html>"""


PAGE_STYLE = """
body { overflow: auto; padding: 16px; background: #fdfcfa; }
h1 { font-size: 24px }
.w-theme-dark body { background: #15181b; }
@media (prefers-color-scheme: dark) { .w-theme-system body { background: #15181b; } }
"""


class _Handler(SimpleHTTPRequestHandler):
    """Pages of a test, the newsroom's static files, and Wagtail's."""

    def translate_path(self, path: str) -> str:
        bare = path.split("?")[0].lstrip("/")
        for folder in (Path(self.directory), ROOM / "static", WAGTAIL):
            if (folder / bare).is_file():
                return str(folder / bare)
        return str(Path(self.directory) / bare)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's pages with all that they need, at an address of this machine."""
    (folder / "page.css").write_text(PAGE_STYLE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
