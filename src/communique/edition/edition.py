r"""An edition: salt, manifest and texts, as one file that anybody can check.

The edition file is UTF-8 with LF, ending in LF:

    line 1    the salt, 64 hex digits
    line 2    the manifest, canonical JSON; hashed without its LF
    line 3…   for each text part {"part":HEX,"salt":HEX,"text":TEXT}, canonical, once each, in the order of their
              first place in the manifest, keys sorted

    part = SHA-256("communique/v1/part\n" ‖ salt[32] ‖ bytes)        bytes of a text: its UTF-8
    body = SHA-256("communique/v1/body\n" ‖ salt[32] ‖ manifest)

Every string of 64 lower-case hex digits in a manifest is a part; it is a file under the key `file`, else a text; parts
named only under `erased` have no line. A part whose line is not there has been erased: `Edition.missing` names it, and
whether it may be missing is for the record to say.

`seal` turns open content (words in place) into an edition. A word that the edition before had keeps its part, so that
one erasure finds it in every edition and a comparison of two manifests shows what changed.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from communique.edition.canonical import canonical_json, parse_canonical
from communique.edition.errors import NotCanonical, NotOfShape
from communique.edition.furniture import check_furniture, piece_shape
from communique.edition.message import MESSAGE, check_message
from communique.edition.passages import passages_of
from communique.edition.quoted import prints
from communique.edition.shape import PART, PART_SIGNS, TEXT, Constant, OneOf, Record, Shape
from communique.edition.text import check_text

SALT_BYTES = 32
EDITION_LIMIT_BYTES = 16 * 1024 * 1024

_PART_DOMAIN = b"communique/v1/part\n"
_BODY_DOMAIN = b"communique/v1/body\n"
_HEX_SALT = re.compile(r"[0-9a-f]{64}\Z")
_PLAIN_LINE = re.compile(
    rb"""\{"part":"(?P<part>[0-9a-f]{64})","salt":"(?P<salt>[0-9a-f]{64})","text":"(?P<text>[^"\\\x00-\x1f]+)"\}"""
).fullmatch
"""a line whose words stand in JSON as they are: no quotation mark, backslash or control character among them"""

ADMIN = Record(
    {"v": Constant(1), "type": Constant("admin"), "state": OneOf(("current",))},
    {"note": TEXT},
)


@dataclass(frozen=True)
class SaltedText:
    """A text part: its salt and its words."""

    salt: bytes
    text: str


@dataclass(frozen=True)
class Edition:
    """One frozen edition. `texts` holds the text parts that are there, by their part."""

    salt: bytes
    manifest: Mapping[str, Any]
    texts: Mapping[str, SaltedText]

    @cached_property
    def manifest_bytes(self) -> bytes:
        """Line 2 of the edition file, without its LF."""
        return canonical_json(self.manifest)

    @cached_property
    def body(self) -> str:
        """What an entry commits to, 64 hex digits; also the name of the edition file."""
        return body_hash(self.salt, self.manifest_bytes)

    @cached_property
    def data(self) -> bytes:
        """The bytes of the edition file."""
        lines = [self.salt.hex().encode(), self.manifest_bytes]
        lines += [
            canonical_json({"part": part, "salt": self.texts[part].salt.hex(), "text": self.texts[part].text})
            for part in self._text_parts
            if part in self.texts
        ]
        return b"\n".join(lines) + b"\n"

    @property
    def missing(self) -> tuple[str, ...]:
        """Text parts that the manifest names and that have no line."""
        return tuple(part for part in self._text_parts if part not in self.texts)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """File parts, in order, once each."""
        return tuple(dict.fromkeys(part for part, is_file in _parts(self.manifest) if is_file))

    @cached_property
    def _text_parts(self) -> tuple[str, ...]:
        return text_parts(self.manifest)

    @cached_property
    def content(self) -> dict[str, Any]:
        """Open content: the manifest with each text part's words in its place, None where they were erased."""
        return {key: self._open(value, key) for key, value in self.manifest.items()}

    @cached_property
    def prints(self) -> array[int]:
        """The prints of a message, by which a quotation of it is found; of anything else none."""
        return prints_of(self.content) if self.manifest.get("type") == "message" else array("I")

    def _open(self, value: Any, key: str) -> Any:
        if key == "erased":
            return value
        if isinstance(value, Mapping):
            return {inner_key: self._open(inner, inner_key) for inner_key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._open(inner, "") for inner in value]
        if isinstance(value, str) and len(value) == PART_SIGNS and PART.match(value) and key != "file":
            salted = self.texts.get(value)
            return salted.text if salted else None
        return value

    def without(self, parts: frozenset[str]) -> Edition:
        """The same edition with the lines of these text parts cut, as an erasure leaves it."""
        return Edition(self.salt, self.manifest, {p: t for p, t in self.texts.items() if p not in parts})


