"""Pages of an invented office's old site, for the review of imports: interviews with marks that a reader may doubt."""

from __future__ import annotations

import io
from collections.abc import Callable
from zipfile import ZipFile

TOPICS = (
    *("the winter timetable", "the new footbridge", "the herring season", "the tide tables", "the reading room"),
    *("the lantern night", "the fog bell", "the ferry line", "the bicycle fares", "the school of navigation"),
    *("the harbour lights", "the bird islands", "the spring tides", "the regatta", "the charter day"),
    *("the keepers’ books", "the summer hours", "the cello case", "the storm of March", "the open day"),
)
SCRIPT = "<script>document.title = 'run'; fetch('/imports/')</script><img src=x onerror=\"document.title='run'\">"


def page(number: int) -> bytes:
    """One saved page: a menu, an interview of six turns, a note inside the second answer, and a foot."""
    topic = TOPICS[number % len(TOPICS)]
    title = f"Interview on {topic}, number {number + 1}"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<div id="menu"><a href="/">Home</a> <a href="/interviews/">Interviews</a></div><div>Old site since 1999</div>
<div><p class="section">Interviews</p><h1>{title}</h1><p>{number % 27 + 1} March 2019</p>
<p><b>Reporter:</b> What does the office say of {topic} this year?</p>
<p><b>Ida Rennow:</b> We have thought about {topic} for a long time, and the town knows what it wants from it.</p>
<p>There is money for one year, and the council has promised a second one if the figures are good.</p>
<p><b>Reporter:</b> Who pays for it when the second year is over?</p>
<p><b>Ida Rennow:</b> The harbour does, as it always has. Nobody needs to be afraid of a bill.</p>
<p><b>Note:</b> the figures were given to all papers on the day before.</p>
<p><b>Reporter:</b> And when will {topic} be talked about again?</p>
<p><b>Ida Rennow:</b> In the autumn, before the first storm, with everybody who wants to come.</p></div>
<footer><p>Printed by the harbour office. Visitors since 1999: 20481</p></footer>{SCRIPT}</body></html>""".encode()


def zipped(count: int, page: Callable[[int], bytes] = page) -> bytes:
    """So many pages in one zip."""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for number in range(count):
            made.writestr(f"interviews/{number + 1:03}.html", page(number))
    return out.getvalue()


def misread(number: int) -> bytes:
    """A page whose maker set the office's motto as its first heading, printed days in figures that could be two, and
    let each answer end with the question that follows it; where the day stands, the first has that of its printing."""
    topic = TOPICS[number % len(TOPICS)]
    day, printed = f"03/0{number % 9 + 1}/2019", "12 May 2020"
    over, under, foot = ("", day, printed) if number else (day, printed, "May")
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour office</title></head><body>
<div><p>{over}</p><h1>The harbour office of Orsemund keeps the lamps of the whole coast</h1>
<h2>On {topic}, part {number + 1}</h2><p>{under}</p>
<p><b>Reporter:</b> What does the office say of {topic} this year?</p>
<p><b>Ida Rennow:</b> We have thought about {topic} for a long time, and the town knows what it wants from it.</p>
<p>Nobody has counted the lamps of the inner basin yet, has anybody?</p>
<p><b>Reporter:</b> That is what the paper asked last week, and nobody answered.</p>
<p><b>Ida Rennow:</b> The harbour does, as it always has. Nobody needs to be afraid of a bill.</p>
<p>Last changed on {foot}</p></div></body></html>""".encode()
