"""Not suitable online: why a doctor ends a visit that has to go on elsewhere, and where to.

The reasons are a table. Which of them holds is the doctor's judgement; nothing here decides it. An emergency
always sends to the emergency services, and a place to go to is always named.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.errors import FieldFault, InvalidInput
from domain.facts import Body


class UnsuitableReason(StrEnum):
    """Why a visit cannot go on online. `first_visit`: only follow-ups are allowed online (FU-1)."""

    EMERGENCY = "emergency"
    EXAMINATION = "examination"
    FIRST_VISIT = "first_visit"
    OTHER = "other"


class Referral(StrEnum):
    """Where a patient is sent: the emergency services, a department of this hospital, another hospital."""

    EMERGENCY = "emergency"
    DEPARTMENT = "department"
    HOSPITAL = "hospital"


PLACE_MAX: Final = 120
"""Characters that name a department or a hospital."""
WORDS_MAX: Final = 1_000
"""Characters of what the doctor tells the patient to do."""
_BROKEN = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """A doctor's decision: `place` names the department or hospital, `words` tell the patient more."""

    reason: UnsuitableReason
    referral: Referral
    place: str
    words: str


def unsuitable(reason: UnsuitableReason, referral: Referral, place: str, words: str) -> Unsuitable:
    """Return the decision without needless spaces. Raise InvalidInput naming every field that is wrong.

    An emergency is referred to the emergency services; every other referral names its place; another
    reason than those of the table is told in words.
    """
    made = Unsuitable(reason, referral, place.strip(), words.strip())
    fields: dict[str, FieldFault] = {}
    if reason is UnsuitableReason.EMERGENCY and referral is not Referral.EMERGENCY:
        fields["referral"] = FieldFault.NOT_A_CHOICE
    needs = {"place": referral is not Referral.EMERGENCY, "words": reason is UnsuitableReason.OTHER}
    for name, value, most in (("place", made.place, PLACE_MAX), ("words", made.words, WORDS_MAX)):
        if needs[name] and not value:
            fields[name] = FieldFault.MISSING
        elif len(value) > most:
            fields[name] = FieldFault.TOO_LONG
        elif _BROKEN.search(value):
            fields[name] = FieldFault.BAD_FORMAT
    if fields:
        raise InvalidInput("The decision is not complete.", fields)
    return made


def unsuitable_body(made: Unsuitable) -> Body:
    """Return the body of the decision's entry."""
    return {
        "reason": made.reason.value,
        "referral": made.referral.value,
        "place": made.place,
        "words": made.words,
    }
