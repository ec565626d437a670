"""The part of the table of operations that is about real-name verification."""

from booking_api import identity, patient_links
from booking_api import models_identity as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/identity", identity.read_identity,
        "Whether the own name, or a family member's, is verified", (Action.IDENTITY_READ_OWN,),
        models.OwnIdentity,
        query=models.IdentityQuery,
    ),
    Route(
        "POST", "/api/own-details", identity.correct_details,
        "Correct the name and birth date, the own or a family member's", (Action.PATIENT_CORRECT,),
        status=204,
        body=models.OwnDetailsEdit,
        codes=(Code.IDENTITY_SUBMITTED, Code.PATIENT_SEEN),
    ),
    Route(
        "POST", "/api/identity", identity.submit_identity,
        "Submit the own document, or a family member's", (Action.IDENTITY_SUBMIT,), models.IdentityView, 201,
        body=models.NewIdentity,
        codes=(Code.IDENTITY_SUBMITTED,),
    ),
    Route(
        "GET", "/api/identity-checks", identity.list_identities,
        "Documents that wait to be compared", (Action.IDENTITY_LIST,), models.IdentitiesToDecide,
    ),
    Route(
        "POST", "/api/identity-checks/{id}/approve", identity.approve_identity,
        "Verify a patient's name", (Action.IDENTITY_APPROVE,), status=204,
        codes=(Code.IDENTITY_WRONG_STATE,),
        thing="identity check",
    ),
    Route(
        "POST", "/api/identity-checks/{id}/return", identity.return_identity,
        "Return a document to the patient, with a reason", (Action.IDENTITY_RETURN,), status=204,
        body=models.IdentityReturn,
        codes=(Code.IDENTITY_WRONG_STATE,),
        thing="identity check",
    ),
    Route(
        "GET", "/api/patient-links", patient_links.list_unlinked_patients,
        "Verified patients whom nothing links to the HIS's patient index", (Action.IDENTITY_LIST,),
        models.UnlinkedPatients,
    ),
    Route(
        "GET", "/api/identity-checks/{id}/candidates", patient_links.find_index_candidates,
        "Who of the HIS's patient index a patient can be", (Action.IDENTITY_MATCH,), models.IndexCandidates,
        codes=(Code.HIS_NOT_CONNECTED,),
        thing="identity check",
    ),
    Route(
        "POST", "/api/identity-checks/{id}/link", patient_links.link_patient,
        "Link a verified patient to one of the HIS's patient index", (Action.IDENTITY_LINK,), status=204,
        body=models.NewIndexLink,
        codes=(Code.HIS_NOT_CONNECTED, Code.PATIENT_LINK_WRONG_STATE, Code.PATIENT_LINK_TAKEN),
        thing="identity check",
    ),
    Route(
        "POST", "/api/identity-checks/{id}/leave-unlinked", patient_links.leave_patient_unlinked,
        "Leave a verified patient without a link", (Action.IDENTITY_LINK,), status=204,
        codes=(Code.PATIENT_LINK_WRONG_STATE,),
        thing="identity check",
    ),
)  # fmt: skip
