"""Retention: how long records are kept, and the states of a request to destroy one. Tables and pure rules.

Sources: RET-1 Tianjin rules 2026 Art 21 and EMR rules Art 19; RET-2 Tianjin rules 2026 Art 21; RET-3
prescription rules Art 50. Settings lengthen these terms and never shorten them. A legal hold outlasts every
term.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.consultation import OPEN_STATES, ConsultationState
from domain.errors import Code
from domain.transitions import TransitionTable


class RetentionRule(StrEnum):
    """The rule that a term follows from."""

    RET_1 = "RET-1"
    RET_2 = "RET-2"
    RET_3 = "RET-3"


class Material(StrEnum):
    """What of a consultation is kept."""

    RECORD = "record"
    CHAT = "chat"
    IMAGES = "images"
    AUDIO = "audio"
    VIDEO = "video"
    PRESCRIPTIONS = "prescriptions"


class TermStart(StrEnum):
    """From what moment a term runs."""

    LAST_VISIT = "last-visit"
    CONSULTATION_END = "consultation-end"


@dataclass(frozen=True, slots=True)
class Term:
    """At least so many calendar years from a moment, by a rule."""

    rule: RetentionRule
    start: TermStart
    years: int


TERMS: Final[Mapping[Material, Term]] = {
    Material.RECORD: Term(RetentionRule.RET_1, TermStart.LAST_VISIT, 15),
    Material.CHAT: Term(RetentionRule.RET_2, TermStart.CONSULTATION_END, 3),
    Material.IMAGES: Term(RetentionRule.RET_2, TermStart.CONSULTATION_END, 3),
    Material.AUDIO: Term(RetentionRule.RET_2, TermStart.CONSULTATION_END, 3),
    Material.VIDEO: Term(RetentionRule.RET_2, TermStart.CONSULTATION_END, 3),
    # Three years is the longest of RET-3's classes: what a prescription's class is does not matter then.
    Material.PRESCRIPTIONS: Term(RetentionRule.RET_3, TermStart.CONSULTATION_END, 3),
}
"""What the law asks for at least. All of it is part of one record under one key: the longest term wins."""

KEY_BACKUP_DAYS: Final = 35
"""How long backups of the database, and with them of the wrapped keys, are kept unless set."""


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """The hospital's terms: `years` lengthens those of TERMS, `key_backup_days` is how long backups are kept.

    Raise ValueError for a term shorter than the law's.
    """

    years: Mapping[Material, int] = field(default_factory=dict)
    key_backup_days: int = KEY_BACKUP_DAYS

    def __post_init__(self) -> None:
        for material, years in self.years.items():
            if years < TERMS[material].years:
                raise ValueError(f"{material} is kept at least {TERMS[material].years} years")
        if self.key_backup_days < 0:
            raise ValueError("backups are kept for a number of days")

    def term(self, material: Material) -> Term:
        """Return the term of this material: the law's, or the hospital's longer one."""
        law = TERMS[material]
        return Term(law.rule, law.start, self.years.get(material, law.years))

    def terms(self) -> list[Term]:
        """Return the terms of all that a record holds."""
        return [self.term(material) for material in TERMS]

    def longest(self, start: TermStart) -> int:
        """Return the longest of the terms, in years, that run from this moment."""
        return max(term.years for term in self.terms() if term.start is start)

    @property
    def key_backups(self) -> timedelta:
        """How long after a key's destruction the last backup that holds it is gone."""
        return timedelta(days=self.key_backup_days)


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a record's term, and the rule that set it."""

    at: datetime
    rule: RetentionRule


def years_after(moment: datetime, years: int) -> datetime:
    """Return the same day and time `years` later; of a 29th of February it is the 1st of March.

    Rounding the other way would shorten a term by a day. `moment` is aware; days are counted in UTC.
    """
    at = moment.astimezone(UTC)
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, month=3, day=1)


def due(policy: RetentionPolicy, last_visit_at: datetime | None, ended_at: datetime) -> Due:
    """Return when the record of a consultation that ended at `ended_at` may be destroyed, at the earliest.

    `last_visit_at` is the end of the patient's last visit, or None when there was none but this one. The
    longest term of all that the record holds wins, and of equal ones the first of TERMS.
    """
    starts = {
        TermStart.LAST_VISIT: max(last_visit_at or ended_at, ended_at),
        TermStart.CONSULTATION_END: ended_at,
    }
    ends = [Due(years_after(starts[term.start], term.years), term.rule) for term in policy.terms()]
    return max(ends, key=lambda end: end.at)


class Hindrance(StrEnum):
    """Why a record cannot be asked to be destroyed now. Each is also the end of a stable error code."""

    NOTHING_KEPT = "nothing_kept"
    DESTROYED = "destroyed"
    OPEN = "open"
    ON_HOLD = "on_hold"
    BEFORE_TERM = "before_term"
    REQUESTED = "requested"


