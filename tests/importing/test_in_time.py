"""However a page is made, reading it takes the time of its lines, and no rule the square of them."""

from __future__ import annotations

import time

import pytest

from communique.importing.capture import capture
from communique.importing.page import read_page

SAID = "We shall mend the lamp before the winter, and we shall tell everybody when it burns again."
LINES = 4_000
LIMIT_SECONDS = 4.0
"""a tenth of what the largest page may take, for a tenth of its lines, with room for a slow machine"""


def html(body: str) -> str:
    return f"<!doctype html><html lang='en'><head><title>A lamp</title></head><body><h1>A lamp</h1>{body}</body></html>"


def text(*lines: str) -> str:
    return "\n".join(("A lamp", "", "3 May 2026", "", *lines))


HOSTILE = {
    "links": html(f"<p>{SAID}</p>" + "".join(f"<li><a href='/{n}'>Notice {n}</a></li>" for n in range(LINES))),
    "dated links": html("".join(f"<li>3 May 2026 <a href='/{n}'>Notice {n} to all</a></li>" for n in range(LINES))),
    "paragraphs": html("".join(f"<p>{SAID} {n}.</p>" for n in range(LINES))),
    "depth": html("<div>" * 180 + f"<p>{SAID}</p>" * LINES),
    "questions": text(*(f"Question: why {n}?\nAda Merrow: {SAID}" for n in range(LINES // 2))),
    "pointed names": text(*(f"Ada Merrow {n}.- {SAID}" for n in range(LINES))),
    "ends": text(SAID, *["END"] * LINES, SAID),
    "indents": "\n".join(" " * (n % 40) + SAID[:40] for n in range(LINES)),
    "cells": "a  " * 300_000 + f"\n\n{SAID}",
    "dashes": text(SAID, "-" * 900_000),
    "one word": text(*["a" * 900_000 + "."] * 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_time(name: str) -> None:
    data = HOSTILE[name].encode()
    read_page(capture(html(f"<p>{SAID}</p>").encode(), name="warm", any_state=True))
    start = time.process_time()
    read_page(capture(data, name=name, any_state=True))
    assert time.process_time() - start < LIMIT_SECONDS
