"""The JSON Schema (draft 2020-12) of manifests, made from the shapes.

`python -m communique.edition.schema` prints it; the printed file is kept at docs/formats/edition.schema.json.
"""

from __future__ import annotations

import json
from typing import Any

from communique.edition.edition import ADMIN
from communique.edition.furniture import PIECES
from communique.edition.message import MESSAGE

SCHEMA_ID = "https://communique.invalid/formats/edition.schema.json"


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


if __name__ == "__main__":
    print(json.dumps(manifest_schema(), indent=1, ensure_ascii=False, sort_keys=True))
