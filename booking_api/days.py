"""Moments as the hospital's calendar days: a range is kept as moments and shown as days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_MOMENT = timedelta(microseconds=1)


def first_day(begins_at: datetime, zone: ZoneInfo) -> date:
    """Return the day in which a range begins."""
    return begins_at.astimezone(zone).date()


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """Return the last day of a range that ends before this moment."""
    return (ends_at - _MOMENT).astimezone(zone).date()