HINDRANCE_CODES: Final[Mapping[Hindrance, Code]] = {
    Hindrance.NOTHING_KEPT: Code.RETENTION_NOTHING_KEPT,
    Hindrance.DESTROYED: Code.RETENTION_DESTROYED,
    Hindrance.OPEN: Code.RETENTION_OPEN,
    Hindrance.ON_HOLD: Code.RETENTION_ON_HOLD,
    Hindrance.BEFORE_TERM: Code.RETENTION_BEFORE_TERM,
    Hindrance.REQUESTED: Code.RETENTION_REQUESTED,
}
HINDRANCE_WORDS: Final[Mapping[Hindrance, str]] = {
    Hindrance.NOTHING_KEPT: "Nothing was said or done in this visit: there is no record to destroy.",
    Hindrance.DESTROYED: "This record is destroyed.",
    Hindrance.OPEN: "This visit is not over.",
    Hindrance.ON_HOLD: "This record is under a legal hold.",
    Hindrance.BEFORE_TERM: "This record must still be kept.",
    Hindrance.REQUESTED: "Its destruction has been requested already.",
}


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """What the rules need to know of a consultation's record.

    `has_key` and `key_destroyed` are of its data key; `held`: a legal hold is on it or on its patient;
    `requested`: a request to destroy it is under way. `ended_at` is None while the consultation is open.
    """

    state: ConsultationState
    last_visit_at: datetime | None
    ended_at: datetime | None
    has_key: bool
    key_destroyed: bool
    held: bool
    requested: bool = False


def due_of(policy: RetentionPolicy, standing: RecordStanding) -> Due | None:
    """Return when the record may be destroyed; None while its consultation is open and no term runs."""
    if standing.ended_at is None or standing.state in OPEN_STATES:
        return None
    return due(policy, standing.last_visit_at, standing.ended_at)


def hindrance(policy: RetentionPolicy, standing: RecordStanding, now: datetime) -> Hindrance | None:
    """Return the first reason why the record cannot be destroyed at `now`, or None: its term has ended.

    A hold comes before the term, because it does not end by itself.
    """
    if standing.key_destroyed:
        return Hindrance.DESTROYED
    end = due_of(policy, standing)
    if end is None:
        return Hindrance.OPEN
    if not standing.has_key:
        return Hindrance.NOTHING_KEPT
    if standing.held:
        return Hindrance.ON_HOLD
    if now < end.at:
        return Hindrance.BEFORE_TERM
    return Hindrance.REQUESTED if standing.requested else None


class DestructionState(StrEnum):
    """A request to destroy: asked for, approved by one, by two; the keys are gone; their backups too."""

    REQUESTED = "requested"
    APPROVED_ONCE = "approved-once"
    APPROVED = "approved"
    KEY_DESTROYED = "key-destroyed"
    COMPLETE = "complete"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class DestructionEvent(StrEnum):
    """What can happen to a request. SPARE: its last record was taken out of it, by a hold or a new visit."""

    APPROVE = "approve"
    DESTROY_KEYS = "destroy-keys"
    COMPLETE = "complete"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    SPARE = "spare"


DESTRUCTION = TransitionTable(
    "request",
    Code.RETENTION_WRONG_STATE,
    {
        (DestructionState.REQUESTED, DestructionEvent.APPROVE): DestructionState.APPROVED_ONCE,
        (DestructionState.REQUESTED, DestructionEvent.REFUSE): DestructionState.REFUSED,
        (DestructionState.REQUESTED, DestructionEvent.WITHDRAW): DestructionState.WITHDRAWN,
        (DestructionState.REQUESTED, DestructionEvent.EXPIRE): DestructionState.EXPIRED,
        (DestructionState.REQUESTED, DestructionEvent.SPARE): DestructionState.REFUSED,
        (DestructionState.APPROVED_ONCE, DestructionEvent.APPROVE): DestructionState.APPROVED,
        (DestructionState.APPROVED_ONCE, DestructionEvent.REFUSE): DestructionState.REFUSED,
        (DestructionState.APPROVED_ONCE, DestructionEvent.WITHDRAW): DestructionState.WITHDRAWN,
        (DestructionState.APPROVED_ONCE, DestructionEvent.EXPIRE): DestructionState.EXPIRED,
        (DestructionState.APPROVED_ONCE, DestructionEvent.SPARE): DestructionState.REFUSED,
        (DestructionState.APPROVED, DestructionEvent.DESTROY_KEYS): DestructionState.KEY_DESTROYED,
        (DestructionState.APPROVED, DestructionEvent.REFUSE): DestructionState.REFUSED,
        (DestructionState.APPROVED, DestructionEvent.WITHDRAW): DestructionState.WITHDRAWN,
        (DestructionState.APPROVED, DestructionEvent.EXPIRE): DestructionState.EXPIRED,
        (DestructionState.APPROVED, DestructionEvent.SPARE): DestructionState.REFUSED,
        (DestructionState.KEY_DESTROYED, DestructionEvent.COMPLETE): DestructionState.COMPLETE,
    },
)

LIVE_STATES: Final = frozenset(
    {DestructionState.REQUESTED, DestructionState.APPROVED_ONCE, DestructionState.APPROVED}
)
"""States in which nothing is destroyed yet, and everything can still be stopped."""

APPROVALS: Final = 2
"""How many approve a request, besides whoever asked for it."""
REQUEST_LASTS: Final = timedelta(hours=72)
"""From the request on: both approvals and the destruction itself fall within it, or all of it expires."""
ACCOUNT_AGE_MIN: Final = timedelta(days=7)
"""Younger accounts neither request nor approve: nobody makes the second and third person on the spot."""
REQUEST_RECORDS_MAX: Final = 200
"""Records in one request at most: they are destroyed in one transaction."""
