"""BagIt, in which archives take what they keep: a folder that says of each of its files what it hashes to.

    BAG/bagit.txt               BagIt-Version: 1.0, and the encoding of these text files
    BAG/bag-info.txt            facts for people: LABEL: VALUE, one a line
    BAG/data/…                  the files themselves
    BAG/manifest-sha512.txt     a line a file in data/: hash, two blanks, path. Beside it the same as sha256
    BAG/tagmanifest-sha512.txt  the same of the other files of the bag

`seal_bag` writes all but `data/`, each file read once, nothing kept in memory but paths. `check_bag` reads a bag as a
stranger's: every manifest that is there is held against every file, no file may be beyond the manifests, no link may
lead anywhere, no path out of the bag, and nothing may still have to be fetched.

Refused: a version or a hash that is not known here, a line that is none, a path twice.

Source: RFC 8493 (BagIt 1.0).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from communique.record.durable import write_file
from communique.record.errors import NotVerified, Unreachable

DECLARATION = "bagit.txt"
FACTS = "bag-info.txt"
DATA = "data"
FETCH = "fetch.txt"
ALGORITHMS = ("sha256", "sha512")
VERSIONS = ("0.97", "1.0")
"""that are read; written is 1.0"""
TEXT_LIMIT_BYTES = 1_000_000
COPY_AGAIN = "copy the bag again, whole"

_DECLARED = re.compile(r"BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: UTF-8\r?\n?")
_LINE = re.compile(r"([0-9A-Fa-f]{64,128})[ \t]+\*?(.+)")
_ESCAPED = {"%": "%25", "\n": "%0A", "\r": "%0D"}
_CHUNK = 1 << 20

Told = Callable[[int], None]
"""hears how many files were read"""


def is_bag(folder: Path) -> bool:
    """Whether a folder says of itself that it is a bag."""
    return (folder / DECLARATION).is_file()


def seal_bag(folder: Path, facts: Mapping[str, str], told: Told = lambda _count: None) -> tuple[int, int]:
    """Make a folder that has its files in `data/` a bag; returns how many files and bytes these are. Raises OSError."""
    files = octets = 0
    with ExitStack() as opened:
        manifests = {
            name: opened.enter_context((folder / f"manifest-{name}.txt").open("w", encoding="utf-8", newline="\n"))
            for name in ALGORITHMS
        }
        for path in _files_below(folder, DATA):
            hashes, size = _hashed(folder / path, ALGORITHMS)
            for name, manifest in manifests.items():
                manifest.write(f"{hashes[name]}  {_written(path)}\n")
            files, octets = files + 1, octets + size
            told(files)
    lines = [*facts.items(), ("Payload-Oxum", f"{octets}.{files}")]
    write_file(folder / DECLARATION, b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    write_file(folder / FACTS, "".join(f"{label}: {value}\n" for label, value in lines).encode())
    tags = [DECLARATION, FACTS, *(f"manifest-{name}.txt" for name in ALGORITHMS)]
    of_tags = {tag: _hashed(folder / tag, ALGORITHMS)[0] for tag in tags}
    for name in ALGORITHMS:
        text = "".join(f"{hashes[name]}  {tag}\n" for tag, hashes in of_tags.items())
        write_file(folder / f"tagmanifest-{name}.txt", text.encode())
    return files, octets


def facts_of(folder: Path) -> dict[str, str]:
    """The facts of a bag, label -> value, the last one where a label comes twice; none where it has none."""
    file = folder / FACTS
    lines = _text_of(file).splitlines() if file.is_file() else []
    pairs = (line.partition(":") for line in lines if not line[:1].isspace())
    return {label.strip(): value.strip() for label, colon, value in pairs if colon}


def check_bag(folder: Path, told: Told = lambda _count: None) -> int:
    """Hold every file of a bag against its manifests; returns how many files its `data/` has.

    Raises NotVerified with the file that is not what was packed, and Unreachable where a disk does not answer.
    """
    try:
        return _checked(folder, told)
    except OSError as error:
        where = str(error.filename or folder)
        raise Unreachable(f"cannot be read ({error.strerror})", where, "mend the disk or its rights") from error


def _checked(folder: Path, told: Told) -> int:
    _check_declaration(folder)
    lying = set(_files_below(folder, ""))
    if FETCH in lying:
        raise NotVerified("the bag is not whole: files of it are still to be fetched", str(folder / FETCH), COPY_AGAIN)
    tags = _read_manifests(folder, "tagmanifest")
    payload = _read_manifests(folder, "manifest")
    if not payload:
        what = f"the bag has no manifest that is read here ({' or '.join(ALGORITHMS)})"
        raise NotVerified(what, str(folder), COPY_AGAIN)
    for path in sorted({path for listed in payload.values() for path in listed}):
        if not path.startswith(f"{DATA}/"):
            raise NotVerified(f"lists {path!r}, which is not in {DATA}/", str(folder / "manifest"), COPY_AGAIN)
    data = {path for path in lying if path.startswith(f"{DATA}/")}
    for name, listed in payload.items():
        if unlisted := min(data - listed.keys(), default=None):
            what = f"is in no line of manifest-{name}.txt: it was not packed with the bag"
            raise NotVerified(what, str(folder / unlisted), "take it out, or copy the bag again")
    for count, path in enumerate(sorted({path for of in (tags, payload) for listed in of.values() for path in listed})):
        due = {name: of[name][path] for of in (tags, payload) for name in of if path in of[name]}
        _check_file(folder, path, path in lying, due)
        told(count)
    return len(data)


def _check_declaration(folder: Path) -> None:
    declared = _DECLARED.fullmatch(_text_of(folder / DECLARATION))
    if declared is None or declared[1] not in VERSIONS:
        what = f"does not declare BagIt {' or '.join(VERSIONS)} in UTF-8"
        raise NotVerified(what, str(folder / DECLARATION), COPY_AGAIN)


def _check_file(folder: Path, path: str, lies: bool, due: Mapping[str, str]) -> None:
    if not lies:
        raise NotVerified("the file is missing", str(folder / path), COPY_AGAIN)
    found, _ = _hashed(folder / path, tuple(due))
    if any(found[name] != due[name] for name in due):
        raise NotVerified("is not the file that was packed: its hash is another", str(folder / path), COPY_AGAIN)


def _read_manifests(folder: Path, sort: str) -> dict[str, dict[str, str]]:
    """Algorithm -> path -> hash in hex, of the manifests of one sort that are there and whose hash is known here."""
    found = {}
    for name in ALGORITHMS:
        file = folder / f"{sort}-{name}.txt"
        if file.is_file():
            found[name] = _read_manifest(file, hashlib.new(name).digest_size * 2)
    return found


def _read_manifest(file: Path, digits: int) -> dict[str, str]:
    listed: dict[str, str] = {}
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(filter(str.strip, lines), 1):
            match = _LINE.fullmatch(line.rstrip("\r\n"))
            path = _read(match[2]) if match else ""
            if match is None or len(match[1]) != digits or path in listed or not _is_inside(path):
                what = "no hash with a path in the bag, or one that comes twice"
                raise NotVerified(what, f"{file}, line {number}", COPY_AGAIN)
            listed[path] = match[1].lower()
    return listed


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith(("/", "~")) and not {"", ".", ".."} & set(path.split("/"))


def _files_below(folder: Path, below: str) -> Iterator[str]:
    """The paths of all files, relative to the folder, in order. Raises NotVerified for what is no plain file."""
    for place, folders, names in os.walk(folder / below, onerror=_raise):
        folders.sort()
        for name in sorted((*names, *folders)):
            path = Path(place, name)
            if path.is_symlink() or (name in names and not path.is_file()):
                raise NotVerified("is no plain file, and a bag has no others", str(path), "do not use this bag")
            if name in names:
                yield path.relative_to(folder).as_posix()


def _raise(error: OSError) -> None:
    raise error


def _hashed(file: Path, names: tuple[str, ...]) -> tuple[dict[str, str], int]:
    hashes = {name: hashlib.new(name) for name in names}
    size = 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            size += len(chunk)
            for one in hashes.values():
                one.update(chunk)
    return {name: one.hexdigest() for name, one in hashes.items()}, size


def _text_of(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(TEXT_LIMIT_BYTES).decode("utf-8", "replace")


def _written(path: str) -> str:
    return re.sub("[%\n\r]", lambda found: _ESCAPED[found[0]], path)


def _read(path: str) -> str:
    return re.sub("%(25|0[AaDd])", lambda found: chr(int(found[1], 16)), path)
