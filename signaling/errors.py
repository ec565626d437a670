"""The one place where the error tree becomes what a client is told."""

import secrets
from typing import Any

import structlog
from pydantic import ValidationError

from domain.errors import (
    Code,
    Fault,
    FieldFault,
    InvalidInput,
    OwnFault,
    PartnerDown,
    Throttled,
)
from signaling.protocol import ErrorView

_log = structlog.get_logger("signaling")
_FIELDS_MAX = 20
_PATH_MAX = 100

_KINDS = {
    "missing": FieldFault.MISSING,
    "extra_forbidden": FieldFault.UNKNOWN,
    "string_too_short": FieldFault.TOO_SHORT,
    "string_too_long": FieldFault.TOO_LONG,
    "too_short": FieldFault.TOO_SHORT,
    "too_long": FieldFault.TOO_LONG,
    "greater_than": FieldFault.TOO_SMALL,
    "greater_than_equal": FieldFault.TOO_SMALL,
    "less_than": FieldFault.TOO_LARGE,
    "less_than_equal": FieldFault.TOO_LARGE,
    "literal_error": FieldFault.NOT_A_CHOICE,
    "enum": FieldFault.NOT_A_CHOICE,
    "uuid_parsing": FieldFault.BAD_FORMAT,
    "uuid_version": FieldFault.BAD_FORMAT,
    "string_unicode": FieldFault.BAD_FORMAT,
}


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


def invalid_body(error: ValidationError) -> InvalidInput:
    """Name the wrong fields of a body. Nothing of what was sent is repeated but the fields' own names."""
    fields: dict[str, FieldFault] = {}
    for fault in error.errors(include_url=False, include_context=False, include_input=False)[:_FIELDS_MAX]:
        path = ".".join(str(part) for part in fault["loc"])[:_PATH_MAX]
        kind = fault["type"]
        fields[path] = _KINDS.get(
            kind, FieldFault.WRONG_TYPE if kind.endswith("_type") else FieldFault.INVALID
        )
    return InvalidInput("The request is not valid.", fields)
