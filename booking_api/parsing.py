"""From bytes to models: the body, the query and the id in the path. All wrong fields are named at once."""

import asyncio
import re
from typing import TypeVar
from uuid import UUID

from aiohttp import web
from multidict import MultiMapping
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from booking_api.models import Model
from domain.errors import Code, FieldFault, InvalidInput, NotFound, TooLarge

BODY_MAX = 64 * 1024
BODY_TIMEOUT_S = 15
FIELDS_MAX = 50
"""A body can be wrong in thousands of places; nobody reads more than this."""

M = TypeVar("M", bound=Model)

_JSON_TYPE = "application/json"
_NUMBER = re.compile(r"[0-9]{1,18}")
_KINDS: dict[str, FieldFault] = {
    "missing": FieldFault.MISSING,
    "extra_forbidden": FieldFault.UNKNOWN,
    "string_too_short": FieldFault.TOO_SHORT,
    "string_too_long": FieldFault.TOO_LONG,
    "too_short": FieldFault.TOO_SHORT,
    "too_long": FieldFault.TOO_LONG,
    "greater_than": FieldFault.TOO_SMALL,
    "greater_than_equal": FieldFault.TOO_SMALL,
    "less_than": FieldFault.TOO_LARGE,
    "less_than_equal": FieldFault.TOO_LARGE,
    "enum": FieldFault.NOT_A_CHOICE,
    "literal_error": FieldFault.NOT_A_CHOICE,
    "string_pattern_mismatch": FieldFault.BAD_FORMAT,
    "string_unicode": FieldFault.BAD_FORMAT,
    "timezone_aware": FieldFault.BAD_FORMAT,
}
"""What pydantic calls a mistake, and what we call it."""


async def read_body(request: web.Request) -> bytes:
    """Return the body; raise InvalidInput when it is no JSON or does not come, TooLarge past 64 KiB."""
    if request.content_type != _JSON_TYPE:
        raise InvalidInput(f"The Content-Type is not {_JSON_TYPE}.", code=Code.INPUT_NOT_JSON)
    if (request.content_length or 0) > BODY_MAX:
        raise TooLarge("body", BODY_MAX)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            # A chunked body announces no length, so the limit is kept while reading.
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > BODY_MAX:
                    raise TooLarge("body", BODY_MAX)
    except TimeoutError:
        raise InvalidInput("The body did not arrive in time.", code=Code.INPUT_NOT_JSON) from None
    except (web.RequestPayloadError, ConnectionError):
        # Broken chunks, a broken encoding, or a client that went away in the middle.
        raise InvalidInput("The body did not arrive whole.", code=Code.INPUT_NOT_JSON) from None
    return bytes(body)


def parse_body(model: type[M], body: bytes) -> M:
    """Return the body as a model; raise InvalidInput naming every wrong field."""
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        if details[0]["type"] == "json_invalid":
            raise InvalidInput("The body is not JSON.", code=Code.INPUT_NOT_JSON) from None
        raise _invalid("body", details) from None


def parse_query(model: type[M], query: MultiMapping[str]) -> M:
    """Return the query as a model; raise InvalidInput naming every wrong or repeated parameter."""
    repeated = {name: FieldFault.INVALID for name in query if len(query.getall(name)) > 1}
    if repeated:
        raise InvalidInput("The query is not valid.", repeated)
    try:
        return model.model_validate_strings(dict(query))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        raise _invalid("query", details) from None


def parse_uuid(text: str, what: str) -> UUID:
    """Return the UUID written in the usual form; raise NotFound, since nothing has another id."""
    try:
        found = UUID(text)
    except ValueError:
        raise NotFound(what) from None
    if str(found) != text.lower():
        raise NotFound(what)
    return found


def parse_number(text: str, what: str) -> int:
    """Return the number written in plain digits; raise NotFound, since nothing has another id."""
    if not _NUMBER.fullmatch(text):
        raise NotFound(what)
    return int(text)


def _invalid(what: str, details: list[ErrorDetails]) -> InvalidInput:
    fields = {
        ".".join(str(step) for step in detail["loc"]): kind_of(detail["type"])
        for detail in details[:FIELDS_MAX]
        if detail["loc"]
    }
    return InvalidInput(f"The {what} is not valid.", fields)


def kind_of(error_type: str) -> FieldFault:
    """Return our word for a pydantic error's type; models' own validators use our words as types."""
    if error_type in _KINDS:
        return _KINDS[error_type]
    if error_type in set(FieldFault):
        return FieldFault(error_type)
    if error_type.endswith(("_parsing", "_from_date_parsing", "_inexact")) or error_type.startswith("uuid_"):
        return FieldFault.BAD_FORMAT
    if error_type.endswith("_type"):
        return FieldFault.WRONG_TYPE
    return FieldFault.INVALID
