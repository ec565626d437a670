"""Tests of asking about many things in turn."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from actions.in_turn import in_turn
from domain.errors import PartnerDown

ALL = [UUID(int=number) for number in range(1, 8)]


async def page(after: UUID | None) -> list[UUID]:
    return [one for one in ALL if after is None or one > after][:2]


def asking(told: list[UUID], down: set[int]) -> Callable[[UUID], Awaitable[None]]:
    async def ask(one: UUID) -> None:
        told.append(one)
        if one.int in down:
            raise PartnerDown("payments", "It does not answer.")

    return ask


async def test_all_pages_are_asked_about_once() -> None:
    told: list[UUID] = []
    assert await in_turn(page, asking(told, set())) == 7
    assert told == ALL


async def test_what_fails_does_not_stand_in_the_way_of_what_comes_behind_and_is_said_at_the_end() -> None:
    told: list[UUID] = []
    with pytest.raises(PartnerDown):
        await in_turn(page, asking(told, {1, 2, 4, 5}))
    assert told == ALL


async def test_a_partner_that_is_down_altogether_is_not_asked_about_everything() -> None:
    told: list[UUID] = []
    with pytest.raises(PartnerDown):
        await in_turn(page, asking(told, {2, 3, 4, 5, 6}))
    assert told == ALL[:4]
