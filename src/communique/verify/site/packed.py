"""The compressed copies of a site's files, which are what browsers are given: each holds the file beside it.

Brotli comes with an office's packages, not with a stranger's; without it the copies are not looked at, which is said.
"""

from __future__ import annotations

try:
    import brotli
except ImportError:
    brotli = None

CAN_BE_READ = brotli is not None


def holds(packed: bytes, data: bytes) -> bool:
    """Whether a compressed copy holds these bytes and no others."""
    unpacked, unpacking = bytearray(), brotli.Decompressor()
    try:
        for start in range(0, len(packed), 4096):  # a copy that swells without end is given up
            unpacked += unpacking.process(packed[start : start + 4096])
            if len(unpacked) > len(data):
                return False
        return unpacking.is_finished() and bytes(unpacked) == data
    except brotli.error:
        return False
