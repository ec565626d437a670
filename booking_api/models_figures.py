"""Bodies of the administration's figures by day."""

from datetime import date

from pydantic import Field

from booking_api.models import Model
from booking_api.queries import Day


class FiguresQuery(Model):
    """GET /api/figures/days: at most 366 days. Without days the last 30."""

    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")


class MoneyOfDay(Model):
    """What was paid and what went back on a day, in minor units; providers' fees are not taken off."""

    currency: str
    captured_minor: int
    refunded_minor: int


class DayFigures(Model):
    """One day. `booked` were booked on it; `visits` were to take place on it, with the cancelled ones.

    `wait_minutes_median` is from entering the waiting room to being admitted; null while nobody was.
    """

    day: date
    booked: int
    visits: int
    finished: int
    cancelled: int
    no_shows: int
    wait_minutes_median: float | None
    money: list[MoneyOfDay]


class FiguresOfDays(Model):
    """GET /api/figures/days: every day of them. `currencies` are those that money moved in."""

    first_day: date
    last_day: date
    currencies: list[str]
    days: list[DayFigures]
