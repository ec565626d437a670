"""When a notice may be sent: quiet hours in every zone, clocks that are moved, what cannot wait."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput, OwnFault
from domain.notices import (
    FACTS,
    QUIET_BEGINS,
    QUIET_ENDS,
    REMINDERS,
    Fact,
    Notice,
    NoticeChannel,
    Way,
    channels,
    check_facts,
    check_time_zone,
    put_off_until,
    quiet_until,
    reminders,
    useful_until,
)

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
LORD_HOWE, APIA = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")
FAR = timedelta(days=30)


def at(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]  # year, month, ...


@pytest.mark.parametrize(
    ("hour", "minute", "waits"),
    [
        (21, 59, False),
        (22, 0, True),
        (23, 59, True),
        (0, 0, True),
        (7, 59, True),
        (8, 0, False),
        (12, 0, False),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK, LORD_HOWE, APIA], ids=str)
def test_people_sleep_from_22_to_8_by_their_own_clock(
    zone: ZoneInfo, hour: int, minute: int, waits: bool
) -> None:
    now = at(zone, 2026, 11, 23, hour, minute)
    until = quiet_until(now, zone)
    assert (until is not None) == waits
    if until is not None:
        day = 24 if hour >= 22 else 23
        assert until == at(zone, 2026, 11, day, 8, 0)


def test_the_night_that_clocks_go_forward_is_an_hour_shorter() -> None:
    begin = at(NEW_YORK, 2026, 3, 7, 22, 0)
    until = quiet_until(begin, NEW_YORK)
    assert until == at(NEW_YORK, 2026, 3, 8, 8, 0)
    assert until - begin == timedelta(hours=9)


def test_the_night_that_clocks_go_back_is_an_hour_longer() -> None:
    begin = at(NEW_YORK, 2026, 10, 31, 22, 0)
    until = quiet_until(begin, NEW_YORK)
    assert until is not None
    assert until - begin == timedelta(hours=11)
    # Both of the two hours after one o'clock are night.
    for fold in (0, 1):
        twice = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=fold).astimezone(UTC)
        assert quiet_until(twice, NEW_YORK) == until


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(
        [SHANGHAI, NEW_YORK, LORD_HOWE, APIA, ZoneInfo("Africa/Cairo"), ZoneInfo("Asia/Kathmandu")]
    ),
)
def test_what_waits_comes_at_eight_and_never_more_than_a_night_later(now: datetime, zone: ZoneInfo) -> None:
    until = quiet_until(now, zone)
    wall = now.astimezone(zone).time()
    assert (until is None) == (QUIET_ENDS <= wall < QUIET_BEGINS)
    if until is not None:
        assert until.astimezone(zone).time() == QUIET_ENDS
        assert timedelta(0) < until - now <= timedelta(hours=11)
        assert quiet_until(until, zone) is None


@pytest.mark.parametrize("kind", [kind for kind in Notice if kind not in REMINDERS])
def test_mail_wakes_nobody_and_goes_at_night(kind: Notice) -> None:
    night = at(SHANGHAI, 2026, 11, 23, 23, 0)
    assert put_off_until(kind, NoticeChannel.EMAIL, night, SHANGHAI, starts_at=night + FAR) is None


@pytest.mark.parametrize("kind", Notice)
def test_messages_wait_for_the_morning_and_go_by_day(kind: Notice) -> None:
    night, noon = at(SHANGHAI, 2026, 11, 23, 23, 0), at(SHANGHAI, 2026, 11, 23, 12, 0)
    morning = at(SHANGHAI, 2026, 11, 24, 8, 0)
    assert put_off_until(kind, NoticeChannel.SMS, night, SHANGHAI, starts_at=night + FAR) == morning
    assert put_off_until(kind, NoticeChannel.SMS, noon, SHANGHAI, starts_at=night + FAR) is None


@pytest.mark.parametrize("channel", NoticeChannel)
def test_reminders_wait_by_every_channel(channel: NoticeChannel) -> None:
    due = at(SHANGHAI, 2026, 11, 23, 22, 30)
    starts_at = due + timedelta(hours=24)
    assert put_off_until(Notice.REMINDER_DAY, channel, due, SHANGHAI, starts_at=starts_at) == at(
        SHANGHAI, 2026, 11, 24, 8, 0
    )


@pytest.mark.parametrize(
    ("starts", "goes"),
    [((24, 2, 0), True), ((24, 9, 59), True), ((24, 10, 0), False), ((25, 9, 0), False)],
)
def test_a_cancelled_visit_within_hours_does_not_wait(starts: tuple[int, int, int], goes: bool) -> None:
    night = at(SHANGHAI, 2026, 11, 23, 23, 0)
    starts_at = at(SHANGHAI, 2026, 11, *starts)
    found = put_off_until(
        Notice.APPOINTMENT_CANCELLED, NoticeChannel.SMS, night, SHANGHAI, starts_at=starts_at
    )
    assert (found is None) == goes


def test_a_visit_at_night_is_reminded_of_at_night() -> None:
    starts_at = at(SHANGHAI, 2026, 11, 24, 7, 30)
    due = starts_at - timedelta(minutes=15)
    assert put_off_until(Notice.REMINDER_SOON, NoticeChannel.SMS, due, SHANGHAI, starts_at=starts_at) is None
    later = at(SHANGHAI, 2026, 11, 24, 8, 10)
    due = later - timedelta(minutes=15)
    assert put_off_until(Notice.REMINDER_SOON, NoticeChannel.SMS, due, SHANGHAI, starts_at=later) == at(
        SHANGHAI, 2026, 11, 24, 8, 0
    )


def test_an_offer_that_ends_in_the_night_does_not_wait() -> None:
    night = at(SHANGHAI, 2026, 11, 23, 23, 0)
    for ends, goes in ((at(SHANGHAI, 2026, 11, 24, 8, 30), True), (at(SHANGHAI, 2026, 11, 24, 12, 0), False)):
        found = put_off_until(
            Notice.WAITLIST_OFFER,
            NoticeChannel.SMS,
            night,
            SHANGHAI,
            starts_at=night + FAR,
            offer_ends_at=ends,
        )
        assert (found is None) == goes


def test_what_waited_too_long_for_a_visit_that_is_over_still_waits_for_the_morning() -> None:
    night = at(SHANGHAI, 2026, 11, 23, 23, 0)
    over = night - timedelta(days=3)
    found = put_off_until(Notice.APPOINTMENT_CANCELLED, NoticeChannel.SMS, night, SHANGHAI, starts_at=over)
    assert found is not None


def test_reminders_are_a_day_and_a_quarter_of_an_hour_before_across_a_change_of_clocks() -> None:
    starts_at = at(NEW_YORK, 2026, 11, 1, 9, 0)
    now = starts_at - timedelta(days=3)
    day, soon = reminders(starts_at, now)
    # Twenty-four hours: on that night the wall's clock says an hour more.
    assert day == (Notice.REMINDER_DAY, at(NEW_YORK, 2026, 10, 31, 10, 0))
    assert soon == (Notice.REMINDER_SOON, at(NEW_YORK, 2026, 11, 1, 8, 45))


@pytest.mark.parametrize(
    ("ahead", "left"),
    [
        (timedelta(days=2), [Notice.REMINDER_DAY, Notice.REMINDER_SOON]),
        (timedelta(hours=24), [Notice.REMINDER_SOON]),
        (timedelta(minutes=15), []),
        (timedelta(minutes=-5), []),
    ],
)
def test_reminders_whose_moment_is_over_are_not_made(ahead: timedelta, left: list[Notice]) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert [notice for notice, _ in reminders(now + ahead, now)] == left


def test_late_is_better_than_never_up_to_a_point() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    starts_at = now + timedelta(days=2)
    assert useful_until(Notice.REMINDER_DAY, starts_at, now) == starts_at - timedelta(hours=1)
    assert useful_until(Notice.REMINDER_SOON, starts_at, now) == starts_at + timedelta(minutes=10)
    assert useful_until(Notice.APPOINTMENT_MADE, starts_at, now) == starts_at
    assert useful_until(Notice.VISIT_ENDED, now, now) == now + timedelta(days=7)
    ends = now + timedelta(minutes=30)
    assert useful_until(Notice.WAITLIST_OFFER, starts_at, now, ends) == ends


@pytest.mark.parametrize(
    ("way", "email", "phone", "found"),
    [
        (None, True, True, (NoticeChannel.EMAIL,)),
        (None, False, True, (NoticeChannel.SMS,)),
        (None, False, False, ()),
        (Way.EMAIL, False, True, (NoticeChannel.SMS,)),
        (Way.SMS, True, False, (NoticeChannel.EMAIL,)),
        (Way.SMS, True, True, (NoticeChannel.SMS,)),
        (Way.BOTH, True, True, (NoticeChannel.EMAIL, NoticeChannel.SMS)),
        (Way.BOTH, True, False, (NoticeChannel.EMAIL,)),
        (Way.BOTH, False, False, ()),
    ],
)
def test_people_are_told_as_they_wish_where_that_leads_to_them(
    way: Way | None, email: bool, phone: bool, found: tuple[NoticeChannel, ...]
) -> None:
    assert channels(way, email=email, phone=phone) == found


def test_a_caller_that_forgets_a_fact_or_its_zone_is_stopped() -> None:
    assert set(FACTS) == set(Notice)
    check_facts(Notice.REFUND_MADE, {"amount_minor": 5000, "currency": "CNY"})
    wrong: list[dict[str, Fact]] = [
        {},
        {"amount_minor": 5000},
        {"amount_minor": 5000, "currency": "CNY", "why": "x"},
    ]
    for facts in wrong:
        with pytest.raises(OwnFault):
            check_facts(Notice.REFUND_MADE, facts)
    with pytest.raises(OwnFault):
        check_facts(
            Notice.APPOINTMENT_CHANGED, {"was_starts_at": datetime.combine(date(2026, 1, 1), QUIET_ENDS)}
        )


def test_a_time_zone_is_one_of_the_database() -> None:
    check_time_zone("America/New_York")
    for name in ("", "Mars/Olympus", "../../etc/passwd", "UTC+8"):
        with pytest.raises(InvalidInput) as refused:
            check_time_zone(name)
        assert set(refused.value.fields) == {"time_zone"}
