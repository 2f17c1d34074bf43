"""A page with the words editor alone, for tests in a real browser: a form, its textarea, the editor's own files.

It is served from here, under a content security policy without inline scripts, as the newsroom has it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

import communique.newsroom
from browser import chromium
from communique.newsroom.words_widget import Given, WordsWidget

FILES = Path(communique.newsroom.__file__).parent / "static" / "newsroom" / "words"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'"
TYPES = {".js": "text/javascript", ".css": "text/css"}
WIDE = (1280, 900)

INTERVIEW: dict[str, Any] = {
    "speakers": [
        {"name": "Oriel Tavenmark", "role": "Ambassador", "person": "a" * 16},
        {"name": "Anselm Orrevane", "role": "Minister of Ports"},
    ],
    "turns": [
        {"id": "t1", "kind": "question", "questioner": "Bram Esterhal", "outlet": "The Quay Gazette", "blocks": ["A?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["The lamp is lit. The room has grown."]},
        {"id": "t3", "kind": "question", "topic": "The ferry", "mark": "Question", "blocks": ["When does it leave?"]},
        {"id": "t4", "kind": "answer", "speaker": 1, "blocks": ["On Friday.", "At ten."]},
        {"id": "t5", "kind": "note", "blocks": ["(A bell rings.)"]},
    ],
    "next": 9,
}
PEOPLE = [
    {
        "id": "a" * 16,
        "name": "Oriel Tavenmark",
        "roles": [
            {"name": "Envoy", "since": "2019-01-01", "until": "2023-12-31"},
            {"name": "Ambassador", "since": "2024-01-01"},
        ],
    },
    {"id": "b" * 16, "name": "Sunna Arkvane", "roles": [{"name": "Minister of Weather", "since": "2020-05-01"}]},
]


class Editor:
    """The editor in a page, with what a test asks of it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __getitem__(self, id_: str) -> Locator:
        """The words of a turn."""
        return self.page.locator(f'.words-turn:has([data-turn="{id_}"]) .words-said')

    @property
    def value(self) -> Any:
        """The value that the form would send at this instant."""
        text = self.page.evaluate("new FormData(document.querySelector('form')).get('words')")
        return json.loads(text) if text else None

    @property
    def area(self) -> str:
        """What stands in the textarea, once the editor has had time to write it."""
        self.page.wait_for_timeout(350)
        return str(self.page.locator("textarea").evaluate("area => area.value"))

    @property
    def ids(self) -> list[str]:
        return [turn["id"] for turn in self.value["turns"]]

    def turn(self, id_: str) -> dict[str, Any]:
        """What the value says of a turn."""
        found: dict[str, Any] = next(turn for turn in self.value["turns"] if turn["id"] == id_)
        return found

    def at(self, id_: str, before: str = "") -> None:
        """Puts the cursor into a turn: before these words of its first paragraph, or at its beginning."""
        first = self[id_].locator("> *").first
        first.click()
        self.page.keyboard.press("Home")
        text = first.inner_text()
        for _ in range(text.index(before) if before else 0):
            self.page.keyboard.press("ArrowRight")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def paste(self, found: str, kind: str = "text/html") -> None:
        """A paste of the clipboard's HTML (or text) as the browser hands it to a page.

        A browser's own paste comes after keys of its own, at which the editor reads the selection; an event that is
        made here would overtake the news of a cursor that was moved just before.
        """
        self.page.locator(".words-text").focus()
        self.page.evaluate("() => new Promise((heard) => requestAnimationFrame(() => setTimeout(heard)))")
        self.page.evaluate(
            """([kind, found]) => {
                const data = new DataTransfer();
                data.setData(kind, found);
                const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
                document.querySelector(".words-text").dispatchEvent(event);
            }""",
            [kind, found],
        )

    @property
    def status(self) -> str:
        return self.page.locator(".words-status").inner_text()


def document(value: Any, given: Given, lang: str = "en", theme: str = "") -> str:
    """The page's HTML."""
    widget = WordsWidget(given=given)
    text = json.dumps(value, ensure_ascii=False) if value is not None else ""
    field = widget.render("words", text, {"id": "id_words"})
    direction = "rtl" if lang == "ar" else "ltr"
    return f"""<!doctype html>
<html lang="{lang}" dir="{direction}" class="{html.escape(theme)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Words</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/words.css"><script type="module" src="/editor.js"></script>
</head><body><main><h1>Words</h1><form method="post" action="/save"><label for="id_words">Words</label>{field}
<button>Save</button></form></main></body></html>"""


class Desk:
    """A browser with a small server of the editor's files. One of both serves a module of tests."""

    def __init__(self, browser: Browser, address: str, shown: dict[str, str]) -> None:
        self.browser = browser
        self.address = address
        self.shown = shown
        self.context: BrowserContext = browser.new_context()

    @contextmanager
    def edited(
        self, value: Any, given: Given | None = None, size: tuple[int, int] = WIDE, wait_ms: int = 30_000, **facts: Any
    ) -> Iterator[Editor]:
        """A page with the editor on a value; whatever its console says fails the test."""
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        wrong: list[str] = []
        page.on("console", lambda said: None if _is_no_fault(said) else wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        self.shown["/"] = document(value, given or Given(language="en", people=PEOPLE), **facts)
        page.goto(f"{self.address}/", wait_until="load")
        page.wait_for_selector("words-editor[data-ready]", timeout=wait_ms)
        yield Editor(page)
        assert not wrong, wrong
        page.close()


def _is_no_fault(said: ConsoleMessage) -> bool:
    """What is no warning, and the browser's that it does not obey styles and handlers of a clipboard: nor shall it."""
    return said.type not in ("error", "warning") or said.text.startswith(
        ("Applying inline style violates", "Executing inline event handler violates")
    )


@contextmanager
def desk() -> Iterator[Desk]:
    """Browser and server, running."""
    shown: dict[str, str] = {}

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = FILES / self.path.lstrip("/")
            if path.suffix in TYPES and path.is_file():
                self.answer(path.read_bytes(), TYPES[path.suffix], "max-age=3600")
            else:
                self.answer(shown["/"].encode(), "text/html; charset=utf-8", "no-store")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def answer(self, body: bytes, kind: str, cached: str) -> None:
            self.send_response(200)
            headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": cached}
            for name, said in {**headers, "Content-Security-Policy": POLICY}.items():
                self.send_header(name, said)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with chromium() as browser:
            yield Desk(browser, f"http://127.0.0.1:{server.server_port}", shown)
    finally:
        server.shutdown()
        server.server_close()
