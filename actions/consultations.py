"""The consultation: opening its room, and moving it from planned to finished.

Every move is one transaction: the state changes by its table, the record gets its entry, the audit trail its
line, and what has to happen afterwards is queued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.acting import on_patient_side
from actions.context import ActionRefused, Context, permit, record
from actions.conversation import may_be_in
from actions.data_keys import open_locked
from actions.diagnosis import known_diagnosis
from actions.family import demand_guardian
from actions.identity import demand_identity
from actions.notices import tell
from actions.reauthentication import demand_proof
from chat_archive.append import Appended, chain
from chat_archive.entry import Draft, Entry
from domain.accounts import Role
from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.consultation import Consultation, ConsultationEvent, moved
from domain.diagnosis import diagnosis_body
from domain.errors import Code, OwnFault, UserFault
from domain.facts import Body, EntryKind, encode_body, finished_body
from domain.notices import Notice
from domain.permissions import Action
from storage import changes, consultations, guests, safety
from storage.archive import PgArchiveStore
from storage.consultations import Locked


@dataclass(frozen=True, slots=True)
class Moved:
    """A consultation after a move, and the entry that its record got; `said` is one that came before it."""

    consultation: Consultation
    entry: Entry
    said: Entry | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One move: what it takes, who may make it, what it is called in the record."""

    action: Action
    by: Role
    event: ConsultationEvent
    kind: EntryKind


_ARRIVE = _Step(Action.CONSULTATION_ARRIVE, Role.PATIENT, ConsultationEvent.ARRIVE, EntryKind.ARRIVED)
_STEP_OUT = _Step(
    Action.CONSULTATION_STEP_OUT, Role.PATIENT, ConsultationEvent.STEP_OUT, EntryKind.STEPPED_OUT
)
_ADMIT = _Step(Action.CONSULTATION_ADMIT, Role.DOCTOR, ConsultationEvent.ADMIT, EntryKind.ADMITTED)
_FINISH = _Step(Action.CONSULTATION_FINISH, Role.DOCTOR, ConsultationEvent.FINISH, EntryKind.FINISHED)


async def open_room(ctx: Context, consultation_id: UUID) -> Consultation:
    """Return the consultation to one of its two participants or to its guest, in whatever state it is.

    It only looks: who joins leaves a room.join line with the record's entry that says so. Raise NotFound,
    or ActionRefused for anyone else.
    """
    permit(ctx, Action.ROOM_OPEN)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if not may_be_in(ctx.actor, consultation, ctx.now):
        raise ActionRefused(Action.ROOM_OPEN, subject, consultation.patient_id)
    await record(ctx, Action.ROOM_OPEN, subject, patient_id=consultation.patient_id)
    return consultation


async def arrive(ctx: Context, consultation_id: UUID) -> Moved:
    """Let the patient into the waiting room.

    Raise NotFound, ActionRefused for anyone but the patient, WrongState when the visit is not planned, or
    when it is too early (consultation.too_early) or too late for it (consultation.too_late), or the hospital
    asks for a verified name (identity.required). Raise UserFault before a child's guardian agreed to this
    visit (visit.guardian_consent_needed), before the red-flag questions were answered
    (visit.safety_needed) and the location was confirmed (visit.location_needed), and, where the hospital asks
    for it, before what there is of an earlier diagnosis was said, at booking or since
    (visit.diagnosis_needed, FU-1). What was said at booking goes into the record here.
    """
    return await _move(ctx, _ARRIVE, consultation_id)


async def step_out(ctx: Context, consultation_id: UUID) -> Moved:
    """Let the waiting patient go; the place in the queue is given up.

    Raise NotFound, ActionRefused for anyone but the patient, WrongState when the patient does not wait.
    """
    return await _move(ctx, _STEP_OUT, consultation_id)


async def admit(ctx: Context, consultation_id: UUID) -> Moved:
    """Begin the visit with the waiting patient.

    Raise NotFound, ActionRefused for anyone but the doctor, and for the doctor (auth.proof_needed) who has
    not proved recently who it is (ID-2), WrongState when the patient does not wait.
    """
    return await _move(ctx, _ADMIT, consultation_id)


async def finish(ctx: Context, consultation_id: UUID) -> Moved:
    """End the visit: a closing entry seals the conversation, the appointment is fulfilled, the patient told.

    Raise NotFound, ActionRefused for anyone but the doctor, WrongState when the visit is not in progress.
    """
    ended = await _move(ctx, _FINISH, consultation_id)
    await conclude(ctx, ended.consultation)
    return ended


