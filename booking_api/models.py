"""Bodies of the HTTP API, once: handlers parse and answer with them, OpenAPI is generated from them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from actions.sealing_status import SealingState
from booking_api.models_time import Date, Moment
from domain.accounts import (
    ACCOUNT_ROLES,
    LOGIN_MAX,
    PASSWORD_MAX,
    PASSWORD_MIN,
    Role,
    check_password,
    normal_login,
)
from domain.appointment import AppointmentState
from domain.consultation import ConsultationState
from domain.errors import Code, FieldFault, InvalidInput
from domain.facts import EntryKind
from domain.retention import RetentionRule


def ruled(rule: Callable[[str], object]) -> AfterValidator:
    """Have the domain's rule judge a field, so that it is named together with all the other wrong ones."""

    def check(value: str) -> str:
        try:
            rule(value)
        except InvalidInput as error:
            kind = next(iter(error.fields.values()), FieldFault.INVALID)
            raise PydanticCustomError(kind.value, "breaks a rule") from error
        return value

    return AfterValidator(check)


def _of_account(role: Role) -> Role:
    if role not in ACCOUNT_ROLES:
        raise PydanticCustomError(FieldFault.NOT_A_CHOICE.value, "no role of an account")
    return role


AccountRole = Annotated[
    Role,
    AfterValidator(_of_account),
    WithJsonSchema({"type": "string", "enum": [role.value for role in Role if role in ACCOUNT_ROLES]}),
]
"""A guest is invited to one visit, and has no account."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Locale = Literal["zh-CN", "en"]


class Model(BaseModel):
    """Base of every body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AlternativeSlot(Model):
    """A free slot instead of one that is gone. `fee_minor` counts minor units of `currency`."""

    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    starts_at: datetime
    ends_at: datetime
    fee_minor: int
    currency: str


class Problem(Model):
    """RFC 9457 problem+json. `code` is stable, `fields` names wrong fields, `log_id` is for support.

    `count` and `limit` say how many things were asked for, where that was too many; `alternatives` are free
    slots where the chosen one is gone. A member without a value is left out.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: Code
    fields: dict[str, FieldFault] | None = None
    retry_after_s: int | None = None
    count: int | None = None
    limit: int | None = None
    alternatives: list[AlternativeSlot] | None = None
    log_id: str | None = None


class DemoLogin(Model):
    """One login of the demo hospital; only ever listed in demo."""

    role: AccountRole
    login: str
    password: str
    display_name: str


class HospitalView(Model):
    """What anyone may know: GET /api/hospital. `passkeys` says whether its address can have any.

    `single_sign_on` is what the staff's OpenID provider is called, where there is one.
    """

    name: str
    demo: bool
    demo_logins: list[DemoLogin]
    emergency_number: str
    default_locale: Locale
    time_zone: str
    currency: str
    passkeys: bool
    single_sign_on: str | None


class AccountView(Model):
    """An account without its secrets."""

    id: UUID
    login: str
    role: AccountRole
    display_name: str
    locale: Locale
    email: str | None
    demo: bool
    disabled_at: datetime | None


class NewAccount(Model):
    """POST /api/accounts. Patients need a birth date; doctors and pharmacists a title and a specialty."""

    login: Annotated[str, StringConstraints(min_length=3, max_length=LOGIN_MAX), ruled(normal_login)]
    password: Annotated[
        str, StringConstraints(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX), ruled(check_password)
    ]
    role: AccountRole
    display_name: Name
    locale: Locale = "zh-CN"
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)] | None = None
    birth_date: Date | None = None
    title: Annotated[str, StringConstraints(max_length=120)] | None = None
    specialty: Annotated[str, StringConstraints(max_length=120)] | None = None


class Accounts(Model):
    """GET /api/accounts: by login. `next_cursor` goes on."""

    accounts: list[AccountView]
    next_cursor: str | None


class PatientView(Model):
    """A patient to choose from."""

    id: UUID
    name: str
    birth_date: date


class Patients(Model):
    """GET /api/patients: by name. `next_cursor` goes on."""

    patients: list[PatientView]
    next_cursor: str | None


class PractitionerView(Model):
    """A doctor to choose from."""

    id: UUID
    name: str
    title: str
    specialty: str


class Practitioners(Model):
    """GET /api/practitioners."""

    practitioners: list[PractitionerView]


class NewAppointment(Model):
    """POST /api/appointments, by the administration."""

    patient_id: UUID
    practitioner_id: UUID
    starts_at: Moment
    ends_at: Moment


class AppointmentView(Model):
    """One appointment and the state of its consultation."""

    id: UUID
    consultation_id: UUID
    patient_id: UUID
    patient_name: str
    practitioner_id: UUID
    practitioner_name: str
    practitioner_title: str
    specialty: str
    state: AppointmentState
    consultation_state: ConsultationState
    starts_at: datetime
    ends_at: datetime


class Appointments(Model):
    """GET /api/appointments?from=&to=: own ones; all for the administration."""

    appointments: list[AppointmentView]


class PastAppointmentView(AppointmentView):
    """A visit that is over. `called_off` when the hospital cancelled it and offered other times."""

    called_off: bool


class PastAppointments(Model):
    """GET /api/past-appointments: newest first. `next_cursor` goes on."""

    appointments: list[PastAppointmentView]
    next_cursor: str | None


class RecordMarksView(Model):
    """What is known of a record before it is opened: closed, all in the log, texts destroyed, held."""

    closed: bool
    sealed: bool
    destroyed: bool
    on_hold: bool


class ConsultationFound(Model):
    """One consultation in the auditor's list. `marks` is null where the record itself is read."""

    id: UUID
    appointment_id: UUID
    patient_name: str
    practitioner_name: str
    state: ConsultationState
    scheduled_start: datetime
    admitted_at: datetime | None
    ended_at: datetime | None
    entries: int
    marks: RecordMarksView | None


