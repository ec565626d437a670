"""What anyone may know of the hospital, and the administration's figures of today."""

from datetime import timedelta

from actions.figures import read_figures as figures_of_day
from actions.figures import read_figures_of_days
from booking_api.edge import Call
from booking_api.models import Figures, HospitalView
from booking_api.models_figures import DayFigures, FiguresOfDays, FiguresQuery
from booking_api.views import view

_SPAN = timedelta(days=29)
"""Days before the last one that are shown unless others are asked for."""


async def read_hospital(call: Call) -> HospitalView:
    """GET /api/hospital."""
    hospital = call.edge.hospital
    return HospitalView(
        name=hospital.name,
        demo=hospital.demo,
        demo_logins=list(hospital.demo_logins),
        emergency_number=hospital.emergency_number,
        default_locale=hospital.default_locale,
        time_zone=hospital.time_zone,
        currency=hospital.currency,
        passkeys=call.edge.relying_party is not None,
        single_sign_on=None if call.edge.sign_on is None else call.edge.sign_on.name,
    )


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


async def list_figures(call: Call) -> FiguresOfDays:
    """GET /api/figures/days. `to` alone means the 30 days up to it."""
    query = call.given(FiguresQuery)
    last = query.last_day or call.edge.today()
    first = query.first_day or last - _SPAN
    async with call.begin() as ctx:
        found = await read_figures_of_days(ctx, first, last, call.edge.zone)
    return FiguresOfDays(
        first_day=first,
        last_day=last,
        currencies=sorted({moved.currency for one in found for moved in one.money}),
        days=[view(DayFigures, one) for one in found],
    )
