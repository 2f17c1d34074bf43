"""Answers at `/LANG/search/` where a program serves the site: the press's page, the search's answers, put together.

    /en/search/                            the plain file, as any web server sends it
    /en/search/?q=ferry&only=answer        the same page with its fields filled and what was found in its place
    /en/search/feed.atom?q=ferry           what became public last of what is found (`search_feed.py`)

No query makes an error page: what cannot be read of it is as if it were not asked, and where the index does not answer
the page says so and leads to archive and people. Answers are looked for in threads, AT_ONCE at a time; whoever waits
longer than WAIT_S is told the same. A search that would look at too much is made without its commonest words, and one
that takes longer than ANSWER_S is given up; the page says so, and its thread, which nothing can stop, takes no other
query until it has ended. No query is written down anywhere: not in logs, not in caches.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from communique.edition.language import direction
from communique.press.answer import ASK_AGAIN, cleaned, protection
from communique.press.copies import Copy
from communique.press.markup import Html, fill, joined, link, tag
from communique.press.pages import found_part
from communique.press.reply import Reply, Request, said, send
from communique.press.search_view import answer_wording, filled, marked_words
from communique.press.server import Site
from communique.press.wording import Wording, autonym
from communique.search.answering import Answer, Answering, Followed, Shown
from communique.search.asked import PAGE_HITS, PAGES, read_query
from communique.search.turns import TITLE
from communique.settings.search_feed import FEED_NAME, FEED_UNITS, SearchFeed, feed_reply

AT_ONCE = 2
WAIT_S = 3.0
ANSWER_S = 3.0
_PATH = re.compile(r"([a-z]{2,3}(?:-[a-z0-9]{2,8})*)/search/(feed\.atom)?\Z")
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("cut", "instead", "feed", "ways_name")),
    **{name: () for name in ("hits", "pages", "groups", "ways")},
}
"""a view of `found_part` with nothing in it"""
_ANCHORED = ("question", "answer", "remark", "note")

T = TypeVar("T")


class TooLong(Enum):
    """What is answered to a search that was given up."""

    GIVEN_UP = True


TOO_LONG = TooLong.GIVEN_UP


class SearchPages:
    """A site that answers searches, too; one for each worker process."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self._local = threading.local()
        self._folder = folder
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="search")
        self._waiting = asyncio.Semaphore(AT_ONCE)

    async def respond(self, scope: Any, protocol: Any) -> None:
        """The RSGI application."""
        asked = scope.method in ("GET", "HEAD") and (scope.query_string or scope.path.endswith(FEED_NAME))
        path = cleaned(scope.path) if asked else None
        found = _PATH.fullmatch(path) if path else None
        if not found:
            await self.site.respond(scope, protocol)
            return
        request = Request(scope.method, scope.path, scope.query_string, scope.headers.get)
        reply = await self.answer(request, found[1], bool(found[2]))
        if reply is None:
            await self.site.respond(scope, protocol)
        else:
            send(protocol, reply, request.method == "HEAD")

    async def answer(self, request: Request, language: str, feed: bool) -> Reply | None:
        """The answer to a search; None where the site has no search page in this language."""
        page = await self._page(language)
        tag_ = _language_of(page)
        wording = answer_wording(page, tag_) if page and tag_ else None
        if page is None or wording is None:
            return None
        asked = read_query(request.query)
        if feed:
            site = f"{_scheme(request)}://{request.header('host') or 'localhost'}"
            found_ = await self._looked_for(lambda answering: answering.followed(asked, wording.language, FEED_UNITS))
            if not isinstance(found_, Followed):
                return said(503, "The search does not answer just now.", extra=[("retry-after", "60")])
            return feed_reply(found_, SearchFeed(site, language, asked, wording), request)
        if not asked.given:
            return None
        answer = await self._looked_for(lambda answering: answering.answer(asked, wording.language))
        if isinstance(answer, Answer):
            found = _found(answer, wording, language)
        else:
            found = _nothing("search_too_long" if answer is TOO_LONG else "search_busy", wording, language)
        feed_ = f"/{language}/search/{FEED_NAME}?{asked.address(page='', order='')}" if asked.anything else None
        written = filled(page, dict(asked.given), found, feed_)
        return _reply(written.encode(), "text/html; charset=utf-8", "search/index.html")

    async def _page(self, language: str) -> str | None:
        """The search page of a language as it was baked."""
        build = self.site.live()
        form = await self.site.form(self.site.find(build, f"{language}/search/"), None) if build else None
        return form.body.decode() if isinstance(form, Copy) else None

    async def _looked_for(self, look: Callable[[Answering], T]) -> T | TooLong | None:
        """What `look` finds, in a thread; None where it cannot, or does not begin in time."""
        try:
            await asyncio.wait_for(self._waiting.acquire(), WAIT_S)
        except TimeoutError:
            return None
        looking = asyncio.get_running_loop().run_in_executor(self._threads, self._look, look)
        waiting = self._waiting
        looking.add_done_callback(lambda _: waiting.release())
        try:
            return await asyncio.wait_for(asyncio.shield(looking), ANSWER_S)
        except TimeoutError:
            return TOO_LONG

    def _look(self, look: Callable[[Answering], T]) -> T | None:
        answering = getattr(self._local, "answering", None)
        if answering is None:
            answering = self._local.answering = Answering(self._folder, Path(self.site.root) / "record")
        try:
            return look(answering)
        except Exception:  # whatever it is, the reader gets a page; an index that cannot be read is opened anew
            self._local.answering = None
            return None


