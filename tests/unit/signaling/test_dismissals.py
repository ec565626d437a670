"""The watch over connections goes on whatever happens: the whole live edge would end with it."""

import asyncio
from typing import Any

from signaling.connections import Connections
from signaling.dismissals import Dismissals


class Transports:
    """An outbox that fails at the first look."""

    def __init__(self) -> None:
        self.looks = 0
        self.seen_again = asyncio.Event()

    def transports(self) -> dict[str, str | None]:
        self.looks += 1
        if self.looks == 1:
            raise RuntimeError("nobody foresaw this")
        self.seen_again.set()
        return {}


async def test_a_look_that_failed_is_repeated() -> None:
    outbox: Any = Transports()
    nothing: Any = None
    dismissals = Dismissals(nothing, outbox, Connections(), nothing, 0, lambda sid: None)
    task = asyncio.create_task(dismissals.watch())
    await asyncio.wait_for(outbox.seen_again.wait(), 5)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
