"""The clock of booking: what time does to holds, visits, offers, waiting and guardians. No rule is here."""

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import structlog

from actions import (
    absence,
    booking,
    family,
    his_slots,
    name_opinions,
    patient_index,
    rebooking,
    waitlist_offers,
)
from actions.context import UnitOfWork

TICK_EVERY_S = 15.0

_log = structlog.get_logger(__name__)


async def keep_bookings(work: UnitOfWork, time_zone: str) -> None:
    """Keep what time did to bookings, now and every few seconds; until cancelled.

    Holds end, visits to which nobody came are marked, requests end that the hospital's own system has not
    answered in time, and offers that their patients have not; then what is free is offered to who waits for
    it. What is given up is offered at once, by a job: this finds all the rest. That system is asked again
    about patients for whom it was silent, and so is a name register about documents.
    """
    zone = ZoneInfo(time_zone)

    steps: dict[str, Callable[[], Awaitable[int]]] = {
        "booking.holds_ended": lambda: booking.tick(work, "booking"),
        "booking.visits_missed": lambda: absence.tick(work, "booking"),
        "booking.requests_ended": lambda: his_slots.tick(work, "booking"),
        "his.patients_asked": lambda: patient_index.tick(work, "his"),
        "names.register_asked": lambda: name_opinions.tick(work, "names"),
        "booking.offers_ended": lambda: rebooking.tick(work, "booking"),
        # Before the slots: who came of age is offered none that the guardian waits for.
        "family.of_age": lambda: family.tick(work, "booking"),
        "booking.slots_offered": lambda: waitlist_offers.tick(work, zone, "waitlist"),
    }
    while True:
        for what, step in steps.items():
            try:
                count = await step()
                if count:
                    _log.info(what, count=count)
            except Exception as error:
                # Nothing waits for it: a hold that is over takes no seat, and the next time does the rest.
                _log.warning("booking.not_kept", step=what, error=type(error).__name__)
        await asyncio.sleep(TICK_EVERY_S)
