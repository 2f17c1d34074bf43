"""Makes the stemmers of the search page: `python ground/stemmers.py FOLDER`, the source of Snowball.

    git clone --branch v3.1.1 https://github.com/snowballstem/snowball FOLDER

The tag is of the version of the package `pystemmer` in uv.lock: both are made from the same algorithms, and a test
holds one against the other. Needs a C compiler, make, and esbuild from package.json.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from communique.edition.language import STEMMERS  # noqa: E402

INTO = ROOT / "src" / "communique" / "press" / "assets" / "stemmers"
ESBUILD = (
    str(ROOT / "node_modules" / ".bin" / "esbuild"),
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
)


def main() -> int:
    """Compile the compiler, and each algorithm with it."""
    source = Path(sys.argv[1])
    subprocess.run(["make", "-C", str(source), "snowball"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(source / "javascript" / "base-stemmer.js", folder)
        for name in sorted(set(STEMMERS.values())):
            made = Path(folder) / f"{name}.js"
            algorithm = source / "algorithms" / f"{name}.sbl"
            subprocess.run(
                [str(source / "snowball"), str(algorithm), "-js", "-o", str(made.with_suffix(""))], check=True
            )
            subprocess.run([*ESBUILD, str(made), f"--outfile={INTO / made.name}"], check=True)
    shutil.copy(source / "COPYING", INTO / "LICENSE")
    return 0


if __name__ == "__main__":
    sys.exit(main())
