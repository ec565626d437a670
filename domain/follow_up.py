"""Follow-up: a doctor proposes when to come again and why; the patient books it, or lets it go (FU-1).

A proposal counts as booked as soon as its patient has a visit with the same doctor that was made after it:
who books by the doctor's page need not find the proposal first.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.consultation import ConsultationState
from domain.errors import Code, FieldFault, InvalidInput
from domain.facts import Body
from domain.ids import ConsultationId, PatientId, PractitionerId
from domain.transitions import TransitionTable


class FollowUpState(StrEnum):
    """proposed until the patient lets it go."""

    PROPOSED = "proposed"
    DISMISSED = "dismissed"


class FollowUpEvent(StrEnum):
    """What can happen to a proposal."""

    DISMISS = "dismiss"


FOLLOW_UP = TransitionTable(
    "follow-up",
    Code.FOLLOW_UP_WRONG_STATE,
    {(FollowUpState.PROPOSED, FollowUpEvent.DISMISS): FollowUpState.DISMISSED},
)

PROPOSING_STATES: Final = frozenset({ConsultationState.IN_PROGRESS, ConsultationState.FINISHED})
"""States of a visit in which its doctor may propose another one."""
DUE_MAX: Final = timedelta(days=366)
"""How far ahead a follow-up may be proposed."""
WHY_MAX: Final = 300
_BROKEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A proposal as its patient sees it. `why` is None when the record cannot be read any more."""

    consultation_id: ConsultationId
    practitioner_id: PractitionerId
    practitioner_name: str
    practitioner_title: str
    due_on: date
    proposed_at: datetime
    why: str | None
    patient_id: PatientId
    patient_name: str


def follow_up_body(due_on: date, why: str, today: date) -> Body:
    """Return the body of a proposal's entry. `today` is the hospital's. Raise InvalidInput by field."""
    told = re.sub(" {2,}", " ", why).strip()
    fields: dict[str, FieldFault] = {}
    if due_on < today:
        fields["due_on"] = FieldFault.IN_THE_PAST
    elif due_on > today + DUE_MAX:
        fields["due_on"] = FieldFault.TOO_LARGE
    if not told:
        fields["why"] = FieldFault.MISSING
    elif len(told) > WHY_MAX:
        fields["why"] = FieldFault.TOO_LONG
    elif _BROKEN.search(told):
        fields["why"] = FieldFault.BAD_FORMAT
    if fields:
        raise InvalidInput("The follow-up is not complete.", fields)
    return {"due_on": due_on.isoformat(), "why": told}
