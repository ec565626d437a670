"""The mapping of errors: codes and sentences of ours, and nothing of what is inside."""

import pytest
from structlog.testing import capture_logs

from domain.errors import (
    Code,
    Conflict,
    Fault,
    FieldFault,
    Forbidden,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    OwnFault,
    PartnerDown,
    Throttled,
    TooLarge,
    WrongState,
)
from signaling.errors import error_view


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("consultation"), Code.NOT_FOUND),
        (Forbidden(), Code.FORBIDDEN),
        (NotAuthenticated(), Code.AUTH_REQUIRED),
        (TooLarge("message", 5), Code.INPUT_TOO_LARGE),
        (WrongState(Code.CONSULTATION_WRONG_STATE, "visit", "a", "b"), Code.CONSULTATION_WRONG_STATE),
        (Conflict(Code.MESSAGE_ID_REUSED, "Used."), Code.MESSAGE_ID_REUSED),
        (PartnerDown("database", "It does not answer."), Code.PARTNER_DOWN),
    ],
)
def test_faults_keep_their_code_and_sentence(error: Fault, code: Code) -> None:
    view = error_view(error, "chat.send")
    assert (view.code, view.message) == (code, error.sentence)
    assert view.log_id is None


def test_fields_and_waits_are_told() -> None:
    view = error_view(InvalidInput("No.", {"text": FieldFault.TOO_LONG}), "chat.send")
    assert view.fields == {"text": FieldFault.TOO_LONG}
    assert error_view(Throttled(7), "chat.send").retry_after_s == 7


@pytest.mark.parametrize(
    "error", [RuntimeError("select secret from account"), OwnFault("row 7 is missing"), KeyError("secret")]
)
def test_the_unforeseen_is_logged_and_not_told(error: Exception) -> None:
    with capture_logs() as logs:
        view = error_view(error, "chat.send")
    assert view.code is Code.INTERNAL
    assert view.log_id and logs[0]["log_id"] == view.log_id
    assert "secret" not in view.message and "row 7" not in view.message
