"""The benchmark of baking runs from end to end on a few messages, so that it cannot rot, and compares what is alike."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "baking.py"


def test_the_benchmark_says_how_fast_and_both_sides_have_the_same_pages() -> None:
    options = ["--messages", "24", "--rounds", "1", "--publications", "2"]
    done = subprocess.run([sys.executable, BENCH, *options], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "the same set: communique" in done.stdout
    assert re.search(r"one publication: \d+ ms, p99 \d+ ms; \d+ files", done.stdout)
    assert "ms with nothing to do" in done.stdout
    if "Hugo none" not in done.stdout:
        assert "times Hugo's speed" in done.stdout
        for kind in ("feeds", "messages", "people", "days", "months", "years", "lists"):
            ours, theirs = re.search(rf"^{kind} +([\d,]+) +[\d,]+ +([\d,]+) ", done.stdout, re.MULTILINE).groups()
            assert ours == theirs, kind
