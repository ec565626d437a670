"""The clock of notices: those whose time has come are queued while the server runs. No rule is here."""

import asyncio
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import structlog

from actions.context import UnitOfWork
from actions.reminders import tick
from booking_api.invitations import House, organizer_of
from server.config import Config

TICK_EVERY_S = 10.0

_log = structlog.get_logger(__name__)


def house(config: Config) -> House:
    """Return what notices say of this hospital. Without a mail server invitations still need an organizer."""
    zone = ZoneInfo(config.hospital_time_zone)
    return House(config.hospital_name, config.public_url, zone, organizer(config))


def organizer(config: Config) -> str:
    """Return the mail address that invitations come from."""
    if config.smtp is None:
        return organizer_of(config.public_url)
    return parseaddr(config.smtp.sender)[1]


async def keep_notices(work: UnitOfWork) -> None:
    """Queue notices whose time has come, now and every ten seconds; until cancelled."""
    while True:
        try:
            queued = await tick(work, "notices")
            if queued:
                _log.info("notices.queued", notices=queued)
        except Exception as error:
            # Nothing is lost: what is due stays due, and the next time queues it.
            _log.warning("notices.not_queued", error=type(error).__name__)
        await asyncio.sleep(TICK_EVERY_S)
