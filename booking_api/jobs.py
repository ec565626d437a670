"""Background jobs that gave up, for the administration."""

from actions import jobs
from booking_api.edge import Call
from booking_api.models import DeadJob, DeadJobs
from booking_api.views import view


async def list_jobs(call: Call) -> DeadJobs:
    """GET /api/jobs."""
    async with call.begin() as ctx:
        found = await jobs.list_dead(ctx)
    return DeadJobs(jobs=[view(DeadJob, item) for item in found])


async def retry_job(call: Call) -> None:
    """POST /api/jobs/{id}/retry."""
    async with call.begin() as ctx:
        await jobs.retry_dead(ctx, call.number())
