"""The wire protocol as one JSON Schema document, from which the TypeScript types are generated.

`python -m signaling.schema > web/schema/signaling.json` writes it.
"""

import json
import sys
from typing import Any

from pydantic.json_schema import models_json_schema

from signaling.protocol import CLIENT_EVENTS, SERVER_EVENTS, ErrorView

_TEMPLATE = "#/$defs/{model}"


def schema() -> dict[str, Any]:
    """Return the document: `client` and `server` map event names to bodies; `$defs` holds the models."""
    bodies = {model for pair in CLIENT_EVENTS.values() for model in pair}
    bodies |= set(SERVER_EVENTS.values()) | {ErrorView}
    ordered = sorted(bodies, key=lambda model: model.__name__)
    # "serialization" makes fields with defaults required: what the server sends is always complete.
    _, definitions = models_json_schema(
        [(model, "serialization") for model in ordered], ref_template=_TEMPLATE
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Signaling",
        "type": "object",
        "additionalProperties": False,
        "required": ["client", "server", "error"],
        "properties": {
            "client": _object(
                {
                    name: _object({"body": _ref(body), "data": _ref(data)})
                    for name, (body, data) in CLIENT_EVENTS.items()
                }
            ),
            "server": _object({name: _ref(body) for name, body in SERVER_EVENTS.items()}),
            "error": _ref(ErrorView),
        },
        "$defs": definitions["$defs"],
    }


def document() -> str:
    """Return the document as the text that is committed under web/schema/."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _ref(model: type) -> dict[str, str]:
    return {"$ref": _TEMPLATE.format(model=model.__name__)}


if __name__ == "__main__":
    sys.stdout.write(document())
