"""Background jobs as values: their names and arguments (ids only). How they run is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class JobName(StrEnum):
    """Every job. A name that was once enqueued stays understood."""

    MAIL_VISIT_ENDED = "mail.visit_ended"


@dataclass(frozen=True, slots=True)
class Job:
    """A job to enqueue. `key` makes the effect happen once, however often the job runs."""

    name: JobName
    key: str
    args: dict[str, str]


def mail_visit_ended(consultation_id: UUID) -> Job:
    """Tell the patient that the visit ended and where its record is."""
    return Job(
        JobName.MAIL_VISIT_ENDED,
        key=f"{JobName.MAIL_VISIT_ENDED}:{consultation_id}",
        args={"consultation_id": str(consultation_id)},
    )


RETRY_WAITS_S = (2, 10, 60, 300, 1800)
"""Seconds before attempt 2, 3, ...; after the last one the job is dead and an administrator sees it."""
