"""Legal holds, requests to destroy records, and what was destroyed, as they are read. Rules: retention."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.ids import AccountId, ConsultationId, PatientId
from domain.retention import (
    LIVE_STATES,
    DestructionState,
    Due,
    Hindrance,
    RecordStanding,
    RetentionRule,
)


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A consultation's record as retention sees it. `request_id` is the live request that names it."""

    consultation_id: ConsultationId
    patient_id: PatientId
    patient_name: str
    practitioner_name: str
    starts_at: datetime
    standing: RecordStanding
    request_id: UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A record with what the rules say of it now. `due` is None while its consultation is open."""

    record: HeldRecord
    due: Due | None
    hindrance: Hindrance | None


@dataclass(frozen=True, slots=True)
class Lift:
    """The end of a legal hold."""

    reason: str
    by: AccountId
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A hold on one record (`consultation_id`, which began at `starts_at`) or on all of a patient's."""

    id: UUID
    consultation_id: ConsultationId | None
    patient_id: PatientId
    patient_name: str
    starts_at: datetime | None
    reason: str
    placed_by: AccountId
    placed_by_name: str
    placed_at: datetime
    lift: Lift | None


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's approval of a request."""

    number: int
    by: AccountId
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a request came to nothing. `by` is None when it expired, or nothing was left of it."""

    by: AccountId | None
    by_name: str | None
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The destruction of a request's records. Until `key_backups_expire_at` a backup may hold the keys."""

    by: AccountId
    by_name: str
    at: datetime
    key_backups_expire_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DestructionRequest:
    """A request. `due_by` is None when one record was named; `spared` of its `records` were taken out."""

    id: UUID
    state: DestructionState
    requested_by: AccountId
    requested_by_name: str
    requested_at: datetime
    expires_at: datetime
    reason: str
    due_by: datetime | None
    records: int
    spared: int
    approvals: tuple[Approval, ...]
    ending: Ending | None
    destroyed: Destroyed | None

    def is_live(self, now: datetime) -> bool:
        """Whether it can still go on or be stopped: not ended, and not past its time."""
        return self.state in LIVE_STATES and now < self.expires_at


@dataclass(frozen=True, slots=True)
class RequestedRecord:
    """One record of a request; `spared` says why it was taken out, `register_seq` that it is destroyed."""

    consultation_id: ConsultationId
    patient_id: PatientId
    patient_name: str
    practitioner_name: str
    starts_at: datetime
    ended_at: datetime | None
    due: Due
    spared: Hindrance | None
    spared_at: datetime | None
    register_seq: int | None


@dataclass(frozen=True, slots=True)
class DestructionNote:
    """What a destroyed record still says: when it was destroyed, by whom, under which rule, and why.

    `register_seq` is the entry of the register that proves it.
    """

    consultation_id: ConsultationId
    request_id: UUID
    state: DestructionState
    destroyed_at: datetime
    requested_by_name: str
    approved_by_names: tuple[str, str]
    rule: RetentionRule
    due_at: datetime
    reason: str
    key_backups_expire_at: datetime
    register_seq: int