def _reply(body: bytes, kind: str, path: str) -> Reply:
    return Reply(200, [("content-type", kind), ("cache-control", ASK_AGAIN), *protection(path)], body)


def _scheme(request: Request) -> str:
    return "https" if request.header("x-forwarded-proto") == "https" else "http"


def _language_of(page: str | None) -> str | None:
    found = re.search(r'<html lang="([^"]+)"', page[:400]) if page else None
    return found[1] if found else None


# ------------------------------------------------------------------ the page's words


def _nothing(key: str, wording: Wording, language: str) -> Html:
    """A sentence in place of what was not found, and where else to go."""
    ways = [("archive_index", "by"), ("people", "people")]
    found = [{"label": wording.label(key), "target": f"/{language}/{name}/"} for key, name in ways]
    name = wording.label("archive_index")
    return found_part({**NOTHING, "count": wording.label(key), "ways": found, "ways_name": name})


def _found(answer: Answer, wording: Wording, language: str) -> Html:
    """What was found, in the words of the page."""
    asked, start = answer.asked, f"/{language}/search/"

    def address(**changes: str) -> str:
        return f"{start}?{asked.address(page=changes.pop('page', ''), **changes)}"

    instead = None
    if answer.instead:
        other = link(answer.instead, address(q=answer.instead))
        instead = fill(wording.label("search_instead"), words=other)
    cut = fill(wording.label("search_cut"), words=wording.comma.join(answer.left_out)) if answer.left_out else None
    count = wording.counted("search_found", answer.total) if answer.total else wording.label("search_none")
    view: dict[str, Any] = {
        **NOTHING,
        "count": count,
        "cut": cut,
        "instead": instead,
        "hits": [_hit(one, wording) for one in answer.shown],
        "pages": _steps(answer, wording, address),
        "groups": [group for group in _groups(answer, wording, address) if len(group["ways"]) > 1],
    }
    if asked.anything:
        target = f"{start}{FEED_NAME}?{asked.address(page='', order='')}"
        view["feed"] = {"label": wording.label("search_follow"), "target": target}
    return found_part(view)


def _steps(answer: Answer, wording: Wording, address: Callable[..., str]) -> list[dict[str, str]]:
    page, found = answer.asked.page, []
    if page > 1:
        label = wording.label("search_previous")
        found.append({"label": label, "target": address(page=str(page - 1) if page > 2 else ""), "rel": "prev"})
    if page * PAGE_HITS < answer.total and page < PAGES:
        found.append({"label": wording.label("search_next"), "target": address(page=str(page + 1)), "rel": "next"})
    return found


def _groups(answer: Answer, wording: Wording, address: Callable[..., str]) -> list[dict[str, Any]]:
    def group(key: str, ways: list[tuple[str, str, int]]) -> dict[str, Any]:
        shown = [{"label": label, "target": to, "number": wording.number(often)} for label, to, often in ways]
        return {"id": key.replace("_", "-"), "name": wording.label(key), "ways": shown}

    counts = answer.counts
    years = [
        (wording.figures(str(year)), address(**{"from": f"{year}-01-01", "to": f"{year}-12-31"}), often)
        for year, often in counts.years
    ]
    speakers = [(name, address(speaker=name), often) for _finds, name, often in answer.speakers]
    languages = [(autonym(one), address(language=one), often) for one, often in counts.languages]
    return [group("by_year", years), group("by_person", speakers), group("by_language", languages)]


def _hit(one: Shown, wording: Wording) -> dict[str, Any]:
    foreign = one.language != wording.language
    before = one.beside if one.unit == "answer" else ()
    after = one.beside if one.unit == "question" else ()
    who, beside = _who(one.unit, one.speaker, wording), _who(one.beside_unit, one.beside_speaker, wording)
    return {
        "target": f"{one.path}#{one.anchor}" if one.anchor else one.path,
        "title": marked_words(one.words) if one.unit == TITLE else one.title,
        "day": wording.list_day(one.day),
        "iso": one.day,
        "kind": wording.label(f"kind_{one.kind}") if one.kind else "",
        "language": autonym(one.language) if foreign else "",
        "lang": one.language if foreign else "",
        "dir": direction(one.language),
        "state": wording.label(f"row_{one.state}") if one.state in ("withdrawn", "recalled") else "",
        "words": None if one.unit == TITLE else joined([who, marked_words(one.words)]),
        "before": joined([beside, marked_words(before)]) if before else None,
        "after": joined([beside, marked_words(after)]) if after else None,
    }


def _who(unit: str, speaker: str, wording: Wording) -> Html:
    """Who says a turn, before its words; nothing of a text without turns."""
    if unit not in _ANCHORED:
        return Html("")
    kind = wording.label(unit)
    name = speaker if speaker and unit != "question" else wording.comma.join(one for one in (kind, speaker) if one)
    before = wording.text("contact_label", label=name or kind)
    return joined([tag("strong", before), " "])
