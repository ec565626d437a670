import json
from pathlib import Path

import pytest

from booking_api.problems import STATUS, problem_of
from domain.errors import (
    Code,
    Conflict,
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


def test_every_code_has_a_status() -> None:
    assert set(STATUS) == set(Code)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidInput("No."), 422, "input.invalid"),
        (InvalidInput("No.", code=Code.INPUT_NOT_JSON), 400, "input.not_json"),
        (NotAuthenticated(), 401, "auth.required"),
        (Forbidden(), 403, "auth.forbidden"),
        (NotFound("visit"), 404, "not_found"),
        (WrongState(Code.JOB_WRONG_STATE, "job", "done", "retry"), 409, "job.wrong_state"),
        (Conflict(Code.ACCOUNT_LOGIN_TAKEN, "Taken."), 409, "account.login_taken"),
        (TooLarge("body", 1), 413, "input.too_large"),
        (Throttled(7), 429, "rate.limited"),
        (PartnerDown("database", "It is away."), 503, "partner.down"),
        (OwnFault("a detail of ours"), 500, "internal"),
        (RuntimeError("a detail of ours"), 500, "internal"),
    ],
)
def test_each_kind_of_fault_has_its_problem(error: Exception, status: int, code: str) -> None:
    response = problem_of(error, "log-1")
    assert response.content_type == "application/problem+json"
    assert response.text is not None
    body = json.loads(response.text)
    assert (response.status, body["status"], body["code"]) == (status, status, code)
    assert "a detail of ours" not in response.text
    assert ("Retry-After" in response.headers) == (status in (429, 503))
    assert ("log_id" in body) == (status == 500)
    assert None not in body.values()


def test_wrong_fields_are_named_by_kind() -> None:
    text = problem_of(InvalidInput("No.", {"a.b": FieldFault.TOO_LONG}), "log-1").text
    assert text is not None
    assert json.loads(text)["fields"] == {"a.b": "too_long"}


def test_every_kind_of_field_mistake_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[3] / "docs" / "http-api.md").read_text(encoding="utf-8")
    assert [kind for kind in FieldFault if f"`{kind}`" not in text] == []
