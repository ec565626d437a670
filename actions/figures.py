"""The administration's figures: counts only, nobody's data."""

from datetime import datetime, timedelta

from actions.context import Context, permit, record
from domain.errors import FieldFault, InvalidInput
from domain.figures import Figures
from domain.permissions import Action
from storage import figures

_DAY_MAX = timedelta(hours=26)
"""A day in a time zone that changes its clocks may have 25 hours; more is no day."""


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
