"""Things that are due: one that fails keeps nobody, but a database that is away ends it."""

import pytest

from actions.each_alone import each_alone
from domain.errors import OwnFault, PartnerDown


async def test_one_that_fails_keeps_no_other_and_only_what_was_done_counts() -> None:
    tried: list[str] = []

    async def act(one: str) -> bool:
        tried.append(one)
        if one == "broken":
            raise OwnFault("a row that nobody can read")
        return one != "too early"

    assert await each_alone(["broken", "a", "too early", "b"], act, "test.failed", lambda one: one) == 2
    assert tried == ["broken", "a", "too early", "b"]


async def test_where_the_database_is_away_the_rest_waits_for_the_next_time() -> None:
    tried: list[str] = []

    async def act(one: str) -> bool:
        tried.append(one)
        raise PartnerDown("database", "It does not answer.")

    with pytest.raises(PartnerDown):
        await each_alone(["a", "b"], act, "test.failed", lambda one: one)
    assert tried == ["a"]
