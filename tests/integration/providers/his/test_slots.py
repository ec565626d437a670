"""What every adapter of HospitalSlots promises; a new one joins by a fixture's parameter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.errors import PartnerDown
from domain.his_slots import SlotAnswer
from providers.his import DemoAnswers, DemoSlots, HospitalSlots, SlotOrder


class DemoHouse:
    """The demo's HIS, and what only it can be told: that a time is full, and that it is away."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._slots = DemoSlots(file, seats=1)

    @property
    def slots(self) -> HospitalSlots:
        return self._slots

    def restarted(self) -> HospitalSlots:
        """Return the same house after its and our own restart."""
        return DemoSlots(self._file, seats=1)

    def go_down(self) -> None:
        self._slots.answers = DemoAnswers.DOWN

    def refuse_all(self) -> None:
        self._slots.answers = DemoAnswers.REFUSE


@pytest.fixture(params=["demo"])
def house(tmp_path: Path) -> DemoHouse:
    return DemoHouse(tmp_path / "demo" / "his.jsonl")


def _order() -> SlotOrder:
    begins = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    return SlotOrder(uuid4(), uuid4(), uuid4(), begins, begins + timedelta(minutes=30))


async def test_the_same_order_has_the_same_answer_however_often_it_comes(house: DemoHouse) -> None:
    first = _order()
    second = replace(first, request_id=uuid4(), patient_id=uuid4())
    for _ in range(2):
        assert await house.slots.request(first) is SlotAnswer.CONFIRMED
        assert await house.slots.request(second) is SlotAnswer.REFUSED
    assert await house.restarted().request(first) is SlotAnswer.CONFIRMED
    assert await house.restarted().request(second) is SlotAnswer.REFUSED


async def test_what_is_released_can_be_had_by_others_and_stays_released(house: DemoHouse) -> None:
    first = _order()
    assert await house.slots.request(first) is SlotAnswer.CONFIRMED
    for _ in range(2):
        await house.slots.release(first)
    assert await house.slots.request(first) is SlotAnswer.REFUSED
    assert await house.slots.request(replace(first, request_id=uuid4())) is SlotAnswer.CONFIRMED


async def test_a_release_that_comes_before_its_order_holds(house: DemoHouse) -> None:
    early = _order()
    await house.slots.release(early)
    assert await house.slots.request(early) is SlotAnswer.REFUSED


async def test_one_that_is_away_is_down_and_decides_nothing(house: DemoHouse) -> None:
    order = _order()
    house.go_down()
    with pytest.raises(PartnerDown):
        await house.slots.request(order)
    with pytest.raises(PartnerDown):
        await house.slots.release(order)
    assert await house.restarted().request(order) is SlotAnswer.CONFIRMED


async def test_the_demo_can_be_told_to_refuse(house: DemoHouse) -> None:
    house.refuse_all()
    assert await house.slots.request(_order()) is SlotAnswer.REFUSED
