from datetime import date

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.privacy_notice import NOTICES, VERSION, agreed_notice
from domain.registration import (
    Channel,
    CodePurpose,
    Destination,
    code_of,
    destination_of,
    destination_or_none,
    is_adult,
    same_code,
)

MAIL = Destination(Channel.EMAIL, "li@example.org")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Li@Example.ORG ", "li@example.org"),
        ("ｌｉ＠example.org", "li@example.org"),  # What a Chinese keyboard writes.
        ("o'brien+clinic@mail.example.org", "o'brien+clinic@mail.example.org"),
        ("13800138000", "+8613800138000"),
        ("138 0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),  # What a Chinese keyboard writes.
        ("8613800138000", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("+44 7700 900123", "+447700900123"),
        ("+1 (212) 555-0123", "+12125550123"),
    ],
)
def test_an_address_has_one_spelling(typed: str, value: str) -> None:
    assert destination_of(typed, "86").value == value


def test_a_number_without_its_code_is_of_the_hospitals_country() -> None:
    assert destination_of("07700 900123", "44") == Destination(Channel.PHONE, "+447700900123")
    assert destination_of("212 555 0123", "1") == Destination(Channel.PHONE, "+12125550123")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "li",
        "li@",
        "@example.org",
        "li@localhost",
        "li@exam ple.org",
        "li@example.org\nBcc: other@example.org",
        "li..x@example.org",
        "李@example.org",
        f"{'x' * 65}@example.org",
        f"li@{'x' * 250}.org",
        "12345",
        "02088881234",
        "+86 21 6888 8888",
        "1380013800",
        "138001380000",
        "+0123456789",
        "+1234567890123456",
        "13800138000;drop",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        destination_of(typed, "86")
    assert refused.value.fields == {"destination": FieldFault.BAD_FORMAT}
    assert destination_or_none(typed, "86") is None


def test_a_code_has_six_digits_and_is_bound_to_its_purpose_and_destination() -> None:
    secret = bytes(range(32))
    codes = {
        code_of(secret, CodePurpose.REGISTER, MAIL),
        code_of(secret, CodePurpose.RESET, MAIL),
        code_of(secret, CodePurpose.REGISTER, Destination(Channel.EMAIL, "wang@example.org")),
        code_of(bytes(32), CodePurpose.REGISTER, MAIL),
    }
    assert len(codes) == 4
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert code_of(secret, CodePurpose.REGISTER, MAIL) in codes


def test_a_code_may_be_typed_with_spaces_and_full_width_digits() -> None:
    assert same_code(" 012 345 ", "012345")
    assert same_code("０１２３４５", "012345")  # What a Chinese keyboard writes.
    assert not same_code("012346", "012345")
    assert not same_code("", "012345")


@pytest.mark.parametrize(
    ("born", "today", "adult"),
    [
        (date(2008, 11, 23), date(2026, 11, 23), True),
        (date(2008, 11, 24), date(2026, 11, 23), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_somebody_is_adult_from_the_eighteenth_birthday(born: date, today: date, adult: bool) -> None:
    assert is_adult(born, today) is adult


def test_the_notice_has_a_new_version_when_its_words_change() -> None:
    assert {locale: notice.digest.hex()[:16] for locale, notice in NOTICES.items()} == {
        "zh-CN": "b5ed3d1d54bf8c6a",
        "en": "9168ed9339422db4",
    }
    assert VERSION == "2026-11-2"


def test_only_a_present_notice_can_be_agreed_to() -> None:
    notice = NOTICES["en"]
    assert agreed_notice(VERSION, notice.digest.hex()) is notice
    assert agreed_notice("2020-01", notice.digest.hex()) is None
    assert agreed_notice(VERSION, bytes(32).hex()) is None
