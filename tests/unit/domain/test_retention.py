"""Terms of retention: what the law asks for at least, what settings may do, what a hold outlasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.consultation import ConsultationState
from domain.errors import Code
from domain.retention import (
    HINDRANCE_CODES,
    TERMS,
    Hindrance,
    Material,
    RecordStanding,
    RetentionPolicy,
    RetentionRule,
    TermStart,
    due,
    due_of,
    hindrance,
    years_after,
)

LAW = RetentionPolicy()
ENDED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))

STANDING = RecordStanding(
    ConsultationState.FINISHED, ENDED, ENDED, has_key=True, key_destroyed=False, held=False
)
LONG_AFTER = datetime(2060, 1, 1, tzinfo=UTC)


def test_ret_1_the_record_is_kept_fifteen_years_from_the_last_visit() -> None:
    later = datetime(2030, 6, 1, 8, 0, tzinfo=UTC)
    assert due(LAW, later, ENDED).at == datetime(2045, 6, 1, 8, 0, tzinfo=UTC)
    assert due(LAW, later, ENDED).rule is RetentionRule.RET_1


def test_ret_1_without_another_visit_this_one_was_the_last() -> None:
    assert due(LAW, None, ENDED).at == datetime(2041, 11, 23, 9, 30, tzinfo=UTC)


def test_ret_1_a_cancelled_visit_after_the_last_one_counts_from_its_own_end() -> None:
    assert due(LAW, datetime(2020, 1, 1, tzinfo=UTC), ENDED).at.year == 2041


@pytest.mark.parametrize("material", [Material.CHAT, Material.IMAGES, Material.AUDIO, Material.VIDEO])
def test_ret_2_chat_images_audio_and_video_are_kept_three_years_from_the_end(material: Material) -> None:
    term = LAW.term(material)
    assert (term.rule, term.start, term.years) == (RetentionRule.RET_2, TermStart.CONSULTATION_END, 3)


def test_ret_2_sets_the_term_where_the_hospital_keeps_video_longer_than_the_record() -> None:
    found = due(RetentionPolicy({Material.VIDEO: 30}), None, ENDED)
    assert (found.at.year, found.rule) == (2056, RetentionRule.RET_2)


def test_ret_3_prescriptions_are_part_of_the_record_and_the_longer_term_wins() -> None:
    assert LAW.term(Material.PRESCRIPTIONS).rule is RetentionRule.RET_3
    assert due(LAW, None, ENDED).rule is RetentionRule.RET_1


@pytest.mark.parametrize("material", Material)
def test_settings_lengthen_a_term_and_never_shorten_it(material: Material) -> None:
    law = TERMS[material].years
    assert RetentionPolicy({material: law + 1}).term(material).years == law + 1
    assert RetentionPolicy({material: law}).term(material).years == law
    for shorter in (law - 1, 0, -1):
        with pytest.raises(ValueError, match="at least"):
            RetentionPolicy({material: shorter})


def test_backups_are_kept_a_number_of_days() -> None:
    assert RetentionPolicy(key_backup_days=35).key_backups == timedelta(days=35)
    with pytest.raises(ValueError, match="number of days"):
        RetentionPolicy(key_backup_days=-1)


@given(MOMENTS, MOMENTS, st.integers(15, 60), st.integers(3, 60))
def test_no_setting_makes_a_record_due_before_the_law_does(
    last: datetime, ended: datetime, record: int, media: int
) -> None:
    policy = RetentionPolicy({Material.RECORD: record, Material.CHAT: media})
    assert due(policy, last, ended).at >= due(LAW, last, ended).at >= years_after(ended, 15)


def test_a_year_after_a_leap_day_is_never_a_day_short() -> None:
    assert years_after(datetime(2024, 2, 29, 12, tzinfo=UTC), 3) == datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert years_after(datetime(2024, 2, 29, 12, tzinfo=UTC), 4) == datetime(2028, 2, 29, 12, tzinfo=UTC)
    china = timezone(timedelta(hours=8))
    assert years_after(datetime(2026, 1, 1, 2, tzinfo=china), 1) == datetime(2026, 12, 31, 18, tzinfo=UTC)


def test_from_the_very_moment_on_nothing_hinders() -> None:
    end = due(LAW, ENDED, ENDED).at
    assert hindrance(LAW, STANDING, end - timedelta(microseconds=1)) is Hindrance.BEFORE_TERM
    assert hindrance(LAW, STANDING, end) is None


@pytest.mark.parametrize(
    "state", [ConsultationState.PLANNED, ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS]
)
def test_an_open_consultation_has_no_term_and_is_never_due(state: ConsultationState) -> None:
    standing = replace(STANDING, state=state, ended_at=None)
    assert due_of(LAW, standing) is None
    assert hindrance(LAW, standing, LONG_AFTER) is Hindrance.OPEN


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"held": True}, Hindrance.ON_HOLD),
        ({"held": True, "requested": True}, Hindrance.ON_HOLD),
        ({"requested": True}, Hindrance.REQUESTED),
        ({"has_key": False}, Hindrance.NOTHING_KEPT),
        ({"key_destroyed": True, "held": True}, Hindrance.DESTROYED),
        ({"state": ConsultationState.CANCELLED}, None),
    ],
)
def test_what_hinders_a_record_whose_term_has_ended(
    changed: dict[str, bool | ConsultationState], found: Hindrance | None
) -> None:
    assert hindrance(LAW, replace(STANDING, **changed), LONG_AFTER) is found  # type: ignore[arg-type]


@given(MOMENTS)
def test_a_hold_outlasts_every_term(now: datetime) -> None:
    assert hindrance(LAW, replace(STANDING, held=True), now) is Hindrance.ON_HOLD


def test_every_hindrance_has_a_code_of_its_name() -> None:
    assert {item: Code(f"retention.{item.value}") for item in Hindrance} == HINDRANCE_CODES
