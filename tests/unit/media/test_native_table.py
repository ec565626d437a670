"""The native loop's table of learned addresses."""

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from media.native.lane import NativeLane, shared_address
from media.native.library import load
from media.native.reader import NativeReader

LIBRARY = load()
# As in relay_loop.c: so many at most.
ROOM = 4096


def addresses(chance: random.Random) -> Iterator[Any]:
    """Without end: addresses as a NAT and neighbours bring them, none twice."""
    seen = set()
    while True:
        host = (
            f"192.0.2.{chance.randrange(4)}" if chance.random() < 0.7 else f"2001:db8::{chance.randrange(4)}"
        )
        address: Any = (host, chance.randrange(1, 65536), *((0, 0) if ":" in host else ()))
        if address not in seen:
            seen.add(address)
            yield address


def test_what_was_learned_is_found_until_it_is_forgotten_however_full_the_table_is() -> None:
    chance = random.Random(3)  # noqa: S311
    reader = NativeReader(LIBRARY, lambda *_: None, lambda: None)
    owner: Any = SimpleNamespace(lane=NativeLane(LIBRARY))
    fresh = addresses(chance)
    known: list[Any] = []

    def learns(address: Any) -> bool:
        """Whether it is in the table, if that is full, as it then takes no other."""
        return bool(LIBRARY.lib.rl_learn(reader._engine, shared_address(LIBRARY, address), owner.lane.memory))

    for _ in range(3):
        while len(known) < ROOM:
            known.append(next(fresh))
            reader.routes[known[-1]] = owner
        strangers = [next(fresh) for _ in range(200)]
        assert all(learns(address) for address in known)
        assert not any(learns(address) for address in strangers)
        for _ in range(3000):
            del reader.routes[known.pop(chance.randrange(len(known)))]
    # One too many is Python's alone: it is known there, and forgotten again.
    while len(known) <= ROOM:
        known.append(next(fresh))
        reader.routes[known[-1]] = owner
    assert len(reader.routes) == ROOM + 1
    for address in known:
        del reader.routes[address]
    assert not reader.routes


def test_an_address_that_another_takes_over_leads_to_the_other() -> None:
    reader = NativeReader(LIBRARY, lambda *_: None, lambda: None)
    first: Any = SimpleNamespace(lane=NativeLane(LIBRARY))
    second: Any = SimpleNamespace(lane=NativeLane(LIBRARY))
    reader.routes["192.0.2.1", 5000] = first
    reader.routes["192.0.2.1", 5000] = second
    assert reader.routes["192.0.2.1", 5000] is second
    kept = reader.routes._lanes  # type: ignore[attr-defined]
    assert list(kept.values()) == [second.lane]
