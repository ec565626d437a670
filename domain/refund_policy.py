"""When a paid visit is refunded without anybody asking: decided from what is recorded of the visit alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.consultation import ARRIVE_AFTER, ConsultationState
from domain.facts import EntryKind
from domain.payment import RefundReason

DECIDE_AFTER: Final = timedelta(minutes=60)
"""How long after its planned end a visit that never began is judged: doctors run late."""


@dataclass(frozen=True, slots=True)
class RefundPolicy:
    """The hospital's rules. `connected_min_s` is the least time both are in the visit for it to be one."""

    connected_min_s: int = 120
    patient_absent_percent: int = 0


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One entry of the visit's record: what happened, when, by whom. `by_patient` is false for the doctor."""

    kind: EntryKind
    at: datetime
    by_patient: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the record says about a visit: the whole ground of a decision, shown to both sides."""

    starts_at: datetime
    ends_at: datetime
    state: ConsultationState
    patient_came_at: datetime | None
    doctor_came_at: datetime | None
    connected_s: int

    def shown(self) -> dict[str, str | int | bool | None]:
        """Return it as it is kept with the decision: times (ISO 8601, UTC) and seconds, nobody's name."""

        def text(at: datetime | None) -> str | None:
            return None if at is None else at.isoformat()

        return {
            "starts_at": text(self.starts_at),
            "ends_at": text(self.ends_at),
            "state": self.state.value,
            "patient_came_at": text(self.patient_came_at),
            "doctor_came_at": text(self.doctor_came_at),
            "connected_s": self.connected_s,
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """How much goes back, in percent of what was paid, and why."""

    percent: int
    reason: RefundReason


def evidence(
    starts_at: datetime, ends_at: datetime, state: ConsultationState, entries: Iterable[VisitEntry]
) -> Evidence:
    """Return what the entries of a visit's record, in their order, say about it.

    The patient came with the first arrival or joining, the doctor with the first joining. Both are connected
    from when both are in until one leaves or the visit ends: a chat visit counts like a call.
    """
    came: dict[bool, datetime] = {}
    inside: set[bool] = set()
    since: datetime | None = None
    connected = timedelta()
    for entry in entries:
        before = len(inside) == 2
        match entry.kind:
            case EntryKind.ARRIVED:
                came.setdefault(True, entry.at)
            case EntryKind.JOINED:
                # A doctor who looks into an empty room has come to no one; the patient may come by the link.
                came.setdefault(entry.by_patient, entry.at)
                inside.add(entry.by_patient)
            case EntryKind.LEFT:
                inside.discard(entry.by_patient)
            case EntryKind.FINISHED:
                inside.clear()
            case _:
                continue
        if len(inside) == 2 and not before:
            since = entry.at
        elif len(inside) < 2 and before and since is not None:
            connected += entry.at - since
            since = None
    return Evidence(
        starts_at,
        ends_at,
        state,
        came.get(True),
        came.get(False),
        int(connected.total_seconds()),
    )


def decide(policy: RefundPolicy, found: Evidence, now: datetime) -> Decision | None:
    """Return what follows from the evidence: 0 percent when nothing goes back; None when it is too early."""
    match found.state:
        case ConsultationState.IN_PROGRESS | ConsultationState.CANCELLED:
            # It goes on; or who cancelled has decided.
            return None
        case ConsultationState.FINISHED:
            if found.connected_s < policy.connected_min_s:
                return Decision(100, RefundReason.CALL_TOO_SHORT)
            return Decision(0, RefundReason.VISIT_HELD)
        case ConsultationState.ARRIVED:
            # The patient still waits, and may be admitted until the visit's last moment.
            late = found.ends_at + ARRIVE_AFTER
        case ConsultationState.PLANNED:
            late = found.ends_at + DECIDE_AFTER
    if now < late:
        return None
    if found.patient_came_at is None:
        return Decision(policy.patient_absent_percent, RefundReason.PATIENT_ABSENT)
    return Decision(100, RefundReason.DOCTOR_ABSENT)
