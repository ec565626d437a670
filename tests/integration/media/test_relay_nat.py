"""A relay behind an address translation that keeps its port: clients are told the outer address alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from media.listening import PortSettings
from media.transport import TransportState
from tests.integration.media.relay_client import free_udp
from tests.integration.media.talkers import calling
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("loop")

# Both are loopback's; only the inner one is the relay's.
INNER, OUTER = "127.0.0.1", "127.0.0.2"


class Translator(asyncio.DatagramProtocol):
    """Stands at the outer address: each client has an inner address of its own, as with a 1:1 NAT."""

    def __init__(self, inside: tuple[str, int]) -> None:
        self._inside = inside
        self._clients: dict[tuple[str, int], asyncio.Future[asyncio.DatagramTransport]] = {}
        self.outer: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.outer = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        known = self._clients.get(addr)
        if known is None:
            known = self._clients[addr] = asyncio.ensure_future(self._open(addr))
        known.add_done_callback(lambda done: done.result().sendto(data))

    async def _open(self, client: tuple[str, int]) -> asyncio.DatagramTransport:
        back = Back(self.outer, client)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: back, remote_addr=self._inside)
        return transport

    async def close(self) -> None:
        for one in self._clients.values():
            (await one).close()
        self.outer.close()


class Back(asyncio.DatagramProtocol):
    """Hands what the relay says to one client, as from the outer address."""

    def __init__(self, outer: asyncio.DatagramTransport, client: tuple[str, int]) -> None:
        self._outer, self._client = outer, client

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._outer.sendto(data, self._client)


@asynccontextmanager
async def translation(port: int) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    _, translator = await loop.create_datagram_endpoint(
        lambda: Translator((INNER, port)), local_addr=(OUTER, port)
    )
    try:
        yield
    finally:
        await translator.close()


async def test_clients_reach_a_relay_behind_a_nat_at_the_address_they_are_told() -> None:
    with free_udp(INNER) as probe:
        port = probe.getsockname()[1]
    settings = PortSettings(port=port, host_v4=INNER, host_v6=None, advertised=(OUTER,))
    async with translation(port), calling("ann", "ben", settings=settings) as call:
        ann, ben = call.talkers.values()
        told = {one.address for one in call.relay.port.candidates}
        assert told == {OUTER}
        assert call.relay.stats("ann").state is TransportState.CONNECTED

        async def both() -> bool:
            ann.talk()
            ben.talk()
            return bool(ann.heard["ben voice"] and ben.heard["ann picture"])

        await until(both)
