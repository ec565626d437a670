"""The clock of retention: what time does to requests is kept while the server runs. No rule is here."""

import asyncio

import structlog

from actions.context import UnitOfWork
from actions.destroying import tick

TICK_EVERY_S = 60.0

_log = structlog.get_logger(__name__)


async def keep_retention(work: UnitOfWork) -> None:
    """Keep that requests expired and destructions became complete, now and every minute; until cancelled."""
    while True:
        try:
            moved = await tick(work, "retention")
            if moved:
                _log.info("retention.moved", requests=moved)
        except Exception as error:
            # Nothing waits for it: what is late is refused or shown as it is, and the next time keeps it.
            _log.warning("retention.not_moved", error=type(error).__name__)
        await asyncio.sleep(TICK_EVERY_S)
