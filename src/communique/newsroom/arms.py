"""The arms of the office at the desk: a picture that somebody uploads, private until an edition shows it to readers.

In the content of the office's piece its file stands as {"private": NAME, "sha256": HEX}, as that of any upload in a
frozen edition; `content.with_files` puts the bytes in at the instant of publication. There is no table: who may see the
name is asked of the revisions of the piece that bear it. The name itself says that it is no message's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from communique.newsroom.chance import fresh_name
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.uploads import Received

BEGINS = "armsoftheoffice"
"""how the name of each such file begins, before its 165 random bits"""


def with_arms(content: Mapping[str, Any], got: Received, before: Mapping[str, Any]) -> dict[str, Any]:
    """Content of the office with an upload as its arms. `before` is the newest revision's: what it keeps stays kept."""
    got = got.shown or got  # no printer asks for it, and every page has it
    kept = file_of(before)
    if not kept or kept["sha256"] != got.sha256:
        kept = {"private": PrivateFiles().save(f"{BEGINS}{fresh_name()}", got.file), "sha256": got.sha256}
    known = content.get("arms")
    return {**content, "arms": {**(known if isinstance(known, Mapping) else {}), "file": kept, "media": got.media}}


def file_of(content: Mapping[str, Any]) -> dict[str, str] | None:
    """The private file that content shows as arms."""
    arms = content.get("arms")
    file = arms.get("file") if isinstance(arms, Mapping) else None
    return dict(file) if isinstance(file, Mapping) else None


def is_of_arms(file: Mapping[str, Any]) -> bool:
    """Whether a file that a form names is one that was uploaded as arms: not one of a message, whose name leaked."""
    name, wanted = str(file.get("private", "")), file.get("sha256")
    if set(file) != {"private", "sha256"} or not name.startswith(BEGINS):
        return False
    try:
        return sha256(PrivateFiles().read(name)).hexdigest() == wanted
    except (FileNotFoundError, ValueError):
        return False
