"""Who has read a patient's data, for the patient."""

from actions import readers
from booking_api.edge import Call
from booking_api.models_safety import AccessesQuery, AccessesView, AccessView
from booking_api.views import view


async def list_accesses(call: Call) -> AccessesView:
    """GET /api/accesses."""
    query = call.given(AccessesQuery)
    async with call.begin() as ctx:
        people = None if query.by is None else query.by == "people"
        page = await readers.read_accesses(ctx, query.before, query.limit, people=people)
    return AccessesView(
        accesses=[view(AccessView, item) for item in page.accesses], next_before=page.next_before
    )
