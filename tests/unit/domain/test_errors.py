"""The error tree: whose fault, a stable code, and nothing inside that a client must not see."""

import pytest

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
    TooMany,
    UserFault,
    WrongState,
)

_USERS = [
    (InvalidInput("Wrong.", {"login": FieldFault.MISSING}), Code.INPUT_INVALID),
    (NotAuthenticated(), Code.AUTH_REQUIRED),
    (Forbidden(), Code.FORBIDDEN),
    (NotFound("appointment"), Code.NOT_FOUND),
    (
        WrongState(Code.APPOINTMENT_WRONG_STATE, "appointment", "cancelled", "cancel"),
        Code.APPOINTMENT_WRONG_STATE,
    ),
    (Conflict(Code.ACCOUNT_LOGIN_TAKEN, "Taken."), Code.ACCOUNT_LOGIN_TAKEN),
    (TooLarge("message", 4000, "characters"), Code.INPUT_TOO_LARGE),
    (TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", 5001, 5000), Code.ARCHIVE_TOO_WIDE),
    (Throttled(30), Code.RATE_LIMITED),
]


@pytest.mark.parametrize(("fault", "code"), _USERS, ids=lambda item: type(item).__name__)
def test_a_users_fault_has_its_code_and_a_sentence(fault: UserFault, code: Code) -> None:
    assert isinstance(fault, UserFault)
    assert fault.code is code
    assert fault.sentence.endswith(".")
    assert str(fault) == f"{code}: {fault.sentence}"


def test_every_kind_of_user_fault_is_tried_above() -> None:
    assert {type(fault) for fault, _ in _USERS} == set(UserFault.__subclasses__())


def test_a_partners_fault_is_not_the_users() -> None:
    fault: Fault = PartnerDown("database", "The database does not answer.")
    assert not isinstance(fault, UserFault)
    assert isinstance(fault, PartnerDown)
    assert (fault.code, fault.partner) == (Code.PARTNER_DOWN, "database")


def test_our_own_fault_keeps_its_detail_out_of_the_sentence() -> None:
    fault = OwnFault("row 17 of table account is odd")
    assert not isinstance(fault, UserFault)
    assert fault.code is Code.INTERNAL
    assert "row 17" not in fault.sentence
    assert "row 17" in str(fault)


def test_a_throttle_says_when_to_come_back() -> None:
    fault = Throttled(30, Code.AUTH_THROTTLED)
    assert (fault.code, fault.retry_after_s) == (Code.AUTH_THROTTLED, 30)


def test_invalid_input_keeps_a_copy_of_its_fields() -> None:
    fields = {"login": FieldFault.MISSING}
    fault = InvalidInput("Wrong.", fields)
    fields.clear()
    assert fault.fields == {"login": FieldFault.MISSING}


def test_codes_are_words_joined_by_dots() -> None:
    assert all(part.replace("_", "").isalpha() for code in Code for part in code.value.split("."))
