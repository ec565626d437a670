"""The administration's figures: counts only, nobody's data."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.context import Context, permit, record
from domain.errors import FieldFault, InvalidInput
from domain.figures import DayFigures, Figures
from domain.permissions import Action
from domain.schedule import PlaceDay
from storage import figures

_DAY_MAX = timedelta(hours=26)
"""A day in a time zone that changes its clocks may have 25 hours; more is no day."""
DAYS_MAX = 366
"""How many days are counted at once."""


async def read_figures(ctx: Context, day_start: datetime, day_end: datetime) -> Figures:
    """Return the figures of the day [day_start, day_end); the caller knows the hospital's time zone.

    Raise InvalidInput for times that are no day.
    """
    permit(ctx, Action.FIGURES_READ)
    if day_start.tzinfo is None or day_end.tzinfo is None:
        raise InvalidInput("The day is not valid.", {"day": FieldFault.BAD_FORMAT})
    if not timedelta(0) < day_end - day_start <= _DAY_MAX:
        raise InvalidInput("The day is not valid.", {"day": FieldFault.OUT_OF_ORDER})
    found = await figures.of_day(ctx.tx, day_start, day_end)
    await record(ctx, Action.FIGURES_READ)
    return found


async def read_figures_of_days(ctx: Context, first: date, last: date, zone: ZoneInfo) -> list[DayFigures]:
    """Return the figures of each day from first to last, both included, as days of the hospital's zone.

    Raise InvalidInput when they are not in order, or more than DAYS_MAX.
    """
    permit(ctx, Action.FIGURES_READ)
    if last < first:
        raise InvalidInput("The last day is before the first.", {"to": FieldFault.OUT_OF_ORDER})
    if (last - first).days >= DAYS_MAX:
        raise InvalidInput("These are too many days.", {"to": FieldFault.TOO_LARGE})
    start, end = PlaceDay(first, zone).begin, PlaceDay(last, zone).end
    found = await figures.by_day(ctx.tx, first, last, start, end, zone.key)
    await record(ctx, Action.FIGURES_READ, detail={"days": len(found)})
    return found