@dataclass(frozen=True)
class Sealed:
    """A new edition and its new files: part -> 32 bytes of salt, then the file."""

    edition: Edition
    files: Mapping[str, bytes] = field(default_factory=dict)


def part_hash(salt: bytes, data: bytes) -> str:
    """The part of a text (its UTF-8) or a file, 64 hex digits."""
    return sha256(_PART_DOMAIN + salt + data).hexdigest()


def body_hash(salt: bytes, manifest: bytes) -> str:
    """The body of a manifest, 64 hex digits."""
    return sha256(_BODY_DOMAIN + salt + manifest).hexdigest()


def text_parts(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The text parts of a manifest in the order of their lines, once each."""
    return tuple(dict.fromkeys(part for part, is_file in _parts(manifest) if not is_file))


def shape_of(content: Mapping[str, Any]) -> Shape:
    """The shape of content or a manifest by its `type` and `piece`; raises NotOfShape when it is not known."""
    if content.get("type") == "message":
        return MESSAGE
    if content.get("type") == "furniture":
        return piece_shape(content)
    if content.get("type") == "admin":
        return ADMIN
    raise NotOfShape("type", f"is {content.get('type')!r}, expected message, furniture or admin")


def prints_of(content: Mapping[str, Any]) -> array[int]:
    """The prints of all passages of a message's open content, 32 bits each."""
    return array("I", prints(passage.text for passage in passages_of(content)))


def has_gap(content: Any) -> bool:
    """Whether words are missing somewhere in open content because an erasure took them."""
    if isinstance(content, Mapping):
        return any(has_gap(value) for value in content.values())
    return content is None or (isinstance(content, list | tuple) and any(has_gap(value) for value in content))


def check_content(content: dict[str, Any]) -> None:
    """Refuse open content, as read from a record, that a page could not show; raises NotOfShape with the place."""
    shape_of(content).walk(_without_erased(content), "", lambda _sort, value, _where: value)
    _check_meaning(content)


def seal(content: Mapping[str, Any], fresh_salt: Callable[[], bytes], previous: Edition | None = None) -> Sealed:
    """Freeze open content as an edition.

    `fresh_salt` gives 32 bytes that nobody can guess, a call each; `previous` is the edition before of the same id,
    whose parts are kept where words are the same. A file stands in the content as its bytes, or as its part when an
    edition before has it. Raises NotOfShape or NotCanonical with the place; nothing is sealed then.
    """
    texts: dict[str, SaltedText] = {}
    files: dict[str, bytes] = {}
    known = {salted.text: (part, salted) for part, salted in (previous.texts if previous else {}).items()}
    gone = frozenset(item["part"] for item in content.get("erased", ()))

    def leaf(sort: str, value: Any, where: str) -> str:
        if sort == "file":
            return _seal_file(value, where)
        check_text(value, where)
        if value not in known or known[value][0] in gone:
            salt = _salt(fresh_salt)
            known[value] = (part_hash(salt, value.encode("utf-8")), SaltedText(salt, value))
        part, salted = known[value]
        texts[part] = salted
        return part

    def _seal_file(value: str | bytes, where: str) -> str:
        if isinstance(value, str):
            if not PART.match(value):
                raise NotOfShape(where, "is neither the bytes of a file nor a part")
            return value
        salt = _salt(fresh_salt)
        part = part_hash(salt, value)
        files[part] = salt + value
        return part

    shape = shape_of(content)
    manifest = shape.walk(content, "", leaf)
    _check_meaning(dict(content))
    edition = Edition(_salt(fresh_salt), manifest, texts)
    if len(edition.data) > EDITION_LIMIT_BYTES:
        raise NotOfShape("edition", f"has {len(edition.data)} bytes, at most {EDITION_LIMIT_BYTES} are allowed")
    return Sealed(edition, files)


def parse_edition(data: bytes) -> Edition:
    """Read an edition file; refuses every byte that `Edition.data` would not write. Raises NotCanonical with the line.

    Shape is not checked (a verifier accepts keys it does not know); `check_content` does that for those who show it.
    """
    if not data.endswith(b"\n"):
        raise NotCanonical("edition file", "does not end in a line feed")
    if len(data) > EDITION_LIMIT_BYTES:
        raise NotCanonical("edition file", f"has {len(data)} bytes, at most {EDITION_LIMIT_BYTES} are allowed")
    lines = data[:-1].split(b"\n")
    if len(lines) < 2 or not _HEX_SALT.match(lines[0].decode("ascii", "replace")):
        raise NotCanonical("line 1", "is not a salt of 64 hex digits followed by a manifest")
    manifest = parse_canonical(lines[1], "line 2")
    if not isinstance(manifest, dict):
        raise NotCanonical("line 2", "is not an object")
    texts: dict[str, SaltedText] = {}
    expected = iter(text_parts(manifest))
    for number, line in enumerate(lines[2:], 3):
        part, salted = parse_text(line, f"line {number}")
        if part not in expected:  # takes from the iterator up to the part: later lines must come later
            raise NotCanonical(f"line {number}", f"part {part} is not named by the manifest after the line before")
        texts[part] = salted
    return Edition(bytes.fromhex(lines[0].decode()), manifest, texts)


def parse_text(line: bytes, where: str) -> tuple[str, SaltedText]:
    """The part and the words of one line of an edition file. Raises NotCanonical, also where they do not agree."""
    value = _read_plainly(line) or parse_canonical(line, where)
    if not isinstance(value, dict) or set(value) != {"part", "salt", "text"}:
        raise NotCanonical(where, "is not an object of part, salt and text")
    if not all(isinstance(inner, str) for inner in value.values()) or not _HEX_SALT.match(value["salt"]):
        raise NotCanonical(where, "holds something other than a part, a salt and a text")
    check_text(value["text"], where)
    salt = bytes.fromhex(value["salt"])
    found = part_hash(salt, value["text"].encode("utf-8"))
    if found != value["part"]:
        raise NotCanonical(where, f"its text and salt hash to {found}, it says {value['part']}")
    return found, SaltedText(salt, value["text"])


def _read_plainly(line: bytes) -> dict[str, str] | None:
    """What most lines say, without a parser; None where there is anything that one has to look at."""
    plain = _PLAIN_LINE(line)
    try:
        return {key: said.decode() for key, said in plain.groupdict().items()} if plain else None
    except UnicodeDecodeError:
        return None


def _parts(value: Any) -> list[tuple[str, bool]]:
    """(part, is a file) for each place that names a part, keys sorted, `erased` left out."""
    found: list[tuple[str, bool]] = []

    def look(value: Any, key: str) -> None:
        if isinstance(value, str):
            if len(value) == PART_SIGNS and PART.match(value):
                found.append((value, key == "file"))
        elif isinstance(value, dict | Mapping):
            for inner_key in sorted(value):
                if inner_key != "erased":
                    look(value[inner_key], inner_key)
        elif isinstance(value, list | tuple):
            for inner in value:
                look(inner, "")

    look(value, "")
    return found


def _salt(fresh_salt: Callable[[], bytes]) -> bytes:
    salt = fresh_salt()
    if len(salt) != SALT_BYTES:
        raise ValueError(f"fresh_salt gave {len(salt)} bytes, a salt has {SALT_BYTES}")
    return salt


def _check_meaning(content: dict[str, Any]) -> None:
    if content["type"] == "message":
        check_message(content)
    elif content["type"] == "furniture":
        check_furniture(content)


def _without_erased(value: Any) -> Any:
    """Content for the shape to walk: an erased text (None) counts as the text that was there."""
    if isinstance(value, Mapping):
        return {key: _without_erased(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_erased(inner) for inner in value]
    return "" if value is None else value
