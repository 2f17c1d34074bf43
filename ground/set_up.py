"""Makes this folder ready to run: `python3 ground/set_up.py office|dev|browser|databases|witness|peers ...`.

    office    what an office runs: .venv with the packages of uv.lock, and this source folder in it
    dev       the same, and what tests and checks need
    browser   what tests in a real browser need: Chromium, Java (by apt-get, as root), axe-core and others (by npm)
    databases what tests on another database need: PostgreSQL's programs (by apt-get, as root)
    witness   what tests with Go's programs need: Go and its packages for logs (by apt-get, as root), and litewitness, a
              witness that is not ours, from its Go module
    peers     what benchmarks measure with and against: wrk and nginx (by apt-get, as root), other readers of pages,
              and (by npm) another site generator

Each step is done once and remembered by a file in .venv that names what it was made from; when uv.lock, this
file, the Python or the folder changes, it is done again. A step that is up to date asks no network and takes
no time. `office` and `dev` fail with one clear line; the others never fail: they say what is missing, and what needs it
says that, too.

Python's own library only, because nothing is installed yet when it runs, and written so that an older Python
can say that it is too old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "uv" / "bin" / "uv"
OLDEST = (3, 11)
FROM_NPM = ("axe-core", "lighthouse", "vnu-jar")
"""what tests have from npm"""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
POSTGRESQL = Path("/usr/lib/postgresql")
"""where Debian keeps the programs of each version"""
GO = VENV / "go"
GO_PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
GO_PACKAGES_DEBIAN = "golang-golang-x-mod-dev"
WITNESS_MODULE, WITNESS_VERSION = "filippo.io/torchwood", "v0.6.1"
WITNESS_PROGRAM = "litewitness"
"""alone: witnessctl beside it needs modules of another log, which not every proxy has; tests write its two rows"""
APT_PATIENCE = ("-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120")


def main(steps: list[str]) -> int:
    """Does the named steps in order; returns an exit status: 0 done, 2 wrong use or Python, 3 not reached."""
    known = {
        "office": lambda: packages(dev=False),
        "dev": lambda: packages(dev=True),
        "browser": browser,
        "databases": databases,
        "witness": witness,
        "peers": peers,
    }
    unknown = [step for step in steps if step not in known]
    if unknown or not steps:
        return fail(2, f"no step {' '.join(unknown) or 'named'}", f"name one or more of: {' '.join(known)}")
    if sys.version_info[:2] < OLDEST:
        here = ".".join(str(n) for n in sys.version_info[:3])
        return fail(2, f"python3 is {here}, needed is 3.11 or newer", "say PYTHON=python3.12 after make")
    for step in steps:
        status = known[step]()
        if status:
            return status
    return 0


# Packages


def packages(dev: bool) -> int:
    """Makes .venv and installs the locked packages into it, once."""
    wanted = digest()
    stamps = [VENV / "set-up-dev"] if dev else [VENV / "set-up-dev", VENV / "set-up-office"]
    if any(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps):
        return 0
    say(f"Installing the locked packages{' and the tools for tests' if dev else ''} into .venv (once; a minute)")
    status = make_venv() or install_uv() or sync(["--all-extras"] if dev else ["--no-dev", "--extra", "office"])
    if status == 0:
        stamp = VENV / ("set-up-dev" if dev else "set-up-office")
        stamp.with_suffix(".new").write_text(wanted)
        stamp.with_suffix(".new").replace(stamp)
    return status


def digest() -> str:
    """What an installation is made from, as one line."""
    made_from = hashlib.sha256(f"{sys.version} {sys.base_prefix} {ROOT}".encode())
    for name in ("uv.lock", "pyproject.toml", "ground/uv.txt", "ground/set_up.py"):
        made_from.update((ROOT / name).read_bytes())
    return made_from.hexdigest()


def make_venv() -> int:
    """An environment of its own for this folder; one that no longer starts is made anew."""
    if PYTHON.exists() and works([PYTHON, "-c", "import pip"]):
        return 0
    if (VENV / "pyvenv.cfg").exists():
        shutil.rmtree(VENV)
    if not works([sys.executable, "-c", "import venv, ensurepip"]):
        apt_install("python3-venv")
    if not works([sys.executable, "-m", "venv", VENV]):
        return fail(2, "python3 cannot make .venv", "install python3-venv (Debian: apt install python3-venv)")
    return 0


def install_uv() -> int:
    """uv at the version and hashes of ground/uv.txt, in a corner of .venv that it does not tidy away."""
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    shutil.rmtree(UV.parents[1], ignore_errors=True)
    if not works([*pip, "--target", UV.parents[1], "--requirement", ROOT / "ground" / "uv.txt"], shown=True):
        return fail(3, "uv could not be installed by pip", "see the lines above; is the package index reached?")
    return 0


def sync(which: list[str]) -> int:
    """Exactly the packages of uv.lock; the office's set leaves the tools of a developer where they are."""
    command: list[str | Path] = [UV, "sync", "--frozen", "--inexact", "--quiet", "--python", PYTHON, *which]
    surroundings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    surroundings.pop("VIRTUAL_ENV", None)
    if not works(command, shown=True, surroundings=surroundings):
        return fail(3, "the packages of uv.lock could not be installed", "see the lines above, then run it again")
    return 0


# Another database


