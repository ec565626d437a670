"""Visits to which the patient did not come: marked an hour after their time, and not for good."""

from datetime import timedelta
from typing import Final

from actions.context import UnitOfWork, permit, record
from domain.accounts import SYSTEM
from domain.consultation import MISSED_AFTER
from domain.permissions import Action
from storage import changes

_LOOKED_BACK: Final = timedelta(days=31)
"""What is older is not looked at again: a visit that somebody came to stays booked until it is over."""
_AT_ONCE: Final = 100


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Mark booked visits as missed whose patient was never there in their time; return how many there were.

    Who comes all the same, while the waiting room is open, is let in, and the visit is booked again
    (actions/consultations.py). What it means for the fee is decided apart (actions/refunds.py), from the same
    record. Raise PartnerDown when the database does not answer.
    """
    marked = 0
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.APPOINTMENT_MISS)
            found = await changes.missed(ctx.tx, ctx.now - MISSED_AFTER, ctx.now - _LOOKED_BACK, _AT_ONCE)
            for appointment_id, patient_id in found:
                await record(
                    ctx, Action.APPOINTMENT_MISS, ("appointment", appointment_id), patient_id=patient_id
                )
        marked += len(found)
        if len(found) < _AT_ONCE:
            return marked
