"""How long work is said: its rate, and the time left where it is known how much there is."""

from __future__ import annotations

import pytest

from communique.cli.progress import _for_people, progress


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (40, "40 s"), (110, "2 min"), (720, "12 min"), (12_000, "3 h 20 min")]
)
def test_a_time_left_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert _for_people(seconds) == said


def test_off_a_terminal_nothing_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with progress() as told:
        told("pages", 1, 0.01)
        told("pages", 2, 0.02)
        told("baking", 0)
    assert capfd.readouterr() == ("", "")
