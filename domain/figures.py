"""The administration's figures: of one day, and of many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """Appointments that start on the day and are not cancelled, by where their visit is; and the jobs now.

    `wait_minutes_median` is from a patient's arrival to the admission, None while nobody was admitted.
    """

    appointments: int
    waiting: int
    in_progress: int
    finished: int
    jobs_waiting: int
    jobs_dead: int
    wait_minutes_median: float | None


@dataclass(frozen=True, slots=True)
class MoneyOfDay:
    """What was paid and what went back on a day, in minor units of the currency; fees are not taken off."""

    currency: str
    captured_minor: int
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day of the hospital in figures.

    `booked` counts visits that were booked on the day, whenever they are. `visits` were to take place on it,
    of which so many were finished, cancelled, or nobody came to. The wait is as in Figures.
    """

    day: date
    booked: int
    visits: int
    finished: int
    cancelled: int
    no_shows: int
    wait_minutes_median: float | None
    money: Sequence[MoneyOfDay]
