"""What a list says of a message in one line."""

from __future__ import annotations

from typing import Any

from communique.edition.text import TEASER_LIMIT_BYTES


def teaser_of(content: dict[str, Any]) -> str | None:
    """What a list says of a message: its own teaser, else its first words, cut at a word within 300 bytes."""
    if content["state"] == "removed":
        return None
    if "teaser" in content:
        return content["teaser"]
    blocks: list[Any] = content.get("blocks") or next(
        (t["blocks"] for t in content.get("turns", ()) if t["blocks"]), []
    )
    texts = (block if isinstance(block, str | None) else block.get("text") for block in blocks)
    return shortened(next((text for text in texts if text), None), TEASER_LIMIT_BYTES)


def shortened(text: str | None, limit_bytes: int) -> str | None:
    """The text within a limit of UTF-8 bytes, cut between words and ended by an ellipsis when cut."""
    if text is None or len(text.encode("utf-8")) <= limit_bytes:
        return text
    room = limit_bytes - len("…".encode())
    kept = text.encode("utf-8")[:room].decode("utf-8", "ignore")
    head, blank, _ = kept.rpartition(" ")
    return (head if blank else kept).rstrip(" ,;:–—-") + "…"
