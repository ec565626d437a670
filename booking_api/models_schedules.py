"""Bodies of the HTTP API about doctors and their schedules."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from booking_api.models import Model
from booking_api.queries import Cursor, Day, Text
from domain.errors import FieldFault
from domain.his_slots import SlotOwner
from domain.practitioner import ProfileState, Specialty
from domain.schedule import ExceptionKind


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise PydanticCustomError(FieldFault.NOT_A_CHOICE.value, "no time zone") from error
    return name


def _known_specialty(code: str) -> str:
    if code not in set(Specialty):
        raise PydanticCustomError(FieldFault.NOT_A_CHOICE.value, "no specialty")
    return code


Begins = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="A time on the wall clock of the time zone."),
]
Ends = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(description="A time on the wall clock; 24:00 is the end of the day."),
]
Zone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60),
    AfterValidator(_known_zone),
    Field(description="An IANA time zone; the hospital's unless given."),
]


class SpecialtyView(Model):
    """A specialty: its stable code, and what it is called by language tag."""

    code: Specialty
    words: dict[str, str]


class Specialties(Model):
    """GET /api/specialties: specialties and languages to choose from."""

    specialties: list[SpecialtyView]
    languages: list[str]


class SlotView(Model):
    """A time in which a visit can begin, [starts_at, ends_at), with `free` places left."""

    starts_at: datetime
    ends_at: datetime
    free: int


class BookableSlot(SlotView):
    """A slot of one doctor. `needs_confirmation`: the hospital's own system confirms it after booking."""

    needs_confirmation: bool


class DoctorCard(Model):
    """A doctor in the list. `fee_minor` counts minor units of `currency`; `years` of practice are full ones.

    `next_free` is the first free slot, of the day that was asked for or of the next 90; null when there is
    none.
    """

    id: UUID
    name: str
    title: str
    specialty: SpecialtyView
    fee_minor: int
    currency: str
    languages: list[str]
    years: int
    next_free: SlotView | None


class DoctorsFound(Model):
    """GET /api/doctors. `next_cursor` goes on."""

    doctors: list[DoctorCard]
    next_cursor: str | None


class DoctorPage(Model):
    """GET /api/doctors/{id}: the public page. `next_free` are the next free slots, in order."""

    id: UUID
    name: str
    title: str
    specialty: SpecialtyView
    fee_minor: int
    currency: str
    languages: list[str]
    years: int
    biography_zh: str | None
    biography_en: str | None
    next_free: list[BookableSlot]


class DoctorSlots(Model):
    """GET /api/doctors/{id}/slots: in order of time, those that are taken too."""

    slots: list[BookableSlot]


class DoctorsQuery(Model):
    """GET /api/doctors. `cursor` is the `next_cursor` of the page before."""

    specialty: (
        Annotated[
            str,
            AfterValidator(_known_specialty),
            Field(json_schema_extra={"enum": [str(one) for one in Specialty]}),
        ]
        | None
    ) = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    name: Annotated[Text, Field(max_length=120)] | None = Field(
        default=None, description="A part of the doctor's name."
    )
    day: Day | None = Field(default=None, description="Only doctors with a free slot on this day.")
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class SlotsQuery(Model):
    """GET /api/doctors/{id}/slots: at most 31 days."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")


class ProfileView(Model):
    """A doctor's profile. `missing` is what approval still asks, by field; `reason` why it came back."""

    practitioner_id: UUID
    name: str
    state: ProfileState
    title: str
    specialty: Specialty | None
    licence_number: str | None
    fee_minor: int | None
    currency: str
    languages: list[str]
    practising_since: int | None
    biography_zh: str | None
    biography_en: str | None
    consent_on_file: bool
    reason: str | None
    submitted_at: datetime | None
    decided_at: datetime | None
    missing: dict[str, FieldFault]


class Profiles(Model):
    """GET /api/doctor-profiles: those that wait for a decision first. `next_cursor` goes on."""

    profiles: list[ProfileView]
    next_cursor: str | None


class ProfilesQuery(Model):
    """GET /api/doctor-profiles. `cursor` is the `next_cursor` of the page before."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OwnProfileEdit(Model):
    """POST /api/profile, by the doctor. What is not known yet is null."""

    title: Annotated[str, StringConstraints(max_length=400)]
    specialty: Specialty | None
    licence_number: Annotated[str, StringConstraints(max_length=400)] | None
    fee_minor: int | None
    languages: Annotated[list[str], Field(max_length=20)]
    practising_since: Annotated[int, Field(ge=0, le=9999)] | None
    biography_zh: Annotated[str, StringConstraints(max_length=8000)] | None = None
    biography_en: Annotated[str, StringConstraints(max_length=8000)] | None = None


class ProfileEdit(OwnProfileEdit):
    """POST /api/doctor-profiles/{id}, by the administration, which also files the institution's consent."""

    consent_on_file: bool


class NewReason(Model):
    """Why a profile is returned or a doctor suspended."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class NewWeeklyHours(Model):
    """Hours that come back each week. `weekday` is 1 (Monday) to 7; both days of validity count."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    begins: Begins
    ends: Ends
    slot_minutes: int
    capacity: int = 1
    valid_from: Day
    valid_to: Day | None = None
    time_zone: Zone | None = None


class WeeklyHours(Model):
    """Weekly hours as kept."""

    id: UUID
    weekday: int
    begins: str
    ends: str
    slot_minutes: int
    capacity: int
    time_zone: str
    valid_from: date
    valid_to: date | None


class NewException(Model):
    """One day that is different: extra hours, or hours with another capacity (0 closes them)."""

    kind: ExceptionKind
    day: Day
    begins: Begins
    ends: Ends
    slot_minutes: int = Field(default=0, description="Of extra hours; has no meaning for a capacity.")
    capacity: int
    time_zone: Zone | None = None


class ExceptionView(Model):
    """An exception as kept."""

    id: UUID
    kind: ExceptionKind
    day: date
    begins: str
    ends: str
    slot_minutes: int
    capacity: int
    time_zone: str


class NewLeave(Model):
    """Days of the hospital on which a doctor offers nothing; both ends count."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")


class LeaveView(Model):
    """A leave: [begins_at, ends_at), shown as the hospital's days."""

    id: UUID
    begins_at: datetime
    ends_at: datetime
    first_day: date
    last_day: date


class LeaveEntered(Model):
    """A leave. `booked`: when it is entered, the visits that were called off; later, those that stay."""

    leave: LeaveView
    booked: int


class OwnLeaves(Model):
    """GET /api/leave: the doctor's own, those that are not over."""

    leaves: list[LeaveEntered]


class SlotOwnership(Model):
    """Who owns a doctor's slots: we, or the hospital's own system (HIS).

    Of slots of the HIS, `quota_a_day` seats of each day are booked without asking; of our own it is 0.
    """

    owner: SlotOwner
    quota_a_day: int = 0


class ScheduleView(Model):
    """GET /api/doctor-profiles/{id}/schedule. `his_connected`: the HIS can be asked for slots."""

    slots: SlotOwnership
    his_connected: bool

    hours: list[WeeklyHours]
    exceptions: list[ExceptionView]
    leaves: list[LeaveView]
