"""Safety at a visit: the red-flag questions answered, the location confirmed, and both shown to the doctor.

What a patient says here is kept in the record like what is said in the visit, encrypted. What stands beside
it says only where in the record it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from actions.acting import on_patient_side
from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.conversation import Kept, Saying
from actions.diagnosis import known_diagnosis
from actions.entry_bodies import readable_bodies
from actions.family import guardian_consented_at
from actions.files import Keep
from actions.throttling import count
from domain.accounts import Actor
from domain.consultation import Consultation
from domain.facts import EntryKind
from domain.permissions import Action
from domain.safety import Location, answer_body, flags_of, location_body, location_of
from providers.throttle import Throttle
from storage import consultations, safety

SAID_PER_ACCOUNT: Final = 60
"""How often an account may answer or confirm within SAID_WINDOW_S: a record is no place for floods."""
SAID_WINDOW_S: Final = 600


class GuardianConsent(StrEnum):
    """Whether a guardian agreed to take part: of adults there is none."""

    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    GIVEN = "given"


class DiagnosisStatement(StrEnum):
    """Whether the patient stated what there is of an earlier diagnosis, where the hospital asks for it."""

    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class VisitSafety:
    """What a patient said before a visit.

    `flags` are the red flags of the latest answer, None before any. `location` is the one to confirm: of this
    visit once `located_at` is set, else of the patient's visit before; None when there is none to read.
    """

    answered_at: datetime | None
    flags: tuple[str, ...] | None
    located_at: datetime | None
    location: Location | None
    guardian: GuardianConsent
    diagnosis: DiagnosisStatement


async def read_safety(ctx: Context, consultation_id: UUID) -> VisitSafety:
    """Return what the patient said before this visit, and the location to confirm, to the patient alone.

    Raise NotFound, or ActionRefused for anyone but the patient of this consultation.
    """
    permit(ctx, Action.SAFETY_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if not on_patient_side(ctx, consultation):
        raise ActionRefused(Action.SAFETY_READ, subject, consultation.patient_id)
    await record(ctx, Action.SAFETY_READ, subject, patient_id=consultation.patient_id)
    marks = await safety.marks(ctx.tx, consultation_id)
    flags: tuple[str, ...] | None = None
    if marks.answered_seq is not None:
        answers = await readable_bodies(ctx, {consultation_id: marks.answered_seq})
        flags = flags_of(answers.get(consultation_id, {}))
    last = await safety.last_location(ctx.tx, consultation.patient_id)
    if marks.located_seq is not None:
        last = consultation_id, marks.located_seq
    place: Location | None = None
    if last is not None:
        where, seq = last
        place = location_of((await readable_bodies(ctx, {where: seq})).get(where, {}))
    return VisitSafety(
        marks.answered_at,
        flags,
        marks.located_at,
        place,
        await _guardian(ctx, consultation),
        await _diagnosis(ctx, consultation),
    )


async def red_flags(ctx: Context, ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return the red flags of those among these consultations whose latest answer has any.

    A part of actions: whoever calls has asked for permission and written the audit lines. A record that
    cannot be read any more has none. Nothing is opened of visits without red flags.
    """
    wanted = await safety.flagged(ctx.tx, ids)
    if not wanted:
        return {}
    return {item: flags_of(body) for item, body in (await readable_bodies(ctx, wanted)).items()}


async def answer_questions(
    work: UnitOfWork,
    throttle: Throttle,
    keep: Keep,
    *,
    actor: Actor,
    request_id: str,
    consultation_id: UUID,
    message_id: UUID,
    version: str,
    flags: Iterable[str],
) -> Kept:
    """Keep the patient's answers in the record; both sides are told. Durable on return.

    They can be given again as long as the visit is open: the latest counts. Raise NotFound, ActionRefused or
    Forbidden for anyone but the patient, InvalidInput for other questions than those asked now, WrongState
    (chat.conversation_closed) after the visit, Throttled.
    """
    body = answer_body(version, flags)
    said = Saying(actor, request_id, consultation_id, message_id, EntryKind.SAFETY, body)
    return await _say(work, throttle, keep, Action.SAFETY_ANSWER, said)


async def confirm_location(
    work: UnitOfWork,
    throttle: Throttle,
    keep: Keep,
    *,
    actor: Actor,
    request_id: str,
    consultation_id: UUID,
    message_id: UUID,
    place: Location,
) -> Kept:
    """Keep where the patient is and the number to call back; both sides are told. Durable on return.

    Raise as `answer_questions`.
    """
    said = Saying(actor, request_id, consultation_id, message_id, EntryKind.LOCATION, location_body(place))
    return await _say(work, throttle, keep, Action.LOCATION_CONFIRM, said)


async def _diagnosis(ctx: Context, consultation: Consultation) -> DiagnosisStatement:
    if not ctx.diagnosis_required:
        return DiagnosisStatement.NOT_NEEDED
    known = await known_diagnosis(ctx, consultation)
    return DiagnosisStatement.GIVEN if known.complete else DiagnosisStatement.NEEDED


async def _guardian(ctx: Context, consultation: Consultation) -> GuardianConsent:
    if not consultation.right.of_guardian:
        return GuardianConsent.NOT_NEEDED
    given = await guardian_consented_at(ctx, consultation)
    return GuardianConsent.NEEDED if given is None else GuardianConsent.GIVEN


async def _say(work: UnitOfWork, throttle: Throttle, keep: Keep, action: Action, said: Saying) -> Kept:
    async with work.begin(said.actor, said.request_id) as ctx:
        permit(ctx, action)
        consultation = await consultations.by_id(ctx.tx, said.consultation_id)
        if not on_patient_side(ctx, consultation):
            raise ActionRefused(action, ("consultation", said.consultation_id), consultation.patient_id)
    await count(throttle, f"safety:{said.actor.account_id}", SAID_PER_ACCOUNT, SAID_WINDOW_S)
    return await keep(said)
