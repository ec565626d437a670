from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.family import (
    OWN_RIGHT,
    ActingRight,
    Gender,
    NewMember,
    Relationship,
    age_years,
    checked_member,
    of_age_at,
)

TODAY = date(2026, 11, 23)
CHILD = date(2020, 5, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def new(
    name: str = "李小宝",
    born: date = CHILD,
    relationship: Relationship = Relationship.PARENT,
    *,
    declared: bool = True,
) -> NewMember:
    return NewMember(name, born, Gender.MALE, relationship, declared)


def test_a_name_has_one_spelling() -> None:
    assert checked_member(new("  Anna   Li "), TODAY).name == "Anna Li"


@pytest.mark.parametrize(
    ("member", "fields"),
    [
        (new(name=" "), {"name": FieldFault.MISSING}),
        (new(name="x" * 121), {"name": FieldFault.TOO_LONG}),
        (new(name="a\u202eb"), {"name": FieldFault.BAD_FORMAT}),
        (new(born=TODAY + timedelta(days=1)), {"birth_date": FieldFault.IN_THE_FUTURE}),
        (new(born=date(1895, 1, 1)), {"birth_date": FieldFault.IN_THE_PAST}),
        (new(relationship=Relationship.SIBLING), {"relationship": FieldFault.NOT_A_CHOICE}),
        (
            new(name="", born=date(2030, 1, 1), declared=False),
            {
                "name": FieldFault.MISSING,
                "birth_date": FieldFault.IN_THE_FUTURE,
                "declared": FieldFault.MISSING,
            },
        ),
    ],
)
def test_every_wrong_field_is_named_at_once(member: NewMember, fields: dict[str, FieldFault]) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_member(member, TODAY)
    assert refused.value.fields == fields


def test_an_adult_may_be_anything_to_the_account() -> None:
    for relationship in Relationship:
        checked_member(new(born=date(1955, 1, 1), relationship=relationship), TODAY)


@pytest.mark.parametrize(
    ("born", "at"),
    [
        (date(2008, 11, 24), datetime(2026, 11, 23, 16, tzinfo=UTC)),
        (date(2008, 2, 29), datetime(2026, 2, 28, 16, tzinfo=UTC)),
    ],
)
def test_a_child_comes_of_age_as_the_birthday_begins_at_the_hospital(born: date, at: datetime) -> None:
    assert of_age_at(born, SHANGHAI) == at


def test_a_right_ends_at_its_moment_and_the_own_one_never() -> None:
    at = datetime(2026, 11, 23, 16, tzinfo=UTC)
    right = ActingRight(True, at)
    assert right.holds(at - timedelta(microseconds=1)) and not right.holds(at)
    assert not ActingRight(False, at).holds(at - timedelta(days=1))
    assert OWN_RIGHT.holds(datetime.max.replace(tzinfo=UTC))
    assert right.of_guardian and not OWN_RIGHT.of_guardian


def test_a_birthday_counts_from_its_own_day() -> None:
    assert [age_years(CHILD, day) for day in (CHILD, date(2026, 4, 30), date(2026, 5, 1))] == [0, 5, 6]
