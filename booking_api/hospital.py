"""What anyone may know of the hospital, and the administration's figures of today."""

from actions.figures import read_figures as figures_of_day
from booking_api.edge import Call
from booking_api.models import Figures, HospitalView
from booking_api.views import view


async def read_hospital(call: Call) -> HospitalView:
    """GET /api/hospital."""
    return view(HospitalView, call.edge.hospital)


async def read_figures(call: Call) -> Figures:
    """GET /api/figures."""
    today = call.edge.today()
    async with call.begin() as ctx:
        found = await figures_of_day(ctx, call.edge.begin_of(today), call.edge.end_of(today))
    sealing = call.edge.sealing
    return Figures(
        appointments=found.appointments,
        waiting=found.waiting,
        in_progress=found.in_progress,
        finished=found.finished,
        jobs_waiting=found.jobs_waiting,
        jobs_dead=found.jobs_dead,
        wait_minutes_median=found.wait_minutes_median,
        sealing=sealing.state,
        sealing_why=sealing.why,
        sealed_entries=sealing.size,
    )
