"""The compressed copies of a site's files, which are what browsers are given: each holds the file beside it.

Of a copy no more is unpacked than what is expected of it, a bite at a time: a few bytes of Brotli can stand for many
gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator

import brotli

ENCODING = "br"
"""what a browser names when it asks"""
BITE_BYTES = 64 * 1024


class NotPacked(Exception):
    """Bytes that are no whole Brotli, or stand for more than was asked for."""


def holds(packed: bytes, data: bytes) -> bool:
    """Whether a compressed copy holds these bytes and no others."""
    try:
        return unpacked(packed, len(data)) == data
    except NotPacked:
        return False


def unpacked(packed: bytes, limit_bytes: int) -> bytes:
    """What a compressed copy holds. Raises NotPacked."""
    found = bytearray()
    try:
        for bite in _bites(packed):
            found += bite
            if len(found) > limit_bytes:
                raise NotPacked(f"stands for more than {limit_bytes} bytes")
    except brotli.error as error:
        raise NotPacked("is no whole Brotli") from error
    return bytes(found)


def _bites(packed: bytes) -> Iterator[bytes]:
    unpacking, rest = brotli.Decompressor(), packed
    while not unpacking.is_finished():
        bite = unpacking.process(rest, output_buffer_limit=BITE_BYTES)
        if not bite and not rest and not unpacking.is_finished():
            raise brotli.error
        rest = b""
        yield bite
