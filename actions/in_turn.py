"""Asking a partner about many things in turn, so that none stands in the way of those behind it.

What is asked, and what the answers mean, is told by who calls.
"""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from domain.errors import PartnerDown

_DOWN_AFTER: Final = 3
"""So many failures one after another are the partner's, not of what was asked about."""


async def in_turn(
    page: Callable[[UUID | None], Awaitable[list[UUID]]], ask: Callable[[UUID], Awaitable[None]]
) -> int:
    """Ask about each of all pages; `page` returns what comes behind an id, nothing at the end.

    Return how many were asked about. Raise the last PartnerDown when the partner seems down altogether, and
    at the end when it was down for some: they come again the next time.
    """
    asked, in_a_row = 0, 0
    last: PartnerDown | None = None
    after: UUID | None = None
    while found := await page(after):
        for one in found:
            try:
                await ask(one)
                in_a_row = 0
            except PartnerDown as down:
                last, in_a_row = down, in_a_row + 1
                if in_a_row == _DOWN_AFTER:
                    raise
        asked += len(found)
        after = found[-1]
    if last is not None:
        raise last
    return asked
