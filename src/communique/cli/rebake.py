"""What `communique verify --bake` needs besides: the press, which bakes the record again, and a comparison of bytes.

Apart from `cli/verify.py`, because only the office extra brings the press's packages.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from communique import __version__
from communique.cli.errors import Failure
from communique.press.follower import Press
from communique.record.errors import Missing
from communique.record.reader_folder import FolderReader
from communique.search.comparing import file_faults
from communique.search.cutting import INDEX, is_of, program
from communique.verify.address import AS_IT_IS, answer_at
from communique.verify.record import COMPRESSED
from communique.verify.report import Finding
from communique.verify.site.packed import ENCODING, NotPacked
from communique.verify.site.places import SEARCH, FolderSite, shown

TODO = "bake the site again from the record; if it stays so, do not rely on it and ask the office"
RECORD_PAGES = ("index.html", "index.html.br")
"""what the press writes into the record's folder"""

COMPARED = "every byte was compared with a bake of the record"
NOT_SEARCH = "but not those below search/, whose names tell that another program or Python cut them"

LEADS_ON = b'http-equiv="refresh"'
"""in the small page at an address that moved, in place of which a server may answer with the new address"""

NOT_FOUND = 404
NOT_FOUND_PAGES = ("404.html", "404/index.html")
"""answered with 404 themselves"""

_PROGRAM = re.compile(rb'<meta name="generator" content="Communiqu\xc3\xa9 ([^"<>]{1,40})">')


def compare_bytes(site: FolderSite, record: Path) -> tuple[int, list[Finding], str]:
    """Bake the record in a temporary folder: how many files that gives, each in which the site differs, what was done.

    Raises Failure where the site was baked by another version, and what the press raises.
    """
    require_this_program(site)
    with tempfile.TemporaryDirectory(prefix="communique-verify-") as folder:
        baked = Path(folder)
        shutil.copytree(record, baked / "record", ignore=_without_pages(record))
        Press(lambda: FolderReader(baked / "record"), baked, baked / "press.sqlite3").catch_up()
        due = FolderSite((baked / "site").resolve())
        found = list(_differences(site, due)) + list(_pages_of_record(record, baked / "record"))
        search = site.folder / SEARCH
        comparable = not (search / INDEX).is_file() or is_of(search, program())
        if comparable:
            faults = file_faults(search, lambda: FolderReader(baked / "record"), baked / "readers")
            found += [Finding("bytes", what, f"{SEARCH}/{name}", TODO) for what, name in faults]
        number = len(due.files or ()) + len(RECORD_PAGES)
        return number, found, COMPARED if comparable else f"{COMPARED}; {NOT_SEARCH}"


def compare_address(address: str, record: Path) -> list[Finding]:
    """Bake the record in a temporary folder: each file in which the site at an address differs.

    Each is asked for plain and as browsers ask, and compared unpacked: how a server packs is its own affair, and so is
    whether it leads on by itself. Raises Failure where the site was baked by another version, Unreachable, and what
    the press raises.
    """
    with tempfile.TemporaryDirectory(prefix="communique-monitor-") as folder:
        baked = Path(folder)
        shutil.copytree(record, baked / "record", ignore=_without_pages(record))
        Press(lambda: FolderReader(baked / "record"), baked, baked / "press.sqlite3").catch_up()
        due = FolderSite((baked / "site").resolve())
        names = [name for name in due.files or () if not name.endswith(COMPRESSED)]
        front = next(name for name in names if name.endswith("/index.html") and LEADS_ON not in due.read(name))
        require_version(answer_at(address, front.removesuffix("index.html")).data, f"{address}/{front}")
        return [Finding("bytes", "differs", name, TODO) for name in names if _differs(address, name, due.read(name))]


def _differs(address: str, name: str, due: bytes) -> bool:
    """Whether the plain form of a file is another one, or the compressed one that browsers are given."""
    return any(_differs_as(address, name, due, encoding) for encoding in (AS_IT_IS, ENCODING))


def _differs_as(address: str, name: str, due: bytes, encoding: str) -> bool:
    try:
        answer = answer_at(address, name.removesuffix("index.html"), encoding)
        if answer.status == NOT_FOUND and not name.endswith(NOT_FOUND_PAGES):
            return True
        return shown(answer) != due
    except Missing:  # it leads on
        return LEADS_ON not in due
    except NotPacked:
        return True


def require_this_program(site: FolderSite) -> None:
    """Raises Failure unless this version of the program baked the site."""
    name = next((name for name in site.files or () if name.endswith("index.html")), "index.html")
    require_version(site.read(name), str(site.folder))


def require_version(page: bytes, where: str) -> None:
    """Raises Failure unless this version of the program baked a page."""
    match = _PROGRAM.search(page)
    version = match[1].decode(errors="replace") if match else "no version that the page names"
    if version != __version__:
        what = f"{where}: the pages were baked by {version}, this program is {__version__}"
        raise Failure(f"{what}; compare the bytes with the version that baked them, or leave out --bake")


def _without_pages(record: Path) -> Callable[[str, list[str]], list[str]]:
    def pages(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name in RECORD_PAGES] if Path(folder) == record else []

    return pages


def _differences(site: FolderSite, due: FolderSite) -> Iterator[Finding]:
    here, there = set(site.files or ()), set(due.files or ())
    for name in sorted(here | there):
        if name not in here:
            yield Finding("bytes", "the file is missing", name, TODO)
        elif name not in there:
            yield Finding("bytes", "the record gives no such file", name, TODO)
        elif site.read(name) != due.read(name):
            yield Finding("bytes", "differs from what the record gives", name, TODO)


def _pages_of_record(record: Path, baked: Path) -> Iterator[Finding]:
    for name in RECORD_PAGES:
        here, due = (_bytes(folder / name) for folder in (record, baked))
        if here != due:
            yield Finding("bytes", "differs from what the record gives", f"record/{name}", TODO)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
