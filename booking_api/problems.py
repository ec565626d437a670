"""Every failure becomes a problem document here (RFC 9457), and nowhere else. No trace reaches a client."""

import traceback
from http import HTTPStatus

import structlog
from aiohttp import web

from booking_api.models import AlternativeSlot, Problem
from booking_api.views import view
from domain.booking import Alternative, SlotTaken
from domain.errors import Code, Fault, InvalidInput, OwnFault, PartnerDown, Throttled, TooMany
from domain.waitlist import TimesFree

PARTNER_RETRY_AFTER_S = 5

STATUS: dict[Code, HTTPStatus] = {
    Code.INPUT_INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.INPUT_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.INPUT_NOT_JSON: HTTPStatus.BAD_REQUEST,
    Code.AUTH_REQUIRED: HTTPStatus.UNAUTHORIZED,
    Code.AUTH_INVALID_CREDENTIALS: HTTPStatus.UNAUTHORIZED,
    Code.AUTH_THROTTLED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.AUTH_CSRF: HTTPStatus.FORBIDDEN,
    Code.AUTH_ORIGIN: HTTPStatus.FORBIDDEN,
    Code.AUTH_WRONG_PASSWORD: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.AUTH_SECOND_FACTOR: HTTPStatus.FORBIDDEN,
    Code.AUTH_PROOF_NEEDED: HTTPStatus.FORBIDDEN,
    Code.SECOND_FACTOR_WRONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SECOND_FACTOR_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PASSKEY_REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.PASSKEY_KNOWN: HTTPStatus.CONFLICT,
    Code.PASSKEY_TOO_MANY: HTTPStatus.CONFLICT,
    Code.PASSKEY_UNAVAILABLE: HTTPStatus.CONFLICT,
    Code.SIGN_ON_REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SIGN_ON_UNKNOWN: HTTPStatus.FORBIDDEN,
    Code.SIGN_ON_UNAVAILABLE: HTTPStatus.CONFLICT,
    Code.SIGN_ON_BOUND: HTTPStatus.CONFLICT,
    Code.CODE_WRONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.CODE_VOID: HTTPStatus.CONFLICT,
    Code.REGISTRATION_TAKEN: HTTPStatus.CONFLICT,
    Code.IDENTITY_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PATIENT_SEEN: HTTPStatus.CONFLICT,
    Code.IDENTITY_SUBMITTED: HTTPStatus.CONFLICT,
    Code.IDENTITY_REQUIRED: HTTPStatus.CONFLICT,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.CONSULTATION_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.CONSULTATION_TOO_EARLY: HTTPStatus.CONFLICT,
    Code.CONSULTATION_TOO_LATE: HTTPStatus.CONFLICT,
    Code.APPOINTMENT_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.APPOINTMENT_OVERLAP: HTTPStatus.CONFLICT,
    Code.ACCOUNT_LOGIN_TAKEN: HTTPStatus.CONFLICT,
    Code.MESSAGE_ID_REUSED: HTTPStatus.CONFLICT,
    Code.CONVERSATION_CLOSED: HTTPStatus.CONFLICT,
    Code.ROOM_NOT_JOINED: HTTPStatus.CONFLICT,
    Code.ROOM_BUSY: HTTPStatus.TOO_MANY_REQUESTS,
    Code.ROOM_PEER_GONE: HTTPStatus.CONFLICT,
    Code.ROOM_SUPERSEDED: HTTPStatus.CONFLICT,
    Code.GUEST_NO_RELAY: HTTPStatus.CONFLICT,
    Code.GUEST_INVITED: HTTPStatus.CONFLICT,
    Code.GUEST_TOO_MANY: HTTPStatus.CONFLICT,
    Code.GUEST_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.GUEST_LINK_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.GUEST_LINK_USED: HTTPStatus.GONE,
    Code.GUEST_LINK_WITHDRAWN: HTTPStatus.GONE,
    Code.GUEST_LINK_EXPIRED: HTTPStatus.GONE,
    Code.GUEST_VISIT_OVER: HTTPStatus.GONE,
    Code.GUEST_ENDED: HTTPStatus.GONE,
    Code.VISIT_LOCATION_NEEDED: HTTPStatus.CONFLICT,
    Code.VISIT_SAFETY_NEEDED: HTTPStatus.CONFLICT,
    Code.SIGNAL_BAD_SDP: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SIGNAL_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.SIGNAL_BAD_CANDIDATE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.EVENT_UNKNOWN: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.JOB_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.NOTICE_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.FILE_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Code.FILE_TOO_MANY: HTTPStatus.CONFLICT,
    Code.FILE_DAMAGED: HTTPStatus.INTERNAL_SERVER_ERROR,
    Code.ARCHIVE_NOT_SEALED_YET: HTTPStatus.CONFLICT,
    Code.ARCHIVE_SAME_PERSON: HTTPStatus.CONFLICT,
    Code.RETENTION_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.RETENTION_NOTHING_KEPT: HTTPStatus.CONFLICT,
    Code.RETENTION_DESTROYED: HTTPStatus.CONFLICT,
    Code.RETENTION_OPEN: HTTPStatus.CONFLICT,
    Code.RETENTION_ON_HOLD: HTTPStatus.CONFLICT,
    Code.RETENTION_BEFORE_TERM: HTTPStatus.CONFLICT,
    Code.RETENTION_REQUESTED: HTTPStatus.CONFLICT,
    Code.RETENTION_NOTHING_DUE: HTTPStatus.CONFLICT,
    Code.RETENTION_EXPIRED: HTTPStatus.CONFLICT,
    Code.RETENTION_SAME_PERSON: HTTPStatus.CONFLICT,
    Code.RETENTION_ACCOUNT_TOO_NEW: HTTPStatus.CONFLICT,
    Code.RETENTION_APPROVAL_VOID: HTTPStatus.CONFLICT,
    Code.RETENTION_HOLD_LIFTED: HTTPStatus.CONFLICT,
    Code.ARCHIVE_TOO_WIDE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.ARCHIVE_TOO_SLOW: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.ARCHIVE_SEARCH_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.ARCHIVE_SEARCHES_RUNNING: HTTPStatus.CONFLICT,
    Code.PROFILE_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PROFILE_LICENCE_TAKEN: HTTPStatus.CONFLICT,
    Code.PROFILE_NOT_ELIGIBLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SCHEDULE_OVERLAP: HTTPStatus.CONFLICT,
    Code.SCHEDULE_TOO_MANY: HTTPStatus.CONFLICT,
    Code.FOLLOW_UP_PROPOSED: HTTPStatus.CONFLICT,
    Code.FOLLOW_UP_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.BOOKING_SLOT_TAKEN: HTTPStatus.CONFLICT,
    Code.BOOKING_HOLD_ENDED: HTTPStatus.CONFLICT,
    Code.BOOKING_ANSWERS_NEEDED: HTTPStatus.CONFLICT,
    Code.BOOKING_TOO_MANY_HOLDS: HTTPStatus.CONFLICT,
    Code.BOOKING_OWN_OVERLAP: HTTPStatus.CONFLICT,
    Code.BOOKING_TOO_LATE: HTTPStatus.CONFLICT,
    Code.BOOKING_BEGUN: HTTPStatus.CONFLICT,
    Code.BOOKING_TERMS_CHANGED: HTTPStatus.CONFLICT,
    Code.REBOOKING_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.HIS_NOT_CONNECTED: HTTPStatus.CONFLICT,
    Code.HIS_CONFIRMS: HTTPStatus.CONFLICT,
    Code.HIS_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PATIENT_LINK_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PATIENT_LINK_TAKEN: HTTPStatus.CONFLICT,
    Code.WAITLIST_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.WAITLIST_TOO_MANY: HTTPStatus.CONFLICT,
    Code.WAITLIST_TIMES_FREE: HTTPStatus.CONFLICT,
    Code.FAMILY_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.FAMILY_TOO_MANY: HTTPStatus.CONFLICT,
    Code.FAMILY_HAS_VISITS: HTTPStatus.CONFLICT,
    Code.FAMILY_OF_AGE: HTTPStatus.CONFLICT,
    Code.GUARDIAN_CONSENT_NEEDED: HTTPStatus.CONFLICT,
    Code.VISIT_DIAGNOSIS_NEEDED: HTTPStatus.CONFLICT,
    Code.PAYMENT_REQUIRED: HTTPStatus.PAYMENT_REQUIRED,
    Code.IDEMPOTENCY_REUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.PAYMENT_NOT_DUE: HTTPStatus.CONFLICT,
    Code.PAYMENT_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PAYMENT_REFUSED: HTTPStatus.CONFLICT,
    Code.PAYMENT_BAD_SIGNATURE: HTTPStatus.BAD_REQUEST,
    Code.REFUND_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.REFUND_TOO_LARGE: HTTPStatus.CONFLICT,
    Code.PARTNER_DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status of each code. Total: a test compares it with the codes."""

_log = structlog.get_logger(__name__)


def problem_of(error: Exception, log_id: str) -> web.Response:
    """Return the answer that says what went wrong; keep our own faults in the log under `log_id`."""
    match error:
        case OwnFault():
            return _own_fault(error.sentence, log_id, error, detail=error.detail)
        case PartnerDown():
            _log.warning("api.partner_down", partner=error.partner)
            return _answer(error, retry_after_s=PARTNER_RETRY_AFTER_S)
        case Throttled():
            return _answer(error, retry_after_s=error.retry_after_s)
        case TooMany():
            return _answer(error, count=error.count, limit=error.limit)
        case InvalidInput():
            return _answer(error, fields=error.fields or None)
        case SlotTaken() | TimesFree():
            return _answer(error, alternatives=[_alternative(one) for one in error.alternatives])
        case Fault():
            return _answer(error)
        case _:
            return _own_fault(OwnFault("").sentence, log_id, error)


def _alternative(one: Alternative) -> AlternativeSlot:
    return view(AlternativeSlot, one)


def _answer(error: Fault, **more: object) -> web.Response:
    return _response(
        Problem.model_validate(
            {
                "title": STATUS[error.code].phrase,
                "status": STATUS[error.code],
                "detail": error.sentence,
                "code": error.code,
                **more,
            }
        )
    )


def _own_fault(sentence: str, log_id: str, error: Exception, detail: str | None = None) -> web.Response:
    # The message of a foreign exception may quote what a patient wrote: where it happened is kept, not what.
    _log.error("api.internal", log_id=log_id, error=type(error).__name__, detail=detail, at=_places(error))
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _response(
        Problem(title=status.phrase, status=status, detail=sentence, code=Code.INTERNAL, log_id=log_id)
    )


def _places(error: BaseException) -> list[str]:
    """Return where the error passed, and its causes', innermost last: "file:line function"."""
    found: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        found = [*places, type(seen).__name__, *found]
        seen = seen.__cause__ or seen.__context__
    return found


def _response(problem: Problem) -> web.Response:
    response = web.Response(
        status=problem.status,
        text=problem.model_dump_json(exclude_none=True),
        content_type="application/problem+json",
    )
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response
