"""Matching our patients to the patient index of the hospital's own system. Nothing here reads a clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import Code
from domain.identity import DocumentKind
from domain.ids import PatientId
from domain.transitions import TransitionTable


class Certainty(StrEnum):
    """How sure the index is: certain names one person, possible somebody to look at."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class MatchKind(StrEnum):
    """What a look into the index came to."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Demographics:
    """What a person is looked for by. Never logged."""

    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    kind: DocumentKind
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patient of the index. `source` and `number` name it there, `version` is how it was when we looked."""

    source: str
    number: str
    version: str
    certainty: Certainty
    name: str = field(repr=False)
    birth_date: date = field(repr=False)


class LinkState(StrEnum):
    """open until the index has answered; then linked, or unmatched until the staff links or leaves it."""

    OPEN = "open"
    LINKED = "linked"
    UNMATCHED = "unmatched"
    LEFT = "left"


class LinkEvent(StrEnum):
    """What can happen to a link."""

    LINK = "link"
    MISS = "miss"
    LEAVE = "leave"


LINK = TransitionTable(
    "link to the patient index",
    Code.PATIENT_LINK_WRONG_STATE,
    {
        (LinkState.OPEN, LinkEvent.LINK): LinkState.LINKED,
        (LinkState.OPEN, LinkEvent.MISS): LinkState.UNMATCHED,
        (LinkState.OPEN, LinkEvent.LEAVE): LinkState.LEFT,
        (LinkState.UNMATCHED, LinkEvent.LINK): LinkState.LINKED,
        (LinkState.UNMATCHED, LinkEvent.LEAVE): LinkState.LEFT,
        (LinkState.LEFT, LinkEvent.LINK): LinkState.LINKED,
    },
)


@dataclass(frozen=True, slots=True)
class PatientLink:
    """Whom of the index a patient of ours is. Without a source while it is not linked."""

    patient_id: PatientId
    state: LinkState
    source: str | None
    number: str | None
    version: str | None
    linked_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnlinkedPatient:
    """A verified patient whom nothing links to the index yet, for the staff."""

    patient_id: PatientId
    check_id: UUID
    state: LinkState
    patient_name: str = field(repr=False)
    birth_date: date = field(repr=False)
    verified_at: datetime


def match(found: Sequence[Candidate]) -> MatchKind:
    """Say what was found: one is the single candidate, and certain; everything else is to be looked at."""
    if not found:
        return MatchKind.NONE
    alone = len(found) == 1 and found[0].certainty is Certainty.CERTAIN
    return MatchKind.ONE if alone else MatchKind.SEVERAL
