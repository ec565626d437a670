"""Visits that are over, for tests of what follows: made by the real actions, which queue the real job."""

from actions.context import UnitOfWork
from tests.integration.actions.visits import Visit, make_visit
from tests.people import make_patient


async def ended_visit(work: UnitOfWork, *, email: str | None = "li@example.org") -> Visit:
    """Return a visit that the doctor ended; its letter is queued."""
    visit = await make_visit(work, patient=await make_patient(work, email=email))
    await visit.arrive()
    await visit.admit()
    await visit.finish()
    return visit
