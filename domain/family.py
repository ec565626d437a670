"""Family: patients without an account of their own, and who acts for each (FHIR R4 RelatedPerson).

For a child a parent or guardian acts until it comes of age: by law, so that the guardian's own word is enough
(PI-1). An adult has to have agreed: the right begins once the staff has seen the proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import AccountId, PatientId
from domain.registration import ADULT_YEARS, OLDEST_YEARS, is_adult
from domain.transitions import TransitionTable

FAMILY_MAX: Final = 8
"""Members of one account at a time, those who wait for the staff among them."""
ADDED_A_DAY_MAX: Final = 10
"""How many an account may add within ADDED_WINDOW, removed ones counted."""
ADDED_WINDOW: Final = timedelta(days=1)
DECLARATION: Final = "2026-11"
"""The version of the words that are agreed to when a member is added. Another word is another version."""
NAME_MAX: Final = 120
PROOF_MAX: Final = 300


class Gender(StrEnum):
    """FHIR's administrative gender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Relationship(StrEnum):
    """What the account's holder is to the patient (FHIR RelatedPerson.relationship)."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER = "other"


GUARDIANS: Final = frozenset({Relationship.PARENT, Relationship.GUARDIAN})
"""Who may act for a child."""


class FamilyState(StrEnum):
    """proposed: an adult, until the staff has seen that she agrees; active: the right holds; then over."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    RETURNED = "returned"
    ENDED = "ended"


class FamilyEvent(StrEnum):
    """What can happen to the right to act for a patient."""

    APPROVE = "approve"
    RETURN = "return"
    REMOVE = "remove"
    COME_OF_AGE = "come-of-age"


FAMILY = TransitionTable(
    "family member",
    Code.FAMILY_WRONG_STATE,
    {
        (FamilyState.PROPOSED, FamilyEvent.APPROVE): FamilyState.ACTIVE,
        (FamilyState.PROPOSED, FamilyEvent.RETURN): FamilyState.RETURNED,
        (FamilyState.PROPOSED, FamilyEvent.REMOVE): FamilyState.ENDED,
        (FamilyState.RETURNED, FamilyEvent.REMOVE): FamilyState.ENDED,
        (FamilyState.ACTIVE, FamilyEvent.REMOVE): FamilyState.ENDED,
        (FamilyState.ACTIVE, FamilyEvent.COME_OF_AGE): FamilyState.ENDED,
    },
)


class ConsentStep(StrEnum):
    """When a guardian agrees: for each visit of a child, once as it is booked and once as it is joined."""

    BOOKING = "booking"
    JOINING = "joining"


@dataclass(frozen=True, slots=True)
class ActingRight:
    """The right of the account that takes a patient's side. Of the own person it neither waits nor ends."""

    active: bool = True
    ends_at: datetime | None = None

    @property
    def of_guardian(self) -> bool:
        """Whether the patient is a child, for whom a guardian has to take part."""
        return self.ends_at is not None

    def holds(self, now: datetime) -> bool:
        """Say whether it holds at `now`: a child who came of age acts alone."""
        return self.active and (self.ends_at is None or now < self.ends_at)


OWN_RIGHT: Final = ActingRight()


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to add, as it was typed in. `declared`: that what is said of the right to act is true."""

    name: str
    birth_date: date
    gender: Gender
    relationship: Relationship
    declared: bool


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A patient for whom an account acts, may act, or did. `reason` tells why it was returned."""

    patient_id: PatientId
    account_id: AccountId
    name: str
    birth_date: date
    gender: Gender
    relationship: Relationship
    state: FamilyState
    ends_at: datetime | None
    added_at: datetime
    reason: str | None

    @property
    def right(self) -> ActingRight:
        """The right to act that follows."""
        return ActingRight(self.state is FamilyState.ACTIVE, self.ends_at)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A member who waits for the staff, and who asks."""

    member: FamilyMember
    holder_name: str


def checked_member(new: NewMember, today: date) -> NewMember:
    """Return the member with a clean name. `today` is the hospital's.

    Raise InvalidInput with every wrong field: for a child only a parent or a guardian may act.
    """
    fields: dict[str, FieldFault] = {}
    name = " ".join(new.name.split())
    if not name:
        fields["name"] = FieldFault.MISSING
    elif len(name) > NAME_MAX:
        fields["name"] = FieldFault.TOO_LONG
    elif not name.isprintable():
        fields["name"] = FieldFault.BAD_FORMAT
    if new.birth_date > today:
        fields["birth_date"] = FieldFault.IN_THE_FUTURE
    elif new.birth_date.year < today.year - OLDEST_YEARS:
        fields["birth_date"] = FieldFault.IN_THE_PAST
    elif not is_adult(new.birth_date, today) and new.relationship not in GUARDIANS:
        fields["relationship"] = FieldFault.NOT_A_CHOICE
    if not new.declared:
        fields["declared"] = FieldFault.MISSING
    if fields:
        raise InvalidInput("The family member is not valid.", fields)
    return NewMember(name, new.birth_date, new.gender, new.relationship, declared=True)


def of_age_at(born: date, zone: ZoneInfo) -> datetime:
    """Return when somebody born then comes of age: as that day begins in `zone`.

    Who was born on 29 February comes of age on 1 March.
    """
    year = born.year + ADULT_YEARS
    try:
        day = born.replace(year=year)
    except ValueError:
        day = date(year, 3, 1)
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def age_years(born: date, day: date) -> int:
    """Return how many birthdays somebody has behind on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def checked_text(text: str, field: str) -> str:
    """Return what the staff writes about a proposal, clean; raise InvalidInput for none or too much."""
    told = text.strip()
    faults: Mapping[str, FieldFault] = {}
    if not told:
        faults = {field: FieldFault.MISSING}
    elif len(told) > PROOF_MAX:
        faults = {field: FieldFault.TOO_LONG}
    if faults:
        raise InvalidInput("The text is not valid.", faults)
    return told
