"""An S3-compatible store, as `store.py` wants one: Amazon's, or any that keeps If-Match and If-None-Match on writing.

    s3://BUCKET/PREFIX?endpoint=https://s3.example&region=eu-1

Without `endpoint` it is Amazon's. Who may write is told by the environment (AWS_ACCESS_KEY_ID and so on) or by a file
of two lines, id and secret. A store that leaves If-None-Match unheard (some gateways do) is refused before anything is
written: two publishers could overwrite each other there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError, PreconditionError
from obstore.store import S3Store

from communique.press.errors import PressError
from communique.press.store import Clash, Object
from communique.record.errors import Unreachable

ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\s]*)?(\?[^#\s]*)?")
ATTRIBUTES = {
    "content-type": "Content-Type",
    "cache-control": "Cache-Control",
    "content-encoding": "Content-Encoding",
    "content-disposition": "Content-Disposition",
}
"""the headers that a store keeps with an object; all others are the CDN's to add"""
PROBE = ".communique-probe"
PATIENCE = timedelta(seconds=30)

T = TypeVar("T")


class Unconditional(PressError):
    """The store writes over an object although it was asked not to."""

    def __init__(self, place: str) -> None:
        todo = "use another store, or a newer version of this one: two publishers would overwrite each other"
        super().__init__("does not keep If-None-Match: it wrote over an object that was there", place, todo)


class S3:
    """One bucket, or what lies below a prefix in it."""

    def __init__(self, address: str, keys: Path | None = None) -> None:
        parts = urlsplit(address)
        wishes = dict(parse_qsl(parts.query))
        named = keys.read_text("utf-8").split() if keys and keys.is_file() else []
        endpoint = wishes.get("endpoint", "")
        settings: Any = {  # obstore's own name for their type is no public one
            "region": wishes.get("region", "us-east-1"),
            "virtual_hosted_style_request": not endpoint,
            **({"endpoint": endpoint} if endpoint else {}),
            **dict(zip(("access_key_id", "secret_access_key"), named, strict=False)),
        }
        self.place = f"s3://{parts.netloc}{parts.path}"
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config=settings,
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": PATIENCE},
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )

    def get(self, path: str) -> Object | None:
        """An object; None where there is none."""

        def ask() -> Object | None:
            try:
                answer = obstore.get(self._store, path)
            except (NotFoundError, FileNotFoundError):
                return None
            return Object(bytes(answer.bytes()), answer.meta["e_tag"] or "")

        return self._reached(ask)

    def put(self, path: str, data: bytes, headers: Mapping[str, str], etag: str | None) -> str:
        """Write over the object that has this ETag, or where there is none for None; returns the new one's."""

        def ask() -> str:
            kept = {ATTRIBUTES[name]: value for name, value in headers.items() if name in ATTRIBUTES}
            try:
                done = obstore.put(
                    self._store,
                    path,
                    data,
                    attributes=kept,
                    mode="create" if etag is None else {"e_tag": etag},
                    use_multipart=False,
                )
            except (AlreadyExistsError, PreconditionError, NotFoundError, FileNotFoundError, FileExistsError):
                raise Clash(path) from None
            return done["e_tag"] or ""

        return self._reached(ask)

    def remove(self, paths: Sequence[str]) -> None:
        """Take objects away that may be gone already."""

        def ask() -> None:
            for path in paths:
                try:
                    obstore.delete(self._store, path)
                except (NotFoundError, FileNotFoundError):
                    continue

        self._reached(ask)

    def listed(self) -> Iterator[tuple[str, str]]:
        """(path, ETag) of all that lies here."""
        pages = iter(obstore.list(self._store, chunk_size=1000))
        while (page := self._reached(lambda: next(pages, None))) is not None:
            yield from ((one["path"], one["e_tag"] or "") for one in page)

    def prove(self) -> None:
        """Raises Unconditional unless the store refuses to write over what is there."""
        self.remove([PROBE])
        self.put(PROBE, b"1", {}, None)
        try:
            self.put(PROBE, b"2", {}, None)
        except Clash:
            return
        finally:
            self.remove([PROBE])
        raise Unconditional(self.place)

    def _reached(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except BaseError as error:
            said = str(error).partition("\n")[0][:300]
            todo = "mend that; the next start, or `communique bake`, goes on"
            raise Unreachable(f"did not do what was asked ({said})", self.place, todo) from error
