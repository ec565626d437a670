"""The part of the table of operations that is about real-name verification."""

from booking_api import identity
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
)  # fmt: skip
