"""Who the patient of a visit is, for its doctor: age, sex, verified name, earlier visits, what was shown."""

from dataclasses import dataclass
from uuid import UUID

from actions.context import ActionRefused, Context, permit, record
from actions.diagnosis import known_diagnosis
from domain.consultation import ConsultationState
from domain.diagnosis import KnownDiagnosis
from domain.permissions import Action
from storage import consultations, visit_patients
from storage.visit_patients import EarlierVisit, Person

EARLIER_VISITS_MAX = 20
"""How many earlier visits are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class VisitPatient:
    """A visit's patient. `earlier` are the newest of `diagnosis.earlier_visits`."""

    person: Person
    earlier: list[EarlierVisit]
    diagnosis: KnownDiagnosis


async def read_patient(ctx: Context, consultation_id: UUID) -> VisitPatient:
    """Return who the patient is, with what came before this visit; of a cancelled one only who it is.

    Raise NotFound, or ActionRefused for anyone but the doctor of this visit.
    """
    permit(ctx, Action.PATIENT_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id != consultation.practitioner_account_id:
        raise ActionRefused(Action.PATIENT_READ, subject, consultation.patient_id)
    await record(ctx, Action.PATIENT_READ, subject, patient_id=consultation.patient_id)
    person = await visit_patients.person(ctx.tx, consultation.patient_id)
    if consultation.state is ConsultationState.CANCELLED:
        return VisitPatient(person, [], KnownDiagnosis(None, 0, 0, stated=False))
    return VisitPatient(
        person,
        await visit_patients.earlier(ctx.tx, consultation, EARLIER_VISITS_MAX),
        await known_diagnosis(ctx, consultation),
    )
