"""However a page is damaged, it is understood or refused in words: never a traceback, never a message without words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from communique.importing.capture import capture
from communique.importing.errors import ImportingError
from communique.importing.page import Page, understand
from communique.importing.record_json import as_record
from importing.generated import generate

EXAMPLE = Path(__file__).parents[2] / "examples" / "embassy-page.txt"


def damaged(seed: int) -> bytes:
    """A page cut, shuffled, emptied or scattered with signs that rules look for."""
    chance = random.Random(f"damage {seed}")
    text = EXAMPLE.read_text("utf-8") if seed % 2 else generate(seed).text
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        at = chance.randrange(len(text) + 1)
        text = chance.choice(
            (
                text[:at],
                text[at:],
                "\n".join(chance.sample(lines, len(lines))),
                "\n".join(line for line in lines if chance.random() < 0.7),
                text[:at]
                + chance.choice((":", "\n", " - ", "#", "03/04/2026", "12 days ", "(", "\u202e", "٣"))
                + text[at:],
                text.replace("\n\n", "\n"),
                "".join(c for c in text if chance.random() < 0.97),
            )
        )
    return text.encode()


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_page_is_understood_or_refused(seed: int) -> None:
    found = outcome(damaged(seed))
    if isinstance(found, ImportingError):
        assert found.where.startswith("damaged")
        assert found.remedy
    else:
        record = as_record(found)
        assert record["body"].strip() or record["stubs"]
        assert all(0 <= s.start < s.end <= len(found.capture.lines[s.line - 1].text) for s in found.stretches)


def outcome(data: bytes) -> Page | ImportingError:
    try:
        return understand(capture(data, name="damaged"))
    except ImportingError as refusal:
        return refusal