async def conclude(ctx: Context, consultation: Consultation) -> None:
    """Fulfil the appointment of a visit that just finished, see its guest off, have the patient told by mail.

    A part of actions: whoever calls moved the consultation and wrote the audit line.
    """
    appointment_id = consultation.appointment_id
    fulfilled = APPOINTMENT.next(AppointmentState.BOOKED, AppointmentEvent.FULFIL)
    if not await consultations.move_appointment(ctx.tx, appointment_id, AppointmentState.BOOKED, fulfilled):
        raise OwnFault(f"appointment {appointment_id} of a visit that went on is not booked")
    await guests.end_of_visit(ctx.tx, consultation.id, ctx.now)
    await tell(ctx, Notice.VISIT_ENDED, appointment_id)


async def _move(ctx: Context, step: _Step, consultation_id: UUID) -> Moved:
    permit(ctx, step.action)
    locked = await consultations.lock_one(ctx.tx, consultation_id)
    before = locked.consultation
    subject = ("consultation", consultation_id)
    if step.by is Role.PATIENT:
        may_move = on_patient_side(ctx, before)
    else:
        may_move = ctx.actor.account_id == before.practitioner_account_id
    if not may_move:
        raise ActionRefused(step.action, subject, before.patient_id)
    after = moved(before, step.event, ctx.now)
    facts: list[tuple[EntryKind, Body]] = []
    if step is _ADMIT:
        await demand_proof(ctx, step.action, subject, before.patient_id)
    if step is _ARRIVE:
        await demand_identity(ctx, before.patient_id)
        await demand_guardian(ctx, before)
        await _demand_safety(ctx, consultation_id)
        known = await known_diagnosis(ctx, before)
        if ctx.diagnosis_required and not known.complete:
            raise UserFault(Code.VISIT_DIAGNOSIS_NEEDED, "Say first what there is of an earlier diagnosis.")
        if known.basis is not None and known.complete and not known.stated:
            said = diagnosis_body(known.basis, documents=known.documents, earlier_visits=known.earlier_visits)
            facts.append((EntryKind.DIAGNOSIS, said))
    if not await consultations.move(ctx.tx, before, after):
        raise OwnFault(f"consultation {consultation_id} changed while it was locked")
    if step is _ARRIVE:
        # Who was counted as missing and comes all the same is seen: the waiting room is open long enough.
        await changes.came(ctx.tx, before.appointment_id)
    closing = step.kind is EntryKind.FINISHED
    body = finished_body(locked.head.size, locked.head.last_hash) if closing else {}
    *told, entry = await _keep(ctx, locked, [*facts, (step.kind, body)])
    for one in told:
        await record(
            ctx, Action.DIAGNOSIS_STATE, subject, patient_id=before.patient_id, detail={"seq": one.seq}
        )
    await record(ctx, step.action, subject, patient_id=before.patient_id, detail={"seq": entry.seq})
    return Moved(after, entry, told[0] if told else None)


async def _demand_safety(ctx: Context, consultation_id: UUID) -> None:
    marks = await safety.marks(ctx.tx, consultation_id)
    if marks.answered_seq is None:
        raise UserFault(Code.VISIT_SAFETY_NEEDED, "Answer the questions about emergencies first.")
    if marks.located_seq is None:
        raise UserFault(Code.VISIT_LOCATION_NEEDED, "Confirm first where you are and how to call you back.")


async def _keep(ctx: Context, locked: Locked, facts: Sequence[tuple[EntryKind, Body]]) -> list[Entry]:
    """Append entries of the actor's after the locked head, in this order."""
    head = locked.head
    keys = await open_locked(ctx, [locked])
    if head.conversation_id not in keys:
        raise OwnFault(f"the data key of the open consultation {head.conversation_id} was destroyed")
    drafts = [
        Draft(
            head.conversation_id,
            ctx.new_id(),
            str(ctx.actor.account_id),
            kind.value,
            ctx.now,
            encode_body(body),
        )
        for kind, body in facts
    ]
    chained = chain({head.conversation_id: head}, keys, [], drafts, ctx.random)
    await PgArchiveStore(ctx.tx).insert(chained.fresh, chained.heads)
    kept: list[Entry] = []
    for outcome in chained.outcomes:
        if not isinstance(outcome, Appended):
            raise OwnFault("a new message id was used before")
        kept.append(outcome.entry)
    return kept
