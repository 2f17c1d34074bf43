"""What the built-in server answers, decided from the request's words alone: no file, clock or network in here.

The questions, in the order in which the server asks them:

    cleaned("/en/a%2Fb/")            which path below the public root is meant, if any
    manner("en/news/index.html")     what a file of that name is sent as: type, caching, protection
    chosen_encoding("br;q=1.0", …)   which of the forms at hand this client likes best
    unchanged(…)                     does the client hold these very bytes already: 304
    span("bytes=0-99", 5_000)        which part is wanted: 206, the whole, or one that does not exist: 416
    chosen_language("ar, en;q=.5")   whose front page `/` leads to

Caching, in one table (`manner`):

    /assets/*, /files/*                a year, immutable: the name is bound to the content
    /record/tile/* except partial ones likewise: a full tile never changes
    all the rest                       kept by nobody without asking: `max-age=0, must-revalidate`

Pages are asked for again each time, not once a minute: what an office says in a crisis, a correction, a withdrawal must
be what the next reader sees, and the question costs a 304 of some 600 bytes. Editions and files of the record, and the
words of the index below /search/, are asked for again because the law may erase them.

Source: RFC 9110 (HTTP semantics), RFC 9111 (caching), RFC 8246 (immutable), RFC 4647 section 3.4 (language lookup).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import splitext

from communique.edition.language import is_simple
from communique.press import policy

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, max-age=0, must-revalidate"

PATH_LIMIT_BYTES = 2_048
HEADER_LIMIT_CHARS = 2_048
"""A longer header of choice is read as if it were absent: nobody honest sends one, and reading costs time."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xhtml": "application/xhtml+xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
}
"""Written out: what the machine's own table of types says differs from one machine to the next."""

BYTES = "application/octet-stream"
PLAIN = "text/plain; charset=utf-8"
MARKED_UP = (".svg", ".html", ".xhtml", ".xml")
FOR_PROGRAMS = (".json", ".atom", ".ics", ".xml")
"""what scripts of other sites may read, as the record: it is public, and no cookie goes with it"""

KEPT = "/communique-check.html"
"""a page that is kept and opened from the reader's own disk, never here"""
RECORD_TEXTS = ("record/checkpoint", "record/log.vkey", "record/policy")

ON_ALL = (
    ("server", "communique"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), "
        "payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
)


@dataclass(frozen=True)
class Manner:
    """How a file of a certain name is sent. `headers` are all that do not depend on its bytes."""

    headers: tuple[tuple[str, str], ...]
    text: bool  # worth compressing, and so varying by Accept-Encoding
    immutable: bool  # no other bytes will ever stand under this name


