"""One-time passwords by time against the RFC's own vectors, and recovery codes as people type them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.accounts import Role
from domain.second_factor import (
    RECOVERY_CODE_SIZE,
    code_of_step,
    matching_step,
    needs_second_factor,
    provisioning_uri,
    recovery_code,
    recovery_hash,
    secret_text,
    step_at,
    totp_secret,
)

_RFC_SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 23, 8, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    assert code_of_step(_RFC_SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize("late_s", [-30, 0, 30])
def test_a_clock_may_be_off_by_one_step(late_s: int) -> None:
    step = step_at(NOW + timedelta(seconds=late_s))
    assert matching_step(_RFC_SECRET, code_of_step(_RFC_SECRET, step), NOW, None) == step


@pytest.mark.parametrize("late_s", [-60, 60])
def test_a_clock_that_is_off_by_two_steps_is_refused(late_s: int) -> None:
    code = code_of_step(_RFC_SECRET, step_at(NOW + timedelta(seconds=late_s)))
    assert matching_step(_RFC_SECRET, code, NOW, None) is None


def test_no_step_at_or_before_the_last_one_is_good() -> None:
    step = step_at(NOW)
    code = code_of_step(_RFC_SECRET, step)
    assert matching_step(_RFC_SECRET, code, NOW, step - 1) == step
    assert matching_step(_RFC_SECRET, code, NOW, step) is None
    assert matching_step(_RFC_SECRET, code, NOW, step + 1) is None


def test_a_code_may_be_typed_with_a_gap_or_in_full_width() -> None:
    code = code_of_step(_RFC_SECRET, step_at(NOW))
    full_width = code.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    for typed in (f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", full_width):
        assert matching_step(_RFC_SECRET, typed, NOW, None) == step_at(NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\ud800", "000000\n1", "٠٠٠٠٠٠"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matching_step(_RFC_SECRET, typed, NOW, None) is None


def test_the_secret_is_not_the_key_it_is_made_of() -> None:
    key = bytes(range(32))
    assert len(totp_secret(key)) == 20
    assert totp_secret(key) not in key
    assert len(secret_text(totp_secret(key))) == 32


def test_the_address_for_apps_says_whose_account_it_is() -> None:
    parts = urlsplit(provisioning_uri(_RFC_SECRET, "海滨医院: A&B", "doctor.zhang"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path.endswith(":doctor.zhang")
    query = parse_qs(parts.query)
    assert query["issuer"] == ["海滨医院: A&B"]
    assert query["secret"] == ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]


def test_a_recovery_code_is_known_again_however_it_is_typed() -> None:
    code = recovery_code(bytes(range(RECOVERY_CODE_SIZE)))
    assert len(code.split("-")) == 4
    kept = recovery_hash(code)
    assert kept is not None and len(kept) == 32
    for typed in (code.upper(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert recovery_hash(typed) == kept
    assert recovery_hash(recovery_code(bytes(RECOVERY_CODE_SIZE))) != kept


@pytest.mark.parametrize("typed", ["123456", "", "abcd-efgh-ijkl", "abcd-efgh-ijkl-mno9", "甲" * 16])
def test_what_is_no_recovery_code_has_no_hash(typed: str) -> None:
    assert recovery_hash(typed) is None


def test_all_of_the_staff_and_no_patient_needs_one() -> None:
    assert {role for role in Role if not needs_second_factor(role)} == {Role.PATIENT}