class ConsultationsFound(Model):
    """GET /api/archive/consultations?patient=&practitioner=&from=&to=&cursor=. `next_cursor` goes on."""

    consultations: list[ConsultationFound]
    next_cursor: str | None


class ArchivedEntry(Model):
    """One entry exactly as kept, with what its hash is made of (docs/archive-format.md).

    `body` is the kept JSON, whose RFC 8785 form was committed to. It is null with `destroyed` when its key
    was lawfully destroyed, and with `damaged` when what is kept of it cannot be read. `salt` is base64, null
    without the key; `commitment` and `entry_hash` are hexadecimal.
    """

    conversation_id: UUID
    seq: int
    message_id: UUID
    author: str
    author_id: UUID | None
    author_name: str | None
    author_role: Role | None
    kind: EntryKind | str
    recorded_at: datetime
    body: dict[str, str | int | bool | None] | None
    damaged: bool
    destroyed: bool
    salt: str | None
    commitment: str
    entry_hash: str


class DestructionNoteView(Model):
    """What is left to say of a destroyed record: when, by whom, under which rule; and where it is proved.

    `register_seq` is the entry of the hospital's register. `complete` once no backup holds the key any more.
    """

    request_id: UUID
    destroyed_at: datetime
    requested_by_name: str
    approved_by_names: list[str]
    rule: RetentionRule
    due_at: datetime
    reason: str
    key_backups_expire_at: datetime
    complete: bool
    register_seq: int


class Record(Model):
    """GET /api/archive/consultations/{id}: the whole timeline, the conversation's and then its addendum's."""

    consultation: ConsultationFound
    entries: list[ArchivedEntry]
    destruction: DestructionNoteView | None


class Finding(Model):
    """One thing that is wrong, and where. `seq` is null when it concerns the whole conversation.

    `conversation_id` is the consultation's, or its addendum's.
    """

    conversation_id: UUID
    seq: int | None
    kind: str
    message: str


class VerificationView(Model):
    """GET /api/archive/consultations/{id}/verification: the chain, checked now by the server."""

    verdict: Literal["intact", "broken"]
    entries: int
    last_hash: str | None
    findings: list[Finding]
    checked_at: datetime


class AuditLine(Model):
    """One line of the audit trail."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_role: Role | None
    action: str
    outcome: Literal["done", "refused"]
    subject_type: str | None
    subject_id: UUID | None
    patient_id: UUID | None


class AuditLines(Model):
    """GET /api/audit?before=&limit=&patient_id=: newest first."""

    lines: list[AuditLine]
    next_before: int | None


class DeadJob(Model):
    """A background job that gave up."""

    id: int
    name: str
    attempts: int
    args: dict[str, str]
    last_error: str | None
    enqueued_at: datetime | None


class DeadJobs(Model):
    """GET /api/jobs?state=dead."""

    jobs: list[DeadJob]


class Figures(Model):
    """GET /api/figures: the administration's page, today in the hospital's time zone."""

    appointments: int
    waiting: int
    in_progress: int
    finished: int
    jobs_waiting: int
    jobs_dead: int
    wait_minutes_median: Annotated[float, Field(ge=0)] | None
    sealing: SealingState
    sealing_why: str | None
    sealed_entries: int


class Health(Model):
    """GET /healthz."""

    status: Literal["ok"]
    version: str
    sealing: SealingState
    sealing_why: str | None
