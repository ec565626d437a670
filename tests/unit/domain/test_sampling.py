from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.sampling import (
    Filter,
    ReviewFinding,
    check_draw,
    check_review,
    draw,
    order_key,
    population_digest,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
POPULATION = [UUID(int=number) for number in range(1, 11)]


def test_a_draw_is_the_documented_one() -> None:
    # docs/archive-sampling.md has the same vector; a test runs its program.
    assert [item.int for item in draw("2026-q4", POPULATION, 3)] == [1, 3, 2]
    assert (
        order_key("2026-q4", UUID(int=1)).hex()
        == "5320fedf62ad83a54b18ef26570813c8ccd96ec59aaa60f8c85665972d54b51c"
    )
    assert (
        population_digest(POPULATION).hex()
        == "2c774484efc09c2ea80732d64bce80760fa0dcc35ec69b026c3ea3cc74ef15e6"
    )


def test_a_draw_does_not_depend_on_the_populations_order() -> None:
    assert draw("s", POPULATION, 4) == draw("s", reversed(POPULATION), 4)
    assert draw("s", POPULATION, 4) == draw("s", POPULATION, 9)[:4]
    assert population_digest(POPULATION) == population_digest(reversed(POPULATION))


def test_another_seed_draws_others() -> None:
    assert draw("s", POPULATION, 5) != draw("t", POPULATION, 5)


def test_a_small_population_is_drawn_whole() -> None:
    assert sorted(draw("s", POPULATION, 50)) == POPULATION
    assert draw("s", [], 5) == []


def test_each_is_drawn_about_as_often_as_the_others() -> None:
    counts = dict.fromkeys(POPULATION, 0)
    for seed in range(1_000):
        for item in draw(str(seed), POPULATION, 3):
            counts[item] += 1
    assert all(240 < count < 360 for count in counts.values()), counts


@pytest.mark.parametrize(
    ("chosen", "wanted", "seed", "fields"),
    [
        (Filter(NOW - DAY, NOW), 0, None, {"size": FieldFault.TOO_SMALL}),
        (Filter(NOW - DAY, NOW), 501, None, {"size": FieldFault.TOO_LARGE}),
        (Filter(NOW - DAY, NOW), 5, "", {"seed": FieldFault.BAD_FORMAT}),
        (Filter(NOW - DAY, NOW), 5, "a b", {"seed": FieldFault.BAD_FORMAT}),
        (Filter(NOW - DAY, NOW), 5, "种子", {"seed": FieldFault.BAD_FORMAT}),
        (Filter(NOW - DAY, NOW), 5, "x" * 65, {"seed": FieldFault.TOO_LONG}),
        (Filter(NOW, NOW), 5, "x", {"to": FieldFault.OUT_OF_ORDER}),
        (Filter(NOW - 370 * DAY, NOW), 5, "x", {"to": FieldFault.TOO_LARGE}),
        (Filter(NOW - DAY, NOW + 3 * DAY), 5, "x", {"to": FieldFault.IN_THE_FUTURE}),
        (Filter(NOW, NOW - DAY), 0, "!", {"size": "too_small", "seed": "bad_format", "to": "out_of_order"}),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_all_its_mistakes(
    chosen: Filter, wanted: int, seed: str | None, fields: dict[str, FieldFault]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_draw(chosen, wanted, seed, NOW)
    assert refusal.value.fields == fields


def test_a_year_up_to_the_end_of_today_is_drawn_from() -> None:
    check_draw(Filter(NOW - 365 * DAY, NOW + 14 * timedelta(hours=1)), 500, "A-z_0.9", NOW)


def test_a_finding_has_a_note_and_none_has_none() -> None:
    assert check_review(ReviewFinding.NONE, None) is None
    assert check_review(ReviewFinding.NONE, "  ") is None
    assert check_review(ReviewFinding.NOTE, " 缺少知情同意 ") == "缺少知情同意"
    for finding, note, fault in (
        (ReviewFinding.NOTE, None, FieldFault.MISSING),
        (ReviewFinding.NOTE, " ", FieldFault.MISSING),
        (ReviewFinding.NONE, "but", FieldFault.NOT_EXPECTED),
        (ReviewFinding.NOTE, "x" * 1001, FieldFault.TOO_LONG),
        (ReviewFinding.NOTE, "a\x00", FieldFault.BAD_FORMAT),
    ):
        with pytest.raises(InvalidInput) as refusal:
            check_review(finding, note)
        assert refusal.value.fields == {"note": fault}
