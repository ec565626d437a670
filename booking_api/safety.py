"""Safety at a visit: what is asked before the waiting room, and what the patient says."""

from actions import diagnosis, safety, visit_patient
from actions.conversation import Kept
from actions.files import Keep
from booking_api.edge import Call
from booking_api.models_safety import (
    DiagnosisView,
    EarlierVisitView,
    LocationView,
    NewDiagnosis,
    NewLocation,
    NewSafetyAnswer,
    RedFlag,
    RedFlagQuestions,
    SafetyKept,
    SafetyView,
    VisitPatientView,
)
from booking_api.views import view
from domain.errors import PartnerDown
from domain.safety import QUESTIONS, QUESTIONS_VERSION, location


async def list_red_flags(_call: Call) -> RedFlagQuestions:
    """GET /api/red-flags."""
    return RedFlagQuestions(version=QUESTIONS_VERSION, questions=[view(RedFlag, item) for item in QUESTIONS])


async def read_safety(call: Call) -> SafetyView:
    """GET /api/consultations/{id}/safety."""
    async with call.begin() as ctx:
        found = await safety.read_safety(ctx, call.uuid())
    return SafetyView(
        version=QUESTIONS_VERSION,
        questions=[view(RedFlag, item) for item in QUESTIONS],
        answered_at=found.answered_at,
        flags=None if found.flags is None else list(found.flags),
        located_at=found.located_at,
        location=None if found.location is None else view(LocationView, found.location),
        guardian=found.guardian,
        diagnosis=found.diagnosis,
    )


async def answer_safety(call: Call) -> SafetyKept:
    """POST /api/consultations/{id}/safety. Answered once it is durable."""
    new = call.given(NewSafetyAnswer)
    kept = await safety.answer_questions(
        call.edge.work,
        call.edge.throttle,
        _keep(call),
        actor=call.actor,
        request_id=call.request_id,
        consultation_id=call.uuid(),
        message_id=new.message_id,
        version=new.version,
        flags=new.flags,
    )
    return _kept(kept)


async def confirm_location(call: Call) -> SafetyKept:
    """POST /api/consultations/{id}/location. Answered once it is durable."""
    new = call.given(NewLocation)
    kept = await safety.confirm_location(
        call.edge.work,
        call.edge.throttle,
        _keep(call),
        actor=call.actor,
        request_id=call.request_id,
        consultation_id=call.uuid(),
        message_id=new.message_id,
        place=location(new.country, new.province, new.city, new.line, new.phone),
    )
    return _kept(kept)


async def state_diagnosis(call: Call) -> SafetyKept:
    """POST /api/consultations/{id}/diagnosis. Answered once it is durable."""
    new = call.given(NewDiagnosis)
    kept = await diagnosis.state_diagnosis(
        call.edge.work,
        call.edge.throttle,
        _keep(call),
        actor=call.actor,
        request_id=call.request_id,
        consultation_id=call.uuid(),
        message_id=new.message_id,
        basis=new.basis,
    )
    return _kept(kept)


async def read_diagnosis(call: Call) -> DiagnosisView:
    """GET /api/consultations/{id}/diagnosis."""
    async with call.begin() as ctx:
        return view(DiagnosisView, await diagnosis.read_diagnosis(ctx, call.uuid()))


async def read_patient(call: Call) -> VisitPatientView:
    """GET /api/consultations/{id}/patient."""
    async with call.begin() as ctx:
        found = await visit_patient.read_patient(ctx, call.uuid())
    person = found.person
    return VisitPatientView(
        patient_id=person.patient_id,
        name=person.name,
        birth_date=person.birth_date,
        gender=person.gender,
        verified=person.verified,
        earlier=[view(EarlierVisitView, one) for one in found.earlier],
        diagnosis=view(DiagnosisView, found.diagnosis),
    )


def _kept(kept: Kept) -> SafetyKept:
    return SafetyKept(seq=kept.entry.seq, recorded_at=kept.entry.recorded_at)


def _keep(call: Call) -> Keep:
    """Return the way by the visit's room, through which both pages learn of it."""
    desk = call.edge.files
    if desk is None:
        raise PartnerDown("rooms", "This server has no live visits.")
    return desk.keep
