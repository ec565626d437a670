"""Follow-ups: proposed by the doctor, seen and let go by the patient."""

from actions import follow_up
from booking_api.edge import Call
from booking_api.models_follow_ups import FollowUps, FollowUpView, NewFollowUp
from booking_api.views import view


async def propose_follow_up(call: Call) -> None:
    """POST /api/consultations/{id}/follow-up. A visit has one, so that it needs no key."""
    new = call.given(NewFollowUp)
    async with call.begin() as ctx:
        await follow_up.propose_follow_up(ctx, call.uuid(), new.due_on, new.why, call.edge.today())


async def list_follow_ups(call: Call) -> FollowUps:
    """GET /api/follow-ups."""
    async with call.begin() as ctx:
        found = await follow_up.own_follow_ups(ctx)
    return FollowUps(follow_ups=[view(FollowUpView, item) for item in found])


async def dismiss_follow_up(call: Call) -> None:
    """POST /api/consultations/{id}/follow-up/dismiss."""
    async with call.begin() as ctx:
        await follow_up.dismiss_follow_up(ctx, call.uuid())