def databases() -> int:
    """PostgreSQL for tests, which start a server of their own, and strace, with which they break system calls; what
    cannot be had is said, and is no failure."""
    if not (shutil.which("initdb") or list(POSTGRESQL.glob("*/bin/initdb")) or apt_install("postgresql")):
        say("Missing: PostgreSQL. Tests that need it are skipped and say so.")
        say("  Debian: sudo apt install postgresql    macOS: brew install postgresql")
    if sys.platform == "linux" and not (shutil.which("strace") or apt_install("strace")):
        say("Missing: strace. Tests that need it are skipped and say so.")
    return 0


# A witness that is not ours


def witness() -> int:
    """Go's packages for logs, and litewitness in .venv/go; what cannot be had is said, and is no failure."""
    if not (shutil.which("go") and GO_PACKAGES.is_dir()) and not apt_install("golang-go", GO_PACKAGES_DEBIAN):
        say("Missing: Go and its packages for logs. Tests that need it are skipped and say so.")
        say(f"  Debian: sudo apt install golang-go {GO_PACKAGES_DEBIAN}")
    if (GO / "bin" / WITNESS_PROGRAM).is_file() or not shutil.which("go"):
        return 0
    say("Building litewitness from its Go module (once; some minutes)")
    surroundings = {**os.environ, "GOPATH": str(GO / "path"), "GOBIN": str(GO / "bin"), "GO111MODULE": "on"}
    surroundings |= {"GOFLAGS": "-mod=mod -modcacherw", "GOCACHE": str(GO / "cache")}
    wanted = f"{WITNESS_MODULE}/cmd/{WITNESS_PROGRAM}@{WITNESS_VERSION}"
    if not works(["go", "install", wanted], shown=True, surroundings=surroundings):
        say(f"Missing: litewitness {WITNESS_VERSION}, which needs Go 1.24 or newer and the Go module proxy. Tests that")
        say("  need it are skipped and say so. Debian 12 has Go 1.19; Debian 13's golang-go will do.")
    for name in ("path", "cache"):
        shutil.rmtree(GO / name, ignore_errors=True)
    return 0


# A real browser


def browser() -> int:
    """Chromium, Java and what judges pages, for tests; what cannot be had is said, and is no failure."""
    missing = []
    if not chromium() and not apt_install("chromium", "fonts-liberation"):
        missing.append("chromium")
    if not all((ROOT / "node_modules" / name).is_dir() for name in FROM_NPM) and not install_axe():
        missing.append("npm (for axe-core and Lighthouse)")
    if not shutil.which("java") and not apt_install("default-jre-headless"):
        missing.append("java (for the HTML checker)")
    if missing:
        say(f"Missing: {', '.join(missing)}. Tests that need it are skipped and say so.")
        say("  Debian: sudo apt install chromium nodejs npm    macOS: install Chrome, brew install node")
    return 0


def peers() -> int:
    """wrk and nginx, and the packages that benchmarks measure against; what cannot be had is said, and no failure."""
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing and not apt_install(*(f"{name}-light" if name == "nginx" else name for name in missing)):
        say(f"Missing: {', '.join(missing)}. Benchmarks that need it say so.")
    if not (shutil.which("npm") or apt_install("nodejs", "npm")) or not npm_install(ROOT / "bench" / "eleventy"):
        say("Missing: Eleventy. Benchmarks that need it say so.")
    if packages(dev=True) or sync(["--all-extras", "--group", "peers"]):
        say("Missing: the packages of the group peers. Benchmarks that need them say so.")
    return 0


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    found = [shutil.which(name) for name in CHROMIUM_NAMES]
    found += [place for place in CHROMIUM_PLACES if Path(place).exists()]
    return next((path for path in found if path), None)


def install_axe() -> bool:
    """axe-core, Lighthouse and the HTML checker at the versions of package-lock.json."""
    if not shutil.which("npm") and not apt_install("nodejs", "npm"):
        return False
    say("Installing axe-core, Lighthouse and the HTML checker, which look at pages (once)")
    return npm_install(ROOT)


def npm_install(folder: Path) -> bool:
    """What the package-lock.json of a folder names, in its node_modules."""
    patience = ["--prefer-offline", "--fetch-retries=1", "--fetch-timeout=30000"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return works(["npm", "ci", "--prefix", str(folder), *quiet, *patience], shown=True)


def apt_install(*names: str) -> bool:
    """Installs Debian packages when we are root and apt-get is here; whether they are installed now."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {' '.join(names)} with apt-get (once; a minute or two)")
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    works(["apt-get", *APT_PATIENCE, "update", "-qq"], shown=True, surroundings=surroundings)
    install = ["apt-get", *APT_PATIENCE, "install", "-y", "-qq", "--no-install-recommends", *names]
    return works(install, shown=False, surroundings=surroundings)


# What every step needs


def works(command: Sequence[str | Path], shown: bool = False, surroundings: dict[str, str] | None = None) -> bool:
    """Runs a command in the project's folder; whether it ended well. Only a shown one may print."""
    quiet = None if shown else subprocess.DEVNULL
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=quiet,
            stderr=quiet,
            env=surroundings,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def say(line: str) -> None:
    """One line about what is being done, at once."""
    print(line, flush=True)


def fail(status: int, what: str, then: str) -> int:
    """Says what is wrong and what to do; returns the exit status."""
    print(f"set-up: {what}. What to do: {then}", file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
