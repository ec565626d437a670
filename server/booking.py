"""The clock of booking: what time does to holds is kept while the server runs. No rule is here."""

import asyncio

import structlog

from actions.booking import tick
from actions.context import UnitOfWork

TICK_EVERY_S = 15.0

_log = structlog.get_logger(__name__)


async def keep_bookings(work: UnitOfWork) -> None:
    """Keep that holds ended, now and every few seconds; until cancelled."""
    while True:
        try:
            ended = await tick(work, "booking")
            if ended:
                _log.info("booking.holds_ended", holds=ended)
        except Exception as error:
            # Nothing waits for it: a hold that is over takes no seat, and the next time ends it.
            _log.warning("booking.not_kept", error=type(error).__name__)
        await asyncio.sleep(TICK_EVERY_S)
