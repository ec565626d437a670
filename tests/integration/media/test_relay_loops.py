"""What each loop does by itself in a call over the port, and what it leaves to Python."""

import asyncio
from functools import partial

from media.srtp import SSRC_MAX
from media.transport import ReceiveLimits
from tests.integration.media.relay_client import TcpClient, join, open_relay, rtp, udp_client
from tests.integration.media.talkers import Call, Talker, calling
from tests.waiting import until


async def talk(call: Call, count: int) -> None:
    """Have everybody speak for the `count`th time, and wait until everybody else heard and saw it."""
    for talker in call.talkers.values():
        talker.talk()
    await until(partial(all_heard, call, count))


async def all_heard(call: Call, count: int) -> bool:
    return all(
        listener.heard[f"{talker.name} {what}"] == count
        for listener in call.talkers.values()
        for talker in call.talkers.values()
        for what in ("voice", "picture")
        if listener is not talker
    )


async def test_the_native_loop_forwards_by_itself_and_plain_python_does_the_same(loop: str) -> None:
    async with calling("ann", "ben", "cat") as call:
        # The first is what pictures begin with.
        await talk(call, 1)
        assert call.relay.port.loop == loop
        before = call.relay.port.counters.fast
        for count in range(2, 22):
            await talk(call, count)
        fast = call.relay.port.counters.fast - before
        # Three who say twenty times two packets each; a picture that somebody waits for is Python's to judge.
        assert fast == 0 if loop == "python" else 100 <= fast <= 120
        assert (call.relay.faults, call.relay.port.counters.faults) == (0, 0)


class TcpTalker(Talker, TcpClient):  # type: ignore[misc]  # Of the two transports it has the one over TCP.
    """A participant whose network lets no UDP through."""

    def send(self, datagram: bytes) -> None:
        self.sent.append(datagram)
        TcpClient.send(self, datagram)


async def test_people_over_udp_and_over_tcp_hear_and_see_each_other(loop: str) -> None:
    async with calling("ann", "ben") as call:
        port = call.relay.port
        transport, cat = await asyncio.get_running_loop().create_connection(
            TcpTalker, "127.0.0.1", port.number
        )
        await call.enter("cat", cat)
        for count in range(1, 11):
            await talk(call, count)
        assert port.loop == loop
        assert port.counters.faults == 0
        call.relay.leave("cat")
        transport.close()


async def test_one_sender_has_so_many_sources_and_no_more(loop: str) -> None:
    limits = ReceiveLimits(packets_per_s=1e6, bits_per_s=1e12)
    async with open_relay() as port, udp_client(port) as client:
        transport, heard = join(port, limits)
        await client.connect(transport, heard)
        for ssrc in range(1, SSRC_MAX + 21):
            client.send_rtp(rtp(1, ssrc=ssrc))
            if not ssrc % 50:
                await client.check(transport.credentials)
        await client.check(transport.credentials)
        assert port.loop == loop
        assert transport.srtp_counters.too_many_ssrc == 20
        assert heard.rtp.qsize() == SSRC_MAX
