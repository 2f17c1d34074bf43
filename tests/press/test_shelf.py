"""What a shelf writes is compressed once."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from communique.press.bundle import assets
from communique.press.shelf import NewShelf, _finest


def test_the_assets_of_a_second_build_are_compressed_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []
    real = brotli.compress

    def counted(data: bytes, quality: int) -> bytes:
        compressed.append(data)
        return real(data, quality=quality)

    monkeypatch.setattr(brotli, "compress", counted)
    _finest.cache_clear()
    NewShelf(tmp_path / "1").put(assets())
    once = len(compressed)
    NewShelf(tmp_path / "2").put(assets())
    assert once > 0
    assert compressed[once:] == []
    made = [{file.name: file.read_bytes() for file in (tmp_path / build / "assets").iterdir()} for build in ("1", "2")]
    assert made[0] == made[1]
