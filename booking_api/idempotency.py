"""Idempotency-Key: a request that comes again is answered as the first time, and does nothing twice.

(draft-ietf-httpapi-idempotency-key-header.) The key is the account's own and is kept for 24 hours with the
answer, in the transaction of the action. A request that failed kept nothing: it may come again as it is.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from actions.context import Context
from actions.idempotency import answered_before, keep_answer
from booking_api.edge import Call
from booking_api.models import Model
from domain.errors import FieldFault, InvalidInput

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
"""Says that an answer is one from before."""
PATTERN = r"^[A-Za-z0-9_-]{8,80}$"
_KEY = re.compile(PATTERN)


def key_of(request: web.Request) -> str:
    """Return the request's key; raise InvalidInput without one, or for one that is not of PATTERN."""
    keys = request.headers.getall(HEADER, [])
    if not keys:
        raise InvalidInput(f"{HEADER} is missing.", {HEADER: FieldFault.MISSING})
    if len(keys) > 1 or not _KEY.fullmatch(keys[0]):
        raise InvalidInput(f"{HEADER} is not valid.", {HEADER: FieldFault.BAD_FORMAT})
    return keys[0]


async def once(
    call: Call, status: int, run: Callable[[Context], Awaitable[Model]], *, operation: str
) -> web.Response:
    """Answer `run` of one transaction, or what it answered when the same request came before.

    The route says `is_idempotent`, so that the header is described and the table's tests send it. What is
    the same: the operation, the id in the path, and the body. Raise InvalidInput for a key that is missing,
    malformed, or came with another request.
    """
    key = key_of(call.request)
    parts = [operation, str(call.id_uuid)]
    parts += [body.model_dump_json() for body in call.parsed.values()]
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    async with call.begin() as ctx:
        before = await answered_before(ctx, key, digest)
        if before is not None:
            return _answer(before.status, before.answer, {REPLAYED_HEADER: "true"})
        text = (await run(ctx)).model_dump_json()
        await keep_answer(ctx, key, status, text)
    return _answer(status, text, {})


def _answer(status: int, text: str, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, text=text, content_type="application/json", headers=headers)
