from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.errors import Code, FieldFault, InvalidInput
from domain.practitioner import (
    OWN_EDIT_STATES,
    SPECIALTY_WORDS,
    VERIFIED_STATES,
    ProfileFields,
    ProfileState,
    Specialty,
    changed_by_owner,
    check_eligible,
    check_fields,
    full_years,
    unmet,
)

TODAY = date(2026, 11, 23)
WHOLE = ProfileFields(
    "主任医师", Specialty.CARDIOLOGY, "110110000012345", 8000, ("zh", "en"), 1998, None, None
)
EMPTY = ProfileFields("主任医师", None, None, None, (), None, None, None)


def test_every_specialty_has_words_in_both_languages_and_no_two_the_same() -> None:
    assert set(SPECIALTY_WORDS) == set(Specialty)
    for language in ("zh-CN", "en"):
        words = [names[language] for names in SPECIALTY_WORDS.values()]
        assert all(words)
        assert len(set(words)) == len(words)


def test_a_whole_profile_may_be_approved() -> None:
    check_fields(WHOLE, TODAY)
    check_eligible(WHOLE, consent_on_file=True, today=TODAY)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_eligible(EMPTY, consent_on_file=False, today=TODAY)
    assert refusal.value.code is Code.PROFILE_NOT_ELIGIBLE
    assert refusal.value.fields == dict.fromkeys(
        ("specialty", "licence_number", "fee_minor", "languages", "practising_since", "consent_on_file"),
        FieldFault.MISSING,
    )


@pytest.mark.parametrize(("since", "enough"), [(2022, True), (2023, False), (2026, False), (1950, True)])
def test_three_years_of_practice_are_certain_before_approval(since: int, enough: bool) -> None:
    found = unmet(replace(WHOLE, practising_since=since), consent_on_file=True, today=TODAY)
    assert found == ({} if enough else {"practising_since": FieldFault.TOO_SHORT})


def test_the_year_in_which_practice_began_does_not_count() -> None:
    assert [full_years(year, TODAY) for year in (2026, 2025, 2024, 2000)] == [0, 0, 1, 25]


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, {"title": "missing"}),
        ({"licence_number": "1" * 41}, {"licence_number": "too_long"}),
        ({"licence_number": "1\n2"}, {"licence_number": "bad_format"}),
        ({"fee_minor": -1, "languages": ("tlh",)}, {"fee_minor": "too_small", "languages": "not_a_choice"}),
        ({"fee_minor": 10_000_001}, {"fee_minor": "too_large"}),
        ({"languages": ("zh", "zh")}, {"languages": "invalid"}),
        ({"practising_since": 2027}, {"practising_since": "in_the_future"}),
        ({"practising_since": 1939}, {"practising_since": "in_the_past"}),
        ({"biography_en": "x" * 2001}, {"biography_en": "too_long"}),
    ],
)
def test_every_wrong_field_is_named(wrong: dict[str, Any], fields: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_fields(replace(WHOLE, **wrong), TODAY)
    assert refusal.value.fields == fields


def test_a_biography_may_have_paragraphs() -> None:
    check_fields(replace(WHOLE, biography_zh="一段。\n又一段。"), TODAY)


def test_an_approved_doctor_changes_languages_and_biography_alone() -> None:
    assert changed_by_owner(WHOLE, replace(WHOLE, biography_en="Hello", languages=("zh",))) == set()
    assert changed_by_owner(WHOLE, replace(WHOLE, fee_minor=1, licence_number="2")) == {
        "fee_minor",
        "licence_number",
    }


def test_what_was_verified_is_not_the_doctors_to_edit() -> None:
    assert not OWN_EDIT_STATES & VERIFIED_STATES
    assert ProfileState.SUBMITTED not in OWN_EDIT_STATES | VERIFIED_STATES
