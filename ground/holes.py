"""Are there known holes in what we build on? `python ground/holes.py`, part of `make check`.

pip-audit asks the Python package index for advisories about each exact version in uv.lock, the tools for tests
included. Exit status 1 and one line for each hole that is known. Some indexes are mirrors without advisories, and
some machines have no network: then nothing is known, which is said in one line and is no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "uv" / "bin" / "uv"
PATIENCE_S = 240


def main() -> int:
    """Asks, prints what is known, and returns 1 when a hole is."""
    answer = ask()
    asked = answer.get("dependencies", []) if answer else []
    answered = [package for package in asked if "vulns" in package]
    if not answered:
        print("No advisories could be had from the package index here: known holes were NOT looked for")
        return 0
    holes = [(package, hole) for package in answered for hole in package["vulns"]]
    for package, hole in holes:
        mended = ", ".join(hole.get("fix_versions", [])) or "no version yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}")
    print(f"{len(answered)} of {len(asked)} packages looked up, {len(holes)} known holes")
    return 1 if holes else 0


def ask() -> dict[str, Any] | None:
    """What pip-audit says of uv.lock, or None when it could not ask."""
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "locked.txt"
        export: list[str | Path] = [
            UV,
            "export",
            "--frozen",
            "--all-extras",
            "--all-groups",
            "--no-emit-project",
            "--quiet",
        ]
        subprocess.run([*export, "--output-file", locked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        audit: list[str | Path] = [
            sys.executable,
            "-m",
            "pip_audit",
            "--requirement",
            locked,
            "--require-hashes",
            "--disable-pip",
        ]
        try:
            done = subprocess.run(
                [*audit, "--format", "json", "--progress-spinner", "off"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
            )
        except subprocess.TimeoutExpired:
            return None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


if __name__ == "__main__":
    sys.exit(main())
