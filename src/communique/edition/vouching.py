"""The note by which an office vouches for the programs that readers check with: an edition of `admin` whose words are

    The programs of Communiqué 0.9 with which this record is checked, by SHA-256:
    3f9a0c11d2…  assets/verifier.3f9a0c11d2.js
    77ab30e1f0…  check/en/communique-check.html

Each line is as `sha256sum` writes and reads it, with the path below the site's address. The newest such note counts. A
site's own copy of a verifier is the weakest place to check from; with this note whoever swaps it has to sign that too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = "The programs of Communiqué {version} with which this record is checked, by SHA-256:"
VERIFIER = "verifier"

_HEAD = re.compile(re.escape(HEAD).replace(re.escape("{version}"), r"(?P<version>\S{1,40})"))
_LINE = re.compile(r"(?P<hash>[0-9a-f]{64})  (?P<path>[A-Za-z0-9][A-Za-z0-9./_-]{0,199})")


@dataclass(frozen=True)
class Vouched:
    """What a note says: the program's version, and path -> SHA-256 in hex."""

    version: str
    hashes: Mapping[str, str]

    @property
    def verifier(self) -> str | None:
        """The hash of `verifier.js`."""
        return next((one for path, one in self.hashes.items() if path.startswith(f"assets/{VERIFIER}.")), None)

    @property
    def text(self) -> str:
        """The note's words."""
        lines = (f"{self.hashes[path]}  {path}" for path in sorted(self.hashes))
        return "\n".join((HEAD.format(version=self.version), *lines))


def read_vouched(note: object) -> Vouched | None:
    """What a note of `admin` vouches for; None where it is about something else."""
    head, *lines = note.split("\n") if isinstance(note, str) else ("",)
    first, rest = _HEAD.fullmatch(head), [_LINE.fullmatch(line) for line in lines]
    if first is None or not rest or None in rest:
        return None
    return Vouched(first["version"], {line["path"]: line["hash"] for line in rest if line})
