import pytest

from domain.errors import Throttled
from signaling.limits import Allowance, Bucket, Limits, Rate


def test_a_burst_passes_and_then_only_the_rate() -> None:
    bucket = Bucket(Rate(per_s=2, burst=3), 0)
    for _ in range(3):
        bucket.take(0)
    with pytest.raises(Throttled) as refused:
        bucket.take(0)
    assert refused.value.retry_after_s == 1
    bucket.take(0.5)
    with pytest.raises(Throttled):
        bucket.take(0.6)


def test_a_pause_fills_the_bucket_no_further_than_its_burst() -> None:
    bucket = Bucket(Rate(per_s=10, burst=2), 0)
    for _ in range(2):
        bucket.take(1000)
    with pytest.raises(Throttled):
        bucket.take(1000)


def test_chat_work_and_signals_have_limits_of_their_own() -> None:
    limits = Limits(events=Rate(1, 8), work=Rate(1, 2), chat=Rate(1, 3))
    allowance = Allowance(limits, 0)
    for _ in range(3):
        allowance.spend("chat.send", 0)
    with pytest.raises(Throttled):
        allowance.spend("chat.send", 0)
    for _ in range(2):
        allowance.spend("entries.read", 0)
    with pytest.raises(Throttled):
        allowance.spend("media.set", 0)
    for _ in range(1):
        allowance.spend("signal.candidate", 0)
    with pytest.raises(Throttled):
        allowance.spend("signal.candidate", 5e-9)
    allowance.spend("signal.candidate", 1.1)


@pytest.mark.parametrize("event", ["signal.description", "relay.answer"])
def test_descriptions_take_time_to_read_and_count_as_work(event: str) -> None:
    allowance = Allowance(Limits(work=Rate(1, 2)), 0)
    for _ in range(2):
        allowance.spend(event, 0)
    with pytest.raises(Throttled):
        allowance.spend(event, 0)
    allowance.spend("signal.candidate", 0)


def test_so_many_refusals_are_borne_and_then_it_is_a_flood() -> None:
    allowance = Allowance(Limits(refusals=Rate(1, 2)), 0)
    assert [allowance.refuse(at) for at in (0, 0, 0, 1.5)] == [False, False, True, False]
