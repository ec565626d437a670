"""The one place where the error tree becomes what a client is told."""

import secrets
from typing import Any

import structlog

from domain.errors import (
    Code,
    Fault,
    InvalidInput,
    OwnFault,
    PartnerDown,
    Throttled,
)
from signaling.protocol import ErrorView

_log = structlog.get_logger("signaling")


def error_view(error: BaseException, event: str) -> ErrorView:
    """Return what to tell the client. The unforeseen is logged, and told as `internal` with its log id."""
    if isinstance(error, Fault) and not isinstance(error, OwnFault):
        if isinstance(error, PartnerDown):
            _log.warning("partner down", event_name=event, partner=error.partner)
        return ErrorView(
            code=error.code,
            message=error.sentence,
            fields=dict(error.fields) if isinstance(error, InvalidInput) and error.fields else None,
            retry_after_s=error.retry_after_s if isinstance(error, Throttled) else None,
        )
    log_id = log_fault("event failed", error, event_name=event)
    return ErrorView(code=Code.INTERNAL, message=OwnFault("").sentence, log_id=log_id)


def log_fault(what: str, error: BaseException, **facts: Any) -> str:
    """Log a fault of our own; return the id under which it can be found."""
    log_id = secrets.token_hex(6)
    detail = error.detail if isinstance(error, OwnFault) else None
    _log.error(what, log_id=log_id, detail=detail, exc_info=error, **facts)
    return log_id
