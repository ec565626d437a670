"""A way to the relay on which packets get lost: every datagram of either direction by the same chance."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

Address = tuple[str, int]


class _Client(asyncio.DatagramProtocol):
    """Stands for one client before the relay."""

    def __init__(self, way: "LossyWay", client: Address) -> None:
        self.way = way
        self.client = client
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self.way.back(data, self.client)


class LossyWay(asyncio.DatagramProtocol):
    """Stands for the relay at `port`. A datagram takes `delay_s`, or is lost with the chance `loss`."""

    def __init__(self, relay: Address, *, delay_s: float, seed: int) -> None:
        self.loss = 0.0
        self.passed = self.lost = 0
        self._relay = relay
        self._delay_s = delay_s
        self._chance = random.Random(seed)  # noqa: S311  # Repeatable on purpose.
        self._clients: dict[Address, _Client] = {}
        self._opening: dict[Address, list[bytes]] = {}
        self._tasks: asyncio.TaskGroup
        self._transport: asyncio.DatagramTransport

    @property
    def port(self) -> int:
        """Where clients reach it."""
        return int(self._transport.get_extra_info("sockname")[1])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        client = self._clients.get(addr)
        if client is not None:
            self._later(client.transport, data, self._relay)
        elif addr in self._opening:
            self._opening[addr].append(data)
        else:
            self._opening[addr] = [data]
            self._tasks.create_task(self._open(addr))

    def back(self, data: bytes, client: Address) -> None:
        """Carry what the relay sent to a client."""
        self._later(self._transport, data, client)

    def _later(self, transport: asyncio.DatagramTransport, data: bytes, to: Address) -> None:
        if self._chance.random() < self.loss:
            self.lost += 1
            return
        self.passed += 1
        asyncio.get_running_loop().call_later(self._delay_s, transport.sendto, data, to)

    async def _open(self, addr: Address) -> None:
        loop = asyncio.get_running_loop()
        _, client = await loop.create_datagram_endpoint(
            lambda: _Client(self, addr), local_addr=("127.0.0.1", 0)
        )
        self._clients[addr] = client
        for data in self._opening.pop(addr):
            self._later(client.transport, data, self._relay)

    async def run(self, tasks: asyncio.TaskGroup) -> None:
        """Listen."""
        self._tasks = tasks
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))

    def close(self) -> None:
        for client in self._clients.values():
            client.transport.close()
        self._transport.close()


@asynccontextmanager
async def a_lossy_way(relay: Address, *, delay_s: float = 0.02, seed: int = 1) -> AsyncIterator[LossyWay]:
    """Open a way that loses nothing yet."""
    way = LossyWay(relay, delay_s=delay_s, seed=seed)
    async with asyncio.TaskGroup() as tasks:
        await way.run(tasks)
        try:
            yield way
        finally:
            way.close()
            # Transports close in the loop's next turn.
            await asyncio.sleep(0)
