"""Real-name verification: documents, what a number must look like, and the states of a check (ID-1)."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import PatientId
from domain.transitions import TransitionTable

NUMBER_MAX = 40
REASON_MAX = 300
_OTHER_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
_RESIDENT_ID = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


class DocumentKind(StrEnum):
    """What a person proves the own name with."""

    RESIDENT_ID = "resident-id"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel-permit"


class IdentityState(StrEnum):
    """waiting until somebody of the staff has compared; then verified, or returned to the patient."""

    WAITING = "waiting"
    VERIFIED = "verified"
    RETURNED = "returned"


class IdentityEvent(StrEnum):
    """What can happen to a check. After a return the patient submits a new one."""

    APPROVE = "approve"
    RETURN = "return"


IDENTITY = TransitionTable(
    "identity check",
    Code.IDENTITY_WRONG_STATE,
    {
        (IdentityState.WAITING, IdentityEvent.APPROVE): IdentityState.VERIFIED,
        (IdentityState.WAITING, IdentityEvent.RETURN): IdentityState.RETURNED,
    },
)


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """One check of one patient. `masked` is all of the number that is shown to its owner."""

    id: UUID
    patient_id: PatientId
    patient_name: str
    birth_date: date
    state: IdentityState
    kind: DocumentKind
    masked: str
    submitted_at: datetime
    decided_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What a document is compared with. Never logged."""

    name: str = field(repr=False)
    birth_date: date = field(repr=False)


def normal_number(kind: DocumentKind, typed: str) -> str:
    """Return the one spelling of a document's number; raise InvalidInput when there is no such number.

    A Chinese resident identity number has 17 digits, the birth date among them, and a check character
    (GB 11643-1999, ISO 7064 MOD 11-2).
    """
    number = re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", typed)).upper()
    good = _is_resident_id(number) if kind is DocumentKind.RESIDENT_ID else _OTHER_NUMBER.fullmatch(number)
    if not good:
        raise InvalidInput("This is no number of such a document.", {"number": FieldFault.BAD_FORMAT})
    return number


def encoded_birth_date(kind: DocumentKind, number: str) -> date | None:
    """Return the birth date that a number in its one spelling says; None of a kind that says none."""
    if kind is not DocumentKind.RESIDENT_ID:
        return None
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def demand_birth_date(kind: DocumentKind, number: str, born: date) -> None:
    """Raise InvalidInput when a number says another birth date than the patient's."""
    if encoded_birth_date(kind, number) not in (None, born):
        raise InvalidInput("This number says another birth date.", {"number": FieldFault.OTHER_BIRTH_DATE})


def masked(number: str) -> str:
    """Return what may be shown of a number: its last four characters, of a short one its last two."""
    shown = 4 if len(number) >= 8 else 2
    return "*" * (len(number) - shown) + number[-shown:]


def _is_resident_id(number: str) -> bool:
    if not _RESIDENT_ID.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_CHARACTERS[total % 11] == number[17]
