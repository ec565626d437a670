"""Every failure becomes a problem document here (RFC 9457), and nowhere else. No trace reaches a client."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web

from domain.errors import (
    Code,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

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
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.CONSULTATION_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.APPOINTMENT_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.APPOINTMENT_OVERLAP: HTTPStatus.CONFLICT,
    Code.ACCOUNT_LOGIN_TAKEN: HTTPStatus.CONFLICT,
    Code.MESSAGE_ID_REUSED: HTTPStatus.CONFLICT,
    Code.CONVERSATION_CLOSED: HTTPStatus.CONFLICT,
    Code.ROOM_NOT_JOINED: HTTPStatus.CONFLICT,
    Code.ROOM_BUSY: HTTPStatus.TOO_MANY_REQUESTS,
    Code.ROOM_PEER_GONE: HTTPStatus.CONFLICT,
    Code.ROOM_SUPERSEDED: HTTPStatus.CONFLICT,
    Code.SIGNAL_BAD_SDP: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.SIGNAL_BAD_CANDIDATE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.EVENT_UNKNOWN: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.JOB_WRONG_STATE: HTTPStatus.CONFLICT,
    Code.PARTNER_DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status of each code. Total: a test compares it with the codes."""

_log = structlog.get_logger(__name__)
