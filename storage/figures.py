"""Counting rows for the administration's figures."""

from datetime import date, datetime, timedelta

from domain.errors import OwnFault
from domain.figures import DayFigures, Figures, MoneyOfDay
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


async def by_day(
    tx: Tx, first: date, last: date, start: datetime, end: datetime, zone: str
) -> list[DayFigures]:
    """Return the figures of each day from first to last, which are [start, end) in the zone."""
    of = {"start": start, "end": end, "zone": zone}
    visits = {row["day"]: row for row in await tx.all("figures_visits_by_day", of)}
    booked = {row["day"]: row["booked"] for row in await tx.all("figures_booked_by_day", of)}
    money: dict[date, list[MoneyOfDay]] = {}
    for row in await tx.all("figures_money_by_day", of):
        moved = MoneyOfDay(row["currency"], row["captured_minor"], row["refunded_minor"])
        money.setdefault(row["day"], []).append(moved)
    found = []
    for day in (first + timedelta(days=step) for step in range((last - first).days + 1)):
        of_day = visits.get(day)
        found.append(
            DayFigures(
                day,
                booked.get(day, 0),
                0 if of_day is None else of_day["visits"],
                0 if of_day is None else of_day["finished"],
                0 if of_day is None else of_day["cancelled"],
                0 if of_day is None else of_day["no_shows"],
                None if of_day is None else of_day["wait_minutes_median"],
                money.get(day, []),
            )
        )
    return found
