"""Bodies of retention: what is due when, legal holds, requests to destroy records."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from actions.legal_holds import REASON_MAX
from booking_api.models import Model
from booking_api.queries import Day
from domain.accounts import PASSWORD_MAX
from domain.consultation import ConsultationState
from domain.retention import DestructionState, Hindrance, RetentionRule

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON_MAX)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=PASSWORD_MAX)]


class RetentionTerms(Model):
    """The hospital's terms and limits. A record is kept for the longest of its terms."""

    visit_years: int = Field(description="From the patient's last visit (RET-1).")
    end_years: int = Field(description="From the consultation's end (RET-2, RET-3).")
    key_backup_days: int
    request_hours: int
    account_days: int
    records_per_request: int


class KeptRecord(Model):
    """A record that can still be read. `due_at` and `rule` are null while its consultation is open.

    `hindrance` says why it cannot be destroyed now; null: it can be asked for. `request_id` is the request
    under way that is about it.
    """

    consultation_id: UUID
    patient_id: UUID
    patient_name: str
    practitioner_name: str
    scheduled_start: datetime
    state: ConsultationState
    ended_at: datetime | None
    last_visit_at: datetime | None
    due_at: datetime | None
    rule: RetentionRule | None
    hindrance: Hindrance | None
    request_id: UUID | None


class KeptRecords(Model):
    """GET /api/retention/records: the first due first. `more`: there are others behind them."""

    terms: RetentionTerms
    records: list[KeptRecord]
    more: bool


class HoldLiftView(Model):
    """The end of a hold."""

    reason: str
    by_name: str
    at: datetime


class HoldView(Model):
    """A legal hold: on one record, or without `consultation_id` on all of a patient's."""

    id: UUID
    consultation_id: UUID | None
    patient_id: UUID
    patient_name: str
    scheduled_start: datetime | None
    reason: str
    placed_by_name: str
    placed_at: datetime
    lift: HoldLiftView | None


class Holds(Model):
    """GET /api/retention/holds: those that stand first."""

    holds: list[HoldView]


class NewHold(Model):
    """POST /api/retention/holds. One of the two ids."""

    consultation_id: UUID | None = None
    patient_id: UUID | None = None
    reason: Reason


class NewHoldLift(Model):
    """POST /api/retention/holds/{id}/lift."""

    reason: Reason


class ApprovalView(Model):
    """One of the two approvals."""

    by_name: str
    at: datetime


class EndingView(Model):
    """Why a request came to nothing. `by_name` is null for the hospital itself."""

    by_name: str | None
    at: datetime
    reason: str | None


class DestroyedView(Model):
    """The destruction. Until `key_backups_expire_at` a backup of the database may still hold the keys."""

    by_name: str
    at: datetime
    key_backups_expire_at: datetime
    completed_at: datetime | None


class DestructionRequestView(Model):
    """A request to destroy records. `own`: of who reads it; `approved_by_me`: who reads it has approved it.

    `due_by` is null when one record was named. `spared` of its `records` were taken out again.
    """

    id: UUID
    state: DestructionState
    own: bool
    approved_by_me: bool
    requested_by_name: str
    requested_at: datetime
    expires_at: datetime
    reason: str
    due_by: datetime | None
    records: int
    spared: int
    approvals: list[ApprovalView]
    approvals_missing: int
    ending: EndingView | None
    destroyed: DestroyedView | None


class DestructionRequests(Model):
    """GET /api/retention/requests: newest first."""

    requests: list[DestructionRequestView]


class RequestedRecord(Model):
    """One record of a request. `spared` says why it was taken out, `register_seq` that it is destroyed."""

    consultation_id: UUID
    patient_name: str
    practitioner_name: str
    scheduled_start: datetime
    ended_at: datetime | None
    due_at: datetime
    rule: RetentionRule
    spared: Hindrance | None
    register_seq: int | None


class RequestDetail(Model):
    """GET /api/retention/requests/{id}."""

    request: DestructionRequestView
    records: list[RequestedRecord]


class NewDestructionRequest(Model):
    """POST /api/retention/requests: one record, or all that were due by the end of a day."""

    consultation_id: UUID | None = None
    due_by: Day | None = None
    reason: Reason
    password: Password


class DestructionRequested(Model):
    """The request made, and what was due and is not part of it. `more`: others are due besides."""

    request: DestructionRequestView
    left_out: list[KeptRecord]
    more: bool


class NewApproval(Model):
    """POST /api/retention/requests/{id}/approve: the own password, again."""

    password: Password


class NewRefusal(Model):
    """POST /api/retention/requests/{id}/refuse."""

    reason: Reason
