"""Passwords that everybody tries first are found, and nothing of one's own is."""

import pytest

from domain.accounts import PASSWORD_MIN, check_password
from domain.errors import FieldFault, InvalidInput
from domain.guessed_passwords import _LISTED, is_common


@pytest.mark.parametrize(
    "password",
    ["1234567890", "Password123", "0987654321", "aaaaaaaaaaaa", "abcabcabcabc", "QWERTYUIOP", "woaini1314"],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_password(password)
    assert refusal.value.fields == {"password": FieldFault.TOO_COMMON}


@pytest.mark.parametrize(
    "password", ["televisit-demo", "a password of my own", "春天的花开在南山", "xkqzvbnmwq"]
)
def test_what_is_ones_own_may_be_chosen(password: str) -> None:
    check_password(password + "  of mine", "li@example.org")
    assert not is_common(password)


@pytest.mark.parametrize("password", ["li.xiaolan@example.org", "LI.XIAOLAN", "gro.elpmaxe@naloaix.il"])
def test_the_own_address_is_no_password(password: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_password(password, "li.xiaolan@example.org")
    assert refusal.value.fields == {"password": FieldFault.AS_LOGIN}


def test_the_list_holds_only_what_is_long_enough_to_be_asked_about() -> None:
    assert all(len(one) >= PASSWORD_MIN and one == one.casefold() for one in _LISTED)
