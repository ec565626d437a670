"""Waiting for something that announces itself to nobody: asked again and again, up to a limit."""

import asyncio
from collections.abc import Awaitable, Callable

LIMIT_S = 30.0
_EVERY_S = 0.02


async def until(there: Callable[[], Awaitable[bool]], *, limit_s: float = LIMIT_S) -> None:
    """Return once `there` says yes; raise TimeoutError when it does not within the limit.

    For states of other processes and of the database. Within one process wait for an event instead.
    """
    async with asyncio.timeout(limit_s):
        while not await there():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(_EVERY_S)