@dataclass(frozen=True)
class Span:
    """Bytes `first` to `last`, both included, of a file."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


NOTHING = Span(0, -1)
"""The span of a request for bytes that the file does not have: 416."""


@lru_cache(maxsize=32_768)
def cleaned(path: str) -> str | None:
    """The path below the public root, without its leading slash, of a request's path decoded once; None for none.

    Refused: relative paths, empty segments (`//host` would be another site in a Location), `.` and `..`, names that
    begin with a dot, backslashes, control characters, bytes that were no UTF-8 (they arrive as U+FFFD) and `FILE.br`,
    which is a form of FILE and not a page.
    """
    if not path.startswith("/") or len(path.encode()) > PATH_LIMIT_BYTES:
        return None
    if any(c < " " or c in "\\\x7f\ufffd" for c in path):
        return None
    segments = path[1:].split("/")
    if any(not segment or segment.startswith(".") for segment in segments[:-1]):
        return None
    if segments[-1].startswith(".") or segments[-1].lower().endswith(".br"):
        return None
    return path[1:]


@lru_cache(maxsize=32_768)
def manner(path: str) -> Manner:
    """How the file at `path`, below the public root, is sent."""
    kind = content_type(path)
    immutable = _immutable(path)
    text = ";" in kind
    headers = (
        ("content-type", kind),
        ("cache-control", FOR_EVER if immutable else ASK_AGAIN),
        *protection(path),
        *((("vary", "accept-encoding"),) if text else ()),
    )
    return Manner(headers, text, immutable)


def content_type(path: str) -> str:
    """The media type of a file, from its name and place; with its charset exactly where it is text."""
    if path in RECORD_TEXTS or path.startswith("record/editions/"):
        return PLAIN
    if path.startswith(("record/tile/", "record/files/")):
        return BYTES
    return TYPES.get(splitext(path)[1].lower(), BYTES)


def protection(path: str) -> tuple[tuple[str, str], ...]:
    """The headers that keep a reader safe, which every answer about `path` carries, errors too.

    Pictures, files, the record and what is made for programs may be read from other sites: they are there to be taken.
    Pages may not be embedded.
    """
    marked_up = path.lower().endswith(MARKED_UP)
    foreign = path.startswith("files/") or path.lower().endswith(".svg")
    programs = path.startswith(("record/", "check/words/", "search/")) or path.lower().endswith(FOR_PROGRAMS)
    taken = programs or path.startswith("files/")
    return (
        *ON_ALL,
        ("content-security-policy", policy.DRAWING if marked_up and foreign else policy.HEADER),
        ("cross-origin-resource-policy", "cross-origin" if taken else "same-origin"),
        *((("access-control-allow-origin", "*"),) if programs else ()),
        *((("content-disposition", "attachment"),) if path.startswith("check/") and path.endswith(KEPT) else ()),
    )


def _immutable(path: str) -> bool:
    if path.startswith("record/tile/"):
        return ".p/" not in path
    return path.startswith(("assets/", "files/"))


@lru_cache(maxsize=1_024)
def weights(header: str) -> dict[str, float]:
    """The choices of an Accept-Encoding or Accept-Language header with their q-values, best first, names lowered.

    A choice whose q-value cannot be read counts as not named.
    """
    if len(header) > HEADER_LIMIT_CHARS:
        return {}
    found: dict[str, float] = {}
    for choice in header.lower().split(","):
        name, *parameters = (word.strip() for word in choice.split(";"))
        q = _quality(parameters)
        if name and q is not None:
            found.setdefault(name, q)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                q = float(value)
            except ValueError:
                return None
            return q if 0 <= q <= 1 else None
    return 1.0


@lru_cache(maxsize=1_024)
def chosen_encoding(header: str | None, offered: tuple[str, ...]) -> str:
    """The form to send, of those `offered` (best first) and the file as it is, `identity`.

    The client's q-values decide; between equals, the order of `offered`, and `identity` last. A client that accepts
    nothing at hand, not even the file as it is, is sent the file as it is: RFC 9110 section 12.5.3.
    """
    if not header:
        return "identity"
    wanted = weights(header)
    rest = wanted.get("*", 0.0)
    quality = {name: wanted.get(name, rest) for name in offered}
    quality["identity"] = wanted.get("identity", wanted.get("*", 0.001))
    best = max(quality, key=lambda name: quality[name])
    return best if quality[best] > 0 else "identity"


def chosen_language(header: str | None, languages: Sequence[str]) -> str | None:
    """The one of `languages` (tags) that an Accept-Language header likes best; None when it likes none of them.

    A range is looked up as it stands and then ever shorter (`fr-CA`, `fr`); a short one also finds a longer tag
    (`zh` finds `zh-Hans`), one in easy language last. `*` is no preference.
    """
    for wanted, q in weights(header or "").items():
        if q <= 0 or wanted == "*":
            continue
        subtags = wanted.split("-")
        for length in range(len(subtags), 0, -1):
            shorter = "-".join(subtags[:length])
            fitting = [tag for tag in languages if f"{tag.lower()}-".startswith(f"{shorter}-")]
            if fitting:
                return min(fitting, key=lambda tag: (tag.lower() != shorter, is_simple(tag)))
    return None


def unchanged(if_none_match: str | None, if_modified_since: str | None, etag: str, modified: str | None) -> bool:
    """Does the client hold these very bytes? Then the answer is 304.

    If-None-Match decides where it is present. If-Modified-Since must be the Last-Modified that we sent, to the letter:
    after a switch back to an older build the file is another one though its time is earlier.
    """
    if if_none_match is not None:
        named = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return etag in named or named == ["*"]
    return modified is not None and if_modified_since == modified


def still_whole(if_range: str | None, etag: str, modified: str | None) -> bool:
    """May a part be sent, to be joined with what the client has? Only strong validators count (RFC 9110, 13.1.5)."""
    return if_range is None or if_range == etag or (modified is not None and if_range == modified)


def span(header: str | None, size: int) -> Span | None:
    """The part that a Range header asks for; None for the whole file, NOTHING for bytes beyond its end.

    Several parts at once and words that are no range are answered with the whole file, as RFC 9110 section 14.2 allows:
    no reader of pages needs the first, and many small parts are a known way to tire a server.
    """
    if header is None:
        return None
    unit, _, wanted = header.partition("=")
    first, dash, last = (word.strip() for word in wanted.partition("-"))
    if unit.strip().lower() != "bytes" or not dash or not _digits(first, last):
        return None
    if not first:
        length = min(int(last), size)
        return Span(size - length, size - 1) if length else NOTHING
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return NOTHING
    return Span(int(first), min(int(last), size - 1) if last else size - 1)


def _digits(first: str, last: str) -> bool:
    """Are these one or two decimal numbers, of a length that a number of bytes can have?"""
    words = [word for word in (first, last) if word]
    return bool(words) and all(word.isascii() and word.isdigit() and len(word) < 19 for word in words)
