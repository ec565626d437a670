"""Counting rows for the administration's figures."""

from datetime import datetime

from domain.errors import OwnFault
from domain.figures import Figures
from storage.pool import Tx


async def of_day(tx: Tx, start: datetime, end: datetime) -> Figures:
    """Return the figures of the appointments that start in [start, end), and of the job queue now."""
    visits = await tx.one("figures_visits", {"start": start, "end": end})
    jobs = await tx.one("figures_jobs")
    if visits is None or jobs is None:
        raise OwnFault("a count returned no row")
    return Figures(
        visits["appointments"],
        visits["waiting"],
        visits["in_progress"],
        visits["finished"],
        jobs["waiting"],
        jobs["dead"],
        visits["wait_minutes_median"],
    )
