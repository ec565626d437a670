"""What a login and a password must look like, and who acts."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import (
    PASSWORD_MAX,
    PASSWORD_MIN,
    SYSTEM,
    Account,
    Actor,
    Role,
    actor_of,
    check_password,
    normal_login,
)
from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import AccountId, PatientId, SessionId


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("li.xiaolan", "li.xiaolan"),
        ("  Li.XiaoLan ", "li.xiaolan"),
        ("a_b+c@example.org", "a_b+c@example.org"),
        ("13800000000", "13800000000"),
        ("abc", "abc"),
        ("a" * 120, "a" * 120),
    ],
)
def test_a_login_has_one_spelling(typed: str, login: str) -> None:
    assert normal_login(typed) == login


@pytest.mark.parametrize(
    "typed",
    ["", "ab", "a" * 121, ".abc", "abc.", "a b c", "李晓兰", "abc\n def", "a\x00bc", "abc'--", "İstanbul"],
)
def test_a_login_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        normal_login(typed)
    assert refusal.value.code is Code.INPUT_INVALID
    assert refusal.value.fields == {"login": FieldFault.BAD_FORMAT}


@given(st.text())
def test_a_normal_login_is_its_own_normal_spelling(typed: str) -> None:
    try:
        login = normal_login(typed)
    except InvalidInput:
        return
    assert normal_login(login) == login == login.lower()


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("x" * (PASSWORD_MIN - 1), FieldFault.TOO_SHORT),
        ("", FieldFault.TOO_SHORT),
        ("x" * (PASSWORD_MAX + 1), FieldFault.TOO_LONG),
    ],
)
def test_a_password_is_judged_by_its_length(password: str, fault: FieldFault) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_password(password)
    assert refusal.value.fields == {"password": fault}
    assert password == "" or password not in str(refusal.value)


@pytest.mark.parametrize("password", ["nine + one", "密码要长一点才好用的", "n" + "x" * (PASSWORD_MAX - 1)])
def test_a_password_may_be_anything_long_enough_that_is_not_guessed_first(password: str) -> None:
    check_password(password)


def test_an_account_acts_with_all_that_it_is() -> None:
    account = Account(
        AccountId(UUID(int=1)),
        "li",
        Role.PATIENT,
        "李晓兰",
        "zh-CN",
        None,
        demo=False,
        disabled_at=None,
        patient_id=PatientId(UUID(int=2)),
    )
    session = SessionId(UUID(int=3))
    assert actor_of(account, session) == Actor(account.id, Role.PATIENT, session, account.patient_id, None)
    assert actor_of(account).session_id is None


def test_only_the_hospital_itself_is_the_system() -> None:
    assert SYSTEM.is_system
    assert not Actor(AccountId(UUID(int=1)), Role.ADMIN).is_system
