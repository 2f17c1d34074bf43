"""Lighthouse, from npm, in Debian's Chromium: what it says of a page on a simulated phone on slow 4G.

    with served(folder) as public:
        judge(f"http://127.0.0.1:{public.port}/en/")      {"performance": 100, "accessibility": 100, …}

Dark is what a reader's system asks for, so the browser is started with that wish. Lighthouse simulates the phone and
the line itself (Moto G Power, 150 ms, 1.6 Mbit/s) and takes this machine's processor for so many times faster than the
phone's. Four times is right for a machine with a benchmark index of 1,500 and more; for a slower one, or one that
others keep busy, the factor is less in proportion, as Lighthouse's own documentation of throttling advises. A verdict
without all points is asked for again, at most `TRIES` times, with the factor that fits what was measured just before.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import brotli

from browser import CHROMIUM, FLAGS

PROGRAM = Path(__file__).parents[2] / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DARK = "--blink-settings=preferredColorScheme=0"
LIMIT_S = 180
TRIES = 3
SLOWDOWN, FULL_INDEX = 4.0, 1500.0
SQUEEZED = (".html", ".css", ".js", ".svg")
"""what the press bakes a compressed copy of"""


@dataclass(frozen=True)
class Verdict:
    """What Lighthouse said: points of 100 by category, and what cost points."""

    points: dict[str, int]
    faults: tuple[str, ...]
    weight_bytes: int
    shift: float
    first_paint_ms: float
    benchmark: float
    """how fast this machine was at that moment: what Lighthouse calls its benchmark index"""

    @property
    def is_full(self) -> bool:
        return set(self.points.values()) == {100}


def judge(address: str, dark: bool = False) -> Verdict:
    """What Lighthouse says of a page, at the best of `TRIES` runs: nothing but the machine makes one worse."""
    best = _run(address, dark, SLOWDOWN)
    for _ in range(TRIES - 1):
        if best.is_full:
            break
        again = _run(address, dark, max(1.0, min(SLOWDOWN, SLOWDOWN * best.benchmark / FULL_INDEX)))
        best = max(best, again, key=lambda one: (sum(one.points.values()), one.benchmark))
    return best


def _run(address: str, dark: bool, slowdown: float) -> Verdict:
    flags = ["--headless=new", *FLAGS, *([DARK] if dark else [])]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.json"  # what goes to a pipe may be cut short when it ends
        done = subprocess.run(
            [
                *(str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={said}"),
                f"--only-categories={','.join(CATEGORIES)}",
                f"--throttling.cpuSlowdownMultiplier={slowdown:.2f}",
                f"--chrome-flags={' '.join(flags)}",
            ],
            env={**os.environ, "CHROME_PATH": CHROMIUM or "", "CI": "1"},
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
        if not said.exists():
            raise RuntimeError(f"Lighthouse said nothing of {address}: {done.stderr.decode()[-400:]}")
        return _verdict(json.loads(said.read_text("utf-8")))


def _verdict(said: dict) -> Verdict:  # type: ignore[type-arg]
    audits = said["audits"]
    faults = [
        f"{name}: {one['id']} {audits[one['id']].get('displayValue', '')}".strip()
        for name, category in said["categories"].items()
        for one in category["auditRefs"]
        if one.get("weight")
        and (audits[one["id"]].get("score") or 0) < 1
        and audits[one["id"]].get("score") is not None
    ]
    if "runtimeError" in said:  # then no point is given, and the page is judged again
        faults.append(str(said["runtimeError"].get("message")))
    return Verdict(
        points={name: round((one["score"] or 0) * 100) for name, one in said["categories"].items()},
        faults=tuple(faults),
        weight_bytes=int(audits["total-byte-weight"].get("numericValue", 0)),
        shift=audits["cumulative-layout-shift"].get("numericValue", 0),
        first_paint_ms=audits["first-contentful-paint"].get("numericValue", 0),
        benchmark=said["environment"]["benchmarkIndex"],
    )


def squeeze(folder: Path) -> None:
    """Compressed copies beside the files of a folder, as the press bakes them."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in SQUEEZED:
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(path.read_bytes()))
