"""Slots from schedules: by hand on the days when clocks change, and by property in several zones."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.schedule import (
    HORIZON,
    LEAD,
    DayException,
    ExceptionKind,
    Hours,
    Leave,
    Plan,
    Slot,
    Template,
    check_exception,
    check_leave,
    check_template,
    cut,
    free_slots,
    slots,
)

ID = UUID(int=1)
BERLIN, NEW_YORK, LORD_HOWE, SHANGHAI = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Shanghai",
)
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)


def template(
    weekday: int = 1,
    begins: int = 540,
    ends: int = 600,
    minutes: int = 20,
    capacity: int = 1,
    zone: str = SHANGHAI,
) -> Template:
    return Template(ID, weekday, Hours(begins, ends, minutes, capacity, zone), date(2020, 1, 1), None)


def at(hour: int, minute: int = 0, zone: str = SHANGHAI, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def found(
    plan: Plan, booked: list[tuple[datetime, datetime]] | None = None, now: datetime = NOW, days: int = 7
) -> list[Slot]:
    return list(slots(plan, booked or [], now, now + timedelta(days=days), now))


def walls(hours: Hours, day: date) -> list[str]:
    place = ZoneInfo(hours.zone)
    return [
        f"{begins.astimezone(place):%H:%M}-{ends.astimezone(place):%H:%M}"
        for begins, ends, _ in cut(hours, day)
    ]


class TestOrdinaryDays:
    def test_hours_are_cut_into_slots_and_the_rest_is_not_offered(self) -> None:
        assert walls(Hours(540, 610, 20, 1, SHANGHAI), MONDAY) == [
            "09:00-09:20",
            "09:20-09:40",
            "09:40-10:00",
        ]

    def test_hours_may_last_until_midnight(self) -> None:
        assert walls(Hours(1380, 1440, 30, 1, SHANGHAI), MONDAY) == ["23:00-23:30", "23:30-00:00"]

    def test_they_come_back_each_week_within_their_validity(self) -> None:
        weekly = Template(ID, 1, Hours(540, 560, 20, 1, SHANGHAI), MONDAY, MONDAY + timedelta(days=7))
        begins = [slot.starts_at for slot in found(Plan([weekly]), days=60)]
        assert begins == [at(9), at(9, day=MONDAY + timedelta(days=7))]

    def test_they_come_in_order_of_time_whatever_the_order_of_the_hours(self) -> None:
        plan = Plan([template(begins=600, ends=640), template(begins=540, ends=600, zone="Pacific/Auckland")])
        begins = [slot.starts_at for slot in found(plan)]
        assert begins == sorted(begins)
        assert len(begins) == 5

    def test_overlapping_hours_offer_no_overlapping_slots(self) -> None:
        extra = DayException(ID, ExceptionKind.EXTRA, MONDAY, Hours(550, 640, 20, 1, SHANGHAI))
        assert [
            (slot.starts_at.astimezone(ZoneInfo(SHANGHAI)).time().isoformat("minutes"))
            for slot in found(Plan([template()], [extra]))
        ] == ["09:00", "09:20", "09:40", "10:10"]


class TestExceptionsAndLeave:
    def test_extra_hours_are_added_to_a_day(self) -> None:
        sunday = date(2026, 11, 29)
        extra = DayException(ID, ExceptionKind.EXTRA, sunday, Hours(600, 640, 20, 1, SHANGHAI))
        assert [slot.starts_at for slot in found(Plan([], [extra]), days=9)] == [
            at(10, day=sunday),
            at(10, 20, day=sunday),
        ]

    def test_another_capacity_holds_for_the_hours_named_and_none_closes_them(self) -> None:
        closed = DayException(ID, ExceptionKind.CAPACITY, MONDAY, Hours(540, 560, 0, 0, SHANGHAI))
        wide = DayException(ID, ExceptionKind.CAPACITY, MONDAY, Hours(580, 600, 0, 3, SHANGHAI))
        assert [(slot.starts_at, slot.capacity) for slot in found(Plan([template()], [closed, wide]))] == [
            (at(9, 20), 1),
            (at(9, 40), 3),
        ]

    @pytest.mark.parametrize(
        ("begins", "ends", "left"),
        [
            (at(9, 20), at(9, 40), 2),
            (at(9, 39), at(9, 41), 1),
            (at(8), at(9), 3),
            (at(10), at(11), 3),
            (at(0), at(23), 0),
        ],
    )
    def test_nothing_that_touches_a_leave_is_offered(
        self, begins: datetime, ends: datetime, left: int
    ) -> None:
        assert len(found(Plan([template()], leaves=[Leave(ID, begins, ends)]))) == left


class TestWhatIsBooked:
    def test_an_appointment_takes_a_place_in_every_slot_it_overlaps(self) -> None:
        booked = [(at(9, 10), at(9, 30)), (at(8, 30), at(9))]
        assert [slot.free for slot in found(Plan([template()]), booked)] == [0, 0, 1]

    def test_a_slot_has_as_many_places_as_its_capacity(self) -> None:
        plan = Plan([template(capacity=3)])
        booked = [(at(9), at(9, 20))] * 2 + [(at(9, 20), at(9, 40))] * 4
        assert [(slot.free, slot.capacity) for slot in found(plan, booked)] == [(1, 3), (0, 3), (3, 3)]

    def test_a_long_appointment_before_short_ones_is_not_forgotten(self) -> None:
        booked = [(at(7), at(9, 30)), (at(8), at(8, 5)), (at(8, 50), at(8, 55))]
        assert [slot.free for slot in found(Plan([template()]), booked)] == [0, 0, 1]

    def test_free_slots_are_those_with_a_place(self) -> None:
        booked = [(at(9), at(9, 20))]
        free = free_slots(Plan([template()]), booked, NOW, NOW + timedelta(days=7), NOW)
        assert next(free).starts_at == at(9, 20)


class TestBounds:
    def test_nothing_begins_before_the_lead_is_over(self) -> None:
        now = at(9) - LEAD + timedelta(minutes=1)
        assert [slot.starts_at for slot in found(Plan([template()]), now=now, days=1)] == [
            at(9, 20),
            at(9, 40),
        ]
        assert len(found(Plan([template()]), now=at(9) - LEAD, days=1)) == 3

    def test_nothing_begins_past_the_horizon(self) -> None:
        daily = Plan([template(day) for day in range(1, 8)])
        last = found(daily, days=400)[-1]
        assert NOW + HORIZON - timedelta(days=1) < last.starts_at < NOW + HORIZON

    def test_a_range_is_half_open(self) -> None:
        plan = Plan([template()])
        assert [slot.starts_at for slot in slots(plan, [], at(9), at(9, 20), NOW)] == [at(9)]

    def test_an_empty_range_has_none(self) -> None:
        assert list(slots(Plan([template()]), [], at(9), at(9), NOW)) == []


class TestDaysOnWhichClocksChange:
    def test_a_time_that_does_not_exist_begins_no_slot(self) -> None:
        assert walls(Hours(60, 240, 60, 1, BERLIN), date(2026, 3, 29)) == ["01:00-03:00", "03:00-04:00"]

    def test_a_slot_that_runs_into_the_gap_lasts_its_length_and_none_overlaps_it(self) -> None:
        # 02:15 and 02:40 do not exist, and 03:05 lies within the slot of 01:50.
        assert walls(Hours(110, 240, 25, 1, BERLIN), date(2026, 3, 29)) == ["01:50-03:15", "03:30-03:55"]

    def test_a_time_that_comes_twice_is_offered_once(self) -> None:
        offered = cut(Hours(60, 240, 60, 1, BERLIN), date(2026, 10, 25))
        assert [begins for begins, _, _ in offered] == [
            datetime(2026, 10, 24, 23, tzinfo=UTC),
            datetime(2026, 10, 25, 0, tzinfo=UTC),
            datetime(2026, 10, 25, 2, tzinfo=UTC),
        ]

    def test_half_an_hour_of_change_is_seen(self) -> None:
        assert walls(Hours(90, 180, 30, 1, LORD_HOWE), date(2026, 10, 4)) == ["01:30-02:30", "02:30-03:00"]
        assert len(cut(Hours(90, 180, 30, 1, LORD_HOWE), date(2026, 4, 5))) == 3

    def test_hours_keep_their_place_on_the_wall(self) -> None:
        before, after = date(2026, 10, 30), date(2026, 11, 2)
        hours = Hours(540, 570, 30, 1, NEW_YORK)
        assert walls(hours, before) == walls(hours, after) == ["09:00-09:30"]
        assert cut(hours, before)[0][0].hour == 13
        assert cut(hours, after)[0][0].hour == 14


ZONES = st.sampled_from(
    [BERLIN, NEW_YORK, LORD_HOWE, SHANGHAI, "America/St_Johns", "Africa/Casablanca", "UTC"]
)
_CHANGES = [
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
]
DAYS = st.one_of(st.sampled_from(_CHANGES), st.dates(date(2024, 1, 1), date(2030, 12, 31)))


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    begins = draw(st.integers(0, 1400))
    ends = draw(st.integers(begins + 5, 1440))
    return Hours(
        begins, ends, draw(st.integers(5, min(240, ends - begins))), draw(st.integers(1, 4)), draw(ZONES)
    )


@given(some_hours(), DAYS)
def test_slots_of_a_day_exist_on_the_wall_are_true_in_length_and_never_overlap(
    hours: Hours, day: date
) -> None:
    place = ZoneInfo(hours.zone)
    offered = cut(hours, day)
    steps = set(range(hours.begins_minute, hours.ends_minute, hours.slot_minutes))
    wall_times = []
    for begins, ends, _ in offered:
        wall = begins.astimezone(place)
        assert wall.date() == day
        assert wall.hour * 60 + wall.minute in steps
        assert wall.fold == 0
        assert ends - begins == timedelta(minutes=hours.slot_minutes)
        wall_times.append(wall.time())
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(offered))
    assert len(set(wall_times)) == len(wall_times)


@given(some_hours(), DAYS)
def test_on_an_even_day_nothing_is_left_out(hours: Hours, day: date) -> None:
    place = ZoneInfo(hours.zone)
    midnights = [datetime(d.year, d.month, d.day, tzinfo=place) for d in (day, day + timedelta(days=1))]
    if midnights[0].utcoffset() == midnights[1].utcoffset() and day not in _CHANGES:
        assert len(cut(hours, day)) == (hours.ends_minute - hours.begins_minute) // hours.slot_minutes


@given(
    st.lists(st.tuples(st.integers(1, 7), some_hours()), max_size=4),
    DAYS,
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(5, 240)), max_size=8),
    st.tuples(st.integers(0, 20_000), st.integers(1, 5_000)),
    st.integers(0, 20_000),
)
def test_parts_of_a_range_have_the_slots_of_the_whole(
    weekly: list[tuple[int, Hours]],
    day: date,
    appointments: list[tuple[int, int]],
    absence: tuple[int, int],
    middle: int,
) -> None:
    """Free places are counted as a plain count would, nothing lies in a leave, all is in order."""
    now = datetime(day.year, day.month, day.day, tzinfo=UTC)
    minute = timedelta(minutes=1)
    booked = [(now + begins * minute, now + (begins + lasts) * minute) for begins, lasts in appointments]
    leave = Leave(ID, now + absence[0] * minute, now + sum(absence) * minute)
    plan = Plan(
        [Template(ID, weekday, hours, date(2020, 1, 1), None) for weekday, hours in weekly], (), [leave]
    )
    end = now + timedelta(days=14)
    whole = list(slots(plan, booked, now, end, now))
    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(whole))
    for slot in whole:
        assert slot.starts_at >= now + LEAD
        assert slot.ends_at <= leave.begins_at or leave.ends_at <= slot.starts_at
        touching = sum(begins < slot.ends_at and slot.starts_at < ends for begins, ends in booked)
        assert slot.free == max(slot.capacity - touching, 0)
    if len({id(hours) for _, hours in weekly}) <= 1:
        parted = now + middle * minute
        assert whole == [
            *slots(plan, booked, now, min(parted, end), now),
            *slots(plan, booked, parted, end, now),
        ]


class TestRules:
    def test_every_wrong_field_of_a_template_is_named(self) -> None:
        with pytest.raises(InvalidInput) as refusal:
            check_template(8, Hours(600, 540, 1, 21, SHANGHAI), MONDAY, MONDAY - timedelta(days=1))
        assert refusal.value.fields == {
            "weekday": "not_a_choice",
            "ends": "out_of_order",
            "slot_minutes": "too_small",
            "capacity": "too_large",
            "valid_to": "out_of_order",
        }

    def test_a_slot_fits_into_its_hours(self) -> None:
        with pytest.raises(InvalidInput) as refusal:
            check_template(1, Hours(540, 560, 30, 1, SHANGHAI), MONDAY, None)
        assert refusal.value.fields == {"slot_minutes": "too_large"}

    def test_an_exception_lies_ahead_and_capacity_alone_may_be_nothing(self) -> None:
        hours = Hours(540, 600, 20, 0, SHANGHAI)
        check_exception(ExceptionKind.CAPACITY, MONDAY, hours, MONDAY)
        with pytest.raises(InvalidInput) as refusal:
            check_exception(ExceptionKind.EXTRA, MONDAY - timedelta(days=1), hours, MONDAY)
        assert refusal.value.fields == {"capacity": "too_small", "day": "in_the_past"}

    def test_a_leave_ends_after_it_begins_and_after_now(self) -> None:
        check_leave(NOW, NOW + timedelta(days=1), NOW)
        for begins, ends, kind in (
            (NOW, NOW, "out_of_order"),
            (NOW - timedelta(days=2), NOW - timedelta(days=1), "in_the_past"),
            (NOW, NOW + timedelta(days=400), "too_large"),
        ):
            with pytest.raises(InvalidInput) as refusal:
                check_leave(begins, ends, NOW)
            assert refusal.value.fields == {"to": kind}
