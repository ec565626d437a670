"""Retention's part of the table of operations."""

from booking_api import models_retention as models
from booking_api import queries_retention as queries
from booking_api import retention
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action
from domain.retention import HINDRANCE_CODES

_PERSON = (Code.AUTH_WRONG_PASSWORD, Code.AUTH_THROTTLED, Code.RETENTION_ACCOUNT_TOO_NEW)
_STATE = (Code.RETENTION_WRONG_STATE, Code.RETENTION_EXPIRED)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/retention/records", retention.list_kept_records,
        "Records by when they may be destroyed", (Action.RETENTION_READ,), models.KeptRecords,
        query=queries.KeptRecordsQuery,
    ),
    Route(
        "GET", "/api/retention/holds", retention.list_holds, "Legal holds, those that stand first",
        (Action.RETENTION_READ,), models.Holds,
    ),
    Route(
        "POST", "/api/retention/holds", retention.place_hold,
        "Hold a record or all of a patient's: nothing of it is destroyed", (Action.HOLD_PLACE,),
        models.HoldView, 201,
        body=models.NewHold,
        codes=(Code.NOT_FOUND, Code.RETENTION_DESTROYED),
    ),
    Route(
        "POST", "/api/retention/holds/{id}/lift", retention.lift_hold, "Lift a legal hold",
        (Action.HOLD_LIFT,), status=204,
        body=models.NewHoldLift,
        codes=(Code.RETENTION_HOLD_LIFTED,),
        thing="hold",
    ),
    Route(
        "GET", "/api/retention/requests", retention.list_destruction_requests,
        "Requests to destroy records, newest first", (Action.RETENTION_READ,), models.DestructionRequests,
    ),
    Route(
        "POST", "/api/retention/requests", retention.request_destruction,
        "Ask for the destruction of a record, or of all due by a day", (Action.DESTRUCTION_REQUEST,),
        models.DestructionRequested, 201,
        body=models.NewDestructionRequest,
        codes=(Code.NOT_FOUND, Code.RETENTION_NOTHING_DUE, *_PERSON, *HINDRANCE_CODES.values()),
    ),
    Route(
        "GET", "/api/retention/requests/{id}", retention.read_destruction_request,
        "A request and its records", (Action.RETENTION_READ,), models.RequestDetail,
        thing="request",
    ),
    Route(
        "POST", "/api/retention/requests/{id}/approve", retention.approve_destruction,
        "Approve a request, as one of two who did not ask for it", (Action.DESTRUCTION_APPROVE,),
        models.DestructionRequestView,
        body=models.NewApproval,
        codes=(Code.RETENTION_SAME_PERSON, *_PERSON, *_STATE),
        thing="request",
    ),
    Route(
        "POST", "/api/retention/requests/{id}/refuse", retention.refuse_destruction,
        "Refuse somebody else's request", (Action.DESTRUCTION_REFUSE,), models.DestructionRequestView,
        body=models.NewRefusal,
        codes=_STATE,
        thing="request",
    ),
    Route(
        "POST", "/api/retention/requests/{id}/withdraw", retention.withdraw_destruction,
        "Take back the own request", (Action.DESTRUCTION_WITHDRAW,), models.DestructionRequestView,
        codes=_STATE,
        thing="request",
    ),
    Route(
        "POST", "/api/retention/requests/{id}/destroy", retention.destroy_records,
        "Destroy the keys of what two have approved", (Action.DESTRUCTION_EXECUTE,),
        models.DestructionRequestView,
        codes=(Code.RETENTION_APPROVAL_VOID, *_STATE),
        thing="request",
    ),
)  # fmt: skip
