"""What becomes free of a doctor is offered to who waits for it at once, not when a clock comes round."""

from actions.context import Context
from domain.ids import PractitionerId
from domain.jobs import offer_freed
from storage import waitlist
from storage.job_queue import enqueue


async def tell_waitlist(ctx: Context, practitioner_id: PractitionerId) -> None:
    """Have what this transaction frees of a doctor offered as soon as it is durable. A part of actions.

    Where nobody waits nothing is queued. What becomes free because time went by is found by the clock that
    has it end (server/booking.py), and so is everything of which this was not told.
    """
    if await waitlist.wanted(ctx.tx, practitioner_id, ctx.now) is not None:
        await enqueue(ctx.tx, offer_freed(practitioner_id, ctx.new_id()))
