"""The part of the table of operations that is about safety at a visit, and who has read a patient's data."""

from booking_api import models_safety as models
from booking_api import readers, safety
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_SAID = (
    Code.CONVERSATION_CLOSED, Code.MESSAGE_ID_REUSED, Code.ROOM_BUSY, Code.RATE_LIMITED,
)  # fmt: skip

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/red-flags", safety.list_red_flags,
        "The red-flag questions, as they are asked before booking", None, models.RedFlagQuestions,
    ),
    Route(
        "GET", "/api/consultations/{id}/safety", safety.read_safety,
        "The red-flag questions, what the patient answered, and the location to confirm",
        (Action.SAFETY_READ,), models.SafetyView,
        thing="consultation",
    ),
    Route(
        "POST", "/api/consultations/{id}/safety", safety.answer_safety,
        "Answer the red-flag questions; again at any time while the visit is open",
        (Action.SAFETY_ANSWER,), models.SafetyKept, 201,
        body=models.NewSafetyAnswer,
        codes=_SAID,
        thing="consultation",
    ),
    Route(
        "POST", "/api/consultations/{id}/location", safety.confirm_location,
        "Confirm where the patient is and the number to call back",
        (Action.LOCATION_CONFIRM,), models.SafetyKept, 201,
        body=models.NewLocation,
        codes=_SAID,
        thing="consultation",
    ),
    Route(
        "POST", "/api/consultations/{id}/diagnosis", safety.state_diagnosis,
        "State what there is of an earlier diagnosis, before the doctor admits",
        (Action.DIAGNOSIS_STATE,), models.SafetyKept, 201,
        body=models.NewDiagnosis,
        codes=_SAID,
        thing="consultation",
    ),
    Route(
        "GET", "/api/consultations/{id}/diagnosis", safety.read_diagnosis,
        "What is known of an earlier diagnosis, said at booking or since",
        (Action.DIAGNOSIS_READ,), models.DiagnosisView,
        thing="consultation",
    ),
    Route(
        "GET", "/api/consultations/{id}/patient", safety.read_patient,
        "Who the patient of a visit is, and when the patient was seen before, for its doctor",
        (Action.PATIENT_READ,), models.VisitPatientView,
        thing="consultation",
    ),
    Route(
        "GET", "/api/accesses", readers.list_accesses,
        "Who else used the patient's own data, when, how and why, newest first",
        (Action.READERS_READ,), models.AccessesView,
        query=models.AccessesQuery,
    ),
)  # fmt: skip
