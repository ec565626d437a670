"""Identifiers are ordered by time (RFC 9562 section 5.7)."""

import os
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import uuid7

_AT = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_the_example_of_the_standard() -> None:
    # RFC 9562 appendix A.6: the same time, version, variant and random bits.
    random = bytes.fromhex("0cc318c4dc0c0c07398f")
    assert uuid7(_AT, lambda size: random[:size]) == UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC)),
    st.binary(min_size=10, max_size=10),
)
def test_version_variant_and_time_stand_in_their_places(at: datetime, random: bytes) -> None:
    made = uuid7(at, lambda size: random[:size])
    assert made.version == 7
    assert made.variant == RFC_4122
    assert abs((made.int >> 80) - at.timestamp() * 1000) <= 1


def test_later_ones_sort_after_earlier_ones() -> None:
    made = [uuid7(_AT + timedelta(milliseconds=step), os.urandom) for step in range(50)]
    assert made == sorted(made)


def test_those_of_one_moment_differ() -> None:
    assert len({uuid7(_AT, os.urandom) for _ in range(1000)}) == 1000
