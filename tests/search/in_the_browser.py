"""The scripts of the search page, asked in Node over the files of a public folder."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from communique.edition.language import STEMMERS

ASK = Path(__file__).with_name("ask.mjs")


class ScriptError(Exception):
    """What a script said that could not answer."""


class Browser:
    """The scripts of the search page in Node, over the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._node = subprocess.Popen(
            ["node", "--no-warnings", str(ASK), str(folder), json.dumps(STEMMERS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, language: str, query: dict[str, str], count: int = 1000, cold: bool = False) -> dict[str, Any]:
        """{"total", "hits": [[address, place], …], "counts", "read": {path: bytes}, "trips"}"""
        return self._say({"language": language, "query": query, "count": count, "cold": cold})

    def words(self, language: str, text: str) -> list[dict[str, Any]]:
        return self._say({"language": language, "text": text})

    def _say(self, line: dict[str, Any]) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(line) + "\n")
        self._node.stdin.flush()
        said = json.loads(self._node.stdout.readline() or "null")
        if isinstance(said, dict) and "error" in said:
            raise ScriptError(said["error"])
        return said

    def close(self) -> None:
        assert self._node.stdin
        self._node.stdin.close()
        self._node.wait(10)
