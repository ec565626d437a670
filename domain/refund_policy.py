"""When a paid visit is refunded without anybody asking: decided from what is recorded of the visit alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.consultation import ConsultationState, door_closes, door_opens
from domain.facts import EntryKind
from domain.payment import RefundReason


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
    """What the record says about a visit: the whole ground of a decision, shown to both sides.

    A side came when it was there at some moment from the planned start until the waiting room closed.
    """

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

    The patient is there while waiting or in the visit, the doctor while in it. Who was there and went before
    the planned start did not come; nor did who came to an earlier time of a visit that was moved. Both are
    connected from when both are in until one leaves or the visit ends: a chat visit counts like a call.
    """
    came: dict[bool, datetime] = {}
    # By side, since when: who is in the waiting room or the visit, and who is in the visit.
    there: dict[bool, datetime] = {}
    waiting = False
    inside: set[bool] = set()
    since: datetime | None = None
    connected = timedelta()
    for entry in entries:
        before = len(inside) == 2
        match entry.kind:
            case EntryKind.ARRIVED:
                waiting = True
            case EntryKind.STEPPED_OUT:
                waiting = False
            case EntryKind.JOINED:
                # A doctor who looks into an empty room has come to no one; the patient may come by the link.
                inside.add(entry.by_patient)
            case EntryKind.LEFT:
                inside.discard(entry.by_patient)
            case EntryKind.FINISHED:
                waiting = False
                inside.clear()
            case _:
                continue
        for patient in (True, False):
            if patient in inside or (patient and waiting):
                there.setdefault(patient, entry.at)
            elif (begun := there.pop(patient, None)) is not None and entry.at > starts_at:
                came.setdefault(patient, begun)
        if len(inside) == 2 and not before:
            since = entry.at
        elif len(inside) < 2 and before and since is not None:
            connected += entry.at - since
            since = None
    for patient, begun in there.items():
        # What nobody ended: of an earlier time when it is older than this time's waiting room.
        if begun >= door_opens(starts_at):
            came.setdefault(patient, begun)
    closes = door_closes(ends_at)
    patient_came_at, doctor_came_at = (
        at if at is not None and at < closes else None for at in (came.get(True), came.get(False))
    )
    return Evidence(
        starts_at, ends_at, state, patient_came_at, doctor_came_at, int(connected.total_seconds())
    )


def decide(policy: RefundPolicy, found: Evidence, now: datetime) -> Decision | None:
    """Return what follows from the evidence: 0 percent when nothing goes back; None when it is too early.

    A doctor who was there in the planned time is not absent: a patient who did not stay for that was.
    """
    match found.state:
        case ConsultationState.IN_PROGRESS | ConsultationState.CANCELLED:
            # It goes on; or who cancelled has decided.
            return None
        case ConsultationState.FINISHED:
            if found.connected_s < policy.connected_min_s:
                return Decision(100, RefundReason.CALL_TOO_SHORT)
            return Decision(0, RefundReason.VISIT_HELD)
        case ConsultationState.ARRIVED | ConsultationState.PLANNED:
            # Until the waiting room closes the patient may come, or come back, and be seen.
            if now <= door_closes(found.ends_at):
                return None
    if found.state is ConsultationState.ARRIVED:
        # Whoever waits until then was not seen, whether or not the doctor looked in.
        return Decision(100, RefundReason.DOCTOR_ABSENT)
    doctor_was_there = found.doctor_came_at is not None and found.doctor_came_at < found.ends_at
    if found.patient_came_at is None or doctor_was_there:
        return Decision(policy.patient_absent_percent, RefundReason.PATIENT_ABSENT)
    return Decision(100, RefundReason.DOCTOR_ABSENT)
