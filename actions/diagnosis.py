"""Earlier diagnosis: the patient's statement before a visit, kept in the record for the doctor (FU-1)."""

from uuid import UUID

from actions.acting import on_patient_side
from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.conversation import Kept, Saying
from actions.entry_bodies import readable_bodies
from actions.files import Keep
from actions.throttling import count
from domain.accounts import Actor
from domain.consultation import Consultation
from domain.diagnosis import DiagnosisBasis, KnownDiagnosis, diagnosis_body
from domain.facts import EntryKind
from domain.permissions import Action
from providers.throttle import Throttle
from storage import consultations, diagnoses

STATED_PER_ACCOUNT = 60
STATED_WINDOW_S = 600


async def state_diagnosis(
    work: UnitOfWork,
    throttle: Throttle,
    keep: Keep,
    *,
    actor: Actor,
    request_id: str,
    consultation_id: UUID,
    message_id: UUID,
    basis: DiagnosisBasis,
) -> Kept:
    """Keep what the patient can show of an earlier diagnosis; both sides are told. Durable on return.

    It can be stated again as long as the visit is open: the latest counts. Raise NotFound, ActionRefused or
    Forbidden for anyone but the patient, InvalidInput when there is nothing of the kind, WrongState
    (chat.conversation_closed) after the visit, Throttled.
    """
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.DIAGNOSIS_STATE)
        consultation = await consultations.by_id(ctx.tx, consultation_id)
        if not on_patient_side(ctx, consultation):
            raise ActionRefused(
                Action.DIAGNOSIS_STATE, ("consultation", consultation_id), consultation.patient_id
            )
        shown = await diagnoses.found(ctx.tx, consultation_id)
    await count(throttle, f"diagnosis:{actor.account_id}", STATED_PER_ACCOUNT, STATED_WINDOW_S)
    body = diagnosis_body(basis, documents=shown.documents, earlier_visits=shown.earlier_visits)
    return await keep(Saying(actor, request_id, consultation_id, message_id, EntryKind.DIAGNOSIS, body))


async def read_diagnosis(ctx: Context, consultation_id: UUID) -> KnownDiagnosis:
    """Return what is known before a visit, to its patient: only what is missing is asked for.

    Raise NotFound, or ActionRefused for anyone but the patient of this consultation.
    """
    permit(ctx, Action.DIAGNOSIS_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if not on_patient_side(ctx, consultation):
        raise ActionRefused(Action.DIAGNOSIS_READ, subject, consultation.patient_id)
    await record(ctx, Action.DIAGNOSIS_READ, subject, patient_id=consultation.patient_id)
    return await known_diagnosis(ctx, consultation)


async def known_diagnosis(ctx: Context, consultation: Consultation) -> KnownDiagnosis:
    """Return what is known before a visit. A part of actions: whoever calls has asked and writes the line.

    Of a statement that cannot be read any more what was said at booking stands for it.
    """
    found = await diagnoses.found(ctx.tx, consultation.id)
    basis, stated = found.booked_as, False
    if found.stated_seq is not None:
        body = (await readable_bodies(ctx, {consultation.id: found.stated_seq})).get(consultation.id, {})
        said = next((one for one in DiagnosisBasis if one.value == body.get("basis")), None)
        basis, stated = said or basis, said is not None
    return KnownDiagnosis(basis, found.documents, found.earlier_visits, stated)
