"""Networks that two browsers' packets to each other have to pass: one that can be cut, one without UDP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from tests.e2e.browsers import Person

_SCRIPT = Path(__file__).parent / "in_page" / "narrow_way.js"
Address = tuple[str, int]


class _Door(asyncio.DatagramProtocol):
    """Stands for one browser's address to the other."""

    def __init__(self, way: "Way", behind: Address) -> None:
        self.way = way
        self.behind = behind
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self.way.pass_on(self, data, addr)


class Way:
    """Everything that two pages send to each other passes here, until it is cut. The relay's does not."""

    def __init__(self) -> None:
        self.cut = False
        self.passed = 0
        self._doors: dict[Address, _Door] = {}
        self._opening = asyncio.Lock()

    async def door_to(self, host: str, port: int) -> int:
        """Return the port at 127.0.0.1 that leads to this address."""
        async with self._opening:
            address = (host, port)
            if address not in self._doors:
                await self._open(address)
            return int(self._doors[address].transport.get_extra_info("sockname")[1])

    async def _open(self, address: Address) -> None:
        loop = asyncio.get_running_loop()
        _, door = await loop.create_datagram_endpoint(
            lambda: _Door(self, address), local_addr=("127.0.0.1", 0)
        )
        self._doors[address] = door

    def pass_on(self, door: _Door, data: bytes, sender: Address) -> None:
        """Hand a datagram to who is behind a door, as from the sender's own door. Unknown senders wait."""
        if self.cut:
            return
        back = self._doors.get(sender)
        if back is not None:
            self.passed += 1
            back.transport.sendto(data, door.behind)

    def close(self) -> None:
        for door in self._doors.values():
            door.transport.close()

    async def lead(self, person: Person) -> None:
        """Have this person's pages reach others by this way alone."""
        await person.context.expose_function("wayTo", self.door_to)
        await person.context.add_init_script("window.narrowWay = { proxied: true };")
        await person.context.add_init_script(path=_SCRIPT)


@asynccontextmanager
async def a_way() -> AsyncIterator[Way]:
    """Open a way that can be cut."""
    way = Way()
    try:
        yield way
    finally:
        way.close()
        # Transports close in the loop's next turn.
        await asyncio.sleep(0)


async def without_udp(person: Person) -> None:
    """Have this person's pages know nobody's UDP address: as in a network that lets no UDP through."""
    await person.context.add_init_script("window.narrowWay = { withoutUdp: true };")
    await person.context.add_init_script(path=_SCRIPT)
