"""Background jobs as values: their names and arguments (ids only). How they run is elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class JobName(StrEnum):
    """Every job. A name that was once enqueued stays understood."""

    MAIL_VISIT_ENDED = "mail.visit_ended"
    """Queued by earlier versions: a notice takes its place."""
    SEND_NOTICE = "notice.send"
    SEND_CODE = "code.send"
    DELETE_FILES = "archive.delete_files"
    KEYWORD_SEARCH = "archive.keyword_search"
    REFUND_SEND = "refund.send"
    RECONCILE = "payment.reconcile"
    OFFER_FREED = "waitlist.offer"
    HIS_ASK = "his.ask"
    HIS_RELEASE = "his.release"
    HIS_MATCH = "his.match"
    IDENTITY_COMPARE = "identity.compare"


@dataclass(frozen=True, slots=True)
class Job:
    """A job to enqueue. `key` makes the effect happen once, however often the job runs."""

    name: JobName
    key: str
    args: dict[str, str]


@dataclass(frozen=True, slots=True)
class JobCall:
    """One run of a job. `attempt` counts from 1; `key` and `args` are those it was enqueued with."""

    key: str
    args: dict[str, str]
    attempt: int


Handler = Callable[[JobCall], Awaitable[None]]
"""Does a job. Raising means that this attempt failed; it may run again after it succeeded."""


class JobGivenUp(Exception):
    """Raised by a handler when no later attempt can succeed: the job is dead at once.

    `reason` is a stable word for the administrator, without personal data.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def mail_visit_ended(consultation_id: UUID) -> Job:
    """Tell the patient that the visit ended, as earlier versions queued it."""
    return Job(
        JobName.MAIL_VISIT_ENDED,
        key=f"{JobName.MAIL_VISIT_ENDED}:{consultation_id}",
        args={"consultation_id": str(consultation_id)},
    )


def send_notice(notice_id: UUID) -> Job:
    """Send one notice to one person by one channel."""
    return Job(
        JobName.SEND_NOTICE, key=f"{JobName.SEND_NOTICE}:{notice_id}", args={"notice_id": str(notice_id)}
    )


def send_code(code_id: UUID) -> Job:
    """Bring a one-time code to the person who asked for it."""
    return Job(JobName.SEND_CODE, key=f"{JobName.SEND_CODE}:{code_id}", args={"code_id": str(code_id)})


def keyword_search(search_id: UUID, done: int) -> Job:
    """Search on in the conversations after the first `done` ones of a keyword search."""
    return Job(
        JobName.KEYWORD_SEARCH,
        key=f"{JobName.KEYWORD_SEARCH}:{search_id}:{done}",
        args={"search_id": str(search_id)},
    )


def delete_files(consultation_id: UUID) -> Job:
    """Delete the files of a consultation whose key was destroyed. Nobody could read them any more."""
    return Job(
        JobName.DELETE_FILES,
        key=f"{JobName.DELETE_FILES}:{consultation_id}",
        args={"consultation_id": str(consultation_id)},
    )


def refund_send(refund_id: UUID, attempt: int = 0) -> Job:
    """Bring a refund to the provider. `attempt` counts how often the staff has asked for it again."""
    return Job(
        JobName.REFUND_SEND,
        key=f"{JobName.REFUND_SEND}:{refund_id}:{attempt}",
        args={"refund_id": str(refund_id)},
    )


def reconcile(day: date) -> Job:
    """Compare what moved on a day of the hospital with the provider's own list."""
    return Job(JobName.RECONCILE, key=f"{JobName.RECONCILE}:{day}", args={"day": day.isoformat()})


def offer_freed(practitioner_id: UUID, occasion: UUID) -> Job:
    """Offer what is free of a doctor to who waits. `occasion` names what freed it.

    A job that runs already may have looked before, so no other occasion's job does instead.
    """
    return Job(
        JobName.OFFER_FREED,
        key=f"{JobName.OFFER_FREED}:{occasion}",
        args={"practitioner_id": str(practitioner_id)},
    )


def his_ask(request_id: UUID, again: int = 0) -> Job:
    """Bring a request for a slot to the hospital's own system. `again` counts the times it was tried."""
    return Job(
        JobName.HIS_ASK, key=f"{JobName.HIS_ASK}:{request_id}:{again}", args={"request_id": str(request_id)}
    )


def his_release(request_id: UUID, again: int = 0) -> Job:
    """Give a slot that was asked for back to the hospital's own system."""
    return Job(
        JobName.HIS_RELEASE,
        key=f"{JobName.HIS_RELEASE}:{request_id}:{again}",
        args={"request_id": str(request_id)},
    )


def his_match(patient_id: UUID, again: int = 0) -> Job:
    """Look for a verified patient in the patient index of the hospital's own system."""
    return Job(
        JobName.HIS_MATCH,
        key=f"{JobName.HIS_MATCH}:{patient_id}:{again}",
        args={"patient_id": str(patient_id)},
    )


def compare_name(check_id: UUID, again: int = 0) -> Job:
    """Ask a name register about the document of an identity check. `again` counts the times it was asked."""
    return Job(
        JobName.IDENTITY_COMPARE,
        key=f"{JobName.IDENTITY_COMPARE}:{check_id}:{again}",
        args={"check_id": str(check_id)},
    )


RETRY_WAITS_S = (2, 10, 60, 300, 1800)
"""Seconds before attempt 2, 3, ...; after the last one the job is dead and an administrator sees it."""
