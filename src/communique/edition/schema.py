"""The JSON Schemas (draft 2020-12) of manifests and of open content, made from the shapes.

`python -m communique.edition.schema` prints that of manifests; the printed file is kept at
docs/formats/edition.schema.json.
"""

from __future__ import annotations

import json
from typing import Any

from communique.edition.edition import ADMIN
from communique.edition.furniture import PIECES
from communique.edition.message import MESSAGE
from communique.edition.shape import PART_SCHEMA, TEXT

SCHEMA_ID = "https://communique.invalid/formats/edition.schema.json"
CONTENT_SCHEMA_ID = "https://communique.invalid/formats/content.schema.json"
TEXT_PART = TEXT.schema()


def manifest_schema() -> dict[str, Any]:
    """The schema of line 2 of an edition file."""
    sorts = [MESSAGE.schema(), ADMIN.schema(), *(shape.schema() for shape in PIECES.values())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Manifest of a Communiqué edition",
        "description": "Line 2 of an edition file. A string of 64 lower-case hex digits is a part.",
        "oneOf": sorts,
    }


def content_schema() -> dict[str, Any]:
    """The schema of open content: that of the manifest with words in place, null where they were erased."""
    schema = _opened(manifest_schema())
    return {
        **schema,
        "$id": CONTENT_SCHEMA_ID,
        "title": "Open content of a Communiqué edition",
        "description": "What an edition says, words in place; null where they were erased. A file stands as its part.",
    }


def _opened(schema: Any) -> Any:
    """The schema with text in place of text parts; a part stays where it names a file."""
    if isinstance(schema, list):
        return [_opened(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if schema in (TEXT_PART, PART_SCHEMA):
        return {"type": ["string", "null"]}
    return {key: inner if key == "erased" else _opened(inner) for key, inner in schema.items()}


if __name__ == "__main__":
    print(json.dumps(manifest_schema(), indent=1, ensure_ascii=False, sort_keys=True))
