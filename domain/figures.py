"""The administration's figures of one day."""

from dataclasses import dataclass


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
