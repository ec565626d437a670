"""From bytes to models: the body, the query and the id in the path. All wrong fields are named at once."""

import asyncio
import re
from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from aiohttp import web
from multidict import MultiMapping
from pydantic import ValidationError

from actions.field_faults import field_faults
from booking_api.models import Model
from domain.errors import Code, FieldFault, InvalidInput, NotFound, TooLarge

BODY_MAX = 64 * 1024
BODY_TIMEOUT_S = 15

M = TypeVar("M", bound=Model)

_JSON_TYPE = "application/json"
_NO_JSON = "json_invalid"
_NUMBER = re.compile(r"[0-9]{1,18}")


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
        if error.errors(include_url=False, include_context=False, include_input=False)[0]["type"] == _NO_JSON:
            raise InvalidInput("The body is not JSON.", code=Code.INPUT_NOT_JSON) from None
        raise InvalidInput("The body is not valid.", field_faults(error)) from None


def parse_query(model: type[M], query: MultiMapping[str]) -> M:
    """Return the query as a model; raise InvalidInput naming every wrong or repeated parameter."""
    repeated = {name: FieldFault.INVALID for name in query if len(query.getall(name)) > 1}
    if repeated:
        raise InvalidInput("The query is not valid.", repeated)
    try:
        return model.model_validate_strings(dict(query))
    except ValidationError as error:
        raise InvalidInput("The query is not valid.", field_faults(error)) from None


def parse_uuid(text: str, what: str) -> UUID:
    """Return the UUID written in the usual form; raise NotFound, since nothing has another id."""
    try:
        found = UUID(text)
    except ValueError:
        raise NotFound(what) from None
    if str(found) != text.lower():
        raise NotFound(what)
    return found


def parse_word(text: str, words: Collection[str], what: str) -> str:
    """Return the text when it is one of these words; raise NotFound, since nothing has another name."""
    if text not in words:
        raise NotFound(what)
    return text


def parse_number(text: str, what: str) -> int:
    """Return the number written in plain digits; raise NotFound, since nothing has another id."""
    if not _NUMBER.fullmatch(text):
        raise NotFound(what)
    return int(text)
