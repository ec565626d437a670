"""Requests that may come again: the answer is kept in the transaction of what they do (Idempotency-Key)."""

from actions.context import Context
from domain.errors import Code, InvalidInput, OwnFault
from storage import idempotency
from storage.idempotency import KeptAnswer


async def answered_before(ctx: Context, key: str, digest: bytes) -> KeptAnswer | None:
    """Claim the actor's key; return the answer of a request that was the same, None for the first time.

    Call it first in the transaction. Raise InvalidInput when another request came with this key. Asks for no
    permission: a kept answer is given to the account alone that it was given to.
    """
    if ctx.actor.account_id is None:
        raise OwnFault("only accounts send requests that may come again")
    kept = await idempotency.claim(ctx.tx, ctx.actor.account_id, key, digest, ctx.now)
    if kept is not None and kept.digest != digest:
        raise InvalidInput("This key came with another request.", code=Code.IDEMPOTENCY_REUSED)
    return kept


async def keep_answer(ctx: Context, key: str, status: int, answer: str) -> None:
    """Keep the answer for a request that comes again: durable together with what it did."""
    if ctx.actor.account_id is None:
        raise OwnFault("only accounts send requests that may come again")
    await idempotency.keep_answer(ctx.tx, ctx.actor.account_id, key, status, answer)
