"""The OpenAPI 3.1 document, made from the route table and the models. Nothing in it is written by hand."""

import json
from collections import defaultdict
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from booking_api import idempotency
from booking_api.models import Model, Problem
from booking_api.origin import CSRF_HEADER
from booking_api.problems import STATUS
from booking_api.route import IdKind, Route
from booking_api.routes import ROUTES
from domain.accounts import ACCOUNT_ROLES, SESSION_COOKIE

Json = dict[str, Any]

VERSION = "1"
"""Of the API, not of the program: grows when a client that was right stops being right."""

_ID_KINDS: dict[IdKind, Json] = {
    "uuid": {"type": "string", "format": "uuid"},
    "integer": {"type": "integer"},
    "word": {"type": "string"},
}
_TEMPLATE = "#/components/schemas/{model}"
_ABOUT = """\
Every failure is a problem document (RFC 9457) with a stable `code`; `fields` names each wrong field by its
dotted path and the kind of its mistake. Writes need the `X-CSRF-Token` that GET /api/session answers with,
must come from the hospital's own origin, and send JSON of at most 64 KiB. Where an operation needs an
`Idempotency-Key`, a request that comes again with the same key within 24 hours is answered as the first time
and does nothing twice; the same key with another request is refused."""


@cache
def document() -> Json:
    """Return the document. It is the same for every deployment."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Televisit", "version": VERSION, "description": _ABOUT},
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
                "csrf": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
            },
        },
    }


def text() -> str:
    """Return the document as it is committed."""
    return json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _schemas() -> Json:
    """Each model once. A model is sent or received, never both, so that its name stays its own."""
    received = {route.body for route in ROUTES if route.body}
    # A problem leaves out what it has no value for, which is how received models are described.
    received.add(Problem)
    sent = {route.answer for route in ROUTES if route.answer}
    modes: list[tuple[type[Model], JsonSchemaMode]] = []
    modes += [(model, "validation") for model in sorted(received, key=_name)]
    modes += [(model, "serialization") for model in sorted(sent, key=_name)]
    _, schema = models_json_schema(modes, ref_template=_TEMPLATE)
    schemas: Json = schema["$defs"]
    for name in schemas:
        if not name.isalnum():
            raise ValueError(f"{name}: a model is both sent and received; make it two")
    return schemas


def _name(model: type[Model]) -> str:
    return model.__name__


def _paths() -> Json:
    paths: Json = defaultdict(dict)
    for route in ROUTES:
        paths[route.path][route.method.lower()] = _operation(route)
    return dict(paths)


def _operation(route: Route) -> Json:
    operation: Json = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": route.summary,
        "description": _who(route),
        "responses": _responses(route),
        "security": _security(route),
    }
    if parameters := _parameters(route):
        operation["parameters"] = parameters
    if route.body:
        operation["requestBody"] = {"required": True, "content": _content("application/json", route.body)}
    elif route.takes_bytes:
        binary: Json = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": binary}
    return operation


def _who(route: Route) -> str:
    if route.who is None:
        return "For anyone."
    if route.roles() == ACCOUNT_ROLES:
        return "For everyone who is signed in."
    return f"For roles: {', '.join(sorted(route.roles()))}."


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.who is None:
        return []
    return [{"session": [], "csrf": []}] if route.writes else [{"session": []}]


def _parameters(route: Route) -> list[Json]:
    found: list[Json] = []
    if route.has_id:
        kind = _ID_KINDS[route.id_kind] | ({"enum": list(route.words)} if route.words else {})
        found.append({"name": "id", "in": "path", "required": True, "schema": kind})
    if route.has_seq:
        found.append({"name": "seq", "in": "path", "required": True, "schema": _ID_KINDS["integer"]})
    if route.is_idempotent:
        key: Json = {"type": "string", "pattern": idempotency.PATTERN}
        found.append({"name": idempotency.HEADER, "in": "header", "required": True, "schema": key})
    if route.query:
        schema = route.query.model_json_schema()
        for name, part in schema["properties"].items():
            required = name in schema.get("required", [])
            found.append({"name": name, "in": "query", "required": required, "schema": _without_null(part)})
    return found


def _without_null(schema: Json) -> Json:
    """A parameter is there or not; there is no way to write null in an address."""
    kept = {key: value for key, value in schema.items() if key != "title" and value is not None}
    options = [item for item in kept.pop("anyOf", []) if item != {"type": "null"}]
    if len(options) > 1:
        raise ValueError("a parameter has one type")
    return kept | (options[0] if options else {})


def _responses(route: Route) -> Json:
    responses: Json = {}
    good: Json = {"description": HTTPStatus(route.status).phrase}
    if route.answer:
        good["content"] = _content("application/json", route.answer)
    elif route.status != HTTPStatus.NO_CONTENT:
        kind = "object" if route.media_type == "application/json" else "string"
        good["content"] = {route.media_type: {"schema": {"type": kind}}}
    responses[str(route.status)] = good
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in sorted(route.all_codes()):
        by_status[STATUS[code]].append(code)
    for status, codes in sorted(by_status.items()):
        problem: Json = {
            "description": ", ".join(codes),
            "content": _content("application/problem+json", Problem),
        }
        if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            problem["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
        responses[str(status)] = problem
    return responses


def _content(media_type: str, model: type[Model]) -> Json:
    return {media_type: {"schema": {"$ref": _TEMPLATE.format(model=model.__name__)}}}
